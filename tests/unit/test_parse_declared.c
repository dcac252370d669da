/* The days that a page declares: metas, JSON-LD, time elements, scripts. */
#include "parse_page.h"

#include <stdio.h>

#include "parse/stamp.h"

#define BODY                                                                   \
	"<h1>T</h1><p>The network promotes learning in its member cities, "    \
	"and adds some every year.</p>"

static void
stamps_are_read_as_machines_write_them(void **state)
{
	static const struct {
		const char *name, *text;
		int day; /* of February 2024; 0: none is read */
	} cases[] = {
		{ "ISO", "2024-02-14T09:00:00+01:00", 14 },
		{ "basic", "20240214T090000Z", 14 },
		{ "seconds", "1707901200", 14 },
		{ "milliseconds", "1707901200000", 14 },
		{ "a number of eleven digits", "17079012000", 0 },
		{ "C", "Wed Feb 14 09:00:00 2024", 14 },
		{ "C, two spaces", "Sun Feb  4 09:00:00 2024", 4 },
		{ "Java", "Wed Feb 14 09:00:00 CET 2024", 14 },
		{ "JavaScript", "Wed Feb 14 2024 09:00:00 GMT+0100 (CET)", 14 },
		{ "C, no such month", "Wed Foo 14 09:00:00 CET 2024", 0 },
		{ "C, no year", "Wed Feb 14 09:00:00 CET", 0 },
		{ "words", "Wednesday, February 14, 2024 - 09:00", 14 },
		{ "Drupal", "Wed, 02/14/2024 - 09:00", 14 },
		{ "a word", "yesterday", 0 },
		{ "nothing", "", 0 },
		{ "a text",
			"In the year of the dragon, the council of the city "
			"met on 14 February 2024 in the town hall",
			0 },
	};
	const struct reading *r = *state;

	for (size_t i = 0; i < ROWS(cases); i++) {
		struct civil day = { 0 };
		bool ok = stamp_day(
			r->words, span_str(cases[i].text), NULL, &day);

		CHECK_ROW(cases[i].name, ok == (cases[i].day != 0));
		CHECK_ROW(cases[i].name,
			!ok || (day.year == 2024 && day.month == 2 &&
				       day.day == cases[i].day));
	}
}

/* The day of 03:00 in Auckland is another one than that of UTC. */
static void
a_moment_is_the_day_it_was_where_the_source_is(void **state)
{
	const struct reading *r = *state;
	struct tz *zone = tz_open("Pacific/Auckland");
	struct civil day = { 0 };

	assert_non_null(zone);
	assert_true(stamp_day(
		r->words, span_str("2024-02-13T14:00:00Z"), zone, &day));
	assert_int_equal(day.day, 14);
	assert_true(stamp_day(r->words, span_str("1707832800"), zone, &day));
	assert_int_equal(day.day, 14);
	assert_true(stamp_day(r->words, span_str("1707832800"), NULL, &day));
	assert_int_equal(day.day, 13);
	tz_close(zone);
}

#define META(name, day) "<meta name='" name "' content='" day "'>"
#define LD(json)	"<script type='application/ld+json'>" json "</script>"

