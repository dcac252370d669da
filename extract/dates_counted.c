/* Dates counted out: "the first week of March", "two weeks before 3 May". */
#include <string.h>

#include "dates_periods.h"
#include "numbers.h"

#define HOLDER_LINKS_MAX 4  /* "du mois de l'" */
#define PERIODS_MAX	 53 /* of one holder: weeks of a year */

/* Which of them, and how many: "the last three weeks". */
struct which {
	int nth;	 /* from 1, or -1 for the last */
	int64_t several; /* 0: not said, so one */
	bool words;
};

/* "first", "3rd", "last" */
static bool
read_nth(const struct date_reader *r, size_t *at, struct which *w)
{
	struct number n;
	size_t len;
	const struct lex_row *shift;

	if (number_read_ordinal(&r->line, *at, &n) && n.n >= 1 &&
		n.n <= PERIODS_MAX) {
		w->nth = (int)n.n;
		*at = n.end;
		return true;
	}
	shift = phrasebook_find(&r->line, *at, LEX_SHIFT, &len);
	if (shift == NULL || shift->number != -1 ||
		strpbrk(shift->value, "cC") != NULL)
		return false;
	w->nth = -1;
	*at += len;
	return true;
}

/* "the last three", "les trois premières" */
static bool
read_which(const struct date_reader *r, size_t *at, struct which *w)
{
	size_t i = *at;
	int64_t n;

	*w = (struct which){ 0 };
	if (read_nth(r, &i, w)) {
		(void)date_amount(r, &i, &w->several); /* or one */
	} else {
		if (!date_amount(r, &i, &n) || !read_nth(r, &i, w))
			return false;
		w->several = n;
	}
	*at = i;
	return w->several <= PERIODS_MAX;
}

static bool
holder_at(const struct date_reader *r, size_t at, struct piece *h)
{
	bool found = date_absolute(r, at, h) &&
		     (h->kind == PIECE_MONTH || h->kind == PIECE_YEAR) &&
		     date_resolve(r, h);

	if (!found)
		found = date_relative(r, at, h) && !h->value.interval;
	return found && h->value.start.year != 0 && h->value.start.day == 0 &&
	       h->value.start.month <= 12 && !h->value.start.decade;
}

/* The month or year that holds them: "of March 2021", "of next year". */
static bool
read_holder(const struct date_reader *r, size_t *at, struct piece *h)
{
	struct date_reader inner = *r;
	size_t i = *at, len;

	inner.inner = true;
	/* "année" may link, or be what holds */
	for (int k = 0; k < HOLDER_LINKS_MAX &&
			phrasebook_find(&r->line, i, LEX_LINK, &len) != NULL;
		k++) {
		i += len;
		if (holder_at(&inner, i, h)) {
			*at = h->end;
			return true;
		}
	}
	return false;
}

static void
set_days(struct piece *p, int64_t first, int64_t last)
{
	p->value = (struct edtf){ .start = civil_from_days(first) };
	if (last > first) {
		p->value.interval = true;
		p->value.end = civil_from_days(last);
	}
}

/* Days since the epoch of the holder's first day and of the one behind it. */
static void
bounds(struct civil h, int64_t *first, int64_t *behind)
{
	*first = civil_to_days(civil_of(h.year, h.month ? h.month : 1, 1));
	if (h.month != 0) {
		struct civil next = h;

		next.day = 1;
		*behind = civil_to_days(civil_add_months(next, 1));
	} else {
		*behind = civil_to_days(civil_of(h.year + 1, 1, 1));
	}
}

/* Weeks as ISO 8601 counts them: the first is that with a Thursday. */
static bool
set_weeks(struct civil h, const struct which *w, struct piece *p)
{
	int64_t first, behind, n = w->several > 0 ? w->several : 1, from;

	bounds(h, &first, &behind);
	first = period_monday(first + 3);   /* of the first week */
	behind = period_monday(behind + 3); /* of the one behind the last */
	from = w->nth < 0 ? behind - 7 * n : first + 7 * (w->nth - 1LL);
	if (from < first || from + 7 * n > behind)
		return false;
	set_days(p, from, from + 7 * n - 1);
	return true;
}

static bool
set_counted_days(struct civil h, const struct which *w, struct piece *p)
{
	int64_t first, behind, n = w->several > 0 ? w->several : 1, from;

	bounds(h, &first, &behind);
	from = w->nth < 0 ? behind - n : first + w->nth - 1;
	if (from + n > behind)
		return false;
	set_days(p, from, from + n - 1);
	return true;
}

static bool
set_months(struct civil h, const struct which *w, struct piece *p)
{
	int n = w->several > 0 ? (int)w->several : 1;
	int from = w->nth < 0 ? 13 - n : w->nth;

	if (h.month != 0 || from < 1 || from + n > 13)
		return false;
	p->value = (struct edtf){ .start = civil_of(h.year, from, 0),
		.interval = n > 1 };
	if (n > 1)
		p->value.end = civil_of(h.year, from + n - 1, 0);
	return true;
}

