#include "audit.h"

#include "listing.h"

static const struct table_column columns[] = {
	{ .name = "source", .fixed = true },
	{ .name = "health", .fixed = true },
	{ .name = "last success", .fixed = true },
	{ .name = "last new", .fixed = true },
	{ .name = "next due", .fixed = true },
	{ .name = "errors", .right = true },
	{ .name = "links", .right = true },
	{ .name = "url" },
};

#define COLUMNS (sizeof columns / sizeof *columns)

struct survey {
	struct listing listing;
	int64_t alarms;
};

static const char *
health(const struct source_health *h)
{
	if (h->streak > 0)
		return "failing";
	if (h->silent)
		return "silent";
	return h->tried_at == 0 ? "new" : "ok";
}

static void
add_time(struct table *t, int64_t at, const char *none)
{
	char text[24];

	if (at != 0)
		time_format(at, text);
	table_cell_str(t, at != 0 ? text : none);
}

static void
add_cells(struct table *t, const struct source_health *h)
{
	table_cell_str(t, h->name);
	table_cell_str(t, health(h));
	add_time(t, h->success_at, "never");
	add_time(t, h->new_at, "never");
	add_time(t, h->due_at, "now");
	table_cell_int(t, h->streak);
	table_cell_int(t, h->links);
	table_cell_str(t, h->url);
}

static void
put_time(struct buffer *b, const char *key, int64_t at)
{
	if (at != 0)
		json_put_time(b, key, at);
}

static enum error_code
add_json(struct buffer *b, const struct source_health *h, struct error *err)
{
	size_t start = b->len;

	json_out_open(b, '{');
	json_put_str(b, "source", h->name);
	json_put_str(b, "kind", h->kind);
	json_put_str(b, "url", h->url);
	json_put_str(b, "health", health(h));
	put_time(b, "tried_at", h->tried_at);
	put_time(b, "success_at", h->success_at);
	put_time(b, "new_at", h->new_at);
	put_time(b, "due_at", h->due_at);
	json_put_int(b, "errors", h->streak);
	json_put_int(b, "links", h->links);
	json_put_bool(b, "silent", h->silent);
	json_out_close(b, '}');
	buffer_add_char(b, '\n');
	return json_out_end(b, start, err);
}

static enum error_code
add_source(const struct source_health *h, void *ctx, struct error *err)
{
	struct survey *s = ctx;
	enum error_code code = OK;

	s->alarms += h->silent || h->streak >= AUDIT_STREAK_ALARM;
	if (s->listing.table != NULL)
		add_cells(s->listing.table, h);
	else
		code = add_json(&s->listing.line, h, err);
	return code == OK ? listing_row(&s->listing, err) : code;
}

enum error_code
audit_status(struct store *store, const struct audit_options *opt,
	int64_t *alarms, struct error *err)
{
	struct survey s = { .alarms = 0 };
	enum error_code code =
		listing_begin(&s.listing, columns, COLUMNS, store, opt, err);

	if (code == OK)
		code = store_sources_health(
			store, clock_now(), add_source, &s, err);
	*alarms = s.alarms;
	return listing_end(&s.listing, code, "no sources", NULL, err);
}
