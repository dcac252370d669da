#include "selector.h"

/* Where so many characters in front of at begin, in its line. */
static size_t
context_start(struct span text, size_t at)
{
	for (int n = 0; n < SELECTOR_CONTEXT && at > 0; n++) {
		size_t before = at - 1;

		while (!utf8_boundary(text, before))
			before--;
		if (text.ptr[before] == '\n')
			break;
		at = before;
	}
	return at;
}

static size_t
context_end(struct span text, size_t at)
{
	for (int n = 0; n < SELECTOR_CONTEXT && at < text.len; n++) {
		if (text.ptr[at] == '\n')
			break;
		at++;
		while (!utf8_boundary(text, at))
			at++;
	}
	return at;
}

/* Blocks are parted by line feeds, in a page by any white space. */
static struct span
fold_lines(struct span text, struct arena *a)
{
	char *out = arena_alloc(a, text.len);
	size_t n = 0;

	for (size_t i = 0; out != NULL && i < text.len; i++) {
		if (text.ptr[i] != '\n')
			out[n++] = text.ptr[i];
		else if (i == 0 || text.ptr[i - 1] != '\n')
			out[n++] = ' ';
	}
	return span_of(out, n);
}

enum error_code
selector_make(struct span text, size_t start, size_t end, struct arena *a,
	struct selector *out, struct error *err)
{
	out->prefix = span_sub(text, context_start(text, start), start);
	out->suffix = span_sub(text, end, context_end(text, end));
	out->exact = fold_lines(span_sub(text, start, end), a);
	return out->exact.ptr != NULL
		       ? OK
		       : error_set(err, ERR_NOMEM, "no memory for a quotation");
}
