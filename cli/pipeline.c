#include "pipeline.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define GROUP_CAPTURES 200  /* captures of one transaction, at most */
#define GROUP_MS       1000 /* and the longest one stays open */
#define IDLE_MS	       100  /* between two looks at a growing archive */
#define WINDOW_MAX     (WORKERS_MAX * POOL_DEPTH + 1)
#define FINISHED_MAX   1024 /* over this many, work is done again: no harm */

static volatile sig_atomic_t stopped;

static void
on_signal(int sig)
{
	(void)sig;
	stopped = 1;
}

bool
pipeline_stopped(void)
{
	return stopped != 0;
}

void
pipeline_watch_signals(void)
{
	const struct sigaction act = { .sa_handler = on_signal };

	(void)sigaction(SIGTERM, &act, NULL);
	(void)sigaction(SIGINT, &act, NULL);
	(void)sigaction(SIGHUP, &act, NULL);
}

/* One capture on its way; the window is a ring of them in archive order. */
struct flight {
	struct archive_entry entry;
	struct buffer records;
	bool done;
	bool died;
};

/* A capture whose body, URL and source were processed before. */
struct finished {
	char file[ARCHIVE_NAME_MAX];
	int64_t offset;
};

/* What this call of pipeline_run() has done, for who watches. */
struct tally {
	int64_t announced; /* captures that fetch tells of, and their bodies */
	int64_t announced_bytes;
	int64_t stored; /* captures, and their records in the archive */
	int64_t stored_bytes;
	int64_t all_bytes; /* of records when it began */
};

struct pipeline {
	struct pipeline_options opt;
	struct archive *archive;
	struct pool *pool;
	struct arena *arena;
	struct archive_position at; /* behind the last capture taken */
	struct flight flights[WINDOW_MAX];
	size_t head, n; /* of the ring */
	size_t in_group;
	bool in_transaction;
	int64_t group_since_ms;
	struct lines fetched; /* what the fetch process says */
	bool fetching;
	bool fetch_gone; /* it has ended by itself */
	/* Behind the last capture that the fetch process has on the disk. */
	struct archive_position announced;
	/* Announced captures that nothing new can come of, in order. */
	struct finished finished[FINISHED_MAX];
	size_t finished_head, nfinished;
	struct tally tally;
};

enum error_code
pipeline_open(const struct pipeline_options *opt, struct pipeline **out,
	struct error *err)
{
	struct pipeline *p = calloc(1, sizeof *p);
	enum error_code code;

