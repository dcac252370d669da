/* what the other side does, right and wrong, and what comes of it */
#include "fetch/fetch.h"
#include "loopback.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/resource.h>

#include <zlib.h>

#define BODY_MAX   ((size_t)4 << 20)
#define TOTAL_MS   500
#define BOUND_MS   3000 /* a fault takes no longer than this */
#define RSS_MAX_KB (64L << 10)

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif

#define OK_HEAD	  "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=UTF-8\r\n"
#define CHUNKED	  "Transfer-Encoding: chunked\r\n\r\n"
#define X64	  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define X1K	  X64 X64 X64 X64 X64 X64 X64 X64 X64 X64 X64 X64 X64 X64 X64 X64
#define TO(where) "HTTP/1.1 302 Found\r\nLocation: " where "\r\n\r\n"

#define GOOD	  CAPTURED, PROBLEM_CODES
#define BAD(code) FAILED, PROBLEM_##code

enum outcome { SAME, CAPTURED, FAILED };

static const struct {
	struct reply reply;
	enum outcome outcome;
	enum problem_code problem;
	bool retry;
	const char *body; /* of a capture */
} cases[] = {
	{ { .path = "/ok", .bytes = OK_HEAD "Content-Length: 2\r\n\r\nhi" },
		GOOD, false, "hi" },
	{ { .path = "/no-length", .bytes = OK_HEAD "\r\nhi" }, GOOD, false,
		"hi" },
	{ { .path = "/http-1.0", .bytes = "HTTP/1.0 200 OK\r\n\r\nhi" }, GOOD,
		false, "hi" },
	{ { .path = "/chunked",
		  .bytes = OK_HEAD CHUNKED "2\r\nhi\r\n0\r\n\r\n" },
		GOOD, false, "hi" },
	{ { .path = "/empty", .bytes = OK_HEAD "Content-Length: 0\r\n\r\n" },
		GOOD, false, "" },
	{ { .path = "/no-content", .bytes = "HTTP/1.1 204 No Content\r\n\r\n" },
		GOOD, false, "" },
	{ { .path = "/continue",
		  .bytes = "HTTP/1.1 100 Continue\r\n\r\n" OK_HEAD
			   "Content-Length: 2\r\n\r\nhi" },
		GOOD, false, "hi" },
	{ { .path = "/early-hints",
		  .bytes = "HTTP/1.1 103 Early Hints\r\nLink: "
			   "</a>\r\n\r\n" OK_HEAD
			   "Content-Length: 2\r\n\r\nhi" },
		GOOD, false, "hi" },
	{ { .path = "/one-hop", .bytes = TO("/ok") }, GOOD, false, "hi" },
	{ { .path = "/304-unasked",
		  .bytes = "HTTP/1.1 304 Not Modified\r\n\r\n" },
		BAD(HTTP_STATUS), false, NULL },
	{ { .path = "/404", .bytes = "HTTP/1.1 404 Not Found\r\n\r\n" X64 },
		BAD(HTTP_STATUS), false, NULL },
	{ { .path = "/410", .bytes = "HTTP/1.1 410 Gone\r\n\r\n" },
		BAD(HTTP_STATUS), false, NULL },
	{ { .path = "/429",
		  .bytes = "HTTP/1.1 429 Too Many\r\nRetry-After: 9\r\n\r\n" },
		BAD(HTTP_STATUS), true, NULL },
	{ { .path = "/500", .bytes = "HTTP/1.1 500 No\r\n\r\n" },
		BAD(HTTP_STATUS), true, NULL },
	{ { .path = "/503", .bytes = "HTTP/1.1 503 Later\r\n\r\n" },
		BAD(HTTP_STATUS), true, NULL },
	{ { .path = "/999", .bytes = "HTTP/1.1 999 Denied\r\n\r\n" },
		BAD(HTTP_STATUS), true, NULL },
	{ { .path = "/loop", .bytes = TO("/loop") }, BAD(REDIRECTS), false,
		NULL },
	{ { .path = "/hop1", .bytes = TO("/hop2") }, GOOD, false, "hi" },
	{ { .path = "/hop0", .bytes = TO("/hop1") }, BAD(REDIRECTS), false,
		NULL },
	{ { .path = "/hop2", .bytes = TO("/hop3") }, GOOD, false, "hi" },
	{ { .path = "/hop3", .bytes = TO("/hop4") }, GOOD, false, "hi" },
	{ { .path = "/hop4", .bytes = TO("/hop5") }, GOOD, false, "hi" },
	{ { .path = "/hop5", .bytes = TO("/ok") }, GOOD, false, "hi" },
	{ { .path = "/to-ftp", .bytes = TO("ftp://127.0.0.1/x") },
		BAD(SCHEME_REFUSED), false, NULL },
	{ { .path = "/to-file", .bytes = TO("file:///etc/passwd") },
		BAD(SCHEME_REFUSED), false, NULL },
	{ { .path = "/to-user", .bytes = TO("http://u:p@127.0.0.1/ok") },
		BAD(URL_INVALID), false, NULL },
	{ { .path = "/to-backslash", .bytes = TO("http://127.0.0.1\\@b/") },
		BAD(URL_INVALID), false, NULL },
	{ { .path = "/to-script", .bytes = TO("javascript:alert(1)") },
		BAD(SCHEME_REFUSED), false, NULL },
	{ { .path = "/to-gopher", .bytes = TO("gopher://127.0.0.1/x") },
		BAD(SCHEME_REFUSED), false, NULL },
	{ { .path = "/to-nothing", .bytes = TO("") }, BAD(URL_INVALID), false,
		NULL },
	{ { .path = "/to-two-lines", .bytes = TO("/ok\r\nX-Evil: 1") }, GOOD,
		false, "hi" },
	/* libcurl takes the last; what follows it is not read. */
	{ { .path = "/two-lengths",
		  .bytes = OK_HEAD "Content-Length: 9\r\nContent-Length: "
				   "2\r\n\r\nhi" },
		GOOD, false, "hi" },
	{ { .path = "/length-and-chunks",
		  .bytes = OK_HEAD "Content-Length: 999\r\n" CHUNKED
				   "2\r\nhi\r\n0\r\n\r\n" },
		GOOD, false, "hi" },
	{ { .path = "/no-number-length",
		  .bytes = OK_HEAD "Content-Length: many\r\n\r\nhi" },
		BAD(TRANSFER), true, NULL },
	{ { .path = "/less-than-nothing",
		  .bytes = OK_HEAD "Content-Length: -2\r\n\r\nhi" },
		BAD(TRANSFER), true, NULL },
	{ { .path = "/short", .bytes = OK_HEAD "Content-Length: 9\r\n\r\nhi" },
		BAD(TRANSFER), true, NULL },
	{ { .path = "/cut-chunk", .bytes = OK_HEAD CHUNKED "9\r\nhi" },
		BAD(TRANSFER), true, NULL },
	{ { .path = "/bad-chunk", .bytes = OK_HEAD CHUNKED "zz\r\nhi\r\n" },
		BAD(TRANSFER), true, NULL },
	{ { .path = "/says-nothing", .bytes = NULL }, BAD(TRANSFER), true,
		NULL },
	{ { .path = "/reset",
		  .bytes = OK_HEAD "Content-Length: 9\r\n\r\nhi",
		  .end = END_RESET },
		BAD(TRANSFER), true, NULL },
	{ { .path = "/no-http", .bytes = "220 ftp ready\r\n" }, BAD(TRANSFER),
		true, NULL },
	{ { .path = "/http-0.9", .bytes = "<p>hi</p>" }, BAD(TRANSFER), true,
		NULL },
	{ { .path = "/nul-in-header",
		  .bytes = OK_HEAD "X: a\0b\r\n\r\nhi",
		  .len = sizeof OK_HEAD "X: a\0b\r\n\r\nhi" - 1 },
		BAD(TRANSFER), true, NULL },
	{ { .path = "/header-flood",
		  .bytes = OK_HEAD,
		  .end = END_REPEAT,
		  .tail = "X-Flood: " X1K "\r\n" },
		BAD(TRANSFER), true, NULL },
	{ { .path = "/huge",
		  .bytes = OK_HEAD "Content-Length: 99999999999\r\n\r\n",
		  .end = END_REPEAT,
		  .tail = X1K },
		BAD(BODY_TOO_LARGE), false, NULL },
	{ { .path = "/endless-chunks",
		  .bytes = OK_HEAD CHUNKED,
		  .end = END_REPEAT,
		  .tail = "400\r\n" X1K "\r\n" },
		BAD(BODY_TOO_LARGE), false, NULL },
	{ { .path = "/endless-body",
		  .bytes = OK_HEAD "\r\n",
		  .end = END_REPEAT,
		  .tail = X1K },
		BAD(BODY_TOO_LARGE), false, NULL },
	{ { .path = "/plain-as-gzip",
		  .bytes = OK_HEAD "Content-Encoding: gzip\r\nContent-Length: "
				   "12\r\n\r\nnot gzip....." },
		BAD(CONTENT_ENCODING), false, NULL },
	{ { .path = "/odd-encoding",
		  .bytes = OK_HEAD "Content-Encoding: rot13\r\nContent-Length: "
				   "2\r\n\r\nuv" },
		BAD(CONTENT_ENCODING), false, NULL },
	{ { .path = "/bad-brotli",
		  .bytes = OK_HEAD "Content-Encoding: br\r\nContent-Length: "
				   "6\r\n\r\n\xff\xff\xff\xff\xff\xff" },
		BAD(CONTENT_ENCODING), false, NULL },
	/* 8 MiB of "a" in 14 bytes */
	{ { .path = "/brotli-bomb",
		  .bytes = OK_HEAD "Content-Encoding: br\r\n\r\n"
				   "\x9f\xff\xff\x7f\xf8\x25\xc2\xe2\xb1"
				   "\x40\x20\xf7\xfe\x0f" },
		BAD(BODY_TOO_LARGE), false, NULL },
	{ { .path = "/gzip-in-gzip",
		  .bytes = OK_HEAD "Content-Encoding: gzip, gzip\r\n"
				   "Content-Length: 2\r\n\r\nhi" },
		BAD(CONTENT_ENCODING), false, NULL },
	{ { .path = "/hang",
		  .bytes = OK_HEAD "Content-Length: 9\r\n\r\nhi",
		  .end = END_HANG },
		BAD(TIMEOUT), true, NULL },
	{ { .path = "/hang-in-header", .bytes = OK_HEAD, .end = END_HANG },
		BAD(TIMEOUT), true, NULL },
	{ { .path = "/hang-at-once", .bytes = "", .end = END_HANG },
		BAD(TIMEOUT), true, NULL },
	{ { .path = "/slow-header",
		  .bytes = OK_HEAD "X-Slow: ",
		  .end = END_REPEAT,
		  .tail = "x",
		  .pause_ms = 20 },
		BAD(TIMEOUT), true, NULL },
	{ { .path = "/slow-status-line",
		  .bytes = "HTTP/1.1 200 ",
		  .end = END_REPEAT,
		  .tail = "O",
		  .pause_ms = 20 },
		BAD(TIMEOUT), true, NULL },
	{ { .path = "/one-header-without-end",
		  .bytes = OK_HEAD "X-Long: ",
		  .end = END_REPEAT,
		  .tail = X1K },
		BAD(TRANSFER), true, NULL },
	{ { .path = "/continue-for-ever",
		  .bytes = "HTTP/1.1 100 Continue\r\n\r\n",
		  .end = END_REPEAT,
		  .tail = "HTTP/1.1 100 Continue\r\n\r\n" },
		BAD(TRANSFER), true, NULL },
	{ { .path = "/trailers-for-ever",
		  .bytes = OK_HEAD CHUNKED "2\r\nhi\r\n0\r\n",
		  .end = END_REPEAT,
		  .tail = "X-Trailer: " X1K "\r\n" },
		BAD(TRANSFER), true, NULL },
	{ { .path = "/chunk-extension-for-ever",
		  .bytes = OK_HEAD CHUNKED "2;",
		  .end = END_REPEAT,
		  .tail = X1K,
		  .pause_ms = 1 },
		BAD(TIMEOUT), true, NULL },
	{ { .path = "/empty-lines-for-ever",
		  .bytes = OK_HEAD CHUNKED "2\r\nhi",
		  .end = END_REPEAT,
		  .tail = "\r\n" },
		BAD(TRANSFER), true, NULL },
	{ { .path = "/chunk-of-all-memory",
		  .bytes = OK_HEAD CHUNKED "FFFFFFFFFFFFFFFFF\r\nhi" },
		BAD(TRANSFER), true, NULL },
	{ { .path = "/location-without-end",
		  .bytes = "HTTP/1.1 302 Found\r\nLocation: /",
		  .end = END_REPEAT,
		  .tail = X1K },
		BAD(TRANSFER), true, NULL },
	{ { .path = "/no-location", .bytes = "HTTP/1.1 302 Found\r\n\r\n" },
		BAD(HTTP_STATUS), false, NULL },
	{ { .path = "/no-colon",
		  .bytes = OK_HEAD "nonsense\r\nContent-Length: 2\r\n\r\nhi" },
		BAD(TRANSFER), true, NULL },
	{ { .path = "/no-reason",
		  .bytes = "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi" },
		GOOD, false, "hi" },
	{ { .path = "/status-of-words", .bytes = "HTTP/1.1 fine\r\n\r\nhi" },
		BAD(TRANSFER), true, NULL },
	{ { .path = "/more-than-said",
		  .bytes = OK_HEAD "Content-Length: 2\r\n\r\nhi there" },
		GOOD, false, "hi" },
	{ { .path = "/says-picture",
		  .bytes = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n"
			   "Content-Length: 9\r\n\r\n<p>hi</p>" },
		GOOD, false, "<p>hi</p>" },
	{ { .path = "/drip",
		  .bytes = OK_HEAD "Content-Length: 999\r\n\r\n",
		  .end = END_REPEAT,
		  .tail = "x",
		  .pause_ms = 20 },
		BAD(TIMEOUT), true, NULL },
};

