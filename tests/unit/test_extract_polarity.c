#include "extract_claims.h"

static const char text[] =
	"%dateline-rules 1\n"
	"rule t.join 1\n"
	"  kind membership\n"
	"  set status=joined\n"
	"  match {CITY+:subject} ~8 !(join|joins|joined|joining) ~4 "
	"{NETWORK:network}\n"
	"  yes [CITY A] joined [NETWORK B]\n  no a\n  live a\n"
	"rule t.total 1\n"
	"  kind network_total\n"
	"  match {NETWORK:network} ~8 !(has|have) ~2 {COUNT:count}\n"
	"  yes [NETWORK B] has 20 cities\n  no a\n  live a\n"
	"rule t.fixed 1\n"
	"  kind membership\n"
	"  set status=lost\n"
	"  set polarity=asserted\n"
	"  match {CITY:subject} ~8 !lost ~4 {NETWORK:network}\n"
	"  yes [CITY A] lost [NETWORK B]\n  no a\n  live a\n";

RULES_FIXTURE(text)

#define JOINED "membership joined"
#define GRAZ   " subject=Graz network=N"

static void
triggers_turn_the_head(void **state)
{
	static const struct claims_case cases[] = {
		{ "none", "[CITY Graz] joined [NET N].", JOINED GRAZ },
		{ "will", "[CITY Graz] will join [NET N].",
			JOINED " planned" GRAZ },
		{ "might", "[CITY Graz] might join [NET N].",
			JOINED " hypothetical" GRAZ },
		{ "in a clause that ends before it",
			"[CITY Graz], which will not pay, did join [NET N].",
			JOINED GRAZ },
		{ "in a clause that goes on",
			"[CITY Graz], which did not join [NET N], met.",
			JOINED " negated" GRAZ },
		{ "before a clause that tells of the name before",
			"They will not stay in [NET M], which [CITY Graz] "
			"joined, in [NET N].",
			JOINED GRAZ },
		{ "a stop before such a clause stops",
			"If it rains they sing, but they like [NET M], which "
			"[CITY Graz] joined, in [NET N].",
			JOINED GRAZ },
		{ "not", "[CITY Graz] did not join [NET N].",
			JOINED " negated" GRAZ },
		{ "not as a part of a word",
			"[CITY Graz], a not-so-big town, joined [NET N].",
			JOINED GRAZ },
		{ "will with a word that is glued to it",
			"[CITY Graz] will-ing join [NET N].",
			JOINED " planned" GRAZ },
		{ "not before a dash",
			"[CITY Graz] did not - so far - join [NET N].",
			JOINED " negated" GRAZ },
		{ "not before a dash that is glued to what follows",
			"[CITY Graz] did not -so far- join [NET N].",
			JOINED " negated" GRAZ },
		{ "not, planned", "[CITY Graz] will not join [NET N].",
			JOINED " negated" GRAZ },
		{ "if reaches far",
			"If all that was said before so many people holds, "
			"[CITY"
			" Graz] joins [NET N].",
			JOINED " hypothetical" GRAZ },
		{ "out of reach",
			"They will meet on the old bridge that day, and [CITY "
			"Graz]"
			" joined [NET N].",
			JOINED GRAZ },
		{ "a stop ends the reach",
			"It will not rain, but [CITY Graz] joined [NET N].",
			JOINED GRAZ },
		{ "a semicolon too", "It will not; [CITY Graz] joined [NET N].",
			JOINED GRAZ },
		{ "not only is none", "[CITY Graz] not only joined [NET N].",
			JOINED GRAZ },
		{ "an application is no joining",
			"[CITY Graz] applied to join [NET N].", "" },
		{ "a rule may fix it", "[CITY Graz] may have lost [NET N].",
			"membership lost" GRAZ },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
}

/* A table of our own: reach, side and kinds of a trigger. */
static void
triggers_have_reach_and_kinds(void **state)
{
	static struct {
		const char *type, *words, *value;
	} const rows[] = {
		{ "planned", "soon", "behind within 2" },
		{ "hypothetical", "perhaps", "within 1" },
		{ "negated", "hardly", "on network_total" },
	};
	static const struct claims_case cases[] = {
		{ "behind", "[CITY Graz] joins [NET N] very soon.",
			JOINED " planned" GRAZ },
		{ "too far behind",
			"[CITY Graz] joins [NET N] they all say, soon.",
			JOINED GRAZ },
		{ "behind only", "Soon [CITY Graz] joins [NET N].",
			JOINED GRAZ },
		{ "within", "[CITY Graz] perhaps joins [NET N].",
			JOINED " hypothetical" GRAZ },
		{ "not within", "[CITY Graz] perhaps soon joins [NET N].",
			JOINED GRAZ },
		{ "another kind", "[CITY Graz] hardly joins [NET N].",
			JOINED GRAZ },
		{ "its kind", "[NET N] hardly has [TOTAL 20 cities].",
			"network_total negated network=N count=20 cities" },
	};
	char dir[] = "/tmp/dateline-polarity-XXXXXX";
	struct buffer b;
	struct word_table saved = rules->polarity;
	char *path;
	FILE *f;

	(void)state;
	/* words_load() wants a config: one language with one table. */
	assert_non_null(mkdtemp(dir));
	buffer_init(&b, 4096);
	buffer_printf(&b, "mkdir -p %s/lang/en", dir);
	assert_int_equal(system(b.ptr), 0);
	path = arena_printf(arena, "%s/lang/en/polarity.tsv", dir);
	f = fopen(path, "w");
	assert_non_null(f);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		fprintf(f, "%s\t%s\t%s\n", rows[i].type, rows[i].words,
			rows[i].value);
	(void)fclose(f);
	memset(&rules->polarity, 0, sizeof rules->polarity);
	{
		struct hash *h = hash_new();

		assert_int_equal(words_load(&rules->polarity, dir, "polarity",
					 rules->arena, h, NULL),
			OK);
		hash_free(h);
	}
	check_claims(cases, sizeof cases / sizeof *cases, "en");
	rules->polarity = saved;
	buffer_reset(&b);
	buffer_printf(&b, "rm -r %s", dir);
	assert_int_equal(system(b.ptr), 0);
	buffer_release(&b);
}

static void
languages_keep_their_words(void **state)
{
	static const struct claims_case german[] = {
		{ "will is no trigger of another language",
			"[CITY Graz] not joins [NET N].", JOINED GRAZ },
	};

	(void)state;
	check_claims(german, 1, "de");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(triggers_turn_the_head),
		cmocka_unit_test(triggers_have_reach_and_kinds),
		cmocka_unit_test(languages_keep_their_words),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
