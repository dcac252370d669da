/* What becomes of a request that has ended. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fetcher.h"

#define PAUSE_S 30 /* for a 429 or 503 that does not say how long */

static enum error_code
task_ended(struct fetcher *f, const struct task *t, const char *reason,
	long wait_s, struct error *err)
{
	struct task ended = *t;

	if (f->sink.ended == NULL)
		return OK;
	ended.reason = reason;
	ended.not_before = wait_s > 0 ? clock_now() + wait_s : 0;
	return f->sink.ended(&ended, f->sink.ctx, err);
}

/* It was only tried whether it is there. */
static bool
is_wrong_guess(const struct task *t, enum problem_code code, bool retry)
{
	return t->reason != NULL && strcmp(t->reason, "guess") == 0 &&
	       code == PROBLEM_HTTP_STATUS && !retry;
}

static enum error_code
task_failed(struct fetcher *f, const struct task *t, enum problem_code code,
	bool retry, const char *message, long wait_s, struct error *err)
{
	enum error_code told;
	const struct problem p = {
		.stage = "fetch",
		.url = t->url,
		.code = code,
		.message = message != NULL ? message : problem_text(code),
		.retry = retry,
		.at = clock_now(),
	};

	told = is_wrong_guess(t, code, retry)
		       ? OK
		       : f->sink.problem(&p, f->sink.ctx, err);
	return told == OK ? task_ended(f, t, "failed", wait_s, err) : told;
}

enum error_code
outcome_problem(struct fetcher *f, const struct task *t, enum problem_code code,
	bool retry, const char *message, struct error *err)
{
	return task_failed(f, t, code, retry, message, 0, err);
}

static enum error_code
end_job(struct fetcher *f, struct job *j, enum error_code code)
{
	f->waiting--;
	job_free(j);
	return code;
}

enum error_code
outcome_fail(struct fetcher *f, struct job *j, enum problem_code code,
	const char *message, struct error *err)
{
	return end_job(f, j,
		outcome_problem(f, &j->task, code, problem_may_retry(code),
			message, err));
}

/* As configured today: an archive that is read later tells what it was. */
static const char *
tier_of(const struct fetcher *f, const struct task *t)
{
	const struct source *s = sources_find(f->opt.sources, t->source);

	return s != NULL ? source_tier_name(s->tier) : NULL;
}

/* Of a file it is known without asking anybody. */
static enum error_code
unchanged(struct fetcher *f, const struct task *t, const struct transfer *tr,
	struct error *err)
{
	enum error_code code = OK;

	if (tr->status != 0)
		code = archive_append_unchanged(
			f->archive, &tr->capture, t->body, err);
	return code == OK ? task_ended(f, t, "unchanged", tr->fresh_s, err)
			  : code;
}

enum error_code
outcome_capture(struct fetcher *f, const struct task *t, struct transfer *tr,
	struct error *err)
{
	struct page page;
	enum error_code code;

	if (tr->outcome == TRANSFER_PROBLEM)
		return task_failed(f, t, tr->problem, tr->retry, tr->message,
			tr->retry_after, err);
	tr->capture.url = t->url;
	tr->capture.source = t->source;
	tr->capture.fetched_at = clock_now();
	tr->capture.via = t->via;
	tr->capture.tier = tr->status != 0 ? tier_of(f, t) : NULL;
	if (tr->outcome != TRANSFER_BODY)
		return unchanged(f, t, tr, err);
	code = archive_append(f->archive, &tr->capture, f->arena, &page, err);
	if (code == OK)
		code = task_ended(f, t, "fetched", tr->fresh_s, err);
	return code == OK ? f->sink.page(&page, f->sink.ctx, err) : code;
}

static bool
is_paced(const struct fetcher *f)
{
	return f->opt.gap_ms >= 0;
}

/* No answer at all: the site may be down, and is not hammered. */
static void
count_failure(struct fetcher *f, struct site *site, const struct transfer *tr)
{
	bool failed =
		tr->outcome == TRANSFER_PROBLEM && tr->status == 0 && tr->retry;

	site->failures = failed ? site->failures + 1 : 0;
	if (is_paced(f) && site->failures >= FETCH_FAILURES_MAX)
		site->closed = true;
}

/* Too many requests, or not now: the whole site gets its rest. */
static bool
asks_for_pause(const struct transfer *tr)
{
	return tr->status == 429 || tr->status == 503;
}

/* True if j is tried again in this run; else the site's other pages wait for
 * the next. */
static bool
pause_site(struct fetcher *f, struct site *site, struct job *j,
	const struct transfer *tr, int64_t now_ms)
{
	long seconds = tr->retry_after > 0 ? tr->retry_after : PAUSE_S;

	if (!is_paced(f))
		return false;
	if (j->waited || seconds > FETCH_WAIT_MAX_S) {
		site->closed = true;
		return false;
	}
	j->waited = true;
	site->next_ms = now_ms + seconds * 1000;
	return true;
}

/* Where a redirect leads, or NULL with the problem in *tr. */
static const char *
follow(struct fetcher *f, const char *from, int hops, struct transfer *tr)
{
	struct fetch_url u;
	struct error why = { 0 };
	struct span to = span_str(tr->location);
	size_t colon = strcspn(tr->location, ":/?#");

	tr->outcome = TRANSFER_PROBLEM;
	if (hops >= FETCH_REDIRECTS_MAX) {
		transfer_fail(tr, PROBLEM_REDIRECTS, NULL);
		return NULL;
	}
	if (tr->location[colon] == ':' && !span_istarts_with(to, "http:") &&
		!span_istarts_with(to, "https:")) {
		transfer_fail(tr, PROBLEM_SCHEME_REFUSED, NULL);
		return NULL;
	}
	if (fetch_url_read(tr->location, from, f->arena, &u, &why) != OK) {
		transfer_fail(tr, PROBLEM_URL_INVALID,
			arena_printf(f->arena, "redirected to a bad URL: %s",
				why.msg));
		return NULL;
	}
	if (span_starts_with(span_str(from), "https:") &&
		!span_starts_with(span_str(u.text), "https:")) {
		transfer_fail(tr, PROBLEM_SCHEME_REFUSED,
			"redirected from https to http");
		return NULL;
	}
	return u.text;
}

