/*
 * Bytes to characters: what comes out is UTF-8 without NUL, nothing is
 * replaced where the bytes were UTF-8 already, and twice is as once.
 */
#include <stdlib.h>
#include <string.h>

#include "parse/charset.h"

#define LABEL_MAX 24

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool ok)
{
	if (!ok)
		abort();
}

/* The first line, if it is short, is the transport's label. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct charsets *charsets;
	struct span body = span_of((const char *)data, size);
	struct span rest = body, line;
	char label[LABEL_MAX] = "";
	struct buffer out, again;
	struct decoded d, e;

	if (charsets == NULL)
		charsets = charsets_new();
	require(charsets != NULL);
	if (size > 0 && span_split(&rest, '\n', &line) && rest.ptr != NULL &&
		line.len < sizeof label) {
		memcpy(label, line.ptr, line.len);
		body = span_sub(body, line.len + 1, body.len);
	}
	buffer_init(&out, 8 * size + 64);
	buffer_init(&again, 8 * size + 64);
	require(charset_decode(charsets, body, label, &out, &d) == OK);
	require(utf8_valid_prefix(d.text) == d.text.len);
	require(d.text.len == 0 || memchr(d.text.ptr, 0, d.text.len) == NULL);
	if (strcmp(d.name, "UTF-8") == 0 && d.bad == 0 && d.text.len > 0)
		require(span_eq(d.text,
			span_sub(body, body.len - d.text.len, body.len)));
	require(charset_decode(charsets, body, label, &again, &e) == OK);
	require(span_eq(d.text, e.text) && d.bad == e.bad &&
		strcmp(d.name, e.name) == 0);
	(void)charset_is_binary(body);
	buffer_release(&out);
	buffer_release(&again);
	return 0;
}
