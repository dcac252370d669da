#include <stdlib.h>

#include "dates_periods.h"
#include "numbers.h"

#define AMOUNTS_MAX 3 /* "2 years, 1 month and 21 days" */

/* What a row with 'c' counts from: the date mentioned last, if it tells as
 * much as the unit asks for, else the document's day; with 'C' from no other
 * than the former. */
static struct date_reader
from_context(const struct date_reader *r, const struct lex_row *row, char unit)
{
	struct date_reader seen = *r;
	struct civil c = r->last;
	bool enough = c.year != 0 && !c.decade;

	if (strchr(row->value, 'c') == NULL && strchr(row->value, 'C') == NULL)
		return seen;
	if (c.month >= EDTF_QUARTER)
		c.month = (uint8_t)((c.month - EDTF_QUARTER) * 3 + 1);
	else if (c.month >= EDTF_SEASON)
		c.month = (uint8_t)((c.month - EDTF_SEASON) * 3 + 3);
	if (unit == 'm')
		enough = enough && c.month != 0 && c.month == r->last.month;
	else if (unit == 'q')
		enough = enough && c.month != 0;
	else if (unit != 'y' && unit != 'D')
		enough = enough && c.day != 0;
	if (enough)
		seen.doc = civil_of(c.year, c.month != 0 ? c.month : 1,
			c.day != 0 ? c.day : 1);
	else if (strchr(row->value, 'C') != NULL)
		seen.doc = civil_of(0, 0, 0);
	return seen;
}

/* "during the year", and no word behind that tells which: "of the games",
 * "2024", "before". */
static bool
is_running(const struct date_reader *r, size_t at, size_t end)
{
	static const uint64_t tells =
		LEX_BIT(LEX_LINK) | LEX_BIT(LEX_SHIFT) | LEX_BIT(LEX_BEFORE) |
		LEX_BIT(LEX_AFTER) | LEX_BIT(LEX_MONTH) | LEX_BIT(LEX_STARTING);
	const struct lexeme *w = &r->line.w[end];
	size_t len;

	return phrasebook_find_before(&r->line, at, LEX_DURING, &len) != NULL &&
	       (end >= r->line.n || (w->digits < 0 && (w->kinds & tells) == 0 &&
					    !lexeme_is_dash(w)));
}

/* "today", "yesterday", "the end of the month": rows of their own. */
static bool
fixed(const struct date_reader *r, size_t at, struct piece *p)
{
	size_t len;
	const struct lex_row *row =
		phrasebook_find(&r->line, at, LEX_RELATIVE, &len);
	struct date_reader seen;
	const char *unit;
	char *end;
	int offset;

	if (row == NULL)
		return false;
	offset = (int)strtol(row->value, &end, 10);
	unit = end;
	/* "today's challenges" are of no day. */
	if (at + len < r->line.n && r->line.w[at + len].apos)
		return false;
	/* "guten Morgen": a noun, where nouns have capitals. */
	if (at > 0 && r->line.w[at].upper && len == 1 &&
		phrasebook_setting(
			r->line.phrasebook, r->line.lang, LEX_NOUNS) == 'c')
		return false;
	/* "the weekend" is the one before, unless it is at hand. */
	if (strcmp(unit, "en") == 0 && !date_is_future(r, at) &&
		civil_weekday(r->doc) % 6 != 0)
		offset--;
	seen = from_context(r, row, unit[0]);
	if (strchr(unit, 'f') != NULL && !is_running(r, at, at + len))
		return false;
	if (!date_has_doc(&seen) || !period_set(&seen, unit[0], offset, p))
		return false;
	if (unit[0] != '\0' && (unit[1] == 'r' || unit[1] == 't'))
		period_cut(r, unit[1], p);
	p->end = at + len;
	return true;
}

/* "the last four months of 2021" */
static void
of_year(const struct date_reader *r, char unit, int64_t n, int sign,
	struct piece *p)
{
	size_t i = p->end;
	int year;

	if (unit != 'm' || n > 11 || !date_is(r, i, LEX_LINK))
		return;
	date_links(r, &i);
	if (i >= r->line.n || r->line.w[i].ndigits != 4 ||
		!date_year(r, &i, &year))
		return;
	p->end = i;
	p->basis = BASIS_EXPLICIT;
	p->value.interval = true;
	p->value.start = civil_of(year, sign < 0 ? 13 - (int)n : 1, 0);
	p->value.end = civil_of(year, sign < 0 ? 12 : (int)n, 0);
}