static enum error_code
redirect_page(struct fetcher *f, struct job *j, struct transfer *tr,
	bool *again, struct error *err)
{
	const char *to = follow(f, j->url, j->hops, tr);

	*again = to != NULL;
	if (to == NULL)
		return OK;
	j->hops++;
	if (!job_redirect(j, tr->status, to))
		return error_set(err, ERR_NOMEM, "no memory");
	return fetcher_queue(f, j, true, err);
}

static enum error_code
page_ended(struct fetcher *f, struct lane *s, struct transfer *tr,
	int64_t now_ms, struct error *err)
{
	struct job *j = s->job;
	enum error_code code = OK;
	bool again = false;

	count_failure(f, s->site, tr);
	if (tr->outcome == TRANSFER_REDIRECT) {
		code = redirect_page(f, j, tr, &again, err);
		if (code != OK || again)
			return code;
	} else if (asks_for_pause(tr) &&
		   pause_site(f, s->site, j, tr, now_ms)) {
		return fetcher_queue(f, j, true, err);
	}
	tr->capture.redirects = j->history;
	return end_job(f, j, outcome_capture(f, &j->task, tr, err));
}

static enum error_code
robots_known(struct fetcher *f, struct origin *o, struct span text,
	struct error *err)
{
	enum error_code code = robots_parse(text, f->arena, &o->robots, err);
	size_t bytes;

	o->state = ORIGIN_KNOWN;
	if (code != OK || o->robots.n == 0)
		return code;
	o->delay = robots_delay(&o->robots, f->opt.sources->user_agent);
	o->kept = robots_keep(&o->robots, &bytes);
	if (o->kept == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	f->rules += bytes;
	if (f->rules > RULES_MAX) {
		sites_forget_rules(f->sites, o);
		f->rules = bytes;
	}
	return OK;
}

static enum error_code
redirect_robots(struct fetcher *f, struct lane *s, struct transfer *tr,
	struct error *err)
{
	struct origin *o = s->origin;
	const char *to = follow(f, s->request.url, o->hops, tr);

	/* RFC 9309 section 2.3.1.2: one that is not reached is none. */
	if (to == NULL)
		return robots_known(f, o, (struct span){ 0 }, err);
	o->hops++;
	free(o->robots_url);
	o->robots_url = strdup(to);
	return o->robots_url != NULL ? OK
				     : error_set(err, ERR_NOMEM, "no memory");
}

/* RFC 9309 section 2.3.1: what an answer means for the whole origin. */
static enum error_code
robots_ended(struct fetcher *f, struct lane *s, struct transfer *tr,
	struct error *err)
{
	struct origin *o = s->origin;

	count_failure(f, s->site, tr);
	if (tr->outcome == TRANSFER_REDIRECT)
		return redirect_robots(f, s, tr, err);
	if (tr->outcome == TRANSFER_BODY) {
		return robots_known(f, o, tr->capture.body, err);
	} else if (tr->status >= 500 || tr->status == 429) {
		o->state = ORIGIN_UNAVAILABLE;
		(void)snprintf(o->why, sizeof o->why,
			"HTTP status %d for robots.txt", tr->status);
	} else if (tr->status != 0 || !tr->retry) {
		return robots_known(f, o, (struct span){ 0 }, err);
	} else {
		/* No answer, so none for the page either. */
		struct job *j = site_take(s->site);

		return end_job(f, j, outcome_capture(f, &j->task, tr, err));
	}
	return OK;
}

static void
set_gap(struct fetcher *f, struct lane *s, int64_t now_ms)
{
	const double delay = s->origin->delay;
	int64_t gap = s->site->gap_ms;

	if (is_paced(f) && delay * 1000 > (double)gap)
		gap = delay * 1000 < FETCH_DELAY_MAX_MS
			      ? (int64_t)(delay * 1000)
			      : FETCH_DELAY_MAX_MS;
	s->site->pace_ms = gap;
	if (s->site->next_ms < now_ms + gap)
		s->site->next_ms = now_ms + gap;
}

enum error_code
outcome_of(struct fetcher *f, struct lane *s, int result, struct error *err)
{
	int64_t now_ms = clock_monotonic_ms();
	struct site *site = s->site;
	struct transfer tr;
	enum error_code code;

	arena_reset(f->arena);
	code = http_end(s->http, result, f->arena, &tr, err);
	if (code == OK && tr.stale && !s->request.fresh) {
		s->request.fresh = true;
		return fetcher_send(f, s, err);
	}
	if (code == OK && s->job != NULL)
		code = page_ended(f, s, &tr, now_ms, err);
	else if (code == OK)
		code = robots_ended(f, s, &tr, err);
	set_gap(f, s, now_ms); /* by what robots.txt has just said, too */
	s->site = NULL;
	s->job = NULL;
	site->busy = false;
	f->active--;
	if (code == OK && sites_wait(f->sites, site) != OK)
		code = error_set(err, ERR_NOMEM, "no memory");
	return code;
}
