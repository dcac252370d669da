/* The program that reads PDFs: what it may do, and how it ends. */
#include "cli/converter.h"
#include "unit.h"

#include <string.h>

#define WANTED_MAX 8 /* words of a command */

static enum pdf_status
run(const char *const *argv, int timeout_ms, size_t cap, struct buffer *out)
{
	const struct converter_options opt = { argv, timeout_ms };
	struct converter *c;
	struct error err = { 0 };
	enum pdf_status status;
	struct pdf_reader reader;

	assert_int_equal(converter_open(&opt, &c, &err), OK);
	reader = converter_reader(c);
	buffer_init(out, cap);
	status = reader.read(reader.ctx, span_str("%PDF-x"), out);
	converter_close(c);
	return status;
}

static void
a_program_ends_in_one_of_few_ways(void **state)
{
	static const struct {
		const char *name;
		const char *argv[WANTED_MAX];
		enum pdf_status status;
		const char *out;
	} cases[] = {
		{ "in and out", { "/usr/bin/cat" }, PDF_OK, "%PDF-x" },
		{ "no such program", { "/nowhere/x" }, PDF_ABSENT, "" },
		{ "it fails", { "/usr/bin/false" }, PDF_BROKEN, "" },
		{ "it takes no input", { "/usr/bin/echo", "a" }, PDF_OK,
			"a\n" },
		{ "it never ends", { "/usr/bin/tail", "-f", "/dev/null" },
			PDF_BROKEN, "" },
		{ "it is in a loop",
			{ "/usr/bin/dash", "-c",
				"while :; do :; "
				"done" },
			PDF_BROKEN, "" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		struct buffer out;
		enum pdf_status s = run(cases[i].argv, 200, 1000, &out);

		CHECK_ROW(cases[i].name, s == cases[i].status);
		CHECK_ROW(cases[i].name,
			span_eq_str(buffer_span(&out), cases[i].out));
		buffer_release(&out);
	}
}

static void
what_it_says_without_end_is_cut(void **state)
{
	static const char *const argv[] = { "/usr/bin/yes", NULL };
	struct buffer out;

	(void)state;
	assert_int_equal(run(argv, 10000, PDF_LAYOUT_MAX, &out), PDF_CUT);
	assert_int_equal(out.len, PDF_LAYOUT_MAX);
	buffer_release(&out);
}

/* Each says that it could if it could; none can. */
static void
it_can_do_nothing_but_speak(void **state)
{
	static const char *const cases[] = {
		"echo < /etc/passwd && echo COULD",
		"echo x > /tmp/dateline-converter && echo COULD",
		"/usr/bin/true; echo COULD",
		"(echo COULD)",
		"kill -0 $PPID && echo COULD",
		"cd / && echo * && echo COULD",
	};

	static const char *const speaks[] = { "/usr/bin/dash", "-c",
		"echo COULD", NULL };
	struct buffer said;

	(void)state;
	assert_int_equal(run(speaks, 10000, 100, &said), PDF_OK);
	assert_string_equal(said.ptr, "COULD\n");
	buffer_release(&said);
	for (size_t i = 0; i < ROWS(cases); i++) {
		const char *argv[] = { "/usr/bin/dash", "-c", cases[i], NULL };
		struct buffer out;

		(void)run(argv, 2000, 10000, &out);
		CHECK_ROW(cases[i], strstr(out.ptr != NULL ? out.ptr : "",
					    "COULD") == NULL);
		buffer_release(&out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_program_ends_in_one_of_few_ways),
		cmocka_unit_test(what_it_says_without_end_is_cut),
		cmocka_unit_test(it_can_do_nothing_but_speak),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
