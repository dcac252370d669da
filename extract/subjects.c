#include <stdlib.h>

#include "places.h"
#include "vocabulary.h"
#include "words.h"

#define RUN_WORDS_MAX 4	  /* capitalised words of a name */
#define RUN_MIN	      3	  /* bytes of a name */
#define RUNS_MAX      256 /* of one sentence */
#define CUE_WORDS     3	  /* of a phrase that stands before a name */

static const char subjects_rule[] = "subjects.unknown";

struct subjects {
	struct arena *arena;
	struct word_table cues; /* lang/LANG/subjects.tsv */
};

/* A run of capitalised words that no recogniser took. */
struct run {
	size_t first, last; /* words */
	uint32_t start, end;
	bool owned;  /* "'s" stands behind it */
	bool person; /* of two names or more, as people have them */
	bool cued, taken;
};

struct search {
	const struct subjects *cues;
	const struct vocabulary *rules; /* or NULL */
	struct scan *s;
	const struct word *w;
	size_t n;
	/* The row that stands at each, once it was asked for. */
	struct standing {
		const struct word_row *row;
		size_t len;
		bool known;
	} * rows;
	size_t room; /* of rows */
	struct run *runs;
	size_t nruns;
};

enum error_code
subjects_open(const char *config_dir, struct hash *version,
	struct subjects **out, struct error *err)
{
	struct subjects *u = calloc(1, sizeof *u);
	enum error_code code;

	*out = NULL;
	if (u == NULL || (u->arena = arena_new((size_t)4 << 20)) == NULL) {
		free(u);
		return error_set(err, ERR_NOMEM, "subjects");
	}
	code = words_load(
		&u->cues, config_dir, "subjects", u->arena, version, err);
	if (code != OK) {
		subjects_free(u);
		return code;
	}
	*out = u;
	return OK;
}

void
subjects_free(struct subjects *u)
{
	if (u == NULL)
		return;
	arena_free(u->arena);
	free(u);
}

const struct word_table *
subjects_words(const struct subjects *u)
{
	return &u->cues;
}

/* The row at word i. */
static const struct word_row *
row_at(const struct search *q, size_t i, size_t *len)
{
	struct standing *at = &q->rows[i];

	if (i >= q->n)
		return NULL;
	if (!at->known) {
		at->row = words_find(&q->cues->cues, q->w, q->n, i,
			q->s->doc->language, &at->len);
		at->known = true;
	}
	*len = at->len;
	return at->row;
}

/* Nothing is known of the sentence's words; false without memory. */
static bool
forget_rows(struct search *q)
{
	if (q->n > q->room) {
		q->room = 2 * q->n;
		q->rows = arena_array(q->s->arena, q->room, sizeof *q->rows);
		return q->rows != NULL;
	}
	for (size_t i = 0; i < q->n; i++)
		q->rows[i].known = false;
	return true;
}

/* The words at word i have that role. */
static bool
cue_at(const struct search *q, size_t i, const char *role, size_t *len)
{
	const struct word_row *row = row_at(q, i, len);
	struct span rest = span_str(row != NULL ? row->value : ""), one;

	while (rest.len > 0 && span_split(&rest, ' ', &one))
		if (span_eq_str(one, role))
			return true;
	return false;
}

static bool
is_capitalised(const struct search *q, size_t i)
{
	uint32_t cp;

	return q->w[i].fold[0] != '\0' &&
	       utf8_decode(q->s->doc->text, q->w[i].start, &cp) > 0 &&
	       utf8_is_upper(cp);
}

/* "Hay-on-Wye", "Stoke on Trent", "Marks & Spencer": the next word of the
 * name behind word i, or 0. */
