/*
 * Where on the page the release stands.  Prose, text outside links that is
 * longer than a label, is what tells it.  Private to parse.
 */
#ifndef DL_PARSE_BODY_H
#define DL_PARSE_BODY_H

#include "tree.h"

/* Prose of all nodes: prose[i] is what stands in front of nodes[i]. */
struct body {
	const struct tree *tree;
	uint32_t *prose;  /* of tree->n + 1 */
	uint32_t root;	  /* the release's element, or TREE_NONE */
	bool named;	  /* it says so itself */
	uint32_t heading; /* its title, or TREE_NONE */
};

/*
 * Weigh a tree whose parts are marked: parts that hold most of the page's
 * prose lose their mark, and the root is chosen.  ERR_NOMEM only.
 */
enum error_code
body_find(struct tree *t, struct arena *a, struct body *b);

/* Of nodes[i] and all below it. */
uint32_t
body_prose(const struct body *b, uint32_t i);

#endif
