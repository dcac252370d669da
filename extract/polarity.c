#include <stdlib.h>

#include "rules.h"

#define REACH_WORDS 7 /* words before a head in which a trigger works */

/* What a trigger's third field says: "far", "within 4", "behind", "on
 * membership,cohort". */
struct reach {
	size_t words;
	bool behind; /* it stands behind the head it turns */
	uint32_t kinds;
};

/* "membership,cohort" up to a space. */
static uint32_t
read_kinds(const char **p)
{
	uint32_t kinds = 0;

	while (**p != '\0' && **p != ' ') {
		size_t len = strcspn(*p, ", ");
		enum claim_kind k;

		if (claim_kind_find(span_of(*p, len), &k))
			kinds |= 1u << k;
		*p += len + ((*p)[len] == ',');
	}
	return kinds;
}

static struct reach
read_reach(const char *p)
{
	struct reach out = { REACH_WORDS, false, UINT32_MAX };

	while (*p != '\0') {
		size_t len = strcspn(p, " ");
		struct span word = span_of(p, len);

		p += len + (p[len] == ' ');
		if (span_eq_str(word, "far"))
			out.words = SIZE_MAX;
		else if (span_eq_str(word, "behind"))
			out.behind = true;
		else if (span_eq_str(word, "within"))
			out.words = strtoul(p, NULL, 10);
		else if (span_eq_str(word, "on"))
			out.kinds = read_kinds(&p);
	}
	return out;
}

/* What one trigger makes of `found`; *end: none before it counts. */
static enum polarity
apply(const struct word_row *row, enum polarity found, bool *end)
{
	enum polarity p;

	if (!polarity_find(span_str(row->type), &p))
		return found;
	*end = p == POLARITY_NEGATED;
	return *end || found == POLARITY_ASSERTED || p == POLARITY_HYPOTHETICAL
		       ? p
		       : found;
}

/* A trigger that stands behind the head: "is, so far, only planned". */
static enum polarity
behind(const struct annotated *n, enum claim_kind kind, size_t head_end,
	enum polarity found)
{
	size_t words = 0;

	for (size_t i = 0; i < n->nwords && found == POLARITY_ASSERTED; i++) {
		const struct word_row *row = n->notes[i].turn;
		struct reach reach;
		bool end;

		if (n->notes[i].stem < head_end || n->list[i].fold[0] == '\0')
			continue;
		if (row != NULL && strcmp(row->type, "stop") == 0)
			break;
		reach = read_reach(row != NULL ? row->value : "");
		if (row != NULL && reach.behind && words <= reach.words &&
			(reach.kinds >> kind & 1) != 0)
			found = apply(row, found, &end);
		words++;
	}
	return found;
}

/*
 * Triggers before the head, nearest first, down to a stop ("but", ";").
 * "if" reaches the whole sentence.
 */
enum polarity
polarity_at(const struct rules *r, const struct scan *s, struct annotated *n,
	enum claim_kind kind, size_t head, size_t head_end, size_t end_at)
{
	enum polarity found = POLARITY_ASSERTED;
	size_t count = 0, at = 0;
	bool end = false;

	annotated_place_words(r, s->doc->language, n);
	while (at < n->nwords && n->notes[at].stem < head)
		at++;
	while (count < n->nwords && n->notes[count].stem < end_at)
		count++;
	for (size_t i = count; !end && i-- > 0 && n->list[i].mark != ';';) {
		struct reach reach;
		size_t back;
		const struct word_row *row = n->notes[i].turn;

		/* Behind the head only a "not" turns it: "has never been". */
		if (row == NULL || (n->notes[i].stem >= head_end &&
					   strcmp(row->type, "negated") != 0))
			continue;
		reach = read_reach(row->value);
		back = i < at ? n->notes[at].count - n->notes[i].count : 0;
		if (reach.behind || (reach.kinds >> kind & 1) == 0)
			continue;
		/* "applied to join" is an application, no joining. */
		if (strcmp(row->type, "drop") == 0 && n->notes[i].stem < head &&
			back <= n->notes[i].turn_words + 1)
			return POLARITIES;
		if (strcmp(row->type, "stop") == 0)
			end = back < reach.words;
		else if (back <= reach.words)
			found = apply(row, found, &end);
	}
	return behind(n, kind, head_end, found);
}
