/*
 * What sieve.c makes of patterns and sieve_note.c asks of sentences.  Private
 * to these.
 */
#ifndef DL_EXTRACT_SIEVE_WORK_H
#define DL_EXTRACT_SIEVE_WORK_H

#include "sieve.h"

struct class
{
	uint32_t at; /* of its units, bytes */
	uint32_t n;
	bool words;
};

/* The branches of a SIEVE_ANY. */
struct sieve_group {
	uint32_t at; /* of sieve.ops, bytes */
	uint16_t n;
	uint16_t needs; /* a class that must stand; SIEVE_CLASSES_END: none */
};

struct sieve {
	struct class *list;
	size_t n;
	struct buffer units;
	uint16_t *buckets; /* index + 1 into list */
	uint16_t marks;	   /* the class of what may stand in a gap */
	struct sieve_group *groups;
	size_t ngroups;
	struct buffer ops;
	uint16_t *group_buckets; /* index + 1 into groups */
};

static inline const uint16_t *
sieve_branches(const struct sieve *s, const struct sieve_group *g)
{
	return (const uint16_t *)(const void *)(s->ops.ptr + g->at);
}

/* How many units an operation has, with all that is in it. */
static inline size_t
sieve_op_len(const uint16_t *op)
{
	switch ((enum sieve_op)op[0]) {
	case SIEVE_CLASS:
	case SIEVE_ANY:
		return 2;
	case SIEVE_GAP:
		return 3;
	case SIEVE_BRANCH:
	case SIEVE_MAYBE:
	case SIEVE_MANY:
		return 2 + (size_t)op[1];
	case SIEVE_FIRST:
	case SIEVE_LAST:
		break;
	}
	return 1;
}

static inline bool
sieve_has_bit(const uint64_t *bits, size_t i)
{
	return (bits[i / 64] >> i % 64 & 1) != 0;
}

static inline void
sieve_set_bit(uint64_t *bits, size_t i)
{
	bits[i / 64] |= (uint64_t)1 << i % 64;
}

/* Look for a class of several units: where they stand, if any does. */
bool
sieve_look_for(struct sieve_note *n, size_t k);

/* The class stands somewhere in the sentence. */
static inline bool
sieve_class_stands(struct sieve_note *n, size_t class)
{
	if (class < SIEVE_CLASSES)
		return sieve_has_bit(n->units, class);
	class -= SIEVE_CLASSES;
	return sieve_has_bit(n->classes.known, class)
		       ? sieve_has_bit(n->classes.there, class)
		       : sieve_look_for(n, class);
}

/* Where a class stands, which does. */
static inline const uint64_t *
sieve_class_places(const struct sieve_note *n, size_t class)
{
	return class < SIEVE_CLASSES
		       ? n->where + class * SIEVE_WORDS
		       : n->places + (size_t)n->slots[class - SIEVE_CLASSES] *
					     SIEVE_WORDS;
}

/* Places in a sentence, its end included. */
struct places {
	uint64_t w[SIEVE_WORDS];
};

#endif
