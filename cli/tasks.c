#include "tasks.h"

#include <stdlib.h>
#include <sys/stat.h>

#define LINKS_START ((size_t)1024)
#define TASKS_MAX   ((size_t)1 << 30) /* bytes of all task lines of a run */

void
tasks_init(struct tasks *t)
{
	*t = (struct tasks){ 0 };
	buffer_init(&t->lines, TASKS_MAX);
}

void
tasks_release(struct tasks *t)
{
	buffer_release(&t->lines);
	free(t->links);
	t->links = NULL;
}

enum error_code
round_init(struct round *r, const struct sources *src, struct arena *a,
	struct error *err)
{
	*r = (struct round){ .began_at = clock_now() };
	r->followed = arena_array(a, src->n, sizeof *r->followed);
	return r->followed != NULL ? OK
				   : error_set(err, ERR_NOMEM, "no memory");
}

static enum error_code
add_task(const struct task *task, void *ctx, struct error *err)
{
	struct tasks *t = ctx;
	struct record r = { .kind = RECORD_TASK };

	r.task = *task;
	t->n++;
	return record_encode(&r, &t->lines, err);
}

/* What is being turned into tasks. */
struct naming {
	struct tasks *tasks;
	struct store *store;
	struct arena *arena;
	const char *source, *reason;
	bool force;
	bool is_named; /* in a command, and not below a directory */
	record_sink *emit;
	void *ctx;
	struct error *err;
	enum error_code code;
};

static bool
name_url(const char *url, void *ctx)
{
	struct naming *n = ctx;
	struct task t = {
		.url = url,
		.source = n->source,
		.reason = n->reason,
	};
	bool is_listing = false;

	/* With --force no validator is sent, so that all is fetched anew. */
	n->code = n->store != NULL && !n->force
			  ? store_task(n->store, n->arena, &t, n->err)
			  : OK;
	/* What lists others is read again, so that its links are followed. */
	if (n->code == OK && n->store != NULL && n->is_named)
		n->code = store_listing(
			n->store, url, n->source, &is_listing, n->err);
	if (is_listing)
		t.etag = t.last_modified = t.body = NULL;
	if (n->code == OK)
		n->code = add_task(&t, n->tasks, n->err);
	return n->code == OK;
}

static void
name_problem(const struct problem *p, void *ctx)
{
	struct naming *n = ctx;
	struct record r = { .kind = RECORD_PROBLEM };

	r.problem = *p;
	n->tasks->problems++;
	if (n->code == OK)
		n->code = n->emit(&r, n->ctx, n->err);
}

