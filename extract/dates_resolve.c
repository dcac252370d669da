#include <stdlib.h>

#include "dates_read.h"

#define AT_HAND_DAYS	90
#define FAR_OFF_DAYS	270
#define TENSE_WORDS_MAX 64 /* on each side of a date */

struct civil
date_nearest(const struct date_reader *r, int month, int day, bool past)
{
	int64_t today = civil_to_days(r->doc);

	for (int k = 0; k <= 8; k++) { /* 29 February may be 8 years off */
		int year = past ? r->doc.year - k : r->doc.year + k;
		struct civil c = civil_of(year, month, day);
		int64_t days;

		if (!civil_valid(c) || year < 1)
			continue;
		days = civil_to_days(c);
		if (past ? days <= today : days > today)
			return c;
	}
	return civil_of(0, month, day);
}

/* The word tells of what was (LEX_PAST), was said or done (LEX_TOLD, which may
 * be of what will be), or will be (LEX_FUTURE). */
static enum lex_kind
tense_of(const struct date_reader *r, size_t at)
{
	if (date_is(r, at, LEX_FUTURE) ||
		phrasebook_ends(&r->line, at, LEX_FUTURE_END))
		return LEX_FUTURE;
	if (date_is(r, at, LEX_PAST))
		return LEX_PAST;
	return date_is(r, at, LEX_TOLD) ||
			       phrasebook_ends(&r->line, at, LEX_TOLD_END)
		       ? LEX_TOLD
		       : LEX_KINDS;
}

/* Of the nearest such word before l.w[at], or else behind it. */
static enum lex_kind
tense_at(const struct date_reader *r, size_t at)
{
	enum lex_kind tense;

	for (size_t k = 1; k <= at && k <= TENSE_WORDS_MAX; k++)
		if ((tense = tense_of(r, at - k)) != LEX_KINDS)
			return tense;
	for (size_t k = 0; at + k < r->line.n && k <= TENSE_WORDS_MAX; k++)
		if ((tense = tense_of(r, at + k)) != LEX_KINDS)
			return tense;
	return LEX_KINDS;
}

bool
date_is_future(const struct date_reader *r, size_t at)
{
	return tense_at(r, at) == LEX_FUTURE;
}

bool
date_is_past(const struct date_reader *r, size_t at)
{
	enum lex_kind tense = tense_at(r, at);

	return tense == LEX_PAST || tense == LEX_TOLD;
}

/* The quarter or season that has begun, or is to come, as the words speak of
 * what was or will be, else the nearest. */
static int
year_of_part(const struct date_reader *r, const struct piece *p)
{
	bool season = p->month < EDTF_QUARTER;
	int first = season ? (p->month - EDTF_SEASON) * 3 + 3
			   : (p->month - EDTF_QUARTER) * 3 + 1;
	int off = first + 1 - r->doc.month; /* months to its middle */
	bool future = date_is_future(r, p->start);

	if (future)
		return r->doc.year + (off < -1);
	if (date_is_past(r, p->start))
		return r->doc.year - (off > 1);
	return r->doc.year - (off > 6) + (off < -6);
}

/* Of the years around the document's the one with that weekday. */
static int
year_of_weekday(const struct date_reader *r, const struct piece *p)
{
	static const int offsets[] = { 0, -1, 1 };

	for (size_t i = 0; i < 3; i++) {
		struct civil c =
			civil_of(r->doc.year + offsets[i], p->month, p->day);

		if (civil_valid(c) && civil_weekday(c) == p->weekday)
			return c.year;
	}
	return 0;
}

/* "It came days before the March 31 deadline": the day to come is that near,
 * and the one before so far off, that its year would be said. */
static bool
at_hand(const struct date_reader *r, struct civil past, struct civil next)
{
	int64_t today = civil_to_days(r->doc);

	return civil_to_days(next) - today <= AT_HAND_DAYS &&
	       today - civil_to_days(past) >= FAR_OFF_DAYS;
}

/* The year of a day or month that has none: behind or before the document's
 * day as the sentence speaks of what was or will be, else the nearest. */
