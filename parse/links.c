/* Feeds and sitemaps as links to the pages they list. */
#include <stdlib.h>

#include "feed.h"

#include "listings.h"

#define HEAD_BYTES ((size_t)8 << 10) /* in which the root element begins */

/* Without NUL bytes: UTF-16 whose letters are ASCII. */
static struct span
narrow(struct span body, char head[HEAD_BYTES])
{
	size_t n = 0;

	body = span_sub(body, 0, HEAD_BYTES);
	for (size_t i = 0; i < body.len; i++)
		if (body.ptr[i] != '\0')
			head[n++] = body.ptr[i];
	return span_of(head, n);
}

/* Behind what may stand in front of the root element. */
static struct span
at_root(struct span s)
{
	static const struct {
		const char *open, *close;
	} skipped[] = { { "<?", "?>" }, { "<!--", "-->" },
		{ "<!DOCTYPE rss", ">" }, { "<!DOCTYPE rdf", ">" },
		{ "<!DOCTYPE opml", ">" } };
	bool more = true;

	while (more) {
		more = false;
		s = span_trim(s);
		for (size_t i = 0; i < sizeof skipped / sizeof *skipped; i++) {
			size_t end;

			if (!span_istarts_with(s, skipped[i].open))
				continue;
			end = span_find(s, 0, span_str(skipped[i].close));
			if (end == SIZE_MAX)
				return span_of(NULL, 0);
			s = span_sub(s, end + strlen(skipped[i].close), s.len);
			more = true;
		}
	}
	return s;
}

/* The name of the element that begins at s, without its prefix. */
static struct span
root_name(struct span s)
{
	size_t at = 1, from = 1;

	if (s.len == 0 || s.ptr[0] != '<')
		return span_of(NULL, 0);
	for (; at < s.len && !strchr(" \t\r\n/>", s.ptr[at]); at++)
		if (s.ptr[at] == ':')
			from = at + 1;
	return span_sub(s, from, at);
}

/* Nothing but URLs, a line each: as far as is looked at. */
static bool
is_url_list(struct span s)
{
	struct span line;
	size_t urls = 0;

	while (s.ptr != NULL && span_split(&s, '\n', &line)) {
		bool last = s.ptr == NULL;

		line = span_trim(line);
		if (line.len == 0 || line.ptr[0] == '#')
			continue;
		if (!span_istarts_with(line, "http://") &&
			!span_istarts_with(line, "https://"))
			return last && urls > 0;
		for (size_t i = 0; i < line.len; i++)
			if (line.ptr[i] == ' ' || line.ptr[i] == '<')
				return false;
		urls++;
	}
	return urls > 0;
}

static bool
is_html(const char *type)
{
	return type != NULL && strstr(type, "html") != NULL;
}

enum listing_kind
listing_kind_of(struct span body, const char *media_type)
{
	static const struct {
		const char *name;
		enum listing_kind kind;
	} roots[] = { { "rss", LISTING_FEED }, { "RDF", LISTING_FEED },
		{ "feed", LISTING_FEED }, { "opml", LISTING_FEED },
		{ "urlset", LISTING_SITEMAP },
		{ "sitemapindex", LISTING_SITEMAP } };
	char bytes[HEAD_BYTES];
	struct span head, name;

	if (span_starts_with(body, "\x1f\x8b"))
		return LISTING_SITEMAP;
	head = narrow(body, bytes);
	if (span_starts_with(head, "\xef\xbb\xbf"))
		head = span_sub(head, 3, head.len);
	else if (span_starts_with(head, "\xff\xfe") ||
		 span_starts_with(head, "\xfe\xff"))
		head = span_sub(head, 2, head.len);
	head = span_trim(head);
	if (head.len > 0 && head.ptr[0] == '{')
		return span_find(head, 0, span_str("jsonfeed.org/version")) !=
				       SIZE_MAX
			       ? LISTING_FEED
			       : LISTING_NONE;
	if (head.len > 0 && head.ptr[0] != '<')
		return !is_html(media_type) && is_url_list(head)
			       ? LISTING_SITEMAP
			       : LISTING_NONE;
	name = root_name(at_root(head));
	for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
		if (span_ieq_str(name, roots[i].name))
			return roots[i].kind;
	return LISTING_NONE;
}

/* A title without the markup that is in some. */
static const char *
plain_title(const char *title, struct arena *a)
{
	struct xml_tree tree;
	struct buffer b;
	struct span text = { NULL, 0 };

	if (title == NULL || strpbrk(title, "<&") == NULL)
		return title;
	buffer_init(&b, RECORD_LINE_MAX);
	buffer_printf(&b, "<t>%s</t>", title);
	if (b.code == OK && xml_read(buffer_span(&b), a, &tree) == OK &&
		tree.root != NULL)
		text = xml_text(tree.root, a);
	buffer_release(&b);
	return text.len > 0 ? text.ptr : title;
}

