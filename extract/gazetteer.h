/*
 * The gazetteer's mapped file and how it is read.  Private to the room.
 *
 * header | strings | codes | parents | traits | places | names | keys |
 * firsts | buckets, each 8-aligned.  Strings end in NUL, sorted and without
 * duplicates; a reference is an offset into them.  A key is a folded name or
 * the beginning of one, cut between words; its names are the spellings, each
 * of one place.  Keys stand in the order of their hash, a bucket of some after
 * the other, and their names in the order of keys.  A key's text is not stored
 * where folding one of its spellings gives it.
 *
 * Every page in use is counted in each worker, so rows are packed: what few
 * rows have stands in tables of its own.  Nothing read from the file is
 * trusted: a reference out of bounds reads as "" or as no place.
 */
#ifndef DL_EXTRACT_GAZETTEER_H
#define DL_EXTRACT_GAZETTEER_H

#include "core/core.h"

#define GAZ_MAGIC	"DLGAZET1"
#define GAZ_VERSION	4u
#define GAZ_ENDIAN	0x01020304u
#define GAZ_FILE_MAX	((size_t)256 << 20) /* bytes of the mapped file */
#define GAZ_TABLE_MAX	((size_t)4 << 30)   /* bytes of one source table */
#define GAZ_KEY_MAX	120		    /* bytes of a folded name */
#define GAZ_TOKENS_MAX	6		    /* words of a name */
#define GAZ_NAMES_MAX	255		  /* spellings of one key, best first */
#define GAZ_BUCKET_MAX	32		  /* keys of one bucket */
#define GAZ_FIRSTS	16		  /* keys of one row of firsts */
#define GAZ_STRINGS_MAX ((size_t)1 << 24) /* bytes of all strings */
#define GAZ_PLACES_MAX	(1u << 30)
#define GAZ_KINDS_MAX	64u    /* kinds of places; the first codes */
#define GAZ_CODES_MAX	65536u /* kinds and divisions */
#define GAZ_TRAITS_MAX	32768u
#define GAZ_DEGREE_UNIT 100000 /* stored latitude and longitude a degree */

struct form; /* lexis.h */
struct gazetteer;
struct gaz_header {
	char magic[8];
	uint32_t version;
	uint32_t endian;
	uint8_t sha256[HASH_LEN]; /* of all bytes behind the header */
	uint64_t size;		  /* of the file */
	uint32_t strings_len, ncodes, nparents, ntraits;
	uint32_t nplaces, nnames, nkeys, nbuckets;
	uint32_t strings_at, codes_at, parents_at, traits_at;
	uint32_t places_at, names_at, keys_at, firsts_at, buckets_at;
	uint32_t sources; /* string: the files it was made of */
};

enum gaz_class { GAZ_CITY, GAZ_REGION, GAZ_COUNTRY, GAZ_CLASSES };

#define GAZ_ID_STRING (1u << 31) /* of an id: the rest is a string */

struct gaz_place {
	uint32_t name : 24; /* string */
	uint32_t kind : 6;  /* code */
	uint32_t place_class : 2;
	uint32_t id;	     /* of GeoNames, or GAZ_ID_STRING */
	uint32_t population; /* of a region: of its places */
	int32_t lat, lon;    /* GAZ_DEGREE_UNIT */
	uint16_t admin1;     /* code */
	char country[2];     /* NULs when it has none */
};

/* A country that is a part of another; sorted. */
struct gaz_parent {
	char country[2], parent[2];
};

/* Smaller is better. */
enum gaz_rank { GAZ_PRIMARY, GAZ_EXONYM, GAZ_ALTERNATE, GAZ_RANKS };

struct gaz_name {
	uint32_t text; /* string: as spelled, NFC */
	uint32_t place : 30;
	uint32_t rank : 2;
};

/* Why a name alone does not make a place. */
enum gaz_stop {
	GAZ_STOP_NONE,
	GAZ_STOP_WORD,
	GAZ_STOP_PERSON,
	GAZ_STOP_STRICT
};

/* Bit of a language in gaz_traits.languages. */
enum gaz_language {
	GAZ_EN = 1,
	GAZ_FR = 2,
	GAZ_ES = 4,
	GAZ_PT = 8,
	GAZ_DE = 16,
	GAZ_IT = 32,
	GAZ_ANY_LANGUAGE = 63
};

/* What a word beside a name says; context.tsv. */
enum gaz_role {
	GAZ_SUFFIX = 1,		/* "City", "-gu": belongs to the name */
	GAZ_REGION_SUFFIX = 2,	/* "Province": the name is a region's */
	GAZ_AFTER = 4,		/* "Airport": the name is part of another */
	GAZ_BEFORE = 8,		/* "Lake", "Lord": the same */
	GAZ_HEAD_OF = 16,	/* "University" of: the same */
	GAZ_CITY_OF = 32,	/* "City of", "Stadt": a city follows */
	GAZ_PREPOSITION = 64,	/* "in": a place follows */
	GAZ_INSIDE = 128,	/* "de", "al": joins the words of a name */
	GAZ_REGION_PREFIX = 256 /* "Landkreis": a region named like a city */
};

/* What is said of a key that is more than a name; the first says nothing. */
struct gaz_traits {
	uint8_t stop; /* enum gaz_stop */
	uint8_t languages;
	uint16_t roles; /* enum gaz_role, of a word beside a name */
};

