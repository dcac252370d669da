#include "rules.h"

#define ARGS_MAX 24

/* A match of one pattern in an annotated sentence. */
struct hit {
	const struct rule *rule;
	pcre2_code *code;
	const PCRE2_SIZE *ov;
	uint32_t groups;
};

static const struct {
	const char *name;
	enum slot slot;
} slots[] = {
	{ "subject", SLOT_SUBJECT },
	{ "network", SLOT_NETWORK },
	{ "count", SLOT_COUNT },
	{ "countries", SLOT_COUNTRIES },
	{ "scope", SLOT_SCOPE },
	{ "ordinal", SLOT_ORDINAL },
	{ "date", SLOT_DATE },
	{ "place", SLOT_PLACE },
	{ "person", SLOT_PERSON },
	{ "role", SLOT_ROLE },
	{ "organisation", SLOT_ORGANISATION },
	{ "event", SLOT_EVENT },
};

/* Range of a named group that took part; DUPNAMES: the first that did. */
static bool
group_range(const struct hit *h, const char *name, size_t *start, size_t *end)
{
	PCRE2_SPTR first, last;
	int size = pcre2_substring_nametable_scan(
		h->code, (PCRE2_SPTR)name, &first, &last);

	if (size <= 0)
		return false;
	for (PCRE2_SPTR p = first; p <= last; p += size) {
		unsigned n = (unsigned)(p[0] << 8 | p[1]);

		if (n < h->groups && h->ov[2 * n] != PCRE2_UNSET) {
			*start = h->ov[2 * n];
			*end = h->ov[2 * n + 1];
			return true;
		}
	}
	return false;
}

static int32_t
mention_in(const struct annotated *n, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++)
		if (n->mention[i] >= 0)
			return n->mention[i];
	return -1;
}

/* All slots but the subject, which may be a list. */
static enum error_code
bind_slots(const struct hit *h, const struct annotated *n, struct scan *s,
	struct claim *c)
{
	c->args = arena_array(s->arena, ARGS_MAX, sizeof *c->args);
	if (c->args == NULL)
		return ERR_NOMEM;
	for (size_t i = 1; i < sizeof slots / sizeof *slots; i++) {
		size_t start, end;
		int32_t m;

		if (!group_range(h, slots[i].name, &start, &end))
			continue;
		m = mention_in(n, start, end);
		if (m >= 0)
			c->args[c->nargs++] = (struct claim_arg){
				.slot = slots[i].slot,
				.mention = m,
			};
	}
	return OK;
}

static bool
wants_network(enum claim_kind kind)
{
	return kind == CLAIM_MEMBERSHIP || kind == CLAIM_COHORT ||
	       kind == CLAIM_NETWORK_TOTAL || kind == CLAIM_EXCLUSIVITY ||
	       kind == CLAIM_PROGRAMME_LAUNCH || kind == CLAIM_NOMINATION;
}

/* What the words do not name is the network last spoken of; a kind that is
 * about one says nothing without. */
static bool
default_network(struct scan *s, struct claim *c)
{
	int32_t m;

	if (!wants_network(c->kind) || claim_arg(c, SLOT_NETWORK) != NULL)
		return true;
	m = claims_network_before(s, c->end);
	if (m < 0)
		return c->kind == CLAIM_PROGRAMME_LAUNCH ||
		       c->kind == CLAIM_NOMINATION;
	c->args[c->nargs++] =
		(struct claim_arg){ .slot = SLOT_NETWORK, .mention = m };
	return true;
}

/* Speaker of the quotation in which the words stand: the person named beside
 * it in the block, or in the block before. */
static const char *
speaker(const struct scan *s, uint32_t at)
{
	struct span text = s->doc->text;
	size_t b = 0;
	bool inside = false;

	while (b + 1 < s->doc->nblocks && s->doc->blocks[b].end <= at)
		b++;
	for (uint32_t i = s->doc->blocks[b].start; i < at; i++) {
		struct span rest = span_sub(text, i, text.len);

		if (span_starts_with(rest, "\xe2\x80\x9c") ||
			span_starts_with(rest, "\xc2\xab") ||
			span_starts_with(rest, "\xe2\x80\x9e"))
			inside = true;
		else if (span_starts_with(rest, "\xe2\x80\x9d") ||
			 span_starts_with(rest, "\xc2\xbb"))
			inside = false;
		else if (text.ptr[i] == '"')
			inside = !inside;
	}
	if (!inside)
		return NULL;
	for (size_t back = 0; back < 4 && back <= b; back++) {
		const struct block *k = &s->doc->blocks[b - back];

		for (size_t i = 0; i < s->n; i++)
			if (s->list[i].type == MENTION_PERSON &&
				s->list[i].start >= k->start &&
				s->list[i].end <= k->end)
				return s->list[i].name.name;
	}
	return NULL;
}

