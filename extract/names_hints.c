/*
 * Networks whose names say nothing of what they are: "Orbis", "After Dark
 * Cities".  Each place in the document that treats one as a network is a hint:
 * "Orbis, the network of universities", "Orbis is an alliance of", "member of
 * Orbis", "has joined Orbis".  Enough hints make it one wherever it stands.
 */
#include "names_work.h"

#define ENOUGH	      2 /* hints */
#define NOUN_BACK     5 /* words from "the" to "network" */
#define COPULA_MAX    4 /* bytes of "is", "est", "war" */
#define SHORTEST      3 /* bytes of a name */
#define NOUN_BEHIND   2 /* words from a number to "members" */
#define VERB_MAX      3 /* words from a name to the number: "now has" */
#define NUMBER_MAX    4 /* digits of a name's number */
#define AROUND	      4 /* words before and behind a name */
#define OF_WHOM	      5 /* words from "platform" to "of cities" */
#define AROUND_FACTOR 16777619u
#define HINTED_RULE   "names.network.hinted"

static bool
has_any(const struct work *w, size_t first, size_t last, uint32_t kinds)
{
	for (size_t i = first; i < last; i++)
		if (w->t[i].kinds & kinds)
			return true;
	return false;
}

/* "Orbis's strategy", "the Orbis team": what is said is said of another
 * noun. */
static bool
is_modifier(const struct work *w, size_t first, size_t last)
{
	if (last >= w->nt || w->romance || w->german)
		return false;
	return work_possessive(w, last) ||
	       (last - first == 1 && first > 0 && work_soft(w, last) &&
		       (w->t[first - 1].kinds & K_ARTICLE) &&
		       !(w->t[last].flags & (T_CAP | T_DIGIT)) &&
		       ((w->t[last].kinds & K_LEAGUE) == K_LEAGUE ||
			       !(w->t[last].kinds &
				       ~(uint32_t)(K_ORG_UNIT |
						   K_PLACE_WORD))));
}

/* Hash of the words around a name: a page may say the same twice. */
static uint32_t
hash_around(const struct work *w, size_t first, size_t last)
{
	size_t from = first > AROUND ? first - AROUND : 0;
	size_t to = last + AROUND < w->nt ? last + AROUND : w->nt;
	uint32_t h = NAMES_HASH_START;

	for (size_t i = from; i < to; i++)
		h = h * AROUND_FACTOR + work_hash(w, i);
	return h;
}

static bool
is_said(enum hint_kind kind)
{
	return kind == HINT_SAID || kind == HINT_MAYBE_SAID;
}

void
names_hint(struct work *w, size_t first, size_t last, enum hint_kind kind)
{
	const unsigned weight =
		kind == HINT_DEFINED ? ENOUGH : kind >= HINT_ENTERED;
	struct names_state *st = w->st;
	struct span text = work_text(w, first, last);
	uint32_t around = hash_around(w, first, last);

	if (text.len < SHORTEST || is_modifier(w, first, last) ||
		(last - first == 1 && w->lx->words[w->t[first].word].place))
		return;
	for (size_t i = 0; i < st->nhints; i++) {
		struct hint *hint = &st->hints[i];

		if (!span_eq(hint->name.text, text))
			continue;
		if (kind == HINT_ENTERED && hint->entered && !hint->own)
			return;
		hint->entered = hint->entered || kind == HINT_ENTERED;
		hint->said = hint->said || is_said(kind);
		if (hint->around != around)
			hint->weight += weight;
		else if (hint->weight < weight)
			hint->weight = weight;
		return;
	}
	if (st->nhints < NAMES_HINTS_MAX)
		st->hints[st->nhints++] = (struct hint){
			.name = { .text = text,
				.first = (uint16_t)work_hash(w, first),
				.final = (uint16_t)work_hash(w, last - 1),
				.type = kind == HINT_TITLED ? MENTION_TITLE
							    : MENTION_NETWORK,
				.rule = HINTED_RULE },
			.around = around,
			.entered = kind == HINT_ENTERED,
			.said = is_said(kind),
			.own = w->german ||
			       has_any(w, first, last, K_NETWORK | K_MEMBERS),
			.telling =
				has_any(w, first, last, K_NETWORK | K_MEMBERS),
			.noun = last - first == 1 &&
				(w->t[first].kinds != 0 ||
					(w->german &&
						!(w->t[first].flags &
							(T_UPPER | T_MIXED)))),
			.weight = weight,
		};
}

