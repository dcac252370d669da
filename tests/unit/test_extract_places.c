/* Places: what is one, and which; what a name, a sentence and a word are. */
#include "extract_places.h"

#include "extract/words.h"

static struct gazetteer *gazetteer;
static struct arena *arena;

static struct document document;

static enum error_code
read_text(struct span text, const char *language, struct scan *s)
{
	static struct block blocks[PLACES_BLOCKS];

	places_document(text, language, blocks, &document);
	*s = (struct scan){ .doc = &document, .arena = arena };
	return places_scan(gazetteer, s);
}

/* "city:Graz=AT" for each, in order; "?" for an unknown place. */
static const char *
show_places(const struct scan *s, struct buffer *out)
{
	buffer_reset(out);
	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->list[i];

		buffer_printf(out, "%s%s:%.*s=%s%s", i > 0 ? " | " : "",
			mention_type_name(m->type), (int)(m->end - m->start),
			s->doc->text.ptr + m->start,
			m->place.country != NULL ? m->place.country : "",
			m->place.id == NULL ? "?" : "");
	}
	return out->len > 0 ? out->ptr : "";
}

static void
test_places(void **unused)
{
	static const struct {
		const char *name, *text, *want;
	} rows[] = {
		{ "plain", "The mayor of Graz spoke.", "city:Graz=AT" },
		{ "country decides", "It met in Santiago, Mexico, today.",
			"city:Santiago=MX | country:Mexico=MX" },
		{ "brackets decide", "Brest (France) and Brest joined.",
			"city:Brest=FR | country:France=FR | city:Brest=FR" },
		{ "people decide", "It met in Brest.", "city:Brest=BY" },
		{ "a region beside it", "It met in Boise, Idaho.",
			"city:Boise=US | region:Idaho=US" },
		{ "a region named like its capital", "It met in Velhim, Novim.",
			"city:Velhim=PT | region:Novim=PT" },
		{ "its capital in a list", "Velhim, Novim and Graz joined.",
			"city:Velhim=PT | city:Novim=PT | city:Graz=AT" },
		{ "a region, and an old name of its capital",
			"It met in Altim.", "region:Altim=PT" },
		{ "a region, and its capital for short", "It met in Querim.",
			"city:Querim=PT" },
		{ "postal letters", "It met in Reading, PA, with Boise, ID.",
			"city:Reading=US | city:Boise=US" },
		{ "letters of another state",
			"Boise, PA, is not; Reading (UK) is.",
			"city:Boise=US | city:Reading=GB | country:UK=GB" },
		{ "postal letters behind a slash and a hyphen",
			"São Paulo/SP e São Paulo-SP",
			"city:São Paulo=BR | "
			"city:São Paulo=BR" },
		{ "a county before a town overseas",
			"Maidstone in Kent, England, has joined.",
			"city:Maidstone=GB | region:Kent=GB | "
			"region:England=GB" },
		{ "exonym", "Treffen in Köln", "city:Köln=DE" },
		{ "exonym marked behind it", "Venezia signed. Venesia signed.",
			"city:Venezia=IT" },
		{ "a village where it stands like one",
			"L'Aquila and Venice signed in Penna.",
			"city:L'Aquila=IT | city:Venice=IT | city:Penna=IT" },
		{ "a village's name alone, though it is about there",
			"L'Aquila and Venice signed. Later Penna sang.",
			"city:L'Aquila=IT | city:Venice=IT" },
		{ "in a region named like a city", "Treffen in Landkreis Graz",
			"region:Landkreis Graz=AT?" },
		{ "the same of two words, contracted",
			"nella Provincia di Graz",
			"region:Provincia di Graz=AT?" },
		{ "where a company is from", "The Graz-based brewer met.", "" },
		{ "a name that ends like a genitive",
			"It met in Saint George's. It is Graz's turn in Graz.",
			"city:Saint George's=GD | city:Graz=AT | "
			"city:Graz=AT" },
		{ "a great city's name and another word", "Brest Xanadu sang.",
			"" },
		{ "without marks", "It met in Villa Maria, Argentina.",
			"city:Villa Maria=AR | country:Argentina=AR" },
		{ "suffix of its kind", "It met in Yeonsu-gu.",
			"city:Yeonsu-gu=KR" },
		{ "apostrophe", "The museum in L’Aquila, Italy",
			"city:L’Aquila=IT | country:Italy=IT" },
		{ "a country is one, also where its name is a word",
			"Mexico joined.", "country:Mexico=MX" },
		{ "a word is none", "Reading is fun. It ended in March.", "" },
		{ "a word with a country is one",
			"March (United Kingdom) joined.",
			"city:March=GB | country:United Kingdom=GB" },
		{ "the city of a word", "the city of March", "city:March=GB" },
		{ "of a university", "the University of Graz", "" },
		{ "in a university's city", "the University in Graz",
			"city:Graz=AT" },
		{ "part of an airport and a lake", "Graz Airport by Lake Graz",
			"" },
		{ "unknown with a country",
			"- Ybycuí, Brazil\n\n- Orvala (Italy)",
			"city:Ybycuí=BR? | country:Brazil=BR | "
			"city:Orvala=IT? | country:Italy=IT" },
		{ "unknown inside a sentence",
			"We welcome Ybycuí, Brazil, to it.",
			"city:Ybycuí=BR? | country:Brazil=BR" },
		{ "in another country than ours says",
			"It met in Graz (Italy).",
			"city:Graz=IT? | country:Italy=IT" },
		{ "a country that is a given name", "Brazil Ellis sang.", "" },
		{ "behind an and", "Graz University y Brest, France",
			"city:Brest=FR | country:France=FR" },
		{ "in another region than ours says",
			"- Graz (England)\n\n- Graz",
			"city:Graz=GB? | region:England=GB | city:Graz=AT" },
		{ "behind an acronym", "The FH Graz, Graz and A Brest",
			"city:Graz=AT | city:Brest=BY" },
		{ "behind a rubric", "NEWS Graz joins", "city:Graz=AT" },
		{ "two suffixes", "It met in Graz City County.",
			"city:Graz City County=AT" },
		{ "a suffix is no name", "- eThekwini City (Brazil)",
			"country:Brazil=BR" },
		{ "joined by a hyphen", "in Graz-Umgebung", "" },
		{ "small words for short",
			"Orvala a. d. Grau, Orvala a. Bug and Orvala b. Grau",
			"city:Orvala a. d. Grau=DE | city:Orvala a. Bug=DE" },
		{ "small words for short that no table has",
			"Brest i. d. Au and Graz i. Br. sang; Graz a. Xi",
			"city:Brest i. d. Au=BY | city:Graz i. Br.=AT | "
			"city:Graz a. Xi=AT" },
		{ "no small words", "Brest c. d. Au; Graz a.",
			"city:Brest=BY | city:Graz=AT" },
		{ "joined by hyphens and small words",
			"in Graz-le-Vieux, in Bois-les-Graz", "" },
		{ "joined by hyphens and small words",
			"in Graz-le-Vieux, in Bois-les-Graz", "" },
	};
	struct buffer out;

	(void)unused;
	buffer_init(&out, 4096);
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct scan s;
		const char *got;

		arena_reset(arena);
		assert_int_equal(
			read_text(span_str(rows[i].text), "en", &s), OK);
		got = show_places(&s, &out);
		if (strcmp(got, rows[i].want) != 0)
			fail_msg("row \"%s\":\n got  %s\n want %s",
				rows[i].name, got, rows[i].want);
	}
	buffer_release(&out);
}

