#include "pool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "worker.h"

#define READ_CHUNK ((size_t)64 << 10) /* bytes asked of a worker at a time */

struct job {
	struct archive_entry entry;
	size_t ticket;
	int64_t since_ms; /* when it became the head of the queue */
};

struct worker {
	pid_t pid;	   /* 0: none */
	int in;		   /* we write captures here */
	int out;	   /* we read records here */
	struct buffer buf; /* lengths, each before a capture's records */
	struct job jobs[POOL_DEPTH];
	size_t njobs;
};

struct pool {
	struct pool_options opt;
	/* Made once, for the first: each worker has a copy, by fork. */
	struct parser *parser;
	struct worker *workers;
	size_t n;
};

static void
close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static enum error_code
start_worker(struct pool *p, struct worker *w, struct error *err)
{
	int in[2] = { -1, -1 }, out[2] = { -1, -1 };
	pid_t self = getpid();

	if (p->parser == NULL)
		p->parser = parser_new(p->opt.words, p->opt.sources);
	if (p->parser == NULL)
		return error_set(err, ERR_NOMEM, "no memory for workers");
	if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0)
		goto fail;
	w->pid = fork();
	if (w->pid < 0)
		goto fail;
	if (w->pid == 0) {
		int own[] = { in[0], out[1] };

		sandbox_child(self);
		sandbox_keep(own, 2);
		_exit(worker_main(&p->opt, p->parser, own[0], own[1]));
	}
	close(in[0]);
	close(out[1]);
	w->in = in[1];
	w->out = out[0];
	buffer_reset(&w->buf);
	return OK;
fail:
	error_sys(err, errno, "start a worker");
	w->pid = 0;
	close_fd(&in[0]);
	close_fd(&in[1]);
	close_fd(&out[0]);
	close_fd(&out[1]);
	return ERR_IO;
}

static void
stop_worker(struct worker *w)
{
	close_fd(&w->in);
	close_fd(&w->out);
	while (w->pid > 0 && waitpid(w->pid, NULL, 0) < 0 && errno == EINTR)
		;
	w->pid = 0;
}

enum error_code
pool_open(const struct pool_options *opt, struct pool **out, struct error *err)
{
	struct pool *p = calloc(1, sizeof *p);

	*out = p;
	if (p == NULL)
		return error_set(err, ERR_NOMEM, "no memory for workers");
	p->opt = *opt;
	p->workers = calloc((size_t)opt->workers, sizeof *p->workers);
	if (p->workers == NULL)
		return error_set(err, ERR_NOMEM, "no memory for workers");
	p->n = (size_t)opt->workers;
	for (size_t i = 0; i < p->n; i++) {
		p->workers[i].in = p->workers[i].out = -1;
		buffer_init(&p->workers[i].buf, POOL_RESULT_MAX);
	}
	return OK;
}

void
pool_close(struct pool *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < p->n; i++) {
		stop_worker(&p->workers[i]);
		buffer_release(&p->workers[i].buf);
	}
	parser_free(p->parser);
	free(p->workers);
	free(p);
}

size_t
pool_pending(const struct pool *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		n += p->workers[i].njobs;
	return n;
}

size_t
pool_room(const struct pool *p)
{
	return p->n * POOL_DEPTH - pool_pending(p);
}

static enum error_code
send_job(struct worker *w, const struct job *j, struct error *err)
{
	char line[ARCHIVE_NAME_MAX + 32];
	int len = snprintf(line, sizeof line, "%s %lld\n", j->entry.file,
		(long long)j->entry.offset);

	/* A worker that is gone shows as end of file on its other pipe. */
	if (write_all(w->in, line, (size_t)len, err) != OK && errno == EPIPE)
		error_clear(err);
	return err->code;
}

enum error_code
pool_submit(struct pool *p, const struct archive_entry *entry, size_t ticket,
	struct error *err)
{
	struct worker *least = &p->workers[0];
	enum error_code code = OK;
	struct job *j;