/* The nth such weekday of the month. */
static bool
set_weekday(struct civil h, const struct which *w, int weekday, struct piece *p)
{
	int64_t first, behind, day;

	if (h.month == 0 || w->several > 0)
		return false;
	bounds(h, &first, &behind);
	if (w->nth < 0) {
		day = behind - 1;
		day -= (civil_weekday(civil_from_days(day)) - weekday + 7) % 7;
	} else {
		day = first +
		      (weekday - civil_weekday(civil_from_days(first)) + 7) %
			      7 +
		      7 * (w->nth - 1LL);
	}
	if (day >= behind)
		return false;
	set_days(p, day, day);
	return true;
}

bool
date_counted(const struct date_reader *r, size_t at, struct piece *p)
{
	const struct lex_row *unit, *weekday = NULL;
	struct piece h;
	struct which w;
	size_t i = at, len;

	if (r->inner || !read_which(r, &i, &w))
		return false;
	unit = phrasebook_find(&r->line, i, LEX_PERIOD, &len);
	if (unit == NULL)
		weekday = phrasebook_find(&r->line, i, LEX_WEEKDAY, &len);
	if (unit == NULL && weekday == NULL)
		return false;
	i += len;
	if (!read_holder(r, &i, &h))
		return false;
	p->kind = PIECE_SPAN;
	p->end = i;
	p->basis = h.basis;
	if (weekday != NULL)
		return set_weekday(h.value.start, &w, (int)weekday->number, p);
	if (unit->value[0] == 'd')
		return set_counted_days(h.value.start, &w, p);
	if (unit->value[0] == 'w')
		return set_weeks(h.value.start, &w, p);
	return unit->value[0] == 'm' && set_months(h.value.start, &w, p);
}

bool
date_week_of(const struct date_reader *r, size_t at, struct piece *p)
{
	size_t len, i = at;
	const struct lex_row *row =
		phrasebook_find(&r->line, i, LEX_PERIOD, &len);
	struct date_reader inner = *r;
	struct piece d;
	int64_t monday;

	inner.inner = true;
	if (r->inner || row == NULL || row->value[0] != 'w' ||
		row->value[1] == '+')
		return false;
	i += len;
	if (phrasebook_find(&r->line, i, LEX_STARTING, &len) != NULL)
		i += len;
	else
		date_links(r, &i);
	if (i == at + 1 || i >= r->line.n || !date_absolute(&inner, i, &d) ||
		d.kind != PIECE_DATE || !date_resolve(r, &d) ||
		d.value.start.year == 0)
		return false;
	monday = period_monday(civil_to_days(d.value.start));
	p->kind = PIECE_SPAN;
	p->end = d.end;
	p->basis = d.basis;
	set_days(p, monday, monday + 6);
	return true;
}

/* Before (-1) or behind it (1); 0: no word that counts from a date. */
static int
direction(const struct date_reader *r, size_t *at)
{
	static const struct {
		enum lex_kind kind;
		int sign;
	} words[] = { { LEX_BEFORE, -1 }, { LEX_AFTER, 1 }, { LEX_FROM, 1 } };
	size_t len;

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (phrasebook_find(&r->line, *at, words[i].kind, &len) !=
			NULL) {
			*at += len;
			return words[i].sign;
		}
	return 0;
}

bool
date_apart(const struct date_reader *r, size_t at, struct piece *p)
{
	struct span_of_time t;
	struct date_reader from = *r;
	struct piece d;
	size_t i = at, len;
	int sign;

	if (phrasebook_find(&r->line, i, LEX_AHEAD, &len) != NULL)
		i += len;
	if (r->inner || !date_time(r, &i, &t))
		return false;
	from.inner = true;
	sign = direction(r, &i);
	if (sign == 0)
		return false;
	date_links(r, &i);
	if (phrasebook_find(&r->line, i, LEX_NOW, &len) != NULL) {
		if (!date_has_doc(r))
			return false;
		p->end = i + len;
		p->basis = BASIS_RELATIVE;
	} else {
		if (!date_one(&from, i, &d) || !date_resolve(r, &d) ||
			d.value.interval || d.value.start.day == 0 ||
			d.value.start.year == 0)
			return false;
		/* "64 days from 1 March to 3 May" is how long. */
		if (d.end < r->line.n && (lexeme_is_dash(&r->line.w[d.end]) ||
						 date_is(r, d.end, LEX_RANGE)))
			return false;
		from.doc = d.value.start;
		p->end = d.end;
		p->basis = d.basis;
	}
	p->kind = PIECE_SPAN;
	return period_set_distance(&from, &t, sign, p);
}

/* "'s" behind a year. */
static bool
possessive(const struct date_reader *r, size_t *at)
{
	const struct lexeme *w = &r->line.w[*at];

	if (*at >= r->line.n || !w->apos || w->space ||
		w->end - w->start != 1 || r->line.text.ptr[w->start] != 's')
		return false;
	++*at;
	return true;
}

bool
date_part_of_year(const struct date_reader *r, size_t at, struct piece *p)
{
	size_t i = at;
	struct piece part = *p;
	int year;

	if (r->inner)
		return false;
	if (!(r->line.w[at].ndigits == 4 && date_year(r, &i, &year)) &&
		!date_relative_year(r, &i, &year))
		return false;
	if (!possessive(r, &i) || i >= r->line.n)
		return false;
	part.year = year;
	part.basis = r->line.w[at].digits < 0 ? BASIS_RELATIVE : p->basis;
	part.start = at;
	if (!date_quarter(r, i, &part) && !date_season(r, i, &part))
		return false;
	*p = part;
	return part.year == year;
}
