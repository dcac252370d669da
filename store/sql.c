/* SQLite's C interface, in the forms that store needs. */
#include "internal.h"

#include <stdarg.h>

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
bind_span(sqlite3_stmt *st, int i, struct span v, bool bytes)
{
	if (bytes)
		sqlite3_bind_blob64(st, i, v.ptr, v.len, SQLITE_STATIC);
	else
		sqlite3_bind_text64(
			st, i, v.ptr, v.len, SQLITE_STATIC, SQLITE_UTF8);
}

static void
bind_list(sqlite3_stmt *st, const char *types, va_list ap)
{
	int64_t n;

	for (int i = 1; types[i - 1] != '\0'; i++)
		switch (types[i - 1]) {
		case 'i':
			sqlite3_bind_int64(st, i, va_arg(ap, int64_t));
			break;
		case 'n':
			n = va_arg(ap, int64_t);
			if (n != 0)
				sqlite3_bind_int64(st, i, n);
			else
				sqlite3_bind_null(st, i);
			break;
		case 'd':
			sqlite3_bind_double(st, i, va_arg(ap, double));
			break;
		case 'S':
		case 'B':
			bind_span(st, i, va_arg(ap, struct span),
				types[i - 1] == 'B');
			break;
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

enum error_code
sql_number(struct store *s, struct error *err, bool *found, int64_t *out,
	const char *sql, const char *types, ...)
{
	sqlite3_stmt *st = sql_prepare(s, sql, err);
	enum error_code code;
	va_list ap;

	*found = false;
	*out = 0;
	if (st == NULL)
		return err != NULL ? err->code : ERR_STORE;
	va_start(ap, types);
	bind_list(st, types, ap);
	va_end(ap);
	code = sql_step(s, st, found, err);
	if (code == OK && *found)
		*out = sqlite3_column_int64(st, 0);
	sqlite3_reset(st);
	return code;
}

struct span
sql_span(sqlite3_stmt *st, int column)
{
	const void *p = sqlite3_column_type(st, column) == SQLITE_BLOB
				? sqlite3_column_blob(st, column)
				: sqlite3_column_text(st, column);

	return span_of(p, (size_t)sqlite3_column_bytes(st, column));
}

const char *
sql_text(sqlite3_stmt *st, int column, struct arena *a)
{
	const unsigned char *t = sqlite3_column_text(st, column);

	return t == NULL ? NULL
			 : arena_strndup(a, (const char *)t,
				   (size_t)sqlite3_column_bytes(st, column));
}
