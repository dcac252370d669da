/*
 * Which blocks of the body are not the release's own: what config's
 * parse/trees.tsv says of their traits.  They leave it for the zone of what
 * they look like.  Private to parse.
 */
#ifndef DL_PARSE_VERDICT_H
#define DL_PARSE_VERDICT_H

#include "blocks.h"
#include "body.h"
#include "words.h"

/*
 * Judge a page of the web; title is the page's.  Blocks are judged with their
 * neighbours: a release's stand together.  What releases are read for (lists,
 * tables, figures, datelines, the captions of a page with few of them) leaves
 * only where it is surely not of it, a page with little text not at all.
 * ERR_NOMEM only.
 */
enum error_code
verdict_apply(const struct body *body, const struct parse_words *w,
	struct span title, struct arena *a, struct blocks *b);

#endif
