#include "metrics.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_ROOM 4096

/* Names: https://prometheus.io/docs/practices/naming/ */
struct metric {
	const char *name;
	const char *type;
	const char *help;
	const char *label; /* its name, or NULL */
};

static const struct metric totals[TOTALS] = {
	[TOTAL_PAGES] = { "dateline_pages_total", "counter",
		"Captures of pages that the ledger knows.", NULL },
	[TOTAL_BYTES] = { "dateline_page_bytes_total", "counter",
		"Bytes of the bodies of these captures.", NULL },
	[TOTAL_DOCUMENTS] = { "dateline_documents_total", "counter",
		"Documents read from pages.", NULL },
	[TOTAL_CLAIMS] = { "dateline_claims", "gauge", "Claims that hold now.",
		"kind" },
	[TOTAL_FACTS] = { "dateline_facts", "gauge",
		"Facts of the ledger, candidates included.", "kind" },
	[TOTAL_PROBLEMS] = { "dateline_problems_total", "counter",
		"Different problems recorded.", "code" },
	[TOTAL_RUNS] = { "dateline_runs_total", "counter",
		"Runs by how they ended.", "status" },
	[TOTAL_QUEUED] = { "dateline_links_queued", "gauge",
		"Links that wait to be fetched.", NULL },
};

/* Of the run that ends. */
enum run_figure {
	RUN_TIME,
	RUN_SUCCESS,
	RUN_SECONDS,
	RUN_PAGES,
	RUN_DOCUMENTS,
	RUN_CLAIMS_NEW,
	RUN_CLAIMS_CLOSED,
	RUN_FACTS_NEW,
	RUN_FACTS_CHANGED,
	RUN_PROBLEMS,
	RUN_FIGURES
};
static const struct metric runs[RUN_FIGURES] = {
	[RUN_TIME] = { "dateline_last_run_timestamp_seconds", "gauge",
		"When the last run ended.", "verb" },
	[RUN_SUCCESS] = { "dateline_last_run_success", "gauge",
		"1 if it ended in order, problems or not; else 0.", "verb" },
	[RUN_SECONDS] = { "dateline_last_run_duration_seconds", "gauge",
		"How long it took.", "verb" },
	[RUN_PAGES] = { "dateline_last_run_pages", "gauge",
		"New captures of the last run.", "verb" },
	[RUN_DOCUMENTS] = { "dateline_last_run_documents", "gauge",
		"New documents of the last run.", "verb" },
	[RUN_CLAIMS_NEW] = { "dateline_last_run_claims_new", "gauge",
		"Claims that the last run opened.", "verb" },
	[RUN_CLAIMS_CLOSED] = { "dateline_last_run_claims_closed", "gauge",
		"Claims that the last run closed.", "verb" },
	[RUN_FACTS_NEW] = { "dateline_last_run_facts_new", "gauge",
		"Facts that the last run made.", "verb" },
	[RUN_FACTS_CHANGED] = { "dateline_last_run_facts_changed", "gauge",
		"Facts that the last run changed.", "verb" },
	[RUN_PROBLEMS] = { "dateline_last_run_problems", "gauge",
		"Problems of the last run, known ones too.", "verb" },
};

/* Of each source, when it has happened or is known. */
enum source_figure {
	SOURCE_SUCCESS,
	SOURCE_NEW,
	SOURCE_TRIED,
	SOURCE_DUE,
	SOURCE_ERRORS,
	SOURCE_QUEUED,
	SOURCE_SILENT,
	SOURCE_FIGURES
};
static const struct metric sources[SOURCE_FIGURES] = {
	[SOURCE_SUCCESS] = { "dateline_source_last_success_timestamp_seconds",
		"gauge", "When the source was last reached.", "source" },
	[SOURCE_NEW] = { "dateline_source_last_new_timestamp_seconds", "gauge",
		"When it last had something new.", "source" },
	[SOURCE_TRIED] = { "dateline_source_last_try_timestamp_seconds",
		"gauge", "When it was last tried.", "source" },
	[SOURCE_DUE] = { "dateline_source_due_timestamp_seconds", "gauge",
		"When it is due.", "source" },
	[SOURCE_ERRORS] = { "dateline_source_errors", "gauge",
		"Failures in a row.", "source" },
	[SOURCE_QUEUED] = { "dateline_source_links_queued", "gauge",
		"Its links that wait to be fetched.", "source" },
	[SOURCE_SILENT] = { "dateline_source_silent", "gauge",
		"1 if it had nothing new for much longer than usual.",
		"source" },
};

static const struct metric archive_bytes = { "dateline_archive_bytes", "gauge",
	"Bytes of the archive's files.", NULL };
static const struct metric backlog_bytes = { "dateline_archive_backlog_bytes",
	"gauge", "Bytes of the archive that are not yet in the ledger.", NULL };

void
metrics_escape(const char *value, struct buffer *out)
{
	size_t valid = utf8_valid_prefix(span_of(value, strlen(value)));

	for (size_t i = 0; i < valid; i++) {
		char c = value[i];

		if (c == '\\' || c == '"')
			buffer_add_char(out, '\\');
		if (c == '\n')
			buffer_add_str(out, "\\n");
		else
			buffer_add_char(out, c);
	}
}

static void
put_head(const struct metric *m, struct buffer *out)
{
	buffer_printf(out, "# HELP %s %s\n# TYPE %s %s\n", m->name, m->help,
		m->name, m->type);
}

static void
put_name(const struct metric *m, const char *label, struct buffer *out)
{
	buffer_add_str(out, m->name);
	if (m->label != NULL) {
		buffer_printf(out, "{%s=\"", m->label);
		metrics_escape(label, out);
		buffer_add_str(out, "\"}");
	}
	buffer_add_char(out, ' ');
}

