#include "nearest.h"

#include <stdlib.h>

#define ANY_UNITS      "(?s:.){0,12}?" /* NEAREST_SKIP of them */
#define CALLOUTS_ROOM  (PATTERN_MAX + (size_t)PATTERN_PARTS_MAX * 8)
#define NEAREST_LIMIT  100000 /* steps of one match */
#define CALLOUT_BEFORE 1      /* numbers of pattern_without() */
#define CALLOUT_BEHIND 2

/* The words of a part, or of the let that it is. */
static const char *
words_of(const struct rule_pattern *p, size_t part)
{
	const struct pattern_part *it = &p->parts[part];

	return it->let != NULL ? it->let : p->source + it->from;
}

static bool
is_gap(const struct rule_pattern *p, size_t part)
{
	return words_of(p, part)[0] == '~';
}

/* "~4" and "x?" match wherever they stand: they are never in the way. */
static bool
is_solid(const struct rule_pattern *p, size_t part)
{
	return !is_gap(p, part) && p->source[p->parts[part].to - 1] != '?';
}

/* Nor do ends of a sentence, and what may not stand there, find words. */
static bool
has_words(const struct rule_pattern *p, size_t part)
{
	const char *words = words_of(p, part);

	return is_solid(p, part) && strchr("^$", words[0]) == NULL &&
	       !(words[0] == '-' && words[1] == '(');
}

static int
on_callout(pcre2_callout_block *b, void *ctx)
{
	struct nearest *x = ctx;
	struct nearest_seen *seen = &x->seen;

	if (b->callout_string != NULL)
		return raws_ask(
			x->rules->raws, x->raw_data, x->note, x->text, b);
	if (b->callout_number > seen->part) {
		seen->part = b->callout_number;
		seen->from = b->start_match;
		seen->at = b->current_position;
	}
	if (b->callout_number <= 2)
		seen->last[b->callout_number - 1] = b->current_position;
	return 0;
}

enum error_code
nearest_init(struct nearest *x, const struct rules *r, struct error *err)
{
	*x = (struct nearest){ .rules = r, .ncodes = r->npatterns };
	x->codes = calloc(r->npatterns + 1, sizeof(*x->codes));
	x->data = pcre2_match_data_create(1, NULL);
	x->raw_data = pcre2_match_data_create(1, NULL);
	x->context = pcre2_match_context_create(NULL);
	if (x->codes == NULL || x->data == NULL || x->raw_data == NULL ||
		x->context == NULL)
		return error_set(err, ERR_NOMEM, "rules");
	pcre2_set_match_limit(x->context, NEAREST_LIMIT);
	pcre2_set_callout(x->context, on_callout, x);
	return OK;
}

void
nearest_release(struct nearest *x)
{
	for (size_t i = 0; x->codes != NULL && i < x->ncodes; i++)
		pcre2_code_free(x->codes[i]);
	free(x->codes);
	pcre2_match_data_free(x->data);
	pcre2_match_data_free(x->raw_data);
	pcre2_match_context_free(x->context);
	*x = (struct nearest){ 0 };
}

/* Without PCRE2's shortcuts, which would give up before any callout. */
static pcre2_code *
compile(const struct buffer *text)
{
	PCRE2_UCHAR wide[CALLOUTS_ROOM];
	int number;
	PCRE2_SIZE at;

	if (text->code != OK || text->len > CALLOUTS_ROOM)
		return NULL;
	for (size_t i = 0; i < text->len; i++)
		wide[i] = (unsigned char)text->ptr[i];
	return pcre2_compile(wide, text->len,
		PCRE2_DUPNAMES | PCRE2_NO_START_OPTIMIZE, &number, &at, NULL);
}

static struct span
part_text(const struct rule_pattern *p, const struct buffer *text, size_t part)
{
	return span_sub(buffer_span(text),
		part > 0 ? p->parts[part - 1].behind : 0,
		p->parts[part].behind);
}

/* A callout, numbered from 1 on, behind each part. */
static const pcre2_code *
with_callouts(struct nearest *x, const struct rule_pattern *p)
{
	struct buffer text, plain;

	if (x->codes[p->number] != NULL)
		return x->codes[p->number];
	buffer_init(&plain, PATTERN_ROOM);
	buffer_init(&text, CALLOUTS_ROOM);
	(void)pattern_text(x->rules, p, &plain);
	for (size_t i = 0; plain.code == OK && i < p->nparts; i++) {
		buffer_add_span(&text, part_text(p, &plain, i));
		buffer_printf(&text, "(?C%zu)", i + 1);
	}
	x->codes[p->number] = compile(&text);
	buffer_release(&text);
	buffer_release(&plain);
	return x->codes[p->number];
}

/* The pattern with anything in place of one part and the gaps beside it. */
static pcre2_code *
without(const struct nearest *x, const struct rule_pattern *p, size_t part)
{
	struct buffer text, plain;
	pcre2_code *code;
	size_t first = part, last = part;

	while (first > 0 && is_gap(p, first - 1))
		first--;
	while (last + 1 < p->nparts && is_gap(p, last + 1))
		last++;
	buffer_init(&plain, PATTERN_ROOM);
	buffer_init(&text, CALLOUTS_ROOM);
	(void)pattern_text(x->rules, p, &plain);
	for (size_t i = 0; plain.code == OK && i < p->nparts; i++) {
		if (i == part)
			buffer_add_str(&text, "(?C1)" ANY_UNITS "(?C2)");
		else if (i < first || i > last)
			buffer_add_span(&text, part_text(p, &plain, i));
	}
	code = compile(&text);
	buffer_release(&text);
	buffer_release(&plain);
	return code;
}

