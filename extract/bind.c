#include "reading.h"
#include "trace.h"

#define ANAPHOR_FACTOR	 0.9 /* of confidence: what "it" means may be misread */
#define SKELETON_FACTOR	 0.9 /* over what was put into the sentence */
#define DEFAULT_FACTOR	 0.85
#define PART_GAP	 24 /* bytes from a part to its whole: "of the Irish" */
#define EXTENT_BEHIND	 48 /* bytes behind a claim where its scope may stand */
#define EXTENT_FOLD_ROOM 256		   /* bytes a word may fold to */
#define EXTENT_FOLD_MAX	 ((size_t)1 << 16) /* bytes of folded words */
#define MEMBERS_MAX	 ((size_t)CLAIM_ARGS_MAX - CLAIM_SLOTS_MAX)

/* Range of the group of a slot that took part; SLOTS: the head. */
static bool
group_range(const struct hit *h, unsigned slot, size_t *start, size_t *end)
{
	const struct rule_pattern *p = h->pattern;

	for (size_t i = 0; i < p->ngroups; i++) {
		unsigned n = p->groups[i].number;

		if (p->groups[i].slot == slot && n < h->groups &&
			h->ov[2 * n] != PCRE2_UNSET) {
			*start = h->ov[2 * n];
			*end = h->ov[2 * n + 1];
			return true;
		}
	}
	return false;
}

int32_t
bind_stands_for(const struct annotated *n, const struct context *x,
	const struct scan *s, enum slot slot, size_t i, bool *anaphor)
{
	int32_t what = n->mention[i];
	const unsigned subjects =
		1u << MENTION_CITY | 1u << MENTION_ORGANISATION;

	*anaphor = what < NOTE_TEXT || what >= NOTE_ANAPHOR;
	if (what >= NOTE_ANAPHOR)
		return what - NOTE_ANAPHOR;
	if (what >= NOTE_TEXT)
		return what;
	if (slot == SLOT_NETWORK)
		return context_network_meant(x, s, n->at[i]);
	if (what != NOTE_MAIN)
		return context_subject(x, s, n->at[i], subjects);
	return x->main_city >= 0 ? x->main_city : x->main_organisation;
}

void
claim_drop(struct claim *c, enum slot slot)
{
	for (size_t i = 0; i < c->nargs; i++)
		if (c->args[i].slot == slot) {
			c->args[i] = c->args[--c->nargs];
			return;
		}
}

void
claim_put(struct claim *c, enum slot slot, int32_t mention, const char *value,
	const char *basis)
{
	if (c->nargs < CLAIM_SLOTS_MAX)
		c->args[c->nargs++] = (struct claim_arg){
			.slot = slot,
			.mention = mention,
			.value = value,
			.basis = basis,
		};
}

/* All slots but subject and member, which may be lists. */
static enum error_code
bind_slots(const struct hit *h, const struct annotated *n,
	const struct context *x, struct scan *s, struct claim *c)
{
	c->args = arena_array(s->arena, CLAIM_SLOTS_MAX, sizeof *c->args);
	if (c->args == NULL)
		return ERR_NOMEM;
	for (enum slot slot = SLOT_SUBJECT + 1; slot < SLOT_MEMBER; slot++) {
		size_t start, end;

		if (!group_range(h, slot, &start, &end))
			continue;
		for (; start < end; start++) {
			bool anaphor;
			int32_t m;

			if (n->mention[start] == NOTE_TEXT)
				continue;
			m = bind_stands_for(n, x, s, slot, start, &anaphor);
			if (m < 0)
				break;
			claim_put(c, slot, m, NULL,
				anaphor ? BASIS_ANAPHOR : NULL);
			if (anaphor)
				c->confidence *= ANAPHOR_FACTOR;
			break;
		}
	}
	return OK;
}

bool
bind_wants_network(enum claim_kind kind)
{
	return kind == CLAIM_MEMBERSHIP || kind == CLAIM_COHORT ||
	       kind == CLAIM_NETWORK_TOTAL || kind == CLAIM_EXCLUSIVITY ||
	       kind == CLAIM_MEMBER_LIST || kind == CLAIM_PROGRAMME_LAUNCH ||
	       kind == CLAIM_NOMINATION;
}

/* What the words do not name is the network last spoken of; a kind that is
 * about one says nothing without. */
