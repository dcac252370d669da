#include "facts.h"

#include "internal.h"
#include "witnesses.h"

#define OWN_WITNESSES 2 /* so many make a fact of what only cues found */

/* What is written of a fact, and what makes it: see evidence_beats(). */
struct fact_state {
	struct fact_state *next_touched;
	bool touched;
	bool whole; /* all open claims are in; else it is read anew */
	int64_t n;  /* in the ledger */
	char id[ID_HEX];
	int64_t claims, tier;
	bool strong;			 /* a claim that is no candidate */
	struct evidence best, out;	 /* out: of leaving, with a date */
	const char *from, *back;	 /* first and last date of being in */
	struct witnesses witnesses, own; /* own: not from teaser or comment */
};

enum error_code
facts_init(struct facts *f, struct error *err)
{
	f->arena = arena_new(STORE_ARENA_MAX);
	return f->arena != NULL ? OK : error_set(err, ERR_NOMEM, "facts");
}

void
facts_release(struct facts *f)
{
	arena_free(f->arena);
}

void
facts_forget(struct facts *f)
{
	struct arena *a = f->arena;

	arena_reset(a);
	*f = (struct facts){ .arena = a };
}

static enum error_code
no_memory(const struct facts *f, struct error *err)
{
	return error_set(err, arena_over_cap(f->arena) ? ERR_LIMIT : ERR_NOMEM,
		"facts: no memory");
}

/* An id is a hash: its first digits spread well. */
static struct fact_state **
find_slot(struct fact_state **slots, size_t room, const char *id)
{
	uint64_t h;

	memcpy(&h, id, sizeof h);
	for (h *= UINT64_C(0x9E3779B97F4A7C15), h ^= h >> 29;; h++) {
		struct fact_state **s = &slots[h & (room - 1)];

		if (*s == NULL || strcmp((*s)->id, id) == 0)
			return s;
	}
}

static bool
grow(struct facts *f)
{
	size_t room = f->room == 0 ? FACTS_START : 2 * f->room;
	struct fact_state **slots;

	if (f->n * 2 < f->room)
		return true;
	slots = arena_array(f->arena, room, sizeof *slots);
	if (slots == NULL)
		return false;
	for (size_t i = 0; i < f->room; i++)
		if (f->slots[i] != NULL)
			*find_slot(slots, room, f->slots[i]->id) = f->slots[i];
	f->slots = slots;
	f->room = room;
	return true;
}

static void
touch(struct facts *f, struct fact_state *t)
{
	if (t->touched)
		return;
	t->touched = true;
	t->next_touched = f->touched;
	f->touched = t;
}

/* A state for that id, empty if it was not known here. */
static struct fact_state *
state_of(struct facts *f, const char *id)
{
	struct fact_state **slot;
	char full[ID_HEX] = "";

	/* A damaged ledger may hold a shorter one. */
	memcpy(full, id, strnlen(id, sizeof full - 1));
	if (!grow(f))
		return NULL;
	slot = find_slot(f->slots, f->room, full);
	if (*slot == NULL) {
		*slot = arena_alloc(f->arena, sizeof **slot);
		if (*slot == NULL)
			return NULL;
		memcpy((*slot)->id, full, sizeof full);
		f->n++;
	}
	return *slot;
}

/* Its row, which is kept when its last claim closes: it was known once. */
static enum error_code
find_row(struct store *s, struct fact_state *f, enum claim_kind kind,
	struct error *err)
{
	bool found;
	enum error_code code = sql_number(s, err, &found, &f->n,
		"SELECT n FROM fact WHERE id = ?1", "s", f->id);

	if (code != OK || found)
		return code;
	code = sql_exec(s, err,
		"INSERT INTO fact(id, kind, recorded_at) VALUES(?1, ?2, ?3)",
		"ssi", f->id, claim_kind_name(kind), clock_now());
	f->n = sqlite3_last_insert_rowid(s->db);
	f->whole = true; /* there is no claim of it yet */
	return code;
}

