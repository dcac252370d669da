/* Tables that plain text draws.  Private to parse. */
#ifndef DL_PARSE_PLAIN_TABLE_H
#define DL_PARSE_PLAIN_TABLE_H

#include "core/core.h"

/*
 * Lines of a table that text begins with, 0: none.  Each has as many cells,
 * parted by *mark: '|' or tabs; lines that only rule off ("---|---") count.
 */
size_t
plain_table_lines(struct span text, char *mark);
/* Its cells, borrowed from line; false: the line only rules off. */
bool
plain_table_row(struct span line, char mark, struct span *row);
/* The next of them; *row goes on behind it. */
bool
plain_next_cell(struct span *row, char mark, struct span *cell);

#endif
