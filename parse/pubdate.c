#include "pubdate.h"

#include <ctype.h>

#define YEAR_MIN     1980
#define YEAR_MAX     2100
#define LABEL_MAX    40 /* bytes of "Paris, the" in front of a dateline's day */
#define PARTICLE_MAX 3	/* bytes of "le", "den", "de" */
#define WORD_MAX     32 /* bytes of a month's name */
#define CENTURY	     2000 /* of a year in two digits */
#define CENTURY_LAST 80	  /* from here on it is one of the century before */

static size_t
skip(struct span t, size_t at, const char *set)
{
	while (at < t.len && t.ptr[at] != '\0' && strchr(set, t.ptr[at]))
		at++;
	return at;
}

/* 1 to max digits at *at; false without. */
static bool
digits(struct span t, size_t *at, size_t max, int *out)
{
	size_t i = *at;

	*out = 0;
	while (i < t.len && isdigit((unsigned char)t.ptr[i])) {
		if (i - *at == max)
			return false;
		*out = *out * 10 + (t.ptr[i++] - '0');
	}
	if (i == *at)
		return false;
	*at = i;
	return true;
}

static size_t
letters(struct span t, size_t at)
{
	uint32_t cp;
	size_t len;

	while ((len = utf8_decode(t, at, &cp)) > 0 && utf8_is_letter(cp))
		at += len;
	return at;
}

static bool
month_name(const struct parse_words *w, struct span t, size_t *at, int *month)
{
	size_t end = letters(t, *at);

	if (end == *at || end - *at > WORD_MAX)
		return false;
	*month = words_month(w, span_sub(t, *at, end));
	if (*month == 0)
		return false;
	*at = end;
	if (*at < t.len && t.ptr[*at] == '.')
		++*at;
	return true;
}

bool
pubdate_make(int year, int month, int day, struct civil *out)
{
	*out = (struct civil){
		.year = (int16_t)year,
		.month = (uint8_t)month,
		.day = (uint8_t)day,
	};
	return year >= YEAR_MIN && year <= YEAR_MAX && month >= 1 &&
	       month <= 12 && day >= 1 && civil_valid(*out);
}

/* "-" of "2024-2-14", or "." of "2024. 2. 14." with what follows it. */
static bool
parts_numbers(struct span t, size_t *at, char *mark)
{
	char c = *at < t.len ? t.ptr[*at] : '\0';

	if (c != '-' && c != '/' && c != '.')
		return false;
	if (*mark != '\0' && *mark != c)
		return false;
	*mark = c;
	++*at;
	if (c == '.')
		*at = skip(t, *at, " ");
	return true;
}

/*
 * "2024-02-14" and all that may follow it in ISO 8601, "2024/2/14",
 * "2024. 2. 14."; but "2024.2.1" is a version.
 */
static bool
iso_form(struct span t, size_t *at, struct civil *out)
{
	int year, month, day;
	size_t i = *at, start = i;
	char mark = '\0';

	if (!digits(t, &i, 4, &year) || i - start != 4 ||
		!parts_numbers(t, &i, &mark) || !digits(t, &i, 2, &month) ||
		!parts_numbers(t, &i, &mark) || !digits(t, &i, 2, &day) ||
		!pubdate_make(year, month, day, out))
		return false;
	if (mark == '.' && i - start < sizeof "2024.02.14" - 1)
		return false;
	*at = i;
	return true;
}

/* "2024年2月14日", "2024년 2월 14일" */
static bool
counted_form(struct span t, size_t *at, struct civil *out)
{
	static const char *const units[][3] = {
		{ "\xe5\xb9\xb4", "\xe6\x9c\x88", "\xe6\x97\xa5" },
		{ "\xeb\x85\x84", "\xec\x9b\x94", "\xec\x9d\xbc" },
	};

	for (size_t k = 0; k < 2; k++) {
		int value[3] = { 0 };
		size_t i = *at, n = 0;

		while (n < 3 && digits(t, &i, n == 0 ? 4 : 2, &value[n]) &&
			span_starts_with(span_sub(t, i, t.len), units[k][n])) {
			i += strlen(units[k][n]);
			if (++n < 3)
				i = skip(t, i, " ");
		}
		if (n == 3 && pubdate_make(value[0], value[1], value[2], out)) {
			*at = i;
			return true;
		}
	}
	return false;
}