/* Where nouns have capitals, one beside a great city's name says nothing. */
static void
test_capital_nouns(void **unused)
{
	static const char text[] = "Brest Xanadu sang.";
	struct scan s;

	(void)unused;
	arena_reset(arena);
	assert_int_equal(read_text(span_str(text), "en", &s), OK);
	assert_int_equal(s.n, 0);
	assert_int_equal(read_text(span_str(text), "de", &s), OK);
	assert_int_equal(s.n, 1);
}

/* "Landkreis Graz joined": a body, named whole. */
static void
test_division(void **unused)
{
	struct scan s;

	(void)unused;
	arena_reset(arena);
	assert_int_equal(
		read_text(span_str("The Landkreis Graz joined."), "en", &s),
		OK);
	assert_int_equal(s.n, 1);
	assert_int_equal(s.list[0].type, MENTION_ORGANISATION);
	assert_string_equal(s.list[0].name.name, "Landkreis Graz");
	assert_int_equal(s.list[0].start, 4);
}

/* A number that begins a place's name, or stands in one, is none. */
static void
test_numbers_in_names(void **unused)
{
	static const struct {
		const char *text;
		uint32_t start, end;
		bool stays;
	} rows[] = {
		{ "Dos Hermanas joined.", 0, 3, false },
		{ "Dos towns joined.", 0, 3, true },
		{ "In Florac-Trois joined.", 10, 15, false },
	};

	(void)unused;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct mention m = { .type = MENTION_COUNT,
			.rule = "counts",
			.start = rows[i].start,
			.end = rows[i].end };
		size_t counts = 0;
		struct scan s;

		arena_reset(arena);
		assert_int_equal(
			read_text(span_str(rows[i].text), "es", &s), OK);
		s = (struct scan){ .doc = &document, .arena = arena };
		assert_int_equal(scan_add(&s, &m), OK);
		assert_int_equal(places_scan(gazetteer, &s), OK);
		for (size_t k = 0; k < s.n; k++)
			counts += s.list[k].type == MENTION_COUNT;
		assert_int_equal(counts, rows[i].stays);
	}
}

