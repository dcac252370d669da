/*
 * The days a page gives for itself, and the one it was published on.  Each
 * way of saying a day has a weight in config/parse/dates.tsv; the day whose
 * ways weigh most is taken.  Private to parse.
 */
#ifndef DL_PARSE_DATES_H
#define DL_PARSE_DATES_H

#include "pubdate.h"

#define DATES_MAX   64	  /* candidates of one page; later ones are left out */
#define DATES_A_DAY 86400 /* seconds */

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
	struct civil month;	/* shown below the title, year 0: none */
	struct civil url_month; /* in the page's URL, year 0: none */
	bool english;  /* where both orders are written, so neither is meant */
	bool american; /* says so, where nothing else tells the order */
	enum order order;   /* but as the page's other days have it */
	int64_t fetched_at; /* no page is of a later day; 0: not known */
};

/* text is the day as it is written; from is borrowed for good. */
void
dates_add(struct dates *d, enum dated how, struct civil day, struct span text,
	const char *from);

/* Nothing of the page before. */
void
dates_reset(struct dates *d);

/*
 * A day that can be read in either order is read as another one of the page
 * says, or in the page's order; where neither is known and both readings are of
 * the past, it is left out in English and day first elsewhere.
 * Without a day of publication a month that is shown is one.
 * Set the document's published, modified and dates.  A page that says only
 * when it was changed is dated by that, and its basis is then "computed".
 * Strings are in a.  ERR_NOMEM only.
 */
enum error_code
dates_choose(const struct parse_words *w, struct dates *d, struct arena *a,
	struct document *doc);

#endif
