/*
 * Pages that show something else in place of a release are problems with
 * their own code; a release with a banner, a form or a link for logging in is
 * a document.
 */
#include "parse_page.h"

#define TITLED(title, body)                                                    \
	"<html><head><title>" title "</title></head><body>" body               \
	"</body></html>"
#define FORM                                                                   \
	"<form><label>Name</label><input name=u><label>Key</label>"            \
	"<input type=password name=p><button>OK</button></form>"

static void
walls_are_problems(void **state)
{
	static const struct {
		const char *name, *html;
		enum problem_code code;
	} cases[] = {
		/* scripts */
		{ "noscript only",
			TITLED("News",
				"<noscript>You need to enable JavaScript to "
				"run this app.</noscript><div id=root></div>"
				"<script src=/app.js></script>"),
			PROBLEM_NO_TEXT },
		{ "a shell with its menu",
			TITLED("News",
				"<nav><a href=/>Home</a> <a href=/n>News</a>"
				"</nav><div id='__next'></div><footer>"
				"&copy; 2024 City of Espoo</footer>"),
			PROBLEM_NO_TEXT },
		{ "a line of text, en",
			TITLED("Espoo", "<p>Please enable JavaScript to view "
					"this site.</p>"),
			PROBLEM_NO_TEXT },
		{ "de",
			TITLED("Graz", "<p>Bitte aktivieren Sie JavaScript, um "
				       "diese Seite zu sehen.</p>"),
			PROBLEM_NO_TEXT },
		{ "fr",
			TITLED("Lyon", "<p>Veuillez activer JavaScript dans "
				       "votre navigateur.</p>"),
			PROBLEM_NO_TEXT },
		{ "es",
			TITLED("Sevilla", "<p>Esta p\u00e1gina necesita "
					  "JavaScript para funcionar.</p>"),
			PROBLEM_NO_TEXT },
		{ "it",
			TITLED("Torino", "<p>Per usare il sito abilita "
					 "JavaScript.</p>"),
			PROBLEM_NO_TEXT },
		{ "pt",
			TITLED("Braga", "<p>Para ver este s\u00edtio, ative o "
					"JavaScript.</p>"),
			PROBLEM_NO_TEXT },
		/* robots */
		{ "a moment",
			TITLED("Just a moment...",
				"<h1>example.org</h1><p>Verifying you are "
				"human. This may take a few seconds.</p><p>"
				"example.org needs to review the security of "
				"your connection before proceeding.</p>"),
			PROBLEM_ROBOT_CHECK },
		{ "fr",
			TITLED("Un instant\u2026",
				"<p>V\u00e9rifiez que vous \u00eates humain "
				"pour continuer.</p>"),
			PROBLEM_ROBOT_CHECK },
		/* consent */
		{ "en",
			TITLED("Before you continue",
				"<h1>Before you continue to the news</h1><p>We "
				"use cookies and data to deliver and maintain "
				"our services and to measure how they are "
				"used.</p><p>If you accept, we and our "
				"partners will also use cookies to show "
				"personalised ads and to develop new "
				"services.</p><button>Accept "
				"all</button><button>Reject all</button>"),
			PROBLEM_CONSENT_WALL },
		{ "de",
			TITLED("Zustimmung | Der Bote",
				"<h2>Mit Werbung und Tracking lesen</h2><p>Wir "
				"und unsere Partner verarbeiten "
				"personenbezogene Daten, zum Beispiel Ihre "
				"Kennung in einem Cookie, und zeigen "
				"Werbung.</p>"),
			PROBLEM_CONSENT_WALL },
		{ "fr",
			TITLED("Le Courrier",
				"<h1>Le respect de votre vie priv\u00e9e</h1>"
				"<p>Avec nos partenaires, nous d\u00e9posons "
				"des traceurs pour mesurer l'audience et vous "
				"montrer des publicit\u00e9s.</p><a "
				"href=#>Continuer sans accepter</a>"),
			PROBLEM_CONSENT_WALL },
		{ "es",
			TITLED("El Diario", "<h1>Valoramos tu privacidad</h1>"
					    "<p>Nosotros y nuestros socios "
					    "guardamos cookies en tu equipo "
					    "para mostrarte publicidad.</p>"),
			PROBLEM_CONSENT_WALL },
		{ "it",
			TITLED("Il Corriere",
				"<h1>La tua privacy \u00e8 importante</h1><p>"
				"Noi e i nostri partner trattiamo dati "
				"personali come gli identificativi nei cookie "
				"per mostrarti pubblicit\u00e0.</p>"),
			PROBLEM_CONSENT_WALL },
		{ "pt",
			TITLED("O Di\u00e1rio",
				"<h1>Valorizamos a sua privacidade</h1><p>"
				"N\u00f3s e os nossos parceiros usamos cookies "
				"para lhe mostrar publicidade.</p>"),
			PROBLEM_CONSENT_WALL },
		/* logins */
		{ "a form",
			TITLED("Log in | Members' area",
				"<h1>Log in</h1>" FORM),
			PROBLEM_LOGIN },
		{ "a form and an explanation",
			TITLED("Sign in",
				"<h1>Sign in</h1>" FORM
				"<p>Journalists who are registered with our "
				"press office find images, films and embargoed "
				"releases behind this page. An account is free "
				"of charge and can be opened within a day. "
				"Write to the press office with the name of "
				"your newspaper and a link to two of your "
				"pieces, and we shall send you a first key by "
				"mail which you may change later.</p>"),
			PROBLEM_LOGIN },
		{ "words",
			TITLED("Espoo", "<p>You must be logged in to view this "
					"page.</p>"),
			PROBLEM_LOGIN },
		{ "de",
			TITLED("Anmelden - Stadt Graz",
				"<h1>Anmelden</h1><p>Bitte melden Sie sich "
				"an.</p>"),
			PROBLEM_LOGIN },
		{ "fr",
			TITLED("Connexion", "<p>Vous devez \u00eatre "
					    "connect\u00e9 pour lire "
					    "cette page.</p>"),
			PROBLEM_LOGIN },
		{ "es",
			TITLED("Iniciar sesi\u00f3n \u2013 Ayuntamiento",
				"<h1>Iniciar sesi\u00f3n</h1>" FORM),
			PROBLEM_LOGIN },
		{ "it",
			TITLED("Area riservata", "<p>Per leggere il comunicato "
						 "effettua il login.</p>"),
			PROBLEM_LOGIN },
		{ "pt",
			TITLED("Iniciar sess\u00e3o | C\u00e2mara",
				"<h1>Iniciar sess\u00e3o</h1>" FORM),
			PROBLEM_LOGIN },
		/* errors that are served as pages */
		{ "en",
			TITLED("404 - Page not found | City of Espoo",
				"<h1>Page not found</h1><p>The page may have "
				"been moved. Try the search above, or go back "
				"to the front page.</p><ul><li><a "
				"href=/>Home</a><li><a href=/n>News</a></ul>"),
			PROBLEM_ERROR_PAGE },
		{ "en, in a paragraph",
			TITLED("City of Espoo",
				"<div>Sorry, the page you requested could not "
				"be found.</div>"),
			PROBLEM_ERROR_PAGE },
		{ "de",
			TITLED("Fehler 404: Seite nicht gefunden",
				"<h1>Das tut uns leid</h1><p>Die gesuchte "
				"Seite gibt es hier nicht mehr.</p>"),
			PROBLEM_ERROR_PAGE },
		{ "fr",
			TITLED("Page introuvable - Ville de Lyon",
				"<h1>Oups</h1><p>La page que vous recherchez "
				"n'existe plus ou a chang\u00e9 "
				"d'adresse.</p>"),
			PROBLEM_ERROR_PAGE },
		{ "es",
			TITLED("P\u00e1gina no encontrada",
				"<h1>Error 404</h1><p>La p\u00e1gina que "
				"buscas no existe.</p>"),
			PROBLEM_ERROR_PAGE },
		{ "it",
			TITLED("Comune di Torino",
				"<h1>Pagina non trovata</h1><p>Controlla "
				"l'indirizzo o torna alla pagina "
				"iniziale.</p>"),
			PROBLEM_ERROR_PAGE },
		{ "pt",
			TITLED("Erro 404",
				"<h2>P\u00e1gina n\u00e3o encontrada</h2>"
				"<p>Verifique o endere\u00e7o.</p>"),
			PROBLEM_ERROR_PAGE },
		{ "refused",
			TITLED("403 Forbidden",
				"<h1>Forbidden</h1><p>You don't have "
				"permission to access this resource.</p>"),
			PROBLEM_ERROR_PAGE },
		{ "of the server",
			TITLED("Service unavailable",
				"<h1>503</h1><p>The site is down for "
				"maintenance.</p>"),
			PROBLEM_ERROR_PAGE },
		/* elsewhere */
		{ "moved",
			TITLED("Redirecting\u2026",
				"<h1>Redirecting\u2026</h1><a href=/n/2>Click "
				"here if you are not redirected.</a>"),
			PROBLEM_MOVED },
		{ "moved, de",
			TITLED("Weiterleitung",
				"<p>Sie werden weitergeleitet.</p>"),
			PROBLEM_MOVED },
	};
	struct reading *r = *state;

	for (size_t i = 0; i < ROWS(cases); i++) {
		read_body(r, "text/html", span_str(cases[i].html));
		CHECK_ROW(cases[i].html, !r->has);
		CHECK_ROW(cases[i].name, r->problem.code == cases[i].code);
	}
}