static size_t
next_of_name(const struct search *q, size_t i)
{
	size_t k = i + 1, len;

	for (int small = 0; small < 3 && k < q->n; small++, k++) {
		bool mark = q->w[k].mark == '-' && !q->w[k].space;

		if (mark || (q->w[k].mark == '&' && q->w[k].space))
			continue;
		if (q->w[k].mark != 0)
			return 0;
		if (is_capitalised(q, k) || !cue_at(q, k, "inside", &len))
			break;
	}
	return k < q->n && q->w[k].mark == 0 && is_capitalised(q, k) ? k : 0;
}

/* "La" of "La Louvière". */
static bool
is_inside(const struct search *q, size_t i)
{
	size_t len;

	return cue_at(q, i, "inside", &len);
}

/* The word right before word i has that role: "FC Moffat" is not Moffat. */
static bool
stands_behind(const struct search *q, size_t i, const char *role)
{
	size_t len;

	return i > 0 && q->w[i].mark == 0 && cue_at(q, i - 1, role, &len);
}

/* A word that is no name, however it is written. */
static bool
is_common(const struct search *q, size_t i)
{
	size_t len;

	return row_at(q, i, &len) != NULL && !is_inside(q, i);
}

/* "Marks & Spencer": a word beside "&" is a name. */
static bool
is_firm(const struct search *q, size_t i)
{
	return i + 2 < q->n && q->w[i + 1].mark == '&' && q->w[i + 1].space &&
	       is_capitalised(q, i + 2);
}

/* Of "Multnomah County" the last word is common. */
static bool
goes_on(const struct search *q, size_t i)
{
	size_t len;

	return !is_common(q, i) || cue_at(q, i, "suffix", &len);
}

static bool
ends_owned(struct span word, uint32_t *cut)
{
	*cut = 0;
	if (span_ends_with(word, "'s"))
		*cut = 2;
	else if (span_ends_with(word, "\xe2\x80\x99s"))
		*cut = 4;
	return *cut > 0;
}

static bool
all_capitals(struct span name)
{
	for (size_t at = 0; at < name.len;) {
		uint32_t cp;
		size_t len = utf8_decode(name, at, &cp);

		if (len == 0)
			return true;
		if (utf8_is_letter(cp) && !utf8_is_upper(cp))
			return false;
		at += len;
	}
	return true;
}

/* Word i belongs to a mention, other than a city's behind a hyphen: of
 * "Hay-on-Wye" the gazetteer may know the last. */
static bool
is_named(const struct search *q, size_t i)
{
	return q->w[i - 1].mark != '-' &&
	       scan_overlaps(q->s, q->w[i].start, q->w[i].end);
}

/* A mention takes the run's place, unless it is a city within it. */
static bool
is_taken(const struct scan *s, size_t mention, const struct run *r)
{
	for (size_t i = mention; i < s->n && s->list[i].start < r->end; i++)
		if (s->list[i].end > r->start &&
			(s->list[i].type != MENTION_CITY ||
				s->list[i].start == r->start ||
				s->list[i].end > r->end))
			return true;
	return false;
}

/* Words by which rules read a sentence are no name: "Joined were A and B",
 * "The Accord has". */
static bool
is_words_of_rules(const struct search *q, const struct run *r)
{
	uint32_t at = r->start;
	struct token t;

	while (q->rules != NULL && at < r->end &&
		token_next(q->s->doc->text, &at, r->end, &t))
		if (vocabulary_unit(q->rules, &t) == UNIT_OTHER)
			return false;
	return q->rules != NULL;
}

