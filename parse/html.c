#include "html.h"

#include "copies.h"
#include "endings.h"
#include "parse.h"
#include "parts.h"
#include "table.h"

#define DATUM_MAX 120 /* bytes of a cell that is one paragraph */
#define FRAME_NODES                                                            \
	64 /* nodes of a table among which a second cell is sought */

/* What holds for an element and all below it. */
struct frame {
	uint32_t node;
	enum zone zone;
	struct reason reason; /* of the zone */
	enum block_type type;
	uint8_t level;
	bool fixed;   /* the zone is not the root's business any more */
	size_t first; /* of a cell: the first block of its text */
};

struct walk {
	const struct tree *tree;
	const struct parse_words *words;
	struct blocks *out;
	struct reason release; /* of its element */
	uint32_t root;	       /* of the release, or TREE_NONE */
	uint32_t heading;      /* the element of its title, or TREE_NONE */
	struct tables tables;
	size_t depth;
	struct frame stack[PARSE_DEPTH_MAX + 1]; /* one an open element */
};

/* The zone below an element that says which part of the page it is. */
static void
enter_part(const struct walk *w, uint32_t i, struct frame *f)
{
	const struct tree *t = w->tree;
	enum part part = (enum part)t->nodes[i].part;
	uint32_t release = w->root != TREE_NONE ? w->root : w->heading;
	bool before = release != TREE_NONE && i < release, was = f->fixed;

	/* What a part holds is of that part; but none holds the release. */
	if (part != PART_BYLINE && part != PART_DATELINE &&
		(f->fixed || (release != TREE_NONE &&
				     tree_is_within(t, release, i))))
		return;

	switch (part) {
	case PART_MENU:
	case PART_NOTICE:
		f->zone = before || release == TREE_NONE ? ZONE_HEADER
							 : ZONE_FOOTER;
		f->fixed = true;
		break;
	case PART_HEADER:
		/* The release's own head is part of it. */
		if (w->heading != TREE_NONE && tree_is_within(t, w->heading, i))
			break;
		f->zone = ZONE_HEADER;
		f->fixed = true;
		break;
	case PART_FOOTER:
		f->zone = ZONE_FOOTER;
		f->type = BLOCK_FOOTER;
		f->fixed = true;
		break;
	case PART_TEASER:
		f->zone = ZONE_TEASER;
		f->fixed = true;
		break;
	case PART_COMMENT:
		f->zone = ZONE_COMMENT;
		f->fixed = true;
		break;
	case PART_BYLINE:
		f->type = BLOCK_BYLINE;
		break;
	case PART_DATELINE:
		f->type = BLOCK_DATELINE;
		break;
	case PART_NONE:
	case PART_HIDDEN:
	case PART_LAYOUT:
	case PART_PANEL:
	case PART_BODY:
	case PARTS:
		break;
	}
	if (f->fixed && !was)
		f->reason = parts_reason(t, i, w->words);
}

static enum flow
flow_of(const struct tree *t, uint32_t i)
{
	return tags_flow((enum tag)t->nodes[i].tag);
}

/* A table of one cell is a frame around what is in it. */
static bool
is_only_cell(const struct tree *t, uint32_t cell)
{
	uint32_t table = t->nodes[cell].parent, cells = 0;

	while (table != TREE_NONE && t->nodes[table].tag != TAG_TABLE)
		table = t->nodes[table].parent;
	if (table == TREE_NONE)
		return false;
	for (uint32_t i = table + 1, steps = 0;
		i < t->nodes[table].end && cells < 2 && steps < FRAME_NODES;
		steps++) {
		bool is_cell =
			t->nodes[i].tag == TAG_TD || t->nodes[i].tag == TAG_TH;

		cells += is_cell;
		i = is_cell ? t->nodes[i].end : i + 1;
	}
	return cells == 1;
}

/* Cells of layout tables hold paragraphs; a datum is a line, also where an
 * editor wraps it into one paragraph. */
static bool
is_layout_cell(const struct tree *t, uint32_t cell)
{
	size_t wraps = 0;

	for (uint32_t i = cell + 1; i < t->nodes[cell].end; i++) {
		enum flow flow = flow_of(t, i);

		if (flow != FLOW_INLINE && flow != FLOW_PARAGRAPH &&
			flow != FLOW_BLOCK)
			return true;
		wraps += flow == FLOW_PARAGRAPH || flow == FLOW_BLOCK;
	}
	return is_only_cell(t, cell) || wraps > 1 ||
	       (wraps == 1 && tree_text_len(t, cell) > DATUM_MAX);
}

