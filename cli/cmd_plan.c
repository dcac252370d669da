#include "cli.h"

#include <unistd.h>

#include "tasks.h"

static enum error_code
report(const struct record *r, void *ctx, struct error *err)
{
	(void)ctx;
	return report_record(r, err);
}

/* A ledger that is not there yet has no schedule: everything is due. */
static enum error_code
open_ledger(const struct options *o, struct arena *a, struct store **s,
	struct error *err)
{
	enum error_code code = store_open(path_db(o, a), STORE_READ, s, err);

	if (code != ERR_NOT_FOUND)
		return code;
	error_clear(err);
	/* What is named needs no schedule. */
	if (o->nargs > 0)
		return OK;
	return store_open(path_db(o, a), STORE_WRITE, s, err);
}

int
cmd_plan(const struct options *o)
{
	struct error err = { 0 };
	struct arena *a = arena_new(CLI_ARENA_MAX);
	struct store *s = NULL;
	struct round round;
	struct sources sources;
	struct tasks t;
	enum error_code code;

	if (a == NULL)
		return report_error(&err);
	tasks_init(&t);
	code = sources_open(o, a, &sources, &err);
	if (code == OK)
		code = options_check_source(o, &sources, &err);
	if (code == OK)
		code = round_init(&round, &sources, a, &err);
	if (code == OK)
		code = open_ledger(o, a, &s, &err);
	if (code == OK && o->nargs > 0)
		code = tasks_named(&t, s, o, a, report, NULL, &err);
	else if (code == OK)
		code = tasks_due(
			&t, s, &sources, o, &round, a, report, NULL, &err);
	/* Let go of the lock: the reader of this pipe may want it. */
	store_close(s);
	if (code == OK)
		code = write_all(STDOUT_FILENO, t.lines.ptr, t.lines.len, &err);
	tasks_release(&t);
	arena_free(a);
	if (code != OK)
		return report_error(&err);
	return t.problems > 0 ? EXIT_PROBLEMS : 0;
}
