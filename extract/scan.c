#include "scan.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "words.h"

enum error_code
scan_add(struct scan *s, const struct mention *m)
{
	struct mention *list;

	if (s->n == SCAN_MENTIONS_MAX) {
		if (!s->full)
			scan_warn(s, PROBLEM_MENTIONS,
				"over %d mentions; the rest is not read",
				SCAN_MENTIONS_MAX);
		s->full = true;
		return OK;
	}
	list = arena_grow(s->arena, s->list, s->n, &s->cap, sizeof *list);
	if (list == NULL)
		return ERR_NOMEM;
	s->list = list;
	s->list[s->n++] = *m;
	return OK;
}

enum error_code
scan_add_body(struct scan *s, const struct body *b)
{
	struct body *list = arena_grow(
		s->arena, s->bodies, s->nbodies, &s->bodies_cap, sizeof *list);

	if (list == NULL)
		return ERR_NOMEM;
	s->bodies = list;
	s->bodies[s->nbodies++] = *b;
	return OK;
}

enum error_code
scan_add_named(struct scan *s, const struct named *m)
{
	struct named *list = arena_grow(
		s->arena, s->named, s->nnamed, &s->named_cap, sizeof *list);

	if (list == NULL)
		return ERR_NOMEM;
	s->named = list;
	s->named[s->nnamed++] = *m;
	return OK;
}

struct named *
scan_named(const struct scan *s, uint32_t at)
{
	size_t lo = 0, hi = s->nnamed;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->named[mid].end <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < s->nnamed && s->named[lo].start <= at ? &s->named[lo]
							  : NULL;
}

size_t
scan_block_at(const struct document *doc, uint32_t at)
{
	size_t lo = 0, hi = doc->nblocks;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (doc->blocks[mid].end <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

struct body *
scan_body(const struct scan *s, uint32_t start)
{
	size_t lo = 0, hi = s->nbodies;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->bodies[mid].start < start)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < s->nbodies && s->bodies[lo].start == start ? &s->bodies[lo]
							       : NULL;
}

bool
scan_is_giver(const struct mention *m)
{
	return m->type == MENTION_ORGANISATION && m->rule != NULL &&
	       strcmp(m->rule, NAMES_RULE_LISTED) == 0;
}

void
scan_warn(struct scan *s, enum problem_code code, const char *fmt, ...)
{
	char text[160];
	const char *line;
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	line = arena_printf(s->arena, "%s: %s", problem_name(code), text);
	if (line == NULL || s->nwarnings == SCAN_WARNINGS_MAX)
		return;
	for (size_t i = 0; i < s->nwarnings; i++)
		if (strcmp(s->warnings[i], line) == 0)
			return;
	if (s->warnings == NULL)
		s->warnings = arena_array(
			s->arena, SCAN_WARNINGS_MAX, sizeof *s->warnings);
	if (s->warnings != NULL)
		s->warnings[s->nwarnings++] = line;
}

bool
scan_overlaps(const struct scan *s, uint32_t start, uint32_t end)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->list[i].start < end && start < s->list[i].end)
			return true;
	return false;
}

/* A mention's place in the text, and when it was added. */
struct ranked {
	uint32_t start, end, order;
};

static int
by_start(const void *pa, const void *pb)
{
	const struct ranked *a = pa, *b = pb;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	if (a->end != b->end)
		return a->end > b->end ? -1 : 1;
	return a->order < b->order ? -1 : a->order > b->order;
}

static uint32_t
length(const struct ranked *r)
{
	return r->end - r->start;
}

const struct word *
scan_words(struct scan *s, size_t sentence, struct buffer *tmp, size_t *n)
{
	struct sentence *t = &s->sentences[sentence];

	if (t->words == NULL) {
		t->words = words_read(
			s->lexis, s->doc->text, t, s->arena, tmp, &t->nwords);
		for (size_t i = 0; t->words != NULL && i < t->nwords; i++)
			t->tables |= t->words[i].memo != NULL
					     ? t->words[i].memo->begins
					     : UINT8_MAX;
	}
	*n = t->nwords;
	return t->words;
}

enum error_code
scan_settle(struct scan *s)
{
	struct ranked *ranks;
	struct mention *list;
	size_t kept = 0;

	if (s->n == 0)
		return OK;
	ranks = arena_room(s->arena, s->n, sizeof *ranks);
	list = arena_room(s->arena, s->n, sizeof *list);
	if (ranks == NULL || list == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < s->n; i++)
		ranks[i] = (struct ranked){ s->list[i].start, s->list[i].end,
			(uint32_t)i };
	qsort(ranks, s->n, sizeof *ranks, by_start);
	for (size_t i = 0; i < s->n; i++) {
		struct ranked *last = kept > 0 ? &ranks[kept - 1] : NULL;

		if (last == NULL || ranks[i].start >= last->end)
			ranks[kept++] = ranks[i];
		else if (length(&ranks[i]) > length(last))
			*last = ranks[i];
	}
	for (size_t i = 0; i < kept; i++)
		list[i] = s->list[ranks[i].order];
	s->list = list;
	s->cap = s->n;
	s->n = kept;
	return OK;
}
