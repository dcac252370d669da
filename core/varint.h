/* Numbers in as few bytes as they need: seven bits each, the lowest first.
 * Private to core. */
#ifndef DL_CORE_VARINT_H
#define DL_CORE_VARINT_H

#include "buffer.h"
#include "error.h"

/* Small magnitudes stay small. */
static inline uint64_t
varint_zigzag(int64_t v)
{
	return v < 0 ? ~((uint64_t)v << 1) : (uint64_t)v << 1;
}

static inline int64_t
varint_unzigzag(uint64_t v)
{
	return (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
}

void
varint_put_any(struct buffer *out, uint64_t v);

static inline void
varint_put(struct buffer *out, uint64_t v)
{
	if (v < 0x80 && out->code == OK && out->len + 1 < out->room &&
		out->len < out->cap) {
		out->ptr[out->len++] = (char)v;
		out->ptr[out->len] = '\0';
	} else
		varint_put_any(out, v);
}

/* Bytes being read.  The first thing that is wrong sticks, and nothing is
 * read behind it. */
struct bytes_in {
	const unsigned char *at, *end;
	enum error_code code;
};

void
bytes_fail(struct bytes_in *in, enum error_code code);
/* A number; over max is ERR_FORMAT, and 0. */
uint64_t
varint_get(struct bytes_in *in, uint64_t max);
/* So many bytes of UTF-8 without NUL, which are borrowed; else ERR_FORMAT and
 * NULL. */
const char *
bytes_text(struct bytes_in *in, uint64_t len);

/* A real as a record may have it: finite.  It is rounded to what its JSON
 * says (json_real_rounded()). */
void
real_put(struct buffer *out, double v);
double
real_get(struct bytes_in *in);

#endif
