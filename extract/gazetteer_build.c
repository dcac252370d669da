#include "extract.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gazetteer_model.h"

#define PATH_LEN 4096
#define PLACES	 "places.tsv"

enum error_code
gaz_row_error(
	struct gaz_row *r, const char *what, struct span seen, const char *want)
{
	return error_set(r->err, ERR_CONFIG, "%s:%zu: %s \"%.*s\", wanted %s",
		r->file, r->line, what, (int)(seen.len < 80 ? seen.len : 80),
		seen.ptr, want);
}

enum error_code
gaz_row_nomem(struct gaz_row *r)
{
	return arena_over_cap(r->m->arena)
		       ? error_set(r->err, ERR_LIMIT, "%s:%zu: over %zu bytes",
				 r->file, r->line, GAZ_MODEL_MAX)
		       : error_set(r->err, ERR_NOMEM, "%s", r->file);
}

const char *
gaz_row_text(struct gaz_row *r, struct span field)
{
	buffer_reset(r->tmp);
	if (utf8_nfc(field, r->tmp) != OK)
		return NULL;
	return arena_strndup(r->m->arena,
		r->tmp->ptr != NULL ? r->tmp->ptr : "", r->tmp->len);
}

/* A folded name, or "" when no window of words can ever read it. */
static const char *
row_folded(struct gaz_row *r, struct span name, size_t least)
{
	size_t words = 1;

	buffer_reset(r->tmp);
	if (utf8_fold_name(name, r->tmp) != OK)
		return NULL;
	for (size_t i = 0; i < r->tmp->len; i++)
		words += r->tmp->ptr[i] == ' ';
	if (r->tmp->len < least || r->tmp->len > GAZ_KEY_MAX ||
		words > GAZ_TOKENS_MAX)
		return "";
	return arena_strndup(r->m->arena, r->tmp->ptr, r->tmp->len);
}

enum error_code
gaz_add_name(
	struct gaz_row *r, struct span name, uint32_t place, enum gaz_rank rank)
{
	struct gaz_model *m = r->m;
	struct model_name n = { NULL, NULL, place, rank, 0 };

	if (name.len == 0)
		return gaz_row_error(r, "name", name, "at least one letter");
	n.text = gaz_row_text(r, name);
	n.folded = n.text != NULL ? row_folded(r, span_str(n.text), 2) : NULL;
	if (n.folded == NULL)
		return gaz_row_nomem(r);
	if (n.folded[0] == '\0')
		return OK;
	if (m->nnames >= GAZ_ROWS_MAX)
		return error_set(r->err, ERR_LIMIT, "%s:%zu: over %u names",
			r->file, r->line, GAZ_ROWS_MAX);
	m->names = arena_grow(
		m->arena, m->names, m->nnames, &m->names_cap, sizeof *m->names);
	if (m->names == NULL)
		return gaz_row_nomem(r);
	m->names[m->nnames++] = n;
	return OK;
}

/* "a|*b|c*": other names; '*' marks one in use in another language. */
static enum error_code
add_aliases(struct gaz_row *r, struct span list, uint32_t place,
	enum gaz_rank plain)
{
	struct span one;

	if (list.len == 0)
		return OK;
	while (span_split(&list, '|', &one)) {
		enum gaz_rank rank = plain;
		enum error_code code;

		if (one.len > 0 && one.ptr[0] == '*') {
			rank = GAZ_EXONYM;
			one = span_sub(one, 1, one.len);
		} else if (one.len > 0 && one.ptr[one.len - 1] == '*') {
			rank = GAZ_EXONYM;
			one = span_sub(one, 0, one.len - 1);
		}
		code = gaz_add_name(r, one, place, rank);
		if (code != OK)
			return code;
	}
	return OK;
}

enum error_code
gaz_add_id(struct gaz_row *r, uint32_t id, uint32_t place)
{
	struct gaz_model *m = r->m;

	m->ids = arena_grow(
		m->arena, m->ids, m->nids, &m->ids_cap, sizeof *m->ids);
	if (m->ids == NULL)
		return gaz_row_nomem(r);
	m->ids[m->nids++] = (struct model_id){ id, place };
	return OK;
}

