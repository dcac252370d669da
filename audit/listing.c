#include "listing.h"

#include "output.h"

enum error_code
listing_begin(struct listing *l, const struct table_column *columns, size_t n,
	struct store *s, const struct audit_options *opt, struct error *err)
{
	*l = (struct listing){ .opt = opt, .digits = ID_HEX };
	buffer_init(&l->line, OUTPUT_LINE_MAX);
	if (opt->format != AUDIT_TABLE)
		return OK;
	l->table = table_new(columns, n, opt);
	if (l->table == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	return opt->width > 0 ? store_id_digits(s, &l->digits, err) : OK;
}

void
listing_id(struct listing *l, const char *id)
{
	table_cell(l->table, span_sub(span_str(id), 0, (size_t)l->digits));
}

void
listing_cell(struct listing *l)
{
	/* An error stays in the line, for listing_row() to tell. */
	table_cell(l->table, buffer_span(&l->line));
	if (l->line.code == OK)
		buffer_reset(&l->line);
}

enum error_code
listing_row(struct listing *l, struct error *err)
{
	enum error_code code;

	l->rows++;
	if (l->table == NULL)
		return output_buffer(l->opt->out, &l->line, err);
	code = buffer_error(&l->line, err, "a cell");
	return code == OK ? table_row(l->table, err) : code;
}

enum error_code
listing_end(struct listing *l, enum error_code code, const char *empty,
	int64_t *rows, struct error *err)
{
	if (code == OK && l->table != NULL)
		code = table_end(l->table, empty, err);
	if (code == OK)
		code = output_end(l->opt->out, err);
	if (rows != NULL)
		*rows = l->rows;
	table_free(l->table);
	buffer_release(&l->line);
	return code;
}
