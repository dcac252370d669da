/* Companies, by their legal form. */
#include "names_work.h"

#define LEGAL_LETTERS 4 /* of "S.r.l.s", "S.p.A.", "A/S" */

/* The legal form's words at token i, 0 if there is none. */
static size_t
legal_form(const struct work *w, size_t i)
{
	char key[LEGAL_LETTERS];
	size_t n = 0;

	if ((w->t[i].kinds & K_ORG_LEGAL) == K_ORG_LEGAL &&
		(w->t[i].flags & (T_UPPER | T_MIXED) ||
			w->t[i].end - w->t[i].start > 2))
		return 1;
	/* Letters with a full stop or a slash between them. */
	while (n < LEGAL_LETTERS && i + n < w->nt &&
		(w->t[i + n].flags & T_SINGLE) &&
		(n == 0 || w->t[i + n].gap == G_DOT ||
			(w->t[i + n].gap == G_OTHER &&
				w->text.ptr[w->t[i + n].start - 1] == '/'))) {
		key[n] = (char)(w->text.ptr[w->t[i + n].start] | 0x20);
		n++;
	}
	return n > 1 && (w->lx->words[lexicon_find(w->lx, key, n)].kinds &
				K_ORG_LEGAL) == K_ORG_LEGAL
		       ? n
		       : 0;
}

/* "Fromagerie des Franches SA": the noun that the name at token left is of. */
static size_t
trade_left(const struct work *w, size_t left)
{
	const size_t noun = left >= 2 ? left - 2 : left;

	if (noun == left || !w->romance || !work_soft(w, left) ||
		!work_soft(w, left - 1) ||
		!(w->t[left - 1].kinds & (K_LINK | K_IN)) ||
		(w->t[left - 1].flags & T_CAP) || !work_capital(w, noun) ||
		w->st->owners[noun] != 0 ||
		(w->t[noun].kinds & (K_ROLE | K_ROLE_TOPIC | K_ARTICLE)))
		return left;
	return work_left(w, noun + 1, 0);
}

/* "Harrow & Finch Ltd": the names before the one at token left. */
static size_t
firm_left(const struct work *w, size_t left)
{
	if (left < 2 || !(w->t[left - 1].flags & T_AMP) ||
		!work_soft(w, left) || !work_soft(w, left - 1) ||
		!work_capital(w, left - 2) || w->st->owners[left - 2] != 0)
		return left;
	return work_left(w, left - 1, 0);
}

/* "Acme Ltd", "Enel S.p.A.", "Henkel AG & Co. KGaA", "Brightwater, Inc." */
static void
company(struct work *w, size_t form, size_t len)
{
	size_t left, last = form + len, more;

	if (w->st->owners[form] != 0 || form == 0 ||
		(!work_soft(w, form) && w->t[form].gap != (G_COMMA | G_SPACE)))
		return;
	left = form;
	if (w->t[form].gap != G_SPACE) {
		if (!work_capital(w, form - 1) || w->st->owners[form - 1] != 0)
			return;
		left--;
	}
	left = work_left(w, left, 1u << MENTION_ORGANISATION);
	while (left < form && (w->t[left].kinds & K_ROLE_TOPIC))
		left++;
	if (left == form)
		return;
	left = trade_left(w, firm_left(w, left));
	while (last < w->nt) {
		size_t at = last + ((w->t[last].flags & T_AMP) != 0);

		if (at >= w->nt || (w->t[at].gap & (G_COMMA | G_COLON)) ||
			w->st->owners[at] != 0)
			break;
		/* "Co", which by itself says nothing. */
		more = at > last && (w->t[at].kinds & K_ORG_LEGAL) ==
					       K_ORG_LEGAL
			       ? 1
			       : legal_form(w, at);
		if (more == 0)
			break;
		last = at + more;
	}
	(void)work_add(w, left, last, MENTION_ORGANISATION,
		NAMES_RULE_ORGANISATION, (struct name_value){ 0 });
}

void
names_companies(struct work *w)
{
	for (size_t i = 1; i < w->nt; i++) {
		size_t len = (w->t[i].kinds & K_ORG_LEGAL) == K_ORG_LEGAL ||
					     (w->t[i].flags & T_SINGLE)
				     ? legal_form(w, i)
				     : 0;

		if (len > 0)
			company(w, i, len);
	}
}
