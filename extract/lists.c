#include "lists.h"

#define INTRO_MAX	  600 /* bytes of an introduction */
#define LEAD_MAX	  24  /* bytes of "the cities of" */
#define LEAD_WORDS	  5   /* of "they are" */
#define QUIET_MAX	  8   /* blocks without a name that end a list */
#define EMPTY_MIN	  2 /* headings without a name that make a list empty */
#define EMPTY_HEADING_MAX 40 /* bytes of one */
#define ROLL_LEAST	  6  /* names within a sentence that are a list */

static struct span
block_text(const struct scan *s, size_t b)
{
	return span_sub(
		s->doc->text, s->doc->blocks[b].start, s->doc->blocks[b].end);
}

/* The end of what text[start, end) tells: brackets tell of something else. */
static uint32_t
telling_end(struct span text, uint32_t start, uint32_t end)
{
	size_t bracket = span_find(text, start, span_str(" ("));

	return bracket > start && bracket < end ? (uint32_t)bracket : end;
}

/* What the note, which is of the words that announce a list, says of it. */
static enum polarity
intro_polarity(const struct lists *l, const struct list_intro *in,
	struct annotated *n, enum claim_kind kind)
{
	enum polarity p =
		polarity_at(l->r, l->s, n, kind, n->len, n->len, n->len);
	size_t verb = 0, end;

	if (in->settled && p == POLARITY_NEGATED)
		p = POLARITY_ASSERTED;
	if (p != POLARITY_ASSERTED || in->verb < n->start ||
		in->verb_end > n->end || l->s->doc->language == NULL)
		return p;
	/* "las ciudades que se incorporarán son" */
	while (verb < n->len && n->at[verb] < in->verb)
		verb++;
	for (end = verb; end < n->len && n->at[end] < in->verb_end;)
		end++;
	return end > verb ? polarity_by_ending(l->r, l->s, n, verb, end) : p;
}

/* Network, polarity and date, as text[c->start, until) has them, which tells
 * of the list. */
static bool
fill_claim(struct lists *l, const struct list_intro *in, uint32_t until,
	struct claim *c)
{
	struct annotated *n = &l->m->part;
	struct claim_arg *args = arena_array(
		l->s->arena, c->nargs + CLAIM_SLOTS_MAX, sizeof *args);
	int32_t network = context_network_listed(l->x, l->s, c->start, until);
	int32_t date;

	if (args == NULL || network < 0 ||
		annotate(l->r, l->x, l->s, c->start,
			telling_end(l->s->doc->text, c->start, until), n) != OK)
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
	c->status = in->fresh || in->joined ? STATUS_JOINED : STATUS_NONE;
	c->polarity = intro_polarity(l, in, n, c->kind);
	date = dating_find(l->r, l->x, l->s, n, n->len, n->len, c);
	if (date >= 0)
		args[c->nargs++] = (struct claim_arg){ .slot = SLOT_DATE,
			.mention = date };
	return c->polarity != POLARITIES;
}

/* "Not admitted were", "no longer members are" deny nothing of what they tell.
 */
static enum polarity
told_polarity(enum status told, enum polarity said)
{
	const bool over = told == STATUS_UNSUCCESSFUL ||
			  told == STATUS_WITHDRAWN || told == STATUS_LOST ||
			  told == STATUS_EXPIRED;

	return over && said == POLARITY_NEGATED ? POLARITY_ASSERTED : said;
}

/* Each name of the list is a member, whom a rule may have told of before. */
static enum error_code
add_members(struct lists *l, const struct list_intro *in, const struct claim *c)
{
	const size_t t = context_sentence(l->s, c->start);
	enum error_code code = OK;

	for (size_t i = 0; code == OK && i < c->nargs; i++) {
		struct claim one = *c;

		one.kind = CLAIM_MEMBERSHIP;
		if (in->told != STATUS_NONE) {
			one.status = in->told;
			one.polarity = told_polarity(in->told, c->polarity);
		} else if (in->founders)
			one.status = STATUS_FOUNDING_MEMBER;
		else if (c->status == STATUS_NONE)
			one.status = claims_state_of(
				l->s, claim_arg(c, SLOT_NETWORK)->mention);
		if (c->args[i].slot != SLOT_MEMBER ||
			claims_tell_of(l->x, l->s, l->out, t,
				c->args[i].mention, one.status))
			continue;
		one.nargs = 0;
		one.args = arena_array(
			l->s->arena, CLAIM_SLOTS_MAX, sizeof *one.args);
		if (one.args == NULL)
			return ERR_NOMEM;
		claim_put(&one, SLOT_SUBJECT, c->args[i].mention, NULL, NULL);
		for (size_t k = 0; k < c->nargs; k++)
			if (c->args[k].slot != SLOT_MEMBER)
				one.args[one.nargs++] = c->args[k];
		dating_put_own(l->r, l->s, c->args[i].mention, &one);
		code = claims_add(l->x, l->s, l->out, &one);
	}
	return code;
}

