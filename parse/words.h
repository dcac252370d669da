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

/* How a page says a day, in the order of preference among equals. */
enum dated {
	DATED_JSONLD,
	DATED_META,
	DATED_TIME,	/* the first <time> behind the title */
	DATED_LABELLED, /* "Published: 3 May 2021" near it */
	DATED_SHOWN,	/* a line near it, without a label */
	DATED_BEGINS,	/* "Paris, 2 September 2022 - ..." */
	DATED_URL,
	DATED_URL_MONTH,    /* a day of the month that the URL names */
	DATED_SHOWN_BEFORE, /* a line in front of the title */
	DATED_SHOWN_ASIDE,  /* near it, in a teaser or a footer */
	DATED_LABELLED_ELSEWHERE,
	DATED_SHOWN_ELSEWHERE,
	DATED_TIME_ELSEWHERE,
	DATED_SHOWN_OF_CHANGE, /* or by <time>; but the page declares that it is
				* the day of the last change, and another one
				* of publication */
	DATED_TIME_OF_CHANGE,
	DATED_HINTED,	      /* a stamp that may be of something else */
	DATED_CHANGED_JSONLD, /* from here on: of the last change */
	DATED_CHANGED_META,
	DATED_CHANGED_SHOWN,
	DATED_CHANGED_TIME,
	DATED_CHANGED_ELSEWHERE,
	DATEDS
};

/* What the words beside a date say it is the date of. */
enum date_label {
	LABEL_NONE,
	LABEL_PUBLISHED,
	LABEL_MODIFIED,
	LABEL_OTHER, /* an event, a deadline */
	LABEL_SELF,  /* a sentence about the page itself begins so */
	DATE_LABELS
};

/* What the name of a <meta> element says of the day it gives. */
enum meta_kind {
	META_NONE,
	META_PUBLISHED,
	META_DATED, /* may be another day than that of publication */
	META_LIKE,  /* of publication, by what it is called like */
	META_HINT,  /* may be of something else */
	META_MODIFIED,
	META_KINDS
};

/* What a line that names who publishes, or whom to ask, begins with; and what
 * the words in such lines say. */
enum contact_word {
	CONTACT_NONE,
	CONTACT_PRESS,	   /* whom the press may ask */
	CONTACT_ANYBODY,   /* whom anybody may */
	CONTACT_PUBLISHER, /* who publishes it */
	CONTACT_PHONE,
	CONTACT_FAX,
	CONTACT_MAIL,
	CONTACT_ASK,	/* a person's name follows */
	CONTACT_OFFICE, /* no person's name has it */
	CONTACT_WORDS
};

/* What a word of a line of names says. */
enum byline_word {
	BYLINE_NONE,
	BYLINE_BY,
	BYLINE_OTHER,
	BYLINE_ROLE,
	BYLINE_PARTICLE,
	BYLINE_AND,
	BYLINE_NOBODY,
	BYLINE_WORDS
};

/* What a page that shows no release wants first, or says instead. */
enum wall {
	WALL_NONE,
	WALL_SCRIPT,  /* scripts */
	WALL_ROBOT,   /* a proof that a person reads */
	WALL_CONSENT, /* consent to cookies */
	WALL_LOGIN,
	WALL_ERROR, /* there is no such page, or not now */
	WALL_MOVED, /* it leads elsewhere */
	WALLS
};

/* What a class, id or role says: bit 1 << part for each part it names. */
struct said {
	unsigned parts;
	enum part first;  /* of PART_MENU to PART_DATELINE; or PART_NONE */
	struct span word; /* that says the first, as in the class */
};

/* "menu": as in the configuration. */
const char *
words_part_name(enum part part);

struct said
words_of_class(const struct parse_words *w, struct span class);

/* text, without what is in brackets, digits and ':', opens a zone. */
bool
words_ending(const struct parse_words *w, struct span text, enum zone *zone);

/* What the last of the labels in text, the words in front of a date, says. */
enum date_label
words_date_label(const struct parse_words *w, struct span text);

/* text, a sentence, is about the page itself: "This entry was posted ...". */
bool
words_about_page(const struct parse_words *w, struct span text);

/* "labelled": as in the configuration. */
const char *
words_dated_name(enum dated how);

/* How much a day weighs that a page says so. */
int
words_date_weight(const struct parse_words *w, enum dated how);

/* Of a name that stands in the configuration, or is like those. */
enum meta_kind
words_meta(const struct parse_words *w, struct span name);

enum byline_word
words_byline(const struct parse_words *w, struct span word);

/* The longest entry that text begins with, up to a colon; *end is behind it. */
enum contact_word
words_contact(const struct parse_words *w, struct span text, size_t *end);

/* A short line that says where to read a message, or how to get no more. */
bool
words_mail(const struct parse_words *w, struct span text, enum zone *zone);

/* The wall of which words stand in text; of which text is a title. */
enum wall
words_wall(const struct parse_words *w, struct span text);
enum wall
words_wall_title(const struct parse_words *w, struct span text);
/* text is about cookies and personal data. */
bool
words_consent(const struct parse_words *w, struct span text);
/* An element of that id is filled by scripts. */
bool
words_shell(const struct parse_words *w, struct span id);

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

struct forest;

/* What trees.tsv says. */
const struct forest *
words_forest(const struct parse_words *w);

#endif
