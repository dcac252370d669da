#include "endings.h"

#define LINKED	   70 /* per cent: such a block is a link */
#define TEASER_MIN 30 /* bytes of another page's headline, on average */
#define LABEL_MAX  40 /* bytes of a line that may stand among links */

void
endings_apply(const struct parse_words *w, struct blocks *b)
{
	enum zone zone = ZONE_BODY;
	uint8_t level = 0;

	for (size_t i = 0; i < b->n; i++) {
		struct block *k = &b->list[i];

		if (k->zone != ZONE_BODY)
			continue;
		if (k->type == BLOCK_HEADING || k->type == BLOCK_ITEM) {
			enum zone opens;

			if (words_ending(w, blocks_text(b, k), &opens)) {
				zone = opens;
				level = k->level;
			} else if (k->type == BLOCK_HEADING && level > 0 &&
				   k->level <= level) {
				zone = ZONE_BODY;
			}
		}
		k->zone = zone;
	}
}

/* A line among links: a label, no sentence. */
static bool
is_label(struct span text)
{
	return text.len <= LABEL_MAX && text.len > 0 &&
	       strchr(".!?:;", text.ptr[text.len - 1]) == NULL;
}

/* "The new members are:" */
static bool
announces(const struct blocks *b, size_t i)
{
	return span_ends_with(blocks_text(b, &b->list[i]), ":");
}

void
endings_trim(struct blocks *b)
{
	size_t end = b->n, first, links = 0, bytes = 0;
	bool headed = false;

	while (end > 0 && b->list[end - 1].zone != ZONE_BODY)
		end--;
	for (first = end; first > 0; first--) {
		const struct block *k = &b->list[first - 1];
		bool link = k->links >= LINKED;

		if (k->zone != ZONE_BODY || k->type == BLOCK_CELL ||
			(!link && !is_label(blocks_text(b, k))))
			break;
		headed |= k->type == BLOCK_HEADING && !link;
		links += link;
		bytes += link ? k->end - k->start : 0;
	}
	if (links < 2 || (first > 0 && announces(b, first - 1)))
		return;
	/* Short ones below a heading may be what the release lists. */
	if (bytes < links * TEASER_MIN && headed)
		return;
	for (size_t i = first; i < end; i++)
		b->list[i].zone =
			bytes < links * TEASER_MIN ? ZONE_FOOTER : ZONE_TEASER;
}
