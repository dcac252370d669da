/* Who is, becomes or stays a member, asks for it or leaves. */
#include "cues.h"

#include "reading.h"

#define NEAR_WORDS	2
#define MIDDLE_WORDS	6
#define FAR_WORDS	12
#define NET_NEAR_WORDS	3
#define NET_FAR_WORDS	8
#define DOMINATES_WORDS 6
#define AMONG_UNITS	4 /* before a name */
#define CLASSES_MANY	2

static const enum status statuses[CUE_STATUSES] = {
	[CUE_JOIN] = STATUS_JOINED,
	[CUE_MEMBER] = STATUS_MEMBER,
	[CUE_FOUND] = STATUS_FOUNDING_MEMBER,
	[CUE_ASSOCIATE] = STATUS_ASSOCIATE_MEMBER,
	[CUE_DESIGNATE] = STATUS_DESIGNATED,
	[CUE_RENEW] = STATUS_RENEWED,
	[CUE_REINSTATE] = STATUS_REINSTATED,
	[CUE_APPLY] = STATUS_APPLIED,
	[CUE_CANDIDATE] = STATUS_CANDIDATE,
	[CUE_NOMINATE] = STATUS_NOMINATED,
	[CUE_FAIL] = STATUS_UNSUCCESSFUL,
	[CUE_SUSPEND] = STATUS_SUSPENDED,
	[CUE_EXCLUDE] = STATUS_EXCLUDED,
	[CUE_LEAVE] = STATUS_WITHDRAWN,
	[CUE_LOSE] = STATUS_LOST,
	[CUE_EXPIRE] = STATUS_EXPIRED,
	[CUE_RUN] = STATUS_MEMBER,
};
static const char *const rules[CUE_STATUSES] = {
	[CUE_JOIN] = "cue.join@1",
	[CUE_MEMBER] = "cue.member@1",
	[CUE_FOUND] = "cue.found@1",
	[CUE_ASSOCIATE] = "cue.associate@1",
	[CUE_DESIGNATE] = "cue.designate@1",
	[CUE_RENEW] = "cue.renew@1",
	[CUE_REINSTATE] = "cue.reinstate@1",
	[CUE_APPLY] = "cue.apply@1",
	[CUE_CANDIDATE] = "cue.candidate@1",
	[CUE_NOMINATE] = "cue.nominate@1",
	[CUE_FAIL] = "cue.fail@1",
	[CUE_SUSPEND] = "cue.suspend@1",
	[CUE_EXCLUDE] = "cue.exclude@1",
	[CUE_LEAVE] = "cue.leave@1",
	[CUE_LOSE] = "cue.lose@1",
	[CUE_EXPIRE] = "cue.expire@1",
	[CUE_RUN] = "cue.run@1",
};

/* A name, a cue and a network being judged. */
struct pair {
	struct cue_sentence *q;
	const struct cue_group *g;
	const struct cue_word *w;
	int32_t net_unit, net;
	bool net_other;
	double *f;
};

/* Units between two pieces of the sentence: [*from, *to). */
static void
between(uint32_t a, uint32_t a_end, uint32_t b, uint32_t b_end, uint32_t *from,
	uint32_t *to)
{
	*from = a < b ? a_end : b_end;
	*to = a < b ? b : a;
	if (*to < *from)
		*to = *from;
}

static void
judge_distance(const struct pair *p)
{
	const struct cue_sums *s = p->q->sums;
	uint32_t from, to, words;
	bool after = p->g->at > p->w->at;
	enum cue_class class = p->w->class;

	if (p->g->implied >= 0) {
		p->f[F_IMPLIED] = 1;
		return;
	}
	/* Names told together are their own cue. */
	if (class == CUE_RUN)
		return;
	between(p->g->at, p->g->end, p->w->at, p->w->end, &from, &to);
	words = s[to].words - s[from].words;
	p->f[F_NEAR] = words <= NEAR_WORDS;
	p->f[F_MIDDLE] = words > NEAR_WORDS && words <= MIDDLE_WORDS;
	p->f[F_FAR] = words > FAR_WORDS;
	p->f[F_AFTER] = after;
	p->f[F_AFTER_MEMBER] = after && class == CUE_MEMBER;
	p->f[F_AFTER_LEAVE] = after && class >= CUE_SUSPEND;
	p->f[F_BOUNDARY] = s[to].boundaries > s[from].boundaries;
	p->f[F_COMMA] = s[to].commas > s[from].commas;
	p->f[F_SEMICOLON] = s[to].semicolons > s[from].semicolons;
	p->f[F_COLON] = s[to].colons > s[from].colons;
	p->f[F_OTHER_BETWEEN] = s[to].subjects > s[from].subjects;
	p->f[F_PERSON] = s[to].persons > s[from].persons;
	p->f[F_COUNT_BETWEEN] = s[to].counts > s[from].counts;
	p->f[F_STATUSES_BETWEEN] = s[to].statuses > s[from].statuses;
}

