/*
 * Arena: memory of one document, freed in one go.  Not shared by threads.
 */
#ifndef DL_CORE_ARENA_H
#define DL_CORE_ARENA_H

#include <stddef.h>
#include <stdint.h>

#include "span.h"

#define ARENA_BLOCK_MIN                                                        \
	((size_t)64 << 10) /* smallest block taken by malloc                   \
			    */

#define ARENA_KEEP_MAX ((size_t)4 << 20) /* largest that a reset keeps */

struct arena;

/* An empty arena that hands out at most cap bytes, or NULL without memory. */
struct arena *
arena_new(size_t cap);

void
arena_free(struct arena *a);

/* Forget everything handed out; keeps up to one block of memory. */
void
arena_reset(struct arena *a);

/*
 * size bytes, zeroed, aligned for any type; NULL when the cap is reached or
 * malloc fails (arena_over_cap() tells which).  size 0 gives a valid pointer.
 */
void *
arena_alloc(struct arena *a, size_t size);

/* arena_alloc(n * size) with the multiplication checked. */
void *
arena_array(struct arena *a, size_t n, size_t size);

/* The same, not zeroed: for what is written before it is read. */
void *
arena_room(struct arena *a, size_t n, size_t size);

/*
 * A larger copy of an array that grows: old holds used elements of size
 * bytes and has room for *cap; returns old while used < *cap, else a copy
 * with *cap doubled (at least 8), or NULL.  The old array stays until reset.
 */
void *
arena_grow(struct arena *a, void *old, size_t used, size_t *cap, size_t size);

/* NUL-terminated copies; NULL as arena_alloc().  NULL in gives NULL. */
char *
arena_strdup(struct arena *a, const char *s);
char *
arena_strndup(struct arena *a, const char *s, size_t len);
char *
arena_printf(struct arena *a, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
struct span
arena_span(struct arena *a, struct span s);

/* Bytes handed out since the last reset, padding included. */
size_t
arena_used(const struct arena *a);

/* The last NULL was because of the cap (ERR_LIMIT), not malloc (ERR_NOMEM). */
bool
arena_over_cap(const struct arena *a);

/* How often it gave NULL so far: who asks before and after a step that asks
 * for many small things need not look at each. */
size_t
arena_failures(const struct arena *a);

/* Fault injection: the n-th arena_alloc from now fails once; < 0 never. */
void
arena_fail_at(struct arena *a, long n);

#endif
