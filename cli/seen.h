/* A map from texts to numbers, by their hash: what was seen, and as which. */
#ifndef DL_CLI_SEEN_H
#define DL_CLI_SEEN_H

#include "core/core.h"

#define SEEN_MAX ((size_t)1 << 24) /* texts */

struct seen {
	struct seen_slot {
		uint64_t hash; /* 0: free */
		uint32_t value;
	} * slots;
	size_t n, room; /* room: a power of two, or 0 */
};

void
seen_release(struct seen *s);
uint64_t
seen_hash(uint64_t h, struct span text);
#define SEEN_START 14695981039346656037u
bool
seen_has(const struct seen *s, uint64_t hash);
/* Puts value there if hash is new: *is_new; else *value is what it has.
 * ERR_NOMEM; ERR_LIMIT. */
enum error_code
seen_put(struct seen *s, uint64_t hash, uint32_t *value, bool *is_new);

#endif
