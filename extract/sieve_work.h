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

#endif
