#include <stdlib.h>

#include "dates_read.h"

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

/* The year of a day or month that has none: behind or before the document's
 * day as the sentence speaks of what was or will be, else the nearest. */
static int
nearest_year(const struct date_reader *r, const struct piece *p)
{
	int64_t today = civil_to_days(r->doc);
	int day = p->day > 0 ? p->day : 1;
	struct civil past = date_nearest(r, p->month, day, true);
	struct civil next = date_nearest(r, p->month, day, false);

	if (p->month > 12 || next.year == 0)
		return r->doc.year;
	if (past.year == 0)
		return next.year;
	if (p->day == 0 && p->month == r->doc.month)
		return r->doc.year;
	if (r->future != r->past)
		return r->future ? next.year : past.year;
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
