#include "names_work.h"

#define LINKS_MAX 4 /* "of the", "de la", ... in a row */

bool
work_soft(const struct work *w, size_t i)
{
	unsigned gap = w->t[i].gap;

	return gap == G_SPACE || gap == G_HYPHEN || gap == G_APOS;
}

bool
work_joined(const struct work *w, size_t i)
{
	const struct token *t = &w->t[i];

	if (work_soft(w, i))
		return !work_possessive(w, i);
	return (t->gap & ~(unsigned)G_SPACE) == G_DOT && i > 0 &&
	       ((t[-1].flags & T_SINGLE) || (t[-1].kinds & K_HONORIFIC));
}

struct span
work_text(const struct work *w, size_t first, size_t last)
{
	return span_sub(w->text, w->t[first].start, w->t[last - 1].end);
}

bool
work_possessive(const struct work *w, size_t i)
{
	const struct token *t = &w->t[i];

	return t->gap == G_APOS && (t->flags & T_SINGLE) &&
	       (w->text.ptr[t->start] | 0x20) == 's';
}

const struct candidate *
work_owner(const struct work *w, size_t i)
{
	uint32_t at = w->st->owners[i];

	return at != 0 ? &w->c[at - 1] : NULL;
}

size_t
work_phrase(const struct work *w, size_t i, uint32_t kinds, int32_t *value)
{
	const struct name_word *word;
	size_t best = 0;
	uint32_t node;

	if (!work_may_start(w, i, kinds))
		return 0;
	word = &w->lx->words[w->t[i].word];
	node = word->node;
	if (w->t[i].kinds & kinds) {
		best = 1;
		if (value != NULL)
			*value = word->value;
	}
	for (size_t j = i + 1; node != 0 && j < w->nt; j++) {
		const struct name_node *at;

		if (!work_soft(w, j) && w->t[j].gap != (G_COMMA | G_SPACE) &&
			!work_joined(w, j))
			break;
		node = name_trie_next(&w->lx->phrases, node, w->t[j].word);
		at = &w->lx->phrases.nodes[node];
		if (node == 0 || !(at->kinds & kinds))
			continue;
		best = j - i + 1;
		if (value != NULL)
			*value = at->value;
	}
	return best;
}

/* An acronym that a name is given: capitals, perhaps a number behind. */
static bool
is_acronym(const struct work *w, size_t first, size_t last)
{
	const struct token *t = &w->t[first];

	if (last - first > 2 || last <= first)
		return false;
	if (t->end - t->start > NAMES_ACRONYM_MAX || t->end - t->start < 2 ||
		!(t->flags & (T_UPPER | T_MIXED)) || (t->flags & T_DIGIT))
		return false;
	return last - first == 1 || (t[1].flags & T_DIGIT) ||
	       (t[1].flags & T_UPPER);
}

bool
work_small(const struct work *w, size_t i)
{
	return (w->t[i].kinds & (K_LINK | K_ARTICLE)) || work_possessive(w, i);
}

uint32_t
work_hash(const struct work *w, size_t i)
{
	struct span word = work_text(w, i, i + 1);
	uint32_t h = 2166136261u;

	for (size_t k = 0; k < word.len; k++)
		h = (h ^ (unsigned char)word.ptr[k]) * 16777619u;
	return (h ^ h >> 15) % NAMES_FILTER_BITS;
}

/* Tokens [first, last) stand for what c stands for, wherever they are. */
static void
remember(struct work *w, size_t first, size_t last, const struct candidate *c)
{
	struct names_state *st = w->st;
	struct span text = work_text(w, first, last);
	uint32_t bits[2] = { work_hash(w, first), work_hash(w, last - 1) };

	if (st->nknown == NAMES_KNOWN_MAX)
		return;
	for (size_t i = 0; i < st->nknown; i++)
		if (span_eq(st->known[i].text, text))
			return;
	for (int i = 0; i < 2; i++)
		st->filter[bits[i] / 8] |= (uint8_t)(1u << bits[i] % 8);
	st->known[st->nknown++] = (struct known){ text, (uint16_t)bits[0],
		(uint16_t)bits[1], c->type, c->rule, c->value };
}

