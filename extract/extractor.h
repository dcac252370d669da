/* What extractor.c and check.c share.  Private to extract. */
#ifndef DL_EXTRACT_EXTRACTOR_H
#define DL_EXTRACT_EXTRACTOR_H

#include "cues.h"
#include "extract.h"
#include "rules.h"

struct explainer; /* explain.h */

struct ruleset {
	struct names *names;
	struct phrasebook *phrasebook; /* of dates and counts */
	struct gazetteer *gazetteer;
	struct rules *rules;
	struct subjects *subjects;
	struct cues *cues;
	char version[HASH_HEX];
};

struct extractor {
	const struct ruleset *rs;
	struct names_state *names;
	struct lexeme *lexemes; /* of one sentence */
	struct matcher matcher;
	struct lexis *lexis;
	bool candidates;	     /* of the cue layer, in place of claims */
	const struct trace *trace;   /* who looks on, or NULL */
	struct explainer *explainer; /* once somebody asked why, or NULL */
};

/* given: mentions that are taken as they are, instead of the recognisers of
 * names and places (ngiven > 0). */
enum error_code
extractor_run(struct extractor *x, const struct document *doc,
	const struct mention *given, size_t ngiven, struct arena *a,
	struct extraction *out);

#endif
