/* What a page has twice, for two layouts, is read once. */
#include "parse_page.h"

#define TEXT                                                                   \
	"<p>Six towns on the lake joined the alliance of bathing waters in "   \
	"May, after three summers in which each had its water measured every " \
	"week.</p>"
#define TEXT_OUT                                                               \
	"Six towns on the lake joined the alliance of bathing waters in May, " \
	"after three summers in which each had its water measured every week."
#define SAID                                                                   \
	"Its water has been measured every week since the summer of 2016, "    \
	"and was always clean enough to bathe in"
#define CALL "<p>Measured every week, all summer long.</p>"

static void
what_stands_there_already_is_a_teaser(void **state)
{
	static const struct {
		const char *name, *html, *outline;
	} cases[] = {
		{ "a paragraph for telephones",
			"<main><h1>T</h1>" TEXT "<div>" TEXT "</div></main>",
			"title title1 T\nbody paragraph " TEXT_OUT
			"\nteaser paragraph " TEXT_OUT },
		{ "with the lines around it",
			"<main><h1>T</h1>" TEXT CALL "<div>" TEXT CALL
			"</div></main>",
			"title title1 T\nbody paragraph " TEXT_OUT
			"\nbody paragraph Measured every week, all summer "
			"long.\nteaser paragraph " TEXT_OUT
			"\nteaser paragraph Measured every week, all summer "
			"long." },
		{ "a line that is set off again",
			"<main><h1>T</h1>" TEXT CALL "<h2>Lake</h2>" CALL
			"</main>",
			"title title1 T\nbody paragraph " TEXT_OUT
			"\nbody paragraph Measured every week, all summer "
			"long.\nbody heading2 Lake\nbody paragraph Measured "
			"every week, all summer long." },
		{ "names that two lists have",
			"<main><h1>T</h1>" TEXT
			"<h2>2018</h2><ul><li>Lindau<li>Bregenz<li>Arbon</ul>"
			"<h2>2019</h2><ul><li>Lindau<li>Bregenz<li>Arbon</ul>"
			"</main>",
			"title title1 T\nbody paragraph " TEXT_OUT
			"\nbody heading2 2018\nbody item1 Lindau\nbody item1 "
			"Bregenz\nbody item1 Arbon\nbody heading2 2019\nbody "
			"item1 Lindau\nbody item1 Bregenz\nbody item1 Arbon" },
		{ "cells",
			"<main><h1>T</h1>" TEXT
			"<table><tr><th>Town<th>Why<tr><td>Lindau<td>" SAID
			"<tr><td>Arbon<td>" SAID "</table></main>",
			"title title1 T\nbody paragraph " TEXT_OUT
			"\nbody cell 1:1 Town\nbody cell 1:2 Why\n"
			"body cell 2:1 Town Lindau\nbody cell 2:2 Why " SAID
			"\nbody cell 3:1 Town Arbon\nbody cell 3:2 Why " SAID },
	};
	struct reading *r = *state;

	for (size_t i = 0; i < ROWS(cases); i++)
		CHECK_OUTLINE(cases[i].name, outline_html(r, cases[i].html),
			cases[i].outline);
}

/* A page of one line a hundred thousand times is read in bounded time. */
static void
many_lines_alike_are_read(void **state)
{
	struct reading *r = *state;
	struct buffer page;

	buffer_init(&page, (size_t)4 << 20);
	for (int i = 0; i < 100000; i++)
		buffer_add_str(&page, "<p>All of one");
	read_body(r, "text/html", buffer_span(&page));
	assert_true(r->has);
	buffer_release(&page);
}

static void
the_reason_is_said(void **state)
{
	struct reading *r = *state;
	struct buffer reason;

	buffer_init(&reason, 256);
	(void)outline_html(r, "<main><h1>T</h1>" TEXT TEXT "</main>");
	parser_reason(r->parser, 2, &reason);
	assert_true(span_starts_with(
		buffer_span(&reason), "the same words stand further up"));
	buffer_release(&reason);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_stands_there_already_is_a_teaser),
		cmocka_unit_test(many_lines_alike_are_read),
		cmocka_unit_test(the_reason_is_said),
	};

	return cmocka_run_group_tests(tests, reading_open, reading_close);
}
