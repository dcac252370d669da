/* The words of a block, with what stands between them. */
#ifndef DL_EXTRACT_NAMES_TOKENS_H
#define DL_EXTRACT_NAMES_TOKENS_H

#include "lexis.h"
#include "names_lexicon.h"

#define NAMES_TOKENS_MAX 8192 /* words looked at together */

/* Of a token: its letters. */
#define T_CAP	 (1u << 0) /* begins with a capital */
#define T_UPPER	 (1u << 1) /* two letters or more, all capital */
#define T_DIGIT	 (1u << 2) /* begins with a digit */
#define T_SINGLE (1u << 3) /* one letter */
#define T_START	 (1u << 4) /* first of a sentence: a capital says little */
#define T_MIXED	 (1u << 5) /* a capital behind the first letter */
#define T_AMP	 (1u << 6) /* "&" */
/* Of its word. */
#define T_PHRASE  (1u << 7) /* some phrase of several words begins with it */
#define T_NETWORK (1u << 8) /* its stem begins a registered network's name */
#define T_GIVEN	  (1u << 9) /* a person's given name */

/* Of the gap before a token: the characters seen in it. */
#define G_SPACE	 (1u << 0)
#define G_HYPHEN (1u << 1) /* without spaces */
#define G_APOS	 (1u << 2) /* between two letters */
#define G_DOT	 (1u << 3)
#define G_COMMA	 (1u << 4)
#define G_COLON	 (1u << 5)
#define G_OPEN	 (1u << 6)
#define G_CLOSE	 (1u << 7)
#define G_QUOTE	 (1u << 8)
#define G_DASH	 (1u << 9)  /* a dash, or a hyphen with spaces; "|" */
#define G_GLUE	 (1u << 10) /* nothing at all: markup was lost */
#define G_OTHER	 (1u << 11)
#define G_EDGE	 (1u << 12) /* the block's start */

struct token {
	uint32_t start, end; /* bytes into document.text */
	uint32_t word;	     /* of the lexicon, 0 if unknown */
	uint32_t stem;	     /* the same without plural */
	uint16_t gap;	     /* what stands before it */
	uint16_t flags;
	uint32_t kinds; /* of the word alone */
};

/* What some of a row of tokens has. */
struct token_sum {
	uint32_t kinds;
	uint16_t gaps, flags;
};

/*
 * Tokens of text[start, end), at most max of them into out, which has room
 * for one more.  *next is where to go on; end when all is read.
 */
size_t
names_tokenise(const struct lexicon *lx, struct buffer *scratch,
	struct span text, uint32_t start, uint32_t end, struct token *out,
	size_t max, uint32_t *next, struct token_sum *sum);

/* The same of all the atoms of a block; false: they are too many, or are to be
 * read from the text. */
bool
names_read_atoms(const struct lexicon *lx, struct lexis *x,
	const struct atoms *atoms, struct token *out, size_t max, size_t *n,
	struct token_sum *sum);

#endif
