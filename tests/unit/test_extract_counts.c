/* counts: numbers of things, what they count and how surely */
#include "extract_dates.h"

struct count_row {
	const char *name, *language, *text, *want;
};

static void
check_rows(const struct count_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct scan s;
		const char *got;

		assert_int_equal(fixture_scan(span_str(rows[i].text),
					 rows[i].language, NULL, NULL, &s),
			OK);
		got = fixture_show(&s, MENTION_COUNT);
		if (strcmp(got, rows[i].want) != 0)
			fail_msg("row \"%s\": %s: \"%s\", wanted \"%s\"",
				rows[i].name, rows[i].text, got, rows[i].want);
	}
}

static void
english_counts(void **state)
{
	static const struct count_row rows[] = {
		{ "plain", "en", "64 cities", "64 cities=64 member" },
		{ "new", "en", "64 new cities",
			"64 new cities=64 member fresh" },
		{ "comma groups", "en", "2,317 residents",
			"2,317 residents=2317 people" },
		{ "bound over", "en", "over 350 cities",
			"over 350 cities=350 more_than member" },
		{ "bound more than", "en", "more than 350 cities",
			"more than 350 cities=350 more_than member" },
		{ "bound up to", "en", "up to 20 cities",
			"up to 20 cities=20 at_most member" },
		{ "bound at least", "en", "at least two countries",
			"at least two countries=2 at_least country" },
		{ "bound fewer", "en", "fewer than ten members",
			"fewer than ten members=10 less_than member" },
		{ "bound nearly", "en", "nearly 1,000 members",
			"nearly 1,000 members=1000 approx member" },
		{ "plus sign", "en", "150+ cities",
			"150+ cities=150 at_least member" },
		{ "or more", "en", "150 or more cities",
			"150 or more cities=150 at_least member" },
		{ "further", "en", "a further 55 cities",
			"55 cities=55 member others" },
		{ "others", "en", "along with 55 others",
			"55 others=55 member others" },
		{ "another", "en", "another 12 cities",
			"12 cities=12 member others" },
		{ "words", "en", "two hundred and twenty-nine cities",
			"two hundred and twenty-nine cities=229 member" },
		{ "a hundred", "en", "a hundred cities",
			"a hundred cities=100 member" },
		{ "mayors", "en",
			"joined 650 participants, including 50 mayors",
			"650 participants=650 people | 50 mayors=50 people" },
		{ "mayors", "es", "llegaron 50 alcaldes",
			"50 alcaldes=50 people" },
		{ "million", "en", "2.5 million people",
			"2.5 million people=2500000 people" },
		{ "million words", "en", "three million and a half people",
			"three million and a half people=3500000 people" },
		{ "ordinal digits", "en", "the 177th city",
			"177th=177 ordinal" },
		{ "ordinal words", "en", "the twenty-first city",
			"twenty-first=21 ordinal" },
		{ "percent", "en", "68% of cities, 55 per cent",
			"68%=68 percent | 55 per cent=55 percent" },
		{ "money", "en", "It cost $20,000 and 300 euros.",
			"20,000=20000 money | 300 euros=300 money" },
		{ "adjective", "en", "356 participating cities",
			"356 participating cities=356 member" },
		{ "one is no count", "en", "one of only two cities, one of 64",
			"two cities=2 member | 64=64 bare" },
		{ "year is no count", "en", "In 2013 cities met; since 2018.",
			"" },
		{ "no part of a name", "en", "COVID-19, 5G, A4, .08, 3.5", "" },
		{ "fractions", "en", "three fifths, nine point two", "" },
	};

	(void)state;
	check_rows(rows, ROWS(rows));
}