bool
tasks_is_url(const char *arg)
{
	size_t len = strspn(arg, "abcdefghijklmnopqrstuvwxyz"
				 "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

	return span_istarts_with(span_str(arg), "file:") ||
	       (len > 0 && strncmp(arg + len, "://", 3) == 0);
}

static bool
is_directory(const char *arg)
{
	struct stat st;

	return !tasks_is_url(arg) && stat(arg, &st) == 0 && S_ISDIR(st.st_mode);
}

bool
tasks_follow(const struct options *o)
{
	for (int i = 0; i < o->nargs; i++)
		if (is_directory(o->args[i]))
			return false;
	return true;
}

static enum error_code
name_arg(struct naming *n, const char *arg)
{
	const char *url;

	n->is_named = !is_directory(arg) && strcmp(n->reason, "named") == 0;
	if (tasks_is_url(arg)) {
		(void)name_url(arg, n); /* n->code tells */
		return n->code;
	}
	if (is_directory(arg)) {
		enum error_code code = fetch_walk(
			arg, n->arena, name_url, name_problem, n, n->err);

		return code != OK ? code : n->code;
	}
	/* A file that is not there is a problem of that file: fetch says it. */
	url = fetch_file_url(arg, n->arena);
	if (url == NULL)
		return error_set(n->err, ERR_USAGE,
			"\"%s\" is neither a URL nor a path", arg);
	(void)name_url(url, n);
	return n->code;
}

enum error_code
tasks_named(struct tasks *t, struct store *s, const struct options *o,
	struct arena *a, record_sink *emit, void *ctx, struct error *err)
{
	struct naming n = {
		.tasks = t,
		.store = s,
		.arena = a,
		.source = o->source != NULL ? o->source : SOURCE_COMMAND_LINE,
		.reason = "named",
		.force = o->force,
		.emit = emit,
		.ctx = ctx,
		.err = err,
	};
	enum error_code code = OK;

	for (int i = 0; code == OK && i < o->nargs; i++)
		code = name_arg(&n, o->args[i]);
	return code;
}

/* A plan on its way into tasks. */
struct planning {
	struct naming naming;
	const struct sources *sources;
	const struct round *round;
};

/* Where a link is, or belongs.  Two that are taken for one by mistake would be
 * asked for one after the other. */
static size_t
place_of_link(const uint64_t *links, size_t room, uint64_t key)
{
	size_t at = key & (room - 1);

	while (links[at] != 0 && links[at] != key)
		at = (at + 1) & (room - 1);
	return at;
}

static uint64_t
link_key(const char *url)
{
	const struct span field = span_str(url);
	char hex[ID_HEX];
	uint64_t key = 0;

	hash_id(&field, 1, hex);
	(void)hex_decode(
		span_of(hex, 2 * sizeof key), (uint8_t *)&key, sizeof key);
	return key + (key == 0);
}

static bool
has_link(const struct tasks *t, uint64_t key)
{
	return t->links_room > 0 &&
	       t->links[place_of_link(t->links, t->links_room, key)] == key;
}

static enum error_code
add_link(struct tasks *t, uint64_t key, struct error *err)
{
	if (2 * (t->nlinks + 1) > t->links_room) {
		size_t room =
			t->links_room > 0 ? 2 * t->links_room : LINKS_START;
		uint64_t *links = calloc(room, sizeof *links);

		if (links == NULL)
			return error_set(
				err, ERR_NOMEM, "no memory for the plan");
		for (size_t i = 0; i < t->links_room; i++)
			if (t->links[i] != 0)
				links[place_of_link(links, room, t->links[i])] =
					t->links[i];
		free(t->links);
		t->links = links;
		t->links_room = room;
	}
	t->links[place_of_link(t->links, t->links_room, key)] = key;
	t->nlinks++;
	return OK;
}

/* A source may say how many links of it one run follows. */
static bool
may_follow(const struct planning *p, const struct source *src)
{
	int64_t *n = &p->round->followed[src - p->sources->list];

	if (src->max_pages > 0 && *n >= src->max_pages)
		return false;
	++*n;
	return true;
}

static enum error_code
add_due(const struct task *task, void *ctx, struct error *err)
{
	struct planning *p = ctx;
	struct naming *n = &p->naming;
	struct tasks *t = n->tasks;
	const struct source *src = sources_find(p->sources, task->source);
	const bool link = strcmp(task->reason, "link") == 0;
	const uint64_t key = link ? link_key(task->url) : 0;

	/* Another source names the page, too; or this one may have no more. */
	if (link && (has_link(t, key) || (src != NULL && !may_follow(p, src))))
		return OK;
	if (link && add_link(t, key, err) != OK)
		return err->code;
	if (src == NULL || strcmp(src->url, task->url) != 0 ||
		!source_is_path(src))
		return add_task(task, t, err);
	n->source = src->name;
	n->reason = task->reason;
	t->paths[t->npaths++] = src->name;
	return name_arg(n, src->url);
}

enum error_code
tasks_due(struct tasks *t, struct store *s, const struct sources *src,
	const struct options *o, const struct round *round, struct arena *a,
	record_sink *emit, void *ctx, struct error *err)
{
	const struct plan plan = {
		.now = clock_now(),
		.force = o->force && round->n == (o->nargs > 0),
		.links = round->n > 0,
		.only = o->nargs > 0 && o->source == NULL ? SOURCE_COMMAND_LINE
							  : o->source,
		.since = o->since,
		.until = o->until,
		.named_since = round->began_at,
	};
	struct planning p = {
		.naming = {
			.tasks = t,
			.store = s,
			.arena = a,
			.force = o->force,
			.emit = emit,
			.ctx = ctx,
			.err = err,
		},
		.sources = src,
		.round = round,
	};

	t->paths = arena_array(a, src->n, sizeof *t->paths);
	if (t->paths == NULL)
		return error_set(err, ERR_NOMEM, "no memory for the plan");
	return store_plan(s, src, &plan, add_due, &p, err);
}
