/*
 * A pass over a page's bytes before libxml2 sees them: what its HTML 4
 * parser would misread or choke on, and what nobody reads, is left out.
 * Private to parse.
 */
#ifndef DL_PARSE_PREPASS_H
#define DL_PARSE_PREPASS_H

#include "core/core.h"

#define PREPASS_JSON_MAX 16 /* scripts of JSON-LD that are kept */

struct prepass {
	bool xml;	 /* set by the caller: XHTML, read as XML has it */
	bool keep_hrefs; /* set by the caller: links say where they lead */
	bool too_deep;	 /* tags beyond PARSE_DEPTH_MAX were left out */
	/* The page's JSON-LD; borrows from html. */
	struct span json[PREPASS_JSON_MAX];
	size_t njson;
};

/*
 * html (valid UTF-8) to out, which is emptied.  Scripts, styles, SVG,
 * templates, form fields and comments are dropped; of tags the attributes
 * that tree.h names are kept, each once, with styles that hide as "hidden";
 * end tags that nothing opened are dropped, since libxml2 would look for
 * their start through all that is open; references as references.h says.
 */
enum error_code
prepass_html(struct span html, struct buffer *out, struct prepass *info);

#endif
