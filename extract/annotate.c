#include <stdlib.h>

#include "lexis.h"
#include "rules.h"
#include "sentence.h"

#define NOTE_MAX ((size_t)1 << 20) /* bytes of folded words of a sentence */
#define OWNER_WORDS                                                            \
	4	      /* of what stands for an owner: "this global network's"  \
		       */
#define FOLD_ROOM 256 /* bytes a word may fold to without another look */

const char nationality_rule[] = "nationality";

void
annotated_init(struct annotated *n)
{
	*n = (struct annotated){ 0 };
	buffer_init(&n->tmp, NOTE_MAX);
}

void
annotated_release(struct annotated *n)
{
	buffer_release(&n->tmp);
	free(n->units);
	free(n->at);
	free(n->to);
	free(n->mention);
}

unsigned
symbol_of(const struct mention *m)
{
	static const unsigned counts[COUNT_CLASSES] = {
		[COUNT_OTHER] = SYMBOL_AMOUNT,
		[COUNT_MEMBER] = SYMBOL_MEMBERS,
		[COUNT_COUNTRY] = 19,
		[COUNT_PEOPLE] = 20,
		[COUNT_PARTNER] = 21,
		[COUNT_ORDINAL] = 23,
		[COUNT_PERCENT] = SYMBOL_AMOUNT,
		[COUNT_MONEY] = SYMBOL_AMOUNT,
		[COUNT_BARE] = 22,
	};
	static const unsigned types[MENTION_TYPES] = {
		[MENTION_CITY] = SYMBOL_CITY,
		[MENTION_REGION] = SYMBOL_REGION,
		[MENTION_COUNTRY] = SYMBOL_COUNTRY,
		[MENTION_DATE] = SYMBOL_DATE,
		[MENTION_NETWORK] = SYMBOL_NETWORK,
		[MENTION_TITLE] = SYMBOL_TITLE,
		[MENTION_ORGANISATION] = SYMBOL_ORGANISATION,
		[MENTION_PERSON] = SYMBOL_PERSON,
		[MENTION_ROLE] = SYMBOL_ROLE,
		[MENTION_EVENT] = SYMBOL_EVENT,
	};

	if (m->type == MENTION_COUNTRY && m->rule == nationality_rule)
		return SYMBOL_NATIONALITY;
	if (m->type != MENTION_COUNT)
		return types[m->type];
	if (m->count.class != COUNT_MEMBER && m->count.class != COUNT_PARTNER)
		return counts[m->count.class];
	/* "12 new firms" are read as new cities are. */
	if (m->count.others || m->count.fresh)
		return m->count.others ? 18 : 17;
	return counts[m->count.class];
}

static bool
grow(void *array, size_t n, size_t size)
{
	void **p = array, *grown = realloc(*p, n * size);

	if (grown != NULL)
		*p = grown;
	return grown != NULL;
}

/* Room for so many units, kept for the next sentence. */
static enum error_code
room(struct annotated *n, size_t units)
{
	size_t cap = units * 2 + 256;

	if (units <= n->cap)
		return OK;
	if (!grow(&n->units, cap, sizeof *n->units) ||
		!grow(&n->at, cap, sizeof *n->at) ||
		!grow(&n->to, cap, sizeof *n->to) ||
		!grow(&n->mention, cap, sizeof *n->mention))
		return ERR_NOMEM;
	n->cap = cap;
	return OK;
}

void
annotated_put(struct annotated *n, uint16_t unit, uint32_t from, uint32_t to,
	int32_t mention)
{
	n->units[n->len] = unit;
	n->at[n->len] = from;
	n->to[n->len] = to;
	n->mention[n->len++] = mention;
}

static void
put_symbol(struct annotated *n, unsigned symbol, uint32_t from, uint32_t to,
	int32_t mention)
{
	n->symbols |= 1u << symbol;
	annotated_put(n, (uint16_t)(UNIT_SYMBOL + symbol), from, to, mention);
}

/* The unit of an atom by itself. */
static uint16_t
unit_of(const struct rules *r, struct form *f)
{
	struct token t;
	uint32_t at = 0;

	if (f->unit == 0 && token_next(form_text(f), &at, f->len, &t))
		f->unit = vocabulary_unit(r->vocabulary, &t);
	return f->unit;
}

