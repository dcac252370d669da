/*
 * Shared by the tests of rules, lists and polarity: a text with its mentions
 * in brackets becomes claims, and claims a line of words.
 */
#ifndef DL_TESTS_UNIT_EXTRACT_CLAIMS_H
#define DL_TESTS_UNIT_EXTRACT_CLAIMS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#include "extract/lists.h"
#include "extract/sentence.h"

#define CASE_BLOCKS   64
#define CASE_MENTIONS 256
#define CASE_WORDS    ((size_t)1 << 16)

static struct rules *rules;
static struct matcher matcher;
static struct arena *arena;

static inline void
open_rules(const char *text)
{
	struct error err = { 0 };
	struct hash *h = hash_new();

	rules = rules_new();
	assert_non_null(rules);
	assert_int_equal(rules_load_words(rules, "config", h, &err), OK);
	if (rules_read(rules, span_str(text), "test", &err) != OK)
		fail_msg("%s", err.msg);
	assert_int_equal(rule_index_make(rules), OK);
	assert_int_equal(matcher_init(&matcher, rules, &err), OK);
	arena = arena_new((size_t)256 << 20);
	hash_free(h);
}

static inline void
close_rules(void)
{
	matcher_release(&matcher);
	rules_free(rules);
	arena_free(arena);
}

/* setup() and teardown() of a group whose rules are in text. */
#define RULES_FIXTURE(text)                                                    \
	static int setup(void **state)                                         \
	{                                                                      \
		(void)state;                                                   \
		open_rules(text);                                              \
		return 0;                                                      \
	}                                                                      \
	static int teardown(void **state)                                      \
	{                                                                      \
		(void)state;                                                   \
		close_rules();                                                 \
		return 0;                                                      \
	}

/* "DATE" is read as EDTF, counts as a number and its noun. */
static const struct {
	const char *name;
	enum mention_type type;
	struct count_value count;
} marks[] = {
	{ "CITY", MENTION_CITY, { 0 } },
	{ "COUNTRY", MENTION_COUNTRY, { 0 } },
	{ "REGION", MENTION_REGION, { 0 } },
	{ "ORG", MENTION_ORGANISATION, { 0 } },
	{ "NET", MENTION_NETWORK, { 0 } },
	{ "TITLE", MENTION_TITLE, { 0 } },
	{ "PERSON", MENTION_PERSON, { 0 } },
	{ "ROLE", MENTION_ROLE, { 0 } },
	{ "EVENT", MENTION_EVENT, { 0 } },
	{ "DATE", MENTION_DATE, { 0 } },
	{ "TOTAL", MENTION_COUNT, { .class = COUNT_MEMBER } },
	{ "SITES", MENTION_COUNT, { .class = COUNT_BARE } },
	{ "NEW", MENTION_COUNT, { .class = COUNT_MEMBER, .fresh = true } },
	{ "COUNTRIES", MENTION_COUNT, { .class = COUNT_COUNTRY } },
};

static void
mark_mention(struct mention *m, struct span type, const char *words)
{
	size_t i = 0;

	while (!span_eq_str(type, marks[i].name))
		assert_true(++i < sizeof marks / sizeof *marks);
	m->type = marks[i].type;
	m->rule = "given";
	m->text = span_str(words);
	if (m->type == MENTION_COUNT) {
		m->count = marks[i].count;
		m->count.n = strtol(words, NULL, 10);
	} else if (m->type == MENTION_DATE) {
		m->date.edtf = words;
		m->date.basis = BASIS_EXPLICIT;
	} else if (m->type == MENTION_CITY || m->type == MENTION_COUNTRY ||
		   m->type == MENTION_REGION) {
		m->place.name = words;
	} else {
		m->name.name = words;
		m->name.id = m->type == MENTION_NETWORK ? words : NULL;
	}
}

struct marked_text {
	struct buffer text;
	struct document doc;
	struct block blocks[CASE_BLOCKS];
	struct scan scan;
};

/* The cell's row and column, by those before it; its head is in row one, if it
 * is said to have one. */
static void
place_cell(struct marked_text *t, struct block *b, bool row_begins, bool heads)
{
	const struct block *before = b - 1;
	bool first = b == t->blocks || before->type != BLOCK_CELL;

	b->row = (uint16_t)(first ? 1 : before->row + row_begins);
	b->column = (uint16_t)(first || row_begins ? 1 : before->column + 1);
	for (struct block *k = t->blocks; k < b && b->row > 1 && heads; k++)
		if (k->row == 1 && k->column == b->column)
			b->header = (uint32_t)(k - t->blocks) + 1;
}

/* One block: "# " begins a heading, "* " an item, "| " a cell, "! " a title,
 * "@ " a byline. */
