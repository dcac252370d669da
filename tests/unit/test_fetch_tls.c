/* certificates and connections that are wrong, and what comes of them */
#include "fetch/fetch.h"
#include "loopback.h"
#include "tls.h"
#include "unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TOTAL_MS 500
#define BOUND_MS 3000 /* a fault takes no longer than this */

#define GOOD	  true, PROBLEM_CODES
#define BAD(code) false, PROBLEM_##code

static const struct {
	const char *name;
	enum tls_cert cert;
	enum tls_act act;
	bool old_protocol;
	bool good;
	enum problem_code problem;
} cases[] = {
	{ "good", CERT_GOOD, ACT_SERVE, false, GOOD },
	{ "expired", CERT_EXPIRED, ACT_SERVE, false, BAD(TLS) },
	{ "not yet valid", CERT_NOT_YET, ACT_SERVE, false, BAD(TLS) },
	{ "wrong host", CERT_OTHER_ADDRESS, ACT_SERVE, false, BAD(TLS) },
	{ "self-signed", CERT_SELF_SIGNED, ACT_SERVE, false, BAD(TLS) },
	{ "unknown authority", CERT_STRANGER, ACT_SERVE, false, BAD(TLS) },
	{ "issuer is none", CERT_NO_ISSUER, ACT_SERVE, false, BAD(TLS) },
	{ "signed over SHA-1", CERT_SHA1, ACT_SERVE, false, BAD(TLS) },
	{ "TLS 1.1 at most", CERT_GOOD, ACT_SERVE, true, BAD(TLS) },
	{ "HTTP without TLS", CERT_GOOD, ACT_PLAIN, false, BAD(TLS) },
	{ "not TLS at all", CERT_GOOD, ACT_GARBAGE, false, BAD(TLS) },
	{ "stalls", CERT_GOOD, ACT_STALL, false, BAD(TIMEOUT) },
	{ "hangs up", CERT_GOOD, ACT_HANG_UP, false, BAD(TLS) },
	{ "wants a certificate", CERT_GOOD, ACT_ASK_CERT, false,
		BAD(TRANSFER) },
	{ "no end of TLS", CERT_GOOD, ACT_NO_CLOSE, false, GOOD },
	{ "no end, short of it", CERT_GOOD, ACT_NO_CLOSE_SHORT, false,
		BAD(TRANSFER) },
	/* Many servers do so, and browsers take the page as well. */
	{ "no end, no length", CERT_GOOD, ACT_NO_CLOSE_NO_LENGTH, false, GOOD },
	{ "cut in a record", CERT_GOOD, ACT_CUT, false, BAD(TRANSFER) },
	{ "bad record", CERT_GOOD, ACT_BAD_RECORD, false, BAD(TRANSFER) },
	{ "reset", CERT_GOOD, ACT_RESET, false, BAD(TRANSFER) },
};

static struct arena *arena;
static struct sources sources;
static char dir[64];
static struct archive_writer *writer;

static int
setup(void **state)
{
	struct error err = { 0 };

	(void)state;
	(void)signal(SIGPIPE, SIG_IGN);
	arena = arena_new(64 << 20);
	(void)snprintf(dir, sizeof dir, "/tmp/dateline-tls-XXXXXX");
	if (arena == NULL || mkdtemp(dir) == NULL ||
		sources_read(NULL, arena, &sources, &err) != OK)
		return 1;
	sources.ca_file = arena_printf(arena, "%s/ca.pem", dir);
	tls_authority(sources.ca_file);
	return archive_writer_open(dir, &writer, &err) != OK;
}

static int
teardown(void **state)
{
	char command[128];

	(void)state;
	archive_writer_close(writer);
	tls_authority_free();
	arena_free(arena);
	(void)snprintf(command, sizeof command, "rm -rf '%s'", dir);
	return system(command);
}

/* What the sink was told last. */
static struct {
	size_t pages, problems;
	enum problem_code problem;
	char message[200], final_url[200];
} told;

static enum error_code
on_page(const struct page *p, void *ctx, struct error *err)
{
	(void)ctx;
	(void)err;
	told.pages++;
	(void)snprintf(
		told.final_url, sizeof told.final_url, "%s", p->final_url);
	return OK;
}

static enum error_code
on_problem(const struct problem *p, void *ctx, struct error *err)
{
	(void)ctx;
	(void)err;
	told.problems++;
	told.problem = p->code;
	(void)snprintf(told.message, sizeof told.message, "%s", p->message);
	return OK;
}

static struct fetcher *
new_fetcher(void)
{
	const struct fetch_options opt = {
		.sources = &sources, .total_ms = TOTAL_MS, .gap_ms = -1
	};
	const struct fetch_sink sink = { .page = on_page,
		.problem = on_problem };
	struct fetcher *f = NULL;
	struct error err = { 0 };

	if (fetcher_new(&opt, &sink, writer, &f, &err) != OK)
		fail_msg("%s", err.msg);
	return f;
}