static struct reply replies[ROWS(cases) + 8];
static size_t nreplies;
static struct loopback *server;
static struct arena *arena;
static struct sources sources;
static char dir[64];
static struct archive_writer *writer;

static int
setup(void **state)
{
	struct error err = { 0 };

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++)
		replies[nreplies++] = cases[i].reply;
	arena = arena_new(64 << 20);
	if (arena == NULL || sources_read(NULL, arena, &sources, &err) != OK)
		return 1;
	(void)snprintf(dir, sizeof dir, "/tmp/dateline-fetch-XXXXXX");
	return mkdtemp(dir) == NULL ||
	       archive_writer_open(dir, &writer, &err) != OK;
}

static int
teardown(void **state)
{
	char command[128];

	(void)state;
	if (server != NULL)
		loopback_stop(server);
	archive_writer_close(writer);
	arena_free(arena);
	(void)snprintf(command, sizeof command, "rm -rf '%s'", dir);
	return system(command);
}

struct result {
	enum outcome outcome;
	struct page page;
	struct problem problem;
	int64_t took_ms;
};

/* What the sink was told last; strings in the arena. */
static struct result last;

static enum error_code
on_page(const struct page *p, void *ctx, struct error *err)
{
	(void)ctx;
	(void)err;
	last.outcome = CAPTURED;
	last.page = (struct page){
		.id = arena_strdup(arena, p->id),
		.url = arena_strdup(arena, p->url),
		.final_url = arena_strdup(arena, p->final_url),
		.media_type = arena_strdup(arena, p->media_type),
		.charset = arena_strdup(arena, p->charset),
		.etag = arena_strdup(arena, p->etag),
		.last_modified = arena_strdup(arena, p->last_modified),
		.status = p->status,
		.bytes = p->bytes,
		.archive = p->archive,
	};
	last.page.archive.file = arena_strdup(arena, p->archive.file);
	return OK;
}

