/*
 * GeoNames' own files as tables of the gazetteer: cities500.txt (or a larger
 * one by that name), alternateNamesV2.txt, admin1CodesASCII.txt,
 * admin2Codes.txt and countryInfo.txt.  See its readme.txt.
 */
#include <stdlib.h>

#include "gazetteer_model.h"

/* Names are asked for in these; other languages' help where the text does. */
static const char *const languages[] = { "en", "fr", "es", "pt", "de", "it" };

/* Places that are no more. */
static const char *const gone[] = { "PPLH", "PPLCH", "PPLQ", "PPLW" };

static bool
is_one_of(struct span s, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (span_eq_str(s, list[i]))
			return true;
	return false;
}

static enum error_code
read_id(struct gaz_row *r, struct span f, uint32_t *out)
{
	long long id;

	if (!span_int(f, 1, GAZ_ID_STRING - 1, &id))
		return gaz_row_error(r, "geonameid", f, "a number");
	*out = (uint32_t)id;
	return OK;
}

/* id name asciiname alternatenames lat lon class code country cc2 admin1
 * admin2 admin3 admin4 population elevation dem timezone modified */
enum error_code
geonames_place(struct gaz_row *r)
{
	struct model_place p = { .place_class = GAZ_CITY };
	const struct span *f = r->field;
	struct span names = f[3], one;
	uint32_t id = 0, index = 0;
	enum error_code code = read_id(r, f[0], &id);

	if (code != OK || is_one_of(f[7], gone, sizeof gone / sizeof *gone))
		return code;
	if (!gaz_read_country(f[8], false, p.country))
		return gaz_row_error(r, "country", f[8], "two capitals");
	if (!gaz_read_population(f[14], &p.population))
		return gaz_row_error(r, "population", f[14], "a number");
	if (!gaz_read_degrees(f[4], &p.lat) || !gaz_read_degrees(f[5], &p.lon))
		return gaz_row_error(r, "place", f[4], "degrees");
	p.geonameid = id;
	p.admin1 = gaz_row_text(r, f[10]);
	p.kind = gaz_row_text(r, f[7]);
	code = gaz_add_place(r, &p, f[1], &index);
	if (code == OK)
		code = gaz_add_id(r, id, index);
	/* The same names without their languages. */
	while (code == OK && !r->m->has_names && names.len > 0 &&
		span_split(&names, ',', &one))
		if (one.len > 0)
			code = gaz_add_name(r, one, index, GAZ_ALTERNATE);
	return code;
}

/* Of a division that regions.tsv has, with names in use; or SIZE_MAX. */
static size_t
find_region(const struct gaz_model *m, const char *id)
{
	for (size_t i = 0; i < m->nplaces; i++)
		if (m->places[i].place_class == GAZ_REGION &&
			m->places[i].id != NULL &&
			strcmp(m->places[i].id, id) == 0)
			return i;
	return SIZE_MAX;
}

/* "AD.06" or "AD.06.012": the country, and the division of the first order. */
static bool
read_codes(struct span f, char country[2], struct span *admin1)
{
	struct span part;

	if (!span_split(&f, '.', &part) ||
		!gaz_read_country(part, false, country))
		return false;
	return span_split(&f, '.', admin1) && admin1->len > 0;
}

/* code name asciiname geonameid */
static enum error_code
read_division(struct gaz_row *r, const char *kind, bool first_order)
{
	struct model_place p = { .kind = kind, .place_class = GAZ_REGION };
	const struct span *f = r->field;
	struct span admin1;
	size_t known = SIZE_MAX;
	uint32_t id = 0, index = 0;
	enum error_code code = read_id(r, f[3], &id);

	if (code != OK)
		return code;
	if (!read_codes(f[0], p.country, &admin1))
		return gaz_row_error(r, "code", f[0], "one like AD.06");
	p.admin1 = gaz_row_text(r, admin1);
	if (first_order)
		p.id = arena_printf(
			r->m->arena, "adm1:%.*s", (int)f[0].len, f[0].ptr);
	else
		p.geonameid = id;
	if (p.id != NULL)
		known = find_region(r->m, p.id);
	index = (uint32_t)known;
	if (known == SIZE_MAX)
		code = gaz_add_place(r, &p, f[1], &index);
	return code == OK ? gaz_add_id(r, id, index) : code;
}

enum error_code
geonames_admin1(struct gaz_row *r)
{
	return read_division(r, "ADM1", true);
}

enum error_code
geonames_admin2(struct gaz_row *r)
{
	return read_division(r, "ADM2", false);
}

/* ISO, ISO3, number, FIPS, name, capital, ... geonameid (17th) ...: the names
 * of those we know are in alternateNamesV2.txt; others come in here. */
enum error_code
geonames_country(struct gaz_row *r)
{
	struct model_place p = {
		.admin1 = "", .kind = "country", .place_class = GAZ_COUNTRY
	};
	const struct span *f = r->field;
	uint32_t id = 0, index = UINT32_MAX;
	enum error_code code = read_id(r, f[16], &id);

	if (code != OK)
		return code;
	if (!gaz_read_country(f[0], false, p.country))
		return gaz_row_error(r, "country", f[0], "two capitals");
	for (size_t i = 0; i < r->m->nplaces; i++)
		if (r->m->places[i].place_class == GAZ_COUNTRY &&
			memcmp(r->m->places[i].country, p.country, 2) == 0)
			index = (uint32_t)i;
	p.id = arena_printf(r->m->arena, "iso:%.2s", p.country);
	if (index == UINT32_MAX)
		code = gaz_add_place(r, &p, f[4], &index);
	return code == OK ? gaz_add_id(r, id, index) : code;
}

static int
by_id(const void *a, const void *b)
{
	const struct model_id *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

/* Any place of that id, or NULL. */
static const struct model_id *
find_id(struct gaz_model *m, uint32_t id)
{
	const struct model_id key = { .id = id };
	size_t low = 0, high = m->nids;

	if (m->sorted_ids != m->nids) {
		qsort(m->ids, m->nids, sizeof *m->ids, by_id);
		m->sorted_ids = m->nids;
	}
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (m->ids[mid].id < key.id)
			low = mid + 1;
		else
			high = mid;
	}
	return low < m->nids && m->ids[low].id == id ? &m->ids[low] : NULL;
}

/* alternateNameId geonameid isolanguage name isPreferred isShort isColloquial
 * isHistoric from to.  What is of no language (a link, a code of an airport)
 * is no name; nor is what is said no more. */
enum error_code
geonames_name(struct gaz_row *r)
{
	const struct span *f = r->field;
	const struct model_id *found;
	uint32_t id = 0;
	enum error_code code = read_id(r, f[1], &id);

	if (code != OK || f[2].len < 2 || f[2].len > 3 || f[3].len == 0 ||
		f[6].len > 0 || f[7].len > 0)
		return code;
	found = find_id(r->m, id);
	if (found == NULL)
		return OK;
	return gaz_add_name(r, f[3], found->place,
		is_one_of(f[2], languages, sizeof languages / sizeof *languages)
			? GAZ_EXONYM
			: GAZ_ALTERNATE);
}
