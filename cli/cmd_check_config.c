#include "cli.h"

#include <stdio.h>

static void
report_failure(void *ctx, const char *where, const char *message)
{
	(void)ctx;
	fprintf(stderr, "%s: %s\n", where, message);
}

int
cmd_check_config(const struct options *o)
{
	struct error err = { 0 };
	struct arena *a = arena_new(CLI_ARENA_MAX);
	struct ruleset *rules = NULL;
	struct parse_words *words = NULL;
	struct sources sources = { 0 };
	long failures = 0, examples = 0;
	enum error_code code;

	if (a == NULL)
		return report_error(&err);
	code = sources_open(o, a, &sources, &err);
	if (code == OK)
		code = parse_words_open(path_config(o, a), &words, &err);
	if (code == OK)
		code = ruleset_open(
			path_config(o, a), path_gazetteer(o, a), &rules, &err);
	if (code == OK) {
		failures = ruleset_check(
			rules, report_failure, NULL, &examples, &err);
		if (failures < 0)
			code = err.code;
	}
	if (code == OK)
		printf("%zu sources, %ld examples, %ld failed; rules %s\n",
			sources.n - 1, examples, failures,
			ruleset_version(rules));
	ruleset_free(rules);
	parse_words_free(words);
	arena_free(a);
	if (code != OK)
		return report_error(&err);
	return failures > 0 ? error_exit_status(ERR_CONFIG) : 0;
}
