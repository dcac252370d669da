#include "places.h"

#define LIST_POPULATION	    100000 /* of a city known without its country */
#define NAMESAKE_POPULATION 50000  /* of a city named like a country */
#define LIST_JOIN_MAX	    5	   /* bytes between two of a list */
#define DIVISIONS_MAX	    32	   /* countries and regions of one name tried */

bool
places_same_country(const struct gazetteer *g, const char *c, const char *want)
{
	const char *parent;
	char code[3] = { c[0], c[1], '\0' };

	if (memcmp(c, want, 2) == 0)
		return true;
	parent = gazetteer_parent(g, code);
	if (parent != NULL && memcmp(parent, want, 2) == 0)
		return true;
	memcpy(code, want, 2);
	parent = gazetteer_parent(g, code);
	return parent != NULL && memcmp(parent, c, 2) == 0;
}

const struct block *
places_block(const struct document *doc, uint32_t at)
{
	const size_t i = scan_block_at(doc, at);

	return i < doc->nblocks && doc->blocks[i].start <= at ? &doc->blocks[i]
							      : NULL;
}

/* The block of a table's cell that [start, end) fills. */
static const struct block *
filled_cell(const struct scan *s, uint32_t start, uint32_t end)
{
	const struct block *b = places_block(s->doc, start);

	return b != NULL && b->type == BLOCK_CELL && b->start == start &&
			       b->end == end
		       ? b
		       : NULL;
}

bool
places_apposed(const struct scan *s, uint32_t a, uint32_t b, uint32_t c,
	bool *brackets)
{
	struct span text = s->doc->text;
	struct span between = span_sub(text, a, b);
	const struct block *block;

	*brackets = false;
	if (b <= a)
		return false;
	if (span_eq_str(between, ", "))
		return true;
	if (span_eq_str(between, " (")) {
		*brackets = c < text.len &&
			    (text.ptr[c] == ')' || text.ptr[c] == ',');
		return *brackets;
	}
	block = places_block(s->doc, b);
	if (block == NULL ||
		(block->type != BLOCK_ITEM && block->type != BLOCK_CELL))
		return false;
	if (block->start >= a)
		return filled_cell(s, b, c) != NULL && b - a == 2;
	return block->end == c &&
	       (span_eq_str(between, " - ") || span_eq_str(between, " – ") ||
		       span_eq_str(between, " — ") ||
		       span_eq_str(between, " | ") ||
		       span_eq_str(between, " / "));
}

/* Best candidate of it inside the country or region d, by prior. */
static uint32_t
inside(const struct places *p, const struct item *it, const struct gaz_place *d,
	double *prior)
{
	struct span name =
		span_sub(p->s->doc->text, it->match.start, it->match.end);
	const char *admin1 = gazetteer_code(p->g, d->admin1);
	uint32_t best = PLACES_NONE;

	for (size_t i = 0; i < it->match.key->count; i++) {
		const struct gaz_name *n =
			gazetteer_name(p->g, it->match.key, i);
		const struct gaz_place *c;
		const char *spelling;
		double score;

		if (n == NULL)
			break;
		c = gazetteer_place(p->g, n->place);
		spelling = gazetteer_string(p->g, n->text);
		if (c->country[0] == '\0' || c->place_class == GAZ_COUNTRY ||
			c == d || !gazetteer_spelling_fits(name, spelling) ||
			!places_same_country(p->g, c->country, d->country))
			continue;
		if (d->place_class == GAZ_REGION &&
			strcmp(admin1, gazetteer_code(p->g, c->admin1)) != 0)
			continue;
		score = gazetteer_prior(
			c, n->rank, span_eq_str(name, spelling));
		if (best == PLACES_NONE || score > *prior) {
			best = n->place;
			*prior = score;
		}
	}
	return best;
}

/* A pair of readings: this city in that country or region. */
struct pair {
	uint32_t division;
	const struct gaz_place *place;
	double score;
};

