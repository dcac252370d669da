/*
 * Persons.  One is recognised by context, an honorific, a role beside the name,
 * a verb of saying; or by a given name.
 */
#include "names_person.h"

static void
by_honorific(struct work *w, size_t i)
{
	bool surname = false;
	size_t first = person_honorifics(w, i, &surname), last;

	if (first == i || first >= w->nt || !work_joined(w, first) ||
		w->st->owners[i] != 0)
		return;
	last = person_right(w, first);
	if (person_fits(w, first, last) ||
		(surname && !w->titlecase && last == first + 1 &&
			person_full_words(w, first, last) == 1 &&
			!(w->t[first].flags & T_UPPER)))
		(void)person_add(w, first, last, "names.person.honorific");
}

static void
by_saying(struct work *w, size_t i)
{
	size_t len = work_phrase(w, i, K_SAY, NULL), next = i + len, run;
	bool ignored;

	if (len == 0 || !w->quotes || w->titlecase || (w->t[i].flags & T_CAP))
		return;
	if (next < w->nt && work_soft(w, next)) {
		next = person_honorifics(w, next, &ignored);
		run = next < w->nt ? person_right(w, next) : next;
		if (next < w->nt && person_fits(w, next, run)) {
			(void)person_add(w, next, run, "names.person.said");
			return;
		}
	}
	if (i == 0 || (!work_soft(w, i) && w->t[i].gap != (G_COMMA | G_SPACE)))
		return;
	run = person_left(w, i);
	if (person_fits(w, run, i) && !person_is_place(w, run))
		(void)person_add(w, run, i, "names.person.said");
}

/* "il consigliere Bartolucci": a role, and one word that is no place's.  With a
 * capital the role may be of the name ("Prince Albert"), and a weak one a
 * town's
 * ("member Yeonsu"). */
static void
by_role(struct work *w, size_t i)
{
	const size_t name = i + 1;
	const struct token *t = &w->t[name];

	if (w->titlecase || (w->t[i].flags & T_CAP) || name >= w->nt ||
		w->st->owners[name] != 0 || w->t[name].gap != G_SPACE ||
		t->kinds != 0 ||
		(t->flags & (T_CAP | T_UPPER | T_MIXED | T_DIGIT)) != T_CAP ||
		w->lx->words[t->word].place ||
		(name + 1 < w->nt && work_soft(w, name + 1) &&
			work_capital(w, name + 1)))
		return;
	(void)person_add(w, name, name + 1, "names.person.role");
}

/* "Robert Trudel": a given name and another one behind it. */
static void
by_given(struct work *w, size_t i)
{
	size_t run;

	if (w->titlecase || w->st->owners[i] != 0 ||
		(w->t[i].flags & (T_CAP | T_UPPER)) != T_CAP ||
		(i > 0 && work_soft(w, i) && work_capital(w, i - 1)))
		return;
	run = person_right(w, i);
	if (run < i + 2 || !person_fits(w, i, run) ||
		(w->t[run - 1].kinds & ~(uint32_t)K_POSSESSIVE))
		return;
	(void)person_add(w, i, run, NAMES_RULE_GIVEN);
}

/* "Photo by NAME"; "NAME, from CITY" at the start of a line. */
static void
by_line(struct work *w, size_t i)
{
	size_t len = work_phrase(w, i, K_BYLINE, NULL), first = i + len, run;

	if (len > 0 && first < w->nt &&
		(work_soft(w, first) || (w->t[first].gap & G_COLON))) {
		run = person_right(w, first);
		if (person_fits(w, first, run))
			(void)person_add(w, first, run, "names.person.byline");
	}
	if (i != 0 || !person_word(w, 0))
		return;
	run = person_right(w, 0);
	if (run + 1 < w->nt && w->t[run].gap == (G_COMMA | G_SPACE) &&
		(w->t[run].kinds & K_FROM) && work_soft(w, run + 1) &&
		(w->t[run + 1].flags & T_CAP) && person_fits(w, 0, run))
		(void)person_add(w, 0, run, "names.person.line");
}

static void
by_roles(struct work *w)
{
	for (size_t i = work_has(w, K_ROLE) ? 0 : w->nt; i < w->nt; i++)
		if ((w->t[i].kinds & (K_ROLE | K_ROLE_TOPIC)) != 0 &&
			!(w->t[i].kinds & K_ROLE_WEAK))
			by_role(w, i);
}

void
names_people(struct work *w)
{
	uint32_t roles = K_ROLE | K_ROLE_TOPIC | K_ROLE_MODIFIER;

	for (size_t i = 0; i < w->nt; i++) {
		bool starts = work_may_start(w, i, K_HONORIFIC | K_BYLINE);

		if ((!starts && i > 0) || w->st->owners[i] != 0)
			continue;
		if (work_may_start(w, i, K_HONORIFIC))
			by_honorific(w, i);
		if (i == 0 || work_may_start(w, i, K_BYLINE))
			by_line(w, i);
	}
	for (size_t i = work_has(w, roles) ? 0 : w->nt; i < w->nt;) {
		size_t next = i + 1;

		if (w->st->owners[i] == 0 && work_may_start(w, i, roles))
			names_role(w, i, &next);
		i = next;
	}
	by_roles(w);
	for (size_t i = work_has(w, K_SAY) ? 0 : w->nt; i < w->nt; i++)
		if (work_may_start(w, i, K_SAY))
			by_saying(w, i);
	for (size_t i = 0; (w->sum.flags & T_GIVEN) && i < w->nt; i++)
		if (w->t[i].flags & T_GIVEN)
			by_given(w, i);
}
