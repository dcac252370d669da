/* What both sides of JSON look for in a string. */
#ifndef DL_CORE_JSON_PLAIN_H
#define DL_CORE_JSON_PLAIN_H

#include <stdint.h>
#include <string.h>

/* The high bit of each of eight bytes that is a quote, a backslash, a control
 * character or not ASCII; of those behind the lowest such byte it may be wrong.
 * Bit tricks: a byte less than n borrows its high bit. */
static inline uint64_t
json_specials(uint64_t w)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
	const uint64_t quote = w ^ (ones * '"'), back = w ^ (ones * '\\');

	return (w | (w - ones * 0x20) | ((quote - ones) & ~quote) |
		       ((back - ones) & ~back)) &
	       high;
}

/* The first byte of [p, end) that is not plain, or end. */
static inline const char *
json_skip_plain(const char *p, const char *end)
{
	uint64_t word;

	for (; end - p >= (ptrdiff_t)sizeof word; p += sizeof word) {
		memcpy(&word, p, sizeof word);
		word = json_specials(word);
		if (word == 0)
			continue;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
		return p + __builtin_ctzll(word) / 8;
#else
		break;
#endif
	}
	while (p < end && (unsigned char)*p >= 0x20 &&
		(unsigned char)*p < 0x80 && *p != '"' && *p != '\\')
		p++;
	return p;
}

#endif
