/* What a homepage and its robots.txt offer to read.  Private to parse. */
#ifndef DL_PARSE_DISCOVER_H
#define DL_PARSE_DISCOVER_H

#include "html.h"
#include "listings.h"

/* page is the homepage of its source, a site, or one of the addresses where
 * something may be that the homepage does not name. */
bool
discover_is(const struct page *page, const struct source *src);

/*
 * As parser_discover(): feeds that the text, UTF-8, names, in its order; then
 * what may be there besides.  ERR_NOMEM.
 */
enum error_code
discover_html(struct html *h, struct span text, const char *base,
	struct arena *a, struct offers *out);

/* As above, of a robots.txt: its Sitemap lines. */
enum error_code
discover_robots(struct span text, const char *base, struct arena *a,
	struct offers *out);

/* The links of a page that discover_is(), as its source chooses; it is no
 * document, whatever is in it.  ERR_NOMEM, ERR_LIMIT. */
enum error_code
discover_links(const struct listing_tools *t, struct html *h,
	const struct page *page, const struct source *src, struct span body,
	struct arena *a, struct link_list *out, struct error *err);

#endif
