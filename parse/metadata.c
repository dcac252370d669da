#include "head.h"

#include "authors.h"
#include "contacts.h"
#include "heading.h"
#include "line.h"
#include "publisher.h"

static const char *
copy(struct arena *a, struct span s)
{
	s = span_trim(s);
	return s.len > 0 ? line_fold(s, a) : NULL;
}

/* "pt-BR", "pt_BR": "pt". */
static const char *
language_code(struct arena *a, struct span tag)
{
	char code[4] = { 0 };
	size_t len = 0;

	while (len < tag.len && len < 3 && ((tag.ptr[len] | 32) >= 'a') &&
		((tag.ptr[len] | 32) <= 'z')) {
		code[len] = (char)(tag.ptr[len] | 32);
		len++;
	}
	return len == 2 ? arena_strndup(a, code, 2) : NULL;
}

static void
language_declared(const struct head *h, struct arena *a, struct document *doc)
{
	const struct span said[] = {
		tree_attr(h->tree, 0, ATTR_LANG),
		tree_attr(h->tree, 0, ATTR_XML_LANG),
		head_meta(h, "content-language"),
		head_meta(h, "og:locale"),
	};

	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		if (doc->language == NULL)
			doc->language = language_code(a, said[i]);
}

/* Who says that it is British English, rather than what came with the
 * program, puts the day first. */
static void
order_declared(const struct head *h, struct dates *out)
{
	static const char *const tags[] = { "en-gb", "en-ie", "en-au", "en-nz",
		"en-za", "en-in" };
	struct span said = tree_attr(h->tree, 0, ATTR_LANG);

	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
		if (span_ieq_str(said, tags[i]))
			out->order = ORDER_DAY;
	out->american = span_ieq_str(said, "en-us");
}

static enum error_code
authors_declared(const struct head *h, const struct parse_words *w,
	struct arena *a, struct document *doc)
{
	static const char *const metas[] = { "author", "article:author",
		"dc.creator", "dcterms.creator", "parsely-author",
		"sailthru.author", "byl" };
	enum error_code code = OK;

	for (size_t i = 0; i < h->json.nauthors && code == OK; i++) {
		const char *name = jsonld_string(h->json.authors[i], a);

		if (name != NULL)
			code = authors_declare(w, span_str(name), a, doc);
	}
	for (size_t i = 0; i < sizeof metas / sizeof *metas; i++)
		if (doc->nauthors == 0 && code == OK)
			code = authors_declare(
				w, head_meta(h, metas[i]), a, doc);
	if (doc->nauthors == 0 && h->author != TREE_NONE && code == OK)
		code = authors_declare(w,
			h->tree->nodes[h->author].tag == TAG_META
				? tree_attr(h->tree, h->author, ATTR_CONTENT)
				: tree_text(h->tree, h->author),
			a, doc);
	return code;
}

static enum error_code
publishers_declared(const struct head *h, struct arena *a, struct document *doc)
{
	static const struct {
		const char *meta, *from;
	} metas[] = {
		{ "dc.publisher", "meta dc.publisher" },
		{ "dcterms.publisher", "meta dcterms.publisher" },
		{ "citation_publisher", "meta citation_publisher" },
		{ "publisher", "meta publisher" },
		{ "article:publisher", "meta article:publisher" },
	};
	const struct tree *t = h->tree;
	const char *name =
		jsonld_string(jsonld_publisher(&h->json, &h->others), a);
	struct span prop = head_prop(h, h->publisher, "name");
	enum error_code code = OK;

	if (name != NULL)
		code = publisher_add(doc, span_str(name), BASIS_EXPLICIT,
			"json-ld publisher", a);
	for (size_t i = 0; i < sizeof metas / sizeof *metas && code == OK; i++)
		code = publisher_add(doc, head_meta(h, metas[i].meta),
			BASIS_EXPLICIT, metas[i].from, a);
	if (h->publisher != TREE_NONE && prop.len == 0)
		prop = t->nodes[h->publisher].tag == TAG_META
			       ? tree_attr(t, h->publisher, ATTR_CONTENT)
			       : tree_text(t, h->publisher);
	return code == OK ? publisher_add(doc, prop, BASIS_EXPLICIT,
				    "itemprop publisher", a)
			  : code;
}

static void
title_declared(const struct head *h, struct arena *a, struct document *doc)
{
	struct titles said;
	struct span site =
		doc->site != NULL ? span_str(doc->site) : span_of(NULL, 0);

	titles_declared(h->tree, &said);
	doc->title = copy(a, title_without_site(said.og, site));
	if (doc->title == NULL)
		doc->title = jsonld_string(h->json.headline, a);
	if (doc->title == NULL)
		doc->title = copy(a, title_without_site(said.element, site));
}

enum error_code
metadata_read(const struct html *html, uint32_t heading, struct arena *a,
	struct document *doc, struct dates *dates)
{
	struct head h;
	enum error_code code;

	head_find(html, heading, &h);
	language_declared(&h, a, doc);
	order_declared(&h, dates);
	doc->site = copy(a, head_meta(&h, "og:site_name"));
	if (doc->site == NULL)
		doc->site =
			jsonld_string(jsonld_publisher(&h.json, &h.others), a);
	title_declared(&h, a, doc);
	if (h.canonical != TREE_NONE)
		doc->canonical_url =
			copy(a, tree_attr(h.tree, h.canonical, ATTR_HREF));
	code = declared_days(&h, html, a, dates);
	if (code == OK)
		code = authors_declared(&h, html->words, a, doc);
	if (code == OK)
		code = publishers_declared(&h, a, doc);
	return code == OK ? contacts_declared(&h, a, doc) : code;
}
