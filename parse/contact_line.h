/* A line of a contact: a name, an address, a number.  Private to parse. */
#ifndef DL_PARSE_CONTACT_LINE_H
#define DL_PARSE_CONTACT_LINE_H

#include "blocks.h"
#include "words.h"

/* Parts of the line, or empty. */
struct contact_line {
	struct span name, email, phone;
};

/* "Jane Roe, press officer, tel. +44 20 0000 0000, press@city.example" */
void
contact_line_read(const struct parse_words *w, struct span text,
	struct contact_line *out);

/* Address and number that links of block i lead to, in nodes of tree, of which
 * at most max are looked at. */
void
contact_line_links(const struct tree *tree, const struct blocks *b, size_t i,
	uint32_t max, struct contact_line *out);

#endif
