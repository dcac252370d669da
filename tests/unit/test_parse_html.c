/* Markup to blocks: what they are, in which zone, and that nothing is lost. */
#include "parse_page.h"

#include <stdio.h>

#define LEAD                                                                   \
	"<p>The network promotes learning in its member cities, and adds "     \
	"some "                                                                \
	"every year.</p>"
#define LEAD_OUT                                                               \
	"The network promotes learning in its member cities, and adds some "   \
	"every year."

static void
the_title_is_the_heading_the_page_declares(void **state)
{
	static const struct {
		const char *name, *html, *outline, *title;
	} cases[] = {
		{ "the site's name above it",
			"<meta property=og:title content='Ten cities join'>"
			"<h1>The Daily</h1><main><h1>Ten cities join</h1>" LEAD
			"</main>",
			"header heading1 The Daily\n"
			"title title1 Ten cities join\n"
			"body paragraph " LEAD_OUT,
			"Ten cities join" },
		{ "an h2 that is it",
			"<title>Ten cities join - The Daily</title><main><h1>"
			"News</h1><h2>Ten cities join</h2>" LEAD "</main>",
			"body heading1 News\ntitle title2 Ten cities join\n"
			"body paragraph " LEAD_OUT,
			"Ten cities join" },
		{ "the only h1 stays, whatever is declared",
			"<title>City of Cork</title><main><h1>Ten cities join"
			"</h1>" LEAD "</main>",
			"title title1 Ten cities join\n"
			"body paragraph " LEAD_OUT,
			"Ten cities join" },
		{ "headings of the text are none",
			"<meta property=og:title content='Ten cities join | "
			"Daily'><meta property=og:site_name content=Daily>"
			"<main><h1>Africa</h1>" LEAD "<h1>Europe</h1></main>",
			"body heading1 Africa\nbody paragraph " LEAD_OUT
			"\nbody heading1 Europe",
			"Ten cities join" },
		{ "a dash of its own is kept",
			"<meta property=og:title content='Cork - a city of "
			"learning'><meta property=og:site_name content=Daily>"
			"<main>" LEAD "</main>",
			"body paragraph " LEAD_OUT,
			"Cork - a city of learning" },
	};
	struct reading *r = *state;

	for (size_t i = 0; i < ROWS(cases); i++) {
		CHECK_OUTLINE(cases[i].name, outline_html(r, cases[i].html),
			cases[i].outline);
		CHECK_OUTLINE(cases[i].name, r->doc.title, cases[i].title);
	}
}

