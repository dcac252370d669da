/* Reading lines from a descriptor, with a cap on their length. */
#ifndef DL_CORE_LINES_H
#define DL_CORE_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "buffer.h"
#include "error.h"
#include "span.h"

struct lines {
	int fd;
	size_t max; /* longest line handed out */
	struct buffer buf;
	size_t at;     /* start of what is not yet handed out */
	size_t number; /* of the last line, from 1 */
	bool eof;
	bool skipping; /* inside a line over max */
};

void
lines_init(struct lines *l, int fd, size_t max);
void
lines_release(struct lines *l);

/*
 * Next line without its line feed; *out lives until the next call.  Returns
 * OK with out->ptr NULL at the end; ERR_LIMIT for a line over max, which is
 * skipped (the next call goes on behind it); ERR_IO; ERR_NOMEM.  A last line
 * without line feed is handed out.
 */
enum error_code
lines_next(struct lines *l, struct span *out, struct error *err);

/* The next call of lines_next() will not wait for the descriptor. */
bool
lines_ready(const struct lines *l);

/* All of fd or a file, at most max bytes (ERR_LIMIT) into b. */
enum error_code
read_all(int fd, size_t max, struct buffer *b, struct error *err);
enum error_code
read_file(const char *path, size_t max, struct buffer *b, struct error *err);
/* All of ptr[0..len) to fd, through short writes and EINTR; ERR_IO. */
enum error_code
write_all(int fd, const void *ptr, size_t len, struct error *err);

#endif