/* Fewer names than least, and those who left or applied, are no list of
 * members: each is told of. */
static enum error_code
add_list(struct lists *l, const struct list_intro *in, const struct claim *c,
	size_t least)
{
	size_t members = 0;
	enum error_code code = add_members(l, in, c);

	for (size_t i = 0; i < c->nargs; i++)
		members += c->args[i].slot == SLOT_MEMBER;
	return code == OK && in->told == STATUS_NONE && members >= least
		       ? claims_add(l->x, l->s, l->out, c)
		       : code;
}

/* Rules claim something of the network that text[start, until) means. */
static bool
is_about_told(const struct lists *l, uint32_t start, uint32_t until)
{
	int32_t network = context_network_listed(l->x, l->s, start, until);

	return network >= 0 && l->told[network];
}

/* What ends the words, before quotation marks that close; '.' of none. */
static char
last_mark(struct span text)
{
	while (span_ends_with(text, "\"") ||
		span_ends_with(text, "\xe2\x80\x9d") ||
		span_ends_with(text, "\xc2\xbb") ||
		span_ends_with(text, "\xe2\x80\x9c"))
		text.len -= text.ptr[text.len - 1] == '"'      ? 1
			    : text.ptr[text.len - 1] == '\xbb' ? 2
							       : 3;
	return text.len > 0 ? text.ptr[text.len - 1] : '.';
}

/* A block that may stand in a list of names; cells of a table are read as
 * such. */
static bool
is_item(const struct scan *s, size_t b, const struct block *head)
{
	const struct block *k = &s->doc->blocks[b];
	size_t len = k->end - k->start;
	char last = last_mark(block_text(s, b));

	if (k->zone != head->zone || k->type == BLOCK_TITLE ||
		(k->type == BLOCK_CELL && k->row > 0))
		return false;
	if (k->type == BLOCK_ITEM || k->type == BLOCK_CELL)
		return len <= LIST_ITEM_MAX;
	if (s->doc->text.ptr[head->end - 1] != ':')
		return len <= LIST_LINE_MAX && last != '.' && last != ':';
	/* "Graz;", "Linz;", "Wels.": the last ends the sentence. */
	return len <= LIST_ITEM_MAX && last != ':' &&
	       (last != '.' || k == head + 1 ||
		       last_mark(block_text(s, b - 1)) == ';');
}

/* "Oaxaca": the block is the name of where the items behind it are. */
static bool
is_area(const struct scan *s, const struct block *k)
{
	size_t i = context_mention(s, k->start);

	return i < s->n && s->list[i].start == k->start &&
	       s->list[i].end + 1u >= k->end &&
	       (s->list[i].type == MENTION_COUNTRY ||
		       s->list[i].type == MENTION_REGION ||
		       s->list[i].type == MENTION_CITY);
}

/* A line between items of a list is over those behind it. */
static bool
heads_items(const struct scan *s, size_t b, const struct block *head)
{
	const struct block *k = &s->doc->blocks[b];

	return head[1].type == BLOCK_ITEM && k->type != BLOCK_ITEM &&
	       k->type != BLOCK_CELL && b + 1 < s->doc->nblocks &&
	       k[1].type == BLOCK_ITEM;
}

/* "Quebec" over "Granby, Magog": a heading that is a place, with names below
 * it. */
static bool
heads_names(const struct scan *s, size_t b)
{
	const struct block *k = &s->doc->blocks[b];
	size_t i;

	if (k->type != BLOCK_HEADING || b + 1 == s->doc->nblocks ||
		!is_area(s, k) || k[1].type == BLOCK_HEADING)
		return false;
	i = context_mention(s, k[1].start);
	return i < s->n && s->list[i].start == k[1].start &&
	       (s->list[i].type == MENTION_CITY ||
		       s->list[i].type == MENTION_ORGANISATION) &&
	       s->doc->text.ptr[k[1].end - 1] != '.';
}

/* The items behind an introduction; *end: the block behind the last.  whole:
 * also behind lines that say of what kind those behind them are; *parted:
 * there is one. */
