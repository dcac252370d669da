/* Packed mentions are unpacked or refused; packed again they are the same. */
#include <stdlib.h>

#include "core/core.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *arena;
	struct mention *m = NULL, *again = NULL;
	struct buffer one, two;
	size_t n = 0, nagain = 0;

	if (arena == NULL)
		arena = arena_new(64 << 20);
	if (arena == NULL)
		abort();
	arena_reset(arena);
	if (mentions_unpack(span_of((const char *)data, size), arena, &m, &n,
		    NULL) != OK)
		return 0;
	buffer_init(&one, RECORD_LINE_MAX);
	buffer_init(&two, RECORD_LINE_MAX);
	if (mentions_pack(m, n, arena, &one, NULL) != OK ||
		mentions_unpack(buffer_span(&one), arena, &again, &nagain,
			NULL) != OK ||
		nagain != n ||
		mentions_pack(again, nagain, arena, &two, NULL) != OK ||
		!span_eq(buffer_span(&one), buffer_span(&two)))
		abort();
	buffer_release(&one);
	buffer_release(&two);
	return 0;
}
