#include "html.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include "endings.h"
#include "parse.h"
#include "prepass.h"
#include "zones.h"

/* What an element does to the text around it. */
enum flow {
	FLOW_INLINE,
	FLOW_BLOCK, /* parts the text, no type of its own */
	FLOW_PARAGRAPH,
	FLOW_HEADING,
	FLOW_ITEM,
	FLOW_QUOTE,
	FLOW_CELL,
	FLOW_CAPTION,
	FLOW_BREAK,
	FLOW_SPACE
};

static const struct {
	const char *name;
	enum flow flow;
} flows[] = {
	{ "address", FLOW_BLOCK },
	{ "article", FLOW_BLOCK },
	{ "aside", FLOW_BLOCK },
	{ "blockquote", FLOW_QUOTE },
	{ "body", FLOW_BLOCK },
	{ "br", FLOW_BREAK },
	{ "button", FLOW_BLOCK },
	{ "caption", FLOW_CAPTION },
	{ "center", FLOW_BLOCK },
	{ "dd", FLOW_ITEM },
	{ "details", FLOW_BLOCK },
	{ "dialog", FLOW_BLOCK },
	{ "dir", FLOW_BLOCK },
	{ "div", FLOW_BLOCK },
	{ "dl", FLOW_BLOCK },
	{ "dt", FLOW_ITEM },
	{ "fieldset", FLOW_BLOCK },
	{ "figcaption", FLOW_CAPTION },
	{ "figure", FLOW_BLOCK },
	{ "footer", FLOW_BLOCK },
	{ "form", FLOW_BLOCK },
	{ "h1", FLOW_HEADING },
	{ "h2", FLOW_HEADING },
	{ "h3", FLOW_HEADING },
	{ "h4", FLOW_HEADING },
	{ "h5", FLOW_HEADING },
	{ "h6", FLOW_HEADING },
	{ "header", FLOW_BLOCK },
	{ "hr", FLOW_BLOCK },
	{ "img", FLOW_SPACE },
	{ "legend", FLOW_BLOCK },
	{ "li", FLOW_ITEM },
	{ "main", FLOW_BLOCK },
	{ "menu", FLOW_BLOCK },
	{ "nav", FLOW_BLOCK },
	{ "ol", FLOW_BLOCK },
	{ "p", FLOW_PARAGRAPH },
	{ "pre", FLOW_PARAGRAPH },
	{ "section", FLOW_BLOCK },
	{ "summary", FLOW_BLOCK },
	{ "table", FLOW_BLOCK },
	{ "tbody", FLOW_BLOCK },
	{ "td", FLOW_CELL },
	{ "tfoot", FLOW_BLOCK },
	{ "th", FLOW_CELL },
	{ "thead", FLOW_BLOCK },
	{ "tr", FLOW_BLOCK },
	{ "ul", FLOW_BLOCK },
};

/* What holds for an element and all below it. */
struct frame {
	enum zone zone;
	enum block_type type;
	uint8_t level;
	bool fixed; /* the zone is not the root's business any more */
};

struct walk {
	struct blocks *out;
	const xmlNode *root;	/* of the release, or NULL */
	const xmlNode *heading; /* the element of its title, or NULL */
	bool root_seen;		/* it began */
	bool heading_seen;
	struct frame *stack; /* one an open element */
	size_t depth;
	size_t depth_cap;
};

