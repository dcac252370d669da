/* Where a release ends by what its headings say and where its links lead.
 * Private to parse. */
#ifndef DL_PARSE_ENDINGS_H
#define DL_PARSE_ENDINGS_H

#include "blocks.h"
#include "words.h"

/* Paragraphs between the title and the body are the release's lead, which
 * some pages keep in an element of its own. */
void
endings_lead(struct blocks *b);

/*
 * Pages without markup for it: what follows a heading of config's
 * parse/endings.tsv in the body, up to the next heading of its level or a
 * higher one, is of the zone it opens; but for comments not if that is much of
 * the body's prose.
 */
void
endings_apply(const struct parse_words *w, struct blocks *b);

/*
 * Links behind the last words of the body that nothing announces lead to
 * other pages: long ones are teasers, short ones (tags, sharing) a footer.
 */
void
endings_trim(struct blocks *b);

/* Links in the body that say they lead elsewhere: "Read more: Ten cities". */
void
endings_links(const struct parse_words *w, struct blocks *b);

/* Names on cards that are links ("Aarhus", below it "Denmark"), in or right
 * behind the text: a class calls them teasers, but what they lead to is what
 * the release lists.  Asks what verdict_apply() left. */
void
endings_cards(const struct parse_words *w, struct blocks *b);

#endif
