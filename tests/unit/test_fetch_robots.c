/* robots.txt: groups, the longest match, and what people write instead */
#include "arena.h"
#include "fetch/robots.h"

#include <stdlib.h>
#include <string.h>

static struct robots
parse(struct span text)
{
	struct robots r;
	struct error err = { 0 };

	arena_reset(arena);
	if (robots_parse(text, arena, &r, &err) != OK)
		fail_msg("%s", err.msg);
	return r;
}

#define US  "user-agent: dateline\n"
#define ALL "user-agent: *\n"

static const struct {
	const char *name, *text, *url;
	bool allowed;
	int line;
} cases[] = {
	{ "empty file", "", "https://a.example/x", true, 0 },
	{ "disallowed", US "disallow: /x", "https://a.example/x", false, 2 },
	{ "for all", ALL "disallow: /x", "https://a.example/x", false, 2 },
	{ "for another", "user-agent: other\ndisallow: /", "/x", true, 0 },
	{ "ours, not all's", ALL "disallow: /\n\n" US "disallow: /y", "/x",
		true, 0 },
	{ "longest wins", US "disallow: /a\nallow: /a/b", "/a/b/c", true, 3 },
	{ "whatever the order", US "allow: /a/b\ndisallow: /a", "/a/b", true,
		2 },
	{ "equal: allow", US "disallow: /a\nallow: /a", "/a", true, 3 },
	{ "prefix", US "disallow: /fish", "/fishheads", false, 2 },
	{ "a path's case counts", US "disallow: /Fish", "/fish", true, 0 },
	{ "a key's does not", "USER-AGENT: Dateline\nDISALLOW: /x", "/x", false,
		2 },
	{ "star", US "disallow: /*.php", "/a/b.php?c", false, 2 },
	{ "two stars", US "disallow: /a*b*c", "/a1b2c", false, 2 },
	{ "end", US "disallow: /*.php$", "/b.php?c", true, 0 },
	{ "end met", US "disallow: /*.php$", "/b.php", false, 2 },
	{ "end met late", US "disallow: /*ab$", "/ab/ab", false, 2 },
	{ "only the end", US "disallow: /$", "/", false, 2 },
	{ "not only the end", US "disallow: /$", "/x", true, 0 },
	{ "a dollar inside is one", US "disallow: /a$b", "/a$b", false, 2 },
	{ "query", US "disallow: /*?print", "/a?print=1", false, 2 },
	{ "fragment is no part", US "disallow: /a#b", "/a#c", false, 2 },
	{ "empty disallow", US "disallow:", "/x", true, 2 },
	{ "two agents, one group", "user-agent: other\n" US "disallow: /", "/",
		false, 3 },
	{ "agents after rules", US "disallow: /a\nuser-agent: x\ndisallow: /b",
		"/b", true, 0 },
	{ "two groups of ours", US "disallow: /a\n\n" US "disallow: /b", "/b",
		false, 5 },
	{ "rules before agents", "disallow: /\n" US "allow: /", "/", true, 3 },
	{ "a version in the file", "user-agent: dateline/2.0\ndisallow: /x",
		"/x", false, 2 },
	{ "longer name", "user-agent: datelinebot\ndisallow: /x", "/x", true,
		0 },
	{ "star and words", "user-agent: * all\ndisallow: /x", "/x", false, 2 },
	{ "star and more", "user-agent: *bot\ndisallow: /x", "/x", true, 0 },
	{ "comment", US "disallow: /x # /y", "/x", false, 2 },
	{ "no colon", "user-agent dateline\ndisallow /x", "/x", false, 2 },
	{ "no colon, three words", US "disallow /x y", "/x", true, 0 },
	{ "misspelt", US "disalow: /x", "/x", false, 2 },
	{ "carriage returns", "user-agent: *\rdisallow: /x\r", "/x", false, 2 },
	{ "both", "user-agent: *\r\n\r\ndisallow: /x\r\n", "/x", false, 3 },
	{ "mark", "\xEF\xBB\xBFuser-agent: *\ndisallow: /x", "/x", false, 2 },
	{ "half a mark", "\xEF\xBBuser-agent: *\ndisallow: /x", "/x", false,
		2 },
	{ "percent case", US "disallow: /%c3%a9", "/%C3%A9", false, 2 },
	{ "raw octets", US "disallow: /\xC3\xA9", "/%C3%A9", false, 2 },
	{ "a page", "<html><body>user-agent: *<br>disallow: /</body>", "/x",
		true, 0 },
	{ "index page", US "disallow: /\nallow: /d/index.html", "/d/", true,
		3 },
	{ "index page only", US "disallow: /\nallow: /d/index.html", "/d/x",
		false, 2 },
	{ "host without path", US "disallow: /", "https://a.example", false,
		2 },
	{ "host with query", US "disallow: /?q", "https://a.example?q", true,
		0 },
	{ "delay ends no list",
		"user-agent: dateline\ncrawl-delay: 1\n"
		"user-agent: other\ndisallow: /",
		"/", false, 4 },
};

static void
who_may_fetch_what(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		struct robots r = parse(span_str(cases[i].text));
		int line = -1;
		bool allowed = robots_allowed(
			&r, "dateline/0.1 (+mailto:x)", cases[i].url, &line);

		CHECK_ROW(cases[i].name, allowed == cases[i].allowed);
		if (line != cases[i].line)
			fail_msg("row \"%s\": line %d", cases[i].name, line);
	}
}

