/* Whom the press may ask, and who publishes: in six languages. */
#include "parse_page.h"

#define P "<p>Six towns on the lake joined the alliance of bathing waters.</p>"
#define JSON(x)                                                                \
	"<script type=application/ld+json>" x "</script><main><h1>T</h1>" P    \
	"</main>"

/* "name|email|phone|from" */
static const char *
written(struct reading *r, const struct doc_contact *c)
{
	buffer_reset(&r->outline);
	buffer_printf(&r->outline, "%s|%s|%s|%s",
		c->name != NULL ? c->name : "",
		c->email != NULL ? c->email : "",
		c->phone != NULL ? c->phone : "",
		c->from != NULL ? c->from : "");
	return r->outline.ptr;
}

static void
the_press_has_somebody_to_ask(void **state)
{
	static const struct {
		const char *name, *html, *want;
	} cases[] = {
		{ "English, one line",
			"<p>Press contact: Jane Roe, City of Espoo, +358 9 000 "
			"0000, jane.roe@espoo.example",
			"Jane Roe|jane.roe@espoo.example|+358 9 000 0000|"
			"labelled press" },
		{ "a sentence",
			"<p>For media enquiries please contact John Doe at "
			"john@doe.example or call 020 7946 0000.",
			"John Doe|john@doe.example|020 7946 0000|labelled "
			"press" },
		{ "German, a line each",
			"<h2>Pressekontakt</h2><p>Dr. Eva Berg<br>"
			"Pressesprecherin der Stadt Graz<br>Tel.: 0316 / "
			"872-2222<br>Fax: 0316 / 872-9999<br>E-Mail: "
			"berg@graz.example",
			"Dr. Eva Berg|berg@graz.example|0316 / "
			"872-2222|labelled press" },
		{ "French",
			"<p>Contact presse : Agence Belle-Île</p><p>Léa "
			"Martin – 02 40 00 00 00 – lea@ile.example</p>",
			"Léa Martin|lea@ile.example|02 40 00 00 00|labelled "
			"press" },
		{ "Spanish",
			"<p><b>Contacto de prensa</b></p><p>Ayuntamiento de "
			"Lugo</p><p>Ana Ruiz Gil</p><p>Teléfono: 982 000 000"
			"</p><p>prensa@lugo.example</p>",
			"Ana Ruiz Gil|prensa@lugo.example|982 000 000|"
			"labelled press" },
		{ "Italian",
			"<p>Ufficio stampa: Maria Rossi, cell. 333 0000000, "
			"stampa@comune.example",
			"Maria Rossi|stampa@comune.example|333 0000000|"
			"labelled press" },
		{ "Portuguese",
			"<p>Assessoria de Imprensa</p><p>João da Silva</p><p>"
			"(21) 0000-0000 | imprensa@prefeitura.example</p>",
			"João da Silva|imprensa@prefeitura.example|(21) "
			"0000-0000|labelled press" },
		{ "an address behind a link",
			"<p>Press office: Jane Roe, <a href='mailto:"
			"press@espoo.example?subject=x'>write to her</a>",
			"Jane Roe|press@espoo.example||labelled press" },
		{ "a number behind a link",
			"<h3>Media contact</h3><p>Jane Roe</p><p><a "
			"href='tel:+358900000'>Call</a></p>",
			"Jane Roe||+358900000|labelled press" },
		{ "anybody's, in the release",
			"<p>Contact: Jane Roe, roe@espoo.example",
			"Jane Roe|roe@espoo.example||labelled" },
		{ "the press rather than anybody",
			"<p>Contact: info@espoo.example<p>Press contact: "
			"press@espoo.example",
			"|press@espoo.example||labelled press" },
		{ "a day is no number",
			"<p>Press contact: 14.02.2024, 01/02/2024", "|||" },
		{ "no more than a name", "<p>Press contact: Jane Roe", "|||" },
		{ "a sentence about the press",
			"<p>For the press it was a long day.</p><p>See "
			"x@y.example</p>",
			"|||" },
		{ "no label", "<p>Jane Roe, roe@espoo.example", "|||" },
		{ "a menu's", "<p><a href=/c>Contact</a></p><p>a@b.example",
			"|||" },
	};
	struct reading *r = *state;
	struct buffer page;

	buffer_init(&page, 4096);
	for (size_t i = 0; i < ROWS(cases); i++) {
		buffer_reset(&page);
		buffer_printf(
			&page, "<main><h1>T</h1>" P "%s</main>", cases[i].html);
		read_body(r, "text/html", buffer_span(&page));
		CHECK_OUTLINE(cases[i].name, written(r, &r->doc.contact),
			cases[i].want);
	}
	buffer_release(&page);
}