static void
counts_of_other_languages(void **state)
{
	static const struct count_row rows[] = {
		{ "spaces", "fr", "plus de 58 000 habitants",
			"plus de 58 000 habitants=58000 more_than people" },
		{ "dix-sept", "fr", "dix-sept villes",
			"dix-sept villes=17 member" },
		{ "quatre-vingt-douze", "fr", "quatre-vingt-douze communes",
			"quatre-vingt-douze communes=92 member" },
		{ "soixante et onze", "fr", "soixante et onze villes",
			"soixante et onze villes=71 member" },
		{ "deux cent mille", "fr", "deux cent mille habitants",
			"deux cent mille habitants=200000 people" },
		{ "ordinal", "fr", "la troisième ville, la vingt-deuxième",
			"troisième=3 ordinal | vingt-deuxième=22 ordinal" },
		{ "autres", "fr", "55 autres villes",
			"55 autres villes=55 member others" },
		{ "pour cent", "fr", "vingt pour cent",
			"vingt pour cent=20 percent" },
		{ "points", "es", "2.552 habitantes",
			"2.552 habitantes=2552 people" },
		{ "y", "es", "setenta y dos ciudades",
			"setenta y dos ciudades=72 member" },
		{ "hundreds", "es", "trescientas cuarenta y siete ciudades",
			"trescientas cuarenta y siete ciudades=347 member" },
		{ "millions", "es", "dos millones y medio de personas",
			"dos millones y medio de personas=2500000 people" },
		{ "nuevas", "es", "49 nuevas ciudades",
			"49 nuevas ciudades=49 member fresh" },
		{ "ordinal", "es", "la vigésima primera ciudad",
			"vigésima primera=21 ordinal" },
		{ "bound", "es", "al menos 20 municipios",
			"al menos 20 municipios=20 at_least member" },
		{ "points", "pt", "2.552 habitantes",
			"2.552 habitantes=2552 people" },
		{ "e", "pt", "vinte e cinco cidades",
			"vinte e cinco cidades=25 member" },
		{ "cento", "pt", "cento e dez municípios",
			"cento e dez municípios=110 member" },
		{ "mil", "pt", "dois mil trezentos e quarenta e sete",
			"dois mil trezentos e quarenta e sete=2347 bare" },
		{ "ordinal", "pt", "a 3ª cidade, a quarta cidade",
			"3ª=3 ordinal | quarta=4 ordinal" },
		{ "compound", "de", "siebenundsiebzig Städte",
			"siebenundsiebzig Städte=77 member" },
		{ "long compound", "de",
			"zweihunderttausendfünfhundertdrei Einwohner",
			"zweihunderttausendfünfhundertdrei Einwohner=200503 "
			"people" },
		{ "millions", "de",
			"zwei Millionen eintausendeinhundertfünfzig",
			"zwei Millionen eintausendeinhundertfünfzig=2001150 "
			"bare" },
		{ "points", "de", "mehr als 11.500 Mitglieder",
			"mehr als 11.500 Mitglieder=11500 more_than member" },
		{ "weitere", "de", "vier weitere Städte",
			"vier weitere Städte=4 member others" },
		{ "ordinal point", "de", "Als 14. deutsche Stadt",
			"14.=14 ordinal" },
		{ "ordinal compound", "de", "die siebenundsiebzigste Stadt",
			"siebenundsiebzigste=77 ordinal" },
		{ "comma is a fraction", "de", "3,5 Prozent", "" },
		{ "compound", "it", "ventidue città",
			"ventidue città=22 member" },
		{ "elided", "it", "ventuno comuni, quarantotto comuni",
			"ventuno comuni=21 member | quarantotto comuni=48 "
			"member" },
		{ "hundreds", "it", "duecentoquarantatré comuni",
			"duecentoquarantatré comuni=243 member" },
		{ "mila", "it", "cinquantamila abitanti",
			"cinquantamila abitanti=50000 people" },
		{ "ordinal", "it", "la quarta città, la ventiduesima città",
			"quarta=4 ordinal | ventiduesima=22 ordinal" },
		{ "oltre", "it", "oltre 1.600 comuni",
			"oltre 1.600 comuni=1600 more_than member" },
		{ "language unknown", NULL,
			"64 Städte, vingt villes, 2,552 people",
			"64 Städte=64 member | vingt villes=20 member | 2,552 "
			"people=2552 people" },
	};

	(void)state;
	check_rows(rows, ROWS(rows));
}

