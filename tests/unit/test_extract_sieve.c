#include "extract/rules.h"

#include <string.h>

#include "unit.h"

/* A sieve lets through all that PCRE2 matches, and of these patterns, which
 * have no "-(...)" and no "$", nothing else. */
static const char *const patterns[] = {
	"{CITY:subject} ~4 !joins ~2 {NETWORK:network}",
	"{CITY|ORGANISATION+:subject} ~~3 !(joins|is admitted) {NETWORK}",
	"a b? ~3 (c|d e|{CITY} ~1) f",
	"^ {CITY:subject}? joins",
	"(a|b (c|d)?)? , e ~2 {DATE:date}",
	"!it joins ~1 f?",
	"~2 c ~~12 b",
	"{CITY} , ( ~1 (a|b)? ~1 )? .",
	"a? {CITY|ORGANISATION+:subject} b",
	"({CITY+:subject}|{CITY:place} ,) {ORGANISATION} ~1 joins",
};
#define PATTERNS (sizeof patterns / sizeof *patterns)
static const char *const coarse[] = { "a ~3-(c d) f", "a -(b) ~2 c", "a b? $" };
#define COARSE (sizeof coarse / sizeof *coarse)

#define ROUNDS	 4000
#define LONG	 (SIEVE_WORDS * 64) /* so long, it is folded */
#define LONGEST	 (2 * LONG)
#define ALPHABET 16
#define JOINS	 6 /* in the alphabet */

static struct rules *rules;
static struct matcher matcher;
static uint16_t alphabet[ALPHABET];

static int
setup(void **state)
{
	static const char words[] = "a b c d e f joins is admitted";
	static const uint16_t others[] = { UNIT_SYMBOL, UNIT_SYMBOL + 4,
		UNIT_SYMBOL + 5, UNIT_SYMBOL + SYMBOL_PRONOUN, UNIT_OTHER, ',',
		'.' };
	struct hash *h = hash_new();
	struct buffer b;
	uint32_t at = 0;
	size_t n = 0;
	struct token t;

	(void)state;
	rules = rules_new();
	assert_int_equal(rules_load_words(rules, "config", h, NULL), OK);
	hash_free(h);
	buffer_init(&b, 1 << 16);
	buffer_add_str(&b, "%dateline-rules 1\nrule t.x 1\n kind award\n");
	for (size_t i = 0; i < PATTERNS; i++)
		buffer_printf(&b, " match %s\n", patterns[i]);
	for (size_t i = 0; i < COARSE; i++)
		buffer_printf(&b, " match %s\n", coarse[i]);
	buffer_add_str(&b, " yes a\n no a\n live a\n");
	assert_int_equal(rules_read(rules, buffer_span(&b), "t", NULL), OK);
	buffer_release(&b);
	assert_int_equal(rule_index_make(rules), OK);
	assert_int_equal(matcher_init(&matcher, rules, NULL), OK);
	while (token_next(span_str(words), &at, sizeof words - 1, &t))
		alphabet[n++] = vocabulary_unit(rules->vocabulary, &t);
	memcpy(alphabet + n, others, sizeof others);
	assert_int_equal(n + sizeof others / sizeof *others, ALPHABET);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	matcher_release(&matcher);
	rules_free(rules);
	return 0;
}

/* The same numbers in every run. */
static uint32_t
draw(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 16;
}

/* Where PCRE2 alone finds the pattern from there on; false: nowhere. */
static bool
matches(const struct rule_pattern *p, const uint16_t *units, size_t len,
	size_t from, PCRE2_SIZE at[2])
{
	if (pcre2_match(matcher_code(&matcher, p), units, len, from, 0,
		    matcher.data, matcher.context) < 0)
		return false;
	memcpy(at, pcre2_get_ovector_pointer(matcher.data), 2 * sizeof *at);
	return true;
}

/* With the sieve in front, the same match. */
static bool
is_found(const struct rule_pattern *p, size_t from, const PCRE2_SIZE at[2])
{
	return matcher_find(&matcher, p, from, matcher.data) >= 0 &&
	       memcmp(at, pcre2_get_ovector_pointer(matcher.data),
		       2 * sizeof *at) == 0;
}

/* A sentence by chance: most short, some over one, two and three words of
 * bits, some folded, and these with lists; its length. */
