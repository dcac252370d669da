/*
 * Names told together or apart: "neither A nor B", "A as well as B", "A, but
 * not B", "not A but B", "all except A".  What joins two names becomes the
 * "and" of a list, which patterns know; a name apart gets the other polarity.
 */
#include <stdlib.h>

#include "reading.h"

#define ARTICLE_UNITS 3 /* before a name: "the town of" */

static bool
is_type(const struct word_row *row, const char *type)
{
	return row != NULL && strcmp(row->type, type) == 0;
}

static bool
has_value(const struct word_row *row, const char *value)
{
	return strcmp(row->value, value) == 0;
}

const struct word_row *
pairs_and(const struct rules *r, const char *language)
{
	for (size_t i = 0; i < r->clauses.n; i++) {
		const struct word_row *row = &r->clauses.rows[i];

		if (strcmp(row->lang, language) == 0 && is_type(row, "and"))
			return row;
	}
	return NULL;
}

/* Index of the word that begins at unit i, or that is the first behind it. */
static size_t
word_at(const struct annotated *n, size_t i)
{
	size_t lo = 0, hi = n->nwords;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (n->list[mid].start < n->at[i])
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* The row of clauses.tsv that begins at unit i; *end: the unit behind it. */
static const struct word_row *
row_at(const struct rules *r, const struct scan *s, const struct annotated *n,
	size_t i, size_t *end)
{
	size_t w, len = 0;
	const struct word_row *row;
	uint32_t to;

	if (i >= n->len || n->mention[i] != NOTE_TEXT)
		return NULL;
	w = word_at(n, i);
	if (w == n->nwords || n->list[w].start != n->at[i])
		return NULL;
	row = words_find(
		&r->clauses, n->list, n->nwords, w, s->doc->language, &len);
	if (row == NULL)
		return NULL;
	to = n->list[w + len - 1].end;
	for (*end = i; *end < n->len && n->at[*end] < to; ++*end)
		if (n->mention[*end] != NOTE_TEXT)
			return NULL;
	return row;
}

/* The name behind the words from unit i on, past an article and its noun; or
 * len. */
static size_t
next_name(const struct annotated *n, const struct scan *s, size_t i)
{
	for (size_t k = i; k < n->len && k - i <= ARTICLE_UNITS; k++) {
		if (reading_is_name(n, s, k))
			return k;
		if (n->mention[k] != NOTE_TEXT || n->units[k] < UNIT_OTHER)
			break;
	}
	return n->len;
}

static void
set_apart(struct annotated *n, size_t i)
{
	if (n->napart < PAIRS_MAX && n->mention[i] >= 0 &&
		n->mention[i] < NOTE_ANAPHOR)
		n->apart[n->napart++] = n->mention[i];
}

/* "not" stands before unit i, and no name between; or SIZE_MAX: its word. */
static size_t
negation_before(const struct rules *r, const struct scan *s,
	const struct annotated *n, size_t i)
{
	for (size_t k = i; k-- > 0 && i - k <= ARTICLE_UNITS + 1;) {
		size_t w, len = 0;
		const struct word_row *row;

		if (n->mention[k] != NOTE_TEXT || n->units[k] < UNIT_OTHER)
			break;
		w = word_at(n, k);
		if (w == n->nwords || n->list[w].start != n->at[k])
			continue;
		row = words_find(&r->polarity, n->list, n->nwords, w,
			s->doc->language, &len);
		if (is_type(row, "negated") && len == 1)
			return w;
		if (row != NULL)
			break;
	}
	return SIZE_MAX;
}

static void
quieten(struct annotated *n, size_t word)
{
	if (n->nquiet < PAIRS_MAX)
		n->quiet[n->nquiet++] = n->list[word].start;
}

/* Units [i, end) become one, which stands for "and". */
static void
put_and(const struct rules *r, const struct scan *s, struct annotated *n,
	size_t i, size_t end)
{
	const struct word_row *row = pairs_and(r, s->doc->language);
	uint32_t at = 0;
	struct token t;
	const size_t gone = end - i - 1, rest = n->len - end;

	if (row == NULL || n->nquiet == PAIRS_MAX ||
		!token_next(span_str(row->words), &at,
			(uint32_t)strlen(row->words), &t))
		return;
	quieten(n, word_at(n, i));
	n->units[i] = vocabulary_unit(r->vocabulary, &t);
	n->to[i] = n->to[end - 1];
	n->len -= gone;
	memmove(n->units + i + 1, n->units + end, rest * sizeof *n->units);
	/* The end's place stands behind the last unit's. */
	memmove(n->at + i + 1, n->at + end, (rest + 1) * sizeof *n->at);
	memmove(n->to + i + 1, n->to + end, (rest + 1) * sizeof *n->to);
	memmove(n->mention + i + 1, n->mention + end,
		rest * sizeof *n->mention);
}

/* Unit k and those joined to it by "or": "but not A or B". */
static void
set_run_apart(const struct rules *r, const struct scan *s, struct annotated *n,
	size_t k)
{
	size_t end;

	while (k < n->len) {
		set_apart(n, k);
		if (!is_type(row_at(r, s, n, k + 1, &end), "and") ||
			next_name(n, s, end) == n->len)
			return;
		put_and(r, s, n, k + 1, end);
		k = next_name(n, s, k + 2);
	}
}

static bool
is_region(const struct annotated *n, const struct scan *s, size_t i)
{
	return n->mention[i] >= 0 && n->mention[i] < NOTE_ANAPHOR &&
	       s->list[n->mention[i]].type == MENTION_REGION;
}

/* "towns of Galicia like Vigo" are not two that did the same. */
static bool
same_sort(const struct annotated *n, const struct scan *s, size_t a, size_t b)
{
	return is_region(n, s, a) == is_region(n, s, b);
}

/* What stands behind the name at unit i joins it to the next. */
static void
join(const struct rules *r, const struct scan *s, struct annotated *n, size_t i)
{
	size_t at = i + 1 + reading_is_mark(n, i + 1, ','), end, no;
	const struct word_row *row = row_at(r, s, n, at, &end);

	if (row == NULL || next_name(n, s, end) == n->len ||
		(has_value(row, "next") && !reading_is_name(n, s, end)) ||
		!same_sort(n, s, i, next_name(n, s, end)))
		return;
	if (is_type(row, "except")) {
		set_run_apart(r, s, n, next_name(n, s, end));
	} else if (is_type(row, "pair") && has_value(row, "turn")) {
		no = negation_before(r, s, n, i);
		if (no == SIZE_MAX)
			return;
		set_apart(n, i);
		quieten(n, no);
	} else if (!is_type(row, "pair") &&
		   !(is_type(row, "and") && has_value(row, "pair"))) {
		return;
	}
	put_and(r, s, n, at, end);
}

/* "all except A" */
static void
part(const struct rules *r, const struct scan *s, struct annotated *n, size_t i)
{
	size_t end;
	const struct word_row *row = row_at(r, s, n, i, &end);

	if (is_type(row, "except") && has_value(row, "alone"))
		set_run_apart(r, s, n, next_name(n, s, end));
}

void
pairs_read(const struct rules *r, const struct scan *s, struct annotated *n)
{
	const unsigned names = 1u << SYMBOL_CITY | 1u << SYMBOL_REGION |
			       1u << SYMBOL_ORGANISATION;

	n->napart = n->nquiet = 0;
	if (s->doc->language == NULL || (n->symbols & names) == 0)
		return;
	for (size_t i = 0; i + 1 < n->len; i++)
		if (reading_is_name(n, s, i))
			join(r, s, n, i);
		else
			part(r, s, n, i);
}

bool
pairs_is_apart(const struct annotated *n, int32_t mention)
{
	for (size_t i = 0; i < n->napart; i++)
		if (n->apart[i] == mention)
			return true;
	return false;
}

bool
pairs_is_quiet(const struct annotated *n, uint32_t at)
{
	for (size_t i = 0; i < n->nquiet; i++)
		if (n->quiet[i] == at)
			return true;
	return false;
}

enum polarity
pairs_other(enum polarity p)
{
	return p == POLARITY_NEGATED ? POLARITY_ASSERTED : POLARITY_NEGATED;
}

bool
pairs_is_one_of_several(
	const struct context *x, const struct scan *s, size_t i, int32_t m)
{
	const struct annotated *n = x->notes[i];
	size_t k = 0;

	if (n == NULL || x->joins == 0)
		return false;
	while (k < n->len && n->mention[k] != m)
		k++;
	while (k + 2 < n->len && n->units[k + 1] == ',' &&
		n->units[k + 2] == n->units[k])
		k += 2;
	k += k + 1 < n->len && n->units[k + 1] == ',';
	return k + 2 < n->len && n->units[k + 1] == x->joins &&
	       n->units[k + 2] == UNIT_SYMBOL + symbol_of(&s->list[m]);
}
