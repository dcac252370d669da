#include "dates_read.h"
#include "numbers.h"

#define LINKS_MAX  3	/* words between the parts of a date */
#define YEARS_FROM 1800 /* a number of four digits is rather a year */

bool
date_counts(const struct date_reader *r, size_t at)
{
	static const uint64_t counted =
		LEX_BIT(LEX_UNIT) | LEX_BIT(LEX_FRESH) | LEX_BIT(LEX_OTHERS);

	return at < r->line.n && (r->line.w[at].kinds & counted) != 0 &&
	       (date_is(r, at, LEX_UNIT) || date_is(r, at, LEX_FRESH) ||
		       date_is(r, at, LEX_OTHERS));
}

bool
date_prep_before(const struct date_reader *r, size_t at)
{
	size_t len;

	return phrasebook_find_before(&r->line, at, LEX_PREP, &len) != NULL ||
	       phrasebook_find_before(&r->line, at, LEX_BETWEEN, &len) != NULL;
}

void
date_links(const struct date_reader *r, size_t *at)
{
	size_t len;

	if (date_mark(r, *at, ','))
		++*at;
	for (int i = 0;
		i < LINKS_MAX && phrasebook_find(&r->line, *at, LEX_LINK, &len);
		i++)
		*at += len;
}

/* "1-jan", "01/Sep/2015", "Dec-2018" */
static void
joiner(const struct date_reader *r, size_t *at)
{
	if (date_hard(r, *at) && date_hard(r, *at + 1) &&
		(date_mark(r, *at, '-') || date_mark(r, *at, '/')))
		++*at;
	else
		date_links(r, at);
}

bool
date_day(const struct date_reader *r, size_t *at, int *day)
{
	const struct lexeme *w;
	struct number n;
	size_t len;

	if (*at >= r->line.n)
		return false;
	w = &r->line.w[*at];
	if (w->digits >= 0) {
		if (w->digits < 1 || w->digits > 31 || w->ndigits > 2)
			return false;
		*day = (int)w->digits;
		++*at;
		if (date_hard(r, *at) && date_mark(r, *at, '.'))
			++*at;
		if (number_has_suffix(&r->line, *at))
			++*at;
		return true;
	}
	if (w->kinds == 0)
		return false;
	if (phrasebook_find(&r->line, *at, LEX_ONE, &len) != NULL)
		n = (struct number){ .n = 1, .end = *at + len };
	else if (!number_read_ordinal(&r->line, *at, &n) &&
		 !number_read(&r->line, *at, &n))
		return false;
	if (n.n < 1 || n.n > 31)
		return false;
	*day = (int)n.n;
	*at = n.end;
	return true;
}

bool
date_month(const struct date_reader *r, size_t *at, int *month)
{
	size_t len;
	const struct lex_row *row =
		phrasebook_find(&r->line, *at, LEX_MONTH, &len);

	if (row == NULL)
		return false;
	*month = (int)row->number;
	*at += len;
	/* "12 Dec. 2018", but not the sentence's end. */
	if (date_hard(r, *at) && date_mark(r, *at, '.') &&
		*at + 1 < r->line.n && strlen(row->phrase) < 6 &&
		!r->line.w[*at + 1].upper)
		++*at;
	return true;
}

/* "duemilaventi", "nineteen seventy-eight" */
static bool
year_in_words(const struct date_reader *r, size_t *at, int *year)
{
	struct number n, rest;

	if (r->line.w[*at].kinds == 0 || !number_read(&r->line, *at, &n))
		return false;
	if (n.n >= 13 && n.n <= 20 && number_read(&r->line, n.end, &rest) &&
		rest.words && rest.n < 100 &&
		(rest.n >= 10 || rest.end > n.end + 1)) {
		n.n = n.n * 100 + rest.n;
		n.end = rest.end;
	}
	if (n.n < 1300 || n.n > DATES_YEAR_MAX)
		return false;
	*year = (int)n.n;
	*at = n.end;
	return true;
}

/* "8 Seotember 2022": day and year around a name that is nearly a month. */
static bool
misspelt_month(const struct date_reader *r, size_t *at, int *month)
{
	const struct lex_row *row;
	size_t i = *at + 1;
	int year;

	if (*at >= r->line.n ||
		(row = phrasebook_near_month(&r->line, *at)) == NULL)
		return false;
	date_links(r, &i);
	if (!date_year(r, &i, &year))
		return false;
	*month = (int)row->number;
	++*at;
	return true;
}

