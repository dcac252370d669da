/*
 * Who says so: the texts that support a fact, in groups of one origin.  Two
 * texts are of one when they are the same or nearly so; groups are what is
 * connected by that, so that they depend on the texts and not on their order.
 */
#ifndef DL_STORE_WITNESSES_H
#define DL_STORE_WITNESSES_H

#include "core/core.h"

/*
 * Bits of simhash in which two edits of one text differ at most; measured by
 * tests/labelled/near.py.  To take two texts for one is the careful error: it
 * counts a witness too few.
 */
#define WITNESS_NEAR 12

struct witness {
	char half[32]; /* of the text's SHA-256 in hex: one text */
	uint64_t simhash;
	size_t group; /* a text of the same one, or itself */
};

/* All zero at first; lives in the arena that is handed in. */
struct witnesses {
	struct witness *list;
	size_t n, room;
	size_t *slots; /* place + 1 in the list, open addressing */
	size_t nslots;
	size_t groups;
};

/* False without memory. */
bool
witnesses_add(struct arena *a, struct witnesses *set, const char *sha256,
	uint64_t simhash);
/* The group of a text that was added: a number under set->n. */
size_t
witnesses_group(struct witnesses *set, const char *sha256, uint64_t simhash);

#endif
