#include <ctype.h>
#include <stdlib.h>

#include "scan.h"
#include "words.h"

#define YEAR_MIN 1850
#define YEAR_MAX 2100

/* config/lang/LANG/dates.tsv: month, weekday, relative, link, range, prep. */
struct dates {
	struct arena *arena;
	struct word_table table;
};
struct dates_state {
	struct buffer tmp;
};

enum error_code
dates_open(const char *config_dir, struct hash *version, struct dates **out,
	struct error *err)
{
	struct dates *d = calloc(1, sizeof *d);
	enum error_code code;

	*out = d;
	if (d == NULL || (d->arena = arena_new((size_t)8 << 20)) == NULL)
		code = error_set(err, ERR_NOMEM, "dates");
	else
		code = words_load(
			&d->table, config_dir, "dates", d->arena, version, err);
	if (code != OK) {
		dates_free(d);
		*out = NULL;
	}
	return code;
}

void
dates_free(struct dates *d)
{
	if (d == NULL)
		return;
	arena_free(d->arena);
	free(d);
}

enum error_code
dates_state_new(
	const struct dates *d, struct dates_state **out, struct error *err)
{
	(void)d;
	*out = calloc(1, sizeof **out);
	if (*out == NULL)
		return error_set(err, ERR_NOMEM, "dates");
	buffer_init(&(*out)->tmp, 4096);
	return OK;
}

void
dates_state_free(struct dates_state *st)
{
	if (st == NULL)
		return;
	buffer_release(&st->tmp);
	free(st);
}

/* A day without year behind a weekday: the weekday tells the year. */
struct weekday_date {
	size_t mention;
	int weekday; /* 0 is Sunday */
	struct civil day;
};

#define WEEKDAY_DATES_MAX 256 /* of one document */

/* One sentence's words being read. */
struct reader {
	const struct dates *d;
	struct scan *s;
	const struct word *w;
	size_t n;
	struct civil doc; /* the document's day, year 0 if unknown */
	struct weekday_date *pending;
	size_t npending;
};

static const struct word_row *
row_at(const struct reader *r, size_t at, const char *type, size_t *len)
{
	const struct word_row *row;

	if (at >= r->n)
		return NULL;
	row = words_find(&r->d->table, r->w, r->n, at, NULL, len);
	return row != NULL && strcmp(row->type, type) == 0 ? row : NULL;
}

static bool
month_at(const struct reader *r, size_t *at, int *month)
{
	size_t len;
	const struct word_row *row = row_at(r, *at, "month", &len);

	if (row == NULL)
		return false;
	*month = atoi(row->value);
	*at += len;
	if (*at < r->n && r->w[*at].mark == '.' && !r->w[*at].space &&
		*at + 1 < r->n && r->w[*at + 1].digits >= 0)
		++*at;
	return true;
}

static bool
year_at(const struct reader *r, size_t *at, int *year)
{
	if (*at >= r->n || r->w[*at].ndigits != 4 ||
		r->w[*at].digits < YEAR_MIN || r->w[*at].digits > YEAR_MAX)
		return false;
	/* "2019,500" and "2024%" are no years. */
	if (*at + 1 < r->n && !r->w[*at + 1].space &&
		(r->w[*at + 1].mark == '%' ||
			(strchr(",.", r->w[*at + 1].mark) &&
				r->w[*at + 1].mark != 0 && *at + 2 < r->n &&
				!r->w[*at + 2].space &&
				r->w[*at + 2].digits >= 0)))
		return false;
	*year = (int)r->w[(*at)++].digits;
	return true;
}

static void
skip_links(const struct reader *r, size_t *at)
{
	size_t len;

	if (*at < r->n && r->w[*at].mark == ',')
		++*at;
	while (row_at(r, *at, "link", &len) != NULL)
		*at += len;
}

