/* whose turn it is: robots.txt, gaps, pauses, sites side by side */
#include "fetch/fetch.h"
#include "fetch/robots.h"
#include "loopback.h"
#include "unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OK_PAGE "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
#define TEXT	"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"

static struct arena *arena;
static struct sources sources;
static char dir[64];
static struct archive_writer *writer;
static volatile sig_atomic_t stop;

/* What the sink was told, in order: "+/path" and "-/path code". */
static struct buffer told;
static size_t pages, problems;

static int
setup(void **state)
{
	struct error err = { 0 };

	(void)state;
	arena = arena_new(64 << 20);
	if (arena == NULL || sources_read(NULL, arena, &sources, &err) != OK)
		return 1;
	buffer_init(&told, (size_t)1 << 20);
	stop = 0;
	pages = problems = 0;
	(void)snprintf(dir, sizeof dir, "/tmp/dateline-pace-XXXXXX");
	return mkdtemp(dir) == NULL ||
	       archive_writer_open(dir, &writer, &err) != OK;
}

static int
teardown(void **state)
{
	char command[128];

	(void)state;
	buffer_release(&told);
	archive_writer_close(writer);
	arena_free(arena);
	(void)snprintf(command, sizeof command, "rm -rf '%s'", dir);
	return system(command);
}

static const char *
path_in(const char *url)
{
	return strchr(strstr(url, "://") + 3, '/');
}

static enum error_code
on_page(const struct page *p, void *ctx, struct error *err)
{
	(void)ctx;
	(void)err;
	pages++;
	return buffer_printf(&told, "+%s ", path_in(p->url));
}

static enum error_code
on_problem(const struct problem *p, void *ctx, struct error *err)
{
	(void)ctx;
	(void)err;
	problems++;
	return buffer_printf(
		&told, "-%s %s ", path_in(p->url), problem_name(p->code));
}

static struct fetcher *
new_fetcher(void)
{
	const struct fetch_options opt = { .sources = &sources,
		.total_ms = 1000,
		.gap_ms = 1,
		.stop = &stop };
	const struct fetch_sink sink = {
		.page = on_page, .problem = on_problem, .ctx = NULL
	};
	struct fetcher *f = NULL;
	struct error err = { 0 };

	if (fetcher_new(&opt, &sink, writer, &f, &err) != OK)
		fail_msg("%s", err.msg);
	return f;
}

static void
add(struct fetcher *f, struct loopback *l, const char *path)
{
	struct task t = { .source = SOURCE_COMMAND_LINE,
		.url = arena_printf(arena, "%s%s", loopback_base(l), path) };
	struct error err = { 0 };

	if (fetcher_add(f, &t, &err) != OK)
		fail_msg("%s: %s", path, err.msg);
}

/* Run to the end; milliseconds it took. */
static int64_t
run(struct fetcher *f)
{
	int64_t before = clock_monotonic_ms();
	struct error err = { 0 };
	bool busy = true;

	while (busy)
		if (fetcher_run(f, -1, 1000, &busy, &err) != OK)
			fail_msg("%s", err.msg);
	return clock_monotonic_ms() - before;
}

static void
robots_txt_is_asked_for_once_and_obeyed(void **state)
{
	static const struct reply replies[] = {
		{ .path = "/robots.txt",
			.bytes = TEXT "User-agent: *\nDisallow: /private\n" },
		{ .path = "/a", .bytes = OK_PAGE },
		{ .path = "/private/b", .bytes = OK_PAGE },
	};
	struct loopback *l = loopback_start("127.0.0.1", replies, 3);
	struct fetcher *f = new_fetcher();

	(void)state;
	add(f, l, "/a");
	add(f, l, "/private/b");
	add(f, l, "/a?2");
	run(f);
	assert_string_equal(told.ptr, "+/a -/private/b fetch.robots +/a?2 ");
	assert_int_equal(loopback_hits_of(l, "/robots.txt"), 1);
	assert_int_equal(loopback_hits_of(l, "/private/b"), 0);
	fetcher_free(f);
	loopback_stop(l);
}

