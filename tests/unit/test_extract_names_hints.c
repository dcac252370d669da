/* Names that only what is said of them makes networks. */
#include "extract_names.h"

static void
hints_make_a_network(void **unused)
{
	static const struct {
		const char *name, *lang, *text, *want;
	} rows[] = {
		{ "defined, between commas", "en",
			"Leeds is in Orbis, the network of ports.",
			"network.hinted:Orbis" },
		{ "defined by a verb", "en",
			"For years Open Voices was a network that sang.",
			"network.hinted:Open Voices" },
		{ "a sentence may begin with any word", "en",
			"Orbis is a network of ports.", "" },
		{ "but not with one that is a member's elsewhere", "en",
			"Orbis is a network of ports.\n\nLeeds joined Orbis.",
			"network.hinted:Orbis | network.hinted:Orbis" },
		{ "member of, twice", "en",
			"Leeds is a member of Orbis.\n\nBath, a member of "
			"Orbis, sings. So does Orbis.",
			"network.hinted:Orbis | network.hinted:Orbis | "
			"network.hinted:Orbis" },
		{ "member of, once", "en", "Leeds is a member of Orbis.", "" },
		{ "a place behind in", "en",
			"In Orbis, the network of ports met.", "" },
		{ "what goes on otherwise", "en",
			"They met Orbis, the network operator.", "" },
		{ "without its first word", "en",
			"After Dark Cities is a network of towns.\n\nLeeds has "
			"joined After Dark Cities.",
			"network.hinted:After Dark Cities | "
			"network.hinted:After "
			"Dark Cities" },
		{ "fr", "fr", "Lyon fait partie d'Orbis, un réseau de ports.",
			"network.hinted:Orbis" },
		{ "es", "es", "Gijón entra en Orbis, una red que canta.",
			"network.hinted:Orbis" },
		{ "de", "de", "Kiel ist bei Orbis, einem Netzwerk von Häfen.",
			"" },
	};
	struct buffer out;
	size_t wrong = 0;

	(void)unused;
	buffer_init(&out, 1 << 16);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct scan s;

		assert_int_equal(scan_text(rows[i].text, rows[i].lang, &s), OK);
		if (strcmp(show(&s, &out), rows[i].want) == 0)
			continue;
		print_error("%s:\n  wanted %s\n  got    %s\n", rows[i].name,
			rows[i].want, out.len > 0 ? out.ptr : "");
		wrong++;
	}
	buffer_release(&out);
	assert_int_equal(wrong, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hints_make_a_network),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
