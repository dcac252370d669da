/* What of a page's body is not the release's: trees over traits of blocks. */
#include "parse/forest.h"
#include "parse/traits.h"
#include "parse_page.h"

/* Paragraphs of a release, some 900 bytes. */
#define FIRST                                                                  \
	"<p>Rovaniemi, 14 May 2019 – The alliance of river towns took in "   \
	"nine towns from six countries on Tuesday, among them two that had "   \
	"asked for it since the alliance was founded, its office said.</p>"    \
	"<p>“We have waited for this day, and so have our neighbours down "  \
	"the river,” said the mayor of Tornio, Aino Laine, who signed the "  \
	"charter on the bridge between both towns.</p>"                        \
	"<p>Every town promises a plan for its banks within two years, and "   \
	"sends a report on it, which the alliance publishes. Four of the "     \
	"nine "                                                                \
	"have such a plan already, and show it to whoever comes.</p>"
#define LAST                                                                   \
	"<p>The alliance was founded in Passau, and meets once a year where "  \
	"the newest of its members lies. In autumn that will be Tornio, "      \
	"whose "                                                               \
	"town hall was rebuilt for it by the builders of its own harbour.</p>" \
	"<p>Until then, the office takes what towns want to ask, and answers " \
	"in the languages of all of them, as it has done from the start.</p>"
#define PAGE(middle, end)                                                      \
	"<html lang=en><title>Nine towns join</title><body><main><h1>Nine "    \
	"towns join</h1>" FIRST middle LAST end "</main></body></html>"

#define BY_COUNTRY                                                             \
	"<h2>Members</h2><h3>Austria</h3><ul><li><a href=/1>Tulln</a><li><a "  \
	"href=/2>Linz</a></ul><h3>Serbia</h3><ul><li><a href=/3>Novi Sad</a>"  \
	"<li><a href=/4>Apatin</a><li><a href=/5>Zemun</a></ul><h3>Bulgaria"   \
	"</h3><ul><li><a href=/6>Ruse</a><li><a href=/7>Vidin</a></ul>"
#define NOTE "Four carts at a time crossed it, and the toll was paid in salt. "
#define NAMED(name)                                                            \
	"<figure><img src=a.jpg><figcaption>" name "</figcaption></figure>"
#define FIGURE(year) NAMED("The bridge in " year ". Photo: town")

#define CARD(name, country)                                                    \
	"<div class=card><a href=/" name "><img src=a.jpg><h4>" name           \
	"</h4><p>" country "</p></a></div>"
#define CARDS                                                                  \
	"<div class=cards>" CARD("Tulln", "Austria") CARD("Linz", "Austria")   \
		CARD("Ruse", "Bulgaria") CARD("Apatin", "Serbia") "</div>"
#define LINKED_NAME(name)                                                      \
	"<div class=member><h3><a href=/" name ">" name                        \
	"</a></h3><p>Austria</p>"                                              \
	"</div>"
#define ASIDE(text) "<h2>Costs</h2><p>" text "</p>"

/* The only block of that text is in that zone. */
static void
check_zone(struct reading *r, const char *name, const char *html,
	const char *text, const char *zone)
{
	const char *found = "none";

	(void)outline_html(r, html);
	for (size_t i = 0; i < r->doc.nblocks; i++)
		if (span_eq_str(block_text(r, i), text))
			found = zone_name(r->doc.blocks[i].zone);
	if (strcmp(found, zone) != 0)
		fail_msg("row \"%s\": %s, wanted %s", name, found, zone);
}

