/* Character references that libxml2 does not know.  Private to parse. */
#ifndef DL_PARSE_REFERENCES_H
#define DL_PARSE_REFERENCES_H

#include "core/core.h"

/*
 * Write the reference at html[at] == '&' as libxml2 reads it: HTML 5 names,
 * names without ';' and numbers as characters (128-159 by windows-1252, as
 * browsers do), all others as they are.  In an attribute's value "&copy=" is
 * no reference.  Returns how many bytes it took.
 */
size_t
reference_copy(struct span html, size_t at, bool value, struct buffer *out);

#endif
