/*
 * parse: a capture becomes a document.  No network, no state between pages;
 * the DOM never leaves parser_page().
 */
#ifndef DL_PARSE_PARSE_H
#define DL_PARSE_PARSE_H

#include "core/core.h"

/* Changes whenever the same bytes may give another document. */
#define PARSER_VERSION "1"

#define PARSE_INPUT_MAX ((size_t)16 << 20) /* bytes of a page looked at */
#define PARSE_NODES_MAX 400000		   /* nodes of one tree */
#define PARSE_DEPTH_MAX 4096		   /* nested elements walked */
#define PARSE_TEXT_MAX	((size_t)8 << 20)  /* bytes of document.text */
#define PARSE_ATTRS_MAX 1000		   /* attributes of one element */

struct parser;

/* sources (may be NULL) gives language and time zone; borrowed. */
struct parser *
parser_new(const struct sources *sources);
void
parser_free(struct parser *p);

/*
 * Read one capture's body.  Gives a document in a (OK, *has_document true),
 * or none with *problem saying why (OK, false): empty, binary, unknown media
 * type, no text.  Errors: ERR_NOMEM only.  What was cut or repaired is in
 * document.warnings.
 */
enum error_code
parser_page(struct parser *p, const struct page *page, struct span body,
	struct arena *a, bool *has_document, struct document *doc,
	struct problem *problem, struct error *err);

#endif