bool
date_amount(const struct date_reader *r, size_t *at, int64_t *n)
{
	struct number number;
	size_t len;

	if (number_read(&r->line, *at, &number) &&
		(!number.fraction || date_is(r, number.whole, LEX_PERIOD))) {
		*n = number.n;
		/* "two quarters" are no fraction here */
		*at = number.fraction ? number.whole : number.end;
		return true;
	}
	if (phrasebook_find(&r->line, *at, LEX_ONE, &len) == NULL)
		return false;
	*n = 1;
	*at += len;
	return true;
}

static const struct lex_row *
period_at(const struct date_reader *r, size_t *at)
{
	size_t len;
	const struct lex_row *row =
		phrasebook_find(&r->line, *at, LEX_PERIOD, &len);

	if (row != NULL)
		*at += len;
	return row;
}

/* A row of LEX_SHIFT that may stand before ('b') or behind ('a'). */
static const struct lex_row *
shift_at(const struct date_reader *r, size_t *at, char side)
{
	size_t len;
	const struct lex_row *row =
		phrasebook_find(&r->line, *at, LEX_SHIFT, &len);
	const char *own;

	if (row == NULL)
		return NULL;
	own = row->value + strlen(row->value) - 1;
	if ((*own == 'a' || *own == 'b') && *own != side)
		return NULL;
	*at += len;
	return row;
}

/* "next week on Tuesday" */
static void
weekday_of_week(const struct date_reader *r, int shift, struct piece *p)
{
	size_t i = p->end, len;
	const struct lex_row *row;

	for (int k = 0;
		k < 2 && (date_is(r, i, LEX_LINK) || date_is(r, i, LEX_PREP));
		k++)
		i++;
	row = phrasebook_find(&r->line, i, LEX_WEEKDAY, &len);
	if (row == NULL)
		return;
	p->value.interval = false;
	period_set_day(p, period_monday(period_today(r)) + 7LL * shift +
				  (row->number + 6) % 7);
	p->end = i + len;
}

/* A period that a shift moves: "next week", "the following day". */
static bool
shifted_period(const struct date_reader *r, const struct lex_row *by,
	const struct lex_row *period, struct piece *p)
{
	char unit = period->value[0];
	struct date_reader seen = from_context(r, by, unit);
	int shift = (int)by->number;

	if (!date_has_doc(&seen))
		return false;
	if (unit == 'f')
		return period_set_several(r, 'f', 1, shift, p);
	/* "last day" is that of something, "next day" of what was told. */
	if (unit == 'd' && (strpbrk(by->value, "cC") == NULL ||
				   date_is(r, p->end, LEX_LINK) ||
				   period->value[1] == '+'))
		return false;
	if (!period_set(&seen, unit, shift, p))
		return false;
	if (unit == 'w')
		weekday_of_week(&seen, shift, p);
	return true;
}

/* What a shift moves: "last" Wednesday, March, summer, week. */
static bool
shifted(const struct date_reader *r, size_t at, const struct lex_row *by,
	struct piece *p)
{
	size_t i = at, len;
	const struct lex_row *row = period_at(r, &i);
	int shift = (int)by->number;

	p->end = i;
	if (row != NULL)
		return shifted_period(r, by, row, p);
	if (strchr(by->value, 'C') != NULL)
		return false; /* "that Friday" */
	if ((row = phrasebook_find(&r->line, at, LEX_WEEKDAY, &len)) != NULL)
		period_set_weekday(r, (int)row->number, shift, p);
	else if ((row = phrasebook_find(&r->line, at, LEX_MONTH, &len)) !=
			 NULL &&
		 (r->line.w[at].upper ||
			 r->line.w[at].end - r->line.w[at].start > 3))
		period_set_month(r, (int)row->number, shift, p);
	else if ((row = phrasebook_find(&r->line, at, LEX_SEASON, &len)) !=
		 NULL)
		period_set_season(r, (int)row->number, shift, p);
	else
		return false;
	p->end = at + len;
	return true;
}

