#include "tree.h"

#include <ctype.h>
#include <stdlib.h>

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include "parse.h"

#define FLAT UINT32_MAX /* an open element without a node */

static const char *const names[ATTRIBUTES] = {
	[ATTR_CLASS] = "class",
	[ATTR_COLSPAN] = "colspan",
	[ATTR_CONTENT] = "content",
	[ATTR_DATA_DATE] = "data-date",
	[ATTR_DATETIME] = "datetime",
	[ATTR_HIDDEN] = "hidden",
	[ATTR_HREF] = "href",
	[ATTR_HTTP_EQUIV] = "http-equiv",
	[ATTR_ID] = "id",
	[ATTR_ITEMPROP] = "itemprop",
	[ATTR_LANG] = "lang",
	[ATTR_NAME] = "name",
	[ATTR_PROPERTY] = "property",
	[ATTR_REL] = "rel",
	[ATTR_ROLE] = "role",
	[ATTR_ROWSPAN] = "rowspan",
	[ATTR_TITLE] = "title",
	[ATTR_TYPE] = "type",
	[ATTR_XML_LANG] = "xml:lang",
};

/* Elements in a line that meet without a space: "</b><span>". */
enum joint { JOINT_NONE, JOINT_END, JOINT_BOTH };

/* What is open while a page is read. */
struct tree_reader {
	htmlParserCtxtPtr ctxt; /* kept from page to page */
	enum error_code code;
	uint32_t depth;			/* of open[] */
	uint32_t over;			/* open elements beyond it */
	uint32_t anchors;		/* open links */
	uint32_t pres;			/* open <pre> */
	uint32_t links;			/* bytes of link text so far */
	enum joint joint;		/* what stood since the last text */
	uint32_t current;		/* the innermost node that is open */
	uint32_t open[PARSE_DEPTH_MAX]; /* nodes, or FLAT */
};

/* Where scripts find the moment that they show as "three days ago". */
static bool
is_data_date(struct span name)
{
	static const char *const list[] = { "datetime", "time", "timestamp",
		"utime", "published", "publish-date", "pubdate" };

	if (!span_istarts_with(name, "data-"))
		return false;
	name = span_sub(name, strlen("data-"), name.len);
	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		if (span_ieq_str(name, list[i]))
			return true;
	return false;
}

enum attribute
attribute_find(struct span name)
{
	if (name.len == 0)
		return ATTRIBUTES;
	for (int i = 0; i < ATTRIBUTES; i++)
		if ((name.ptr[0] | 32) == names[i][0] &&
			span_ieq_str(name, names[i]))
			return (enum attribute)i;
	return is_data_date(name) ? ATTR_DATA_DATE : ATTRIBUTES;
}

static void
fail(struct tree *t, enum error_code code)
{
	t->reader->code = code;
	xmlStopParser(t->reader->ctxt);
}

/* The next row, or NULL. */
static struct node *
new_node(struct tree *t, enum tag tag)
{
	struct node *n;

	/* One more is the sentinel. */
	if (t->nodes == NULL || t->n + 1 >= t->room) {
		uint32_t room = t->room == 0 ? 1024 : 2 * t->room;
		struct node *more = realloc(t->nodes, room * sizeof *more);

		if (more == NULL) {
			fail(t, ERR_NOMEM);
			return NULL;
		}
		t->nodes = more;
		t->room = room;
	}
	if (t->n == PARSE_NODES_MAX) {
		t->too_many = true;
		xmlStopParser(t->reader->ctxt);
		return NULL;
	}
	n = &t->nodes[t->n++];
	*n = (struct node){
		.parent = t->reader->current,
		.text = (uint32_t)t->text.len,
		.links = t->reader->links,
		.attrs = t->nattrs,
		.tag = (uint8_t)tag,
	};
	return n;
}

