#include "inputs.h"

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scratch.h"
#include "tasks.h"

#define WAIT_MS 1000

static volatile sig_atomic_t stopped; /* the signal that did it */

static void
on_signal(int signal)
{
	stopped = signal;
}

struct inputs {
	const struct options *o;
	const struct sources *sources;
	input_use *use;
	void *ctx;
	int64_t *problems;
	struct arena *arena; /* of a page */
	bool is_url;	     /* what is named */
	char *dir;	     /* of the archive, which goes with the call */
	struct archive_writer *writer;
	struct archive *reader;
	struct fetcher *fetcher;
};

static enum error_code
use_page(struct inputs *in, const char *name, bool is_part, struct page *page,
	struct span body, struct error *err)
{
	const struct input found = { name, is_part, page, body, in->arena };

	page->id = page->body;
	if (in->o->url != NULL)
		page->url = page->final_url = in->o->url;
	return in->use(&found, in->ctx, err);
}

static enum error_code
on_page(const struct page *p, void *ctx, struct error *err)
{
	struct inputs *in = ctx;
	struct page page;
	struct span body;
	const char *path;
	enum error_code code;

	arena_reset(in->arena);
	code = archive_read(in->reader, p->archive.file, p->archive.offset,
		in->arena, &page, &body, err);
	if (code != OK)
		return code;
	path = fetch_file_path(page.url, in->arena);
	return use_page(in, path != NULL ? path : page.url, !in->is_url, &page,
		body, err);
}

static enum error_code
on_problem(const struct problem *p, void *ctx, struct error *err)
{
	struct inputs *in = ctx;
	const char *path;

	(void)err;
	arena_reset(in->arena);
	path = p->url != NULL ? fetch_file_path(p->url, in->arena) : NULL;
	log_write(LOG_WARN, "%s: %s",
		path != NULL	 ? path
		: p->ref != NULL ? p->ref
				 : p->url,
		p->message);
	++*in->problems;
	return OK;
}

static enum error_code
on_record(const struct record *r, void *ctx, struct error *err)
{
	return on_problem(&r->problem, ctx, err);
}

/* An archive of its own, in which every body is found again. */
static enum error_code
open_fetcher(struct inputs *in, struct error *err)
{
	enum error_code code;

	if (in->fetcher != NULL)
		return OK;
	code = scratch_new(&in->dir, err);
	if (code == OK)
		code = archive_writer_open(in->dir, &in->writer, err);
	if (code == OK)
		code = archive_open(in->dir, &in->reader, err);
	return code != OK ? code
			  : fetcher_new(
				    &(struct fetch_options){
					    .sources = in->sources,
					    .stop = &stopped,
				    },
				    &(struct fetch_sink){
					    .page = on_page,
					    .problem = on_problem,
					    .ctx = in,
				    },
				    in->writer, &in->fetcher, err);
}

static void
close_fetcher(struct inputs *in)
{
	fetcher_free(in->fetcher);
	archive_close(in->reader);
	archive_writer_close(in->writer);
	scratch_remove(in->dir);
}

/* A file, or standard input, that is one page. */
static enum error_code
use_file(struct inputs *in, const char *path, bool is_part, struct error *err)
{
	bool is_stdin = strcmp(path, "-") == 0;
	struct page page = { .source = SOURCE_COMMAND_LINE, .status = 200 };
	char hex[HASH_HEX];
	struct buffer body;
	enum error_code code;

	arena_reset(in->arena);
	buffer_init(&body, FETCH_BODY_MAX + 1);
	code = is_stdin ? read_all(STDIN_FILENO, FETCH_BODY_MAX, &body, err)
			: read_file(path, FETCH_BODY_MAX, &body, err);
	if (code != OK && code != ERR_NOMEM) {
		log_write(LOG_WARN, "%s%s", is_stdin ? "standard input: " : "",
			err->msg);
		error_clear(err);
		++*in->problems;
		buffer_release(&body);
		return OK;
	}
	page.media_type = fetch_media_type(path);
	hash_hex(buffer_span(&body), hex);
	page.body = arena_printf(in->arena, "sha256:%s", hex);
	page.url = page.final_url = is_stdin ? "file:///dev/stdin"
					     : fetch_file_url(path, in->arena);
	if (code == OK && (page.body == NULL || page.url == NULL))
		code = error_set(err, ERR_NOMEM, "no memory");
	if (code == OK)
		code = use_page(
			in, path, is_part, &page, buffer_span(&body), err);
	buffer_release(&body);
	return code;
}

