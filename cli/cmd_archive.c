#include "cli.h"

#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#define STRING_BYTES_MAX ((size_t)1 << 20) /* of one value, escaped */

struct scan_run {
	bool json;
	bool only_bad;
	int64_t records;
	int64_t bad;
};

static const char *
or_dash(const char *s)
{
	return s != NULL ? s : "-";
}

/* Bytes that are not UTF-8 become U+FFFD. */
static void
print_json_string(const char *key, const char *s)
{
	struct buffer out;

	buffer_init(&out, STRING_BYTES_MAX);
	escape_json(span_str(s != NULL ? s : ""), &out);
	printf(",\"%s\":%.*s", key, (int)out.len, out.ptr);
	buffer_release(&out);
}

static void
print_record(const struct archive_record *r, bool json)
{
	if (json) {
		printf("{\"offset\":%lld,\"length\":%lld,"
		       "\"content_length\":%lld,\"ok\":%s",
			(long long)r->offset, (long long)r->length,
			(long long)r->content_length,
			r->code == OK ? "true" : "false");
		print_json_string("file", r->file);
		print_json_string("type", r->type);
		print_json_string("uri", r->uri);
		print_json_string("date", r->date);
		print_json_string("digest", r->digest);
		print_json_string("message", r->message);
		puts("}");
		return;
	}
	printf("%s %10lld %9lld %-9s ", r->file, (long long)r->offset,
		(long long)r->length, or_dash(r->type));
	report_safe(or_dash(r->date));
	putchar(' ');
	report_safe(or_dash(r->uri));
	if (r->code != OK) {
		printf("  BAD: ");
		report_safe(or_dash(r->message));
	}
	putchar('\n');
}

static bool
visit(const struct archive_record *r, void *ctx)
{
	struct scan_run *s = ctx;

	s->records++;
	s->bad += r->code != OK;
	if (!s->only_bad || r->code != OK)
		print_record(r, s->json);
	return true;
}

static int
scan_own(const struct options *o, struct scan_run *s)
{
	struct error err = { 0 };
	struct arena *a = arena_new(CLI_ARENA_MAX);
	struct archive *ar = NULL;
	enum error_code code;

	if (a == NULL)
		return report_error(&err);
	code = archive_open(path_archive(o, a), &ar, &err);
	if (code == OK)
		code = archive_scan(ar, NULL, visit, s, &err);
	archive_close(ar);
	arena_free(a);
	if (code != OK)
		return report_error(&err);
	return s->bad > 0 ? EXIT_PROBLEMS : 0;
}

/* Status, media type and digest of a record's payload; its block alone. */
static void
print_payload(const struct foreign_record *r, struct arena *a)
{
	struct error why = { 0 };
	const char *media_type;
	char sha1[HASH_SHA1_HEX];
	struct span body;
	int status;

	if (fetch_payload(r->block, r->content_type, ARCHIVE_BODY_MAX, &status,
		    &media_type, a, &body, &why) != OK) {
		print_json_string("payload_error", why.msg);
		return;
	}
	hash_sha1_hex(body, sha1);
	if (status > 0)
		printf(",\"status\":%d", status);
	if (media_type != NULL)
		print_json_string("media_type", media_type);
	printf(",\"payload_length\":%zu,\"payload_sha1\":\"%s\"", body.len,
		sha1);
}

static void
print_foreign(const struct foreign_record *r, const char *file, bool json,
	struct arena *a)
{
	char when[24] = "";

	if (r->time != 0)
		time_format(r->time, when);
	if (!json) {
		printf("%10lld %9lld %-9s ", (long long)r->offset,
			(long long)r->length,
			r->type[0] != '\0' ? r->type : "-");
		report_safe(when[0] != '\0' ? when : "-");
		putchar(' ');
		report_safe(or_dash(r->uri));
		if (r->code != OK) {
			printf("  BAD: ");
			report_safe(or_dash(r->message));
		}
		putchar('\n');
		return;
	}
	printf("{\"offset\":%lld,\"length\":%lld,\"content_length\":%zu,"
	       "\"ok\":%s",
		(long long)r->offset, (long long)r->length, r->block.len,
		r->code == OK ? "true" : "false");
	print_json_string("file", file);
	print_json_string("type", r->type);
	print_json_string("uri", r->uri);
	print_json_string("date", when);
	print_json_string("id", r->id);
	print_json_string("message", r->message);
	print_payload(r, a);
	puts("}");
}

/* A WARC or ARC file of whoever made it. */
static enum error_code
scan_foreign(const char *path, struct scan_run *s, struct arena *a,
	struct error *err)
{
	struct foreign *in;
	enum error_code code = foreign_open(path, &in, err);
	bool found = true;