bool
date_year(const struct date_reader *r, size_t *at, int *year)
{
	const struct lexeme *w = r->line.w;
	size_t i = *at;

	if (i >= r->line.n)
		return false;
	if (w[i].apos && w[i].ndigits == 2) { /* "'19" */
		*year = (int)w[i].digits + (w[i].digits > 50 ? 1900 : 2000);
		++*at;
		return true;
	}
	if (w[i].digits < 0)
		return year_in_words(r, at, year);
	if (w[i].ndigits != 4 || w[i].digits < DATES_YEAR_MIN ||
		w[i].digits > DATES_YEAR_MAX)
		return false;
	/* "2019,500", "2024%" and "2013m" are no years. */
	if (date_hard(r, i + 1) &&
		(date_mark(r, i + 1, '%') ||
			((date_mark(r, i + 1, ',') ||
				 date_mark(r, i + 1, '.')) &&
				date_hard(r, i + 2) && w[i + 2].digits >= 0)))
		return false;
	*year = (int)w[i].digits;
	++*at;
	return true;
}

bool
date_linked_year(const struct date_reader *r, size_t *at, struct piece *p)
{
	size_t i = *at, len;

	if (date_mark(r, i, ',') ||
		(date_hard(r, i) && date_hard(r, i + 1) &&
			(date_mark(r, i, '-') || date_mark(r, i, '/'))))
		i++;
	for (int k = 0; k <= LINKS_MAX; k++) {
		bool beside = i == *at && r->line.w[i - 1].mark == 0;

		/* "seit Mai 2013 Mitglied": right beside a month it counts
		 * nothing. */
		if (date_year(r, &i, &p->year) &&
			((beside && p->year >= YEARS_FROM) ||
				!date_counts(r, i))) {
			*at = i;
			return true;
		}
		if (date_relative_year(r, &i, &p->year)) {
			p->basis = BASIS_RELATIVE;
			*at = i;
			return true;
		}
		if (phrasebook_find(&r->line, i, LEX_LINK, &len) == NULL)
			break;
		i += len;
	}
	p->year = 0;
	return false;
}

/* "of 87" behind day and month; without a link, "98" only where nothing that
 * it may count follows. */
static void
short_year(const struct date_reader *r, size_t *at, int *year)
{
	size_t i = *at;
	const struct lexeme *w;

	joiner(r, &i);
	if (*year != 0 || i >= r->line.n)
		return;
	w = &r->line.w[i];
	if (i == *at && i + 1 < r->line.n &&
		(w[1].mark == 0 || w[1].mark == '%' || w[1].mark == '/' ||
			lexeme_is_dash(&w[1])))
		return;
	if (w->ndigits != 2 || w->digits < 32 || date_counts(r, i + 1) ||
		(date_hard(r, i + 1) && w[1].mark != '.' && w[1].mark != ','))
		return;
	*year = (int)w->digits + (w->digits > 50 ? 1900 : 2000);
	*at = i + 1;
}

/* The number goes with what stands before it: "$12", "6,107.31". */
static bool
is_tail(const struct date_reader *r, size_t at)
{
	const struct lexeme *w = r->line.w;

	if (at == 0 || w[at].digits < 0)
		return false;
	return w[at - 1].mark == LEX_MONEY ||
	       (!w[at].space && at > 1 && w[at - 2].digits >= 0 &&
		       (w[at - 1].mark == ',' || w[at - 1].mark == '.'));
}

/* "de" between day, month and year in digits: "9 de 8 de 1971". */
static bool
number_link(const struct date_reader *r, size_t at)
{
	size_t len;
	const struct lex_row *row =
		phrasebook_find(&r->line, at, LEX_LINK, &len);

	return row != NULL && len == 1 && row->value[0] == 'n';
}

/* The month in digits, between two such links. */
static bool
month_number(const struct date_reader *r, size_t *at, int *month)
{
	const struct lexeme *w = r->line.w;
	size_t i = *at;

	if (i == 0 || i + 2 >= r->line.n || w[i].digits < 1 ||
		w[i].digits > 12 || w[i].ndigits > 2 ||
		!number_link(r, i - 1) || !number_link(r, i + 1) ||
		w[i + 2].ndigits != 4)
		return false;
	*month = (int)w[i].digits;
	++*at;
	return true;
}

/* "14 February [2024]", "1er mars", "the 4th of July" */
static bool
day_month(const struct date_reader *r, size_t at, struct piece *p)
{
	size_t i = at;

	if (is_tail(r, at) || !date_day(r, &i, &p->day))
		return false;
	joiner(r, &i);
	if (!date_month(r, &i, &p->month) &&
		!misspelt_month(r, &i, &p->month) &&
		!month_number(r, &i, &p->month))
		return false;
	(void)date_linked_year(r, &i, p); /* or none */
	short_year(r, &i, &p->year);
	p->kind = PIECE_DATE;
	p->end = i;
	return true;
}

