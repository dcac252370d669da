/*
 * Lines put in order, however many: what does not fit in memory goes as sorted
 * runs to a file of no name, and the runs are merged.
 */
#ifndef DL_ARCHIVE_SORTER_H
#define DL_ARCHIVE_SORTER_H

#include "core/core.h"

#define SORTER_BYTES	((size_t)256 << 10) /* of lines in memory: a run */
#define SORTER_LINE_MAX ((size_t)512 << 10) /* bytes of a line */
#define SORTER_FAN	16		    /* runs that are merged at a time */
#define SORTER_RUNS_MAX 65536		    /* 16 GiB of lines */

/* Lines that are in order, as bytes of a file. */
struct sorter_run {
	int fd;
	int64_t at, end;
};

struct sorter {
	int dir; /* whose file system the runs are on */
	int fd;	 /* of the runs; -1: there are none */
	struct sorter_run *runs;
	size_t nruns, room;
	struct buffer text;   /* lines in no run yet */
	int64_t n;	      /* lines in all */
	enum error_code code; /* of what failed first; sticks until reset */
};

/* dir is borrowed. */
void
sorter_init(struct sorter *s, int dir);
void
sorter_release(struct sorter *s);
/* Forget the lines. */
void
sorter_reset(struct sorter *s);

/* One line, without its line feed.  ERR_LIMIT, ERR_IO, ERR_NOMEM. */
enum error_code
sorter_add(struct sorter *s, struct span line, struct error *err);

/*
 * Write all lines by their bytes to out, with those of `more` (may be NULL)
 * among them, each with a line feed; *n is how many.  s is empty behind.
 */
enum error_code
sorter_write(struct sorter *s, const struct sorter_run *more, int out,
	int64_t *n, struct error *err);

#endif
