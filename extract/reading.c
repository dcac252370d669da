#include "reading.h"

#include <ctype.h>

#define INSERT_UNITS  14 /* between its commas or dashes */
#define BRACKET_UNITS 48
#define ARTICLE_BYTES 3 /* of "the" */
#define COMPANY_UNITS 3 /* of "together with" and before the number */
#define DATE_WORDS    2 /* beside a date that an insert holds */

#define PLACES                                                                 \
	(1u << MENTION_CITY | 1u << MENTION_REGION | 1u << MENTION_COUNTRY)
/* Where one of these stands, it is no insert but may be one of a list. */
#define NAMES (READING_WHO | 1u << MENTION_NETWORK | 1u << MENTION_TITLE)

bool
reading_is_mark(const struct annotated *n, size_t i, uint16_t mark)
{
	return i < n->len && n->mention[i] == NOTE_TEXT && n->units[i] == mark;
}

bool
reading_is_dash(const struct annotated *n, const struct scan *s, size_t i)
{
	return n->mention[i] == NOTE_TEXT &&
	       (n->units[i] == '-' || n->units[i] == UNIT_MARK) && i > 0 &&
	       s->doc->text.ptr[n->at[i] - 1] == ' ';
}

static bool
is_comma(const struct annotated *n, const struct scan *s, size_t i)
{
	(void)s;
	return reading_is_mark(n, i, ',');
}

const struct word_row *
reading_clause(const struct annotated *n, size_t i)
{
	size_t lo = 0, hi = n->nwords;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (n->notes[mid].stem < i)
			lo = mid + 1;
		else
			hi = mid;
	}
	/* Words inside of a name stand where the next begins. */
	while (lo < n->nwords && n->notes[lo].stem == i &&
		n->list[lo].fold[0] == '\0' && lo + 1 < n->nwords &&
		n->notes[lo + 1].stem == i)
		lo++;
	return i < n->len && lo < n->nwords && n->notes[lo].stem == i &&
			       n->mention[i] == NOTE_TEXT
		       ? n->notes[lo].clause
		       : NULL;
}

bool
reading_is_clause(const struct annotated *n, size_t i, const char *type)
{
	const struct word_row *row = reading_clause(n, i);

	return row != NULL && strcmp(row->type, type) == 0;
}

bool
reading_is_named(const struct annotated *n, const struct scan *s, size_t i,
	unsigned types)
{
	return i < n->len && n->mention[i] >= 0 &&
	       n->mention[i] < NOTE_ANAPHOR &&
	       (types >> s->list[n->mention[i]].type & 1) != 0;
}

bool
reading_is_place(const struct annotated *n, const struct scan *s, size_t i)
{
	return reading_is_named(n, s, i, PLACES);
}

bool
reading_is_count(const struct annotated *n, const struct scan *s, size_t i)
{
	return reading_is_named(n, s, i, 1u << MENTION_COUNT);
}

/* The type of an anaphor is that of what it stands for. */
bool
reading_is_name(const struct annotated *n, const struct scan *s, size_t i)
{
	return reading_is_named(n, s, i, READING_WHO) ||
	       (i < n->len && n->mention[i] >= NOTE_ANAPHOR &&
		       (READING_WHO >> s->list[n->mention[i] - NOTE_ANAPHOR]
					       .type &
			       1) != 0);
}

static bool
names_someone(const struct annotated *n, const struct scan *s, size_t i)
{
	int32_t m = n->mention[i];

	return m != NOTE_TEXT &&
	       (m < 0 || m >= NOTE_ANAPHOR || reading_is_named(n, s, i, NAMES));
}

bool
reading_is_word(const struct annotated *n, size_t i)
{
	return i < n->len && n->mention[i] == NOTE_TEXT &&
	       n->units[i] >= UNIT_OTHER;
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
	return reading_is_named(n, s, i, 1u << MENTION_DATE);
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
		if (names_someone(n, s, k) || reading_is_mark(n, k, ';') ||
			reading_is_mark(n, k, ':'))
			return i;
		k++;
	}
	return k < n->len && k - i <= INSERT_UNITS && k > i + 1 &&
			       !turns(n, i, k)
		       ? k
		       : i;
}

size_t
reading_bracket(const struct annotated *n, size_t i)
{
	if (!reading_is_mark(n, i, '('))
		return i;
	for (size_t k = i + 1; k < n->len && k - i <= BRACKET_UNITS; k++)
		if (reading_is_mark(n, k, ')'))
			return k;
	return i;
}

bool
reading_is_article(const struct annotated *n, const struct scan *s, size_t i)
{
	uint32_t cp;

	return i + 1 < n->len && n->mention[i] == NOTE_TEXT &&
	       n->to[i] - n->at[i] <= ARTICLE_BYTES &&
	       utf8_decode(s->doc->text, n->at[i], &cp) > 0 &&
	       utf8_is_letter(cp) && !utf8_is_upper(cp);
}