/* "May", "march", "mars": a name or verb unless something says it is a
 * month. */
static bool
month_alone(const struct date_reader *r, size_t at, size_t end)
{
	const struct lexeme *w = &r->line.w[at];
	size_t range = 1, len;
	bool article = at > 0 && date_is(r, at - 1, LEX_LINK);

	/* "en el marco de" has no Portuguese month, "porte à sept le nombre" no
	 * September. */
	if ((w->kinds & LEX_FOREIGN) != 0 ||
		((w->kinds & LEX_BIT(LEX_NUMBER)) != 0 &&
			!(end < r->line.n && r->line.w[end].mark == '.')))
		return false;
	if (at > 1 && w[-1].mark == '-' && !w->space && /* "mid-April" */
		phrasebook_find_before(&r->line, at - 1, LEX_PHASE, &len))
		return true;
	if (w->end - w->start < 4 && !w->upper)
		return false;
	/* "enero-febrero de 2017", "d'avril à la fin de juin" */
	if (end < r->line.n &&
		(lexeme_is_dash(&r->line.w[end]) ||
			phrasebook_find(&r->line, end, LEX_RANGE, &range))) {
		size_t i = end + range;

		for (int k = 0;
			k < LINKS_MAX && i < r->line.n &&
			(r->line.w[i].kinds &
				(LEX_BIT(LEX_LINK) | LEX_BIT(LEX_PHASE))) != 0;
			k++)
			i++;
		if (date_is(r, i, LEX_MONTH))
			return true;
	}
	return date_prep_before(r, at) ||
	       (article && date_prep_before(r, at - 1));
}

/* The stop behind "March 28." is the sentence's, unless ordinals have one. */
static size_t
without_stop(const struct date_reader *r, size_t end)
{
	bool own = phrasebook_setting(r->line.phrasebook, r->line.lang,
			   LEX_ORDINAL_END) == '.';

	return end > 0 && r->line.w[end - 1].mark == '.' && !own ? end - 1
								 : end;
}

/* The day behind a month: in digits, or in a word that counts no thing: "en
 * agosto una candidatura", "em dezembro, a segunda" have none. */
static bool
day_behind(const struct date_reader *r, size_t *at, int *day)
{
	const bool comma = date_mark(r, *at, ',');
	size_t len;
	bool suffix;

	joiner(r, at);
	suffix = *at < r->line.n && number_has_suffix(&r->line, *at + 1);
	if (*at < r->line.n && r->line.w[*at].digits < 0 &&
		(comma ||
			phrasebook_find(&r->line, *at, LEX_ONE, &len) != NULL))
		return false;
	return date_day(r, at, day) && (suffix || !date_counts(r, *at)) &&
	       !(date_hard(r, *at) && date_mark(r, *at, '%'));
}

/* "February 14[, 2024]", "October 2021", "in March" */
static bool
month_first(const struct date_reader *r, size_t at, struct piece *p)
{
	size_t i = at, k;

	if (!date_month(r, &i, &p->month))
		return false;
	k = i;
	if (day_behind(r, &k, &p->day)) {
		p->kind = PIECE_DATE;
		i = without_stop(r, k);
	} else {
		p->kind = PIECE_MONTH;
		p->day = 0;
	}
	(void)date_linked_year(r, &i, p); /* or none */
	if (p->day == 0)
		short_year(r, &i, &p->year);
	p->end = i;
	return p->day != 0 || p->year != 0 || month_alone(r, at, i);
}

/* "2014-2018", "2014 to 2018", "2014/15" */
static bool
year_behind_range(const struct date_reader *r, size_t at, int first)
{
	size_t len = 1;
	int year;

	if (at >= r->line.n ||
		(!lexeme_is_dash(&r->line.w[at]) &&
			phrasebook_find(&r->line, at, LEX_RANGE, &len) ==
				NULL &&
			!date_mark(r, at, '~') &&
			!(r->line.w[at].mark == '/' && date_hard(r, at))))
		return false;
	at += len;
	if (at < r->line.n && r->line.w[at].ndigits == 2 &&
		r->line.w[at].digits == (first + 1) % 100)
		return date_hard(r, at) && !date_counts(r, at + 1);
	return at < r->line.n && r->line.w[at].ndigits == 4 &&
	       date_year(r, &at, &year) && year > first && !date_counts(r, at);
}

