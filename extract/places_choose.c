#include "places.h"

#include <math.h>

/* Weights, in units of the prior: one is a tenfold population squared. */
#define W_LINKED	6.0
#define W_DIVISION	3.0
#define W_LEAD		3.0
#define W_SHARE		1.8 /* all of the document's places are there */
#define W_SHARE_DWARFED 0.6
#define DWARFED		15   /* people of the large one for each of the small */
#define LARGER		4    /* the same */
#define SHARE_FREE	0.25 /* a share that says nothing */
#define W_NAMED		1.2  /* the one country named */
#define NAMED_HALF	0.15 /* names of it for each place that weigh half */
#define W_REGION	0.8
#define W_LANGUAGE	0.2
#define W_WANT_REGION	2.5
#define W_WANT_CITY	2.5
#define W_ADDED_MARKS	(-1.2) /* people drop marks; they do not add them */
#define CAPITAL_SHARE	20     /* a region's people for each of its city's */

static int
country_index(const char c[2])
{
	if (c[0] < 'A' || c[0] > 'Z' || c[1] < 'A' || c[1] > 'Z')
		return -1;
	return (c[0] - 'A') * 26 + (c[1] - 'A');
}

/* A weak hint: where the document's language is the official one. */
static bool
speaks(uint8_t language, const char country[2])
{
	static const struct {
		uint8_t language;
		const char *countries;
	} spoken[] = {
		{ GAZ_FR, "FR BE CH LU MC" },
		{ GAZ_ES, "ES MX AR CO CL PE EC UY PY BO CR GT HN NI PA SV DO "
			  "CU VE" },
		{ GAZ_PT, "PT BR AO MZ CV" },
		{ GAZ_DE, "DE AT CH LI LU" },
		{ GAZ_IT, "IT CH SM" },
		{ GAZ_EN, "GB US IE CA AU NZ" },
	};

	for (size_t i = 0; i < sizeof spoken / sizeof *spoken; i++) {
		const char *c = spoken[i].countries;

		if (spoken[i].language != language)
			continue;
		for (; c[0] != '\0'; c += c[2] == ' ' ? 3 : 2)
			if (memcmp(c, country, 2) == 0)
				return true;
	}
	return false;
}

double
places_share(const struct places *p, const struct gaz_place *place)
{
	int c = country_index(place->country);

	return c < 0 ? 0 : p->votes[c] / (p->total + 1.0);
}

/* most: people of the largest city of that name; beside one far larger, the
 * document's country and language do not say so much for a small one. */
static double
document_score(
	const struct places *p, const struct gaz_place *place, uint32_t most)
{
	int c = country_index(place->country);
	bool dwarfed = place->population < most / DWARFED;
	double score = 0, share;

	if (c < 0)
		return 0;
	share = places_share(p, place) - SHARE_FREE;
	if (share > 0)
		score += (dwarfed ? W_SHARE_DWARFED : W_SHARE) * share /
			 (1 - SHARE_FREE);
	if (p->named[c] > 0)
		score += W_NAMED * p->named[c] /
			 (p->named[c] + NAMED_HALF * (double)p->n) /
			 sqrt((double)p->nnamed);
	for (size_t i = 0; p->named[c] > 0 && i < p->nregions; i++)
		if (memcmp(p->regions[i]->country, place->country, 2) == 0 &&
			p->regions[i]->admin1 == place->admin1) {
			score += W_REGION;
			break;
		}
	if (place->population >= most / LARGER &&
		speaks(p->language, place->country))
		score += W_LANGUAGE;
	return score;
}

static double
form_score(const struct item *it, const struct gaz_place *place)
{
	double score = 0;

	if (it->match.wants_region)
		score +=
			place->place_class == GAZ_REGION ? W_WANT_REGION : -1.0;
	else if (it->match.full_end > it->match.end)
		score += place->place_class == GAZ_CITY ? W_WANT_CITY : 0;
	if (it->around.city_of)
		score += place->place_class == GAZ_CITY ? W_WANT_CITY : 0;
	return score;
}

static double
link_score(const struct places *p, const struct item *it,
	const struct gaz_place *place)
{
	double score = 0;

	if (it->country[0] == '\0' || place->country[0] == '\0')
		return 0;
	if (!places_same_country(p->g, place->country, it->country))
		return 0;
	if (it->lead)
		return place->place_class == GAZ_CITY ? W_LEAD : 0;
	if (place->place_class == GAZ_COUNTRY)
		return 0;
	score = W_LINKED;
	if (it->admin1 != NULL &&
		strcmp(it->admin1, gazetteer_code(p->g, place->admin1)) == 0)
		score += W_DIVISION;
	if (place->place_class == GAZ_CITY)
		score += 0.7;
	return score;
}

static bool
is_ascii(struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] >= 0x80)
			return false;
	return true;
}

/* "Querétaro" is of "Santiago de Querétaro", where "Ceará" was a name of
 * Fortaleza. */
static bool
is_part(const struct places *p, const struct gaz_name *n,
	const struct gaz_place *c)
{
	struct buffer whole, part;
	bool found = n->rank != GAZ_ALTERNATE;

	buffer_init(&whole, GAZ_KEY_MAX + 1);
	buffer_init(&part, GAZ_KEY_MAX + 1);
	if (!found &&
		utf8_fold_name(span_str(gazetteer_string(p->g, c->name)),
			&whole) == OK &&
		utf8_fold_name(
			span_str(gazetteer_string(p->g, n->text)), &part) == OK)
		found = span_find(span_of(whole.ptr, whole.len), 0,
				span_of(part.ptr, part.len)) != SIZE_MAX;
	buffer_release(&whole);
	buffer_release(&part);
	return found;
}

