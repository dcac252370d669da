/* How far a network's name reaches, when its shape has told where it begins
 * and ends at least. */
#include "names_work.h"

#define TAIL_SMALL   3 /* "per la", "contra o" */
#define GENITIVE_MIN 6 /* bytes of "Tirols" */

/* " & " stands before token i. */
static bool
behind_ampersand(const struct work *w, size_t i)
{
	struct span gap =
		i > 0 ? span_sub(w->text, w->t[i - 1].end, w->t[i].start)
		      : span_str("");

	return span_eq_str(span_trim(gap), "&");
}

/* A word that may go on with a name. */
static bool
may_go_on(const struct work *w, size_t i)
{
	return i < w->nt && work_capital(w, i) && w->st->owners[i] == 0 &&
	       !(w->t[i].flags & T_DIGIT) &&
	       !(w->t[i].kinds &
		       (K_AND | K_IN | K_LINK | K_ARTICLE | K_ROLE_TOPIC));
}

/* "del", "pela", "que", "sin": small words behind which a capital goes on with
 * the name; where that stands, or i. */
static size_t
pass_small(const struct work *w, size_t i)
{
	size_t j = i;
	bool link = false;

	if (i < w->nt && work_soft(w, i) && work_relative(w, i))
		return i + 1;
	while (j < w->nt && j - i < TAIL_SMALL && work_soft(w, j) &&
		!(w->t[j].flags & T_CAP) &&
		((w->t[j].kinds & (K_LINK | K_ARTICLE)) ||
			(w->t[j].kinds & K_WITH) == K_WITH)) {
		link = link || (w->t[j].kinds & K_LINK) ||
		       (w->t[j].kinds & K_WITH) == K_WITH;
		j++;
	}
	return link && j < w->nt && work_soft(w, j) && may_go_on(w, j) ? j : i;
}

/* "do Oceano Índico": a capital behind one that a small word led to. */
static bool
is_led(const struct work *w, size_t first, size_t i)
{
	return w->romance && i > first + 1 && work_soft(w, i) &&
	       (w->t[i - 1].flags & T_CAP) && work_small(w, i - 2) &&
	       may_go_on(w, i);
}

/* "Radstädte Europas": whose they are. */
static bool
is_genitive(const struct work *w, size_t first, size_t i)
{
	return w->german && i > first && i < w->nt && work_soft(w, i) &&
	       (w->t[i - 1].kinds & K_MEMBERS) && may_go_on(w, i) &&
	       w->t[i].end - w->t[i].start >= GENITIVE_MIN &&
	       span_ends_with(work_text(w, i, i + 1), "s");
}

size_t
names_extent_right(const struct work *w, size_t first, size_t last)
{
	while (last < w->nt && last - first < NAMES_RUN_MAX) {
		size_t j = w->romance ? pass_small(w, last) : last;

		if (j > last) {
			last = j + 1;
			while (last < w->nt && work_soft(w, last) &&
				may_go_on(w, last))
				last++;
		} else if (is_led(w, first, last) ||
			   is_genitive(w, first, last) ||
			   (w->t[last].gap == G_HYPHEN && !w->german &&
				   (w->t[last].flags & T_CAP)) ||
			   (behind_ampersand(w, last) && may_go_on(w, last))) {
			last++;
		} else {
			break;
		}
	}
	return last;
}

/* "the Crafts and" before "Letters Network". */
static bool
is_paired(const struct work *w, size_t first)
{
	return first > 2 && !w->titlecase && !w->german && !w->romance &&
	       work_soft(w, first) && work_soft(w, first - 1) &&
	       work_soft(w, first - 2) && (w->t[first - 1].kinds & K_AND) &&
	       may_go_on(w, first - 2) && !(w->t[first - 2].flags & T_UPPER) &&
	       !(w->t[first - 2].kinds &
		       (K_PLACE | K_ORG_NAME | K_NETWORK | K_ORG_HEAD)) &&
	       (w->t[first - 3].kinds & K_ARTICLE);
}

size_t
names_extent_left(const struct work *w, size_t first)
{
	while (first > 0) {
		if (behind_ampersand(w, first) && may_go_on(w, first - 1))
			first = work_left(w, first - 1, 0);
		else if (is_paired(w, first))
			first -= 2;
		else
			break;
	}
	return first;
}