/* " (GNLC)" behind the candidate becomes part of it. */
static void
take_bracket(struct work *w, struct candidate *c)
{
	size_t i = c->last, last = c->last;
	uint32_t close;

	while (last < w->nt && last - i < 2 &&
		(last == i ? w->t[last].gap == (G_SPACE | G_OPEN) ||
					w->t[last].gap == G_OPEN
			   : work_soft(w, last)))
		last++;
	if (!is_acronym(w, i, last))
		return;
	close = w->t[last - 1].end;
	if (close >= w->end ||
		(w->text.ptr[close] != ')' && w->text.ptr[close] != ']'))
		return;
	for (size_t k = i; k < last; k++)
		if (w->st->owners[k] != 0)
			return;
	c->last = (uint32_t)last;
	c->end = close + 1;
	if (c->type != MENTION_EVENT || last - i == 1)
		remember(w, i, last, c);
}

static bool
may_take(const struct work *w, size_t first, size_t last)
{
	for (size_t i = first; i < last; i++) {
		const struct candidate *c = work_owner(w, i);

		if (c != NULL && (c->first < first || c->last > last))
			return false;
	}
	return true;
}

struct candidate *
work_add(struct work *w, size_t first, size_t last, enum mention_type type,
	const char *rule, struct name_value value)
{
	struct candidate *c;

	if (w->failed || w->nc == NAMES_TOKENS_MAX || last <= first ||
		!may_take(w, first, last))
		return NULL;
	for (size_t i = first; i < last; i++)
		if (w->st->owners[i] != 0)
			w->c[w->st->owners[i] - 1].dead = true;
	c = &w->c[w->nc];
	*c = (struct candidate){ .first = (uint32_t)first,
		.last = (uint32_t)last,
		.start = w->t[first].start,
		.end = w->t[last - 1].end,
		.type = type,
		.rule = rule,
		.value = value };
	if (value.name == NULL) {
		struct span text = work_text(w, first, last);

		c->value.name = arena_strndup(w->s->arena, text.ptr, text.len);
		if (c->value.name == NULL) {
			w->failed = true;
			return NULL;
		}
	}
	if (type == MENTION_NETWORK || type == MENTION_ORGANISATION ||
		type == MENTION_EVENT)
		take_bracket(w, c);
	else if (type == MENTION_PERSON && last - first >= 2)
		remember(w, first, last, c);
	w->nc++;
	for (size_t i = c->first; i < c->last; i++)
		w->st->owners[i] = (uint32_t)w->nc;
	return c;
}

bool
work_capital(const struct work *w, size_t i)
{
	const struct token *t = &w->t[i];

	return (t->flags & T_CAP) &&
	       !(t->kinds & (K_STOP | K_ROLE | K_HONORIFIC | K_SAY));
}

bool
work_in_network(const struct work *w, size_t i)
{
	return w->lx->words[w->t[i].stem].in_network;
}

/* "City of X": the head of a place's name before "of". */
static bool
place_of(const struct work *w, size_t i)
{
	return i >= 2 && work_soft(w, i - 1) && work_soft(w, i) &&
	       (w->t[i - 1].kinds & K_LINK) && !(w->t[i - 1].flags & T_CAP) &&
	       (w->t[i - 2].flags & T_CAP) &&
	       (w->t[i - 2].kinds & (K_PLACE_WORD | K_MEMBERS)) &&
	       w->st->owners[i - 2] == 0 && w->st->owners[i - 1] == 0;
}

/* A name that was found before and may be part of this one. */
static bool
absorbs(const struct work *w, size_t i, const struct candidate *c,
	unsigned absorb)
{
	unsigned close = absorb & ABSORB_BRACKET ? G_CLOSE : 0;

	return (absorb & 1u << c->type) && c->last == i &&
	       (w->t[i].gap & ~close) == G_SPACE;
}

