/*
 * Reading of dates, between dates.c (a document, its sentences) and the files
 * that know one sort each:
 *   dates_absolute.c  days, months, years, weekdays
 *   dates_parts.c     quarters, halves, seasons, decades
 *   dates_numeric.c   "14/02/2024", "2024-02-14", "28.10.21"
 *   dates_relative.c  what counts from the document's day, in words;
 *   dates_periods.c   the same in the calendar
 *   dates_counted.c   "the first week of March", "two weeks before 3 May"
 *   dates_holidays.c  days that have names
 *   dates_ranges.c    two of those joined
 *   dates_resolve.c   years that are not said; EDTF
 * Private to extract.
 */
#ifndef DL_EXTRACT_DATES_READ_H
#define DL_EXTRACT_DATES_READ_H

#include "phrasebook.h"

#define DATES_YEAR_MIN	     1000
#define DATES_YEAR_ALONE_MIN 1800 /* less is a number more often */
#define DATES_YEAR_MAX	     2100
#define DATES_LIST_MAX	     6	/* days of one month: "14, 21 and 28 May" */
#define EDTF_SEASON	     21 /* ISO 8601-2: spring; 21 to 24 */
#define EDTF_QUARTER	     33 /* 33 to 36 */
#define DATES_NO_WEEKDAY     (-1)

struct date_reader {
	struct lexeme_line line;
	struct civil doc;  /* the document's day, year 0 if unknown */
	struct civil last; /* the date mentioned last, or year 0 */
	bool month_first;  /* "2/14/2024" */
	bool inner;	   /* within a date: none that holds others begins */
};

enum piece_kind {
	PIECE_DAY,   /* a day of a month not said: "27" of "27 to 29 May" */
	PIECE_DATE,  /* day and month, perhaps a year */
	PIECE_MONTH, /* perhaps with a year */
	PIECE_YEAR,
	PIECE_PART, /* quarter or season: month is its EDTF code */
	PIECE_SPAN  /* value is complete */
};

/* One date as far as its words tell it. */
struct piece {
	enum piece_kind kind;
	int year, month, day; /* 0: not said */
	int weekday;	      /* 0 is Sunday, or DATES_NO_WEEKDAY */
	struct edtf value;    /* of PIECE_SPAN */
	enum date_basis basis;
	size_t start, end; /* lexemes */
};

static inline struct civil
civil_of(int year, int month, int day)
{
	return (struct civil){ .year = (int16_t)year,
		.month = (uint8_t)month,
		.day = (uint8_t)day };
}

/* The lexeme at is hard behind the one before it. */
static inline bool
date_hard(const struct date_reader *r, size_t at)
{
	return at < r->line.n && !r->line.w[at].space;
}

static inline bool
date_mark(const struct date_reader *r, size_t at, char mark)
{
	return at < r->line.n && r->line.w[at].mark == mark;
}

static inline bool
date_is(const struct date_reader *r, size_t at, enum lex_kind kind)
{
	size_t len;

	return phrasebook_find(&r->line, at, kind, &len) != NULL;
}

/* The document's day is known. */
static inline bool
date_has_doc(const struct date_reader *r)
{
	return r->doc.year != 0 && r->doc.day != 0;
}

/* A sort of date, and what its first lexeme is: a word of those kinds, or a
 * number in digits; and what else the sentence has. */
struct date_sort {
	bool (*read)(const struct date_reader *, size_t, struct piece *);
	uint64_t kinds;
	bool digits;
	uint64_t needs; /* one of them is in the sentence; 0: nothing */
};

#define DATE_NUMBERS                                                           \
	(LEX_BIT(LEX_NUMBER) | LEX_BIT(LEX_ONE) | LEX_BIT(LEX_SCALE) |         \
		LEX_BIT(LEX_ORDINAL))

/* What begins with that lexeme is of the sort, if it is a date at all. */
static inline bool
date_sort_fits(const struct date_sort *sort, const struct lexeme *w)
{
	return w->digits < 0 ? (w->kinds & sort->kinds) != 0 : sort->digits;
}

