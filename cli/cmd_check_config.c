#include "cli.h"

#include <stdio.h>
#include <unistd.h>

#include "watch.h"

#define FAILURES_MAX ((size_t)4 << 20) /* bytes of lines that are kept */

/* One check: what it said, and what came of it. */
struct check {
	const struct options *o;
	struct buffer lines; /* of failures, as they are printed */
	struct buffer sum;
	struct watch *watch;		    /* a change ends a check, or NULL */
	const char *rules[WATCH_PATHS_MAX]; /* the files that changed */
	size_t nrules;			    /* 0: all is checked */
	bool stopped;
	bool unread; /* the configuration cannot be read */
	int status;
};

static void
add_failure(void *ctx, const char *where, const char *message)
{
	struct check *c = ctx;

	buffer_printf(&c->lines, "%s: %s\n", where, message);
}

static bool
is_outdated(void *ctx)
{
	const struct check *c = ctx;

	return watch_is_due(c->watch);
}

static void
add_sum(struct check *c, size_t sources, const struct ruleset_check *done,
	const struct ruleset *rules)
{
	if (c->nrules > 0)
		buffer_printf(&c->sum, "%zu %s", c->nrules,
			c->nrules == 1 ? "file" : "files");
	else
		buffer_printf(&c->sum, "%zu sources", sources);
	buffer_printf(&c->sum, ", %ld examples, %ld failed", done->examples,
		done->failures);
	if (done->todo > 0)
		buffer_printf(&c->sum, ", %ld to do", done->todo);
	if (c->nrules > 0)
		buffer_printf(&c->sum, "; the rest is being checked\n");
	else
		buffer_printf(&c->sum, "; rules %s\n", ruleset_version(rules));
}

static enum error_code
run_examples(struct check *c, size_t sources, const struct ruleset *rules,
	struct error *err)
{
	struct ruleset_check run = { .files = c->rules,
		.nfiles = c->nrules,
		.report = add_failure,
		.stop = c->watch != NULL && c->nrules == 0 ? is_outdated : NULL,
		.ctx = c };
	enum error_code code = ruleset_check(rules, &run, err);

	c->stopped = run.stopped;
	if (code == OK)
		add_sum(c, sources, &run, rules);
	c->status = run.failures > 0 ? error_exit_status(ERR_CONFIG) : 0;
	return code;
}

static enum error_code
run_check(struct check *c, struct arena *a, struct error *err)
{
	const struct options *o = c->o;
	struct ruleset *rules = NULL;
	struct parse_words *words = NULL;
	struct sources sources = { 0 };
	enum error_code code = sources_open(o, a, &sources, err);

	if (code == OK)
		code = parse_words_open(path_config(o, a), &words, err);
	if (code == OK)
		code = ruleset_open(path_config(o, a), path_gazetteer(o, a),
			RULESET_AS_NEEDED, &rules, err);
	if (code == OK)
		code = run_examples(c, sources.n - 1, rules, err);
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

	c->unread = code != OK;
	if (code == OK || code == ERR_NOMEM)
		return code;
	buffer_printf(&c->lines, "%s\n", err->msg);
	buffer_printf(&c->sum, "the configuration cannot be read\n");
	c->status = error_exit_status(code);
	error_clear(err);
	return OK;
}

/* The line tells of one of the files whose rules have changed. */
static bool
is_of_changed(const struct check *c, struct span line)
{
	for (size_t i = 0; i < c->nrules; i++)
		if (span_starts_with(line, c->rules[i]) &&
			line.ptr[strlen(c->rules[i])] == ':')
			return true;
	return false;
}

/* To the lines of a check, those that stood of what it did not look at. */
static void
keep_others(struct check *c, struct span stood)
{
	struct span one;

	while (stood.len > 0 && span_split(&stood, '\n', &one))
		if ((c->unread || (c->nrules > 0 && !is_of_changed(c, one))) &&
			!has_line(buffer_span(&c->lines), one))
			buffer_printf(
				&c->lines, "%.*s\n", (int)one.len, one.ptr);
}

/* Check, and print what is new or gone against what stood; which then is what
 * stands. */
static enum error_code
check_again(struct check *c, struct buffer *stood, struct error *err)
{
	enum error_code code = check_and_tell(c, err);

	if (code != OK || c->stopped)
		return code;
	keep_others(c, buffer_span(stood));
	print_new("wrong:", buffer_span(&c->lines), buffer_span(stood));
	print_new("right:", buffer_span(stood), buffer_span(&c->lines));
	print(buffer_span(&c->sum), stdout);
	buffer_reset(stood);
	buffer_add_span(stood, buffer_span(&c->lines));
	return OK;
}

/* The files of rules among what has changed and is still there. */
static void
take_changed_rules(struct check *c, const char *config)
{
	const size_t len = strlen(config);
	const char *path;

	c->nrules = 0;
	for (size_t i = 0; (path = watch_path(c->watch, i)) != NULL; i++)
		if (strncmp(path, config, len) == 0 &&
			strncmp(path + len, "/rules/", 7) == 0 &&
			span_ends_with(span_str(path), ".rules") &&
			access(path, R_OK) == 0)
			c->rules[c->nrules++] = path;
}

/* The first check in full; then, of each change, what rules it touched and then
 * all, unless there is another. */
static enum error_code
keep_checking(struct check *c, struct error *err)
{
	struct arena *a = arena_new(CLI_ARENA_MAX);
	struct buffer stood;
	bool again = true;
	enum error_code code = a == NULL
				       ? error_set(err, ERR_NOMEM, "no memory")
				       : watch_open(path_config(c->o, a),
						 c->o->sources, &c->watch, err);

	buffer_init(&stood, FAILURES_MAX);
	while (code == OK && again) {
		if (c->nrules > 0)
			code = check_again(c, &stood, err);
		if (code == OK && !(c->nrules > 0 && c->unread)) {
			c->nrules = 0;
			code = check_again(c, &stood, err);
		}
		if (code == OK)
			code = watch_next(c->watch, &again, err);
		if (code == OK)
			take_changed_rules(c, path_config(c->o, a));
	}
	if (!c->unread)
		c->status = stood.len > 0 ? error_exit_status(ERR_CONFIG) : 0;
	watch_close(c->watch);
	buffer_release(&stood);
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