static void
what_surrounds_releases_leaves_the_body(void **state)
{
	static const struct {
		const char *name, *html, *text, *zone;
	} cases[] = {
		{ "names of pages below words that say so",
			PAGE("", "<div class=related><h3>Related</h3><p>"
				 "<a href=/1>Parks</a><p><a href=/2>Roads</a>"
				 "<p><a href=/3>Water</a></div>"),
			"Roads", "teaser" },
		{ "names on cards that are not next to the text",
			PAGE("", "<p>&copy; Town of Tornio</p><div "
				 "class=cards>" CARD("Jobs", "Work")
					 CARD("Bins", "Waste") CARD(
						 "Ports", "Boats") "</div>"),
			"Bins", "teaser" },
		{ "links to other pages, of no class",
			PAGE("", "<div><h3>From our desk</h3><div><a "
				 "href=/a>Five "
				 "lakes get a new name this "
				 "summer</a></div><div>"
				 "<a href=/b>Why ferries run late in spring</a>"
				 "</div><div><a href=/c>Our photos of the week"
				 "</a></div><p>Write to the desk.</p></div>"),
			"Why ferries run late in spring", "teaser" },
		{ "buttons to pass it on",
			PAGE("", "<div><button>Print</button><button>Send"
				 "</button></div>"),
			"Print", "footer" },
		{ "a caption of a page about its pictures",
			PAGE(FIGURE("1910") "<p>" NOTE "</p>" FIGURE(
				     "1920") "<p>" NOTE NOTE
					     "</p>" FIGURE("1930")
						     FIGURE("1940"),
				""),
			"The bridge in 1920. Photo: town", "footer" },
		{ "a link below the text",
			PAGE("", "<p><a href=/a>The plan of Tornio</a></p>"),
			"The plan of Tornio", "teaser" },
	};

	for (size_t i = 0; i < ROWS(cases); i++)
		check_zone(*state, cases[i].name, cases[i].html, cases[i].text,
			cases[i].zone);
}

