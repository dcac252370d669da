#include "foreign.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture.h"
#include "gzip.h"
#include "warc.h"

#define SEARCH_CHUNK ((size_t)64 << 10) /* bytes looked through at a time */

struct foreign {
	int fd;
	bool gzip;
	int64_t size;
	int64_t at;	     /* behind what is in raw */
	int64_t begin;	     /* where raw begins in the file */
	struct buffer raw;   /* a member, inflated; or a record */
	size_t used;	     /* bytes of raw that are dealt with */
	bool several;	     /* it was told that a member holds several */
	struct arena *arena; /* of the record's strings */
	struct error why;    /* of a bad one */
};

enum error_code
foreign_open(const char *path, struct foreign **out, struct error *err)
{
	struct foreign *f = calloc(1, sizeof *f);
	unsigned char magic[2] = { 0 };
	struct stat st;

	*out = NULL;
	if (f == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	buffer_init(&f->raw, CAPTURE_RECORD_MAX);
	f->arena = arena_new((size_t)1 << 20);
	f->fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (f->arena == NULL) {
		(void)error_set(err, ERR_NOMEM, "no memory");
	} else if (f->fd < 0 && errno == ENOENT) {
		(void)error_set(err, ERR_NOT_FOUND, "no file %s", path);
	} else if (f->fd < 0 || fstat(f->fd, &st) != 0) {
		(void)error_sys(err, errno, "%s", path);
	} else {
		f->size = st.st_size;
		f->gzip = pread(f->fd, magic, 2, 0) == 2 && magic[0] == 0x1F &&
			  magic[1] == 0x8B;
		*out = f;
		return OK;
	}
	foreign_close(f);
	return err != NULL ? err->code : ERR_IO;
}

void
foreign_close(struct foreign *f)
{
	if (f == NULL)
		return;
	if (f->fd >= 0)
		close(f->fd);
	buffer_release(&f->raw);
	arena_free(f->arena);
	free(f);
}

/* A record that is none, or not whole. */
static void
mark_bad(struct foreign_record *out, enum error_code code, const char *message)
{
	out->code = code;
	out->message = message;
}

/* "<http://a.example/b c>", as some write it. */
static const char *
clean_uri(struct span v, struct arena *a)
{
	struct buffer b;
	const char *uri;

	if (v.ptr == NULL)
		return NULL;
	if (v.len > 1 && v.ptr[0] == '<' && v.ptr[v.len - 1] == '>')
		v = span_sub(v, 1, v.len - 1);
	buffer_init(&b, 4 * ARCHIVE_HEADER_MAX);
	for (size_t i = 0; i < v.len; i++)
		if (v.ptr[i] == ' ')
			buffer_add_str(&b, "%20");
		else
			buffer_add_char(&b, v.ptr[i]);
	uri = b.code == OK && b.len > 0 ? arena_strndup(a, b.ptr, b.len) : NULL;
	buffer_release(&b);
	return uri;
}

static const char *
copy(struct span v, struct arena *a)
{
	return v.ptr != NULL ? arena_strndup(a, v.ptr, v.len) : NULL;
}

static void
take_warc(const struct warc_header *h, struct arena *a,
	struct foreign_record *out)
{
	struct span type = warc_field(h, "WARC-Type");

	(void)snprintf(out->type, sizeof out->type, "%.*s",
		(int)(type.len < sizeof out->type ? type.len : 0),
		type.ptr != NULL ? type.ptr : "");
	out->uri = clean_uri(warc_field(h, "WARC-Target-URI"), a);
	out->id = copy(warc_field(h, "WARC-Record-ID"), a);
	out->content_type = copy(warc_field(h, "Content-Type"), a);
	(void)time_parse(warc_field(h, "WARC-Date"), &out->time);
}

/* The last word of *line, which loses it. */
static struct span
last_word(struct span *line)
{
	size_t at = line->len;
	struct span word;

	while (at > 0 && line->ptr[at - 1] != ' ')
		at--;
	word = span_sub(*line, at, line->len);
	while (at > 0 && line->ptr[at - 1] == ' ')
		at--;
	line->len = at;
	return word;
}

/* "20140216050221", with or without more digits. */
static bool
arc_time(struct span v, int64_t *time)
{
	char text[24];

	if (v.len < 14 || v.len > 20)
		return false;
	for (size_t i = 0; i < v.len; i++)
		if (v.ptr[i] < '0' || v.ptr[i] > '9')
			return false;
	(void)snprintf(text, sizeof text, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ",
		v.ptr, v.ptr + 4, v.ptr + 6, v.ptr + 8, v.ptr + 10, v.ptr + 12);
	return time_parse(span_str(text), time);
}

bool
arc_header_read(struct span bytes, struct foreign_record *out, size_t *length,
	int64_t *content)
{
	size_t end = span_find(
		span_sub(bytes, 0, ARCHIVE_HEADER_MAX), 0, span_str("\n"));
	struct span line, size, type, date;
	long long n;

	if (end == SIZE_MAX)
		return false;
	line = span_trim(span_sub(bytes, 0, end));
	size = last_word(&line);
	type = last_word(&line);
	date = last_word(&line);
	(void)last_word(&line); /* the server's address */
	if (size.len == 0 || type.len == 0 || !arc_time(date, &out->time) ||
		span_find(line, 0, span_str(":")) == SIZE_MAX)
		return false;
	*length = end + 1;
	*content = span_int(size, 0, INT64_MAX, &n) ? (int64_t)n : -1;
	/* The place of the strings is the caller's arena, by take_arc(). */
	out->block = line;
	return true;
}

static void
take_arc(struct span uri, struct arena *a, struct foreign_record *out)
{
	bool web = span_istarts_with(uri, "http:") ||
		   span_istarts_with(uri, "https:");

	if (span_istarts_with(uri, "filedesc:")) {
		(void)snprintf(out->type, sizeof out->type, "warcinfo");
		return;
	}
	(void)snprintf(out->type, sizeof out->type, "%s",
		web ? "response" : "resource");
	out->uri = clean_uri(uri, a);
	if (web)
		out->content_type = "application/http";
}

/*
 * The header at the beginning of bytes: *header is its length, *content what
 * it says of the block, -1 when it does not.  False: there is none.
 */
static bool
read_header(struct foreign *f, struct span bytes, struct foreign_record *out,
	size_t *header, int64_t *content)
{
	struct warc_header h;

	if (warc_header_read(bytes, &h)) {
		take_warc(&h, f->arena, out);
		*header = h.length;
		*content = h.content_length;
		return true;
	}
	if (!arc_header_read(bytes, out, header, content))
		return false;
	take_arc(out->block, f->arena, out);
	out->block = (struct span){ 0 };
	return true;
}

static size_t
skip_line_ends(struct span bytes, size_t at)
{
	while (at < bytes.len &&
		(bytes.ptr[at] == '\r' || bytes.ptr[at] == '\n'))
		at++;
	return at;
}

/* A record in what raw holds; false: a header was wanted there. */
static bool
take_record(struct foreign *f, struct foreign_record *out)
{
	struct span rest = span_sub(buffer_span(&f->raw), f->used, f->raw.len);
	size_t header = 0;
	int64_t content = 0;

	if (!read_header(f, rest, out, &header, &content))
		return false;
	if (content < 0) {
		mark_bad(out, ERR_FORMAT, "the record has no length");
		content = 0;
	} else if (content > (int64_t)(rest.len - header)) {
		/* The last line end of an ARC file may be missing. */
		if (out->id != NULL ||
			content > (int64_t)(rest.len - header) + 1)
			mark_bad(out, ERR_FORMAT,
				"the record is shorter than it says");
		content = (int64_t)(rest.len - header);
	}
	out->block = span_sub(rest, header, header + (size_t)content);
	f->used += header + (size_t)content;
	/* What an ARC file says of itself is its header. */
	if (out->id == NULL && strcmp(out->type, "warcinfo") == 0)
		out->block.len = 0;
	return true;
}

/* ---- gzip, a member a record ---- */

static bool
begins_record(struct span plain)
{
	struct foreign_record r = { .offset = 0 };
	struct warc_header h;
	size_t length;
	int64_t content;

	return warc_header_read(plain, &h) ||
	       arc_header_read(plain, &r, &length, &content);
}

static enum error_code
read_member(struct foreign *f, struct foreign_record *out, struct error *err)
{
	int64_t length = 0, next;
	enum error_code code;

	error_clear(&f->why);
	f->begin = f->at;
	f->used = 0;
	buffer_reset(&f->raw);
	code = gzip_member_read(f->fd, f->at, &f->raw, &length, &f->why);
	if (code == ERR_NOMEM || code == ERR_IO)
		return error_set(err, code, "%s", f->why.msg);
	out->offset = f->begin;
	if (code == OK) {
		f->at += length;
		out->length = length;
		return OK;
	}
	mark_bad(out, code, f->why.msg);
	next = gzip_member_find(
		f->fd, f->at + 1, CAPTURE_RECORD_MAX, begins_record);
	f->at = next < 0 ? f->size : next;
	out->length = f->at - f->begin;
	buffer_reset(&f->raw);
	return OK;
}

static enum error_code
next_in_gzip(struct foreign *f, struct foreign_record *out, bool *found,
	struct error *err)
{
	enum error_code code = OK;

	f->used = skip_line_ends(buffer_span(&f->raw), f->used);
	if (f->used >= f->raw.len) {
		if (f->at >= f->size) {
			*found = false;
			return OK;
		}
		code = read_member(f, out, err);
		if (code != OK || out->code != OK)
			return code;
		f->used = skip_line_ends(buffer_span(&f->raw), 0);
		f->several = false;
	} else if (!f->several) {
		f->several = true;
		out->offset = f->begin;
		out->length = f->at - f->begin;
		mark_bad(out, ERR_FORMAT, "a gzip member of several records");
		return OK;
	}
	out->offset = f->begin;
	out->length = f->at - f->begin;
	if (!take_record(f, out)) {
		mark_bad(out, ERR_FORMAT, "neither a WARC nor an ARC record");
		f->used = f->raw.len;
	}
	return OK;
}

/* ---- plain ---- */

/* So many bytes of the file from f->begin into raw, or as many as there are. */
static enum error_code
fill(struct foreign *f, size_t want, struct error *err)
{
	while (f->raw.len < want) {
		char *to = buffer_reserve(&f->raw, want - f->raw.len);
		ssize_t n;

		if (to == NULL)
			return buffer_error(&f->raw, err, "a record");
		n = pread(f->fd, to, want - f->raw.len,
			f->begin + (int64_t)f->raw.len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_sys(err, errno, "read");
		if (n == 0)
			break;
		f->raw.len += (size_t)n;
		f->raw.ptr[f->raw.len] = '\0';
	}
	return OK;
}

/* Behind the line ends at `at`; the file's end if there is nothing else. */
static int64_t
skip_to_text(const struct foreign *f, int64_t at)
{
	char chunk[256];
	ssize_t n;

	while ((n = pread(f->fd, chunk, sizeof chunk, at)) > 0) {
		size_t k = skip_line_ends(span_of(chunk, (size_t)n), 0);

		at += (int64_t)k;
		if (k < (size_t)n)
			return at;
	}
	return f->size;
}

/* The next line that begins a record behind `from`, or the end. */
static int64_t
find_record(struct foreign *f, int64_t from)
{
	while (from < f->size) {
		struct span text;
		size_t at = 0, end;

		f->begin = from;
		buffer_reset(&f->raw);
		if (fill(f, SEARCH_CHUNK + ARCHIVE_HEADER_MAX, NULL) != OK)
			return f->size;
		text = buffer_span(&f->raw);
		while (at < SEARCH_CHUNK &&
			(end = span_find(text, at, span_str("\n"))) !=
				SIZE_MAX) {
			at = end + 1;
			if (begins_record(span_sub(text, at, text.len)))
				return from + (int64_t)at;
		}
		from += (int64_t)SEARCH_CHUNK;
	}
	return f->size;
}

static enum error_code
next_in_plain(struct foreign *f, struct foreign_record *out, bool *found,
	struct error *err)
{
	struct foreign_record ahead = { .offset = 0 };
	size_t header = 0;
	int64_t content = 0;
	enum error_code code;

	f->at = skip_to_text(f, f->at);
	*found = f->at < f->size;
	if (!*found)
		return OK;
	f->begin = out->offset = f->at;
	f->used = 0;
	buffer_reset(&f->raw);
	code = fill(f, ARCHIVE_HEADER_MAX, err);
	if (code != OK)
		return code;
	if (!read_header(f, buffer_span(&f->raw), &ahead, &header, &content)) {
		mark_bad(out, ERR_FORMAT, "neither a WARC nor an ARC record");
		f->at = find_record(f, f->begin);
	} else if (content > (int64_t)ARCHIVE_BODY_MAX) {
		*out = ahead;
		out->offset = f->at;
		mark_bad(out, ERR_LIMIT, "the record is over its cap");
		f->at = content < f->size - f->at - (int64_t)header
				? f->at + (int64_t)header + content
				: f->size;
	} else {
		code = fill(
			f, header + (size_t)(content > 0 ? content : 0), err);
		if (code == OK)
			(void)take_record(f, out);
		f->at = content < 0 ? find_record(f, f->at)
				    : f->at + (int64_t)f->used;
	}
	out->length = f->at - out->offset;
	return code;
}

enum error_code
foreign_next(struct foreign *f, struct foreign_record *out, bool *found,
	struct error *err)
{
	arena_reset(f->arena);
	*out = (struct foreign_record){ .offset = f->at };
	*found = true;
	return f->gzip ? next_in_gzip(f, out, found, err)
		       : next_in_plain(f, out, found, err);
}
