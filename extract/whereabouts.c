/* Names that only say where something is or was, and those that act. */
#include "reading.h"

#include <ctype.h>

#define RANK_UNITS   3 /* between "the first town" and where it is */
#define PHRASE_UNITS 6 /* before the name that ends it */
#define SEAT_WORDS   2 /* "com sede" */
#define NAMED_UNITS  3 /* before a name: what is called so */
#define LINK_WORDS   2 /* before the next name of a list: "de la" */
#define LISTED_MAX   8 /* places of one list that say where one name is */
#define WITH_WORDS   3 /* "mit den drei Standorten" */
#define BRACKET_MAX  3 /* words in a bracket before a place: "ehemals Wels" */

size_t
reading_next(const struct annotated *n, const struct scan *s, size_t i)
{
	i += reading_is_clause(n, i, "and");
	for (size_t k = 0; k < LINK_WORDS && reading_is_article(n, s, i); k++)
		i++;
	i += reading_is_mark(n, i, '\'');
	return reading_is_name(n, s, i) ? i : 0;
}

/* "in Lithuania and Latvia" */
static bool
same_type(const struct annotated *n, const struct scan *s, size_t i, size_t k)
{
	return reading_is_place(n, s, i) && reading_is_place(n, s, k) &&
	       s->list[n->mention[i]].type == s->list[n->mention[k]].type;
}

/* The last unit of the list of places of one type that begins at i: "Ulm, Jena
 * and Passau". */
static size_t
places_end(const struct annotated *n, const struct scan *s, size_t i)
{
	for (size_t k = 0; k < LISTED_MAX; k++) {
		size_t next = i + 1 + reading_is_mark(n, i + 1, ',');

		next += reading_is_clause(n, next, "and");
		next += reading_is_article(n, s, next);
		if (next == i + 1 || !same_type(n, s, i, next))
			break;
		i = next;
	}
	return i;
}

/* The first of the places told together of which one stands at i. */
static size_t
places_start(const struct annotated *n, const struct scan *s, size_t i)
{
	for (size_t k = 0; k < LISTED_MAX && i > 2; k++) {
		size_t back = i - 1;

		back -= reading_is_article(n, s, back) &&
			!reading_is_clause(n, back, "at") && back > 1;
		back -= reading_is_clause(n, back, "and") && back > 1;
		back -= reading_is_mark(n, back, ',') && back > 1;
		if (back == i - 1 || !same_type(n, s, back, i))
			break;
		i = back;
	}
	return i;
}

/* ", of Lille," or ", d'Arras," behind one name at i - 1, where that is: the
 * place's unit, or 0.  In "the towns of Lyon, of Lille and of Metz" it is one
 * of them; an institution has no places beside it. */
static size_t
of_place(const struct annotated *n, const struct scan *s, size_t i)
{
	size_t at = i + 2 + reading_is_mark(n, i + 2, '\''), next;

	if (i == 0 || !reading_is_name(n, s, i - 1) ||
		!reading_is_mark(n, i, ',') ||
		(at == i + 2 && !reading_is_clause(n, i + 1, "of")) ||
		!reading_is_place(n, s, at))
		return 0;
	next = reading_next(n, s, at + 2);
	if (next > 0 &&
		!reading_is_named(n, s, next, 1u << MENTION_ORGANISATION))
		return 0;
	if (reading_is_named(n, s, i - 1, 1u << MENTION_ORGANISATION) &&
		(reading_is_mark(n, at + 1, ',') ||
			reading_is_mark(n, at + 1, '.')))
		return at;
	return !reading_is_mark(n, at + 1, ',') ||
			       reading_is_clause(n, at + 2, "of") ||
			       reading_is_clause(n, at + 2, "and") ||
			       (i > 1 && reading_is_clause(n, i - 2, "of"))
		       ? 0
		       : at;
}

/* ", based in Vilnius," behind one name at i - 1: the place's unit, or 0. */
static size_t
seat(const struct annotated *n, const struct scan *s, size_t i)
{
	size_t at = i + 1;

	if (i == 0 || !reading_is_name(n, s, i - 1) ||
		!reading_is_mark(n, i, ','))
		return 0;
	while (at - i <= SEAT_WORDS && reading_is_word(n, at) &&
		reading_clause(n, at) == NULL)
		at++;
	if (at == i + 1 || !reading_is_clause(n, at, "at"))
		return 0;
	at += 1 + reading_is_article(n, s, at + 1);
	return reading_is_place(n, s, at) && reading_is_mark(n, at + 1, ',')
		       ? at
		       : 0;
}