static void
elements_become_blocks_of_their_type(void **state)
{
	static const struct {
		const char *name, *html, *outline;
	} cases[] = {
		{ "paragraphs", "<p>One<p>Two",
			"body paragraph One\nbody paragraph Two" },
		{ "inline elements part nothing", "<p>a<b>b</b>c <i>d</i>",
			"body paragraph abc d" },
		{ "a head that is not ended ends where something shows",
			"<html><meta name=x content=y><title>T</title><main>"
			"<p>One</p></main>",
			"body paragraph One" },
		{ "headings and their levels", "<h1>A</h1><h2>B</h2><h4>C</h4>",
			"title title1 A\nbody heading2 B\nbody heading4 C" },
		{ "items, nested", "<ul><li>A<ul><li>B</ul><li>C</ul>",
			"body item1 A\nbody item2 B\nbody item1 C" },
		{ "cells of a table",
			"<table><caption>T</caption><tr><th>City<th>Country"
			"<tr><td>Espoo<td>Finland</table>",
			"body caption T\nbody cell 1:1 City\n"
			"body cell 1:2 Country\nbody cell 2:1 City Espoo\n"
			"body cell 2:2 Country Finland" },
		{ "cells that span rows and columns",
			"<table><tr><th colspan=2>Where<th>When<tr><td rowspan"
			"=2>Finland<td>Espoo<td>2015<tr><td>Turku<td>2019"
			"</table>",
			"body cell 1:1 Where\nbody cell 1:3 When\n"
			"body cell 2:1 Where Finland\n"
			"body cell 2:2 Where Espoo\nbody cell 2:3 When 2015\n"
			"body cell 3:2 Where Turku\nbody cell 3:3 When 2019" },
		{ "cells without a head, wrapped by an editor",
			"<table><tr><td><p>Espoo</p><td><div>Finland</div>"
			"<tr><td><p>Cork</p></table>",
			"body cell 1:1 Espoo\nbody cell 1:2 Finland\n"
			"body cell 2:1 Cork" },
		{ "a head may be several rows",
			"<table><thead><tr><td colspan=2>Members<tr><td>City"
			"<td>Since</thead><tr><td>Espoo<td>2015</table>",
			"body cell 1:1 Members\n"
			"body cell 2:1 Members City\n"
			"body cell 2:2 Members Since\n"
			"body cell 3:1 City Espoo\nbody cell 3:2 Since 2015" },
		{ "a layout table's cells are none",
			"<table><tr><td><table><tr><td><p>One</p><p>Two</p>"
			"</table></table>",
			"body paragraph One\nbody paragraph Two" },
		{ "terms and definitions",
			"<dl><dt>When<dd>2018<dt>Where<dd>Cork</dl>",
			"body item1 When\nbody item1 2018\nbody item1 Where\n"
			"body item1 Cork" },
		{ "captions",
			"<figure><img src=x><figcaption>Mayor X</figcaption>"
			"</figure>",
			"body caption Mayor X" },
		{ "quotes", "<blockquote><p>We are proud.</p></blockquote>",
			"body quote We are proud." },
		{ "what unfolds",
			"<details><summary>Africa</summary><p>Dakar</details>",
			"body paragraph Africa\nbody paragraph Dakar" },
		{ "time in a sentence",
			"<p>joined on <time datetime=2024-02-14>14 February"
			"</time>, as 64th",
			"body paragraph joined on 14 February, as 64th" },
		{ "tiles parted by style",
			"<div><span class=n>356</span><span class=l>Cities"
			"</span></div><div><b>79</b><i>countries</i></div>",
			"body paragraph 356 Cities\n"
			"body paragraph 79 countries" },
		{ "ordinals stay whole",
			"<p>le 1<sup>er</sup> mars, 2<sup>nd</sup>",
			"body paragraph le 1er mars, 2nd" },
		{ "a single break is a space", "<p>Cork<br>Ireland",
			"body paragraph Cork Ireland" },
		{ "an empty line parts", "<div>One<br><br>Two</div>",
			"body paragraph One\nbody paragraph Two" },
		{ "short lines are a list",
			"<div>Cork<br>Lima<br>Graz<br>Osan</div>",
			"body item Cork\nbody item Lima\nbody item Graz\n"
			"body item Osan" },
		{ "lines of preformatted text", "<pre>one\ntwo\n\nthree</pre>",
			"body item one\nbody item two\nbody item three" },
		{ "spaces and soft hyphens",
			"<p> \xC2\xA0 a\xE2\x80\xAF\xE2\x80\x83 b\xC2\xAD"
			"c\xE2\x80\x8B"
			"d \n\t e ",
			"body paragraph a bcd e" },
		{ "NFC", "<p>Cafe\xCC\x81", "body paragraph Caf\xC3\xA9" },
		{ "bylines", "<p class=byline>By A. Writer</p>",
			"body byline By A. Writer" },
		{ "unclosed everything", "<div><ul><li>A<b>B<table><td>C",
			"body item1 AB\nbody item1 C" },
		{ "a table of one cell is a frame",
			"<table><tr><td>A</table><table><tr><td>B<td>C</table>",
			"body paragraph A\nbody cell 1:1 B\nbody cell 1:2 C" },
		{ "text behind the end", "<p>A</p></body></html>B",
			"body paragraph A\nbody paragraph B" },
	};

	for (size_t i = 0; i < ROWS(cases); i++)
		CHECK_OUTLINE(cases[i].name,
			outline_html(*state, cases[i].html), cases[i].outline);
}

static void
what_is_hidden_is_not_text(void **state)
{
	static const struct {
		const char *name, *html, *outline;
	} cases[] = {
		{ "attribute", "<p>A<p hidden>B", "body paragraph A" },
		{ "style", "<p>A<p style='color:red;DISPLAY : none'>B",
			"body paragraph A" },
		{ "visibility", "<p>A<p style=visibility:hidden>B",
			"body paragraph A" },
		{ "within a line", "<p>A <span hidden>B </span>C",
			"body paragraph A C" },
		{ "scripts and styles",
			"<p>A<script>if (a<b) '</p>'</script><style>p{}</style>"
			"<noscript>B</noscript><template>C</template>",
			"body paragraph A" },
		{ "forms' fields",
			"<p>A<select><option>B</select><textarea>C</textarea>",
			"body paragraph A" },
		{ "graphics' titles", "<p>A<svg><title>B</title></svg>",
			"body paragraph A" },
		{ "comments", "<p>A<!-- B --><!-->C<!-- > -- > -->",
			"body paragraph AC" },
		{ "but a collapsed panel is one click away",
			"<p>A<div class='accordion-panel' "
			"hidden><p>Dakar</div>",
			"body paragraph A\nbody paragraph Dakar" },
		{ "and what scripts will show is read",
			"<p>A</p><div hidden id=S:1>" LEAD "</div>",
			"header paragraph A\nbody paragraph " LEAD_OUT },
	};

	for (size_t i = 0; i < ROWS(cases); i++)
		CHECK_OUTLINE(cases[i].name,
			outline_html(*state, cases[i].html), cases[i].outline);
}

