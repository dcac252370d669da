/* What the files that make the fetcher share.  Private to the room. */
#ifndef DL_FETCH_FETCHER_H
#define DL_FETCH_FETCHER_H

#include "fetch.h"
#include "sites.h"
#include "transfer.h"

#define RULES_MAX      ((size_t)32 << 20) /* bytes of all robots.txt kept */
#define LANE_ARENA_MAX ((size_t)16 << 20) /* of one request's strings */

/* A request under way. */
struct lane {
	struct http *http;
	struct http_request request;
	struct arena *arena;
	struct site *site; /* NULL: the lane is free */
	struct job *job;   /* NULL: it asks for robots.txt */
	struct origin *origin;
};

struct fetcher {
	struct fetch_options opt;
	struct fetch_sink sink;
	struct archive_writer *archive;
	struct sites *sites;
	void *multi; /* CURLM * */
	struct lane *lanes;
	int active;	/* lanes that are not free */
	size_t taken;	/* tasks */
	size_t in_hand; /* of these, files that are being read: 0 or 1 */
	size_t waiting; /* jobs not yet ended */
	int64_t import_at, import_size; /* see struct fetch_counts */
	struct arena *arena;		/* of one task or outcome */
	struct buffer file_body;
	size_t rules; /* bytes of the rules of all origins */
};

/* outcome.c */
/* Tell the sink that task came to nothing. */
enum error_code
outcome_problem(struct fetcher *f, const struct task *t, enum problem_code code,
	bool retry, const char *message, struct error *err);
/* The same of a job, which ends with it. */
enum error_code
outcome_fail(struct fetcher *f, struct job *j, enum problem_code code,
	const char *message, struct error *err);
/* What came of a task's body: to the archive and to the sink. */
enum error_code
outcome_capture(struct fetcher *f, const struct task *t, struct transfer *tr,
	struct error *err);
/* A request has ended: capture, redirect, pause or problem.  It sets when
 * the site may be asked again, and frees the lane; or sends it once more. */
enum error_code
outcome_of(struct fetcher *f, struct lane *s, int result, struct error *err);

/* fetch.c */
/* Queue j for the site of its url, before others if first. */
enum error_code
fetcher_queue(struct fetcher *f, struct job *j, bool first, struct error *err);

/* Bytes that a page of s (may be NULL) may have. */
size_t
fetcher_body_max(const struct fetcher *f, const struct source *s);

/* A signal has asked to end. */
bool
fetcher_stopped(const struct fetcher *f);
/* Send the request of s. */
enum error_code
fetcher_send(struct fetcher *f, struct lane *s, struct error *err);

/* import.c */
/* By its name, an archive of captures rather than a page. */
bool
import_is_archive(const char *path);
/* Its captures of pages become ours, each once; what is bad in it is told, and
 * the reading goes on. */
enum error_code
import_archive(struct fetcher *f, const struct task *t, const char *path,
	struct error *err);

/* mail.c */
/* A file of many messages, by its name or, of a source that is mail, by how
 * it begins. */
bool
mail_is_box(const char *path, const struct source *s);
/* A message of a Maildir. */
bool
mail_in_folder(const char *path);
/* Its messages become captures, each once. */
enum error_code
mail_import(struct fetcher *f, const struct task *t, const struct source *s,
	const char *path, struct error *err);
/* Of a file that is a message: say so, and name it by what stays the same
 * when its folder (Maildir) changes.  ERR_NOMEM. */
enum error_code
mail_name(struct fetcher *f, const struct source *s, const char *path,
	struct capture *c, struct error *err);

#endif
