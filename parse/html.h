/* A page of HTML becomes blocks and metadata.  Private to parse. */
#ifndef DL_PARSE_HTML_H
#define DL_PARSE_HTML_H

#include "blocks.h"
#include "body.h"
#include "dates.h"
#include "prepass.h"
#include "tree.h"
#include "tz.h"
#include "words.h"

/* What reading a page needs, kept from page to page. */
struct html {
	const struct parse_words *words;
	struct buffer clean; /* the page behind the pre-pass */
	struct tree tree;
	struct body body; /* of a tree with nodes */
	struct prepass info;
	struct tz *zone; /* of the page's source, or NULL */
};

/* False without memory. */
bool
html_init(struct html *h, const struct parse_words *words);
void
html_release(struct html *h);

/*
 * Read html (valid UTF-8) into b; metadata goes to doc (strings in
 * b->arena), the days it declares to dates.  ERR_NOMEM only.
 */
enum error_code
html_read(struct html *h, struct span html, struct blocks *b,
	struct document *doc, struct dates *dates);

/* metadata.c: title, site, language, link and dates a page declares; heading
 * is the title's element or TREE_NONE.  ERR_NOMEM only. */
enum error_code
metadata_read(const struct html *h, uint32_t heading, struct arena *a,
	struct document *doc, struct dates *dates);

#endif
