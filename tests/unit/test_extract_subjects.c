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
	assert_int_equal(
		subjects_scan(subjects, NULL, NULL, &t.scan, &tmp), OK);
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

static const struct {
	const char *name, *text, *cities;
} beside[] = {
	{ "a verb behind", "Moffat has joined [NET N].", "Moffat" },
	{ "no network in the document", "Moffat has joined.", "" },
	{ "the network in another sentence", "[NET N] met. Moffat is a member.",
		"Moffat" },
	{ "nothing beside the name", "[NET N] met. Wet Moffat.", "" },
	{ "a plural at the beginning", "Members have joined [NET N].", "" },
	{ "an article and a noun", "The Town has joined [NET N].", "" },
	{ "an article of a name", "The Wyldes has joined [NET N].",
		"The Wyldes" },
	{ "a club", "FC Moffat has joined [NET N].", "" },
	{ "a word in front", "We welcome Moffat to [NET N].", "Moffat" },
	{ "an owner", "Moffat's membership of [NET N] ended.", "Moffat" },
	{ "an owner of something else", "Moffat's bakers like [NET N].", "" },
	{ "apposition", "Moffat, the newest member of [NET N], met.",
		"Moffat" },
	{ "between commas", "[NET N]: the other, Hull, was a candidate.",
		"Hull" },
	{ "listed with a city", "[CITY Graz], Moffat and Lund joined [NET N].",
		"Graz|Moffat|Lund" },
	{ "a name that a common word opens in a list",
		"Little Orval and Abbots Lund have joined [NET N].",
		"Little Orval|Abbots Lund" },
	{ "a name that a common word opens in a list",
		"Little Orval and Abbots Lund have joined [NET N].",
		"Little Orval|Abbots Lund" },
	{ "hyphens", "Hay-on-Wye has joined [NET N].", "Hay-on-Wye" },
	{ "a city within", "Hay-on-[CITY Wye] has joined [NET N].",
		"Hay-on-Wye" },
	{ "county", "Multnomah County has joined [NET N].",
		"Multnomah County" },
	{ "letters", "BBC has joined [NET N].", "BBC" },
	{ "a text in capitals", "ALL OF BBC HAS JOINED [NET N].", "" },
	{ "a place behind a name",
		"We met: Moffat Cycles [CITY Graz] has joined [NET "
		"N].",
		"Moffat Cycles Graz" },
	{ "a place that another word describes",
		"Nearest [CITY Graz] has joined [NET N].", "Graz" },
	{ "words behind a place", "[CITY Graz] Exergi has joined [NET N].",
		"Graz Exergi" },
	{ "words behind a place that something stands before",
		"Once [CITY Graz] Exergi has joined [NET N].", "Graz" },
	{ "a trade that is of the name",
		"We met: Moffat Dairy has joined [NET N].", "Moffat Dairy" },
	{ "a place behind the name",
		"Moffat in [COUNTRY Fife] has joined [NET N].", "Moffat" },
	{ "an owner of what a network has",
		"Moffat's [NET N] membership ended.", "Moffat" },
	{ "persons beside a company",
		"We welcome Moffat, Brent Oakley and Sue Minard to "
		"[NET N].",
		"Moffat|Brent Oakley|Sue Minard" },
	{ "a foreign name with a place",
		"We met: Orvalico de [CITY Graz] has joined [NET N].",
		"Orvalico de Graz" },
	{ "a common word within", "Orvala National Park has joined [NET N].",
		"Orvala National Park" },
	{ "one of two", "Neither Moffat nor Lund is in [NET N].",
		"Moffat|Lund" },
	{ "two words with something said aside",
		"Moffat Cycles, a mile off, has joined [NET N].",
		"Moffat Cycles" },
	{ "a kind of place in a list",
		"North Fallow and the Isle of Gorran joined [NET N].",
		"North Fallow|Gorran" },
	{ "articles in a list",
		"[CITY Graz], the Moffat and the Orval joined [NET N].",
		"Graz|Moffat|Orval" },
	{ "a common word", "Councillors will join [NET N].", "" },
	{ "a part of a longer name", "Upper [CITY Graz] has joined [NET N].",
		"Graz" },
	{ "what is said aside", "Moffat, next door, was in [NET N].",
		"Moffat" },
	{ "what stands in brackets", "Moffat (Dumfries) has joined [NET N].",
		"Moffat" },
	{ "a company behind a company",
		"[ORG Acme Ltd] and the Danish brewer Moffat are in "
		"[NET N].",
		"" /* it is an organisation */ },
	{ "names in a row, where members are told of",
		"In [NET N] are Moffat, Lund and Orvala.",
		"Moffat|Lund|Orvala" },
	{ "a list as a whole between commas",
		"Two of them, Moffat and Lund, are in [NET N].",
		"Moffat|Lund" },
	{ "two words in a list of members", "[NET N]: Moffat and Kasei Cells.",
		"" },
	{ "two words beside one that is a member's",
		"[NET N]: we welcome Moffat and Kasei Cells.",
		"Moffat|Kasei Cells" },
	{ "the same name elsewhere",
		"[NET N]: Moffat has met. For Moffat in [NET N] then.",
		"Moffat|Moffat" },
	{ "a surname of the document's",
		"[PERSON Bo Moffat] sang. Moffat joins [NET N].", "" },
	{ "a saint", "St. Moffat has joined [NET N].", "St. Moffat" },
	{ "what opens a name", "New Moffat has joined [NET N].", "New Moffat" },
	{ "what opens none", "New Members will join [NET N].", "" },
	{ "the rest of a name",
		"The two Signatories Moffat has joined [NET N].", "" },
	{ "how no name ends", "Orvalation has joined [NET N].", "" },
	{ "two names as people have them",
		"The new members are Brent Oakley and Sue Minard. [NET "
		"N]",
		"" },
};