/* "9" of "Circle 9" */
bool
names_is_number(const struct work *w, size_t i)
{
	struct span word = work_text(w, i, i + 1);

	for (size_t k = 0; k < word.len; k++)
		if (word.ptr[k] < '0' || word.ptr[k] > '9')
			return false;
	return word.len <= NUMBER_MAX && w->t[i].gap == G_SPACE;
}

/* "a", of any language that a release may be in. */
static bool
is_indefinite(const struct work *w, size_t i)
{
	static const char *const indefinite[] = { "a", "an", "un", "une", "una",
		"uma", "um", "uno", "ein", "eine" };
	struct span word = work_text(w, i, i + 1);

	for (size_t k = 0; k < sizeof indefinite / sizeof *indefinite; k++)
		if (span_eq_str(word, indefinite[k]))
			return true;
	return false;
}

static bool
is_article(const struct work *w, size_t i)
{
	return (w->t[i].kinds & K_ARTICLE) || is_indefinite(w, i);
}

bool
names_is_any(const struct work *w, size_t i)
{
	return i > 0 && !w->romance && work_soft(w, i) &&
	       is_indefinite(w, i - 1);
}

/* Token i - 1 is "is": of a few small letters, and tells nothing else. */
static bool
is_copula(const struct work *w, size_t i)
{
	static const char *const copulas[] = { "is", "was", "est", "es", "era",
		"\xc3\xa9", "\xc3\xa8", "ist", "war", "fu" };
	struct span word = work_text(w, i - 1, i);

	for (size_t k = 0; k < sizeof copulas / sizeof *copulas; k++)
		if (span_eq_str(word, copulas[k]))
			return work_soft(w, i) && work_soft(w, i - 1);
	return false;
}

/* What stands behind "network" goes on to say of whom. */
static bool
goes_on(const struct work *w, size_t i)
{
	return i < w->nt && work_soft(w, i) && !work_possessive(w, i) &&
	       ((w->t[i].kinds & (K_LINK | K_IN)) || is_article(w, i) ||
		       span_starts_with(work_text(w, i, i + 1), "qu") ||
		       span_starts_with(work_text(w, i, i + 1), "che") ||
		       span_starts_with(work_text(w, i, i + 1), "that") ||
		       span_starts_with(work_text(w, i, i + 1), "which"));
}

/* The article of "a global network", whose noun is token i; SIZE_MAX. */
static size_t
article_before(const struct work *w, size_t i)
{
	for (size_t back = 1; back <= NOUN_BACK && back <= i; back++) {
		const struct token *t = &w->t[i - back];

		if (!work_soft(w, i - back + 1) || (t->flags & T_DIGIT))
			return SIZE_MAX;
		if (is_article(w, i - back))
			return i - back;
		if ((t->flags & T_CAP) && !w->german)
			return SIZE_MAX;
	}
	return SIZE_MAX;
}

/* "Circle 9": where the name that ends before token end begins; end if there
 * is none. */
static size_t
name_start(const struct work *w, size_t end)
{
	size_t last = names_is_number(w, end - 1) ? end - 1 : end;

	if (last == 0 || !work_capital(w, last - 1) ||
		w->st->owners[last - 1] != 0 ||
		(last < end && !work_soft(w, last)))
		return end;
	return work_left(w, last - 1, 0);
}

/* "In Orbis, the network of ports met", "Guide to Orbis is a": the name is
 * not what goes on. */
