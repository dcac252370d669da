/* Frames with their holes, claims that lean on others, networks supplied. */
#include "extract_claims.h"

static const char text[] =
	"%dateline-rules 1\n"
	"let SUBJ = {CITY:subject}\n"
	"frame bare\n"
	"  match <SUBJ> ~2 !<DO> <END>\n"
	"  match ^ !<DO> : <SUBJ>\n"
	"  unless mayor of {CITY} => a person\n"
	"rule t.in 1\n"
	"  kind membership\n"
	"  set status=joined\n"
	"  use bare DO=(admitted|let in); END=($|.)\n"
	"  use bare DO=entered; END=(today)\n"
	"  yes [CITY A] admitted.\n  no a\n  live a\n"
	"rule t.out 1\n"
	"  kind membership\n"
	"  set status=withdrawn\n"
	"  confidence 0.95\n"
	"  use bare DO=(left); END=($|.|{NETWORK})\n"
	"  yes [CITY A] left.\n  no a\n  live a\n"
	"rule t.named 1\n"
	"  kind membership\n"
	"  set status=withdrawn\n"
	"  confidence 0.5\n"
	"  match {CITY:subject} ~2 !left {NETWORK:network}\n"
	"  yes [CITY A] left [NETWORK B]\n  no a\n  live a\n"
	"rule t.total 1\n"
	"  kind network_total\n"
	"  match {NETWORK:network} !has {COUNT:count}\n"
	"  match {NETWORK:network} !'s {COUNT:count}\n"
	"  yes [NETWORK B] has 20 cities\n  no a\n  live a\n"
	"rule t.part 1\n"
	"  kind network_total\n"
	"  after network_total within 1\n"
	"  match !{COUNT:count} in {COUNTRY:scope}\n"
	"  guard count 1..100\n"
	"  yes [NETWORK B] has 20 cities, 3 in [COUNTRY C]\n"
	"  no a\n  live a\n"
	"rule t.gapped 1\n"
	"  kind membership\n"
	"  set status=same\n"
	"  after membership within 0\n"
	"  match , <SUBJ> in !{DATE:date} ($|.|,)\n"
	"  yes [CITY A] left in [DATE 2012], [CITY B] in [DATE 2015]\n"
	"  no a\n  live a\n"
	"rule t.join 1\n"
	"  kind membership\n"
	"  set status=joined\n"
	"  match {CITY:subject} ~3 !(suma|sumaría|sumará|suman) a "
	"{NETWORK:network}\n"
	"  yes [CITY A] suma a [NETWORK B]\n  no a\n  live a\n";

RULES_FIXTURE(text)

#define OF_N " network=N(document.network)"

