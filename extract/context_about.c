/* What a document is about, by what it names most. */
#include "context.h"
#include "gazetteer.h"

#define TITLE_WEIGHT	8 /* of a name in the title */
#define BODY_WEIGHT	2
#define HEADER_WEIGHT	1   /* there stand the site's own name, its menu */
#define MAKER_BYTES_MAX 64  /* looked back at for "promoted by" */
#define MAIN_SHARE	0.3 /* of all mentions that make one the document's */
#define TALLY_SLOTS	512
#define TALLY_PROBES	8

static bool
is_network(const struct mention *m)
{
	return m->type == MENTION_NETWORK || m->type == MENTION_TITLE;
}

static bool
is_known(const struct mention *m)
{
	return is_network(m) && m->name.id != NULL;
}

struct span
context_name_key(const struct scan *s, const struct mention *m)
{
	const char *id = m->type == MENTION_CITY ? m->place.id : m->name.id;

	return id != NULL ? span_str(id)
			  : span_sub(s->doc->text, m->start, m->end);
}

/* How often each name is said; of many names those that come late are not
 * counted. */
struct tally {
	struct {
		struct span key;
		int32_t first;
		uint32_t n;
	} slots[TALLY_SLOTS];
	uint16_t used[TALLY_SLOTS];
	size_t n;
};

static void
tally_clear(struct tally *t)
{
	for (size_t i = 0; i < t->n; i++)
		t->slots[t->used[i]].n = 0;
	t->n = 0;
}

static int
tally_slot(const struct tally *t, struct span key)
{
	uint32_t h = 2166136261u;

	if (key.ptr == NULL)
		return -1;
	for (size_t i = 0; i < key.len; i++)
		h = (h ^ (unsigned char)key.ptr[i]) * 16777619u;
	for (uint32_t i = 0; i < TALLY_PROBES; i++) {
		uint32_t at = (h + i) % TALLY_SLOTS;

		if (t->slots[at].n == 0 || span_eq(t->slots[at].key, key))
			return (int)at;
	}
	return -1;
}

static void
tally_add(struct tally *t, struct span key, int32_t mention, uint32_t weight)
{
	int at = tally_slot(t, key);

	if (at < 0)
		return;
	if (t->slots[at].n == 0) {
		t->used[t->n++] = (uint16_t)at;
		t->slots[at].key = key;
		t->slots[at].first = mention;
	}
	t->slots[at].n += weight;
}

static uint32_t
tally_count(const struct tally *t, struct span key)
{
	int at = tally_slot(t, key);

	return at >= 0 ? t->slots[at].n : 0;
}

/* The name said most often, of equals the first; unless it has less than the
 * least share of all. */
static int32_t
most_named(const struct scan *s, struct tally *t, const uint8_t *weights,
	bool (*counts)(const struct mention *m), double least)
{
	uint32_t best = 0, all = 0;
	int32_t found = CONTEXT_NONE;

	tally_clear(t);
	for (size_t i = 0; i < s->n; i++)
		if (counts(&s->list[i]) && weights[i] > 0)
			tally_add(t, context_name_key(s, &s->list[i]),
				(int32_t)i, weights[i]);
	for (size_t i = 0; i < t->n; i++) {
		const uint32_t n = t->slots[t->used[i]].n;
		const int32_t first = t->slots[t->used[i]].first;

		all += n;
		if (n > best || (n == best && first < found)) {
			best = n;
			found = first;
		}
	}
	return best >= least * all ? found : CONTEXT_NONE;
}

static bool
is_city(const struct mention *m)
{
	return m->type == MENTION_CITY;
}

bool
context_is_unknown(const struct mention *m)
{
	return m->type == MENTION_CITY && m->rule != NULL &&
	       strcmp(m->rule, SUBJECTS_RULE_UNKNOWN) == 0;
}

static bool
is_organisation(const struct mention *m)
{
	return m->type == MENTION_ORGANISATION && !scan_is_giver(m);
}

static bool
may_be_organisation(const struct mention *m)
{
	return is_organisation(m) ||
	       (context_is_unknown(m) && strchr(m->place.name, ' ') != NULL);
}

/* One that is a company's only perhaps is named twice at least. */
static int32_t
main_organisation(const struct scan *s, struct tally *t, const uint8_t *weights)
{
	int32_t m = most_named(s, t, weights, may_be_organisation, MAIN_SHARE);

	if (m >= 0 && context_is_unknown(&s->list[m]) &&
		tally_count(t, context_name_key(s, &s->list[m])) <= BODY_WEIGHT)
		m = most_named(s, t, weights, is_organisation, MAIN_SHARE);
	return m;
}

