/* Bytes become a record or an error; a record of a line is the same when it
 * comes as a frame. */
#include <stdlib.h>
#include <string.h>

#include "core/core.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct arena *arena;

static void
encode(struct record *r, struct buffer *out)
{
	/* The words of a mention stand in the text. */
	for (size_t i = 0;
		r->kind == RECORD_EXTRACTION && i < r->extraction.nmentions;
		i++)
		r->extraction.mentions[i].text = span_str(NULL);
	buffer_init(out, RECORD_LINE_MAX + 2);
	if (record_encode(r, out, NULL) != OK)
		abort();
}

/* A mention of no words is none to the ledger, and so it is no frame's. */
static bool
is_empty(const struct record *r)
{
	bool empty = false;

	for (size_t i = 0;
		r->kind == RECORD_EXTRACTION && i < r->extraction.nmentions;
		i++)
		empty = empty || r->extraction.mentions[i].start ==
					 r->extraction.mentions[i].end;
	return empty;
}

/* The record as a frame, and back. */
static void
send(struct record *r)
{
	struct buffer frame, before, behind;
	struct record again;
	struct span rest;

	buffer_init(&frame, 2 * RECORD_LINE_MAX);
	if (wire_put(r, arena, &frame, NULL) != OK)
		abort();
	rest = buffer_span(&frame);
	if (wire_take(&rest, arena, &again, NULL) != OK || rest.len != 0)
		abort();
	encode(r, &before);
	encode(&again, &behind);
	if (!span_eq(buffer_span(&before), buffer_span(&behind)))
		abort();
	buffer_release(&frame);
	buffer_release(&before);
	buffer_release(&behind);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span in = span_of((const char *)data, size);
	struct record r;

	if (arena == NULL)
		arena = arena_new(64 << 20);
	if (arena == NULL)
		abort();
	arena_reset(arena);
	if (size == 0)
		return 0;
	if ((record_decode(in, arena, &r, NULL) == OK ||
		    wire_take(&in, arena, &r, NULL) == OK) &&
		!is_empty(&r))
		send(&r);
	return 0;
}
