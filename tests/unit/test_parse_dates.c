/* When a document was published, and what else a page says of itself. */
#include "parse_page.h"

#include <stdio.h>

#include "parse/dates.h"
#include "parse/pubdate.h"

#define TEXT                                                                   \
	"<p>The network promotes learning in its member cities, and adds "     \
	"some "                                                                \
	"every year.</p>"
#define JSON_LD(json)                                                          \
	"<script type='application/ld+json'>" json "</script><h1>T</h1>" TEXT

static void
dates_are_read_as_pages_write_them(void **state)
{
	static const struct {
		const char *name, *text, *language, *day;
	} cases[] = {
		{ "ISO", "2024-02-14", "en", "2024-02-14" },
		{ "ISO with time", "2024-02-14T23:30:00Z", "en", "2024-02-14" },
		{ "slashes, year first", "2024/02/14", "en", "2024-02-14" },
		{ "RFC 5322", "Wed, 14 Feb 2024 10:00:00 +0000", NULL,
			"2024-02-14" },
		{ "English", "14 February 2024", "en", "2024-02-14" },
		{ "American", "February 14, 2024", "en", "2024-02-14" },
		{ "ordinal", "14th of February 2024", "en", "2024-02-14" },
		{ "short", "Feb. 14, 2024", "en", "2024-02-14" },
		{ "French", "1er mars 2024", "fr", "2024-03-01" },
		{ "German", "14. Februar 2024", "de", "2024-02-14" },
		{ "Austrian", "14. J\xC3\xA4nner 2024", "de", "2024-01-14" },
		{ "Spanish", "14 de febrero de 2024", "es", "2024-02-14" },
		{ "Portuguese", "14 de fevereiro de 2024", "pt", "2024-02-14" },
		{ "Italian", "14 febbraio 2024", "it", "2024-02-14" },
		{ "day first", "14.02.2024", "de", "2024-02-14" },
		{ "day first, by slashes", "03/04/2024", "fr", "2024-04-03" },
		{ "either order in English", "03/04/2024", "en", NULL },
		{ "month first, since it must be", "02/14/2024", "en",
			"2024-02-14" },
		{ "dashes", "04-ago-2021", "es", "2021-08-04" },
		{ "the year first, and a name", "2024 Feb 14", "en",
			"2024-02-14" },
		{ "in two digits", "14.02.24", "de", "2024-02-14" },
		{ "a version", "14.02.24.1", "de", NULL },
		{ "in two digits, by slashes", "14/2/24", "fr", "2024-02-14" },
		{ "in two digits, month first", "02/14/24", "en",
			"2024-02-14" },
		{ "of the century before", "14.02.98", "de", "1998-02-14" },
		{ "a fraction", "14/02/24/7", "fr", NULL },
		{ "a version of three numbers", "14.2.24", "en", NULL },
		{ "single digits, year first", "2024-2-4", "en", "2024-02-04" },
		{ "spaces behind dots", "2024. 2. 14.", "hu", "2024-02-14" },
		{ "a version that begins like a year", "2024.2.1", "en", NULL },
		{ "two marks", "2024-02/14", "en", NULL },
		{ "Chinese",
			"2024\xE5\xB9\xB4"
			"2\xE6\x9C\x88"
			"14\xE6\x97\xA5 10:00",
			"zh", "2024-02-14" },
		{ "Korean",
			"2024\xEB\x85\x84 2\xEC\x9B\x94 "
			"14\xEC\x9D\xBC",
			"ko", "2024-02-14" },
		{ "Chinese, a month",
			"2024\xE5\xB9\xB4"
			"2\xE6\x9C\x88",
			"zh", NULL },
		{ "Dutch", "14 mei 2024", "nl", "2024-05-14" },
		{ "Polish", "14 lutego 2024", "pl", "2024-02-14" },
		{ "Czech", "14. \xC3\xBAnora 2024", "cs", "2024-02-14" },
		{ "Turkish", "14 \xC5\x9Eubat 2024", "tr", "2024-02-14" },
		{ "Russian",
			"14 \xD1\x81\xD0\xB5\xD0\xBD\xD1\x82\xD1\x8F"
			"\xD0\xB1\xD1\x80\xD1\x8F 2024 \xD0\xB3.",
			"ru", "2024-09-14" },
		{ "Catalan", "14 d'abril de 2024", "ca", "2024-04-14" },
		{ "Spanish, of the year", "14 de mayo del 2024", "es",
			"2024-05-14" },
		{ "a weekday, and month first", "Wed, 02/14/2024", "en",
			"2024-02-14" },
		{ "a month in Roman numerals", "14-II-2024", "es",
			"2024-02-14" },
		{ "no such day", "30 February 2024", "en", NULL },
		{ "no such month", "14 Foobar 2024", "en", NULL },
		{ "no year", "14 February", "en", NULL },
		{ "a longer number", "2024-02-145", "en", NULL },
		{ "too old to be a page's", "14 February 1824", "en", NULL },
		{ "nothing", "", "en", NULL },
	};
	const struct reading *r = *state;

	for (size_t i = 0; i < ROWS(cases); i++) {
		struct civil day;
		struct edtf e = { 0 };
		char edtf[EDTF_MAX];
		bool ok = pubdate_at(r->words, span_str(cases[i].text),
			cases[i].language, &day, NULL);

		CHECK_ROW(cases[i].name, ok == (cases[i].day != NULL));
		if (!ok)
			continue;
		e.start = day;
		edtf_format(&e, edtf);
		CHECK_ROW(cases[i].name, strcmp(edtf, cases[i].day) == 0);
	}
}

