#include "gzip.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <zlib.h>

#define WINDOW_GZIP (15 + 16) /* largest window, gzip framing */
#define LEVEL	    6
#define CHUNK	    ((size_t)64 << 10) /* bytes read or inflated at a time */

enum error_code
gzip_member_add(struct span bytes, struct buffer *out, struct error *err)
{
	z_stream z = { 0 };
	uLong bound;
	char *room;
	int result;

	if (deflateInit2(&z, LEVEL, Z_DEFLATED, WINDOW_GZIP, 8,
		    Z_DEFAULT_STRATEGY) != Z_OK)
		return error_set(err, ERR_NOMEM, "no memory to compress");
	bound = deflateBound(&z, (uLong)bytes.len);
	room = buffer_reserve(out, bound);
	if (room == NULL) {
		deflateEnd(&z);
		return buffer_error(out, err, "a compressed record");
	}
	/* zlib reads through a pointer that is not const */
	z.next_in = (Bytef *)(uintptr_t)bytes.ptr;
	z.avail_in = (uInt)bytes.len;
	z.next_out = (Bytef *)room;
	z.avail_out = (uInt)bound;
	result = deflate(&z, Z_FINISH);
	if (result == Z_STREAM_END) {
		out->len += z.total_out;
		out->ptr[out->len] = '\0';
	}
	deflateEnd(&z);
	return result == Z_STREAM_END
		       ? OK
		       : error_set(err, ERR_IO, "deflate failed");
}

static enum error_code
bad_member(struct error *err, const char *why)
{
	return error_set(err, ERR_FORMAT, "%s", why);
}

/* Refill from the file; *eof at its end. */
static enum error_code
refill(int fd, int64_t *at, Bytef *in, z_stream *z, struct error *err)
{
	ssize_t n;

	do
		n = pread(fd, in, CHUNK, *at);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return error_sys(err, errno, "read");
	if (n == 0)
		return bad_member(err, "the file ends inside a gzip member");
	*at += n;
	z->next_in = in;
	z->avail_in = (uInt)n;
	return OK;
}

static enum error_code
inflate_all(z_stream *z, int fd, int64_t at, Bytef *in, struct buffer *out,
	struct error *err)
{
	for (;;) {
		size_t want = CHUNK;
		char *room;
		int result;

		if (z->avail_in == 0) {
			enum error_code code = refill(fd, &at, in, z, err);

			if (code != OK)
				return code;
		}
		if (want > out->cap - out->len)
			want = out->cap - out->len;
		room = buffer_reserve(out, want > 0 ? want : 1);
		if (room == NULL)
			return buffer_error(out, err, "an archived record");
		z->next_out = (Bytef *)room;
		z->avail_out = (uInt)want;
		result = inflate(z, Z_NO_FLUSH);
		out->len += want - z->avail_out;
		out->ptr[out->len] = '\0';
		if (result == Z_STREAM_END)
			return OK;
		if (result == Z_MEM_ERROR)
			return error_set(err, ERR_NOMEM, "no memory");
		if (result != Z_OK && result != Z_BUF_ERROR)
			return bad_member(
				err, z->msg != NULL ? z->msg : "not gzip");
	}
}

enum error_code
gzip_member_read(int fd, int64_t offset, struct buffer *out, int64_t *length,
	struct error *err)
{
	Bytef in[CHUNK];
	z_stream z = { 0 };
	enum error_code code;

	if (inflateInit2(&z, WINDOW_GZIP) != Z_OK)
		return error_set(err, ERR_NOMEM, "no memory to decompress");
	code = inflate_all(&z, fd, offset, in, out, err);
	*length = (int64_t)z.total_in;
	inflateEnd(&z);
	return code;
}

int64_t
gzip_member_find(
	int fd, int64_t from, size_t cap, bool (*is_wanted)(struct span plain))
{
	static const char magic[] = "\x1f\x8b\x08";
	char chunk[CHUNK];
	struct buffer plain;
	int64_t found = -1;

	buffer_init(&plain, cap);
	while (found < 0) {
		ssize_t n = pread(fd, chunk, sizeof chunk, from);
		struct span text = span_of(chunk, n > 0 ? (size_t)n : 0);
		size_t at = 0;

		if (n < (ssize_t)sizeof magic - 1)
			break;
		for (; found < 0 &&
			(at = span_find(text, at, span_str(magic))) != SIZE_MAX;
			at++) {
			int64_t length;

			buffer_reset(&plain);
			if (gzip_member_read(fd, from + (int64_t)at, &plain,
				    &length, NULL) == OK &&
				is_wanted(buffer_span(&plain)))
				found = from + (int64_t)at;
		}
		/* The magic may lie across two chunks. */
		from += n - (ssize_t)(sizeof magic - 2);
	}
	buffer_release(&plain);
	return found;
}
