#include "internal.h"
#include "witnesses.h"

#include <ctype.h>
#include <stdio.h>

#define PREFIX_MIN 4 /* hex digits of an id that may be looked up */
#define DIGITS_MIN 8 /* that are shown of one */

/* The document whose claims are being read: decoded once. */
struct reading {
	int64_t document, ruleset;
	struct document doc;
	struct extraction x;
	struct arena *arena; /* of the document */
	struct arena *row;   /* of one claim */
};

static enum error_code
reading_turn(struct store *s, struct reading *r, int64_t document,
	int64_t ruleset, struct error *err)
{
	enum error_code code;

	if (r->document == document && r->ruleset == ruleset)
		return OK;
	arena_reset(r->arena);
	code = document_load(s, document, r->arena, &r->doc, err);
	if (code == OK)
		code = mentions_load(
			s, document, ruleset, r->arena, &r->x, err);
	r->document = document;
	r->ruleset = ruleset;
	return code;
}

static void
fold(struct store *s, const char *name, const char **out, struct arena *a)
{
	*out = name;
	buffer_reset(&s->tmp);
	if (name != NULL && utf8_fold_name(span_str(name), &s->tmp) == OK &&
		s->tmp.len > 0)
		*out = arena_strndup(a, s->tmp.ptr, s->tmp.len);
}

/* The first and last day an EDTF value may mean, as text that sorts. */
static bool
day_range(const char *edtf, char first[16], char last[16])
{
	struct edtf e;
	struct civil end;

	if (edtf == NULL || !edtf_parse(span_str(edtf), &e) ||
		e.start.year == 0)
		return false;
	end = e.interval ? e.end : e.start;
	(void)snprintf(first, 16, "%04d-%02d-%02d", e.start.year,
		e.start.month > 0 && e.start.month <= 12 ? e.start.month : 1,
		e.start.day > 0 ? e.start.day : 1);
	(void)snprintf(last, 16, "%04d-%02d-%02d",
		end.decade ? end.year + 9 : end.year,
		end.month > 0 && end.month <= 12 ? end.month : 12,
		end.day > 0 ? end.day : 31);
	return true;
}

static bool
date_fits(const struct claim_filter *f, const char *date)
{
	char a[16], b[16], c[16], d[16];

	if (f->since == NULL && f->until == NULL)
		return true;
	if (!day_range(date, a, b))
		return false;
	if (f->since != NULL && day_range(f->since, c, d) && strcmp(b, c) < 0)
		return false;
	return f->until == NULL || !day_range(f->until, c, d) ||
	       strcmp(a, d) <= 0;
}

/* A network is meant by its id, by the end of it ("gnlc"), or its name. */
#define NETWORK_IS(id, arg)                                                    \
	"(" id " = " arg " OR substr(" id ", -length(" arg ") - 1) = '-' ||"   \
	" lower(" arg "))"

#define CLAIMS                                                                 \
	"SELECT c.document, c.ruleset, c.date, coalesce(f.witnesses, "         \
	"1)," CLAIM_COLUMNS                                                    \
	"FROM claim c JOIN document d ON d.n = c.document JOIN place p ON"     \
	" p.n = d.place LEFT JOIN fact f ON f.n = c.fact WHERE c.open AND"     \
	" (?1 IS NULL OR c.kind = ?1) AND (?2 IS NULL OR c.polarity = ?2) AND" \
	" (?3 IS NULL OR c.zone = ?3) AND (?4 IS NULL OR c.subject_id = ?5"    \
	" OR c.subject = ?5 OR fold(c.subject) = ?4) AND (?6 IS NULL OR"       \
	" " NETWORK_IS("c.network",                                            \
		"?7") " OR fold(c.network_name) = ?6) AND (?8 IS NULL OR"      \
		      " p.source = ?8) AND (?9 IS NULL OR d.id = ?9) ORDER "   \
		      "BY p.url, d.id,"                                        \
		      " c.start, c.id"

typedef enum error_code
claim_sink(const struct flat_claim *c, void *ctx, struct error *err);