static bool
put_network(const struct context *x, const struct scan *s,
	const struct extraction *out, struct claim *c)
{
	int32_t m;

	if (!bind_wants_network(c->kind) || claim_arg(c, SLOT_NETWORK) != NULL)
		return true;
	m = default_network(x, s, out, c->start, c->end);
	if (m < 0)
		return c->kind == CLAIM_NOMINATION;
	claim_put(c, SLOT_NETWORK, m, NULL, BASIS_DOCUMENT_NETWORK);
	/* Named in the claim's own words it is no guess. */
	if (s->list[m].start < c->start)
		c->confidence *= DEFAULT_FACTOR;
	return true;
}

/* Indices of what the symbols of a group stand for, in a match from unit
 * `from` on. */
static size_t
group_members(const struct annotated *n, const struct context *x,
	const struct scan *s, size_t from, size_t start, size_t end,
	enum slot slot, struct claim_arg *out)
{
	/* But for what the rule has words before, as "à". */
	bool leads = slot == SLOT_SUBJECT && (start == from || end - start > 1);
	size_t count = 0;

	for (size_t i = start; i < end && count < MEMBERS_MAX; i++) {
		bool anaphor;
		int32_t m;

		if (n->mention[i] == NOTE_TEXT ||
			reading_is_qualifier(n, s, i) ||
			reading_is_whereabouts(n, s, i) ||
			(i == start && leads && reading_is_setting(n, s, i)))
			continue;
		m = bind_stands_for(n, x, s, slot, i, &anaphor);
		if (slot == SLOT_MEMBER && pairs_is_apart(n, m))
			continue;
		if (m >= 0)
			out[count++] = (struct claim_arg){
				.slot = slot,
				.mention = m,
				.basis = anaphor ? BASIS_ANAPHOR : NULL,
			};
	}
	return count;
}

/* A membership of nobody. */
static bool
is_empty(const struct hit *h, const struct claim *c)
{
	size_t start, end;

	return c->kind == CLAIM_MEMBERSHIP &&
	       claim_arg(c, SLOT_SUBJECT) == NULL &&
	       !group_range(h, SLOT_SUBJECT, &start, &end);
}

/* Nothing comes of the match. */
static enum error_code
refuse(const struct hit *h, const struct annotated *n, const struct context *x,
	enum refusal why, const char *words)
{
	const size_t start = h->ov[0], end = h->ov[1];
	const struct trace_event e = {
		.what = TRACE_REFUSED,
		.rule = h->rule,
		.pattern = h->pattern,
		.note = n,
		.start = start < n->len ? n->at[start] : n->end,
		.end = end > start ? n->to[end - 1] : n->end,
		.refusal = why,
		.words = words,
	};

	trace_see(x->trace, &e);
	return OK;
}

/* *c of `of` who belong to it, with a date of its own or -1. */
static enum error_code
claim_about(const struct claim *c, const struct claim_arg *who, size_t of,
	int32_t date, struct arena *a, struct claim *one)
{
	*one = *c;
	one->args = arena_array(a, c->nargs + of + 1, sizeof *one->args);
	if (one->args == NULL)
		return ERR_NOMEM;
	memcpy(one->args, who, of * sizeof *who);
	one->nargs = of;
	for (size_t i = 0; i < c->nargs; i++)
		if (date < 0 || c->args[i].slot != SLOT_DATE)
			one->args[one->nargs++] = c->args[i];
	if (date >= 0)
		one->args[one->nargs++] = (struct claim_arg){
			.slot = SLOT_DATE,
			.mention = date,
		};
	if (who->basis != NULL)
		one->confidence *= ANAPHOR_FACTOR;
	return OK;
}

/* Its own of the i-th of so many subjects, or CONTEXT_NONE. */
static int32_t
date_of(const struct rules *r, const struct annotated *n, const struct scan *s,
	const struct claim_arg *who, size_t i, size_t so_many)
{
	int32_t own = dating_own(r, s, who[i].mention);

	return own >= 0 ? own : dating_respective(n, s, i, so_many);
}

/* One claim for each subject; or one for all members. */
static enum error_code
add_claims(const struct hit *h, const struct rules *r, struct annotated *n,
	struct context *x, struct scan *s, const struct claim *c,
	struct extraction *out)
{
	bool list = c->kind == CLAIM_MEMBER_LIST;
	enum slot slot = list ? SLOT_MEMBER : SLOT_SUBJECT;
	struct claim_arg *who;
	size_t k, start, end, head, head_end;
	enum error_code code = OK;

