/* What the files of store share.  Private to store. */
#ifndef DL_STORE_INTERNAL_H
#define DL_STORE_INTERNAL_H

#include <sqlite3.h>

#include "facts.h"
#include "schedule.h"
#include "store.h"

#define STORE_ARENA_MAX ((size_t)256 << 20)
#define STATEMENTS_MAX	128 /* distinct SQL texts kept prepared */

/* The place asked for last: records of one capture come together. */
struct known_place {
	int64_t n; /* 0: none */
	struct buffer url, source;
};

struct store {
	sqlite3 *db;
	const char *path; /* as given, for messages */
	int lock_fd;
	bool writing;
	bool in_transaction;
	bool has_recorded; /* claims of an older ledger have a day already */
	int64_t run;
	struct store_counts counts;
	struct arena *arena; /* of one record */
	struct buffer tmp;
	struct known_place place;
	struct facts facts;
	/* prepared statements by the address of their text */
	const char *sql[STATEMENTS_MAX];
	sqlite3_stmt *stmt[STATEMENTS_MAX];
	size_t nstmt;
};

/* schema.c: step by step to the newest version. */
enum error_code
schema_migrate(struct store *s, struct error *err);
/* The SQL that makes version n out of the one before, or NULL. */
const char *
schema_step(int n);
enum error_code
schema_check(struct store *s, struct error *err);

/* sql.c */
/* A statement, reset and unbound; sql must be a literal.  NULL with err. */
sqlite3_stmt *
sql_prepare(struct store *s, const char *sql, struct error *err);
/* Bind text ('s', may be NULL), spans ('S'), bytes ('B'), int64 ('i'; 'n': 0 is
 * NULL), double ('d') to ?1, ?2 ...  Nothing is copied. */
void
sql_bind(sqlite3_stmt *st, const char *types, ...);
/* Run to the end; ERR_STORE. */
enum error_code
sql_run(struct store *s, sqlite3_stmt *st, struct error *err);
/* Prepare, bind and run. */
enum error_code
sql_exec(struct store *s, struct error *err, const char *sql, const char *types,
	...);
/* One row: *row is true while there is one; ERR_STORE. */
enum error_code
sql_step(struct store *s, sqlite3_stmt *st, bool *row, struct error *err);
/* The first column of the first row as a number; *found if there is one. */
enum error_code
sql_number(struct store *s, struct error *err, bool *found, int64_t *out,
	const char *sql, const char *types, ...);
enum error_code
sql_error(struct store *s, struct error *err, const char *what);
/* Columns; text lives until the next step, the copy in a. */
const char *
sql_text(sqlite3_stmt *st, int column, struct arena *a);
struct span
sql_span(sqlite3_stmt *st, int column);

/* places.c: a URL as a source has it. */
enum error_code
place_find(struct store *s, const char *url, const char *source, int64_t *n,
	struct error *err); /* 0: not known */
/* Made if need be; *fresh tells. */
enum error_code
place_get(struct store *s, const char *url, const char *source, int64_t *n,
	bool *fresh, struct error *err);
/* Open and close the claims of a place, now that it has another page or
 * document: what holds is the newest page, read by the newest parser. */
enum error_code
place_settle(struct store *s, int64_t place, struct error *err);
/* True if what this document says is what its place says now. */
enum error_code
document_is_current(
	struct store *s, int64_t document, bool *current, struct error *err);
/* Open those claims of the document that its newest extraction made, if it is
 * current, and close the others. */
enum error_code
document_settle(
	struct store *s, int64_t document, bool current, struct error *err);

/* sources.c: what is known of each source */
/* In s->arena; *found is false for a source that was never put. */
enum error_code
source_schedule(struct store *s, const char *name, struct schedule *out,
	bool *found, struct error *err);
enum error_code
source_task_ended(struct store *s, const struct task *t, struct error *err);
/* A page of the source that says what its place did not say before. */
enum error_code
source_has_news(
	struct store *s, const char *name, int64_t at, struct error *err);

/* links.c */
enum error_code
link_put(struct store *s, const struct link *l, struct error *err);
enum error_code
link_ended(struct store *s, const struct task *t, bool ok, int64_t now,
	struct error *err);
enum error_code
links_plan(struct store *s, const struct plan *p, task_sink *emit, void *ctx,
	struct error *err);

/* claims.c */
enum error_code
claims_put(struct store *s, const struct extraction *x, struct error *err);
/* Facts that the document supports are read anew. */
enum error_code
document_facts_changed(struct store *s, int64_t document, struct error *err);
/* The columns of a claim from `first` on, as CLAIM_COLUMNS has them. */
#define CLAIM_COLUMNS                                                          \
	" c.id, c.kind, c.start, c.end, c.polarity, c.status, c.zone, c.rule," \
	" c.confidence, c.attributed_to, c.unit, c.args, c.features "
enum error_code
claim_load(sqlite3_stmt *st, int first, struct arena *a, struct claim *out,
	struct error *err);

/* documents.c: a document with text and mentions back from the ledger. */
enum error_code
document_load(struct store *s, int64_t n, struct arena *a, struct document *doc,
	struct error *err);
enum error_code
mentions_load(struct store *s, int64_t document, int64_t ruleset,
	struct arena *a, struct extraction *x, struct error *err);

#endif
