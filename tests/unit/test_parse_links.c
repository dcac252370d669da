/* Which pages list others, and what they list: links.c. */
#include "parse_page.h"

static const struct page page = { .id = "1",
	.url = "https://a.example/feed",
	.final_url = "https://a.example/d/feed",
	.source = "test",
	.media_type = "text/html" };

struct answer {
	struct link_list links;
	struct problem problem;
	bool is_listing, has_problem;
};

static struct answer
ask(struct reading *r, struct span body)
{
	struct answer a;
	struct error err = { 0 };

	arena_reset(r->arena);
	assert_int_equal(
		parser_links(r->parser, &page, body, r->arena, &a.is_listing,
			&a.links, &a.has_problem, &a.problem, &err),
		OK);
	return a;
}

static void
listings_are_told_by_what_is_in_them(void **state)
{
	static const struct {
		const char *name;
		struct span body;
		bool listing;
		size_t links;
	} cases[] = {
#define ROW(name, text, listing, links)                                        \
	{ name, { text, sizeof(text) - 1 }, listing, links }
		ROW("RSS behind a declaration and a remark",
			"<?xml version='1.0'?><!-- x --><rss><channel><item>"
			"<link>a</link></item></channel></rss>",
			true, 1),
		ROW("RSS with a document type",
			"<!DOCTYPE rss PUBLIC 'x' 'y'><rss><channel/></rss>",
			true, 0),
		ROW("RDF", "<rdf:RDF></rdf:RDF>", true, 0),
		ROW("Atom with a prefix",
			"<a:feed "
			"xmlns:a='http://www.w3.org/2005/Atom'><a:entry>"
			"<a:link href='b'/></a:entry></a:feed>",
			true, 1),
		ROW("UTF-16", "\xff\xfe<\0r\0s\0s\0>\0<\0/\0r\0s\0s\0>\0", true,
			0),
		ROW("a sitemap",
			"<urlset><url><loc>https://a.example/1</loc></url>"
			"</urlset>",
			true, 1),
		ROW("JSON Feed",
			"{\"version\":\"https://jsonfeed.org/version/1\","
			"\"items\":[{\"url\":\"/x\"}]}",
			true, 1),
		ROW("other JSON", "{\"a\":1}", false, 0),
		ROW("a page", "<!doctype html><p>rss", false, 0),
		ROW("a page that speaks of feeds",
			"<html><body><rss></rss></body></html>", false, 0),
		ROW("a release with a URL in front",
			"https://a.example/1\nGraz has joined the network.\n"
			"It did so in May.\n",
			false, 0),
#undef ROW
	};

	for (size_t i = 0; i < ROWS(cases); i++) {
		struct answer a = ask(*state, cases[i].body);

		CHECK_ROW(cases[i].name, a.is_listing == cases[i].listing);
		CHECK_ROW(cases[i].name,
			!a.has_problem && a.links.n == cases[i].links);
	}
}

static void
each_page_is_listed_once_and_absolute(void **state)
{
	static const char text[] =
		"<rss><channel><item><title>Graz &lt;b&gt;joins&lt;/b&gt; "
		"&amp;amp; stays</title><link>1</link><guid>same</guid>"
		"<pubDate>14 Feb 2024</pubDate></item>"
		"<item><link>https://b.example/2</link><guid>same</guid></item>"
		"<item><link>/d/1</link></item>"
		"<item><link>mailto:a@b.example</link></item>"
		"<item><title>no link</title></item></channel></rss>";
	struct answer a = ask(*state, span_str(text));

	assert_int_equal(a.links.n, 2);
	assert_string_equal(a.links.list[0].url, "https://a.example/d/1");
	assert_string_equal(a.links.list[0].title, "Graz joins & stays");
	assert_string_equal(a.links.list[0].published, "14 Feb 2024");
	assert_string_equal(a.links.list[0].guid, "same");
	assert_string_equal(a.links.list[0].page, "1");
	assert_string_equal(a.links.list[0].source, "test");
	assert_string_equal(a.links.list[1].url, "https://b.example/2");
}

static void
a_listing_that_cannot_be_read_is_a_problem(void **state)
{
	struct answer a = ask(*state, span_of("\x1f\x8b\x08\x00", 4));

	assert_true(a.is_listing && a.has_problem);
	assert_int_equal(a.problem.code, PROBLEM_MARKUP);
	assert_non_null(strstr(a.problem.message, "gzip"));
}

static void
an_index_gives_the_links_its_source_asks_for(void **state)
{
	static const char html[] =
		"<!doctype html><nav><a href='/news/'>News</a></nav>"
		"<ul class='list'><li class='item news'><a href='/news/1'> Graz"
		" <b>joins</b></a><li><a class='item' href='2#top'>Linz</a>"
		"<li><a href='/news/1#more'>more</a></ul>"
		"<a href='mailto:x@a.example'>x</a><a>y</a>";
	static const struct {
		const char *name, *links;
		size_t n;
		const char *first;
	} cases[] = {
		{ "a class of the link or around it", ".item", 2,
			"https://a.example/news/1" },
		{ "a whole class name", ".ite", 0, NULL },
		{ "an expression on the URL", "/news/\\d+$", 2,
			"https://a.example/news/1" },
		{ "any", ".+", 3, "https://a.example/news/" },
	};
	struct reading *r = *state;

	for (size_t i = 0; i < ROWS(cases); i++) {
		struct source src = { .name = "test",
			.kind = SOURCE_INDEX,
			.url = "https://a.example/news/",
			.links = cases[i].links };
		struct sources sources = { .list = &src, .n = 1 };
		struct page index = { .id = "1",
			.url = "https://a.example/news/",
			.source = "test" };
		struct parser *parser;
		struct answer a;
		struct error err = { 0 };

		parser = parser_new(r->words, &sources);
		arena_reset(r->arena);
		CHECK_ROW(cases[i].name,
			parser_links(parser, &index, span_str(html), r->arena,
				&a.is_listing, &a.links, &a.has_problem,
				&a.problem, &err) == OK);
		CHECK_ROW(cases[i].name, a.is_listing && !a.has_problem);
		CHECK_ROW(cases[i].name, a.links.n == cases[i].n);
		CHECK_ROW(cases[i].name,
			a.links.n == 0 ||
				!strcmp(a.links.list[0].url, cases[i].first));
		/* A page that it lists is a page. */
		index.url = "https://a.example/news/1";
		CHECK_ROW(cases[i].name,
			parser_links(parser, &index, span_str(html), r->arena,
				&a.is_listing, &a.links, &a.has_problem,
				&a.problem, &err) == OK);
		CHECK_ROW(cases[i].name, !a.is_listing);
		parser_free(parser);
	}
}

static void
patterns_are_checked(void **state)
{
	struct error err = { 0 };

	(void)state;
	assert_int_equal(parse_link_pattern_check(".news-item", &err), OK);
	assert_int_equal(parse_link_pattern_check("/\\d{4}/", &err), OK);
	assert_int_equal(parse_link_pattern_check("/news/(", &err), ERR_CONFIG);
	assert_non_null(strstr(err.msg, "byte 7"));
	assert_int_equal(parse_link_pattern_check("", &err), ERR_CONFIG);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(listings_are_told_by_what_is_in_them),
		cmocka_unit_test(each_page_is_listed_once_and_absolute),
		cmocka_unit_test(an_index_gives_the_links_its_source_asks_for),
		cmocka_unit_test(patterns_are_checked),
		cmocka_unit_test(a_listing_that_cannot_be_read_is_a_problem),
	};

	return cmocka_run_group_tests(tests, reading_open, reading_close);
}
