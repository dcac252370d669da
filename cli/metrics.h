/* Figures of a run and its ledger for Prometheus, in its text format. */
#ifndef DL_CLI_METRICS_H
#define DL_CLI_METRICS_H

#include "cli.h"

#define METRICS_MAX ((size_t)16 << 20) /* bytes of a file */

/* What the ledger does not know of the run that ends. */
struct metrics_run {
	const char *verb;
	const char *status; /* ok, stopped or failed */
	const char *rules, *parser;
	int64_t took_ms;
	int64_t archive_bytes;
	int64_t backlog_bytes; /* of the archive, not yet in the ledger */
};

/*
 * Write path anew, by a file beside it and rename, so that nobody reads half
 * of it; everybody may read it.  ERR_IO, ERR_STORE, ERR_LIMIT over
 * METRICS_MAX, ERR_NOMEM.
 */
enum error_code
metrics_write(const char *path, struct store *s, const struct metrics_run *run,
	struct error *err);

/* Append value as a label's value, without the quotes. */
void
metrics_escape(const char *value, struct buffer *out);

#endif
