#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOCK_TRIES   40
#define LOCK_WAIT_US 50000
#define BUSY_MS	     10000 /* a reader waits so long for a checkpoint */

static enum error_code
take_lock(struct store *s, struct error *err)
{
	char *path = arena_printf(s->arena, "%s.lock", s->path);

	if (path == NULL)
		return error_set(err, ERR_NOMEM, "%s", s->path);
	s->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (s->lock_fd < 0)
		return error_sys(err, errno, "%s", path);
	/* `plan` in front of `store` in one pipe holds it for a moment. */
	for (int tries = 0; tries < LOCK_TRIES; tries++) {
		if (flock(s->lock_fd, LOCK_EX | LOCK_NB) == 0)
			return OK;
		if (errno != EWOULDBLOCK)
			break;
		(void)usleep(LOCK_WAIT_US);
	}
	return errno == EWOULDBLOCK
		       ? error_set(err, ERR_BUSY,
				 "%s: another run holds the lock", s->path)
		       : error_sys(err, errno, "%s", path);
}

static enum error_code
prepare_writing(struct store *s, struct error *err)
{
	int64_t one;
	enum error_code code = schema_migrate(s, err);

	return code == OK ? sql_number(s, err, &s->has_recorded, &one,
				    "SELECT 1 FROM recorded LIMIT 1", "")
			  : code;
}

/* fold(TEXT): names as they are compared. */
static void
sql_fold(sqlite3_context *ctx, int n, sqlite3_value **arg)
{
	struct store *s = sqlite3_user_data(ctx);
	const char *text = (const char *)sqlite3_value_text(arg[0]);

	(void)n;
	buffer_reset(&s->tmp);
	if (text == NULL || utf8_fold_name(span_str(text), &s->tmp) != OK)
		sqlite3_result_null(ctx);
	else
		sqlite3_result_text64(ctx, s->tmp.ptr, s->tmp.len,
			SQLITE_TRANSIENT, SQLITE_UTF8);
}

/* Whatever the file says, nothing of it is run; a page that is not what it
 * says is an error; 64 MiB of pages stay in memory. */
#define SETUP                                                                  \
	"PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"            \
	"PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536;"

/* Nobody here may write beside the ledger, and nobody is writing it: what is
 * in its log of writes would not be seen. */
static bool
is_still(struct store *s)
{
	char *wal = arena_printf(s->arena, "%s-wal", s->path);
	char *dir = arena_strdup(s->arena, s->path);
	char *slash = dir != NULL ? strrchr(dir, '/') : NULL;
	struct stat st;

	if (wal == NULL || dir == NULL)
		return false;
	if (slash != NULL)
		slash[slash == dir] = '\0';
	return (access(s->path, W_OK) != 0 ||
		       access(slash != NULL ? dir : ".", W_OK) != 0) &&
	       (stat(wal, &st) != 0 || st.st_size == 0);
}

/* SQLite keeps what readers share in a file beside the ledger; where it cannot
 * make one, it reads the ledger as a file that does not change. */
static const char *
still_uri(struct store *s)
{
	buffer_reset(&s->tmp);
	/* Two slashes at the beginning would be a host. */
	buffer_add_str(&s->tmp, s->path[0] == '/' ? "file://" : "file:");
	for (const char *p = s->path; *p != '\0'; p++)
		if (strchr("%?#", *p) != NULL)
			buffer_printf(&s->tmp, "%%%02X", (unsigned char)*p);
		else
			buffer_add_char(&s->tmp, *p);
	buffer_add_str(&s->tmp, "?immutable=1");
	return s->tmp.code == OK ? arena_strdup(s->arena, s->tmp.ptr) : NULL;
}

static enum error_code
open_file(struct store *s, struct error *err)
{
	const char *path = s->path;
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
		    (s->writing ? SQLITE_OPEN_CREATE : 0);

	if (!s->writing && is_still(s)) {
		path = still_uri(s);
		flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX |
			SQLITE_OPEN_URI;
	}
	if (path == NULL)
		return error_set(err, ERR_NOMEM, "%s", s->path);
	return sqlite3_open_v2(path, &s->db, flags, NULL) == SQLITE_OK
		       ? OK
		       : sql_error(s, err, "opening");
}