static void
add_attribute(struct tree *t, struct node *n, enum attribute key, const char *v)
{
	struct span value = span_str(v);

	if (t->nattrs == t->attrs_room) {
		uint32_t room = t->attrs_room == 0 ? 1024 : 2 * t->attrs_room;
		struct attr *more = realloc(t->attrs, room * sizeof *more);

		if (more == NULL) {
			fail(t, ERR_NOMEM);
			return;
		}
		t->attrs = more;
		t->attrs_room = room;
	}
	t->attrs[t->nattrs++] = (struct attr){
		.at = (uint32_t)t->values.len,
		.len = (uint32_t)value.len,
		.key = key,
	};
	n->nattrs++;
	if (buffer_add_span(&t->values, value) != OK)
		fail(t, ERR_NOMEM);
}

static void
add_attributes(struct tree *t, struct node *n, const xmlChar **atts)
{
	for (size_t i = 0; atts != NULL && atts[i] != NULL; i += 2) {
		enum attribute key =
			attribute_find(span_str((const char *)atts[i]));

		if (key < ATTRIBUTES && n->nattrs < ATTRIBUTES)
			add_attribute(t, n, key, (const char *)atts[i + 1]);
	}
}

/* Text goes to the text node that ends the tree, or to a new one. */
static void
add_text(struct tree *t, const char *ptr, size_t len)
{
	struct tree_reader *r = t->reader;
	const struct node *last = t->n > 0 ? &t->nodes[t->n - 1] : NULL;

	if (last == NULL || last->tag != TAG_TEXT ||
		last->parent != r->current) {
		struct node *n = new_node(t, TAG_TEXT);

		if (n == NULL)
			return;
		n->end = t->n;
	}
	if (buffer_add(&t->text, ptr, len) != OK)
		fail(t, ERR_NOMEM);
	if (r->anchors > 0)
		r->links += (uint32_t)len;
}

static void
add_space(struct tree *t)
{
	if (t->text.len > 0 && t->text.ptr[t->text.len - 1] != ' ')
		add_text(t, " ", 1);
}

/*
 * Tiles and labels are parted by their style alone: "356" and "Members" in
 * elements side by side.  Letters parted within a word are not.
 */
static void
part_joined(struct tree *t, char next)
{
	char last = t->text.len > 0 ? t->text.ptr[t->text.len - 1] : ' ';

	if (t->reader->joint == JOINT_BOTH &&
		((isdigit((unsigned char)last) &&
			 isalpha((unsigned char)next)) ||
			(isalpha((unsigned char)last) &&
				isdigit((unsigned char)next)) ||
			(islower((unsigned char)last) &&
				isupper((unsigned char)next))))
		add_space(t);
	t->reader->joint = JOINT_NONE;
}

static bool
is_space(unsigned char c)
{
	return c <= ' ';
}

/* Behind the words at p and the single spaces between them. */
static const char *
words_end(const char *p, const char *end)
{
	for (;;) {
		while (p < end && !is_space((unsigned char)*p))
			p++;
		if (end - p < 2 || *p != ' ' || is_space((unsigned char)p[1]))
			return p;
		p++;
	}
}

static const char *
spaces_end(const char *p, const char *end, bool *line)
{
	for (*line = false; p < end && is_space((unsigned char)*p); p++)
		*line |= *p == '\n';
	return p;
}

static void
on_text(void *ctx, const xmlChar *ch, int len)
{
	struct tree *t = ctx;
	const char *p = (const char *)ch, *end = p + len;

	if (len > 0)
		part_joined(t, *p);
	while (p < end && t->reader->code == OK) {
		const char *start = p;
		bool line;

		if (!is_space((unsigned char)*p)) {
			p = words_end(p, end);
			add_text(t, start, (size_t)(p - start));
			continue;
		}
		p = spaces_end(p, end, &line);
		if (line && t->reader->pres > 0)
			add_text(t, BLOCKS_LINE_BREAK, 3);
		else
			add_space(t);
	}
}

/* "1<sup>er</sup>", "H<sub>2</sub>O" */
static bool
is_script(const xmlChar *name)
{
	return strcmp((const char *)name, "sup") == 0 ||
	       strcmp((const char *)name, "sub") == 0;
}

/* Formatting that carries no attribute needs no node. */
static bool
is_plain(enum tag tag, const xmlChar **atts)
{
	return (tag == TAG_OTHER || tag == TAG_LABEL) &&
	       (atts == NULL || atts[0] == NULL);
}

