#include "charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <uchardet.h>

#include "parse.h"
#include "prescan.h"

#define GUESS_BYTES ((size_t)64 << 10) /* looked at to tell an encoding */

/* WHATWG labels that mean another encoding than their name says, or that
 * encodings[] has under another name. */
static const struct {
	const char *label, *name;
} labels[] = {
	{ "utf-8", "UTF-8" },
	{ "utf8", "UTF-8" },
	{ "unicode-1-1-utf-8", "UTF-8" },
	{ "x-unicode20utf8", "UTF-8" },
	{ "ansi_x3.4-1968", "WINDOWS-1252" },
	{ "ascii", "WINDOWS-1252" },
	{ "cp1252", "WINDOWS-1252" },
	{ "cp819", "WINDOWS-1252" },
	{ "ibm819", "WINDOWS-1252" },
	{ "iso-8859-1", "WINDOWS-1252" },
	{ "iso8859-1", "WINDOWS-1252" },
	{ "iso88591", "WINDOWS-1252" },
	{ "iso_8859-1", "WINDOWS-1252" },
	{ "l1", "WINDOWS-1252" },
	{ "latin-1", "WINDOWS-1252" },
	{ "latin1", "WINDOWS-1252" },
	{ "us-ascii", "WINDOWS-1252" },
	{ "x-cp1252", "WINDOWS-1252" },
	{ "x-user-defined", "WINDOWS-1252" },
	{ "cp1250", "WINDOWS-1250" },
	{ "x-cp1250", "WINDOWS-1250" },
	{ "cp1251", "WINDOWS-1251" },
	{ "x-cp1251", "WINDOWS-1251" },
	{ "cp1254", "WINDOWS-1254" },
	{ "iso-8859-9", "WINDOWS-1254" },
	{ "iso8859-9", "WINDOWS-1254" },
	{ "latin5", "WINDOWS-1254" },
	{ "iso-8859-11", "WINDOWS-874" },
	{ "tis-620", "WINDOWS-874" },
	{ "iso8859-2", "ISO-8859-2" },
	{ "iso_8859-2", "ISO-8859-2" },
	{ "latin2", "ISO-8859-2" },
	{ "l2", "ISO-8859-2" },
	{ "iso8859-15", "ISO-8859-15" },
	{ "latin9", "ISO-8859-15" },
	{ "iso-8859-8-i", "ISO-8859-8" },
	{ "koi8", "KOI8-R" },
	{ "koi8_r", "KOI8-R" },
	{ "cp866", "IBM866" },
	{ "gb2312", "GB18030" },
	{ "gbk", "GB18030" },
	{ "x-gbk", "GB18030" },
	{ "big5-hkscs", "BIG5" },
	{ "x-x-big5", "BIG5" },
	{ "ks_c_5601-1987", "CP949" },
	{ "euc-kr", "CP949" },
	{ "windows-949", "CP949" },
	{ "uhc", "CP949" }, /* what uchardet calls it */
	{ "ms932", "CP932" },
	{ "shift_jis", "CP932" },
	{ "shift-jis", "CP932" },
	{ "sjis", "CP932" },
	{ "windows-31j", "CP932" },
	{ "x-sjis", "CP932" },
	{ "x-euc-jp", "EUC-JP" },
	{ "utf-16", "UTF-16LE" },
	{ "unicode", "UTF-16LE" },
	{ "mac", "MACINTOSH" },
	{ "x-mac-roman", "MACINTOSH" },
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

const char *
charset_label(size_t i)
{
	return i < sizeof labels / sizeof *labels ? labels[i].label : NULL;
}

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

/* Those that stand in text. */
#define TEXT_CONTROLS                                                          \
	(1u << '\t' | 1u << '\n' | 1u << '\f' | 1u << '\r' | 1u << 0x1b)

/* The share of zero bytes at even or odd offsets that means UTF-16. */
static const char *
utf16_by_zeros(struct span head)
{
	size_t zeros[2] = { 0, 0 };

	if (head.len == 0 || memchr(head.ptr, 0, head.len) == NULL)
		return NULL;
	for (size_t i = 0; i < head.len; i++)
		zeros[i & 1] += head.ptr[i] == 0;
	if (head.len >= 16 && zeros[1] > head.len / 4 &&
		zeros[0] <= head.len / 32)
		return "UTF-16LE";
	if (head.len >= 16 && zeros[0] > head.len / 4 &&
		zeros[1] <= head.len / 32)
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

		control += c < 0x20 && (TEXT_CONTROLS >> c & 1) == 0;
	}
	return control * 20 > head.len;
}

