#include "utf8.h"

#include <stdlib.h>

#include <utf8proc.h>

#define LATIN_LAST     0x2AF /* from U+00C0 on all are letters but two */
#define FOLD_PARTS_MAX 32    /* the longest NFKD of one character is 18 */

/*
 * Length of the well-formed character at text[at], or minus the length of
 * the maximal ill-formed subpart there (Unicode 15, table 3-7); 0 at the end.
 */
static int
scan(struct span text, size_t at, uint32_t *cp)
{
	const unsigned char *p;
	size_t left;
	unsigned lo = 0x80, hi = 0xBF;
	int len;

	if (at >= text.len)
		return 0;
	p = (const unsigned char *)text.ptr + at;
	left = text.len - at;
	if (p[0] < 0x80) {
		*cp = p[0];
		return 1;
	}
	if (p[0] >= 0xC2 && p[0] <= 0xDF) {
		len = 2;
		*cp = p[0] & 0x1Fu;
	} else if (p[0] >= 0xE0 && p[0] <= 0xEF) {
		len = 3;
		*cp = p[0] & 0x0Fu;
		if (p[0] == 0xE0)
			lo = 0xA0; /* overlong */
		if (p[0] == 0xED)
			hi = 0x9F; /* surrogates */
	} else if (p[0] >= 0xF0 && p[0] <= 0xF4) {
		len = 4;
		*cp = p[0] & 0x07u;
		if (p[0] == 0xF0)
			lo = 0x90;
		if (p[0] == 0xF4)
			hi = 0x8F; /* over U+10FFFF */
	} else {
		return -1;
	}
	for (int i = 1; i < len; i++) {
		if ((size_t)i >= left || p[i] < lo || p[i] > hi)
			return -i;
		*cp = *cp << 6 | (p[i] & 0x3Fu);
		lo = 0x80;
		hi = 0xBF;
	}
	return len;
}

size_t
utf8_decode_any(struct span text, size_t at, uint32_t *cp)
{
	int len = scan(text, at, cp);

	return len > 0 ? (size_t)len : 0;
}