static void
enter_flow(const struct walk *w, uint32_t i, enum flow flow, struct frame *f)
{
	bool typed = f->type == BLOCK_BYLINE || f->type == BLOCK_DATELINE ||
		     f->type == BLOCK_FOOTER;

	switch (flow) {
	case FLOW_HEADING:
		f->type = BLOCK_HEADING;
		f->level = (uint8_t)(w->tree->nodes[i].tag - TAG_H1 + 1);
		if (i == w->heading) {
			f->type = BLOCK_TITLE;
			f->zone = ZONE_TITLE;
			f->reason = (struct reason){ .why = WHY_HEADING,
				.word = tags_name(
					(enum tag)w->tree->nodes[i].tag) };
		}
		break;
	case FLOW_ITEM:
		f->level = f->type == BLOCK_ITEM && f->level < 250
				   ? (uint8_t)(f->level + 1)
				   : 1;
		if (!typed)
			f->type = BLOCK_ITEM;
		break;
	case FLOW_QUOTE:
		f->type = BLOCK_QUOTE;
		break;
	case FLOW_CELL:
		if (!typed && !is_layout_cell(w->tree, i))
			f->type = BLOCK_CELL;
		break;
	case FLOW_CAPTION:
		f->type = BLOCK_CAPTION;
		break;
	case FLOW_PARAGRAPH:
	case FLOW_BLOCK:
	case FLOW_INLINE:
	case FLOW_BREAK:
	case FLOW_SPACE:
	case FLOW_HIDDEN:
		break;
	}
}

static enum error_code
apply(const struct walk *w, const struct frame *f)
{
	struct reason reason = f->reason;

	reason.node = f->node != TREE_NONE ? f->node : 0;
	return blocks_open(w->out, f->type, f->level, f->zone, reason);
}

/* Rows and cells are counted whatever they hold. */
static void
enter_table(struct walk *w, uint32_t i)
{
	enum tag tag = (enum tag)w->tree->nodes[i].tag;
	const struct table *k = NULL;

	if (tag == TAG_TABLE)
		tables_open(&w->tables, i);
	else if (tag == TAG_TR)
		tables_row(&w->tables);
	if (tag != TAG_TD && tag != TAG_TH)
		return;
	k = tables_cell(&w->tables, i);
	w->out->row = k != NULL ? k->row : 0;
	w->out->column = k != NULL ? k->column : 0;
	w->out->header = k != NULL ? k->heads[k->column - 1] : 0;
}

/* The text of a cell is complete when its frame is left. */
static void
leave_table(struct walk *w, const struct frame *f)
{
	enum tag tag = (enum tag)w->tree->nodes[f->node].tag;

	if (tag == TAG_TABLE)
		tables_close(&w->tables);
	else if ((tag == TAG_TD || tag == TAG_TH) && w->out->n > f->first)
		tables_head(&w->tables, f->node, (uint32_t)f->first + 1);
}

static bool
changes_nothing(enum flow flow, const struct frame *a, const struct frame *b)
{
	return flow == FLOW_INLINE && a->zone == b->zone && a->type == b->type;
}

/* Begin an element. */
static enum error_code
enter(struct walk *w, uint32_t i)
{
	enum flow flow = flow_of(w->tree, i);
	const struct frame *outer = &w->stack[w->depth];
	struct frame f = *outer;
	enum error_code code;

	f.node = i;
	if (i == w->root && !f.fixed) {
		f.zone = ZONE_BODY;
		f.reason = w->release;
	}
	enter_part(w, i, &f);
	enter_flow(w, i, flow, &f);
	w->stack[++w->depth] = f;
	if (changes_nothing(flow, outer, &f))
		return OK;
	code = apply(w, &f);
	w->stack[w->depth].first = w->out->n;
	enter_table(w, i);
	return code;
}