/* "Mayors' Forum": token i behind what members own. */
static bool
owned_by_members(const struct work *w, size_t i)
{
	struct span between = span_sub(w->text, w->t[i - 1].end, w->t[i].start);

	return (w->t[i - 1].kinds & K_MEMBERS) &&
	       span_ends_with(work_text(w, i - 1, i), "s") &&
	       (span_eq_str(between, "' ") ||
		       span_eq_str(between, "\xe2\x80\x99 "));
}

bool
work_saint(const struct work *w, size_t i)
{
	struct span before = i > 0 ? work_text(w, i - 1, i) : span_str("");

	return (span_eq_str(before, "St") || span_eq_str(before, "Saint")) &&
	       (work_joined(w, i) || w->t[i].gap == (G_DOT | G_SPACE)) &&
	       (w->t[i].flags & T_CAP);
}

/* "C." of "A. C. Hallbrook Museum" before token i, and no sentence's end. */
static bool
is_initial(const struct work *w, size_t i)
{
	return (w->t[i - 1].flags & (T_SINGLE | T_CAP)) == (T_SINGLE | T_CAP) &&
	       (w->t[i].gap & G_DOT) && work_joined(w, i) &&
	       (!(w->t[i].flags & T_START) || i < 2 ||
		       (w->t[i - 2].flags & T_SINGLE) ||
		       !(w->t[i - 2].flags & T_CAP));
}

/* "New" of "New York Public Library", "Queen" of "Queen Mary College": they
 * belong to what stands behind them, at token i. */
static bool
opens_left(const struct work *w, size_t i)
{
	struct span word = work_text(w, i - 1, i);

	if (!(w->t[i - 1].flags & T_CAP) || !(w->t[i].flags & T_CAP))
		return false;
	return work_phrase(w, i - 1, K_PLACE, NULL) > 1 ||
	       span_eq_str(word, "King") || span_eq_str(word, "Queen");
}

/* The word before token i is of the same name. */
static bool
is_before(const struct work *w, size_t i)
{
	return (w->t[i].gap != G_APOS || (w->t[i - 1].flags & T_CAP)) &&
	       (work_capital(w, i - 1) || opens_left(w, i)) &&
	       !(w->t[i - 1].kinds & (K_LINK | K_ARTICLE | K_AND | K_IN));
}

size_t
work_left(const struct work *w, size_t i, unsigned absorb)
{
	size_t from = i;

	while (i > 0 && from - i < NAMES_RUN_MAX) {
		const struct candidate *c = work_owner(w, i - 1);

		if (c != NULL) {
			if (!absorbs(w, i, c, absorb))
				break;
			i = c->first;
			continue;
		}
		if (is_initial(w, i)) {
			i--;
			continue;
		}
		if (!work_soft(w, i) && !owned_by_members(w, i))
			break;
		if (work_possessive(w, i - 1)) {
			if (i < 2 || (!(w->t[i - 2].kinds & K_POSSESSIVE) &&
					     !work_saint(w, i - 2)))
				break;
			i -= 2;
			continue;
		}
		if (!is_before(w, i))
			break;
		i--;
		if (place_of(w, i))
			i -= 2;
	}
	return i;
}

/* Links and articles from i on; where they end, i if no link is there. */
static size_t
pass_links(const struct work *w, size_t i)
{
	size_t j = i;
	bool link = false;

	while (j < w->nt && j - i < LINKS_MAX && work_soft(w, j) &&
		((w->t[j].kinds & (K_LINK | K_ARTICLE)) ||
			work_possessive(w, j))) {
		link = link || (w->t[j].kinds & K_LINK);
		j++;
	}
	return link && j < w->nt && work_soft(w, j) ? j : i;
}

static bool
plain_capital(const struct work *w, size_t i)
{
	return work_capital(w, i) && !(w->t[i].kinds & K_ROLE_TOPIC) &&
	       !(w->t[i].flags & T_DIGIT);
}

