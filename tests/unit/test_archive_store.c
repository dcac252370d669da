/* appending and reading back, the index, torn tails */
#include "archive/warc.h"
#include "archive/writer.h"
#include "archive_dir.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Append a page whose body is text; its place in the archive. */
static struct page
append(struct archive_writer *w, const char *url, const char *text)
{
	const struct capture c = {
		.url = url,
		.final_url = url,
		.source = "city",
		.fetched_at = 1707913845,
		.status = 200,
		.media_type = "text/html",
		.charset = "utf-8",
		.etag = "\"abc\"",
		.headers = span_str("HTTP/1.1 200 OK\r\nServer: x\r\n"
				    "Content-Encoding: gzip\r\n\r\n"),
		.body = span_str(text),
	};
	struct error err = { 0 };
	struct page page;

	if (archive_append(w, &c, arena, &page, &err) != OK)
		fail_msg("%s", err.msg);
	assert_int_equal(archive_writer_sync(w, &err), OK);
	return page;
}

static void
a_capture_comes_back_whole(void **state)
{
	struct archive_writer *w = open_writer();
	struct page in = append(w, "https://a.example/1", "<p>Graz</p>"), out;
	struct archive *ar = open_reader();
	struct error err = { 0 };
	struct span body;

	(void)state;
	assert_int_equal(archive_read(ar, in.archive.file, in.archive.offset,
				 arena, &out, &body, &err),
		OK);
	assert_true(span_eq_str(body, "<p>Graz</p>"));
	assert_string_equal(out.id, in.id);
	assert_string_equal(out.body, in.body);
	assert_string_equal(out.url, "https://a.example/1");
	assert_string_equal(out.source, "city");
	assert_string_equal(out.media_type, "text/html");
	assert_string_equal(out.charset, "utf-8");
	assert_string_equal(out.etag, "\"abc\"");
	assert_int_equal(out.status, 200);
	assert_int_equal(out.bytes, 11);
	assert_int_equal(out.fetched_at, 1707913845);
	assert_int_equal(out.archive.length, in.archive.length);
	archive_close(ar);
	archive_writer_close(w);
}

static void
the_same_body_is_a_revisit(void **state)
{
	struct archive_writer *w = open_writer();
	struct page one = append(w, "https://a.example/1", "same"),
		    two = append(w, "https://a.example/2", "same"), out;
	struct archive *ar = open_reader();
	struct error err = { 0 };
	struct span body;

	(void)state;
	assert_string_equal(one.body, two.body);
	assert_string_not_equal(one.id, two.id);
	assert_int_equal(archive_read(ar, two.archive.file, two.archive.offset,
				 arena, &out, &body, &err),
		OK);
	assert_true(span_eq_str(body, "same"));
	assert_string_equal(out.url, "https://a.example/2");
	assert_int_equal(count_captures(ar), 2);
	archive_close(ar);
	archive_writer_close(w);
}

static bool
count_bad(const struct archive_record *r, void *ctx)
{
	int *counts = ctx;

	counts[0]++;
	counts[1] += r->code != OK;
	return true;
}

static void
a_file_rotates_and_reads_on(void **state)
{
	struct archive_writer *w = open_writer();
	struct archive *ar = open_reader();
	struct error err = { 0 };
	int counts[2] = { 0, 0 };
	char url[40], text[40];

	(void)state;
	archive_writer_set_file_max(w, 2000);
	for (int i = 0; i < 20; i++) {
		(void)snprintf(url, sizeof url, "https://a.example/%d", i);
		(void)snprintf(text, sizeof text, "body %d", i);
		append(w, url, text);
	}
	assert_int_equal(count_captures(ar), 20);
	assert_int_equal(archive_scan(ar, NULL, count_bad, counts, &err), OK);
	assert_true(counts[0] > 22); /* with a warcinfo a file */
	assert_int_equal(counts[1], 0);
	archive_close(ar);
	archive_writer_close(w);
	/* Opening it again changes nothing. */
	w = open_writer();
	assert_int_equal(archive_writer_cut(w), 0);
	ar = open_reader();
	assert_int_equal(count_captures(ar), 20);
	archive_close(ar);
	archive_writer_close(w);
}

