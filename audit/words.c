#include "words.h"

void
words_name(const char *name, struct buffer *out)
{
	for (; *name != '\0'; name++)
		buffer_add_char(out, *name == '_' ? ' ' : *name);
}

void
words_polarity(enum polarity p, struct buffer *out)
{
	if (p != POLARITY_ASSERTED)
		buffer_printf(out, "%s: ", polarity_name(p));
}

void
words_value(const struct flat_claim *c, struct buffer *out)
{
	size_t begin;

	words_polarity(c->polarity, out);
	begin = out->len;
	if (c->status != STATUS_NONE)
		words_name(status_name(c->status), out);
	if (out->len > begin)
		buffer_add_char(out, ' ');
	flat_value(c, flat_about(c), out);
	while (out->code == OK && out->len > begin &&
		out->ptr[out->len - 1] == ' ')
		out->ptr[--out->len] = '\0';
}
