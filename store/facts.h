/*
 * How claims become facts.  A fact is computed from its open claims and from
 * nothing else: the strongest claim gives what is shown, all of them give the
 * dates and the numbers.  What was computed is kept between transactions, so
 * that one more claim costs one comparison and not a reading of all of them;
 * adding a claim and reading all give the same, in whatever order.
 */
#ifndef DL_STORE_FACTS_H
#define DL_STORE_FACTS_H

#include "core/core.h"

#define FACTS_MEMORY ((size_t)64 << 20) /* over it, all is forgotten */
#define FACTS_START  1024		/* slots of the table at first */

struct sqlite3_stmt;
struct store;

/* What of a claim bears on its fact.  Strings are borrowed. */
struct evidence {
	const char *id, *url, *published; /* of its document; may be NULL */
	const char *text_sha256;
	uint64_t simhash; /* 0: none */
	const char *subject, *subject_id, *subject_country;
	const char *network, *network_name, *value, *date;
	const char *rule;
	enum claim_kind kind;
	enum status status;
	enum polarity polarity;
	enum zone zone;
	double confidence;
	int64_t tier;
};

struct fact_state;

struct facts {
	struct arena *arena;
	struct fact_state **slots; /* by id, open addressing */
	size_t room, n;
	struct fact_state *touched; /* since the last facts_derive() */
};

enum error_code
facts_init(struct facts *f, struct error *err);
void
facts_release(struct facts *f);
/* Nothing of this transaction has happened. */
void
facts_forget(struct facts *f);

/* The fact of that id, made if need be: its number in the ledger. */
enum error_code
facts_get(struct store *s, const char *id, enum claim_kind kind,
	struct fact_state **out, int64_t *n, struct error *err);
/* One more open claim of it. */
enum error_code
facts_add(struct store *s, struct fact_state *f, const struct evidence *e,
	struct error *err);
/* Claims of it opened, closed or changed: it is read anew. */
enum error_code
facts_changed(struct store *s, int64_t n, struct error *err);

/* The same of each row of st, whose first column is n; st is reset. */
enum error_code
facts_changed_of(struct store *s, struct sqlite3_stmt *st, struct error *err);

/* Write what the transaction's claims made of the facts they touch. */
enum error_code
facts_derive(struct store *s, struct error *err);

#endif