/* The place at i is where the name before it has its seat. */
static bool
is_seat(const struct annotated *n, const struct scan *s, size_t i)
{
	for (size_t back = 3; back <= SEAT_WORDS + 3 && back < i; back++)
		if (seat(n, s, i - back) == i)
			return true;
	return false;
}

/* The unit at or behind i that ends an insert whose mark stands there: the one
 * before a comma that parts the names of a list. */
static size_t
closing(const struct annotated *n, const struct scan *s, size_t i)
{
	return reading_is_mark(n, i, ',') && reading_next(n, s, i + 1) == 0
		       ? i
		       : i - 1;
}

/* German writes every noun with a capital: it shows no name. */
static bool
has_large_nouns(const struct scan *s)
{
	return s->doc->language != NULL && strcmp(s->doc->language, "de") == 0;
}

static bool
says(const struct annotated *n, const struct scan *s, size_t i,
	const char *word)
{
	return reading_is_word(n, i) &&
	       span_eq_str(span_sub(s->doc->text, n->at[i], n->to[i]), word);
}

/* "mit Häusern in Lauf und Hof", "mit den Standorten Lauf und Hof" behind a
 * name at i - 1: the first of these places, or 0. */
static size_t
with_seats(const struct annotated *n, const struct scan *s, size_t i)
{
	size_t at = i + 1;
	bool in;

	if (i == 0 || !has_large_nouns(s) || !says(n, s, i, "mit") ||
		n->mention[i - 1] == NOTE_TEXT)
		return 0;
	/* "Häusern" is a town, too. */
	while (at - i <= WITH_WORDS &&
		(reading_is_word(n, at) ||
			(reading_is_place(n, s, at) &&
				reading_is_clause(n, at + 1, "at"))) &&
		!reading_is_clause(n, at, "at") &&
		!reading_is_clause(n, at, "and"))
		at++;
	in = reading_is_clause(n, at, "at");
	if (at == i + 1 || (!in && !reading_is_named(n, s, i - 1,
					   1u << MENTION_ORGANISATION)))
		return 0;
	at += in;
	at += reading_is_article(n, s, at);
	return reading_is_place(n, s, at) ? at : 0;
}

/* "mit ihrem Bürgermeister Karl Huber" behind a name at i - 1: the person, or
 * 0. */
static size_t
with_person(const struct annotated *n, const struct scan *s, size_t i)
{
	size_t at = i + 1;

	if (i == 0 || !has_large_nouns(s) || !says(n, s, i, "mit") ||
		!reading_is_name(n, s, i - 1))
		return 0;
	while (at - i < WITH_WORDS && reading_is_word(n, at) &&
		!reading_is_clause(n, at, "and"))
		at++;
	if (!reading_is_named(n, s, at, 1u << MENTION_ROLE))
		return 0;
	return reading_is_named(n, s, at + 1, 1u << MENTION_PERSON) ? at + 1
								    : 0;
}

size_t
reading_seats_end(const struct annotated *n, const struct scan *s, size_t i)
{
	size_t at = i + 1 + reading_is_article(n, s, i + 1), end;

	if (with_seats(n, s, i) > 0)
		return places_end(n, s, with_seats(n, s, i));
	if (i == 0 ||
		!reading_is_named(n, s, i - 1, 1u << MENTION_ORGANISATION) ||
		!reading_is_clause(n, i, "at") || !reading_is_place(n, s, at))
		return i;
	end = places_end(n, s, at);
	return end > at ? end : i;
}

static bool
is_of(const struct annotated *n, size_t i)
{
	return reading_is_clause(n, i, "of") ||
	       reading_is_clause(n, i, "of-the");
}

/* "no distrito de Leiria", "en la provincia de Cádiz": what kind of land stands
 * between "in" at i and its name; the name's unit, or i + 1. */
static size_t
behind_land(const struct annotated *n, const struct scan *s, size_t i)
{
	size_t at = i + 1 + reading_is_article(n, s, i + 1);

	return reading_is_clause(n, at, "land") && is_of(n, at + 1) &&
			       reading_is_place(n, s, at + 2)
		       ? at + 2
		       : i + 1;
}

