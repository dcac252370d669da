/* How each rule does over documents. */
#include <stdlib.h>

#include "extractor.h"
#include "trace.h"

#define OTHERS_MAX  64		      /* lists and classes of cues */
#define READERS_MAX ((size_t)1 << 20) /* of one document's claims */

struct row {
	const char *id;
	const struct rule *rule; /* or NULL */
	int64_t tried, fired, refused, kept, sole;
	uint32_t tried_at; /* sentence counted last */
};

/* A claim was read by a row. */
struct reader {
	size_t claim, row;
};

struct rule_stats {
	struct extractor *extractor;
	const struct rules *rules;
	struct row *rows; /* rules in order, then others */
	size_t n, max;
	uint32_t *both;	     /* max * max: claims that two rows read */
	struct arena *arena; /* of a document */
	struct reader *readers;
	size_t nreaders, cap;
	bool failed; /* no memory */
};

enum error_code
rule_stats_new(struct extractor *x, struct rule_stats **out, struct error *err)
{
	struct rule_stats *s = calloc(1, sizeof *s);

	*out = NULL;
	if (s == NULL)
		return error_set(err, ERR_NOMEM, "rules");
	s->extractor = x;
	s->rules = x->rs->rules;
	s->n = s->rules->n;
	s->max = s->n + OTHERS_MAX;
	s->rows = calloc(s->max, sizeof *s->rows);
	s->both = calloc(s->max * s->max, sizeof *s->both);
	if (s->rows == NULL || s->both == NULL) {
		rule_stats_free(s);
		return error_set(err, ERR_NOMEM, "rules");
	}
	for (size_t i = 0; i < s->n; i++) {
		s->rows[i].id = s->rules->list[i].id;
		s->rows[i].rule = &s->rules->list[i];
	}
	*out = s;
	return OK;
}

void
rule_stats_free(struct rule_stats *s)
{
	if (s == NULL)
		return;
	for (size_t i = s->rules->n; s->rows != NULL && i < s->n; i++)
		free((char *)(uintptr_t)s->rows[i].id);
	free(s->rows);
	free(s->both);
	free(s);
}

/* The row of a claim's rule; NULL: there are too many that are no rules. */
static struct row *
row_of(struct rule_stats *s, const char *id)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->rows[i].id, id) == 0)
			return &s->rows[i];
	if (s->n == s->max)
		return NULL;
	s->rows[s->n].id = strdup(id);
	if (s->rows[s->n].id == NULL) {
		s->failed = true;
		return NULL;
	}
	return &s->rows[s->n++];
}

static void
add_reader(struct rule_stats *s, size_t claim, const char *id)
{
	struct row *row = row_of(s, id);
	struct reader *list;

	for (size_t i = 0; row != NULL && i < s->nreaders; i++)
		if (s->readers[i].claim == claim &&
			s->readers[i].row == (size_t)(row - s->rows))
			return;
	if (row == NULL || s->nreaders == READERS_MAX)
		return;
	list = arena_grow(
		s->arena, s->readers, s->nreaders, &s->cap, sizeof *list);
	if (list == NULL) {
		s->failed = true;
		return;
	}
	s->readers = list;
	list[s->nreaders++] = (struct reader){ claim, (size_t)(row - s->rows) };
}

static void
count(void *ctx, const struct trace_event *e)
{
	struct rule_stats *s = ctx;
	struct row *row =
		e->rule != NULL ? &s->rows[e->rule - s->rules->list] : NULL;

	if (row == NULL && e->what == TRACE_REFUSED && e->id != NULL)
		row = row_of(s, e->id);
	if (row == NULL && e->what != TRACE_CLAIMED)
		return;
	switch (e->what) {
	case TRACE_TRIED:
		/* A sentence counts once for all patterns of a rule. */
		if (row->tried_at != e->note->start + 1)
			row->tried++;
		row->tried_at = e->note->start + 1;
		break;
	case TRACE_FIRED:
		row->fired++;
		break;
	case TRACE_REFUSED:
		row->refused++;
		break;
	case TRACE_CLAIMED:
		add_reader(s, e->claim, e->id);
		break;
	}
}

static enum error_code
no_more(void *ctx, struct context *x, struct scan *s, struct extraction *out)
{
	(void)ctx;
	(void)x;
	(void)s;
	(void)out;
	return OK;
}

/* An extraction has a claim of one id once. */
static bool
is_repeated(const struct extraction *out, size_t i)
{
	const struct claim *c = &out->claims[i];

	for (size_t k = 0; k < i; k++)
		if (out->claims[k].start == c->start &&
			out->claims[k].kind == c->kind &&
			strcmp(out->claims[k].id, c->id) == 0)
			return true;
	return false;
}