static void
names_are_found_by_what_stands_beside(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof beside / sizeof *beside; i++)
		check_cities(
			beside[i].name, beside[i].text, "en", beside[i].cities);
}

/* A company's name behind its trade is an organisation's. */
static void
companies_are_found_behind_their_trade(void **state)
{
	static const struct {
		const char *name, *language, *text, *want;
	} cases[] = {
		{ "a list of them", "en",
			"The chipmaker Moffat and the Danish shipping group "
			"Orvala are in [NET N].",
			"Moffat|the Danish shipping group Orvala" },
		{ "no list of them", "en",
			"Moffat, which met in 2019: the brewer Orvala joined "
			"[NET N].",
			"Orvala" },
		{ "an adjective between", "es",
			"[NET N]: la papelera guipuzcoana Orvala Pack firmó.",
			"Orvala Pack" },
		{ "a compound", "de",
			"[NET N]: Der Strumpfhersteller Orvala trat aus.",
			"Orvala" },
		{ "a trade that is of the name", "it",
			"[NET N]: Pastificio Orvala ha firmato.",
			"Pastificio Orvala" },
		{ "a trade behind an article that may be a verb's", "es",
			"[NET N]: Embutidos Serrano y la papelera Orvala han "
			"firmado.",
			"la papelera Orvala" },
		{ "a trade behind which a small word stands", "es",
			"[NET N]: El Consorcio de Orvala firmó.",
			"Consorcio de Orvala" },
		{ "a trade that opens a name", "de",
			"[NET N]: Dabei ist die Molkerei Orvala.",
			"Molkerei Orvala" },
		{ "a trade that a name is of", "en",
			"[ORG Group of Orvala] has joined [NET N].",
			"Group of Orvala" },
		{ "a trade before a name", "en",
			"[ORG Group Orvala Ltd] has joined [NET N].",
			"Orvala Ltd" },
		{ "no trade", "de", "[NET N]: Das Gesicht Orvala sang.", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct marked_text t;
		struct buffer tmp, got;

		arena_reset(arena);
		mark_text(&t, cases[i].text, cases[i].language);
		buffer_init(&tmp, CASE_WORDS);
		buffer_init(&got, CASE_WORDS);
		assert_int_equal(
			subjects_scan(subjects, NULL, NULL, &t.scan, &tmp), OK);
		for (size_t k = 0; k < t.scan.n; k++) {
			if (t.scan.list[k].type != MENTION_ORGANISATION)
				continue;
			buffer_add_str(&got, got.len > 0 ? "|" : "");
			buffer_add_span(
				&got, span_sub(t.doc.text, t.scan.list[k].start,
					      t.scan.list[k].end));
		}
		if (!span_eq_str(buffer_span(&got), cases[i].want))
			fail_msg("%s: wanted %s, got %.*s", cases[i].name,
				cases[i].want, (int)got.len,
				got.ptr != NULL ? got.ptr : "");
		buffer_release(&got);
		buffer_release(&tmp);
		buffer_release(&t.text);
	}
}

/* What a table has as a place's name needs less, and is that place. */
static void
doubts_become_places(void **state)
{
	static const struct {
		const char *name, *text;
		bool word, taken;
	} cases[] = {
		{ "beside a network", "Moffat sang for [NET N].", false, true },
		{ "elsewhere", "[NET N] met. Moffat sang.", false, false },
		{ "a usual word", "Moffat sang for [NET N].", true, false },
		{ "a usual word that acts", "Moffat has joined [NET N].", true,
			true },
		{ "a firm's", "Moffat & Acme sang for [NET N].", false, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct marked_text t;
		struct doubt doubt = { .word = cases[i].word };
		struct buffer tmp;
		size_t at, found = 0;

		arena_reset(arena);
		mark_text(&t, cases[i].text, "en");
		buffer_init(&tmp, CASE_WORDS);
		at = span_find(t.doc.text, 0, span_str("Moffat"));
		doubt.place = (struct mention){ .start = (uint32_t)at,
			.end = (uint32_t)at + 6,
			.type = MENTION_CITY,
			.place = { .id = "geonames:1", .name = "Moffat" } };
		t.scan.doubts = &doubt;
		t.scan.ndoubts = 1;
		assert_int_equal(
			subjects_scan(subjects, NULL, NULL, &t.scan, &tmp), OK);
		for (size_t k = 0; k < t.scan.n; k++)
			found += t.scan.list[k].place.id != NULL &&
				 t.scan.list[k].type == MENTION_CITY;
		if (found != cases[i].taken)
			fail_msg("%s: found %zu", cases[i].name, found);
		buffer_release(&tmp);
		buffer_release(&t.text);
	}
}

/* What a table has goes on with words that it has not. */
static void
doubts_go_on(void **state)
{
	static const struct {
		const char *name, *text, *language, *city;
	} cases[] = {
		{ "the place", "Port Moffat has joined [NET N].", "en",
			"Port Moffat" },
		{ "a longer name", "Port Moffat Alta has joined [NET N].", "en",
			"Port Moffat Alta" },
		{ "a common word", "Port Moffat Members has joined [NET N].",
			"en", "Port Moffat" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct marked_text t;
		struct doubt doubt = { 0 };
		struct buffer tmp;
		struct span found = span_str("");

		arena_reset(arena);
		mark_text(&t, cases[i].text, cases[i].language);
		buffer_init(&tmp, CASE_WORDS);
		doubt.place = (struct mention){ .end = 11,
			.type = MENTION_CITY,
			.place = { .name = "Port Moffat" } };
		t.scan.doubts = &doubt;
		t.scan.ndoubts = 1;
		assert_int_equal(
			subjects_scan(subjects, NULL, NULL, &t.scan, &tmp), OK);
		for (size_t k = 0; k < t.scan.n; k++)
			if (t.scan.list[k].type == MENTION_CITY)
				found = span_sub(t.doc.text,
					t.scan.list[k].start,
					t.scan.list[k].end);
		if (!span_eq_str(found, cases[i].city))
			fail_msg("%s: got %.*s", cases[i].name, (int)found.len,
				found.ptr);
		buffer_release(&tmp);
		buffer_release(&t.text);
	}
}

/* "Guy Cotten": a company that a person gave its name. */
static void
persons_in_a_list_of_companies(void **state)
{
	static const struct {
		const char *name, *text;
		bool given, taken;
	} cases[] = {
		{ "beside a company",
			"Moffat and [PERSON Guy Cotten] have joined [NET N].",
			true, true },
		{ "beside what acts with it",
			"Orvala Boats and [PERSON Guy Cotten] have joined "
			"[NET N].",
			true, true },
		{ "a person otherwise",
			"Moffat and [PERSON Guy Cotten] have joined [NET N].",
			false, false },
		{ "alone", "[PERSON Guy Cotten] has joined [NET N].", true,
			false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct marked_text t;
		struct buffer tmp;
		bool taken = false;

		arena_reset(arena);
		mark_text(&t, cases[i].text, "en");
		for (size_t k = 0; k < t.scan.n; k++)
			if (t.scan.list[k].type == MENTION_PERSON) {
				t.scan.list[k].name =
					(struct name_value){ .id = "x",
						.name = "Guy Cotten",
						.ordinal = 96 };
				if (cases[i].given)
					t.scan.list[k].rule = NAMES_RULE_GIVEN;
			}
		buffer_init(&tmp, CASE_WORDS);
		assert_int_equal(
			subjects_scan(subjects, NULL, NULL, &t.scan, &tmp), OK);
		for (size_t k = 0; k < t.scan.n; k++) {
			const struct mention *m = &t.scan.list[k];

			if (m->type != MENTION_CITY ||
				!span_eq_str(
					span_sub(t.doc.text, m->start, m->end),
					"Guy Cotten"))
				continue;
			taken = true;
			/* Nothing of the person's is read as a place's. */
			assert_null(m->place.id);
			assert_null(m->place.country);
		}
		if (taken != cases[i].taken)
			fail_msg("%s: %d", cases[i].name, taken);
		buffer_release(&tmp);
		buffer_release(&t.text);
	}
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
	assert_int_equal(
		subjects_scan(subjects, NULL, NULL, &t.scan, &tmp), OK);
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

static const struct {
	const char *name, *language, *text, *cities;
} languages[] = {
	{ "de, a noun is no name", "de",
		"[NET N]: Die Versammlung lehnte den Beitritt ab.", "" },
	{ "de, a name needs no article", "de",
		"[NET N]: Moosach lehnte den Beitritt ab.", "Moosach" },
	{ "de, several words behind an article", "de",
		"Der [NET N] hat die Linden Wärme West aufgenommen; "
		"die Linden Wärme West trat bei.",
		"Linden Wärme West|Linden Wärme West" },
	{ "es, and is no part", "es",
		"[NET N]: Fonlo y Pértola firmaron en mayo.", "Fonlo|Pértola" },
	{ "es, a name that ends with a place's", "es",
		"[NET N]: Orvala del [CITY Graz] ha firmado.",
		"Orvala del Graz" },
	{ "es, a noun of the text before a place", "es",
		"[NET N]: La orvala fue. Orvala del [CITY Graz] ha "
		"ido.",
		"Graz" },
	{ "fr, articles in a list", "fr",
		"[NET N] : dont le [CITY Graz], le Moffat et l'Orval.",
		"Graz|Moffat|Orval" },
	{ "fr, a verb that a phrase begins with", "fr",
		"[NET N] : Orvala a rejoint hier le réseau.", "Orvala" },
	{ "es, a large article that is no part", "es",
		"[NET N]. La Ribera del Esla ha firmado.", "Ribera del Esla" },
	{ "es, a large article before letters", "es",
		"[NET N]. La UMO Orvala ha firmado.", "UMO Orvala" },
	{ "es, a name of one word without an article", "es",
		"[NET N]. Orvalia ha firmado.", "Orvalia" },
	{ "fr, letters and a city", "fr", "[NET N]. HEM [CITY Graz] a signé.",
		"HEM Graz" },
	{ "de, letters and a city", "de",
		"[NET N]: Die HTM [CITY Graz] ist Mitglied.", "HTM Graz" },
	{ "es, a name at the beginning and a city", "es",
		"[NET N]. Orvalia [CITY Graz] ha firmado.", "Orvalia Graz" },
	{ "es, one that may be", "es", "[NET N]. La Orvala ha firmado.",
		"La Orvala" },
	{ "es, a place's name that goes on", "es",
		"[NET N]: [CITY Puebla] del [CITY Graz] ha firmado.",
		"Puebla del Graz" },
	{ "it, a word before an article", "it",
		"[NET N]: insieme alla Orvala Pack.", "" },
	{ "it, a word of two", "it",
		"[NET N]: insieme a la Orvala MC di notte.", "Orvala MC" },
	{ "it, two words of letters", "it", "[NET N]: l'ASL AT ha firmato.",
		"ASL AT" },
	{ "fr, an article of the name", "fr",
		"[NET N] : Moffat et L'Orvale ont signé.", "Moffat|L'Orvale" },
	{ "fr, letters and a country", "fr",
		"[NET N] : le WXF [COUNTRY France] a signé.", "WXF France" },
	{ "fr, a noun behind the article", "fr",
		"[NET N] : le [CITY Graz], la région de Tam et le "
		"laboratoire Geovia.",
		"Graz|Tam|Geovia" },
	{ "es, a place that goes on behind another word", "es",
		"[NET N]: los municipios de [CITY Puebla] del [CITY "
		"Graz], Tlaxo y Cuaji.",
		"Puebla del Graz|Tlaxo|Cuaji" },
	{ "fr, a country of the name", "fr", "[NET N] : le WXF France a signé.",
		"WXF France" },
	{ "it, a verb", "it", "[NET N]: Il Trasimo entra ora.", "Trasimo" },
	{ "it, letters and a place", "it",
		"[NET N]: il MUSE di [CITY Graz] ha firmato.", "MUSE di Graz" },
	{ "de, two places that small words join", "de",
		"[NET N]: [CITY Sankt Kilian] am [CITY Forst] ist "
		"dabei.",
		"Sankt Kilian am Forst" },
	{ "de, two places that are not joined", "de",
		"[NET N]: [CITY Kilian] in [CITY Forst] ist dabei.",
		"Kilian|Forst" },
	{ "de, letters large and small", "de", "[NET N]: Die GfWM trat aus.",
		"GfWM" },
	{ "es, a place's name and a common word", "pt",
		"[NET N]: [CITY Santa Rita] do Vale é membro.",
		"Santa Rita do Vale" },
	{ "pt, an elided link", "pt",
		"[NET N]: [CITY Ribeira] d'[CITY Alva] é membro.",
		"Ribeira d'Alva" },
	{ "de, a place and an article", "de",
		"[NET N]: die [CITY Graz] Wärme West ist dabei.",
		"Graz Wärme West" },
	{ "de, a place and none", "de",
		"[NET N]: [CITY Graz] Vorreiter ist dabei.", "Graz" },
	{ "pt, two letters words", "pt",
		"[NET N]: São fundadoras a UFRJ e o IFSC.", "UFRJ|IFSC" },
	{ "pt, a verb is no trade's", "pt",
		"[NET N]: entraram Moffat, integram o consórcio a "
		"Orvala.",
		"Moffat|Orvala" },
	{ "fr, a verb behind what is elided", "fr",
		"[NET N] : Orvala n'a pas signé.", "Orvala" },
	{ "fr, another word there", "fr", "[NET N] : Orvala l'hiver.", "" },
	{ "fr, and is no part", "fr", "[NET N] : Matan et Pador adhèrent.",
		"Matan|Pador" },
	{ "it, two left", "it", "[NET N]: hanno disdetto Dolcevia e Pazzino.",
		"Dolcevia|Pazzino" },
	{ "pt, an article", "pt", "[NET N]: O Funchão aderiu ontem.",
		"Funchão" },
	{ "pt, one applied", "pt", "[NET N]: Querente concorreu em 2018.",
		"Querente" },
};

static void
names_are_found_in_every_language(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
		check_cities(languages[i].name, languages[i].text,
			languages[i].language, languages[i].cities);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_found_by_what_stands_beside),
		cmocka_unit_test(names_are_found_in_every_language),
		cmocka_unit_test(companies_are_found_behind_their_trade),
		cmocka_unit_test(persons_in_a_list_of_companies),
		cmocka_unit_test(doubts_become_places),
		cmocka_unit_test(doubts_go_on),
		cmocka_unit_test(what_no_claim_takes_is_no_mention),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