/* The name in encodings[], or UTF-8; NULL for a label nobody knows. */
static const char *
encoding_of_label(struct span label)
{
	label = span_trim(label);
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (span_ieq_str(label, labels[i].label))
			return labels[i].name;
	for (size_t i = 0; i < ENCODINGS; i++)
		if (span_ieq_str(label, encodings[i]))
			return encodings[i];
	return NULL;
}

static bool
is_known(struct span label)
{
	return encoding_of_label(label) != NULL;
}

const char *
charset_declared(struct span body)
{
	const char *name = encoding_of_label(
		prescan_label(span_sub(body, 0, CHARSET_DECLARED), is_known));

	/* A page that can read its own ASCII label is not in UTF-16. */
	return name != NULL && span_starts_with(span_str(name), "UTF-16")
		       ? "UTF-8"
		       : name;
}

/* What the bytes look like, told from those around the first that is not
 * ASCII. */
static const char *
guess(struct span body)
{
	uchardet_t u = uchardet_new();
	const char *name = NULL;
	size_t at = 0;

	while (at < body.len && (unsigned char)body.ptr[at] < 0x80)
		at++;
	at -= at < GUESS_BYTES / 4 ? at : GUESS_BYTES / 4;
	body = span_sub(body, at, at + GUESS_BYTES);
	if (u != NULL && uchardet_handle_data(u, body.ptr, body.len) == 0) {
		uchardet_data_end(u);
		name = encoding_of_label(span_str(uchardet_get_charset(u)));
	}
	if (u != NULL)
		uchardet_delete(u);
	return name != NULL && strcmp(name, "UTF-8") != 0 ? name
							  : "WINDOWS-1252";
}

/* A few bad bytes make no other encoding of a text that is full of good
 * UTF-8; a text cut inside its last character neither. */
static bool
is_mostly_utf8(struct span body)
{
	size_t good = 0, bad = 0, len;
	uint32_t cp;

	body = span_sub(body, 0, GUESS_BYTES);
	for (size_t at = 0; at < body.len; at += len) {
		len = utf8_decode(body, at, &cp);
		good += len > 1;
		/* A first byte at the end was cut off, not wrong. */
		bad += len == 0 && (at + 4 <= body.len ||
					   (unsigned char)body.ptr[at] < 0xC2);
		len += len == 0;
	}
	return good > 2 * bad || bad == 0;
}

/* What the bytes of body are in. */
struct view {
	bool utf8;   /* valid to the end */
	bool mostly; /* or nearly so */
	bool zeros;  /* there is a byte 0 */
};

static struct view
look_at(struct span body)
{
	struct view v = { true, true, false };

	if (body.len == 0 || body.ptr == NULL)
		return v;
	v.utf8 = utf8_valid_prefix(body) == body.len;
	v.mostly = v.utf8 || is_mostly_utf8(body);
	v.zeros = memchr(body.ptr, 0, body.len) != NULL;
	return v;
}

/* Of the labels, the first that the bytes do not contradict. */
static const char *
choose(struct span body, const char *label, const struct view *v)
{
	const char *name = encoding_of_label(span_str(label));
	const char *wide =
		v->zeros ? utf16_by_zeros(span_sub(body, 0, CHARSET_SNIFF))
			 : NULL;

	if (name != NULL && span_starts_with(span_str(name), "UTF-16") &&
		v->utf8 && !v->zeros)
		name = NULL;
	if (name == NULL && wide != NULL)
		return wide;
	if (name == NULL)
		name = charset_declared(body);
	/* Who says nothing, or what servers say by default, may be wrong. */
	if (v->utf8 && (name == NULL || strncmp(name, "WINDOWS", 7) == 0))
		return "UTF-8";
	if (name == NULL || strcmp(name, "UTF-8") == 0)
		return v->mostly ? "UTF-8" : guess(body);
	return name;
}

