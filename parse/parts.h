/*
 * Which part of a page an element is: the release, or what stands around it.
 * Decided by its name, role, class and id.  Private to parse.
 */
#ifndef DL_PARSE_PARTS_H
#define DL_PARSE_PARTS_H

#include "reason.h"
#include "tree.h"
#include "words.h"

/* Set nodes[].part, .body and .panel of all elements, each by what it says of
 * itself. */
void
parts_mark(struct tree *t, const struct parse_words *w);

/* What made nodes[i], which is marked, its part; the word is the tree's. */
struct reason
parts_reason(const struct tree *t, uint32_t i, const struct parse_words *w);

/* What says of nodes[i] that it holds the release: its name, or all of an
 * attribute. */
struct reason
parts_body_reason(
	const struct tree *t, uint32_t i, const struct parse_words *w);

#endif
