/*
 * A pass over a page's bytes before libxml2 sees them: what its HTML 4
 * parser would misread or choke on is taken out or written as it knows it.
 * Private to parse.
 */
#ifndef DL_PARSE_PREPASS_H
#define DL_PARSE_PREPASS_H

#include "core/core.h"

struct prepass {
	size_t nodes;	   /* tags and texts passed on, an upper bound */
	bool too_many;	   /* cut at PARSE_NODES_MAX */
	size_t attributes; /* tags that lost attributes over the cap */
};

/*
 * html (valid UTF-8) to out, which is emptied: scripts, styles, SVG,
 * templates and comments dropped; numeric references 128-159 read as
 * windows-1252; named references that libxml2 does not know, or without
 * ';', expanded; attribute names it cannot read renamed; tags over
 * PARSE_ATTRS_MAX shortened.
 */
enum error_code
prepass_html(struct span html, struct buffer *out, struct prepass *info);

#endif