/* RFC 9309 section 2.3.1: what an answer without rules means. */
static void
what_robots_txt_does_not_say(void **state)
{
	static const char silent[] = "";
	static const struct {
		const char *name, *bytes;
		const char *told;
	} rows[] = {
		{ "not found", "HTTP/1.1 404 No\r\n\r\n", "+/a " },
		{ "forbidden", "HTTP/1.1 403 No\r\n\r\n", "+/a " },
		{ "gone", "HTTP/1.1 410 No\r\n\r\n", "+/a " },
		{ "a page", TEXT "<html>Disallow: /</html>", "+/a " },
		{ "empty", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
			"+/a " },
		{ "server error", "HTTP/1.1 500 No\r\n\r\n",
			"-/a fetch.robots-unavailable " },
		{ "overloaded", "HTTP/1.1 503 No\r\n\r\n",
			"-/a fetch.robots-unavailable " },
		{ "too many", "HTTP/1.1 429 No\r\n\r\n",
			"-/a fetch.robots-unavailable " },
		{ "moved", "HTTP/1.1 301 Moved\r\nLocation: /elsewhere\r\n\r\n",
			"-/a fetch.robots " },
		{ "moved in a circle",
			"HTTP/1.1 301 Moved\r\nLocation: /robots.txt\r\n\r\n",
			"+/a " },
		{ "broken", NULL, "-/a fetch.transfer " },
		{ "silent", silent, "-/a fetch.timeout " },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		const struct reply replies[] = {
			{ .path = "/robots.txt",
				.bytes = rows[i].bytes,
				.end = rows[i].bytes == silent ? END_HANG
							       : END_CLOSE },
			{ .path = "/elsewhere",
				.bytes = TEXT "User-agent: *\nDisallow: /" },
			{ .path = "/a", .bytes = OK_PAGE },
		};
		struct loopback *l = loopback_start("127.0.0.1", replies, 3);
		struct fetcher *f = new_fetcher();

		buffer_reset(&told);
		add(f, l, "/a");
		run(f);
		if (strcmp(told.ptr, rows[i].told) != 0)
			fail_msg("row \"%s\": %s", rows[i].name, told.ptr);
		fetcher_free(f);
		loopback_stop(l);
	}
}

/* RFC 9309 section 2.3.1.2: five redirects are followed, over hosts too. */
static void
robots_txt_may_have_moved_five_times(void **state)
{
	(void)state;
	for (int hops = FETCH_REDIRECTS_MAX; hops <= FETCH_REDIRECTS_MAX + 1;
		hops++) {
		struct loopback *l[FETCH_REDIRECTS_MAX + 2];
		struct reply replies[FETCH_REDIRECTS_MAX + 2][2];
		struct fetcher *f = new_fetcher();

		for (int i = hops; i >= 0; i--) {
			replies[i][0] = (struct reply){
				.path = "/robots.txt",
				.bytes = TEXT "User-agent: *\nDisallow: /",
			};
			replies[i][1] = (struct reply){ .path = "/a",
				.bytes = OK_PAGE };
			if (i < hops)
				replies[i][0].bytes = arena_printf(arena,
					"HTTP/1.1 301 Moved\r\nLocation: "
					"%s/robots.txt\r\n\r\n",
					loopback_base(l[i + 1]));
			l[i] = loopback_start(
				arena_printf(arena, "127.0.0.%d", i + 1),
				replies[i], 2);
		}
		buffer_reset(&told);
		add(f, l[0], "/a");
		run(f);
		assert_string_equal(told.ptr, hops > FETCH_REDIRECTS_MAX
						      ? "+/a "
						      : "-/a fetch.robots ");
		assert_int_equal(
			loopback_hits(l[hops]), hops == FETCH_REDIRECTS_MAX);
		fetcher_free(f);
		for (int i = 0; i <= hops; i++)
			loopback_stop(l[i]);
	}
}