static bool
matches(struct nearest *x, const pcre2_code *code, const struct annotated *n)
{
	x->seen = (struct nearest_seen){ 0 };
	x->note = n;
	return code != NULL && pcre2_match(code, n->units, n->len, 0, 0,
				       x->data, x->context) >= 0;
}

/* Of the first so many parts those that have words. */
static size_t
count_solid(const struct rule_pattern *p, size_t parts)
{
	size_t n = 0;

	for (size_t i = 0; i < parts; i++)
		n += has_words(p, i);
	return n;
}

/* How far it comes; false: it has no parts. */
static bool
measure(struct nearest *x, const struct rule *rule,
	const struct rule_pattern *p, const struct annotated *n,
	struct near_miss *out)
{
	bool matched;

	if (p->nparts == 0)
		return false;
	matched = matches(x, with_callouts(x, p), n);
	*out = (struct near_miss){
		.rule = rule,
		.pattern = p,
		.note = n,
		.part = matched ? p->nparts : x->seen.part,
		.from = x->seen.from,
		.to = x->seen.at,
	};
	/* What may be left out is not in the way. */
	while (out->part < p->nparts && !is_solid(p, out->part))
		out->part++;
	out->solid = count_solid(p, out->part);
	out->open = count_solid(p, p->nparts) - out->solid;
	return true;
}

/* Is one part alone in the way?  Of several the first furthest on. */
static void
look_closer(struct nearest *x, struct near_miss *m)
{
	const struct rule_pattern *p = m->pattern;
	const PCRE2_SIZE *ov = pcre2_get_ovector_pointer(x->data);

	for (size_t i = p->nparts; m->part < p->nparts && i-- > 0;) {
		pcre2_code *code;

		if (!is_solid(p, i) || m->solid + m->open < 2)
			continue;
		code = without(x, p, i);
		if (matches(x, code, m->note)) {
			const size_t solid =
				m->solid + m->open - has_words(p, i);

			*m = (struct near_miss){
				.rule = m->rule,
				.pattern = p,
				.note = m->note,
				.part = i,
				.only = true,
				.from = ov[0],
				.to = x->seen.last[CALLOUT_BEFORE - 1],
				.until = x->seen.last[CALLOUT_BEHIND - 1],
				.solid = solid,
				.open = 1,
			};
			pcre2_code_free(code);
			return;
		}
		pcre2_code_free(code);
	}
}

bool
nearest_before(const struct near_miss *a, const struct near_miss *b)
{
	const bool matches_a = a->part == a->pattern->nparts;

	if (matches_a != (b->part == b->pattern->nparts))
		return matches_a;
	if (a->only != b->only)
		return a->only;
	if (a->solid != b->solid)
		return a->solid > b->solid;
	if (a->open != b->open)
		return a->open < b->open;
	if (a->only && a->until - a->to != b->until - b->to)
		return a->until - a->to < b->until - b->to;
	if (a->rule->confidence != b->rule->confidence)
		return a->rule->confidence > b->rule->confidence;
	return a->pattern->number < b->pattern->number;
}

bool
nearest_of_rule(struct nearest *x, const struct rule *rule,
	const struct annotated *n, struct near_miss *out)
{
	bool found = false;

	for (size_t i = 0; i < rule->npatterns; i++) {
		struct near_miss m;

		if (!measure(x, rule, &rule->patterns[i], n, &m))
			continue;
		look_closer(x, &m);
		if (!found || nearest_before(&m, out))
			*out = m;
		found = true;
	}
	return found;
}

/* The sentence lacks at most one of what the pattern needs. */
static bool
may_be_near(const struct rule_pattern *p, uint32_t symbols)
{
	size_t lacks = 0;

	for (size_t i = 0; i < p->needs.n; i++)
		lacks += (p->needs.sets[i] & symbols) == 0;
	return lacks <= 1;
}

/* Keep the nearest, in order. */
static void
keep(struct near_miss *list, size_t *n, const struct near_miss *m)
{
	size_t at = *n;

	while (at > 0 && nearest_before(m, &list[at - 1]))
		at--;
	if (at == NEAREST_CANDIDATES)
		return;
	if (*n < NEAREST_CANDIDATES)
		++*n;
	memmove(&list[at + 1], &list[at], (*n - at - 1) * sizeof *list);
	list[at] = *m;
}

bool
nearest_of_all(struct nearest *x, const uint64_t *read,
	const struct annotated *n, struct near_miss *out)
{
	const struct rule_index *index = &x->rules->index;
	struct near_miss list[NEAREST_CANDIDATES];
	size_t count = 0;

	for (size_t i = 0; i < index->n; i++) {
		const struct rule_ref *ref = &index->refs[i];
		const struct rule *rule = &x->rules->list[ref->rule];
		const struct rule_pattern *p = &rule->patterns[ref->pattern];
		struct near_miss m;

		if ((read[i / 64] >> i % 64 & 1) != 0 &&
			may_be_near(p, n->symbols) &&
			measure(x, rule, p, n, &m))
			keep(list, &count, &m);
	}
	for (size_t i = 0; i < count; i++) {
		look_closer(x, &list[i]);
		if (i == 0 || nearest_before(&list[i], out))
			*out = list[i];
	}
	return count > 0;
}

struct span
nearest_wanted(const struct near_miss *m)
{
	const struct rule_pattern *p = m->pattern;
	size_t first = m->part;

	while (first > 0 && is_gap(p, first - 1))
		first--;
	return span_of(p->source + p->parts[first].from,
		(size_t)(p->parts[m->part].to - p->parts[first].from));
}
