#include "capture.h"

#include <stdio.h>
#include <string.h>

#define REVISIT_PROFILE                                                        \
	"http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
#define FIELD_SOURCE	 "Dateline-Source"
#define FIELD_REQUESTED	 "Dateline-Requested-URI"
#define FIELD_MEDIA_TYPE "Dateline-Media-Type"
#define FIELD_CHARSET	 "Dateline-Charset"
#define FIELD_STATUS	 "Dateline-Status"
#define FIELD_BYTES	 "Dateline-Payload-Length"
#define FIELD_ETAG	 "Dateline-ETag"
#define FIELD_MODIFIED	 "Dateline-Last-Modified"
#define FIELD_ORIGINAL	 "Dateline-Refers-To" /* FILE OFFSET */

void
capture_identify(const struct capture *c, struct capture_ids *ids)
{
	char when[24];
	struct span fields[4];

	hash_hex(c->body, ids->hex);
	for (size_t i = 0; i < HASH_LEN; i++) {
		unsigned byte = 0;

		(void)sscanf(ids->hex + 2 * i, "%2x", &byte);
		ids->digest[i] = (uint8_t)byte;
	}
	time_format(c->fetched_at, when);
	fields[0] = span_str(c->url);
	fields[1] = span_str(when);
	fields[2] = span_str(ids->hex);
	fields[3] = span_str(c->source);
	hash_id(fields, 4, ids->id);
}

/* Version 8 of RFC 9562: 122 bits of our own choosing. */
static void
record_id(const char id[ID_HEX], const char *kind, char out[64])
{
	struct span fields[] = { span_str(id), span_str(kind) };
	char hex[ID_HEX];

	hash_id(fields, 2, hex);
	(void)snprintf(out, 64, "<urn:uuid:%.8s-%.4s-8%.3s-a%.3s-%.12s>", hex,
		hex + 8, hex + 13, hex + 17, hex + 20);
}

/*
 * The body is archived decoded, so fields that tell of its transfer would
 * be untrue of it; they are kept under another name, as other writers of
 * decoded bodies do.
 */
static bool
tells_of_transfer(struct span line)
{
	return span_istarts_with(line, "content-encoding:") ||
	       span_istarts_with(line, "transfer-encoding:") ||
	       span_istarts_with(line, "content-length:");
}

static void
add_http_head(const struct capture *c, struct buffer *b)
{
	struct span rest = c->headers, line;

	if (rest.len == 0)
		buffer_printf(b, "HTTP/1.1 %d \r\n", c->status);
	while (rest.len > 0 && span_split(&rest, '\n', &line)) {
		line = span_trim(line);
		if (line.len == 0)
			continue;
		if (tells_of_transfer(line))
			buffer_add_str(b, "X-Archive-Orig-");
		buffer_add_span(b, line);
		buffer_add_str(b, "\r\n");
	}
	buffer_add_str(b, "\r\n");
}

/* A header of theirs may carry anything: what is no plain text is left out. */
static const char *
plain(const char *value)
{
	for (const char *p = value; p != NULL && *p != '\0'; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7F)
			return NULL;
	return value;
}

static enum error_code
add_page_fields(const struct capture *c, struct buffer *b, struct error *err)
{
	char number[24];
	enum error_code code = warc_field_add(b, FIELD_SOURCE, c->source, err);

	if (code == OK)
		code = warc_field_add(b, FIELD_REQUESTED, c->url, err);
	if (code == OK)
		code = warc_field_add(
			b, FIELD_MEDIA_TYPE, plain(c->media_type), err);
	if (code == OK)
		code = warc_field_add(b, FIELD_CHARSET, plain(c->charset), err);
	(void)snprintf(number, sizeof number, "%d", c->status);
	if (code == OK)
		code = warc_field_add(b, FIELD_STATUS, number, err);
	(void)snprintf(number, sizeof number, "%zu", c->body.len);
	if (code == OK)
		code = warc_field_add(b, FIELD_BYTES, number, err);
	if (code == OK)
		code = warc_field_add(b, FIELD_ETAG, plain(c->etag), err);
	if (code == OK)
		code = warc_field_add(
			b, FIELD_MODIFIED, plain(c->last_modified), err);
	return code;
}

static void
add_revisit_fields(const struct index_row *original, struct buffer *b)
{
	char file[ARCHIVE_NAME_MAX];

	archive_file_name(original->file, file);
	buffer_add_str(b, "WARC-Profile: " REVISIT_PROFILE "\r\n");
	buffer_printf(b, FIELD_ORIGINAL ": %s %lld\r\n", file,
		(long long)original->offset);
}

