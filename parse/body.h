/* Where on the page the release stands.  Private to parse. */
#ifndef DL_PARSE_BODY_H
#define DL_PARSE_BODY_H

#include "tree.h"

/*
 * The element that holds the release: main, article, the usual classes; the
 * one with most text when several qualify.  TREE_NONE: nothing marks it.
 * The tree's parts must be marked.
 */
uint32_t
body_root(const struct tree *t);

/* Its title: the first h1 in root; or the first on the page; or h2. */
uint32_t
body_heading(const struct tree *t, uint32_t root);

#endif