static bool
is_inside(const struct work *w, size_t first, bool aside)
{
	return first > 0 && work_soft(w, first) &&
	       !(w->t[first - 1].flags & T_CAP && !aside) &&
	       ((w->t[first - 1].kinds & K_IN) != 0) &&
	       (!aside || (w->t[first - 1].flags & T_START));
}

/* A network is one of anything; a platform, a group only of members, or if its
 * name calls it something else. */
static bool
is_of_members(const struct work *w, size_t first, size_t last, size_t i)
{
	if ((w->t[i].kinds & K_LEAGUE) != K_LEAGUE)
		return true;
	for (size_t j = first; last - first > 1 && j < last; j++)
		if ((w->t[j].kinds & K_NETWORK) && w->t[j].word != w->t[i].word)
			return true;
	for (size_t j = i + 1; j < w->nt && j - i <= OF_WHOM && work_soft(w, j);
		j++)
		if (w->romance || w->german ? (w->t[j].kinds & K_MEMBERS) != 0
					    : work_plural_members(w, j, j + 1))
			return true;
	return false;
}

/* "Orbis, the network of", "Orbis is a network that": the noun is token i. */
static void
defined(struct work *w, size_t i)
{
	size_t article = article_before(w, i), end, first;
	bool aside;

	if (article == SIZE_MAX || article == 0 || !goes_on(w, i + 1))
		return;
	aside = (w->t[article].gap & (G_COMMA | G_DASH | G_OPEN)) != 0;
	if (!aside && (article < 2 || !is_copula(w, article)))
		return;
	end = aside ? article : article - 1;
	first = name_start(w, end);
	if (!names_may_be_network(w, first, end) ||
		is_inside(w, first, aside) || !is_of_members(w, first, end, i))
		return;
	/* A sentence may begin so with any word. */
	names_hint(w, first, end,
		end - first > 1 || !(w->t[first].flags & T_START) ? HINT_DEFINED
								  : HINT_SAID);
}

static bool
is_member_noun(const struct work *w, size_t i)
{
	const uint32_t kinds = w->t[i].kinds;

	return !(w->t[i].flags & T_CAP) &&
	       ((kinds & K_MEMBERS) ||
		       ((kinds & K_JOIN) == K_JOIN &&
			       !(kinds & (K_ORG_UNIT | K_ORG_CAMPUS))));
}

/* "The League has 31 members" is said of "the Footfall League". */
static void
counted_head(struct work *w, size_t head)
{
	struct span word = work_text(w, head, head + 1);

	for (size_t i = 0; i < w->st->nhints; i++) {
		struct hint *hint = &w->st->hints[i];
		struct span name = hint->name.text;

		if (hint->weight < ENOUGH && name.len > word.len &&
			name.ptr[name.len - word.len - 1] == ' ' &&
			span_eq(span_sub(name, name.len - word.len, name.len),
				word))
			hint->weight = ENOUGH;
	}
}

/* "Orbis now has 31 members": the number is token i. */
static void
counted(struct work *w, size_t i)
{
	size_t noun = i + 1, end = i, first;

	while (noun < w->nt && noun - i <= NOUN_BEHIND && work_soft(w, noun) &&
		!is_member_noun(w, noun))
		noun++;
	if (noun >= w->nt || noun - i > NOUN_BEHIND || !work_soft(w, noun) ||
		!is_member_noun(w, noun))
		return;
	while (end > 0 && i - end < VERB_MAX && work_soft(w, end) &&
		!(w->t[end - 1].flags & (T_CAP | T_DIGIT)) &&
		!(w->t[end - 1].kinds & (K_IN | K_LINK | K_AND | K_ARTICLE)))
		end--;
	if (end == i || end == 0 || !work_soft(w, end))
		return;
	first = name_start(w, end);
	if (end - first == 1 && (w->t[first].kinds & K_NETWORK))
		counted_head(w, first);
	/* "The Coalition has 31 members": another one's short name. */
	else if (first < end && (end - first > 1 || w->t[first].kinds == 0) &&
		 names_may_be_network(w, first, end))
		names_hint(w, first, end,
			has_any(w, first, end, K_NETWORK) ? HINT_DEFINED
							  : HINT_SAID);
}

