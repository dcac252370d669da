#include "json_out.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "date.h"
#include "json_plain.h"
#include "utf8.h"

#define REAL_DIGITS 10 /* significant digits of a real */
#define REAL_ROOM   32 /* bytes of a real or an integer as text */
/* Nearer than this to a tie, multiplying may have rounded the wrong way. */
#define TIE 1e-4

/* A value behind another one is parted from it by a comma. */
static bool
needs_comma(const struct buffer *b)
{
	char last = b->len > 0 ? b->ptr[b->len - 1] : '\n';

	return last != '{' && last != '[' && last != ':' && last != '\n';
}

void
json_out_open(struct buffer *b, char bracket)
{
	if (needs_comma(b))
		buffer_add_char(b, ',');
	buffer_add_char(b, bracket);
}

void
json_out_close(struct buffer *b, char bracket)
{
	buffer_add_char(b, bracket);
}

void
json_out_key(struct buffer *b, const char *key)
{
	size_t len = strlen(key);
	bool comma = needs_comma(b);
	char *p = buffer_reserve(b, len + 4);

	if (p == NULL)
		return;
	if (comma)
		*p++ = ',';
	*p++ = '"';
	memcpy(p, key, len);
	p += len;
	*p++ = '"';
	*p++ = ':';
	*p = '\0';
	b->len = (size_t)(p - b->ptr);
}

static void
add_raw(struct buffer *b, const char *text, size_t len)
{
	if (needs_comma(b))
		buffer_add_char(b, ',');
	buffer_add(b, text, len);
}

void
json_out_null(struct buffer *b)
{
	add_raw(b, "null", 4);
}

static void
add_escape(struct buffer *b, char c)
{
	static const char named[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
	const char *at = c != '\0' ? strchr(named, c) : NULL;

	if (at == NULL) {
		buffer_printf(b, "\\u%04X", (unsigned)(unsigned char)c);
		return;
	}
	buffer_add_char(b, '\\');
	buffer_add_char(b, letters[at - named]);
}

/* Behind the quote: text of which the first `plain` bytes need no look. */
static void
add_text(struct buffer *b, struct span text, size_t plain)
{
	const char *p = text.ptr + plain, *end = text.ptr + text.len;

	if (utf8_valid_prefix(span_sub(text, plain, text.len)) !=
		text.len - plain)
		b->code = ERR_FORMAT;
	buffer_add(b, text.ptr, plain);
	while (p < end && b->code == OK) {
		const char *run;

		if (*p == '"' || *p == '\\' || (unsigned char)*p < 0x20)
			add_escape(b, *p++);
		for (run = p; p < end && (unsigned char)*p >= 0x80;)
			p++;
		p = json_skip_plain(p, end);
		buffer_add(b, run, (size_t)(p - run));
	}
}

void
json_out_text(struct buffer *b, struct span text)
{
	const bool comma = needs_comma(b);
	char *p = buffer_reserve(b, text.len + 3);
	size_t plain;

	if (p == NULL)
		return;
	plain = text.len == 0 ? 0
			      : (size_t)(json_skip_plain(text.ptr,
						 text.ptr + text.len) -
					 text.ptr);
	if (comma)
		*p++ = ',';
	*p++ = '"';
	b->len = (size_t)(p - b->ptr);
	if (plain < text.len) {
		add_text(b, text, plain);
		buffer_add_char(b, '"');
		return;
	}
	if (text.len > 0)
		memcpy(p, text.ptr, text.len);
	p[text.len] = '"';
	p[text.len + 1] = '\0';
	b->len += text.len + 1;
}

void
json_out_int(struct buffer *b, int64_t value)
{
	char room[SPAN_INT_ROOM];
	const struct span text = span_of_int(value, room);

	add_raw(b, text.ptr, text.len);
}

static const double powers[] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8,
	1e9, 1e10, 1e11, 1e12, 1e13 };

/*
 * The digits that %.10g gives of a number without a sign, as a whole number,
 * and how many of them are behind the point.  Of the numbers that it writes
 * without exponent: false if it is none of those, or if it cannot be told here
 * which way to round.
 */