/* The run from word i on; how many words it takes, 0: none stands there. */
static size_t
read_run(struct search *q, size_t i, struct run *r)
{
	struct span text = q->s->doc->text;
	size_t words = 1, last = i, next, len;
	bool person = true, proper = !is_inside(q, i);
	uint32_t cut;

	if (!is_capitalised(q, i) || (is_common(q, i) && !is_firm(q, i)) ||
		cue_at(q, i, "article", &len) || stands_behind(q, i, "club"))
		return 0;
	while ((next = next_of_name(q, last)) > 0 && goes_on(q, next) &&
		words <= RUN_WORDS_MAX && !is_named(q, next)) {
		struct span so_far =
			span_sub(text, q->w[last].start, q->w[last].end);

		if (ends_owned(so_far, &cut))
			break;
		person = person && next == last + 1 && !is_common(q, next);
		proper = proper || !is_common(q, next);
		last = next;
		words++;
	}
	*r = (struct run){ .first = i, .last = last };
	r->person = person && words > 1;
	r->start = q->w[i].start;
	r->end = q->w[last].end;
	r->owned = ends_owned(span_sub(text, q->w[last].start, r->end), &cut);
	r->end -= cut;
	/* "The Town" is any, and so is "die Verwaltung". */
	if (!proper || (words == 1 && stands_behind(q, i, "determiner")) ||
		words > RUN_WORDS_MAX || r->end < r->start + RUN_MIN ||
		all_capitals(span_sub(text, r->start, r->end)))
		r->end = r->start;
	return last - i + 1;
}

/* A mention stands right beside it, with a space between: it is a part of
 * a longer name. */
static bool
is_part(const struct scan *s, size_t mention, const struct run *r)
{
	for (size_t i = mention > 1 ? mention - 2 : 0;
		i < s->n && s->list[i].start <= r->end + 1; i++) {
		const struct mention *m = &s->list[i];

		if (m->type == MENTION_DATE || m->type == MENTION_NETWORK ||
			m->type == MENTION_TITLE)
			continue;
		if (m->end + 1 == r->start && s->doc->text.ptr[m->end] == ' ')
			return true;
		if (m->start == r->end + 1 && s->doc->text.ptr[r->end] == ' ')
			return true;
	}
	return false;
}

/* What stands before or behind it says that it does or bears something. */
static bool
has_cue(const struct search *q, const struct run *r)
{
	size_t len, at = r->last + 1;

	for (size_t k = 1; !r->person && k <= CUE_WORDS && k <= r->first; k++)
		if (cue_at(q, r->first - k, "before", &len) && len == k)
			return true;
	if (r->owned)
		return cue_at(q, at, "owned", &len);
	/* "X, the newest"; "the other, X, was". */
	if (at < q->n && q->w[at].mark == ',')
		return cue_at(q, at + 1, "apposed", &len) ||
		       (r->first > 0 && q->w[r->first - 1].mark == ',' &&
			       cue_at(q, at + 1, "one", &len));
	/* A sentence's first word has its capital from there: "Members have
	 * joined"; one that "has" is rather a name. */
	return cue_at(q, at, "one", &len) ||
	       (cue_at(q, at, "behind", &len) && (r->first > 0 || r->last > 0));
}

static bool
are_listed(const struct scan *s, uint32_t end, uint32_t start)
{
	return end < start &&
	       places_coordinates(span_sub(s->doc->text, end, start));
}

/* "Oban, Moffat and Graz": listed with a city it is one. */
static bool
beside_city(const struct scan *s, const struct run *r)
{
	for (size_t i = 0; i < s->n && s->list[i].start < r->end + 8; i++) {
		const struct mention *m = &s->list[i];

		if (m->type != MENTION_CITY || m->end + 8 < r->start)
			continue;
		if (are_listed(s, m->end, r->start) ||
			are_listed(s, r->end, m->start))
			return true;
	}
	return false;
}

static enum error_code
add_runs(struct search *q)
{
	for (size_t i = 0; i < q->nruns; i++)
		q->runs[i].taken =
			q->runs[i].cued || beside_city(q->s, &q->runs[i]);
	for (size_t i = 1; i < q->nruns; i++)
		if (q->runs[i - 1].taken && !q->runs[i].person &&
			are_listed(q->s, q->runs[i - 1].end, q->runs[i].start))
			q->runs[i].taken = true;
	for (size_t i = q->nruns; i-- > 1;)
		if (q->runs[i].taken && !q->runs[i - 1].person &&
			are_listed(q->s, q->runs[i - 1].end, q->runs[i].start))
			q->runs[i - 1].taken = true;
	for (size_t i = 0; i < q->nruns; i++) {
		const struct run *r = &q->runs[i];
		struct mention m = { .start = r->start,
			.end = r->end,
			.type = MENTION_CITY,
			.rule = subjects_rule };

		if (!r->taken)
			continue;
		m.place.name = arena_strndup(q->s->arena,
			q->s->doc->text.ptr + r->start, r->end - r->start);
		if (m.place.name == NULL || scan_add(q->s, &m) != OK)
			return ERR_NOMEM;
	}
	return OK;
}

