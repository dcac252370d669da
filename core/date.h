/*
 * Civil dates (proleptic Gregorian) and EDTF values (ISO 8601-2:2019), the
 * part of it that releases need: day, month, year, interval, and a day or
 * month whose year is unknown.
 */
#ifndef DL_CORE_DATE_H
#define DL_CORE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "span.h"

#define EDTF_MAX                                                               \
	32 /* bytes of the longest value written here, NUL included            \
	    */

enum date_precision {
	PRECISION_NONE,
	PRECISION_YEAR,
	PRECISION_MONTH,
	PRECISION_DAY,
	PRECISION_DECADE,
	PRECISION_QUARTER,
	PRECISION_SEASON
};
enum date_basis {
	BASIS_NONE,
	BASIS_EXPLICIT,
	BASIS_RELATIVE,
	BASIS_DOCUMENT,
	BASIS_COMPUTED
};

/* year 0 means unknown ("XXXX"); month and day 0 mean not given.  quarter
 * codes are months 33-36, season codes 21-24, as in ISO 8601-2. */
struct civil {
	int16_t year;
	uint8_t month;
	uint8_t day;
	bool decade; /* "201X": year is the first of ten */
};

/* start alone, or an interval; `open` is an end of ".." */
struct edtf {
	struct civil start;
	struct civil end;
	bool interval;
	bool open_start;
	bool open_end;
};

bool
civil_valid(struct civil d);
int
civil_days_in_month(int year, int month);
/* Days since 1970-01-01; d must have year, month and day. */
int64_t
civil_to_days(struct civil d);
struct civil
civil_from_days(int64_t days);
/* 0 is Sunday. */
int
civil_weekday(struct civil d);
/* Add months or years, the day clipped to the month's length. */
struct civil
civil_add_months(struct civil d, int months);

/* Strictly: "2024", "2024-02", "2024-02-14", "XXXX-02-14", "201X",
 * "2024-33", "A/B", "../B", "A/..".  False if it is anything else. */
bool
edtf_parse(struct span text, struct edtf *out);
/* Writes it back; edtf_parse(edtf_format(x)) gives x. */
void
edtf_format(const struct edtf *e, char out[EDTF_MAX]);
enum date_precision
edtf_precision(const struct edtf *e);

const char *
date_precision_name(enum date_precision p);
const char *
date_basis_name(enum date_basis b);
bool
date_basis_find(struct span name, enum date_basis *out);

/* The first second of a day, month or year, "2024[-02[-14]]", in UTC, and the
 * first one behind it.  False if it is anything else. */
bool
date_bounds(struct span text, int64_t *first, int64_t *behind);

/* Unix seconds to "YYYY-MM-DDThh:mm:ssZ" (21 bytes with NUL) and back;
 * reads RFC 3339 with any offset and optional fraction. */
void
time_format(int64_t unix_seconds, char out[24]);
bool
time_parse(struct span text, int64_t *unix_seconds);

#endif
