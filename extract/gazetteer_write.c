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
	struct gaz_place *places;
	struct gaz_name *names;
	struct gaz_key *keys;
	const char **key_texts;
	uint32_t *slots;
	uint8_t *tags;
	struct gaz_header header;
	size_t nkeys;
};

static int
by_name(const void *a, const void *b)
{
	const struct model_name *x = a, *y = b;
	int c = strcmp(x->folded, y->folded);

	if (c != 0)
		return c;
	if (x->prior != y->prior)
		return x->prior < y->prior ? 1 : -1;
	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	return strcmp(x->text, y->text);
}

static int
by_string(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

static int
by_stop(const void *a, const void *b)
{
	const struct model_stop *x = a, *y = b;
	int c = strcmp(x->folded, y->folded);

	return c != 0 ? c : (int)x->stop - (int)y->stop;
}

static int
by_division(const void *a, const void *b)
{
	const struct model_place *const *x = a, *const *y = b;
	int c = memcmp((*x)->country, (*y)->country, 2);

	return c != 0 ? c : strcmp((*x)->admin1, (*y)->admin1);
}

static size_t
unique_strings(const char **list, size_t n)
{
	size_t kept = 0;

	qsort(list, n, sizeof *list, by_string);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || strcmp(list[kept - 1], list[i]) != 0)
			list[kept++] = list[i];
	return kept;
}

static void
add_people(struct model_place *to, uint32_t people)
{
	to->population = people > UINT32_MAX - to->population
				 ? UINT32_MAX
				 : to->population + people;
}

static struct model_place *
find_division(struct model_place **list, size_t n, const struct model_place *p,
	const char *admin1)
{
	struct model_place like = *p, *key = &like;
	struct model_place **found;

	like.admin1 = admin1;
	found = bsearch(&key, list, n, sizeof(*list), by_division);
	return found != NULL ? *found : NULL;
}

/* A country's and a region's people are those of its places, unless its row
 * says them. */
static enum error_code
count_people(struct layout *l)
{
	struct gaz_model *m = l->m;
	struct model_place **divisions;
	size_t n = 0;

	divisions = arena_array(m->arena, m->nplaces, sizeof(*divisions));
	if (divisions == NULL)
		return error_set(l->err, ERR_NOMEM, "gazetteer");
	for (size_t i = 0; i < m->nplaces; i++)
		if (m->places[i].place_class != GAZ_CITY &&
			m->places[i].population == 0)
			divisions[n++] = &m->places[i];
	qsort(divisions, n, sizeof(*divisions), by_division);
	for (size_t i = 0; i < m->nplaces; i++) {
		struct model_place *p = &m->places[i], *d;

		if (p->place_class != GAZ_CITY || p->country[0] == '\0')
			continue;
		d = find_division(divisions, n, p, "");
		if (d != NULL)
			add_people(d, p->population);
		d = p->admin1[0] != '\0'
			    ? find_division(divisions, n, p, p->admin1)
			    : NULL;
		if (d != NULL)
			add_people(d, p->population);
	}
	return OK;
}

static void
pack_place(const struct model_place *from, struct gaz_place *to)
{
	to->population = from->population;
	to->weight = gazetteer_weight(from->population);
	to->lat = from->lat;
	to->lon = from->lon;
	memcpy(to->country, from->country, 2);
	memcpy(to->parent, from->parent, 2);
	to->place_class = (uint8_t)from->place_class;
}

/* Best spelling first within a key; a spelling of a place once. */
static void
sort_names(struct layout *l)
{
	struct gaz_model *m = l->m;
	size_t kept = 0;

	for (size_t i = 0; i < m->nnames; i++) {
		struct model_name *n = &m->names[i];
		struct gaz_place p = { 0 };

		pack_place(&m->places[n->place], &p);
		n->prior = gazetteer_prior(&p, n->rank, true);
	}
	qsort(m->names, m->nnames, sizeof *m->names, by_name);
	for (size_t i = 0; i < m->nnames; i++) {
		const struct model_name *n = &m->names[i];
		bool again = false;

		for (size_t j = kept; j > 0 && !again; j--) {
			const struct model_name *k = &m->names[j - 1];

			if (strcmp(k->folded, n->folded) != 0)
				break;
			again = k->place == n->place &&
				strcmp(k->text, n->text) == 0;
		}
		if (!again)
			m->names[kept++] = *n;
	}
	m->nnames = kept;
}

