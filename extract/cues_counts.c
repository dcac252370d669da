/* How many a network has, and how many are new. */
#include "cues.h"

#define NEAR_WORDS	4 /* between a number and a word that reads it */
#define SCOPE_WORDS	4 /* between a number and where that holds */
#define COUNTRIES_UNITS 12
#define FEW		5
#define SOME		20
#define MANY		1000

enum {
	SYMBOL_COUNT = 16,
	SYMBOL_NEW,
	SYMBOL_OTHERS,
	SYMBOL_IN,
	SYMBOL_BARE = 22
};

struct number {
	struct cue_sentence *q;
	size_t at; /* unit */
	const struct mention *m;
	int32_t net_unit, net, scope, countries;
	double *f;
};

static uint32_t
words_between(const struct cue_sentence *q, size_t a, size_t b)
{
	size_t from = a < b ? a : b, to = a < b ? b : a;

	return (uint32_t)(q->sums[to].words - q->sums[from].words);
}

static bool
is_clause_between(const struct cue_sentence *q, size_t a, size_t b)
{
	size_t from = a < b ? a : b, to = a < b ? b : a;

	return q->sums[to].semicolons > q->sums[from].semicolons;
}

static void
judge_cues(const struct number *p)
{
	const struct cue_sentence *q = p->q;

	for (size_t i = 0; i < q->ncues; i++) {
		const struct cue_word *w = &q->cues_list[i];
		bool near = words_between(q, w->at, p->at) <= NEAR_WORDS &&
			    !is_clause_between(q, w->at, p->at);

		if (w->class == CUE_TOTAL) {
			p->f[F_TOTAL_SAID] = 1;
			if (near)
				p->f[F_TOTAL_NEAR] = 1;
		}
		if (!near)
			continue;
		if (w->class == CUE_FRESH)
			p->f[F_FRESH_NEAR] = 1;
		else if (w->class == CUE_JOIN)
			p->f[F_JOIN_NEAR] = 1;
		else if (w->class == CUE_MEMBER)
			p->f[F_MEMBER_NEAR] = 1;
		else if (w->class == CUE_DESIGNATE)
			p->f[F_CLASS + CUE_DESIGNATE] = 1;
		else if (w->class >= CUE_SUSPEND && w->class < CUE_STATUSES)
			p->f[F_CLASS + CUE_LEAVE] = 1;
		else if (w->class >= CUE_APPLY && w->class < CUE_STATUSES)
			p->f[F_CLASS + CUE_APPLY] = 1;
	}
}

static bool
is_scope(const struct cue_sentence *q, size_t i)
{
	unsigned symbol = q->note->units[i] - UNIT_SYMBOL;

	return q->note->mention[i] >= 0 && q->note->mention[i] < NOTE_ANAPHOR &&
	       (symbol == 1 || symbol == 2 || symbol == SYMBOL_NATIONALITY);
}

/* Where the number holds: "41 in Europe", "Austria has 17", "the 12 Danish
 * members". */
static void
find_scope(struct number *p)
{
	const struct cue_sentence *q = p->q;
	const struct annotated *n = q->note;

	p->scope = CONTEXT_NONE;
	/* "104 cities in 22 countries" hold everywhere. */
	if (p->countries >= 0)
		return;
	for (size_t i = p->at + 1; i < n->len; i++) {
		if (words_between(q, p->at, i) > SCOPE_WORDS ||
			n->units[i] == ';')
			break;
		if (!is_scope(q, i) || (q->kinds[i - 1] & UNIT_IS_AT) == 0)
			continue;
		p->scope = n->mention[i];
		p->f[F_SCOPE_BEHIND] = 1;
		return;
	}
	for (size_t i = p->at; i-- > 0;) {
		if (words_between(q, i, p->at) > SCOPE_WORDS ||
			n->units[i] == ';')
			break;
		if (!is_scope(q, i))
			continue;
		p->scope = n->mention[i];
		p->f[F_SCOPE_BEFORE] = 1;
		return;
	}
}

