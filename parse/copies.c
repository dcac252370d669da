#include "copies.h"

#define RUN_BYTES   100 /* of blocks that are a copy, */
#define LINES_BYTES 200 /* or of these where no block is so long */
#define LINES_MIN   3
#define TRIES_MAX   8 /* earlier places of one text looked at */

#define NONE UINT32_MAX

/* Where texts of the body stood first. */
struct copies {
	struct blocks *b;
	uint32_t *heads;  /* the last block of a hash, of mask + 1 */
	uint32_t *before; /* the one of its hash before a block */
	uint32_t mask;
};

static struct span
text_of(const struct copies *c, size_t i)
{
	return blocks_text(c->b, &c->b->list[i]);
}

static bool
may_repeat(const struct copies *c, size_t i)
{
	const struct block *k = &c->b->list[i];

	return k->zone == ZONE_BODY && k->type != BLOCK_CELL;
}

static uint32_t *
head_of(const struct copies *c, size_t i)
{
	struct span text = text_of(c, i);
	uint32_t h = 2166136261u;

	for (size_t at = 0; at < text.len; at++)
		h = (h ^ (unsigned char)text.ptr[at]) * 16777619u;
	return &c->heads[(h ^ h >> 15) & c->mask];
}

/* Blocks from i on that stand from first on as well. */
static size_t
run_of(const struct copies *c, size_t first, size_t i)
{
	size_t n = 0;

	while (i + n < c->b->n && first + n < i && may_repeat(c, first + n) &&
		may_repeat(c, i + n) &&
		span_eq(text_of(c, first + n), text_of(c, i + n)))
		n++;
	return n;
}

static bool
is_copy(const struct copies *c, size_t i, size_t n)
{
	size_t bytes = 0;
	bool whole = false; /* a block that is long enough by itself */

	for (size_t k = i; k < i + n; k++) {
		size_t len = text_of(c, k).len;

		bytes += len;
		whole |= len >= RUN_BYTES;
	}
	return whole || (n >= LINES_MIN && bytes >= LINES_BYTES);
}

/* The longest run at i of what stands further up. */
static size_t
longest_at(const struct copies *c, size_t i)
{
	size_t best = 0, tries = 0;

	for (uint32_t k = *head_of(c, i); k != NONE && tries < TRIES_MAX;
		k = c->before[k], tries++) {
		size_t n = run_of(c, k, i);

		if (n > best)
			best = n;
	}
	return best;
}

static void
remember(struct copies *c, size_t i)
{
	uint32_t *head = head_of(c, i);

	c->before[i] = *head;
	*head = (uint32_t)i;
}

enum error_code
copies_apply(struct blocks *b)
{
	struct copies c = { .b = b, .mask = 63 };

	while (c.mask < b->n)
		c.mask = 2 * c.mask + 1;
	c.heads = arena_array(b->arena, c.mask + 1, sizeof *c.heads);
	c.before = arena_array(b->arena, b->n + 1, sizeof *c.before);
	if (c.heads == NULL || c.before == NULL)
		return ERR_NOMEM;
	memset(c.heads, 0xff, (c.mask + 1) * sizeof *c.heads);
	for (size_t i = 0, n; i < b->n; i += n) {
		n = 1;
		if (!may_repeat(&c, i))
			continue;
		n = longest_at(&c, i);
		if (n > 0 && is_copy(&c, i, n)) {
			for (size_t k = i; k < i + n; k++)
				blocks_move(b, k, ZONE_TEASER,
					(struct reason){ .why = WHY_AGAIN });
		} else {
			n = 1;
			remember(&c, i);
		}
	}
	return OK;
}