static bool
ten_digits(double abs, uint64_t *digits, int *places)
{
	double scaled, floored;
	int whole = 1; /* digits before the point */
	int n;

	if (!(abs >= 1e-3 && abs < 1e9))
		return false;
	while (whole < 10 && abs >= powers[whole])
		whole++;
	for (n = 0; whole == 1 && n < 3 && abs * powers[n] < 1; n++)
		;
	/* n zeros stand before the first digit that counts. */
	n += REAL_DIGITS - whole;
	scaled = abs * powers[n];
	floored = (double)(uint64_t)scaled;
	if (fabs(scaled - floored - 0.5) < TIE)
		return false;
	*digits = (uint64_t)(scaled - floored > 0.5 ? floored + 1 : floored);
	*places = n;
	return true;
}

/* What %.10g gives, and ".0" behind a whole number; or false. */
static bool
short_real(double value, char out[REAL_ROOM], size_t *len)
{
	char room[SPAN_INT_ROOM], *p = out;
	struct span digits;
	uint64_t number;
	int n;

	if (!ten_digits(fabs(value), &number, &n))
		return false;
	digits = span_of_int((int64_t)number, room);
	if (value < 0)
		*p++ = '-';
	if (digits.len <= (size_t)n)
		*p++ = '0';
	while (digits.len > (size_t)n) {
		*p++ = *digits.ptr++;
		digits.len--;
	}
	*p++ = '.';
	for (size_t zeros = digits.len; zeros < (size_t)n; zeros++)
		*p++ = '0'; /* "0.05" is 5 in the hundredths */
	memcpy(p, digits.ptr, digits.len);
	p += digits.len;
	while (p[-1] == '0' && p[-2] != '.')
		p--;
	*len = (size_t)(p - out);
	return true;
}

void
json_out_real(struct buffer *b, double value)
{
	char text[REAL_ROOM];
	size_t len;

	if (!isfinite(value)) { /* JSON has no way to say it */
		if (b->code == OK)
			b->code = ERR_FORMAT;
		return;
	}
	if (!short_real(value, text, &len)) {
		len = (size_t)snprintf(
			text, sizeof text, "%.*g", REAL_DIGITS, value);
		if (strpbrk(text, ".e") == NULL) {
			memcpy(text + len, ".0", 3); /* still a real */
			len += 2;
		}
	}
	add_raw(b, text, len);
}

double
json_real_rounded(double value)
{
	char text[REAL_ROOM];
	uint64_t digits;
	int places;

	/* Both are exact, so that the quotient is the nearest to the digits. */
	if (ten_digits(fabs(value), &digits, &places))
		return copysign((double)digits / powers[places], value);
	(void)snprintf(text, sizeof text, "%.*g", REAL_DIGITS, value);
	return strtod(text, NULL); /* the locale is "C": nothing sets it */
}

void
json_put_span(struct buffer *b, const char *key, struct span value)
{
	if (value.ptr == NULL)
		return;
	json_out_key(b, key);
	json_out_text(b, value);
}

void
json_put_str(struct buffer *b, const char *key, const char *value)
{
	json_put_span(b, key, span_str(value));
}

void
json_put_int(struct buffer *b, const char *key, int64_t value)
{
	json_out_key(b, key);
	json_out_int(b, value);
}

void
json_put_real(struct buffer *b, const char *key, double value)
{
	json_out_key(b, key);
	json_out_real(b, value);
}

void
json_put_bool(struct buffer *b, const char *key, bool value)
{
	json_out_key(b, key);
	buffer_add_str(b, value ? "true" : "false");
}

void
json_put_time(struct buffer *b, const char *key, int64_t value)
{
	char text[24];

	time_format(value, text);
	json_put_str(b, key, text);
}

void
json_put_at(struct buffer *b, uint32_t start, uint32_t end)
{
	json_out_key(b, "at");
	json_out_open(b, '[');
	json_out_int(b, start);
	json_out_int(b, end);
	json_out_close(b, ']');
}

void
json_put_strings(
	struct buffer *b, const char *key, const char *const *list, size_t n)
{
	if (n == 0)
		return;
	json_out_key(b, key);
	json_out_open(b, '[');
	for (size_t i = 0; i < n; i++)
		json_out_text(b, span_str(list[i]));
	json_out_close(b, ']');
}

enum error_code
json_out_end(struct buffer *b, size_t start, struct error *err)
{
	if (b->code == OK)
		return OK;
	b->len = start;
	return b->code == ERR_FORMAT
		       ? error_set(err, ERR_FORMAT,
				 "a record holds text that is not UTF-8, or a "
				 "number that is none")
		       : buffer_error(b, err, "a record");
}
