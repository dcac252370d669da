#include "dates_read.h"

#define PIVOT_YEAR 50 /* "28.10.49" is 2049, "5/5/89" 1989 */

static bool
is_separator(char mark)
{
	return mark == '/' || mark == '.' || mark == '-';
}

/* Part of something longer: an address, a sum, a telephone number. */
static bool
inside_longer(const struct date_reader *r, size_t at, bool year_first)
{
	const struct lexeme *before = at > 0 ? &r->line.w[at - 1] : NULL;

	if (before == NULL || r->line.w[at].space)
		return false;
	if (year_first)
		return before->digits >= 0;
	return before->mark == 0 || before->mark == '/' ||
	       before->mark == '.' || before->mark == ',' ||
	       before->mark == LEX_MONEY || before->mark == '+' ||
	       (before->mark == '-' && at > 1 &&
		       r->line.w[at - 2].ndigits > 2 &&
		       (at < 3 || !is_separator(r->line.w[at - 3].mark)));
}

static bool
goes_on(const struct date_reader *r, size_t end, char separator)
{
	return date_hard(r, end) && date_hard(r, end + 1) &&
	       (r->line.w[end].mark == separator ||
		       r->line.w[end].mark == '.' ||
		       r->line.w[end].mark == '%') &&
	       r->line.w[end + 1].digits >= 0;
}

/* Day and month in the order of the language, or the only one there is. */
static bool
set_day_month(
	const struct date_reader *r, int first, int second, struct piece *p)
{
	bool month_first = r->month_first;

	if (first > 12)
		month_first = false;
	else if (second > 12)
		month_first = true;
	p->kind = PIECE_DATE;
	p->month = month_first ? first : second;
	p->day = month_first ? second : first;
	return civil_valid(civil_of(p->year, p->month, p->day)) &&
	       p->month > 0 && p->month <= 12 && p->day > 0;
}

static bool
set_year(const struct lexeme *w, struct piece *p)
{
	if (w->ndigits == 4)
		p->year = (int)w->digits;
	else if (w->ndigits == 2)
		p->year =
			(int)w->digits + (w->digits > PIVOT_YEAR ? 1900 : 2000);
	else
		return false;
	return p->year >= DATES_YEAR_MIN && p->year <= DATES_YEAR_MAX;
}

/* "2024-02-14", "2015/08/12" */
static bool
year_month_day(const struct date_reader *r, size_t at, struct piece *p)
{
	const struct lexeme *w = &r->line.w[at];

	if (at + 4 >= r->line.n || w[0].ndigits != 4 ||
		!is_separator(w[1].mark) || w[3].mark != w[1].mark ||
		w[2].digits < 1 || w[2].ndigits > 2 || w[4].digits < 1 ||
		w[4].ndigits > 2 || w[1].space || w[2].space || w[3].space ||
		w[4].space || inside_longer(r, at, true) || !set_year(w, p))
		return false;
	p->kind = PIECE_DATE;
	p->month = (int)w[2].digits;
	p->day = (int)w[4].digits;
	p->end = at + 5;
	return p->month <= 12 &&
	       civil_valid(civil_of(p->year, p->month, p->day));
}

/* "2015-3"; "2014-15" is two years */
static bool
year_month(const struct date_reader *r, size_t at, struct piece *p)
{
	const struct lexeme *w = &r->line.w[at];

	if (at + 2 >= r->line.n || w[0].ndigits != 4 ||
		(w[1].mark != '-' && w[1].mark != '/') || w[1].space ||
		w[2].space || w[2].digits < 1 || w[2].ndigits > 2 ||
		w[2].digits == w[0].digits % 100 + 1 ||
		inside_longer(r, at, true) || goes_on(r, at + 3, w[1].mark) ||
		!set_year(w, p) || w[2].digits > 12)
		return false;
	p->kind = PIECE_MONTH;
	p->month = (int)w[2].digits;
	p->end = at + 3;
	return true;
}

/* "05/2016", "11 / 2016" */
static bool
month_year(const struct date_reader *r, size_t at, struct piece *p)
{
	const struct lexeme *w = &r->line.w[at];
	bool hyphen;

	if (at + 2 >= r->line.n || w[0].digits < 1 || w[0].digits > 12 ||
		w[0].ndigits > 2 || w[2].ndigits != 4 ||
		w[1].space != w[2].space || inside_longer(r, at, false))
		return false;
	hyphen = w[1].mark == '-';
	if ((!hyphen && w[1].mark != '/') ||
		(hyphen && (w[0].ndigits != 2 || w[2].digits < 1900 ||
				   (at > 0 && !w[0].space &&
					   w[-1].mark == '-'))) ||
		!set_year(&w[2], p))
		return false;
	p->kind = PIECE_MONTH;
	p->month = (int)w[0].digits;
	p->end = at + 3;
	return !goes_on(r, p->end, w[1].mark);
}

