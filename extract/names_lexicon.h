/*
 * Words and phrases that names are made of, for all languages at once: a
 * release quotes its partners' names in theirs.  Immutable once loaded.
 *
 * config/lang/LANG/{roles,honorifics,organisations,events,words,given}.tsv,
 * each optional: KIND<TAB>PHRASE[ | PHRASE]...[<TAB>VALUE], '#' starts a
 * comment.
 */
#ifndef DL_EXTRACT_NAMES_LEXICON_H
#define DL_EXTRACT_NAMES_LEXICON_H

#include "core/core.h"

#define NAMES_FILE_MAX	    ((size_t)1 << 20) /* bytes of one lexicon file */
#define NAMES_WORDS_MAX	    32768	      /* different words */
#define NAMES_EDGES_MAX	    65536	      /* steps of all phrases */
#define NAMES_PHRASE_MAX    16		      /* words of one phrase */
#define NAMES_WORD_MAX	    48		      /* bytes of a folded word */
#define NAMES_WORD_FILTER   65536	      /* bits; most words have none */
#define NAMES_LANGUAGES_MAX 64
#define NAMES_SUFFIXES_MAX  128
#define NAMES_COMPOUND_MIN  3 /* letters before a compound's last part */
#define NAMES_PLACES_MAX    ((size_t)4 << 20) /* bytes of a place table */

/* What a word or phrase can be; the first column of the files. */
#define K_ROLE		(1u << 0)  /* mayor: "of X" is not of the role */
#define K_ROLE_TOPIC	(1u << 1)  /* director: "of education" is */
#define K_ROLE_WEAK	(1u << 2)  /* chair: only beside a person */
#define K_ROLE_MODIFIER (1u << 3)  /* deputy */
#define K_HONORIFIC	(1u << 4)  /* Dr */
#define K_ORG_HEAD	(1u << 5)  /* Council */
#define K_ORG_TOPIC	(1u << 6)  /* Ministry: of A and B */
#define K_ORG_FIRST	(1u << 7)  /* Universidad: the name follows */
#define K_ORG_NOUN	(1u << 8)  /* Universität: all nouns are capital */
#define K_ORG_UNIT	(1u << 9)  /* Department: part of a role */
#define K_ORG_PROGRAMME (1u << 10) /* Initiative */
#define K_ORG_NAME	(1u << 11) /* UNESCO: a name by itself */
#define K_ORG_CAMPUS	(1u << 12) /* College: "College Dublin" */
#define K_ADJECTIVE	(1u << 13) /* municipal, international */
#define K_POSSESSIVE	(1u << 14) /* King's */
#define K_EVENT		(1u << 15) /* Conference */
#define K_EVENT_WEAK	(1u << 16) /* assembly: only with an ordinal */
#define K_AWARD		(1u << 17)
#define K_ORDINAL	(1u << 18)
#define K_LINK		(1u << 19) /* of, for */
#define K_ARTICLE	(1u << 20)
#define K_AND		(1u << 21)
#define K_STOP		(1u << 22) /* capital, yet in no name */
#define K_PARTICLE	(1u << 23) /* van, de la */
#define K_SAY		(1u << 24)
#define K_PLACE		(1u << 25) /* Costa Rica: two words, no person */
#define K_PLACE_WORD	(1u << 26) /* City, New: in no person's name */
#define K_IN		(1u << 27) /* a place follows */
#define K_FROM		(1u << 28)
#define K_NETWORK	(1u << 29) /* Network, Alliance */
#define K_MEMBERS	(1u << 30) /* Cities */
#define K_BYLINE	(1u << 31) /* photo by */
/* No word is otherwise both of these: League, of towns or of clubs; Ltd,
 * GmbH; label, status, title; member, accession. */
#define K_LEAGUE    (K_NETWORK | K_PARTICLE)
#define K_ORG_LEGAL (K_ORG_HEAD | K_POSSESSIVE)
#define K_LABEL	    (K_POSSESSIVE | K_ORG_CAMPUS)
#define K_JOIN	    (K_POSSESSIVE | K_ORG_TOPIC)
#define K_ACCEDE    (K_JOIN | K_ORG_CAMPUS) /* "of" names the member */
#define K_ENTER	    (K_JOIN | K_ORG_UNIT)   /* a verb: joined, left */
/* "Council", "mairie"; and "municipal" of "conseil municipal". */
#define K_MUNICIPAL (K_ORG_HEAD | K_ORG_PROGRAMME)
#define K_OF_TOWNS  (K_ADJECTIVE | K_ORG_PROGRAMME)
/* "designated", and "Town" of the title that was given. */
#define K_DESIGNATE (K_POSSESSIVE | K_ORG_UNIT)
#define K_HOLDER    (K_PLACE_WORD | K_ORG_PROGRAMME)
#define K_GIVEN	    0u /* Robert: name_word.given, beside any kind */
#define K_WITH	    (K_POSSESSIVE | K_PLACE_WORD) /* with, without, against */
#define K_INSTITUTION                                                          \
	(K_ORG_NAME | K_ORG_CAMPUS)	     /* listed; may be a member        \
					      */
