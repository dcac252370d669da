/*
 * A text as rules read it: one 16-bit unit a word, mark or mention.  Words
 * that some rule names have a unit of their own, all others share one, so a
 * pattern compares numbers and a gap of four words is four units.
 * Private to extract.
 */
#ifndef DL_EXTRACT_VOCABULARY_H
#define DL_EXTRACT_VOCABULARY_H

#include "core/core.h"

#define UNIT_MARK      0x7F /* a mark outside ASCII; those in it are themselves */
#define UNIT_OTHER     0x80  /* a word that no rule names */
#define UNIT_SYMBOL    0x100 /* a mention: this + its symbol, 0 to 31 */
#define UNIT_WORD      0x200 /* the first word of the vocabulary */
#define UNITS	       0x10000
#define UNIT_BYTES     64 /* of a word in lower case; a longer one is other */
#define VOCABULARY_MAX 40000

/* A word in lower case, or a mark. */
struct token {
	uint32_t start, end; /* bytes of the text */
	char mark;	     /* 0: a word */
	uint8_t len;	     /* of lower; 0: over UNIT_BYTES */
	char lower[UNIT_BYTES];
};

/*
 * The token at or behind *at, which moves behind it; false at the end.
 * "l'union" is "l'" and "union", "city's" is "city" and "'s"; "co-founder" and
 * "U.N." are one word.  Quotes and dashes have one form each.  A full stop
 * that does not end the text belongs to the word before it.
 */
bool
token_next(struct span text, uint32_t *at, uint32_t end, struct token *t);

struct vocabulary;

struct vocabulary *
vocabulary_new(void);
void
vocabulary_free(struct vocabulary *v);

/* Add a word, or all words that begin so.  ERR_LIMIT, ERR_NOMEM. */
enum error_code
vocabulary_add(struct vocabulary *v, const struct token *t, bool prefix);
/* Add the words of a rule's pattern, so that "join*" knows all of them. */
enum error_code
vocabulary_learn(struct vocabulary *v, struct span pattern);

/* The unit of a word of a text. */
uint16_t
vocabulary_unit(const struct vocabulary *v, const struct token *t);
/* Call visit for each unit that a word beginning so may have. */
void
vocabulary_prefix(const struct vocabulary *v, const struct token *t,
	void (*visit)(uint16_t unit, void *ctx), void *ctx);
/* Units are UNIT_WORD up to this, not included. */
size_t
vocabulary_end(const struct vocabulary *v);

#endif