struct gaz_key {
	uint32_t text : 24; /* string: folded it begins with the key */
	uint32_t len : 8;   /* of the key */
	uint32_t tag : 8;   /* of its hash */
	uint32_t count : 8; /* names; 0 for a mere beginning */
	uint32_t traits : 15;
	uint32_t prefix : 1; /* some longer name begins with it */
};

/* A name found in a text. */
struct gaz_match {
	uint32_t start, end;	   /* the name in the gazetteer */
	uint32_t full_end;	   /* with "City", "-gu", "County" ... */
	struct gaz_traits traits;  /* of its key */
	const struct gaz_key *key; /* borrowed from the gazetteer */
	bool wants_region;	   /* "Province" follows */
	bool shown;		   /* as a place, by what it stands in */
};

/* What stands around a match. */
struct gaz_context {
	bool part;    /* of the name of something else */
	bool city_of; /* "City of" or "Landkreis" before it */
	bool preposition;
	bool first;    /* word of its sentence */
	bool run_left; /* an unknown capitalised word touches it */
	bool run_right;
	bool capitals; /* has no small letter */
};

/* ---- gazetteer.c ---- */
const struct gaz_place *
gazetteer_place(const struct gazetteer *g, uint32_t index);
const struct gaz_name *
gazetteer_name(const struct gazetteer *g, const struct gaz_key *k, size_t i);
struct gaz_traits
gazetteer_traits(const struct gazetteer *g, const struct gaz_key *k);
const char *
gazetteer_string(const struct gazetteer *g, uint32_t at);
/* The text of a kind or a division. */
const char *
gazetteer_code(const struct gazetteer *g, uint32_t code);
struct gaz_fold;
/* The key that reads f, or NULL. */
const struct gaz_key *
gazetteer_key(const struct gazetteer *g, const struct gaz_fold *f);
/* Of the country with that alpha-2 code; its parent, or NULL. */
const char *
gazetteer_parent(const struct gazetteer *g, const char *country);
/* How likely p is meant by a name of that rank, before any context. */
double
gazetteer_prior(const struct gaz_place *p, enum gaz_rank rank, bool exact);
/* p as a mention's value; strings are of g or a. */
void
gazetteer_value(const struct gazetteer *g, const struct gaz_place *p,
	struct arena *a, struct place_value *out);

/* FNV-1a: a byte at a time, so that a window's hash grows with it. */
#define GAZ_HASH_START 2166136261u
static inline uint32_t
gazetteer_hash_add(uint32_t hash, unsigned char c)
{
	return (hash ^ c) * 16777619u;
}
/* Which bucket, and the tag. */
static inline uint32_t
gazetteer_bucket(uint32_t hash, uint32_t nbuckets)
{
	return (hash ^ hash >> 15) & (nbuckets - 1);
}
static inline uint8_t
gazetteer_tag(uint32_t hash)
{
	return (uint8_t)(hash >> 24);
}
/* text, folded as gazetteer_fold_add() folds ASCII, begins with key; what is
 * not ASCII stands for itself. */
bool
gazetteer_folds_to(const char *text, struct span key);
/* A name on its way to the index: folded as utf8_fold_name() does, and
 * hashed. */
struct gaz_fold {
	size_t len;
	uint32_t hash;
	char text[GAZ_KEY_MAX + 1]; /* without NUL */
};
void
gazetteer_fold_start(struct gaz_fold *f);
/* Append s folded; false when it folds to nothing or is too long for a key.
 * tmp is working memory for what is not ASCII. */
bool
gazetteer_fold_add(struct gaz_fold *f, struct span s, struct buffer *tmp);
/* Part it from the next word; false when it is too long for a key. */
bool
gazetteer_fold_space(struct gaz_fold *f);
/* ---- gazetteer_match.c ---- */
/*
 * Longest name that begins at text[at], a capital at the beginning of a
 * word, and ends on a word's end before limit; false if there is none.  tmp
 * is working memory.
 */
bool
gazetteer_match(const struct gazetteer *g, struct span text, size_t at,
	size_t limit, struct buffer *tmp, struct gaz_match *out);
/* The same, of which the first word is known. */
bool
gazetteer_match_form(const struct gazetteer *g, struct span text, size_t at,
	size_t limit, const struct form *first, struct buffer *tmp,
	struct gaz_match *out);
/* Look the form up as a name, or the beginning of one. */
void
gazetteer_know(
	const struct gazetteer *g, struct form *form, struct buffer *tmp);
/* First capital at the beginning of a word at or after at, or SIZE_MAX. */
size_t
gazetteer_next(struct span text, size_t at);
/* End of the word that begins at text[at], at most limit. */
size_t
gazetteer_word_end(struct span text, size_t at, size_t limit);
/* Beginning of the word that ends at text[end], at least from. */
size_t
gazetteer_word_start(struct span text, size_t from, size_t end);
/* Roles of a word or words, 0 for one without; *stop may be NULL. */
unsigned
gazetteer_roles(const struct gazetteer *g, struct span words,
	struct buffer *tmp, enum gaz_stop *stop);
/* name may stand for spelling: an acronym never for a word. */
bool
gazetteer_spelling_fits(struct span name, const char *spelling);
/* No small letter in s, and a capital. */
bool
gazetteer_is_capitals(struct span s);
/* Around m, which stands in the sentence text[from, to). */
void
gazetteer_context(const struct gazetteer *g, struct span text, size_t from,
	size_t to, const struct gaz_match *m, struct buffer *tmp,
	struct gaz_context *out);

#endif
