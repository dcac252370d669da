#include "reading.h"

#define AFTER_WORDS   16 /* words between an act and the date behind it */
#define BEFORE_WORDS  14 /* or before it */
#define CLAUSE_WORDS  2	 /* from a comma to a date: an apposition */
#define ROW_BYTES     24 /* between two dates of a row: ", and in" */
#define LEAD_BYTES    64 /* of a word before a date */
#define BRACKET_BYTES 64 /* of "(Music, since 2019)" */
#define NEAR_WORDS    2	 /* from "by" or "from" to a date */
#define SINCE_WORDS   8	 /* from "since": "since it was set up in" */
#define COMMA_COSTS   6	 /* by which one behind a comma must be nearer */
#define SINCE_COSTS   6	 /* or behind "since", of what is over */
#define BEFORE_COSTS  4	 /* words by which one before must be nearer */

static bool
is_type(const struct word_row *row, const char *type)
{
	return row != NULL && strcmp(row->type, type) == 0;
}

/* A clause begins at word i: "der" and "als" begin one behind a comma only. */
static bool
opens_clause(const struct annotated *n, size_t i)
{
	const struct word_row *row = n->notes[i].clause;

	return is_type(row, "boundary") &&
	       (strstr(row->value, "comma") == NULL ||
		       (i > 0 && n->list[i - 1].mark == ','));
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
			opens_clause(n, i))
			return SIZE_MAX;
		words += n->list[i].fold[0] != '\0';
	}
	return words;
}

/* Commas among the units [from, to). */
static size_t
commas(const struct annotated *n, size_t from, size_t to)
{
	size_t count = 0;

	for (size_t i = 0; i < n->nwords && n->notes[i].stem < to; i++)
		count += n->notes[i].stem >= from && n->list[i].mark == ',';
	return count;
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
		opened = opened || opens_clause(n, i);
	}
	return false;
}

/* The row of one of so many words before the unit at that `is` such; a mark
 * ends the look, but for the comma of "since its foundation, in 1993". */
static bool
follows(const struct annotated *n, size_t at, size_t within,
	bool (*is)(const struct word_row *))
{
	size_t before = n->nwords;

	for (size_t i = 0; i < n->nwords && n->notes[i].stem < at; i++)
		if (n->list[i].fold[0] != '\0')
			before = i;
	for (size_t back = 0; back < within && before < n->nwords; back++) {
		if (is(n->notes[before].clause))
			return true;
		if (before > 1 && n->list[before - 1].mark == ',' && back == 0)
			before--;
		if (before == 0 || n->list[before - 1].fold[0] == '\0')
			break;
		before--;
	}
	return false;
}

static bool
is_undated(const struct word_row *row)
{
	return is_type(row, "undated");
}

static bool
is_since(const struct word_row *row)
{
	return is_type(row, "since");
}

/* "from", which may stand before a place as well. */
static bool
is_from(const struct word_row *row)
{
	return row != NULL && strcmp(row->value, "from") == 0;
}

static bool
is_date(const struct annotated *n, const struct scan *s, size_t i)
{
	return reading_is_named(n, s, i, 1u << MENTION_DATE);
}

/* Where the brackets that begin at text[at], or a space before them, end; at:
 * there are none. */
static uint32_t
brackets_end(struct span text, uint32_t at)
{
	uint32_t open = at;

	while (open < text.len && text.ptr[open] == ' ')
		open++;
	if (open >= text.len || text.ptr[open] != '(')
		return at;
	for (uint32_t i = open + 1; i < text.len && i - open <= BRACKET_BYTES;
		i++)
		if (text.ptr[i] == ')')
			return i;
		else if (text.ptr[i] == '(' || text.ptr[i] == '\n')
			break;
	return at;
}

/* The words before a date in brackets, as far as a mark, are none, or say no
 * more than "since" and "in": "(founded 1128)" is of something else. */
static bool
leads_to_date(const struct rules *r, struct span words)
{
	size_t from, end = words.len;
	struct buffer fold;
	bool leads;

	while (end > 0 && words.ptr[end - 1] == ' ')
		end--;
	for (from = end;
		from > 0 && strchr(" (,;:", words.ptr[from - 1]) == NULL;)
		from--;
	if (from == end)
		return true;
	buffer_init(&fold, LEAD_BYTES);
	leads = utf8_fold_name(span_sub(words, from, end), &fold) == OK &&
		(words_has(&r->clauses, buffer_span(&fold), "since") ||
			((from == 0 || words.ptr[from - 1] != ' ') &&
				words_has(&r->clauses, buffer_span(&fold),
					"at")));
	buffer_release(&fold);
	return leads;
}

int32_t
dating_own(const struct rules *r, const struct scan *s, int32_t name)
{
	const uint32_t end = s->list[name].end;
	const uint32_t until = brackets_end(s->doc->text, end);
	int32_t found = CONTEXT_NONE;
	size_t dates = 0;

	for (size_t i = (size_t)name + 1; i < s->n && s->list[i].start < until;
		i++)
		if (s->list[i].type == MENTION_DATE &&
			s->list[i].start >= end) {
			found = (int32_t)i;
			dates++;
		}
	return dates == 1 && leads_to_date(r, span_sub(s->doc->text, end,
						      s->list[found].start))
		       ? found
		       : CONTEXT_NONE;
}

