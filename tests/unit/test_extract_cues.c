#include "extract_claims.h"

#include <sys/stat.h>
#include <unistd.h>

#include "extract/cues.h"

#define NO_RULES "%dateline-rules 1\n"
#define RULE                                                                   \
	"rule t.join 1\n"                                                      \
	"  kind membership\n"                                                  \
	"  set status=joined\n"                                                \
	"  match {CITY+:subject} !joined ~4 {NETWORK:network}\n"               \
	"  yes [CITY A] joined [NETWORK B]\n  no a\n  live a\n"

static struct cues *cues;

static int
setup(void **state)
{
	struct error err = { 0 };
	struct hash *h = hash_new();

	(void)state;
	open_rules(NO_RULES RULE);
	if (cues_open("config", h, &cues, &err) != OK)
		fail_msg("%s", err.msg);
	hash_free(h);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	cues_free(cues);
	close_rules();
	return 0;
}

/* The same, where that rule found the networks. */
static void
run_cues_of(struct marked_text *t, const char *text, const char *language,
	const char *rule, bool all, struct extraction *out)
{
	struct context x;

	arena_reset(arena);
	mark_text(t, text, language);
	for (size_t i = 0; rule != NULL && i < t->scan.n; i++)
		if (t->scan.list[i].type == MENTION_NETWORK)
			t->scan.list[i].rule = rule;
	*out = (struct extraction){ 0 };
	assert_int_equal(context_make(&x, rules, &t->scan), OK);
	assert_int_equal(rules_run(rules, &matcher, &x, &t->scan, out), OK);
	assert_int_equal(
		cues_run(cues, rules, &matcher, &x, &t->scan, all, out), OK);
}

/* Claims of all layers, or all candidates; the text is to be released. */
static void
run_cues(struct marked_text *t, const char *text, const char *language,
	bool all, struct extraction *out)
{
	run_cues_of(t, text, language, NULL, all, out);
}

static bool
has_feature(const struct claim *c, const char *name)
{
	for (size_t i = 0; i < c->nfeatures; i++)
		if (strcmp(c->features[i].name, name) == 0)
			return true;
	return false;
}

/* The candidate of a status, or of no status a kind. */
static const struct claim *
find(const struct extraction *out, const char *status)
{
	for (size_t i = 0; i < out->nclaims; i++)
		if (strcmp(status_name(out->claims[i].status), status) == 0)
			return &out->claims[i];
	return NULL;
}

