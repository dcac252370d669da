/* Plain text to blocks, by its shape. */
#include "parse_page.h"

static const char *
outline_plain(struct reading *r, const char *text)
{
	read_body(r, "text/plain", span_str(text));
	return outline(r);
}

static void
shape_tells_what_lines_are(void **state)
{
	static const struct {
		const char *name, *text, *outline;
	} cases[] = {
		{ "empty lines part", "One.\n\nTwo.\n \t\xC2\xA0\nThree.",
			"body paragraph One.\nbody paragraph Two.\n"
			"body paragraph Three." },
		{ "whole lines are blocks", "One.\nTwo.",
			"body paragraph One.\nbody paragraph Two." },
		{ "carriage returns", "One.\r\nTwo.\r\n",
			"body paragraph One.\nbody paragraph Two." },
		{ "wrapped lines are joined",
			"The ten cities that joined the network of learning "
			"cities this year\n"
			"come from six countries and bring the total to 356, "
			"the secretariat\n"
			"said in a statement that was sent to all of its "
			"members on Wednesday\n"
			"morning.\n",
			"body paragraph The ten cities that joined the "
			"network of learning cities this year come from six "
			"countries and bring the total to 356, the "
			"secretariat said in a statement that was sent to all "
			"of its members on Wednesday morning." },
		{ "a line that goes on", "Cork, Lima,\nGraz and others.\n",
			"body paragraph Cork, Lima, Graz and others." },
		{ "items by their marks",
			"- Cork\n* Lima\n\xE2\x80\xA2 Graz\n1. Osan\n2) Faro\n",
			"body item1 Cork\nbody item1 Lima\nbody item1 Graz\n"
			"body item1 Osan\nbody item1 Faro" },
		{ "items by letters", "a) Cork;\n(b) Lima;\n(3) Graz.\n",
			"body item1 Cork;\nbody item1 Lima;\n"
			"body item1 Graz." },
		{ "an abbreviation is no mark", "A. Smith\ne.g. this\n",
			"body paragraph A. Smith e.g. this" },
		{ "a table with bars",
			"The members:\nCity | Country\nCork | Ireland\n"
			"Graz | Austria\nThat is all.\n",
			"body paragraph The members:\n"
			"body cell 1:1 City\nbody cell 1:2 Country\n"
			"body cell 2:1 Cork\nbody cell 2:2 Ireland\n"
			"body cell 3:1 Graz\nbody cell 3:2 Austria\n"
			"body paragraph That is all." },
		{ "with a frame and a rule",
			"| City | Since |\n|---|:--:|\n| Cork | |\n"
			"| Graz | 2010 |",
			"body cell 1:1 City\nbody cell 1:2 Since\n"
			"body cell 2:1 Cork\n"
			"body cell 3:1 Graz\nbody cell 3:2 2010" },
		{ "with tabs",
			"City\tCountry\nCork\t\tIreland\nGraz\tAustria\n",
			"body cell 1:1 City\nbody cell 1:2 Country\n"
			"body cell 2:1 Cork\nbody cell 2:2 Ireland\n"
			"body cell 3:1 Graz\nbody cell 3:2 Austria" },
		{ "ruled off without bars",
			"City | Since\n-------------\nCork | 2001\n"
			"Graz | 2010\n",
			"body cell 1:1 City\nbody cell 1:2 Since\n"
			"body cell 2:1 Cork\nbody cell 2:2 2001\n"
			"body cell 3:1 Graz\nbody cell 3:2 2010" },
		{ "a menu is no table",
			"Home | News\nCork | Graz\nThe text begins.\n",
			"body paragraph Home | News\nbody paragraph Cork | "
			"Graz\nbody paragraph The text begins." },
		{ "nor are rows of unlike cells",
			"Home | News\nCork | Graz | Ulm\nNew | Old\n",
			"body paragraph Home | News\nbody paragraph Cork | "
			"Graz | Ulm\nbody paragraph New | Old" },
		{ "a year is no mark", "2018 Was a good year.",
			"body paragraph 2018 Was a good year." },
		{ "the title reads like one",
			"14 February 2024\nTen cities join the global network\n"
			"They come from six countries.",
			"body paragraph 14 February 2024\n"
			"title title Ten cities join the global network\n"
			"body paragraph They come from six countries." },
		{ "a short one above the text",
			"Graz joins network\n\nTen cities have joined the "
			"global network of learning cities this year, which "
			"brings the total to 356, it said today.\n\n"
			"The office of the network\n",
			"title title Graz joins network\nbody paragraph Ten "
			"cities have joined the global network of learning "
			"cities this year, which brings the total to 356, it "
			"said today.\nbody paragraph The office of the "
			"network" },
		{ "one word is none", "News\n\nTen cities joined.\n",
			"body paragraph News\nbody paragraph Ten cities "
			"joined." },
		{ "a short line alone", "Graz joins network\n",
			"body paragraph Graz joins network" },
		{ "a sentence is no title",
			"Ten cities have joined the global network.\nMore.",
			"body paragraph Ten cities have joined the global "
			"network.\nbody paragraph More." },
		{ "a counter on two lines", "356 LEARNING\nCITIES\n",
			"body paragraph 356 LEARNING CITIES" },
		{ "what ends the release", "One.\nComments (3)\nNice!\n",
			"body paragraph One.\ncomment paragraph Comments (3)\n"
			"comment paragraph Nice!" },
		{ "in other languages too", "One.\nLeia tamb\xC3\xA9m:\nX.",
			"body paragraph One.\nteaser paragraph Leia "
			"tamb\xC3\xA9m:\nteaser paragraph X." },
		{ "markup is text here", "a <b> c &amp; d.",
			"body paragraph a <b> c &amp; d." },
		{ "spaces are folded",
			"\xC2\xA0 a \t b\xE2\x80\xAF"
			"c\xC2\xAD"
			"d.\n",
			"body paragraph a b cd." },
	};

	for (size_t i = 0; i < ROWS(cases); i++)
		CHECK_OUTLINE(cases[i].name,
			outline_plain(*state, cases[i].text), cases[i].outline);
}

