/*
 * Headings and lines that say: here the release ends, and what begins.
 * Private to parse.
 */
#ifndef DL_PARSE_ENDINGS_H
#define DL_PARSE_ENDINGS_H

#include "blocks.h"

/* text, trimmed of ':' and counts, opens comments, teasers or a footer. */
bool
endings_find(struct span text, enum zone *zone);

/*
 * Pages without markup for it: what follows such a heading in the body, up to
 * the next heading of its level or a higher one, is of the zone it opens.
 */
void
endings_apply(struct blocks *b);

#endif
