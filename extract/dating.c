#include "rules.h"

#define AFTER_WORDS  16 /* words between an act and the date behind it */
#define BEFORE_WORDS 14 /* or before it */
#define CLAUSE_WORDS                                                           \
	2	       /* between a comma and a date that make an apposition   \
			*/
#define BEFORE_COSTS 4 /* words by which one before must be nearer */

static bool
is_type(const struct word_row *row, const char *type)
{
	return row != NULL && strcmp(row->type, type) == 0;
}

/* Words between text[from, to), or SIZE_MAX when a clause begins there, or a
 * dash parts them: "Paris, 3 March - Ten cities ...". */
static size_t
distance(const struct annotated *n, size_t from, size_t to)
{
	size_t words = 0;

	for (size_t i = 0; i < n->nwords && n->notes[i].stem < to; i++) {
		if (n->notes[i].stem < from)
			continue;
		if (n->list[i].mark == ';' ||
			(n->list[i].mark == '-' && n->list[i].space) ||
			is_type(n->notes[i].clause, "boundary"))
			return SIZE_MAX;
		words += n->list[i].fold[0] != '\0';
	}
	return words;
}

/* What began before text[at] ends between it and the head: "Graz, which was
 * founded in 1128, joined"; "Graz, a member since 2014, joined".  "Graz, on 2
 * May, joined" is none. */
static bool
is_enclosed(const struct annotated *n, size_t at, size_t head)
{
	bool opened = false, comma = false;
	size_t words = 0;

	for (size_t i = 0; i < n->nwords && n->notes[i].stem < head; i++) {
		if (n->list[i].mark == ',') {
			if (n->notes[i].stem > at)
				return opened ||
				       (comma && words >= CLAUSE_WORDS);
			comma = true;
			words = 0;
		}
		if (n->notes[i].stem >= at)
			continue;
		words += n->list[i].fold[0] != '\0';
		opened = opened || is_type(n->notes[i].clause, "boundary");
	}
	return false;
}

/* The word before the unit at, or one more before it, is of that type; a mark
 * ends the look. */
static bool
follows(const struct annotated *n, size_t at, const char *type)
{
	size_t before = n->nwords;

	for (size_t i = 0; i < n->nwords && n->notes[i].stem < at; i++)
		if (n->list[i].fold[0] != '\0')
			before = i;
	for (size_t back = 0; back < 2 && before < n->nwords; back++) {
		if (is_type(n->notes[before].clause, type))
			return true;
		if (before == 0 || n->list[before - 1].fold[0] == '\0')
			break;
		before--;
	}
	return false;
}

/* "by 2030" dates nothing. */
static bool
is_kept_off(const struct annotated *n, size_t at)
{
	return follows(n, at, "undated");
}

bool
dating_is_since(const struct annotated *n, size_t i)
{
	return follows(n, i, "since");
}

/* What lasts: a date behind "since" may be its beginning. */
static bool
is_state(const struct claim *c)
{
	static const enum status states[] = { STATUS_NONE, STATUS_MEMBER,
		STATUS_FOUNDING_MEMBER, STATUS_ASSOCIATE_MEMBER,
		STATUS_DESIGNATED, STATUS_SUSPENDED, STATUS_CANDIDATE };

	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (c->status == states[i])
			return true;
	return false;
}

bool
dating_allows(const struct annotated *n, size_t from, size_t i)
{
	return !is_kept_off(n, i) && distance(n, from, i) != SIZE_MAX;
}

static bool
is_taken(const struct claim *c, int32_t m)
{
	for (size_t i = 0; i < c->nargs; i++)
		if (c->args[i].mention == m)
			return true;
	return false;
}

/* "today" or "just" stands beside the act, and the text says what day that
 * is. */
static int32_t
said_today(const struct context *x, const struct annotated *n, size_t head)
{
	for (size_t i = 0; x->today >= 0 && i < n->nwords; i++) {
		const struct word_row *row = n->notes[i].clause;
		size_t at = n->notes[i].stem;

		if ((is_type(row, "today") || is_type(row, "recent")) &&
			distance(n, at <= head ? at : head,
				at <= head ? head : at) <= BEFORE_WORDS)
			return x->today;
	}
	return CONTEXT_NONE;
}

/* An act whose date is sought. */
struct act {
	size_t head, head_end; /* units */
	const struct claim *claim;
	size_t best; /* words to the nearest so far */
	int32_t found;
};

/* The date m, which stands at unit i of the note or stood before it. */
static void
consider(const struct annotated *n, int32_t m, size_t i, bool since,
	struct act *a)
{
	bool behind = i >= a->head_end;
	size_t d;

	if (is_taken(a->claim, m) || (since && !is_state(a->claim)))
		return;
	d = behind			 ? distance(n, a->head_end, i)
	    : is_enclosed(n, i, a->head) ? SIZE_MAX
					 : distance(n, i, a->head);
	if (d > (behind ? AFTER_WORDS : BEFORE_WORDS))
		return;
	if (!behind)
		d += BEFORE_COSTS;
	if (d < a->best) {
		a->best = d;
		a->found = m;
	}
}

int32_t
dating_find(const struct rules *r, const struct context *x,
	const struct scan *s, struct annotated *n, size_t head, size_t head_end,
	const struct claim *c)
{
	struct act a = { head, head_end, c, SIZE_MAX, CONTEXT_NONE };

	annotated_place_words(r, s->doc->language, n);
	for (size_t i = 0; i < n->len; i++) {
		int32_t m = n->mention[i];

		if (m >= 0 && m < NOTE_ANAPHOR &&
			s->list[m].type == MENTION_DATE && !is_kept_off(n, i))
			consider(n, m, i, dating_is_since(n, i), &a);
	}
	for (size_t i = 0; i < n->ndropped; i++)
		consider(n, n->dropped[i].mention, n->dropped[i].at,
			n->dropped[i].since, &a);
	return a.found >= 0 ? a.found : said_today(x, n, head);
}

int32_t
dating_respective(const struct rules *r, const struct scan *s,
	struct annotated *n, size_t i, size_t so_many)
{
	size_t dates = 0;
	int32_t found = CONTEXT_NONE;
	bool says = false;

	if (so_many < 2)
		return CONTEXT_NONE;
	annotated_place_words(r, s->doc->language, n);
	for (size_t k = 0; k < n->nwords && !says; k++)
		says = is_type(n->notes[k].clause, "respectively");
	if (!says)
		return CONTEXT_NONE;
	for (size_t k = 0; k < n->len; k++) {
		int32_t m = n->mention[k];

		if (m < 0 || m >= NOTE_ANAPHOR ||
			s->list[m].type != MENTION_DATE)
			continue;
		if (dates++ == i)
			found = m;
	}
	return dates == so_many ? found : CONTEXT_NONE;
}
