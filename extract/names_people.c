/*
 * Persons and roles.  A person is recognised by context, an honorific, a role
 * beside the name, a verb of saying; or by a given name.
 */
#include "names_work.h"

#define BETWEEN_MAX 16 /* words from "Mayor of" to ", NAME" */

/* Words of these kinds stand in no person's name. */
#define NOT_IN_NAME                                                            \
	(K_STOP | K_ROLE | K_ROLE_TOPIC | K_HONORIFIC | K_ORG_HEAD |           \
		K_ORG_NOUN | K_ORG_UNIT | K_ORG_PROGRAMME | K_ORG_NAME |       \
		K_EVENT | K_EVENT_WEAK | K_AWARD | K_PLACE_WORD | K_NETWORK |  \
		K_MEMBERS | K_AND | K_SAY | K_IN)

/* "S." and "O’Neill": a letter that is also a word of some language. */
static bool
initial(const struct work *w, size_t i)
{
	char c = w->text.ptr[w->t[i].start];

	if ((w->t[i].flags & (T_SINGLE | T_CAP)) != (T_SINGLE | T_CAP) ||
		i + 1 >= w->nt)
		return false;
	return (w->t[i + 1].gap & G_DOT) ||
	       (w->t[i + 1].gap == G_APOS && (c == 'O' || c == 'D'));
}

static bool
person_word(const struct work *w, size_t i)
{
	const struct token *t = &w->t[i];

	if (!(t->flags & T_CAP) || (t->flags & T_DIGIT) ||
		w->st->owners[i] != 0)
		return false;
	if (initial(w, i))
		return true;
	if (t->kinds & NOT_IN_NAME)
		return false;
	return !(t->kinds & (K_LINK | K_ARTICLE)) || (t->kinds & K_PARTICLE);
}

static bool
particle(const struct work *w, size_t i)
{
	return (w->t[i].kinds & K_PARTICLE) && w->st->owners[i] == 0;
}

/* ", Rui Vieira de Castro,": commas part the name that begins at token first
 * and ends with token last from the rest. */
static bool
set_apart_by_commas(const struct work *w, size_t first, size_t last)
{
	return (w->t[first].gap & G_COMMA) &&
	       (last + 1 == w->nt ||
		       (w->t[last + 1].gap & (G_COMMA | G_CLOSE | G_DOT)));
}

/* Particles at token i with a name behind them: that name's token, or i.
 * words of the name stand before, from token first on. */
static size_t
pass_particles(const struct work *w, size_t i, size_t words, size_t first)
{
	size_t j = i;

	while (j < w->nt && j - i < 3 && work_joined(w, j) && particle(w, j))
		j++;
	if (j == i || j >= w->nt || !work_joined(w, j) || !person_word(w, j))
		return i;
	/* "José Ortega y Gasset", but no "Puebla y Manises". */
	if (words < 2 && (w->t[i].kinds & K_AND))
		return i;
	/* "Ada Colau de Barcelona": one "de" says where, not who. */
	if (j - i == 1 && words >= 2 && (w->t[i].kinds & K_LINK) &&
		!set_apart_by_commas(w, first, j))
		return i;
	return j;
}

/* "Evan King said": an office that is a surname behind one given name. */
static bool
surname_word(const struct work *w, size_t i, size_t words)
{
	const struct token *t = &w->t[i];

	if (words != 1 || w->titlecase || (t->flags & T_UPPER) ||
		!(t->flags & T_CAP) || t[-1].kinds != 0 ||
		w->st->owners[i] != 0 ||
		!(t->kinds & (K_ROLE | K_ROLE_TOPIC | K_HONORIFIC)) ||
		(t->kinds & ~(uint32_t)(K_ROLE | K_ROLE_TOPIC | K_ROLE_WEAK |
					K_HONORIFIC | K_POSSESSIVE)))
		return false;
	return i + 1 == w->nt || !work_joined(w, i + 1) ||
	       !((w->t[i + 1].kinds & (K_LINK | K_ARTICLE | K_IN)) ||
		       (w->t[i + 1].flags & T_CAP));
}

static size_t
person_right(const struct work *w, size_t i)
{
	size_t j = i, words = 0;

	while (j < w->nt && words < NAMES_PERSON_MAX) {
		size_t next;

		if (j > i && !work_joined(w, j))
			break;
		if (person_word(w, j) || surname_word(w, j, words)) {
			words++;
			j++;
			continue;
		}
		next = words > 0 ? pass_particles(w, j, words, i) : j;
		if (next == j)
			break;
		j = next;
	}
	return j;
}

static size_t
person_left(const struct work *w, size_t end)
{
	size_t i = end, words = 0;

	while (i > 0 && words < NAMES_PERSON_MAX) {
		size_t k = i;

		if (i < end && !work_joined(w, i))
			break;
		if (person_word(w, i - 1)) {
			words++;
			i--;
			continue;
		}
		while (k > 1 && i - k < 3 && i < end && particle(w, k - 1) &&
			work_joined(w, k - 1))
			k--;
		if (k == i || !person_word(w, k - 1) || !work_joined(w, k))
			break;
		i = k - 1;
		words++;
	}
	return i;
}