/* The date that piece d has, before or behind the document's day. */
static bool
shift_date(const struct date_reader *r, const struct piece *d, int shift,
	struct piece *p)
{
	size_t start = p->start;

	if (d->kind != PIECE_DATE || d->year != 0)
		return false;
	*p = *d;
	p->start = start;
	p->kind = PIECE_SPAN;
	p->value = (struct edtf){ .start = date_nearest(
					  r, d->month, d->day, shift <= 0) };
	p->basis = BASIS_RELATIVE;
	return p->value.start.year != 0;
}

/* "no último dia 31": the last day of that number. */
static bool
shift_day(const struct date_reader *r, size_t at, int shift, struct piece *p)
{
	size_t i = at, len;
	struct civil c = r->doc;
	int day;

	if (phrasebook_find(&r->line, at, LEX_DAY, &len) == NULL)
		return false;
	i += len;
	if (i >= r->line.n || r->line.w[i].digits < 0 || !date_day(r, &i, &day))
		return false;
	c.day = 1;
	for (int k = 0; k < 3; k++) {
		struct civil t = c;

		t.day = (uint8_t)day;
		if (civil_valid(t) &&
			(shift > 0 ? civil_to_days(t) > period_today(r)
				   : civil_to_days(t) <= period_today(r))) {
			p->value.start = t;
			p->end = i;
			return true;
		}
		c = civil_add_months(c, shift > 0 ? 1 : -1);
	}
	return false;
}

/* "last Wednesday", "los próximos 3 días", "lo scorso 14 dicembre" */
static bool
shift_first(const struct date_reader *r, size_t at, struct piece *p)
{
	size_t i = at, k;
	const struct lex_row *row = shift_at(r, &i, 'b'), *period;
	struct piece d;
	int shift;
	int64_t n;

	if (row == NULL)
		return false;
	shift = (int)row->number;
	if (date_absolute(r, i, &d) && d.kind == PIECE_DATE) {
		/* "this Friday 15 June", "nesta terça-feira (31/10)": the
		 * date tells it all. */
		if (d.weekday != DATES_NO_WEEKDAY) {
			*p = d;
			return true;
		}
		return shift_date(r, &d, shift, p);
	}
	if (shift_day(r, i, shift, p) || shifted(r, i, row, p))
		return true;
	k = i;
	if (!date_amount(r, &k, &n) || (period = period_at(r, &k)) == NULL)
		return false;
	p->end = k;
	if (!period_set_several(r, period->value[0], n, shift, p))
		return false;
	of_year(r, period->value[0], n, shift, p);
	return true;
}

/* "the week after next", "le mois après le prochain" */
static bool
after_next(const struct date_reader *r, size_t at, struct piece *p)
{
	size_t i = at, len;
	const struct lex_row *period = period_at(r, &i), *shift;

	if (period == NULL || period->value[0] == 'd' ||
		phrasebook_find(&r->line, i, LEX_AFTER, &len) == NULL)
		return false;
	i += len;
	date_links(r, &i);
	shift = phrasebook_find(&r->line, i, LEX_SHIFT, &len);
	if (shift == NULL || shift->number != 1 ||
		date_is(r, i + len, LEX_PERIOD))
		return false;
	p->end = i + len;
	return period_set(r, period->value[0], 2, p);
}

/* "la semaine prochaine", "mercredi dernier", "marzo scorso" */
static bool
named_shift_last(const struct date_reader *r, size_t at, struct piece *p)
{
	static const enum lex_kind kinds[] = { LEX_PERIOD, LEX_WEEKDAY,
		LEX_MONTH, LEX_SEASON };

	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		const struct lex_row *row;
		size_t len, end;

		if (phrasebook_find(&r->line, at, kinds[k], &len) == NULL)
			continue;
		end = at + len;
		row = shift_at(r, &end, 'a');
		if (row == NULL || !shifted(r, at, row, p))
			continue;
		if (p->end < end)
			p->end = end;
		if (kinds[k] == LEX_PERIOD && p->value.interval)
			weekday_of_week(r, (int)row->number, p);
		return true;
	}
	return false;
}

