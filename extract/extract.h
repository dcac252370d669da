/*
 * extract: a document becomes mentions and claims.  Configuration is read
 * once into an immutable ruleset; an extractor belongs to one thread.
 */
#ifndef DL_EXTRACT_EXTRACT_H
#define DL_EXTRACT_EXTRACT_H

#include "core/core.h"

#define EXTRACT_SENTENCE_MAX 8192 /* bytes; a longer one is cut */

struct ruleset;
struct extractor;

/*
 * Read networks.yaml, lang/, rules/ under config_dir and map gazetteer_path.
 * ERR_CONFIG with file:line[:column].  ERR_NOT_FOUND without gazetteer.
 */
enum error_code
ruleset_open(const char *config_dir, const char *gazetteer_path,
	struct ruleset **out, struct error *err);
void
ruleset_free(struct ruleset *rs);
/* Hex hash over all configuration bytes, the gazetteer and the program's
 * extraction version: "rules" of an extraction. */
const char *
ruleset_version(const struct ruleset *rs);

/*
 * Run every yes/no/live example; report(ctx, "file:line", message) for each
 * that does not do as it says.  Returns the number of failures, or -1 (err).
 */
long
ruleset_check(const struct ruleset *rs,
	void (*report)(void *ctx, const char *where, const char *message),
	void *ctx, long *examples, struct error *err);

enum error_code
extractor_new(
	const struct ruleset *rs, struct extractor **out, struct error *err);
void
extractor_free(struct extractor *x);

/*
 * Mentions and claims of doc, in a.  Never fails for what the text is:
 * limits hit become warnings.  ERR_NOMEM only.
 */
enum error_code
extractor_document(struct extractor *x, const struct document *doc,
	struct arena *a, struct extraction *out, struct error *err);

/* From now on the claims of a document are all that the cue layer looked at,
 * with features and probability: what its weights are learnt from. */
void
extractor_show_candidates(struct extractor *x);

/* ---- the gazetteer by itself ---- */

struct gazetteer;

/*
 * Build the mapped file from the tables in dir (places.tsv, extra.tsv,
 * regions.tsv, countries.tsv; see config/gazetteer/README.md).
 */
enum error_code
gazetteer_build(const char *dir, const char *out_path, struct error *err);
enum error_code
gazetteer_open(const char *path, struct gazetteer **out, struct error *err);
void
gazetteer_close(struct gazetteer *g);
/* Candidates for a name, best first, in a.  *n may be 0. */
enum error_code
gazetteer_lookup(const struct gazetteer *g, const char *name, struct arena *a,
	struct place_value **out, size_t *n, struct error *err);

#endif
