/*
 * Where in its table a cell stands: row and column, spans counted, and the
 * block that heads its column.  Private to parse.
 */
#ifndef DL_PARSE_TABLE_H
#define DL_PARSE_TABLE_H

#include "tree.h"

#define TABLES_MAX  8  /* nested tables that are counted */
#define COLUMNS_MAX 64 /* columns of one that are */
#define SPAN_MAX    64 /* what one cell spans */

struct table {
	uint32_t node;
	uint16_t row, column;	     /* of the cell that is open, from 1 */
	uint16_t next;		     /* column behind it, from 0 */
	uint16_t below[COLUMNS_MAX]; /* rows that a cell above still takes */
	uint32_t heads[COLUMNS_MAX]; /* blocks that head them, from 1 */
};

struct tables {
	const struct tree *tree;
	struct table stack[TABLES_MAX];
	size_t depth; /* tables open; those beyond the stack are counted */
};

void
tables_open(struct tables *t, uint32_t table);
void
tables_close(struct tables *t);
void
tables_row(struct tables *t);
/* The table of the cell that begins; NULL: it is not counted. */
const struct table *
tables_cell(struct tables *t, uint32_t cell);
/* The cell's text is block from 1; it heads its column if it says so. */
void
tables_head(struct tables *t, uint32_t cell, uint32_t block);

#endif
