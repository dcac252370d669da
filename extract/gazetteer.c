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

#define WEIGHT_MAX 5.0 /* of the largest number of people */

struct gazetteer {
	const unsigned char *map;
	size_t size;
	const char *strings;
	const struct gaz_place *places;
	const struct gaz_name *names;
	const struct gaz_key *keys;
	const uint32_t *slots;
	const uint8_t *tags;
	uint32_t strings_len, nplaces, nnames, nkeys, nslots;
	char version[HASH_HEX];
};

/* [at, at + n * size) lies behind the header, aligned, inside the file. */
static bool
part_fits(const struct gazetteer *g, uint32_t at, uint32_t n, size_t size)
{
	return at % 8 == 0 && at >= sizeof(struct gaz_header) &&
	       at <= g->size && n <= (g->size - at) / size;
}

static enum error_code
bind_parts(struct gazetteer *g, struct error *err)
{
	struct gaz_header h;

	if (g->size < sizeof h)
		return error_set(err, ERR_FORMAT, "shorter than its header");
	memcpy(&h, g->map, sizeof h);
	if (memcmp(h.magic, GAZ_MAGIC, sizeof h.magic) != 0)
		return error_set(err, ERR_FORMAT, "not a gazetteer");
	if (h.endian != GAZ_ENDIAN)
		return error_set(
			err, ERR_FORMAT, "built for another byte order");
	if (h.version != GAZ_VERSION)
		return error_set(err, ERR_VERSION, "version %u, wanted %u",
			(unsigned)h.version, GAZ_VERSION);
	if (h.size != g->size)
		return error_set(err, ERR_FORMAT, "%zu bytes, wanted %llu",
			g->size, (unsigned long long)h.size);
	if (!part_fits(g, h.strings_at, h.strings_len, 1) ||
		!part_fits(g, h.places_at, h.nplaces, sizeof *g->places) ||
		!part_fits(g, h.names_at, h.nnames, sizeof *g->names) ||
		!part_fits(g, h.keys_at, h.nkeys, sizeof *g->keys) ||
		!part_fits(g, h.slots_at, h.nslots, sizeof *g->slots) ||
		!part_fits(g, h.tags_at, h.nslots, sizeof *g->tags))
		return error_set(err, ERR_FORMAT, "a part is out of bounds");
	if (h.strings_len == 0 ||
		g->map[h.strings_at + h.strings_len - 1] != '\0')
		return error_set(err, ERR_FORMAT, "strings do not end");
	if (h.nslots == 0 || (h.nslots & (h.nslots - 1)) != 0)
		return error_set(err, ERR_FORMAT, "%u slots: no power of two",
			(unsigned)h.nslots);
	g->strings = (const char *)g->map + h.strings_at;
	g->places = (const void *)(g->map + h.places_at);
	g->names = (const void *)(g->map + h.names_at);
	g->keys = (const void *)(g->map + h.keys_at);
	g->slots = (const void *)(g->map + h.slots_at);
	g->tags = g->map + h.tags_at;
	g->strings_len = h.strings_len;
	g->nplaces = h.nplaces;
	g->nnames = h.nnames;
	g->nkeys = h.nkeys;
	g->nslots = h.nslots;
	hex_encode(h.sha256, sizeof h.sha256, g->version);
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
	return at < g->strings_len ? g->strings + at : "";
}

const struct gaz_place *
gazetteer_place(const struct gazetteer *g, uint32_t index)
{
	return index < g->nplaces ? &g->places[index] : NULL;
}

size_t
gazetteer_names(const struct gaz_key *k)
{
	return k->count < GAZ_NAMES_MAX ? k->count : GAZ_NAMES_MAX;
}

const struct gaz_name *
gazetteer_name(const struct gazetteer *g, const struct gaz_key *k, size_t i)
{
	uint64_t index = (uint64_t)k->first + i;

	if (i >= k->count || index >= g->nnames ||
		g->names[index].place >= g->nplaces)
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

const struct gaz_key *
gazetteer_key(const struct gazetteer *g, const struct gaz_fold *f)
{
	uint32_t at = gazetteer_slot(f->hash, g->nslots);
	uint8_t tag = gazetteer_tag(f->hash);

	for (int probe = 0; probe < GAZ_PROBES_MAX && g->tags[at] != 0;
		probe++, at = (at + 1) & (g->nslots - 1)) {
		uint32_t slot = g->slots[at];
		const char *text;

		if (g->tags[at] != tag || slot == 0 || slot > g->nkeys)
			continue;
		text = gazetteer_string(g, g->keys[slot - 1].text);
		if (strncmp(text, f->text, f->len) == 0 && text[f->len] == '\0')
			return &g->keys[slot - 1];
	}
	return NULL;
}

/* The country row of an alpha-2 code: "iso:GB" is the first place named by
 * the key "iso gb", which no text contains. */
static const struct gaz_place *
country_row(const struct gazetteer *g, const char *country)
{
	struct gaz_fold f;
	const struct gaz_key *k;
	const struct gaz_name *n;

	if (country == NULL || strlen(country) != 2)
		return NULL;
	gazetteer_fold_start(&f);
	for (const char *c = "iso "; *c != '\0'; c++)
		(void)fold_byte(&f, (unsigned char)*c); /* a key is longer */
	(void)fold_byte(
		&f, (unsigned char)utf8_lower((unsigned char)country[0]));
	(void)fold_byte(
		&f, (unsigned char)utf8_lower((unsigned char)country[1]));
	k = gazetteer_key(g, &f);
	n = k != NULL ? gazetteer_name(g, k, 0) : NULL;
	return n != NULL ? gazetteer_place(g, n->place) : NULL;
}

const char *
gazetteer_parent(const struct gazetteer *g, const char *country)
{
	const struct gaz_place *p = country_row(g, country);

	return p != NULL && p->parent[0] != '\0' ? p->parent : NULL;
}

double
gazetteer_weight(uint32_t population)
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
	if (p->weight > 0 && p->weight <= WEIGHT_MAX)
		score += p->weight;
	return exact ? score + 0.6 : score;
}

void
gazetteer_value(const struct gazetteer *g, const struct gaz_place *p,
	struct arena *a, struct place_value *out)
{
	const char *admin1 = gazetteer_string(g, p->admin1);

	memset(out, 0, sizeof *out);
	out->id = gazetteer_string(g, p->id);
	if (out->id[0] == '\0')
		out->id = NULL;
	out->name = gazetteer_string(g, p->name);
	out->country =
		p->country[0] != '\0' ? arena_strndup(a, p->country, 2) : NULL;
	out->admin1 = admin1[0] != '\0' ? admin1 : NULL;
	out->kind = gazetteer_string(g, p->kind);
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

	for (size_t i = 0; i < gazetteer_names(k); i++) {
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
