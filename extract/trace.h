/*
 * What becomes of a rule while a document is read, told to one who asked
 * (extractor.trace).  Nobody asks in a run, which then pays for a test of a
 * pointer.  Private to extract.
 */
#ifndef DL_EXTRACT_TRACE_H
#define DL_EXTRACT_TRACE_H

#include "reading.h"

/* Why a match makes no claim. */
enum refusal {
	REFUSED_UNLESS,	   /* words: its reason */
	REFUSED_GUARD,	   /* a number outside of it */
	REFUSED_AFTER,	   /* no claim of such a kind stands before */
	REFUSED_POLARITY,  /* a "drop" leaves it to another rule */
	REFUSED_NOBODY,	   /* there is nobody it could be said of */
	REFUSED_NETWORK,   /* no network is known */
	REFUSED_NO_MEMBER, /* it is said of who gives the title, or a continent
			    */
	REFUSED_LIMIT,	   /* the match limit, or too many claims */
	REFUSALS
};

enum trace_what {
	TRACE_TRIED,   /* a sentence has what the pattern needs */
	TRACE_FIRED,   /* it matched */
	TRACE_REFUSED, /* and nothing came of it */
	TRACE_CLAIMED  /* it made a claim, or one that was there */
};

struct trace_event {
	enum trace_what what;
	const struct rule *rule; /* NULL: a list or the cue layer */
	const struct rule_pattern *pattern;
	const struct annotated *note;
	uint32_t start, end; /* of the match, bytes of the text */
	enum refusal refusal;
	const char *words; /* of an "unless", or NULL */
	const char *id;	   /* of the rule of a claim */
	size_t claim;	   /* index in the extraction */
};

struct trace {
	void (*see)(void *ctx, const struct trace_event *e);
	/* All claims are made, the document is still there.  OK, ERR_NOMEM. */
	enum error_code (*end)(void *ctx, struct context *x, struct scan *s,
		struct extraction *out);
	void *ctx;
};

/* In few words: "a guard". */
const char *
refusal_words(enum refusal why);

static inline void
trace_see(const struct trace *t, const struct trace_event *e)
{
	if (t != NULL)
		t->see(t->ctx, e);
}

#endif