static enum error_code
read_blocks(
	struct lists *l, size_t intro, bool whole, size_t *end, bool *parted)
{
	const struct block *head = &l->s->doc->blocks[intro];
	/* "Africa", "Asia": headings that part the list. */
	const uint8_t group = head[1].type == BLOCK_HEADING ? head[1].level : 0;
	size_t b, quiet = 0;
	enum error_code code = OK;

	list_begin(l);
	for (b = intro + 1;
		code == OK && b < l->s->doc->nblocks && is_item(l->s, b, head);
		b++) {
		const struct block *k = &l->s->doc->blocks[b];
		size_t before = l->nnames;

		/* A heading of the intro's rank opens something else. */
		if (k->type == BLOCK_HEADING &&
			(head->type == BLOCK_HEADING
					? k->level <= head->level
					: k->level < group || group == 0))
			break;
		if (heads_items(l->s, b, head)) {
			if (is_area(l->s, k))
				continue;
			*parted = true;
			if (!whole)
				break;
			continue;
		}
		if (heads_names(l->s, b))
			continue;
		code = list_item(l, k);
		quiet = l->nnames > before ? 0 : quiet + 1;
		if (quiet > QUIET_MAX)
			break;
	}
	*end = b;
	return code;
}

/* What is cheap to see: a list may follow. */
static bool
may_announce(const struct scan *s, size_t b)
{
	const struct block *k = &s->doc->blocks[b];

	return k->zone == ZONE_BODY && k->end > k->start &&
	       k->end - k->start <= INTRO_MAX && b + 1 < s->doc->nblocks &&
	       is_item(s, b + 1, k) &&
	       (k->type == BLOCK_HEADING ||
		       s->doc->text.ptr[k->end - 1] == ':' ||
		       (k[1].type == BLOCK_ITEM && k->type != BLOCK_ITEM) ||
		       (k[1].type == BLOCK_HEADING && b + 2 < s->doc->nblocks &&
			       k[2].type == BLOCK_ITEM));
}

/* "They are:", or words too few to say what: the sentence before has told. */
static enum error_code
read_before(struct lists *l, size_t t, struct list_intro *in)
{
	const struct sentence *it = &l->s->sentences[t];
	struct list_intro before = { 0 };
	enum error_code code;

	if (t == 0 || (in->nwords > LEAD_WORDS && !in->listed && !in->units))
		return OK;
	code = list_read_intro(l, it[-1].start, it[-1].end, &before);
	if (before.other || before.told != STATUS_NONE)
		return code;
	list_join_intros(in, &before);
	in->listed = true;
	return code;
}

/* What the block's last sentence tells of the list behind it. */
static enum error_code
read_block_intro(
	struct lists *l, size_t b, struct claim *c, struct list_intro *in)
{
	const struct block *k = &l->s->doc->blocks[b];
	size_t t = context_sentence(l->s, k->end - 1);
	const struct sentence *last = &l->s->sentences[t];
	enum error_code code;

	c->start = last->start > k->start ? last->start : k->start;
	c->end = k->end;
	code = list_read_intro(l, c->start, c->end, in);
	if (code == OK)
		list_count_before(l, c->end, in);
	in->about = is_about_told(l, c->start, c->end);
	return code;
}

/* Headings follow the colon, and no names. */
static bool
is_empty(const struct scan *s, size_t b, size_t end)
{
	if (!span_ends_with(block_text(s, b), ":") || end - b <= EMPTY_MIN)
		return false;
	while (++b < end) {
		const struct block *k = &s->doc->blocks[b];

		if (k->end - k->start > EMPTY_HEADING_MAX ||
			(k->type == BLOCK_ITEM && !is_area(s, k)))
			return false;
	}
	return true;
}

/* A block ends with a colon, is a heading, or says that they are listed; or the
 * text is about the network. */
static bool
announces(const struct scan *s, size_t b, const struct list_intro *in)
{
	const struct block *k = &s->doc->blocks[b];

	return span_ends_with(block_text(s, b), ":") ||
	       k->type == BLOCK_HEADING || in->listed || in->joined ||
	       in->state || in->fresh || in->members || in->about;
}

/* Lines part the items: they are one list only if the text counts them all. */
static enum error_code
read_parted(struct lists *l, size_t b, struct claim *c, struct list_intro *in,
	size_t *end)
{
	bool parted = false;
	enum error_code code = read_blocks(l, b, true, end, &parted);

	if (code == OK && parted) {
		code = read_block_intro(l, b, c, in);
		if (code != OK || list_is_counted(in, l->nnames))
			return code;
		code = read_blocks(l, b, false, end, &parted);
		*in = (struct list_intro){ 0 };
	}
	return code == OK ? read_block_intro(l, b, c, in) : code;
}

