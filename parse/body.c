#include "body.h"

#include "heading.h"
#include "words.h"

#define RUN_MIN	     50	 /* bytes of a line of text that is prose */
#define PART_SHARE   40	 /* per cent of all prose that no side part holds */
#define THREAD_SHARE 75	 /* and no thread of comments */
#define STEP_SHARE   75	 /* per cent of its parent's that is followed down */
#define TEASER_PROSE 400 /* bytes of prose that teasers rarely have */
#define TEASER_LINKS 8	 /* per cent of it that links have at least */
#define NAMED_SHARE  60	 /* per cent of the found that a named element has */

/* A line of text: consecutive inline content of one block. */
struct run {
	uint32_t first; /* node it begins with */
	uint32_t len, links;
	bool dead; /* in a part that is not read */
};

static void
end_run(struct body *b, struct run *r)
{
	uint32_t own = r->len - r->links;

	if (!r->dead && own >= RUN_MIN && own * 2 > r->len)
		b->prose[r->first] = own;
	r->len = r->links = 0;
}

/* prose[i] is first what begins at i, then what stands in front of i. */
static void
weigh(struct body *b)
{
	const struct tree *t = b->tree;
	struct run run = { 0, 0, 0, false };
	uint32_t sum = 0, dead_end = 0;

	for (uint32_t i = 0; i <= t->n; i++)
		b->prose[i] = 0;
	for (uint32_t i = 0, block_end = 0; i < t->n; i++) {
		const struct node *n = &t->nodes[i];

		if (n->tag != TAG_TEXT) {
			if (tags_flow((enum tag)n->tag) == FLOW_HIDDEN &&
				n->end > dead_end)
				dead_end = n->end;
			if (tags_flow((enum tag)n->tag) != FLOW_INLINE) {
				end_run(b, &run);
				block_end = n->end;
			}
			continue;
		}
		if (i >= block_end) {
			end_run(b, &run);
			block_end = t->n;
		}
		if (run.len == 0) {
			run.first = i;
			run.dead = i < dead_end;
		}
		run.len += tree_text_len(t, i);
		run.links += tree_link_len(t, i);
	}
	end_run(b, &run);
	for (uint32_t i = 0; i <= t->n; i++) {
		uint32_t own = b->prose[i];

		b->prose[i] = sum;
		sum += own;
	}
}

uint32_t
body_prose(const struct body *b, uint32_t i)
{
	return b->prose[b->tree->nodes[i].end] - b->prose[i];
}

#define BIT(part) (1u << (part))
#define SIDES                                                                  \
	(BIT(PART_MENU) | BIT(PART_NOTICE) | BIT(PART_HEADER) |                \
		BIT(PART_FOOTER) | BIT(PART_TEASER) | BIT(PART_COMMENT))
/* Parts whose names are often the layout's. */
#define LOOSE (BIT(PART_MENU) | BIT(PART_HEADER) | BIT(PART_TEASER))

/* An element of one of these parts; one that shows nothing is none. */
static bool
is_part(const struct tree *t, uint32_t i, unsigned parts)
{
	const struct node *n = &t->nodes[i];

	return n->tag != TAG_TEXT && (BIT(n->part) & parts) != 0 &&
	       tags_flow((enum tag)n->tag) != FLOW_HIDDEN;
}

static bool
has_share(uint32_t some, uint32_t all, uint32_t percent)
{
	return (uint64_t)some * 100 >= (uint64_t)all * percent && all > 0;
}

/* Much prose with few links is no list of other pages. */
static bool
leads_nowhere(const struct body *b, uint32_t i)
{
	return body_prose(b, i) >= TEASER_PROSE &&
	       !has_share(tree_link_len(b->tree, i), tree_text_len(b->tree, i),
		       TEASER_LINKS);
}

/* "card", "sidebar", "popular" name what holds the release often enough; and
 * what scripts show once they run is delivered hidden. */
