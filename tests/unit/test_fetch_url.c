/* URLs: one way to write each, and those that are none */
#include "arena.h"
#include "fetch/fetch.h"
#include "fetch/url.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *in, *text, *key;
} written[] = {
	{ "http://a.example", "http://a.example/", "http://a.example/" },
	{ "HTTP://A.Example:80/B", "http://a.example/B", "http://a.example/B" },
	{ "https://a.example:443/", "https://a.example/",
		"https://a.example/" },
	{ "https://a.example:444/", "https://a.example:444/",
		"https://a.example:444/" },
	{ "http://a.example./", "http://a.example/", "http://a.example/" },
	{ "http://a%2Eexample/", "http://a.example/", "http://a.example/" },
	{ "http://a.example/%66%c3%a9%2f", "http://a.example/f%C3%A9%2F",
		"http://a.example/f%C3%A9%2F" },
	{ "http://a.example/caf\xc3\xa9 au lait",
		"http://a.example/caf%C3%A9%20au%20lait",
		"http://a.example/caf%C3%A9%20au%20lait" },
	{ "http://a.example/b/./c/../d", "http://a.example/b/d",
		"http://a.example/b/d" },
	{ "http://a.example/../../b/..", "http://a.example/",
		"http://a.example/" },
	{ "http://a.example/%2e%2E/b", "http://a.example/b",
		"http://a.example/b" },
	{ "http://a.example//b///c", "http://a.example//b///c",
		"http://a.example/b/c" },
	{ "http://a.example/b#c", "http://a.example/b", "http://a.example/b" },
	{ "http://a.example/b?", "http://a.example/b", "http://a.example/b" },
	{ "http://a.example/?b=2&a=1", "http://a.example/?b=2&a=1",
		"http://a.example/?a=1&b=2" },
	{ "http://a.example/?b=&&a", "http://a.example/?b=&&a",
		"http://a.example/?a&b" },
	{ "http://a.example/?x[y]=1|2", "http://a.example/?x%5By%5D=1%7C2",
		"http://a.example/?x%5By%5D=1%7C2" },
	{ "http://a.example/?q=50%&r=%2", "http://a.example/?q=50%25&r=%252",
		"http://a.example/?q=50%25&r=%252" },
	{ "http://a.example/?utm_source=x&id=7&FBCLID=y",
		"http://a.example/?utm_source=x&id=7&FBCLID=y",
		"http://a.example/?id=7" },
	{ "http://a.example/?utm_source=x", "http://a.example/?utm_source=x",
		"http://a.example/" },
	{ "http://a.example/utm_source=x", "http://a.example/utm_source=x",
		"http://a.example/utm_source=x" },
	{ "http://b\xc3\xbc"
	  "cher.example/",
		"http://xn--bcher-kva.example/",
		"http://xn--bcher-kva.example/" },
	{ "http://stra\xc3\x9f"
	  "e.example/",
		"http://xn--strae-oqa.example/",
		"http://xn--strae-oqa.example/" },
	{ "http://0x7f.1/", "http://127.0.0.1/", "http://127.0.0.1/" },
	{ "http://93.184.0330.042/", "http://93.184.216.34/",
		"http://93.184.216.34/" },
	{ "http://[2001:DB8:0::1]:80/", "http://[2001:db8::1]/",
		"http://[2001:db8::1]/" },
	{ "http://a_b.example/", "http://a_b.example/", "http://a_b.example/" },
};

static void
each_url_is_written_in_one_way(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(written); i++) {
		struct fetch_url u, again;
		struct error err = { 0 };

		if (fetch_url_read(written[i].in, NULL, arena, &u, &err) != OK)
			fail_msg("%s: %s", written[i].in, err.msg);
		if (strcmp(u.text, written[i].text) != 0 ||
			strcmp(u.key, written[i].key) != 0)
			fail_msg(
				"%s: %s, key %s", written[i].in, u.text, u.key);
		assert_int_equal(
			fetch_url_read(u.text, NULL, arena, &again, &err), OK);
		CHECK_ROW(written[i].in, strcmp(again.text, u.text) == 0);
		CHECK_ROW(written[i].in, strcmp(again.key, u.key) == 0);
	}
}

