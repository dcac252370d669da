#include "date.h"

#include <stdio.h>
#include <string.h>

#define MONTH_SEASON_FIRST  21 /* ISO 8601-2: spring ... winter */
#define MONTH_SEASON_LAST   24
#define MONTH_QUARTER_FIRST 33
#define MONTH_QUARTER_LAST  36
#define LEAP_YEAR	    2000 /* stands in when the year is unknown */

static bool
is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int
civil_days_in_month(int year, int month)
{
	static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };

	if (month < 1 || month > 12)
		return 0;
	return days[month - 1] + (month == 2 && is_leap(year));
}

static bool
is_part_of_year(int month)
{
	return (month >= MONTH_SEASON_FIRST && month <= MONTH_SEASON_LAST) ||
	       (month >= MONTH_QUARTER_FIRST && month <= MONTH_QUARTER_LAST);
}

bool
civil_valid(struct civil d)
{
	if (d.year < 0 || d.year > 9999)
		return false;
	if (d.decade)
		return d.year > 0 && d.year % 10 == 0 && d.month == 0 &&
		       d.day == 0;
	if (d.month == 0)
		return d.year > 0 && d.day == 0;
	if (is_part_of_year(d.month))
		return d.year > 0 && d.day == 0;
	if (d.month > 12)
		return false;
	return d.day <=
	       civil_days_in_month(d.year > 0 ? d.year : LEAP_YEAR, d.month);
}

/* Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
int64_t
civil_to_days(struct civil d)
{
	int y = d.year - (d.month <= 2);
	int era = (y >= 0 ? y : y - 399) / 400;
	unsigned yoe = (unsigned)(y - era * 400);
	unsigned mp = (unsigned)(d.month + (d.month > 2 ? -3 : 9));
	unsigned doy = (153 * mp + 2) / 5 + d.day - 1;
	unsigned doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return (int64_t)era * 146097 + (int64_t)doe - 719468;
}

struct civil
civil_from_days(int64_t days)
{
	int64_t z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	unsigned doe = (unsigned)(z - era * 146097);
	unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	unsigned mp = (5 * doy + 2) / 153;
	unsigned month = mp < 10 ? mp + 3 : mp - 9;

	return (struct civil){
		.year = (int16_t)((int64_t)yoe + era * 400 + (month <= 2)),
		.month = (uint8_t)month,
		.day = (uint8_t)(doy - (153 * mp + 2) / 5 + 1),
	};
}

int
civil_weekday(struct civil d)
{
	int64_t days = civil_to_days(d) + 4; /* 1970-01-01 is a Thursday */

	return (int)((days % 7 + 7) % 7);
}

struct civil
civil_add_months(struct civil d, int months)
{
	int total = d.year * 12 + (d.month > 0 ? d.month - 1 : 0) + months;
	int last;

	d.year = (int16_t)(total / 12);
	if (d.month == 0)
		return d;
	d.month = (uint8_t)(total % 12 + 1);
	last = civil_days_in_month(d.year, d.month);
	if (d.day > last)
		d.day = (uint8_t)last;
	return d;
}

/* Exactly width digits at text[at]. */
static bool
digits(struct span text, size_t at, size_t width, int *out)
{
	int value = 0;

	if (at + width > text.len)
		return false;
	for (size_t i = at; i < at + width; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
		value = value * 10 + (text.ptr[i] - '0');
	}
	*out = value;
	return true;
}

static bool
parse_civil(struct span text, struct civil *out)
{
	struct civil d = { 0 };
	int year = 0, month = 0, day = 0;

	if (text.len == 4 && text.ptr[3] == 'X' && digits(text, 0, 3, &year)) {
		d.year = (int16_t)(year * 10);
		d.decade = true;
		*out = d;
		return civil_valid(d);
	}
	if (!span_starts_with(text, "XXXX") && !digits(text, 0, 4, &year))
		return false;
	if (text.len > 4 && (text.ptr[4] != '-' ||
				    !digits(text, 5, 2, &month) || month == 0))
		return false;
	if (text.len > 7 &&
		(text.ptr[7] != '-' || !digits(text, 8, 2, &day) || day == 0))
		return false;
	if (text.len != 4 && text.len != 7 && text.len != 10)
		return false;
	if (year == 0 && !span_starts_with(text, "XXXX"))
		return false;
	d.year = (int16_t)year;
	d.month = (uint8_t)month;
	d.day = (uint8_t)day;
	*out = d;
	return civil_valid(d);
}

bool
edtf_parse(struct span text, struct edtf *out)
{
	struct span rest = text, first, second;
	struct edtf e = { 0 };

	if (text.len == 0 || !span_split(&rest, '/', &first))
		return false;
	if (rest.ptr == NULL) {
		if (!parse_civil(first, &e.start))
			return false;
		*out = e;
		return true;
	}
	second = rest;
	e.interval = true;
	e.open_start = span_eq_str(first, "..");
	e.open_end = span_eq_str(second, "..");
	if (e.open_start && e.open_end)
		return false;
	if (!e.open_start && !parse_civil(first, &e.start))
		return false;
	if (!e.open_end && !parse_civil(second, &e.end))
		return false;
	*out = e;
	return true;
}

