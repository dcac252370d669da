#include "endings.h"

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
