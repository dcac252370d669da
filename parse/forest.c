#include "forest.h"

#include <stdlib.h>

#include "traits.h"

#define TREES_MAX 512
#define ABREAST	  8 /* trees that are gone down together */

_Static_assert(TREES_MAX % ABREAST == 0, "the last are as many");

struct split {
	int16_t most;	  /* of a leaf: its value */
	uint16_t next[2]; /* up to most, and more; a leaf's are itself */
	uint8_t trait;
};

struct forest {
	struct split nodes[FOREST_NODES_MAX + 1]; /* [0]: a leaf of nothing */
	uint16_t roots[TREES_MAX];
	uint8_t depths[TREES_MAX]; /* steps to a tree's lowest leaf */
	size_t n, ntrees;
	/* of the tree being read: nodes with a branch to come */
	uint16_t open[FOREST_DEPTH_MAX];
	bool second[FOREST_DEPTH_MAX]; /* it is what is more */
	size_t depth;
};

struct forest *
forest_new(void)
{
	struct forest *f = calloc(1, sizeof *f);

	if (f != NULL)
		f->n = 1;
	return f;
}

void
forest_free(struct forest *f)
{
	free(f);
}

/* A branch has ended, and with it those it was the second of. */
static void
end_branch(struct forest *f)
{
	while (f->depth > 0) {
		if (!f->second[f->depth - 1]) {
			f->second[f->depth - 1] = true;
			return;
		}
		f->depth--;
	}
}

static int
trait_find(struct span name)
{
	for (int i = 0; i < TRAITS; i++) {
		const char *trait = trait_name((enum trait)i);

		if (name.len > 0 && name.ptr[0] == trait[0] &&
			span_eq_str(name, trait))
			return i;
	}
	return -1;
}

enum error_code
forest_add(struct forest *f, struct span name, struct span value,
	struct error *err)
{
	bool leaf = span_eq_str(name, "leaf");
	int which = leaf ? 0 : trait_find(name);
	long long number;

	if (which < 0)
		return error_set(err, ERR_CONFIG, "\"%.*s\" is no trait",
			(int)name.len, name.ptr);
	if (!span_int(value, -INT16_MAX, INT16_MAX, &number))
		return error_set(err, ERR_CONFIG,
			"a whole number of at most %d is wanted", INT16_MAX);
	if (f->n > FOREST_NODES_MAX || f->depth == FOREST_DEPTH_MAX ||
		(f->depth == 0 && f->ntrees == TREES_MAX))
		return error_set(err, ERR_LIMIT, "one node too many");
	if (f->depth == 0)
		f->roots[f->ntrees++] = (uint16_t)f->n;
	else
		f->nodes[f->open[f->depth - 1]].next[f->second[f->depth - 1]] =
			(uint16_t)f->n;
	f->nodes[f->n] = (struct split){ .most = (int16_t)number,
		.next = { (uint16_t)f->n, (uint16_t)f->n },
		.trait = (uint8_t)which };
	if (f->depths[f->ntrees - 1] < f->depth)
		f->depths[f->ntrees - 1] = (uint8_t)f->depth;
	if (leaf) {
		end_branch(f);
	} else {
		f->open[f->depth] = (uint16_t)f->n;
		f->second[f->depth++] = false;
	}
	f->n++;
	return OK;
}

bool
forest_is_whole(const struct forest *f)
{
	return f->depth == 0;
}

/* Step by step down several trees: no branch that could be mispredicted. */
static int
sum_abreast(const struct forest *f, size_t first, const int16_t *row)
{
	uint16_t at[ABREAST];
	int steps = 0, sum = 0;

	for (size_t i = 0; i < ABREAST; i++) {
		at[i] = f->roots[first + i];
		if (steps < f->depths[first + i])
			steps = f->depths[first + i];
	}
	for (; steps > 0; steps--) {
		for (size_t i = 0; i < ABREAST; i++) {
			const struct split *k = &f->nodes[at[i]];

			at[i] = k->next[row[k->trait] > k->most];
		}
	}
	for (size_t i = 0; i < ABREAST; i++)
		sum += f->nodes[at[i]].most;
	return sum;
}

int
forest_sum(const struct forest *f, const int16_t *row)
{
	int sum = 0;

	for (size_t i = 0; i < f->ntrees; i += ABREAST)
		sum += sum_abreast(f, i, row);
	return sum;
}
