/*
 * A network that was named in full is meant by less of its name: the "Netzwerk
 * altersfreundlicher Städte" behind the "Globale Netzwerk altersfreundlicher
 * Städte und Gemeinden"; and by what it is said to be: "Cittaslow, la red
 * internacional de municipios".
 */
#include "names_work.h"
#include "places.h"

#define WORDS_MAX    16 /* of a name */
#define WORD_MIN     4	/* bytes: "of", "des", "the" are no words of it */
#define STEM_MIN     5	/* bytes that words with other endings share */
#define ENDING_MAX   2
#define APPOSED_MAX  8	/* bytes from a name to what it is */
#define LISTED_MAX   12 /* bytes from one of a list to the next */
#define COMPARED_MAX 64 /* of a document that are compared */

struct full_name {
	size_t mention;
	char *fold; /* its words stand in it */
	struct span words[WORDS_MAX];
	size_t n;
};

static bool
read_words(const struct scan *s, size_t m, struct buffer *tmp,
	struct full_name *out)
{
	const struct mention *it = &s->list[m];
	struct span rest, word;

	out->mention = m;
	out->n = 0;
	buffer_reset(tmp);
	if (utf8_fold_name(span_sub(s->doc->text, it->start, it->end), tmp) !=
		OK)
		return false;
	out->fold = arena_strndup(s->arena, tmp->ptr, tmp->len);
	if (out->fold == NULL)
		return false;
	rest = span_of(out->fold, tmp->len);
	while (rest.len > 0 && span_split(&rest, ' ', &word))
		if (word.len >= WORD_MIN && out->n < WORDS_MAX)
			out->words[out->n++] = word;
	return true;
}

/* "Netzwerk" and "Netzwerks". */
static bool
same_word(struct span a, struct span b)
{
	size_t least = a.len < b.len ? a.len : b.len;
	size_t most = a.len < b.len ? b.len : a.len;

	if (span_eq(a, b))
		return true;
	return most - least <= ENDING_MAX && least > STEM_MIN &&
	       span_eq(span_sub(a, 0, least - 1), span_sub(b, 0, least - 1));
}

static bool
is_part(const struct full_name *part, const struct full_name *whole)
{
	for (size_t i = 0; i < part->n; i++) {
		bool found = false;

		for (size_t k = 0; k < whole->n && !found; k++)
			found = same_word(part->words[i], whole->words[k]);
		if (!found)
			return false;
	}
	return part->n > 1 && part->n < whole->n;
}

static bool
same_network(const struct mention *a, const struct mention *b)
{
	if (a->name.id != NULL || b->name.id != NULL)
		return a->name.id != NULL && b->name.id != NULL &&
		       strcmp(a->name.id, b->name.id) == 0;
	return strcmp(a->name.name, b->name.name) == 0;
}

/* The one network that part is a part of; NULL: none, or several. */
static const struct mention *
whole_of(const struct scan *s, const struct full_name *part,
	const struct full_name *list, size_t n)
{
	const struct mention *found = NULL;

	for (size_t i = 0; i < n; i++) {
		const struct mention *it = &s->list[list[i].mention];

		/* An unknown one must have been named before. */
		if ((it->name.id == NULL &&
			    it->start > s->list[part->mention].start) ||
			!is_part(part, &list[i]))
			continue;
		if (found != NULL && !same_network(found, it))
			return NULL;
		found = it;
	}
	return found;
}

/* ", la ", ", eine ": an article between a name and what it is. */
static bool
is_apposed(
	const struct scan *s, const struct mention *a, const struct mention *b)
{
	struct span between;

	if (a->end >= b->start || b->start - a->end > APPOSED_MAX)
		return false;
	between = span_sub(s->doc->text, a->end, b->start);
	if (!span_starts_with(between, ", "))
		return false;
	for (size_t i = 2; i + 1 < between.len; i++)
		if (between.ptr[i] == ' ' || between.ptr[i] == ',' ||
			(between.ptr[i] >= 'A' && between.ptr[i] <= 'Z'))
			return false;
	return span_ends_with(between, " ") &&
	       strcmp(b->rule, "names.network.shape") == 0;
}

/* "A, the B and C": behind mention i of a list another network is told together
 * with it, so that it is one of several. */
