/* RSS 0.9x, 1.0, 2.0 with the modules in use; CDF; OPML. */
#include "feed.h"

static const char *
text_of(struct feed_reader *r, const struct xml_node *n)
{
	struct span s = xml_text(n, r->a);

	return s.len > 0 ? s.ptr : NULL;
}

/* Text; or markup that was not escaped. */
static const char *
markup_of(struct feed_reader *r, const struct xml_node *n)
{
	struct span s =
		xml_has_elements(n) ? xml_inner(n, r->a) : xml_text(n, r->a);

	return feed_markup(s, feed_base(r, n), r->a);
}

static const char *
url_of(struct feed_reader *r, const struct xml_node *n)
{
	return feed_url(text_of(r, n), feed_base(r, n), r->a);
}

static void
put(const char **into, const char *value)
{
	if (*into == NULL && value != NULL && *value != '\0')
		*into = value;
}

/* What each element is, by its name and, where it matters, its namespace.
 * SPACE_NONE: of RSS itself, whatever namespace that was given. */
enum what {
	IS_TITLE,
	IS_LINK,
	IS_GUID,
	IS_SUMMARY,
	IS_CONTENT,
	IS_PUBLISHED,
	IS_UPDATED,
	IS_CREATED,
	IS_EXPIRED,
	IS_AUTHOR,
	IS_CONTRIBUTOR,
	IS_PUBLISHER,
	IS_CATEGORY,
	IS_TAGS,
	IS_ENCLOSURE,
	IS_COMMENTS,
	IS_RIGHTS,
	IS_LANGUAGE,
	IS_GENERATOR,
	IS_TTL,
	IS_NOTHING
};

static const struct {
	const char *name;
	enum xml_space space;
	enum what what;
} elements[] = {
	{ "title", SPACE_NONE, IS_TITLE },
	{ "title", SPACE_DC, IS_TITLE },
	{ "link", SPACE_NONE, IS_LINK },
	{ "guid", SPACE_NONE, IS_GUID },
	{ "identifier", SPACE_DC, IS_GUID },
	{ "description", SPACE_NONE, IS_SUMMARY },
	{ "tagline", SPACE_NONE, IS_SUMMARY },
	{ "subtitle", SPACE_NONE, IS_SUMMARY },
	{ "abstract", SPACE_NONE, IS_SUMMARY },
	{ "summary", SPACE_NONE, IS_SUMMARY },
	{ "description", SPACE_DC, IS_SUMMARY },
	{ "summary", SPACE_ITUNES, IS_SUMMARY },
	{ "encoded", SPACE_CONTENT, IS_CONTENT },
	{ "body", SPACE_XHTML, IS_CONTENT },
	{ "div", SPACE_XHTML, IS_CONTENT },
	{ "body", SPACE_NONE, IS_CONTENT },
	{ "fullitem", SPACE_NONE, IS_CONTENT },
	{ "content", SPACE_NONE, IS_CONTENT },
	{ "encoded", SPACE_NONE, IS_CONTENT },
	{ "pubDate", SPACE_NONE, IS_PUBLISHED },
	{ "published", SPACE_NONE, IS_PUBLISHED },
	{ "issued", SPACE_TERMS, IS_PUBLISHED },
	{ "date", SPACE_DC, IS_UPDATED },
	{ "modified", SPACE_TERMS, IS_UPDATED },
	{ "lastBuildDate", SPACE_NONE, IS_UPDATED },
	{ "updated", SPACE_NONE, IS_UPDATED },
	{ "modified", SPACE_NONE, IS_UPDATED },
	{ "created", SPACE_TERMS, IS_CREATED },
	{ "expirationDate", SPACE_NONE, IS_EXPIRED },
	{ "author", SPACE_NONE, IS_AUTHOR },
	{ "managingEditor", SPACE_NONE, IS_AUTHOR },
	{ "creator", SPACE_DC, IS_AUTHOR },
	{ "author", SPACE_DC, IS_AUTHOR },
	{ "author", SPACE_ITUNES, IS_AUTHOR },
	{ "contributor", SPACE_DC, IS_CONTRIBUTOR },
	{ "webMaster", SPACE_NONE, IS_PUBLISHER },
	{ "publisher", SPACE_DC, IS_PUBLISHER },
	{ "category", SPACE_NONE, IS_CATEGORY },
	{ "subject", SPACE_DC, IS_CATEGORY },
	{ "tags", SPACE_NONE, IS_TAGS },
	{ "enclosure", SPACE_NONE, IS_ENCLOSURE },
	{ "comments", SPACE_NONE, IS_COMMENTS },
	{ "copyright", SPACE_NONE, IS_RIGHTS },
	{ "rights", SPACE_DC, IS_RIGHTS },
	{ "language", SPACE_NONE, IS_LANGUAGE },
	{ "language", SPACE_DC, IS_LANGUAGE },
	{ "generator", SPACE_NONE, IS_GENERATOR },
	{ "ttl", SPACE_NONE, IS_TTL },
};

