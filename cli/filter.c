#include "cli.h"

#include <stdio.h>
#include <unistd.h>

struct run {
	const struct filter *filter;
	int64_t problems;
};

static enum error_code
count_and_report(const struct record *r, void *ctx, struct error *err)
{
	struct run *f = ctx;

	f->problems++;
	if (!f->filter->warns)
		return report_record(r, err);
	log_write(LOG_WARN, "%s: %s", r->problem.ref, r->problem.message);
	return OK;
}

/* A line that is no record: say which line, and go on. */
static enum error_code
bad_line(struct run *f, size_t number, struct error *err)
{
	enum problem_code code = err->code == ERR_LIMIT
					 ? PROBLEM_RECORD_TOO_LONG
					 : PROBLEM_RECORD;
	char ref[32];
	struct error why = *err;

	(void)snprintf(ref, sizeof ref, "line %zu", number);
	error_clear(err);
	return emit_problem(f->filter->stage, ref, NULL, code, why.msg,
		count_and_report, f, err);
}

static enum error_code
pass(struct span line, struct error *err)
{
	enum error_code code =
		write_all(STDOUT_FILENO, line.ptr, line.len, err);

	return code == OK ? write_all(STDOUT_FILENO, "\n", 1, err) : code;
}

static enum error_code
next_line(const struct filter *filter, struct lines *in, struct span *line,
	struct error *err)
{
	if (filter->meanwhile != NULL && !lines_ready(in)) {
		enum error_code code =
			filter->meanwhile(STDIN_FILENO, filter->ctx, err);

		if (code != OK)
			return code;
	}
	return lines_next(in, line, err);
}

static enum error_code
one_line(struct run *f, struct span line, size_t number, struct arena *a,
	struct error *err)
{
	const struct filter *filter = f->filter;
	enum record_kind kind;
	enum error_code code;
	struct record r;

	if (record_peek(line, &kind) && !(filter->takes & 1u << kind))
		return filter->pass_on ? pass(line, err) : OK;
	code = record_decode(line, a, &r, err);
	if (code == ERR_FORMAT || code == ERR_LIMIT)
		return bad_line(f, number, err);
	return code == OK ? filter->use(&r, line, a, filter->ctx, err) : code;
}

enum error_code
filter_run_with(
	const struct filter *filter, int64_t *problems, struct error *err)
{
	struct arena *a = arena_new(CLI_ARENA_MAX);
	struct run f = { .filter = filter };
	enum error_code code = OK;
	struct lines in;

	if (a == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	lines_init(&in, STDIN_FILENO, RECORD_LINE_MAX);
	while (code == OK) {
		struct span line;

		arena_reset(a);
		code = next_line(filter, &in, &line, err);
		if (code == OK && line.ptr == NULL)
			break;
		if (code == ERR_LIMIT)
			code = bad_line(&f, in.number, err);
		else if (code == OK && line.len > 0)
			code = one_line(&f, line, in.number, a, err);
	}
	lines_release(&in);
	arena_free(a);
	*problems += f.problems;
	return code;
}

enum error_code
filter_run(unsigned takes, const char *stage, record_use *use, void *ctx,
	bool pass_on, int64_t *problems, struct error *err)
{
	return filter_run_with(
		&(struct filter){
			.takes = takes,
			.stage = stage,
			.use = use,
			.ctx = ctx,
			.pass_on = pass_on,
		},
		problems, err);
}
