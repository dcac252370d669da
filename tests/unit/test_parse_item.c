/* Entries of feeds as documents. */
#include "parse_page.h"

#include <stdio.h>

#define LONG                                                                   \
	"&lt;p&gt;Graz has joined the network of learning cities, as one of "  \
	"ten new members from six countries, so that it now has 94 in all. "   \
	"The council had applied for it two years ago, with the help of the "  \
	"university, of libraries and of the schools of the region, and will " \
	"send the mayor to the conference in autumn.&lt;/p&gt;&lt;ul&gt;"      \
	"&lt;li&gt;Graz&lt;/li&gt;&lt;li&gt;Linz&lt;/li&gt;&lt;/ul&gt;"        \
	"&lt;p&gt;The plan of the coming years names ten projects, among "     \
	"them courses for the old, a day of books, and rooms in which all "    \
	"may "                                                                 \
	"learn in the evening.&lt;/p&gt;"
#define RSS(items)                                                             \
	"<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/"   \
	"content/' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel>"      \
	"<title>Graz News</title><language>en</language>" items                \
	"</channel></rss>"
#define ENTRY(text)                                                            \
	RSS("<item><title>Graz joins</title><link>https://a.org/1</link>"      \
	    "<pubDate>Wed, 14 Feb 2024 23:30:00 +0100</pubDate><dc:creator>"   \
	    "Jane Roe</dc:creator>" text "</item>")

static const struct page the_page = {
	.id = "capture",
	.body = "sha256:0",
	.url = "https://a.org/feed",
	.source = "graz",
	.media_type = "application/rss+xml",
};

static bool
read_entry(struct reading *r, struct parser *p, const char *xml)
{
	struct error err = { 0 };
	struct link_list links;
	bool listing, has_problem, has = false;

	arena_reset(r->arena);
	assert_int_equal(
		parser_links(p, &the_page, span_str(xml), r->arena, &listing,
			&links, &has_problem, &r->problem, &err),
		OK);
	if (links.feed == NULL || links.feed->nentries == 0)
		return false;
	assert_int_equal(parser_item(p, &the_page, links.feed, 0, r->arena,
				 &has, &r->doc, &err),
		OK);
	return has;
}

static void
entries_with_the_whole_text_are_documents(void **state)
{
	static const struct {
		const char *name, *xml;
		bool is;
	} cases[] = {
		{ "content:encoded",
			ENTRY("<description>x</"
			      "description><content:encoded>" LONG
			      "</content:encoded>"),
			true },
		{ "description", ENTRY("<description>" LONG "</description>"),
			true },
		{ "Atom",
			"<feed xmlns='http://www.w3.org/2005/Atom'><entry>"
			"<title>T</title><link href='https://a.org/1'/>"
			"<content type='html'>" LONG
			"</content></entry></feed>",
			true },
		{ "a teaser",
			ENTRY("<description>Graz has joined.</description>"),
			false },
		{ "a beginning",
			ENTRY("<description>" LONG
			      " [\xE2\x80\xA6]</description>"),
			false },
		{ "a beginning, in markup",
			ENTRY("<description>" LONG "&lt;p&gt;And "
			      "&amp;#8230;&lt;/p&gt;\n</description>"),
			false },
		{ "without an address",
			RSS("<item><description>" LONG "</description></item>"),
			false },
		{ "a podcast's address",
			RSS("<item><link>ftp://a.org/1</link><description>" LONG
			    "</description></item>"),
			false },
		{ "a sitemap",
			"<urlset><url><loc>https://a.org/1</loc></url></"
			"urlset>",
			false },
	};
	struct reading *r = *state;

	for (size_t i = 0; i < ROWS(cases); i++)
		CHECK_ROW(cases[i].name,
			read_entry(r, r->parser, cases[i].xml) == cases[i].is);
}

static void
an_entry_says_who_when_and_where(void **state)
{
	struct reading *r = *state;
	const struct document *d = &r->doc;

	assert_true(read_entry(r, r->parser,
		ENTRY("<content:encoded>" LONG "</content:encoded>")));
	assert_string_equal(d->url, "https://a.org/1");
	assert_string_equal(d->page, "capture");
	assert_string_equal(d->source, "graz");
	assert_string_equal(d->title, "Graz joins");
	assert_string_equal(d->site, "Graz News");
	assert_string_equal(d->language, "en");
	assert_string_equal(d->published.edtf, "2024-02-14");
	assert_string_equal(d->published.from, "feed published");
	assert_int_equal(d->nauthors, 1);
	assert_string_equal(d->authors[0], "Jane Roe");
	assert_int_equal(d->nblocks, 5);
	assert_int_equal(d->blocks[0].zone, ZONE_TITLE);
	assert_int_equal(d->blocks[2].type, BLOCK_ITEM);
	assert_int_equal(d->blocks[4].zone, ZONE_BODY);
}

/* The feed goes on, the entry stays; what it says changes, and it is another.
 */
static void
an_entry_is_one_document_in_all_captures(void **state)
{
	struct reading *r = *state;
	char id[3][ID_HEX];
	static const char *const xml[] = {
		ENTRY("<description>" LONG "</description>"),
		RSS("<item><title>Graz joins</title><link>https://a.org/1"
		    "</link><description>" LONG
		    "</description></item><item><title>New</title></item>"),
		ENTRY("<description>" LONG " Correction.</description>"),
	};

	for (size_t i = 0; i < ROWS(xml); i++) {
		assert_true(read_entry(r, r->parser, xml[i]));
		(void)snprintf(id[i], sizeof id[i], "%s", r->doc.id);
	}
	assert_string_equal(id[0], id[1]);
	assert_string_not_equal(id[0], id[2]);
}

static void
a_source_asks_for_days(void **state)
{
	static struct source list[] = { { .name = "graz" } };
	const struct sources sources = { .list = list, .n = 1 };
	struct reading *r = *state;
	struct parser *p = parser_new(r->words, &sources);
	const char *xml = ENTRY("<description>" LONG "</description>");

	list[0].since = 1707951600; /* 2024-02-15 */
	assert_false(read_entry(r, p, xml));
	list[0].since = 1707778800; /* 2024-02-13 */
	assert_true(read_entry(r, p, xml));
	parser_free(p);
}

static void
an_entry_is_marked(void **state)
{
	struct reading *r = *state;
	struct error err = { 0 };
	const char *xml = RSS("<item><title>No</title><link>https://a.org/0"
			      "</link><description>" LONG "</description>"
			      "</item><item><title>Vienna joins</title><link>"
			      "https://a.org/1</link><description>" LONG
			      "</description></item>");
	const char *text = "Vienna joins";
	struct buffer out;
	bool found = false;

	buffer_init(&out, (size_t)1 << 20);
	assert_int_equal(parser_mark(r->parser, &the_page, span_str(xml),
				 span_str(text), 0, 6, &out, &found, &err),
		OK);
	assert_true(found);
	assert_true(span_find(buffer_span(&out), 0,
			    span_str("<mark id=\"evidence\">Vienna</mark>")) !=
		    SIZE_MAX);
	buffer_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_with_the_whole_text_are_documents),
		cmocka_unit_test(an_entry_says_who_when_and_where),
		cmocka_unit_test(an_entry_is_one_document_in_all_captures),
		cmocka_unit_test(a_source_asks_for_days),
		cmocka_unit_test(an_entry_is_marked),
	};

	return cmocka_run_group_tests(tests, reading_open, reading_close);
}
