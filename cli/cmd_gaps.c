/* dateline audit gaps: sentences that nothing read, ranked by their shape. */
#include <stdlib.h>

#include "corpus.h"
#include "seen.h"

#define GAPS_ARENA_MAX ((size_t)1 << 30)
#define GAPS_MAX       1000000 /* rows */
#define ROWS_FIRST     1024

struct row {
	struct audit_gap gap;
	uint32_t shape;	     /* row of the first of its shape */
	const char *seen_in; /* the last document counted */
};

struct gaps_run {
	const struct options *o;
	struct extractor *extractor;
	struct arena *arena; /* of the rows */
	const struct document *doc;
	struct row *rows;
	size_t n, cap;
	struct seen shapes, sentences;
	struct buffer fold[2];
	const char *triggers[1u << GAP_TRIGGERS][GAP_TRIGGERS];
};

static const char *
keep(struct gaps_run *x, struct span s)
{
	return s.ptr != NULL ? arena_strndup(x->arena, s.ptr, s.len) : NULL;
}

static bool
same_name(struct gaps_run *x, const char *a, const char *b)
{
	if (a == NULL)
		return false;
	buffer_reset(&x->fold[0]);
	buffer_reset(&x->fold[1]);
	return utf8_fold_name(span_str(a), &x->fold[0]) == OK &&
	       utf8_fold_name(span_str(b), &x->fold[1]) == OK &&
	       span_eq(buffer_span(&x->fold[0]), buffer_span(&x->fold[1]));
}

/* "gnlc" of "unesco-gnlc", as store has it. */
static bool
ends_id(const char *id, const char *name)
{
	size_t len = strlen(name), all = id != NULL ? strlen(id) : 0;

	return all > len && id[all - len - 1] == '-' &&
	       span_ieq_str(span_of(name, len), id + all - len);
}

static bool
passes(struct gaps_run *x, const struct gap *g)
{
	const struct claim_filter *f = &x->o->filter;

	return (f->zone < 0 || (int)g->zone == f->zone) &&
	       (x->o->trigger < 0 || (g->triggers >> x->o->trigger & 1) != 0) &&
	       (f->network == NULL || same_name(x, g->network, f->network) ||
		       ends_id(g->network, f->network) ||
		       same_name(x, g->network_name, f->network));
}

/* Only the first of a shape is shown, so only it is explained. */
static bool
wants(const char *shape, void *ctx)
{
	struct gaps_run *x = ctx;
	const uint64_t hash = seen_hash(SEEN_START, span_str(shape));

	return x->o->all || !seen_has(&x->shapes, hash);
}

static void
fill_nearest(
	struct gaps_run *x, const struct rule_reading *r, struct audit_gap *out)
{
	out->rule = r->rule;
	out->file = r->file;
	out->line = r->line;
	out->pattern = r->pattern;
	out->verdict = r->what == READING_NEAR && r->only
			       ? "one part"
			       : rule_reading_name(r->what);
	out->why = r->why;
	out->matched = keep(x, r->matched);
	if (r->what == READING_NEAR) {
		out->wanted = keep(x, r->wanted);
		out->means = r->means;
		out->stands = keep(x, r->stands);
	}
}

static enum error_code
fill(struct gaps_run *x, const struct gap *g, struct row *r, struct error *err)
{
	const struct document *d = x->doc;
	struct audit_gap *out = &r->gap;

	*r = (struct row){ .gap.triggers = x->triggers[g->triggers] };
	for (unsigned bits = g->triggers; bits != 0; bits &= bits - 1)
		out->ntriggers++;
	out->shape = keep(x, span_str(g->shape));
	out->quote = keep(x, g->sentence);
	out->document = keep(x, span_str(d->id));
	out->url = keep(x, span_str(d->url));
	out->source = keep(x, span_str(d->source));
	out->language = keep(x, span_str(d->language));
	out->zone = zone_name(g->zone);
	out->network = keep(x, span_str(g->network));
	out->network_name = keep(x, span_str(g->network_name));
	out->at[0] = g->start;
	out->at[1] = g->start + (int64_t)g->sentence.len;
	if (g->explained)
		fill_nearest(x, &g->near, out);
	return out->shape != NULL && out->quote != NULL && out->document != NULL
		       ? OK
		       : error_set(err, ERR_NOMEM, "no memory");
}

/* The row of the first of the shape, which counts them. */
static void
tally(struct row *first, const struct document *doc, bool is_new)
{
	first->gap.sentences += is_new;
	if (first->seen_in == NULL || strcmp(first->seen_in, doc->id) != 0)
		first->gap.documents++;
}

