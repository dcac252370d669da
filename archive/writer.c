/* Appending captures. */
#include "archive/archive.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture.h"
#include "catalog.h"
#include "cdxj.h"
#include "digests.h"
#include "gzip.h"
#include "writer.h"

#define LOCK_NAME "lock"

struct archive_writer {
	struct catalog catalog;
	struct digests digests; /* of all files, once they are wanted */
	bool knows_digests;
	int lock;
	int out; /* the file appended to */
	int64_t file_max;
	int64_t cut;
	struct gzip *gzip, *stored;
	struct buffer record;  /* plain */
	struct buffer members; /* compressed: a capture and its parts */
	struct buffer peek;    /* of a record that stands there */
	struct buffer line;    /* of the index */
	/* The index's lines of what was appended to the file since it had
	 * `opened` bytes. */
	struct sorter lines;
	int64_t opened;
	int64_t indexed; /* bytes of the file that its index covers */
};

void
archive_writer_set_file_max(struct archive_writer *w, int64_t bytes)
{
	w->file_max = bytes;
}

int64_t
archive_writer_cut(const struct archive_writer *w)
{
	return w->cut;
}

static enum error_code
take_lock(struct archive_writer *w, const char *dir, struct error *err)
{
	w->lock = openat(w->catalog.dir, LOCK_NAME,
		O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (w->lock < 0)
		return error_sys(err, errno, "archive %s: %s", dir, LOCK_NAME);
	if (flock(w->lock, LOCK_EX | LOCK_NB) == 0)
		return OK;
	if (errno == EWOULDBLOCK)
		return error_set(err, ERR_BUSY,
			"another process appends to archive %s", dir);
	return error_sys(err, errno, "archive %s: %s", dir, LOCK_NAME);
}

static enum error_code
cut_tail(struct archive_writer *w, struct error *err)
{
	enum error_code code = catalog_tail(&w->catalog, &w->cut, err);

	if (code != OK || w->cut == 0)
		return code;
	if (ftruncate(w->out, w->catalog.settled) != 0)
		return error_sys(err, errno, "cut the torn tail off");
	w->catalog.end = w->catalog.settled;
	return fdatasync(w->out) == 0 ? OK : error_sys(err, errno, "fdatasync");
}

/* w->record becomes the next of w->members. */
static enum error_code
add_member(struct archive_writer *w, struct error *err)
{
	return gzip_member_add(
		w->gzip, buffer_span(&w->record), &w->members, err);
}

/* What is appended, or stood there when digests were first wanted. */
static enum error_code
take_row(const struct index_row *row, void *ctx, struct error *err)
{
	struct archive_writer *w = ctx;

	if (row->role != ROLE_BODY || !w->knows_digests)
		return OK;
	return digests_add(
		&w->digests, row->digest, row->file, row->offset, err);
}

/* The members, of which the last is the record of row, go to the file. */
static enum error_code
append_members(struct archive_writer *w, size_t last, struct index_row *row,
	struct error *err)
{
	struct catalog *c = &w->catalog;
	enum error_code code;

	row->file = c->file;
	row->offset = c->end + (int64_t)last;
	row->length = (int64_t)(w->members.len - last);
	code = write_all(w->out, w->members.ptr, w->members.len, err);
	if (code != OK) { /* no half record stays behind */
		if (ftruncate(w->out, c->end) != 0)
			(void)error_wrap(err, "the archive ends torn");
		return code;
	}
	c->end = c->settled = row->offset + row->length;
	return take_row(row, w, err);
}

/*
 * The record that begins a file.  It is not compressed: whatever time it tells
 * of, the records behind it stand at the same places, of which their ids are
 * made.
 */
static enum error_code
append_info(struct archive_writer *w, struct error *err)
{
	struct index_row row = { .role = ROLE_OTHER };
	char name[ARCHIVE_NAME_MAX];
	enum error_code code;

	archive_file_name(w->catalog.file, name);
	buffer_reset(&w->record);
	buffer_reset(&w->members);
	code = capture_write_info(name, &w->record, err);
	if (code == OK)
		code = gzip_member_add(
			w->stored, buffer_span(&w->record), &w->members, err);
	return code == OK ? append_members(w, 0, &row, err) : code;
}

/* Nothing more comes into the file: it gets its index, which is a cache: if it
 * cannot be written, who needs it reads the file. */
static void
end_file(struct archive_writer *w)
{
	if (w->out < 0)
		return;
	if (w->catalog.settled > w->indexed && fdatasync(w->out) == 0)
		(void)cdxj_extend(w->catalog.dir, w->catalog.file, w->opened,
			w->catalog.settled, &w->lines, NULL);
	close(w->out);
	w->out = -1;
}

/* How far the index of the last file reaches.  One that is not of its file
 * would be believed when that has grown to what it says. */
static void
look_at_index(struct archive_writer *w)
{
	const struct catalog *c = &w->catalog;
	char name[ARCHIVE_NAME_MAX];

	cdxj_name(c->file, name);
	if (c->index_wrong)
		(void)unlinkat(c->dir, name, 0); /* or there is none */
	w->indexed = c->indexed;
}

/* Begin the file behind the last one, with its warcinfo. */
static enum error_code
begin_file(struct archive_writer *w, struct error *err)
{
	struct catalog *c = &w->catalog;
	int fd;

	if (c->file == ARCHIVE_FILES_MAX)
		return error_set(err, ERR_LIMIT, "over %d archive files",
			ARCHIVE_FILES_MAX);
	fd = catalog_open_file(
		c, c->file + 1, O_RDWR | O_CREAT | O_EXCL | O_APPEND, err);
	if (fd < 0)
		return err != NULL ? err->code : ERR_IO;
	end_file(w);
	w->out = fd;
	c->file++;
	c->end = c->settled = w->opened = w->indexed = 0;
	sorter_reset(&w->lines);
	if (fsync(c->dir) != 0)
		return error_sys(err, errno, "fsync of the archive");
	return append_info(w, err);
}

static enum error_code
open_last_file(struct archive_writer *w, struct error *err)
{
	enum error_code code;

	if (w->catalog.file == 0)
		return begin_file(w, err);
	w->out = catalog_open_file(
		&w->catalog, w->catalog.file, O_RDWR | O_APPEND, err);
	if (w->out < 0)
		return err != NULL ? err->code : ERR_IO;
	code = cut_tail(w, err);
	look_at_index(w);
	w->opened = w->catalog.settled;
	/* Who made the file was ended before its first record was whole. */
	return code == OK && w->catalog.end == 0 ? append_info(w, err) : code;
}

enum error_code
archive_writer_open(
	const char *dir, struct archive_writer **out, struct error *err)
{
	struct archive_writer *w = calloc(1, sizeof *w);
	const struct row_sink nobody = { NULL, NULL };
	enum error_code code;

	*out = NULL;
	if (w == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	w->lock = w->out = -1;
	w->catalog.dir = w->catalog.fd = -1;
	w->file_max = ARCHIVE_FILE_MAX;
	buffer_init(&w->record, CAPTURE_RECORD_MAX);
	buffer_init(
		&w->members, CAPTURE_RECORD_MAX + (CAPTURE_RECORD_MAX >> 8));
	buffer_init(&w->peek, CAPTURE_RECORD_MAX);
	buffer_init(&w->line, CDXJ_LINE_MAX);
	digests_init(&w->digests, -1);
	sorter_init(&w->lines, -1);
	w->gzip = gzip_new(GZIP_FAST);
	w->stored = gzip_new(GZIP_STORED);
	if (w->gzip == NULL || w->stored == NULL)
		code = error_set(err, ERR_NOMEM, "no memory");
	else if (mkdir(dir, 0700) != 0 && errno != EEXIST)
		code = error_sys(err, errno, "archive %s", dir);
	else
		code = catalog_open(dir, &nobody, &w->catalog, err);
	w->digests.dir = w->lines.dir = w->catalog.dir;
	if (code == OK)
		code = take_lock(w, dir, err);
	w->catalog.thorough = true; /* the last run may have been killed */
	if (code == OK) { /* only the last file can have a torn tail */
		catalog_seek(&w->catalog, catalog_last(&w->catalog));
		code = catalog_refresh(&w->catalog, err);
	}
	if (code == OK)
		code = open_last_file(w, err);
	if (code != OK) {
		archive_writer_close(w);
		return code;
	}
	*out = w;
	return OK;
}

/* What has been appended, as page, if not NULL, and as a line of the index. */
static enum error_code
tell(struct archive_writer *w, const struct index_row *row, struct arena *a,
	struct page *page, struct error *err)
{
	char name[ARCHIVE_NAME_MAX];
	struct warc_header h;
	enum error_code code;

	if (!warc_header_read(buffer_span(&w->record), &h))
		return error_set(
			err, ERR_FORMAT, "a capture's header is over its caps");
	/* That a line is not kept sticks: then the file is read again. */
	(void)cdxj_add(&w->lines, &w->line, &h, row, NULL);
	if (page == NULL)
		return OK;
	code = capture_page(&h, a, page, err);
	if (code != OK)
		return code;
	archive_file_name(row->file, name);
	page->archive = (struct archive_ref){
		.file = arena_strdup(a, name),
		.offset = row->offset,
		.length = row->length,
	};
	return page->archive.file != NULL
		       ? OK
		       : error_set(err, ERR_NOMEM, "no memory");
}

static enum error_code
learn_digests(struct archive_writer *w, struct error *err)
{
	const struct row_sink sink = { take_row, w };
	struct catalog all;
	enum error_code code;
	int dir = fcntl(w->catalog.dir, F_DUPFD_CLOEXEC, 0);

	if (dir < 0)
		return error_sys(err, errno, "archive");
	w->knows_digests = true;
	catalog_init(&all, dir, &sink);
	digests_many(&w->digests);
	code = catalog_refresh(&all, err);
	digests_rest(&w->digests);
	catalog_close(&all);
	return code;
}

/*
 * The first record with row's digest, if there is one: *row is it, *h its
 * header, *out it as a revisit refers to it, both in w->peek.  *found false
 * also if it cannot be read: then it is not referred to.
 */
static enum error_code
find_body(struct archive_writer *w, struct index_row *row,
	struct warc_header *h, struct capture_original *out, bool *found,
	struct error *err)
{
	uint8_t digest[HASH_LEN];
	enum error_code code = OK;
	int fd = -1;

	*found = false;
	if (!w->knows_digests)
		code = learn_digests(w, err);
	if (code == OK)
		code = digests_find(&w->digests, row->digest, &row->file,
			&row->offset, err);
	if (code != OK || row->file == 0)
		return code;
	fd = catalog_open_file(&w->catalog, row->file, O_RDONLY, NULL);
	if (fd < 0)
		return OK;
	*found = catalog_peek(fd, row->offset, &w->peek, h, &row->length,
			 NULL) == OK &&
		 capture_role(h, digest) == ROLE_BODY &&
		 !memcmp(digest, row->digest, HASH_LEN);
	close(fd);
	if (!*found)
		return OK;
	*out = (struct capture_original){
		.file = row->file,
		.offset = row->offset,
		.id = warc_field(h, "WARC-Record-ID"),
		.uri = warc_field(h, "WARC-Target-URI"),
		.date = warc_field(h, "WARC-Date"),
	};
	*found = out->id.ptr != NULL && out->uri.ptr != NULL &&
		 out->date.ptr != NULL;
	return OK;
}

/* The very capture is the record whose header that is: *page tells of it. */
static bool
is_known(const struct warc_header *h, const struct capture_ids *ids,
	const struct index_row *row, struct arena *a, struct page *page)
{
	char name[ARCHIVE_NAME_MAX];

	if (capture_page(h, a, page, NULL) != OK ||
		strcmp(page->id, ids->id) != 0)
		return false;
	archive_file_name(row->file, name);
	page->archive = (struct archive_ref){ arena_strdup(a, name),
		row->offset, row->length };
	return page->archive.file != NULL;
}

/* What stands before the record: metadata, request. */
static enum error_code
add_parts(struct archive_writer *w, const struct capture *c,
	struct capture_ids *ids, struct error *err)
{
	enum error_code code = OK;

	capture_place(ids, w->catalog.file, w->catalog.end);
	buffer_reset(&w->members);
	if (capture_has_metadata(c)) {
		buffer_reset(&w->record);
		code = capture_write_metadata(c, ids, &w->record, err);
		if (code == OK)
			code = add_member(w, err);
	}
	if (code == OK && c->request.len > 0) {
		buffer_reset(&w->record);
		code = capture_write_request(c, ids, &w->record, err);
		if (code == OK)
			code = add_member(w, err);
	}
	buffer_reset(&w->record);
	return code;
}

static enum error_code
append_capture(struct archive_writer *w, const struct capture *c,
	struct capture_ids *ids, const struct capture_original *original,
	struct arena *a, struct page *page, struct error *err)
{
	struct index_row row = {
		.role = original != NULL ? ROLE_REVISIT : ROLE_BODY,
	};
	size_t last;
	enum error_code code = add_parts(w, c, ids, err);

	memcpy(row.digest, ids->digest, HASH_LEN);
	last = w->members.len;
	if (code == OK)
		code = capture_write(c, ids, original, &w->record, err);
	if (code == OK)
		code = add_member(w, err);
	if (code == OK)
		code = append_members(w, last, &row, err);
	return code == OK ? tell(w, &row, a, page, err) : code;
}

enum error_code
archive_append(struct archive_writer *w, const struct capture *c,
	struct arena *a, struct page *page, struct error *err)
{
	struct capture_original original;
	struct index_row row = { .role = ROLE_BODY };
	struct capture_ids ids;
	struct warc_header h;
	bool seen = false;
	enum error_code code = OK;

	if (c->body.len > ARCHIVE_BODY_MAX)
		return error_set(err, ERR_LIMIT, "a body over %zu bytes",
			ARCHIVE_BODY_MAX);
	if (w->catalog.end >= w->file_max)
		code = begin_file(w, err);
	if (code != OK)
		return code;
	capture_identify(c, &ids);
	memcpy(row.digest, ids.digest, HASH_LEN);
	code = find_body(w, &row, &h, &original, &seen, err);
	if (code != OK ||
		(seen && c->once && is_known(&h, &ids, &row, a, page)))
		return code;
	return append_capture(
		w, c, &ids, seen ? &original : NULL, a, page, err);
}

enum error_code
archive_append_unchanged(struct archive_writer *w, const struct capture *c,
	const char *digest, struct error *err)
{
	struct index_row row = { .role = ROLE_UNCHANGED }, known;
	struct capture_original original;
	struct capture_ids ids;
	struct warc_header h;
	size_t last;
	bool seen = false;
	enum error_code code = OK;

	if (digest == NULL || strncmp(digest, "sha256:", 7) != 0 ||
		!hex_decode(span_str(digest + 7), row.digest, HASH_LEN))
		return OK;
	known = row;
	code = find_body(w, &known, &h, &original, &seen, err);
	if (code != OK || !seen)
		return code;
	if (w->catalog.end >= w->file_max)
		code = begin_file(w, err);
	capture_identify_as(c, digest + 7, &ids);
	if (code == OK)
		code = add_parts(w, c, &ids, err);
	last = w->members.len;
	if (code == OK)
		code = capture_write_unchanged(
			c, &ids, &original, &w->record, err);
	if (code == OK)
		code = add_member(w, err);
	if (code == OK)
		code = append_members(w, last, &row, err);
	return code == OK ? tell(w, &row, NULL, NULL, err) : code;
}

enum error_code
archive_writer_sync(struct archive_writer *w, struct error *err)
{
	return fdatasync(w->out) == 0
		       ? OK
		       : error_sys(err, errno, "fdatasync of the archive");
}

void
archive_writer_close(struct archive_writer *w)
{
	if (w == NULL)
		return;
	end_file(w);
	catalog_close(&w->catalog);
	if (w->lock >= 0)
		close(w->lock);
	buffer_release(&w->record);
	buffer_release(&w->members);
	buffer_release(&w->peek);
	buffer_release(&w->line);
	sorter_release(&w->lines);
	digests_release(&w->digests);
	gzip_free(w->gzip);
	gzip_free(w->stored);
	free(w);
}

enum error_code
archive_index(const char *dir, uint32_t *files, struct error *err)
{
	struct archive_writer *w;
	enum error_code code = archive_writer_open(dir, &w, err);

	*files = 0;
	if (w == NULL)
		return code;
	while (code == OK && *files < w->catalog.file)
		code = cdxj_write(w->catalog.dir, ++*files, true, err);
	archive_writer_close(w);
	return code;
}
