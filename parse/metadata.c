#include "html.h"
#include "pubdate.h"
#include "zones.h"

#define JSON_LD_MAX 65536 /* bytes looked at behind a key */
#define METAS_MAX   256	  /* <meta> elements looked at */
#define TIMES_MAX   64

/* The string value of "key" in JSON-LD; escapes are left as they are, which
 * a date or a language does not have. */
static struct span
json_ld(struct span raw, const char *key)
{
	char quoted[40];
	size_t at = 0;

	(void)snprintf(quoted, sizeof quoted, "\"%s\"", key);
	at = span_find(raw, 0, span_str("application/ld+json"));
	if (at == SIZE_MAX)
		return span_of(NULL, 0);
	at = span_find(raw, at, span_str(quoted));
	if (at == SIZE_MAX)
		return span_of(NULL, 0);
	at += strlen(quoted);
	while (at < raw.len && strchr(" \t\r\n:", raw.ptr[at]))
		at++;
	if (at < raw.len && raw.ptr[at] == '"') {
		size_t end = span_find(raw, at + 1, span_str("\""));

		if (end != SIZE_MAX && end - at < JSON_LD_MAX)
			return span_sub(raw, at + 1, end);
	}
	return span_of(NULL, 0);
}

/* The elements of a page that say something of it, found in one walk. */
struct head {
	const xmlNode *metas[METAS_MAX];
	size_t nmetas;
	const xmlNode *times[TIMES_MAX];
	size_t ntimes;
	const xmlNode *canonical, *title;
};

static void
head_find(const xmlNode *html, struct head *h)
{
	*h = (struct head){ 0 };
	for (const xmlNode *n = html; n != NULL; n = node_next(n, html, true)) {
		if (n->type != XML_ELEMENT_NODE)
			continue;
		if (node_is(n, "meta") && h->nmetas < METAS_MAX)
			h->metas[h->nmetas++] = n;
		else if (node_is(n, "time") && h->ntimes < TIMES_MAX)
			h->times[h->ntimes++] = n;
		else if (node_is(n, "title") && h->title == NULL)
			h->title = n;
		else if (node_is(n, "link") && h->canonical == NULL &&
			 span_ieq_str(node_attribute(n, "rel"), "canonical"))
			h->canonical = n;
	}
}

/* Content of the first <meta> whose name, property or itemprop is key. */
static struct span
meta(const struct head *h, const char *key)
{
	static const char *const by[] = { "name", "property", "itemprop",
		"http-equiv" };

	for (size_t m = 0; m < h->nmetas; m++)
		for (size_t i = 0; i < sizeof by / sizeof *by; i++)
			if (span_ieq_str(
				    node_attribute(h->metas[m], by[i]), key))
				return span_trim(
					node_attribute(h->metas[m], "content"));
	return span_of(NULL, 0);
}

static const char *
copy(struct arena *a, struct span s)
{
	s = span_trim(s);
	return s.len > 0 ? arena_strndup(a, s.ptr, s.len) : NULL;
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

static bool
set_date(struct doc_date *d, struct span text, const char *from,
	const struct document *doc, struct arena *a)
{
	struct civil day;
	struct edtf value = { 0 };
	char edtf[EDTF_MAX];

	if (d->edtf != NULL || text.len == 0 ||
		!pubdate_at(text, doc->language, &day, NULL))
		return false;
	value.start = day;
	edtf_format(&value, edtf);
	d->edtf = arena_strdup(a, edtf);
	d->basis = BASIS_EXPLICIT;
	d->from = from;
	return d->edtf != NULL;
}

static void
dates_declared(const struct head *h, struct span raw, struct arena *a,
	struct document *doc)
{
	static const char *const published[] = { "article:published_time",
		"datePublished", "dcterms.issued", "dcterms.created",
		"dc.date.issued", "dc.date.created", "dc.date", "dcterms.date",
		"date", "pubdate", "publish-date", "publication_date",
		"parsely-pub-date", "sailthru.date" };
	static const char *const modified[] = { "article:modified_time",
		"dateModified", "dcterms.modified", "last-modified",
		"og:updated_time" };

	(void)set_date(&doc->published, json_ld(raw, "datePublished"),
		"json-ld datePublished", doc, a);
	for (size_t i = 0; i < sizeof published / sizeof *published; i++)
		(void)set_date(&doc->published, meta(h, published[i]),
			published[i], doc, a);
	(void)set_date(&doc->modified, json_ld(raw, "dateModified"),
		"json-ld dateModified", doc, a);
	for (size_t i = 0; i < sizeof modified / sizeof *modified; i++)
		(void)set_date(&doc->modified, meta(h, modified[i]),
			modified[i], doc, a);
}

/* <time datetime> in the release, or in a part that says it is its date;
 * times of teasers and comments are those of others. */
static void
date_of_time(const struct head *h, const xmlNode *root, struct arena *a,
	struct document *doc)
{
	for (size_t i = 0; i < h->ntimes; i++) {
		struct span when = node_attribute(h->times[i], "datetime");
		bool inside = false;

		for (const xmlNode *p = h->times[i]; p != NULL; p = p->parent) {
			enum part part = p->type == XML_ELEMENT_NODE
						 ? zones_part(p)
						 : PART_NONE;

			if (part == PART_TEASER || part == PART_COMMENT)
				when = span_of(NULL, 0);
			inside = inside || p == root;
		}
		if ((inside || root == NULL) &&
			set_date(&doc->published, when, "time", doc, a))
			return;
	}
}

static void
language_declared(const struct head *h, const xmlNode *html, struct arena *a,
	struct document *doc)
{
	const struct span said[] = {
		node_attribute(html, "lang"),
		node_attribute(html, "xml:lang"),
		meta(h, "content-language"),
		meta(h, "og:locale"),
	};

	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		if (doc->language == NULL)
			doc->language = language_code(a, said[i]);
}

void
metadata_read(const xmlNode *html, const xmlNode *root, struct span raw,
	struct arena *a, struct document *doc)
{
	struct head h;
	const char *author;

	head_find(html, &h);
	language_declared(&h, html, a, doc);
	doc->title = copy(a, meta(&h, "og:title"));
	if (doc->title == NULL && h.title != NULL && h.title->children != NULL)
		doc->title = copy(
			a, span_str((const char *)h.title->children->content));
	doc->site = copy(a, meta(&h, "og:site_name"));
	if (h.canonical != NULL)
		doc->canonical_url =
			copy(a, node_attribute(h.canonical, "href"));
	author = copy(a, meta(&h, "author"));
	if (author != NULL && (doc->authors = arena_array(
				       a, 1, sizeof *doc->authors)) != NULL) {
		doc->authors[0] = author;
		doc->nauthors = 1;
	}
	dates_declared(&h, raw, a, doc);
	date_of_time(&h, root, a, doc);
}
