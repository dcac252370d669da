#include "dates_periods.h"

#define STEPS_MAX 1000 /* "in 1000 years" and no further */

int64_t
period_today(const struct date_reader *r)
{
	return civil_to_days(r->doc);
}

int64_t
period_monday(int64_t day)
{
	return day - (civil_weekday(civil_from_days(day)) + 6) % 7;
}

void
period_set_day(struct piece *p, int64_t day)
{
	p->value.start = civil_from_days(day);
}

static void
set_span(struct piece *p, int64_t first, int64_t last)
{
	p->value.interval = true;
	p->value.start = civil_from_days(first);
	p->value.end = civil_from_days(last);
}

static struct civil
month_of(const struct date_reader *r, int offset)
{
	struct civil c = r->doc;

	c.day = 1;
	c = civil_add_months(c, offset);
	c.day = 0;
	return c;
}

bool
period_set(const struct date_reader *r, char unit, int offset, struct piece *p)
{
	int64_t today = period_today(r);
	int q;

	switch (unit) {
	case 'd':
		period_set_day(p, today + offset);
		return true;
	case 'w':
		set_span(p, period_monday(today) + 7LL * offset,
			period_monday(today) + 7LL * offset + 6);
		return true;
	case 'b': /* Monday to Friday */
		set_span(p, period_monday(today) + 7LL * offset,
			period_monday(today) + 7LL * offset + 4);
		return true;
	case 'e': /* weekend */
		set_span(p, period_monday(today) + 7LL * offset + 5,
			period_monday(today) + 7LL * offset + 6);
		return true;
	case 'm':
		p->value.start = month_of(r, offset);
		return true;
	case 'q':
		q = r->doc.year * 4 + (r->doc.month - 1) / 3 + offset;
		p->value.start = civil_of(q / 4, 33 + q % 4, 0);
		return true;
	case 'y':
		p->value.start = civil_of(r->doc.year + offset, 0, 0);
		return true;
	case 'D': /* decade */
		p->value.start =
			civil_of((r->doc.year / 10 + offset) * 10, 0, 0);
		p->value.start.decade = true;
		return true;
	default:
		return false;
	}
}

void
period_cut(const struct date_reader *r, char how, struct piece *p)
{
	struct civil first = p->value.start, last = p->value.start;

	if (p->value.interval) {
		last = p->value.end;
	} else if (first.month == 0) {
		first = civil_of(first.year, 1, 1);
		last = civil_of(first.year, 12, 31);
	} else if (first.day == 0) {
		first.day = 1;
		last.day = (uint8_t)civil_days_in_month(last.year, last.month);
	}
	p->value.interval = true;
	p->value.start = how == 'r' ? r->doc : first;
	p->value.end = how == 'r' ? last : r->doc;
}

/* "the last two quarters": whole ones. */
static bool
set_quarters(const struct date_reader *r, int n, int sign, struct piece *p)
{
	struct piece last = *p;

	(void)period_set(r, 'q', sign < 0 ? -n : 1, p);
	(void)period_set(r, 'q', sign < 0 ? -1 : n, &last);
	p->value.interval = true;
	p->value.end = last.value.start;
	return p->value.start.year >= DATES_YEAR_MIN &&
	       p->value.end.year <= DATES_YEAR_MAX;
}

static bool
set_decades(const struct date_reader *r, int n, int sign, struct piece *p)
{
	struct piece last = *p;

	if (n > 50)
		return false;
	(void)period_set(r, 'D', sign < 0 ? -n : 1, p);
	(void)period_set(r, 'D', sign < 0 ? -1 : n, &last);
	p->value.interval = true;
	p->value.end = last.value.start;
	return true;
}

bool
period_set_several(const struct date_reader *r, char unit, int64_t n, int sign,
	struct piece *p)
{
	int64_t today = period_today(r), days = 0;
	int months = 0;
	struct civil far;

	if (n < 1 || n > STEPS_MAX || sign == 0)
		return false;
	if (unit == 'd')
		days = n;
	else if (unit == 'w')
		days = 7 * n;
	else if (unit == 'm')
		months = (int)n;
	else if (unit == 'f')
		days = 14 * n;
	else if (unit == 'q')
		return set_quarters(r, (int)n, sign, p);
	else if (unit == 'D')
		return set_decades(r, (int)n, sign, p);
	else if (unit == 'y')
		months = (int)n * 12;
	else
		return false;
	if (days > 0) {
		if (sign < 0)
			set_span(p, today - days, today - 1);
		else
			set_span(p, today + 1, today + days);
		return true;
	}
	far = civil_add_months(r->doc, sign < 0 ? -months : months);
	if (far.year < DATES_YEAR_MIN || far.year > DATES_YEAR_MAX)
		return false;
	p->value.interval = true;
	p->value.start = sign < 0 ? far : civil_from_days(today + 1);
	p->value.end = sign < 0 ? civil_from_days(today - 1) : far;
	return true;
}

bool
period_set_distance(const struct date_reader *r, const struct span_of_time *t,
	int sign, struct piece *p)
{
	struct civil far = civil_add_months(r->doc, sign * (int)t->months);

	if (far.year < DATES_YEAR_MIN || far.year > DATES_YEAR_MAX)
		return false;
	far = civil_from_days(civil_to_days(far) + sign * t->days);
	if (t->finest == 'm')
		far.day = 0;
	else if (t->finest == 'y')
		far = civil_of(far.year, 0, 0);
	p->value.start = far;
	return true;
}

bool
period_add(struct span_of_time *t, char unit, int64_t n)
{
	if (n < 1 || n > STEPS_MAX)
		return false;
	if (unit == 'd' || unit == 'w' || unit == 'f')
		t->days += n * (unit == 'd' ? 1 : unit == 'w' ? 7 : 14);
	else if (unit == 'm')
		t->months += n;
	else if (unit == 'y' || unit == 'D')
		t->months += n * (unit == 'y' ? 12 : 120);
	else
		return false;
	if (t->days > 0)
		t->finest = 'd';
	else if (unit == 'm' || t->months % 12 != 0)
		t->finest = 'm';
	else
		t->finest = 'y';
	return true;
}

void
period_set_weekday(
	const struct date_reader *r, int weekday, int shift, struct piece *p)
{
	int64_t today = period_today(r);
	int now = civil_weekday(r->doc);
	int64_t of_week = period_monday(today) + (weekday + 6) % 7;

	if (shift < 0)
		period_set_day(p, today - (now + 6 - weekday) % 7 - 1);
	else if (shift > 0)
		period_set_day(p, of_week + 7LL * shift);
	else
		period_set_day(p, of_week);
}

void
period_set_month(
	const struct date_reader *r, int month, int shift, struct piece *p)
{
	int year = r->doc.year;

	if (shift < 0 && month >= r->doc.month)
		year--;
	else if (shift > 0 && month <= r->doc.month)
		year++;
	p->value.start = civil_of(year, month, 0);
}

void
period_set_season(
	const struct date_reader *r, int season, int shift, struct piece *p)
{
	int begin = (season - EDTF_SEASON) * 3 + 3; /* its first month */
	int year = r->doc.year;

	if (shift < 0 && begin + 2 >= r->doc.month)
		year--;
	else if (shift > 0 && begin <= r->doc.month)
		year++;
	p->value.start = civil_of(year, season, 0);
}