static void
a_page_is_dated_by_what_it_says(void **state)
{
	static const struct {
		const char *name, *html, *published, *from, *modified;
	} cases[] = {
		{ "JSON-LD",
			JSON_LD("{'@type':'NewsArticle',"
				"\"datePublished\":\"2024-02-14\"}"),
			"2024-02-14", "hinted script", NULL },
		{ "JSON-LD, well formed",
			JSON_LD("{\"@type\":\"NewsArticle\","
				"\"dateModified\":\"2024-03-01\","
				"\"datePublished\":\"2024-02-14T09:00\"}"),
			"2024-02-14", "json-ld datePublished", "2024-03-01" },
		{ "the article's, not its page's",
			JSON_LD("{\"@graph\":[{\"@type\":\"WebPage\","
				"\"datePublished\":\"2020-01-01\"},"
				"{\"@type\":\"NewsArticle\","
				"\"datePublished\":\"2024-02-14\"}]}"),
			"2024-02-14", "json-ld datePublished", NULL },
		{ "not a comment's",
			JSON_LD("{\"@type\":\"NewsArticle\",\"comment\":[{"
				"\"@type\":\"Comment\","
				"\"datePublished\":\"2024-05-05\"}],"
				"\"datePublished\":\"2024-02-14\"}"),
			"2024-02-14", "json-ld datePublished", NULL },
		{ "cut off in the middle",
			JSON_LD("{\"@type\":\"Article\","
				"\"datePublished\":\"2024-02-14\",\"x\":{"),
			"2024-02-14", "json-ld datePublished", NULL },
		{ "OpenGraph",
			"<meta property=article:published_time "
			"content=2024-02-14T09:00:00+01:00><h1>T</h1>" TEXT,
			"2024-02-14", "meta article:published_time", NULL },
		{ "what is shown is the change that the page declares",
			"<meta property=article:published_time "
			"content=2024-02-14><meta "
			"property=article:modified_time content=2024-03-01>"
			"<h1>T</h1><p>1 March 2024</p>" TEXT,
			"2024-02-14", "meta article:published_time",
			"2024-03-01" },
		{ "what is shown, when it is neither",
			"<meta property=article:published_time "
			"content=2024-02-14><meta "
			"property=article:modified_time content=2024-03-01>"
			"<h1>T</h1><p>13 February 2024</p>" TEXT,
			"2024-02-13", "shown", "2024-03-01" },
		{ "only the last change, for want of better",
			"<meta property=article:modified_time "
			"content=2024-03-01><h1>T</h1>" TEXT,
			"2024-03-01", "changed-meta article:modified_time",
			"2024-03-01" },
		{ "modified is not published",
			"<meta property=article:modified_time "
			"content=2024-03-01><h1>T</h1><p>14 February 2024"
			"</p>" TEXT,
			"2024-02-14", "shown", "2024-03-01" },
		{ "what is shown, not the stamp of the last change",
			JSON_LD("{\"@type\":\"Article\","
				"\"datePublished\":\"2024-03-01\"}") "<p>"
								     "Published"
								     ": 14 "
								     "February "
								     "2024</p>",
			"2024-02-14", "labelled", NULL },
		{ "a label in a block of its own",
			"<main><h1>T</h1><div>Last updated</div><div>9 July "
			"2025</div><div>16 August 2019</div>" TEXT "</main>",
			"2019-08-16", "shown", "2025-07-09" },
		{ "beside a name",
			"<main><h1>T</h1><div>By A. Writer 14 February 2024 | "
			"6 comments</div>" TEXT "</main>",
			"2024-02-14", "shown", NULL },
		{ "behind a bullet",
			"<main><h1>T</h1><div>A. Writer \xE2\x80\xA2"
			"14 February 2024</div>" TEXT "</main>",
			"2024-02-14", "shown", NULL },
		{ "the end of a programme is no publication",
			"<main><h1>T</h1><div>Deadline: 14 February "
			"2024</div>" TEXT "</main>",
			NULL, NULL, NULL },
		{ "at the end of the page, labelled",
			"<main><h1>T</h1>" TEXT TEXT TEXT TEXT TEXT TEXT TEXT
				TEXT TEXT TEXT TEXT TEXT TEXT
			"<p>Posted on 14 February 2024</p></main>",
			"2024-02-14", "labelled-elsewhere", NULL },
		{ "either order, as the stamp has it",
			"<html lang=en><meta name=date "
			"content=2024-03-04T09:00><main><h1>T</h1><p>04/03/2024"
			"</p>" TEXT "</main>",
			"2024-03-04", "meta date", NULL },
		{ "either order, and nothing to tell",
			"<html lang=en><main><h1>T</h1><p>04/03/2024</p>" TEXT
			"</main>",
			NULL, NULL, NULL },
		{ "dots in English, as the stamp has it",
			"<html lang=en><meta name=date "
			"content=2024-03-04T09:00><main><h1>T</h1><p>03.04.2024"
			"</p>" TEXT "</main>",
			"2024-03-04", "meta date", NULL },
		{ "dots in English, and nothing to tell",
			"<html lang=en><main><h1>T</h1><p>04.03.2024</p>" TEXT
			"</main>",
			"2024-03-04", "shown", NULL },
		{ "dots elsewhere are day first, whatever else is said",
			"<html lang=de><meta property=article:modified_time "
			"content=2024-05-04T09:00><main><h1>T</h1><p>05.04.2024"
			"</p><p>Der Rat der Stadt hat es mit den Stimmen aller "
			"beschlossen, und das ist gut so.</p></main>",
			"2024-04-05", "shown", "2024-05-04" },
		{ "a meta element of any name",
			"<meta name=w-published-date content=2024-02-14>"
			"<h1>T</h1>" TEXT,
			"2024-02-14", "meta w-published-date", NULL },
		{ "a meta element of a paper",
			"<meta name=citation_publication_date content='2024 "
			"Feb 14'><h1>T</h1>" TEXT,
			"2024-02-14", "meta citation_publication_date", NULL },
		{ "ISO 8601's basic form",
			"<meta name=date "
			"content=20240214T090000><h1>T</h1>" TEXT,
			"2024-02-14", "meta date", NULL },
		{ "either order, month first as in other days",
			"<html lang=en><main><h1>T</h1><p>04/03/2024</p>" TEXT
			"</main><aside><p>Open till 12/24/2024</p></aside>",
			"2024-04-03", "shown", NULL },
		{ "either order, and other days in both",
			"<html lang=en><main><h1>T</h1><p>04/03/2024</p>" TEXT
			"<p>The house is open to all who want to see it, "
			"every day but Mondays, until 12/24/2024 at noon.</p>"
			"<p>From the new year on it will be open on Mondays "
			"too, at least until 24/12/2025 at noon.</p></main>",
			NULL, NULL, NULL },
		{ "either order, in Britain",
			"<html "
			"lang=en-GB><main><h1>T</h1><p>04/03/2024</p>" TEXT
			"</main>",
			"2024-03-04", "shown", NULL },
		{ "either order, American unless something else tells",
			"<html "
			"lang=en-US><main><h1>T</h1><p>04/03/2024</p>" TEXT
			"</main>",
			"2024-04-03", "shown", NULL },
		{ "American is what came with the program",
			"<html "
			"lang=en-US><main><h1>T</h1><p>04/03/2024</p>" TEXT
			"</main><aside><p>Open till 24/12/2024</p></aside>",
			"2024-03-04", "shown", NULL },
		{ "either order, one of them to come",
			"<html lang=en><main><h1>T</h1><p>11/12/2026</p>" TEXT
			"</main>",
			"2026-11-12", "shown", NULL },
		{ "the only item that is a day",
			"<main><h1>T</h1><ul><li>By A. Writer<li>Share"
			"<li>Print<li>Save<li>Send<li>Listen<li>14 February "
			"2024</ul>" TEXT "</main>",
			"2024-02-14", "shown", NULL },
		{ "not a sentence in an item",
			"<main><h1>T</h1><ul><li>The letter of the network "
			"came on 14 February 2024.</ul>" TEXT "</main>",
			NULL, NULL, NULL },
		{ "at the end of a line, behind a place",
			"<main><h1>T</h1><p>Address by the mayor of the city, "
			"Dr A. Writer, to the school of music, Town Hall, 14 "
			"February 2024</p>" TEXT "</main>",
			"2024-02-14", "shown", NULL },
		{ "as of a day",
			"<html lang=de><main><h1>T</h1><p>Stand 31.12.2023: "
			"64 Mitglieder, drei mehr als im Jahr davor, und so "
			"viele wie nie zuvor.</p></main>",
			NULL, NULL, NULL },
		{ "a month",
			"<main><h1>T</h1><p>Issue of February 2024</p>" TEXT
			"</main>",
			"2024-02", "shown", NULL },
		{ "the leaf of a calendar",
			"<main><div><div>Feb</div><div>14</div><div>2024</div>"
			"</div><h1>T</h1>" TEXT "</main>",
			"2024-02-14", "shown-before", NULL },
		{ "a label of three words",
			"<html lang=fr><main><h1>T</h1><p>Date limite de "
			"candidature : 14/02/2024</p>" TEXT "</main>",
			NULL, NULL, NULL },
		{ "two labels in German",
			"<html lang=de><main><h1>T</h1><p>Ver\xC3\xB6"
			"ffentlichung: 14. Februar 2024 / Letzte "
			"\xC3\x84nderung: 3. M\xC3\xA4rz 2024</p>" TEXT
			"</main>",
			"2024-02-14", "labelled", "2024-03-03" },
		{ "a sentence of the page's foot",
			"<main><h1>T</h1>" TEXT TEXT TEXT
			"</main><footer><p>This page "
			"was last edited on 14 February 2024, at 10:00.</p>"
			"</footer>",
			"2024-02-14", "changed-shown", "2024-02-14" },
		{ "a sentence about the page",
			"<main><h1>T</h1>" TEXT "<p>This entry was posted on "
			"Wednesday, February 14th, 2024 at 10:00 am and is "
			"filed under News. You can follow any responses to "
			"this entry through a feed.</p></main>",
			"2024-02-14", "labelled", NULL },
		{ "and the label behind the day",
			"<html lang=de><main><h1>T</h1>" TEXT "<p>Dieser "
			"Eintrag wurde am Mittwoch, den 14. Februar 2024 um "
			"10:00 Uhr ver\xC3\xB6"
			"ffentlicht.</p></main>",
			"2024-02-14", "labelled", NULL },
		{ "a sentence about something else",
			"<main><h1>T</h1>" TEXT "<p>The first report of the "
			"network was published on 14 February 2024.</p></main>",
			NULL, NULL, NULL },
		{ "a long line",
			"<html lang=pt><main><h1>T</h1><p>Publicado: Quarta, "
			"14 de Fevereiro de 2024, 10h00 | \xC3\x9Altima "
			"atualiza\xC3\xA7\xC3\xA3o em Segunda, 04 de "
			"Mar\xC3\xA7o de 2024</p>" TEXT "</main>",
			"2024-02-14", "labelled", "2024-03-04" },
		{ "a long line that says something else first",
			"<main><h1>T</h1><p>Ten cities from six countries "
			"with all their schools and libraries, since 14 "
			"February 2024 at the latest</p>" TEXT "</main>",
			NULL, NULL, NULL },
		{ "a line of its own behind the release",
			"<main><h1>T</h1>" TEXT TEXT TEXT TEXT TEXT TEXT TEXT
				TEXT TEXT TEXT TEXT TEXT TEXT
			"<p>A. Writer, B. Writer</p><p>14 February 2024</p>"
			"</main>",
			"2024-02-14", "shown-elsewhere", NULL },
		{ "a line of its own in the middle of it",
			"<main><h1>T</h1>" TEXT TEXT TEXT TEXT TEXT TEXT TEXT
				TEXT TEXT TEXT TEXT TEXT TEXT
			"<p>14 February 2024</p>" TEXT TEXT TEXT TEXT TEXT TEXT
				TEXT "</main>",
			NULL, NULL, NULL },
		{ "dateline of a wire",
			"<h1>T</h1><p>NEW YORK, Feb. 14, 2024 /PRNewswire/ -- "
			"Ten cities from six countries have joined the "
			"network of learning cities today.",
			"2024-02-14", "dateline", NULL },
		{ "a month, and a day",
			"<main><h1>T</h1><p>February 2024</p><p>14 February "
			"2024</p>" TEXT "</main>",
			"2024-02-14", "shown", NULL },
		{ "several months",
			"<main><h1>T</h1><p>February 2024</p><p>March "
			"2024</p>" TEXT "</main>",
			NULL, NULL, NULL },
		{ "time element",
			"<article><h1>T</h1><time datetime=2024-02-14>last "
			"week</time>" TEXT "</article>",
			"2024-02-14", "time", NULL },
		{ "not a teaser's time",
			"<article><h1>T</h1>" TEXT "</article><aside><a "
			"href=/><time datetime=2023-01-01>1.1.</time> Other"
			"</a></aside>",
			NULL, NULL, NULL },
		{ "not a comment's time",
			"<article><h1>T</h1>" TEXT "</article><div "
			"id=comments><time datetime=2023-01-01>x</time></div>",
			NULL, NULL, NULL },
		{ "behind the title",
			"<main><h1>T</h1><p>By A. Writer</p><p>14 February "
			"2024, 3 min</p>" TEXT "</main>",
			"2024-02-14", "shown", NULL },
		{ "dateline",
			"<h1>T</h1><p>GRAZ, 14 February 2024 \xE2\x80\x93 "
			"Ten cities from six countries have joined the "
			"network of learning cities today.",
			"2024-02-14", "dateline", NULL },
		{ "dateline before a full stop",
			"<html lang=de><h1>T</h1><p>Bad Aibling, den 14. "
			"Februar 2024. Zehn St\xC3\xA4"
			"dte aus sechs "
			"L\xC3\xA4ndern sind dem Netzwerk beigetreten.",
			"2024-02-14", "dateline", NULL },
		{ "dateline with an article",
			"<html lang=fr><h1>T</h1><p>Rennes, le 1er mars 2024. "
			"Dix villes de six pays ont rejoint le r\xC3\xA9seau "
			"des villes apprenantes.",
			"2024-03-01", "dateline", NULL },
		{ "the end of a sentence",
			"<main><h1>T</h1><p>Graz joined, on 14 February 2024. "
			"The council will hear of it in its next meeting.",
			NULL, NULL, NULL },
		{ "a sentence without a comma",
			"<main><h1>T</h1><p>Graz on 14 February 2024. The "
			"council will hear of it in its next meeting.",
			NULL, NULL, NULL },
		{ "published beside updated",
			"<main><h1>T</h1><p>Updated 9 July 2025, published 16 "
			"August 2019</p>" TEXT "</main>",
			"2019-08-16", "labelled", "2025-07-09" },
		{ "and without a label of its own, beside updated",
			"<main><h1>T</h1><p>August 16, 2019. Updated: July 9, "
			"2025</p>" TEXT "</main>",
			"2019-08-16", "labelled", "2025-07-09" },
		{ "a change near the title, and a date of nobody's far off",
			"<main><h1>T</h1><p>Updated 9 July 2025</p>" TEXT TEXT
				TEXT TEXT TEXT TEXT TEXT TEXT TEXT TEXT TEXT
					TEXT TEXT
			"<p class=byline>2 July 2025</p></main>",
			"2025-07-09", "changed-shown", "2025-07-09" },
		{ "updated only",
			"<html lang=fr><main><h1>T</h1><p>Mis \xC3\xA0 jour le "
			"9 juillet 2025</p>" TEXT "</main>",
			"2025-07-09", "changed-shown", "2025-07-09" },
		{ "the page's head shows today",
			"<header><p>25 November 2026</p></header><main>"
			"<h1>T</h1>" TEXT "</main>",
			NULL, NULL, NULL },
		{ "copyright",
			"<main><h1>T</h1>" TEXT "</main><footer>\xC2\xA9 1 "
			"January 2024</footer>",
			NULL, NULL, NULL },
		{ "a date in a sentence",
			"<main><h1>T</h1><p>The council met on 14 February "
			"2024 and decided to apply for membership.</main>",
			NULL, NULL, NULL },
		{ "dates of a programme",
			"<main><h1>T</h1>" TEXT TEXT TEXT TEXT TEXT "<ul><li>"
			"3 May 2024<li>4 May 2024</ul></main>",
			NULL, NULL, NULL },
	};
	struct reading *r = *state;

	for (size_t i = 0; i < ROWS(cases); i++) {
		const struct page page = { .id = "0",
			.body = "sha256:0",
			.url = "https://example.org/news",
			.media_type = "text/html",
			.fetched_at = 1795600000 /* 25 November 2026 */ };

		read_capture(r, &page, span_str(cases[i].html));
		if (!same(r->doc.published.edtf, cases[i].published) ||
			!same(r->doc.published.from, cases[i].from) ||
			!same(r->doc.modified.edtf, cases[i].modified))
			fail_msg("row \"%s\": %s from %s, modified %s",
				cases[i].name, r->doc.published.edtf,
				r->doc.published.from, r->doc.modified.edtf);
	}
}