/* A day of a month: "14", "14th", "1er", "14.". */
static bool
day_at(const struct reader *r, size_t *at, int *day)
{
	static const char *const ends[] = { "st", "nd", "rd", "th", "er", "o",
		"a", "\xc2\xba" };
	const struct word *w;

	if (*at >= r->n)
		return false;
	w = &r->w[*at];
	if (w->digits < 1 || w->digits > 31 || w->ndigits > 2)
		return false;
	*day = (int)w->digits;
	++*at;
	if (*at < r->n && !r->w[*at].space) {
		if (r->w[*at].mark == '.')
			++*at;
		for (size_t i = 0; *at < r->n && i < 8; i++)
			if (strcmp(r->w[*at].fold, ends[i]) == 0 &&
				!r->w[*at].space) {
				++*at;
				break;
			}
		if (*at < r->n && !r->w[*at].space && r->w[*at].mark == '?')
			++*at;
	}
	return true;
}

struct found {
	struct edtf value;
	enum date_basis basis;
	size_t end; /* word behind it */
};

static struct civil
civil(int year, int month, int day)
{
	return (struct civil){ .year = (int16_t)year,
		.month = (uint8_t)month,
		.day = (uint8_t)day };
}

static bool
is_range(const struct reader *r, size_t at)
{
	size_t len;

	return at < r->n &&
	       (r->w[at].mark == '-' || row_at(r, at, "range", &len) != NULL);
}

/* "14/02/2024", "28.10.2021", "14/2", "(31/10)" */
static bool
numeric(const struct reader *r, size_t at, struct found *f)
{
	const struct word *w = r->w;
	int year = 0, day, month;
	char sep;

	if (at + 2 >= r->n || w[at].digits < 1 || w[at].ndigits > 2 ||
		w[at + 1].space || w[at + 2].space || w[at + 2].ndigits > 2 ||
		w[at + 2].digits < 1)
		return false;
	sep = w[at + 1].mark;
	if (sep != '/' && sep != '.')
		return false;
	day = (int)w[at].digits;
	month = (int)w[at + 2].digits;
	f->end = at + 3;
	if (f->end + 1 < r->n && w[f->end].mark == sep && !w[f->end].space &&
		!w[f->end + 1].space && w[f->end + 1].digits >= 0) {
		if (w[f->end + 1].ndigits == 4)
			year = (int)w[f->end + 1].digits;
		else if (w[f->end + 1].ndigits == 2)
			year = 2000 + (int)w[f->end + 1].digits;
		f->end += 2;
	} else if (sep == '.') {
		return false; /* "3.5" */
	} else if (at == 0 || w[at - 1].mark != '(') {
		return false; /* "1/2" of something */
	}
	if (month > 12) {
		int swap = day;

		day = month;
		month = swap;
	}
	f->value.start = civil(year, month, day);
	if (month > 12 || !civil_valid(civil(year ? year : 2024, month, day)))
		return false;
	f->basis = BASIS_EXPLICIT;
	return true;
}

/* A year behind links and a comma, or none. */
static void
year_behind(const struct reader *r, size_t *at, int *year)
{
	size_t k = *at;

	skip_links(r, &k);
	if (year_at(r, &k, year))
		*at = k;
}

/* "to 16", "and 16": the second day of one month. */
static bool
second_day(const struct reader *r, size_t *at, int *day)
{
	size_t k = *at + 1, len;

	if ((!is_range(r, *at) && row_at(r, *at, "and", &len) == NULL) ||
		!day_at(r, &k, day))
		return false;
	*at = k;
	return true;
}

/* "to 3 November [2023]": the other half has its own month. */
static bool
second_half(const struct reader *r, size_t *at, int *day, int *month, int *year)
{
	size_t k = *at + 1, len;
	int own = 0;

	if (!is_range(r, *at))
		return false;
	while (row_at(r, k, "link", &len) != NULL)
		k += len;
	if (!day_at(r, &k, day))
		return false;
	skip_links(r, &k);
	if (!month_at(r, &k, month))
		return false;
	year_behind(r, &k, &own);
	if (*year == 0)
		*year = own;
	*at = k;
	return true;
}

