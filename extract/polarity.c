#include "rules.h"

#define REACH_WORDS 7 /* words before a head in which a trigger works */

/*
 * Triggers before the head, nearest first, down to a stop ("but", ";").
 * "if" at the start of a clause reaches the whole sentence.
 */
enum polarity
polarity_at(const struct rules *r, struct scan *s, const struct annotated *n,
	size_t from, size_t head, size_t head_end, struct buffer *tmp)
{
	struct span text = buffer_span(&n->text);
	enum polarity found = POLARITY_ASSERTED;
	size_t nwords, count = 0;
	struct word *w = words_split(
		text, 0, (uint32_t)text.len, s->arena, tmp, &nwords);

	(void)from;
	if (w == NULL)
		return found;
	for (size_t i = 0; i < nwords && w[i].start < head_end; i++)
		count++;
	for (size_t i = count; i-- > 0;) {
		size_t len, back = 0;
		const struct word_row *row =
			words_find(&r->polarity, w, nwords, i, &len);
		enum polarity p;

		for (size_t k = i; k < count && w[k].start < head; k++)
			back += w[k].fold[0] != '\0';
		if (w[i].mark == ';')
			break;
		if (row == NULL)
			continue;
		/* "applied to join" is an application, no joining. */
		if (strcmp(row->type, "drop") == 0 && w[i].start < head &&
			back <= len + 1)
			return POLARITIES;
		if (strcmp(row->type, "stop") == 0) {
			if (back < REACH_WORDS)
				break;
			continue;
		}
		if (strcmp(row->type, "mask") == 0 ||
			!polarity_find(span_str(row->type), &p))
			continue;
		if (back > REACH_WORDS && strcmp(row->value, "far") != 0)
			continue;
		if (p == POLARITY_NEGATED)
			return p;
		if (found == POLARITY_ASSERTED || p == POLARITY_HYPOTHETICAL)
			found = p;
	}
	return found;
}
