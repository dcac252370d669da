#include "gazetteer.h"

#include <stdlib.h>

#include "scan.h"

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

/* Class of the likeliest place before any context, and how many there are. */
static enum gaz_class
likeliest(const struct gazetteer *g, const struct gaz_key *k, struct span name,
	int *candidates)
{
	enum gaz_class best = GAZ_CITY;
	double score = -1;

	*candidates = k->count;
	for (size_t i = 0; i < gazetteer_names(k); i++) {
		const struct gaz_name *n = gazetteer_name(g, k, i);
		const struct gaz_place *p;
		const char *spelling;
		double prior;

		if (n == NULL)
			break;
		spelling = gazetteer_string(g, n->text);
		if (!gazetteer_spelling_fits(name, spelling))
			continue;
		p = gazetteer_place(g, n->place);
		prior = gazetteer_prior(
			p, n->rank, span_eq_str(name, spelling));
		if (prior > score && p->place_class < GAZ_CLASSES) {
			score = prior;
			best = (enum gaz_class)p->place_class;
		}
	}
	return best;
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

	if (m->key->stop != GAZ_STOP_STRICT)
		return true;
	if (at + 3 < in->end &&
		(text.ptr[at] == ',' ? text.ptr[at + 1] == ' '
				     : memcmp(text.ptr + at, " (", 2) == 0)) {
		struct gaz_match next;

		if (gazetteer_match(g, text, at + 2, in->end, tmp, &next) &&
			next.key->stop != GAZ_STOP_STRICT)
			return true;
	}
	gazetteer_context(g, text, in->start, in->end, m, tmp, &around);
	return around.city_of;
}

static enum error_code
add_match(const struct gazetteer *g, struct scan *s, const struct gaz_match *m)
{
	static const enum mention_type types[GAZ_CLASSES] = { MENTION_CITY,
		MENTION_REGION, MENTION_COUNTRY };
	struct mention mention = { 0 };
	int candidates;

	mention.type = types[likeliest(g, m->key,
		span_sub(s->doc->text, m->start, m->end), &candidates)];
	mention.start = m->start;
	mention.end = m->full_end;
	mention.rule = "gazetteer";
	mention.place.candidates = candidates;
	return scan_add(s, &mention);
}

static enum error_code
scan_sentence(const struct gazetteer *g, struct scan *s,
	const struct sentence *in, struct masks *masks, struct buffer *tmp)
{
	struct span text = span_sub(s->doc->text, 0, in->end);
	size_t at = in->start;

	while ((at = gazetteer_next(text, at)) < text.len) {
		size_t limit = in->end;
		size_t free = masks_skip(masks, at, &limit);
		struct gaz_match m;
		enum error_code code;

		if (free > at) {
			at = free;
			continue;
		}
		if (!gazetteer_match(g, text, at, limit, tmp, &m) ||
			!strict_stands(g, text, in, &m, tmp)) {
			at = gazetteer_word_end(text, at, text.len);
			continue;
		}
		code = add_match(g, s, &m);
		if (code != OK)
			return code;
		at = m.full_end;
	}
	return OK;
}

enum error_code
gazetteer_scan(const struct gazetteer *g, struct scan *s)
{
	struct masks masks;
	struct buffer tmp;
	enum error_code code;

	buffer_init(&tmp, 4096);
	code = masks_make(&masks, s);
	for (size_t i = 0; code == OK && i < s->nsentences && !s->full; i++)
		code = scan_sentence(g, s, &s->sentences[i], &masks, &tmp);
	buffer_release(&tmp);
	return code;
}
