/* messages of mail: which part is read, in which coding, and by whom it is */
#include "parse_page.h"

#define HEAD                                                                   \
	"From: Network <news@network.example>\n"                               \
	"Subject: Four members\n"                                              \
	"Date: Tue, 12 Mar 2024 08:30:00 +0100\n"                              \
	"MIME-Version: 1.0\n"
#define TITLE	   "title title1 Four members\n"
#define PARTS(sub) HEAD "Content-Type: multipart/" sub "; boundary=\"b\"\n\n"
#define HTML	   "--b\nContent-Type: text/html; charset=utf-8\n\n"
#define PLAIN	   "--b\nContent-Type: text/plain; charset=utf-8\n\n"
#define END	   "--b--\n"
#define JOINED	   "Graz joined the network in February."

static const struct {
	const char *name, *message, *outline;
} cases[] = {
	{ "plain", HEAD "\n" JOINED "\n", TITLE "body paragraph " JOINED },
	{ "CRLF",
		"Subject: Four members\r\nContent-Type: "
		"text/plain\r\n\r\n" JOINED "\r\n",
		TITLE "body paragraph " JOINED },
	{ "HTML", HEAD "Content-Type: text/html\n\n<p>" JOINED "</p>",
		TITLE "body paragraph " JOINED },
	{ "the richest alternative",
		PARTS("alternative") PLAIN "No.\n" HTML "<p>" JOINED
					   "</p>\n" END,
		TITLE "body paragraph " JOINED },
	{ "the richest alternative, in any order",
		PARTS("alternative") HTML "<p>" JOINED "</p>\n" PLAIN
					  "No.\n" END,
		TITLE "body paragraph " JOINED },
	{ "an alternative nobody reads here",
		PARTS("alternative") PLAIN JOINED
		"\n--b\nContent-Type: text/calendar\n\nBEGIN:\n" END,
		TITLE "body paragraph " JOINED },
	{ "all that is mixed, in order",
		PARTS("mixed") HTML "<p>" JOINED "</p>\n" PLAIN
				    "Linz joined it in March.\n" END,
		TITLE "body paragraph " JOINED
		      "\nbody paragraph Linz joined it in March." },
	{ "no attachment",
		PARTS("mixed") PLAIN JOINED
		"\n--b\nContent-Type: text/html\n"
		"Content-Disposition: attachment; filename=a.html\n\n"
		"<p>Not this.</p>\n" END,
		TITLE "body paragraph " JOINED },
	{ "an attachment to nothing",
		PARTS("mixed") "--b\nContent-Type: text/html\n"
			       "Content-Disposition: attachment\n\n<p>" JOINED
			       "</p>\n" END,
		TITLE "body paragraph " JOINED },
	{ "the root of what is related, deep below",
		PARTS("related") "--b\nContent-Type: multipart/alternative; "
				 "boundary=c\n\n--c\n\nNo.\n--c\nContent-Type: "
				 "text/html\n\n<p>" JOINED "</p>\n--c--\n--b\n"
				 "Content-Type: image/png\n\nxx\n" END,
		TITLE "body paragraph " JOINED },
	{ "what is signed, without the signature",
		PARTS("signed") PLAIN JOINED
		"\n--b\nContent-Type: text/plain\n\nsig\n" END,
		TITLE "body paragraph " JOINED },
	{ "a message in the message, under its subject",
		PARTS("mixed") PLAIN
		"For your interest.\n--b\nContent-Type: "
		"message/rfc822\n\nSubject: Inner\n\n" JOINED "\n" END,
		TITLE "body paragraph For your interest.\n"
		      "body heading2 Inner\nbody paragraph " JOINED },
	{ "quoted-printable",
		HEAD
		"Content-Type: text/html; charset=iso-8859-1\n"
		"Content-Transfer-Encoding: quoted-printable\n\n<p>Graz jo=\n"
		"ined the network in F=E9vrier.</p>",
		TITLE
		"body paragraph Graz joined the network in F\xc3\xa9vrier." },
	{ "base64",
		HEAD "Content-Type: text/plain; charset=utf-8\n"
		     "Content-Transfer-Encoding: base64\n\n"
		     "R3JheiBqb2luZWQgdGhlIG5ldHdvcmsu\nIEzDtnNjaGVuLg==\n",
		TITLE
		"body paragraph Graz joined the network. L\xc3\xb6schen." },
	{ "8 bit without a label",
		HEAD "\nGraz joined in F\xe9vrier, said the mayor.\n",
		TITLE "body paragraph Graz joined in F\xc3\xa9vrier, said the "
		      "mayor." },
	{ "lines that flow",
		HEAD
		"Content-Type: text/plain; format=flowed\n\nGraz joined \n"
		"the network \nin February.\n\n Space-stuffed line here.\n",
		TITLE "body paragraph " JOINED
		      "\nbody paragraph Space-stuffed line here." },
	{ "lines that flow without their space",
		HEAD "Content-Type: text/plain; format=flowed; delsp=yes\n\n"
		     "Graz joi \nned the network in February.\n",
		TITLE "body paragraph " JOINED },
	{ "a signature", HEAD "\n" JOINED "\n\n-- \nNetwork, Vienna\n",
		TITLE "body paragraph " JOINED
		      "\nfooter footer Network, Vienna" },
	{ "an encoded subject",
		"Subject: =?iso-8859-2?Q?=C8lenstv=ED?= "
		"=?utf-8?B?dcKgTmV0?=\n\n" JOINED "\n",
		"title title1 \xc4\x8clenstv\xc3\xad"
		"u Net\nbody paragraph " JOINED },
	{ "a title of its own is a heading",
		HEAD "Content-Type: text/html\n\n<h1>Newsletter</h1><p>" JOINED
		     "</p>",
		TITLE "body heading1 Newsletter\nbody paragraph " JOINED },
	{ "what a newsletter says of itself",
		HEAD
		"Content-Type: text/html\n\n<p>Cannot read this? <a "
		"href='https://a.example/v'>Im Browser ansehen</a></p>"
		"<p><a href='https://a.example/'>Home</a></p><h2>More news"
		"</h2><p>Graz joined the network in February, and so did "
		"the cities of Linz and Wels.</p><p>You receive this e-mail "
		"as a subscriber. Unsubscribe</p><p>Vienna</p>",
		TITLE "header paragraph Cannot read this? Im Browser ansehen\n"
		      "header paragraph Home\nbody heading1 More news\n"
		      "body paragraph Graz joined the network in February, and "
		      "so did the cities of Linz and Wels.\n"
		      "footer paragraph You receive this e-mail as a "
		      "subscriber. Unsubscribe\nfooter paragraph Vienna" },
	{ "cut off inside a part", PARTS("mixed") PLAIN JOINED,
		TITLE "body paragraph " JOINED },
	{ "a boundary that never comes", PARTS("mixed") JOINED "\n", "" },
	{ "nothing but a subject", HEAD "\n", "" },
	{ "nothing but a picture", HEAD "Content-Type: image/png\n\nxx\n", "" },
};

