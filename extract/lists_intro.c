/* What the words before a list say of it: config/lang/LANG/lists.tsv. */
#include "lists.h"

#define COUNTS_BACK 500 /* mentions before a list that may count it */

/* What such a row says of all names; STATUS_NONE: nothing. */
static enum status
told_by(const struct word_row *row)
{
	static const enum status all[] = {
		STATUS_APPLIED,
		STATUS_CANDIDATE,
		STATUS_EXPIRED,
		STATUS_EXCLUDED,
		STATUS_LOST,
		STATUS_REINSTATED,
		STATUS_RENEWED,
		STATUS_SUSPENDED,
		STATUS_UNSUCCESSFUL,
		STATUS_WITHDRAWN,
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (strcmp(row->type, status_name(all[i])) == 0)
			return all[i];
	return STATUS_NONE;
}

void
list_read_word(const struct word_row *row, struct list_intro *in)
{
	const struct {
		const char *type;
		bool *said;
	} types[] = {
		{ "members", &in->members },
		{ "units", &in->units },
		{ "new", &in->fresh },
		{ "joined", &in->joined },
		{ "state", &in->state },
		{ "listed", &in->listed },
		{ "since", &in->since },
		{ "other", &in->other },
	};

	if (row != NULL && strcmp(row->type, "newcomers") == 0)
		in->members = in->fresh = true;
	if (row != NULL && strcmp(row->type, "founders") == 0)
		in->members = in->founders = true;
	for (size_t i = 0; row != NULL && i < sizeof types / sizeof *types; i++)
		if (strcmp(row->type, types[i].type) == 0)
			*types[i].said = true;
	/* What became of it says more than that it was asked for. */
	if (row != NULL && (in->told == STATUS_NONE ||
				   (in->told == STATUS_APPLIED &&
					   told_by(row) != STATUS_NONE))) {
		in->told = told_by(row);
		in->settled = strcmp(row->value, "asserted") == 0;
	}
}

/* Numbers and networks that stand there. */
static void
read_mentions(const struct lists *l, uint32_t start, uint32_t end,
	struct list_intro *in)
{
	const struct scan *s = l->s;

	for (size_t i = context_mention(s, start);
		i < s->n && s->list[i].start < end; i++) {
		const struct mention *m = &s->list[i];

		in->network = in->network || m->type == MENTION_NETWORK ||
			      m->type == MENTION_TITLE;
		if (m->type != MENTION_COUNT)
			continue;
		in->units = in->units || m->count.class == COUNT_MEMBER;
		in->fresh = in->fresh || m->count.fresh;
		if (in->ncounts < LIST_INTRO_COUNTS && m->count.n > 1)
			in->counts[in->ncounts++] = m->count.n;
	}
}

enum error_code
list_read_intro(
	struct lists *l, uint32_t start, uint32_t end, struct list_intro *in)
{
	struct annotated *n = &l->m->part;
	enum error_code code = annotate(l->r, l->x, l->s, start, end, n);

	for (size_t i = 0; code == OK && i < n->nwords; i++) {
		const struct word_row *row;
		size_t len;

		if (n->list[i].fold[0] == '\0')
			continue;
		in->nwords++;
		row = words_find(&l->r->lists, n->list, n->nwords, i,
			l->s->doc->language, &len);
		list_read_word(row, in);
		if (row != NULL && strcmp(row->type, "joined") == 0 &&
			strcmp(row->value, "asserted") != 0) {
			in->verb = n->list[i].start;
			in->verb_end = n->list[i + len - 1].end;
		}
		/* "have renewed their membership": none of their joining;
		 * "from left": none has left */
		for (; row != NULL && len > 1 &&
			(told_by(row) != STATUS_NONE ||
				strcmp(row->type, "shown") == 0);
			len--) {
			in->nwords++;
			i++;
		}
	}
	read_mentions(l, start, end, in);
	return code;
}

bool
list_is_counted(const struct list_intro *in, size_t names)
{
	for (size_t i = 0; i < in->ncounts; i++)
		if (in->counts[i] == (int64_t)names)
			return true;
	return false;
}

bool
list_is_of_members(const struct list_intro *in, size_t names, bool laid)
{
	const bool counted = list_is_counted(in, names);

	/* "welcomes five and bids one farewell" does not tell which is which.
	 */
	if (in->told != STATUS_NONE)
		return !in->other && !in->joined && !in->fresh &&
		       (in->units || in->members || in->network || in->listed ||
			       in->about || counted);
	if (in->other && !in->members &&
		!(counted && (in->joined || in->state || in->fresh)))
		return false;
	if (in->members || (in->since && in->units))
		return true;
	if (in->joined || in->state)
		return in->units || in->fresh || in->network || in->listed ||
		       in->about || counted;
	if (in->fresh)
		return in->units || in->network || in->listed || in->about ||
		       counted;
	/* Names one below the other, in a text about the network. */
	if (laid && in->about && names >= LIST_RUN_LEAST)
		return true;
	return counted ? in->units || names >= LIST_SURE
		       : in->units && in->network;
}

void
list_join_intros(struct list_intro *in, const struct list_intro *more)
{
	in->members = in->members || more->members;
	in->founders = in->founders || more->founders;
	in->units = in->units || more->units;
	in->fresh = in->fresh || more->fresh;
	in->joined = in->joined || more->joined;
	in->state = in->state || more->state;
	in->listed = in->listed || more->listed;
	in->since = in->since || more->since;
	in->other = in->other || more->other;
	if (in->told == STATUS_NONE)
		in->told = more->told;
	in->network = in->network || more->network;
	for (size_t i = 0; i < more->ncounts && in->ncounts < LIST_INTRO_COUNTS;
		i++)
		in->counts[in->ncounts++] = more->counts[i];
}

/* So many are told to have joined, or to be all: a list of as many names says
 * who. */
static void
count_claimed(const struct lists *l, uint32_t at, struct list_intro *in)
{
	const struct scan *s = l->s;

	for (size_t i = 0; i < l->out->nclaims; i++) {
		const struct claim *c = &l->out->claims[i];
		const struct claim_arg *a = claim_arg(c, SLOT_COUNT);

		if ((c->kind != CLAIM_COHORT &&
			    c->kind != CLAIM_NETWORK_TOTAL) ||
			c->polarity != POLARITY_ASSERTED || c->start >= at ||
			a == NULL || a->mention < 0 ||
			s->list[a->mention].count.n != (int64_t)l->nnames)
			continue;
		in->counts[in->ncounts++] = (int64_t)l->nnames;
		in->units = true;
		in->fresh = in->fresh || c->kind == CLAIM_COHORT;
		return;
	}
}

void
list_count_before(const struct lists *l, uint32_t at, struct list_intro *in)
{
	const struct scan *s = l->s;
	const size_t end = context_mention(s, at);

	if (list_is_counted(in, l->nnames) ||
		l->nnames < (in->units ? LIST_RUN_LEAST : LIST_SURE) ||
		in->ncounts == LIST_INTRO_COUNTS)
		return;
	for (size_t i = end > COUNTS_BACK ? end - COUNTS_BACK : 0; i < end;
		i++) {
		const struct count_value *c = &s->list[i].count;

		if (s->list[i].type != MENTION_COUNT ||
			c->n != (int64_t)l->nnames ||
			(c->class != COUNT_MEMBER && !c->fresh))
			continue;
		in->counts[in->ncounts++] = c->n;
		in->units = true;
		in->fresh = in->fresh || c->fresh;
		return;
	}
	count_claimed(l, at, in);
}