/* Every folded name and each beginning of it that ends on a word. */
static enum error_code
collect_keys(struct layout *l)
{
	struct gaz_model *m = l->m;
	size_t n = 0, cap;

	cap = m->nnames * GAZ_TOKENS_MAX + m->nwords + m->nstops + 1;
	l->key_texts = arena_array(m->arena, cap, sizeof *l->key_texts);
	if (l->key_texts == NULL)
		return error_set(l->err, ERR_NOMEM, "gazetteer");
	for (size_t i = 0; i < m->nnames; i++) {
		const char *f = m->names[i].folded;

		if (i > 0 && strcmp(f, m->names[i - 1].folded) == 0)
			continue;
		l->key_texts[n++] = f;
		for (const char *p = strchr(f, ' '); p != NULL;
			p = strchr(p + 1, ' ')) {
			l->key_texts[n] =
				arena_strndup(m->arena, f, (size_t)(p - f));
			if (l->key_texts[n++] == NULL)
				return error_set(
					l->err, ERR_NOMEM, "gazetteer");
		}
	}
	for (size_t i = 0; i < m->nwords; i++)
		l->key_texts[n++] = m->words[i].folded;
	for (size_t i = 0; i < m->nstops; i++)
		l->key_texts[n++] = m->stops[i].folded;
	l->nkeys = unique_strings(l->key_texts, n);
	return OK;
}

static enum error_code
collect_strings(struct layout *l)
{
	struct gaz_model *m = l->m;
	size_t n = 0, len = 0;

	l->strings = arena_array(m->arena,
		l->nkeys + m->nnames + 4 * m->nplaces + 1, sizeof *l->strings);
	if (l->strings == NULL)
		return error_set(l->err, ERR_NOMEM, "gazetteer");
	l->strings[n++] = "";
	for (size_t i = 0; i < l->nkeys; i++)
		l->strings[n++] = l->key_texts[i];
	for (size_t i = 0; i < m->nnames; i++)
		l->strings[n++] = m->names[i].text;
	for (size_t i = 0; i < m->nplaces; i++) {
		const struct model_place *p = &m->places[i];

		l->strings[n++] = p->name;
		l->strings[n++] = p->id;
		l->strings[n++] = p->admin1;
		l->strings[n++] = p->kind;
	}
	l->nstrings = unique_strings(l->strings, n);
	l->string_at = arena_array(m->arena, l->nstrings, sizeof *l->string_at);
	if (l->string_at == NULL)
		return error_set(l->err, ERR_NOMEM, "gazetteer");
	for (size_t i = 0; i < l->nstrings; i++) {
		l->string_at[i] = (uint32_t)len;
		len += strlen(l->strings[i]) + 1;
	}
	if (len > GAZ_FILE_MAX)
		return error_set(l->err, ERR_LIMIT,
			"gazetteer: over %zu bytes of names", GAZ_FILE_MAX);
	l->header.strings_len = (uint32_t)len;
	return OK;
}

static uint32_t
string_at(const struct layout *l, const char *s)
{
	const char **found = bsearch(
		&s, l->strings, l->nstrings, sizeof *l->strings, by_string);

	return found != NULL ? l->string_at[found - l->strings] : 0;
}

static enum error_code
lay_rows(struct layout *l)
{
	struct gaz_model *m = l->m;

	l->places = arena_array(m->arena, m->nplaces, sizeof *l->places);
	l->names = arena_array(m->arena, m->nnames, sizeof *l->names);
	if (l->places == NULL || l->names == NULL)
		return error_set(l->err, ERR_NOMEM, "gazetteer");
	for (size_t i = 0; i < m->nplaces; i++) {
		const struct model_place *p = &m->places[i];

		pack_place(p, &l->places[i]);
		l->places[i].name = string_at(l, p->name);
		l->places[i].id = string_at(l, p->id);
		l->places[i].admin1 = string_at(l, p->admin1);
		l->places[i].kind = string_at(l, p->kind);
	}
	for (size_t i = 0; i < m->nnames; i++) {
		l->names[i].text = string_at(l, m->names[i].text);
		l->names[i].place = m->names[i].place;
		l->names[i].rank = (uint8_t)m->names[i].rank;
	}
	return OK;
}

static void
mark_stop(const struct layout *l, struct gaz_key *k, const char *text)
{
	struct model_stop key = { text, GAZ_STOP_NONE, 0 }, *found;

	for (int stop = GAZ_STOP_WORD; stop <= GAZ_STOP_STRICT; stop++) {
		key.stop = (enum gaz_stop)stop;
		found = bsearch(
			&key, l->m->stops, l->m->nstops, sizeof key, by_stop);
		if (found != NULL) {
			k->stop = (uint8_t)found->stop;
			k->languages = found->languages;
		}
	}
}

static int
by_word(const void *a, const void *b)
{
	const struct model_word *x = a, *y = b;

	return strcmp(x->folded, y->folded);
}

static void
mark_roles(const struct layout *l, struct gaz_key *k, const char *text)
{
	struct model_word key = { text, 0 }, *found;

	found = bsearch(&key, l->m->words, l->m->nwords, sizeof key, by_word);
	if (found != NULL)
		k->roles = found->roles;
}

