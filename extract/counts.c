#include <stdlib.h>

#include "extract.h"
#include "numbers.h"
#include "scan.h"

#define UNIT_GAP 3 /* words between a number and what it counts */

/* The bytes of the text that mentions found before cover, one bit each. */
struct cover {
	uint8_t *bits;
};

static enum error_code
cover_init(struct cover *c, const struct scan *s)
{
	size_t bytes = s->doc->text.len / 8 + 1;

	c->bits = arena_array(s->arena, bytes, 1);
	if (c->bits == NULL)
		return ERR_NOMEM;
	memset(c->bits, 0, bytes);
	for (size_t i = 0; i < s->n; i++)
		for (uint32_t at = s->list[i].start; at < s->list[i].end; at++)
			c->bits[at / 8] |= (uint8_t)(1u << at % 8);
	return OK;
}

static bool
cover_has(const struct cover *c, uint32_t at)
{
	return (c->bits[at / 8] & (1u << at % 8)) != 0;
}

struct found {
	size_t start, end; /* lexemes */
	struct count_value v;
};

static bool
is(const struct lexeme_line *l, size_t at, enum lex_kind kind, size_t *len)
{
	return phrasebook_find(l, at, kind, len) != NULL;
}

static bool
hard_mark(const struct lexeme_line *l, size_t at, char mark)
{
	return at < l->n && l->w[at].mark == mark && !l->w[at].space;
}

static void
set_unit(struct count_value *v, const struct lex_row *row)
{
	enum count_class class;

	v->unit = row->written;
	if (count_class_find(span_str(row->value), &class))
		v->class = class;
}

/* A word between a number and its noun that is neither: an adjective. */
static bool
is_filler(const struct lexeme_line *l, size_t at)
{
	static const uint64_t ends =
		LEX_BIT(LEX_NUMBER) | LEX_BIT(LEX_SCALE) | LEX_BIT(LEX_STOP);
	const struct lexeme *w = &l->w[at];

	return w->mark == 0 && w->digits < 0 && (w->kinds & ends) == 0;
}

/* What is counted: behind adjectives, and "new", "other"; never a word of a
 * name: "356 UNESCO Learning Cities". */
static void
find_unit(const struct lexeme_line *l, const struct cover *c, bool noun,
	struct found *f)
{
	size_t at = f->end, len;
	const struct lex_row *row;

	f->v.class = COUNT_BARE;
	if (at < l->n && l->w[at].mark == '%') {
		f->v.class = COUNT_PERCENT;
		f->end = at + 1;
		return;
	}
	/* "une vingtaine de villes", "2,5 milioni di abitanti" */
	if (noun && is(l, at, LEX_LINK, &len))
		at += len;
	for (size_t gap = 0;
		gap <= UNIT_GAP && at < l->n && !cover_has(c, l->w[at].start);
		at += len) {
		row = phrasebook_find(l, at, LEX_UNIT, &len);
		if (row != NULL) {
			set_unit(&f->v, row);
			f->end = at + len;
			return;
		}
		if (is(l, at, LEX_FRESH, &len)) {
			f->v.fresh = true;
		} else if (is(l, at, LEX_OTHERS, &len)) {
			f->v.others = true;
		} else if (is_filler(l, at)) {
			gap++;
			len = 1;
		} else {
			break;
		}
	}
	f->v.fresh = false;
	/* "55 others" has no noun. */
	if (f->v.others && is(l, f->end, LEX_OTHERS, &len)) {
		f->v.class = COUNT_MEMBER;
		f->end += len;
	} else {
		f->v.others = false;
	}
}

/* "150 or more", "150 cities or more" */
static void
bound_behind(const struct lexeme_line *l, struct found *f)
{
	size_t len;
	const struct lex_row *row =
		phrasebook_find(l, f->end, LEX_BOUND_AFTER, &len);

	if (row != NULL && bound_find(span_str(row->value), &f->v.bound))
		f->end += len;
}

/* "over", "plus de" before it, but not before l->w[from]; "150+", "150 or more"
 * behind it. */
static void
find_bound(const struct lexeme_line *l, size_t from, struct found *f)
{
	size_t len;
	const struct lex_row *row =
		phrasebook_find_before(l, f->start, LEX_BOUND, &len);

	if (row != NULL && len <= f->start - from &&
		bound_find(span_str(row->value), &f->v.bound))
		f->start -= len;
	if (hard_mark(l, f->end, '+')) {
		f->v.bound = BOUND_AT_LEAST;
		f->end++;
	}
	bound_behind(l, f);
}

/* "a further 55", "another 12", "new" */
static void
look_before(const struct lexeme_line *l, struct found *f)
{
	size_t len;

	if (phrasebook_find_before(l, f->start, LEX_OTHERS, &len) != NULL)
		f->v.others = true;
	if (phrasebook_find_before(l, f->start, LEX_FRESH, &len) != NULL)
		f->v.fresh = true;
	if (f->v.others)
		f->v.scope = "excluding the subject";
}

