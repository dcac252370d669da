/* Names told together or apart, what a question says, and whom "it" means. */
#include "extract_claims.h"

static const char text[] =
	"%dateline-rules 1\n"
	"let NET = {NETWORK|TITLE:network}\n"
	"rule t.member 1\n"
	"  kind membership\n"
	"  set status=member\n"
	"  match {CITY|REGION|ORGANISATION+:subject} ~1 !(is|are) ~2 "
	"(member|members) of <NET>\n"
	"  yes [CITY A] is a member of [NETWORK B]\n  no a\n  live a\n"
	"rule t.fr 1\n"
	"  kind membership\n"
	"  set status=member\n"
	"  match {CITY|ORGANISATION+:subject} !es membre <NET>\n"
	"  yes [CITY A] es membre [NETWORK B]\n  no a\n  live a\n"
	"rule t.not 1\n"
	"  kind membership\n"
	"  set status=same\n"
	"  set polarity=negated\n"
	"  after membership\n"
	"  match , {CITY:subject} !not\n"
	"  yes [CITY A] is a member of [NETWORK B], [CITY C] not\n"
	"  no a\n  live a\n"
	"rule t.list 1\n"
	"  kind member_list\n"
	"  match <NET> : {CITY+:member}\n"
	"  yes [NETWORK B]: [CITY A]\n  no a\n  live a\n"
	"rule t.set 1\n"
	"  kind membership\n"
	"  set status=joined\n"
	"  set polarity=asserted\n"
	"  match {CITY+:subject} !joined <NET>\n"
	"  yes [CITY A] joined [NETWORK B]\n  no a\n  live a\n";

RULES_FIXTURE(text)

#define GRAZ	 "membership member subject=Graz network=N"
#define LINZ	 "membership member subject=Linz network=N"
#define THE_CITY "membership member subject=Graz(anaphor) network=N"
#define NO_GRAZ	 "membership member negated subject=Graz network=N"
#define NO_LINZ	 "membership member negated subject=Linz network=N"