/* A word that only a year can follow: "since 2018 member of". */
static bool
since_before(const struct date_reader *r, size_t at)
{
	size_t len;
	const struct lex_row *row =
		phrasebook_find_before(&r->line, at, LEX_PREP, &len);

	return row != NULL && row->value[0] == '!';
}

/* "in 2000 cities", "vor 2000 Gästen"; but "in 2013 cities met": who counts
 * writes round numbers, or a mark in them. */
static bool
counts_as_number(const struct date_reader *r, size_t at, size_t end)
{
	const struct lexeme *w = r->line.w;
	bool round = w[at].digits % 100 == 0;

	if (w[at].digits < 1900 || round) {
		if (date_counts(r, end))
			return true;
		return end < r->line.n && w[end].upper && w[end].kinds == 0 &&
		       phrasebook_setting(r->line.phrasebook, r->line.lang,
			       LEX_NOUNS) == 'c';
	}
	return false;
}

/* "the 1992 campaign", "its 2019 results" */
static bool
year_of_noun(const struct date_reader *r, size_t at)
{
	const struct lexeme *w = &r->line.w[at];

	if (at == 0 || at + 1 >= r->line.n || w[0].digits < 1900 ||
		w[0].digits % 100 == 0 || w[1].mark != 0 || w[1].digits >= 0 ||
		!w[1].space)
		return false;
	if (!date_is(r, at - 1, LEX_ARTICLE) && !w[-1].apos)
		return false;
	/* "the 2012 Olympics", but "the 2030 Agenda" is a name. */
	return r->doc.year == 0 ? !w[1].upper : w[0].digits <= r->doc.year;
}

/* "2013" where a word of time or punctuation makes it one; "2014-2018". */
static bool
year_alone(const struct date_reader *r, size_t at, struct piece *p)
{
	const struct lexeme *w = r->line.w;
	size_t i = at;

	p->kind = PIECE_YEAR;
	if (w[at].digits < 0) /* "dal duemila" */
		return w[at].compound >= 1900 && since_before(r, at) &&
		       date_year(r, &p->end, &p->year);
	if (w[at].digits < DATES_YEAR_ALONE_MIN && !w[at].apos)
		return false;
	if (!date_year(r, &i, &p->year))
		return false;
	p->end = i;
	if (since_before(r, at))
		return true;
	if (date_prep_before(r, at))
		return !counts_as_number(r, at, i);
	/* "wurde 2013 gegründet": German needs no preposition. */
	if (w[at].digits >= 1900 && w[at].digits % 100 != 0 &&
		phrasebook_setting(
			r->line.phrasebook, r->line.lang, LEX_NOUNS) == 'c')
		return true;
	if (w[at].ndigits != 4 || date_counts(r, i))
		return false;
	if (year_of_noun(r, at))
		return true;
	if (year_behind_range(r, i, p->year))
		return true;
	if (at == 0) /* "2021: Yeonsu"; a cell or heading of its own */
		return i == r->line.n || date_mark(r, i, ':') ||
		       lexeme_is_dash(&w[i]);
	return w[at - 1].mark == '(' || w[at - 1].mark == ',';
}

/* "2016 November", "2017 Q1": the year before what it holds. */
static bool
year_first(const struct date_reader *r, size_t at, struct piece *p)
{
	size_t i = at;
	int year;

	if (r->line.w[at].ndigits != 4 || !date_year(r, &i, &year))
		return false;
	joiner(r, &i);
	date_links(r, &i);
	if (i >= r->line.n || r->line.w[i].kinds == 0)
		return false;
	*p = (struct piece){ .start = at,
		.weekday = DATES_NO_WEEKDAY,
		.basis = BASIS_EXPLICIT,
		.year = year };
	if (date_month(r, &i, &p->month)) {
		size_t k = i;
		bool joined = date_hard(r, at + 1); /* "2020/sep/23" */

		if (!joined &&
			r->line.w[i - 1].end - r->line.w[i - 1].start < 4)
			return false;
		p->kind = PIECE_MONTH;
		if (joined)
			joiner(r, &k);
		if (date_day(r, &k, &p->day) && !date_counts(r, k)) {
			p->kind = PIECE_DATE;
			i = without_stop(r, k);
		}
		p->year = year;
		p->end = i;
		return true;
	}
	if (!date_quarter(r, i, p) && !date_season(r, i, p))
		return false;
	p->start = at;
	return p->year == year;
}

/* ---- weekdays ---- */

