/* What is kept while rules are read. */
#include <stdio.h>
#include <string.h>

#include "unit.h"

#include "extract/memo.h"

static uint32_t
hash_of(struct span s)
{
	uint32_t h = MEMO_HASH_START;

	for (size_t i = 0; i < s.len; i++)
		h = memo_hash_add(h, s.ptr[i]);
	return h;
}

static bool
put(struct memo *m, struct span key, const char *value)
{
	return memo_put(m, key, hash_of(key), value, strlen(value) + 1);
}

static const char *
get(const struct memo *m, struct span key)
{
	return memo_get(m, key, hash_of(key));
}

static void
keeps_by_text(void **state)
{
	struct memo *m = memo_new();

	(void)state;
	assert_non_null(m);
	assert_null(get(m, span_str("join")));
	assert_true(put(m, span_str("join"), "one"));
	assert_true(put(m, span_str("join*"), "two"));
	assert_true(put(m, span_str(""), "three"));
	/* The same hash is not the same text. */
	assert_true(memo_put(m, span_str("joins"), hash_of(span_str("join")),
		"four", sizeof "four"));
	assert_string_equal(get(m, span_str("join")), "one");
	assert_string_equal(get(m, span_str("join*")), "two");
	assert_string_equal(get(m, span_str("")), "three");
	assert_string_equal(
		memo_get(m, span_str("joins"), hash_of(span_str("join"))),
		"four");
	assert_null(get(m, span_str("joi")));
	memo_reset(m);
	assert_null(get(m, span_str("join")));
	memo_free(m);
}

/* All of MEMO_ENTRIES_MAX are found, aligned; one more is not kept. */
static void
is_full_at_its_cap(void **state)
{
	struct memo *m = memo_new();
	char key[16];

	(void)state;
	assert_non_null(m);
	for (uint32_t i = 0; i <= MEMO_ENTRIES_MAX; i++) {
		(void)snprintf(key, sizeof key, "%u", (unsigned)i);
		assert_true(memo_put(m, span_str(key), hash_of(span_str(key)),
				    &i, sizeof i) == (i < MEMO_ENTRIES_MAX));
	}
	for (uint32_t i = 0; i < MEMO_ENTRIES_MAX; i++) {
		const uint32_t *kept;

		(void)snprintf(key, sizeof key, "%u", (unsigned)i);
		kept = memo_get(m, span_str(key), hash_of(span_str(key)));
		assert_non_null(kept);
		assert_int_equal((uintptr_t)kept % sizeof *kept, 0);
		assert_int_equal(*kept, i);
	}
	memo_free(m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_by_text),
		cmocka_unit_test(is_full_at_its_cap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