static void
a_link_tells_nobody_who_sent_it(void **state)
{
	static const struct {
		const char *in, *bare;
	} rows[] = {
		{ "http://a.example/b", "http://a.example/b" },
		{ "http://a.example/?b=2&a=1", "http://a.example/?b=2&a=1" },
		{ "http://a.example/?utm_source=x", "http://a.example/" },
		{ "http://a.example/?id=7&utm_source=x&a",
			"http://a.example/?id=7&a" },
		{ "http://a.example/?FBCLID=y&id=&&c=1",
			"http://a.example/?id=&&c=1" },
		{ "http://a.example//b?utm_medium", "http://a.example//b" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct error err = { 0 };
		struct fetch_url u;

		if (fetch_url_read(rows[i].in, NULL, arena, &u, &err) != OK)
			fail_msg("%s: %s", rows[i].in, err.msg);
		if (strcmp(u.bare, rows[i].bare) != 0)
			fail_msg("%s: %s", rows[i].in, u.bare);
	}
}

static void
relative_references_are_resolved(void **state)
{
	static const char base[] = "https://a.example/b/c?d";
	static const struct {
		const char *in, *text;
	} rows[] = {
		{ "e", "https://a.example/b/e" },
		{ "./e", "https://a.example/b/e" },
		{ "../e", "https://a.example/e" },
		{ "/e", "https://a.example/e" },
		{ "?e", "https://a.example/b/c?e" },
		{ "//f.example/e", "https://f.example/e" },
		{ "http://f.example/e", "http://f.example/e" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct fetch_url u;
		struct error err = { 0 };

		if (fetch_url_read(rows[i].in, base, arena, &u, &err) != OK)
			fail_msg("%s: %s", rows[i].in, err.msg);
		if (strcmp(u.text, rows[i].text) != 0)
			fail_msg("%s: %s", rows[i].in, u.text);
	}
}

static void
what_is_no_url_of_ours(void **state)
{
	static const char *const urls[] = { "", "a.example/b",
		"ftp://a.example/", "javascript:alert(1)", "mailto:a@a.example",
		"http:a.example", "http:/a.example", "http:///a.example",
		"http://", "http://u@a.example/", "http://u:p@a.example/",
		"http://a.example\\@b.example/", " http://a.example/",
		"http://a.example/ ", "http://a.example/\n",
		"http://a.example/\x7f", "http://a.example/\xff",
		"http://a b.example/", "http://a%00.example/",
		"http://a%20b.example/", "http://a..example/",
		"http://.example/", "http://a.example:99999/",
		"http://a.example:x/", "http://1.2.3.256/", "http://1.2.3.4.5/",
		"http://4294967296/", "http://a.0x/", "http://09.1/",
		"http://[::1", "http://[::g]/", "http://[fe80::1%25eth0]/",
		"http://a.example/x,http://a.example/y", "http://a<b/" };

	(void)state;
	for (size_t i = 0; i < ROWS(urls); i++) {
		struct fetch_url u;
		struct error err = { 0 };

		if (fetch_url_read(urls[i], NULL, arena, &u, &err) !=
			ERR_FORMAT)
			fail_msg("%s: taken", urls[i]);
		CHECK_ROW(urls[i], err.msg[0] != '\0');
	}
}

static void
domains_and_refusals(void **state)
{
	static const struct {
		const char *url, *domain;
		bool refused;
	} rows[] = {
		{ "http://www.a.example.com/", "example.com", false },
		{ "http://example.com/", "example.com", false },
		{ "http://com/", NULL, false },
		{ "http://www.ville.gouv.fr/", "ville.gouv.fr", false },
		{ "http://a.b.city.kawasaki.jp/", "city.kawasaki.jp", false },
		{ "http://93.184.216.34/", NULL, false },
		{ "http://10.1.2.3/", NULL, true },
		{ "http://[::1]/", NULL, true },
		{ "http://127.1/", NULL, true },
		{ "http://localhost/", NULL, true },
		{ "http://a.localhost/", "a.localhost", true },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct fetch_url u;
		struct error err = { 0 };

		if (fetch_url_read(rows[i].url, NULL, arena, &u, &err) != OK)
			fail_msg("%s: %s", rows[i].url, err.msg);
		CHECK_ROW(rows[i].url, (u.refused != NULL) == rows[i].refused);
		CHECK_ROW(rows[i].url,
			rows[i].domain == NULL
				? u.domain == NULL
				: u.domain != NULL &&
					  !strcmp(u.domain, rows[i].domain));
	}
}

static void
a_url_has_a_cap(void **state)
{
	char *text = malloc(FETCH_URL_MAX + 2);
	struct fetch_url u;
	struct error err = { 0 };

	(void)state;
	assert_non_null(text);
	memset(text, 'a', FETCH_URL_MAX + 1);
	memcpy(text, "http://a.example/", 17);
	text[FETCH_URL_MAX] = '\0';
	assert_int_equal(fetch_url_read(text, NULL, arena, &u, &err), OK);
	text[FETCH_URL_MAX] = 'a';
	text[FETCH_URL_MAX + 1] = '\0';
	assert_int_equal(
		fetch_url_read(text, NULL, arena, &u, &err), ERR_LIMIT);
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_url_is_written_in_one_way),
		cmocka_unit_test(a_link_tells_nobody_who_sent_it),
		cmocka_unit_test(relative_references_are_resolved),
		cmocka_unit_test(what_is_no_url_of_ours),
		cmocka_unit_test(domains_and_refusals),
		cmocka_unit_test(a_url_has_a_cap),
	};

	return cmocka_run_group_tests_name("fetch_url", tests, setup, teardown);
}
