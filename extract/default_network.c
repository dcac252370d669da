/* The network of a claim whose own words name none. */
#include "rules.h"

#define BEHIND_MAX 48 /* bytes between a claim's words and its network */

static bool
is_network(const struct mention *m)
{
	return m->type == MENTION_NETWORK || m->type == MENTION_TITLE;
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
			       context_block(s, s->list[meant].start) !=
				       context_block(s, start) ||
			       meant < claimed
		       ? claimed
		       : meant;
}