/* ---- dates_absolute.c ---- */
/* Each moves *at behind what it read, or leaves it. */
bool
date_day(const struct date_reader *r, size_t *at, int *day);
bool
date_month(const struct date_reader *r, size_t *at, int *month);
bool
date_year(const struct date_reader *r, size_t *at, int *year);
void
date_links(const struct date_reader *r, size_t *at);
/* A noun that is counted stands there: "10 cities" is no tenth. */
bool
date_counts(const struct date_reader *r, size_t at);
bool
date_absolute(const struct date_reader *r, size_t at, struct piece *p);
/* A bare day of a month: "27", "the 3rd". */
bool
date_bare_day(const struct date_reader *r, size_t at, struct piece *p);
/* A word before it makes a number or name a date: "in", "since". */
bool
date_prep_before(const struct date_reader *r, size_t at);

/* A year behind links: "of 2024", "de l'année prochaine". */
bool
date_linked_year(const struct date_reader *r, size_t *at, struct piece *p);

/* ---- dates_parts.c ---- */
/* "Q3 2025", "second half of 2025" */
bool
date_quarter(const struct date_reader *r, size_t at, struct piece *p);
/* "summer 2025" */
bool
date_season(const struct date_reader *r, size_t at, struct piece *p);
/* "the 1990s", "nineties", "années 1970", "80er Jahre", "anni trenta" */
bool
date_decade(const struct date_reader *r, size_t at, struct piece *p);

/* ---- dates_numeric.c ---- */
bool
date_numeric(const struct date_reader *r, size_t at, struct piece *p);

/* ---- dates_counted.c ---- */
/* "the first week of March 2021", "last Monday in May" */
bool
date_counted(const struct date_reader *r, size_t at, struct piece *p);
/* "the week of 10 April" */
bool
date_week_of(const struct date_reader *r, size_t at, struct piece *p);
/* "two weeks before 3 May", "three days from now" */
bool
date_apart(const struct date_reader *r, size_t at, struct piece *p);
/* "last year's third quarter", "2012's first half" */
bool
date_part_of_year(const struct date_reader *r, size_t at, struct piece *p);

/* ---- dates_holidays.c ---- */
/* "Easter Monday 2019", "Christmas" */
bool
date_holiday(const struct date_reader *r, size_t at, struct piece *p);

/* ---- dates_relative.c ---- */
/* "three weeks", "2 years, 1 month and 21 days" */
struct span_of_time;
bool
date_time(const struct date_reader *r, size_t *at, struct span_of_time *t);
/* A number of things, or "a". */
bool
date_amount(const struct date_reader *r, size_t *at, int64_t *n);
bool
date_relative(const struct date_reader *r, size_t at, struct piece *p);
/* "next year", "l'an dernier": *at moves behind it. */
bool
date_relative_year(const struct date_reader *r, size_t *at, int *year);
/* "dernier" behind "14 février": the date is before the document's day. */
void
date_shift_after(const struct date_reader *r, struct piece *p);

/* ---- dates_ranges.c ---- */
/* Any one date at that place, joined with nothing. */
bool
date_one(const struct date_reader *r, size_t at, struct piece *p);
/* The date at, joined with what follows it; false if none stands there. */
bool
date_read(const struct date_reader *r, size_t at, struct piece *p);

/* ---- dates_resolve.c ---- */
/* What the words around l.w[at] speak of: the nearest before it decides. */
bool
date_is_future(const struct date_reader *r, size_t at);
bool
date_is_past(const struct date_reader *r, size_t at);
/* Fills in what the document's day tells and makes the value; false if the
 * words name no day that there is. */
bool
date_resolve(const struct date_reader *r, struct piece *p);
/* The same of a date that becomes a mention: its words take in "late" and
 * "the" before them, but none before w[from], and r remembers it. */
bool
date_take(struct date_reader *r, size_t from, struct piece *p);
/* A day of a month before (past) or behind the document's day. */
struct civil
date_nearest(const struct date_reader *r, int month, int day, bool past);

#endif
