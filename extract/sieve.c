#include "sieve.h"

#include <stdlib.h>

#include "vocabulary.h"

#define BUCKETS		 ((size_t)1 << 15) /* a power of two, over the classes */
#define UNITS_MAX	 ((size_t)8 << 20) /* bytes of all classes' units */
#define WORD_CLASSES_MAX 8
#define CLASS_MARKS	 0 /* what may stand between two words of a gap */
#define MARKS_BETWEEN	 3 /* marks before a word of a gap ... */
#define MARKS_BEHIND	 2 /* ... and behind the last */

struct class
{
	uint32_t at; /* of its units, bytes */
	uint32_t n;
	uint16_t languages; /* of the programs it is in */
	bool words;
};

/* A class that a unit is of. */
struct membership {
	uint16_t class, languages;
};

struct sieve {
	struct class *list;
	size_t n, room;
	struct buffer units;
	uint16_t *buckets;		  /* index + 1 into list */
	uint16_t words[WORD_CLASSES_MAX]; /* classes that hold all words */
	size_t nwords;
	/* Once settled: of each unit, classes[starts[unit], starts[unit+1]). */
	uint32_t *starts;
	struct membership *classes;
};

void
sieve_put(struct buffer *b, unsigned op)
{
	const uint16_t unit = (uint16_t)op;

	(void)buffer_add(b, &unit, sizeof unit);
}

void
sieve_wrap(struct buffer *b, size_t at, enum sieve_op op)
{
	const uint16_t head[2] = { (uint16_t)op,
		(uint16_t)((b->len - at) / sizeof *head) };

	if (buffer_add(b, head, sizeof head) != OK)
		return;
	memmove(b->ptr + at + sizeof head, b->ptr + at,
		b->len - at - sizeof head);
	memcpy(b->ptr + at, head, sizeof head);
}

void
sieve_unwrap(struct buffer *b, size_t at)
{
	const size_t head = 2 * sizeof(uint16_t);

	if (b->code != OK)
		return;
	memmove(b->ptr + at, b->ptr + at + head, b->len - at - head);
	b->len -= head;
}

struct sieve *
sieve_new(void)
{
	static const uint16_t marks[] = { ',', '"', '\'', '(', ')', '-' };
	struct sieve *s = calloc(1, sizeof *s);

	if (s == NULL)
		return NULL;
	buffer_init(&s->units, UNITS_MAX);
	s->buckets = calloc(BUCKETS, sizeof *s->buckets);
	s->list = calloc(SIEVE_CLASSES_MAX, sizeof *s->list);
	if (s->buckets == NULL || s->list == NULL) {
		sieve_free(s);
		return NULL;
	}
	if (sieve_class(s, marks, sizeof marks / sizeof *marks, false) !=
		CLASS_MARKS) {
		sieve_free(s);
		return NULL;
	}
	return s;
}

void
sieve_free(struct sieve *s)
{
	if (s == NULL)
		return;
	buffer_release(&s->units);
	free(s->list);
	free(s->buckets);
	free(s->starts);
	free(s->classes);
	free(s);
}

static bool
is_class(const struct sieve *s, const struct class *c, const uint16_t *units,
	size_t n, bool words)
{
	return c->n == n && c->words == words &&
	       (n == 0 || memcmp(s->units.ptr + c->at, units,
				  n * sizeof *units) == 0);
}

unsigned
sieve_class(struct sieve *s, const uint16_t *units, size_t n, bool words)
{
	uint32_t h = words ? 40389u : 2166136261u; /* FNV-1a */
	size_t at;

	for (size_t i = 0; i < n; i++)
		h = (h ^ units[i]) * 16777619u;
	at = (h ^ h >> 15) & (BUCKETS - 1);
	for (; s->buckets[at] != 0; at = (at + 1) & (BUCKETS - 1))
		if (is_class(s, &s->list[s->buckets[at] - 1], units, n, words))
			return s->buckets[at] - 1u;
	if (s->n == SIEVE_CLASSES_MAX ||
		(words && s->nwords == WORD_CLASSES_MAX))
		return SIEVE_CLASSES_MAX;
	s->list[s->n] =
		(struct class){ (uint32_t)s->units.len, (uint32_t)n, 0, words };
	if (buffer_add(&s->units, units, n * sizeof *units) != OK)
		return SIEVE_CLASSES_MAX;
	if (words)
		s->words[s->nwords++] = (uint16_t)s->n;
	s->buckets[at] = (uint16_t)++s->n;
	return (unsigned)s->n - 1;
}

/* Units of the operation at op: of its head, or of what is in it as well. */
static size_t
op_units(const uint16_t *op, bool whole)
{
	switch ((enum sieve_op)op[0]) {
	case SIEVE_CLASS:
		return 2;
	case SIEVE_GAP:
		return 3;
	case SIEVE_ANY:
	case SIEVE_BRANCH:
	case SIEVE_MAYBE:
	case SIEVE_MANY:
		return whole ? 2u + op[1] : 2;
	case SIEVE_FIRST:
	case SIEVE_LAST:
		return 1;
	}
	return 1;
}

