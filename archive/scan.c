/* Looking at every record, good and bad: `dateline archive list, verify`. */
#include "archive/archive.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "capture.h"
#include "catalog.h"

typedef bool
visit_fn(const struct archive_record *r, void *ctx);

/* Header values as strings of the record being shown. */
struct shown {
	char type[32], id[128], uri[2048], date[64], digest[128];
	struct error why;
};

static const char *
copy_field(
	const struct warc_header *h, const char *name, char *out, size_t room)
{
	struct span v = warc_field(h, name);

	if (v.ptr == NULL)
		return NULL;
	(void)snprintf(
		out, room, "%.*s", (int)(v.len < room ? v.len : room), v.ptr);
	return out;
}

static void
describe(const struct warc_header *h, struct shown *s, struct archive_record *r)
{
	r->type = copy_field(h, "WARC-Type", s->type, sizeof s->type);
	r->id = copy_field(h, "WARC-Record-ID", s->id, sizeof s->id);
	r->uri = copy_field(h, "WARC-Target-URI", s->uri, sizeof s->uri);
	r->date = copy_field(h, "WARC-Date", s->date, sizeof s->date);
	r->digest = copy_field(
		h, "WARC-Payload-Digest", s->digest, sizeof s->digest);
	r->content_length = h->content_length;
}

/* A digest that is there and of a kind we make must be right. */
static bool
digest_holds(const struct warc_header *h, const char *field, struct span bytes)
{
	struct span said = warc_field(h, field);
	char hex[HASH_HEX];

	if (!span_starts_with(said, "sha256:"))
		return true;
	hash_hex(bytes, hex);
	return span_eq_str(span_sub(said, 7, said.len), hex);
}

static void
check_digests(const struct warc_header *h, struct span block, struct shown *s)
{
	bool revisit = span_eq_str(warc_field(h, "WARC-Type"), "revisit");

	if (!digest_holds(h, "WARC-Block-Digest", block) ||
		(!revisit && !digest_holds(h, "WARC-Payload-Digest",
				     capture_payload(h, block))))
		error_set(&s->why, ERR_FORMAT,
			"the bytes do not match the record's digest");
}

/* One record, or the stretch up to the next readable one; false: the end. */
static bool
scan_one(int fd, int64_t size, struct buffer *raw, struct archive_record *r,
	struct shown *s)
{
	struct warc_header h;
	struct span block;

	error_clear(&s->why);
	if (catalog_read(fd, r->offset, raw, &h, &block, &r->length, &s->why) ==
		OK) {
		describe(&h, s, r);
		check_digests(&h, block, s);
	} else {
		int64_t next = catalog_resync(fd, r->offset + 1);

		r->length = (next < 0 ? size : next) - r->offset;
	}
	r->code = s->why.code;
	r->message = s->why.code != OK ? s->why.msg : NULL;
	return r->length > 0;
}

static enum error_code
scan_file(const struct catalog *c, uint32_t number, visit_fn *visit, void *ctx,
	bool *go_on, struct error *err)
{
	int fd = catalog_open_file(c, number, O_RDONLY, err);
	struct buffer raw;
	int64_t at = 0, size;

	if (fd < 0)
		return err != NULL ? err->code : ERR_IO;
	size = lseek(fd, 0, SEEK_END);
	buffer_init(&raw, CAPTURE_RECORD_MAX);
	while (*go_on && at < size) {
		struct archive_record r = { .offset = at };
		struct shown s = { 0 };

		archive_file_name(number, r.file);
		if (!scan_one(fd, size, &raw, &r, &s))
			break;
		*go_on = visit(&r, ctx);
		at += r.length;
	}
	buffer_release(&raw);
	close(fd);
	return OK;
}

enum error_code
archive_scan(struct archive *ar, const char *file,
	bool (*visit)(const struct archive_record *r, void *ctx), void *ctx,
	struct error *err)
{
	const struct catalog *c = archive_catalog(ar);
	enum error_code code = OK;
	bool go_on = true;

	if (file != NULL)
		return scan_file(
			c, archive_file_number(file), visit, ctx, &go_on, err);
	for (uint32_t n = 1; code == OK && go_on; n++) {
		code = scan_file(c, n, visit, ctx, &go_on, err);
		if (code == ERR_NOT_FOUND) { /* behind the last file */
			error_clear(err);
			return OK;
		}
	}
	return code;
}
