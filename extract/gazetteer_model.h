/*
 * What gazetteer_build() reads from the tables and gazetteer_write() lays
 * out.  Private to the builder; everything lives in the model's arena.
 */
#ifndef DL_EXTRACT_GAZETTEER_MODEL_H
#define DL_EXTRACT_GAZETTEER_MODEL_H

#include "gazetteer.h"

#define GAZ_MODEL_MAX ((size_t)1 << 30) /* bytes of the model's arena */
#define GAZ_ROWS_MAX  2000000u		/* places, and spellings */

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

struct model_id {
	uint32_t id, place;
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
	struct model_id *ids;
	size_t nids, ids_cap;
	size_t sorted_ids;     /* of ids, by id */
	bool has_names;	       /* of GeoNames, with their languages */
	struct buffer sources; /* "FILE sha256:HEX", a line each */
};

#define GAZ_COLUMNS  19		       /* of a table, at most */
#define GAZ_TEXT_MAX ((size_t)1 << 20) /* bytes of one name, folded */

/* One row of one table, and where it stands. */
struct gaz_row {
	struct gaz_model *m;
	const char *file;
	size_t line;
	struct span field[GAZ_COLUMNS];
	struct buffer *tmp;
	struct error *err;
};

struct gaz_table {
	const char *file;
	size_t columns;
	enum error_code (*read)(struct gaz_row *r);
	bool is_geonames;
};

/* ---- gazetteer_build.c ---- */
/* ERR_CONFIG, "FILE:LINE: WHAT "SEEN", wanted WANT"; ERR_NOMEM or ERR_LIMIT. */
enum error_code
gaz_row_error(struct gaz_row *r, const char *what, struct span seen,
	const char *want);
enum error_code
gaz_row_nomem(struct gaz_row *r);
/* field in NFC, in the model's arena; NULL without memory. */
const char *
gaz_row_text(struct gaz_row *r, struct span field);
bool
gaz_read_country(struct span f, bool optional, char out[2]);
/* Decimal degrees, at most 180 either way; empty is 0, not known. */
bool
gaz_read_degrees(struct span f, int32_t *out);
bool
gaz_read_population(struct span f, uint32_t *out);
/* A place of that name, which is its first; its names; GeoNames' id of it. */
enum error_code
gaz_add_place(struct gaz_row *r, struct model_place *p, struct span name,
	uint32_t *index);
enum error_code
gaz_add_name(struct gaz_row *r, struct span name, uint32_t place,
	enum gaz_rank rank);
enum error_code
gaz_add_id(struct gaz_row *r, uint32_t id, uint32_t place);

/* ---- geonames.c: files as GeoNames has them, a row each ---- */
#define GEONAMES_PLACES "cities500.txt"
#define GEONAMES_NAMES	"alternateNamesV2.txt"
enum error_code
geonames_country(struct gaz_row *r);
enum error_code
geonames_admin1(struct gaz_row *r);
enum error_code
geonames_admin2(struct gaz_row *r);
enum error_code
geonames_place(struct gaz_row *r);
enum error_code
geonames_name(struct gaz_row *r);

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
