/*
 * Days, weeks, months and years counted from the document's day, which must
 * be known.  Each function sets p->value; those that give a bool are false
 * when the unit or the number is none that can be counted.  Units are those
 * of config: d w b f e m q y D.  Private to the readers of dates.
 */
#ifndef DL_EXTRACT_DATES_PERIODS_H
#define DL_EXTRACT_DATES_PERIODS_H

#include "dates_read.h"

/* An amount of time: "1 month and 21 days". */
struct span_of_time {
	int64_t days, months;
	char finest; /* unit */
};

int64_t
period_today(const struct date_reader *r);
/* The Monday of the week that day is in. */
int64_t
period_monday(int64_t day);
void
period_set_day(struct piece *p, int64_t day);
/* The period of that unit, offset from the one the document's day is in. */
bool
period_set(const struct date_reader *r, char unit, int offset, struct piece *p);
/* Only its rest from the document's day on ('r'), or up to it ('t'). */
void
period_cut(const struct date_reader *r, char how, struct piece *p);
/* "the last three weeks" (sign -1), "the next 2 days" (1). */
bool
period_set_several(const struct date_reader *r, char unit, int64_t n, int sign,
	struct piece *p);
bool
period_add(struct span_of_time *t, char unit, int64_t n);
/* "three weeks ago" (sign -1): a day for days and weeks, else only the month
 * or year that it falls in. */
bool
period_set_distance(const struct date_reader *r, const struct span_of_time *t,
	int sign, struct piece *p);
/* The weekday before (shift < 0) the document's day, of its week (0), or of a
 * week behind it. */
void
period_set_weekday(
	const struct date_reader *r, int weekday, int shift, struct piece *p);
/* The month or season before, around or behind it. */
void
period_set_month(
	const struct date_reader *r, int month, int shift, struct piece *p);
void
period_set_season(
	const struct date_reader *r, int season, int shift, struct piece *p);

#endif
