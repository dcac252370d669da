#include "charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <uchardet.h>

#include "parse.h"

/* WHATWG labels that mean another encoding than their name says, or that
 * iconv does not know; all others go to iconv as they are. */
static const struct {
	const char *label, *name;
} labels[] = {
	{ "utf8", "UTF-8" },
	{ "utf-8", "UTF-8" },
	{ "unicode-1-1-utf-8", "UTF-8" },
	{ "iso-8859-1", "WINDOWS-1252" },
	{ "iso8859-1", "WINDOWS-1252" },
	{ "latin1", "WINDOWS-1252" },
	{ "latin-1", "WINDOWS-1252" },
	{ "ascii", "WINDOWS-1252" },
	{ "us-ascii", "WINDOWS-1252" },
	{ "iso-8859-9", "WINDOWS-1254" },
	{ "iso-8859-11", "WINDOWS-874" },
	{ "tis-620", "WINDOWS-874" },
	{ "gb2312", "GB18030" },
	{ "gbk", "GB18030" },
	{ "x-gbk", "GB18030" },
	{ "ks_c_5601-1987", "CP949" },
	{ "euc-kr", "CP949" },
	{ "shift_jis", "CP932" },
	{ "x-sjis", "CP932" },
	{ "utf-16", "UTF-16LE" },
	{ "x-cp1252", "WINDOWS-1252" },
	{ "cp1252", "WINDOWS-1252" },
	{ "macintosh", "MACINTOSH" },
};

/* What pages of the last thirty years are written in. */
static const char *const encodings[] = { "WINDOWS-1250", "WINDOWS-1251",
	"WINDOWS-1252", "WINDOWS-1253", "WINDOWS-1254", "WINDOWS-1255",
	"WINDOWS-1256", "WINDOWS-1257", "WINDOWS-1258", "WINDOWS-874",
	"ISO-8859-2", "ISO-8859-3", "ISO-8859-4", "ISO-8859-5", "ISO-8859-6",
	"ISO-8859-7", "ISO-8859-8", "ISO-8859-10", "ISO-8859-13", "ISO-8859-14",
	"ISO-8859-15", "ISO-8859-16", "KOI8-R", "KOI8-U", "GB18030", "BIG5",
	"CP949", "CP932", "EUC-JP", "ISO-2022-JP", "UTF-16LE", "UTF-16BE",
	"MACINTOSH", "IBM866" };
#define ENCODINGS (sizeof encodings / sizeof *encodings)

struct charsets {
	iconv_t cd[ENCODINGS];
};

struct charsets *
charsets_new(void)
{
	struct charsets *c = malloc(sizeof *c);

	for (size_t i = 0; c != NULL && i < ENCODINGS; i++)
		c->cd[i] = iconv_open("UTF-8", encodings[i]);
	return c;
}

void
charsets_free(struct charsets *c)
{
	for (size_t i = 0; c != NULL && i < ENCODINGS; i++)
		if (c->cd[i] != (iconv_t)-1)
			(void)iconv_close(c->cd[i]); /* nothing to lose */
	free(c);
}

static const char *const magics[] = { "%PDF-", "PK\003\004", "GIF8", "\211PNG",
	"\377\330\377", "\037\213\b", "\320\317\021\340", "RIFF", "\177ELF",
	"BZh", "\3757zXZ" };

/* The share of zero bytes at even or odd offsets that means UTF-16. */
static const char *
utf16_by_zeros(struct span head)
{
	size_t zeros[2] = { 0, 0 };

	for (size_t i = 0; i < head.len; i++)
		zeros[i & 1] += head.ptr[i] == 0;
	if (head.len >= 16 && zeros[1] > head.len / 4 &&
		zeros[0] < head.len / 32)
		return "UTF-16LE";
	if (head.len >= 16 && zeros[0] > head.len / 4 &&
		zeros[1] < head.len / 32)
		return "UTF-16BE";
	return NULL;
}

static bool
has_bom(struct span body)
{
	return span_starts_with(body, "\xef\xbb\xbf") ||
	       span_starts_with(body, "\xff\xfe") ||
	       span_starts_with(body, "\xfe\xff");
}

bool
charset_is_binary(struct span body)
{
	struct span head = span_sub(body, 0, CHARSET_SNIFF);
	size_t control = 0;

	if (has_bom(body) || utf16_by_zeros(head) != NULL)
		return false;
	for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
		if (span_starts_with(body, magics[i]))
			return true;
	for (size_t i = 0; i < head.len; i++) {
		unsigned char c = (unsigned char)head.ptr[i];

		control += c < 0x20 && c != '\t' && c != '\n' && c != '\r' &&
			   c != '\f' && c != 0x1b;
	}
	return control * 20 > head.len;
}

/* The value behind "charset=" or "encoding=" in the first bytes. */
static struct span
label_inside(struct span body)
{
	static const char *const keys[] = { "charset", "encoding" };
	struct span head = span_sub(body, 0, CHARSET_SNIFF);

	for (size_t at = 0; at < head.len; at++) {
		for (size_t k = 0; k < 2; k++) {
			struct span rest = span_sub(head, at, head.len);
			size_t i = strlen(keys[k]), end;

			if (!span_istarts_with(rest, keys[k]))
				continue;
			while (i < rest.len && strchr(" \t\r\n", rest.ptr[i]))
				i++;
			if (i >= rest.len || rest.ptr[i] != '=')
				continue;
			i++;
			while (i < rest.len &&
				strchr(" \t\r\n\"'", rest.ptr[i]))
				i++;
			end = i;
			while (end < rest.len &&
				!strchr(" \t\r\n\"';/>?", rest.ptr[end]))
				end++;
			if (end > i)
				return span_sub(rest, i, end);
		}
	}
	return span_of(NULL, 0);
}