/* Atom i may belong to a longer token, or is a mark that may. */
static bool
may_join(const struct atoms *a, size_t i)
{
	const struct atom *it = &a->list[i], *next = it + 1;

	if (it->form == NULL)
		return it->mark == '.' || it->mark == '\'' || it->mark >= 0x80;
	return i + 1 < a->n && next->form == NULL && !next->space &&
	       (next->mark == '-' || next->mark == '.' || next->mark == '\'' ||
		       next->mark >= 0x80);
}

/* Where annotate() is in a sentence. */
struct cursor {
	const struct rules *rules;
	struct span text;
	struct atoms atoms;
	size_t i; /* of the atoms */
};

/* The atom that is all of the token at text[start], or NULL. */
static const struct atom *
atom_at(struct cursor *c, uint32_t start, uint32_t end)
{
	const struct atom *a;

	while (c->i < c->atoms.n && c->atoms.list[c->i].end <= start)
		c->i++;
	if (c->i == c->atoms.n)
		return NULL;
	a = &c->atoms.list[c->i];
	return a->start >= start && a->end <= end && !may_join(&c->atoms, c->i)
		       ? a
		       : NULL;
}

static void
put_text(struct cursor *c, struct annotated *n, uint32_t start, uint32_t end)
{
	struct token t;

	while (start < end) {
		const struct atom *a;

		if (c->text.ptr[start] == '[' && start > 0 &&
			c->text.ptr[start - 1] != ' ') {
			const size_t note = sentence_footnote(
				span_sub(c->text, start, end));

			start += (uint32_t)note;
			if (note > 0)
				continue;
		}
		a = atom_at(c, start, end);
		if (a != NULL) {
			annotated_put(n,
				a->form != NULL ? unit_of(c->rules, a->form)
						: (uint16_t)a->mark,
				a->start, a->end, NOTE_TEXT);
			start = a->end;
			continue;
		}
		if (!token_next(c->text, &start, end, &t))
			return;
		annotated_put(n, vocabulary_unit(c->rules->vocabulary, &t),
			t.start, t.end, NOTE_TEXT);
	}
}

/* The words, and room for what annotated_place_words() says of them. */
static enum error_code
split(struct annotated *n, struct scan *s, struct cursor *c)
{
	size_t i = context_sentence(s, n->start);
	const struct sentence *in = i < s->nsentences ? &s->sentences[i] : NULL;

	if (buffer_reserve(&n->tmp, FOLD_ROOM) == NULL)
		return n->tmp.code;
	if (in != NULL && n->start >= in->start && n->end <= in->end)
		c->atoms = in->atoms;
	if (in != NULL && in->start == n->start && in->end == n->end)
		n->list = scan_words(s, i, &n->tmp, &n->nwords);
	else
		n->list = words_split(s->doc->text, n->start, n->end, s->arena,
			&n->tmp, &n->nwords);
	n->shown = arena_array(s->arena, n->nwords, sizeof *n->shown);
	n->notes = arena_array(s->arena, n->nwords + 1, sizeof *n->notes);
	return n->list != NULL && n->shown != NULL && n->notes != NULL
		       ? OK
		       : ERR_NOMEM;
}

/* A number or a date names nothing: "im Netzwerk 44 Städte". */
static bool
is_name(const struct mention *m)
{
	return m->type != MENTION_COUNT && m->type != MENTION_DATE;
}

static bool
is_of(const struct rules *r, const struct annotated *n, size_t i)
{
	size_t len = 0;
	const struct word_row *row = i < n->nwords
					     ? words_find(&r->clauses, n->list,
						       n->nwords, i, NULL, &len)
					     : NULL;

	return row != NULL && strcmp(row->type, "of") == 0;
}

/* "la ciudad colombiana de Cali": a word, and "of" a place behind it. */
static bool
is_told_with(const struct rules *r, const struct scan *s,
	const struct annotated *n, size_t next)
{
	size_t m;

	if (next + 2 >= n->nwords || n->list[next].mark != 0 ||
		!is_of(r, n, next + 1))
		return false;
	m = context_mention(s, n->list[next + 1].end);
	return m < s->n && s->list[m].type == MENTION_CITY &&
	       s->list[m].start <= n->list[next + 1].end + 1;
}

/* "the city" before "of Graz", or before a name, means that name. */
static bool
names_itself(const struct rules *r, const struct scan *s,
	const struct annotated *n, size_t next, uint32_t end)
{
	size_t m;

	if (is_of(r, n, next) || is_told_with(r, s, n, next))
		return true;
	m = context_mention(s, end);
	if (m == s->n || !is_name(&s->list[m]))
		return false;
	/* "la ville d'Angers": its word begins before the name. */
	if (next < n->nwords && n->list[next].start <= end + 1 &&
		n->list[next].end >= s->list[m].end)
		return true;
	return s->list[m].start <= end + 1;
}

