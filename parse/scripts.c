#include "scripts.h"

#include <ctype.h>

#include "stamp.h"

#define GAP_MAX	  24 /* bytes of quotes and signs between a name and its day */
#define NAMES_MAX 10000 /* names looked at in one page */

static bool
is_name(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-';
}

/* "datePublished", "published_at", "publicationDate", "publish_time",
 * "pubDate"; not "publisher". */
static bool
is_of_publication(struct span name)
{
	return span_ihas(name, "date") || span_ihas(name, "time") ||
	       span_ends_with(name, "At") || span_ends_with(name, "_at") ||
	       span_ends_with(name, "_on") || span_ieq_str(name, "published");
}

/* What parts a name from its value: a ':' or '=' among quotes, in markup or
 * escaped; SIZE_MAX: they are not a pair. */
static size_t
behind_sign(struct span page, size_t at)
{
	static const char *const marks[] = { "&quot;", "&#34;", "&#039;" };
	size_t end = at + GAP_MAX;
	bool sign = false;

	while (at < page.len && at < end) {
		size_t len = strchr("\\\"' \t\r\n:=", page.ptr[at]) != NULL;

		for (size_t i = 0; len == 0 && i < 3; i++)
			if (span_starts_with(
				    span_sub(page, at, page.len), marks[i]))
				len = strlen(marks[i]);
		if (len == 0)
			break;
		sign = sign || page.ptr[at] == ':' || page.ptr[at] == '=';
		at += len;
	}
	return sign ? at : SIZE_MAX;
}

/* The value at page[at], which the next quote or sign ends. */
static struct span
value_at(struct span page, size_t at)
{
	size_t end = at;

	while (end < page.len && strchr("\\\"'&,;<>{}", page.ptr[end]) == NULL)
		end++;
	return span_sub(page, at, end);
}

/* The next "pub" of any case, or page.len. */
static size_t
next_name(struct span page, size_t at)
{
	for (; at + 3 < page.len; at++) {
		const char *b = memchr(page.ptr + at, 'b', page.len - at);

		if (b == NULL)
			break;
		at = (size_t)(b - page.ptr);
		if (at >= 2 && page.ptr[at - 1] == 'u' &&
			(page.ptr[at - 2] | 32) == 'p')
			return at - 2;
	}
	return page.len;
}

void
scripts_read(const struct parse_words *w, struct span page, struct tz *zone,
	struct dates *out)
{
	size_t at = 0;

	for (int n = 0; n < NAMES_MAX; n++) {
		size_t start = next_name(page, at), end = start;
		struct civil day;

		if (start >= page.len)
			return;
		while (start > at && is_name(page.ptr[start - 1]))
			start--;
		while (end < page.len && is_name(page.ptr[end]))
			end++;
		at = end;
		if (!is_of_publication(span_sub(page, start, end)))
			continue;
		end = behind_sign(page, end);
		if (end == SIZE_MAX || end >= page.len ||
			!isdigit((unsigned char)page.ptr[end]) ||
			!stamp_day(w, value_at(page, end), zone, &day))
			continue;
		dates_add(out, DATED_HINTED, day, span_of(NULL, 0),
			"hinted script");
		return;
	}
}