/* The month that ends a place's name is none. */
static void
test_months_in_names(void **unused)
{
	static const struct {
		const char *text;
		uint32_t start;
		bool stays;
	} rows[] = {
		{ "Em Dos Hermanas", 7, false },
		{ "Em (Dos Hermanas)", 8, false },
		{ "Em Dos de Hermanas", 10, true },
		{ "Em dos Hermanas", 7, true },
	};

	(void)unused;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct mention m = { .type = MENTION_DATE,
			.rule = "dates",
			.start = rows[i].start,
			.end = rows[i].start + 8 };
		size_t dates = 0;
		struct scan s;

		arena_reset(arena);
		assert_int_equal(
			read_text(span_str(rows[i].text), "pt", &s), OK);
		s = (struct scan){ .doc = &document, .arena = arena };
		assert_int_equal(scan_add(&s, &m), OK);
		assert_int_equal(places_scan(gazetteer, &s), OK);
		for (size_t k = 0; k < s.n; k++)
			dates += s.list[k].type == MENTION_DATE;
		assert_int_equal(dates, rows[i].stays);
	}
}

/* The whole of what looked like an organisation is a place; not so a part. */
static void
test_place_after_all(void **unused)
{
	static const char text[] = "Câmara de Lobos e Graz Câmara de Lobos";
	static const char *const rules[] = { NAMES_RULE_ORGANISATION,
		NAMES_RULE_GIVEN };

	(void)unused;
	for (size_t i = 0; i < ROWS(rules); i++) {
		struct mention m = { .type = MENTION_ORGANISATION,
			.rule = rules[i],
			.end = 16 };
		struct scan s;

		arena_reset(arena);
		assert_int_equal(read_text(span_str(text), "pt", &s), OK);
		s = (struct scan){ .doc = &document, .arena = arena };
		assert_int_equal(scan_add(&s, &m), OK);
		m.start = 19;
		m.end = (uint32_t)document.text.len;
		assert_int_equal(scan_add(&s, &m), OK);
		assert_int_equal(places_scan(gazetteer, &s), OK);
		assert_int_equal(s.n, 2);
		assert_int_equal(s.list[0].type, MENTION_CITY);
		assert_int_equal(s.list[0].end, 16);
		assert_int_equal(s.list[1].type, MENTION_ORGANISATION);
		assert_int_equal(s.list[1].start, 19);
	}
}

