/* SHA-256, and ids made of it. */
#ifndef DL_CORE_HASH_H
#define DL_CORE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "span.h"

#define HASH_LEN 32
#define HASH_HEX (2 * HASH_LEN + 1) /* hex digits and NUL */
#define ID_HEX	 33		    /* 128 bits in hex and NUL */

struct hash;

/* NULL without memory. */
struct hash *
hash_new(void);
void
hash_free(struct hash *h);
/* Start anew; also valid directly after hash_new(). */
void
hash_reset(struct hash *h);
void
hash_add(struct hash *h, const void *ptr, size_t len);
/* An 8-byte big-endian length and the bytes: no two field lists collide. */
void
hash_field(struct hash *h, struct span field);
/* The digest of all added so far; the hash must be reset before more. */
void
hash_end(struct hash *h, uint8_t out[HASH_LEN]);

/* SHA-1 as hex: the archives of others carry it; nothing of ours relies on
 * it. */
#define HASH_SHA1_HEX 41
void
hash_sha1_hex(struct span bytes, char out[HASH_SHA1_HEX]);

/* One call: digest of ptr[0..len) as lower-case hex. */
void
hash_hex(struct span bytes, char out[HASH_HEX]);
void
hex_encode(const uint8_t *bytes, size_t len, char *out);
/* len bytes of as many lower-case digits; false if they are none. */
bool
hex_decode(struct span hex, uint8_t *out, size_t len);

/* First 128 bits of the SHA-256 over the length-prefixed fields, in hex. */
void
hash_id(const struct span *fields, size_t n, char out[ID_HEX]);

#endif
