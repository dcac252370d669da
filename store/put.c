#include "internal.h"

#include <stdio.h>

static bool
changed(struct store *s)
{
	return sqlite3_changes(s->db) > 0;
}

static enum error_code
put_page(struct store *s, const struct page *p, struct error *err)
{
	const char *final = p->final_url != NULL ? p->final_url : p->url;
	int64_t asked = 0, place = 0;
	bool fresh = false, known = false;
	int64_t one;
	enum error_code code = OK;

	if (strcmp(final, p->url) != 0)
		code = place_get(s, p->url, p->source, &asked, &fresh, err);
	if (code == OK)
		code = place_get(s, final, p->source, &place, &fresh, err);
	if (code == OK)
		code = sql_number(s, err, &known, &one,
			"SELECT 1 FROM page WHERE place = ?1 AND body = ?2"
			" LIMIT 1",
			"is", place, p->body);
	if (code == OK)
		code = sql_exec(s, err,
			"INSERT INTO page(id, body, asked, place, media_type,"
			" charset, status, bytes, etag, last_modified,"
			" fetched_at, file, offset, length) VALUES(?1, ?2, ?3,"
			" ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"
			" ON CONFLICT DO NOTHING",
			"ssiissiissisii", p->id, p->body,
			asked != 0 ? asked : place, place, p->media_type,
			p->charset, (int64_t)p->status, p->bytes, p->etag,
			p->last_modified, p->fetched_at, p->archive.file,
			p->archive.offset, p->archive.length);
	if (code != OK || !changed(s))
		return code;
	s->counts.pages++;
	code = sql_exec(s, err,
		"UPDATE link SET fetched = 1 WHERE url = ?1 AND NOT fetched"
		" AND rel = 0",
		"s", p->url);
	if (code == OK && !known)
		code = source_has_news(s, p->source, p->fetched_at, err);
	return code == OK && !fresh ? place_settle(s, place, err) : code;
}

/* What the release says; menus and what else stands around it do not make a
 * copy another text. */
static uint64_t
simhash_of(const struct document *d)
{
	struct simhash h = { .nwords = 0 };

	for (size_t i = 0; i < d->nblocks; i++)
		if (d->blocks[i].zone == ZONE_BODY)
			simhash_add(&h, span_sub(d->text, d->blocks[i].start,
						d->blocks[i].end));
	return simhash_end(&h);
}

/* A document of an older form of the ledger: the facts that it supports may
 * have fewer witnesses. */
static enum error_code
fill_simhash(
	struct store *s, const char *id, int64_t simhash, struct error *err)
{
	int64_t document = 0;
	bool found = false;
	enum error_code code = sql_number(s, err, &found, &document,
		"SELECT n FROM document WHERE id = ?1 AND simhash IS NULL", "s",
		id);

	if (code != OK || !found)
		return code;
	code = sql_exec(s, err, "UPDATE document SET simhash = ?2 WHERE n = ?1",
		"ii", document, simhash);
	return code == OK ? document_facts_changed(s, document, err) : code;
}

static enum error_code
put_document(struct store *s, const struct document *d, struct error *err)
{
	int64_t place = 0, other;
	const int64_t simhash = (int64_t)simhash_of(d);
	bool fresh = false, found = false;
	enum error_code code =
		place_get(s, d->url, d->source, &place, &fresh, err);

	if (code == OK)
		code = sql_exec(s, err,
			"INSERT INTO document(id, place, text_sha256, page,"
			" body, parser, canonical_url, title, site, language,"
			" published, published_basis, published_from, text,"
			" simhash) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,"
			" ?10, ?11, ?12, ?13, ?14, ?15) ON CONFLICT DO NOTHING",
			"sisssssssssssSi", d->id, place, d->text_sha256,
			d->page, d->body, d->parser, d->canonical_url, d->title,
			d->site, d->language, d->published.edtf,
			d->published.edtf != NULL
				? date_basis_name(d->published.basis)
				: NULL,
			d->published.from, d->text, simhash);
	if (code == OK && !changed(s))
		return fill_simhash(s, d->id, simhash, err);
	if (code != OK)
		return code;
	s->counts.documents++;
	/* It may be newer than the others of its place. */
	if (!fresh)
		code = sql_number(s, err, &found, &other,
			"SELECT 1 FROM document WHERE place = ?1 LIMIT 1"
			" OFFSET 1",
			"i", place);
	return code == OK && found ? place_settle(s, place, err) : code;
}

/* A page that nothing came of need not be read again by the same parser. */
static enum error_code
put_refused(struct store *s, const struct problem *p, struct error *err)
{
	if (strcmp(p->stage, "parse") != 0 || p->retry || p->ref == NULL ||
		s->run == 0)
		return OK;
	return sql_exec(s, err,
		"INSERT INTO refused SELECT g.body, g.place, r.parser FROM"
		" page g, run r WHERE g.id = ?1 AND r.id = ?2"
		" AND r.parser IS NOT NULL ON CONFLICT DO NOTHING",
		"si", p->ref, s->run);
}