static enum error_code
on_problem(const struct problem *p, void *ctx, struct error *err)
{
	(void)ctx;
	(void)err;
	last.outcome = FAILED;
	last.problem = *p;
	last.problem.message = arena_strdup(arena, p->message);
	return OK;
}

static struct fetcher *
new_fetcher(void)
{
	const struct fetch_options opt = { .sources = &sources,
		.body_max = BODY_MAX,
		.total_ms = TOTAL_MS,
		.gap_ms = -1 };
	const struct fetch_sink sink = { .page = on_page,
		.problem = on_problem };
	struct fetcher *f = NULL;
	struct error err = { 0 };

	if (server == NULL)
		server = loopback_start("127.0.0.1", replies, nreplies);
	if (fetcher_new(&opt, &sink, writer, &f, &err) != OK)
		fail_msg("%s", err.msg);
	return f;
}

static struct result
fetch(struct fetcher *f, const char *source, const char *path, const char *etag)
{
	struct task t = { .source = source, .etag = etag, .reason = "named" };
	struct error err = { 0 };
	int64_t before = clock_monotonic_ms();
	bool busy = true;

	t.url = strstr(path, "://") != NULL
			? path
			: arena_printf(
				  arena, "%s%s", loopback_base(server), path);
	last = (struct result){ .outcome = SAME };
	if (fetcher_add(f, &t, &err) != OK)
		fail_msg("%s: %s", path, err.msg);
	while (busy)
		if (fetcher_run(f, -1, 1000, &busy, &err) != OK)
			fail_msg("%s: %s", path, err.msg);
	last.took_ms = clock_monotonic_ms() - before;
	return last;
}

