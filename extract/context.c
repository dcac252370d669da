/* What "it", "the network" and "today" stand for at a place in a document. */
#include "context.h"

#include "lexis.h"

#define ADDED_NEAR    64 /* added mentions looked through for the same */
#define LOOK_BACK     4	 /* sentences in which "it" was named */
#define OPENING_BYTES 40 /* a sentence's first words */
#define FRONT_GAP     4	 /* bytes beside a comma, and of an article */
#define SUBJECTS      (1u << MENTION_CITY | 1u << MENTION_ORGANISATION)
#define TODAY_NEAR    16 /* bytes between "today" and its date */

size_t
context_mention(const struct scan *s, uint32_t at)
{
	size_t lo = 0, hi = s->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->list[mid].start < at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

size_t
context_sentence(const struct scan *s, uint32_t at)
{
	size_t lo = 0, hi = s->nsentences;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->sentences[mid].start <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo > 0 ? lo - 1 : 0;
}

/* The row of clauses.tsv that begins with the first or last word of the text
 * there, or NULL. */
static const struct word_row *
word_of(const struct rules *r, const struct scan *s, uint32_t start,
	uint32_t end, bool last)
{
	struct buffer tmp;
	size_t n, len;
	struct word *w;
	const struct word_row *row = NULL;

	while (!utf8_boundary(s->doc->text, start))
		start--;
	while (!utf8_boundary(s->doc->text, end))
		end++;
	buffer_init(&tmp, 256);
	w = buffer_reserve(&tmp, 64) != NULL
		    ? words_split(s->doc->text, start, end, s->arena, &tmp, &n)
		    : NULL;
	for (size_t k = 0; w != NULL && row == NULL && k < n; k++) {
		size_t i = last ? n - 1 - k : k;

		if (w[i].fold[0] == '\0')
			continue;
		row = words_find(&r->clauses, w, n, i, s->doc->language, &len);
		break;
	}
	buffer_release(&tmp);
	return row;
}

/* The nearest word before or behind a date is the one for the day of the
 * text. */
static bool
says_today(const struct rules *r, const struct scan *s, uint32_t start,
	uint32_t end, bool last)
{
	const struct word_row *row = word_of(r, s, start, end, last);

	return row != NULL && strcmp(row->type, "today") == 0;
}

/* "today (14 February)", "2 September - Today": a date beside the word, where
 * the document has none of its own. */
static int32_t
find_today(const struct rules *r, const struct scan *s)
{
	uint32_t len = (uint32_t)s->doc->text.len;

	for (size_t i = 0; s->doc->published.edtf == NULL && i < s->n; i++) {
		const struct mention *m = &s->list[i];

		if (m->type == MENTION_DATE &&
			(says_today(r, s,
				 m->start > TODAY_NEAR ? m->start - TODAY_NEAR
						       : 0,
				 m->start, true) ||
				says_today(r, s, m->end,
					len - m->end > TODAY_NEAR
						? m->end + TODAY_NEAR
						: len,
					false)))
			return (int32_t)i;
	}
	return CONTEXT_NONE;
}

static uint16_t
unit_of_word(const struct rules *r, struct span word)
{
	struct token t;
	uint32_t at = 0;

	return token_next(word, &at, (uint32_t)word.len, &t)
		       ? vocabulary_unit(r->vocabulary, &t)
		       : 0;
}

/* Of the language's "and", or 0. */
static uint16_t
unit_of_and(const struct rules *r, const char *language)
{
	const struct word_row *row =
		language != NULL ? pairs_and(r, language) : NULL;

	return row != NULL ? unit_of_word(r, span_str(row->words)) : 0;
}

static bool
omits(const struct word_row *row)
{
	return strcmp(row->type, "omits") == 0;
}

static bool
is_copula(const struct word_row *row)
{
	return strcmp(row->type, "copula") == 0;
}

static bool
is_genitive(const struct word_row *row)
{
	return strcmp(row->type, "genitive") == 0;
}

enum error_code
context_grammar(struct rules *r)
{
	for (size_t i = 0; i < r->anaphors.n; i++) {
		const struct word_row *row = &r->anaphors.rows[i];

		if (!omits(row) && !is_copula(row) && !is_genitive(row))
			continue;
		if (r->ngrammar == RULES_GRAMMAR_MAX)
			return ERR_LIMIT;
		r->grammar[r->ngrammar++] = row;
	}
	return OK;
}

/* The rows "omits subject" and "copula" of the document's language. */
static void
read_grammar(struct context *x, const struct rules *r, const char *language)
{
	for (size_t i = 0; language != NULL && i < r->ngrammar; i++) {
		const struct word_row *row = r->grammar[i];

		if (strcmp(row->lang, language) != 0)
			continue;
		if (omits(row))
			x->omits_subject = true;
		else if (is_copula(row))
			x->copula[strcmp(row->words, "copula more") == 0] =
				unit_of_word(r, span_str(row->value));
	}
}

bool
context_owners(const struct rules *r, const char *language)
{
	for (size_t i = 0; language != NULL && i < r->ngrammar; i++)
		if (is_genitive(r->grammar[i]) &&
			strcmp(r->grammar[i]->lang, language) == 0)
			return true;
	return false;
}

enum error_code
context_make(struct context *x, const struct rules *r, struct scan *s)
{
	*x = (struct context){ .rules = r };
	x->persons =
		arena_array(s->arena, s->doc->nblocks + 1, sizeof *x->persons);
	x->quoted = arena_alloc(s->arena, s->nsentences + 1);
	x->newest = arena_array(s->arena, s->nsentences + 1, sizeof *x->newest);
	x->notes = arena_array(s->arena, s->nsentences + 1, sizeof *x->notes);
	if (x->persons == NULL || x->quoted == NULL || x->newest == NULL ||
		x->notes == NULL)
		return ERR_NOMEM;
	if (r->ndiscards > 0) {
		x->discarded = arena_array(
			s->arena, s->nsentences + 1, sizeof *x->discarded);
		if (x->discarded == NULL)
			return ERR_NOMEM;
	}
	for (size_t i = 0; i <= s->doc->nblocks; i++)
		x->persons[i] = CONTEXT_UNKNOWN;
	for (size_t i = 0; i <= s->nsentences; i++)
		x->newest[i] = CONTEXT_NONE;
	context_quotations(x, s);
	read_grammar(x, r, s->doc->language);
	x->joins = unit_of_and(r, s->doc->language);
	x->today = find_today(r, s);
	return context_about(x, r, s);
}

int32_t
context_add(struct context *x, struct scan *s, const struct mention *m)
{
	size_t n = s->n + x->added;
	struct mention *list;

	/* A sentence may be read twice. */
	for (size_t i = n; i > s->n && n - i < ADDED_NEAR; i--)
		if (s->list[i - 1].start == m->start &&
			s->list[i - 1].end == m->end)
			return (int32_t)i - 1;
	if (n >= SCAN_MENTIONS_MAX)
		return CONTEXT_NONE;
	list = arena_grow(s->arena, s->list, n, &s->cap, sizeof *list);
	if (list == NULL)
		return CONTEXT_NONE;
	s->list = list;
	s->list[n] = *m;
	x->added++;
	return (int32_t)n;
}

/* "Leeds City Council" is Leeds. */
static bool
is_body(const struct scan *s, const struct mention *m)
{
	const struct body *b =
		m->type == MENTION_ORGANISATION ? scan_body(s, m->start) : NULL;

	return b != NULL && b->city.place.name != NULL;
}

int32_t
context_first(
	const struct scan *s, uint32_t start, uint32_t end, unsigned types)
{
	int32_t found = CONTEXT_NONE;

	for (size_t i = context_mention(s, start);
		i < s->n && s->list[i].end <= end; i++) {
		bool body = (types & 1u << MENTION_CITY) != 0 &&
			    is_body(s, &s->list[i]);

		if ((!body && (types & 1u << s->list[i].type) == 0 &&
			    !((types & 1u << MENTION_ORGANISATION) != 0 &&
				    context_is_unknown(&s->list[i]))) ||
			scan_is_giver(&s->list[i]) ||
			dateline_has(s, s->list[i].start))
			continue;
		if (s->list[i].type == MENTION_CITY || body ||
			(types & 1u << MENTION_CITY) == 0)
			return (int32_t)i;
		if (found < 0)
			found = (int32_t)i;
	}
	return found;
}

/* Whom sentence i begins with when it begins with no name: "The company",
 * whom that stands for; "It", CONTEXT_UNKNOWN; or CONTEXT_NONE.  Only what
 * stands before byte at counts. */
static int32_t
first_meant(const struct context *x, const struct scan *s, size_t i,
	uint32_t at, unsigned types)
{
	const struct annotated *n = x->notes[i];

	for (size_t k = 0; n != NULL && k < n->len && n->at[k] < at; k++) {
		int32_t m = n->mention[k];

		if (m >= NOTE_ANAPHOR &&
			(types & 1u << s->list[m - NOTE_ANAPHOR].type) != 0)
			return m - NOTE_ANAPHOR;
		if (k == 0 && m == NOTE_PRONOUN)
			return CONTEXT_UNKNOWN;
	}
	return CONTEXT_NONE;
}

/* Who is named or meant first in sentence i, or -1. */
static int32_t
subject_of(
	const struct context *x, const struct scan *s, size_t i, unsigned types)
{
	const struct sentence *t = &s->sentences[i];
	int32_t m = context_first(s, t->start, t->end, types);
	int32_t meant =
		first_meant(x, s, i, m >= 0 ? s->list[m].start : t->end, types);

	if (meant == CONTEXT_UNKNOWN)
		return CONTEXT_NONE;
	return meant != CONTEXT_NONE ? meant : m;
}

/* The first name of sentence i is a network's: "it" is that. */
static bool
is_of_network(const struct scan *s, size_t i)
{
	const struct sentence *t = &s->sentences[i];
	size_t m = context_mention(s, t->start);

	while (m < s->n && s->list[m].end <= t->end &&
		(s->list[m].type == MENTION_DATE ||
			s->list[m].type == MENTION_COUNT))
		m++;
	return m < s->n && s->list[m].end <= t->end &&
	       s->list[m].type == MENTION_NETWORK &&
	       s->list[m].start <= t->start + OPENING_BYTES;
}

/* "Like Graz in 2010, it ...", "During the congress of Graz, it ...": the comma
 * that ends a phrase in front, in which mention m stands, or 0. */
static uint32_t
front_end(const struct context *x, const struct scan *s, size_t i, int32_t m,
	uint32_t at)
{
	const struct sentence *t = &s->sentences[i];
	const struct mention *name = &s->list[m];
	struct span rest = span_sub(s->doc->text, name->end, at);
	size_t comma = span_find(rest, 0, span_str(","));
	const struct word_row *row;

	if (comma == SIZE_MAX || comma + FRONT_GAP < rest.len ||
		span_find(span_sub(s->doc->text, t->start, name->start), 0,
			span_str(",")) != SIZE_MAX)
		return 0;
	row = word_of(x->rules, s, t->start, name->start, false);
	if (row == NULL || (strcmp(row->type, "front") != 0 &&
				   strcmp(row->type, "pair") != 0 &&
				   strcmp(row->type, "except") != 0))
		return 0;
	if ((strcmp(row->type, "front") != 0 || row->value[0] != '\0') &&
		name->start - t->start > strlen(row->words) + FRONT_GAP)
		return 0;
	return name->end + (uint32_t)comma;
}

int32_t
context_subject(const struct context *x, const struct scan *s, uint32_t at,
	unsigned types)
{
	size_t i = context_sentence(s, at);
	int32_t m;

	if (s->nsentences == 0)
		return CONTEXT_NONE;
	m = context_first(s, s->sentences[i].start, at, types);
	if (m >= 0) {
		uint32_t end = front_end(x, s, i, m, at);

		if (end > 0)
			m = context_first(s, end, at, types);
	}
	for (size_t back = 1; m < 0 && back <= LOOK_BACK && back <= i; back++) {
		if (s->sentences[i - back].block != s->sentences[i].block)
			break;
		m = subject_of(x, s, i - back, types);
		if (m >= 0 ? pairs_is_one_of_several(x, s, i - back, m)
			   : types == SUBJECTS && is_of_network(s, i - back))
			return CONTEXT_NONE;
	}
	if (m >= 0)
		return m;
	return (types & 1u << MENTION_CITY) != 0 && x->main_city >= 0
		       ? x->main_city
	       : (types & 1u << MENTION_ORGANISATION) != 0
		       ? x->main_organisation
		       : CONTEXT_NONE;
}
