/* HTTP messages as bytes: fields of a head, a body as it was sent.  Private to
 * the room. */
#ifndef DL_FETCH_MESSAGE_H
#define DL_FETCH_MESSAGE_H

#include "decode.h"
#include "fetch.h"

/* Last value of a field of the head; ptr NULL if it has none. */
struct span
message_field(struct span head, const char *name);

/* "text/html; charset=utf-8" in its two parts, lower case the first; NULL what
 * is not there.  In a. */
void
message_media_type(struct span value, struct arena *a, const char **type,
	const char **charset);

/* A message as others archived it. */
struct message {
	int status;	  /* of a response; 0 of a request */
	struct span head; /* with its first line */
	struct span body; /* as it was sent: in chunks, coded */
};

/* False if block is no HTTP message. */
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
