/* Networks that nobody registered, by the shape of their names. */
#include "names_work.h"

#define BRACKET_MAX  6	/* words of a name before its acronym's bracket */
#define SMALL_MAX    3	/* "de la", "per la" */
#define TAIL_MIN     3	/* bytes of one behind "du" */
#define GERMAN_MIN   11 /* bytes of a compound that says which members */
#define WORD_MIN     4	/* bytes of a word that may be all of a name */
#define ADJACENT_MAX 4

static bool
has_members(const struct work *w, size_t first, size_t last)
{
	for (size_t i = first; i < last; i++)
		if (w->t[i].kinds & K_MEMBERS)
			return true;
	return false;
}

/* "fußgänger- und fahrradfreundlicher": "und" at token i. */
static bool
is_suspended(const struct work *w, size_t i)
{
	return w->german && i > 0 && w->t[i].gap == (G_SPACE | G_DASH) &&
	       (w->t[i].kinds & K_AND);
}

/* "villes solidaires": an unknown adjective in the plural, where a verb has
 * another end. */
static bool
is_plural(const struct work *w, size_t i)
{
	struct span word = work_text(w, i, i + 1);

	return w->romance && w->t[i].kinds == 0 && !(w->t[i].flags & T_CAP) &&
	       word.len > WORD_MIN && span_ends_with(word, "s");
}

/* A word in small letters that no table has, and that may stand between
 * "Netzwerk" and its members: "gesunder", "fluss-", but not "hat". */
static bool
is_unknown(const struct work *w, size_t i)
{
	return w->t[i].kinds == 0 && !(w->t[i].flags & (T_CAP | T_DIGIT)) &&
	       (!w->german || (i + 1 < w->nt && is_suspended(w, i + 1)) ||
		       span_ends_with(work_text(w, i, i + 1), "er"));
}

/* "musées du textile": what the members are of, as it stands at i; or i.
 * Behind a bare "de" or "pour" a verb may stand. */
static size_t
small_topic(const struct work *w, size_t i)
{
	size_t j = i;
	bool bare = true;

	while (w->romance && j < w->nt && j - i < 2 && work_soft(w, j) &&
		(w->t[j].kinds & (j == i ? K_LINK : K_ARTICLE)) &&
		!(w->t[j].flags & T_CAP)) {
		struct span word = work_text(w, j, j + 1);

		bare = j == i &&
		       (span_eq_str(word, "de") || span_eq_str(word, "pour") ||
			       span_eq_str(word, "sur"));
		j++;
	}
	if (j == i || bare || j >= w->nt || !work_soft(w, j) ||
		w->t[j].kinds != 0 || (w->t[j].flags & (T_CAP | T_DIGIT)) ||
		w->t[j].end - w->t[j].start < WORD_MIN)
		return i;
	return j + 1;
}

/* A word of networks' names, but no "sin" of "Escuelas sin Racismo". */
static bool
is_topic(const struct work *w, size_t i)
{
	return work_in_network(w, i) && w->t[i].end - w->t[i].start >= WORD_MIN;
}

