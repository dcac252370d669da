#include "html.h"

#include "authors.h"
#include "heading.h"
#include "jsonld.h"
#include "line.h"
#include "pubdate.h"

#define METAS_MAX 256 /* <meta> elements looked at */
#define TIMES_MAX 64

/* The elements of a page that say something of it, found in one walk. */
struct head {
	const struct html *html;
	const struct tree *tree;
	uint32_t heading;
	struct dates *dates;
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
head_find(const struct html *html, uint32_t heading, struct dates *dates,
	struct head *h)
{
	h->html = html;
	h->tree = &html->tree;
	h->heading = heading;
	h->dates = dates;
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

/* A day that the page declares. */
static void
add_date(const struct head *h, enum dated how, struct span text,
	const char *from)
{
	struct civil day;
	size_t len;
	int64_t at;

	if (text.len == 0 ||
		(!pubdate_basic(text, &day, &len) &&
			!pubdate_at(h->html->words, text, NULL, &day, NULL)))
		return;
	/* A moment is the day it was where the source is. */
	if (h->html->zone != NULL && time_parse(span_trim(text), &at))
		day = tz_day(h->html->zone, at);
	dates_add(h->dates, how, day, text, from);
}

static bool
has_word(struct span name, const char *word)
{
	for (size_t at = 0; at < name.len; at++)
		if (span_istarts_with(span_sub(name, at, name.len), word))
			return true;
	return false;
}

/* "w-published-date", "cXenseParse:recs:publishtime", "date-pub",
 * "citation_publication_date": names that nobody lists. */
static bool
names_publication(const struct tree *t, uint32_t i)
{
	struct span key = tree_attr(t, i, ATTR_NAME);

	if (key.len == 0)
		key = tree_attr(t, i, ATTR_PROPERTY);
	return has_word(key, "publi") ||
	       (has_word(key, "pub") && has_word(key, "date"));
}

static void
dates_declared(const struct head *h)
{
	static const char *const published[] = { "article:published_time",
		"datePublished", "dcterms.issued", "dcterms.created",
		"dc.date.issued", "dc.date.created", "dc.date", "dcterms.date",
		"date", "pubdate", "publish-date", "publication_date",
		"published", "parsely-pub-date", "sailthru.date",
		"citation_date" };
	static const char *const modified[] = { "article:modified_time",
		"dateModified", "dcterms.modified", "last-modified",
		"og:updated_time" };

	add_date(h, DATED_JSONLD, h->json.published, "json-ld datePublished");
	for (size_t i = 0; i < sizeof published / sizeof *published; i++)
		add_date(h, DATED_META, meta(h, published[i]), published[i]);
	for (size_t m = 0; m < h->nmetas; m++)
		if (names_publication(h->tree, h->metas[m]))
			add_date(h, DATED_META,
				tree_attr(h->tree, h->metas[m], ATTR_CONTENT),
				"meta of publication");
	add_date(h, DATED_CHANGED_JSONLD, h->json.modified,
		"json-ld dateModified");
	for (size_t i = 0; i < sizeof modified / sizeof *modified; i++)
		add_date(h, DATED_CHANGED_META, meta(h, modified[i]),
			modified[i]);
}

/* Of a teaser or a comment: that is the time of others. */
static bool
is_of_others(const struct tree *t, uint32_t i)
{
	for (; i != TREE_NONE; i = t->nodes[i].parent)
		if (t->nodes[i].part == PART_TEASER ||
			t->nodes[i].part == PART_COMMENT)
			return true;
	return false;
}

/* <time class="entry-date updated">, itemprop=dateModified, "Updated <time>" */
static bool
is_of_change(const struct tree *t, uint32_t i)
{
	return span_ieq_str(tree_attr(t, i, ATTR_ITEMPROP), "dateModified") ||
	       span_eq_str(tree_attr(t, i, ATTR_CLASS), "updated");
}

/* <time> and what says datePublished: the first behind the title is most
 * likely the page's. */
static void
dates_of_times(const struct head *h)
{
	static const enum attribute by[] = { ATTR_DATETIME, ATTR_CONTENT,
		ATTR_TITLE };
	const struct tree *t = h->tree;
	bool first = true;

	for (size_t i = 0; i < h->ntimes; i++) {
		uint32_t at = h->times[i];
		struct span when = { NULL, 0 };

		for (size_t k = 0; k < 3 && when.len == 0; k++)
			when = tree_attr(t, at, by[k]);
		if (when.len == 0 || is_of_others(t, at))
			continue;
		if (is_of_change(t, at)) {
			add_date(h, DATED_CHANGED_TIME, when,
				words_dated_name(DATED_CHANGED_TIME));
		} else if (first &&
			   (h->heading == TREE_NONE || at > h->heading)) {
			add_date(h, DATED_TIME, when,
				words_dated_name(DATED_TIME));
			first = false;
		} else {
			add_date(h, DATED_TIME_ELSEWHERE, when,
				words_dated_name(DATED_TIME_ELSEWHERE));
		}
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

/* Who says that it is British English, rather than what came with the
 * program, puts the day first. */
static enum order
order_declared(const struct head *h)
{
	static const char *const tags[] = { "en-gb", "en-ie", "en-au", "en-nz",
		"en-za", "en-in" };
	struct span said = tree_attr(h->tree, 0, ATTR_LANG);

	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
		if (span_ieq_str(said, tags[i]))
			return ORDER_DAY;
	return ORDER_UNKNOWN;
}

static enum error_code
authors_declared(const struct head *h, struct arena *a, struct document *doc)
{
	static const char *const metas[] = { "author", "article:author",
		"dc.creator", "dcterms.creator", "parsely-author",
		"sailthru.author", "byl" };
	const struct parse_words *w = h->html->words;
	enum error_code code = OK;

	for (size_t i = 0; i < h->json.nauthors && code == OK; i++) {
		const char *name = jsonld_string(h->json.authors[i], a);

		if (name != NULL)
			code = authors_declare(w, span_str(name), a, doc);
	}
	for (size_t i = 0; i < sizeof metas / sizeof *metas; i++)
		if (doc->nauthors == 0 && code == OK)
			code = authors_declare(w, meta(h, metas[i]), a, doc);
	if (doc->nauthors == 0 && h->author != TREE_NONE && code == OK)
		code = authors_declare(w,
			h->tree->nodes[h->author].tag == TAG_META
				? tree_attr(h->tree, h->author, ATTR_CONTENT)
				: tree_text(h->tree, h->author),
			a, doc);
	return code;
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

	head_find(html, heading, dates, &h);
	language_declared(&h, a, doc);
	dates->order = order_declared(&h);
	doc->site = copy(a, meta(&h, "og:site_name"));
	if (doc->site == NULL)
		doc->site = jsonld_string(h.json.publisher, a);
	title_declared(&h, a, doc);
	if (h.canonical != TREE_NONE)
		doc->canonical_url =
			copy(a, tree_attr(h.tree, h.canonical, ATTR_HREF));
	dates_declared(&h);
	dates_of_times(&h);
	return authors_declared(&h, a, doc);
}