/* Another name stands nearer to the cue. */
static bool
other_is_nearer(const struct pair *p)
{
	uint32_t from, to, own;

	between(p->g->at, p->g->end, p->w->at, p->w->end, &from, &to);
	own = to - from;
	for (size_t i = 0; i < p->q->ngroups; i++) {
		const struct cue_group *g = &p->q->groups[i];

		if (g == p->g)
			continue;
		between(g->at, g->end, p->w->at, p->w->end, &from, &to);
		if (to - from < own)
			return true;
	}
	return false;
}

static bool
is_main_network(const struct pair *p)
{
	const struct scan *s = p->q->scan;
	int32_t main = p->q->context->main_network;
	const struct mention *a, *b;

	if (main < 0)
		return false;
	a = &s->list[main];
	b = &s->list[p->net];
	return a->name.id != NULL && b->name.id != NULL
		       ? strcmp(a->name.id, b->name.id) == 0
		       : span_eq(a->text, b->text);
}

static void
judge_network(const struct pair *p)
{
	const struct cue_sums *s = p->q->sums;
	const struct mention *m = &p->q->scan->list[p->net];
	uint32_t from, to, words, at = (uint32_t)p->net_unit;

	p->f[F_NET_KNOWN] = m->name.id != NULL;
	p->f[F_NET_TITLE] = m->type == MENTION_TITLE;
	p->f[F_NET_OTHER] = p->net_other;
	p->f[F_NET_ONLY] = p->q->only_network;
	p->f[F_NET_MAIN] = is_main_network(p);
	p->f[F_NET_TOLD] = p->q->told[p->net];
	if (p->net_unit < 0)
		return;
	between(at, at + 1, p->w->at, p->w->end, &from, &to);
	words = s[to].words - s[from].words;
	p->f[F_NET_NEAR] = words <= NET_NEAR_WORDS;
	p->f[F_NET_FAR] = words > NET_FAR_WORDS;
	p->f[F_NET_NAMED] = p->q->note->mention[at] < NOTE_ANAPHOR;
	p->f[F_NET_ANAPHOR] = p->q->note->mention[at] >= NOTE_ANAPHOR;
	if (p->g->implied >= 0)
		return;
	between(p->g->at, p->g->end, p->w->at, p->w->end, &from, &to);
	p->f[F_NET_BETWEEN] = at >= from && at < to;
	p->f[F_NET_FIRST] = at < p->g->at && at < p->w->at;
}

/* "among them" stands up to a few words before it. */
static bool
is_among(const struct cue_sentence *q, uint32_t at)
{
	for (uint32_t i = at; i-- > 0 && at - i <= AMONG_UNITS;)
		if ((q->kinds[i] & UNIT_IS_AMONG) != 0)
			return true;
	return false;
}

static bool
other_cue_is_nearer(const struct pair *p)
{
	uint32_t from, to, own;

	between(p->g->at, p->g->end, p->w->at, p->w->end, &from, &to);
	own = to - from;
	for (size_t i = 0; i < p->q->ncues; i++) {
		const struct cue_word *w = &p->q->cues_list[i];

		if (w->class >= CUE_STATUSES || w->class == p->w->class)
			continue;
		between(p->g->at, p->g->end, w->at, w->end, &from, &to);
		if (to - from < own)
			return true;
	}
	return false;
}

