#include "listing.h"
#include "object.h"
#include "words.h"

static const struct table_column columns[] = {
	{ .name = "change", .fixed = true },
	{ .name = "of", .fixed = true, .drop = 1 },
	{ .name = "id", .fixed = true },
	{ .name = "kind" },
	{ .name = "subject", .min = 12 },
	{ .name = "network", .min = 10 },
	{ .name = "before", .optional = true, .min = 10 },
	{ .name = "after", .optional = true, .min = 10 },
	{ .name = "where",
		.optional = true,
		.min = 12,
		.drop = 2,
		.tail = true },
};

#define COLUMNS (sizeof columns / sizeof *columns)

static void
add_cells(struct listing *l, const struct ledger_change *c)
{
	table_cell_str(l->table, c->change);
	table_cell_str(l->table, c->of);
	listing_id(l, c->id);
	words_name(c->kind, &l->line);
	listing_cell(l);
	table_cell_str(l->table, c->subject);
	table_cell_str(
		l->table, c->network != NULL ? c->network : c->network_name);
	table_cell_str(l->table, c->before);
	table_cell_str(l->table, c->after);
	table_cell_str(l->table, c->url);
}

static void
add_object(struct buffer *b, const struct ledger_change *c)
{
	object_open(b);
	object_str(b, "change", c->change);
	object_str(b, "of", c->of);
	object_str(b, "id", c->id);
	object_str(b, "kind", c->kind);
	object_str(b, "subject", c->subject);
	object_str(b, "network", c->network);
	object_str(b, "network_name", c->network_name);
	object_str(b, "before", c->before);
	object_str(b, "after", c->after);
	object_str(b, "url", c->url);
	object_close(b);
	buffer_add_char(b, '\n');
}

static enum error_code
add_change(const struct ledger_change *c, void *ctx, struct error *err)
{
	struct listing *l = ctx;

	if (l->table != NULL)
		add_cells(l, c);
	else
		add_object(&l->line, c);
	return listing_row(l, err);
}

enum error_code
audit_diff(struct store *s, const char *other, const struct audit_options *opt,
	int64_t *rows, struct error *err)
{
	struct listing l;
	enum error_code code = listing_begin(&l, columns, COLUMNS, s, opt, err);

	if (code == OK)
		code = store_diff(s, other, add_change, &l, err);
	return listing_end(&l, code, "no difference", rows, err);
}
