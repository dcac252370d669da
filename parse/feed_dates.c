#include "feed_dates.h"

#include <ctype.h>

#define NUMBERS_MAX 3
#define YEAR_PIVOT  70 /* 69 is 2069, 70 is 1970 */
#define HOUR	    3600

struct number {
	int value;
	size_t digits;
	char before, behind; /* the bytes around it */
};

struct reading {
	const struct parse_words *words;
	struct span text;
	size_t at;
	struct number numbers[NUMBERS_MAX];
	size_t n;
	size_t month_at; /* numbers in front of the name of the month */
	int month;	 /* 0: none is named */
	int hour, minute, second;
	bool timed, zoned, noon; /* noon: a.m. or p.m. is said */
	bool afternoon;
	bool korean;
	int offset; /* seconds east of UTC */
};

static const struct {
	const char *name;
	int hours;
} zones[] = { { "z", 0 }, { "ut", 0 }, { "utc", 0 }, { "gmt", 0 }, { "wet", 0 },
	{ "west", 1 }, { "bst", 1 }, { "ist", 1 }, { "cet", 1 }, { "met", 1 },
	{ "mez", 1 }, { "cest", 2 }, { "mest", 2 }, { "mesz", 2 }, { "eet", 2 },
	{ "sast", 2 }, { "eest", 3 }, { "msk", 3 }, { "sgt", 8 }, { "hkt", 8 },
	{ "kst", 9 }, { "jst", 9 }, { "aest", 10 }, { "aedt", 11 },
	{ "nzst", 12 }, { "nzdt", 13 }, { "brt", -3 }, { "art", -3 },
	{ "at", -4 }, { "ast", -4 }, { "adt", -3 }, { "et", -5 }, { "est", -5 },
	{ "edt", -4 }, { "ct", -6 }, { "cst", -6 }, { "cdt", -5 }, { "mt", -7 },
	{ "mst", -7 }, { "mdt", -6 }, { "pt", -8 }, { "pst", -8 },
	{ "pdt", -7 }, { "akst", -9 }, { "akdt", -8 }, { "hst", -10 } };

static const char *const ignored[] = { "t", "th", "st", "nd", "rd", "at", "de",
	"del", "di", "um", "uhr", "le", "den", "der", "kl", "ore",
	"\xeb\x85\x84", "\xec\x9b\x94", "\xec\x9d\xbc", "\xd0\xb3" };

/* Days of the week, where no comma shows that a word is one. */
static const char *const weekdays[] = { "sun", "mon", "tue", "wed", "thu",
	"fri", "sat", "tues", "wednes", "thur", "thurs", "so", "mo", "di", "mi",
	"do", "fr", "sa", "dim", "lun", "mer", "jeu", "ven", "sam", "dom",
	"mie", "jue", "vie", "sab", "gio", "seg", "ter", "qua", "qui", "sex" };

static char
byte_at(const struct reading *r, size_t at)
{
	return at < r->text.len ? r->text.ptr[at] : '\0';
}

static bool
digit_at(const struct reading *r, size_t at)
{
	return isdigit((unsigned char)byte_at(r, at)) != 0;
}

static int
read_digits(struct reading *r, size_t *digits)
{
	size_t start = r->at;
	int value = 0;

	while (digit_at(r, r->at)) {
		if (r->at - start < 8)
			value = value * 10 + (byte_at(r, r->at) - '0');
		r->at++;
	}
	*digits = r->at - start;
	return value;
}

/* ":" and two digits at most; false if there is a colon without. */
static bool
read_part(struct reading *r, int max, int *out)
{
	size_t digits;

	if (byte_at(r, r->at) != ':')
		return true;
	r->at++;
	*out = read_digits(r, &digits);
	return digits > 0 && digits <= 2 && *out <= max;
}

/* The hour has been read; at is its colon. */
static bool
read_time(struct reading *r, int hour)
{
	if (r->timed || hour > 24)
		return false;
	r->timed = true;
	r->hour = hour;
	if (!read_part(r, 59, &r->minute) || !read_part(r, 60, &r->second) ||
		byte_at(r, r->at) == ':')
		return false;
	if ((byte_at(r, r->at) == '.' || byte_at(r, r->at) == ',') &&
		digit_at(r, r->at + 1)) {
		size_t digits;

		r->at++;
		(void)read_digits(r, &digits);
	}
	return hour < 24 || (r->minute == 0 && r->second == 0);
}

/* "+0200", "-8", "+05:30" behind the time. */
static bool
read_offset(struct reading *r)
{
	int sign = byte_at(r, r->at) == '-' ? -1 : 1, value, minutes = 0;
	size_t digits;

	r->at++;
	value = read_digits(r, &digits);
	if (digits > 2) {
		minutes = value % 100;
		value /= 100;
	} else if (!read_part(r, 59, &minutes)) {
		return false;
	}
	if (digits == 0 || digits > 4 || value > 14 || minutes > 59)
		return false;
	r->zoned = true;
	r->offset = sign * (value * HOUR + minutes * 60);
	return true;
}