enum error_code
facts_get(struct store *s, const char *id, enum claim_kind kind,
	struct fact_state **out, int64_t *n, struct error *err)
{
	struct fact_state *f = state_of(&s->facts, id);
	enum error_code code = OK;

	*out = f;
	if (f == NULL)
		return no_memory(&s->facts, err);
	if (f->n == 0)
		code = find_row(s, f, kind, err);
	*n = f->n;
	return code;
}

enum error_code
facts_changed(struct store *s, int64_t n, struct error *err)
{
	sqlite3_stmt *st =
		sql_prepare(s, "SELECT id FROM fact WHERE n = ?1", err);
	struct fact_state *f = NULL;
	bool row = false;
	enum error_code code = st == NULL ? ERR_STORE : OK;

	if (code == OK) {
		sql_bind(st, "i", n);
		code = sql_step(s, st, &row, err);
	}
	if (code == OK && row) {
		f = state_of(
			&s->facts, (const char *)sqlite3_column_text(st, 0));
		if (f == NULL)
			code = no_memory(&s->facts, err);
	}
	if (st != NULL)
		sqlite3_reset(st);
	if (f == NULL)
		return code;
	f->n = n;
	f->whole = false;
	touch(&s->facts, f);
	return OK;
}

enum error_code
facts_changed_of(struct store *s, sqlite3_stmt *st, struct error *err)
{
	bool row = true;
	enum error_code code = OK;

	while (code == OK) {
		code = sql_step(s, st, &row, err);
		if (code != OK || !row)
			break;
		code = facts_changed(s, sqlite3_column_int64(st, 0), err);
	}
	sqlite3_reset(st);
	return code;
}

static bool
is_own_voice(const struct evidence *e)
{
	return e->zone != ZONE_TEASER && e->zone != ZONE_COMMENT;
}

static int
polarity_rank(enum polarity p)
{
	return p == POLARITY_ASSERTED  ? 0
	       : p == POLARITY_NEGATED ? 1
	       : p == POLARITY_PLANNED ? 2
				       : 3;
}

static int
cmp_text(const char *a, const char *b)
{
	return strcmp(a != NULL ? a : "", b != NULL ? b : "");
}

/* "member" and no status at all say less than "joined" or "lost". */
static bool
is_plain(enum status s)
{
	return s == STATUS_MEMBER || s == STATUS_NONE;
}

/* Strongest first; every key is part of what was said, so that the order is
 * that of the archive's content alone. */
static bool
evidence_beats(const struct evidence *a, const struct evidence *b)
{
	int cmp;

	if (is_own_voice(a) != is_own_voice(b))
		return is_own_voice(a);
	if (polarity_rank(a->polarity) != polarity_rank(b->polarity))
		return polarity_rank(a->polarity) < polarity_rank(b->polarity);
	if (a->tier != b->tier)
		return a->tier < b->tier;
	cmp = cmp_text(a->published, b->published);
	if (cmp != 0)
		return cmp > 0;
	if (is_plain(a->status) != is_plain(b->status))
		return is_plain(b->status);
	if (a->confidence < b->confidence || a->confidence > b->confidence)
		return a->confidence > b->confidence;
	cmp = cmp_text(a->url, b->url);
	return cmp != 0 ? cmp < 0 : cmp_text(a->id, b->id) < 0;
}

/* The earlier of two EDTF values by their text: a prefix is less precise and
 * says the same, so the longer one wins. */
static bool
is_earlier(const char *date, const char *than)
{
	size_t len = strlen(date) < strlen(than) ? strlen(date) : strlen(than);
	int cmp = strncmp(date, than, len);

	return cmp < 0 || (cmp == 0 && strlen(date) > strlen(than));
}

