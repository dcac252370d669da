/* Which network words mean that name none. */
#include "rules.h"

#define BEHIND_MAX     48   /* bytes between a claim's words and its network */
#define FAR_BYTES      3000 /* between a network and words that mean it */
#define SECTION_BLOCKS 12   /* under a heading that names a network */
#define SAME_NEAR      32   /* networks looked through for the same */

/* How many of the list end at or before at. */
static size_t
list_before(const struct scan *s, const struct mention_list *l, uint32_t at)
{
	size_t lo = 0, hi = l->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->list[l->at[mid]].end <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* The last of them that is trusted, or that stands from byte `from` on; -1. */
static int32_t
last_before(const struct context *x, const struct scan *s,
	const struct mention_list *l, uint32_t at, uint32_t from)
{
	size_t n = list_before(s, l, at);

	while (n > 0 && s->list[l->at[n - 1]].start < from &&
		!x->trusted[l->at[n - 1]])
		n--;
	return n > 0 ? l->at[n - 1] : CONTEXT_NONE;
}

/* The last network of a zone in bytes [start, end), or -1. */
static int32_t
last_from(const struct context *x, const struct scan *s, enum zone z,
	uint32_t start, uint32_t end)
{
	int32_t m = last_before(x, s, &x->networks[z], end, start);

	return m >= 0 && s->list[m].start >= start ? m : CONTEXT_NONE;
}

static int32_t
first_trusted(const struct context *x, const struct mention_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (x->trusted[l->at[i]])
			return l->at[i];
	return CONTEXT_NONE;
}

static bool
is_near(const struct scan *s, int32_t m, uint32_t at)
{
	const uint32_t start = s->list[m].start;

	return (start < at ? at - start : start - at) <= FAR_BYTES;
}

/* One of the list's networks around at is m, and not far. */
static bool
is_listed_near(const struct scan *s, const struct mention_list *l, int32_t m,
	uint32_t at, bool anywhere)
{
	const struct span key = context_name_key(s, &s->list[m]);
	size_t i = list_before(s, l, at);
	const size_t end = i + SAME_NEAR < l->n ? i + SAME_NEAR : l->n;

	for (i = i > SAME_NEAR ? i - SAME_NEAR : 0; i < end; i++)
		if ((anywhere || is_near(s, l->at[i], at)) &&
			span_eq(context_name_key(s, &s->list[l->at[i]]), key))
			return true;
	return false;
}

/* What a long page names once far away it is not about, unless in its title.
 */
static bool
is_far(const struct context *x, const struct scan *s, int32_t m, uint32_t at)
{
	if (is_near(s, m, at) || claims_zone(s, s->list[m].start) == ZONE_TITLE)
		return false;
	for (size_t z = 0; z < ZONES; z++)
		if (is_listed_near(s, &x->networks[z], m, at, z == ZONE_TITLE))
			return false;
	return true;
}

/* What the heading above a block names, where nothing but its section stands
 * between: "Eurocities", "Our place in UNIMED". */
static int32_t
headed_by(const struct context *x, const struct scan *s, size_t block)
{
	const struct block *blocks = s->doc->blocks;

	if (block >= s->doc->nblocks || blocks[block].type == BLOCK_HEADING)
		return CONTEXT_NONE;
	for (size_t b = block; b-- > 0 && block - b <= SECTION_BLOCKS;)
		if (blocks[b].type == BLOCK_HEADING)
			return last_from(x, s, blocks[b].zone, blocks[b].start,
				blocks[b].end);
	return CONTEXT_NONE;
}

/* The network named last before at: any from byte `from` on, before that one
 * that is trusted. */
static int32_t
named_last(const struct context *x, const struct scan *s, uint32_t at,
	uint32_t from)
{
	const enum zone zones[] = { claims_zone(s, at), ZONE_BODY, ZONE_TITLE };
	int32_t best = CONTEXT_NONE;

	for (size_t i = 0; i < 3; i++) {
		int32_t m = last_before(x, s, &x->networks[zones[i]], at, from);

		if (m > best)
			best = m;
	}
	return best;
}

/* The first of all that is trusted, or -1. */
static int32_t
named_first(const struct context *x, const struct scan *s, uint32_t at)
{
	const enum zone zones[] = { claims_zone(s, at), ZONE_BODY, ZONE_TITLE };
	int32_t first = CONTEXT_NONE;

	for (size_t i = 0; i < 3; i++) {
		int32_t m = first_trusted(x, &x->networks[zones[i]]);

		if (m >= 0 && (first < 0 || m < first))
			first = m;
	}
	return first;
}

/* The network that the document is about, where the same block names it before
 * m, which then stands only beside it: "Eurocities met at the office of the
 * Union of Towns.  Graz joined."  Or -1. */
static int32_t
main_beside(
	const struct context *x, const struct scan *s, int32_t m, enum zone z)
{
	const struct mention_list *l = &x->networks[z];
	const uint32_t start =
		s->doc->blocks[scan_block_at(s->doc, s->list[m].start)].start;
	const size_t end = list_before(s, l, s->list[m].end);
	struct span key;

	if (!x->main_said)
		return CONTEXT_NONE;
	key = context_name_key(s, &s->list[x->main_network]);
	for (size_t i = end; i > 0 && end - i < SAME_NEAR &&
			     s->list[l->at[i - 1]].start >= start;
		i--)
		if (span_eq(context_name_key(s, &s->list[l->at[i - 1]]), key))
			return l->at[i - 1];
	return CONTEXT_NONE;
}

/* m stands in the sentence that goes on at byte `at`. */
static bool
is_of_sentence(const struct scan *s, int32_t m, uint32_t at)
{
	const size_t t = s->nsentences > 0
				 ? context_sentence(s, at > 0 ? at - 1 : 0)
				 : 0;

	return s->nsentences > 0 && s->list[m].start >= s->sentences[t].start;
}

/* Of the networks that the words at `at` may mean the likeliest; or -1: the
 * last of their block, that of its heading, the one the document is about. */
static int32_t
likely_network(const struct context *x, const struct scan *s, uint32_t at)
{
	size_t block = scan_block_at(s->doc, at);
	int32_t last, m;
	uint32_t start;

	/* A block's last words end where it does. */
	if (block > 0 && s->doc->blocks[block - 1].end == at)
		block--;
	start = block < s->doc->nblocks ? s->doc->blocks[block].start : at;
	last = named_last(x, s, at, start);
	if (last >= 0 && s->list[last].start >= start) {
		m = is_of_sentence(s, last, at)
			    ? CONTEXT_NONE
			    : main_beside(x, s, last, claims_zone(s, at));
		return m >= 0 ? m : last;
	}
	m = headed_by(x, s, block);
	if (m >= 0)
		return m;
	/* What is named but later is not meant yet. */
	if (x->main_network >= 0 && s->list[x->main_network].start >= at) {
		m = named_last(x, s, at, 0);
		if (m >= 0)
			return m;
	}
	if (x->main_network >= 0)
		return x->main_network;
	return last >= 0 ? last : named_first(x, s, at);
}

int32_t
context_network(const struct context *x, const struct scan *s, uint32_t at)
{
	int32_t m = likely_network(x, s, at);

	return m >= 0 && is_far(x, s, m, at) ? CONTEXT_NONE : m;
}

int32_t
context_network_meant(
	const struct context *x, const struct scan *s, uint32_t at)
{
	int32_t m = context_network(x, s, at);

	/* A headline is ahead of the text. */
	return m >= 0 && s->list[m].start >= at &&
			       claims_zone(s, at > 0 ? at - 1 : 0) !=
				       ZONE_TITLE &&
			       claims_zone(s, s->list[m].start) != ZONE_TITLE &&
			       scan_block_at(s->doc, s->list[m].start) >
				       scan_block_at(
					       s->doc, at > 0 ? at - 1 : 0)
		       ? CONTEXT_NONE
		       : m;
}

static bool
is_network(const struct mention *m)
{
	return m->type == MENTION_NETWORK || m->type == MENTION_TITLE;
}

int32_t
context_network_listed(const struct context *x, const struct scan *s,
	uint32_t start, uint32_t end)
{
	int32_t m = CONTEXT_NONE, before;

	for (size_t i = context_mention(s, start);
		i < s->n && s->list[i].end <= end; i++)
		if (is_network(&s->list[i]))
			m = (int32_t)i;
	if (m >= 0)
		return m;
	before = last_before(x, s, &x->networks[ZONE_BODY], start, start);
	if (before >= 0 && is_near(s, before, start)) {
		m = main_beside(x, s, before, ZONE_BODY);
		return m >= 0 ? m : before;
	}
	m = context_network(x, s, end);
	return m >= 0 && m == x->main_network && x->main_said
		       ? m
		       : context_network_meant(x, s, end);
}

/* Nothing but small words: "han ingresado este mes en la Red ...". */
static bool
is_one_breath(struct span gap)
{
	for (size_t i = 0; i < gap.len; i++)
		if (strchr(",;:.()!?\"", gap.ptr[i]) != NULL ||
			(unsigned char)gap.ptr[i] == 0xe2)
			return false;
	return true;
}

/* The network that the words go on to name: "withdrew its bid | for the Silver
 * Oak award". */
static int32_t
named_behind(const struct scan *s, uint32_t start, uint32_t at)
{
	size_t i = context_mention(s, at);
	const uint32_t end =
		s->nsentences > 0 ? s->sentences[context_sentence(s, start)].end
				  : 0;

	while (i < s->n && s->list[i].type == MENTION_DATE)
		i++;
	return i < s->n && s->list[i].end <= end && is_network(&s->list[i]) &&
			       s->list[i].start - at <= BEHIND_MAX &&
			       is_one_breath(span_sub(
				       s->doc->text, at, s->list[i].start))
		       ? (int32_t)i
		       : CONTEXT_NONE;
}

/* The network that a membership has named last before at, in the same block. */
static int32_t
claimed_before(const struct context *x, const struct scan *s,
	const struct extraction *out, uint32_t at)
{
	size_t t = s->nsentences > 0 ? context_sentence(s, at) : 0;
	const uint32_t block = s->nsentences > 0 ? s->sentences[t].block : 0;
	int32_t found = CONTEXT_NONE;

	for (size_t k = t + 1; k-- > 0 && found < 0 && s->nsentences > 0 &&
			       s->sentences[k].block == block;)
		for (int32_t i = x->newest[k]; i >= 0; i = x->next[i]) {
			const struct claim *c = &out->claims[i];
			const struct claim_arg *a = claim_arg(c, SLOT_NETWORK);

			if (c->kind == CLAIM_MEMBERSHIP && a != NULL &&
				a->basis == NULL && a->mention >= 0 &&
				(size_t)a->mention < s->n &&
				s->list[a->mention].end <= at &&
				a->mention > found)
				found = a->mention;
		}
	return found;
}

int32_t
default_network(const struct context *x, const struct scan *s,
	const struct extraction *out, uint32_t start, uint32_t end)
{
	int32_t named = named_behind(s, start, end), meant, claimed;

	if (named >= 0)
		return named;
	meant = context_network_meant(x, s, end);
	claimed = claimed_before(x, s, out, start);
	if (claimed < 0 || claimed == meant)
		return meant;
	return meant < 0 ||
			       scan_block_at(s->doc, s->list[meant].start) !=
				       scan_block_at(s->doc, start) ||
			       meant < claimed
		       ? claimed
		       : meant;
}
