#include "dates_read.h"

#define BETWEEN_GAP 3 /* lexemes from "between" to its first date */

bool
date_one(const struct date_reader *r, size_t at, struct piece *p)
{
	struct piece absolute;
	bool found = date_absolute(r, at, &absolute);

	if (found)
		date_shift_after(r, &absolute);
	if (date_relative(r, at, p) && (!found || p->end > absolute.end))
		return true;
	*p = absolute;
	return found;
}

static bool
between_before(const struct date_reader *r, size_t at)
{
	for (size_t back = 1, gap = 0; back <= at && gap < BETWEEN_GAP;
		back++) {
		if (date_is(r, at - back, LEX_BETWEEN))
			return true;
		/* "entre la fin de 2007" */
		gap += (r->line.w[at - back].kinds &
			       (LEX_BIT(LEX_LINK) | LEX_BIT(LEX_PHASE))) == 0;
	}
	return false;
}

enum joint { JOINT_NONE, JOINT_RANGE, JOINT_AND };

/* What joins two dates at *at, moved behind it. */
static enum joint
joint_at(const struct date_reader *r, size_t *at, bool *spaced_dash)
{
	size_t len, i = *at;
	enum joint joint = JOINT_RANGE;

	*spaced_dash = false;
	if (i >= r->line.n)
		return JOINT_NONE;
	if (date_mark(r, i, ',') && date_is(r, i + 1, LEX_RANGE))
		i++;
	if (lexeme_is_dash(&r->line.w[i])) {
		*spaced_dash = r->line.w[i].space;
		i++;
	} else if (date_mark(r, i, '~') ||
		   (date_mark(r, i, '/') && !r->line.w[i].space)) {
		i++;
	} else if (phrasebook_find(&r->line, i, LEX_RANGE, &len) != NULL) {
		i += len;
	} else if (phrasebook_find(&r->line, i, LEX_AND, &len) != NULL) {
		joint = JOINT_AND;
		i += len;
	} else {
		return JOINT_NONE;
	}
	/* "to the end of 2008" */
	for (int k = 0;
		k < 3 && (phrasebook_find(&r->line, i, LEX_LINK, &len) ||
				 phrasebook_find(&r->line, i, LEX_PHASE, &len));
		k++)
		i += len;
	*at = i;
	return joint;
}

/* "October 2-4, 2013": the year behind the second day. */
static void
year_of_both(const struct date_reader *r, struct piece *a, struct piece *b)
{
	size_t i = b->end;
	int year;

	if (a->year != 0)
		return;
	date_links(r, &i);
	if (!date_year(r, &i, &year) || date_counts(r, i))
		return;
	a->year = year;
	b->year = year;
	b->end = i;
}

/* "to the present": up to the document's day. */
static bool
now_at(const struct date_reader *r, size_t at, struct piece *b)
{
	size_t len;

	if (phrasebook_find(&r->line, at, LEX_NOW, &len) == NULL)
		return false;
	*b = (struct piece){ .kind = PIECE_SPAN,
		.start = at,
		.end = at + len,
		.weekday = DATES_NO_WEEKDAY,
		.basis = BASIS_RELATIVE,
		.value = { .start = r->doc } };
	return true;
}

/* The second half of a range whose first is a: "to 29 October 2021". */
static bool
second_half(const struct date_reader *r, struct piece *a, size_t at,
	struct piece *b)
{
	const struct lexeme *w;

	if (at >= r->line.n)
		return false;
	w = &r->line.w[at];
	if (a->kind == PIECE_YEAR && w->ndigits == 2 && w->digits >= 0 &&
		w->digits == (a->year + 1) % 100) { /* "2014-15" */
		*b = *a;
		b->year = a->year + 1;
		b->end = at + 1;
		return !date_counts(r, at + 1);
	}
	if (a->kind == PIECE_YEAR && (w->ndigits == 4 || w->compound >= 1900)) {
		*b = *a;
		b->end = at;
		if (date_year(r, &b->end, &b->year))
			return !date_counts(r, b->end);
	}
	if (date_one(r, at, b) || now_at(r, at, b))
		return true;
	/* "from April to June" */
	if (a->kind == PIECE_MONTH) {
		*b = *a;
		b->end = at;
		return date_month(r, &b->end, &b->month);
	}
	if (a->kind != PIECE_DATE || !date_bare_day(r, at, b))
		return false;
	year_of_both(r, a, b);
	return true;
}

/* Halves tell each other what they leave out; false if they do not go
 * together. */
