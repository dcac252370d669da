/*
 * fetch: tasks in, captures out.  The only room that speaks to the network;
 * it parses no markup and keeps no state between runs.  One thread.
 */
#ifndef DL_FETCH_FETCH_H
#define DL_FETCH_FETCH_H

#include "archive/archive.h"
#include "core/core.h"

#include <signal.h>

#define FETCH_BODY_MAX	    ((size_t)32 << 20) /* decoded bytes of one page */
#define FETCH_HEADERS_MAX   ((size_t)128 << 10)
#define FETCH_REDIRECTS_MAX 5
#define FETCH_CONNECT_MS    15000
#define FETCH_TOTAL_MS	    120000
#define FETCH_IDLE_S	    30	    /* under 100 bytes a second */
#define FETCH_TASKS_MAX	    5000000 /* tasks that wait at one time */
#define FETCH_PARALLEL	    8	    /* requests under way, one a site */
#define FETCH_GAP_MS	    2000    /* between two requests to one site */
#define FETCH_DELAY_MAX_MS  60000   /* what robots.txt may ask for */
#define FETCH_WAIT_MAX_S    60	 /* Retry-After that is waited for in a run */
#define FETCH_FAILURES_MAX  5	 /* in a row, then the site is left alone */
#define FETCH_URL_MAX	    8192 /* bytes of a URL */
#define FETCH_DIR_DEPTH_MAX 32
#define FETCH_DIR_FILES_MAX 1000000

struct fetcher;

struct fetch_options {
	const struct sources *sources; /* borrowed: `local`, user agent */
	size_t body_max;	       /* 0: FETCH_BODY_MAX */
	long total_ms;		       /* 0: FETCH_TOTAL_MS */
	int parallel;		       /* 0: FETCH_PARALLEL */
	int64_t gap_ms;		       /* 0: FETCH_GAP_MS; < 0: none */
	/* Captures of archives that others made: those from since and before
	 * until, Unix seconds; 0: from when their source says, and all. */
	int64_t since, until;
	/* When a signal sets it, what is under way is finished and no more
	 * begun.  May be NULL. */
	const volatile sig_atomic_t *stop;
};

/*
 * Who takes what comes of the tasks.  Records live for the call.  An error
 * that is returned ends fetcher_run().
 */
struct fetch_sink {
	enum error_code (*page)(
		const struct page *p, void *ctx, struct error *err);
	enum error_code (*problem)(
		const struct problem *p, void *ctx, struct error *err);
	void *ctx;
	/*
	 * A task has ended, told before its page: its reason is now fetched,
	 * unchanged or failed; not_before is what Cache-Control, Expires or
	 * Retry-After ask for.  May be NULL.
	 */
	enum error_code (*ended)(
		const struct task *t, void *ctx, struct error *err);
};

enum error_code
fetcher_new(const struct fetch_options *opt, const struct fetch_sink *sink,
	struct archive_writer *archive, struct fetcher **out,
	struct error *err);
void
fetcher_free(struct fetcher *f);

/*
 * Take a task (http, https or file:) into the queue of its site; a file is
 * read at once, and the captures of a WARC or ARC file become ours.  What
 * cannot be asked for at all is a problem at once.  ERR_LIMIT over
 * FETCH_TASKS_MAX; ERR_NOMEM; what the sink gives.
 */
enum error_code
fetcher_add(struct fetcher *f, const struct task *t, struct error *err);

/*
 * Work for wait_ms at most, or until fd (-1: none) can be read: ask whose
 * turn it is, append what comes to the archive, tell the sink.  Every task
 * ends as a page, a problem, or nothing when the page has not changed.
 * robots.txt is obeyed, one request at a time goes to a site, redirects are
 * followed hop by hop under the same rules.  *busy: there is more to do.
 * Returns an error only when dateline itself fails (archive not writable, no
 * memory, ca_file without certificates) or the sink does; whatever the other
 * side does is a problem.
 */
enum error_code
fetcher_run(
	struct fetcher *f, int fd, int wait_ms, bool *busy, struct error *err);

/* How far it is. */
struct fetch_counts {
	int64_t tasks;	     /* taken so far */
	int64_t ended;	     /* of these, whatever came of them */
	int64_t sites;	     /* that something is still to be asked of */
	int64_t least_ms;    /* that the pace of one of them still takes */
	int64_t import_at;   /* bytes of the archive that is taken in */
	int64_t import_size; /* and of all of it; 0: none is */
};
void
fetcher_counts(const struct fetcher *f, struct fetch_counts *out);

/*
 * The files below a directory, in byte order of their paths, hidden ones,
 * symbolic links, and what by its name is an image, style, script or index left
 * out, of a Maildir its messages; visit gets absolute file:
 * URLs.  What cannot be read is a problem through on_problem, and the walk goes
 * on.
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

/* The path of a file: URL, decoded (RFC 8089), or NULL. */
const char *
fetch_file_path(const char *url, struct arena *a);

/* By where and what it is named, a file is one page as it stands: no WARC or
 * ARC file, no box of mail nor message in a folder, nothing packed. */
bool
fetch_is_plain(const char *path);

/* Media type by the end of a name, or NULL. */
const char *
fetch_media_type(const char *name);

/*
 * The body of an HTTP message as others archived it, in a, without chunks and
 * content codings; *status 0 of what is no response.  content_type (or NULL)
 * is the block's: what is said to be a message may have an empty head, anything
 * else that has none is the block itself.  ERR_FORMAT: unknown or broken
 * coding; ERR_LIMIT over max bytes; ERR_NOMEM.
 */
enum error_code
fetch_payload(struct span block, const char *content_type, size_t max,
	int *status, const char **media_type, struct arena *a,
	struct span *body, struct error *err);

/* A URL written in one way. */
struct fetch_url {
	const char *text;    /* to ask with */
	const char *bare;    /* the same without a campaign, of a link */
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

/* What a robots.txt says to one crawler about one URL. */
struct fetch_permission {
	bool allowed;
	int line;     /* of the rule that decides, from 1; 0: none does */
	double delay; /* seconds asked for between two requests, or -1 */
};

/*
 * Read robots, the body of a robots.txt, for the crawler whose product token
 * begins agent, and url (absolute, or a path).  ERR_NOMEM only.
 */
enum error_code
fetch_robots_ask(struct span robots, const char *agent, const char *url,
	struct arena *a, struct fetch_permission *out, struct error *err);

/* True if the address (AF_INET or AF_INET6) is one that only a local source
 * may reach: loopback, private, link-local, shared, multicast, reserved, and
 * IPv6 forms that carry such an IPv4 address.  See RFC 6890. */
struct sockaddr;
bool
fetch_address_refused(const struct sockaddr *sa);

#endif
