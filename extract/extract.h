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

/* Which rules are read at once. */
enum ruleset_extent {
	RULESET_AS_NEEDED, /* none: each language's when a document is in it */
	RULESET_ALL /* all: for processes that share them, and who looks at
		     * rules themselves */
};

/*
 * Read networks.yaml, lang/, rules/ under config_dir and map gazetteer_path.
 * ERR_CONFIG with file:line[:column].  ERR_NOT_FOUND without gazetteer.
 */
enum error_code
ruleset_open(const char *config_dir, const char *gazetteer_path,
	enum ruleset_extent extent, struct ruleset **out, struct error *err);
void
ruleset_free(struct ruleset *rs);
/* Hex hash over all configuration bytes, the gazetteer and the program's
 * extraction version: "rules" of an extraction. */
const char *
ruleset_version(const struct ruleset *rs);

/* Examples of rules, and what came of them. */
struct ruleset_check {
	/* Paths, config_dir/rules/NAME: only those that stand in them; none:
	 * all, and whatever is wrong between files. */
	const char *const *files;
	size_t nfiles;
	/* Told of each that does not do as it says, in the order of files once
	 * all are run, as "file:line" and in words. */
	void (*report)(void *ctx, const char *where, const char *message);
	/* Asked before each by any thread: leave the rest?  Or NULL. */
	bool (*stop)(void *ctx);
	void *ctx;
	long examples, failures;
	long todo; /* that are not read yet, and need not */
	bool stopped;
};

/*
 * Run every yes/no/live/todo example, languages side by side; rs is
 * RULESET_AS_NEEDED.  ERR_CONFIG: a file cannot be read, or a pattern is too
 * large; ERR_NOMEM.
 */
enum error_code
ruleset_check(
	const struct ruleset *rs, struct ruleset_check *c, struct error *err);

enum error_code
extractor_new(
	const struct ruleset *rs, struct extractor **out, struct error *err);
void
extractor_free(struct extractor *x);

/*
 * Mentions and claims of doc, in a.  Never fails for what the text is:
 * limits hit become warnings.  ERR_NOMEM; ERR_CONFIG with file:line, of the
 * first document in a language whose rules are wrong.
 */
enum error_code
extractor_document(struct extractor *x, const struct document *doc,
	struct arena *a, struct extraction *out, struct error *err);

/* From now on the claims of a document are all that the cue layer looked at,
 * with features and probability: what its weights are learnt from. */
void
extractor_show_candidates(struct extractor *x);

/* ---- for people who write rules ---- */

/* What a rule makes of a sentence.  All of it lives in the arena, the document
 * or the rules. */
struct rule_reading {
	enum rule_reading_what {
		READING_CLAIM,	 /* it made a claim */
		READING_GIVEN,	 /* it read a claim that another rule keeps */
		READING_REFUSED, /* it matched, and `why` no claim came of it */
		READING_NEAR,	 /* it does not match: one part fails */
		READING_NONE	 /* it is not looked at, and why */
	} what;
	struct span sentence;
	enum zone zone;
	const char *rule, *file; /* "membership.join@2"; of a list, no file */
	int line;		 /* of the pattern */
	const char *pattern;	 /* as its line has it; or NULL */
	const char *why;	 /* in words, or NULL */
	const struct claim *claim;
	bool skeleton; /* read without what is put in between */
	/* Of READING_NEAR: the part in the way, what its let stands for (or
	 * NULL), the words that the parts before it took, and the words that
	 * stand there.  only: without that part it would match. */
	struct span wanted, matched, stands;
	const char *means;
	bool only;
	/* The sentence as an example has it, "[CITY Graz] ...": what in it is a
	 * mention, and so no word of a gap.  Or NULL. */
	const char *marked;
};

/* "claim", "given", "refused", "near", "none". */
const char *
rule_reading_name(enum rule_reading_what what);

/*
 * Show how rule (its id, with or without version; NULL: any) reads doc,
 * sentence by sentence, in order; of any rule the nearest, where none makes a
 * claim.  ERR_NOT_FOUND: no such rule.
 */
typedef enum error_code
rule_reading_sink(const struct rule_reading *r, void *ctx, struct error *err);
enum error_code
extractor_explain(struct extractor *x, const struct document *doc,
	const char *rule, struct arena *a, rule_reading_sink *show, void *ctx,
	struct error *err);