/* "Dutch" as a mention of its own. */
static int32_t
add_nationality(struct context *x, struct scan *s, const struct word_row *row,
	uint32_t start, uint32_t end)
{
	bool country = (row->type[0] | 32) == 'c';
	const struct mention m = {
		.start = start,
		.end = end,
		.type = country ? MENTION_COUNTRY : MENTION_REGION,
		.rule = nationality_rule,
		.text = span_sub(s->doc->text, start, end),
		.place = { .name = row->words,
			.country = country ? row->value : NULL },
	};

	return context_add(x, s, &m);
}

/* "Country" wants a capital letter, "country" does not. */
static bool
is_nationality(const struct scan *s, const struct word_row *row, uint32_t at)
{
	uint32_t cp;

	return row->type[0] >= 'a' ||
	       (utf8_decode(s->doc->text, at, &cp) > 0 && utf8_is_upper(cp));
}

int32_t
annotated_nationality(const struct rules *r, struct context *x, struct scan *s,
	const struct mention *in)
{
	struct buffer tmp;
	struct word *w;
	int32_t found = NOTE_TEXT;
	size_t n = 0, len;

	buffer_init(&tmp, NOTE_MAX);
	w = buffer_reserve(&tmp, FOLD_ROOM) != NULL
		    ? words_split(s->doc->text, in->start, in->end, s->arena,
			      &tmp, &n)
		    : NULL;
	for (size_t i = 0; w != NULL && found == NOTE_TEXT && i < n; i++) {
		const struct word_row *row = words_find(
			&r->demonyms, w, n, i, s->doc->language, &len);

		if (row != NULL && is_nationality(s, row, w[i].start))
			found = add_nationality(
				x, s, row, w[i].start, w[i + len - 1].end);
	}
	buffer_release(&tmp);
	return found;
}

/* Where text[start, end) ends without "'s". */
static uint32_t
without_s(struct span text, uint32_t start, uint32_t end)
{
	static const char *const marks[] = { "'s", "\xe2\x80\x99s" };
	struct span word = span_sub(text, start, end);

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (span_ends_with(word, marks[i]))
			return end - (uint32_t)strlen(marks[i]);
	return end;
}

/* "the network" of "the network's": the row of words k to j, of which the last
 * is owned. */
static const struct word_row *
find_owner(const struct rules *r, struct scan *s, struct annotated *n, size_t k,
	size_t j, size_t *len)
{
	struct word w[OWNER_WORDS];
	const struct word_row *row;
	const size_t so_many = j - k + 1;
	struct word *last = &w[so_many - 1];

	memcpy(w, n->list + k, so_many * sizeof *w);
	last->end = without_s(s->doc->text, last->start, last->end);
	last->memo = NULL;
	if (!words_fill(last, span_sub(s->doc->text, last->start, last->end),
		    s->arena, &n->tmp))
		return NULL;
	row = words_find(&r->anaphors, w, so_many, 0, s->doc->language, len);
	return row != NULL && *len == so_many ? row : NULL;
}

static const struct word_row *
find_anaphor(const struct rules *r, struct scan *s, struct annotated *n,
	size_t k, size_t *len)
{
	const struct word_row *row = words_find(
		&r->anaphors, n->list, n->nwords, k, s->doc->language, len);

	for (size_t j = k; row == NULL && j < n->nwords && j < k + OWNER_WORDS;
		j++)
		if (s->doc->text.ptr[n->list[j].end - 1] == 's' &&
			without_s(s->doc->text, n->list[j].start,
				n->list[j].end) != n->list[j].end)
			row = find_owner(r, s, n, k, j, len);
	return row;
}

/* The next anaphor or nationality from word *k on that ends before limit; *at,
 * *end: where it stands. */
