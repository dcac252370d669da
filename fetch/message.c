#include "message.h"

#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

struct span
message_field(struct span head, const char *name)
{
	struct span rest = head, line;
	struct span found = { 0 };

	while (rest.len > 0 && span_split(&rest, '\n', &line)) {
		struct span key, value = line;

		if (span_split(&value, ':', &key) && value.ptr != NULL &&
			span_ieq_str(key, name))
			found = span_trim(value);
	}
	return found;
}

void
message_media_type(struct span value, struct arena *a, const char **type,
	const char **charset)
{
	struct span rest = value, part;
	char *lower;

	*type = *charset = NULL;
	if (value.ptr == NULL || !span_split(&rest, ';', &part))
		return;
	part = span_trim(part);
	lower = arena_strndup(a, part.ptr, part.len);
	for (char *p = lower; p != NULL && *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + 32);
	*type = lower;
	while (rest.ptr != NULL && span_split(&rest, ';', &part)) {
		part = span_trim(part);
		if (!span_istarts_with(part, "charset="))
			continue;
		part = span_sub(part, 8, part.len);
		if (part.len > 1 && part.ptr[0] == '"')
			part = span_sub(part, 1, part.len - 1);
		*charset = arena_strndup(a, part.ptr, part.len);
	}
}

/* Where the head ends and the body begins. */
static bool
split(struct span block, struct span *head, struct span *body)
{
	static const char *const ends[] = { "\r\n\r\n", "\n\n" };
	const size_t empty = span_starts_with(block, "\r\n") ? 2
			     : span_starts_with(block, "\n") ? 1
							     : 0;

	if (empty > 0) {
		*head = span_sub(block, 0, 0);
		*body = span_sub(block, empty, block.len);
		return true;
	}
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		size_t at = span_find(block, 0, span_str(ends[i]));

		if (at == SIZE_MAX)
			continue;
		*head = span_sub(block, 0, at);
		*body = span_sub(block, at + strlen(ends[i]), block.len);
		return true;
	}
	*head = block;
	*body = span_sub(block, block.len, block.len);
	return block.len > 0;
}

/* "HTTP/1.1 200 OK", or "GET / HTTP/1.1" with status 0. */
static bool
read_first_line(struct span head, int *status)
{
	struct span line, word;
	long long n;

	*status = 0;
	if (!span_split(&head, '\n', &line))
		return false;
	line = span_trim(line);
	if (!span_starts_with(line, "HTTP/"))
		return span_ends_with(line, " HTTP/1.1") ||
		       span_ends_with(line, " HTTP/1.0");
	if (!span_split(&line, ' ', &word) || line.ptr == NULL ||
		!span_split(&line, ' ', &word) || !span_int(word, 100, 999, &n))
		return false;
	*status = (int)n;
	return true;
}

bool
message_read(struct span block, struct message *out)
{
	*out = (struct message){ .status = 0 };
	return split(block, &out->head, &out->body) &&
	       read_first_line(out->head, &out->status);
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* RFC 9112 section 7.1: the next chunk of *rest, or false. */
static bool
next_chunk(struct span *rest, struct span *chunk)
{
	size_t at = 0, size = 0;

	while (at < rest->len && at < 8 && hex_value(rest->ptr[at]) >= 0)
		size = size * 16 + (size_t)hex_value(rest->ptr[at++]);
	if (at == 0)
		return false;
	at = span_find(*rest, at, span_str("\n"));
	if (at == SIZE_MAX || size > rest->len - at - 1)
		return false;
	*chunk = span_sub(*rest, at + 1, at + 1 + size);
	*rest = span_sub(*rest, at + 1 + size, rest->len);
	if (span_starts_with(*rest, "\r\n"))
		*rest = span_sub(*rest, 2, rest->len);
	else if (span_starts_with(*rest, "\n"))
		*rest = span_sub(*rest, 1, rest->len);
	return true;
}

static enum error_code
decode(struct decoder *d, struct span body, bool chunked, struct buffer *out)
{
	struct span rest = body, chunk;
	enum error_code code = OK;

	if (!chunked || !next_chunk(&rest, &chunk))
		return decoder_add(d, body, out);
	do
		code = decoder_add(d, chunk, out);
	while (code == OK && chunk.len > 0 && next_chunk(&rest, &chunk));
	return code;
}

enum error_code
message_body(const struct message *m, struct decoder *d, struct buffer *out)
{
	struct span transfer = message_field(m->head, "Transfer-Encoding");
	size_t before = out->len;
	bool chunked = span_ieq_str(transfer, "chunked");
	enum error_code code;

	if (!decoder_begin(d, message_field(m->head, "Content-Encoding")))
		return ERR_FORMAT;
	code = decode(d, m->body, chunked, out);
	if (code != ERR_FORMAT || out->len > before)
		return code;
	/* Some archive the body decoded and leave the head as it was. */
	(void)decoder_begin(d, span_str(""));
	return decode(d, m->body, chunked, out);
}

/* The directives of Cache-Control; *seconds stays -1 without max-age. */
static bool
cache_control(struct span value, long *seconds)
{
	struct span part;
	long long n;

	while (value.len > 0 && span_split(&value, ',', &part)) {
		part = span_trim(part);
		if (span_ieq_str(part, "no-cache") ||
			span_ieq_str(part, "no-store"))
			return false;
		if (span_istarts_with(part, "max-age=") &&
			span_int(span_sub(part, 8, part.len), 0, INT32_MAX, &n))
			*seconds = (long)n;
	}
	return true;
}

long
message_fresh(struct span head, int64_t now)
{
	struct span expires = message_field(head, "Expires");
	char date[64];
	long seconds = -1;
	time_t at;

	if (!cache_control(message_field(head, "Cache-Control"), &seconds))
		return 0;
	if (seconds < 0 && expires.len > 0 && expires.len < sizeof date) {
		memcpy(date, expires.ptr, expires.len);
		date[expires.len] = '\0';
		at = curl_getdate(date, NULL);
		seconds = at > now ? (long)(at - now) : 0;
	}
	if (seconds > MESSAGE_FRESH_MAX)
		return MESSAGE_FRESH_MAX;
	return seconds > 0 ? seconds : 0;
}

/* What we send of ourselves.  Whatever else a source's configuration adds may
 * be a key to something. */
static bool
is_public(struct span name)
{
	static const char *const names[] = { "Host", "User-Agent", "Accept",
		"Accept-Encoding", "Accept-Language", "Connection",
		"If-None-Match", "If-Modified-Since" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (span_ieq_str(name, names[i]))
			return true;
	return false;
}

void
message_keep(struct span head, struct buffer *out)
{
	struct span line;
	bool first = true;

	while (span_split(&head, '\n', &line)) {
		struct span rest = line, name;

		if (head.ptr == NULL && line.len == 0)
			break;
		if (!first && span_split(&rest, ':', &name) &&
			rest.ptr != NULL && !is_public(name))
			buffer_printf(out, "%.*s: withheld\r\n", (int)name.len,
				name.ptr);
		else {
			buffer_add_span(out, line);
			buffer_add_char(out, '\n');
		}
		first = false;
	}
}
