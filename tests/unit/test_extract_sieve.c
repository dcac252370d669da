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
};
#define PATTERNS (sizeof patterns / sizeof *patterns)
static const char *const coarse[] = { "a ~3-(c d) f", "a -(b) ~2 c", "a b? $" };
#define COARSE (sizeof coarse / sizeof *coarse)

#define ROUNDS	 4000
#define LONG	 (SIEVE_WORDS * 64)
#define ALPHABET 16

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

static bool
matches(const struct rule_pattern *p, const uint16_t *units, size_t len,
	size_t from)
{
	return pcre2_match(matcher_code(&matcher, p), units, len, from, 0,
		       matcher.data, matcher.context) >= 0;
}

static void
sieves_agree(void **state)
{
	const struct rule *rule = &rules->list[0];
	size_t matched[PATTERNS + COARSE] = { 0 };
	uint32_t seed = 1;

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		uint16_t units[LONG];
		/* Most short, some over one, two and three words of bits. */
		size_t len = 1 + draw(&seed) % (round % 8 == 0 ? LONG - 1 : 12);
		size_t from = round % 3 == 0 ? draw(&seed) % len : 0;

		for (size_t i = 0; i < len; i++)
			units[i] = alphabet[draw(&seed) % ALPHABET];
		sieve_note_read(&matcher.sieve, units, len);
		for (size_t i = 0; i < rule->npatterns; i++) {
			const struct rule_pattern *p = &rule->patterns[i];
			bool is = matches(p, units, len, from);
			bool may =
				sieve_passes(&matcher.sieve, &p->sieve, from);

			matched[i] += is;
			if (is && !may)
				fail_msg("%zu: stopped in round %d", i, round);
			if (may && !is && i < PATTERNS)
				fail_msg("%zu: passed in round %d", i, round);
		}
	}
	for (size_t i = 0; i < rule->npatterns; i++)
		if (matched[i] < 5 || matched[i] > ROUNDS - 5)
			fail_msg("%zu: matches %zu times", i, matched[i]);
}

/* A longer sentence passes; one of the longest that is read need not. */
static void
long_sentences_pass(void **state)
{
	const struct sieve_code *code = &rules->list[0].patterns[0].sieve;
	uint16_t units[LONG];

	(void)state;
	for (size_t i = 0; i < LONG; i++)
		units[i] = UNIT_OTHER;
	sieve_note_read(&matcher.sieve, units, LONG - 1);
	assert_false(sieve_passes(&matcher.sieve, code, 0));
	sieve_note_read(&matcher.sieve, units, LONG);
	assert_true(sieve_passes(&matcher.sieve, code, 0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sieves_agree),
		cmocka_unit_test(long_sentences_pass),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
