/* A byte buffer that grows up to a cap.  Errors stick until reset. */
#ifndef DL_CORE_BUFFER_H
#define DL_CORE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "span.h"

#include "error.h"

/* Caller's struct; after buffer_init() owned memory is ptr[0..len), and
 * ptr[len] is NUL whenever ptr is not NULL. */
struct buffer {
	char *ptr;
	size_t len;
	size_t room;
	size_t cap;
	enum error_code code; /* OK, ERR_LIMIT or ERR_NOMEM */
};

/* cap: most bytes it may hold.  Takes no memory yet. */
void
buffer_init(struct buffer *b, size_t cap);
void
buffer_release(struct buffer *b);
/* Empty it and clear the error; keeps the memory. */
void
buffer_reset(struct buffer *b);

/* Room for more bytes behind len, to be filled by the caller, who then adds
 * to b->len; NULL: see b->code. */
char *
buffer_reserve(struct buffer *b, size_t more);

/* Each appends all or nothing and returns b->code. */
static inline enum error_code
buffer_add(struct buffer *b, const void *ptr, size_t len)
{
	char *p;

	if (b->code == OK && b->ptr != NULL && len < b->room - b->len &&
		len <= b->cap - b->len)
		p = b->ptr + b->len;
	else
		p = buffer_reserve(b, len);
	if (p == NULL)
		return b->code;
	if (len > 0)
		memcpy(p, ptr, len);
	p[len] = '\0';
	b->len += len;
	return OK;
}
static inline enum error_code
buffer_add_span(struct buffer *b, struct span s)
{
	return buffer_add(b, s.ptr, s.len);
}
static inline enum error_code
buffer_add_str(struct buffer *b, const char *s)
{
	return buffer_add(b, s, strlen(s));
}
static inline enum error_code
buffer_add_char(struct buffer *b, char c)
{
	return buffer_add(b, &c, 1);
}
enum error_code
buffer_printf(struct buffer *b, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Drop the first n bytes (n <= len). */
void
buffer_consume(struct buffer *b, size_t n);

struct span
buffer_span(const struct buffer *b);

/* Turn the sticking error into *err, naming what was being built. */
enum error_code
buffer_error(const struct buffer *b, struct error *err, const char *what);

#endif