static void
judge_name(const struct pair *p, int32_t m)
{
	const struct cue_sentence *q = p->q;
	const struct mention *it = &q->scan->list[m];
	uint32_t at = p->g->at;
	int32_t what = q->note->mention[at];
	const struct context *x = q->context;

	p->f[F_ORGANISATION] = it->type == MENTION_ORGANISATION;
	p->f[F_REGION] = it->type == MENTION_REGION;
	p->f[F_RESOLVED] = it->type == MENTION_CITY && it->place.id != NULL;
	p->f[F_MAIN] =
		m == x->main_city || m == x->main_organisation ||
		(x->main_city >= 0 &&
			span_eq(q->scan->list[x->main_city].text, it->text));
	if (p->g->implied >= 0)
		return;
	p->f[F_ANAPHOR] = what >= NOTE_ANAPHOR;
	p->f[F_PRONOUN] = what < NOTE_TEXT;
	p->f[F_PAIR] = p->g->n == 2 || p->g->n == 3;
	p->f[F_LIST] = p->g->n > 3;
	p->f[F_OTHER_NEARER] = other_is_nearer(p);
	p->f[F_CUE_NEARER] = other_cue_is_nearer(p);
	p->f[F_FIRST] = p->g == &q->groups[0];
	p->f[F_DATELINE] = dateline_has(q->scan, q->note->at[at]);
	p->f[F_AMONG] = is_among(q, at);
	if (at == 0)
		return;
	p->f[F_AT] = (q->kinds[at - 1] & UNIT_IS_AT) != 0;
	p->f[F_OF] = (q->kinds[at - 1] & UNIT_IS_OF) != 0;
	p->f[F_ROLE] =
		at > 1 && p->f[F_OF] > 0 && q->note->mention[at - 2] >= 0 &&
		q->note->mention[at - 2] < NOTE_ANAPHOR &&
		q->scan->list[q->note->mention[at - 2]].type == MENTION_ROLE;
}

/* A word of asking, refusing or leaving stands by one of joining or being in:
 * it says what happened. */
static bool
is_dominated(const struct pair *p)
{
	const struct cue_sums *s = p->q->sums;

	for (size_t i = 0; p->w->class <= CUE_DESIGNATE && i < p->q->ncues;
		i++) {
		const struct cue_word *w = &p->q->cues_list[i];
		uint32_t from, to;

		if (w->class <= CUE_DESIGNATE || w->class >= CUE_STATUSES)
			continue;
		between(w->at, w->end, p->w->at, p->w->end, &from, &to);
		if (s[to].words - s[from].words <= DOMINATES_WORDS &&
			s[to].boundaries == s[from].boundaries &&
			s[to].semicolons == s[from].semicolons)
			return true;
	}
	return false;
}

/* What several features say together. */
static void
judge_together(const struct pair *p)
{
	double *f = p->f;
	bool clean = p->g->implied < 0 && f[F_BOUNDARY] < 1 &&
		     f[F_SEMICOLON] < 1 && f[F_OTHER_BETWEEN] < 1 &&
		     f[F_PERSON] < 1 && f[F_STATUSES_BETWEEN] < 1 &&
		     f[F_AT] < 1 && f[F_FAR] < 1 && f[F_DATELINE] < 1;

	f[F_CLEAN] = clean;
	f[F_TIGHT] = clean && f[F_NET_NAMED] > 0 && f[F_NET_NEAR] > 0 &&
		     f[F_NET_OTHER] < 1;
	f[F_TIGHT_AFTER] = f[F_TIGHT] > 0 && f[F_AFTER] > 0;
	f[F_DEFAULT] = clean && p->net_unit < 0 && p->q->only_network;
}

/* A rule claims a membership of another name of the run. */
static bool
is_shared(const struct pair *p, const struct extraction *out)
{
	const struct context *x = p->q->context;
	const struct annotated *n = p->q->note;

	for (int32_t i = x->newest[p->q->sentence]; i >= 0; i = x->next[i]) {
		const struct claim *c = &out->claims[i];
		const struct claim_arg *who = claim_arg(c, SLOT_SUBJECT);

		for (uint32_t k = p->g->at; c->kind == CLAIM_MEMBERSHIP &&
					    who != NULL && k < p->g->end;
			k++)
			if (n->mention[k] >= 0 && n->mention[k] == who->mention)
				return true;
	}
	return false;
}

