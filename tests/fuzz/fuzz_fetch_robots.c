/* A URL, a line feed, then a robots.txt: a verdict, the same when asked
 * again, by a line that is there. */
#include <stdlib.h>
#include <string.h>

#include "fetch/robots.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *arena;
	struct span rest = span_of((const char *)data, size), url;
	struct robots r;
	const char *asked;
	int line, again;

	if (arena == NULL && (arena = arena_new(64 << 20)) == NULL)
		abort();
	arena_reset(arena);
	if (size == 0 || !span_split(&rest, '\n', &url) ||
		robots_parse(rest, arena, &r, NULL) != OK)
		return 0;
	asked = arena_strndup(arena, url.ptr, url.len);
	if (asked == NULL ||
		robots_allowed(&r, "dateline/1", asked, &line) !=
			robots_allowed(&r, "Dateline", asked, &again) ||
		line != again || line < 0 || line > (int)size + 1)
		abort();
	(void)robots_delay(&r, "dateline");
	return 0;
}