/* A page of nothing but dates: so many are kept, and the first is taken. */
static void
candidates_have_a_cap(void **state)
{
	struct reading *r = *state;
	struct buffer html;

	buffer_init(&html, 1 << 16);
	buffer_add_str(&html, "<main><h1>T</h1>");
	for (int i = 0; i < DATES_MAX; i++)
		buffer_printf(&html, "<time datetime=20%02d-02-%02d>x</time>",
			10 + i / 28, 1 + i % 28);
	buffer_add_str(&html, "<p>Published 5 May 2024</p>" TEXT "</main>");
	read_body(r, "text/html", buffer_span(&html));
	assert_int_equal(r->doc.ndates, DATES_MAX);
	assert_string_equal(r->doc.published.edtf, "2010-02-01");
	buffer_release(&html);
}

static void
a_url_dates_a_page(void **state)
{
	static const struct {
		const char *name, *url, *declared, *published;
	} cases[] = {
		{ "folders", "https://a.org/2024/02/14/x", "", "2024-02-14" },
		{ "slug", "https://a.org/news/2024-02-14-x", "", "2024-02-14" },
		{ "basic form", "https://a.org/20240214/x", "", "2024-02-14" },
		{ "a number", "https://a.org/202402145/x", "", NULL },
		{ "by name", "https://a.org/2024/february/14/x", "",
			"2024-02-14" },
		{ "month only", "https://a.org/2024/02/x", "", "2024-02" },
		{ "no month", "https://a.org/2024/13/x", "", NULL },
		{ "at the end of a name", "https://a.org/x-2024-02-14.html", "",
			"2024-02-14" },
		{ "in a name, joined", "https://a.org/x_20240214", "",
			"2024-02-14" },
		{ "underscores", "https://a.org/2024_02_14_x.html", "",
			"2024-02-14" },
		{ "a number in a name", "https://a.org/x-202402145", "", NULL },
		{ "no date", "https://a.org/20240/2/14", "", NULL },
		{ "in the query", "https://a.org/x?/2024/02/14/", "", NULL },
		{ "of a file", "file:///2024/02/14/x.html", "", NULL },
		{ "a declared day wins", "https://a.org/2024/02/14/x",
			"2024-02-20", "2024-02-20" },
		{ "a day of its month, not one shown of another",
			"https://a.org/2024/02/x",
			"'><p>Report of 12 January 2023</p>" TEXT TEXT TEXT
			"<p>Sent on 14 February 2024</p><i title='",
			"2024-02-14" },
		{ "but for another time zone's", "https://a.org/2024/02/14/x",
			"2024-02-15T01:00:00Z", "2024-02-14" },
	};
	struct reading *r = *state;
	char html[1024];

	for (size_t i = 0; i < ROWS(cases); i++) {
		const struct page page = { .id = "0",
			.body = "sha256:0",
			.url = cases[i].url,
			.media_type = "text/html" };

		snprintf(html, sizeof html,
			"<meta name=date content='%s'><h1>T</h1>" TEXT,
			cases[i].declared);
		read_capture(r, &page, span_str(html));
		CHECK_ROW(cases[i].name,
			same(r->doc.published.edtf, cases[i].published));
	}
}

