#include "fetch_process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define GROUP_PAGES    64  /* captures synced to the disk together */
#define GROUP_MS       250 /* and the longest they wait for that */
#define COUNT_MS       100 /* between two looks at how far it is */
#define GROUP_MAX      (GROUP_PAGES * ((size_t)64 << 10)) /* bytes of records */
#define EXIT_CODE_BASE 64 /* exit status of the child: this + error code */

#define GO "g" /* what the process is told when there are tasks */

static volatile sig_atomic_t stopping;

static void
on_term(int sig)
{
	(void)sig;
	stopping = 1;
}

/* Captures whose records wait for the disk. */
struct group {
	struct archive_writer *archive;
	struct fetcher *fetcher;
	struct buffer lines;
	int out;
	int n;
	int64_t since_ms;
	struct fetch_counts *counts; /* shared with the parent */
	int64_t counted_ms;
	int64_t before; /* tasks that were taken earlier */
};

static void
count(struct group *g)
{
	int64_t now_ms = clock_monotonic_ms();
	struct fetch_counts c;

	if (now_ms - g->counted_ms < COUNT_MS)
		return;
	g->counted_ms = now_ms;
	fetcher_counts(g->fetcher, &c);
	c.tasks -= g->before;
	c.ended -= g->before;
	*g->counts = c;
}

static enum error_code
flush(struct group *g, struct error *err)
{
	enum error_code code;

	if (g->n == 0)
		return OK;
	code = archive_writer_sync(g->archive, err);
	if (code == OK)
		code = write_all(g->out, g->lines.ptr, g->lines.len, err);
	buffer_reset(&g->lines);
	g->n = 0;
	return code;
}

static enum error_code
put_record(struct group *g, const struct record *r, struct error *err)
{
	enum error_code code;

	count(g);
	if (g->n++ == 0)
		g->since_ms = clock_monotonic_ms();
	code = record_encode(r, &g->lines, err);
	if (code == OK && (g->n >= GROUP_PAGES || g->lines.len > GROUP_MAX / 2))
		code = flush(g, err);
	return code;
}

static enum error_code
put_page(const struct page *p, void *ctx, struct error *err)
{
	struct record r = { .kind = RECORD_PAGE };

	r.page = *p;
	return put_record(ctx, &r, err);
}

static enum error_code
put_problem(const struct problem *p, void *ctx, struct error *err)
{
	struct record r = { .kind = RECORD_PROBLEM };

	r.problem = *p;
	return put_record(ctx, &r, err);
}

static enum error_code
put_ended(const struct task *t, void *ctx, struct error *err)
{
	struct record r = { .kind = RECORD_TASK };

	r.task = *t;
	return put_record(ctx, &r, err);
}