static int32_t
next_word(const struct rules *r, struct context *x, struct scan *s,
	struct annotated *n, size_t *k, uint32_t from, uint32_t limit,
	uint32_t span[2], unsigned *symbol)
{
	for (; *k < n->nwords && n->list[*k].start < limit; ++*k) {
		const struct word_row *row;
		size_t len;
		int32_t m;

		if (n->list[*k].start < from)
			continue;
		if (n->list[*k].fold[0] == '\0')
			continue;
		row = words_find(&r->demonyms, n->list, n->nwords, *k,
			s->doc->language, &len);
		if (row != NULL && n->list[*k + len - 1].end <= limit &&
			is_nationality(s, row, n->list[*k].start)) {
			span[0] = n->list[*k].start;
			span[1] = n->list[*k + len - 1].end;
			*k += len;
			*symbol = SYMBOL_NATIONALITY;
			return add_nationality(x, s, row, span[0], span[1]);
		}
		row = find_anaphor(r, s, n, *k, &len);
		if (row == NULL || n->list[*k + len - 1].end > limit)
			continue;
		span[0] = n->list[*k].start;
		span[1] = without_s(
			s->doc->text, span[0], n->list[*k + len - 1].end);
		if (strcmp(row->type, "pronoun") != 0 &&
			names_itself(r, s, n, *k + len, span[1]))
			continue;
		m = anaphor_resolve(x, s, row, span[0], symbol);
		if (m == NOTE_TEXT)
			continue;
		*k += len;
		return m;
	}
	return NOTE_TEXT;
}

/* Where the second word of text[start, end) begins, or start. */
static uint32_t
second_word(struct span text, uint32_t start, uint32_t end)
{
	uint32_t at = start;

	while (at < end && text.ptr[at] != ' ' && text.ptr[at] != ',')
		at++;
	while (at < end && (text.ptr[at] == ' ' || text.ptr[at] == ','))
		at++;
	return at < end ? at : start;
}

/* Bytes of the apostrophe at text[at], which is that of "Eurocities' members",
 * no quotation mark; 0: there is none. */
static uint32_t
owns(struct span text, uint32_t start, uint32_t at, uint32_t end)
{
	const struct span rest = span_sub(text, at, end);
	const uint32_t len = span_starts_with(rest, "\xe2\x80\x99 ") ? 3
			     : span_starts_with(rest, "' ")	     ? 1
								     : 0;
	const char before = start > 0 ? text.ptr[start - 1] : ' ';

	return len > 0 && text.ptr[at - 1] == 's' &&
			       (before == ' ' || before == '\n')
		       ? len
		       : 0;
}

/* The same as a unit, as "'s" is; where the text goes on. */
static uint32_t
put_owner(const struct cursor *c, struct annotated *n, uint32_t start,
	uint32_t at)
{
	const struct token s = { .len = 2, .lower = "'s" };
	const uint32_t len = owns(c->text, start, at, n->end);

	if (len > 0)
		annotated_put(n, vocabulary_unit(c->rules->vocabulary, &s), at,
			at + len, NOTE_TEXT);
	return at + len;
}

/* Mention *m, with what says where it is: "Villa María, Argentina" is one name;
 * and a date behind its day of the week, which stays a word.
 * Returns where the text goes on. */
static uint32_t
put_mention(struct cursor *c, struct scan *s, size_t *m, struct annotated *n)
{
	const struct mention *it = &s->list[*m];
	uint32_t start = it->start, at = places_full_end(s, *m);
	int32_t what = (int32_t)*m;

	if (at > n->end)
		at = it->end;
	while (*m + 1 < s->n && s->list[*m + 1].start < at)
		++*m;
	if (it->rule == weekday_rule) {
		start = second_word(c->text, it->start, it->end);
		put_text(c, n, it->start, start);
	}
	put_symbol(n, symbol_of(it), start, at, what);
	++*m;
	return put_owner(c, n, it->start, at);
}

enum error_code
annotate(const struct rules *r, struct context *x, struct scan *s,
	uint32_t start, uint32_t end, struct annotated *n)
{
	struct cursor c = { .rules = r, .text = s->doc->text };
	size_t m = context_mention(s, start), k = 0;
	uint32_t at = start;
	enum error_code code;

	n->symbols = 0;
	n->placed = false;
	n->is_skeleton = false;
	n->ndropped = 0;
	n->start = start;
	n->end = end;
	n->len = 0;
	if (room(n, (size_t)(end - start) + 1) != OK)
		return ERR_NOMEM;
	code = split(n, s, &c);
	while (code == OK && at < end) {
		bool named = m < s->n && s->list[m].end <= end;
		uint32_t limit = named ? s->list[m].start : end;
		uint32_t span[2];
		unsigned symbol;
		int32_t what =
			next_word(r, x, s, n, &k, at, limit, span, &symbol);

		put_text(&c, n, at, what != NOTE_TEXT ? span[0] : limit);
		if (what != NOTE_TEXT) {
			put_symbol(n, symbol, span[0], span[1], what);
			at = span[1];
		} else {
			at = named ? put_mention(&c, s, &m, n) : end;
		}
	}
	n->at[n->len] = n->to[n->len] = end;
	semicolons_join(r, s, n);
	if (code == OK)
		pairs_read(r, s, n);
	return code;
}

