/* Feeds: feed.c, feed_atom.c, feed_rss.c, feed_json.c, xml.c. */
#include "parse_listing.h"

#include <stdio.h>
#include <string.h>

#define BASE "https://council.example/feeds/news.xml"

static enum error_code
read_text(struct reader *r, const char *text)
{
	const struct listing_context context = { .base = BASE };

	arena_reset(r->arena);
	error_clear(&r->err);
	return parser_feed(r->parser, span_str(text), &context, r->arena,
		&r->feed, &r->err);
}

static bool
same(const char *got, const char *want)
{
	return want == NULL ? got == NULL : got != NULL && !strcmp(got, want);
}

/* One entry's fields, as far as the row names them. */
static void
each_kind_gives_the_same_entry(void **state)
{
	static const struct {
		const char *name, *text, *version, *link, *published, *guid;
	} cases[] = {
		{ "RSS 2.0",
			"<rss version='2.0'><channel><item><title>A</title>"
			"<link>/a</link><guid isPermaLink='false'>g1</guid>"
			"<pubDate>Wed, 14 Feb 2024 09:00:00 +0100</pubDate>"
			"</item></channel></rss>",
			"rss20", "https://council.example/a",
			"2024-02-14T08:00:00Z", "g1" },
		{ "RSS 0.92",
			"<rss version='0.92'><channel><item><title>A</title>"
			"<link>https://council.example/a</link></item>"
			"</channel></rss>",
			"rss092", "https://council.example/a", NULL, NULL },
		{ "RSS 1.0: items beside the channel",
			"<rdf:RDF xmlns='http://purl.org/rss/1.0/' xmlns:rdf="
			"'http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
			"<channel><title>c</title></channel>"
			"<item rdf:about='https://council.example/a'>"
			"<title>A</title></item></rdf:RDF>",
			"rss10", "https://council.example/a", NULL,
			"https://council.example/a" },
		{ "Atom 1.0, the alternate among other links",
			"<feed xmlns='http://www.w3.org/2005/Atom'><entry>"
			"<title>A</title><id>urn:1</id>"
			"<link rel='self' href='/self'/>"
			"<link rel='enclosure' href='/sound'/>"
			"<link href='/a'/>"
			"<published>2024-02-14T09:00:00+01:00</published>"
			"</entry></feed>",
			"atom10", "https://council.example/a",
			"2024-02-14T08:00:00Z", "urn:1" },
		{ "Atom 0.3",
			"<feed version='0.3' xmlns='http://purl.org/atom/ns#'>"
			"<entry><title>A</title><link rel='alternate'"
			" href='a'/><issued>2024-02-14T08:00:00Z</issued>"
			"</entry></feed>",
			"atom03", "https://council.example/feeds/a",
			"2024-02-14T08:00:00Z", NULL },
		{ "JSON Feed",
			"{\"version\":\"https://jsonfeed.org/version/1.1\","
			"\"items\":[{\"id\":7,\"title\":\"A\",\"url\":\"/a\","
			"\"date_published\":\"2024-02-14T08:00:00Z\"}]}",
			"json11", "https://council.example/a",
			"2024-02-14T08:00:00Z", "7" },
		{ "CDF",
			"<CHANNEL><ITEM HREF='/a'><TITLE>A</TITLE></ITEM>"
			"</CHANNEL>",
			"cdf", "https://council.example/a", NULL, NULL },
		{ "OPML",
			"<opml version='2.0'><body><outline text='x'>"
			"<outline text='A' xmlUrl='/a'/></outline></body>"
			"</opml>",
			"opml", "https://council.example/a", NULL, NULL },
	};

	for (size_t i = 0; i < ROWS(cases); i++) {
		struct reader *r = *state;
		const struct feed_item *it;

		CHECK_ROW(cases[i].name, read_text(r, cases[i].text) == OK);
		CHECK_ROW(cases[i].name, r->feed.nentries == 1);
		it = &r->feed.entries[0];
		CHECK_ROW(
			cases[i].name, same(r->feed.version, cases[i].version));
		CHECK_ROW(cases[i].name, same(it->title, "A"));
		CHECK_ROW(cases[i].name, same(it->link, cases[i].link));
		CHECK_ROW(cases[i].name, same(it->guid, cases[i].guid));
		CHECK_ROW(
			cases[i].name, same(it->published, cases[i].published));
		CHECK_ROW(cases[i].name, !r->feed.broken && !r->feed.cut);
	}
}

