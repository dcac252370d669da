#include "lists.h"

#define INTRO_MAX  600 /* bytes of an introduction */
#define LEAD_MAX   40  /* of "they are" */
#define QUIET_MAX  8   /* blocks without a name that end a list */
#define EMPTY_MIN  2   /* headings without a name that make a list empty */
#define LIST_LEAST 2   /* names of a list */

static struct span
block_text(const struct scan *s, size_t b)
{
	return span_sub(
		s->doc->text, s->doc->blocks[b].start, s->doc->blocks[b].end);
}

/* What the words of an introduction say. */
struct intro {
	bool list;   /* they are of members, or of places */
	bool strong; /* of members */
	bool fresh;  /* of new ones */
	bool listed; /* "are listed here", "they are" */
	bool network;
};

static void
read_word(const struct word_row *row, struct intro *in)
{
	if (row == NULL)
		return;
	if (strcmp(row->type, "list") == 0) {
		in->list = true;
		in->strong = in->strong || strcmp(row->value, "weak") != 0;
	}
	in->fresh = in->fresh || strcmp(row->type, "newlist") == 0 ||
		    strcmp(row->value, "new") == 0;
}

/* Read the sentence into the note. */
static enum error_code
read_intro(struct lists *l, uint32_t start, uint32_t end, struct intro *in)
{
	struct annotated *n = &l->m->part;
	const char *lang = l->s->doc->language;
	enum error_code code = annotate(l->r, l->x, l->s, start, end, n);

	for (size_t i = 0; code == OK && i < n->nwords; i++) {
		const struct word_row *row;
		size_t len;

		if (n->list[i].fold[0] == '\0')
			continue;
		read_word(words_find(&l->r->polarity, n->list, n->nwords, i,
				  lang, &len),
			in);
		row = words_find(
			&l->r->clauses, n->list, n->nwords, i, lang, &len);
		in->listed = in->listed ||
			     (row != NULL && strcmp(row->type, "listed") == 0);
	}
	in->network = in->network || (n->symbols & 3u << 5) != 0;
	in->list = in->list || (n->symbols & 7u << 16) != 0;
	in->fresh = in->fresh || (n->symbols & 1u << 17) != 0;
	return code;
}

static bool
is_strong(const struct intro *in)
{
	return in->list && (in->strong || in->fresh || in->network);
}

/* Network, polarity and date as the introduction in the note has them. */
static bool
fill_claim(struct lists *l, const struct intro *in, struct claim *c)
{
	struct annotated *n = &l->m->part;
	struct claim_arg *args = arena_array(
		l->s->arena, c->nargs + CLAIM_SLOTS_MAX, sizeof *args);
	int32_t network = context_network(l->x, l->s, c->end);
	int32_t date;

	if (args == NULL || network < 0)
		return false;
	if (c->nargs > 0)
		memcpy(args, c->args, c->nargs * sizeof *args);
	c->args = args;
	c->zone = claims_zone(l->s, c->start);
	c->attributed_to = context_speaker(l->x, l->s, c->start);
	args[c->nargs++] = (struct claim_arg){
		.slot = SLOT_NETWORK,
		.mention = network,
		.basis = in->network ? NULL : BASIS_DOCUMENT_NETWORK,
	};
	c->status = in->fresh ? STATUS_JOINED : STATUS_NONE;
	c->polarity =
		polarity_at(l->r, l->s, n, c->kind, n->len, n->len, n->len);
	date = dating_find(l->r, l->x, l->s, n, n->len, n->len, c);
	if (date >= 0)
		args[c->nargs++] = (struct claim_arg){ .slot = SLOT_DATE,
			.mention = date };
	return c->polarity != POLARITIES;
}

/* A block that may stand in a list of names. */
static bool
is_item(const struct scan *s, size_t b, enum zone zone)
{
	const struct block *k = &s->doc->blocks[b];
	size_t len = k->end - k->start;
	char last = len > 0 ? s->doc->text.ptr[k->end - 1] : '.';

	if (k->zone != zone || k->type == BLOCK_TITLE)
		return false;
	if (k->type == BLOCK_ITEM || k->type == BLOCK_CELL)
		return len <= LIST_ITEM_MAX;
	return len <= LIST_LINE_MAX && last != '.' && last != ':';
}

/* The items behind an introduction; *end: the block behind the last. */
static enum error_code
read_blocks(struct lists *l, size_t intro, size_t *end, struct claim *c)
{
	const struct block *head = &l->s->doc->blocks[intro];
	size_t b, quiet = 0;
	enum error_code code = OK;

	list_begin(l);
	for (b = intro + 1; code == OK && b < l->s->doc->nblocks &&
			    is_item(l->s, b, head->zone);
		b++) {
		const struct block *k = &l->s->doc->blocks[b];
		size_t before = l->nnames;

		/* A heading of the intro's rank opens something else. */
		if (k->type == BLOCK_HEADING &&
			(head->type != BLOCK_HEADING ||
				k->level <= head->level))
			break;
		code = list_item(l, k);
		quiet = l->nnames > before ? 0 : quiet + 1;
		if (quiet > QUIET_MAX)
			break;
	}
	*end = b;
	return code == OK ? list_end(l, c) : code;
}

/* A block that announces those that follow: it ends with a colon, is a
 * heading of members, or says that they are listed. */
