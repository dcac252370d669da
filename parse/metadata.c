#include "html.h"
#include "jsonld.h"
#include "pubdate.h"

#define METAS_MAX  256 /* <meta> elements looked at */
#define TIMES_MAX  64
#define AUTHOR_MAX 200 /* bytes of a byline */

/* The elements of a page that say something of it, found in one walk. */
struct head {
	const struct html *html;
	const struct tree *tree;
	uint32_t root;
	struct jsonld json;
	uint32_t metas[METAS_MAX];
	size_t nmetas;
	uint32_t times[TIMES_MAX];
	size_t ntimes;
	uint32_t canonical, title, author;
};

static bool
rel_is(const struct tree *t, uint32_t i, const char *rel)
{
	return span_ieq_str(tree_attr(t, i, ATTR_REL), rel);
}

/* Says "datePublished" or the old microformat's "published". */
static bool
is_published(const struct tree *t, uint32_t i)
{
	return span_ieq_str(tree_attr(t, i, ATTR_ITEMPROP), "datePublished") ||
	       span_eq_str(tree_attr(t, i, ATTR_CLASS), "published");
}

static void
head_take(struct head *h, uint32_t i)
{
	const struct tree *t = h->tree;

	switch (t->nodes[i].tag) {
	case TAG_META:
		if (h->nmetas < METAS_MAX)
			h->metas[h->nmetas++] = i;
		break;
	case TAG_TIME:
		if (h->ntimes < TIMES_MAX)
			h->times[h->ntimes++] = i;
		break;
	case TAG_TITLE:
		if (h->title == TREE_NONE)
			h->title = i;
		break;
	case TAG_LINK:
		if (h->canonical == TREE_NONE && rel_is(t, i, "canonical"))
			h->canonical = i;
		break;
	default:
		if (t->nodes[i].nattrs == 0)
			break;
		if (is_published(t, i) && h->ntimes < TIMES_MAX)
			h->times[h->ntimes++] = i;
		if (h->author == TREE_NONE &&
			(rel_is(t, i, "author") ||
				span_ieq_str(tree_attr(t, i, ATTR_ITEMPROP),
					"author")))
			h->author = i;
	}
}

static void
head_find(const struct html *html, uint32_t root, struct head *h)
{
	h->html = html;
	h->tree = &html->tree;
	h->root = root;
	h->json = (struct jsonld){ 0 };
	h->nmetas = h->ntimes = 0;
	h->canonical = h->title = h->author = TREE_NONE;
	for (size_t i = 0; i < html->info.njson; i++)
		jsonld_read(html->info.json[i], &h->json);
	for (uint32_t i = 0; i < h->tree->n; i++)
		if (h->tree->nodes[i].tag != TAG_TEXT)
			head_take(h, i);
}

