/*
 * One block on its way to mentions: its tokens, and the candidates that own
 * them.  No two live candidates share a token.
 *
 * Order of the recognisers: registered networks, networks by the shape of
 * their names, by what they are called, by hints, full names of organisations,
 * events and awards, organisations, roles with their persons, bare acronyms.  A
 * later one takes what an earlier left, except that an event or organisation
 * may absorb a network or a name that it begins with.
 */
#ifndef DL_EXTRACT_NAMES_WORK_H
#define DL_EXTRACT_NAMES_WORK_H

#include "names_tokens.h"
#include "networks.h"
#include "scan.h"

#define NAMES_KNOWN_MAX	  256 /* acronyms and persons of one document */
#define NAMES_ACRONYM_MAX 12  /* letters of an acronym in brackets */
#define NAMES_RUN_MAX	  12  /* words of one part of a name */
#define NAMES_PERSON_MAX  7   /* words of a person's name */

struct candidate {
	uint32_t first, last; /* tokens, half-open */
	uint32_t start, end;  /* bytes */
	enum mention_type type;
	const char *rule;
	struct name_value value;
	/* Tokens of the city that an organisation speaks for, if any. */
	uint32_t city_first, city_last;
	bool city_sure;
	bool dead;
};

#define NAMES_PIECES_MAX  2048 /* blocks whose tokens are kept */
#define NAMES_FILTER_BITS 4096

/* A block, or a part of a very long one. */
struct piece {
	uint32_t start, end; /* bytes */
	uint32_t first, n;   /* tokens */
	struct token_sum sum;
};

/* An acronym or a person that the document introduced. */
struct known {
	struct span text;      /* of the document */
	uint16_t first, final; /* hashes of its first and last word */
	enum mention_type type;
	const char *rule;
	struct name_value value;
};

#define NAMES_HINTS_MAX 64

enum hint_kind {
	/* "joined the Orbis Trust": they count for nothing */
	HINT_MAYBE_ENTERED,
	HINT_MAYBE_SAID,
	HINT_ENTERED, /* "joined Orbis": it counts but once */
	HINT_SAID,    /* "member of Orbis" */
	HINT_TITLED,  /* "the Orbis label": a title's name */
	HINT_DEFINED, /* "Orbis, the network of": enough by itself */
};

/* A name that a document treats as a network's, and how plainly. */
struct hint {
	struct known name;
	uint32_t around; /* hash of the words where it was met first */
	bool entered;	 /* there was a HINT_ENTERED */
	bool said;	 /* there was a HINT_SAID, or may have been */
	bool joined;	 /* it is the end of another one */
	bool own;     /* its words say that it is a network, or tell nothing */
	bool telling; /* they do say so */
	bool noun;    /* of one word that says what something is: "Network" */
	unsigned weight;
};

struct names {
	struct arena *arena;
	struct lexicon lexicon;
	struct networks networks;
};

/* What the document calls a network of the registry. */
struct called {
	struct span words; /* the fullest, or of no length */
	const char *name;  /* that claims give it, once there is one */
};

struct names_state {
	struct buffer scratch;
	struct token *tokens;
	struct piece pieces[NAMES_PIECES_MAX];
	size_t npieces;
	size_t ntokens;	  /* kept for the second pass */
	bool kept;	  /* all of the document's */
	uint32_t *owners; /* candidate + 1 of each token, or 0 */
	struct candidate *list;
	uint8_t *seen;	       /* networks named in the document */
	struct called *called; /* each by its fullest name there */
	struct known known[NAMES_KNOWN_MAX];
	size_t nknown;
	struct hint hints[NAMES_HINTS_MAX];
	size_t nhints;
	/* Words that something known begins or ends with, by hash. */
	uint8_t filter[NAMES_FILTER_BITS / 8];
	bool ambiguous; /* an ambiguous acronym was met */
};

struct work {
	const struct names *n;
	const struct lexicon *lx;
	struct names_state *st;
	struct scan *s;
	struct span text;
	uint32_t end; /* of the block */
	struct token *t;
	size_t nt;
	struct token_sum sum; /* of them */
	struct candidate *c;
	size_t nc;
	bool titlecase; /* a headline: nearly every word is capital */
	bool quotes;	/* someone is quoted */
	bool german;	/* every noun is capital */
	bool romance;	/* the noun stands before its name */
	bool failed;	/* out of memory */
};

/* ---- names_work.c ---- */

/* Token i follows i - 1 with only a space, hyphen or apostrophe between. */
bool
work_soft(const struct work *w, size_t i);
/* The same, or an initial's or abbreviation's full stop between. */
bool
work_joined(const struct work *w, size_t i);
struct span
work_text(const struct work *w, size_t first, size_t last);
/* "'s" */
bool
work_possessive(const struct work *w, size_t i);
/* Hash of token i's bytes, below NAMES_FILTER_BITS. */
uint32_t
work_hash(const struct work *w, size_t i);
const struct candidate *
work_owner(const struct work *w, size_t i);

/*
 * Longest phrase of any of kinds that begins at token i; its words, or 0.
 * *value (may be NULL) is the phrase's value.
 */
