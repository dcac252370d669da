/* When a document was published, by what a reader sees.  Private to parse. */
#ifndef DL_PARSE_DATING_H
#define DL_PARSE_DATING_H

#include "blocks.h"
#include "words.h"

/*
 * Fill published and modified where the page declares none: from the URL's
 * path ("/2024/02/14/"), then from the blocks behind the title, then from
 * the first of the body.  A declared time one day off the URL's is that day
 * in another time zone, and becomes it.  ERR_NOMEM only.
 */
enum error_code
dating_read(const struct parse_words *w, const struct blocks *b,
	const struct page *page, struct arena *a, struct document *doc);

#endif