static void
pairs_are_lists(void **state)
{
	static const struct claims_case cases[] = {
		{ "neither",
			"Neither [CITY Graz] nor [CITY Linz] is a member of "
			"[NET N].",
			NO_GRAZ " | " NO_LINZ },
		{ "together with",
			"[CITY Graz], together with the town of [CITY Linz], "
			"is a member of [NET N].",
			GRAZ " | " LINZ },
		{ "not behind words",
			"[CITY Graz] sings together with a choir, [CITY Linz] "
			"is a member of [NET N].",
			LINZ },
		{ "a region and its towns",
			"[REGION Styria] alongside [CITY Graz] is a member of "
			"[NET N].",
			GRAZ },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
}

static void
some_names_are_apart(void **state)
{
	static const struct claims_case cases[] = {
		{ "but not",
			"[CITY Graz], but not [CITY Linz], is a member of "
			"[NET N].",
			GRAZ " | " NO_LINZ },
		{ "and those behind",
			"[CITY Bonn] but not [CITY Graz] or [CITY Linz] is a "
			"member of [NET N].",
			"membership member subject=Bonn network=N | " NO_GRAZ
			" | " NO_LINZ },
		{ "not, but",
			"Not [CITY Graz] but [CITY Linz] is a member of "
			"[NET N].",
			NO_GRAZ " | " LINZ },
		{ "not only",
			"Not only [CITY Graz] but also [CITY Linz] is a "
			"member of [NET N].",
			GRAZ " | " LINZ },
		{ "all except",
			"All except [CITY Graz] are members of [NET N].",
			NO_GRAZ },
		{ "none except",
			"None of us except [CITY Graz] is a member of [NET N].",
			GRAZ },
		{ "just a not",
			"[CITY Graz], not [CITY Linz], is a member of [NET "
			"N].",
			GRAZ " | " NO_LINZ },
		{ "no member of a list", "[NET N]: [CITY Graz], not [CITY B].",
			"member_list member=Graz network=N" },
		{ "a rule that says itself what is true",
			"[CITY Graz] but not [CITY Linz] joined [NET N].",
			"membership joined subject=Graz network=N | "
			"membership joined subject=Linz network=N" },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
}

static void
questions_want_an_answer(void **state)
{
	static const struct claims_case cases[] = {
		{ "none", "Is [CITY Graz] a member of [NET N]? Who knows.",
			"" },
		{ "no", "Is [CITY Graz] a member of [NET N]? No.", NO_GRAZ },
		{ "not yet",
			"Is [CITY Graz] a member of [NET N]? Not yet, alas.",
			NO_GRAZ },
		{ "yes", "Is [CITY Graz] a member of [NET N]? Yes.", GRAZ },
		{ "with a date",
			"Is [CITY Graz] a member of [NET N]? Yes, since "
			"[DATE 2012].",
			GRAZ " date=2012" },
		{ "of another",
			"Is [CITY Graz] a member of [NET N]? No town can be.",
			"" },
		{ "behind a label",
			"Q: Is [CITY Graz] a member of [NET N]? / A: No.",
			NO_GRAZ },
		{ "supposed",
			"Could [CITY Graz] be a member of [NET N]? Who knows.",
			"" },
		{ "taken as known",
			"Why [CITY Graz] is a member of [NET N]? Who knows.",
			GRAZ },
		{ "asked of something else",
			"[CITY Graz] is a member of [NET N], or what?", GRAZ },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
}

static void
one_of_several_is_not_meant(void **state)
{
	static const struct claims_case cases[] = {
		{ "one", "[CITY Graz] sings. The city is a member of [NET N].",
			THE_CITY },
		{ "two",
			"[CITY Graz] and [CITY Linz] sing. The city is a "
			"member of [NET N].",
			"" },
		{ "three",
			"[CITY Graz], [CITY Bonn] and [CITY Linz] sing. It is "
			"a member of [NET N].",
			"" },
		{ "with another thing",
			"[CITY Graz] and [ORG Linz AG] sing. The city is a "
			"member of [NET N].",
			THE_CITY },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
}

static void
other_readings_are_leant_on(void **state)
{
	static const struct claims_case cases[] = {
		{ "told without an insert",
			"[CITY Graz] (in the south) is a member of [NET N], "
			"[CITY Linz] not.",
			GRAZ " | " NO_LINZ "(document.network)" },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
}

static void
elided_words_belong_to_the_name(void **state)
{
	static const struct claims_case cases[] = {
		{ "the town of a name",
			"[CITY Graz] et la ville d'[CITY Linz] es membre "
			"[NET N].",
			GRAZ " | " LINZ },
		{ "where it is",
			"[ORG Graz], d'[CITY Linz], es membre [NET N].", GRAZ },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "fr");
}

static void
where_it_is_from_is_no_name(void **state)
{
	static const struct claims_case cases[] = {
		{ "of", "[ORG Graz], of [CITY Linz], is a member of [NET N].",
			GRAZ },
		{ "an article by itself is no place",
			"[ORG Graz], a [CITY Linz], is a member of [NET N].",
			GRAZ " | " LINZ },
		{ "a list with of",
			"The towns of [CITY Graz], of [CITY Linz], of [CITY "
			"B] and of [CITY C] are members of [NET N].",
			GRAZ " | " LINZ
			     " | membership member subject=B network=N | "
			     "membership member subject=C network=N" },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs_are_lists),
		cmocka_unit_test(some_names_are_apart),
		cmocka_unit_test(questions_want_an_answer),
		cmocka_unit_test(one_of_several_is_not_meant),
		cmocka_unit_test(other_readings_are_leant_on),
		cmocka_unit_test(elided_words_belong_to_the_name),
		cmocka_unit_test(where_it_is_from_is_no_name),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
