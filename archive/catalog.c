#include "catalog.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture.h"
#include "cdxj.h"
#include "gzip.h"

#define PEEK_FIRST                                                             \
	((size_t)2 << 10) /* bytes of a record that most headers fit */
#define PEEK_MAX ((size_t)16 << 10) /* and a longer one */

void
catalog_init(struct catalog *c, int dir, const struct row_sink *sink)
{
	*c = (struct catalog){ .dir = dir, .fd = -1, .sink = *sink };
	buffer_init(&c->raw, CAPTURE_RECORD_MAX);
}

enum error_code
catalog_open(const char *path, const struct row_sink *sink, struct catalog *c,
	struct error *err)
{
	catalog_init(c, open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), sink);
	if (c->dir >= 0)
		return OK;
	if (errno == ENOENT)
		return error_set(err, ERR_NOT_FOUND, "no archive %s", path);
	return error_sys(err, errno, "archive %s", path);
}

void
catalog_close(struct catalog *c)
{
	buffer_release(&c->raw);
	if (c->fd >= 0)
		close(c->fd);
	if (c->dir >= 0)
		close(c->dir);
	c->fd = c->dir = -1;
}

int
catalog_open_file(
	const struct catalog *c, uint32_t number, int flags, struct error *err)
{
	char name[ARCHIVE_NAME_MAX];
	int fd;

	archive_file_name(number, name);
	fd = openat(c->dir, name, flags | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0 && errno == ENOENT)
		error_set(err, ERR_NOT_FOUND, "no archive file %s", name);
	else if (fd < 0)
		error_sys(err, errno, "archive file %s", name);
	return fd;
}

static bool
file_exists(const struct catalog *c, uint32_t number)
{
	char name[ARCHIVE_NAME_MAX];
	struct stat st;

	archive_file_name(number, name);
	return fstatat(c->dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISREG(st.st_mode);
}

static int64_t
file_size(int fd)
{
	struct stat st;

	return fd >= 0 && fstat(fd, &st) == 0 ? st.st_size : 0;
}

/* Make number the file looked into, as far as its index reaches. */
static enum error_code
enter_file(struct catalog *c, uint32_t number, struct error *err)
{
	int fd = catalog_open_file(c, number, O_RDONLY, err);
	struct cdxj_meta meta = { 0 };
	enum error_code code = OK;

	if (fd < 0)
		return err != NULL ? err->code : ERR_IO;
	if (c->fd >= 0)
		close(c->fd);
	c->fd = fd;
	c->file = number;
	c->end = c->settled = c->indexed = 0;
	if (file_size(fd) > 0)
		code = cdxj_load(c->dir, number, file_size(fd),
			c->sink.take != NULL ? &c->sink : NULL, &meta, err);
	if (code != OK && code != ERR_FORMAT)
		return code;
	c->index_wrong = code == ERR_FORMAT;
	error_clear(err); /* it is a cache: without it the file is read */
	c->end = c->settled = c->indexed = meta.bytes;
	return OK;
}

/* Go to the next file, if this one is used up and there is one. */
static enum error_code
next_file(struct catalog *c, bool *found, struct error *err)
{
	*found = file_exists(c, c->file + 1);
	return *found ? enter_file(c, c->file + 1, err) : OK;
}

enum error_code
catalog_read(int fd, int64_t offset, struct buffer *raw, struct warc_header *h,
	struct span *block, int64_t *length, struct error *err)
{
	enum error_code code;

	buffer_reset(raw);
	code = gzip_member_read(fd, offset, raw, length, err);
	if (code != OK)
		return code;
	if (!warc_header_read(buffer_span(raw), h))
		return error_set(err, ERR_FORMAT, "not a WARC record");
	if (h->content_length > (int64_t)(raw->len - h->length))
		return error_set(
			err, ERR_FORMAT, "the record is shorter than it says");
	*block = span_sub(buffer_span(raw), h->length,
		h->length + (size_t)h->content_length);
	return OK;
}

/* A whole record of ours. */
static bool
is_record(struct span plain)
{
	struct warc_header h;

	return warc_header_read(plain, &h) &&
	       h.content_length <= (int64_t)(plain.len - h.length);
}

int64_t
catalog_resync(int fd, int64_t from)
{
	return gzip_member_find(fd, from, CAPTURE_RECORD_MAX, is_record);
}

enum error_code
catalog_peek(int fd, int64_t offset, struct buffer *raw, struct warc_header *h,
	int64_t *length, struct error *err)
{
	struct span block;

	for (size_t most = PEEK_FIRST; most <= PEEK_MAX; most *= 8) {
		buffer_reset(raw);
		if (!gzip_member_peek(fd, offset, raw, most, length))
			break;
		if (warc_header_read(buffer_span(raw), h))
			return OK;
	}
	return catalog_read(fd, offset, raw, h, &block, length, err);
}

enum error_code
catalog_look(int fd, bool thorough, struct buffer *raw, struct warc_header *h,
	struct index_row *row, bool *found, struct error *err)
{
	struct span block;
	int64_t next;
	enum error_code code = thorough ? catalog_read(fd, row->offset, raw, h,
						  &block, &row->length, err)
					: catalog_peek(fd, row->offset, raw, h,
						  &row->length, err);

	*found = true;
	if (code == ERR_NOMEM || code == ERR_IO)
		return code;
	if (code == OK) {
		row->role = capture_role(h, row->digest);
		return OK;
	}
	error_clear(err);
	next = catalog_resync(fd, row->offset + 1);
	*found = next >= 0;
	row->role = ROLE_BAD;
	row->length = next - row->offset;
	return OK;
}

/* One record behind c->end by its bytes. */
static enum error_code
scan_record(struct catalog *c, bool *found, struct error *err)
{
	struct index_row row = { .file = c->file, .offset = c->end };
	struct warc_header h;
	enum error_code code =
		catalog_look(c->fd, c->thorough, &c->raw, &h, &row, found, err);

	if (code != OK || !*found)
		return code;
	c->end += row.length;
	if (row.role != ROLE_PART)
		c->settled = c->end;
	if (c->sink.take == NULL || !role_is_capture(row.role))
		return OK;
	return c->sink.take(&row, c->sink.ctx, err);
}

enum error_code
catalog_step(struct catalog *c, bool *found, struct error *err)
{
	return c->fd >= 0 && c->end < file_size(c->fd)
		       ? scan_record(c, found, err)
		       : next_file(c, found, err);
}

enum error_code
catalog_refresh(struct catalog *c, struct error *err)
{
	enum error_code code = OK;
	bool found = true;

	while (code == OK && found)
		code = catalog_step(c, &found, err);
	return code;
}

void
catalog_seek(struct catalog *c, uint32_t number)
{
	if (c->fd >= 0)
		close(c->fd);
	c->fd = -1;
	c->file = number > 0 ? number - 1 : 0;
	c->end = c->settled = c->indexed = 0;
}

uint32_t
catalog_last(const struct catalog *c)
{
	uint32_t number = 0;

	while (number < ARCHIVE_FILES_MAX && file_exists(c, number + 1))
		number++;
	return number;
}

enum error_code
catalog_tail(const struct catalog *c, int64_t *bytes, struct error *err)
{
	struct stat st;

	*bytes = 0;
	if (c->fd < 0)
		return OK;
	if (fstat(c->fd, &st) != 0)
		return error_sys(err, errno, "archive");
	*bytes = st.st_size - c->settled;
	return OK;
}