static void
test_lookup(void **unused)
{
	static const struct {
		const char *name, *query, *first;
		size_t n;
	} rows[] = {
		{ "one", "Graz", "geonames:1", 1 },
		{ "the likelier first", "Brest", "geonames:17", 2 },
		{ "folded", "sao paulo", "geonames:9", 2 },
		{ "exonym", "COLONIA", "geonames:12", 1 },
		{ "none", "Atlantis", NULL, 0 },
		{ "a beginning is none", "Villa", NULL, 0 },
		{ "empty", "", NULL, 0 },
	};
	struct error err = { 0 };

	(void)unused;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct place_value *list;
		size_t n;

		arena_reset(arena);
		assert_int_equal(gazetteer_lookup(gazetteer, rows[i].query,
					 arena, &list, &n, &err),
			OK);
		CHECK_ROW(rows[i].name, n == rows[i].n);
		CHECK_ROW(rows[i].name,
			n == 0 || !strcmp(list[0].id, rows[i].first));
	}
}

/* GAZ_KEY_MAX bytes are a name, one more is none. */
static void
test_fold_cap(void **unused)
{
	char text[GAZ_KEY_MAX + 1];
	struct gaz_fold f;
	struct buffer tmp;

	(void)unused;
	memset(text, 'a', sizeof text);
	buffer_init(&tmp, 1024);
	gazetteer_fold_start(&f);
	assert_true(gazetteer_fold_add(&f, span_of(text, GAZ_KEY_MAX), &tmp));
	assert_false(gazetteer_fold_space(&f));
	gazetteer_fold_start(&f);
	assert_false(
		gazetteer_fold_add(&f, span_of(text, GAZ_KEY_MAX + 1), &tmp));
	buffer_release(&tmp);
}

/* A key is read from a spelling, or from the beginning of one. */
static void
test_folds_to(void **unused)
{
	static const struct {
		const char *text, *key;
		bool folds;
	} rows[] = {
		{ "Graz", "graz", true },
		{ "St. George's", "st georges", true },
		{ "St. George's", "st", true },
		{ "Villa-Real", "villa real", true },
		{ "N'Djamena", "ndjamena", true },
		{ " Graz, ", "graz", true },
		{ "k\xC3\xB6ln am rhein", "k\xC3\xB6ln", true },
		{ "Graz", "grazer", false },
		{ "Graz", "gra ", false },
		{ "New York", "newyork", false },
		{ "NewYork", "new york", false },
		{ "New York", "new ", false },
		{ "", "a", false },
	};

	(void)unused;
	for (size_t i = 0; i < ROWS(rows); i++)
		CHECK_ROW(rows[i].key,
			gazetteer_folds_to(rows[i].text,
				span_str(rows[i].key)) == rows[i].folds);
}

/* Each key of the tables is found by its words, with what is said of it. */
static void
test_keys(void **unused)
{
	static const struct {
		const char *words;
		unsigned names;
		bool prefix;
		enum gaz_stop stop;
	} rows[] = {
		{ "Reading", 2, false, GAZ_STOP_WORD },
		{ "March", 1, false, GAZ_STOP_STRICT },
		{ "S\xC3\xA3o Paulo", 3, false, GAZ_STOP_NONE },
		{ "K\xC3\xB6ln", 1, false, GAZ_STOP_NONE },
		{ "United", 0, true, GAZ_STOP_NONE },
		{ "Villa", 0, true, GAZ_STOP_NONE },
		{ "C\xC3\xA2mara de", 0, true, GAZ_STOP_NONE },
	};
	struct buffer tmp;

	(void)unused;
	buffer_init(&tmp, 1024);
	for (size_t i = 0; i < ROWS(rows); i++) {
		const struct gaz_key *k;
		struct gaz_fold f;

		gazetteer_fold_start(&f);
		CHECK_ROW(rows[i].words,
			gazetteer_fold_add(&f, span_str(rows[i].words), &tmp));
		k = gazetteer_key(gazetteer, &f);
		CHECK_ROW(rows[i].words, k != NULL);
		CHECK_ROW(rows[i].words,
			k->count == rows[i].names &&
				k->prefix == rows[i].prefix &&
				gazetteer_traits(gazetteer, k).stop ==
					rows[i].stop);
		for (unsigned n = 0; n <= k->count; n++)
			CHECK_ROW(rows[i].words,
				(gazetteer_name(gazetteer, k, n) != NULL) ==
					(n < k->count));
	}
	buffer_release(&tmp);
}

