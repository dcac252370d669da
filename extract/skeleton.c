/*
 * A sentence without what is put into it: dates, brackets, where a place is,
 * and what stands between commas or dashes and names nobody.  "Graz (Austria's
 * second city) is, from 1 May, a member" is read as "Graz is a member", so that
 * a rule need not foresee what may be said between its words.  And with what it
 * leaves out: "Es miembro desde 2015" has a pronoun before it.  "Is Graz a
 * member?" is read as "Graz is a member?".
 */
#include "reading.h"

static bool
is_question(const struct annotated *n)
{
	return n->len > 0 && reading_is_mark(n, n->len - 1, '?');
}

/* Two names, one of them perhaps of where it was done, or a number of those who
 * did it too. */
static bool
may_have_scene(const struct annotated *n, const struct scan *s)
{
	size_t names = 0;

	for (size_t i = 0; i < n->len && names < 2; i++)
		names += reading_is_name(n, s, i) ||
			 reading_is_place(n, s, i) || reading_is_count(n, s, i);
	return names == 2;
}

/* Anything that may have to go. */
static bool
may_change(const struct annotated *n, const struct scan *s)
{
	if ((n->symbols & 1u << SYMBOL_DATE) != 0)
		return true;
	for (size_t i = 1; i < n->len; i++)
		if (reading_is_mark(n, i, '(') || reading_is_mark(n, i, ',') ||
			reading_is_mark(n, i, '-') ||
			reading_is_mark(n, i, UNIT_MARK) ||
			(reading_is_name(n, s, i - 1) &&
				(reading_is_place(n, s, i + 1) ||
					reading_is_place(n, s, i + 2))))
			return true;
	return may_have_scene(n, s);
}

/* What is told of who is in networks, or how many: the sentence has its
 * subject, or can do without. */
static bool
tells(const struct context *x, const struct scan *s, const struct annotated *n)
{
	int32_t i = x->newest[context_sentence(s, n->start)];

	while (i >= 0 && (x->told->claims[i].kind == CLAIM_OFFICE_HOLDER ||
				 x->told->claims[i].kind == CLAIM_EVENT))
		i = x->next[i];
	return i != CONTEXT_NONE;
}

/* A network is spoken of, and nobody who could be in it; nor has the sentence
 * told anything of it as it stands. */
static bool
lacks_subject(const struct rules *r, const struct context *x,
	const struct scan *s, struct annotated *n)
{
	const unsigned networks = 1u << SYMBOL_NETWORK | 1u << SYMBOL_TITLE,
		       others =
			       1u << SYMBOL_ORGANISATION | 1u << SYMBOL_PRONOUN;

	if (!x->omits_subject || is_question(n) ||
		(n->symbols & networks) == 0 || (n->symbols & others) != 0 ||
		tells(x, s, n))
		return false;
	if ((n->symbols & 1u << SYMBOL_CITY) == 0)
		return true;
	annotated_place_words(r, s->doc->language, n);
	return reading_is_only_where(n, s);
}

enum error_code
skeleton_make(const struct rules *r, const struct context *x, struct scan *s,
	struct annotated *n, struct annotated **out)
{
	bool subject = lacks_subject(r, x, s, n);
	struct annotated *k;
	size_t verb, names, end;

	*out = NULL;
	if (!subject && !may_change(n, s) && !is_question(n))
		return OK;
	annotated_place_words(r, s->doc->language, n);
	k = reading_new(n, s->arena);
	if (k == NULL)
		return ERR_NOMEM;
	if (subject) {
		annotated_put(k, UNIT_SYMBOL + SYMBOL_PRONOUN, n->start,
			n->start, NOTE_PRONOUN);
		k->symbols |= 1u << SYMBOL_PRONOUN;
	}
	end = question_names(n, s, &verb, &names);
	if (end > 0)
		reading_put(k, n, s, names, end);
	for (; end > 0 && verb < names; verb++)
		annotated_put(
			k, n->units[verb], n->at[end], n->at[end], NOTE_TEXT);
	/* Without its "?" it ends as what is told does. */
	reading_put(k, n, s, end, n->len - (end > 0 && is_question(n)));
	if (k->len != n->len || subject || end > 0)
		*out = k;
	return OK;
}