static enum what
what_is(const struct xml_node *n)
{
	enum xml_space space = n->space;

	if (space == SPACE_RSS || (space == SPACE_OTHER && n->prefix == NULL))
		space = SPACE_NONE;
	for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
		if (elements[i].space == space && xml_is(n, elements[i].name))
			return elements[i].what;
	return IS_NOTHING;
}

static void
add_author(
	struct feed_reader *r, const struct xml_node *n, struct feed_item *it)
{
	const char *text = text_of(r, n);

	/* "author" of Atom, which has elements, in RSS. */
	if (xml_has_elements(n) && xml_child(n, "name") != NULL) {
		(void)feed_atom_element(r, n, it);
		return;
	}
	put(&it->author_raw, text);
	feed_add_person(it, feed_person_of(text, r->a), false, r->a);
}

/* Description and summary may both be there: what comes second is the full
 * text, unless there is one. */
static void
add_summary(
	struct feed_reader *r, const struct xml_node *n, struct feed_item *it)
{
	bool own = n->space != SPACE_ITUNES && n->space != SPACE_DC;

	if (it->summary == NULL)
		it->summary = markup_of(r, n);
	else if (own)
		put(&it->content, markup_of(r, n));
}

static void
add_enclosure(
	struct feed_reader *r, const struct xml_node *n, struct feed_item *it)
{
	struct feed_link l = {
		.href = feed_url(xml_attr(n, "url"), feed_base(r, n), r->a),
		.rel = "enclosure",
		.type = xml_attr(n, "type"),
		.length = xml_attr(n, "length"),
	};

	feed_add_link(it, l, r->a);
	feed_add_enclosure(it, l, r->a);
}

static void
add_tags(struct feed_reader *r, const char *text, struct feed_item *it)
{
	struct span rest = span_str(text), tag;

	while (rest.ptr != NULL && span_split(&rest, ',', &tag)) {
		tag = span_trim(tag);
		feed_add_category(
			it, arena_strndup(r->a, tag.ptr, tag.len), r->a);
	}
}

static void
add_link(struct feed_reader *r, const struct xml_node *n, struct feed_item *it)
{
	const char *url = url_of(r, n);

	/* Atom's form, in RSS's namespace. */
	if (url == NULL && xml_attr(n, "rel") == NULL)
		url = feed_url(xml_attr(n, "href"), feed_base(r, n), r->a);
	if (url == NULL && xml_attr(n, "href") != NULL)
		(void)feed_atom_element(r, n, it);
	if (url == NULL || *url == '\0')
		return;
	/* Of several the last one counts, as other readers have it. */
	it->link = url;
	feed_add_link(it,
		(struct feed_link){
			.href = url, .rel = "alternate", .type = "text/html" },
		r->a);
}

