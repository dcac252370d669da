#include "subjects.h"

#include <stdlib.h>

#include "cues.h"

#define CUE_WORDS   3  /* of a phrase that stands before a name */
#define ASIDE_WORDS 12 /* between two commas, or in brackets, behind a name */

static const char subjects_rule[] = SUBJECTS_RULE_UNKNOWN;
static const char subjects_place_rule[] = "subjects.place";

/* Rows "ending": how words of a kind end. */
static enum error_code
gather_endings(struct subjects *u, struct error *err)
{
	for (size_t i = 0; i < u->cues.n; i++) {
		const struct word_row *row = &u->cues.rows[i];

		if (strcmp(row->type, "ending") != 0)
			continue;
		if (u->nendings == SUBJECTS_ENDINGS_MAX)
			return error_set(err, ERR_LIMIT,
				"lang/%s/subjects.tsv:%d: over %d endings",
				row->lang, row->line, SUBJECTS_ENDINGS_MAX);
		u->endings[u->nendings++] =
			(struct subjects_ending){ row, strlen(row->words) };
	}
	return OK;
}

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
	if (code == OK)
		code = gather_endings(u, err);
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

static bool
is_language(const struct search *q, const char *language)
{
	return q->s->doc->language != NULL &&
	       strcmp(q->s->doc->language, language) == 0;
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

bool
subjects_turn(struct search *q, size_t sentence, struct buffer *tmp)
{
	q->w = scan_words(q->s, sentence, tmp, &q->n);
	return q->w != NULL && forget_rows(q);
}

/* A mention takes the run's place, unless it is a place within it. */
static bool
is_taken(const struct scan *s, size_t mention, const struct run *r)
{
	for (size_t i = mention; i < s->n && s->list[i].start < r->end; i++) {
		const struct mention *m = &s->list[i];

		if (m->end > r->start &&
			((m->type != MENTION_CITY &&
				 m->type != MENTION_REGION &&
				 m->type != MENTION_COUNTRY) ||
				m->end > r->end ||
				m->end - m->start >= r->end - r->start))
			return true;
	}
	return false;
}

/* Rules have all words of text[at, end). */
static bool
has_words_of_rules(const struct search *q, uint32_t at, uint32_t end)
{
	struct token t;

	while (q->rules != NULL && at < end &&
		token_next(q->s->doc->text, &at, end, &t))
		if (vocabulary_unit(q->rules, &t) == UNIT_OTHER)
			return false;
	return q->rules != NULL;
}

/* Words by which rules read a sentence are no name: "Joined were A and B",
 * "The Accord has". */
static bool
is_words_of_rules(const struct search *q, const struct run *r)
{
	return has_words_of_rules(q, r->start, r->end);
}

bool
subjects_of_rules(const struct search *q, size_t i)
{
	return has_words_of_rules(q, q->w[i].start, q->w[i].end);
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
			m->type == MENTION_TITLE || m->type == MENTION_COUNT)
			continue;
		if (m->end + 1 == r->start && s->doc->text.ptr[m->end] == ' ')
			return true;
		if (m->start == r->end + 1 && s->doc->text.ptr[r->end] == ' ')
			return true;
	}
	return false;
}

/* Word i begins what the cue layer knows to tell of a member. */
static bool
tells(const struct search *q, size_t i)
{
	const struct word_row *row;
	size_t len;
	bool weak;

	if (q->told == NULL || i >= q->n)
		return false;
	row = words_find(q->told, q->w, q->n, i, q->s->doc->language, &len);
	return row != NULL && cue_class_of(row, &weak) < CUE_STATUSES && !weak;
}

/* The sentence names a network, or has a word that tells of a member. */
static bool
is_told(const struct search *q, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (q->s->list[i].type == MENTION_NETWORK ||
			q->s->list[i].type == MENTION_TITLE)
			return true;
	for (size_t i = 0; i < q->n; i++)
		if (tells(q, i))
			return true;
	return false;
}

/* Word behind ", next door," or "(Dordogne)" at word i; i if there is none. */
static size_t
pass_aside(const struct search *q, size_t i)
{
	char close;

	if (i >= q->n || (q->w[i].mark != ',' && q->w[i].mark != '('))
		return i;
	close = q->w[i].mark == ',' ? ',' : ')';
	for (size_t k = i + 1; k < q->n && k <= i + ASIDE_WORDS; k++) {
		if (q->w[k].mark == ';' || q->w[k].mark == ':')
			break;
		if (q->w[k].mark == close)
			return k + 1;
	}
	return i;
}

