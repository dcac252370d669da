/*
 * Entries of feeds that have the whole text of their page.  Private to parse;
 * the door has parser_item().
 */
#ifndef DL_PARSE_ITEM_H
#define DL_PARSE_ITEM_H

#include "dates.h"
#include "listing.h"
#include "tz.h"

#define ITEM_TEXT_MIN 350 /* bytes but spaces; with less it is a teaser */

/*
 * Has it a page on the web, and more of its text than a teaser: so many bytes
 * that do not end in an ellipsis?
 */
bool
item_is_whole(const struct feed_item *it);

/* The entry as a page of HTML, appended to out: its title, its text, its
 * language or else the feed's.  Errors stick in out. */
void
item_page(const struct feed *f, const struct feed_item *it, struct buffer *out);

/* The days it says it is of, zone (may be NULL) being the source's. */
void
item_dates(const struct parse_words *w, const struct feed_item *it,
	struct tz *zone, struct dates *out);

/* Its authors, or else the feed's, and the feed as the site.  ERR_NOMEM. */
enum error_code
item_origin(const struct parse_words *w, const struct feed *f,
	const struct feed_item *it, struct arena *a, struct document *doc);

#endif