	while (code == OK && found) {
		struct foreign_record r;

		arena_reset(a);
		code = foreign_next(in, &r, &found, err);
		if (code != OK || !found)
			break;
		s->records++;
		s->bad += r.code != OK;
		if (!s->only_bad || r.code != OK)
			print_foreign(&r, path, s->json, a);
	}
	foreign_close(in);
	return code;
}

static int
scan_files(const struct options *o, struct scan_run *s)
{
	struct error err = { 0 };
	struct arena *a = arena_new(CLI_ARENA_MAX);
	int status = 0;

	if (a == NULL)
		return report_error(&err);
	for (int i = 0; i < o->nargs; i++) {
		error_clear(&err);
		if (scan_foreign(o->args[i], s, a, &err) != OK)
			status = report_error(&err);
	}
	arena_free(a);
	if (status != 0)
		return status;
	return s->bad > 0 ? EXIT_PROBLEMS : 0;
}

static int
scan(const struct options *o, struct scan_run *s)
{
	s->json = o->json;
	return o->nargs > 0 ? scan_files(o, s) : scan_own(o, s);
}

int
cmd_archive_list(const struct options *o)
{
	struct scan_run s = { 0 };

	return scan(o, &s);
}

int
cmd_archive_verify(const struct options *o)
{
	struct scan_run s = { .only_bad = true };
	int status = scan(o, &s);

	if ((status == 0 || status == EXIT_PROBLEMS) && !o->json)
		printf("%lld records, %lld bad\n", (long long)s.records,
			(long long)s.bad);
	return status;
}

/* FILE OFFSET */
static enum error_code
read_place(const struct options *o, struct archive_entry *e, struct error *err)
{
	long long offset = 0;

	*e = (struct archive_entry){ .offset = 0 };
	if (!span_int(span_str(o->args[1]), 0, LLONG_MAX, &offset))
		return error_set(err, ERR_USAGE, "offset \"%s\" is no number",
			o->args[1]);
	e->offset = offset;
	if (strlen(o->args[0]) >= sizeof e->file)
		return error_set(err, ERR_NOT_FOUND,
			"\"%s\" is no file of the archive", o->args[0]);
	(void)snprintf(e->file, sizeof e->file, "%s", o->args[0]);
	return OK;
}

/* The newest capture of a URL, which fetch may have written in another way. */
static enum error_code
find_capture(const struct options *o, struct archive *ar, struct arena *a,
	struct archive_entry *e, struct error *err)
{
	struct fetch_url u;
	bool found = false;
	enum error_code code =
		archive_find(ar, o->args[0], o->at, e, &found, err);

	if (code == OK && !found &&
		fetch_url_read(o->args[0], NULL, a, &u, NULL) == OK)
		code = archive_find(ar, u.text, o->at, e, &found, err);
	if (code != OK || found)
		return code;
	return error_set(err, ERR_NOT_FOUND, "no capture of %s", o->args[0]);
}

int
cmd_archive_get(const struct options *o)
{
	struct error err = { 0 };
	struct arena *a = arena_new(CLI_ARENA_MAX);
	struct archive *ar = NULL;
	struct archive_entry e = { .offset = 0 };
	struct page page;
	struct span body = { 0 };
	enum error_code code = OK;

	if (a == NULL)
		return report_error(&err);
	if (o->nargs == 2)
		code = read_place(o, &e, &err);
	if (code == OK)
		code = archive_open(path_archive(o, a), &ar, &err);
	if (code == OK && o->nargs == 1)
		code = find_capture(o, ar, a, &e, &err);
	if (code == OK)
		code = archive_read(
			ar, e.file, e.offset, a, &page, &body, &err);
	if (code == OK)
		code = write_all(STDOUT_FILENO, body.ptr, body.len, &err);
	archive_close(ar);
	arena_free(a);
	return code == OK ? 0 : report_error(&err);
}

/* Not one made by looking for it. */
static enum error_code
index_archive(const char *dir, uint32_t *files, struct error *err)
{
	struct archive *ar;
	enum error_code code = archive_open(dir, &ar, err);

	if (code != OK)
		return code;
	archive_close(ar);
	return archive_index(dir, files, err);
}

int
cmd_archive_index(const struct options *o)
{
	struct error err = { 0 };
	struct arena *a = arena_new(CLI_ARENA_MAX);
	uint32_t files = 0;
	enum error_code code =
		a != NULL ? index_archive(path_archive(o, a), &files, &err)
			  : error_set(&err, ERR_NOMEM, "no memory");

	arena_free(a);
	if (code != OK)
		return report_error(&err);
	if (!o->quiet)
		printf("%u files\n", files);
	return 0;
}
