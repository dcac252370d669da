/*
 * What gazetteer_build() reads from the tables and gazetteer_write() lays
 * out.  Private to the builder; everything lives in the model's arena.
 */
#ifndef DL_EXTRACT_GAZETTEER_MODEL_H
#define DL_EXTRACT_GAZETTEER_MODEL_H

#include "gazetteer.h"

#define GAZ_MODEL_MAX ((size_t)512 << 20) /* bytes of the model's arena */
#define GAZ_ROWS_MAX  2000000u		  /* places, and spellings */

struct model_place {
	const char *name, *admin1, *kind;
	const char *id;	    /* NULL where it is a number */
	uint32_t geonameid; /* below GAZ_ID_STRING */
	uint32_t population;
	int32_t lat, lon; /* GAZ_DEGREE_UNIT */
	char country[2], parent[2];
	enum gaz_class place_class;
};

struct model_name {
	const char *folded, *text;
	uint32_t place;
	enum gaz_rank rank;
	double prior;
};

struct model_stop {
	const char *folded;
	enum gaz_stop stop;
	uint8_t languages;
};

struct model_word {
	const char *folded;
	uint16_t roles;
};

/* A key on its way to the file. */
struct model_key {
	const char *folded;
	const char *text;	       /* string that folds to it, and on */
	const struct model_name *name; /* the first of count */
	uint32_t hash;
	uint32_t count;
	struct gaz_traits traits;
	bool prefix;
};

struct gaz_model {
	struct arena *arena;
	struct model_place *places;
	size_t nplaces, places_cap;
	struct model_name *names;
	size_t nnames, names_cap;
	struct model_stop *stops;
	size_t nstops, stops_cap;
	struct model_word *words;
	size_t nwords, words_cap;
	struct model_key *keys; /* of gazetteer_keys() */
	size_t nkeys;
};

/* ---- gazetteer_keys.c ---- */
/*
 * The keys of m in the order of their text, which is that of its names then,
 * the best first.  Counts the people of countries and regions.  ERR_NOMEM.
 */
enum error_code
gazetteer_keys(struct gaz_model *m);
/* strcmp() of what a and b point to, for qsort() and bsearch(). */
int
gazetteer_by_string(const void *a, const void *b);
/* Sort; how many are left without duplicates. */
size_t
gazetteer_unique(const char **list, size_t n);

/* ---- gazetteer_write.c ---- */

/* Write m to out_path, through a temporary file beside it.  Sorts m. */
enum error_code
gazetteer_write(struct gaz_model *m, const char *out_path, struct error *err);

#endif
