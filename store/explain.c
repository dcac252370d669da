#include "internal.h"

#define CAPTURES                                                               \
	"SELECT g.id, g.body, a.url, p.url, p.source, g.media_type,"           \
	" g.charset, g.etag, g.last_modified, g.file, g.status, g.bytes,"      \
	" g.fetched_at, g.offset, g.length FROM page g JOIN place p ON p.n ="  \
	" g.place JOIN place a ON a.n = g.asked WHERE "
#define EARLIEST " ORDER BY g.fetched_at, g.file, g.offset LIMIT 1"

static enum error_code
read_capture(struct store *s, sqlite3_stmt *st, struct arena *a, struct page *p,
	struct error *err)
{
	const char **text[] = { &p->id, &p->body, &p->url, &p->final_url,
		&p->source, &p->media_type, &p->charset, &p->etag,
		&p->last_modified, &p->archive.file };
	bool row;
	enum error_code code = sql_step(s, st, &row, err);

	if (code == OK && row) {
		for (int i = 0; i < 10; i++)
			*text[i] = sql_text(st, i, a);
		p->status = sqlite3_column_int(st, 10);
		p->bytes = sqlite3_column_int64(st, 11);
		p->fetched_at = sqlite3_column_int64(st, 12);
		p->archive.offset = sqlite3_column_int64(st, 13);
		p->archive.length = sqlite3_column_int64(st, 14);
	}
	sqlite3_reset(st);
	return code;
}

/* The earliest capture of the document's body at its place; of an entry of a
 * feed, that of the feed. */
static enum error_code
load_page(struct store *s, const struct document *d, struct arena *a,
	struct page *p, struct error *err)
{
	sqlite3_stmt *at_place = sql_prepare(s,
		CAPTURES
		"p.url = ?1 AND p.source = ?2 AND g.body = ?3" EARLIEST,
		err);
	sqlite3_stmt *of_feed = sql_prepare(s, CAPTURES "g.id = ?1", err);
	enum error_code code;

	*p = (struct page){ 0 };
	if (at_place == NULL || of_feed == NULL)
		return ERR_STORE;
	sql_bind(at_place, "sss", d->url, d->source, d->body);
	code = read_capture(s, at_place, a, p, err);
	if (code != OK || p->id != NULL || d->page == NULL)
		return code;
	sql_bind(of_feed, "s", d->page);
	return read_capture(s, of_feed, a, p, err);
}

static enum error_code
load_source(struct store *s, const char *name, struct arena *a,
	struct source *src, struct error *err)
{
	sqlite3_stmt *st = sql_prepare(s,
		"SELECT url, tier, language, timezone, interval, local,"
		" enabled, kind FROM source WHERE name = ?1",
		err);
	bool row;
	enum error_code code;

	*src = (struct source){ .tier = TIER_OTHER };
	if (st == NULL)
		return ERR_STORE;
	sql_bind(st, "s", name);
	code = sql_step(s, st, &row, err);
	if (code == OK && row) {
		src->name = name;
		src->url = sql_text(st, 0, a);
		src->tier = (enum source_tier)sqlite3_column_int(st, 1);
		src->language = sql_text(st, 2, a);
		src->timezone = sql_text(st, 3, a);
		src->interval = sqlite3_column_int64(st, 4);
		src->local = sqlite3_column_int(st, 5) != 0;
		src->enabled = sqlite3_column_int(st, 6) != 0;
		for (int k = 0; k < SOURCE_KINDS; k++)
			if (span_eq_str(sql_span(st, 7),
				    source_kind_name((enum source_kind)k)))
				src->kind = (enum source_kind)k;
	}
	sqlite3_reset(st);
	return code;
}

/* What is not in its form is damage to tell of, and no reason to stop. */
static enum error_code
damaged(enum error_code code, const struct error *why, struct arena *a,
	struct explanation *out, struct error *err)
{
	if (code != ERR_FORMAT && code != ERR_NOT_FOUND) {
		if (code != OK && err != NULL)
			*err = *why;
		return code;
	}
	if (out->damage == NULL)
		out->damage = arena_strdup(a, why->msg);
	return out->damage != NULL ? OK : error_set(err, ERR_NOMEM, "a claim");
}

static enum error_code
load_claim(struct store *s, const char *id, struct arena *a,
	struct explanation *out, int64_t *document, int64_t *ruleset,
	int64_t *witnesses, struct error *err)
{
	sqlite3_stmt *st = sql_prepare(s,
		"SELECT c.document, c.ruleset, c.recorded_at, "
		"f.witnesses," CLAIM_COLUMNS
		"FROM claim c JOIN document d ON d.n ="
		" c.document LEFT JOIN fact f ON f.n = c.fact WHERE"
		" c.id = ?1 ORDER BY c.open DESC, c.recorded_at, d.id LIMIT 1",
		err);
	struct error why = { 0 };
	bool row;
	enum error_code code;

	if (st == NULL)
		return ERR_STORE;
	sql_bind(st, "s", id);
	code = sql_step(s, st, &row, err);
	if (code == OK && !row)
		code = error_set(err, ERR_NOT_FOUND, "no claim \"%s\"", id);
	if (code == OK) {
		*document = sqlite3_column_int64(st, 0);
		*ruleset = sqlite3_column_int64(st, 1);
		out->recorded_at = sqlite3_column_int64(st, 2);
		*witnesses = sqlite3_column_type(st, 3) != SQLITE_NULL
				     ? sqlite3_column_int64(st, 3)
				     : 1;
		code = damaged(claim_load(st, 4, a, &out->claim, &why), &why, a,
			out, err);
	}
	sqlite3_reset(st);
	return code;
}

enum error_code
store_explain(struct store *s, const char *id, struct arena *a,
	struct explanation *out, struct error *err)
{
	int64_t document = 0, ruleset = 0, witnesses = 1;
	struct error why = { 0 };
	char full[ID_HEX];
	bool is_fact;
	enum error_code code = store_id_kind(s, id, &is_fact, full, err);

	*out = (struct explanation){ 0 };
	if (code == OK && is_fact)
		code = error_set(err, ERR_NOT_FOUND,
			"\"%s\" is a fact, not a claim", id);
	if (code == OK)
		code = load_claim(
			s, full, a, out, &document, &ruleset, &witnesses, err);
	if (code == OK)
		code = document_load(s, document, a, &out->document, err);
	if (code == OK)
		code = damaged(mentions_load(s, document, ruleset, a,
				       &out->extraction, &why),
			&why, a, out, err);
	if (code == OK)
		code = flat_from_claim(&out->document, &out->extraction,
			&out->claim, a, &out->flat, err);
	out->flat.witnesses = witnesses;
	if (code == OK)
		code = load_page(s, &out->document, a, &out->page, err);
	if (code == OK)
		code = load_source(
			s, out->document.source, a, &out->source, err);
	return code;
}