bool
annotated_is_empty(
	const struct rules *r, struct scan *s, size_t i, struct buffer *tmp)
{
	const struct sentence *t = &s->sentences[i];
	size_t n, m = context_mention(s, t->start);

	if ((m < s->n && s->list[m].end <= t->end) ||
		scan_words(s, i, tmp, &n) == NULL)
		return false;
	return !words_may_stand(&r->demonyms, t->tables) &&
	       !words_may_stand(&r->anaphors, t->tables);
}

static void *
keep(struct arena *a, const void *list, size_t n, size_t size)
{
	void *p = arena_room(a, n, size);

	if (p != NULL && n > 0)
		memcpy(p, list, n * size);
	return p;
}

struct annotated *
annotated_sentence(const struct rules *r, struct context *x, struct scan *s,
	size_t i, struct annotated *tmp)
{
	const struct sentence *t = &s->sentences[i];
	struct annotated *n = x->notes[i];

	if (n != NULL)
		return n;
	n = arena_alloc(s->arena, sizeof *n);
	if (n == NULL || annotate(r, x, s, t->start, t->end, tmp) != OK)
		return NULL;
	*n = *tmp;
	n->cap = 0;
	n->tmp = (struct buffer){ 0 };
	/* The end's place stands behind the last unit's. */
	n->units = keep(s->arena, tmp->units, n->len, sizeof *n->units);
	n->at = keep(s->arena, tmp->at, n->len + 1, sizeof *n->at);
	n->to = keep(s->arena, tmp->to, n->len + 1, sizeof *n->to);
	n->mention = keep(s->arena, tmp->mention, n->len, sizeof *n->mention);
	if (n->units == NULL || n->at == NULL || n->to == NULL ||
		n->mention == NULL)
		return NULL;
	x->notes[i] = n;
	return n;
}

/* "não-governamental", "non-EU": the word denies the one that it is a part of.
 */
static bool
is_prefix(const struct annotated *n, size_t i, const struct word_row *turn)
{
	const struct word *w = &n->list[i];

	return turn != NULL && strcmp(turn->type, "negated") == 0 &&
	       i + 2 < n->nwords && w[1].mark == '-' && !w[1].space &&
	       w[2].mark == 0 && !w[2].space;
}

/* A symbol stands for the word, which no table has. */
static void
hide(struct word *w)
{
	w->fold = "";
	w->memo = NULL;
}

void
annotated_place_words(
	const struct rules *r, const char *language, struct annotated *n)
{
	size_t at = 0, len, masked = 0;
	uint32_t count = 0;

	if (n->placed)
		return;
	if (n->nwords > 0)
		memcpy(n->shown, n->list, n->nwords * sizeof *n->shown);
	n->list = n->shown;
	for (size_t i = 0; i < n->nwords; i++) {
		/* A unit without words stands for what was left out. */
		while (at < n->len && (n->at[at] < n->list[i].start ||
					      n->to[at] == n->list[i].start))
			at++;
		n->notes[i] = (struct note_word){ .stem = (uint32_t)at };
		if (at == n->len || n->at[at] != n->list[i].start ||
			n->mention[at] != NOTE_TEXT)
			hide(&n->shown[i]);
		else if (n->shown[i].mark == ';')
			n->shown[i].mark = (char)n->units[at]; /* joined */
		n->notes[i].count = count;
		count += n->list[i].fold[0] != '\0';
	}
	n->notes[n->nwords] =
		(struct note_word){ .stem = (uint32_t)n->len, .count = count };
	for (size_t i = 0; i < n->nwords; i++) {
		struct note_word *w = &n->notes[i];

		w->turn = words_find(&r->polarity, n->list, n->nwords, i,
			language, &w->turn_words);
		/* "le pas": what a mask covers is no trigger either. */
		if (i < masked || is_prefix(n, i, w->turn))
			w->turn = NULL;
		else if (w->turn != NULL && strcmp(w->turn->type, "mask") == 0)
			masked = i + w->turn_words;
		w->clause = words_find(
			&r->clauses, n->list, n->nwords, i, language, &len);
		if (n->nquiet > 0 && pairs_is_quiet(n, n->list[i].start)) {
			w->turn = NULL;
			if (w->clause != NULL)
				w->clause = pairs_and(r, language);
		}
	}
	n->placed = true;
}
