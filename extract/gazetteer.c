#include "extract.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gazetteer.h"
#include "scan.h"

struct gazetteer {
	const unsigned char *map;
	size_t size;
	struct gaz_header h;
	const char *strings;
	const uint32_t *codes; /* strings */
	const struct gaz_parent *parents;
	const struct gaz_traits *traits;
	const struct gaz_place *places;
	const struct gaz_name *names;
	const struct gaz_key *keys;
	const uint32_t *firsts;	 /* name, of every GAZ_FIRSTS'th key */
	const uint32_t *buckets; /* first key, and one more for the end */
	char version[HASH_HEX];
};

/* Rows of firsts for that many keys. */
static uint32_t
nfirsts(uint32_t nkeys)
{
	return nkeys / GAZ_FIRSTS + (nkeys % GAZ_FIRSTS != 0);
}

/* [at, at + n * size) lies behind the header, aligned, inside the file. */
static bool
part_fits(const struct gazetteer *g, uint32_t at, uint32_t n, size_t size)
{
	return at % 8 == 0 && at >= sizeof(struct gaz_header) &&
	       at <= g->size && n <= (g->size - at) / size;
}

static enum error_code
check_header(const struct gazetteer *g, struct error *err)
{
	const struct gaz_header *h = &g->h;

	if (memcmp(h->magic, GAZ_MAGIC, sizeof h->magic) != 0)
		return error_set(err, ERR_FORMAT, "not a gazetteer");
	if (h->endian != GAZ_ENDIAN)
		return error_set(
			err, ERR_FORMAT, "built for another byte order");
	if (h->version != GAZ_VERSION)
		return error_set(err, ERR_VERSION, "version %u, wanted %u",
			(unsigned)h->version, GAZ_VERSION);
	if (h->size != g->size)
		return error_set(err, ERR_FORMAT, "%zu bytes, wanted %llu",
			g->size, (unsigned long long)h->size);
	if (h->nbuckets == 0 || (h->nbuckets & (h->nbuckets - 1)) != 0)
		return error_set(err, ERR_FORMAT, "%u buckets: no power of two",
			(unsigned)h->nbuckets);
	return OK;
}

static enum error_code
bind_parts(struct gazetteer *g, struct error *err)
{
	const struct gaz_header *h = &g->h;
	enum error_code code;

	if (g->size < sizeof *h)
		return error_set(err, ERR_FORMAT, "shorter than its header");
	memcpy(&g->h, g->map, sizeof g->h);
	code = check_header(g, err);
	if (code != OK)
		return code;
	if (!part_fits(g, h->strings_at, h->strings_len, 1) ||
		!part_fits(g, h->codes_at, h->ncodes, sizeof *g->codes) ||
		!part_fits(g, h->parents_at, h->nparents, sizeof *g->parents) ||
		!part_fits(g, h->traits_at, h->ntraits, sizeof *g->traits) ||
		!part_fits(g, h->places_at, h->nplaces, sizeof *g->places) ||
		!part_fits(g, h->names_at, h->nnames, sizeof *g->names) ||
		!part_fits(g, h->keys_at, h->nkeys, sizeof *g->keys) ||
		!part_fits(g, h->firsts_at, nfirsts(h->nkeys),
			sizeof *g->firsts) ||
		!part_fits(
			g, h->buckets_at, h->nbuckets + 1, sizeof *g->buckets))
		return error_set(err, ERR_FORMAT, "a part is out of bounds");
	if (h->strings_len == 0 ||
		g->map[h->strings_at + h->strings_len - 1] != '\0')
		return error_set(err, ERR_FORMAT, "strings do not end");
	g->strings = (const char *)g->map + h->strings_at;
	g->codes = (const void *)(g->map + h->codes_at);
	g->parents = (const void *)(g->map + h->parents_at);
	g->traits = (const void *)(g->map + h->traits_at);
	g->places = (const void *)(g->map + h->places_at);
	g->names = (const void *)(g->map + h->names_at);
	g->keys = (const void *)(g->map + h->keys_at);
	g->firsts = (const void *)(g->map + h->firsts_at);
	g->buckets = (const void *)(g->map + h->buckets_at);
	hex_encode(h->sha256, sizeof h->sha256, g->version);
	return OK;
}

