#include "audit.h"
#include "object.h"
#include "output.h"
#include "table.h"

static const struct table_column columns[] = {
	{ .name = "sentences", .right = true, .fixed = true },
	{ .name = "documents", .right = true, .fixed = true, .drop = 2 },
	{ .name = "by", .fixed = true, .drop = 3 },
	{ .name = "sentence", .min = 24 },
	{ .name = "nearest", .min = 12, .optional = true },
	{ .name = "in the way", .min = 12, .optional = true },
	{ .name = "where", .min = 12, .drop = 1 },
};
#define COLUMNS (sizeof columns / sizeof *columns)

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
add_cells(struct table *t, const struct audit_gap *g, struct buffer *b)
{
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
add_object(const struct audit_gap *g, struct buffer *b)
{
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
	struct table *t = NULL;
	struct buffer b;
	enum error_code code = OK;

	buffer_init(&b, OUTPUT_LINE_MAX);
	if (opt->format == AUDIT_TABLE &&
		(t = table_new(columns, COLUMNS, opt)) == NULL)
		code = error_set(err, ERR_NOMEM, "no memory");
	for (size_t i = 0; code == OK && i < n; i++) {
		if (t != NULL) {
			add_cells(t, &list[i], &b);
			code = table_row(t, err);
		} else {
			add_object(&list[i], &b);
			code = output_buffer(opt->out, &b, err);
		}
	}
	if (code == OK && t != NULL)
		code = table_end(t, "no gaps", err);
	if (code == OK)
		code = output_end(opt->out, err);
	table_free(t);
	buffer_release(&b);
	return code;
}