/* Of many large ones the rules are not all kept, but asked for again. */
static void
what_robots_txt_say_takes_no_more_than_its_cap(void **state)
{
	struct loopback *l[30];
	struct reply replies[] = {
		{ .path = "/robots.txt" },
		{ .path = "/a", .bytes = OK_PAGE },
		{ .path = "/x", .bytes = OK_PAGE },
	};
	struct fetcher *f = new_fetcher();
	struct buffer text;

	(void)state;
	buffer_init(&text, (size_t)1 << 20);
	buffer_add_str(&text, TEXT "User-agent: *\nDisallow: /x\n");
	for (int i = 2; i < ROBOTS_RULES_MAX; i++)
		buffer_add_str(&text, "Allow:/\n");
	replies[0].bytes = text.ptr;
	for (size_t i = 0; i < ROWS(l); i++) {
		l[i] = loopback_start(
			arena_printf(arena, "127.0.1.%zu", i + 1), replies, 3);
		add(f, l[i], "/a");
		run(f);
	}
	/* 1.25 MB each: the last ones are known, the first is not any more. */
	buffer_reset(&told);
	add(f, l[0], "/x");
	add(f, l[ROWS(l) - 1], "/x");
	run(f);
	assert_string_equal(told.ptr, "-/x fetch.robots -/x fetch.robots ");
	assert_int_equal(loopback_hits_of(l[0], "/robots.txt"), 2);
	assert_int_equal(loopback_hits_of(l[0], "/x"), 0);
	assert_int_equal(loopback_hits_of(l[ROWS(l) - 1], "/robots.txt"), 1);
	fetcher_free(f);
	for (size_t i = 0; i < ROWS(l); i++)
		loopback_stop(l[i]);
	buffer_release(&text);
}

/* The cap is on what is read, not a reason to read nothing. */
static void
a_long_robots_txt_is_cut(void **state)
{
	static const struct reply replies[] = {
		{ .path = "/robots.txt",
			.bytes = TEXT "User-agent: *\nDisallow: /private\n",
			.end = END_REPEAT,
			.tail = "# a comment of thirty-two bytes\n" },
		{ .path = "/private", .bytes = OK_PAGE },
	};
	struct loopback *l = loopback_start("127.0.0.1", replies, 2);
	struct fetcher *f = new_fetcher();

	(void)state;
	add(f, l, "/private");
	run(f);
	assert_string_equal(told.ptr, "-/private fetch.robots ");
	fetcher_free(f);
	loopback_stop(l);
}

static void
a_crawl_delay_parts_requests(void **state)
{
	static const struct reply replies[] = {
		{ .path = "/robots.txt",
			.bytes = TEXT "User-agent: *\nCrawl-delay: 0.2\n" },
		{ .path = "/a", .bytes = OK_PAGE },
	};
	struct loopback *l = loopback_start("127.0.0.1", replies, 2);
	struct fetcher *f = new_fetcher();

	(void)state;
	add(f, l, "/a?1");
	add(f, l, "/a?2");
	add(f, l, "/a?3");
	assert_true(run(f) >= 600); /* one behind robots.txt, two between */
	assert_int_equal(pages, 3);
	fetcher_free(f);
	loopback_stop(l);
}

static void
how_far_it_is_can_be_asked(void **state)
{
	static const struct reply replies[] = {
		{ .path = "/robots.txt",
			.bytes = TEXT "User-agent: *\nCrawl-delay: 0.1\n" },
		{ .path = "/a", .bytes = OK_PAGE },
	};
	struct loopback *l = loopback_start("127.0.0.1", replies, 2);
	struct fetcher *f = new_fetcher();
	struct fetch_counts c;
	struct error err = { 0 };
	int64_t ended = 0;
	bool busy = true;

	(void)state;
	for (int i = 0; i < 4; i++)
		add(f, l, "/a");
	fetcher_counts(f, &c);
	assert_int_equal(c.tasks, 4);
	assert_int_equal(c.ended, 0);
	assert_int_equal(c.sites, 1);
	while (busy) {
		assert_int_equal(fetcher_run(f, -1, 20, &busy, &err), OK);
		fetcher_counts(f, &c);
		assert_true(c.ended >= ended);
		assert_true(c.least_ms % 100 == 0 && c.least_ms <= 400);
		/* What is under way is not in it. */
		if (c.ended > 0)
			assert_true(c.least_ms <= 100 * (4 - c.ended) &&
				    c.least_ms >= 100 * (3 - c.ended));
		ended = c.ended;
	}
	assert_int_equal(c.ended, 4);
	assert_int_equal(c.sites, 0);
	assert_int_equal(c.least_ms, 0);
	fetcher_free(f);
	loopback_stop(l);
}

