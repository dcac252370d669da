/* Feeds and sitemaps as they are read: JSON, and text for a person. */
#include "probe.h"

static struct listing_context
context_of(const struct probe_case *c)
{
	return (struct listing_context){
		.base = c->base,
		.charset = c->charset,
		.media_type = c->media_type,
		.language = c->language,
	};
}

static void
put_person(struct buffer *out, const struct feed_person *p)
{
	json_out_open(out, '{');
	json_put_str(out, "name", p->name);
	json_put_str(out, "email", p->email);
	json_put_str(out, "uri", p->uri);
	json_out_close(out, '}');
}

static void
put_people(struct buffer *out, const char *key, const struct feed_person *list,
	size_t n)
{
	if (n == 0)
		return;
	json_out_key(out, key);
	json_out_open(out, '[');
	for (size_t i = 0; i < n; i++)
		put_person(out, &list[i]);
	json_out_close(out, ']');
}

static void
put_links(struct buffer *out, const char *key, const char *url,
	const struct feed_link *list, size_t n)
{
	if (n == 0)
		return;
	json_out_key(out, key);
	json_out_open(out, '[');
	for (size_t i = 0; i < n; i++) {
		json_out_open(out, '{');
		json_put_str(out, url, list[i].href);
		json_put_str(out, "rel", list[i].rel);
		json_put_str(out, "type", list[i].type);
		json_put_str(out, "title", list[i].title);
		json_put_str(out, "hreflang", list[i].hreflang);
		json_put_str(out, "length", list[i].length);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

/* The members that a feed and an entry have in common. */
static void
put_item(struct buffer *out, const struct feed_item *it)
{
	json_put_str(out, "title", it->title);
	json_put_str(out, "link", it->link);
	json_put_str(out, "guid", it->guid);
	json_put_str(out, "published", it->published);
	json_put_str(out, "published_raw", it->published_raw);
	json_put_str(out, "updated", it->updated);
	json_put_str(out, "updated_raw", it->updated_raw);
	json_put_str(out, "created", it->created);
	json_put_str(out, "created_raw", it->created_raw);
	json_put_str(out, "expired", it->expired_raw);
	json_put_str(out, "expired_at", it->expired);
	json_put_str(out, "content", it->content);
	json_put_str(out, "rights", it->rights);
	json_put_str(out, "language", it->language);
	json_put_str(out, "comments", it->comments);
	json_put_str(out, "publisher", it->publisher);
	json_put_str(out, "author_raw", it->author_raw);
	if (it->nauthors > 0) {
		json_out_key(out, "author");
		put_person(out, &it->authors[0]);
	}
	put_people(out, "authors", it->authors, it->nauthors);
	put_people(out, "contributors", it->contributors, it->ncontributors);
	put_links(out, "links", "href", it->links, it->nlinks);
	put_links(out, "enclosures", "url", it->enclosures, it->nenclosures);
	json_put_strings(out, "categories", it->categories, it->ncategories);
}

enum error_code
answer_feed(struct probe *p, const struct probe_case *c, struct buffer *out,
	struct error *err)
{
	const struct listing_context context = context_of(c);
	struct feed f;
	enum error_code code =
		parser_feed(p->parser, c->body, &context, p->arena, &f, err);

	if (code != OK)
		return code;
	json_put_str(out, "encoding", f.encoding);
	json_put_bool(out, "broken", f.broken);
	json_put_bool(out, "cut", f.cut);
	json_out_key(out, "feed");
	json_out_open(out, '{');
	json_put_str(out, "version", f.version);
	json_put_str(out, "subtitle", f.head.summary);
	json_put_str(out, "generator", f.head.generator);
	json_put_str(out, "icon", f.head.icon);
	json_put_str(out, "logo", f.head.logo);
	json_put_str(out, "ttl", f.head.ttl);
	put_item(out, &f.head);
	json_out_close(out, '}');
	json_out_key(out, "entries");
	json_out_open(out, '[');
	for (size_t i = 0; i < f.nentries; i++) {
		json_out_open(out, '{');
		json_put_str(out, "summary", f.entries[i].summary);
		put_item(out, &f.entries[i]);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
	return OK;
}

/* A line "  name  value"; a date that cannot be read is said to be one. */
static void
show_line(struct buffer *out, const char *name, const char *value)
{
	if (value != NULL && *value != '\0')
		buffer_printf(out, "    %-10s %s\n", name, value);
}

static void
show_date(struct buffer *out, const char *name, const char *raw,
	const char *value)
{
	if (raw != NULL && value == NULL)
		buffer_printf(
			out, "    %-10s %s (not read as a date)\n", name, raw);
	else
		show_line(out, name, value);
}

static void
show_item(struct buffer *out, const struct feed_item *it)
{
	show_line(out, "link", it->link);
	if (it->link == NULL || it->guid == NULL ||
		strcmp(it->link, it->guid) != 0)
		show_line(out, "guid", it->guid);
	show_date(out, "published", it->published_raw, it->published);
	show_date(out, "updated", it->updated_raw, it->updated);
	show_line(out, "language", it->language);
	for (size_t i = 0; i < it->nauthors; i++)
		show_line(out, "author",
			it->authors[i].name != NULL ? it->authors[i].name
						    : it->authors[i].email);
	if (it->content != NULL)
		buffer_printf(out, "    %-10s %zu bytes\n", "content",
			strlen(it->content));
}

enum error_code
show_feed(struct probe *p, const struct probe_case *c, struct buffer *out,
	int *refused, struct error *err)
{
	const struct listing_context context = context_of(c);
	struct feed f;
	enum error_code code =
		parser_feed(p->parser, c->body, &context, p->arena, &f, err);

	if (code != OK)
		return code;
	buffer_printf(out, "%s: %s\n", f.version,
		f.head.title != NULL ? f.head.title : "no title");
	show_item(out, &f.head);
	show_line(out, "encoding", f.encoding);
	if (f.broken)
		show_line(out, "warning",
			"not well-formed; read as far as it goes");
	if (f.cut)
		show_line(out, "warning", "it ends before its end");
	for (size_t i = 0; i < f.nentries; i++) {
		const struct feed_item *it = &f.entries[i];

		buffer_printf(out, "%4zu %s\n", i + 1,
			it->title != NULL ? it->title : "no title");
		show_item(out, it);
		if (it->link == NULL) {
			show_line(out, "warning", "no link, so it is left out");
			++*refused;
		}
	}
	return OK;
}

static const char *const kinds[] = {
	[SITEMAP_URLS] = "urlset",
	[SITEMAP_INDEX] = "sitemapindex",
	[SITEMAP_TEXT] = "text",
	[SITEMAP_FEED] = "feed",
};

static void
put_news(struct buffer *out, const struct sitemap_news *n)
{
	json_out_key(out, "news");
	json_out_open(out, '{');
	if (n->publication) {
		json_out_key(out, "publication");
		json_out_open(out, '{');
		json_put_str(out, "name", n->name);
		json_put_str(out, "language", n->language);
		json_out_close(out, '}');
	}
	json_put_str(out, "genres", n->genres);
	json_put_str(out, "publication_date", n->published_raw);
	json_put_str(out, "published", n->published);
	json_put_str(out, "title", n->title);
	json_put_str(out, "keywords", n->keywords);
	json_put_str(out, "stock_tickers", n->stock_tickers);
	json_put_str(out, "access", n->access);
	json_out_close(out, '}');
}

static void
put_entry(struct buffer *out, const struct sitemap_entry *e)
{
	json_out_open(out, '{');
	json_put_str(out, "loc", e->loc);
	json_put_str(out, "lastmod", e->lastmod);
	json_put_str(out, "lastmod_at", e->lastmod_at);
	json_put_str(out, "changefreq", e->changefreq);
	json_put_str(out, "priority", e->priority);
	if (e->news.there)
		put_news(out, &e->news);
	if (e->nalternates > 0) {
		json_out_key(out, "alternate");
		json_out_open(out, '[');
		for (size_t i = 0; i + 1 < e->nalternates; i += 2) {
			json_out_open(out, '[');
			json_out_text(out, span_str(e->alternates[i]));
			json_out_text(out, span_str(e->alternates[i + 1]));
			json_out_close(out, ']');
		}
		json_out_close(out, ']');
	}
	json_out_close(out, '}');
}

enum error_code
answer_sitemap(struct probe *p, const struct probe_case *c, struct buffer *out,
	struct error *err)
{
	const struct listing_context context = context_of(c);
	struct sitemap m;
	enum error_code code =
		parser_sitemap(p->parser, c->body, &context, p->arena, &m, err);

	if (code != OK)
		return code;
	json_put_str(out, "kind", kinds[m.kind]);
	json_put_bool(out, "broken", m.broken);
	json_put_bool(out, "cut", m.cut);
	json_out_key(out, "entries");
	json_out_open(out, '[');
	for (size_t i = 0; i < m.nentries; i++)
		put_entry(out, &m.entries[i]);
	json_out_close(out, ']');
	return OK;
}

enum error_code
show_sitemap(struct probe *p, const struct probe_case *c, struct buffer *out,
	int *refused, struct error *err)
{
	const struct listing_context context = context_of(c);
	struct sitemap m;
	enum error_code code =
		parser_sitemap(p->parser, c->body, &context, p->arena, &m, err);

	(void)refused;
	if (code != OK)
		return code;
	buffer_printf(out, "%s: %zu entries%s%s\n", kinds[m.kind], m.nentries,
		m.broken ? ", not well-formed" : "",
		m.cut ? ", it ends before its end" : "");
	for (size_t i = 0; i < m.nentries; i++) {
		const struct sitemap_entry *e = &m.entries[i];

		buffer_printf(out, "%4zu %s\n", i + 1, e->loc);
		show_date(out, "lastmod", e->lastmod, e->lastmod_at);
		show_line(out, "title", e->news.title);
		show_date(out, "published", e->news.published_raw,
			e->news.published);
	}
	return OK;
}
