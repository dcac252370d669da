/* What the functions behind the door share.  Private to parse. */
#ifndef DL_PARSE_PARSER_H
#define DL_PARSE_PARSER_H

#include "blocks.h"
#include "charset.h"
#include "dates.h"
#include "html.h"
#include "parse.h"
#include "tz.h"
#include "words.h"

struct parser {
	const struct parse_words *words;
	const struct sources *sources;
	struct tz **zones;    /* one a source, or NULL */
	struct buffer utf8;   /* the page, decoded */
	struct buffer layout; /* of a PDF, while it is read */
	struct buffer item;   /* of a feed, as a page */
	struct html html;
	bool links;	  /* are asked for */
	bool is_page;	  /* of the web, which html has read */
	struct span page; /* its text; borrows from utf8 or the body */
	struct blocks blocks;
	struct dates dates;
	struct charsets *charsets;
	struct pdf_reader pdf; /* read NULL: there is none */
	void *textcat;	       /* NULL: languages are not told from the text */
};

#endif
