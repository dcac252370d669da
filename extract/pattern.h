/*
 * What pattern.c (who reads a pattern), pattern_word.c (its words) and
 * pattern_put.c (who writes it down) share.  A pattern is written twice: when
 * rules are read, as a sieve, without a text; and as a text for PCRE2 when it
 * is first asked for, which for most is never.  Private to them.
 */
#ifndef DL_EXTRACT_PATTERN_H
#define DL_EXTRACT_PATTERN_H

#include "rules.h"

/* A word in a gap, and the marks that may stand between two; the symbols are
 * units from U+0100 on. */
#define GAP_WORD "\\x{80}\\x{200}-\\x{FFFF}"
#define GAP_SYMBOLS                                                            \
	(1u << SYMBOL_PRONOUN | 1u << SYMBOL_NATIONALITY | 1u << SYMBOL_AMOUNT)
#define ALL_SYMBOLS 0xFFFFFFFFu
#define GAP_MARKS   "[,\"'()\\-]"

/* Units of one element, of which one must stand in the sentence. */
struct word_set {
	uint16_t units[PATTERN_WORDS_MAX];
	size_t n;
	size_t least; /* letters of the shortest: short words say little */
	bool known;   /* false: it may match without a certain word */
	bool single;  /* it is one of these units and nothing else */
};

/* No units, which tell nothing. */
static inline void
word_set_clear(struct word_set *set)
{
	set->n = set->least = 0;
	set->known = set->single = false;
}

static inline void
word_set_copy(struct word_set *to, const struct word_set *from)
{
	memcpy(to->units, from->units, from->n * sizeof *from->units);
	to->n = from->n;
	to->least = from->least;
	to->known = from->known;
	to->single = from->single;
}

struct compiler {
	const struct rules *rules;
	const struct let *scope; /* the nearest "let" above */
	const char *p;
	struct buffer *text; /* for PCRE2; NULL: the sieve is written */
	size_t len;	     /* of the text, also where it is not written */
	struct buffer sieve; /* the same, as sieve.h has it */
	bool sifts;	     /* it is being written */
	struct buffer fold;  /* working memory */
	uint32_t sets[PATTERN_NEEDS_MAX];
	struct group found[PATTERN_GROUPS_MAX]; /* made->ngroups of them */
	struct rule_pattern *made;
	struct error *err;
	int depth, deepest;
	uint16_t groups; /* that number, so far */
	const char *source;
	const char *let; /* text of the last "<NAME>" */
	struct pattern_part parts[PATTERN_PARTS_MAX];
	size_t nparts;
	bool whole; /* it has no parts */
};

static inline void
pattern_put(struct compiler *c, const char *s, size_t len)
{
	if (c->text != NULL)
		(void)buffer_add(c->text, s, len);
	c->len += len;
}

static inline void
pattern_put_str(struct compiler *c, const char *s)
{
	pattern_put(c, s, strlen(s));
}

/* Drop what was put from len on. */
void
pattern_cut(struct compiler *c, size_t len);
/* One of these units. */
void
pattern_put_units(struct compiler *c, const struct word_set *set);
/* One of these symbols, a bit each. */
void
pattern_put_class(struct compiler *c, uint32_t bits);
void
pattern_put_mark(struct compiler *c, char mark);
/* What a list of such symbols has behind its first name. */
void
pattern_put_more(struct compiler *c, uint32_t bits);

/* The sieve's part of it alone. */
void
pattern_sift(struct compiler *c, unsigned op);
void
pattern_sift_wrap(struct compiler *c, size_t at, enum sieve_op op);
/* What was put from there on are branches, of which one. */
void
pattern_sift_any(struct compiler *c, size_t at);
void
pattern_sift_unwrap(struct compiler *c, size_t at);
/* A class, behind what was put before it. */
void
pattern_sift_class(struct compiler *c, unsigned class);
/* Words, and some symbols. */
unsigned
pattern_gap_class(struct compiler *c, uint32_t symbols);

/* A vocabulary_prefix() visitor that fills a struct word_set. */
void
pattern_add_unit(uint16_t unit, void *ctx);

/* ---- pattern_word.c ---- */
/* "join", "l'", "co-founded", "join*" at c->p, which moves behind it; *words,
 * which is empty, is what one of must be there. */
void
pattern_word(struct compiler *c, struct word_set *words);
/* A branch that is one word of at most so many units, which were written
 * before: they alone, as branches of one unit are written together at the end.
 * False: it is another. */
bool
pattern_word_alone(
	struct compiler *c, char until, size_t room, struct word_set *words);
/* The words of one element in a row: the rarer, the more they tell. */
void
pattern_prefer(struct word_set *best, const struct word_set *one);

/* What a piece of a pattern wrote to the sieve, so that it is read once. */
struct pattern_piece {
	size_t words_of; /* vocabulary_end() when it was written */
	/* What it names may be another thing in another place. */
	const struct let *scope;
	size_t len; /* of its text */
	uint16_t *ops;
	size_t nops; /* uint16_t */
	uint32_t sets[PATTERN_NEEDS_MAX];
	size_t nsets;
	struct group groups[PATTERN_GROUPS_MAX];
	size_t ngroups;
	uint16_t ngroups_open; /* that number */
	int depth;
	struct word_set words;
};

/* Where a piece begins, for pattern_piece_end(). */
struct pattern_mark {
	size_t len, sieve, sets, ngroups;
	uint16_t groups;
	int depth, deepest;
};

struct pattern_mark
pattern_piece_begin(struct compiler *c);
/* Keep what was written since in *piece, which is NULL before; not where it
 * met a cap. */
void
pattern_piece_end(struct compiler *c, const struct pattern_mark *m,
	const struct word_set *words, struct pattern_piece **piece);
/* Write it again; false: it is none, or does not fit here. */
bool
pattern_piece_put(struct compiler *c, const struct pattern_piece *piece,
	struct word_set *words);

#endif