/* "des villes éducatrices" behind "Réseau": small letters, known words. */
static size_t
small_members(const struct work *w, size_t i)
{
	size_t j = i;
	bool small = false, link = false, unknown = false;

	/* "Réseau francophone des": what no table knows may stand there too. */
	while (j < w->nt && j - i < 3 &&
		(is_suspended(w, j) ||
			(work_soft(w, j) && ((w->t[j].kinds & K_ADJECTIVE) ||
						    is_unknown(w, j))))) {
		unknown = unknown || is_unknown(w, j);
		j++;
	}
	for (; j < w->nt && j - i < 6 && work_soft(w, j) && work_small(w, j);
		j++) {
		small = true;
		link = link || (w->t[j].kinds & K_LINK);
	}
	/* "des petits ports" */
	if (j > i && j + 1 < w->nt && work_soft(w, j) && is_plural(w, j) &&
		(w->t[j + 1].kinds & K_MEMBERS))
		j++;
	/* "Fazem parte da Rede as cidades de ...", "Il Consorzio riunisce
	 * cinque università": no name. */
	if (j == i || j >= w->nt || !work_soft(w, j) ||
		!(w->t[j].kinds & K_MEMBERS) ||
		(w->romance && (small || unknown) && !link))
		return i;
	/* "the Quiet Ports Network seven ports were taken in" */
	if (!w->romance && !w->german && !work_small(w, j - 1))
		return i;
	/* "villes-jardins" */
	for (j++; j < w->nt && w->romance && w->t[j].gap == G_HYPHEN; j++)
		;
	while (j < w->nt && j - i < NAMES_RUN_MAX && work_soft(w, j) &&
		(is_topic(w, j) || (w->t[j].kinds & K_ADJECTIVE) ||
			is_plural(w, j)) &&
		!(w->t[j].kinds & (K_STOP | K_AND | K_IN | K_SAY)))
		j++;
	return work_relative(w, j - 1) ? j + 1 : small_topic(w, j);
}

