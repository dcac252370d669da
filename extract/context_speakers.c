/*
 * Who says what is told: in quotation marks, "said Ann Lee that ...", in the
 * sentences that go on with it, behind "Ann Lee:", in the answers of an
 * interview.
 */
#include <ctype.h>

#include "context.h"
#include "words.h"

#define SAYS_NEAR     24 /* words between a person and "said" */
#define BEHIND_NEAR   8	 /* words between "according to" and a person */
#define ROLE_FARTHER  4	 /* words by which a person's role may be nearer */
#define ARTICLE_BYTES 3	 /* of a word before: "as the Council said" */
#define ASIDE_WORDS   16
#define PRONOUN_NEAR  2	  /* words between "said" and "she" */
#define SPEAKER_BACK  3	  /* blocks before, in which a speaker was */
#define LABEL_BYTES   60  /* "Ann Lee, mayor of Graz:" */
#define BEARER_BYTES  24  /* between a person and the role */
#define BEARER_BACK   256 /* mentions that are looked through for it */
#define ANSWERERS_MAX 64  /* persons before the first question */
#define QUESTIONS_MIN 2	  /* of an interview */
#define SPEAKERS_TMP  256

/* The words of one sentence, and those of them that are looked at: "said". */
struct utterance {
	const struct word *w;
	size_t n;
	size_t verb, len;
	bool behind; /* "according to": who says it stands there */
	const struct sentence *in;
};

static const struct word_row *
clause_at(const struct context *x, const struct scan *s,
	const struct utterance *u, size_t i, size_t *len)
{
	return words_find(
		&x->rules->clauses, u->w, u->n, i, s->doc->language, len);
}

static bool
is_clause(const struct context *x, const struct scan *s,
	const struct utterance *u, size_t i, const char *type, size_t *len)
{
	const struct word_row *row = clause_at(x, s, u, i, len);

	return row != NULL && strcmp(row->type, type) == 0;
}

/* Words between the mention and the verb, or max. */
static size_t
distance(const struct utterance *u, const struct mention *m, size_t max)
{
	size_t words = 0;

	for (size_t i = u->verb;
		words < max && i > 0 && u->w[i - 1].start >= m->end; i--)
		words += u->w[i - 1].mark == 0;
	for (size_t i = u->verb + u->len;
		words < max && i < u->n && u->w[i].start < m->start; i++)
		words += u->w[i].mark == 0;
	return words;
}

/* The nearest mention of the type to the verb; *at: how far it stands. */
static int32_t
nearest(const struct scan *s, const struct utterance *u, enum mention_type type,
	size_t *at)
{
	int32_t found = CONTEXT_NONE;

	for (size_t i = context_mention(s, u->in->start);
		i < s->n && s->list[i].start < u->in->end; i++) {
		size_t by;

		if (s->list[i].type != type ||
			(u->behind && s->list[i].start < u->w[u->verb].start))
			continue;
		by = distance(u, &s->list[i], *at);
		if (by < *at) {
			*at = by;
			found = (int32_t)i;
		}
	}
	return found;
}

/* The two mean the same: "Mayor", "the mayor". */
static bool
same_role(const struct mention *a, const struct mention *b)
{
	return a->text.len == b->text.len &&
	       strncasecmp(a->text.ptr, b->text.ptr, a->text.len) == 0;
}

/* The person whom the text has given that role before; else the role. */
static int32_t
bearer(const struct scan *s, int32_t role)
{
	for (int32_t i = role - 1; i > 0 && role - i < BEARER_BACK; i--) {
		const struct mention *a = &s->list[i - 1], *b = &s->list[i];
		const struct mention *person = a, *of = b;

		if (a->type == MENTION_ROLE) {
			person = b;
			of = a;
		}
		if (person->type == MENTION_PERSON &&
			of->type == MENTION_ROLE &&
			b->start - a->end <= BEARER_BYTES &&
			same_role(of, &s->list[role]))
			return a->type == MENTION_PERSON ? i - 1 : i;
	}
	return role;
}

/* The person or role beside the verb, or CONTEXT_NONE. */
static int32_t
known_beside(const struct scan *s, const struct utterance *u)
{
	size_t person_at = u->behind ? BEHIND_NEAR : SAYS_NEAR;
	size_t role_at = person_at;
	const int32_t person = nearest(s, u, MENTION_PERSON, &person_at);
	const int32_t role = nearest(s, u, MENTION_ROLE, &role_at);

	if (role < 0 || (person >= 0 && person_at <= role_at + ROLE_FARTHER))
		return person;
	return bearer(s, role);
}