static bool
is_web(const char *url)
{
	return url != NULL &&
	       (span_istarts_with(span_str(url), "http://") ||
		       span_istarts_with(span_str(url), "https://"));
}

struct link *
listing_add(struct link_list *out, const struct page *page, const char *url)
{
	struct link *l = &out->list[out->n];

	if (!is_web(url) || out->n == LINKS_MAX)
		return NULL;
	out->n++;
	*l = (struct link){
		.url = url, .page = page->id, .source = page->source
	};
	return l;
}

/* An RFC 3339 time as seconds; 0: none. */
static int64_t
seconds_of(const char *text)
{
	int64_t at = 0;

	return text != NULL && time_parse(span_str(text), &at) ? at : 0;
}

static const char *
either(const char *a, const char *b)
{
	return a != NULL ? a : b;
}

static void
links_of_feed(const struct feed *f, const struct page *page, struct arena *a,
	struct link_list *out)
{
	for (size_t i = 0; i < f->nentries; i++) {
		const struct feed_item *it = &f->entries[i];
		struct link *l = listing_add(out, page, it->link);

		if (l == NULL)
			continue;
		l->title = plain_title(it->title, a);
		l->published = either(it->published_raw, it->created_raw);
		l->guid = it->guid;
		l->lastmod = it->updated_raw;
		l->published_at =
			seconds_of(either(it->published, it->created));
		l->lastmod_at = seconds_of(it->updated);
		/* OPML names feeds. */
		if (f->version != NULL && strcmp(f->version, "opml") == 0)
			l->rel = LINK_LISTING;
	}
}

static void
links_of_sitemap(const struct sitemap *m, const char *base,
	const struct page *page, struct arena *a, struct link_list *out)
{
	for (size_t i = 0; i < m->nentries; i++) {
		const struct sitemap_entry *e = &m->entries[i];
		struct link *l =
			listing_add(out, page, feed_url(e->loc, base, a));

		if (l == NULL)
			continue;
		l->title = e->news.title;
		l->published = e->news.published_raw;
		l->lastmod = e->lastmod;
		l->published_at = seconds_of(e->news.published);
		l->lastmod_at = seconds_of(e->lastmod_at);
		if (m->kind == SITEMAP_INDEX)
			l->rel = LINK_LISTING;
	}
}

struct place {
	const char *url;
	size_t at;
};

static int
by_url(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int order = strcmp(x->url, y->url);

	return order != 0 ? order : (x->at > y->at) - (x->at < y->at);
}

/* The first of each URL stays, in order. */
enum error_code
listing_drop_doubles(struct link_list *out, struct arena *a)
{
	struct place *list = arena_array(a, out->n, sizeof *list);
	size_t kept = 0;

	if (list == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < out->n; i++)
		list[i] = (struct place){ out->list[i].url, i };
	if (out->n > 1)
		qsort(list, out->n, sizeof *list, by_url);
	for (size_t i = 1; i < out->n; i++)
		if (strcmp(list[i].url, list[i - 1].url) == 0)
			out->list[list[i].at].url = NULL;
	for (size_t i = 0; i < out->n; i++)
		if (out->list[i].url != NULL)
			out->list[kept++] = out->list[i];
	out->n = kept;
	return OK;
}

/* <ttl> of RSS 2.0: minutes.  What is over a cap is a slip, or a joke. */
static int64_t
ttl_of(const struct feed *f)
{
	long long minutes;

	if (f->head.ttl == NULL || !span_int(span_trim(span_str(f->head.ttl)),
					   1, FEED_TTL_MAX / 60, &minutes))
		return 0;
	return minutes * 60;
}

enum error_code
listing_links(const struct listing_tools *t, const struct page *page,
	struct span body, enum listing_kind kind, struct arena *a,
	struct link_list *out, struct error *err)
{
	const struct listing_context context = {
		.base = either(page->final_url, page->url),
		.charset = page->charset,
		.media_type = page->media_type,
	};
	struct sitemap map = { .nentries = 0 };
	struct feed none = { .nentries = 0 }, *feed = &none;
	enum error_code code;

	if (kind == LISTING_FEED) {
		feed = arena_alloc(a, sizeof *feed);
		if (feed == NULL)
			return error_set(err, ERR_NOMEM, "no memory");
		code = feed_read(t, body, &context, a, feed, err);
		out->feed = feed;
	} else {
		code = sitemap_read(t, body, &context, a, &map, err);
	}
	if (code != OK)
		return code;
	out->list = arena_array(
		a, feed->nentries + map.nentries, sizeof *out->list);
	if (out->list != NULL) {
		out->ttl = ttl_of(feed);
		links_of_feed(feed, page, a, out);
		links_of_sitemap(&map, context.base, page, a, out);
	}
	if (out->list == NULL || listing_drop_doubles(out, a) != OK)
		return error_set(err, arena_over_cap(a) ? ERR_LIMIT : ERR_NOMEM,
			"the page has more links than there is memory for");
	return OK;
}
