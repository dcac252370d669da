/*
 * A pattern beside its PCRE2 code, in small: run over all places of a sentence
 * at once, a bit each, it says whether the pattern may match.  It lets through
 * what matches and a little more (it knows no "-(...)"); the rest, nearly
 * every pattern of nearly every sentence, never reaches PCRE2.
 * Private to extract.
 */
#ifndef DL_EXTRACT_SIEVE_H
#define DL_EXTRACT_SIEVE_H

#include "vocabulary.h"

/* Of one pattern; a longer one lets everything through. */
#define SIEVE_OPS_MAX	 16384
#define SIEVE_GROUPS_MAX 60000 /* of all patterns, equal ones once */
#define SIEVE_WORDS	 4     /* uint64_t of places: longer ones are folded */
/* A class of one unit has that unit's number, others the numbers behind. */
#define SIEVE_CLASSES	  (UNIT_WORD + VOCABULARY_MAX)
#define SIEVE_CLASSES_END 0xFFFF

/* Each is followed by its operands, one uint16_t each. */
enum sieve_op {
	SIEVE_CLASS,  /* class: one unit of it */
	SIEVE_GAP,    /* class, n: at most n of it, with marks between */
	SIEVE_ANY,    /* group: branches, of which one */
	SIEVE_BRANCH, /* length */
	SIEVE_MAYBE,  /* length: or nothing */
	SIEVE_MANY,   /* length: or nothing, or again */
	SIEVE_FIRST,  /* the sentence's beginning */
	SIEVE_LAST    /* its end, or a mark before it */
};

/* A program; n 0: it lets everything through. */
struct sieve_code {
	const uint16_t *ops;
	size_t n;
};

/* A program being written, as uint16_t in a buffer. */
void
sieve_put(struct buffer *b, unsigned op);
/* Put op and a length before what was written from byte at on. */
void
sieve_wrap(struct buffer *b, size_t at, enum sieve_op op);
/* Undo it. */
void
sieve_unwrap(struct buffer *b, size_t at);

/* The classes of units of all patterns, and what patterns share. */
struct sieve;

struct sieve *
sieve_new(void);
void
sieve_free(struct sieve *s);
/* The number of a class of those units, and of all words of the vocabulary;
 * SIEVE_CLASSES_END: there are too many, or there is no memory. */
unsigned
sieve_class(struct sieve *s, const uint16_t *units, size_t n, bool words);
/* What was written from byte at on, SIEVE_BRANCHes, becomes a SIEVE_ANY.  Equal
 * ones are one group, which is kept once and a sentence is asked for once. */
void
sieve_any(struct sieve *s, struct buffer *b, size_t at);

/* Classes that a sentence must have for the program to pass, at most max of
 * them; how many. */
size_t
sieve_musts(const struct sieve *s, const struct sieve_code *code,
	uint16_t *classes, size_t max);

/* What was asked of one sentence, a bit each: that it was, and the answer. */
struct sieve_asked {
	uint64_t *known, *there;
	size_t words; /* of each */
};

/* One sentence: where its units stand, and the classes that were asked for. */
struct sieve_note {
	const struct sieve *sieve;
	uint64_t *units; /* a bit a unit: it stands somewhere */
	uint64_t *where; /* SIEVE_WORDS of each unit that does: its places */
	uint64_t all[SIEVE_WORDS]; /* places of words */
	uint16_t met[64 * SIEVE_WORDS];
	size_t nmet;
	struct sieve_asked classes, groups;
	/* Of a class that stands: which of the places, side by side, are its.
	 */
	uint16_t *slots;
	uint64_t *places; /* SIEVE_WORDS of each */
	size_t nslots;
	size_t len, words;
	/* It is too long to tell where: all its units stand in place 0. */
	bool folded;
};

enum error_code
sieve_note_init(struct sieve_note *n, const struct sieve *s);
void
sieve_note_release(struct sieve_note *n);
void
sieve_note_read(struct sieve_note *n, const uint16_t *units, size_t len);
/* All of those classes stand somewhere in it. */
bool
sieve_has(struct sieve_note *n, const uint16_t *classes, size_t nclasses);
/* All that the pattern must have stands somewhere in it. */
bool
sieve_stands(struct sieve_note *n, const struct sieve_code *code);
/* And in such an order that it may match at units[from] or behind. */
bool
sieve_reaches(struct sieve_note *n, const struct sieve_code *code, size_t from);
/* The places at which a match may begin, a bit each; false: all may, or the
 * sentence is too long to tell. */
bool
sieve_begins(struct sieve_note *n, const struct sieve_code *code,
	uint64_t places[SIEVE_WORDS]);
/* The unit, behind two others, is a name of a list at which the pattern can
 * begin no match but one that it would have found from the name before it. */
bool
sieve_goes_on(struct sieve_note *n, const struct sieve_code *code,
	const uint16_t *unit);

#endif