/* A word or bracket says that "14/2" is a date: "(14/2)", "on 4/22",
 * "am 15.1."; or it is written as only dates are: "05/02". */
static bool
meant_as_day(const struct date_reader *r, size_t at, size_t end)
{
	const struct lexeme *w = r->line.w;

	if (at == 0 && end == r->line.n)
		return true;
	/* "5/1-5/7/2020" */
	if (end + 2 < r->line.n && lexeme_is_dash(&w[end]) &&
		w[end + 1].digits > 0 && w[end + 2].mark == '/' &&
		w[at + 1].mark == '/')
		return true;
	if (at > 3 && lexeme_is_dash(&w[at - 1]) && w[at - 2].digits > 0 &&
		w[at - 3].mark == '/' && w[at + 1].mark == '/')
		return true;
	if (at > 0 && w[at - 1].mark == '(' && date_mark(r, end, ')'))
		return true;
	if (w[at + 1].mark == '/' && w[at].ndigits == 2 &&
		w[at + 2].ndigits == 2 &&
		(w[at].digits < 10 || w[at + 2].digits < 10))
		return true;
	return at > 0 &&
	       (date_is(r, at - 1, LEX_LINK) || date_is(r, at - 1, LEX_PREP) ||
		       date_is(r, at - 1, LEX_RANGE) ||
		       date_is(r, at - 1, LEX_SHIFT) ||
		       date_is(r, at - 1, LEX_BETWEEN) ||
		       date_is(r, at - 1, LEX_WEEKDAY) ||
		       (w[at - 1].mark == ',' && at > 1 &&
			       date_is(r, at - 2, LEX_WEEKDAY)));
}

/* Day and month without a year: "(14/2)", "am 15.1.", "Friday 7-6"; or with
 * one behind a comma. */
static bool
without_year(const struct date_reader *r, size_t at, struct piece *p)
{
	char sep = r->line.w[at + 1].mark;
	size_t i;

	if (goes_on(r, p->end, sep))
		return false;
	if (at > 0 && date_is(r, at - 1, LEX_WEEKDAY))
		return true;
	if (sep == '-')
		return false;
	if (sep == '.') { /* "3.5" is no day */
		if (!date_hard(r, p->end) || !date_mark(r, p->end, '.'))
			return false;
		p->end++;
	}
	if (!meant_as_day(r, at, p->end))
		return false;
	i = p->end + 1; /* "12/08, 2015" */
	if (date_mark(r, p->end, ',') && date_year(r, &i, &p->year)) {
		if (date_counts(r, i))
			p->year = 0;
		else
			p->end = i;
	}
	return true;
}

/* The third number, behind the same mark, is the year. */
static bool
has_year(const struct date_reader *r, size_t at, char sep)
{
	const struct lexeme *w = &r->line.w[at];

	return at + 1 < r->line.n && !w[0].space &&
	       (w[0].mark == sep || (sep == '/' && w[0].mark == ',')) &&
	       (!w[1].space || (sep == '.' && w[1].ndigits == 4)) &&
	       w[1].digits >= 0;
}

/* "14/02/2024", "28.10.21", "3-7-2017", "(14/2)", "27. 11." */
static bool
day_month_year(const struct date_reader *r, size_t at, struct piece *p)
{
	const struct lexeme *w = &r->line.w[at];
	char sep;

	if (at + 2 >= r->line.n || w[0].digits < 1 || w[0].ndigits > 2 ||
		w[1].space || w[2].digits < 1 || w[2].ndigits > 2 ||
		!is_separator(w[1].mark) || inside_longer(r, at, false))
		return false;
	sep = w[1].mark;
	if (w[2].space && sep != '.')
		return false;
	p->end = at + 3;
	if (has_year(r, p->end, sep)) {
		if (!set_year(&w[4], p) || goes_on(r, at + 5, sep))
			return false;
		p->end = at + 5;
	} else if (!without_year(r, at, p)) {
		return false;
	}
	return set_day_month(r, (int)w[0].digits, (int)w[2].digits, p);
}

bool
date_numeric(const struct date_reader *r, size_t at, struct piece *p)
{
	static bool (*const sorts[])(const struct date_reader *, size_t,
		struct piece *) = { year_month_day, day_month_year, month_year,
		year_month };

	if (at >= r->line.n || r->line.w[at].digits < 1)
		return false;
	for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++) {
		*p = (struct piece){ .start = at,
			.end = at,
			.weekday = DATES_NO_WEEKDAY,
			.basis = BASIS_EXPLICIT };
		if (sorts[i](r, at, p))
			return true;
	}
	return false;
}