static enum error_code
block_list(struct lists *l, size_t *b)
{
	struct claim c = {
		.kind = CLAIM_MEMBER_LIST,
		.rule = "list.items@5",
		.confidence = 0.9,
	};
	struct list_intro in = { 0 };
	size_t end = *b;
	const enum block_type type = l->s->doc->blocks[*b + 1].type;
	const bool laid = type == BLOCK_ITEM || type == BLOCK_CELL;
	enum error_code code = read_parted(l, *b, &c, &in, &end);

	if (code == OK && !list_is_of_members(&in, l->nnames, laid) &&
		l->s->doc->blocks[*b].type != BLOCK_HEADING)
		code = read_before(l, context_sentence(l->s, c.end - 1), &in);
	if (code != OK || !announces(l->s, *b, &in) ||
		!list_is_of_members(&in, l->nnames, laid))
		return code;
	code = list_end(l, &in, true, &c);
	if (code != OK ||
		!(c.nargs >= LIST_LEAST || (in.members && l->nnames == 0 &&
						   is_empty(l->s, *b, end))))
		return code;
	if (fill_claim(l, &in, c.end, &c))
		code = add_list(l, &in, &c, 0);
	*b = end - 1;
	return code;
}

/* A table, announced by its head, by the block before it, or by both. */
static enum error_code
table_list(struct lists *l, size_t *b)
{
	struct claim c = {
		.kind = CLAIM_MEMBER_LIST,
		.rule = "list.table@3",
		.confidence = 0.9,
	};
	struct list_intro in = { 0 }, head = { 0 };
	size_t end = *b;
	bool told;
	enum error_code code;

	list_begin(l);
	code = list_table(l, *b, &head, &end);
	if (code != OK || l->nnames < LIST_LEAST || *b == 0)
		return code;
	list_count_before(l, l->s->doc->blocks[*b].start, &head);
	code = read_block_intro(l, *b - 1, &c, &in);
	/* What the head says goes first. */
	told = list_is_of_members(&head, l->nnames, false);
	in.other = in.other && !told;
	list_join_intros(&in, &head);
	if (code != OK || !list_is_of_members(&in, l->nnames, true))
		return code;
	code = list_end(l, &in, true, &c);
	if (code == OK && c.nargs >= LIST_LEAST &&
		fill_claim(l, &in, told ? c.start : c.end, &c))
		code = add_list(l, &in, &c, 0);
	*b = end - 1;
	return code;
}

/* text[at] is of a name: "são" in "São Paulo". */
static bool
is_of_name(const struct scan *s, uint32_t at)
{
	const size_t m = context_mention(s, at + 1);

	return m > 0 && s->list[m - 1].start <= at && s->list[m - 1].end > at &&
	       s->list[m - 1].type != MENTION_COUNT;
}

/* Behind the first words of sentence t that say that names follow, which do at
 * once; or 0. */
static uint32_t
names_follow(const struct lists *l, size_t t)
{
	struct scan *s = l->s;
	size_t n = 0;
	const struct word *w = scan_words(s, t, &l->m->part.tmp, &n);

	for (size_t i = 0; w != NULL && i < n; i++) {
		const struct word_row *row;
		size_t len, m;

		if (w[i].fold[0] == '\0')
			continue;
		row = words_find(&l->r->lists, w, n, i, s->doc->language, &len);
		if (row == NULL ||
			(strcmp(row->type, "are") != 0 &&
				strcmp(row->type, "state") != 0 &&
				strcmp(row->type, "listed") != 0) ||
			is_of_name(s, w[i].start))
			continue;
		m = context_mention(s, w[i + len - 1].end);
		if (m < s->n && s->list[m].type != MENTION_COUNT &&
			s->list[m].end <= s->sentences[t].end &&
			s->list[m].start - w[i + len - 1].end <= LEAD_MAX)
			return w[i + len - 1].end;
	}
	return 0;
}

/* Where the names of a sentence begin: behind a colon, or behind "they are".
 * 0: nowhere. */
static uint32_t
find_inline(struct lists *l, size_t t)
{
	const struct sentence *it = &l->s->sentences[t];
	struct span text = l->s->doc->text;
	size_t m = context_mention(l->s, it->start);
	const char *colon;

	/* A run of names has two mentions at least. */
	if (m + 1 >= l->s->n || l->s->list[m + 1].start >= it->end)
		return 0;
	colon = memchr(text.ptr + it->start, ':', it->end - it->start);
	return colon != NULL ? (uint32_t)(colon - text.ptr) + 1
			     : names_follow(l, t);
}