/* What stands around names that are told together. */
static void
judge_run(const struct pair *p, const struct extraction *out)
{
	const struct cue_sentence *q = p->q;
	const struct annotated *n = q->note;
	const uint32_t at = p->g->at;

	/* What rules found beside them says nothing of these. */
	p->f[F_CLAIMED] = 0;
	p->f[F_RUN_TWO] = p->g->n == 2;
	p->f[F_RUN_COLON] = at > 0 && n->units[at - 1] == ':';
	p->f[F_RUN_SHARED] = is_shared(p, out);
	cue_judge_sentence(q, p->f);
	p->f[F_RUN_ALONE] = q->ngroups == 1;
	p->f[F_RUN_BEGINS] = at == 0;
	p->f[F_RUN_ENDS] = p->g->end + 1 >= n->len;
}

static void
judge_place(const struct pair *p)
{
	const struct cue_sentence *q = p->q;
	const struct scan *s = q->scan;
	size_t b = s->sentences[q->sentence].block;
	const struct block *k = b < s->doc->nblocks ? &s->doc->blocks[b] : NULL;

	p->f[F_BIAS] = 1;
	p->f[F_CLASS + p->w->class] = 1;
	p->f[F_WEAK] = p->w->weak;
	p->f[F_DOMINATED] = is_dominated(p);
	p->f[F_STATUSES_MANY] =
		__builtin_popcount(q->classes & ((1u << CUE_STATUSES) - 1)) >
		CLASSES_MANY;
	p->f[F_QUESTION] = q->question;
	p->f[F_CLAIMED] = q->claimed;
	p->f[F_QUOTED] = q->context->quoted[q->sentence];
	if (k == NULL)
		return;
	p->f[F_TITLE] = k->zone == ZONE_TITLE;
	p->f[F_MARGIN] = k->zone == ZONE_TEASER || k->zone == ZONE_COMMENT ||
			 k->zone == ZONE_FOOTER;
	p->f[F_HEADING] = k->type == BLOCK_HEADING;
	p->f[F_ITEM] = k->type == BLOCK_ITEM || k->type == BLOCK_CELL;
}

/* A cue that is itself a "not" ("refused") does not turn what it tells. */
static enum polarity
polarity_of(const struct cue_sentence *q, const struct cue_word *w)
{
	struct annotated *n = q->note;
	uint32_t end = w->end;

	for (size_t i = 0; i < n->nwords; i++)
		if (n->notes[i].stem >= w->at && n->notes[i].stem < w->end &&
			n->notes[i].turn != NULL &&
			strcmp(n->notes[i].turn->type, "negated") == 0)
			end = w->at;
	return polarity_at(
		q->rules, q->scan, n, CLAIM_MEMBERSHIP, w->at, w->end, end);
}

/* From the first to the last of name, cue and network. */
static void
place_claim(const struct pair *p, struct claim *c)
{
	const struct annotated *n = p->q->note;
	uint32_t from = p->w->at, to = p->w->end;

	if (p->g->implied < 0) {
		from = p->g->at < from ? p->g->at : from;
		to = p->g->end > to ? p->g->end : to;
	}
	if (p->net_unit >= 0) {
		uint32_t at = (uint32_t)p->net_unit;

		from = at < from ? at : from;
		to = at + 1 > to ? at + 1 : to;
	}
	c->start = n->at[from];
	c->end = n->to[to - 1];
	c->zone = claims_zone(p->q->scan, c->start);
}

/* One candidate for one name of the group. */
static enum error_code
add_one(const struct pair *p, const struct claim *like, int32_t subject,
	bool anaphor, struct cue_list *list)
{
	struct scan *s = p->q->scan;
	struct cue_candidate *one = cue_add(list, s->arena);
	struct claim_arg *date = NULL;

	if (one == NULL)
		return list->n < CUE_CANDIDATES_MAX ? ERR_NOMEM : OK;
	one->model = p->w->class == CUE_RUN ? MODEL_RUN : MODEL_MEMBERSHIP;
	one->claim = *like;
	one->claim.nargs = 0;
	one->claim.args = arena_array(s->arena, CLAIM_SLOTS_MAX, sizeof *date);
	if (one->claim.args == NULL)
		return ERR_NOMEM;
	claim_put(&one->claim, SLOT_SUBJECT, subject, NULL,
		anaphor ? BASIS_ANAPHOR : NULL);
	for (size_t i = 0; i < like->nargs; i++)
		one->claim.args[one->claim.nargs++] = like->args[i];
	dating_put_own(p->q->rules, s, subject, &one->claim);
	memcpy(one->value, p->f, sizeof one->value);
	return OK;
}

