#include "internal.h"

enum error_code
document_load(struct store *s, const char *id, struct arena *a,
	struct document *doc, struct error *err)
{
	sqlite3_stmt *st = sql_prepare(s,
		"SELECT id, text_sha256, page, body, parser, url,"
		" canonical_url, source, title, site, language, published,"
		" published_basis, published_from, text FROM document"
		" WHERE id = ?1",
		err);
	bool row;
	enum error_code code;

	*doc = (struct document){ 0 };
	if (st == NULL)
		return ERR_STORE;
	sql_bind(st, "s", id);
	code = sql_step(s, st, &row, err);
	if (code == OK && !row)
		code = error_set(err, ERR_NOT_FOUND, "no document %s", id);
	if (code == OK) {
		const char **into[] = { &doc->id, &doc->text_sha256, &doc->page,
			&doc->body, &doc->parser, &doc->url,
			&doc->canonical_url, &doc->source, &doc->title,
			&doc->site, &doc->language, &doc->published.edtf };
		const char *basis;

		for (int i = 0; i < 12; i++)
			*into[i] = sql_text(st, i, a);
		basis = sql_text(st, 12, a);
		if (basis != NULL)
			(void)date_basis_find(
				span_str(basis), &doc->published.basis);
		doc->published.from = sql_text(st, 13, a);
		doc->text.ptr = sql_text(st, 14, a);
		doc->text.len = (size_t)sqlite3_column_bytes(st, 14);
		if (doc->text.ptr == NULL)
			code = error_set(err, ERR_NOMEM, "document %s", id);
	}
	sqlite3_reset(st);
	return code;
}

enum error_code
mentions_load(struct store *s, const char *document, const char *rules,
	struct arena *a, struct extraction *x, struct error *err)
{
	sqlite3_stmt *st = sql_prepare(s,
		"SELECT mentions, rules FROM extraction WHERE document = ?1"
		" AND rules = ?2",
		err);
	bool row;
	enum error_code code;

	*x = (struct extraction){ 0 };
	if (st == NULL)
		return ERR_STORE;
	sql_bind(st, "ss", document, rules);
	code = sql_step(s, st, &row, err);
	if (code == OK && !row)
		code = error_set(err, ERR_NOT_FOUND,
			"no mentions of document %s", document);
	if (code == OK) {
		x->document = arena_strdup(a, document);
		x->rules = sql_text(st, 1, a);
		code = mentions_decode(
			span_of((const char *)sqlite3_column_text(st, 0),
				(size_t)sqlite3_column_bytes(st, 0)),
			a, &x->mentions, &x->nmentions, err);
	}
	sqlite3_reset(st);
	return code;
}