enum error_code
gaz_add_place(struct gaz_row *r, struct model_place *p, struct span name,
	uint32_t *index)
{
	struct gaz_model *m = r->m;

	p->name = gaz_row_text(r, name);
	if (p->name == NULL || (p->id == NULL && p->geonameid == 0) ||
		p->admin1 == NULL || p->kind == NULL)
		return gaz_row_nomem(r);
	if (m->nplaces >= GAZ_ROWS_MAX)
		return error_set(r->err, ERR_LIMIT, "%s:%zu: over %u places",
			r->file, r->line, GAZ_ROWS_MAX);
	m->places = arena_grow(m->arena, m->places, m->nplaces, &m->places_cap,
		sizeof *m->places);
	if (m->places == NULL)
		return gaz_row_nomem(r);
	*index = (uint32_t)m->nplaces;
	m->places[m->nplaces++] = *p;
	return gaz_add_name(r, name, *index, GAZ_PRIMARY);
}

bool
gaz_read_country(struct span f, bool optional, char out[2])
{
	if (f.len == 0)
		return optional;
	if (f.len != 2 || f.ptr[0] < 'A' || f.ptr[0] > 'Z' || f.ptr[1] < 'A' ||
		f.ptr[1] > 'Z')
		return false;
	memcpy(out, f.ptr, 2);
	return true;
}

bool
gaz_read_degrees(struct span f, int32_t *out)
{
	char text[32], *end;
	double d;

	if (f.len == 0)
		return true;
	if (f.len >= sizeof text || f.ptr[0] == ' ')
		return false;
	memcpy(text, f.ptr, f.len);
	text[f.len] = '\0';
	if (strspn(text, "-.0123456789") != f.len)
		return false;
	d = strtod(text, &end);
	if (*end != '\0' || d < -180 || d > 180)
		return false;
	*out = (int32_t)(d * GAZ_DEGREE_UNIT + (d < 0 ? -0.5 : 0.5));
	return true;
}

bool
gaz_read_population(struct span f, uint32_t *out)
{
	long long n = 0;

	if (f.len > 0 && !span_int(f, 0, UINT32_MAX, &n))
		return false;
	*out = (uint32_t)n;
	return true;
}

/* GeoNames code to the class of mention it makes; districts are members of
 * networks of cities, so they count as cities.  RGN is a region that is no
 * division of the first order: "Kent". */
static enum gaz_class
class_of(struct span kind)
{
	if (span_eq_str(kind, "ADM1") || span_eq_str(kind, "RGN") ||
		span_eq_str(kind, "WORLD"))
		return GAZ_REGION;
	return GAZ_CITY;
}

/* id name country admin1 kind population lat lon aliases: places.tsv and
 * extra.tsv; in the latter the id may be absent. */
static enum error_code
read_place(struct gaz_row *r)
{
	struct model_place p = { 0 };
	struct span *f = r->field;
	long long id = 0;
	uint32_t index = 0;
	enum error_code code;

	if (f[0].len > 0 && !span_int(f[0], 1, GAZ_ID_STRING - 1, &id))
		return gaz_row_error(r, "geonameid", f[0], "a number");
	if (!gaz_read_country(f[2], false, p.country))
		return gaz_row_error(r, "country", f[2], "two capitals");
	if (f[4].len == 0)
		return gaz_row_error(r, "kind", f[4], "a feature code");
	if (!gaz_read_population(f[5], &p.population))
		return gaz_row_error(r, "population", f[5], "a number");
	if (!gaz_read_degrees(f[6], &p.lat))
		return gaz_row_error(r, "latitude", f[6], "degrees");
	if (!gaz_read_degrees(f[7], &p.lon))
		return gaz_row_error(r, "longitude", f[7], "degrees");
	p.geonameid = (uint32_t)id;
	if (id == 0)
		p.id = arena_printf(r->m->arena, "dateline:%.2s/%s", p.country,
			row_folded(r, f[1], 1));
	p.admin1 = gaz_row_text(r, f[3]);
	p.kind = gaz_row_text(r, f[4]);
	p.place_class = class_of(f[4]);
	code = gaz_add_place(r, &p, f[1], &index);
	if (code == OK && id != 0)
		code = gaz_add_id(r, (uint32_t)id, index);
	if (code != OK)
		return code;
	return add_aliases(r, f[8], index, GAZ_ALTERNATE);
}

