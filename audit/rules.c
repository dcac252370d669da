#include "audit.h"
#include "object.h"
#include "rows.h"

#define OTHERS_SHOWN 3 /* in a table */

static const struct table_column columns[] = {
	{ .name = "rule", .min = 16 },
	{ .name = "tried", .right = true, .fixed = true },
	{ .name = "fired", .right = true, .fixed = true },
	{ .name = "refused", .right = true, .fixed = true, .drop = 1 },
	{ .name = "kept", .right = true, .fixed = true },
	{ .name = "sole", .right = true, .fixed = true },
	{ .name = "also read by", .min = 12, .optional = true },
	{ .name = "where", .min = 12, .drop = 2, .tail = true },
};

/* Which file of the configuration, for who knows where that is. */
static const char *
file_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

static void
add_cells(struct table *t, const void *row, struct buffer *b)
{
	const struct audit_rule *r = row;

	table_cell_str(t, r->rule);
	/* What is no rule is not tried and does not match. */
	table_cell_int(t, r->file != NULL ? r->tried : -1);
	table_cell_int(t, r->file != NULL ? r->fired : -1);
	table_cell_int(t, r->file != NULL ? r->refused : -1);
	table_cell_int(t, r->kept);
	table_cell_int(t, r->sole);
	for (size_t i = 0; i < r->nothers && i < OTHERS_SHOWN; i++)
		buffer_printf(b, "%s%s %lld", i > 0 ? ", " : "", r->others[i],
			(long long)r->shared[i]);
	if (r->nothers > OTHERS_SHOWN)
		buffer_add_str(b, ", ...");
	table_cell(t, buffer_span(b));
	buffer_reset(b);
	if (r->file != NULL)
		buffer_printf(
			b, "%s:%lld", file_name(r->file), (long long)r->line);
	table_cell(t, buffer_span(b));
	buffer_reset(b);
}

static void
add_object(const void *row, struct buffer *b)
{
	const struct audit_rule *r = row;

	object_open(b);
	object_str(b, "rule", r->rule);
	object_str(b, "kind", r->kind);
	object_str(b, "language", r->language);
	object_str(b, "file", r->file);
	object_int(b, "line", r->line);
	object_int(b, "tried", r->tried);
	object_int(b, "fired", r->fired);
	object_int(b, "refused", r->refused);
	object_int(b, "kept", r->kept);
	object_int(b, "sole", r->sole);
	object_key(b, "overlaps");
	object_open(b);
	for (size_t i = 0; i < r->nothers; i++)
		object_int(b, r->others[i], r->shared[i]);
	object_close(b);
	object_close(b);
	buffer_add_char(b, '\n');
}

enum error_code
audit_rules(const struct audit_rule *list, size_t n,
	const struct audit_options *opt, struct error *err)
{
	static const struct rows l = { .columns = columns,
		.ncolumns = sizeof columns / sizeof *columns,
		.cells = add_cells,
		.object = add_object,
		.none = "no rules" };

	return rows_print(&l, list, n, sizeof *list, opt, err);
}
