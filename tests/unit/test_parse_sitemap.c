/* Sitemaps: sitemap.c, unzip.c. */
#include "parse_listing.h"

#include <string.h>

static enum error_code
read_bytes(struct reader *r, struct span body)
{
	const struct listing_context context = { NULL, NULL, NULL, NULL };

	arena_reset(r->arena);
	error_clear(&r->err);
	return parser_sitemap(
		r->parser, body, &context, r->arena, &r->map, &r->err);
}

#define NS "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"

static void
each_kind_is_told_by_what_is_in_it(void **state)
{
	static const struct {
		const char *name, *text;
		enum sitemap_kind kind;
		size_t entries;
	} cases[] = {
		{ "pages",
			"<urlset " NS "><url><loc> https://a.example/1 </loc>"
			"</url></urlset>",
			SITEMAP_URLS, 1 },
		{ "an index",
			"<sitemapindex " NS "><sitemap><loc>https://a.example/1"
			"</loc></sitemap></sitemapindex>",
			SITEMAP_INDEX, 1 },
		{ "an index without <loc>",
			"<sitemapindex><sitemap>https://a.example/1</sitemap>"
			"</sitemapindex>",
			SITEMAP_INDEX, 1 },
		{ "no namespace",
			"<urlset><url><loc>https://a.example/1</loc></url>"
			"<url></url></urlset>",
			SITEMAP_URLS, 1 },
		{ "another prefix",
			"<s:urlset xmlns:s='http://www.google.com/schemas/"
			"sitemap/0.84'><s:url><s:loc>https://a.example/1"
			"</s:loc></s:url></s:urlset>",
			SITEMAP_URLS, 1 },
		{ "a URL a line",
			"\xef\xbb\xbfhttps://a.example/1\r\n# a remark\n\n"
			"https://a.example/2",
			SITEMAP_TEXT, 2 },
		{ "it breaks off",
			"<urlset><url><loc>https://a.example/1</loc></url>"
			"<url><lo",
			SITEMAP_URLS, 1 },
		{ "a feed", "<rss><channel/></rss>", SITEMAP_FEED, 0 },
	};

	for (size_t i = 0; i < ROWS(cases); i++) {
		struct reader *r = *state;

		CHECK_ROW(cases[i].name,
			read_bytes(r, span_str(cases[i].text)) == OK);
		CHECK_ROW(cases[i].name, r->map.kind == cases[i].kind);
		CHECK_ROW(cases[i].name, r->map.nentries == cases[i].entries);
		CHECK_ROW(cases[i].name,
			r->map.nentries == 0 || !strcmp(r->map.entries[0].loc,
							"https://a.example/1"));
	}
}

static void
news_and_dates_are_read(void **state)
{
	static const char text[] =
		"<urlset " NS " xmlns:news='http://www.google.com/schemas/"
		"sitemap-news/0.9' xmlns:image='http://www.google.com/schemas/"
		"sitemap-image/1.1' xmlns:xhtml='http://www.w3.org/1999/xhtml'>"
		"<url><loc>https://a.example/1</loc>"
		"<image:image><image:loc>https://a.example/i.png</image:loc>"
		"</image:image><lastmod>2024-02-14</lastmod>"
		"<xhtml:link rel='alternate' hreflang='de' "
		"href='https://a.example/de'/>"
		"<news:news><news:publication><news:name>The Paper</news:name>"
		"<news:language>en</news:language></news:publication>"
		"<news:publication_date>2024-02-14T09:00:00+01:00"
		"</news:publication_date><news:title>Graz joins</news:title>"
		"</news:news></url></urlset>";
	struct reader *r = *state;
	const struct sitemap_entry *e;

	assert_int_equal(read_bytes(r, span_str(text)), OK);
	assert_int_equal(r->map.nentries, 1);
	e = &r->map.entries[0];
	assert_string_equal(e->loc, "https://a.example/1");
	assert_string_equal(e->lastmod, "2024-02-14");
	assert_string_equal(e->lastmod_at, "2024-02-14T00:00:00Z");
	assert_string_equal(e->news.title, "Graz joins");
	assert_string_equal(e->news.name, "The Paper");
	assert_string_equal(e->news.published, "2024-02-14T08:00:00Z");
	assert_int_equal(e->nalternates, 2);
	assert_string_equal(e->alternates[1], "https://a.example/de");
}

static void
what_is_no_sitemap_is_said(void **state)
{
	static const struct {
		const char *name, *text, *says;
	} cases[] = {
		{ "a page", "<html><body>Not found</body></html>", "HTML" },
		{ "text", "Not found", "no URL" },
		{ "nothing", "  ", "nothing" },
		{ "other XML", "<svg/>", "\"svg\"" },
	};

	for (size_t i = 0; i < ROWS(cases); i++) {
		struct reader *r = *state;

		CHECK_ROW(cases[i].name,
			read_bytes(r, span_str(cases[i].text)) == ERR_FORMAT);
		CHECK_ROW(cases[i].name,
			strstr(r->err.msg, cases[i].says) != NULL);
	}
}

/* "https://a.example/1\n" behind gzip -n. */
static const char zipped[] =
	"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcb\x28\x29\x29\x28\xb6\xd2"
	"\xd7\x4f\xd4\x4b\xad\x48\xcc\x2d\xc8\x49\xd5\x37\xe4\x02\x00\x8b\xcd"
	"\x29\x7b\x14\x00\x00\x00";

static void
gzip_is_taken_off_within_its_caps(void **state)
{
	struct reader *r = *state;
	/* Two bytes of DEFLATE that break off, and a stored block that lies
	 * about its length. */
	static const char cut[] =
		"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xcb";
	static const char bad[] =
		"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x01\x05\x00\x05\x00";

	assert_int_equal(read_bytes(r, span_of(zipped, sizeof zipped - 1)), OK);
	assert_int_equal(r->map.nentries, 1);
	assert_string_equal(r->map.entries[0].loc, "https://a.example/1");
	assert_int_equal(
		read_bytes(r, span_of(cut, sizeof cut - 1)), ERR_FORMAT);
	assert_non_null(strstr(r->err.msg, "breaks off"));
	assert_int_equal(
		read_bytes(r, span_of(bad, sizeof bad - 1)), ERR_FORMAT);
	assert_non_null(strstr(r->err.msg, "broken"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_is_told_by_what_is_in_it),
		cmocka_unit_test(news_and_dates_are_read),
		cmocka_unit_test(what_is_no_sitemap_is_said),
		cmocka_unit_test(gzip_is_taken_off_within_its_caps),
	};

	return cmocka_run_group_tests(tests, open_reader, close_reader);
}
