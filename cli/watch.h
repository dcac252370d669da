/* Waiting until a file changes, or until the user ends it. */
#ifndef DL_CLI_WATCH_H
#define DL_CLI_WATCH_H

#include "core/core.h"

#define WATCH_DIRS_MAX	256
#define WATCH_PATHS_MAX 64
#define WATCH_QUIET_MS	40 /* an editor is done when it is quiet so long */

struct watch;

/*
 * Watch dir, which is borrowed, with all that is below it, and the directory
 * of file (may be NULL).  From here on SIGINT and SIGTERM end a watch_next(),
 * not the program. ERR_IO; ERR_LIMIT: too many directories.
 */
enum error_code
watch_open(const char *dir, const char *file, struct watch **out,
	struct error *err);
void
watch_close(struct watch *w);
/* Returns when something has changed since it was opened or last returned, and
 * all is quiet; *again false: the user has ended it. */
enum error_code
watch_next(struct watch *w, bool *again, struct error *err);
/* The i-th path that had changed by then, in the order of their changes and as
 * dir has it, until the next watch_next(); NULL behind the last, or behind
 * WATCH_PATHS_MAX. */
const char *
watch_path(const struct watch *w, size_t i);
/* watch_next() has something to tell at once.  Any thread may ask. */
bool
watch_is_due(const struct watch *w);

#endif