/* What is no gazetteer, or not all of one, is refused with the reason. */
static void
test_damaged(void **unused)
{
	static const struct {
		const char *name;
		size_t at;  /* where a byte is changed, */
		size_t cut; /* or how many bytes are left, if not 0 */
		enum error_code code;
	} rows[] = {
#define PART(field)                                                            \
	{ #field, offsetof(struct gaz_header, field) + 3, 0, ERR_FORMAT }
		{ "magic", 0, 0, ERR_FORMAT },
		{ "version", offsetof(struct gaz_header, version), 0,
			ERR_VERSION },
		{ "byte order", offsetof(struct gaz_header, endian), 0,
			ERR_FORMAT },
		{ "size", offsetof(struct gaz_header, size), 0, ERR_FORMAT },
		{ "buckets", offsetof(struct gaz_header, nbuckets), 0,
			ERR_FORMAT },
		PART(strings_len),
		PART(strings_at),
		PART(codes_at),
		PART(parents_at),
		PART(traits_at),
		PART(places_at),
		PART(names_at),
		PART(keys_at),
		PART(firsts_at),
		PART(buckets_at),
		PART(ncodes),
		PART(nparents),
		PART(ntraits),
		PART(nplaces),
		PART(nnames),
		PART(nkeys),
		{ "torn", 0, 1000, ERR_FORMAT },
		{ "torn header", 0, 20, ERR_FORMAT },
#undef PART
	};
	struct gazetteer *g = NULL;
	struct gaz_header h;
	struct buffer b;
	struct error err = { 0 };
	char path[256];

	(void)unused;
	buffer_init(&b, (size_t)1 << 20);
	places_path(path, "places.bin");
	assert_int_equal(read_file(path, (size_t)1 << 20, &b, &err), OK);
	places_path(path, "damaged.bin");
	for (size_t i = 0; i < ROWS(rows); i++) {
		size_t len = rows[i].cut != 0 ? rows[i].cut : b.len;

		b.ptr[rows[i].at] ^= 0x41;
		places_write("damaged.bin", b.ptr, len);
		b.ptr[rows[i].at] ^= 0x41;
		CHECK_ROW(rows[i].name,
			gazetteer_open(path, &g, &err) == rows[i].code);
		CHECK_ROW(rows[i].name, g == NULL && err.msg[0] != '\0');
	}
	memcpy(&h, b.ptr, sizeof h);
	b.ptr[h.strings_at + h.strings_len - 1] = 'x';
	places_write("damaged.bin", b.ptr, b.len);
	assert_int_equal(gazetteer_open(path, &g, &err), ERR_FORMAT);
	assert_non_null(strstr(err.msg, "strings do not end"));
	memcpy(b.ptr + offsetof(struct gaz_header, version), "\3\0\0", 4);
	places_write("damaged.bin", b.ptr, b.len);
	assert_int_equal(gazetteer_open(path, &g, &err), ERR_VERSION);
	assert_non_null(strstr(err.msg, "version 3, wanted 4"));
	buffer_release(&b);
}

static void
test_sentences(void **unused)
{
	static const struct {
		const char *name, *text;
		size_t n;
	} rows[] = {
		{ "two", "It rained. We met.", 2 },
		{ "title", "Dr. Ana Ruiz met St. John.", 1 },
		{ "initial", "J. Ruiz spoke.", 1 },
		{ "small letter goes on", "It cost approx. five euros.", 1 },
		{ "ordinal day", "Am 14. Februar kam die 3. deutsche Stadt.",
			1 },
		{ "year ends it", "Das war 2019. Danach kam Graz.", 2 },
		{ "closing quote", "“It rained.” We met! Why? So.", 4 },
		{ "blocks", "It rained\n\nWe met", 2 },
		{ "empty", "", 0 },
	};

	(void)unused;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct scan s;

		arena_reset(arena);
		assert_int_equal(
			read_text(span_str(rows[i].text), NULL, &s), OK);
		CHECK_ROW(rows[i].name, s.nsentences == rows[i].n);
	}
}

/* EXTRACT_SENTENCE_MAX bytes are a sentence; one more is cut, with a
 * warning, and never inside a character. */
