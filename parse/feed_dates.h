/* The dates of feeds, in all forms that are in use.  Private to parse. */
#ifndef DL_PARSE_FEED_DATES_H
#define DL_PARSE_FEED_DATES_H

#include "words.h"

#define FEED_DATE_MAX 128 /* bytes of a date */

/*
 * RFC 822 with its odd zones and words, ISO 8601 and its W3C profile, asctime,
 * names of months in the languages of months.tsv, numbers parted by dots and
 * slashes, seconds since 1970.  False if it is none, or cannot be: a 99th of
 * June is no date.  What has no zone is UTC, what has no time midnight.
 */
bool
feed_date(const struct parse_words *w, struct span text, int64_t *unix_seconds);

#endif
