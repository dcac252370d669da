#include "extract/extract.h"

#include "unit.h"

#include "extract_config.h"

/* A rule that reads its first example, and its second, which it should not. */
#define RULE(id, word)                                                         \
	"rule " id " 1\n  kind membership\n  set status=joined\n"              \
	"  match {CITY:subject} !" word " {NETWORK:network}\n"                 \
	"  yes [CITY Graz] " word " [NETWORK Eurocities] => subject=Graz\n"    \
	"  no [CITY Cork] " word " [NETWORK Eurocities]\n"                     \
	"  live Linz " word " Eurocities. => subject=Linz\n"
#define FIRST "%dateline-rules 1\n"

static const struct config_part good[] = {
	{ "rules/all.rules", FIRST RULE("all.fits", "fits") },
	{ "rules/de.rules", FIRST RULE("de.tritt", "tritt") },
	{ "rules/en-a.rules", FIRST RULE("en.joins", "joins") },
	{ "rules/en-b.rules",
		FIRST RULE("en.enters", "enters") "  todo Graz is there.\n" },
	{ "rules/it.rules", FIRST RULE("it.entra", "entra") },
};
static const struct config_part broken[] = {
	{ "rules/de.rules", FIRST "nonsense\n" },
	{ "rules/en.rules", FIRST "rubbish\n" },
};
/* Each language by itself is right. */
static const struct config_part twice[] = {
	{ "rules/de.rules", FIRST RULE("same", "tritt") },
	{ "rules/en.rules", FIRST RULE("same", "joins") },
};

struct told {
	char text[1024];
	long asked; /* how often it was asked to stop */
	long stop;  /* at which */
};

static void
tell(void *ctx, const char *where, const char *message)
{
	struct told *t = ctx;
	const char *slash = strrchr(where, '/');
	const size_t len = strlen(t->text);

	assert_non_null(slash);
	(void)snprintf(t->text + len, sizeof t->text - len, "%s %c\n",
		slash + 1, message[2] == 'n' ? 'n' : '?');
}

static bool
stop(void *ctx)
{
	struct told *t = ctx;

	return ++t->asked >= t->stop;
}

static void
open_rules(const char *dir, struct ruleset **rs)
{
	struct error err = { 0 };

	if (ruleset_open(dir, DL_GAZETTEER, RULESET_AS_NEEDED, rs, &err) != OK)
		fail_msg("%s", err.msg);
}

/* Of all languages, in the order of files, those of no language last. */
static void
all_examples_are_run(void **state)
{
	char dir[] = "/tmp/dateline-test-XXXXXX";
	struct told told = { .stop = 1000 };
	struct ruleset_check c = { .report = tell, .ctx = &told };
	struct ruleset *rs = NULL;
	struct error err = { 0 };

	(void)state;
	config_make(dir, good, ROWS(good));
	open_rules(dir, &rs);
	for (int i = 0; i < 3; i++) {
		told.text[0] = '\0';
		assert_int_equal(ruleset_check(rs, &c, &err), OK);
		assert_string_equal(told.text,
			"de.rules:7 n\nen-a.rules:7 n\nen-b.rules:7 n\n"
			"it.rules:7 n\nall.rules:7 n\n");
		assert_int_equal(c.examples, 16);
		assert_int_equal(c.failures, 5);
		assert_int_equal(c.todo, 1);
		assert_false(c.stopped);
	}
	ruleset_free(rs);
	config_remove(dir, good, ROWS(good));
}

static void
only_those_of_some_files_are_run(void **state)
{
	char dir[] = "/tmp/dateline-test-XXXXXX";
	char path[512], all[512];
	const char *files[] = { path, all };
	struct told told = { .stop = 1000 };
	struct ruleset_check c = {
		.report = tell, .ctx = &told, .files = files, .nfiles = 1
	};
	struct ruleset *rs = NULL;
	struct error err = { 0 };

	(void)state;
	config_make(dir, good, ROWS(good));
	open_rules(dir, &rs);
	config_path(path, dir, "rules/en-b.rules");
	config_path(all, dir, "rules/all.rules");
	assert_int_equal(ruleset_check(rs, &c, &err), OK);
	assert_string_equal(told.text, "en-b.rules:7 n\n");
	assert_int_equal(c.examples, 4);
	c.nfiles = 2;
	told.text[0] = '\0';
	assert_int_equal(ruleset_check(rs, &c, &err), OK);
	assert_string_equal(told.text, "en-b.rules:7 n\nall.rules:7 n\n");
	config_path(path, dir, "rules/gone.rules");
	c.nfiles = 1;
	assert_int_equal(ruleset_check(rs, &c, &err), OK);
	assert_int_equal(c.examples, 0);
	ruleset_free(rs);
	config_remove(dir, good, ROWS(good));
}

static void
it_stops_when_it_is_asked_to(void **state)
{
	char dir[] = "/tmp/dateline-test-XXXXXX";
	char path[512];
	const char *files[] = { path };
	struct told told = { .stop = 2 };
	struct ruleset_check c = { .report = tell,
		.stop = stop,
		.ctx = &told,
		.files = files,
		.nfiles = 1 };
	struct ruleset *rs = NULL;
	struct error err = { 0 };

	(void)state;
	config_make(dir, good, ROWS(good));
	config_path(path, dir, "rules/en-b.rules");
	open_rules(dir, &rs);
	assert_int_equal(ruleset_check(rs, &c, &err), OK);
	assert_true(c.stopped);
	assert_int_equal(c.examples, 1);
	ruleset_free(rs);
	config_remove(dir, good, ROWS(good));
}

static const struct wrong {
	const char *name;
	const struct config_part *parts;
	size_t n;
	const char *says;
} wrong[] = {
	{ "two files", broken, ROWS(broken), "de.rules:2" },
	{ "one name", twice, ROWS(twice), "en.rules:2" },
};

static void
check_wrong(const struct wrong *w, const struct ruleset *rs)
{
	struct told told = { .stop = 1000 };
	struct ruleset_check c = { .report = tell, .ctx = &told };
	struct error err = { 0 };

	CHECK_ROW(w->name, ruleset_check(rs, &c, &err) == ERR_CONFIG);
	if (strstr(err.msg, w->says) == NULL)
		fail_msg("%s: %s", w->name, err.msg);
	assert_string_equal(told.text, "");
}

/* However the threads run. */
static void
the_first_error_is_told(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(wrong); i++) {
		char dir[] = "/tmp/dateline-test-XXXXXX";
		struct ruleset *rs = NULL;

		config_make(dir, wrong[i].parts, wrong[i].n);
		open_rules(dir, &rs);
		for (int k = 0; k < 5; k++)
			check_wrong(&wrong[i], rs);
		ruleset_free(rs);
		config_remove(dir, wrong[i].parts, wrong[i].n);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_examples_are_run),
		cmocka_unit_test(only_those_of_some_files_are_run),
		cmocka_unit_test(it_stops_when_it_is_asked_to),
		cmocka_unit_test(the_first_error_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