static bool
read_number(struct reading *r)
{
	struct number *n = &r->numbers[r->n];
	char before = r->at > 0 ? byte_at(r, r->at - 1) : '\0';
	size_t digits;
	int value = read_digits(r, &digits);

	if (byte_at(r, r->at) == ':')
		return digits <= 2 && read_time(r, value);
	if (r->n == NUMBERS_MAX || digits > 4)
		return false;
	*n = (struct number){ value, digits, before, byte_at(r, r->at) };
	r->n++;
	return true;
}

/* A word, with the dots of "a.m." left out; a dot behind it is read. */
static struct span
read_word(struct reading *r, char out[FEED_DATE_MAX], bool *comma)
{
	size_t len = 0, step;
	uint32_t cp;

	while ((step = utf8_decode(r->text, r->at, &cp)) > 0) {
		bool dot = cp == '.' &&
			   utf8_is_letter((unsigned char)byte_at(r, r->at + 1));

		if (!dot && !utf8_is_letter(cp) && cp != '_')
			break;
		if (!dot)
			len += utf8_encode(utf8_lower(cp), out + len);
		r->at += step;
	}
	if (byte_at(r, r->at) == '.')
		r->at++;
	*comma = byte_at(r, r->at) == ',';
	out[len] = '\0';
	return span_of(out, len);
}

static bool
is_listed(struct span word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (span_eq_str(word, list[i]))
			return true;
	return false;
}

static bool
is_weekday(struct span word)
{
	if (span_ends_with(word, "day"))
		word.len -= 3;
	return is_listed(word, weekdays, sizeof weekdays / sizeof *weekdays);
}

static bool
is_zone(struct reading *r, struct span word)
{
	for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
		if (span_eq_str(word, zones[i].name)) {
			/* "-05:00Z" and "GMT (UTC)": what came first holds. */
			if (!r->zoned)
				r->offset = zones[i].hours * HOUR;
			/* "GMT-07:00" goes on. */
			r->zoned = !strchr("+-", byte_at(r, r->at)) ||
				   !digit_at(r, r->at + 1);
			return true;
		}
	return false;
}

/* "Europe/Brussels": an area is no word of dates, and its place has zones of
 * summer and winter that are not known here; "Etc/GMT" is UTC. */
static bool
is_area(struct reading *r, struct span word)
{
	bool comma;
	char place[FEED_DATE_MAX];

	(void)word;
	if (!r->timed || byte_at(r, r->at) != '/')
		return false;
	r->at++;
	(void)read_word(r, place, &comma);
	return true;
}

static bool
is_half_day(struct reading *r, struct span word)
{
	bool korean_am = span_eq_str(word, "\xec\x98\xa4\xec\xa0\x84");
	bool korean_pm = span_eq_str(word, "\xec\x98\xa4\xed\x9b\x84");

	r->korean = r->korean || korean_am || korean_pm;
	if (!korean_am && !korean_pm && !span_eq_str(word, "am") &&
		!span_eq_str(word, "pm"))
		return false;
	r->noon = true;
	r->afternoon = korean_pm || span_eq_str(word, "pm");
	return true;
}

static bool
take_word(struct reading *r)
{
	char buffer[FEED_DATE_MAX];
	bool first = r->n == 0 && r->month == 0, comma;
	struct span word = read_word(r, buffer, &comma);
	int month;

	/* Whatever stands first with a comma behind it is a weekday. */
	if ((first && comma) || is_half_day(r, word))
		return true;
	if (r->timed && is_zone(r, word))
		return true;
	if (is_area(r, word))
		return true;
	month = words_month(r->words, word);
	if (month != 0 && r->month == 0) {
		r->month = month;
		r->month_at = r->n;
		return true;
	}
	r->korean = r->korean || span_eq_str(word, "\xeb\x85\x84");
	return is_weekday(word) || is_zone(r, word) ||
	       is_listed(word, ignored, sizeof ignored / sizeof *ignored);
}

static bool
read_all_of(struct reading *r)
{
	while (r->at < r->text.len) {
		char c = byte_at(r, r->at);
		uint32_t cp;
		size_t len = utf8_decode(r->text, r->at, &cp);

		if (len == 0)
			return false;
		if (c == '(')
			break; /* a remark about the zone */
		if (digit_at(r, r->at)) {
			if (!read_number(r))
				return false;
		} else if (r->timed && !r->zoned && (c == '+' || c == '-') &&
			   !strchr(" \t", byte_at(r, r->at + 1))) {
			if (!read_offset(r))
				return false;
		} else if (utf8_is_letter(cp)) {
			if (!take_word(r))
				return false;
		} else if (utf8_is_space(cp) || strchr(",./-", c)) {
			r->at += len;
		} else {
			return false;
		}
	}
	return true;
}

static int
full_year(const struct number *n)
{
	if (n->digits > 2)
		return n->value;
	return n->value + (n->value < YEAR_PIVOT ? 2000 : 1900);
}