	if (!group_range(h, slot, &start, &end))
		return claims_add(x, s, out, c);
	/* Words that stand for nobody say nothing. */
	who = arena_array(s->arena, end - start + 1, sizeof *who);
	if (who == NULL)
		return ERR_NOMEM;
	annotated_place_words(r, s->doc->language, n);
	/* "at a ceremony in Lyon": the rule did not see the "in". */
	if ((start == h->ov[0] && reading_is_scene(n, s, start, end)) ||
		dateline_has(s, n->at[start]))
		return refuse(h, n, x, REFUSED_NOBODY, NULL);
	if (group_range(h, SLOTS, &head, &head_end) && head >= end) {
		if (end == start + 1 && reading_is_ranked_in(n, s, start))
			return refuse(h, n, x, REFUSED_NOBODY, NULL);
		start = reading_subjects(n, s, start, end);
	}
	k = group_members(n, x, s, h->ov[0], start, end, slot, who);
	if (k == 0)
		return refuse(h, n, x, REFUSED_NOBODY, NULL);
	for (size_t i = 0; code == OK && i < (list ? 1 : k); i++) {
		struct claim one;
		int32_t date = list ? -1 : date_of(r, n, s, who, i, k);

		code = claim_about(
			c, who + i, list ? k : 1, date, s->arena, &one);
		if (code != OK)
			break;
		if (!list && !h->rule->polarity_set &&
			pairs_is_apart(n, who[i].mention))
			one.polarity = pairs_other(one.polarity);
		code = claims_add(x, s, out, &one);
	}
	return code;
}

/* An "unless" pattern overlaps the match. */
static bool
is_exception(const struct hit *h, const struct rule_pattern *unless,
	struct matcher *m)
{
	const PCRE2_SIZE *ov = pcre2_get_ovector_pointer(m->unless_data);
	size_t at = 0;

	while (at < h->ov[1] && sieve_stands(&m->sieve, &unless->sieve)) {
		if (matcher_find(m, unless, at, m->unless_data) < 0 ||
			ov[0] >= h->ov[1])
			return false;
		if (ov[1] > h->ov[0])
			return true;
		at = ov[1] > at ? ov[1] : m->note->len;
	}
	return false;
}

/* The first that does, or NULL. */
static const struct rule_pattern *
exception(const struct hit *h, struct matcher *m)
{
	for (size_t i = 0; i < h->rule->nunless; i++)
		if (is_exception(h, &h->rule->unless[i], m))
			return &h->rule->unless[i];
	return NULL;
}

/* " of the ", " of Austria's ": joins a part to its whole. */
static bool
joins_whole(const struct rules *r, struct span between)
{
	size_t first = 0;

	if (between.len < 3 || between.ptr[0] != ' ')
		return false;
	between = span_sub(between, 1, (uint32_t)between.len);
	for (size_t i = 0; i < between.len; i++) {
		if (strchr(".,;:()-", between.ptr[i]) != NULL)
			return false;
		if (between.ptr[i] == ' ' && first == 0)
			first = i;
	}
	return words_has(
		&r->extents, span_sub(between, 0, (uint32_t)first), "whole");
}

/* The number of which the one at start is the whole: "eight | of the | nine
 * towns"; or -1. */
static int32_t
part_before(const struct rules *r, const struct scan *s, uint32_t start)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->list[i];

		if (m->type == MENTION_COUNT && m->end < start &&
			start - m->end <= PART_GAP &&
			joins_whole(r, span_sub(s->doc->text, m->end, start)))
			return (int32_t)i;
	}
	return -1;
}

/* "Eight of the nine towns belong to N": those who belong are not nine. */
static bool
is_whole_of_part(
	const struct rules *r, const struct scan *s, const struct claim *c)
{
	const struct claim_arg *count = claim_arg(c, SLOT_COUNT);

	return (c->kind == CLAIM_NETWORK_TOTAL || c->kind == CLAIM_COHORT) &&
	       count != NULL && count->mention >= 0 &&
	       s->list[count->mention].start == c->start &&
	       part_before(r, s, c->start) >= 0;
}

