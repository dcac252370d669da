#include "escape.h"

#include "utf8.h"

struct range {
	uint32_t first, last;
};

/* Characters that move, turn or break the text around them (Unicode 15:
 * general categories Cc, Zl, Zp, Bidi_Control, tags, BOM). */
static const struct range unsafe[] = {
	{ 0x0000, 0x001F },
	{ 0x007F, 0x009F },
	{ 0x061C, 0x061C },
	{ 0x200E, 0x200F },
	{ 0x2028, 0x202E },
	{ 0x2066, 0x206F },
	{ 0xFEFF, 0xFEFF },
	{ 0xFFF9, 0xFFFB },
	{ 0xE0000, 0xE007F },
};

/* Marks and format characters that take no column: the scripts that releases
 * are written in, not all of Unicode. */
static const struct range narrow[] = {
	{ 0x00AD, 0x00AD },
	{ 0x0300, 0x036F },
	{ 0x0483, 0x0489 },
	{ 0x0591, 0x05BD },
	{ 0x05BF, 0x05BF },
	{ 0x05C1, 0x05C2 },
	{ 0x05C4, 0x05C5 },
	{ 0x0610, 0x061A },
	{ 0x064B, 0x065F },
	{ 0x0670, 0x0670 },
	{ 0x06D6, 0x06DC },
	{ 0x06DF, 0x06E4 },
	{ 0x0900, 0x0902 },
	{ 0x093C, 0x093C },
	{ 0x0941, 0x0948 },
	{ 0x094D, 0x094D },
	{ 0x0E31, 0x0E31 },
	{ 0x0E34, 0x0E3A },
	{ 0x0E47, 0x0E4E },
	{ 0x1160, 0x11FF },
	{ 0x1AB0, 0x1AFF },
	{ 0x1DC0, 0x1DFF },
	{ 0x200B, 0x200D },
	{ 0x2060, 0x2064 },
	{ 0x20D0, 0x20F0 },
	{ 0x302A, 0x302D },
	{ 0x3099, 0x309A },
	{ 0xFE00, 0xFE0F },
	{ 0xFE20, 0xFE2F },
	{ 0xE0100, 0xE01EF },
};

/* East Asian Width W or F, and emoji. */
static const struct range wide[] = {
	{ 0x1100, 0x115F },
	{ 0x2E80, 0x303E },
	{ 0x3041, 0x33FF },
	{ 0x3400, 0x4DBF },
	{ 0x4E00, 0x9FFF },
	{ 0xA000, 0xA4CF },
	{ 0xA960, 0xA97F },
	{ 0xAC00, 0xD7A3 },
	{ 0xF900, 0xFAFF },
	{ 0xFE30, 0xFE6F },
	{ 0xFF01, 0xFF60 },
	{ 0xFFE0, 0xFFE6 },
	{ 0x1F300, 0x1F64F },
	{ 0x1F680, 0x1F6FF },
	{ 0x1F900, 0x1FAFF },
	{ 0x20000, 0x3FFFD },
};

/* cp lies in one of n ascending ranges. */
static bool
in_ranges(uint32_t cp, const struct range *r, size_t n)
{
	for (size_t i = 0; i < n && r[i].first <= cp; i++) {
		if (cp <= r[i].last)
			return true;
	}
	return false;
}

#define IN(cp, table) in_ranges(cp, table, sizeof(table) / sizeof *(table))

void
escape_line(struct span text, struct buffer *out)
{
	uint32_t cp = 0;
	size_t len;

	for (size_t at = 0; at < text.len; at += len) {
		len = utf8_decode(text, at, &cp);
		if (len == 0) {
			len = 1;
			buffer_printf(
				out, "\\x%02x", (unsigned char)text.ptr[at]);
		} else if (cp == '\n' || cp == '\t' || cp == '\r' ||
			   cp == 0x00A0) {
			buffer_add_char(out, ' ');
		} else if (!IN(cp, unsafe)) {
			buffer_add(out, text.ptr + at, len);
		} else if (cp <= 0xFF) {
			buffer_printf(out, "\\x%02x", cp);
		} else {
			buffer_printf(
				out, cp <= 0xFFFF ? "\\u%04x" : "\\U%08x", cp);
		}
	}
}

void
escape_json(struct span text, struct buffer *out)
{
	uint32_t cp = 0;
	size_t len;

	buffer_add_char(out, '"');
	for (size_t at = 0; at < text.len; at += len) {
		len = utf8_decode(text, at, &cp);
		if (len == 0) {
			len = 1;
			buffer_add_str(out, "\xEF\xBF\xBD");
		} else if (cp == '"' || cp == '\\') {
			buffer_add_char(out, '\\');
			buffer_add_char(out, (char)cp);
		} else if (cp == '\n') {
			buffer_add_str(out, "\\n");
		} else if (cp < 0x20 || (cp >= 0x7F && cp <= 0x9F)) {
			buffer_printf(out, "\\u%04x", cp);
		} else {
			buffer_add(out, text.ptr + at, len);
		}
	}
	buffer_add_char(out, '"');
}

int
escape_columns(uint32_t cp)
{
	if (cp < 0x00AD)
		return 1;
	if (IN(cp, narrow))
		return 0;
	return IN(cp, wide) ? 2 : 1;
}

size_t
escape_width(struct span text)
{
	size_t width = 0, len;
	uint32_t cp = 0;

	for (size_t at = 0; at < text.len; at += len) {
		len = utf8_decode(text, at, &cp);
		if (len == 0)
			len = 1;
		else
			width += (size_t)escape_columns(cp);
	}
	return width;
}

size_t
escape_prefix(struct span text, size_t columns)
{
	size_t at = 0, width = 0, len;
	uint32_t cp = 0;

	while (at < text.len) {
		len = utf8_decode(text, at, &cp);
		if (len == 0)
			break;
		width += (size_t)escape_columns(cp);
		if (width > columns)
			break;
		at += len;
	}
	return at;
}

size_t
escape_break(struct span text, size_t columns, bool hard)
{
	size_t fits = escape_prefix(text, columns), at = fits;

	if (fits == text.len || text.ptr[fits] == ' ')
		return fits;
	while (at > 0 && text.ptr[at - 1] != ' ')
		at--;
	if (at > 0)
		return at - 1;
	if (hard && fits > 0)
		return fits;
	at = span_find(text, fits, span_str(" "));
	return at < text.len ? at : text.len;
}
