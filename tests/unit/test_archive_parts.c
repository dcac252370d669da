/* what stands beside a capture, the CDXJ index, looking up */
#include "archive/cdxj.h"
#include "archive/surt.h"
#include "archive/writer.h"
#include "archive_dir.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#define REQUEST "GET /1 HTTP/1.1\r\nHost: a.example\r\nUser-Agent: test\r\n\r\n"

static struct capture
capture_of(const char *url, const char *text, int64_t at)
{
	return (struct capture){
		.url = url,
		.final_url = url,
		.source = "city",
		.fetched_at = at,
		.status = 200,
		.media_type = "text/html",
		.headers = span_str("HTTP/1.1 200 OK\r\nServer: x\r\n\r\n"),
		.body = span_str(text),
		.request = span_str(REQUEST),
		.via = "https://a.example/feed",
		.redirects = "301 https://a.example/a\n302 https://b.example/",
		.tier = "member",
		.took_ms = 12,
		.ip = "192.0.2.1",
	};
}

static struct page
append(struct archive_writer *w, const char *url, const char *text, int64_t at)
{
	const struct capture c = capture_of(url, text, at);
	struct error err = { 0 };
	struct page page;

	if (archive_append(w, &c, arena, &page, &err) != OK)
		fail_msg("%s", err.msg);
	return page;
}

static void
all_of_a_capture_comes_back(void **state)
{
	struct archive_writer *w = open_writer();
	struct archive_position at = { .offset = 0 }, from;
	struct archive *ar = open_reader();
	struct archive_entry e;
	struct error err = { 0 };
	struct capture c;
	bool found;

	(void)state;
	append(w, "https://a.example/1", "one", 1707913845);
	append(w, "https://a.example/2", "two", 1707913846);
	append(w, "https://a.example/3", "one", 1707913847); /* a revisit */
	for (int i = 0; i < 3; i++) {
		from = at;
		assert_int_equal(archive_next(ar, &at, &e, &found, &err), OK);
		assert_true(found);
		if (archive_read_all(ar, &from, &e, arena, &c, &err) != OK)
			fail_msg("%s", err.msg);
		assert_true(span_eq_str(c.request, REQUEST));
		assert_true(span_eq_str(c.body, i == 1 ? "two" : "one"));
		assert_true(span_eq_str(
			c.headers, "HTTP/1.1 200 OK\r\nServer: x\r\n\r\n"));
		assert_string_equal(c.via, "https://a.example/feed");
		assert_string_equal(c.redirects,
			"301 https://a.example/a\n302 https://b.example/");
		assert_string_equal(c.tier, "member");
		assert_string_equal(c.ip, "192.0.2.1");
		assert_int_equal(c.took_ms, 12);
		assert_int_equal(c.fetched_at, 1707913845 + i);
	}
	archive_close(ar);
	archive_writer_close(w);
}

/* A capture that is not whole leaves nothing of its own behind. */
static void
parts_are_cut_with_their_capture(void **state)
{
	const char *file = path_of("dateline-00001.warc.gz");
	struct archive_writer *w = open_writer();
	struct page one = append(w, "https://a.example/1", "one", 1707913845),
		    two = append(w, "https://a.example/2", "two", 1707913846);
	const int64_t end = one.archive.offset + one.archive.length;

	(void)state;
	archive_writer_close(w);
	assert_true(two.archive.offset > end); /* parts stand between */
	for (int64_t size = two.archive.offset + two.archive.length - 1;
		size > end; size -= 23) {
		struct archive *ar;
		struct stat st;

		assert_int_equal(truncate(file, size), 0);
		w = open_writer();
		assert_int_equal(archive_writer_cut(w), size - end);
		assert_int_equal(stat(file, &st), 0);
		assert_int_equal(st.st_size, end);
		append(w, "https://a.example/2", "two", 1707913846);
		archive_writer_close(w);
		ar = open_reader();
		assert_int_equal(count_captures(ar), 2);
		archive_close(ar);
	}
}

