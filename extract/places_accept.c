#include "places.h"

#include <stdlib.h>

#define BIG_CITY    100000 /* people: known without help */
#define GREAT_CITY  1000000
#define TOWN	    15000
#define VILLAGE	    5000 /* fewer: that the document is about there says little */
#define SHORT_NAME  3	 /* bytes: "Ii", "Man" */
#define SHORT_ALIAS 4	 /* bytes of another name: "Ben" for Bern */
#define SHARE_HOME  0.3 /* of the document's places: it is about there */

enum verdict { VERDICT_DROP, VERDICT_NEED, VERDICT_KEEP };

static bool
stops_here(const struct places *p, const struct item *it)
{
	return it->match.traits.stop != GAZ_STOP_WORD ||
	       (it->match.traits.languages & p->language) != 0;
}

/* "Comune di Serra Sant'Egidio": of a longer name only the begin, unless it is
 * a great city's. */
static bool
begins_longer(const struct item *it, const struct gaz_place *place)
{
	return it->around.run_right && !it->title_case && place != NULL &&
	       place->population < BIG_CITY;
}

/* The words around it say that this is a place, whatever its name. */
static bool
is_shown(const struct item *it, const struct gaz_place *place)
{
	return it->linked || it->is_division ||
	       (it->around.city_of && !begins_longer(it, place));
}

/* "Rennes s'y est ralliée": where nouns have articles, one that begins a
 * sentence without is a large city's name; elsewhere in a document about its
 * land. */
static bool
may_begin(const struct places *p, const struct item *it,
	const struct gaz_place *place)
{
	const bool articles = p->language == GAZ_FR || p->language == GAZ_ES ||
			      p->language == GAZ_IT || p->language == GAZ_PT;

	if (place->place_class == GAZ_COUNTRY)
		return it->rank != GAZ_ALTERNATE;
	return it->rank == GAZ_PRIMARY && place->population >= BIG_CITY &&
	       (articles || places_share(p, place) >= SHARE_HOME);
}

static enum verdict
judge_word(const struct places *p, const struct item *it,
	const struct gaz_place *place)
{
	if (it->title_case || it->around.run_left || it->around.run_right ||
		!it->exact)
		return VERDICT_NEED;
	if (it->around.first)
		return may_begin(p, it, place) ? VERDICT_KEEP : VERDICT_NEED;
	if (it->rank == GAZ_ALTERNATE || place->population < TOWN)
		return VERDICT_NEED;
	return it->around.preposition || place->population >= PLACES_WELL_KNOWN
		       ? VERDICT_KEEP
		       : VERDICT_NEED;
}

static enum verdict
judge_person(const struct item *it, const struct gaz_place *place)
{
	if ((it->around.run_left || it->around.run_right) && !it->title_case)
		return VERDICT_NEED;
	if (place->population >= GREAT_CITY && it->rank != GAZ_ALTERNATE)
		return VERDICT_KEEP;
	return it->around.preposition && place->population >= TOWN
		       ? VERDICT_KEEP
		       : VERDICT_NEED;
}

/* A name other than the usual one: trusted when it is a great city's, or
 * stands where a place stands. */
static enum verdict
judge_alias(const struct item *it, const struct gaz_place *place)
{
	if (it->match.end - it->match.start <= SHORT_ALIAS)
		return VERDICT_NEED;
	if (place->population >= BIG_CITY)
		return VERDICT_KEEP;
	return it->around.preposition && it->exact && !it->around.first
		       ? VERDICT_KEEP
		       : VERDICT_NEED;
}

