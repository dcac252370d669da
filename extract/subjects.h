/*
 * Names that nobody knows, beside a network: a run of capitalised words, and
 * what shows that it is a member's name.  Private to subjects*.c.
 */
#ifndef DL_EXTRACT_SUBJECTS_H
#define DL_EXTRACT_SUBJECTS_H

#include "places.h"
#include "vocabulary.h"
#include "words.h"

#define SUBJECTS_WORDS_MAX 4   /* capitalised words of a name */
#define SUBJECTS_BYTES_MIN 3   /* of a name */
#define SUBJECTS_RUNS_MAX  256 /* of one sentence */
#define SUBJECTS_NAMES_MAX                                                     \
	128			 /* taken in one document and looked for again \
				  */
#define SUBJECTS_ENDINGS_MAX 128 /* rows "ending" */
#define SUBJECTS_SEEN_BITS   8192 /* of a document's words */

struct subjects {
	struct arena *arena;
	struct word_table cues; /* lang/LANG/subjects.tsv */
	struct subjects_ending {
		const struct word_row *row;
		size_t len; /* of its words, at least 1 */
	} endings[SUBJECTS_ENDINGS_MAX];
	size_t nendings;
};

/* Words of a document, by hash. */
struct seen {
	uint64_t small[SUBJECTS_SEEN_BITS / 64];    /* in small letters */
	uint64_t surnames[SUBJECTS_SEEN_BITS / 64]; /* last ones of persons */
};

/* A run of capitalised words that no recogniser took. */
struct run {
	size_t first, last; /* words */
	uint32_t start, end;
	uint32_t from; /* of a company's name, with its trade if in a list */
	const struct doubt *place; /* that has this name, or NULL */
	bool owned;		   /* "'s" stands behind it */
	bool person; /* of two names or more, as people have them */
	bool sector; /* "the brewer" stands before it */
	bool given;  /* a person's by the first name, at list[mention] */
	size_t mention;
	bool cued, taken;
};

struct search {
	const struct subjects *cues;
	const struct vocabulary *rules; /* or NULL */
	const struct word_table *told;	/* or NULL */
	struct scan *s;
	size_t nsorted; /* mentions of s before those that were added */
	/* Of the document's language, which stand side by side. */
	const struct subjects_ending *endings;
	size_t nendings;
	struct seen *seen;
	const struct word *w;
	size_t n;
	/* The row that stands at each, once it was asked for. */
	struct standing {
		const struct word_row *row;
		size_t len;
		bool known;
	} * rows;
	size_t room;   /* of rows */
	bool is_told;  /* the sentence is about members */
	bool articles; /* the document's language has them before nouns */
	size_t doubt;  /* the first that does not end before the word read */
	struct run *runs;
	size_t nruns;
	/* Names taken anywhere, and runs that may be one of them. */
	struct span *names;
	size_t nnames;
	struct run *open;
	size_t nopen;
};

/* ---- subjects_runs.c ---- */
/* The mention that covers word i or a part of it, or NULL. */
const struct mention *
subjects_mention(const struct search *q, size_t i);
/* The words at word i have that role. */
bool
subjects_cue(const struct search *q, size_t i, const char *role, size_t *len);
/* The same of "a" in "l'a", "n'est": a verb that does something. */
bool
subjects_elided(const struct search *q, size_t i);
/* A table has the word at word i, whatever it says of it. */
bool
subjects_listed(const struct search *q, size_t i);
/* A word, with a capital behind what is elided before it. */
bool
subjects_capital(const struct search *q, size_t i);
/* "and" between two names. */
bool
subjects_and(const struct search *q, size_t i);
/* "brewer", "Strumpfhersteller": what stands before a company's name. */
bool
subjects_sector(const struct search *q, size_t i);
/* A sector that is no part of the company's name. */
bool
subjects_trade(const struct search *q, size_t i);
/* "Kreisstadt": what stands before a place's name. */
bool
subjects_place(const struct search *q, size_t i);
/* The run from word i on; how many words it takes, 0: none stands there.
 * An empty one is no name. */
size_t
subjects_read(struct search *q, size_t i, struct run *r);

/* ---- subjects.c ---- */
/* The words of a sentence are the search's; false without memory. */
bool
subjects_turn(struct search *q, size_t sentence, struct buffer *tmp);
/* A rule has the word at word i. */
bool
subjects_of_rules(const struct search *q, size_t i);
/* What stands beside the run says that it does something. */
bool
subjects_acts(const struct search *q, const struct run *r);

/* ---- subjects_networks.c ---- */
/* The scan's hints that a member's name bears out become networks; the list
 * is in order again.  ERR_NOMEM. */
enum error_code
subjects_networks(struct search *q, struct buffer *tmp);

/* ---- subjects_lists.c ---- */
/* "Oban, Moffat and Graz": listed with a city or a company it is one. */
bool
subjects_beside_member(const struct search *q, const struct run *r);
/* Take names in a row, which need no more where members are told of. */
void
subjects_take_lists(struct search *q);
/* Take those that stand in one list with one that was taken. */
void
subjects_take_neighbours(struct search *q);
/* In a list a company's trade is taken in with its name, so that the and
 * stands beside it: where run i begins. */
uint32_t
subjects_listed_start(const struct search *q, size_t i);

static inline bool
seen_has(const uint64_t *bits, uint32_t hash)
{
	hash = (hash ^ hash >> 15) % SUBJECTS_SEEN_BITS;
	return bits[hash / 64] >> hash % 64 & 1;
}
static inline void
seen_add(uint64_t *bits, uint32_t hash)
{
	hash = (hash ^ hash >> 15) % SUBJECTS_SEEN_BITS;
	bits[hash / 64] |= (uint64_t)1 << hash % 64;
}

#endif
