/* Lists of members: what announces one (lists.c), and the names in its items
 * (lists_items.c); and tables of totals
 * (lists_tables.c).  Private to extract. */
#ifndef DL_EXTRACT_LISTS_H
#define DL_EXTRACT_LISTS_H

#include "rules.h"

#define LIST_ITEM_MAX	400 /* bytes of an item or cell */
#define LIST_LINE_MAX	120 /* of a line that is neither */
#define LIST_NAME_MAX	48  /* of a name that nothing recognised */
#define LIST_LEAD_WORDS 5   /* of "they are" */

struct lists {
	const struct rules *r;
	struct matcher *m;
	struct context *x;
	struct scan *s;
	struct extraction *out;
	/* The list being read. */
	struct list_name {
		int32_t mention; /* or -1: the words are a name unknown */
		uint32_t start, end;
		bool more; /* the item goes on behind the name */
	} * names;
	size_t nnames, cap;
	bool overflow; /* more than CLAIM_ARGS_MAX holds */
};

void
list_begin(struct lists *l);
/* The names of one item: those it begins with; all of "Country: A, B and C". */
enum error_code
list_item(struct lists *l, const struct block *k);
/* The names of a coordination in text[start, end). */
enum error_code
list_run(struct lists *l, uint32_t start, uint32_t end);
/* lists_tables.c: the totals of a table whose rows begin with a year and
 * whose first cell is block b. */
enum error_code
list_totals(struct lists *l, size_t b);
/* Put the names into the claim's arguments. */
enum error_code
list_end(struct lists *l, struct claim *c);

#endif