static const char *
block_type(const struct capture *c)
{
	const char *media_type = plain(c->media_type);

	if (c->status != 0)
		return "application/http; msgtype=response";
	return media_type != NULL ? media_type : "application/octet-stream";
}

enum error_code
capture_write(const struct capture *c, const struct capture_ids *ids,
	const struct index_row *original, struct buffer *out, struct error *err)
{
	const char *type = original != NULL ? "revisit"
			   : c->status != 0 ? "response"
					    : "resource";
	char when[24], id[64], block_hex[HASH_HEX];
	struct buffer block;
	enum error_code code;

	buffer_init(&block, CAPTURE_RECORD_MAX);
	if (c->status != 0)
		add_http_head(c, &block);
	if (original == NULL)
		buffer_add_span(&block, c->body);
	if (block.code != OK) {
		code = buffer_error(&block, err, "a capture");
		goto out;
	}
	time_format(c->fetched_at, when);
	record_id(ids->id, type, id);
	hash_hex(buffer_span(&block), block_hex);
	buffer_printf(out,
		"WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: %s\r\n"
		"WARC-Date: %s\r\n",
		type, id, when);
	code = warc_field_add(out, "WARC-Target-URI", c->final_url, err);
	if (original != NULL)
		add_revisit_fields(original, out);
	if (code == OK)
		code = add_page_fields(c, out, err);
	buffer_printf(out,
		"WARC-Payload-Digest: sha256:%s\r\n"
		"WARC-Block-Digest: sha256:%s\r\n"
		"Content-Type: %s\r\nContent-Length: %zu\r\n\r\n",
		ids->hex, block_hex, block_type(c), block.len);
	buffer_add_span(out, buffer_span(&block));
	buffer_add_str(out, "\r\n\r\n");
	if (code == OK)
		code = buffer_error(out, err, "a capture");
out:
	buffer_release(&block);
	return code;
}

enum error_code
capture_write_info(const char *file, struct buffer *out, struct error *err)
{
	static const char block[] =
		"software: dateline/" DATELINE_VERSION "\r\n"
		"format: WARC File Format 1.1\r\n";
	char when[24], id[64];

	time_format(clock_now(), when);
	record_id(file, when, id);
	buffer_printf(out,
		"WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: %s\r\n"
		"WARC-Date: %s\r\nWARC-Filename: %s\r\n"
		"Content-Type: application/warc-fields\r\n"
		"Content-Length: %zu\r\n\r\n%s\r\n\r\n",
		id, when, file, sizeof block - 1, block);
	return buffer_error(out, err, "a warcinfo record");
}

static bool
read_digest(struct span value, uint8_t out[HASH_LEN])
{
	char hex[HASH_HEX];

	if (!span_starts_with(value, "sha256:") ||
		value.len != 7 + HASH_HEX - 1)
		return false;
	memcpy(hex, value.ptr + 7, HASH_HEX - 1);
	hex[HASH_HEX - 1] = '\0';
	for (size_t i = 0; i < HASH_LEN; i++) {
		unsigned byte;

		if (sscanf(hex + 2 * i, "%2x", &byte) != 1)
			return false;
		out[i] = (uint8_t)byte;
	}
	return true;
}

enum record_role
capture_role(const struct warc_header *h, uint8_t digest[HASH_LEN])
{
	struct span type = warc_field(h, "WARC-Type");

	memset(digest, 0, HASH_LEN);
	if (!read_digest(warc_field(h, "WARC-Payload-Digest"), digest) ||
		warc_field(h, FIELD_SOURCE).ptr == NULL)
		return ROLE_OTHER;
	if (span_eq_str(type, "revisit"))
		return ROLE_REVISIT;
	return span_eq_str(type, "response") || span_eq_str(type, "resource")
		       ? ROLE_BODY
		       : ROLE_OTHER;
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
	struct span fields[4];
	char id[ID_HEX], when[24];
	uint8_t digest[HASH_LEN];
	long long n;

	*page = (struct page){ .url = c.url, .source = c.source };
	if (capture_role(h, digest) == ROLE_OTHER || c.url == NULL ||
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
	time_format(page->fetched_at, when);
	fields[0] = span_str(page->url);
	fields[1] = span_str(when);
	fields[2] = span_str(page->body + 7); /* behind "sha256:" */
	fields[3] = span_str(page->source);
	hash_id(fields, 4, id);
	page->id = arena_strdup(a, id);
	return page->id != NULL ? OK : error_set(err, ERR_NOMEM, "no memory");
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

bool
capture_original(const struct warc_header *h, char file[ARCHIVE_NAME_MAX],
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
