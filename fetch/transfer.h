/* The two ways to get a body.  Private to the room. */
#ifndef DL_FETCH_TRANSFER_H
#define DL_FETCH_TRANSFER_H

#include "fetch.h"

/* What a transfer gave; the caller owns nothing, all lives in the arena or
 * in buffers of the fetcher until its next transfer. */
struct transfer {
	enum fetch_outcome outcome;
	struct capture capture;	   /* FETCH_CAPTURED */
	enum problem_code problem; /* FETCH_PROBLEM */
	const char *message;
	bool retry;
};

struct http;

enum error_code
http_new(const char *user_agent, size_t body_max, long total_ms,
	struct http **out, struct error *err);
void
http_free(struct http *h);
/* ERR_NOMEM only. */
enum error_code
http_get(struct http *h, const struct task *t, bool local, struct arena *a,
	struct transfer *out, struct error *err);

/* Read a file: URL; body holds the bytes.  ERR_NOMEM only. */
enum error_code
file_get(const struct task *t, size_t body_max, struct buffer *body,
	struct arena *a, struct transfer *out, struct error *err);

/* Media type by the end of a name, or NULL. */
const char *
media_type_of_name(const char *name);

/* The path of a file: URL, decoded (RFC 8089), or NULL. */
const char *
file_url_path(const char *url, struct arena *a);

/* Fill a transfer that failed. */
void
transfer_fail(struct transfer *t, enum problem_code code, const char *message);

#endif
