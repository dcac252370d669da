/* Writing an index: the lines that were, and those that came, in order. */
#include "cdxj.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture.h"
#include "catalog.h"
#include "scratch.h"

#define META_MAX 256 /* bytes of the first line */

/* Lines of what stands in the file from meta->bytes on. */
static enum error_code
add_records(int fd, uint32_t number, struct cdxj_meta *meta,
	struct sorter *lines, struct error *err)
{
	int64_t at = meta->bytes, size = lseek(fd, 0, SEEK_END);
	enum error_code code = OK;
	bool found = true;
	struct buffer raw, line;

	buffer_init(&raw, CAPTURE_RECORD_MAX);
	buffer_init(&line, CDXJ_LINE_MAX);
	while (code == OK && at < size) {
		struct index_row row = { .file = number, .offset = at };
		struct warc_header h;

		code = catalog_look(fd, false, &raw, &h, &row, &found, err);
		if (code != OK || !found)
			break;
		if (row.role == ROLE_BODY || row.role == ROLE_REVISIT ||
			row.role == ROLE_UNCHANGED)
			code = cdxj_add(lines, &line, &h, &row, err);
		meta->bad += row.role == ROLE_BAD;
		at += row.length;
		if (row.role != ROLE_PART)
			meta->bytes = at;
	}
	buffer_release(&raw);
	buffer_release(&line);
	return code;
}

enum error_code
cdxj_add(struct sorter *lines, struct buffer *scratch,
	const struct warc_header *h, const struct index_row *row,
	struct error *err)
{
	enum error_code code;

	buffer_reset(scratch);
	cdxj_line_add(h, row, scratch);
	code = buffer_error(scratch, err, "a line of the index");
	if (code != OK)
		return code;
	return sorter_add(lines, span_of(scratch->ptr, scratch->len - 1), err);
}

/* The index that is there: what it says of itself, and its lines, whose
 * descriptor is the caller's.  False: there is none. */
static bool
open_old(int dir, uint32_t number, struct cdxj_meta *meta,
	struct sorter_run *run)
{
	char name[ARCHIVE_NAME_MAX], head[META_MAX];
	struct span text = span_of(head, 0);
	struct stat st;
	ssize_t n;
	size_t end;

	cdxj_name(number, name);
	*run = (struct sorter_run){
		.fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC),
	};
	if (run->fd < 0)
		return false;
	n = pread(run->fd, head, sizeof head, 0);
	text.len = n > 0 ? (size_t)n : 0;
	end = span_find(text, 0, span_str("\n"));
	if (end != SIZE_MAX && fstat(run->fd, &st) == 0 &&
		cdxj_meta_read(span_sub(text, 0, end), number, meta)) {
		run->at = (int64_t)end + 1;
		run->end = st.st_size;
		return true;
	}
	close(run->fd);
	return false;
}

/* Head and lines; meta->lines must be as many as there are. */
static enum error_code
write_lines(int out, uint32_t number, const struct cdxj_meta *meta,
	const struct sorter_run *old, struct sorter *lines, struct error *err)
{
	char file[ARCHIVE_NAME_MAX], head[META_MAX];
	enum error_code code;
	int64_t n = 0;

	archive_file_name(number, file);
	(void)snprintf(head, sizeof head,
		"!meta 0 {\"format\":\"cdxj\",\"filename\":\"%s\","
		"\"bytes\":\"%lld\",\"lines\":\"%lld\",\"bad\":\"%lld\"}\n",
		file, (long long)meta->bytes, (long long)meta->lines,
		(long long)meta->bad);
	code = write_all(out, head, strlen(head), err);
	if (code == OK)
		code = sorter_write(lines, old, out, &n, err);
	if (code == OK && n != meta->lines)
		code = error_set(err, ERR_FORMAT,
			"the index of %s had other lines than it said", file);
	return code;
}

/* Written beside, synced, and put in place at once. */
static enum error_code
put_in_place(int dir, uint32_t number, const struct cdxj_meta *meta,
	const struct sorter_run *old, struct sorter *lines, struct error *err)
{
	char name[ARCHIVE_NAME_MAX], beside[ARCHIVE_NAME_MAX + 4];
	enum error_code code;
	int out;

	cdxj_name(number, name);
	(void)snprintf(beside, sizeof beside, "%s.tmp", name);
	out = openat(dir, beside,
		O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (out < 0)
		return error_sys(err, errno, "%s", beside);
	code = write_lines(out, number, meta, old, lines, err);
	if (code == OK &&
		(fdatasync(out) != 0 || renameat(dir, beside, dir, name) != 0))
		code = error_sys(err, errno, "%s", name);
	close(out);
	if (code != OK)
		(void)unlinkat(dir, beside, 0); /* the first error counts */
	return code;
}

enum error_code
cdxj_extend(int dir, uint32_t number, int64_t from, int64_t to,
	struct sorter *lines, struct error *err)
{
	struct cdxj_meta meta = { 0 };
	struct sorter_run run;
	const bool old = from > 0 && open_old(dir, number, &meta, &run);
	enum error_code code = lines->code;

	if (meta.bytes != from || meta.bad > 0)
		code = ERR_FORMAT;
	if (code == OK) {
		meta.lines += lines->n;
		meta.bytes = to;
		code = put_in_place(
			dir, number, &meta, old ? &run : NULL, lines, err);
	}
	if (old)
		close(run.fd);
	sorter_reset(lines);
	return code == OK ? OK : cdxj_write(dir, number, false, err);
}

/* By the records of fd, from where the old index, if it is believed, ends. */
static enum error_code
write_from(int dir, uint32_t number, int fd, bool anew, struct error *err)
{
	const int64_t size = lseek(fd, 0, SEEK_END);
	struct cdxj_meta meta = { 0 };
	struct sorter_run run;
	struct sorter lines;
	enum error_code code;
	bool old;

	old = !anew && cdxj_load(dir, number, size, NULL, &meta, NULL) == OK &&
	      open_old(dir, number, &meta, &run);
	if (old && meta.bytes >= size && size > 0) {
		close(run.fd);
		return OK;
	}
	sorter_init(&lines, dir);
	code = add_records(fd, number, &meta, &lines, err);
	meta.lines += lines.n;
	if (code == OK)
		code = put_in_place(
			dir, number, &meta, old ? &run : NULL, &lines, err);
	sorter_release(&lines);
	if (old)
		close(run.fd);
	return code;
}

enum error_code
cdxj_write(int dir, uint32_t number, bool anew, struct error *err)
{
	char file[ARCHIVE_NAME_MAX];
	enum error_code code;
	int fd;

	archive_file_name(number, file);
	fd = openat(dir, file, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return error_sys(err, errno, "%s", file);
	code = write_from(dir, number, fd, anew, err);
	close(fd);
	return code;
}