/* "she added"; "añadió", where the language needs no word for her and no name
 * stands before it that might be who says it. */
static bool
goes_on(const struct context *x, const struct scan *s,
	const struct utterance *u)
{
	const size_t m = context_mention(s, u->in->start);
	const size_t from = u->verb > PRONOUN_NEAR ? u->verb - PRONOUN_NEAR : 0;
	size_t len;

	for (size_t i = from; i < u->n && i <= u->verb + u->len + 1; i++)
		if (is_clause(x, s, u, i, "speaker", &len))
			return true;
	return x->omits_subject &&
	       (m >= s->n || s->list[m].start >= u->w[u->verb].start);
}

static bool
is_capital(const struct scan *s, const struct word *w)
{
	uint32_t cp;

	return w->mark == 0 && utf8_decode(s->doc->text, w->start, &cp) > 0 &&
	       utf8_is_upper(cp);
}

/* Something else goes by that name: a network, a town. */
static bool
is_other(const struct scan *s, uint32_t start, uint32_t end)
{
	for (size_t i = context_mention(s, start);
		i < s->n && s->list[i].start < end; i++) {
		const struct mention *m = &s->list[i];

		if (m->type != MENTION_CITY ||
			(m->rule != NULL &&
				strcmp(m->rule, SUBJECTS_RULE_UNKNOWN) != 0 &&
				m->end - m->start >= end - start))
			return true;
	}
	return false;
}

/* Words [from, to) are the name of somebody whom no table has; a single one
 * only where it stands alone, and no noun of a language that writes all of
 * them large. */
static const char *
as_name(const struct scan *s, const struct utterance *u, size_t from, size_t to,
	bool alone)
{
	const char *language = s->doc->language;

	if (to <= from || is_other(s, u->w[from].start, u->w[to - 1].end) ||
		(to - from == 1 && (!alone || language == NULL ||
					   strcmp(language, "de") == 0)))
		return NULL;
	return arena_strndup(s->arena, s->doc->text.ptr + u->w[from].start,
		u->w[to - 1].end - u->w[from].start);
}

/* "Ann Lee, who leads the trust, said": where the aside begins. */
static size_t
before_aside(const struct utterance *u)
{
	size_t i = u->verb;

	if (i < 2 || u->w[i - 1].mark != ',')
		return i;
	for (i--; i > 0 && u->verb - i < ASIDE_WORDS; i--)
		if (u->w[i - 1].mark == ',')
			return i - 1;
	return u->verb;
}

static const char *
name_up_to(const struct scan *s, const struct utterance *u, size_t to)
{
	size_t from = to;

	while (from > 0 && is_capital(s, &u->w[from - 1]))
		from--;
	if (from > 0 && u->w[from - 1].mark == 0 &&
		u->w[from - 1].end - u->w[from - 1].start <= ARTICLE_BYTES)
		return NULL;
	return as_name(s, u, from, to, from > 0 && u->w[from - 1].mark != 0);
}

/* "Ann Lee said"; "the chair, Ann Lee, said"; "Ann Lee, the chair, said". */
static const char *
name_before(const struct scan *s, const struct utterance *u)
{
	const char *found = name_up_to(s, u, u->verb);

	if (found == NULL && u->verb > 1 && u->w[u->verb - 1].mark == ',')
		found = name_up_to(s, u, u->verb - 1);
	return found != NULL ? found : name_up_to(s, u, before_aside(u));
}

static const char *
name_behind(const struct scan *s, const struct utterance *u)
{
	const size_t from = u->verb + u->len;
	size_t to = from;

	while (to < u->n && is_capital(s, &u->w[to]))
		to++;
	return as_name(s, u, from, to, to == u->n || u->w[to].mark != 0);
}

/* Who says it by the verb; last: who spoke before. */
static struct speech
by_this_verb(const struct context *x, const struct scan *s,
	const struct utterance *u, const char *last)
{
	const int32_t known = known_beside(s, u);
	struct speech out = { .who = NULL };

	if (known >= 0) {
		out.who = s->list[known].name.name;
		out.from = s->list[known].end;
		out.to = u->w[u->verb].start;
		return out;
	}
	if (!u->behind)
		out.who = name_before(s, u);
	if (out.who == NULL)
		out.who = name_behind(s, u);
	if (out.who == NULL && !u->behind && goes_on(x, s, u))
		out.who = last;
	return out;
}

