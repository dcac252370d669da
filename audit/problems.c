#include "audit.h"

#include "output.h"
#include "table.h"

#define ALL_RUNS (-1)

static const struct table_column columns[] = {
	{ .name = "at", .fixed = true },
	{ .name = "code", .fixed = true },
	{ .name = "retry", .optional = true },
	{ .name = "where" },
	{ .name = "what" },
};

#define COLUMNS (sizeof columns / sizeof *columns)

struct view {
	const struct audit_options *opt;
	struct table *table; /* NULL for JSON */
	struct buffer line;
	int64_t rows;
};

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
	struct view *v = ctx;
	enum error_code code;

	v->rows++;
	if (v->table != NULL) {
		add_cells(v->table, p);
		return table_row(v->table, err);
	}
	code = record_encode(&r, &v->line, err);
	if (code == OK)
		code = output_buffer(v->opt->out, &v->line, err);
	return code;
}

enum error_code
audit_problems(struct store *s, const struct audit_options *opt, int64_t *rows,
	struct error *err)
{
	struct view v = { .opt = opt };
	enum error_code code;

	buffer_init(&v.line, OUTPUT_LINE_MAX);
	if (opt->format == AUDIT_TABLE) {
		v.table = table_new(columns, COLUMNS, opt);
		if (v.table == NULL)
			return error_set(err, ERR_NOMEM, "no memory");
	}
	code = store_problems(s, ALL_RUNS, add_problem, &v, err);
	if (code == OK && v.table != NULL)
		code = table_end(v.table, "no problems", err);
	if (code == OK)
		code = output_end(opt->out, err);
	if (rows != NULL)
		*rows = v.rows;
	table_free(v.table);
	buffer_release(&v.line);
	return code;
}
