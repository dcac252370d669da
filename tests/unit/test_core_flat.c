/* a claim in one line of words */
#include "core/core.h"
#include "unit.h"

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
	struct arena *arena = arena_new(1 << 20);

	(void)state;
	assert_non_null(arena);
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
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_acronym_is_not_of_the_subject),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
