#include "xml.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "references.h"

#define ENTITY_MAX 32 /* bytes of a reference's name */

static const struct {
	const char *uri, *prefix;
	enum xml_space space;
} spaces[] = {
	{ "http://www.w3.org/2005/Atom", "atom", SPACE_ATOM },
	{ "http://purl.org/atom/ns", NULL, SPACE_ATOM03 },
	{ "http://example.com/necho", NULL, SPACE_ATOM03 },
	{ "http://purl.org/rss/1.0/modules/content", "content", SPACE_CONTENT },
	{ "http://purl.org/rss/1.0/modules/", NULL, SPACE_OTHER },
	{ "http://purl.org/rss/1.0", NULL, SPACE_RSS },
	{ "http://purl.org/net/rss1.1", NULL, SPACE_RSS },
	{ "http://my.netscape.com/", NULL, SPACE_RSS },
	{ "http://channel.netscape.com/", NULL, SPACE_RSS },
	{ "http://backend.userland.com/", NULL, SPACE_RSS },
	{ "http://blogs.law.harvard.edu/tech/rss", NULL, SPACE_RSS },
	{ "http://www.w3.org/1999/02/22-rdf-syntax-ns", "rdf", SPACE_RDF },
	{ "http://purl.org/dc/elements/", "dc", SPACE_DC },
	{ "http://purl.org/dc/terms", "dcterms", SPACE_TERMS },
	{ "http://search.yahoo.com/mrss", "media", SPACE_MEDIA },
	{ "http://www.itunes.com/", "itunes", SPACE_ITUNES },
	{ "http://www.w3.org/1999/xhtml", "xhtml", SPACE_XHTML },
	{ "http://www.google.com/schemas/sitemap-news", "news", SPACE_NEWS },
	{ "http://www.sitemaps.org/schemas/sitemap", NULL, SPACE_SITEMAP },
	{ "http://www.google.com/schemas/sitemap", NULL, SPACE_SITEMAP },
};
#define SPACES (sizeof spaces / sizeof *spaces)

/* By URI, without case and by its beginning: versions differ; where a prefix
 * was not declared, by the prefix that everybody uses. */
static enum xml_space
space_of(const char *uri, const char *prefix)
{
	for (size_t i = 0; uri != NULL && i < SPACES; i++)
		if (span_istarts_with(span_str(uri), spaces[i].uri))
			return spaces[i].space;
	for (size_t i = 0; uri == NULL && prefix != NULL && i < SPACES; i++)
		if (spaces[i].prefix != NULL &&
			span_ieq_str(span_str(prefix), spaces[i].prefix))
			return spaces[i].space;
	if (prefix == NULL)
		return SPACE_NONE;
	return SPACE_OTHER;
}

/* --- the pre-pass --- */

static size_t
skip_doctype(struct span s, size_t at)
{
	int brackets = 0;
	char quote = '\0';

	for (; at < s.len; at++) {
		char c = s.ptr[at];

		if (quote != '\0')
			quote = c == quote ? '\0' : quote;
		else if (c == '"' || (c == '\'' && brackets == 0))
			quote = c;
		else if (c == '[')
			brackets++;
		else if (c == ']')
			brackets--;
		else if (c == '>' && brackets <= 0)
			return at + 1;
	}
	return s.len;
}

static size_t
behind(struct span s, size_t at, const char *mark)
{
	size_t end = span_find(s, at, span_str(mark));

	return end == SIZE_MAX ? s.len : end + strlen(mark);
}

/* "&name;" of HTML as the character it is; what is no reference at all is an
 * ampersand. */
