/* Roles, each with the person who holds it where one stands beside. */
#include "names_person.h"

#define BETWEEN_MAX 16 /* words from "Mayor of" to ", NAME" */

struct role {
	size_t first, last; /* tokens */
	uint32_t kinds;
	bool person;
	bool extended;	 /* with its topic */
	bool after_name; /* "NAME, role" */
};

/* "Reina" of "Talavera de la Reina". */
static bool
inside_place(const struct work *w, size_t i)
{
	size_t k = i;

	while (k > 0 && work_soft(w, k) && work_small(w, k - 1) &&
		!(w->t[k - 1].flags & T_CAP))
		k--;
	return k < i && k > 0 && work_soft(w, k) && (w->t[i].flags & T_CAP) &&
	       (w->t[k - 1].flags & T_CAP) && w->t[k - 1].kinds == 0;
}

/* "Associate Vice President" at token i. */
static bool
find_role(const struct work *w, size_t i, struct role *r)
{
	size_t j = i, len = 0;

	while (j < w->nt && j - i < 5 && (j == i || work_soft(w, j)) &&
		w->st->owners[j] == 0) {
		len = work_phrase(w, j, K_ROLE | K_ROLE_TOPIC, NULL);
		if (len > 0 || !(w->t[j].kinds & K_ROLE_MODIFIER))
			break;
		j++;
	}
	if (len == 0 || (w->romance && inside_place(w, i)))
		return false;
	/* Of "presidente da câmara" the organisation may own the rest. */
	for (size_t k = j + 1; k < j + len; k++)
		if (w->st->owners[k] != 0) {
			len = 1;
			if (!(w->t[j].kinds & (K_ROLE | K_ROLE_TOPIC)))
				return false;
		}
	*r = (struct role){ .first = i, .last = j + len };
	r->kinds = w->t[j].kinds;
	if (len > 1) {
		r->kinds = work_phrase(w, j, K_ROLE, NULL) == len
				   ? K_ROLE
				   : K_ROLE_TOPIC;
		if (work_phrase(w, j, K_ROLE_WEAK, NULL) == len)
			r->kinds |= K_ROLE_WEAK;
	}
	return true;
}

static bool
owned_or_head(const struct work *w, size_t first, size_t last)
{
	for (size_t i = first; i < last; i++)
		if (w->st->owners[i] != 0 ||
			(w->t[i].kinds & (K_ORG_HEAD | K_ORG_NOUN | K_ORG_NAME |
						 K_MEMBERS)))
			return true;
	return false;
}

static bool
has_unit(const struct work *w, size_t first, size_t last)
{
	for (size_t i = first; i < last; i++)
		if (w->t[i].kinds & K_ORG_UNIT)
			return true;
	return false;
}

/* A word that only a person or a place would bear. */
static bool
stranger(const struct work *w, size_t i)
{
	return !(w->t[i].kinds & ~(uint32_t)K_POSSESSIVE) &&
	       !work_in_network(w, i) && (w->t[i].flags & T_CAP);
}

/* "director of lifelong learning at": small words up to "at" or a comma. */
static size_t
small_topic(const struct work *w, size_t i)
{
	size_t j = i;

	if (j >= w->nt || !work_soft(w, j) || !(w->t[j].kinds & K_LINK))
		return i;
	for (j++; j < w->nt && j - i < 8 && work_soft(w, j); j++)
		if ((w->t[j].flags & (T_CAP | T_DIGIT)) ||
			(w->t[j].kinds &
				(K_IN | K_STOP | K_SAY | K_LINK | K_ROLE)))
			break;
	if (j - i < 2 || j >= w->nt)
		return i;
	return (w->t[j].gap & (G_COMMA | G_CLOSE)) || (w->t[j].kinds & K_IN)
		       ? j
		       : i;
}

/* "Blended and Flexible Learning" behind a role that stands after a name. */
static size_t
adjacent_topic(const struct work *w, size_t i)
{
	size_t j = i;

	while (j < w->nt && j - i < 8 && work_soft(w, j) &&
		w->st->owners[j] == 0 &&
		(work_capital(w, j) || (w->t[j].kinds & K_AND)) &&
		!(w->t[j].kinds & (K_LINK | K_IN | K_ORG_HEAD | K_ROLE_TOPIC)))
		j++;
	if (j == i || (w->t[j - 1].kinds & K_AND))
		return i;
	if (j < w->nt && !(w->t[j].gap & G_COMMA) &&
		!(w->t[j].kinds & (K_IN | K_LINK)))
		return i;
	return j;
}