static void
mark_block(struct marked_text *t, struct span block)
{
	static const struct {
		char sign;
		enum block_type type;
		enum zone zone;
	} kinds[] = {
		{ '#', BLOCK_HEADING, ZONE_BODY },
		{ '*', BLOCK_ITEM, ZONE_BODY },
		{ '|', BLOCK_CELL, ZONE_BODY },
		{ '_', BLOCK_CELL, ZONE_BODY }, /* the first of a row */
		{ '=', BLOCK_CELL, ZONE_BODY }, /* the same without a head */
		{ '!', BLOCK_TITLE, ZONE_TITLE },
		{ '@', BLOCK_BYLINE, ZONE_HEADER },
	};
	struct block *b = &t->blocks[t->doc.nblocks++];

	assert_true(t->doc.nblocks <= CASE_BLOCKS);
	*b = (struct block){ .start = (uint32_t)t->text.len,
		.type = BLOCK_PARAGRAPH,
		.zone = ZONE_BODY };
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (block.len > 2 && block.ptr[0] == kinds[i].sign &&
			block.ptr[1] == ' ') {
			b->type = kinds[i].type;
			b->zone = kinds[i].zone;
			b->level = b->type == BLOCK_HEADING ? 2 : 0;
			if (b->type == BLOCK_CELL)
				place_cell(t, b, kinds[i].sign != '|',
					kinds[i].sign != '=');
			block = span_sub(block, 2, block.len);
			break;
		}
	for (size_t i = 0; i < block.len;) {
		size_t close, space;
		struct mention m = { 0 };

		if (block.ptr[i] != '[') {
			buffer_add_char(&t->text, block.ptr[i++]);
			continue;
		}
		space = span_find(block, i, span_str(" "));
		close = span_find(block, i, span_str("]"));
		m.start = (uint32_t)t->text.len;
		buffer_add_span(&t->text, span_sub(block, space + 1, close));
		m.end = (uint32_t)t->text.len;
		mark_mention(&m, span_sub(block, i + 1, space),
			arena_strndup(arena, block.ptr + space + 1,
				close - space - 1));
		assert_int_equal(scan_add(&t->scan, &m), OK);
		i = close + 1;
	}
	b->end = (uint32_t)t->text.len;
}

/* Blocks are parted by " / ". */
static void
mark_text(struct marked_text *t, const char *text, const char *language)
{
	struct span rest = span_str(text);

	memset(t, 0, sizeof *t);
	buffer_init(&t->text, (size_t)8 << 20);
	t->doc = (struct document){
		.id = "d", .language = language, .blocks = t->blocks
	};
	t->scan = (struct scan){ .doc = &t->doc, .arena = arena };
	while (rest.len > 0) {
		size_t end = span_find(rest, 0, span_str(" / "));

		mark_block(t, span_sub(rest, 0, end));
		rest = end == SIZE_MAX ? span_of(NULL, 0)
				       : span_sub(rest, end + 3, rest.len);
		if (rest.len > 0)
			buffer_add_str(&t->text, "\n\n");
	}
	t->doc.text = buffer_span(&t->text);
	assert_int_equal(sentences_split(&t->scan), OK);
}

static void
say_claim(const struct marked_text *t, const struct claim *c, struct buffer *b)
{
	if (b->len > 0)
		buffer_add_str(b, " | ");
	buffer_add_str(b, claim_kind_name(c->kind));
	if (c->status != STATUS_NONE)
		buffer_printf(b, " %s", status_name(c->status));
	if (c->polarity != POLARITY_ASSERTED)
		buffer_printf(b, " %s", polarity_name(c->polarity));
	for (size_t i = 0; i < c->nargs; i++) {
		const struct claim_arg *a = &c->args[i];

		buffer_printf(b, " %s=", slot_name(a->slot));
		if (a->mention >= 0 &&
			t->scan.list[a->mention].type == MENTION_DATE)
			buffer_add_str(b, t->scan.list[a->mention].date.edtf);
		else if (a->mention >= 0)
			buffer_add_span(b, t->scan.list[a->mention].text);
		else
			buffer_add_str(b, a->value);
		if (a->basis != NULL)
			buffer_printf(b, "(%s)", a->basis);
	}
	if (c->attributed_to != NULL)
		buffer_printf(b, " by %s", c->attributed_to);
}

/* Leave out what a claimed list tells of its names one by one. */
static bool only_lists;

static inline bool
a_list_tells(const struct extraction *out, const struct claim *c)
{
	const struct claim_arg *who = claim_arg(c, SLOT_SUBJECT);

	for (size_t i = 0; who != NULL && i < out->nclaims; i++) {
		const struct claim *list = &out->claims[i];

		for (size_t k = 0; k < list->nargs; k++)
			if (list->args[k].slot == SLOT_MEMBER &&
				list->args[k].mention == who->mention)
				return true;
	}
	return false;
}

/* Warnings of the text that claims_of() was last asked for. */
static size_t claims_warnings;

/* What the rules and lists claim of the text, in the order found; to be
 * released. */
static void
claims_of(const char *text, const char *language, struct buffer *words)
{
	struct marked_text t;
	struct extraction out = { 0 };
	struct context x;

	arena_reset(arena);
	mark_text(&t, text, language);
	assert_int_equal(context_make(&x, rules, &t.scan), OK);
	assert_int_equal(rules_run(rules, &matcher, &x, &t.scan, &out), OK);
	assert_int_equal(lists_run(rules, &matcher, &x, &t.scan, &out), OK);
	asof_run(rules, &x, &t.scan, &out, &matcher.part.tmp);
	claims_warnings = t.scan.nwarnings;
	buffer_init(words, CASE_WORDS);
	for (size_t i = 0; i < out.nclaims; i++)
		if (!only_lists || !a_list_tells(&out, &out.claims[i]))
			say_claim(&t, &out.claims[i], words);
	buffer_release(&t.text);
}

struct claims_case {
	const char *name, *text, *want;
};

static inline void
check_claims(const struct claims_case *cases, size_t n, const char *language)
{
	size_t wrong = 0;

	for (size_t i = 0; i < n; i++) {
		struct buffer got;

		claims_of(cases[i].text, language, &got);
		if (!span_eq_str(buffer_span(&got), cases[i].want)) {
			print_error("%s:\n  wanted %s\n  got    %.*s\n",
				cases[i].name, cases[i].want, (int)got.len,
				got.ptr != NULL ? got.ptr : "");
			wrong++;
		}
		buffer_release(&got);
	}
	assert_int_equal(wrong, 0);
}

#endif