/* "the brewer", "la papelera guipuzcoana": the words before the name. */
static bool
has_sector(const struct search *q, const struct run *r)
{
	size_t i = r->first;

	if (i == 0 || q->w[i - 1].mark != 0)
		return false;
	return subjects_sector(q, i - 1) ||
	       (i > 1 && q->w[i - 2].mark == 0 && subjects_sector(q, i - 2) &&
		       !subjects_listed(q, i - 1) && !tells(q, i - 1));
}

/* What stands at word at says that the name before does something. */
static bool
acts(const struct search *q, const struct run *r, size_t at)
{
	size_t len;

	/* A sentence's first word has its capital from there: "Members have
	 * joined"; one that "has" is rather a name, and so is one without an
	 * article where nouns have one. */
	if (subjects_cue(q, at, "one", &len) || subjects_elided(q, at))
		return true;
	return (r->first > 0 || r->last > r->first || q->articles ||
		       (r->place != NULL && !r->place->word)) &&
	       subjects_cue(q, at, "behind", &len);
}

/* A mention of one of the types (bits) covers word i: the word behind it; i if
 * there is none. */
static size_t
pass_mention(const struct search *q, size_t i, unsigned types)
{
	const struct mention *m = subjects_mention(q, i);

	while (m != NULL && (types & 1u << m->type) != 0 && i < q->n &&
		q->w[i].start < m->end)
		i++;
	return i;
}

/* "'s RE100 membership" */
static size_t
pass_network(const struct search *q, size_t i)
{
	return pass_mention(q, i, 1u << MENTION_NETWORK | 1u << MENTION_TITLE);
}

/* "in Belgium", "of Linz": where that ends; i if no place stands there. */
static size_t
pass_place(const struct search *q, size_t i)
{
	size_t len, behind;

	if (i + 1 >= q->n || q->w[i].mark != 0 ||
		!subjects_cue(q, i, "in", &len))
		return i;
	behind = pass_mention(q, i + 1,
		1u << MENTION_CITY | 1u << MENTION_REGION |
			1u << MENTION_COUNTRY);
	return behind > i + 1 ? behind : i;
}

/* Words before the run say that a member is named: "including", "avec le". */
static bool
is_behind(const struct search *q, const struct run *r)
{
	size_t from = r->first, len;

	for (int article = 0; article < 2 && !r->person; article++) {
		for (size_t k = 1; k <= CUE_WORDS && k <= from; k++)
			if (subjects_cue(q, from - k, "before", &len) &&
				len == k)
				return true;
		/* "of the Moffat group" */
		if (from == 0 || !subjects_cue(q, from - 1, "the", &len) ||
			is_language(q, "en"))
			break;
		from--;
	}
	return false;
}

/* What stands before or behind it says that it does or bears something. */
bool
subjects_acts(const struct search *q, const struct run *r)
{
	size_t len, at = r->last + 1, behind;

	if (is_behind(q, r))
		return true;
	if (r->first > 0 && subjects_place(q, r->first - 1))
		return true;
	if (r->owned)
		return subjects_cue(q, pass_network(q, at), "owned", &len);
	if (acts(q, r, at) || acts(q, r, pass_place(q, at)))
		return true;
	/* "two of them, X and Y, are" */
	if (at < q->n && q->w[at].mark == ',' && r->first > 1 &&
		q->w[r->first - 1].mark == 0 &&
		subjects_cue(q, at + 1, "behind", &len) &&
		subjects_and(q, r->first - 1))
		return true;
	/* "X, the newest"; "the other, X, was". */
	if (at < q->n && q->w[at].mark == ',' &&
		(subjects_cue(q, at + 1, "apposed", &len) ||
			(r->first > 0 && q->w[r->first - 1].mark == ',' &&
				subjects_cue(q, at + 1, "one", &len))))
		return true;
	behind = pass_aside(q, pass_place(q, at));
	return behind > at && acts(q, r, behind);
}

/* It is a place's name, and its sentence is about members. */
static bool
is_known(const struct search *q, const struct run *r)
{
	if (r->place == NULL || !q->is_told)
		return false;
	return !r->place->word ||
	       (r->last == r->first && r->first > 0 &&
		       !seen_has(q->seen->small, q->w[r->first].hash) &&
		       !is_language(q, "de"));
}