static struct span
archived_body(const struct page *page)
{
	struct archive *ar = NULL;
	struct error err = { 0 };
	struct page back;
	struct span body = { 0 };

	assert_int_equal(archive_writer_sync(writer, &err), OK);
	if (archive_open(dir, &ar, &err) != OK ||
		archive_read(ar, page->archive.file, page->archive.offset,
			arena, &back, &body, &err) != OK)
		fail_msg("%s", err.msg);
	assert_string_equal(back.id, page->id);
	archive_close(ar);
	return body;
}

static void
each_fault_ends_in_bounded_time_and_the_next_page_arrives(void **state)
{
	struct fetcher *f = new_fetcher();

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		const char *name = cases[i].reply.path;
		struct result r = fetch(f, SOURCE_COMMAND_LINE, name, NULL);

		if (r.outcome != cases[i].outcome ||
			(r.outcome == FAILED &&
				r.problem.code != cases[i].problem))
			fail_msg("%s: outcome %d, %s: %s", name, r.outcome,
				r.outcome == FAILED
					? problem_name(r.problem.code)
					: "-",
				r.outcome == FAILED ? r.problem.message : "-");
		CHECK_ROW(name, r.took_ms < BOUND_MS);
		CHECK_ROW(name, r.outcome != FAILED ||
					r.problem.retry == cases[i].retry);
		if (r.outcome == CAPTURED)
			CHECK_ROW(name, span_eq_str(archived_body(&r.page),
						cases[i].body));
		r = fetch(f, SOURCE_COMMAND_LINE, "/ok", NULL);
		CHECK_ROW(name, r.outcome == CAPTURED);
	}
	fetcher_free(f);
}