static void
put(const struct metric *m, const char *label, int64_t n, struct buffer *out)
{
	put_name(m, label, out);
	buffer_printf(out, "%" PRId64 "\n", n);
}

static void
put_one(const struct metric *m, const char *label, int64_t n,
	struct buffer *out)
{
	put_head(m, out);
	put(m, label, n, out);
}

static void
put_run(const struct metrics_run *run, const struct store_counts *c,
	struct buffer *out)
{
	const int64_t figures[RUN_FIGURES] = {
		[RUN_TIME] = clock_now(),
		[RUN_SUCCESS] = strcmp(run->status, "ok") == 0,
		[RUN_PAGES] = c->pages,
		[RUN_DOCUMENTS] = c->documents,
		[RUN_CLAIMS_NEW] = c->claims_new,
		[RUN_CLAIMS_CLOSED] = c->claims_closed,
		[RUN_FACTS_NEW] = c->facts_new,
		[RUN_FACTS_CHANGED] = c->facts_changed,
		[RUN_PROBLEMS] = c->problems,
	};

	for (int i = 0; i < RUN_FIGURES; i++) {
		put_head(&runs[i], out);
		if (i != RUN_SECONDS) {
			put(&runs[i], run->verb, figures[i], out);
			continue;
		}
		put_name(&runs[i], run->verb, out);
		buffer_printf(out, "%" PRId64 ".%03" PRId64 "\n",
			run->took_ms / 1000, run->took_ms % 1000);
	}
	buffer_add_str(out,
		"# HELP dateline_build_info What made these figures.\n"
		"# TYPE dateline_build_info gauge\n"
		"dateline_build_info{version=\"" DATELINE_VERSION
		"\",rules=\"");
	metrics_escape(run->rules, out);
	buffer_add_str(out, "\",parser=\"");
	metrics_escape(run->parser, out);
	buffer_add_str(out, "\"} 1\n");
	put_one(&archive_bytes, NULL, run->archive_bytes, out);
	put_one(&backlog_bytes, NULL, run->backlog_bytes, out);
}

struct totals_out {
	struct buffer *out;
	int before; /* the total told last, or -1 */
};

static enum error_code
put_total(enum store_total what, const char *label, int64_t n, void *ctx,
	struct error *err)
{
	struct totals_out *t = ctx;

	if ((int)what != t->before)
		put_head(&totals[what], t->out);
	t->before = (int)what;
	put(&totals[what], label, n, t->out);
	return buffer_error(t->out, err, "the metrics");
}

/* Samples of one metric stand together, so there is a buffer for each. */
static enum error_code
put_source(const struct source_health *h, void *ctx, struct error *err)
{
	struct buffer *outs = ctx;
	const int64_t figures[SOURCE_FIGURES] = {
		[SOURCE_SUCCESS] = h->success_at,
		[SOURCE_NEW] = h->new_at,
		[SOURCE_TRIED] = h->tried_at,
		[SOURCE_DUE] = h->due_at,
		[SOURCE_ERRORS] = h->streak,
		[SOURCE_QUEUED] = h->links,
		[SOURCE_SILENT] = h->silent,
	};
	enum error_code code = OK;

	for (int i = 0; code == OK && i < SOURCE_FIGURES; i++) {
		/* A time that is not known is no sample. */
		if (i <= SOURCE_DUE && figures[i] == 0)
			continue;
		if (outs[i].len == 0)
			put_head(&sources[i], &outs[i]);
		put(&sources[i], h->name, figures[i], &outs[i]);
		code = buffer_error(&outs[i], err, "the metrics");
	}
	return code;
}

static enum error_code
put_sources(struct store *s, struct buffer *out, struct error *err)
{
	struct buffer outs[SOURCE_FIGURES];
	enum error_code code;

	for (int i = 0; i < SOURCE_FIGURES; i++)
		buffer_init(&outs[i], METRICS_MAX);
	code = store_sources_health(s, clock_now(), put_source, outs, err);
	for (int i = 0; i < SOURCE_FIGURES; i++) {
		buffer_add_span(out, buffer_span(&outs[i]));
		buffer_release(&outs[i]);
	}
	return code;
}

/* A name that node_exporter, which reads *.prom, does not take for one. */
static enum error_code
replace(const char *path, const struct buffer *text, struct error *err)
{
	char beside[PATH_ROOM];
	enum error_code code;
	int fd;

	if (snprintf(beside, sizeof beside, "%s.new", path) >=
		(int)sizeof beside)
		return error_set(
			err, ERR_USAGE, "%s: the name is too long", path);
	fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
		0644);
	if (fd < 0)
		return error_sys(err, errno, "%s", beside);
	code = write_all(fd, text->ptr, text->len, err);
	if (code == OK && fchmod(fd, 0644) != 0)
		code = error_sys(err, errno, "%s", beside);
	close(fd);
	if (code == OK && rename(beside, path) != 0)
		code = error_sys(err, errno, "%s", path);
	if (code != OK)
		(void)unlink(beside);
	return code;
}

enum error_code
metrics_write(const char *path, struct store *s, const struct metrics_run *run,
	struct error *err)
{
	struct buffer out;
	struct totals_out t = { .out = &out, .before = -1 };
	enum error_code code;

	buffer_init(&out, METRICS_MAX);
	put_run(run, store_counts(s), &out);
	code = store_totals(s, put_total, &t, err);
	if (code == OK)
		code = put_sources(s, &out, err);
	if (code == OK)
		code = buffer_error(&out, err, "the metrics");
	if (code == OK)
		code = replace(path, &out, err);
	buffer_release(&out);
	return code;
}
