/*
 * Any bytes as the text of a document, through every recogniser, rule and cue:
 * what comes out lies inside the text on character bounds, points at
 * mentions that are there, and comes back from its record.  The first byte
 * chooses the language; blocks are parted by empty lines and begin with
 * "#", "*", "|" or "!" if they are headings, items, cells or titles.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "extract/extract.h"

#define BLOCKS_MAX 4096

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct ruleset *rules;
static struct extractor *extractor, *watcher; /* of the cue layer */
static struct arena *arena;

static void
open_once(void)
{
	struct error err = { 0 };

	if (rules != NULL)
		return;
	arena = arena_new((size_t)512 << 20);
	if (ruleset_open("config", DL_GAZETTEER, RULESET_ALL, &rules, &err) !=
			OK ||
		extractor_new(rules, &extractor, &err) != OK ||
		extractor_new(rules, &watcher, &err) != OK || arena == NULL) {
		fprintf(stderr, "%s\n", err.msg);
		abort();
	}
	extractor_show_candidates(watcher);
}

static void
add_block(struct document *doc, uint32_t start, uint32_t end)
{
	static const char signs[] = "#*|!";
	static const enum block_type types[] = { BLOCK_HEADING, BLOCK_ITEM,
		BLOCK_CELL, BLOCK_TITLE };
	struct block *b = &doc->blocks[doc->nblocks];
	const char *sign =
		start < end ? strchr(signs, doc->text.ptr[start]) : NULL;

	if (start == end || doc->nblocks == BLOCKS_MAX)
		return;
	*b = (struct block){ .start = start,
		.end = end,
		.type = BLOCK_PARAGRAPH,
		.zone = ZONE_BODY };
	if (sign != NULL && *sign != '\0') {
		b->type = types[sign - signs];
		b->zone = b->type == BLOCK_TITLE ? ZONE_TITLE : ZONE_BODY;
	}
	doc->nblocks++;
}

static void
cut_blocks(struct document *doc)
{
	size_t at = 0;

	while (at < doc->text.len) {
		size_t end = span_find(doc->text, at, span_str("\n\n"));

		if (end == SIZE_MAX)
			end = doc->text.len;
		add_block(doc, (uint32_t)at, (uint32_t)end);
		at = end + 2;
	}
}

static void
round_trip(const struct document *doc, const struct extraction *x)
{
	struct record r = { .kind = RECORD_EXTRACTION, .extraction = *x };
	struct record again;
	struct buffer one, two;
	struct error err = { 0 };

	if (extraction_check(x, doc, &err) != OK) {
		fprintf(stderr, "%s\n", err.msg);
		abort();
	}
	buffer_init(&one, RECORD_LINE_MAX + 2);
	buffer_init(&two, RECORD_LINE_MAX + 2);
	/* A line over the cap is refused, and no finding. */
	if (record_encode(&r, &one, &err) == OK) {
		if (record_decode(span_sub(buffer_span(&one), 0, one.len - 1),
			    arena, &again, &err) != OK ||
			extraction_check(&again.extraction, doc, &err) != OK ||
			record_encode(&again, &two, &err) != OK ||
			!span_eq(buffer_span(&one), buffer_span(&two))) {
			fprintf(stderr, "%s\n", err.msg);
			abort();
		}
	}
	buffer_release(&one);
	buffer_release(&two);
}

static bool
want_none(const char *shape, void *ctx)
{
	(void)shape;
	(void)ctx;
	return false;
}

/* Its words are the document's, and it tells why it is one. */
static enum error_code
check_gap(const struct gap *g, void *ctx, struct error *err)
{
	const struct document *doc = ctx;

	(void)err;
	if (g->triggers == 0 || g->shape == NULL ||
		g->sentence.ptr < doc->text.ptr ||
		g->sentence.ptr + g->sentence.len >
			doc->text.ptr + doc->text.len)
		abort();
	return OK;
}

static void
find_gaps(struct document *doc)
{
	struct error err = { 0 };

	arena_reset(arena);
	if (extractor_gaps(extractor, doc, arena, want_none, check_gap, doc,
		    &err) != OK &&
		!arena_over_cap(arena))
		abort();
}

static void
extract_with(struct extractor *x, const struct document *doc)
{
	struct extraction out;
	struct error err = { 0 };

	arena_reset(arena);
	if (extractor_document(x, doc, arena, &out, &err) == OK)
		round_trip(doc, &out);
	else if (!arena_over_cap(arena))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const languages[] = { NULL, "en", "fr", "es", "pt",
		"de", "it", "xx" };
	static struct block blocks[BLOCKS_MAX];
	struct buffer text;
	struct document doc = { .id = "d",
		.url = "u",
		.source = "s",
		.text_sha256 = "0",
		.blocks = blocks };

	open_once();
	if (size == 0)
		return 0;
	buffer_init(&text, (size_t)16 << 20);
	if (utf8_repair(span_of((const char *)data + 1, size - 1), &text,
		    NULL) == OK &&
		text.len > 0) {
		doc.language = languages[data[0] % 8];
		doc.text = buffer_span(&text);
		cut_blocks(&doc);
		extract_with(extractor, &doc);
		extract_with(watcher, &doc);
		find_gaps(&doc);
	}
	buffer_release(&text);
	return 0;
}
