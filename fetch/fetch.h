/*
 * fetch: tasks in, captures out.  The only room that speaks to the network;
 * it parses no markup and keeps no state between runs.
 */
#ifndef DL_FETCH_FETCH_H
#define DL_FETCH_FETCH_H

#include "archive/archive.h"
#include "core/core.h"

#define FETCH_BODY_MAX	    ((size_t)32 << 20) /* decoded bytes of one page */
#define FETCH_HEADERS_MAX   ((size_t)128 << 10)
#define FETCH_REDIRECTS_MAX 5
#define FETCH_CONNECT_MS    15000
#define FETCH_TOTAL_MS	    120000
#define FETCH_IDLE_S	    30	 /* under 100 bytes a second */
#define FETCH_URL_MAX	    8192 /* bytes of a URL */
#define FETCH_DIR_DEPTH_MAX 32
#define FETCH_DIR_FILES_MAX 1000000

struct fetcher;

struct fetch_options {
	const struct sources *sources; /* borrowed: `local`, user agent */
	size_t body_max;	       /* 0: FETCH_BODY_MAX */
	long total_ms;		       /* 0: FETCH_TOTAL_MS */
};

enum error_code
fetcher_new(const struct fetch_options *opt, struct archive_writer *archive,
	struct fetcher **out, struct error *err);
void
fetcher_free(struct fetcher *f);

/*
 * Fetch one task (http, https, file: or a plain path) and append the capture.
 * *outcome tells what came of it; the strings of *page or *problem live in a.
 * Returns an error only when dateline itself fails (archive not writable, no
 * memory); whatever the other side does is a problem.
 */
enum fetch_outcome { FETCH_CAPTURED, FETCH_NOT_MODIFIED, FETCH_PROBLEM };
enum error_code
fetcher_task(struct fetcher *f, const struct task *t, struct arena *a,
	enum fetch_outcome *outcome, struct page *page, struct problem *problem,
	struct error *err);

/*
 * The files below a directory, in byte order of their paths, hidden ones and
 * symbolic links left out; visit gets absolute file: URLs.  What cannot be
 * read is a problem through on_problem, and the walk goes on.
 */
enum error_code
fetch_walk(const char *dir, struct arena *a,
	bool (*visit)(const char *url, void *ctx),
	void (*on_problem)(const struct problem *p, void *ctx), void *ctx,
	struct error *err);

/* A path as an absolute file: URL, percent-encoded (RFC 8089); NULL when
 * the path cannot be made absolute. */
const char *
fetch_file_url(const char *path, struct arena *a);

/* A URL written in one way. */
struct fetch_url {
	const char *text;    /* to ask with */
	const char *key;     /* to know it again: no campaign, in one order */
	const char *origin;  /* "https://host:port", the port if not its own */
	const char *host;    /* lower case, A-labels; IPv6 without brackets */
	const char *domain;  /* registrable; NULL: a suffix, an address */
	const char *refused; /* why only a local source may ask, or NULL */
};

/*
 * Read an http(s) URL, resolved against base (may be NULL); all strings in a.
 * ERR_FORMAT with the reason: what the WHATWG URL standard calls a failure,
 * another scheme, a user name, a control character or backslash, white space
 * around it.  ERR_LIMIT over FETCH_URL_MAX; ERR_NOMEM.
 */
enum error_code
fetch_url_read(const char *text, const char *base, struct arena *a,
	struct fetch_url *out, struct error *err);

/* True if the address (AF_INET or AF_INET6) is one that only a local source
 * may reach: loopback, private, link-local, shared, multicast, reserved, and
 * IPv6 forms that carry such an IPv4 address.  See RFC 6890. */
struct sockaddr;
bool
fetch_address_refused(const struct sockaddr *sa);

#endif