/* "14 [to 16] February [2024]", "27 October to 3 November 2023" */
static bool
day_month(const struct reader *r, size_t at, struct found *f)
{
	int day, day2 = 0, month = 0, month2 = 0, year = 0;
	size_t i = at;
	bool second;

	if (!day_at(r, &i, &day))
		return false;
	second = second_day(r, &i, &day2);
	skip_links(r, &i);
	if (!month_at(r, &i, &month))
		return false;
	year_behind(r, &i, &year);
	if (!second)
		second = second_half(r, &i, &day2, &month2, &year);
	if (!civil_valid(civil(year ? year : 2024, month, day)))
		return false;
	f->value.start = civil(year, month, day);
	if (second) {
		f->value.interval = true;
		f->value.end = civil(year, month2 ? month2 : month, day2);
	}
	f->basis = BASIS_EXPLICIT;
	f->end = i;
	return true;
}

/* "February 14, 2024", "October 2021", "February 14" */
static bool
month_first(const struct reader *r, size_t at, struct found *f)
{
	int day = 0, day2 = 0, month, year = 0;
	size_t i = at, k;
	bool second = false;

	if (!month_at(r, &i, &month))
		return false;
	k = i;
	if (day_at(r, &k, &day)) {
		i = k;
		if (is_range(r, k)) {
			k++;
			if (day_at(r, &k, &day2)) {
				second = true;
				i = k;
			}
		}
	}
	k = i;
	skip_links(r, &k);
	if (year_at(r, &k, &year))
		i = k;
	/* "May the network", "March" alone: no date without a number. */
	if (day == 0 && year == 0)
		return false;
	f->value.start = civil(year, month, day);
	if (second) {
		f->value.interval = true;
		f->value.end = civil(year, month, day2);
	}
	f->basis = BASIS_EXPLICIT;
	f->end = i;
	return true;
}

/* "2013", where a word of time or punctuation makes it one. */
static bool
year_alone(const struct reader *r, size_t at, struct found *f)
{
	size_t i = at, len, before = at;
	int year, year2;

	if (!year_at(r, &i, &year))
		return false;
	if (i < r->n && (row_at(r, i, "noun", &len) != NULL))
		return false;
	f->value.start = civil(year, 0, 0);
	f->basis = BASIS_EXPLICIT;
	f->end = i;
	if (i < r->n && r->w[i].mark == '-' && !r->w[i].space) {
		size_t k = i + 1;

		if (year_at(r, &k, &year2)) {
			f->value.interval = true;
			f->value.end = civil(year2, 0, 0);
			f->end = k;
			return true;
		}
	}
	if (before > 0) {
		for (size_t back = 1; back <= 2 && back <= before; back++)
			if (row_at(r, before - back, "prep", &len) != NULL &&
				len == back)
				return true;
		if (r->w[before - 1].mark == '(' ||
			r->w[before - 1].mark == ',')
			return true;
		return false;
	}
	/* "2021: Yeonsu" */
	return i < r->n && r->w[i].mark == ':';
}

static bool
has_year(const struct reader *r)
{
	return r->doc.year != 0 && r->doc.month != 0 && r->doc.day != 0;
}

/* "today", "yesterday", "last night": the document's day, never the
 * clock's. */
static bool
relative(const struct reader *r, size_t at, struct found *f)
{
	size_t len;
	const struct word_row *row = row_at(r, at, "relative", &len);
	int offset;

	if (row == NULL || !has_year(r))
		return false;
	offset = atoi(row->value);
	switch (row->value[strlen(row->value) - 1]) {
	case 'd':
		f->value.start =
			civil_from_days(civil_to_days(r->doc) + offset);
		break;
	case 'm':
		f->value.start = civil_add_months(r->doc, offset);
		f->value.start.day = 0;
		break;
	default:
		f->value.start = civil(r->doc.year + offset, 0, 0);
		break;
	}
	f->basis = BASIS_RELATIVE;
	f->end = at + len;
	return true;
}

/* A day or month without year takes the nearest year of the document's day;
 * a day of a past act is not after it. */
static void
complete(const struct reader *r, struct found *f)
{
	int64_t best = INT64_MAX, day;
	int year = 0;

	if (f->value.start.year != 0 || !has_year(r))
		return;
	for (int y = r->doc.year - 1; y <= r->doc.year + 1; y++) {
		struct civil c = civil(y, f->value.start.month,
			f->value.start.day ? f->value.start.day : 15);

		if (!civil_valid(c))
			continue;
		day = llabs(civil_to_days(c) - civil_to_days(r->doc));
		if (day < best) {
			best = day;
			year = y;
		}
	}
	f->value.start.year = (int16_t)year;
	if (f->value.interval)
		f->value.end.year = (int16_t)year;
	f->basis = BASIS_DOCUMENT;
}