static void
sites_do_not_wait_for_each_other(void **state)
{
	static const struct reply slow[] = {
		{ .path = "/robots.txt",
			.bytes = TEXT "User-agent: *\nCrawl-delay: 0.3\n" },
		{ .path = "/a", .bytes = OK_PAGE },
	};
	struct loopback *l[3];
	struct fetcher *f = new_fetcher();
	int64_t took;

	(void)state;
	for (int i = 0; i < 3; i++) {
		static const char *const addresses[] = { "127.0.0.1",
			"127.0.0.2", "127.0.0.3" };

		l[i] = loopback_start(addresses[i], slow, 2);
		add(f, l[i], "/a?1");
		add(f, l[i], "/a?2");
	}
	took = run(f);
	assert_int_equal(pages, 6);
	assert_true(took >= 600 && took < 1200); /* in a row: 1800 */
	fetcher_free(f);
	for (int i = 0; i < 3; i++)
		loopback_stop(l[i]);
}

static void
a_site_that_asks_for_a_pause_gets_it(void **state)
{
	static const struct reply replies[] = {
		{ .path = "/later",
			.bytes = "HTTP/1.1 429 No\r\nRetry-After: 1\r\n\r\n" },
		{ .path = "/later", .bytes = OK_PAGE },
		{ .path = "/never",
			.bytes =
				"HTTP/1.1 503 No\r\nRetry-After: 999\r\n\r\n" },
		{ .path = "/a", .bytes = OK_PAGE },
	};
	struct loopback *l = loopback_start("127.0.0.1", replies, 4);
	struct fetcher *f = new_fetcher();

	(void)state;
	add(f, l, "/later");
	add(f, l, "/never");
	add(f, l, "/a");
	assert_true(run(f) >= 1000);
	assert_string_equal(told.ptr,
		"+/later -/never fetch.http-status -/a fetch.deferred ");
	assert_int_equal(loopback_hits_of(l, "/never"), 1);
	fetcher_free(f);
	loopback_stop(l);
}

static void
a_site_that_does_not_answer_is_left_alone(void **state)
{
	static const struct reply replies[] = { { .path = "/robots.txt" } };
	struct loopback *l = loopback_start("127.0.0.1", replies, 1);
	struct fetcher *f = new_fetcher();

	(void)state;
	for (int i = 0; i < FETCH_FAILURES_MAX + 2; i++)
		add(f, l, "/a");
	run(f);
	assert_int_equal(problems, FETCH_FAILURES_MAX + 2);
	assert_true(loopback_hits(l) <= 2 * FETCH_FAILURES_MAX);
	assert_true(span_ends_with(
		buffer_span(&told), "-/a fetch.deferred -/a fetch.deferred "));
	fetcher_free(f);
	loopback_stop(l);
}

