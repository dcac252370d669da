/* A word is the same word whether it is read with others or from the text:
 * what recognisers make of atoms is what they make of bytes. */
#include <stdio.h>

#include "unit.h"

#include "extract/lexis.h"
#include "extract/names_tokens.h"
#include "extract/phrasebook.h"
#include "extract/sentence.h"

#define TOKENS 256

static const struct {
	const char *name, *text;
	bool atoms; /* it has some */
} texts[] = {
	{ "plain", "Graz joined the network of 64 cities on 3 May 2019.",
		true },
	{ "glued numbers", "The 14th of 2nd-placed A4 and 5G, 20's, x2y.",
		true },
	{ "apostrophes", "The city's d'Evry l'union 'quoted' isn't Ra's Xi'an.",
		true },
	{ "curly", "city\u2019s l\u2019union \u2018quoted\u2019 \u201cA\u201d",
		true },
	{ "hyphens", "co-founder U.N. e.g. Stoke-on-Trent - 2018-2020 A\u2013B",
		true },
	{ "accents", "Málaga, Österreich, Straße, œuvre, Łódź, São Paulo",
		true },
	{ "compounds",
		"siebenundsiebzig Landwirtschaftsministerium zwanzigste "
		"zweieinhalb",
		true },
	{ "glued role", "Jane OsborneProfessor spoke; R&D & co.", true },
	{ "signs", "1° 3ª 4º km² €5 £6 100% (a) [b] x\u00d7y", true },
	{ "other scripts", "Москва 東京、大阪 Ελλάδα", true },
	{ "numbers", "1234567890123456 12345678901234 0007 ½ ²", true },
	{ "nothing", "... --- !!!", true },
	{ "tab", "one\ttwo", false },
	{ "no-break space", "27\u00a0to\u00a029 October", false },
	{ "control", "one\001two", false },
};

struct reading {
	struct arena *arena;
	struct lexis *lexis;
	struct word_table tables[2];
	struct phrasebook *phrasebook;
	struct lexicon lexicon;
	struct buffer tmp;
	struct document doc;
	struct block block;
	struct scan s;
};

static void
open_reading(struct reading *r)
{
	struct hash *h = hash_new();
	struct error err = { 0 };

	memset(r, 0, sizeof *r);
	r->arena = arena_new((size_t)64 << 20);
	r->lexis = lexis_new();
	assert_non_null(r->lexis);
	buffer_init(&r->tmp, 1 << 16);
	assert_int_equal(words_load(&r->tables[0], "config", "clauses",
				 r->arena, h, &err),
		OK);
	assert_int_equal(words_load(&r->tables[1], "config", "polarity",
				 r->arena, h, &err),
		OK);
	lexis_mark(r->lexis, &r->tables[0]);
	lexis_mark(r->lexis, &r->tables[1]);
	assert_int_equal(
		phrasebook_open("config", h, &r->phrasebook, &err), OK);
	assert_int_equal(lexicon_init(&r->lexicon, r->arena, &err), OK);
	assert_int_equal(lexicon_load(&r->lexicon, "config", h, &err), OK);
	hash_free(h);
}

static void
close_reading(struct reading *r)
{
	phrasebook_free(r->phrasebook);
	lexis_free(r->lexis);
	buffer_release(&r->tmp);
	arena_free(r->arena);
}

static void
read_text(struct reading *r, const char *text, const char *language)
{
	r->block = (struct block){ .end = (uint32_t)strlen(text) };
	r->doc = (struct document){ .text = span_str(text),
		.language = language,
		.blocks = &r->block,
		.nblocks = 1 };
	r->s = (struct scan){ .doc = &r->doc, .arena = r->arena };
	assert_int_equal(sentences_split(&r->s), OK);
	lexis_read(r->lexis, &r->s);
}

static void
compare_words(struct reading *r, const struct sentence *in)
{
	const char *language = r->doc.language;
	size_t n, m, len, also;
	struct word *a =
		words_read(r->lexis, r->doc.text, in, r->arena, &r->tmp, &n);
	struct word *b = words_split(
		r->doc.text, in->start, in->end, r->arena, &r->tmp, &m);

	assert_int_equal(n, m);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(a[i].start, b[i].start);
		assert_int_equal(a[i].end, b[i].end);
		assert_string_equal(a[i].fold, b[i].fold);
		assert_true(a[i].digits == b[i].digits);
		assert_int_equal(a[i].hash, b[i].hash);
		assert_int_equal(a[i].mark, b[i].mark);
		assert_int_equal(a[i].space, b[i].space);
		assert_int_equal(a[i].ndigits, b[i].ndigits);
		for (size_t t = 0; t < 2; t++) {
			const struct word_table *table = &r->tables[t];
			const struct word_row *row =
				words_find(table, a, n, i, language, &len);

			assert_ptr_equal(row,
				words_find(table, b, m, i, language, &also));
			assert_true(row == NULL || len == also);
		}
	}
}

