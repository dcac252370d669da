#include "cli.h"

#define GROUP_RECORDS 500 /* records of one transaction, at most */

struct store_run {
	struct store *store;
	int in_group;
	int64_t problems;
};

/* A document and its extraction belong in one transaction: a group ends
 * only behind an extraction, or where many records came without one. */
static bool
group_full(const struct store_run *s, const struct record *r)
{
	return s->in_group >= GROUP_RECORDS &&
	       (r->kind == RECORD_EXTRACTION ||
		       s->in_group >= 2 * GROUP_RECORDS);
}

static enum error_code
store_one(const struct record *r, struct span line, struct arena *a, void *ctx,
	struct error *err)
{
	struct store_run *s = ctx;
	enum error_code code = OK;

	(void)line;
	if (s->in_group == 0)
		code = store_begin(s->store, err);
	if (code == OK)
		code = store_put(s->store, r, err);
	if (code == ERR_FORMAT) { /* an extraction that does not fit */
		struct record problem = { .kind = RECORD_PROBLEM };

		problem.problem = (struct problem){
			.stage = "store",
			.code = PROBLEM_RECORD,
			.message = arena_strdup(a, err->msg),
			.at = clock_now(),
		};
		error_clear(err);
		s->problems++;
		code = store_put(s->store, &problem, err);
	}
	s->problems += r->kind == RECORD_PROBLEM;
	s->in_group++;
	if (code == OK && group_full(s, r)) {
		s->in_group = 0;
		code = store_commit(s->store, err);
	}
	return code;
}

int
cmd_store(const struct options *o)
{
	const unsigned all = (1u << RECORD_KINDS) - 1;
	struct error err = { 0 };
	struct arena *a = arena_new(CLI_ARENA_MAX);
	struct store_run s = { 0 };
	struct sources sources;
	enum error_code code;

	if (a == NULL)
		return report_error(&err);
	code = sources_read(o->sources, a, &sources, &err);
	if (code == OK)
		code = store_open(path_db(o, a), STORE_WRITE, &s.store, &err);
	if (code == OK)
		code = store_put_sources(s.store, &sources, &err);
	if (code == OK)
		code = store_run_begin(s.store, "store", NULL, NULL, &err);
	if (code == OK)
		code = filter_run(
			all, "store", store_one, &s, false, &s.problems, &err);
	if (code == OK && s.in_group > 0)
		code = store_commit(s.store, &err);
	if (code == OK)
		code = store_run_end(s.store, "ok", &err);
	store_close(s.store);
	arena_free(a);
	if (code != OK)
		return report_error(&err);
	return s.problems > 0 ? EXIT_PROBLEMS : 0;
}