size_t
utf8_encode(uint32_t cp, char out[4])
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xC0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3F));
		return 2;
	}
	if (cp >= 0xD800 && cp <= 0xDFFF)
		return 0;
	if (cp < 0x10000) {
		out[0] = (char)(0xE0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
		out[2] = (char)(0x80 | (cp & 0x3F));
		return 3;
	}
	if (cp > 0x10FFFF)
		return 0;
	out[0] = (char)(0xF0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
	out[3] = (char)(0x80 | (cp & 0x3F));
	return 4;
}

/* Eight bytes at a time while they are all ASCII. */
static size_t
skip_ascii(struct span text, size_t at)
{
	uint64_t word;

	while (at + sizeof word <= text.len) {
		memcpy(&word, text.ptr + at, sizeof word);
		if (word & UINT64_C(0x8080808080808080))
			break;
		at += sizeof word;
	}
	while (at < text.len && (unsigned char)text.ptr[at] < 0x80)
		at++;
	return at;
}

size_t
utf8_valid_prefix(struct span text)
{
	size_t at = 0;
	uint32_t cp;

	for (;;) {
		int len;

		at = skip_ascii(text, at);
		len = scan(text, at, &cp);
		if (len <= 0)
			return at;
		at += (size_t)len;
	}
}

bool
utf8_boundary(struct span text, size_t at)
{
	if (at >= text.len)
		return at == text.len;
	return ((unsigned char)text.ptr[at] & 0xC0) != 0x80;
}

size_t
utf8_count(struct span text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
	return n;
}

enum error_code
utf8_repair(struct span text, struct buffer *out, size_t *bad)
{
	size_t at = 0, start = 0;
	uint32_t cp;

	while (at < text.len) {
		int len = scan(text, at, &cp);

		if (len > 0 && cp != 0) {
			at += (size_t)len;
			continue;
		}
		buffer_add(out, text.ptr + start, at - start);
		buffer_add_str(out, "\xEF\xBF\xBD");
		if (bad != NULL)
			(*bad)++;
		at += (size_t)(len < 0 ? -len : 1);
		start = at;
	}
	return buffer_add(out, text.ptr + start, at - start);
}

enum error_code
utf8_nfc(struct span text, struct buffer *out)
{
	utf8proc_uint8_t *nfc = NULL;
	utf8proc_ssize_t len;

	if (skip_ascii(text, 0) == text.len)
		return buffer_add_span(out, text);
	len = utf8proc_map((const utf8proc_uint8_t *)text.ptr,
		(utf8proc_ssize_t)text.len, &nfc,
		UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (len < 0) {
		out->code = ERR_NOMEM; /* text is valid: nothing else fails */
		return out->code;
	}
	buffer_add(out, nfc, (size_t)len);
	free(nfc);
	return out->code;
}

bool
utf8_is_space(uint32_t cp)
{
	switch (cp) {
	case 0x20:
	case 0x85:
	case 0xA0:
	case 0x1680:
	case 0x2028:
	case 0x2029:
	case 0x202F:
	case 0x205F:
	case 0x3000:
	case 0x200B:
	case 0x2060:
	case 0xFEFF:
		return true;
	default:
		return (cp >= 0x09 && cp <= 0x0D) ||
		       (cp >= 0x2000 && cp <= 0x200A);
	}
}

bool
utf8_is_letter(uint32_t cp)
{
	utf8proc_category_t c;

	if (cp < 0x80)
		return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
	if (cp >= 0xC0 && cp <= LATIN_LAST)
		return cp != 0xD7 && cp != 0xF7;
	c = utf8proc_category((utf8proc_int32_t)cp);
	return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_ME;
}

bool
utf8_is_digit(uint32_t cp)
{
	utf8proc_category_t c;

	if (cp < 0x80)
		return cp >= '0' && cp <= '9';
	if (cp >= 0xC0 && cp <= LATIN_LAST)
		return false;
	c = utf8proc_category((utf8proc_int32_t)cp);
	return c >= UTF8PROC_CATEGORY_ND && c <= UTF8PROC_CATEGORY_NO;
}

bool
utf8_is_upper(uint32_t cp)
{
	utf8proc_category_t c;

	if (cp < 0x80)
		return cp >= 'A' && cp <= 'Z';
	c = utf8proc_category((utf8proc_int32_t)cp);
	return c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT;
}

uint32_t
utf8_lower(uint32_t cp)
{
	if (cp < 0x80)
		return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
	return (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
}

/* Letters that decomposition leaves alone, and what people type for them. */
static const char *
fold_special(uint32_t cp)
{
	switch (cp) {
	case 0xE6:
		return "ae";
	case 0xF8:
		return "o";
	case 0x153:
		return "oe";
	case 0xDF:
		return "ss";
	case 0x142:
		return "l";
	case 0x111:
	case 0xF0:
		return "d";
	case 0xFE:
		return "th";
	case 0x131:
		return "i";
	case 0x127:
		return "h";
	default:
		return NULL;
	}
}

/* Dropped without leaving a gap: O'Fallon, L’Aquila, St. */
static bool
fold_drops(uint32_t cp)
{
	return cp == '\'' || cp == '.' || cp == 0x2019 || cp == 0x2018 ||
	       cp == 0x2BC || cp == 0x2BB || cp == 0xB4 || cp == '`';
}

static void
fold_one(uint32_t cp, struct buffer *out, size_t start)
{
	const char *special;
	char bytes[4];

	if (fold_drops(cp))
		return;
	if (cp >= 0x80) {
		utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);

		if (c >= UTF8PROC_CATEGORY_MN && c <= UTF8PROC_CATEGORY_ME)
			return;
	}
	cp = utf8_lower(cp);
	special = fold_special(cp);
	if (special != NULL)
		buffer_add_str(out, special);
	else if (utf8_is_letter(cp) || utf8_is_digit(cp))
		buffer_add(out, bytes, utf8_encode(cp, bytes));
	else if (out->len > start && out->ptr[out->len - 1] != ' ')
		buffer_add_char(out, ' ');
}

/*
 * Letters of U+00C0 to U+017F whose fold is one ASCII letter; "." where it is
 * not.  Nearly all marked letters of the languages we read: they need no
 * decomposition.
 */
static const char latin_folds[] = "aaaaaa.ceeeeiiiidnooooo.ouuuuy.."
				  "aaaaaa.ceeeeiiiidnooooo.ouuuuy.y"
				  "aaaaaaccccccccddddeeeeeeeeeegggg"
				  "gggghhhhiiiiiiiiii..jjkk.llllll."
				  ".llnnnnnnn..oooooo..rrrrrrssssss"
				  "sstttt..uuuuuuuuuuuuwwyyyzzzzzzs";

/* The fold of all of text in one go; false (and nothing is done) when some
 * character needs more than the table, or space might run out. */
static bool
fold_latin(struct span text, struct buffer *out)
{
	const unsigned char *p = (const unsigned char *)text.ptr;
	size_t n = 0;
	char *to;

	if (out->code != OK || text.len > out->cap - out->len)
		return false;
	to = buffer_reserve(out, text.len);
	if (to == NULL)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = p[i];

		if (c >= 'A' && c <= 'Z') {
			c |= 0x20;
		} else if (c >= 0xC3 && c <= 0xC5 && i + 1 < text.len &&
			   (p[i + 1] & 0xC0) == 0x80) {
			c = (unsigned char)
				latin_folds[(c - 0xC3) * 64 + (p[++i] & 0x3F)];
			if (c == '.')
				return false;
		} else if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) {
			return false;
		}
		to[n++] = (char)c;
	}
	out->len += n;
	to[n] = '\0';
	return true;
}

