#include "verdict.h"

#include <limits.h>
#include <math.h>

#include "forest.h"
#include "traits.h"

#define UNIT 1000.0 /* the trees' leaves are thousandths of log-odds */

/* What the trees must give a block for it to stay. */
#define OWN	  1350	/* .79 */
#define OWN_TOLD  0	/* .5: a lead, a heading, a short line, or a figure */
#define OWN_READ  -1500 /* .18: what is_read_for(), and panels */
#define OWN_NAMES -2197 /* .1: a list of names of the text */
#define OWN_HEAD  -2944 /* .05: a card, the line above a list that stays */
/* Blocks stay and leave in runs: what an end of one takes. */
#define OWN_TURN 300

/* Of a release, but side by side; a page with more is about its pictures. */
#define CAPTIONS 2

#define LITTLE	    700 /* bytes of prose of a page that is not judged */
#define LINKED	    70	/* per cent: such an item is a link */
#define NAME_BYTES  30	/* of items that may be names of members, on average */
#define LIST_LINES  3
#define LIST_MANY   6	/* of one kind, in as many lists as it may be */
#define LEAD_BYTES  70	/* of a lead */
#define SHORT_BYTES 120 /* of a sentence that costs little if it is not own */
#define LABEL_BYTES 70	/* of a line that may be a figure */
#define LABEL_LINKS 30	/* per cent */
#define AMID_BYTES  200 /* of prose on either side of a list */
#define AMID_DEPTH  4	/* elements between it and the text's own */
#define PANEL_DEPTH 6	/* the same, of what a panel holds */
#define LINK_SHARE  50	/* per cent: such a block leads to other pages */

static bool
is_label(const int16_t *traits)
{
	return traits[TRAIT_LENGTH] < LABEL_BYTES &&
	       traits[TRAIT_LINKS] < LABEL_LINKS;
}

/* "356 members", "Jane Roe, 2022", no words of a menu; front are the traits of
 * the block in front, as "356" stands in front of "members". */
static bool
is_figure(const int16_t *traits, const int16_t *front)
{
	return is_label(traits) &&
	       (traits[TRAIT_DIGITS] > 0 ||
		       (is_label(front) && front[TRAIT_DIGITS] > 0));
}

/* Lines of a few words, one below the other, are a list however marked up. */
static bool
is_list_line(const int16_t *traits)
{
	return (traits[TRAIT_TYPE] == BLOCK_ITEM ||
		       traits[TRAIT_TYPE] == BLOCK_PARAGRAPH ||
		       traits[TRAIT_TYPE] == BLOCK_CAPTION) &&
	       traits[TRAIT_RUN] >= LIST_LINES &&
	       traits[TRAIT_KIN_LENGTH] < NAME_BYTES;
}

/* One of those that lead nowhere else. */
static bool
is_plain_line(const int16_t *traits)
{
	return is_list_line(traits) && traits[TRAIT_KIN_LINKS] < LABEL_LINKS;
}

/* The line above a list or a table, or the heading above such a line. */
static bool
is_list_head(const int16_t *traits)
{
	int next = traits[TRAIT_NEXT_TYPE];
	bool lines = next == BLOCK_PARAGRAPH &&
		     traits[TRAIT_NEXT_LENGTH] < NAME_BYTES &&
		     traits[TRAIT_SECOND_TYPE] == BLOCK_PARAGRAPH &&
		     traits[TRAIT_SECOND_LENGTH] < NAME_BYTES;
	bool heading =
		next == BLOCK_HEADING && traits[TRAIT_TYPE] == BLOCK_HEADING;

	return traits[TRAIT_LINKS] < LABEL_LINKS &&
	       (lines || heading || next == BLOCK_ITEM || next == BLOCK_CELL);
}

static bool
is_quote(const int16_t *traits)
{
	return traits[TRAIT_TYPE] == BLOCK_QUOTE && traits[TRAIT_LINKS] == 0;
}

/* Sentences in front of all others. */
static bool
is_lead(const int16_t *traits)
{
	return traits[TRAIT_TYPE] == BLOCK_PARAGRAPH &&
	       traits[TRAIT_BEFORE] == 0 &&
	       traits[TRAIT_LENGTH] >= LEAD_BYTES &&
	       traits[TRAIT_SENTENCES] > 0 && traits[TRAIT_LINKS] == 0;
}

/* What a table that stays is called. */
static bool
is_table_name(const int16_t *traits)
{
	return traits[TRAIT_TYPE] == BLOCK_CAPTION &&
	       traits[TRAIT_NEXT_TYPE] == BLOCK_CELL;
}

