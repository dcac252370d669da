#include "fetch.h"

#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#include "fetcher.h"

_Static_assert((size_t)SOURCE_BYTES_MAX <= FETCH_BODY_MAX,
	"a source may not be told more than is taken");

#define POLL_MAX_MS 200 /* between two looks at the stop flag */

void
transfer_fail(struct transfer *t, enum problem_code code, const char *message)
{
	t->outcome = TRANSFER_PROBLEM;
	t->problem = code;
	t->message = message != NULL ? message : problem_text(code);
	t->retry = problem_may_retry(code);
}

static void
set_defaults(struct fetch_options *o)
{
	if (o->body_max == 0)
		o->body_max = FETCH_BODY_MAX;
	if (o->total_ms == 0)
		o->total_ms = FETCH_TOTAL_MS;
	if (o->parallel <= 0)
		o->parallel = FETCH_PARALLEL;
	if (o->gap_ms == 0)
		o->gap_ms = FETCH_GAP_MS;
}

static enum error_code
make_lanes(struct fetcher *f, struct error *err)
{
	enum error_code code = OK;

	f->lanes = calloc((size_t)f->opt.parallel, sizeof *f->lanes);
	if (f->lanes == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	for (int i = 0; code == OK && i < f->opt.parallel; i++) {
		f->lanes[i].arena = arena_new(LANE_ARENA_MAX);
		code = f->lanes[i].arena != NULL
			       ? http_new(f->opt.sources->user_agent,
					 f->opt.sources->ca_file,
					 f->opt.total_ms, &f->lanes[i].http,
					 err)
			       : error_set(err, ERR_NOMEM, "no memory");
	}
	return code;
}

enum error_code
fetcher_new(const struct fetch_options *opt, const struct fetch_sink *sink,
	struct archive_writer *archive, struct fetcher **out, struct error *err)
{
	struct fetcher *f = calloc(1, sizeof *f);
	enum error_code code = ERR_NOMEM;

	*out = NULL;
	if (f == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	f->opt = *opt;
	set_defaults(&f->opt);
	f->sink = *sink;
	f->archive = archive;
	buffer_init(&f->file_body, f->opt.body_max + 1);
	f->sites = sites_new();
	f->arena = arena_new(LANE_ARENA_MAX);
	if (curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK)
		f->multi = curl_multi_init();
	if (f->sites != NULL && f->arena != NULL && f->multi != NULL)
		code = make_lanes(f, err);
	else
		(void)error_set(err, ERR_NOMEM, "no memory");
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
	for (int i = 0; f->lanes != NULL && i < f->opt.parallel; i++) {
		struct lane *s = &f->lanes[i];

		if (s->site != NULL)
			(void)curl_multi_remove_handle(
				f->multi, http_handle(s->http));
		job_free(s->job);
		http_free(s->http);
		arena_free(s->arena);
	}
	free(f->lanes);
	curl_multi_cleanup(f->multi);
	sites_free(f->sites);
	buffer_release(&f->file_body);
	arena_free(f->arena);
	free(f);
}

/*
 * A task of a source that is not configured may reach nothing local.  Who
 * names an address of this machine or network in a command means it; but a
 * name, a redirect, or a link of what was named must not lead there by itself.
 */
static bool
is_local(const struct fetcher *f, const struct source *s, const struct task *t)
{
	struct fetch_url u;

	if (s == NULL || !s->local)
		return false;
	if (strcmp(t->source, SOURCE_COMMAND_LINE) != 0 ||
		span_istarts_with(span_str(t->url), "file:"))
		return true;
	if (t->reason != NULL && strcmp(t->reason, "named") != 0)
		return false;
	return fetch_url_read(t->url, NULL, f->arena, &u, NULL) == OK &&
	       u.refused != NULL;
}

size_t
fetcher_body_max(const struct fetcher *f, const struct source *s)
{
	size_t max = s != NULL ? (size_t)s->max_bytes : 0;

	return max > 0 && max < f->opt.body_max ? max : f->opt.body_max;
}

bool
fetcher_stopped(const struct fetcher *f)
{
	return f->opt.stop != NULL && *f->opt.stop != 0;
}

enum error_code
fetcher_queue(struct fetcher *f, struct job *j, bool first, struct error *err)
{
	struct error why = { 0 };
	struct fetch_url u;
	struct site *site;
	enum error_code code = fetch_url_read(j->url, NULL, f->arena, &u, &why);

	if (code == ERR_FORMAT || code == ERR_LIMIT)
		return outcome_fail(f, j, PROBLEM_URL_INVALID, why.msg, err);
	if (code == OK && u.refused != NULL && !j->local)
		return outcome_fail(
			f, j, PROBLEM_ADDRESS_REFUSED, u.refused, err);
	site = code == OK ? sites_get(f->sites,
				    u.domain != NULL ? u.domain : u.host)
			  : NULL;
	if (site == NULL) {
		job_free(j);
		return error_set(err, ERR_NOMEM, "no memory");
	}
	/* What a source has on machines of its own needs no pace. */
	site->gap_ms =
		u.refused != NULL || f->opt.gap_ms < 0 ? 0 : f->opt.gap_ms;
	if (site->pace_ms < site->gap_ms)
		site->pace_ms = site->gap_ms;
	if (sites_add(f->sites, site, j, first) != OK)
		return error_set(err, ERR_NOMEM, "no memory");
	return OK;
}

void
fetcher_counts(const struct fetcher *f, struct fetch_counts *out)
{
	*out = (struct fetch_counts){
		.tasks = (int64_t)f->taken,
		.ended = (int64_t)(f->taken - f->waiting - f->in_hand),
		.import_at = f->import_at,
		.import_size = f->import_size,
	};
	sites_left(f->sites, &out->sites, &out->least_ms);
	for (int i = 0; i < f->opt.parallel; i++) {
		const struct site *site = f->lanes[i].site;

		if (site == NULL)
			continue;
		out->sites++;
		if ((int64_t)site->jobs * site->pace_ms > out->least_ms)
			out->least_ms = (int64_t)site->jobs * site->pace_ms;
	}
}

bool
fetch_is_plain(const char *path)
{
	return !import_is_archive(path) && !mail_is_box(path, NULL) &&
	       !mail_in_folder(path) && !span_ends_with(span_str(path), ".gz");
}

static enum error_code
get_file(struct fetcher *f, const struct task *t, const struct source *s,
	struct error *err)
{
	size_t max = fetcher_body_max(f, s);
	struct transfer tr = { .outcome = TRANSFER_PROBLEM };
	const char *path = fetch_file_path(t->url, f->arena);
	enum error_code code;

	if (fetcher_stopped(f))
		return OK;
	if (path != NULL && (import_is_archive(path) || mail_is_box(path, s))) {
		char *own = strdup(path); /* the arena is used meanwhile */

		if (own == NULL)
			return error_set(err, ERR_NOMEM, "no memory");
		code = import_is_archive(own) ? import_archive(f, t, own, err)
					      : mail_import(f, t, s, own, err);
		free(own);
		return code;
	}
	buffer_reset(&f->file_body);
	code = file_get(t, max, &f->file_body, f->arena, &tr, err);
	if (code == OK && tr.outcome == TRANSFER_BODY && path != NULL)
		code = mail_name(f, s, path, &tr.capture, err);
	return code == OK ? outcome_capture(f, t, &tr, err) : code;
}

enum error_code
fetcher_add(struct fetcher *f, const struct task *t, struct error *err)
{
	const struct source *s = sources_find(f->opt.sources, t->source);
	struct span url = span_str(t->url);
	struct job *j;
	bool local;

	enum error_code code;

	arena_reset(f->arena);
	f->taken++;
	local = is_local(f, s, t);
	if (span_istarts_with(url, "file:") && local) {
		f->in_hand = 1;
		code = get_file(f, t, s, err);
		f->in_hand = 0;
		return code;
	}
	if (span_istarts_with(url, "file:"))
		return outcome_problem(f, t, PROBLEM_SCHEME_REFUSED, false,
			"a file, and the source is not local", err);
	if (!span_istarts_with(url, "http:") &&
		!span_istarts_with(url, "https:"))
		return outcome_problem(
			f, t, PROBLEM_SCHEME_REFUSED, false, NULL, err);
	if (f->waiting == FETCH_TASKS_MAX)
		return error_set(
			err, ERR_LIMIT, "over %d tasks", FETCH_TASKS_MAX);
	j = job_new(t, s, local);
	if (j == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	f->waiting++;
	return fetcher_queue(f, j, false, err);
}

/* What the source of j asks for; its headers only where its url is. */
static void
apply_source(const struct job *j, struct lane *s)
{
	const struct source *src = j->source;
	struct fetch_url its, asked;

	if (src == NULL)
		return;
	s->request.proxy = src->proxy;
	s->request.total_ms = (long)src->timeout * 1000;
	if (src->nheaders == 0 ||
		fetch_url_read(src->url, NULL, s->arena, &its, NULL) != OK ||
		fetch_url_read(s->request.url, NULL, s->arena, &asked, NULL) !=
			OK ||
		strcmp(its.origin, asked.origin) != 0)
		return;
	s->request.headers = src->headers;
	s->request.nheaders = src->nheaders;
}

/* Ask for robots.txt, or for the job's page when that is allowed.  *begun is
 * false when the job has ended instead. */
static enum error_code
choose(struct fetcher *f, struct lane *s, struct site *site, bool *begun,
	struct error *err)
{
	struct job *j = site->first;
	struct origin *o;
	struct fetch_url u;
	int line;

	*begun = false;
	arena_reset(s->arena);
	arena_reset(f->arena);
	if (site->closed)
		return outcome_fail(
			f, site_take(site), PROBLEM_DEFERRED, NULL, err);
	if (fetch_url_read(j->url, NULL, s->arena, &u, NULL) != OK)
		return error_set(err, ERR_NOMEM, "no memory");
	o = sites_origin(f->sites, u.origin);
	if (o == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	if (o->state == ORIGIN_UNAVAILABLE)
		return outcome_fail(f, site_take(site),
			PROBLEM_ROBOTS_UNAVAILABLE, o->why, err);
	if (o->state == ORIGIN_KNOWN &&
		!robots_allowed(
			&o->robots, f->opt.sources->user_agent, u.text, &line))
		return outcome_fail(f, site_take(site), PROBLEM_ROBOTS,
			arena_printf(f->arena,
				"line %d of %s/robots.txt disallows it", line,
				u.origin),
			err);
	s->request = (struct http_request){
		.url = u.text,
		.local = j->local,
		.fresh = site->met_private && !j->local,
		.body_max = fetcher_body_max(f, j->source),
	};
	site->met_private = site->met_private || j->local;
	s->origin = o;
	if (o->state == ORIGIN_KNOWN) {
		s->job = site_take(site);
		s->request.etag = j->task.etag;
		s->request.last_modified = j->task.last_modified;
	} else {
		s->request.url = o->robots_url != NULL
					 ? arena_strdup(s->arena, o->robots_url)
					 : arena_printf(s->arena,
						   "%s/robots.txt", u.origin);
		s->request.body_max = ROBOTS_SIZE_MAX + 1;
		s->request.cut = true;
	}
	if (s->request.url == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	apply_source(j, s);
	*begun = true;
	return OK;
}

enum error_code
fetcher_send(struct fetcher *f, struct lane *s, struct error *err)
{
	enum error_code code = http_begin(s->http, &s->request, err);

	if (code == OK && curl_multi_add_handle(
				  f->multi, http_handle(s->http)) != CURLM_OK)
		code = error_set(err, ERR_NOMEM, "libcurl");
	return code;
}

static enum error_code
begin(struct fetcher *f, struct site *site, struct error *err)
{
	struct lane *s = f->lanes;
	enum error_code code;
	bool begun;

	while (s->site != NULL)
		s++;
	code = choose(f, s, site, &begun, err);
	if (code == OK && !begun && sites_wait(f->sites, site) != OK)
		return error_set(err, ERR_NOMEM, "no memory");
	if (code != OK || !begun)
		return code;
	code = http_begin(s->http, &s->request, err);
	if (code == OK && curl_multi_add_handle(
				  f->multi, http_handle(s->http)) != CURLM_OK)
		code = error_set(err, ERR_NOMEM, "libcurl");
	s->site = site;
	site->busy = true;
	f->active++;
	return code;
}

static struct lane *
lane_of(struct fetcher *f, CURL *handle)
{
	struct lane *s = f->lanes;

	while (http_handle(s->http) != handle)
		s++;
	return s;
}

/* Move everything on; what has ended is dealt with. */
static enum error_code
perform(struct fetcher *f, struct error *err)
{
	int running, left;
	enum error_code code = OK;
	CURLMsg *m;

	if (curl_multi_perform(f->multi, &running) != CURLM_OK)
		return error_set(err, ERR_NOMEM, "libcurl");
	while (code == OK &&
		(m = curl_multi_info_read(f->multi, &left)) != NULL) {
		struct lane *s = lane_of(f, m->easy_handle);
		int result = (int)m->data.result;

		if (m->msg != CURLMSG_DONE)
			continue;
		(void)curl_multi_remove_handle(f->multi, m->easy_handle);
		code = outcome_of(f, s, result, err);
	}
	return code;
}

static enum error_code
begin_due(struct fetcher *f, struct error *err)
{
	enum error_code code = OK;
	int64_t now_ms = clock_monotonic_ms();

	while (code == OK && f->active < f->opt.parallel &&
		!fetcher_stopped(f)) {
		struct site *site = sites_due(f->sites, now_ms);

		if (site == NULL)
			break;
		code = begin(f, site, err);
	}
	return code;
}

/* How long there is nothing to do but wait. */
static int
wait_for_ms(const struct fetcher *f, int64_t until_ms)
{
	int64_t now_ms = clock_monotonic_ms();
	int64_t next_ms = f->active < f->opt.parallel ? sites_next_ms(f->sites)
						      : INT64_MAX;
	int64_t wait = (next_ms < until_ms ? next_ms : until_ms) - now_ms;

	if (wait < 0)
		return 0;
	return wait < POLL_MAX_MS ? (int)wait : POLL_MAX_MS;
}

enum error_code
fetcher_run(
	struct fetcher *f, int fd, int wait_ms, bool *busy, struct error *err)
{
	int64_t until_ms = clock_monotonic_ms() + wait_ms;
	struct curl_waitfd in = { .fd = fd, .events = CURL_WAIT_POLLIN };
	enum error_code code;

	do {
		code = begin_due(f, err);
		if (code == OK)
			code = perform(f, err);
		*busy = f->active > 0 ||
			(f->waiting > 0 && !fetcher_stopped(f));
		if (code != OK || (!*busy && fd < 0))
			break;
		in.revents = 0;
		if (curl_multi_poll(f->multi, &in, fd >= 0 ? 1 : 0,
			    wait_for_ms(f, until_ms), NULL) != CURLM_OK)
			code = error_set(err, ERR_NOMEM, "libcurl");
	} while (code == OK && in.revents == 0 &&
		 clock_monotonic_ms() < until_ms);
	return code;
}