void
feed_rss_element(
	struct feed_reader *r, const struct xml_node *n, struct feed_item *it)
{
	switch (what_is(n)) {
	case IS_TITLE:
		put(&it->title, markup_of(r, n));
		break;
	case IS_LINK:
		add_link(r, n, it);
		break;
	case IS_GUID:
		put(&it->guid, text_of(r, n));
		break;
	case IS_SUMMARY:
		add_summary(r, n, it);
		break;
	case IS_CONTENT:
		put(&it->content, markup_of(r, n));
		break;
	case IS_PUBLISHED:
		feed_put_date(
			r, text_of(r, n), &it->published_raw, &it->published);
		break;
	case IS_UPDATED:
		feed_put_date(r, text_of(r, n), &it->updated_raw, &it->updated);
		break;
	case IS_CREATED:
		feed_put_date(r, text_of(r, n), &it->created_raw, &it->created);
		break;
	case IS_EXPIRED:
		it->expired_raw = it->expired = NULL; /* the last one counts */
		feed_put_date(r, text_of(r, n), &it->expired_raw, &it->expired);
		break;
	case IS_AUTHOR:
		add_author(r, n, it);
		break;
	case IS_CONTRIBUTOR:
		feed_add_person(
			it, feed_person_of(text_of(r, n), r->a), true, r->a);
		break;
	case IS_PUBLISHER:
		put(&it->publisher, text_of(r, n));
		break;
	case IS_CATEGORY:
		feed_add_category(it, markup_of(r, n), r->a);
		break;
	case IS_TAGS:
		add_tags(r, text_of(r, n), it);
		break;
	case IS_ENCLOSURE:
		add_enclosure(r, n, it);
		break;
	case IS_COMMENTS:
		put(&it->comments, url_of(r, n));
		break;
	case IS_RIGHTS:
		put(&it->rights, markup_of(r, n));
		break;
	case IS_LANGUAGE:
		put(&it->language, text_of(r, n));
		break;
	case IS_GENERATOR:
		put(&it->generator, text_of(r, n));
		break;
	case IS_TTL:
		put(&it->ttl, text_of(r, n));
		break;
	case IS_NOTHING:
		break;
	}
}

static bool
is_item(const struct xml_node *n)
{
	return n->name != NULL && (xml_is(n, "item") || xml_is(n, "entry"));
}

/* The entry's page: its link; its guid where that is a permanent link; what
 * rdf:about names. */
static void
settle_link(
	struct feed_reader *r, const struct xml_node *at, struct feed_item *it)
{
	const struct xml_node *guid = xml_child(at, "guid");
	const char *says = guid != NULL ? xml_attr(guid, "isPermaLink") : NULL;
	const char *about = xml_attr_ns(at, SPACE_RDF, "about");

	for (size_t i = 0; i < it->nlinks && it->link == NULL; i++)
		if (strcmp(it->links[i].rel, "alternate") == 0)
			it->link = it->links[i].href;
	if (it->link == NULL && it->guid != NULL &&
		strstr(it->guid, "://") != NULL &&
		(says == NULL || !span_ieq_str(span_str(says), "false")))
		it->link = feed_url(it->guid, feed_base(r, guid), r->a);
	if (it->link == NULL && about != NULL)
		it->link = feed_url(about, feed_base(r, at), r->a);
	if (it->guid == NULL)
		it->guid = about;
}

static void
read_item(struct feed_reader *r, const struct xml_node *at,
	struct feed_item *it, bool entry)
{
	for (const struct xml_node *n = at->first; n != NULL; n = n->next) {
		if (n->name == NULL || is_item(n))
			continue;
		if ((n->space != SPACE_ATOM && n->space != SPACE_ATOM03) ||
			!feed_atom_element(r, n, it))
			feed_rss_element(r, n, it);
	}
	if (entry)
		settle_link(r, at, it);
}

static void
read_items(struct feed_reader *r, const struct xml_node *at)
{
	for (const struct xml_node *n = at->first; n != NULL; n = n->next) {
		struct feed_item *it;

		if (n->name != NULL && xml_is(n, "channel")) {
			read_item(r, n, &r->feed->head, false);
			read_items(r, n);
			continue;
		}
		if (!is_item(n))
			continue;
		it = feed_add_entry(r);
		if (it == NULL)
			return;
		read_item(r, n, it, true);
	}
}

