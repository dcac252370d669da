/* local files and directories: their URLs, what is read, what is not */
#include "fetch/fetch.h"
#include "fetch/transfer.h"
#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BODY_MAX ((size_t)100)

static struct arena *arena;
static char dir[64], before[4096];

static int
setup(void **state)
{
	(void)state;
	arena = arena_new(64 << 20);
	(void)snprintf(dir, sizeof dir, "/tmp/dateline-file-XXXXXX");
	return arena == NULL || mkdtemp(dir) == NULL ||
	       getcwd(before, sizeof before) == NULL || chdir(dir) != 0;
}

static int
teardown(void **state)
{
	char command[128];

	(void)state;
	arena_free(arena);
	(void)snprintf(command, sizeof command, "rm -rf '%s'", dir);
	return chdir(before) != 0 || system(command) != 0;
}

static void
put(const char *name, const char *bytes, size_t len)
{
	FILE *f = fopen(name, "wb");

	if (f == NULL || fwrite(bytes, 1, len, f) != len || fclose(f) != 0)
		fail_msg("%s", name);
}

static void
paths_and_urls(void **state)
{
	static const struct {
		const char *path, *url; /* behind file:// and the directory */
	} rows[] = {
		{ "a.html", "/a.html" },
		{ "./a.html", "/a.html" },
		{ "a b.html", "/a%20b.html" },
		{ "100%.html", "/100%25.html" },
		{ "q?x#y", "/q%3Fx%23y" },
		{ "S\xc3\xa3o.txt", "/S%C3%A3o.txt" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		const char *url = fetch_file_url(rows[i].path, arena);
		const char *want =
			arena_printf(arena, "file://%s%s", dir, rows[i].url);
		const char *path;

		CHECK_ROW(rows[i].path, url != NULL && !strcmp(url, want));
		path = fetch_file_path(url, arena);
		CHECK_ROW(rows[i].path, path != NULL);
		CHECK_ROW(rows[i].path,
			span_ends_with(span_str(path),
				strrchr(rows[i].path, '/') != NULL
					? strrchr(rows[i].path, '/') + 1
					: rows[i].path));
	}
	assert_null(fetch_file_url("", arena));
}

static void
urls_that_name_no_file(void **state)
{
	static const char *const urls[] = { "file:", "file://host/etc/passwd",
		"file:relative", "file:////host/x", "file:///a%00b",
		"file:///a%zz", "file:///a%2", "file:///a?b", "file:///a#b",
		"http://a.example/" };

	(void)state;
	for (size_t i = 0; i < ROWS(urls); i++)
		CHECK_ROW(urls[i], fetch_file_path(urls[i], arena) == NULL);
	assert_string_equal(fetch_file_path("file://localhost/a", arena), "/a");
	assert_string_equal(fetch_file_path("FILE:/a", arena), "/a");
}

static struct transfer
get(const char *name, const char *etag, struct buffer *body)
{
	struct task t = { .url = fetch_file_url(name, arena), .etag = etag };
	struct transfer tr = { .outcome = TRANSFER_PROBLEM };
	struct error err = { 0 };

	buffer_reset(body);
	if (file_get(&t, BODY_MAX, body, arena, &tr, &err) != OK)
		fail_msg("%s: %s", name, err.msg);
	return tr;
}

static void
what_is_read(void **state)
{
	static const char nul[] = "\0\1\2";
	static const struct {
		const char *name, *bytes;
		size_t len;
		const char *media_type;
	} rows[] = {
		{ "a.html", "<p>", 3, "text/html" },
		{ "b.HTM", "<p>", 3, "text/html" },
		{ "c.txt", "<p>", 3, "text/plain" },
		{ "d.xhtml", "<p/>", 4, "application/xhtml+xml" },
		{ "markup", "  \n<!DOCTYPE html>", 18, "text/html" },
		{ "bom", "\xEF\xBB\xBF<p>", 6, "text/html" },
		{ "words", "Graz joins", 10, "text/plain" },
		{ "bytes", nul, 3, "application/octet-stream" },
		{ "empty", "", 0, "text/plain" },
	};
	struct buffer body;

	(void)state;
	buffer_init(&body, BODY_MAX + 1);
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct transfer tr;

		put(rows[i].name, rows[i].bytes, rows[i].len);
		tr = get(rows[i].name, NULL, &body);
		CHECK_ROW(rows[i].name, tr.outcome == TRANSFER_BODY);
		CHECK_ROW(rows[i].name,
			!strcmp(tr.capture.media_type, rows[i].media_type));
		CHECK_ROW(rows[i].name, tr.capture.body.len == rows[i].len);
		/* Unchanged, it is not read a second time. */
		tr = get(rows[i].name, tr.capture.etag, &body);
		CHECK_ROW(rows[i].name, tr.outcome == TRANSFER_SAME);
	}
	buffer_release(&body);
}