static void
a_torn_tail_is_cut(void **state)
{
	const char *file = path_of("dateline-00001.warc.gz");
	struct archive_writer *w = open_writer();
	struct page last;
	int64_t whole;

	(void)state;
	append(w, "https://a.example/1", "first");
	last = append(w, "https://a.example/2", "second");
	archive_writer_close(w);
	whole = last.archive.offset + last.archive.length;
	/* Cut inside the last record, and behind it; with and without index. */
	for (int64_t size = last.archive.offset + 1; size < whole; size += 7) {
		struct archive *ar;

		if (size % 2)
			(void)unlink(path_of("dateline-00001.cdxj"));
		assert_int_equal(truncate(file, size), 0);
		ar = open_reader();
		assert_int_equal(count_captures(ar), 1);
		archive_close(ar);
		w = open_writer();
		assert_int_equal(
			archive_writer_cut(w), size - last.archive.offset);
		last = append(w, "https://a.example/2", "second");
		archive_writer_close(w);
		ar = open_reader();
		assert_int_equal(count_captures(ar), 2);
		archive_close(ar);
		arena_reset(arena);
		file = path_of("dateline-00001.warc.gz");
		whole = last.archive.offset + last.archive.length;
	}
}

static void
write_garbage(const char *path, int64_t offset, const char *bytes)
{
	int fd = open(path, O_WRONLY | O_CREAT, 0600);

	assert_true(fd >= 0);
	assert_int_equal(
		pwrite(fd, bytes, strlen(bytes), offset), strlen(bytes));
	close(fd);
}

static void
the_index_is_only_a_cache(void **state)
{
	static const char *const indexes[] = { "", "garbage\n",
		"{\"file\":1,\"offset\":0,\"length\":7,\"role\":1,\"sha256\":"
		"\"00\"}\n",
		NULL };

	(void)state;
	for (size_t i = 0; i < ROWS(indexes); i++) {
		struct archive_writer *w = open_writer();
		struct archive *ar;
		char url[40];

		(void)snprintf(url, sizeof url, "https://a.example/%zu", i);
		append(w, url, url);
		archive_writer_close(w);
		(void)unlink(path_of("dateline-00001.cdxj"));
		if (indexes[i] != NULL)
			write_garbage(
				path_of("dateline-00001.cdxj"), 0, indexes[i]);
		ar = open_reader();
		assert_int_equal(count_captures(ar), i + 1);
		archive_close(ar);
	}
}

/* Damage in the middle costs one record; it is told, not cut away. */
static void
damage_in_the_middle_costs_one_record(void **state)
{
	const char *file = path_of("dateline-00001.warc.gz");
	struct archive_writer *w = open_writer();
	struct page one = append(w, "https://a.example/1", "first"),
		    two = append(w, "https://a.example/2", "second"), out;
	struct error err = { 0 };
	struct archive *ar;
	struct span body;
	int counts[2] = { 0, 0 };

	(void)state;
	append(w, "https://a.example/3", "third");
	archive_writer_close(w);
	write_garbage(file, two.archive.offset + 20, "XXXXXXXX");
	(void)unlink(path_of("dateline-00001.cdxj"));
	ar = open_reader();
	assert_int_equal(archive_scan(ar, NULL, count_bad, counts, &err), OK);
	assert_int_equal(counts[1], 1);
	assert_int_equal(count_captures(ar), 3); /* the bad one is handed out */
	assert_int_equal(archive_read(ar, two.archive.file, two.archive.offset,
				 arena, &out, &body, &err),
		ERR_FORMAT);
	assert_int_equal(archive_read(ar, one.archive.file, one.archive.offset,
				 arena, &out, &body, &err),
		OK);
	archive_close(ar);
	w = open_writer();
	assert_int_equal(archive_writer_cut(w), 0);
	archive_writer_close(w);
}

static void
one_writer_at_a_time(void **state)
{
	struct archive_writer *w = open_writer(), *second = NULL;
	struct error err = { 0 };

	(void)state;
	assert_int_equal(archive_writer_open(dir, &second, &err), ERR_BUSY);
	assert_null(second);
	archive_writer_close(w);
	w = open_writer();
	archive_writer_close(w);
}

