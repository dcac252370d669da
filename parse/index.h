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

/* ERR_CONFIG with the reason, ERR_NOMEM. */
struct index_pattern;
enum error_code
index_pattern_new(
	const char *text, struct index_pattern **out, struct error *err);
void
index_pattern_free(struct index_pattern *p);
/* A URL by itself; that of a class fits none. */
bool
index_pattern_fits(const struct index_pattern *p, struct span url);

/* The links of text, which is UTF-8, that fit p.  ERR_NOMEM, ERR_LIMIT. */
enum error_code
index_links_of(struct html *h, struct span text, const struct index_pattern *p,
	const struct page *page, struct arena *a, struct link_list *out);

/* The links of the page that fit pattern: ".name" for those with that class,
 * or inside an element with it; else PCRE2 on the URL. */
enum error_code
index_links(const struct listing_tools *t, struct html *h,
	const struct page *page, const char *pattern, struct span body,
	struct arena *a, struct link_list *out, struct error *err);

#endif
