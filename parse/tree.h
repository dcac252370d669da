/*
 * The elements and texts of one page, in document order.  libxml2 reads the
 * markup and says what begins and ends; it builds nothing.  A node is a row
 * of an array, what stands below it the rows up to its end; all text is one
 * string, so the text of any element is a range of it.  Private to parse.
 */
#ifndef DL_PARSE_TREE_H
#define DL_PARSE_TREE_H

#include "core/core.h"
#include "tags.h"

#define TREE_NONE      UINT32_MAX
#define TREE_KEEP      ((size_t)1 << 20) /* bytes kept from page to page */
#define TREE_NAMES_MAX 4096 /* names the parser may learn before a new one */

/* The attributes that are read; the pre-pass passes on no others. */
enum attribute {
	ATTR_CLASS,
	ATTR_COLSPAN,
	ATTR_CONTENT,
	ATTR_DATA_DATE, /* under one of several names */
	ATTR_DATETIME,
	ATTR_HIDDEN,
	ATTR_HREF,
	ATTR_HTTP_EQUIV,
	ATTR_ID,
	ATTR_ITEMPROP,
	ATTR_LANG,
	ATTR_NAME,
	ATTR_PROPERTY,
	ATTR_REL,
	ATTR_ROLE,
	ATTR_ROWSPAN,
	ATTR_TITLE,
	ATTR_TYPE, /* of <link>, only where hrefs are kept */
	ATTR_XML_LANG,
	ATTRIBUTES
};

/* ATTRIBUTES when it is none of them.  "data-date" and its like are one. */
enum attribute
attribute_find(struct span name);

struct node {
	uint32_t parent; /* TREE_NONE above the root */
	uint32_t end;	 /* behind its last descendant */
	uint32_t text;	 /* where its text begins in tree.text */
	uint32_t links;	 /* bytes of link text in front of it */
	uint32_t attrs;	 /* its first in tree.attrs */
	uint8_t nattrs;
	uint8_t tag;  /* enum tag */
	uint8_t part; /* enum part, set by parts_mark() */
	bool body;    /* says that it holds the release, by parts_mark() */
	bool panel;   /* what a reader opens: an accordion's, <details> */
};

struct attr {
	uint32_t at; /* into tree.values */
	uint32_t len;
	enum attribute key;
};

struct tree {
	struct node *nodes; /* nodes[n] is a sentinel behind the last */
	uint32_t n, room;
	struct attr *attrs;
	uint32_t nattrs, attrs_room;
	struct buffer text;   /* spaces folded; a line break is U+2028 */
	struct buffer values; /* of the attributes */
	bool too_many;	      /* cut at PARSE_NODES_MAX */
	bool too_deep;	      /* flattened at PARSE_DEPTH_MAX */
	struct tree_reader *reader;
};

/* False without memory.  tree_read() empties it. */
bool
tree_init(struct tree *t);
void
tree_release(struct tree *t);

/* The tree of markup behind the pre-pass.  ERR_NOMEM only. */
enum error_code
tree_read(struct tree *t, struct span markup);

/* The text of nodes[i] and all below it. */
struct span
tree_text(const struct tree *t, uint32_t i);
/* Its length, and how much of it is inside links. */
uint32_t
tree_text_len(const struct tree *t, uint32_t i);
uint32_t
tree_link_len(const struct tree *t, uint32_t i);
/* Attribute of nodes[i], or the empty span. */
struct span
tree_attr(const struct tree *t, uint32_t i, enum attribute key);
bool
tree_has_attr(const struct tree *t, uint32_t i, enum attribute key);
/* nodes[i] is top or below it. */
bool
tree_is_within(const struct tree *t, uint32_t i, uint32_t top);

#define BLOCKS_LINE_BREAK "\xe2\x80\xa8"

#endif
