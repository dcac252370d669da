#include "sieve_work.h"

#include <stdlib.h>

#define BUCKETS	    ((size_t)1 << 17) /* a power of two, over either */
#define UNITS_MAX   ((size_t)8 << 20) /* bytes of all classes' units */
#define OPS_MAX	    ((size_t)8 << 20) /* bytes of all groups' branches */
#define CLASSES_MAX (SIEVE_CLASSES_END - SIEVE_CLASSES)
#define NEEDS_MAX   256 /* units of which a group needs one */

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
	buffer_init(&s->ops, OPS_MAX);
	s->buckets = calloc(BUCKETS, sizeof *s->buckets);
	s->list = calloc(CLASSES_MAX, sizeof *s->list);
	s->groups = calloc(SIEVE_GROUPS_MAX, sizeof *s->groups);
	s->group_buckets = calloc(BUCKETS, sizeof *s->group_buckets);
	if (s->buckets == NULL || s->list == NULL || s->groups == NULL ||
		s->group_buckets == NULL) {
		sieve_free(s);
		return NULL;
	}
	s->marks = (uint16_t)sieve_class(
		s, marks, sizeof marks / sizeof *marks, false);
	if (s->marks == SIEVE_CLASSES_END) {
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
	buffer_release(&s->ops);
	free(s->list);
	free(s->buckets);
	free(s->groups);
	free(s->group_buckets);
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

	if (n == 1 && !words)
		return units[0];
	for (size_t i = 0; i < n; i++)
		h = (h ^ units[i]) * 16777619u;
	at = (h ^ h >> 15) & (BUCKETS - 1);
	for (; s->buckets[at] != 0; at = (at + 1) & (BUCKETS - 1))
		if (is_class(s, &s->list[s->buckets[at] - 1], units, n, words))
			return SIEVE_CLASSES + s->buckets[at] - 1u;
	if (s->n == CLASSES_MAX)
		return SIEVE_CLASSES_END;
	s->list[s->n] =
		(struct class){ (uint32_t)s->units.len, (uint32_t)n, words };
	if (buffer_add(&s->units, units, n * sizeof *units) != OK)
		return SIEVE_CLASSES_END;
	s->buckets[at] = (uint16_t)++s->n;
	return SIEVE_CLASSES + (unsigned)s->n - 1;
}

/* The class that an operation needs, or SIEVE_CLASSES_END. */
static unsigned
op_needs(const struct sieve *s, const uint16_t *op)
{
	if (op[0] == SIEVE_CLASS)
		return op[1];
	return op[0] == SIEVE_ANY ? s->groups[op[1]].needs : SIEVE_CLASSES_END;
}

/* The units of a class, if it is of no more than those. */
static bool
add_units(const struct sieve *s, unsigned class, uint16_t *units, size_t *n)
{
	const struct class *c;

	if (class < SIEVE_CLASSES) {
		if (*n == NEEDS_MAX)
			return false;
		units[(*n)++] = (uint16_t) class;
		return true;
	}
	c = &s->list[class - SIEVE_CLASSES];
	if (c->words || c->n > NEEDS_MAX - *n)
		return false;
	memcpy(units + *n, s->units.ptr + c->at, c->n * sizeof *units);
	*n += c->n;
	return true;
}

static size_t
class_size(const struct sieve *s, unsigned class)
{
	return class < SIEVE_CLASSES ? 1
	       : s->list[class - SIEVE_CLASSES].words
		       ? NEEDS_MAX + 1
		       : s->list[class - SIEVE_CLASSES].n;
}

/* A class one of whose units stands where any of the branches does: of each
 * the smallest that it needs. */
static uint16_t
needs_of(struct sieve *s, const uint16_t *ops, size_t n)
{
	uint16_t units[NEEDS_MAX];
	size_t nunits = 0;

	for (size_t i = 0; i < n; i += sieve_op_len(ops + i)) {
		const uint16_t *branch = ops + i + 2;
		unsigned best = SIEVE_CLASSES_END;

		for (size_t k = 0; k < ops[i + 1];
			k += sieve_op_len(branch + k)) {
			const unsigned class = op_needs(s, branch + k);

			if (class != SIEVE_CLASSES_END &&
				(best == SIEVE_CLASSES_END ||
					class_size(s, class) <
						class_size(s, best)))
				best = class;
		}
		if (best == SIEVE_CLASSES_END ||
			!add_units(s, best, units, &nunits))
			return SIEVE_CLASSES_END;
	}
	return (uint16_t)sieve_class(s, units, nunits, false);
}

/* The number of a group, or SIEVE_GROUPS_MAX: there are too many. */
static unsigned
group_number(struct sieve *s, const uint16_t *ops, size_t n)
{
	uint32_t h = 2166136261u; /* FNV-1a */
	size_t at;

	for (size_t i = 0; i < n; i++)
		h = (h ^ ops[i]) * 16777619u;
	at = (h ^ h >> 15) & (BUCKETS - 1);
	for (; s->group_buckets[at] != 0; at = (at + 1) & (BUCKETS - 1)) {
		const struct sieve_group *g =
			&s->groups[s->group_buckets[at] - 1];

		if (g->n == n &&
			memcmp(sieve_branches(s, g), ops, n * sizeof *ops) == 0)
			return s->group_buckets[at] - 1u;
	}
	if (s->ngroups == SIEVE_GROUPS_MAX)
		return SIEVE_GROUPS_MAX;
	s->groups[s->ngroups] = (struct sieve_group){ (uint32_t)s->ops.len,
		(uint16_t)n, needs_of(s, ops, n) };
	if (buffer_add(&s->ops, ops, n * sizeof *ops) != OK)
		return SIEVE_GROUPS_MAX;
	s->group_buckets[at] = (uint16_t)++s->ngroups;
	return (unsigned)s->ngroups - 1;
}

void
sieve_any(struct sieve *s, struct buffer *b, size_t at)
{
	unsigned group;

	if (b->code != OK)
		return;
	group = group_number(s, (const uint16_t *)(const void *)(b->ptr + at),
		(b->len - at) / sizeof(uint16_t));
	if (group == SIEVE_GROUPS_MAX) {
		b->code = ERR_LIMIT;
		return;
	}
	b->len = at;
	sieve_put(b, SIEVE_ANY);
	sieve_put(b, group);
}

/* Those outside of all branches and what may be missing. */
size_t
sieve_musts(const struct sieve *s, const struct sieve_code *code,
	uint16_t *classes, size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < code->n && n < max;
		i += sieve_op_len(code->ops + i)) {
		const unsigned class = op_needs(s, code->ops + i);

		if (class != SIEVE_CLASSES_END)
			classes[n++] = (uint16_t) class;
	}
	return n;
}
