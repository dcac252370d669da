/*
 * Events and awards.  An award is a MENTION_EVENT with the rule
 * "names.award": "UNESCO Learning City Award 2021" is something to be won,
 * neither the network nor a title.
 */
#include <string.h>

#include "names_work.h"

#define CHAIN_MAX 8   /* words between an ordinal and its noun */
#define QUOTE_MAX 200 /* bytes of a quoted name */

static int
roman_digit(char c)
{
	switch (c) {
	case 'I':
		return 1;
	case 'V':
		return 5;
	case 'X':
		return 10;
	case 'L':
		return 50;
	case 'C':
		return 100;
	default:
		return 0;
	}
}

/* "XV", "Ve", "XVIIIème"; 0 if it is none. */
static int
roman(struct span word)
{
	int n = 0, before = 0;
	size_t i = word.len;

	while (i > 0 && roman_digit(word.ptr[i - 1]) == 0)
		i--;
	/* "La", "Co", "Le" and "Ce" are no fiftieth and hundredth. */
	if (i == 0 || i > 8 ||
		(i == 1 && (word.ptr[1 % word.len] == 'a' ||
				   word.ptr[1 % word.len] == 'o' ||
				   (word.ptr[1 % word.len] == 'e' &&
					   roman_digit(word.ptr[0]) >= 50))))
		return 0;
	word = span_sub(word, i, word.len);
	if (word.len > 0 && !span_eq_str(word, "e") &&
		!span_eq_str(word, "o") && !span_eq_str(word, "a") &&
		!span_eq_str(word, "ème") && !span_eq_str(word, "er") &&
		!span_eq_str(word, "ª") && !span_eq_str(word, "º"))
		return 0;
	for (const char *p = word.ptr; i-- > 0;) {
		int digit = roman_digit(*--p);

		if (digit == 0)
			return 0;
		n += digit < before ? -digit : digit;
		before = digit > before ? digit : before;
	}
	return n;
}

/* "5th", "4e", "5ª"; *bare for "5" alone, which German follows by a stop. */
static int
digits(const struct work *w, size_t i, bool *bare)
{
	static const char *const ends[] = { "st", "nd", "rd", "th", "e", "er",
		"re", "eme", "ieme", "a", "o", "ra", "do", "ro", "to", "ta",
		"te", "ten", "ter" };
	char key[NAMES_WORD_MAX];
	size_t len = lexicon_fold(work_text(w, i, i + 1), key, &w->st->scratch);
	size_t at = 0;
	int n = 0;

	while (at < len && at < 4 && key[at] >= '0' && key[at] <= '9')
		n = n * 10 + key[at++] - '0';
	*bare = at == len && at > 0;
	if (at == 0 || at > 3 || *bare)
		return at > 3 ? 0 : n;
	for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
		if (span_eq_str(span_of(key + at, len - at), ends[k]))
			return n;
	return 0;
}

/* The ordinal at token i, 0 if none; *next is the token behind it. */
static int
ordinal(const struct work *w, size_t i, size_t *next)
{
	bool bare = false;
	int32_t value = 0;
	size_t len = work_phrase(w, i, K_ORDINAL, &value);
	int n;

	*next = i + (len > 0 ? len : 1);
	/* "quinta-feira" is a day. */
	if (len > 0)
		return *next < w->nt && w->t[*next].gap == G_HYPHEN ? 0 : value;
	n = w->t[i].flags & T_DIGIT ? digits(w, i, &bare)
				    : roman(work_text(w, i, i + 1));
	/* "L'assemblée" */
	if (n == 0 || *next >= w->nt || w->t[*next].gap == G_APOS)
		return 0;
	if (bare) {
		const struct token *t = &w->t[*next];

		if (!(t->gap & G_DOT) || (t->gap & ~(unsigned)G_SPACE) != G_DOT)
			return 0;
		if ((t->flags & T_SINGLE) && t->gap == G_DOT)
			(*next)++; /* "5.º" */
	}
	return n;
}

static bool
stop_word(const struct work *w, size_t i)
{
	return (w->t[i].kinds & (K_STOP | K_AND | K_IN | K_SAY | K_LINK |
					K_ARTICLE)) != 0;
}

static bool
year(const struct work *w, size_t i)
{
	const struct token *t = &w->t[i];

	return t->end - t->start == 4 && (t->flags & T_DIGIT) &&
	       (w->text.ptr[t->start] == '1' || w->text.ptr[t->start] == '2');
}

