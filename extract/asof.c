/*
 * The day a total speaks of, when its own sentence does not name it: that of
 * the act that brought it about ("The 77 new cities bring the total to 294"),
 * or of the event that the sentence goes on to tell of ("The event welcomed
 * the 229 members").
 */
#include "rules.h"

#include <assert.h>

#define BASIS_ACT "act"

struct totals {
	const struct rules *rules;
	struct context *context;
	struct scan *scan;
	struct extraction *out;
	struct buffer *tmp;
};

static int32_t
date_of(const struct claim *c)
{
	const struct claim_arg *a = claim_arg(c, SLOT_DATE);

	return a != NULL ? a->mention : CONTEXT_NONE;
}

static bool
is_cohort(const struct claim *c)
{
	return c->kind == CLAIM_COHORT && c->polarity == POLARITY_ASSERTED &&
	       claim_arg(c, SLOT_COUNT) != NULL;
}

/* Those who came are spoken of in the sentence without their day, and the
 * document tells it elsewhere.  One that has its day beside it need not be
 * the total's: "Twelve cities joined in 2013; it has 300 now". */
static int32_t
date_of_act(const struct totals *t, const struct claim *total, size_t sentence)
{
	const struct context *x = t->context;
	const struct claim *list = t->out->claims;

	for (int32_t i = x->newest[sentence]; i >= 0; i = x->next[i]) {
		assert((size_t)i < t->out->nclaims);
		if (!is_cohort(&list[i]) || date_of(&list[i]) >= 0 ||
			!claims_same_slot(
				t->scan, total, &list[i], SLOT_NETWORK))
			continue;
		for (size_t k = 0; k < t->out->nclaims; k++)
			if (is_cohort(&list[k]) && date_of(&list[k]) >= 0 &&
				claims_same_slot(t->scan, &list[i], &list[k],
					SLOT_COUNT) &&
				claims_same_slot(t->scan, &list[i], &list[k],
					SLOT_NETWORK))
				return date_of(&list[k]);
	}
	return CONTEXT_NONE;
}

/* The sentence begins with "the event", "la conférence". */
static bool
tells_of_event(const struct totals *t, size_t sentence)
{
	size_t n, len;
	const struct word *w = scan_words(t->scan, sentence, t->tmp, &n);
	const struct word_row *row =
		w != NULL && n > 0 ? words_find(&t->rules->clauses, w, n, 0,
					     t->scan->doc->language, &len)
				   : NULL;

	return row != NULL && strcmp(row->type, "event") == 0;
}

/* A number holds at a point in time: of some days, the month or the year that
 * holds them all. */
static bool
widen(struct edtf *e)
{
	if (!e->interval)
		return true;
	if (e->open_start || e->open_end || e->start.year == 0 ||
		e->start.year != e->end.year)
		return false;
	e->interval = false;
	e->start.day = 0;
	if (e->start.month != e->end.month)
		e->start.month = 0;
	e->end = (struct civil){ 0 };
	return true;
}

/* The mention of an event's date, or one of the time that holds it. */
static int32_t
point_of(const struct totals *t, int32_t date)
{
	struct mention m = t->scan->list[date];
	struct edtf e;
	char text[EDTF_MAX];

	if (m.type != MENTION_DATE || m.date.edtf == NULL ||
		!edtf_parse(span_str(m.date.edtf), &e))
		return CONTEXT_NONE;
	if (!e.interval)
		return date;
	if (!widen(&e))
		return CONTEXT_NONE;
	edtf_format(&e, text);
	m.date.edtf = arena_strdup(t->scan->arena, text);
	m.date.basis = BASIS_COMPUTED;
	return m.date.edtf != NULL ? context_add(t->context, t->scan, &m)
				   : CONTEXT_NONE;
}

/* Of what the sentence before it in its block tells. */
static int32_t
date_of_event(const struct totals *t, size_t sentence)
{
	const struct context *x = t->context;
	const struct sentence *list = t->scan->sentences;

	if (sentence == 0 || list[sentence - 1].block != list[sentence].block ||
		!tells_of_event(t, sentence))
		return CONTEXT_NONE;
	for (int32_t i = x->newest[sentence - 1]; i >= 0; i = x->next[i]) {
		const struct claim *c = &t->out->claims[i];

		if (c->kind == CLAIM_EVENT &&
			c->polarity == POLARITY_ASSERTED && date_of(c) >= 0)
			return point_of(t, date_of(c));
	}
	return CONTEXT_NONE;
}

void
asof_run(const struct rules *r, struct context *x, struct scan *s,
	struct extraction *out, struct buffer *tmp)
{
	const struct totals t = { r, x, s, out, tmp };

	for (size_t i = 0; i < out->nclaims; i++) {
		struct claim *c = &out->claims[i];
		size_t sentence = context_sentence(s, c->start);
		int32_t m;

		if (c->kind != CLAIM_NETWORK_TOTAL ||
			c->polarity != POLARITY_ASSERTED ||
			claim_arg(c, SLOT_DATE) != NULL)
			continue;
		m = date_of_act(&t, c, sentence);
		if (m < 0)
			m = date_of_event(&t, sentence);
		if (m >= 0)
			claim_put(c, SLOT_DATE, m, NULL, BASIS_ACT);
	}
}
