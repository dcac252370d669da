#include "sieve_work.h"

#include <stdlib.h>

#define MARKS_BETWEEN 3 /* marks before a word of a gap ... */
#define MARKS_BEHIND  2 /* ... and behind the last */

static bool
asked_init(struct sieve_asked *a, size_t n)
{
	a->words = n / 64 + 1;
	a->known = calloc(a->words, sizeof *a->known);
	a->there = calloc(a->words, sizeof *a->there);
	return a->known != NULL && a->there != NULL;
}

static void
asked_reset(struct sieve_asked *a)
{
	memset(a->known, 0, a->words * sizeof *a->known);
	memset(a->there, 0, a->words * sizeof *a->there);
}

static void
asked_release(struct sieve_asked *a)
{
	free(a->known);
	free(a->there);
}

enum error_code
sieve_note_init(struct sieve_note *n, const struct sieve *s)
{
	bool good;

	*n = (struct sieve_note){ .sieve = s };
	good = asked_init(&n->classes, s->n);
	good = asked_init(&n->groups, s->ngroups) && good;
	n->units = calloc(UNITS / 64, sizeof *n->units);
	n->where = calloc(UNITS, SIEVE_WORDS * sizeof *n->where);
	n->slots = calloc(s->n + 1, sizeof *n->slots);
	n->places = calloc(s->n + 1, SIEVE_WORDS * sizeof *n->places);
	return !good || n->units == NULL || n->where == NULL ||
			       n->slots == NULL || n->places == NULL
		       ? ERR_NOMEM
		       : OK;
}

void
sieve_note_release(struct sieve_note *n)
{
	asked_release(&n->classes);
	asked_release(&n->groups);
	free(n->units);
	free(n->where);
	free(n->slots);
	free(n->places);
}

/* The sentence before is forgotten. */
static void
forget(struct sieve_note *n)
{
	if (n->folded)
		memset(n->units, 0, UNITS / 8);
	for (size_t i = 0; i < n->nmet; i++)
		n->units[n->met[i] / 64] = 0;
	n->nmet = n->nslots = 0;
	memset(n->all, 0, sizeof n->all);
	asked_reset(&n->classes);
	asked_reset(&n->groups);
}

void
sieve_note_read(struct sieve_note *n, const uint16_t *units, size_t len)
{
	forget(n);
	n->len = len;
	n->folded = len / 64 + 1 > SIEVE_WORDS;
	n->words = n->folded ? 1 : len / 64 + 1;
	for (size_t i = 0; i < len; i++) {
		const uint16_t u = units[i];
		const size_t place = n->folded ? 0 : i;
		uint64_t *where = n->where + (size_t)u * SIEVE_WORDS;

		if (!sieve_has_bit(n->units, u)) {
			sieve_set_bit(n->units, u);
			if (!n->folded)
				n->met[n->nmet++] = u;
			for (size_t k = 0; k < n->words; k++)
				where[k] = 0;
		}
		sieve_set_bit(where, place);
		if (u >= UNIT_WORD)
			sieve_set_bit(n->all, place);
	}
}

bool
sieve_look_for(struct sieve_note *n, size_t k)
{
	const struct sieve *s = n->sieve;
	const struct class *c = &s->list[k];
	const char *units = s->units.ptr + c->at;
	uint64_t *places = n->places + n->nslots * SIEVE_WORDS;
	uint64_t any = 0;

	for (size_t i = 0; i < n->words; i++)
		any |= places[i] = c->words ? n->all[i] : 0;
	for (size_t i = 0; i < c->n; i++) {
		const uint64_t *where;
		uint16_t u;

		memcpy(&u, units + i * sizeof u, sizeof u);
		if (!sieve_has_bit(n->units, u))
			continue;
		where = n->where + (size_t)u * SIEVE_WORDS;
		for (size_t w = 0; w < n->words; w++)
			any |= places[w] |= where[w];
	}
	sieve_set_bit(n->classes.known, k);
	if (any == 0)
		return false;
	sieve_set_bit(n->classes.there, k);
	n->slots[k] = (uint16_t)n->nslots++;
	return true;
}

