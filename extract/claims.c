#include "rules.h"

enum zone
claims_zone(const struct scan *s, uint32_t at)
{
	size_t lo = 0, hi = s->doc->nblocks;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (s->doc->blocks[mid].end <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < s->doc->nblocks ? s->doc->blocks[lo].zone : ZONE_BODY;
}

static bool
is_network(const struct mention *m)
{
	return (m->type == MENTION_NETWORK || m->type == MENTION_TITLE) &&
	       m->name.id != NULL;
}

int32_t
claims_network_before(const struct scan *s, uint32_t at)
{
	int32_t first = -1;

	for (size_t i = s->n; i-- > 0;) {
		enum zone zone;

		if (!is_network(&s->list[i]))
			continue;
		zone = claims_zone(s, s->list[i].start);
		if (zone != claims_zone(s, at) && zone != ZONE_BODY &&
			zone != ZONE_TITLE)
			continue;
		if (s->list[i].end <= at)
			return (int32_t)i;
		first = (int32_t)i;
	}
	return first;
}

static int32_t
slot_of(const struct claim *c, enum slot slot)
{
	const struct claim_arg *a = claim_arg(c, slot);

	return a != NULL ? a->mention : -1;
}

/* The same slot means the same: one mention, or the same words or id. */
static bool
same_slot(const struct scan *s, const struct claim *a, const struct claim *b,
	enum slot slot)
{
	int32_t x = slot_of(a, slot), y = slot_of(b, slot);
	const struct mention *m, *n;

	if (x == y)
		return true;
	if (x < 0 || y < 0)
		return false;
	m = &s->list[x];
	n = &s->list[y];
	if (m->type == MENTION_COUNT && n->type == MENTION_COUNT)
		return m->count.n == n->count.n;
	if ((is_network(m) && is_network(n)))
		return strcmp(m->name.id, n->name.id) == 0;
	return false;
}

/* Joining and being in are told by the same words; what is told of a member
 * besides is another claim. */
static bool
same_status(enum status a, enum status b)
{
	static const enum status apart[] = { STATUS_RENEWED, STATUS_REINSTATED,
		STATUS_FOUNDING_MEMBER, STATUS_ASSOCIATE_MEMBER };

	if (a == b)
		return true;
	for (size_t i = 0; i < sizeof apart / sizeof *apart; i++)
		if (a == apart[i] || b == apart[i])
			return false;
	return status_group(a) == status_group(b);
}

/* Two readings of the same words: the surer one stays, then the first. */
static bool
same_claim(const struct scan *s, const struct claim *a, const struct claim *b)
{
	if (a->kind != b->kind || a->start >= b->end || b->start >= a->end ||
		!same_slot(s, a, b, SLOT_SUBJECT))
		return false;
	if (a->kind == CLAIM_MEMBERSHIP)
		return same_slot(s, a, b, SLOT_NETWORK) &&
		       same_status(a->status, b->status);
	return same_slot(s, a, b, SLOT_COUNT) &&
	       same_slot(s, a, b, SLOT_PERSON) &&
	       same_slot(s, a, b, SLOT_EVENT) &&
	       same_slot(s, a, b, SLOT_ORDINAL);
}

enum error_code
claims_add(struct scan *s, struct extraction *out, const struct claim *c)
{
	struct claim *list;
	size_t cap;

	for (size_t i = 0; i < out->nclaims; i++) {
		struct claim *old = &out->claims[i];

		if (!same_claim(s, old, c))
			continue;
		/* A reading that binds more says more. */
		if (c->confidence > old->confidence ||
			(c->confidence == old->confidence &&
				c->nargs > old->nargs))
			*old = *c;
		return OK;
	}
	if (out->nclaims == RECORD_CLAIMS_MAX)
		return OK;
	/* The capacity is the next power of two. */
	for (cap = 8; cap < out->nclaims; cap *= 2)
		;
	if (out->nclaims > 0 && out->nclaims < cap) {
		out->claims[out->nclaims++] = *c;
		return OK;
	}
	cap = out->nclaims;
	list = arena_grow(
		s->arena, out->claims, out->nclaims, &cap, sizeof *list);
	if (list == NULL)
		return ERR_NOMEM;
	out->claims = list;
	list[out->nclaims++] = *c;
	return OK;
}
