#include "extract_claims.h"

static const char text[] =
	"%dateline-rules 1\n"
	"let NET = {NETWORK|TITLE:network}\n"
	"rule t.join 1\n"
	"  kind membership\n"
	"  set status=joined\n"
	"  match {CITY|ORGANISATION+:subject} ~~8 !(joined|joins|join) ~4 "
	"<NET>\n"
	"  match {CITY|ORGANISATION+:subject} ~4 !admitted\n"
	"  unless <NET> working group => a part of it\n"
	"  yes [CITY A] joined [NETWORK B]\n  no a\n  live a\n"
	"rule t.member 1\n"
	"  kind membership\n"
	"  set status=member\n"
	"  match {CITY|ORGANISATION+:subject} ~4 !(belongs|belong) to ~2 "
	"<NET>\n"
	"  yes [CITY A] belongs to [NETWORK B]\n  no a\n  live a\n"
	"rule t.zero 1\n"
	"  kind membership\n"
	"  set status=renewed\n"
	"  default subject=sentence.subject\n"
	"  default date=none\n"
	"  match and !renewed ~2 <NET>\n"
	"  yes [CITY A] and renewed [NETWORK B]\n  no a\n  live a\n"
	"rule t.total 1\n"
	"  kind network_total\n"
	"  guard count 10..1000\n"
	"  set scope=the world\n"
	"  match <NET> ~2 !(has|counts) ~1 {COUNT.old:count}\n"
	"  yes [NETWORK B] has 20 cities\n  no a\n  live a\n"
	"rule t.cohort 1\n"
	"  kind cohort\n"
	"  confidence 0.91\n"
	"  match <NET> has ~1 {COUNT.old:count} !more\n"
	"  yes [NETWORK B] has 20 cities more\n  no a\n  live a\n"
	"rule t.first 1\n"
	"  kind exclusivity\n"
	"  match {CITY:subject} ~2 the !first {NATIONALITY|COUNTRY:scope} "
	"city\n"
	"  yes [CITY A] is the first Dutch city [NETWORK B]\n  no a\n  live a\n"
	"rule t.gap 1\n"
	"  kind membership\n"
	"  set status=lost\n"
	"  match {CITY+:subject} !(lost|gave up) ~3-(for|of a) <NET>\n"
	"  yes [CITY A] lost [NETWORK B]\n  no a\n  live a\n"
	"rule t.launch 1\n"
	"  kind programme_launch\n"
	"  fill date DATE -1..1\n"
	"  match <NET> was !launched\n"
	"  yes [NETWORK B] was launched\n  no a\n  live a\n";

RULES_FIXTURE(text)

