#include "internal.h"

enum error_code
document_load(struct store *s, int64_t n, struct arena *a, struct document *doc,
	struct error *err)
{
	sqlite3_stmt *st = sql_prepare(s,
		"SELECT d.id, d.text_sha256, d.page, d.body, d.parser, p.url,"
		" d.canonical_url, p.source, d.title, d.site, d.language,"
		" d.published, d.published_basis, d.published_from, d.text"
		" FROM document d JOIN place p ON p.n = d.place WHERE d.n = ?1",
		err);
	bool row;
	enum error_code code;

	*doc = (struct document){ 0 };
	if (st == NULL)
		return ERR_STORE;
	sql_bind(st, "i", n);
	code = sql_step(s, st, &row, err);
	if (code == OK && !row)
		code = error_set(
			err, ERR_NOT_FOUND, "no document %lld", (long long)n);
	if (code == OK) {
		const char **into[] = { &doc->id, &doc->text_sha256, &doc->page,
			&doc->body, &doc->parser, &doc->url,
			&doc->canonical_url, &doc->source, &doc->title,
			&doc->site, &doc->language, &doc->published.edtf };
		const struct span text = sql_span(st, 14);

		for (int i = 0; i < 12; i++)
			*into[i] = sql_text(st, i, a);
		(void)date_basis_find(sql_span(st, 12), &doc->published.basis);
		doc->published.from = sql_text(st, 13, a);
		doc->text = arena_span(a, text);
		if (doc->text.ptr == NULL || doc->id == NULL ||
			doc->url == NULL || doc->source == NULL)
			code = error_set(
				err, ERR_NOMEM, "document %lld", (long long)n);
	}
	sqlite3_reset(st);
	return code;
}

enum error_code
mentions_load(struct store *s, int64_t document, int64_t ruleset,
	struct arena *a, struct extraction *x, struct error *err)
{
	sqlite3_stmt *st = sql_prepare(s,
		"SELECT x.mentions, r.version, d.id FROM extraction x LEFT"
		" JOIN ruleset r ON r.n = x.ruleset JOIN document d ON d.n ="
		" x.document WHERE x.document = ?1 AND x.ruleset = ?2",
		err);
	bool row;
	enum error_code code;

	*x = (struct extraction){ 0 };
	if (st == NULL)
		return ERR_STORE;
	sql_bind(st, "ii", document, ruleset);
	code = sql_step(s, st, &row, err);
	if (code == OK && !row)
		code = error_set(err, ERR_NOT_FOUND,
			"no mentions of document %lld", (long long)document);
	if (code == OK) {
		x->rules = sql_text(st, 1, a);
		x->document = sql_text(st, 2, a);
		code = mentions_unpack(
			sql_span(st, 0), a, &x->mentions, &x->nmentions, err);
		if (code != OK)
			x->nmentions = 0;
	}
	sqlite3_reset(st);
	return code;
}
