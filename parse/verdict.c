#include "verdict.h"

#include <math.h>

#include "forest.h"
#include "traits.h"

#define UNIT 1000.0 /* the trees' leaves are thousandths of log-odds */

/* What the trees must give a block for it to stay. */
#define OWN	  619	/* .65 */
#define OWN_TOLD  0	/* .5: sentences in front of all others, or a figure */
#define OWN_NAMES -2197 /* .1: a list of names amidst the text */
#define OWN_HEAD  -2944 /* .05: the line above a list that stays */

#define LITTLE	    600 /* bytes of prose of a page that is not judged */
#define LINKED	    70	/* per cent: such an item is a link */
#define NAME_BYTES  30	/* of items that may be names of members, on average */
#define LIST_LINES  3
#define LEAD_BYTES  70	/* of a lead */
#define LABEL_BYTES 70	/* of a line that may be a figure */
#define LABEL_LINKS 30	/* per cent */
#define AMID_BYTES  200 /* of prose on either side of a list */
#define AMID_DEPTH  4	/* elements between it and the text's own */
#define LINK_SHARE  50	/* per cent: such a block leads to other pages */

static bool
is_label(const int16_t *traits)
{
	return traits[TRAIT_LENGTH] < LABEL_BYTES &&
	       traits[TRAIT_LINKS] < LABEL_LINKS;
}

/* "356 members", "Jane Roe, 2022": no words of a menu. */
static bool
is_figure(const int16_t *traits)
{
	return is_label(traits) && traits[TRAIT_DIGITS] > 0;
}

/* Lines of a few words, one below the other, are a list however marked up. */
static bool
is_list_line(const int16_t *traits)
{
	return (traits[TRAIT_TYPE] == BLOCK_ITEM ||
		       traits[TRAIT_TYPE] == BLOCK_PARAGRAPH) &&
	       traits[TRAIT_RUN] >= LIST_LINES &&
	       traits[TRAIT_KIN_LENGTH] < NAME_BYTES;
}

/* The line above a list or a table that leads nowhere else. */
static bool
is_list_head(const int16_t *traits)
{
	bool list = traits[TRAIT_NEXT_TYPE] == BLOCK_ITEM ||
		    traits[TRAIT_NEXT_TYPE] == BLOCK_CELL ||
		    (traits[TRAIT_NEXT_TYPE] == BLOCK_PARAGRAPH &&
			    traits[TRAIT_NEXT_LENGTH] < NAME_BYTES &&
			    traits[TRAIT_SECOND_TYPE] == BLOCK_PARAGRAPH &&
			    traits[TRAIT_SECOND_LENGTH] < NAME_BYTES);

	return list && traits[TRAIT_LINKS] < LABEL_LINKS &&
	       traits[TRAIT_NEXT_LINKS] < LINKED;
}

/* Sentences in front of all others, or somebody's. */
static bool
is_lead_or_quote(const int16_t *traits)
{
	bool lead = traits[TRAIT_TYPE] == BLOCK_PARAGRAPH &&
		    traits[TRAIT_BEFORE] == 0 &&
		    traits[TRAIT_LENGTH] >= LEAD_BYTES;

	return (lead || traits[TRAIT_TYPE] == BLOCK_QUOTE) &&
	       traits[TRAIT_SENTENCES] > 0 && traits[TRAIT_LINKS] == 0;
}

/* What a table that stays is called. */
static bool
is_table_name(const int16_t *traits)
{
	return traits[TRAIT_TYPE] == BLOCK_CAPTION &&
	       traits[TRAIT_NEXT_TYPE] == BLOCK_CELL;
}

/* It stands in the release's text, and is none of the boxes in it. */
static bool
is_amid(const int16_t *traits)
{
	return traits[TRAIT_BRANCH_SIDE] == BRANCH_ON &&
	       traits[TRAIT_DEPTH] <= AMID_DEPTH &&
	       traits[TRAIT_BEFORE] >= AMID_BYTES &&
	       traits[TRAIT_BEHIND] >= AMID_BYTES;
}

static bool
may_be_name(const int16_t *traits)
{
	return traits[TRAIT_TYPE] == BLOCK_CELL ||
	       (traits[TRAIT_TYPE] == BLOCK_ITEM &&
		       (traits[TRAIT_LINKS] < LINKED ||
			       traits[TRAIT_KIN_LENGTH] < NAME_BYTES)) ||
	       (is_list_line(traits) && traits[TRAIT_KIN_LINKS] < LABEL_LINKS);
}

/* A credit has neither: "Jane Roe | Agency". */
static bool
is_telling_caption(const int16_t *traits)
{
	return traits[TRAIT_TYPE] == BLOCK_CAPTION &&
	       (traits[TRAIT_DIGITS] > 0 || traits[TRAIT_SENTENCES] > 0);
}

/* What the trees must say for a block to stay; front are the traits of the
 * one in front of it, as "356" stands in front of "members". */
static int
least_of(const int16_t *traits, const int16_t *front, bool next_stays)
{
	if (traits[TRAIT_TYPE] == BLOCK_DATELINE ||
		is_telling_caption(traits) ||
		(next_stays && is_table_name(traits)))
		return INT16_MIN;
	if (next_stays && is_list_head(traits))
		return OWN_HEAD;
	if (is_list_line(traits) && is_amid(traits))
		return OWN_NAMES;
	if (is_lead_or_quote(traits) || may_be_name(traits) ||
		is_figure(traits) || (is_figure(front) && is_label(traits)))
		return OWN_TOLD;
	return OWN;
}

/* Links lead to other pages; the rest is around the release. */
static enum zone
zone_of(const int16_t *traits)
{
	if (traits[TRAIT_LINKS] >= LINK_SHARE)
		return ZONE_TEASER;
	return traits[TRAIT_BEFORE] == 0 ? ZONE_HEADER : ZONE_FOOTER;
}

static uint8_t
percent(int sum)
{
	return (uint8_t)lround(100 / (1 + exp(-sum / UNIT)));
}

enum error_code
verdict_apply(const struct body *body, const struct parse_words *w,
	struct span title, struct arena *a, struct blocks *b)
{
	static const int16_t none[TRAITS];
	struct traits *t = traits_new(body, b, w, title, a);
	int16_t rows[2][TRAITS] = { { 0 } };
	bool stays = false;

	if (t == NULL)
		return ERR_NOMEM;
	if (traits_blocks(t) > 0)
		traits_of(t, traits_blocks(t) - 1, rows[0]);
	/* From the last one on: a list's head stays where the list does. */
	for (size_t k = traits_blocks(t), turn = 0; k-- > 0; turn ^= 1) {
		const int16_t *row = rows[turn];
		size_t i = traits_block(t, k);
		int own;

		if (row[TRAIT_PAGE_PROSE] < LITTLE)
			break;
		if (k > 0)
			traits_of(t, k - 1, rows[turn ^ 1]);
		own = forest_sum(words_forest(w), row);
		stays = own >=
			least_of(row, k > 0 ? rows[turn ^ 1] : none, stays);
		if (!stays)
			blocks_move(b, i, zone_of(row),
				(struct reason){ .why = WHY_UNLIKE });
		b->reasons[i].judged = true;
		b->reasons[i].own = percent(own);
	}
	return OK;
}