static void
what_releases_are_read_for_stays(void **state)
{
	static const struct {
		const char *name, *html, *text;
	} cases[] = {
		{ "the text", PAGE("", ""),
			"The alliance was founded in Passau, and meets once a "
			"year where the newest of its members lies. In autumn "
			"that will be Tornio, whose town hall was rebuilt for "
			"it by the builders of its own harbour." },
		{ "names as links",
			PAGE("<ul><li><a href=/1>Tulln</a></li><li><a "
			     "href=/2>Vukovar</a></li><li><a href=/3>Ruse</a>"
			     "</li><li><a href=/4>Galați</a></li></ul>",
				""),
			"Vukovar" },
		{ "names as links, in boxes",
			PAGE("<div><div><ul><li><a href=/1>Tulln</a><li><a "
			     "href=/2>Vukovar</a><li><a href=/3>Ruse</a><li>"
			     "<a href=/4>Galați</a></ul></div></div>",
				""),
			"Vukovar" },
		{ "names as links, a paragraph each",
			PAGE("<div><p><a href=/1>Tulln</a><p><a href=/2>"
			     "Vukovar</a><p><a href=/3>Ruse</a></div>",
				""),
			"Ruse" },
		{ "names at the end",
			PAGE("", "<ul><li>Tulln</li><li>Vukovar</li><li>Ruse"
				 "</li></ul>"),
			"Ruse" },
		{ "names as links at the end, by country", PAGE("", BY_COUNTRY),
			"Novi Sad" },
		{ "the country above them", PAGE("", BY_COUNTRY), "Serbia" },
		{ "the heading above the countries", PAGE("", BY_COUNTRY),
			"Members" },
		{ "cells",
			PAGE("<table><tr><th>Town<th>Since<tr><td>Mohács<td>"
			     "2019"
			     "</table>",
				""),
			"Mohács" },
		{ "a caption",
			PAGE("<figure><img src=a.jpg><figcaption>Aino Laine in "
			     "Tornio. Photo: town</figcaption></figure>",
				""),
			"Aino Laine in Tornio. Photo: town" },
		{ "the captions of two pictures",
			PAGE(FIGURE("1910") FIGURE("1920"), ""),
			"The bridge in 1920. Photo: town" },
		{ "names below pictures",
			PAGE(NAMED("Almada, Portugal") NAMED("Celje, Slovenia")
					NAMED("Delft, Netherlands")
						NAMED("Elblag, Poland"),
				""),
			"Celje, Slovenia" },
		{ "captions side by side",
			PAGE("<div>" FIGURE("1910") FIGURE("1920")
					FIGURE("1930") FIGURE("1940") "</div>",
				""),
			"The bridge in 1920. Photo: town" },
		{ "tiles at the end",
			PAGE("", "<div class=stats><div class=stat><span>118"
				 "</span><span>towns</span></div><div class="
				 "stat><span>19</span><span>countries</span>"
				 "</div></div>"),
			"19 countries" },
		{ "a quote at the end",
			PAGE("", "<blockquote><p>“We are proud to be the first "
				 "in Lapland.”</p></blockquote>"),
			"“We are proud to be the first in Lapland.”" },
		{ "names as links at the end, in a row",
			PAGE("", "<p>New members: <a href=/1>Tulln</a>, <a "
				 "href=/2>Vukovar</a>, <a href=/3>Ruse</a>, <a "
				 "href=/4>Vidin</a>.</p>"),
			"New members: Tulln, Vukovar, Ruse, Vidin." },
		{ "names as links at the end, folded",
			PAGE("", "<details><summary>New members</summary><ul>"
				 "<li><a href=/1>Tulln</a><li><a href=/2>"
				 "Vukovar</a><li><a href=/3>Ruse</a><li><a "
				 "href=/4>Vidin</a><li><a href=/5>Apatin</a>"
				 "<li><a href=/6>Zemun</a></ul></details>"),
			"Apatin" },
		{ "names and their countries at the end, a box each",
			PAGE("", "<section><h2>New members</h2><div><span>Tulln"
				 "</span><span>Austria</span></div><div><span>"
				 "Ruse</span><span>Bulgaria</span></div><div>"
				 "<span>Apatin</span><span>Serbia</span></div>"
				 "</section>"),
			"Ruse Bulgaria" },
		{ "what an accordion holds",
			PAGE("<div class=accordion><div class=accordion-item>"
			     "<h3><button>Which towns?</button></h3><div class="
			     "\"accordion-collapse collapse\"><div class="
			     "accordion-body><p>The new members are Tulln and "
			     "Ruse.</p></div></div></div></div>",
				""),
			"The new members are Tulln and Ruse." },
		{ "a link amid the text that nobody would take alone",
			PAGE("<p><a href=/a>The plan of Tornio</a> (in "
			     "Finnish)</p>",
				""),
			"The plan of Tornio (in Finnish)" },
		{ "a short sentence at the end",
			PAGE("", ASIDE("The feast is paid for by Tornio.")),
			"The feast is paid for by Tornio." },
		{ "the heading above what stays",
			PAGE("", ASIDE("The feast is paid for by Tornio.")),
			"Costs" },
		{ "a tile",
			PAGE("<div class=tiles><div class=t><div>118</div><div>"
			     "towns</div></div><div class=t><div>19</div><div>"
			     "countries</div></div></div>",
				""),
			"countries" },
		{ "a card that is a link, by class a teaser", PAGE(CARDS, ""),
			"Ruse" },
		{ "what is below the name on it", PAGE(CARDS, ""), "Bulgaria" },
		{ "the heading above cards",
			PAGE("", "<h2>The members</h2>" CARDS), "The members" },
		{ "a card of no such class, at the end",
			PAGE("",
				"<div class=grid>" LINKED_NAME("Tulln")
					LINKED_NAME("Linz") LINKED_NAME("Ruse")
						LINKED_NAME("Apatin") "</div>"),
			"Ruse" },
		{ "a panel's button",
			PAGE("<div class=accordion><button>Europe</button><div "
			     "class=accordion-panel hidden><p>Tulln<p>Vukovar"
			     "<p>Ruse</div></div>",
				""),
			"Europe" },
		{ "a short page's lines",
			"<main><h1>T</h1><p>Nine towns joined the alliance of "
			"river towns on Tuesday.</p><p>Contact us</p></main>",
			"Contact us" },
	};

	for (size_t i = 0; i < ROWS(cases); i++)
		check_zone(*state, cases[i].name, cases[i].html, cases[i].text,
			"body");
}