static void
parts_of_the_page_have_their_zone(void **state)
{
	static const struct {
		const char *name, *html, *outline;
	} cases[] = {
		{ "around a named release",
			"<header><a href=/>Site</a></header><nav><a href=/n>"
			"News</a></nav><main><h1>T</h1>" LEAD "</main><aside>"
			"<a href=/o>Other</a></aside><footer>Imprint</footer>",
			"header paragraph Site\nheader paragraph News\n"
			"title title1 T\nbody paragraph " LEAD_OUT "\n"
			"teaser paragraph Other\nfooter footer Imprint" },
		{ "a lead in an element of its own",
			"<div><h1>T</h1><div><p>Sixty-four cities of "
			"thirty-five countries have joined the worldwide "
			"network, whose members are now more than ever.</p>"
			"</div></div><main>" LEAD LEAD LEAD "</main>",
			"title title1 T\n"
			"body paragraph Sixty-four cities of thirty-five "
			"countries have joined the worldwide network, whose "
			"members are now more than ever.\n"
			"body paragraph " LEAD_OUT "\nbody paragraph " LEAD_OUT
			"\nbody paragraph " LEAD_OUT },
		{ "an ending's words above most of the release",
			"<main><h1>T</h1>" LEAD "<h2>More news</h2>" LEAD LEAD
			"</main>",
			"title title1 T\nbody paragraph " LEAD_OUT
			"\nbody heading2 More news\nbody paragraph " LEAD_OUT
			"\nbody paragraph " LEAD_OUT },
		{ "a link to another page in its midst",
			"<main><h1>T</h1>" LEAD "<p><a href=/o>Read more: Ten "
			"cities</a></p>" LEAD "</main>",
			"title title1 T\nbody paragraph " LEAD_OUT
			"\nteaser paragraph Read more: Ten cities"
			"\nbody paragraph " LEAD_OUT },
		{ "comments of program text",
			"<main><h1>T</h1>" LEAD "<p>x <span class=comment>// "
			"a city</span></p></main>",
			"title title1 T\nbody paragraph " LEAD_OUT
			"\nbody paragraph x // a city" },
		{ "the release's own head is its",
			"<article><header><h1>T</h1><p>Lead.</p></header>" LEAD
			"</article>",
			"title title1 T\nbody paragraph Lead.\n"
			"body paragraph " LEAD_OUT },
		{ "cookie banner",
			"<div id=cookie-banner><p>We use "
			"cookies.</div><main>" LEAD "</main>",
			"header paragraph We use cookies.\n"
			"body paragraph " LEAD_OUT },
		{ "comments",
			"<article>" LEAD "<section id=comments><p>Nice!"
			"</section></article>",
			"body paragraph " LEAD_OUT
			"\ncomment paragraph Nice!" },
		{ "teasers inside the release's element",
			"<article>" LEAD "<div class='related-articles'><a "
			"href=/g>Graz joins</a></div></article>",
			"body paragraph " LEAD_OUT
			"\nteaser paragraph Graz joins" },
		{ "words in camel case",
			"<main>" LEAD "<div class=relatedArticles><a href=/g>"
			"Graz joins</a></div></main>",
			"body paragraph " LEAD_OUT
			"\nteaser paragraph Graz joins" },
		{ "a heading that ends the release",
			"<main><h1>T</h1>" LEAD "<h2>Related stories (2):</h2>"
			"<p>Graz joins</p></main>",
			"title title1 T\nbody paragraph " LEAD_OUT
			"\nteaser heading2 Related stories (2):\n"
			"teaser paragraph Graz joins" },
		{ "until one of its level",
			"<main><h1>T</h1>" LEAD "<h3>\xC3\x80 lire aussi</h3>"
			"<p>Graz</p><h2>Contact</h2><p>Press</p></main>",
			"title title1 T\nbody paragraph " LEAD_OUT
			"\nteaser heading3 \xC3\x80 lire aussi\n"
			"teaser paragraph Graz\nbody heading2 Contact\n"
			"body paragraph Press" },
		{ "a sidebar that is the release",
			"<div class=sidebar><h1>T</h1>" LEAD LEAD "</div>"
			"<div><p>Short</p></div>",
			"title title1 T\nbody paragraph " LEAD_OUT
			"\nbody paragraph " LEAD_OUT
			"\nfooter paragraph Short" },
		{ "a layout's name is no part",
			"<div class='page-with-sidebar'><h1>T</h1>" LEAD
			"</div>",
			"title title1 T\nbody paragraph " LEAD_OUT },
		{ "a box without links is the release's",
			"<main>" LEAD
			"<aside><p>Founded 2013</p></aside></main>",
			"body paragraph " LEAD_OUT
			"\nbody paragraph Founded 2013" },
		{ "links behind the last words",
			"<main>" LEAD "<ul><li><a href=/a>Ten cities meet in "
			"the north of Italy</a><li><a href=/b>Mayors write to "
			"their governments</a></ul></main>",
			"body paragraph " LEAD_OUT
			"\nteaser item1 Ten cities meet in the north of Italy\n"
			"teaser item1 Mayors write to their governments" },
		{ "tags behind the last words",
			"<main>" LEAD "<p><a href=/a>Learning</a></p><p>"
			"<a href=/b>Cities</a></p></main>",
			"body paragraph " LEAD_OUT
			"\nfooter paragraph Learning\nfooter paragraph "
			"Cities" },
		{ "unless they are announced",
			"<main>" LEAD "<p>The new members are:</p><ul><li><a "
			"href=/a>Cork</a><li><a href=/b>Lima</a></ul></main>",
			"body paragraph " LEAD_OUT
			"\nbody paragraph The new members are:\n"
			"body item1 Cork\nbody item1 Lima" },
		{ "or stand below a heading",
			"<main>" LEAD "<h3>Africa</h3><ul><li><a href=/a>Dakar"
			"</a><li><a href=/b>Lagos</a></ul></main>",
			"body paragraph " LEAD_OUT
			"\nbody heading3 Africa\nbody item1 Dakar\n"
			"body item1 Lagos" },
	};

	for (size_t i = 0; i < ROWS(cases); i++)
		CHECK_OUTLINE(cases[i].name,
			outline_html(*state, cases[i].html), cases[i].outline);
}

