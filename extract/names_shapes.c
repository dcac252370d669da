/* Networks that nobody registered, by the shape of their names. */
#include "names_work.h"

#define BRACKET_MAX 6 /* words of a name before its acronym's bracket */

static bool
has_members(const struct work *w, size_t first, size_t last)
{
	for (size_t i = first; i < last; i++)
		if (w->t[i].kinds & K_MEMBERS)
			return true;
	return false;
}

/* "des villes éducatrices" behind "Réseau": small letters, known words. */
static size_t
small_members(const struct work *w, size_t i)
{
	size_t j = i;

	/* "Réseau francophone des": what no table knows may stand there too. */
	while (j < w->nt && j - i < 3 && work_soft(w, j) &&
		((w->t[j].kinds & K_ADJECTIVE) ||
			(w->t[j].kinds == 0 && !(w->t[j].flags & T_CAP))))
		j++;
	while (j < w->nt && j - i < 6 && work_soft(w, j) && work_small(w, j))
		j++;
	if (j == i || j >= w->nt || !work_soft(w, j) ||
		!(w->t[j].kinds & K_MEMBERS))
		return i;
	j++;
	while (j < w->nt && j - i < NAMES_RUN_MAX && work_soft(w, j) &&
		(work_in_network(w, j) || (w->t[j].kinds & K_ADJECTIVE)) &&
		!(w->t[j].kinds & (K_STOP | K_AND | K_IN | K_SAY)))
		j++;
	return j;
}

/* "Netzwerk Gesunde Städte": capitals up to the members. */
static size_t
adjacent_members(const struct work *w, size_t i)
{
	size_t j;

	for (j = i;
		j < w->nt && j - i < 4 && work_soft(w, j) && work_capital(w, j);
		j++)
		if (w->t[j].kinds & K_MEMBERS) {
			j++;
			break;
		}
	if (j == i || !(w->t[j - 1].kinds & K_MEMBERS))
		return i;
	/* "Cités Unies France": the rest of the name. */
	while (j < w->nt && j - i < NAMES_RUN_MAX && work_soft(w, j) &&
		work_capital(w, j) && !w->german &&
		!(w->t[j].kinds & (K_AND | K_IN | K_LINK | K_ARTICLE)))
		j++;
	return j;
}

static size_t
shape_end(const struct work *w, size_t i)
{
	size_t end = work_complement(w, i, true), other = small_members(w, i);

	while (end > i && !(w->t[end - 1].flags & T_CAP) &&
		(w->t[end - 1].kinds & K_ADJECTIVE))
		end--;
	if (other > end && (w->t[i - 1].flags & T_CAP))
		end = other;
	other = adjacent_members(w, i);
	return other > end ? other : end;
}

/*
 * "Climate Resilience Network": two words and a capital "Network" inside a
 * sentence.  A league may be one of clubs.
 */
static bool
names_itself(const struct work *w, size_t first, size_t head)
{
	bool own = false;

	if (w->titlecase || w->german || (w->t[head].kinds & K_MEMBERS) ||
		(w->t[head].kinds & K_LEAGUE) == K_LEAGUE)
		return false;
	for (size_t i = first; i < head; i++) {
		if (w->t[i].kinds & (K_ROLE | K_ROLE_TOPIC | K_PLACE))
			return false;
		own = own || !(w->t[i].kinds & (K_ORG_NAME | K_ADJECTIVE));
	}
	return own && (!(w->t[first].flags & T_START) || head - first > 2);
}

/* The capitals of token i are the first letters of the words of
 * [first, last), but for small ones and one other. */
static bool
are_initials(const struct work *w, size_t i, size_t first, size_t last)
{
	struct span letters = work_text(w, i, i + 1);
	size_t at = 0, others = 0;
	char key[NAMES_WORD_MAX];

	for (size_t k = first; k < last; k++) {
		if (lexicon_fold(
			    work_text(w, k, k + 1), key, &w->st->scratch) == 0)
			return false;
		if (at < letters.len && key[0] == (letters.ptr[at] | 0x20))
			at++;
		else if (!work_small(w, k) && ++others > 1)
			return false;
	}
	return at == letters.len;
}

/* "Réseau ... des villes amies des aînés (RFVAA)": the name goes on to the
 * bracket if its letters are that name's. */
static size_t
up_to_acronym(const struct work *w, size_t left, size_t end)
{
	size_t j = end;

	while (j < w->nt && j - end < BRACKET_MAX && work_soft(w, j))
		j++;
	if (j == end || j >= w->nt || w->t[j].gap != (G_SPACE | G_OPEN) ||
		!(w->t[j].flags & T_UPPER) || w->t[j].end >= w->end ||
		w->text.ptr[w->t[j].end] != ')' || !are_initials(w, j, left, j))
		return end;
	return j;
}

/* A network nobody registered: "European Network of Silk Towns". */
static void
shape(struct work *w, size_t head)
{
	struct name_value none = { 0 };
	bool capital = (w->t[head].flags & T_CAP) != 0;
	size_t left, end;

	if (w->st->owners[head] != 0)
		return;
	left = capital ? work_left(w, head, 0) : head;
	end = up_to_acronym(w, left, shape_end(w, head + 1));
	if (!capital && (end == head + 1 || !has_members(w, head + 1, end)))
		return;
	if (end == head + 1 &&
		(head - left < 2 || (!has_members(w, left, head) &&
					    !names_itself(w, left, head))))
		return;
	if (end > head + 1 && left == head && !has_members(w, head, end))
		return;
	(void)work_add(
		w, left, end, MENTION_NETWORK, "names.network.shape", none);
}

void
names_shapes(struct work *w)
{
	for (size_t i = 0; (w->sum.kinds & K_NETWORK) && i < w->nt; i++)
		if (w->t[i].kinds & K_NETWORK)
			shape(w, i);
}
