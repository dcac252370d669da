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

#define PLACES_START ((size_t)1024)

/* A capture of the file the catalog is in. */
struct place {
	int64_t offset, length;
};

struct archive {
	struct catalog catalog;
	struct place *places; /* from `from` on, as far as they are known */
	size_t n, room;
	int64_t from;
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

/* What the catalog comes by. */
static enum error_code
take_row(const struct index_row *row, void *ctx, struct error *err)
{
	struct archive *ar = ctx;

	if (ar->n == INDEX_ROWS_MAX)
		return error_set(err, ERR_LIMIT, "over %d records in a file",
			INDEX_ROWS_MAX);
	if (ar->n == ar->room) {
		size_t room = ar->room == 0 ? PLACES_START : 2 * ar->room;
		struct place *places =
			realloc(ar->places, room * sizeof *places);

		if (places == NULL)
			return error_set(
				err, ERR_NOMEM, "no memory for the archive");
		ar->places = places;
		ar->room = room;
	}
	ar->places[ar->n++] = (struct place){ row->offset, row->length };
	return OK;
}

enum error_code
archive_open(const char *dir, struct archive **out, struct error *err)
{
	struct archive *ar = calloc(1, sizeof *ar);
	const struct row_sink sink = { take_row, ar };
	enum error_code code;

	*out = NULL;
	if (ar == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	ar->fd = -1;
	buffer_init(&ar->raw, CAPTURE_RECORD_MAX);
	code = catalog_open(dir, &sink, &ar->catalog, err);
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
	free(ar->places);
	free(ar);
}

const struct catalog *
archive_catalog(const struct archive *ar)
{
	return &ar->catalog;
}

/* First place at or behind the offset, by bisection. */
static size_t
find_place(const struct archive *ar, int64_t offset)
{
	size_t low = 0, high = ar->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (ar->places[mid].offset < offset)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* The next capture among the places that are known. */
static bool
take_place(struct archive *ar, struct archive_position *at,
	struct archive_entry *entry)
{
	const size_t i = find_place(ar, at->offset);
	char file[ARCHIVE_NAME_MAX];

	if (i == ar->n)
		return false;
	archive_file_name(ar->catalog.file, file);
	memcpy(at->file, file, sizeof at->file);
	memcpy(entry->file, file, sizeof entry->file);
	entry->offset = ar->places[i].offset;
	entry->length = ar->places[i].length;
	at->offset = entry->offset + entry->length;
	return true;
}

/* The places behind *at are wanted: if it lies in another file than the one
 * that is read, or before what is known of that, begin there. */
static void
go_to(struct archive *ar, const struct archive_position *at)
{
	const uint32_t number = archive_file_number(at->file);

	if (number > 0 && number == ar->catalog.file && at->offset >= ar->from)
		return;
	catalog_seek(&ar->catalog, number);
	ar->n = 0;
}

enum error_code
archive_next(struct archive *ar, struct archive_position *at,
	struct archive_entry *entry, bool *found, struct error *err)
{
	enum error_code code = OK;
	bool more = true;

	go_to(ar, at);
	for (;;) {
		const uint32_t file = ar->catalog.file;

		*found = take_place(ar, at, entry);
		if (*found || code != OK || !more)
			return code;
		ar->n = 0; /* all lie before *at */
		ar->from = at->offset;
		code = catalog_step(&ar->catalog, &more, err);
		if (ar->catalog.file == file)
			continue;
		ar->from = 0;
		if (ar->catalog.file != archive_file_number(at->file)) {
			archive_file_name(ar->catalog.file, at->file);
			at->offset = 0;
		}
	}
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