/* "Netzwerk Gesunde Städte": capitals up to the members. */
static size_t
adjacent_members(const struct work *w, size_t i)
{
	size_t j;

	for (j = i;
		j < w->nt && j - i < ADJACENT_MAX &&
		(is_suspended(w, j) || (work_soft(w, j) && work_capital(w, j)));
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
	/* "Villes en santé" */
	if (w->romance && j + 1 < w->nt && work_soft(w, j) &&
		work_soft(w, j + 1) && (w->t[j].kinds & K_IN) &&
		w->t[j].end - w->t[j].start == 2 && w->t[j + 1].kinds == 0 &&
		!(w->t[j + 1].flags & (T_CAP | T_DIGIT)))
		j += 2;
	return j;
}

static size_t
shape_end(const struct work *w, size_t i)
{
	size_t end = work_complement(w, i, true);
	size_t other = small_members(w, i);

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

	if (w->titlecase || w->german || (w->t[head].kinds & K_MEMBERS))
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

/* "the Alliance ...", not "an alliance ...": something definite stands before
 * token i, or "EU-funded" does. */
static bool
is_definite(const struct work *w, size_t i)
{
	return i > 0 && work_soft(w, i) && !(w->t[i].flags & T_START) &&
	       ((w->t[i - 1].kinds & (K_ARTICLE | K_LINK | K_IN)) != 0 ||
		       (i > 1 && w->t[i].gap == G_SPACE &&
			       w->t[i - 1].gap == G_HYPHEN &&
			       !(w->t[i - 1].flags & T_CAP) &&
			       (w->t[i - 2].flags & T_CAP) &&
			       span_ends_with(work_text(w, i - 1, i), "ed")));
}

static bool
is_league(const struct work *w, size_t i)
{
	return (w->t[i].kinds & K_LEAGUE) == K_LEAGUE;
}

/* "Pacte des rivages": a word in small letters behind the head's "of". */
static size_t
small_complement(const struct work *w, size_t head)
{
	size_t j = head + 1;

	while (j < w->nt && j - head <= SMALL_MAX && work_soft(w, j) &&
		work_small(w, j))
		j++;
	if (j == head + 1 || j >= w->nt || !work_soft(w, j) ||
		(w->t[j].kinds & ~(uint32_t)K_PLACE_WORD) != 0 ||
		w->t[j].end - w->t[j].start < WORD_MIN)
		return head + 1;
	return j + 1;
}

/* "Hochschulverbund Eunice", "Coalición Industria Circular": the name itself
 * stands behind the head. */
static size_t
adjacent_name(const struct work *w, size_t i)
{
	size_t j = i;

	while (j < w->nt && j - i < ADJACENT_MAX && work_soft(w, j) &&
		(work_capital(w, j) || (j > i && w->t[j].gap == G_HYPHEN)) &&
		!(w->t[j].flags & T_DIGIT) && w->st->owners[j] == 0 &&
		!(w->t[j].kinds & (K_AND | K_IN | K_LINK | K_ARTICLE | K_JOIN)))
		j++;
	return j > i && !w->german ? work_complement(w, j, false) : j;
}

/* A head with a capital that is no league's; what is behind it counts as a
 * name where something definite stands before. */
static size_t
definite_end(const struct work *w, size_t head, size_t end)
{
	size_t other;

	if (!is_definite(w, head) || w->titlecase)
		return end;
	if (end == head + 1 && (w->romance || w->german)) {
		other = adjacent_name(w, head + 1);
		end = other > end ? other : end;
	}
	return end == head + 1 && w->romance ? small_complement(w, head) : end;
}

/* One word and a capital head: "the Delta Alliance". */
static bool
one_word_name(const struct work *w, size_t left, size_t head)
{
	return head - left == 1 && !w->titlecase && !w->german && !w->romance &&
	       is_definite(w, left) &&
	       !(w->t[left].kinds & (K_ORG_NAME | K_ADJECTIVE | K_ROLE_TOPIC |
					    K_PLACE | K_PLACE_WORD));
}

/* "Donaustädte-Allianz" */
static bool
is_compound(const struct work *w, size_t left, size_t head)
{
	return w->german && head > left && w->t[head].gap == G_HYPHEN &&
	       has_members(w, head - 1, head);
}

/* A registered network stands inside: "Netzwerk der Organisation ...". */
static bool
holds_known(const struct work *w, size_t first, size_t last)
{
	for (size_t i = first; i < last; i++) {
		const struct candidate *c = work_owner(w, i);

		if (c != NULL && c->type == MENTION_NETWORK &&
			c->value.id != NULL)
			return true;
	}
	return false;
}

/* Nothing tells it from others: "the Network of Cities". */
static bool
is_any(const struct work *w, size_t first, size_t last)
{
	for (size_t i = first; i < last; i++)
		if (w->t[i].word == 0 ||
			(w->german && (w->t[i].kinds & K_MEMBERS) &&
				w->t[i].end - w->t[i].start >= GERMAN_MIN) ||
			!(w->t[i].kinds & (K_NETWORK | K_MEMBERS | K_LINK |
						  K_ARTICLE | K_AND | K_IN)))
			return false;
	return true;
}

/* "Réseau des villes de l'image": what tells it from others, in small
 * letters. */
static size_t
small_tail(const struct work *w, size_t last)
{
	size_t j = last;

	while (j < w->nt && j - last <= SMALL_MAX && work_soft(w, j) &&
		(work_small(w, j) || (w->t[j].kinds & K_IN) ||
			work_relative(w, j) ||
			(w->t[j].kinds & K_WITH) == K_WITH))
		j++;
	if (j == last || j >= w->nt || !work_soft(w, j) ||
		(w->t[j].flags & T_DIGIT) || w->st->owners[j] != 0 ||
		(w->t[j].kinds & (K_AND | K_MEMBERS | K_NETWORK | K_SAY)) ||
		w->t[j].end - w->t[j].start < TAIL_MIN)
		return last;
	return j + 1;
}

/* "Großstädte-Allianz C40": one word right before a name says what it is. */
static bool
says_what(const struct work *w, size_t first, size_t last)
{
	for (size_t i = first + 1; i < last; i++)
		if (w->t[i].gap != G_HYPHEN)
			return false;
	return last < w->nt && w->t[last].gap == G_SPACE &&
	       w->st->owners[last] != 0 &&
	       w->c[w->st->owners[last] - 1].type == MENTION_NETWORK;
}

static void
add_shape(struct work *w, size_t first, size_t last)
{
	if (says_what(w, first, last))
		return;
	if (w->romance && !w->titlecase && is_any(w, first, last))
		last = small_tail(w, last);
	if (!w->titlecase) {
		first = names_extent_left(w, first);
		last = names_extent_right(w, first, last);
	}
	if (!holds_known(w, first, last) && !is_any(w, first, last))
		(void)work_add(w, first, last, MENTION_NETWORK,
			"names.network.shape", (struct name_value){ 0 });
}

/* A league is one of members, in so many words. */
static void
league(struct work *w, size_t head)
{
	size_t left = w->german ? head : work_left(w, head, 0);
	size_t end = up_to_acronym(w, left, shape_end(w, head + 1));

	/* A "Learning Region Initiative" is one region's. */
	if ((w->t[head].kinds & K_ORG_PROGRAMME) && !w->german && !w->romance
			? work_plural_members(w, left, end)
			: has_members(w, left, head) ||
				  has_members(w, head + 1, end))
		add_shape(w, left, end);
	else if (head > left && !w->titlecase)
		names_hint(w, left, head + 1, HINT_MAYBE_ENTERED);
}

/* A network nobody registered: "European Network of Silk Towns". */
static void
shape(struct work *w, size_t head)
{
	bool capital = (w->t[head].flags & T_CAP) != 0, definite = false;
	size_t left, end;

	if (w->st->owners[head] != 0)
		return;
	if (is_league(w, head)) {
		if (capital)
			league(w, head);
		return;
	}
	left = capital ? work_left(w, head, 0) : head;
	end = up_to_acronym(w, left, shape_end(w, head + 1));
	if (!capital && (end == head + 1 || !has_members(w, head + 1, end)))
		return;
	if (capital && left == head) {
		end = definite_end(w, head, end);
		definite = end > head + 1 && is_definite(w, head);
	}
	/* "Serve Red" is no "Red", whose members stand behind it. */
	if (end == head + 1 && !w->romance && (w->t[head].kinds & K_ORG_FIRST))
		return;
	if (end == head + 1 && !one_word_name(w, left, head) &&
		!is_compound(w, left, head) &&
		(head - left < 2 || (!has_members(w, left, head) &&
					    !names_itself(w, left, head))))
		return;
	if (end > head + 1 && left == head && !definite &&
		!has_members(w, head, end))
		return;
	add_shape(w, left, end);
}

/* "for Mid-Sized Companies" */
static bool
is_for_any(const struct work *w, size_t i)
{
	return span_eq_str(work_text(w, i - 1, i), "for");
}

/* "the Nordic Road Safety Cities": those who belong give the name. */
static void
members_shape(struct work *w, size_t i)
{
	size_t left = work_left(w, i, 0);
	struct span word = work_text(w, i, i + 1);
	bool own = false;

	if (w->titlecase || w->german || w->st->owners[i] != 0 ||
		!(w->t[i].flags & T_CAP) || i - left < 2 ||
		!(span_ends_with(word, "ies") || span_ends_with(word, "ns")) ||
		!is_definite(w, left) || is_for_any(w, left) ||
		(i + 1 < w->nt && work_soft(w, i + 1) &&
			((w->t[i + 1].flags & T_CAP) ||
				(w->t[i + 1].kinds & (K_LINK | K_NETWORK)))))
		return;
	for (size_t k = left; k < i; k++) {
		if (w->t[k].kinds &
			(K_ROLE | K_ROLE_TOPIC | K_PLACE | K_ORG_NAME |
				K_ORG_HEAD | K_ORDINAL))
			return;
		own = own || !(w->t[k].kinds & (K_ADJECTIVE | K_PLACE_WORD));
	}
	if (own)
		(void)work_add(w, left, i + 1, MENTION_NETWORK,
			"names.network.shape", (struct name_value){ 0 });
}

void
names_shapes(struct work *w)
{
	for (size_t i = 0; (w->sum.kinds & K_NETWORK) && i < w->nt; i++)
		if (w->t[i].kinds & K_NETWORK)
			shape(w, i);
	for (size_t i = 2; (w->sum.kinds & K_MEMBERS) && i < w->nt; i++)
		if (w->t[i].kinds & K_MEMBERS)
			members_shape(w, i);
}