static bool
is_year(const struct number *n)
{
	return n->digits == 4 || n->value > 31;
}

/* The month is named: what is left is day and year. */
static bool
named_date(const struct reading *r, int *year, int *month, int *day)
{
	const struct number *n = r->numbers;

	*month = r->month;
	*day = 1;
	if (r->n == 1 && n[0].digits == 4) {
		*year = n[0].value;
		return true;
	}
	if (r->n != 2)
		return false;
	/* "2004-juli-13" has its year in front. */
	*year = full_year(&n[is_year(&n[0]) ? 0 : 1]);
	*day = n[is_year(&n[0]) ? 1 : 0].value;
	return true;
}

static bool
numeric_date(const struct reading *r, int *year, int *month, int *day)
{
	const struct number *n = r->numbers;
	bool swap;

	*month = *day = 1;
	if (r->n == 0 || (r->n < 3 && n[0].digits != 4))
		return false;
	if (r->n < 3 || n[0].digits == 4 ||
		(n[0].behind == '-' && n[2].digits == 2)) {
		*year = full_year(&n[0]);
		*month = r->n > 1 ? n[1].value : 1;
		*day = r->n > 2 ? n[2].value : 1;
		return true;
	}
	/* With slashes the month comes first, unless it cannot. */
	swap = n[0].behind == '/' && n[0].value <= 12;
	*year = full_year(&n[2]);
	*month = n[swap ? 0 : 1].value;
	*day = n[swap ? 1 : 0].value;
	if (*month > 12 && *day <= 12) {
		int was = *month;

		*month = *day;
		*day = was;
	}
	return true;
}

/* "-0312" and "-03-12" of ISO 8601:1988: a month of an implied century. */
static bool
month_of_century(struct span text, int64_t *out)
{
	long long year, month;
	bool dash = text.len == 6 && text.ptr[3] == '-';

	if ((text.len != 5 && !dash) || text.ptr[0] != '-' ||
		!span_int(span_sub(text, 1, 3), 0, 99, &year) ||
		!span_int(span_sub(text, 3 + dash, text.len), 1, 12, &month))
		return false;
	*out = civil_to_days((struct civil){
		       .year = (int16_t)(year +
					 (year < YEAR_PIVOT ? 2000 : 1900)),
		       .month = (uint8_t)month,
		       .day = 1 }) *
	       24 * HOUR;
	return true;
}

/* Runs of digits only: seconds since 1970, or YYYYMMDD and YYMMDD. */
static bool
only_digits(struct span text, int64_t *out)
{
	long long n;
	struct civil d;

	if (!span_int(text, 0, INT64_MAX / 1000, &n))
		return false;
	if (text.len == 10 || text.len == 13) {
		*out = text.len == 10 ? n : n / 1000;
		return true;
	}
	if (text.len != 8 && text.len != 6)
		return false;
	d = (struct civil){
		.year = (int16_t)(text.len == 8		   ? n / 10000
				  : n / 10000 < YEAR_PIVOT ? n / 10000 + 2000
							   : n / 10000 + 1900),
		.month = (uint8_t)(n / 100 % 100),
		.day = (uint8_t)(n % 100),
	};
	if (d.month == 0 || d.day == 0 || !civil_valid(d))
		return false;
	*out = civil_to_days(d) * 24 * HOUR;
	return true;
}

static bool
to_seconds(const struct reading *r, int year, int month, int day, int64_t *out)
{
	struct civil d = { .year = (int16_t)year,
		.month = (uint8_t)month,
		.day = (uint8_t)day };
	int hour = r->hour;

	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
		day > 31 || !civil_valid(d) || (r->noon && hour > 23))
		return false;
	if (r->noon && hour <= 12)
		hour = hour % 12 + (r->afternoon ? 12 : 0);
	*out = civil_to_days(d) * 24 * HOUR + hour * HOUR + r->minute * 60 +
	       r->second - (r->korean && !r->zoned ? 9 * HOUR : r->offset);
	return true;
}

bool
feed_date(const struct parse_words *w, struct span text, int64_t *unix_seconds)
{
	struct reading r = { .words = w };
	int year, month, day;

	text = span_trim(text);
	/* A line feed that was escaped twice. */
	while (span_ends_with(text, "\\n"))
		text = span_trim(span_sub(text, 0, text.len - 2));
	if (text.len == 0 || text.len >= FEED_DATE_MAX)
		return false;
	if (only_digits(text, unix_seconds) ||
		month_of_century(text, unix_seconds))
		return true;
	/* RFC 3339: the most frequent form; the rest is for the others. */
	if (time_parse(text, unix_seconds))
		return true;
	if (text.ptr[0] == '-')
		return false;
	r.text = text;
	if (!read_all_of(&r))
		return false;
	if (!(r.month != 0 ? named_date(&r, &year, &month, &day)
			   : numeric_date(&r, &year, &month, &day)))
		return false;
	return to_seconds(&r, year, month, day, unix_seconds);
}
