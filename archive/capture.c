/* A capture as WARC records. */
#include "capture.h"

#include <stdio.h>
#include <string.h>

#include "capture_fields.h"

#define HTTP_REQUEST  "application/http; msgtype=request"
#define HTTP_RESPONSE "application/http; msgtype=response"
#define RECORD_ID_MAX 64
#define METADATA_MAX  ((size_t)256 << 10) /* bytes of such a block */
#define HEAD_MAX      ((size_t)512 << 10) /* bytes of an HTTP head, as kept */

void
capture_identify_as(const struct capture *c, const char hex[HASH_HEX],
	struct capture_ids *ids)
{
	char when[24];
	struct span fields[4];

	(void)snprintf(ids->hex, sizeof ids->hex, "%s", hex);
	(void)hex_decode(
		span_str(ids->hex), ids->digest, HASH_LEN); /* it is hex */
	time_format(c->fetched_at, when);
	fields[0] = span_str(c->url);
	fields[1] = span_str(when);
	fields[2] = span_str(ids->hex);
	fields[3] = span_str(c->source);
	hash_id(fields, 4, ids->id);
}

void
capture_identify(const struct capture *c, struct capture_ids *ids)
{
	char hex[HASH_HEX];

	hash_hex(c->body, hex);
	capture_identify_as(c, hex, ids);
}

void
capture_place(struct capture_ids *ids, uint32_t file, int64_t offset)
{
	char at[48];
	struct span fields[2] = { span_str(ids->id) };

	(void)snprintf(
		at, sizeof at, "%u %lld", (unsigned)file, (long long)offset);
	fields[1] = span_str(at);
	hash_id(fields, 2, ids->place);
}

/* Version 8 of RFC 9562: 122 bits of our own choosing.  part: what kind of
 * record it is beside the capture's own, or "". */
