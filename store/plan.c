#include "internal.h"

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

enum error_code
store_listing(struct store *s, const char *url, const char *source, bool *is,
	struct error *err)
{
	int64_t one;

	/* Of such a page there is neither a document nor a problem. */
	return sql_number(s, err, is, &one,
		"SELECT 1 FROM place p JOIN page g ON g.asked = p.n WHERE p.url"
		" = ?1 AND p.source = ?2 AND NOT EXISTS(SELECT 1 FROM document"
		" d WHERE d.place = g.place) AND NOT EXISTS(SELECT 1 FROM"
		" refused r WHERE r.place = g.place AND r.body = g.body)"
		" LIMIT 1",
		"ss", url, source);
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

enum error_code
store_plan(struct store *s, const struct sources *src, const struct plan *p,
	task_sink *emit, void *ctx, struct error *err)
{
	enum error_code code = OK;

	if (p->only != NULL && sources_find(src, p->only) == NULL)
		return error_set(
			err, ERR_NOT_FOUND, "no source \"%s\"", p->only);
	for (size_t i = 0; code == OK && i < src->n && !p->links; i++) {
		const struct source *c = &src->list[i];

		if (!c->enabled || strcmp(c->name, SOURCE_COMMAND_LINE) == 0 ||
			(p->only != NULL && strcmp(c->name, p->only) != 0))
			continue;
		code = plan_source(s, c, p->now, p->force, emit, ctx, err);
	}
	return code == OK ? links_plan(s, p, emit, ctx, err) : code;
}
