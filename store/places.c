/* Places, and which of a place's documents is what it says now. */
#include "internal.h"

static bool
is_known(const struct known_place *p, const char *url, const char *source)
{
	return p->n != 0 && span_eq_str(buffer_span(&p->url), url) &&
	       span_eq_str(buffer_span(&p->source), source);
}

static void
remember(struct known_place *p, const char *url, const char *source, int64_t n)
{
	buffer_reset(&p->url);
	buffer_reset(&p->source);
	p->n = buffer_add_str(&p->url, url) == OK &&
			       buffer_add_str(&p->source, source) == OK
		       ? n
		       : 0;
}

enum error_code
place_find(struct store *s, const char *url, const char *source, int64_t *n,
	struct error *err)
{
	bool found;
	enum error_code code;

	*n = s->place.n;
	if (is_known(&s->place, url, source))
		return OK;
	code = sql_number(s, err, &found, n,
		"SELECT n FROM place WHERE url = ?1 AND source = ?2", "ss", url,
		source);
	if (code == OK && found)
		remember(&s->place, url, source, *n);
	return code;
}

enum error_code
place_get(struct store *s, const char *url, const char *source, int64_t *n,
	bool *fresh, struct error *err)
{
	enum error_code code = place_find(s, url, source, n, err);

	*fresh = code == OK && *n == 0;
	if (!*fresh)
		return code;
	code = sql_exec(s, err, "INSERT INTO place(url, source) VALUES(?1, ?2)",
		"ss", url, source);
	*n = sqlite3_last_insert_rowid(s->db);
	if (code == OK)
		remember(&s->place, url, source, *n);
	return code;
}

/* A body read by two parsers: the newer one's document is the one that
 * counts.  Of a place that nobody fetched, what the newest feed says of it.
 * Without a page there is no telling which body is the newest. */
#define NEWEST " ORDER BY p.fetched_at DESC, p.file DESC, p.offset DESC"
#define IS_CURRENT                                                             \
	" d.body = coalesce((SELECT p.body FROM page p WHERE p.place ="        \
	" d.place" NEWEST " LIMIT 1), (SELECT f.body FROM document f JOIN"     \
	" page p ON p.id = f.page WHERE f.place = d.place" NEWEST ", f.body"   \
	" LIMIT 1), d.body) AND NOT EXISTS(SELECT 1 FROM document e WHERE"     \
	" e.place = d.place AND e.body = d.body AND (length(e.parser),"        \
	" e.parser) > (length(d.parser), d.parser)) "

enum error_code
document_is_current(
	struct store *s, int64_t document, bool *current, struct error *err)
{
	bool found;
	int64_t value;
	enum error_code code = sql_number(s, err, &found, &value,
		"SELECT" IS_CURRENT "FROM document d WHERE d.n = ?1", "i",
		document);

	*current = value != 0;
	return code;
}

enum error_code
document_settle(
	struct store *s, int64_t document, bool current, struct error *err)
{
	sqlite3_stmt *st = sql_prepare(s,
		"UPDATE claim SET open = NOT open, closed_at = CASE WHEN open"
		" THEN ?3 END WHERE document = ?1 AND open <> (?2 AND ruleset ="
		" (SELECT x.ruleset FROM extraction x WHERE x.document = ?1 AND"
		" x.newest)) RETURNING fact, open",
		err);
	bool row = true;
	enum error_code code = st == NULL ? ERR_STORE : OK;

	if (code == OK)
		sql_bind(st, "iii", document, (int64_t)current, clock_now());
	while (code == OK) {
		code = sql_step(s, st, &row, err);
		if (code != OK || !row)
			break;
		s->counts.claims_closed += sqlite3_column_int(st, 1) == 0;
		code = facts_changed(s, sqlite3_column_int64(st, 0), err);
	}
	if (st != NULL)
		sqlite3_reset(st);
	return code;
}

enum error_code
place_settle(struct store *s, int64_t place, struct error *err)
{
	sqlite3_stmt *st = sql_prepare(s,
		"SELECT d.n," IS_CURRENT
		"FROM document d WHERE d.place = ?1 ORDER BY d.n",
		err);
	bool row = true;
	enum error_code code = st == NULL ? ERR_STORE : OK;

	if (code == OK)
		sql_bind(st, "i", place);
	while (code == OK) {
		code = sql_step(s, st, &row, err);
		if (code != OK || !row)
			break;
		code = document_settle(s, sqlite3_column_int64(st, 0),
			sqlite3_column_int(st, 1) != 0, err);
	}
	if (st != NULL)
		sqlite3_reset(st);
	return code;
}