/*
 * The complement without a name behind it: "Minister for Culture Mary Hall"
 * ends in two words that the lexicon does not know.
 */
static size_t
topic_end(const struct work *w, size_t i)
{
	size_t end = work_complement(w, i, true);

	for (size_t j = i + 2; j + 1 < end; j++)
		if (work_soft(w, j) && work_soft(w, j + 1) && stranger(w, j) &&
			stranger(w, j + 1) && (w->t[j - 1].flags & T_CAP) &&
			!stranger(w, j - 1))
			return j;
	return end;
}

/* How far the role's own words go. */
static void
extend_role(const struct work *w, struct role *r)
{
	size_t end = topic_end(w, r->last);
	bool topic = (r->kinds & K_ROLE_TOPIC) != 0;

	if (end > r->last && has_unit(w, r->last, end) &&
		!owned_or_head(w, r->last, end)) {
		r->last = end;
		return;
	}
	if (!topic)
		return;
	if (end > r->last && !owned_or_head(w, r->last, end)) {
		r->last = end;
		return;
	}
	if (end > r->last || !r->after_name)
		return;
	end = small_topic(w, r->last);
	r->last = end > r->last ? end : adjacent_topic(w, r->last);
}

/* A name directly behind: "Mayor Martín Gill". */
static size_t
name_behind(const struct work *w, size_t i, size_t *first)
{
	bool ignored;
	size_t last;

	*first = i;
	if (i >= w->nt || !work_soft(w, i))
		return i;
	*first = person_honorifics(w, i, &ignored);
	if (*first >= w->nt || !work_joined(w, *first))
		return *first;
	last = person_right(w, *first);
	return person_fits(w, *first, last) ? last : *first;
}

/* In a headline: ", Mayor NAME," or "(Mayor NAME)". */
static bool
set_apart(const struct work *w, const struct role *r, size_t end)
{
	unsigned before = w->t[r->first].gap;

	return (before & (G_COMMA | G_OPEN | G_DASH)) &&
	       (end == w->nt || !work_soft(w, end));
}

/* A person found by a form of address stands directly behind token i - 1. */
static bool
person_behind(const struct work *w, size_t i)
{
	const struct candidate *c;
	bool ignored;

	if (i >= w->nt || !work_joined(w, i))
		return false;
	i = person_honorifics(w, i, &ignored);
	if (i >= w->nt || !work_joined(w, i))
		return false;
	c = work_owner(w, i);
	return c != NULL && c->type == MENTION_PERSON && c->first == i;
}

/* "NAME, Mayor", "NAME (Mayor", "NAME – Mayor", "NAMEMayor". */
static bool
name_before(struct work *w, const struct role *r)
{
	size_t at = r->first, run;
	unsigned gap;
	const struct candidate *c;

	while (at > 0 && work_soft(w, at) && (w->t[at - 1].kinds & K_ARTICLE))
		at--;
	gap = w->t[at].gap;
	if (at == 0 || !(gap & (G_COMMA | G_OPEN | G_DASH | G_GLUE)) ||
		(gap & (G_DOT | G_OTHER | G_CLOSE | G_EDGE)))
		return false;
	c = work_owner(w, at - 1);
	if (c != NULL)
		return c->type == MENTION_PERSON && c->last == at;
	run = person_left(w, at);
	if (!person_fits(w, run, at) || person_is_place(w, run))
		return false;
	return person_add(w, run, at, "names.person.role");
}

/* "NAME Mayor, Mayor of X": the whole line begins with the name. */
static bool
name_glued(struct work *w, const struct role *r)
{
	size_t run;

	if (r->first == 0 || !work_soft(w, r->first) ||
		!(w->t[r->first].flags & T_CAP))
		return false;
	run = person_left(w, r->first);
	if (!person_fits(w, run, r->first) || !(w->t[run].gap & G_EDGE) ||
		r->first - run < 2 || r->last >= w->nt)
		return false;
	if (!(w->t[r->last].gap & G_COMMA) && !(w->t[r->last].kinds & K_LINK))
		return false;
	return person_add(w, run, r->first, "names.person.role");
}

/* A word that may stand between "Mayor" and the comma before the name. */
static bool
between(const struct work *w, size_t i)
{
	return w->st->owners[i] != 0 || (w->t[i].flags & T_CAP) ||
	       (w->t[i].kinds & (K_LINK | K_ARTICLE | K_ADJECTIVE | K_AND |
					K_PARTICLE | K_MEMBERS)) ||
	       work_in_network(w, i);
}

