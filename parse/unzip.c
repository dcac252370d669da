#include <zlib.h>

#include "listings.h"

#define STEP ((size_t)64 << 10)

static enum error_code
inflate_all(z_stream *z, size_t max, struct buffer *out, struct error *err)
{
	for (;;) {
		char *to = buffer_reserve(out, STEP);
		int got;

		if (to == NULL)
			return error_set(err, out->code,
				"over %zu bytes behind gzip", max);
		z->next_out = (Bytef *)to;
		z->avail_out = (uInt)STEP;
		got = inflate(z, Z_NO_FLUSH);
		out->len += STEP - z->avail_out;
		if (out->len > max)
			return error_set(err, ERR_LIMIT,
				"over %zu bytes behind gzip", max);
		if (got == Z_STREAM_END) {
			/* Members may follow one another. */
			if (z->avail_in < 2 || z->next_in[0] != 0x1f ||
				inflateReset(z) != Z_OK)
				return OK;
			continue;
		}
		if (got == Z_MEM_ERROR)
			return error_set(err, ERR_NOMEM, "no memory for gzip");
		if (got != Z_OK)
			return error_set(err, ERR_FORMAT,
				got == Z_BUF_ERROR ? "gzip that breaks off"
						   : "gzip that is broken");
	}
}

enum error_code
listing_unzip(struct span body, struct buffer *out, struct error *err)
{
	z_stream z = { 0 };
	size_t max = body.len < UNZIP_MAX / UNZIP_RATIO
			     ? body.len * UNZIP_RATIO + STEP
			     : UNZIP_MAX;
	enum error_code code;
	union {
		const char *borrowed;
		Bytef *in;
	} pun = { .borrowed = body.ptr };

	z.next_in = pun.in; /* inflate() does not write there */
	z.avail_in = (uInt)body.len;
	if (body.len > UINT32_MAX || inflateInit2(&z, 16 + MAX_WBITS) != Z_OK)
		return error_set(err, ERR_NOMEM, "no memory for gzip");
	code = inflate_all(&z, max, out, err);
	(void)inflateEnd(&z); /* nothing to lose */
	return code;
}