/* ", B and C" or "and C" at token i: where it ends. */
static size_t
pass_and(const struct work *w, size_t i)
{
	size_t j = i;

	for (int items = 0; items < 4 && j < w->nt; items++) {
		if (work_soft(w, j) && (w->t[j].kinds & K_AND) &&
			j + 1 < w->nt) {
			size_t k = pass_links(w, j + 1);

			if (work_soft(w, k) && plain_capital(w, k) &&
				!(w->t[k].kinds &
					(K_ORG_HEAD | K_ORG_NOUN | K_IN)))
				return k + 1;
			return i;
		}
		if (w->t[j].gap != (G_COMMA | G_SPACE) || !plain_capital(w, j))
			return i;
		j++;
		while (j < w->nt && work_soft(w, j) && plain_capital(w, j) &&
			!(w->t[j].kinds & K_AND))
			j++;
	}
	return i;
}

bool
work_plural_members(const struct work *w, size_t first, size_t last)
{
	for (size_t i = first; i < last; i++)
		if ((w->t[i].kinds & K_MEMBERS) &&
			span_ends_with(work_text(w, i, i + 1), "s"))
			return true;
	return false;
}

/* "langlebige" of "Allianz für langlebige Produkte". */
static bool
bends(const struct work *w, size_t i)
{
	struct span word = work_text(w, i, i + 1);

	return w->german && i + 1 < w->nt && work_soft(w, i) &&
	       !(w->t[i].flags & (T_CAP | T_DIGIT)) && w->t[i].kinds == 0 &&
	       word.len > 4 && (w->t[i + 1].flags & T_CAP) &&
	       (span_ends_with(word, "e") || span_ends_with(word, "en") ||
		       span_ends_with(word, "er") ||
		       span_ends_with(word, "es"));
}

/* "New South Wales", "Prince Edward Island", "Notre Dame" behind "of": the
 * first word is of a name, though it opens sentences and titles elsewhere. */
static bool
opens_place(const struct work *w, size_t i)
{
	return i + 1 < w->nt && (w->t[i].flags & T_CAP) &&
	       (w->t[i].kinds & (K_ROLE | K_STOP)) && work_soft(w, i + 1) &&
	       plain_capital(w, i + 1);
}

size_t
work_complement(const struct work *w, size_t i, bool coordinate)
{
	size_t j = i, k;
	int links = 0;

	while (j < w->nt && j - i < 3 && work_soft(w, j) &&
		(w->t[j].kinds & K_ADJECTIVE))
		j++;
	k = pass_links(w, j);
	if (k > j && (bends(w, k) || opens_place(w, k)))
		k++;
	if (k == j || !plain_capital(w, k))
		return j;
	/* "University of Dar es Salaam" */
	j = k + 1;
	if (work_phrase(w, k, K_PLACE, NULL) > 1)
		j = k + work_phrase(w, k, K_PLACE, NULL);
	while (j < w->nt && j - k < NAMES_RUN_MAX) {
		size_t next = pass_links(w, j);

		if (work_soft(w, j) && !work_possessive(w, j) &&
			((plain_capital(w, j) &&
				 !(w->t[j].kinds & (K_IN | K_LINK))) ||
				w->t[j].gap == G_HYPHEN ||
				(w->t[j].kinds & K_ADJECTIVE))) {
			j++;
			continue;
		}
		if (next > j && links < 2 && plain_capital(w, next)) {
			links++;
			j = next + 1;
			continue;
		}
		next = coordinate ? pass_and(w, j) : j;
		if (next == j)
			break;
		j = next;
	}
	return j;
}

bool
work_relative(const struct work *w, size_t i)
{
	struct span word = work_text(w, i, i + 1);

	return i + 1 < w->nt && (w->t[i + 1].flags & T_CAP) &&
	       (span_eq_str(word, "que") || span_eq_str(word, "qui") ||
		       span_eq_str(word, "che"));
}