static enum error_code
leave(struct walk *w)
{
	const struct frame *was = &w->stack[w->depth], *f;
	enum error_code code;

	w->depth--;
	f = &w->stack[w->depth];
	if (was->node == w->root && !f->fixed) {
		/* Behind the release: what follows is not its text. */
		for (size_t i = 0; i <= w->depth; i++)
			if (!w->stack[i].fixed) {
				w->stack[i].zone = ZONE_FOOTER;
				w->stack[i].reason =
					(struct reason){ .why = WHY_BEHIND };
			}
	}
	if (changes_nothing(flow_of(w->tree, was->node), was, f))
		return OK;
	code = apply(w, f);
	leave_table(w, was);
	return code;
}

static enum error_code
walk(struct walk *w)
{
	const struct tree *t = w->tree;
	enum error_code code = OK;

	for (uint32_t i = 0; i < t->n && code == OK;) {
		while (code == OK && w->depth > 0 &&
			i >= t->nodes[w->stack[w->depth].node].end)
			code = leave(w);
		if (code != OK)
			break;
		if (t->nodes[i].tag == TAG_TEXT) {
			code = blocks_add(
				w->out, tree_text(t, i), tree_link_len(t, i));
			i++;
		} else if (t->nodes[i].part == PART_HIDDEN) {
			i = t->nodes[i].end;
		} else {
			code = enter(w, i++);
		}
	}
	while (code == OK && w->depth > 0)
		code = leave(w);
	return code == OK ? blocks_end(w->out) : code;
}

/* Why the release is in its element. */
static struct reason
release_reason(const struct body *body, const struct parse_words *words)
{
	const struct tree *t = body->tree;

	if (body->named)
		return parts_body_reason(t, body->root, words);
	return (struct reason){ .why = WHY_PROSE,
		.word = tags_name((enum tag)t->nodes[body->root].tag) };
}

static enum error_code
read_tree(const struct body *body, const struct parse_words *words,
	struct blocks *b)
{
	struct walk w;
	bool found = body->root != TREE_NONE;
	enum error_code code;

	w.tree = body->tree;
	w.words = words;
	w.out = b;
	w.root = body->root;
	w.heading = body->heading;
	w.depth = 0;
	w.tables.tree = body->tree;
	w.tables.depth = 0;
	/* What stands in front of a marked release is the site's head. */
	w.stack[0] = (struct frame){
		.node = TREE_NONE,
		.zone = found ? ZONE_HEADER : ZONE_BODY,
		.reason.why = found ? WHY_BEFORE : WHY_PAGE,
		.type = BLOCK_PARAGRAPH,
	};
	if (found)
		w.release = release_reason(body, words);
	code = apply(&w, &w.stack[0]);
	return code == OK ? walk(&w) : code;
}

bool
html_init(struct html *h, const struct parse_words *words)
{
	*h = (struct html){ .words = words };
	/* The pre-pass lengthens "<" in text, fourfold at most. */
	buffer_init(&h->clean, 4 * PARSE_INPUT_MAX + 1024);
	return tree_init(&h->tree);
}

void
html_release(struct html *h)
{
	buffer_release(&h->clean);
	tree_release(&h->tree);
}

static enum error_code
warn_of_cuts(const struct html *h, struct blocks *b)
{
	enum error_code code = OK;

	if (h->tree.too_many)
		code = blocks_warn(
			b, PROBLEM_NODES, "the page was cut at its node limit");
	if (code == OK && (h->info.too_deep || h->tree.too_deep))
		code = blocks_warn(b, PROBLEM_TOO_DEEP,
			"elements nested deeper were read as text");
	return code;
}

enum error_code
html_read(struct html *h, struct span html, struct blocks *b,
	struct document *doc, struct dates *dates)
{
	enum error_code code = prepass_html(html, &h->clean, &h->info);

	if (code == OK)
		code = tree_read(&h->tree, buffer_span(&h->clean));
	if (code == OK)
		code = warn_of_cuts(h, b);
	if (code != OK || h->tree.n == 0)
		return code;
	parts_mark(&h->tree, h->words);
	code = body_find(&h->tree, b->arena, &h->body);
	if (code != OK)
		return code;
	code = metadata_read(h, h->body.heading, b->arena, doc, dates);
	if (code == OK)
		code = read_tree(&h->body, h->words, b);
	if (code == OK) {
		endings_lead(b);
		endings_apply(h->words, b);
		endings_trim(b);
		endings_links(h->words, b);
		code = copies_apply(b);
	}
	return code;
}