/* "03/04/2024": its first two numbers. */
static bool
two_and_year(struct span text, int *a, int *b)
{
	int year;
	size_t at = 0;

	if (!digits(text, &at, 2, a) || at >= text.len ||
		!strchr("/-.", text.ptr[at]))
		return false;
	at = skip(text, at + 1, " ");
	if (!digits(text, &at, 2, b) || at >= text.len ||
		!strchr("/-.", text.ptr[at]))
		return false;
	at = skip(text, at + 1, " ");
	return digits(text, &at, 4, &year);
}

bool
pubdate_is_either(struct span text)
{
	int a, b;

	return two_and_year(span_trim(text), &a, &b) && a <= 12 && b <= 12 &&
	       a != b;
}

enum order
pubdate_order(struct span text)
{
	int a, b;

	for (size_t at = 0; at + 8 <= text.len; at++) {
		if (!isdigit((unsigned char)text.ptr[at]) ||
			(at > 0 && isdigit((unsigned char)text.ptr[at - 1])) ||
			!two_and_year(span_sub(text, at, text.len), &a, &b))
			continue;
		if (a > 12 && a <= 31 && b <= 12)
			return ORDER_DAY;
		if (b > 12 && b <= 31 && a <= 12)
			return ORDER_MONTH;
	}
	return ORDER_UNKNOWN;
}

/* "2023 Jan 7", "2023/october/03", "2023. június 7." */
static bool
year_month_form(const struct parse_words *w, struct span t, size_t *at,
	struct civil *out)
{
	int year, month, day;
	size_t i = *at, start = i;

	if (!digits(t, &i, 4, &year) || i - start != 4)
		return false;
	start = i;
	i = skip(t, i, " ,./-");
	if (i == start || !month_name(w, t, &i, &month))
		return false;
	i = skip(t, i, " ./-");
	if (!digits(t, &i, 2, &day) || !pubdate_make(year, month, day, out))
		return false;
	*at = i;
	return true;
}

/* "14.02.24" or "4/2/24" at t[at], and no number of a version, an address or
 * a fraction; 0, or its length. */
static size_t
short_len(struct span t, size_t at)
{
	size_t i = at, start;
	char mark = '\0';

	for (int n = 0; n < 3; n++) {
		for (start = i; i < t.len && isdigit((unsigned char)t.ptr[i]);)
			i++;
		if (i == start || i - start > 2 ||
			(i - start < 2 && (mark == '.' || n == 2)))
			return 0;
		if (n == 2)
			break;
		if (i >= t.len || (t.ptr[i] != '.' && t.ptr[i] != '/') ||
			(mark != '\0' && mark != t.ptr[i]) ||
			(t.ptr[i] == '.' && i - start < 2))
			return 0;
		mark = t.ptr[i++];
	}
	start = i;
	if (i + 1 < t.len && t.ptr[i] == mark)
		i++;
	return i == t.len || !isalnum((unsigned char)t.ptr[i]) ? start - at : 0;
}

/* Many write the year in two digits; who writes slashes may put the month
 * first. */
static bool
short_form(struct span t, size_t *at, struct civil *out)
{
	int a, b, year;
	size_t len = short_len(t, *at), day = *at, month, year_at;

	if (len == 0 || !digits(t, &day, 2, &a))
		return false;
	month = day + 1;
	year_at = *at + len - 2;
	if (!digits(t, &month, 2, &b) || !digits(t, &year_at, 2, &year))
		return false;
	year += year < CENTURY_LAST ? CENTURY : CENTURY - 100;
	*at += len;
	return pubdate_make(year, b, a, out) || pubdate_make(year, a, b, out);
}