/* How surely, in each language. */
static void
bounds(void **state)
{
	static const struct count_row rows[] = {
		{ "no fewer", "en", "no fewer than 20 members",
			"no fewer than 20 members=20 at_least member" },
		{ "not fewer", "en", "not fewer than 12 cities",
			"not fewer than 12 cities=12 at_least member" },
		{ "at most", "en", "at most 70 towns",
			"at most 70 towns=70 at_most member" },
		{ "or more behind the noun", "en", "70 cities or more",
			"70 cities or more=70 at_least member" },
		{ "just under", "en", "just under 350 cities",
			"just under 350 cities=350 less_than member" },
		{ "one of", "en", "one of 64 cities, one of the 64 new members",
			"64 cities=64 member | 64 new members=64 member "
			"fresh" },
		{ "pres de", "fr", "près de 350 villes",
			"près de 350 villes=350 approx member" },
		{ "moins de", "fr", "moins de 20 villes, jusqu'à 9 villes",
			"moins de 20 villes=20 less_than member | "
			"jusqu'à 9 villes=9 at_most member" },
		{ "casi", "es", "casi 350 ciudades, hasta 20 ciudades",
			"casi 350 ciudades=350 approx member | hasta 20 "
			"ciudades=20 at_most member" },
		{ "otras", "es", "otras 55 ciudades",
			"55 ciudades=55 member others" },
		{ "quasi", "it", "quasi 350 città, almeno 20 comuni",
			"quasi 350 città=350 approx member | almeno 20 "
			"comuni=20 at_least member" },
		{ "altre", "it", "altre 55 città",
			"55 città=55 member others" },
		{ "pelo menos", "pt", "pelo menos 20 cidades, quase 9 cidades",
			"pelo menos 20 cidades=20 at_least member | quase 9 "
			"cidades=9 approx member" },
		{ "outras", "pt", "outras 55 cidades",
			"55 cidades=55 member others" },
		{ "knapp", "de", "knapp 350 Städte, bis zu 20 Kommunen",
			"knapp 350 Städte=350 approx member | bis zu 20 "
			"Kommunen=20 at_most member" },
		{ "weitere behind", "de", "und 55 weitere",
			"55 weitere=55 member others" },
	};

	(void)state;
	check_rows(rows, ROWS(rows));
}

/* Halves and nouns of number, and digits as other places group them. */
static void
ways_to_write_numbers(void **state)
{
	static const struct count_row rows[] = {
		{ "half a million", "en", "half a million people",
			"half a million people=500000 people" },
		{ "and a half million", "en", "one and a half million people",
			"one and a half million people=1500000 people" },
		{ "digits in words", "en", "two hundred and 21 cities",
			"two hundred and 21 cities=221 member" },
		{ "dozens", "en", "two dozen cities",
			"two dozen cities=24 member" },
		{ "lakh and crore", "en", "5 lakh residents, 2.5 crore people",
			"5 lakh residents=500000 people | 2.5 crore "
			"people=25000000 people" },
		{ "Indian groups", "en", "12,34,567 people",
			"12,34,567 people=1234567 people" },
		{ "not quite Indian", "en", "12,34,56 people", "" },
		{ "Swiss groups", "de", "1'234'567 Einwohner, 1’500 Einwohner",
			"1'234'567 Einwohner=1234567 people | "
			"1’500 Einwohner=1500 people" },
		{ "decimal comma", "fr", "1,2 million d'habitants",
			"1,2 million d'habitants=1200000 people" },
		{ "vingtaine", "fr", "une vingtaine de villes",
			"vingtaine de villes=20 approx member" },
		{ "centaine", "fr", "plus d'une centaine de communes",
			"plus d'une centaine de communes=100 more_than "
			"member" },
		{ "demi-million", "fr", "un demi-million d'habitants",
			"un demi-million d'habitants=500000 people" },
		{ "hyphens throughout", "fr",
			"vingt-et-une villes, la "
			"vingt-et-unième ville",
			"vingt-et-une villes=21 member | "
			"vingt-et-unième=21 ordinal" },
		{ "medio centenar", "es", "medio centenar de ciudades",
			"medio centenar de ciudades=50 approx member" },
		{ "medio behind", "es", "un billón y medio millón",
			"un billón y medio "
			"millón=1000000500000 bare" },
		{ "centinaio", "it", "oltre un centinaio di comuni",
			"oltre un centinaio di comuni=100 more_than member" },
		{ "mezzo milione", "it", "mezzo milione di abitanti",
			"mezzo milione di abitanti=500000 people" },
		{ "dezena", "pt", "uma dezena de cidades",
			"dezena de cidades=10 approx member" },
		{ "anderthalb", "de", "anderthalb Millionen Menschen",
			"anderthalb Millionen Menschen=1500000 people" },
		{ "half in one word", "de", "zweieinhalb Millionen Menschen",
			"zweieinhalb Millionen Menschen=2500000 people" },
		{ "half of nothing", "de", "zweieinhalb Jahre", "" },
		{ "ordinal before a noun", "de", "Die 177. Stadt. Sie ist neu.",
			"177.=177 ordinal" },
	};

	(void)state;
	check_rows(rows, ROWS(rows));
}