/* A response whose body is gzip, in one of the ways it goes wrong. */
static struct reply
gzip_reply(const char *path, size_t plain, size_t cut)
{
	z_stream z = { 0 };
	char *in = calloc(1, plain + 1);
	size_t room = plain / 500 + 1024, head;
	char *out = malloc(room + 256);

	if (in == NULL || out == NULL ||
		deflateInit2(&z, 9, Z_DEFLATED, 31, 8, 0) != Z_OK)
		abort();
	memset(in, 'a', plain);
	head = (size_t)snprintf(out, 256,
		OK_HEAD "Content-Encoding: gzip\r\nConnection: close\r\n\r\n");
	z.next_in = (Bytef *)in;
	z.avail_in = (uInt)plain;
	z.next_out = (Bytef *)out + head;
	z.avail_out = (uInt)room;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	deflateEnd(&z);
	free(in);
	return (struct reply){
		.path = path, .bytes = out, .len = head + z.total_out - cut
	};
}

static void
gzip_bodies_are_counted_decoded_and_must_be_whole(void **state)
{
	const struct {
		const char *path;
		size_t plain, cut;
		enum outcome outcome;
		enum problem_code problem;
	} rows[] = {
		{ "/gzip", 5000, 0, GOOD },
		{ "/gzip-cut", 5000, 20, BAD(TRANSFER) },
		{ "/gzip-no-trailer", 5000, 8, BAD(TRANSFER) },
		{ "/gzip-at-ratio", 1 << 20, 0, GOOD },
		{ "/gzip-bomb", BODY_MAX * 2, 0, BAD(BODY_TOO_LARGE) },
		{ "/gzip-ratio", BODY_MAX / 2, 0, BAD(BODY_TOO_LARGE) },
	};
	struct fetcher *f;

	(void)state;
	if (server != NULL)
		loopback_stop(server);
	server = NULL;
	for (size_t i = 0; i < ROWS(rows); i++)
		replies[nreplies++] =
			gzip_reply(rows[i].path, rows[i].plain, rows[i].cut);
	f = new_fetcher();
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct result r =
			fetch(f, SOURCE_COMMAND_LINE, rows[i].path, NULL);

		CHECK_ROW(rows[i].path, r.outcome == rows[i].outcome);
		CHECK_ROW(rows[i].path,
			r.outcome == CAPTURED ||
				r.problem.code == rows[i].problem);
		CHECK_ROW(rows[i].path,
			r.outcome != CAPTURED ||
				archived_body(&r.page).len == rows[i].plain);
	}
	fetcher_free(f);
	for (size_t i = 0; i < ROWS(rows); i++)
		free((char *)(uintptr_t)replies[nreplies - 1 - i].bytes);
	nreplies -= ROWS(rows);
	loopback_stop(server);
	server = NULL;
}