/* Fetch one URL to its end, whatever that is. */
static enum error_code
fetch(struct fetcher *f, const char *base, const char *path, struct error *err)
{
	const struct task t = { .source = SOURCE_COMMAND_LINE,
		.url = arena_printf(arena, "%s%s", base, path),
		.reason = "named" };
	enum error_code code = fetcher_add(f, &t, err);
	bool busy = true;

	memset(&told, 0, sizeof told);
	while (code == OK && busy)
		code = fetcher_run(f, -1, 1000, &busy, err);
	return code;
}

static void
each_fault_ends_in_bounded_time_and_the_next_page_arrives(void **state)
{
	struct tls_server *good = tls_start(CERT_GOOD, ACT_SERVE, false);
	struct fetcher *f = new_fetcher();
	struct error err = { 0 };

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		const char *name = cases[i].name;
		struct tls_server *s = tls_start(
			cases[i].cert, cases[i].act, cases[i].old_protocol);
		int64_t before = clock_monotonic_ms();

		assert_int_equal(fetch(f, tls_base(s), "/page", &err), OK);
		CHECK_ROW(name, clock_monotonic_ms() - before < BOUND_MS);
		if (told.pages != cases[i].good ||
			told.problems == cases[i].good ||
			(!cases[i].good && told.problem != cases[i].problem))
			fail_msg("%s: %zu pages; %s: %s", name, told.pages,
				told.problems > 0 ? problem_name(told.problem)
						  : "-",
				told.message);
		/* To a server that is not trusted no request is sent. */
		CHECK_ROW(name,
			cases[i].problem != PROBLEM_TLS || tls_hits(s) == 0);
		tls_stop(s);
		assert_int_equal(fetch(f, tls_base(good), "/page", &err), OK);
		CHECK_ROW(name, told.pages == 1);
	}
	fetcher_free(f);
	tls_stop(good);
}

/* Nothing but ca_file makes a server trusted. */
static void
without_its_authority_a_server_is_not_trusted(void **state)
{
	struct tls_server *s = tls_start(CERT_GOOD, ACT_SERVE, false);
	const char *ca_file = sources.ca_file;
	struct error err = { 0 };
	struct fetcher *f;

	(void)state;
	(void)setenv("SSL_CERT_FILE", ca_file, 1);
	(void)setenv("CURL_CA_BUNDLE", ca_file, 1);
	sources.ca_file = NULL;
	f = new_fetcher();
	assert_int_equal(fetch(f, tls_base(s), "/page", &err), OK);
	assert_int_equal(told.problem, PROBLEM_TLS);
	assert_int_equal(tls_hits(s), 0);
	fetcher_free(f);
	sources.ca_file = ca_file;
	(void)unsetenv("SSL_CERT_FILE");
	(void)unsetenv("CURL_CA_BUNDLE");
	tls_stop(s);
}

/* It would be the same for every page: the run fails, and says so. */
static void
a_file_without_certificates_is_an_error(void **state)
{
	struct tls_server *s = tls_start(CERT_GOOD, ACT_SERVE, false);
	const char *ca_file = sources.ca_file;
	struct error err = { 0 };
	struct fetcher *f;

	(void)state;
	sources.ca_file = "/dev/null";
	f = new_fetcher();
	assert_int_equal(fetch(f, tls_base(s), "/page", &err), ERR_CONFIG);
	assert_non_null(strstr(err.msg, "no certificates"));
	assert_int_equal(told.pages + told.problems, 0);
	fetcher_free(f);
	sources.ca_file = ca_file;
	tls_stop(s);
}

static void
redirects_may_go_to_https_but_not_back(void **state)
{
	static const struct reply page = { .path = "/page",
		.bytes = "HTTP/1.1 200 OK\r\n\r\nhi" };
	struct tls_server *s = tls_start(CERT_GOOD, ACT_SERVE, false);
	struct reply replies[2] = { page,
		{ .path = "/up",
			.bytes = arena_printf(arena,
				"HTTP/1.1 301 Moved\r\nLocation: "
				"%s/page\r\n\r\n",
				tls_base(s)) } };
	struct loopback *l = loopback_start("127.0.0.2", replies, 2);
	struct fetcher *f = new_fetcher();
	struct error err = { 0 };
	const char *down;

	(void)state;
	assert_int_equal(fetch(f, loopback_base(l), "/up", &err), OK);
	assert_int_equal(told.pages, 1);
	assert_true(span_starts_with(span_str(told.final_url), "https://"));
	down = arena_printf(arena, "/to?%s/page", loopback_base(l));
	assert_int_equal(fetch(f, tls_base(s), down, &err), OK);
	assert_int_equal(told.problem, PROBLEM_SCHEME_REFUSED);
	assert_non_null(strstr(told.message, "from https to http"));
	assert_int_equal(loopback_hits_of(l, "/page"), 0);
	fetcher_free(f);
	loopback_stop(l);
	tls_stop(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			each_fault_ends_in_bounded_time_and_the_next_page_arrives),
		cmocka_unit_test(without_its_authority_a_server_is_not_trusted),
		cmocka_unit_test(a_file_without_certificates_is_an_error),
		cmocka_unit_test(redirects_may_go_to_https_but_not_back),
	};

	return cmocka_run_group_tests_name("fetch_tls", tests, setup, teardown);
}
