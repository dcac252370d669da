/* Networks and member titles of the registry. */
#include "names_work.h"

#define SKIP_MAX      3 /* "of the" between two words of a name */
#define TYPO_MIN      6 /* letters of a word that may be misspelt */
#define TYPO_CHILDREN 64
#define NOUN_MIN      5 /* bytes of a noun that ends a compound */
#define SAYS_ALL      4 /* words of a name in small letters */
#define SPELT_MIN     5 /* letters of an acronym that is a word */

/* At most one letter is missing, added, changed or swapped. */
static bool
one_letter_off(const char *a, size_t n, const char *b, size_t m)
{
	size_t i = 0, end = 0;

	if (n > m + 1 || m > n + 1)
		return false;
	while (i < n && i < m && a[i] == b[i])
		i++;
	while (end < n - i && end < m - i && a[n - 1 - end] == b[m - 1 - end])
		end++;
	if (n - i - end <= 1 && m - i - end <= 1)
		return true;
	return n == m && n - i - end == 2 && a[i] == b[i + 1] &&
	       a[i + 1] == b[i];
}

/* The one child of node that the unknown token i misspells, or 0. */
static uint32_t
misspelt(const struct work *w, uint32_t node, size_t i)
{
	const struct name_trie *trie = &w->n->networks.trie;
	char key[NAMES_WORD_MAX];
	size_t len, tried = 0;

	if (w->t[i].word != 0 || w->t[i].end - w->t[i].start < TYPO_MIN)
		return 0;
	len = lexicon_fold(work_text(w, i, i + 1), key, &w->st->scratch);
	len = len > 0 ? lexicon_stem(key, len) : 0;
	for (uint32_t e = trie->nodes[node].first;
		len > 0 && e != 0 && tried++ < TYPO_CHILDREN;
		e = trie->edges[e].next) {
		const struct name_word *word =
			&w->lx->words[trie->edges[e].word];

		if (word->len >= TYPO_MIN &&
			one_letter_off(key, len, word->key, word->len))
			return trie->edges[e].to;
	}
	return 0;
}

/* "la red mundial de ciudades creativas": so much that small letters do,
 * where it is not any. */
static bool
says_all(const struct work *w, size_t first, size_t last)
{
	size_t heads = 0, members = 0;
	struct span before =
		first > 0 ? work_text(w, first - 1, first) : span_str("");

	if (!w->romance || first == 0 || !work_soft(w, first) ||
		!(w->t[first - 1].kinds & (K_ARTICLE | K_LINK | K_IN)) ||
		span_starts_with(before, "un") ||
		span_starts_with(before, "um"))
		return false;

	for (size_t i = first; i < last; i++) {
		heads += (w->t[i].kinds & K_LEAGUE) == K_NETWORK;
		members += (w->t[i].kinds & K_MEMBERS) != 0;
	}
	return heads > 0 && members > 0 && last - first >= SAYS_ALL;
}

static bool
has_article(const struct network_name *name)
{
	return strchr(name->surface, ' ') != NULL;
}

/* "villes en transition" of "Pacte des villes en transition". */
static bool
completes(const struct work *w, size_t first)
{
	return first > 1 && work_soft(w, first) && work_small(w, first - 1) &&
	       (w->t[first - 2].flags & T_CAP) &&
	       (w->t[first - 2].kinds & K_NETWORK);
}

/* "à Andifes", "da parte di Recevin": Romance languages write long acronyms as
 * words; within a sentence, behind a small word, they are no others. */
static bool
is_spelt_as_word(
	const struct work *w, size_t first, size_t last, struct span capitals)
{
	const struct span word = work_text(w, first, last);

	if (!w->romance || capitals.len < SPELT_MIN ||
		word.len != capitals.len || word.ptr[0] != capitals.ptr[0] ||
		first == 0 || !work_soft(w, first) ||
		!(w->t[first - 1].kinds & (K_ARTICLE | K_LINK | K_IN)))
		return false;
	for (size_t i = 1; i < word.len; i++)
		if (capitals.ptr[i] < 'A' || capitals.ptr[i] > 'Z' ||
			word.ptr[i] != (capitals.ptr[i] | 0x20))
			return false;
	return true;
}

/* A name needs a capital where it begins, or an acronym inside it. */
static bool
well_cased(const struct work *w, size_t first, size_t last,
	const struct network_name *name)
{
	if (name->form == NETWORK_ACRONYM || name->form == NETWORK_AMBIGUOUS)
		return span_eq_str(work_text(w, first, last), name->surface) ||
		       (name->form == NETWORK_ACRONYM &&
			       is_spelt_as_word(w, first, last,
				       span_str(name->surface)));
	/* "Les Rencontres": of one word, it is a name with its article. */
	if (last == first + 1 && has_article(name) &&
		!(first > 0 && work_soft(w, first) &&
			span_eq_str(
				work_text(w, first - 1, last), name->surface)))
		return false;
	if (w->t[first].flags & T_CAP)
		return true;
	for (size_t i = first; i < last; i++)
		if (w->t[i].flags & T_UPPER)
			return true;
	/* "es ciudad creativa": in Romance languages titles have small letters.
	 */
	return (w->romance && name->form == NETWORK_TITLE && last - first > 1 &&
		       !completes(w, first)) ||
	       says_all(w, first, last);
}

/* "EELISA-Med" is another one than EELISA; a German compound is not, whose
 * last part is a noun. */
static bool
goes_on(const struct work *w, size_t last)
{
	return last < w->nt && w->t[last].gap == G_HYPHEN &&
	       (w->t[last].flags & T_CAP) &&
	       (!w->german ||
		       (w->t[last].kinds == 0 &&
			       w->t[last].end - w->t[last].start < NOUN_MIN));
}

