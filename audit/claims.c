#include "audit.h"

#include <string.h>

#include "listing.h"
#include "words.h"

static const struct table_column columns[] = {
	{ .name = "id", .fixed = true },
	{ .name = "kind" },
	{ .name = "subject", .min = 12 },
	{ .name = "network", .min = 10 },
	{ .name = "value", .min = 12 },
	{ .name = "date", .optional = true, .min = 10 },
	{ .name = "zone", .optional = true, .fixed = true, .drop = 1 },
	{ .name = "source", .min = 12, .drop = 3 },
	{ .name = "words", .min = 20, .drop = 2 },
};

#define COLUMNS (sizeof columns / sizeof *columns)

/* The last part of a URL's path; the host when there is none. */
static struct span
url_tail(const char *url)
{
	struct span s = span_str(url);
	size_t end = span_find(s, 0, span_str("?")), begin;

	s = span_sub(s, 0, end);
	while (s.len > 0 && s.ptr[s.len - 1] == '/')
		s.len--;
	for (begin = s.len; begin > 0 && s.ptr[begin - 1] != '/';)
		begin--;
	return span_sub(s, begin, s.len);
}

static void
add_cells(struct listing *l, const struct flat_claim *c)
{
	struct table *t = l->table;

	listing_id(l, c->id);
	words_name(claim_kind_name(c->kind), &l->line);
	listing_cell(l);
	table_cell_str(t, flat_about(c));
	table_cell_str(t, c->network != NULL ? c->network : c->network_name);
	words_value(c, &l->line);
	listing_cell(l);
	table_cell_str(t, c->date);
	table_cell_str(t, c->zone != ZONE_BODY ? zone_name(c->zone) : NULL);
	/* What was named by hand has no source but its URL. */
	if (strcmp(c->source, SOURCE_COMMAND_LINE) != 0)
		buffer_printf(&l->line, "%s ", c->source);
	buffer_add_span(&l->line, url_tail(c->url));
	listing_cell(l);
	table_cell(t, c->evidence);
}

static enum error_code
add_claim(const struct flat_claim *c, void *ctx, struct error *err)
{
	struct listing *l = ctx;
	enum error_code code = OK;

	if (l->table != NULL)
		add_cells(l, c);
	else
		code = flat_encode(c, &l->line, err);
	return code == OK ? listing_row(l, err) : code;
}

enum error_code
audit_claims(struct store *s, const struct claim_filter *f,
	const struct audit_options *opt, int64_t *rows, struct error *err)
{
	struct listing l;
	enum error_code code = listing_begin(&l, columns, COLUMNS, s, opt, err);

	if (code == OK)
		code = store_claims(s, f, add_claim, &l, err);
	return listing_end(&l, code, "no claims", rows, err);
}
