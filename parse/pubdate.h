/*
 * Publication dates as pages write them: machine forms in metadata, a
 * visible dateline in six languages.  Private to parse.
 */
#ifndef DL_PARSE_PUBDATE_H
#define DL_PARSE_PUBDATE_H

#include "words.h"

/* What stands first in "03/04/2024". */
enum order { ORDER_UNKNOWN, ORDER_DAY, ORDER_MONTH };

/* False where there is no such day, or none that a page is published on. */
bool
pubdate_make(int year, int month, int day, struct civil *out);

/*
 * The day that text begins with: ISO 8601 ("2023-10-31T15:04:00+01:00" is
 * the day written there), RFC 5322 ("Mon, 14 Feb 2022 ..."), or a visible
 * form ("31 October 2023", "February 14, 2024", "2024 Feb 14", "14.02.2024",
 * "14.02.24").  *len (may be NULL) is what it took.  14/02/2024 is day first
 * unless that cannot be; 03/04/2024 is refused where language is "en": nobody
 * can tell by it alone.
 */
bool
pubdate_at(const struct parse_words *w, struct span text, const char *language,
	struct civil *out, size_t *len);

/* A day written so that it can be read in either order: "03/04/2024",
 * "03.04.2024". */
bool
pubdate_is_either(struct span text);

/* How the first such day of text that can be read in one order only is written:
 * "24/12/2024". */
enum order
pubdate_order(struct span text);

/* The month that text, a line, ends with: "Issue of October 2023"; its day
 * is 0. */
bool
pubdate_month(const struct parse_words *w, struct span text, struct civil *out);

/*
 * The first day in text; it stands at text[*start, *end).  What it is part of,
 * as a number or a word, it is not.
 */
bool
pubdate_find(const struct parse_words *w, struct span text,
	const char *language, struct civil *out, size_t *start, size_t *end);

/*
 * The day of a text that begins "Paris, 2 September 2022 - ...".  It stands at
 * text[*start, *end).
 */
bool
pubdate_begins(const struct parse_words *w, struct span text,
	const char *language, struct civil *out, size_t *start, size_t *end);

#endif
