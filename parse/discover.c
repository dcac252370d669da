#include "discover.h"

#include <ctype.h>

#include "feed.h"

#define ROBOTS "/robots.txt"

/* Where sites of the usual making have a feed or a sitemap. */
static const struct {
	const char *path;
	enum offer_kind kind;
} usual[] = {
	{ "/feed", OFFER_FEED },
	{ "/rss.xml", OFFER_FEED },
	{ "/atom.xml", OFFER_FEED },
	{ "/feed.xml", OFFER_FEED },
	{ ROBOTS, OFFER_SITEMAP },
	{ "/sitemap.xml", OFFER_SITEMAP },
};
#define USUAL (sizeof usual / sizeof *usual)

/* "https://host:port" of a URL, or the empty span. */
static struct span
origin_of(const char *url)
{
	struct span s = span_str(url);
	size_t at = span_find(s, 0, span_str("://"));

	if (at == SIZE_MAX)
		return span_of(NULL, 0);
	for (at += 3; at < s.len && !strchr("/?#", s.ptr[at]);)
		at++;
	return span_sub(s, 0, at);
}

/* The part of url behind its origin is one of the usual ones; a homepage may
 * have moved to another host. */
static bool
is_usual(const char *url)
{
	struct span s = span_str(url);
	size_t origin = origin_of(url).len;

	for (size_t i = 0; i < USUAL; i++)
		if (span_eq_str(span_sub(s, origin, s.len), usual[i].path))
			return true;
	return false;
}

bool
discover_is(const struct page *page, const struct source *src)
{
	return src != NULL && src->kind == SOURCE_SITE && page->url != NULL &&
	       (strcmp(page->url, src->url) == 0 || is_usual(page->url));
}

static bool
has_offer(const struct offers *o, const char *url)
{
	for (size_t i = 0; i < o->n; i++)
		if (strcmp(o->list[i].url, url) == 0)
			return true;
	return false;
}

static enum error_code
add(struct offers *out, const struct offer *offer, struct arena *a)
{
	if (out->n == OFFERS_MAX || offer->url == NULL ||
		has_offer(out, offer->url))
		return OK;
	if (!span_istarts_with(span_str(offer->url), "http://") &&
		!span_istarts_with(span_str(offer->url), "https://"))
		return OK;
	if (out->list == NULL)
		out->list = arena_array(a, OFFERS_MAX, sizeof *out->list);
	if (out->list == NULL)
		return ERR_NOMEM;
	out->list[out->n++] = *offer;
	return OK;
}

/* One of the words of rel. */
static bool
has_rel(struct span rel, const char *word)
{
	struct span one;

	while (span_split(&rel, ' ', &one))
		if (span_ieq_str(one, word))
			return true;
	return false;
}

static bool
is_feed_type(struct span type, struct span href)
{
	static const char *const types[] = { "application/rss+xml",
		"application/atom+xml", "application/rdf+xml",
		"application/feed+json", "text/rss", "text/atom",
		"application/rss", "application/atom" };
	size_t end = 0;

	while (end < type.len && type.ptr[end] != ';')
		end++;
	type = span_trim(span_sub(type, 0, end));
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (span_ieq_str(type, types[i]))
			return true;
	/* XML and JSON may be anything else as well. */
	return (span_ieq_str(type, "text/xml") ||
		       span_ieq_str(type, "application/xml") ||
		       span_ieq_str(type, "application/json")) &&
	       (span_ihas(href, "rss") || span_ihas(href, "atom") ||
		       span_ihas(href, "feed"));
}

/* What readers write below a release is no news of the site. */
static bool
is_of_comments(struct span href, struct span title)
{
	return span_ihas(href, "comments") || span_ihas(title, "comments");
}

/* The last part of the path, without the query. */
static struct span
last_part(struct span href)
{
	size_t end = 0, start;

	while (end < href.len && href.ptr[end] != '?' && href.ptr[end] != '#')
		end++;
	while (end > 0 && href.ptr[end - 1] == '/')
		end--;
	for (start = end; start > 0 && href.ptr[start - 1] != '/';)
		start--;
	return span_sub(href, start, end);
}

/* "/feed/", "news.rss": what links to a feed looks like. */
static bool
looks_like_feed(struct span href)
{
	static const char *const names[] = { "feed", "rss", "atom", "feeds",
		"rss.xml", "feed.xml", "atom.xml", "feed.json", "index.rss",
		"index.rdf", "rss.php" };
	static const char *const ends[] = { ".rss", ".atom", ".rdf" };
	struct span last = last_part(href);

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (span_ieq_str(last, names[i]))
			return true;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		size_t len = strlen(ends[i]);

		if (last.len > len &&
			span_ieq_str(span_sub(last, last.len - len, last.len),
				ends[i]))
			return true;
	}
	return false;
}

static const char *
copy(struct span s, struct arena *a)
{
	s = span_trim(s);
	return s.len > 0 ? arena_strndup(a, s.ptr, s.len) : NULL;
}

static const char *
join(struct span href, const char *base, struct arena *a)
{
	const char *text = copy(href, a);

	return text != NULL ? feed_url(text, base, a) : NULL;
}

/* <link rel="alternate" type="application/rss+xml" href title>, rel="feed",
 * rel="sitemap" */
static enum error_code
take_link(const struct tree *t, uint32_t i, const char *base, struct arena *a,
	struct offers *out)
{
	struct span href = tree_attr(t, i, ATTR_HREF);
	struct span rel = tree_attr(t, i, ATTR_REL);
	struct span type = tree_attr(t, i, ATTR_TYPE);
	struct span title = tree_attr(t, i, ATTR_TITLE);
	struct offer offer = { .kind = OFFER_FEED };

