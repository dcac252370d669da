/* Pages with words of their documents marked. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "parse_page.h"

#define OUT_MAX	   ((size_t)64 << 20)
#define FOUND_MIN  99 /* per cent of blocks that are found in their page */
#define BLOCKS_MIN 500

/* Body with what is marked between "[" and "]"; and without the page's head. */
static const char *
marked(struct reading *r, const char *type, const char *html, const char *text,
	const char *words, struct buffer *out)
{
	const struct page page = { .url = "http://a/", .media_type = type };
	struct span t = span_str(text);
	size_t at = span_find(t, 0, span_str(words));
	struct error err = { 0 };
	bool found;
	char *body;

	buffer_reset(out);
	assert_int_equal(parser_mark(r->parser, &page, span_str(html), t, at,
				 at + strlen(words), out, &found, &err),
		OK);
	body = strstr(out->ptr, "<body>\n");
	assert_non_null(body);
	*strstr(body, "\n</body>") = '\0';
	return found ? body + strlen("<body>\n") : NULL;
}

#define NOTE(what)                                                             \
	"<p><em>This is the text that was read of the archived " what          \
	", with the words of the claim marked; in its bytes they cannot "      \
	"be.</em></p>\n"

static void
words_are_marked(void **state)
{
#define MARK "<mark id=\"evidence\">"
	static const struct {
		const char *name, *html, *text, *words, *want;
	} cases[] = {
		{ "a word", "<p>Graz joined.", "Graz joined.", "Graz",
			"<p>" MARK "Graz</mark> joined." },
		{ "over elements", "<p>Graz <b class=x>joined</b> in",
			"Graz joined in", "Graz joined",
			"<p>" MARK "Graz </mark><b><mark>joined</mark></b> "
			"in" },
		{ "references and white space",
			"<p>Caf&eacute;\n\n &amp; 64&nbsp;bars",
			"Caf\u00e9 & 64 bars", "\u00e9 & 64",
			"<p>Caf" MARK
			"&eacute;\n\n &amp; 64</mark>&nbsp;bars" },
		{ "joined tiles", "<span>356</span><span>Cities</span>",
			"356 Cities", "356 Cities",
			"<span>" MARK "356</mark></span><span><mark>"
			"Cities</mark></span>" },
		{ "the block tells which", "<p>In 2018.<p>Graz in 2018.",
			"In 2018.\n\nGraz in 2018.", "2018.\n\nGraz",
			"<p>In " MARK "2018.</mark><p><mark>Graz</mark> in "
			"2018." },
		{ "a later one", "<p>Now 64.<p>Then 64.", "Then 64.", "64",
			"<p>Now 64.<p>Then " MARK "64</mark>." },
		{ "nothing that runs",
			"<script>x()</script><p onclick=\"x()\">Graz</p><a "
			"href=\"javascript:x()\">b</a><img src=x "
			"onerror=x()><svg><script>x()</script></svg><iframe "
			"src=x></iframe><form action=x><base href=x>",
			"Graz", "Graz",
			"<p>" MARK "Graz</mark></p><a>b</a>   " },
		{ "an end of a tag in a comment", "<!-- > --><p>Graz", "Graz",
			"Graz", "<p>" MARK "Graz</mark>" },
	};
	struct reading *r = *state;
	struct buffer out;

	buffer_init(&out, OUT_MAX);
	for (size_t i = 0; i < ROWS(cases); i++) {
		const char *got = marked(r, "text/html", cases[i].html,
			cases[i].text, cases[i].words, &out);

		CHECK_ROW(cases[i].name, got != NULL);
		CHECK_OUTLINE(cases[i].name, got, cases[i].want);
	}
	assert_string_equal(marked(r, "text/plain", "a <b> & Graz",
				    "a <b> & Graz", "& Graz", &out),
		"<pre>a &lt;b> " MARK "&amp; Graz</mark></pre>");
	assert_string_equal(marked(r, "message/rfc822", "Subject: a\n\nGr=61z",
				    "a\n\nGraz & <b>", "Graz", &out),
		NOTE("message") "<pre>a\n\n" MARK
				"Graz</mark> &amp; &lt;b></pre>");
	assert_string_equal(
		marked(r, "application/pdf", "%PDF-1.4", "Graz", "Graz", &out),
		NOTE("PDF") "<pre>" MARK "Graz</mark></pre>");
	assert_null(marked(r, "text/html", "<p>Linz", "Graz", "Graz", &out));
	buffer_release(&out);
}

static void
count_page(struct reading *r, const char *path, size_t *blocks, size_t *found)
{
	const struct page page = { .url = "http://a/",
		.media_type = "text/html" };
	struct buffer body, out;
	struct error err = { 0 };

	buffer_init(&body, OUT_MAX);
	buffer_init(&out, OUT_MAX);
	assert_int_equal(read_file(path, OUT_MAX, &body, NULL), OK);
	read_body(r, "text/html", buffer_span(&body));
	for (size_t i = 0; r->has && i < r->doc.nblocks; i++) {
		bool is = false;

		buffer_reset(&out);
		assert_int_equal(
			parser_mark(r->parser, &page, buffer_span(&body),
				r->doc.text, r->doc.blocks[i].start,
				r->doc.blocks[i].end, &out, &is, &err),
			OK);
		++*blocks;
		*found += is;
	}
	buffer_release(&body);
	buffer_release(&out);
}

static int
is_html(const struct dirent *d)
{
	return span_ends_with(span_str(d->d_name), ".html");
}

static void
blocks_are_found_in_their_pages(void **state)
{
	static const char *const dirs[] = { "tests/traps",
		"tests/releases/pages" };
	struct reading *r = *state;
	size_t blocks = 0, found = 0;

	for (size_t k = 0; k < ROWS(dirs); k++) {
		struct dirent **list;
		int n = scandir(dirs[k], &list, is_html, alphasort);

		assert_true(n > 0);
		for (int i = 0; i < n; i++) {
			char path[512];

			snprintf(path, sizeof path, "%s/%s", dirs[k],
				list[i]->d_name);
			count_page(r, path, &blocks, &found);
			free(list[i]);
		}
		free(list);
	}
	print_message("%zu of %zu blocks\n", found, blocks);
	assert_true(blocks >= BLOCKS_MIN);
	assert_true(found * 100 >= blocks * FOUND_MIN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_marked),
		cmocka_unit_test(blocks_are_found_in_their_pages),
	};

	return cmocka_run_group_tests(tests, reading_open, reading_close);
}
