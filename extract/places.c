#include "places.h"

#define TITLE_WORD_MIN 4    /* bytes of a word that title case writes large */
#define SCORE_FULL     12.0 /* a score that leaves no doubt */
#define DIVISION_WORDS 2    /* "Provincia di" */
#define SHARE_DOUBT    0.2 /* of the document's places, for a doubt to be one */

/* A headline: most longer words begin with a capital, no full stop. */
static bool
is_title_case(struct span text, const struct sentence *in)
{
	size_t at = in->start, large = 0, all = 0;

	if (in->end > at && text.ptr[in->end - 1] == '.')
		return false;
	while (at < in->end) {
		size_t end = gazetteer_word_end(text, at, in->end);
		uint32_t cp;

		if (end == at) {
			size_t len = utf8_decode(text, at, &cp);

			at += len > 0 ? len : 1;
			continue;
		}
		if (end - at >= TITLE_WORD_MIN &&
			utf8_decode(text, at, &cp) > 0) {
			all++;
			large += utf8_is_upper(cp);
		}
		at = end;
	}
	return all >= 3 && large * 10 >= all * 7;
}

static uint8_t
language_bit(const char *language)
{
	static const struct {
		const char *name;
		uint8_t bit;
	} bits[] = { { "en", GAZ_EN }, { "fr", GAZ_FR }, { "es", GAZ_ES },
		{ "pt", GAZ_PT }, { "de", GAZ_DE }, { "it", GAZ_IT } };

	for (size_t i = 0; language != NULL && i < sizeof bits / sizeof *bits;
		i++)
		if (strcmp(language, bits[i].name) == 0)
			return bits[i].bit;
	return GAZ_EN;
}

static bool
is_place(const struct mention *m)
{
	return m->type == MENTION_CITY || m->type == MENTION_REGION ||
	       m->type == MENTION_COUNTRY;
}

/* What the neighbours in the list took is no unknown word; but two places
 * without a comma, "Chester Bennington", are a person. */
static void
clear_runs(const struct scan *s, struct item *it)
{
	size_t i = it->mention;

	if (i > 0 && s->list[i - 1].end + 1u == it->match.start)
		it->around.run_left =
			is_place(&s->list[i - 1]) &&
			s->doc->text.ptr[it->match.start - 1] == ' ';
	if (i + 1 < s->n && !is_place(&s->list[i + 1]) &&
		s->list[i + 1].start <= it->match.full_end + 1u)
		it->around.run_right = false;
}

