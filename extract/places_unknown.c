#include "places.h"

#define UNKNOWN_WORDS_MAX 4   /* capitalised words of a name */
#define UNKNOWN_BYTES_MAX 100 /* looked back at */

/* Index of the last mention that begins before at, or SIZE_MAX. */
static size_t
mention_before(const struct scan *s, size_t n, uint32_t at)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->list[mid].start < at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo > 0 ? lo - 1 : SIZE_MAX;
}

static bool
is_capital(struct span text, size_t at)
{
	uint32_t cp;

	return utf8_decode(text, at, &cp) > 0 && utf8_is_upper(cp);
}

/*
 * Beginning of a name of up to four capitalised words that ends at
 * text[end], small joining words inside; end if there is none.  *clean: no
 * word of it speaks against a place.
 */
static size_t
name_start(struct places *p, size_t from, size_t end, bool *clean)
{
	struct span text = p->s->doc->text;
	size_t start = end, at = end;
	bool suffix = false;
	int words = 0;

	*clean = true;
	while (words < UNKNOWN_WORDS_MAX) {
		size_t w = gazetteer_word_start(text, from, at);
		struct span word = span_sub(text, w, at);
		enum gaz_stop stop;
		unsigned roles;

		if (word.len == 0)
			break;
		roles = gazetteer_roles(p->g, word, p->tmp, &stop);
		if (is_capital(text, w)) {
			start = w;
			words++;
			/* "Municipality" by itself, but "Orvala City". */
			if (words == 1)
				suffix = roles &
					 (GAZ_SUFFIX | GAZ_REGION_SUFFIX);
			if ((!(roles & GAZ_INSIDE) &&
				    roles & (GAZ_AFTER | GAZ_BEFORE |
						    GAZ_HEAD_OF)) ||
				stop != GAZ_STOP_NONE)
				*clean = false;
			if (word.len > 2 && gazetteer_is_capitals(word))
				*clean = false;
		} else if (at == end || !(roles & GAZ_INSIDE)) {
			break;
		}
		if (w <= from ||
			(text.ptr[w - 1] != ' ' && text.ptr[w - 1] != '-' &&
				text.ptr[w - 1] != '\''))
			break;
		at = w - 1;
	}
	if (words == 1 && suffix)
		*clean = false;
	return start;
}

/* Only marks, bullets and digits between the block's beginning and at. */
static bool
begins_block(struct span text, const struct block *b, size_t at)
{
	for (size_t i = b->start; i < at; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
			return false;
	}
	return true;
}

static bool
letter_follows(struct span text, size_t at)
{
	uint32_t cp;

	return utf8_decode(text, at, &cp) > 0 && utf8_is_letter(cp);
}

static bool
ends_clause(struct span text, const struct block *b, size_t at)
{
	return at >= b->end || memchr(".;),", text.ptr[at], 4) != NULL;
}

/* A place may begin at start: after "in", in a list of such pairs, at the
 * beginning of a list's item. */
static bool
place_position(struct places *p, const struct block *b, size_t start,
	size_t prev, const struct mention *country, bool brackets)
{
	struct scan *s = p->s;
	struct span text = s->doc->text;
	size_t word;
	bool acronym = gazetteer_is_capitals(
		span_sub(text, country->start, country->end));

	if (!acronym &&
		(b->type == BLOCK_ITEM || b->type == BLOCK_CELL ||
			b->type == BLOCK_HEADING) &&
		begins_block(text, b, start))
		return true;
	/* "Marketing Agencies (US)" is a page's menu. */
	brackets = brackets && !acronym;
	if (prev != SIZE_MAX && s->list[prev].end <= start &&
		s->list[prev].start >= b->start &&
		s->list[prev].type == MENTION_COUNTRY &&
		places_coordinates(span_sub(text,
			s->list[prev].end +
				(text.ptr[s->list[prev].end] == ')'),
			start)))
		return true;
	if (start < b->start + 2u || text.ptr[start - 1] != ' ')
		return brackets;
	word = gazetteer_word_start(text, b->start, start - 1);
	if (gazetteer_roles(
		    p->g, span_sub(text, word, start - 1), p->tmp, NULL) &
		(GAZ_PREPOSITION | GAZ_CITY_OF))
		return true;
	/* "... is Ybycuí, Paraguay.": nothing else goes on behind it. */
	return brackets ||
	       (!is_capital(text, word) && letter_follows(text, word) &&
		       ends_clause(text, b, country->end));
}

static enum error_code
add_unknown(struct places *p, const struct mention *country, uint32_t start,
	uint32_t end)
{
	struct mention m = { 0 };

	m.start = start;
	m.end = end;
	m.type = MENTION_CITY;
	m.rule = PLACES_RULE_UNKNOWN;
	m.place.name = arena_strndup(
		p->s->arena, p->s->doc->text.ptr + start, end - start);
	m.place.country = country->place.country;
	if (m.place.name == NULL)
		return ERR_NOMEM;
	return scan_add(p->s, &m);
}

/* A name of the document that stands right before the country at i. */
static enum error_code
look_before(struct places *p, size_t i, size_t n)
{
	struct scan *s = p->s;
	const struct mention c = s->list[i];
	const struct block *b = places_block(s->doc, c.start);
	size_t from, end, start, prev;
	bool brackets, clean;

	if (b == NULL || c.start < b->start + 4u)
		return OK;
	end = c.start - 2u;
	if (!places_apposed(s, (uint32_t)end, c.start, c.end, &brackets))
		return OK;
	from = b->start;
	if (end > from + UNKNOWN_BYTES_MAX)
		from = end - UNKNOWN_BYTES_MAX;
	prev = mention_before(s, n, c.start);
	if (prev != SIZE_MAX && s->list[prev].end > from)
		from = s->list[prev].end;
	start = name_start(p, from, end, &clean);
	if (start >= end || !clean || end - start < 3)
		return OK;
	/* The rest of a longer name, or of a mention: leave it. */
	if (prev != SIZE_MAX && s->list[prev].end + 1u >= start &&
		s->list[prev].end > b->start)
		return OK;
	if (!place_position(p, b, start, prev, &c, brackets))
		return OK;
	return add_unknown(p, &c, (uint32_t)start, (uint32_t)end);
}

/* Where it is, if a country or region stands in apposition. */
static const char *
named_country(const struct scan *s, size_t n, uint32_t end)
{
	const size_t i = mention_before(s, n, end) + 1;
	bool brackets;

	return i < n &&
			       (s->list[i].type == MENTION_COUNTRY ||
				       s->list[i].type == MENTION_REGION) &&
			       places_apposed(s, end, s->list[i].start,
				       s->list[i].end, &brackets)
		       ? s->list[i].place.country
		       : NULL;
}

enum error_code
places_add_named(struct places *p)
{
	struct scan *s = p->s;
	const size_t n = s->n;
	enum error_code code = OK;

	for (size_t i = 0; i < s->nnamed && code == OK; i++) {
		const struct named *m = &s->named[i];
		struct mention where = { 0 };

		if (!m->sure || scan_overlaps(s, m->start, m->end))
			continue;
		where.place.country = named_country(s, n, m->end);
		code = add_unknown(p, &where, m->start, m->end);
	}
	return code == OK && s->n > n ? scan_settle(s) : code;
}

enum error_code
places_add_unknown(struct places *p)
{
	size_t n = p->s->n;
	enum error_code code = OK;

	for (size_t i = 0; i < n && code == OK; i++)
		if (p->s->list[i].type == MENTION_COUNTRY)
			code = look_before(p, i, n);
	return code == OK && p->s->n > n ? scan_settle(p->s) : code;
}