/* id name country admin1 kind aliases */
static enum error_code
read_region(struct gaz_row *r)
{
	struct model_place p = { 0 };
	struct span *f = r->field;
	uint32_t index = 0;
	enum error_code code;

	if (f[0].len == 0)
		return gaz_row_error(r, "id", f[0], "an id");
	if (!gaz_read_country(f[2], true, p.country))
		return gaz_row_error(r, "country", f[2], "two capitals");
	if (class_of(f[4]) != GAZ_REGION)
		return gaz_row_error(r, "kind", f[4], "ADM1, RGN or WORLD");
	p.id = gaz_row_text(r, f[0]);
	p.admin1 = gaz_row_text(r, f[3]);
	p.kind = gaz_row_text(r, f[4]);
	p.place_class = GAZ_REGION;
	if (span_eq_str(f[4], "WORLD"))
		p.population = UINT32_MAX;
	code = gaz_add_place(r, &p, f[1], &index);
	if (code != OK)
		return code;
	return add_aliases(r, f[5], index, GAZ_ALTERNATE);
}

/* cc name aliases demonyms parent.  Demonyms are no places: they are kept
 * in the table for rules that read nationality. */
static enum error_code
read_country_row(struct gaz_row *r)
{
	struct model_place p = { 0 };
	struct span *f = r->field;
	uint32_t index = 0;
	enum error_code code;

	if (!gaz_read_country(f[0], false, p.country))
		return gaz_row_error(r, "country", f[0], "two capitals");
	if (!gaz_read_country(f[4], true, p.parent))
		return gaz_row_error(
			r, "parent", f[4], "two capitals or nothing");
	p.id = arena_printf(r->m->arena, "iso:%.2s", p.country);
	p.admin1 = "";
	p.kind = "country";
	p.place_class = GAZ_COUNTRY;
	code = gaz_add_place(r, &p, f[1], &index);
	if (code == OK)
		code = add_aliases(r, f[2], index, GAZ_EXONYM);
	return code;
}

static const struct {
	const char *name;
	uint8_t bit;
} languages[] = {
	{ "en", GAZ_EN },
	{ "fr", GAZ_FR },
	{ "es", GAZ_ES },
	{ "pt", GAZ_PT },
	{ "de", GAZ_DE },
	{ "it", GAZ_IT },
	{ "*", GAZ_ANY_LANGUAGE },
};

static const struct {
	const char *name;
	enum gaz_stop stop;
} stops[] = {
	{ "word", GAZ_STOP_WORD },
	{ "person", GAZ_STOP_PERSON },
	{ "strict", GAZ_STOP_STRICT },
};

static bool
read_languages(struct span list, uint8_t *out)
{
	struct span one;

	while (span_split(&list, ',', &one)) {
		size_t i = 0, n = sizeof languages / sizeof *languages;

		while (i < n && !span_eq_str(one, languages[i].name))
			i++;
		if (i == n)
			return false;
		*out |= languages[i].bit;
	}
	return *out != 0;
}

/* name class languages */
static enum error_code
read_stop(struct gaz_row *r)
{
	struct gaz_model *m = r->m;
	struct model_stop s = { 0 };
	size_t i = 0, n = sizeof stops / sizeof *stops;

	while (i < n && !span_eq_str(r->field[1], stops[i].name))
		i++;
	if (i == n)
		return gaz_row_error(
			r, "class", r->field[1], "word, person or strict");
	s.stop = stops[i].stop;
	if (!read_languages(r->field[2], &s.languages))
		return gaz_row_error(r, "languages", r->field[2],
			"some of en fr es pt de it, or *");
	s.folded = row_folded(r, r->field[0], 1);
	if (s.folded == NULL)
		return gaz_row_nomem(r);
	m->stops = arena_grow(
		m->arena, m->stops, m->nstops, &m->stops_cap, sizeof *m->stops);
	if (m->stops == NULL)
		return gaz_row_nomem(r);
	m->stops[m->nstops++] = s;
	return OK;
}