/* Every word outside scripts and hidden elements is in some block. */
static void
nothing_visible_is_lost(void **state)
{
	static const char *const around[] = { "<nav>%s</nav>",
		"<div class=cookie>%s</div>", "<div class=card>%s</div>",
		"<footer>%s</footer>", "<aside>%s</aside>",
		"<form><label>%s</label></form>", "<button>%s</button>",
		"<center>%s</center>", "<x-y class=z>%s</x-y>",
		"<table><tr><td>%s</table>", "<address>%s</address>",
		"<fieldset><legend>%s</legend></fieldset>",
		"<div class=comments>%s</div>", "<dialog open>%s</dialog>",
		"<figure><figcaption>%s</figure>", "<h6>%s</h6>",
		"<marquee>%s</marquee>", "<a href=/>%s</a>" };
	struct reading *r = *state;
	char html[1024], inner[256];

	for (size_t i = 0; i < ROWS(around); i++) {
		snprintf(inner, sizeof inner, around[i], "Wolfville");
		snprintf(html, sizeof html, "%s<main>" LEAD "%s</main>%s",
			inner, inner, inner);
		read_body(r, "text/html", span_str(html));
		CHECK_ROW(around[i], r->has);
		for (size_t n = 0, at = 0; n < 3; n++, at++) {
			at = span_find(r->doc.text, at, span_str("Wolfville"));
			CHECK_ROW(around[i], at != SIZE_MAX);
		}
	}
}

static void
pages_without_text_are_problems(void **state)
{
	static const struct {
		const char *name, *type, *body;
		enum problem_code code;
	} cases[] = {
		{ "empty", "text/html", "", PROBLEM_EMPTY },
		{ "blank", "text/html", " \r\n\t", PROBLEM_EMPTY },
		{ "binary", "text/html", "GIF89a..", PROBLEM_BINARY },
		{ "a PDF and no reader", "text/html", "%PDF-1.4",
			PROBLEM_PDF_READER },
		{ "image", "image/png", "text", PROBLEM_MEDIA_TYPE },
		{ "only a comment", "text/html", "<!-- x -->",
			PROBLEM_NO_TEXT },
		{ "only a byte order mark", "text/html", "\xFF\xFE",
			PROBLEM_NO_TEXT },
		{ "only scripts", "text/html", "<script>x()</script>",
			PROBLEM_NO_TEXT },
		{ "unknown markup", NULL, "<rss><channel/></rss>",
			PROBLEM_MEDIA_TYPE },
	};
	struct reading *r = *state;

	for (size_t i = 0; i < ROWS(cases); i++) {
		read_body(r, cases[i].type, span_str(cases[i].body));
		CHECK_ROW(cases[i].name, !r->has);
		CHECK_ROW(cases[i].name, r->problem.code == cases[i].code);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_title_is_the_heading_the_page_declares),
		cmocka_unit_test(elements_become_blocks_of_their_type),
		cmocka_unit_test(what_is_hidden_is_not_text),
		cmocka_unit_test(parts_of_the_page_have_their_zone),
		cmocka_unit_test(nothing_visible_is_lost),
		cmocka_unit_test(pages_without_text_are_problems),
	};

	return cmocka_run_group_tests(tests, reading_open, reading_close);
}