bool
date_bare_day(const struct date_reader *r, size_t at, struct piece *p)
{
	const struct lexeme *w = r->line.w;

	*p = (struct piece){ .start = at,
		.end = at,
		.kind = PIECE_DAY,
		.weekday = DATES_NO_WEEKDAY,
		.basis = BASIS_EXPLICIT };
	if (!date_day(r, &p->end, &p->day) ||
		(date_counts(r, p->end) && !date_is(r, p->end, LEX_PERIOD)))
		return false;
	if (w[at].digits < 0)
		return true;
	return !(date_hard(r, p->end) &&
		 (date_mark(r, p->end, '%') || date_mark(r, p->end, '/') ||
			 (p->end < r->line.n && w[p->end].mark == 0)));
}

/* "Wednesday, 14 February", "mardi 12", "Dienstag, der 25." */
static bool
weekday_date(const struct date_reader *r, size_t at, struct piece *p)
{
	size_t len, i;
	const struct lex_row *row =
		phrasebook_find(&r->line, at, LEX_WEEKDAY, &len);

	if (row == NULL)
		return false;
	i = at + len;
	if (date_hard(r, i) && date_mark(r, i, '.'))
		i++;
	if (date_mark(r, i, '(') && date_hard(r, i + 1))
		i++; /* "nesta quarta-feira (14/2)" */
	else
		date_links(r, &i);
	if (i >= r->line.n)
		return false;
	*p = (struct piece){ .start = at,
		.weekday = DATES_NO_WEEKDAY,
		.basis = BASIS_EXPLICIT };
	if (date_numeric(r, i, p) || day_month(r, i, p) ||
		month_first(r, i, p)) {
		if (p->day == 0)
			return false;
	} else {
		struct piece day;

		if (!date_bare_day(r, i, p) || !date_has_doc(r))
			return false;
		p->end = without_stop(r, p->end);
		/* "Thursday, the 10th anniversary" */
		day = *p;
		day.weekday = (int)row->number;
		if (!date_resolve(r, &day))
			return false;
	}
	/* In brackets the mention is the date alone. */
	p->start = date_mark(r, i - 1, '(') ? i : at;
	p->weekday = (int)row->number;
	return true;
}

bool
date_absolute(const struct date_reader *r, size_t at, struct piece *p)
{
	static const struct date_sort sorts[] = {
		{ weekday_date, LEX_BIT(LEX_WEEKDAY), false, 0 },
		{ date_apart, DATE_NUMBERS | LEX_BIT(LEX_AHEAD), true,
			LEX_BIT(LEX_BEFORE) | LEX_BIT(LEX_AFTER) |
				LEX_BIT(LEX_FROM) },
		{ date_counted, DATE_NUMBERS | LEX_BIT(LEX_SHIFT), true,
			LEX_BIT(LEX_PERIOD) | LEX_BIT(LEX_WEEKDAY) },
		{ date_week_of, LEX_BIT(LEX_PERIOD), false, 0 },
		{ date_holiday, LEX_BIT(LEX_HOLIDAY), false, 0 },
		{ date_part_of_year, LEX_BIT(LEX_SHIFT), true,
			LEX_BIT(LEX_QUARTER) | LEX_BIT(LEX_HALF) |
				LEX_BIT(LEX_SEASON) },
		{ date_numeric, 0, true, 0 },
		{ day_month, DATE_NUMBERS, true, 0 },
		{ month_first, LEX_BIT(LEX_MONTH), false, 0 },
		{ date_decade, LEX_BIT(LEX_DECADE) | LEX_BIT(LEX_DECADE_LEAD),
			true, 0 },
		{ date_quarter,
			DATE_NUMBERS | LEX_BIT(LEX_QUARTER) | LEX_BIT(LEX_HALF),
			true, 0 },
		{ date_season, LEX_BIT(LEX_SEASON), false, 0 },
		{ year_first, 0, true, 0 },
		{ year_alone, LEX_BIT(LEX_NUMBER), true, 0 },
	};
	const struct lexeme *w;

	if (at >= r->line.n)
		return false;
	w = &r->line.w[at];
	for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++) {
		if (!date_sort_fits(&sorts[i], w) ||
			(sorts[i].needs != 0 &&
				(r->line.kinds & sorts[i].needs) == 0))
			continue;
		*p = (struct piece){ .start = at,
			.end = at,
			.weekday = DATES_NO_WEEKDAY,
			.basis = BASIS_EXPLICIT };
		if (sorts[i].read(r, at, p))
			return true;
	}
	return false;
}
