/*
 * Why a block is of its zone, kept where that is decided and put into words
 * for who asks.  Private to parse; the door has parser_reason().
 */
#ifndef DL_PARSE_REASON_H
#define DL_PARSE_REASON_H

#include "core/core.h"
#include "tree.h"
#include "words.h"

#define REASON_WORD_MAX 60 /* bytes of a page's words in a reason */

enum why {
	WHY_TEXT,   /* a text without markup is the release */
	WHY_NAMED,  /* in an element named as the release's */
	WHY_PROSE,  /* in the element with most of the prose */
	WHY_PAGE,   /* no element is the release's */
	WHY_BEFORE, /* in front of the release's element */
	WHY_BEHIND,
	WHY_HEADING,	  /* the element of the title */
	WHY_PART,	  /* in an element that says which part it is */
	WHY_LEAD,	  /* whole sentences below the title */
	WHY_CARDS,	  /* names on cards in the text */
	WHY_ENDING,	  /* from words on that end a release */
	WHY_LINKS,	  /* links behind the last words of the release */
	WHY_CROSS_LINK,	  /* a link that says it leads elsewhere */
	WHY_AGAIN,	  /* the same words stand further up */
	WHY_UNLIKE,	  /* it looks like what stands around releases */
	WHY_SHAPE,	  /* the first line that reads like a title */
	WHY_SUBJECT,	  /* of the message */
	WHY_ATTACHED,	  /* subject of a message within */
	WHY_SECOND_TITLE, /* a message's title is its subject */
	WHY_SIGNATURE,
	WHY_NEWSLETTER, /* consists of what looks like other pages */
	WHY_MAIL_ABOVE, /* up to a line on how to read it */
	WHY_MAIL_LINE,	/* such a line */
	WHY_MAIL_BELOW, /* from a line on how to end it */
	WHY_PAGE_EDGE,	/* at the edge of the pages of a PDF */
	WHYS
};

struct reason {
	enum why why;
	enum part part;	   /* of WHY_PART */
	enum attribute by; /* that names it; ATTRIBUTES: the element itself */
	struct span word;  /* of the element that is the reason, or empty */
	uint32_t block;	   /* whose text is the reason */
	uint32_t node;	   /* of the page, which the block stands in */
	bool judged;	   /* by the trees, */
	uint8_t own;	   /* who gave it so many per cent */
};

/* In words, for a person, and behind them how much of a judged block is the
 * release's own by the trees; text is that of the block, or empty.  Errors
 * stick in out. */
void
reason_write(const struct reason *r, struct span text, struct buffer *out);

#endif
