#include <stdlib.h>

#include "gazetteer.h"
#include "lexis.h"
#include "rules.h"

#define ADDED_NEAR	64  /* added mentions looked through for the same */
#define LOOK_BACK	4   /* sentences in which "it" was named */
#define SPEAKER_BACK	3   /* blocks before, in which a speaker was */
#define TITLE_WEIGHT	4   /* a name in the title counts so often */
#define TODAY_NEAR	16  /* bytes between "today" and its date */
#define MAKER_BYTES_MAX 64  /* looked back at for "promoted by" */
#define MAIN_SHARE	0.3 /* of all mentions that make one the document's */
#define TALLY_SLOTS	512
#define TALLY_PROBES	8

size_t
context_mention(const struct scan *s, uint32_t at)
{
	size_t lo = 0, hi = s->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->list[mid].start < at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

size_t
context_block(const struct scan *s, uint32_t at)
{
	size_t lo = 0, hi = s->doc->nblocks;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->doc->blocks[mid].end <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

size_t
context_sentence(const struct scan *s, uint32_t at)
{
	size_t lo = 0, hi = s->nsentences;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->sentences[mid].start <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo > 0 ? lo - 1 : 0;
}

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

/* What counts as the same name: its id, else its words. */
static struct span
name_key(const struct scan *s, const struct mention *m)
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
			tally_add(t, name_key(s, &s->list[i]), (int32_t)i,
				weights[i]);
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

/* A name that no table has may be a company's as well as a town's. */
static bool
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
		tally_count(t, name_key(s, &s->list[m])) < 2)
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
		weights[i] = z == ZONE_TITLE
				     ? TITLE_WEIGHT
				     : z == ZONE_BODY || z == ZONE_HEADER;
	}
}

/* A network that the registry lacks is one the document speaks of when it is
 * named more than once, or when there is no other. */
