#include "extractor.h"

#include <stdio.h>

#define GIVEN_MAX 32

/* "[CITY Graz] joined" as text and mentions. */
struct marked {
	struct buffer text;
	struct mention given[GIVEN_MAX];
	size_t n;
};

static bool
fill(struct mention *m, struct span type, const char *words)
{
	if (!mention_type_find(type, &m->type))
		return false;
	m->rule = "given";
	if (m->type == MENTION_CITY || m->type == MENTION_REGION ||
		m->type == MENTION_COUNTRY)
		m->place.name = words;
	else if (m->type != MENTION_COUNT && m->type != MENTION_DATE) {
		m->name.name = words;
		m->name.id =
			m->type == MENTION_NETWORK || m->type == MENTION_TITLE
				? words
				: NULL;
	}
	return true;
}

static bool
read_marks(const char *text, struct marked *out, struct arena *a)
{
	for (const char *p = text; *p != '\0';) {
		const char *end = *p == '[' ? strchr(p, ']') : NULL;
		const char *space = *p == '[' ? strchr(p, ' ') : NULL;
		struct mention *m = &out->given[out->n];
		struct span type, lower;
		char name[24];

		if (end == NULL || space == NULL || space > end) {
			buffer_add_char(&out->text, *p++);
			continue;
		}
		type = span_of(p + 1, (size_t)(space - p - 1));
		if (type.len >= sizeof name || out->n == GIVEN_MAX)
			return false;
		for (size_t i = 0; i < type.len; i++)
			name[i] = (char)(type.ptr[i] | 32);
		lower = span_of(name, type.len);
		m->start = (uint32_t)out->text.len;
		buffer_add(&out->text, space + 1, (size_t)(end - space - 1));
		m->end = (uint32_t)out->text.len;
		if (!fill(m, lower,
			    arena_strndup(
				    a, space + 1, (size_t)(end - space - 1))))
			return false;
		/* Counts and dates are read: their values are needed. */
		if (m->type != MENTION_COUNT && m->type != MENTION_DATE)
			out->n++;
		p = end + 1;
	}
	return true;
}

/* Every "slot=value" of want stands in a claim of the rule. */
static bool
holds(const struct document *doc, const struct extraction *x,
	const struct claim *c, const char *want)
{
	struct span rest = span_str(want), field;

	while (rest.len > 0 && span_split(&rest, ';', &field)) {
		const char *eq;
		enum slot slot;
		bool found = false;

		field = span_trim(field);
		eq = memchr(field.ptr, '=', field.len);
		if (eq == NULL) {
			enum polarity p;

			if (!polarity_find(field, &p) || c->polarity != p)
				return false;
			continue;
		}
		if (!slot_find(span_of(field.ptr, (size_t)(eq - field.ptr)),
			    &slot))
			return false;
		for (size_t i = 0; i < c->nargs; i++) {
			const struct mention *m =
				c->args[i].mention >= 0
					? &x->mentions[c->args[i].mention]
					: NULL;

			if (c->args[i].slot == slot && m != NULL)
				found = found ||
					span_eq(span_sub(doc->text, m->start,
							m->end),
						span_of(eq + 1,
							field.len -
								(size_t)(eq +
									 1 -
									 field.ptr)));
		}
		if (!found)
			return false;
	}
	return true;
}

static bool
matches(const struct rule *rule, const struct document *doc,
	const struct extraction *x, const char *want)
{
	for (size_t i = 0; i < x->nclaims; i++)
		if (strcmp(x->claims[i].rule, rule->id) == 0 &&
			holds(doc, x, &x->claims[i], want))
			return true;
	return false;
}

static bool
run_example(struct extractor *x, const struct rule *rule,
	const struct example *e, struct arena *a)
{
	struct marked m = { .n = 0 };
	struct block block = { .type = BLOCK_PARAGRAPH, .zone = ZONE_BODY };
	struct document doc = {
		.id = "example",
		.blocks = &block,
		.nblocks = 1,
		.language = rule->language,
	};
	struct extraction out;
	bool ok = false;

	buffer_init(&m.text, 1 << 16);
	if (read_marks(e->text, &m, a) && m.text.ptr != NULL) {
		doc.text = buffer_span(&m.text);
		block.end = (uint32_t)doc.text.len;
		ok = extractor_run(x, &doc, m.given,
			     e->kind >= EXAMPLE_LIVE ? 0 : m.n, a,
			     &out) == OK &&
		     matches(rule, &doc, &out, e->want) ==
			     (e->kind == EXAMPLE_YES ||
				     e->kind == EXAMPLE_LIVE);
	}
	buffer_release(&m.text);
	return ok;
}

long
ruleset_check(const struct ruleset *rs,
	void (*report)(void *ctx, const char *where, const char *message),
	void *ctx, long *examples, long *todo, struct error *err)
{
	static const char *const said[EXAMPLE_KINDS] = {
		"a yes that the rule does not read", "a no that the rule reads",
		"a live text that the rule does not read",
		"a todo that the rule reads: it is a live now"
	};
	struct extractor *x = NULL;
	struct arena *a = arena_new((size_t)64 << 20);
	long failures = 0;

	*examples = *todo = 0;
	if (a == NULL || extractor_new(rs, &x, err) != OK) {
		arena_free(a);
		return -1;
	}
	if (matcher_compile_all(&x->now->matcher, err) != OK) {
		extractor_free(x);
		arena_free(a);
		return -1;
	}
	for (size_t i = 0; i < rs->rules->n; i++) {
		const struct rule *rule = &rs->rules->list[i];

		for (size_t k = 0; k < rule->nexamples; k++) {
			const struct example *e = &rule->examples[k];
			char where[512];

			arena_reset(a);
			++*examples;
			*todo += e->kind == EXAMPLE_TODO;
			if (run_example(x, rule, e, a))
				continue;
			failures++;
			(void)snprintf(where, sizeof where, "%s:%d", rule->file,
				e->line);
			report(ctx, where, said[e->kind]);
		}
	}
	extractor_free(x);
	arena_free(a);
	return failures;
}
