/* Shared by the tests of dates and counts: one text becomes a list of
 * mentions, written "surface=value | surface=value". */
#ifndef DL_TESTS_UNIT_EXTRACT_DATES_H
#define DL_TESTS_UNIT_EXTRACT_DATES_H

#include <stdlib.h>
#include <string.h>

#include "unit.h"

#include "extract/extract.h"
#include "extract/phrasebook.h"
#include "extract/scan.h"
#include "extract/sentence.h"

#define READING_ARENA_MAX ((size_t)256 << 20)

struct reading_fixture {
	struct phrasebook *words;
	struct lexeme *room;
	struct arena *arena;
	struct buffer out;
};

static struct reading_fixture fixture;

static inline int
fixture_open(void **state)
{
	struct hash *h = hash_new();
	struct error err = { 0 };

	(void)state;
	fixture.room = calloc(EXTRACT_SENTENCE_MAX, sizeof *fixture.room);
	if (h == NULL || fixture.room == NULL ||
		phrasebook_open("config", h, &fixture.words, &err) != OK)
		return 1;
	hash_free(h);
	fixture.arena = arena_new(READING_ARENA_MAX);
	buffer_init(&fixture.out, 1 << 20);
	return fixture.arena == NULL;
}

static inline int
fixture_close(void **state)
{
	(void)state;
	phrasebook_free(fixture.words);
	free(fixture.room);
	arena_free(fixture.arena);
	buffer_release(&fixture.out);
	return 0;
}

/* One block that holds the whole text.  published may be NULL. */
static inline enum error_code
fixture_scan(struct span text, const char *language, const char *published,
	const char *url, struct scan *s)
{
	struct document *doc;
	struct block *block;
	enum error_code code;

	*s = (struct scan){ .arena = fixture.arena };
	arena_reset(fixture.arena);
	doc = arena_alloc(fixture.arena, sizeof *doc);
	block = arena_alloc(fixture.arena, sizeof *block);
	if (doc == NULL || block == NULL)
		return ERR_NOMEM;
	*block = (struct block){ .end = (uint32_t)text.len };
	*doc = (struct document){ .text = text,
		.language = language,
		.url = url,
		.published = { .edtf = published },
		.blocks = block,
		.nblocks = 1 };
	s->doc = doc;
	code = sentences_split(s);
	if (code == OK)
		code = dates_scan(fixture.words, fixture.room, s);
	if (code == OK)
		code = counts_scan(fixture.words, fixture.room, s);
	return code;
}

static inline const char *
fixture_show(const struct scan *s, enum mention_type type)
{
	struct buffer *out = &fixture.out;

	buffer_reset(out);
	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->list[i];

		if (m->type != type)
			continue;
		if (out->len > 0)
			buffer_add_str(out, " | ");
		buffer_add(out, s->doc->text.ptr + m->start, m->end - m->start);
		if (type == MENTION_DATE) {
			buffer_printf(out, "=%s %s", m->date.edtf,
				date_basis_name(m->date.basis));
			continue;
		}
		buffer_printf(out, "=%lld", (long long)m->count.n);
		if (m->count.bound != BOUND_EXACT)
			buffer_printf(out, " %s", bound_name(m->count.bound));
		buffer_printf(out, " %s", count_class_name(m->count.class));
		if (m->count.fresh)
			buffer_add_str(out, " fresh");
		if (m->count.others)
			buffer_add_str(out, " others");
	}
	return out->len > 0 ? out->ptr : "";
}

/* A text of that language and day, and the dates it has. */
struct date_row {
	const char *name, *language, *published, *text, *want;
};

static inline void
date_rows_check(const struct date_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct scan s;
		const char *got;

		assert_int_equal(
			fixture_scan(span_str(rows[i].text), rows[i].language,
				rows[i].published, NULL, &s),
			OK);
		got = fixture_show(&s, MENTION_DATE);
		if (strcmp(got, rows[i].want) != 0)
			fail_msg("row \"%s\": %s: \"%s\", wanted \"%s\"",
				rows[i].name, rows[i].text, got, rows[i].want);
	}
}

#endif
