/* "Communauté de communes du Val d'Arzon", "Unione dei Comuni Valle del Savio",
 * "Parc naturel régional du Pilat": towns make it, and are told to join or to
 * leave it; beside another network it is one that joins. */
#include "names_work.h"

#define BEFORE_MAX 5 /* words between a verb and the grouping */

static bool
has_all(const struct work *w, size_t i, uint32_t kinds)
{
	return (w->t[i].kinds & kinds) == kinds;
}

/* "fa parte di" begins at token i and ends before token head. */
static bool
is_phrase_of_joining(const struct work *w, size_t i, size_t head)
{
	const size_t len = work_may_start(w, i, K_ORG_TOPIC)
				   ? work_phrase(w, i, K_ORG_TOPIC, NULL)
				   : 0;

	return len > 1 && i + len <= head;
}

bool
names_is_entered(const struct work *w, size_t head)
{
	bool in = false;

	for (size_t k = head; k > 0 && head - k < BEFORE_MAX && work_soft(w, k);
		k--) {
		const struct token *t = &w->t[k - 1];

		/* "adhésion de la communauté" names who joins. */
		if (has_all(w, k - 1, K_ACCEDE))
			return in;
		if (has_all(w, k - 1, K_ENTER) || has_all(w, k - 1, K_JOIN) ||
			is_phrase_of_joining(w, k - 1, head))
			return true;
		if ((t->flags & T_CAP) || has_all(w, k - 1, K_WITH) ||
			span_eq_str(work_text(w, k - 1, k), "par"))
			return false;
		in = in || (t->kinds & K_IN);
	}
	return false;
}

/* A full stop stands in [from, to). */
static bool
is_parted(const struct work *w, size_t from, size_t to)
{
	for (size_t i = from; i < to && i < w->nt; i++)
		if ((w->t[i].gap & G_DOT) && (w->t[i].gap & G_SPACE))
			return true;
	return false;
}

/* Another network is named in the sentence of candidate at. */
static bool
is_beside_network(const struct work *w, const struct candidate *at)
{
	for (size_t i = 0; i < w->nc; i++) {
		const struct candidate *c = &w->c[i];

		if (c == at || c->dead ||
			(c->type != MENTION_NETWORK &&
				c->type != MENTION_TITLE))
			continue;
		if (!is_parted(w, c->last < at->last ? c->last : at->last,
			    (c->first > at->first ? c->first : at->first) + 1))
			return true;
	}
	return false;
}

void
names_groupings(struct work *w)
{
	for (size_t i = 0; (w->sum.flags & T_PHRASE) && i < w->nc; i++) {
		struct candidate *c = &w->c[i];

		if (c->dead || c->type != MENTION_NETWORK ||
			c->value.id != NULL ||
			work_phrase(w, c->first, K_ORDINAL, NULL) < 2 ||
			names_is_entered(w, c->first) ||
			!is_beside_network(w, c))
			continue;
		c->type = MENTION_ORGANISATION;
		c->rule = NAMES_RULE_ORGANISATION;
	}
}