static bool
after_article(const struct work *w, size_t i)
{
	return i > 0 && work_soft(w, i) &&
	       (w->t[i - 1].kinds & (K_ARTICLE | K_STOP));
}

/* "the Mayor of Wolverhampton, NAME". */
static bool
name_after(struct work *w, const struct role *r)
{
	size_t j = r->last, first, last;
	bool ignored;
	const struct candidate *c;

	while (j < w->nt && j - r->last < BETWEEN_MAX && between(w, j) &&
		(work_soft(w, j) || work_joined(w, j)))
		j++;
	if (j >= w->nt || (w->t[j].gap != (G_COMMA | G_SPACE) &&
				  w->t[j].gap != (G_COLON | G_SPACE)))
		return false;
	first = person_honorifics(w, j, &ignored);
	if (first >= w->nt)
		return false;
	c = work_owner(w, first);
	if (c != NULL)
		return c->type == MENTION_PERSON;
	last = person_right(w, first);
	if (!person_fits(w, first, last))
		return false;
	/* "Mayor of Lyon, NAME": a line's end or a small word must follow. */
	if (last < w->nt && work_soft(w, last) && (w->t[last].flags & T_CAP))
		return false;
	/* "..., Director, NAME" goes on with a list of names. */
	if (w->t[j].gap == (G_COMMA | G_SPACE) && j == r->last &&
		!r->extended && !after_article(w, r->first))
		return false;
	return person_add(w, first, last, "names.person.role");
}

/* "Mayor of X" even without a name. */
static bool
stands_alone(const struct work *w, const struct role *r)
{
	size_t j = r->last;
	bool link = false;

	if (r->kinds & K_ROLE_WEAK)
		return false;
	while (j < w->nt && j - r->last < 5 && work_soft(w, j) &&
		!(w->t[j].flags & T_CAP)) {
		link = link || (w->t[j].kinds & K_LINK);
		j++;
	}
	if (link && j < w->nt && work_soft(w, j) && (w->t[j].flags & T_CAP))
		return true;
	/* "Adulto Mayor", "Plaza Mayor" are Spanish. */
	if (r->first > 0 && work_soft(w, r->first) &&
		work_capital(w, r->first - 1) &&
		!(w->t[r->first - 1].kinds & K_ORG_NAME))
		return false;
	return !w->titlecase &&
	       (w->t[r->first].flags & (T_CAP | T_START)) == T_CAP;
}

/* "membre de RE100": not who holds an office, but what belongs to a network. */
static bool
is_of_network(const struct work *w, const struct role *r)
{
	size_t j = r->last;
	const struct candidate *c;

	if ((w->t[r->last - 1].kinds & K_JOIN) != K_JOIN)
		return false;
	while (j < w->nt && j - r->last < 3 && work_soft(w, j) &&
		(w->t[j].kinds & (K_LINK | K_ARTICLE)))
		j++;
	c = j < w->nt && work_soft(w, j) ? work_owner(w, j) : NULL;
	return c != NULL &&
	       (c->type == MENTION_NETWORK || c->type == MENTION_TITLE);
}

void
names_role(struct work *w, size_t i, size_t *next)
{
	struct role r;
	size_t first, last;

	if (!find_role(w, i, &r))
		return;
	*next = r.last;
	if (is_of_network(w, &r))
		return;
	last = name_behind(w, r.last, &first);
	if (person_behind(w, r.last))
		r.person = true;
	else if (last > first && (!w->titlecase || set_apart(w, &r, last)))
		r.person = person_add(w, first, last, "names.person.role");
	if (!r.person)
		r.person = r.after_name = name_before(w, &r);
	if (!r.person)
		r.person = name_glued(w, &r);
	last = r.last;
	extend_role(w, &r);
	r.extended = r.last > last;
	if (!r.person) {
		last = name_behind(w, r.last, &first);
		if (last > first && !w->titlecase && (r.kinds & K_ROLE_TOPIC))
			r.person =
				person_add(w, first, last, "names.person.role");
	}
	if (!r.person)
		r.person = name_after(w, &r);
	/* Before a name such a word is a form of address, not an office. */
	if (r.person && !r.after_name && (w->t[i].kinds & K_HONORIFIC) &&
		r.last == i + 1)
		return;
	if (r.person || stands_alone(w, &r))
		(void)work_add(w, r.first, r.last, MENTION_ROLE, "names.role",
			(struct name_value){ 0 });
	*next = r.last;
}
