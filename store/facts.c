#include "internal.h"

#include <stdio.h>

/* Strongest first; every key is part of what was said, so that the order is
 * that of the archive's content alone. */
#define STRONGEST                                                              \
	" ORDER BY c.zone IN ('teaser','comment'), CASE c.polarity WHEN"       \
	" 'asserted' THEN 0 WHEN 'negated' THEN 1 WHEN 'planned' THEN 2 ELSE"  \
	" 3 END, coalesce(s.tier, 4), coalesce(d.published, '') DESC,"         \
	" c.status IN ('member', ''), c.confidence DESC, d.url, c.id"

struct derived {
	const char *kind, *subject, *subject_id, *country, *network,
		*network_name, *status, *polarity, *value;
	const char *from, *to;
	const char *url;
	int64_t claims, tier;
	bool candidate;
};

/* The earlier of two EDTF values by their text: a prefix is less precise and
 * says the same, so the longer one wins. */
static bool
is_earlier(const char *date, const char *than)
{
	size_t len = strlen(date) < strlen(than) ? strlen(date) : strlen(than);
	int cmp = strncmp(date, than, len);

	return cmp < 0 || (cmp == 0 && strlen(date) > strlen(than));
}

static void
add_date(struct derived *d, sqlite3_stmt *st, struct arena *a)
{
	const char *date = (const char *)sqlite3_column_text(st, 8);
	const char *status = (const char *)sqlite3_column_text(st, 6);
	const char *polarity = (const char *)sqlite3_column_text(st, 7);
	enum status value;
	enum status_group group;

	if (date == NULL || strcmp(polarity, "asserted") != 0 ||
		!status_find(span_str(status), &value))
		return;
	group = status_group(value);
	if (group == GROUP_IN && value != STATUS_RENEWED &&
		value != STATUS_REINSTATED &&
		(d->from == NULL || is_earlier(date, d->from)))
		d->from = arena_strdup(a, date);
	if (group == GROUP_OUT && d->to == NULL)
		d->to = arena_strdup(a, date);
}

static void
add_claim(struct derived *d, sqlite3_stmt *st, struct arena *a)
{
	const char *rule = (const char *)sqlite3_column_text(st, 11);
	const char *zone = (const char *)sqlite3_column_text(st, 12);
	int64_t tier = sqlite3_column_int64(st, 9);
	bool weak = strncmp(rule, "cue.", 4) == 0 ||
		    strcmp(zone, "teaser") == 0 || strcmp(zone, "comment") == 0;

	if (d->claims++ == 0) {
		const char **into[] = { &d->kind, &d->subject, &d->subject_id,
			&d->country, &d->network, &d->network_name, &d->status,
			&d->polarity };

		for (int i = 0; i < 8; i++)
			*into[i] = sql_text(st, i, a);
		d->value = sql_text(st, 10, a);
		d->url = sql_text(st, 13, a);
		d->tier = tier;
		d->candidate = true;
	}
	if (tier < d->tier)
		d->tier = tier;
	d->candidate = d->candidate && weak;
	add_date(d, st, a);
}

static enum error_code
read_claims(struct store *s, const char *fact, struct derived *d,
	struct arena *a, struct error *err)
{
	sqlite3_stmt *st = sql_prepare(s,
		"SELECT c.kind, c.subject_name, c.subject_id,"
		" c.subject_country, c.network, c.network_name, c.status,"
		" c.polarity, c.date, coalesce(s.tier, 4), c.value, c.rule,"
		" c.zone, d.url FROM claim c JOIN document d ON"
		" d.id = c.document LEFT JOIN source s ON s.name = d.source"
		" WHERE c.fact = ?1 AND c.open" STRONGEST,
		err);
	bool row = true;
	enum error_code code = st == NULL ? ERR_STORE : OK;

	*d = (struct derived){ 0 };
	if (code == OK)
		sql_bind(st, "s", fact);
	while (code == OK && row) {
		code = sql_step(s, st, &row, err);
		if (code == OK && row)
			add_claim(d, st, a);
	}
	sqlite3_reset(st);
	return code;
}

/* Copies are one witness: documents of the same text, in whatever pages. */
static enum error_code
count_witnesses(
	struct store *s, const char *fact, int64_t *n, struct error *err)
{
	sqlite3_stmt *st = sql_prepare(s,
		"SELECT count(DISTINCT d.text_sha256) FROM claim c JOIN"
		" document d ON d.id = c.document WHERE c.fact = ?1 AND c.open",
		err);
	bool row;
	enum error_code code;

	if (st == NULL)
		return ERR_STORE;
	sql_bind(st, "s", fact);
	code = sql_step(s, st, &row, err);
	*n = sqlite3_column_int64(st, 0);
	sqlite3_reset(st);
	return code;
}

static enum error_code
derive(struct store *s, const char *fact, struct error *err)
{
	struct derived d;
	int64_t witnesses = 0;
	enum error_code code = read_claims(s, fact, &d, s->arena, err);
	char why[160];

	if (code == OK)
		code = sql_exec(
			s, err, "DELETE FROM fact WHERE id = ?1", "s", fact);
	if (code != OK)
		return code;
	if (sqlite3_changes(s->db) > 0)
		s->counts.facts_changed++;
	else if (d.claims > 0)
		s->counts.facts_new++;
	if (d.claims == 0)
		return OK;
	code = count_witnesses(s, fact, &witnesses, err);
	(void)snprintf(why, sizeof why,
		"status of the strongest of %lld claims (own voice, asserted, "
		"tier, newest)%s%s",
		(long long)d.claims,
		d.from != NULL ? "; from the earliest date of joining" : "",
		d.to != NULL ? "; to the strongest date of leaving" : "");
	return code != OK
		       ? code
		       : sql_exec(s, err,
				 "INSERT INTO fact VALUES(?1, ?2, ?3, ?4, ?5,"
				 " ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
				 " ?15, ?16, ?17)",
				 "ssssssssssssiiisi", fact, d.kind, d.subject,
				 d.subject_id, d.country, d.network,
				 d.network_name, d.status, d.polarity, d.from,
				 d.to, d.value, d.claims, witnesses, d.tier,
				 why, (int64_t)d.candidate);
}

enum error_code
facts_derive(struct store *s, struct error *err)
{
	enum error_code code = OK;

	for (;;) {
		sqlite3_stmt *st = sql_prepare(s,
			"DELETE FROM touched WHERE fact = (SELECT min(fact)"
			" FROM touched) RETURNING fact",
			err);
		const char *fact = NULL;
		bool row = false;

		if (st == NULL)
			return ERR_STORE;
		arena_reset(s->arena);
		code = sql_step(s, st, &row, err);
		if (code == OK && row)
			fact = sql_text(st, 0, s->arena);
		sqlite3_reset(st);
		if (code != OK || fact == NULL)
			return code;
		code = derive(s, fact, err);
		if (code != OK)
			return code;
	}
}
