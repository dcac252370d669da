/* The days that a document's text and URL show.  Private to parse. */
#ifndef DL_PARSE_DATING_H
#define DL_PARSE_DATING_H

#include "blocks.h"
#include "dates.h"

/*
 * Add to out the day in the page's URL and those that b shows: near its
 * title, where a paragraph begins with one, and in short lines elsewhere that
 * are labelled or are nothing else.  b is what parse made of page.
 */
void
dating_read(const struct parse_words *w, const struct blocks *b,
	const struct page *page, struct dates *out);

#endif