static void
try_division(const struct places *p, const struct item *city,
	const struct item *div, const struct gaz_name *n, bool brackets,
	struct pair *best)
{
	struct span name =
		span_sub(p->s->doc->text, div->match.start, div->match.end);
	const struct gaz_place *d = gazetteer_place(p->g, n->place);
	const struct gaz_place *own = gazetteer_place(p->g, city->place);
	const char *spelling = gazetteer_string(p->g, n->text);
	double score = 0;
	uint32_t in;

	if (d->place_class == GAZ_CITY || d->country[0] == '\0' ||
		!gazetteer_spelling_fits(name, spelling))
		return;
	if (div->linked && !div->lead &&
		(d->place_class == GAZ_COUNTRY ||
			memcmp(d->country, div->country, 2) != 0))
		return;
	in = inside(p, city, d, &score);
	if (in == PLACES_NONE)
		return;
	/* "Brazil, China, Mexico" is no town of China in Mexico. */
	if (!brackets && own != NULL && own->place_class == GAZ_COUNTRY &&
		d->place_class == GAZ_COUNTRY &&
		gazetteer_place(p->g, in)->population < NAMESAKE_POPULATION)
		return;
	score += gazetteer_prior(d, n->rank, span_eq_str(name, spelling));
	if (best->place == NULL || score > best->score)
		*best = (struct pair){ n->place, d, score };
}

static struct pair
best_pair(const struct places *p, const struct item *city,
	const struct item *div, bool brackets)
{
	struct pair best = { PLACES_NONE, NULL, 0 };
	size_t tried = 0;

	for (size_t i = 0; i < div->match.key->count && tried < DIVISIONS_MAX;
		i++) {
		const struct gaz_name *n =
			gazetteer_name(p->g, div->match.key, i);

		if (n == NULL)
			break;
		if (gazetteer_place(p->g, n->place)->place_class == GAZ_CITY)
			continue;
		tried++;
		try_division(p, city, div, n, brackets, &best);
	}
	return best;
}

/* "Barcelos, Braga, Leiria", "Loulé, Faro e Tavira": a place that is no city
 * of a division in its turn follows at once. */
static bool
goes_on(const struct places *p, const struct item *div, const struct item *next)
{
	struct span between;

	if (next == NULL || next->linked || next->in != div->in)
		return false;
	between = span_sub(
		p->s->doc->text, div->match.full_end, next->match.start);
	return between.len > 1 && between.len <= LIST_JOIN_MAX &&
	       memchr(between.ptr, '(', between.len) == NULL &&
	       memchr(between.ptr, '.', between.len) == NULL;
}

/* "Lyon, Villefranche": a region named like a city of the list next to it
 * must be the better reading of that name; one named like its capital, the
 * end of the list. */
static bool
region_fits(const struct places *p, const struct item *div,
	const struct item *next, const struct pair *pair, bool brackets)
{
	const struct gaz_place *own = gazetteer_place(p->g, div->place);

	return brackets || div->linked ||
	       pair->place->place_class == GAZ_COUNTRY || own == NULL ||
	       own->place_class != GAZ_CITY ||
	       (own->population < pair->place->population / 4 &&
		       !goes_on(p, div, next));
}

static void
set_link(struct item *city, struct item *div, const struct gaz_place *d,
	uint32_t index, const struct gazetteer *g)
{
	const char *admin1 = gazetteer_code(g, d->admin1);

	city->linked = true;
	city->lead = false;
	memcpy(city->country, d->country, 2);
	city->admin1 = admin1[0] != '\0' ? admin1 : NULL;
	div->is_division = true;
	div->fixed = index;
}

/* The gazetteer has no such place in the country that is said. */
static bool
force_country(const struct places *p, struct item *city, struct item *div,
	bool brackets)
{
	const struct gaz_place *d = gazetteer_place(p->g, div->place);
	const struct gaz_place *own = gazetteer_place(p->g, city->place);

	if (d == NULL || d->place_class == GAZ_CITY || d->country[0] == '\0' ||
		own == NULL || own->place_class != GAZ_CITY || div->linked)
		return false;
	if (!brackets && own->population >= LIST_POPULATION)
		return false;
	if (filled_cell(p->s, city->match.start, city->match.end) != NULL)
		return false;
	set_link(city, div, d, div->place, p->g);
	city->forced = true;
	return true;
}