/* The number of which the count is a part, within the claim's words. */
static int32_t
whole_behind(const struct rules *r, const struct scan *s, const struct claim *c,
	int32_t count)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->list[i].type == MENTION_COUNT &&
			s->list[i].start > s->list[count].end &&
			s->list[i].end <= c->end &&
			part_before(r, s, s->list[i].start) == count)
			return (int32_t)i;
	return -1;
}

/* "one of 31 Irish members", "eight of the nine Irish towns": the land stands
 * in the number's own words, or in those of its whole. */
static void
scope_of_count(const struct rules *r, struct context *x, struct scan *s,
	struct claim *c)
{
	const struct claim_arg *count = claim_arg(c, SLOT_COUNT);
	int32_t m, whole;

	if ((c->kind != CLAIM_NETWORK_TOTAL && c->kind != CLAIM_EXCLUSIVITY) ||
		count == NULL || count->mention < 0 ||
		claim_arg(c, SLOT_SCOPE) != NULL)
		return;
	m = annotated_nationality(r, x, s, &s->list[count->mention]);
	if (m < 0 && c->kind == CLAIM_NETWORK_TOTAL) {
		whole = whole_behind(r, s, c, count->mention);
		if (whole >= 0)
			m = annotated_nationality(r, x, s, &s->list[whole]);
	}
	if (m >= 0)
		claim_put(c, SLOT_SCOPE, m, NULL, NULL);
}

/* Where a rank is looked for: from the claim's words to the end of what goes on
 * behind them, "the first town to sign | in the county". */
static uint32_t
extent_end(
	const struct annotated *n, const struct scan *s, const struct claim *c)
{
	uint32_t end = c->end;

	while (end < n->end && end - c->end < EXTENT_BEHIND &&
		strchr(".,;:()", s->doc->text.ptr[end]) == NULL)
		end++;
	while (end > c->end && end < n->end && s->doc->text.ptr[end] != ' ' &&
		strchr(".,;:()", s->doc->text.ptr[end]) == NULL)
		end--;
	return end;
}

/* "the only one in the county": the land goes without its name.  A row that a
 * name follows is no row: "in the county of Essex". */
static void
scope_of_extent(const struct rules *r, const struct annotated *n,
	struct scan *s, struct claim *c)
{
	struct buffer tmp;
	struct word *w;
	size_t nwords = 0, len;

	if (c->kind != CLAIM_EXCLUSIVITY || claim_arg(c, SLOT_SCOPE) != NULL)
		return;
	buffer_init(&tmp, EXTENT_FOLD_MAX);
	w = buffer_reserve(&tmp, EXTENT_FOLD_ROOM) != NULL
		    ? words_split(s->doc->text, c->start, extent_end(n, s, c),
			      s->arena, &tmp, &nwords)
		    : NULL;
	for (size_t i = 0; w != NULL && i < nwords; i++) {
		const struct word_row *row = words_find(
			&r->extents, w, nwords, i, s->doc->language, &len);

		if (row != NULL && strcmp(row->type, "extent") == 0) {
			claim_put(c, SLOT_SCOPE, -1, row->value, "rule");
			break;
		}
	}
	buffer_release(&tmp);
}

static bool
takes_date(const struct claim *c)
{
	return (c->kind == CLAIM_MEMBERSHIP || c->kind == CLAIM_COHORT ||
		       c->kind == CLAIM_NETWORK_TOTAL ||
		       c->kind == CLAIM_MEMBER_LIST) &&
	       claim_arg(c, SLOT_DATE) == NULL;
}

static bool
keeps_empty(const struct rule *rule, enum slot slot)
{
	for (size_t i = 0; i < rule->nvalues; i++)
		if (rule->values[i].what == VALUE_DEFAULT &&
			rule->values[i].slot == slot &&
			rule->values[i].from == DEFAULT_NONE)
			return true;
	return false;
}

/* What the claim leans on is there, and lends it its network. */
static bool
leans(const struct rule *rule, const struct context *x, const struct scan *s,
	const struct extraction *out, struct claim *c)
{
	const struct claim *on;
	const struct claim_arg *a;

	if (rule->after == 0)
		return true;
	on = claims_before(
		x, s, out, c->start, rule->after, rule->after_within);
	if (on != NULL && rule->same) {
		if (on->start >= c->start)
			return false;
		c->status = on->status;
		if (!rule->polarity_set)
			c->polarity = on->polarity;
	}
	a = on != NULL ? claim_arg(on, SLOT_NETWORK) : NULL;
	if (a != NULL && claim_arg(c, SLOT_NETWORK) == NULL) {
		claim_put(c, SLOT_NETWORK, a->mention, a->value,
			BASIS_DOCUMENT_NETWORK);
		c->confidence *= DEFAULT_FACTOR;
	}
	return on != NULL;
}