static void
test_sentence_cap(void **unused)
{
	struct buffer b;
	struct scan s;

	(void)unused;
	arena_reset(arena);
	buffer_init(&b, (size_t)1 << 20);
	while (b.len < EXTRACT_SENTENCE_MAX)
		buffer_add_char(&b, 'a');
	assert_int_equal(read_text(buffer_span(&b), NULL, &s), OK);
	assert_int_equal(s.nsentences, 1);
	assert_int_equal(s.nwarnings, 0);
	b.len--;
	buffer_add_str(&b, "é");
	assert_int_equal(read_text(buffer_span(&b), NULL, &s), OK);
	assert_int_equal(s.nsentences, 2);
	assert_int_equal(s.nwarnings, 1);
	CHECK_ROW(
		"end", s.sentences != NULL &&
			       s.sentences[0].end == EXTRACT_SENTENCE_MAX - 1);
	buffer_release(&b);
}

static void
test_words(void **unused)
{
	static const struct {
		const char *name, *text, *want;
	} rows[] = {
		{ "words and marks", "Two, THREE.", "two , three ." },
		{ "apostrophe", "d’Évry’s 'o'", "devrys ' o '" },
		{ "digits part", "5th a5 12", "5#5 th a5 12#12" },
		{ "no number", "1234567890123 ½", "1234567890123 1 2" },
		{ "dashes are one", "a–b", "a - b" },
	};
	struct buffer tmp, out;

	(void)unused;
	buffer_init(&tmp, 4096);
	buffer_init(&out, 4096);
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct span text = span_str(rows[i].text);
		struct word *w;
		size_t n;

		arena_reset(arena);
		w = words_split(text, 0, (uint32_t)text.len, arena, &tmp, &n);
		assert_non_null(w);
		buffer_reset(&out);
		for (size_t k = 0; k < n; k++) {
			buffer_add_str(&out, k > 0 ? " " : "");
			if (w[k].mark != 0)
				buffer_add_char(&out, w[k].mark);
			buffer_add_str(&out, w[k].fold);
			if (w[k].digits >= 0)
				buffer_printf(
					&out, "#%lld", (long long)w[k].digits);
		}
		if (strcmp(out.ptr, rows[i].want) != 0)
			fail_msg("row \"%s\":\n got  %s\n want %s",
				rows[i].name, out.ptr, rows[i].want);
	}
	buffer_release(&out);
	buffer_release(&tmp);
}

/* Long and hostile texts take time in proportion: here they end at all. */
static void
test_long_texts(void **unused)
{
	static const struct {
		const char *name, *piece;
		size_t times;
	} rows[] = {
		{ "one word", "a", 1000000 },
		{ "capitals", "A", 1000000 },
		{ "commas", ",", 1000000 },
		{ "stops", ". A", 300000 },
		{ "cities", "Graz, ", 10000 },
		{ "cities with countries", "Brest, France; ", 10000 },
		{ "beginnings", "Villa ", 100000 },
		{ "hyphens", "Villa-", 100000 },
		{ "many readings", "Santiago (Mexico) ", 10000 },
	};
	struct buffer b;

	(void)unused;
	buffer_init(&b, (size_t)2 << 20);
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct scan s;

		arena_reset(arena);
		buffer_reset(&b);
		for (size_t k = 0; k < rows[i].times; k++)
			buffer_add_str(&b, rows[i].piece);
		assert_int_equal(b.code, OK);
		CHECK_ROW(rows[i].name,
			read_text(buffer_span(&b), "en", &s) == OK);
	}
	buffer_release(&b);
}

static int
setup(void **unused)
{
	(void)unused;
	arena = arena_new((size_t)512 << 20);
	gazetteer = places_setup();
	return arena != NULL && gazetteer != NULL ? 0 : -1;
}

static int
teardown(void **unused)
{
	(void)unused;
	places_teardown(gazetteer);
	arena_free(arena);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_capital_nouns),
		cmocka_unit_test(test_division),
		cmocka_unit_test(test_numbers_in_names),
		cmocka_unit_test(test_months_in_names),
		cmocka_unit_test(test_place_after_all),
		cmocka_unit_test(test_lookup),
		cmocka_unit_test(test_fold_cap),
		cmocka_unit_test(test_folds_to),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_sentences),
		cmocka_unit_test(test_sentence_cap),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_long_texts),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