static size_t
draw_sentence(uint32_t *seed, int round, uint16_t units[LONGEST])
{
	const bool folded = round % 16 == 8;
	const size_t len =
		folded ? LONG + draw(seed) % LONG
		       : 1 + draw(seed) % (round % 8 == 0 ? LONG - 1 : 12);

	for (size_t i = 0; i < len; i++) {
		units[i] = alphabet[draw(seed) % ALPHABET];
		if (folded && i > 0 && draw(seed) % 8 > 0)
			units[i] = units[i - 1] >= UNIT_SYMBOL &&
						   units[i - 1] < UNIT_WORD
					   ? ','
				   : draw(seed) % 8 > 0
					   ? UNIT_SYMBOL + SYMBOL_CITY
					   : UNIT_SYMBOL + SYMBOL_ORGANISATION;
	}
	return len;
}

static void
sieves_agree(void **state)
{
	const struct rule *rule = &rules->list[0];
	size_t matched[PATTERNS + COARSE] = { 0 };
	uint32_t seed = 1;
	struct annotated note;

	(void)state;
	matcher.note = &note;
	for (int round = 0; round < ROUNDS; round++) {
		uint16_t units[LONGEST];
		size_t len = draw_sentence(&seed, round, units);
		size_t from = round % 3 == 0 ? draw(&seed) % len : 0;

		note = (struct annotated){ .units = units, .len = len };
		sieve_note_read(&matcher.sieve, units, len);
		for (size_t i = 0; i < rule->npatterns; i++) {
			const struct rule_pattern *p = &rule->patterns[i];
			PCRE2_SIZE at[2];
			bool is = matches(p, units, len, from, at);
			bool may =
				sieve_stands(&matcher.sieve, &p->sieve) &&
				sieve_reaches(&matcher.sieve, &p->sieve, from);

			matched[i] += is;
			if (is && !is_found(p, from, at))
				fail_msg(
					"%zu: not found in round %d", i, round);
			if (is && !may)
				fail_msg("%zu: stopped in round %d", i, round);
			if (may && !is && i < PATTERNS && !matcher.sieve.folded)
				fail_msg("%zu: passed in round %d", i, round);
		}
	}
	for (size_t i = 0; i < rule->npatterns; i++)
		if (matched[i] < 5 || matched[i] > ROUNDS - 5)
			fail_msg("%zu: matches %zu times", i, matched[i]);
}

/* Of the longest sentence it is known where its units stand, of a longer one
 * that they do. */
static void
long_sentences_are_folded(void **state)
{
	const struct sieve_code *code = &rules->list[0].patterns[0].sieve;
	const uint16_t wanted[] = { UNIT_SYMBOL + SYMBOL_NETWORK,
		alphabet[JOINS], UNIT_SYMBOL + SYMBOL_CITY };
	const struct {
		const char *name;
		size_t len, wanted;
		bool stands, reaches;
	} cases[] = {
		{ "nothing that it wants", LONG - 1, 0, false, false },
		{ "all, in another order", LONG - 1, 3, true, false },
		{ "folded, nothing that it wants", LONG, 0, false, true },
		{ "folded, one is lacking", LONG, 2, false, true },
		{ "folded, all, in another order", LONG, 3, true, true },
	};
	uint16_t units[LONG];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		for (size_t k = 0; k < LONG; k++)
			units[k] = k < cases[i].wanted ? wanted[k] : UNIT_OTHER;
		sieve_note_read(&matcher.sieve, units, cases[i].len);
		CHECK_ROW(cases[i].name,
			sieve_stands(&matcher.sieve, code) == cases[i].stands &&
				sieve_reaches(&matcher.sieve, code, 0) ==
					cases[i].reaches);
	}
}