static bool
announces(const struct scan *s, size_t b, const struct intro *in)
{
	const struct block *k = &s->doc->blocks[b];
	struct span text = block_text(s, b);

	if (span_ends_with(text, ":"))
		return in->list || in->fresh;
	return (k->type == BLOCK_HEADING || in->listed) && is_strong(in);
}

/* What is cheap to see: a list may follow. */
static bool
may_announce(const struct scan *s, size_t b)
{
	const struct block *k = &s->doc->blocks[b];

	return k->zone == ZONE_BODY && k->end > k->start &&
	       k->end - k->start <= INTRO_MAX && b + 1 < s->doc->nblocks &&
	       is_item(s, b + 1, k->zone) &&
	       (k->type == BLOCK_HEADING ||
		       s->doc->text.ptr[k->end - 1] == ':' ||
		       k[1].type == BLOCK_ITEM || k[1].type == BLOCK_CELL);
}

static enum error_code
block_list(struct lists *l, size_t *b)
{
	const struct block *k = &l->s->doc->blocks[*b];
	size_t t = context_sentence(l->s, k->end - 1), end;
	const struct sentence *last = &l->s->sentences[t];
	struct claim c = {
		.kind = CLAIM_MEMBER_LIST,
		.rule = "list.items@2",
		.confidence = 0.9,
		.start = last->start > k->start ? last->start : k->start,
		.end = k->end,
	};
	struct intro in = { 0 };
	enum error_code code = read_intro(l, c.start, c.end, &in);

	if (code != OK || !announces(l->s, *b, &in))
		return code;
	code = read_blocks(l, *b, &end, &c);
	if (code != OK ||
		!(c.nargs >= LIST_LEAST ||
			(c.nargs == 0 && end - *b > EMPTY_MIN &&
				l->s->doc->text.ptr[c.end - 1] == ':')))
		return code;
	if (fill_claim(l, &in, &c))
		code = claims_add(l->x, l->s, l->out, &c);
	*b = end - 1;
	return code;
}

/* Where the names of a sentence begin: behind a colon, or behind "they are",
 * when the sentence before speaks of members.  0: nowhere. */
static enum error_code
find_inline(struct lists *l, size_t t, uint32_t *from, uint32_t *start,
	struct intro *in)
{
	const struct sentence *it = &l->s->sentences[t];
	struct span text = l->s->doc->text;
	const char *colon =
		memchr(text.ptr + it->start, ':', it->end - it->start);
	size_t m = context_mention(l->s, it->start);
	enum error_code code = OK;

	*from = 0;
	*start = it->start;
	if (colon != NULL) {
		uint32_t at = (uint32_t)(colon - text.ptr);

		code = read_intro(l, it->start, at, in);
		if (code == OK && (is_strong(in) || (in->list && in->listed)))
			*from = at + 1;
		return code;
	}
	if (m == l->s->n || l->s->list[m].start >= it->end ||
		l->s->list[m].start - it->start > LEAD_MAX || t == 0 ||
		l->s->sentences[t - 1].block != it->block)
		return OK;
	code = read_intro(l, it->start, l->s->list[m].start, in);
	if (code != OK || !in->listed || l->m->part.nwords > LIST_LEAD_WORDS)
		return code;
	in->listed = false;
	code = read_intro(l, l->s->sentences[t - 1].start,
		l->s->sentences[t - 1].end, in);
	if (code == OK && in->list)
		*from = l->s->list[m].start;
	return code;
}

/* "Four more cities were admitted: Kaunas (Lithuania), Odense and Maribor." */
static enum error_code
inline_list(struct lists *l, size_t t)
{
	const struct sentence *it = &l->s->sentences[t];
	struct claim c = {
		.kind = CLAIM_MEMBER_LIST,
		.rule = "list.inline@1",
		.confidence = 0.9,
		.end = it->end,
	};
	struct intro in = { 0 };
	uint32_t from;
	enum error_code code = find_inline(l, t, &from, &c.start, &in);

	if (code != OK || from == 0)
		return code;
	list_begin(l);
	code = list_run(l, from, it->end);
	if (code == OK)
		code = list_end(l, &c);
	if (code == OK && c.nargs >= LIST_LEAST && fill_claim(l, &in, &c))
		code = claims_add(l->x, l->s, l->out, &c);
	return code;
}

enum error_code
lists_run(const struct rules *r, struct matcher *m, struct context *x,
	struct scan *s, struct extraction *out)
{
	struct lists l = { .r = r, .m = m, .x = x, .s = s, .out = out };
	enum error_code code = OK;
	size_t t = 0;

	for (size_t b = 0; code == OK && b < s->doc->nblocks; b++) {
		const struct block *k = &s->doc->blocks[b];

		if (k->zone != ZONE_BODY && k->zone != ZONE_HEADER)
			continue;
		while (t < s->nsentences && s->sentences[t].block < b)
			t++;
		for (size_t i = t; code == OK && i < s->nsentences &&
				   s->sentences[i].block == b;
			i++)
			code = inline_list(&l, i);
		if (code == OK && k->type == BLOCK_CELL)
			code = list_totals(&l, b);
		if (code == OK && may_announce(s, b))
			code = block_list(&l, &b);
	}
	return code;
}
