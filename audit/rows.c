#include "rows.h"
#include "output.h"

enum error_code
rows_print(const struct rows *l, const void *rows, size_t n, size_t size,
	const struct audit_options *opt, struct error *err)
{
	struct table *t = NULL;
	struct buffer b;
	enum error_code code = OK;

	buffer_init(&b, OUTPUT_LINE_MAX);
	if (opt->format == AUDIT_TABLE &&
		(t = table_new(l->columns, l->ncolumns, opt)) == NULL)
		code = error_set(err, ERR_NOMEM, "no memory");
	for (size_t i = 0; code == OK && i < n; i++) {
		const void *row = (const char *)rows + i * size;

		if (t != NULL) {
			l->cells(t, row, &b);
			code = table_row(t, err);
		} else {
			l->object(row, &b);
			code = output_buffer(opt->out, &b, err);
		}
	}
	if (code == OK && t != NULL)
		code = table_end(t, l->none, err);
	if (code == OK)
		code = output_end(opt->out, err);
	table_free(t);
	buffer_release(&b);
	return code;
}