static bool
find(const struct reader *r, size_t at, struct found *f)
{
	*f = (struct found){ 0 };
	return numeric(r, at, f) || day_month(r, at, f) ||
	       month_first(r, at, f) || year_alone(r, at, f) ||
	       relative(r, at, f);
}

static bool
weekday_before(const struct reader *r, size_t at, int *weekday)
{
	size_t len, before = at;
	const struct word_row *row;

	if (before > 0 && r->w[before - 1].mark == ',')
		before--;
	row = before > 0 ? row_at(r, before - 1, "weekday", &len) : NULL;
	if (row == NULL)
		return false;
	*weekday = atoi(row->value);
	return true;
}

static enum error_code
add(struct reader *r, size_t at, struct found *f)
{
	struct mention m = { .type = MENTION_DATE, .rule = "dates" };
	char edtf[EDTF_MAX];
	int weekday;

	complete(r, f);
	edtf_format(&f->value, edtf);
	m.start = r->w[at].start;
	m.end = r->w[f->end - 1].end;
	m.date.edtf = arena_strdup(r->s->arena, edtf);
	m.date.basis = f->basis;
	if (m.date.edtf == NULL)
		return ERR_NOMEM;
	if (f->value.start.year == 0 && !f->value.interval &&
		weekday_before(r, at, &weekday) &&
		r->npending < WEEKDAY_DATES_MAX)
		r->pending[r->npending++] = (struct weekday_date){ r->s->n,
			weekday, f->value.start };
	return scan_add(r->s, &m);
}

/* The first year named in the document in which that day is that weekday. */
static int
year_of_weekday(const struct scan *s, const struct weekday_date *w)
{
	for (size_t i = 0; i < s->n; i++) {
		struct edtf e;
		struct civil day = w->day;

		if (s->list[i].type != MENTION_DATE ||
			!edtf_parse(span_str(s->list[i].date.edtf), &e) ||
			e.start.year == 0)
			continue;
		day.year = e.start.year;
		if (civil_valid(day) && civil_weekday(day) == w->weekday)
			return e.start.year;
	}
	return 0;
}

static enum error_code
settle_weekdays(struct reader *r)
{
	for (size_t i = 0; i < r->npending; i++) {
		struct weekday_date *w = &r->pending[i];
		struct edtf value = { .start = w->day };
		char edtf[EDTF_MAX];
		int year = year_of_weekday(r->s, w);

		if (year == 0 || w->mention >= r->s->n)
			continue;
		value.start.year = (int16_t)year;
		edtf_format(&value, edtf);
		r->s->list[w->mention].date.edtf =
			arena_strdup(r->s->arena, edtf);
		r->s->list[w->mention].date.basis = BASIS_COMPUTED;
		if (r->s->list[w->mention].date.edtf == NULL)
			return ERR_NOMEM;
	}
	return OK;
}

enum error_code
dates_scan(const struct dates *d, struct dates_state *st, struct scan *s)
{
	struct reader r = { .d = d, .s = s };
	struct edtf doc;
	enum error_code code = OK;

	if (s->doc->published.edtf != NULL &&
		edtf_parse(span_str(s->doc->published.edtf), &doc) &&
		!doc.interval)
		r.doc = doc.start;
	r.pending = arena_array(s->arena, WEEKDAY_DATES_MAX, sizeof *r.pending);
	if (r.pending == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; code == OK && i < s->nsentences; i++) {
		r.w = words_split(s->doc->text, s->sentences[i].start,
			s->sentences[i].end, s->arena, &st->tmp, &r.n);
		if (r.w == NULL)
			return ERR_NOMEM;
		for (size_t at = 0; code == OK && at < r.n;) {
			struct found f;

			if (find(&r, at, &f)) {
				code = add(&r, at, &f);
				at = f.end;
			} else {
				at++;
			}
		}
	}
	return code == OK ? settle_weekdays(&r) : code;
}