static bool
is_listed(const struct scan *s, size_t i)
{
	const struct mention *next = &s->list[i] + 1;
	struct span between;
	uint32_t cp;

	if (i + 1 == s->n || next->type != MENTION_NETWORK ||
		next->start <= s->list[i].end ||
		next->start - s->list[i].end > LISTED_MAX ||
		utf8_decode(s->doc->text, s->list[i].start, &cp) == 0 ||
		!utf8_is_upper(cp))
		return false;
	between = span_sub(s->doc->text, s->list[i].end, next->start);
	if (span_ends_with(between, "the "))
		between.len -= strlen("the ");
	return places_coordinates(between);
}

/* The network right before *it, of which that says what it is, or NULL. */
static const struct mention *
named_before(const struct scan *s, const struct full_name *list, size_t n,
	const struct mention *it)
{
	for (size_t i = 0; i < n; i++)
		if (is_apposed(s, &s->list[list[i].mention], it))
			return &s->list[list[i].mention];
	return NULL;
}

void
names_same(struct scan *s, struct buffer *tmp)
{
	struct full_name *list =
		arena_array(s->arena, COMPARED_MAX, sizeof *list);
	size_t n = 0;

	for (size_t i = 0; list != NULL && i < s->n && n < COMPARED_MAX; i++)
		if (s->list[i].type == MENTION_NETWORK &&
			read_words(s, i, tmp, &list[n]))
			n++;
	for (size_t i = 0; i < n; i++) {
		struct mention *it = &s->list[list[i].mention];
		const struct mention *whole;

		if (it->name.id != NULL)
			continue;
		whole = is_listed(s, list[i].mention)
				? NULL
				: named_before(s, list, n, it);
		if (whole == NULL)
			whole = whole_of(s, &list[i], list, n);
		if (whole != NULL)
			it->name = whole->name;
	}
}

/* ---- what the document calls a network ---- */

/* m's place in the registry; as many as that has, if it is none of its. */
static size_t
network_of(const struct names *n, const struct mention *m)
{
	const struct networks *nw = &n->networks;
	size_t i = 0;

	if (m->name.id == NULL ||
		(m->type != MENTION_NETWORK && m->type != MENTION_TITLE))
		return nw->n;
	while (i < nw->n && nw->list[i].id != m->name.id)
		i++;
	if (i < nw->n)
		return i;
	/* A mention that was given has an id of its own. */
	for (i = 0; i < nw->n && strcmp(nw->list[i].id, m->name.id) != 0; i++)
		;
	return i;
}

/* No acronym, nor a headline in capitals. */
static bool
is_spelt(struct span name)
{
	for (size_t i = 0; i < name.len; i++)
		if (name.ptr[i] >= 'a' && name.ptr[i] <= 'z')
			return true;
	return false;
}

static bool
is_fuller(struct span name, struct span than)
{
	if (is_spelt(name) != is_spelt(than))
		return is_spelt(name);
	return name.len > than.len;
}

/* One is in the other, in whatever case. */
static bool
is_within(struct span part, struct span whole)
{
	for (size_t i = 0; i + part.len <= whole.len; i++)
		if (span_same_nocase(whole.ptr + i, part.ptr, part.len))
			return true;
	return false;
}

/* "Klima-Bündnis (Climate Alliance)": what the document says, and what the
 * registry does where that is something else. */
static const char *
both_names(struct arena *a, struct span called, const char *registered)
{
	const struct span other = span_str(registered);

	if (called.len == 0 || is_within(called, other))
		return registered;
	if (is_within(other, called))
		return arena_strndup(a, called.ptr, called.len);
	return arena_printf(
		a, "%.*s (%s)", (int)called.len, called.ptr, registered);
}

enum error_code
names_call(const struct names *n, struct names_state *st, struct scan *s)
{
	memset(st->called, 0, n->networks.n * sizeof *st->called);
	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->list[i];
		const size_t at = network_of(n, m);

		if (at < n->networks.n && m->type == MENTION_NETWORK &&
			is_fuller(m->text, st->called[at].words))
			st->called[at].words = m->text;
	}
	for (size_t i = 0; i < s->n; i++) {
		struct mention *m = &s->list[i];
		const size_t at = network_of(n, m);
		struct called *c = &st->called[at];

		if (at == n->networks.n)
			continue;
		if (c->name == NULL)
			c->name = both_names(
				s->arena, c->words, n->networks.list[at].name);
		if (c->name == NULL)
			return arena_over_cap(s->arena) ? ERR_LIMIT : ERR_NOMEM;
		m->name.name = c->name;
	}
	return OK;
}