/* Names of a list within a sentence, which begins at `from`: two are enough
 * behind a colon and the network that they belong to. */
static size_t
least_names(const struct lists *l, uint32_t from, const struct list_intro *in)
{
	return in->network && l->s->doc->text.ptr[from - 1] == ':'
		       ? LIST_LEAST
		       : LIST_RUN_LEAST;
}

/* "They have | left: A, B": the words between may say what becomes of them, or
 * that they are something else: "it is | run by A, B and C". */
static enum error_code
read_gap(struct lists *l, uint32_t from, struct list_intro *in, bool *other)
{
	const struct scan *s = l->s;
	const size_t m = context_mention(s, from);
	struct list_intro gap = { 0 };
	enum error_code code = OK;

	if (m < s->n && s->list[m].start > from)
		code = list_read_intro(l, from, s->list[m].start, &gap);
	if (gap.told != STATUS_NONE && in->told == STATUS_NONE) {
		in->told = gap.told;
		in->settled = gap.settled;
	}
	*other = gap.other;
	return code;
}

/* "These have applied: A and B become members": of the names another thing is
 * told behind them than what the words before say became of them. */
static enum error_code
read_behind(
	struct lists *l, uint32_t end, const struct list_intro *in, bool *other)
{
	const uint32_t last = l->names[l->nnames - 1].end;
	struct list_intro behind = { 0 };
	enum error_code code = OK;

	if (in->told != STATUS_NONE && last < end)
		code = list_read_intro(l, last, end, &behind);
	*other = behind.told == STATUS_NONE &&
		 (behind.joined || behind.state || behind.members);
	return code;
}

/* "Four more cities were admitted: Kaunas (Lithuania), Odense and Maribor." */
static enum error_code
inline_list(struct lists *l, size_t t)
{
	const struct sentence *it = &l->s->sentences[t];
	struct claim c = {
		.kind = CLAIM_MEMBER_LIST,
		.rule = "list.inline@4",
		.confidence = 0.9,
		.start = it->start,
		.end = it->end,
	};
	struct list_intro in = { 0 };
	const uint32_t from = find_inline(l, t);
	bool other = false;
	enum error_code code;

	if (from == 0)
		return OK;
	list_begin(l);
	code = list_run(l, from, it->end);
	if (code == OK && l->nnames >= LIST_LEAST)
		code = list_read_intro(l, it->start, from, &in);
	if (code == OK && l->nnames >= LIST_LEAST)
		code = read_gap(l, from, &in, &other);
	if (code == OK && !other && l->nnames >= LIST_LEAST)
		code = read_behind(l, it->end, &in, &other);
	if (code != OK || other || l->nnames < least_names(l, from, &in))
		return code;
	list_count_before(l, from, &in);
	in.about = is_about_told(l, it->start, from);
	if (!list_is_of_members(&in, l->nnames, false))
		code = read_before(l, t, &in);
	if (code != OK || !list_is_of_members(&in, l->nnames, false))
		return code;
	code = list_end(l, &in, false, &c);
	if (code == OK && c.nargs >= LIST_LEAST && fill_claim(l, &in, from, &c))
		code = add_list(l, &in, &c, ROLL_LEAST);
	return code;
}

/* The page's heading: a list in front of it is a menu. */
static size_t
title_block(const struct document *doc)
{
	for (size_t b = 0; b < doc->nblocks; b++)
		if (doc->blocks[b].zone == ZONE_TITLE)
			return b;
	return 0;
}

enum error_code
lists_run(const struct rules *r, struct matcher *m, struct context *x,
	struct scan *s, struct extraction *out)
{
	struct lists l = { .r = r, .m = m, .x = x, .s = s, .out = out };
	enum error_code code = OK;
	size_t t = 0;

	l.told = claims_networks(s, out);
	if (l.told == NULL)
		return ERR_NOMEM;
	for (size_t b = title_block(s->doc); code == OK && b < s->doc->nblocks;
		b++) {
		const struct block *k = &s->doc->blocks[b];

		if (k->zone != ZONE_BODY && k->zone != ZONE_HEADER)
			continue;
		while (t < s->nsentences && s->sentences[t].block < b)
			t++;
		for (size_t i = t; code == OK && i < s->nsentences &&
				   s->sentences[i].block == b;
			i++)
			code = inline_list(&l, i);
		if (code == OK && k->type == BLOCK_CELL && k->row == 1 &&
			k->column == 1)
			code = table_list(&l, &b);
		else if (code == OK && may_announce(s, b))
			code = block_list(&l, &b);
	}
	return code;
}