static void
matches_bind(void **state)
{
	static const struct claims_case cases[] = {
		{ "one", "[CITY Graz] has joined [NET N].",
			"membership joined subject=Graz network=N" },
		{ "a list",
			"[CITY Graz], [CITY Linz] and [CITY Wels] joined [NET "
			"N].",
			"membership joined subject=Graz network=N"
			" | membership joined subject=Linz network=N"
			" | membership joined subject=Wels network=N" },
		{ "an organisation", "[ORG Graz University] joined [NET N].",
			"membership joined subject=Graz University network=N" },
		{ "country beside it",
			"[CITY Graz], [COUNTRY Austria], joined [NET N].",
			"membership joined subject=Graz network=N" },
		{ "unless", "[CITY Graz] joined the [NET N] working group.",
			"" },
		{ "a gap", "[CITY Graz] gave up the dear [NET N].",
			"membership lost subject=Graz network=N" },
		{ "a gap over no such word",
			"[CITY Graz] lost money for [NET N].", "" },
		{ "nor over such words", "[CITY Graz] lost half of a [NET N].",
			"" },
		{ "a list with more behind a name",
			"[CITY Greve] in Chianti and [CITY Graz] lost [NET N].",
			"membership lost subject=Greve network=N"
			" | membership lost subject=Graz network=N" },
		{ "guard below", "[NET N] has [TOTAL 9 cities].", "" },
		{ "guard at", "[NET N] has [TOTAL 10 cities].",
			"network_total network=N count=10 cities scope=the "
			"world(rule)" },
		{ "a total or a cohort, as is surer",
			"[NET N] has [TOTAL 20 cities] more.",
			"cohort network=N count=20 cities" },
		{ "guard above", "[NET N] has [TOTAL 1001 cities].", "" },
		{ "nationality",
			"[CITY Delft] is the first Dutch city in [NET N].",
			"exclusivity subject=Delft scope=Dutch "
			"network=N(document.network)" },
		{ "no nationality in lower case",
			"[CITY Delft] is the first polish city in [NET N].",
			"" },
		{ "fill",
			"[NET N] was launched. / It began on [DATE "
			"2013-05-01].",
			"programme_launch network=N date=2013-05-01(nearby)" },
		{ "fill too far",
			"[NET N] was launched. / A. / In [DATE 2013].",
			"programme_launch network=N" },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
}

static void
anaphors_stand_for_names(void **state)
{
	static const struct claims_case cases[] = {
		{ "it, in the sentence before",
			"[CITY Graz] is old. It joined [NET N].",
			"membership joined subject=Graz(anaphor) network=N" },
		{ "it, of two the first",
			"[CITY Graz] is near [CITY Linz]. It joined [NET N].",
			"membership joined subject=Graz(anaphor) network=N" },
		{ "it is the network",
			"[CITY Graz] likes [NET N]. It has [TOTAL 20 cities].",
			"network_total network=N(anaphor) count=20 cities"
			" scope=the world(rule)" },
		{ "the city", "[CITY Graz] is old. The city joined [NET N].",
			"membership joined subject=Graz(anaphor) network=N" },
		{ "the city of is a name",
			"[CITY Linz] is old. The city of [CITY Graz] joined "
			"[NET N].",
			"membership joined subject=Graz network=N" },
		{ "we, of the title",
			"! [CITY Graz] at home / In [CITY Linz] the mayor of "
			"[CITY"
			" Wels] met ours. / We joined [NET N].",
			"membership joined subject=Graz(anaphor) network=N" },
		{ "the network", "[NET N] met. [CITY Graz] joined the network.",
			"membership joined subject=Graz network=N(anaphor)" },
		{ "no main one among many",
			"[CITY A], [CITY B], [CITY C], [CITY D]. / It joined "
			"[NET N].",
			"" },
		{ "the sentence's subject",
			"[CITY Graz] met [CITY Linz] and renewed [NET N] in "
			"[DATE 2020].",
			"membership renewed network=N "
			"subject=Graz(sentence.subject)" },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
}

static void
networks_by_default(void **state)
{
	static const struct claims_case cases[] = {
		{ "the last named",
			"[NET M] and [NET N] met. [CITY Graz] was admitted.",
			"membership joined subject=Graz "
			"network=N(document.network)" },
		{ "the document's in another block",
			"! [NET M] meets / [NET M] and [NET N] met. / [CITY "
			"Graz] was"
			" admitted.",
			"membership joined subject=Graz "
			"network=M(document.network)" },
		{ "none before", "[CITY Graz] was admitted. / [NET N] met.",
			"" },
		{ "none", "[CITY Graz] was admitted.", "" },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
}

static void
dates_date_the_act(void **state)
{
	static const struct claims_case cases[] = {
		{ "behind", "[CITY Graz] joined [NET N] on [DATE 2024-02-14].",
			"membership joined subject=Graz network=N "
			"date=2024-02-14" },
		{ "before", "On [DATE 2024-02-14], [CITY Graz] joined [NET N].",
			"membership joined subject=Graz network=N "
			"date=2024-02-14" },
		{ "between commas",
			"[CITY Graz], on [DATE 2024-02-14], joined [NET N].",
			"membership joined subject=Graz network=N "
			"date=2024-02-14" },
		{ "of another clause",
			"[CITY Graz] joined [NET N], which met in [DATE 2013].",
			"membership joined subject=Graz network=N" },
		{ "of a clause before",
			"[CITY Graz], which burned in [DATE 1803], joined [NET "
			"N].",
			"membership joined subject=Graz network=N" },
		{ "since, of what lasts",
			"Since [DATE 1999] [CITY Graz] belongs to [NET N].",
			"membership member subject=Graz network=N date=1999" },
		{ "since, of an act",
			"Alone since [DATE 1999], [CITY Graz] joined [NET N].",
			"membership joined subject=Graz network=N" },
		{ "of an apposition",
			"[CITY Graz], a town since [DATE 1128], joined [NET "
			"N].",
			"membership joined subject=Graz network=N" },
		{ "by",
			"[CITY Graz] joined [NET N] to be green by [DATE "
			"2030].",
			"membership joined subject=Graz network=N" },
		{ "a dateline",
			"Graz, [DATE 2024-02-15] - [CITY Graz] joined [NET N].",
			"membership joined subject=Graz network=N" },
		{ "respectively",
			"[CITY Graz] and [CITY Linz] joined [NET N] in [DATE "
			"2014]"
			" and [DATE 2015] respectively.",
			"membership joined subject=Graz network=N date=2014"
			" | membership joined subject=Linz network=N "
			"date=2015" },
		{ "today, said elsewhere",
			"[CITY Graz] today joined [NET N]. / The list came out "
			"today"
			" ([DATE XXXX-02-14]).",
			"membership joined subject=Graz network=N "
			"date=XXXX-02-14" },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
}

static void
rules_read_their_language(void **state)
{
	struct rules *r = rules_new();
	struct hash *h = hash_new();
	struct annotated n = { .symbols = 1 };
	static const struct {
		const char *language;
		uint64_t due;
	} cases[] = { { "en", 1 | 4 }, { "fr", 2 | 4 }, { NULL, 1 | 2 | 4 },
		{ "xx", 1 | 2 | 4 } };
	uint64_t read[1], due[1];
	const char *rule = "%dateline-rules 1\nrule t.x 1\n kind award\n"
			   " match {CITY}\n yes a\n no a\n live a\n";

	(void)state;
	assert_int_equal(rules_load_words(r, "config", h, NULL), OK);
	assert_int_equal(rules_read(r, span_str(rule), "en.rules", NULL), OK);
	rule = "%dateline-rules 1\nrule t.y 1\n kind award\n"
	       " match {CITY}\n yes a\n no a\n live a\n";
	assert_int_equal(
		rules_read(r, span_str(rule), "x/fr.more.rules", NULL), OK);
	rule = "%dateline-rules 1\nrule t.z 1\n kind award\n"
	       " match {CITY}\n yes a\n no a\n live a\n";
	assert_int_equal(rules_read(r, span_str(rule), "all.rules", NULL), OK);
	assert_int_equal(rule_index_make(r), OK);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		rule_index_language(r, cases[i].language, read);
		assert_true(rule_index_due(r, &n, true, read, due));
		assert_int_equal(due[0], cases[i].due);
	}
	n.symbols = 2; /* no {CITY} */
	assert_false(rule_index_due(r, &n, true, read, due));
	hash_free(h);
	rules_free(r);
}

/* What the reader says of a file, behind "test.rules:". */
static void
mistakes_are_told(void **state)
{
#define HEAD "%dateline-rules 1\n"
#define RULE HEAD "rule a.b 1\n kind award\n"
	static const struct {
		const char *name, *text, *want;
	} cases[] = {
		{ "first line", "rule a 1\n", "1: wanted first line" },
		{ "no version", HEAD "rule a\n",
			"2: wanted \"rule ID VERSION\"" },
		{ "no rule open", HEAD " kind award\n", "2: no rule is open" },
		{ "keyword", HEAD "regel a 1\n",
			"2: wanted \"rule\", \"frame\", \"let\" or "
			"\"discard\"" },
		{ "kind", HEAD "rule a 1\n kind thing\n", "3: no such kind" },
		{ "no kind",
			HEAD "rule a 1\n match x\n yes a\n no a\n live a\n",
			"2: no kind" },
		{ "a second of that name, of another version",
			RULE " match x\n yes a\n no a\n live a\nrule a.b 2\n",
			"8: a second rule" },
		{ "key", RULE " colour red\n", "4: unknown key" },
		{ "status", RULE " set status=glad\n", "4: no such status" },
		{ "nothing to be the same as",
			RULE " set status=same\n match {CITY:subject} is\n"
			     " yes a\n no a\n live a\n",
			"2: status=same without after in" },
		{ "slot of set", RULE " set thing=x\n", "4: wanted a slot" },
		{ "default", RULE " default date=noon\n",
			"4: no such default" },
		{ "guard", RULE " guard count 9..1\n", "4: wanted \"LO..HI\"" },
		{ "fill types", RULE " fill date DAY 0..1\n",
			"4: wanted \"fill" },
		{ "fill far", RULE " fill date DATE 0..21\n",
			"4: wanted blocks" },
		{ "unless", RULE " unless x\n", "4: wanted \"unless" },
		{ "confidence", RULE " confidence 1.5\n", "4: no number" },
		{ "confidence words", RULE " confidence 0.5x\n",
			"4: no number" },
		{ "type", RULE " match {TOWN:subject}\n",
			"4: no mention type" },
		{ "slot", RULE " match {CITY:town}\n", "4: no such slot" },
		{ "let", RULE " match <NET>\n", "4: no such let" },
		{ "bracket", RULE " match (a b\n", "4: no \")\"" },
		{ "brace", RULE " match {CITY\n", "4: no \"}\"" },
		{ "frame of two words", HEAD "frame a b\n",
			"2: wanted \"frame NAME\"" },
		{ "key of a frame", HEAD "frame a\n kind award\n",
			"3: a frame has no" },
		{ "no frame", RULE " use a\n", "4: no such frame" },
		{ "a hole unfilled",
			HEAD "frame f\n match <DO>\nrule a.b 1\n kind award\n"
			     " use f\n",
			"6: no such let" },
		{ "no hole",
			HEAD "frame f\n match x\nrule a.b 1\n kind award\n"
			     " use f x\n",
			"6: wanted \"HOLE=pattern\"" },
		{ "after", RULE " after thing\n", "4: no such kind" },
		{ "after too far", RULE " after award within 21\n",
			"4: wanted \"within N\"" },
		{ "no examples", RULE " match x\n", "2: a rule needs" },
		{ "twice",
			RULE " match x\n yes a\n no a\n live a\nrule a.b 2\n",
			"8: a second rule" },
	};
	size_t wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct rules *r = rules_new();
		struct error err = { 0 };
		struct span said;

		assert_int_equal(rules_read(r, span_str(cases[i].text),
					 "test.rules", &err),
			ERR_CONFIG);
		said = span_str(err.msg);
		if (!span_starts_with(said, "test.rules:") ||
			!span_starts_with(
				span_sub(said, 11, said.len), cases[i].want)) {
			print_error("%s: %s\n", cases[i].name, err.msg);
			wrong++;
		}
		rules_free(r);
	}
	assert_int_equal(wrong, 0);
}

/* A rule with n lines of a key. */
static enum error_code
read_many(const char *line, int n)
{
	struct rules *r = rules_new();
	struct buffer b;
	enum error_code code;

	buffer_init(&b, (size_t)1 << 20);
	buffer_add_str(&b, RULE);
	for (int i = 0; i < n; i++)
		buffer_add_str(&b, line);
	buffer_add_str(&b, " match x\n yes a\n no a\n live a\n");
	code = rules_read(r, buffer_span(&b), "test.rules", NULL);
	buffer_release(&b);
	rules_free(r);
	return code;
}

static void
caps_hold(void **state)
{
	static const struct {
		const char *name, *line;
		int cap;
	} cases[] = {
		{ "patterns", " match y\n", RULE_MATCHES_MAX - 1 },
		{ "examples", " yes b\n", RULE_EXAMPLES_MAX - 3 },
		{ "unless", " unless y => z\n", RULE_UNLESS_MAX },
		{ "values", " guard count 1..2\n", RULE_VALUES_MAX },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		if (read_many(cases[i].line, cases[i].cap) != OK)
			fail_msg("%s: fails at the cap", cases[i].name);
		if (read_many(cases[i].line, cases[i].cap + 1) != ERR_CONFIG)
			fail_msg("%s: holds more than the cap", cases[i].name);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(matches_bind),
		cmocka_unit_test(anaphors_stand_for_names),
		cmocka_unit_test(networks_by_default),
		cmocka_unit_test(dates_date_the_act),
		cmocka_unit_test(rules_read_their_language),
		cmocka_unit_test(mistakes_are_told),
		cmocka_unit_test(caps_hold),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
