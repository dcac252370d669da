/* Reading captures back. */
#include "archive/archive.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture.h"
#include "catalog.h"

struct archive {
	struct catalog catalog;
	struct buffer raw;
	uint32_t open; /* number of the file fd is of */
	int fd;
};

int
archive_position_cmp(
	const struct archive_position *a, const struct archive_position *b)
{
	int c = strcmp(a->file, b->file);

	if (c != 0)
		return c;
	return (a->offset > b->offset) - (a->offset < b->offset);
}

enum error_code
archive_open(const char *dir, struct archive **out, struct error *err)
{
	struct archive *ar = calloc(1, sizeof *ar);
	enum error_code code;

	*out = NULL;
	if (ar == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	ar->fd = -1;
	buffer_init(&ar->raw, CAPTURE_RECORD_MAX);
	code = catalog_open(dir, &ar->catalog, err);
	if (code != OK) {
		archive_close(ar);
		return code;
	}
	*out = ar;
	return OK;
}

void
archive_close(struct archive *ar)
{
	if (ar == NULL)
		return;
	catalog_close(&ar->catalog);
	if (ar->fd >= 0)
		close(ar->fd);
	buffer_release(&ar->raw);
	free(ar);
}

const struct catalog *
archive_catalog(const struct archive *ar)
{
	return &ar->catalog;
}

static void
row_position(const struct index_row *row, struct archive_position *begin)
{
	archive_file_name(row->file, begin->file);
	begin->offset = row->offset;
}

/* First row at or behind *at, by bisection. */
static size_t
find_row(const struct index *x, const struct archive_position *at)
{
	size_t low = 0, high = x->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		struct archive_position p;

		row_position(&x->rows[mid], &p);
		if (archive_position_cmp(&p, at) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* The next capture among the rows that are known. */
static bool
take_row(struct archive *ar, struct archive_position *at,
	struct archive_entry *entry)
{
	const struct index *x = &ar->catalog.index;

	const size_t i = find_row(x, at);

	if (i == x->n)
		return false;
	archive_file_name(x->rows[i].file, entry->file);
	entry->offset = x->rows[i].offset;
	entry->length = x->rows[i].length;
	memcpy(at->file, entry->file, sizeof at->file);
	at->offset = entry->offset + entry->length;
	return true;
}

enum error_code
archive_next(struct archive *ar, struct archive_position *at,
	struct archive_entry *entry, bool *found, struct error *err)
{
	enum error_code code;

	*found = take_row(ar, at, entry);
	if (*found)
		return OK;
	code = catalog_refresh(&ar->catalog, err);
	if (code == OK)
		*found = take_row(ar, at, entry);
	return code;
}

static enum error_code
open_file(struct archive *ar, const char *file, struct error *err)
{
	uint32_t number = archive_file_number(file);

	if (number == 0)
		return error_set(err, ERR_NOT_FOUND,
			"\"%s\" is no file of the archive", file);
	if (ar->fd >= 0 && ar->open == number)
		return OK;
	if (ar->fd >= 0)
		close(ar->fd);
	ar->fd = catalog_open_file(&ar->catalog, number, O_RDONLY, err);
	ar->open = number;
	return ar->fd >= 0 ? OK : err != NULL ? err->code : ERR_IO;
}

static enum error_code
read_record(struct archive *ar, const char *file, int64_t offset,
	struct warc_header *h, struct span *block, int64_t *length,
	struct error *err)
{
	enum error_code code = open_file(ar, file, err);

	if (code == OK)
		code = catalog_read(
			ar->fd, offset, &ar->raw, h, block, length, err);
	if (code != OK)
		(void)error_wrap(err, "%s:%lld", file, (long long)offset);
	return code;
}

/* The body in a of a record just read, checked against its digest. */
static enum error_code
take_body(struct span payload, const char *digest, struct arena *a,
	struct span *body, struct error *err)
{
	char hex[HASH_HEX];

	hash_hex(payload, hex);
	if (digest == NULL || strncmp(digest, "sha256:", 7) != 0 ||
		strcmp(digest + 7, hex) != 0)
		return error_set(err, ERR_FORMAT,
			"the archived body does not match its digest");
	*body = arena_span(a, payload);
	if (body->ptr != NULL)
		return OK;
	return error_set(err, arena_over_cap(a) ? ERR_LIMIT : ERR_NOMEM,
		"no memory for a body of %zu bytes", payload.len);
}

enum error_code
archive_read(struct archive *ar, const char *file, int64_t offset,
	struct arena *a, struct page *page, struct span *body,
	struct error *err)
{
	char original[ARCHIVE_NAME_MAX];
	struct warc_header h;
	struct span block;
	uint8_t digest[HASH_LEN];
	int64_t length, at;
	enum error_code code =
		read_record(ar, file, offset, &h, &block, &length, err);

	if (code == OK)
		code = capture_page(&h, a, page, err);
	if (code != OK)
		return code;
	page->archive =
		(struct archive_ref){ arena_strdup(a, file), offset, length };
	if (page->archive.file == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	if (capture_role(&h, digest) == ROLE_REVISIT) {
		if (!capture_refers_to(&h, original, &at))
			return error_set(err, ERR_FORMAT,
				"a revisit that does not say of what");
		code = read_record(ar, original, at, &h, &block, &length, err);
		if (code != OK)
			return code;
	}
	return take_body(capture_payload(&h, block), page->body, a, body, err);
}

/* The parts of the capture with that record id, which stand in the open file
 * between two places. */
static enum error_code
read_parts(struct archive *ar, int64_t from, int64_t to, const char *id,
	struct arena *a, struct capture *out, struct error *err)
{
	enum error_code code = OK;

	while (code == OK && from < to) {
		struct warc_header h;
		struct span block;
		int64_t length;

		code = catalog_read(
			ar->fd, from, &ar->raw, &h, &block, &length, err);
		if (code == OK &&
			span_eq_str(warc_field(&h, "WARC-Concurrent-To"), id))
			code = capture_part(&h, block, a, out, err);
		from += length;
	}
	if (code != ERR_FORMAT)
		return code;
	error_clear(err); /* a bad stretch lies between: it has none */
	return OK;
}

enum error_code
archive_read_all(struct archive *ar, const struct archive_position *from,
	const struct archive_entry *entry, struct arena *a, struct capture *out,
	struct error *err)
{
	const bool same = strcmp(from->file, entry->file) == 0;
	struct warc_header h;
	struct span block, id;
	struct page page = { 0 };
	char *own;
	int64_t length;
	enum error_code code = read_record(
		ar, entry->file, entry->offset, &h, &block, &length, err);

	*out = (struct capture){ 0 };
	if (code != OK)
		return code;
	id = warc_field(&h, "WARC-Record-ID");
	own = arena_strndup(a, id.ptr != NULL ? id.ptr : "", id.len);
	out->ip = capture_ip(&h, a);
	out->headers = arena_span(a, capture_head(&h, block));
	if (own == NULL || out->headers.ptr == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	code = read_parts(
		ar, same ? from->offset : 0, entry->offset, own, a, out, err);
	if (code == OK)
		code = archive_read(ar, entry->file, entry->offset, a, &page,
			&out->body, err);
	out->url = page.url;
	out->final_url = page.final_url;
	out->source = page.source;
	out->fetched_at = page.fetched_at;
	out->status = page.status;
	out->media_type = page.media_type;
	out->charset = page.charset;
	out->etag = page.etag;
	out->last_modified = page.last_modified;
	return code;
}
