/* Names of places by what they are: "the City of West Torrens", "the Shire of
 * Augusta Margaret River".  All that stands behind "of" is the name, of which
 * a table of places may have but a part. */
#include "names_work.h"

#define HOLDER_WORDS_MAX 5 /* of the name */

/* "City of", "shire of": the name may begin at token i + 2. */
static bool
is_holder(const struct work *w, size_t i)
{
	return (w->t[i].kinds & K_HOLDER) == K_HOLDER && i + 3 < w->nt &&
	       w->st->owners[i] == 0 && w->st->owners[i + 1] == 0 &&
	       work_soft(w, i + 1) && work_soft(w, i + 2) &&
	       span_eq_str(work_text(w, i + 1, i + 2), "of");
}

/* "Libraries" of "City of Perth Libraries": an institution's, where "Hills" are
 * the place's own. */
static bool
is_institution(const struct work *w, size_t i)
{
	return (w->t[i].kinds & K_MEMBERS) &&
	       (w->lx->words[w->t[i].stem].kinds &
		       (K_ORG_HEAD | K_ORG_TOPIC | K_ORG_CAMPUS));
}

/* Token i goes on with a name that begins at token first. */
static bool
of_name(const struct work *w, size_t i, size_t first)
{
	static const uint32_t no =
		K_STOP | K_AND | K_LINK | K_SAY | K_EVENT | K_NETWORK;

	if (!(w->t[i].flags & T_CAP) || w->st->owners[i] != 0 ||
		(w->t[i].kinds & no) || (w->t[i].flags & T_DIGIT) ||
		((w->t[i].flags & T_UPPER) && !(w->t[first].flags & T_UPPER)))
		return false;
	if (i == first)
		return true;
	return (work_joined(w, i) || work_saint(w, i)) &&
	       !(w->t[i].kinds & K_IN) && !is_institution(w, i) &&
	       work_phrase(w, i, K_ROLE | K_ROLE_TOPIC | K_HONORIFIC, NULL) ==
		       0;
}

/* "the City of", "the Royal Borough of"; and at a headline's beginning. */
static bool
is_one(const struct work *w, size_t i)
{
	const size_t left = work_left(w, i, 0);

	return left == 0 || (w->t[left - 1].kinds & K_ARTICLE) != 0;
}

/* The name is of several words: one alone is a table's, or needs more. */
void
names_holders(struct work *w)
{
	for (size_t i = 0; (w->sum.kinds & K_PLACE_WORD) && i < w->nt; i++) {
		const size_t first = i + 2;
		size_t end = first;
		struct candidate *c;

		if (!is_holder(w, i))
			continue;
		while (end < w->nt && end - first < HOLDER_WORDS_MAX &&
			of_name(w, end, first))
			end++;
		if (end - first < 2)
			continue;
		c = work_add(w, first, end, MENTION_CITY, "names.holder",
			(struct name_value){ 0 });
		if (c != NULL)
			c->city_sure = is_one(w, i);
	}
}