enum error_code
gazetteer_open(const char *path, struct gazetteer **out, struct error *err)
{
	struct gazetteer *g;
	struct stat st;
	void *map;
	int fd = -1;
	enum error_code code;

	*out = NULL;
	g = calloc(1, sizeof *g);
	if (g == NULL)
		return error_set(err, ERR_NOMEM, "gazetteer %s", path);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		code = errno == ENOENT
			       ? error_set(err, ERR_NOT_FOUND,
					 "gazetteer %s: no such file", path)
			       : error_sys(err, errno, "gazetteer %s", path);
		goto out;
	}
	if (fstat(fd, &st) != 0) {
		code = error_sys(err, errno, "gazetteer %s", path);
		goto out;
	}
	if (!S_ISREG(st.st_mode) || st.st_size <= 0 ||
		(uint64_t)st.st_size > GAZ_FILE_MAX) {
		code = error_set(err, ERR_FORMAT,
			"gazetteer %s: no file of 1 to %zu bytes", path,
			GAZ_FILE_MAX);
		goto out;
	}
	map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
	if (map == MAP_FAILED) {
		code = error_sys(err, errno, "gazetteer %s", path);
		goto out;
	}
	g->map = map;
	g->size = (size_t)st.st_size;
	code = bind_parts(g, err);
	if (code != OK)
		error_wrap(err, "gazetteer %s", path);
out:
	if (fd >= 0)
		close(fd);
	if (code == OK)
		*out = g;
	else
		gazetteer_close(g);
	return code;
}

void
gazetteer_close(struct gazetteer *g)
{
	union {
		const void *from;
		void *to;
	} map;

	if (g == NULL)
		return;
	map.from = g->map;
	if (map.to != NULL)
		munmap(map.to, g->size);
	free(g);
}

const char *
gazetteer_version(const struct gazetteer *g)
{
	return g->version;
}

const char *
gazetteer_string(const struct gazetteer *g, uint32_t at)
{
	return at < g->h.strings_len ? g->strings + at : "";
}

const char *
gazetteer_code(const struct gazetteer *g, uint32_t code)
{
	return code < g->h.ncodes ? gazetteer_string(g, g->codes[code]) : "";
}

const char *
gazetteer_sources(const struct gazetteer *g)
{
	return gazetteer_string(g, g->h.sources);
}

const struct gaz_place *
gazetteer_place(const struct gazetteer *g, uint32_t index)
{
	return index < g->h.nplaces ? &g->places[index] : NULL;
}

struct gaz_traits
gazetteer_traits(const struct gazetteer *g, const struct gaz_key *k)
{
	static const struct gaz_traits none;

	return k->traits < g->h.ntraits ? g->traits[k->traits] : none;
}

const struct gaz_name *
gazetteer_name(const struct gazetteer *g, const struct gaz_key *k, size_t i)
{
	size_t key = (size_t)(k - g->keys);
	uint64_t index = (uint64_t)g->firsts[key / GAZ_FIRSTS] + i;

	for (size_t before = key / GAZ_FIRSTS * GAZ_FIRSTS; before < key;
		before++)
		index += g->keys[before].count;
	if (i >= k->count || index >= g->h.nnames ||
		g->names[index].place >= g->h.nplaces)
		return NULL;
	return &g->names[index];
}

void
gazetteer_fold_start(struct gaz_fold *f)
{
	f->len = 0;
	f->hash = GAZ_HASH_START;
}

static bool
fold_byte(struct gaz_fold *f, unsigned char c)
{
	if (f->len == GAZ_KEY_MAX)
		return false;
	f->text[f->len++] = (char)c;
	f->hash = gazetteer_hash_add(f->hash, c);
	return true;
}

