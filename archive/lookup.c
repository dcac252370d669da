/* Captures of a URL, by the indexes. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture.h"
#include "catalog.h"
#include "cdxj.h"
#include "surt.h"

/* What is looked for, and the best found so far. */
struct lookup {
	struct buffer key; /* with a space behind it */
	struct buffer url; /* as JSON */
	char until[24];	   /* digits of the time */
	char time[24];	   /* of what was found */
	struct archive_entry *entry;
	bool found;
};

static void
consider(struct lookup *l, struct span text, uint32_t number)
{
	struct cdxj_line line;

	if (!cdxj_line_read(text, number, &line) ||
		!role_is_capture(line.row.role) ||
		!span_eq(line.url, buffer_span(&l->url)) ||
		memcmp(line.time.ptr, l->until, line.time.len) > 0 ||
		(l->found && memcmp(line.time.ptr, l->time, line.time.len) < 0))
		return;
	l->found = true;
	(void)snprintf(l->time, sizeof l->time, "%.*s", (int)line.time.len,
		line.time.ptr);
	archive_file_name(number, l->entry->file);
	l->entry->offset = line.row.offset;
	l->entry->length = line.row.length;
}

/* The beginning of the line that is at or before `at`. */
static size_t
line_start(struct span text, size_t at)
{
	while (at > 0 && text.ptr[at - 1] != '\n')
		at--;
	return at;
}

static size_t
line_end(struct span text, size_t at)
{
	size_t end = span_find(text, at, span_str("\n"));

	return end == SIZE_MAX ? text.len : end + 1;
}

/* The first line of the sorted text that is not before key. */
static size_t
bisect(struct span text, struct span key)
{
	size_t low = 0, high = text.len;

	while (text.ptr != NULL && low < high) {
		size_t start = line_start(text, low + (high - low) / 2);
		struct span line = span_sub(text, start, text.len);
		size_t len = line.len < key.len ? line.len : key.len;
		int c = memcmp(line.ptr, key.ptr, len);

		if (c < 0 || (c == 0 && line.len < key.len))
			low = line_end(text, start);
		else
			high = start;
	}
	return low;
}

/* In the index of file number; *covered is how far it reaches. */
static void
find_in_index(struct lookup *l, struct span text, uint32_t number, int64_t size,
	int64_t *covered)
{
	size_t at = line_end(text, 0);
	struct cdxj_meta meta;

	if (at == 0 ||
		!cdxj_meta_read(span_sub(text, 0, at - 1), number, &meta) ||
		meta.bytes > size)
		return;
	*covered = meta.bytes;
	for (at = bisect(text, buffer_span(&l->key)); at < text.len;) {
		size_t end = line_end(text, at);
		struct span line = span_sub(text, at, end - 1);

		if (!span_starts_with(line, l->key.ptr))
			break;
		consider(l, line, number);
		at = end;
	}
}

static int64_t
with_index(const struct catalog *c, struct lookup *l, uint32_t number,
	int64_t size)
{
	char name[ARCHIVE_NAME_MAX];
	int64_t covered = 0;
	struct stat st;
	void *map = MAP_FAILED;
	int fd;

	cdxj_name(number, name);
	fd = openat(c->dir, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return 0;
	/* It is replaced by rename and never changed: no page goes missing. */
	if (fstat(fd, &st) == 0 && st.st_size > 0)
		map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd,
			0);
	if (map != MAP_FAILED) {
		find_in_index(l, span_of(map, (size_t)st.st_size), number, size,
			&covered);
		(void)munmap(map, (size_t)st.st_size);
	}
	close(fd);
	return covered;
}

/* What no index has yet is looked at in the file. */
static enum error_code
without_index(struct lookup *l, int fd, uint32_t number, int64_t at,
	int64_t size, struct error *err)
{
	enum error_code code = OK;
	struct buffer raw, line;
	bool found = true;

	buffer_init(&raw, CAPTURE_RECORD_MAX);
	buffer_init(&line, CDXJ_LINE_MAX);
	while (code == OK && found && at < size) {
		struct index_row row = { .file = number, .offset = at };
		struct warc_header h;

		code = catalog_look(fd, false, &raw, &h, &row, &found, err);
		at += row.length;
		if (code != OK || !found || row.role == ROLE_BAD ||
			!role_is_capture(row.role))
			continue;
		buffer_reset(&line);
		cdxj_line_add(&h, &row, &line);
		if (line.code == OK)
			consider(l, span_of(line.ptr, line.len - 1), number);
	}
	buffer_release(&raw);
	buffer_release(&line);
	return code;
}

/* The index is a cache, and may be of another file. */
static enum error_code
check(const struct catalog *c, const char *url, const struct archive_entry *e,
	struct error *err)
{
	uint32_t number = archive_file_number(e->file);
	int fd = catalog_open_file(c, number, O_RDONLY, err);
	struct warc_header h;
	struct buffer raw;
	int64_t length;
	bool ok;

	if (fd < 0)
		return err->code;
	buffer_init(&raw, CAPTURE_RECORD_MAX);
	ok = catalog_peek(fd, e->offset, &raw, &h, &length, NULL) == OK &&
	     length == e->length &&
	     span_eq_str(warc_field(&h, "WARC-Target-URI"), url);
	buffer_release(&raw);
	close(fd);
	return ok ? OK
		  : error_set(err, ERR_FORMAT,
			    "the index of %s is not of it; dateline archive "
			    "index makes it anew",
			    e->file);
}

enum error_code
archive_find(struct archive *ar, const char *url, int64_t at,
	struct archive_entry *entry, bool *found, struct error *err)
{
	const struct catalog *c = archive_catalog(ar);
	struct lookup l = { .entry = entry };
	char when[24];
	size_t n = 0;
	enum error_code code;

	buffer_init(&l.key, CDXJ_LINE_MAX);
	buffer_init(&l.url, CDXJ_LINE_MAX);
	surt_key(url, &l.key);
	buffer_add_char(&l.key, ' ');
	escape_json(span_str(url), &l.url);
	time_format(at, when);
	for (size_t i = 0; when[i] != '\0'; i++)
		if (when[i] >= '0' && when[i] <= '9')
			l.until[n++] = when[i];
	code = buffer_error(&l.key, err, "a key");
	if (code == OK)
		code = buffer_error(&l.url, err, "a URL");
	for (uint32_t number = 1; code == OK; number++) {
		int fd = catalog_open_file(c, number, O_RDONLY, err);
		int64_t size, covered;

		if (fd < 0) {
			code = err->code;
			break;
		}
		size = lseek(fd, 0, SEEK_END);
		covered = with_index(c, &l, number, size);
		code = without_index(&l, fd, number, covered, size, err);
		close(fd);
	}
	if (code == ERR_NOT_FOUND) { /* behind the last file */
		error_clear(err);
		code = OK;
	}
	*found = l.found && code == OK;
	if (*found)
		code = check(c, url, entry, err);
	buffer_release(&l.key);
	buffer_release(&l.url);
	return code;
}
