/*
 * The words of a document, read once for every recogniser: where each stands,
 * and which it is.  A word as it is written has a form, and the form outlives
 * the document, so that what a recogniser knows of it is looked up the first
 * time only.  Belongs to one extractor, so to one thread.  Private to extract.
 */
#ifndef DL_EXTRACT_LEXIS_H
#define DL_EXTRACT_LEXIS_H

#include "scan.h"
#include "words.h"

#define LEXIS_FORMS_MAX 65536 /* of one lexis */
#define LEXIS_FORMS_OLD 32768 /* more are forgotten between documents */
#define LEXIS_LANGUAGES 8     /* of documents, before words are forgotten */
#define LEXIS_FORM_MAX	256   /* bytes of one */
#define LEXIS_BYTES_MAX ((size_t)64 << 20) /* of all that is known of them */

struct gaz_key;	    /* gazetteer.h */
struct lexeme_note; /* phrasebook_split.c */
struct memo_kept;   /* lexis.c */
struct token_note;  /* names_tokens.c */

/*
 * Two lines of the processor's cache, so that whoever asks for a word has all
 * that is known of it.  What has a state of 0 was not asked for yet; what does
 * not fit stands behind a pointer.
 */
struct form {
	uint64_t head;	  /* its first eight bytes */
	const char *text; /* as written */
	const char *fold; /* struct word has these */
	int64_t digits;
	uint32_t hash;
	uint16_t len; /* of text */
	uint8_t ndigits;
	uint8_t letter : 1;   /* begins with a letter */
	uint8_t capital : 1;  /* ... with a capital */
	uint8_t whole : 1;    /* is one word for words.h: it does not begin with
			       * digits and go on with letters */
	uint8_t accented : 1; /* as struct word */
	struct word_memo memo;	/* of the language that asked last */
	struct memo_kept *kept; /* of others */
	/* gazetteer_match.c */
	const struct gaz_key *place;   /* what of the gazetteer begins so */
	uint8_t place_known, is_place; /* a place's name, spelled so */
	uint16_t unit; /* annotate.c: of the rules' vocabulary */
	/* phrasebook_split.c: its one lexeme, or all of them */
	uint16_t lexeme_word;
	int8_t lexeme_lang;
	uint8_t lexeme_state;
	uint64_t lexeme_kinds;
	struct lexeme_note *lexemes;
	/* names_tokens.c: its one token, or all of them */
	uint32_t token_word, token_stem, token_kinds;
	uint16_t token_flags;
	uint8_t token_state;
	struct token_note *tokens;
};
_Static_assert(sizeof(struct form) <= 128, "two lines");

static inline struct span
form_text(const struct form *f)
{
	return span_of(f->text, f->len);
}

/* Letters and digits in a row, or one other character that is no space.  A
 * sentence or block has none when one of its characters wants each recogniser's
 * own look: a space that is not U+0020, a control character. */
struct atom {
	uint32_t start, end; /* bytes of the text */
	struct form *form;   /* NULL: a mark */
	uint32_t mark;	     /* its code point; 0: a word */
	bool space;	     /* white space stands before it */
};

struct lexis;

struct lexis *
lexis_new(void);
void
lexis_free(struct lexis *x);
/* Forms know what that table has of them: one of those with a number. */
void
lexis_mark(struct lexis *x, const struct word_table *t);

/* The form of a word, or NULL: it is too long, or there is no room. */
struct form *
lexis_form(struct lexis *x, struct span word);
/* It as a word that stands nowhere, with what the tables have of it in the
 * document's language. */
struct word
lexis_word(struct lexis *x, struct form *f);
/* Memory that lives as long as the forms; NULL without. */
void *
lexis_alloc(struct lexis *x, size_t size);
struct buffer *
lexis_tmp(struct lexis *x);

/* Fill the atoms of s->sentences and s->blocks.  Without memory they are read
 * from the text. */
void
lexis_read(struct lexis *x, struct scan *s);

/* White space stands before it in its sentence. */
static inline bool
atom_is_apart(const struct atom *a, const struct sentence *in)
{
	return a->space && a->start > in->start;
}

static inline bool
atom_is_apostrophe(const struct atom *a)
{
	return a->mark == '\'' || a->mark == 0x2018 || a->mark == 0x2019;
}

#endif
