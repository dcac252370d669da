/*
 * A sentence without what is put into it: dates, brackets, and what stands
 * between commas or dashes and names nobody.  "Graz (Austria's second city)
 * is, from 1 May, a member" is read as "Graz is a member", so that a rule need
 * not foresee what may be said between its words.  And with what it leaves
 * out: "Es miembro desde 2015" has a pronoun before it.
 */
#include "rules.h"

#define INSERT_UNITS  14 /* between its commas or dashes */
#define BRACKET_UNITS 48
#define DATE_WORDS    2 /* beside a date that an insert holds */

/* Names that a claim may be about: where one stands, it is no insert but may
 * be one of a list. */
#define NAMES                                                                  \
	(1u << MENTION_CITY | 1u << MENTION_REGION |                           \
		1u << MENTION_ORGANISATION | 1u << MENTION_NETWORK |           \
		1u << MENTION_TITLE)

static bool
is_mark(const struct annotated *n, size_t i, uint16_t mark)
{
	return n->mention[i] == NOTE_TEXT && n->units[i] == mark;
}

/* " - ", or an en dash; not the hyphen of a word. */
static bool
is_dash(const struct annotated *n, const struct scan *s, size_t i)
{
	return n->mention[i] == NOTE_TEXT &&
	       (n->units[i] == '-' || n->units[i] == UNIT_MARK) && i > 0 &&
	       s->doc->text.ptr[n->at[i] - 1] == ' ';
}

static bool
is_comma(const struct annotated *n, const struct scan *s, size_t i)
{
	(void)s;
	return is_mark(n, i, ',');
}

static bool
names_someone(const struct annotated *n, const struct scan *s, size_t i)
{
	int32_t m = n->mention[i];

	if (m == NOTE_TEXT)
		return false;
	if (m < 0 || m >= NOTE_ANAPHOR)
		return true;
	return (NAMES >> s->list[m].type & 1) != 0;
}

/* A word of the units turns what is said: "if the council agrees". */
static bool
turns(const struct annotated *n, size_t from, size_t to)
{
	for (size_t i = 0; i < n->nwords; i++)
		if (n->notes[i].stem >= from && n->notes[i].stem < to &&
			n->notes[i].turn != NULL)
			return true;
	return false;
}

static bool
is_date(const struct annotated *n, const struct scan *s, size_t i)
{
	return n->mention[i] >= 0 && n->mention[i] < NOTE_ANAPHOR &&
	       s->list[n->mention[i]].type == MENTION_DATE;
}

/* "from", "since last" beside a date; more words make it one of something
 * else: "a town since 1128". */
static bool
is_adverbial(const struct annotated *n, size_t from, size_t to)
{
	size_t words = 0;

	for (size_t i = from; i < to; i++)
		words +=
			n->mention[i] == NOTE_TEXT && n->units[i] >= UNIT_OTHER;
	return words <= DATE_WORDS;
}

/* Units [from, to) go, but a date among them may still date what the sentence
 * tells: "is, from 1 May, a member". */
static void
keep_dates(struct annotated *k, const struct annotated *n, const struct scan *s,
	size_t from, size_t to)
{
	if (!is_adverbial(n, from, to))
		return;
	for (size_t i = from; i < to && k->ndropped < DROPPED_DATES_MAX; i++)
		if (is_date(n, s, i) && dating_allows(n, from, i)) {
			k->dropped[k->ndropped].mention = n->mention[i];
			k->dropped[k->ndropped].since = dating_is_since(n, i);
			k->dropped[k->ndropped++].at = (uint32_t)k->len;
		}
}

/* Where the insert that begins with a mark at i ends with another, or i. */
static size_t
insert_end(const struct annotated *n, const struct scan *s, size_t i,
	bool (*is)(const struct annotated *, const struct scan *, size_t))
{
	size_t k = i + 1;

	while (k < n->len && k - i <= INSERT_UNITS && !is(n, s, k)) {
		if (names_someone(n, s, k) || is_mark(n, k, ';') ||
			is_mark(n, k, ':'))
			return i;
		k++;
	}
	return k < n->len && k - i <= INSERT_UNITS && k > i + 1 &&
			       !turns(n, i, k)
		       ? k
		       : i;
}