	if (has_rel(rel, "sitemap"))
		offer.kind = OFFER_SITEMAP;
	else if (is_of_comments(href, title) ||
		 !(has_rel(rel, "feed") || (has_rel(rel, "alternate") &&
						   is_feed_type(type, href))))
		return OK;
	offer.url = join(href, base, a);
	offer.title = copy(title, a);
	offer.type = copy(type, a);
	return add(out, &offer, a);
}

/* Links for readers, where none are for programs. */
static enum error_code
take_anchors(const struct tree *t, const char *base, struct arena *a,
	struct offers *out)
{
	enum error_code code = OK;

	for (uint32_t i = 0; code == OK && i < t->n; i++) {
		struct span href = tree_attr(t, i, ATTR_HREF);
		struct span text = tree_text(t, i);

		if (t->nodes[i].tag != TAG_A || !looks_like_feed(href) ||
			is_of_comments(href, text))
			continue;
		code = add(out,
			&(struct offer){
				.kind = OFFER_FEED,
				.url = join(href, base, a),
				.title = copy(text, a),
			},
			a);
	}
	return code;
}

static enum error_code
add_usual(const char *base, struct arena *a, struct offers *out)
{
	struct span origin = origin_of(base);
	enum error_code code = OK;

	for (size_t i = 0; code == OK && i < USUAL && origin.len > 0; i++)
		code = add(out,
			&(struct offer){
				.kind = usual[i].kind,
				.url = arena_printf(a, "%.*s%s",
					(int)origin.len, origin.ptr,
					usual[i].path),
				.guess = true,
			},
			a);
	return code;
}

enum error_code
discover_html(struct html *h, struct span text, const char *base,
	struct arena *a, struct offers *out)
{
	const struct tree *t = &h->tree;
	enum error_code code;

	*out = (struct offers){ NULL, 0 };
	h->info.keep_hrefs = true;
	code = prepass_html(text, &h->clean, &h->info);
	h->info.keep_hrefs = false;
	if (code == OK)
		code = tree_read(&h->tree, buffer_span(&h->clean));
	for (uint32_t i = 0; code == OK && i < t->n; i++)
		if (t->nodes[i].tag == TAG_LINK)
			code = take_link(t, i, base, a, out);
	if (code == OK && out->n == 0)
		code = take_anchors(t, base, a, out);
	return code == OK ? add_usual(base, a, out) : code;
}

/* RFC 9309 section 2.2.4: "Sitemap: URL" belongs to no group. */
enum error_code
discover_robots(
	struct span text, const char *base, struct arena *a, struct offers *out)
{
	static const char key[] = "sitemap";
	enum error_code code = OK;
	struct span line;

	*out = (struct offers){ NULL, 0 };
	if (span_starts_with(text, "\xef\xbb\xbf"))
		text = span_sub(text, 3, text.len);
	while (code == OK && span_split(&text, '\n', &line)) {
		size_t at = sizeof key - 1;

		line = span_trim(line);
		if (!span_istarts_with(line, key))
			continue;
		while (at < line.len && isspace((unsigned char)line.ptr[at]))
			at++;
		if (at >= line.len || line.ptr[at] != ':')
			continue;
		code = add(out,
			&(struct offer){
				.kind = OFFER_SITEMAP,
				.url = join(span_sub(line, at + 1, line.len),
					base, a),
			},
			a);
	}
	return code;
}

/* Whether the source wants what is offered. */
static bool
is_wanted(const struct source *src, const struct offer *o, bool feeds_named)
{
	/* What may be there need not be tried where it is named. */
	if (o->guess && o->kind == OFFER_FEED && feeds_named)
		return false;
	switch (src->discover) {
	case DISCOVER_FEEDS:
		return o->kind == OFFER_FEED;
	case DISCOVER_SITEMAPS:
		return o->kind == OFFER_SITEMAP;
	case DISCOVER_AUTO:
		return o->kind == OFFER_FEED || !feeds_named;
	case DISCOVER_ALL:
	case DISCOVER_CHOICES:
		break;
	}
	return true;
}

static void
links_of(const struct offers *o, const struct source *src,
	const struct page *page, struct link_list *out)
{
	bool named = false;

	for (size_t i = 0; i < o->n; i++)
		named |= o->list[i].kind == OFFER_FEED && !o->list[i].guess;
	for (size_t i = 0; i < o->n; i++) {
		const struct offer *one = &o->list[i];
		struct link *l = is_wanted(src, one, named)
					 ? listing_add(out, page, one->url)
					 : NULL;

		if (l == NULL)
			continue;
		l->title = one->title;
		l->rel = one->guess ? LINK_GUESS : LINK_LISTING;
	}
}

enum error_code
discover_links(const struct listing_tools *t, struct html *h,
	const struct page *page, const struct source *src, struct span body,
	struct arena *a, struct link_list *out, struct error *err)
{
	const char *base =
		page->final_url != NULL ? page->final_url : page->url;
	struct offers offers = { NULL, 0 };
	struct decoded d;
	enum error_code code;

	body = span_sub(body, 0, PARSE_INPUT_MAX);
	code = charset_decode(t->charsets, body, page->charset, t->utf8, &d);
	if (code == OK && strcmp(page->url, src->url) == 0)
		code = discover_html(h, d.text, base, a, &offers);
	else if (code == OK && span_ends_with(span_str(page->url), ROBOTS))
		code = discover_robots(d.text, base, a, &offers);
	if (code == OK) {
		out->list = arena_array(a, offers.n, sizeof *out->list);
		code = out->list != NULL ? OK : ERR_NOMEM;
	}
	if (code != OK)
		return error_set(err, code, "no memory for %s", page->url);
	links_of(&offers, src, page, out);
	return OK;
}
