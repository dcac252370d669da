/* Pages of HTML that list others: the links a source asks for. */
#ifndef DL_PARSE_INDEX_H
#define DL_PARSE_INDEX_H

#include "html.h"
#include "listings.h"

#define INDEX_PATTERN_MAX 1000	 /* bytes of a pattern */
#define INDEX_MATCH_MAX	  100000 /* steps of one match */

/* page is the index of its source, not one of the pages it lists. */
bool
index_is(const struct page *page, const struct source *src);

/* The links of the page that fit pattern: ".name" for those with that class,
 * or inside an element with it; else PCRE2 on the URL. */
enum error_code
index_links(const struct listing_tools *t, struct html *h,
	const struct page *page, const char *pattern, struct span body,
	struct arena *a, struct link_list *out, struct error *err);

#endif