static void
texts_of_messages(void **state)
{
	struct reading *r = *state;

	for (size_t i = 0; i < ROWS(cases); i++) {
		read_body(r, "message/rfc822", span_str(cases[i].message));
		CHECK_OUTLINE(cases[i].name, outline(r), cases[i].outline);
	}
}

static void
headers_are_metadata(void **state)
{
	struct reading *r = *state;

	read_body(r, "message/rfc822",
		span_str(
			"From: =?utf-8?q?St=C3=A4dtenetz?= <a@b.netz.example>\n"
			"Date: Thu, 15 Feb 2024 00:30:00 +0100\n"
			"Subject:   Zwei\n\tZeilen \n"
			"List-Id: \"Netz-Nachrichten\" <n.netz.example>\n"
			"Archived-At: <https://lists.netz.example/1>\n"
			"\n" JOINED "\n"));
	assert_true(r->has);
	assert_string_equal(r->doc.title, "Zwei Zeilen");
	assert_string_equal(r->doc.site, "Netz-Nachrichten");
	assert_int_equal(r->doc.nauthors, 1);
	assert_string_equal(r->doc.authors[0], "St\xc3\xa4"
					       "dtenetz");
	assert_string_equal(
		r->doc.canonical_url, "https://lists.netz.example/1");
	/* The day it was where it was sent. */
	assert_string_equal(r->doc.published.edtf, "2024-02-15");
	assert_int_equal(r->doc.published.basis, BASIS_EXPLICIT);
	assert_string_equal(r->doc.published.from, "mail date");
	read_body(r, "message/rfc822",
		span_str("From: a@b.netz.example\nDate: soon\n\n" JOINED "\n"));
	assert_string_equal(r->doc.site, "b.netz.example");
	assert_int_equal(r->doc.nauthors, 0);
	assert_null(r->doc.published.edtf);
}

