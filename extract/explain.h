/* What explain.c and gaps.c share.  Private to extract. */
#ifndef DL_EXTRACT_EXPLAIN_H
#define DL_EXTRACT_EXPLAIN_H

#include <stdlib.h>

#include "extract.h"
#include "nearest.h"
#include "trace.h"

/* Who looks for near misses. */
struct explainer {
	struct nearest nearest;
	uint64_t *read; /* patterns of the document's language, a bit each */
};

/* That of the extractor, which keeps it; ERR_NOMEM. */
enum error_code
explainer_of(struct extractor *x, struct explainer **out, struct error *err);
void
explainer_free(struct explainer *x);

/* What rules did with a document, in order: matches refused, claims made. */
struct events {
	struct trace_event *list;
	size_t n, cap;
	struct arena *arena;
	const struct rule *only; /* NULL: of all rules */
};
/* A trace.see whose ctx begins with a struct events. */
void
events_collect(void *ctx, const struct trace_event *e);
/* *out is what event e says, if it tells of a rule that matched; else false. */
bool
explain_event(const struct rules *r, const struct trace_event *e,
	const struct scan *s, const struct extraction *x,
	struct rule_reading *out);
/* The nearest pattern of rule (NULL: of any that reads the document) to the
 * sentence, or to what is left of it without inserts; false: there is none. */
bool
explain_nearest(struct explainer *x, const struct rule *rule, struct context *c,
	struct scan *s, struct annotated *n, struct near_miss *out);
/* What it says of *out, which has the sentence already. */
void
explain_near(const struct near_miss *m, const struct scan *s,
	struct rule_reading *out);
/* By id, with or without its version; or NULL. */
const struct rule *
rules_find(const struct rules *r, const char *id);

#endif