/* How much a mention counts by its zone. */
static void
weigh(const struct scan *s, uint8_t *weights)
{
	for (size_t i = 0, b = 0; i < s->n; i++) {
		enum zone z;

		while (b < s->doc->nblocks &&
			s->doc->blocks[b].end <= s->list[i].start)
			b++;
		z = b < s->doc->nblocks ? s->doc->blocks[b].zone : ZONE_BODY;
		weights[i] = z == ZONE_TITLE	? TITLE_WEIGHT
			     : z == ZONE_BODY	? BODY_WEIGHT
			     : z == ZONE_HEADER ? HEADER_WEIGHT
						: 0;
	}
}

/* The words treat it as a network; it has not only the shape of one's name, and
 * is not only in quotation marks. */
static bool
is_told(const struct mention *m)
{
	return strcmp(m->rule, "names.network.joined") == 0 ||
	       strcmp(m->rule, "names.network.hinted") == 0 ||
	       strcmp(m->rule, "names.network.called") == 0;
}

/* A network that the registry lacks is one the document speaks of when the
 * words treat it as one, when it is named more than once, when there is no
 * other, or when it is called a title ("the label ..."). */
static void
trust_networks(const struct scan *s, struct tally *t, bool *trusted)
{
	bool others = false;

	tally_clear(t);
	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->list[i];

		others = others || is_known(m);
		if (is_network(m) && !is_known(m))
			tally_add(t, context_name_key(s, m), (int32_t)i, 1);
	}
	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->list[i];

		trusted[i] = is_known(m) || m->type == MENTION_TITLE ||
			     (is_network(m) &&
				     (!others || is_told(m) ||
					     tally_count(t, context_name_key(s,
								    m)) > 1));
	}
}

/* Beginning of the word before at, *end its end; both at from if none. */
static size_t
word_before(struct span text, size_t from, size_t at, size_t *end)
{
	while (at > from && strchr(" '", text.ptr[at - 1]) != NULL)
		at--;
	if (at >= from + 3 && memcmp(text.ptr + at - 3, "\xe2\x80\x99", 3) == 0)
		at -= 3;
	*end = at;
	return gazetteer_word_start(text, from, at);
}

/* The word is a row of that type, in small letters. */
static bool
is_row(const struct rules *r, struct span word, const char *type)
{
	char small[MAKER_BYTES_MAX];

	if (word.len == 0 || word.len >= sizeof small)
		return false;
	memcpy(small, word.ptr, word.len);
	if (small[0] >= 'A' && small[0] <= 'Z')
		small[0] |= 32;
	return words_has(&r->clauses, span_of(small, word.len), type);
}

/* "promoted by ICLEI", "promossa dall'ANCI": who made a network is not what
 * the text goes on about. */
static bool
is_maker(const struct rules *r, const struct scan *s, const struct mention *m)
{
	const struct span text = s->doc->text;
	const size_t from =
		m->start > MAKER_BYTES_MAX ? m->start - MAKER_BYTES_MAX : 0;
	size_t end, at = m->start;
	bool by = false;

	for (int back = 0; back < 2 && !by; back++) {
		at = word_before(text, from, at, &end);
		by = is_row(r, span_sub(text, at, end), "by");
	}
	if (!by)
		return false;
	at = word_before(text, from, at, &end);
	return is_row(r, span_sub(text, at, end), "made");
}

/* The networks of each zone, in order. */
static enum error_code
list_networks(struct context *x, const struct rules *r, struct scan *s)
{
	size_t caps[ZONES] = { 0 };

	for (size_t i = 0, b = 0; i < s->n; i++) {
		struct mention_list *l;
		enum zone z;
		int32_t *at;

		while (b < s->doc->nblocks &&
			s->doc->blocks[b].end <= s->list[i].start)
			b++;
		if (!is_network(&s->list[i]) || is_maker(r, s, &s->list[i]))
			continue;
		z = b < s->doc->nblocks ? s->doc->blocks[b].zone : ZONE_BODY;
		l = &x->networks[z];
		at = arena_grow(s->arena, l->at, l->n, &caps[z], sizeof *at);
		if (at == NULL)
			return ERR_NOMEM;
		l->at = at;
		l->at[l->n++] = (int32_t)i;
	}
	return OK;
}

enum error_code
context_about(struct context *x, const struct rules *r, struct scan *s)
{
	struct tally *t = arena_alloc(s->arena, sizeof *t);
	uint8_t *weights = arena_alloc(s->arena, s->n + 1);

	x->trusted = arena_array(s->arena, s->n + 1, sizeof *x->trusted);
	if (t == NULL || weights == NULL || x->trusted == NULL)
		return ERR_NOMEM;
	weigh(s, weights);
	trust_networks(s, t, x->trusted);
	if (list_networks(x, r, s) != OK)
		return ERR_NOMEM;
	x->main_network = most_named(s, t, weights, is_network, 0);
	if (x->main_network >= 0)
		x->main_said =
			tally_count(t, context_name_key(
					       s, &s->list[x->main_network])) >
			BODY_WEIGHT;
	x->main_city = most_named(s, t, weights, is_city, MAIN_SHARE);
	x->main_organisation = main_organisation(s, t, weights);
	return OK;
}