/* Runs of one sentence whose mentions are list[from, to). */
static enum error_code
scan_sentence(struct search *q, size_t from, size_t to)
{
	const struct scan *s = q->s;
	size_t m = from, took;

	q->nruns = 0;
	for (size_t i = 0; i < q->n && q->nruns < RUNS_MAX; i += took) {
		struct run *r = &q->runs[q->nruns];

		took = 1;
		while (m < to && s->list[m].end <= q->w[i].start)
			m++;
		if (m < to && s->list[m].start <= q->w[i].start)
			continue;
		took = read_run(q, i, r);
		if (took == 0) {
			took = 1;
			continue;
		}
		if (r->end == r->start || is_words_of_rules(q, r) ||
			is_taken(s, m, r) || is_part(s, m, r))
			continue;
		r->cued = has_cue(q, r);
		q->nruns++;
	}
	return add_runs(q);
}

enum error_code
subjects_scan(const struct subjects *u, const struct vocabulary *rules,
	struct scan *s, struct buffer *tmp)
{
	struct search q = { .cues = u, .rules = rules, .s = s };
	size_t all = s->n, from = 0;
	enum error_code code = OK;

	q.runs = arena_array(s->arena, RUNS_MAX, sizeof *q.runs);
	if (q.runs == NULL)
		return ERR_NOMEM;
	while (from < all && s->list[from].type != MENTION_NETWORK &&
		s->list[from].type != MENTION_TITLE)
		from++;
	if (from == all)
		return OK;
	from = 0;
	for (size_t i = 0; code == OK && i < s->nsentences; i++) {
		const struct sentence *t = &s->sentences[i];
		size_t to;

		while (from < all && s->list[from].start < t->start)
			from++;
		for (to = from; to < all && s->list[to].start < t->end;)
			to++;
		q.w = scan_words(s, i, tmp, &q.n);
		if (q.w == NULL || !forget_rows(&q))
			return ERR_NOMEM;
		code = scan_sentence(&q, from, to);
	}
	return code == OK && s->n > all ? scan_settle(s) : code;
}

enum error_code
subjects_settle(struct scan *s, struct extraction *out)
{
	int32_t *to = arena_array(s->arena, s->n + 1, sizeof *to);
	size_t kept = 0;

	if (to == NULL)
		return ERR_NOMEM;
	memset(to, 0, (s->n + 1) * sizeof *to);
	for (size_t i = 0; i < out->nclaims; i++)
		for (size_t k = 0; k < out->claims[i].nargs; k++)
			if (out->claims[i].args[k].mention >= 0)
				to[out->claims[i].args[k].mention] = 1;
	for (size_t i = 0; i < s->n; i++) {
		if (s->list[i].rule == subjects_rule && to[i] == 0)
			continue;
		s->list[kept] = s->list[i];
		to[i] = (int32_t)kept++;
	}
	if (kept == s->n)
		return OK;
	s->n = kept;
	for (size_t i = 0; i < out->nclaims; i++) {
		struct claim *c = &out->claims[i];
		struct claim_arg *args =
			arena_array(s->arena, c->nargs + 1, sizeof *args);

		if (args == NULL)
			return ERR_NOMEM;
		for (size_t k = 0; k < c->nargs; k++) {
			args[k] = c->args[k];
			if (args[k].mention >= 0)
				args[k].mention = to[args[k].mention];
		}
		c->args = args;
	}
	return OK;
}
