#include "gazetteer.h"

#include <stdlib.h>

#include "lexis.h"
#include "scan.h"

#define BACK_WORDS_MAX 3 /* of a name, before the month that ends it */
#define OWNER_WORDS    3 /* of a name with a genitive's s: "Bad Aiblings" */
#define OWNER_MIN      4 /* bytes of a word with it, and one more */

/* What other recognisers took, sorted and joined, read from left to right. */
struct masks {
	struct mask {
		uint32_t start, end;
	} * list;
	size_t n, at;
};

static int
by_start(const void *a, const void *b)
{
	const struct mask *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->end < y->end ? -1 : x->end > y->end;
}

static enum error_code
masks_make(struct masks *k, const struct scan *s)
{
	size_t kept = 0;

	memset(k, 0, sizeof *k);
	k->list = arena_array(s->arena, s->n, sizeof *k->list);
	if (k->list == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < s->n; i++)
		k->list[i] = (struct mask){ s->list[i].start, s->list[i].end };
	qsort(k->list, s->n, sizeof *k->list, by_start);
	for (size_t i = 0; i < s->n; i++) {
		struct mask *last = kept > 0 ? &k->list[kept - 1] : NULL;

		if (last == NULL || k->list[i].start >= last->end)
			k->list[kept++] = k->list[i];
		else if (k->list[i].end > last->end)
			last->end = k->list[i].end;
	}
	k->n = kept;
	return OK;
}

/* End of the mask over at, or at; *limit comes down to the next mask. */
static size_t
masks_skip(struct masks *k, size_t at, size_t *limit)
{
	while (k->at < k->n && k->list[k->at].end <= at)
		k->at++;
	if (k->at == k->n)
		return at;
	if (k->list[k->at].start <= at)
		return k->list[k->at].end;
	if (k->list[k->at].start < *limit)
		*limit = k->list[k->at].start;
	return at;
}

/* "March" is no place unless it looks like one: "March (United Kingdom)",
 * "the city of March". */
static bool
strict_stands(const struct gazetteer *g, struct span text,
	const struct sentence *in, const struct gaz_match *m,
	struct buffer *tmp)
{
	struct gaz_context around;
	size_t at = m->full_end;

	if (m->traits.stop != GAZ_STOP_STRICT)
		return true;
	if (at + 3 < in->end &&
		(text.ptr[at] == ',' ? text.ptr[at + 1] == ' '
				     : memcmp(text.ptr + at, " (", 2) == 0)) {
		struct gaz_match next;

		if (gazetteer_match(g, text, at + 2, in->end, tmp, &next) &&
			next.traits.stop != GAZ_STOP_STRICT)
			return true;
	}
	gazetteer_context(g, text, in->start, in->end, m, tmp, &around);
	return around.city_of;
}

/* A place of some class, until places_resolve() knows which. */
static enum error_code
add_match(struct scan *s, const struct gaz_match *m, size_t *cap)
{
	struct mention mention = { .type = MENTION_CITY,
		.start = m->start,
		.end = m->full_end,
		.rule = "gazetteer" };
	struct gaz_match *list = arena_grow(
		s->arena, s->matches, s->nmatches, cap, sizeof *list);

	if (list == NULL)
		return ERR_NOMEM;
	s->matches = list;
	list[s->nmatches++] = *m;
	return scan_add(s, &mention);
}

/* Some place has that name, spelled so. */
static bool
has_spelling(const struct gazetteer *g, const struct gaz_match *match,
	struct span name)
{
	for (size_t i = 0; i < match->key->count; i++) {
		const struct gaz_name *n = gazetteer_name(g, match->key, i);

		if (n == NULL)
			break;
		if (n->rank != GAZ_ALTERNATE &&
			span_eq_str(name, gazetteer_string(g, n->text)))
			return true;
	}
	return false;
}

/* "Dos Hermanas", "Florac-Trois-Rivières": the number is of a name. */
static bool
is_named_number(const struct gazetteer *g, struct span text,
	const struct mention *m, struct buffer *tmp)
{
	struct gaz_match match;
	uint32_t cp;

	if (m->type != MENTION_COUNT || utf8_decode(text, m->start, &cp) == 0 ||
		!utf8_is_upper(cp))
		return false;
	if (m->start > 1 && text.ptr[m->start - 1] == '-' &&
		text.ptr[m->start - 2] != ' ')
		return true;
	if (!gazetteer_match(g, text, m->start, text.len, tmp, &match) ||
		memchr(text.ptr + match.start, ' ', match.end - match.start) ==
			NULL)
		return false;
	return has_spelling(g, &match, span_sub(text, match.start, match.end));
}

/* "Rio de Janeiro", "Cape May": the month is of a name. */
static bool
is_named_month(const struct gazetteer *g, struct span text,
	const struct mention *m, struct buffer *tmp)
{
	struct gaz_match match;
	uint32_t at = m->start, cp;

	if (m->type != MENTION_DATE || utf8_decode(text, at, &cp) == 0 ||
		!utf8_is_upper(cp))
		return false;
	for (size_t i = 0;
		i < BACK_WORDS_MAX && at > 1 && text.ptr[at - 1] == ' '; i++) {
		at--;
		while (at > 0 && strchr(" (\"\n", text.ptr[at - 1]) == NULL)
			at--;
		if (utf8_decode(text, at, &cp) != 0 && utf8_is_upper(cp) &&
			gazetteer_match(g, text, at, m->end, tmp, &match) &&
			match.end > m->start &&
			has_spelling(g, &match,
				span_sub(text, match.start, match.end)))
			return true;
	}
	return false;
}

/* "Câmara de Lobos", "College Station", "Francisco Beltrão": the whole of what
 * looked like an organisation or a person is a place's name as spelled. */
