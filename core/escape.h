/*
 * What others wrote, made safe for where it goes: a terminal must not obey
 * it, a JSON string must end where we end it.
 */
#ifndef DL_CORE_ESCAPE_H
#define DL_CORE_ESCAPE_H

#include "buffer.h"

/*
 * Append text as one line for a terminal: white space and line ends become
 * one space each; other controls, bidirectional marks, line separators and
 * bytes that are not UTF-8 become visible: \x1b, \u202e.  Errors stick in
 * out.
 */
void
escape_line(struct span text, struct buffer *out);

/* Append text as a JSON string, quotes and all; bytes that are not UTF-8
 * become U+FFFD. */
void
escape_json(struct span text, struct buffer *out);

/* Columns that a character takes on a terminal: 0, 1 or 2. */
int
escape_columns(uint32_t cp);
/* Columns of valid text without controls. */
size_t
escape_width(struct span text);
/* Bytes of the longest prefix of text that is at most columns wide, with
 * the marks that combine with its last character. */
size_t
escape_prefix(struct span text, size_t columns);
/* Bytes of text for a line of that many columns: all of it, or up to a space.
 * A longer word is cut if `hard`, else it is the line. */
size_t
escape_break(struct span text, size_t columns, bool hard);

#endif