static void
a_redirect_is_asked_for_under_the_rules_of_where_it_leads(void **state)
{
	struct reply there[] = {
		{ .path = "/robots.txt",
			.bytes = TEXT "User-agent: *\nDisallow: /no\n" },
		{ .path = "/yes", .bytes = OK_PAGE },
		{ .path = "/no", .bytes = OK_PAGE },
	};
	struct loopback *to = loopback_start("127.0.0.2", there, 3);
	const struct reply here[] = {
		{ .path = "/to-yes",
			.bytes = arena_printf(arena,
				"HTTP/1.1 302 Found\r\nLocation: "
				"%s/yes\r\n\r\n",
				loopback_base(to)) },
		{ .path = "/to-no",
			.bytes = arena_printf(arena,
				"HTTP/1.1 302 Found\r\nLocation: %s/no\r\n\r\n",
				loopback_base(to)) },
	};
	struct loopback *from = loopback_start("127.0.0.1", here, 2);
	struct fetcher *f = new_fetcher();

	(void)state;
	add(f, from, "/to-yes");
	add(f, from, "/to-no");
	run(f);
	assert_int_equal(pages, 1);
	assert_int_equal(problems, 1);
	assert_non_null(strstr(told.ptr, "+/to-yes "));
	assert_non_null(strstr(told.ptr, "-/to-no fetch.robots "));
	assert_int_equal(loopback_hits_of(to, "/no"), 0);
	fetcher_free(f);
	loopback_stop(from);
	loopback_stop(to);
}

/* What a command names by its address may be private; what a name leads to may
 * not, unless a source says so. */
static void
a_name_in_a_command_leads_nowhere_private(void **state)
{
	static const struct reply replies[] = {
		{ .path = "/a", .bytes = OK_PAGE },
	};
	struct loopback *l = loopback_start("127.0.0.1", replies, 1);
	struct fetcher *f = new_fetcher();
	struct error err = { 0 };
	struct task t = { .source = SOURCE_COMMAND_LINE };

	(void)state;
	/* Names that resolve to this machine, by any hosts file. */
	t.url = arena_printf(arena, "http://ip6-localhost:%s/a",
		strrchr(loopback_base(l), ':') + 1);
	assert_int_equal(fetcher_add(f, &t, &err), OK);
	run(f);
	assert_int_equal(problems, 1);
	assert_int_equal(loopback_hits(l), 0);
	add(f, l, "/a");
	run(f);
	assert_int_equal(pages, 1);
	fetcher_free(f);
	loopback_stop(l);
}

static void
when_told_to_stop_nothing_more_is_begun(void **state)
{
	static const struct reply replies[] = {
		{ .path = "/a", .bytes = OK_PAGE },
	};
	struct loopback *l = loopback_start("127.0.0.1", replies, 1);
	struct fetcher *f = new_fetcher();

	(void)state;
	add(f, l, "/a");
	stop = 1;
	run(f);
	assert_int_equal(pages + problems, 0);
	assert_int_equal(loopback_hits(l), 0);
	fetcher_free(f);
	loopback_stop(l);
}

/* Every kept connection that the server has closed meanwhile is replaced. */
static void
closed_connections_lose_no_page(void **state)
{
	static const struct reply replies[] = {
		{ .path = "/a", .bytes = OK_PAGE },
	};
	struct loopback *l = loopback_start("127.0.0.1", replies, 1);
	struct fetcher *f = new_fetcher();

	(void)state;
	for (int i = 0; i < 200; i++)
		add(f, l, "/a");
	run(f);
	assert_int_equal(pages, 200);
	assert_int_equal(problems, 0);
	fetcher_free(f);
	loopback_stop(l);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(robots_txt_is_asked_for_once_and_obeyed),
		TEST(what_robots_txt_does_not_say),
		TEST(robots_txt_may_have_moved_five_times),
		TEST(what_robots_txt_say_takes_no_more_than_its_cap),
		TEST(a_long_robots_txt_is_cut),
		TEST(a_crawl_delay_parts_requests),
		TEST(how_far_it_is_can_be_asked),
		TEST(sites_do_not_wait_for_each_other),
		TEST(a_site_that_asks_for_a_pause_gets_it),
		TEST(a_site_that_does_not_answer_is_left_alone),
		TEST(a_redirect_is_asked_for_under_the_rules_of_where_it_leads),
		TEST(a_name_in_a_command_leads_nowhere_private),
		TEST(when_told_to_stop_nothing_more_is_begun),
		TEST(closed_connections_lose_no_page),
	};

	return cmocka_run_group_tests_name("fetch_pace", tests, NULL, NULL);
}
