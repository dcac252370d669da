#include "internal.h"

#include <stdio.h>

/* What a claim is about, beside its subject and network, in words. */
static const char *
value_words(const struct flat_claim *f, struct arena *a)
{
	char count[64] = "", countries[48] = "", ordinal[32] = "";

	if (f->count >= 0)
		(void)snprintf(count, sizeof count, "%s%s%lld ",
			f->bound != NULL && strcmp(f->bound, "exact") != 0
				? f->bound
				: "",
			f->bound != NULL && strcmp(f->bound, "exact") != 0 ? " "
									   : "",
			(long long)f->count);
	if (f->countries >= 0)
		(void)snprintf(countries, sizeof countries,
			" in %lld countries", (long long)f->countries);
	if (f->ordinal >= 0)
		(void)snprintf(ordinal, sizeof ordinal, "no. %lld ",
			(long long)f->ordinal);
	return arena_printf(a, "%s%s%s%s%s%s%s%s%s%s%s%s%s", count,
		f->unit != NULL ? f->unit : "", countries,
		f->scope != NULL ? " / " : "", f->scope != NULL ? f->scope : "",
		ordinal, f->event != NULL ? f->event : "",
		f->person != NULL ? f->person : "", f->role != NULL ? ", " : "",
		f->role != NULL ? f->role : "",
		f->organisation != NULL ? " of " : "",
		f->organisation != NULL ? f->organisation : "",
		f->place != NULL ? f->place : "");
}

/* The name by which two documents mean the same: its id, or folded. */
static const char *
key_of(const char *id, const char *name, struct buffer *tmp, struct arena *a)
{
	if (id != NULL)
		return id;
	if (name == NULL)
		return "";
	buffer_reset(tmp);
	if (utf8_fold_name(span_str(name), tmp) != OK)
		return name;
	return arena_strndup(a, tmp->ptr != NULL ? tmp->ptr : "", tmp->len);
}

/* A membership is one fact a subject and network, whatever its status. */
static const char *
fact_id(const struct flat_claim *f, const char *subject, const char *network,
	const char *value, struct arena *a)
{
	bool whole = f->kind == CLAIM_MEMBERSHIP;
	const struct span fields[] = {
		span_str(claim_kind_name(f->kind)),
		span_str(subject),
		span_str(network),
		span_str(whole ? "" : value),
		span_str(whole || f->date == NULL ? "" : f->date),
	};
	char id[ID_HEX];

	hash_id(fields, sizeof fields / sizeof *fields, id);
	return arena_strdup(a, id);
}

static enum error_code
touch(struct store *s, const char *fact, struct error *err)
{
	return sql_exec(s, err,
		"INSERT INTO touched VALUES(?1) ON CONFLICT DO NOTHING", "s",
		fact);
}

static enum error_code
put_claim(struct store *s, const struct document *doc,
	const struct extraction *x, const struct claim *c, struct error *err)
{
	struct flat_claim f;
	struct buffer body;
	enum error_code code = flat_from_claim(doc, x, c, s->arena, &f, err);
	const char *subject, *network, *value, *fact, *subject_folded,
		*network_folded;

	if (code != OK)
		return code;
	subject = key_of(f.subject_id, f.subject, &s->tmp, s->arena);
	network = key_of(f.network, f.network_name, &s->tmp, s->arena);
	subject_folded = key_of(NULL, f.subject, &s->tmp, s->arena);
	network_folded = key_of(NULL, f.network_name, &s->tmp, s->arena);
	value = value_words(&f, s->arena);
	if (subject_folded == NULL || network_folded == NULL ||
		subject == NULL || network == NULL || value == NULL ||
		(fact = fact_id(&f, subject, network, value, s->arena)) == NULL)
		return error_set(err, ERR_NOMEM, "claim %s", c->id);
	buffer_init(&body, RECORD_LINE_MAX);
	code = claim_encode(c, &body, err);
	if (code == OK)
		code = sql_exec(s, err,
			"INSERT INTO claim VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7,"
			" ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
			" ?19, ?20, ?21, ?22, ?23, 1, ?24, NULL)"
			" ON CONFLICT(document, id) DO UPDATE SET rules = ?3,"
			" rule = ?10, confidence = ?11, body = ?23, open = 1,"
			" closed_at = NULL, subject_id = ?13, fact = ?22",
			"ssssiissssdsssssssssssSi", c->id, doc->id, x->rules,
			claim_kind_name(c->kind), (int64_t)c->start,
			(int64_t)c->end, polarity_name(c->polarity),
			status_name(c->status), zone_name(c->zone), c->rule,
			c->confidence, subject_folded, f.subject_id, f.subject,
			f.subject_country, f.network, f.network_name,
			network_folded, f.date, f.date_basis, value, fact,
			buffer_span(&body), clock_now());
	buffer_release(&body);
	if (code == OK)
		s->counts.claims_new++;
	return code == OK ? touch(s, fact, err) : code;
}