static size_t
copy_reference(struct span s, size_t at, struct buffer *out)
{
	static const char *const xml[] = { "&amp;", "&lt;", "&gt;", "&quot;",
		"&apos;" };
	struct span rest = span_sub(s, at, at + ENTITY_MAX);
	char name[ENTITY_MAX];
	const htmlEntityDesc *e;
	size_t n = 1, took, start = out->len;

	for (size_t i = 0; i < sizeof xml / sizeof *xml; i++)
		if (span_starts_with(rest, xml[i])) {
			buffer_add_str(out, xml[i]);
			return strlen(xml[i]);
		}
	while (n < rest.len && rest.ptr[n] != ';' && rest.ptr[n] != '<' &&
		rest.ptr[n] != '&' && (unsigned char)rest.ptr[n] > ' ')
		n++;
	memcpy(name, rest.ptr + 1, n - 1);
	name[n - 1] = '\0';
	if (n < rest.len && rest.ptr[n] == ';' && n > 1) {
		e = htmlEntityLookup((const xmlChar *)name);
		if (e != NULL) {
			char utf8[4];

			buffer_add(out, utf8, utf8_encode(e->value, utf8));
			return n + 1;
		}
		took = reference_copy(s, at, false, out);
		if (took == n + 1)
			return took;
		out->len = start;
	}
	buffer_add_str(out, "&amp;");
	return 1;
}

static bool
is_control(struct span s, size_t at, size_t *len)
{
	unsigned char c = (unsigned char)s.ptr[at];

	*len = 1;
	if (c < 0x20)
		return c != '\t' && c != '\n' && c != '\r';
	/* U+FFFE and U+FFFF are no characters of XML. */
	*len = 3;
	return c == 0xEF && at + 2 < s.len &&
	       (unsigned char)s.ptr[at + 1] == 0xBF &&
	       (unsigned char)s.ptr[at + 2] >= 0xBE;
}

/* What begins at '<' and is taken as a whole: 0 if nothing does.  A comment,
 * instruction or document type is dropped. */
static size_t
copy_declared(struct span s, size_t at, struct buffer *out)
{
	struct span rest = span_sub(s, at, at + 16);
	size_t end;

	if (span_starts_with(rest, "<![CDATA[")) {
		end = behind(s, at, "]]>");
		buffer_add_span(out, span_sub(s, at, end));
		if (end == s.len &&
			!span_ends_with(span_sub(s, at, end), "]]>"))
			buffer_add_str(out, "]]>");
		return end - at;
	}
	if (span_starts_with(rest, "<!--"))
		return behind(s, at, "-->") - at;
	if (span_starts_with(rest, "<?"))
		return behind(s, at, "?>") - at;
	if (span_istarts_with(rest, "<!doctype"))
		return skip_doctype(s, at) - at;
	return 0;
}

static enum error_code
clean(struct span s, struct buffer *out)
{
	size_t at = 0, from, len;

	while (at < s.len && s.ptr[at] != '<')
		at++;
	while (at < s.len && out->code == OK) {
		from = at;
		while (at < s.len && s.ptr[at] != '<' && s.ptr[at] != '&' &&
			!is_control(s, at, &len))
			at++;
		buffer_add_span(out, span_sub(s, from, at));
		if (at >= s.len)
			break;
		if (s.ptr[at] == '&') {
			at += copy_reference(s, at, out);
		} else if (s.ptr[at] != '<') {
			(void)is_control(s, at, &len);
			at += len;
		} else {
			len = copy_declared(s, at, out);
			if (len == 0)
				buffer_add_char(out, '<');
			at += len > 0 ? len : 1;
		}
	}
	return out->code;
}

/* --- the tree --- */

struct builder {
	struct arena *arena;
	struct xml_tree *tree;
	struct xml_node *at; /* the element that is open */
	size_t nodes, depth;
	size_t skipped; /* elements open that are not kept */
	bool failed, full;
	xmlParserCtxtPtr ctxt;
};

static void
fail(struct builder *b)
{
	b->failed = true;
}

/* Last thing of a callback: it frees what the callback was given. */
static void
stop_if_over(struct builder *b)
{
	if (b->failed || b->full)
		xmlStopParser(b->ctxt);
}

