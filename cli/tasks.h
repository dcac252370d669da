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
	/* The links among them: the first 64 bits of each URL's hash. */
	uint64_t *links;
	size_t nlinks, links_room; /* a power of two, at most half used */
};

/* What a run has asked for so far. */
struct round {
	int64_t began_at;  /* Unix seconds */
	int n;		   /* from 0: later ones only follow links */
	int64_t *followed; /* links, one a source */
};

/* The first round of a run that begins now.  ERR_NOMEM. */
enum error_code
round_init(struct round *r, const struct sources *src, struct arena *a,
	struct error *err);

void
tasks_init(struct tasks *t);
void
tasks_release(struct tasks *t);

/* Of whatever scheme: fetch says which it does not ask for. */
bool
tasks_is_url(const char *arg);

/* What is named is not followed where a directory is among it: who processes
 * what is there asks nobody else. */
bool
tasks_follow(const struct options *o);

/*
 * Everything that is due; of a file or directory what is there, as below; in
 * later rounds, the links that were found meanwhile, no more of a source than
 * it says.  t->paths is in a.
 */
enum error_code
tasks_due(struct tasks *t, struct store *s, const struct sources *src,
	const struct options *o, const struct round *round, struct arena *a,
	record_sink *emit, void *ctx, struct error *err);

/*
 * One task for each file, each file below a directory, each URL in o->args,
 * of the source o->source, if it is given.
 * What cannot be read goes to emit as a problem.  ERR_USAGE: neither a URL
 * nor there.
 */
enum error_code
tasks_named(struct tasks *t, struct store *s, const struct options *o,
	struct arena *a, record_sink *emit, void *ctx, struct error *err);

#endif
