#include "prepass.h"

#include <ctype.h>

#include "parse.h"

#define REFERENCE_MAX 32 /* bytes of a named reference */

/* Elements whose content no reader sees; svg and math may hold titles that
 * would read as text of the page. */
static const char *const dropped[] = { "script", "style", "svg", "template",
	"noscript", "math", "iframe", "object", "canvas" };
#define DROPPED	  (sizeof dropped / sizeof *dropped)
#define RAW_TEXTS 2 /* the first of them end with the page if nowhere else */

struct pass {
	struct span html;
	struct buffer *out;
	struct prepass *info;
	bool unclosed[DROPPED]; /* no end tag from here on: look no more */
};

/* HTML 5 names that HTML 4 does not have, as releases use them; and those of
 * HTML 4 that browsers read without ';'. */
static const struct {
	const char *name, *text;
	bool bare; /* also without ';' */
} references[] = {
	{ "nbsp", "\xc2\xa0", true },
	{ "amp", "&amp;", true },
	{ "lt", "&lt;", true },
	{ "gt", "&gt;", true },
	{ "quot", "&quot;", true },
	{ "copy", "\xc2\xa9", true },
	{ "reg", "\xc2\xae", true },
	{ "eacute", "\xc3\xa9", true },
	{ "egrave", "\xc3\xa8", true },
	{ "agrave", "\xc3\xa0", true },
	{ "aacute", "\xc3\xa1", true },
	{ "iacute", "\xc3\xad", true },
	{ "oacute", "\xc3\xb3", true },
	{ "uacute", "\xc3\xba", true },
	{ "ntilde", "\xc3\xb1", true },
	{ "ccedil", "\xc3\xa7", true },
	{ "ouml", "\xc3\xb6", true },
	{ "uuml", "\xc3\xbc", true },
	{ "auml", "\xc3\xa4", true },
	{ "szlig", "\xc3\x9f", true },
	{ "apos", "'", false },
	{ "plus", "+", false },
	{ "comma", ",", false },
	{ "period", ".", false },
	{ "colon", ":", false },
	{ "semi", ";", false },
	{ "excl", "!", false },
	{ "quest", "?", false },
	{ "num", "#", false },
	{ "dollar", "$", false },
	{ "percnt", "%", false },
	{ "ast", "*", false },
	{ "lpar", "(", false },
	{ "rpar", ")", false },
	{ "lsqb", "[", false },
	{ "rsqb", "]", false },
	{ "sol", "/", false },
	{ "bsol", "\\", false },
	{ "lowbar", "_", false },
	{ "equals", "=", false },
	{ "commat", "@", false },
	{ "vert", "|", false },
	{ "hyphen", "\xe2\x80\x90", false },
	{ "dash", "\xe2\x80\x90", false },
	{ "horbar", "\xe2\x80\x95", false },
	{ "rsquor", "\xe2\x80\x99", false },
	{ "rdquor", "\xe2\x80\x9d", false },
	{ "ldquor", "\xe2\x80\x9e", false },
	{ "checkmark", "\xe2\x9c\x93", false },
	{ "star", "\xe2\x98\x86", false },
	{ "starf", "\xe2\x98\x85", false },
	{ "numsp", "\xe2\x80\x87", false },
	{ "puncsp", "\xe2\x80\x88", false },
	{ "hairsp", "\xe2\x80\x8a", false },
	{ "NewLine", " ", false },
	{ "Tab", " ", false },
	{ "NoBreak", "", false },
	{ "ZeroWidthSpace", "", false },
	{ "ccaron", "\xc4\x8d", false },
	{ "Ccaron", "\xc4\x8c", false },
	{ "ecaron", "\xc4\x9b", false },
	{ "rcaron", "\xc5\x99", false },
	{ "zcaron", "\xc5\xbe", false },
	{ "Zcaron", "\xc5\xbd", false },
	{ "cacute", "\xc4\x87", false },
	{ "nacute", "\xc5\x84", false },
	{ "sacute", "\xc5\x9b", false },
	{ "zacute", "\xc5\xba", false },
	{ "zdot", "\xc5\xbc", false },
	{ "lstrok", "\xc5\x82", false },
	{ "Lstrok", "\xc5\x81", false },
	{ "aogon", "\xc4\x85", false },
	{ "eogon", "\xc4\x99", false },
	{ "inodot", "\xc4\xb1", false },
	{ "gbreve", "\xc4\x9f", false },
	{ "abreve", "\xc4\x83", false },
	{ "scedil", "\xc5\x9f", false },
	{ "tcedil", "\xc5\xa3", false },
	{ "dstrok", "\xc4\x91", false },
};