static bool
is_place_after_all(const struct gazetteer *g, struct span text,
	const struct mention *m, struct buffer *tmp)
{
	struct gaz_match match;

	return (strcmp(m->rule, NAMES_RULE_ORGANISATION) == 0 ||
		       strcmp(m->rule, NAMES_RULE_GIVEN) == 0) &&
	       gazetteer_match(g, text, m->start, m->end, tmp, &match) &&
	       match.end == m->end &&
	       has_spelling(g, &match, span_sub(text, m->start, m->end));
}

static void
free_places(const struct gazetteer *g, struct scan *s, struct buffer *tmp)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->n; i++)
		if (!is_place_after_all(g, s->doc->text, &s->list[i], tmp) &&
			!is_named_number(g, s->doc->text, &s->list[i], tmp) &&
			!is_named_month(g, s->doc->text, &s->list[i], tmp))
			s->list[kept++] = s->list[i];
	s->n = kept;
}

/* A word may be a name of some length and a genitive's s. */
static bool
ends_in_s(struct span word)
{
	return word.len > OWNER_MIN && word.ptr[word.len - 1] == 's' &&
	       word.ptr[word.len - 2] != 's';
}

/* One sentence being looked through. */
struct search {
	const struct gazetteer *g;
	struct scan *s;
	const struct sentence *in;
	struct span text; /* up to the sentence's end */
	struct masks masks;
	struct buffer tmp;
	size_t cap; /* of s->matches */
};

/* "Kassels Beitritt": the name that stands at text[at] with a genitive's s. */
static bool
match_owner(struct search *q, size_t at, size_t limit, struct gaz_match *m)
{
	size_t end = at;

	for (int words = 0; words < OWNER_WORDS && end < limit; words++) {
		end = gazetteer_word_end(q->text, end + (words > 0), limit);
		if (ends_in_s(span_sub(q->text, at, end)) &&
			gazetteer_match(q->g, span_sub(q->text, 0, end - 1), at,
				end - 1, &q->tmp, m) &&
			m->end == end - 1)
			return m->traits.stop == GAZ_STOP_NONE;
		if (end >= limit || q->text.ptr[end] != ' ')
			break;
	}
	return false;
}

/* What stands at the capital text[at], first if that is known; *next: where to
 * go on, behind the word or the name. */
static enum error_code
look_at(struct search *q, size_t at, const struct form *first, size_t *next)
{
	size_t limit = q->in->end;
	size_t free = masks_skip(&q->masks, at, &limit);
	struct gaz_match m;

	if (free > at) {
		*next = free;
		return OK;
	}
	if (!(gazetteer_match_form(
		      q->g, q->text, at, limit, first, &q->tmp, &m) &&
		    strict_stands(q->g, q->text, q->in, &m, &q->tmp)) &&
		!(q->s->owners && match_owner(q, at, limit, &m))) {
		*next = gazetteer_word_end(q->text, at, q->text.len);
		return OK;
	}
	*next = m.full_end;
	return add_match(q->s, &m, &q->cap);
}

/* No name begins with the word that is atom i. */
static bool
begins_none(struct search *q, size_t i)
{
	const struct atom *a = &q->in->atoms.list[i];

	if (!a->form->place_known)
		gazetteer_know(q->g, a->form, &q->tmp);
	/* Another mark may join it to the word behind. */
	return a->form->place == NULL &&
	       !(q->s->owners && ends_in_s(form_text(a->form))) &&
	       (i + 1 == q->in->atoms.n || a[1].space || a[1].mark == ',');
}

static enum error_code
scan_atoms(struct search *q)
{
	const struct atoms *all = &q->in->atoms;
	enum error_code code = OK;
	size_t next = q->in->start;

	for (size_t i = 0; code == OK && i < all->n; i++) {
		const struct atom *a = &all->list[i];

		if (a->start >= next && a->form != NULL && a->form->capital &&
			!begins_none(q, i))
			code = look_at(q, a->start, a->form, &next);
	}
	return code;
}

static enum error_code
scan_text(struct search *q)
{
	enum error_code code = OK;
	size_t at = q->in->start;

	while (code == OK && (at = gazetteer_next(q->text, at)) < q->text.len)
		code = look_at(q, at, NULL, &at);
	return code;
}

/* The city that "Leeds City Council" speaks for. */
static enum error_code
match_bodies(const struct gazetteer *g, struct scan *s, struct buffer *tmp)
{
	for (size_t i = 0; i < s->nbodies; i++) {
		struct body *b = &s->bodies[i];
		struct gaz_match m, *kept;

		if (!gazetteer_match(g, s->doc->text, b->city_start,
			    b->city_end, tmp, &m) ||
			m.full_end != b->city_end)
			continue;
		kept = arena_alloc(s->arena, sizeof *kept);
		if (kept == NULL)
			return ERR_NOMEM;
		*kept = m;
		kept->shown = true;
		b->match = kept;
	}
	return OK;
}

enum error_code
gazetteer_scan(const struct gazetteer *g, struct scan *s)
{
	struct search q = { .g = g, .s = s };
	enum error_code code;

	buffer_init(&q.tmp, 4096);
	free_places(g, s, &q.tmp);
	code = match_bodies(g, s, &q.tmp);
	if (code == OK)
		code = masks_make(&q.masks, s);
	for (size_t i = 0; code == OK && i < s->nsentences && !s->full; i++) {
		q.in = &s->sentences[i];
		q.text = span_sub(s->doc->text, 0, q.in->end);
		code = q.in->atoms.list != NULL ? scan_atoms(&q)
						: scan_text(&q);
	}
	buffer_release(&q.tmp);
	return code;
}
