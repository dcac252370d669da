#include "line.h"

const char *
line_fold(struct span text, struct arena *a)
{
	char *copy = arena_array(a, text.len + 1, 1);
	size_t n = 0, len;
	uint32_t cp;

	if (copy == NULL)
		return NULL;
	for (size_t at = 0; (len = utf8_decode(text, at, &cp)) > 0; at += len) {
		if (cp >= 0x20 && !utf8_is_space(cp)) {
			memcpy(copy + n, text.ptr + at, len);
			n += len;
		} else if (n > 0 && copy[n - 1] != ' ') {
			copy[n++] = ' ';
		}
	}
	while (n > 0 && copy[n - 1] == ' ')
		n--;
	copy[n] = '\0';
	return copy;
}
