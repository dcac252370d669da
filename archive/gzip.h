/* gzip members, one a record (RFC 1952). */
#ifndef DL_ARCHIVE_GZIP_H
#define DL_ARCHIVE_GZIP_H

#include "core/core.h"

#define GZIP_STORED 0 /* not compressed at all */
#define GZIP_FAST   1

/* What makes members, at that level; NULL without memory. */
struct gzip;
struct gzip *
gzip_new(int level);
void
gzip_free(struct gzip *g);
/* Append bytes as one member, whose header tells how long it is. */
enum error_code
gzip_member_add(struct gzip *g, struct span bytes, struct buffer *out,
	struct error *err);

/*
 * Inflate the member that begins at offset of fd, to out (whose cap is the
 * most it may grow to).  *length is set to the member's bytes.  ERR_FORMAT:
 * no gzip member, or a broken or unfinished one; ERR_LIMIT: over out's cap.
 */
enum error_code
gzip_member_read(int fd, int64_t offset, struct buffer *out, int64_t *length,
	struct error *err);

/*
 * The first bytes, at most so many, of a member whose header tells its length,
 * which is believed when the next member begins behind it, or nothing does.
 * False: it has to be read.  What is peeked at is not checked.
 */
bool
gzip_member_peek(int fd, int64_t offset, struct buffer *out, size_t most,
	int64_t *length);

/*
 * The next place at or behind `from` where a member begins whose bytes, at
 * most cap of them, are what is wanted; or -1.
 */
int64_t
gzip_member_find(
	int fd, int64_t from, size_t cap, bool (*is_wanted)(struct span plain));

#endif
