/* Networks that no registry has, in the language of the document. */
#include "extract_names.h"

static const struct {
	const char *name, *language, *text, *want;
} rows[] = {
	{ "en, compact", "en",
		"Twelve towns have signed the Harbour Cities Compact.",
		"network.shape:Harbour Cities Compact" },
	{ "en, accord of towns", "en",
		"She spoke at the meeting of the Sound Towns Accord.",
		"network.shape:Sound Towns Accord" },
	{ "en, an ampersand", "en",
		"She spoke at the meeting of the Trams & Trails Cities "
		"Network.",
		"network.shape:Trams & Trails Cities Network" },
	{ "en, a pair before the network", "en",
		"It has no ties with the Glass and Paper Network of Cities.",
		"network.shape:Glass and Paper Network of Cities" },
	{ "pt, a relative clause", "pt",
		"A escola faz parte do Grupo Vilas que Cantam.",
		"network.shape:Grupo Vilas que Cantam" },
	{ "pt, without what", "pt",
		"A firma integra a rede Praias Limpas sem Plásticos.",
		"network.shape:rede Praias Limpas sem Plásticos" },
	{ "en, one word", "en", "It has no ties with the Fjord Alliance.",
		"network.shape:Fjord Alliance" },
	{ "en, a giver's", "en", "It has no ties with the UNESCO Network.",
		"organisation.listed:UNESCO" },
	{ "en, an association of members", "en",
		"Lund is in the International Association of Garden Cities.",
		"network.shape:International Association of Garden Cities" },
	{ "en, an association of others", "en",
		"Lund is in the Association of Garden Owners.",
		"organisation:Association of Garden Owners" },
	{ "en, member of", "en",
		"The mill is a member of the Nordic Bakers Federation.",
		"network.joined:Nordic Bakers Federation" },
	{ "en, member of a council", "en",
		"He is a member of the Harbour City Council.",
		"organisation:Harbour City Council" },
	{ "en, member of a union of states", "en",
		"Sweden is a member of the European Union.",
		"organisation.listed:European Union" },
	{ "en, coined", "en", "The town is in the FLORA alliance.",
		"network.called:FLORA alliance" },
	{ "en, status", "en", "The port has kept EcoHarbour status.",
		"network.called:EcoHarbour" },
	{ "en, quoted", "en", "The town bears the label “Quiet Nights”.",
		"network.quoted:“Quiet Nights”" },
	{ "en, a quotation", "en", "“Quiet nights matter”, she said.", "" },
	{ "en, an initiative of members", "en",
		"It is in the African Mountain Towns Initiative.",
		"network.shape:African Mountain Towns Initiative" },
	{ "en, a platform of members and what it does", "en",
		"The Alpine Cities Platform counts 24 cities.",
		"network.shape:Alpine Cities Platform" },
	{ "en, members and a small group", "en",
		"The town is in the Hidden Cities group.",
		"network.called:Hidden Cities group" },
	{ "en, a verb of joining", "en",
		"The firm joined the Circular Looms Platform on Monday.",
		"network.joined:Circular Looms Platform" },
	{ "en, a verb and an index", "en", "The firm joined the KOSPI.", "" },
	{ "en, a verb and a league", "en",
		"The club joined the Harbour League.", "" },
	{ "it, a verb and an index", "it", "Brixia entra nel Ftse Mib.", "" },
	{ "en, a verb and a navy", "en", "She joined the Royal Navy.", "" },
	{ "es, a verb and a network", "es",
		"Ambas se suman al Acuerdo por la Moda Circular.",
		"network.joined:Acuerdo por la Moda Circular" },
	{ "en, an owner of many", "en", "It is in the Arctic Mayors' Forum.",
		"network.shape:Arctic Mayors' Forum" },
	{ "fr, members in small letters behind", "fr",
		"Le port est membre du réseau Ports propres.",
		"network.called:réseau Ports propres" },
	{ "fr, a complement with a capital", "fr",
		"Elle rejoint la Plateforme des îles du Pacifique.",
		"network.shape:Plateforme des îles du Pacifique" },
	{ "pt, without", "pt", "Adere ao Movimento Cidades sem Plástico.",
		"network.shape:Movimento Cidades sem Plástico" },
	{ "de, a compound of members", "de",
		"Sie gehört der Arbeitsgemeinschaft der Hafenstädte an.",
		"network.shape:Arbeitsgemeinschaft der Hafenstädte" },
	{ "de, a hyphen", "de", "Sie tritt der Donaustädte-Allianz bei.",
		"network.shape:Donaustädte-Allianz" },
	{ "de, a quoted title", "de",
		"Sie darf sich „Stadt der Vielfalt“ nennen.",
		"network.quoted:„Stadt der Vielfalt“" },
	{ "en, a verb and an organisation", "en",
		"She joined the Garden Owners Board.",
		"organisation:Garden Owners Board" },
	{ "en, a title that was given", "en",
		"It was named an Owl Friendly Town by the society.",
		"title.given:Owl Friendly Town" },
	{ "en, a town's firm", "en", "He became a Garden City trader.", "" },
	{ "fr, a title that was given", "fr",
		"Elle a été désignée Municipalité amie des hiboux.",
		"title.given:Municipalité amie des hiboux" },
	{ "es, titles that were given", "es",
		"Ambos fueron reconocidos como Pueblos Serenos.",
		"title.given:Pueblos Serenos" },
	{ "fr, a movement", "fr",
		"Elle entre dans le Mouvement des villes hospitalières.",
		"network.shape:Mouvement des villes hospitalières" },
	{ "fr, a complement in small letters", "fr",
		"Elle signe le Pacte des villes en transition.",
		"network.shape:Pacte des villes en transition" },
	{ "fr, nothing to tell it by", "fr", "Le Réseau des villes grandit.",
		"" },
	{ "fr, a number is no part", "fr", "L’Association fédère 478 villes.",
		"" },
	{ "de, an adjective inside", "de",
		"Sie gehört der Allianz für langlebige Stoffe an.",
		"network.shape:Allianz für langlebige Stoffe" },
	{ "de, an initiative of members", "de",
		"Sie folgt der Initiative Leuchtende Städte.",
		"network.shape:Initiative Leuchtende Städte" },
	{ "de, compound", "de", "Die Stadt tritt dem „Wasserpakt 2035“ bei.",
		"network.quoted:„Wasserpakt 2035“" },
	{ "de, association of towns", "de",
		"Der Verband Europäischer Salzstädte tagt.",
		"network.shape:Verband Europäischer Salzstädte" },
	{ "de, ring of towns", "de", "Der Ring der Glockenstädte wächst.",
		"network.shape:Ring der Glockenstädte" },
	{ "de, genitive", "de",
		"Sie ist Mitglied des Netzwerks Gesunde Dörfer.",
		"network.shape:Netzwerks Gesunde Dörfer" },
	{ "de, alliance for", "de",
		"Sie nimmt an der Allianz für Wasser und Boden teil.",
		"network.shape:Allianz für Wasser und Boden" },
	{ "de, any alliance", "de", "Es war eine Allianz der Parteien.", "" },
	{ "de, name behind", "de",
		"Der Beitritt zum Hochschulverbund AURORA-Nord ist besiegelt.",
		"network.shape:Hochschulverbund AURORA-Nord" },
	{ "de, member of the initiative", "de",
		"Das Werk ist Mitglied der Initiative Saubere Flüsse.",
		"network.joined:Initiative Saubere Flüsse" },
	{ "de, a part left out", "de",
		"Sie gehört der Arbeitsgemeinschaft fluss- und "
		"seefreundlicher Städte an.",
		"network.shape:Arbeitsgemeinschaft fluss- und "
		"seefreundlicher Städte" },
	{ "de, the same in capitals", "de",
		"Sie gehört der Arbeitsgemeinschaft Fluss- und "
		"Seefreundlicher Kommunen an.",
		"network.shape:Arbeitsgemeinschaft Fluss- und "
		"Seefreundlicher Kommunen" },
	{ "fr, members in something", "fr",
		"Elle quitte le réseau Villes en musique.",
		"network.shape:réseau Villes en musique" },
	{ "pt, villages", "pt", "A Associação das Aldeias Caladas cresce.",
		"network.shape:Associação das Aldeias Caladas" },
	{ "fr, any network", "fr", "Elle suit le Réseau des villes.", "" },
	{ "fr, an unknown adjective", "fr",
		"Elle suit le Réseau des villes riveraines depuis 2010.",
		"network.shape:Réseau des villes riveraines" },
	{ "es, the accession of a town", "es",
		"Celebra la adhesión de Castro Verde.", "" },
	{ "es, accession to", "es", "Celebra la adhesión a la Gran Ribera.",
		"network.joined:Gran Ribera" },
	{ "fr, pact", "fr", "La ville adhère au Pacte des estuaires.",
		"network.shape:Pacte des estuaires" },
	{ "fr, a pact", "fr", "C'est un Pacte des plus fermes.", "" },
	{ "fr, network so called", "fr",
		"Elle est admise au sein du réseau Villes Fluviales, en 2019.",
		"network.shape:réseau Villes Fluviales" },
	{ "fr, alliance behind an adjective", "fr",
		"Pise a quitté l'alliance européenne Maris Viva hier.",
		"network.called:alliance européenne Maris Viva" },
	{ "fr, label", "fr", "La commune a le label « Nuits Calmes ».",
		"network.quoted:« Nuits Calmes »" },
	{ "fr, described label", "fr",
		"La commune obtient le label Rivage vivant pour trois ans.",
		"network.called:Rivage vivant" },
	{ "fr, status of", "fr",
		"Elle a le statut de Ville amie des hirondelles.",
		"network.called:Ville amie des hirondelles" },
	{ "fr, any label", "fr", "Elle a un label de qualité.", "" },
	{ "de, a known one inside", "de",
		"Im Netzwerk der Organisation der Welterbestädte ist sie neu.",
		"network:Netzwerk der Organisation der Welterbestädte=owhc" },
	{ "es, coalition", "es",
		"Nació entonces la Coalición Ríos Limpios de Europa.",
		"network.shape:Coalición Ríos Limpios de Europa" },
	{ "es, circle of members", "es",
		"Entra en el Círculo de Pueblos de la Sal.",
		"network.shape:Círculo de Pueblos de la Sal" },
	{ "it, consortium", "it",
		"L'ateneo entra nel consorzio europeo \"Linea Mare\".",
		"network.quoted:\"Linea Mare\"" },
	{ "it, adhered", "it",
		"La ditta ha aderito al Patto per il Lino Pulito.",
		"network.shape:Patto per il Lino Pulito" },
	{ "pt, network so called", "pt",
		"A rede Mercado das Serras tem nove membros.",
		"network.called:rede Mercado das Serras" },
	{ "en, an associate of", "en",
		"The mill is an associate of the Nordic Bakers Circle.",
		"network.joined:Nordic Bakers Circle" },
	{ "en, begins with a point of the compass", "en",
		"The mill is a member of the North Sea Oats Initiative.",
		"network.joined:North Sea Oats Initiative" },
	{ "en, left by its users", "en",
		"We withdrew from the Baltic Sugar Users' Forum.",
		"network.joined:Baltic Sugar Users' Forum" },
	{ "en, members alone", "en",
		"It is one of the Nordic Silent Road Cities now.",
		"network.shape:Nordic Silent Road Cities" },
	{ "en, members of one kind", "en", "It is one of the Silent Cities.",
		"" },
	{ "fr, a single word behind an adjective", "fr",
		"Elle s'est retirée de l'alliance riveraine Orvalas hier.",
		"network.called:alliance riveraine Orvalas" },
	{ "fr, a single word elsewhere", "fr",
		"On parle de l'alliance riveraine Orvalas ici.", "" },
	{ "fr, a coined name of an association", "fr",
		"Elle a adhéré à l'association BioFosse.",
		"network.called:association BioFosse" },
	{ "it, a league of something", "it",
		"Due porti sono accolti nella Lega del Mare Pulito.",
		"network.joined:Lega del Mare Pulito" },
	{ "it, a league of clubs", "it",
		"La squadra entra nella Lega Calcio Nord.", "" },
	{ "pt, what its members do", "pt", "Aderiu à Rede de Vilas que Bailam.",
		"network.shape:Rede de Vilas que Bailam" },
	{ "de, a compound of a registered name", "de",
		"Graz ist EELISA-Mitglied.", "network:EELISA=eelisa" },
	{ "de, another one than the registered", "de",
		"Graz ist im EELISA-Med.", "" },
	{ "es, a registered name in small letters", "es",
		"Entra en la red mundial de ciudades creativas.",
		"network:red mundial de ciudades creativas=unesco-uccn" },
	{ "es, any such", "es", "Es una red mundial de ciudades creativas.",
		"" },
	{ "de, short for a university", "de", "Neu ist die Uni Graz.",
		"organisation:Uni Graz" },
	{ "de, a university to a town", "de",
		"Neu ist die Orval-Universität zu Graz.",
		"organisation:Orval-Universität zu Graz" },
	{ "es, an office in a university's name", "es",
		"La Universidad Mayor de San Tadeo firmó.",
		"organisation:Universidad Mayor de San Tadeo" },
	{ "pt, first federation", "pt", "É membro da Primeira Federação.",
		"organisation:Primeira Federação" },
};

static void
test_shapes(void **unused)
{
	struct buffer out;

	(void)unused;
	buffer_init(&out, 1 << 16);
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct scan s, again;
		const char *got;

		arena_reset(arena);
		assert_int_equal(
			scan_text(rows[i].text, rows[i].language, &s), OK);
		assert_int_equal(
			scan_text(rows[i].text, rows[i].language, &again), OK);
		assert_true(same_mentions(&s, &again));
		got = show(&s, &out);
		if (strcmp(got, rows[i].want) != 0)
			fail_msg("row \"%s\":\n got  %s\n want %s",
				rows[i].name, got, rows[i].want);
	}
	buffer_release(&out);
}

/* The marks belong to the mention, not to the name. */
static void
test_quoted_name(void **unused)
{
	struct scan s;

	(void)unused;
	arena_reset(arena);
	assert_int_equal(
		scan_text("Das Bündnis „Stille Nächte“ wächst.", "de", &s), OK);
	assert_int_equal(s.n, 1);
	assert_string_equal(s.list[0].name.name, "Stille Nächte");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shapes),
		cmocka_unit_test(test_quoted_name),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
