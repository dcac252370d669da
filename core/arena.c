#include "arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define ALIGN	   alignof(max_align_t)
#define GROW_START 8 /* elements of a growing array's first room */

struct arena_block {
	struct arena_block *next;
	size_t used;
	size_t room;
	size_t dirty; /* bytes that were used before; behind them all is zero */
	alignas(max_align_t) char bytes[];
};

struct arena {
	struct arena_block *blocks; /* newest first */
	size_t cap;
	size_t used;
	size_t first; /* room of the next first block, at least */
	size_t failures;
	long fail_at; /* allocations to go; negative: never */
	bool over_cap;
};

struct arena *
arena_new(size_t cap)
{
	struct arena *a = calloc(1, sizeof *a);

	if (a == NULL)
		return NULL;
	a->cap = cap;
	a->fail_at = -1;
	return a;
}

static void
free_blocks(struct arena_block *b)
{
	while (b != NULL) {
		struct arena_block *next = b->next;

		free(b);
		b = next;
	}
}

void
arena_free(struct arena *a)
{
	if (a == NULL)
		return;
	free_blocks(a->blocks);
	free(a);
}

/* One block is kept, so that documents of a usual size live in memory that is
 * in use already.  Where one was not enough the next is as large as all were
 * together. */
void
arena_reset(struct arena *a)
{
	struct arena_block *b = a->blocks;

	if (b != NULL && (b->next != NULL || b->room > ARENA_KEEP_MAX)) {
		a->first = a->used + a->used / 4;
		if (a->first > ARENA_KEEP_MAX)
			a->first = ARENA_KEEP_MAX;
		free_blocks(b);
		b = NULL;
	}
	if (b != NULL) {
		if (b->used > b->dirty)
			b->dirty = b->used;
		b->used = 0;
	}
	a->blocks = b;
	a->used = 0;
	a->over_cap = false;
}

/* Blocks double with the arena, so that their number stays small. */
static struct arena_block *
add_block(struct arena *a, size_t size)
{
	size_t room = a->used > ARENA_BLOCK_MIN ? a->used : ARENA_BLOCK_MIN;
	struct arena_block *b;

	if (a->blocks == NULL && room < a->first)
		room = a->first;
	if (room > a->cap - a->used && a->cap - a->used >= size)
		room = a->cap - a->used;
	if (room < size)
		room = size;
	b = calloc(1, sizeof *b + room);
	if (b == NULL)
		return NULL;
	b->room = room;
	b->next = a->blocks;
	a->blocks = b;
	return b;
}

/* size bytes, already rounded up, or NULL; *dirty of them may not be zero. */
static void *
take(struct arena *a, size_t size, size_t *dirty)
{
	struct arena_block *b = a->blocks;
	void *p;

	*dirty = 0;
	if (b == NULL || b->room - b->used < size) {
		b = add_block(a, size);
		if (b == NULL)
			return NULL;
	}
	p = b->bytes + b->used;
	if (b->dirty > b->used)
		*dirty = b->dirty - b->used < size ? b->dirty - b->used : size;
	b->used += size;
	a->used += size;
	return p;
}

static void *
get(struct arena *a, size_t size, size_t *dirty)
{
	const size_t rounded =
		size == 0 ? ALIGN : (size + ALIGN - 1) & ~(ALIGN - 1);
	void *p = NULL;

	if (a->fail_at >= 0 && a->fail_at-- == 0)
		p = NULL;
	else if (rounded < size || rounded > a->cap - a->used)
		a->over_cap = true;
	else
		p = take(a, rounded, dirty);
	a->failures += p == NULL;
	return p;
}

/* Memory is zeroed when it is given out again, which is when it is used. */
void *
arena_alloc(struct arena *a, size_t size)
{
	size_t dirty;
	void *p = get(a, size, &dirty);

	if (p != NULL && dirty > 0)
		memset(p, 0, dirty);
	return p;
}

static void *
array(struct arena *a, size_t n, size_t size, size_t *dirty)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes)) {
		a->over_cap = true;
		a->failures++;
		return NULL;
	}
	return get(a, bytes, dirty);
}

void *
arena_array(struct arena *a, size_t n, size_t size)
{
	size_t dirty;
	void *p = array(a, n, size, &dirty);

	if (p != NULL && dirty > 0)
		memset(p, 0, dirty);
	return p;
}

void *
arena_room(struct arena *a, size_t n, size_t size)
{
	size_t dirty;

	return array(a, n, size, &dirty);
}

void *
arena_grow(struct arena *a, void *old, size_t used, size_t *cap, size_t size)
{
	size_t more = *cap == 0 ? GROW_START : *cap * 2, dirty;
	char *p;

	if (old != NULL && used < *cap)
		return old;
	if (old == NULL)
		used = 0;
	p = array(a, more, size, &dirty);
	if (p == NULL)
		return NULL;
	if (used > 0)
		memcpy(p, old, used * size);
	if (dirty > used * size)
		memset(p + used * size, 0, dirty - used * size);
	*cap = more;
	return p;
}

char *
arena_strndup(struct arena *a, const char *s, size_t len)
{
	size_t dirty;
	char *p;

	if (s == NULL)
		return NULL;
	p = get(a, len + 1, &dirty);
	if (p != NULL) {
		memcpy(p, s, len);
		p[len] = '\0';
	}
	return p;
}

char *
arena_strdup(struct arena *a, const char *s)
{
	return s != NULL ? arena_strndup(a, s, strlen(s)) : NULL;
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	char *p = NULL;
	int len;

	va_start(ap, fmt);
	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, ap);
	if (len >= 0)
		p = arena_alloc(a, (size_t)len + 1);
	if (p != NULL)
		(void)vsnprintf(p, (size_t)len + 1, fmt, again);
	va_end(again);
	va_end(ap);
	return p;
}

struct span
arena_span(struct arena *a, struct span s)
{
	char *p = arena_strndup(a, s.ptr, s.len);

	return span_of(p, p != NULL ? s.len : 0);
}

size_t
arena_used(const struct arena *a)
{
	return a->used;
}

bool
arena_over_cap(const struct arena *a)
{
	return a->over_cap;
}

size_t
arena_failures(const struct arena *a)
{
	return a->failures;
}

void
arena_fail_at(struct arena *a, long n)
{
	a->fail_at = n;
}