#define ITEM(inside)                                                           \
	"<rss version='2.0'><channel><item>" inside "</item></channel></rss>"
#define ENTRY(inside)                                                          \
	"<feed xmlns='http://www.w3.org/2005/Atom'><entry>" inside             \
	"</entry></feed>"

static void
titles_and_texts_are_read_in_all_their_forms(void **state)
{
	static const struct {
		const char *name, *text, *title, *summary;
	} cases[] = {
		{ "CDATA and text",
			ITEM("<title>Graz <![CDATA[& Linz]]></title>"),
			"Graz & Linz", NULL },
		{ "escaped markup",
			ITEM("<title>&lt;b&gt;Graz&lt;/b&gt;</title>"),
			"<b>Graz</b>", NULL },
		{ "markup that was not escaped",
			ITEM("<title>A</title>"
			     "<description><p>one</p> two</description>"),
			"A", "<p>one</p> two" },
		{ "characters of HTML",
			ITEM("<title>Zürich&nbsp;&ndash; M&uuml;nchen</title>"),
			"Zürich\xc2\xa0– München", NULL },
		{ "an ampersand that stands alone",
			ITEM("<title>Town & Country</title>"), "Town & Country",
			NULL },
		{ "links in a description",
			ITEM("<title>A</title><description>"
			     "&lt;a href=\"/x\"&gt;x&lt;/a&gt;</description>"),
			"A", "<a href=\"https://council.example/x\">x</a>" },
		{ "XHTML without its div",
			ENTRY("<title>A</title><summary type='xhtml'><div "
			      "xmlns='http://www.w3.org/1999/xhtml'>one <b>two"
			      "</b></div></summary>"),
			"A", "one <b>two</b>" },
		{ "xml:base",
			ENTRY("<title>A</title><summary type='html' "
			      "xml:base='https://other.example/d/'>&lt;img "
			      "src='p.png'></summary>"),
			"A", "<img src='https://other.example/d/p.png'>" },
		{ "a prefix that was not declared",
			ITEM("<title>A</title><dc:description>d"
			     "</dc:description>"),
			"A", "d" },
		{ "a module's title is not the entry's",
			ITEM("<media:title xmlns:media='http://search.yahoo.com"
			     "/mrss/'>photo</media:title><title>A</title>"),
			"A", NULL },
		{ "an image's link and title are not the entry's",
			ITEM("<image><title>i</title></image><title>A"
			     "</title>"),
			"A", NULL },
	};

	for (size_t i = 0; i < ROWS(cases); i++) {
		struct reader *r = *state;

		CHECK_ROW(cases[i].name, read_text(r, cases[i].text) == OK &&
						 r->feed.nentries == 1);
		CHECK_ROW(cases[i].name,
			same(r->feed.entries[0].title, cases[i].title));
		CHECK_ROW(cases[i].name,
			same(r->feed.entries[0].summary, cases[i].summary));
	}
}