static void
a_source_that_is_not_local_reaches_nothing_private(void **state)
{
	struct fetcher *f = new_fetcher();
	struct result r;
	size_t hits = loopback_hits(server);

	(void)state;
	r = fetch(f, "stranger", "/ok", NULL);
	assert_int_equal(r.outcome, FAILED);
	assert_int_equal(r.problem.code, PROBLEM_ADDRESS_REFUSED);
	assert_false(r.problem.retry);
	assert_int_equal(loopback_hits(server), hits);
	r = fetch(f, "stranger", "file:///etc/hostname", NULL);
	assert_int_equal(r.problem.code, PROBLEM_SCHEME_REFUSED);
	fetcher_free(f);
}

static void
only_http_https_and_local_files_are_fetched(void **state)
{
	static const struct {
		const char *url;
		enum problem_code problem;
	} rows[] = {
		{ "ftp://127.0.0.1/x", PROBLEM_SCHEME_REFUSED },
		{ "gopher://127.0.0.1/x", PROBLEM_SCHEME_REFUSED },
		{ "data://text/plain,x", PROBLEM_SCHEME_REFUSED },
		{ "http://u:p@127.0.0.1/", PROBLEM_URL_INVALID },
		{ "http://", PROBLEM_URL_INVALID },
		{ "http://a b/", PROBLEM_URL_INVALID },
		{ "http://127.0.0.1:1/", PROBLEM_CONNECT },
		{ "http://127.0.0.1:99999/", PROBLEM_URL_INVALID },
	};
	struct fetcher *f = new_fetcher();

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct result r =
			fetch(f, SOURCE_COMMAND_LINE, rows[i].url, NULL);

		if (r.outcome != FAILED || r.problem.code != rows[i].problem)
			fail_msg("%s: %s", rows[i].url,
				r.outcome == FAILED
					? problem_name(r.problem.code)
					: "captured");
	}
	fetcher_free(f);
}

