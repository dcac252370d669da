/* Names that stand in quotation marks behind their head: "Liceo «Gandini»". */
#include "names_work.h"

#define QUOTED_MAX 6 /* words in quotation marks */

void
names_close_quote(struct work *w, struct candidate *c)
{
	uint32_t opened = c->last;

	while (--opened > c->first && !(w->t[opened].gap & G_QUOTE))
		;
	if (opened == c->first || w->t[opened].gap != (G_QUOTE | G_SPACE) ||
		c->end != w->t[c->last - 1].end)
		return;
	c->end = names_mark_behind(w, c->end);
	c->value.name = arena_strndup(
		w->s->arena, w->text.ptr + c->start, c->end - c->start);
	w->failed = w->failed || c->value.name == NULL;
}

/* "Don Bosco", "Les Tilleuls": a word that stands in no other name. */
bool
names_opens(const struct work *w, size_t i)
{
	return (w->t[i].flags & T_CAP) &&
	       (w->t[i].kinds & (K_HONORIFIC | K_ARTICLE)) && i + 1 < w->nt &&
	       work_soft(w, i + 1) && work_capital(w, i + 1) &&
	       w->st->owners[i] == 0;
}

/* "Liceo | "Gandini" di Lodi": behind a name in quotation marks, and where it
 * is; i if none stands there. */
size_t
names_quoted_end(const struct work *w, size_t i)
{
	size_t j = i;

	if (!w->romance || i >= w->nt || w->t[i].gap != (G_QUOTE | G_SPACE) ||
		(!work_capital(w, i) && !names_opens(w, i)))
		return i;
	while (++j < w->nt && j - i <= QUOTED_MAX && work_soft(w, j))
		;
	if (j == w->nt && j - i <= QUOTED_MAX &&
		names_mark_behind(w, w->t[j - 1].end) > w->t[j - 1].end)
		return j;
	if (j == w->nt || j - i > QUOTED_MAX || !(w->t[j].gap & G_QUOTE))
		return i;
	if (w->t[j].gap != (G_QUOTE | G_SPACE) || j + 1 == w->nt ||
		!(w->t[j].kinds & K_LINK) || !work_soft(w, j + 1) ||
		!work_capital(w, j + 1))
		return j;
	for (j += 2; j < w->nt && w->t[j].gap == G_SPACE && work_capital(w, j);)
		j++;
	return j;
}