static enum error_code
give_claim(struct store *s, struct reading *r, sqlite3_stmt *st,
	claim_sink *row, void *ctx, struct error *err)
{
	struct flat_claim flat;
	struct claim c;
	enum error_code code = reading_turn(s, r, sqlite3_column_int64(st, 0),
		sqlite3_column_int64(st, 1), err);

	arena_reset(r->row);
	if (code == OK)
		code = claim_load(st, 4, r->row, &c, err);
	if (code == OK)
		code = flat_from_claim(&r->doc, &r->x, &c, r->row, &flat, err);
	if (code != OK)
		return code;
	flat.witnesses = sqlite3_column_int64(st, 3);
	return row(&flat, ctx, err);
}

enum error_code
store_claims(struct store *s, const struct claim_filter *f, claim_sink *row,
	void *ctx, struct error *err)
{
	sqlite3_stmt *st = sql_prepare(s, CLAIMS, err);
	struct reading r = { .arena = arena_new(STORE_ARENA_MAX),
		.row = arena_new(STORE_ARENA_MAX) };
	const char *subject, *network;
	bool more = true;
	enum error_code code = st == NULL ? ERR_STORE : OK;

	if (code == OK && (r.arena == NULL || r.row == NULL))
		code = error_set(err, ERR_NOMEM, "claims");
	arena_reset(s->arena);
	fold(s, f->subject, &subject, s->arena);
	fold(s, f->network, &network, s->arena);
	if (code == OK)
		sql_bind(st, "sssssssss",
			f->kind < 0 ? NULL
				    : claim_kind_name((enum claim_kind)f->kind),
			f->polarity < 0
				? NULL
				: polarity_name((enum polarity)f->polarity),
			f->zone < 0 ? NULL : zone_name((enum zone)f->zone),
			subject, f->subject, network, f->network, f->source,
			f->document);
	while (code == OK && more) {
		code = sql_step(s, st, &more, err);
		if (code == OK && more &&
			date_fits(f, (const char *)sqlite3_column_text(st, 2)))
			code = give_claim(s, &r, st, row, ctx, err);
	}
	if (st != NULL)
		sqlite3_reset(st);
	arena_free(r.arena);
	arena_free(r.row);
	return code;
}

static void
read_fact(sqlite3_stmt *st, struct arena *a, struct fact *f)
{
	const char **text[] = { &f->id, NULL, &f->subject, &f->subject_id,
		&f->subject_country, &f->network, &f->network_name, NULL, NULL,
		&f->valid_from, &f->valid_to, &f->value };

	*f = (struct fact){ 0 };
	for (int i = 0; i < 12; i++)
		if (text[i] != NULL)
			*text[i] = sql_text(st, i, a);
	(void)claim_kind_find(sql_span(st, 1), &f->kind);
	(void)status_find(sql_span(st, 7), &f->status);
	(void)polarity_find(sql_span(st, 8), &f->polarity);
	f->claims = sqlite3_column_int64(st, 12);
	f->witnesses = sqlite3_column_int64(st, 13);
	f->best_tier = sqlite3_column_int(st, 14);
	f->candidate = sqlite3_column_int(st, 15) != 0;
	f->why = arena_printf(a,
		"status of the strongest of %lld claims (own voice, asserted, "
		"tier, newest)%s%s",
		(long long)f->claims,
		f->valid_from != NULL ? "; from the earliest date of joining"
				      : "",
		f->valid_to != NULL ? "; to the strongest date of leaving"
				    : "");
}

