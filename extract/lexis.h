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

/* What other files of the room keep with a form. */
struct gaz_key;	    /* gazetteer.h */
struct lexeme_note; /* phrasebook_split.c */
struct token_note;  /* names_tokens.c */

struct form {
	struct span text;	/* as written */
	struct word word;	/* folded; start and end are 0 */
	struct word_memo *memo; /* of the language that asked last */
	bool letter;		/* begins with a letter */
	bool capital;		/* ... with a capital */
	bool whole; /* is one word for words.h: it does not begin with digits
		     * and go on with letters */
	/* Of those who asked; 0 and NULL: not yet. */
	uint16_t unit;		     /* of the rules' vocabulary */
	bool place_known, is_place;  /* a place's name, spelled so */
	const struct gaz_key *place; /* what of the gazetteer begins so */
	struct lexeme_note *lexemes;
	struct token_note *tokens;
};

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
/* What the tables have of it in the document's language; NULL without
 * memory. */
const struct word_memo *
lexis_memo(struct lexis *x, struct form *f);
/* Memory that lives as long as the forms; NULL without. */
void *
lexis_alloc(struct lexis *x, size_t size);
struct buffer *
lexis_tmp(struct lexis *x);

/* Fill the atoms of s->sentences and s->blocks.  Without memory they are read
 * from the text. */
void
lexis_read(struct lexis *x, struct scan *s);

/* Atom i touches the one before it. */
static inline bool
atom_touches(const struct atoms *a, size_t i)
{
	return i < a->n && !a->list[i].space;
}

static inline bool
atom_is_apostrophe(const struct atom *a)
{
	return a->mark == '\'' || a->mark == 0x2018 || a->mark == 0x2019;
}

#endif
