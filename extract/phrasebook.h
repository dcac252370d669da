/*
 * The words of dates and counts: config/lang/LANG/{dates,counts}.tsv as one
 * table, and the reader that cuts a sentence into lexemes and knows each of
 * those words as it goes.  Words are compared without case and accents.
 * Immutable once loaded, shared by threads.  Private to extract.
 */
#ifndef DL_EXTRACT_PHRASEBOOK_H
#define DL_EXTRACT_PHRASEBOOK_H

#include "core/core.h"

struct lexis;
struct scan;	 /* lexis.h */
struct sentence; /* scan.h */

#define PHRASEBOOK_LANGS_MAX  16
#define PHRASEBOOK_ROWS_MAX   16384 /* of all languages */
#define PHRASEBOOK_WORDS_MAX  16384 /* different words in them */
#define PHRASEBOOK_PHRASE_MAX 6	    /* words of one phrase */
#define PHRASEBOOK_WORD_MAX   96    /* bytes of a word, folded */
#define PHRASEBOOK_PIECES_MAX 12    /* numbers in one compound word */
#define PHRASEBOOK_NUMBER_MAX 1000000000000000LL
#define PHRASEBOOK_ENDS_MAX   12		/* of a kind and a language */
#define PHRASEBOOK_BYTES_MAX  ((size_t)1 << 20) /* of one file */
#define PHRASEBOOK_ANY	      (-1)		/* language not known */

/* First column of the files; docs in config/README.md. */
enum lex_kind {
	LEX_MONTH,
	LEX_WEEKDAY,
	LEX_RELATIVE,
	LEX_LINK,
	LEX_RANGE,
	LEX_AND,
	LEX_BETWEEN,
	LEX_BEFORE,
	LEX_AFTER,
	LEX_ONWARD,
	LEX_PREP,
	LEX_DAY,
	LEX_SHIFT,
	LEX_PHASE,
	LEX_PERIOD,
	LEX_AGO,
	LEX_AGO_LEAD,
	LEX_AHEAD,
	LEX_SEASON,
	LEX_QUARTER,
	LEX_HALF,
	LEX_DECADE,
	LEX_DECADE_LEAD,
	LEX_DECADE_TAIL,
	LEX_HOLIDAY,
	LEX_STARTING,
	LEX_FROM,
	LEX_LATER,
	LEX_NOW,
	LEX_ARTICLE,
	LEX_DURING,
	LEX_TOLD,
	LEX_TOLD_END,
	LEX_FUTURE,
	LEX_FUTURE_END,
	LEX_PAST,
	LEX_ORDER,
	LEX_SUFFIX,
	LEX_NUMBER,
	LEX_ONE,
	LEX_SCALE,
	LEX_FRACTION,
	LEX_DECIMAL,
	LEX_AND_HALF,
	LEX_HALVES,
	LEX_PART,
	LEX_COMPOUND,
	LEX_ORDINAL,
	LEX_ORDINAL_END,
	LEX_UNIT,
	LEX_BOUND,
	LEX_BOUND_AFTER,
	LEX_FRESH,
	LEX_OTHERS,
	LEX_STOP,
	LEX_GLUE,
	LEX_GROUPING,
	LEX_NOUNS,
	LEX_KINDS
};
#define LEX_BIT(kind) ((uint64_t)1 << (kind))
/* A word of another language than the document's: months and weekdays. */
#define LEX_FOREIGN ((uint64_t)1 << 63)

struct lex_row {
	enum lex_kind kind;
	int lang;
	uint16_t words[PHRASEBOOK_PHRASE_MAX]; /* ids */
	uint8_t nwords;
	int64_t number;	     /* the value's leading number, or 0 */
	const char *value;   /* third column, or "" */
	const char *written; /* second column */
	const char *phrase;  /* the same, folded */
	int32_t next;	     /* of the same first word, fewer words; or -1 */
};