/* A word of an event's own name. */
static bool
own_word(const struct work *w, size_t i)
{
	if (stop_word(w, i) || (w->t[i].flags & T_DIGIT))
		return false;
	return work_capital(w, i) || (w->t[i].kinds & K_ADJECTIVE) ||
	       work_in_network(w, i);
}

/* Links and articles, or an "and", in front of a name's next word. */
static size_t
pass_link(const struct work *w, size_t j, bool *linked, bool *and)
{
	size_t k = j;

	while (k < w->nt && k - j < 4 && work_soft(w, k) &&
		!work_possessive(w, k) &&
		(w->t[k].kinds & (K_LINK | K_ARTICLE)))
		k++;
	*linked = k > j;
	*and = !*linked && work_soft(w, k) && (w->t[k].kinds & K_AND);
	return *and? k + 1 : k;
}

/* "of Learning Cities": after a second "of" only words of networks' names. */
static size_t
tail(const struct work *w, size_t head)
{
	size_t j = head + 1;
	int links = 0;

	while (j < w->nt && j - head < 5 && work_soft(w, j) && own_word(w, j) &&
		!(w->titlecase && !work_in_network(w, j)))
		j++;
	while (j < w->nt && j - head < 3 * CHAIN_MAX) {
		bool linked, and;
		size_t k = pass_link(w, j, &linked, &and);

		if (k >= w->nt || !work_soft(w, k) || !own_word(w, k))
			break;
		if (links == 0 && !linked)
			break; /* a place or a verb follows */
		if (links > 0 && linked && !work_in_network(w, k))
			break;
		if (and&&!work_in_network(w, k))
			break;
		links += linked;
		j = k + 1;
		while (j < w->nt && work_soft(w, j) && own_word(w, j))
			j++;
	}
	if (j < w->nt && w->t[j].gap == G_SPACE && year(w, j))
		j++;
	return j;
}

static size_t
chain_head(const struct work *w, size_t i, bool *rich)
{
	*rich = false;
	for (size_t j = i; j < w->nt && j - i < CHAIN_MAX; j++) {
		bool start = j == i && (w->t[j].gap & G_DOT);

		if (!start && !work_soft(w, j))
			break;
		if (w->t[j].kinds & (K_EVENT | K_EVENT_WEAK)) {
			*rich = *rich || (w->t[j].flags & T_CAP);
			return j;
		}
		if (!own_word(w, j))
			break;
		*rich = true;
	}
	return i + CHAIN_MAX;
}

static bool
free_tokens(const struct work *w, size_t first, size_t last)
{
	for (size_t i = first; i < last; i++) {
		const struct candidate *c = work_owner(w, i);

		if (c != NULL && c->type == MENTION_EVENT)
			return false;
	}
	return true;
}

static bool
has_capital(const struct work *w, size_t first, size_t last)
{
	for (size_t i = first; i < last; i++)
		if (w->t[i].flags & T_CAP)
			return true;
	return false;
}

/* "fifth International Conference of Learning Cities". */
static bool
by_ordinal(struct work *w, size_t i)
{
	struct name_value value = { 0 };
	size_t next, head, last;
	bool rich;
	int n;

	/* An ordinal's word, a number, or a Roman one. */
	if (!work_may_start(w, i, K_ORDINAL) && !(w->t[i].flags & T_DIGIT) &&
		roman_digit(w->text.ptr[w->t[i].start]) == 0)
		return false;
	n = ordinal(w, i, &next);
	if (n == 0 || next >= w->nt)
		return false;
	head = chain_head(w, next, &rich);
	if (head >= next + CHAIN_MAX)
		return false;
	last = tail(w, head);
	if (!free_tokens(w, i, last))
		return false;
	/* "the first meeting of the group" names nothing. */
	if (!rich && !has_capital(w, head + 1, last) &&
		(n == 1 || w->t[i].kinds == 0))
		return false;
	value.ordinal = n;
	return work_add(w, i, last, MENTION_EVENT, "names.event.ordinal",
		       value) != NULL;
}

/* Offset of the mark that closes the quotation before token i, or 0. */
static uint32_t
quote_end(const struct work *w, size_t i)
{
	static const struct {
		const char *open, *close;
	} marks[] = { { "‘", "’" }, { "“", "”" }, { "„", "“" }, { "«", "»" },
		{ "\"", "\"" }, { "'", "'" } };
	uint32_t start = w->t[i].start;
	struct span text = span_sub(w->text, 0, w->end);
	struct span near = span_sub(text, 0, start + QUOTE_MAX);

	for (size_t m = 0; m < sizeof marks / sizeof *marks; m++) {
		size_t open = strlen(marks[m].open), at = start;
		struct span close = span_str(marks[m].close);

		if (start < open + 1 ||
			!span_eq_str(span_sub(text, start - open, start),
				marks[m].open) ||
			text.ptr[start - open - 1] != ' ')
			continue;
		while ((at = span_find(near, at, close)) != SIZE_MAX) {
			uint32_t cp = ' ';

			(void)utf8_decode(text, at + close.len, &cp);
			if (!utf8_is_letter(cp) && text.ptr[at - 1] != ' ')
				return (uint32_t)(at + close.len);
			at += close.len;
		}
	}
	return 0;
}

