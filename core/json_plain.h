/* What both sides of JSON look for in a string. */
#ifndef DL_CORE_JSON_PLAIN_H
#define DL_CORE_JSON_PLAIN_H

#include <stdint.h>
#include <string.h>

/* True if one of eight bytes is a quote, a backslash, a control character or
 * not ASCII.  Bit tricks: a byte less than n borrows its high bit. */
static inline int
json_is_special(uint64_t w)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
	const uint64_t quote = w ^ (ones * '"'), back = w ^ (ones * '\\');

	return ((w | (w - ones * 0x20) | ((quote - ones) & ~quote) |
			((back - ones) & ~back)) &
		       high) != 0;
}

/* The first byte of [p, end) that is not plain, or end. */
static inline const char *
json_skip_plain(const char *p, const char *end)
{
	uint64_t word;

	for (; end - p >= (ptrdiff_t)sizeof word; p += sizeof word) {
		memcpy(&word, p, sizeof word);
		if (json_is_special(word))
			break;
	}
	while (p < end && (unsigned char)*p >= 0x20 &&
		(unsigned char)*p < 0x80 && *p != '"' && *p != '\\')
		p++;
	return p;
}

#endif
