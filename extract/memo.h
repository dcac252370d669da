/*
 * What was made of short texts, so that it is made once: a hash table whose
 * entries lie one behind the other.  For the time of loading.  Private to
 * extract.
 */
#ifndef DL_EXTRACT_MEMO_H
#define DL_EXTRACT_MEMO_H

#include "core/core.h"

#define MEMO_ENTRIES_MAX 28000
#define MEMO_BYTES_MAX	 ((size_t)16 << 20) /* of all of them */

struct memo;

struct memo *
memo_new(void);
void
memo_free(struct memo *m);
/* Forget all, keep the memory. */
void
memo_reset(struct memo *m);
/* FNV-1a, a byte at a time. */
#define MEMO_HASH_START 2166136261u
static inline uint32_t
memo_hash_add(uint32_t hash, char c)
{
	return (hash ^ (unsigned char)c) * 16777619u;
}
/* What is kept for key, aligned for uint32_t, until the next memo_put();
 * NULL: nothing. */
const void *
memo_get(const struct memo *m, struct span key, uint32_t hash);
/* Keep size bytes of ptr for key, of which there is none yet.  False when
 * there is no room, which is no error: it is made again. */
bool
memo_put(struct memo *m, struct span key, uint32_t hash, const void *ptr,
	size_t size);

#endif