static bool
count_kinds(const struct archive_record *r, void *ctx)
{
	int *counts = ctx;

	assert_int_equal(r->code, OK);
	counts[0]++;
	counts[1] += strcmp(r->type, "revisit") == 0;
	return true;
}

static void
unchanged_is_no_capture(void **state)
{
	struct archive_writer *w = open_writer();
	struct page one = append(w, "https://a.example/1", "one", 1707913845);
	struct capture c = capture_of("https://a.example/1", "", 1707913846);
	struct archive *ar = open_reader();
	struct error err = { 0 };
	int counts[2] = { 0, 0 };

	(void)state;
	c.status = 304;
	c.headers = span_str("HTTP/1.1 304 Not Modified\r\n\r\n");
	assert_int_equal(archive_append_unchanged(w, &c, one.body, &err), OK);
	/* Of a body that is not there nothing can be said. */
	assert_int_equal(archive_append_unchanged(w, &c,
				 "sha256:0000000000000000000000000000000000000"
				 "000000000000000000000000000",
				 &err),
		OK);
	assert_int_equal(archive_append_unchanged(w, &c, NULL, &err), OK);
	assert_int_equal(count_captures(ar), 1);
	assert_int_equal(archive_scan(ar, NULL, count_kinds, counts, &err), OK);
	assert_int_equal(counts[0], 1 + 3 + 3); /* warcinfo, twice three */
	assert_int_equal(counts[1], 1);
	archive_close(ar);
	archive_writer_close(w);
}

static void
keys_are_those_of_replay_tools(void **state)
{
	static const struct {
		const char *url, *key;
	} cases[] = {
		{ "https://www.Example.org/", "org,example)/" },
		{ "http://example.org", "org,example)/" },
		{ "https://www2.example.org/News/?b=2&a=1#top",
			"org,example)/news?a=1&b=2" },
		{ "http://example.org:8080/a/b/", "org,example:8080)/a/b" },
		{ "http://192.168.0.1:81/x", "192.168.0.1:81)/x" },
		{ "http://[::1]/x", "[::1])/x" },
		{ "http://example.org?q", "org,example)/?q" },
		{ "http://example.org/a?", "org,example)/a" },
		{ "http://www.org/", "org)/" },
		{ "file:///tmp/A b.html", "file:///tmp/A%20b.html" },
		{ "urn:x:Y", "urn:x:Y" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		struct buffer b;

		buffer_init(&b, 4096);
		surt_key(cases[i].url, &b);
		if (!span_eq_str(buffer_span(&b), cases[i].key))
			fail_msg("%s: %s", cases[i].url, b.ptr);
		buffer_release(&b);
	}
}

#define HEX64 "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define LINE(url, mime, middle)                                                \
	"org,example)/ 20240214123045 {\"url\":" url ",\"mime\":" mime middle  \
	",\"digest\":\"sha256:" HEX64 "\",\"length\":\"7\",\"offset\":\"9\","  \
	"\"filename\":\"dateline-00001.warc.gz\"}"

static void
a_line_is_read_strictly(void **state)
{
	static const struct {
		const char *name, *line;
		bool ok;
		enum record_role role;
	} cases[] = {
		{ "response",
			LINE("\"http://a/\"", "\"text/html\"",
				",\"status\":\"200\""),
			true, ROLE_BODY },
		{ "resource", LINE("\"file:///a\"", "\"text/html\"", ""), true,
			ROLE_BODY },
		{ "revisit",
			LINE("\"http://a/\"", "\"warc/revisit\"",
				",\"status\":\"200\""),
			true, ROLE_REVISIT },
		{ "not modified",
			LINE("\"http://a/\"", "\"warc/revisit\"",
				",\"status\":\"304\""),
			true, ROLE_UNCHANGED },
		{ "quotes in a URL",
			LINE("\"a\\\",\\\"digest\\\":\"", "\"x\"", ""), true,
			ROLE_BODY },
		{ "no string", LINE("7", "\"x\"", ""), false, ROLE_OTHER },
		{ "an unfinished string", "k 20240214123045 {\"url\":\"a\\",
			false, ROLE_OTHER },
		{ "another order", LINE("\"a\"", "\"x\"", ",\"more\":\"1\""),
			false, ROLE_OTHER },
		{ "a short time", "org) 2024 {\"url\":\"a\"}", false,
			ROLE_OTHER },
		{ "empty", "", false, ROLE_OTHER },
	};
	struct cdxj_line out;

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		struct span line = span_str(cases[i].line);

		CHECK_ROW(cases[i].name,
			cdxj_line_read(line, 1, &out) == cases[i].ok);
		if (!cases[i].ok)
			continue;
		CHECK_ROW(cases[i].name, out.row.role == cases[i].role);
		CHECK_ROW(cases[i].name, out.row.length == 7);
		CHECK_ROW(cases[i].name, out.row.offset == 9);
		/* Of another file, cut anywhere, or with more: no. */
		CHECK_ROW(cases[i].name, !cdxj_line_read(line, 2, &out));
		for (size_t n = 0; n < line.len; n++)
			CHECK_ROW(cases[i].name,
				!cdxj_line_read(span_sub(line, 0, n), 1, &out));
	}
}