static enum error_code
open_database(struct store *s, struct error *err)
{
	const char *setup =
		s->writing
			? "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL;"
			  "PRAGMA synchronous = FULL;"
			  "PRAGMA wal_autocheckpoint = 16000;"
			  "PRAGMA foreign_keys = ON;" SETUP
			: "PRAGMA query_only = ON;" SETUP;
	enum error_code code = open_file(s, err);

	if (code != OK)
		return code;
	sqlite3_busy_timeout(s->db, BUSY_MS);
	if (sqlite3_create_function(s->db, "fold", 1,
		    SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, s,
		    sql_fold, NULL, NULL) != SQLITE_OK)
		return sql_error(s, err, "opening");
	(void)sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	/* What the file is, before anything is written to it. */
	if (!s->writing) {
		code = schema_check(s, err);
		if (code != OK)
			return code;
	}
	if (sqlite3_exec(s->db, setup, NULL, NULL, NULL) != SQLITE_OK)
		return sqlite3_errcode(s->db) == SQLITE_NOTADB
			       ? error_set(err, ERR_FORMAT,
					 "%s: not a ledger: %s", s->path,
					 sqlite3_errmsg(s->db))
			       : sql_error(s, err, "opening");
	return s->writing ? prepare_writing(s, err) : OK;
}

enum error_code
store_open(const char *path, enum store_mode mode, struct store **out,
	struct error *err)
{
	struct store *s = calloc(1, sizeof *s);
	struct stat st;
	enum error_code code = OK;

	*out = NULL;
	if (s == NULL)
		return error_set(err, ERR_NOMEM, "%s", path);
	s->path = path;
	s->lock_fd = -1;
	s->writing = mode == STORE_WRITE;
	buffer_init(&s->tmp, RECORD_LINE_MAX);
	s->arena = arena_new(STORE_ARENA_MAX);
	buffer_init(&s->place.url, RECORD_LINE_MAX);
	buffer_init(&s->place.source, RECORD_LINE_MAX);
	code = facts_init(&s->facts, err);
	if (s->arena == NULL)
		code = error_set(err, ERR_NOMEM, "%s", path);
	else if (!s->writing && stat(path, &st) != 0)
		code = errno == ENOENT
			       ? error_set(err, ERR_NOT_FOUND,
					 "%s: there is no such ledger", path)
			       : error_sys(err, errno, "%s", path);
	if (code == OK && s->writing)
		code = take_lock(s, err);
	if (code == OK)
		code = open_database(s, err);
	if (code != OK) {
		store_close(s);
		return code;
	}
	*out = s;
	return OK;
}

void
store_close(struct store *s)
{
	if (s == NULL)
		return;
	if (s->in_transaction)
		store_rollback(s);
	for (size_t i = 0; i < s->nstmt; i++)
		sqlite3_finalize(s->stmt[i]);
	sqlite3_close(s->db);
	if (s->lock_fd >= 0)
		(void)close(s->lock_fd); /* the lock goes with it */
	buffer_release(&s->tmp);
	buffer_release(&s->place.url);
	buffer_release(&s->place.source);
	facts_release(&s->facts);
	arena_free(s->arena);
	free(s);
}

enum error_code
store_run_begin(struct store *s, const char *verb, const char *rules,
	const char *parser, struct error *err)
{
	enum error_code code = sql_exec(s, err,
		"INSERT INTO run(verb, rules, parser, started_at, status)"
		" VALUES(?1, ?2, ?3, ?4, 'running')",
		"sssi", verb, rules, parser, clock_now());

	s->run = sqlite3_last_insert_rowid(s->db);
	s->counts = (struct store_counts){ 0 };
	return code;
}

enum error_code
store_run_end(struct store *s, const char *status, struct error *err)
{
	const struct store_counts *c = &s->counts;

	return sql_exec(s, err,
		"UPDATE run SET ended_at = ?2, status = ?3, pages = ?4,"
		" documents = ?5, claims_new = ?6, claims_closed = ?7,"
		" problems = ?8 WHERE id = ?1",
		"iisiiiii", s->run, clock_now(), status, c->pages, c->documents,
		c->claims_new, c->claims_closed, c->problems);
}

enum error_code
store_begin(struct store *s, struct error *err)
{
	enum error_code code = sql_exec(s, err, "BEGIN IMMEDIATE", "");

	s->in_transaction = code == OK;
	return code;
}

enum error_code
store_commit(struct store *s, struct error *err)
{
	enum error_code code = facts_derive(s, err);

	if (code == OK)
		code = sql_exec(s, err, "COMMIT", "");
	if (code != OK)
		store_rollback(s);
	s->in_transaction = false;
	return code;
}

void
store_rollback(struct store *s)
{
	if (!sqlite3_get_autocommit(s->db))
		(void)sql_exec(s, NULL, "ROLLBACK", ""); /* nothing to add */
	/* What is remembered may not be there any more. */
	s->place.n = 0;
	facts_forget(&s->facts);
	s->in_transaction = false;
}

const struct store_counts *
store_counts(const struct store *s)
{
	return &s->counts;
}
