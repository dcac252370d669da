#include "audit.h"

#include "output.h"
#include "table.h"
#include "words.h"

#define ID_SHOWN 10 /* hex digits; enough to be unique in most ledgers */

static const struct table_column columns[] = {
	{ .name = "id", .fixed = true },
	{ .name = "kind" },
	{ .name = "subject" },
	{ .name = "network" },
	{ .name = "value" },
	{ .name = "date", .optional = true },
	{ .name = "polarity", .optional = true },
	{ .name = "zone", .optional = true },
	{ .name = "source" },
	{ .name = "words" },
};

#define COLUMNS (sizeof columns / sizeof *columns)

struct view {
	const struct audit_options *opt;
	struct table *table; /* NULL for JSON */
	struct buffer line;
	int64_t rows;
};

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
cell_buffer(struct view *v)
{
	table_cell(v->table, buffer_span(&v->line));
	buffer_reset(&v->line);
}

static void
add_cells(struct view *v, const struct flat_claim *c)
{
	struct table *t = v->table;

	table_cell(t, span_sub(span_str(c->id), 0, ID_SHOWN));
	words_name(claim_kind_name(c->kind), &v->line);
	cell_buffer(v);
	table_cell_str(t, words_subject(c));
	table_cell_str(t, c->network != NULL ? c->network : c->network_name);
	words_value(c, &v->line);
	cell_buffer(v);
	table_cell_str(t, c->date);
	table_cell_str(t, c->polarity != POLARITY_ASSERTED
				  ? polarity_name(c->polarity)
				  : NULL);
	table_cell_str(t, c->zone != ZONE_BODY ? zone_name(c->zone) : NULL);
	buffer_add_str(&v->line, c->source != NULL ? c->source : "");
	buffer_add_char(&v->line, ' ');
	buffer_add_span(&v->line, url_tail(c->url));
	cell_buffer(v);
	table_cell(t, c->evidence);
}

static enum error_code
add_claim(const struct flat_claim *c, void *ctx, struct error *err)
{
	struct view *v = ctx;
	enum error_code code;

	v->rows++;
	if (v->table != NULL) {
		add_cells(v, c);
		return table_row(v->table, err);
	}
	code = flat_encode(c, &v->line, err);
	if (code == OK)
		code = output_buffer(v->opt->out, &v->line, err);
	return code;
}

enum error_code
audit_claims(struct store *s, const struct claim_filter *f,
	const struct audit_options *opt, int64_t *rows, struct error *err)
{
	struct view v = { .opt = opt };
	enum error_code code;

	buffer_init(&v.line, OUTPUT_LINE_MAX);
	if (opt->format == AUDIT_TABLE) {
		v.table = table_new(columns, COLUMNS, opt);
		if (v.table == NULL)
			return error_set(err, ERR_NOMEM, "no memory");
	}
	code = store_claims(s, f, add_claim, &v, err);
	if (code == OK && v.table != NULL)
		code = table_end(v.table, "no claims", err);
	if (code == OK)
		code = output_end(opt->out, err);
	if (rows != NULL)
		*rows = v.rows;
	table_free(v.table);
	buffer_release(&v.line);
	return code;
}