/* Longest registered name at token i; its number, or 0. */
static uint32_t
match(struct work *w, size_t i, size_t *last, bool ambiguous)
{
	const struct networks *nw = &w->n->networks;
	uint32_t node = w->lx->words[w->t[i].stem].network, best = 0;
	size_t skipped = 0;

	for (size_t j = i; node != 0;) {
		const struct network_name *name =
			&nw->names[nw->trie.nodes[node].value];
		uint32_t next;

		if (nw->trie.nodes[node].kinds != 0 && skipped == 0 &&
			well_cased(w, i, j + 1, name) && !goes_on(w, j + 1)) {
			bool now = name->form != NETWORK_AMBIGUOUS || ambiguous;

			w->st->ambiguous = w->st->ambiguous || !now;
			if (now) {
				best = (uint32_t)nw->trie.nodes[node].value;
				*last = j + 1;
			}
		}
		if (++j == w->nt ||
			(!work_soft(w, j) && w->t[j].gap != (G_SPACE | G_DASH)))
			break;
		if (work_small(w, j) && skipped < SKIP_MAX) {
			skipped++;
			continue;
		}
		next = w->t[j].stem != 0
			       ? name_trie_next(&nw->trie, node, w->t[j].stem)
			       : 0;
		node = next != 0 ? next : misspelt(w, node, j);
		skipped = 0;
	}
	return best;
}

/*
 * "Irish Healthy Cities Network" is not the network whose name it ends
 * with: words that stand before a name of the form "... Network".
 */
static size_t
other_left(const struct work *w, size_t first, size_t last)
{
	size_t left;

	if (w->titlecase || !(w->t[last - 1].kinds & K_NETWORK))
		return first;
	left = work_left(w, first, 0);
	while (left < first &&
		(work_phrase(w, left, K_ORG_NAME, NULL) > 0 ||
			work_possessive(w, left) ||
			(w->t[left].kinds &
				(K_PLACE_WORD | K_ADJECTIVE | K_NETWORK))))
		left++;
	return left;
}

/* "... of UNESCO", "... network" behind a name belong to it. */
static size_t
extend_right(const struct work *w, size_t last)
{
	size_t i = last;

	while (i < w->nt && i - last < SKIP_MAX && work_soft(w, i) &&
		(w->t[i].kinds & (K_LINK | K_ARTICLE)))
		i++;
	if (i > last && i < w->nt && work_soft(w, i) &&
		(w->t[i].kinds & K_ORG_NAME) && (w->t[i].flags & T_UPPER))
		return i + 1;
	if (last < w->nt && w->t[last].gap == G_SPACE &&
		(w->t[last].kinds & K_NETWORK))
		return last + 1;
	return last;
}

/* "Netzwerk der" before a name belongs to it. */
static size_t
extend_left(const struct work *w, size_t first)
{
	size_t i = first;

	while (i > 0 && first - i < SKIP_MAX && work_soft(w, i) &&
		work_small(w, i - 1))
		i--;
	return i < first && i > 0 && work_soft(w, i) &&
			       (w->t[i - 1].kinds & K_LEAGUE) == K_NETWORK &&
			       w->st->owners[i - 1] == 0
		       ? i - 1
		       : first;
}

/* Quotation marks on both sides are of the name. */
static void
take_marks(const struct work *w, struct candidate *c)
{
	uint32_t start, end;

	if (c == NULL)
		return;
	start = names_mark_before(w, c->start);
	end = names_mark_behind(w, c->end);
	if (start < c->start && end > c->end) {
		c->start = start;
		c->end = end;
	}
}

static void
add_registered(struct work *w, size_t first, size_t last, uint32_t at)
{
	const struct network_name *name = &w->n->networks.names[at];
	const struct network_info *info = &w->n->networks.list[name->network];
	struct name_value value = { .id = info->id, .name = info->name };
	size_t left;

	if (name->form == NETWORK_TITLE) {
		(void)work_add(
			w, first, last, MENTION_TITLE, "names.title", value);
		return;
	}
	if (name->form == NETWORK_NAME)
		last = extend_right(w, last);
	left = name->form == NETWORK_NAME ? other_left(w, first, last) : first;
	if (left < first) {
		(void)work_add(w, left, last, MENTION_NETWORK,
			"names.network.shape", (struct name_value){ 0 });
		return;
	}
	w->st->seen[name->network] = 1;
	if (name->form == NETWORK_NAME)
		first = extend_left(w, first);
	take_marks(w, work_add(w, first, last, MENTION_NETWORK, "names.network",
			      value));
}

void
names_networks(struct work *w)
{
	for (size_t i = 0; (w->sum.flags & T_NETWORK) && i < w->nt; i++) {
		size_t last = i;
		uint32_t at = w->t[i].flags & T_NETWORK
				      ? match(w, i, &last, false)
				      : 0;

		if (at == 0)
			continue;
		add_registered(w, i, last, at);
		i = last - 1;
	}
}

void
names_networks_ambiguous(struct work *w)
{
	for (size_t i = 0; (w->sum.flags & T_NETWORK) && i < w->nt; i++) {
		size_t last = i;
		uint32_t at =
			(w->t[i].flags & T_NETWORK) && w->st->owners[i] == 0
				? match(w, i, &last, true)
				: 0;
		const struct network_name *name = &w->n->networks.names[at];

		if (at == 0 || name->form != NETWORK_AMBIGUOUS ||
			!w->st->seen[name->network])
			continue;
		add_registered(w, i, last, at);
		i = last - 1;
	}
}
