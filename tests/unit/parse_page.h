/* A page read and written down as lines, for the tests of parse. */
#ifndef DL_TESTS_PARSE_PAGE_H
#define DL_TESTS_PARSE_PAGE_H

#include "parse/parse.h"
#include "unit.h"

#include <string.h>

#define PAGE_ARENA ((size_t)64 << 20)

struct reading {
	struct parse_words *words;
	struct parser *parser;
	struct arena *arena;
	struct buffer outline;
	struct document doc;
	struct problem problem;
	bool has; /* a document; else a problem */
};

static inline int
reading_open(void **state)
{
	static struct reading r;

	if (parse_words_open("config", &r.words, NULL) != OK)
		return 1;
	r.parser = parser_new(r.words, NULL);
	r.arena = arena_new(PAGE_ARENA);
	buffer_init(&r.outline, (size_t)16 << 20);
	*state = &r;
	return r.parser == NULL || r.arena == NULL;
}

static inline int
reading_close(void **state)
{
	struct reading *r = *state;

	parser_free(r->parser);
	parse_words_free(r->words);
	arena_free(r->arena);
	buffer_release(&r->outline);
	return 0;
}

static inline void
read_capture(struct reading *r, const struct page *page, struct span body)
{
	struct error err = { 0 };

	arena_reset(r->arena);
	assert_int_equal(parser_page(r->parser, page, body, r->arena, &r->has,
				 &r->doc, &r->problem, &err),
		OK);
}

static inline void
read_body(struct reading *r, const char *type, struct span body)
{
	const struct page page = { .id = "0",
		.body = "sha256:0",
		.url = "https://example.org/news",
		.source = "test",
		.media_type = type };

	read_capture(r, &page, body);
}

/* Both absent, or both there and equal. */
static inline bool
same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static inline struct span
block_text(const struct reading *r, size_t i)
{
	return span_sub(
		r->doc.text, r->doc.blocks[i].start, r->doc.blocks[i].end);
}

/*
 * One line a block: "zone type text", the level behind the type where there
 * is one: "body heading2 New members".  A cell has row, column and the head of
 * its column: "body cell 2:1 City Espoo".
 */
static inline const char *
outline(struct reading *r)
{
	buffer_reset(&r->outline);
	for (size_t i = 0; r->has && i < r->doc.nblocks; i++) {
		const struct block *k = &r->doc.blocks[i];
		struct span text = block_text(r, i);

		buffer_printf(&r->outline, "%s%s %s", i > 0 ? "\n" : "",
			zone_name(k->zone), block_type_name(k->type));
		if (k->level > 0)
			buffer_printf(&r->outline, "%d", k->level);
		if (k->row > 0)
			buffer_printf(&r->outline, " %d:%d", k->row, k->column);
		if (k->header > 0) {
			struct span head = block_text(r, k->header - 1);

			buffer_printf(
				&r->outline, " %.*s", (int)head.len, head.ptr);
		}
		buffer_printf(&r->outline, " %.*s", (int)text.len, text.ptr);
	}
	return r->outline.ptr != NULL ? r->outline.ptr : "";
}

static inline const char *
outline_html(struct reading *r, const char *html)
{
	read_body(r, "text/html", span_str(html));
	return outline(r);
}

/* Fail showing what was read. */
#define CHECK_OUTLINE(name, got, want)                                         \
	do {                                                                   \
		if (strcmp(got, want) != 0)                                    \
			fail_msg("row \"%s\": got\n%s\nwanted\n%s", name, got, \
				want);                                         \
	} while (0)

static inline bool
has_warning(const struct reading *r, const char *code)
{
	for (size_t i = 0; i < r->doc.nwarnings; i++)
		if (strncmp(r->doc.warnings[i], code, strlen(code)) == 0)
			return true;
	return false;
}

#endif