/* "3 semaines passées", "5 past years" */
static bool
several_shift_last(const struct date_reader *r, size_t at, struct piece *p)
{
	const struct lex_row *shift, *period;
	int64_t n;

	p->end = at;
	if (!date_amount(r, &p->end, &n))
		return false;
	shift = shift_at(r, &p->end, 'b');
	period = period_at(r, &p->end);
	if (shift == NULL && period != NULL)
		shift = shift_at(r, &p->end, 'a');
	return shift != NULL && period != NULL &&
	       (n == 1 || period->value[1] == '+') &&
	       period_set_several(
		       r, period->value[0], n, (int)shift->number, p);
}

bool
date_time(const struct date_reader *r, size_t *at, struct span_of_time *t)
{
	size_t i = *at;

	*t = (struct span_of_time){ 0 };
	for (int k = 0; k < AMOUNTS_MAX; k++) {
		const struct lex_row *period;
		int64_t n;

		if (k > 0 && (date_mark(r, i, ',') || date_is(r, i, LEX_AND)))
			i++;
		if (!date_amount(r, &i, &n) ||
			(period = period_at(r, &i)) == NULL ||
			!period_add(t, period->value[0], n))
			break;
		*at = i;
	}
	return t->finest != '\0';
}

/* "two years later", "a month earlier": from the date mentioned last. */
static bool
later(const struct date_reader *r, size_t at, const struct span_of_time *t,
	struct piece *p)
{
	size_t len;
	const struct lex_row *row =
		phrasebook_find(&r->line, at, LEX_LATER, &len);
	struct date_reader seen;

	/* "dos años después de" */
	if (row == NULL || date_is(r, at + len, LEX_LINK))
		return false;
	seen = from_context(r, row, t->finest);
	if (t->finest == 'y' && row->number < 0 && !date_has_doc(&seen))
		seen = *r; /* "up from a year earlier" */
	p->end = at + len;
	/* "in the third quarter, up from a year earlier": that quarter. */
	if (t->finest == 'y' && r->last.month >= EDTF_SEASON) {
		p->value.start = r->last;
		p->value.start.year =
			(int16_t)(r->last.year + row->number * t->months / 12);
		return civil_valid(p->value.start);
	}
	return date_has_doc(&seen) &&
	       period_set_distance(&seen, t, (int)row->number, p);
}

/* "three weeks ago", "vor drei Wochen", "hace un año", "in two months" */
static bool
distance(const struct date_reader *r, size_t at, struct piece *p)
{
	struct span_of_time t;
	size_t i = at, len;
	const struct lex_row *row;
	int sign = 0;

	if (phrasebook_find(&r->line, i, LEX_AGO_LEAD, &len) != NULL) {
		sign = -1;
		i += len;
	} else if ((row = phrasebook_find(&r->line, i, LEX_AHEAD, &len)) !=
		   NULL) {
		/* "in three years" may be how long it took. */
		if (row->value[0] == '!' && !date_is_future(r, at))
			return false;
		sign = 1;
		i += len;
	}
	if (!date_time(r, &i, &t))
		return false;
	if (sign == 0) {
		if (phrasebook_find(&r->line, i, LEX_AGO, &len) == NULL)
			return later(r, i, &t, p);
		sign = -1;
		i += len;
	}
	p->end = i;
	return period_set_distance(r, &t, sign, p);
}

/* "next year", "année prochaine" */
static bool
shift_year(const struct date_reader *r, size_t at, struct piece *p)
{
	size_t i = at;
	const struct lex_row *shift = shift_at(r, &i, 'b');
	const struct lex_row *period = period_at(r, &i);

	if (shift == NULL && period != NULL)
		shift = shift_at(r, &i, 'a');
	p->end = i;
	return shift != NULL && period != NULL && period->value[0] == 'y' &&
	       shifted_period(r, shift, period, p);
}

/* "said Monday that it will", "announced on Friday" */
static bool
told_before(const struct date_reader *r, size_t at)
{
	for (size_t back = 1; back <= 2 && back <= at; back++)
		if (date_is(r, at - back, LEX_TOLD) ||
			date_is(r, at - back, LEX_PAST))
			return true;
	return false;
}