static void
record_id(const char *of, const char *part, char out[RECORD_ID_MAX])
{
	struct span fields[] = { span_str(of), span_str(part) };
	char hex[ID_HEX];

	hash_id(fields, 2, hex);
	(void)snprintf(out, RECORD_ID_MAX,
		"<urn:uuid:%.8s-%.4s-8%.3s-a%.3s-%.12s>", hex, hex + 8,
		hex + 13, hex + 17, hex + 20);
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

/* Of what it is a revisit, for others and for us. */
static void
add_original(
	const struct capture_original *o, const char *profile, struct buffer *b)
{
	char file[ARCHIVE_NAME_MAX];

	archive_file_name(o->file, file);
	buffer_printf(b,
		"WARC-Profile: %s\r\nWARC-Refers-To: %.*s\r\n"
		"WARC-Refers-To-Target-URI: %.*s\r\n"
		"WARC-Refers-To-Date: %.*s\r\n" FIELD_ORIGINAL ": %s %lld\r\n",
		profile, (int)o->id.len, o->id.ptr, (int)o->uri.len, o->uri.ptr,
		(int)o->date.len, o->date.ptr, file, (long long)o->offset);
}

static const char *
block_type(const struct capture *c)
{
	const char *media_type = plain(c->media_type);

	if (c->status != 0)
		return HTTP_RESPONSE;
	return media_type != NULL ? media_type : "application/octet-stream";
}

static enum error_code
begin_record(const struct capture *c, const char *type, const char *id,
	struct buffer *out, struct error *err)
{
	char when[24];

	time_format(c->fetched_at, when);
	buffer_printf(out,
		"WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: %s\r\n"
		"WARC-Date: %s\r\n",
		type, id, when);
	if (c->ip != NULL)
		buffer_printf(out, FIELD_IP ": %s\r\n", c->ip);
	return warc_field_add(out, "WARC-Target-URI", c->final_url, err);
}

/* The last fields, the block and what ends a record. */
static enum error_code
end_record(const char *content_type, struct span head, struct span body,
	struct buffer *out, struct error *err)
{
	buffer_printf(out, "Content-Type: %s\r\nContent-Length: %zu\r\n\r\n",
		content_type, head.len + body.len);
	buffer_add_span(out, head);
	buffer_add_span(out, body);
	buffer_add_str(out, "\r\n\r\n");
	return buffer_error(out, err, "a capture");
}

enum error_code
capture_write(const struct capture *c, const struct capture_ids *ids,
	const struct capture_original *original, struct buffer *out,
	struct error *err)
{
	const char *type = original != NULL ? "revisit"
			   : c->status != 0 ? "response"
					    : "resource";
	char id[RECORD_ID_MAX];
	struct buffer head;
	enum error_code code;

	buffer_init(&head, HEAD_MAX);
	if (c->status != 0)
		add_http_head(c, &head);
	record_id(ids->place, "", id);
	code = buffer_error(&head, err, "the head of an answer");
	if (code == OK)
		code = begin_record(c, type, id, out, err);
	if (original != NULL)
		add_original(original, SAME_PAYLOAD, out);
	if (code == OK)
		code = add_page_fields(c, out, err);
	buffer_printf(out, "WARC-Payload-Digest: sha256:%s\r\n", ids->hex);
	if (code == OK)
		code = end_record(block_type(c), buffer_span(&head),
			original == NULL ? c->body : span_str(""), out, err);
	buffer_release(&head);
	return code;
}

enum error_code
capture_write_unchanged(const struct capture *c, const struct capture_ids *ids,
	const struct capture_original *original, struct buffer *out,
	struct error *err)
{
	char id[RECORD_ID_MAX];
	struct buffer head;
	enum error_code code;

	buffer_init(&head, HEAD_MAX);
	add_http_head(c, &head);
	record_id(ids->place, "", id);
	code = buffer_error(&head, err, "the head of an answer");
	if (code == OK)
		code = begin_record(c, "revisit", id, out, err);
	add_original(original, NOT_MODIFIED, out);
	if (code == OK)
		code = warc_field_add(out, FIELD_SOURCE, c->source, err);
	if (code == OK)
		code = warc_field_add(out, FIELD_REQUESTED, c->url, err);
	buffer_printf(out, FIELD_STATUS ": %d\r\n", c->status);
	buffer_printf(out, "WARC-Payload-Digest: sha256:%s\r\n", ids->hex);
	if (code == OK)
		code = end_record(HTTP_RESPONSE, buffer_span(&head),
			span_str(""), out, err);
	buffer_release(&head);
	return code;
}

/* A record that belongs to the capture's, which it names. */
static enum error_code
write_part(const struct capture *c, const struct capture_ids *ids,
	const char *type, const char *content_type, struct span block,
	struct buffer *out, struct error *err)
{
	char id[RECORD_ID_MAX], concurrent[RECORD_ID_MAX];
	enum error_code code;

	record_id(ids->place, type, id);
	record_id(ids->place, "", concurrent);
	code = begin_record(c, type, id, out, err);
	buffer_printf(out, "WARC-Concurrent-To: %s\r\n", concurrent);
	return code == OK
		       ? end_record(content_type, block, span_str(""), out, err)
		       : code;
}

enum error_code
capture_write_request(const struct capture *c, const struct capture_ids *ids,
	struct buffer *out, struct error *err)
{
	return write_part(
		c, ids, "request", HTTP_REQUEST, c->request, out, err);
}

bool
capture_has_metadata(const struct capture *c)
{
	return c->via != NULL || c->redirects != NULL || c->took_ms > 0 ||
	       c->tier != NULL;
}

/* As application/warc-fields has it: "name: value", a line each. */
static void
add_lines(const char *name, const char *value, struct buffer *b)
{
	struct span rest = span_str(value), line;

	while (value != NULL && span_split(&rest, '\n', &line)) {
		if (line.len > 0)
			buffer_printf(b, "%s: %.*s\r\n", name, (int)line.len,
				line.ptr);
	}
}

enum error_code
capture_write_metadata(const struct capture *c, const struct capture_ids *ids,
	struct buffer *out, struct error *err)
{
	struct buffer block;
	enum error_code code;

	buffer_init(&block, METADATA_MAX);
	add_lines(META_VIA, plain(c->via), &block);
	add_lines(META_REDIRECT, c->redirects, &block);
	add_lines(META_TIER, c->tier, &block);
	if (c->took_ms > 0)
		buffer_printf(
			&block, META_TOOK ": %lld\r\n", (long long)c->took_ms);
	code = buffer_error(&block, err, "a metadata record");
	if (code == OK)
		code = write_part(c, ids, "metadata", "application/warc-fields",
			buffer_span(&block), out, err);
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
