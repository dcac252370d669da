#include "extract_claims.h"

static const char text[] =
	"%dateline-rules 1\n"
	"let NET = {NETWORK|TITLE:network}\n"
	"rule t.member 1\n"
	"  kind membership\n"
	"  set status=member\n"
	"  match {CITY|ORGANISATION|REGION+:subject} ~1 !(is|are|es) ~2 "
	"(member|members|miembro) of <NET>\n"
	"  yes [CITY A] is a member of [NETWORK B]\n  no a\n  live a\n"
	"rule t.in 1\n"
	"  kind membership\n"
	"  set status=member\n"
	"  match <NET> ~0 !with {CITY|ORGANISATION+:subject}\n"
	"  yes [NETWORK B] with [CITY A]\n  no a\n  live a\n";

RULES_FIXTURE(text)

#define GRAZ "membership member subject=Graz network=N"

static void
inserts_are_read_over(void **state)
{
	static const struct claims_case cases[] = {
		{ "brackets",
			"[CITY Graz] (which had waited for many years) is a "
			"member of [NET N].",
			GRAZ },
		{ "commas",
			"[CITY Graz], not a little proud, is a member of "
			"[NET N].",
			"" },
		{ "commas, nothing denied",
			"[CITY Graz], more than a little proud, is a member of "
			"[NET N].",
			GRAZ },
		{ "dashes",
			"[CITY Graz] - so far behind the rest - is a member of "
			"[NET N].",
			GRAZ },
		{ "a hyphen is no dash",
			"[CITY Graz] so-called or how-ever named is a "
			"member of [NET N].",
			"" },
		{ "a date",
			"[CITY Graz] is since [DATE 2020-05-01] a member of "
			"[NET N].",
			GRAZ " date=2020-05-01" },
		{ "a date in an insert",
			"[CITY Graz] is, from [DATE 2020-05-01], a member of "
			"[NET N].",
			GRAZ " date=2020-05-01" },
		{ "a date in brackets is the name's",
			"[CITY Graz] is (first named in [DATE 1128]) a member "
			"of [NET N].",
			GRAZ },
		{ "a date of something else",
			"[CITY Graz], founded in [DATE 1128], is a member of "
			"[NET N].",
			GRAZ },
		{ "where one of several words is",
			"[ORG University of Graz] in [COUNTRY A] is a member "
			"of [NET N].",
			"membership member subject=University of Graz "
			"network=N" },
		{ "where it is, with an article",
			"[CITY Breda] in the [COUNTRY Netherlands] is a member "
			"of [NET N].",
			"membership member subject=Breda network=N" },
		{ "a name is no insert",
			"[CITY Graz], [CITY Linz], is a member of [NET N].",
			"membership member subject=Graz network=N | membership "
			"member subject=Linz network=N" },
		{ "a network is none",
			"[CITY Graz], known for [NET M], is a member of [NET "
			"N].",
			"" },
		{ "too long",
			"[CITY Graz], of which so much could be said and was "
			"said in these pages by us all again and again, is a "
			"member of [NET N].",
			"" },
		{ "one comma",
			"[CITY Graz], so they say is a member of [NET "
			"N].",
			"" },
		{ "no end of brackets",
			"[CITY Graz] (so they all say is a member of [NET N].",
			"" },
		{ "if", "[CITY Graz], if all agree, is a member of [NET N].",
			"" },
		{ "as it stands comes first",
			"[NET N] with [CITY Graz] ([CITY Linz]) said so.",
			"membership member subject=Graz network=N" },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
}

static void
subjects_may_be_left_out(void **state)
{
	static const struct claims_case spanish[] = {
		{ "named before",
			"[CITY Oviedo] celebra. Es miembro of [NET N].",
			"membership member subject=Oviedo(anaphor) network=N" },
		{ "denied at once",
			"[CITY Oviedo] celebra. No es miembro of [NET N].",
			"membership member negated "
			"subject=Oviedo(anaphor) "
			"network=N" },
		{ "named in it", "Es miembro of [NET N] [CITY Oviedo].", "" },
		{ "where it was, behind the network",
			"[CITY Oviedo] celebra. Es miembro of [NET N] en [CITY "
			"Graz].",
			"membership member subject=Oviedo(anaphor) network=N" },
		{ "where it is, before it",
			"[CITY Oviedo] celebra. En [CITY Graz] es miembro of "
			"[NET N].",
			"membership member subject=Graz network=N" },
		{ "no network", "[CITY Oviedo] celebra. Es miembro of.", "" },
		{ "nobody before", "Es miembro of [NET N].", "" },
	};
	static const struct claims_case english[] = {
		{ "not in English",
			"[CITY Leeds] is proud. Is member of [NET "
			"N].",
			"" },
	};

	(void)state;
	check_claims(spanish, sizeof spanish / sizeof *spanish, "es");
	check_claims(english, sizeof english / sizeof *english, "en");
}

static void
where_a_place_is_is_read_over(void **state)
{
	static const struct claims_case cases[] = {
		{ "of each of a list",
			"[CITY Graz] in [COUNTRY A] and [CITY Turku] in "
			"[COUNTRY F] are members of [NET N].",
			"membership member subject=Graz network=N | membership "
			"member subject=Turku network=N" },
		{ "between commas",
			"[CITY Graz], near [CITY Linz], is a member of [NET "
			"N].",
			GRAZ },
		{ "between commas, in a list",
			"[CITY Graz], in [REGION S], and [CITY Turku], in "
			"[REGION F], are members of [NET N].",
			"membership member subject=Graz network=N | membership "
			"member subject=Turku network=N" },
		{ "between commas, in a list, behind articles",
			"[ORG Graz Mill], in [CITY Ulm], the [ORG Turku "
			"Mill], in the [REGION F] ([COUNTRY B]), and the [ORG "
			"Linz Mill], with seat in [CITY Wels], are members of "
			"[NET N].",
			"membership member subject=Graz Mill network=N | "
			"membership member subject=Turku Mill network=N | "
			"membership member subject=Linz Mill network=N" },
		{ "between commas, in a list, with \"of\"",
			"[ORG Graz Mill], of [CITY Ulm], and the [ORG Turku "
			"Mill], of [CITY Wels], are members of [NET N].",
			"membership member subject=Graz Mill network=N | "
			"membership member subject=Turku Mill network=N" },
		{ "behind an institution, at the end",
			"[NET N] with [ORG Graz Mill], of [CITY Ulm].",
			"membership member subject=Graz Mill network=N" },
		{ "towns of a list with \"of\"",
			"The towns of [CITY Graz], of [CITY Ulm], and of "
			"[CITY Wels] are members of [NET N].",
			"membership member subject=Graz network=N | "
			"membership member subject=Ulm network=N | "
			"membership member subject=Wels network=N" },
		{ "what they are, in a list",
			"[CITY Graz], a port city, [CITY Ulm], a rebel city, "
			"and [CITY Wels] are members of [NET N].",
			"membership member subject=Wels network=N | "
			"membership member subject=Graz network=N | "
			"membership member subject=Ulm network=N" },
		{ "an institution in several towns",
			"[ORG Clinic A] in [CITY Graz], [CITY Linz] and [CITY "
			"Turku] is a member of [NET N].",
			"membership member subject=Clinic A network=N" },
		{ "one in a land, and a town",
			"[ORG Clinic A] in [COUNTRY F] and [CITY Graz] are "
			"members of [NET N].",
			"membership member subject=Graz network=N | "
			"membership member subject=Clinic A network=N" },
		{ "things that no rule has in several towns",
			"The grocers in [CITY Graz], [CITY Linz] and [CITY "
			"Turku] are members of [NET N].",
			"" },
		{ "where they meet, and who",
			"At grocers in [CITY Graz], [CITY Linz] and [CITY "
			"Turku] are members of [NET N].",
			"membership member subject=Linz network=N | membership "
			"member subject=Turku network=N" },
		{ "where it is otherwise",
			"Otherwise in [CITY Graz], [CITY Linz] is a member of "
			"[NET N].",
			"membership member subject=Linz network=N" },
		{ "two places in one",
			"[CITY Graz] in [COUNTRY A] and [COUNTRY F] is a "
			"member of [NET N].",
			"" },
		{ "the number of those named",
			"[TOTAL 2 cities], [CITY Graz] and [CITY Turku], are "
			"members of [NET N].",
			"membership member subject=Graz network=N | membership "
			"member subject=Turku network=N" },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
}

static void
names_are_one_list(void **state)
{
	static const struct claims_case cases[] = {
		{ "parted by semicolons",
			"[CITY Graz], [COUNTRY A]; [CITY Cork], [COUNTRY I]; "
			"and [CITY Turku], [COUNTRY F], are members of [NET "
			"N].",
			"membership member subject=Graz network=N | "
			"membership member subject=Cork network=N | "
			"membership member subject=Turku network=N" },
		{ "the last without a land",
			"[CITY Graz], [COUNTRY A]; and [CITY Turku] are "
			"members of [NET N].",
			"membership member subject=Graz network=N | "
			"membership member subject=Turku network=N" },
		{ "towns behind an and",
			"[CITY Ulm] and the towns of [CITY Graz] and [CITY "
			"Wels] are members of [NET N].",
			"membership member subject=Ulm network=N | "
			"membership member subject=Graz network=N | "
			"membership member subject=Wels network=N" },
		{ "towns behind a comma only",
			"Since [CITY Ulm], towns of [CITY Graz] and [CITY "
			"Wels] are members of [NET N].",
			"membership member subject=Graz network=N | "
			"membership member subject=Wels network=N" },
		{ "another sentence",
			"[CITY Cork] sings; [CITY Graz], [COUNTRY A]; then "
			"[CITY Turku], [COUNTRY F], is a member of [NET N].",
			"membership member subject=Turku network=N" },
		{ "without lands",
			"[CITY Bonn] left [CITY Graz]; [CITY Turku] is a "
			"member of [NET N].",
			"membership member subject=Turku network=N" },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
}

/* Over a hundred semicolons are no more one list. */
static void
lists_of_lands_have_an_end(void **state)
{
	struct claims_case c = { "so many", NULL,
		"membership member subject=Turku network=N" };
	struct buffer b;

	(void)state;
	buffer_init(&b, CASE_WORDS);
	for (int i = 0; i < 103; i++)
		buffer_add_str(&b, "[CITY Graz], [COUNTRY A]; ");
	buffer_add_str(
		&b, "and [CITY Turku], [COUNTRY F], is a member of [NET N].");
	c.text = b.ptr;
	check_claims(&c, 1, "en");
	buffer_release(&b);
}

static void
asides_tell_of_the_names_before(void **state)
{
	static const struct claims_case cases[] = {
		{ "which",
			"[CITY Graz], which now is a member of [NET N], sings.",
			GRAZ },
		{ "with an insert of its own",
			"[CITY Graz], which, they say, is a member of [NET N], "
			"sings.",
			GRAZ },
		{ "apposition", "[CITY Graz], a member of [NET N], sings.",
			GRAZ },
		{ "of several",
			"[CITY Graz] and [CITY Linz], members of [NET N], "
			"sing.",
			"membership member subject=Graz network=N | membership "
			"member subject=Linz network=N" },
		{ "of the last in brackets",
			"[CITY Bonn], [CITY Graz] (a member of [NET N]) and "
			"[CITY Linz] sing.",
			GRAZ },
		{ "of a person",
			"[PERSON Ann], mayor of [CITY Graz], which now is a "
			"member of [NET N], sings.",
			"" },
		{ "of a region that the names are of",
			"[CITY Graz], a town of [REGION R], is a member of "
			"[NET N].",
			GRAZ },
		{ "no aside", "[CITY Graz], and a member of [NET N], sing.",
			"" },
		{ "a name begins no aside",
			"[CITY Graz], [CITY Linz] a member of [NET N], sing.",
			"" },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
}

/* A place alone in brackets, or letters of a division, say where the name
 * before them is. */
static void
what_stands_beside_a_name_is_of_it(void **state)
{
	static const struct claims_case cases[] = {
		{ "a city in brackets",
			"[CITY Graz] ([CITY Linz]), [CITY Turku] ([CITY "
			"Oulu]) and [CITY Bonn] ([CITY Jena]) are members of "
			"[NET N].",
			GRAZ " | membership member subject=Turku network=N | "
			     "membership member subject=Bonn network=N" },
		{ "behind an institution",
			"[ORG Clinic A] ([CITY Linz]) is a member of [NET N].",
			"membership member subject=Clinic A network=N" },
		{ "letters in brackets",
			"[CITY Graz] (St), [CITY Linz] (OO) and [CITY Bonn] "
			"(NRW) are members of [NET N].",
			GRAZ " | membership member subject=Linz network=N | "
			     "membership member subject=Bonn network=N" },
		{ "a land behind a slash",
			"[CITY Graz]/[REGION R] is a member of [NET N].",
			GRAZ },
		{ "letters without an end", "[NET N] with [CITY Graz] (AB",
			GRAZ },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
}

/* What stands before its verb may begin with a name of another phrase. */
static void
phrases_in_front_tell_of_nobody(void **state)
{
#define LINZ "membership member subject=Linz network=N"
	static const struct claims_case cases[] = {
		{ "where it was said",
			"In [CITY Graz], [CITY Linz] is a member of [NET N].",
			LINZ },
		{ "behind another phrase",
			"Today, in [CITY Graz], [CITY Linz] is a member of "
			"[NET N].",
			LINZ },
		{ "who says it",
			"Says the mayor of [CITY Graz], [CITY Linz] is a "
			"member of [NET N].",
			LINZ },
		{ "several follow",
			"In [CITY Bonn], [CITY Graz] and [CITY Linz] are "
			"members of [NET N].",
			"membership member subject=Graz network=N | " LINZ },
		{ "a list",
			"The cities of [CITY Graz], [CITY Bonn] and [CITY "
			"Linz] are members of [NET N].",
			"membership member subject=Graz network=N | "
			"membership member subject=Bonn network=N | " LINZ },
		{ "a headline",
			"[CITY Graz], [CITY Linz] are members of [NET N].",
			"membership member subject=Graz network=N | " LINZ },
		{ "a region", "[REGION R] is a member of [NET N].",
			"membership member subject=R network=N" },
		{ "towns of a region",
			"The towns of [REGION R] are members of [NET N].", "" },
		{ "a region with its rank",
			"The region of [REGION R] is a member of [NET N].",
			"membership member subject=R network=N" },
		{ "towns of a region with its rank",
			"The towns of region of [REGION R] are members of "
			"[NET N].",
			"" },
		{ "in a region with its rank",
			"Towns in the region of [REGION R] are members of "
			"[NET N].",
			"" },
		{ "where they meet",
			"At a town hall in [CITY Graz], are members of [NET "
			"N].",
			"" },
		{ "where they meet, and who",
			"At a town hall in [CITY Graz], town of [CITY Linz] "
			"is a member of [NET N].",
			LINZ },
		{ "how many of a region",
			"In front of [REGION R] (29) are members of [NET N].",
			"" },
		{ "its region",
			"The town of [CITY Linz], [REGION R] is a member of "
			"[NET N].",
			LINZ },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(inserts_are_read_over),
		cmocka_unit_test(where_a_place_is_is_read_over),
		cmocka_unit_test(names_are_one_list),
		cmocka_unit_test(lists_of_lands_have_an_end),
		cmocka_unit_test(what_stands_beside_a_name_is_of_it),
		cmocka_unit_test(asides_tell_of_the_names_before),
		cmocka_unit_test(subjects_may_be_left_out),
		cmocka_unit_test(phrases_in_front_tell_of_nobody),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