static bool
is_one_page(const char *arg)
{
	struct stat st;

	return !tasks_is_url(arg) && fetch_is_plain(arg) &&
	       (stat(arg, &st) != 0 || !S_ISDIR(st.st_mode));
}

/* A file below a directory is read as it is where it can be. */
static enum error_code
use_task(struct inputs *in, const struct task *t, struct arena *a,
	struct error *err)
{
	const char *path = fetch_file_path(t->url, a);
	enum error_code code;

	if (path != NULL && is_one_page(path))
		return use_file(in, path, !in->is_url, err);
	code = open_fetcher(in, err);
	return code == OK ? fetcher_add(in->fetcher, t, err) : code;
}

static enum error_code
fetch_all(struct inputs *in, struct span lines, struct error *err)
{
	struct arena *a = arena_new(CLI_ARENA_MAX);
	enum error_code code =
		a == NULL ? error_set(err, ERR_NOMEM, "no memory") : OK;
	struct span line;
	bool busy = true;

	while (code == OK && stopped == 0 && span_split(&lines, '\n', &line)) {
		struct record r;

		if (line.len == 0)
			continue;
		arena_reset(a);
		code = record_decode(line, a, &r, err);
		if (code == OK)
			code = use_task(in, &r.task, a, err);
	}
	while (code == OK && busy && stopped == 0 && in->fetcher != NULL)
		code = fetcher_run(in->fetcher, -1, WAIT_MS, &busy, err);
	arena_free(a);
	return code;
}

static enum error_code
use_named(struct inputs *in, char **arg, struct error *err)
{
	struct options one = *in->o;
	struct arena *a = arena_new(CLI_ARENA_MAX);
	struct tasks t;
	enum error_code code =
		a == NULL ? error_set(err, ERR_NOMEM, "no memory") : OK;

	in->is_url = tasks_is_url(*arg);
	one.args = arg;
	one.nargs = 1;
	one.source = NULL;
	tasks_init(&t);
	if (code == OK)
		code = tasks_named(&t, NULL, &one, a, on_record, in, err);
	if (code == OK)
		code = fetch_all(in, buffer_span(&t.lines), err);
	tasks_release(&t);
	arena_free(a);
	return code;
}

enum error_code
inputs_each(const struct options *o, int first, const struct sources *sources,
	input_use *use, void *ctx, int64_t *problems, struct error *err)
{
	struct inputs in = { .o = o,
		.sources = sources,
		.use = use,
		.ctx = ctx,
		.problems = problems,
		.arena = arena_new(CLI_ARENA_MAX) };
	enum error_code code =
		in.arena == NULL ? error_set(err, ERR_NOMEM, "no memory") : OK;

	(void)signal(SIGINT, on_signal);
	(void)signal(SIGTERM, on_signal);
	(void)signal(SIGHUP, on_signal);
	for (int i = first; code == OK && stopped == 0 && i < o->nargs; i++)
		code = is_one_page(o->args[i])
			       ? use_file(&in, o->args[i], false, err)
			       : use_named(&in, &o->args[i], err);
	close_fetcher(&in);
	arena_free(in.arena);
	(void)signal(SIGINT, SIG_DFL);
	(void)signal(SIGTERM, SIG_DFL);
	(void)signal(SIGHUP, SIG_DFL);
	if (stopped != 0)
		(void)raise(stopped);
	return code;
}