	*out = p;
	if (p == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	p->opt = *opt;
	for (size_t i = 0; i < WINDOW_MAX; i++)
		buffer_init(&p->flights[i].records, POOL_RESULT_MAX);
	p->arena = arena_new(CLI_ARENA_MAX);
	if (p->arena == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	code = archive_open(opt->archive_dir, &p->archive, err);
	if (code == OK)
		code = pool_open(
			&(struct pool_options){
				.archive_dir = opt->archive_dir,
				.rules = opt->rules,
				.words = opt->words,
				.sources = opt->sources,
				.workers = opt->workers,
			},
			&p->pool, err);
	if (code == OK)
		code = store_position_get(opt->store, &p->at, err);
	return code;
}

void
pipeline_close(struct pipeline *p)
{
	if (p == NULL)
		return;
	if (p->in_transaction)
		store_rollback(p->opt.store);
	pool_close(p->pool);
	archive_close(p->archive);
	arena_free(p->arena);
	for (size_t i = 0; i < WINDOW_MAX; i++)
		buffer_release(&p->flights[i].records);
	free(p);
}

static enum error_code
begin(struct pipeline *p, struct error *err)
{
	enum error_code code;

	if (p->in_transaction)
		return OK;
	code = store_begin(p->opt.store, err);
	p->in_transaction = code == OK;
	p->in_group = 0;
	p->group_since_ms = clock_monotonic_ms();
	return code;
}

static enum error_code
commit(struct pipeline *p, struct error *err)
{
	if (!p->in_transaction)
		return OK;
	p->in_transaction = false;
	return store_commit(p->opt.store, err);
}

enum error_code
pipeline_put(struct pipeline *p, const struct record *r, struct error *err)
{
	enum error_code code = begin(p, err);

	if (r->kind == RECORD_PROBLEM)
		report_problem(&r->problem);
	return code == OK ? store_put(p->opt.store, r, err) : code;
}

static enum error_code
put_as_record(const struct record *r, void *ctx, struct error *err)
{
	return pipeline_put(ctx, r, err);
}

/* What a worker says is foreign: it saw the page's bytes. */
static enum error_code
store_frame(struct pipeline *p, struct span *rest, struct error *err)
{
	struct record r;
	enum error_code code;

	arena_reset(p->arena);
	code = wire_take(rest, p->arena, &r, err);
	if (code == OK)
		code = pipeline_put(p, &r, err);
	if (code == ERR_FORMAT || code == ERR_LIMIT) {
		struct error why = *err;

		error_clear(err);
		code = emit_problem("store", NULL, NULL, PROBLEM_RECORD,
			why.msg, put_as_record, p, err);
	}
	return code;
}

static enum error_code
store_flight(struct pipeline *p, struct flight *s, struct error *err)
{
	struct span rest = buffer_span(&s->records);
	enum error_code code = begin(p, err);

	if (code == OK && s->died) {
		char *ref;

		arena_reset(p->arena);
		ref = arena_printf(p->arena, "%s:%lld", s->entry.file,
			(long long)s->entry.offset);
		code = emit_problem("parse", ref, NULL, PROBLEM_WORKER_DIED,
			problem_text(PROBLEM_WORKER_DIED), put_as_record, p,
			err);
	}
	while (code == OK && rest.len > 0)
		code = store_frame(p, &rest, err);
	if (code == OK) {
		struct archive_position at = {
			.offset = s->entry.offset + s->entry.length,
		};

		p->tally.stored++;
		p->tally.stored_bytes += s->entry.length;
		memcpy(at.file, s->entry.file, sizeof at.file);
		code = store_position_set(p->opt.store, &at, err);
	}
	p->in_group++;
	return code;
}

static bool
group_is_old(const struct pipeline *p)
{
	return p->in_transaction &&
	       clock_monotonic_ms() - p->group_since_ms > GROUP_MS;
}

/* Store what is finished at the head of the window, in order. */
static enum error_code
drain(struct pipeline *p, struct error *err)
{
	enum error_code code = OK;

	while (code == OK && p->n > 0 && p->flights[p->head].done) {
		code = store_flight(p, &p->flights[p->head], err);
		buffer_reset(&p->flights[p->head].records);
		p->head = (p->head + 1) % WINDOW_MAX;
		p->n--;
		if (code == OK && p->in_group >= GROUP_CAPTURES)
			code = commit(p, err);
	}
	if (code == OK && group_is_old(p))
		code = commit(p, err);
	return code;
}

static enum error_code
on_result(const struct pool_result *r, void *ctx, struct error *err)
{
	struct pipeline *p = ctx;
	struct flight *s = &p->flights[r->ticket];

	s->done = true;
	s->died = r->died;
	buffer_add_span(&s->records, r->records);
	return buffer_error(&s->records, err, "the records of a capture");
}

/* True if entry is the next of the finished captures, which is then used up. */
static bool
take_finished(struct pipeline *p, const struct archive_entry *entry)
{
	const struct finished *f = &p->finished[p->finished_head];

	if (p->nfinished == 0 || f->offset != entry->offset ||
		strcmp(f->file, entry->file) != 0)
		return false;
	p->finished_head = (p->finished_head + 1) % FINISHED_MAX;
	p->nfinished--;
	return true;
}

/* While fetch runs, only what it has announced is surely on the disk. */
static bool
may_read(const struct pipeline *p)
{
	return !p->fetching || archive_position_cmp(&p->at, &p->announced) < 0;
}

/* Give the workers what they have room for; *more: captures are left. */
static enum error_code
dispatch(struct pipeline *p, bool *more, struct error *err)
{
	*more = true;
	while (pool_room(p->pool) > 0 && p->n < WINDOW_MAX - 1 && !stopped) {
		size_t ticket = (p->head + p->n) % WINDOW_MAX;
		struct flight *s = &p->flights[ticket];
		enum error_code code;

		*more = may_read(p);
		if (!*more)
			return OK;
		code = archive_next(p->archive, &p->at, &s->entry, more, err);
		if (code != OK || !*more)
			return code;
		s->done = take_finished(p, &s->entry);
		s->died = false;
		p->n++;
		if (s->done)
			continue;
		code = pool_submit(p->pool, &s->entry, ticket, err);
		if (code != OK)
			return code;
	}
	return OK;
}

/* A page the fetch process has on the disk: how far the archive may be read,
 * and whether this one was processed before. */
static enum error_code
announce(struct pipeline *p, const struct page *page, struct error *err)
{
	size_t tail = (p->finished_head + p->nfinished) % FINISHED_MAX;
	struct archive_position behind = {
		.offset = page->archive.offset + page->archive.length,
	};
	bool finished = false;
	enum error_code code;

	p->tally.announced++;
	p->tally.announced_bytes += page->bytes;
	(void)snprintf(
		behind.file, sizeof behind.file, "%s", page->archive.file);
	/* A capture that stood there before is announced, too. */
	if (archive_position_cmp(&behind, &p->announced) <= 0 ||
		archive_position_cmp(&behind, &p->at) <= 0)
		return OK;
	p->announced = behind;
	if (p->nfinished == FINISHED_MAX)
		return OK;
	code = store_finished(p->opt.store, page,
		parse_words_version(p->opt.words),
		ruleset_version(p->opt.rules), &finished, err);
	if (code != OK || !finished)
		return code;
	(void)snprintf(p->finished[tail].file, sizeof p->finished[tail].file,
		"%s", page->archive.file);
	p->finished[tail].offset = page->archive.offset;
	p->nfinished++;
	return OK;
}

static void
log_ended(const struct task *t)
{
	const struct log_field fields[] = {
		LOG_TEXT("url", t->url),
		LOG_TEXT("source", t->source),
	};

	log_event(LOG_DEBUG, fields, sizeof fields / sizeof *fields, "%s",
		t->reason);
}

static enum error_code
read_fetched(struct pipeline *p, struct error *err)
{
	struct span line;
	enum error_code code = lines_next(&p->fetched, &line, err);
	struct record r;

	if (code != OK)
		return code;
	/* An empty line: all tasks have ended.  No line: so has the process. */
	if (line.len == 0) {
		p->fetching = false;
		p->fetch_gone = line.ptr == NULL;
		return OK;
	}
	arena_reset(p->arena);
	code = record_decode(line, p->arena, &r, err);
	if (code != OK)
		return code;
	if (r.kind == RECORD_TASK)
		log_ended(&r.task);
	if (r.kind == RECORD_PROBLEM || r.kind == RECORD_TASK)
		return pipeline_put(p, &r, err);
	if (r.kind == RECORD_PAGE && r.page.archive.file != NULL) {
		code = announce(p, &r.page, err);
		/* The page itself is stored with its capture, or here. */
		if (code == OK)
			code = pipeline_put(p, &r, err);
	}
	return code;
}

/* Lines read ahead are there without the descriptor being ready. */
static bool
has_line(const struct lines *l)
{
	return l->buf.len > l->at &&
	       memchr(l->buf.ptr + l->at, '\n', l->buf.len - l->at) != NULL;
}

/* Of what fetch has to do, the part that is done; and of the captures that
 * it has told of, the part that is stored. */
static void
show_fetch(struct pipeline *p, const struct fetch_process *f)
{
	const struct tally *t = &p->tally;
	const struct fetch_counts c = *f->counts;
	double tasks = (double)f->tasks, ended = tasks;
	struct progress_state s = {
		.bytes = t->announced_bytes,
		.sites = p->fetching ? c.sites : 0,
	};

	if (p->fetching)
		ended = (double)c.ended;
	/* A capture that is told of has ended, whatever was counted last. */
	if (ended < (double)t->announced && t->announced <= (int64_t)f->tasks)
		ended = (double)t->announced;
	if (p->fetching && c.import_size > 0)
		ended += (double)c.import_at / (double)c.import_size;
	if (t->announced > t->stored)
		ended *= (double)t->stored / (double)t->announced;
	s.share = ended / tasks;
	/* A task may be an archive of many pages. */
	s.of_pages = t->announced > (int64_t)f->tasks ? 0 : (int64_t)f->tasks;
	s.pages = s.of_pages > 0 ? (int64_t)ended : t->stored;
	progress_show(p->opt.progress, &s, p->fetching ? c.least_ms / 1000 : 0);
}

static void
show_archive(struct pipeline *p)
{
	struct progress_state s = {
		.pages = p->tally.stored,
		.bytes = p->tally.stored_bytes,
	};

	if (p->tally.all_bytes > 0)
		s.share = (double)s.bytes / (double)p->tally.all_bytes;
	progress_show(p->opt.progress, &s, 0);
}

static enum error_code
step(struct pipeline *p, bool *idle, struct error *err)
{
	bool more = false, ready = false;
	enum error_code code = dispatch(p, &more, err);

	if (code != OK)
		return code;
	*idle = !more && p->n == 0 && !p->fetching;
	if (*idle || (stopped && p->n == 0 && !p->fetching))
		return OK;
	code = pool_wait(p->pool, IDLE_MS, p->fetching ? p->fetched.fd : -1,
		&ready, on_result, p, err);
	while (code == OK && p->fetching && (ready || has_line(&p->fetched))) {
		code = read_fetched(p, err);
		ready = false;
	}
	return code == OK ? drain(p, err) : code;
}

enum error_code
pipeline_run(struct pipeline *p, struct fetch_process *fetch, struct error *err)
{
	enum error_code code = OK, end = OK;
	bool idle = false, told = false;

	p->fetching = fetch != NULL;
	p->fetch_gone = false;
	p->tally = (struct tally){ 0 };
	progress_begin(p->opt.progress);
	if (fetch == NULL)
		p->tally.all_bytes =
			progress_archive_bytes(p->opt.archive_dir, &p->at);
	lines_init(
		&p->fetched, fetch != NULL ? fetch->out : -1, RECORD_LINE_MAX);
	while (code == OK && !idle && !(stopped && p->n == 0 && !p->fetching)) {
		if (stopped && p->fetching && !told) {
			fetch_process_stop(fetch);
			told = true;
			log_write(LOG_INFO,
				"asked to end; what is in hand is finished");
		}
		code = step(p, &idle, err);
		if (progress_due(p->opt.progress) && fetch != NULL)
			show_fetch(p, fetch);
		else if (progress_due(p->opt.progress))
			show_archive(p);
	}
	if (code == OK)
		code = commit(p, err);
	lines_release(&p->fetched);
	if (fetch == NULL)
		return code;
	if (code != OK) /* it would wait for a reader that is gone */
		fetch_process_stop(fetch);
	if (code != OK || p->fetch_gone)
		end = fetch_process_end(fetch, code == OK ? err : NULL);
	return code == OK ? end : code;
}
