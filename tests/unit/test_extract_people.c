/* Persons and roles over our own sentences. */
#include "extract_names.h"

static const struct row people[] = {
	{ "a member of a network is no person",
		"Transports Quentin, membre de RE100, prospère.",
		"network:RE100=re100" },
	{ "a surname that is an office", "CEO Evan King thanked her.",
		"role:CEO | person.role:Evan King" },
	{ "two offices", "They met Mayor King of Graz.",
		"role:Mayor | role:King" },
	{ "pt, a name with a particle between commas",
		"O reitor, Rui Vieira de Castro, assinou.",
		"role:reitor | person.role:Rui Vieira de Castro" },
	{ "a given name", "Then Robert Trudel joins the board.",
		"person.given:Robert Trudel" },
	{ "a given name in a longer one", "The Zorb Robert Wyle opened.", "" },
	{ "a given name before a common word", "Road of Mary City", "" },
	{ "honorific",
		"Councillor Bev Craig, Leader of Manchester City Council, said "
		"no.",
		"person.honorific:Bev Craig | "
		"role:Leader | "
		"organisation:Manchester City Council" },
	{ "surname only",
		"Mr Hale and Dr. Maria van den Berg met Cllr O’Neill.",
		"person.honorific:Hale | "
		"person.honorific:Maria van den Berg | "
		"person.honorific:O’Neill" },
	{ "role behind", "Manal Awad, Mayor of Damietta, Egypt",
		"person.role:Manal Awad | "
		"role:Mayor" },
	{ "role before",
		"UNESCO Director-General Audrey Azoulay and UN "
		"Secretary-General António Guterres spoke.",
		"organisation.listed:UNESCO | "
		"role:Director-General | "
		"person.role:Audrey Azoulay | "
		"organisation.listed:UN | "
		"role:Secretary-General | "
		"person.role:António Guterres" },
	{ "role, organisation, name",
		"the Director of the UNESCO Institute for Lifelong Learning, "
		"David Atchoarena, spoke",
		"role:Director | "
		"organisation:UNESCO Institute for Lifelong Learning | "
		"person.role:David Atchoarena" },
	{ "role, place, name",
		"The Mayor of Wolverhampton, Councillor Greg Brackenridge, has "
		"been invited.",
		"role:Mayor | "
		"person.honorific:Greg Brackenridge" },
	{ "topic",
		"Professor Ang Davies, Academic Lead for Flexible Pathways and "
		"Lifelong Learning at The University of Manchester, spoke.",
		"person.honorific:Ang Davies | "
		"role:Academic Lead for Flexible Pathways and Lifelong "
		"Learning | "
		"organisation:University of Manchester" },
	{ "topic without of",
		"Danielle George, Associate Vice President Blended and "
		"Flexible Learning at the University of Leeds, spoke.",
		"person.role:Danielle George | "
		"role:Associate Vice President Blended and Flexible Learning | "
		"organisation:University of Leeds" },
	{ "unit",
		"Pengtao Yan, Director of the Lifelong Education Department, "
		"Shanghai Municipal Education Commission",
		"person.role:Pengtao Yan | "
		"role:Director of the Lifelong Education Department | "
		"organisation:Shanghai Municipal Education Commission" },
	{ "small topic",
		"Jane Hill, director of lifelong learning at Cork City "
		"Council, said so.",
		"person.role:Jane Hill | "
		"role:director of lifelong learning | "
		"organisation:Cork City Council" },
	{ "topic, then name",
		"Professor of Education John Field and Minister for Culture "
		"Mary Hall agreed.",
		"role:Professor of Education | "
		"person.role:John Field | "
		"role:Minister for Culture | "
		"person.role:Mary Hall" },
	{ "two roles",
		"Jane Hill, Vice-Chancellor of the University of Leeds and "
		"President of the Coimbra Group, said so.",
		"person.role:Jane Hill | "
		"role:Vice-Chancellor | "
		"organisation:University of Leeds | "
		"role:President | "
		"network:Coimbra Group=coimbra-group" },
	{ "glued",
		"Michael OsborneProfessor of Adult and Lifelong Learning, "
		"School of Education, University of Glasgow",
		"person.role:Michael Osborne | "
		"role:Professor of Adult and Lifelong Learning | "
		"organisation:School of Education | "
		"organisation:University of Glasgow" },
	{ "role twice",
		"Francis Anthony S. Garcia Mayor, Mayor of the UNESCO Learning "
		"City of Balanga, Philippines",
		"person.role:Francis Anthony S. Garcia | "
		"role:Mayor | "
		"role:Mayor | "
		"title:UNESCO Learning City=unesco-gnlc" },
	{ "particles",
		"David de la Peña, Mayor of the UNESCO Learning City of "
		"Santiago, Mexico",
		"person.role:David de la Peña | "
		"role:Mayor | "
		"title:UNESCO Learning City=unesco-gnlc" },
	{ "brackets", "Cork (Mayor Kieran McCarthy), Graz (Mayor Elke Kahr).",
		"role:Mayor | "
		"person.role:Kieran McCarthy | "
		"role:Mayor | "
		"person.role:Elke Kahr" },
	{ "name before bracket",
		"Elke Kahr (Mayor of Graz) spoke with Jean-Pierre d’Arc, "
		"Deputy Mayor of Lille.",
		"person.role:Elke Kahr | "
		"role:Mayor | "
		"person.role:Jean-Pierre d’Arc | "
		"role:Deputy Mayor" },
	{ "council leader", "Manchester City Council leader Bev Craig said no.",
		"organisation:Manchester City Council | "
		"role:leader | "
		"person.role:Bev Craig" },
	{ "said", "“We are proud,” said Anne Byrne of Cork. Byrne said more.",
		"person.said:Anne Byrne | "
		"person.again:Byrne" },
	{ "says, colon", "Anne Byrne said: “We are proud.”",
		"person.said:Anne Byrne" },
	{ "place said", "“We are proud,” New York said.", "" },
	{ "place is no person",
		"The Mayor of Lyon, Costa Rica and Peru were there.",
		"role:Mayor" },
	{ "region is no person", "The Mayor of Sinop, Mato Grosso, was there.",
		"role:Mayor" },
	{ "preposition", "In May, Mayor Ana Ruiz will travel to Santa Fe.",
		"role:Mayor | "
		"person.role:Ana Ruiz" },
	{ "city before role",
		"Kigali City, Mayor Pudence Rubingisa, and Los Angeles Mayor "
		"Karen Bass met.",
		"role:Mayor | "
		"person.role:Pudence Rubingisa | "
		"role:Mayor | "
		"person.role:Karen Bass" },
	{ "line", "Peter Adiele, from Ibadan, Nigeria",
		"person.line:Peter Adiele" },
	{ "byline", "Photo by Mark Stuckey", "person.byline:Mark Stuckey" },
	{ "again", "Oke Ruiz, Mayor of Talca, spoke.\n\nThen Oke Ruiz left.",
		"person.role:Oke Ruiz | "
		"role:Mayor | "
		"person.role:Oke Ruiz" },
	{ "headline",
		"Mayor Signs Agreement With Sister City In Historic Ceremony",
		"" },
	{ "small words",
		"The head of the river is near the lead mine, and members "
		"lead.",
		"" },
	{ "fr",
		"Le maire de Nantes, Johanna Rolland, et Mme Anne Hidalgo "
		"étaient présentes.",
		"role:maire | "
		"person.role:Johanna Rolland | "
		"person.honorific:Anne Hidalgo" },
	{ "fr minister",
		"Le ministre de l’Éducation nationale, Pap Ndiaye, était là.",
		"role:ministre de l’Éducation nationale | "
		"person.role:Pap Ndiaye" },
	{ "fr said", "« C’est un honneur », a déclaré Pierre Hurmic.",
		"person.said:Pierre Hurmic" },
	{ "fr in English", "Bahia El Youssoufi, maire de la ville de Benguerir",
		"person.role:Bahia El Youssoufi | "
		"role:maire" },
	{ "es",
		"El alcalde de Vitoria, Gorka Urtaran, y la alcaldesa Ada "
		"Colau hablaron.",
		"role:alcalde | "
		"person.role:Gorka Urtaran | "
		"role:alcaldesa | "
		"person.role:Ada Colau" },
	{ "es place", "El alcalde de Villa Nueva, Guatemala, habló.",
		"role:alcalde" },
	{ "es plaza mayor",
		"La Plaza Mayor y la Oficina del Adulto Mayor abren hoy.",
		"organisation:Oficina del Adulto" },
	{ "es rector",
		"El rector de la Universidad de Talca, Carlos Torres "
		"Fuchslocher, asistió.",
		"role:rector | "
		"organisation:Universidad de Talca | "
		"person.role:Carlos Torres Fuchslocher" },
	{ "pt",
		"O prefeito de São Paulo, Ricardo Nunes, e a vereadora Maria "
		"da Silva participaram.",
		"role:prefeito | "
		"person.role:Ricardo Nunes | "
		"role:vereadora | "
		"person.role:Maria da Silva" },
	{ "pt câmara",
		"O presidente da Câmara Municipal de Braga, Ricardo Rio, disse "
		"que sim.",
		"role:presidente | "
		"organisation:Câmara Municipal de Braga | "
		"person.role:Ricardo Rio" },
	{ "pt brackets",
		"Ana Mendes (ministra da Justiça) e João Costa, ministro da "
		"Educação, visitaram Évora.",
		"person.role:Ana Mendes | "
		"role:ministra da Justiça | "
		"person.role:João Costa | "
		"role:ministro da Educação" },
	{ "de",
		"Oberbürgermeister Dieter Reiter und Bürgermeisterin Elke Kahr "
		"sprachen.",
		"role:Oberbürgermeister | "
		"person.role:Dieter Reiter | "
		"role:Bürgermeisterin | "
		"person.role:Elke Kahr" },
	{ "de of",
		"Der Kulturdezernent der Stadt Jena, Jonas Zipf, und Herr "
		"Weber kamen.",
		"role:Kulturdezernent | "
		"person.role:Jonas Zipf | "
		"person.honorific:Weber" },
	{ "de said", "„Wir freuen uns“, sagte Elke Kahr.",
		"person.said:Elke Kahr" },
	{ "it",
		"Anna Scavuzzo, vicesindaca di Milano; Dario Nardella, sindaco "
		"di Firenze.",
		"person.role:Anna Scavuzzo | "
		"role:vicesindaca | "
		"person.role:Dario Nardella | "
		"role:sindaco" },
	{ "it rector",
		"Il rettore dell’Università di Bologna, Giovanni Molari.",
		"role:rettore | "
		"organisation:Università di Bologna | "
		"person.role:Giovanni Molari" },
	{ "it said", "«Siamo felici», ha detto Matteo Lepore.",
		"person.said:Matteo Lepore" },
};

static void
test_people(void **unused)
{
	(void)unused;
	check_rows(people, ROWS(people));
}

static void
test_disjoint_and_stable(void **unused)
{
	(void)unused;
	check_disjoint(people, ROWS(people));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_people),
		cmocka_unit_test(test_disjoint_and_stable),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
