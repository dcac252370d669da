/*
 * Decision trees over traits, read from the configuration: config's
 * parse/trees.tsv.  What all of them say of a block is added up.  Private to
 * parse.
 */
#ifndef DL_PARSE_FOREST_H
#define DL_PARSE_FOREST_H

#include "core/core.h"

#define FOREST_NODES_MAX 16384
#define FOREST_DEPTH_MAX 32

struct forest;

struct forest *
forest_new(void);
void
forest_free(struct forest *f);

/*
 * The next row, of trees one behind the other, each node in front of what is
 * below it: "TRAIT<TAB>MOST", where up to MOST goes on with the next row and
 * more with what follows that branch, or "leaf<TAB>VALUE".
 */
enum error_code
forest_add(struct forest *f, struct span name, struct span value,
	struct error *err);
/* All trees are whole: to be asked before forest_sum(). */
bool
forest_is_whole(const struct forest *f);

/* The sum of the leaves that a row of traits falls into. */
int
forest_sum(const struct forest *f, const int16_t *row);

#endif
