#include "cdxj.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "capture.h"
#include "catalog.h"
#include "surt.h"

#define SUFFIX	 ".cdxj"
#define REVISIT	 "warc/revisit"
#define TIME_LEN 14 /* YYYYMMDDhhmmss */

void
cdxj_name(uint32_t number, char out[ARCHIVE_NAME_MAX])
{
	char file[ARCHIVE_NAME_MAX];

	archive_file_name(number, file);
	(void)snprintf(out, ARCHIVE_NAME_MAX, "%.*s" SUFFIX,
		(int)strcspn(file, "."), file);
}

/* ---- one line ---- */

/* The digits of an RFC 3339 time. */
static void
add_time(struct span date, struct buffer *out)
{
	size_t n = 0;

	for (size_t i = 0; i < date.len && n < TIME_LEN; i++)
		if (date.ptr[i] >= '0' && date.ptr[i] <= '9') {
			buffer_add_char(out, date.ptr[i]);
			n++;
		}
	for (; n < TIME_LEN; n++)
		buffer_add_char(out, '0');
}

void
cdxj_line_add(const struct warc_header *h, const struct index_row *row,
	struct buffer *out)
{
	struct span uri = warc_field(h, "WARC-Target-URI"), mime;
	char hex[HASH_HEX], file[ARCHIVE_NAME_MAX], *url;
	int status;

	capture_shown(h, &mime, &status);
	archive_file_name(row->file, file);
	hex_encode(row->digest, HASH_LEN, hex);
	url = malloc(uri.len + 1);
	if (url == NULL) {
		out->code = ERR_NOMEM;
		return;
	}
	memcpy(url, uri.ptr != NULL ? uri.ptr : "", uri.len);
	url[uri.len] = '\0';
	surt_key(url, out);
	free(url);
	buffer_add_char(out, ' ');
	add_time(warc_field(h, "WARC-Date"), out);
	buffer_add_str(out, " {\"url\":");
	escape_json(uri, out);
	buffer_add_str(out, ",\"mime\":");
	escape_json(row->role == ROLE_BODY ? mime : span_str(REVISIT), out);
	if (status != 0)
		buffer_printf(out, ",\"status\":\"%d\"", status);
	buffer_printf(out,
		",\"digest\":\"sha256:%s\",\"length\":\"%lld\","
		"\"offset\":\"%lld\",\"filename\":\"%s\"}\n",
		hex, (long long)row->length, (long long)row->offset, file);
}

/* *rest goes on with text, which is taken. */
static bool
take(struct span *rest, const char *text)
{
	if (!span_starts_with(*rest, text))
		return false;
	*rest = span_sub(*rest, strlen(text), rest->len);
	return true;
}

/* A JSON string with its quotes. */
static bool
take_string(struct span *rest, struct span *out)
{
	size_t at = 1;

	if (rest->len == 0 || rest->ptr[0] != '"')
		return false;
	while (at < rest->len && rest->ptr[at] != '"')
		at += rest->ptr[at] == '\\' ? 2 : 1;
	*out = span_sub(*rest, 0, at + 1);
	*rest = span_sub(*rest, at + 1, rest->len);
	return at < out->len;
}

/* A number in quotes. */
static bool
take_number(struct span *rest, const char *before, int64_t *out)
{
	struct span s;
	long long n = 0;
	bool ok = take(rest, before) && take_string(rest, &s) &&
		  span_int(span_sub(s, 1, s.len - 1), 0, LLONG_MAX, &n);

	*out = n;
	return ok;
}

static bool
take_digest(struct span *rest, uint8_t out[HASH_LEN])
{
	const size_t end = HASH_HEX - 1;

	if (!take(rest, ",\"digest\":\"sha256:") ||
		!hex_decode(span_sub(*rest, 0, end), out, HASH_LEN))
		return false;
	*rest = span_sub(*rest, end, rest->len);
	return take(rest, "\"");
}

bool
cdxj_line_read(struct span line, uint32_t number, struct cdxj_line *out)
{
	struct span rest = line, mime, file;
	char name[ARCHIVE_NAME_MAX];
	int64_t status = 0;

	*out = (struct cdxj_line){ .row = { .file = number } };
	archive_file_name(number, name);
	if (!span_split(&rest, ' ', &out->key) ||
		!span_split(&rest, ' ', &out->time) ||
		out->time.len != TIME_LEN || !take(&rest, "{\"url\":") ||
		!take_string(&rest, &out->url) || !take(&rest, ",\"mime\":") ||
		!take_string(&rest, &mime))
		return false;
	if (span_starts_with(rest, ",\"status\":") &&
		!take_number(&rest, ",\"status\":", &status))
		return false;
	if (!take_digest(&rest, out->row.digest) ||
		!take_number(&rest, ",\"length\":", &out->row.length) ||
		!take_number(&rest, ",\"offset\":", &out->row.offset) ||
		!take(&rest, ",\"filename\":") || !take_string(&rest, &file) ||
		!span_eq_str(span_sub(file, 1, file.len - 1), name))
		return false;
	out->row.role = !span_eq_str(mime, "\"" REVISIT "\"") ? ROLE_BODY
			: status == 304			      ? ROLE_UNCHANGED
							      : ROLE_REVISIT;
	return span_eq_str(rest, "}") && out->row.length > 0;
}