/* "14/02/2024", "14.2.2024", "28-10-2021". */
static bool
numeric_form(struct span t, size_t *at, const char *language, struct civil *out)
{
	int a, b, year;
	size_t i = *at;
	char sep;

	if (!digits(t, &i, 2, &a) || i >= t.len || !strchr("/.-", t.ptr[i]))
		return false;
	sep = t.ptr[i++];
	i = skip(t, i, " ");
	if (!digits(t, &i, 2, &b) || i >= t.len || t.ptr[i] != sep)
		return false;
	i = skip(t, i + 1, " ");
	if (!digits(t, &i, 4, &year))
		return false;
	/* Who writes 03/04/2024 in English may mean either. */
	if (sep == '/' && a <= 12 && b <= 12 && a != b && language != NULL &&
		strncmp(language, "en", 2) == 0)
		return false;
	if (!pubdate_make(year, b, a, out) && !pubdate_make(year, a, b, out))
		return false;
	*at = i;
	return true;
}

/* "14 February 2024", "1er mars 2024", "14. Februar 2024", "3 de mayo de
 * 2021". */
static bool
day_month_form(const struct parse_words *w, struct span t, size_t *at,
	struct civil *out)
{
	static const char *const ordinals[] = { "st", "nd", "rd", "th", "er",
		"\xc2\xba" };
	/* "14th of", "14 de mayo", "14 d'abril" */
	static const char *const articles[] = { "of ", "de ", "d'",
		"d\xe2\x80\x99" };
	int day, year, month;
	size_t i = *at;

	if (!digits(t, &i, 2, &day))
		return false;
	for (size_t k = 0; k < sizeof ordinals / sizeof *ordinals; k++)
		if (span_starts_with(span_sub(t, i, t.len), ordinals[k])) {
			i += strlen(ordinals[k]);
			break;
		}
	i = skip(t, i, ". -");
	for (size_t k = 0; k < sizeof articles / sizeof *articles; k++)
		if (span_istarts_with(span_sub(t, i, t.len), articles[k]))
			i += strlen(articles[k]);
	if (!month_name(w, t, &i, &month))
		return false;
	i = skip(t, i, " ,-");
	for (int k = 0; k < 2; k++)
		if (span_istarts_with(
			    span_sub(t, i, t.len), k ? "del " : "de "))
			i += k ? 4 : 3;
	if (!digits(t, &i, 4, &year) || !pubdate_make(year, month, day, out))
		return false;
	*at = i;
	return true;
}

/* "February 14, 2024" */
static bool
month_day_form(const struct parse_words *w, struct span t, size_t *at,
	struct civil *out)
{
	int day, year, month;
	size_t i = *at;

	if (!month_name(w, t, &i, &month))
		return false;
	i = skip(t, i, " ");
	if (!digits(t, &i, 2, &day))
		return false;
	if (i + 2 <= t.len && isalpha((unsigned char)t.ptr[i]))
		i += 2;
	i = skip(t, i, " ,");
	if (!digits(t, &i, 4, &year) || !pubdate_make(year, month, day, out))
		return false;
	*at = i;
	return true;
}

bool
pubdate_at(const struct parse_words *w, struct span text, const char *language,
	struct civil *out, size_t *len)
{
	size_t at = skip(text, 0, " \t\r\n"), comma = letters(text, at);
	bool ok;

	/* "Mon, 14 Feb 2022": a weekday in front. */
	if (comma > at && comma < text.len && text.ptr[comma] == ',')
		at = skip(text, comma + 1, " ");
	ok = iso_form(text, &at, out) ||
	     numeric_form(text, &at, language, out) ||
	     short_form(text, &at, out) || counted_form(text, &at, out) ||
	     year_month_form(w, text, &at, out) ||
	     day_month_form(w, text, &at, out) ||
	     month_day_form(w, text, &at, out);
	if (ok && at < text.len && isdigit((unsigned char)text.ptr[at]))
		return false;
	if (ok && len != NULL)
		*len = at;
	return ok;
}

/* A date can start here: behind the start or a space, at a digit or letter
 * that a month starts with. */
