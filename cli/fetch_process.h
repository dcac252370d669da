/* The process that holds the network: tasks in, captures into the archive. */
#ifndef DL_CLI_FETCH_PROCESS_H
#define DL_CLI_FETCH_PROCESS_H

#include <sys/types.h>

#include "tasks.h"

struct fetch_process {
	pid_t pid;
	int out; /* page and problem records, one a line; -1 when ended */
	size_t tasks;
	/* How far it is: it writes them several times a second, and they are
	 * shown, nothing more.  NULL when ended. */
	const struct fetch_counts *counts;
};

/*
 * Start it with the tasks of t; how->stop is its own.  Page records come out of
 * f->out only when the disk has their captures, in the archive's order.
 */
enum error_code
fetch_process_start(const struct tasks *t, const struct fetch_options *how,
	const char *archive_dir, struct fetch_process *f, struct error *err);

/* Wait for its end; ERR_BUSY, ERR_IO ... as it ended. */
enum error_code
fetch_process_end(struct fetch_process *f, struct error *err);

/* Ask it to finish the page in hand and end. */
void
fetch_process_stop(const struct fetch_process *f);

#endif