static enum verdict
judge_name(const struct places *p, const struct item *it,
	const struct gaz_place *place)
{
	bool run = (it->around.run_left || it->around.run_right) &&
		   !it->title_case;
	bool big = place->population >= BIG_CITY;

	/* "Georgia Tech", "Jordan Ellis" */
	if (place->place_class == GAZ_COUNTRY)
		return it->around.run_right && !it->title_case &&
				       !it->around.preposition
			       ? VERDICT_NEED
			       : VERDICT_KEEP;
	if (it->rank == GAZ_ALTERNATE && place->place_class == GAZ_CITY)
		return judge_alias(it, place);
	if (it->around.preposition && !it->around.run_left)
		return VERDICT_KEEP;
	/* German nouns have capitals. */
	if (run && (!big || (it->around.run_right && p->language != GAZ_DE)))
		return VERDICT_NEED;
	if (it->match.end - it->match.start <= SHORT_NAME && !big)
		return VERDICT_NEED;
	if (!it->exact && it->around.first && !big)
		return VERDICT_NEED;
	return place->population >= TOWN || place->place_class == GAZ_REGION ||
			       (place->population >= VILLAGE &&
				       places_share(p, place) >= SHARE_HOME)
		       ? VERDICT_KEEP
		       : VERDICT_NEED;
}

/* A name written in capitals: a heading's city, or an acronym. */
static enum verdict
judge_capitals(const struct item *it, const struct gaz_place *place)
{
	if (it->exact)
		return VERDICT_KEEP;
	if (place->place_class == GAZ_COUNTRY)
		return it->match.end - it->match.start > SHORT_NAME
			       ? VERDICT_KEEP
			       : VERDICT_NEED;
	return place->population >= BIG_CITY &&
			       it->match.traits.stop != GAZ_STOP_STRICT &&
			       it->match.traits.stop != GAZ_STOP_WORD &&
			       it->match.end - it->match.start > SHORT_NAME
		       ? VERDICT_KEEP
		       : VERDICT_NEED;
}

/* Its sentence speaks of a network of places. */
static bool
beside_network(const struct places *p, const struct item *it)
{
	const struct scan *s = p->s;

	for (size_t i = it->mention; i-- > 0;) {
		if (s->list[i].start < it->in->start)
			break;
		if (s->list[i].type == MENTION_NETWORK ||
			s->list[i].type == MENTION_TITLE)
			return true;
	}
	for (size_t i = it->mention + 1;
		i < s->n && s->list[i].start < it->in->end; i++)
		if (s->list[i].type == MENTION_NETWORK ||
			s->list[i].type == MENTION_TITLE)
			return true;
	return false;
}

/* "Oban has applied to join Cittaslow": beside a network a name needs no
 * more, if it is the place's own and no usual word. */
static bool
may_be_member(const struct places *p, const struct item *it,
	const struct gaz_place *place)
{
	if (it->around.part || it->match.traits.stop == GAZ_STOP_STRICT ||
		it->rank == GAZ_ALTERNATE || !it->exact || it->forced ||
		it->match.end - it->match.start <= SHORT_NAME ||
		((it->around.run_left || it->around.run_right) &&
			!it->title_case))
		return false;
	if (it->match.traits.stop == GAZ_STOP_WORD && stops_here(p, it) &&
		(it->around.first || place->population < TOWN))
		return false;
	return beside_network(p, it);
}

static enum verdict
judge_alone(const struct places *p, const struct item *it,
	const struct gaz_place *place)
{
	if (it->around.part && !it->is_division)
		return VERDICT_DROP;
	if (it->forced &&
		(it->around.run_left || it->match.traits.stop != GAZ_STOP_NONE))
		return VERDICT_DROP;
	if (is_shown(it, place))
		return VERDICT_KEEP;
	if (it->around.capitals)
		return judge_capitals(it, place);
	if (it->match.traits.stop == GAZ_STOP_STRICT ||
		(it->match.traits.roles & (GAZ_INSIDE | GAZ_PREPOSITION)) != 0)
		return VERDICT_NEED;
	if (it->match.full_end > it->match.end ||
		(it->alone && (it->match.traits.stop == GAZ_STOP_NONE ||
				      !stops_here(p, it))))
		return VERDICT_KEEP;
	if (it->match.traits.stop == GAZ_STOP_WORD && stops_here(p, it))
		return judge_word(p, it, place);
	if (it->match.traits.stop == GAZ_STOP_PERSON &&
		place->place_class == GAZ_CITY)
		return judge_person(it, place);
	return judge_name(p, it, place);
}