/* About so many bytes as the shortest release has. */
#define NEWS                                                                   \
	"<h1>Espoo joins the network</h1><p>On 14 February 2024 Espoo joined " \
	"the network of learning cities, which now has 356 members in 79 "     \
	"countries.</p><p>The mayor said the city had waited for this day "    \
	"for years, and thanked its libraries and schools.</p>"

static void
releases_with_the_same_words_are_not(void **state)
{
	static const char *const cases[] = {
		/* banners, before and behind, of any class or none */
		"<div class=cookie><h2>We value your privacy</h2><p>We and our "
		"partners use cookies to show personalised ads.</p></div>" NEWS,
		"<div><h2>We use cookies</h2><p>We and our partners use "
		"cookies to show personalised ads. Accept all "
		"cookies?</p></div>" NEWS,
		NEWS "<div><p>Wir verwenden Cookies. Alle Cookies "
		     "akzeptieren?</p></div>",
		/* logins */
		"<a href=/login>Log in</a>" NEWS,
		"<div><h3>Log in</h3>" FORM "</div>" NEWS,
		NEWS "<p>You must be logged in to view comments. <a "
		     "href=/login>Log in</a></p>",
		NEWS "<p>Please log in to leave a comment.</p>",
		/* scripts */
		NEWS "<p>Please enable JavaScript to view the comments.</p>",
		"<p>JavaScript is disabled in your browser.</p>" NEWS,
		"<div id=app></div>" NEWS,
		"<noscript>You need to enable JavaScript.</noscript>" NEWS,
		/* errors */
		NEWS "<p>An unexpected error occurred while loading the "
		     "map.</p>",
		NEWS "<p>The video is temporarily unavailable.</p>",
		/* what a release is about */
		TITLED("Page not found: the lost books of Espoo",
			"<h1>Page not found: the lost books of Espoo</h1>"
			"<p>The exhibition opens on 3 May 2024 in the city "
			"library and shows 64 books that were thought lost for "
			"a century. The curators found most of them in a "
			"cellar "
			"of the old town hall, where they had been stored "
			"during the war.</p><p>The library has invited the "
			"families of those who owned them. Admission is free, "
			"and the catalogue has 120 pages with a preface by the "
			"mayor.</p>"),
		TITLED("City simplifies cookies on its site",
			"<h1>City simplifies cookies on its site</h1><p>Espoo "
			"has cut the number of cookies on its site from 64 to "
			"three, the council said on Monday. Consent is asked "
			"for once, and no personal data go to third "
			"parties.</p><p>The new site was made by the city's "
			"own "
			"staff of nine in six months and opens on 2 June 2024 "
			"for all residents.</p>"),
		TITLED("Maintenance of the Bridge Street bridge",
			"<h1>Maintenance</h1><p>The bridge at Bridge Street is "
			"closed from 3 to 9 June 2024. Buses 12 and 14 go by "
			"the harbour. The works cost 64,000 euros and renew "
			"the railings, which date from 1931, and the deck of "
			"oak, of which two thirds will be replaced. The city "
			"asks residents of the western quarters to leave their "
			"cars at home.</p>"),
	};
	struct reading *r = *state;

	for (size_t i = 0; i < ROWS(cases); i++) {
		read_body(r, "text/html", span_str(cases[i]));
		CHECK_ROW(cases[i], r->has);
	}
}

/* Who reads the list of problems sees what the page said. */
static void
the_problem_quotes_the_page(void **state)
{
	struct reading *r = *state;

	read_body(r, "text/html",
		span_str(TITLED("Espoo", "<p>Please log in to continue.</p>")));
	assert_false(r->has);
	assert_string_equal(r->problem.message,
		"The page asks for a login in place of its text. (\"Please log "
		"in to continue.\")");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(walls_are_problems),
		cmocka_unit_test(releases_with_the_same_words_are_not),
		cmocka_unit_test(the_problem_quotes_the_page),
	};

	return cmocka_run_group_tests(tests, reading_open, reading_close);
}
