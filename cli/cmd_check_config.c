#include "cli.h"

#include <stdio.h>

#include "watch.h"

#define FAILURES_MAX ((size_t)4 << 20) /* bytes of lines that are kept */

/* One check: what it said, and what came of it. */
struct check {
	const struct options *o;
	struct buffer lines; /* of failures, as they are printed */
	struct buffer sum;
	int status;
};

static void
add_failure(void *ctx, const char *where, const char *message)
{
	struct check *c = ctx;

	buffer_printf(&c->lines, "%s: %s\n", where, message);
}

static void
add_sum(struct check *c, size_t sources, long examples, long failures,
	long todo, const struct ruleset *rules)
{
	buffer_printf(&c->sum, "%zu sources, %ld examples, %ld failed", sources,
		examples, failures);
	if (todo > 0)
		buffer_printf(&c->sum, ", %ld to do", todo);
	buffer_printf(&c->sum, "; rules %s\n", ruleset_version(rules));
}

static enum error_code
run_check(struct check *c, struct arena *a, struct error *err)
{
	const struct options *o = c->o;
	struct ruleset *rules = NULL;
	struct parse_words *words = NULL;
	struct sources sources = { 0 };
	long failures = 0, examples = 0, todo = 0;
	enum error_code code = sources_open(o, a, &sources, err);

	if (code == OK)
		code = parse_words_open(path_config(o, a), &words, err);
	if (code == OK)
		code = ruleset_open(path_config(o, a), path_gazetteer(o, a),
			RULESET_ALL, &rules, err);
	if (code == OK) {
		failures = ruleset_check(
			rules, add_failure, c, &examples, &todo, err);
		if (failures < 0)
			code = err->code;
	}
	if (code == OK)
		add_sum(c, sources.n - 1, examples, failures, todo, rules);
	c->status = failures > 0 ? error_exit_status(ERR_CONFIG) : 0;
	ruleset_free(rules);
	parse_words_free(words);
	return code;
}

/* Everything is read anew. */
static enum error_code
check(struct check *c, struct error *err)
{
	struct arena *a = arena_new(CLI_ARENA_MAX);
	enum error_code code;

	buffer_reset(&c->lines);
	buffer_reset(&c->sum);
	if (a == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	code = run_check(c, a, err);
	arena_free(a);
	return code;
}

static void
print(struct span text, FILE *out)
{
	(void)fwrite(text.ptr, 1, text.len, out);
	(void)fflush(out);
}

/* One of the lines. */
static bool
has_line(struct span lines, struct span line)
{
	struct span one;

	while (lines.len > 0 && span_split(&lines, '\n', &one))
		if (span_eq(one, line))
			return true;
	return false;
}

/* Lines of a that are not of b, each behind a mark. */
static void
print_new(const char *mark, struct span a, struct span b)
{
	struct span one;

	while (a.len > 0 && span_split(&a, '\n', &one))
		if (one.len > 0 && !has_line(b, one))
			printf("%s %.*s\n", mark, (int)one.len, one.ptr);
}

/* What is wrong with the configuration is a line like others. */
static enum error_code
check_and_tell(struct check *c, struct error *err)
{
	enum error_code code = check(c, err);

	if (code == OK || code == ERR_NOMEM)
		return code;
	buffer_printf(&c->lines, "%s\n", err->msg);
	buffer_printf(&c->sum, "the configuration cannot be read\n");
	c->status = error_exit_status(code);
	error_clear(err);
	return OK;
}

/* The first check in full; then whatever is new or gone, and the sum. */
static enum error_code
keep_checking(struct check *c, struct error *err)
{
	struct arena *a = arena_new(CLI_ARENA_MAX);
	struct buffer old;
	struct watch *w = NULL;
	bool again = true;
	enum error_code code = a == NULL
				       ? error_set(err, ERR_NOMEM, "no memory")
				       : watch_open(path_config(c->o, a),
						 c->o->sources, &w, err);

	buffer_init(&old, FAILURES_MAX);
	if (code == OK)
		code = check_and_tell(c, err);
	if (code == OK) {
		print_new("wrong:", buffer_span(&c->lines), buffer_span(&old));
		print(buffer_span(&c->sum), stdout);
		code = watch_next(w, &again, err);
	}
	while (code == OK && again) {
		buffer_reset(&old);
		buffer_add_span(&old, buffer_span(&c->lines));
		code = check_and_tell(c, err);
		if (code != OK)
			break;
		print_new("wrong:", buffer_span(&c->lines), buffer_span(&old));
		print_new("right:", buffer_span(&old), buffer_span(&c->lines));
		print(buffer_span(&c->sum), stdout);
		code = watch_next(w, &again, err);
	}
	watch_close(w);
	buffer_release(&old);
	arena_free(a);
	return code;
}

int
cmd_check_config(const struct options *o)
{
	struct check c = { .o = o };
	struct error err = { 0 };
	enum error_code code;

	buffer_init(&c.lines, FAILURES_MAX);
	buffer_init(&c.sum, FAILURES_MAX);
	code = o->watch ? keep_checking(&c, &err) : check(&c, &err);
	if (code == OK && !o->watch) {
		print(buffer_span(&c.lines), stderr);
		print(buffer_span(&c.sum), stdout);
	}
	buffer_release(&c.lines);
	buffer_release(&c.sum);
	return code == OK ? c.status : report_error(&err);
}