size_t
work_phrase(const struct work *w, size_t i, uint32_t kinds, int32_t *value);

/*
 * Tokens [first, last) become a candidate; candidates inside it die.  A
 * following acronym in brackets is covered, and remembered.  name NULL: the
 * words as written.  NULL if a token belongs to another one that reaches out.
 */
struct candidate *
work_add(struct work *w, size_t first, size_t last, enum mention_type type,
	const char *rule, struct name_value value);

#define ABSORB_BRACKET (1u << 31) /* also what ends in "(UNESCO)" */

/* Token i, "Colman" of "St Colman", stands behind "St". */
bool
work_saint(const struct work *w, size_t i);
/*
 * First token of the capitalised words before token i.  It passes what is
 * owned by a candidate of a type in absorb (bits, 1u << type) as a whole.
 */
size_t
work_left(const struct work *w, size_t i, unsigned absorb);
/*
 * End of "of X and Y" that begins at token i; i if there is none.
 * coordinate: "and" goes on; adjectives in small letters are passed.
 */
size_t
work_complement(const struct work *w, size_t i, bool coordinate);
/* A phrase of one of kinds may begin at some token, or at token i. */
static inline bool
work_has(const struct work *w, uint32_t kinds)
{
	return (w->sum.kinds & kinds) || (w->sum.flags & T_PHRASE);
}
static inline bool
work_may_start(const struct work *w, size_t i, uint32_t kinds)
{
	return (w->t[i].kinds & kinds) || (w->t[i].flags & T_PHRASE);
}
/* Token i is a capitalised word that may stand inside a name. */
bool
work_capital(const struct work *w, size_t i);
/* Token i's word occurs in some network's name. */
bool
work_in_network(const struct work *w, size_t i);

/* One of the tokens is "Cities", not "City". */
bool
work_plural_members(const struct work *w, size_t first, size_t last);
/* "of", "the", "'s": token i makes no difference in a name. */
bool
work_small(const struct work *w, size_t i);

/* ---- one recogniser a file ---- */
void
names_networks(struct work *w);
void
names_shapes(struct work *w);
/* Names in quotation marks, behind "label" and behind "member of". */
void
names_called(struct work *w);
/* The tokens may be a network's name: no office, no body that rules. */
bool
names_may_be_network(const struct work *w, size_t first, size_t last);
/* Where the quotation mark before byte `at` begins, and where the one behind it
 * ends; at if there is none. */
uint32_t
names_mark_before(const struct work *w, uint32_t at);
uint32_t
names_mark_behind(const struct work *w, uint32_t at);
/* What tells of networks that have no other sign: collected block by block,
 * then made names that the document introduced.  ERR_NOMEM. */
void
names_hints(struct work *w);
void
names_hint(struct work *w, size_t first, size_t last, enum hint_kind kind);
/* Token i is a number that may end a name. */
bool
names_is_number(const struct work *w, size_t i);
/* "a" stands before token i, and no name does behind it. */
bool
names_is_any(const struct work *w, size_t i);
enum error_code
names_hints_settle(struct names_state *st, struct scan *s);
/* Parts of a name are given the whole one's value; tmp is working memory. */
void
names_same(struct scan *s, struct buffer *tmp);
/* Acronyms that count once their network was named. */
void
names_networks_ambiguous(struct work *w);
void
names_events(struct work *w);
/* Names behind one head in the plural. */
void
names_heads(struct work *w);
/* Whole names that the lexicon lists, of two words or more. */
void
names_listed(struct work *w);
void
names_organisations(struct work *w);
void
names_companies(struct work *w);
/* names_quotes.c: the mark that closes the name in quotation marks with which c
 * ends is of it. */
void
names_close_quote(struct work *w, struct candidate *c);
/* "Don Bosco", "Les Tilleuls": a word that stands in no other name. */
bool
names_opens(const struct work *w, size_t i);
/* "Liceo | "Gandini" di Lodi": behind a name in quotation marks, and where it
 * is; i if none stands there. */
size_t
names_quoted_end(const struct work *w, size_t i);
/* Places behind "City of"; they are no mentions yet. */
void
names_holders(struct work *w);
/* names_groupings.c: what stands before token head says that the grouping there
 * is joined or left. */
bool
names_is_entered(const struct work *w, size_t head);
/* Groupings that their shape made networks, beside another one. */
void
names_groupings(struct work *w);
/* "UNESCO" by itself. */
void
names_bare(struct work *w);
void
names_people(struct work *w);
/* The role at token i, if any, with its person; *next: the token behind. */
void
names_role(struct work *w, size_t i, size_t *next);
/* What the document introduced elsewhere: acronyms, persons. */
void
names_again(struct work *w);

/* "que" of "Rede de Vilas que Caminham" at token i. */
bool
work_relative(const struct work *w, size_t i);

/* names_extent.c: where the network's name that holds tokens [first, last)
 * ends, and where it begins. */
size_t
names_extent_right(const struct work *w, size_t first, size_t last);
size_t
names_extent_left(const struct work *w, size_t first);

#endif
