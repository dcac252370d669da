#include "body.h"

#include "words.h"

#define ROOT_SHARE 5 /* a release is a fifth of its page's text at least */

/* How likely an element is the release's container; 0: it is not one. */
static int
rank_of(const struct tree *t, uint32_t i)
{
	const struct node *n = &t->nodes[i];

	if (n->tag == TAG_MAIN)
		return 3;
	if (n->nattrs > 0 && span_ieq_str(tree_attr(t, i, ATTR_ROLE), "main"))
		return 3;
	if (n->tag == TAG_ARTICLE)
		return 2;
	return n->body &&
	       (n->tag == TAG_DIV || n->tag == TAG_SECTION || n->tag == TAG_TD);
}

uint32_t
body_root(const struct tree *t)
{
	uint32_t best = TREE_NONE, best_len = 0;
	uint32_t least = (uint32_t)(t->text.len / ROOT_SHARE);
	int best_rank = 0;

	for (uint32_t i = 0; i < t->n; i++) {
		int rank = t->nodes[i].tag == TAG_TEXT ? 0 : rank_of(t, i);
		uint32_t len;

		if (rank == 0 || rank < best_rank)
			continue;
		/* A card's article is no release, however long. */
		if (rank < 3 && t->nodes[i].part != PART_NONE)
			continue;
		len = tree_text_len(t, i);
		if (len < least)
			continue;
		if (rank > best_rank || len > best_len) {
			best = i;
			best_rank = rank;
			best_len = len;
		}
	}
	return best;
}

static uint32_t
first_heading(const struct tree *t, uint32_t root, enum tag tag)
{
	uint32_t first = TREE_NONE;

	for (uint32_t i = 0; i < t->n; i++) {
		if (t->nodes[i].tag != tag)
			continue;
		if (root == TREE_NONE || tree_is_within(t, i, root))
			return i;
		if (first == TREE_NONE)
			first = i;
	}
	return first;
}

uint32_t
body_heading(const struct tree *t, uint32_t root)
{
	uint32_t h = first_heading(t, root, TAG_H1);

	return h != TREE_NONE ? h : first_heading(t, root, TAG_H2);
}