/* Content of the first <meta> whose name, property or itemprop is key. */
static struct span
meta(const struct head *h, const char *key)
{
	static const enum attribute by[] = { ATTR_NAME, ATTR_PROPERTY,
		ATTR_ITEMPROP, ATTR_HTTP_EQUIV };

	for (size_t m = 0; m < h->nmetas; m++)
		for (size_t i = 0; i < sizeof by / sizeof *by; i++)
			if (span_ieq_str(tree_attr(h->tree, h->metas[m], by[i]),
				    key))
				return span_trim(tree_attr(
					h->tree, h->metas[m], ATTR_CONTENT));
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
set_date(const struct head *h, struct doc_date *d, struct span text,
	const char *from, const struct document *doc, struct arena *a)
{
	struct civil day;
	struct edtf value = { 0 };
	char edtf[EDTF_MAX];

	if (d->edtf != NULL || text.len == 0 ||
		!pubdate_at(h->html->words, text, doc->language, &day, NULL))
		return false;
	value.start = day;
	edtf_format(&value, edtf);
	d->edtf = arena_strdup(a, edtf);
	d->basis = BASIS_EXPLICIT;
	d->from = from;
	return d->edtf != NULL;
}

static void
dates_declared(const struct head *h, struct arena *a, struct document *doc)
{
	static const char *const published[] = { "article:published_time",
		"datePublished", "dcterms.issued", "dcterms.created",
		"dc.date.issued", "dc.date.created", "dc.date", "dcterms.date",
		"date", "pubdate", "publish-date", "publication_date",
		"parsely-pub-date", "sailthru.date" };
	static const char *const modified[] = { "article:modified_time",
		"dateModified", "dcterms.modified", "last-modified",
		"og:updated_time" };

	(void)set_date(h, &doc->published, h->json.published,
		"json-ld datePublished", doc, a);
	for (size_t i = 0; i < sizeof published / sizeof *published; i++)
		(void)set_date(h, &doc->published, meta(h, published[i]),
			published[i], doc, a);
	(void)set_date(h, &doc->modified, h->json.modified,
		"json-ld dateModified", doc, a);
	for (size_t i = 0; i < sizeof modified / sizeof *modified; i++)
		(void)set_date(h, &doc->modified, meta(h, modified[i]),
			modified[i], doc, a);
}

/* <time> in the release, or in a part that says it is its date; times of
 * teasers and comments are those of others. */
static void
date_of_time(const struct head *h, struct arena *a, struct document *doc)
{
	const struct tree *t = h->tree;

	for (size_t i = 0; i < h->ntimes; i++) {
		uint32_t at = h->times[i];
		struct span when = tree_attr(t, at, ATTR_DATETIME);

		if (when.len == 0)
			when = tree_attr(t, at, ATTR_CONTENT);
		if (when.len == 0)
			when = tree_attr(t, at, ATTR_TITLE);
		for (uint32_t p = at; p != TREE_NONE; p = t->nodes[p].parent) {
			enum part part = (enum part)t->nodes[p].part;

			if (part == PART_TEASER || part == PART_COMMENT)
				when = span_of(NULL, 0);
		}
		if (set_date(h, &doc->published, when, "time", doc, a))
			return;
	}
}

static void
language_declared(const struct head *h, struct arena *a, struct document *doc)
{
	const struct span said[] = {
		tree_attr(h->tree, 0, ATTR_LANG),
		tree_attr(h->tree, 0, ATTR_XML_LANG),
		meta(h, "content-language"),
		meta(h, "og:locale"),
	};

	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		if (doc->language == NULL)
			doc->language = language_code(a, said[i]);
}

static bool
add_author(struct document *doc, const char *name, struct arena *a)
{
	if (name == NULL || strlen(name) > AUTHOR_MAX ||
		strstr(name, "://") != NULL)
		return false;
	if (doc->authors == NULL)
		doc->authors = arena_array(
			a, JSONLD_AUTHORS_MAX, sizeof *doc->authors);
	if (doc->authors == NULL || doc->nauthors == JSONLD_AUTHORS_MAX)
		return false;
	doc->authors[doc->nauthors++] = name;
	return true;
}

static void
authors_declared(const struct head *h, struct arena *a, struct document *doc)
{
	static const char *const metas[] = { "author", "article:author",
		"dc.creator", "dcterms.creator", "parsely-author",
		"sailthru.author", "byl" };

	for (size_t i = 0; i < h->json.nauthors; i++)
		(void)add_author(doc, jsonld_string(h->json.authors[i], a), a);
	for (size_t i = 0; i < sizeof metas / sizeof *metas; i++)
		if (doc->nauthors == 0)
			(void)add_author(doc, copy(a, meta(h, metas[i])), a);
	if (doc->nauthors == 0 && h->author != TREE_NONE)
		(void)add_author(doc,
			copy(a, h->tree->nodes[h->author].tag == TAG_META
					? tree_attr(h->tree, h->author,
						  ATTR_CONTENT)
					: tree_text(h->tree, h->author)),
			a);
}

void
metadata_read(const struct html *html, uint32_t root, struct arena *a,
	struct document *doc)
{
	struct head h;

	head_find(html, root, &h);
	language_declared(&h, a, doc);
	doc->title = copy(a, meta(&h, "og:title"));
	if (doc->title == NULL)
		doc->title = jsonld_string(h.json.headline, a);
	if (doc->title == NULL && h.title != TREE_NONE)
		doc->title = copy(a, tree_text(h.tree, h.title));
	doc->site = copy(a, meta(&h, "og:site_name"));
	if (doc->site == NULL)
		doc->site = jsonld_string(h.json.publisher, a);
	if (h.canonical != TREE_NONE)
		doc->canonical_url =
			copy(a, tree_attr(h.tree, h.canonical, ATTR_HREF));
	authors_declared(&h, a, doc);
	dates_declared(&h, a, doc);
	date_of_time(&h, a, doc);
}