/* "Seoul-based" */
static bool
is_compound(const struct pair *p, uint32_t i)
{
	struct span text = p->q->scan->doc->text;
	uint32_t at = p->q->note->to[i];

	return p->g->implied < 0 && at + 1 < text.len && text.ptr[at] == '-' &&
	       text.ptr[at + 1] != ' ';
}

/* The mention that unit i of the group stands for, if it may be a member. */
static int32_t
name_at(const struct pair *p, uint32_t i, bool *anaphor)
{
	const struct cue_sentence *q = p->q;
	int32_t m = p->g->implied;

	*anaphor = true;
	if (m < 0 && q->note->mention[i] != NOTE_TEXT &&
		(q->kinds[i] & UNIT_IS_ASIDE) == 0)
		m = bind_stands_for(
			q->note, q->context, q->scan, SLOT_SUBJECT, i, anaphor);
	return m >= 0 && q->scan->list[m].type != MENTION_COUNTRY &&
			       q->scan->list[m].type != MENTION_DATE &&
			       !is_compound(p, i)
		       ? m
		       : CONTEXT_NONE;
}

/* A candidate for each name of the group of which no rule says the like. */
static enum error_code
judge_each(const struct pair *p, const struct claim *c,
	const struct extraction *out, struct cue_list *list)
{
	const struct cue_sentence *q = p->q;
	const uint32_t end = p->g->implied >= 0 ? p->g->at + 1 : p->g->end;
	enum error_code code = OK;

	for (uint32_t i = p->g->at; code == OK && i < end; i++) {
		bool anaphor;
		int32_t m = name_at(p, i, &anaphor);

		if (m < 0 ||
			(!q->all && claims_tell_of(q->context, q->scan, out,
					    q->sentence, m, c->status)))
			continue;
		judge_name(p, m);
		judge_together(p);
		if (p->w->class == CUE_RUN)
			judge_run(p, out);
		code = add_one(p, c, m, anaphor, list);
	}
	return code;
}

/* The cue of a class nearest to a name. */
static const struct cue_word *
nearest(const struct cue_sentence *q, const struct cue_group *g,
	enum cue_class class)
{
	const struct cue_word *found = NULL;
	uint32_t best = UINT32_MAX;

	for (size_t i = 0; i < q->ncues; i++) {
		const struct cue_word *w = &q->cues_list[i];
		uint32_t from, to;

		if (w->class != class)
			continue;
		between(g->at, g->end, w->at, w->end, &from, &to);
		if (to - from < best) {
			best = to - from;
			found = w;
		}
	}
	return found;
}

/* The sentence before tells how many came to the network: "Two towns were
 * admitted.  They are Bled and Kamnik." */
static bool
came_before(const struct pair *p, const struct extraction *out)
{
	const uint32_t start = p->q->note->start;
	const struct claim *c = claims_before(
		p->q->context, p->q->scan, out, start, 1u << CLAIM_COHORT, 1);
	const struct claim_arg *a =
		c != NULL ? claim_arg(c, SLOT_NETWORK) : NULL;

	return a != NULL && a->mention == p->net && c->start < start &&
	       c->polarity == POLARITY_ASSERTED;
}

/* No word tells what names told together are: one of their sentence may tell
 * how they came to it; *by: that word, or NULL. */
static enum status
status_of_run(const struct pair *p, const struct extraction *out,
	const struct cue_word **by)
{
	static const enum cue_class classes[] = { CUE_FOUND, CUE_JOIN,
		CUE_DESIGNATE, CUE_FRESH };
	const struct cue_sentence *q = p->q;
	enum status found = STATUS_MEMBER;
	uint32_t best = UINT32_MAX;

	*by = NULL;
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
		const struct cue_word *w = nearest(q, p->g, classes[i]);
		uint32_t from, to;

		if (w == NULL)
			continue;
		between(p->g->at, p->g->end, w->at, w->end, &from, &to);
		if (to - from >= best)
			continue;
		best = to - from;
		*by = w;
		found = classes[i] == CUE_FRESH ? STATUS_JOINED
						: statuses[classes[i]];
	}
	if (best == UINT32_MAX && came_before(p, out))
		return STATUS_JOINED;
	return found == STATUS_MEMBER ? claims_state_of(q->scan, p->net)
				      : found;
}

