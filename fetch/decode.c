#include "decode.h"

#include <stdlib.h>

#include <brotli/decode.h>
#include <zlib.h>

#define CHUNK	     ((size_t)64 << 10) /* decoded at a time */
#define WINDOW_ANY   (15 + 32)		/* zlib finds gzip or zlib framing */
#define WINDOW_RAW   (-15)
#define GZIP_MAGIC_1 0x1F

enum coding { CODING_NONE, CODING_ZLIB, CODING_BROTLI };

static const struct {
	const char *name;
	enum coding coding;
} codings[] = {
	{ "", CODING_NONE },
	{ "identity", CODING_NONE },
	{ "gzip", CODING_ZLIB },
	{ "x-gzip", CODING_ZLIB },
	{ "deflate", CODING_ZLIB },
	{ "br", CODING_BROTLI },
};

struct decoder {
	enum coding coding;
	bool ended;  /* the coded stream has said so */
	bool padded; /* and what follows is none */
	bool raw;    /* "deflate" without its zlib framing, as some send it */
	size_t in, out;
	z_stream z;
	BrotliDecoderState *brotli;
};

struct decoder *
decoder_new(void)
{
	struct decoder *d = calloc(1, sizeof *d);

	if (d != NULL && inflateInit2(&d->z, WINDOW_ANY) != Z_OK) {
		free(d);
		return NULL;
	}
	return d;
}

void
decoder_free(struct decoder *d)
{
	if (d == NULL)
		return;
	(void)inflateEnd(&d->z);
	BrotliDecoderDestroyInstance(d->brotli);
	free(d);
}

bool
decoder_begin(struct decoder *d, struct span coding)
{
	coding = span_trim(coding);
	d->in = d->out = 0;
	d->ended = d->padded = d->raw = false;
	for (size_t i = 0; i < sizeof codings / sizeof *codings; i++) {
		if (!span_ieq_str(coding, codings[i].name))
			continue;
		d->coding = codings[i].coding;
		if (d->coding == CODING_ZLIB)
			return inflateReset2(&d->z, WINDOW_ANY) == Z_OK;
		BrotliDecoderDestroyInstance(d->brotli);
		d->brotli =
			d->coding == CODING_BROTLI
				? BrotliDecoderCreateInstance(NULL, NULL, NULL)
				: NULL;
		return d->coding != CODING_BROTLI || d->brotli != NULL;
	}
	return false;
}

/* Room for the next piece; NULL when out is full. */
static char *
room(struct buffer *out, size_t *len)
{
	*len = out->cap - out->len < CHUNK ? out->cap - out->len : CHUNK;
	return *len > 0 ? buffer_reserve(out, *len) : NULL;
}

static enum error_code
count(struct decoder *d, struct buffer *out, size_t added)
{
	out->len += added;
	out->ptr[out->len] = '\0';
	d->out += added;
	return d->out > DECODE_FREE && d->out / DECODE_RATIO > d->in ? ERR_LIMIT
								     : OK;
}

static enum error_code
full(const struct buffer *out)
{
	return out->code == ERR_NOMEM ? ERR_NOMEM : ERR_LIMIT;
}

static int
inflate_some(struct decoder *d)
{
	int result = inflate(&d->z, Z_NO_FLUSH);

	/* RFC 9110 section 8.4.1.2: some send no zlib framing. */
	if (result == Z_DATA_ERROR && !d->raw && d->out == 0 &&
		d->z.total_in <= 2) {
		d->raw = true;
		d->z.next_in -= d->z.total_in;
		d->z.avail_in += (uInt)d->z.total_in;
		if (inflateReset2(&d->z, WINDOW_RAW) != Z_OK)
			return Z_MEM_ERROR;
		result = inflate(&d->z, Z_NO_FLUSH);
	}
	return result;
}

static enum error_code
add_zlib(struct decoder *d, struct span bytes, struct buffer *out)
{
	d->z.next_in = (Bytef *)(uintptr_t)bytes.ptr;
	d->z.avail_in = (uInt)bytes.len;
	while (d->z.avail_in > 0 || d->z.avail_out == 0) {
		size_t len;
		char *to;
		int result;
		enum error_code code;

		if (d->ended) {
			/* Another gzip member, or padding that says nothing. */
			if (d->z.avail_in == 0)
				return OK;
			d->padded = d->padded || *d->z.next_in != GZIP_MAGIC_1;
			if (d->padded)
				return OK;
			(void)inflateReset(&d->z);
			d->ended = false;
		}
		to = room(out, &len);
		if (to == NULL)
			return full(out);
		d->z.next_out = (Bytef *)to;
		d->z.avail_out = (uInt)len;
		result = inflate_some(d);
		code = count(d, out, len - d->z.avail_out);
		if (code != OK)
			return code;
		d->ended = result == Z_STREAM_END;
		if (result == Z_BUF_ERROR)
			break;
		if (result != Z_OK && result != Z_STREAM_END)
			return result == Z_MEM_ERROR ? ERR_NOMEM : ERR_FORMAT;
	}
	return OK;
}

static enum error_code
add_brotli(struct decoder *d, struct span bytes, struct buffer *out)
{
	const uint8_t *in = (const uint8_t *)bytes.ptr;
	size_t left = bytes.len;
	BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;

	while (!d->ended && result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) {
		size_t len, free_len;
		char *to = room(out, &len);
		uint8_t *next = (uint8_t *)to;
		enum error_code code;

		if (to == NULL)
			return full(out);
		free_len = len;
		result = BrotliDecoderDecompressStream(
			d->brotli, &left, &in, &free_len, &next, NULL);
		if (result == BROTLI_DECODER_RESULT_ERROR)
			return ERR_FORMAT;
		code = count(d, out, len - free_len);
		if (code != OK)
			return code;
		d->ended = result == BROTLI_DECODER_RESULT_SUCCESS;
	}
	return OK;
}

enum error_code
decoder_add(struct decoder *d, struct span bytes, struct buffer *out)
{
	d->in += bytes.len;
	switch (d->coding) {
	case CODING_ZLIB:
		return add_zlib(d, bytes, out);
	case CODING_BROTLI:
		return add_brotli(d, bytes, out);
	case CODING_NONE:
	default:
		return buffer_add_span(out, bytes);
	}
}

bool
decoder_complete(const struct decoder *d)
{
	/* An empty body is whole in any coding: it answers a HEAD, a 204. */
	return d->coding == CODING_NONE || d->in == 0 || d->ended;
}
