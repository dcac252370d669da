/* simhash: what changes it, and how much */
#include "core/buffer.h"
#include "core/simhash.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#define WORDS 400

/* A text of made-up words: the same for one seed. */
static void
make_words(char words[WORDS][12], uint32_t seed)
{
	for (size_t i = 0; i < WORDS; i++) {
		size_t len = 3 + (seed >> 16) % 7;

		for (size_t k = 0; k < len; k++) {
			seed = seed * 1664525 + 1013904223;
			words[i][k] = (char)('a' + (seed >> 16) % 26);
		}
		words[i][len] = '\0';
	}
}

static uint64_t
hash_of(char words[WORDS][12], size_t n, const char *between)
{
	struct simhash h = { .nwords = 0 };
	struct buffer b;

	buffer_init(&b, 1 << 20);
	for (size_t i = 0; i < n; i++)
		buffer_printf(&b, "%s%s", words[i], between);
	simhash_add(&h, buffer_span(&b));
	buffer_release(&b);
	return simhash_end(&h);
}

static void
layout_case_and_marks_change_nothing(void **state)
{
	static const char *const texts[] = { "Graz, has JOINED the network",
		"graz has joined\n\nthe  network",
		"graz-has-joined (the) network!",
		"Graz has\tjoined the network" };
	uint64_t first = 0;

	(void)state;
	for (size_t i = 0; i < ROWS(texts); i++) {
		struct simhash h = { .nwords = 0 };
		uint64_t got;

		for (int k = 0; k < 20; k++)
			simhash_add(&h, span_str(texts[i]));
		got = simhash_end(&h);
		if (i == 0)
			first = got;
		CHECK_ROW(texts[i], got == first && got != 0);
	}
}

static void
a_short_text_has_none(void **state)
{
	char words[WORDS][12];

	(void)state;
	make_words(words, 1);
	assert_true(hash_of(words, SIMHASH_SHINGLES_MIN + 1, " ") == 0);
	assert_true(hash_of(words, SIMHASH_SHINGLES_MIN + 2, " ") != 0);
	assert_true(hash_of(words, 0, " ") == 0);
	assert_int_equal(simhash_distance(0, 0), 64);
	assert_int_equal(simhash_distance(0, 5), 64);
	assert_int_equal(simhash_distance(4, 5), 1);
}

/* Of hashes that are any bits half are ones: a lane that ran over would show
 * in their number. */
static void
no_count_is_lost(void **state)
{
	char words[WORDS][12];

	(void)state;
	make_words(words, 7);
	for (size_t n = SIMHASH_SHINGLES_MIN + 2; n < WORDS; n++) {
		struct simhash once = { .nwords = 0 };
		uint32_t sum = 0;

		for (size_t i = 0; i < n; i++)
			simhash_add(&once, span_str(words[i]));
		(void)simhash_end(&once);
		assert_int_equal(once.shingles, n - SIMHASH_SHINGLE + 1);
		for (int i = 0; i < 64; i++) {
			assert_true(once.ones[i] <= once.shingles);
			sum += once.ones[i];
		}
		assert_true(
			sum > once.shingles * 26 && sum < once.shingles * 38);
	}
}

static void
edits_stay_near_and_others_far(void **state)
{
	char words[WORDS][12], other[WORDS][12];
	int nearest = 64, farthest = 0;

	(void)state;
	for (uint32_t seed = 1; seed <= 50; seed++) {
		uint64_t whole;
		int d;

		make_words(words, seed * 7919);
		make_words(other, seed * 104729 + 1);
		whole = hash_of(words, WORDS, " ");
		d = simhash_distance(whole, hash_of(other, WORDS, " "));
		nearest = d < nearest ? d : nearest;
		for (size_t i = 5; i < WORDS; i += 140) /* three words of 400 */
			(void)snprintf(words[i], sizeof words[i], "changed");
		d = simhash_distance(whole, hash_of(words, WORDS, " "));
		farthest = d > farthest ? d : farthest;
	}
	assert_true(nearest > 15);
	assert_true(farthest < 13);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(layout_case_and_marks_change_nothing),
		cmocka_unit_test(a_short_text_has_none),
		cmocka_unit_test(no_count_is_lost),
		cmocka_unit_test(edits_stay_near_and_others_far),
	};

	return cmocka_run_group_tests_name("core_simhash", tests, NULL, NULL);
}