static enum error_code
add(const struct gap *g, void *ctx, struct error *err)
{
	struct gaps_run *x = ctx;
	const uint64_t shape = seen_hash(SEEN_START, span_str(g->shape));
	uint32_t first = (uint32_t)x->n, ignored = 0;
	bool is_first, is_new;
	struct row *list;
	enum error_code code;

	if (!passes(x, g))
		return OK;
	code = seen_put(&x->shapes, shape, &first, &is_first);
	if (code == OK)
		code = seen_put(&x->sentences, seen_hash(shape, g->sentence),
			&ignored, &is_new);
	if (code != OK || x->n == GAPS_MAX)
		return error_set(
			err, code != OK ? code : ERR_LIMIT, "too many gaps");
	if (is_first || (x->o->all && is_new)) {
		list = arena_grow(
			x->arena, x->rows, x->n, &x->cap, sizeof *list);
		if (list == NULL)
			return error_set(err, ERR_NOMEM, "no memory");
		x->rows = list;
		code = fill(x, g, &list[x->n], err);
		if (code != OK)
			return code;
		list[x->n++].shape = first;
	}
	tally(&x->rows[first], x->doc, is_new);
	x->rows[first].seen_in = is_first ? x->rows[first].gap.document
					  : keep(x, span_str(x->doc->id));
	return OK;
}

static enum error_code
use(const struct document *doc, struct arena *a, void *ctx, struct error *err)
{
	struct gaps_run *x = ctx;

	x->doc = doc;
	return extractor_gaps(x->extractor, doc, a, wants, add, x, err);
}

/* Often first; of those as often, what has more triggers, then by shape. */
static int
by_rank(const void *pa, const void *pb)
{
	const struct row *a = pa, *b = pb;
	int order;

	if (a->gap.sentences != b->gap.sentences)
		return a->gap.sentences > b->gap.sentences ? -1 : 1;
	if (a->gap.documents != b->gap.documents)
		return a->gap.documents > b->gap.documents ? -1 : 1;
	if (a->gap.ntriggers != b->gap.ntriggers)
		return a->gap.ntriggers > b->gap.ntriggers ? -1 : 1;
	order = strcmp(a->gap.shape, b->gap.shape);
	if (order == 0)
		order = strcmp(a->gap.document, b->gap.document);
	if (order == 0 && a->gap.at[0] != b->gap.at[0])
		order = a->gap.at[0] < b->gap.at[0] ? -1 : 1;
	return order;
}

static enum error_code
print(struct gaps_run *x, struct error *err)
{
	const struct audit_options opt = audit_options(x->o);
	struct audit_gap *list = arena_array(x->arena, x->n, sizeof *list);
	size_t n = x->n;

	if (list == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	for (size_t i = 0; i < n; i++) {
		const struct row *first = &x->rows[x->rows[i].shape];

		x->rows[i].gap.sentences = first->gap.sentences;
		x->rows[i].gap.documents = first->gap.documents;
	}
	if (n > 0)
		qsort(x->rows, n, sizeof *x->rows, by_rank);
	if (x->o->limit > 0 && (int64_t)n > x->o->limit)
		n = (size_t)x->o->limit;
	for (size_t i = 0; i < n; i++)
		list[i] = x->rows[i].gap;
	return audit_gaps(list, n, &opt, err);
}

static void
name_triggers(struct gaps_run *x)
{
	for (unsigned bits = 0; bits < 1u << GAP_TRIGGERS; bits++)
		for (int i = 0, n = 0; i < GAP_TRIGGERS; i++)
			if ((bits >> i & 1) != 0)
				x->triggers[bits][n++] =
					gap_trigger_name((enum gap_trigger)i);
}

int
cmd_audit_gaps(const struct options *o)
{
	struct error err = { 0 };
	struct arena *a = arena_new(CLI_ARENA_MAX);
	struct gaps_run x = { .o = o, .arena = arena_new(GAPS_ARENA_MAX) };
	struct ruleset *rules = NULL;
	int64_t problems = 0;
	enum error_code code = ERR_NOMEM;

	buffer_init(&x.fold[0], RECORD_LINE_MAX);
	buffer_init(&x.fold[1], RECORD_LINE_MAX);
	name_triggers(&x);
	if (a != NULL && x.arena != NULL)
		code = ruleset_open(path_config(o, a), path_gazetteer(o, a),
			RULESET_ALL, &rules, &err);
	if (code == OK)
		code = extractor_new(rules, &x.extractor, &err);
	if (code == OK)
		code = corpus_each(o, 0, use, &x, &problems, &err);
	if (code == OK)
		code = print(&x, &err);
	extractor_free(x.extractor);
	ruleset_free(rules);
	seen_release(&x.shapes);
	seen_release(&x.sentences);
	buffer_release(&x.fold[0]);
	buffer_release(&x.fold[1]);
	arena_free(x.arena);
	arena_free(a);
	if (code != OK)
		return report_error(&err);
	return problems > 0 ? EXIT_PROBLEMS : 0;
}