static enum error_code
add_subjects(const struct hit *h, const struct annotated *n, struct scan *s,
	struct claim *c, struct extraction *out)
{
	size_t start, end;
	enum error_code code = OK;

	if (!group_range(h, "subject", &start, &end))
		return claims_add(s, out, c);
	for (size_t i = start; code == OK && i < end; i++) {
		struct claim one = *c;

		if (n->mention[i] < 0)
			continue;
		one.args =
			arena_array(s->arena, c->nargs + 1, sizeof *one.args);
		if (one.args == NULL)
			return ERR_NOMEM;
		one.args[0] = (struct claim_arg){
			.slot = SLOT_SUBJECT,
			.mention = n->mention[i],
		};
		memcpy(one.args + 1, c->args, c->nargs * sizeof *c->args);
		one.nargs = c->nargs + 1;
		code = claims_add(s, out, &one);
	}
	return code;
}

static enum error_code
claim_from(const struct hit *h, const struct rules *r, struct matcher *m,
	struct scan *s, struct extraction *out)
{
	const struct annotated *n = &m->note;
	size_t head = h->ov[0], head_end = h->ov[1];
	size_t start = h->ov[0], end = h->ov[1];
	struct claim c = {
		.kind = h->rule->kind,
		.rule = h->rule->id,
		.status = h->rule->status,
		.confidence = h->rule->confidence,
		.polarity = h->rule->polarity,
	};
	enum error_code code = bind_slots(h, n, s, &c);

	if (code != OK)
		return code;
	while (start < end && n->text.ptr[start] == ' ')
		start++;
	c.start = n->at[start];
	c.end = n->at[end];
	while (c.end > c.start && s->doc->text.ptr[c.end - 1] == ' ')
		c.end--;
	c.zone = claims_zone(s, c.start);
	(void)group_range(h, "head", &head, &head_end);
	if (!h->rule->polarity_set)
		c.polarity =
			polarity_at(r, s, n, head, head_end, h->ov[1], &m->tmp);
	if (c.polarity == POLARITIES)
		return OK;
	c.attributed_to = speaker(s, c.start);
	if (!default_network(s, &c))
		return OK;
	return add_subjects(h, n, s, &c, out);
}

static enum error_code
run_pattern(const struct rules *r, const struct rule *rule,
	const struct rule_pattern *p, struct matcher *m, struct scan *s,
	struct extraction *out)
{
	struct span text = buffer_span(&m->note.text);
	size_t at = 0;
	enum error_code code = OK;

	while (code == OK && at < text.len) {
		struct hit h = { .rule = rule, .code = p->code };
		int rc = pcre2_match(p->code, (PCRE2_SPTR)text.ptr, text.len,
			at, PCRE2_NO_UTF_CHECK, m->data, m->context);

		if (rc == PCRE2_ERROR_NOMATCH)
			return OK;
		if (rc < 0) {
			scan_warn(s, PROBLEM_MATCH_LIMIT,
				"rule %s gave up on a sentence", rule->id);
			return OK;
		}
		h.ov = pcre2_get_ovector_pointer(m->data);
		h.groups = (uint32_t)rc;
		at = h.ov[1] > h.ov[0] ? h.ov[1] : h.ov[1] + 1;
		code = claim_from(&h, r, m, s, out);
	}
	return code;
}

static bool
may_match(const struct rule_pattern *p, const struct annotated *n)
{
	const struct word_bits *w = &p->needs.words;

	for (size_t i = 0; i < p->needs.n; i++)
		if ((p->needs.sets[i] & n->symbols) == 0)
			return false;
	for (int i = 0; i < 4; i++)
		if ((w->bits[i] & n->words.bits[i]) != 0)
			return true;
	return !w->known;
}

enum error_code
rules_run(const struct rules *r, struct matcher *m, struct scan *s,
	struct extraction *out)
{
	enum error_code code = OK;

	for (size_t i = 0; code == OK && i < s->nsentences; i++) {
		const struct sentence *t = &s->sentences[i];

		code = annotate(r, s, t->start, t->end, &m->tmp, &m->note);
		if (code != OK || m->note.symbols == 0)
			continue;
		for (size_t k = 0; code == OK && k < r->n; k++)
			for (size_t p = 0;
				code == OK && p < r->list[k].npatterns; p++)
				if (may_match(
					    &r->list[k].patterns[p], &m->note))
					code = run_pattern(r, &r->list[k],
						&r->list[k].patterns[p], m, s,
						out);
	}
	return code;
}
