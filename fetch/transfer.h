/* The two ways to get a body.  Private to the room. */
#ifndef DL_FETCH_TRANSFER_H
#define DL_FETCH_TRANSFER_H

#include "fetch.h"

enum transfer_outcome {
	TRANSFER_BODY,
	TRANSFER_SAME,	   /* not modified since the capture before */
	TRANSFER_REDIRECT, /* to location */
	TRANSFER_PROBLEM
};

/* What a transfer gave; all lives in the arena it was given, or in buffers of
 * who made it until the next transfer. */
struct transfer {
	enum transfer_outcome outcome;
	/* TRANSFER_BODY and, without a body, TRANSFER_SAME; source, time and
	 * what led there are not in it. */
	struct capture capture;
	const char *location; /* as the header has it */
	long retry_after;     /* seconds the other side asks for, or 0 */
	long fresh_s;	      /* that it says it stays the same, or 0 */
	enum problem_code problem;
	const char *message;
	bool retry;
	int status; /* HTTP; 0 when there was no answer */
	bool stale; /* a kept connection was closed under the request */
};

/* ---- http.c: one request after the other on one libcurl handle ---- */

struct http;

struct http_request {
	const char *url;		  /* as fetch_url_read() writes it */
	const char *etag, *last_modified; /* of the capture before, or NULL */
	const struct source_header *headers; /* for this origin, or none */
	size_t nheaders;
	const char *proxy; /* as configured, or NULL */
	long total_ms;	   /* 0: as http_new() was told */
	bool local;	   /* private addresses allowed */
	bool fresh;	   /* on a connection of its own */
	size_t body_max;
	bool cut; /* a longer body is cut there and is no problem */
};

/* user_agent, ca_file (may be NULL): see struct sources.  ERR_NOMEM. */
enum error_code
http_new(const char *user_agent, const char *ca_file, long total_ms,
	struct http **out, struct error *err);
void
http_free(struct http *h);
/* Make the handle (a CURL *) ready for r, whose strings stay until
 * http_end().  ERR_NOMEM. */
enum error_code
http_begin(struct http *h, const struct http_request *r, struct error *err);
void *
http_handle(struct http *h);
/* What came of it; result is libcurl's.  ERR_NOMEM; ERR_CONFIG if ca_file
 * holds no certificates. */
enum error_code
http_end(struct http *h, int result, struct arena *a, struct transfer *out,
	struct error *err);

/* ---- file.c ---- */

/* Read a file: URL; body holds the bytes.  ERR_NOMEM only. */
enum error_code
file_get(const struct task *t, size_t body_max, struct buffer *body,
	struct arena *a, struct transfer *out, struct error *err);

/* Fill a transfer that failed. */
void
transfer_fail(struct transfer *t, enum problem_code code, const char *message);

#endif