size_t
reading_qualifier_end(const struct annotated *n, const struct scan *s, size_t i)
{
	bool comma = reading_is_mark(n, i, ',');
	size_t at = i + comma, end;

	if (with_person(n, s, i) > 0)
		return with_person(n, s, i);
	if (of_place(n, s, i) > 0)
		return closing(n, s, of_place(n, s, i) + 1);
	if (reading_seats_end(n, s, i) > i)
		return reading_seats_end(n, s, i);
	if (seat(n, s, i) > 0)
		return closing(n, s, seat(n, s, i) + 1);
	if (i == 0 || !reading_is_name(n, s, i - 1) ||
		!reading_is_clause(n, at, "at"))
		return i;
	if (behind_land(n, s, at) > at + 1)
		at = behind_land(n, s, at) - 1;
	else if (reading_is_article(n, s, at + 1))
		at++;
	if (!reading_is_place(n, s, at + 1) ||
		(reading_is_clause(n, at + 2, "and") &&
			same_type(n, s, at + 1, at + 3)))
		return i;
	if (!comma)
		return at + 1;
	/* "Graz, in Styria (Austria)," */
	end = reading_bracket(n, at + 2);
	end += end > at + 2;
	return reading_is_mark(n, end, ',') ? closing(n, s, end) : i;
}

/* A place behind the first of such a list. */
static bool
is_one_seat(const struct annotated *n, const struct scan *s, size_t i)
{
	size_t first = places_start(n, s, i);

	for (size_t back = 2; back <= WITH_WORDS + 3 && back < first; back++)
		if (with_seats(n, s, first - back) == first)
			return true;
	return first < i && first > 1 &&
	       (reading_seats_end(n, s, first - 1) >= i ||
		       reading_seats_end(n, s, first - 2) >= i);
}

/* "Museum Folkwang (Essen)", "Ulm (ehemals Wels)": in a bracket by itself,
 * behind a name of such a kind. */
static bool
is_bracketed(const struct annotated *n, const struct scan *s, size_t i)
{
	size_t open = i;

	if (!reading_is_place(n, s, i) || !reading_is_mark(n, i + 1, ')'))
		return false;
	while (open > 1 && i - open < BRACKET_MAX &&
		reading_is_word(n, open - 1))
		open--;
	return open > 1 && reading_is_mark(n, open - 1, '(') &&
	       reading_is_named(n, s, open - 2,
		       1u << MENTION_ORGANISATION | 1u << MENTION_CITY);
}

/* "das Mozarteum Salzburg", but "die Weinstadt Krems": in German, a noun that
 * no rule has before the name at i is of it; one of places only says what it
 * is. */
static bool
is_of_noun(const struct annotated *n, const struct scan *s, size_t i)
{
	static const char *const places[] = { "stadt", "st\303\244dte",
		"st\303\244dten", "gemeinde", "gemeinden", "kommune",
		"kommunen", "ort", "orte", "orten", "dorf", "d\303\266rfer",
		"d\303\266rfern", "bad", "b\303\244der", "markt", "insel",
		"metropole", "flecken", "mitglied", "mitglieder", "nachbar",
		"nachbarn", "kreis", "kreise", "region", "land", "bezirk",
		"bezirke", "hochburg", "kandidat", "st\303\244tte", "er", "in",
		"ling" };
	struct span word;
	uint32_t cp;

	if (i < 2 || !has_large_nouns(s) || !reading_is_place(n, s, i) ||
		!reading_is_word(n, i - 1) || n->units[i - 1] != UNIT_OTHER ||
		!reading_is_word(n, i - 2) || n->units[i - 2] == UNIT_OTHER ||
		n->to[i - 2] - n->at[i - 2] != 3 ||
		n->to[i - 1] + 1 != n->at[i] ||
		s->doc->text.ptr[n->at[i - 2]] != 'd')
		return false;
	word = span_sub(s->doc->text, n->at[i - 1], n->to[i - 1]);
	if (utf8_decode(word, 0, &cp) == 0 || !utf8_is_upper(cp))
		return false;
	for (size_t k = 0; k < sizeof places / sizeof *places; k++)
		if (span_ends_with(word, places[k]))
			return false;
	return true;
}

