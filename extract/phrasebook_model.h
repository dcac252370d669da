/*
 * What phrasebook.c, phrasebook_load.c and phrasebook_split.c share: the table
 * itself.
 */
#ifndef DL_EXTRACT_PHRASEBOOK_MODEL_H
#define DL_EXTRACT_PHRASEBOOK_MODEL_H

#include "phrasebook.h"

#define PHRASEBOOK_NEAR_MIN 6 /* letters of a month that may be misspelt */
#define PHRASEBOOK_SLOTS    ((size_t)1 << 15) /* ≥ 2 × PHRASEBOOK_WORDS_MAX */

struct phrasebook {
	struct arena *arena;
	char langs[PHRASEBOOK_LANGS_MAX][3];
	size_t nlangs;
	struct lex_row *rows;
	size_t n, cap;
	const char **words; /* by id; id 0 is no word */
	int32_t *first;	    /* by id: first row, or -1 */
	/* The same rows in short: those of a word are list[refs[id]] up to
	 * list[refs[id + 1]], not included. */
	struct lex_ref {
		int32_t row;
		uint8_t kind;
		int8_t lang;
	} * list;
	uint32_t *refs;
	size_t nwords;
	uint64_t *kinds[PHRASEBOOK_LANGS_MAX +
			1];		       /* by id; [0] of any language */
	uint16_t slots[PHRASEBOOK_SLOTS];      /* hash to id, 0 when free */
	uint32_t hashes[PHRASEBOOK_WORDS_MAX]; /* by id */
	/* Compound numbers: which languages write them, and the hashes of the
	 * three letters that one can begin with. */
	bool compounds[PHRASEBOOK_LANGS_MAX];
	bool any_compounds;
	/* Of words that tell of what will be, and of what was. */
	const char *ends[2][PHRASEBOOK_LANGS_MAX][PHRASEBOOK_ENDS_MAX];
	char settings[PHRASEBOOK_LANGS_MAX][LEX_KINDS];
	uint8_t starts[PHRASEBOOK_LANGS_MAX + 1][8192 / 8];
	/* Rows of months whose names are long enough to be misspelt. */
	const struct lex_row **months;
	size_t nmonths;
};

#define PHRASEBOOK_HASH_START 2166136261u
static inline uint32_t
phrasebook_hash(uint32_t h, char c)
{
	return (h ^ (unsigned char)c) * 16777619u;
}

static inline size_t
phrasebook_start_hash(const char *fold)
{
	return ((size_t)(unsigned char)fold[0] * 1021 +
		       (size_t)(unsigned char)fold[1] * 67 +
		       (unsigned char)fold[2]) %
	       8192;
}

/* Id of a folded word, or 0. */
uint16_t
phrasebook_word(const struct phrasebook *lx, const char *fold, size_t len,
	uint32_t hash);
uint64_t
phrasebook_kinds(const struct phrasebook *lx, int lang, uint16_t word);
/* Letters of text[start, end), folded, at most PHRASEBOOK_WORD_MAX bytes. */
size_t
phrasebook_fold(struct span text, uint32_t start, uint32_t end,
	char fold[PHRASEBOOK_WORD_MAX]);
/* The next lexeme of l->text[*at, end) with its folded letters; false at the
 * end.  Does not look the word up. */
bool
phrasebook_next(struct span text, size_t *at, size_t end, struct lexeme *w,
	char fold[PHRASEBOOK_WORD_MAX], size_t *len, uint32_t *hash);
/* The number that one word is put together from. */
void
phrasebook_compound(const struct phrasebook *lx, int lang, const char *fold,
	size_t len, struct lexeme *w);

#endif
