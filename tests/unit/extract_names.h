/* Shared by the tests of names: one text becomes a list of mentions. */
#ifndef DL_TESTS_UNIT_EXTRACT_NAMES_H
#define DL_TESTS_UNIT_EXTRACT_NAMES_H

#include <stdlib.h>
#include <string.h>

#include "unit.h"

#include "extract/scan.h"

#define TEXT_BLOCKS 64

static struct names *names;
static struct names_state *state;
static struct arena *arena;

/* A document of one block for each part between two line feeds. */
static void
make_document(const char *text, const char *language, struct document *doc)
{
	size_t len = strlen(text), start = 0;
	struct block *blocks = arena_array(arena, TEXT_BLOCKS, sizeof *blocks);

	*doc = (struct document){ .text = span_of(text, len),
		.language = language,
		.blocks = blocks };
	while (start < len && doc->nblocks < TEXT_BLOCKS) {
		size_t end = span_find(doc->text, start, span_str("\n\n"));

		if (end == SIZE_MAX)
			end = len;
		blocks[doc->nblocks++] =
			(struct block){ .start = (uint32_t)start,
				.end = (uint32_t)end };
		start = end + 2;
	}
}

static enum error_code
scan_text(const char *text, const char *language, struct scan *s)
{
	struct document *doc = arena_alloc(arena, sizeof *doc);

	if (doc == NULL)
		return ERR_NOMEM;
	make_document(text, language, doc);
	*s = (struct scan){ .doc = doc, .arena = arena };
	return names_scan(names, state, s);
}

static int
by_start(const void *a, const void *b)
{
	const struct mention *x = a, *y = b;

	return x->start < y->start ? -1 : x->start > y->start;
}

static const char *
show(struct scan *s, struct buffer *out)
{
	buffer_reset(out);
	if (s->n > 0)
		qsort(s->list, s->n, sizeof *s->list, by_start);
	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->list[i];

		if (i > 0)
			buffer_add_str(out, " | ");
		buffer_printf(out, "%s:", m->rule + strlen("names."));
		buffer_add(out, s->doc->text.ptr + m->start, m->end - m->start);
		if (m->name.id != NULL)
			buffer_printf(out, "=%s", m->name.id);
		if (m->name.ordinal != 0)
			buffer_printf(out, "#%d", m->name.ordinal);
	}
	return out->len > 0 ? out->ptr : "";
}

static inline bool
same_mentions(const struct scan *a, const struct scan *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (a->list[i].start != b->list[i].start ||
			a->list[i].end != b->list[i].end ||
			a->list[i].type != b->list[i].type ||
			strcmp(a->list[i].rule, b->list[i].rule) != 0)
			return false;
	return true;
}

/*
 * Every mention that is found, as "rule:words[=network id][#ordinal]", in
 * order, so that a row also shows what must not be found.
 */
struct row {
	const char *name, *text, *want;
};

/* language: of the documents, or NULL. */
static inline void
check_rows_in(const char *language, const struct row *rows, size_t n)
{
	struct buffer out;

	buffer_init(&out, 1 << 16);
	for (size_t i = 0; i < n; i++) {
		struct scan s;
		const char *got;

		arena_reset(arena);
		assert_int_equal(scan_text(rows[i].text, language, &s), OK);
		got = show(&s, &out);
		if (strcmp(got, rows[i].want) != 0)
			fail_msg("row \"%s\":\n got  %s\n want %s",
				rows[i].name, got, rows[i].want);
	}
	buffer_release(&out);
}

static inline void
check_rows(const struct row *rows, size_t n)
{
	check_rows_in(NULL, rows, n);
}

/* No two mentions of all the rows overlap; a second run finds the same. */
static inline void
check_disjoint(const struct row *rows, size_t n)
{
	struct buffer text, out;
	struct scan a, b;

	buffer_init(&text, 1 << 20);
	buffer_init(&out, 1 << 20);
	arena_reset(arena);
	for (size_t i = 0; i < n; i++)
		buffer_printf(&text, "%s\n\n", rows[i].text);
	assert_int_equal(scan_text(text.ptr, NULL, &a), OK);
	assert_int_equal(scan_text(text.ptr, NULL, &b), OK);
	assert_true(same_mentions(&a, &b));
	(void)show(&a, &out);
	for (size_t i = 1; i < a.n; i++)
		assert_true(a.list[i - 1].end <= a.list[i].start);
	buffer_release(&text);
	buffer_release(&out);
}

static int
setup(void **unused)
{
	struct error err = { 0 };

	(void)unused;
	arena = arena_new((size_t)256 << 20);
	if (arena == NULL)
		return -1;
	if (names_open("config", NULL, &names, &err) != OK ||
		names_state_new(names, &state, &err) != OK) {
		print_error("%s\n", err.msg);
		return -1;
	}
	return 0;
}

static int
teardown(void **unused)
{
	(void)unused;
	names_state_free(state);
	names_free(names);
	arena_free(arena);
	return 0;
}

#endif