/* Windows-1252, bytes 0x80-0x9F; 0 where it has none (WHATWG keeps C1). */
static const uint16_t windows_1252[32] = { 0x20AC, 0, 0x201A, 0x0192, 0x201E,
	0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
	0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
	0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178 };

/* "&#150;" at text[at]: its length, or 0. */
static size_t
numeric_reference(struct span text, size_t at, uint32_t *cp)
{
	size_t i = at + 2;
	uint32_t n = 0;
	bool hex = i < text.len && (text.ptr[i] | 32) == 'x';
	size_t digits = 0;

	for (i += hex; i < text.len; i++, digits++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (!(hex ? isxdigit(c) : isdigit(c)) || n > 0x10FFFF)
			break;
		n = n * (hex ? 16 : 10) +
		    (uint32_t)(isdigit(c) ? c - '0' : (c | 32) - 'a' + 10);
	}
	if (digits == 0)
		return 0;
	*cp = n;
	return i - at + (i < text.len && text.ptr[i] == ';');
}

/* Write the reference at html[at]; returns how many bytes it took. */
static size_t
copy_reference(struct span html, size_t at, struct buffer *out)
{
	struct span rest;
	size_t len = 0;
	uint32_t cp;

	if (at + 1 < html.len && html.ptr[at + 1] == '#' &&
		(len = numeric_reference(html, at, &cp)) > 0) {
		if (cp >= 0x80 && cp < 0xA0 && windows_1252[cp - 0x80] != 0)
			cp = windows_1252[cp - 0x80];
		if (cp == 0 || cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000))
			cp = UTF8_REPLACEMENT;
		buffer_printf(out, "&#%u;", (unsigned)cp);
		return len;
	}
	rest = span_sub(html, at + 1, at + 1 + REFERENCE_MAX);
	while (len < rest.len && isalnum((unsigned char)rest.ptr[len]))
		len++;
	for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
		bool semicolon = len < rest.len && rest.ptr[len] == ';';

		if (!span_eq_str(span_sub(rest, 0, len), references[i].name) ||
			(!semicolon && !references[i].bare))
			continue;
		buffer_add_str(out, references[i].text);
		return 1 + len + semicolon;
	}
	buffer_add_char(out, '&');
	return 1;
}

static struct span
tag_name(struct span html, size_t at)
{
	size_t end = at;

	while (end < html.len &&
		(isalnum((unsigned char)html.ptr[end]) ||
			html.ptr[end] == '-' || html.ptr[end] == ':'))
		end++;
	return span_sub(html, at, end);
}

/* Offset behind "</name ...>" at or after from; SIZE_MAX if there is none. */
static size_t
close_of(struct span html, size_t from, struct span name)
{
	while (from < html.len) {
		const char *p = memchr(html.ptr + from, '<', html.len - from);
		size_t at;

		if (p == NULL)
			return SIZE_MAX;
		at = (size_t)(p - html.ptr);
		if (at + 2 + name.len <= html.len && p[1] == '/') {
			struct span n = tag_name(html, at + 2);
			const char *end;

			if (n.len == name.len &&
				strncasecmp(n.ptr, name.ptr, n.len) == 0) {
				end = memchr(p, '>', html.len - at);
				return end == NULL
					       ? html.len
					       : (size_t)(end - html.ptr) + 1;
			}
		}
		from = at + 1;
	}
	return SIZE_MAX;
}

/* Index into dropped[], or -1. */
static int
dropped_find(struct span name)
{
	for (size_t i = 0; i < DROPPED; i++)
		if (span_ieq_str(name, dropped[i]))
			return (int)i;
	return -1;
}

static size_t
comment_end(struct span html, size_t at)
{
	size_t end;

	/* WHATWG 13.2.5.43: "<!-->" and "<!--->" are whole comments. */
	if (span_starts_with(span_sub(html, at, html.len), "<!-->"))
		return at + 5;
	end = span_find(html, at + 4, span_str("-->"));
	return end == SIZE_MAX ? html.len : end + 3;
}