static const struct {
	const char *name;
	enum gaz_role role;
} roles[] = {
	{ "suffix", GAZ_SUFFIX },
	{ "region-suffix", GAZ_REGION_SUFFIX },
	{ "after", GAZ_AFTER },
	{ "before", GAZ_BEFORE },
	{ "head-of", GAZ_HEAD_OF },
	{ "city-of", GAZ_CITY_OF },
	{ "preposition", GAZ_PREPOSITION },
	{ "inside", GAZ_INSIDE },
	{ "region-prefix", GAZ_REGION_PREFIX },
};

/* words role */
static enum error_code
read_word(struct gaz_row *r)
{
	struct gaz_model *m = r->m;
	struct model_word w = { 0 };
	size_t i = 0, n = sizeof roles / sizeof *roles;

	while (i < n && !span_eq_str(r->field[1], roles[i].name))
		i++;
	if (i == n)
		return gaz_row_error(r, "role", r->field[1],
			"a role of config/gazetteer/README.md");
	w.roles = (uint16_t)roles[i].role;
	w.folded = row_folded(r, r->field[0], 1);
	if (w.folded == NULL)
		return gaz_row_nomem(r);
	if (w.folded[0] == '\0')
		return gaz_row_error(r, "words", r->field[0], "a name");
	m->words = arena_grow(
		m->arena, m->words, m->nwords, &m->words_cap, sizeof *m->words);
	if (m->words == NULL)
		return gaz_row_nomem(r);
	m->words[m->nwords++] = w;
	return OK;
}

/* In this order: who has what.  Of GeoNames' own files, which stand for
 * places.tsv, the names come when all that they name is known. */
static const struct gaz_table tables[] = {
	{ "countries.tsv", 5, read_country_row, false },
	{ "regions.tsv", 6, read_region, false },
	{ "extra.tsv", 9, read_place, false },
	{ PLACES, 9, read_place, false },
	{ "countryInfo.txt", 19, geonames_country, true },
	{ "admin1CodesASCII.txt", 4, geonames_admin1, true },
	{ "admin2Codes.txt", 4, geonames_admin2, true },
	{ GEONAMES_PLACES, 19, geonames_place, true },
	{ GEONAMES_NAMES, 10, geonames_name, true },
	{ "stopnames.tsv", 3, read_stop, false },
	{ "context.tsv", 2, read_word, false },
};

static enum error_code
read_line(struct gaz_row *r, struct span line, const struct gaz_table *t)
{
	size_t n = 0;

	if (line.len > 0 && line.ptr[line.len - 1] == '\r')
		line.len--;
	while (span_split(&line, '\t', &r->field[n < GAZ_COLUMNS ? n : 0]))
		if (++n > t->columns)
			break;
	if (n != t->columns)
		return error_set(r->err, ERR_CONFIG,
			"%s:%zu: %s%zu columns, wanted %zu", r->file, r->line,
			n > t->columns ? "at least " : "", n, t->columns);
	return t->read(r);
}

static enum error_code
read_lines(struct gaz_row *r, struct span rest, const struct gaz_table *t)
{
	enum error_code code = OK;
	struct span line;

	r->line = 0;
	while (code == OK && rest.len > 0 && span_split(&rest, '\n', &line)) {
		r->line++;
		if (utf8_valid_prefix(line) != line.len)
			code = error_set(r->err, ERR_CONFIG,
				"%s:%zu: not UTF-8", r->file, r->line);
		else if (memchr(line.ptr, '\0', line.len) != NULL)
			code = error_set(r->err, ERR_CONFIG,
				"%s:%zu: a NUL byte", r->file, r->line);
		else if (line.len > 0 && line.ptr[0] != '#')
			code = read_line(r, line, t);
	}
	return code;
}

