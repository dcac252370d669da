/*
 * Simhash (Charikar 2002): 64 bits of a text, of which near-duplicates differ
 * in few.  It is taken over shingles of words, so that what counts is what is
 * said in which order, and not layout, case or punctuation.
 */
#ifndef DL_CORE_SIMHASH_H
#define DL_CORE_SIMHASH_H

#include <stdbool.h>
#include <stdint.h>

#include "span.h"

#define SIMHASH_SHINGLE	     3	/* words */
#define SIMHASH_SHINGLES_MIN 40 /* a shorter text has none */

/* One text being read; all zero at the beginning. */
struct simhash {
	uint64_t words[SIMHASH_SHINGLE]; /* hashes of the last ones */
	uint32_t nwords, shingles;
	uint64_t lanes[8]; /* counts of ones, 8 bits each */
	uint32_t ones[64];
};

/* The next words of the text; they end where the piece ends. */
void
simhash_add(struct simhash *s, struct span piece);
/* The hash; 0: the text is too short for one. */
uint64_t
simhash_end(struct simhash *s);

/* Bits that differ; 64 if either is none. */
int
simhash_distance(uint64_t a, uint64_t b);

#endif
