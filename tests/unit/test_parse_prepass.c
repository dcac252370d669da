/* What libxml2 is given in place of a page. */
#include "parse_page.h"

#include <stdlib.h>

#include "parse/prepass.h"
#include "parse/tree.h"

static void
markup_is_cleaned(void **state)
{
	static const struct {
		const char *name, *html, *out;
	} cases[] = {
		{ "text", "a > b", "a > b" },
		{ "less than", "a < b <3 <", "a &lt; b &lt;3 &lt;" },
		{ "attributes that are read", "<p class=a id='b'>",
			"<p class=\"a\" id=\"b\">" },
		{ "others",
			"<p onclick=\"x('>')\" data-x @click='() => a > b'>",
			"<p>" },
		{ "the first of each", "<p class=a CLASS=b>",
			"<p class=\"a\">" },
		{ "quotes in values", "<p class='a\"b'>",
			"<p class=\"a&quot;b\">" },
		{ "slashes and odd names", "<p / =a \"b' <c class=d/>",
			"<p class=\"d/\">" },
		{ "a link says that it is one", "<a href=/x target=_top>",
			"<a href>" },
		{ "but not within its page", "<a href='#top'>", "<a>" },
		{ "others say where", "<link rel=canonical href=/x>",
			"<link rel=\"canonical\" href=\"/x\">" },
		{ "styles that hide", "<p style='DISPLAY: none'>",
			"<p hidden>" },
		{ "styles that do not", "<p style='display:block'>", "<p>" },
		{ "an open quote ends with its tag", "<p class=\"a>b</p>",
			"<p class=\"&quot;a\">b</p>" },
		{ "scripts", "a<script>'<p>'</script>b", "a b" },
		{ "a script closed at once is open", "<script/>a</script>b",
			" b" },
		{ "an open script takes the rest", "a<style>p{}", "a" },
		{ "open noscript does not", "a<noscript><p>b", "a<p>b" },
		{ "graphics", "a<svg><title>t</title></svg>b", "a b" },
		{ "graphics closed at once", "a<svg/>b<svg></svg>", "ab " },
		{ "comments", "a<!-- <p> -->b<!-->c<!--->d",
			"ab"
			"c" },
		{ "declarations", "<!DOCTYPE html><?xml x?><![CDATA[a]]>b",
			"b" },
		{ "break's end is a break", "a</br>b", "a<br>b" },
		{ "an end that nothing began", "a</b>b</div>", "ab" },
		{ "an end with attributes", "<b>a</b class=x>", "<b>a</b>" },
		{ "a title holds text", "<title>a <b> &amp; c</title>",
			"<title>a &lt;b> &amp; c</title>" },
		{ "numbers", "&#8211;&#x2013;&#150;&#60;",
			"\xE2\x80\x93\xE2\x80\x93\xE2\x80\x93&#60;" },
		{ "numbers that are none", "&#0;&#xD800;&#1114112;&#;",
			"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD&#;" },
		{ "names without semicolon", "&nbspa &copy2024",
			"\xC2\xA0"
			"a \xC2\xA9"
			"2024" },
		{ "but not in addresses", "<link href='?a&copy=b&amp;c'>",
			"<link href=\"?a&copy=b&amp;c\">" },
		{ "names of HTML 5", "&plus;&lstrok;&checkmark;",
			"+\xC5\x82\xE2\x9C\x93" },
		{ "names that libxml2 knows", "&eacute;&ndash;&amp;",
			"\xC3\xA9&ndash;&amp;" },
		{ "unknown names", "&foo; & &", "&foo; & &" },
		{ "cut in a tag", "a<p class=b", "a<p class=\"b\">" },
	};
	struct buffer out;
	struct prepass info = { .keep_hrefs = false };

	(void)state;
	buffer_init(&out, 1 << 20);
	for (size_t i = 0; i < ROWS(cases); i++) {
		assert_int_equal(
			prepass_html(span_str(cases[i].html), &out, &info), OK);
		CHECK_OUTLINE(cases[i].name, out.ptr != NULL ? out.ptr : "",
			cases[i].out);
	}
	buffer_release(&out);
}

static void
json_ld_is_kept_up_to_its_cap(void **state)
{
	static const char script[] =
		"<script type='application/ld+json'>{}</script>";
	struct buffer html, out;
	struct prepass info = { .keep_hrefs = false };

	(void)state;
	buffer_init(&html, 1 << 20);
	buffer_init(&out, 1 << 20);
	for (size_t n = 0; n <= PREPASS_JSON_MAX + 1; n++) {
		assert_int_equal(
			prepass_html(buffer_span(&html), &out, &info), OK);
		assert_int_equal(info.njson,
			n < PREPASS_JSON_MAX ? n : PREPASS_JSON_MAX);
		buffer_add_str(&html, script);
	}
	assert_true(span_eq_str(info.json[0], "{}"));
	buffer_release(&html);
	buffer_release(&out);
}

static void
repeat(struct buffer *b, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buffer_add_str(b, s);
}

/* Deeper elements are flattened; their text is read all the same. */
static void
depth_is_capped_without_loss(void **state)
{
	struct reading *r = *state;
	struct buffer html;

	buffer_init(&html, 1 << 20);
	for (size_t over = 0; over < 2; over++) {
		buffer_reset(&html);
		/* html and body are open around them */
		repeat(&html, "<div>", PARSE_DEPTH_MAX - 2 + over);
		buffer_add_str(&html, "deep");
		repeat(&html, "</div>", PARSE_DEPTH_MAX - 2 + over);
		buffer_add_str(&html, "<p>behind");
		read_body(r, "text/html", buffer_span(&html));
		assert_true(r->has);
		assert_true(span_eq_str(r->doc.text, "deep\n\nbehind"));
		assert_int_equal(has_warning(r, "parse.too-deep"), over);
	}
	buffer_release(&html);
}

