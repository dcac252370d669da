#include "reading.h"

#include <ctype.h>

#define INSERT_UNITS  14 /* between its commas or dashes */
#define BRACKET_UNITS 48
#define ARTICLE_BYTES 3	 /* of "the" */
#define COMPANY_UNITS 3	 /* of "together with" and before the number */
#define SETTING_WORDS 6	 /* of "at the assembly of Graz," */
#define DATE_WORDS    2	 /* beside a date that an insert holds */
#define PHRASE_UNITS  10 /* before the name that ends it */
#define NAMED_UNITS   3	 /* before a name: what is called so */

#define PLACES                                                                 \
	(1u << MENTION_CITY | 1u << MENTION_REGION | 1u << MENTION_COUNTRY)
/* Whom a claim may be about. */
#define WHO                                                                    \
	(1u << MENTION_CITY | 1u << MENTION_REGION | 1u << MENTION_ORGANISATION)
/* Where one of these stands, it is no insert but may be one of a list. */
#define NAMES (WHO | 1u << MENTION_NETWORK | 1u << MENTION_TITLE)

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

static bool
is_clause(const struct annotated *n, size_t i, const char *type)
{
	const struct word_row *row = reading_clause(n, i);

	return row != NULL && strcmp(row->type, type) == 0;
}

/* What stands at i is named, and of such a type. */
static bool
is_named(const struct annotated *n, const struct scan *s, size_t i,
	unsigned types)
{
	return i < n->len && n->mention[i] >= 0 &&
	       n->mention[i] < NOTE_ANAPHOR &&
	       (types >> s->list[n->mention[i]].type & 1) != 0;
}

bool
reading_is_place(const struct annotated *n, const struct scan *s, size_t i)
{
	return is_named(n, s, i, PLACES);
}

bool
reading_is_count(const struct annotated *n, const struct scan *s, size_t i)
{
	return is_named(n, s, i, 1u << MENTION_COUNT);
}

/* The type of an anaphor is that of what it stands for. */
bool
reading_is_name(const struct annotated *n, const struct scan *s, size_t i)
{
	return is_named(n, s, i, WHO) ||
	       (i < n->len && n->mention[i] >= NOTE_ANAPHOR &&
		       (WHO >> s->list[n->mention[i] - NOTE_ANAPHOR].type &
			       1) != 0);
}