static void
link_pair(struct places *p, struct item *city, struct item *div,
	const struct item *next)
{
	bool brackets;
	struct pair pair;

	if (!places_apposed(p->s, city->match.full_end, div->match.start,
		    div->match.full_end, &brackets))
		return;
	pair = best_pair(p, city, div, brackets);
	if (pair.place != NULL && region_fits(p, div, next, &pair, brackets))
		set_link(city, div, pair.place, pair.division, p->g);
	else
		(void)force_country(p, city, div, brackets);
}

/* A country that heads what follows: alone in a heading, or "Togo: ...". */
static bool
heads(const struct places *p, const struct item *it, const struct block *b)
{
	const struct gaz_place *place = gazetteer_place(p->g, it->place);
	struct span text = p->s->doc->text;
	uint32_t end = it->match.full_end;

	if (place == NULL || place->place_class != GAZ_COUNTRY ||
		b->start != it->match.start)
		return false;
	if (end < b->end && text.ptr[end] == ':')
		return true;
	return end == b->end &&
	       (b->type == BLOCK_HEADING || b->type == BLOCK_CELL);
}

static void
link_heads(struct places *p)
{
	const struct gaz_place *head = NULL;
	const struct block *from = NULL;

	for (size_t i = 0; i < p->n; i++) {
		struct item *it = &p->items[i];
		const struct block *b =
			places_block(p->s->doc, it->match.start);

		if (b == NULL)
			continue;
		/* A heading reaches over the items below it, a cell to the
		 * next cell, "Togo:" to the end of its block. */
		if (from != NULL && b != from &&
			(b->type == BLOCK_HEADING || b->type == BLOCK_TITLE ||
				(from->type == BLOCK_CELL ? b != from + 1
					: from->type != BLOCK_HEADING
						? true
						: b->type == BLOCK_PARAGRAPH)))
			head = NULL;
		if (!it->linked && !it->is_division && head != NULL) {
			memcpy(it->country, head->country, 2);
			it->lead = true;
		}
		if (!it->is_division && heads(p, it, b)) {
			head = gazetteer_place(p->g, it->place);
			from = b;
			it->country[0] = '\0';
			it->lead = false;
		}
	}
}

/* A city of that name in the division that the letters write. */
static const struct gaz_place *
postal_city(const struct places *p, const struct item *city,
	const struct places_sign *sign, double *best)
{
	const struct gaz_place *found = NULL;

	for (size_t i = 0; i < city->nreadings; i++) {
		const struct reading *r = &city->readings[i];
		const struct gaz_place *c = gazetteer_place(p->g, r->place);
		const char country[3] = { c->country[0], c->country[1], '\0' };

		if (c->place_class == GAZ_CITY &&
			places_writes(sign, country,
				gazetteer_code(p->g, c->admin1)) &&
			(found == NULL || r->score > *best)) {
			found = c;
			*best = r->score;
		}
	}
	return found;
}

/* next, if any, is the item behind the city. */
static void
link_postal(struct places *p, struct item *city, struct item *next)
{
	struct places_sign sign;
	const struct gaz_place *c;
	double best = 0;

	if (city->linked || city->is_division ||
		!places_sign(span_sub(p->s->doc->text, 0, city->in->end),
			city->match.full_end, &sign))
		return;
	c = postal_city(p, city, &sign, &best);
	if (c == NULL)
		return;
	city->linked = true;
	city->lead = false;
	memcpy(city->country, c->country, 2);
	city->admin1 = gazetteer_code(p->g, c->admin1);
	/* "VIC" is no town of Spain here. */
	if (next != NULL &&
		p->s->doc->text.ptr + next->match.start == sign.letters.ptr)
		next->around.part = true;
}

void
places_link(struct places *p)
{
	for (size_t i = p->n; i > 1; i--)
		link_pair(p, &p->items[i - 2], &p->items[i - 1],
			i < p->n ? &p->items[i] : NULL);
	for (size_t i = 0; i < p->n; i++)
		link_postal(p, &p->items[i],
			i + 1 < p->n ? &p->items[i + 1] : NULL);
	link_heads(p);
}
