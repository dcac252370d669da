/* Tasks: from the schedule, or from what a command names. */
#ifndef DL_CLI_TASKS_H
#define DL_CLI_TASKS_H

#include "cli.h"

/* Task records as NDJSON, and the sources they belong to. */
struct tasks {
	struct buffer lines;
	size_t n;
	int64_t problems;   /* directories that could not be read */
	const char **paths; /* names of the sources that are paths and due */
	size_t npaths;
};

void
tasks_init(struct tasks *t);
void
tasks_release(struct tasks *t);

/* Everything that is due; of a file or directory what is there, as below.
 * t->paths is in a. */
enum error_code
tasks_due(struct tasks *t, struct store *s, const struct sources *src,
	const struct options *o, struct arena *a, record_sink *emit, void *ctx,
	struct error *err);

/*
 * One task for each file, each file below a directory, each URL in o->args.
 * What cannot be read goes to emit as a problem.  ERR_USAGE: neither a URL
 * nor there.
 */
enum error_code
tasks_named(struct tasks *t, struct store *s, const struct options *o,
	struct arena *a, record_sink *emit, void *ctx, struct error *err);

#endif