static struct xml_node *
add_node(struct builder *b)
{
	struct xml_node *n;

	if (b->nodes == XML_NODES_MAX) {
		b->tree->cut = b->full = true;
		return NULL;
	}
	n = arena_alloc(b->arena, sizeof *n);
	if (n == NULL) {
		fail(b);
		return NULL;
	}
	b->nodes++;
	n->parent = b->at;
	if (b->at == NULL) {
		if (b->tree->root == NULL)
			b->tree->root = n;
	} else if (b->at->last == NULL) {
		b->at->first = b->at->last = n;
	} else {
		b->at->last->next = n;
		b->at->last = n;
	}
	return n;
}

static const char *
keep(struct builder *b, const xmlChar *s, size_t len)
{
	char *copy = arena_strndup(b->arena, (const char *)s, len);

	if (copy == NULL)
		fail(b);
	return copy;
}

static const char *
keep_str(struct builder *b, const xmlChar *s)
{
	return s != NULL ? keep(b, s, strlen((const char *)s)) : NULL;
}

/* "dc:date" of a prefix that was not declared in two. */
static void
split_name(struct builder *b, const char **name, const char **prefix)
{
	const char *colon = *name != NULL ? strchr(*name, ':') : NULL;

	if (*prefix != NULL || colon == NULL)
		return;
	*prefix = arena_strndup(b->arena, *name, (size_t)(colon - *name));
	*name = colon + 1;
	if (*prefix == NULL)
		fail(b);
}

static void
add_attrs(
	struct builder *b, struct xml_node *n, int count, const xmlChar **attrs)
{
	size_t want = count < XML_ATTRS_MAX ? (size_t)count : XML_ATTRS_MAX;
	struct xml_attr *list = arena_array(b->arena, want, sizeof *list);

	if (list == NULL) {
		fail(b);
		return;
	}
	for (size_t i = 0; i < want && !b->failed; i++) {
		const xmlChar **a = attrs + 5 * i;

		list[i].name = keep_str(b, a[0]);
		list[i].prefix = keep_str(b, a[1]);
		list[i].value = keep(b, a[3], (size_t)(a[4] - a[3]));
		split_name(b, &list[i].name, &list[i].prefix);
		list[i].space =
			list[i].prefix == NULL
				? SPACE_NONE
				: space_of((const char *)a[2], list[i].prefix);
	}
	n->attrs = list;
	n->nattrs = want;
}

static void
on_start(void *ctx, const xmlChar *name, const xmlChar *prefix,
	const xmlChar *uri, int nnamespaces, const xmlChar **namespaces,
	int nattrs, int ndefaulted, const xmlChar **attrs)
{
	struct builder *b = ctx;
	struct xml_node *n;

	(void)nnamespaces;
	(void)namespaces;
	(void)ndefaulted;
	if (b->failed || b->full)
		return;
	if (b->depth >= XML_TREE_DEPTH_MAX ||
		(b->at == NULL && b->tree->root != NULL)) {
		b->tree->cut = true;
		b->skipped++;
		return;
	}
	n = add_node(b);
	if (n != NULL) {
		n->name = keep_str(b, name);
		n->prefix = keep_str(b, prefix);
		n->uri = keep_str(b, uri);
		split_name(b, &n->name, &n->prefix);
		n->space = space_of(n->uri, n->prefix);
		add_attrs(b, n, nattrs, attrs);
		b->at = n;
		b->depth++;
	}
	stop_if_over(b);
}

static void
on_end(void *ctx, const xmlChar *name, const xmlChar *prefix,
	const xmlChar *uri)
{
	struct builder *b = ctx;

	(void)name;
	(void)prefix;
	(void)uri;
	if (b->skipped > 0) {
		b->skipped--;
	} else if (b->at != NULL) {
		b->at = b->at->parent;
		b->depth--;
	}
}

static void
on_text(void *ctx, const xmlChar *text, int len)
{
	struct builder *b = ctx;
	struct xml_node *n;

	if (b->failed || b->full || b->at == NULL || b->skipped > 0 || len <= 0)
		return;
	n = add_node(b);
	if (n != NULL) {
		n->text.ptr = keep(b, text, (size_t)len);
		n->text.len = n->text.ptr != NULL ? (size_t)len : 0;
	}
	stop_if_over(b);
}