/* "Wednesday": in news the one before, unless the sentence looks ahead. */
static bool
weekday_alone(const struct date_reader *r, size_t at, struct piece *p)
{
	size_t len, i;
	const struct lex_row *row =
		phrasebook_find(&r->line, at, LEX_WEEKDAY, &len);
	const struct lex_row *shift, *period;
	int64_t today = period_today(r);
	int back, weekday;

	if (row == NULL)
		return false;
	/* "Mo" and "sex" are words, "Sonntag" is a name. */
	if (at > 0 && !date_prep_before(r, at) &&
		((len == 1 && r->line.w[at].end - r->line.w[at].start < 4) ||
			phrasebook_setting(r->line.phrasebook, r->line.lang,
				LEX_NOUNS) == 'c'))
		return false;
	weekday = (int)row->number;
	p->end = i = at + len;
	/* "sexta" is the sixth, too. */
	if (strchr(row->value, '!') != NULL &&
		(!date_prep_before(r, at) ||
			(i < r->line.n && r->line.w[i].mark == 0 &&
				!date_is(r, i, LEX_AND))))
		return false;
	/* "Tuesday of next week" */
	date_links(r, &i);
	shift = shift_at(r, &i, 'b');
	period = period_at(r, &i);
	if (shift == NULL && period != NULL)
		shift = shift_at(r, &i, 'a');
	if (shift != NULL && period != NULL && period->value[0] == 'w') {
		period_set_day(p, period_monday(today) + 7 * shift->number +
					  (weekday + 6) % 7);
		p->end = i;
		return true;
	}
	back = (civil_weekday(r->doc) - weekday + 7) % 7;
	period_set_day(
		p, date_is_future(r, at) && !told_before(r, at) && back > 0
			   ? today - back + 7
			   : today - back);
	p->weekday = weekday;
	return true;
}

bool
date_relative_year(const struct date_reader *r, size_t *at, int *year)
{
	struct piece p;

	if (*at >= r->line.n || r->line.w[*at].digits >= 0 ||
		(r->line.w[*at].kinds &
			(LEX_BIT(LEX_RELATIVE) | LEX_BIT(LEX_SHIFT) |
				LEX_BIT(LEX_PERIOD))) == 0 ||
		!date_has_doc(r))
		return false;
	p = (struct piece){ .start = *at, .end = *at };
	if (!fixed(r, *at, &p) && !shift_year(r, *at, &p))
		return false;
	if (p.value.interval || p.value.start.month != 0 ||
		p.value.start.decade)
		return false;
	*year = p.value.start.year;
	*at = p.end;
	return true;
}

void
date_shift_after(const struct date_reader *r, struct piece *p)
{
	size_t end = p->end;
	const struct lex_row *row;
	struct piece d = *p;

	if (!date_has_doc(r) || p->kind != PIECE_DATE || p->year != 0)
		return;
	row = shift_at(r, &end, 'a');
	if (row == NULL || row->value[strlen(row->value) - 1] == 'b')
		return;
	if (shift_date(r, &d, (int)row->number, p))
		p->end = end;
}

bool
date_relative(const struct date_reader *r, size_t at, struct piece *p)
{
	static const struct date_sort sorts[] = {
		{ fixed, LEX_BIT(LEX_RELATIVE), false, 0 },
		{ shift_first, LEX_BIT(LEX_SHIFT), false, 0 },
		{ after_next, LEX_BIT(LEX_PERIOD), false, 0 },
		{ named_shift_last,
			LEX_BIT(LEX_PERIOD) | LEX_BIT(LEX_WEEKDAY) |
				LEX_BIT(LEX_MONTH) | LEX_BIT(LEX_SEASON),
			false, 0 },
		{ several_shift_last, DATE_NUMBERS, true, 0 },
		{ distance,
			DATE_NUMBERS | LEX_BIT(LEX_AGO_LEAD) |
				LEX_BIT(LEX_AHEAD),
			true, 0 },
		{ weekday_alone, LEX_BIT(LEX_WEEKDAY), false, 0 },
	};

	if (!date_has_doc(r) || at >= r->line.n)
		return false;
	for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++) {
		if (!date_sort_fits(&sorts[i], &r->line.w[at]))
			continue;
		*p = (struct piece){ .kind = PIECE_SPAN,
			.start = at,
			.end = at,
			.weekday = DATES_NO_WEEKDAY,
			.basis = BASIS_RELATIVE };
		if (sorts[i].read(r, at, p))
			return true;
	}
	return false;
}
