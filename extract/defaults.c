#include "rules.h"

#define DEFAULT_FACTOR 0.85 /* of confidence: the words do not say it */

/* The number that a slot holds: of a count, a year of a date; -1: none. */
static int64_t
number_in(const struct scan *s, const struct claim_arg *a)
{
	const struct mention *m = a->mention >= 0 ? &s->list[a->mention] : NULL;
	struct edtf e;

	if (m == NULL)
		return -1;
	if (m->type == MENTION_COUNT)
		return m->count.n;
	if (m->type == MENTION_DATE && m->date.edtf != NULL &&
		edtf_parse(span_str(m->date.edtf), &e) && e.start.year != 0)
		return e.start.year;
	return m->type == MENTION_EVENT && m->name.ordinal > 0 ? m->name.ordinal
							       : -1;
}

/* First mention of one of the symbols in the blocks lo..hi around at. */
static int32_t
find_near(const struct scan *s, uint32_t at, const struct rule_value *v)
{
	size_t b = scan_block_at(s->doc, at);

	for (int64_t by = v->lo; by <= v->hi; by++) {
		int64_t k = (int64_t)b + by;
		const struct block *block;

		if (k < 0 || k >= (int64_t)s->doc->nblocks)
			continue;
		block = &s->doc->blocks[k];
		for (size_t i = context_mention(s, block->start);
			i < s->n && s->list[i].end <= block->end; i++)
			if ((v->symbols >> symbol_of(&s->list[i]) & 1) != 0)
				return (int32_t)i;
	}
	return CONTEXT_NONE;
}

static int32_t
default_mention(const struct context *x, const struct scan *s,
	enum default_from from, uint32_t head)
{
	const unsigned subjects =
		1u << MENTION_CITY | 1u << MENTION_ORGANISATION;

	switch (from) {
	case DEFAULT_DOC_NETWORK:
		return x->main_network;
	case DEFAULT_DOC_CITY:
		return x->main_city;
	case DEFAULT_DOC_ORGANISATION:
		return x->main_organisation;
	case DEFAULT_DOC_SUBJECT:
		return x->main_city >= 0 ? x->main_city : x->main_organisation;
	case DEFAULT_SENTENCE_SUBJECT:
		return context_subject(x, s, head, subjects);
	case DEFAULT_DOC_DATE:
	case DEFAULT_NONE:
	case DEFAULTS:
		break;
	}
	return CONTEXT_NONE;
}

static const char *const bases[DEFAULTS] = {
	[DEFAULT_DOC_DATE] = "document",
	[DEFAULT_DOC_NETWORK] = BASIS_DOCUMENT_NETWORK,
	[DEFAULT_DOC_CITY] = "document.city",
	[DEFAULT_DOC_ORGANISATION] = "document.organisation",
	[DEFAULT_DOC_SUBJECT] = "document.subject",
	[DEFAULT_SENTENCE_SUBJECT] = "sentence.subject",
	[DEFAULT_NONE] = "none",
};

/* What a line gives an empty slot. */
static void
give(const struct rule_value *v, const struct context *x, const struct scan *s,
	uint32_t head, struct claim *c)
{
	int32_t m;

	if (v->what == VALUE_CONSTANT) {
		claim_put(c, v->slot, -1, v->constant, "rule");
		return;
	}
	if (v->what == VALUE_DEFAULT && v->from == DEFAULT_DOC_DATE) {
		if (s->doc->published.edtf != NULL)
			claim_put(c, v->slot, -1, s->doc->published.edtf,
				bases[v->from]);
		return;
	}
	m = v->what == VALUE_FILL ? find_near(s, head, v)
				  : default_mention(x, s, v->from, head);
	if (m < 0)
		return;
	claim_put(c, v->slot, m, NULL,
		v->what == VALUE_FILL ? "nearby" : bases[v->from]);
	c->confidence *= DEFAULT_FACTOR;
}

bool
rule_values_apply(const struct rule *rule, const struct context *x,
	const struct scan *s, uint32_t head, struct claim *c)
{
	for (size_t i = 0; i < rule->nvalues; i++) {
		const struct rule_value *v = &rule->values[i];
		const struct claim_arg *a = claim_arg(c, v->slot);
		int64_t n;

		if (v->what != VALUE_GUARD) {
			if (a == NULL)
				give(v, x, s, head, c);
			continue;
		}
		n = a != NULL ? number_in(s, a) : -1;
		if (n >= 0 && (n < v->lo || n > v->hi))
			return false;
	}
	return true;
}