/* "Geneva", "Querétaro": a region is not meant by the name of its own city,
 * unless that is but a small part of it. */
static void
prefer_city(const struct places *p, struct item *it)
{
	const struct gaz_place *region = gazetteer_place(p->g, it->place);

	if (region == NULL || region->place_class != GAZ_REGION ||
		it->match.wants_region || it->fixed != PLACES_NONE)
		return;
	for (size_t i = 0; i < it->match.key->count; i++) {
		const struct gaz_name *n =
			gazetteer_name(p->g, it->match.key, i);
		const struct gaz_place *c;

		if (n == NULL)
			break;
		c = gazetteer_place(p->g, n->place);
		if (c->place_class == GAZ_CITY && is_part(p, n, c) &&
			memcmp(c->country, region->country, 2) == 0 &&
			c->admin1 == region->admin1 &&
			c->population >= region->population / CAPITAL_SHARE) {
			it->place = n->place;
			return;
		}
	}
}

/* What the text means by the name, before what stands around it. */
static enum error_code
read_name(const struct places *p, struct item *it)
{
	struct span name =
		span_sub(p->s->doc->text, it->match.start, it->match.end);
	size_t max = it->match.key->count;
	bool marked = !is_ascii(name);

	it->candidates = it->match.key->count;
	it->readings = arena_array(p->s->arena, max, sizeof *it->readings);
	if (it->readings == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < max; i++) {
		const struct gaz_name *n =
			gazetteer_name(p->g, it->match.key, i);
		const struct gaz_place *place;
		const char *spelling;
		struct reading r;

		if (n == NULL)
			break;
		spelling = gazetteer_string(p->g, n->text);
		if (!gazetteer_spelling_fits(name, spelling))
			continue;
		place = gazetteer_place(p->g, n->place);
		r.place = n->place;
		r.rank = n->rank < GAZ_RANKS ? n->rank : GAZ_ALTERNATE;
		r.exact = span_eq_str(name, spelling);
		r.score = gazetteer_prior(place, n->rank, r.exact) +
			  form_score(it, place);
		if (!r.exact && marked && is_ascii(span_str(spelling)))
			r.score += W_ADDED_MARKS;
		it->readings[it->nreadings++] = r;
		if (place->place_class == GAZ_CITY &&
			place->population > it->most)
			it->most = place->population;
	}
	return OK;
}

static void
choose(const struct places *p, struct item *it)
{
	double best = -1e9;

	it->place = PLACES_NONE;
	for (size_t i = 0; i < it->nreadings; i++) {
		const struct reading *r = &it->readings[i];
		const struct gaz_place *place = gazetteer_place(p->g, r->place);
		double score;

		if (it->fixed != PLACES_NONE && it->fixed != r->place)
			continue;
		score = r->score + document_score(p, place, it->most) +
			link_score(p, it, place);
		if (score > best) {
			best = score;
			it->place = r->place;
			it->rank = r->rank;
			it->exact = r->exact;
		}
	}
	it->score = best;
	prefer_city(p, it);
}

/* All candidates lie in one country. */
static bool
one_country(const struct places *p, const struct item *it)
{
	const struct gaz_place *first = NULL;

	for (size_t i = 0; i < it->match.key->count; i++) {
		const struct gaz_name *n =
			gazetteer_name(p->g, it->match.key, i);
		const struct gaz_place *place;

		if (n == NULL)
			break;
		place = gazetteer_place(p->g, n->place);
		if (first == NULL)
			first = place;
		else if (memcmp(first->country, place->country, 2) != 0)
			return false;
	}
	return first != NULL;
}

/* What one item says of where the document is. */
static double
item_vote(const struct places *p, const struct item *it)
{
	if (it->linked || it->is_division)
		return 1.0;
	if (it->match.traits.stop != GAZ_STOP_NONE)
		return 0.1;
	return one_country(p, it) ? 0.5 : 0.2;
}

static void
vote(struct places *p)
{
	memset(p->votes, 0, sizeof p->votes);
	memset(p->named, 0, sizeof p->named);
	p->total = 0;
	p->nnamed = 0;
	p->nregions = 0;
	for (size_t i = 0; i < p->n; i++) {
		const struct item *it = &p->items[i];
		const struct gaz_place *place =
			gazetteer_place(p->g, it->place);
		int c = place != NULL ? country_index(place->country) : -1;
		double weight;

		if (c < 0 || it->around.part)
			continue;
		weight = item_vote(p, it);
		p->votes[c] += weight;
		p->total += weight;
		if (place->place_class == GAZ_CITY)
			continue;
		if (it->match.traits.stop != GAZ_STOP_NONE && !it->is_division)
			continue;
		if (p->named[c] == 0)
			p->nnamed++;
		p->named[c] += 1;
		if (place->place_class == GAZ_REGION &&
			p->nregions < sizeof p->regions / sizeof *p->regions)
			p->regions[p->nregions++] = place;
	}
}

enum error_code
places_prefer(struct places *p)
{
	for (size_t i = 0; i < p->n; i++) {
		if (read_name(p, &p->items[i]) != OK)
			return ERR_NOMEM;
		choose(p, &p->items[i]);
	}
	return OK;
}

void
places_choose(struct places *p)
{
	/* First by links, then twice in the light of the rest. */
	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < p->n; i++) {
			struct item *it = &p->items[i];

			if (round > 0 || it->country[0] != '\0' ||
				it->fixed != PLACES_NONE)
				choose(p, it);
		}
		if (round < 2)
			vote(p);
	}
}