/* Parts of a whole are no counts, nor is what they are made of. */
static void
fractions_are_no_counts(void **state)
{
	static const struct count_row rows[] = {
		{ "a fifth of", "en", "a fifth of the cities", "" },
		{ "a fifth city", "en", "a fifth city joined",
			"fifth=5 ordinal" },
		{ "mixed", "en", "five and three quarters", "" },
		{ "of a million", "fr", "deux tiers de million", "" },
		{ "one in three", "fr", "1 sur 3, un sur vingt", "" },
		{ "mixed", "fr", "vingt-trois et trois cinquièmes", "" },
		{ "tenths", "pt", "vinte quintos, cinco oitavos", "" },
		{ "one in three", "it", "uno su 3, 1 su centoventuno", "" },
		{ "in one word", "it", "venti venticinquesimi", "" },
		{ "with", "es", "ciento tres con dos tercios", "" },
		{ "too large to hold", "fr", "vingt et un trillions", "" },
	};

	(void)state;
	check_rows(rows, ROWS(rows));
}

/* A count's noun is no word of a name that was found before. */
static void
names_keep_their_words(void **state)
{
	static const char text[] = "356 UNESCO Learning Cities and 64 cities";
	struct scan s;
	struct mention name = { .type = MENTION_TITLE, .start = 4, .end = 26 };

	(void)state;
	assert_int_equal(
		fixture_scan(span_str(text), "en", NULL, NULL, &s), OK);
	s.n = 0;
	assert_int_equal(scan_add(&s, &name), OK);
	assert_int_equal(counts_scan(fixture.words, fixture.room, &s), OK);
	assert_string_equal(fixture_show(&s, MENTION_COUNT),
		"356=356 bare | 64 cities=64 member");
}

/* What is counted is written as our tables write it. */
static void
units_keep_their_accents(void **state)
{
	static const struct {
		const char *language, *text, *unit;
	} rows[] = {
		{ "it", "1.600 CITTÀ E COMUNITÀ", "città e comunità" },
		{ "de", "214 mitgliedsstädte", "Mitgliedsstädte" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct scan s;

		assert_int_equal(fixture_scan(span_str(rows[i].text),
					 rows[i].language, NULL, NULL, &s),
			OK);
		assert_int_equal(s.n, 1);
		assert_string_equal(s.list[0].count.unit, rows[i].unit);
	}
}

static void
mentions_are_capped(void **state)
{
	struct buffer text;
	struct scan s;

	(void)state;
	buffer_init(&text, 1 << 20);
	for (size_t i = 0; i <= SCAN_MENTIONS_MAX; i++)
		buffer_add_str(&text, "7 cities. ");
	assert_int_equal(
		fixture_scan(buffer_span(&text), "en", NULL, NULL, &s), OK);
	assert_int_equal(s.n, SCAN_MENTIONS_MAX);
	assert_true(s.full);
	assert_int_equal(s.nwarnings, 1);
	buffer_release(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(english_counts),
		cmocka_unit_test(counts_of_other_languages),
		cmocka_unit_test(bounds),
		cmocka_unit_test(ways_to_write_numbers),
		cmocka_unit_test(fractions_are_no_counts),
		cmocka_unit_test(names_keep_their_words),
		cmocka_unit_test(units_keep_their_accents),
		cmocka_unit_test(mentions_are_capped),
	};

	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
