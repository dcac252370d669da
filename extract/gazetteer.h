/*
 * The gazetteer's mapped file and how it is read.  Private to the room.
 *
 * header | strings | places | names | keys | slots | tags, each 8-aligned.
 * Strings end in NUL, sorted and without duplicates; a reference is an
 * offset into them.  A key is a folded name or the beginning of one, cut
 * between words; its names are the spellings, each of one place.  Slots are
 * an open-addressing hash over the keys; a slot's tag is a byte of its key's
 * hash, so that most words of a text are looked for in the tags alone.
 * Nothing read from the file is trusted: a reference out of bounds reads as
 * "" or as no place.
 */
#ifndef DL_EXTRACT_GAZETTEER_H
#define DL_EXTRACT_GAZETTEER_H

#include "core/core.h"

#define GAZ_MAGIC	"DLGAZET1"
#define GAZ_VERSION	3u
#define GAZ_ENDIAN	0x01020304u
#define GAZ_FILE_MAX	((size_t)256 << 20) /* bytes of the mapped file */
#define GAZ_TABLE_MAX	((size_t)64 << 20)  /* bytes of one source table */
#define GAZ_KEY_MAX	120		    /* bytes of a folded name */
#define GAZ_TOKENS_MAX	6		    /* words of a name */
#define GAZ_NAMES_MAX	256    /* spellings read of one key, best first */
#define GAZ_PROBES_MAX	64     /* slots looked at for one key */
#define GAZ_DEGREE_UNIT 100000 /* stored latitude and longitude a degree */

struct form; /* lexis.h */
struct gazetteer;
struct gaz_header {
	char magic[8];
	uint32_t version;
	uint32_t endian;
	uint8_t sha256[HASH_LEN]; /* of all bytes behind the header */
	uint64_t size;		  /* of the file */
	uint32_t strings_len, nplaces, nnames, nkeys, nslots;
	uint32_t strings_at, places_at, names_at, keys_at, slots_at, tags_at;
	uint32_t unused;
};

enum gaz_class { GAZ_CITY, GAZ_REGION, GAZ_COUNTRY, GAZ_CLASSES };

struct gaz_place {
	uint32_t name, id, admin1, kind; /* strings */
	uint32_t population;		 /* of a region: of its places */
	int32_t lat, lon;		 /* GAZ_DEGREE_UNIT */
	char country[2];		 /* NULs when it has none */
	char parent[2];			 /* of a country: whose part it is */
	uint8_t place_class;
	uint8_t unused[3];
	double weight; /* what the people of it add to gazetteer_prior() */
};

/* Smaller is better. */
enum gaz_rank { GAZ_PRIMARY, GAZ_EXONYM, GAZ_ALTERNATE, GAZ_RANKS };

struct gaz_name {
	uint32_t text; /* as spelled, NFC */
	uint32_t place;
	uint8_t rank;
	uint8_t unused[3];
};

/* Why a name alone does not make a place. */
enum gaz_stop {
	GAZ_STOP_NONE,
	GAZ_STOP_WORD,
	GAZ_STOP_PERSON,
	GAZ_STOP_STRICT
};

/* Bit of a language in gaz_key.languages. */
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

struct gaz_key {
	uint32_t text;	/* folded */
	uint32_t first; /* index of its first name */
	uint16_t count; /* names; 0 for a mere beginning */
	uint8_t prefix; /* some longer name begins with it */
	uint8_t stop;	/* enum gaz_stop */
	uint8_t languages;
	uint8_t unused;
	uint16_t roles; /* enum gaz_role, of a word beside a name */
};

/* A name found in a text. */
struct gaz_match {
	uint32_t start, end;	   /* the name in the gazetteer */
	uint32_t full_end;	   /* with "City", "-gu", "County" ... */
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
/* Names of k, at most GAZ_NAMES_MAX. */
size_t
gazetteer_names(const struct gaz_key *k);
const char *
gazetteer_string(const struct gazetteer *g, uint32_t at);
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
/* p as a mention's value; strings borrow from g. */
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
/* Where the search begins, below nslots; and the tag, never 0. */
static inline uint32_t
gazetteer_slot(uint32_t hash, uint32_t nslots)
{
	return (hash ^ hash >> 15) & (nslots - 1);
}
static inline uint8_t
gazetteer_tag(uint32_t hash)
{
	return (uint8_t)(hash >> 24 | 1u);
}
double
gazetteer_weight(uint32_t population);

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