static void
what_is_not_read(void **state)
{
	static char big[BODY_MAX + 1];
	static const struct {
		const char *name;
		enum problem_code code;
	} rows[] = {
		{ "missing", PROBLEM_FILE_MISSING },
		{ "a-file/below", PROBLEM_FILE_MISSING },
		{ "directory", PROBLEM_FILE_TYPE },
		{ "pipe", PROBLEM_FILE_TYPE },
		{ "link", PROBLEM_FILE_TYPE },
		{ "over-cap", PROBLEM_BODY_TOO_LARGE },
		{ "not.gz", PROBLEM_CONTENT_ENCODING },
	};
	struct buffer body;

	(void)state;
	put("a-file", "x", 1);
	put("not.gz", "x", 1);
	put("over-cap", big, sizeof big);
	put("at-cap", big, BODY_MAX);
	assert_int_equal(mkdir("directory", 0700), 0);
	assert_int_equal(mkfifo("pipe", 0600), 0);
	assert_int_equal(symlink("a-file", "link"), 0);
	buffer_init(&body, BODY_MAX + 1);
	assert_int_equal(get("at-cap", NULL, &body).outcome, TRANSFER_BODY);
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct transfer tr = get(rows[i].name, NULL, &body);

		CHECK_ROW(rows[i].name, tr.outcome == TRANSFER_PROBLEM);
		if (tr.problem != rows[i].code)
			fail_msg("row \"%s\": %s", rows[i].name,
				problem_name(tr.problem));
	}
	buffer_release(&body);
}

struct seen {
	struct buffer urls;
	int problems;
	int stop_after;
};

static bool
visit(const char *url, void *ctx)
{
	struct seen *s = ctx;

	buffer_printf(&s->urls, "%s ", strrchr(url, '/') + 1);
	return --s->stop_after != 0;
}

static void
on_problem(const struct problem *p, void *ctx)
{
	struct seen *s = ctx;

	assert_non_null(p->message);
	s->problems++;
}

static void
walk(struct seen *s, const char *where, int stop_after)
{
	struct error err = { 0 };

	*s = (struct seen){ .stop_after = stop_after };
	buffer_init(&s->urls, 4096);
	if (fetch_walk(where, arena, visit, on_problem, s, &err) != OK)
		fail_msg("%s", err.msg);
}

static void
a_directory_is_walked_in_order(void **state)
{
	struct seen s;

	(void)state;
	assert_int_equal(mkdir("tree", 0700), 0);
	assert_int_equal(mkdir("tree/b", 0700), 0);
	put("tree/c.txt", "x", 1);
	put("tree/a.txt", "x", 1);
	put("tree/b/z.txt", "x", 1);
	put("tree/.hidden", "x", 1);
	put("tree/b/style.css", "x", 1);
	put("tree/b/LOGO.PNG", "x", 1);
	assert_int_equal(symlink("../a-file", "tree/link"), 0);
	assert_int_equal(mkfifo("tree/pipe", 0600), 0);
	walk(&s, "tree/", 0);
	assert_string_equal(s.urls.ptr, "a.txt z.txt c.txt ");
	assert_int_equal(s.problems, 1);
	buffer_release(&s.urls);
	walk(&s, "tree", 1);
	assert_string_equal(s.urls.ptr, "a.txt ");
	buffer_release(&s.urls);
	walk(&s, "nowhere", 0);
	assert_int_equal(s.problems, 1);
	buffer_release(&s.urls);
}

static void
nesting_ends_at_a_cap(void **state)
{
	char path[FETCH_DIR_DEPTH_MAX * 2 + 64] = "deep";
	struct seen s;

	(void)state;
	for (int i = 0; i <= FETCH_DIR_DEPTH_MAX + 1; i++) {
		char file[sizeof path + 8];

		assert_int_equal(mkdir(path, 0700), 0);
		(void)snprintf(file, sizeof file, "%s/f", path);
		put(file, "x", 1);
		(void)strcat(path, "/d");
	}
	walk(&s, "deep", 0);
	/* Depths 0 to the cap, each with one file; the next is refused. */
	assert_int_equal(s.urls.len, (FETCH_DIR_DEPTH_MAX + 1) * 2);
	assert_int_equal(s.problems, 1);
	buffer_release(&s.urls);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_and_urls),
		cmocka_unit_test(urls_that_name_no_file),
		cmocka_unit_test(what_is_read),
		cmocka_unit_test(what_is_not_read),
		cmocka_unit_test(a_directory_is_walked_in_order),
		cmocka_unit_test(nesting_ends_at_a_cap),
	};

	return cmocka_run_group_tests_name(
		"fetch_file", tests, setup, teardown);
}
