/*
 * Whose turn it is: the jobs that wait, by the site they go to, and what is
 * known of each site in this run.  A site is a registrable domain, or a host
 * that has none: one request at a time, and a gap between two.  Private to
 * the room.
 */
#ifndef DL_FETCH_SITES_H
#define DL_FETCH_SITES_H

#include "fetch.h"
#include "robots.h"

/* One task on its way; owns its strings. */
struct job {
	struct job *next;
	struct task task;
	const char *url; /* asked for now: task.url, or where it redirects to */
	const struct source *source; /* borrowed; NULL: not configured */
	bool local;  /* its source may reach private addresses */
	bool waited; /* has been asked to come again later */
	int hops;
	char *history; /* "STATUS URL" of each hop so far, a line each */
	char text[];   /* the task's strings */
};

struct job *
job_new(const struct task *t, const struct source *source, bool local);
void
job_free(struct job *j);
/* An answer of that status says that url is what to ask for; false without
 * memory. */
bool
job_redirect(struct job *j, int status, const char *url);

/* What robots.txt says at one scheme, host and port. */
enum origin_state { ORIGIN_UNKNOWN, ORIGIN_KNOWN, ORIGIN_UNAVAILABLE };
struct origin {
	char *name;
	enum origin_state state;
	struct robots robots;
	void *kept;	  /* what robots borrows from */
	double delay;	  /* seconds that it asks for between two requests */
	char why[160];	  /* ORIGIN_UNAVAILABLE */
	char *robots_url; /* where it has moved to, or NULL */
	int hops;
};

struct site {
	char *name;
	struct job *first, *last;
	bool busy;	  /* a request is under way */
	bool closed;	  /* nothing more in this run */
	bool met_private; /* a connection to it may be to a private address */
	int failures;	  /* in a row */
	int64_t next_ms;  /* by the monotonic clock: not asked before */
	int64_t gap_ms;	  /* between two requests */
	int64_t pace_ms;  /* the same with what robots.txt asks for */
	size_t jobs;	  /* that wait */
	size_t in_heap;	  /* place + 1; 0: it does not wait for its turn */
};

struct sites;

struct sites *
sites_new(void);
/* Frees jobs that still wait, too. */
void
sites_free(struct sites *s);

/* Made when first asked for; NULL without memory. */
struct site *
sites_get(struct sites *s, const char *name);
struct origin *
sites_origin(struct sites *s, const char *name);
/* Forget the rules of all origins but one: they are asked for again. */
void
sites_forget_rules(struct sites *s, const struct origin *but);

/* Put j behind the others of its site, or before them.  ERR_NOMEM. */
enum error_code
sites_add(struct sites *s, struct site *site, struct job *j, bool first);

/* The site that has waited longest of those whose time has come, which leaves
 * the heap; or NULL. */
struct site *
sites_due(struct sites *s, int64_t now_ms);
/* When the next one is due; INT64_MAX if none waits. */
int64_t
sites_next_ms(const struct sites *s);
/* Let site wait for its turn again, if it has jobs and is not busy. */
enum error_code
sites_wait(struct sites *s, struct site *site);

/* How many sites wait for their turn, and the milliseconds that the pace of
 * one of them makes all its jobs take at least. */
void
sites_left(const struct sites *s, int64_t *sites, int64_t *least_ms);

/* Take the first job; NULL if there is none. */
struct job *
site_take(struct site *site);

#endif