static void
every_language_has_its_words(void **state)
{
	static const struct {
		const char *language, *text, *status, *want;
	} cases[] = {
		{ "en", "[CITY Graz] has rejoined [NET N].", "reinstated",
			"membership reinstated subject=Graz network=N" },
		{ "de", "Der Austritt von [CITY Graz] aus [NET N] ist fix.",
			"withdrawn",
			"membership withdrawn subject=Graz network=N" },
		{ "fr", "L'adh\xc3\xa9sion de [CITY Lyon] \xc3\xa0 [NET N].",
			"joined", "membership joined subject=Lyon network=N" },
		{ "es", "[CITY Soria] se ha sumado a [NET N].", "joined",
			"membership joined subject=Soria network=N" },
		{ "pt", "[CITY Braga] foi reconhecida por [NET N].",
			"designated",
			"membership designated subject=Braga network=N" },
		{ "it", "[CITY Pisa] esclusa da [NET N].", "excluded",
			"membership excluded subject=Pisa network=N" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct marked_text t;
		struct extraction out;
		struct buffer got;
		const struct claim *c;

		run_cues(&t, cases[i].text, cases[i].language, true, &out);
		buffer_init(&got, CASE_WORDS);
		c = *cases[i].status != '\0' ? find(&out, cases[i].status)
					     : NULL;
		if (c != NULL)
			say_claim(&t, c, &got);
		if (!span_eq_str(buffer_span(&got), cases[i].want))
			fail_msg("%s: %s: wanted %s, got %.*s",
				cases[i].language, cases[i].text, cases[i].want,
				(int)got.len, got.ptr);
		buffer_release(&got);
		buffer_release(&t.text);
	}
}

static void
features_say_what_is_there(void **state)
{
	static const struct {
		const char *name, *text, *status, *feature;
		bool has;
	} cases[] = {
		{ "before", "[CITY Graz] left [NET N].", "withdrawn",
			"name.after", false },
		{ "behind", "Departure of [CITY Graz] from [NET N].",
			"withdrawn", "name.after", true },
		{ "a place", "In [CITY Graz] nobody left [NET N].", "withdrawn",
			"name.at", true },
		{ "no place", "So [CITY Graz] left [NET N].", "withdrawn",
			"name.at", false },
		{ "clause",
			"[CITY Graz], which nobody expected here, left "
			"[NET N].",
			"withdrawn", "between.clause", true },
		{ "two names", "[CITY Graz] and [CITY Linz] left [NET N].",
			"withdrawn", "name.pair", true },
		{ "four names",
			"[CITY Graz], [CITY Linz], [CITY Wels] and [CITY Enns] "
			"left [NET N].",
			"withdrawn", "name.list", true },
		{ "named", "[CITY Graz] left [NET N].", "withdrawn",
			"network.named", true },
		{ "the document's", "[NET N] met. / [CITY Graz] left it all.",
			"withdrawn", "network.named", false },
		{ "turned", "[CITY Graz] will leave [NET N].", "withdrawn",
			"polarity.turned", true },
		{ "refused is no not", "[NET N] refused [CITY Graz].",
			"unsuccessful", "polarity.turned", false },
		{ "among", "[NET N] lost members, among them [CITY Graz].",
			"lost", "name.among", true },
		{ "a question", "Has [CITY Graz] left [NET N]?", "withdrawn",
			"sentence.question", true },
		{ "dominated", "[NET N] refused [CITY Graz] the membership.",
			"member", "cue.dominated", true },
		{ "all near", "[CITY Graz] left [NET N].", "withdrawn",
			"all.near", true },
		{ "not all",
			"[CITY Graz] left after the long and loud talk of "
			"[NET N].",
			"withdrawn", "network.near", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct marked_text t;
		struct extraction out;
		const struct claim *c;

		run_cues(&t, cases[i].text, "en", true, &out);
		c = find(&out, cases[i].status);
		if (c == NULL)
			fail_msg("%s: no candidate", cases[i].name);
		if (has_feature(c, cases[i].feature) != cases[i].has)
			fail_msg("%s: %s", cases[i].name, cases[i].feature);
		buffer_release(&t.text);
	}
}

static void
no_candidate_comes(void **state)
{
	static const struct {
		const char *name, *text;
	} cases[] = {
		{ "without a network", "[CITY Graz] left and joined again." },
		{ "without a cue", "[CITY Graz] is near [NET N]." },
		{ "of a dateline", "[CITY Graz], [DATE 2020] - All left "
				   "[NET N]." },
		{ "over a semicolon", "[CITY Graz] won; they left [NET N]." },
		{ "of a compound", "The [CITY Graz]-based firm left [NET N]." },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct marked_text t;
		struct extraction out;

		run_cues(&t, cases[i].text, "en", true, &out);
		if (find(&out, "withdrawn") != NULL)
			fail_msg("%s: a candidate", cases[i].name);
		buffer_release(&t.text);
	}
}

/* What stands in brackets tells of the name before them. */
static void
no_name_of_brackets_is_a_candidate(void **state)
{
	struct marked_text t;
	struct extraction out;
	size_t n = 0;

	(void)state;
	run_cues(&t, "[CITY Graz] ([CITY Linz]) and [CITY Wels] left [NET N].",
		"en", true, &out);
	for (size_t i = 0; i < out.nclaims; i++) {
		const struct claim_arg *who =
			claim_arg(&out.claims[i], SLOT_SUBJECT);

		if (out.claims[i].status != STATUS_WITHDRAWN)
			continue;
		n++;
		assert_false(
			span_eq_str(t.scan.list[who->mention].text, "Linz"));
		assert_true(has_feature(&out.claims[i], "name.pair"));
	}
	assert_int_equal(n, 2);
	buffer_release(&t.text);
}

static void
numbers_are_candidates(void **state)
{
	struct marked_text t;
	struct extraction out;
	const struct claim *c = NULL;

	(void)state;
	run_cues(&t, "[NET N] now counts [TOTAL 40] in [COUNTRIES 12].", "en",
		true, &out);
	for (size_t i = 0; i < out.nclaims; i++)
		if (out.claims[i].kind == CLAIM_NETWORK_TOTAL)
			c = &out.claims[i];
	assert_non_null(c);
	assert_string_equal(c->rule, "cue.total@1");
	assert_non_null(claim_arg(c, SLOT_COUNTRIES));
	assert_true(has_feature(c, "total.near"));
	assert_true(has_feature(c, "all.near"));
	buffer_release(&t.text);
	run_cues(&t, "[NET N] now has [TOTAL 40] members in [COUNTRY Peru].",
		"en", true, &out);
	for (size_t i = 0; i < out.nclaims; i++)
		if (out.claims[i].kind == CLAIM_NETWORK_TOTAL)
			c = &out.claims[i];
	assert_non_null(claim_arg(c, SLOT_SCOPE));
	buffer_release(&t.text);
}

/* The threshold decides; what a rule said is not said again. */
static void
the_threshold_decides(void **state)
{
	static const char text[] =
		"[CITY Graz] joined [NET N]. / [CITY Linz] left [NET N].";
	double threshold = cues->thresholds[MODEL_MEMBERSHIP];
	double bias = cues->weights[MODEL_MEMBERSHIP][F_BIAS];
	struct marked_text t;
	struct extraction out;

	(void)state;
	cues->weights[MODEL_MEMBERSHIP][F_BIAS] = 50;
	cues->thresholds[MODEL_MEMBERSHIP] = 0.9;
	run_cues(&t, text, "en", false, &out);
	assert_int_equal(out.nclaims, 2);
	assert_string_equal(out.claims[0].rule, "t.join@1");
	assert_string_equal(out.claims[1].rule, "cue.leave@1");
	assert_true(out.claims[1].confidence > 0.99);
	assert_true(out.claims[1].nfeatures > 0);
	buffer_release(&t.text);

	cues->thresholds[MODEL_MEMBERSHIP] = 2;
	run_cues(&t, text, "en", false, &out);
	assert_int_equal(out.nclaims, 1);
	buffer_release(&t.text);

	cues->weights[MODEL_MEMBERSHIP][F_BIAS] = -50;
	cues->thresholds[MODEL_MEMBERSHIP] = 0.9;
	run_cues(&t, text, "en", false, &out);
	assert_int_equal(out.nclaims, 1);
	buffer_release(&t.text);
	cues->weights[MODEL_MEMBERSHIP][F_BIAS] = bias;
	cues->thresholds[MODEL_MEMBERSHIP] = threshold;
}

static size_t
count_rule(const struct extraction *out, const char *rule)
{
	size_t n = 0;

	for (size_t i = 0; i < out->nclaims; i++)
		n += strcmp(out->claims[i].rule, rule) == 0;
	return n;
}

/* A pair weighs where both of its features hold, and is told as one. */
static void
pairs_weigh_together(void **state)
{
	static const char text[] = "[CITY Linz] left [NET N]. / "
				   "[CITY Graz] joined [NET N].";
	const double threshold = cues->thresholds[MODEL_MEMBERSHIP];
	const double bias = cues->weights[MODEL_MEMBERSHIP][F_BIAS];
	const struct cue_pairs pairs = cues->pairs[MODEL_MEMBERSHIP];
	struct cue_pair both = { F_NET_NAMED, F_NET_TOLD, "one&other", 100 };
	struct cue_pair half = { F_NET_NAMED, F_HEADING, "one&other", 100 };
	struct marked_text t;
	struct extraction out;

	(void)state;
	cues->weights[MODEL_MEMBERSHIP][F_BIAS] = -50;
	cues->thresholds[MODEL_MEMBERSHIP] = 0.9;
	cues->pairs[MODEL_MEMBERSHIP] =
		(struct cue_pairs){ .list = &both, .n = 1 };
	run_cues(&t, text, "en", false, &out);
	assert_int_equal(count_rule(&out, "cue.leave@1"), 1);
	assert_true(has_feature(&out.claims[1], "one&other") ||
		    has_feature(&out.claims[0], "one&other"));
	buffer_release(&t.text);

	cues->pairs[MODEL_MEMBERSHIP].list = &half;
	run_cues(&t, text, "en", false, &out);
	assert_int_equal(count_rule(&out, "cue.leave@1"), 0);
	buffer_release(&t.text);
	cues->weights[MODEL_MEMBERSHIP][F_BIAS] = bias;
	cues->thresholds[MODEL_MEMBERSHIP] = threshold;
	cues->pairs[MODEL_MEMBERSHIP] = pairs;
}

/* What only its context makes a network is one where three claims are about
 * it. */
static void
surmised_networks(void **state)
{
#define TOLD "[CITY Graz] joined [NET N]. / "
#define TOGETHER                                                               \
	"Behind the table sat [CITY Linz], [CITY Wels] and [CITY Steyr]."
	static const struct {
		const char *rule, *text;
		size_t claims;
	} cases[] = {
		{ "names.network.shape", TOLD TOGETHER, 3 },
		{ "names.network.hinted", TOLD TOGETHER, 0 },
		{ "names.network.joined", TOLD TOGETHER, 0 },
		{ "subjects.network", TOLD TOGETHER, 0 },
		{ "names.network.hinted",
			TOLD "[CITY Bled] joined [NET N]. / "
			     "[CITY Bern] joined [NET N]. / " TOGETHER,
			3 },
	};
	double *weights = cues->weights[MODEL_RUN], bias = weights[F_BIAS];

	(void)state;
	weights[F_BIAS] = 50;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct marked_text t;
		struct extraction out;

		run_cues_of(
			&t, cases[i].text, "en", cases[i].rule, false, &out);
		assert_int_equal(
			count_rule(&out, "cue.run@1"), cases[i].claims);
		buffer_release(&t.text);
	}
	weights[F_BIAS] = bias;
}

/* Names told together need no word that says what of. */
static void
names_told_together(void **state)
{
	static const char told[] =
		"[CITY Graz] joined [NET N]. / Behind the table sat "
		"[CITY Linz], [CITY Wels] and [CITY Steyr].";
	static const char untold[] =
		"All spoke of [NET N]. / Behind the table sat "
		"[CITY Linz], [CITY Wels] and [CITY Steyr].";
	static const char headed[] =
		"! News of [NET N] / All spoke of [NET N]. / Behind the table "
		"sat [CITY Linz], [CITY Wels] and [CITY Steyr].";
	static const char twice[] =
		"All spoke of [NET N] and of [NET N]. / Behind the table "
		"sat [CITY Linz], [CITY Wels] and [CITY Steyr].";
	static const char somewhere[] =
		"! News of [NET N] / All spoke of [NET N]. / In the provinces "
		"of [CITY Linz], [CITY Wels] and [CITY Steyr].";
	struct marked_text t;
	struct extraction out;
	double *weights = cues->weights[MODEL_RUN], bias = weights[F_BIAS];
	const double threshold = cues->thresholds[MODEL_MEMBERSHIP];

	(void)state;
	run_cues(&t, told, "en", true, &out);
	assert_int_equal(out.nclaims, 4);
	assert_string_equal(out.claims[1].rule, "cue.run@1");
	assert_int_equal(out.claims[1].status, STATUS_MEMBER);
	assert_true(has_feature(&out.claims[1], "network.told"));
	assert_true(has_feature(&out.claims[1], "run.alone"));
	assert_true(has_feature(&out.claims[1], "run.ends"));
	assert_false(has_feature(&out.claims[1], "run.two"));
	assert_false(has_feature(&out.claims[1], "run.shared"));
	buffer_release(&t.text);

	/* Of a network of which no rule tells anything none is claimed, but of
	 * one in the registry, or in the title, that all is about. */
	weights[F_BIAS] = 50;
	run_cues(&t, untold, "en", true, &out);
	assert_int_equal(count_rule(&out, "cue.run@1"), 3);
	assert_false(has_feature(&out.claims[0], "network.told"));
	buffer_release(&t.text);
	run_cues(&t, untold, "en", false, &out);
	assert_int_equal(out.nclaims, 0);
	buffer_release(&t.text);
	run_cues_of(&t, untold, "en", "names.network.shape", false, &out);
	assert_int_equal(out.nclaims, 0);
	buffer_release(&t.text);
	run_cues_of(&t, untold, "en", "names.network", false, &out);
	assert_int_equal(count_rule(&out, "cue.run@1"), 3);
	buffer_release(&t.text);
	run_cues_of(&t, headed, "en", "names.network.shape", false, &out);
	assert_int_equal(count_rule(&out, "cue.run@1"), 3);
	buffer_release(&t.text);
	run_cues_of(&t, twice, "en", "names.network.shape", false, &out);
	assert_int_equal(out.nclaims, 0);
	buffer_release(&t.text);
	/* Names that say where are not told of at all. */
	run_cues_of(&t, somewhere, "en", "names.network.shape", true, &out);
	assert_int_equal(count_rule(&out, "cue.run@1"), 0);
	buffer_release(&t.text);
	run_cues(&t, told, "en", false, &out);
	assert_int_equal(count_rule(&out, "cue.run@1"), 3);
	buffer_release(&t.text);

	/* A word of their sentence tells how they came to it. */
	cues->thresholds[MODEL_MEMBERSHIP] = 2;
	run_cues(&t,
		"[CITY Graz] joined [NET N]. / As each other founder sat there "
		"[CITY Linz], [CITY Wels] and [CITY Steyr].",
		"en", false, &out);
	assert_int_equal(count_rule(&out, "cue.run@1"), 3);
	assert_int_equal(out.claims[1].status, STATUS_FOUNDING_MEMBER);
	buffer_release(&t.text);

	/* And whether it has come to that. */
	run_cues(&t,
		"[CITY Graz] joined [NET N]. / [CITY Linz], [CITY Wels] and "
		"[CITY Steyr] will, we hear, be admitted.",
		"en", false, &out);
	assert_int_equal(count_rule(&out, "cue.run@1"), 3);
	assert_int_equal(out.claims[1].polarity, POLARITY_PLANNED);
	buffer_release(&t.text);
	cues->thresholds[MODEL_MEMBERSHIP] = threshold;

	/* One name alone is told of by words only. */
	run_cues(&t, "[CITY Graz] joined [NET N]. / There sat [CITY Linz].",
		"en", false, &out);
	assert_int_equal(out.nclaims, 1);
	buffer_release(&t.text);
	weights[F_BIAS] = bias;
}

/* What the sentence says besides is seen, and what a rule claims of them. */
static void
what_is_said_beside_names(void **state)
{
	struct marked_text t;
	struct extraction out;
	const struct claim *other = NULL;

	(void)state;
	run_cues(&t,
		"[CITY Linz], [CITY Wels] near [CITY Graz] joined [NET N].",
		"en", true, &out);
	for (size_t i = 0; i < out.nclaims; i++)
		if (strcmp(out.claims[i].rule, "cue.run@1") == 0)
			other = &out.claims[i];
	assert_non_null(other);
	assert_true(has_feature(other, "sentence.in"));
	assert_true(has_feature(other, "run.two"));
	assert_true(has_feature(other, "run.shared"));
	assert_true(has_feature(other, "run.begins"));
	assert_false(has_feature(other, "sentence.claimed"));
	buffer_release(&t.text);
}

/* No more of a sentence is looked at than the caps allow. */
static void
a_crowded_sentence_is_cut(void **state)
{
	struct buffer text;
	struct marked_text t;
	struct extraction out;

	(void)state;
	buffer_init(&text, (size_t)1 << 20);
	buffer_add_str(&text, "[NET N] ");
	for (int i = 0; i < 100; i++)
		buffer_add_str(&text, "[CITY Graz] left joined member ");
	buffer_add_char(&text, '\0');
	run_cues(&t, text.ptr, "en", true, &out);
	assert_int_equal(out.nclaims, GROUPS_OF_SENTENCE * 3);
	buffer_release(&t.text);
	buffer_release(&text);
}

static void
write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static void
wrong_rows_are_refused(void **state)
{
	static const struct {
		const char *name, *words, *weights, *message;
	} cases[] = {
		{ "good", "join\tjoin\t- s ed\n",
			"cohort\tbias\t-1.5\n"
			"cohort\tcount.few\t0.5\n"
			"cohort\tcount.few&date\t-2\n",
			NULL },
		{ "class", "jion\tjoin\n", "",
			"lang/en/cues.tsv:1: no class \"jion\"" },
		{ "no word", "run\ttogether\n", "",
			"lang/en/cues.tsv:1: no class \"run\"" },
		{ "kind", "", "cohrt\tbias\t1\n", ":1: no kind \"cohrt\"" },
		{ "feature", "", "# x\ncohort\tbais\t1\n",
			":2: no feature \"bais\"" },
		{ "pair", "", "cohort\tbias&dat\t1\n",
			":1: no pair of features \"bias&dat\"" },
		{ "number", "", "cohort\tbias\tx1\n",
			":1: \"x1\" is no number" },
		{ "fields", "", "cohort bias 1\n",
			":1: wanted kind, feature, weight" },
	};
	char dir[] = "/tmp/dateline-cues-XXXXXX";
	char path[6][64];

	(void)state;
	assert_non_null(mkdtemp(dir));
	for (int i = 0; i < 5; i++)
		(void)snprintf(path[i], sizeof path[i], "%s%s", dir,
			(const char *[]){ "/lang", "/lang/en", "/cues",
				"/lang/en/cues.tsv", "/cues/weights.tsv" }[i]);
	for (int i = 0; i < 3; i++)
		assert_int_equal(mkdir(path[i], 0700), 0);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct error err = { 0 };
		struct hash *h = hash_new();
		struct cues *c;
		enum error_code code;

		write_file(path[3], cases[i].words);
		write_file(path[4], cases[i].weights);
		code = cues_open(dir, h, &c, &err);
		if (cases[i].message == NULL) {
			assert_int_equal(code, OK);
			assert_int_equal(c->words.n, 3);
			assert_int_equal(c->pairs[MODEL_COHORT].n, 1);
			cues_free(c);
		} else if (code != ERR_CONFIG ||
			   strstr(err.msg, cases[i].message) == NULL) {
			fail_msg("%s: %s", cases[i].name, err.msg);
		}
		hash_free(h);
	}
	(void)unlink(path[3]);
	(void)unlink(path[4]);
	for (int i = 3; i-- > 0;)
		(void)rmdir(path[i]);
	(void)rmdir(dir);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_language_has_its_words),
		cmocka_unit_test(features_say_what_is_there),
		cmocka_unit_test(no_candidate_comes),
		cmocka_unit_test(no_name_of_brackets_is_a_candidate),
		cmocka_unit_test(numbers_are_candidates),
		cmocka_unit_test(the_threshold_decides),
		cmocka_unit_test(pairs_weigh_together),
		cmocka_unit_test(surmised_networks),
		cmocka_unit_test(names_told_together),
		cmocka_unit_test(what_is_said_beside_names),
		cmocka_unit_test(a_crowded_sentence_is_cut),
		cmocka_unit_test(wrong_rows_are_refused),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
