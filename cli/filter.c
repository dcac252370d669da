#include "cli.h"

#include <stdio.h>
#include <unistd.h>

struct filter {
	const char *stage;
	int64_t problems;
};

static enum error_code
count_and_report(const struct record *r, void *ctx, struct error *err)
{
	struct filter *f = ctx;

	f->problems++;
	return report_record(r, err);
}

/* A line that is no record: say which line, and go on. */
static enum error_code
bad_line(struct filter *f, size_t number, struct error *err)
{
	enum problem_code code = err->code == ERR_LIMIT
					 ? PROBLEM_RECORD_TOO_LONG
					 : PROBLEM_RECORD;
	char ref[32];
	struct error why = *err;

	(void)snprintf(ref, sizeof ref, "line %zu", number);
	error_clear(err);
	return emit_problem(
		f->stage, ref, NULL, code, why.msg, count_and_report, f, err);
}

static enum error_code
pass(struct span line, struct error *err)
{
	enum error_code code =
		write_all(STDOUT_FILENO, line.ptr, line.len, err);

	return code == OK ? write_all(STDOUT_FILENO, "\n", 1, err) : code;
}

enum error_code
filter_run(unsigned mask, const char *stage,
	enum error_code (*use)(const struct record *r, struct span line,
		struct arena *a, void *ctx, struct error *err),
	void *ctx, bool pass_on, int64_t *problems, struct error *err)
{
	struct arena *a = arena_new(CLI_ARENA_MAX);
	struct filter f = { .stage = stage };
	enum error_code code = OK;
	struct lines in;

	if (a == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	lines_init(&in, STDIN_FILENO, RECORD_LINE_MAX);
	while (code == OK) {
		enum record_kind kind;
		struct record r;
		struct span line;

		arena_reset(a);
		code = lines_next(&in, &line, err);
		if (code == OK && line.ptr == NULL)
			break;
		if (code == ERR_LIMIT) {
			code = bad_line(&f, in.number, err);
			continue;
		}
		if (code != OK || line.len == 0)
			continue;
		if (record_peek(line, &kind) && !(mask & 1u << kind)) {
			code = pass_on ? pass(line, err) : OK;
			continue;
		}
		code = record_decode(line, a, &r, err);
		if (code == ERR_FORMAT || code == ERR_LIMIT)
			code = bad_line(&f, in.number, err);
		else if (code == OK)
			code = use(&r, line, a, ctx, err);
	}
	lines_release(&in);
	arena_free(a);
	*problems += f.problems;
	return code;
}