static enum error_code
add_run(const struct search *q, const struct run *r)
{
	struct mention m = { .start = r->start,
		.end = r->end,
		.type = MENTION_CITY,
		.rule = subjects_rule };

	if (r->place != NULL) {
		m = r->place->place;
		m.rule = subjects_place_rule;
		return scan_add(q->s, &m);
	}
	m.place.name = arena_strndup(
		q->s->arena, q->s->doc->text.ptr + r->start, r->end - r->start);
	if (m.place.name == NULL)
		return ERR_NOMEM;
	if (r->sector) {
		m.start = r->from;
		m.type = MENTION_ORGANISATION;
		m.name = (struct name_value){ .name = m.place.name };
	}
	if (!r->given)
		return scan_add(q->s, &m);
	/* Nothing of the person's is kept: a place stands where its name was.
	 */
	q->s->list[r->mention] = m;
	return OK;
}

/* The run's name is looked for in the rest of the document, or it may be one
 * of those. */
static void
keep(struct search *q, const struct run *r)
{
	struct span name = span_sub(q->s->doc->text, r->start, r->end);

	if (r->taken && q->nnames < SUBJECTS_NAMES_MAX)
		q->names[q->nnames++] = name;
	else if (!r->taken && q->is_told && q->nopen < SUBJECTS_RUNS_MAX)
		q->open[q->nopen++] = *r;
}

static enum error_code
add_runs(struct search *q)
{
	enum error_code code = OK;

	for (size_t i = 0; i < q->nruns; i++) {
		struct run *r = &q->runs[i];

		r->taken = (r->cued && !r->given) || r->sector ||
			   is_known(q, r) || subjects_beside_member(q, r);
	}
	subjects_take_lists(q);
	subjects_take_neighbours(q);
	for (size_t i = 0; code == OK && i < q->nruns; i++) {
		keep(q, &q->runs[i]);
		if (q->runs[i].taken && q->runs[i].sector)
			q->runs[i].from = subjects_listed_start(q, i);
		if (q->runs[i].taken)
			code = add_run(q, &q->runs[i]);
	}
	return code;
}

/* What was taken where something shows it is a name elsewhere too. */
static enum error_code
add_again(struct search *q)
{
	enum error_code code = OK;

	for (size_t i = 0; code == OK && i < q->nopen; i++) {
		struct span name = span_sub(
			q->s->doc->text, q->open[i].start, q->open[i].end);

		for (size_t k = 0; k < q->nnames; k++)
			if (span_eq(name, q->names[k])) {
				code = add_run(q, &q->open[i]);
				break;
			}
	}
	return code;
}

/* The last name of a person of the document. */
static bool
is_surname(const struct search *q, const struct run *r)
{
	return r->last == r->first && r->place == NULL &&
	       seen_has(q->seen->surnames, q->w[r->first].hash);
}

/* A person by the first name alone, which may be a company's. */
static bool
is_given(const struct mention *m)
{
	return m->type == MENTION_PERSON && m->rule != NULL &&
	       strcmp(m->rule, NAMES_RULE_GIVEN) == 0;
}

/* The run that is mention m, from word i on; how many words it takes. */
static size_t
read_given(const struct search *q, size_t i, size_t m, struct run *r)
{
	const struct mention *p = &q->s->list[m];

	*r = (struct run){ .first = i,
		.last = i,
		.start = p->start,
		.end = p->end,
		.person = true,
		.given = true,
		.mention = m };
	while (r->last + 1 < q->n && q->w[r->last + 1].end <= p->end)
		r->last++;
	return r->last - i + 1;
}

/* Runs of one sentence whose mentions are list[from, to). */
static enum error_code
scan_sentence(struct search *q, size_t from, size_t to)
{
	const struct scan *s = q->s;
	size_t m = from, took;

	q->nruns = 0;
	q->is_told = is_told(q, from, to);
	for (size_t i = 0; i < q->n && q->nruns < SUBJECTS_RUNS_MAX;
		i += took) {
		struct run *r = &q->runs[q->nruns];

		took = 1;
		while (m < to && s->list[m].end <= q->w[i].start)
			m++;
		if (m < to && s->list[m].start < q->w[i].start)
			continue;
		if (m < to && s->list[m].start == q->w[i].start &&
			is_given(&s->list[m])) {
			took = read_given(q, i, m, r);
		} else {
			took = subjects_read(q, i, r);
			if (took == 0) {
				took = 1;
				continue;
			}
			if (r->end == r->start || is_surname(q, r) ||
				(r->place == NULL && is_words_of_rules(q, r)) ||
				is_taken(s, m, r) || is_part(s, m, r))
				continue;
		}
		r->sector = r->sector || has_sector(q, r);
		r->person = r->person && !r->sector;
		r->cued = subjects_acts(q, r);
		q->nruns++;
	}
	return add_runs(q);
}

