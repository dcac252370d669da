/* What is known of each source: its schedule and its health. */
#include "internal.h"

#define SCHEDULE_COLUMNS                                                       \
	" name, interval, gap, coalesce(tried_at, ?1), not_before, streak,"    \
	" coalesce(new_at, ?1), usual, news "

static void
read_schedule(sqlite3_stmt *st, struct arena *a, struct schedule *out)
{
	*out = (struct schedule){
		.name = sql_text(st, 0, a),
		.interval = sqlite3_column_int64(st, 1),
		.gap = sqlite3_column_int64(st, 2),
		.tried_at = sqlite3_column_int64(st, 3),
		.not_before = sqlite3_column_int64(st, 4),
		.streak = sqlite3_column_int64(st, 5),
		.new_at = sqlite3_column_int64(st, 6),
		.usual = sqlite3_column_int64(st, 7),
		.news = sqlite3_column_int64(st, 8),
	};
}

enum error_code
source_schedule(struct store *s, const char *name, struct schedule *out,
	bool *found, struct error *err)
{
	sqlite3_stmt *st = sql_prepare(s,
		"SELECT" SCHEDULE_COLUMNS "FROM source WHERE name = ?2", err);
	enum error_code code;

	*found = false;
	*out = (struct schedule){ .name = name, .tried_at = SCHEDULE_NEVER };
	if (st == NULL)
		return ERR_STORE;
	sql_bind(st, "is", SCHEDULE_NEVER, name);
	code = sql_step(s, st, found, err);
	if (code == OK && *found) {
		read_schedule(st, s->arena, out);
		if (out->name == NULL)
			code = error_set(err, ERR_NOMEM, "no memory");
	}
	sqlite3_reset(st);
	return code;
}

/* *known is how the source was before. */
static enum error_code
tried(struct store *s, const struct schedule *known, int64_t at, bool ok,
	int64_t not_before, struct error *err)
{
	if (!ok)
		return sql_exec(s, err,
			"UPDATE source SET tried_at = ?2, streak = streak + 1,"
			" not_before = ?3 WHERE name = ?1",
			"sii", known->name, at, not_before);
	return sql_exec(s, err,
		"UPDATE source SET tried_at = ?2, success_at = ?2, streak = 0,"
		" changed = 0, gap = ?4, not_before = ?3 WHERE name = ?1",
		"siii", known->name, at, not_before,
		known->tried_at == SCHEDULE_NEVER
			? known->interval
			: schedule_grow(known->gap, known->interval));
}

enum error_code
store_source_tried(struct store *s, const char *source, int64_t at, bool ok,
	struct error *err)
{
	struct schedule known;
	bool found;
	enum error_code code;

	arena_reset(s->arena);
	code = source_schedule(s, source, &known, &found, err);
	return code == OK && found ? tried(s, &known, at, ok, 0, err) : code;
}

/* What the feed itself says, behind what its answer said. */
static enum error_code
stays_fresh(struct store *s, const struct task *t, struct error *err)
{
	enum error_code code = sql_exec(s, err,
		"UPDATE source SET not_before = max(not_before, ?3) WHERE name"
		" = ?2 AND url = ?1",
		"ssi", t->url, t->source, t->not_before);

	return code == OK ? sql_exec(s, err,
				    "UPDATE link SET due_at = max(due_at, ?3)"
				    " WHERE url = ?1 AND source = ?2 AND rel"
				    " <> 0",
				    "ssi", t->url, t->source, t->not_before)
			  : code;
}

enum error_code
source_task_ended(struct store *s, const struct task *t, struct error *err)
{
	const int64_t now = clock_now();
	struct schedule known;
	bool found = false, failed, mine = false;
	int64_t one;
	enum error_code code;

	if (t->reason == NULL)
		return OK;
	if (strcmp(t->reason, "fresh") == 0)
		return stays_fresh(s, t, err);
	failed = strcmp(t->reason, "failed") == 0;
	if (!failed && strcmp(t->reason, "fetched") != 0 &&
		strcmp(t->reason, "unchanged") != 0)
		return OK;
	code = sql_number(s, err, &mine, &one,
		"SELECT 1 FROM source WHERE name = ?1 AND url = ?2", "ss",
		t->source, t->url);
	if (code != OK || !mine)
		return code == OK ? link_ended(s, t, !failed, now, err) : code;
	arena_reset(s->arena);
	code = source_schedule(s, t->source, &known, &found, err);
	return code == OK && found
		       ? tried(s, &known, now, !failed, t->not_before, err)
		       : code;
}

enum error_code
source_has_news(
	struct store *s, const char *name, int64_t at, struct error *err)
{
	struct schedule known;
	bool found;
	int64_t usual;
	enum error_code code;

	arena_reset(s->arena);
	code = source_schedule(s, name, &known, &found, err);
	/* One fetch that brings ten pages is news once. */
	if (code != OK || !found || at <= known.new_at)
		return code;
	usual = known.new_at == SCHEDULE_NEVER
			? 0
			: schedule_usual(known.usual, at - known.new_at);
	return sql_exec(s, err,
		"UPDATE source SET new_at = ?2, usual = ?3, news = news + 1,"
		" gap = CASE WHEN changed THEN gap ELSE ?4 END, changed = 1"
		" WHERE name = ?1",
		"siii", name, at, usual,
		schedule_shrink(known.gap, known.interval));
}

static int64_t
or_zero(int64_t at)
{
	return at == SCHEDULE_NEVER ? 0 : at;
}

enum error_code
store_sources_health(struct store *s, int64_t now,
	enum error_code (*row)(
		const struct source_health *h, void *ctx, struct error *err),
	void *ctx, struct error *err)
{
	sqlite3_stmt *st = sql_prepare(s,
		"SELECT" SCHEDULE_COLUMNS ", kind, url, coalesce(success_at,"
		" 0), (SELECT count(*) FROM link l WHERE l.source ="
		" source.name AND NOT l.fetched AND l.rel = 0 AND l.depth <="
		" source.depth AND coalesce(l.published_at, l.lastmod_at,"
		" ?2) >= coalesce(source.since, ?1)) FROM source WHERE enabled"
		" ORDER BY name",
		err);
	bool more = true;
	enum error_code code = st == NULL ? ERR_STORE : OK;

	if (code == OK)
		sql_bind(st, "ii", SCHEDULE_NEVER, INT64_MAX);
	while (code == OK && more) {
		struct source_health h;
		struct schedule known;

		code = sql_step(s, st, &more, err);
		if (code != OK || !more)
			break;
		arena_reset(s->arena);
		read_schedule(st, s->arena, &known);
		h = (struct source_health){
			.name = known.name,
			.kind = sql_text(st, 9, s->arena),
			.url = sql_text(st, 10, s->arena),
			.success_at = sqlite3_column_int64(st, 11),
			.links = sqlite3_column_int64(st, 12),
			.new_at = or_zero(known.new_at),
			.tried_at = or_zero(known.tried_at),
			.streak = known.streak,
			.silent = schedule_silent(&known, now),
		};
		if (h.name == NULL)
			code = error_set(err, ERR_NOMEM, "no memory");
		else
			h.due_at = or_zero(schedule_due(&known));
		if (code == OK)
			code = row(&h, ctx, err);
	}
	if (st != NULL)
		sqlite3_reset(st);
	return code;
}
