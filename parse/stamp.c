#include "stamp.h"

#include <ctype.h>

#include "dates.h"

#define SECONDS_DIGITS 10 /* of Unix time from 2001 to 2286 */
#define MILLIS_DIGITS  13
#define STAMP_MAX      80 /* bytes of a stamp; more is a text */

bool
stamp_basic(struct span text, struct civil *out, size_t *len)
{
	int ymd = 0;

	if (text.len < 8)
		return false;
	for (*len = 0; *len < 8; ++*len) {
		if (!isdigit((unsigned char)text.ptr[*len]))
			return false;
		ymd = ymd * 10 + (text.ptr[*len] - '0');
	}
	return (text.len == 8 || !isdigit((unsigned char)text.ptr[8])) &&
	       pubdate_make(ymd / 10000, ymd / 100 % 100, ymd % 100, out);
}

static bool
unix_time(struct span text, int64_t *at)
{
	*at = 0;
	if (text.len != SECONDS_DIGITS && text.len != MILLIS_DIGITS)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (!isdigit((unsigned char)text.ptr[i]))
			return false;
		*at = *at * 10 + (text.ptr[i] - '0');
	}
	if (text.len == MILLIS_DIGITS)
		*at /= 1000;
	return true;
}

static bool
is_clock(struct span word)
{
	return word.len >= 5 && isdigit((unsigned char)word.ptr[0]) &&
	       memchr(word.ptr, ':', word.len) != NULL;
}

/* "Wed Feb 14 09:00:00 CET 2024": the year is behind the time. */
static bool
c_form(const struct parse_words *w, struct span text, struct civil *out)
{
	struct span rest = text, word[6] = { { NULL, 0 } };
	long long day, year;
	size_t n = 0;
	int month;

	while (n < 6 && span_split(&rest, ' ', &word[n]))
		n += word[n].len > 0;
	if (n < 5 || !is_clock(word[3]))
		return false;
	month = words_month(w, word[1]);
	return span_int(word[2], 1, 31, &day) &&
	       span_int(word[n - 1], 1, 9999, &year) &&
	       pubdate_make((int)year, month, (int)day, out);
}

bool
stamp_day(const struct parse_words *w, struct span text, struct tz *zone,
	struct civil *out)
{
	size_t len, end;
	int64_t at;

	text = span_trim(text);
	if (unix_time(text, &at)) {
		*out = zone != NULL ? tz_day(zone, at)
				    : civil_from_days(at / DATES_A_DAY);
		return true;
	}
	if (text.len == 0 || text.len > STAMP_MAX ||
		(!stamp_basic(text, out, &len) &&
			!pubdate_at(w, text, NULL, out, NULL) &&
			!c_form(w, text, out) &&
			!pubdate_find(w, text, NULL, out, &len, &end)))
		return false;
	if (zone != NULL && time_parse(text, &at))
		*out = tz_day(zone, at);
	return true;
}
