/* What of a text is quoted for those who look for it in the page. */
#include "audit/selector.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

#define A32 "abcdefghijklmnopqrstuvwxyz012345"
#define E32                                                                    \
	"\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"     \
	"\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"     \
	"\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"     \
	"\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"

static const struct {
	const char *name;
	const char *before, *words, *behind; /* of the text */
	const char *prefix, *exact, *suffix;
} cases[] = {
	{ "all of the text", "", "Graz", "", "", "Graz", "" },
	{ "within a block", "City of ", "Graz", " joins", "City of ", "Graz",
		" joins" },
	{ "a block has ends", "Title\n\nIn ", "Graz", ".\n\nNext", "In ",
		"Graz", "." },
	{ "an end of its own", "Title\n\n", "Graz", "\n\nNext", "", "Graz",
		"" },
	{ "32 on each side", A32, "Graz", A32, A32, "Graz", A32 },
	{ "and no more", "x" A32, "Graz", A32 "x", A32, "Graz", A32 },
	{ "of characters", "x" E32, "Graz", E32 "x", E32, "Graz", E32 },
	{ "over blocks", "the ", "new:\n\nGraz\n\nLinz", " and", "the ",
		"new: Graz Linz", " and" },
};

static bool
is(struct span text, const char *wanted)
{
	return span_eq_str(text, wanted);
}

static void
test_quotes(void **state)
{
	struct arena *a = arena_new(ARENA_BLOCK_MIN);

	(void)state;
	assert_non_null(a);
	for (size_t i = 0; i < ROWS(cases); i++) {
		size_t start = strlen(cases[i].before);
		size_t end = start + strlen(cases[i].words);
		struct selector s;
		char text[256];

		(void)snprintf(text, sizeof text, "%s%s%s", cases[i].before,
			cases[i].words, cases[i].behind);
		CHECK_ROW(cases[i].name, selector_make(span_str(text), start,
						 end, a, &s, NULL) == OK);
		CHECK_ROW(cases[i].name, is(s.prefix, cases[i].prefix));
		CHECK_ROW(cases[i].name, is(s.exact, cases[i].exact));
		CHECK_ROW(cases[i].name, is(s.suffix, cases[i].suffix));
	}
	arena_free(a);
}

static void
test_no_memory(void **state)
{
	struct arena *a = arena_new(ARENA_BLOCK_MIN);
	struct error err = { 0 };
	struct selector s;

	(void)state;
	assert_non_null(a);
	arena_fail_at(a, 0);
	assert_int_equal(
		selector_make(span_str("Graz"), 0, 4, a, &s, &err), ERR_NOMEM);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_quotes),
		cmocka_unit_test(test_no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
