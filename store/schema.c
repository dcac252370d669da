#include "internal.h"

#define APPLICATION_ID 0x44544c4e /* "DTLN" */

/* One step a version; a step that was released is never changed. */
static const char *const steps[] = {
	"CREATE TABLE run(id INTEGER PRIMARY KEY, verb TEXT NOT NULL,"
	" rules TEXT, parser TEXT, started_at INTEGER NOT NULL,"
	" ended_at INTEGER, status TEXT NOT NULL, pages INTEGER,"
	" documents INTEGER, claims_new INTEGER, claims_closed INTEGER,"
	" problems INTEGER) STRICT;"
	"CREATE TABLE source(name TEXT PRIMARY KEY, kind TEXT NOT NULL,"
	" url TEXT, tier INTEGER NOT NULL, language TEXT, timezone TEXT,"
	" interval INTEGER NOT NULL, local INTEGER NOT NULL,"
	" enabled INTEGER NOT NULL, tried_at INTEGER, streak INTEGER NOT NULL"
	" DEFAULT 0) STRICT, WITHOUT ROWID;"
	"CREATE TABLE page(id TEXT PRIMARY KEY, body TEXT NOT NULL,"
	" url TEXT NOT NULL, final_url TEXT NOT NULL, source TEXT NOT NULL,"
	" media_type TEXT, charset TEXT, status INTEGER NOT NULL,"
	" bytes INTEGER NOT NULL, etag TEXT, last_modified TEXT,"
	" fetched_at INTEGER NOT NULL, file TEXT NOT NULL,"
	" offset INTEGER NOT NULL, length INTEGER NOT NULL)"
	" STRICT, WITHOUT ROWID;"
	"CREATE INDEX page_url ON page(final_url, source, fetched_at);"
	"CREATE INDEX page_asked ON page(url, fetched_at);"
	"CREATE TABLE link(url TEXT NOT NULL, source TEXT NOT NULL,"
	" page TEXT, title TEXT, published TEXT, guid TEXT, lastmod TEXT,"
	" fetched INTEGER NOT NULL DEFAULT 0, PRIMARY KEY(url, source))"
	" STRICT, WITHOUT ROWID;"
	"CREATE TABLE document(id TEXT PRIMARY KEY, text_sha256 TEXT NOT NULL,"
	" page TEXT NOT NULL, body TEXT NOT NULL, parser TEXT NOT NULL,"
	" url TEXT NOT NULL, canonical_url TEXT, source TEXT NOT NULL,"
	" title TEXT, site TEXT, language TEXT, published TEXT,"
	" published_basis TEXT, published_from TEXT, text TEXT NOT NULL)"
	" STRICT, WITHOUT ROWID;"
	"CREATE INDEX document_url ON document(url, source);"
	"CREATE TABLE extraction(document TEXT NOT NULL REFERENCES document,"
	" rules TEXT NOT NULL, newest INTEGER NOT NULL, mentions TEXT NOT NULL,"
	" PRIMARY KEY(document, rules)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE claim(id TEXT NOT NULL, document TEXT NOT NULL"
	" REFERENCES document, rules TEXT NOT NULL, kind TEXT NOT NULL,"
	" start INTEGER NOT NULL, end INTEGER NOT NULL,"
	" polarity TEXT NOT NULL, status TEXT NOT NULL, zone TEXT NOT NULL,"
	" rule TEXT NOT NULL, confidence REAL NOT NULL,"
	" subject TEXT, subject_id TEXT, subject_name TEXT,"
	" subject_country TEXT, network TEXT, network_name TEXT,"
	" network_folded TEXT, date TEXT, date_basis TEXT, value TEXT,"
	" fact TEXT, body TEXT NOT NULL, open INTEGER NOT NULL,"
	" recorded_at INTEGER NOT NULL, closed_at INTEGER,"
	" PRIMARY KEY(document, id)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX claim_id ON claim(id);"
	"CREATE INDEX claim_fact ON claim(fact) WHERE open;"
	"CREATE TABLE fact(id TEXT PRIMARY KEY, kind TEXT NOT NULL,"
	" subject TEXT, subject_id TEXT, subject_country TEXT, network TEXT,"
	" network_name TEXT, status TEXT NOT NULL, polarity TEXT NOT NULL,"
	" valid_from TEXT, valid_to TEXT, value TEXT, claims INTEGER NOT NULL,"
	" witnesses INTEGER NOT NULL, best_tier INTEGER NOT NULL,"
	" why TEXT NOT NULL, candidate INTEGER NOT NULL)"
	" STRICT, WITHOUT ROWID;"
	"CREATE TABLE touched(fact TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;"
	"CREATE TABLE problem(id INTEGER PRIMARY KEY, run INTEGER,"
	" stage TEXT NOT NULL, ref TEXT, url TEXT, code TEXT NOT NULL,"
	" message TEXT NOT NULL, retry INTEGER NOT NULL, at INTEGER NOT NULL,"
	" UNIQUE(stage, url, code, message, ref)) STRICT;"
	"CREATE TABLE refused(body TEXT NOT NULL, url TEXT NOT NULL,"
	" source TEXT NOT NULL, parser TEXT NOT NULL,"
	" PRIMARY KEY(body, url, source, parser)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE position(one INTEGER PRIMARY KEY CHECK(one = 1),"
	" file TEXT NOT NULL, offset INTEGER NOT NULL) STRICT;",
	/*
	 * What is derived from the archive gets a form that costs less: the
	 * next run reads the archive again from its beginning, and puts a
	 * claim that it finds again on the day it was first known.
	 */
	"CREATE TABLE recorded(claim TEXT PRIMARY KEY, at INTEGER NOT NULL)"
	" STRICT, WITHOUT ROWID;"
	"INSERT INTO recorded SELECT id, min(recorded_at) FROM claim GROUP BY"
	" id;"
	"DROP TABLE claim; DROP TABLE extraction; DROP TABLE document;"
	"DROP TABLE page; DROP TABLE fact; DROP TABLE touched;"
	"DROP TABLE refused; DELETE FROM position;"
	/* Where something is published: a URL as a source has it. */
	"CREATE TABLE place(n INTEGER PRIMARY KEY, url TEXT NOT NULL,"
	" source TEXT NOT NULL, UNIQUE(url, source)) STRICT;"
	"CREATE TABLE page(n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
	" body TEXT NOT NULL, asked INTEGER NOT NULL REFERENCES place,"
	" place INTEGER NOT NULL REFERENCES place, media_type TEXT,"
	" charset TEXT, status INTEGER NOT NULL, bytes INTEGER NOT NULL,"
	" etag TEXT, last_modified TEXT, fetched_at INTEGER NOT NULL,"
	" file TEXT NOT NULL, offset INTEGER NOT NULL,"
	" length INTEGER NOT NULL) STRICT;"
	"CREATE INDEX page_place ON page(place, fetched_at, file, offset);"
	"CREATE INDEX page_asked ON page(asked, fetched_at);"
	"CREATE TABLE ruleset(n INTEGER PRIMARY KEY, version TEXT NOT NULL"
	" UNIQUE, first_run INTEGER) STRICT;"
	"CREATE TABLE document(n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
	" place INTEGER NOT NULL REFERENCES place, text_sha256 TEXT NOT NULL,"
	" page TEXT NOT NULL, body TEXT NOT NULL, parser TEXT NOT NULL,"
	" canonical_url TEXT, title TEXT, site TEXT, language TEXT,"
	" published TEXT, published_basis TEXT, published_from TEXT,"
	" text TEXT NOT NULL) STRICT;"
	"CREATE INDEX document_place ON document(place);"
	"CREATE TABLE extraction(document INTEGER NOT NULL REFERENCES document,"
	" ruleset INTEGER NOT NULL REFERENCES ruleset,"
	" newest INTEGER NOT NULL, mentions BLOB NOT NULL,"
	" UNIQUE(document, ruleset)) STRICT;"
	"CREATE TABLE fact(n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
	" kind TEXT NOT NULL, subject TEXT, subject_id TEXT,"
	" subject_country TEXT, network TEXT, network_name TEXT,"
	" status TEXT NOT NULL DEFAULT '', polarity TEXT NOT NULL DEFAULT '',"
	" valid_from TEXT, valid_to TEXT, value TEXT,"
	" claims INTEGER NOT NULL DEFAULT 0,"
	" witnesses INTEGER NOT NULL DEFAULT 0,"
	" best_tier INTEGER NOT NULL DEFAULT 0,"
	" candidate INTEGER NOT NULL DEFAULT 0,"
	" recorded_at INTEGER NOT NULL) STRICT;"
	/* A claim of a document; what flat_claim has of it stands beside. */
	"CREATE TABLE claim(document INTEGER NOT NULL REFERENCES document,"
	" id TEXT NOT NULL, ruleset INTEGER NOT NULL REFERENCES ruleset,"
	" fact INTEGER NOT NULL REFERENCES fact, open INTEGER NOT NULL,"
	" recorded_at INTEGER NOT NULL, closed_at INTEGER,"
	" kind TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,"
	" polarity TEXT NOT NULL, status TEXT NOT NULL, zone TEXT NOT NULL,"
	" rule TEXT NOT NULL, confidence REAL NOT NULL, attributed_to TEXT,"
	" unit TEXT, args TEXT NOT NULL, subject TEXT, subject_id TEXT,"
	" subject_country TEXT, network TEXT, network_name TEXT, date TEXT,"
	" date_basis TEXT, value TEXT, PRIMARY KEY(document, id)) STRICT,"
	" WITHOUT ROWID;"
	"CREATE INDEX claim_id ON claim(id);"
	"CREATE INDEX claim_fact ON claim(fact) WHERE open;"
	"CREATE TABLE refused(body TEXT NOT NULL, place INTEGER NOT NULL"
	" REFERENCES place, parser TEXT NOT NULL,"
	" PRIMARY KEY(place, body, parser)) STRICT, WITHOUT ROWID;",
	/* What a claim of the cue layer was weighed by, a JSON object. */
	"ALTER TABLE claim ADD COLUMN features TEXT;",
	/* The schedule; its times are those of schedule.h. */
	"ALTER TABLE source ADD COLUMN success_at INTEGER;"
	"ALTER TABLE source ADD COLUMN not_before INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE source ADD COLUMN gap INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE source ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE source ADD COLUMN new_at INTEGER;"
	"ALTER TABLE source ADD COLUMN usual INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE source ADD COLUMN news INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE link ADD COLUMN due_at INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE link ADD COLUMN streak INTEGER NOT NULL DEFAULT 0;",
	/* By it near-duplicates are known; the next run reads the archive from
	 * its beginning and fills it in. */
	"ALTER TABLE document ADD simhash INTEGER; DELETE FROM position;",
	/* Which links a source follows; times in Unix seconds or NULL. */
	"ALTER TABLE link ADD COLUMN published_at INTEGER;"
	"ALTER TABLE link ADD COLUMN lastmod_at INTEGER;"
	"ALTER TABLE link ADD COLUMN depth INTEGER NOT NULL DEFAULT 1;"
	"ALTER TABLE link ADD COLUMN rel INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE link ADD COLUMN listed_at INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE source ADD COLUMN since INTEGER;"
	"ALTER TABLE source ADD COLUMN depth INTEGER NOT NULL DEFAULT 5;",
};
#define VERSION ((int)(sizeof steps / sizeof *steps))

