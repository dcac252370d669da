/* A line becomes a record or an error; a record comes back as it was. */
#include <stdlib.h>
#include <string.h>

#include "core/core.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *arena;
	struct span line = span_of((const char *)data, size);
	struct record r, again;
	struct buffer one, two;
	enum record_kind kind;

	if (arena == NULL)
		arena = arena_new(64 << 20);
	if (arena == NULL)
		abort();
	arena_reset(arena);
	(void)record_peek(line, &kind);
	if (record_decode(line, arena, &r, NULL) != OK)
		return 0;
	buffer_init(&one, RECORD_LINE_MAX + 2);
	buffer_init(&two, RECORD_LINE_MAX + 2);
	if (record_encode(&r, &one, NULL) != OK ||
		record_decode(span_sub(buffer_span(&one), 0, one.len - 1),
			arena, &again, NULL) != OK ||
		record_encode(&again, &two, NULL) != OK ||
		!span_eq(buffer_span(&one), buffer_span(&two)))
		abort();
	buffer_release(&one);
	buffer_release(&two);
	return 0;
}