static void
find_countries(struct number *p)
{
	const struct annotated *n = p->q->note;

	p->countries = CONTEXT_NONE;
	for (size_t i = p->at + 1; i < n->len && i - p->at <= COUNTRIES_UNITS;
		i++) {
		unsigned symbol = n->units[i] - UNIT_SYMBOL;

		if (symbol == SYMBOL_IN) {
			p->countries = n->mention[i];
			p->f[F_COUNTRIES] = 1;
			return;
		}
		if (symbol >= SYMBOL_COUNT && symbol <= SYMBOL_OTHERS)
			return;
	}
}

static void
judge_number(const struct number *p)
{
	const struct cue_sentence *q = p->q;
	const struct scan *s = q->scan;
	unsigned symbol = q->note->units[p->at] - UNIT_SYMBOL;
	const struct mention *net = &s->list[p->net];
	size_t b = s->sentences[q->sentence].block;
	const struct block *k = b < s->doc->nblocks ? &s->doc->blocks[b] : NULL;

	p->f[F_BIAS] = 1;
	p->f[F_NEW] = symbol == SYMBOL_NEW;
	p->f[F_OTHERS] = symbol == SYMBOL_OTHERS;
	p->f[F_BARE] = symbol == SYMBOL_BARE;
	p->f[F_BOUND] = p->m->count.bound != BOUND_EXACT;
	p->f[F_FEW] = p->m->count.n < FEW;
	p->f[F_MANY] = p->m->count.n >= MANY;
	p->f[F_SOME] = p->m->count.n >= SOME;
	cue_judge_sentence(q, p->f);
	p->f[F_PARTITIVE] =
		p->at > 0 && (q->kinds[p->at - 1] & UNIT_IS_OF) != 0;
	p->f[F_NET_TOLD] = q->told[p->net];
	p->f[F_NET_KNOWN] = net->name.id != NULL;
	p->f[F_QUESTION] = q->question;
	p->f[F_CLAIMED] = q->claimed;
	p->f[F_QUOTED] = q->context->quoted[q->sentence];
	p->f[F_COUNT_BETWEEN] = q->sums[q->note->len].counts > 2;
	p->f[F_PERSON] = q->sums[q->note->len].persons > 0;
	if (k != NULL) {
		p->f[F_TITLE] = k->zone == ZONE_TITLE;
		p->f[F_MARGIN] = k->zone > ZONE_BODY;
		p->f[F_ITEM] = k->type == BLOCK_ITEM || k->type == BLOCK_CELL;
	}
	if (p->net_unit < 0)
		return;
	p->f[F_NET_NAMED] = q->note->mention[p->net_unit] < NOTE_ANAPHOR;
	p->f[F_NET_ANAPHOR] = q->note->mention[p->net_unit] >= NOTE_ANAPHOR;
	p->f[F_NET_TITLE] = net->type == MENTION_TITLE;
	p->f[F_NET_FIRST] = (size_t)p->net_unit < p->at;
	p->f[F_NET_NEAR] =
		words_between(q, (size_t)p->net_unit, p->at) <= NEAR_WORDS;
}

/* What several features say together. */
static void
judge_together(const struct number *p)
{
	double *f = p->f;
	bool whole = f[F_BARE] < 1 && f[F_NEW] < 1 && f[F_OTHERS] < 1 &&
		     f[F_PARTITIVE] < 1 && f[F_FRESH_NEAR] < 1 &&
		     f[F_JOIN_NEAR] < 1 && f[F_TOTAL_NEAR] > 0;
	bool fresh = (f[F_NEW] > 0 || f[F_OTHERS] > 0 || f[F_FRESH_NEAR] > 0) &&
		     f[F_JOIN_NEAR] > 0 && f[F_BARE] < 1;

	f[F_TIGHT] = whole && f[F_NET_NEAR] > 0;
	f[F_CLEAN] = whole && f[F_COUNT_BETWEEN] < 1;
	f[F_DEFAULT] = whole && p->net_unit < 0 && p->q->only_network;
	f[F_TIGHT_AFTER] = fresh;
	f[F_NET_ONLY] = p->q->only_network;
}

