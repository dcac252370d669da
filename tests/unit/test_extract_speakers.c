/* Who says what is told. */
#include "extract_claims.h"

static const char text[] =
	"%dateline-rules 1\n"
	"rule t.joined 1\n"
	"  kind membership\n"
	"  set status=joined\n"
	"  set polarity=asserted\n"
	"  match {CITY:subject} ~1 (!joined|!beigetreten|!ingresó) ~1 "
	"{NETWORK:network}\n"
	"  match {CITY:subject} ~1 {NETWORK:network} !beigetreten\n"
	"  yes [CITY A] joined [NETWORK B]\n  no a\n  live a\n";

RULES_FIXTURE(text)

#define GRAZ "membership joined subject=Graz network=N"
#define LINZ "membership joined subject=Linz network=N"

static void
a_verb_has_who_says_it(void **state)
{
	static const struct claims_case cases[] = {
		{ "quoted",
			"\"[CITY Graz] joined [NET N]\", said [PERSON Ann "
			"Lee].",
			GRAZ " by Ann Lee" },
		{ "reported",
			"[CITY Graz] joined [NET N], said [PERSON Ann Lee].",
			GRAZ " by Ann Lee" },
		{ "before",
			"[PERSON Ann Lee] told us that [CITY Graz] joined [NET "
			"N].",
			GRAZ " by Ann Lee" },
		{ "the nearest",
			"[PERSON Bob Ray] was there when [PERSON Ann Lee] said "
			"that [CITY Graz] joined [NET N].",
			GRAZ " by Ann Lee" },
		{ "who does not say it",
			"[CITY Graz], where [PERSON Ann Lee] lives, joined "
			"[NET N].",
			GRAZ },
		{ "told of who says something",
			"[PERSON Ann Lee], born when [CITY Graz] joined [NET "
			"N], said no more.",
			GRAZ },
		{ "behind \"according to\"",
			"According to [PERSON Ann Lee], and to [PERSON Bob "
			"Ray], [CITY Graz] joined [NET N].",
			GRAZ " by Ann Lee" },
		{ "not before it",
			"[PERSON Ann Lee] was not there, but according to all "
			"the papers [CITY Graz] joined [NET N].",
			GRAZ },
		{ "a role",
			"The [ROLE mayor] said that [CITY Graz] joined [NET "
			"N].",
			GRAZ " by mayor" },
		{ "who bears it",
			"[PERSON Ann Lee], the [ROLE mayor], came. The [ROLE "
			"mayor] said that [CITY Graz] joined [NET N].",
			GRAZ " by Ann Lee" },
		{ "the person, though the role is nearer",
			"[PERSON Ann Lee], the [ROLE mayor], said that [CITY "
			"Graz] joined [NET N].",
			GRAZ " by Ann Lee" },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
}

static void
names_need_no_table(void **state)
{
	static const struct claims_case cases[] = {
		{ "before",
			"Aisling Kearney said that [CITY Graz] joined [NET N].",
			GRAZ " by Aisling Kearney" },
		{ "behind", "[CITY Graz] joined [NET N], recalled Kearney.",
			GRAZ " by Kearney" },
		{ "with an aside",
			"Aisling Kearney, who keeps the books, said that [CITY "
			"Graz] joined [NET N].",
			GRAZ " by Aisling Kearney" },
		{ "as an aside",
			"The keeper of the books, Aisling Kearney, said that "
			"[CITY Graz] joined [NET N].",
			GRAZ " by Aisling Kearney" },
		{ "behind \"according to\"",
			"According to Kearney, [CITY Graz] joined [NET N].",
			GRAZ " by Kearney" },
		{ "a word that opens the sentence",
			"Papers said that [CITY Graz] joined [NET N].", GRAZ },
		{ "a word behind an article",
			"Yesterday the Council said that [CITY Graz] joined "
			"[NET N].",
			GRAZ },
		{ "a town",
			"[CITY Graz] joined [NET N], and [CITY Linz] said so.",
			GRAZ },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
}

static void
speech_goes_on(void **state)
{
	static const struct claims_case cases[] = {
		{ "in quotation marks, named before",
			"[PERSON Ann Lee] spoke. / \"[CITY Graz] joined [NET "
			"N].\"",
			GRAZ " by Ann Lee" },
		{ "named where they close",
			"\"[CITY Graz] joined [NET N]. We are glad\", said "
			"[PERSON Ann Lee]. [PERSON Bob Ray] came too.",
			GRAZ " by Ann Lee" },
		{ "she",
			"[PERSON Ann Lee] said hello. She added that [CITY "
			"Graz] joined [NET N].",
			GRAZ " by Ann Lee" },
		{ "somebody else, by no name",
			"[PERSON Ann Lee] said hello. The papers added that "
			"[CITY Graz] joined [NET N].",
			GRAZ },
		{ "in another paragraph",
			"[PERSON Ann Lee] said hello. / She added that [CITY "
			"Graz] joined [NET N].",
			GRAZ " by Ann Lee" },
		{ "too far away",
			"[PERSON Ann Lee] said hello. / One. / Two. / Three. "
			"/ She added that [CITY Graz] joined [NET N].",
			GRAZ },
		{ "what the release tells itself",
			"[PERSON Ann Lee] said hello. [CITY Graz] joined [NET "
			"N].",
			GRAZ },
		{ "a label",
			"[PERSON Ann Lee]: Well. [CITY Graz] joined [NET N]. / "
			"[CITY Linz] joined [NET N].",
			GRAZ " by Ann Lee | " LINZ },
	};
	static const struct claims_case german[] = {
		{ "a form for what is said",
			"[PERSON Ann Lee] sagte nichts dazu. Nur [CITY Graz] "
			"sei [NET N] beigetreten.",
			GRAZ " by Ann Lee" },
		{ "another form",
			"[PERSON Ann Lee] sagte nichts dazu. Nur [CITY Graz] "
			"ist [NET N] beigetreten.",
			GRAZ },
	};
	static const struct claims_case spanish[] = {
		{ "without a word for who",
			"[PERSON Ana Paz] dijo que no. Añadió que [CITY Graz] "
			"ingresó en [NET N].",
			GRAZ " by Ana Paz" },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
	check_claims(german, sizeof german / sizeof *german, "de");
	check_claims(spanish, sizeof spanish / sizeof *spanish, "es");
}

static void
who_is_asked_answers(void **state)
{
	static const struct claims_case cases[] = {
		{ "questions of their own",
			"A talk with [PERSON Ann Lee]. / Who came first? / "
			"[CITY Graz] joined [NET N]. / And then? / [CITY Linz] "
			"joined [NET N].",
			GRAZ " by Ann Lee | " LINZ " by Ann Lee" },
		{ "questions before their answers",
			"A talk with [PERSON Ann Lee]. / Who came first? "
			"[CITY Graz] joined [NET N]. / And then? [CITY Linz] "
			"joined [NET N].",
			GRAZ " by Ann Lee | " LINZ " by Ann Lee" },
		{ "the one named most",
			"[PERSON Bob Ray] met [PERSON Ann Lee]. [PERSON Ann "
			"Lee] is glad. / Who came first? / [CITY Graz] joined "
			"[NET N]. / And then? / We sang.",
			GRAZ " by Ann Lee" },
		{ "not the one named last",
			"[PERSON Ann Lee] is glad. [PERSON Ann Lee] met "
			"[PERSON Bob Ray]. / Who came first? / [CITY Graz] "
			"joined [NET N]. / And then? / We sang.",
			GRAZ " by Ann Lee" },
		{ "a word before the question",
			"A talk with [PERSON Ann Lee]. / Well. Who came first? "
			"[CITY Graz] joined [NET N]. / So. And then? We sang.",
			GRAZ " by Ann Lee" },
		{ "not who asks",
			"@ By [PERSON Bob Ray] / A talk with [PERSON Ann Lee]. "
			"/ Who came first? / [CITY Graz] joined [NET N]. / And "
			"then? / We sang.",
			GRAZ " by Ann Lee" },
		{ "one question alone",
			"A talk with [PERSON Ann Lee]. / Who came first? / "
			"[CITY Graz] joined [NET N].",
			GRAZ },
		{ "few among much",
			"[PERSON Ann Lee] came. / Who else? / [CITY Graz] "
			"joined [NET N]. / Two. / Three. / Four. / Why? / "
			"Five. "
			"/ Six. / Seven.",
			GRAZ },
		{ "nobody before them",
			"Who came first? / [CITY Graz] joined [NET N]. / And "
			"then? / [PERSON Ann Lee] sang.",
			GRAZ },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_verb_has_who_says_it),
		cmocka_unit_test(names_need_no_table),
		cmocka_unit_test(speech_goes_on),
		cmocka_unit_test(who_is_asked_answers),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
