#include "catalog.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture.h"
#include "gzip.h"

enum error_code
catalog_open(const char *path, struct catalog *c, struct error *err)
{
	*c = (struct catalog){ .dir = -1, .fd = -1 };
	c->dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (c->dir >= 0)
		return OK;
	if (errno == ENOENT)
		return error_set(err, ERR_NOT_FOUND, "no archive %s", path);
	return error_sys(err, errno, "archive %s", path);
}

void
catalog_close(struct catalog *c)
{
	index_release(&c->index);
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

/* Make number the file looked into, from its beginning. */
static enum error_code
enter_file(struct catalog *c, uint32_t number, struct error *err)
{
	int fd = catalog_open_file(c, number, O_RDONLY, err);

	if (fd < 0)
		return err != NULL ? err->code : ERR_IO;
	if (c->fd >= 0)
		close(c->fd);
	c->fd = fd;
	c->file = number;
	c->end = 0;
	return OK;
}

/* Go to the next file, if this one is used up and there is one. */
static bool
next_file(struct catalog *c)
{
	return file_exists(c, c->file + 1) &&
	       enter_file(c, c->file + 1, NULL) == OK;
}

static enum error_code
add_row(struct catalog *c, const struct index_row *row, struct error *err)
{
	c->end = row->offset + row->length;
	return index_add(&c->index, row, err);
}

/* A row of the index is believed when it goes on where the last ended. */
static bool
row_follows(struct catalog *c, const struct index_row *row)
{
	if (row->file == c->file + 1 && row->offset == 0 &&
		(c->file == 0 || c->end == file_size(c->fd)))
		(void)next_file(c);
	return row->file == c->file && row->offset == c->end &&
	       row->length <= file_size(c->fd) - row->offset;
}

/* A record that was found by its bytes before its line was written. */
static bool
row_known(const struct catalog *c, const struct index_row *row)
{
	return row->file < c->file ||
	       (row->file == c->file && row->offset + row->length <= c->end);
}

static enum error_code
read_index(struct catalog *c, struct error *err)
{
	int fd = openat(c->dir, INDEX_NAME, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	enum error_code code = OK;
	struct lines in;
	struct span line;

	if (fd < 0) {
		c->index_bad = true;
		return OK;
	}
	lines_init(&in, fd, INDEX_LINE_MAX);
	if (lseek(fd, c->index_end, SEEK_SET) < 0)
		c->index_bad = true;
	while (code == OK && !c->index_bad) {
		struct index_row row;

		if (lines_next(&in, &line, NULL) != OK) {
			c->index_bad = true;
			break;
		}
		/* A last line without its line feed is still being written. */
		if (line.ptr == NULL ||
			(in.eof && in.at == in.buf.len &&
				in.buf.ptr[in.buf.len - 1] != '\n'))
			break;
		if (!index_line_read(line, &row) ||
			(!row_known(c, &row) && !row_follows(c, &row))) {
			c->index_bad = true;
			break;
		}
		c->index_end += (int64_t)line.len + 1;
		if (!row_known(c, &row))
			code = add_row(c, &row, err);
	}
	lines_release(&in);
	close(fd);
	return code;
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

/* One record behind c->end by its bytes; *found false: no whole one there. */
static enum error_code
scan_record(
	struct catalog *c, struct buffer *raw, bool *found, struct error *err)
{
	struct index_row row = { .file = c->file, .offset = c->end };
	struct warc_header h;
	struct span block;
	int64_t next;
	enum error_code code =
		catalog_read(c->fd, c->end, raw, &h, &block, &row.length, err);

	*found = false;
	if (code == ERR_NOMEM || code == ERR_IO)
		return code;
	if (code == OK) {
		row.role = capture_role(&h, row.digest);
	} else {
		next = catalog_resync(c->fd, c->end + 1);
		error_clear(err);
		if (next < 0)
			return OK;
		row.role = ROLE_BAD;
		row.length = next - c->end;
	}
	*found = true;
	return add_row(c, &row, err);
}

enum error_code
catalog_refresh(struct catalog *c, struct error *err)
{
	enum error_code code = OK;
	struct buffer raw;
	bool found = true;

	if (c->file == 0 && !next_file(c)) {
		c->index_bad = true; /* no files: any index is of others */
		return OK;
	}
	if (!c->index_bad)
		code = read_index(c, err);
	buffer_init(&raw, CAPTURE_RECORD_MAX);
	while (code == OK && found) {
		if (c->end < file_size(c->fd))
			code = scan_record(c, &raw, &found, err);
		else
			found = next_file(c);
	}
	buffer_release(&raw);
	return code;
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
	*bytes = st.st_size - c->end;
	return OK;
}
