/*
 * The table behind words.h: entries of all kinds in one hash table, written by
 * words_read.c and looked up by words.c.  Private to these.
 */
#ifndef DL_PARSE_WORDS_TABLE_H
#define DL_PARSE_WORDS_TABLE_H

#include "words.h"

#define TABLE  (2 * WORDS_MAX) /* a power of two */
#define FIRSTS 16384	       /* a power of two */

/* The first byte of a key tells the tables apart. */
enum table {
	TABLE_PARTS = 'p',
	TABLE_ENDINGS = 'e',
	TABLE_MONTHS = 'm',
	TABLE_LABELS = 'l',
	TABLE_LANGUAGES = 'w',
	TABLE_BYLINES = 'b',
	TABLE_MAIL = 'n',
	TABLE_WALLS = 'g',
	TABLE_WALL_TITLES = 't',
	TABLE_CONSENT = 'c',
	TABLE_SHELLS = 's',
	TABLE_METAS = 'a',
	TABLE_CONTACTS = 'k'
};

struct entry {
	uint32_t key; /* into keys */
	uint8_t len;  /* 0: free */
	uint16_t value;
};

struct parse_words {
	struct entry table[TABLE];
	size_t n;
	/* Bits of hashes of first words: what no entry of a table begins with
	 * is not looked up. */
	uint64_t firsts[FIRSTS / 64];
	struct buffer keys;
	char languages[WORDS_LANGUAGES][4]; /* of languages.tsv */
	unsigned nlanguages;
	int weights[DATEDS];
	struct forest *forest;
	char version[32];
};

static inline uint32_t
table_hash_byte(uint32_t h, char c)
{
	return (h ^ (unsigned char)c) * 16777619u;
}

static inline uint32_t
table_hash_start(enum table table)
{
	return table_hash_byte(2166136261u, (char)table);
}

static inline uint32_t
table_hash_span(uint32_t h, struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		h = table_hash_byte(h, s.ptr[i]);
	return h;
}

static inline size_t
table_first_bit(uint32_t h)
{
	return (h ^ h >> 15) % FIRSTS;
}

/* The entry of table and key, whose hash is h; or the free one for it. */
const struct entry *
table_find(const struct parse_words *w, enum table table, struct span key,
	uint32_t h);

#endif
