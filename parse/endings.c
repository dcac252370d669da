#include "endings.h"

#define PROSE_MIN    70	 /* bytes of a paragraph of text */
#define LEAD_MIN     100 /* bytes of a lead outside the body */
#define PROSE_LINKS  50	 /* per cent of it that links may have */
#define ENDING_SHARE 30	 /* per cent of the prose that may follow an ending */
#define LINKED	     70	 /* per cent: such a block is a link */
#define TEASER_MIN   30	 /* bytes of another page's headline, on average */
#define LABEL_MAX    40	 /* bytes of a line that may stand among links */
#define CARDS	     3	 /* of names, side by side */

/* A paragraph of text of its own, no line and no link. */
static bool
is_prose(const struct blocks *b, size_t i)
{
	const struct block *k = &b->list[i];

	return k->end - k->start >= PROSE_MIN && k->links < PROSE_LINKS;
}

/* What heading i would take from the body, in bytes of prose; up to the next
 * heading of its level or a higher one. */
static size_t
prose_behind(const struct blocks *b, size_t i)
{
	uint8_t level = b->list[i].level;
	size_t prose = 0;

	for (size_t k = i + 1; k < b->n; k++) {
		if (b->list[k].zone != ZONE_BODY)
			continue;
		if (b->list[i].type == BLOCK_HEADING &&
			b->list[k].type == BLOCK_HEADING &&
			b->list[k].level <= level)
			break;
		if (is_prose(b, k))
			prose += b->list[k].end - b->list[k].start;
	}
	return prose;
}

/* A thread of comments may be longer than the release; lists of other pages
 * and what stands at the foot are not. */
static bool
ends_release(const struct blocks *b, size_t i, enum zone opens)
{
	size_t all = 0;

	if (opens == ZONE_COMMENT)
		return true;
	for (size_t k = 0; k < b->n; k++)
		if (b->list[k].zone == ZONE_BODY && is_prose(b, k))
			all += b->list[k].end - b->list[k].start;
	return prose_behind(b, i) * 100 <= all * ENDING_SHARE;
}

/* Whole sentences without a link, unlike what a site says of itself. */
static bool
is_lead(const struct blocks *b, size_t i)
{
	struct span text = blocks_text(b, &b->list[i]);

	return b->list[i].type == BLOCK_PARAGRAPH && is_prose(b, i) &&
	       text.len >= LEAD_MIN && b->list[i].links == 0 &&
	       strchr(".!?:", text.ptr[text.len - 1]) != NULL;
}

void
endings_lead(struct blocks *b)
{
	size_t title = 0, body;

	while (title < b->n && b->list[title].zone != ZONE_TITLE)
		title++;
	for (body = title; body < b->n && b->list[body].zone != ZONE_BODY;)
		body++;
	if (body == b->n)
		return;
	for (size_t i = title + 1; i < body; i++)
		if (b->list[i].zone == ZONE_HEADER && is_lead(b, i))
			blocks_move(b, i, ZONE_BODY,
				(struct reason){ .why = WHY_LEAD });
}

void
endings_apply(const struct parse_words *w, struct blocks *b)
{
	struct reason reason = { .why = WHY_ENDING };
	enum zone zone = ZONE_BODY;
	uint8_t level = 0;

	for (size_t i = 0; i < b->n; i++) {
		struct block *k = &b->list[i];

		if (k->zone != ZONE_BODY)
			continue;
		if (k->type == BLOCK_HEADING || k->type == BLOCK_ITEM) {
			enum zone opens;

			if (words_ending(w, blocks_text(b, k), &opens) &&
				ends_release(b, i, opens)) {
				zone = opens;
				level = k->level;
				reason.block = (uint32_t)i;
			} else if (k->type == BLOCK_HEADING && level > 0 &&
				   k->level <= level) {
				zone = ZONE_BODY;
			}
		}
		if (zone != ZONE_BODY)
			blocks_move(b, i, zone, reason);
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

/* "Read more: Ten cities join", a link in the midst of the release. */
static bool
is_cross_link(const struct parse_words *w, const struct blocks *b, size_t i,
	enum zone *zone)
{
	struct span text = blocks_text(b, &b->list[i]);
	const char *colon = memchr(text.ptr, ':', text.len);

	return colon != NULL && b->list[i].links >= PROSE_LINKS &&
	       words_ending(
		       w, span_sub(text, 0, (size_t)(colon - text.ptr)), zone);
}

void
endings_links(const struct parse_words *w, struct blocks *b)
{
	enum zone zone;

	for (size_t i = 0; i < b->n; i++)
		if (b->list[i].zone == ZONE_BODY &&
			is_cross_link(w, b, i, &zone))
			blocks_move(b, i, zone,
				(struct reason){ .why = WHY_CROSS_LINK });
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
		headed |= k->type != BLOCK_ITEM && !link;
		links += link;
		bytes += link ? k->end - k->start : 0;
	}
	if (links < 2 || (first > 0 && announces(b, first - 1)))
		return;
	/* Short ones below a line may be what the release lists. */
	if (bytes < links * TEASER_MIN && headed)
		return;
	for (size_t i = first; i < end; i++)
		blocks_move(b, i,
			bytes < links * TEASER_MIN ? ZONE_FOOTER : ZONE_TEASER,
			(struct reason){ .why = WHY_LINKS });
}

/* Of a card with a name: other pages have longer headlines, and words above
 * them that say so. */
static bool
is_on_card(const struct parse_words *w, const struct blocks *b, size_t i)
{
	const struct block *k = &b->list[i];
	enum zone zone;

	return k->zone == ZONE_TEASER && b->reasons[i].why == WHY_PART &&
	       (k->type == BLOCK_HEADING || k->type == BLOCK_PARAGRAPH) &&
	       k->end - k->start < TEASER_MIN &&
	       !words_ending(w, blocks_text(b, k), &zone);
}

/* Where cards at i that stand right behind the release's text begin: with a
 * heading that was taken from it.  b->n: they do not stand there. */
static size_t
cards_begin(const struct blocks *b, size_t i)
{
	bool headed = i > 0 && b->list[i - 1].type == BLOCK_HEADING &&
		      b->reasons[i - 1].why == WHY_UNLIKE;
	size_t first = headed ? i - 1 : i;

	return first > 0 && b->list[first - 1].zone == ZONE_BODY ? first : b->n;
}

void
endings_cards(const struct parse_words *w, struct blocks *b)
{
	size_t end;

	for (size_t i = 0; i < b->n; i = end + 1) {
		size_t names = 0;

		for (end = i; end < b->n && is_on_card(w, b, end); end++)
			names += b->list[end].links >= LINKED;
		if (names < CARDS)
			continue;
		for (size_t k = cards_begin(b, i); k < end; k++)
			blocks_move(b, k, ZONE_BODY,
				(struct reason){ .why = WHY_CARDS });
	}
}
