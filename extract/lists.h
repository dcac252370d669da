/* Lists of members: where one stands and whether it is of members (lists.c),
 * what announces it (lists_intro.c), the names in its items (lists_items.c,
 * lists_placed.c), which of them are members (lists_members.c); and tables
 * (lists_tables.c). Private to extract. */
#ifndef DL_EXTRACT_LISTS_H
#define DL_EXTRACT_LISTS_H

#include "rules.h"

#define LIST_ITEM_MAX	  400 /* bytes of an item or cell */
#define LIST_LINE_MAX	  120 /* of a line that is neither */
#define LIST_NAME_MAX	  64  /* of a name that nothing recognised */
#define LIST_NAME_WORDS	  6   /* of the same */
#define LIST_LEAST	  2   /* names of a list */
#define LIST_RUN_LEAST	  3   /* names of one within a sentence */
#define LIST_SURE	  4   /* names that a number is enough for */
#define LIST_INTRO_COUNTS 4   /* numbers of an introduction */

/* What the words of an introduction say. */
struct list_intro {
	bool members;	  /* of members */
	bool founders;	  /* of those who founded it */
	bool units;	  /* of cities, or what else may be a member */
	bool fresh;	  /* new ones */
	bool joined;	  /* by becoming members */
	bool state;	  /* by being part of it */
	bool listed;	  /* "as follows", "they are" */
	bool since;	  /* since when they are */
	bool other;	  /* of partners, of those who left */
	enum status told; /* those who left, who applied, or none */
	bool settled;	  /* no "not" turns that: it stands in its words */
	bool network;	  /* it names one */
	bool about;	  /* rules claim something of the one it is about */
	uint32_t verb, verb_end; /* the last word that says "joined", or 0 */
	size_t nwords;
	int64_t counts[LIST_INTRO_COUNTS];
	size_t ncounts;
};

struct lists {
	const struct rules *r;
	struct matcher *m;
	struct context *x;
	struct scan *s;
	struct extraction *out;
	bool *told; /* by mention: rules claim something of that network */
	/* The list being read. */
	struct list_name {
		int32_t mention; /* or -1: the words are a name unknown */
		uint32_t start, end;
		bool more;  /* the item goes on behind the name */
		bool led;   /* "of Graz", "in Graz" */
		bool house; /* the name of an organisation */
		bool sure;  /* if unknown: its land shows that it is one */
	} * names;
	size_t nnames, cap;
	size_t misses; /* items without a name */
};

/* lists_intro.c: add what text[start, end) says; the note l->m->part is of
 * these words then. */
enum error_code
list_read_intro(
	struct lists *l, uint32_t start, uint32_t end, struct list_intro *in);
/* Add what a word of lists.tsv says. */
void
list_read_word(const struct word_row *row, struct list_intro *in);
/* So many names behind such words are members; laid: in items of their own. */
bool
list_is_of_members(const struct list_intro *in, size_t names, bool laid);
/* One of its numbers is that of the names. */
bool
list_is_counted(const struct list_intro *in, size_t names);

/* Add what other words say. */
void
list_join_intros(struct list_intro *in, const struct list_intro *more);
/* A number of members that the text tells before text[at] is that of the names
 * in the list: add it. */
void
list_count_before(const struct lists *l, uint32_t at, struct list_intro *in);

void
list_begin(struct lists *l);
/* The names of one item: the first, or all of "Country: A, B and C". */
enum error_code
list_item(struct lists *l, const struct block *k);
/* The names that text[start, end) parts by commas and the like, up to the
 * first piece that is none. */
enum error_code
list_run(struct lists *l, uint32_t start, uint32_t end);
/* lists_items.c: past bullets, numbers, flags: to the first letter. */
uint32_t
list_first_letter(struct span text, uint32_t at, uint32_t end);
/* Where the first name of unknown words ends: before what parts it from the
 * rest. */
uint32_t
list_name_end(struct span text, uint32_t at, uint32_t end);
/* Where the item ends without the marks that part it from the next: "Graz;". */
uint32_t
list_item_end(const struct lists *l, const struct block *k);
/* The bytes of an "and" that stands between spaces at text[at]; 0: none. */
uint32_t
list_and_at(const struct lists *l, uint32_t at, uint32_t end);
/* lists_placed.c: the item is one name and where that is: "Agency for Grain and
 * Milk (Portugal)".  Only if its words alone would not do. */
bool
list_placed(
	const struct lists *l, const struct block *k, struct list_name *out);
/* lists_members.c: all words of it have capitals but for short ones: "Pont de
 * la Mer". */
bool
list_is_titled(struct span name);
/* Put the names into the claim's arguments; items: each stands in a block of
 * its own. */
enum error_code
list_end(struct lists *l, const struct list_intro *in, bool items,
	struct claim *c);

/* lists_tables.c: the table whose first cell is block b; *end: the block
 * behind it.  Its totals become claims; its members come into the list, and
 * *in tells what its head says.  *end == b: it has no such rows. */
enum error_code
list_table(struct lists *l, size_t b, struct list_intro *in, size_t *end);

#endif