static void
a_reader_sees_what_is_appended(void **state)
{
	struct archive_writer *w = open_writer();
	struct archive *ar = open_reader();
	struct archive_position at = { .offset = 0 };
	struct archive_entry e;
	bool found;

	(void)state;
	for (int i = 0; i < 5; i++) {
		char url[40];

		assert_int_equal(archive_next(ar, &at, &e, &found, NULL), OK);
		assert_false(found);
		(void)snprintf(url, sizeof url, "https://a.example/%d", i);
		append(w, url, url);
		assert_int_equal(archive_next(ar, &at, &e, &found, NULL), OK);
		assert_true(found);
	}
	archive_close(ar);
	archive_writer_close(w);
}

static void
a_killed_writer_leaves_a_whole_archive(void **state)
{
	(void)state;
	for (int round = 0; round < 5; round++) {
		struct error err = { 0 };
		struct archive_writer *w;
		struct archive *ar;
		int counts[2] = { 0, 0 };
		pid_t pid = fork();

		assert_true(pid >= 0);
		if (pid == 0) {
			w = open_writer();
			for (int i = 0;; i++) {
				char url[40];

				arena_reset(arena);
				(void)snprintf(url, sizeof url,
					"https://a.example/%d/%d", round, i);
				append(w, url, url);
			}
		}
		usleep(20000 + 7000 * (useconds_t)round);
		kill(pid, SIGKILL);
		assert_int_equal(waitpid(pid, NULL, 0), pid);
		w = open_writer();
		archive_writer_close(w);
		ar = open_reader();
		assert_int_equal(
			archive_scan(ar, NULL, count_bad, counts, &err), OK);
		assert_int_equal(counts[1], 0);
		assert_int_equal(count_captures(ar) + 1, counts[0]);
		archive_close(ar);
	}
}

static void
names_of_others_are_no_paths(void **state)
{
	struct archive_writer *w = open_writer();
	struct archive *ar = open_reader();
	struct error err = { 0 };
	struct page page;
	struct span body;
	static const char *const names[] = { "../../etc/passwd", "/etc/passwd",
		"dateline-00001.cdxj", "dateline-99999.warc.gz",
		"dateline-00000.warc.gz" };

	(void)state;
	for (size_t i = 0; i < ROWS(names); i++)
		CHECK_ROW(names[i], archive_read(ar, names[i], 0, arena, &page,
					    &body, &err) == ERR_NOT_FOUND);
	archive_close(ar);
	archive_writer_close(w);
	assert_int_equal(
		archive_open("/nonexistent", &ar, &err), ERR_NOT_FOUND);
}

static void
a_header_is_read_strictly(void **state)
{
	static const struct {
		const char *name, *text;
		int fields;
	} cases[] = {
		{ "two fields",
			"WARC/1.1\r\nWARC-Type: x\r\nContent-Length: 0\r\n"
			"\r\n",
			2 },
		{ "bare line feeds", "WARC/1.0\nContent-Length: 5\n\n", 1 },
		{ "no length", "WARC/1.1\r\nWARC-Type: x\r\n\r\n", -1 },
		{ "negative length", "WARC/1.1\r\nContent-Length: -1\r\n\r\n",
			-1 },
		{ "no end", "WARC/1.1\r\nContent-Length: 0\r\n", -1 },
		{ "another version", "WARC/2.0\r\nContent-Length: 0\r\n\r\n",
			-1 },
		{ "no colon", "WARC/1.1\r\nnonsense\r\n\r\n", -1 },
		{ "empty", "", -1 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++)
		CHECK_ROW(cases[i].name,
			warc_header_check(span_str(cases[i].text)) ==
				cases[i].fields);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_capture_comes_back_whole),
		TEST(the_same_body_is_a_revisit),
		TEST(a_file_rotates_and_reads_on),
		TEST(a_torn_tail_is_cut),
		TEST(the_index_is_only_a_cache),
		TEST(damage_in_the_middle_costs_one_record),
		TEST(one_writer_at_a_time),
		TEST(a_reader_sees_what_is_appended),
		TEST(a_killed_writer_leaves_a_whole_archive),
		TEST(names_of_others_are_no_paths),
		TEST(a_header_is_read_strictly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