bool
reading_is_qualifier(const struct annotated *n, const struct scan *s, size_t i)
{
	size_t at;

	if (is_one_seat(n, s, i) || is_bracketed(n, s, i) ||
		is_of_noun(n, s, i) || (i > 1 && with_seats(n, s, i - 1) > i))
		return true;
	if ((i > 2 && of_place(n, s, i - 2) == i) ||
		(i > 3 && of_place(n, s, i - 3) == i) || is_seat(n, s, i))
		return true;
	at = i - 1;
	for (size_t back = 3; back <= 4 && back <= i; back++)
		if (reading_is_clause(n, i - back, "at") &&
			behind_land(n, s, i - back) == i)
			at = i - back;
	if (i < 2 || at == 0 || !reading_is_clause(n, at, "at"))
		return false;
	return reading_is_name(n, s, at - 1) ||
	       (at > 1 && reading_is_mark(n, at - 1, ',') &&
		       reading_is_name(n, s, at - 2));
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

/* "Fife (29)": how many there. */
static bool
is_counted(const struct annotated *n, const struct scan *s, size_t i)
{
	return reading_is_mark(n, i + 1, '(') && i + 2 < n->len &&
	       isdigit((unsigned char)s->doc->text.ptr[n->at[i + 2]]);
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
	return land > 0 && reading_is_clause(n, land - 1, "land") ? land - 1
								  : SIZE_MAX;
}

static bool
is_within(const struct annotated *n, size_t i, size_t land)
{
	for (size_t back = 1; back <= 2 && back <= land; back++)
		if (reading_is_clause(n, land - back, "at") ||
			(land + 1 < i &&
				(reading_is_clause(n, land - back, "of") ||
					reading_is_clause(
						n, land - back, "of-the"))))
			return true;
	return false;
}

bool
reading_is_ranked_in(const struct annotated *n, const struct scan *s, size_t i)
{
	bool at = false;
	size_t k = i;

	while (k > 0 && i - k < RANK_UNITS && n->mention[k - 1] == NOTE_TEXT) {
		k--;
		at = at || reading_is_clause(n, k, "at") ||
		     reading_is_clause(n, k, "of") ||
		     reading_is_clause(n, k, "of-the");
	}
	return at && k > 0 && reading_is_count(n, s, k - 1) &&
	       s->list[n->mention[k - 1]].count.class == COUNT_ORDINAL;
}

/* Where a phrase with a preposition before unit i begins, an article passed:
 * the preposition, or i. */
static size_t
preposition_before(const struct annotated *n, const struct scan *s, size_t i)
{
	size_t at = i > 1 && reading_is_article(n, s, i - 1) ? i - 2 : i - 1;

	return i > 0 && reading_is_clause(n, at, "at") ? at : i;
}

/* "the Marches" of "in Wales and the Marches" at i. */
static bool
goes_on_where(const struct annotated *n, const struct scan *s, size_t i)
{
	size_t at = i > 1 && reading_is_article(n, s, i - 1) ? i - 2 : i - 1;

	return i > 1 && at > 1 && reading_is_clause(n, at, "and") &&
	       reading_is_place(n, s, at - 1) &&
	       preposition_before(n, s, at - 1) < at - 1;
}

/* "fifteen schools of Graz", "douze communes de la Styrie": the one place
 * behind so many of something. */
static bool
is_of_several(const struct annotated *n, const struct scan *s, size_t i)
{
	size_t of = i - reading_is_mark(n, i - 1, '\'');
	const struct count_value *count;

	of -= of > 1 && !is_of(n, of - 1) && reading_is_article(n, s, of - 1);
	if (of < 2 || !reading_is_place(n, s, i) || !is_of(n, of - 1))
		return false;
	of -= of > 2 && reading_is_word(n, of - 2);
	if (of < 2 || !reading_is_count(n, s, of - 2))
		return false;
	count = &s->list[n->mention[of - 2]].count;
	if (count->class == COUNT_ORDINAL || count->n < 2)
		return false;
	return reading_next(n, s, i + 1 + reading_is_mark(n, i + 1, ',')) == 0;
}

bool
reading_is_in_lands(const struct annotated *n, const struct scan *s, size_t i)
{
	size_t at = places_start(n, s, i);

	at -= at > 0 && is_of(n, at - 1);
	if (at == 0 || !reading_is_clause(n, at - 1, "land"))
		return false;
	at--;
	at -= at > 0 && reading_is_article(n, s, at - 1) &&
	      !reading_is_clause(n, at - 1, "at");
	return at > 0 && reading_is_clause(n, at - 1, "at");
}

bool
reading_is_whereabouts(
	const struct annotated *n, const struct scan *s, size_t i)
{
	size_t land;

	if ((i > 1 && is_of_several(n, s, i)) || reading_is_in_lands(n, s, i))
		return true;
	if (i == 0 || !reading_is_named(n, s, i, 1u << MENTION_REGION))
		return false;
	land = land_word(n, i);
	if (land != SIZE_MAX)
		return is_within(n, i, land);
	/* "Steinberg/Nordtirol" */
	return reading_is_clause(n, i - 1, "at") || goes_on_where(n, s, i) ||
	       (i > 1 && reading_is_mark(n, i - 1, '/')) ||
	       (is_of(n, i - 1) && (has_large_nouns(s) ||
					   !is_behind_capital(n, s, i - 1))) ||
	       is_behind_capital(n, s, i) || is_counted(n, s, i) ||
	       (i > 1 && n->mention[i - 1] == NOTE_TEXT &&
		       reading_is_clause(n, i - 2, "at")) ||
	       (i + 1 < n->len && n->units[i + 1] == UNIT_OTHER);
}

/* Where the name at i with what qualifies it ends: "Graz (Austria)", "Graz in
 * Styria". */
static size_t
name_end(const struct annotated *n, const struct scan *s, size_t i)
{
	size_t end = reading_qualifier_end(n, s, i + 1);

	end = end > i + 1 ? end + 1 : i + 1;
	return reading_bracket(n, end) > end ? reading_bracket(n, end) + 1
					     : end;
}

/* "In Oslo, ...", "At the assembly of Graz, ...", "According to Graz, ...": a
 * clause begins with a phrase that ends with the name at i.  Its first unit, or
 * i. */
static size_t
front_phrase(const struct annotated *n, const struct scan *s, size_t i)
{
	size_t k = i;

	while (k > 0 && i - k < PHRASE_UNITS &&
		(reading_is_word(n, k - 1) || reading_is_mark(n, k - 1, '\'') ||
			reading_is_named(n, s, k - 1, 1u << MENTION_EVENT)))
		k--;
	return k < i &&
			       (reading_is_clause(n, k, "at") ||
				       reading_is_clause(n, k, "says") ||
				       (k == 0 && reading_is_clause(
							  n, 0, "front"))) &&
			       (k == 0 || n->mention[k - 1] == NOTE_TEXT)
		       ? k
		       : i;
}

/* The name behind "the town of" at i, or i; after a phrase behind any words. */
static size_t
behind_words(const struct annotated *n, size_t i, size_t end, bool phrase)
{
	size_t k = i;

	while (k < end && k - i <= NAMED_UNITS && n->mention[k] == NOTE_TEXT &&
		n->units[k] >= UNIT_OTHER)
		k++;
	if (k == i || !(phrase || reading_is_clause(n, k - 1, "of") ||
			      reading_is_clause(n, k - 1, "of-the")))
		return i;
	return k + reading_is_mark(n, k, '\'');
}

/* "ceremony in" stands before i, with a noun that no rule has. */
static bool
is_behind_noun_at(const struct annotated *n, size_t i)
{
	return i > 1 && reading_is_clause(n, i - 1, "at") &&
	       n->mention[i - 2] == NOTE_TEXT && n->units[i - 2] == UNIT_OTHER;
}

bool
reading_is_scene(const struct annotated *n, const struct scan *s, size_t start,
	size_t end)
{
	if (!is_behind_noun_at(n, start))
		return false;
	if (end == start + 1)
		return !reading_is_mark(n, end, ',');
	/* "Unlike in Graz, Linz is" tells of Linz. */
	return start > 2 && reading_is_clause(n, end - 2, "and") &&
	       places_end(n, s, start) + 1 == end &&
	       front_phrase(n, s, start) == start;
}

bool
reading_is_setting(const struct annotated *n, const struct scan *s, size_t i)
{
	return reading_is_mark(n, i + 1, ',') && front_phrase(n, s, i) < i;
}

bool
reading_is_only_where(const struct annotated *n, const struct scan *s)
{
	const unsigned nets = 1u << MENTION_NETWORK | 1u << MENTION_TITLE;
	bool network = false;

	for (size_t i = 0; i < n->len; i++) {
		network = network || reading_is_named(n, s, i, nets);
		if (reading_is_place(n, s, i) &&
			!(network && i > 0 &&
				reading_is_clause(n, i - 1, "at")))
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
	phrase = front_phrase(n, s, i) < i;
	next = behind_words(
		n, next, end, phrase && !reading_is_mark(n, end, ','));
	if (!reading_is_name(n, s, next))
		return i;
	pair = name_end(n, s, next) >= end;
	meant = n->mention[i] >= NOTE_ANAPHOR && n->mention[next] >= 0 &&
		n->mention[next] < NOTE_ANAPHOR;
	if (phrase || (meant && (pair || i > 0)))
		return next;
	/* "Durham, County Durham": where the first is. */
	return pair && i > 0 &&
			       !reading_is_named(
				       n, s, next, 1u << MENTION_REGION)
		       ? next
		       : i;
}