/*
 * libxml2 knows no <main> or <section>, and leaves them in a head whose end
 * tag was left out.  As in HTML 13.2.6.4.4, what shows ends the head.
 */
static void
leave_head(struct tree *t, enum tag tag)
{
	uint32_t i = t->reader->current;
	enum flow flow = tags_flow(tag);

	if (i != TREE_NONE && t->nodes[i].tag == TAG_HEAD &&
		flow != FLOW_INLINE && flow != FLOW_HIDDEN &&
		flow != FLOW_SPACE)
		t->nodes[i].tag = TAG_BODY;
}

static void
on_start(void *ctx, const xmlChar *name, const xmlChar **atts)
{
	struct tree *t = ctx;
	struct tree_reader *r = t->reader;
	enum tag tag = tags_find((const char *)name);
	uint32_t opened = FLAT;
	struct node *n;

	if (r->code != OK || t->too_many)
		return;
	if (r->joint == JOINT_END)
		r->joint = is_script(name) ? JOINT_NONE : JOINT_BOTH;
	if (r->depth == PARSE_DEPTH_MAX) {
		t->too_deep = true;
		r->over++;
		return;
	}
	leave_head(t, tag);
	if (tags_flow(tag) == FLOW_BREAK)
		add_text(t, BLOCKS_LINE_BREAK, 3);
	else if (tags_flow(tag) == FLOW_SPACE)
		add_space(t);
	else if (!is_plain(tag, atts)) {
		n = new_node(t, tag);
		if (n == NULL)
			return;
		opened = t->n - 1;
		add_attributes(t, n, atts);
		r->current = opened;
		r->pres += tag == TAG_PRE;
		r->anchors += tag == TAG_A && n->nattrs > 0 &&
			      tree_has_attr(t, opened, ATTR_HREF);
	}
	r->open[r->depth++] = opened;
}

static void
on_end(void *ctx, const xmlChar *name)
{
	struct tree *t = ctx;
	struct tree_reader *r = t->reader;
	struct node *n;
	uint32_t closed;

	(void)name; /* they end in the order they began */
	r->joint = JOINT_END;
	if (r->over > 0) {
		r->over--;
		return;
	}
	if (r->depth == 0)
		return;
	closed = r->open[--r->depth];
	if (closed == FLAT)
		return;
	n = &t->nodes[closed];
	n->end = t->n;
	r->current = n->parent;
	r->pres -= n->tag == TAG_PRE;
	r->anchors -= n->tag == TAG_A && tree_has_attr(t, closed, ATTR_HREF);
}

static htmlParserCtxtPtr
new_context(void)
{
	htmlParserCtxtPtr ctxt = htmlNewParserCtxt();

	if (ctxt == NULL)
		return NULL;
	*ctxt->sax = (xmlSAXHandler){
		.startElement = on_start,
		.endElement = on_end,
		.characters = on_text,
		.cdataBlock = on_text,
		.ignorableWhitespace = on_text,
	};
	return ctxt;
}

bool
tree_init(struct tree *t)
{
	*t = (struct tree){ .reader = calloc(1, sizeof *t->reader) };
	/* Nothing that is read grows but by U+2028 for a <br>. */
	buffer_init(&t->text, 2 * PARSE_INPUT_MAX);
	buffer_init(&t->values, 2 * PARSE_INPUT_MAX);
	return t->reader != NULL;
}

/* What a large page needed is given back. */
static void
shrink(struct tree *t)
{
	if (t->room * sizeof *t->nodes > TREE_KEEP) {
		free(t->nodes);
		t->nodes = NULL;
		t->room = 0;
	}
	if (t->attrs_room * sizeof *t->attrs > TREE_KEEP) {
		free(t->attrs);
		t->attrs = NULL;
		t->attrs_room = 0;
	}
	if (t->text.room > TREE_KEEP)
		buffer_release(&t->text);
	if (t->values.room > TREE_KEEP)
		buffer_release(&t->values);
}

void
tree_release(struct tree *t)
{
	if (t->reader != NULL && t->reader->ctxt != NULL)
		htmlFreeParserCtxt(t->reader->ctxt);
	free(t->reader);
	free(t->nodes);
	free(t->attrs);
	buffer_release(&t->text);
	buffer_release(&t->values);
	*t = (struct tree){ 0 };
}