static bool
fold_other(struct gaz_fold *f, struct span s, struct buffer *tmp)
{
	buffer_reset(tmp);
	if (utf8_fold_name(s, tmp) != OK || tmp->len == 0)
		return false;
	for (size_t i = 0; i < tmp->len; i++)
		if (!fold_byte(f, (unsigned char)tmp->ptr[i]))
			return false;
	return true;
}

bool
gazetteer_fold_add(struct gaz_fold *f, struct span s, struct buffer *tmp)
{
	const size_t start = f->len;
	const uint32_t hash = f->hash;
	bool gap = false;

	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];

		if (c >= 0x80) {
			f->len = start;
			f->hash = hash;
			return fold_other(f, s, tmp);
		}
		if (c >= 'A' && c <= 'Z')
			c |= 0x20;
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
			if ((gap && !fold_byte(f, ' ')) || !fold_byte(f, c))
				return false;
			gap = false;
		} else if (c != '\'' && c != '.' && c != '`') {
			gap = f->len > start;
		}
	}
	return f->len > start;
}

bool
gazetteer_fold_space(struct gaz_fold *f)
{
	return fold_byte(f, ' ');
}

bool
gazetteer_folds_to(const char *text, struct span key)
{
	size_t n = 0;
	bool gap = false;

	for (; n < key.len && *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (c >= 'A' && c <= 'Z')
			c |= 0x20;
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
			c >= 0x80) {
			if (gap && (key.ptr[n++] != ' ' || n == key.len))
				return false;
			if ((unsigned char)key.ptr[n++] != c)
				return false;
			gap = false;
		} else if (c != '\'' && c != '.' && c != '`') {
			gap = n > 0;
		}
	}
	return n == key.len;
}

const struct gaz_key *
gazetteer_key(const struct gazetteer *g, const struct gaz_fold *f)
{
	uint32_t bucket = gazetteer_bucket(f->hash, g->h.nbuckets);
	uint32_t at = g->buckets[bucket], end = g->buckets[bucket + 1];
	uint8_t tag = gazetteer_tag(f->hash);

	if (end > g->h.nkeys)
		end = g->h.nkeys;
	for (int i = 0; i < GAZ_BUCKET_MAX && at < end; i++, at++) {
		const struct gaz_key *k = &g->keys[at];

		if (k->tag == tag && k->len == f->len &&
			gazetteer_folds_to(gazetteer_string(g, k->text),
				span_of(f->text, f->len)))
			return k;
	}
	return NULL;
}

static int
by_country(const void *a, const void *b)
{
	return memcmp(a, ((const struct gaz_parent *)b)->country, 2);
}

const char *
gazetteer_parent(const struct gazetteer *g, const char *country)
{
	const struct gaz_parent *p = NULL;

	if (country != NULL && strlen(country) == 2)
		p = bsearch(country, g->parents, g->h.nparents, sizeof *p,
			by_country);
	return p != NULL ? p->parent : NULL;
}

/* What the people of a place add. */
static double
weight(uint32_t population)
{
	return 0.5 * log10((double)population + 1000.0);
}

double
gazetteer_prior(const struct gaz_place *p, enum gaz_rank rank, bool exact)
{
	static const double ranks[GAZ_RANKS] = { 3.0, 2.7, 1.6 };
	/* A region is meant rather than its capital when it has twenty times
	 * the people; a country nearly always. */
	static const double classes[GAZ_CLASSES] = { 0.0, -0.65, 0.8 };
	double score = rank < GAZ_RANKS ? ranks[rank] : 0.0;

	if (p->place_class < GAZ_CLASSES)
		score += classes[p->place_class];
	if (p->place_class == GAZ_COUNTRY && rank == GAZ_PRIMARY)
		score += 0.7;
	score += weight(p->population);
	return exact ? score + 0.6 : score;
}