/* The file's name and hash, for who asks what the places were made of. */
static void
add_source(struct gaz_model *m, const char *name, struct span text)
{
	char hex[HASH_HEX];

	hash_hex(text, hex);
	buffer_printf(&m->sources, "%s sha256:%s\n", name, hex);
}

/* Mapped, since GeoNames' names are some 800 MB. */
static enum error_code
map_table(const char *path, void **map, size_t *len, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	enum error_code code = OK;
	struct stat st;

	*map = NULL;
	*len = 0;
	if (fd < 0 || fstat(fd, &st) != 0) {
		code = error_sys(err, errno, "%s", path);
	} else if ((uint64_t)st.st_size > GAZ_TABLE_MAX) {
		code = error_set(err, ERR_LIMIT, "%s: over %zu bytes", path,
			GAZ_TABLE_MAX);
	} else if (st.st_size > 0) {
		*len = (size_t)st.st_size;
		*map = mmap(NULL, *len, PROT_READ, MAP_PRIVATE, fd, 0);
		if (*map == MAP_FAILED) {
			*map = NULL;
			code = error_sys(err, errno, "%s", path);
		}
	}
	if (fd >= 0)
		(void)close(fd);
	return code;
}

static enum error_code
read_table(const char *path, const struct gaz_table *t, struct gaz_row *r)
{
	size_t len;
	void *map;
	enum error_code code = map_table(path, &map, &len, r->err);

	if (code == OK) {
		add_source(r->m, t->file, span_of(map, len));
		r->file = path;
		code = read_lines(r, span_of(map, len), t);
		r->file = NULL; /* it was of this call */
	}
	if (map != NULL)
		(void)munmap(map, len);
	return code;
}

static bool
is_there(char path[PATH_LEN], const char *dir, const char *file)
{
	int len = snprintf(path, PATH_LEN, "%s/%s", dir, file);

	return len >= 0 && len < PATH_LEN && access(path, F_OK) == 0;
}

/* The places are those of dir; what else it lacks is ours.  GeoNames' other
 * files may all be missing. */
static enum error_code
read_tables(const char *dir, const char *ours, struct gaz_row *r)
{
	char path[PATH_LEN];
	const bool geonames = is_there(path, dir, GEONAMES_PLACES);
	enum error_code code = OK;

	if (!geonames && !is_there(path, dir, PLACES))
		return error_set(r->err, ERR_NOT_FOUND,
			"%s has neither " PLACES " nor " GEONAMES_PLACES, dir);
	r->m->has_names = is_there(path, dir, GEONAMES_NAMES);
	for (size_t i = 0; code == OK && i < sizeof tables / sizeof *tables;
		i++) {
		const struct gaz_table *t = &tables[i];

		if (geonames ? strcmp(t->file, PLACES) == 0 : t->is_geonames)
			continue;
		if (is_there(path, dir, t->file) ||
			(!t->is_geonames && ours != NULL &&
				is_there(path, ours, t->file)))
			code = read_table(path, t, r);
		else if (!t->is_geonames)
			code = error_set(r->err, ERR_NOT_FOUND,
				"%s/%s: there is no such file", dir, t->file);
	}
	return code;
}

enum error_code
gazetteer_build(const char *dir, const char *ours, const char *out_path,
	struct error *err)
{
	struct gaz_model m = { 0 };
	struct buffer tmp;
	struct gaz_row r = { 0 };
	enum error_code code = OK;

	buffer_init(&tmp, GAZ_TEXT_MAX);
	buffer_init(&m.sources, PATH_LEN);
	m.arena = arena_new(GAZ_MODEL_MAX);
	if (m.arena == NULL) {
		code = error_set(err, ERR_NOMEM, "gazetteer");
		goto out;
	}
	r.m = &m;
	r.tmp = &tmp;
	r.err = err;
	code = read_tables(dir, ours, &r);
	if (code == OK)
		code = buffer_error(&m.sources, err, "gazetteer");
	if (code == OK)
		code = gazetteer_write(&m, out_path, err);
out:
	arena_free(m.arena);
	buffer_release(&m.sources);
	buffer_release(&tmp);
	return code;
}
