#include "simhash.h"

#define LANE_MAX 255 /* shingles that a lane of 8 bits can count */

static const uint64_t every_eighth = UINT64_C(0x0101010101010101);

/* The finaliser of splitmix64: every bit depends on every bit. */
static uint64_t
mix(uint64_t h)
{
	h = (h ^ h >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	h = (h ^ h >> 27) * UINT64_C(0x94D049BB133111EB);
	return h ^ h >> 31;
}

static void
empty_lanes(struct simhash *s)
{
	for (int i = 0; i < 8; i++) {
		for (int k = 0; k < 8; k++)
			s->ones[8 * k + i] +=
				(uint32_t)(s->lanes[i] >> 8 * k & 0xFF);
		s->lanes[i] = 0;
	}
}

static void
add_word(struct simhash *s, uint64_t word)
{
	uint64_t h;

	s->words[s->nwords++ % SIMHASH_SHINGLE] = word;
	if (s->nwords < SIMHASH_SHINGLE)
		return;
	h = 0;
	for (uint32_t i = 0; i < SIMHASH_SHINGLE; i++)
		h = mix(h + s->words[(s->nwords + i) % SIMHASH_SHINGLE]);
	for (int i = 0; i < 8; i++)
		s->lanes[i] += h >> i & every_eighth;
	if (++s->shingles % LANE_MAX == 0)
		empty_lanes(s);
}

/* The byte of a word in lower case; 0: it is of none. */
static unsigned char
word_byte(unsigned char c)
{
	if (c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
		return c;
	return c >= 'A' && c <= 'Z' ? c | 0x20 : 0;
}

void
simhash_add(struct simhash *s, struct span piece)
{
	size_t i = 0;

	while (i < piece.len) {
		uint64_t h = UINT64_C(0xCBF29CE484222325); /* FNV-1a */
		size_t start = i;
		unsigned char c;

		for (; i < piece.len &&
			(c = word_byte((unsigned char)piece.ptr[i])) != 0;
			i++)
			h = (h ^ c) * UINT64_C(0x100000001B3);
		if (i > start)
			add_word(s, h);
		else
			i++;
	}
}

uint64_t
simhash_end(struct simhash *s)
{
	uint64_t h = 0;

	empty_lanes(s);
	if (s->shingles < SIMHASH_SHINGLES_MIN)
		return 0;
	for (int i = 0; i < 64; i++)
		if (2 * s->ones[i] > s->shingles)
			h |= UINT64_C(1) << i;
	return h != 0 ? h : 1;
}

int
simhash_distance(uint64_t a, uint64_t b)
{
	return a != 0 && b != 0 ? __builtin_popcountll(a ^ b) : 64;
}