/* Who read claim i, and who keeps it. */
static void
settle(struct rule_stats *s, const struct extraction *out, size_t i)
{
	struct row *keeper = row_of(s, out->claims[i].rule);
	size_t readers = 0;

	for (size_t a = 0; a < s->nreaders; a++) {
		if (s->readers[a].claim != i)
			continue;
		readers++;
		for (size_t b = 0; b < a; b++)
			if (s->readers[b].claim == i) {
				size_t x = s->readers[a].row;
				size_t y = s->readers[b].row;

				s->both[x * s->max + y]++;
				s->both[y * s->max + x]++;
			}
	}
	if (keeper == NULL)
		return;
	keeper->kept++;
	keeper->sole += readers <= 1;
}

enum error_code
rule_stats_add(struct rule_stats *s, const struct document *doc,
	struct arena *a, struct error *err)
{
	const struct trace trace = { count, no_more, s };
	struct extraction out;
	enum error_code code;

	s->arena = a;
	s->readers = NULL;
	s->nreaders = s->cap = 0;
	for (size_t i = 0; i < s->n; i++)
		s->rows[i].tried_at = 0;
	s->extractor->trace = &trace;
	code = extractor_run(s->extractor, doc, NULL, 0, a, &out);
	s->extractor->trace = NULL;
	for (size_t i = 0; code == OK && i < out.nclaims; i++)
		code = claim_make_id(doc, &out, &out.claims[i], a, err);
	for (size_t i = 0; code == OK && i < out.nclaims; i++)
		if (!is_repeated(&out, i))
			settle(s, &out, i);
	return code == OK && !s->failed
		       ? OK
		       : error_set(err, ERR_NOMEM, "no memory for a document");
}

static int
by_share(const void *pa, const void *pb)
{
	const struct rule_overlap *a = pa, *b = pb;

	if (a->n != b->n)
		return a->n > b->n ? -1 : 1;
	return strcmp(a->rule, b->rule);
}

static bool
fill_overlaps(const struct rule_stats *s, size_t row, struct arena *a,
	struct rule_stat *out)
{
	const uint32_t *both = &s->both[row * s->max];
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		n += both[i] > 0;
	out->overlaps = arena_array(a, n, sizeof *out->overlaps);
	if (out->overlaps == NULL)
		return false;
	for (size_t i = 0; i < s->n; i++)
		if (both[i] > 0)
			out->overlaps[out->noverlaps++] =
				(struct rule_overlap){ s->rows[i].id, both[i] };
	if (n > 0)
		qsort(out->overlaps, n, sizeof *out->overlaps, by_share);
	return true;
}

static int
by_id(const void *pa, const void *pb)
{
	const struct rule_stat *a = pa, *b = pb;

	return strcmp(a->rule, b->rule);
}

enum error_code
rule_stats_list(const struct rule_stats *s, struct arena *a,
	struct rule_stat **out, size_t *n, struct error *err)
{
	struct rule_stat *list = arena_array(a, s->n, sizeof *list);
	const size_t others = s->n - s->rules->n;

	for (size_t i = 0; list != NULL && i < s->n; i++) {
		const struct row *row = &s->rows[i];
		const struct rule *rule = row->rule;

		list[i] = (struct rule_stat){
			.rule = row->id,
			.kind = rule != NULL ? claim_kind_name(rule->kind)
					     : NULL,
			.file = rule != NULL ? rule->file : NULL,
			.language = rule != NULL ? rule->language : NULL,
			.line = rule != NULL ? rule->line : 0,
			.tried = row->tried,
			.fired = row->fired,
			.refused = row->refused,
			.kept = row->kept,
			.sole = row->sole,
		};
		if (!fill_overlaps(s, i, a, &list[i]))
			list = NULL;
	}
	if (list == NULL)
		return error_set(err, ERR_NOMEM, "rules");
	if (others > 0)
		qsort(list + s->rules->n, others, sizeof *list, by_id);
	*out = list;
	*n = s->n;
	return OK;
}

bool
ruleset_rule(const struct ruleset *rs, size_t i, struct rule_info *out)
{
	const struct rule *rule;

	if (i >= rs->rules->n)
		return false;
	rule = &rs->rules->list[i];
	*out = (struct rule_info){
		.rule = rule->id,
		.kind = claim_kind_name(rule->kind),
		.status = rule->kind == CLAIM_MEMBERSHIP
				  ? status_name(rule->status)
				  : NULL,
		.file = rule->file,
		.language = rule->language,
		.line = rule->line,
		.confidence = rule->confidence,
		.patterns = rule->npatterns,
		.examples = rule->nexamples,
	};
	return true;
}

bool
ruleset_rule_line(
	const struct ruleset *rs, size_t rule, size_t i, struct rule_line *out)
{
	const struct rule *of = &rs->rules->list[rule];
	const struct rule_pattern *p;

	if (i >= of->npatterns + of->nunless)
		return false;
	p = i < of->npatterns ? &of->patterns[i]
			      : &of->unless[i - of->npatterns];
	*out = (struct rule_line){ p->line,
		i < of->npatterns ? "match" : "unless", p->source, p->why };
	return true;
}
