/* a claim in one line of words, and its id */
#include "core_records.h"

#include <string.h>

/* "University of Jena (UJ)" is "University of Jena" elsewhere. */
static void
an_acronym_is_not_of_the_subject(void **state)
{
	static const char text[] = "University of Jena (UJ) is in Network.";
	struct document doc = { .text = span_str(text) };
	struct extraction x = { .document = "d1", .rules = "r1" };
	struct mention m = { .start = 0,
		.end = 23,
		.type = MENTION_ORGANISATION,
		.rule = "names.organisation",
		.name = { .name = "University of Jena" } };
	struct claim_arg arg = { .slot = SLOT_SUBJECT, .mention = 0 };
	struct claim c = { .kind = CLAIM_MEMBERSHIP,
		.rule = "r@1",
		.end = 23,
		.args = &arg,
		.nargs = 1 };
	struct error err = { 0 };
	struct flat_claim f;

	(void)state;
	m.text = span_sub(doc.text, m.start, m.end);
	x.mentions = &m;
	x.nmentions = 1;
	assert_int_equal(flat_from_claim(&doc, &x, &c, arena, &f, &err), OK);
	assert_string_equal(f.subject, "University of Jena");
	m.name.name = "UJ"; /* known by another name than is written */
	assert_int_equal(flat_from_claim(&doc, &x, &c, arena, &f, &err), OK);
	assert_string_equal(f.subject, "University of Jena (UJ)");
	/* "the brewer Acme" is "Acme" elsewhere. */
	doc.text = span_str("the brewer Acme is in Network.");
	m.end = c.end = 15;
	m.text = span_sub(doc.text, 0, m.end);
	m.name.name = "Acme";
	assert_int_equal(flat_from_claim(&doc, &x, &c, arena, &f, &err), OK);
	assert_string_equal(f.subject, "Acme");
}

static void
flat_has_every_column(void **state)
{
	struct document doc = a_document();
	struct extraction x = an_extraction();
	struct error err = { 0 };
	struct flat_claim f;
	struct buffer b;

	(void)state;
	assert_int_equal(
		flat_from_claim(&doc, &x, &claims[0], arena, &f, &err), OK);
	assert_string_equal(f.subject, "Graz");
	assert_string_equal(f.subject_country, "AT");
	assert_string_equal(f.network, "net");
	assert_string_equal(f.date, "2024-02-14");
	assert_string_equal(f.date_basis, "document.published");
	assert_int_equal(f.count, -1);
	buffer_init(&b, 10000);
	assert_int_equal(flat_encode(&f, &b, &err), OK);
	assert_non_null(strstr(b.ptr, "\"count\":null"));
	assert_non_null(
		strstr(b.ptr, "\"evidence\":\"Graz has joined the Network\""));
	assert_non_null(strstr(b.ptr, "\"witnesses\":null"));
	buffer_release(&b);
}

static void
a_claims_id_is_what_it_says(void **state)
{
	struct document doc = a_document();
	struct extraction x = an_extraction();
	struct claim c = claims[0];
	struct error err = { 0 };
	const char *first;

	(void)state;
	assert_int_equal(claim_make_id(&doc, &x, &c, arena, &err), OK);
	first = c.id;
	c.rule = "membership.joined@2"; /* the rule's version is not in it */
	doc.page = "another capture";
	assert_int_equal(claim_make_id(&doc, &x, &c, arena, &err), OK);
	assert_string_equal(c.id, first);
	c.polarity = POLARITY_NEGATED;
	assert_int_equal(claim_make_id(&doc, &x, &c, arena, &err), OK);
	assert_string_not_equal(c.id, first);
}

/* The flat form and an id ask the arena too. */
static void
flattening_survives_failing_memory(void **state)
{
	struct document doc = a_document();
	struct extraction x = an_extraction();
	struct claim c = claims[0];
	struct error err = { 0 };
	struct flat_claim f;

	(void)state;
	for (long n = 0;; n++) {
		enum error_code code;

		arena_fail_at(arena, n);
		code = claim_make_id(&doc, &x, &c, arena, &err);
		if (code == OK)
			break;
		assert_int_equal(code, ERR_NOMEM);
	}
	for (long n = 0;; n++) {
		enum error_code code;

		arena_fail_at(arena, n);
		code = flat_from_claim(&doc, &x, &claims[0], arena, &f, &err);
		if (code == OK)
			break;
		assert_int_equal(code, ERR_NOMEM);
	}
	arena_fail_at(arena, -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_acronym_is_not_of_the_subject),
		cmocka_unit_test(flat_has_every_column),
		cmocka_unit_test(a_claims_id_is_what_it_says),
		cmocka_unit_test(flattening_survives_failing_memory),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