static void
pages_declare_days_in_many_ways(void **state)
{
	static const struct {
		const char *name, *html, *published, *from, *modified;
	} cases[] = {
		{ "a name of the list", META("dc.date.issued", "2024-02-14"),
			"2024-02-14", "meta dc.date.issued", NULL },
		{ "in other letters and marks",
			META("Article-Published:Time", "2024-02-14"),
			"2024-02-14", "meta Article-Published:Time", NULL },
		{ "of publication before any date",
			META("date", "2024-02-20")
				META("publish_date", "2024-02-14"),
			"2024-02-14", "meta publish_date", NULL },
		{ "one that is like it behind",
			META("published-stamp", "2024-02-20")
				META("publish_date", "2024-02-14"),
			"2024-02-14", "meta publish_date", NULL },
		{ "a name like those of change",
			META("page-updated", "2024-03-01")
				META("date", "2024-02-14"),
			"2024-02-14", "meta date", "2024-03-01" },
		{ "a hint, for want of better", META("timestamp", "1707901200"),
			"2024-02-14", "hinted timestamp", NULL },
		{ "a hint beside a line that is shown",
			META("timestamp", "2024-02-20") "<h1>T</h1><p>14 "
							"February 2024</p>",
			"2024-02-14", "shown", NULL },
		{ "a publisher is no day", META("publisher", "The Daily"), NULL,
			NULL, NULL },
		{ "a long name is cut",
			META("publication-of-what-the-council-of-the-city-said",
				"2024-02-14"),
			"2024-02-14",
			"meta publication-of-what-the-council-of-the-c", NULL },
		{ "JSON-LD: a typed value",
			LD("{\"@type\":\"Article\",\"datePublished\":{"
			   "\"@type\":\"Date\",\"@value\":\"2024-02-14\"}}"),
			"2024-02-14", "json-ld datePublished", NULL },
		{ "JSON-LD: a number",
			LD("{\"@type\":\"Article\",\"datePublished\":"
			   "1707901200000}"),
			"2024-02-14", "json-ld datePublished", NULL },
		{ "JSON-LD: when it was made, for want of better",
			LD("{\"@type\":\"Article\",\"dateCreated\":"
			   "\"2024-02-14\"}"),
			"2024-02-14", "hinted json-ld dateCreated", NULL },
		{ "JSON-LD: not when it was made, where it was published",
			LD("{\"@type\":\"Article\",\"dateCreated\":"
			   "\"2024-02-01\",\"datePublished\":\"2024-02-14\"}"),
			"2024-02-14", "json-ld datePublished", NULL },
		{ "another element of time",
			BODY "<relative-time datetime=2024-02-14T09:00>last "
			     "week</relative-time>",
			"2024-02-14", "time", NULL },
		{ "a title of words shown",
			BODY "<abbr class=timeago title='2024-02-14T09:00Z'>"
			     "last week</abbr>",
			"2024-02-14", "time", NULL },
		{ "a title as people write days",
			BODY "<span title='Feb 14, 2024'>3 days ago</span>",
			"2024-02-14", "hinted", NULL },
		{ "a title with a day in it",
			BODY "<a title='Report of 14 Feb 2024'>Report</a>",
			NULL, NULL, NULL },
		{ "a title that is none",
			BODY "<abbr title='24-02-14x'>last week</abbr>", NULL,
			NULL, NULL },
		{ "RDFa",
			BODY "<span property=schema:datePublished "
			     "content=2024-02-14>last week</span>",
			"2024-02-14", "time", NULL },
		{ "RDFa of change",
			BODY "<time property=dateModified datetime=2024-02-14>"
			     "last week</time>",
			"2024-02-14", "changed-time", "2024-02-14" },
		{ "for scripts",
			BODY "<abbr title=Wednesday data-utime=1707901200>last "
			     "week</abbr>",
			"2024-02-14", "hinted", NULL },
		{ "what scripts fill a page from",
			"<script>var x = {'publication_date': '2024-02-14'}"
			"</script>",
			"2024-02-14", "hinted script", NULL },
		{ "in an attribute",
			"<div data-page='{&quot;publishedAt&quot;:&quot;"
			"2024-02-14T09:00:00Z&quot;}'></div>",
			"2024-02-14", "hinted script", NULL },
		{ "within a string",
			"<script>push(\"{\\\"datePublished\\\":\\\"2024-02-14"
			"\\\"}\")</script>",
			"2024-02-14", "hinted script", NULL },
		{ "no day behind the name",
			"<script>x.publishDate = today()</script>", NULL, NULL,
			NULL },
		{ "no sign between them",
			"<script>// publishDate 2024-02-14</script>", NULL,
			NULL, NULL },
		{ "another name",
			"<script>x = {'publisher': '2024-02-14'}</script>",
			NULL, NULL, NULL },
		{ "scripts are not asked where the page says a day",
			META("lastmod",
				"2024-03-01") "<script>x = {'publishDate': "
					      "'2024-02-14'}</script>",
			"2024-03-01", "changed-meta lastmod", "2024-03-01" },
	};
	struct reading *r = *state;
	char html[2048];

	for (size_t i = 0; i < ROWS(cases); i++) {
		const struct doc_date *p = &r->doc.published;

		snprintf(html, sizeof html, "%s%s", cases[i].html,
			strstr(cases[i].html, "<h1>") ? "" : BODY);
		read_body(r, "text/html", span_str(html));
		if (!same(p->edtf, cases[i].published) ||
			!same(p->from, cases[i].from) ||
			!same(r->doc.modified.edtf, cases[i].modified))
			fail_msg("row \"%s\": %s from %s, modified %s",
				cases[i].name, p->edtf, p->from,
				r->doc.modified.edtf);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stamps_are_read_as_machines_write_them),
		cmocka_unit_test(
			a_moment_is_the_day_it_was_where_the_source_is),
		cmocka_unit_test(pages_declare_days_in_many_ways),
	};

	return cmocka_run_group_tests(tests, reading_open, reading_close);
}
