#include "cli.h"

#include <limits.h>
#include <stdio.h>
#include <unistd.h>

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

/* The archive may be somebody else's: nothing of it drives the terminal. */
static void
print_safe(const char *s)
{
	for (const unsigned char *p = (const unsigned char *)or_dash(s);
		*p != '\0'; p++) {
		if (*p < 0x20 || *p == 0x7F)
			printf("\\x%02x", *p);
		else
			putchar(*p);
	}
}

static void
print_json_string(const char *key, const char *s)
{
	printf(",\"%s\":\"", key);
	for (const unsigned char *p = (const unsigned char *)(s ? s : "");
		*p != '\0'; p++) {
		if (*p == '"' || *p == '\\')
			printf("\\%c", *p);
		else if (*p < 0x20 || *p == 0x7F)
			printf("\\u%04x", *p);
		else
			putchar(*p);
	}
	putchar('"');
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
	print_safe(r->date);
	putchar(' ');
	print_safe(r->uri);
	if (r->code != OK) {
		printf("  BAD: ");
		print_safe(r->message);
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
scan(const struct options *o, struct scan_run *s)
{
	struct error err = { 0 };
	struct arena *a = arena_new(CLI_ARENA_MAX);
	struct archive *ar = NULL;
	enum error_code code;

	if (a == NULL)
		return report_error(&err);
	s->json = o->json;
	code = archive_open(path_archive(o, a), &ar, &err);
	if (code == OK)
		code = archive_scan(ar, NULL, visit, s, &err);
	archive_close(ar);
	arena_free(a);
	if (code != OK)
		return report_error(&err);
	return s->bad > 0 ? EXIT_PROBLEMS : 0;
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

int
cmd_archive_get(const struct options *o)
{
	struct error err = { 0 };
	struct arena *a = arena_new(CLI_ARENA_MAX);
	struct archive *ar = NULL;
	struct page page;
	struct span body;
	long long offset;
	enum error_code code;

	if (a == NULL)
		return report_error(&err);
	if (!span_int(span_str(o->args[1]), 0, LLONG_MAX, &offset)) {
		error_set(&err, ERR_USAGE, "offset \"%s\" is no number",
			o->args[1]);
		arena_free(a);
		return report_error(&err);
	}
	code = archive_open(path_archive(o, a), &ar, &err);
	if (code == OK)
		code = archive_read(
			ar, o->args[0], offset, a, &page, &body, &err);
	if (code == OK)
		code = write_all(STDOUT_FILENO, body.ptr, body.len, &err);
	archive_close(ar);
	arena_free(a);
	return code == OK ? 0 : report_error(&err);
}
