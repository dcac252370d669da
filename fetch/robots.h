/*
 * robots.txt (RFC 9309), and what is in use beside it: crawl-delay,
 * request-rate, sitemap.  Where the RFC is silent it is read as Google's
 * public matcher reads it.  Private to the room.
 */
#ifndef DL_FETCH_ROBOTS_H
#define DL_FETCH_ROBOTS_H

#include "fetch.h"

#define ROBOTS_SIZE_MAX	 ((size_t)500 << 10) /* bytes read; section 2.5 */
#define ROBOTS_LINE_MAX	 ((size_t)16 << 10)  /* bytes read of a line */
#define ROBOTS_RULES_MAX 50000		     /* rules kept of a file */

/* Rules in the order of the file; a group is a run of agents and rules. */
enum robots_key {
	ROBOTS_AGENT,
	ROBOTS_ALLOW,
	ROBOTS_DISALLOW,
	ROBOTS_DELAY,
	ROBOTS_RATE,
	ROBOTS_SITEMAP,
	ROBOTS_KEYS
};

struct robots_rule {
	enum robots_key key;
	int line;	   /* from 1 */
	struct span value; /* trimmed; a path in the form it is matched in */
};

struct robots {
	struct robots_rule *rules;
	size_t n;
	bool cut; /* longer than ROBOTS_SIZE_MAX or ROBOTS_RULES_MAX */
};

/* Read text, which may be anything; *out borrows from a.  ERR_NOMEM only. */
enum error_code
robots_parse(struct span text, struct arena *a, struct robots *out,
	struct error *err);

/*
 * The same in one block of its own, of so many bytes, for as long as it is
 * needed; NULL without memory (or without rules: then *r stays as it is).  The
 * caller frees it.
 */
void *
robots_keep(struct robots *r, size_t *bytes);

/*
 * May a crawler whose product token begins agent ("dateline/0.1") fetch url
 * (absolute, or a path)?  *line is that of the deciding rule, 0 if none is.
 */
bool
robots_allowed(
	const struct robots *r, const char *agent, const char *url, int *line);

/* Seconds between two requests that the agent's group asks for, or -1. */
double
robots_delay(const struct robots *r, const char *agent);

#endif