/* It is in brackets behind a name, and dates nothing else. */
static bool
is_own(const struct scan *s, int32_t date)
{
	const uint32_t at = s->list[date].start;

	for (int32_t i = date - 1;
		i >= 0 && at - s->list[i].start <= 2 * BRACKET_BYTES; i--)
		if ((READING_WHO >> s->list[i].type & 1) != 0 &&
			brackets_end(s->doc->text, s->list[i].end) > at)
			return true;
	return false;
}

/* "by 2030" dates nothing. */
static bool
is_kept_off(const struct annotated *n, size_t at)
{
	return follows(n, at, NEAR_WORDS, is_undated);
}

bool
dating_is_since(const struct annotated *n, size_t i)
{
	return follows(n, i, SINCE_WORDS, is_since) ||
	       follows(n, i, NEAR_WORDS, is_from);
}

/* How a date behind "since" stands to what a claim tells. */
enum since {
	SINCE_NEVER, /* what was done once: "has joined networks since 2004" */
	SINCE_OVER,  /* what ended, or began anew: "no longer since 2018" */
	SINCE_LASTS, /* what lasts, which may have begun then */
	SINCE_ONLY   /* and of which no other date tells when it began */
};

static enum since
since_of(const struct claim *c)
{
	static const enum since of[STATUSES] = {
		[STATUS_NONE] = SINCE_LASTS,
		[STATUS_MEMBER] = SINCE_ONLY,
		[STATUS_FOUNDING_MEMBER] = SINCE_LASTS,
		[STATUS_ASSOCIATE_MEMBER] = SINCE_LASTS,
		[STATUS_DESIGNATED] = SINCE_LASTS,
		[STATUS_SUSPENDED] = SINCE_LASTS,
		[STATUS_CANDIDATE] = SINCE_LASTS,
		[STATUS_WITHDRAWN] = SINCE_OVER,
		[STATUS_EXCLUDED] = SINCE_OVER,
		[STATUS_LOST] = SINCE_OVER,
		[STATUS_EXPIRED] = SINCE_OVER,
		[STATUS_REINSTATED] = SINCE_OVER,
	};

	return c->kind == CLAIM_MEMBERSHIP ? of[c->status] : SINCE_LASTS;
}

static bool
fits(const struct claim *c, bool since)
{
	return since_of(c) != (since ? SINCE_NEVER : SINCE_ONLY);
}

bool
dating_fits(const struct annotated *n, const struct claim *c)
{
	const struct claim_arg *a = claim_arg(c, SLOT_DATE);

	for (size_t i = 0; a != NULL && i < n->len; i++)
		if (n->mention[i] == a->mention && dating_is_since(n, i))
			return fits(c, true);
	return true;
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

	if (is_taken(a->claim, m) || !fits(a->claim, since))
		return;
	d = behind			 ? distance(n, a->head_end, i)
	    : is_enclosed(n, i, a->head) ? SIZE_MAX
					 : distance(n, i, a->head);
	if (d > (behind ? AFTER_WORDS : BEFORE_WORDS))
		return;
	d += behind ? COMMA_COSTS * commas(n, a->head_end, i) : BEFORE_COSTS;
	if (since && since_of(a->claim) == SINCE_OVER)
		d += SINCE_COSTS;
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
		if (is_date(n, s, i) && !is_kept_off(n, i) &&
			!is_own(s, n->mention[i]))
			consider(
				n, n->mention[i], i, dating_is_since(n, i), &a);
	}
	for (size_t i = 0; i < n->ndropped; i++)
		if (!is_own(s, n->dropped[i].mention))
			consider(n, n->dropped[i].mention, n->dropped[i].at,
				n->dropped[i].since, &a);
	return a.found >= 0 || !fits(c, false) ? a.found
					       : said_today(x, n, head);
}

/* The i-th date of the only row of exactly so many that little parts, or
 * CONTEXT_NONE. */
static int32_t
date_of_row(const struct annotated *n, const struct scan *s, size_t i,
	size_t so_many)
{
	size_t dates = 0, rows = 0;
	uint32_t end = 0;
	int32_t here = CONTEXT_NONE, found = CONTEXT_NONE;

	for (size_t k = context_mention(s, n->start); k <= s->n; k++) {
		const struct mention *m = k < s->n ? &s->list[k] : NULL;
		const bool over = m == NULL || m->start >= n->end;

		if (!over && m->start < end)
			continue;
		if (over || m->type != MENTION_DATE ||
			m->start > end + ROW_BYTES) {
			rows += dates == so_many;
			found = dates == so_many ? here : found;
			dates = 0;
		}
		if (over)
			break;
		end = m->end;
		if (m->type == MENTION_DATE && dates++ == i)
			here = (int32_t)k;
	}
	return rows == 1 ? found : CONTEXT_NONE;
}

int32_t
dating_respective(const struct annotated *n, const struct scan *s, size_t i,
	size_t so_many)
{
	return so_many < 2 ? CONTEXT_NONE : date_of_row(n, s, i, so_many);
}

void
dating_put_own(const struct rules *r, const struct scan *s, int32_t name,
	struct claim *c)
{
	const int32_t own = dating_own(r, s, name);

	if (own < 0)
		return;
	claim_drop(c, SLOT_DATE);
	claim_put(c, SLOT_DATE, own, NULL, NULL);
}