static void
validators_are_sent_and_304_is_no_capture(void **state)
{
	static const struct reply same = { .path = "/same",
		.bytes = "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n" };
	struct fetcher *f;
	struct result r;

	(void)state;
	if (server != NULL)
		loopback_stop(server);
	server = NULL;
	replies[nreplies++] = same;
	f = new_fetcher();
	r = fetch(f, SOURCE_COMMAND_LINE, "/same", "\"a\"");
	assert_int_equal(r.outcome, SAME);
	assert_non_null(
		strstr(loopback_request(server), "If-None-Match: \"a\"\r\n"));
	/* The next request carries nothing of this one. */
	(void)fetch(f, SOURCE_COMMAND_LINE, "/ok", NULL);
	assert_null(strstr(loopback_request(server), "If-None-Match"));
	/* A validator with a line break in it is never sent. */
	(void)fetch(f, SOURCE_COMMAND_LINE, "/ok", "\"a\"\r\nX-Evil: 1");
	assert_null(strstr(loopback_request(server), "X-Evil"));
	fetcher_free(f);
}

static void
neither_environment_nor_home_steers_a_request(void **state)
{
	struct fetcher *f;
	struct result r;

	(void)state;
	(void)setenv("http_proxy", "http://127.0.0.1:9", 1);
	(void)setenv("ALL_PROXY", "http://127.0.0.1:9", 1);
	f = new_fetcher();
	r = fetch(f, SOURCE_COMMAND_LINE, "/ok", NULL);
	assert_int_equal(r.outcome, CAPTURED);
	assert_non_null(strstr(loopback_request(server), "User-Agent: "));
	assert_null(strstr(loopback_request(server), "Authorization"));
	assert_null(strstr(loopback_request(server), "Cookie"));
	(void)unsetenv("http_proxy");
	(void)unsetenv("ALL_PROXY");
	fetcher_free(f);
}

static void
a_capture_carries_its_metadata(void **state)
{
	static const struct reply full = {
		.path = "/full",
		.bytes =
			"HTTP/1.1 200 OK\r\ncontent-type: Text/HTML; "
			"Charset=\"ISO-8859-1\"\r\nETag: W/\"7\"\r\n"
			"Last-Modified: Wed, 14 Feb 2024 10:00:00 GMT\r\n\r\nhi"
	};
	struct fetcher *f;
	struct result r;

	(void)state;
	if (server != NULL)
		loopback_stop(server);
	server = NULL;
	replies[nreplies++] = full;
	f = new_fetcher();
	r = fetch(f, SOURCE_COMMAND_LINE, "/full", NULL);
	assert_int_equal(r.outcome, CAPTURED);
	assert_string_equal(r.page.media_type, "text/html");
	assert_string_equal(r.page.charset, "ISO-8859-1");
	assert_string_equal(r.page.etag, "W/\"7\"");
	assert_string_equal(
		r.page.last_modified, "Wed, 14 Feb 2024 10:00:00 GMT");
	assert_int_equal(r.page.status, 200);
	assert_int_equal(r.page.bytes, 2);
	r = fetch(f, SOURCE_COMMAND_LINE, "/one-hop", NULL);
	assert_true(span_ends_with(span_str(r.page.url), "/one-hop"));
	assert_true(span_ends_with(span_str(r.page.final_url), "/ok"));
	fetcher_free(f);
}

#ifndef SANITIZED
/* Behind all of the above: endless bodies and bombs were let in no further
 * than their caps. */
static void
memory_has_stayed_small(void **state)
{
	struct rusage used;

	(void)state;
	assert_int_equal(getrusage(RUSAGE_SELF, &used), 0);
	assert_true(used.ru_maxrss < RSS_MAX_KB);
}
#endif

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			each_fault_ends_in_bounded_time_and_the_next_page_arrives),
		cmocka_unit_test(
			gzip_bodies_are_counted_decoded_and_must_be_whole),
		cmocka_unit_test(
			a_source_that_is_not_local_reaches_nothing_private),
		cmocka_unit_test(only_http_https_and_local_files_are_fetched),
		cmocka_unit_test(validators_are_sent_and_304_is_no_capture),
		cmocka_unit_test(neither_environment_nor_home_steers_a_request),
		cmocka_unit_test(a_capture_carries_its_metadata),
#ifndef SANITIZED
		cmocka_unit_test(memory_has_stayed_small),
#endif
	};

	return cmocka_run_group_tests_name(
		"fetch_http", tests, setup, teardown);
}
