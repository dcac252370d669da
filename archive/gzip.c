#include "gzip.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <zlib.h>

#define WINDOW_GZIP (15 + 16)	       /* largest window, gzip framing */
#define CHUNK	    ((size_t)64 << 10) /* bytes read or inflated at a time */
#define PEEK_IN	    ((size_t)8 << 10)  /* bytes of a member that is peeked at */

/*
 * RFC 1952 section 2.3.1.1: one field "sl", skip-lengths, as the first drafts
 * of WARC have it: the member's bytes and those inside, 32 bits each.
 */
#define FIXED_LEN  10		   /* of a gzip header */
#define EXTRA_LEN  12		   /* "sl", its length, two numbers */
#define FLAG_EXTRA 4		   /* in the fourth byte */
#define LENGTHS_AT (FIXED_LEN + 6) /* from the member's begin */

struct gzip {
	z_stream z;
	gz_header head;
	Bytef extra[EXTRA_LEN];
};

struct gzip *
gzip_new(void)
{
	struct gzip *g = calloc(1, sizeof *g);

	if (g == NULL)
		return NULL;
	memcpy(g->extra, "sl\x08", 4);
	g->head.extra = g->extra;
	g->head.extra_len = EXTRA_LEN;
	g->head.os = 255; /* unknown: the same bytes everywhere */
	if (deflateInit2(&g->z, Z_BEST_SPEED, Z_DEFLATED, WINDOW_GZIP, 8,
		    Z_DEFAULT_STRATEGY) != Z_OK) {
		free(g);
		return NULL;
	}
	return g;
}

void
gzip_free(struct gzip *g)
{
	if (g == NULL)
		return;
	(void)deflateEnd(&g->z); /* tells only of a stream not ended */
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
	z_stream *z = &g->z;
	uLong bound;
	char *room;
	int result;

	if (deflateReset(z) != Z_OK || deflateSetHeader(z, &g->head) != Z_OK)
		return error_set(err, ERR_IO, "deflate failed");
	bound = deflateBound(z, (uLong)bytes.len);
	room = buffer_reserve(out, bound);
	if (room == NULL)
		return buffer_error(out, err, "a compressed record");
	/* zlib reads through a pointer that is not const */
	z->next_in = (Bytef *)(uintptr_t)bytes.ptr;
	z->avail_in = (uInt)bytes.len;
	z->next_out = (Bytef *)room;
	z->avail_out = (uInt)bound;
	result = deflate(z, Z_FINISH);
	if (result != Z_STREAM_END)
		return error_set(err, ERR_IO, "deflate failed");
	put_u32(room + LENGTHS_AT, z->total_out);
	put_u32(room + LENGTHS_AT + 4, bytes.len);
	out->len += z->total_out;
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
	if (n < FIXED_LEN + 2 + EXTRA_LEN ||
		memcmp(in, "\x1f\x8b\x08", 3) != 0 ||
		(in[3] & FLAG_EXTRA) == 0 ||
		memcmp(in + FIXED_LEN, "\x0c\0sl\x08\0", 6) != 0)
		return 0;
	return get_u32(in + LENGTHS_AT);
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