enum error_code
store_facts(struct store *s, const struct fact_filter *f,
	enum error_code (*row)(
		const struct fact *fact, void *ctx, struct error *err),
	void *ctx, struct error *err)
{
	sqlite3_stmt *st = sql_prepare(s,
		"SELECT id, kind, subject, subject_id, subject_country,"
		" network, network_name, status, polarity, valid_from,"
		" valid_to, value, claims, witnesses, best_tier, candidate"
		" FROM fact f WHERE claims > 0 AND (?1 IS NULL OR kind = ?1)"
		" AND (?2 IS NULL OR subject_id = ?2 OR EXISTS(SELECT 1 FROM"
		" claim c WHERE c.fact = f.n AND c.open AND (c.subject = ?2 OR"
		" fold(c.subject) = ?3))) AND (?4 IS NULL OR " NETWORK_IS(
			"network",
			"?4") " OR EXISTS(SELECT 1 FROM claim c WHERE c.fact = "
			      "f.n AND c.open"
			      " AND fold(c.network_name) = ?5)) ORDER BY kind "
			      "<>"
			      " 'membership', kind, network, fold(subject),"
			      " valid_from, value, id",
		err);
	struct arena *a = arena_new(STORE_ARENA_MAX);
	const char *subject, *network;
	bool more = true;
	enum error_code code = st == NULL ? ERR_STORE : OK;

	if (code == OK && a == NULL)
		code = error_set(err, ERR_NOMEM, "facts");
	arena_reset(s->arena);
	fold(s, f->subject, &subject, s->arena);
	fold(s, f->network, &network, s->arena);
	if (code == OK)
		sql_bind(st, "sssss",
			f->kind < 0 ? NULL
				    : claim_kind_name((enum claim_kind)f->kind),
			f->subject, subject, f->network, network);
	while (code == OK && more) {
		struct fact fact;

		code = sql_step(s, st, &more, err);
		if (code != OK || !more)
			break;
		arena_reset(a);
		read_fact(st, a, &fact);
		code = row(&fact, ctx, err);
	}
	if (st != NULL)
		sqlite3_reset(st);
	arena_free(a);
	return code;
}

/* One claim of a fact, on the way to what it is a copy of. */
struct told {
	int64_t document;
	const char *text_sha256;
	uint64_t simhash;
};

static enum error_code
read_told(struct store *s, const char *fact, struct arena *a,
	struct fact_claim **out, struct told **told, size_t *n,
	struct error *err)
{
	sqlite3_stmt *st = sql_prepare(s,
		"SELECT c.id, c.document, d.text_sha256, d.simhash FROM fact f"
		" JOIN claim c ON c.fact = f.n AND c.open JOIN document d ON"
		" d.n = c.document JOIN place p ON p.n = d.place WHERE f.id ="
		" ?1 ORDER BY p.url, c.start, c.id",
		err);
	size_t cap = 0, told_cap = 0;
	bool more = true;
	enum error_code code = st == NULL ? ERR_STORE : OK;

	if (code == OK)
		sql_bind(st, "s", fact);
	while (code == OK && more) {
		code = sql_step(s, st, &more, err);
		if (code != OK || !more)
			break;
		*out = arena_grow(a, *out, *n, &cap, sizeof **out);
		*told = arena_grow(a, *told, *n, &told_cap, sizeof **told);
		if (*out == NULL || *told == NULL) {
			code = error_set(err, ERR_NOMEM, "fact %s", fact);
			break;
		}
		(*out)[*n] = (struct fact_claim){ sql_text(st, 0, a), *n };
		(*told)[(*n)++] = (struct told){
			.document = sqlite3_column_int64(st, 1),
			.text_sha256 = sql_text(st, 2, a),
			.simhash = (uint64_t)sqlite3_column_int64(st, 3),
		};
	}
	if (st != NULL)
		sqlite3_reset(st);
	return code;
}

enum error_code
store_fact_claims(struct store *s, const char *fact, struct arena *a,
	struct fact_claim **out, size_t *n, struct error *err)
{
	struct witnesses set = { .n = 0 };
	struct told *told = NULL;
	size_t *first;
	enum error_code code;

	*out = NULL;
	*n = 0;
	code = read_told(s, fact, a, out, &told, n, err);
	if (code != OK || *out == NULL || told == NULL)
		return code;
	for (size_t i = 0; i < *n; i++)
		if (told[i].text_sha256 == NULL ||
			!witnesses_add(
				a, &set, told[i].text_sha256, told[i].simhash))
			return error_set(err, ERR_NOMEM, "fact %s", fact);
	first = arena_array(a, set.n + 1, sizeof *first);
	if (first == NULL)
		return error_set(err, ERR_NOMEM, "fact %s", fact);
	for (size_t i = 0; i < *n; i++) {
		size_t *f = &first[witnesses_group(
			&set, told[i].text_sha256, told[i].simhash)];

		if (*f == 0)
			*f = i + 1;
		if (told[*f - 1].document != told[i].document)
			(*out)[i].copy_of = *f - 1;
	}
	return OK;
}