/*
 * A program runs over the places of a sentence: one word of them for nearly
 * all sentences, up to SIEVE_WORDS for the others.  All below is compiled for
 * either, so that the usual way has no loops.
 */
#define EITHER static inline __attribute__((always_inline))

typedef void
run_fn(struct sieve_note *n, const uint16_t *op, size_t len, struct places *p);

EITHER bool
is_empty(const struct places *p, size_t words)
{
	uint64_t any = 0;

	for (size_t i = 0; i < words; i++)
		any |= p->w[i];
	return any == 0;
}

EITHER void
set(struct places *p, const struct places *from, size_t words)
{
	for (size_t i = 0; i < words; i++)
		p->w[i] = from->w[i];
}

EITHER void
add(struct places *p, const struct places *more, size_t words)
{
	for (size_t i = 0; i < words; i++)
		p->w[i] |= more->w[i];
}

EITHER void
clear(struct places *p, size_t words)
{
	for (size_t i = 0; i < words; i++)
		p->w[i] = 0;
}

/* From these places over one unit of the class. */
EITHER void
step(struct sieve_note *n, unsigned class, struct places *p, size_t words)
{
	const uint64_t *at;
	uint64_t carry = 0;

	if (!sieve_class_stands(n, class)) {
		clear(p, words);
		return;
	}
	at = sieve_class_places(n, class);
	for (size_t i = 0; i < words; i++) {
		const uint64_t hit = p->w[i] & at[i];

		p->w[i] = hit << 1 | carry;
		carry = hit >> 63;
	}
}

EITHER void
pass_marks(struct sieve_note *n, int most, struct places *p, size_t words)
{
	struct places t;

	set(&t, p, words);
	for (int i = 0; i < most; i++) {
		step(n, n->sieve->marks, &t, words);
		if (is_empty(&t, words))
			return;
		add(p, &t, words);
	}
}

EITHER void
pass_gap(struct sieve_note *n, unsigned class, unsigned most, struct places *p,
	size_t words)
{
	struct places t;

	set(&t, p, words);
	for (unsigned i = 0; i < most; i++) {
		pass_marks(n, MARKS_BETWEEN, &t, words);
		step(n, class, &t, words);
		if (is_empty(&t, words))
			break;
		add(p, &t, words);
	}
	pass_marks(n, MARKS_BEHIND, p, words);
}

static bool
is_there(struct sieve_note *n, const uint16_t *op, size_t len);

/* A branch of a group is; asked once of a sentence. */
static bool
is_any_there(struct sieve_note *n, size_t group)
{
	const struct sieve_group *g = &n->sieve->groups[group];
	const uint16_t *op = sieve_branches(n->sieve, g);
	bool any = false;

	if (sieve_has_bit(n->groups.known, group))
		return sieve_has_bit(n->groups.there, group);
	if (g->needs != SIEVE_CLASSES_END && !sieve_class_stands(n, g->needs))
		return false;
	for (size_t k = 0; !any && k < g->n; k += 2u + op[k + 1])
		any = is_there(n, op + k + 2, op[k + 1]);
	sieve_set_bit(n->groups.known, group);
	if (any)
		sieve_set_bit(n->groups.there, group);
	return any;
}

/* Do all classes stand somewhere that must?  Told without a look at where. */
static bool
is_there(struct sieve_note *n, const uint16_t *op, size_t len)
{
	for (size_t i = 0; i < len; i += sieve_op_len(op + i))
		if (op[i] == SIEVE_CLASS ? !sieve_class_stands(n, op[i + 1])
					 : op[i] == SIEVE_ANY &&
						   !is_any_there(n, op[i + 1]))
			return false;
	return true;
}