static size_t
bracket_end(const struct annotated *n, size_t i)
{
	for (size_t k = i + 1; k < n->len && k - i <= BRACKET_UNITS; k++)
		if (is_mark(n, k, ')'))
			return k;
	return i;
}

/* Last unit of the insert that begins at i, or i. */
static size_t
insert_at(const struct annotated *n, const struct scan *s, size_t i)
{
	if (i == 0)
		return i;
	if (is_mark(n, i, '('))
		return bracket_end(n, i);
	if (is_comma(n, s, i))
		return insert_end(n, s, i, is_comma);
	return is_dash(n, s, i) ? insert_end(n, s, i, is_dash) : i;
}

/* Anything that may have to go. */
static bool
may_change(const struct annotated *n)
{
	if ((n->symbols & 1u << SYMBOL_DATE) != 0)
		return true;
	for (size_t i = 1; i < n->len; i++)
		if (is_mark(n, i, '(') || is_mark(n, i, ',') ||
			is_mark(n, i, '-') || is_mark(n, i, UNIT_MARK))
			return true;
	return false;
}

/* Room for the units of n and a pronoun. */
static struct annotated *
empty_like(const struct annotated *n, struct arena *a)
{
	struct annotated *k = arena_alloc(a, sizeof *k);
	size_t cap = n->len + 2;

	if (k == NULL)
		return NULL;
	*k = *n;
	k->units = arena_array(a, cap, sizeof *k->units);
	k->at = arena_array(a, cap, sizeof *k->at);
	k->to = arena_array(a, cap, sizeof *k->to);
	k->mention = arena_array(a, cap, sizeof *k->mention);
	k->shown = arena_array(a, n->nwords, sizeof *k->shown);
	k->notes = arena_array(a, n->nwords + 1, sizeof *k->notes);
	k->len = k->cap = 0;
	k->placed = false;
	k->is_skeleton = true;
	return k->units != NULL && k->at != NULL && k->to != NULL &&
			       k->mention != NULL && k->shown != NULL &&
			       k->notes != NULL
		       ? k
		       : NULL;
}

static void
put_rest(struct annotated *k, const struct annotated *n, const struct scan *s)
{
	for (size_t i = 0; i < n->len; i++) {
		size_t end = insert_at(n, s, i);

		if (end > i || is_date(n, s, i)) {
			/* In brackets stands what is said of the name before
			 * them. */
			if (!is_mark(n, i, '('))
				keep_dates(k, n, s, i, end + 1);
			i = end;
			continue;
		}
		annotated_put(
			k, n->units[i], n->at[i], n->to[i], n->mention[i]);
	}
	k->at[k->len] = k->to[k->len] = n->end;
}

/* A network is spoken of, and nobody who could be in it; nor has the sentence
 * told anything as it stands. */
static bool
lacks_subject(const struct context *x, const struct scan *s,
	const struct annotated *n)
{
	const unsigned networks = 1u << SYMBOL_NETWORK | 1u << SYMBOL_TITLE,
		       subjects = 1u << SYMBOL_CITY |
				  1u << SYMBOL_ORGANISATION |
				  1u << SYMBOL_PRONOUN;

	return x->omits_subject && (n->symbols & networks) != 0 &&
	       (n->symbols & subjects) == 0 &&
	       x->newest[context_sentence(s, n->start)] == CONTEXT_NONE;
}

enum error_code
skeleton_make(const struct rules *r, const struct context *x, struct scan *s,
	struct annotated *n, struct annotated **out)
{
	bool subject = lacks_subject(x, s, n);
	struct annotated *k;

	*out = NULL;
	if (!subject && !may_change(n))
		return OK;
	annotated_place_words(r, s->doc->language, n);
	k = empty_like(n, s->arena);
	if (k == NULL)
		return ERR_NOMEM;
	if (subject) {
		annotated_put(k, UNIT_SYMBOL + SYMBOL_PRONOUN, n->start,
			n->start, NOTE_PRONOUN);
		k->symbols |= 1u << SYMBOL_PRONOUN;
	}
	put_rest(k, n, s);
	if (k->len != n->len || subject)
		*out = k;
	return OK;
}
