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
#include "gzip.h"
#include "writer.h"

#define LOCK_NAME "lock"

struct archive_writer {
	struct catalog catalog;
	int lock;
	int out;   /* the file appended to */
	int index; /* the index, appended to */
	int64_t file_max;
	int64_t cut;
	struct buffer record; /* plain */
	struct buffer member; /* compressed */
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
write_row(struct archive_writer *w, const struct index_row *row,
	struct error *err)
{
	char line[INDEX_LINE_MAX];

	index_line_write(row, line);
	return write_all(w->index, line, strlen(line), err);
}

/* The index file says all that the catalog knows: append, or make it anew. */
static enum error_code
complete_index(struct archive_writer *w, struct error *err)
{
	const struct index *x = &w->catalog.index;
	enum error_code code = OK;

	w->index = openat(w->catalog.dir, INDEX_NAME,
		O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (w->index < 0)
		return error_sys(err, errno, INDEX_NAME);
	/* Readers see a shorter file as one to be scanned, never as wrong. */
	if (ftruncate(w->index, 0) != 0)
		return error_sys(err, errno, INDEX_NAME);
	for (size_t i = 0; code == OK && i < x->n; i++)
		code = write_row(w, &x->rows[i], err);
	return code;
}

static enum error_code
cut_tail(struct archive_writer *w, struct error *err)
{
	enum error_code code = catalog_tail(&w->catalog, &w->cut, err);

	if (code != OK || w->cut == 0)
		return code;
	if (ftruncate(w->out, w->catalog.end) != 0)
		return error_sys(err, errno, "cut the torn tail off");
	return fdatasync(w->out) == 0 ? OK : error_sys(err, errno, "fdatasync");
}

/* The member in w->member becomes the record described by row. */
static enum error_code
append_member(
	struct archive_writer *w, struct index_row *row, struct error *err)
{
	struct catalog *c = &w->catalog;
	enum error_code code;

	row->file = c->file;
	row->offset = c->end;
	row->length = (int64_t)w->member.len;
	code = write_all(w->out, w->member.ptr, w->member.len, err);
	if (code != OK) { /* no half record stays behind */
		if (ftruncate(w->out, c->end) != 0)
			(void)error_wrap(err, "the archive ends torn");
		return code;
	}
	c->end += row->length;
	code = index_add(&c->index, row, err);
	return code == OK ? write_row(w, row, err) : code;
}

static enum error_code
compress(struct archive_writer *w, struct error *err)
{
	buffer_reset(&w->member);
	return gzip_member_add(buffer_span(&w->record), &w->member, err);
}

/* The record that begins a file. */
static enum error_code
append_info(struct archive_writer *w, struct error *err)
{
	struct index_row row = { .role = ROLE_OTHER };
	char name[ARCHIVE_NAME_MAX];
	enum error_code code;

	archive_file_name(w->catalog.file, name);
	buffer_reset(&w->record);
	code = capture_write_info(name, &w->record, err);
	if (code == OK)
		code = compress(w, err);
	return code == OK ? append_member(w, &row, err) : code;
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
	if (w->out >= 0) {
		(void)fdatasync(w->out); /* synced again with its pages */
		close(w->out);
	}
	w->out = fd;
	c->file++;
	c->end = 0;
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
	/* Who made the file was ended before its first record was whole. */
	return code == OK && w->catalog.end == 0 ? append_info(w, err) : code;
}

enum error_code
archive_writer_open(
	const char *dir, struct archive_writer **out, struct error *err)
{
	struct archive_writer *w = calloc(1, sizeof *w);
	enum error_code code;

	*out = NULL;
	if (w == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	w->lock = w->out = w->index = -1;
	w->file_max = ARCHIVE_FILE_MAX;
	buffer_init(&w->record, CAPTURE_RECORD_MAX);
	buffer_init(&w->member, CAPTURE_RECORD_MAX + (CAPTURE_RECORD_MAX >> 8));
	if (mkdir(dir, 0700) != 0 && errno != EEXIST)
		code = error_sys(err, errno, "archive %s", dir);
	else
		code = catalog_open(dir, &w->catalog, err);
	if (code == OK)
		code = take_lock(w, dir, err);
	if (code == OK)
		code = catalog_refresh(&w->catalog, err);
	if (code == OK)
		code = complete_index(w, err);
	if (code == OK)
		code = open_last_file(w, err);
	if (code != OK) {
		archive_writer_close(w);
		return code;
	}
	*out = w;
	return OK;
}

static enum error_code
fill_page(const struct archive_writer *w, const struct index_row *row,
	struct arena *a, struct page *page, struct error *err)
{
	char name[ARCHIVE_NAME_MAX];
	struct warc_header h;
	enum error_code code;

	if (!warc_header_read(buffer_span(&w->record), &h))
		return error_set(
			err, ERR_FORMAT, "a capture's header is over its caps");
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

/* The very capture stands there already: its record is read back, and *row is
 * where. */
static bool
is_known(struct archive_writer *w, const struct capture_ids *ids,
	const struct index_row *original, struct index_row *row)
{
	struct arena *a = arena_new(ARCHIVE_HEADER_MAX);
	struct warc_header h;
	struct span block;
	struct page page;
	int64_t length;
	bool same = false;
	int fd = original != NULL && a != NULL
			 ? catalog_open_file(
				   &w->catalog, original->file, O_RDONLY, NULL)
			 : -1;

	if (fd >= 0 &&
		catalog_read(fd, original->offset, &w->record, &h, &block,
			&length, NULL) == OK &&
		capture_page(&h, a, &page, NULL) == OK)
		same = strcmp(page.id, ids->id) == 0;
	if (same)
		*row = *original;
	if (fd >= 0)
		close(fd);
	arena_free(a);
	return same;
}

enum error_code
archive_append(struct archive_writer *w, const struct capture *c,
	struct arena *a, struct page *page, struct error *err)
{
	struct index_row row = { .role = ROLE_BODY };
	const struct index_row *original;
	struct capture_ids ids;
	enum error_code code = OK;

	if (c->body.len > ARCHIVE_BODY_MAX)
		return error_set(err, ERR_LIMIT, "a body over %zu bytes",
			ARCHIVE_BODY_MAX);
	if (w->catalog.end >= w->file_max)
		code = begin_file(w, err);
	capture_identify(c, &ids);
	memcpy(row.digest, ids.digest, HASH_LEN);
	original = index_find(&w->catalog.index, ids.digest);
	if (code == OK && c->once && is_known(w, &ids, original, &row))
		return fill_page(w, &row, a, page, err);
	if (original != NULL)
		row.role = ROLE_REVISIT;
	buffer_reset(&w->record);
	if (code == OK)
		code = capture_write(c, &ids, original, &w->record, err);
	if (code == OK)
		code = compress(w, err);
	if (code == OK)
		code = append_member(w, &row, err);
	return code == OK ? fill_page(w, &row, a, page, err) : code;
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
	if (w->out >= 0)
		close(w->out);
	if (w->index >= 0)
		close(w->index);
	catalog_close(&w->catalog);
	if (w->lock >= 0)
		close(w->lock);
	buffer_release(&w->record);
	buffer_release(&w->member);
	free(w);
}