void
sieve_use(struct sieve *s, const struct sieve_code *code, uint16_t languages)
{
	const uint16_t *ops = code->ops;

	for (size_t i = 0; i < code->n; i += op_units(ops + i, false))
		if (ops[i] == SIEVE_CLASS || ops[i] == SIEVE_GAP)
			s->list[ops[i + 1]].languages |= languages;
}

static uint16_t
unit_of(const struct sieve *s, const struct class *c, size_t i)
{
	uint16_t unit;

	memcpy(&unit, s->units.ptr + c->at + i * sizeof unit, sizeof unit);
	return unit;
}

enum error_code
sieve_settle(struct sieve *s)
{
	uint32_t *fill = calloc(UNITS + 1, sizeof *fill);
	size_t total = 0;

	s->list[CLASS_MARKS].languages = SIEVE_ANY_LANGUAGE;
	free(s->starts);
	free(s->classes);
	s->starts = calloc(UNITS + 1, sizeof *s->starts);
	s->classes = calloc(
		s->units.len / sizeof(uint16_t) + s->n + 1, sizeof *s->classes);
	if (fill == NULL || s->starts == NULL || s->classes == NULL) {
		free(fill);
		return ERR_NOMEM;
	}
	for (size_t k = 0; k < s->n; k++)
		for (size_t i = 0; i < s->list[k].n; i++)
			fill[unit_of(s, &s->list[k], i)]++;
	for (size_t u = 0; u < UNITS; u++) {
		s->starts[u] = (uint32_t)total;
		total += fill[u];
		fill[u] = s->starts[u];
	}
	s->starts[UNITS] = (uint32_t)total;
	for (size_t k = 0; k < s->n; k++)
		for (size_t i = 0; i < s->list[k].n; i++)
			s->classes[fill[unit_of(s, &s->list[k], i)]++] =
				(struct membership){ (uint16_t)k,
					s->list[k].languages };
	free(fill);
	return OK;
}

enum error_code
sieve_note_init(struct sieve_note *n, const struct sieve *s)
{
	*n = (struct sieve_note){ .sieve = s, .languages = SIEVE_ANY_LANGUAGE };
	n->slots = calloc(s->n + 1, sizeof *n->slots);
	n->places = calloc(s->n + 1, SIEVE_WORDS * sizeof *n->places);
	n->there = calloc(s->n / 64 + 1, sizeof *n->there);
	return n->slots == NULL || n->places == NULL || n->there == NULL
		       ? ERR_NOMEM
		       : OK;
}

void
sieve_note_release(struct sieve_note *n)
{
	free(n->slots);
	free(n->places);
	free(n->there);
}

/* The class stands somewhere in the sentence. */
static bool
stands(const struct sieve_note *n, size_t k)
{
	return (n->there[k / 64] >> k % 64 & 1) != 0;
}

/* Where its units stand, and that it stands. */
static uint64_t *
places_of(struct sieve_note *n, size_t k)
{
	if (!stands(n, k)) {
		n->there[k / 64] |= (uint64_t)1 << k % 64;
		n->slots[k] = (uint16_t)n->nslots++;
		for (size_t i = 0; i < n->words; i++)
			n->places[n->slots[k] * n->words + i] = 0;
	}
	return n->places + n->slots[k] * n->words;
}

/* The classes that hold all words. */
static void
place_words(struct sieve_note *n, const uint16_t *units)
{
	const struct sieve *s = n->sieve;
	uint64_t all[SIEVE_WORDS] = { 0 }, any = 0;

	for (size_t i = 0; i < n->len; i++)
		all[i / 64] |= (uint64_t)(units[i] >= UNIT_WORD) << i % 64;
	for (size_t i = 0; i < n->words; i++)
		any |= all[i];
	for (size_t k = 0; any != 0 && k < s->nwords; k++) {
		uint64_t *places = places_of(n, s->words[k]);

		for (size_t i = 0; i < n->words; i++)
			places[i] |= all[i];
	}
}

void
sieve_note_read(struct sieve_note *n, const uint16_t *units, size_t len)
{
	const struct sieve *s = n->sieve;

	n->len = len;
	n->nslots = 0;
	n->words = len / 64 + 1 <= SIEVE_WORDS ? len / 64 + 1 : 0;
	if (n->words == 0)
		return;
	memset(n->there, 0, (s->n / 64 + 1) * sizeof *n->there);
	for (size_t i = 0; i < len; i++) {
		const struct membership *of = s->classes + s->starts[units[i]];
		const struct membership *end =
			s->classes + s->starts[units[i] + 1];

		for (; of < end; of++)
			if ((of->languages & n->languages) != 0)
				places_of(n, of->class)[i / 64] |= (uint64_t)1
								   << i % 64;
	}
	place_words(n, units);
}

/* Places in a sentence, its end included. */
struct places {
	uint64_t w[SIEVE_WORDS];
};

/*
 * A program runs over the places of a sentence: one word of them for nearly
 * all sentences, up to SIEVE_WORDS for the others.  All below is compiled for
 * either, so that the usual way has no loops.
 */
