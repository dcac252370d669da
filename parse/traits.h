/*
 * What is known of a block of a page beyond its words: where it stands, among
 * what, and how it is marked up.  verdict.c tells by it what is the release's
 * own.  Values are those that config's parse/trees.tsv was learnt from: a trait
 * that means something else wants new trees.  Private to parse.
 */
#ifndef DL_PARSE_TRAITS_H
#define DL_PARSE_TRAITS_H

#include "blocks.h"
#include "body.h"
#include "words.h"

enum trait {
	/* its own */
	TRAIT_TYPE,
	TRAIT_TAG,
	TRAIT_LENGTH, /* bytes */
	TRAIT_WORDS,
	TRAIT_LINKS, /* per cent */
	TRAIT_COMMAS,
	TRAIT_SENTENCES,
	TRAIT_LAST,  /* enum ending of its last character */
	TRAIT_FIRST, /* enum beginning */
	TRAIT_UPPER, /* per cent of its letters */
	TRAIT_DIGITS,
	TRAIT_MARKS,
	TRAIT_STOPS, /* per cent of words that hold sentences together */
	TRAIT_AGAIN, /* blocks of the same text in front of it */
	TRAIT_TITLE, /* per cent, likeness to the title */
	/* its place in the body */
	TRAIT_INDEX,  /* per mille of the blocks */
	TRAIT_BEFORE, /* bytes of prose */
	TRAIT_BEHIND,
	TRAIT_SHARE_BEHIND, /* per mille of the prose */
	TRAIT_SINCE,	    /* blocks since the last prose */
	TRAIT_UNTIL,
	TRAIT_PREV_TYPE,
	TRAIT_PREV_LENGTH,
	TRAIT_PREV_LINKS,
	TRAIT_NEXT_TYPE,
	TRAIT_NEXT_LENGTH,
	TRAIT_NEXT_LINKS,
	TRAIT_SECOND_TYPE, /* the one behind the next */
	TRAIT_SECOND_LENGTH,
	/* those that are marked up as it is */
	TRAIT_KIN,	  /* how many */
	TRAIT_KIN_LENGTH, /* on average */
	TRAIT_KIN_LINKS,
	TRAIT_KIN_PROSE,      /* per mille of the body's */
	TRAIT_RUN,	      /* directly in front of it and behind it */
	TRAIT_SIBLINGS_PROSE, /* per mille of the prose in its parent alone */
	/* the smallest element that holds more */
	TRAIT_BOX_TAG,
	TRAIT_BOX_LENGTH,
	TRAIT_BOX_LINKS,
	TRAIT_BOX_PROSE,
	TRAIT_BOX_SHARE, /* per cent of the box that it is */
	/* the branch off the path to where most prose is */
	TRAIT_BRANCH_TAG,
	TRAIT_BRANCH_LENGTH,
	TRAIT_BRANCH_LINKS,
	TRAIT_BRANCH_PROSE,
	TRAIT_BRANCH_OFF,  /* how many elements above the path's end */
	TRAIT_BRANCH_SIDE, /* enum branch_side */
	TRAIT_DEPTH,	   /* below the end of the path, or its branch */
	/* elements around it */
	TRAIT_IN,    /* bits: figure, aside, form, list, table, quote... */
	TRAIT_PANEL, /* 1 in what a reader opens: an accordion, <details> */
	/* what it says */
	TRAIT_ENDING,
	/* the heading above it */
	TRAIT_HEADING_SINCE, /* blocks */
	TRAIT_HEADING_LEVEL,
	TRAIT_HEADING_REST,  /* bytes up to the next heading */
	TRAIT_HEADING_LINKS, /* per cent of them */
	/* the page */
	TRAIT_PAGE_PROSE,
	TRAIT_PAGE_BLOCKS,
	TRAIT_PAGE_NAMED,
	TRAIT_PAGE_SHARE, /* per cent of its prose that the body has */
	TRAIT_PAGE_LINKS,
	TRAITS
};

/* Where a block's branch stands to the path to most prose. */
enum branch_side { BRANCH_BEFORE, BRANCH_BEHIND, BRANCH_ON };

/* Blocks of one page in the body, and what is summed up of them. */
struct traits;

/* NULL without memory; all of it is a's. */
struct traits *
traits_new(const struct body *body, const struct blocks *b,
	const struct parse_words *w, struct span title, struct arena *a);
/* Bytes of prose of the page. */
uint32_t
traits_prose(const struct traits *t);
/* How many blocks are in the body, and which the k-th of them is. */
size_t
traits_blocks(const struct traits *t);
size_t
traits_block(const struct traits *t, size_t k);
/* All that is known of the k-th, each at most 32767. */
void
traits_of(const struct traits *t, size_t k, int16_t out[TRAITS]);

/* "links"; for those who learn from them. */
const char *
trait_name(enum trait trait);

#endif
