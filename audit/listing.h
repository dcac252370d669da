/* Rows of the ledger on their way out, as a table or as JSON lines. */
#ifndef DL_AUDIT_LISTING_H
#define DL_AUDIT_LISTING_H

#include "audit.h"
#include "table.h"

struct listing {
	const struct audit_options *opt;
	struct table *table; /* NULL for JSON */
	struct buffer line;  /* being made: a cell, or a JSON line */
	int64_t rows;
	int digits; /* of an id that are shown */
};

/* columns and opt are borrowed until listing_end(). */
enum error_code
listing_begin(struct listing *l, const struct table_column *columns, size_t n,
	struct store *s, const struct audit_options *opt, struct error *err);

/* The next cell is an id: on a terminal as much as tells it from all others,
 * in a pipe all of it. */
void
listing_id(struct listing *l, const char *id);

/* l->line is the next cell. */
void
listing_cell(struct listing *l);
/* The row is complete: its cells, or as JSON l->line. */
enum error_code
listing_row(struct listing *l, struct error *err);

/*
 * Finish and release: code is how the rows ended, and what is returned
 * unless the rest fails.  No rows print the line `empty` in a table.
 */
enum error_code
listing_end(struct listing *l, enum error_code code, const char *empty,
	int64_t *rows, struct error *err);

#endif