/* A dash of text that joins: '-' is the hyphen, LEX_DASH the long ones. */
#define LEX_DASH  '\1'
#define LEX_MONEY '$' /* any sign of currency */

/* A word, number or mark of a text. */
struct lexeme {
	uint32_t start, end; /* bytes into the text */
	uint64_t kinds;	     /* LEX_BIT of rows that begin with it */
	int64_t digits;	     /* value when all digits, or -1 */
	int64_t compound;    /* "siebenundsiebzig", or -1 */
	uint16_t word;	     /* id, 0 when no row has it */
	uint8_t ndigits;
	char mark;    /* of punctuation; 0 for words and numbers */
	bool space;   /* white space stands before it */
	bool apos;    /* an apostrophe stands before it */
	bool upper;   /* begins with a capital */
	bool ordinal; /* compound is an ordinal */
	bool half;    /* and a half more: "zweieinhalb" */
};

/* Lexemes of one sentence. */
struct lexeme_line {
	const struct phrasebook *phrasebook;
	struct span text;
	int lang; /* index, or PHRASEBOOK_ANY */
	struct lexeme *w;
	size_t n;
	struct lexeme *room; /* for cap of them, where w is read into */
	size_t cap;
	uint64_t kinds; /* of all its lexemes together */
	bool digits;	/* one of them is a number in digits */
};

struct phrasebook;

/* Reads both files of every language under config_dir/lang and adds them to
 * version.  ERR_CONFIG says file and line, ERR_LIMIT a cap, ERR_NOMEM. */
enum error_code
phrasebook_open(const char *config_dir, struct hash *version,
	struct phrasebook **out, struct error *err);
void
phrasebook_free(struct phrasebook *lx);
/* Index of a language by its ISO 639-1 code ("en-GB" is "en"); PHRASEBOOK_ANY
 * when it is NULL or none of ours. */
int
phrasebook_language(const struct phrasebook *lx, const char *code);

/* Lexemes of text[start, end) into l->room, at most l->cap; the rest is left.
 */
void
phrasebook_split(struct lexeme_line *l, uint32_t start, uint32_t end);

/* The same of a sentence, by its atoms when it has them. */
void
phrasebook_read(
	struct lexeme_line *l, struct lexis *x, const struct sentence *in);
/* The same, read once for all who ask; ERR_NOMEM. */
enum error_code
phrasebook_sentence(struct lexeme_line *l, struct scan *s, struct sentence *in);

/* Longest row of that kind whose phrase stands at l->w[at]; *len is its
 * lexemes.  NULL if there is none. */
const struct lex_row *
phrasebook_look_up(const struct lexeme_line *l, size_t at, enum lex_kind kind,
	size_t *len);
static inline const struct lex_row *
phrasebook_find(
	const struct lexeme_line *l, size_t at, enum lex_kind kind, size_t *len)
{
	return at < l->n && (l->w[at].kinds & LEX_BIT(kind)) != 0
		       ? phrasebook_look_up(l, at, kind, len)
		       : NULL;
}
/* The same, of a phrase that ends before l->w[at]. */
const struct lex_row *
phrasebook_find_before(const struct lexeme_line *l, size_t at,
	enum lex_kind kind, size_t *len);
/* First letter of the language's row of that kind, which is a setting (order,
 * grouping), or 0 when it has none. */
char
phrasebook_setting(const struct phrasebook *lx, int lang, enum lex_kind kind);
/* The word ends as those of the kind do, LEX_FUTURE_END ("participará") or
 * LEX_TOLD_END ("participó"). */
bool
phrasebook_ends(const struct lexeme_line *l, size_t at, enum lex_kind kind);
/* A month whose name the word misspells by one letter, or NULL. */
const struct lex_row *
phrasebook_near_month(const struct lexeme_line *l, size_t at);

static inline bool
lexeme_is_dash(const struct lexeme *w)
{
	return w->mark == '-' || w->mark == LEX_DASH;
}

#endif
