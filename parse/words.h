/*
 * The words pages are told apart by, read from the configuration: of classes
 * and ids, of headings that end a release, of months.  Immutable once read.
 * Private to parse; the door has what callers need.
 */
#ifndef DL_PARSE_WORDS_H
#define DL_PARSE_WORDS_H

#include "parse.h"

#define WORDS_MAX	4096 /* entries of all tables */
#define WORDS_FILE_MAX	((size_t)1 << 20)
#define WORDS_RUN_MAX	3  /* words of one entry of parts.tsv */
#define WORDS_LEN_MAX	80 /* bytes of an entry, folded */
#define WORDS_LANGUAGES 16

/* Which part of a page an element is: itself and all below it. */
enum part {
	PART_NONE, /* nothing: as its parent */
	PART_HIDDEN,
	PART_MENU,   /* menus, search, sharing */
	PART_NOTICE, /* consent, dialogs, forms to subscribe, advertisements */
	PART_HEADER, /* of the site */
	PART_FOOTER,
	PART_TEASER, /* other pages' headlines and leads */
	PART_COMMENT,
	PART_BYLINE,
	PART_DATELINE,
	PART_LAYOUT, /* a word beside which the others name no part */
	PART_PANEL,  /* what is hidden here is one click away */
	PART_BODY,   /* holds the release */
	PARTS
};

/* What a class, id or role says: bit 1 << part for each part it names. */
struct said {
	unsigned parts;
	enum part first; /* of PART_MENU to PART_DATELINE; or PART_NONE */
};

struct said
words_of_class(const struct parse_words *w, struct span class);

/* text, without what is in brackets, digits and ':', opens a zone. */
bool
words_ending(const struct parse_words *w, struct span text, enum zone *zone);

/* A word of text says that a date beside it is that of a change. */
bool
words_modified(const struct parse_words *w, struct span text);

/* 1-12, or 0: name is a month's in one of the languages. */
int
words_month(const struct parse_words *w, struct span name);

/* The languages of which word is one that holds sentences together: a bit
 * 1 << i for each, whose name is words_language_name(i). */
unsigned
words_languages(const struct parse_words *w, struct span word);
/* "en"; NULL behind the last. */
const char *
words_language_name(const struct parse_words *w, unsigned i);

#endif