static void
a_contact_has_its_words(void **state)
{
	struct reading *r = *state;
	const struct doc_contact *c = &r->doc.contact;

	read_body(r, "text/plain",
		span_str("Six towns joined\n\nSix towns on the lake joined the "
			 "alliance.\n\nMedia contact: Jane Roe\nPhone 01632 "
			 "960000\n\nEnds\n"));
	assert_true(span_eq_str(span_sub(r->doc.text, c->start, c->end),
			    "Media contact: Jane Roe Phone 01632 960000") ||
		    span_eq_str(span_sub(r->doc.text, c->start, c->end),
			    "Media contact: Jane Roe\n\nPhone 01632 960000"));
	assert_string_equal(written(r, c), "Jane Roe||01632 960000|labelled "
					   "press");
}

static void
all_contacts_are_kept_in_order(void **state)
{
	struct reading *r = *state;

	read_body(r, "text/html",
		span_str("<main><h1>T</h1>" P
			 "<p>Contact: info@a.example</p><h2>Press contacts</h2>"
			 "<p>Jane Roe</p><p>roe@a.example</p><p>John Doe</p>"
			 "<p>doe@a.example</p></main><footer><p>Contact: "
			 "hall@a.example</p></footer>"));
	assert_int_equal(r->doc.ncontacts, 4);
	assert_string_equal(written(r, &r->doc.contacts[0]),
		"Jane Roe|roe@a.example||labelled press");
	assert_string_equal(written(r, &r->doc.contacts[1]),
		"John Doe|doe@a.example||labelled press");
	assert_string_equal(
		written(r, &r->doc.contacts[2]), "|info@a.example||labelled");
	assert_string_equal(written(r, &r->doc.contacts[3]),
		"|hall@a.example||labelled elsewhere");
}

static void
contact_points_are_declared(void **state)
{
	static const struct {
		const char *name, *html, *want;
		bool taken;
	} cases[] = {
		{ "for the press",
			JSON("{\"@type\":\"Organization\",\"contactPoint\":[{"
			     "\"@type\":\"ContactPoint\",\"contactType\":"
			     "\"media relations\",\"email\":\"mailto:p@a."
			     "example\",\"telephone\":\"+43 1 0000\"}]}"),
			"|p@a.example|+43 1 0000|schema.org contactPoint press",
			true },
		{ "for customers",
			JSON("{\"@type\":\"ContactPoint\",\"contactType\":"
			     "\"customer service\",\"telephone\":\"+43 1\"}"),
			"||+43 1|schema.org contactPoint", false },
		{ "in the markup",
			"<main><h1>T</h1>" P "<div itemprop=contactPoint><meta "
			"itemprop=contactType content=press><b itemprop=name>"
			"Jane Roe</b> <i itemprop=email>r@a.example</i></div>"
			"</main>",
			"Jane Roe|r@a.example||schema.org contactPoint press",
			true },
	};
	struct reading *r = *state;

	for (size_t i = 0; i < ROWS(cases); i++) {
		read_body(r, "text/html", span_str(cases[i].html));
		CHECK_ROW(cases[i].name, r->doc.ncontacts == 1);
		CHECK_OUTLINE(cases[i].name, written(r, &r->doc.contacts[0]),
			cases[i].want);
		CHECK_ROW(cases[i].name,
			(r->doc.contact.from != NULL) == cases[i].taken);
	}
}

