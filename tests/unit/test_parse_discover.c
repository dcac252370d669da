/* what a homepage and a robots.txt offer to read */
#include "parse/parse.h"
#include "unit.h"

#include <string.h>

static struct parse_words *words;
static struct parser *parser;
static struct arena *arena;

static int
setup(void **state)
{
	(void)state;
	if (parse_words_open("config", &words, NULL) != OK)
		return 1;
	parser = parser_new(words, NULL);
	arena = arena_new((size_t)64 << 20);
	return parser == NULL || arena == NULL;
}

static int
teardown(void **state)
{
	(void)state;
	parser_free(parser);
	parse_words_free(words);
	arena_free(arena);
	return 0;
}

#define HTML "<!DOCTYPE html><html><head>"
#define LINK "<link rel=alternate type=application/"

static const struct {
	const char *name, *body, *offers; /* "kind url title\n" */
} cases[] = {
	{ "RSS", HTML LINK "rss+xml href=https://a.example/f title=News>",
		"feed https://a.example/f News\n" },
	{ "Atom, JSON Feed, RDF",
		HTML LINK "atom+xml href=https://a.example/a>" LINK
			  "feed+json href=https://a.example/j>" LINK
			  "rdf+xml href=https://a.example/r>",
		"feed https://a.example/a -\nfeed https://a.example/j -\n"
		"feed https://a.example/r -\n" },
	{ "a type with a charset, words in any case",
		HTML "<LINK REL='Alternate Home' TYPE='Application/RSS+XML; "
		     "charset=utf-8' HREF='https://a.example/f'>",
		"feed https://a.example/f -\n" },
	{ "in the body",
		HTML "</head><body>" LINK "rss+xml href=https://a.example/f>",
		"feed https://a.example/f -\n" },
	{ "rel=feed", HTML "<link rel=feed href=https://a.example/f>",
		"feed https://a.example/f -\n" },
	{ "XML that says it is a feed",
		HTML "<link rel=alternate type=text/xml "
		     "href=https://a.example/rss.php>" LINK
		     "json href=https://a.example/api/1>",
		"feed https://a.example/rss.php -\n" },
	{ "other alternates",
		HTML
		"<link rel=alternate hreflang=de href=https://a.example/de>"
		"<link rel=stylesheet type=application/rss+xml "
		"href=https://a.example/x>" LINK
		"json+oembed href=https://a.example/feed>",
		"" },
	{ "comments",
		HTML LINK "rss+xml href=https://a.example/comments/feed/>" LINK
			  "rss+xml href=https://a.example/f>" LINK
			  "rss+xml title='City Comments Feed' "
			  "href=https://a.example/c>",
		"feed https://a.example/f -\n" },
	{ "each once",
		HTML LINK "rss+xml href=https://a.example/f>" LINK
			  "atom+xml href=https://a.example/f>",
		"feed https://a.example/f -\n" },
	{ "a sitemap that is named",
		HTML "<link rel=sitemap type=application/xml "
		     "href=https://a.example/s.xml>",
		"sitemap https://a.example/s.xml -\n" },
	{ "links for readers",
		HTML "<body><a href=https://a.example/blog/feed/>RSS</a>"
		     "<a href=https://a.example/n.rss?x=1>N</a>"
		     "<a href=https://a.example/feedback>F</a>"
		     "<a href=https://a.example/rss.xml>All</a>",
		"feed https://a.example/blog/feed/ RSS\n"
		"feed https://a.example/n.rss?x=1 N\n"
		"feed https://a.example/rss.xml All\n" },
	{ "not where there are some for programs",
		HTML LINK "rss+xml href=https://a.example/f><body>"
			  "<a href=https://a.example/feed>RSS</a>",
		"feed https://a.example/f -\n" },
	{ "not of the web",
		HTML LINK "rss+xml href='feed:x'>" LINK
			  "rss+xml href='javascript:rss'>" LINK
			  "rss+xml href=''>",
		"" },
	{ "robots.txt",
		"User-agent: *\nDisallow: /\nSitemap: https://a.example/1\r\n"
		"SITEMAP :https://a.example/2 \nsitemaps: https://a.example/3\n"
		"# Sitemap: https://a.example/4\nSitemap:\nSitemap: "
		"https://a.example/1\n",
		"sitemap https://a.example/1 -\nsitemap https://a.example/2 "
		"-\n" },
	{ "a BOM", "\xef\xbb\xbfSitemap: https://a.example/1",
		"sitemap https://a.example/1 -\n" },
	{ "nothing", "", "" },
};

static const char *
offers_of(const char *body, const char *base, bool guesses)
{
	const struct listing_context context = { .base = base };
	struct offers o = { NULL, 0 };
	struct error err = { 0 };
	struct buffer b;
	const char *text;

	arena_reset(arena);
	if (parser_discover(
		    parser, span_str(body), &context, arena, &o, &err) != OK)
		fail_msg("%s", err.msg);
	buffer_init(&b, (size_t)1 << 20);
	buffer_add_str(&b, "");
	for (size_t i = 0; i < o.n; i++)
		if (o.list[i].guess == guesses)
			buffer_printf(&b, "%s %s %s\n",
				o.list[i].kind == OFFER_FEED ? "feed"
							     : "sitemap",
				o.list[i].url,
				o.list[i].title != NULL ? o.list[i].title
							: "-");
	text = arena_strndup(arena, b.len > 0 ? b.ptr : "", b.len);
	buffer_release(&b);
	return text;
}

static void
offers_by_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		const char *got = offers_of(cases[i].body, NULL, false);

		if (strcmp(got, cases[i].offers) != 0)
			fail_msg("row \"%s\": got\n%swanted\n%s", cases[i].name,
				got, cases[i].offers);
		assert_string_equal(offers_of(cases[i].body, NULL, true), "");
	}
}

static void
relative_to_where_it_is_from(void **state)
{
	(void)state;
	assert_string_equal(offers_of(HTML LINK "rss+xml href=../f>",
				    "https://a.example/city/news/", false),
		"feed https://a.example/city/f -\n");
	assert_string_equal(offers_of("Sitemap: /s.xml",
				    "https://a.example/robots.txt", false),
		"sitemap https://a.example/s.xml -\n");
}

static void
usual_places_are_guesses(void **state)
{
	(void)state;
	assert_string_equal(offers_of(HTML LINK "rss+xml href=/feed>",
				    "https://a.example:8080/city/?x", true),
		"feed https://a.example:8080/rss.xml -\n"
		"feed https://a.example:8080/atom.xml -\n"
		"feed https://a.example:8080/feed.xml -\n"
		"sitemap https://a.example:8080/robots.txt -\n"
		"sitemap https://a.example:8080/sitemap.xml -\n");
}

static void
there_is_a_cap(void **state)
{
	struct offers o = { NULL, 0 };
	struct error err = { 0 };
	struct buffer b;

	(void)state;
	buffer_init(&b, (size_t)1 << 20);
	buffer_add_str(&b, HTML);
	for (int i = 0; i < OFFERS_MAX + 1; i++)
		buffer_printf(&b, LINK "rss+xml href=https://a.example/%d>", i);
	arena_reset(arena);
	assert_int_equal(parser_discover(parser, buffer_span(&b),
				 &(struct listing_context){ .base = NULL },
				 arena, &o, &err),
		OK);
	assert_int_equal(o.n, OFFERS_MAX);
	buffer_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(offers_by_name),
		cmocka_unit_test(relative_to_where_it_is_from),
		cmocka_unit_test(usual_places_are_guesses),
		cmocka_unit_test(there_is_a_cap),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