static enum error_code
add_kind(const struct number *p, enum cue_model model, struct cue_list *list)
{
	struct cue_sentence *q = p->q;
	struct scan *s = q->scan;
	struct cue_candidate *one = cue_add(list, s->arena);
	uint32_t from = (uint32_t)p->at, to = from;
	int32_t date;
	struct claim *c;

	if (one == NULL)
		return list->n < CUE_CANDIDATES_MAX ? ERR_NOMEM : OK;
	one->model = model;
	c = &one->claim;
	*c = (struct claim){
		.kind = model == MODEL_COHORT ? CLAIM_COHORT
					      : CLAIM_NETWORK_TOTAL,
		.rule = model == MODEL_COHORT ? "cue.cohort@1" : "cue.total@1",
		.args = arena_array(
			s->arena, CLAIM_SLOTS_MAX, sizeof(struct claim_arg)),
	};
	if (c->args == NULL)
		return ERR_NOMEM;
	c->polarity = polarity_at(
		q->rules, s, q->note, c->kind, p->at, p->at + 1, p->at + 1);
	if (c->polarity == POLARITIES)
		c->polarity = POLARITY_ASSERTED;
	if (p->net_unit >= 0) {
		from = (uint32_t)p->net_unit < from ? (uint32_t)p->net_unit
						    : from;
		to = (uint32_t)p->net_unit > to ? (uint32_t)p->net_unit : to;
	}
	c->start = q->note->at[from];
	c->end = q->note->to[to];
	c->zone = claims_zone(s, c->start);
	claim_put(c, SLOT_NETWORK, p->net, NULL,
		p->net_unit < 0 ? BASIS_DOCUMENT_NETWORK : NULL);
	claim_put(c, SLOT_COUNT, q->note->mention[p->at], NULL, NULL);
	if (p->countries >= 0)
		claim_put(c, SLOT_COUNTRIES, p->countries, NULL, NULL);
	if (p->scope >= 0 && model == MODEL_TOTAL)
		claim_put(c, SLOT_SCOPE, p->scope, NULL, NULL);
	date = dating_find(
		q->rules, q->context, s, q->note, p->at, p->at + 1, c);
	if (date >= 0)
		claim_put(c, SLOT_DATE, date, NULL, NULL);
	memcpy(one->value, p->f, sizeof one->value);
	one->value[F_DATE] = date >= 0;
	one->value[F_TURNED] = c->polarity != POLARITY_ASSERTED;
	return OK;
}

/* Some claim has the number. */
static bool
is_said(const struct cue_sentence *q, const struct extraction *out, int32_t m)
{
	const struct context *x = q->context;

	for (int32_t i = x->newest[q->sentence]; i >= 0; i = x->next[i])
		for (size_t k = 0; k < out->claims[i].nargs; k++)
			if (out->claims[i].args[k].mention == m)
				return true;
	return false;
}

enum error_code
cues_counts(struct cue_sentence *q, const struct extraction *out,
	struct cue_list *list)
{
	const struct annotated *n = q->note;
	enum error_code code = OK;

	for (size_t i = 0; code == OK && i < n->len; i++) {
		unsigned symbol = n->units[i] - UNIT_SYMBOL;
		double value[CUE_FEATURES] = { 0 };
		struct number p = { .q = q, .at = i, .f = value };
		bool other;

		if (!((symbol >= SYMBOL_COUNT && symbol <= SYMBOL_OTHERS) ||
			    symbol == SYMBOL_BARE) ||
			n->mention[i] < 0 ||
			(!q->all && is_said(q, out, n->mention[i])))
			continue;
		p.m = &q->scan->list[n->mention[i]];
		p.net_unit = cue_network(
			q, (uint32_t)i, (uint32_t)i + 1, &p.net, &other);
		if (p.net < 0 || (!q->all && !q->told[p.net]))
			continue;
		find_countries(&p);
		find_scope(&p);
		value[F_NET_OTHER] = other;
		judge_cues(&p);
		judge_number(&p);
		judge_together(&p);
		code = add_kind(&p, MODEL_COHORT, list);
		if (code == OK)
			code = add_kind(&p, MODEL_TOTAL, list);
	}
	return code;
}
