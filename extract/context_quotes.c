/* Quotations. */
#include "context.h"
#include "lexis.h"

/* Opening marks, and '"' which is both. */
static bool
quote_after(struct span text, size_t *at, bool inside)
{
	static const struct {
		const char *mark;
		bool opens;
	} marks[] = {
		{ "\xe2\x80\x9c", true }, /* German closes with it */
		{ "\xe2\x80\x9e", true },
		{ "\xc2\xab", true },
		{ "\xe2\x80\x9d", false },
		{ "\xc2\xbb", false },
	};
	unsigned char c = (unsigned char)text.ptr[*at];

	++*at;
	if (c == '"')
		return !inside;
	if (c != 0xe2 && c != 0xc2)
		return inside;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (span_starts_with(
			    span_sub(text, *at - 1, text.len), marks[i].mark)) {
			*at += strlen(marks[i].mark) - 1;
			/* The first row closes what the second opened. */
			return i == 0 ? !inside : marks[i].opens;
		}
	return inside;
}

/* Whether text[at] is still inside one behind [at, end). */
static bool
quotes_within(struct span text, size_t at, size_t end, bool inside)
{
	while (at < end) {
		const unsigned char c = (unsigned char)text.ptr[at];

		if (c == '"' || c == 0xe2 || c == 0xc2)
			inside = quote_after(text, &at, inside);
		else
			at++;
	}
	return inside;
}

/* Whether it is still inside one at the sentence's end. */
static bool
quotes_in(struct span text, const struct sentence *t, bool inside)
{
	const struct atoms *a = &t->atoms;

	/* Only marks open and close one. */
	for (size_t i = 0; i < a->n; i++) {
		size_t at = a->list[i].start;

		if (a->list[i].form == NULL)
			inside = quote_after(text, &at, inside);
	}
	return a->list == NULL ? quotes_within(text, t->start, t->end, inside)
			       : inside;
}

void
context_quotations(struct context *x, const struct scan *s)
{
	bool inside = false;

	for (size_t i = 0; i < s->nsentences; i++) {
		const struct sentence *t = &s->sentences[i];

		if (i == 0 || s->sentences[i - 1].block != t->block)
			inside = false;
		x->quoted[i] = inside;
		inside = quotes_in(s->doc->text, t, inside);
	}
}

bool
context_is_quoted(
	const struct context *x, const struct scan *s, size_t i, uint32_t at)
{
	return quotes_within(
		s->doc->text, s->sentences[i].start, at, x->quoted[i]);
}
