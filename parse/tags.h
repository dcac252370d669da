/* The elements of HTML that mean something to a document.  Private to parse. */
#ifndef DL_PARSE_TAGS_H
#define DL_PARSE_TAGS_H

#include "core/core.h"

/* In the order of their names: tags_find() searches. */
enum tag {
	TAG_A,
	TAG_ADDRESS,
	TAG_ARTICLE,
	TAG_ASIDE,
	TAG_BLOCKQUOTE,
	TAG_BODY,
	TAG_BR,
	TAG_BUTTON,
	TAG_CAPTION,
	TAG_CENTER,
	TAG_DD,
	TAG_DETAILS,
	TAG_DIALOG,
	TAG_DIR,
	TAG_DIV,
	TAG_DL,
	TAG_DT,
	TAG_FIELDSET,
	TAG_FIGCAPTION,
	TAG_FIGURE,
	TAG_FOOTER,
	TAG_FORM,
	TAG_H1,
	TAG_H2,
	TAG_H3,
	TAG_H4,
	TAG_H5,
	TAG_H6,
	TAG_HEAD,
	TAG_HEADER,
	TAG_HR,
	TAG_HTML,
	TAG_IMG,
	TAG_INPUT,
	TAG_LABEL,
	TAG_LEGEND,
	TAG_LI,
	TAG_LINK,
	TAG_MAIN,
	TAG_MENU,
	TAG_META,
	TAG_NAV,
	TAG_OL,
	TAG_OPTION,
	TAG_P,
	TAG_PRE,
	TAG_SECTION,
	TAG_SELECT,
	TAG_SUMMARY,
	TAG_TABLE,
	TAG_TBODY,
	TAG_TD,
	TAG_TFOOT,
	TAG_TH,
	TAG_THEAD,
	TAG_TIME,
	TAG_TITLE,
	TAG_TR,
	TAG_UL,
	TAG_OTHER, /* any other element: part of a line of text */
	TAG_TEXT   /* no element: text */
};

/* What an element does to the text around it. */
enum flow {
	FLOW_INLINE,
	FLOW_BLOCK, /* parts the text, no type of its own */
	FLOW_PARAGRAPH,
	FLOW_HEADING,
	FLOW_ITEM,
	FLOW_QUOTE,
	FLOW_CELL,
	FLOW_CAPTION,
	FLOW_BREAK,
	FLOW_SPACE,
	FLOW_HIDDEN /* no text of the page */
};

/* name is in lower case; TAG_OTHER when there is no such row. */
enum tag
tags_find(const char *name);
enum flow
tags_flow(enum tag tag);
/* "nav"; empty for any other element. */
struct span
tags_name(enum tag tag);
/* <br>, <img>: nothing stands inside. */
bool
tags_is_void(struct span name);
/* <li>, <td>, <p>: ends where the next one begins. */
bool
tags_ends_itself(struct span name);

#endif
