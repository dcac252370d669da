/* Days and moments as machines write them.  Private to parse. */
#ifndef DL_PARSE_STAMP_H
#define DL_PARSE_STAMP_H

#include "pubdate.h"
#include "tz.h"

/* ISO 8601's basic form at the beginning of text, "20240214"; *len is what it
 * took. */
bool
stamp_basic(struct span text, struct civil *out, size_t *len);

/*
 * The day of a stamp: any form of pubdate_at() or the basic one, Unix time in
 * seconds or milliseconds, C's and JavaScript's "Wed Feb 14 09:00:00 CET 2024".
 * The day is the one written there; of a moment it is the day at that time in
 * zone, where that is not NULL.
 */
bool
stamp_day(const struct parse_words *w, struct span text, struct tz *zone,
	struct civil *out);

#endif
