/*
 * A table for a terminal.  Columns are as wide as the rows held need, up to
 * TABLE_COLUMN_MAX.  What does not fit the terminal is cut with an ellipsis,
 * the widest column first, down to the least that can be read; when that does
 * not fit either, columns are left out.  In a pipe nothing is cut.
 * Rows are held until TABLE_ROWS or TABLE_BYTES are reached, then printed,
 * so that any number of rows takes the same memory.
 */
#ifndef DL_AUDIT_TABLE_H
#define DL_AUDIT_TABLE_H

#include "audit.h"

#define TABLE_COLUMNS	 16		   /* of one table */
#define TABLE_COLUMN_MAX 40		   /* widest padded column */
#define TABLE_COLUMN_MIN 8		   /* a column shrinks to this */
#define TABLE_CELL_MAX	 ((size_t)8 << 10) /* bytes read of one cell */
#define TABLE_ROWS	 1000		   /* measured together */
#define TABLE_BYTES	 ((size_t)4 << 20) /* held together */

struct table_column {
	const char *name;
	size_t min;    /* it shrinks to this; 0: TABLE_COLUMN_MIN */
	int drop;      /* left out for want of room, highest first; 0: never */
	bool right;    /* numbers */
	bool fixed;    /* is not made narrower to fit */
	bool optional; /* not shown while all its cells are empty */
	bool tail;     /* its end tells most, as of a URL: that is kept */
};

struct table;

/* NULL without memory.  columns (n <= TABLE_COLUMNS) and opt are borrowed
 * until table_free(). */
struct table *
table_new(const struct table_column *columns, size_t n,
	const struct audit_options *opt);
void
table_free(struct table *t);

/* The next cell of the row, escaped here; NULL ptr is an empty cell. */
void
table_cell(struct table *t, struct span text);
void
table_cell_str(struct table *t, const char *text);
/* A cell that stays empty when n < 0. */
void
table_cell_int(struct table *t, int64_t n);
/*
 * The row is complete: n cells were given.  ERR_NOMEM or ERR_LIMIT for the
 * rows held, ERR_IO when they were printed and the stream failed.
 */
enum error_code
table_row(struct table *t, struct error *err);
/* Print what is held; a table without any row prints the line `empty`. */
enum error_code
table_end(struct table *t, const char *empty, struct error *err);

#endif