/* The same by the first verb of the sentence that has somebody. */
static struct speech
by_verb(const struct context *x, const struct scan *s, struct utterance *u,
	const char *last)
{
	struct speech out = { .who = NULL };

	for (size_t i = 0; out.who == NULL && i < u->n; i++) {
		const struct word_row *row = clause_at(x, s, u, i, &u->len);

		if (row == NULL || strcmp(row->type, "says") != 0)
			continue;
		u->verb = i;
		u->behind = strcmp(row->value, "behind") == 0;
		out = by_this_verb(x, s, u, last);
	}
	return out;
}

/* "Die Stadt sei ...": a verb as only what somebody said has it. */
static bool
is_reported(const struct context *x, const struct scan *s,
	const struct utterance *u)
{
	size_t len;

	for (size_t i = 0; i < u->n; i++)
		if (is_clause(x, s, u, i, "reported", &len))
			return true;
	return false;
}

/* "Ann Lee: We are 39 now." */
static int32_t
label_of(const struct scan *s, const struct block *b)
{
	const char *text = s->doc->text.ptr;
	const uint32_t end = b->end - b->start > LABEL_BYTES
				     ? b->start + LABEL_BYTES
				     : b->end;
	uint32_t colon = b->start;
	size_t m = context_mention(s, b->start);

	while (colon < end && text[colon] != ':')
		colon++;
	while (m < s->n && s->list[m].end <= colon &&
		s->list[m].type != MENTION_PERSON)
		m++;
	return colon < end && m < s->n && s->list[m].end <= colon &&
			       s->list[m].start <= b->start + BEARER_BYTES
		       ? (int32_t)m
		       : CONTEXT_NONE;
}

static bool
is_question(const struct scan *s, size_t i)
{
	const struct sentence *t = &s->sentences[i];
	uint32_t end = t->end;

	while (end > t->start &&
		isspace((unsigned char)s->doc->text.ptr[end - 1]))
		end--;
	return end > t->start && s->doc->text.ptr[end - 1] == '?';
}

static bool
is_body(const struct scan *s, size_t i)
{
	const struct block *b = &s->doc->blocks[s->sentences[i].block];

	return b->zone == ZONE_BODY;
}

/* Sentence i is the first of its block. */
static bool
opens_block(const struct scan *s, size_t i)
{
	return i == 0 || s->sentences[i - 1].block != s->sentences[i].block;
}

/* The block that sentence i opens is asked, or begins with what is asked. */
static bool
asks(const struct scan *s, size_t i)
{
	return is_question(s, i) ||
	       (i + 1 < s->nsentences && !opens_block(s, i + 1) &&
		       is_question(s, i + 1));
}

/* The sentence behind the first question of an interview, where one block in
 * three has a question from there on; or nsentences. */
static size_t
first_answer(const struct scan *s)
{
	size_t first = s->nsentences, questions = 0, blocks = 0;

	for (size_t i = 0; i < s->nsentences; i++) {
		if (!is_body(s, i) || !opens_block(s, i))
			continue;
		questions += asks(s, i);
		blocks += questions > 0;
		if (questions == 1 && first == s->nsentences)
			first = i + 1;
	}
	return questions >= QUESTIONS_MIN && 3 * questions >= blocks
		       ? first
		       : s->nsentences;
}

static size_t
times_named(const struct scan *s, size_t m, uint32_t end)
{
	size_t times = 0;

	for (size_t i = 0; i < s->n && s->list[i].end <= end; i++)
		times +=
			s->list[i].type == MENTION_PERSON &&
			strcmp(s->list[i].name.name, s->list[m].name.name) == 0;
	return times;
}

/* Named in the title or the body, not as who asks. */
static bool
is_introduced(const struct scan *s, const struct mention *m)
{
	const struct block *b =
		&s->doc->blocks[scan_block_at(s->doc, m->start)];

	return m->type == MENTION_PERSON &&
	       (b->zone == ZONE_BODY || b->zone == ZONE_TITLE);
}

/* Who answers: the person named most before the first question. */
static int32_t
answerer(const struct scan *s, uint32_t end)
{
	int32_t found = CONTEXT_NONE;
	size_t most = 0, persons = 0;

	for (size_t i = 0;
		i < s->n && s->list[i].end <= end && persons < ANSWERERS_MAX;
		i++) {
		size_t times;

		if (!is_introduced(s, &s->list[i]))
			continue;
		persons++;
		times = times_named(s, i, end);
		if (times > most) {
			most = times;
			found = (int32_t)i;
		}
	}
	return found;
}

/* What the block says of who speaks in it, for those of its sentences that do
 * not say so themselves. */
