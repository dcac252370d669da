/*
 * XML of others as a small tree, however broken: feeds, sitemaps, OPML.
 * libxml2 reads the markup behind a pre-pass that takes away what could do
 * harm (document types and with them every entity) and mends what is often
 * wrong (an ampersand that stands alone, names of HTML's characters, blanks
 * in front of the declaration).  Private to parse.
 */
#ifndef DL_PARSE_XML_H
#define DL_PARSE_XML_H

#include "core/core.h"

#define XML_NODES_MAX	   2000000 /* elements and texts of one tree */
#define XML_TREE_DEPTH_MAX 200	   /* elements in one another; deeper is cut */
#define XML_ATTRS_MAX	   64	   /* attributes read of one element */

/* The namespaces that are told apart. */
enum xml_space {
	SPACE_NONE, /* no prefix, or a default one that is not known */
	SPACE_ATOM,
	SPACE_ATOM03,
	SPACE_RSS, /* 0.9, 1.0, and those RSS 2.0 is sometimes given */
	SPACE_RDF,
	SPACE_DC,
	SPACE_TERMS, /* dcterms */
	SPACE_CONTENT,
	SPACE_MEDIA,
	SPACE_ITUNES,
	SPACE_XHTML,
	SPACE_SITEMAP,
	SPACE_NEWS,
	SPACE_OTHER
};

struct xml_attr {
	const char *prefix; /* or NULL */
	const char *name;   /* without prefix */
	const char *value;
	enum xml_space space;
};

struct xml_node {
	const char *name; /* without prefix; NULL: a text */
	const char *prefix;
	const char *uri; /* of its namespace */
	enum xml_space space;
	struct span text; /* of a text */
	const struct xml_attr *attrs;
	size_t nattrs;
	struct xml_node *parent, *first, *last, *next;
};

struct xml_tree {
	struct xml_node *root; /* NULL: there is no element */
	bool broken;	       /* it is not well-formed */
	bool cut;	       /* it ends before its end, or at a cap */
};

/* markup is valid UTF-8; the tree is in a.  ERR_NOMEM and ERR_LIMIT (of the
 * arena) only. */
enum error_code
xml_read(struct span markup, struct arena *a, struct xml_tree *out);

/* Attribute without a namespace; or in one.  NULL if it is not there. */
const char *
xml_attr(const struct xml_node *n, const char *name);
const char *
xml_attr_ns(const struct xml_node *n, enum xml_space space, const char *name);
/* "xml:base", "xml:lang" of n itself. */
const char *
xml_own(const struct xml_node *n, const char *name);
/* The first child element of that name in any namespace. */
const struct xml_node *
xml_child(const struct xml_node *n, const char *name);
bool
xml_is(const struct xml_node *n, const char *name);
/* All text of n and below, trimmed, NUL-terminated. */
struct span
xml_text(const struct xml_node *n, struct arena *a);
/* What is inside n as markup, trimmed: elements are written out, text is as
 * markup has it. */
struct span
xml_inner(const struct xml_node *n, struct arena *a);
bool
xml_has_elements(const struct xml_node *n);

#endif
