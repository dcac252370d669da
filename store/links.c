/* The queue of what pages point to. */
#include "internal.h"

#define LINK_TRIES_MAX 10   /* of a page; a listing is never given up */
#define LINK_INTERVAL  3600 /* seconds between the first two tries */
#define GUESS_INTERVAL (30 * (int64_t)SCHEDULE_DAY) /* of what is not there */

/* What is listed again may be nearer, or dated, or have changed. */
static enum error_code
listed_again(struct store *s, const struct link *l, int64_t depth, int64_t now,
	struct error *err)
{
	bool named = strcmp(l->source, SOURCE_COMMAND_LINE) == 0;
	enum error_code code = sql_exec(s, err,
		"UPDATE link SET published_at = coalesce(?3, published_at),"
		" depth = min(depth, ?4), lastmod = ?5, lastmod_at = ?6,"
		" fetched = fetched AND NOT (rel <> 0 AND lastmod IS NOT ?5),"
		" due_at = CASE WHEN rel <> 0 AND lastmod IS NOT ?5 THEN 0"
		" ELSE due_at END WHERE url = ?1 AND source = ?2 AND"
		" (coalesce(?3, published_at) IS NOT published_at OR depth >"
		" ?4 OR lastmod IS NOT ?5)",
		"ssnisn", l->url, l->source, l->published_at, depth, l->lastmod,
		l->lastmod_at);

	/* What was taken for a page, or guessed, is named as a listing. */
	if (code == OK && l->rel != LINK_PAGE)
		code = sql_exec(s, err,
			"UPDATE link SET rel = ?3, fetched = 0, due_at = 0"
			" WHERE url = ?1 AND source = ?2 AND (rel = 0 OR (?3 ="
			" ?4 AND rel <> ?4))",
			"ssii", l->url, l->source, (int64_t)l->rel,
			(int64_t)LINK_LISTING);
	/* What a command names is followed when it is named. */
	if (code == OK && named)
		code = sql_exec(s, err,
			"UPDATE link SET listed_at = ?3 WHERE url = ?1 AND"
			" source = ?2",
			"ssi", l->url, l->source, now);
	return code;
}

/* How far the page's links are from their source.  One that was guessed to
 * list others, and does, is a listing. */
static enum error_code
depth_of(struct store *s, const char *page, int64_t *depth, struct error *err)
{
	int64_t both = 0;
	bool found;
	enum error_code code = sql_number(s, err, &found, &both,
		"SELECT k.depth * 4 + k.rel FROM page g JOIN place p ON p.n ="
		" g.asked JOIN link k ON k.url = p.url AND k.source = p.source"
		" WHERE g.id = ?1",
		"s", page);

	*depth = both / 4 + 1;
	if (code != OK || both % 4 != LINK_GUESS)
		return code;
	return sql_exec(s, err,
		"UPDATE link SET rel = ?2, due_at = (SELECT g.fetched_at +"
		" q.interval FROM page g JOIN source q ON q.name = link.source"
		" WHERE g.id = ?1) WHERE (url, source) = (SELECT p.url,"
		" p.source FROM page g JOIN place p ON p.n = g.asked WHERE"
		" g.id = ?1)",
		"si", page, (int64_t)LINK_LISTING);
}

enum error_code
link_put(struct store *s, const struct link *l, struct error *err)
{
	const int64_t now = clock_now();
	int64_t depth;
	enum error_code code = depth_of(s, l->page, &depth, err);

	if (code == OK)
		code = sql_exec(s, err,
			"INSERT INTO link(url, source, page, title, published,"
			" guid, lastmod, published_at, lastmod_at, depth, rel,"
			" listed_at, fetched) VALUES(?1, ?2, ?3, ?4, ?5, ?6,"
			" ?7, ?8, ?9, ?10, ?11, ?12, ?11 = 0 AND EXISTS(SELECT"
			" 1 FROM place p JOIN page g ON g.asked = p.n WHERE"
			" p.url = ?1)) ON CONFLICT DO NOTHING",
			"sssssssnniii", l->url, l->source, l->page, l->title,
			l->published, l->guid, l->lastmod, l->published_at,
			l->lastmod_at, depth, (int64_t)l->rel, now);
	if (code == OK && sqlite3_changes(s->db) > 0) {
		s->counts.links++;
		return OK;
	}
	return code == OK ? listed_again(s, l, depth, now, err) : code;
}

/* A listing is asked for when its source is; one that says when it changed,
 * when it says that it has. */
static enum error_code
link_succeeded(
	struct store *s, const struct task *t, int64_t now, struct error *err)
{
	/* Of a page it does not matter whose link was followed. */
	enum error_code code = sql_exec(s, err,
		"UPDATE link SET fetched = 1 WHERE url = ?1 AND source <> ?2"
		" AND rel = 0 AND NOT fetched",
		"ss", t->url, t->source);

