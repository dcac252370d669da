/*
 * Numbers of a sentence: digits with the language's grouping, number words
 * and their compounds, ordinals.  Private to dates and counts.
 */
#ifndef DL_EXTRACT_NUMBERS_H
#define DL_EXTRACT_NUMBERS_H

#include "phrasebook.h"

struct number {
	int64_t n;
	size_t end;    /* lexeme behind it */
	size_t whole;  /* lexeme behind it without a fraction's words */
	bool words;    /* written out, at least in part */
	bool fraction; /* "3.5": no whole number; n is cut off */
	bool noun;     /* ends in one: "a million", "une vingtaine" */
	bool approx;   /* "une vingtaine" */
};

/* The number that stands at l->w[at]; false if none does. */
bool
number_read(const struct lexeme_line *l, size_t at, struct number *out);
/* "177th", "14.", "vingt-deuxième", "trigésima primera". */
bool
number_read_ordinal(const struct lexeme_line *l, size_t at, struct number *out);
/* "th", "er", "º" hard behind the digits that end before l->w[at]. */
bool
number_has_suffix(const struct lexeme_line *l, size_t at);

#endif