#define K_CONTEST (K_LEAGUE | K_ORG_UNIT)    /* League: of clubs, by itself */
#define K_INVITE  (K_ROLE_MODIFIER | K_FROM) /* Join: the reader is asked */
#define K_HEADS	  (K_MEMBERS | K_PARTICLE)   /* hospitales: names follow */
/* "communauté de communes": members make it, and it may be one; only phrases
 * of two words or more. */
#define K_GROUPING (K_ORG_HEAD | K_ORG_FIRST | K_ORDINAL)

struct name_word {
	const char *key; /* folded */
	uint32_t len;
	uint32_t hash;
	uint32_t kinds; /* as a phrase of one word */
	int32_t value;
	uint32_t node;	  /* of the phrase trie, 0 if it starts none */
	uint32_t network; /* of the networks' trie, the same */
	bool in_network;  /* stands in a registered network's name */
	bool given;	  /* a person's given name */
	bool place;	  /* a country or region by itself */
};

/* A tree of word sequences.  Node 0 is the root. */
struct name_node {
	uint32_t kinds; /* of the phrase that ends here; 0 if none does */
	int32_t value;
	uint32_t first; /* edge, 0 is none */
};
struct name_edge {
	uint32_t from, word, to, next;
};
struct name_trie {
	struct name_node *nodes;
	size_t nnodes, nodes_cap;
	struct name_edge *edges;
	size_t nedges, edges_cap;
	uint32_t *table; /* hash of (from, word) to edge */
	size_t table_size;
};

/* The last part of compounds, and what it makes of them. */
struct name_suffix {
	const char *text;
	size_t len;
	uint32_t kinds;
};

struct lexicon {
	struct arena *arena; /* borrowed */
	struct name_word *words;
	size_t nwords, words_cap;
	uint32_t *table;
	uint64_t filter[NAMES_WORD_FILTER / 64]; /* bits of words' hashes */
	struct name_trie phrases;
	const char **names; /* values of K_ORG_NAME; NULL: as written */
	size_t nnames, names_cap;
	struct name_suffix suffixes[NAMES_SUFFIXES_MAX];
	size_t nsuffixes;
};

enum error_code
lexicon_init(struct lexicon *lx, struct arena *a, struct error *err);

/*
 * Read every language's files; each goes into version (may be NULL).
 * ERR_CONFIG "file:line: ...", ERR_IO, ERR_LIMIT, ERR_NOMEM.  A missing file
 * is no error, a directory without languages is ERR_CONFIG.
 */
enum error_code
lexicon_load(struct lexicon *lx, const char *config_dir, struct hash *version,
	struct error *err);
/* One file's text; kind names are looked up for that base name. */
enum error_code
lexicon_read(struct lexicon *lx, struct span text, const char *path,
	struct error *err);

/* phrase becomes one of kind; value 0 leaves an older value. */
enum error_code
lexicon_add(struct lexicon *lx, struct span phrase, uint32_t kind,
	int32_t value, struct error *err);

/* A country or region of one word. */
enum error_code
lexicon_add_place(struct lexicon *lx, struct span name, struct error *err);

/*
 * Countries and regions, from config/gazetteer/: no person is called "Costa
 * Rica", no network "Portugal".  Files that are not there are passed over.
 */
enum error_code
lexicon_load_places(struct lexicon *lx, const char *config_dir,
	struct hash *version, struct error *err);

/*
 * Fold one word (letters and digits only) into out; 0 if it is too long.
 * scratch is used for words that are not ASCII.
 */
size_t
lexicon_fold(
	struct span word, char out[NAMES_WORD_MAX], struct buffer *scratch);
/* Length without a plural "s" or "ies"; may change the last byte of key. */
size_t
lexicon_stem(char *key, size_t len);

/* Index of a folded word, 0 if unknown. */
uint32_t
lexicon_find(const struct lexicon *lx, const char *key, size_t len);
/* The same with its hash: NAMES_HASH_START, and each byte added. */
uint32_t
lexicon_find_hashed(
	const struct lexicon *lx, const char *key, size_t len, uint32_t hash);

#define NAMES_HASH_START 2166136261u /* FNV-1a */
static inline uint32_t
names_hash_add(uint32_t hash, unsigned char c)
{
	return (hash ^ c) * 16777619u;
}
/* Index of a folded word, added if new; 0 on error (err). */
uint32_t
lexicon_intern(
	struct lexicon *lx, const char *key, size_t len, struct error *err);

/* The first node of an empty trie is made by the first put. */
enum error_code
name_trie_put(struct name_trie *t, struct arena *a, const uint32_t *words,
	size_t n, uint32_t *node, struct error *err);
/* Node behind word, 0 if there is none. */
uint32_t
name_trie_next(const struct name_trie *t, uint32_t node, uint32_t word);

#endif
