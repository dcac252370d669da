/*
 * How far a run is: a bar on a terminal, else nothing, or if asked for a line
 * of the log now and then.
 */
#ifndef DL_CLI_PROGRESS_H
#define DL_CLI_PROGRESS_H

#include "cli.h"

#define PROGRESS_COLUMNS_MAX 200 /* a wider terminal gets no wider bar */
#define PROGRESS_TEXT_MAX    (PROGRESS_COLUMNS_MAX + 1)

/* What is shown. */
struct progress_state {
	const char *verb;
	int64_t pages;	  /* done */
	int64_t of_pages; /* that there are; 0: not known */
	int64_t bytes;
	int64_t sites; /* that are still asked; 0: none */
	double share;  /* of the whole that is done, 0 to 1 */
	double rate;   /* pages a second */
	int64_t eta_s; /* -1: not known */
};

/*
 * s as text of less than so many columns: the bar shrinks first, then what
 * matters least goes.  The empty string where even the share has no room.
 */
void
progress_text(const struct progress_state *s, size_t columns,
	char out[PROGRESS_TEXT_MAX]);

struct progress;

/* How: as the options say, else by what standard error is.  NULL without
 * memory, which every function takes as nothing to show. */
struct progress *
progress_new(const struct options *o, const char *verb);
void
progress_free(struct progress *p);
/* A round of work begins: what was learned of its speed is forgotten. */
void
progress_begin(struct progress *p);
/* True if it is time to show something; then progress_show() is due. */
bool
progress_due(const struct progress *p);
/* Verb, rate and eta_s are filled in; least_s is what pace makes it take at
 * least. */
void
progress_show(struct progress *p, struct progress_state *s, int64_t least_s);
/* Nothing of it stays on the terminal. */
void
progress_end(struct progress *p);

/* Bytes of the archive's files behind a position. */
int64_t
progress_archive_bytes(const char *dir, const struct archive_position *at);

#endif
