#include "fetch.h"

#include <stdlib.h>
#include <string.h>

#include "transfer.h"

struct fetcher {
	struct fetch_options opt;
	struct archive_writer *archive;
	struct http *http;
	struct buffer file_body;
};

void
transfer_fail(struct transfer *t, enum problem_code code, const char *message)
{
	t->outcome = FETCH_PROBLEM;
	t->problem = code;
	t->message = message != NULL ? message : problem_text(code);
	t->retry = problem_may_retry(code);
}

enum error_code
fetcher_new(const struct fetch_options *opt, struct archive_writer *archive,
	struct fetcher **out, struct error *err)
{
	struct fetcher *f = calloc(1, sizeof *f);
	enum error_code code;

	*out = NULL;
	if (f == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	f->opt = *opt;
	f->archive = archive;
	if (f->opt.body_max == 0)
		f->opt.body_max = FETCH_BODY_MAX;
	if (f->opt.total_ms == 0)
		f->opt.total_ms = FETCH_TOTAL_MS;
	buffer_init(&f->file_body, f->opt.body_max + 1);
	code = http_new(opt->sources->user_agent, f->opt.body_max,
		f->opt.total_ms, &f->http, err);
	if (code != OK) {
		fetcher_free(f);
		return code;
	}
	*out = f;
	return OK;
}

void
fetcher_free(struct fetcher *f)
{
	if (f == NULL)
		return;
	http_free(f->http);
	buffer_release(&f->file_body);
	free(f);
}

/* A task of a source that is not configured may reach nothing local. */
static bool
is_local(const struct fetcher *f, const struct task *t)
{
	const struct source *s = sources_find(f->opt.sources, t->source);

	return s != NULL && s->local;
}

static enum error_code
get(struct fetcher *f, const struct task *t, struct arena *a,
	struct transfer *out, struct error *err)
{
	struct span url = span_str(t->url);
	bool local = is_local(f, t);

	if (span_istarts_with(url, "http://") ||
		span_istarts_with(url, "https://"))
		return http_get(f->http, t, local, a, out, err);
	if (!span_istarts_with(url, "file:")) {
		transfer_fail(out, PROBLEM_SCHEME_REFUSED, NULL);
		return OK;
	}
	if (!local) {
		transfer_fail(out, PROBLEM_SCHEME_REFUSED,
			"a file, and the source is not local");
		return OK;
	}
	buffer_reset(&f->file_body);
	return file_get(t, f->opt.body_max, &f->file_body, a, out, err);
}

enum error_code
fetcher_task(struct fetcher *f, const struct task *t, struct arena *a,
	enum fetch_outcome *outcome, struct page *page, struct problem *problem,
	struct error *err)
{
	struct transfer tr = { .outcome = FETCH_PROBLEM };
	enum error_code code = get(f, t, a, &tr, err);

	if (code != OK)
		return code;
	*outcome = tr.outcome;
	if (tr.outcome == FETCH_PROBLEM)
		*problem = (struct problem){
			.stage = "fetch",
			.url = t->url,
			.code = tr.problem,
			.message = arena_strdup(a, tr.message),
			.retry = tr.retry,
			.at = clock_now(),
		};
	if (tr.outcome == FETCH_PROBLEM && problem->message == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	if (tr.outcome != FETCH_CAPTURED)
		return OK;
	tr.capture.source = t->source;
	tr.capture.fetched_at = clock_now();
	return archive_append(f->archive, &tr.capture, a, page, err);
}