/* "a fifth of the cities", "un tercio": one part of so many. */
static bool
is_fraction(const struct lexeme_line *l, size_t at, const struct number *n)
{
	size_t len;

	return n->n > 2 && n->words && at > 0 && is(l, at - 1, LEX_ONE, &len) &&
	       (n->end == l->n || l->w[n->end].mark != 0 ||
		       is(l, n->end, LEX_STOP, &len));
}

static bool
is_ordinal(const struct lexeme_line *l, size_t at, struct number *n)
{
	const struct lexeme *w = l->w;
	char set = phrasebook_setting(l->phrasebook, l->lang, LEX_ORDINAL_END);

	if (number_read_ordinal(l, at, n))
		return true;
	/* "14. deutsche Stadt": where ordinals end in a point. */
	if (set != '.' || w[at].digits < 1 || w[at].ndigits > 4 ||
		!hard_mark(l, at + 1, '.') || at + 2 >= l->n ||
		!w[at + 2].space || w[at + 2].mark != 0)
		return false;
	*n = (struct number){ .n = w[at].digits, .end = at + 2 };
	return true;
}

/* Part of a name or number that is none: "COVID-19", ".08", "5G", "A4". */
static bool
is_part(const struct lexeme_line *l, size_t at)
{
	const struct lexeme *w = &l->w[at];
	bool behind = at > 0 && !w->space && !w->apos;

	if (w->digits < 0)
		return false;
	/* "[12]", a footnote's mark */
	if (behind && w[-1].mark == '[' && !w[-1].space && at > 1 &&
		at + 1 < l->n && w[1].mark == ']')
		return true;
	if (behind && (w[-1].mark == 0 || w[-1].mark == '.' ||
			      w[-1].mark == ',' || w[-1].mark == '/'))
		return true;
	if (behind && w[-1].mark == '-' && at > 1 && !w[-1].space &&
		w[-2].mark == 0 && w[-2].digits < 0)
		return true;
	return at + 1 < l->n && !w[1].space && w[1].mark == 0 &&
	       w[1].digits < 0 && w[1].kinds == 0;
}

static bool
find(const struct lexeme_line *l, const struct cover *c, size_t from, size_t at,
	struct found *f)
{
	struct number n;

	*f = (struct found){ .start = at };
	if (is_ordinal(l, at, &n)) {
		f->v.n = is_fraction(l, at, &n) ? -1 : n.n;
		f->v.class = COUNT_ORDINAL;
		f->end = n.end;
		return true;
	}
	if (!number_read(l, at, &n))
		return false;
	f->v.n = n.n;
	f->end = n.end;
	if (n.fraction) { /* no count, and no part of it is one */
		f->v.n = -1;
		return true;
	}
	if (n.approx)
		f->v.bound = BOUND_APPROX;
	find_bound(l, from, f);
	if (at > 0 && l->w[at - 1].mark == LEX_MONEY) {
		f->v.class = COUNT_MONEY;
		return true;
	}
	find_unit(l, c, n.noun, f);
	bound_behind(l, f);
	look_before(l, f);
	return true;
}

static enum error_code
add(const struct lexeme_line *l, const struct found *f, struct scan *s)
{
	struct mention m = { .type = MENTION_COUNT, .rule = "counts" };

	m.start = l->w[f->start].start;
	m.end = l->w[f->end - 1].end;
	m.count = f->v;
	return scan_add(s, &m);
}

static enum error_code
read_sentence(struct lexeme_line *l, const struct cover *c,
	struct sentence *sentence, struct scan *s)
{
	static const uint64_t triggers =
		LEX_BIT(LEX_NUMBER) | LEX_BIT(LEX_ONE) | LEX_BIT(LEX_SCALE) |
		LEX_BIT(LEX_HALVES) | LEX_BIT(LEX_ORDINAL);
	enum error_code code = phrasebook_sentence(l, s, sentence);

	if (code != OK || (!l->digits && (l->kinds & triggers) == 0))
		return code;
	for (size_t at = 0, from = 0; code == OK && at < l->n;) {
		const struct lexeme *w = &l->w[at];
		struct found f;

		if ((w->digits < 0 && (w->kinds & triggers) == 0) ||
			cover_has(c, w->start) || is_part(l, at) ||
			!find(l, c, from, at, &f)) {
			at++;
			continue;
		}
		if (f.v.n >= 0)
			code = add(l, &f, s);
		at = from = f.end > at ? f.end : at + 1;
	}
	return code;
}

enum error_code
counts_scan(const struct phrasebook *words, struct lexeme *room, struct scan *s)
{
	struct lexeme_line l = {
		.phrasebook = words,
		.text = s->doc->text,
		.lang = phrasebook_language(words, s->doc->language),
		.room = room,
		.cap = EXTRACT_SENTENCE_MAX,
	};
	struct cover cover;
	enum error_code code = cover_init(&cover, s);

	for (size_t i = 0; code == OK && i < s->nsentences; i++)
		code = read_sentence(&l, &cover, &s->sentences[i], s);
	return code;
}
