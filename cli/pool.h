/*
 * Worker processes: each reads captures from the archive, parses and
 * extracts, and hands back records.  They have no network, no files but the
 * archive, and share rules and gazetteer by fork.
 */
#ifndef DL_CLI_POOL_H
#define DL_CLI_POOL_H

#include "cli.h"

#define POOL_DEPTH	4      /* captures a worker is given ahead */
#define POOL_TIMEOUT_MS 120000 /* then a worker is ended */
#define POOL_RESULT_MAX                                                        \
	(4 * RECORD_LINE_MAX) /* bytes of one capture's records */

struct pool;

struct pool_options {
	const char *archive_dir;
	const struct ruleset *rules;
	const struct parse_words *words;
	const struct sources *sources;
	int workers;
};

/* What became of one capture. */
struct pool_result {
	size_t ticket;	     /* as given to pool_submit() */
	bool died;	     /* the worker ended while it had this one */
	struct span records; /* frames (wire.h); valid inside the callback */
};

enum error_code
pool_open(const struct pool_options *opt, struct pool **out, struct error *err);
void
pool_close(struct pool *p);

/* Captures that can be submitted now without waiting. */
size_t
pool_room(const struct pool *p);
/* Captures submitted and not yet reported. */
size_t
pool_pending(const struct pool *p);

/* A worker begins with the first capture that no other is free for. */
enum error_code
pool_submit(struct pool *p, const struct archive_entry *entry, size_t ticket,
	struct error *err);

/*
 * Wait up to timeout_ms for results or for extra_fd (-1: none) to have
 * input, and report each result.  *extra_ready tells of extra_fd.
 */
enum error_code
pool_wait(struct pool *p, int timeout_ms, int extra_fd, bool *extra_ready,
	enum error_code (*done)(
		const struct pool_result *r, void *ctx, struct error *err),
	void *ctx, struct error *err);

#endif