/* 32 is the least width that lets the compiler see the ints fit. */
static int
format_civil(struct civil d, char *out, size_t room)
{
	if (d.decade)
		return snprintf(out, room, "%03dX", d.year / 10 % 1000);
	if (d.month == 0)
		return snprintf(out, room, "%04d", d.year % 10000);
	if (d.year == 0 && d.day == 0)
		return snprintf(out, room, "XXXX-%02d", d.month % 100);
	if (d.year == 0)
		return snprintf(out, room, "XXXX-%02d-%02d", d.month % 100,
			d.day % 100);
	if (d.day == 0)
		return snprintf(
			out, room, "%04d-%02d", d.year % 10000, d.month % 100);
	return snprintf(out, room, "%04d-%02d-%02d", d.year % 10000,
		d.month % 100, d.day % 100);
}

void
edtf_format(const struct edtf *e, char out[EDTF_MAX])
{
	char start[EDTF_MAX / 2] = "..", end[EDTF_MAX / 2] = "..";

	if (!e->open_start)
		(void)format_civil(e->start, start, sizeof start);
	if (!e->interval) {
		memcpy(out, start, sizeof start);
		return;
	}
	if (!e->open_end)
		(void)format_civil(e->end, end, sizeof end);
	(void)snprintf(out, EDTF_MAX, "%s/%s", start, end);
}

enum date_precision
edtf_precision(const struct edtf *e)
{
	struct civil d = e->open_start ? e->end : e->start;

	if (d.decade)
		return PRECISION_DECADE;
	if (d.day > 0)
		return PRECISION_DAY;
	if (d.month >= MONTH_QUARTER_FIRST)
		return PRECISION_QUARTER;
	if (d.month >= MONTH_SEASON_FIRST)
		return PRECISION_SEASON;
	if (d.month > 0)
		return PRECISION_MONTH;
	return d.year > 0 ? PRECISION_YEAR : PRECISION_NONE;
}

const char *
date_precision_name(enum date_precision p)
{
	static const char *const names[] = { "none", "year", "month", "day",
		"decade", "quarter", "season" };

	return (unsigned)p < sizeof names / sizeof *names ? names[p]
							  : "unknown";
}

static const char *const basis_names[] = { "", "explicit", "relative",
	"document", "computed" };
#define BASIS_COUNT (sizeof basis_names / sizeof *basis_names)

const char *
date_basis_name(enum date_basis b)
{
	return (unsigned)b < BASIS_COUNT ? basis_names[b] : "unknown";
}

bool
date_basis_find(struct span name, enum date_basis *out)
{
	for (size_t i = 0; i < BASIS_COUNT; i++)
		if (span_eq_str(name, basis_names[i])) {
			*out = (enum date_basis)i;
			return true;
		}
	return false;
}

bool
date_bounds(struct span text, int64_t *first, int64_t *behind)
{
	struct edtf e;
	struct civil d, next;

	if (!edtf_parse(text, &e) || e.interval || e.start.year == 0 ||
		e.start.decade || e.start.month > 12)
		return false;
	d = next = e.start;
	d.month = d.month > 0 ? d.month : 1;
	d.day = d.day > 0 ? d.day : 1;
	*first = civil_to_days(d) * 86400;
	if (next.day > 0) {
		*behind = *first + 86400;
		return true;
	}
	next = civil_add_months(d, e.start.month > 0 ? 1 : 12);
	*behind = civil_to_days(next) * 86400;
	return true;
}

void
time_format(int64_t unix_seconds, char out[24])
{
	int64_t days = unix_seconds / 86400, rest = unix_seconds % 86400;
	struct civil d;
	unsigned s;

	if (rest < 0) {
		days--;
		rest += 86400;
	}
	d = civil_from_days(days);
	s = (unsigned)rest;
	(void)snprintf(out, 24, "%04d-%02d-%02dT%02u:%02u:%02uZ",
		d.year % 10000, d.month % 100, d.day % 100, s / 3600 % 24,
		s / 60 % 60, s % 60);
}

/* "Z" or "+hh:mm" at text[at], which must be the end. */
static bool
parse_offset(struct span text, size_t at, int *seconds)
{
	int hours, minutes;

	*seconds = 0;
	if (at + 1 == text.len && (text.ptr[at] | 0x20) == 'z')
		return true;
	if (at + 6 != text.len ||
		(text.ptr[at] != '+' && text.ptr[at] != '-') ||
		!digits(text, at + 1, 2, &hours) || text.ptr[at + 3] != ':' ||
		!digits(text, at + 4, 2, &minutes) || hours > 23 ||
		minutes > 59)
		return false;
	*seconds = (hours * 60 + minutes) * 60;
	if (text.ptr[at] == '-')
		*seconds = -*seconds;
	return true;
}

bool
time_parse(struct span text, int64_t *unix_seconds)
{
	struct civil d;
	int hour, minute, second, offset;
	size_t at = 19;

	if (text.len < 20 || !parse_civil(span_sub(text, 0, 10), &d) ||
		d.year == 0 || d.day == 0 ||
		((text.ptr[10] | 0x20) != 't' && text.ptr[10] != ' ') ||
		!digits(text, 11, 2, &hour) || text.ptr[13] != ':' ||
		!digits(text, 14, 2, &minute) || text.ptr[16] != ':' ||
		!digits(text, 17, 2, &second) || hour > 23 || minute > 59 ||
		second > 60)
		return false;
	if (text.ptr[at] == '.')
		for (at++; at < text.len && text.ptr[at] >= '0' &&
			   text.ptr[at] <= '9';)
			at++;
	if (!parse_offset(text, at, &offset))
		return false;
	*unix_seconds = civil_to_days(d) * 86400 + hour * 3600 + minute * 60 +
			second - offset;
	return true;
}