static enum error_code
put_problem(struct store *s, const struct problem *p, struct error *err)
{
	enum error_code code = sql_exec(s, err,
		"INSERT INTO problem(run, stage, ref, url, code, message,"
		" retry, at) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE NOT"
		" EXISTS(SELECT 1 FROM problem WHERE stage = ?2 AND url IS ?4"
		" AND code = ?5 AND message = ?6)",
		"isssssii", s->run, p->stage, p->ref, p->url,
		problem_name(p->code), p->message, (int64_t)p->retry, p->at);

	if (code == OK)
		s->counts.problems++;
	return code == OK ? put_refused(s, p, err) : code;
}

enum error_code
store_put(struct store *s, const struct record *r, struct error *err)
{
	switch (r->kind) {
	case RECORD_PAGE:
		return put_page(s, &r->page, err);
	case RECORD_LINK:
		return link_put(s, &r->link, err);
	case RECORD_DOCUMENT:
		return put_document(s, &r->document, err);
	case RECORD_EXTRACTION:
		return claims_put(s, &r->extraction, err);
	case RECORD_PROBLEM:
		return put_problem(s, &r->problem, err);
	case RECORD_TASK:
		return source_task_ended(s, &r->task, err);
	case RECORD_KINDS:
		break;
	}
	return OK;
}

/* A source of another tier weighs what it said anew; one that was not known
 * had the last. */
static enum error_code
weigh_source(struct store *s, const struct source *c, struct error *err)
{
	sqlite3_stmt *st = sql_prepare(s,
		"SELECT DISTINCT c.fact FROM place p JOIN document d ON"
		" d.place = p.n JOIN claim c ON c.document = d.n AND c.open"
		" WHERE p.source = ?1",
		err);
	int64_t tier = TIER_OTHER;
	bool found = false;
	enum error_code code = st == NULL ? ERR_STORE : OK;

	if (code == OK)
		code = sql_number(s, err, &found, &tier,
			"SELECT tier FROM source WHERE name = ?1", "s",
			c->name);
	if (code == OK && !found)
		tier = TIER_OTHER;
	if (code != OK || tier == (int64_t)c->tier)
		return code;
	sql_bind(st, "s", c->name);
	return facts_changed_of(s, st, err);
}

static enum error_code
put_source(struct store *s, const struct source *c, struct error *err)
{
	return sql_exec(s, err,
		"INSERT INTO source(name, kind, url, tier, language, timezone,"
		" interval, local, enabled, since, depth) VALUES(?1, ?2, ?3,"
		" ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT(name) DO"
		" UPDATE SET kind = ?2, url = ?3, tier = ?4, language = ?5,"
		" timezone = ?6, interval = ?7, local = ?8, enabled = ?9,"
		" since = ?10, depth = ?11",
		"sssissiiiii", c->name, source_kind_name(c->kind), c->url,
		(int64_t)c->tier, c->language, c->timezone, c->interval,
		(int64_t)c->local, (int64_t)c->enabled, c->since, c->depth);
}

enum error_code
store_put_sources(struct store *s, const struct sources *src, struct error *err)
{
	const bool inside = s->in_transaction;
	enum error_code code = inside ? OK : store_begin(s, err);

	if (code == OK)
		code = sql_exec(s, err, "UPDATE source SET enabled = 0", "");
	for (size_t i = 0; code == OK && i < src->n; i++) {
		code = weigh_source(s, &src->list[i], err);
		if (code == OK)
			code = put_source(s, &src->list[i], err);
	}
	if (inside)
		return code;
	if (code == OK)
		return store_commit(s, err);
	store_rollback(s);
	return code;
}

enum error_code
store_finished(struct store *s, const struct page *page, const char *parser,
	const char *rules, bool *finished, struct error *err)
{
	const char *final =
		page->final_url != NULL ? page->final_url : page->url;
	int64_t place = 0, one;
	enum error_code code = place_find(s, final, page->source, &place, err);

	*finished = false;
	if (code != OK || place == 0)
		return code;
	return sql_number(s, err, finished, &one,
		"SELECT 1 FROM document d JOIN extraction x ON x.document = d.n"
		" AND x.newest JOIN ruleset r ON r.n = x.ruleset AND"
		" r.version = ?4 WHERE d.place = ?1 AND d.body = ?2 AND"
		" d.parser = ?3 AND ?2 = (SELECT body FROM page WHERE place ="
		" ?1 ORDER BY fetched_at DESC, file DESC, offset DESC LIMIT 1)"
		" UNION ALL SELECT 1 FROM refused WHERE place = ?1 AND body ="
		" ?2 AND parser = ?3 LIMIT 1",
		"isss", place, page->body, parser, rules);
}

enum error_code
store_position_get(
	struct store *s, struct archive_position *pos, struct error *err)
{
	sqlite3_stmt *st =
		sql_prepare(s, "SELECT file, offset FROM position", err);
	bool row;
	enum error_code code;

	*pos = (struct archive_position){ 0 };
	if (st == NULL)
		return ERR_STORE;
	code = sql_step(s, st, &row, err);
	if (code == OK && row) {
		(void)snprintf(pos->file, sizeof pos->file, "%s",
			(const char *)sqlite3_column_text(st, 0));
		pos->offset = sqlite3_column_int64(st, 1);
	}
	sqlite3_reset(st);
	return code;
}

enum error_code
store_position_set(
	struct store *s, const struct archive_position *pos, struct error *err)
{
	return sql_exec(s, err,
		"INSERT INTO position VALUES(1, ?1, ?2) ON CONFLICT DO UPDATE"
		" SET file = ?1, offset = ?2",
		"si", pos->file, pos->offset);
}
