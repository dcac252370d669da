#include <libexttextcat/textcat.h>

#include "unit.h"

#include "parse/language.h"

static struct parse_words *words;
static struct arena *arena;
static void *textcat;

static int
setup(void **state)
{
	struct error err = { 0 };

	(void)state;
	arena = arena_new((size_t)1 << 20);
	textcat = special_textcat_Init("/usr/share/libexttextcat/fpdb.conf",
		"/usr/share/libexttextcat/");
	assert_non_null(textcat);
	return parse_words_open("config", &words, &err) == OK ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	textcat_Done(textcat);
	parse_words_free(words);
	arena_free(arena);
	return 0;
}

struct language_case {
	const char *want, *declared, *text;
};

static void
check(const struct language_case *cases, size_t n, void *cat)
{
	size_t wrong = 0;

	for (size_t i = 0; i < n; i++) {
		const char *got = language_of(words, cat,
			span_str(cases[i].text), cases[i].declared, arena);

		if (strcmp(got != NULL ? got : "", cases[i].want) != 0) {
			print_error("%s: \"%s\", not \"%s\"\n", cases[i].text,
				got != NULL ? got : "", cases[i].want);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
}

/* Notices of one sentence, too short for statistics of letters. */
static void
words_tell(void **state)
{
	static const struct language_case cases[] = {
		{ "en", NULL, "Oakham is now a Fairtrade Town." },
		{ "de", NULL, "Bath hatte dem Verband nie angehört." },
		{ "fr", NULL, "La Ville de Gap a été reconnue." },
		{ "es", NULL, "La villa de Laredo fue admitida ayer." },
		{ "pt", NULL, "Tavira entrou no dia 17 para a rede." },
		{ "it", NULL, "Anche Brescia è dentro la rete." },
		{ "fr", NULL, "L'ADHÉSION DE LA VILLE AU RÉSEAU" },
		{ "", NULL, "Eurocities: Graz, Linz, Wels" },
		{ "", NULL, "" },
		{ "", NULL, "\xc3\x89 \xff 12 --" },
	};

	(void)state;
	check(cases, sizeof cases / sizeof *cases, NULL);
}

#define GERMAN                                                                 \
	"Die Stadt ist seit dem 3. Mai Mitglied in dem Netzwerk und hat sich " \
	"für die Ziele entschieden, die auch von den anderen geteilt werden."

static void
declared_stands_unless_refuted(void **state)
{
	static const struct language_case cases[] = {
		{ "de", "de", GERMAN },
		{ "de", "en", GERMAN },
		{ "en", "en", "Eurocities: Graz, Linz, Wels" },
		{ "en", "en", "Die Stadt Graz" },
		/* whose words nobody here knows */
		{ "nl", "nl", GERMAN },
	};

	(void)state;
	check(cases, sizeof cases / sizeof *cases, textcat);
}

#define CATALAN                                                                \
	"L'Ajuntament de Girona ha anunciat que la ciutat s'incorpora a la "   \
	"Xarxa de Ciutats Educadores, una xarxa que aplega més de 200 "       \
	"municipis de tot Catalunya. L'alcalde ha explicat que l'adhesió "    \
	"permetrà compartir experiències amb altres ciutats. El ple va "     \
	"aprovar la proposta el passat mes de juny. La xarxa va ser creada "   \
	"el 1998 i té la seu a Barcelona. També en formen part Lleida i "    \
	"Reus. "                                                               \
	"La propera assemblea es farà a Vic durant la primavera vinent."

#define SPANISH                                                                   \
	"Las ciudades latinoamericanas de C40\n"                                  \
	"C40 es una red de cerca de 100 alcaldes de las principales ciudades "    \
	"del mundo. En América Latina participan 12:\n"                          \
	"Argentina: Buenos Aires\n"                                               \
	"Brasil: Curitiba, Río de Janeiro, Salvador y São Paulo\n"              \
	"Chile: Santiago\nColombia: Bogotá y Medellín\n"                        \
	"México: Ciudad de México y Guadalajara\nPerú: Lima\nEcuador: Quito\n" \
	"Medellín fue la última en llegar, en 2016. Montevideo ha expresado "   \
	"su interés en incorporarse."

/* Languages without a list of words, and text enough. */
static void
letters_tell_the_rest(void **state)
{
	static const struct language_case cases[] = {
		{ "pl", NULL,
			"Miasto przystąpiło do sieci w ubiegłym tygodniu, a "
			"jego przedstawiciele wezmą udział w spotkaniu, które "
			"odbędzie się jesienią. Prezydent powiedział, że jest "
			"to ważny krok dla mieszkańców." },
		{ "de", NULL, GERMAN },
		{ "ca", NULL, CATALAN },
		/* names lead the letters astray, and not the words */
		{ "es", NULL, SPANISH },
	};

	(void)state;
	check(cases, sizeof cases / sizeof *cases, textcat);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_tell),
		cmocka_unit_test(declared_stands_unless_refuted),
		cmocka_unit_test(letters_tell_the_rest),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
