#include "trace.h"

#include <stdlib.h>

#define SURMISED_CLAIMS 3 /* about what may be no network, to think it one */
#define DATE_NEAR	16 /* bytes from the words of a claim to what dates them */

enum zone
claims_zone(const struct scan *s, uint32_t at)
{
	size_t b = scan_block_at(s->doc, at);

	return b < s->doc->nblocks ? s->doc->blocks[b].zone : ZONE_BODY;
}

static bool
is_network(const struct mention *m)
{
	return m->type == MENTION_NETWORK || m->type == MENTION_TITLE;
}

static int32_t
slot_of(const struct claim *c, enum slot slot)
{
	const struct claim_arg *a = claim_arg(c, slot);

	return a != NULL ? a->mention : -1;
}

bool
claims_same_slot(const struct scan *s, const struct claim *a,
	const struct claim *b, enum slot slot)
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
	if (!is_network(m) || !is_network(n))
		return false;
	if (m->name.id != NULL && n->name.id != NULL)
		return strcmp(m->name.id, n->name.id) == 0;
	if (m->name.id == NULL && n->name.id == NULL)
		return span_eq(m->text, n->text);
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

/* No words of the claim name its network: it was named before. */
static bool
is_supplied(const struct claim *c)
{
	const struct claim_arg *a = claim_arg(c, SLOT_NETWORK);

	return a != NULL && a->basis != NULL &&
	       strcmp(a->basis, BASIS_DOCUMENT_NETWORK) == 0;
}

/* Of two readings one names the network, the other had it supplied. */
static bool
one_is_supplied(const struct claim *a, const struct claim *b)
{
	return is_supplied(a) != is_supplied(b);
}

/* Two readings of the same words: the surer one stays, then the first. */
static bool
same_claim(const struct scan *s, const struct claim *a, const struct claim *b)
{
	if (a->kind != b->kind || a->start >= b->end || b->start >= a->end ||
		!claims_same_slot(s, a, b, SLOT_SUBJECT))
		return false;
	if (a->kind == CLAIM_MEMBERSHIP)
		return (claims_same_slot(s, a, b, SLOT_NETWORK) ||
			       one_is_supplied(a, b)) &&
		       same_status(a->status, b->status);
	return claims_same_slot(s, a, b, SLOT_COUNT) &&
	       claims_same_slot(s, a, b, SLOT_PERSON) &&
	       claims_same_slot(s, a, b, SLOT_EVENT) &&
	       claims_same_slot(s, a, b, SLOT_ORDINAL);
}

/* One number told as a total and as a cohort, one of them more surely. */
static bool
rivals(const struct claim *a, const struct claim *b)
{
	static const unsigned kinds =
		1u << CLAIM_COHORT | 1u << CLAIM_NETWORK_TOTAL;
	int32_t count = slot_of(a, SLOT_COUNT);

	return (1u << a->kind | 1u << b->kind) == kinds && count >= 0 &&
	       count == slot_of(b, SLOT_COUNT) &&
	       a->confidence != b->confidence;
}

/* Room for one more claim and for its place in the chain. */
static enum error_code
grow(struct context *x, struct scan *s, struct extraction *out)
{
	struct claim *list;
	int32_t *next;
	size_t cap = x->nnext;

	if (out->nclaims < cap)
		return OK;
	list = arena_grow(
		s->arena, out->claims, out->nclaims, &cap, sizeof *list);
	next = arena_array(s->arena, cap, sizeof *next);
	if (list == NULL || next == NULL)
		return ERR_NOMEM;
	if (x->nnext > 0)
		memcpy(next, x->next, x->nnext * sizeof *next);
	x->nnext = cap;
	x->next = next;
	out->claims = list;
	return OK;
}

/* What "Leeds City Council" joined, Leeds did. */
static enum error_code
speak_for_cities(struct context *x, struct scan *s, struct claim *c)
{
	struct claim_arg *args = NULL;

	for (size_t i = 0; s->nbodies > 0 && i < c->nargs; i++) {
		const struct claim_arg *a = &c->args[i];
		const struct mention *m =
			a->mention >= 0 ? &s->list[a->mention] : NULL;
		const struct body *b;
		int32_t city;

		if (m == NULL || m->type != MENTION_ORGANISATION ||
			(a->slot != SLOT_SUBJECT && a->slot != SLOT_MEMBER))
			continue;
		b = scan_body(s, m->start);
		if (b == NULL || b->city.place.name == NULL)
			continue;
		city = context_add(x, s, &b->city);
		if (city < 0)
			continue;
		if (args == NULL) {
			args = arena_array(s->arena, c->nargs, sizeof *args);
			if (args == NULL)
				return ERR_NOMEM;
			memcpy(args, c->args, c->nargs * sizeof *args);
			c->args = args;
		}
		args[i].mention = city;
	}
	return OK;
}

