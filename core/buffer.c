#include "buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define ROOM_START 256 /* bytes of the first allocation */

void
buffer_init(struct buffer *b, size_t cap)
{
	*b = (struct buffer){ .cap = cap };
}

void
buffer_release(struct buffer *b)
{
	free(b->ptr);
	*b = (struct buffer){ .cap = b->cap };
}

void
buffer_reset(struct buffer *b)
{
	b->len = 0;
	b->code = OK;
	if (b->ptr != NULL)
		b->ptr[0] = '\0';
}

char *
buffer_reserve(struct buffer *b, size_t more)
{
	size_t room;
	char *p;

	if (b->code != OK)
		return NULL;
	if (more > b->cap - b->len) {
		b->code = ERR_LIMIT;
		return NULL;
	}
	if (b->ptr != NULL && more < b->room - b->len)
		return b->ptr + b->len;
	room = b->room < ROOM_START ? ROOM_START : b->room;
	while (room - b->len <= more)
		room += room / 2;
	p = realloc(b->ptr, room);
	if (p == NULL) {
		b->code = ERR_NOMEM;
		return NULL;
	}
	b->ptr = p;
	b->room = room;
	b->ptr[b->len] = '\0';
	return b->ptr + b->len;
}

enum error_code
buffer_printf(struct buffer *b, const char *fmt, ...)
{
	va_list ap, again;
	char *p = NULL;
	int len;

	va_start(ap, fmt);
	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, ap);
	if (len >= 0)
		p = buffer_reserve(b, (size_t)len);
	if (p != NULL) {
		/* reserve leaves room for the NUL */
		(void)vsnprintf(p, (size_t)len + 1, fmt, again);
		b->len += (size_t)len;
	}
	va_end(again);
	va_end(ap);
	return b->code;
}

void
buffer_consume(struct buffer *b, size_t n)
{
	b->len -= n;
	if (b->len > 0)
		memmove(b->ptr, b->ptr + n, b->len);
	if (b->ptr != NULL)
		b->ptr[b->len] = '\0';
}

struct span
buffer_span(const struct buffer *b)
{
	return span_of(b->ptr, b->len);
}

enum error_code
buffer_error(const struct buffer *b, struct error *err, const char *what)
{
	if (b->code == OK)
		return OK;
	if (b->code == ERR_LIMIT)
		return error_set(
			err, ERR_LIMIT, "%s is over %zu bytes", what, b->cap);
	return error_set(err, b->code, "no memory for %s", what);
}
