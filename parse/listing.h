/*
 * Pages that list other pages: feeds, sitemaps, lists of URLs, OPML.  Part
 * of the door.  All strings live in the arena they were read into; NULL is
 * "not said".  Dates come as written (_raw) and as RFC 3339 in UTC.
 */
#ifndef DL_PARSE_LISTING_H
#define DL_PARSE_LISTING_H

#include "core/core.h"

#define LISTING_ENTRIES_MAX 200000 /* of one feed or sitemap */
#define FEED_PEOPLE_MAX	    100	   /* of one entry, links too */

struct feed_person {
	const char *name, *email, *uri;
};

struct feed_link {
	const char *href, *rel, *type, *title, *hreflang, *length;
};

/* What a feed, and what an entry says. */
struct feed_item {
	const char *title; /* may be markup */
	const char *link;  /* the page, absolute where the base is known */
	const char *guid;
	const char *published_raw, *published;
	const char *updated_raw, *updated;
	const char *created_raw, *created;
	const char *expired_raw, *expired;
	const char *summary; /* markup; of a feed its subtitle */
	const char *content; /* markup */
	const char *rights;
	const char *language;
	const char *comments;
	const char *author_raw; /* as RSS has it, in one string */
	const char *publisher;
	struct feed_person *authors, *contributors;
	struct feed_link *links, *enclosures;
	const char **categories;
	size_t nauthors, ncontributors, nlinks, nenclosures, ncategories;
	/* of a feed only */
	const char *generator, *icon, *logo, *ttl;
};

struct feed {
	const char *version;  /* "rss20", "atom10", "json11", "opml" ... */
	const char *encoding; /* that its bytes were read in */
	bool broken;	      /* not well-formed; read as far as it goes */
	bool cut;	      /* at a cap, or it breaks off */
	struct feed_item head;
	struct feed_item *entries;
	size_t nentries;
};

enum sitemap_kind {
	SITEMAP_URLS,
	SITEMAP_INDEX,
	SITEMAP_TEXT,
	SITEMAP_FEED /* a feed that serves as one: read it as such */
};

struct sitemap_news {
	bool there;
	bool publication;
	const char *name, *language; /* of the publication */
	const char *title, *published_raw, *published;
	const char *genres, *keywords, *stock_tickers, *access;
};

struct sitemap_entry {
	const char *loc;
	const char *lastmod, *lastmod_at; /* as written, and RFC 3339 */
	const char *changefreq, *priority;
	struct sitemap_news news;
	/* Pairs: language, URL. */
	const char **alternates;
	size_t nalternates; /* strings, twice the pairs */
};

struct sitemap {
	enum sitemap_kind kind;
	bool broken, cut;
	struct sitemap_entry *entries;
	size_t nentries;
};

#define OFFERS_MAX 64 /* of one homepage */

/* A feed or sitemap that a homepage or robots.txt names; or, a guess, one
 * that may be where such things usually are. */
enum offer_kind { OFFER_FEED, OFFER_SITEMAP };
struct offer {
	enum offer_kind kind;
	const char *url, *title, *type;
	bool guess;
};
struct offers {
	struct offer *list;
	size_t n;
};

#endif