/* UNESCO is no member, nor is Africa: who is was not read. */
static bool
is_nobodys(const struct scan *s, const struct claim *c)
{
	int32_t m = c->kind == CLAIM_MEMBERSHIP ? slot_of(c, SLOT_SUBJECT) : -1;

	return m >= 0 &&
	       (scan_is_giver(&s->list[m]) ||
		       (s->list[m].type == MENTION_REGION &&
			       s->list[m].place.kind != NULL &&
			       strcmp(s->list[m].place.kind, "WORLD") == 0));
}

static bool
same_name(const struct scan *s, int32_t a, int32_t b)
{
	if (a == b)
		return true;
	return a >= 0 && b >= 0 && span_eq(s->list[a].text, s->list[b].text);
}

bool
claims_tell_of(const struct context *x, const struct scan *s,
	const struct extraction *out, size_t t, int32_t name,
	enum status status)
{
	for (int32_t i = x->newest[t]; i >= 0; i = x->next[i]) {
		const struct claim *c = &out->claims[i];
		bool tells = c->kind == CLAIM_MEMBER_LIST ||
			     (c->kind == CLAIM_MEMBERSHIP &&
				     status_group(c->status) ==
					     status_group(status));

		for (size_t k = 0; tells && k < c->nargs; k++)
			if ((c->args[k].slot == SLOT_SUBJECT ||
				    c->args[k].slot == SLOT_MEMBER) &&
				same_name(s, c->args[k].mention, name))
				return true;
	}
	return false;
}

enum status
claims_state_of(const struct scan *s, int32_t network)
{
	return s->list[network].type == MENTION_TITLE ? STATUS_DESIGNATED
						      : STATUS_MEMBER;
}

const struct claim *
claims_before(const struct context *x, const struct scan *s,
	const struct extraction *out, uint32_t at, unsigned kinds,
	unsigned within)
{
	size_t t = context_sentence(s, at);
	const struct claim *behind = NULL;

	for (size_t back = 0; back <= within && back <= t; back++) {
		const struct claim *last = NULL;

		for (int32_t i = x->newest[t - back]; i >= 0; i = x->next[i]) {
			const struct claim *c = &out->claims[i];

			if ((kinds >> c->kind & 1) == 0)
				continue;
			if (c->start >= at)
				behind = behind != NULL ? behind : c;
			else if (last == NULL || c->start > last->start ||
				 (c->start == last->start &&
					 c->end > last->end))
				last = c;
		}
		if (last != NULL)
			return last;
	}
	return behind;
}

/* A reading that names its network says more, or what its number is of; then
 * the surer one, then one that binds more. */
static bool
says_more(const struct claim *a, const struct claim *b)
{
	const bool scoped = claim_arg(a, SLOT_SCOPE) != NULL;

	if (a->kind == CLAIM_MEMBERSHIP && one_is_supplied(a, b))
		return is_supplied(b);
	if (a->kind == CLAIM_NETWORK_TOTAL &&
		scoped != (claim_arg(b, SLOT_SCOPE) != NULL))
		return scoped;
	return a->confidence > b->confidence ||
	       (a->confidence == b->confidence && a->nargs > b->nargs);
}

/* The date of a membership that is told as a fact begins behind the document's
 * day. */
static bool
is_ahead(const struct scan *s, const struct claim *c)
{
	const struct claim_arg *a = claim_arg(c, SLOT_DATE);
	int64_t day, behind, first, end;
	struct span date;

	if (c->kind != CLAIM_MEMBERSHIP || c->polarity != POLARITY_ASSERTED ||
		a == NULL || a->mention < 0 ||
		s->list[a->mention].type != MENTION_DATE ||
		s->doc->published.edtf == NULL)
		return false;
	date = span_str(s->list[a->mention].date.edtf);
	return date_bounds(span_sub(date, 0, span_find(date, 0, span_str("/"))),
		       &first, &end) &&
	       date_bounds(span_str(s->doc->published.edtf), &day, &behind) &&
	       first >= behind;
}

/* Such words have not happened: "Ghent leaves on 1 January".  Elsewhere the
 * date is of something else: "its application, to be considered in June". */