bool
cdxj_meta_read(struct span line, uint32_t number, struct cdxj_meta *out)
{
	char file[ARCHIVE_NAME_MAX];
	struct span rest = line;

	archive_file_name(number, file);
	return take(&rest, "!meta 0 {\"format\":\"cdxj\",\"filename\":\"") &&
	       take(&rest, file) &&
	       take_number(&rest, "\",\"bytes\":", &out->bytes) &&
	       take_number(&rest, ",\"lines\":", &out->lines) &&
	       take_number(&rest, ",\"bad\":", &out->bad) &&
	       span_eq_str(rest, "}");
}

/* ---- the captures of one, in the file's order ---- */

static int
by_offset(const void *a, const void *b)
{
	const struct index_row *x = a, *y = b;

	return (x->offset > y->offset) - (x->offset < y->offset);
}

/* Each behind the one before, none behind the end. */
static bool
rows_fit(const struct index_row *rows, size_t n, int64_t end)
{
	int64_t at = 0;

	for (size_t i = 0; i < n; i++) {
		if (rows[i].offset < at || rows[i].offset > end ||
			rows[i].length > end - rows[i].offset)
			return false;
		at = rows[i].offset + rows[i].length;
	}
	return true;
}

/* What an index has, before it is believed. */
struct loading {
	uint32_t number;
	int64_t size; /* of the WARC file */
	struct cdxj_meta meta;
	struct index_row *rows;
	size_t n;
	struct buffer *text; /* lines go there too, if not NULL */
};

static enum error_code
wrong(const struct loading *l, struct error *err)
{
	char name[ARCHIVE_NAME_MAX];

	cdxj_name(l->number, name);
	return error_set(err, ERR_FORMAT, "%s is not of its file", name);
}

static enum error_code
load_lines(struct loading *l, struct lines *in, struct error *err)
{
	struct cdxj_line line;
	struct span text;
	enum error_code code = lines_next(in, &text, err);

	if (code != OK)
		return code;
	if (!cdxj_meta_read(text, l->number, &l->meta) || l->meta.bad > 0 ||
		l->meta.bytes > l->size || l->meta.lines > INDEX_ROWS_MAX)
		return wrong(l, err);
	l->rows = calloc((size_t)l->meta.lines + 1, sizeof *l->rows);
	if (l->rows == NULL)
		return error_set(err, ERR_NOMEM, "no memory for the index");
	for (;;) {
		code = lines_next(in, &text, err);
		if (code != OK || text.ptr == NULL)
			break;
		if (l->n == (size_t)l->meta.lines ||
			!cdxj_line_read(text, l->number, &line))
			return wrong(l, err);
		l->rows[l->n++] = line.row;
		if (l->text != NULL) {
			buffer_add_span(l->text, text);
			buffer_add_char(l->text, '\n');
		}
	}
	if (code != OK)
		return code;
	qsort(l->rows, l->n, sizeof *l->rows, by_offset);
	return l->n == (size_t)l->meta.lines &&
			       rows_fit(l->rows, l->n, l->meta.bytes)
		       ? OK
		       : wrong(l, err);
}

static enum error_code
load(int dir, struct loading *l, struct error *err)
{
	char name[ARCHIVE_NAME_MAX];
	struct lines in;
	enum error_code code;
	int fd;

	cdxj_name(l->number, name);
	fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return error_set(err, ERR_FORMAT, "no %s", name);
	lines_init(&in, fd, CDXJ_LINE_MAX);
	code = load_lines(l, &in, err);
	lines_release(&in);
	close(fd);
	return code;
}

enum error_code
cdxj_load(int dir, uint32_t number, int64_t size, struct index *x, int64_t *end,
	struct error *err)
{
	struct loading l = { .number = number, .size = size };
	enum error_code code = load(dir, &l, err);

	for (size_t i = 0; code == OK && i < l.n; i++)
		if (role_is_capture(l.rows[i].role))
			code = index_add(x, &l.rows[i], err);
	if (code == OK)
		*end = l.meta.bytes;
	free(l.rows);
	return code == OK || code == ERR_NOMEM ? code : ERR_FORMAT;
}

/* ---- writing one ---- */

static int
by_text(const void *a, const void *b)
{
	const struct span *x = a, *y = b;
	size_t len = x->len < y->len ? x->len : y->len;
	int c = memcmp(x->ptr, y->ptr, len);

	return c != 0 ? c : (x->len > y->len) - (x->len < y->len);
}

/* Lines of what stands in the file from meta->bytes on. */
static enum error_code
add_records(int fd, uint32_t number, struct cdxj_meta *meta,
	struct buffer *text, struct error *err)
{
	int64_t at = meta->bytes, size = lseek(fd, 0, SEEK_END);
	enum error_code code = OK;
	bool found = true;
	struct buffer raw;

