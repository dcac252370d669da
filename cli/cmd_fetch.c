#include "cli.h"

struct fetch_run {
	struct fetcher *fetcher;
	struct archive_writer *archive;
	int64_t problems;
};

/* A page is passed on only when the disk has it. */
static enum error_code
fetch_one(const struct record *in, struct span line, struct arena *a, void *ctx,
	struct error *err)
{
	struct fetch_run *f = ctx;
	struct record out = { .kind = RECORD_PAGE };
	struct problem problem = { 0 };
	enum fetch_outcome outcome;
	enum error_code code = fetcher_task(
		f->fetcher, &in->task, a, &outcome, &out.page, &problem, err);

	(void)line;
	if (code != OK || outcome == FETCH_NOT_MODIFIED)
		return code;
	if (outcome == FETCH_PROBLEM) {
		out.kind = RECORD_PROBLEM;
		out.problem = problem;
		f->problems++;
	} else {
		code = archive_writer_sync(f->archive, err);
	}
	return code == OK ? report_record(&out, err) : code;
}

int
cmd_fetch(const struct options *o)
{
	struct error err = { 0 };
	struct arena *a = arena_new(CLI_ARENA_MAX);
	struct fetch_run f = { 0 };
	struct sources sources;
	enum error_code code = ERR_NOMEM;

	if (a == NULL)
		return report_error(&err);
	code = sources_read(o->sources, a, &sources, &err);
	if (code == OK)
		code = archive_writer_open(
			path_archive(o, a), &f.archive, &err);
	if (code == OK)
		code = fetcher_new(
			&(struct fetch_options){ .sources = &sources },
			f.archive, &f.fetcher, &err);
	if (code == OK)
		code = filter_run(1u << RECORD_TASK, "fetch", fetch_one, &f,
			true, &f.problems, &err);
	fetcher_free(f.fetcher);
	archive_writer_close(f.archive);
	arena_free(a);
	if (code != OK)
		return report_error(&err);
	return f.problems > 0 ? EXIT_PROBLEMS : 0;
}
