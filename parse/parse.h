/*
 * parse: a capture becomes a document.  No network, no state between pages;
 * the DOM never leaves parser_page().
 */
#ifndef DL_PARSE_PARSE_H
#define DL_PARSE_PARSE_H

#include "core/core.h"

#include "listing.h"

/* Changes whenever the same bytes and words may give another document. */
#define PARSER_VERSION "12"

#define PARSE_INPUT_MAX	 ((size_t)16 << 20) /* bytes of a page looked at */
#define PARSE_NODES_MAX	 400000		    /* nodes of one tree */
#define PARSE_DEPTH_MAX	 512		   /* nested elements, as in browsers */
#define PARSE_BLOCKS_MAX 100000		   /* blocks of one document */
#define PARSE_TEXT_MAX	 ((size_t)4 << 20) /* bytes of document.text */

/* The words of config/parse and of months: shared, immutable. */
struct parse_words;

/* config: the directory of the configuration.  ERR_CONFIG and ERR_IO name file
 * and line.  *out is to be freed also after an error. */
enum error_code
parse_words_open(
	const char *config, struct parse_words **out, struct error *err);
void
parse_words_free(struct parse_words *w);
/* PARSER_VERSION and a digest of the words: the documents' parser. */
const char *
parse_words_version(const struct parse_words *w);

#define PDF_BYTES_MAX	((size_t)16 << 20) /* of a PDF that is read */
#define PDF_LAYOUT_MAX	((size_t)32 << 20) /* of what is said of it */
#define PDF_PAGES_MAX	200
#define PDF_PAGES_ASKED 201 /* one more shows that there are more */

/*
 * Who reads PDFs: a process of its own, since the format is large and its
 * readers have holes.  read() appends to out what `pdftotext -bbox-layout`
 * writes of PDF_PAGES_ASKED pages.
 */
enum pdf_status {
	PDF_OK,
	PDF_CUT,    /* out is full, and holds the beginning */
	PDF_BROKEN, /* damaged, locked, over a limit of time or memory */
	PDF_ABSENT  /* the program cannot be started */
};
struct pdf_reader {
	enum pdf_status (*read)(void *ctx, struct span pdf, struct buffer *out);
	void *ctx;
};

struct parser;

/* sources (may be NULL) gives language and time zone; both are borrowed.
 * NULL without memory.  What a sandbox would keep from it is read here. */
struct parser *
parser_new(const struct parse_words *words, const struct sources *sources);
void
parser_free(struct parser *p);
/* Without a reader a PDF is a problem. */
void
parser_set_pdf(struct parser *p, struct pdf_reader reader);

/* Documents of pages, and of entries of feeds, have their links. */
void
parser_want_links(struct parser *p);

/*
 * Read one capture's body.  Gives a document in a (OK, *has_document true),
 * or none with *problem saying why (OK, false): empty, binary, unknown media
 * type, no text, a login or an error in its place.  Errors: ERR_NOMEM only.
 * What was cut or repaired is in document.warnings.
 */
enum error_code
parser_page(struct parser *p, const struct page *page, struct span body,
	struct arena *a, bool *has_document, struct document *doc,
	struct problem *problem, struct error *err);

/*
 * Why block i of the document that parser_page() gave last is of its zone, in
 * words for a person; to be called before the next page, on its arena.
 * Errors stick in out.
 */
void
parser_reason(const struct parser *p, size_t i, struct buffer *out);

/*
 * The body of a page of HTML or text, or the entry of a feed that has the
 * words, as a page of HTML that is safe to look at, in which text[start, end)
 * of its document is marked, as evidence. *found false: the words are not
 * there.  Of a PDF or a message the text itself is marked, below a line that
 * says so.  ERR_FORMAT: it is none of them; ERR_NOMEM, ERR_LIMIT (of out).
 */
enum error_code
parser_mark(struct parser *p, const struct page *page, struct span body,
	struct span text, size_t start, size_t end, struct buffer *out,
	bool *found, struct error *err);