static void
nodes_are_capped(void **state)
{
	struct reading *r = *state;
	struct buffer html;

	buffer_init(&html, (size_t)8 << 20);
	/* html, body and n times p and its text */
	repeat(&html, "<p>a", (PARSE_NODES_MAX - 2) / 2);
	read_body(r, "text/html", buffer_span(&html));
	assert_true(r->has);
	assert_false(has_warning(r, "parse.nodes"));
	buffer_add_str(&html, "<p>a");
	read_body(r, "text/html", buffer_span(&html));
	assert_true(r->has);
	assert_true(has_warning(r, "parse.nodes"));
	buffer_release(&html);
}

static void
input_is_capped(void **state)
{
	struct reading *r = *state;
	char *body = malloc(PARSE_INPUT_MAX + 1);

	assert_non_null(body);
	memset(body, ' ', PARSE_INPUT_MAX + 1);
	memcpy(body, "<p>a", 4);
	memcpy(body + PARSE_INPUT_MAX - 1, "bc", 2);
	read_body(r, "text/html", span_of(body, PARSE_INPUT_MAX));
	assert_true(span_eq_str(r->doc.text, "a b"));
	assert_false(has_warning(r, "parse.truncated"));
	read_body(r, "text/html", span_of(body, PARSE_INPUT_MAX + 1));
	assert_true(span_eq_str(r->doc.text, "a b"));
	assert_true(has_warning(r, "parse.truncated"));
	free(body);
}

/* A text over its cap is cut, not lost. */
static void
text_is_capped(void **state)
{
	struct reading *r = *state;
	struct buffer html;

	buffer_init(&html, PARSE_TEXT_MAX + 64);
	buffer_add_str(&html, "<p>");
	repeat(&html, "abcdefg ", PARSE_TEXT_MAX / 8 - 1);
	buffer_add_str(&html, "abcdefgh");
	read_body(r, "text/html", buffer_span(&html));
	assert_int_equal(r->doc.text.len, PARSE_TEXT_MAX);
	assert_false(has_warning(r, "parse.truncated"));
	buffer_add_str(&html, "i");
	read_body(r, "text/html", buffer_span(&html));
	assert_int_equal(r->doc.text.len, PARSE_TEXT_MAX);
	assert_true(has_warning(r, "parse.truncated"));
	buffer_release(&html);
}

static void
blocks_are_capped(void **state)
{
	struct reading *r = *state;
	struct buffer html;

	buffer_init(&html, 8 * PARSE_BLOCKS_MAX);
	repeat(&html, "<p>a", PARSE_BLOCKS_MAX);
	read_body(r, "text/html", buffer_span(&html));
	assert_int_equal(r->doc.nblocks, PARSE_BLOCKS_MAX);
	assert_false(has_warning(r, "parse.truncated"));
	buffer_add_str(&html, "<p>b");
	read_body(r, "text/html", buffer_span(&html));
	assert_int_equal(r->doc.nblocks, PARSE_BLOCKS_MAX);
	assert_true(has_warning(r, "parse.truncated"));
	buffer_release(&html);
}

/* Input made to be slow.  ctest's timeout is the bound; each takes well under
 * a second. */
static void
hostile_pages_end_soon(void **state)
{
	static const struct {
		const char *name, *begin, *unit;
		size_t n;
		const char *end;
	} cases[] = {
		{ "attributes", "<p ", "a=b class=c ", 40000, ">x" },
		{ "different attributes", "<p ", "q1 w2 e3 r4 t5 ", 20000,
			">x" },
		{ "unclosed bold", "", "<b>", 40000, "x" },
		{ "unclosed blocks", "", "<div>", 40000, "x" },
		{ "unclosed paragraphs in tables", "", "<table><tr><td><p>",
			15000, "x" },
		{ "ends that nothing began", "<i>", "<b></i>", 40000, "x" },
		{ "ends of others", "<i><div><b>", "</i></u>", 80000, "x" },
		{ "open quotes", "", "<p title=\"", 40000, "x" },
		{ "open comments", "x", "<!--", 80000, "" },
		{ "open titles", "", "<title>", 40000, "x" },
		{ "open noscript", "x", "<noscript>", 40000, "" },
		{ "references", "", "&&#&a;", 80000, "x" },
		{ "links", "x", "<a href=b>", 40000, "" },
		{ "breaks", "x", "<br>", 80000, "" },
		{ "nested lists", "", "<ul><li>", 20000, "x" },
		{ "nested JSON", "x<script type=application/ld+json>",
			"[{\"a\":", 40000, "</script>" },
		{ "one word", "", "xxxxxxxxxx", 400000, "" },
	};
	struct reading *r = *state;
	struct buffer html;

	buffer_init(&html, (size_t)16 << 20);
	for (size_t i = 0; i < ROWS(cases); i++) {
		buffer_reset(&html);
		buffer_add_str(&html, cases[i].begin);
		repeat(&html, cases[i].unit, cases[i].n);
		buffer_add_str(&html, cases[i].end);
		read_body(r, "text/html", buffer_span(&html));
		CHECK_ROW(cases[i].name, !r->has || r->doc.text.len > 0);
	}
	buffer_release(&html);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(markup_is_cleaned),
		cmocka_unit_test(json_ld_is_kept_up_to_its_cap),
		cmocka_unit_test(depth_is_capped_without_loss),
		cmocka_unit_test(nodes_are_capped),
		cmocka_unit_test(input_is_capped),
		cmocka_unit_test(text_is_capped),
		cmocka_unit_test(blocks_are_capped),
		cmocka_unit_test(hostile_pages_end_soon),
	};

	return cmocka_run_group_tests(tests, reading_open, reading_close);
}
