#include "gzip.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libdeflate.h>
#include <zlib.h>

#define WINDOW_GZIP (15 + 16)	       /* largest window, gzip framing */
#define CHUNK	    ((size_t)64 << 10) /* bytes read or inflated at a time */
#define PEEK_IN	    ((size_t)8 << 10)  /* bytes of a member that is peeked at */

/*
 * RFC 1952 section 2.3.1.1: one field "sl", skip-lengths, as the first drafts
 * of WARC have it: the member's bytes and those inside, 32 bits each.
 */
#define HEADER	     "\x1f\x8b\x08\x04\0\0\0\0\x04\xff\x0c\0sl\x08\0"
#define HEADER_START (sizeof HEADER - 1)
#define HEADER_LEN   (HEADER_START + 8)
#define TRAILER_LEN  8 /* CRC-32 and the bytes inside */

/* libdeflate makes a member in half the time of zlib, and a smaller one. */
struct gzip {
	struct libdeflate_compressor *compressor;
};

struct gzip *
gzip_new(int level)
{
	struct gzip *g = calloc(1, sizeof *g);

	if (g == NULL)
		return NULL;
	g->compressor = libdeflate_alloc_compressor(level);
	if (g->compressor != NULL)
		return g;
	free(g);
	return NULL;
}

void
gzip_free(struct gzip *g)
{
	if (g == NULL)
		return;
	libdeflate_free_compressor(g->compressor);
	free(g);
}

static void
put_u32(char *p, size_t n)
{
	for (int i = 0; i < 4; i++)
		p[i] = (char)(n >> 8 * i & 0xFF);
}

static int64_t
get_u32(const char *p)
{
	int64_t n = 0;

	for (int i = 3; i >= 0; i--)
		n = n << 8 | (unsigned char)p[i];
	return n;
}

enum error_code
gzip_member_add(struct gzip *g, struct span bytes, struct buffer *out,
	struct error *err)
{
	const size_t bound =
		libdeflate_deflate_compress_bound(g->compressor, bytes.len);
	char *room = buffer_reserve(out, HEADER_LEN + bound + TRAILER_LEN);
	size_t len;

	if (room == NULL)
		return buffer_error(out, err, "a compressed record");
	len = libdeflate_deflate_compress(
		g->compressor, bytes.ptr, bytes.len, room + HEADER_LEN, bound);
	if (len == 0)
		return error_set(err, ERR_IO, "deflate failed");
	memcpy(room, HEADER, HEADER_START);
	put_u32(room + HEADER_START, HEADER_LEN + len + TRAILER_LEN);
	put_u32(room + HEADER_START + 4, bytes.len);
	put_u32(room + HEADER_LEN + len,
		libdeflate_crc32(0, bytes.ptr, bytes.len));
	put_u32(room + HEADER_LEN + len + 4, bytes.len);
	out->len += HEADER_LEN + len + TRAILER_LEN;
	out->ptr[out->len] = '\0';
	return OK;
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

/* What the member's header says of its length; 0: nothing. */
static int64_t
said_length(const char *in, size_t n)
{
	if (n < HEADER_LEN || memcmp(in, HEADER, HEADER_START) != 0)
		return 0;
	return get_u32(in + HEADER_START);
}

/* A member ends there: so does the file, or the next one begins. */
static bool
ends_at(int fd, int64_t at)
{
	char next[3];
	ssize_t n = pread(fd, next, sizeof next, at);

	if (n == 0)
		return lseek(fd, 0, SEEK_END) == at;
	return n == sizeof next && memcmp(next, "\x1f\x8b\x08", 3) == 0;
}

bool
gzip_member_peek(int fd, int64_t offset, struct buffer *out, size_t most,
	int64_t *length)
{
	char in[PEEK_IN];
	z_stream z = { 0 };
	ssize_t n = pread(fd, in, sizeof in, offset);
	char *room = buffer_reserve(out, most);
	int result;

	*length = n > 0 ? said_length(in, (size_t)n) : 0;
	if (*length == 0 || room == NULL || !ends_at(fd, offset + *length) ||
		inflateInit2(&z, WINDOW_GZIP) != Z_OK)
		return false;
	z.next_in = (Bytef *)in;
	z.avail_in = (uInt)n;
	z.next_out = (Bytef *)room;
	z.avail_out = (uInt)most;
	result = inflate(&z, Z_SYNC_FLUSH);
	out->len += most - z.avail_out;
	out->ptr[out->len] = '\0';
	inflateEnd(&z);
	return result == Z_OK || result == Z_STREAM_END ||
	       result == Z_BUF_ERROR;
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