static void
on_error(void *ctx, const char *message, ...)
{
	struct builder *b = ctx;

	(void)message;
	b->tree->broken = true;
}

static void
on_structured(void *ctx, xmlErrorPtr e)
{
	struct builder *b = ctx;

	if (e != NULL && e->level >= XML_ERR_ERROR)
		b->tree->broken = true;
}

static enum error_code
parse_markup(struct span markup, struct arena *a, struct xml_tree *out)
{
	struct builder b = { .arena = a, .tree = out };
	xmlSAXHandler sax = {
		.initialized = XML_SAX2_MAGIC,
		.startElementNs = on_start,
		.endElementNs = on_end,
		.characters = on_text,
		.ignorableWhitespace = on_text,
		.cdataBlock = on_text,
		.error = on_error,
		.fatalError = on_error,
		.serror = on_structured,
	};
	xmlParserCtxtPtr ctxt =
		xmlCreateMemoryParserCtxt(markup.ptr, (int)markup.len);

	if (ctxt == NULL)
		return ERR_NOMEM;
	b.ctxt = ctxt;
	*ctxt->sax = sax;
	ctxt->userData = &b;
	/* NOENT: of &amp; and its like, also in attributes; there is no
	 * document type that could define others. */
	(void)xmlCtxtUseOptions(
		ctxt, XML_PARSE_RECOVER | XML_PARSE_NOENT | XML_PARSE_NONET |
			      XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
			      XML_PARSE_IGNORE_ENC);
	/* NOERROR has taken the handlers away; what is broken is told. */
	ctxt->sax->serror = on_structured;
	(void)xmlParseDocument(ctxt);
	out->broken = out->broken || !ctxt->wellFormed;
	out->cut = out->cut || b.at != NULL;
	xmlFreeDoc(ctxt->myDoc);
	ctxt->myDoc = NULL;
	xmlFreeParserCtxt(ctxt);
	if (!b.failed)
		return OK;
	return arena_over_cap(a) ? ERR_LIMIT : ERR_NOMEM;
}

enum error_code
xml_read(struct span markup, struct arena *a, struct xml_tree *out)
{
	struct buffer cleaned;
	enum error_code code;

	*out = (struct xml_tree){ .root = NULL };
	buffer_init(&cleaned, 5 * markup.len + 64);
	code = clean(markup, &cleaned);
	if (code == OK && cleaned.len > 0 && cleaned.len < INT32_MAX)
		code = parse_markup(buffer_span(&cleaned), a, out);
	buffer_release(&cleaned);
	return code;
}

/* --- looking at it --- */

bool
xml_is(const struct xml_node *n, const char *name)
{
	return n->name != NULL && span_ieq_str(span_str(n->name), name);
}

const char *
xml_attr(const struct xml_node *n, const char *name)
{
	for (size_t i = 0; i < n->nattrs; i++)
		if (n->attrs[i].prefix == NULL &&
			span_ieq_str(span_str(n->attrs[i].name), name))
			return n->attrs[i].value;
	return NULL;
}

const char *
xml_attr_ns(const struct xml_node *n, enum xml_space space, const char *name)
{
	for (size_t i = 0; i < n->nattrs; i++)
		if (n->attrs[i].space == space &&
			span_ieq_str(span_str(n->attrs[i].name), name))
			return n->attrs[i].value;
	return NULL;
}

const char *
xml_own(const struct xml_node *n, const char *name)
{
	for (size_t i = 0; i < n->nattrs; i++)
		if (n->attrs[i].prefix != NULL &&
			strcmp(n->attrs[i].prefix, "xml") == 0 &&
			strcmp(n->attrs[i].name, name) == 0)
			return n->attrs[i].value;
	return NULL;
}

const struct xml_node *
xml_child(const struct xml_node *n, const char *name)
{
	for (const struct xml_node *c = n->first; c != NULL; c = c->next)
		if (xml_is(c, name))
			return c;
	return NULL;
}