static bool
names_someone(const struct annotated *n, const struct scan *s, size_t i)
{
	int32_t m = n->mention[i];

	return m != NOTE_TEXT &&
	       (m < 0 || m >= NOTE_ANAPHOR || is_named(n, s, i, NAMES));
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
	return is_named(n, s, i, 1u << MENTION_DATE);
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

/* A name goes on a list: it stands at i, or behind an "and" there. */
static bool
goes_on(const struct annotated *n, const struct scan *s, size_t i)
{
	return reading_is_name(n, s, i) ||
	       (is_clause(n, i, "and") && reading_is_name(n, s, i + 1));
}

/* "in Lithuania and Latvia" */
static bool
same_type(const struct annotated *n, const struct scan *s, size_t i, size_t k)
{
	return reading_is_place(n, s, i) && reading_is_place(n, s, k) &&
	       s->list[n->mention[i]].type == s->list[n->mention[k]].type;
}

/* "the" of "in the Netherlands" at i: a short word in small letters. */
static bool
is_article(const struct annotated *n, const struct scan *s, size_t i)
{
	uint32_t cp;

	return i + 1 < n->len && n->mention[i] == NOTE_TEXT &&
	       n->to[i] - n->at[i] <= ARTICLE_BYTES &&
	       utf8_decode(s->doc->text, n->at[i], &cp) > 0 &&
	       utf8_is_letter(cp) && !utf8_is_upper(cp);
}

/* ", of Lille," or ", d'Arras," behind one name at i - 1, where that is: the
 * place's unit, or 0.  In "the towns of Lyon, of Lille and of Metz" it is one
 * of them. */
static size_t
of_place(const struct annotated *n, const struct scan *s, size_t i)
{
	size_t at = i + 2 + reading_is_mark(n, i + 2, '\'');

	if (i == 0 || !reading_is_name(n, s, i - 1) ||
		!reading_is_mark(n, i, ',') ||
		(at == i + 2 && !is_clause(n, i + 1, "of")) ||
		!reading_is_place(n, s, at) ||
		!reading_is_mark(n, at + 1, ',') || goes_on(n, s, at + 2))
		return 0;
	return is_clause(n, at + 2, "of") || is_clause(n, at + 2, "and") ||
			       (i > 1 && is_clause(n, i - 2, "of"))
		       ? 0
		       : at;
}

/* "in Lithuania", ", near Vilnius," behind a name: where that is.  Its last
 * unit, or i. */
static size_t
qualifier_end(const struct annotated *n, const struct scan *s, size_t i)
{
	bool comma = reading_is_mark(n, i, ',');
	size_t at = i + comma;

	if (of_place(n, s, i) > 0)
		return of_place(n, s, i) + 1;
	if (i > 0 && reading_is_name(n, s, i - 1) && is_clause(n, at, "at") &&
		is_article(n, s, at + 1))
		at++;
	else if (i == 0 || !reading_is_name(n, s, i - 1) ||
		 !is_clause(n, at, "at"))
		return i;

	if (!reading_is_place(n, s, at + 1) ||
		(is_clause(n, at + 2, "and") &&
			same_type(n, s, at + 1, at + 3)))
		return i;
	if (!comma)
		return at + 1;
	if (!reading_is_mark(n, at + 2, ','))
		return i;
	return goes_on(n, s, at + 3) ? at + 1 : at + 2;
}

bool
reading_is_qualifier(const struct annotated *n, const struct scan *s, size_t i)
{
	if ((i > 2 && of_place(n, s, i - 2) == i) ||
		(i > 3 && of_place(n, s, i - 3) == i))
		return true;
	if (i < 2 || !is_clause(n, i - 1, "at"))
		return false;
	return reading_is_name(n, s, i - 2) ||
	       (i > 2 && reading_is_mark(n, i - 2, ',') &&
		       reading_is_name(n, s, i - 3));
}

/* A word with a capital before i, inside the sentence: of one name with it. */
static bool
is_behind_capital(const struct annotated *n, const struct scan *s, size_t i)
{
	uint32_t cp;

	return i > 1 && n->mention[i - 1] == NOTE_TEXT &&
	       utf8_decode(s->doc->text, n->at[i - 1], &cp) > 0 &&
	       utf8_is_upper(cp);
}

/* German writes every noun with a capital: it shows no name. */
static bool
has_large_nouns(const struct scan *s)
{
	return s->doc->language != NULL && strcmp(s->doc->language, "de") == 0;
}

/* "Fife (29)": how many there. */
static bool
is_counted(const struct annotated *n, const struct scan *s, size_t i)
{
	return reading_is_mark(n, i + 1, '(') && i + 2 < n->len &&
	       isdigit((unsigned char)s->doc->text.ptr[n->at[i + 2]]);
}

static bool
is_of(const struct annotated *n, size_t i)
{
	return is_clause(n, i, "of") || is_clause(n, i, "of-the");
}

/* "the Region Brittany", "the département of Finistère": the word in front that
 * says what it is, or SIZE_MAX.  Behind "in", or "of" with an "of" of its own,
 * it may still be where somebody is. */
static size_t
land_word(const struct annotated *n, size_t i)
{
	size_t of = i - (i > 1 && reading_is_mark(n, i - 1, '\'')), land = i;

	if (of > 1 && (is_of(n, of - 1)))
		land = of - 1;
	return land > 0 && is_clause(n, land - 1, "land") ? land - 1 : SIZE_MAX;
}

static bool
is_within(const struct annotated *n, size_t i, size_t land)
{
	for (size_t back = 1; back <= 2 && back <= land; back++)
		if (is_clause(n, land - back, "at") ||
			(land + 1 < i &&
				(is_clause(n, land - back, "of") ||
					is_clause(n, land - back, "of-the"))))
			return true;
	return false;
}

bool
reading_is_dateline(const struct annotated *n, const struct scan *s,
	size_t start, size_t end)
{
	size_t i = end + 1;

	if (start > 0 || !reading_is_mark(n, end, ','))
		return false;
	i += is_date(n, s, i);
	return i < n->len && reading_is_dash(n, s, i);
}

bool
reading_is_scene(const struct annotated *n, size_t i)
{
	return i > 1 && is_clause(n, i - 1, "at") &&
	       n->mention[i - 2] == NOTE_TEXT &&
	       n->units[i - 2] == UNIT_OTHER && !reading_is_mark(n, i + 1, ',');
}

/* Where a phrase with a preposition before unit i begins, an article passed:
 * the preposition, or i. */
static size_t
preposition_before(const struct annotated *n, const struct scan *s, size_t i)
{
	size_t at = i > 1 && is_article(n, s, i - 1) ? i - 2 : i - 1;

	return i > 0 && is_clause(n, at, "at") ? at : i;
}

/* "the Marches" of "in Wales and the Marches" at i. */
static bool
goes_on_where(const struct annotated *n, const struct scan *s, size_t i)
{
	size_t at = i > 1 && is_article(n, s, i - 1) ? i - 2 : i - 1;

	return i > 1 && at > 1 && is_clause(n, at, "and") &&
	       reading_is_place(n, s, at - 1) &&
	       preposition_before(n, s, at - 1) < at - 1;
}

bool
reading_is_whereabouts(
	const struct annotated *n, const struct scan *s, size_t i)
{
	size_t land;

	if (i == 0 || !is_named(n, s, i, 1u << MENTION_REGION))
		return false;
	land = land_word(n, i);
	if (land != SIZE_MAX)
		return is_within(n, i, land);
	return is_clause(n, i - 1, "at") || goes_on_where(n, s, i) ||
	       (is_of(n, i - 1) && (has_large_nouns(s) ||
					   !is_behind_capital(n, s, i - 1))) ||
	       is_behind_capital(n, s, i) || is_counted(n, s, i) ||
	       (i > 1 && n->mention[i - 1] == NOTE_TEXT &&
		       is_clause(n, i - 2, "at")) ||
	       (i + 1 < n->len && n->units[i + 1] == UNIT_OTHER);
}

/* Where the name at i with what qualifies it ends: "Graz (Austria)", "Graz in
 * Styria". */
static size_t
name_end(const struct annotated *n, const struct scan *s, size_t i)
{
	size_t end = qualifier_end(n, s, i + 1);

	end = end > i + 1 ? end + 1 : i + 1;
	return reading_bracket(n, end) > end ? reading_bracket(n, end) + 1
					     : end;
}

/* "In Oslo", "At a ceremony in Graz": a preposition before the name at i, and
 * a sentence or clause begins with the phrase, or with nothing but it. */
static bool
is_fronted(const struct annotated *n, size_t i)
{
	return i > 0 && is_clause(n, i - 1, "at") &&
	       (i == 1 || (n->mention[i - 2] == NOTE_TEXT &&
				  n->units[i - 2] < UNIT_OTHER));
}

/* "During the congress of Oslo": a sentence begins with a phrase that ends with
 * the name at i. */
static bool
ends_phrase(const struct annotated *n, const struct scan *s, size_t i)
{
	size_t k = i - (i > 1 && reading_is_mark(n, i - 1, '\''));

	if (k < 2 || k > PHRASE_UNITS ||
		!(is_clause(n, k - 1, "of") || is_clause(n, k - 1, "of-the") ||
			is_clause(n, k - 1, "at")) ||
		!(is_clause(n, 0, "at") || is_clause(n, 0, "front")))
		return false;
	while (k > 0 &&
		(is_named(n, s, k - 1, 1u << MENTION_EVENT) ||
			(n->mention[k - 1] == NOTE_TEXT &&
				(n->units[k - 1] >= UNIT_OTHER ||
					reading_is_mark(n, k - 1, '\'')))))
		k--;
	return k == 0;
}

/* The name behind "the town of" at i, or i; after a phrase behind any words. */
static size_t
behind_words(const struct annotated *n, size_t i, size_t end, bool phrase)
{
	size_t k = i;

	while (k < end && k - i <= NAMED_UNITS && n->mention[k] == NOTE_TEXT &&
		n->units[k] >= UNIT_OTHER)
		k++;
	if (k == i || !(phrase || is_clause(n, k - 1, "of") ||
			      is_clause(n, k - 1, "of-the")))
		return i;
	return k + reading_is_mark(n, k, '\'');
}

bool
reading_is_setting(const struct annotated *n, size_t i)
{
	size_t k = i;

	if (!reading_is_mark(n, i + 1, ','))
		return false;
	while (k > 0 && i - k < SETTING_WORDS &&
		n->mention[k - 1] == NOTE_TEXT && n->units[k - 1] >= UNIT_OTHER)
		k--;
	return k < i && (is_clause(n, k, "at") || is_clause(n, k, "says")) &&
	       (k == 0 || n->mention[k - 1] == NOTE_TEXT);
}

bool
reading_is_only_where(const struct annotated *n, const struct scan *s)
{
	const unsigned nets = 1u << MENTION_NETWORK | 1u << MENTION_TITLE;
	bool network = false;

	for (size_t i = 0; i < n->len; i++) {
		network = network || is_named(n, s, i, nets);
		if (reading_is_place(n, s, i) &&
			!(network && i > 0 && is_clause(n, i - 1, "at")))
			return false;
	}
	return true;
}

size_t
reading_subjects(
	const struct annotated *n, const struct scan *s, size_t i, size_t end)
{
	size_t comma = reading_is_name(n, s, i) ? name_end(n, s, i) : end;
	size_t next = comma + 1;
	bool phrase, pair, meant;

	if (comma >= end || !reading_is_mark(n, comma, ','))
		return i;
	/* "Like Graz, it ..." */
	if (next < end && n->mention[next] == NOTE_PRONOUN)
		return next;
	phrase = ends_phrase(n, s, i) && !reading_is_mark(n, end, ',');
	next = behind_words(n, next, end, phrase);
	if (!reading_is_name(n, s, next))
		return i;
	pair = name_end(n, s, next) >= end;
	meant = n->mention[i] >= NOTE_ANAPHOR && n->mention[next] >= 0 &&
		n->mention[next] < NOTE_ANAPHOR;
	if (phrase || is_fronted(n, i) || (meant && (pair || i > 0)))
		return next;
	/* "Durham, County Durham": where the first is. */
	return pair && i > 0 && !is_named(n, s, next, 1u << MENTION_REGION)
		       ? next
		       : i;
}

size_t
reading_names(const struct annotated *n, const struct scan *s, size_t i,
	size_t *count)
{
	size_t end = i, names = 0;

	while (reading_is_name(n, s, i)) {
		names++;
		end = ++i;
		if (qualifier_end(n, s, i) > i) {
			end = qualifier_end(n, s, i) + 1;
			i = end;
		}
		if (reading_bracket(n, i) > i) {
			end = reading_bracket(n, i) + 1;
			i = end;
		}
		if (reading_is_mark(n, i, ','))
			i++;
		if (is_clause(n, i, "and"))
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

static bool
is_word(const struct annotated *n, size_t i)
{
	return i < n->len && n->mention[i] == NOTE_TEXT &&
	       n->units[i] >= UNIT_OTHER;
}

/* "at a ceremony in Lyon" behind a word that no rule has: where it is done.
 * Its last unit, or i. */
static size_t
scene_end(const struct annotated *n, const struct scan *s, size_t i)
{
	size_t at = i + 1 + is_article(n, s, i + 1);

	return is_clause(n, i, "at") && n->mention[i - 1] == NOTE_TEXT &&
			       n->units[i - 1] == UNIT_OTHER &&
			       reading_is_place(n, s, at) &&
			       !is_clause(n, at + 1, "and") &&
			       !reading_is_mark(n, at + 1, ',')
		       ? at
		       : i;
}

/* "together with five other towns" behind a word: its last unit, or i. */
static size_t
company_end(const struct annotated *n, const struct scan *s, size_t i)
{
	size_t end = i + 1;

	if (!is_clause(n, i, "pair") || !is_word(n, i - 1))
		return i;
	while (end <= i + COMPANY_UNITS && is_word(n, end))
		end++;
	return reading_is_count(n, s, end) ? end : i;
}

/* Last unit of the insert that begins at i, or i. */
static size_t
insert_at(const struct annotated *n, const struct scan *s, size_t i)
{
	if (i == 0)
		return i;
	if (reading_is_mark(n, i, '('))
		return reading_bracket(n, i);
	if (qualifier_end(n, s, i) > i)
		return qualifier_end(n, s, i);
	if (scene_end(n, s, i) > i)
		return scene_end(n, s, i);
	if (company_end(n, s, i) > i)
		return company_end(n, s, i);
	if (is_comma(n, s, i))
		return insert_end(n, s, i, is_comma);
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