static const char *
encoding_of_label(struct span label, struct arena *a)
{
	label = span_trim(label);
	if (label.len == 0 || label.len > 40)
		return NULL;
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (span_ieq_str(label, labels[i].label))
			return labels[i].name;
	return arena_strndup(a, label.ptr, label.len);
}

static const char *
guess(struct span body, struct arena *a)
{
	uchardet_t u = uchardet_new();
	const char *name = NULL;

	if (u != NULL &&
		uchardet_handle_data(u, body.ptr,
			body.len < PARSE_INPUT_MAX ? body.len
						   : PARSE_INPUT_MAX) == 0) {
		uchardet_data_end(u);
		name = encoding_of_label(span_str(uchardet_get_charset(u)), a);
	}
	if (u != NULL)
		uchardet_delete(u);
	return name != NULL ? name : "WINDOWS-1252";
}

static bool
is_utf8(struct span body)
{
	size_t good = utf8_valid_prefix(body);

	/* A cut in the middle of the last character is no other encoding. */
	return good == body.len || (good + 4 > body.len && good > 16);
}

/* Of the labels, the first that the bytes do not contradict. */
static const char *
choose(struct span body, const char *label, struct arena *a)
{
	struct span head = span_sub(body, 0, CHARSET_SNIFF);
	const char *name = encoding_of_label(span_str(label), a);
	bool utf8;

	if (name == NULL && utf16_by_zeros(head) != NULL)
		return utf16_by_zeros(head);
	if (name == NULL)
		name = encoding_of_label(label_inside(body), a);
	/* A page that can read its own ASCII label is not in UTF-16. */
	if (name != NULL && span_istarts_with(span_str(name), "utf-16") &&
		utf16_by_zeros(head) == NULL)
		name = "UTF-8";
	utf8 = is_utf8(body);
	if (utf8 && (name == NULL || strncmp(name, "WINDOWS", 7) == 0))
		return "UTF-8";
	if (name == NULL || (!utf8 && strcmp(name, "UTF-8") == 0))
		return guess(body, a);
	return name;
}

/* iconv until the end; what it cannot read becomes U+FFFD. */
static enum error_code
convert(iconv_t cd, struct span body, struct buffer *out, size_t *bad)
{
	char *in = NULL;
	size_t left = body.len;
	union {
		const char *borrowed;
		char *in;
	} pun = { .borrowed = body.ptr };

	in = pun.in; /* iconv() does not write there */
	while (left > 0) {
		size_t room = left * 3 + 64;
		char *to = buffer_reserve(out, room), *start = to;

		if (to == NULL)
			return out->code;
		errno = 0;
		if (iconv(cd, &in, &left, &to, &room) == (size_t)-1 &&
			errno != E2BIG) {
			out->len += (size_t)(to - start);
			buffer_add_str(out, "\xef\xbf\xbd");
			++*bad;
			if (left > 0) {
				in++;
				left--;
			}
			continue;
		}
		out->len += (size_t)(to - start);
	}
	return out->code;
}

static enum error_code
decode_as(struct charsets *c, const char *name, struct span body,
	struct buffer *out, size_t *bad)
{
	struct buffer raw;
	enum error_code code;
	size_t which = 0;

	if (strcmp(name, "UTF-8") == 0)
		return utf8_repair(body, out, bad);
	while (which < ENCODINGS &&
		!span_ieq_str(span_str(name), encodings[which]))
		which++;
	if (which == ENCODINGS || c->cd[which] == (iconv_t)-1)
		return ERR_NOT_FOUND;
	(void)iconv(c->cd[which], NULL, NULL, NULL, NULL); /* initial state */
	buffer_init(&raw, out->cap);
	code = convert(c->cd[which], body, &raw, bad);
	if (code == OK)
		code = utf8_repair(buffer_span(&raw), out, bad);
	buffer_release(&raw);
	return code;
}

enum error_code
charset_decode(struct charsets *c, struct span body, const char *label,
	struct buffer *out, const char **name, size_t *bad, struct arena *a)
{
	enum error_code code;

	*bad = 0;
	buffer_reset(out);
	if (span_starts_with(body, "\xef\xbb\xbf")) {
		*name = "UTF-8";
		body = span_sub(body, 3, body.len);
	} else if (span_starts_with(body, "\xff\xfe")) {
		*name = "UTF-16LE";
		body = span_sub(body, 2, body.len);
	} else if (span_starts_with(body, "\xfe\xff")) {
		*name = "UTF-16BE";
		body = span_sub(body, 2, body.len);
	} else {
		*name = choose(body, label, a);
	}
	code = decode_as(c, *name, body, out, bad);
	if (code != ERR_NOT_FOUND)
		return code;
	*name = guess(body, a); /* a label that nobody knows */
	code = decode_as(c, *name, body, out, bad);
	if (code != ERR_NOT_FOUND)
		return code;
	*name = "UTF-8";
	return decode_as(c, *name, body, out, bad);
}