/* A list is gone through from its first name, not from each. */
static void
names_of_a_list_go_on(void **state)
{
	enum {
		CITY = UNIT_SYMBOL + SYMBOL_CITY,
		OTHER = UNIT_SYMBOL + SYMBOL_ORGANISATION
	};
	const struct {
		const char *name, *pattern;
		uint16_t units[3];
		bool goes_on;
	} cases[] = {
		{ "a list", "{CITY+} a", { CITY, ',', CITY }, true },
		{ "of two kinds", "{CITY|ORGANISATION+} a",
			{ OTHER, ',', CITY }, true },
		{ "behind another kind", "{CITY+} a", { OTHER, ',', CITY },
			false },
		{ "behind another mark", "{CITY+} a", { CITY, ';', CITY },
			false },
		{ "words before it", "(a|b c)? {CITY+} a", { CITY, ',', CITY },
			true },
		{ "a name alone", "{CITY} a", { CITY, ',', CITY }, false },
		{ "either", "({CITY+} a|{CITY} b)", { CITY, ',', CITY },
			false },
		{ "over mentions to it", "~~3 {CITY+} a", { CITY, ',', CITY },
			false },
		{ "nothing need stand", "(a|{CITY+})?", { CITY, ',', CITY },
			false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct rule_pattern p = { 0 };
		struct error err;

		assert_int_equal(
			pattern_compile(rules, cases[i].pattern, &p, &err), OK);
		CHECK_ROW(cases[i].name,
			sieve_goes_on(&matcher.sieve, &p.sieve,
				cases[i].units + 2) == cases[i].goes_on);
	}
}

/* What equal alternatives of two patterns need is asked for once. */
static void
equal_groups_are_shared(void **state)
{
	struct sieve *s = sieve_new();
	const uint16_t two[] = { UNIT_WORD + 1, UNIT_WORD + 2 };
	const uint16_t class = (uint16_t)sieve_class(s, two, 2, false);
	const uint16_t a[] = { SIEVE_BRANCH, 2, SIEVE_CLASS, class,
		SIEVE_BRANCH, 2, SIEVE_CLASS, UNIT_WORD };
	const uint16_t first = SIEVE_FIRST;
	uint16_t other[sizeof a / sizeof *a], ops[7], classes[2];
	const struct sieve_code code = { ops, sizeof ops / sizeof *ops };
	struct buffer b;
	const struct {
		const char *name;
		uint16_t units[2];
		bool has;
	} cases[] = {
		{ "the second branch's", { UNIT_OTHER, UNIT_WORD }, true },
		{ "one of the first's", { UNIT_WORD + 2, UNIT_OTHER }, true },
		{ "none", { UNIT_WORD + 3, UNIT_OTHER }, false },
	};
	struct sieve_note n;

	(void)state;
	memcpy(other, a, sizeof a);
	other[3] = UNIT_WORD + 1;
	buffer_init(&b, sizeof a + sizeof ops);
	buffer_add(&b, a, sizeof a);
	sieve_any(s, &b, 0);
	buffer_add(&b, &first, sizeof first);
	buffer_add(&b, a, sizeof a);
	sieve_any(s, &b, 3 * sizeof first);
	buffer_add(&b, other, sizeof other);
	sieve_any(s, &b, 5 * sizeof first);
	assert_int_equal(b.len, sizeof ops);
	memcpy(ops, b.ptr, sizeof ops);
	buffer_release(&b);
	assert_int_equal(ops[0], SIEVE_ANY);
	assert_int_equal(ops[2], SIEVE_FIRST);
	assert_int_equal(ops[4], ops[1]);
	assert_int_not_equal(ops[6], ops[1]);
	assert_int_equal(sieve_musts(s, &code, classes, 2), 2);
	assert_int_equal(sieve_note_init(&n, s), OK);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sieve_note_read(&n, cases[i].units, 2);
		CHECK_ROW(cases[i].name,
			sieve_has(&n, classes, 1) == cases[i].has);
	}
	sieve_note_release(&n);
	sieve_free(s);
}

/* One unit is its own class; of others there is room for so many. */
static void
classes_have_numbers(void **state)
{
	struct sieve *s = sieve_new();
	uint16_t units[2] = { UNIT_WORD, 0 };
	unsigned class = 0, n = 0;

	(void)state;
	assert_int_equal(sieve_class(s, units, 1, false), UNIT_WORD);
	/* What may stand in a gap is one. */
	for (unsigned i = 1; i < SIEVE_CLASSES_END - SIEVE_CLASSES; i++) {
		units[1] = (uint16_t)i;
		class = sieve_class(s, units, 2, false);
		n += class >= SIEVE_CLASSES && class < SIEVE_CLASSES_END;
	}
	assert_int_equal(n, SIEVE_CLASSES_END - SIEVE_CLASSES - 1);
	assert_int_equal(sieve_class(s, units, 2, false), class);
	assert_int_equal(sieve_class(s, units, 2, true), SIEVE_CLASSES_END);
	sieve_free(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sieves_agree),
		cmocka_unit_test(long_sentences_are_folded),
		cmocka_unit_test(names_of_a_list_go_on),
		cmocka_unit_test(equal_groups_are_shared),
		cmocka_unit_test(classes_have_numbers),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
