#include "varint.h"

#include <math.h>

#include "json_out.h"
#include "utf8.h"

#define VARINT_MAX 10

/* Coordinates have five decimals and scores ten digits, mostly: then a whole
 * number of one of these parts is the very same double. */
static const double real_parts[] = { 1e5, 1e10 };
enum real_form { REAL_E5, REAL_E10, REAL_BITS };

void
varint_put_any(struct buffer *out, uint64_t v)
{
	char bytes[VARINT_MAX];
	size_t n = 0;

	for (; v >= 0x80; v >>= 7)
		bytes[n++] = (char)(v | 0x80);
	bytes[n++] = (char)v;
	(void)buffer_add(out, bytes, n); /* sticks */
}

void
bytes_fail(struct bytes_in *in, enum error_code code)
{
	if (in->code == OK)
		in->code = code;
	in->at = in->end;
}

uint64_t
varint_get(struct bytes_in *in, uint64_t max)
{
	uint64_t v = 0;

	for (unsigned shift = 0; in->at < in->end && shift < 64; shift += 7) {
		const unsigned char c = *in->at++;

		v |= (uint64_t)(c & 0x7F) << shift;
		if (c < 0x80) {
			if (v > max)
				break;
			return v;
		}
	}
	bytes_fail(in, ERR_FORMAT);
	return 0;
}

const char *
bytes_text(struct bytes_in *in, uint64_t len)
{
	const char *text = (const char *)in->at;

	if (in->code != OK || len > (size_t)(in->end - in->at) ||
		memchr(text, '\0', len) != NULL ||
		utf8_valid_prefix(span_of(text, len)) != len) {
		bytes_fail(in, ERR_FORMAT);
		return NULL;
	}
	in->at += len;
	return text;
}

/* A whole number of some part, of so many digits. */
static bool
put_parts(struct buffer *out, double v, double limit)
{
	for (uint64_t form = REAL_E5; form < REAL_BITS; form++) {
		const double scaled = v * real_parts[form];
		double back;
		int64_t whole;

		if (!(scaled > -limit && scaled < limit))
			continue;
		whole = (int64_t)(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
		back = (double)whole / real_parts[form];
		/* -0.0 is no whole number. */
		if (back == v && signbit(back) == signbit(v)) {
			varint_put(out, varint_zigzag(whole) << 2 | form);
			return true;
		}
	}
	return false;
}

void
real_put(struct buffer *out, double v)
{
	uint64_t bits;

	/* JSON has ten digits. */
	if (put_parts(out, v, 1e10))
		return;
	v = json_real_rounded(v);
	if (put_parts(out, v, 1e15))
		return;
	memcpy(&bits, &v, sizeof bits);
	varint_put(out, REAL_BITS);
	varint_put(out, bits);
}

double
real_get(struct bytes_in *in)
{
	const uint64_t v = varint_get(in, UINT64_MAX);
	uint64_t bits;
	double d;

	if ((v & 3) < REAL_BITS)
		return (double)varint_unzigzag(v >> 2) / real_parts[v & 3];
	if (v != REAL_BITS) {
		bytes_fail(in, ERR_FORMAT);
		return 0;
	}
	bits = varint_get(in, UINT64_MAX);
	memcpy(&d, &bits, sizeof d);
	if (!(d > -1e300 && d < 1e300)) /* infinite, or no number */
		bytes_fail(in, ERR_FORMAT);
	return d;
}
