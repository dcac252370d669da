/* Networks, titles, events and organisations over our own sentences. */
#include "extract_names.h"

static const struct row networks[] = {
	{ "registered",
		"Graz is a member of the European Healthy Cities Network.",
		"network:European Healthy Cities Network=who-healthy-cities" },
	{ "acronym covered",
		"Linz joined the UNESCO Global Network of Learning Cities "
		"(GNLC).",
		"network:UNESCO Global Network of Learning Cities "
		"(GNLC)=unesco-gnlc" },
	{ "acronym and giver", "The UNESCO GNLC has 356 members.",
		"network:UNESCO GNLC=unesco-gnlc" },
	{ "possessive inside",
		"the UNESCO Global Network's of Learning Cities strategy",
		"network:UNESCO Global Network's of Learning "
		"Cities=unesco-gnlc" },
	{ "possessive before",
		"UNESCO’s Global Network of Learning Cities grows.",
		"network:UNESCO’s Global Network of Learning "
		"Cities=unesco-gnlc" },
	{ "hyphen and ampersand",
		"The Open & Agile Smart Cities network met Fast Track Cities "
		"Network.",
		"network:Open & Agile Smart Cities network=oascities | "
		"network:Fast Track Cities Network=fast-track-cities" },
	{ "one letter missing",
		"He praised the UNESCO Global Network of Leaning Cities.",
		"network:UNESCO Global Network of Leaning Cities=unesco-gnlc" },
	{ "two letters wrong",
		"He praised the UNESCO Global Network of Leasing Cities.",
		"network.shape:UNESCO Global Network of Leasing Cities" },
	{ "singular for plural", "The Creative City Network of UNESCO grew.",
		"network:Creative City Network of UNESCO=unesco-uccn" },
	{ "capitals",
		"WOLVERHAMPTON JOINS THE UNESCO GLOBAL NETWORK OF LEARNING "
		"CITIES",
		"network:UNESCO GLOBAL NETWORK OF LEARNING "
		"CITIES=unesco-gnlc" },
	{ "small letters", "a gnlc, a global network of learning cities", "" },
	{ "national sub-network",
		"Sligo has joined the Irish Healthy Cities Network.",
		"network.shape:Irish Healthy Cities Network" },
	{ "two sub-networks",
		"The Irish Network of Learning Cities met the Colombian "
		"Learning Cities Network.",
		"network.shape:Irish Network of Learning Cities | "
		"network.shape:Colombian Learning Cities Network" },
	{ "unknown, introduced acronym",
		"The town joined the Nordic Network of Harbour Towns (NNHT) in "
		"2019, and the NNHT now has 40 members.",
		"network.shape:Nordic Network of Harbour Towns (NNHT) | "
		"network.shape:NNHT" },
	{ "unknown alliance",
		"Lisbon hosts the Atlantic Ports Alliance this spring.",
		"network.shape:Atlantic Ports Alliance" },
	{ "no name",
		"She praised the international network of cities and its "
		"members.",
		"" },
	{ "no name either",
		"Lifelong learning is a network of ideas; the alliance of "
		"states is another.",
		"" },
	{ "regional, small letters",
		"The Latin American learning cities network celebrates.", "" },
	{ "ambiguous alone", "The EUA met in Galway.", "" },
	{ "ambiguous with name",
		"The European University Association met in Galway, where the "
		"EUA counts 870 members.",
		"network:European University Association=eua | "
		"network:EUA=eua" },
	{ "ambiguous before name",
		"The EUA met.\n\nThe European University Association closed.",
		"network:EUA=eua | "
		"network:European University Association=eua" },
	{ "it, alternatives",
		"Entra nella Rete globale UNESCO delle città "
		"dell'apprendimento.",
		"network:Rete globale UNESCO delle città "
		"dell'apprendimento=unesco-gnlc" },
	{ "de, alternatives",
		"Sie gehört zum weltweiten UNESCO-Netzwerk der lernenden "
		"Städte.",
		"network:weltweiten UNESCO-Netzwerk der lernenden "
		"Städte=unesco-gnlc" },
	{ "unknown without members",
		"Both were founding members of the Climate Resilience Network "
		"and of the First Growers Coalition.",
		"network.shape:Climate Resilience Network | "
		"network.shape:First Growers Coalition" },
	{ "a league is one of clubs", "They won the Northern Premier League.",
		"" },
	{ "fr, unknown words up to its acronym",
		"La ville rejoint le Réseau francophone des villes amies des "
		"rivières (RFVAR).",
		"network.shape:Réseau francophone des villes amies des "
		"rivières "
		"(RFVAR)" },
	{ "fr, small head",
		"Elle adhère au réseau Cités Jumelles France depuis 1999.",
		"network.shape:réseau Cités Jumelles France" },
	{ "across blocks", "the UNESCO Global Network of\n\nLearning Cities",
		"organisation.listed:UNESCO" },
	{ "fr",
		"La ville rejoint le Réseau mondial UNESCO des villes "
		"apprenantes.",
		"network:Réseau mondial UNESCO des villes "
		"apprenantes=unesco-gnlc" },
	{ "fr without marks",
		"La ville rejoint le Reseau mondial des villes apprenantes de "
		"l’UNESCO.",
		"network:Reseau mondial des villes apprenantes de "
		"l’UNESCO=unesco-gnlc" },
	{ "fr unknown",
		"Le Réseau français des villes apprenantes compte 120 membres.",
		"network.shape:Réseau français des villes apprenantes" },
	{ "es",
		"La Red Mundial de Ciudades del Aprendizaje de la UNESCO suma "
		"64 ciudades.",
		"network:Red Mundial de Ciudades del Aprendizaje de la "
		"UNESCO=unesco-gnlc" },
	{ "es unknown", "La Red de Ciudades Michelin se reúne en Vitoria.",
		"network.shape:Red de Ciudades Michelin" },
	{ "pt",
		"A cidade integra a Rede Global de Cidades de Aprendizagem da "
		"UNESCO (GNLC).",
		"network:Rede Global de Cidades de Aprendizagem da UNESCO "
		"(GNLC)=unesco-gnlc" },
	{ "pt unknown",
		"A Rede Portuguesa de Cidades Serenas reúne 90 municípios.",
		"network.shape:Rede Portuguesa de Cidades Serenas" },
	{ "de inflected",
		"Graz gehört dem Globalen Netzwerk der Lernenden Städte der "
		"UNESCO an.",
		"network:Globalen Netzwerk der Lernenden Städte der "
		"UNESCO=unesco-gnlc" },
	{ "de unknown", "Das Netzwerk Grüne Städte tagt in Wien.",
		"network.shape:Netzwerk Grüne Städte" },
	{ "de common noun", "Das Städtebündnis lädt ein.", "" },
	{ "it",
		"La città entra nella Rete mondiale delle città "
		"dell’apprendimento dell’UNESCO.",
		"network:Rete mondiale delle città dell’apprendimento "
		"dell’UNESCO=unesco-gnlc" },
	{ "it unknown", "La Rete Italiana Città Serene conta 70 comuni.",
		"network.shape:Rete Italiana Città Serene" },
	{ "another one's acronym", "It is in RE100-Nord.", "" },
	{ "companies",
		"The firm signed the UN Global Compact and joined RE100.",
		"network:UN Global Compact=un-global-compact | "
		"network:RE100=re100" },
};

