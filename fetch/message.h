/* HTTP messages as bytes: fields of a head, a body as it was sent.  Private to
 * the room. */
#ifndef DL_FETCH_MESSAGE_H
#define DL_FETCH_MESSAGE_H

#include "decode.h"
#include "fetch.h"

/* Last value of a field of the head; ptr NULL if it has none. */
struct span
message_field(struct span head, const char *name);

/*
 * Append the head of a request as it may be kept: the values of fields that
 * can carry a secret are left out.  Errors stick in out.
 */
void
message_keep(struct span head, struct buffer *out);

/* "text/html; charset=utf-8" in its two parts, lower case the first; NULL what
 * is not there.  In a. */
void
message_media_type(struct span value, struct arena *a, const char **type,
	const char **charset);

/*
 * Seconds from now that the answer says it stays the same: max-age of
 * Cache-Control (RFC 9111 section 5.2.2.1), else Expires; 0 if neither can be
 * read, or no-cache or no-store stands there.  At most MESSAGE_FRESH_MAX.
 */
#define MESSAGE_FRESH_MAX (7L * 86400)
long
message_fresh(struct span head, int64_t now);

#define MESSAGE_TYPE "application/http" /* of a block that is a message */

/* A message as others archived it. */
struct message {
	int status;	  /* of a response; 0 of a request */
	struct span head; /* with its first line */
	struct span body; /* as it was sent: in chunks, coded */
};

/* False if block is no HTTP message.  One that begins with an empty line has
 * an empty head, by which nothing can be told: false, with *out filled. */
bool
message_read(struct span block, struct message *out);

/*
 * The body without chunks and content codings, appended to out; what is not
 * in chunks though the head says so is taken as it is.  ERR_FORMAT: broken or
 * unknown coding; ERR_LIMIT over out's cap; ERR_NOMEM.
 */
enum error_code
message_body(const struct message *m, struct decoder *d, struct buffer *out);

#endif