/*
 * A start or end tag, from '<' to behind '>'.  Inside, only what libxml2
 * stumbles over is changed.
 */
static size_t
copy_tag(struct pass *p, size_t at)
{
	struct span html = p->html;
	struct buffer *out = p->out;
	size_t i = at + 1, attributes = 0, before = out->len;
	char quote = 0;
	bool name = true; /* inside the tag's or an attribute's name */
	bool cut = false;

	buffer_add_char(out, '<');
	for (; i < html.len; i++) {
		char c = html.ptr[i];

		if (quote != 0) {
			if (c == quote)
				quote = 0;
		} else if (c == '>') {
			break;
		} else if (c == '"' || c == '\'') {
			/* A quote opens only behind '='. */
			if (html.ptr[i - 1] == '=' || html.ptr[i - 1] == ' ')
				quote = c;
		} else if (c == '=') {
			name = false;
			cut = ++attributes > PARSE_ATTRS_MAX;
		} else if (isspace((unsigned char)c)) {
			name = true;
		} else if (name && (c == '@' || c == '#' || c == '*' ||
					   c == '[' || c == '(')) {
			c = '_';
		}
		if (!cut)
			buffer_add_char(out, c);
	}
	if (quote != 0) {
		/* An open quote swallowed the page: the tag ends at its '>'. */
		const char *end = memchr(html.ptr + at, '>', html.len - at);

		i = end == NULL ? html.len : (size_t)(end - html.ptr);
		out->len = before;
		buffer_add_char(out, '<');
		buffer_add_span(out, tag_name(html, at + 1));
	}
	p->info->attributes += cut;
	buffer_add_char(out, '>');
	return (i < html.len ? i + 1 : html.len) - at;
}

/* What no reader sees is left out; returns how many bytes it took, or 0. */
static size_t
skip_dropped(struct pass *p, size_t at, struct span name)
{
	int which = dropped_find(name);
	size_t end;

	if (which < 0)
		return 0;
	end = p->unclosed[which] ? SIZE_MAX
				 : close_of(p->html, at + 1 + name.len, name);
	p->unclosed[which] = end == SIZE_MAX;
	if (end != SIZE_MAX) {
		buffer_add_char(p->out, ' ');
		return end - at;
	}
	/* Without its end it would take the page with it; raw text does, as in
	 * browsers. */
	return which < RAW_TEXTS ? p->html.len - at : 0;
}

/* Markup at html[at] == '<'; returns how many bytes it took. */
static size_t
copy_markup(struct pass *p, size_t at)
{
	struct span rest = span_sub(p->html, at, p->html.len);
	size_t len;

	if (span_starts_with(rest, "<!--"))
		return comment_end(p->html, at) - at;
	if (rest.len < 2 ||
		!(isalpha((unsigned char)rest.ptr[1]) || rest.ptr[1] == '/' ||
			rest.ptr[1] == '!' || rest.ptr[1] == '?')) {
		buffer_add_str(p->out, "&lt;");
		return 1;
	}
	p->info->nodes++;
	if (rest.ptr[1] == '?' || rest.ptr[1] == '!') {
		const char *end = memchr(rest.ptr, '>', rest.len);

		return end == NULL ? rest.len : (size_t)(end - rest.ptr) + 1;
	}
	if (span_istarts_with(rest, "</br>")) {
		buffer_add_str(p->out, "<br>");
		return 5;
	}
	len = skip_dropped(p, at, tag_name(p->html, at + 1));
	return len > 0 ? len : copy_tag(p, at);
}

enum error_code
prepass_html(struct span html, struct buffer *out, struct prepass *info)
{
	struct pass p = { .html = html, .out = out, .info = info };
	size_t at = 0;

	*info = (struct prepass){ 0 };
	buffer_reset(out);
	while (at < html.len && out->code == OK) {
		size_t start = at;

		while (at < html.len && html.ptr[at] != '<' &&
			html.ptr[at] != '&')
			at++;
		buffer_add(out, html.ptr + start, at - start);
		if (at >= html.len)
			break;
		if (html.ptr[at] == '&') {
			at += copy_reference(html, at, out);
			continue;
		}
		/* Each tag may bring an element and a text. */
		info->too_many = 2 * info->nodes >= PARSE_NODES_MAX;
		if (info->too_many)
			break;
		at += copy_markup(&p, at);
	}
	return out->code;
}