static void
look_ahead(const struct scan *s, struct claim *c)
{
	const struct mention *m = &s->list[claim_arg(c, SLOT_DATE)->mention];
	const bool in = status_group(c->status) == GROUP_IN &&
			c->status != STATUS_FOUNDING_MEMBER;

	if (m->start >= c->start && m->start <= c->end + DATE_NEAR &&
		(in || c->status == STATUS_WITHDRAWN))
		c->polarity = POLARITY_PLANNED;
	else
		claim_drop(c, SLOT_DATE);
}

/* The claim is there: made by this rule, or another that read the same. */
static void
tell(const struct context *x, enum trace_what what, const struct claim *c,
	size_t index)
{
	const struct trace_event e = { .what = what,
		.start = c->start,
		.end = c->end,
		.refusal = what == TRACE_CLAIMED ? REFUSALS : REFUSED_NO_MEMBER,
		.id = c->rule,
		.claim = index };

	trace_see(x->trace, &e);
}

/* Words that overlap stand in one sentence, so only its claims are compared. */
enum error_code
claims_add(struct context *x, struct scan *s, struct extraction *out,
	const struct claim *given)
{
	struct claim one = *given;
	const struct claim *c = &one;
	size_t t = context_sentence(s, c->start);
	enum error_code code = speak_for_cities(x, s, &one);

	if (code != OK || (x->discarded != NULL && x->discarded[t]))
		return code;
	if (is_ahead(s, &one))
		look_ahead(s, &one);
	if (is_nobodys(s, c)) {
		tell(x, TRACE_REFUSED, c, 0);
		return OK;
	}
	for (int32_t i = x->newest[t]; i >= 0; i = x->next[i]) {
		struct claim *old = &out->claims[i];

		if (!same_claim(s, old, c) && !rivals(old, c))
			continue;
		tell(x, TRACE_CLAIMED, c, (size_t)i);
		if (rivals(old, c) ? c->confidence > old->confidence
				   : says_more(c, old))
			*old = *c;
		return OK;
	}
	if (out->nclaims == RECORD_CLAIMS_MAX)
		return OK;
	code = grow(x, s, out);
	if (code != OK)
		return code;
	x->next[out->nclaims] = x->newest[t];
	x->newest[t] = (int32_t)out->nclaims;
	x->told = out;
	tell(x, TRACE_CLAIMED, c, out->nclaims);
	out->claims[out->nclaims++] = *c;
	return OK;
}

static int
by_bytes(const void *a, const void *b)
{
	const struct span *x = a, *y = b;
	const size_t n = x->len < y->len ? x->len : y->len;
	const int order = n > 0 ? memcmp(x->ptr, y->ptr, n) : 0;

	return order != 0 ? order : (x->len > y->len) - (x->len < y->len);
}

/* Claims about a network of that key, up to most of them. */
static size_t
count_key(const struct span *keys, size_t n, struct span key, size_t most)
{
	size_t lo = 0, hi = n, count = 0;

	while (lo < hi) {
		const size_t mid = lo + (hi - lo) / 2;

		if (by_bytes(&keys[mid], &key) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	while (count < most && lo + count < n &&
		by_bytes(&keys[lo + count], &key) == 0)
		count++;
	return count;
}

/* Only the words around it make it a network: "AutoCAD", of which one may be a
 * certified user. */
static bool
is_surmised(const struct mention *m)
{
	return strcmp(m->rule, "names.network.hinted") == 0 ||
	       strcmp(m->rule, "names.network.joined") == 0 ||
	       strcmp(m->rule, "subjects.network") == 0;
}

bool *
claims_networks(const struct scan *s, const struct extraction *out)
{
	bool *told = arena_array(s->arena, s->n + 1, sizeof *told);
	struct span *keys =
		arena_array(s->arena, out->nclaims + 1, sizeof *keys);
	size_t n = 0;

	if (told == NULL || keys == NULL)
		return NULL;
	for (size_t i = 0; i < out->nclaims; i++) {
		const struct claim_arg *a =
			claim_arg(&out->claims[i], SLOT_NETWORK);

		if (a != NULL && a->mention >= 0 && (size_t)a->mention < s->n)
			keys[n++] = context_name_key(s, &s->list[a->mention]);
	}
	qsort(keys, n, sizeof *keys, by_bytes);
	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->list[i];
		const size_t wanted = is_surmised(m) ? SURMISED_CLAIMS : 1;

		told[i] = (m->type == MENTION_NETWORK ||
				  m->type == MENTION_TITLE) &&
			  count_key(keys, n, context_name_key(s, m), wanted) ==
				  wanted;
	}
	told[s->n] = false;
	return told;
}
