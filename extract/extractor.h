/* What extractor.c and check.c share.  Private to extract. */
#ifndef DL_EXTRACT_EXTRACTOR_H
#define DL_EXTRACT_EXTRACTOR_H

#include "cues.h"
#include "extract.h"
#include "rules.h"

#define EXTRACTOR_LANGUAGES_MAX (WORDS_LANGS_MAX + 1)

struct explainer; /* explain.h */

struct ruleset {
	struct names *names;
	struct phrasebook *phrasebook; /* of dates and counts */
	struct gazetteer *gazetteer;
	struct rules *rules; /* none is read of them but of all languages */
	bool all;
	struct subjects *subjects;
	struct cues *cues;
	char version[HASH_HEX];
};

/* Rules of a language, read for its first document. */
struct language_rules {
	char language[3];  /* "": of all */
	struct rules *own; /* NULL: the ruleset's */
	const struct rules *rules;
	struct matcher matcher;
};

struct extractor {
	const struct ruleset *rs;
	struct language_rules *read[EXTRACTOR_LANGUAGES_MAX];
	size_t nread;
	struct language_rules *now; /* of the document */
	struct names_state *names;
	struct lexeme *lexemes; /* of one sentence */
	struct lexis *lexis;
	bool candidates;	     /* of the cue layer, in place of claims */
	const struct trace *trace;   /* who looks on, or NULL */
	struct explainer *explainer; /* once somebody asked why, or NULL */
};

/* The rules that a document in that language (or NULL) is read by, from now on;
 * ERR_CONFIG with file:line. */
enum error_code
extractor_turn(struct extractor *x, const char *language, struct error *err);
/* The document, by the rules of now. given: mentions that are taken as they
 * are, instead of the recognisers of names and places (ngiven > 0). */
enum error_code
extractor_run(struct extractor *x, const struct document *doc,
	const struct mention *given, size_t ngiven, struct arena *a,
	struct extraction *out);

#endif