/* The registry has the network, or the document is headed by it, and goes on
 * about it. */
static bool
is_sure_network(const struct pair *p)
{
	const struct scan *s = p->q->scan;
	const struct context *x = p->q->context;

	return strcmp(s->list[p->net].rule, "names.network") == 0 ||
	       (x->main_said && x->trusted[p->net] &&
		       claims_zone(s, s->list[x->main_network].start) ==
			       ZONE_TITLE);
}

/* Members are told of networks of which a rule claims something; names told
 * together also of a sure one that the document is about. */
static bool
may_tell_of(const struct pair *p)
{
	const struct cue_sentence *q = p->q;

	return q->all || q->told[p->net] ||
	       (p->w->class == CUE_RUN && is_main_network(p) &&
		       is_sure_network(p));
}

static enum error_code
judge(struct pair *p, const struct extraction *out, struct cue_list *list)
{
	struct cue_sentence *q = p->q;
	struct claim c = { .kind = CLAIM_MEMBERSHIP,
		.rule = rules[p->w->class],
		.status = statuses[p->w->class] };
	double *value = p->f;
	struct claim_arg args[CLAIM_SLOTS_MAX];
	const struct cue_word *by;
	int32_t date;

	c.args = args;
	c.polarity = polarity_of(q, p->w);
	if (c.polarity == POLARITIES)
		return OK;
	p->net_unit =
		cue_network(q, p->w->at, p->w->end, &p->net, &p->net_other);
	if (p->net < 0 || !may_tell_of(p))
		return OK;
	if (p->w->class == CUE_RUN) {
		c.status = status_of_run(p, out, &by);
		/* "Graz, Linz and Wels are to be admitted" */
		if (by != NULL && by->at >= p->g->end &&
			c.polarity == POLARITY_ASSERTED &&
			polarity_of(q, by) == POLARITY_PLANNED)
			c.polarity = POLARITY_PLANNED;
	}
	place_claim(p, &c);
	claim_put(&c, SLOT_NETWORK, p->net, NULL,
		p->net_unit < 0 ? BASIS_DOCUMENT_NETWORK
		: q->note->mention[p->net_unit] >= NOTE_ANAPHOR ? BASIS_ANAPHOR
								: NULL);
	date = dating_find(q->rules, q->context, q->scan, q->note, p->w->at,
		p->w->end, &c);
	if (date >= 0)
		claim_put(&c, SLOT_DATE, date, NULL, NULL);
	c.attributed_to = context_speaker(q->context, q->scan, c.start);
	judge_place(p);
	judge_distance(p);
	/* Another sentence's matter, or not the release's own voice. */
	if (value[F_SEMICOLON] > 0 || value[F_MARGIN] > 0 ||
		(p->g->implied < 0 &&
			dateline_has(q->scan, q->note->at[p->g->at])))
		return OK;
	judge_network(p);
	value[F_TURNED] = c.polarity != POLARITY_ASSERTED;
	value[F_DATE] = date >= 0;
	return judge_each(p, &c, out, list);
}

/* Names told together are judged as one whole: no word tells what of. */
static enum error_code
judge_names(struct cue_sentence *q, const struct cue_group *g,
	const struct extraction *out, struct cue_list *list)
{
	double value[CUE_FEATURES] = { 0 };
	const struct cue_word w = {
		.class = CUE_RUN, .at = g->at, .end = g->end
	};
	struct pair p = { .q = q, .g = g, .f = value, .w = &w };

	return g->n > 1 && !reading_is_in_lands(q->note, q->scan, g->at)
		       ? judge(&p, out, list)
		       : OK;
}

enum error_code
cues_membership(struct cue_sentence *q, const struct extraction *out,
	struct cue_list *list)
{
	enum error_code code = OK;

	for (size_t i = 0; code == OK && i < q->ngroups; i++) {
		for (int k = 0; code == OK && k < CUE_RUN; k++) {
			double value[CUE_FEATURES] = { 0 };
			struct pair p = {
				.q = q, .g = &q->groups[i], .f = value
			};

			if ((q->classes >> k & 1) == 0)
				continue;
			p.w = nearest(q, p.g, (enum cue_class)k);
			if (p.w != NULL)
				code = judge(&p, out, list);
		}
		if (code == OK)
			code = judge_names(q, &q->groups[i], out, list);
	}
	return code;
}
