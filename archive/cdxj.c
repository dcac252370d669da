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
cdxj_load(int dir, uint32_t number, int64_t size, const struct row_sink *sink,
	struct cdxj_meta *meta, struct error *err)
{
	struct loading l = { .number = number, .size = size };
	enum error_code code = load(dir, &l, err);

	if (code != OK && code != ERR_NOMEM)
		code = ERR_FORMAT;
	for (size_t i = 0; code == OK && sink != NULL && i < l.n; i++)
		if (role_is_capture(l.rows[i].role))
			code = sink->take(&l.rows[i], sink->ctx, err);
	*meta = code == OK ? l.meta : (struct cdxj_meta){ 0 };
	free(l.rows);
	return code;
}
