/*
 * Resolution of place names: what is known of each while it goes on.
 * Private to places*.c.
 */
#ifndef DL_EXTRACT_PLACES_H
#define DL_EXTRACT_PLACES_H

#include "gazetteer.h"
#include "scan.h"

#define PLACES_WELL_KNOWN 300000 /* people: known without help */

#define PLACES_COUNTRIES (26 * 26) /* alpha-2 codes */
#define PLACES_NONE	 UINT32_MAX

/* What decided; mention.rule. */
#define PLACES_RULE_LINKED   "places.country" /* beside it in the text */
#define PLACES_RULE_CONTEXT  "places.context"
#define PLACES_RULE_UNKNOWN  "places.unknown"  /* not in the gazetteer */
#define PLACES_RULE_DIVISION "places.division" /* "Landkreis Fulda" */

/* What a name may stand for, and what speaks for it by itself. */
struct reading {
	uint32_t place;
	enum gaz_rank rank;
	bool exact;
	double score;
};

/* A place mention under resolution. */
struct item {
	size_t mention; /* index into scan.list */
	struct gaz_match match;
	struct gaz_context around;
	const struct sentence *in;
	struct reading *readings;
	size_t nreadings;
	uint32_t most;	/* people of the largest city it may be */
	uint32_t place; /* chosen, or PLACES_NONE */
	uint32_t fixed; /* the only choice, or PLACES_NONE */
	enum gaz_rank rank;
	bool exact;
	double score;
	int candidates;
	bool linked;	  /* a country or region stands in apposition to it */
	bool forced;	  /* though the gazetteer has none there */
	bool is_division; /* it stands in apposition to the item before */
	bool title_case;  /* its sentence writes all words large */
	bool alone;	  /* it is what its item or cell says first */
	bool dropped;
	bool doubted;	 /* dropped, where more might have shown it */
	char country[2]; /* of what it is linked to, or of its heading */
	const char *admin1;
	bool lead; /* country is a heading's: preferred, not forced */
};

struct places {
	const struct gazetteer *g;
	struct scan *s;
	struct item *items; /* in the text's order */
	size_t n;
	struct buffer *tmp;
	uint8_t language;		/* enum gaz_language */
	double votes[PLACES_COUNTRIES]; /* of the document's places */
	double total;
	double named[PLACES_COUNTRIES]; /* times, itself or a region */
	int nnamed;
	const struct gaz_place *regions[64]; /* named */
	size_t nregions;
};

/* ---- places_link.c ---- */
/* Find "City, Country", "City (Country)", "Country: City", table rows. */
void
places_link(struct places *p);
/* c stands for country want, or is a part of it. */
bool
places_same_country(const struct gazetteer *g, const char *c, const char *want);
/* The country or region stands behind the city at [., a), beginning at b
 * and ending at c: ", ", " (" and ")", " - " of an item, the next cell. */
bool
places_apposed(const struct scan *s, uint32_t a, uint32_t b, uint32_t c,
	bool *brackets);
/* Block that has text[at], or NULL. */
const struct block *
places_block(const struct document *doc, uint32_t at);

/* ---- places_beside.c ---- */
/* The letters of a division behind a place's name. */
struct places_sign {
	struct span letters;
	bool bare; /* nothing but a space before them */
};
/* "Boise, ID", "Sorocaba (SP)", "Recife/PE", "Chur GR": two or three capitals
 * stand behind the name that ends at text[at]. */
bool
places_sign(struct span text, size_t at, struct places_sign *out);
/* They write the division admin1 (GeoNames's code) of the country. */
bool
places_writes(const struct places_sign *sign, const char *country,
	const char *admin1);

/* ---- places_choose.c ---- */
/* The readings of every item, and the likeliest by itself. */
enum error_code
places_prefer(struct places *p);
/* The same by links and by what the document says elsewhere. */
void
places_choose(struct places *p);

/* Share of the document's places that lie in place's country. */
double
places_share(const struct places *p, const struct gaz_place *place);

/* ---- places_accept.c ---- */
/* ", ", " and " in six languages: names on both sides are alike. */
bool
places_coordinates(struct span between);
/* Drop the names that nothing shows to be places. */
enum error_code
places_accept(struct places *p);

/* ---- places_unknown.c ---- */
/* Names behind "the City of" that the gazetteer lacks. */
enum error_code
places_add_named(struct places *p);
/* "Name, Country": cities that the gazetteer lacks. */
enum error_code
places_add_unknown(struct places *p);

#endif
