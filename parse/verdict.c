#include "verdict.h"

#include "forest.h"
#include "traits.h"

/* In the unit of the trees' leaves: the share of a block that is the
 * release's own. */
#define WHOLE	   10000
#define OWN	   6000 /* from here on it stays */
#define OWN_LEAD   5000 /* or sentences in front of all others, or somebody's */
#define OWN_FIGURE 4000 /* or what may be a number */
#define OWN_KIN	   4000 /* or a sentence amidst the release's text */
#define OWN_CELL   3000 /* or a table */
#define OWN_LISTED 2000 /* or a list of names */
#define OWN_HEAD   500	/* or what such a list is of */

#define LITTLE	    600 /* bytes of prose of a page that is not judged */
#define LINKED	    70	/* per cent: such an item is a link */
#define NAME_BYTES  30	/* of items that may be names of members, on average */
#define LIST_LINES  3
#define LEAD_BYTES  70	/* of a lead */
#define LABEL_BYTES 70	/* of a line that may be a figure */
#define LABEL_LINKS 30	/* per cent */
#define KIN_SHARE   700 /* per mille of the prose that its siblings have */
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
	return traits[TRAIT_TYPE] == BLOCK_PARAGRAPH &&
	       traits[TRAIT_RUN] >= LIST_LINES &&
	       traits[TRAIT_KIN_LENGTH] < NAME_BYTES &&
	       traits[TRAIT_KIN_LINKS] < LABEL_LINKS;
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

/* A paragraph of the text that most of the others stand in. */
static bool
is_kin(const int16_t *traits)
{
	return traits[TRAIT_TYPE] == BLOCK_PARAGRAPH &&
	       traits[TRAIT_SIBLINGS_PROSE] >= KIN_SHARE &&
	       traits[TRAIT_SENTENCES] > 0 && traits[TRAIT_LINKS] < LABEL_LINKS;
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

static bool
may_be_name(const int16_t *traits)
{
	return traits[TRAIT_LINKS] < LINKED ||
	       traits[TRAIT_KIN_LENGTH] < NAME_BYTES;
}

/* A credit has neither: "Jane Roe | Agency". */
static bool
tells(const int16_t *traits)
{
	return traits[TRAIT_DIGITS] > 0 || traits[TRAIT_SENTENCES] > 0;
}

/* What the trees must say for a block to stay; front are the traits of the
 * one in front of it, as "356" stands in front of "members". */
static int
least_of(const int16_t *traits, const int16_t *front, bool next_stays)
{
	if (next_stays && is_table_name(traits))
		return INT16_MIN;
	if (next_stays && is_list_head(traits))
		return OWN_HEAD;
	switch ((enum block_type)traits[TRAIT_TYPE]) {
	case BLOCK_DATELINE:
		return INT16_MIN;
	case BLOCK_CELL:
		return OWN_CELL;
	case BLOCK_CAPTION:
		return tells(traits) ? INT16_MIN : OWN;
	case BLOCK_ITEM:
		return may_be_name(traits) ? OWN_LISTED : OWN;
	case BLOCK_TITLE:
	case BLOCK_HEADING:
	case BLOCK_PARAGRAPH:
	case BLOCK_QUOTE:
	case BLOCK_BYLINE:
	case BLOCK_FOOTER:
	case BLOCK_TYPES:
		break;
	}
	if (is_kin(traits))
		return OWN_KIN;
	if (is_list_line(traits))
		return OWN_LISTED;
	if (is_lead_or_quote(traits))
		return OWN_LEAD;
	return is_figure(traits) || (is_figure(front) && is_label(traits))
		       ? OWN_FIGURE
		       : OWN;
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
	return (uint8_t)(sum < 0 ? 0 : sum > WHOLE ? 100 : sum * 100 / WHOLE);
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
