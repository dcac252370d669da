/*
 * Where in a sentence a match of a pattern may begin.  Private to extract.
 */
#include "sieve_work.h"

/* Ways to begin are told of one by one: by a unit of a class, which may be the
 * first of a list (MANY stands behind it), or at the sentence's beginning. */
struct starts {
	struct sieve_note *n;
	void (*by_class)(struct starts *t, unsigned class, bool list);
	struct places places; /* all of them */
	uint16_t unit, before;
	bool other; /* one by the unit that is no list, or without the other */
};

/* True: the program may pass without a unit, so that what follows it may begin
 * too. */
static bool
tell_starts(struct starts *t, const uint16_t *op, size_t len);

/* The same of the branches of a group. */
static bool
tell_any(struct starts *t, size_t group)
{
	const struct sieve_group *g = &t->n->sieve->groups[group];
	const uint16_t *op = sieve_branches(t->n->sieve, g), *end = op + g->n;
	bool empty = false;

	for (; op < end; op += 2u + op[1])
		if (tell_starts(t, op + 2, op[1]))
			empty = true;
	return empty;
}

static bool
tell_starts(struct starts *t, const uint16_t *op, size_t len)
{
	for (size_t i = 0; i < len; i += sieve_op_len(op + i)) {
		bool empty = true;

		switch ((enum sieve_op)op[i]) {
		case SIEVE_CLASS:
			t->by_class(t, op[i + 1],
				i + 2 < len && op[i + 2] == SIEVE_MANY);
			return false;
		case SIEVE_GAP:
			t->by_class(t, op[i + 1], false);
			t->by_class(t, t->n->sieve->marks, false);
			break;
		case SIEVE_ANY:
			empty = tell_any(t, op[i + 1]);
			break;
		case SIEVE_BRANCH:
			empty = tell_starts(t, op + i + 2, op[i + 1]);
			break;
		case SIEVE_MAYBE:
		case SIEVE_MANY:
			(void)tell_starts(t, op + i + 2, op[i + 1]);
			break;
		case SIEVE_FIRST:
			t->places.w[0] |= 1;
			return false;
		case SIEVE_LAST:
			break;
		}
		if (!empty)
			return false;
	}
	return true;
}

static void
add_places(struct starts *t, unsigned class, bool list)
{
	const uint64_t *at;

	(void)list;
	if (!sieve_class_stands(t->n, class))
		return;
	at = sieve_class_places(t->n, class);
	for (size_t i = 0; i < t->n->words; i++)
		t->places.w[i] |= at[i];
}

bool
sieve_begins(struct sieve_note *n, const struct sieve_code *code,
	uint64_t places[SIEVE_WORDS])
{
	struct starts t = { .n = n, .by_class = add_places };

	if (n->folded || tell_starts(&t, code->ops, code->n))
		return false;
	memcpy(places, t.places.w, sizeof t.places.w);
	return true;
}

/* Is it of the class?  The unit is a mention's. */
static bool
class_has(const struct sieve *s, unsigned class, uint16_t unit)
{
	const struct class *c;
	size_t i = 0;

	if (class < SIEVE_CLASSES)
		return class == unit;
	c = &s->list[class - SIEVE_CLASSES];
	while (i < c->n && memcmp(s->units.ptr + c->at + i * sizeof unit, &unit,
				   sizeof unit) != 0)
		i++;
	return i < c->n;
}

static void
see_list(struct starts *t, unsigned class, bool list)
{
	const struct sieve *s = t->n->sieve;

	if (class_has(s, class, t->unit) &&
		!(list && class_has(s, class, t->before)))
		t->other = true;
}

static bool
is_mention(uint16_t unit)
{
	return unit >= UNIT_SYMBOL && unit < UNIT_WORD;
}

bool
sieve_goes_on(struct sieve_note *n, const struct sieve_code *code,
	const uint16_t *unit)
{
	struct starts t = { .n = n, .by_class = see_list, .unit = unit[0] };

	t.before = unit[-2];
	return unit[-1] == ',' && is_mention(t.before) && is_mention(t.unit) &&
	       code->n > 0 && !tell_starts(&t, code->ops, code->n) && !t.other;
}