static enum verdict
judge(const struct places *p, const struct item *it)
{
	const struct gaz_place *place = gazetteer_place(p->g, it->place);
	enum verdict v =
		place == NULL ? VERDICT_DROP : judge_alone(p, it, place);

	return v == VERDICT_NEED && may_be_member(p, it, place) ? VERDICT_KEEP
								: v;
}

bool
places_coordinates(struct span between)
{
	static const char *const words[] = { ", ", "; ", " and ", ", and ",
		" & ", " et ", " y ", " e ", " und ", " ed ", " o ", " ou ",
		" or ", " oder ", " nor ", " noch ", " ni ", " né ", " nem ",
		" sowie ", " as well as ", " ainsi que ", " así como ",
		" nonché ", " bem como " };

	if (between.ptr == NULL)
		return false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (span_eq_str(between, words[i]))
			return true;
	return false;
}

static bool
beside(const struct places *p, const struct item *left,
	const struct item *right)
{
	const struct block *b;

	/* Items of one list. */
	if (left->alone && right->alone) {
		b = places_block(p->s->doc, left->match.start);
		return b == places_block(p->s->doc, right->match.start) - 1;
	}
	return places_coordinates(span_sub(
		p->s->doc->text, left->match.full_end, right->match.start));
}

static int
by_address(const void *a, const void *b)
{
	const struct gaz_key *const *x = a, *const *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* "Andy Jassy" makes a lone "Jassy" a person too. */
static void
doubt_surnames(
	struct places *p, enum verdict *verdicts, const struct gaz_key **seen)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		if (verdicts[i] != VERDICT_KEEP && p->items[i].around.run_left)
			seen[n++] = p->items[i].match.key;
	qsort(seen, n, sizeof(*seen), by_address);
	for (size_t i = 0; i < p->n; i++) {
		const struct item *it = &p->items[i];

		const struct gaz_place *place =
			gazetteer_place(p->g, it->place);

		if (verdicts[i] == VERDICT_KEEP && !is_shown(it, place) &&
			place->place_class != GAZ_COUNTRY &&
			place->population < PLACES_WELL_KNOWN &&
			!it->around.preposition && !it->alone &&
			bsearch(&it->match.key, seen, n, sizeof(*seen),
				by_address) != NULL)
			verdicts[i] = VERDICT_NEED;
	}
}

/* A word is no place because it was once: "in Nice" helps a "Nice" at the
 * beginning of a sentence, "in Best" no "Best". */
static bool
may_be_repeated(const struct places *p, const struct item *it)
{
	const struct gaz_place *place = gazetteer_place(p->g, it->place);

	if (place == NULL || it->around.part ||
		it->match.traits.stop == GAZ_STOP_STRICT)
		return false;
	return it->match.traits.stop != GAZ_STOP_WORD || !stops_here(p, it) ||
	       place->population >= PLACES_WELL_KNOWN ||
	       places_share(p, place) >= SHARE_HOME;
}

/* The same name was shown to be a place elsewhere. */
static void
keep_repeated(
	struct places *p, enum verdict *verdicts, const struct gaz_key **kept)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		if (verdicts[i] == VERDICT_KEEP)
			kept[n++] = p->items[i].match.key;
	qsort(kept, n, sizeof(*kept), by_address);
	for (size_t i = 0; i < p->n; i++)
		if (verdicts[i] == VERDICT_NEED &&
			may_be_repeated(p, &p->items[i]) &&
			bsearch(&p->items[i].match.key, kept, n, sizeof(*kept),
				by_address) != NULL)
			verdicts[i] = VERDICT_KEEP;
}

static bool
may_be_coordinated(const struct places *p, const struct item *it)
{
	const struct gaz_place *place = gazetteer_place(p->g, it->place);

	if (it->around.part || it->around.run_left || it->around.run_right ||
		it->match.traits.stop == GAZ_STOP_STRICT)
		return false;
	if (it->match.traits.stop == GAZ_STOP_WORD && stops_here(p, it))
		return it->rank == GAZ_PRIMARY && place->population >= TOWN;
	return it->rank != GAZ_ALTERNATE ||
	       it->match.end - it->match.start > SHORT_ALIAS;
}