/* It stands below the release's text, or amid it, and not beside it. */
static bool
is_below_text(const int16_t *traits)
{
	return traits[TRAIT_BRANCH_SIDE] == BRANCH_ON &&
	       traits[TRAIT_BEFORE] >= AMID_BYTES;
}

/* It is in none of the boxes there either. */
static bool
is_of_text(const int16_t *traits)
{
	return is_below_text(traits) && traits[TRAIT_DEPTH] <= AMID_DEPTH;
}

/* Of an accordion, <details>: what it holds lies deeper than other text. */
static bool
is_opened(const int16_t *traits)
{
	return traits[TRAIT_PANEL] > 0 && traits[TRAIT_LINKS] < LABEL_LINKS &&
	       traits[TRAIT_DEPTH] <= PANEL_DEPTH;
}

/* Of one card among others: "Aarhus" as its heading, a link; "Denmark". */
static bool
is_card_of_name(const int16_t *traits)
{
	bool name = traits[TRAIT_TYPE] == BLOCK_HEADING &&
		    traits[TRAIT_LINKS] >= LINKED;
	bool below = traits[TRAIT_TYPE] == BLOCK_PARAGRAPH &&
		     traits[TRAIT_PREV_TYPE] == BLOCK_HEADING &&
		     traits[TRAIT_PREV_LENGTH] < NAME_BYTES &&
		     traits[TRAIT_PREV_LINKS] >= LINKED;

	return (name || below) && traits[TRAIT_KIN] >= LIST_LINES &&
	       traits[TRAIT_KIN_LENGTH] < NAME_BYTES;
}

/* Lists of names: amid the text, or of so many that it needs none behind. */
static bool
is_list_of_text(const int16_t *traits)
{
	bool many = traits[TRAIT_TYPE] == BLOCK_ITEM &&
		    traits[TRAIT_KIN] >= LIST_MANY &&
		    traits[TRAIT_KIN_LENGTH] < NAME_BYTES;

	return many ||
	       (is_list_line(traits) && traits[TRAIT_BEHIND] >= AMID_BYTES);
}

/* "The new members are Aarhus, Kemi, Oulu and Vejle.", each a link. */
static bool
is_linked_names(const int16_t *traits)
{
	return traits[TRAIT_TYPE] == BLOCK_PARAGRAPH &&
	       traits[TRAIT_COMMAS] >= LIST_LINES - 1 &&
	       traits[TRAIT_LINKS] >= LINK_SHARE && traits[TRAIT_DEPTH] <= 1;
}

static bool
may_be_name(const int16_t *traits)
{
	return traits[TRAIT_TYPE] == BLOCK_CELL ||
	       (traits[TRAIT_TYPE] == BLOCK_ITEM &&
		       (traits[TRAIT_LINKS] < LINKED ||
			       traits[TRAIT_KIN_LENGTH] < NAME_BYTES)) ||
	       is_plain_line(traits);
}

/* A credit has neither: "Jane Roe | Agency". */
static bool
is_telling_caption(const int16_t *traits)
{
	return traits[TRAIT_TYPE] == BLOCK_CAPTION &&
	       (traits[TRAIT_DIGITS] > 0 || traits[TRAIT_SENTENCES] > 0);
}

/* What speaks for a block, log-odds as the trees have them. */
struct plea {
	int own;	 /* what the trees give it */
	int run;	 /* that, less what it must have */
	int alone;	 /* stays for so much, whatever is beside it */
	int head;	 /* stays for so much if the next does */
	enum zone zone;	 /* what it looks like, if it leaves */
	bool caption;	 /* one that tells something */
	bool goes_on[2]; /* the next is chosen, if this is not; if it is */
	bool chosen;	 /* to stay, with its neighbours */
};

/* "It is one of two towns to join this year.", between or below the text's
 * longer paragraphs.  To lose it is to lose what it tells. */
static bool
is_short_sentence(const int16_t *traits)
{
	return traits[TRAIT_TYPE] == BLOCK_PARAGRAPH &&
	       traits[TRAIT_SENTENCES] > 0 && traits[TRAIT_LINKS] == 0 &&
	       traits[TRAIT_LENGTH] < SHORT_BYTES && is_of_text(traits);
}