/* True if this extraction is in the ledger and newest there. */
static enum error_code
is_known(struct store *s, const struct extraction *x, bool *known,
	struct error *err)
{
	sqlite3_stmt *st = sql_prepare(s,
		"SELECT 1 FROM extraction WHERE document = ?1 AND rules = ?2"
		" AND newest",
		err);
	enum error_code code;

	if (st == NULL)
		return ERR_STORE;
	sql_bind(st, "ss", x->document, x->rules);
	code = sql_step(s, st, known, err);
	sqlite3_reset(st);
	return code;
}

static enum error_code
put_mentions(struct store *s, const struct extraction *x, struct error *err)
{
	struct buffer b;
	enum error_code code;

	code = sql_exec(s, err,
		"UPDATE extraction SET newest = 0 WHERE document = ?1", "s",
		x->document);
	buffer_init(&b, RECORD_LINE_MAX);
	if (code == OK)
		code = mentions_encode(x->mentions, x->nmentions, &b, err);
	if (code == OK)
		code = sql_exec(s, err,
			"INSERT INTO extraction VALUES(?1, ?2, 1, ?3)"
			" ON CONFLICT DO UPDATE SET newest = 1, mentions = ?3",
			"ssS", x->document, x->rules, buffer_span(&b));
	buffer_release(&b);
	return code;
}

enum error_code
claims_put(struct store *s, const struct extraction *x, struct error *err)
{
	struct document doc;
	bool known = false;
	enum error_code code = is_known(s, x, &known, err);

	if (code != OK || known) {
		s->counts.skipped += known;
		return code;
	}
	arena_reset(s->arena);
	code = document_load(s, x->document, s->arena, &doc, err);
	if (code == ERR_NOT_FOUND)
		return error_set(err, ERR_FORMAT,
			"extraction of document %s, which is not in the ledger",
			x->document);
	if (code == OK)
		code = extraction_check(x, &doc, err);
	if (code != OK)
		return code;
	code = put_mentions(s, x, err);
	/* Other rules read it before: their claims close, unless these rules
	 * make them too. */
	if (code == OK)
		code = sql_exec(s, err,
			"INSERT INTO touched SELECT DISTINCT fact FROM claim"
			" WHERE document = ?1 AND open ON CONFLICT DO NOTHING",
			"s", x->document);
	if (code == OK)
		code = sql_exec(s, err,
			"UPDATE claim SET open = 0, closed_at = ?2 WHERE"
			" document = ?1 AND open",
			"si", x->document, clock_now());
	for (size_t i = 0; code == OK && i < x->nclaims; i++)
		code = put_claim(s, &doc, x, &x->claims[i], err);
	return code == OK ? claims_supersede(s, doc.url, doc.source, err)
			  : code;
}

/* Documents of the newest page of a URL, by the newest parser. */
#define CURRENT                                                                \
	"SELECT d.id FROM document d WHERE d.url = ?1 AND d.source = ?2 AND"   \
	" d.body = coalesce((SELECT p.body FROM page p WHERE p.final_url = ?1" \
	" AND p.source = ?2 ORDER BY p.fetched_at DESC, p.file DESC, p.offset" \
	" DESC LIMIT 1), d.body) AND d.parser = (SELECT e.parser FROM"         \
	" document e WHERE e.url = ?1 AND e.source = ?2 AND e.body = d.body"   \
	" ORDER BY length(e.parser) DESC, e.parser DESC LIMIT 1)"

enum error_code
claims_supersede(
	struct store *s, const char *url, const char *source, struct error *err)
{
	enum error_code code = sql_exec(s, err,
		"INSERT INTO touched SELECT DISTINCT c.fact FROM document d"
		" JOIN claim c ON c.document = d.id WHERE d.url = ?1 AND"
		" d.source = ?2 AND c.open <> (d.id IN (" CURRENT
		") AND c.rules IN (SELECT x.rules FROM extraction x WHERE"
		" x.document = d.id AND x.newest)) ON CONFLICT DO NOTHING",
		"ss", url, source);

	if (code == OK)
		code = sql_exec(s, err,
			"UPDATE claim SET open = 0, closed_at = ?3 WHERE open"
			" AND document IN (SELECT id FROM document WHERE"
			" url = ?1 AND source = ?2) AND document NOT IN "
			"(" CURRENT ")",
			"ssi", url, source, clock_now());
	if (code == OK) {
		s->counts.claims_closed += sqlite3_changes(s->db);
		code = sql_exec(s, err,
			"UPDATE claim SET open = 1, closed_at = NULL WHERE NOT"
			" open AND document IN (" CURRENT
			") AND rules IN (SELECT x.rules FROM extraction x WHERE"
			" x.document = claim.document AND x.newest)",
			"ss", url, source);
	}
	return code;
}
