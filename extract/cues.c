#include "cues.h"

#include <math.h>

struct cue_candidate *
cue_add(struct cue_list *list, struct arena *a)
{
	struct cue_candidate *grown;

	if (list->n == CUE_CANDIDATES_MAX)
		return NULL;
	grown = arena_grow(a, list->list, list->n, &list->cap, sizeof *grown);
	if (grown == NULL)
		return NULL;
	list->list = grown;
	memset(&grown[list->n], 0, sizeof *grown);
	return &grown[list->n++];
}

static bool
holds(const struct cue_candidate *one, const struct cue_pair *pair)
{
	return one->value[pair->one] > 0 && one->value[pair->other] > 0;
}

/* The features that hold, and the pairs of them, as far as there is room. */
static enum error_code
tell_features(const struct cues *c, struct cue_candidate *one, struct arena *a)
{
	const struct cue_pairs *pairs = &c->pairs[one->model];
	struct claim_feature list[CLAIM_FEATURES_MAX];
	size_t n = 0;

	for (size_t i = 0; i < CUE_FEATURES; i++)
		if (one->value[i] > 0)
			list[n++] =
				(struct claim_feature){ cue_feature_names[i],
					c->weights[one->model][i] };
	for (size_t i = 0; i < pairs->n && n < CLAIM_FEATURES_MAX; i++)
		if (holds(one, &pairs->list[i]))
			list[n++] = (struct claim_feature){ pairs->list[i].name,
				pairs->list[i].weight };
	one->claim.features = arena_array(a, n, sizeof *list);
	if (one->claim.features == NULL)
		return ERR_NOMEM;
	memcpy(one->claim.features, list, n * sizeof *list);
	one->claim.nfeatures = n;
	return OK;
}

/* The probability that they give. */
static void
weigh(const struct cues *c, struct cue_candidate *one)
{
	const struct cue_pairs *pairs = &c->pairs[one->model];
	double sum = 0;

	for (size_t i = 0; i < CUE_FEATURES; i++)
		sum += c->weights[one->model][i] * one->value[i];
	for (size_t i = 0; i < pairs->n; i++)
		if (holds(one, &pairs->list[i]))
			sum += pairs->list[i].weight;
	/* Rounded, so that no last bit of exp() decides. */
	one->claim.confidence = round(1000 / (1 + exp(-sum))) / 1000;
}

/* All candidates take the place of the claims. */
static enum error_code
show_all(struct cue_list *list, struct scan *s, struct extraction *out)
{
	struct claim *all = arena_array(s->arena, list->n + 1, sizeof *all);

	if (all == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < list->n && i < RECORD_CLAIMS_MAX; i++)
		all[i] = list->list[i].claim;
	out->claims = all;
	out->nclaims =
		list->n < RECORD_CLAIMS_MAX ? list->n : RECORD_CLAIMS_MAX;
	return OK;
}

static bool
names_a_network(const struct scan *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->list[i].type == MENTION_NETWORK ||
			s->list[i].type == MENTION_TITLE)
			return true;
	return false;
}

/* The document names one network, by one id or in one way. */
static bool
names_one_network(const struct scan *s)
{
	const struct mention *first = NULL;

	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->list[i];

		if (m->type != MENTION_NETWORK && m->type != MENTION_TITLE)
			continue;
		if (first == NULL)
			first = m;
		else if (first->name.id != NULL && m->name.id != NULL
				 ? strcmp(first->name.id, m->name.id) != 0
				 : !span_eq(first->text, m->text))
			return false;
	}
	return true;
}

/* It may tell names together, or how many there are. */
static bool
has_names(const struct scan *s, size_t sentence)
{
	const struct sentence *t = &s->sentences[sentence];
	size_t names = 0, counts = 0;

	for (size_t i = context_mention(s, t->start);
		i < s->n && s->list[i].start < t->end; i++) {
		counts += s->list[i].type == MENTION_COUNT;
		names += s->list[i].type == MENTION_CITY ||
			 s->list[i].type == MENTION_REGION ||
			 s->list[i].type == MENTION_ORGANISATION;
	}
	return names > 1 || counts > 0;
}

static enum error_code
read_sentence(struct cue_sentence *q, struct matcher *m, struct extraction *out,
	struct cue_list *list)
{
	enum error_code code = OK;
	bool found = false;
	size_t n;

	if (scan_words(q->scan, q->sentence, &m->part.tmp, &n) != NULL &&
		!words_may_stand(&q->cues->words,
			q->scan->sentences[q->sentence].tables) &&
		!has_names(q->scan, q->sentence))
		return OK;
	q->note = annotated_sentence(
		q->rules, q->context, q->scan, q->sentence, &m->part);
	if (q->note == NULL)
		return ERR_NOMEM;
	code = cue_sentence_read(q, &found);
	if (code == OK && found)
		code = cues_membership(q, out, list);
	if (code == OK && found)
		code = cues_counts(q, out, list);
	return code;
}

enum error_code
cues_run(const struct cues *c, const struct rules *r, struct matcher *m,
	struct context *x, struct scan *s, bool all, struct extraction *out)
{
	struct cue_sentence *q = arena_alloc(s->arena, sizeof *q);
	struct cue_list list = { 0 };
	enum error_code code = OK;

	if (q == NULL)
		return ERR_NOMEM;
	*q = (struct cue_sentence){ .cues = c,
		.rules = r,
		.context = x,
		.scan = s,
		.out = out,
		.only_network = names_one_network(s),
		.told = claims_networks(s, out),
		.all = all };
	if (q->told == NULL)
		return ERR_NOMEM;
	if (names_a_network(s))
		for (size_t i = 0; code == OK && i < s->nsentences; i++) {
			q->sentence = i;
			code = read_sentence(q, m, out, &list);
		}
	for (size_t i = 0; code == OK && i < list.n; i++) {
		struct cue_candidate *one = &list.list[i];
		bool says;

		weigh(c, one);
		says = one->claim.confidence >= c->thresholds[one->model];
		if (says || all)
			code = tell_features(c, one, s->arena);
		if (code == OK && says && !all)
			code = claims_add(x, s, out, &one->claim);
	}
	return code == OK && all ? show_all(&list, s, out) : code;
}