static enum error_code
add_all(struct group *g, int tasks, struct error *err)
{
	struct arena *a = arena_new(CLI_ARENA_MAX);
	enum error_code code = OK;
	struct lines in;

	if (a == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	lines_init(&in, tasks, RECORD_LINE_MAX);
	while (code == OK && !stopping) {
		struct record r;
		struct span line;

		arena_reset(a);
		code = lines_next(&in, &line, err);
		if (code != OK || line.ptr == NULL)
			break;
		code = record_decode(line, a, &r, err);
		if (code == OK)
			code = fetcher_add(g->fetcher, &r.task, err);
	}
	lines_release(&in);
	arena_free(a);
	return code;
}

static enum error_code
fetch_all(struct group *g, int tasks, struct error *err)
{
	enum error_code code = OK;
	struct fetch_counts c;
	bool busy = true;

	fetcher_counts(g->fetcher, &c);
	g->before = c.tasks;
	code = add_all(g, tasks, err);
	while (code == OK && busy) {
		code = fetcher_run(g->fetcher, -1, GROUP_MS, &busy, err);
		count(g);
		if (code == OK && g->n > 0 &&
			clock_monotonic_ms() - g->since_ms > GROUP_MS)
			code = flush(g, err);
	}
	/* What was fetched is kept, whatever ended the loop. */
	return code == OK ? flush(g, err) : code;
}

/* False: there is nothing more to do. */
static bool
is_told_to_go(int go)
{
	char byte;
	ssize_t n;

	do
		n = read(go, &byte, 1);
	while (n < 0 && errno == EINTR && !stopping);
	return n == 1 && byte == GO[0];
}

static int
child(const struct fetch_process *f, const struct fetch_options *how,
	const char *archive_dir)
{
	struct fetch_options opt = *how;
	struct group g = { .out = f->out, .counts = f->counts };
	struct error err = { 0 };
	enum error_code code;

	opt.stop = &stopping;
	log_set_name("dateline fetch");
	(void)signal(SIGINT, SIG_IGN);
	(void)signal(SIGTERM, on_term);
	buffer_init(&g.lines, GROUP_MAX + 2 * RECORD_LINE_MAX);
	code = archive_writer_open(archive_dir, &g.archive, &err);
	if (code == OK && archive_writer_cut(g.archive) > 0)
		log_write(LOG_WARN,
			"archive: the last %lld bytes were a torn record and "
			"were cut off",
			(long long)archive_writer_cut(g.archive));
	if (code == OK)
		code = fetcher_new(&opt,
			&(struct fetch_sink){
				put_page, put_problem, &g, put_ended },
			g.archive, &g.fetcher, &err);
	if (code == OK) {
		sandbox_fetch(archive_dir);
		while (code == OK && !stopping && is_told_to_go(f->go)) {
			code = fetch_all(&g, f->lines, &err);
			if (code == OK)
				code = write_all(f->out, "\n", 1, &err);
		}
	}
	if (code != OK)
		log_write(LOG_ERROR, "%s", err.msg);
	fetcher_free(g.fetcher);
	archive_writer_close(g.archive);
	buffer_release(&g.lines);
	return code == OK ? 0 : EXIT_CODE_BASE + (int)code;
}

enum error_code
fetch_process_start(const struct fetch_options *how, const char *archive_dir,
	struct fetch_process *f, struct error *err)
{
	int out[2] = { -1, -1 }, go[2] = { -1, -1 };
	pid_t self = getpid();
	void *counts = mmap(NULL, sizeof *f->counts, PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	*f = (struct fetch_process){ .out = -1, .lines = -1, .go = -1 };
	if (counts != MAP_FAILED)
		f->counts = counts;
	/* A file of no name, so that nobody waits for a full pipe. */
	f->lines = memfd_create("tasks", MFD_CLOEXEC);
	if (f->counts == NULL || f->lines < 0 || pipe2(out, O_CLOEXEC) != 0 ||
		pipe2(go, O_CLOEXEC) != 0) {
		error_sys(err, errno, "start the fetch process");
		goto out;
	}
	f->pid = fork();
	if (f->pid == 0) {
		int own[] = { out[1], go[0], f->lines };

		sandbox_child(self);
		sandbox_keep(own, 3);
		f->out = own[0];
		f->go = own[1];
		f->lines = own[2];
		_exit(child(f, how, archive_dir));
	}
	if (f->pid < 0)
		error_sys(err, errno, "start the fetch process");
	f->out = out[0];
	f->go = go[1];
	out[0] = go[1] = -1;
out:
	for (size_t i = 0; i < 2; i++) {
		if (out[i] >= 0)
			close(out[i]);
		if (go[i] >= 0)
			close(go[i]);
	}
	if (f->pid > 0)
		return OK;
	f->pid = 0;
	(void)fetch_process_end(f, NULL); /* the first error counts */
	return err != NULL ? err->code : ERR_IO;
}

enum error_code
fetch_process_give(
	struct fetch_process *f, const struct tasks *t, struct error *err)
{
	enum error_code code;

	f->tasks = t->n;
	*f->counts = (struct fetch_counts){ 0 };
	/* It shares the place in the file, and waits. */
	if (ftruncate(f->lines, 0) != 0 || lseek(f->lines, 0, SEEK_SET) != 0)
		return error_sys(err, errno, "tasks");
	code = write_all(f->lines, t->lines.ptr, t->lines.len, err);
	if (code == OK && lseek(f->lines, 0, SEEK_SET) != 0)
		code = error_sys(err, errno, "tasks");
	return code == OK ? write_all(f->go, GO, 1, err) : code;
}

void
fetch_process_stop(const struct fetch_process *f)
{
	if (f->pid > 0)
		kill(f->pid, SIGTERM);
}

enum error_code
fetch_process_end(struct fetch_process *f, struct error *err)
{
	const int fds[] = { f->go, f->out, f->lines };
	const pid_t pid = f->pid;
	int status = 0;

	for (size_t i = 0; i < sizeof fds / sizeof *fds; i++)
		if (fds[i] >= 0)
			close(fds[i]);
	if (f->counts != NULL)
		munmap(f->counts, sizeof *f->counts);
	*f = (struct fetch_process){ .out = -1, .lines = -1, .go = -1 };
	if (pid <= 0)
		return OK;
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return OK;
	if (WIFEXITED(status) && WEXITSTATUS(status) > EXIT_CODE_BASE)
		return error_set(err,
			(enum error_code)(WEXITSTATUS(status) - EXIT_CODE_BASE),
			"the fetch process failed");
	return error_set(err, ERR_IO, "the fetch process was ended");
}