static void
links_and_guids_are_told_apart(void **state)
{
	static const struct {
		const char *name, *text, *link;
	} cases[] = {
		{ "a guid is a permanent link",
			ITEM("<guid>https://a.example/1</guid>"),
			"https://a.example/1" },
		{ "unless it says that it is none",
			ITEM("<guid isPermaLink='false'>https://a.example/1"
			     "</guid>"),
			NULL },
		{ "or is no URL", ITEM("<guid>2024-17</guid>"), NULL },
		{ "a link counts more",
			ITEM("<guid>https://a.example/1</guid><link>"
			     "https://a.example/2</link>"),
			"https://a.example/2" },
		{ "Atom's link in RSS",
			ITEM("<atom:link href='/3' xmlns:atom="
			     "'http://www.w3.org/2005/Atom'/>"),
			"https://council.example/3" },
		{ "but not the feed's own",
			ITEM("<atom:link rel='self' href='/3' xmlns:atom="
			     "'http://www.w3.org/2005/Atom'/>"),
			NULL },
	};

	for (size_t i = 0; i < ROWS(cases); i++) {
		struct reader *r = *state;

		CHECK_ROW(cases[i].name, read_text(r, cases[i].text) == OK &&
						 r->feed.nentries == 1);
		CHECK_ROW(cases[i].name,
			same(r->feed.entries[0].link, cases[i].link));
	}
}

static void
people_are_names_and_addresses(void **state)
{
	static const char *const forms[] = { "Ana Lima (ana@a.example)",
		"ana@a.example (Ana Lima)", "Ana Lima &lt;ana@a.example&gt;" };

	for (size_t i = 0; i < ROWS(forms); i++) {
		struct reader *r = *state;
		char text[256];

		(void)snprintf(text, sizeof text, ITEM("<author>%s</author>"),
			forms[i]);
		CHECK_ROW(forms[i], read_text(r, text) == OK &&
					    r->feed.entries[0].nauthors == 1);
		CHECK_ROW(forms[i],
			same(r->feed.entries[0].authors[0].name, "Ana Lima"));
		CHECK_ROW(forms[i], same(r->feed.entries[0].authors[0].email,
					    "ana@a.example"));
	}
}

static void
broken_feeds_are_read_as_far_as_they_go(void **state)
{
	static const struct {
		const char *name, *text;
		size_t entries;
		bool broken, cut;
	} cases[] = {
		{ "blanks in front",
			"\n\n <?xml version='1.0'?>" ITEM("<title>A</title>"),
			1, false, false },
		{ "it breaks off",
			"<rss><channel><item><title>A</title></item><item>"
			"<title>B</ti",
			2, true, true },
		{ "a tag that is closed by another",
			"<rss><channel><item><title>A</title><p>x</item>"
			"<item><title>B</title></item></channel></rss>",
			2, true, false },
		{ "a CDATA section without end",
			"<rss><channel><item><title>A</title></item>"
			"<item><title><![CDATA[B",
			2, true, true },
		{ "control characters",
			"<rss><channel><item><title>A\x01\x02</title></item>"
			"</channel></rss>",
			1, false, false },
	};

	for (size_t i = 0; i < ROWS(cases); i++) {
		struct reader *r = *state;

		CHECK_ROW(cases[i].name, read_text(r, cases[i].text) == OK);
		CHECK_ROW(cases[i].name,
			r->feed.nentries >= 1 &&
				same(r->feed.entries[0].title, "A"));
		CHECK_ROW(cases[i].name, r->feed.broken == cases[i].broken);
	}
}

static void
what_is_no_feed_is_said(void **state)
{
	static const struct {
		const char *name, *text, *says;
	} cases[] = {
		{ "a page",
			"<!DOCTYPE html><html><body><p>Not found</body></html>",
			"a page of HTML" },
		{ "nothing", " \n", "nothing in it" },
		{ "text", "no markup at all", "no element" },
		{ "other XML", "<svg/>", "\"svg\"" },
		{ "other JSON", "{\"a\":1}", "no JSON Feed" },
		{ "JSON that is broken", "{\"version\":", "unexpected end" },
	};

	for (size_t i = 0; i < ROWS(cases); i++) {
		struct reader *r = *state;

		CHECK_ROW(cases[i].name,
			read_text(r, cases[i].text) == ERR_FORMAT);
		CHECK_ROW(cases[i].name,
			strstr(r->err.msg, cases[i].says) != NULL);
	}
}

