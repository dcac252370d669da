/* Rows that are at hand, as a table or as objects. */
#ifndef DL_AUDIT_ROWS_H
#define DL_AUDIT_ROWS_H

#include "table.h"

struct rows {
	const struct table_column *columns;
	size_t ncolumns;
	void (*cells)(struct table *t, const void *row, struct buffer *b);
	/* One line with its end, into the empty b. */
	void (*object)(const void *row, struct buffer *b);
	const char *none; /* what a table without rows says */
};

/* n rows of so many bytes each, in opt's form.  ERR_NOMEM, ERR_IO. */
enum error_code
rows_print(const struct rows *l, const void *rows, size_t n, size_t size,
	const struct audit_options *opt, struct error *err);

#endif
