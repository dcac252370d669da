/*
 * From the archive to the ledger: captures go to workers, and what comes
 * back is stored in the archive's order, with the position reached, in one
 * transaction a group.
 */
#ifndef DL_CLI_PIPELINE_H
#define DL_CLI_PIPELINE_H

#include "fetch_process.h"
#include "pool.h"
#include "progress.h"

struct pipeline;

struct pipeline_options {
	struct store *store;
	const char *archive_dir;
	const struct ruleset *rules;
	const struct parse_words *words;
	const struct sources *sources;
	int workers;
	struct progress *progress; /* borrowed; may be NULL */
};

enum error_code
pipeline_open(const struct pipeline_options *opt, struct pipeline **out,
	struct error *err);
void
pipeline_close(struct pipeline *p);

/*
 * Process everything behind the ledger's archive position, and what comes of
 * the tasks that a fetch process (may be NULL) was given.  After an error, and
 * when it has ended by itself, it runs no more.
 */
enum error_code
pipeline_run(
	struct pipeline *p, struct fetch_process *fetch, struct error *err);

/* Put one record of this process (a problem) into the ledger. */
enum error_code
pipeline_put(struct pipeline *p, const struct record *r, struct error *err);

/* A signal asked the run to end. */
bool
pipeline_stopped(void);
void
pipeline_watch_signals(void);

#endif