static const char *
authors(const struct document *d, char *joined, size_t room)
{
	size_t n = 0;

	for (size_t i = 0; i < d->nauthors; i++)
		n += (size_t)snprintf(joined + n, room - n, "%s%s",
			i > 0 ? ", " : "", d->authors[i]);
	return d->nauthors > 0 ? joined : NULL;
}

static void
a_page_says_who_and_where_it_is(void **state)
{
	static const struct {
		const char *name, *html, *title, *author, *site, *language,
			*canonical;
	} cases[] = {
		{ "nothing but by its words", TEXT, NULL, NULL, NULL, "en",
			NULL },
		{ "nothing at all", "<p>Graz, Linz, Wels</p>", NULL, NULL, NULL,
			NULL, NULL },
		{ "the heading is the title",
			"<html lang=de-AT><title>T | "
			"Site</title><h1>T</h1>" TEXT,
			"T", NULL, NULL, "de", NULL },
		{ "title element, its markup as text",
			"<html lang=en><title>A &amp; <b>B</title>" TEXT,
			"A & <b>B", NULL, NULL, "en", NULL },
		{ "OpenGraph",
			"<html lang=en><meta property=og:title content='A "
			"&quot;B&quot;'><meta property=og:site_name "
			"content='The Site'><meta name=author content='A. "
			"Writer'><link rel=canonical "
			"href=https://a.org/x>" TEXT,
			"A \"B\"", "A. Writer", "The Site", "en",
			"https://a.org/x" },
		{ "JSON-LD",
			JSON_LD("{\"@type\":\"Article\",\"headline\":\"H\","
				"\"author\":[{\"@type\":\"Person\",\"name\":"
				"\"Zo\\u00eb \\\"Z\\\" O\\u0027Hara\"}],"
				"\"publisher\":{\"@type\":\"Organization\","
				"\"name\":\"P &amp; Q\"}}"),
			"T", "Zo\xC3\xAB \"Z\" O'Hara", "P & Q", "en", NULL },
		{ "author link",
			"<html lang=en><h1>T</h1><p>By <a rel=author href=/a>"
			"A. Writer</a></p>" TEXT,
			"T", "A. Writer", NULL, "en", NULL },
		{ "a line under the title",
			"<html lang=en><main><h1>T</h1><p>By Ana de la Cruz "
			"and Bo Lind | 3 May 2024</p>" TEXT,
			"T", "Ana de la Cruz, Bo Lind", NULL, "en", NULL },
		{ "a name beside a date",
			"<html lang=de><main><h1>T</h1><p>Eva Brandt</p><p>3. "
			"Mai 2024</p>" TEXT,
			"T", "Eva Brandt", NULL, "de", NULL },
		{ "a role is no part of the name",
			"<html lang=en><main><h1>T</h1><p>Written by A. "
			"Marsh, Senior Editor</p>" TEXT,
			"T", "A. Marsh", NULL, "en", NULL },
		{ "who took the photo did not write",
			"<html lang=en><main><h1>T</h1><p>Photo by Bo Lind"
			"</p>" TEXT,
			"T", NULL, NULL, "en", NULL },
		{ "the site is none where somebody is named",
			"<html lang=en><meta property=og:site_name "
			"content='The "
			"Daily'><meta name=author content='The Daily'><main>"
			"<h1>T</h1><p>By A. Marsh</p>" TEXT,
			"T", "A. Marsh", "The Daily", "en", NULL },
		{ "the other names of a line",
			"<html lang=en><meta name=author content='A. Marsh'>"
			"<main><h1>T</h1><p>By A. Marsh and Bo Lind</p>" TEXT,
			"T", "A. Marsh, Bo Lind", NULL, "en", NULL },
		{ "a label and the site are no part of a name",
			"<html lang=en><meta property=og:site_name "
			"content='The "
			"Daily'><meta name=author content='By A. Marsh, The "
			"Daily'><h1>T</h1>" TEXT,
			"T", "A. Marsh", "The Daily", "en", NULL },
		{ "place-holders are no names",
			"<html lang=en><meta name=author content=admin><h1>T"
			"</h1>" TEXT,
			"T", NULL, NULL, "en", NULL },
		{ "line breaks in metadata",
			"<html lang=en><meta property=og:title "
			"content='A\n\tB'>" TEXT,
			"A B", NULL, NULL, "en", NULL },
		{ "an address is no author",
			"<html lang=en><meta property=article:author "
			"content=https://social.example/a><h1>T</h1>" TEXT,
			"T", NULL, NULL, "en", NULL },
		{ "language by the text",
			"<h1>T</h1><p>Die Stadt ist seit gestern Mitglied des "
			"weltweiten Netzwerks der lernenden St\xC3\xA4"
			"dte, wie "
			"das Rathaus am Mittwoch mitgeteilt hat.",
			"T", NULL, NULL, "de", NULL },
		{ "locale",
			"<meta property=og:locale "
			"content=pt_BR><h1>T</h1>" TEXT,
			"T", NULL, NULL, "pt", NULL },
	};
	struct reading *r = *state;
	char joined[256];

	for (size_t i = 0; i < ROWS(cases); i++) {
		const struct document *d = &r->doc;

		read_body(r, "text/html", span_str(cases[i].html));
		CHECK_ROW(cases[i].name, same(d->title, cases[i].title));
		CHECK_ROW(cases[i].name, same(authors(d, joined, sizeof joined),
						 cases[i].author));
		CHECK_ROW(cases[i].name, same(d->site, cases[i].site));
		CHECK_ROW(cases[i].name, same(d->language, cases[i].language));
		CHECK_ROW(cases[i].name,
			same(d->canonical_url, cases[i].canonical));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_are_read_as_pages_write_them),
		cmocka_unit_test(a_page_is_dated_by_what_it_says),
		cmocka_unit_test(candidates_have_a_cap),
		cmocka_unit_test(a_url_dates_a_page),
		cmocka_unit_test(a_page_says_who_and_where_it_is),
	};

	return cmocka_run_group_tests(tests, reading_open, reading_close);
}
