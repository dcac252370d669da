/*
 * Which part of a page an element is: the release itself, or what stands
 * around it.  Decided by the element's name, role, class and id; the words
 * are in one table.  Private to parse.
 */
#ifndef DL_PARSE_ZONES_H
#define DL_PARSE_ZONES_H

#include <libxml/tree.h>

#include "core/core.h"

/* What an element says of itself and all below it. */
enum part {
	PART_NONE, /* nothing: as its parent */
	PART_HIDDEN,
	PART_MENU,   /* menus, search, dialogs, sharing */
	PART_HEADER, /* of the site */
	PART_FOOTER,
	PART_TEASER, /* other pages' headlines and leads */
	PART_COMMENT,
	PART_BYLINE,
	PART_DATELINE
};

enum part
zones_part(const xmlNode *element);

/*
 * The element that holds the release: main, article, the usual classes; the
 * one with most text when several qualify.  NULL: nothing marks it.
 */
const xmlNode *
zones_root(const xmlNode *html);

/* Attribute of that name, or the empty span. */
struct span
node_attribute(const xmlNode *element, const char *name);
bool
node_is(const xmlNode *node, const char *name);
/* Next node in document order below top; skips n's children unless down. */
const xmlNode *
node_next(const xmlNode *n, const xmlNode *top, bool down);

#endif
