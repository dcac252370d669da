#include "sites.h"

#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAP_MIN ((size_t)64)

struct sites {
	void *by_name; /* tsearch(3) trees of struct site and struct origin */
	void *origins;
	struct site **heap; /* by next_ms, the earliest first */
	size_t n, room;
};

/* Both begin with their name. */
static int
by_name(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

struct job *
job_new(const struct task *t, const struct source *source, bool local)
{
	struct job *j;
	struct task own = *t;
	const char **const strings[] = { &own.url, &own.source, &own.reason,
		&own.etag, &own.last_modified, &own.via, &own.body };
	size_t room = 0;
	char *at;

	for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
		if (*strings[i] != NULL)
			room += strlen(*strings[i]) + 1;
	j = calloc(1, sizeof *j + room);
	if (j == NULL)
		return NULL;
	at = j->text;
	for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
		if (*strings[i] != NULL) {
			const char *copy = at;

			at = stpcpy(at, *strings[i]) + 1;
			*strings[i] = copy;
		}
	own.not_before = 0; /* it is asked for now */
	j->task = own;
	j->url = own.url;
	j->source = source;
	j->local = local;
	return j;
}

void
job_free(struct job *j)
{
	if (j == NULL)
		return;
	if (j->url != j->task.url)
		free((char *)(uintptr_t)j->url);
	free(j->history);
	free(j);
}

bool
job_redirect(struct job *j, int status, const char *url)
{
	const char *before = j->history != NULL ? j->history : "";
	char *copy = strdup(url), *history = NULL;

	if (copy == NULL ||
		asprintf(&history, "%s%s%d %s", before,
			before[0] != '\0' ? "\n" : "", status, j->url) < 0) {
		free(copy);
		return false;
	}
	free(j->history);
	j->history = history;
	if (j->url != j->task.url)
		free((char *)(uintptr_t)j->url);
	j->url = copy;
	return true;
}

struct sites *
sites_new(void)
{
	return calloc(1, sizeof(struct sites));
}

static void
free_site(void *p)
{
	struct site *site = p;
	struct job *j;

	while ((j = site_take(site)) != NULL)
		job_free(j);
	free(site->name);
	free(site);
}

static void
free_origin(void *p)
{
	struct origin *o = p;

	free(o->kept);
	free(o->robots_url);
	free(o->name);
	free(o);
}

void
sites_free(struct sites *s)
{
	if (s == NULL)
		return;
	tdestroy(s->by_name, free_site);
	tdestroy(s->origins, free_origin);
	free(s->heap);
	free(s);
}

/* Find or make the entry of that name; size is that of its struct. */
static void *
get(void **tree, const char *name, size_t size, void (*release)(void *))
{
	void *const *found = tfind(&name, tree, by_name);
	char **entry;

	if (found != NULL)
		return *found;
	entry = calloc(1, size);
	if (entry == NULL)
		return NULL;
	*entry = strdup(name);
	if (*entry != NULL && tsearch(entry, tree, by_name) != NULL)
		return entry;
	release(entry);
	return NULL;
}

struct site *
sites_get(struct sites *s, const char *name)
{
	return get(&s->by_name, name, sizeof(struct site), free_site);
}

struct origin *
sites_origin(struct sites *s, const char *name)
{
	return get(&s->origins, name, sizeof(struct origin), free_origin);
}

static void
forget_rules(const void *node, VISIT which, void *but)
{
	struct origin *o = *(struct origin *const *)node;

	if ((which != postorder && which != leaf) || o == but ||
		o->kept == NULL)
		return;
	free(o->kept);
	o->kept = NULL;
	o->robots = (struct robots){ 0 };
	o->state = ORIGIN_UNKNOWN;
	free(o->robots_url);
	o->robots_url = NULL;
	o->hops = 0;
}

void
sites_forget_rules(struct sites *s, const struct origin *but)
{
	twalk_r(s->origins, forget_rules, (void *)(uintptr_t)but);
}

static void
place(struct sites *s, size_t at, struct site *site)
{
	s->heap[at] = site;
	site->in_heap = at + 1;
}

static void
sift_up(struct sites *s, size_t at)
{
	struct site *site = s->heap[at];

	while (at > 0 && site->next_ms < s->heap[(at - 1) / 2]->next_ms) {
		place(s, at, s->heap[(at - 1) / 2]);
		at = (at - 1) / 2;
	}
	place(s, at, site);
}

static void
sift_down(struct sites *s, size_t at)
{
	struct site *site = s->heap[at];

	for (;;) {
		size_t child = 2 * at + 1;

		if (child >= s->n)
			break;
		if (child + 1 < s->n &&
			s->heap[child + 1]->next_ms < s->heap[child]->next_ms)
			child++;
		if (s->heap[child]->next_ms >= site->next_ms)
			break;
		place(s, at, s->heap[child]);
		at = child;
	}
	place(s, at, site);
}

enum error_code
sites_wait(struct sites *s, struct site *site)
{
	if (site->first == NULL || site->busy || site->in_heap != 0)
		return OK;
	if (s->n == s->room) {
		size_t room = s->room > 0 ? 2 * s->room : HEAP_MIN;
		struct site **heap = realloc(s->heap, room * sizeof *heap);

		if (heap == NULL)
			return ERR_NOMEM;
		s->heap = heap;
		s->room = room;
	}
	s->heap[s->n++] = site;
	sift_up(s, s->n - 1);
	return OK;
}

struct site *
sites_due(struct sites *s, int64_t now_ms)
{
	struct site *site;

	if (s->n == 0 || s->heap[0]->next_ms > now_ms)
		return NULL;
	site = s->heap[0];
	site->in_heap = 0;
	s->n--;
	if (s->n > 0) {
		place(s, 0, s->heap[s->n]);
		sift_down(s, 0);
	}
	return site;
}

int64_t
sites_next_ms(const struct sites *s)
{
	return s->n > 0 ? s->heap[0]->next_ms : INT64_MAX;
}

enum error_code
sites_add(struct sites *s, struct site *site, struct job *j, bool first)
{
	j->next = first ? site->first : NULL;
	site->jobs++;
	if (site->first == NULL)
		site->first = site->last = j;
	else if (first)
		site->first = j;
	else
		site->last = site->last->next = j;
	return sites_wait(s, site);
}

struct job *
site_take(struct site *site)
{
	struct job *j = site->first;

	if (j == NULL)
		return NULL;
	site->first = j->next;
	site->jobs--;
	j->next = NULL;
	return j;
}

void
sites_left(const struct sites *s, int64_t *sites, int64_t *least_ms)
{
	*sites = (int64_t)s->n;
	*least_ms = 0;
	for (size_t i = 0; i < s->n; i++) {
		int64_t ms = (int64_t)s->heap[i]->jobs * s->heap[i]->pace_ms;

		if (ms > *least_ms)
			*least_ms = ms;
	}
}