static void
somebody_publishes_it(void **state)
{
	static const struct {
		const char *name, *html, *publisher, *from;
	} cases[] = {
		{ "the article's",
			JSON("{\"@type\":\"NewsArticle\",\"publisher\":{"
			     "\"@type\":\"Organization\",\"name\":\"City of "
			     "Graz\"}}"),
			"City of Graz", "json-ld publisher" },
		{ "by its id",
			JSON("{\"@graph\":[{\"@type\":\"NewsMediaOrganization"
			     "\",\"@id\":\"#o\",\"name\":\"City of Graz\"},{"
			     "\"@type\":\"NewsArticle\",\"publisher\":{\"@id\":"
			     "\"#o\"}}]}"),
			"City of Graz", "json-ld publisher" },
		{ "as a text",
			JSON("{\"@type\":\"NewsArticle\",\"publisher\":\"City "
			     "of Graz\"}"),
			"City of Graz", "json-ld publisher" },
		{ "by a meta",
			"<meta name=DC.publisher content='Stadt Graz'>"
			"<main><h1>T</h1>" P "</main>",
			"Stadt Graz", "meta dc.publisher" },
		{ "in the markup",
			"<main><h1>T</h1>" P "<div itemprop=publisher><a "
			"itemprop=url href=/>x</a><span itemprop=name>Ville de "
			"Lens</span></div></main>",
			"Ville de Lens", "itemprop publisher" },
		{ "by a line",
			"<main><h1>T</h1>" P "<p>Herausgeber: Stadt Graz."
			"</main>",
			"Stadt Graz", "labelled" },
		{ "an address is no name",
			"<meta property=article:publisher content='https://"
			"www.facebook.example/graz'><meta property=og:site_"
			"name content=Graz.example><main><h1>T</h1>" P
			"</main>",
			"Graz.example", "site" },
		{ "nobody", "<main><h1>T</h1>" P "</main>", NULL, NULL },
	};
	struct reading *r = *state;

	for (size_t i = 0; i < ROWS(cases); i++) {
		read_body(r, "text/html", span_str(cases[i].html));
		CHECK_ROW(cases[i].name,
			same(r->doc.publisher.name, cases[i].publisher));
		CHECK_ROW(cases[i].name,
			same(r->doc.publisher.from, cases[i].from));
	}
}

static void
all_publishers_are_kept(void **state)
{
	struct reading *r = *state;

	read_body(r, "text/html",
		span_str("<meta name=publisher content='City of Graz'><meta "
			 "property=og:site_name content='Graz news'><main>"
			 "<h1>T</h1>" P "<p>Publisher: Press office, Graz"
			 "</main>"));
	assert_int_equal(r->doc.npublishers, 3);
	assert_string_equal(r->doc.publishers[0].name, "City of Graz");
	assert_int_equal(r->doc.publishers[0].basis, BASIS_EXPLICIT);
	assert_string_equal(r->doc.publishers[1].from, "labelled");
	assert_string_equal(r->doc.publishers[2].name, "Graz news");
	assert_int_equal(r->doc.publishers[2].basis, BASIS_COMPUTED);
}

/* Labels by the thousand: what is over the cap is left out. */
static void
many_contacts_are_cut(void **state)
{
	struct reading *r = *state;
	struct buffer page;

	buffer_init(&page, (size_t)1 << 20);
	buffer_add_str(&page, "<main><h1>T</h1>" P);
	for (int i = 0; i < 4000; i++)
		buffer_printf(&page, "<p>Press contact: a%d@b.example</p>", i);
	read_body(r, "text/html", buffer_span(&page));
	assert_int_equal(r->doc.ncontacts, RECORD_NAMES_MAX);
	assert_string_equal(r->doc.contact.email, "a0@b.example");
	buffer_release(&page);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_press_has_somebody_to_ask),
		cmocka_unit_test(a_contact_has_its_words),
		cmocka_unit_test(all_contacts_are_kept_in_order),
		cmocka_unit_test(contact_points_are_declared),
		cmocka_unit_test(somebody_publishes_it),
		cmocka_unit_test(all_publishers_are_kept),
		cmocka_unit_test(many_contacts_are_cut),
	};

	return cmocka_run_group_tests(tests, reading_open, reading_close);
}