static void
trust_networks(const struct scan *s, struct tally *t, bool *trusted)
{
	bool others = false;

	tally_clear(t);
	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->list[i];

		others = others || is_known(m);
		if (is_network(m) && !is_known(m))
			tally_add(t, name_key(s, m), (int32_t)i, 1);
	}
	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->list[i];

		trusted[i] = is_known(m) ||
			     (is_network(m) &&
				     (!others || tally_count(t,
							 name_key(s, m)) > 1));
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
list_networks(struct context *x, const struct rules *r, struct scan *s,
	const bool *trusted)
{
	size_t caps[ZONES] = { 0 };

	for (size_t i = 0, b = 0; i < s->n; i++) {
		struct mention_list *l;
		enum zone z;
		int32_t *at;

		while (b < s->doc->nblocks &&
			s->doc->blocks[b].end <= s->list[i].start)
			b++;
		if (!trusted[i] || is_maker(r, s, &s->list[i]))
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

/* What the document is about: its networks by zone, and the main ones. */
static enum error_code
context_about(struct context *x, const struct rules *r, struct scan *s)
{
	struct tally *t = arena_alloc(s->arena, sizeof *t);
	uint8_t *weights = arena_alloc(s->arena, s->n + 1);
	bool *trusted = arena_array(s->arena, s->n + 1, sizeof *trusted);

	if (t == NULL || weights == NULL || trusted == NULL)
		return ERR_NOMEM;
	weigh(s, weights);
	trust_networks(s, t, trusted);
	if (list_networks(x, r, s, trusted) != OK)
		return ERR_NOMEM;
	x->main_network = most_named(s, t, weights, is_network, 0);
	x->main_city = most_named(s, t, weights, is_city, MAIN_SHARE);
	x->main_organisation = main_organisation(s, t, weights);
	return OK;
}

/* Opening marks, and '"' which is both. */
static bool
quote_after(struct span text, size_t *at, bool inside)
{
	static const struct {
		const char *mark;
		bool opens;
	} marks[] = {
		{ "\xe2\x80\x9c", true }, /* German closes with it */
		{ "\xe2\x80\x9e", true },
		{ "\xc2\xab", true },
		{ "\xe2\x80\x9d", false },
		{ "\xc2\xbb", false },
	};
	unsigned char c = (unsigned char)text.ptr[*at];

	++*at;
	if (c == '"')
		return !inside;
	if (c != 0xe2 && c != 0xc2)
		return inside;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (span_starts_with(
			    span_sub(text, *at - 1, text.len), marks[i].mark)) {
			*at += strlen(marks[i].mark) - 1;
			/* The first row closes what the second opened. */
			return i == 0 ? !inside : marks[i].opens;
		}
	return inside;
}

/* Whether it is still inside one at the sentence's end. */
static bool
quotes_in(struct span text, const struct sentence *t, bool inside)
{
	const struct atoms *a = &t->atoms;

	/* Only marks open and close one. */
	for (size_t i = 0; i < a->n; i++) {
		size_t at = a->list[i].start;

		if (a->list[i].form == NULL)
			inside = quote_after(text, &at, inside);
	}
	for (size_t at = t->start; a->list == NULL && at < t->end;)
		inside = quote_after(text, &at, inside);
	return inside;
}

static void
context_quotations(struct context *x, const struct scan *s)
{
	bool inside = false;

	for (size_t i = 0; i < s->nsentences; i++) {
		const struct sentence *t = &s->sentences[i];

		if (i == 0 || s->sentences[i - 1].block != t->block)
			inside = false;
		x->quoted[i] = inside;
		inside = quotes_in(s->doc->text, t, inside);
	}
}

/* The nearest word before or behind a date is the one for the day of the
 * text. */
static bool
says_today(const struct rules *r, const struct scan *s, uint32_t start,
	uint32_t end, bool last)
{
	struct buffer tmp;
	size_t n, len;
	struct word *w;
	const struct word_row *row = NULL;

	while (!utf8_boundary(s->doc->text, start))
		start--;
	while (!utf8_boundary(s->doc->text, end))
		end++;
	buffer_init(&tmp, 256);
	w = buffer_reserve(&tmp, 64) != NULL
		    ? words_split(s->doc->text, start, end, s->arena, &tmp, &n)
		    : NULL;
	for (size_t k = 0; w != NULL && row == NULL && k < n; k++) {
		size_t i = last ? n - 1 - k : k;

		if (w[i].fold[0] == '\0')
			continue;
		row = words_find(&r->clauses, w, n, i, s->doc->language, &len);
		break;
	}
	buffer_release(&tmp);
	return row != NULL && strcmp(row->type, "today") == 0;
}

/* "today (14 February)", "2 September - Today": a date beside the word, where
 * the document has none of its own. */
static int32_t
find_today(const struct rules *r, const struct scan *s)
{
	uint32_t len = (uint32_t)s->doc->text.len;

	for (size_t i = 0; s->doc->published.edtf == NULL && i < s->n; i++) {
		const struct mention *m = &s->list[i];

		if (m->type == MENTION_DATE &&
			(says_today(r, s,
				 m->start > TODAY_NEAR ? m->start - TODAY_NEAR
						       : 0,
				 m->start, true) ||
				says_today(r, s, m->end,
					len - m->end > TODAY_NEAR
						? m->end + TODAY_NEAR
						: len,
					false)))
			return (int32_t)i;
	}
	return CONTEXT_NONE;
}

static uint16_t
unit_of_word(const struct rules *r, struct span word)
{
	struct token t;
	uint32_t at = 0;

	return token_next(word, &at, (uint32_t)word.len, &t)
		       ? vocabulary_unit(r->vocabulary, &t)
		       : 0;
}

static bool
omits(const struct word_row *row)
{
	return strcmp(row->type, "omits") == 0;
}

static bool
is_copula(const struct word_row *row)
{
	return strcmp(row->type, "copula") == 0;
}

enum error_code
context_grammar(struct rules *r)
{
	for (size_t i = 0; i < r->anaphors.n; i++) {
		const struct word_row *row = &r->anaphors.rows[i];

		if (!omits(row) && !is_copula(row))
			continue;
		if (r->ngrammar == RULES_GRAMMAR_MAX)
			return ERR_LIMIT;
		r->grammar[r->ngrammar++] = row;
	}
	return OK;
}

/* The rows "omits subject" and "copula" of the document's language. */
static void
read_grammar(struct context *x, const struct rules *r, const char *language)
{
	for (size_t i = 0; language != NULL && i < r->ngrammar; i++) {
		const struct word_row *row = r->grammar[i];

		if (strcmp(row->lang, language) != 0)
			continue;
		if (omits(row))
			x->omits_subject = true;
		else
			x->copula[strcmp(row->words, "copula more") == 0] =
				unit_of_word(r, span_str(row->value));
	}
}

bool
context_owners(const struct rules *r, const char *language)
{
	for (size_t i = 0; language != NULL && i < r->anaphors.n; i++)
		if (strcmp(r->anaphors.rows[i].type, "genitive") == 0 &&
			strcmp(r->anaphors.rows[i].lang, language) == 0)
			return true;
	return false;
}

enum error_code
context_make(struct context *x, const struct rules *r, struct scan *s)
{
	*x = (struct context){ 0 };
	x->persons =
		arena_array(s->arena, s->doc->nblocks + 1, sizeof *x->persons);
	x->quoted = arena_alloc(s->arena, s->nsentences + 1);
	x->newest = arena_array(s->arena, s->nsentences + 1, sizeof *x->newest);
	x->notes = arena_array(s->arena, s->nsentences + 1, sizeof *x->notes);
	if (x->persons == NULL || x->quoted == NULL || x->newest == NULL ||
		x->notes == NULL)
		return ERR_NOMEM;
	if (r->ndiscards > 0) {
		x->discarded = arena_array(
			s->arena, s->nsentences + 1, sizeof *x->discarded);
		if (x->discarded == NULL)
			return ERR_NOMEM;
	}
	for (size_t i = 0; i <= s->doc->nblocks; i++)
		x->persons[i] = CONTEXT_UNKNOWN;
	for (size_t i = 0; i <= s->nsentences; i++)
		x->newest[i] = CONTEXT_NONE;
	context_quotations(x, s);
	read_grammar(x, r, s->doc->language);
	x->today = find_today(r, s);
	return context_about(x, r, s);
}

int32_t
context_add(struct context *x, struct scan *s, const struct mention *m)
{
	size_t n = s->n + x->added;
	struct mention *list;

	/* A sentence may be read twice. */
	for (size_t i = n; i > s->n && n - i < ADDED_NEAR; i--)
		if (s->list[i - 1].start == m->start &&
			s->list[i - 1].end == m->end)
			return (int32_t)i - 1;
	if (n >= SCAN_MENTIONS_MAX)
		return CONTEXT_NONE;
	list = arena_grow(s->arena, s->list, n, &s->cap, sizeof *list);
	if (list == NULL)
		return CONTEXT_NONE;
	s->list = list;
	s->list[n] = *m;
	x->added++;
	return (int32_t)n;
}

/* Last of the list that ends at or before at, or -1. */
static int32_t
last_before(const struct scan *s, const struct mention_list *l, uint32_t at)
{
	size_t lo = 0, hi = l->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->list[l->at[mid]].end <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo > 0 ? l->at[lo - 1] : CONTEXT_NONE;
}

int32_t
context_network(const struct context *x, const struct scan *s, uint32_t at)
{
	const enum zone zones[] = { claims_zone(s, at), ZONE_BODY, ZONE_TITLE };
	int32_t best = CONTEXT_NONE, first = CONTEXT_NONE;

	for (size_t i = 0; i < 3; i++) {
		const struct mention_list *l = &x->networks[zones[i]];
		int32_t m = last_before(s, l, at);

		if (m > best)
			best = m;
		if (l->n > 0 && (first < 0 || l->at[0] < first))
			first = l->at[0];
	}
	/* In a block that names none it is the one the document is about. */
	if (x->main_network >= 0 &&
		(best < 0 || context_block(s, s->list[best].start) !=
				     context_block(s, at)))
		return x->main_network;
	return best >= 0 ? best : first;
}

int32_t
context_network_meant(
	const struct context *x, const struct scan *s, uint32_t at)
{
	int32_t m = context_network(x, s, at);

	return m >= 0 && s->list[m].start >= at &&
			       claims_zone(s, s->list[m].start) != ZONE_TITLE &&
			       context_block(s, s->list[m].start) >
				       context_block(s, at > 0 ? at - 1 : 0)
		       ? CONTEXT_NONE
		       : m;
}

/* "TALLINN, 27 Sept - ": where it was written, which is not what it is about.
 */
static bool
is_dateline(const struct scan *s, size_t i)
{
	const struct span text = s->doc->text;
	const struct mention *m = &s->list[i];
	const struct block *b;
	size_t at = m->end;

	if (s->doc->nblocks == 0)
		return false;
	b = &s->doc->blocks[context_block(s, m->start)];
	if (m->type != MENTION_CITY || m->start > b->start + 1u)
		return false;
	if (i + 1 < s->n && s->list[i + 1].type == MENTION_DATE &&
		s->list[i + 1].start <= m->end + 4u)
		at = s->list[i + 1].end;
	while (at < b->end && strchr(" .,", text.ptr[at]) != NULL)
		at++;
	return at < b->end && at > m->end &&
	       (text.ptr[at] == '-' ||
		       (at + 3 <= b->end &&
			       memcmp(text.ptr + at, "\xe2\x80", 2) == 0));
}

/* First fitting mention in [start, end), a city before others; or -1. */
static int32_t
context_first(
	const struct scan *s, uint32_t start, uint32_t end, unsigned types)
{
	int32_t found = CONTEXT_NONE;

	for (size_t i = context_mention(s, start);
		i < s->n && s->list[i].end <= end; i++) {
		if (((types & 1u << s->list[i].type) == 0 &&
			    !((types & 1u << MENTION_ORGANISATION) != 0 &&
				    context_is_unknown(&s->list[i]))) ||
			scan_is_giver(&s->list[i]) || is_dateline(s, i))
			continue;
		if (s->list[i].type == MENTION_CITY ||
			(types & 1u << MENTION_CITY) == 0)
			return (int32_t)i;
		if (found < 0)
			found = (int32_t)i;
	}
	return found;
}

/* Whom sentence i begins with when it begins with no name: "The company",
 * whom that stands for; "It", CONTEXT_UNKNOWN; or CONTEXT_NONE.  Only what
 * stands before byte at counts. */
static int32_t
first_meant(const struct context *x, const struct scan *s, size_t i,
	uint32_t at, unsigned types)
{
	const struct annotated *n = x->notes[i];

	for (size_t k = 0; n != NULL && k < n->len && n->at[k] < at; k++) {
		int32_t m = n->mention[k];

		if (m >= NOTE_ANAPHOR &&
			(types & 1u << s->list[m - NOTE_ANAPHOR].type) != 0)
			return m - NOTE_ANAPHOR;
		if (k == 0 && m == NOTE_PRONOUN)
			return CONTEXT_UNKNOWN;
	}
	return CONTEXT_NONE;
}

/* Who is named or meant first in sentence i, or -1. */
static int32_t
subject_of(
	const struct context *x, const struct scan *s, size_t i, unsigned types)
{
	const struct sentence *t = &s->sentences[i];
	int32_t m = context_first(s, t->start, t->end, types);
	int32_t meant =
		first_meant(x, s, i, m >= 0 ? s->list[m].start : t->end, types);

	if (meant == CONTEXT_UNKNOWN)
		return CONTEXT_NONE;
	return meant != CONTEXT_NONE ? meant : m;
}

int32_t
context_subject(const struct context *x, const struct scan *s, uint32_t at,
	unsigned types)
{
	size_t i = context_sentence(s, at);
	int32_t m;

	if (s->nsentences == 0)
		return CONTEXT_NONE;
	m = context_first(s, s->sentences[i].start, at, types);
	for (size_t back = 1; m < 0 && back <= LOOK_BACK && back <= i; back++) {
		if (s->sentences[i - back].block != s->sentences[i].block)
			break;
		m = subject_of(x, s, i - back, types);
	}
	if (m >= 0)
		return m;
	return (types & 1u << MENTION_CITY) != 0 && x->main_city >= 0
		       ? x->main_city
	       : (types & 1u << MENTION_ORGANISATION) != 0
		       ? x->main_organisation
		       : CONTEXT_NONE;
}

/* The first person of a block, looked for once. */
static int32_t
block_person(struct context *x, const struct scan *s, size_t b)
{
	if (x->persons[b] == CONTEXT_UNKNOWN)
		x->persons[b] = context_first(s, s->doc->blocks[b].start,
			s->doc->blocks[b].end, 1u << MENTION_PERSON);
	return x->persons[b];
}

const char *
context_speaker(struct context *x, const struct scan *s, uint32_t at)
{
	size_t i = context_sentence(s, at), b = context_block(s, at);
	bool inside;

	if (s->nsentences == 0 || b >= s->doc->nblocks)
		return NULL;
	inside = x->quoted[i];
	for (size_t k = s->sentences[i].start; k < at;)
		inside = quote_after(s->doc->text, &k, inside);
	if (!inside)
		return NULL;
	for (size_t back = 0; back <= SPEAKER_BACK && back <= b; back++) {
		int32_t m = block_person(x, s, b - back);

		if (m >= 0)
			return s->list[m].name.name;
	}
	return NULL;
}
