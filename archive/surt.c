#include "surt.h"

#include <ctype.h>
#include <stdlib.h>

/* A key is one word: spaces and controls are written as in a URL. */
static void
add_text(struct span text, bool lower, struct buffer *out)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (c <= ' ' || c == 0x7F)
			buffer_printf(out, "%%%02x", c);
		else
			buffer_add_char(out, (char)(lower ? tolower(c) : c));
	}
}

/* "www.", and "www2." as those have it who spread their load so. */
static struct span
without_www(struct span host)
{
	size_t at = 3;

	if (!span_istarts_with(host, "www"))
		return host;
	while (at < host.len && isdigit((unsigned char)host.ptr[at]))
		at++;
	return at + 1 < host.len && host.ptr[at] == '.'
		       ? span_sub(host, at + 1, host.len)
		       : host;
}

static bool
is_address(struct span host)
{
	for (size_t i = 0; i < host.len; i++)
		if (!isdigit((unsigned char)host.ptr[i]) && host.ptr[i] != '.')
			return host.ptr[0] == '[';
	return true;
}

static void
add_host(struct span host, struct buffer *out)
{
	struct span labels[SURT_LABELS_MAX], rest = host;
	size_t n = 0;

	while (n < SURT_LABELS_MAX && span_split(&rest, '.', &labels[n]))
		n++;
	if (rest.ptr != NULL || is_address(host)) {
		add_text(host, true, out);
		return;
	}
	for (size_t i = n; i > 0; i--) {
		add_text(labels[i - 1], true, out);
		if (i > 1)
			buffer_add_char(out, ',');
	}
}

static int
cmp_span(const void *a, const void *b)
{
	const struct span *x = a, *y = b;
	size_t len = x->len < y->len ? x->len : y->len;
	int c = len > 0 ? memcmp(x->ptr, y->ptr, len) : 0;

	return c != 0 ? c : (x->len > y->len) - (x->len < y->len);
}

static void
add_query(struct span query, struct buffer *out)
{
	struct span parts[SURT_PARTS_MAX], rest = query;
	size_t n = 0;

	if (query.len == 0)
		return;
	while (n < SURT_PARTS_MAX && span_split(&rest, '&', &parts[n]))
		n++;
	buffer_add_char(out, '?');
	if (rest.ptr != NULL) { /* too many to be put in order */
		add_text(query, true, out);
		return;
	}
	qsort(parts, n, sizeof *parts, cmp_span);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buffer_add_char(out, '&');
		add_text(parts[i], true, out);
	}
}

void
surt_key(const char *url, struct buffer *out)
{
	struct span rest = span_str(url), authority, path, host;
	size_t at;

	at = span_find(rest, 0, span_str("#"));
	rest = span_sub(rest, 0, at);
	if (rest.ptr == NULL || (!span_istarts_with(rest, "http://") &&
					!span_istarts_with(rest, "https://"))) {
		add_text(rest, false, out);
		return;
	}
	rest = span_sub(rest, rest.ptr[4] == ':' ? 7 : 8, rest.len);
	for (at = 0;
		at < rest.len && rest.ptr[at] != '/' && rest.ptr[at] != '?';)
		at++;
	authority = span_sub(rest, 0, at);
	rest = span_sub(rest, at, rest.len);
	for (at = authority.len;
		at > 0 && isdigit((unsigned char)authority.ptr[at - 1]);)
		at--;
	if (at == 0 || authority.ptr[at - 1] != ':')
		at = authority.len + 1; /* no port */
	host = without_www(span_sub(authority, 0, at - 1));
	add_host(host, out);
	add_text(span_sub(authority, at - 1, authority.len), true, out);
	buffer_add_str(out, ")/");
	if (!span_split(&rest, '?', &path))
		return;
	path = span_sub(path, 1, path.len);
	if (path.len > 0 && path.ptr[path.len - 1] == '/')
		path.len--;
	add_text(path, true, out);
	if (rest.ptr != NULL)
		add_query(rest, out);
}
