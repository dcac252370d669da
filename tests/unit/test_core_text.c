/* span, utf8, buffer, arena, error */
#include "core/core.h"
#include "unit.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

static void
span_int_reads_whole_numbers(void **state)
{
	static const struct {
		const char *name, *text;
		bool ok;
		long long n;
	} cases[] = {
		{ "plain", "64", true, 64 },
		{ "negative", "-5", true, -5 },
		{ "zero", "0", true, 0 },
		{ "over the maximum", "1001", false, 0 },
		{ "empty", "", false, 0 },
		{ "sign only", "-", false, 0 },
		{ "trailing word", "64 cities", false, 0 },
		{ "decimal", "3.5", false, 0 },
		{ "over 64 bits", "99999999999999999999", false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		long long n = 0;
		bool ok = span_int(span_str(cases[i].text), -1000, 1000, &n);

		CHECK_ROW(cases[i].name, ok == cases[i].ok);
		CHECK_ROW(cases[i].name, !ok || n == cases[i].n);
	}
}

static void
whole_numbers_are_written(void **state)
{
	static const struct {
		long long n;
		const char *want;
	} cases[] = {
		{ 0, "0" },
		{ 7, "7" },
		{ -10, "-10" },
		{ 4294967295, "4294967295" },
		{ LLONG_MAX, "9223372036854775807" },
		{ LLONG_MIN, "-9223372036854775808" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		char room[SPAN_INT_ROOM];

		CHECK_ROW(cases[i].want,
			span_eq_str(
				span_of_int(cases[i].n, room), cases[i].want));
	}
}

static void
span_split_gives_every_field(void **state)
{
	struct span rest = span_str("a,,b"), field;

	(void)state;
	assert_true(span_split(&rest, ',', &field));
	assert_true(span_eq_str(field, "a"));
	assert_true(span_split(&rest, ',', &field));
	assert_true(span_eq_str(field, ""));
	assert_true(span_split(&rest, ',', &field));
	assert_true(span_eq_str(field, "b"));
	assert_false(span_split(&rest, ',', &field));
}

static void
span_finds_and_compares(void **state)
{
	struct span text = span_str("Learning Cities");

	(void)state;
	assert_int_equal(span_find(text, 0, span_str("Cities")), 9);
	assert_true(span_find(text, 10, span_str("Cities")) == SIZE_MAX);
	assert_int_equal(span_find(text, 3, span_str("")), 3);
	assert_true(span_ieq_str(text, "LEARNING cities"));
	assert_true(span_istarts_with(text, "learn"));
	assert_false(span_starts_with(text, "learn"));
	assert_true(span_ihas(text, "CITIES"));
	assert_true(span_ihas(text, ""));
	assert_false(span_ihas(text, "citiesx"));
	assert_true(span_ends_with(text, "ities"));
	assert_true(span_eq_str(span_trim(span_str(" \t x y\n")), "x y"));
	assert_true(span_eq_str(span_sub(text, 9, 999), "Cities"));
}

/* Unicode 15, section 3.9, tables 3-8 to 3-11. */
static void
utf8_repair_replaces_maximal_subparts(void **state)
{
	static const struct {
		const char *name, *in;
		size_t len;
		const char *out;
		size_t bad;
	} cases[] = {
		{ "plain", "Caf\xC3\xA9", 5, "Caf\xC3\xA9", 0 },
		{ "overlong", "\xC0\xAF", 2, "\xEF\xBF\xBD\xEF\xBF\xBD", 2 },
		{ "surrogate", "\xED\xA0\x80", 3,
			"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", 3 },
		{ "truncated three bytes are one", "\xE1\x80 x", 4,
			"\xEF\xBF\xBD x", 1 },
		{ "truncated at the end", "a\xF1\x80\x80", 4, "a\xEF\xBF\xBD",
			1 },
		{ "over U+10FFFF", "\xF4\x90\x80\x80", 4,
			"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", 4 },
		{ "NUL", "a\0b", 3,
			"a\xEF\xBF\xBD"
			"b",
			1 },
		{ "lone continuation", "\x80", 1, "\xEF\xBF\xBD", 1 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		struct buffer b;
		size_t bad = 0;

		buffer_init(&b, 100);
		assert_int_equal(utf8_repair(span_of(cases[i].in, cases[i].len),
					 &b, &bad),
			OK);
		CHECK_ROW(cases[i].name,
			span_eq_str(buffer_span(&b), cases[i].out));
		CHECK_ROW(cases[i].name, bad == cases[i].bad);
		CHECK_ROW(cases[i].name,
			utf8_valid_prefix(buffer_span(&b)) == b.len);
		buffer_release(&b);
	}
}

static void
utf8_codes_come_back(void **state)
{
	static const uint32_t cps[] = { 'a', 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF,
		0xE000, 0xFFFD, 0x10000, 0x10FFFF };
	char out[4];
	uint32_t cp;

	(void)state;
	for (size_t i = 0; i < ROWS(cps); i++) {
		size_t len = utf8_encode(cps[i], out);

		assert_true(len > 0);
		assert_int_equal(utf8_decode(span_of(out, len), 0, &cp), len);
		assert_int_equal(cp, cps[i]);
	}
	assert_int_equal(utf8_encode(0xD800, out), 0);
	assert_int_equal(utf8_encode(0x110000, out), 0);
}

static void
utf8_boundaries_are_first_bytes(void **state)
{
	struct span text = span_str("\xC3\xA9z");

	(void)state;
	assert_true(utf8_boundary(text, 0));
	assert_false(utf8_boundary(text, 1));
	assert_true(utf8_boundary(text, 2));
	assert_true(utf8_boundary(text, 3));
	assert_false(utf8_boundary(text, 4));
	assert_int_equal(utf8_count(text), 2);
}

/* A letter in parts, with a mark behind it that goes, is in no table. */
static void
utf8_fold_name_is_the_same_the_long_way(void **state)
{
	struct buffer quick, slow, parts;
	char text[6];

	(void)state;
	buffer_init(&quick, 64);
	buffer_init(&slow, 64);
	buffer_init(&parts, 64);
	for (uint32_t cp = 0x20; cp < 0x2100; cp++) {
		size_t len = utf8_encode(cp, text);
		utf8proc_uint8_t *nfd;

		text[len] = '\0';
		nfd = utf8proc_NFD((const utf8proc_uint8_t *)text);
		assert_non_null(nfd);
		buffer_reset(&quick);
		buffer_reset(&slow);
		buffer_reset(&parts);
		buffer_add_str(&parts, (const char *)nfd);
		buffer_add_str(&parts, "\xcc\x81");
		free(nfd);
		assert_int_equal(
			utf8_fold_name(span_of(text, len), &quick), OK);
		assert_int_equal(
			utf8_fold_name(buffer_span(&parts), &slow), OK);
		if (!span_eq(buffer_span(&quick), buffer_span(&slow)))
			fail_msg("U+%04X: \"%s\", wanted \"%s\"", (unsigned)cp,
				quick.ptr, slow.ptr);
		buffer_reset(&quick);
		buffer_add_char(&quick, ' ');
		(void)utf8_fold_name(span_of(text, len), &quick);
		assert_true(span_eq(span_sub(buffer_span(&quick), 1, quick.len),
			buffer_span(&slow)));
	}
	buffer_release(&quick);
	buffer_release(&slow);
	buffer_release(&parts);
}

static void
utf8_fold_name_makes_keys(void **state)
{
	static const struct {
		const char *name, *in, *out;
	} cases[] = {
		{ "accents", "Medell\xC3\xADn", "medellin" },
		{ "apostrophe",
			"L\xE2\x80\x99"
			"Aquila",
			"laquila" },
		{ "hyphen", "Evry-Courcouronnes", "evry courcouronnes" },
		{ "full stop", "St. Gallen", "st gallen" },
		{ "sharp s",
			"Gro\xC3\x9F"
			"enhain",
			"grossenhain" },
		{ "o slash",
			"\xC3\x98"
			"rsted",
			"orsted" },
		{ "l stroke",
			"\xC5\x81\xC3\xB3"
			"d\xC5\xBA",
			"lodz" },
		{ "letters with strokes, between spaces",
			"\xC4\x91 \xC4\xA6 \xC5\x82 \xC3\xB8 \xC4\xB1",
			"d h l o i" },
		{ "dashes and quotation marks",
			"a\xE2\x80\x93z \xE2\x80\x9Cq\xE2\x80\x9D", "a z q" },
		{ "decomposed", "Me\xCC\x81rida", "merida" },
		{ "spaces and signs", "  Baden - Baden (DE) ",
			"baden baden de" },
		{ "ligature", "\xEF\xAC\x81n", "fin" },
		{ "empty", "", "" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		struct buffer b;

		buffer_init(&b, 100);
		buffer_add_str(&b, "");
		assert_int_equal(utf8_fold_name(span_str(cases[i].in), &b), OK);
		CHECK_ROW(cases[i].name,
			span_eq_str(buffer_span(&b), cases[i].out));
		buffer_release(&b);
	}
}

static void
utf8_fold_ascii_makes_the_same_keys(void **state)
{
	static const struct {
		const char *name, *in, *out;
	} cases[] = {
		{ "letters", "Espoo", "espoo" },
		{ "digits", "26C", "26c" },
		{ "marks", "  Baden - Baden (DE) ", "baden baden de" },
		{ "dropped", "St. John's", "st johns" },
		{ "a word's mark", "members,", "members" },
		{ "marks alone", " -- ", "" },
		{ "empty", "", "" },
	};
	struct buffer b;
	char out[32];

	(void)state;
	buffer_init(&b, sizeof out);
	for (size_t i = 0; i < ROWS(cases); i++) {
		struct span in = span_str(cases[i].in);
		size_t n = utf8_fold_ascii(in, out);

		CHECK_ROW(cases[i].name,
			n <= in.len &&
				span_eq_str(span_of(out, n), cases[i].out));
		buffer_reset(&b);
		assert_int_equal(utf8_fold_name(in, &b), OK);
		CHECK_ROW(cases[i].name,
			span_eq(buffer_span(&b), span_of(out, n)));
	}
	buffer_release(&b);
	assert_true(utf8_fold_ascii(span_str("a\xC3\xA9"), out) == SIZE_MAX);
}

/* What is dropped takes no room; a long text that has none ends at the cap. */
static void
utf8_fold_name_stops_at_its_cap(void **state)
{
	static const struct {
		const char *name, *in, *out;
		enum error_code code;
	} cases[] = {
		{ "at the cap", "Abcd efg", "abcd efg", OK },
		{ "over it", "Abcd efgh", "abcd efg", ERR_LIMIT },
		{ "dropped", "''''''''''''A.b.c.d' '.efg", "abcd efg", OK },
		{ "gaps", "a -- - -- - -- - -- b", "a b", OK },
		{ "beside others", "\xC3\xA9 ---- ''' \xC3\xA9 -- ---- a",
			"e e a", OK },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		struct buffer b;

		buffer_init(&b, 8);
		CHECK_ROW(cases[i].name,
			utf8_fold_name(span_str(cases[i].in), &b) ==
					cases[i].code &&
				span_eq_str(buffer_span(&b), cases[i].out));
		buffer_release(&b);
	}
}

static void
utf8_nfc_composes(void **state)
{
	struct buffer b;

	(void)state;
	buffer_init(&b, 100);
	assert_int_equal(utf8_nfc(span_str("Me\xCC\x81rida"), &b), OK);
	assert_string_equal(b.ptr, "M\xC3\xA9rida");
	buffer_release(&b);
	assert_true(utf8_is_space(0xA0));
	assert_true(utf8_is_space(0x202F));
	assert_false(utf8_is_space('_'));
	assert_true(utf8_is_upper(0xC9));
	assert_int_equal(utf8_lower(0xC9), 0xE9);
	assert_true(utf8_is_letter(0x4E2D));
	assert_true(utf8_is_digit(0x663)); /* Arabic-Indic three */
}

static void
buffer_holds_its_cap_and_no_more(void **state)
{
	struct error err = { 0 };
	struct buffer b;

	(void)state;
	buffer_init(&b, 8);
	assert_int_equal(buffer_add_str(&b, "12345678"), OK);
	assert_int_equal(buffer_add_char(&b, '9'), ERR_LIMIT);
	assert_int_equal(b.len, 8); /* all or nothing */
	assert_int_equal(buffer_add_str(&b, ""), ERR_LIMIT); /* sticks */
	assert_int_equal(buffer_error(&b, &err, "a test"), ERR_LIMIT);
	assert_string_equal(err.msg, "a test is over 8 bytes");
	buffer_reset(&b);
	assert_int_equal(buffer_printf(&b, "%d-%s", 7, "abc"), OK);
	assert_string_equal(b.ptr, "7-abc");
	buffer_consume(&b, 2);
	assert_string_equal(b.ptr, "abc");
	buffer_release(&b);
}

static void
arena_gives_up_at_its_cap(void **state)
{
	struct arena *a = arena_new(64);
	size_t cap = 0;
	int *list;

	(void)state;
	assert_non_null(a);
	assert_non_null(arena_alloc(a, 32));
	assert_non_null(arena_alloc(a, 32));
	assert_null(arena_alloc(a, 1));
	assert_true(arena_over_cap(a));
	arena_reset(a);
	assert_false(arena_over_cap(a));
	assert_int_equal(arena_used(a), 0);
	assert_null(arena_array(a, SIZE_MAX / 2, 4)); /* would overflow */
	list = arena_grow(a, NULL, 0, &cap, sizeof *list);
	assert_non_null(list);
	assert_int_equal(cap, 8);
	assert_ptr_equal(arena_grow(a, list, 3, &cap, sizeof *list), list);
	arena_free(a);
}

static void
arena_memory_is_zero_after_reset(void **state)
{
	struct arena *a = arena_new(1 << 20);
	char *p = arena_alloc(a, 100);

	(void)state;
	memset(p, 'x', 100);
	arena_reset(a);
	p = arena_alloc(a, 100);
	for (int i = 0; i < 100; i++)
		assert_int_equal(p[i], 0);
	assert_string_equal(arena_printf(a, "%s %d", "a", 1), "a 1");
	assert_null(arena_strdup(a, NULL));
	arena_free(a);
}

static void
arena_fails_when_told_to(void **state)
{
	struct arena *a = arena_new(1 << 20);

	(void)state;
	arena_fail_at(a, 1);
	assert_non_null(arena_alloc(a, 1));
	assert_null(arena_alloc(a, 1));
	assert_false(arena_over_cap(a)); /* that is: no memory */
	assert_non_null(arena_alloc(a, 1));
	arena_free(a);
}

static void
error_keeps_code_and_context(void **state)
{
	struct error err = { 0 };
	char longer[2 * ERROR_MSG_MAX];

	(void)state;
	assert_int_equal(
		error_set(&err, ERR_CONFIG, "line %d", 12), ERR_CONFIG);
	assert_int_equal(error_wrap(&err, "rules %s", "a"), ERR_CONFIG);
	assert_string_equal(err.msg, "rules a: line 12");
	assert_int_equal(error_exit_status(err.code), 2);
	assert_int_equal(error_exit_status(ERR_BUSY), 75);
	assert_int_equal(error_exit_status(ERR_IO), 1);
	assert_string_equal(error_name((enum error_code)999), "unknown");
	/* A message is cut between characters, never inside one. */
	for (size_t i = 0; i + 2 < sizeof longer; i += 2)
		memcpy(longer + i, "\xC3\xA9", 2);
	longer[sizeof longer - 2] = '\0';
	error_set(&err, ERR_IO, "x%s", longer);
	assert_int_equal(utf8_valid_prefix(span_str(err.msg)), strlen(err.msg));
	error_set(&err, ERR_IO, "%s again", "x");
	error_set(&err, ERR_IO, "%s again", err.msg);
	assert_string_equal(err.msg, "x again again");
	assert_int_equal(error_set(NULL, ERR_IO, "nobody listens"), ERR_IO);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(span_int_reads_whole_numbers),
		cmocka_unit_test(whole_numbers_are_written),
		cmocka_unit_test(span_split_gives_every_field),
		cmocka_unit_test(span_finds_and_compares),
		cmocka_unit_test(utf8_repair_replaces_maximal_subparts),
		cmocka_unit_test(utf8_codes_come_back),
		cmocka_unit_test(utf8_boundaries_are_first_bytes),
		cmocka_unit_test(utf8_fold_name_makes_keys),
		cmocka_unit_test(utf8_fold_ascii_makes_the_same_keys),
		cmocka_unit_test(utf8_fold_name_stops_at_its_cap),
		cmocka_unit_test(utf8_fold_name_is_the_same_the_long_way),
		cmocka_unit_test(utf8_nfc_composes),
		cmocka_unit_test(buffer_holds_its_cap_and_no_more),
		cmocka_unit_test(arena_gives_up_at_its_cap),
		cmocka_unit_test(arena_memory_is_zero_after_reset),
		cmocka_unit_test(arena_fails_when_told_to),
		cmocka_unit_test(error_keeps_code_and_context),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
