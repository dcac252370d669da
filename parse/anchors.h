/* Where a page's links lead, for who asks.  Private to parse. */
#ifndef DL_PARSE_ANCHORS_H
#define DL_PARSE_ANCHORS_H

#include "blocks.h"
#include "tree.h"

/*
 * The links of tree, which kept its hrefs, in the page's order: absolute
 * against base, http(s) alone, each with its words in the text of the blocks
 * that were made of it.  Strings are in a.  ERR_NOMEM only.
 */
enum error_code
anchors_read(const struct tree *tree, const struct blocks *b, const char *base,
	struct arena *a, struct document *doc);

#endif
