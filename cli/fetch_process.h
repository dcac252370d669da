/*
 * The process that holds the network: tasks in, captures into the archive.  It
 * lives as long as the run, and so does what it knows of sites: when they were
 * asked last, and their robots.txt.
 */
#ifndef DL_CLI_FETCH_PROCESS_H
#define DL_CLI_FETCH_PROCESS_H

#include <sys/types.h>

#include "tasks.h"

struct fetch_process {
	pid_t pid; /* 0: none runs */
	int out;   /* page and problem records, one a line */
	int lines; /* the tasks it is given */
	int go;	   /* it is told here that there are some */
	size_t tasks;
	/* How far it is with them: it writes this several times a second, and
	 * it is shown, nothing more. */
	struct fetch_counts *counts;
};

/* Start it, with nothing to do; how->stop is its own. */
enum error_code
fetch_process_start(const struct fetch_options *how, const char *archive_dir,
	struct fetch_process *f, struct error *err);

/*
 * Give it the tasks of t, when it has none left.  Page records come out of
 * f->out only when the disk has their captures, in the archive's order; behind
 * the last an empty line says that all has ended.
 */
enum error_code
fetch_process_give(
	struct fetch_process *f, const struct tasks *t, struct error *err);

/* There is no more to do: wait for its end; ERR_BUSY, ERR_IO ... as it ended.
 * OK if none runs. */
enum error_code
fetch_process_end(struct fetch_process *f, struct error *err);

/* Ask it to finish the page in hand and end. */
void
fetch_process_stop(const struct fetch_process *f);

#endif
