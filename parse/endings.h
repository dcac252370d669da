/* Where a release ends by what its headings say.  Private to parse. */
#ifndef DL_PARSE_ENDINGS_H
#define DL_PARSE_ENDINGS_H

#include "blocks.h"
#include "words.h"

/*
 * Pages without markup for it: what follows a heading of config's
 * parse/endings.tsv in the body, up to the next heading of its level or a
 * higher one, is of the zone it opens.
 */
void
endings_apply(const struct parse_words *w, struct blocks *b);

/*
 * Links behind the last words of the body that nothing announces lead to
 * other pages: long ones are teasers, short ones (tags, sharing) a footer.
 */
void
endings_trim(struct blocks *b);

#endif
