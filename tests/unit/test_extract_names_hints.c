/* Names that only what is said of them makes networks, or the same network. */
#include "extract_names.h"

/* 1, with a message, if out is not what is wanted. */
static size_t
differs(const char *name, const struct buffer *out, const char *want)
{
	if (span_eq_str(buffer_span(out), want))
		return 0;
	print_error("%s:\n  wanted %s\n  got    %.*s\n", name, want,
		(int)out->len, out->ptr);
	return 1;
}

/* Between two networks of a list. */
static void
add_bar(struct buffer *out)
{
	if (out->len > 0)
		buffer_add_str(out, " | ");
}

static void
hints_make_a_network(void **unused)
{
	static const struct {
		const char *name, *lang, *text, *want;
	} rows[] = {
		{ "defined, between commas", "en",
			"Leeds is in Orbis, the network of ports.",
			"network.hinted:Orbis" },
		{ "a verb between a head and members", "it",
			"La Rete raggruppa diciotto comuni, il Consorzio "
			"riunisce cinque università.",
			"" },
		{ "a small word of a name", "es",
			"Vigo se suma a la Alianza de Aeropuertos sin "
			"Emisiones.",
			"network.shape:Alianza de Aeropuertos sin Emisiones" },
		{ "a small word between them", "it",
			"Asolo aderisce alla Rete italiana dei comuni termali.",
			"network.shape:Rete italiana dei comuni termali" },
		{ "defined by a verb", "en",
			"For years Open Voices was a network that sang.",
			"network.hinted:Open Voices" },
		{ "a sentence may begin with any word", "en",
			"Orbis is a network of ports.", "" },
		{ "but not with one that is a member's elsewhere", "en",
			"Orbis is a network of ports.\n\nLeeds joined Orbis.",
			"network.hinted:Orbis | network.hinted:Orbis" },
		{ "a league that is counted", "en",
			"The Footfall League likes feet. The League had 17 "
			"members. Long live the Footfall League.",
			"network.hinted:Footfall League | "
			"network.hinted:Footfall League" },
		{ "one that is not", "en",
			"The Footfall League likes feet. The League had 17 "
			"goals.",
			"" },
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
		{ "a number ends it", "en",
			"Leeds is in Circle 9, a group of ports. Hail Circle "
			"9!",
			"network.hinted:Circle 9 | network.hinted:Circle 9" },
		{ "what follows a number is counted", "en",
			"Leeds is a member of Orbis 9 years on.\n\nBath "
			"belonged to Orbis 9 years ago.",
			"network.hinted:Orbis | network.hinted:Orbis" },
		{ "it has members, and is no organisation", "en",
			"The Cool Streets Partnership now has 97 members. "
			"Long live the Cool Streets Partnership.",
			"network.hinted:Cool Streets Partnership | "
			"network.hinted:Cool Streets Partnership" },
		{ "what has members may be a short name", "en",
			"The Coalition has 97 members.", "" },
		{ "what is counted is no member", "en",
			"The Cool Streets Partnership now has 97 lamps.",
			"organisation:Cool Streets Partnership" },
		{ "a phrase of joining", "en",
			"Leeds has come on board the Cool Streets "
			"Partnership.",
			"network.joined:Cool Streets Partnership" },
		{ "part of, twice", "en",
			"Leeds is part of Open Rivers.\n\nBath is part of "
			"Open Rivers.",
			"network.hinted:Open Rivers | network.hinted:Open "
			"Rivers" },
		{ "part of, once", "en", "Leeds is part of Open Rivers.", "" },
		{ "said of another noun", "en",
			"Part of Orbis's charm.\n\nMembers of the Orbis team "
			"sang.\n\nLeeds is a member of Orbis.",
			"" },
		{ "what is entered is one word, twice", "en",
			"Ada joined Orbis in May.\n\nPeter has now left "
			"Orbis.",
			"" },
		{ "the same words, twice", "en",
			"Leeds is a member of Orbis.\n\nLeeds is a member of "
			"Orbis.",
			"" },
		{ "a reader is asked", "en",
			"Join Open Rivers today.\n\nBecome a member of Open "
			"Rivers.",
			"" },
		{ "fr, a reader is asked", "fr",
			"Devenez membre de Rivages Ouverts. Rejoignez Rivages "
			"Ouverts.",
			"" },
		{ "a noun of another kind", "en",
			"Member Login\n\nPartner Login\n\nAffiliate Login",
			"" },
		{ "half of a word", "en",
			"Her film Left-Handed Girl won.\n\nSee Left-Handed "
			"Girl.",
			"" },
		{ "a plain word of the page", "en",
			"Leeds is part of Guided Walks.\n\nBath joined Guided "
			"Walks, as all guided walks are.",
			"" },
		{ "a country", "en",
			"Ann left Iceland in May.\n\nHe is a member of "
			"Iceland.",
			"" },
		{ "behind a preposition", "en",
			"A guide to Orbis is the network that we like.", "" },
		{ "a platform of no members", "en",
			"Open Tables is a platform that sells data.", "" },
		{ "a platform of members", "en",
			"Open Tables is a platform for small towns.",
			"network.hinted:Open Tables" },
		{ "what its name calls otherwise", "en",
			"Our Pact 2030 is an initiative that we began.",
			"network.hinted:Pact 2030" },
		{ "a label, once", "en", "The FLORA label was worn.", "" },
		{ "a label of whom something is denied", "fr",
			"Le label de Nantes n'a pas été renouvelé.", "" },
		{ "a label, twice", "en",
			"The FLORA label was worn.\n\nLeeds has got the FLORA "
			"label.",
			"network.hinted:FLORA | network.hinted:FLORA" },
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

struct networks_case {
	const char *name, *lang, *text, *want;
};

/* A network by its id, or as the document calls it. */
static const char *
id_of(const struct mention *m)
{
	return m->name.id != NULL ? m->name.id : m->name.name;
}

static const char *
name_of(const struct mention *m)
{
	return m->name.name;
}

/* What the networks of each text are called. */
static void
check_networks(const struct networks_case *rows, size_t n,
	const char *(*call)(const struct mention *))
{
	struct buffer out;
	size_t wrong = 0;

	buffer_init(&out, 1 << 16);
	for (size_t i = 0; i < n; i++) {
		struct scan s;

		assert_int_equal(scan_text(rows[i].text, rows[i].lang, &s), OK);
		for (size_t k = 0; k < s.n; k++)
			s.list[k].text = span_sub(
				s.doc->text, s.list[k].start, s.list[k].end);
		assert_int_equal(names_call(names, state, &s), OK);
		qsort(s.list, s.n, sizeof *s.list, by_start);
		buffer_reset(&out);
		for (size_t k = 0; k < s.n; k++)
			if (s.list[k].type == MENTION_NETWORK) {
				add_bar(&out);
				buffer_add_str(&out, call(&s.list[k]));
			}
		wrong += differs(rows[i].name, &out, rows[i].want);
	}
	buffer_release(&out);
	assert_int_equal(wrong, 0);
}

static void
networks_go_by_their_documents_name(void **unused)
{
	static const struct networks_case rows[] = {
		{ "another one than the registry's", "de",
			"Gera ist im Klima-Bündnis.",
			"Klima-Bündnis (Climate Alliance)" },
		{ "the registry's", "en", "Gera is in the Climate Alliance.",
			"Climate Alliance" },
		{ "the fullest", "es",
			"Lugo entra en la Red Mundial de Ciudades del "
			"Aprendizaje. La Red Mundial de Ciudades del "
			"Aprendizaje de la UNESCO crece.",
			"Red Mundial de Ciudades del Aprendizaje de la UNESCO "
			"(UNESCO Global Network of Learning Cities) | Red "
			"Mundial de Ciudades del Aprendizaje de la UNESCO "
			"(UNESCO Global Network of Learning Cities)" },
		{ "a part of the registry's", "en",
			"Leeds is in the Creative Cities Network.",
			"UNESCO Creative Cities Network" },
		{ "an acronym", "en", "Koper is a member of AIVP.",
			"AIVP (International Association of Cities and "
			"Ports)" },
		{ "an acronym and what it stands for", "fr",
			"L'AIMF, ou Association internationale des maires "
			"francophones.",
			"Association internationale des maires francophones "
			"(International Association of Francophone Mayors) | "
			"Association internationale des maires francophones "
			"(International Association of Francophone Mayors)" },
		{ "one that the registry lacks", "en",
			"The Meridian Ports Alliance met.",
			"Meridian Ports Alliance" },
	};

	(void)unused;
	check_networks(rows, sizeof rows / sizeof *rows, name_of);
}

static void
parts_of_a_name_are_given_the_whole(void **unused)
{
	static const struct networks_case rows[] = {
		{ "of a registered one", "de",
			"Das Netzwerk altersfreundlicher Städte wächst.\n\nDas "
			"Globale Netzwerk altersfreundlicher Städte und "
			"Gemeinden tagt.",
			"who-gnafcc | who-gnafcc" },
		{ "of one named before", "en",
			"The Meridian Ports Alliance met. The Meridian "
			"Alliance sang.",
			"Meridian Ports Alliance | Meridian Ports Alliance" },
		{ "of one named later", "en",
			"The Meridian Alliance sang. The Meridian Ports "
			"Alliance met.",
			"Meridian Alliance | Meridian Ports Alliance" },
		{ "of two", "en",
			"The Meridian Ports Alliance met the Meridian Towns "
			"Alliance. The Meridian Alliance sang.",
			"Meridian Ports Alliance | Meridian Towns Alliance | "
			"Meridian Alliance" },
		{ "of none", "en",
			"The Meridian Ports Alliance met. The Nordic Alliance "
			"sang.",
			"Meridian Ports Alliance | Nordic Alliance" },
		{ "what it is", "de",
			"Gera ist bei Cittaslow, einem Netzwerk alter Städte.",
			"cittaslow | cittaslow" },
		{ "another", "de",
			"Gera ist bei Cittaslow, Ulm bei einem Netzwerk alter "
			"Städte.",
			"cittaslow | Netzwerk alter Städte" },
	};

	(void)unused;
	check_networks(rows, sizeof rows / sizeof *rows, id_of);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hints_make_a_network),
		cmocka_unit_test(parts_of_a_name_are_given_the_whole),
		cmocka_unit_test(networks_go_by_their_documents_name),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
