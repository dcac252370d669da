/* JSON of others: json_value.c. */
#include "core/core.h"
#include "unit.h"

#include <string.h>

static void
values_are_found_by_name(void **state)
{
	static const char text[] =
		"{\"a\":\"x\\u00e9\",\"b\":[1,-2.5e3,true,null,{\"c\":\"d\"}],"
		"\"a\":\"second\",\"e\":{}}";
	struct arena *a = arena_new((size_t)1 << 20);
	const struct json_value *v, *b;

	(void)state;
	assert_int_equal(
		json_value_read(span_str(text), "test", a, &v, NULL), OK);
	assert_string_equal(json_value_str(v, "a"), "xé");
	assert_null(json_value_str(v, "b"));
	assert_null(json_value_get(v, "none"));
	b = json_value_get(v, "b");
	assert_int_equal(b->kind, JSON_ARRAY);
	b = b->first;
	assert_true(b->kind == JSON_NUMBER && span_eq_str(b->text, "1"));
	b = b->next;
	assert_true(b->kind == JSON_NUMBER && span_eq_str(b->text, "-2.5e3"));
	b = b->next;
	assert_true(b->kind == JSON_WORD && span_eq_str(b->text, "true"));
	b = b->next->next;
	assert_string_equal(json_value_str(b, "c"), "d");
	assert_null(b->next);
	assert_null(json_value_get(v, "e")->first);
	arena_free(a);
}

static void
what_is_no_json_is_refused(void **state)
{
	static const struct {
		const char *name, *text;
		enum error_code code;
	} cases[] = {
		{ "nothing", "", ERR_FORMAT },
		{ "cut", "{\"a\":", ERR_FORMAT },
		{ "two values", "1 2", ERR_FORMAT },
		{ "a comma too many", "[1,]", ERR_FORMAT },
		{ "a bracket of the other kind", "[1}", ERR_FORMAT },
		{ "a key without value", "{\"a\"}", ERR_FORMAT },
		{ "32 deep",
			"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]"
			"]]]]]]]]]]]]",
			OK },
		{ "33 deep",
			"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]"
			"]]]]]]]]]]]]]]",
			ERR_LIMIT },
	};
	struct arena *a = arena_new((size_t)1 << 20);

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		const struct json_value *v;

		CHECK_ROW(cases[i].name,
			json_value_read(span_str(cases[i].text), "test", a, &v,
				NULL) == cases[i].code);
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_found_by_name),
		cmocka_unit_test(what_is_no_json_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
