/* Words that a page has twice, for two layouts of it.  Private to parse. */
#ifndef DL_PARSE_COPIES_H
#define DL_PARSE_COPIES_H

#include "blocks.h"

/*
 * A run of blocks of the body that stands there already, in the same order, is
 * no text of its own: the page shows one on a telephone, the other beside it.
 * Cells are left alone, since tables repeat what they say; so are short runs,
 * as names that two lists have.  ERR_NOMEM only.
 */
enum error_code
copies_apply(struct blocks *b);

#endif