/*
 * A sentence that speaks of membership and from which no claim came, nor from
 * a list that it introduces.
 */
enum gap_trigger {
	GAP_NETWORK, /* a network, beside a name or a number of members */
	GAP_COUNT,   /* a number of members */
	GAP_WORD,    /* a word of joining, leaving ..., beside a name */
	GAP_TRIGGERS
};
const char *
gap_trigger_name(enum gap_trigger t);

struct gap {
	struct span sentence;
	uint32_t start; /* bytes of the text */
	enum zone zone;
	unsigned triggers;   /* bits of enum gap_trigger */
	const char *network; /* id of the one it names, or the document's */
	const char *network_name;
	const char *shape; /* its mentions by type, and words between */
	bool explained;
	struct rule_reading near; /* what came nearest, where explained */
};

/* Show the gaps of doc, in order.  Before each, wants (given its shape) says
 * whether it is worth looking for what came nearest, which takes long. */
typedef enum error_code
gap_sink(const struct gap *g, void *ctx, struct error *err);
enum error_code
extractor_gaps(struct extractor *x, const struct document *doc, struct arena *a,
	bool (*wants)(const char *shape, void *ctx), gap_sink *show, void *ctx,
	struct error *err);

/* How each rule did over documents; also lists and the classes of cues. */
struct rule_stat {
	const char *rule, *kind, *file, *language; /* file NULL: no rule */
	int line;
	int64_t tried;	 /* sentences with the words and mentions it needs */
	int64_t fired;	 /* matches */
	int64_t refused; /* matches from which nothing came */
	int64_t kept;	 /* claims that stand as it made them */
	int64_t sole;	 /* of these, those that nothing else read */
	struct rule_overlap {
		const char *rule;
		int64_t n; /* claims that both read */
	} * overlaps;	   /* most first, then by name */
	size_t noverlaps;
};

struct rule_stats;
/* ERR_NOMEM.  x is used, and borrowed until rule_stats_free(). */
enum error_code
rule_stats_new(struct extractor *x, struct rule_stats **out, struct error *err);
void
rule_stats_free(struct rule_stats *s);
enum error_code
rule_stats_add(struct rule_stats *s, const struct document *doc,
	struct arena *a, struct error *err);
/* All rules in the order of their files, then what is none, by name; in a. */
enum error_code
rule_stats_list(const struct rule_stats *s, struct arena *a,
	struct rule_stat **out, size_t *n, struct error *err);

/* A rule as its file has it. */
struct rule_info {
	const char *rule, *kind, *status, *file, *language;
	int line;
	double confidence;
	size_t patterns, examples;
};
/* The i-th rule, in the order of their files; false: there are no more. */
bool
ruleset_rule(const struct ruleset *rs, size_t i, struct rule_info *out);
/* The i-th pattern of a rule, frames filled: its line, and what each "<NAME>"
 * of it stands for as NAME = pattern lines; false: there are no more. */
struct rule_line {
	int line;
	const char *key; /* "match" or "unless" */
	const char *pattern;
	const char *why; /* of an unless */
};
bool
ruleset_rule_line(
	const struct ruleset *rs, size_t rule, size_t i, struct rule_line *out);

/* ---- the gazetteer by itself ---- */

struct gazetteer;

/*
 * Build the mapped file from the tables in dir; or from GeoNames' files there,
 * cities500.txt and others, beside what of our tables it has or ours (may be
 * NULL) has.  See config/gazetteer/README.md.  ERR_CONFIG with file and line;
 * ERR_NOT_FOUND; ERR_LIMIT; ERR_IO; ERR_NOMEM.
 */
enum error_code
gazetteer_build(const char *dir, const char *ours, const char *out_path,
	struct error *err);
/* The files g was made of and their hashes, a line each. */
const char *
gazetteer_sources(const struct gazetteer *g);
enum error_code
gazetteer_open(const char *path, struct gazetteer **out, struct error *err);
void
gazetteer_close(struct gazetteer *g);
/* Candidates for a name, best first, in a.  *n may be 0. */
enum error_code
gazetteer_lookup(const struct gazetteer *g, const char *name, struct arena *a,
	struct place_value **out, size_t *n, struct error *err);

#endif