static const char *
version_of(const struct xml_node *root)
{
	static const struct {
		const char *start, *version;
	} rows[] = { { "2", "rss20" }, { "0.90", "rss090" },
		{ "0.91", "rss091u" }, { "0.92", "rss092" },
		{ "0.93", "rss093" }, { "0.94", "rss094" },
		{ "1.0", "rss10" } };
	struct span v = span_trim(span_str(xml_attr(root, "version")));

	if (xml_is(root, "rdf")) {
		for (const struct xml_node *n = root->first; n != NULL;
			n = n->next)
			if (n->uri != NULL && strstr(n->uri, "netscape"))
				return "rss090";
		return "rss10";
	}
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (span_starts_with(v, rows[i].start))
			return rows[i].version;
	return "rss";
}

bool
feed_rss_read(struct feed_reader *r, const struct xml_node *root)
{
	const char *lang = xml_own(root, "lang");

	if (!xml_is(root, "rss") && !xml_is(root, "rdf"))
		return false;
	r->feed->version = version_of(root);
	read_items(r, root);
	if (r->feed->head.language == NULL)
		r->feed->head.language = lang;
	return true;
}

static void
cdf_item(struct feed_reader *r, const struct xml_node *at, struct feed_item *it)
{
	const char *href = xml_attr(at, "href");

	feed_put_date(
		r, xml_attr(at, "lastmod"), &it->updated_raw, &it->updated);
	if (href != NULL) {
		it->link = feed_url(href, r->base, r->a);
		feed_add_link(it,
			(struct feed_link){
				.href = it->link, .rel = "alternate" },
			r->a);
	}
	read_item(r, at, it, false);
}

bool
feed_cdf_read(struct feed_reader *r, const struct xml_node *root)
{
	if (!xml_is(root, "channel"))
		return false;
	r->feed->version = "cdf";
	cdf_item(r, root, &r->feed->head);
	for (const struct xml_node *n = root->first; n != NULL; n = n->next) {
		struct feed_item *it = is_item(n) ? feed_add_entry(r) : NULL;

		if (it != NULL)
			cdf_item(r, n, it);
	}
	return true;
}

/* An outline with a URL: of a feed, or of a page. */
static void
add_outline(struct feed_reader *r, const struct xml_node *n)
{
	const char *xml = xml_attr(n, "xmlUrl"), *html = xml_attr(n, "htmlUrl");
	const char *url = xml_attr(n, "url"), *title = xml_attr(n, "title");
	struct feed_item *it;

	if (url == NULL || *url == '\0')
		url = html;
	if (xml != NULL && *xml != '\0')
		url = xml;
	if (url == NULL || *url == '\0')
		return;
	it = feed_add_entry(r);
	if (it == NULL)
		return;
	it->title = title != NULL ? title : xml_attr(n, "text");
	it->link = feed_url(url, r->base, r->a);
	it->language = xml_attr(n, "language");
	feed_put_date(
		r, xml_attr(n, "created"), &it->created_raw, &it->created);
}

bool
feed_opml_read(struct feed_reader *r, const struct xml_node *root)
{
	const struct xml_node *head, *body, *n;

	if (!xml_is(root, "opml"))
		return false;
	r->feed->version = "opml";
	head = xml_child(root, "head");
	body = xml_child(root, "body");
	n = head != NULL ? xml_child(head, "title") : NULL;
	if (n != NULL)
		r->feed->head.title = text_of(r, n);
	n = body;
	while (n != NULL) {
		if (n->name != NULL && xml_is(n, "outline"))
			add_outline(r, n);
		if (n->first != NULL) {
			n = n->first;
			continue;
		}
		while (n != body && n->next == NULL)
			n = n->parent;
		n = n == body ? NULL : n->next;
	}
	return true;
}