static void
compare_lexemes(struct reading *r, const struct sentence *in)
{
	struct lexeme w[2][TOKENS];
	struct lexeme_line a = { .phrasebook = r->phrasebook,
		.text = r->doc.text,
		.lang = phrasebook_language(r->phrasebook, r->doc.language),
		.room = w[0],
		.cap = TOKENS };
	struct lexeme_line b = a;

	b.room = w[1];
	phrasebook_read(&a, r->lexis, in);
	phrasebook_split(&b, in->start, in->end);
	assert_int_equal(a.n, b.n);
	assert_true(a.kinds == b.kinds && a.digits == b.digits);
	for (size_t i = 0; i < a.n; i++) {
		assert_int_equal(a.w[i].start, b.w[i].start);
		assert_int_equal(a.w[i].end, b.w[i].end);
		assert_true(a.w[i].kinds == b.w[i].kinds);
		assert_true(a.w[i].digits == b.w[i].digits);
		assert_true(a.w[i].compound == b.w[i].compound);
		assert_int_equal(a.w[i].word, b.w[i].word);
		assert_int_equal(a.w[i].ndigits, b.w[i].ndigits);
		assert_int_equal(a.w[i].mark, b.w[i].mark);
		assert_int_equal(a.w[i].space, b.w[i].space);
		assert_int_equal(a.w[i].apos, b.w[i].apos);
		assert_int_equal(a.w[i].upper, b.w[i].upper);
		assert_int_equal(a.w[i].ordinal, b.w[i].ordinal);
		assert_int_equal(a.w[i].half, b.w[i].half);
	}
}

static void
compare_tokens(struct reading *r)
{
	struct token a[TOKENS + 1], b[TOKENS + 1];
	struct token_sum sum, also;
	uint32_t next;
	size_t n, m = names_tokenise(&r->lexicon, &r->tmp, r->doc.text, 0,
			  r->block.end, b, TOKENS, &next, &also);

	if (!names_read_atoms(&r->lexicon, r->lexis, &r->s.blocks[0], a, TOKENS,
		    &n, &sum))
		return;
	assert_int_equal(n, m);
	assert_true(sum.kinds == also.kinds && sum.gaps == also.gaps &&
		    sum.flags == also.flags);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(a[i].start, b[i].start);
		assert_int_equal(a[i].end, b[i].end);
		assert_int_equal(a[i].word, b[i].word);
		assert_int_equal(a[i].stem, b[i].stem);
		assert_int_equal(a[i].gap, b[i].gap);
		assert_int_equal(a[i].flags, b[i].flags);
		assert_int_equal(a[i].kinds, b[i].kinds);
	}
}

/* Twice in each language, so that forms are met that another one made. */
static void
atoms_read_as_text(void **state)
{
	static const char *const languages[] = { "en", "de", NULL, "fr", "en",
		"de" };
	struct reading r;

	(void)state;
	open_reading(&r);
	for (size_t l = 0; l < ROWS(languages); l++)
		for (size_t i = 0; i < ROWS(texts); i++) {
			read_text(&r, texts[i].text, languages[l]);
			if ((r.s.blocks[0].list != NULL) != texts[i].atoms)
				fail_msg("row \"%s\": atoms", texts[i].name);
			for (size_t k = 0; k < r.s.nsentences; k++) {
				compare_words(&r, &r.s.sentences[k]);
				compare_lexemes(&r, &r.s.sentences[k]);
			}
			compare_tokens(&r);
		}
	close_reading(&r);
}

/* The form of the i-th of many words. */
static struct form *
form_of(struct lexis *x, int i)
{
	char word[16];

	(void)snprintf(word, sizeof word, "w%d", i);
	return lexis_form(x, span_str(word));
}

static void
caps_hold(void **state)
{
	char word[LEXIS_FORM_MAX + 2];
	struct lexis *x = lexis_new();
	struct document doc = { .text = span_str("") };
	struct arena *a = arena_new((size_t)1 << 20);
	struct scan s = { .doc = &doc, .arena = a };
	const struct form *first;

	(void)state;
	assert_non_null(x);
	memset(word, 'a', sizeof word);
	assert_non_null(lexis_form(x, span_of(word, LEXIS_FORM_MAX)));
	assert_null(lexis_form(x, span_of(word, LEXIS_FORM_MAX + 1)));
	first = form_of(x, 1);
	for (int i = 2; i < LEXIS_FORMS_MAX; i++)
		assert_non_null(form_of(x, i));
	assert_null(form_of(x, LEXIS_FORMS_MAX));
	assert_ptr_equal(form_of(x, 1), first);
	/* Between documents there is room again. */
	lexis_read(x, &s);
	assert_non_null(form_of(x, LEXIS_FORMS_MAX));
	arena_free(a);
	lexis_free(x);
}

/* "entra" and "it" are no "entrait": each row of a table is found. */
static void
rows_of_languages_are_kept_apart(void **state)
{
	struct word_row rows[] = {
		{ "cue", "entra", "", "it", 1, false },
		{ "cue", "entrait", "", "fr", 1, false },
		{ "cue", "se", "", "es", 1, false },
		{ "cue", "sees", "", "en", 1, false },
	};
	struct word_table table = {
		.rows = rows,
		.n = sizeof rows / sizeof *rows,
	};
	struct arena *a = arena_new((size_t)16 << 20);
	struct buffer tmp;

	(void)state;
	buffer_init(&tmp, 1 << 12);
	assert_int_equal(words_index(&table, a), OK);
	for (size_t i = 0; i < table.n; i++) {
		struct span text = span_str(rows[i].words);
		size_t n, len;
		struct word *w =
			words_split(text, 0, (uint32_t)text.len, a, &tmp, &n);

		assert_non_null(w);
		assert_ptr_equal(
			words_find(&table, w, n, 0, rows[i].lang, &len),
			&rows[i]);
		assert_ptr_equal(
			words_find(&table, w, n, 0, NULL, &len), &rows[i]);
	}
	buffer_release(&tmp);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(atoms_read_as_text),
		cmocka_unit_test(rows_of_languages_are_kept_apart),
		cmocka_unit_test(caps_hold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
