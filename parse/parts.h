/*
 * Which part of a page an element is: the release, or what stands around it.
 * Decided by its name, role, class and id.  Private to parse.
 */
#ifndef DL_PARSE_PARTS_H
#define DL_PARSE_PARTS_H

#include "tree.h"
#include "words.h"

/* Set nodes[].part and .layout of all elements, each by what it says of
 * itself. */
void
parts_mark(struct tree *t, const struct parse_words *w);

#endif
