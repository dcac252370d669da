#include "rules.h"

#define REACH_WORDS 7 /* words before a head in which a trigger works */

/* Words from w[i] up to the head. */
static size_t
words_to(const struct word *w, size_t i, size_t count, size_t head)
{
	size_t n = 0;

	for (; i < count && w[i].start < head; i++)
		n += w[i].fold[0] != '\0';
	return n;
}

/* What one trigger, so many words before the head, makes of `found`; *end: no
 * trigger before it counts. */
static enum polarity
apply(const struct word_row *row, size_t back, enum polarity found, bool *end)
{
	enum polarity p;

	*end = false;
	if (strcmp(row->type, "stop") == 0) {
		*end = back < REACH_WORDS;
		return found;
	}
	if (!polarity_find(span_str(row->type), &p) ||
		(back > REACH_WORDS && strcmp(row->value, "far") != 0))
		return found;
	*end = p == POLARITY_NEGATED;
	return *end || found == POLARITY_ASSERTED || p == POLARITY_HYPOTHETICAL
		       ? p
		       : found;
}

/*
 * Triggers before the head, nearest first, down to a stop ("but", ";").
 * "if" reaches the whole sentence.
 */
enum polarity
polarity_at(const struct rules *r, struct scan *s, const struct annotated *n,
	size_t head, size_t head_end, size_t end_at, struct buffer *tmp)
{
	struct span text = buffer_span(&n->text);
	enum polarity found = POLARITY_ASSERTED;
	size_t nwords, count = 0;
	struct word *w = words_split(
		text, 0, (uint32_t)text.len, s->arena, tmp, &nwords);
	bool end = false;

	if (w == NULL)
		return found;
	while (count < nwords && w[count].start < end_at)
		count++;
	for (size_t i = count; !end && i-- > 0 && w[i].mark != ';';) {
		size_t len, back;
		const struct word_row *row = words_find(
			&r->polarity, w, nwords, i, s->doc->language, &len);

		/* Behind the head only a "not" turns it: "has never been". */
		if (row == NULL || (w[i].start >= head_end &&
					   strcmp(row->type, "negated") != 0))
			continue;
		back = words_to(w, i, count, head);
		/* "applied to join" is an application, no joining. */
		if (strcmp(row->type, "drop") == 0 && w[i].start < head &&
			back <= len + 1)
			return POLARITIES;
		found = apply(row, back, found, &end);
	}
	return found;
}