static const char *
place_id(const struct gazetteer *g, const struct gaz_place *p, struct arena *a)
{
	static const char of[] = "geonames:";
	char text[sizeof of - 1 + SPAN_INT_ROOM], room[SPAN_INT_ROOM];
	struct span number;
	const char *id;

	if ((p->id & GAZ_ID_STRING) == 0) {
		number = span_of_int(p->id, room);
		memcpy(text, of, sizeof of - 1);
		memcpy(text + sizeof of - 1, number.ptr, number.len);
		return arena_strndup(a, text, sizeof of - 1 + number.len);
	}
	id = gazetteer_string(g, p->id & ~GAZ_ID_STRING);
	return id[0] != '\0' ? id : NULL;
}

void
gazetteer_value(const struct gazetteer *g, const struct gaz_place *p,
	struct arena *a, struct place_value *out)
{
	const char *admin1 = gazetteer_code(g, p->admin1);

	memset(out, 0, sizeof *out);
	out->id = place_id(g, p, a);
	out->name = gazetteer_string(g, p->name);
	out->country =
		p->country[0] != '\0' ? arena_strndup(a, p->country, 2) : NULL;
	out->admin1 = admin1[0] != '\0' ? admin1 : NULL;
	out->kind = gazetteer_code(g, p->kind);
	out->lat = (double)p->lat / GAZ_DEGREE_UNIT;
	out->lon = (double)p->lon / GAZ_DEGREE_UNIT;
}

struct ranked {
	const struct gaz_place *place;
	double prior;
};

static int
by_prior(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->prior != y->prior)
		return x->prior < y->prior ? 1 : -1;
	return x->place < y->place ? -1 : x->place > y->place;
}

/* Each place of k once, with its best prior. */
static size_t
rank_places(const struct gazetteer *g, const struct gaz_key *k,
	struct span name, struct ranked *out)
{
	size_t n = 0;

	for (size_t i = 0; i < k->count; i++) {
		const struct gaz_name *gn = gazetteer_name(g, k, i);
		const struct gaz_place *p;
		double prior;
		size_t j = 0;

		if (gn == NULL)
			break;
		p = gazetteer_place(g, gn->place);
		prior = gazetteer_prior(p, gn->rank,
			span_eq_str(name, gazetteer_string(g, gn->text)));
		while (j < n && out[j].place != p)
			j++;
		if (j == n)
			out[n++] = (struct ranked){ p, prior };
		else if (prior > out[j].prior)
			out[j].prior = prior;
	}
	qsort(out, n, sizeof *out, by_prior);
	return n;
}

enum error_code
gazetteer_lookup(const struct gazetteer *g, const char *name, struct arena *a,
	struct place_value **out, size_t *n, struct error *err)
{
	struct ranked ranked[GAZ_NAMES_MAX];
	struct gaz_fold f;
	struct buffer tmp;
	const struct gaz_key *k = NULL;
	enum error_code code = OK;

	*out = NULL;
	*n = 0;
	buffer_init(&tmp, GAZ_KEY_MAX);
	gazetteer_fold_start(&f);
	if (gazetteer_fold_add(&f, span_str(name), &tmp))
		k = gazetteer_key(g, &f);
	else if (tmp.code == ERR_NOMEM)
		code = error_set(err, ERR_NOMEM, "gazetteer");
	if (k == NULL || k->count == 0)
		goto out;
	*n = rank_places(g, k, span_str(name), ranked);
	*out = arena_array(a, *n, sizeof **out);
	if (*out == NULL) {
		code = error_set(err, ERR_NOMEM, "gazetteer");
		goto out;
	}
	for (size_t i = 0; i < *n; i++) {
		gazetteer_value(g, ranked[i].place, a, &(*out)[i]);
		(*out)[i].score = ranked[i].prior / 10.0;
		(*out)[i].candidates = (int)*n;
	}
out:
	buffer_release(&tmp);
	if (code != OK)
		*n = 0;
	return code;
}
