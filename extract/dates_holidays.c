/*
 * Days that have names.  A row's value is "MM-DD", "E" and the days behind
 * Easter Sunday ("E+1", "E-2"), or "N/W/MM": the Nth (or last, -1) weekday W
 * of a month.
 */
#include <stdio.h>
#include <stdlib.h>

#include "dates_read.h"

#define NEAR_DAYS 31 /* ahead: "Easter is early", whatever was */

/* Anonymous Gregorian algorithm (Meeus, "Astronomical Algorithms", ch. 8). */
static int64_t
easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
	int h = (19 * a + b - d - g + 15) % 30;
	int i = c / 4, k = c % 4;
	int l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	int n = h + l - 7 * m + 114;

	return civil_to_days(civil_of(year, n / 31, n % 31 + 1));
}

/* That day of the year; its year is 0 if the value tells none. */
static struct civil
day_of(const char *value, int year)
{
	struct civil none = { 0 };
	int a, b, c;

	if (value[0] == 'E') {
		a = 0;
		if (value[1] != '\0' && sscanf(value + 1, "%d", &a) != 1)
			return none;
		return civil_from_days(easter(year) + a);
	}
	if (sscanf(value, "%d/%d/%d", &a, &b, &c) == 3) {
		int days = civil_days_in_month(year, c);
		int64_t day;

		if (days == 0 || b < 0 || b > 6)
			return none;
		if (a < 0) {
			day = civil_to_days(civil_of(year, c, days));
			day -= (civil_weekday(civil_from_days(day)) - b + 7) %
			       7;
		} else {
			day = civil_to_days(civil_of(year, c, 1));
			day += (b - civil_weekday(civil_from_days(day)) + 7) %
				       7 +
			       7LL * (a - 1);
		}
		return civil_from_days(day);
	}
	if (sscanf(value, "%d-%d", &a, &b) != 2)
		return none;
	return civil_of(year, a, b);
}

/* The one before the document's day or behind it, or the nearest. */
static struct civil
nearest_of(const struct date_reader *r, const char *value, size_t at)
{
	int64_t today = civil_to_days(r->doc), best = 0;
	bool future = date_is_future(r, at), past = date_is_past(r, at);
	struct civil found = { 0 };

	for (int year = r->doc.year - 1; year <= r->doc.year + 1; year++) {
		struct civil c = day_of(value, year);
		int64_t off;

		if (c.year < 1)
			continue;
		off = civil_to_days(c) - today;
		if ((future && off < 0) || (past && off > NEAR_DAYS))
			continue;
		if (found.year == 0 || llabs(off) < best) {
			best = llabs(off);
			found = c;
		}
	}
	return found;
}

bool
date_holiday(const struct date_reader *r, size_t at, struct piece *p)
{
	size_t len;
	const struct lex_row *row =
		phrasebook_find(&r->line, at, LEX_HOLIDAY, &len);
	struct civil c;

	if (row == NULL)
		return false;
	p->end = at + len;
	if (date_linked_year(r, &p->end, p)) {
		c = day_of(row->value, p->year);
	} else if (date_has_doc(r)) {
		c = nearest_of(r, row->value, at);
		p->basis = BASIS_DOCUMENT;
	} else if (row->value[0] >= '0' && row->value[0] <= '9' &&
		   row->value[1] != '/') {
		c = day_of(row->value, 0);
		c.year = 0;
	} else {
		return false;
	}
	p->kind = PIECE_SPAN;
	p->value = (struct edtf){ .start = c };
	return c.month != 0;
}