/* A feed may be fetched again within the second, by who was killed; two
 * revisits are then alike in all but where they stand. */
static void
no_record_has_the_id_of_another(void **state)
{
	struct archive_writer *w = open_writer();
	const char *command = arena_printf(arena,
		"zcat %s/*.gz | grep -a ^WARC-Record-ID | sort | uniq -c", dir);
	char line[128];
	int records = 0;
	FILE *in;

	(void)state;
	for (int i = 0; i < 4; i++)
		append(w, "https://a.example/feed", "one", 1707913845);
	archive_writer_close(w);
	in = popen(command, "r");
	assert_non_null(in);
	for (; fgets(line, sizeof line, in) != NULL; records++)
		assert_int_equal(strtol(line, NULL, 10), 1);
	assert_int_equal(pclose(in), 0);
	assert_int_equal(records, 1 + 4 * 3); /* warcinfo, and three each */
}

/* Whenever its files were begun. */
static void
the_same_captures_have_the_same_ids(void **state)
{
	char first[ARCHIVE_NAME_MAX];
	struct page pages[2][3];

	(void)state;
	for (int64_t t = 0; t < 200; t++) {
		struct page *p = pages[t > 0];
		struct archive_writer *w;

		clock_set(1707913845 + 86413 * t);
		w = open_writer();
		p[0] = append(w, "https://a.example/1", "one", 1707913845);
		p[1] = append(w, "https://a.example/2", "one", 1707913845);
		p[2] = append(w, "https://a.example/3", "two", 1707913845);
		archive_writer_close(w);
		archive_file_name(1, first);
		assert_int_equal(unlink(path_of(first)), 0);
		for (size_t i = 0; i < ROWS(pages[0]); i++)
			assert_int_equal(p[i].archive.offset,
				pages[0][i].archive.offset);
	}
	clock_set(INT64_MIN);
}

/* An index that was left behind by a file that was cut would be believed once
 * that has grown again. */
