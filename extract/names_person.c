#include "names_person.h"

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

bool
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
	return (w->t[i].kinds & K_HEADS) == K_PARTICLE && w->st->owners[i] == 0;
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

size_t
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

size_t
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

size_t
person_full_words(const struct work *w, size_t first, size_t last)
{
	size_t n = 0;

	for (size_t i = first; i < last; i++)
		n += (w->t[i].flags & (T_CAP | T_SINGLE)) == T_CAP &&
		     !(w->t[i].kinds & K_PARTICLE) && w->t[i].gap != G_HYPHEN;
	return n;
}

bool
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

bool
person_is_place(const struct work *w, size_t first)
{
	return first > 0 && work_soft(w, first) &&
	       (w->t[first - 1].kinds & (K_IN | K_LINK | K_FROM | K_ARTICLE));
}

bool
person_add(struct work *w, size_t first, size_t last, const char *rule)
{
	return work_add(w, first, last, MENTION_PERSON, rule,
		       (struct name_value){ 0 }) != NULL;
}

size_t
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