static void
delays(void **state)
{
	static const struct {
		const char *name, *text;
		double seconds;
	} rows[] = {
		{ "none", ALL "disallow: /", -1 },
		{ "for all", ALL "crawl-delay: 10", 10 },
		{ "ours", ALL "crawl-delay: 10\n" US "crawl-delay: 2.5", 2.5 },
		{ "ours without", ALL "crawl-delay: 10\n" US "disallow: /",
			-1 },
		{ "no number", ALL "crawl-delay: soon", -1 },
		{ "negative", ALL "crawl-delay: -1", -1 },
		{ "infinite", ALL "crawl-delay: inf", -1 },
		{ "rate", ALL "request-rate: 1/10", 10 },
		{ "rate in minutes", ALL "request-rate: 10/5m", 30 },
		{ "rate in hours", ALL "request-rate: 400/1h", 9 },
		{ "rate in days", ALL "request-rate: 9000/1d", 9.6 },
		{ "rate at some hours", ALL "request-rate: 1/10s 1800-1940",
			10 },
		{ "no rate", ALL "request-rate: 0/0", -1 },
		{ "the larger", ALL "crawl-delay: 5\nrequest-rate: 1/10s", 10 },
		{ "a delay ends the list",
			"user-agent: x\ncrawl-delay: 9\n" US "crawl-delay: 1",
			1 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct robots r = parse(span_str(rows[i].text));
		double s = robots_delay(&r, "dateline/0.1");

		if (s < rows[i].seconds - 1e-9 || s > rows[i].seconds + 1e-9)
			fail_msg("row \"%s\": %g", rows[i].name, s);
	}
}

static void
sitemaps_are_kept_wherever_they_stand(void **state)
{
	struct robots r = parse(
		span_str("Sitemap: https://a.example/1.xml\n" US
			 "sitemap: https://a.example/2.xml\ndisallow: /x\n"));
	int n = 0;

	(void)state;
	for (size_t i = 0; i < r.n; i++)
		n += r.rules[i].key == ROBOTS_SITEMAP;
	assert_int_equal(n, 2);
	assert_true(span_eq_str(r.rules[0].value, "https://a.example/1.xml"));
	assert_false(robots_allowed(&r, "dateline", "/x", NULL));
}

/* What stands behind the cap is not read, and half a line is no line. */
static void
a_long_file_is_cut(void **state)
{
	static const char rule[] = US "disallow: /x\n";
	size_t len = ROBOTS_SIZE_MAX + 1;
	char *text = malloc(len);
	struct robots r;

	(void)state;
	assert_non_null(text);
	memset(text, '\n', len);
	memcpy(text + ROBOTS_SIZE_MAX - (sizeof rule - 1), rule,
		sizeof rule - 1);
	r = parse(span_of(text, len - 1));
	assert_false(r.cut);
	assert_false(robots_allowed(&r, "dateline", "/x", NULL));
	text[len - 1] = 'y'; /* "/x" might go on as "/xy" */
	text[len - 2] = 'x';
	r = parse(span_of(text, len));
	assert_true(r.cut);
	assert_true(robots_allowed(&r, "dateline", "/xx", NULL));
	free(text);
}

static void
rules_and_lines_have_caps(void **state)
{
	struct buffer b;
	struct robots r;
	int line;

	(void)state;
	buffer_init(&b, (size_t)1 << 20);
	buffer_add_str(&b, US "disallow: /");
	for (size_t i = 0; i < ROBOTS_LINE_MAX; i++)
		buffer_add_char(&b, 'a');
	r = parse(buffer_span(&b));
	assert_int_equal(r.n, 2);
	assert_true(r.rules[1].value.len < ROBOTS_LINE_MAX);
	buffer_reset(&b);
	buffer_add_str(&b, US);
	for (int i = 1; i < ROBOTS_RULES_MAX; i++)
		buffer_add_str(&b, "allow:/\n");
	r = parse(buffer_span(&b));
	assert_int_equal(r.n, ROBOTS_RULES_MAX);
	assert_false(r.cut);
	buffer_add_str(&b, "disallow:/x");
	r = parse(buffer_span(&b));
	assert_true(r.cut);
	assert_true(robots_allowed(&r, "dateline", "/x", &line));
	buffer_release(&b);
}

/* Patterns made to be slow are not. */
static void
matching_takes_no_time(void **state)
{
	struct buffer pattern, url;
	struct robots r;
	int64_t before = clock_monotonic_ms();

	(void)state;
	buffer_init(&pattern, (size_t)1 << 20);
	buffer_init(&url, (size_t)1 << 20);
	buffer_add_str(&pattern, US "disallow: /");
	for (int i = 0; i < 5000; i++)
		buffer_add_str(&pattern, "*a");
	buffer_add_str(&pattern, "*b$");
	buffer_add_str(&url, "/");
	for (int i = 0; i < 100000; i++)
		buffer_add_char(&url, 'a');
	r = parse(buffer_span(&pattern));
	(void)robots_allowed(&r, "dateline", url.ptr, NULL);
	assert_true(clock_monotonic_ms() - before < 1000);
	buffer_release(&pattern);
	buffer_release(&url);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_may_fetch_what),
		cmocka_unit_test(delays),
		cmocka_unit_test(sitemaps_are_kept_wherever_they_stand),
		cmocka_unit_test(a_long_file_is_cut),
		cmocka_unit_test(rules_and_lines_have_caps),
		cmocka_unit_test(matching_takes_no_time),
	};

	return cmocka_run_group_tests_name(
		"fetch_robots", tests, setup, teardown);
}
