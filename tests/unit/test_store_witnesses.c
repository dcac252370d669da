/* near-duplicates are one witness, in whatever order they come */
#include "store/witnesses.h"
#include "store_ledger.h"

#define SHUFFLES 40
#define TEXTS	 60
#define FLOOD	 5000

static uint32_t seed = 20240214;

static uint32_t
any(uint32_t below)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % below;
}

static void
shuffle(size_t *order, size_t n)
{
	for (size_t k = 0; k < n; k++) {
		size_t at = any((uint32_t)k + 1);

		order[k] = order[at];
		order[at] = k;
	}
}

static size_t
groups_of(const struct witness *list, const size_t *order, size_t n)
{
	struct arena *a = arena_new(1 << 20);
	struct witnesses set = { .n = 0 };
	size_t groups;

	assert_non_null(a);
	for (size_t i = 0; i < n; i++) {
		char sha[HASH_HEX] = { 0 };

		memcpy(sha, list[order[i]].half, sizeof list->half);
		assert_true(
			witnesses_add(a, &set, sha, list[order[i]].simhash));
		/* Once more changes nothing. */
		assert_true(
			witnesses_add(a, &set, sha, list[order[i]].simhash));
	}
	groups = set.groups;
	arena_free(a);
	return groups;
}

static void
name(struct witness *w, size_t i)
{
	char text[24], hex[HASH_HEX];

	(void)snprintf(text, sizeof text, "%zu", i);
	hash_hex(span_str(text), hex);
	memcpy(w->half, hex, sizeof w->half);
}

/* The groups of a list, by colouring what is connected. */
static size_t
groups_by_hand(const struct witness *list, size_t n)
{
	size_t colour[TEXTS], groups = n;

	for (size_t i = 0; i < n; i++)
		colour[i] = i;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < n; k++) {
			size_t from = colour[k], to = colour[i];

			if (from == to ||
				(memcmp(list[i].half, list[k].half,
					 sizeof list->half) != 0 &&
					simhash_distance(list[i].simhash,
						list[k].simhash) >
						WITNESS_NEAR))
				continue;
			for (size_t m = 0; m < n; m++)
				if (colour[m] == from)
					colour[m] = to;
			groups--;
		}
	return groups;
}

static void
groups_are_what_is_connected_in_any_order(void **state)
{
	(void)state;
	for (int round = 0; round < 20; round++) {
		struct witness list[TEXTS] = { 0 };
		size_t order[TEXTS] = { 0 };
		size_t wanted;

		for (size_t i = 0; i < TEXTS; i++) {
			/* A walk: each near to the one before, or a new one. */
			uint64_t h = i > 0 ? list[i - 1].simhash : 1;

			name(&list[i], any(4) == 0 ? i / 2 : i);
			for (uint32_t k = any(5) == 0 ? 40 : any(16); k > 0;
				k--)
				h ^= UINT64_C(1) << any(64);
			list[i].simhash = any(9) == 0 ? 0 : h;
		}
		wanted = groups_by_hand(list, TEXTS);
		assert_true(wanted > 1 && wanted < TEXTS);
		for (int i = 0; i < SHUFFLES; i++) {
			shuffle(order, TEXTS);
			assert_int_equal(groups_of(list, order, TEXTS), wanted);
		}
	}
}

static void
near_is_so_many_bits(void **state)
{
	static const size_t order[] = { 0, 1, 2 };
	struct witness list[3] = { { .simhash = 0xF000000000000001 } };

	(void)state;
	for (size_t i = 0; i < 3; i++)
		name(&list[i], i);
	list[1].simhash = list[0].simhash ^ 0xFFF0; /* twelve */
	assert_int_equal(groups_of(list, order, 2), 1);
	list[1].simhash = list[0].simhash ^ 0x1FFF0;
	assert_int_equal(groups_of(list, order, 2), 2);
	/* One between them makes them one. */
	list[2].simhash = list[0].simhash ^ 0xFF0;
	assert_int_equal(groups_of(list, order, 3), 1);
	/* No simhash is near to nothing, not even to none. */
	list[0].simhash = list[1].simhash = 0;
	assert_int_equal(groups_of(list, order, 2), 2);
}

static void
a_flood_of_copies_is_one(void **state)
{
	struct arena *a = arena_new(16 << 20);
	struct witnesses set = { .n = 0 };

	(void)state;
	for (size_t i = 0; i < FLOOD; i++) {
		struct witness w;
		char sha[HASH_HEX] = { 0 };

		name(&w, i);
		memcpy(sha, w.half, sizeof w.half);
		assert_true(witnesses_add(a, &set, sha,
			UINT64_C(0xA5A5000000000001) ^
				UINT64_C(1) << (i % 64 / 8 + 8)));
	}
	assert_int_equal(set.n, FLOOD);
	assert_int_equal(set.groups, 1);
	arena_free(a);
}