static const struct row titles[] = {
	{ "gnlc", "Espoo is a UNESCO learning city.",
		"title:UNESCO learning city=unesco-gnlc" },
	{ "plural", "UNESCO Learning Cities, such as Cork, meet.",
		"title:UNESCO Learning Cities=unesco-gnlc" },
	{ "lifelong",
		"As a UNESCO City of Lifelong Learning Manchester has "
		"committed.",
		"title:UNESCO City of Lifelong Learning=unesco-gnlc" },
	{ "not without giver", "Becoming a learning city takes time.", "" },
	{ "fields",
		"York is a UNESCO City of Media Arts, Norwich a UNESCO City of "
		"Literature.",
		"title:UNESCO City of Media Arts=unesco-uccn | "
		"title:UNESCO City of Literature=unesco-uccn" },
	{ "creative", "Évora is a UNESCO Creative City of Gastronomy.",
		"title:UNESCO Creative City of Gastronomy=unesco-uccn" },
	{ "fairtrade, age-friendly",
		"Kilkenny is a Fairtrade Town and Gent an Age-friendly City.",
		"title:Fairtrade Town=fairtrade-towns | "
		"title:Age-friendly City=who-gnafcc" },
	{ "it", "Orvieto è Città slow e Levanto è Cittaslow.",
		"title:Città slow=cittaslow | "
		"network:Cittaslow=cittaslow" },
	{ "pt", "Cidade de Aprendizagem desde 2018, Loures recebeu o título.",
		"title:Cidade de Aprendizagem=unesco-gnlc" },
	{ "fr",
		"Ville apprenante de l’UNESCO depuis 2019, Clermont-Ferrand "
		"s’engage.",
		"title:Ville apprenante de l’UNESCO=unesco-gnlc" },
	{ "es",
		"Talca es Ciudad del Aprendizaje y Ciudad Amigable con las "
		"Personas Mayores.",
		"title:Ciudad del Aprendizaje=unesco-gnlc | "
		"title:Ciudad Amigable con las Personas Mayores=who-gnafcc" },
	{ "de", "Bonn ist Lernende Stadt der UNESCO.",
		"title:Lernende Stadt der UNESCO=unesco-gnlc" },
	{ "it of unesco", "Torino è Città dell’apprendimento UNESCO.",
		"title:Città dell’apprendimento UNESCO=unesco-gnlc" },
};

