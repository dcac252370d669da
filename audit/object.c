#include "object.h"

void
object_open(struct buffer *b)
{
	buffer_add_char(b, '{');
}

void
object_close(struct buffer *b)
{
	buffer_add_char(b, '}');
}

void
object_key(struct buffer *b, const char *key)
{
	if (b->len > 0 && b->ptr[b->len - 1] != '{')
		buffer_add_char(b, ',');
	escape_json(span_str(key), b);
	buffer_add_char(b, ':');
}

void
object_str(struct buffer *b, const char *key, const char *value)
{
	object_key(b, key);
	if (value != NULL)
		escape_json(span_str(value), b);
	else
		buffer_add_str(b, "null");
}

void
object_int(struct buffer *b, const char *key, int64_t value)
{
	object_key(b, key);
	buffer_printf(b, "%lld", (long long)value);
}

void
object_bool(struct buffer *b, const char *key, bool value)
{
	object_key(b, key);
	buffer_add_str(b, value ? "true" : "false");
}

void
object_strings(
	struct buffer *b, const char *key, const char *const *list, size_t n)
{
	object_key(b, key);
	buffer_add_char(b, '[');
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buffer_add_char(b, ',');
		escape_json(span_str(list[i]), b);
	}
	buffer_add_char(b, ']');
}