static bool
share(struct piece *a, struct piece *b)
{
	if (a->kind == PIECE_DAY && b->kind == PIECE_DAY)
		return a->weekday != DATES_NO_WEEKDAY &&
		       b->weekday != DATES_NO_WEEKDAY;
	if (a->kind == PIECE_DAY) {
		if (b->kind != PIECE_DATE)
			return false;
		a->kind = PIECE_DATE;
		a->month = b->month;
	} else if (b->kind == PIECE_DAY) {
		if (a->kind != PIECE_DATE || a->year != b->year)
			return false;
		b->kind = PIECE_DATE;
		b->month = a->month;
	}
	if (a->kind == PIECE_SPAN || b->kind == PIECE_SPAN)
		return !a->value.interval && !b->value.interval;
	if (a->kind != b->kind &&
		!(a->kind == PIECE_DATE && b->kind == PIECE_MONTH) &&
		!(a->kind == PIECE_YEAR && b->kind == PIECE_MONTH) &&
		!(a->kind == PIECE_YEAR && b->kind == PIECE_DATE) &&
		!(a->kind == PIECE_MONTH && b->kind == PIECE_YEAR) &&
		!(a->kind == PIECE_DATE && b->kind == PIECE_YEAR) &&
		!(a->kind == PIECE_MONTH && b->kind == PIECE_DATE))
		return false;
	if (a->month > 0 && b->month > 0) {
		if (a->year == 0 && b->year != 0)
			a->year = b->year - (a->month > b->month);
		else if (b->year == 0 && a->year != 0)
			b->year = a->year + (a->month > b->month);
	}
	if (a->weekday != DATES_NO_WEEKDAY && b->year == 0 && a->year == 0)
		b->weekday = DATES_NO_WEEKDAY;
	return true;
}

/* a's value goes on to b's; false if it would run backwards. */
static bool
join(const struct date_reader *r, struct piece *a, const struct piece *second)
{
	struct piece b = *second;
	struct civil s, e;

	if (!share(a, &b) || !date_resolve(r, a))
		return false;
	s = a->value.start;
	/* A year found for one half holds for the other. */
	if (b.kind != PIECE_SPAN && b.year == 0 && b.month > 0)
		b.year = s.year == 0 ? 0 : s.year + (b.month < (int)s.month);
	if (b.kind == PIECE_SPAN && b.value.start.year == 0) {
		a->kind = PIECE_SPAN; /* until now, but when is that? */
		a->value.interval = true;
		a->value.open_end = true;
		a->end = b.end;
		return true;
	}
	if (!date_resolve(r, &b))
		return false;
	/* "Friday to Sunday": the Sunday behind that Friday. */
	if (b.kind == PIECE_SPAN && b.weekday != DATES_NO_WEEKDAY &&
		s.day > 0) {
		int64_t days = civil_to_days(b.value.start);

		while (days < civil_to_days(s))
			days += 7;
		b.value.start = civil_from_days(days);
	}
	e = b.value.start;
	if (e.year < s.year ||
		(e.year == s.year && e.month > 0 && s.month > 0 &&
			s.year != 0 &&
			(e.month < s.month ||
				(e.month == s.month && e.day > 0 &&
					e.day <= s.day))))
		return false;
	if (s.decade != e.decade)
		return false;
	a->value.interval = true;
	a->value.end = e;
	a->kind = PIECE_SPAN;
	a->end = b.end;
	if (b.basis != BASIS_EXPLICIT && a->basis == BASIS_EXPLICIT)
		a->basis = b.basis;
	return true;
}

/* A date joined with what follows it. */
static void
extend(const struct date_reader *r, struct piece *a)
{
	struct piece b, first = *a;
	bool spaced_dash;
	size_t at = a->end;
	enum joint joint = joint_at(r, &at, &spaced_dash);

	if (joint == JOINT_NONE ||
		(joint == JOINT_AND && !between_before(r, a->start)) ||
		!second_half(r, a, at, &b))
		return;
	/* "Paris, 2 September 2022 – Today, 77 cities": a dateline's dash. */
	if (spaced_dash && b.kind == PIECE_SPAN && r->line.w[at].upper)
		return;
	if (!join(r, a, &b))
		*a = first;
}

/* "4 till 23 of this month": the month that both days are of. */
static bool
month_behind(const struct date_reader *r, struct piece *b)
{
	size_t i = b->end;
	struct piece m;

	date_links(r, &i);
	if (!date_relative(r, i, &m) || m.value.interval ||
		m.value.start.day != 0 || m.value.start.month == 0 ||
		m.value.start.month > 12)
		return false;
	b->kind = PIECE_DATE;
	b->year = m.value.start.year;
	b->month = m.value.start.month;
	b->basis = BASIS_RELATIVE;
	b->end = m.end;
	return true;
}