#define EITHER static inline __attribute__((always_inline))

typedef void
run_fn(const struct sieve_note *n, const uint16_t *op, size_t len,
	struct places *p);

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
step(const struct sieve_note *n, unsigned class, struct places *p, size_t words)
{
	const uint64_t *at = n->places + n->slots[class] * words;
	uint64_t carry = 0;

	if (!stands(n, class)) {
		clear(p, words);
		return;
	}
	for (size_t i = 0; i < words; i++) {
		const uint64_t hit = p->w[i] & at[i];

		p->w[i] = hit << 1 | carry;
		carry = hit >> 63;
	}
}

EITHER void
pass_marks(const struct sieve_note *n, int most, struct places *p, size_t words)
{
	struct places t;

	set(&t, p, words);
	for (int i = 0; i < most; i++) {
		step(n, CLASS_MARKS, &t, words);
		if (is_empty(&t, words))
			return;
		add(p, &t, words);
	}
}

EITHER void
pass_gap(const struct sieve_note *n, unsigned class, unsigned most,
	struct places *p, size_t words)
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

/* Each branch from the same places; or, without one, none. */
EITHER void
pass_any(const struct sieve_note *n, const uint16_t *op, size_t len,
	struct places *p, size_t words, run_fn *run)
{
	struct places from;

	set(&from, p, words);
	clear(p, words);
	for (size_t i = 0; i < len; i += 2u + op[i + 1]) {
		struct places t;

		/* Most begin with a class that stands nowhere. */
		if (op[i + 1] > 0 && op[i + 2] == SIEVE_CLASS &&
			!stands(n, op[i + 3]))
			continue;
		set(&t, &from, words);
		run(n, op + i + 2, op[i + 1], &t);
		add(p, &t, words);
	}
}

/* Once or, if again, until nothing new is reached. */
EITHER void
pass_maybe(const struct sieve_note *n, const uint16_t *op, size_t len,
	bool again, struct places *p, size_t words, run_fn *run)
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
keep_last(const struct sieve_note *n, struct places *p, size_t words)
{
	const size_t first = n->len > 2 ? n->len - 2 : 0;

	for (size_t i = 0; i < words; i++)
		if (i < first / 64)
			p->w[i] = 0;
	p->w[first / 64] &= ~(uint64_t)0 << first % 64;
}

EITHER void
run_over(const struct sieve_note *n, const uint16_t *op, size_t len,
	struct places *p, size_t words, run_fn *run)
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
			pass_any(n, op + i + 2, op[i + 1], p, words, run);
			i += 2u + op[i + 1];
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
run_short(const struct sieve_note *n, const uint16_t *op, size_t len,
	struct places *p)
{
	run_over(n, op, len, p, 1, run_short);
}

static void
run_long(const struct sieve_note *n, const uint16_t *op, size_t len,
	struct places *p)
{
	run_over(n, op, len, p, n->words, run_long);
}

static bool
any_is_there(const struct sieve_note *n, const uint16_t *op, size_t len);

/* Do all classes stand somewhere that must?  Told without a look at where. */
static bool
is_there(const struct sieve_note *n, const uint16_t *op, size_t len)
{
	for (const uint16_t *end = op + len; op < end; op += op_units(op, true))
		if ((*op == SIEVE_CLASS && !stands(n, op[1])) ||
			(*op == SIEVE_ANY && !any_is_there(n, op + 2, op[1])))
			return false;
	return true;
}

/* Of one of the branches at least. */
static bool
any_is_there(const struct sieve_note *n, const uint16_t *op, size_t len)
{
	for (const uint16_t *end = op + len; op < end; op += op_units(op, true))
		if (is_there(n, op + 2, op[1]))
			return true;
	return false;
}

/* Those outside of all branches and what may be missing. */
size_t
sieve_musts(const struct sieve_code *code, uint16_t *classes, size_t max)
{
	const uint16_t *ops = code->ops;
	size_t n = 0;

	for (size_t i = 0; i < code->n && n < max; i += op_units(ops + i, true))
		if (ops[i] == SIEVE_CLASS)
			classes[n++] = ops[i + 1];
	return n;
}

bool
sieve_has(const struct sieve_note *n, const uint16_t *classes, size_t nclasses)
{
	for (size_t i = 0; n->words > 0 && i < nclasses; i++)
		if (!stands(n, classes[i]))
			return false;
	return true;
}

bool
sieve_passes(
	const struct sieve_note *n, const struct sieve_code *code, size_t from)
{
	struct places p = { .w = { 0 } };

	if (n->words == 0 || code->n == 0)
		return true;
	if (!is_there(n, code->ops, code->n))
		return false;
	for (size_t i = from / 64; i < n->words; i++)
		p.w[i] = ~(uint64_t)0;
	p.w[from / 64] &= ~(uint64_t)0 << from % 64;
	if (n->len % 64 < 63)
		p.w[n->words - 1] &= ((uint64_t)2 << n->len % 64) - 1;
	(n->words == 1 ? run_short : run_long)(n, code->ops, code->n, &p);
	return !is_empty(&p, n->words);
}