/* How many of the tokens are full names: not "S.", not "de". */
static size_t
person_full_words(const struct work *w, size_t first, size_t last)
{
	size_t n = 0;

	for (size_t i = first; i < last; i++)
		n += (w->t[i].flags & (T_CAP | T_SINGLE)) == T_CAP &&
		     !(w->t[i].kinds & K_PARTICLE) && w->t[i].gap != G_HYPHEN;
	return n;
}

/* A run of at least two names that is no place and no headline. */
static bool
person_fits(const struct work *w, size_t first, size_t last)
{
	size_t full, words = 0;

	if (last <= first || work_phrase(w, first, K_PLACE, NULL) > 0)
		return false;
	full = person_full_words(w, first, last);
	for (size_t i = first; i < last; i++)
		words += (w->t[i].flags & T_CAP) != 0;
	if (full == 0 || words < 2 || words > NAMES_PERSON_MAX)
		return false;
	/* "SDG Action", but "DUPONT" and "MARIE DUPONT" are people. */
	if ((w->t[first].flags & T_UPPER) &&
		!(w->t[last - 1].flags & T_UPPER) &&
		w->t[first].end - w->t[first].start > 2)
		return false;
	return last == w->nt || !work_possessive(w, last);
}

/* "in Villa María, Mayor ...": a place stands behind such words. */
static bool
person_is_place(const struct work *w, size_t first)
{
	return first > 0 && work_soft(w, first) &&
	       (w->t[first - 1].kinds & (K_IN | K_LINK | K_FROM | K_ARTICLE));
}

static bool
person_add(struct work *w, size_t first, size_t last, const char *rule)
{
	return work_add(w, first, last, MENTION_PERSON, rule,
		       (struct name_value){ 0 }) != NULL;
}

/* ---- honorifics ---- */

/* Token behind "Prof. Dr." at i, or i. */
static size_t
person_honorifics(const struct work *w, size_t i, bool *surname)
{
	size_t j = i, len;

	while (j < w->nt && (j == i || work_joined(w, j)) &&
		(len = work_phrase(w, j, K_HONORIFIC, NULL)) > 0 &&
		(w->t[j].flags & T_CAP)) {
		*surname = !(w->t[j].kinds & (K_ROLE | K_ROLE_TOPIC));
		j += len;
	}
	return j;
}

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

/* ---- verbs of saying ---- */

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

/* ---- roles ---- */

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

static void
by_role(struct work *w, size_t i, size_t *next)
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
			by_role(w, i, &next);
		i = next;
	}
	for (size_t i = work_has(w, K_SAY) ? 0 : w->nt; i < w->nt; i++)
		if (work_may_start(w, i, K_SAY))
			by_saying(w, i);
	for (size_t i = 0; (w->sum.flags & T_GIVEN) && i < w->nt; i++)
		if (w->t[i].flags & T_GIVEN)
			by_given(w, i);
}

/* ---- what was introduced elsewhere ---- */

/* The last name of a person who was named in full. */
static bool
surname_of(const struct known *k, struct span word)
{
	struct span name = k->text;

	return k->type == MENTION_PERSON && word.len >= 3 &&
	       name.len > word.len + 1 &&
	       name.ptr[name.len - word.len - 1] == ' ' &&
	       span_eq(span_sub(name, name.len - word.len, name.len), word);
}

static bool
speaks(const struct work *w, size_t i)
{
	return (i + 1 < w->nt && work_soft(w, i + 1) &&
		       work_phrase(w, i + 1, K_SAY, NULL) > 0) ||
	       (i > 0 && work_soft(w, i) && (w->t[i - 1].kinds & K_SAY));
}

static size_t
known_end(const struct work *w, const struct known *k, size_t i)
{
	struct span rest = span_sub(w->text, w->t[i].start, w->end);
	size_t j = i;

	if (!span_eq(span_sub(rest, 0, k->text.len), k->text))
		return i;
	while (j < w->nt && w->t[j].end < w->t[i].start + k->text.len)
		j++;
	return j < w->nt && w->t[j].end == w->t[i].start + k->text.len ? j + 1
								       : i;
}

static bool
again(struct work *w, size_t i, const struct known *k)
{
	struct name_value value = k->value;
	size_t end = known_end(w, k, i);

	if (end > i) {
		for (size_t j = i; j < end; j++)
			if (w->st->owners[j] != 0)
				return false;
		return work_add(w, i, end, k->type, k->rule, value) != NULL;
	}
	if (surname_of(k, work_text(w, i, i + 1)) && speaks(w, i))
		return work_add(w, i, i + 1, MENTION_PERSON,
			       "names.person.again", value) != NULL;
	return false;
}

void
names_again(struct work *w)
{
	const struct names_state *st = w->st;

	for (size_t i = 0; i < w->nt; i++) {
		uint32_t hash;

		if (!(w->t[i].flags & T_CAP) || st->owners[i] != 0)
			continue;
		hash = work_hash(w, i);
		if (!(st->filter[hash / 8] >> hash % 8 & 1))
			continue;
		for (size_t k = 0; k < st->nknown; k++)
			if ((st->known[k].first == hash ||
				    st->known[k].final == hash) &&
				again(w, i, &st->known[k]))
				break;
	}
}