enum error_code
store_id_kind(struct store *s, const char *id, bool *is_fact, char full[ID_HEX],
	struct error *err)
{
	sqlite3_stmt *st = sql_prepare(s,
		/* "g" stands behind every hex digit */
		"SELECT id, 0 FROM claim WHERE id >= ?1 AND id < ?1 || 'g'"
		" UNION SELECT id, 1 FROM fact WHERE id >= ?1 AND id < ?1 ||"
		" 'g' AND claims > 0 LIMIT 2",
		err);
	size_t len = strlen(id);
	bool row;
	enum error_code code = st == NULL ? ERR_STORE : OK;

	for (size_t i = 0; i < len; i++)
		if (!isxdigit((unsigned char)id[i]) || len < PREFIX_MIN)
			return error_set(err, ERR_USAGE,
				"\"%s\" is no id: at least %d hex digits", id,
				PREFIX_MIN);
	if (code != OK)
		return code;
	sql_bind(st, "s", id);
	code = sql_step(s, st, &row, err);
	if (code == OK && !row)
		code = error_set(
			err, ERR_NOT_FOUND, "no claim or fact \"%s\"", id);
	if (code == OK) {
		(void)snprintf(full, ID_HEX, "%s",
			(const char *)sqlite3_column_text(st, 0));
		*is_fact = sqlite3_column_int(st, 1) != 0;
		code = sql_step(s, st, &row, err);
		if (code == OK && row)
			code = error_set(
				err, ERR_USAGE, "\"%s\" fits several ids", id);
	}
	sqlite3_reset(st);
	return code;
}

enum error_code
store_id_digits(struct store *s, int *digits, struct error *err)
{
	sqlite3_stmt *st = sql_prepare(s,
		"SELECT id FROM claim UNION SELECT id FROM fact WHERE claims >"
		" 0 ORDER BY id",
		err);
	char last[ID_HEX] = "";
	bool row = true;
	enum error_code code = st == NULL ? ERR_STORE : OK;

	*digits = DIGITS_MIN;
	while (code == OK) {
		struct span id;
		int same = 0;

		code = sql_step(s, st, &row, err);
		if (code != OK || !row)
			break;
		id = span_sub(sql_span(st, 0), 0, ID_HEX - 1);
		while ((size_t)same < id.len && last[same] == id.ptr[same])
			same++;
		*digits = same >= *digits ? same + 1 : *digits;
		(void)snprintf(last, sizeof last, "%.*s", (int)id.len, id.ptr);
	}
	if (st != NULL)
		sqlite3_reset(st);
	return code;
}

enum error_code
store_problems(struct store *s, int64_t run,
	enum error_code (*row)(
		const struct problem *p, void *ctx, struct error *err),
	void *ctx, struct error *err)
{
	sqlite3_stmt *st = sql_prepare(s,
		"SELECT stage, ref, url, code, message, retry, at FROM problem"
		" WHERE ?1 < 0 OR run = ?1 ORDER BY id",
		err);
	struct arena *a = arena_new(STORE_ARENA_MAX);
	bool more = true;
	enum error_code code = st == NULL ? ERR_STORE : OK;

	if (code == OK && a == NULL)
		code = error_set(err, ERR_NOMEM, "problems");
	if (code == OK)
		sql_bind(st, "i", run);
	while (code == OK && more) {
		struct problem p = { 0 };

		code = sql_step(s, st, &more, err);
		if (code != OK || !more)
			break;
		arena_reset(a);
		p.stage = sql_text(st, 0, a);
		p.ref = sql_text(st, 1, a);
		p.url = sql_text(st, 2, a);
		(void)problem_find(
			span_str((const char *)sqlite3_column_text(st, 3)),
			&p.code);
		p.message = sql_text(st, 4, a);
		p.retry = sqlite3_column_int(st, 5) != 0;
		p.at = sqlite3_column_int64(st, 6);
		code = row(&p, ctx, err);
	}
	if (st != NULL)
		sqlite3_reset(st);
	arena_free(a);
	return code;
}