/* Sixty words, of which the last are chosen. */
static const char *
long_text(struct arena *a, const char *kind, const char *end)
{
	const char *text = "Graz is in      the Network.";

	for (int i = 0; i < 60; i++)
		text = arena_printf(a, "%s %s%d", text, kind, i);
	return arena_printf(a, "%s %s", text, end);
}

static enum error_code
keep_id(const struct fact *fact, void *ctx, struct error *err)
{
	(void)err;
	(void)snprintf(ctx, ID_HEX, "%s", fact->id);
	return OK;
}

static int64_t
witnesses_of(
	const struct release *list, const size_t *order, size_t n, size_t group)
{
	char path[PATH_ROOM];
	struct store *s = open_new(path);
	int64_t result;

	begin(s);
	for (size_t i = 0; i < n; i++) {
		put_release(s, &list[order[i]], "b", "r1", 1);
		if ((i + 1) % group == 0) {
			commit(s);
			begin(s);
		}
	}
	commit(s);
	result = number(s, "SELECT witnesses * 10 + candidate FROM fact");
	store_close(s);
	return result;
}

static void
edits_of_one_release_are_one_witness(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct release list[4];
	size_t order[4] = { 0 };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		list[i] = releases[2]; /* which cues alone found */
		list[i].url = arena_printf(a, "https://%zu.example/", i);
		list[i].claim = arena_printf(a, "c%zu", i);
		list[i].text =
			long_text(a, "word", arena_printf(a, "end%zu", i));
	}
	for (int i = 0; i < 10; i++) {
		shuffle(order, 4);
		/* One witness: still a candidate. */
		assert_int_equal(witnesses_of(list, order, 4, 1 + i % 4), 11);
	}
	list[3].text = long_text(a, "other", "end");
	for (int i = 0; i < 10; i++) {
		shuffle(order, 4);
		assert_int_equal(witnesses_of(list, order, 4, 1 + i % 4), 20);
	}
	arena_free(a);
}

static void
a_copy_says_of_which_claim(void **state)
{
	struct arena *a = arena_new(1 << 20);
	const struct fact_filter all = { .kind = -1 };
	struct release list[4];
	struct fact_claim *claims;
	struct error err = { 0 };
	char path[PATH_ROOM], fact[ID_HEX] = "";
	struct store *s = open_new(path);
	size_t n;

	(void)state;
	begin(s);
	for (size_t i = 0; i < 4; i++) {
		list[i] = releases[2];
		list[i].url = arena_printf(a, "https://%zu.example/", i);
		list[i].claim = arena_printf(a, "c%zu", i);
		list[i].text = long_text(a, i == 1 ? "other" : "word",
			arena_printf(a, "end%zu", i));
		put_release(s, &list[i], "b", "r1", 1);
	}
	commit(s);
	assert_int_equal(store_facts(s, &all, keep_id, fact, &err), OK);
	assert_int_equal(store_fact_claims(s, fact, a, &claims, &n, &err), OK);
	assert_int_equal(n, 4);
	for (size_t i = 0; i < n; i++) {
		assert_string_equal(claims[i].id, list[i].claim);
		assert_int_equal(claims[i].copy_of, i == 1 ? 1 : 0);
	}
	store_close(s);
	arena_free(a);
}

/* A ledger from before simhash learns it when the archive is read again. */
static void
a_document_without_one_gets_it(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct release list[2] = { releases[2], releases[2] };
	struct error err = { 0 };
	char path[PATH_ROOM];
	struct store *s = open_new(path);

	(void)state;
	list[0].text = long_text(a, "word", "one");
	list[1].text = long_text(a, "word", "two");
	list[1].url = "https://z.example/";
	list[1].claim = "z1";
	begin(s);
	put_release(s, &list[0], "b", "r1", 1);
	put_release(s, &list[1], "b", "r1", 1);
	commit(s);
	assert_int_equal(
		sql_exec(s, &err, "UPDATE document SET simhash = NULL", ""),
		OK);
	assert_int_equal(
		sql_exec(s, &err, "UPDATE fact SET witnesses = 2", ""), OK);
	begin(s);
	put_release(s, &list[0], "b", "r1", 1);
	put_release(s, &list[1], "b", "r1", 1);
	commit(s);
	assert_int_equal(number(s, "SELECT witnesses FROM fact"), 1);
	assert_int_equal(number(s, "SELECT count(*) FROM document WHERE"
				   " simhash IS NULL"),
		0);
	store_close(s);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(groups_are_what_is_connected_in_any_order),
		cmocka_unit_test(near_is_so_many_bits),
		cmocka_unit_test(a_flood_of_copies_is_one),
		cmocka_unit_test(edits_of_one_release_are_one_witness),
		cmocka_unit_test(a_copy_says_of_which_claim),
		cmocka_unit_test(a_document_without_one_gets_it),
	};

	return cmocka_run_group_tests_name(
		"store_witnesses", tests, setup, teardown);
}
