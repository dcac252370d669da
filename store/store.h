/*
 * store: the ledger.  Records in, facts out.  One struct store is one
 * connection and one thread; there is one writer at a time.
 */
#ifndef DL_STORE_STORE_H
#define DL_STORE_STORE_H

#include "archive/archive.h"
#include "core/core.h"

struct store;

enum store_mode { STORE_READ, STORE_WRITE };

/*
 * STORE_WRITE makes the file if need be, takes the writer's flock on
 * "<path>.lock" (ERR_BUSY), migrates step by step.  STORE_READ needs an
 * existing ledger (ERR_NOT_FOUND) and writes nothing.  ERR_VERSION: made by a
 * newer dateline; ERR_FORMAT: not a ledger.
 */
enum error_code
store_open(const char *path, enum store_mode mode, struct store **out,
	struct error *err);
void
store_close(struct store *s);

/* ---- writing ---- */

struct store_counts {
	int64_t pages, documents, claims_new, claims_closed, links, problems,
		facts_new, facts_changed, skipped;
};

/* A run: one row, closed by store_run_end() with its counts. */
enum error_code
store_run_begin(struct store *s, const char *verb, const char *rules,
	const char *parser, struct error *err);
enum error_code
store_run_end(struct store *s, const char *status, struct error *err);

enum error_code
store_begin(struct store *s, struct error *err);
/* Derives the facts that the transaction's claims touch, then commits. */
enum error_code
store_commit(struct store *s, struct error *err);
void
store_rollback(struct store *s);

/*
 * Put one record (page, link, document, extraction, problem; a task
 * that has ended moves the schedule, others are ignored) inside a transaction.
 * A document must come before its extraction; ERR_FORMAT if an extraction's
 * offsets or document do not fit. What is there already changes nothing.
 */
enum error_code
store_put(struct store *s, const struct record *r, struct error *err);
const struct store_counts *
store_counts(const struct store *s);

/* Sources as configured now. */
enum error_code
store_put_sources(
	struct store *s, const struct sources *src, struct error *err);

/* True if this capture's body, URL and source were already processed with
 * this parser and these rules, so that nothing new can come of it. */
enum error_code
store_finished(struct store *s, const struct page *page, const char *parser,
	const char *rules, bool *finished, struct error *err);

enum error_code
store_position_get(
	struct store *s, struct archive_position *pos, struct error *err);
enum error_code
store_position_set(
	struct store *s, const struct archive_position *pos, struct error *err);

/* What is asked of the plan.  Times in Unix seconds. */
struct plan {
	int64_t now;
	bool force;	  /* ignore the schedule */
	bool links;	  /* only those, not the sources themselves */
	const char *only; /* one source's name, or NULL */
	/* Links that are dated are followed from since (0: as their source
	 * says) and before until (0: all).  What says only when it was changed
	 * may be older, and until does not keep it away. */
	int64_t since, until;
	/* Follow what was listed on behalf of the command since; 0: nothing. */
	int64_t named_since;
};
typedef enum error_code
task_sink(const struct task *t, void *ctx, struct error *err);
/*
 * Tasks that are due for enabled sources, and then for queued links: source
 * by source, those dated last first.  A task for a URL named by hand is made
 * by store_task().  ERR_NOT_FOUND: there is no such source.
 */
enum error_code
store_plan(struct store *s, const struct sources *src, const struct plan *p,
	task_sink *emit, void *ctx, struct error *err);
/* True if the last capture of url was of a page that lists others. */
enum error_code
store_listing(struct store *s, const char *url, const char *source, bool *is,
	struct error *err);
/* Fill etag and last_modified of *t from the last capture of t->url. */
enum error_code
store_task(struct store *s, struct arena *a, struct task *t, struct error *err);
/*
 * Note that a source was tried at `at`, for the schedule.  Of a source with
 * an http(s) URL the records that fetch gives tell: a task that is fetched,
 * unchanged or failed is put like any other record.
 */
enum error_code
store_source_tried(struct store *s, const char *source, int64_t at, bool ok,
	struct error *err);

/* How a source does.  Times in Unix seconds; 0: never. */
struct source_health {
	const char *name, *kind, *url;
	int64_t success_at, new_at, tried_at;
	int64_t due_at; /* 0: now */
	int64_t streak; /* failures in a row */
	int64_t links;	/* queued */
	bool silent;	/* nothing new for much longer than usual */
};
/* Each enabled source, by name. */
enum error_code
store_sources_health(struct store *s, int64_t now,
	enum error_code (*row)(
		const struct source_health *h, void *ctx, struct error *err),
	void *ctx, struct error *err);

