#include "audit.h"

#include "listing.h"

#define ALL_RUNS (-1)

static const struct table_column columns[] = {
	{ .name = "at", .fixed = true },
	{ .name = "code", .fixed = true },
	{ .name = "retry", .optional = true },
	{ .name = "where", .min = 16, .tail = true },
	{ .name = "what", .min = 20 },
};

#define COLUMNS (sizeof columns / sizeof *columns)

static void
add_cells(struct table *t, const struct problem *p)
{
	char at[24];

	time_format(p->at, at);
	table_cell_str(t, at);
	table_cell_str(t, problem_name(p->code));
	table_cell_str(t, p->retry ? "retry" : NULL);
	table_cell_str(t, p->url != NULL ? p->url : p->ref);
	table_cell_str(
		t, p->message != NULL ? p->message : problem_text(p->code));
}

static enum error_code
add_problem(const struct problem *p, void *ctx, struct error *err)
{
	const struct record r = { .kind = RECORD_PROBLEM, .problem = *p };
	struct listing *l = ctx;
	enum error_code code = OK;

	if (l->table != NULL)
		add_cells(l->table, p);
	else
		code = record_encode(&r, &l->line, err);
	return code == OK ? listing_row(l, err) : code;
}

enum error_code
audit_problems(struct store *s, const struct audit_options *opt, int64_t *rows,
	struct error *err)
{
	struct listing l;
	enum error_code code = listing_begin(&l, columns, COLUMNS, s, opt, err);

	if (code == OK)
		code = store_problems(s, ALL_RUNS, add_problem, &l, err);
	return listing_end(&l, code, "no problems", rows, err);
}