size_t
reading_names(const struct annotated *n, const struct scan *s, size_t i,
	size_t *count)
{
	size_t end = i, names = 0;

	while (reading_is_name(n, s, i)) {
		names++;
		end = ++i;
		if (reading_qualifier_end(n, s, i) > i) {
			end = reading_qualifier_end(n, s, i) + 1;
			i = end;
		}
		if (reading_bracket(n, i) > i) {
			end = reading_bracket(n, i) + 1;
			i = end;
		}
		if (reading_is_mark(n, i, ','))
			i++;
		if (reading_is_clause(n, i, "and"))
			i++;
		else if (i == end)
			break;
	}
	if (count != NULL)
		*count = names;
	return end;
}

/* "Two other cities, A and B, were admitted", "the two cities A and B": the
 * number says no more than the names.  It goes, and the commas around the
 * names; *end: where those end. */
static bool
counts_names(
	const struct annotated *n, const struct scan *s, size_t i, size_t *end)
{
	const struct mention *m;
	size_t names;

	if (!reading_is_count(n, s, i))
		return false;
	m = &s->list[n->mention[i]];
	*end = reading_names(
		n, s, i + 1 + reading_is_mark(n, i + 1, ','), &names);
	return names > 1 && m->count.n == (int64_t)names;
}

/* "at a ceremony in Lyon" behind a word that no rule has: where it is done.
 * Its last unit, or i. */
static size_t
scene_end(const struct annotated *n, const struct scan *s, size_t i)
{
	size_t at = i + 1 + reading_is_article(n, s, i + 1);

	return reading_is_clause(n, i, "at") &&
			       n->mention[i - 1] == NOTE_TEXT &&
			       n->units[i - 1] == UNIT_OTHER &&
			       reading_is_place(n, s, at) &&
			       !reading_is_clause(n, at + 1, "and") &&
			       !reading_is_mark(n, at + 1, ',')
		       ? at
		       : i;
}

/* "together with five other towns" behind a word: its last unit, or i. */
static size_t
company_end(const struct annotated *n, const struct scan *s, size_t i)
{
	size_t end = i + 1;

	if (!reading_is_clause(n, i, "pair") || !reading_is_word(n, i - 1))
		return i;
	while (end <= i + COMPANY_UNITS && reading_is_word(n, end))
		end++;
	return reading_is_count(n, s, end) ? end : i;
}

/* Names of a list, the last of them behind an "and", follow the comma at i. */
static bool
lists_behind(const struct annotated *n, const struct scan *s, size_t i)
{
	const size_t next = reading_next(n, s, i + 1);

	return next > 0 && (reading_is_clause(n, i + 1, "and") ||
				   reading_is_mark(n, next + 1, ','));
}

/* Last unit of the insert that begins at i, or i. */
static size_t
insert_at(const struct annotated *n, const struct scan *s, size_t i)
{
	if (i == 0)
		return i;
	if (reading_is_mark(n, i, '('))
		return reading_bracket(n, i);
	if (reading_qualifier_end(n, s, i) > i)
		return reading_qualifier_end(n, s, i);
	if (scene_end(n, s, i) > i)
		return scene_end(n, s, i);
	if (company_end(n, s, i) > i)
		return company_end(n, s, i);
	if (is_comma(n, s, i)) {
		const size_t end = insert_end(n, s, i, is_comma);

		/* "Graz, a port, Linz, a market, and Wels" */
		return end - (end > i && reading_is_name(n, s, i - 1) &&
				     lists_behind(n, s, end));
	}
	return reading_is_dash(n, s, i) ? insert_end(n, s, i, reading_is_dash)
					: i;
}

struct annotated *
reading_new(const struct annotated *n, struct arena *a)
{
	struct annotated *k = arena_alloc(a, sizeof *k);
	size_t cap = n->len + 3;

	if (k == NULL)
		return NULL;
	*k = *n;
	k->units = arena_room(a, cap, sizeof *k->units);
	k->at = arena_room(a, cap, sizeof *k->at);
	k->to = arena_room(a, cap, sizeof *k->to);
	k->mention = arena_room(a, cap, sizeof *k->mention);
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

void
reading_put(struct annotated *k, const struct annotated *n,
	const struct scan *s, size_t from, size_t to)
{
	size_t comma = SIZE_MAX, end;

	for (size_t i = from; i < to; i++) {
		if (i == comma)
			continue;
		if (counts_names(n, s, i, &end)) {
			if (!reading_is_mark(n, i + 1, ','))
				continue;
			comma = reading_is_mark(n, end, ',') ? end : SIZE_MAX;
			i++;
			continue;
		}
		end = insert_at(n, s, i);
		if (end > i || is_date(n, s, i)) {
			/* In brackets stands what is said of the name before
			 * them. */
			if (!reading_is_mark(n, i, '('))
				keep_dates(k, n, s, i, end + 1);
			i = end;
			continue;
		}
		annotated_put(
			k, n->units[i], n->at[i], n->to[i], n->mention[i]);
	}
	k->at[k->len] = k->to[k->len] = n->end;
}
