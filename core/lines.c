#include "lines.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define CHUNK ((size_t)64 << 10) /* bytes asked of read() at a time */

void
lines_init(struct lines *l, int fd, size_t max)
{
	*l = (struct lines){ .fd = fd, .max = max };
	buffer_init(&l->buf, max + 2 * CHUNK);
}

void
lines_release(struct lines *l)
{
	buffer_release(&l->buf);
}

/* One read() behind what is in b; *n is 0 at the end. */
static enum error_code
fill(int fd, struct buffer *b, size_t want, size_t *n, struct error *err)
{
	char *p = buffer_reserve(b, want);
	ssize_t got;

	if (p == NULL)
		return buffer_error(b, err, "input");
	do
		got = read(fd, p, want);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return error_sys(err, errno, "read");
	b->len += (size_t)got;
	b->ptr[b->len] = '\0';
	*n = (size_t)got;
	return OK;
}

static enum error_code
too_long(const struct lines *l, struct error *err)
{
	return error_set(err, ERR_LIMIT, "line %zu is over %zu bytes",
		l->number, l->max);
}

/* Hand out buf[at, end), stepping over `step` bytes behind it. */
static enum error_code
hand_out(struct lines *l, size_t end, size_t step, struct span *out,
	struct error *err)
{
	bool skipping = l->skipping;

	*out = span_of(l->buf.ptr + l->at, end - l->at);
	l->at = end + step;
	l->skipping = false;
	if (skipping)
		return OK;
	l->number++;
	return out->len > l->max ? too_long(l, err) : OK;
}

bool
lines_ready(const struct lines *l)
{
	return l->eof ||
	       (l->buf.len > l->at && memchr(l->buf.ptr + l->at, '\n',
					      l->buf.len - l->at) != NULL);
}

enum error_code
lines_next(struct lines *l, struct span *out, struct error *err)
{
	size_t seen = l->at;

	*out = span_of(NULL, 0);
	for (;;) {
		bool was_skipping = l->skipping;
		enum error_code code;
		const char *lf = NULL;
		size_t got = 0;

		if (l->buf.len > seen)
			lf = memchr(l->buf.ptr + seen, '\n', l->buf.len - seen);
		if (lf != NULL) {
			code = hand_out(
				l, (size_t)(lf - l->buf.ptr), 1, out, err);
			seen = l->at;
			if (was_skipping)
				continue;
			return code;
		}
		if (l->eof) {
			if (l->at == l->buf.len || was_skipping) {
				*out = span_of(NULL, 0);
				return OK;
			}
			return hand_out(l, l->buf.len, 0, out, err);
		}
		buffer_consume(&l->buf, l->at);
		l->at = 0;
		if (l->buf.len > l->max) { /* drop what there is of it */
			buffer_reset(&l->buf);
			if (!l->skipping) {
				l->skipping = true;
				l->number++;
				return too_long(l, err);
			}
		}
		seen = l->buf.len;
		code = fill(l->fd, &l->buf, CHUNK, &got, err);
		if (code != OK)
			return code;
		l->eof = got == 0;
	}
}

enum error_code
read_all(int fd, size_t max, struct buffer *b, struct error *err)
{
	enum error_code code;
	size_t got = 0;

	do {
		size_t left = max - b->len;
		size_t want = left < CHUNK ? left + 1 : CHUNK;

		code = fill(fd, b, want, &got, err);
		if (code != OK)
			return code;
		if (b->len > max)
			return error_set(
				err, ERR_LIMIT, "input is over %zu bytes", max);
	} while (got > 0);
	return OK;
}

enum error_code
read_file(const char *path, size_t max, struct buffer *b, struct error *err)
{
	enum error_code code;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		code = errno == ENOENT ? ERR_NOT_FOUND : ERR_IO;
		error_sys(err, errno, "%s", path);
		if (err != NULL)
			err->code = code;
		return code;
	}
	code = read_all(fd, max, b, err);
	if (code != OK)
		error_wrap(err, "%s", path);
	close(fd);
	return code;
}

enum error_code
write_all(int fd, const void *ptr, size_t len, struct error *err)
{
	const char *p = ptr;

	while (len > 0) {
		ssize_t n = write(fd, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_sys(err, errno, "write");
		p += n;
		len -= (size_t)n;
	}
	return OK;
}
