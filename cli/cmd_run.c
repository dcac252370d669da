#include "cli.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "metrics.h"
#include "pipeline.h"
#include "scratch.h"
#include "tasks.h"

#define ROUNDS_MAX 64 /* of plan, fetch, process while links are due */

/* What run and replay share. */
struct run {
	const struct options *o;
	struct arena *arena;
	struct sources sources;
	struct ruleset *rules;
	struct parse_words *words;
	struct store *store;
	struct pipeline *pipeline;
	struct fetch_process fetch;
	struct progress *progress;
	struct round round;
	const char *archive_dir;
	const char *verb;
	int64_t began_ms; /* by the monotonic clock */
	int64_t problems;
};

static int
worker_count(const struct options *o)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	if (o->workers > 0)
		return (int)o->workers;
	if (cores < 1)
		return 1;
	return cores < WORKERS_MAX ? (int)cores : WORKERS_MAX;
}

static void
log_begin(const struct run *r)
{
	const struct log_field fields[] = {
		LOG_TEXT("verb", r->verb),
		LOG_TEXT("rules", ruleset_version(r->rules)),
		LOG_TEXT("parser", parse_words_version(r->words)),
		LOG_NUMBER("workers", worker_count(r->o)),
	};

	log_event(LOG_INFO, fields, sizeof fields / sizeof *fields, "begins");
	sandbox_tell();
}

static void
log_end(const struct run *r, const char *status)
{
	const struct store_counts *c = store_counts(r->store);
	const struct log_field fields[] = {
		LOG_TEXT("verb", r->verb),
		LOG_TEXT("status", status),
		LOG_NUMBER("ms", clock_monotonic_ms() - r->began_ms),
		LOG_NUMBER("pages", c->pages),
		LOG_NUMBER("documents", c->documents),
		LOG_NUMBER("claims_new", c->claims_new),
		LOG_NUMBER("claims_closed", c->claims_closed),
		LOG_NUMBER("facts_new", c->facts_new),
		LOG_NUMBER("facts_changed", c->facts_changed),
		LOG_NUMBER("problems", c->problems),
	};

	log_event(LOG_INFO, fields, sizeof fields / sizeof *fields, "ends");
}

static enum error_code
run_open(struct run *r, const struct options *o, const char *verb,
	struct error *err)
{
	enum error_code code;