/* One row a word, with all its roles. */
static void
merge_words(struct gaz_model *m)
{
	size_t kept = 0;

	qsort(m->words, m->nwords, sizeof *m->words, by_word);
	for (size_t i = 0; i < m->nwords; i++) {
		if (kept > 0 && strcmp(m->words[kept - 1].folded,
					m->words[i].folded) == 0)
			m->words[kept - 1].roles |= m->words[i].roles;
		else
			m->words[kept++] = m->words[i];
	}
	m->nwords = kept;
}

static enum error_code
lay_keys(struct layout *l)
{
	struct gaz_model *m = l->m;
	size_t name = 0;

	l->keys = arena_array(m->arena, l->nkeys, sizeof *l->keys);
	if (l->keys == NULL)
		return error_set(l->err, ERR_NOMEM, "gazetteer");
	if (m->nstops > 0)
		qsort(m->stops, m->nstops, sizeof *m->stops, by_stop);
	for (size_t i = 0; i < l->nkeys; i++) {
		struct gaz_key *k = &l->keys[i];
		const char *text = l->key_texts[i];
		size_t len = strlen(text);

		k->text = string_at(l, text);
		k->first = (uint32_t)name;
		while (name < m->nnames &&
			strcmp(m->names[name].folded, text) == 0) {
			if (k->count < UINT16_MAX)
				k->count++;
			name++;
		}
		/* A space sorts before all else: the longer name is next. */
		if (i + 1 < l->nkeys)
			k->prefix =
				strncmp(l->key_texts[i + 1], text, len) == 0 &&
				l->key_texts[i + 1][len] == ' ';
		mark_stop(l, k, text);
		mark_roles(l, k, text);
	}
	return OK;
}

static bool
fill_slots(struct layout *l, uint32_t nslots)
{
	for (size_t i = 0; i < l->nkeys; i++) {
		const char *text = l->key_texts[i];
		uint32_t hash = GAZ_HASH_START, at;
		int probe = 0;

		for (const char *c = text; *c != '\0'; c++)
			hash = gazetteer_hash_add(hash, (unsigned char)*c);
		at = gazetteer_slot(hash, nslots);
		while (l->slots[at] != 0) {
			if (++probe >= GAZ_PROBES_MAX)
				return false;
			at = (at + 1) & (nslots - 1);
		}
		l->slots[at] = (uint32_t)i + 1;
		l->tags[at] = gazetteer_tag(hash);
	}
	return true;
}

/* At most half full, and no key further from home than readers look. */
static enum error_code
lay_slots(struct layout *l)
{
	uint32_t n = 16;

	while (n < 2 * l->nkeys)
		n *= 2;
	for (; n <= GAZ_FILE_MAX / sizeof *l->slots; n *= 2) {
		l->slots = arena_array(l->m->arena, n, sizeof *l->slots);
		l->tags = arena_array(l->m->arena, n, sizeof *l->tags);
		if (l->slots == NULL || l->tags == NULL)
			return error_set(l->err, ERR_NOMEM, "gazetteer");
		if (fill_slots(l, n)) {
			l->header.nslots = n;
			return OK;
		}
	}
	return error_set(l->err, ERR_LIMIT, "gazetteer: keys collide");
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
		return error_set(l->err, ERR_NOMEM, "gazetteer");
	h->strings_at = sizeof *h;
	for (size_t i = 0; i < l->nstrings; i++)
		buffer_add(b, l->strings[i], strlen(l->strings[i]) + 1);
	h->nplaces = (uint32_t)l->m->nplaces;
	h->places_at = add_part(b, l->places, h->nplaces * sizeof *l->places);
	h->nnames = (uint32_t)l->m->nnames;
	h->names_at = add_part(b, l->names, h->nnames * sizeof *l->names);
	h->nkeys = (uint32_t)l->nkeys;
	h->keys_at = add_part(b, l->keys, l->nkeys * sizeof *l->keys);
	h->slots_at = add_part(b, l->slots, h->nslots * sizeof *l->slots);
	h->tags_at = add_part(b, l->tags, h->nslots * sizeof *l->tags);
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
	code = count_people(&l);
	if (code != OK)
		goto out;
	sort_names(&l);
	if (m->nwords > 0)
		merge_words(m);
	code = collect_keys(&l);
	if (code == OK)
		code = collect_strings(&l);
	if (code == OK)
		code = lay_rows(&l);
	if (code == OK)
		code = lay_keys(&l);
	if (code == OK)
		code = lay_slots(&l);
	if (code == OK)
		code = lay_file(&l, &b);
	if (code == OK)
		code = save(&l, &b, out_path);
out:
	buffer_release(&b);
	return code;
}
