#include <time.h>

#include "extract_claims.h"

#define MANY   3000
#define SLOW_S 3.0 /* a quadratic pass over the same takes far longer */

static const char no_rules[] =
	"%dateline-rules 1\n"
	"rule t.list 1\n"
	"  kind member_list\n"
	"  match listed as {CITY|ORGANISATION+:member}\n"
	"  yes listed as [CITY A]\n  no a\n  live a\n"
	"rule t.cohort 1\n"
	"  kind cohort\n  match {COUNT:count} !came to {NETWORK:network}\n"
	"  yes [COUNT 4] came to [NETWORK B]\n  no a\n  live a\n"
	"rule t.total 1\n"
	"  kind network_total\n"
	"  match {NETWORK:network} !numbers {COUNT:count}\n"
	"  yes [NETWORK B] numbers [COUNT 4]\n  no a\n  live a\n"
	"rule t.join 1\n"
	"  kind membership\n  set status=joined\n"
	"  match {CITY+:subject} ~4 !joined ~4 {NETWORK:network}\n"
	"  yes [CITY A] joined [NETWORK B]\n  no a\n  live a\n";

RULES_FIXTURE(no_rules)

#define OF_N " network=N(document.network)"

static void
lists_are_read(void **state)
{
	static const struct claims_case cases[] = {
		{ "bullets",
			"[NET N] grows. / The new members are: / * [CITY Graz]"
			" / * [CITY Linz], [COUNTRY Austria] / Text.",
			"member_list joined member=Graz member=Linz" OF_N },
		{ "a sentence in quotation marks behind them",
			"[NET N] grows. / The new members are: / * [CITY Graz]"
			" / * [CITY Linz] / \"[CITY Wels] is next,\" she said. "
			"\"We all hope so.\"",
			"member_list joined member=Graz member=Linz" OF_N },
		{ "what members want",
			"[NET N] grows. / As members they want, among others: "
			"/ * clean air / * food for all / * new jobs",
			"" },
		{ "whose city, in capitals",
			"[NET N] grows. / The new members are: / * City of "
			"[CITY Graz] / * Town of [CITY Linz] / * City of [CITY "
			"Wels]",
			"member_list joined member=Graz member=Linz "
			"member=Wels" OF_N },
		{ "a line of three",
			"[NET N] grows. / The new members are: / [CITY Graz], "
			"[CITY Linz], [CITY Wels]",
			"member_list joined member=Graz member=Linz "
			"member=Wels" OF_N },
		{ "two behind a colon",
			"New members of [NET N]: [CITY Graz] and [CITY Linz]",
			"membership joined subject=Graz network=N | "
			"membership joined subject=Linz network=N" },
		{ "how they stand in a picture",
			"Those who joined [NET N] (from left): [CITY Graz], "
			"[CITY Linz]",
			"membership joined subject=Graz network=N | "
			"membership joined subject=Linz network=N" },
		{ "what is told of them behind",
			"The cities that asked for [NET N] have applied: "
			"[CITY Graz], [CITY Linz] and [CITY Wels] become "
			"members",
			"" },
		{ "who has applied",
			"The cities that asked for [NET N] have applied: "
			"[CITY Graz], [CITY Linz] and [CITY Wels]",
			"membership applied subject=Graz network=N | "
			"membership applied subject=Linz network=N | "
			"membership applied subject=Wels network=N" },
		{ "numbers, flags, fields",
			"[NET N] grows. / The new members are: / * 1. [CITY "
			"Graz] /"
			" * \xf0\x9f\x87\xa6\xf0\x9f\x87\xb9 [CITY Linz] / * "
			"[CITY"
			" Wels] \xe2\x80\x93 Music",
			"member_list joined member=Graz member=Linz "
			"member=Wels" OF_N },
		{ "country and names",
			"[NET N]. / New members: / * [COUNTRY Spain]:"
			" [CITY A1]; [CITY B1] and [CITY C1] / *"
			" [COUNTRY Italy]: [CITY D1]",
			"member_list joined member=A1 member=B1 member=C1"
			" member=D1" OF_N },
		{ "a country the gazetteer lacks",
			"[NET N]. / New members: / * Brasil: [CITY A1]; [CITY "
			"B1] / *"
			" [COUNTRY Italy]: [CITY D1]",
			"member_list joined member=A1 member=B1 "
			"member=D1" OF_N },
		{ "houses with their towns",
			"[NET N]. / New members: / * [ORG Lindum School] "
			"[CITY Jena] / * [ORG School Ulm] a. d. Donau / * [ORG "
			"School A1], [CITY Wels] / * [ORG School B1]",
			"member_list joined member=Lindum School Jena "
			"member=School Ulm a. d. Donau member=School A1 "
			"member=School B1" OF_N },
		{ "land, dash and names",
			"[NET N]. / New members: / * [COUNTRY Spain] - [CITY "
			"A1], [CITY B1] / * [COUNTRY Italy]- [CITY D1] / * "
			"Brasil \xe2\x80\x93 [CITY E1] and [CITY F1]",
			"member_list joined member=A1 member=B1 member=D1 "
			"member=E1 member=F1" OF_N },
		{ "a dash behind the land that a name is in",
			"[NET N]. / New members: / * [CITY Graz], [COUNTRY "
			"Austria] - Music / * [CITY Linz], [COUNTRY Austria] "
			"- Design",
			"member_list joined member=Graz member=Linz" OF_N },
		{ "lines parted by semicolons, the last with a full stop",
			"[NET N]. / The new members are: / [CITY Graz], [CITY "
			"Styria]; / [CITY Linz], [COUNTRY Austria]; / [CITY "
			"Wels], [COUNTRY Austria]. / [CITY Ulm] may follow.",
			"member_list joined member=Graz member=Linz "
			"member=Wels" OF_N },
		{ "a title before the name",
			"[NET N]. / The new members are: / * [TITLE Global "
			"Geopark of the Union] of [CITY Graz] / * [TITLE "
			"Global Geopark of the Union] of [CITY Linz], "
			"[COUNTRY Austria]",
			"member_list joined member=Graz member=Linz" OF_N },
		{ "under a heading, regions between",
			"[NET N]. / # New member cities / [REGION Africa] / "
			"[CITY"
			" Graz] ([COUNTRY Austria]) / [REGION Asia] / [CITY "
			"Linz]"
			" ([COUNTRY Austria]) / Here ends what was listed.",
			"member_list joined member=Graz member=Linz" OF_N },
		{ "a table",
			"[NET N]. / The new towns are listed here. / _ Town / |"
			" Country / _ [CITY Graz] / | [COUNTRY Austria] / _"
			" [CITY Linz] / | [COUNTRY Austria]",
			"member_list joined member=Graz member=Linz" OF_N },
		{ "a table of unknown names before their lands",
			"[NET N]. / [SITES 4] came to [NET N]. / All "
			"sing. / _ Site / | Where / _ Ries / | [COUNTRY A] / _ "
			"Luz / | [COUNTRY B] / _ Kuru / | [COUNTRY C] / _ "
			"Ilan / | [COUNTRY D]",
			"cohort network=N count=4 | "
			"member_list joined member=Ries member=Luz "
			"member=Kuru member=Ilan" OF_N },
		{ "the same, its head not marked as one",
			"[NET N]. / [SITES 4] came to [NET N]. / All "
			"sing. / = Site / | Where / = Ries / | [COUNTRY A] / = "
			"Luz / | [COUNTRY B] / = Kuru / | [COUNTRY C] / = "
			"Ilan / | [COUNTRY D]",
			"cohort network=N count=4 | "
			"member_list joined member=Ries member=Luz "
			"member=Kuru member=Ilan" OF_N },
		{ "as many as all are",
			"[NET N] numbers [SITES 4]. / All sing. / # Where "
			"they are / * [CITY Graz] / * [CITY Linz] / * [CITY "
			"Wels] / * [CITY Ulm]",
			"network_total network=N count=4 | "
			"member_list member=Graz member=Linz "
			"member=Wels member=Ulm" OF_N },
		{ "not as many as came",
			"[NET N]. / [SITES 5] came to [NET N]. / All "
			"sing. / # Where they are / * [CITY Graz] / * [CITY "
			"Linz] / * [CITY Wels] / * [CITY Ulm]",
			"cohort network=N count=5 | member_list member=Graz "
			"member=Linz member=Wels member=Ulm" OF_N },
		{ "in a line",
			"[NET N] grows. Four new members were admitted: [CITY"
			" Graz] ([COUNTRY Austria]), [CITY Linz] and"
			" [CITY Wels].",
			"membership joined subject=Graz" OF_N
			" | membership joined subject=Linz" OF_N
			" | membership joined subject=Wels" OF_N },
		{ "they are",
			"[NET N] has [NEW 3 new cities]. They are [CITY Graz],"
			" [CITY Linz] and [CITY Wels].",
			"membership joined subject=Graz network=N | membership"
			" joined subject=Linz network=N | membership joined"
			" subject=Wels network=N" },
		{ "universities",
			"[NET N]. / The new members are: / * [ORG Graz"
			" University] / * [ORG Linz University]",
			"member_list joined member=Graz University member=Linz"
			" University" OF_N },
		{ "unknown names stay",
			"[NET N]. / The new members are: / * [CITY"
			" Graz] / * [CITY Linz] / * [CITY Wels] /"
			" * Sankt Nirgend",
			"member_list joined member=Graz member=Linz member=Wels"
			" member=Sankt Nirgend" OF_N },
		{ "an area is no unknown name",
			"[NET N]. / The new members are: / * Europa / * [CITY "
			"Graz],"
			" [COUNTRY Austria] / * [CITY Linz], [COUNTRY Austria] "
			"/ *"
			" [CITY Wels], [COUNTRY Austria]",
			"member_list joined member=Graz member=Linz "
			"member=Wels" OF_N },
		{ "as many as told before",
			"[NET N] took in [NEW 4 new cities]. They rejoiced. / "
			"The list: [CITY Graz], [CITY Linz], [CITY Wels] and "
			"[CITY Steyr].",
			"membership joined subject=Graz" OF_N
			" | membership joined subject=Linz" OF_N
			" | membership joined subject=Wels" OF_N
			" | membership joined subject=Steyr" OF_N },
		{ "no word of members, in a text about the network",
			"[CITY Ulm] joined [NET N]. / Around the table sat: / "
			"* [CITY Graz] / * [CITY Linz] / * [CITY Wels]",
			"membership joined subject=Ulm network=N | "
			"member_list member=Graz member=Linz "
			"member=Wels" OF_N },
		{ "three towns in an item; of two the second is where the "
		  "first is",
			"[NET N]. / The new members are: / * [CITY Graz], "
			"[CITY Linz], [CITY Wels] / * [CITY Steyr], [CITY "
			"Enns]",
			"member_list joined member=Graz member=Linz "
			"member=Wels "
			"member=Steyr" OF_N },
		{ "nor a colon",
			"[CITY Ulm] joined [NET N]. / The table was long. / "
			"* [CITY Graz] / * [CITY Linz] / * [CITY Wels]",
			"membership joined subject=Ulm network=N | "
			"member_list member=Graz member=Linz "
			"member=Wels" OF_N },
		{ "admitted, in a text about the network",
			"[CITY Ulm] joined [NET N]. / Admitted were: / "
			"* [CITY Graz] / * [CITY Linz]",
			"membership joined subject=Ulm network=N | "
			"member_list joined member=Graz member=Linz" OF_N },
		{ "newcomers",
			"[NET N]. / Latest additions: / * [CITY Graz] / * "
			"[CITY Linz]",
			"member_list joined member=Graz member=Linz" OF_N },
		{ "lines that were joined",
			"[NET N]. / The new members are: / [CITY Graz], "
			"[COUNTRY Austria] [CITY Brno], [COUNTRY Czechia] "
			"[CITY Ghent], [COUNTRY Belgium]",
			"member_list joined member=Graz member=Brno "
			"member=Ghent" OF_N },
		{ "lands within a line",
			"[NET N] grows. New members: [COUNTRY Austria]: [CITY "
			"Graz], "
			"[CITY Linz] [COUNTRY Czechia]: [CITY Brno]",
			"membership joined subject=Graz" OF_N
			" | membership joined subject=Linz" OF_N
			" | membership joined subject=Brno" OF_N },
		{ "flags within a line",
			"[NET N] grows. New members joined: "
			"\xf0\x9f\x87\xa6\xf0\x9f\x87\xb9 [CITY Graz], [CITY "
			"Linz] \xf0\x9f\x87\xa8\xf0\x9f\x87\xbf [CITY Brno]",
			"membership joined subject=Graz" OF_N
			" | membership joined subject=Linz" OF_N
			" | membership joined subject=Brno" OF_N },
		{ "a name first, then what is told of it",
			"[NET N]. / The new members are: / * [CITY Graz]: "
			"since "
			"May / * [CITY Linz]: since June",
			"member_list joined member=Graz member=Linz" OF_N },
		{ "groups under headings",
			"[NET N]. / These new members joined. / # North / * "
			"[CITY Graz] / # South / * [CITY Linz] / * [CITY Wels]",
			"member_list joined member=Graz member=Linz "
			"member=Wels" OF_N },
		{ "a table whose head tells since when",
			"[NET N] is old. It is in Bonn. / It has an office. / "
			"_ City / | "
			"Member since / _ [CITY Graz] / | 2001 / _ [CITY Linz] "
			"/ | 2004",
			"member_list member=Graz member=Linz" OF_N },
		{ "a name with an and",
			"[NET N] grows. New members joined: [CITY Derry and "
			"Strabane], [CITY Linz] and [CITY Wels].",
			"membership joined subject=Derry and Strabane" OF_N
			" | membership joined subject=Linz" OF_N
			" | membership joined subject=Wels" OF_N },
		{ "each item a name, none of them known",
			"[NET N]. / The new members are: / * Almira Works / * "
			"Pont-Neuf SA / * Nova Luz Foods",
			"member_list joined member=Almira Works "
			"member=Pont-Neuf SA member=Nova Luz Foods" OF_N },
		{ "brackets tell of something else",
			"[NET N]. / The new members are as follows (more will "
			"follow): / * [CITY Graz] / * [CITY Linz]",
			"member_list joined member=Graz member=Linz" OF_N },
		{ "owners, and what is none of it first",
			"[NET N] grows. New members include several cities, "
			"[COUNTRY Austria]'s [CITY Graz], [CITY Linz] and "
			"[CITY Wels].",
			"membership joined subject=Graz" OF_N
			" | membership joined subject=Linz" OF_N
			" | membership joined subject=Wels" OF_N },
		{ "an unknown name and its land",
			"[NET N] grows. / Latest additions: / * Bikok in the "
			"[COUNTRY Gabon] / * [CITY Linz] / * Gagnoa, [COUNTRY "
			"Gabon]",
			"member_list joined member=Bikok member=Linz "
			"member=Gagnoa" OF_N },
		{ "what is none",
			"[NET N] grows. / Latest additions: / * [CITY Graz], "
			"[COUNTRY Austria] / * Several cities in [COUNTRY "
			"Gabon] / * [CITY Linz], [COUNTRY Austria] / * [CITY "
			"Wels], [COUNTRY Austria]",
			"member_list joined member=Graz member=Linz "
			"member=Wels" OF_N },
		{ "announced but empty",
			"[NET N]. / The new members are: / # Africa"
			" / # Asia / # Europe",
			"member_list joined" OF_N },
		{ "planned",
			"[NET N]. / The new members will be: / * [CITY Graz] /"
			" * [CITY Linz]",
			"member_list joined planned member=Graz "
			"member=Linz" OF_N },
		{ "totals of a table",
			"[NET N]. / _ Year / | Members / | Countries"
			" / _ 2016 / | 1,118 / | 46 / _ 2020 / |"
			" 1204 / | n. a.",
			"network_total network=N(document.network)"
			" count=1,118(table) countries=46(table) "
			"date=2016(table)"
			" | network_total network=N(document.network)"
			" count=1204(table) date=2020(table)" },
		{ "a table of other things",
			"[NET N]. / _ Year / | Rain / _ 2016 / |"
			" 118 / _ 2020 / | 204",
			"" },
		{ "a table without years",
			"[NET N]. / _ Field / | Members / _ Film"
			" / | 118 / _ Music / | 204",
			"" },
		{ "those who left",
			"[NET N]. / These three cities left: / * [CITY Graz] / "
			"* [CITY Linz] / * [CITY Wels]",
			"membership withdrawn subject=Graz" OF_N
			" | membership withdrawn subject=Linz" OF_N
			" | membership withdrawn subject=Wels" OF_N },
		{ "those who applied, in a line",
			"[NET N] met. Three towns applied: [CITY Graz], [CITY "
			"Linz]"
			" and [CITY Wels].",
			"membership applied subject=Graz" OF_N
			" | membership applied subject=Linz" OF_N
			" | membership applied subject=Wels" OF_N },
		{ "founders",
			"[NET N] met. The founders are [CITY Graz], [CITY "
			"Linz] and"
			" [CITY Wels].",
			"membership founding_member subject=Graz" OF_N
			" | membership founding_member subject=Linz" OF_N
			" | membership founding_member subject=Wels" OF_N },
		{ "behind a semicolon another sentence",
			"[NET N] met. The new members are [CITY Graz], [CITY "
			"Linz]"
			" and [CITY Wels]; [CITY Steyr] hopes for next year.",
			"membership joined subject=Graz" OF_N
			" | membership joined subject=Linz" OF_N
			" | membership joined subject=Wels" OF_N },
		{ "behind the last name another sentence",
			"[NET N] met. The new members are [CITY Graz], [CITY "
			"Linz] and [CITY Wels], and [CITY Steyr] hopes for next"
			" year.",
			"membership joined subject=Graz" OF_N
			" | membership joined subject=Linz" OF_N
			" | membership joined subject=Wels" OF_N },
		{ "where the members are",
			"[NET N] met. The new members are [ORG A], in [CITY "
			"Graz], [ORG B], of [CITY Linz], and [ORG C].",
			"membership joined subject=A" OF_N
			" | membership joined subject=B" OF_N
			" | membership joined subject=C" OF_N },
		{ "each behind a preposition",
			"[NET N] met. The new members are those of [CITY Graz],"
			" of [CITY Linz] and of [CITY Wels].",
			"membership joined subject=Graz" OF_N
			" | membership joined subject=Linz" OF_N
			" | membership joined subject=Wels" OF_N },
		{ "those who run it",
			"Three cities have joined [NET N]. It is run by [ORG A]"
			", [ORG B] and [ORG C].",
			"" },
		{ "semicolons that part the list",
			"[NET N] met. The new members are: [CITY Graz], "
			"[COUNTRY "
			"Austria]; [CITY Brno] and [CITY Zlín]; [CITY Ghent].",
			"membership joined subject=Graz" OF_N
			" | membership joined subject=Brno" OF_N
			" | membership joined subject=Zlín" OF_N
			" | membership joined subject=Ghent" OF_N },
		{ "of a rule",
			"[NET N]. They were listed as [CITY Graz], [CITY"
			" Linz] and [CITY Wels].",
			"member_list member=Graz member=Linz "
			"member=Wels" OF_N },
	};

	(void)state;
	only_lists = true;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
	only_lists = false;
}