	*r = (struct run){
		.o = o,
		.arena = arena_new(CLI_ARENA_MAX),
		.verb = verb,
		.fetch = { .out = -1, .lines = -1, .go = -1 },
		.began_ms = clock_monotonic_ms(),
	};
	if (r->arena == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	r->archive_dir = path_archive(o, r->arena);
	code = sources_open(o, r->arena, &r->sources, err);
	if (code == OK)
		code = options_check_source(o, &r->sources, err);
	if (code == OK)
		code = round_init(&r->round, &r->sources, r->arena, err);
	if (code == OK)
		code = ruleset_open(path_config(o, r->arena),
			path_gazetteer(o, r->arena), RULESET_ALL, &r->rules,
			err);
	if (code == OK)
		code = parse_words_open(
			path_config(o, r->arena), &r->words, err);
	if (code == OK)
		code = store_open(
			path_db(o, r->arena), STORE_WRITE, &r->store, err);
	if (code == OK)
		code = store_put_sources(r->store, &r->sources, err);
	if (code == OK)
		code = store_run_begin(r->store, verb,
			ruleset_version(r->rules),
			parse_words_version(r->words), err);
	pipeline_watch_signals();
	if (code == OK)
		log_begin(r);
	return code;
}

/* The archive must be there before workers open it. */
static enum error_code
make_archive(const char *dir, struct error *err)
{
	struct archive_writer *w = NULL;
	enum error_code code = archive_writer_open(dir, &w, err);

	archive_writer_close(w);
	return code;
}

static enum error_code
open_pipeline(struct run *r, struct error *err)
{
	/* Before the workers begin, which must know of a bar to write over. */
	r->progress = progress_new(r->o, r->verb);
	return pipeline_open(
		&(struct pipeline_options){
			.store = r->store,
			.archive_dir = r->archive_dir,
			.rules = r->rules,
			.words = r->words,
			.sources = &r->sources,
			.workers = worker_count(r->o),
			.progress = r->progress,
		},
		&r->pipeline, err);
}

static const char *
plural(int64_t n)
{
	return n == 1 ? "" : "s";
}

static void
print_summary(const struct run *r)
{
	const struct store_counts *c = store_counts(r->store);

	if (r->o->preview)
		return;
	if (r->o->json)
		printf("{\"verb\":\"%s\",\"pages\":%" PRId64
		       ",\"documents\":%" PRId64 ",\"claims_new\":%" PRId64
		       ",\"claims_closed\":%" PRId64 ",\"facts_new\":%" PRId64
		       ",\"facts_changed\":%" PRId64 ",\"problems\":%" PRId64
		       "}\n",
			r->verb, c->pages, c->documents, c->claims_new,
			c->claims_closed, c->facts_new, c->facts_changed,
			c->problems);
	else if (!r->o->quiet)
		printf("%s: %" PRId64 " page%s, %" PRId64
		       " new document%s; claims: %" PRId64 " new, %" PRId64
		       " closed; facts: %" PRId64 " new, %" PRId64
		       " changed; %" PRId64 " problem%s\n",
			r->verb, c->pages, plural(c->pages), c->documents,
			plural(c->documents), c->claims_new, c->claims_closed,
			c->facts_new, c->facts_changed, c->problems,
			plural(c->problems));
}

static enum error_code
write_metrics(const struct run *r, const char *status, struct error *err)
{
	const struct archive_position start = { .offset = 0 };
	struct archive_position at;
	struct metrics_run m = {
		.verb = r->verb,
		.status = status,
		.rules = ruleset_version(r->rules),
		.parser = parse_words_version(r->words),
		.took_ms = clock_monotonic_ms() - r->began_ms,
		.archive_bytes = progress_archive_bytes(r->archive_dir, &start),
	};
	enum error_code code = store_position_get(r->store, &at, err);

	m.backlog_bytes = progress_archive_bytes(r->archive_dir, &at);
	return code == OK ? metrics_write(r->o->metrics, r->store, &m, err)
			  : code;
}

static int
run_close(struct run *r, enum error_code code, struct error *err)
{
	int64_t problems = 0;

	pipeline_close(r->pipeline);
	progress_free(r->progress);
	if (r->store != NULL) {
		const char *status = code != OK		  ? "failed"
				     : pipeline_stopped() ? "stopped"
							  : "ok";
		enum error_code end = store_run_end(
			r->store, status, code == OK ? err : NULL);

		log_end(r, status);
		if (end == OK && r->o->metrics != NULL)
			end = write_metrics(r, status, code == OK ? err : NULL);
		if (code == OK)
			code = end;
		if (code == OK)
			print_summary(r);
		problems = store_counts(r->store)->problems;
	}
	store_close(r->store);
	ruleset_free(r->rules);
	parse_words_free(r->words);
	arena_free(r->arena);
	if (code != OK)
		return report_error(err);
	return problems > 0 ? EXIT_PROBLEMS : 0;
}

static enum error_code
keep_problem(const struct record *p, void *ctx, struct error *err)
{
	struct run *r = ctx;

	return pipeline_put(r->pipeline, p, err);
}

/* Of paths it is known here that they were looked at; of URLs fetch tells. */
static enum error_code
mark_paths(struct run *r, const struct tasks *t, struct error *err)
{
	enum error_code code = store_begin(r->store, err);

	for (size_t i = 0; code == OK && i < t->npaths; i++)
		code = store_source_tried(
			r->store, t->paths[i], clock_now(), true, err);
	if (code != OK) {
		store_rollback(r->store);
		return code;
	}
	return store_commit(r->store, err);
}

/* One round: find tasks, fetch and process them; *n is how many there were. */
static enum error_code
round_of_tasks(struct run *r, size_t *n, struct error *err)
{
	const struct fetch_options how = {
		.sources = &r->sources,
		.since = r->o->since,
		.until = r->o->until,
	};
	enum error_code code = OK;
	struct tasks t;

	tasks_init(&t);
	if (r->o->nargs > 0 && r->round.n == 0)
		code = tasks_named(
			&t, r->store, r->o, r->arena, keep_problem, r, err);
	else
		code = tasks_due(&t, r->store, &r->sources, r->o, &r->round,
			r->arena, keep_problem, r, err);
	r->round.n++;
	*n = t.n;
	if (t.n > 0)
		log_event(LOG_INFO,
			&(struct log_field)LOG_NUMBER("tasks", (int64_t)t.n), 1,
			"tasks to fetch");
	if (code == OK && t.n > 0 && r->fetch.pid == 0)
		code = fetch_process_start(
			&how, r->archive_dir, &r->fetch, err);
	if (code == OK && t.n > 0)
		code = fetch_process_give(&r->fetch, &t, err);
	if (code == OK && t.n > 0)
		code = pipeline_run(r->pipeline, &r->fetch, err);
	if (code == OK && t.npaths > 0 && !pipeline_stopped())
		code = mark_paths(r, &t, err);
	tasks_release(&t);
	return code;
}

int
cmd_run(const struct options *o)
{
	struct error err = { 0 };
	struct run r;
	enum error_code code, end;
	size_t n = 1;

	if (o->dry_run)
		return cmd_plan(o);
	code = run_open(&r, o, "run", &err);
	if (code == OK)
		code = make_archive(r.archive_dir, &err);
	if (code == OK)
		code = open_pipeline(&r, &err);
	/* First what a run that was killed has fetched: it is not asked for
	 * again. */
	if (code == OK)
		code = pipeline_run(r.pipeline, NULL, &err);
	for (int i = 0; code == OK && n > 0 && i < ROUNDS_MAX; i++)
		if (!pipeline_stopped() && (i == 0 || tasks_follow(o)))
			code = round_of_tasks(&r, &n, &err);
	end = fetch_process_end(&r.fetch, code == OK ? &err : NULL);
	return run_close(&r, code == OK ? end : code, &err);
}

static int
replay(const struct options *o)
{
	const struct archive_position start = { .offset = 0 };
	struct error err = { 0 };
	struct run r;
	enum error_code code = run_open(&r, o, "replay", &err);

	if (code == OK)
		code = store_begin(r.store, &err);
	if (code == OK)
		code = store_position_set(r.store, &start, &err);
	if (code == OK)
		code = store_commit(r.store, &err);
	if (code == OK)
		code = open_pipeline(&r, &err);
	if (code == OK)
		code = pipeline_run(r.pipeline, NULL, &err);
	return run_close(&r, code, &err);
}

/* The archive into a ledger of its own, and what that says otherwise. */
static enum error_code
preview(const struct options *o, struct arena *a, struct store *s,
	const char *dir, struct error *err)
{
	const struct audit_options opt = audit_options(o);
	struct options other = *o;
	int status;

	other.db = arena_printf(a, "%s/preview.db", dir);
	other.archive = path_archive(o, a);
	other.metrics = NULL;
	if (other.db == NULL || other.archive == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	status = replay(&other);
	if (status != 0 && status != EXIT_PROBLEMS)
		return error_set(err, ERR_STORE, "the replay failed");
	if (pipeline_stopped())
		return error_set(err, ERR_STORE, "the replay was stopped");
	return audit_diff(s, other.db, &opt, NULL, err);
}

int
cmd_replay(const struct options *o)
{
	struct error err = { 0 };
	struct arena *a = NULL;
	struct store *s = NULL;
	char *dir = NULL;
	enum error_code code;

	if (!o->preview)
		return replay(o);
	a = arena_new(CLI_ARENA_MAX);
	code = a != NULL ? store_open(path_db(o, a), STORE_READ, &s, &err)
			 : error_set(&err, ERR_NOMEM, "no memory");
	if (code == OK)
		code = scratch_new(&dir, &err);
	if (code == OK)
		code = preview(o, a, s, dir, &err);
	store_close(s);
	scratch_remove(dir);
	arena_free(a);
	return code == OK ? 0 : report_error(&err);
}