/* "the webinar 'Spaces, institutions and actors: ...'". */
static bool
by_quote(struct work *w, size_t head)
{
	struct name_value value = { 0 };
	struct candidate *c;
	size_t last = head + 1;
	uint32_t end;

	if (last >= w->nt || w->t[last].gap != (G_SPACE | G_QUOTE))
		return false;
	end = quote_end(w, last);
	while (last < w->nt && w->t[last].end <= end)
		last++;
	if (last == head + 1)
		return false;
	value.name =
		arena_strndup(w->s->arena, w->text.ptr + w->t[head + 1].start,
			w->t[last - 1].end - w->t[head + 1].start);
	if (value.name == NULL) {
		w->failed = true;
		return false;
	}
	c = work_add(w, head, last, MENTION_EVENT, "names.event.quoted", value);
	if (c != NULL)
		c->end = end;
	return c != NULL;
}

/* "Lifelong Learning Festival", "Foro Urbano Mundial". */
static void
by_head(struct work *w, size_t head)
{
	size_t left, last;

	if (!(w->t[head].flags & T_CAP) || w->st->owners[head] != 0)
		return;
	left = work_left(
		w, head, 1u << MENTION_NETWORK | 1u << MENTION_ORGANISATION);
	last = tail(w, head);
	if (left == head && last == head + 1)
		return;
	if (left == head && last == head + 2 && year(w, head + 1))
		return;
	if (!free_tokens(w, left, last))
		return;
	(void)work_add(w, left, last, MENTION_EVENT, "names.event",
		(struct name_value){ 0 });
}

/* What the award's name is when its giver's acronym stood in brackets. */
static bool
short_name(struct work *w, size_t left, size_t last, struct name_value *value)
{
	const struct candidate *c = work_owner(w, left);
	struct span acronym, rest;

	if (c == NULL || c->first != left || c->last >= last ||
		w->text.ptr[c->end - 1] != ')')
		return true;
	acronym = work_text(w, c->last - 1, c->last);
	rest = work_text(w, c->last, last);
	value->name = arena_printf(w->s->arena, "%.*s %.*s", (int)acronym.len,
		acronym.ptr, (int)rest.len, rest.ptr);
	w->failed = w->failed || value->name == NULL;
	return value->name != NULL;
}

static void
award(struct work *w, size_t head)
{
	struct name_value value = { 0 };
	size_t left, last = head + 1;

	if (!(w->t[head].flags & T_CAP) || w->st->owners[head] != 0)
		return;
	left = work_left(w, head,
		1u << MENTION_NETWORK | 1u << MENTION_ORGANISATION |
			1u << MENTION_TITLE | ABSORB_BRACKET);
	if (left == head)
		last = tail(w, head);
	else if (last < w->nt && w->t[last].gap == G_SPACE && year(w, last))
		last++;
	if ((left == head && last == head + 1) || !free_tokens(w, left, last) ||
		!short_name(w, left, last, &value))
		return;
	(void)work_add(w, left, last, MENTION_EVENT, "names.award", value);
}

void
names_events(struct work *w)
{
	uint32_t events = K_EVENT | K_EVENT_WEAK | K_AWARD;

	for (size_t i = 0;
		(w->sum.kinds & (K_EVENT | K_EVENT_WEAK)) && i < w->nt; i++) {
		const struct candidate *c = work_owner(w, i);

		if (c != NULL && c->type == MENTION_EVENT) {
			i = c->last - 1;
			continue;
		}
		(void)by_ordinal(w, i);
	}
	for (size_t i = 0; (w->sum.kinds & events) && i < w->nt; i++) {
		if (w->t[i].kinds & (K_EVENT | K_EVENT_WEAK) &&
			free_tokens(w, i, i + 1) && by_quote(w, i))
			continue;
		if (w->t[i].kinds & K_EVENT)
			by_head(w, i);
		else if (w->t[i].kinds & K_AWARD)
			award(w, i);
	}
}
