/*
 * The one-pass reader held against SQLite's: what it takes for JSON, SQLite
 * does too, and the other way round but for what json.h refuses (text that is
 * not UTF-8, NUL, half of a surrogate pair, depth, large numbers); the values
 * are the same.
 */
#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "core/core.h"
#include "core/json.h"

#define DIGITS_SAFE 19 /* a number of fewer fits 64 bits */

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct values {
	const char *text;
	int64_t whole;
	double real;
	bool truth;
};

static const struct json_key keys[] = {
	JSON_MAY("text", json_str, struct values, text),
	JSON_MAY("whole", json_int, struct values, whole),
	JSON_MAY("real", json_real, struct values, real),
	JSON_MAY("truth", json_bool, struct values, truth),
};

/* Something that json.h refuses and SQLite does not may be in text. */
static bool
may_be_refused(struct span text)
{
	int depth = 0, digits = 0;
	bool exponent = false;

	if (utf8_valid_prefix(text) != text.len ||
		span_find(text, 0, span_str("\\u0000")) != SIZE_MAX ||
		span_find(text, 0, span_str("\\ud")) != SIZE_MAX ||
		span_find(text, 0, span_str("\\uD")) != SIZE_MAX)
		return true;
	/* Those in strings count too: at most it is not compared. */
	for (size_t i = 0; i < text.len; i++) {
		depth += text.ptr[i] == '[' || text.ptr[i] == '{';
		digits = text.ptr[i] >= '0' && text.ptr[i] <= '9' ? digits + 1
								  : 0;
		if (text.ptr[i] == 'e' || text.ptr[i] == 'E')
			exponent = true;
		if (digits >= DIGITS_SAFE || (exponent && digits > 2) ||
			text.ptr[i] == '\0' || depth > RECORD_DEPTH_MAX)
			return true;
	}
	return false;
}

/* Run sql on text; true if the first row's first column is not NULL. */
static bool
ask(sqlite3_stmt *st, struct span text)
{
	sqlite3_reset(st);
	sqlite3_bind_text64(st, 1, text.ptr != NULL ? text.ptr : "", text.len,
		SQLITE_STATIC, SQLITE_UTF8);
	return sqlite3_step(st) == SQLITE_ROW &&
	       sqlite3_column_type(st, 0) != SQLITE_NULL;
}

static void
compare(sqlite3_stmt *st, struct span text, const struct values *v)
{
	if (!ask(st, text))
		return;
	if (sqlite3_column_type(st, 1) == SQLITE_TEXT &&
		(v->text == NULL ||
			strcmp(v->text,
				(const char *)sqlite3_column_text(st, 1)) != 0))
		abort();
	if (sqlite3_column_type(st, 2) == SQLITE_INTEGER &&
		v->whole != sqlite3_column_int64(st, 2))
		abort();
	if (sqlite3_column_type(st, 3) != SQLITE_NULL &&
		fabs(v->real - sqlite3_column_double(st, 3)) >
			1e-12 * fabs(v->real))
		abort();
	if (sqlite3_column_type(st, 4) != SQLITE_NULL &&
		v->truth != (sqlite3_column_int(st, 4) != 0))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *arena;
	static sqlite3 *db;
	static sqlite3_stmt *valid, *get;
	struct span text = span_of((const char *)data, size);
	struct json_in in;
	struct values v = { 0 };
	enum error_code code;
	bool other;

	if (arena == NULL &&
		((arena = arena_new(64 << 20)) == NULL ||
			sqlite3_open(":memory:", &db) != SQLITE_OK ||
			sqlite3_prepare_v2(db,
				"SELECT nullif(json_valid(?1), 0)", -1, &valid,
				NULL) != SQLITE_OK ||
			sqlite3_prepare_v2(db,
				"SELECT 1, ?1 ->> '$.text', ?1 ->> '$.whole',"
				" ?1 ->> '$.real', ?1 ->> '$.truth'",
				-1, &get, NULL) != SQLITE_OK))
		abort();
	arena_reset(arena);
	code = json_begin(&in, text, "it", arena, NULL);
	if (code == OK)
		code = json_skip(&in);
	if (code == OK)
		code = json_end(&in);
	other = ask(valid, text);
	if (code == OK && !other)
		abort();
	if (code != OK && other && !may_be_refused(text))
		abort();
	if (code == OK && !may_be_refused(text) &&
		json_begin(&in, text, "it", arena, NULL) == OK &&
		json_object(&in, "it", keys, sizeof keys / sizeof *keys, &v) ==
			OK)
		compare(get, text, &v);
	return 0;
}