static const struct row events[] = {
	{ "ordinal word",
		"UNESCO’s fifth International Conference of Learning Cities.",
		"organisation.listed:UNESCO | "
		"event.ordinal:fifth International Conference of Learning "
		"Cities#5" },
	{ "ordinal and acronym",
		"hosted the fifth International Conference on Learning Cities "
		"(ICLC 5), which took place",
		"event.ordinal:fifth International Conference on Learning "
		"Cities (ICLC 5)#5" },
	{ "digits", "The 4th World Healthy Cities Forum opens on Monday.",
		"event.ordinal:4th World Healthy Cities Forum#4" },
	{ "small letters", "The sixth ordinary assembly takes place in Lugo.",
		"event.ordinal:sixth ordinary assembly#6" },
	{ "fr roman",
		"La Ve Conférence internationale sur les villes apprenantes se "
		"tient à Yeonsu.",
		"event.ordinal:Ve Conférence internationale sur les villes "
		"apprenantes#5" },
	{ "es roman",
		"El XV Congreso Internacional de Ciudades Educadoras se "
		"celebró en Cascais.",
		"event.ordinal:XV Congreso Internacional de Ciudades "
		"Educadoras#15" },
	{ "pt indicator",
		"A 5ª Conferência Internacional das Cidades de Aprendizagem "
		"decorreu em Yeonsu.",
		"event.ordinal:5ª Conferência Internacional das Cidades de "
		"Aprendizagem#5" },
	{ "de full stop",
		"Die 5. Internationale Konferenz der Lernenden Städte fand in "
		"Yeonsu statt.",
		"event.ordinal:5. Internationale Konferenz der Lernenden "
		"Städte#5" },
	{ "it word",
		"La quinta Conferenza internazionale sulle Learning Cities si "
		"terrà a Yeonsu.",
		"event.ordinal:quinta Conferenza internazionale sulle Learning "
		"Cities#5" },
	{ "pt edition", "A sexta edição realizou-se no Porto.",
		"event.ordinal:sexta edição#6" },
	{ "de quoted", "Der 12. Weltkongress „Städte von morgen“ beginnt.",
		"event.ordinal:12. Weltkongress#12" },
	{ "longer than its network",
		"will host the UNESCO Global Network of Learning Cities "
		"Lifelong Learning Festival from 30 October",
		"event:UNESCO Global Network of Learning Cities Lifelong "
		"Learning Festival" },
	{ "year", "The World Urban Forum 2024 ended.",
		"event:World Urban Forum 2024" },
	{ "single quotes",
		"co-host the webinar 'Spaces, institutions and actors: Towards "
		"health' today",
		"event.quoted:webinar 'Spaces, institutions and actors: "
		"Towards health'" },
	{ "double quotes",
		"Register for the webinar “Cities that learn” today.",
		"event.quoted:webinar “Cities that learn”" },
	{ "theme is no event",
		"the conference theme ‘From emergency to resilience’ was set",
		"" },
	{ "award", "The city won the Learning City Award 2023.",
		"award:Learning City Award 2023" },
	{ "award, giver in brackets",
		"for the United Nations Educational, Scientific and Cultural "
		"Organisation (UNESCO) Learning City Award 2021 by",
		"award:United Nations Educational, Scientific and Cultural "
		"Organisation (UNESCO) Learning City Award 2021" },
	{ "es award",
		"El Premio UNESCO Ciudad del Aprendizaje 2021 fue entregado "
		"ayer.",
		"award:Premio UNESCO Ciudad del Aprendizaje 2021" },
	{ "generic",
		"It was the first meeting of the group, and the conference "
		"went well.",
		"" },
	{ "place won", "He took first place at the conference.", "" },
	{ "ordinals of other things",
		"The first European city, the second cohort and the third "
		"time.",
		"" },
	{ "fr articles are no Roman fifty and hundred",
		"L'assemblée annuelle d'Eurocities s'est tenue. Le congrès "
		"d'Eurocities suit, ce congrès, Ce congrès aussi.",
		"network:Eurocities=eurocities | "
		"network:Eurocities=eurocities" },
	{ "covenant is no convention",
		"Fort de la Convention des maires, la ville avance.",
		"network:Convention des maires=covenant-of-mayors" },
};

