/* what a source may be told: since, limits, headers, proxy, discovery */
#include "arena.h"
#include "core/core.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define AGENT "user_agent: dateline/1 (+mailto:a@b.example)\nsources:\n"
#define ONE   AGENT "  - name: a\n    url: https://a.example/\n    "
#define SITE                                                                   \
	AGENT "  - name: a\n    kind: site\n    url: https://a.example/\n    "
#define MAIL                                                                   \
	"sources:\n  - name: a\n    kind: mail\n    url: /m\n"                 \
	"    local: true\n    "

static enum error_code
read_text(const char *text, struct sources *s, struct error *err)
{
	char path[] = "/tmp/dateline-sources-XXXXXX";
	int fd = mkstemp(path);
	enum error_code code;

	assert_true(fd >= 0);
	assert_int_equal(write_all(fd, text, strlen(text), err), OK);
	close(fd);
	code = sources_read(path, arena, s, err);
	unlink(path);
	return code;
}

static void
settings_have_defaults(void **state)
{
	struct error err = { 0 };
	struct sources s;
	const struct source *a;

	(void)state;
	assert_int_equal(read_text(ONE "tier: press\n", &s, &err), OK);
	a = sources_find(&s, "a");
	assert_int_equal(a->line, 3);
	assert_true(a->since == INT64_MIN);
	assert_int_equal(a->depth, SOURCE_DEPTH);
	assert_int_equal(a->max_pages, 0);
	assert_int_equal(a->max_bytes, 0);
	assert_int_equal(a->timeout, 0);
	assert_int_equal(a->nheaders, 0);
	assert_null(a->proxy);
}

static void
settings_are_read(void **state)
{
	struct error err = { 0 };
	struct sources s;
	const struct source *a;

	(void)state;
	assert_int_equal(
		read_text(SITE "since: 2024-02\n    depth: 2\n"
			       "    max_pages: 50\n    max_bytes: 2048\n"
			       "    timeout: 9\n    discover: sitemaps\n"
			       "    headers: {X-Key: abc, Cookie: a=b}\n"
			       "    proxy: http://u:p@proxy.example:3128\n",
			&s, &err),
		OK);
	a = sources_find(&s, "a");
	assert_true(a->since == INT64_C(1706745600)); /* 2024-02-01 */
	assert_int_equal(a->depth, 2);
	assert_int_equal(a->max_pages, 50);
	assert_int_equal(a->max_bytes, 2048);
	assert_int_equal(a->timeout, 9);
	assert_int_equal(a->discover, DISCOVER_SITEMAPS);
	assert_int_equal(a->nheaders, 2);
	assert_string_equal(a->headers[1].name, "Cookie");
	assert_string_equal(a->headers[1].value, "a=b");
	assert_string_equal(a->proxy, "http://u:p@proxy.example:3128");
}

static void
errors_name_line_and_column(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
		{ ONE "since: soon\n", ":5:12: since: \"soon\" is not a date" },
		{ ONE "since: 2024-01-01/2024-02-01\n", "is not a date" },
		{ ONE "depth: 17\n", ":5:12: depth: \"17\" is no whole number "
				     "from 0 to 16" },
		{ ONE "max_pages: 0\n",
			":5:16: max_pages: \"0\" is no whole number from 1" },
		{ ONE "max_bytes: 99999999999\n", ":5:16: max_bytes:" },
		{ ONE "timeout: 0\n", ":5:14: timeout:" },
		{ ONE "headers: abc\n",
			":5:14: headers: names and values were wanted" },
		{ ONE "headers: {\"a b\": c}\n",
			":5:15: headers: \"a b\" is no name of a header" },
		{ ONE "headers: {host: c}\n",
			":5:15: headers: host is not for a source to set" },
		{ ONE "headers: {X-K: \"a\\r\\nB: c\"}\n",
			":5:20: headers: the value of X-K is not up to" },
		{ ONE "headers: {X-K: \"\"}\n",
			":5:20: headers: X-K wants a text" },
		{ ONE "headers: {X-K: [a]}\n", "X-K wants a text" },
		{ ONE "proxy: ftp://p.example\n",
			":5:12: proxy: not http, https, socks5" },
		{ ONE "proxy: http://p.example/x\n", "proxy: not http" },
		{ ONE "proxy: http://\n", "proxy: not http" },
		{ ONE "discover: all\n",
			":5:15: discover: only of kind: site" },
		{ SITE "discover: some\n",
			":6:15: discover: \"some\" is none of auto, feeds, "
			"sitemaps, all" },
		{ ONE "links: .a\n", ":5:12: links: only of kind: index or" },
		{ AGENT "  - name: a\n    kind: index\n"
			"    url: https://a.example/\n",
			":3:5: source a: kind: index wants links" },
		{ MAIL "headers: {X-K: a}\n",
			":6:14: headers: only of sources that are http" },
		{ MAIL "proxy: http://p.example\n", "proxy: only of sources" },
		{ MAIL "timeout: 9\n", "timeout: only of sources" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		struct error err = { 0 };
		struct sources s;

		CHECK_ROW(cases[i].text,
			read_text(cases[i].text, &s, &err) == ERR_CONFIG);
		CHECK_ROW(err.msg, strstr(err.msg, cases[i].says) != NULL);
	}
}

static void
secrets_are_not_repeated(void **state)
{
	struct error err = { 0 };
	struct sources s;

	(void)state;
	assert_int_equal(
		read_text(ONE "headers: {X-K: \"hush\\n\"}\n", &s, &err),
		ERR_CONFIG);
	assert_null(strstr(err.msg, "hush"));
	assert_int_equal(read_text(ONE "proxy: http://u:hush@p/x\n", &s, &err),
		ERR_CONFIG);
	assert_null(strstr(err.msg, "hush"));
}

static void
bounds_of_dates(void **state)
{
	static const struct {
		const char *text, *first, *behind;
	} cases[] = {
		{ "2024", "2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z" },
		{ "2024-02", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z" },
		{ "2023-12", "2023-12-01T00:00:00Z", "2024-01-01T00:00:00Z" },
		{ "2024-02-29", "2024-02-29T00:00:00Z",
			"2024-03-01T00:00:00Z" },
		{ "1969-12-31", "1969-12-31T00:00:00Z",
			"1970-01-01T00:00:00Z" },
		{ "2023-02-29", NULL, NULL },
		{ "XXXX-02-14", NULL, NULL },
		{ "2024-33", NULL, NULL },
		{ "201X", NULL, NULL },
		{ "", NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		int64_t first = 0, behind = 0;
		char a[24], b[24];
		bool ok = date_bounds(span_str(cases[i].text), &first, &behind);

		CHECK_ROW(cases[i].text, ok == (cases[i].first != NULL));
		if (!ok)
			continue;
		time_format(first, a);
		time_format(behind, b);
		CHECK_ROW(cases[i].text, strcmp(a, cases[i].first) == 0);
		CHECK_ROW(cases[i].text, strcmp(b, cases[i].behind) == 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(settings_have_defaults),
		cmocka_unit_test(settings_are_read),
		cmocka_unit_test(errors_name_line_and_column),
		cmocka_unit_test(secrets_are_not_repeated),
		cmocka_unit_test(bounds_of_dates),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