/* markup as the parser's input.  It is copied: over a borrowed ("static")
 * buffer libxml2 2.9.14 reads on behind the end. */
static bool
begin_input(htmlParserCtxtPtr ctxt, struct span markup)
{
	xmlParserInputBufferPtr buf = xmlParserInputBufferCreateMem(
		markup.ptr, (int)markup.len, XML_CHAR_ENCODING_NONE);
	xmlParserInputPtr input;

	if (buf == NULL)
		return false;
	input = xmlNewIOInputStream(ctxt, buf, XML_CHAR_ENCODING_NONE);
	if (input == NULL) {
		xmlFreeParserInputBuffer(buf);
		return false;
	}
	if (inputPush(ctxt, input) < 0) {
		xmlFreeInputStream(input);
		return false;
	}
	return true;
}

static enum error_code
run_parser(struct tree *t, struct span markup)
{
	struct tree_reader *r = t->reader;

	if (r->ctxt != NULL && xmlDictSize(r->ctxt->dict) > TREE_NAMES_MAX) {
		htmlFreeParserCtxt(r->ctxt);
		r->ctxt = NULL;
	}
	if (r->ctxt == NULL && (r->ctxt = new_context()) == NULL)
		return ERR_NOMEM;
	htmlCtxtReset(r->ctxt);
	(void)htmlCtxtUseOptions(r->ctxt,
		HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
			HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
	r->ctxt->options |= XML_PARSE_HUGE;
	r->ctxt->userData = t;
	if (!begin_input(r->ctxt, markup))
		return ERR_NOMEM;
	(void)xmlSwitchEncoding(r->ctxt, XML_CHAR_ENCODING_UTF8);
	(void)htmlParseDocument(r->ctxt);
	return r->code;
}

enum error_code
tree_read(struct tree *t, struct span markup)
{
	struct tree_reader *r = t->reader;
	enum error_code code;

	shrink(t);
	t->n = t->nattrs = 0;
	t->too_many = t->too_deep = false;
	buffer_reset(&t->text);
	buffer_reset(&t->values);
	r->code = OK;
	r->depth = r->over = r->anchors = r->pres = r->links = 0;
	r->current = TREE_NONE;
	r->joint = JOINT_NONE;
	code = markup.len > 0 ? run_parser(t, markup) : OK;
	if (code != OK || t->n == 0)
		return code;
	/* Cut off in the middle, they end here. */
	while (r->depth > 0)
		on_end(t, NULL);
	t->nodes[t->n] = (struct node){
		.parent = TREE_NONE,
		.end = t->n + 1,
		.text = (uint32_t)t->text.len,
		.links = r->links,
		.tag = TAG_OTHER,
	};
	return OK;
}

struct span
tree_text(const struct tree *t, uint32_t i)
{
	return span_sub(buffer_span(&t->text), t->nodes[i].text,
		t->nodes[t->nodes[i].end].text);
}

uint32_t
tree_text_len(const struct tree *t, uint32_t i)
{
	return t->nodes[t->nodes[i].end].text - t->nodes[i].text;
}

uint32_t
tree_link_len(const struct tree *t, uint32_t i)
{
	return t->nodes[t->nodes[i].end].links - t->nodes[i].links;
}

struct span
tree_attr(const struct tree *t, uint32_t i, enum attribute key)
{
	const struct node *n = &t->nodes[i];

	for (uint32_t k = n->attrs; k < n->attrs + n->nattrs; k++)
		if (t->attrs[k].key == key)
			return span_sub(buffer_span(&t->values), t->attrs[k].at,
				t->attrs[k].at + t->attrs[k].len);
	return span_of(NULL, 0);
}

bool
tree_has_attr(const struct tree *t, uint32_t i, enum attribute key)
{
	const struct node *n = &t->nodes[i];

	for (uint32_t k = n->attrs; k < n->attrs + n->nattrs; k++)
		if (t->attrs[k].key == key)
			return true;
	return false;
}

bool
tree_is_within(const struct tree *t, uint32_t i, uint32_t top)
{
	return i >= top && i < t->nodes[top].end;
}
