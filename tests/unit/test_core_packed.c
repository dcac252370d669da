/* mentions, arguments and features as the ledger keeps them */
#include "core_records.h"

#include <string.h>

static void
features_come_back(void **state)
{
	static const struct {
		const char *json, *says;
	} cases[] = {
		{ "{\"a\\\"b\":1}", "an object of features" },
		{ "{\"\":1}", "an object of features" },
		{ "{\"A\":1}", "an object of features" },
		{ "{\"a\":\"1\"}", "number" },
		{ "[1]", "an object" },
	};
	struct error err = { 0 };
	struct buffer b;
	struct claim c = { 0 };

	(void)state;
	buffer_init(&b, RECORD_LINE_MAX);
	assert_int_equal(claim_features_encode(&claims[0], &b, &err), OK);
	buffer_add_char(&b, '\0');
	assert_string_equal(b.ptr, "{\"cue.join\":1.25,\"name.at\":-0.5}");
	assert_int_equal(
		claim_features_decode(span_str(b.ptr), arena, &c, &err), OK);
	assert_int_equal(c.nfeatures, 2);
	assert_string_equal(c.features[1].name, "name.at");
	assert_true(c.features[1].value < -0.49);
	for (size_t i = 0; i < ROWS(cases); i++) {
		CHECK_ROW(cases[i].json,
			claim_features_decode(span_str(cases[i].json), arena,
				&c, &err) == ERR_FORMAT);
		CHECK_ROW(err.msg, strstr(err.msg, cases[i].says) != NULL);
	}
	buffer_reset(&b);
	buffer_add_char(&b, '{');
	for (int i = 0; i <= CLAIM_FEATURES_MAX; i++)
		buffer_printf(&b, "%s\"a\":1", i > 0 ? "," : "");
	buffer_add_char(&b, '}');
	assert_int_equal(
		claim_features_decode(buffer_span(&b), arena, &c, &err),
		ERR_LIMIT);
	buffer_release(&b);
}

static void
mentions_and_args_come_back(void **state)
{
	struct error err = { 0 };
	struct mention *list = NULL;
	struct buffer one, two;
	struct claim c = { 0 };
	size_t n = 0;

	(void)state;
	buffer_init(&one, RECORD_LINE_MAX);
	buffer_init(&two, RECORD_LINE_MAX);
	assert_int_equal(mentions_pack(mentions, 3, arena, &one, &err), OK);
	assert_int_equal(
		mentions_unpack(buffer_span(&one), arena, &list, &n, &err), OK);
	assert_int_equal(n, 3);
	assert_int_equal(list[2].count.n, 64);
	assert_true(list[2].count.fresh);
	assert_true(
		list[0].place.lat > 47.06666 && list[0].place.lat < 47.06668);
	assert_int_equal(mentions_pack(list, n, arena, &two, &err), OK);
	assert_true(span_eq(buffer_span(&one), buffer_span(&two)));
	buffer_reset(&one);
	buffer_reset(&two);
	assert_int_equal(claim_args_encode(&claims[0], &one, &err), OK);
	assert_int_equal(
		claim_args_decode(buffer_span(&one), arena, &c, &err), OK);
	assert_int_equal(claim_args_encode(&c, &two, &err), OK);
	assert_string_equal(one.ptr, two.ptr);
	assert_string_equal(
		claim_arg(&c, SLOT_DATE)->basis, "document.published");
	assert_null(claim_arg(&c, SLOT_PERSON));
	/* A mention that other words stand for says by what. */
	c.args[0].basis = "anaphor";
	buffer_reset(&one);
	assert_int_equal(claim_args_encode(&c, &one, &err), OK);
	assert_int_equal(
		claim_args_decode(buffer_span(&one), arena, &c, &err), OK);
	assert_string_equal(c.args[0].basis, "anaphor");
	assert_int_equal(c.args[0].mention, claims[0].args[0].mention);
	buffer_release(&one);
	buffer_release(&two);
}

/* Every proper beginning of a packed list is refused, and so is one byte
 * more; each failing allocation is ERR_NOMEM. */
static void
packed_mentions_are_read_strictly(void **state)
{
	struct error err = { 0 };
	struct mention *list = NULL;
	struct buffer b;
	size_t n = 0;
	long at = 0;

	(void)state;
	buffer_init(&b, RECORD_LINE_MAX);
	assert_int_equal(mentions_pack(mentions, 3, arena, &b, &err), OK);
	for (size_t len = 0; len < b.len; len++)
		assert_int_equal(
			mentions_unpack(span_sub(buffer_span(&b), 0, len),
				arena, &list, &n, &err),
			ERR_FORMAT);
	for (;; at++) {
		enum error_code code;

		arena_fail_at(arena, at);
		code = mentions_unpack(buffer_span(&b), arena, &list, &n, &err);
		if (code == OK)
			break;
		assert_int_equal(code, ERR_NOMEM);
	}
	arena_fail_at(arena, 0);
	assert_int_equal(
		mentions_pack(mentions, 3, arena, &b, &err), ERR_NOMEM);
	arena_fail_at(arena, -1);
	assert_true(at > 10);
	buffer_add_char(&b, '\0');
	assert_int_equal(
		mentions_unpack(buffer_span(&b), arena, &list, &n, &err),
		ERR_FORMAT);
	buffer_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(features_come_back),
		cmocka_unit_test(mentions_and_args_come_back),
		cmocka_unit_test(packed_mentions_are_read_strictly),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