	if (code != OK)
		return code;
	return sql_exec(s, err,
		"UPDATE link SET fetched = (rel = 0 OR lastmod IS NOT NULL),"
		" streak = 0, due_at = max(?4, ?3 + CASE rel WHEN ?5 THEN ?6"
		" ELSE coalesce((SELECT interval FROM source WHERE name = ?2),"
		" 0) END) WHERE url = ?1 AND source = ?2",
		"ssiiii", t->url, t->source, now, t->not_before,
		(int64_t)LINK_GUESS, GUESS_INTERVAL);
}

enum error_code
link_ended(struct store *s, const struct task *t, bool ok, int64_t now,
	struct error *err)
{
	int64_t streak = 0, due;
	bool found = false;
	enum error_code code;

	if (ok)
		return link_succeeded(s, t, now, err);
	code = sql_number(s, err, &found, &streak,
		"SELECT streak + 1 FROM link WHERE url = ?1 AND source = ?2",
		"ss", t->url, t->source);
	if (code != OK || !found)
		return code;
	due = now + schedule_backoff(LINK_INTERVAL, streak);
	if (due < t->not_before)
		due = t->not_before;
	/* Others that name the page do not ask at once again. */
	code = sql_exec(s, err,
		"UPDATE link SET due_at = max(due_at, ?3) WHERE url = ?1 AND"
		" source <> ?2 AND rel = 0 AND NOT fetched",
		"ssi", t->url, t->source, due);
	if (code != OK)
		return code;
	return sql_exec(s, err,
		"UPDATE link SET streak = ?3, due_at = CASE WHEN rel = ?6 THEN"
		" ?7 ELSE ?4 END, fetched = (rel = 0 AND ?5) WHERE url = ?1"
		" AND source = ?2",
		"ssiiiii", t->url, t->source, streak, due,
		(int64_t)(streak >= LINK_TRIES_MAX), (int64_t)LINK_GUESS,
		now + GUESS_INTERVAL);
}

static enum error_code
emit_link(struct store *s, sqlite3_stmt *st, task_sink *emit, void *ctx,
	struct error *err)
{
	static const char *const reasons[LINK_RELS] = {
		[LINK_PAGE] = "link",
		[LINK_LISTING] = "listing",
		[LINK_GUESS] = "guess",
	};
	int64_t rel = sqlite3_column_int64(st, 2);
	struct task t = {
		.url = sql_text(st, 0, s->arena),
		.source = sql_text(st, 1, s->arena),
		.via = sql_text(st, 4, s->arena),
		.reason = reasons[rel >= 0 && rel < LINK_RELS ? rel : 0],
	};
	enum error_code code = OK;

	if (t.url == NULL || t.source == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	/* What was there before may be unchanged. */
	if (rel != LINK_PAGE && sqlite3_column_int64(st, 3) == 0)
		code = store_task(s, s->arena, &t, err);
	return code == OK ? emit(&t, ctx, err) : code;
}

/* A source that points to itself is asked for when it is due, not as a link. */
enum error_code
links_plan(struct store *s, const struct plan *p, task_sink *emit, void *ctx,
	struct error *err)
{
	sqlite3_stmt *st = sql_prepare(s,
		"SELECT l.url, l.source, l.rel, ?3, p.url FROM link l JOIN"
		" source s ON s.name = l.source LEFT JOIN page g ON g.id ="
		" l.page LEFT JOIN place p ON p.n = g.place WHERE (NOT "
		"l.fetched OR (?3 AND l.rel <>"
		" 0)) AND (?3 OR l.due_at <= ?2) AND CASE WHEN l.source = ?4"
		" THEN l.listed_at >= ?5 ELSE s.enabled END AND (?1 IS NULL OR"
		" l.source = ?1) AND l.url IS NOT s.url AND"
		" l.depth <= s.depth AND"
		" coalesce(l.published_at, l.lastmod_at, ?6) >= coalesce(?7,"
		" s.since, ?8) AND (l.rel <> 0 OR coalesce(l.published_at, ?8)"
		" < ?9) ORDER BY l.source, coalesce(l.published_at,"
		" l.lastmod_at, ?8) DESC, l.url",
		err);
	bool row = true;
	enum error_code code = st == NULL ? ERR_STORE : OK;

	if (code == OK)
		sql_bind(st, "siisiinii", p->only, p->now, (int64_t)p->force,
			SOURCE_COMMAND_LINE,
			p->named_since != 0 ? p->named_since : INT64_MAX,
			INT64_MAX, p->since, INT64_MIN,
			p->until != 0 ? p->until : INT64_MAX);
	while (code == OK && row) {
		code = sql_step(s, st, &row, err);
		if (code != OK || !row)
			break;
		arena_reset(s->arena);
		code = emit_link(s, st, emit, ctx, err);
	}
	if (st != NULL)
		sqlite3_reset(st);
	return code;
}
