/* A base, a line feed, a reference: what is written is read again as itself. */
#include <stdlib.h>
#include <string.h>

#include "fetch/fetch.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *arena;
	struct span rest = span_of((const char *)data, size), base;
	struct fetch_url u, again;
	char *b, *text;

	if (arena == NULL && (arena = arena_new(64 << 20)) == NULL)
		abort();
	arena_reset(arena);
	if (size == 0 || !span_split(&rest, '\n', &base))
		return 0;
	b = arena_strndup(arena, base.ptr, base.len);
	text = arena_strndup(arena, rest.ptr != NULL ? rest.ptr : "", rest.len);
	if (b == NULL || text == NULL)
		abort();
	if (fetch_url_read(text, *b != '\0' ? b : NULL, arena, &u, NULL) != OK)
		return 0;
	if (strlen(u.text) > FETCH_URL_MAX)
		return 0; /* escapes have made it longer than is read */
	if (fetch_url_read(u.text, NULL, arena, &again, NULL) != OK ||
		strcmp(u.text, again.text) != 0 ||
		strcmp(u.key, again.key) != 0 ||
		strcmp(u.origin, again.origin) != 0 ||
		strncmp(u.text, u.origin, strlen(u.origin)) != 0)
		abort();
	return 0;
}