	for (size_t i = 1; i < p->n; i++)
		if (p->workers[i].njobs < least->njobs)
			least = &p->workers[i];
	if (least->pid == 0)
		code = start_worker(p, least, err);
	if (code != OK)
		return code;
	j = &least->jobs[least->njobs++];
	*j = (struct job){ .entry = *entry,
		.ticket = ticket,
		.since_ms = clock_monotonic_ms() };
	return send_job(least, j, err);
}

typedef enum error_code
result_fn(const struct pool_result *r, void *ctx, struct error *err);

static void
drop_job(struct worker *w)
{
	w->njobs--;
	memmove(w->jobs, w->jobs + 1, w->njobs * sizeof *w->jobs);
	w->jobs[0].since_ms = clock_monotonic_ms();
}

/* Those whose records have come, all of them. */
static enum error_code
report_finished(struct worker *w, result_fn *done, void *ctx, struct error *err)
{
	enum error_code code = OK;

	while (code == OK && w->njobs > 0 && w->buf.len >= WIRE_LENGTH) {
		const size_t len = wire_length_get(w->buf.ptr);

		if (len > w->buf.len - WIRE_LENGTH)
			break;
		code = done(
			&(struct pool_result){
				.ticket = w->jobs[0].ticket,
				.records = span_sub(buffer_span(&w->buf),
					WIRE_LENGTH, WIRE_LENGTH + len),
			},
			ctx, err);
		buffer_consume(&w->buf, WIRE_LENGTH + len);
		drop_job(w);
	}
	return code;
}

/*
 * The worker is gone: the capture it had is told as such, the ones behind
 * that are given to a new worker.
 */
static enum error_code
replace_worker(struct pool *p, struct worker *w, result_fn *done, void *ctx,
	struct error *err)
{
	enum error_code code = OK;

	stop_worker(w);
	if (w->njobs > 0) {
		code = done(
			&(struct pool_result){
				.ticket = w->jobs[0].ticket,
				.died = true,
			},
			ctx, err);
		drop_job(w);
	}
	if (code == OK)
		code = start_worker(p, w, err);
	for (size_t i = 0; code == OK && i < w->njobs; i++)
		code = send_job(w, &w->jobs[i], err);
	return code;
}

static enum error_code
read_worker(struct pool *p, struct worker *w, result_fn *done, void *ctx,
	struct error *err)
{
	char *room = buffer_reserve(&w->buf, READ_CHUNK);
	ssize_t n;

	if (room == NULL) { /* over POOL_RESULT_MAX: not our protocol */
		kill(w->pid, SIGKILL);
		return replace_worker(p, w, done, ctx, err);
	}
	n = read(w->out, room, READ_CHUNK);
	if (n < 0 && errno == EINTR)
		return OK;
	if (n <= 0)
		return replace_worker(p, w, done, ctx, err);
	w->buf.len += (size_t)n;
	w->buf.ptr[w->buf.len] = '\0';
	return report_finished(w, done, ctx, err);
}

static void
end_stuck(struct pool *p)
{
	int64_t now = clock_monotonic_ms();

	for (size_t i = 0; i < p->n; i++) {
		struct worker *w = &p->workers[i];

		if (w->njobs > 0 && now - w->jobs[0].since_ms > POOL_TIMEOUT_MS)
			kill(w->pid, SIGKILL); /* seen as end of file */
	}
}

enum error_code
pool_wait(struct pool *p, int timeout_ms, int extra_fd, bool *extra_ready,
	result_fn *done, void *ctx, struct error *err)
{
	struct pollfd fds[WORKERS_MAX + 1];
	enum error_code code = OK;

	*extra_ready = false;
	for (size_t i = 0; i < p->n; i++)
		fds[i] = (struct pollfd){ .fd = p->workers[i].out,
			.events = POLLIN };
	fds[p->n] = (struct pollfd){ .fd = extra_fd, .events = POLLIN };
	if (poll(fds, p->n + 1, timeout_ms) < 0)
		return errno == EINTR ? OK : error_sys(err, errno, "poll");
	*extra_ready = extra_fd >= 0 && fds[p->n].revents != 0;
	for (size_t i = 0; code == OK && i < p->n; i++)
		if (fds[i].revents != 0)
			code = read_worker(p, &p->workers[i], done, ctx, err);
	end_stuck(p);
	return code;
}
