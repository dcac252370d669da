#include "span.h"

#include <limits.h>
#include <stdint.h>

static char
ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
ascii_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

bool
span_same_nocase(const char *a, const char *b, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (ascii_lower(a[i]) != ascii_lower(b[i]))
			return false;
	return true;
}

struct span
span_trim(struct span a)
{
	while (a.len > 0 && ascii_space(a.ptr[0])) {
		a.ptr++;
		a.len--;
	}
	while (a.len > 0 && ascii_space(a.ptr[a.len - 1]))
		a.len--;
	return a;
}

bool
span_ihas(struct span a, const char *word)
{
	const size_t len = strlen(word);

	for (size_t at = 0; at + len <= a.len; at++)
		if (span_same_nocase(a.ptr + at, word, len))
			return true;
	return false;
}

size_t
span_find(struct span a, size_t from, struct span needle)
{
	const char *hit;

	if (from > a.len || needle.len > a.len - from)
		return SIZE_MAX;
	if (needle.len == 0)
		return from;
	hit = memmem(a.ptr + from, a.len - from, needle.ptr, needle.len);
	return hit != NULL ? (size_t)(hit - a.ptr) : SIZE_MAX;
}

bool
span_split(struct span *rest, char sep, struct span *field)
{
	const char *hit;

	if (rest->ptr == NULL)
		return false;
	hit = rest->len > 0 ? memchr(rest->ptr, sep, rest->len) : NULL;
	if (hit == NULL) {
		*field = *rest;
		*rest = span_of(NULL, 0);
		return true;
	}
	*field = span_of(rest->ptr, (size_t)(hit - rest->ptr));
	*rest = span_of(hit + 1, rest->len - field->len - 1);
	return true;
}

bool
span_int(struct span a, long long min, long long max, long long *out)
{
	unsigned long long value = 0;
	bool negative = false;
	size_t i = 0;

	if (a.len > 0 && a.ptr[0] == '-') {
		negative = true;
		i = 1;
	}
	if (i == a.len || a.len - i > 19)
		return false;
	for (; i < a.len; i++) {
		if (a.ptr[i] < '0' || a.ptr[i] > '9')
			return false;
		/* 19 digits fit an unsigned long long */
		value = value * 10 + (unsigned)(a.ptr[i] - '0');
	}
	if (value > LLONG_MAX)
		return false;
	*out = negative ? -(long long)value : (long long)value;
	return *out >= min && *out <= max;
}

struct span
span_of_int(long long n, char room[SPAN_INT_ROOM])
{
	size_t at = SPAN_INT_ROOM;
	unsigned long long left =
		n < 0 ? -(unsigned long long)n : (unsigned long long)n;

	do
		room[--at] = (char)('0' + left % 10);
	while ((left /= 10) > 0);
	if (n < 0)
		room[--at] = '-';
	return span_of(room + at, SPAN_INT_ROOM - at);
}