/* e in memory of the arena's; false without memory. */
static bool
keep(struct arena *a, const struct evidence *e, struct evidence *out)
{
	const char **text[] = { &out->id, &out->url, &out->published,
		&out->subject, &out->subject_id, &out->subject_country,
		&out->network, &out->network_name, &out->value, &out->date };

	*out = *e;
	out->text_sha256 = NULL; /* not needed again */
	out->rule = NULL;
	for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
		if (*text[i] == NULL)
			continue;
		*text[i] = arena_strdup(a, *text[i]);
		if (*text[i] == NULL)
			return false;
	}
	return true;
}

/* When it began and ended, by what is asserted of it. */
static bool
add_date(struct arena *a, struct fact_state *f, const struct evidence *e)
{
	const enum status_group group = status_group(e->status);

	/* Of another kind, a fact is of one date. */
	if (e->kind != CLAIM_MEMBERSHIP && e->date != NULL && f->from == NULL) {
		f->from = arena_strdup(a, e->date);
		return f->from != NULL;
	}
	if (e->kind != CLAIM_MEMBERSHIP || e->date == NULL ||
		e->polarity != POLARITY_ASSERTED)
		return true;
	if (group == GROUP_IN && !is_plain(e->status) && is_own_voice(e) &&
		cmp_text(e->date, f->back) > 0) {
		f->back = arena_strdup(a, e->date);
		if (f->back == NULL)
			return false;
	}
	if (group == GROUP_IN && e->status != STATUS_RENEWED &&
		e->status != STATUS_REINSTATED &&
		(f->from == NULL || is_earlier(e->date, f->from))) {
		f->from = arena_strdup(a, e->date);
		return f->from != NULL;
	}
	if (group == GROUP_OUT &&
		(f->out.id == NULL || evidence_beats(e, &f->out)))
		return keep(a, e, &f->out);
	return true;
}

static bool
add(struct arena *a, struct fact_state *f, const struct evidence *e)
{
	const bool cue = strncmp(e->rule, "cue.", 4) == 0;
	bool ok = witnesses_add(a, &f->witnesses, e->text_sha256, e->simhash);

	f->strong = f->strong || (is_own_voice(e) && !cue);
	/* Who is strong needs no others. */
	if (is_own_voice(e) && !f->strong)
		ok = ok &&
		     witnesses_add(a, &f->own, e->text_sha256, e->simhash);
	if (f->claims == 0 || e->tier < f->tier)
		f->tier = e->tier;
	if (f->claims == 0 || evidence_beats(e, &f->best))
		ok = ok && keep(a, e, &f->best);
	f->claims++;
	return ok && add_date(a, f, e);
}

enum error_code
facts_add(struct store *s, struct fact_state *f, const struct evidence *e,
	struct error *err)
{
	touch(&s->facts, f);
	if (f->whole && !add(s->facts.arena, f, e))
		return no_memory(&s->facts, err);
	return OK;
}

/* An evidence out of one row of CLAIMS; it lives until the next step. */
static void
read_evidence(sqlite3_stmt *st, struct evidence *e)
{
	const char **text[] = { &e->id, &e->url, &e->published, &e->text_sha256,
		&e->subject, &e->subject_id, &e->subject_country, &e->network,
		&e->network_name, &e->value, &e->date, &e->rule };
	const int n = sizeof text / sizeof *text;

	*e = (struct evidence){ 0 };
	for (int i = 0; i < n; i++)
		*text[i] = (const char *)sqlite3_column_text(st, i);
	(void)claim_kind_find(sql_span(st, n), &e->kind);
	(void)status_find(sql_span(st, n + 1), &e->status);
	(void)polarity_find(sql_span(st, n + 2), &e->polarity);
	(void)zone_find(sql_span(st, n + 3), &e->zone);
	e->confidence = sqlite3_column_double(st, n + 4);
	e->tier = sqlite3_column_int64(st, n + 5);
	e->simhash = (uint64_t)sqlite3_column_int64(st, n + 6);
}

