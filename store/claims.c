#include "internal.h"

/* What a claim is about, beside its subject and network, in words. */
static const char *
value_words(const struct flat_claim *f, struct buffer *b)
{
	buffer_reset(b);
	flat_value(f, f->subject, b);
	return b->ptr != NULL && b->code == OK ? b->ptr : "";
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
static void
fact_id(const struct flat_claim *f, const char *subject, const char *network,
	const char *value, char id[ID_HEX])
{
	const bool whole = f->kind == CLAIM_MEMBERSHIP;
	const struct span fields[] = {
		span_str(claim_kind_name(f->kind)),
		span_str(subject),
		span_str(network),
		span_str(whole ? "" : value),
		span_str(whole || f->date == NULL ? "" : f->date),
	};

	hash_id(fields, sizeof fields / sizeof *fields, id);
}

/* An extraction on its way into the ledger. */
struct putting {
	const struct extraction *x;
	struct document doc;
	int64_t document, ruleset, tier, now;
	int64_t simhash; /* of the document, as the ledger has it */
	bool current;	 /* the document is what its place says now */
	bool again;	 /* it was extracted before */
	struct buffer args, features;
};

/* The day the claim was first known to an older form of this ledger. */
static enum error_code
recorded_at(struct store *s, const struct putting *p, const char *claim,
	int64_t *at, struct error *err)
{
	bool found = false;
	enum error_code code = OK;

	if (s->has_recorded)
		code = sql_number(s, err, &found, at,
			"SELECT at FROM recorded WHERE claim = ?1", "s", claim);
	if (!found)
		*at = p->now;
	return code;
}

/* *inserted is false if the document has it already: then it is as it is read
 * now, but for the day it was recorded. */
static enum error_code
write_claim(struct store *s, struct putting *p, const struct claim *c,
	const struct evidence *e, const char *date_basis, int64_t fact,
	bool *inserted, struct error *err)
{
	static const char *const sql[] = {
		"INSERT INTO claim(document, id, ruleset, fact, open, rule,"
		" zone, confidence, attributed_to, unit, args, subject,"
		" subject_id, subject_country, network, network_name, date,"
		" date_basis, value, features, kind, start, end, polarity,"
		" status, recorded_at) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,"
		" ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, "
		"?21, ?22,"
		" ?23, ?24, ?25, ?26) ON CONFLICT DO NOTHING",
		"UPDATE claim SET ruleset = ?3, fact = ?4, open = ?5,"
		" closed_at = CASE WHEN ?5 THEN NULL ELSE closed_at END,"
		" rule = ?6, zone = ?7, confidence = ?8, attributed_to = ?9,"
		" unit = ?10, args = ?11, subject = ?12, subject_id = ?13,"
		" subject_country = ?14, network = ?15, network_name = ?16,"
		" date = ?17, date_basis = ?18, value = ?19, features = ?20"
		" WHERE document = ?1 AND id = ?2",
	};
	int64_t at;
	enum error_code code = recorded_at(s, p, c->id, &at, err);

	buffer_reset(&p->args);
	if (code == OK)
		code = claim_args_encode(c, &p->args, err);
	buffer_reset(&p->features);
	if (code == OK && c->nfeatures > 0)
		code = claim_features_encode(c, &p->features, err);
	*inserted = false;
	for (size_t i = 0; code == OK && i < 2 && !*inserted; i++) {
		sqlite3_stmt *st = sql_prepare(s, sql[i], err);

		if (st == NULL)
			return ERR_STORE;
		/* The second ends where what may change ends. */
		sql_bind(st,
			i == 0 ? "isiiissdssSssssssssSsiissi"
			       : "isiiissdssSssssssssS",
			p->document, c->id, p->ruleset, fact,
			(int64_t)p->current, c->rule, zone_name(c->zone),
			c->confidence, c->attributed_to, c->unit,
			buffer_span(&p->args), e->subject, e->subject_id,
			e->subject_country, e->network, e->network_name,
			e->date, date_basis, e->value,
			c->nfeatures > 0 ? buffer_span(&p->features)
					 : span_str(NULL),
			claim_kind_name(c->kind), (int64_t)c->start,
			(int64_t)c->end, polarity_name(c->polarity),
			status_name(c->status), at);
		code = sql_run(s, st, err);
		*inserted = i == 0 && sqlite3_changes(s->db) > 0;
	}
	return code;
}

static enum error_code
put_claim(struct store *s, struct putting *p, const struct claim *c,
	struct error *err)
{
	struct flat_claim f;
	struct evidence e;
	struct fact_state *state;
	const char *subject, *network, *value;
	char id[ID_HEX];
	int64_t fact;
	bool inserted = false;
	enum error_code code =
		flat_from_claim(&p->doc, p->x, c, s->arena, &f, err);

	if (code != OK)
		return code;
	subject = key_of(f.subject_id, f.subject, &s->tmp, s->arena);
	network = key_of(f.network, f.network_name, &s->tmp, s->arena);
	if (subject == NULL || network == NULL)
		return error_set(err, ERR_NOMEM, "claim %s", c->id);
	value = value_words(&f, &s->tmp);
	fact_id(&f, subject, network, value, id);
	e = (struct evidence){
		.id = c->id,
		.url = p->doc.url,
		.published = p->doc.published.edtf,
		.text_sha256 = p->doc.text_sha256,
		.simhash = (uint64_t)p->simhash,
		.subject = f.subject,
		.subject_id = f.subject_id,
		.subject_country = f.subject_country,
		.network = f.network,
		.network_name = f.network_name,
		.value = value,
		.date = f.date,
		.rule = c->rule,
		.kind = c->kind,
		.status = c->status,
		.polarity = c->polarity,
		.zone = c->zone,
		.confidence = c->confidence,
		.tier = p->tier,
	};
	code = facts_get(s, id, c->kind, &state, &fact, err);
	if (code == OK)
		code = write_claim(
			s, p, c, &e, f.date_basis, fact, &inserted, err);
	s->counts.claims_new += inserted;
	if (code != OK || !p->current)
		return code;
	return inserted ? facts_add(s, state, &e, err)
			: facts_changed(s, fact, err);
}

static enum error_code
get_ruleset(struct store *s, const char *version, int64_t *n, struct error *err)
{
	bool found;
	enum error_code code = sql_number(s, err, &found, n,
		"SELECT n FROM ruleset WHERE version = ?1", "s", version);

	if (code != OK || found)
		return code;
	code = sql_exec(s, err,
		"INSERT INTO ruleset(version, first_run) VALUES(?1, ?2)", "si",
		version, s->run);
	*n = sqlite3_last_insert_rowid(s->db);
	return code;
}

/* *known: this extraction is in the ledger and newest there. */
static enum error_code
look_up(struct store *s, struct putting *p, bool *known, struct error *err)
{
	bool found;
	enum error_code code = sql_number(s, err, &found, &p->document,
		"SELECT n FROM document WHERE id = ?1", "s", p->x->document);
	int64_t newest = 0;

	if (code == OK && !found)
		return error_set(err, ERR_FORMAT,
			"extraction of document %s, which is not in the ledger",
			p->x->document);
	if (code == OK)
		code = sql_number(s, err, &found, &p->simhash,
			"SELECT coalesce(simhash, 0) FROM document WHERE n ="
			" ?1",
			"i", p->document);
	if (code == OK)
		code = get_ruleset(s, p->x->rules, &p->ruleset, err);
	if (code == OK)
		code = sql_number(s, err, &p->again, &newest,
			"SELECT ruleset FROM extraction WHERE document = ?1"
			" ORDER BY newest DESC LIMIT 1",
			"i", p->document);
	*known = code == OK && p->again && newest == p->ruleset;
	return code;
}

static enum error_code
put_mentions(struct store *s, const struct putting *p, struct error *err)
{
	struct span packed = p->x->packed;
	struct buffer b;
	enum error_code code = OK;

	if (p->again)
		code = sql_exec(s, err,
			"UPDATE extraction SET newest = 0 WHERE document = ?1"
			" AND newest",
			"i", p->document);
	buffer_init(&b, RECORD_LINE_MAX);
	if (code == OK && packed.ptr == NULL) {
		code = mentions_pack(
			p->x->mentions, p->x->nmentions, s->arena, &b, err);
		packed = buffer_span(&b);
	}
	if (code == OK)
		code = sql_exec(s, err,
			"INSERT INTO extraction(document, ruleset, newest,"
			" mentions) VALUES(?1, ?2, 1, ?3) ON CONFLICT DO "
			"UPDATE SET newest = 1, mentions = ?3",
			"iiB", p->document, p->ruleset, packed);
	buffer_release(&b);
	return code;
}

enum error_code
document_facts_changed(struct store *s, int64_t document, struct error *err)
{
	sqlite3_stmt *st = sql_prepare(s,
		"SELECT DISTINCT fact FROM claim WHERE document = ?1 AND open",
		err);

	if (st == NULL)
		return ERR_STORE;
	sql_bind(st, "i", document);
	return facts_changed_of(s, st, err);
}

/* Claims that these rules make too stay as they were, with the day they were
 * first known; the others close. */
static enum error_code
put_claims(struct store *s, struct putting *p, struct error *err)
{
	enum error_code code =
		p->again ? document_facts_changed(s, p->document, err) : OK;

	for (size_t i = 0; code == OK && i < p->x->nclaims; i++)
		code = put_claim(s, p, &p->x->claims[i], err);
	return code == OK && p->again
		       ? document_settle(s, p->document, p->current, err)
		       : code;
}

static enum error_code
get_tier(struct store *s, struct putting *p, struct error *err)
{
	bool found;
	enum error_code code = sql_number(s, err, &found, &p->tier,
		"SELECT tier FROM source WHERE name = ?1", "s", p->doc.source);

	if (!found)
		p->tier = TIER_OTHER;
	return code;
}

enum error_code
claims_put(struct store *s, const struct extraction *x, struct error *err)
{
	struct putting p = { .x = x, .now = clock_now() };
	bool known = false;
	enum error_code code = look_up(s, &p, &known, err);

	if (code != OK || known) {
		s->counts.skipped += known;
		return code;
	}
	arena_reset(s->arena);
	code = document_load(s, p.document, s->arena, &p.doc, err);
	if (code == OK)
		code = extraction_check(x, &p.doc, err);
	if (code == OK)
		code = get_tier(s, &p, err);
	if (code == OK)
		code = document_is_current(s, p.document, &p.current, err);
	if (code == OK)
		code = put_mentions(s, &p, err);
	buffer_init(&p.args, RECORD_LINE_MAX);
	buffer_init(&p.features, RECORD_LINE_MAX);
	if (code == OK)
		code = put_claims(s, &p, err);
	buffer_release(&p.args);
	buffer_release(&p.features);
	return code;
}

enum error_code
claim_load(sqlite3_stmt *st, int first, struct arena *a, struct claim *out,
	struct error *err)
{
	*out = (struct claim){
		.id = sql_text(st, first, a),
		.start = (uint32_t)sqlite3_column_int64(st, first + 2),
		.end = (uint32_t)sqlite3_column_int64(st, first + 3),
		.rule = sql_text(st, first + 7, a),
		.confidence = sqlite3_column_double(st, first + 8),
		.attributed_to = sql_text(st, first + 9, a),
		.unit = sql_text(st, first + 10, a),
	};
	if (!claim_kind_find(sql_span(st, first + 1), &out->kind) ||
		!polarity_find(sql_span(st, first + 4), &out->polarity) ||
		!status_find(sql_span(st, first + 5), &out->status) ||
		!zone_find(sql_span(st, first + 6), &out->zone))
		return error_set(err, ERR_FORMAT,
			"claim %s: kind, polarity, status or zone is not known",
			out->id != NULL ? out->id : "?");
	if (sqlite3_column_type(st, first + 12) != SQLITE_NULL) {
		enum error_code code = claim_features_decode(
			sql_span(st, first + 12), a, out, err);

		if (code != OK)
			return code;
	}
	return claim_args_decode(sql_span(st, first + 11), a, out, err);
}
