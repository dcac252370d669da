#include "witnesses.h"

#define SLOTS_START 16

static bool
is_same(const struct witness *a, const struct witness *b)
{
	return a->simhash == b->simhash &&
	       !memcmp(a->half, b->half, sizeof a->half);
}

static size_t *
find_slot(const struct witnesses *set, size_t *slots, size_t nslots,
	const struct witness *w)
{
	uint64_t h;

	memcpy(&h, w->half, sizeof h);
	h = (h ^ w->simhash) * UINT64_C(0x9E3779B97F4A7C15);
	for (h ^= h >> 29;; h++) {
		size_t *slot = &slots[h & (nslots - 1)];

		if (*slot == 0 || is_same(&set->list[*slot - 1], w))
			return slot;
	}
}

/* At most half of the slots are used. */
static bool
grow_slots(struct arena *a, struct witnesses *set)
{
	size_t n = set->nslots == 0 ? SLOTS_START : 2 * set->nslots;
	size_t *slots;

	if (2 * set->n < set->nslots)
		return true;
	slots = arena_array(a, n, sizeof *slots);
	if (slots == NULL)
		return false;
	for (size_t i = 0; i < set->n; i++)
		*find_slot(set, slots, n, &set->list[i]) = i + 1;
	set->slots = slots;
	set->nslots = n;
	return true;
}

static size_t
group_of(struct witnesses *set, size_t i)
{
	while (set->list[i].group != i) {
		set->list[i].group = set->list[set->list[i].group].group;
		i = set->list[i].group;
	}
	return i;
}

static bool
are_one(const struct witness *a, const struct witness *b)
{
	return simhash_distance(a->simhash, b->simhash) <= WITNESS_NEAR ||
	       !memcmp(a->half, b->half, sizeof a->half);
}

/* The last of the list joins the groups it is near to. */
static void
join(struct witnesses *set)
{
	const size_t last = set->n - 1;

	set->groups++;
	/* Where all were one, they are again once it is near to any. */
	for (size_t i = 0; i < last && set->groups > 1; i++) {
		size_t other, own;

		if (!are_one(&set->list[i], &set->list[last]))
			continue;
		other = group_of(set, i);
		own = group_of(set, last);
		if (other == own)
			continue;
		set->list[own].group = other;
		set->groups--;
	}
}

static struct witness
witness_of(const char *sha256, uint64_t simhash)
{
	struct witness w = { .simhash = simhash };

	memcpy(w.half, sha256, strnlen(sha256, sizeof w.half));
	return w;
}

bool
witnesses_add(struct arena *a, struct witnesses *set, const char *sha256,
	uint64_t simhash)
{
	struct witness w = witness_of(sha256, simhash);
	struct witness *list;
	size_t *slot;

	w.group = set->n;
	if (!grow_slots(a, set))
		return false;
	slot = find_slot(set, set->slots, set->nslots, &w);
	if (*slot != 0)
		return true;
	list = arena_grow(a, set->list, set->n, &set->room, sizeof *list);
	if (list == NULL)
		return false;
	set->list = list;
	set->list[set->n++] = w;
	*slot = set->n;
	join(set);
	return true;
}

size_t
witnesses_group(struct witnesses *set, const char *sha256, uint64_t simhash)
{
	const struct witness w = witness_of(sha256, simhash);

	return group_of(set, *find_slot(set, set->slots, set->nslots, &w) - 1);
}