	buffer_init(&raw, CAPTURE_RECORD_MAX);
	while (code == OK && at < size) {
		struct index_row row = { .file = number, .offset = at };
		struct warc_header h;

		code = catalog_look(fd, false, &raw, &h, &row, &found, err);
		if (code != OK || !found)
			break;
		if (row.role == ROLE_BODY || row.role == ROLE_REVISIT ||
			row.role == ROLE_UNCHANGED) {
			cdxj_line_add(&h, &row, text);
			meta->lines++;
			code = buffer_error(text, err, "the index");
		}
		meta->bad += row.role == ROLE_BAD;
		at += row.length;
		if (row.role != ROLE_PART)
			meta->bytes = at;
	}
	buffer_release(&raw);
	return code;
}

/* The lines of text in order. */
static enum error_code
write_sorted(int out, const struct buffer *text, size_t n, struct error *err)
{
	struct span rest = buffer_span(text), *lines;
	enum error_code code = OK;
	struct buffer sorted;

	lines = calloc(n + 1, sizeof *lines);
	buffer_init(&sorted, CDXJ_BYTES_MAX);
	if (lines == NULL)
		return error_set(err, ERR_NOMEM, "no memory for the index");
	for (size_t i = 0; i < n; i++)
		(void)span_split(&rest, '\n', &lines[i]); /* n were counted */
	qsort(lines, n, sizeof *lines, by_text);
	for (size_t i = 0; i < n; i++) {
		buffer_add_span(&sorted, lines[i]);
		buffer_add_char(&sorted, '\n');
	}
	code = buffer_error(&sorted, err, "the index");
	if (code == OK)
		code = write_all(out, sorted.ptr, sorted.len, err);
	free(lines);
	buffer_release(&sorted);
	return code;
}

/* Written beside, synced, and put in place at once. */
static enum error_code
put_in_place(int dir, uint32_t number, const struct cdxj_meta *meta,
	const struct buffer *text, struct error *err)
{
	char name[ARCHIVE_NAME_MAX], beside[ARCHIVE_NAME_MAX + 4];
	char file[ARCHIVE_NAME_MAX], head[256];
	enum error_code code;
	int out;

	cdxj_name(number, name);
	archive_file_name(number, file);
	(void)snprintf(beside, sizeof beside, "%s.tmp", name);
	(void)snprintf(head, sizeof head,
		"!meta 0 {\"format\":\"cdxj\",\"filename\":\"%s\","
		"\"bytes\":\"%lld\",\"lines\":\"%lld\",\"bad\":\"%lld\"}\n",
		file, (long long)meta->bytes, (long long)meta->lines,
		(long long)meta->bad);
	out = openat(dir, beside,
		O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (out < 0)
		return error_sys(err, errno, "%s", beside);
	code = write_all(out, head, strlen(head), err);
	if (code == OK)
		code = write_sorted(out, text, (size_t)meta->lines, err);
	if (code == OK &&
		(fdatasync(out) != 0 || renameat(dir, beside, dir, name) != 0))
		code = error_sys(err, errno, "%s", name);
	close(out);
	if (code != OK)
		(void)unlinkat(dir, beside, 0); /* the first error counts */
	return code;
}

/* What there is: in text, and how far it reaches. */
static void
load_text(int dir, uint32_t number, int64_t size, struct buffer *text,
	struct cdxj_meta *meta)
{
	struct loading old = { .number = number, .size = size, .text = text };

	if (load(dir, &old, NULL) != OK) {
		old.meta = (struct cdxj_meta){ 0 };
		buffer_reset(text);
	}
	*meta = old.meta;
	free(old.rows);
}

enum error_code
cdxj_extend(int dir, uint32_t number, int64_t from, int64_t to,
	const struct buffer *lines, int64_t n, struct error *err)
{
	struct cdxj_meta meta;
	struct buffer text;
	enum error_code code;

	buffer_init(&text, CDXJ_BYTES_MAX);
	load_text(dir, number, from, &text, &meta);
	buffer_add_span(&text, buffer_span(lines));
	if (meta.bytes == from && lines->code == OK && text.code == OK) {
		meta.lines += n;
		meta.bytes = to;
		code = put_in_place(dir, number, &meta, &text, err);
	} else {
		code = cdxj_write(dir, number, false, err);
	}
	buffer_release(&text);
	return code;
}

enum error_code
cdxj_write(int dir, uint32_t number, bool anew, struct error *err)
{
	struct cdxj_meta meta = { 0 };
	char file[ARCHIVE_NAME_MAX];
	struct buffer text;
	enum error_code code = OK;
	int64_t size;
	int fd;

	archive_file_name(number, file);
	fd = openat(dir, file, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return error_sys(err, errno, "%s", file);
	buffer_init(&text, CDXJ_BYTES_MAX);
	size = lseek(fd, 0, SEEK_END);
	if (!anew)
		load_text(dir, number, size, &text, &meta);
	if (anew || meta.bytes < size || size == 0) {
		code = add_records(fd, number, &meta, &text, err);
		if (code == OK)
			code = put_in_place(dir, number, &meta, &text, err);
	}
	buffer_release(&text);
	close(fd);
	return code;
}
