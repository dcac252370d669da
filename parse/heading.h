/*
 * Which heading is the release's title.  What the page declares as its title
 * tells the right one from the site's name above it and from headings within
 * the text.  Private to parse.
 */
#ifndef DL_PARSE_HEADING_H
#define DL_PARSE_HEADING_H

#include "tree.h"

#define HEADING_WORDS 48 /* words of a title that are compared */

/* What a page declares; each may be empty. */
struct titles {
	struct span og, element, site;
};

void
titles_declared(const struct tree *t, struct titles *out);

/* title without the name of the site behind or in front of it. */
struct span
title_without_site(struct span title, struct span site);

/* How much a heading has in common with a title, in per cent of their words;
 * a heading all of whose words are there is the same. */
int
titles_likeness(struct span heading, struct span title);

/* The words of one, each once, where many are compared to it; curly quotes and
 * dashes part them as straight ones do. */
struct title_words {
	uint32_t words[HEADING_WORDS];
	size_t n;
};

void
title_words(struct span s, struct title_words *out);
int
title_words_likeness(
	const struct title_words *heading, const struct title_words *title);

/* The title's element; root is the release's.  TREE_NONE when there is none, or
 * none that could be it beside what is declared. */
uint32_t
heading_find(const struct tree *t, uint32_t root);

#endif
