/* The readers of listing pages, below the door.  Private to parse. */
#ifndef DL_PARSE_LISTINGS_H
#define DL_PARSE_LISTINGS_H

#include "charset.h"
#include "parse.h"
#include "words.h"

#define FEED_TTL_MAX (7 * 86400)	/* seconds of a feed's <ttl> */
#define UNZIP_MAX    ((size_t)64 << 20) /* bytes of a sitemap behind gzip */
#define UNZIP_RATIO  1000 /* bytes for one that came; DEFLATE gives 1032 */

struct listing_tools {
	const struct parse_words *words;
	struct charsets *charsets;
	struct buffer *utf8; /* holds the text while it is read */
};

/* As parser_feed() and parser_sitemap(). */
enum error_code
feed_read(const struct listing_tools *t, struct span body,
	const struct listing_context *context, struct arena *a,
	struct feed *out, struct error *err);
enum error_code
sitemap_read(const struct listing_tools *t, struct span body,
	const struct listing_context *context, struct arena *a,
	struct sitemap *out, struct error *err);

enum listing_kind { LISTING_NONE, LISTING_FEED, LISTING_SITEMAP };

/* links.c: what the body is, told from how it begins. */
enum listing_kind
listing_kind_of(struct span body, const char *media_type);
/* Its links, as parser_links() gives them; ERR_FORMAT with the reason. */
enum error_code
listing_links(const struct listing_tools *t, const struct page *page,
	struct span body, enum listing_kind kind, struct arena *a,
	struct link_list *out, struct error *err);

/* The link of url, if it is of the web and there is room; else NULL. */
struct link *
listing_add(struct link_list *out, const struct page *page, const char *url);
/* The first of each URL stays, in order.  ERR_NOMEM, ERR_LIMIT. */
enum error_code
listing_drop_doubles(struct link_list *out, struct arena *a);

/* The body as text: the transport's label, then that of the declaration;
 * *used is the WHATWG's name of the encoding. */
enum error_code
listing_decode(const struct listing_tools *t, struct span body,
	const char *label, struct span *text, const char **used,
	struct error *err);
/* The label of an XML declaration, or the empty span. */
struct span
listing_label(struct span body);

/* A gzip body into out; ERR_FORMAT, ERR_LIMIT, ERR_NOMEM. */
enum error_code
listing_unzip(struct span body, struct buffer *out, struct error *err);

#endif
