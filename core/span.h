/* Borrowed pieces of text: a pointer and a length, never NUL-terminated. */
#ifndef DL_CORE_SPAN_H
#define DL_CORE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct span {
	const char *ptr;
	size_t len;
};

static inline struct span
span_of(const char *ptr, size_t len)
{
	return (struct span){ ptr, len };
}

/* A literal or other NUL-terminated string; NULL gives the empty span. */
static inline struct span
span_str(const char *s)
{
	return (struct span){ s, s != NULL ? strlen(s) : 0 };
}

/* text[start, end), clipped to text. */
static inline struct span
span_sub(struct span text, size_t start, size_t end)
{
	/* An absent span stays one: NULL + 0 is no pointer. */
	if (text.ptr == NULL)
		return (struct span){ NULL, 0 };
	if (end > text.len)
		end = text.len;
	if (start > end)
		start = end;
	return (struct span){ text.ptr + start, end - start };
}

static inline bool
span_eq(struct span a, struct span b)
{
	return a.len == b.len && (a.len == 0 || !memcmp(a.ptr, b.ptr, a.len));
}

static inline bool
span_eq_str(struct span a, const char *s)
{
	return span_eq(a, span_str(s));
}

static inline bool
span_starts_with(struct span a, const char *prefix)
{
	const size_t len = strlen(prefix);

	return a.len >= len && (len == 0 || !memcmp(a.ptr, prefix, len));
}

static inline bool
span_ends_with(struct span a, const char *suffix)
{
	const size_t len = strlen(suffix);

	return a.len >= len &&
	       (len == 0 || !memcmp(a.ptr + a.len - len, suffix, len));
}

/* The same bytes, ASCII letters in either case. */
bool
span_same_nocase(const char *a, const char *b, size_t len);

static inline bool
span_ieq_str(struct span a, const char *s)
{
	return a.len == strlen(s) && span_same_nocase(a.ptr, s, a.len);
}

static inline bool
span_istarts_with(struct span a, const char *prefix)
{
	const size_t len = strlen(prefix);

	return a.len >= len && span_same_nocase(a.ptr, prefix, len);
}

/* The word stands somewhere in it, ASCII letters in either case. */
bool
span_ihas(struct span a, const char *word);

/* Without ASCII white space at both ends. */
struct span
span_trim(struct span a);

/* Offset of the first needle in a at or after from, or SIZE_MAX. */
size_t
span_find(struct span a, size_t from, struct span needle);

/*
 * Take the part of *rest before sep into *field and move *rest behind sep;
 * false when *rest is used up (ptr NULL).  "a,,b" gives "a", "", "b".
 */
bool
span_split(struct span *rest, char sep, struct span *field);

/*
 * A decimal integer, optional leading '-', the whole of a and in
 * [min, max]; false otherwise.
 */
bool
span_int(struct span a, long long min, long long max, long long *out);

#define SPAN_INT_ROOM 20 /* "-9223372036854775808" */

/* The decimal of n, which stands at the end of room. */
struct span
span_of_int(long long n, char room[SPAN_INT_ROOM]);

#endif
