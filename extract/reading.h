/*
 * Other readings of a sentence: copies of its units with less in them, or with
 * what a part of it leaves out, so that one rule reads many shapes.
 * Private to extract.
 */
#ifndef DL_EXTRACT_READING_H
#define DL_EXTRACT_READING_H

#include "rules.h"

/* Types of mentions that a claim may be about. */
#define READING_WHO                                                            \
	(1u << MENTION_CITY | 1u << MENTION_REGION | 1u << MENTION_ORGANISATION)

/* ---- reading.c: what stands at a unit, and copies ---- */

bool
reading_is_mark(const struct annotated *n, size_t i, uint16_t mark);
/* " - ", or an en dash; not the hyphen of a word. */
bool
reading_is_dash(const struct annotated *n, const struct scan *s, size_t i);
/* A word of the text, which is of no mention. */
bool
reading_is_word(const struct annotated *n, size_t i);
/* "the" of "in the Netherlands" at i: a short word in small letters. */
bool
reading_is_article(const struct annotated *n, const struct scan *s, size_t i);
/* The row of clauses.tsv whose words begin at unit i, or NULL; n is placed
 * (annotated_place_words). */
const struct word_row *
reading_clause(const struct annotated *n, size_t i);
/* That row is of such a type. */
bool
reading_is_clause(const struct annotated *n, size_t i, const char *type);
/* What stands at i is named, and of one of the types (1u << MENTION_x). */
bool
reading_is_named(const struct annotated *n, const struct scan *s, size_t i,
	unsigned types);
/* A city, region or organisation stands at i: named, or meant. */
bool
reading_is_name(const struct annotated *n, const struct scan *s, size_t i);
/* A city, region or country is named at i. */
bool
reading_is_place(const struct annotated *n, const struct scan *s, size_t i);
bool
reading_is_count(const struct annotated *n, const struct scan *s, size_t i);
/* Where a run of such names that begins at i ends: "A, B (X) and C in Y"; i
 * when there is none.  *count (may be NULL): how many. */
size_t
reading_names(const struct annotated *n, const struct scan *s, size_t i,
	size_t *count);
/* The last unit of the bracket that opens at i, or i. */
size_t
reading_bracket(const struct annotated *n, size_t i);
/* Room for the units of n and two more, in the scan's arena; NULL without
 * memory. */
struct annotated *
reading_new(const struct annotated *n, struct arena *a);
/* Append units [from, to) of n, without what is put in between; dates that go
 * are kept beside. */
void
reading_put(struct annotated *k, const struct annotated *n,
	const struct scan *s, size_t from, size_t to);

/* ---- whereabouts.c: names that only say where, and those that act ---- */

/* The name that goes on a list at i, perhaps behind an "and" and an article:
 * its unit, or 0. */
size_t
reading_next(const struct annotated *n, const struct scan *s, size_t i);

/* "in Lithuania", ", near Vilnius," behind a name: where that is.  Its last
 * unit, or i. */
size_t
reading_qualifier_end(
	const struct annotated *n, const struct scan *s, size_t i);
/* "in Ulm, Jena and Passau" behind an institution, all of which are where it
 * is.  Its last unit, or i. */
size_t
reading_seats_end(const struct annotated *n, const struct scan *s, size_t i);
/* What stands at i tells where the name before it is: "Graz, near Linz". */
bool
reading_is_qualifier(const struct annotated *n, const struct scan *s, size_t i);
/* The names in units [start, end) are where something that no rule knows is or
 * took place: "a ceremony in Lyon", "its branches in Lyon and Metz". */
bool
reading_is_scene(const struct annotated *n, const struct scan *s, size_t start,
	size_t end);
/* "the first town in Kent": it stands behind such a number's thing, and is
 * where that is. */
bool
reading_is_ranked_in(const struct annotated *n, const struct scan *s, size_t i);
/* "in the provinces of Lucca, Pisa and Prato": the place at i is one of them.
 * n is placed. */
bool
reading_is_in_lands(const struct annotated *n, const struct scan *s, size_t i);
/* A region that is not who acts: "in Fife", "the towns of Fife", "the Fife
 * market town", "Kingdom Fife", "Fife (29)"; "the region of Fife" acts.  Also
 * any one place behind "twelve schools of". */
bool
reading_is_whereabouts(
	const struct annotated *n, const struct scan *s, size_t i);
/* "At the assembly of Graz, ...", "According to Graz, ...": a clause begins
 * with a phrase that ends with the name at i, and a comma. */
bool
reading_is_setting(const struct annotated *n, const struct scan *s, size_t i);
/* Each city is only where it was, behind the network: "joined X in Graz". */
bool
reading_is_only_where(const struct annotated *n, const struct scan *s);
/* Of the names in units [i, end), which stand before their verb, the first that
 * it may be told of: "In Oslo, Graz joined", "according to the council, Graz
 * joined" leave one name to another phrase.  n is placed. */
size_t
reading_subjects(
	const struct annotated *n, const struct scan *s, size_t i, size_t end);

/* ---- skeleton.c ---- */

/* The sentence without what is put into it; NULL: nothing is. */
enum error_code
skeleton_make(const struct rules *r, const struct context *x, struct scan *s,
	struct annotated *n, struct annotated **out);

/* ---- questions.c ---- */

/* What is said to a question. */
enum answer {
	ANSWER_NOT_ASKED, /* the words ask nothing, or take it as known */
	ANSWER_OPEN,
	ANSWER_YES,
	ANSWER_NO
};

/* Of the sentence at byte at; *date: when, as the answer says, or -1. */
enum answer
question_answer(const struct rules *r, struct scan *s, uint32_t at,
	struct buffer *tmp, int32_t *date);
/* What p, as the words alone have it, is then; POLARITIES: nothing is said. */
enum polarity
question_polarity(enum answer answer, enum polarity p);
/* n, which is placed, asks with a verb before its names, "Is Graz a member?":
 * where the names end, and [*verb, *names); 0: it does not. */
size_t
question_names(const struct annotated *n, const struct scan *s, size_t *verb,
	size_t *names);

/* ---- asides.c ---- */

#define ASIDES_MAX 8 /* of one sentence; more are not looked at */

/* A part that says something of the names before it. */
struct aside {
	size_t names, names_end; /* units */
	size_t part, part_end;
	bool relative; /* it begins with "which" */
};

/* Those of n, which is placed; how many. */
size_t
asides_find(const struct annotated *n, const struct scan *s,
	struct aside list[ASIDES_MAX]);
/* One as a sentence of its own: "Graz, which is a member," "Graz, a member
 * since 2018," "Graz (a member)" become "Graz is a member".  NULL without
 * memory. */
struct annotated *
aside_make(const struct context *x, struct scan *s, const struct annotated *n,
	const struct aside *a);

#endif