static void
place_claim(const struct hit *h, const struct annotated *n,
	const struct scan *s, struct claim *c)
{
	size_t start = h->ov[0], end = h->ov[1];

	c->start = start < n->len ? n->at[start] : n->end;
	c->end = end > start ? n->to[end - 1] : c->start;
	c->zone = claims_zone(s, c->start);
}

/* The words ask, and nothing follows but the "?". */
static bool
asks_to_the_end(const struct annotated *n, size_t end)
{
	for (size_t i = end; i < n->len; i++)
		if (reading_is_mark(n, i, ',') || reading_is_mark(n, i, ';') ||
			reading_is_mark(n, i, ':'))
			return false;
	return true;
}

/* What a question makes of the claim, and its answer. */
static void
ask(const struct hit *h, const struct rules *r, struct matcher *m,
	struct scan *s, struct claim *c)
{
	int32_t date;
	enum answer answer;

	if (c->kind != CLAIM_MEMBERSHIP ||
		(h->rule->polarity_set && c->polarity != POLARITY_ASSERTED) ||
		!asks_to_the_end(m->note, h->ov[1]))
		return;
	answer = question_answer(r, s, c->start, &m->part.tmp, &date);
	c->polarity = question_polarity(answer, c->polarity);
	if (date >= 0 && claim_arg(c, SLOT_DATE) == NULL)
		claim_put(c, SLOT_DATE, date, NULL, NULL);
}

enum error_code
bind_hit(const struct hit *h, const struct rules *r, struct matcher *m,
	struct context *x, struct scan *s, struct extraction *out)
{
	struct annotated *n = m->note;
	size_t head = h->ov[0], head_end = h->ov[1];
	struct claim c = {
		.kind = h->rule->kind,
		.rule = h->rule->id,
		.status = h->rule->status,
		.confidence = h->rule->confidence,
		.polarity = h->rule->polarity,
	};
	const struct rule_pattern *unless = exception(h, m);
	enum error_code code;

	if (unless != NULL)
		return refuse(h, n, x, REFUSED_UNLESS, unless->why);
	if (n->is_skeleton)
		c.confidence *= SKELETON_FACTOR;
	code = bind_slots(h, n, x, s, &c);
	if (code != OK)
		return code;
	place_claim(h, n, s, &c);
	if (is_whole_of_part(r, s, &c))
		return refuse(h, n, x, REFUSED_UNLESS, "a part of so many");
	scope_of_count(r, x, s, &c);
	if (!leans(h->rule, x, s, out, &c))
		return refuse(h, n, x, REFUSED_AFTER, NULL);
	(void)group_range(h, SLOTS, &head, &head_end);
	if (!h->rule->polarity_set) {
		enum polarity said =
			polarity_at(r, s, n, c.kind, head, head_end, h->ov[1]);

		if (!h->rule->same ||
			(said != POLARITIES && said != POLARITY_ASSERTED))
			c.polarity = said;
	}
	if (c.polarity != POLARITIES)
		ask(h, r, m, s, &c);
	if (c.polarity == POLARITIES)
		return refuse(h, n, x, REFUSED_POLARITY, NULL);
	c.attributed_to = context_speaker(x, s, c.start);
	if ((takes_date(&c) && !keeps_empty(h->rule, SLOT_DATE)) ||
		!dating_fits(n, &c)) {
		int32_t date = dating_find(r, x, s, n, head, head_end, &c);

		if (date >= 0) {
			claim_drop(&c, SLOT_DATE);
			claim_put(&c, SLOT_DATE, date, NULL, NULL);
		}
	}
	if (!rule_values_apply(h->rule, x, s, n->at[head], &c))
		return refuse(h, n, x, REFUSED_GUARD, NULL);
	scope_of_extent(r, n, s, &c);
	if (is_empty(h, &c))
		return refuse(h, n, x, REFUSED_NOBODY, NULL);
	if (!keeps_empty(h->rule, SLOT_NETWORK) && !put_network(x, s, out, &c))
		return refuse(h, n, x, REFUSED_NETWORK, NULL);
	return add_claims(h, r, n, x, s, &c, out);
}