static void
keep_coordinated(struct places *p, enum verdict *verdicts)
{
	for (size_t i = 1; i < p->n; i++)
		if (verdicts[i] == VERDICT_NEED &&
			verdicts[i - 1] == VERDICT_KEEP &&
			may_be_coordinated(p, &p->items[i]) &&
			beside(p, &p->items[i - 1], &p->items[i]))
			verdicts[i] = VERDICT_KEEP;
	for (size_t i = p->n; i > 1; i--)
		if (verdicts[i - 2] == VERDICT_NEED &&
			verdicts[i - 1] == VERDICT_KEEP &&
			may_be_coordinated(p, &p->items[i - 2]) &&
			beside(p, &p->items[i - 2], &p->items[i - 1]))
			verdicts[i - 2] = VERDICT_KEEP;
}

/* Item i and what " & " parts from it behind are one firm's name: they are
 * no two towns of one country. */
static bool
is_firm(const struct places *p, size_t i)
{
	struct span text = p->s->doc->text;
	size_t end = p->items[i].match.full_end;
	const struct gaz_place *a = gazetteer_place(p->g, p->items[i].place);
	const struct gaz_place *b;
	uint32_t cp;

	if (a == NULL || is_shown(&p->items[i], a) ||
		!span_starts_with(span_sub(text, end, text.len), " & ") ||
		utf8_decode(text, end + 3, &cp) == 0 || !utf8_is_upper(cp))
		return false;
	if (i + 1 == p->n || p->items[i + 1].match.start != end + 3)
		return true;
	b = gazetteer_place(p->g, p->items[i + 1].place);
	return !is_shown(&p->items[i + 1], b) && b != NULL &&
	       memcmp(a->country, b->country, 2) != 0;
}

/* The same before item i, where no item stands. */
static bool
ends_firm(const struct places *p, size_t i)
{
	struct span text = p->s->doc->text;
	size_t start = p->items[i].match.start, word;
	uint32_t cp;

	if (is_shown(&p->items[i], gazetteer_place(p->g, p->items[i].place)) ||
		start < p->items[i].in->start + 4u ||
		memcmp(text.ptr + start - 3, " & ", 3) != 0 ||
		(i > 0 && p->items[i - 1].match.full_end == start - 3))
		return false;
	word = gazetteer_word_start(text, p->items[i].in->start, start - 3);
	return utf8_decode(text, word, &cp) > 0 && utf8_is_upper(cp);
}

/* "Marks & Spencer", "Alder & Finch" */
static void
drop_firms(const struct places *p, enum verdict *verdicts)
{
	for (size_t i = 0; i < p->n; i++) {
		bool two =
			i + 1 < p->n && p->items[i + 1].match.start ==
						p->items[i].match.full_end + 3u;

		if (is_firm(p, i)) {
			verdicts[i] = VERDICT_DROP;
			if (two)
				verdicts[i + 1] = VERDICT_DROP;
		} else if (ends_firm(p, i)) {
			verdicts[i] = VERDICT_DROP;
		}
	}
}

/* The usual name of a place, by itself. */
static bool
may_be_doubted(const struct places *p, const struct item *it)
{
	return it->exact && it->rank != GAZ_ALTERNATE && !it->forced &&
	       !it->around.capitals &&
	       it->match.traits.stop != GAZ_STOP_STRICT &&
	       gazetteer_place(p->g, it->place) != NULL;
}

enum error_code
places_accept(struct places *p)
{
	struct arena *a = p->s->arena;
	enum verdict *verdicts = arena_array(a, p->n, sizeof *verdicts);
	const struct gaz_key **kept = arena_array(a, p->n, sizeof(*kept));

	if (verdicts == NULL || kept == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < p->n; i++)
		verdicts[i] = judge(p, &p->items[i]);
	doubt_surnames(p, verdicts, kept);
	keep_coordinated(p, verdicts);
	keep_repeated(p, verdicts, kept);
	drop_firms(p, verdicts);
	for (size_t i = 0; i < p->n; i++) {
		struct item *it = &p->items[i];

		it->dropped = verdicts[i] != VERDICT_KEEP;
		it->doubted =
			verdicts[i] == VERDICT_NEED && may_be_doubted(p, it);
	}
	return OK;
}
