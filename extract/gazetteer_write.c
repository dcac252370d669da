#include "gazetteer_model.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define TMP_PATH_LEN 4096

/* The file being laid out. */
struct layout {
	struct gaz_model *m;
	struct error *err;
	const char **strings; /* sorted, no duplicates */
	uint32_t *string_at;
	size_t nstrings;
	const char **codes; /* kinds and divisions, each sorted */
	uint32_t *code_at;
	size_t nkinds, ncodes;
	struct gaz_header header;
	struct gaz_parent *parents;
	struct gaz_traits *traits;
	struct gaz_place *rows;
	struct gaz_name *names;
	struct gaz_key *key_rows;
	uint32_t *firsts, *buckets;
};

static enum error_code
no_memory(struct layout *l)
{
	return error_set(l->err, ERR_NOMEM, "gazetteer");
}

static enum error_code
too_many(struct layout *l, size_t most, const char *what)
{
	return error_set(
		l->err, ERR_LIMIT, "gazetteer: over %zu %s", most, what);
}

static enum error_code
collect_codes(struct layout *l)
{
	struct gaz_model *m = l->m;
	size_t n = m->nplaces;

	l->codes = arena_array(m->arena, 2 * n + 1, sizeof *l->codes);
	l->code_at = arena_array(m->arena, 2 * n + 1, sizeof *l->code_at);
	if (l->codes == NULL || l->code_at == NULL)
		return no_memory(l);
	for (size_t i = 0; i < n; i++)
		l->codes[i] = m->places[i].kind;
	l->nkinds = n > 0 ? gazetteer_unique(l->codes, n) : 0;
	if (l->nkinds > GAZ_KINDS_MAX)
		return too_many(l, GAZ_KINDS_MAX, "kinds");
	for (size_t i = 0; i < n; i++)
		l->codes[l->nkinds + i] = m->places[i].admin1;
	l->ncodes = l->nkinds;
	if (n > 0)
		l->ncodes += gazetteer_unique(l->codes + l->nkinds, n);
	return l->ncodes <= GAZ_CODES_MAX
		       ? OK
		       : too_many(l, GAZ_CODES_MAX, "divisions");
}

static enum error_code
collect_strings(struct layout *l)
{
	struct gaz_model *m = l->m;
	size_t n = 0, len = 0;

	l->strings = arena_array(m->arena,
		l->m->nkeys + l->ncodes + m->nnames + 2 * m->nplaces + 2,
		sizeof *l->strings);
	if (l->strings == NULL)
		return no_memory(l);
	l->strings[n++] = "";
	l->strings[n++] = m->sources.ptr;
	for (size_t i = 0; i < l->m->nkeys; i++)
		l->strings[n++] = l->m->keys[i].text;
	for (size_t i = 0; i < l->ncodes; i++)
		l->strings[n++] = l->codes[i];
	for (size_t i = 0; i < m->nnames; i++)
		l->strings[n++] = m->names[i].text;
	for (size_t i = 0; i < m->nplaces; i++) {
		l->strings[n++] = m->places[i].name;
		if (m->places[i].geonameid == 0)
			l->strings[n++] = m->places[i].id;
	}
	l->nstrings = gazetteer_unique(l->strings, n);
	l->string_at = arena_array(m->arena, l->nstrings, sizeof *l->string_at);
	if (l->string_at == NULL)
		return no_memory(l);
	for (size_t i = 0; i < l->nstrings; i++) {
		l->string_at[i] = (uint32_t)len;
		len += strlen(l->strings[i]) + 1;
	}
	if (len > GAZ_STRINGS_MAX)
		return too_many(l, GAZ_STRINGS_MAX, "bytes of names");
	l->header.strings_len = (uint32_t)len;
	return OK;
}

/* What is looked up was collected. */
static size_t
index_of(const char *s, const char **list, size_t n)
{
	const char **found =
		bsearch(&s, list, n, sizeof *list, gazetteer_by_string);

	return found != NULL ? (size_t)(found - list) : 0;
}

static uint32_t
string_at(const struct layout *l, const char *s)
{
	return l->string_at[index_of(s, l->strings, l->nstrings)];
}

static void
lay_place(const struct layout *l, const struct model_place *p,
	struct gaz_place *row)
{
	row->name = string_at(l, p->name) & (GAZ_STRINGS_MAX - 1);
	row->kind =
		index_of(p->kind, l->codes, l->nkinds) & (GAZ_KINDS_MAX - 1);
	row->place_class = p->place_class;
	row->id = p->geonameid != 0 ? p->geonameid
				    : string_at(l, p->id) | GAZ_ID_STRING;
	row->population = p->population;
	row->lat = p->lat;
	row->lon = p->lon;
	row->admin1 =
		(uint16_t)(l->nkinds + index_of(p->admin1, l->codes + l->nkinds,
					       l->ncodes - l->nkinds));
	memcpy(row->country, p->country, sizeof row->country);
}