static const struct row organisations[] = {
	{ "two plurals",
		"the Hispanic Association of Colleges and Universities",
		"network.shape:Hispanic Association of Colleges and "
		"Universities" },
	{ "campus",
		"The University of Texas at San Antonio (UTSA) joined; UTSA "
		"said so.",
		"organisation:University of Texas at San Antonio (UTSA) | "
		"organisation:UTSA" },
	{ "legal forms",
		"Henkel AG & Co. KGaA, Enel S.p.A. and Ørsted A/S met "
		"Brightwater, Inc.",
		"organisation:Henkel AG & Co. KGaA | "
		"organisation:Enel S.p.A | organisation:Ørsted A/S | "
		"organisation:Brightwater, Inc" },
	{ "es, an organ", "El Consejo de Gobierno lo aprobó.",
		"organisation.listed:Consejo de Gobierno" },
	{ "spoken letters", "La Unesco y el Who sonaron.",
		"organisation.listed:Unesco" },
	{ "two names of a firm", "Harrow & Finch plc signed.",
		"organisation:Harrow & Finch plc" },
	{ "no legal form", "He said: se vende. AS they met, AG came.", "" },
	{ "pt, an office in small letters",
		"A secretária municipal da Educação, Rita Neves, falou.",
		"role:secretária municipal da Educação | "
		"person.role:Rita Neves" },
	{ "de, a ministry of several things",
		"Das Ministerium für Umwelt, Klima und Energiewirtschaft "
		"fördert es.",
		"organisation:Ministerium für Umwelt, Klima und "
		"Energiewirtschaft" },
	{ "of", "The University of Manchester leads.",
		"organisation:University of Manchester" },
	{ "left edge", "The Mayor of Wolverhampton opened the library.",
		"role:Mayor" },
	{ "council",
		"Espoo City Council, Turku Town Council and Cork County "
		"Council voted.",
		"organisation:Espoo City Council | "
		"organisation:Turku Town Council | "
		"organisation:Cork County Council" },
	{ "city of",
		"City of Wolverhampton Council and City of Wolverhampton "
		"College",
		"organisation:City of Wolverhampton Council | "
		"organisation:City of Wolverhampton College" },
	{ "city is a place", "The City of Espoo and the City of Turku joined.",
		"" },
	{ "and parts two",
		"The University of Wolverhampton and City of Wolverhampton "
		"Council launched it.",
		"organisation:University of Wolverhampton | "
		"organisation:City of Wolverhampton Council" },
	{ "and joins topics",
		"The Ministry of Education, Culture and Sport supports it.",
		"organisation:Ministry of Education, Culture and Sport" },
	{ "two with of",
		"The University of Glasgow and Strathclyde Partnership for "
		"Transport agreed.",
		"organisation:University of Glasgow | "
		"organisation:Strathclyde Partnership for Transport" },
	{ "acronym",
		"East China Normal University (ECNU) hosts. The ECNU is in "
		"Shanghai.",
		"organisation:East China Normal University (ECNU) | "
		"organisation:ECNU" },
	{ "commission",
		"nominated by the UK National Commission for UNESCO and other "
		"National Commissions for UNESCO",
		"organisation:UK National Commission for UNESCO | "
		"organisation:National Commissions for UNESCO" },
	{ "campus",
		"Trinity College Dublin and University College Cork signed.",
		"organisation:Trinity College Dublin | "
		"organisation:University College Cork" },
	{ "street", "University Road is closed while the university moves.",
		"" },
	{ "bare acronyms",
		"UNESCO, the WHO, the UN and the EU agreed on who does what.",
		"organisation.listed:UNESCO | "
		"organisation.listed:WHO | "
		"organisation.listed:UN | "
		"organisation.listed:EU" },
	{ "programme",
		"launched the City of Wolverhampton Learning Region Initiative "
		"in 2017",
		"programme:City of Wolverhampton Learning Region Initiative" },
	{ "programme, possessive",
		"The University’s Flexible Learning Programme grew.",
		"programme:Flexible Learning Programme" },
	{ "no programme", "The programme and the New Initiative start.", "" },
	{ "generic",
		"We met at a conference, then at the council and at the "
		"university.",
		"" },
	{ "fr", "L’université de Nantes et la mairie de Rezé ont signé.",
		"organisation:université de Nantes | "
		"organisation:mairie de Rezé" },
	{ "fr lexicon",
		"L’Institut de l’UNESCO pour l’apprentissage tout au long de "
		"la vie (UIL) aide, et l’UIL publie.",
		"organisation.listed:Institut de l’UNESCO pour l’apprentissage "
		"tout au long de la vie (UIL) | "
		"organisation.listed:UIL" },
	{ "fr generic",
		"Le conseil s’est réuni à Lyon et à Saint-Étienne, puis à "
		"Cork.",
		"" },
	{ "es",
		"El Ayuntamiento de Sevilla y la Universidad de Salamanca "
		"firmaron un convenio.",
		"organisation:Ayuntamiento de Sevilla | "
		"organisation:Universidad de Salamanca" },
	{ "es generic",
		"El consejo se reunió en Santiago de Compostela y en San "
		"Sebastián.",
		"" },
	{ "pt",
		"A Câmara Municipal de Lisboa e a Universidade do Minho "
		"aderiram.",
		"organisation:Câmara Municipal de Lisboa | "
		"organisation:Universidade do Minho" },
	{ "pt generic", "O conselho reuniu em Vila Real e em Castelo Branco.",
		"" },
	{ "de",
		"Der Stadtrat Graz beriet mit der Technischen Universität "
		"Graz.",
		"organisation:Stadtrat Graz | "
		"organisation:Technischen Universität Graz" },
	{ "de compound",
		"Das Landwirtschaftsministerium und die Pädagogische "
		"Hochschule Heidelberg fördern das Projekt.",
		"organisation:Pädagogische Hochschule Heidelberg" },
	{ "it",
		"Il Consiglio regionale della Toscana e l’Università di "
		"Bologna firmano.",
		"organisation:Consiglio regionale della Toscana | "
		"organisation:Università di Bologna" },
	{ "it, a head of several words",
		"Il Parco nazionale della Valgrande firma con la Città "
		"metropolitana di Orvala.",
		"organisation:Parco nazionale della Valgrande | "
		"organisation:Città metropolitana di Orvala" },
	{ "it, somebody's name behind several words",
		"Il Parco Scientifico Luigi Danieli di Udine firma.",
		"organisation:Parco Scientifico Luigi Danieli di Udine" },
	{ "de, a name with a hyphen", "Die Universität Ostrau-Nord ist dabei.",
		"organisation:Universität Ostrau-Nord" },
	{ "it, kinds of places in small letters",
		"Il parco delle Serre Alte e la riserva di Sixt.",
		"organisation:parco delle Serre Alte | "
		"organisation:riserva di Sixt" },
	{ "it, several words and no name",
		"Il parco nazionale della valle. Un parco regionale firma.",
		"" },
	{ "fr, a head of several words in small letters",
		"La communauté de communes du Val d’Arzon est là.",
		"organisation:communauté de communes du Val d’Arzon" },
	{ "fr, small words before a name",
		"L’École nationale supérieure de statistique d’Orvala et le "
		"Conservatoire botanique de Porcelle signent.",
		"organisation:École nationale supérieure de statistique "
		"d’Orvala | organisation:Conservatoire botanique de Porcelle" },
	{ "fr, a verb before a name", "Le Musée dépend de Nantes.", "" },
	{ "it, a school of somebody's name",
		"L’Istituto comprensivo Giovanni Arpini è qui.",
		"organisation:Istituto comprensivo Giovanni Arpini" },
	{ "a council of no name",
		"Moffat's City Council met. Town Council voted, Moffat Town "
		"Council did not.",
		"organisation:Moffat Town Council" },
	{ "a place's and a queen's name before the head",
		"New York Orval Library and Queen Mary Orval College met.",
		"organisation:New York Orval Library | "
		"organisation:Queen Mary Orval College" },
	{ "a stop word that opens a name behind of",
		"The University of Le Moffat met. The University of New "
		"Moffat-Orval.",
		"organisation:University of Le Moffat | "
		"organisation:University of New Moffat-Orval" },
	{ "an institution is listed, yet no giver",
		"The University of California, Riverside met UNESCO.",
		"organisation:University of California, Riverside | "
		"organisation.listed:UNESCO" },
	{ "it generic",
		"Il consiglio si è riunito a Reggio Emilia e a San Marino.",
		"" },
};

