/* Semicolons that part the names of a list, as commas do elsewhere. */
#include "reading.h"

#define JOINED_MAX	100 /* semicolons of a sentence */
#define SMALL_MAX	3   /* of "the city of", units before a name */
#define LIST_SEMICOLONS 2   /* at least, of names without lands */

struct semicolons {
	const struct rules *r;
	const struct scan *s;
	struct annotated *n;
	size_t word;   /* of n->list, at the unit looked at */
	size_t passed; /* no list goes on at a unit before */
};

/* A city with the land that it is in stands at unit i: "Cork, Ireland". */
static bool
has_land(const struct semicolons *l, size_t i)
{
	const struct annotated *n = l->n;

	return i < n->len && n->units[i] == UNIT_SYMBOL + SYMBOL_CITY &&
	       n->mention[i] >= 0 && n->mention[i] < NOTE_ANAPHOR &&
	       n->to[i] > l->s->list[n->mention[i]].end;
}

/* The word that begins where unit i does is an "and". */
static bool
is_and(struct semicolons *l, size_t i)
{
	const struct annotated *n = l->n;
	const struct word_row *row;
	size_t len;

	while (l->word > 0 && i < n->len &&
		n->list[l->word - 1].start >= n->at[i])
		l->word--;
	while (l->word < n->nwords && i < n->len &&
		n->list[l->word].start < n->at[i])
		l->word++;
	if (i >= n->len || n->mention[i] != NOTE_TEXT || l->word == n->nwords ||
		n->list[l->word].start != n->at[i])
		return false;
	row = words_find(&l->r->clauses, n->list, n->nwords, l->word,
		l->s->doc->language, &len);
	return row != NULL && strcmp(row->type, "and") == 0;
}

/* An apostrophe, or a word in small letters. */
static bool
is_small(const struct semicolons *l, size_t i)
{
	uint32_t cp;

	return reading_is_mark(l->n, i, '\'') ||
	       (reading_is_word(l->n, i) &&
		       utf8_decode(l->s->doc->text, l->n->at[i], &cp) > 0 &&
		       !utf8_is_upper(cp));
}

/* Behind such words from unit i on, if the last is short: "the city of", "l'".
 */
static size_t
behind_small(const struct semicolons *l, size_t i)
{
	size_t k = i;

	while (k - i < SMALL_MAX && is_small(l, k))
		k++;
	return k > i && (reading_is_article(l->n, l->s, k - 1) ||
				reading_is_mark(l->n, k - 1, '\''))
		       ? k
		       : i;
}

/* The name behind the semicolon at unit i, over an "and" and an article; 0:
 * none. */
static size_t
name_behind(struct semicolons *l, size_t i, bool *last)
{
	size_t k = i + 1;

	*last = is_and(l, k);
	k = behind_small(l, *last ? k + 1 : k);
	return reading_is_name(l->n, l->s, k) ? k : 0;
}

/* The last unit of the name at unit i, with what stands behind it in brackets.
 */
static size_t
name_end(const struct semicolons *l, size_t i)
{
	const size_t end = reading_bracket(l->n, i + 1);

	return end > i + 1 ? end : i;
}

/* The last unit of the list that goes on at the semicolon at unit i, or 0.  It
 * ends as a list does, with an "and" or with the sentence: "he left A; B is a
 * member" is none. */
static size_t
list_end(struct semicolons *l, size_t i)
{
	size_t semicolons = 0;
	bool last = false;

	while (!last && reading_is_mark(l->n, i, ';')) {
		const size_t name = name_behind(l, i, &last);

		l->passed = i + 1;
		if (name == 0)
			return 0;
		semicolons++;
		i = name_end(l, name) + 1;
	}
	return semicolons >= LIST_SEMICOLONS &&
			       (last || i >= l->n->len ||
				       reading_is_mark(l->n, i, '.'))
		       ? i - 1
		       : 0;
}

/* A land stands on both sides: no further sign is needed. */
static bool
parts_lands(struct semicolons *l, size_t i)
{
	const struct annotated *n = l->n;

	return has_land(l, i - 1) &&
	       (has_land(l, i + 1) ||
		       (is_and(l, i + 1) && i + 2 < n->len &&
			       n->units[i + 2] == UNIT_SYMBOL + SYMBOL_CITY));
}

/* Up to where semicolons part names, from the one at unit i on; or 0. */
static size_t
joined_up_to(struct semicolons *l, size_t i)
{
	if (parts_lands(l, i))
		return i + 1;
	return i >= l->passed && (reading_is_name(l->n, l->s, i - 1) ||
					 reading_is_mark(l->n, i - 1, ')'))
		       ? list_end(l, i)
		       : 0;
}

void
semicolons_join(
	const struct rules *r, const struct scan *s, struct annotated *n)
{
	struct semicolons l = { .r = r, .s = s, .n = n };
	size_t joined = 0, end = 0;

	for (size_t i = 1; i + 1 < n->len && joined < JOINED_MAX; i++) {
		if (!reading_is_mark(n, i, ';'))
			continue;
		if (i > end)
			end = joined_up_to(&l, i);
		if (i < end) {
			n->units[i] = ',';
			joined++;
		}
	}
}
