/*
 * How near a pattern came to a sentence that it does not match: how many of
 * its elements, from the first on, found their words; and which one alone is
 * in the way.  For people who write rules, so it may cost what a run must not.
 * Private to extract.
 */
#ifndef DL_EXTRACT_NEAREST_H
#define DL_EXTRACT_NEAREST_H

#include "reading.h"

#define NEAREST_SKIP	   12 /* units that may stand in place of an element */
#define NEAREST_CANDIDATES 48 /* patterns looked at closely */

struct near_miss {
	const struct rule *rule;
	const struct rule_pattern *pattern;
	const struct annotated *note;
	size_t part;	 /* that fails; its nparts: none does */
	bool only;	 /* without it the pattern would match */
	size_t from, to; /* units that the parts before it took */
	size_t until;	 /* only: where the parts behind it go on */
	size_t solid;	 /* parts that found their words, gaps aside */
	size_t open;	 /* and those that did not */
};

struct nearest {
	const struct rules *rules;
	pcre2_match_data *data;
	pcre2_match_data *raw_data;
	pcre2_match_context *context;
	struct span text; /* the document's: to be set */
	const struct annotated *note;
	pcre2_code **codes; /* by pattern's number: with callouts, or NULL */
	size_t ncodes;
	struct nearest_seen {
		size_t part, from, at; /* the furthest */
		size_t last[2];	       /* of callouts 1 and 2 */
	} seen;
};

enum error_code
nearest_init(struct nearest *x, const struct rules *r, struct error *err);
void
nearest_release(struct nearest *x);

/* The rule's pattern that comes nearest; false: it has none with parts. */
bool
nearest_of_rule(struct nearest *x, const struct rule *rule,
	const struct annotated *n, struct near_miss *out);
/* The nearest of those patterns (a bit each, of rule_index); false: none. */
bool
nearest_of_all(struct nearest *x, const uint64_t *read,
	const struct annotated *n, struct near_miss *out);
/* a is nearer than b. */
bool
nearest_before(const struct near_miss *a, const struct near_miss *b);
/* What the part in the way is, in the pattern's own words, with the gap before
 * it: "~6 <NET>". */
struct span
nearest_wanted(const struct near_miss *m);

#endif
