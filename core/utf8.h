/* Strict UTF-8 (RFC 3629): no overlong forms, no surrogates, <= U+10FFFF. */
#ifndef DL_CORE_UTF8_H
#define DL_CORE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buffer.h"
#include "span.h"

#define UTF8_REPLACEMENT 0xFFFDu

/*
 * Decode one character at text[at]; returns its length in bytes (1-4) and
 * sets *cp, or 0 if the bytes there are not UTF-8 or at is the end.
 */
size_t
utf8_decode_any(struct span text, size_t at, uint32_t *cp);
static inline size_t
utf8_decode(struct span text, size_t at, uint32_t *cp)
{
	if (at >= text.len || (unsigned char)text.ptr[at] >= 0x80)
		return utf8_decode_any(text, at, cp);
	*cp = (unsigned char)text.ptr[at];
	return 1;
}

/* Encode cp into out (4 bytes); returns the length, 0 if cp is no scalar. */
size_t
utf8_encode(uint32_t cp, char out[4]);

/* Length of the longest valid prefix; == text.len when all is valid. */
size_t
utf8_valid_prefix(struct span text);

/* at is 0, text.len or the first byte of a character. */
bool
utf8_boundary(struct span text, size_t at);

/* Number of characters in valid text. */
size_t
utf8_count(struct span text);

/*
 * Append text with each maximal ill-formed subpart replaced by U+FFFD
 * (Unicode 15, 3.9, "substitution of maximal subparts") and NUL by U+FFFD.
 * *bad (may be NULL) is increased by the number of replacements.
 */
enum error_code
utf8_repair(struct span text, struct buffer *out, size_t *bad);

/* Append text in NFC.  text must be valid. */
enum error_code
utf8_nfc(struct span text, struct buffer *out);

/* Unicode White_Space, or a format space: U+200B, U+2060, U+FEFF. */
bool
utf8_is_space(uint32_t cp);
/* General category L* or M*, N*, Lu/Lt. */
bool
utf8_is_letter(uint32_t cp);
bool
utf8_is_digit(uint32_t cp);
bool
utf8_is_upper(uint32_t cp);
/* Simple lower-case mapping. */
uint32_t
utf8_lower(uint32_t cp);

/*
 * Append a key for matching names: NFKD without marks, lower case, special
 * letters (o-slash, sharp s, l-stroke ...) as their base, apostrophes and
 * full stops dropped, every other run of non-alphanumerics one space, ends
 * trimmed.
 */
enum error_code
utf8_fold_name(struct span text, struct buffer *out);
/* The same key of text that is all ASCII, into out of as many bytes; its
 * length, or SIZE_MAX: it is not. */
size_t
utf8_fold_ascii(struct span text, char *out);

#endif
