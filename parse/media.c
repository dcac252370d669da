#include "media.h"

#include <ctype.h>
#include <string.h>

#include "charset.h"
#include "tags.h"

enum media
media_of_type(const char *type)
{
	static const struct {
		const char *type;
		enum media media;
	} known[] = {
		{ "text/html", MEDIA_HTML },
		{ "application/xhtml+xml", MEDIA_HTML },
		{ "text/plain", MEDIA_PLAIN },
		{ "text/markdown", MEDIA_PLAIN },
		{ "message/rfc822", MEDIA_MAIL },
		{ "message/global", MEDIA_MAIL },
		{ "application/pdf", MEDIA_PDF },
		{ "application/x-pdf", MEDIA_PDF },
		{ "application/octet-stream", MEDIA_UNKNOWN },
		{ "binary/octet-stream", MEDIA_UNKNOWN },
		{ "text/xml", MEDIA_UNKNOWN },
		{ "application/xml", MEDIA_UNKNOWN },
		{ "unknown/unknown", MEDIA_UNKNOWN },
	};

	if (type == NULL || *type == '\0')
		return MEDIA_UNKNOWN;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (span_ieq_str(span_str(type), known[i].type))
			return known[i].media;
	return MEDIA_OTHER;
}

bool
media_is_pdf(struct span body)
{
	return span_starts_with(body, "%PDF-");
}

/* The name of the element that text begins with, in lower case. */
static bool
first_element(struct span text, char *name, size_t room)
{
	size_t n = 0;

	while (n + 1 < text.len && n + 1 < room &&
		isalnum((unsigned char)text.ptr[n + 1])) {
		name[n] = (char)tolower((unsigned char)text.ptr[n + 1]);
		n++;
	}
	name[n] = '\0';
	return n > 0;
}

bool
media_is_xhtml(const char *type, struct span text)
{
	if (type != NULL &&
		span_ieq_str(span_str(type), "application/xhtml+xml"))
		return true;
	return media_of_type(type) == MEDIA_UNKNOWN &&
	       span_starts_with(
		       span_trim(span_sub(text, 0, CHARSET_SNIFF)), "<?xml");
}

enum media
media_sniff(struct span text)
{
	static const char *const others[] = { "script", "style", "noscript",
		"font", "span", "b", "i", "strong", "em", "base", "svg",
		"iframe" };
	char name[16];

	text = span_trim(span_sub(text, 0, CHARSET_SNIFF));
	if (text.len == 0 || text.ptr[0] != '<')
		return MEDIA_PLAIN;
	if (span_istarts_with(text, "<!doctype html") ||
		span_starts_with(text, "<!--"))
		return MEDIA_HTML;
	if (span_istarts_with(text, "<?xml") && span_ihas(text, "<html"))
		return MEDIA_HTML;
	if (!first_element(text, name, sizeof name))
		return MEDIA_OTHER;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (strcmp(name, others[i]) == 0)
			return MEDIA_HTML;
	return tags_find(name) != TAG_OTHER ? MEDIA_HTML : MEDIA_OTHER;
}