void
names_hints(struct work *w)
{
	for (size_t i = 1; i < w->nt; i++) {
		if (w->st->owners[i] != 0)
			continue;
		if ((w->t[i].kinds & K_NETWORK) &&
			((w->t[i].flags & T_CAP) == 0 || w->german))
			defined(w, i);
		else if (w->t[i].flags & T_DIGIT)
			counted(w, i);
	}
}

/* "Dark Cities" at the begin of a sentence is "After Dark Cities", if that is
 * what it is called elsewhere. */
static void
join_longer(struct names_state *st, size_t i)
{
	struct span text = st->hints[i].name.text;

	for (size_t k = 0; k < st->nhints; k++) {
		struct span other = st->hints[k].name.text;

		if (other.len > text.len &&
			other.ptr[other.len - text.len - 1] == ' ' &&
			span_eq(span_sub(
					other, other.len - text.len, other.len),
				text)) {
			st->hints[k].weight += st->hints[i].weight;
			st->hints[i].weight = 0;
			st->hints[i].joined = true;
			return;
		}
	}
}

/* What the first pass took for an organisation or an event. */
static void
rename_others(struct scan *s, const struct known *k)
{
	for (size_t i = 0; i < s->n; i++) {
		struct mention *m = &s->list[i];

		if ((m->type == MENTION_ORGANISATION ||
			    m->type == MENTION_EVENT) &&
			span_eq(span_sub(s->doc->text, m->start, m->end),
				k->text)) {
			m->type = k->type;
			m->rule = k->rule;
			m->name = k->value;
		}
	}
}

/* "Guided Tours" of a page that also has "guided tours": no name, unless it
 * says that it is one of members. */
static bool
is_plain(struct names_state *st, const struct hint *hint, struct span text)
{
	struct buffer *b = &st->scratch;
	struct span small;
	bool changed = false;

	buffer_reset(b);
	for (size_t i = 0; i < hint->name.text.len; i++) {
		char c = hint->name.text.ptr[i];

		changed = changed || (c >= 'A' && c <= 'Z');
		buffer_add_char(b, c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c);
	}
	small = buffer_span(b);
	return changed && !hint->own && b->code == OK &&
	       span_find(text, 0, small) != SIZE_MAX;
}

/* What is hinted at but once is left to those who know its members. */
static enum error_code
leave_weak(const struct names_state *st, struct scan *s)
{
	struct hinted *list =
		arena_array(s->arena, st->nhints + 1, sizeof *list);

	if (list == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < st->nhints; i++) {
		const struct hint *h = &st->hints[i];
		uint32_t at = (uint32_t)(h->name.text.ptr - s->doc->text.ptr);

		if (h->weight < ENOUGH && !h->noun && !h->joined &&
			h->name.type == MENTION_NETWORK)
			list[s->nhinted++] = (struct hinted){ .start = at,
				.end = at + (uint32_t)h->name.text.len,
				.entered = !h->said &&
					   !(h->entered && h->telling) };
	}
	s->hinted = list;
	return OK;
}

enum error_code
names_hints_settle(struct names_state *st, struct scan *s)
{
	for (size_t i = 0; i < st->nhints; i++)
		join_longer(st, i);
	for (size_t i = 0; i < st->nhints; i++) {
		struct known k = st->hints[i].name;

		if (st->hints[i].weight < ENOUGH ||
			st->nknown == NAMES_KNOWN_MAX ||
			is_plain(st, &st->hints[i], s->doc->text))
			continue;
		k.value.name = arena_strndup(s->arena, k.text.ptr, k.text.len);
		if (k.value.name == NULL)
			return ERR_NOMEM;
		st->filter[k.first / 8] |= (uint8_t)(1u << k.first % 8);
		st->filter[k.final / 8] |= (uint8_t)(1u << k.final % 8);
		st->known[st->nknown++] = k;
		rename_others(s, &k);
	}
	return leave_weak(st, s);
}