/* iconv until the end; a unit it cannot read becomes U+FFFD. */
static enum error_code
convert(iconv_t cd, size_t unit, struct span body, struct buffer *out,
	size_t *bad)
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
			in += unit < left ? unit : left;
			left -= unit < left ? unit : left;
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
	code = convert(c->cd[which],
		span_starts_with(span_str(name), "UTF-16") ? 2 : 1, body, &raw,
		bad);
	if (code == OK && raw.len > 0)
		code = utf8_repair(buffer_span(&raw), out, bad);
	buffer_release(&raw);
	return code;
}

/* A byte order mark, which names the encoding. */
static const char *
take_mark(struct span *body)
{
	static const struct {
		const char *mark, *name;
	} marks[] = {
		{ "\xef\xbb\xbf", "UTF-8" },
		{ "\xff\xfe", "UTF-16LE" },
		{ "\xfe\xff", "UTF-16BE" },
	};

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (span_starts_with(*body, marks[i].mark)) {
			*body = span_sub(
				*body, strlen(marks[i].mark), body->len);
			return marks[i].name;
		}
	return NULL;
}

enum error_code
charset_decode(struct charsets *c, struct span body, const char *label,
	struct buffer *out, struct decoded *d)
{
	struct view v;
	enum error_code code;

	*d = (struct decoded){ .name = take_mark(&body) };
	v = look_at(body);
	if (d->name == NULL)
		d->name = choose(body, label, &v);
	d->text = body;
	if (strcmp(d->name, "UTF-8") == 0 && v.utf8 && !v.zeros)
		return OK;
	buffer_reset(out);
	code = decode_as(c, d->name, body, out, &d->bad);
	if (code == ERR_NOT_FOUND) {
		/* A converter that this machine's iconv lacks. */
		d->name = "UTF-8";
		code = utf8_repair(body, out, &d->bad);
	}
	d->text = buffer_span(out);
	return code;
}

const char *
charset_whatwg(const char *name)
{
	static const struct {
		const char *name, *whatwg;
	} rows[] = {
		{ "UTF-8", "utf-8" },
		{ "WINDOWS-1250", "windows-1250" },
		{ "WINDOWS-1251", "windows-1251" },
		{ "WINDOWS-1252", "windows-1252" },
		{ "WINDOWS-1253", "windows-1253" },
		{ "WINDOWS-1254", "windows-1254" },
		{ "WINDOWS-1255", "windows-1255" },
		{ "WINDOWS-1256", "windows-1256" },
		{ "WINDOWS-1257", "windows-1257" },
		{ "WINDOWS-1258", "windows-1258" },
		{ "WINDOWS-874", "windows-874" },
		{ "ISO-8859-2", "iso-8859-2" },
		{ "ISO-8859-3", "iso-8859-3" },
		{ "ISO-8859-4", "iso-8859-4" },
		{ "ISO-8859-5", "iso-8859-5" },
		{ "ISO-8859-6", "iso-8859-6" },
		{ "ISO-8859-7", "iso-8859-7" },
		{ "ISO-8859-8", "iso-8859-8" },
		{ "ISO-8859-10", "iso-8859-10" },
		{ "ISO-8859-13", "iso-8859-13" },
		{ "ISO-8859-14", "iso-8859-14" },
		{ "ISO-8859-15", "iso-8859-15" },
		{ "ISO-8859-16", "iso-8859-16" },
		{ "KOI8-R", "koi8-r" },
		{ "KOI8-U", "koi8-u" },
		{ "GB18030", "gb18030" },
		{ "BIG5", "big5" },
		{ "CP949", "euc-kr" },
		{ "CP932", "shift_jis" },
		{ "EUC-JP", "euc-jp" },
		{ "ISO-2022-JP", "iso-2022-jp" },
		{ "UTF-16LE", "utf-16le" },
		{ "UTF-16BE", "utf-16be" },
		{ "MACINTOSH", "macintosh" },
		{ "IBM866", "ibm866" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (strcmp(rows[i].name, name) == 0)
			return rows[i].whatwg;
	return name;
}