static int
by_parent(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct gaz_parent));
}

static enum error_code
lay_places(struct layout *l)
{
	struct gaz_model *m = l->m;
	struct gaz_header *h = &l->header;

	l->rows = arena_array(m->arena, m->nplaces, sizeof *l->rows);
	l->parents = arena_array(m->arena, m->nplaces, sizeof *l->parents);
	if (l->rows == NULL || l->parents == NULL)
		return no_memory(l);
	h->nplaces = (uint32_t)m->nplaces;
	for (size_t i = 0; i < m->nplaces; i++) {
		const struct model_place *p = &m->places[i];

		lay_place(l, p, &l->rows[i]);
		if (p->parent[0] == '\0')
			continue;
		memcpy(l->parents[h->nparents].country, p->country, 2);
		memcpy(l->parents[h->nparents++].parent, p->parent, 2);
	}
	if (h->nparents > 0)
		qsort(l->parents, h->nparents, sizeof *l->parents, by_parent);
	for (size_t i = 0; i < l->ncodes; i++)
		l->code_at[i] = string_at(l, l->codes[i]);
	return OK;
}

/* Where each bucket begins; false when one has more than readers look at. */
static bool
fill_buckets(struct layout *l, uint32_t nbuckets)
{
	uint32_t *starts = l->buckets, at = 0;

	for (size_t i = 0; i < l->m->nkeys; i++)
		starts[gazetteer_bucket(l->m->keys[i].hash, nbuckets)]++;
	for (uint32_t i = 0; i <= nbuckets; i++) {
		uint32_t n = starts[i];

		if (n > GAZ_BUCKET_MAX)
			return false;
		starts[i] = at;
		at += n;
	}
	return true;
}

/* As few as keep a bucket within one or two cache lines. */
static enum error_code
lay_buckets(struct layout *l)
{
	uint32_t n = 16;

	while (n < l->m->nkeys / 8)
		n *= 2;
	for (; n <= GAZ_FILE_MAX / sizeof *l->buckets / 2; n *= 2) {
		l->buckets = arena_array(
			l->m->arena, (size_t)n + 1, sizeof *l->buckets);
		if (l->buckets == NULL)
			return no_memory(l);
		if (fill_buckets(l, n)) {
			l->header.nbuckets = n;
			return OK;
		}
	}
	return error_set(l->err, ERR_LIMIT, "gazetteer: keys collide");
}

/* Keys in the order of their buckets. */
static enum error_code
sort_keys(struct layout *l)
{
	struct model_key *sorted =
		arena_array(l->m->arena, l->m->nkeys, sizeof *sorted);
	uint32_t *next =
		arena_array(l->m->arena, l->header.nbuckets, sizeof *next);

	if (sorted == NULL || next == NULL)
		return no_memory(l);
	memcpy(next, l->buckets, l->header.nbuckets * sizeof *next);
	for (size_t i = 0; i < l->m->nkeys; i++) {
		const struct model_key *k = &l->m->keys[i];

		sorted[next[gazetteer_bucket(k->hash, l->header.nbuckets)]++] =
			*k;
	}
	l->m->keys = sorted;
	return OK;
}

/* The row of those traits; GAZ_TRAITS_MAX when there is no more room. */
static uint32_t
traits_row(struct layout *l, struct gaz_traits t)
{
	uint32_t i = 0;

	while (i < l->header.ntraits &&
		memcmp(&l->traits[i], &t, sizeof t) != 0)
		i++;
	if (i < GAZ_TRAITS_MAX && i == l->header.ntraits)
		l->traits[l->header.ntraits++] = t;
	return i;
}

static enum error_code
lay_keys(struct layout *l)
{
	struct gaz_model *m = l->m;
	struct gaz_header *h = &l->header;

	l->traits = arena_array(m->arena, GAZ_TRAITS_MAX, sizeof *l->traits);
	l->key_rows = arena_array(m->arena, l->m->nkeys, sizeof *l->key_rows);
	l->names = arena_array(m->arena, m->nnames, sizeof *l->names);
	l->firsts = arena_array(
		m->arena, l->m->nkeys / GAZ_FIRSTS + 1, sizeof *l->firsts);
	if (l->traits == NULL || l->key_rows == NULL || l->names == NULL ||
		l->firsts == NULL)
		return no_memory(l);
	h->ntraits = 1; /* none */
	for (size_t i = 0; i < l->m->nkeys; i++) {
		const struct model_key *k = &l->m->keys[i];
		uint32_t traits = traits_row(l, k->traits);

		if (traits >= GAZ_TRAITS_MAX)
			return too_many(l, GAZ_TRAITS_MAX, "kinds of words");
		l->key_rows[i] = (struct gaz_key){
			.text = string_at(l, k->text) & (GAZ_STRINGS_MAX - 1),
			.len = strlen(k->folded) & UINT8_MAX,
			.tag = gazetteer_tag(k->hash),
			.count = k->count & UINT8_MAX,
			.traits = traits & (GAZ_TRAITS_MAX - 1),
			.prefix = k->prefix,
		};
		if (i % GAZ_FIRSTS == 0)
			l->firsts[i / GAZ_FIRSTS] = h->nnames;
		for (uint32_t j = 0; j < k->count; j++)
			l->names[h->nnames++] = (struct gaz_name){
				.text = string_at(l, k->name[j].text),
				.place =
					k->name[j].place & (GAZ_PLACES_MAX - 1),
				.rank = k->name[j].rank,
			};
	}
	h->nkeys = (uint32_t)l->m->nkeys;
	return OK;
}

