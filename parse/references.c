#include "references.h"

#include <ctype.h>

#define REFERENCE_MAX 32 /* bytes of a named reference */

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

/* A character that markup may hold as it is; others as a reference. */
static void
add_character(struct buffer *out, uint32_t cp)
{
	char utf8[4];

	if (cp == '<' || cp == '>' || cp == '&' || cp == '"')
		buffer_printf(out, "&#%u;", (unsigned)cp);
	else
		buffer_add(out, utf8, utf8_encode(cp, utf8));
}

/* The row of the name at rest, the longest one; *len of it is read. */
static const char *
named_reference(struct span rest, bool value, size_t *len)
{
	const char *text = NULL;
	size_t word = 0;

	if (rest.len == 0 || rest.ptr == NULL)
		return NULL;
	while (word < rest.len && isalnum((unsigned char)rest.ptr[word]))
		word++;
	for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
		size_t name = strlen(references[i].name);
		bool whole = name == word && word < rest.len &&
			     rest.ptr[word] == ';';
		bool bare = references[i].bare && name > *len &&
			    (!value || (name == word &&
					       (word == rest.len ||
						       rest.ptr[word] != '=')));

		if (rest.ptr[0] != references[i].name[0] || !(whole || bare) ||
			!span_starts_with(rest, references[i].name))
			continue;
		text = references[i].text;
		*len = name + whole;
		if (whole)
			break;
	}
	return text;
}

size_t
reference_copy(struct span html, size_t at, bool value, struct buffer *out)
{
	struct span rest = span_sub(html, at + 1, at + 1 + REFERENCE_MAX);
	const char *text;
	size_t len = 0;
	uint32_t cp;

	if (at + 1 < html.len && html.ptr[at + 1] == '#' &&
		(len = numeric_reference(html, at, &cp)) > 0) {
		if (cp >= 0x80 && cp < 0xA0 && windows_1252[cp - 0x80] != 0)
			cp = windows_1252[cp - 0x80];
		if (cp == 0 || cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000))
			cp = UTF8_REPLACEMENT;
		add_character(out, cp < 0x20 ? ' ' : cp);
		return len;
	}
	text = named_reference(rest, value, &len);
	if (text != NULL)
		buffer_add_str(out, text);
	else
		buffer_add_char(out, '&');
	return 1 + len;
}
