/* labels of metrics */
#include "cli/metrics.h"
#include "unit.h"

static void
label_values_are_escaped(void **state)
{
	static const struct {
		const char *name, *value, *escaped;
	} cases[] = {
		{ "plain", "fetch.tls", "fetch.tls" },
		{ "quote", "a\"b", "a\\\"b" },
		{ "backslash", "a\\b", "a\\\\b" },
		{ "line end", "a\nb", "a\\nb" },
		{ "all of them", "\\\"\n", "\\\\\\\"\\n" },
		{ "UTF-8", "Graz \xc3\xbc", "Graz \xc3\xbc" },
		{ "cut before what is no UTF-8", "ab\xff\"", "ab" },
		{ "empty", "", "" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		struct buffer b;

		buffer_init(&b, 100);
		metrics_escape(cases[i].value, &b);
		CHECK_ROW(cases[i].name,
			span_eq_str(buffer_span(&b), cases[i].escaped));
		buffer_release(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(label_values_are_escaped),
	};

	return cmocka_run_group_tests_name("cli_metrics", tests, NULL, NULL);
}
