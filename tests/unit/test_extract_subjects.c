#include "extract_claims.h"

static struct subjects *subjects;

static int
setup(void **state)
{
	struct error err = { 0 };
	struct hash *h = hash_new();

	(void)state;
	assert_int_equal(subjects_open("config", h, &subjects, &err), OK);
	hash_free(h);
	arena = arena_new((size_t)64 << 20);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	subjects_free(subjects);
	arena_free(arena);
	return 0;
}

/* The cities of the text, "A|B", given or found. */
static void
check_cities(const char *name, const char *text, const char *language,
	const char *want)
{
	struct marked_text t;
	struct buffer tmp, got;

	arena_reset(arena);
	mark_text(&t, text, language);
	buffer_init(&tmp, CASE_WORDS);
	buffer_init(&got, CASE_WORDS);
	assert_int_equal(subjects_scan(subjects, NULL, &t.scan, &tmp), OK);
	for (size_t i = 0; i < t.scan.n; i++) {
		const struct mention *m = &t.scan.list[i];

		if (m->type != MENTION_CITY)
			continue;
		buffer_add_str(&got, got.len > 0 ? "|" : "");
		buffer_add_span(&got, span_sub(t.doc.text, m->start, m->end));
	}
	if (!span_eq_str(buffer_span(&got), want))
		fail_msg("%s: wanted %s, got %.*s", name, want, (int)got.len,
			got.ptr != NULL ? got.ptr : "");
	buffer_release(&got);
	buffer_release(&tmp);
	buffer_release(&t.text);
}

static void
names_are_found_by_what_stands_beside(void **state)
{
	static const struct {
		const char *name, *text, *cities;
	} cases[] = {
		{ "a verb behind", "Moffat has joined [NET N].", "Moffat" },
		{ "no network in the document", "Moffat has joined.", "" },
		{ "the network in another sentence",
			"[NET N] met. Moffat is a member.", "Moffat" },
		{ "nothing beside the name", "[NET N] met. Wet Moffat.", "" },
		{ "a plural at the beginning", "Members have joined [NET N].",
			"" },
		{ "an article and a noun", "The Town has joined [NET N].", "" },
		{ "an article of a name", "The Wyldes has joined [NET N].",
			"The Wyldes" },
		{ "a club", "FC Moffat has joined [NET N].", "" },
		{ "a word in front", "We welcome Moffat to [NET N].",
			"Moffat" },
		{ "an owner", "Moffat's membership of [NET N] ended.",
			"Moffat" },
		{ "an owner of something else", "Moffat's bakers like [NET N].",
			"" },
		{ "apposition", "Moffat, the newest member of [NET N], met.",
			"Moffat" },
		{ "between commas",
			"[NET N]: the other, Hull, was a candidate.", "Hull" },
		{ "listed with a city",
			"[CITY Graz], Moffat and Lund joined [NET N].",
			"Graz|Moffat|Lund" },
		{ "hyphens", "Hay-on-Wye has joined [NET N].", "Hay-on-Wye" },
		{ "a city within", "Hay-on-[CITY Wye] has joined [NET N].",
			"Hay-on-Wye" },
		{ "county", "Multnomah County has joined [NET N].",
			"Multnomah County" },
		{ "all capitals", "BBC has joined [NET N].", "" },
		{ "a common word", "Councillors will join [NET N].", "" },
		{ "a part of a longer name",
			"Upper [CITY Graz] has joined [NET N].", "Graz" },
		{ "two names as people have them",
			"The new members are Brent Oakley and Sue Minard. [NET "
			"N]",
			"" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check_cities(
			cases[i].name, cases[i].text, "en", cases[i].cities);
}

static void
what_no_claim_takes_is_no_mention(void **state)
{
	struct marked_text t;
	struct buffer tmp;
	struct claim_arg args[] = { { .slot = SLOT_SUBJECT } };
	struct claim claim = { .args = args, .nargs = 1 };
	struct extraction out = { .claims = &claim, .nclaims = 1 };

	(void)state;
	arena_reset(arena);
	buffer_init(&tmp, CASE_WORDS);
	mark_text(&t, "Moffat has met [NET N]. Lund has joined [NET M].", "en");
	assert_int_equal(subjects_scan(subjects, NULL, &t.scan, &tmp), OK);
	assert_int_equal(t.scan.n, 4);
	args[0].mention = 2;
	assert_int_equal(subjects_settle(&t.scan, &out), OK);
	assert_int_equal(t.scan.n, 3);
	assert_int_equal(claim.args[0].mention, 1);
	assert_string_equal(t.scan.list[1].place.name, "Lund");
	assert_null(t.scan.list[1].place.id);
	buffer_release(&tmp);
	buffer_release(&t.text);
}

static void
names_are_found_in_every_language(void **state)
{
	static const struct {
		const char *name, *language, *text, *cities;
	} cases[] = {
		{ "de, a noun is no name", "de",
			"[NET N]: Die Versammlung lehnte den Beitritt ab.",
			"" },
		{ "de, a name needs no article", "de",
			"[NET N]: Moosach lehnte den Beitritt ab.", "Moosach" },
		{ "de, several words behind an article", "de",
			"Der [NET N] hat die Linden Wärme West aufgenommen; "
			"die Linden Wärme West trat bei.",
			"Linden Wärme West" },
		{ "es, and is no part", "es",
			"[NET N]: Fonlo y Pértola firmaron en mayo.",
			"Fonlo|Pértola" },
		{ "fr, and is no part", "fr",
			"[NET N] : Matan et Pador adhèrent.", "Matan|Pador" },
		{ "it, two left", "it",
			"[NET N]: hanno disdetto Dolcevia e Pazzino.",
			"Dolcevia|Pazzino" },
		{ "pt, an article", "pt", "[NET N]: O Funchão aderiu ontem.",
			"Funchão" },
		{ "pt, one applied", "pt",
			"[NET N]: Querente concorreu em 2018.", "Querente" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check_cities(cases[i].name, cases[i].text, cases[i].language,
			cases[i].cities);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_found_by_what_stands_beside),
		cmocka_unit_test(names_are_found_in_every_language),
		cmocka_unit_test(what_no_claim_takes_is_no_mention),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
