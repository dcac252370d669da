/* Quotations, and who speaks in them. */
#include "context.h"
#include "lexis.h"

#define SPEAKER_BACK 3 /* blocks before, in which a speaker was */

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

/* The first person of a block, looked for once. */
static int32_t
block_person(struct context *x, const struct scan *s, size_t b)
{
	if (x->persons[b] == CONTEXT_UNKNOWN)
		x->persons[b] = context_first(s, s->doc->blocks[b].start,
			s->doc->blocks[b].end, 1u << MENTION_PERSON);
	return x->persons[b];
}

const char *
context_speaker(struct context *x, const struct scan *s, uint32_t at)
{
	size_t i = context_sentence(s, at), b = scan_block_at(s->doc, at);

	if (s->nsentences == 0 || b >= s->doc->nblocks)
		return NULL;
	if (!quotes_within(
		    s->doc->text, s->sentences[i].start, at, x->quoted[i]))
		return NULL;
	for (size_t back = 0; back <= SPEAKER_BACK && back <= b; back++) {
		int32_t m = block_person(x, s, b - back);

		if (m >= 0)
			return s->list[m].name.name;
	}
	return NULL;
}
