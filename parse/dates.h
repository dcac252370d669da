/*
 * The days a page gives for itself, and the one it was published on.  Each
 * way of saying a day has a weight in config/parse/dates.tsv; the day whose
 * ways weigh most is taken.  Private to parse.
 */
#ifndef DL_PARSE_DATES_H
#define DL_PARSE_DATES_H

#include "words.h"

#define DATES_MAX 64 /* candidates of one page; later ones are left out */

struct dated_day {
	struct civil day;
	enum dated how;
	const char *from; /* static: "json-ld datePublished" */
	bool either;	  /* "03/04/2024": day or month first */
	bool dotted;	  /* "03.04.2024": hardly ever month first */
};

struct dates {
	struct dated_day list[DATES_MAX];
	size_t n;
	bool english; /* where both orders are written, so neither is meant */
};

/* text is the day as it is written; from is borrowed for good. */
void
dates_add(struct dates *d, enum dated how, struct civil day, struct span text,
	const char *from);

/*
 * A day that can be read in either order is read as another one of the page
 * says; where none does, it is left out in English and day first elsewhere.
 * Set the document's published, modified and dates.  A page that says only
 * when it was changed is dated by that, and its basis is then "computed".
 * Strings are in a.  ERR_NOMEM only.
 */
enum error_code
dates_choose(const struct parse_words *w, struct dates *d, struct arena *a,
	struct document *doc);

#endif
