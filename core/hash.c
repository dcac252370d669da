#include "hash.h"

#include <stdlib.h>

#include <openssl/evp.h>

#define HEAD_MAX  512 /* bytes of an id's fields that are gathered */
#define HEAD_FULL (HEAD_MAX - 64)

struct hash {
	EVP_MD_CTX *ctx;
};

/* SHA-256 of OpenSSL's default provider cannot fail once set up. */
struct hash *
hash_new(void)
{
	struct hash *h = calloc(1, sizeof *h);

	if (h == NULL)
		return NULL;
	h->ctx = EVP_MD_CTX_new();
	if (h->ctx == NULL ||
		EVP_DigestInit_ex(h->ctx, EVP_sha256(), NULL) != 1) {
		hash_free(h);
		return NULL;
	}
	return h;
}

void
hash_free(struct hash *h)
{
	if (h == NULL)
		return;
	EVP_MD_CTX_free(h->ctx);
	free(h);
}

void
hash_reset(struct hash *h)
{
	(void)EVP_DigestInit_ex(h->ctx, NULL, NULL);
}

void
hash_add(struct hash *h, const void *ptr, size_t len)
{
	(void)EVP_DigestUpdate(h->ctx, ptr, len);
}

/* An 8-byte big-endian length. */
static void
encode_length(uint64_t n, uint8_t out[8])
{
	for (int i = 0; i < 8; i++)
		out[i] = (uint8_t)(n >> (56 - 8 * i));
}

void
hash_field(struct hash *h, struct span field)
{
	uint8_t length[8];

	encode_length(field.len, length);
	hash_add(h, length, sizeof length);
	hash_add(h, field.ptr, field.len);
}

void
hash_end(struct hash *h, uint8_t out[HASH_LEN])
{
	(void)EVP_DigestFinal_ex(h->ctx, out, NULL);
}

void
hex_encode(const uint8_t *bytes, size_t len, char *out)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < len; i++) {
		out[2 * i] = digits[bytes[i] >> 4];
		out[2 * i + 1] = digits[bytes[i] & 15];
	}
	out[2 * len] = '\0';
}

static int
hex_digit(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
				      : -1;
}

bool
hex_decode(struct span hex, uint8_t *out, size_t len)
{
	if (hex.len != 2 * len)
		return false;
	for (size_t i = 0; i < len; i++) {
		const int high = hex_digit(hex.ptr[2 * i]),
			  low = hex_digit(hex.ptr[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		out[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

/* Made once a thread: looking SHA-256 up costs more than a short hash. */
static EVP_MD_CTX *
context(void)
{
	static _Thread_local EVP_MD_CTX *ctx;

	if (ctx == NULL) {
		ctx = EVP_MD_CTX_new();
		/* Without memory there is no digest to give, and no way to go
		 * on.
		 */
		if (ctx == NULL ||
			EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) != 1)
			abort();
	}
	return ctx;
}

void
hash_hex(struct span bytes, char out[HASH_HEX])
{
	uint8_t digest[HASH_LEN];
	EVP_MD_CTX *ctx = context();

	(void)EVP_DigestInit_ex(ctx, NULL, NULL);
	(void)EVP_DigestUpdate(ctx, bytes.ptr, bytes.len);
	(void)EVP_DigestFinal_ex(ctx, digest, NULL);
	hex_encode(digest, HASH_LEN, out);
}

void
hash_sha1_hex(struct span bytes, char out[HASH_SHA1_HEX])
{
	uint8_t digest[HASH_SHA1_HEX / 2];

	(void)EVP_Digest(bytes.ptr, bytes.len, digest, NULL, EVP_sha1(), NULL);
	hex_encode(digest, sizeof digest, out);
}

void
hash_id(const struct span *fields, size_t n, char out[ID_HEX])
{
	uint8_t digest[HASH_LEN], head[HEAD_MAX];
	size_t used = 0;
	EVP_MD_CTX *ctx = context();

	(void)EVP_DigestInit_ex(ctx, NULL, NULL);
	/* Fields are short, and each call of OpenSSL is not. */
	for (size_t i = 0; i < n; i++) {
		if (fields[i].len > sizeof head - used - 8 ||
			used > HEAD_FULL) {
			(void)EVP_DigestUpdate(ctx, head, used);
			used = 0;
		}
		encode_length(fields[i].len, head + used);
		used += 8;
		if (fields[i].len > sizeof head - used) {
			(void)EVP_DigestUpdate(ctx, head, used);
			(void)EVP_DigestUpdate(
				ctx, fields[i].ptr, fields[i].len);
			used = 0;
		} else if (fields[i].len > 0) {
			memcpy(head + used, fields[i].ptr, fields[i].len);
			used += fields[i].len;
		}
	}
	(void)EVP_DigestUpdate(ctx, head, used);
	(void)EVP_DigestFinal_ex(ctx, digest, NULL);
	hex_encode(digest, (ID_HEX - 1) / 2, out);
}
