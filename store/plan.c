#include "internal.h"

typedef enum error_code
task_sink(const struct task *t, void *ctx, struct error *err);

enum error_code
store_task(struct store *s, struct arena *a, struct task *t, struct error *err)
{
	sqlite3_stmt *st = sql_prepare(s,
		"SELECT g.etag, g.last_modified FROM place p JOIN page g ON"
		" g.asked = p.n WHERE p.url = ?1 ORDER BY g.fetched_at DESC,"
		" g.file DESC, g.offset DESC LIMIT 1",
		err);
	bool row;
	enum error_code code;

	if (st == NULL)
		return ERR_STORE;
	sql_bind(st, "s", t->url);
	code = sql_step(s, st, &row, err);
	if (code == OK && row) {
		t->etag = sql_text(st, 0, a);
		t->last_modified = sql_text(st, 1, a);
	}
	sqlite3_reset(st);
	return code;
}

enum error_code
store_source_tried(struct store *s, const char *source, int64_t at, bool ok,
	struct error *err)
{
	return sql_exec(s, err,
		"UPDATE source SET tried_at = ?2, streak = CASE WHEN ?3 THEN 0"
		" ELSE streak + 1 END WHERE name = ?1",
		"sii", source, at, (int64_t)ok);
}

static enum error_code
last_tried(struct store *s, const char *source, int64_t *at, struct error *err)
{
	sqlite3_stmt *st = sql_prepare(
		s, "SELECT tried_at FROM source WHERE name = ?1", err);
	bool row;
	enum error_code code;

	*at = INT64_MIN;
	if (st == NULL)
		return ERR_STORE;
	sql_bind(st, "s", source);
	code = sql_step(s, st, &row, err);
	if (code == OK && row && sqlite3_column_type(st, 0) != SQLITE_NULL)
		*at = sqlite3_column_int64(st, 0);
	sqlite3_reset(st);
	return code;
}

static enum error_code
plan_source(struct store *s, const struct source *src, int64_t now, bool force,
	task_sink *emit, void *ctx, struct error *err)
{
	struct task t = {
		.url = src->url,
		.source = src->name,
		.reason = force ? "forced" : "due",
	};
	int64_t at;
	enum error_code code = last_tried(s, src->name, &at, err);

	if (code != OK)
		return code;
	if (!force && at != INT64_MIN && at + src->interval > now)
		return OK;
	arena_reset(s->arena);
	code = force ? OK : store_task(s, s->arena, &t, err);
	return code == OK ? emit(&t, ctx, err) : code;
}

static enum error_code
plan_links(struct store *s, const char *only, task_sink *emit, void *ctx,
	struct error *err)
{
	sqlite3_stmt *st = sql_prepare(s,
		"SELECT l.url, l.source FROM link l JOIN source s ON"
		" s.name = l.source AND s.enabled WHERE NOT l.fetched AND"
		" (?1 IS NULL OR l.source = ?1) ORDER BY l.source, l.url",
		err);
	bool row = true;
	enum error_code code = st == NULL ? ERR_STORE : OK;

	if (code == OK)
		sql_bind(st, "s", only);
	while (code == OK && row) {
		struct task t = { .reason = "link" };

		code = sql_step(s, st, &row, err);
		if (code != OK || !row)
			break;
		arena_reset(s->arena);
		t.url = sql_text(st, 0, s->arena);
		t.source = sql_text(st, 1, s->arena);
		code = emit(&t, ctx, err);
	}
	sqlite3_reset(st);
	return code;
}

enum error_code
store_plan(struct store *s, const struct sources *src, int64_t now, bool force,
	const char *only, task_sink *emit, void *ctx, struct error *err)
{
	enum error_code code = OK;

	if (only != NULL && sources_find(src, only) == NULL)
		return error_set(err, ERR_NOT_FOUND, "no source \"%s\"", only);
	for (size_t i = 0; code == OK && i < src->n; i++) {
		const struct source *c = &src->list[i];

		if (!c->enabled || strcmp(c->name, SOURCE_COMMAND_LINE) == 0 ||
			(only != NULL && strcmp(c->name, only) != 0))
			continue;
		code = plan_source(s, c, now, force, emit, ctx, err);
	}
	return code == OK ? plan_links(s, only, emit, ctx, err) : code;
}
