/* the bar's text: what stays where there is little room */
#include "cli/progress.h"
#include "unit.h"

#include <string.h>

#define ALL                                                                    \
	{                                                                      \
		"run", 912, 2400, 12345678, 18, .38, 14.84, 73                 \
	}

static const struct {
	const char *name;
	size_t columns;
	struct progress_state state;
	const char *text;
} cases[] = {
	{ "wide", 100, ALL,
		"run  38% [###############-------------------------] "
		"912/2,400 pages 12 MB 18 sites 15/s ETA 1:13" },
	{ "the bar shrinks", 80, ALL,
		"run  38% [########---------------] 912/2,400 pages 12 MB "
		"18 sites 15/s ETA 1:13" },
	{ "and goes", 64, ALL,
		"run  38% 912/2,400 pages 12 MB 18 sites 15/s ETA 1:13" },
	{ "exactly", 54, ALL,
		"run  38% 912/2,400 pages 12 MB 18 sites 15/s ETA 1:13" },
	{ "one less", 53, ALL,
		" 38% 912/2,400 pages 12 MB 18 sites 15/s ETA 1:13" },
	{ "no sites", 44, ALL, " 38% 912/2,400 pages 12 MB 15/s ETA 1:13" },
	{ "no bytes", 36, ALL, " 38% 912/2,400 pages 15/s ETA 1:13" },
	{ "no pages", 24, ALL, " 38% ETA 1:13" },
	{ "no end", 10, ALL, " 38%" },
	{ "nothing", 4, ALL, "" },
	{ "no terminal", 0, ALL, "" },
	{ "nothing known yet", 40, { "run", 0, 0, 0, 0, 0, 0, -1 },
		"run   0% [--------------------] 0 pages" },
	{ "all done", 40, { "replay", 1, 0, 0, 1, 1, 0, 0 },
		"replay 100% 1 page 1 site ETA 0:00" },
	{ "much", 70,
		{ "replay", 123456789, 0, 4567890123456, 0, .999, 0.25,
			400000 },
		"replay  99% [################-] 123,456,789 pages 4.6 TB "
		"0.2/s ETA 4d" },
	{ "hours", 30, { "run", 5, 0, 999499, 0, .5, 0, 3600 * 99 + 61 },
		" 50% 5 pages 999 kB ETA 99h01" },
};

static void
text(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		char out[PROGRESS_TEXT_MAX];

		progress_text(&cases[i].state, cases[i].columns, out);
		if (strcmp(out, cases[i].text) != 0)
			fail_msg("row \"%s\": \"%s\"", cases[i].name, out);
	}
}

/* Never the last column, whatever the numbers. */
static void
it_fits_every_width(void **state)
{
	struct progress_state s = { "replay", INT64_MAX, INT64_MAX, INT64_MAX,
		INT64_MAX, 1, 1e12, INT64_MAX };

	(void)state;
	for (int wide = 0; wide < 2; wide++) {
		for (size_t columns = 0; columns < 1000; columns++) {
			char out[PROGRESS_TEXT_MAX];

			progress_text(&s, columns, out);
			assert_true(columns == 0 ? out[0] == '\0'
						 : strlen(out) < columns);
		}
		s = (struct progress_state){ .verb = "run", .eta_s = -1 };
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text),
		cmocka_unit_test(it_fits_every_width),
	};

	return cmocka_run_group_tests_name("cli_progress", tests, NULL, NULL);
}