static void
clear_wrong_parts(struct tree *t, const struct body *b, unsigned parts)
{
	uint32_t all = b->prose[t->n];

	for (uint32_t i = 0; i < t->n; i++) {
		struct node *n = &t->nodes[i];

		if (is_part(t, i, parts) &&
			(has_share(body_prose(b, i), all,
				 n->part == PART_COMMENT ? THREAD_SHARE
							 : PART_SHARE) ||
				(is_part(t, i, LOOSE) && n->tag != TAG_NAV &&
					leads_nowhere(b, i))))
			n->part = PART_NONE;
	}
}

/* Prose of these parts no longer counts. */
static void
drop_parts(struct body *b, unsigned parts)
{
	const struct tree *t = b->tree;
	uint32_t lost = 0, dead_end = 0;

	for (uint32_t i = 0; i <= t->n; i++) {
		const struct node *n = &t->nodes[i];

		if (i < t->n && i >= dead_end && is_part(t, i, parts)) {
			uint32_t own = body_prose(b, i);
			uint32_t before = b->prose[i] - lost;

			/* Inside, prose stands still; behind, it is less. */
			for (uint32_t k = i; k < n->end; k++)
				b->prose[k] = before;
			lost += own;
			dead_end = n->end;
		} else if (i >= dead_end) {
			b->prose[i] -= lost;
		}
	}
}

/* From the page down, while one child holds nearly all of the prose. */
static uint32_t
dominant(const struct body *b)
{
	const struct tree *t = b->tree;
	uint32_t at = 0;

	for (;;) {
		uint32_t best = TREE_NONE, most = 0;

		for (uint32_t i = at + 1; i < t->nodes[at].end;
			i = t->nodes[i].end) {
			uint32_t prose = body_prose(b, i);

			if (t->nodes[i].tag != TAG_TEXT && prose > most) {
				best = i;
				most = prose;
			}
		}
		if (best == TREE_NONE ||
			tags_flow((enum tag)t->nodes[best].tag) != FLOW_BLOCK ||
			!has_share(most, body_prose(b, at), STEP_SHARE))
			return at;
		at = best;
	}
}

/* main, article or a class that says so. */
static bool
is_named(const struct tree *t, uint32_t i)
{
	const struct node *n = &t->nodes[i];

	return n->tag == TAG_MAIN || n->tag == TAG_ARTICLE || n->body ||
	       (n->nattrs > 0 &&
		       span_ieq_str(tree_attr(t, i, ATTR_ROLE), "main"));
}

static uint32_t
choose_root(struct body *b)
{
	const struct tree *t = b->tree;
	uint32_t root = dominant(b), named = TREE_NONE;

	b->named = false;
	if (b->prose[t->n] == 0)
		return TREE_NONE;
	/* The innermost named element that holds most of what was found. */
	for (uint32_t i = 0; i < t->n; i++)
		if (t->nodes[i].tag != TAG_TEXT && is_named(t, i) &&
			has_share(
				body_prose(b, i), b->prose[t->n], NAMED_SHARE))
			named = i;
	b->named = named != TREE_NONE;
	if (b->named)
		return named;
	return t->nodes[root].tag == TAG_HTML || t->nodes[root].tag == TAG_BODY
		       ? TREE_NONE
		       : root;
}

enum error_code
body_find(struct tree *t, struct arena *a, struct body *b)
{
	b->tree = t;
	b->prose = arena_array(a, t->n + 1, sizeof *b->prose);
	if (b->prose == NULL)
		return ERR_NOMEM;
	weigh(b);
	clear_wrong_parts(t, b, BIT(PART_HIDDEN));
	drop_parts(b, BIT(PART_HIDDEN));
	clear_wrong_parts(t, b, SIDES);
	drop_parts(b, SIDES);
	b->root = choose_root(b);
	b->heading = heading_find(t, b->root);
	return OK;
}
