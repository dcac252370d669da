#include "audit.h"
#include "object.h"
#include "rows.h"

static const struct table_column columns[] = {
	{ .name = "sentences", .right = true, .fixed = true },
	{ .name = "documents", .right = true, .fixed = true, .drop = 2 },
	{ .name = "by", .fixed = true, .drop = 3 },
	{ .name = "sentence", .min = 24 },
	{ .name = "nearest", .min = 12, .optional = true },
	{ .name = "in the way", .min = 12, .optional = true },
	{ .name = "where", .min = 12, .drop = 1, .tail = true },
};

/* "<JOINS>, where “signed” stands", or why a match was no claim. */
static void
add_obstacle(const struct audit_gap *g, struct buffer *b)
{
	if (g->wanted == NULL) {
		buffer_add_str(b, g->why != NULL ? g->why : "");
		return;
	}
	buffer_add_str(b, g->wanted);
	if (g->stands != NULL && g->stands[0] != '\0')
		buffer_printf(b, " \xe2\x89\xa0 \"%s\"", g->stands);
}

static void
add_cells(struct table *t, const void *row, struct buffer *b)
{
	const struct audit_gap *g = row;

	table_cell_int(t, g->sentences);
	table_cell_int(t, g->documents);
	for (size_t i = 0; i < g->ntriggers; i++)
		buffer_printf(b, "%s%s", i > 0 ? "," : "", g->triggers[i]);
	table_cell(t, buffer_span(b));
	buffer_reset(b);
	table_cell_str(t, g->quote);
	table_cell_str(t, g->rule);
	add_obstacle(g, b);
	table_cell(t, buffer_span(b));
	buffer_reset(b);
	table_cell_str(t, g->url);
}

static void
add_nearest(const struct audit_gap *g, struct buffer *b)
{
	object_key(b, "nearest");
	if (g->rule == NULL) {
		buffer_add_str(b, "null");
		return;
	}
	object_open(b);
	object_str(b, "rule", g->rule);
	object_str(b, "file", g->file);
	object_int(b, "line", g->line);
	object_str(b, "pattern", g->pattern);
	object_str(b, "verdict", g->verdict);
	object_str(b, "wanted", g->wanted);
	object_str(b, "means", g->means);
	object_str(b, "matched", g->matched);
	object_str(b, "stands", g->stands);
	object_str(b, "why", g->why);
	object_close(b);
}

static void
add_object(const void *row, struct buffer *b)
{
	const struct audit_gap *g = row;

	object_open(b);
	object_str(b, "shape", g->shape);
	object_int(b, "sentences", g->sentences);
	object_int(b, "documents", g->documents);
	object_strings(b, "triggers", g->triggers, g->ntriggers);
	object_str(b, "quote", g->quote);
	object_str(b, "document", g->document);
	object_key(b, "at");
	buffer_printf(
		b, "[%lld,%lld]", (long long)g->at[0], (long long)g->at[1]);
	object_str(b, "zone", g->zone);
	object_str(b, "language", g->language);
	object_str(b, "url", g->url);
	object_str(b, "source", g->source);
	object_str(b, "network", g->network);
	object_str(b, "network_name", g->network_name);
	add_nearest(g, b);
	object_close(b);
	buffer_add_char(b, '\n');
}

enum error_code
audit_gaps(const struct audit_gap *list, size_t n,
	const struct audit_options *opt, struct error *err)
{
	static const struct rows l = { .columns = columns,
		.ncolumns = sizeof columns / sizeof *columns,
		.cells = add_cells,
		.object = add_object,
		.none = "no gaps" };

	return rows_print(&l, list, n, sizeof *list, opt, err);
}