/* n ASCII characters folded as fold_one() folds them; how many bytes.  gap:
 * what would be a space is one. */
static size_t
fold_run(const char *from, size_t n, char *to, bool gap)
{
	size_t put = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)from[i];

		if (c >= 'A' && c <= 'Z')
			c |= 0x20;
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
			to[put++] = (char)c;
			gap = true;
		} else if (gap && !fold_drops(c)) {
			to[put++] = ' ';
			gap = false;
		}
	}
	return put;
}

/* The ASCII characters at text[at]; how many, as far as there is room. */
static size_t
fold_ascii(struct span text, size_t at, struct buffer *out, size_t start)
{
	const size_t end = skip_ascii(text, at);
	size_t n = end - at, put;
	char *to;

	if (n > out->cap - out->len)
		n = out->cap - out->len;
	if (n == 0)
		return 0;
	to = buffer_reserve(out, n);
	if (to == NULL)
		return 0;
	put = fold_run(text.ptr + at, n, to, out->len > start && to[-1] != ' ');
	out->len += put;
	to[put] = '\0';
	return n;
}

size_t
utf8_fold_ascii(struct span text, char *out)
{
	size_t n;

	if (skip_ascii(text, 0) < text.len)
		return SIZE_MAX;
	n = fold_run(text.ptr, text.len, out, false);
	return n > 0 && out[n - 1] == ' ' ? n - 1 : n;
}

/* Dashes and quotation marks of prose; nor are they letters with marks. */
static bool
is_whole(uint32_t cp)
{
	return cp < 0x80 || (cp >= 0x2012 && cp <= 0x2015) ||
	       (cp >= 0x2018 && cp <= 0x201F);
}

enum error_code
utf8_fold_name(struct span text, struct buffer *out)
{
	utf8proc_int32_t parts[FOLD_PARTS_MAX];
	size_t start = out->len, at = 0, len;
	uint32_t cp;

	if (fold_latin(text, out))
		return OK;
	while (out->code == OK) {
		int last = UTF8PROC_BOUNDCLASS_START;
		utf8proc_ssize_t n;

		at += fold_ascii(text, at, out, start);
		len = utf8_decode(text, at, &cp);
		if (len == 0)
			break;
		at += len;
		if (cp >= 0xC0 && cp - 0xC0 < sizeof latin_folds - 1 &&
			latin_folds[cp - 0xC0] != '.') {
			buffer_add_char(out, latin_folds[cp - 0xC0]);
			continue;
		}
		if (is_whole(cp)) {
			fold_one(cp, out, start);
			continue;
		}
		n = utf8proc_decompose_char((utf8proc_int32_t)cp, parts,
			sizeof parts / sizeof *parts,
			UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE, &last);
		if (n < 0 ||
			n > (utf8proc_ssize_t)(sizeof parts / sizeof *parts)) {
			fold_one(cp, out, start);
			continue;
		}
		for (utf8proc_ssize_t i = 0; i < n; i++)
			fold_one((uint32_t)parts[i], out, start);
	}
	if (out->code == OK && out->len > start &&
		out->ptr[out->len - 1] == ' ')
		out->ptr[--out->len] = '\0';
	return out->code;
}