const char *
schema_step(int n)
{
	return n >= 1 && n <= VERSION ? steps[n - 1] : NULL;
}

static enum error_code
pragma(struct store *s, const char *sql, int64_t *out, struct error *err)
{
	sqlite3_stmt *st = NULL;
	enum error_code code = OK;

	if (sqlite3_prepare_v2(s->db, sql, -1, &st, NULL) != SQLITE_OK ||
		sqlite3_step(st) != SQLITE_ROW)
		code = sqlite3_errcode(s->db) == SQLITE_NOTADB
			       ? error_set(err, ERR_FORMAT,
					 "%s: not a ledger: %s", s->path,
					 sqlite3_errmsg(s->db))
			       : sql_error(s, err, "pragma");
	else
		*out = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return code;
}

/* *version is 0 for a file with nothing in it. */
static enum error_code
read_version(struct store *s, int64_t *version, struct error *err)
{
	int64_t app = 0, tables = 0;
	enum error_code code = pragma(s, "PRAGMA application_id", &app, err);

	if (code == OK)
		code = pragma(s, "PRAGMA user_version", version, err);
	if (code == OK)
		code = pragma(
			s, "SELECT count(*) FROM sqlite_schema", &tables, err);
	if (code != OK)
		return code;
	if (app != APPLICATION_ID && (app != 0 || tables > 0))
		return error_set(err, ERR_FORMAT,
			"%s: a database, but not a ledger of dateline",
			s->path);
	if (*version > VERSION)
		return error_set(err, ERR_VERSION,
			"%s: made by a newer dateline (version %lld, this one "
			"knows %d)",
			s->path, (long long)*version, VERSION);
	return OK;
}