struct turn {
	size_t block;
	size_t answers_from; /* the sentence behind an interview's first
			      * question */
	int32_t labelled, answers;
};

static void
turn_to(struct turn *t, const struct scan *s, size_t block)
{
	if (t->block == block)
		return;
	t->block = block;
	t->labelled = label_of(s, &s->doc->blocks[block]);
}

static const char *
by_turn(const struct turn *t, const struct scan *s, size_t i)
{
	const int32_t who = t->labelled >= 0 ? t->labelled : t->answers;

	if (who < 0 ||
		(t->labelled < 0 && (i < t->answers_from || is_question(s, i) ||
					    !is_body(s, i))))
		return NULL;
	return s->list[who].name.name;
}

/* Who says sentence i, which stands in the turn. */
static struct speech
speech_of(const struct context *x, struct scan *s, size_t i,
	const struct turn *t, const char *last, struct buffer *tmp)
{
	struct speech out = { .who = NULL };
	struct utterance u = { .in = &s->sentences[i] };

	u.w = scan_words(s, i, tmp, &u.n);
	if (u.w == NULL)
		return out;
	out = by_verb(x, s, &u, last);
	if (out.who == NULL && i > 0 && !x->quoted[i] &&
		s->sentences[i - 1].block == u.in->block &&
		is_reported(x, s, &u))
		out.who = x->speeches[i - 1].who;
	if (out.who == NULL)
		out.who = by_turn(t, s, i);
	return out;
}

/* Of all sentences, in order; false without memory. */
static bool
read_speeches(struct context *x, struct scan *s)
{
	struct turn t = { .block = s->doc->nblocks,
		.answers_from = first_answer(s),
		.answers = CONTEXT_NONE };
	struct buffer tmp;
	const char *last = NULL;
	size_t last_block = 0;

	x->speeches =
		arena_array(s->arena, s->nsentences + 1, sizeof *x->speeches);
	if (x->speeches == NULL)
		return false;
	if (t.answers_from < s->nsentences)
		t.answers = answerer(s, s->sentences[t.answers_from - 1].start);
	buffer_init(&tmp, SPEAKERS_TMP);
	for (size_t i = 0; i < s->nsentences; i++) {
		const size_t b = s->sentences[i].block;

		turn_to(&t, s, b);
		x->speeches[i] = speech_of(x, s, i, &t,
			b <= last_block + SPEAKER_BACK ? last : NULL, &tmp);
		if (x->speeches[i].who != NULL) {
			last = x->speeches[i].who;
			last_block = b;
		}
	}
	buffer_release(&tmp);
	return true;
}

/* Who speaks in a sentence of the block; those behind i first, which may close
 * the quotation. */
static const char *
in_block(const struct context *x, const struct scan *s, size_t i)
{
	const uint32_t b = s->sentences[i].block;

	for (size_t k = i; k < s->nsentences && s->sentences[k].block == b; k++)
		if (x->speeches[k].who != NULL)
			return x->speeches[k].who;
	for (size_t k = i; k > 0 && s->sentences[k - 1].block == b; k--)
		if (x->speeches[k - 1].who != NULL)
			return x->speeches[k - 1].who;
	return NULL;
}

/* The first person of a block, looked for once. */
static int32_t
block_person(struct context *x, const struct scan *s, size_t b)
{
	if (x->persons[b] == CONTEXT_UNKNOWN)
		x->persons[b] = context_first(s, s->doc->blocks[b].start,
			s->doc->blocks[b].end, 1u << MENTION_PERSON);
	return x->persons[b];
}

/* Who may speak in a quotation in sentence i of block b. */
static const char *
quoted_by(struct context *x, const struct scan *s, size_t i, size_t b)
{
	const char *who = in_block(x, s, i);

	for (size_t back = 0; who == NULL && back <= SPEAKER_BACK && back <= b;
		back++) {
		const int32_t m = block_person(x, s, b - back);

		if (m >= 0)
			who = s->list[m].name.name;
	}
	return who;
}

const char *
context_speaker(struct context *x, struct scan *s, uint32_t at)
{
	size_t i = context_sentence(s, at), b = scan_block_at(s->doc, at);
	const struct speech *said;

	if (s->nsentences == 0 || b >= s->doc->nblocks ||
		(x->speeches == NULL && !read_speeches(x, s)))
		return NULL;
	said = &x->speeches[i];
	if (context_is_quoted(x, s, i, at))
		return quoted_by(x, s, i, b);
	return at >= said->from && at < said->to ? NULL : said->who;
}