bool
xml_has_elements(const struct xml_node *n)
{
	for (const struct xml_node *c = n->first; c != NULL; c = c->next)
		if (c->name != NULL)
			return true;
	return false;
}

/* The next node of the document below top, or NULL. */
static const struct xml_node *
next_node(const struct xml_node *n, const struct xml_node *top)
{
	if (n->first != NULL)
		return n->first;
	while (n != top && n->next == NULL)
		n = n->parent;
	return n == top ? NULL : n->next;
}

/* Trimmed and copied. */
static struct span
finish(struct buffer *b, struct arena *a)
{
	struct span s = span_trim(buffer_span(b));
	char *copy = arena_strndup(a, s.ptr != NULL ? s.ptr : "", s.len);

	s = b->code == OK && copy != NULL ? span_of(copy, s.len)
					  : span_of(NULL, 0);
	buffer_release(b);
	return s;
}

struct span
xml_text(const struct xml_node *n, struct arena *a)
{
	struct buffer b;

	/* Most often there is one. */
	if (n->first != NULL && n->first == n->last && n->first->name == NULL) {
		struct span s = span_trim(n->first->text);
		char *copy = arena_strndup(a, s.ptr, s.len);

		return span_of(copy, copy != NULL ? s.len : 0);
	}
	buffer_init(&b, RECORD_LINE_MAX);
	for (const struct xml_node *c = n; c != NULL; c = next_node(c, n))
		if (c->name == NULL)
			buffer_add_span(&b, c->text);
	return finish(&b, a);
}

static void
add_escaped(struct buffer *b, struct span s, bool value)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (c == '&')
			buffer_add_str(b, "&amp;");
		else if (c == '<')
			buffer_add_str(b, "&lt;");
		else if (c == '>')
			buffer_add_str(b, "&gt;");
		else if (c == '"' && value)
			buffer_add_str(b, "&quot;");
		else
			buffer_add_char(b, c);
	}
}

static void
add_name(struct buffer *b, const char *prefix, const char *name)
{
	if (prefix != NULL && strcmp(prefix, "xhtml") != 0)
		buffer_printf(b, "%s:", prefix);
	buffer_add_str(b, name);
}

static bool
is_void(const struct xml_node *n)
{
	static const char *const names[] = { "area", "br", "col", "embed", "hr",
		"img", "input", "link", "meta", "source", "wbr" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (xml_is(n, names[i]))
			return true;
	return false;
}

static void
add_open(struct buffer *b, const struct xml_node *n)
{
	buffer_add_char(b, '<');
	add_name(b, n->space == SPACE_XHTML ? NULL : n->prefix, n->name);
	for (size_t i = 0; i < n->nattrs; i++) {
		buffer_add_char(b, ' ');
		add_name(b, n->attrs[i].prefix, n->attrs[i].name);
		buffer_add_str(b, "=\"");
		add_escaped(b, span_str(n->attrs[i].value), true);
		buffer_add_char(b, '"');
	}
	buffer_add_str(b, is_void(n) && n->first == NULL ? " />" : ">");
}

static void
add_close(struct buffer *b, const struct xml_node *n)
{
	if (is_void(n) && n->first == NULL)
		return;
	buffer_add_str(b, "</");
	add_name(b, n->space == SPACE_XHTML ? NULL : n->prefix, n->name);
	buffer_add_char(b, '>');
}

struct span
xml_inner(const struct xml_node *n, struct arena *a)
{
	const struct xml_node *c = n->first;
	struct buffer b;

	buffer_init(&b, RECORD_LINE_MAX);
	while (c != NULL) {
		if (c->name == NULL)
			add_escaped(&b, c->text, false);
		else
			add_open(&b, c);
		if (c->first != NULL) {
			c = c->first;
			continue;
		}
		if (c->name != NULL)
			add_close(&b, c);
		while (c->next == NULL && c->parent != n) {
			c = c->parent;
			add_close(&b, c);
		}
		c = c->next;
	}
	return finish(&b, a);
}
