/*
 * Tables of words per language, config/lang/LANG/NAME.tsv: lines of fields
 * parted by tabs, '#' comments.  Words are compared folded, but what is written
 * without accents does not stand for a word with one: "si" is not "sí".
 * Private to extract.
 */
#ifndef DL_EXTRACT_WORDS_H
#define DL_EXTRACT_WORDS_H

#include "core/core.h"

struct lexis;	 /* lexis.h */
struct sentence; /* scan.h */

#define WORDS_LANGS_MAX 32
#define WORDS_ROWS_MAX	8192   /* of one table over all languages */
#define WORDS_PHRASE	6      /* words of one phrase */
#define WORDS_TABLES	7      /* that forms know */
#define WORDS_FILTER	131072 /* bits that tell of what is in a table */
#define WORDS_FIRSTS	65536  /* bits that tell of first words */
#define WORDS_HEADS	4096   /* chains of a table */

struct word_row {
	const char *type;  /* first field */
	const char *words; /* second, folded: "more than" */
	const char *value; /* third, or "" */
	const char *lang;
	int line;
	bool accented; /* as it is written: "mañana" */
};

/* Rows of one beginning: the first word of a phrase, or its first two. */
struct word_slot {
	uint32_t hash; /* of the beginning and the language */
	int32_t row;   /* the first, longest phrases first; or -1 */
};

struct word_table {
	struct word_row *rows;
	size_t n, cap;
	/* A power of two.  Each row stands here by its language and for any,
	 * and so do the rows behind it: next[2 * row], next[2 * row + 1]. */
	struct word_slot *slots;
	size_t nslots;
	uint64_t filter[WORDS_FILTER / 64]; /* bits of the slots' hashes */
	int32_t *next;
	/* Bits of first words, with their language and without. */
	uint64_t firsts[WORDS_FIRSTS / 64];
	uint8_t number; /* from 1 on, of those that forms know; 0: of no such */
};

/* Read NAME.tsv of every language under config_dir/lang; ERR_CONFIG. */
enum error_code
words_load(struct word_table *t, const char *config_dir, const char *name,
	struct arena *a, struct hash *version, struct error *err);

/* Some letter of the words is one that ASCII lacks (but for the German "ß"). */
bool
words_accented(struct span words);

/* Make rows ready for words_find(); words_load() has done it. */
enum error_code
words_index(struct word_table *t, struct arena *a);

/* What the tables have of a word in one language. */
struct word_memo {
	uint8_t language; /* lexis.c's number of it, from 1 on */
	/* Bits of tables, 1 << (number - 1), of which some phrase begins with
	 * it; of more words than one. */
	uint8_t begins, longer;
	int16_t rows[WORDS_TABLES]; /* which are the word alone, or -1 */
};
_Static_assert(WORDS_ROWS_MAX <= INT16_MAX, "a row's number fits");

/* A word of a text: where it stands, and folded. */
struct word {
	uint32_t start, end;
	const char *fold; /* "" for a mark, and for a word of over 256 bytes */
	int64_t digits;	  /* value when all digits, or -1 */
	uint32_t hash;	  /* of the fold, for words_find() */
	char mark;	  /* of punctuation; 0 for a word */
	bool space;	  /* white space stands before it */
	bool accented;	  /* it has letters that ASCII lacks */
	uint8_t ndigits;
	/* In the document's language; NULL: it is not known. */
	const struct word_memo *memo;
};

/* All of *w but where it stands, of a word alone; false without memory. */
bool
words_fill(
	struct word *w, struct span text, struct arena *a, struct buffer *tmp);
/* What the table has of the word, into *memo; lang may be NULL: any. */
void
words_remember(const struct word_table *t, const struct word *w,
	const char *lang, struct word_memo *memo);

/* Words and marks of text[start, end) in a; NULL without memory. */
struct word *
words_split(struct span text, uint32_t start, uint32_t end, struct arena *a,
	struct buffer *tmp, size_t *n);

/* The same of a sentence, by its atoms when it has them. */
struct word *
words_read(struct lexis *x, struct span text, const struct sentence *in,
	struct arena *a, struct buffer *tmp, size_t *n);

/* Longest row whose phrase stands at w[at]; *len is its words.  lang (may be
 * NULL: any) restricts it to one language's words, the document's. */
const struct word_row *
words_look_up(const struct word_table *t, const struct word *w, size_t n,
	size_t at, const char *lang, size_t *len);
static inline const struct word_row *
words_find(const struct word_table *t, const struct word *w, size_t n,
	size_t at, const char *lang, size_t *len)
{
	return lang != NULL && t->number > 0 && w[at].memo != NULL &&
			       (w[at].memo->begins >> (t->number - 1) & 1) == 0
		       ? NULL
		       : words_look_up(t, w, n, at, lang, len);
}
/* A phrase of it may begin at one of the words that have those tables. */
static inline bool
words_may_stand(const struct word_table *t, uint8_t begins)
{
	return t->number == 0 || (begins >> (t->number - 1) & 1) != 0;
}
/* A row of that type is this one word, which is folded. */
bool
words_has(const struct word_table *t, struct span word, const char *type);

#endif