static enum flow
flow_of(const xmlNode *n)
{
	size_t lo = 0, hi = sizeof flows / sizeof *flows;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		int cmp = strcmp((const char *)n->name, flows[mid].name);

		if (cmp == 0)
			return flows[mid].flow;
		if (cmp < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return FLOW_INLINE;
}

static bool
is_within(const xmlNode *n, const xmlNode *top)
{
	for (; n != NULL; n = n->parent)
		if (n == top)
			return true;
	return false;
}

/* The zone below an element that says which part of the page it is. */
static void
enter_part(struct walk *w, const xmlNode *n, struct frame *f)
{
	enum part part = zones_part(n);
	const xmlNode *release = w->root != NULL ? w->root : w->heading;
	bool before = w->root != NULL ? !w->root_seen : !w->heading_seen;

	/* What a part holds is of that part; but none holds the release. */
	if (part != PART_BYLINE && part != PART_DATELINE &&
		(f->fixed || (release != NULL && is_within(release, n))))
		return;

	switch (part) {
	case PART_MENU:
		f->zone = before ? ZONE_HEADER : ZONE_FOOTER;
		f->fixed = true;
		break;
	case PART_HEADER:
		/* The release's own head is part of it. */
		if (w->heading != NULL && is_within(w->heading, n))
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
		break;
	}
}

/* Cells of layout tables hold paragraphs; a datum is a line. */
static bool
is_layout_cell(const xmlNode *cell)
{
	for (const xmlNode *n = cell->children; n != NULL;
		n = node_next(n, cell, true)) {
		if (n->type != XML_ELEMENT_NODE)
			continue;
		if (flow_of(n) != FLOW_INLINE && flow_of(n) != FLOW_SPACE)
			return true;
	}
	return false;
}

static void
enter_flow(struct walk *w, const xmlNode *n, enum flow flow, struct frame *f)
{
	bool typed = f->type == BLOCK_BYLINE || f->type == BLOCK_DATELINE ||
		     f->type == BLOCK_FOOTER;

	switch (flow) {
	case FLOW_HEADING:
		f->type = BLOCK_HEADING;
		f->level = (uint8_t)(n->name[1] - '0');
		if (n == w->heading) {
			f->type = BLOCK_TITLE;
			f->zone = ZONE_TITLE;
			w->heading_seen = true;
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
		if (!typed && !is_layout_cell(n))
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
		break;
	}
}

static enum error_code
apply(struct walk *w, const struct frame *f)
{
	return blocks_open(w->out, f->type, f->level, f->zone);
}

/* Begin an element; *down: its children are read. */
static enum error_code
enter(struct walk *w, const xmlNode *n, bool *down)
{
	enum flow flow = flow_of(n);
	struct frame f = w->stack[w->depth];

	*down = false;
	if (flow == FLOW_BREAK)
		return blocks_add(w->out, span_str(BLOCKS_LINE_BREAK));
	if (flow == FLOW_SPACE)
		return blocks_add(w->out, span_str(" "));
	if (zones_part(n) == PART_HIDDEN)
		return OK;
	if (w->depth + 1 >= PARSE_DEPTH_MAX)
		return blocks_warn(w->out, PROBLEM_TOO_DEEP,
			"what is nested deeper is not read");
	if (n == w->root) {
		w->root_seen = true;
		if (!f.fixed)
			f.zone = ZONE_BODY;
	}
	enter_part(w, n, &f);
	enter_flow(w, n, flow, &f);
	w->stack[++w->depth] = f;
	*down = true;
	if (flow == FLOW_INLINE && f.zone == w->out->zone &&
		f.type == w->out->type)
		return OK;
	return apply(w, &f);
}

static enum error_code
leave(struct walk *w, const xmlNode *n)
{
	const struct frame *was = &w->stack[w->depth], *f;

	w->depth--;
	f = &w->stack[w->depth];
	if (n == w->root && !f->fixed) {
		/* Behind the release: what follows is not its text. */
		for (size_t i = 0; i <= w->depth; i++)
			if (!w->stack[i].fixed)
				w->stack[i].zone = ZONE_FOOTER;
	}
	if (flow_of(n) == FLOW_INLINE && was->zone == f->zone &&
		was->type == f->type)
		return OK;
	return apply(w, f);
}

static enum error_code
walk(struct walk *w, const xmlNode *top)
{
	const xmlNode *n = top;
	enum error_code code = OK;

	while (n != NULL && code == OK) {
		bool down = false;

		if (n->type == XML_TEXT_NODE ||
			n->type == XML_CDATA_SECTION_NODE)
			code = blocks_add(
				w->out, span_str((const char *)n->content));
		else if (n->type == XML_ELEMENT_NODE)
			code = enter(w, n, &down);
		if (code != OK)
			break;
		if (down && n->children != NULL) {
			n = n->children;
			continue;
		}
		if (down)
			code = leave(w, n);
		while (code == OK && n != top && n->next == NULL) {
			n = n->parent;
			code = leave(w, n);
		}
		n = n == top ? NULL : n->next;
	}
	return code == OK ? blocks_end(w->out) : code;
}

/* Its title: the first h1 in the release; or the first on the page. */
static const xmlNode *
find_heading(const xmlNode *html, const xmlNode *root, const char *name)
{
	const xmlNode *first = NULL;

	for (const xmlNode *n = html; n != NULL; n = node_next(n, html, true)) {
		if (!node_is(n, name))
			continue;
		if (root == NULL || is_within(n, root))
			return n;
		if (first == NULL)
			first = n;
	}
	return first;
}

static htmlDocPtr
parse_tree(struct span clean)
{
	htmlParserCtxtPtr ctxt =
		htmlCreateMemoryParserCtxt(clean.ptr, (int)clean.len);
	htmlDocPtr doc;

	if (ctxt == NULL)
		return NULL;
	(void)htmlCtxtUseOptions(ctxt,
		HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
			HTML_PARSE_NONET | HTML_PARSE_NODEFDTD |
			HTML_PARSE_IGNORE_ENC | HTML_PARSE_COMPACT);
	/* Without it all behind 256 open elements, or a text of 10 MB, is
	 * lost without a word. */
	ctxt->options |= XML_PARSE_HUGE;
	(void)xmlSwitchEncoding(ctxt, XML_CHAR_ENCODING_UTF8);
	(void)htmlParseDocument(ctxt);
	doc = ctxt->myDoc;
	ctxt->myDoc = NULL;
	htmlFreeParserCtxt(ctxt);
	return doc;
}

static enum error_code
read_tree(const xmlNode *html, const xmlNode *root, struct blocks *b)
{
	struct walk w = { .out = b, .root = root };

	w.stack = arena_array(b->arena, PARSE_DEPTH_MAX, sizeof *w.stack);
	if (w.stack == NULL)
		return ERR_NOMEM;
	w.heading = find_heading(html, w.root, "h1");
	if (w.heading == NULL)
		w.heading = find_heading(html, w.root, "h2");
	/* What stands in front of a marked release is the site's head. */
	w.stack[0] = (struct frame){
		.zone = w.root != NULL ? ZONE_HEADER : ZONE_BODY,
		.type = BLOCK_PARAGRAPH,
	};
	b->type = BLOCK_PARAGRAPH;
	b->zone = w.stack[0].zone;
	b->level = 0;
	return walk(&w, html);
}

enum error_code
html_read(struct span html, struct buffer *clean, struct blocks *b,
	struct document *doc)
{
	struct prepass info;
	enum error_code code = prepass_html(html, clean, &info);
	const xmlNode *top;
	htmlDocPtr tree;

	if (code == OK && info.too_many)
		code = blocks_warn(
			b, PROBLEM_NODES, "the page was cut at its node limit");
	if (code == OK && info.attributes > 0)
		code = blocks_warn(b, PROBLEM_MARKUP,
			"attributes over the cap of one element were dropped");
	if (code != OK || clean->len == 0)
		return code;
	tree = parse_tree(buffer_span(clean));
	if (tree == NULL)
		return ERR_NOMEM;
	top = xmlDocGetRootElement(tree);
	if (top != NULL) {
		const xmlNode *root = zones_root(top);

		metadata_read(top, root, html, b->arena, doc);
		code = read_tree(top, root, b);
		endings_apply(b);
	}
	xmlFreeDoc(tree);
	return code;
}