#define CLAIMS                                                                 \
	"SELECT c.id, p.url, d.published, d.text_sha256, c.subject,"           \
	" c.subject_id, c.subject_country, c.network, c.network_name, "        \
	"c.value,"                                                             \
	" c.date, c.rule, c.kind, c.status, c.polarity, c.zone, c.confidence," \
	" coalesce(s.tier, 4), d.simhash FROM claim c JOIN document d ON d.n " \
	"="                                                                    \
	" c.document JOIN place p ON p.n = d.place LEFT JOIN source s ON"      \
	" s.name = p.source WHERE c.fact = ?1 AND c.open"

/* All of it, from the ledger. */
static enum error_code
read_claims(struct store *s, struct fact_state *f, struct error *err)
{
	sqlite3_stmt *st = sql_prepare(s, CLAIMS, err);
	const struct fact_state empty = {
		.next_touched = f->next_touched,
		.touched = f->touched,
		.n = f->n,
	};
	char id[ID_HEX];
	bool row = true;
	enum error_code code = st == NULL ? ERR_STORE : OK;

	memcpy(id, f->id, sizeof id);
	*f = empty;
	memcpy(f->id, id, sizeof id);
	if (code == OK)
		sql_bind(st, "i", f->n);
	while (code == OK) {
		struct evidence e;

		code = sql_step(s, st, &row, err);
		if (code != OK || !row)
			break;
		read_evidence(st, &e);
		if (e.rule == NULL || e.text_sha256 == NULL ||
			!add(s->facts.arena, f, &e))
			code = no_memory(&s->facts, err);
	}
	if (st != NULL)
		sqlite3_reset(st);
	f->whole = code == OK;
	return code;
}

/* When it ended; it did not if it was joined or taken up again since. */
static const char *
end_of(const struct fact_state *f)
{
	const char *out = f->out.date, *back = f->back;
	size_t len;

	if (out == NULL || back == NULL ||
		status_group(f->best.status) == GROUP_OUT)
		return out;
	len = strlen(out) < strlen(back) ? strlen(out) : strlen(back);
	return strncmp(back, out, len) > 0 ? NULL : out;
}

#define SHOWN                                                                  \
	"(subject, subject_id, subject_country, network, network_name, "       \
	"status,"                                                              \
	" polarity, valid_from, valid_to, value, claims, witnesses,"           \
	" best_tier, candidate)"
#define VALUES "(?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"

static enum error_code
write_fact(struct store *s, const struct fact_state *f, struct error *err)
{
	const struct evidence *b = &f->best;
	const bool candidate = !f->strong && f->own.groups < OWN_WITNESSES;
	bool found;
	int64_t before;
	enum error_code code = sql_number(s, err, &found, &before,
		"SELECT claims FROM fact WHERE n = ?1", "i", f->n);

	if (code == OK)
		code = sql_exec(s, err,
			"UPDATE fact SET " SHOWN " = " VALUES
			" WHERE n = ?1 AND " SHOWN " IS NOT " VALUES,
			"i"
			"ssssssssss"
			"iiii",
			f->n, b->subject, b->subject_id, b->subject_country,
			b->network, b->network_name,
			f->claims > 0 ? status_name(b->status) : "",
			f->claims > 0 ? polarity_name(b->polarity) : "",
			f->from, end_of(f), b->value, f->claims,
			(int64_t)f->witnesses.groups, f->tier,
			(int64_t)candidate);
	if (code == OK && sqlite3_changes(s->db) > 0) {
		s->counts.facts_new += before == 0;
		s->counts.facts_changed += before != 0;
	}
	return code;
}

enum error_code
facts_derive(struct store *s, struct error *err)
{
	struct facts *all = &s->facts;
	enum error_code code = OK;

	while (code == OK && all->touched != NULL) {
		struct fact_state *f = all->touched;

		if (!f->whole)
			code = read_claims(s, f, err);
		if (code == OK)
			code = write_fact(s, f, err);
		all->touched = f->next_touched;
		f->next_touched = NULL;
		f->touched = false;
	}
	if (code == OK && arena_used(all->arena) > FACTS_MEMORY)
		facts_forget(all);
	return code;
}
