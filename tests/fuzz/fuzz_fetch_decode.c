/* Coded bodies of any bytes: in any pieces they decode alike, or fail. */
#include <stdlib.h>

#include "fetch/decode.h"

#define OUT_MAX ((size_t)4 << 20)

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum error_code
decode(struct decoder *d, const char *coding, struct span in, size_t piece,
	struct buffer *out)
{
	enum error_code code = OK;

	buffer_reset(out);
	if (!decoder_begin(d, span_str(coding)))
		abort();
	for (size_t at = 0; code == OK && at < in.len; at += piece)
		code = decoder_add(d, span_sub(in, at, at + piece), out);
	return code;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const codings[] = { "gzip", "deflate", "br", "" };
	static struct decoder *d;
	struct buffer whole, parts;
	const char *coding;
	struct span in;
	bool complete;

	if (d == NULL && (d = decoder_new()) == NULL)
		abort();
	if (size < 2)
		return 0;
	coding = codings[data[0] % 4];
	in = span_of((const char *)data + 2, size - 2);
	buffer_init(&whole, OUT_MAX);
	buffer_init(&parts, OUT_MAX);
	if (decode(d, coding, in, in.len + 1, &whole) == OK) {
		complete = decoder_complete(d);
		if (decode(d, coding, in, data[1] % 7 + 1u, &parts) == OK &&
			(decoder_complete(d) != complete ||
				!span_eq(buffer_span(&whole),
					buffer_span(&parts))))
			abort();
	}
	buffer_release(&whole);
	buffer_release(&parts);
	return 0;
}
