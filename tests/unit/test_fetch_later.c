/* what an answer says of later: when to come again, and what has not changed */
#include "fetch/fetch.h"
#include "loopback.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DAY	   86400L
#define SLACK	   5 /* seconds that may pass between two looks at the clock */
#define TOTAL_MS   30000 /* more than an answer takes on a busy machine */
#define PAGE(more) "HTTP/1.1 200 OK\r\n" more "Content-Length: 2\r\n\r\nhi"

static struct arena *arena;
static struct sources sources;
static char dir[64];
static struct archive_writer *writer;

/* What the sink was told. */
static size_t pages, problems;
static char reason[32];
static int64_t not_before;

static int
setup(void **state)
{
	struct error err = { 0 };

	(void)state;
	arena = arena_new(64 << 20);
	(void)snprintf(dir, sizeof dir, "/tmp/dateline-later-XXXXXX");
	return arena == NULL || mkdtemp(dir) == NULL ||
	       sources_read(NULL, arena, &sources, &err) != OK ||
	       archive_writer_open(dir, &writer, &err) != OK;
}

static int
teardown(void **state)
{
	char command[128];

	(void)state;
	archive_writer_close(writer);
	arena_free(arena);
	(void)snprintf(command, sizeof command, "rm -rf '%s'", dir);
	return system(command);
}

static enum error_code
on_page(const struct page *p, void *ctx, struct error *err)
{
	(void)p;
	(void)ctx;
	(void)err;
	pages++;
	return OK;
}

static enum error_code
on_problem(const struct problem *p, void *ctx, struct error *err)
{
	(void)p;
	(void)ctx;
	(void)err;
	problems++;
	return OK;
}

static enum error_code
on_ended(const struct task *t, void *ctx, struct error *err)
{
	(void)ctx;
	(void)err;
	(void)snprintf(reason, sizeof reason, "%s", t->reason);
	not_before = t->not_before;
	return OK;
}

static void
fetch(struct loopback *l, const char *path, const char *etag)
{
	const struct fetch_options opt = {
		.sources = &sources, .total_ms = TOTAL_MS, .gap_ms = -1
	};
	const struct fetch_sink sink = {
		.page = on_page, .problem = on_problem, .ended = on_ended
	};
	const struct task t = { .source = SOURCE_COMMAND_LINE,
		.url = arena_printf(arena, "%s%s", loopback_base(l), path),
		.etag = etag,
		.reason = "named" };
	struct fetcher *f = NULL;
	struct error err = { 0 };
	bool busy = true;

	pages = problems = 0;
	reason[0] = '\0';
	if (fetcher_new(&opt, &sink, writer, &f, &err) != OK ||
		fetcher_add(f, &t, &err) != OK)
		fail_msg("%s", err.msg);
	while (busy)
		if (fetcher_run(f, -1, 1000, &busy, &err) != OK)
			fail_msg("%s", err.msg);
	fetcher_free(f);
}

/* RFC 9110 section 10.2.3: seconds, or a date. */
static void
retry_after(void **state)
{
	static const struct {
		const char *name, *value;
		long in_s;	  /* a date so far from now, if value is NULL */
		long least, most; /* asked for; 0: nothing is */
	} rows[] = {
		{ "seconds", "120", 0, 120, 120 + SLACK },
		{ "none", "0", 0, 0, 0 },
		{ "a date", NULL, 300, 300 - SLACK, 300 },
		{ "a date that is past", NULL, -300, 0, 0 },
		{ "in ten years", NULL, 3650 * DAY, 3650 * DAY - SLACK,
			3650 * DAY },
		{ "less than none", "-5", 0, 0, 0 },
		{ "words", "soon", 0, 0, 0 },
		{ "no number", "12x", 0, 0, 12 + SLACK },
		{ "left out", "", 0, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < 2 * ROWS(rows); i++) {
		time_t then = time(NULL) + rows[i / 2].in_s;
		char date[64];
		struct reply reply = { .path = "/later" };
		struct loopback *l;
		int64_t wait;

		(void)strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT",
			gmtime(&then));
		reply.bytes = arena_printf(arena,
			"HTTP/1.1 %d Later\r\nRetry-After: %s\r\n\r\n",
			i % 2 == 0 ? 503 : 429,
			rows[i / 2].value != NULL ? rows[i / 2].value : date);
		l = loopback_start("127.0.0.1", &reply, 1);
		fetch(l, "/later", NULL);
		loopback_stop(l);
		wait = not_before > 0 ? not_before - time(NULL) : 0;
		assert_string_equal(reason, "failed");
		/* time() lags behind the clock by a tick: at a second's end it
		 * tells the one before. */
		if (wait < rows[i / 2].least - SLACK ||
			wait > rows[i / 2].most + (rows[i / 2].value == NULL))
			fail_msg("row \"%s\": %lld s", rows[i / 2].name,
				(long long)wait);
	}
}

static void
what_has_not_changed_is_no_capture(void **state)
{
	static const struct {
		const char *name, *bytes, *reason;
	} rows[] = {
		{ "304", "HTTP/1.1 304 Not Modified\r\n\r\n", "unchanged" },
		{ "304 with a body",
			"HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\n"
			"hi",
			"unchanged" },
		{ "304 without end",
			"HTTP/1.1 304 Not Modified\r\n"
			"Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n",
			"unchanged" },
		{ "200 all the same", PAGE("ETag: \"1\"\r\n"), "fetched" },
		{ "200, another validator", PAGE("ETag: \"2\"\r\n"),
			"fetched" },
		{ "200, no validator", PAGE(""), "fetched" },
		{ "412", "HTTP/1.1 412 No\r\n\r\n", "failed" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		const struct reply replies[] = {
			{ .path = "/a", .bytes = rows[i].bytes },
			{ .path = "/ok", .bytes = PAGE("") },
		};
		struct loopback *l = loopback_start("127.0.0.1", replies, 2);

		fetch(l, "/a", "\"1\"");
		assert_non_null(strstr(
			loopback_request(l), "If-None-Match: \"1\"\r\n"));
		if (strcmp(reason, rows[i].reason) != 0)
			fail_msg("row \"%s\": %s", rows[i].name, reason);
		CHECK_ROW(rows[i].name,
			pages == (strcmp(reason, "fetched") == 0));
		fetch(l, "/ok", NULL);
		CHECK_ROW(rows[i].name, pages == 1);
		loopback_stop(l);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(retry_after),
		cmocka_unit_test(what_has_not_changed_is_no_capture),
	};

	return cmocka_run_group_tests_name(
		"fetch_later", tests, setup, teardown);
}
