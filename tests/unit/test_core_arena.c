/* How an arena's memory is kept, grown and zeroed from document to document. */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#include "core/core.h"

#define PIECE ((size_t)1000)
#define ROUND ((size_t)1008) /* of PIECE: aligned for any type */

static bool
is_zero(const char *p, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (p[i] != 0)
			return false;
	return true;
}

/* n pieces, each zero when it is given out, then written over; how many of
 * them lie right behind the one before. */
static size_t
take_pieces(struct arena *a, size_t n)
{
	size_t behind = 0;
	char *last = NULL;

	for (size_t i = 0; i < n; i++) {
		char *p = arena_alloc(a, PIECE);

		assert_non_null(p);
		assert_true(is_zero(p, PIECE));
		memset(p, 0xA5, PIECE);
		behind += last != NULL && p == last + ROUND;
		last = p;
	}
	return behind;
}

/* A document of n pieces has several blocks the first time, one the next. */
static void
one_block_grows_to_what_is_used(void **state)
{
	static const struct {
		const char *name;
		size_t pieces, gaps; /* between blocks, at first */
	} rows[] = {
		{ "one block", 60, 0 },
		{ "a second block", 100, 1 },
		{ "blocks that double", 1000, 4 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct arena *a = arena_new((size_t)64 << 20);
		const size_t n = rows[i].pieces;

		assert_non_null(a);
		CHECK_ROW(rows[i].name,
			take_pieces(a, n) == n - 1 - rows[i].gaps);
		for (int again = 0; again < 3; again++) {
			arena_reset(a);
			CHECK_ROW(rows[i].name, arena_used(a) == 0);
			CHECK_ROW(rows[i].name, take_pieces(a, n) == n - 1);
			CHECK_ROW(rows[i].name, arena_used(a) == n * ROUND);
		}
		/* A quarter more has room, too. */
		arena_reset(a);
		CHECK_ROW(rows[i].name,
			take_pieces(a, rows[i].gaps > 0 ? n * 5 / 4 : n) + 1 ==
				(rows[i].gaps > 0 ? n * 5 / 4 : n));
		arena_free(a);
	}
}

/* What one large document took is given back, whether it was one piece or
 * many: the next one's first block is of ARENA_KEEP_MAX. */
static void
a_large_document_is_not_kept(void **state)
{
	struct arena *a = arena_new((size_t)64 << 20);
	const size_t fit = ARENA_KEEP_MAX / ROUND;

	(void)state;
	assert_non_null(a);
	(void)take_pieces(a, 3 * fit);
	arena_reset(a);
	assert_int_equal(take_pieces(a, 2 * fit), 2 * fit - 2);
	arena_free(a);

	a = arena_new((size_t)64 << 20);
	assert_non_null(a);
	assert_non_null(arena_alloc(a, 2 * ARENA_KEEP_MAX));
	arena_reset(a);
	assert_int_equal(take_pieces(a, 2 * fit), 2 * fit - 2);
	arena_free(a);
}

/* The first block never goes over the cap, however much was used. */
static void
growth_ends_at_the_cap(void **state)
{
	const size_t cap = 100 * ROUND;
	struct arena *a = arena_new(cap);

	(void)state;
	assert_non_null(a);
	for (int again = 0; again < 3; again++) {
		(void)take_pieces(a, 100);
		assert_false(arena_over_cap(a));
		assert_null(arena_alloc(a, 1));
		assert_true(arena_over_cap(a));
		arena_reset(a);
	}
	arena_free(a);
}

/* Only what was written before is zeroed again, wherever pieces now begin and
 * end, and what a copy leaves behind it is zero for the next. */
static void
memory_is_zero_again(void **state)
{
	static const size_t sizes[] = { 1, 16, 17, 4000, 31, 50000, 3, 9000 };
	struct arena *a = arena_new((size_t)1 << 20);
	char *p;

	(void)state;
	assert_non_null(a);
	for (int round = 0; round < 4; round++) {
		for (size_t i = 0; i < ROWS(sizes); i++) {
			/* Another order each time. */
			const size_t len =
				sizes[(i + (size_t)round) % ROWS(sizes)];

			p = arena_alloc(a, len);
			assert_non_null(p);
			assert_true(is_zero(p, len));
			memset(p, 0xA5, len);
			p = arena_strndup(a, "text", 4);
			assert_string_equal(p, "text");
		}
		arena_reset(a);
	}
	/* Half of what is dirty, then over its end. */
	p = arena_alloc(a, 30000);
	memset(p, 0xA5, 30000);
	arena_reset(a);
	p = arena_alloc(a, 15000);
	assert_true(is_zero(p, 15000));
	p = arena_alloc(a, 30000);
	assert_true(is_zero(p, 30000));
	arena_free(a);
}

/* A grown array keeps what it held; its new room is zero. */
static void
arrays_grow(void **state)
{
	struct arena *a = arena_new((size_t)1 << 20);
	size_t cap = 0;
	uint32_t *list = NULL;

	(void)state;
	assert_non_null(a);
	for (int round = 0; round < 2; round++) {
		cap = 0;
		list = NULL;
		for (uint32_t i = 0; i < 3000; i++) {
			list = arena_grow(a, list, i, &cap, sizeof *list);
			assert_non_null(list);
			assert_true(cap > i);
			list[i] = i + 1;
		}
		for (uint32_t i = 0; i < 3000; i++)
			assert_int_equal(list[i], i + 1);
		assert_true(is_zero((const char *)(list + 3000),
			(cap - 3000) * sizeof *list));
		arena_reset(a);
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_block_grows_to_what_is_used),
		cmocka_unit_test(a_large_document_is_not_kept),
		cmocka_unit_test(growth_ends_at_the_cap),
		cmocka_unit_test(memory_is_zero_again),
		cmocka_unit_test(arrays_grow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