enum error_code
schema_check(struct store *s, struct error *err)
{
	int64_t version = 0;
	enum error_code code = read_version(s, &version, err);

	/* A writer that was just started has made the file and no more. */
	if (code == OK && version == 0)
		return error_set(err, ERR_NOT_FOUND,
			"%s: an empty file, no ledger yet", s->path);
	if (code == OK && version != VERSION)
		return error_set(err, ERR_FORMAT,
			"%s: a ledger of version %lld; a run migrates it",
			s->path, (long long)version);
	return code;
}

static enum error_code
run(struct store *s, const char *sql, struct error *err)
{
	return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK
		       ? OK
		       : sql_error(s, err, "migration");
}

/* The steps from that version on, and what the file then is. */
static enum error_code
take_steps(struct store *s, int64_t version, struct error *err)
{
	char *sql = sqlite3_mprintf("PRAGMA application_id = %d;"
				    " PRAGMA user_version = %d;",
		APPLICATION_ID, VERSION);
	enum error_code code =
		sql != NULL ? OK : error_set(err, ERR_NOMEM, "%s", s->path);

	for (; code == OK && version < VERSION; version++)
		code = run(s, steps[version], err);
	if (code == OK)
		code = run(s, sql, err);
	sqlite3_free(sql);
	return code;
}

/* In one transaction: who reads meanwhile sees the old version or the newest,
 * and one that fails has changed nothing. */
enum error_code
schema_migrate(struct store *s, struct error *err)
{
	int64_t version = 0;
	enum error_code code = read_version(s, &version, err);

	if (code != OK || version == VERSION)
		return code;
	code = run(s, "BEGIN IMMEDIATE", err);
	if (code != OK)
		return code;
	code = take_steps(s, version, err);
	if (code == OK)
		return run(s, "COMMIT", err);
	(void)run(s, "ROLLBACK", NULL); /* the first error counts */
	return code;
}