/* Each name of a list is told of, once. */
static void
names_are_members(void **state)
{
	static const struct claims_case cases[] = {
		{ "places over their towns",
			"[NET N] grows. / The new members are: / # [CITY "
			"Quebec] / * [CITY Granby] / * [CITY Magog] / # [CITY "
			"Lucerne] / * [CITY Sursee]",
			"membership joined subject=Granby" OF_N
			" | membership joined subject=Magog" OF_N
			" | membership joined subject=Sursee" OF_N
			" | member_list joined member=Granby member=Magog "
			"member=Sursee" OF_N },
		{ "places in front of theirs",
			"[NET N] grows. / The new members are: / * [CITY "
			"Lucerne]: [CITY Sursee], [CITY Emmen] / * [CITY "
			"Graz]: since 2019",
			"membership joined subject=Sursee" OF_N
			" | membership joined subject=Emmen" OF_N
			" | membership joined subject=Graz" OF_N
			" | member_list joined member=Sursee member=Emmen "
			"member=Graz" OF_N },
		{ "an item that tells by itself",
			"[NET N] met. / The new members are: / * [CITY Graz] / "
			"* [CITY Wels] / * Left: [CITY Linz], [CITY Steyr] and "
			"[CITY Enns]",
			"membership joined subject=Graz" OF_N
			" | membership joined subject=Wels" OF_N
			" | member_list joined member=Graz member=Wels" OF_N },
		{ "names that go on",
			"[NET N] grows. / The new members are: / * [CITY Graz] "
			"/ * [CITY Linz] / * [CITY San Pedro] de Pilas / * "
			"[CITY Wusterhausen]/Dosse / * [CITY Ostrava] Cement "
			"/ * [CITY Wels] since 2019",
			"membership joined subject=Graz" OF_N
			" | membership joined subject=Linz" OF_N
			" | membership joined subject=San Pedro de Pilas" OF_N
			" | membership joined subject=Wusterhausen/Dosse" OF_N
			" | membership joined subject=Ostrava Cement" OF_N
			" | membership joined subject=Wels" OF_N
			" | member_list joined member=Graz member=Linz "
			"member=San Pedro de Pilas member=Wusterhausen/Dosse "
			"member=Ostrava Cement member=Wels" OF_N },
		{ "bullets",
			"[NET N] grows. / The new members are: / * [CITY Graz]"
			" / * [CITY Linz]",
			"membership joined subject=Graz" OF_N
			" | membership joined subject=Linz" OF_N
			" | member_list joined member=Graz member=Linz" OF_N },
		{ "six in a line are a list",
			"[NET N] met. The members are [CITY A], [CITY B], "
			"[CITY C],"
			" [CITY D], [CITY E] and [CITY F].",
			"membership member subject=A" OF_N
			" | membership member subject=B" OF_N
			" | membership member subject=C" OF_N
			" | membership member subject=D" OF_N
			" | membership member subject=E" OF_N
			" | membership member subject=F" OF_N
			" | member_list member=A member=B member=C member=D"
			" member=E member=F" OF_N },
		{ "told by a rule before",
			"[NET N] met. New members: [CITY Graz] joined [NET N],"
			" [CITY Linz], [CITY Wels].",
			"membership joined subject=Graz network=N"
			" | membership joined subject=Linz" OF_N
			" | membership joined subject=Wels" OF_N },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
}

static void
what_is_no_list(void **state)
{
	static const struct claims_case cases[] = {
		{ "no network",
			"The new members are: / * [CITY Graz] / * [CITY"
			" Linz]",
			"" },
		{ "one name", "[NET N]. / The new members are: / * [CITY Graz]",
			"" },
		{ "no rule tells of the network",
			"All spoke of [NET N]. / Around the table sat: / "
			"* [CITY Graz] / * [CITY Linz] / * [CITY Wels]",
			"" },
		{ "lines that are no items",
			"[CITY Ulm] joined [NET N]. / Around the long table in "
			"the hall sat: / "
			"[CITY Graz] / [CITY Linz] / [CITY Wels]",
			"membership joined subject=Ulm network=N" },
		{ "another heading",
			"[NET N]. / # Photographs / * [CITY Graz] / *"
			" [CITY Linz]",
			"" },
		{ "paragraphs",
			"[NET N]. / # New members / [CITY Graz] met. /"
			" [CITY Linz] met.",
			"" },
		{ "partners",
			"[NET N]. / The new partner cities are: / * [CITY Graz]"
			" / * [CITY Linz]",
			"" },
		{ "persons of a body",
			"[NET N]. The board has [NEW 3 new members]: Dapelo, "
			"Solari and Raffo.",
			"" },
		{ "items that are sentences",
			"[NET N] met. / The members decided: / * [CITY Graz] "
			"will hold the next meeting in the spring of the year. "
			"/ * [CITY Linz] will pay for what the meeting costs "
			"its hosts.",
			"" },
		{ "items that are none",
			"[NET N] met. / The members: / * Membership carries no "
			"funding / * Images of the hall / * Minutes on request",
			"" },
		{ "a table of other things",
			"[NET N]. / It has rained. / _ City / | Rain / _ [CITY "
			"Graz] / | 20 / _ [CITY Linz] / | 24",
			"" },
		{ "words between",
			"[NET N] is big. We visited: [CITY Graz] with"
			" [CITY Linz].",
			"" },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
}

/* Seconds of one text, times over: before, and how often behind it. */
static double
seconds_of(const char *before, const char *again, size_t times, size_t *claims)
{
	struct buffer b, words;
	clock_t start;
	double s;

	buffer_init(&b, (size_t)4 << 20);
	buffer_add_str(&b, before);
	for (size_t i = 0; i < times; i++)
		buffer_add_str(&b, again);
	start = clock();
	claims_of(b.ptr, "en", &words);
	s = (double)(clock() - start) / CLOCKS_PER_SEC;
	*claims = words.len;
	buffer_release(&words);
	buffer_release(&b);
	return s;
}

static void
hostile_texts_are_linear(void **state)
{
	static const struct {
		const char *name, *before, *again;
		size_t times;
		bool claims;
	} cases[] = {
		{ "3,000 names in a line",
			"[NET N] grows. New members joined: [CITY A]",
			", [CITY B]", MANY, true },
		{ "3,000 subjects", "[CITY A]", ", [CITY B]", MANY, false },
		{ "10,000 mentions", "[NET N] ", "[CITY A] x. ", 10000, false },
		{ "10,000 pronouns", "[NET N] [CITY A]. ", "it joined it. ",
			10000, false },
		{ "10,000 claims", "[NET N]. ", "[CITY A] joined it. ", 10000,
			true },
		{ "a sentence of 1 MB", "[NET N] [CITY A] ", "word and ",
			125000, false },
		{ "one word of 1 MB", "[NET N] [CITY A] ", "aaaaaaaaaaaaaaaa",
			65536, false },
		{ "quotation marks", "[NET N] [CITY A] ", "\"\xe2\x80\x9c ",
			20000, false },
		{ "commas", "[CITY A] joined ", ", ", 200000, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t claims;
		double s = seconds_of(cases[i].before, cases[i].again,
			cases[i].times, &claims);

		if (s > SLOW_S)
			fail_msg("%s: %.1f s", cases[i].name, s);
		if (cases[i].claims && claims == 0)
			fail_msg("%s: nothing claimed", cases[i].name);
	}
}

/* What is cut of a list is told, once. */
static void
a_cut_list_is_told(void **state)
{
	const size_t of_item = 100;
	struct buffer item;
	size_t claims;

	(void)state;
	buffer_init(&item, CASE_WORDS);
	buffer_add_str(&item, " / * [CITY A]");
	for (size_t i = 1; i < of_item; i++)
		buffer_add_str(&item, "; [CITY B]");
	(void)seconds_of("[NET N] grows. / The new members are:", item.ptr,
		CLAIM_ARGS_MAX / of_item / 2, &claims);
	assert_int_equal(claims_warnings, 0);
	(void)seconds_of("[NET N] grows. / The new members are:", item.ptr,
		CLAIM_ARGS_MAX / of_item + 2, &claims);
	assert_int_equal(claims_warnings, 1);
	buffer_release(&item);
}

static void
words_of_other_languages(void **state)
{
#define ES_LIST " member=Lugo member=Vigo network=N(document.network)"
	static const struct claims_case spanish[] = {
		{ "who will join",
			"[NET N]. / Los pueblos que se incorporarán son: / * "
			"[CITY Lugo] / * [CITY Vigo]",
			"member_list joined planned" ES_LIST },
		{ "they are listed as follows",
			"[NET N]. / El listado de pueblos que se incorporarán "
			"a la red es el siguiente: / * [CITY Lugo] / * [CITY "
			"Vigo]",
			"member_list joined planned" ES_LIST },
		{ "who has joined",
			"[NET N]. / Los pueblos que se incorporaron son: / * "
			"[CITY Lugo] / * [CITY Vigo]",
			"member_list joined" ES_LIST },
	};
	static const struct claims_case french[] = {
		{ "who flies the flag is chosen",
			"[NET N]. / Les communes qui hisseront le drapeau sont "
			": / * [CITY Lugo] / * [CITY Vigo]",
			"member_list joined" ES_LIST },
	};

	static const struct claims_case portuguese[] = {
		{ "no verb but a name",
			"Novos membros de [NET N], como as cidades de [CITY "
			"São Paulo], [CITY Faro], [CITY Beja] e [CITY Quito].",
			"" },
	};

	(void)state;
	only_lists = true;
	check_claims(portuguese, sizeof portuguese / sizeof *portuguese, "pt");
	check_claims(spanish, sizeof spanish / sizeof *spanish, "es");
	check_claims(french, sizeof french / sizeof *french, "fr");
	only_lists = false;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_members),
		cmocka_unit_test(lists_are_read),
		cmocka_unit_test(words_of_other_languages),
		cmocka_unit_test(what_is_no_list),
		cmocka_unit_test(hostile_texts_are_linear),
		cmocka_unit_test(a_cut_list_is_told),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