static const struct row spanish[] = {
	{ "articles, kings and others behind a school's head",
		"El Hospital Universitario La Orvala, el IES Rey Juan Moffat y "
		"la Universidad Nova de Orvala firmaron.",
		"organisation:Hospital Universitario La Orvala | "
		"organisation:IES Rey Juan Moffat | "
		"organisation:Universidad Nova de Orvala" },
	{ "a role behind a head and no name",
		"La Universidad Rector firmó en mayo.", "" },
};

static const struct row portuguese[] = {
	{ "a name that is a small word elsewhere",
		"A Universidade de Orvala do Sul e a Universidade do Pará "
		"assinam com a Universidade de Orvala do dia.",
		"organisation:Universidade de Orvala do Sul | "
		"organisation:Universidade do Pará | "
		"organisation:Universidade de Orvala" },
};

static const struct row french[] = {
	{ "numbers and small words within",
		"L’Université Orval 1 et le lycée Louis-le-Petit signent avec "
		"l’Université Orval 2021.",
		"organisation:Université Orval 1 | "
		"organisation:lycée Louis-le-Petit | "
		"organisation:Université Orval" },
};

static const struct row german[] = {
	{ "an adjective before the name, a saint in it",
		"Der Nationalpark Moffater Wald und die Universität St. "
		"Orval sind dabei.",
		"organisation:Nationalpark Moffater Wald | "
		"organisation:Universität St. Orval" },
};

static void
test_networks(void **unused)
{
	(void)unused;
	check_rows(networks, ROWS(networks));
}

static void
test_titles(void **unused)
{
	(void)unused;
	check_rows(titles, ROWS(titles));
}

static void
test_events(void **unused)
{
	(void)unused;
	check_rows(events, ROWS(events));
}

static void
test_organisations(void **unused)
{
	(void)unused;
	check_rows(organisations, ROWS(organisations));
	check_rows_in("es", spanish, ROWS(spanish));
	check_rows_in("pt", portuguese, ROWS(portuguese));
	check_rows_in("fr", french, ROWS(french));
	check_rows_in("de", german, ROWS(german));
}

static void
test_disjoint_and_stable(void **unused)
{
	(void)unused;
	check_disjoint(networks, ROWS(networks));
	check_disjoint(titles, ROWS(titles));
	check_disjoint(events, ROWS(events));
	check_disjoint(organisations, ROWS(organisations));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_networks),
		cmocka_unit_test(test_titles),
		cmocka_unit_test(test_events),
		cmocka_unit_test(test_organisations),
		cmocka_unit_test(test_disjoint_and_stable),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