/* What the trees must give a block that stays with others. */
static int
least_of(const int16_t *traits, const int16_t *front)
{
	bool told = is_lead(traits) || is_short_sentence(traits) ||
		    is_quote(traits) || may_be_name(traits) ||
		    is_figure(traits, front);

	return told ? OWN_TOLD : OWN;
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

/* Of what stands in the text: a tile, a quote, names in a row or a list. */
static bool
is_read_for(const int16_t *traits, const int16_t *front)
{
	return is_quote(traits) || is_linked_names(traits) ||
	       (is_figure(traits, front) &&
		       traits[TRAIT_LENGTH] < NAME_BYTES) ||
	       is_plain_line(traits);
}

/* What the trees must give a block for it to stay by itself. */
static int
alone_of(const int16_t *traits, const int16_t *front)
{
	if (traits[TRAIT_TYPE] == BLOCK_DATELINE)
		return INT_MIN;
	if (is_of_text(traits)) {
		if (is_telling_caption(traits) &&
			traits[TRAIT_RUN] >= LIST_LINES)
			return INT_MIN;
		if (is_card_of_name(traits))
			return OWN_HEAD;
		if (is_list_of_text(traits))
			return OWN_NAMES;
		if (is_read_for(traits, front))
			return OWN_READ;
	}
	return is_below_text(traits) && is_opened(traits) ? OWN_READ : INT_MAX;
}

/* The same, if the next one stays. */
static int
head_of(const int16_t *traits)
{
	if (is_table_name(traits))
		return INT_MIN;
	if (is_list_head(traits))
		return OWN_HEAD;
	return traits[TRAIT_TYPE] == BLOCK_HEADING ? OWN_TOLD : INT_MAX;
}

static struct plea
plea_of(const int16_t *traits, const int16_t *front, int own)
{
	struct plea p = { .own = own,
		.run = own - least_of(traits, front),
		.alone = alone_of(traits, front),
		.head = head_of(traits),
		.caption = is_telling_caption(traits),
		.zone = zone_of(traits) };

	if (own >= p.alone && p.run < 0)
		p.run = 0;
	return p;
}

/* The pleas of all blocks of the body, NULL without memory. */
static struct plea *
pleas_new(const struct traits *t, const struct parse_words *w, struct arena *a)
{
	size_t n = traits_blocks(t), captions = 0;
	struct plea *p = arena_room(a, n, sizeof *p);
	int16_t rows[2][TRAITS] = { { 0 } };

	for (size_t k = 0; p != NULL && k < n; k++) {
		int16_t *row = rows[k % 2];

		traits_of(t, k, row);
		p[k] = plea_of(row, rows[(k + 1) % 2],
			forest_sum(words_forest(w), row));
		captions += row[TRAIT_TYPE] == BLOCK_CAPTION;
	}
	for (size_t k = 0; p != NULL && k < n; k++)
		if (p[k].caption && captions <= CAPTIONS)
			p[k].alone = INT_MIN;
	return p;
}

/* The most that the blocks behind one can have: as it goes, or at a turn. */
static int64_t
most_of(int64_t as_it, int64_t other, int64_t turn, bool *goes_on)
{
	*goes_on = as_it >= other - turn;
	return *goes_on ? as_it : other - turn;
}

/*
 * The runs of blocks that stay for which most is said (Viterbi 1967, with two
 * states): into the pleas how each goes on.  Whether the first does.
 */
static bool
runs_choose(struct plea *p, size_t n)
{
	int64_t leaving = 0, staying = 0;

	for (size_t k = n; k-- > 0;) {
		int64_t turn = k + 1 < n ? OWN_TURN : 0, left = leaving;
		bool leaves;

		leaving = most_of(left, staying, turn, &leaves);
		p[k].goes_on[false] = !leaves;
		staying = most_of(staying, left, turn, &p[k].goes_on[true]) +
			  p[k].run;
	}
	return staying >= leaving;
}

enum error_code
verdict_apply(const struct body *body, const struct parse_words *w,
	struct span title, struct arena *a, struct blocks *b)
{
	struct traits *t = traits_new(body, b, w, title, a);
	struct plea *p;
	size_t n;
	bool next = false;

	if (t == NULL)
		return ERR_NOMEM;
	n = traits_blocks(t);
	if (n == 0 || traits_prose(t) < LITTLE)
		return OK;
	p = pleas_new(t, w, a);
	if (p == NULL)
		return ERR_NOMEM;
	p[0].chosen = runs_choose(p, n);
	for (size_t k = 1; k < n; k++)
		p[k].chosen = p[k - 1].goes_on[p[k - 1].chosen];
	/* From the last one on: a list's head stays where the list does. */
	for (size_t k = n; k-- > 0;) {
		size_t i = traits_block(t, k);

		next = p[k].chosen || p[k].own >= p[k].alone ||
		       (next && p[k].own >= p[k].head);
		if (!next)
			blocks_move(b, i, p[k].zone,
				(struct reason){ .why = WHY_UNLIKE });
		b->reasons[i].judged = true;
		b->reasons[i].own = percent(p[k].own);
	}
	return OK;
}
