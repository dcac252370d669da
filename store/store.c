#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOCK_TRIES   40
#define LOCK_WAIT_US 50000
#define BUSY_MS	     10000 /* a reader waits so long for a checkpoint */

enum error_code
sql_error(struct store *s, struct error *err, const char *what)
{
	return error_set(err, ERR_STORE, "%s: %s: %s", s->path, what,
		sqlite3_errmsg(s->db));
}

sqlite3_stmt *
sql_prepare(struct store *s, const char *sql, struct error *err)
{
	size_t i;

	for (i = 0; i < s->nstmt; i++)
		if (s->sql[i] == sql) {
			sqlite3_reset(s->stmt[i]);
			sqlite3_clear_bindings(s->stmt[i]);
			return s->stmt[i];
		}
	if (s->nstmt == STATEMENTS_MAX) {
		(void)error_set(err, ERR_LIMIT, "too many statements");
		return NULL;
	}
	if (sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT,
		    &s->stmt[i], NULL) != SQLITE_OK) {
		(void)sql_error(s, err, sql);
		return NULL;
	}
	s->sql[s->nstmt++] = sql;
	return s->stmt[i];
}

static void
bind_list(sqlite3_stmt *st, const char *types, va_list ap)
{
	for (int i = 1; types[i - 1] != '\0'; i++)
		switch (types[i - 1]) {
		case 'i':
			sqlite3_bind_int64(st, i, va_arg(ap, int64_t));
			break;
		case 'd':
			sqlite3_bind_double(st, i, va_arg(ap, double));
			break;
		case 'S': {
			struct span v = va_arg(ap, struct span);

			sqlite3_bind_text64(st, i, v.ptr, v.len, SQLITE_STATIC,
				SQLITE_UTF8);
			break;
		}
		default:
			sqlite3_bind_text(st, i, va_arg(ap, const char *), -1,
				SQLITE_STATIC);
			break;
		}
}

void
sql_bind(sqlite3_stmt *st, const char *types, ...)
{
	va_list ap;

	va_start(ap, types);
	bind_list(st, types, ap);
	va_end(ap);
}

enum error_code
sql_step(struct store *s, sqlite3_stmt *st, bool *row, struct error *err)
{
	int rc = sqlite3_step(st);

	*row = rc == SQLITE_ROW;
	return rc == SQLITE_ROW || rc == SQLITE_DONE
		       ? OK
		       : sql_error(s, err, "reading or writing");
}

enum error_code
sql_run(struct store *s, sqlite3_stmt *st, struct error *err)
{
	bool row = true;
	enum error_code code = OK;

	while (code == OK && row)
		code = sql_step(s, st, &row, err);
	sqlite3_reset(st);
	return code;
}

enum error_code
sql_exec(struct store *s, struct error *err, const char *sql, const char *types,
	...)
{
	sqlite3_stmt *st = sql_prepare(s, sql, err);
	va_list ap;

	if (st == NULL)
		return err != NULL ? err->code : ERR_STORE;
	va_start(ap, types);
	bind_list(st, types, ap);
	va_end(ap);
	return sql_run(s, st, err);
}

const char *
sql_text(sqlite3_stmt *st, int column, struct arena *a)
{
	const unsigned char *t = sqlite3_column_text(st, column);

	return t == NULL ? NULL
			 : arena_strndup(a, (const char *)t,
				   (size_t)sqlite3_column_bytes(st, column));
}

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
open_database(struct store *s, struct error *err)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
		    (s->writing ? SQLITE_OPEN_CREATE : 0);
	const char *setup = s->writing ? "PRAGMA journal_mode = WAL;"
					 "PRAGMA synchronous = FULL;"
					 "PRAGMA foreign_keys = ON;"
					 "PRAGMA trusted_schema = OFF;"
				       : "PRAGMA query_only = ON;"
					 "PRAGMA trusted_schema = OFF;";
	enum error_code code;

	if (sqlite3_open_v2(s->path, &s->db, flags, NULL) != SQLITE_OK)
		return sql_error(s, err, "opening");
	sqlite3_busy_timeout(s->db, BUSY_MS);
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
	return s->writing ? schema_migrate(s, err) : OK;
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
	s->in_transaction = false;
}

const struct store_counts *
store_counts(const struct store *s)
{
	return &s->counts;
}