#define LINKS_MAX 200000 /* links of one page */

/* The pages that a page lists. */
struct link_list {
	struct link *list;
	size_t n;
	int64_t ttl; /* seconds that the listing says it stays so; 0: none */
	const struct feed *feed; /* that it was read from, or NULL */
};

/* ERR_CONFIG with the reason if a source's `links` cannot be read. */
enum error_code
parse_link_pattern_check(const char *pattern, struct error *err);

/* ERR_CONFIG if no time zone of that name is installed. */
enum error_code
parse_zone_check(const char *name, struct error *err);

/*
 * Is body a feed, a sitemap, OPML or a list of URLs, by what is in it, or the
 * page of a source that is an index?  Then
 * *is_listing, and *out has its links: each URL once, absolute, http(s), in
 * the page's order, the title as text, dates as written.  Otherwise it is a
 * matter for parser_page(); of a message of mail whose source asks for links
 * it has those as well.  A listing that cannot be read gives OK,
 * *has_problem and *problem.  ERR_NOMEM, ERR_LIMIT.
 */
enum error_code
parser_links(struct parser *p, const struct page *page, struct span body,
	struct arena *a, bool *is_listing, struct link_list *out,
	bool *has_problem, struct problem *problem, struct error *err);

#define ITEMS_MAX 1000 /* entries of one feed that become documents */

/*
 * Entry i of the feed that parser_links() has read of page: a document at the
 * address of the entry's own page, where the feed has its whole text and the
 * source asks for pages of its day; else none (OK, *has_document false).  Its
 * body is the entry, so that it stays the same document while the feed goes on;
 * the page that it points to, once it is fetched, replaces it.  The feed is in
 * another arena than a.  ERR_NOMEM only.
 */
enum error_code
parser_item(struct parser *p, const struct page *page, const struct feed *feed,
	size_t i, struct arena *a, bool *has_document, struct document *doc,
	struct error *err);

/*
 * The encoding of a body, as WHATWG names it in lower case.  What is all
 * ASCII is in the encoding it declares, by default windows-1252.
 */
struct parse_charset {
	const char *encoding; /* that it is read in */
	const char *declared; /* by itself, or NULL */
	size_t bad;	      /* places that are not valid in it */
};

/* label is the transport's, or NULL.  ERR_NOMEM, ERR_LIMIT. */
enum error_code
parser_charset(struct parser *p, struct span body, const char *label,
	struct arena *a, struct parse_charset *out, struct error *err);

/* What is known of a body from outside; each may be NULL. */
struct listing_context {
	const char *base;	/* URL it came from */
	const char *charset;	/* the transport's */
	const char *media_type; /* without parameters */
	const char *language;	/* the transport's */
};

/*
 * Read a feed (RSS 0.9x, 1.0, 2.0, Atom 0.3, 1.0, CDF, JSON Feed) or OPML,
 * lenient with what is broken.  ERR_FORMAT with the reason: it is none, as a
 * page of HTML that is served as one; ERR_LIMIT, ERR_NOMEM.
 */
enum error_code
parser_feed(struct parser *p, struct span body,
	const struct listing_context *context, struct arena *a,
	struct feed *out, struct error *err);

/* The same for a sitemap, an index of them or a list of URLs; gzip is taken
 * off first. */
enum error_code
parser_sitemap(struct parser *p, struct span body,
	const struct listing_context *context, struct arena *a,
	struct sitemap *out, struct error *err);

/*
 * What a homepage (HTML), or the robots.txt of its site, offers: feeds by
 * <link rel="alternate">, else by links that look like one; sitemaps by name;
 * then the usual places on context->base, as guesses.  ERR_NOMEM, ERR_LIMIT.
 */
enum error_code
parser_discover(struct parser *p, struct span body,
	const struct listing_context *context, struct arena *a,
	struct offers *out, struct error *err);

#endif