static void
holes_are_filled(void **state)
{
	static const struct claims_case cases[] = {
		{ "a word of the hole", "[NET N]. / [CITY Graz] was admitted.",
			"membership joined subject=Graz" OF_N },
		{ "two words of it", "[NET N]. / [CITY Graz] was let in.",
			"membership joined subject=Graz" OF_N },
		{ "the frame's second pattern", "[NET N]. / Left: [CITY Graz]",
			"membership withdrawn subject=Graz" OF_N },
		{ "another use, another end",
			"[NET N]. / [CITY Graz] entered today.",
			"membership joined subject=Graz" OF_N },
		{ "not the first one's end", "[NET N]. / [CITY Graz] entered.",
			"" },
		{ "not the second one's",
			"[NET N]. / [CITY Graz] was admitted today.", "" },
		{ "the frame's unless",
			"[NET N]. / The mayor of [CITY Graz] was admitted.",
			"" },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
}

static void
a_status_is_lent(void **state)
{
#define LEFT(city, year)                                                       \
	"membership withdrawn subject=" city " network=N date=" year
	static const struct claims_case cases[] = {
		{ "the nearest before it",
			"[CITY Graz] is admitted. [CITY Linz] left [NET N] in "
			"[DATE 2012], [CITY Wels] in [DATE 2015], [CITY "
			"Enns] in [DATE 2016].",
			"membership joined subject=Graz" OF_N " | " LEFT(
				"Linz", "2012") " | membership withdrawn "
						"subject=Wels date=2015" OF_N
						" | membership withdrawn "
						"subject=Enns date=2016" OF_N },
		{ "none before it", "[NET N], [CITY Wels] in [DATE 2015].",
			"" },
		{ "in another sentence",
			"[CITY Linz] left [NET N] in [DATE 2012]. So, [CITY "
			"Wels] in [DATE 2015].",
			LEFT("Linz", "2012") },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
}

static void
claims_lean_on_others(void **state)
{
#define TOTAL "network_total network=N count=20"
	static const struct claims_case cases[] = {
		{ "in the sentence",
			"[NET N] has [TOTAL 20], [TOTAL 3] in [COUNTRY Peru].",
			TOTAL " | network_total count=3 scope=Peru" OF_N },
		{ "before it in the sentence",
			"[TOTAL 3] in [COUNTRY Peru]: [NET N] has [TOTAL 20].",
			TOTAL " | network_total count=3 scope=Peru" OF_N },
		{ "one before, and its network",
			"[NET N] has [TOTAL 20]. [NET M]: [TOTAL 3] in "
			"[COUNTRY Peru].",
			TOTAL " | network_total count=3 scope=Peru" OF_N },
		{ "one that leans itself",
			"[NET N] has [TOTAL 20]. [TOTAL 3] in [COUNTRY Peru]. "
			"[TOTAL 2] in [COUNTRY Chile].",
			TOTAL " | network_total count=3 scope=Peru" OF_N
			      " | network_total count=2 scope=Chile" OF_N },
		{ "two before",
			"[NET N] has [TOTAL 20]. They met. [TOTAL 3] in "
			"[COUNTRY Peru].",
			TOTAL },
		{ "none", "[NET N] met. [TOTAL 3] in [COUNTRY Peru].", "" },
		{ "the guard stays",
			"[NET N] has [TOTAL 20], [TOTAL 300] in [COUNTRY "
			"Peru].",
			TOTAL },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
}

/* The surer rule does not name the network; the words do. */
static void
named_networks_count(void **state)
{
	static const struct claims_case cases[] = {
		{ "named", "[NET M] met. [CITY Graz] left [NET N].",
			"membership withdrawn subject=Graz network=N" },
		{ "not yet named", "[CITY Graz] left. / [NET M] met.", "" },
		{ "named by the title alone",
			"! [NET M] / [CITY Graz] left. / [NET M] met.",
			"membership withdrawn subject=Graz "
			"network=M(document.network)" },
		{ "supplied", "[NET M] met. [CITY Graz] left.",
			"membership withdrawn subject=Graz "
			"network=M(document.network)" },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
}

static void
endings_of_verbs_tell(void **state)
{
#define JOINED(polarity) "membership joined" polarity " subject=Graz network=N"
	static const struct claims_case cases[] = {
		{ "now", "[CITY Graz] se suma a [NET N].", JOINED("") },
		{ "to come", "[CITY Graz] se sumará a [NET N].",
			JOINED(" planned") },
		{ "supposed", "[CITY Graz] se sumaría a [NET N].",
			JOINED(" hypothetical") },
		{ "a name has none", "[CITY Graz] con Amará suma a [NET N].",
			JOINED("") },
		{ "another language's", "[CITY Graz] se sumará a [NET N].",
			JOINED("") },
	};
	size_t n = sizeof cases / sizeof *cases;

	(void)state;
	check_claims(cases, n - 1, "es");
	check_claims(cases + n - 1, 1, "en");
}

static void
what_is_owned_has_an_owner(void **state)
{
	static const struct claims_case cases[] = {
		{ "the network's", "[NET N] met. [CITY Graz] left the network.",
			"membership withdrawn subject=Graz "
			"network=N(anaphor)" },
		{ "owned", "[NET N] met. [CITY Graz] left the network's hall.",
			"membership withdrawn subject=Graz "
			"network=N(anaphor)" },
		{ "by its noun",
			"[NET N Confederation] met. [CITY Graz] left the "
			"confederation.",
			"membership withdrawn subject=Graz "
			"network=N Confederation(anaphor)" },
		{ "an apostrophe behind an s", "[NET Towns]' [TOTAL 20] met.",
			"network_total network=Towns count=20" },
		{ "a typographic one", "[NET Towns]’ [TOTAL 20] met.",
			"network_total network=Towns count=20" },
		{ "a quotation's", "The '[NET Towns]' [TOTAL 20] met.", "" },
		{ "behind another letter", "[NET N]' [TOTAL 20] met.", "" },
		{ "by another's",
			"[NET N League] met. [CITY Graz] left the "
			"confederation.",
			"" },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(holes_are_filled),
		cmocka_unit_test(claims_lean_on_others),
		cmocka_unit_test(a_status_is_lent),
		cmocka_unit_test(named_networks_count),
		cmocka_unit_test(endings_of_verbs_tell),
		cmocka_unit_test(what_is_owned_has_an_owner),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
