/* Sitemaps (sitemaps.org 0.9), indexes of them, news, lists of URLs. */
#include "feed_dates.h"
#include "listings.h"
#include "xml.h"

#define ALTERNATES_MAX 400 /* strings of one entry */

struct sitemap_reader {
	const struct parse_words *words;
	struct arena *a;
	struct sitemap *map;
	size_t room;
};

static struct sitemap_entry *
add_entry(struct sitemap_reader *r)
{
	struct sitemap *m = r->map;
	struct sitemap_entry *list;

	if (m->nentries == LISTING_ENTRIES_MAX) {
		m->cut = true;
		return NULL;
	}
	list = arena_grow(
		r->a, m->entries, m->nentries, &r->room, sizeof *list);
	if (list == NULL)
		return NULL;
	m->entries = list;
	list[m->nentries] = (struct sitemap_entry){ .loc = NULL };
	return &list[m->nentries++];
}

static const char *
text_of(struct sitemap_reader *r, const struct xml_node *n)
{
	return xml_text(n, r->a).ptr;
}

static void
put_date(struct sitemap_reader *r, const char *text, const char **raw,
	const char **out)
{
	char written[24];
	int64_t at;

	if (text == NULL || *text == '\0' || *raw != NULL)
		return;
	*raw = text;
	if (!feed_date(r->words, span_str(text), &at))
		return;
	time_format(at, written);
	*out = arena_strdup(r->a, written);
}

static void
read_publication(struct sitemap_reader *r, const struct xml_node *at,
	struct sitemap_news *news)
{
	news->publication = true;
	for (const struct xml_node *n = at->first; n != NULL; n = n->next) {
		if (n->name == NULL)
			continue;
		if (xml_is(n, "name"))
			news->name = text_of(r, n);
		else if (xml_is(n, "language"))
			news->language = text_of(r, n);
	}
}

static void
read_news(struct sitemap_reader *r, const struct xml_node *at,
	struct sitemap_news *news)
{
	static const struct {
		const char *name;
		size_t at;
	} rows[] = {
		{ "title", offsetof(struct sitemap_news, title) },
		{ "genres", offsetof(struct sitemap_news, genres) },
		{ "keywords", offsetof(struct sitemap_news, keywords) },
		{ "stock_tickers",
			offsetof(struct sitemap_news, stock_tickers) },
		{ "access", offsetof(struct sitemap_news, access) },
	};

	news->there = true;
	for (const struct xml_node *n = at->first; n != NULL; n = n->next) {
		if (n->name == NULL)
			continue;
		if (xml_is(n, "publication"))
			read_publication(r, n, news);
		else if (xml_is(n, "publication_date"))
			put_date(r, text_of(r, n), &news->published_raw,
				&news->published);
		for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
			if (xml_is(n, rows[i].name))
				*(const char **)(void *)((char *)news +
							 rows[i].at) =
					text_of(r, n);
	}
}

/* <xhtml:link rel="alternate" hreflang="de" href="..."/> */
static void
add_alternate(struct sitemap_reader *r, const struct xml_node *n,
	struct sitemap_entry *e, size_t *room)
{
	const char *lang = xml_attr(n, "hreflang"), *href = xml_attr(n, "href");
	const char **list;

	if (lang == NULL || href == NULL || e->nalternates >= ALTERNATES_MAX)
		return;
	/* Two at a time: the room is even. */
	list = arena_grow(
		r->a, e->alternates, e->nalternates, room, sizeof *list);
	if (list == NULL)
		return;
	e->alternates = list;
	e->alternates[e->nalternates++] = lang;
	e->alternates[e->nalternates++] = href;
}

static void
read_entry(struct sitemap_reader *r, const struct xml_node *at)
{
	struct sitemap_entry e = { .loc = NULL }, *kept;
	size_t room = 0;

	for (const struct xml_node *n = at->first; n != NULL; n = n->next) {
		if (n->name == NULL)
			continue;
		if (n->space == SPACE_NEWS && xml_is(n, "news"))
			read_news(r, n, &e.news);
		else if (xml_is(n, "link") && xml_attr(n, "href") != NULL)
			add_alternate(r, n, &e, &room);
		else if (xml_is(n, "loc") && e.loc == NULL)
			e.loc = text_of(r, n);
		else if (xml_is(n, "lastmod"))
			put_date(r, text_of(r, n), &e.lastmod, &e.lastmod_at);
		else if (xml_is(n, "changefreq"))
			e.changefreq = text_of(r, n);
		else if (xml_is(n, "priority"))
			e.priority = text_of(r, n);
	}
	/* Some write the URL without <loc>. */
	if (e.loc == NULL && !xml_has_elements(at) &&
		span_istarts_with(xml_text(at, r->a), "http"))
		e.loc = text_of(r, at);
	kept = e.loc != NULL && *e.loc != '\0' ? add_entry(r) : NULL;
	if (kept != NULL)
		*kept = e;
}

