/*
 * Who wrote a release: what the page declares, tidied, and the line under its
 * title.  Private to parse.
 */
#ifndef DL_PARSE_AUTHORS_H
#define DL_PARSE_AUTHORS_H

#include "blocks.h"
#include "words.h"

#define AUTHORS_MAX 16	/* of one document */
#define AUTHOR_MAX  160 /* bytes of a name */

/*
 * Add the name that a page declares to doc: without "By", quotes and the
 * site's name behind it; what is an address, a number or a place-holder is
 * left out.  Strings are in a.  ERR_NOMEM only.
 */
enum error_code
authors_declare(const struct parse_words *w, struct span name, struct arena *a,
	struct document *doc);

/*
 * Read the line of names near the title.  It replaces what is declared where
 * that is nothing or no more than the site, and adds to it where it begins
 * with it.  ERR_NOMEM only.
 */
enum error_code
authors_read(const struct parse_words *w, const struct blocks *b,
	struct arena *a, struct document *doc);

/* The person's name, of two words to four, that text begins with; or the
 * empty span. */
struct span
authors_name(const struct parse_words *w, struct span text);

#endif