/* What the ledger holds, by number.  The label parts some of them. */
enum store_total {
	TOTAL_PAGES,
	TOTAL_BYTES, /* of their bodies */
	TOTAL_DOCUMENTS,
	TOTAL_CLAIMS,	/* that hold now; by kind */
	TOTAL_FACTS,	/* by kind */
	TOTAL_PROBLEMS, /* by code */
	TOTAL_RUNS,	/* by how they ended: ok, stopped, failed, killed */
	TOTAL_QUEUED,	/* links that wait to be fetched */
	TOTALS
};
/* In this order; of what has a label, only what there is. */
enum error_code
store_totals(struct store *s,
	enum error_code (*row)(enum store_total what, const char *label,
		int64_t n, void *ctx, struct error *err),
	void *ctx, struct error *err);

/* ---- reading, for audit ---- */

/* NULL or -1 fields do not restrict. */
struct claim_filter {
	int kind;
	int polarity;
	int zone;
	const char *subject; /* folded name, or id */
	const char *network; /* id, its end ("gnlc"), or folded name */
	const char *source;
	const char *document;
	const char *since; /* EDTF day, month or year; claim's date >= it */
	const char *until;
};

/* Claims that hold now, ordered by (document url, start, id). */
enum error_code
store_claims(struct store *s, const struct claim_filter *f,
	enum error_code (*row)(
		const struct flat_claim *c, void *ctx, struct error *err),
	void *ctx, struct error *err);

/* One episode of a membership, or another fact. */
struct fact {
	const char *id;
	enum claim_kind kind;
	const char *subject, *subject_id, *subject_country;
	const char *network, *network_name;
	enum status status;
	enum polarity polarity;
	const char *valid_from, *valid_to; /* EDTF, NULL unknown */
	const char *value; /* in words, for kinds other than membership */
	int64_t claims, witnesses;
	int best_tier;
	const char *why; /* how status and dates were chosen */
	bool candidate;
};
struct fact_filter {
	int kind;
	const char *subject, *network;
};
enum error_code
store_facts(struct store *s, const struct fact_filter *f,
	enum error_code (*row)(
		const struct fact *fact, void *ctx, struct error *err),
	void *ctx, struct error *err);
/*
 * The claims of a fact, in order, in a; copy_of tells which are of one witness:
 * the place of the first claim that a copy of the text made, or the claim's
 * own.
 */
struct fact_claim {
	const char *id;
	size_t copy_of;
};
enum error_code
store_fact_claims(struct store *s, const char *fact, struct arena *a,
	struct fact_claim **out, size_t *n, struct error *err);

/* All that explain needs of one claim; id may be a unique prefix
 * (ERR_NOT_FOUND; ERR_USAGE when several fit).  What a damaged ledger has not
 * got, or not in its form, is left empty, with `damage` if nothing else would
 * tell.  In a. */
struct explanation {
	struct flat_claim flat;
	struct claim claim;
	struct document document;     /* with text, without blocks */
	struct extraction extraction; /* all mentions */
	const char *damage;	      /* of arguments or mentions; or NULL */
	struct page page;	      /* earliest capture */
	struct source source;	      /* without a name: not known */
	int64_t recorded_at;
};
enum error_code
store_explain(struct store *s, const char *id, struct arena *a,
	struct explanation *out, struct error *err);
/* Same for a fact's id: which of the two it is. */
enum error_code
store_id_kind(struct store *s, const char *id, bool *is_fact, char full[ID_HEX],
	struct error *err);

/* How many hex digits tell each id from all others, but no fewer than make
 * one easy to tell by sight. */
enum error_code
store_id_digits(struct store *s, int *digits, struct error *err);

/* Every exported row as one NDJSON line, in one order that does not depend
 * on how the ledger came to be; recorded_at is left out. */
enum error_code
store_export(struct store *s,
	enum error_code (*line)(struct span json, void *ctx, struct error *err),
	void *ctx, struct error *err);

/* What another ledger says otherwise.  Strings live for the call. */
struct ledger_change {
	const char *change; /* added, closed, changed */
	const char *of;	    /* fact, claim */
	const char *id, *kind, *subject, *network, *network_name;
	const char *before, *after; /* in words; of a claim, by which rule */
	const char *url;	    /* of a claim */
};
/*
 * Each fact and claim that the ledger at that path has more, has not, or has
 * otherwise: facts first, then by kind, network and subject.  Errors as
 * store_open()'s, for either.  Once for a store.
 */
enum error_code
store_diff(struct store *s, const char *other,
	enum error_code (*row)(
		const struct ledger_change *c, void *ctx, struct error *err),
	void *ctx, struct error *err);

enum error_code
store_problems(struct store *s, int64_t run,
	enum error_code (*row)(
		const struct problem *p, void *ctx, struct error *err),
	void *ctx, struct error *err);

#endif