static bool
may_start(struct span t, size_t at)
{
	/* Behind a letter of another alphabet, or behind a bullet? */
	if (at > 0 && (unsigned char)t.ptr[at - 1] >= 0x80 &&
		!isalnum((unsigned char)t.ptr[at]))
		return false;
	if (at > 0 && (isalnum((unsigned char)t.ptr[at - 1]) ||
			      strchr("-/.,$+#", t.ptr[at - 1]) != NULL))
		return false;
	return isdigit((unsigned char)t.ptr[at]) ||
	       isalpha((unsigned char)t.ptr[at]) ||
	       (unsigned char)t.ptr[at] >= 0x80;
}

bool
pubdate_month(const struct parse_words *w, struct span text, struct civil *out)
{
	size_t end = text.len, start;
	int year = 0, month = 0;

	if (end < 5 || !digits(text, &(size_t){ end - 4 }, 4, &year) ||
		text.ptr[end - 5] != ' ')
		return false;
	text = span_trim(span_sub(text, 0, end - 5));
	if (span_ends_with(text, " de"))
		text = span_sub(text, 0, text.len - 3);
	for (start = text.len; start > 0 && text.ptr[start - 1] != ' ';)
		start--;
	/* A day in front of it makes it a day. */
	if (!month_name(w, text, &start, &month) || start != text.len ||
		!pubdate_make(year, month, 1, out))
		return false;
	out->day = 0;
	return true;
}

/* Something that ends a dateline stands at the beginning of rest. */
static bool
ends_dateline(struct span rest)
{
	static const char *const marks[] = { " \xe2\x80\x93", " \xe2\x80\x94",
		" -", " /", "\xe2\x80\x94", "\xe2\x80\x93", ".-",
		". \xe2\x80\x93", ". -", " (", ") ", ":", ".\xe2\x80\x93",
		".\xe2\x80\x94" };

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (span_starts_with(rest, marks[i]))
			return true;
	return false;
}

/* "Waldheim, 7. Mai 2019. The company ...": before the day nothing but names
 * and a comma, perhaps an article; behind the date the text. */
static bool
is_place_and_day(struct span text, struct span rest)
{
	bool comma = false;
	size_t at = 0;

	if (!span_starts_with(rest, ". "))
		return false;
	while (at < text.len && !isdigit((unsigned char)text.ptr[at])) {
		size_t end = letters(text, at);
		uint32_t cp;

		if (end == at) {
			comma = comma || text.ptr[at] == ',';
			if (!strchr(" ,-/'.", text.ptr[at]))
				return false;
			at++;
			continue;
		}
		(void)utf8_decode(text, at, &cp);
		if (end - at > PARTICLE_MAX && !utf8_is_upper(cp))
			return false;
		at = end;
	}
	return comma;
}

/* Four digits, or a short form: no day is told without a year. */
static bool
has_year(struct span t)
{
	for (size_t at = 0; at + 4 <= t.len; at++) {
		if (!isdigit((unsigned char)t.ptr[at]))
			continue;
		if (short_len(t, at) > 0)
			return true;
		if (isdigit((unsigned char)t.ptr[at + 1]) &&
			isdigit((unsigned char)t.ptr[at + 2]) &&
			isdigit((unsigned char)t.ptr[at + 3]))
			return true;
	}
	return false;
}

bool
pubdate_find(const struct parse_words *w, struct span text,
	const char *language, struct civil *out, size_t *start, size_t *end)
{
	for (size_t at = has_year(text) ? 0 : text.len; at < text.len; at++) {
		size_t len;

		if (may_start(text, at) &&
			pubdate_at(w, span_sub(text, at, text.len), language,
				out, &len)) {
			*start = at;
			*end = at + len;
			return true;
		}
	}
	return false;
}

bool
pubdate_begins(const struct parse_words *w, struct span text,
	const char *language, struct civil *out, size_t *start, size_t *end)
{
	for (size_t at = 0; at < text.len && at <= LABEL_MAX; at++) {
		size_t len;
		struct span rest;

		if (!may_start(text, at) ||
			!pubdate_at(w, span_sub(text, at, text.len), language,
				out, &len))
			continue;
		rest = span_sub(text, at + len, text.len);
		*start = at;
		*end = at + len;
		return ends_dateline(rest) || is_place_and_day(text, rest);
	}
	return false;
}
