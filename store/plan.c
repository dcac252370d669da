#include "internal.h"

typedef enum error_code
task_sink(const struct task *t, void *ctx, struct error *err);

enum error_code
store_task(struct store *s, struct arena *a, struct task *t, struct error *err)
{
	sqlite3_stmt *st = sql_prepare(s,
		"SELECT g.etag, g.last_modified, g.body FROM place p JOIN page "
		"g ON"
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
		t->body = sql_text(st, 2, a);
	}
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
	struct schedule known;
	bool found;
	enum error_code code;

	arena_reset(s->arena);
	code = source_schedule(s, src->name, &known, &found, err);
	if (code != OK)
		return code;
	known.interval = src->interval;
	if (!force && found && schedule_due(&known) > now)
		return OK;
	code = force ? OK : store_task(s, s->arena, &t, err);
	return code == OK ? emit(&t, ctx, err) : code;
}

static enum error_code
plan_links(struct store *s, int64_t now, const char *only, task_sink *emit,
	void *ctx, struct error *err)
{
	sqlite3_stmt *st = sql_prepare(s,
		"SELECT l.url, l.source, p.url FROM link l JOIN source s ON"
		" s.name = l.source AND s.enabled LEFT JOIN page g ON g.id ="
		" l.page LEFT JOIN place p ON p.n = g.place WHERE NOT "
		"l.fetched AND"
		" l.due_at <= ?2 AND (?1 IS NULL OR l.source = ?1) ORDER BY "
		"l.source, l.url",
		err);
	bool row = true;
	enum error_code code = st == NULL ? ERR_STORE : OK;

	if (code == OK)
		sql_bind(st, "si", only, now);
	while (code == OK && row) {
		struct task t = { .reason = "link" };

		code = sql_step(s, st, &row, err);
		if (code != OK || !row)
			break;
		arena_reset(s->arena);
		t.url = sql_text(st, 0, s->arena);
		t.source = sql_text(st, 1, s->arena);
		t.via = sql_text(st, 2, s->arena);
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
	return code == OK ? plan_links(s, now, only, emit, ctx, err) : code;
}
