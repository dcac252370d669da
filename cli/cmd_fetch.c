#include "cli.h"

#include <poll.h>

#define WAIT_MS 1000

struct fetch_run {
	struct fetcher *fetcher;
	struct archive_writer *archive;
	int64_t problems;
};

/* A page is passed on only when the disk has it. */
static enum error_code
pass_page(const struct page *p, void *ctx, struct error *err)
{
	struct fetch_run *f = ctx;
	struct record r = { .kind = RECORD_PAGE };
	enum error_code code = archive_writer_sync(f->archive, err);

	r.page = *p;
	return code == OK ? report_record(&r, err) : code;
}

static enum error_code
pass_problem(const struct problem *p, void *ctx, struct error *err)
{
	struct fetch_run *f = ctx;
	struct record r = { .kind = RECORD_PROBLEM };

	r.problem = *p;
	f->problems++;
	return report_record(&r, err);
}

static enum error_code
pass_ended(const struct task *t, void *ctx, struct error *err)
{
	struct record r = { .kind = RECORD_TASK };

	(void)ctx;
	r.task = *t;
	return report_record(&r, err);
}

static enum error_code
add_task(const struct record *in, struct span line, struct arena *a, void *ctx,
	struct error *err)
{
	struct fetch_run *f = ctx;

	(void)line;
	(void)a;
	return fetcher_add(f->fetcher, &in->task, err);
}

/* Go on with what is under way until more tasks come. */
static enum error_code
fetch_meanwhile(int fd, void *ctx, struct error *err)
{
	struct fetch_run *f = ctx;
	struct pollfd in = { .fd = fd, .events = POLLIN };
	bool busy = true;
	enum error_code code = OK;

	while (code == OK && busy && poll(&in, 1, 0) == 0)
		code = fetcher_run(f->fetcher, fd, WAIT_MS, &busy, err);
	return code;
}

static enum error_code
fetch_rest(struct fetch_run *f, struct error *err)
{
	bool busy = true;
	enum error_code code = OK;

	while (code == OK && busy)
		code = fetcher_run(f->fetcher, -1, WAIT_MS, &busy, err);
	return code;
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
			&(struct fetch_sink){
				pass_page, pass_problem, &f, pass_ended },
			f.archive, &f.fetcher, &err);
	if (code == OK)
		code = filter_run_with(
			&(struct filter){
				.takes = 1u << RECORD_TASK,
				.stage = "fetch",
				.use = add_task,
				.meanwhile = fetch_meanwhile,
				.ctx = &f,
				.pass_on = true,
			},
			&f.problems, &err);
	if (code == OK)
		code = fetch_rest(&f, &err);
	fetcher_free(f.fetcher);
	archive_writer_close(f.archive);
	arena_free(a);
	if (code != OK)
		return report_error(&err);
	return f.problems > 0 ? EXIT_PROBLEMS : 0;
}
