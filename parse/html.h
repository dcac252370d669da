/* A page of HTML becomes blocks and metadata.  Private to parse. */
#ifndef DL_PARSE_HTML_H
#define DL_PARSE_HTML_H

#include <libxml/tree.h>

#include "blocks.h"

/*
 * Read html (valid UTF-8) into b; metadata goes to doc (strings in
 * b->arena).  clean is room for the page behind the pre-pass.  ERR_NOMEM only.
 */
enum error_code
html_read(struct span html, struct buffer *clean, struct blocks *b,
	struct document *doc);

/* metadata.c: title, site, language, link and dates a page declares; root is
 * the release's element or NULL, raw the page before the pre-pass. */
void
metadata_read(const xmlNode *html, const xmlNode *root, struct span raw,
	struct arena *a, struct document *doc);

#endif