/* What the sentence's words say of names elsewhere. */
static void
see(struct search *q, size_t from, size_t to)
{
	struct span text = q->s->doc->text;

	for (size_t i = 0; i < q->n; i++) {
		uint32_t cp;

		if (q->w[i].fold[0] != '\0' &&
			utf8_decode(text, q->w[i].start, &cp) > 0 &&
			!utf8_is_upper(cp))
			seen_add(q->seen->small, q->w[i].hash);
		while (from < to && q->s->list[from].end < q->w[i].end)
			from++;
		if (from < to && q->s->list[from].end == q->w[i].end &&
			q->s->list[from].type == MENTION_PERSON)
			seen_add(q->seen->surnames, q->w[i].hash);
	}
}

/* The mention without its first bytes, of which its name begins the same. */
static void
cut_left(const struct scan *s, struct mention *m, uint32_t bytes)
{
	const char *text = s->doc->text.ptr;

	if (m->name.name == NULL || strlen(m->name.name) <= bytes ||
		strncmp(m->name.name, text + m->start, bytes) != 0)
		return;
	m->name.name += bytes;
	m->start += bytes;
}

/* "Modehersteller Wend AG": the name is what stands behind the trade. */
static void
trim_trades(struct search *q, size_t from, size_t to)
{
	const struct scan *s = q->s;

	for (size_t i = 0; i + 1 < q->n; i++) {
		while (from < to && s->list[from].start < q->w[i].start)
			from++;
		if (from == to)
			return;
		if (s->list[from].type == MENTION_ORGANISATION &&
			s->list[from].start == q->w[i].start &&
			s->list[from].end > q->w[i + 1].end &&
			subjects_capital(q, i + 1) && subjects_trade(q, i))
			cut_left(s, &s->list[from],
				q->w[i + 1].start - q->w[i].start);
	}
}

/* The endings of the document's language. */
static void
choose_endings(struct search *q)
{
	const struct subjects *u = q->cues;
	const char *language = q->s->doc->language;
	size_t from = 0;

	while (language != NULL && from < u->nendings &&
		strcmp(u->endings[from].row->lang, language) != 0)
		from++;
	q->endings = u->endings + from;
	while (language != NULL && from + q->nendings < u->nendings &&
		strcmp(q->endings[q->nendings].row->lang, language) == 0)
		q->nendings++;
}

/* Each sentence with its mentions; first to see, then to find. */
static enum error_code
scan_sentences(struct search *q, size_t all, bool first, struct buffer *tmp)
{
	struct scan *s = q->s;
	enum error_code code = OK;
	size_t from = 0;

	for (size_t i = 0; code == OK && i < s->nsentences; i++) {
		const struct sentence *t = &s->sentences[i];
		size_t to;

		while (from < all && s->list[from].start < t->start)
			from++;
		for (to = from; to < all && s->list[to].start < t->end;)
			to++;
		if (!subjects_turn(q, i, tmp))
			return ERR_NOMEM;
		if (first) {
			trim_trades(q, from, to);
			see(q, from, to);
		} else
			code = scan_sentence(q, from, to);
	}
	return code;
}

enum error_code
subjects_scan(const struct subjects *u, const struct vocabulary *rules,
	const struct word_table *told, struct scan *s, struct buffer *tmp)
{
	struct search q = {
		.cues = u, .rules = rules, .told = told, .s = s, .nsorted = s->n
	};
	size_t all, from = 0;
	enum error_code code = subjects_networks(&q, tmp);

	if (code != OK)
		return code;
	q.nsorted = all = s->n;
	while (from < all && s->list[from].type != MENTION_NETWORK &&
		s->list[from].type != MENTION_TITLE)
		from++;
	if (from == all)
		return OK;
	q.runs = arena_room(s->arena, SUBJECTS_RUNS_MAX, sizeof *q.runs);
	q.open = arena_room(s->arena, SUBJECTS_RUNS_MAX, sizeof *q.open);
	q.names = arena_room(s->arena, SUBJECTS_NAMES_MAX, sizeof *q.names);
	q.seen = arena_alloc(s->arena, sizeof *q.seen);
	if (q.runs == NULL || q.open == NULL || q.names == NULL ||
		q.seen == NULL)
		return ERR_NOMEM;
	choose_endings(&q);
	q.articles = is_language(&q, "fr") || is_language(&q, "es") ||
		     is_language(&q, "it") || is_language(&q, "pt");
	code = scan_sentences(&q, all, true, tmp);
	if (code == OK)
		code = scan_sentences(&q, all, false, tmp);
	if (code == OK)
		code = add_again(&q);
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
		if (to[i] == 0 &&
			(s->list[i].rule == subjects_rule ||
				s->list[i].rule == subjects_place_rule))
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