static void
read_entries(struct sitemap_reader *r, const struct xml_node *root)
{
	for (const struct xml_node *n = root->first; n != NULL; n = n->next)
		if (n->name != NULL &&
			(xml_is(n, "url") || xml_is(n, "sitemap")))
			read_entry(r, n);
}

static enum error_code
read_xml(struct sitemap_reader *r, struct span text, struct error *err)
{
	struct xml_tree tree;
	enum error_code code = xml_read(text, r->a, &tree);
	const struct xml_node *root = tree.root;

	if (code != OK)
		return error_set(err, code, "the sitemap is over its memory");
	if (root == NULL)
		return error_set(err, ERR_FORMAT, "no element in it");
	r->map->broken = tree.broken;
	r->map->cut = tree.cut;
	if (xml_is(root, "urlset")) {
		r->map->kind = SITEMAP_URLS;
		read_entries(r, root);
	} else if (xml_is(root, "sitemapindex")) {
		r->map->kind = SITEMAP_INDEX;
		read_entries(r, root);
	} else if (xml_is(root, "rss") || xml_is(root, "feed") ||
		   xml_is(root, "rdf")) {
		r->map->kind = SITEMAP_FEED;
	} else if (xml_is(root, "html")) {
		return error_set(
			err, ERR_FORMAT, "a page of HTML, not a sitemap");
	} else {
		return error_set(err, ERR_FORMAT,
			"no sitemap: its root is \"%.60s\"", root->name);
	}
	return OK;
}

/* A URL a line. */
static enum error_code
read_text(struct sitemap_reader *r, struct span text, struct error *err)
{
	struct span line;
	bool other = false;

	r->map->kind = SITEMAP_TEXT;
	while (text.ptr != NULL && span_split(&text, '\n', &line)) {
		struct sitemap_entry *e;

		line = span_trim(line);
		if (!span_istarts_with(line, "http://") &&
			!span_istarts_with(line, "https://")) {
			other = other || (line.len > 0 && line.ptr[0] != '#');
			continue;
		}
		e = add_entry(r);
		if (e == NULL)
			break;
		e->loc = arena_strndup(r->a, line.ptr, line.len);
	}
	if (r->map->nentries == 0 && other)
		return error_set(err, ERR_FORMAT, "no URL in it");
	r->map->broken = other;
	return OK;
}

enum error_code
sitemap_read(const struct listing_tools *t, struct span body,
	const struct listing_context *context, struct arena *a,
	struct sitemap *out, struct error *err)
{
	struct sitemap_reader r = {
		.words = t->words,
		.a = a,
		.map = out,
	};
	size_t failures = arena_failures(a);
	struct buffer plain;
	struct span text = { NULL, 0 };
	const char *used;
	enum error_code code = OK;

	*out = (struct sitemap){ .kind = SITEMAP_URLS };
	buffer_init(&plain, UNZIP_MAX + ((size_t)1 << 20));
	if (span_starts_with(body, "\x1f\x8b")) {
		code = listing_unzip(body, &plain, err);
		body = buffer_span(&plain);
	}
	if (code == OK)
		code = listing_decode(
			t, body, context->charset, &text, &used, err);
	text = span_trim(text);
	if (code == OK && text.len == 0)
		code = error_set(err, ERR_FORMAT, "nothing in it");
	else if (code == OK && text.ptr[0] == '{')
		out->kind = SITEMAP_FEED;
	else if (code == OK)
		code = text.ptr[0] == '<' ? read_xml(&r, text, err)
					  : read_text(&r, text, err);
	buffer_release(&plain);
	if (code == OK && arena_failures(a) != failures)
		code = error_set(err, arena_over_cap(a) ? ERR_LIMIT : ERR_NOMEM,
			"the sitemap is over its memory");
	return code;
}
