/* What the files of store share.  Private to store. */
#ifndef DL_STORE_INTERNAL_H
#define DL_STORE_INTERNAL_H

#include <sqlite3.h>

#include "store.h"

#define STORE_ARENA_MAX ((size_t)256 << 20)
#define STATEMENTS_MAX	64 /* distinct SQL texts kept prepared */

struct store {
	sqlite3 *db;
	const char *path; /* as given, for messages */
	int lock_fd;
	bool writing;
	bool in_transaction;
	int64_t run;
	struct store_counts counts;
	struct arena *arena; /* of one record */
	struct buffer tmp;
	/* prepared statements by the address of their text */
	const char *sql[STATEMENTS_MAX];
	sqlite3_stmt *stmt[STATEMENTS_MAX];
	size_t nstmt;
};

/* schema.c: step by step to the newest version. */
enum error_code
schema_migrate(struct store *s, struct error *err);
enum error_code
schema_check(struct store *s, struct error *err);

/* store.c */
/* A statement, reset and unbound; sql must be a literal.  NULL with err. */
sqlite3_stmt *
sql_prepare(struct store *s, const char *sql, struct error *err);
/* Bind text ('s', may be NULL), spans ('S'), int64 ('i'), double ('d') to
 * ?1, ?2 ... */
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
enum error_code
sql_error(struct store *s, struct error *err, const char *what);
/* Columns; text lives until the next step, the copy in a. */
const char *
sql_text(sqlite3_stmt *st, int column, struct arena *a);

/* claims.c */
enum error_code
claims_put(struct store *s, const struct extraction *x, struct error *err);
/* Close the claims of documents that a newer page of their URL replaced. */
enum error_code
claims_supersede(struct store *s, const char *url, const char *source,
	struct error *err);

/* facts.c: derive the facts that the transaction's claims touch. */
enum error_code
facts_derive(struct store *s, struct error *err);

/* documents.c: a document with text and mentions back from the ledger. */
enum error_code
document_load(struct store *s, const char *id, struct arena *a,
	struct document *doc, struct error *err);
enum error_code
mentions_load(struct store *s, const char *document, const char *rules,
	struct arena *a, struct extraction *x, struct error *err);

#endif