static uint32_t
add_part(struct buffer *b, const void *ptr, size_t len)
{
	static const char zeros[8];
	size_t at;

	buffer_add(b, zeros, (8 - b->len % 8) % 8);
	at = b->len + sizeof(struct gaz_header);
	buffer_add(b, ptr, len);
	return (uint32_t)at;
}

/* The bytes behind the header, and the header. */
static enum error_code
lay_file(struct layout *l, struct buffer *b)
{
	struct gaz_header *h = &l->header;
	struct hash *hash = hash_new();

	if (hash == NULL)
		return no_memory(l);
	h->strings_at = sizeof *h;
	h->sources = string_at(l, l->m->sources.ptr);
	for (size_t i = 0; i < l->nstrings; i++)
		buffer_add(b, l->strings[i], strlen(l->strings[i]) + 1);
	h->ncodes = (uint32_t)l->ncodes;
	h->codes_at = add_part(b, l->code_at, h->ncodes * sizeof *l->code_at);
	h->parents_at =
		add_part(b, l->parents, h->nparents * sizeof *l->parents);
	h->traits_at = add_part(b, l->traits, h->ntraits * sizeof *l->traits);
	h->places_at = add_part(b, l->rows, h->nplaces * sizeof *l->rows);
	h->names_at = add_part(b, l->names, h->nnames * sizeof *l->names);
	h->keys_at = add_part(b, l->key_rows, h->nkeys * sizeof *l->key_rows);
	h->firsts_at = add_part(b, l->firsts,
		(l->m->nkeys + GAZ_FIRSTS - 1) / GAZ_FIRSTS *
			sizeof *l->firsts);
	h->buckets_at = add_part(
		b, l->buckets, ((size_t)h->nbuckets + 1) * sizeof *l->buckets);
	memcpy(h->magic, GAZ_MAGIC, sizeof h->magic);
	h->version = GAZ_VERSION;
	h->endian = GAZ_ENDIAN;
	h->size = sizeof *h + b->len;
	if (b->code == OK) {
		hash_add(hash, b->ptr, b->len);
		hash_end(hash, h->sha256);
	}
	hash_free(hash);
	return b->code == OK ? OK : buffer_error(b, l->err, "gazetteer");
}

static enum error_code
save(const struct layout *l, const struct buffer *b, const char *path)
{
	char tmp[TMP_PATH_LEN];
	enum error_code code;
	int fd, len;

	len = snprintf(tmp, sizeof tmp, "%s.%ld.tmp", path, (long)getpid());
	if (len < 0 || (size_t)len >= sizeof tmp)
		return error_set(l->err, ERR_LIMIT, "%s: path too long", path);
	fd = open(tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0)
		return error_sys(l->err, errno, "%s", tmp);
	code = write_all(fd, &l->header, sizeof l->header, l->err);
	if (code == OK)
		code = write_all(fd, b->ptr, b->len, l->err);
	if (code == OK && fsync(fd) != 0)
		code = error_sys(l->err, errno, "%s", tmp);
	if (close(fd) != 0 && code == OK)
		code = error_sys(l->err, errno, "%s", tmp);
	if (code == OK && rename(tmp, path) != 0)
		code = error_sys(l->err, errno, "%s", path);
	if (code != OK)
		(void)unlink(tmp); /* the error to report is the first one */
	return code;
}

enum error_code
gazetteer_write(struct gaz_model *m, const char *out_path, struct error *err)
{
	struct layout l = { .m = m, .err = err };
	struct buffer b;
	enum error_code code;

	buffer_init(&b, GAZ_FILE_MAX - sizeof l.header);
	code = gazetteer_keys(m);
	if (code != OK)
		(void)error_set(err, code, "gazetteer");
	if (code == OK)
		code = collect_codes(&l);
	if (code == OK)
		code = collect_strings(&l);
	if (code == OK)
		code = lay_places(&l);
	if (code == OK)
		code = lay_buckets(&l);
	if (code == OK)
		code = sort_keys(&l);
	if (code == OK)
		code = lay_keys(&l);
	if (code == OK)
		code = lay_file(&l, &b);
	if (code == OK)
		code = save(&l, &b, out_path);
	buffer_release(&b);
	return code;
}