static int
nearest_year(const struct date_reader *r, const struct piece *p)
{
	int64_t today = civil_to_days(r->doc);
	int day = p->day > 0 ? p->day : 1;
	struct civil past = date_nearest(r, p->month, day, true);
	struct civil next = date_nearest(r, p->month, day, false);
	enum lex_kind tense = tense_at(r, p->start);

	if (next.year == 0)
		return r->doc.year;
	if (past.year == 0)
		return next.year;
	if (p->day == 0 && p->month == r->doc.month)
		return r->doc.year;
	if (tense == LEX_FUTURE)
		return next.year;
	if (tense == LEX_PAST || (tense == LEX_TOLD && !at_hand(r, past, next)))
		return past.year;
	return civil_to_days(next) - today < today - civil_to_days(past)
		       ? next.year
		       : past.year;
}

static void
find_year(const struct date_reader *r, struct piece *p)
{
	if (!date_has_doc(r)) {
		/* A quarter needs no day of the document. */
		if (p->month > 12 && r->doc.year != 0)
			p->year = r->doc.year;
		return;
	}
	if (p->month > 12)
		p->year = year_of_part(r, p);
	if (p->weekday != DATES_NO_WEEKDAY && p->day > 0)
		p->year = year_of_weekday(r, p);
	if (p->year == 0)
		p->year = nearest_year(r, p);
	p->basis = BASIS_DOCUMENT;
}

/* "Dienstag, der 25.": the month near by in which it is that weekday. */
static bool
find_month(const struct date_reader *r, struct piece *p)
{
	static const int offsets[] = { 0, -1, 1 };

	for (size_t i = 0; i < 3; i++) {
		struct civil c = r->doc;

		c.day = 1;
		c = civil_add_months(c, offsets[i]);
		c.day = (uint8_t)p->day;
		if (civil_valid(c) && civil_weekday(c) == p->weekday) {
			p->kind = PIECE_DATE;
			p->year = c.year;
			p->month = c.month;
			p->basis = BASIS_RELATIVE;
			return true;
		}
	}
	return false;
}

bool
date_resolve(const struct date_reader *r, struct piece *p)
{
	if (p->kind == PIECE_SPAN)
		return (p->value.open_start || civil_valid(p->value.start)) &&
		       (!p->value.interval || p->value.open_end ||
			       civil_valid(p->value.end));
	if (p->kind == PIECE_DAY &&
		(p->weekday == DATES_NO_WEEKDAY || !date_has_doc(r) ||
			!find_month(r, p)))
		return false;
	if (p->year == 0)
		find_year(r, p);
	p->value =
		(struct edtf){ .start = civil_of(p->year, p->month, p->day) };
	return civil_valid(p->value.start);
}

/* A whole thing that "the" can stand before: "the third quarter". */
static bool
takes_article(const struct date_reader *r, const struct piece *p)
{
	const struct civil *c = &p->value.start;
	uint64_t kinds = r->line.w[p->start].kinds;

	if (c->month > 12 || c->decade)
		return true;
	if ((kinds & (LEX_BIT(LEX_ORDINAL) | LEX_BIT(LEX_PERIOD))) != 0)
		return p->value.interval || p->basis == BASIS_RELATIVE;
	return p->basis == BASIS_RELATIVE && (kinds & LEX_BIT(LEX_SHIFT)) != 0;
}

/* "late 2012", "mid-October", "the third quarter": words before a date that
 * are of it, but none before w[from]. */
static void
widen(const struct date_reader *r, size_t from, struct piece *p)
{
	size_t i = p->start, len;
	bool article = takes_article(r, p);

	if (i > from + 1 && r->line.w[i - 1].mark == '-' && !r->line.w[i].space)
		i--;
	if (phrasebook_find_before(&r->line, i, LEX_PHASE, &len) != NULL &&
		i - len >= from) {
		p->start = i - len;
		article = true;
	}
	if (article && p->start > from &&
		phrasebook_find_before(&r->line, p->start, LEX_ARTICLE, &len) !=
			NULL &&
		len == 1 && r->line.w[p->start - 1].word != 0 &&
		!r->line.w[p->start - 1].apos)
		p->start--;
}

/* The date that "two years later" counts from. */
static void
remember(struct date_reader *r, const struct edtf *value)
{
	struct civil c = value->start;

	if (value->interval && !value->open_end)
		c = value->end;
	if (!value->open_start && c.year != 0)
		r->last = c;
}

bool
date_take(struct date_reader *r, size_t from, struct piece *p)
{
	if (!date_resolve(r, p))
		return false;
	widen(r, from, p);
	remember(r, &p->value);
	return true;
}
