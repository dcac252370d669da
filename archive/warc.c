#include "warc.h"

#include "archive/archive.h"

/* The line at *rest without its CRLF; false if there is no whole line. */
static bool
take_line(struct span *rest, struct span *line)
{
	size_t at = span_find(*rest, 0, span_str("\n"));

	if (at == SIZE_MAX || rest->ptr == NULL)
		return false;
	*line = span_sub(
		*rest, 0, at > 0 && rest->ptr[at - 1] == '\r' ? at - 1 : at);
	*rest = span_sub(*rest, at + 1, rest->len);
	return true;
}

static bool
read_field(struct span line, struct warc_header *h)
{
	struct span rest = line, name;

	if (h->n == WARC_FIELDS_MAX || !span_split(&rest, ':', &name) ||
		rest.ptr == NULL || name.len == 0)
		return false;
	h->fields[h->n++] = (struct warc_field){ name, span_trim(rest) };
	return true;
}

bool
warc_header_read(struct span bytes, struct warc_header *h)
{
	struct span rest = span_sub(bytes, 0, ARCHIVE_HEADER_MAX), line;
	long long length;

	*h = (struct warc_header){ .n = 0 };
	if (!take_line(&rest, &line) ||
		(!span_starts_with(line, "WARC/1.") &&
			!span_starts_with(line, "WARC/0.")))
		return false;
	for (;;) {
		if (!take_line(&rest, &line))
			return false;
		if (line.len == 0)
			break;
		/* A line that goes on says nothing that is read here. */
		if (line.ptr[0] != ' ' && line.ptr[0] != '\t' &&
			!read_field(line, h))
			return false;
	}
	h->length = (size_t)(rest.ptr - bytes.ptr);
	if (!span_int(warc_field(h, "Content-Length"), 0, INT64_MAX, &length))
		return false;
	h->content_length = length;
	return true;
}

struct span
warc_field(const struct warc_header *h, const char *name)
{
	for (size_t i = 0; i < h->n; i++)
		if (span_ieq_str(h->fields[i].name, name))
			return h->fields[i].value;
	return span_of(NULL, 0);
}

int
warc_header_check(struct span bytes)
{
	struct warc_header h;

	return warc_header_read(bytes, &h) ? (int)h.n : -1;
}

enum error_code
warc_field_add(struct buffer *b, const char *name, const char *value,
	struct error *err)
{
	if (value == NULL)
		return OK;
	for (const char *p = value; *p != '\0'; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7F)
			return error_set(err, ERR_FORMAT,
				"%s: a control character in its value", name);
	buffer_printf(b, "%s: %s\r\n", name, value);
	return buffer_error(b, err, "a WARC header");
}
