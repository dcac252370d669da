/*
 * audit: what a person sees of the ledger.  Text for a terminal, the flat
 * form for programs; both escaped for where they go.
 */
#ifndef DL_AUDIT_AUDIT_H
#define DL_AUDIT_AUDIT_H

#include <stdio.h>

#include "core/core.h"
#include "store/store.h"

enum audit_format { AUDIT_TABLE, AUDIT_JSON };

struct audit_options {
	FILE *out;
	enum audit_format format;
	bool color;
	int width; /* columns of the terminal; 0: do not cut */
};

/* Each returns OK, or why it could not; *rows (may be NULL) counts rows. */
enum error_code
audit_claims(struct store *s, const struct claim_filter *f,
	const struct audit_options *opt, int64_t *rows, struct error *err);
enum error_code
audit_facts(struct store *s, const struct fact_filter *f,
	const struct audit_options *opt, int64_t *rows, struct error *err);

/* What the ledger at that path says otherwise: facts, then claims. */
enum error_code
audit_diff(struct store *s, const char *other, const struct audit_options *opt,
	int64_t *rows, struct error *err);

/*
 * The chain of a claim (or of each claim of a fact), each link re-verified:
 * value, rule, mentions, quoted words in context, document, archived body,
 * source.  *broken is the number of links that do not hold.
 */
enum error_code
audit_explain(struct store *s, const char *archive_dir, const char *id,
	const struct audit_options *opt, int *broken, struct error *err);

/* Problem records of all runs, in order; JSON as problem records. */
enum error_code
audit_problems(struct store *s, const struct audit_options *opt, int64_t *rows,
	struct error *err);

/*
 * Each enabled source and how it does.  *alarms counts those that are silent
 * for too long or failed AUDIT_STREAK_ALARM times in a row.
 */
#define AUDIT_STREAK_ALARM 3
enum error_code
audit_status(struct store *s, const struct audit_options *opt, int64_t *alarms,
	struct error *err);

/* What nothing read: one row a shape of sentence, or one a sentence. */
struct audit_gap {
	const char *shape;
	int64_t sentences, documents; /* different ones of that shape */
	const char *const *triggers;
	size_t ntriggers;
	/* The sentence, or the first of them. */
	const char *quote, *document, *url, *source, *language, *zone;
	const char *network, *network_name;
	int64_t at[2];
	/* What came nearest, in words; rule NULL: nothing did. */
	const char *rule, *file, *pattern, *verdict;
	int64_t line;
	const char *wanted, *means, *matched, *stands, *why;
};
enum error_code
audit_gaps(const struct audit_gap *list, size_t n,
	const struct audit_options *opt, struct error *err);

/* How a rule did over documents. */
struct audit_rule {
	const char *rule, *kind, *language, *file;
	int64_t line, tried, fired, refused, kept, sole;
	const char *const *others; /* that read the same claims, most first */
	const int64_t *shared;	   /* and how many */
	size_t nothers;
};
enum error_code
audit_rules(const struct audit_rule *list, size_t n,
	const struct audit_options *opt, struct error *err);

/* The sorted export, one NDJSON line a row. */
enum error_code
audit_export(struct store *s, FILE *out, struct error *err);

#endif