static void
an_index_of_what_was_cut_goes(void **state)
{
	const char *file = path_of("dateline-00001.warc.gz");
	const char *index = path_of("dateline-00001.cdxj");
	struct archive_writer *w = open_writer();
	struct page one = append(w, "https://a.example/1", "one", 1707913845);
	struct archive *ar;

	(void)state;
	append(w, "https://a.example/2", "two", 1707913846);
	archive_writer_close(w);
	assert_int_equal(access(index, R_OK), 0);
	assert_int_equal(
		truncate(file, one.archive.offset + one.archive.length), 0);
	w = open_writer();
	assert_int_equal(access(index, R_OK), -1);
	for (int i = 0; i < 9; i++)
		append(w, path_of(arena_printf(arena, "%d", i)), "more",
			1707913847);
	ar = open_reader(); /* the writer has written no new one yet */
	assert_int_equal(count_captures(ar), 10);
	archive_close(ar);
	archive_writer_close(w);
}

/* Who opens the archive behind one that was killed completes its index, though
 * there is nothing more to append. */
static void
what_was_left_gets_its_index(void **state)
{
	const char *index = path_of("dateline-00001.cdxj");
	struct archive_writer *w;
	char line[256] = "", wanted[64];
	struct stat st;
	pid_t pid;
	FILE *in;

	(void)state;
	for (int round = 0; round < 2; round++) {
		pid = fork();
		assert_true(pid >= 0);
		if (pid == 0) {
			w = open_writer();
			append(w,
				round == 0 ? "https://a.example/1"
					   : "https://a.example/2",
				"one", 1707913845 + round);
			_exit(0);
		}
		assert_int_equal(waitpid(pid, NULL, 0), pid);
		archive_writer_close(open_writer());
		assert_int_equal(
			stat(path_of("dateline-00001.warc.gz"), &st), 0);
		in = fopen(index, "r");
		assert_non_null(in);
		assert_non_null(fgets(line, sizeof line, in));
		(void)fclose(in);
		(void)snprintf(wanted, sizeof wanted,
			"\"bytes\":\"%lld\",\"lines\":\"%d\"",
			(long long)st.st_size, round + 1);
		if (strstr(line, wanted) == NULL)
			fail_msg("%s, not %s", line, wanted);
	}
}

static void
the_newest_of_a_url_is_found(void **state)
{
	struct archive_writer *w = open_writer();
	struct archive *ar = open_reader();
	struct archive_entry e;
	struct error err = { 0 };
	struct page page, pages[40];
	struct span body;
	bool found;

	(void)state;
	archive_writer_set_file_max(w, 6000); /* several files */
	for (int i = 0; i < 40; i++)
		pages[i] = append(w,
			arena_printf(arena, "https://a.example/%d", i % 10),
			arena_printf(arena, "body %d", i / 2 * 2),
			1707913845 + i);
	for (int round = 0; round < 2; round++) { /* before and after closing */
		for (int i = 0; i < 40; i++) {
			const char *url = pages[i].url;

			assert_int_equal(
				archive_find(ar, url, pages[i].fetched_at + 5,
					&e, &found, &err),
				OK);
			assert_true(found);
			assert_string_equal(e.file, pages[i].archive.file);
			assert_int_equal(e.offset, pages[i].archive.offset);
			assert_int_equal(archive_read(ar, e.file, e.offset,
						 arena, &page, &body, &err),
				OK);
			assert_string_equal(page.id, pages[i].id);
		}
		assert_int_equal(archive_find(ar, "https://a.example/1",
					 1707913845, &e, &found, &err),
			OK);
		assert_false(found); /* it came a second later */
		assert_int_equal(archive_find(ar, "https://a.example/10",
					 1807913845, &e, &found, &err),
			OK);
		assert_false(found);
		if (round == 0)
			archive_writer_close(w);
	}
	archive_close(ar);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(all_of_a_capture_comes_back),
		TEST(parts_are_cut_with_their_capture),
		TEST(unchanged_is_no_capture),
		TEST(keys_are_those_of_replay_tools),
		TEST(a_line_is_read_strictly),
		TEST(no_record_has_the_id_of_another),
		TEST(the_same_captures_have_the_same_ids),
		TEST(an_index_of_what_was_cut_goes),
		TEST(what_was_left_gets_its_index),
		TEST(the_newest_of_a_url_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
