/* Records read back: the archive alone tells the page. */
#include <string.h>

#include "capture.h"
#include "capture_fields.h"

enum record_role
capture_role(const struct warc_header *h, uint8_t digest[HASH_LEN])
{
	struct span type = warc_field(h, "WARC-Type"),
		    said = warc_field(h, "WARC-Payload-Digest");

	memset(digest, 0, HASH_LEN);
	if (span_eq_str(type, "request") || span_eq_str(type, "metadata"))
		return ROLE_PART;
	if (!span_starts_with(said, "sha256:") ||
		!hex_decode(span_sub(said, 7, said.len), digest, HASH_LEN) ||
		warc_field(h, FIELD_SOURCE).ptr == NULL)
		return ROLE_OTHER;
	if (span_eq_str(type, "revisit"))
		return span_eq_str(warc_field(h, "WARC-Profile"), NOT_MODIFIED)
			       ? ROLE_UNCHANGED
			       : ROLE_REVISIT;
	return span_eq_str(type, "response") || span_eq_str(type, "resource")
		       ? ROLE_BODY
		       : ROLE_OTHER;
}

void
capture_shown(const struct warc_header *h, struct span *mime, int *status)
{
	struct span said = warc_field(h, FIELD_MEDIA_TYPE);
	long long n;

	*mime = said.ptr != NULL ? said : span_str("application/octet-stream");
	*status =
		span_int(warc_field(h, FIELD_STATUS), 0, 999, &n) ? (int)n : 0;
}

/* A field as a string in a, or NULL. */
static const char *
field_str(const struct warc_header *h, const char *name, struct arena *a)
{
	struct span v = warc_field(h, name);

	if (v.ptr == NULL || utf8_valid_prefix(v) != v.len)
		return NULL;
	return arena_strndup(a, v.ptr, v.len);
}

enum error_code
capture_page(const struct warc_header *h, struct arena *a, struct page *page,
	struct error *err)
{
	struct capture c = { .url = field_str(h, FIELD_REQUESTED, a),
		.source = field_str(h, FIELD_SOURCE, a) };
	struct capture_ids ids;
	uint8_t digest[HASH_LEN];
	long long n;

	*page = (struct page){ .url = c.url, .source = c.source };
	if (!role_is_capture(capture_role(h, digest)) || c.url == NULL ||
		c.source == NULL ||
		!time_parse(warc_field(h, "WARC-Date"), &page->fetched_at))
		return error_set(err, ERR_FORMAT, "not a capture of ours");
	page->final_url = field_str(h, "WARC-Target-URI", a);
	page->body = field_str(h, "WARC-Payload-Digest", a);
	page->media_type = field_str(h, FIELD_MEDIA_TYPE, a);
	page->charset = field_str(h, FIELD_CHARSET, a);
	page->etag = field_str(h, FIELD_ETAG, a);
	page->last_modified = field_str(h, FIELD_MODIFIED, a);
	if (span_int(warc_field(h, FIELD_STATUS), 0, 999, &n))
		page->status = (int)n;
	if (span_int(warc_field(h, FIELD_BYTES), 0, INT64_MAX, &n))
		page->bytes = n;
	if (page->final_url == NULL || page->body == NULL)
		return error_set(err, ERR_FORMAT, "a capture without its URL");
	c.fetched_at = page->fetched_at;
	capture_identify_as(&c, page->body + 7, &ids); /* behind "sha256:" */
	page->id = arena_strdup(a, ids.id);
	return page->id != NULL ? OK : error_set(err, ERR_NOMEM, "no memory");
}

const char *
capture_ip(const struct warc_header *h, struct arena *a)
{
	return field_str(h, FIELD_IP, a);
}

struct span
capture_payload(const struct warc_header *h, struct span block)
{
	size_t at;

	if (!span_eq_str(warc_field(h, "WARC-Type"), "response"))
		return block;
	at = span_find(block, 0, span_str("\r\n\r\n"));
	return at == SIZE_MAX ? block : span_sub(block, at + 4, block.len);
}

struct span
capture_head(const struct warc_header *h, struct span block)
{
	struct span payload = capture_payload(h, block);

	if (!span_istarts_with(
		    warc_field(h, "Content-Type"), "application/http"))
		return span_str("");
	return span_eq_str(warc_field(h, "WARC-Type"), "revisit")
		       ? block
		       : span_sub(block, 0, block.len - payload.len);
}

bool
capture_refers_to(const struct warc_header *h, char file[ARCHIVE_NAME_MAX],
	int64_t *offset)
{
	struct span rest = warc_field(h, FIELD_ORIGINAL), name;
	long long n;

	if (rest.ptr == NULL || !span_split(&rest, ' ', &name) ||
		name.len >= ARCHIVE_NAME_MAX ||
		!span_int(rest, 0, INT64_MAX, &n))
		return false;
	memcpy(file, name.ptr, name.len);
	file[name.len] = '\0';
	*offset = n;
	return archive_file_number(file) != 0;
}

/* Append value to a text of lines in a; NULL without memory. */
static const char *
more_lines(struct arena *a, const char *lines, struct span value)
{
	return lines == NULL ? arena_strndup(a, value.ptr, value.len)
			     : arena_printf(a, "%s\n%.*s", lines,
				       (int)value.len, value.ptr);
}

static bool
take_metadata(struct span block, struct arena *a, struct capture *c)
{
	struct span line, name;
	bool ok = true;

	while (ok && span_split(&block, '\n', &line)) {
		struct span value = line;
		long long n;

		if (!span_split(&value, ':', &name) || value.ptr == NULL)
			continue;
		value = span_trim(value);
		if (span_eq_str(name, META_VIA))
			ok = (c->via = arena_strndup(
				      a, value.ptr, value.len)) != NULL;
		else if (span_eq_str(name, META_REDIRECT))
			ok = (c->redirects = more_lines(
				      a, c->redirects, value)) != NULL;
		else if (span_eq_str(name, META_TIER))
			ok = (c->tier = arena_strndup(
				      a, value.ptr, value.len)) != NULL;
		else if (span_eq_str(name, META_TOOK) &&
			 span_int(value, 0, INT64_MAX, &n))
			c->took_ms = n;
	}
	return ok;
}

enum error_code
capture_part(const struct warc_header *h, struct span block, struct arena *a,
	struct capture *c, struct error *err)
{
	struct span type = warc_field(h, "WARC-Type");
	bool ok = true;

	if (span_eq_str(type, "request")) {
		c->request = arena_span(a, block);
		ok = c->request.ptr != NULL;
	} else if (span_eq_str(type, "metadata")) {
		ok = take_metadata(block, a, c);
	}
	return ok ? OK : error_set(err, ERR_NOMEM, "no memory");
}
