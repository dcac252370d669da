#include <stdlib.h>

#include "gazetteer_model.h"

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

int
gazetteer_by_string(const void *a, const void *b)
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

size_t
gazetteer_unique(const char **list, size_t n)
{
	size_t kept = 0;

	qsort(list, n, sizeof *list, gazetteer_by_string);
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

/* A country's people and those of its first divisions are their places', unless
 * its row says them. */
static enum error_code
count_people(struct gaz_model *m)
{
	struct model_place **divisions;
	size_t n = 0;

	divisions = arena_array(m->arena, m->nplaces, sizeof(*divisions));
	if (divisions == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < m->nplaces; i++)
		if (m->places[i].place_class != GAZ_CITY &&
			m->places[i].population == 0 &&
			strcmp(m->places[i].kind, "ADM2") != 0)
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

/* Best spelling first within a key; a spelling of a place once. */
static void
sort_names(struct gaz_model *m)
{
	size_t kept = 0;

	for (size_t i = 0; i < m->nnames; i++) {
		struct model_name *n = &m->names[i];
		const struct model_place *of = &m->places[n->place];
		struct gaz_place p = { .place_class = of->place_class,
			.population = of->population };

		n->prior = gazetteer_prior(&p, n->rank, true);
	}
	if (m->nnames > 0)
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
collect_keys(struct gaz_model *m)
{
	const char **list;
	size_t n = 0, cap;

	cap = m->nnames * GAZ_TOKENS_MAX + m->nwords + m->nstops + 1;
	list = arena_array(m->arena, cap, sizeof *list);
	if (list == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < m->nnames; i++) {
		const char *f = m->names[i].folded;

		if (i > 0 && strcmp(f, m->names[i - 1].folded) == 0)
			continue;
		list[n++] = f;
		for (const char *p = strchr(f, ' '); p != NULL;
			p = strchr(p + 1, ' ')) {
			list[n] = arena_strndup(m->arena, f, (size_t)(p - f));
			if (list[n++] == NULL)
				return ERR_NOMEM;
		}
	}
	for (size_t i = 0; i < m->nwords; i++)
		list[n++] = m->words[i].folded;
	for (size_t i = 0; i < m->nstops; i++)
		list[n++] = m->stops[i].folded;
	m->nkeys = gazetteer_unique(list, n);
	m->keys = arena_array(m->arena, m->nkeys, sizeof *m->keys);
	if (m->keys == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < m->nkeys; i++)
		m->keys[i].folded = list[i];
	return OK;
}

static void
mark_stop(const struct gaz_model *m, struct model_key *k)
{
	struct model_stop key = { k->folded, GAZ_STOP_NONE, 0 }, *found;

	for (int stop = GAZ_STOP_WORD; stop <= GAZ_STOP_STRICT; stop++) {
		key.stop = (enum gaz_stop)stop;
		found = m->nstops > 0 ? bsearch(&key, m->stops, m->nstops,
						sizeof key, by_stop)
				      : NULL;
		if (found != NULL) {
			k->traits.stop = (uint8_t)found->stop;
			k->traits.languages = found->languages;
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
mark_roles(const struct gaz_model *m, struct model_key *k)
{
	struct model_word key = { k->folded, 0 }, *found;

	found = m->nwords > 0 ? bsearch(&key, m->words, m->nwords, sizeof key,
					by_word)
			      : NULL;
	if (found != NULL)
		k->traits.roles = found->roles;
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

static bool
is_ascii(const char *s)
{
	while (*s != '\0' && (unsigned char)*s < 0x80)
		s++;
	return *s == '\0';
}

/* A spelling of k that readers fold to it; of a beginning what next, the key
 * behind it, is read from; else the folded text itself. */
static const char *
key_text(const struct model_key *k, const struct model_key *next)
{
	for (uint32_t i = 0; i < k->count; i++)
		if (is_ascii(k->name[i].text) &&
			gazetteer_folds_to(
				k->name[i].text, span_str(k->folded)))
			return k->name[i].text;
	if (k->prefix && gazetteer_folds_to(next->text, span_str(k->folded)))
		return next->text;
	return k->folded;
}

/* What each key says; keys and names are in the order of folded text. */
static void
describe_keys(struct gaz_model *m)
{
	size_t name = 0;

	if (m->nstops > 0)
		qsort(m->stops, m->nstops, sizeof *m->stops, by_stop);
	for (size_t i = 0; i < m->nkeys; i++) {
		struct model_key *k = &m->keys[i];
		size_t len = strlen(k->folded);

		k->name = m->names + name;
		for (; name < m->nnames &&
			strcmp(m->names[name].folded, k->folded) == 0;
			name++)
			k->count += k->count < GAZ_NAMES_MAX;
		/* A space sorts before all else: the longer name is next. */
		if (i + 1 < m->nkeys)
			k->prefix = strncmp(k[1].folded, k->folded, len) == 0 &&
				    k[1].folded[len] == ' ';
		k->hash = GAZ_HASH_START;
		for (size_t c = 0; c < len; c++)
			k->hash = gazetteer_hash_add(
				k->hash, (unsigned char)k->folded[c]);
		mark_stop(m, k);
		mark_roles(m, k);
	}
	for (size_t i = m->nkeys; i-- > 0;)
		m->keys[i].text = key_text(&m->keys[i], &m->keys[i + 1]);
}

enum error_code
gazetteer_keys(struct gaz_model *m)
{
	enum error_code code = count_people(m);

	if (code != OK)
		return code;
	sort_names(m);
	if (m->nwords > 0)
		merge_words(m);
	code = collect_keys(m);
	if (code == OK)
		describe_keys(m);
	return code;
}