static void
what_is_no_message_is_a_problem(void **state)
{
	static const struct {
		const char *name, *body, *says;
	} rows[] = {
		{ "prose", "Graz joined the network.\n\nIt did.\n",
			"no message: it begins with no header" },
		{ "HTML", "<p>Subject: x</p>", "begins with no header" },
		{ "a line of HTTP", "HTTP/1.1 200 OK\nA: b\n\nx", "no header" },
	};
	struct reading *r = *state;

	for (size_t i = 0; i < ROWS(rows); i++) {
		read_body(r, "message/rfc822", span_str(rows[i].body));
		CHECK_ROW(rows[i].name, !r->has);
		CHECK_ROW(rows[i].name, r->problem.code == PROBLEM_MARKUP);
		CHECK_ROW(r->problem.message,
			strstr(r->problem.message, rows[i].says) != NULL);
	}
}

/* n parts in one another, or beside one another, and a text behind them. */
static struct span
many_parts(struct buffer *b, int n, bool nested)
{
	buffer_reset(b);
	buffer_add_str(b, HEAD);
	if (!nested)
		buffer_add_str(
			b, "Content-Type: multipart/mixed; boundary=b\n\n");
	for (int i = 0; i < n; i++)
		if (nested)
			buffer_printf(b,
				"Content-Type: multipart/mixed; boundary=b%d\n"
				"\n--b%d\n",
				i, i);
		else
			buffer_printf(b, "--b\n\nGraz joined in %d.\n\n", i);
	buffer_add_str(b, nested ? "\n" JOINED "\n" : "--b--\n");
	return buffer_span(b);
}

static void
parts_and_depths_have_caps(void **state)
{
	static const struct {
		const char *name;
		int n;
		bool nested, has, warns;
	} rows[] = {
		{ "deep", 30, true, true, false },
		{ "too deep", 34, true, false, false },
		{ "far too deep", 20000, true, false, false },
		{ "wide", 100, false, true, false },
		{ "too wide", 101, false, true, true },
		{ "far too wide", 20000, false, true, true },
	};
	struct reading *r = *state;
	struct buffer b;

	buffer_init(&b, (size_t)8 << 20);
	for (size_t i = 0; i < ROWS(rows); i++) {
		read_body(r, "message/rfc822",
			many_parts(&b, rows[i].n, rows[i].nested));
		CHECK_ROW(rows[i].name, r->has == rows[i].has);
		CHECK_ROW(rows[i].name,
			r->has || r->problem.code == PROBLEM_MARKUP);
		CHECK_ROW(rows[i].name,
			!r->has || has_warning(r, "parse.truncated") ==
					   rows[i].warns);
	}
	buffer_release(&b);
}

/* Of a header whose reader calls itself, and others that are long. */
static void
long_headers_end_in_time(void **state)
{
	static const char *const rows[] = { "To: |g:", "Cc: |g:\n ",
		"Subject: |=?utf-8?q?a?= ", "Received: |((", "From: |a@b, ",
		"Content-Type: text/html|; a=b", "References: |<a@b> " };
	struct reading *r = *state;
	struct buffer b;

	buffer_init(&b, (size_t)8 << 20);
	for (size_t i = 0; i < ROWS(rows); i++) {
		const char *again = strchr(rows[i], '|');

		buffer_reset(&b);
		buffer_add(&b, rows[i], (size_t)(again - rows[i]));
		for (int n = 0; n < 100000; n++)
			buffer_add_str(&b, again + 1);
		buffer_add_str(&b, "\n\n" JOINED "\n");
		read_body(r, "message/rfc822", buffer_span(&b));
		CHECK_ROW(rows[i], r->has == (i > 1));
	}
	buffer_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_of_messages),
		cmocka_unit_test(headers_are_metadata),
		cmocka_unit_test(what_is_no_message_is_a_problem),
		cmocka_unit_test(parts_and_depths_have_caps),
		cmocka_unit_test(long_headers_end_in_time),
	};

	return cmocka_run_group_tests(tests, reading_open, reading_close);
}