/* Each branch from the same places; or, without one, none. */
EITHER void
pass_any(struct sieve_note *n, size_t group, struct places *p, size_t words,
	run_fn *run)
{
	const struct sieve_group *g = &n->sieve->groups[group];
	const uint16_t *op = sieve_branches(n->sieve, g), *end = op + g->n;
	struct places from;

	set(&from, p, words);
	clear(p, words);
	if (!is_any_there(n, group))
		return;
	for (; op < end; op += 2u + op[1]) {
		struct places t;

		/* Most begin with a class that stands nowhere. */
		if (op[1] > 0 && op[2] == SIEVE_CLASS &&
			!sieve_class_stands(n, op[3]))
			continue;
		set(&t, &from, words);
		run(n, op + 2, op[1], &t);
		add(p, &t, words);
	}
}

/* Once or, if again, until nothing new is reached. */
EITHER void
pass_maybe(struct sieve_note *n, const uint16_t *op, size_t len, bool again,
	struct places *p, size_t words, run_fn *run)
{
	struct places t;

	set(&t, p, words);
	do {
		run(n, op, len, &t);
		for (size_t i = 0; i < words; i++) {
			t.w[i] &= ~p->w[i];
			p->w[i] |= t.w[i];
		}
	} while (again && !is_empty(&t, words));
}

/* The last places: a mark and an end of line may stand behind. */
EITHER void
keep_last(struct sieve_note *n, struct places *p, size_t words)
{
	const size_t first = n->len > 2 ? n->len - 2 : 0;

	for (size_t i = 0; i < words; i++)
		if (i < first / 64)
			p->w[i] = 0;
	p->w[first / 64] &= ~(uint64_t)0 << first % 64;
}

EITHER void
run_over(struct sieve_note *n, const uint16_t *op, size_t len, struct places *p,
	size_t words, run_fn *run)
{
	size_t i = 0;

	while (i < len && !is_empty(p, words)) {
		switch ((enum sieve_op)op[i]) {
		case SIEVE_CLASS:
			step(n, op[i + 1], p, words);
			i += 2;
			break;
		case SIEVE_GAP:
			pass_gap(n, op[i + 1], op[i + 2], p, words);
			i += 3;
			break;
		case SIEVE_ANY:
			pass_any(n, op[i + 1], p, words, run);
			i += 2;
			break;
		case SIEVE_BRANCH:
			run(n, op + i + 2, op[i + 1], p);
			i += 2u + op[i + 1];
			break;
		case SIEVE_MAYBE:
		case SIEVE_MANY:
			pass_maybe(n, op + i + 2, op[i + 1],
				op[i] == SIEVE_MANY, p, words, run);
			i += 2u + op[i + 1];
			break;
		case SIEVE_FIRST:
			for (size_t k = 1; k < words; k++)
				p->w[k] = 0;
			p->w[0] &= 1;
			i++;
			break;
		case SIEVE_LAST:
			keep_last(n, p, words);
			i++;
			break;
		}
	}
}

static void
run_short(
	struct sieve_note *n, const uint16_t *op, size_t len, struct places *p)
{
	run_over(n, op, len, p, 1, run_short);
}

static void
run_long(struct sieve_note *n, const uint16_t *op, size_t len, struct places *p)
{
	run_over(n, op, len, p, n->words, run_long);
}

bool
sieve_has(struct sieve_note *n, const uint16_t *classes, size_t nclasses)
{
	for (size_t i = 0; i < nclasses; i++)
		if (!sieve_class_stands(n, classes[i]))
			return false;
	return true;
}

bool
sieve_stands(struct sieve_note *n, const struct sieve_code *code)
{
	return is_there(n, code->ops, code->n);
}

bool
sieve_reaches(struct sieve_note *n, const struct sieve_code *code, size_t from)
{
	struct places p = { .w = { 0 } };

	if (n->folded || code->n == 0)
		return true;
	for (size_t i = from / 64; i < n->words; i++)
		p.w[i] = ~(uint64_t)0;
	p.w[from / 64] &= ~(uint64_t)0 << from % 64;
	if (n->len % 64 < 63)
		p.w[n->words - 1] &= ((uint64_t)2 << n->len % 64) - 1;
	(n->words == 1 ? run_short : run_long)(n, code->ops, code->n, &p);
	return !is_empty(&p, n->words);
}