static bool
is_alone(const struct document *doc, const struct item *it)
{
	const struct block *b = places_block(doc, it->match.start);

	if (b == NULL || (b->type != BLOCK_ITEM && b->type != BLOCK_CELL))
		return false;
	for (size_t i = b->start; i < it->match.start; i++) {
		unsigned char c = (unsigned char)doc->text.ptr[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
			return false;
	}
	return it->match.full_end == b->end ||
			       memchr(" ,;(:-",
				       doc->text.ptr[it->match.full_end],
				       6) == NULL
		       ? it->match.full_end == b->end
		       : !it->around.run_right;
}

/* A body's city, of the mention of its organisation. */
static const struct gaz_match *
body_match(const struct scan *s, const struct mention *m)
{
	const struct body *b = s->nbodies > 0 && m->type == MENTION_ORGANISATION
				       ? scan_body(s, m->start)
				       : NULL;

	return b != NULL ? b->match : NULL;
}

/* What gazetteer_scan() found at mention m, which is behind match *at. */
static const struct gaz_match *
match_of(const struct scan *s, size_t *at, const struct mention *m)
{
	while (*at < s->nmatches && s->matches[*at].start < m->start)
		++*at;
	return *at < s->nmatches && s->matches[*at].start == m->start &&
			       s->matches[*at].full_end == m->end
		       ? &s->matches[*at]
		       : NULL;
}

/* "Torrens" of "the City of West Torrens". */
static bool
is_part_of_name(const struct scan *s, const struct mention *m)
{
	const struct named *named =
		s->nnamed > 0 && is_place(m) ? scan_named(s, m->start) : NULL;

	return named != NULL && named->sure && m->end <= named->end &&
	       m->end - m->start < named->end - named->start;
}

static enum error_code
collect(struct places *p)
{
	struct scan *s = p->s;
	size_t sentence = 0, judged = SIZE_MAX, at = 0;
	bool title_case = false;

	p->items = arena_array(s->arena, s->n, sizeof *p->items);
	if (p->items == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < s->n; i++) {
		struct item *it = &p->items[p->n];
		const struct mention *m = &s->list[i];
		const struct gaz_match *match;

		match = is_place(m) ? match_of(s, &at, m) : body_match(s, m);
		if (match == NULL || is_part_of_name(s, m))
			continue;
		while (sentence + 1 < s->nsentences &&
			s->sentences[sentence].end <= m->start)
			sentence++;
		if (sentence >= s->nsentences)
			break;
		memset(it, 0, sizeof *it);
		it->in = &s->sentences[sentence];
		it->mention = i;
		it->fixed = PLACES_NONE;
		it->place = PLACES_NONE;
		it->match = *match;
		if (match->shown)
			it->around.city_of = true;
		else
			gazetteer_context(p->g, s->doc->text, it->in->start,
				it->in->end, &it->match, p->tmp, &it->around);
		if (!match->shown)
			clear_runs(s, it);
		if (judged != sentence)
			title_case = is_title_case(s->doc->text, it->in);
		judged = sentence;
		it->title_case = title_case;
		it->alone = is_alone(s->doc, it);
		p->n++;
	}
	return OK;
}

/* The text says a country in which the gazetteer has no such place. */
static bool
is_elsewhere(const struct places *p, const struct item *it)
{
	const struct gaz_place *place = gazetteer_place(p->g, it->place);

	return it->linked && !it->lead && place != NULL &&
	       !places_same_country(p->g, place->country, it->country);
}

static void
set_value(const struct places *p, const struct item *it, struct mention *m)
{
	static const enum mention_type types[GAZ_CLASSES] = { MENTION_CITY,
		MENTION_REGION, MENTION_COUNTRY };
	const struct gaz_place *place = gazetteer_place(p->g, it->place);
	double score = it->score / SCORE_FULL;

	if (is_elsewhere(p, it)) {
		memset(&m->place, 0, sizeof m->place);
		m->type = MENTION_CITY;
		m->rule = PLACES_RULE_UNKNOWN;
		m->place.name = arena_strndup(p->s->arena,
			p->s->doc->text.ptr + m->start, m->end - m->start);
		m->place.country = arena_strndup(p->s->arena, it->country, 2);
		return;
	}
	gazetteer_value(p->g, place, p->s->arena, &m->place);
	m->type = types[place->place_class < GAZ_CLASSES ? place->place_class
							 : GAZ_CITY];
	m->rule = it->linked ? PLACES_RULE_LINKED : PLACES_RULE_CONTEXT;
	m->place.score = score < 0 ? 0 : score > 1 ? 1 : score;
	m->place.candidates = it->candidates;
}

/* Where "Landkreis Fulda" begins; m->start if there is no such word before. */
static uint32_t
division_start(
	const struct places *p, const struct item *it, const struct mention *m)
{
	struct span text = p->s->doc->text;
	size_t start = m->start;

	for (int words = 0; words < DIVISION_WORDS; words++) {
		uint32_t cp;

		if (start <= it->in->start || text.ptr[start - 1] != ' ')
			break;
		start = gazetteer_word_start(text, it->in->start, start - 1);
		if ((gazetteer_roles(p->g, span_sub(text, start, m->start - 1u),
			     p->tmp, NULL) &
			    GAZ_REGION_PREFIX) != 0 &&
			utf8_decode(text, start, &cp) > 0 && utf8_is_upper(cp))
			return (uint32_t)start;
	}
	return m->start;
}

/* A word such as "in" stands before text[at], or one with an article. */
static bool
follows_preposition(const struct places *p, const struct item *it, size_t at)
{
	static const char *const contracted[] = { "im", "Im", "nel", "Nel",
		"nella", "Nella" };
	struct span text = p->s->doc->text;
	size_t start;

	if (at <= it->in->start || text.ptr[at - 1] != ' ')
		return false;
	start = gazetteer_word_start(text, it->in->start, at - 1);
	for (size_t i = 0; i < sizeof contracted / sizeof *contracted; i++)
		if (span_eq_str(span_sub(text, start, at - 1), contracted[i]))
			return true;
	return (gazetteer_roles(
			p->g, span_sub(text, start, at - 1), p->tmp, NULL) &
		       GAZ_PREPOSITION) != 0;
}

/* Some region or country has the name, whatever else has it. */
static bool
names_land(const struct places *p, const struct item *it)
{
	for (size_t i = 0; i < it->nreadings; i++)
		if (it->readings[i].rank != GAZ_ALTERNATE &&
			gazetteer_place(p->g, it->readings[i].place)
					->place_class != GAZ_CITY)
			return true;
	return false;
}

/* A region's part may be told of as a body only in a list or at an end: "South
 * Florida towns" are none. */
static bool
may_be_body(
	const struct places *p, const struct item *it, const struct mention *m)
{
	struct span rest =
		span_sub(p->s->doc->text, m->end, p->s->doc->text.len);

	return !names_land(p, it) || rest.len == 0 ||
	       memchr(",.;)\n", *rest.ptr, 5) != NULL ||
	       span_starts_with(rest, " and ") || span_starts_with(rest, " & ");
}

/* "Landkreis Fulda" is not Fulda: a region, where something is in it, or a body
 * that does something. */
static enum error_code
set_division(const struct places *p, const struct item *it, struct mention *m,
	const struct mention *before)
{
	const bool land = m->type == MENTION_COUNTRY ||
			  m->place.country == NULL; /* or a part of the world */
	uint32_t start = land ? m->start : division_start(p, it, m);
	struct place_value v = { .country = m->place.country,
		.admin1 = m->place.admin1 };
	bool body;

	if (start == m->start || (before != NULL && before->end > start))
		return OK;
	v.name = arena_strndup(
		p->s->arena, p->s->doc->text.ptr + start, m->end - start);
	body = may_be_body(p, it, m);
	m->start = start;
	m->place = v;
	m->type = MENTION_REGION;
	if (v.name != NULL && body && !follows_preposition(p, it, start)) {
		m->type = MENTION_ORGANISATION;
		m->rule = PLACES_RULE_DIVISION;
		m->name = (struct name_value){ .name = v.name };
	}
	return v.name != NULL ? OK : ERR_NOMEM;
}

/* The city of a body, as a table has it. */
static enum error_code
set_body(struct places *p, const struct item *it)
{
	struct scan *s = p->s;
	struct body *b = scan_body(s, s->list[it->mention].start);

	if (b == NULL)
		return OK;
	b->city.start = b->city_start;
	b->city.end = b->city_end;
	set_value(p, it, &b->city);
	return b->city.place.name != NULL ? OK : ERR_NOMEM;
}

/* Cities of bodies that no table has: "Orvala Town Council, Namibia". */
static enum error_code
name_bodies(struct scan *s)
{
	for (size_t i = 0; s->nbodies > 0 && i < s->n; i++) {
		const struct mention *m = &s->list[i];
		struct body *b = m->type == MENTION_ORGANISATION
					 ? scan_body(s, m->start)
					 : NULL;
		bool brackets;

		if (b == NULL)
			continue;
		if (b->city.place.name == NULL && b->sure) {
			b->city.start = b->city_start;
			b->city.end = b->city_end;
			b->city.rule = PLACES_RULE_UNKNOWN;
			b->city.place.name = arena_strndup(s->arena,
				s->doc->text.ptr + b->city_start,
				b->city_end - b->city_start);
			if (b->city.place.name == NULL)
				return ERR_NOMEM;
			if (i + 1 < s->n && m[1].type == MENTION_COUNTRY &&
				places_apposed(s, m->end, m[1].start, m[1].end,
					&brackets))
				b->city.place.country = m[1].place.country;
		}
		b->city.text =
			span_sub(s->doc->text, b->city_start, b->city_end);
	}
	return OK;
}

/* What m would be, if it were a place. */
static enum error_code
doubt(struct places *p, const struct item *it, const struct mention *m)
{
	struct scan *s = p->s;
	const struct gaz_place *place = gazetteer_place(p->g, it->place);
	struct doubt *list = arena_grow(
		s->arena, s->doubts, s->ndoubts, &s->doubts_cap, sizeof *list);

	if (list == NULL)
		return ERR_NOMEM;
	s->doubts = list;
	list += s->ndoubts++;
	list->place = *m;
	/* "Leeds" is known before anybody of that name is. */
	list->word = (it->match.traits.stop == GAZ_STOP_PERSON &&
			     (place == NULL ||
				     place->population < PLACES_WELL_KNOWN)) ||
		     (it->match.traits.stop == GAZ_STOP_WORD &&
			     (it->match.traits.languages & p->language) != 0);
	set_value(p, it, &list->place);
	/* Which place it is, nothing says either. */
	if (places_share(p, place) < SHARE_DOUBT) {
		const char *name = list->place.place.name;

		list->place.type = MENTION_CITY;
		list->place.place = (struct place_value){ .name = name };
	}
	return list->place.place.name != NULL ? OK : ERR_NOMEM;
}

/* m's value, out of it (may be NULL); *keep: it stays in the list.  before is
 * the one that stays before it, or NULL. */
static enum error_code
settle(struct places *p, const struct item *it, struct mention *m,
	const struct mention *before, bool *keep)
{
	bool place = is_place(m);
	enum error_code code = OK;

	if (it != NULL && it->dropped) {
		if (place && it->doubted)
			code = doubt(p, it, m);
		it = NULL;
	}
	*keep = it != NULL || !place;
	if (it == NULL)
		return code;
	if (!place)
		return set_body(p, it);
	set_value(p, it, m);
	return m->place.name != NULL ? set_division(p, it, m, before)
				     : ERR_NOMEM;
}

/* Values into the list; what was dropped leaves it. */
static enum error_code
write_back(struct places *p)
{
	struct scan *s = p->s;
	size_t item = 0, kept = 0;

	for (size_t i = 0; i < s->n; i++) {
		bool keep, known;

		while (item < p->n && p->items[item].mention < i)
			item++;
		known = item < p->n && p->items[item].mention == i;
		if (settle(p, known ? &p->items[item] : NULL, &s->list[i],
			    kept > 0 ? &s->list[kept - 1] : NULL, &keep) != OK)
			return ERR_NOMEM;
		if (keep)
			s->list[kept++] = s->list[i];
	}
	s->n = kept;
	return name_bodies(s);
}

enum error_code
places_resolve(const struct gazetteer *g, struct scan *s)
{
	struct places *p = arena_alloc(s->arena, sizeof *p);
	struct buffer tmp;
	enum error_code code = OK;

	if (p == NULL)
		return ERR_NOMEM;
	buffer_init(&tmp, 4096);
	p->g = g;
	p->s = s;
	p->tmp = &tmp;
	p->language = language_bit(s->doc->language);
	code = collect(p);
	if (code == OK && p->n > 0)
		code = places_prefer(p);
	if (code == OK && p->n > 0) {
		places_link(p);
		places_choose(p);
		code = places_accept(p);
	}
	if (code == OK)
		code = write_back(p);
	if (code == OK)
		code = places_add_named(p);
	if (code == OK)
		code = places_add_unknown(p);
	buffer_release(&tmp);
	return code;
}