/* Ten thousand rows and three more are two tables. */
static void
tables_have_an_end(void **state)
{
	struct reading *r = *state;
	struct buffer b;
	const struct block *k;

	buffer_init(&b, (size_t)1 << 20);
	for (int i = 0; i < 10003; i++)
		buffer_add_str(&b, "Cork | Graz\n");
	read_body(r, "text/plain", buffer_span(&b));
	k = r->doc.blocks;
	assert_int_equal(r->doc.nblocks, 20006);
	assert_int_equal(k[19999].row, 10000);
	assert_int_equal(k[20000].row, 1);
	buffer_release(&b);
}

/* Without a type, what begins like markup is markup. */
static void
unknown_types_are_told_by_their_beginning(void **state)
{
	static const struct {
		const char *name, *type, *body, *outline;
	} cases[] = {
		{ "markup", NULL, " <!DOCTYPE html><p>a", "body paragraph a" },
		{ "XHTML", "application/xml",
			"<?xml version='1.0'?><html><body><p>a</p></body>"
			"</html>",
			"body paragraph a" },
		{ "a fragment", "application/octet-stream", "<p>a</p>",
			"body paragraph a" },
		{ "text", NULL, "a < b", "body paragraph a < b" },
		{ "by its type", "text/plain", "<p>a", "body paragraph <p>a" },
		{ "type in capitals", "TEXT/HTML", "<p>a", "body paragraph a" },
	};
	struct reading *r = *state;

	for (size_t i = 0; i < ROWS(cases); i++) {
		read_body(r, cases[i].type, span_str(cases[i].body));
		CHECK_OUTLINE(cases[i].name, outline(r), cases[i].outline);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shape_tells_what_lines_are),
		cmocka_unit_test(tables_have_an_end),
		cmocka_unit_test(unknown_types_are_told_by_their_beginning),
	};

	return cmocka_run_group_tests(tests, reading_open, reading_close);
}