/* "27" of "27 to 29 October", "14 and 15 May", "14, 21 and 28 May". */
static bool
day_of_list(const struct date_reader *r, size_t at, struct piece *p)
{
	static const struct date_sort days = { NULL, DATE_NUMBERS, true, 0 };
	struct piece a, b;
	bool spaced_dash;
	size_t i;

	if (!date_sort_fits(&days, &r->line.w[at]) || !date_bare_day(r, at, &a))
		return false;
	i = a.end;
	/* "the 21st of this month" */
	if (month_behind(r, &a)) {
		*p = a;
		return true;
	}
	for (int k = 0; k < DATES_LIST_MAX; k++) {
		enum joint joint = joint_at(r, &i, &spaced_dash);

		if (joint == JOINT_NONE) {
			if (!date_mark(r, i, ','))
				return false;
			i++;
			if (!date_bare_day(r, i, &b))
				return false;
			i = b.end;
			continue;
		}
		if (!date_absolute(r, i, &b) || b.kind != PIECE_DATE ||
			b.start != i) {
			if (k > 0 || !date_bare_day(r, i, &b) ||
				!month_behind(r, &b))
				return false;
		}
		*p = a;
		if (k == 0 && (joint == JOINT_RANGE || b.day == a.day + 1 ||
				      between_before(r, at)))
			return join(r, p, &b);
		p->kind = PIECE_DATE;
		p->month = b.month;
		p->year = b.year;
		return joint == JOINT_AND;
	}
	return false;
}

/* The year, month or day next to that one; false for parts of a year. */
static bool
neighbour(struct civil *c, int step)
{
	if (c->decade || c->month > 12 || c->year == 0)
		return false;
	if (c->day > 0)
		*c = civil_from_days(civil_to_days(*c) + step);
	else if (c->month > 0)
		*c = civil_add_months(*c, step);
	else
		c->year = (int16_t)(c->year + step);
	return civil_valid(*c);
}

/* It is the interval's end that bounds: "after the weekend", "before the end
 * of the week". */
static bool
ends_with(const struct lex_row *phase, bool before, bool inclusive)
{
	if (phase == NULL)
		return before == inclusive;
	return phase->value[0] == 'e' || (phase->value[0] == 'm' && before);
}

/* The date that bounds, perhaps behind "the end of". */
static bool
bound_at(const struct date_reader *r, size_t at, struct piece *p,
	const struct lex_row **phase)
{
	size_t len;

	if (!date_is(r, at, LEX_RELATIVE))
		date_links(r, &at);
	*phase = phrasebook_find(&r->line, at, LEX_PHASE, &len);
	if (*phase != NULL)
		at += len;
	return date_one(r, at, p) && date_resolve(r, p) &&
	       !p->value.open_start && !p->value.open_end;
}

/* "before 2010", "after 14 February": open at one end.  "Before the end of
 * May" is until May, "after the beginning of May" from May on. */
static bool
open_ended(const struct date_reader *r, size_t at, struct piece *p)
{
	const struct lex_row *phase, *row;
	size_t len;
	bool before, inclusive;
	struct civil c;

	row = phrasebook_find(&r->line, at, LEX_BEFORE, &len);
	before = row != NULL;
	if (!before)
		row = phrasebook_find(&r->line, at, LEX_AFTER, &len);
	if (row == NULL)
		return false;
	inclusive = row->value[0] == 'i'; /* "no later than" */
	/* "après le" takes the article of "le week-end" */
	if (!bound_at(r, at + len, p, &phase) &&
		(len < 2 || !bound_at(r, at + len - 1, p, &phase)))
		return false;
	c = p->value.start;
	if (p->value.interval && ends_with(phase, before, inclusive))
		c = p->value.end;
	if (!inclusive &&
		(phase == NULL || phase->value[0] == (before ? 'b' : 'e')) &&
		!neighbour(&c, before ? -1 : 1))
		return false;
	p->kind = PIECE_SPAN;
	p->start = at;
	p->value = (struct edtf){
		.interval = true, .open_start = before, .open_end = !before
	};
	*(before ? &p->value.end : &p->value.start) = c;
	return true;
}

/* "from 2018 onwards", "2016 or later" */
static void
onward(const struct date_reader *r, struct piece *p)
{
	size_t len;

	if (phrasebook_find(&r->line, p->end, LEX_ONWARD, &len) == NULL ||
		!date_resolve(r, p) || p->value.interval)
		return;
	p->kind = PIECE_SPAN;
	p->value.interval = true;
	p->value.open_end = true;
	p->end += len;
}

bool
date_read(const struct date_reader *r, size_t at, struct piece *p)
{
	struct piece days;

	/* "the day after tomorrow" is a word of its own. */
	if (!date_is(r, at, LEX_RELATIVE) && open_ended(r, at, p))
		return true;
	if (!date_one(r, at, p))
		return day_of_list(r, at, p);
	/* "4-22 January" is no April: days of the month behind them. */
	if (p->kind != PIECE_SPAN && day_of_list(r, at, &days) &&
		days.end > p->end) {
		*p = days;
		return true;
	}
	extend(r, p);
	onward(r, p);
	return true;
}