/* A document type defines nothing: no expansion, no file. */
static void
entities_do_no_harm(void **state)
{
	static const char bomb[] =
		"<!DOCTYPE rss [<!ENTITY a \"ha ha ha ha\"><!ENTITY b "
		"\"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;"
		"&b;&b;&b;&b;&b;&b;\">]>" ITEM("<title>x&c;y</title>");
	static const char file[] =
		"<!DOCTYPE rss [<!ENTITY f SYSTEM \"file:///etc/passwd\"> "
		"<!ENTITY % p SYSTEM \"file:///etc/passwd\"> %p;]>" ITEM(
			"<title>x&f;y</title>");
	struct reader *r = *state;

	assert_int_equal(read_text(r, bomb), OK);
	assert_string_equal(r->feed.entries[0].title, "x&c;y");
	assert_int_equal(read_text(r, file), OK);
	assert_string_equal(r->feed.entries[0].title, "x&f;y");
}

static void
encodings_are_those_of_transport_then_declaration(void **state)
{
	static const char latin[] =
		"<?xml version='1.0' encoding='iso-8859-1'?>" ITEM(
			"<title>Z\xfcrich</title>");
	struct listing_context context = { .base = BASE };
	struct reader *r = *state;

	assert_int_equal(read_text(r, latin), OK);
	assert_string_equal(r->feed.entries[0].title, "Zürich");
	assert_string_equal(r->feed.encoding, "iso-8859-1");
	context.charset = "iso-8859-2";
	assert_int_equal(
		parser_feed(r->parser, span_str(ITEM("<title>\xb1</title>")),
			&context, r->arena, &r->feed, &r->err),
		OK);
	assert_string_equal(r->feed.entries[0].title, "ą");
}

static void
deep_and_long_feeds_are_cut(void **state)
{
	struct reader *r = *state;
	struct buffer b;

	buffer_init(&b, (size_t)1 << 20);
	buffer_add_str(&b, "<rss><channel><item><title>A</title>");
	for (int i = 0; i < 5000; i++)
		buffer_add_str(&b, "<d>");
	buffer_add_char(&b, '\0');
	assert_int_equal(read_text(r, b.ptr), OK);
	assert_string_equal(r->feed.entries[0].title, "A");
	assert_true(r->feed.cut);
	buffer_release(&b);
}

/* Every allocation of the arena fails once. */
static void
without_memory_nothing_is_given(void **state)
{
	static const char text[] = ENTRY("<title>A</title><link href='/a'/>"
					 "<author><name>B</name></author>"
					 "<category term='c'/>"
					 "<summary>s</summary>");
	const struct listing_context context = { .base = BASE };
	struct reader *r = *state;
	enum error_code code = ERR_NOMEM;

	for (long n = 0; code != OK; n++) {
		assert_true(n < 500);
		arena_reset(r->arena);
		arena_fail_at(r->arena, n);
		code = parser_feed(r->parser, span_str(text), &context,
			r->arena, &r->feed, &r->err);
		assert_true(code == OK || code == ERR_NOMEM);
	}
	arena_fail_at(r->arena, -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_gives_the_same_entry),
		cmocka_unit_test(titles_and_texts_are_read_in_all_their_forms),
		cmocka_unit_test(links_and_guids_are_told_apart),
		cmocka_unit_test(people_are_names_and_addresses),
		cmocka_unit_test(broken_feeds_are_read_as_far_as_they_go),
		cmocka_unit_test(what_is_no_feed_is_said),
		cmocka_unit_test(entities_do_no_harm),
		cmocka_unit_test(
			encodings_are_those_of_transport_then_declaration),
		cmocka_unit_test(deep_and_long_feeds_are_cut),
		cmocka_unit_test(without_memory_nothing_is_given),
	};

	return cmocka_run_group_tests(tests, open_reader, close_reader);
}