static void
a_reason_says_what_the_trees_gave(void **state)
{
	struct reading *r = *state;
	struct buffer reason;

	buffer_init(&reason, 256);
	(void)outline_html(r, PAGE("", ""));
	parser_reason(r->parser, 1, &reason);
	assert_non_null(strstr(reason.ptr, "<main>, "));
	assert_true(span_ends_with(buffer_span(&reason), " %"));
	buffer_release(&reason);
}

/* Rows as "NAME VALUE" of a forest of one. */
static enum error_code
add_rows(struct forest *f, const char *rows)
{
	struct span rest = span_str(rows), row, name;
	enum error_code code = OK;

	while (code == OK && span_split(&rest, '\n', &row)) {
		(void)span_split(&row, ' ', &name);
		code = forest_add(f, name, row, NULL);
	}
	return code;
}

static void
trees_add_up(void **state)
{
	static const char rows[] = "leaf 100\n"
				   "links 50\nwords 3\nleaf 1\nleaf 2\n"
				   "commas 0\nleaf 4\nleaf 8";
	static const struct {
		int16_t links, words, commas;
		int sum;
	} cases[] = { { 50, 3, 9, 10101 }, { 0, 4, 9, 10102 },
		{ 51, 0, 0, 10104 }, { 51, 0, 1, 10108 }, { 0, 10, 0, 102 } };
	struct forest *f = forest_new();

	(void)state;
	assert_int_equal(add_rows(f, rows), OK);
	/* More than are gone down together, and no multiple of it. */
	for (int i = 0; i < 10; i++)
		assert_int_equal(add_rows(f, "words 9\nleaf 1000\nleaf 0"), OK);
	assert_true(forest_is_whole(f));
	for (size_t i = 0; i < ROWS(cases); i++) {
		int16_t row[TRAITS] = { 0 };

		row[TRAIT_LINKS] = cases[i].links;
		row[TRAIT_WORDS] = cases[i].words;
		row[TRAIT_COMMAS] = cases[i].commas;
		assert_int_equal(forest_sum(f, row), cases[i].sum);
	}
	forest_free(f);
}

static void
broken_trees_are_refused(void **state)
{
	static const struct {
		const char *name, *rows;
		enum error_code code;
		bool whole;
	} cases[] = {
		{ "no trait", "colour 3\nleaf 1\nleaf 2", ERR_CONFIG, true },
		{ "no number", "links many", ERR_CONFIG, true },
		{ "too large", "leaf 32768", ERR_CONFIG, true },
		{ "cut off", "links 3\nleaf 1", OK, false },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		struct forest *f = forest_new();

		assert_int_equal(add_rows(f, cases[i].rows), cases[i].code);
		assert_int_equal(forest_is_whole(f), cases[i].whole);
		forest_free(f);
	}
}

static void
trees_have_caps(void **state)
{
	struct forest *f = forest_new();
	enum error_code code = OK;
	size_t n = 0;

	(void)state;
	while (code == OK && n <= FOREST_DEPTH_MAX) {
		code = add_rows(f, "links 1");
		n++;
	}
	assert_int_equal(code, ERR_LIMIT);
	assert_int_equal(n, FOREST_DEPTH_MAX + 1);
	forest_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_surrounds_releases_leaves_the_body),
		cmocka_unit_test(what_releases_are_read_for_stays),
		cmocka_unit_test(a_reason_says_what_the_trees_gave),
		cmocka_unit_test(trees_add_up),
		cmocka_unit_test(broken_trees_are_refused),
		cmocka_unit_test(trees_have_caps),
	};

	return cmocka_run_group_tests(tests, reading_open, reading_close);
}
