/* Atom 1.0 (RFC 4287) and 0.3. */
#include <ctype.h>

#include "feed.h"

static int
base64_digit(char c)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c != '\0' ? strchr(digits, c) : NULL;

	return at != NULL ? (int)(at - digits) : -1;
}

/* Text of base64, if s is that and holds text; else s. */
static struct span
decode_base64(struct span s, struct arena *a)
{
	char *out = arena_alloc(a, s.len + 1);
	size_t n = 0, digits = 0;
	unsigned bits = 0;

	if (out == NULL)
		return s;
	for (size_t i = 0; i < s.len; i++) {
		int d = base64_digit(s.ptr[i]);

		if (isspace((unsigned char)s.ptr[i]) || s.ptr[i] == '=')
			continue;
		if (d < 0)
			return s;
		bits = bits << 6 | (unsigned)d;
		if (++digits % 4 != 1)
			out[n++] = (char)(bits >> (6 - 2 * ((digits - 1) % 4)));
	}
	if (digits % 4 == 1 || utf8_valid_prefix(span_of(out, n)) != n ||
		memchr(out, '\0', n) != NULL)
		return s;
	return span_trim(span_of(out, n));
}

/* "<div>...</div>" around all of it says nothing. */
static struct span
without_div(struct span s)
{
	size_t open;

	if (!span_istarts_with(s, "<div") || !span_ends_with(s, "</div>"))
		return s;
	open = span_find(s, 0, span_str(">"));
	if (open == SIZE_MAX || open + 7 > s.len ||
		span_find(s, 4, span_str("<div")) != SIZE_MAX)
		return s;
	return span_trim(span_sub(s, open + 1, s.len - 6));
}

static bool
is_xml_type(struct span type)
{
	return span_ends_with(type, "/xml") || span_ends_with(type, "+xml");
}

/* The only element inside n, when there is no text beside it. */
static const struct xml_node *
only_div(const struct xml_node *n)
{
	const struct xml_node *found = NULL;

	for (const struct xml_node *c = n->first; c != NULL; c = c->next) {
		if (c->name == NULL && span_trim(c->text).len == 0)
			continue;
		if (c->name == NULL || found != NULL || !xml_is(c, "div"))
			return NULL;
		found = c;
	}
	return found;
}

/* A text construct or content, as markup or text: RFC 4287 sections 3.1 and
 * 4.1.3.3; of 0.3 mode and type. */
static const char *
construct(struct feed_reader *r, const struct xml_node *n)
{
	const char *mode = xml_attr(n, "mode"), *t = xml_attr(n, "type");
	struct span type = span_str(t != NULL ? t : "text"), s;
	bool old = n->space == SPACE_ATOM03;
	const struct xml_node *div = old ? NULL : only_div(n);

	/* Escaped markup inside a <div> that is none: type says html. */
	if (div != NULL && !xml_has_elements(div) && span_ieq_str(type, "html"))
		s = xml_text(div, r->a);
	else if (xml_has_elements(n))
		s = xml_inner(div != NULL ? div : n, r->a);
	else
		s = xml_text(n, r->a);
	if (mode != NULL && strcmp(mode, "base64") == 0)
		s = decode_base64(s, r->a);
	else if (!old && mode == NULL && !xml_has_elements(n) &&
		 memchr(type.ptr, '/', type.len) != NULL &&
		 !span_istarts_with(type, "text/") && !is_xml_type(type))
		s = decode_base64(s, r->a);
	if (!old && !span_ieq_str(type, "text"))
		s = without_div(s);
	return feed_markup(s, feed_base(r, div != NULL ? div : n), r->a);
}

static const char *
text_of(struct feed_reader *r, const struct xml_node *n)
{
	struct span s = n != NULL ? xml_text(n, r->a) : span_of(NULL, 0);

	return s.len > 0 ? s.ptr : NULL;
}

static void
add_person(struct feed_reader *r, const struct xml_node *n,
	struct feed_item *it, bool contributor)
{
	struct feed_person p = {
		.name = text_of(r, xml_child(n, "name")),
		.email = text_of(r, xml_child(n, "email")),
		.uri = text_of(r, xml_child(n, "uri")),
	};

	if (p.uri == NULL)
		p.uri = text_of(r, xml_child(n, "url"));
	if (p.uri == NULL)
		p.uri = text_of(r, xml_child(n, "homepage"));
	if (!xml_has_elements(n))
		p = feed_person_of(text_of(r, n), r->a);
	feed_add_person(it, p, contributor, r->a);
}

/* The short form of a relation that IANA registered. */
static const char *
relation(const char *rel)
{
	static const char start[] = "http://www.iana.org/assignments/relation/";

	if (rel == NULL || *rel == '\0')
		return "alternate";
	return span_istarts_with(span_str(rel), start) ? rel + sizeof start - 1
						       : rel;
}

static void
add_link(struct feed_reader *r, const struct xml_node *n, struct feed_item *it)
{
	const char *href = xml_attr(n, "href");
	struct feed_link l = {
		.rel = relation(xml_attr(n, "rel")),
		.type = xml_attr(n, "type"),
		.title = xml_attr(n, "title"),
		.hreflang = xml_attr(n, "hreflang"),
		.length = xml_attr(n, "length"),
	};

	if (href == NULL)
		href = text_of(r, n);
	l.href = feed_url(href, feed_base(r, n), r->a);
	if (l.type == NULL && strcmp(l.rel, "self") == 0)
		l.type = "application/atom+xml";
	else if (l.type == NULL && strcmp(l.rel, "alternate") == 0)
		l.type = "text/html";
	feed_add_link(it, l, r->a);
	if (strcmp(l.rel, "enclosure") == 0)
		feed_add_enclosure(it, l, r->a);
}

/* The alternate that is a page of HTML, or any alternate; else, of an entry,
 * what is left but the feed itself. */
static void
choose_link(struct feed_item *it, bool entry)
{
	int best = 0;

	for (size_t i = 0; i < it->nlinks; i++) {
		const struct feed_link *l = &it->links[i];
		bool html = l->type == NULL || strstr(l->type, "html") != NULL;
		int rank = strcmp(l->rel, "alternate") == 0 ? (html ? 3 : 2)
			   : entry && strcmp(l->rel, "related") == 0 ? 1
								     : 0;

		if (rank > best && l->href != NULL && l->href[0] != '\0') {
			best = rank;
			it->link = l->href;
		}
	}
}

static void
put_text(const char **into, const char *value)
{
	if (*into == NULL)
		*into = value;
}

/* An id is absolute; one that is not is taken as a place. */
static const char *
id_of(struct feed_reader *r, const struct xml_node *n)
{
	const char *id = text_of(r, n), *base = feed_base(r, n);

	return id == NULL || strchr(id, ':') != NULL || base == r->base
		       ? id
		       : feed_url(id, base, r->a);
}

static bool
put_date(struct feed_reader *r, const struct xml_node *n, struct feed_item *it)
{
	const char *text;

	if (xml_is(n, "published") || xml_is(n, "issued")) {
		text = text_of(r, n);
		feed_put_date(r, text, &it->published_raw, &it->published);
	} else if (xml_is(n, "updated") || xml_is(n, "modified")) {
		text = text_of(r, n);
		feed_put_date(r, text, &it->updated_raw, &it->updated);
	} else if (xml_is(n, "created")) {
		text = text_of(r, n);
		feed_put_date(r, text, &it->created_raw, &it->created);
	} else {
		return false;
	}
	return true;
}

static bool
put_construct(
	struct feed_reader *r, const struct xml_node *n, struct feed_item *it)
{
	static const struct {
		const char *name;
		size_t at;
	} rows[] = {
		{ "title", offsetof(struct feed_item, title) },
		{ "subtitle", offsetof(struct feed_item, summary) },
		{ "tagline", offsetof(struct feed_item, summary) },
		{ "summary", offsetof(struct feed_item, summary) },
		{ "content", offsetof(struct feed_item, content) },
		{ "rights", offsetof(struct feed_item, rights) },
		{ "copyright", offsetof(struct feed_item, rights) },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (xml_is(n, rows[i].name)) {
			const char **into = (const char **)(void *)((char *)it +
								    rows[i].at);

			if (*into == NULL)
				*into = construct(r, n);
			return true;
		}
	return false;
}

static void
add_category(
	struct feed_reader *r, const struct xml_node *n, struct feed_item *it)
{
	const char *term = xml_attr(n, "term");

	feed_add_category(it, term != NULL ? term : text_of(r, n), r->a);
}

bool
feed_atom_element(
	struct feed_reader *r, const struct xml_node *n, struct feed_item *it)
{
	if (put_date(r, n, it) || put_construct(r, n, it))
		return true;
	if (xml_is(n, "link"))
		add_link(r, n, it);
	else if (xml_is(n, "id"))
		put_text(&it->guid, id_of(r, n));
	else if (xml_is(n, "author"))
		add_person(r, n, it, false);
	else if (xml_is(n, "contributor"))
		add_person(r, n, it, true);
	else if (xml_is(n, "category"))
		add_category(r, n, it);
	else if (xml_is(n, "generator"))
		put_text(&it->generator, text_of(r, n));
	else if (xml_is(n, "icon"))
		put_text(&it->icon,
			feed_url(text_of(r, n), feed_base(r, n), r->a));
	else if (xml_is(n, "logo"))
		put_text(&it->logo,
			feed_url(text_of(r, n), feed_base(r, n), r->a));
	else
		return false;
	return true;
}

static bool
is_atom(const struct xml_node *n, const struct xml_node *root)
{
	return n->space == SPACE_ATOM || n->space == SPACE_ATOM03 ||
	       n->space == root->space;
}

static void
read_item(struct feed_reader *r, const struct xml_node *at,
	const struct xml_node *root, struct feed_item *it)
{
	const char *lang = xml_own(at, "lang");

	for (const struct xml_node *n = at->first; n != NULL; n = n->next) {
		if (n->name == NULL || xml_is(n, "entry"))
			continue;
		if (!is_atom(n, root) || !feed_atom_element(r, n, it))
			feed_rss_element(r, n, it);
	}
	if (lang != NULL && *lang != '\0')
		it->language = lang;
	choose_link(it, at != root);
}

static const char *
version_of(const struct xml_node *root)
{
	const char *version = xml_attr(root, "version");

	if (root->space == SPACE_ATOM)
		return "atom10";
	if (root->space == SPACE_ATOM03 ||
		(version != NULL && strcmp(version, "0.3") == 0))
		return "atom03";
	return version != NULL && strcmp(version, "1.0") == 0 ? "atom10"
							      : "atom";
}

bool
feed_atom_read(struct feed_reader *r, const struct xml_node *root)
{
	struct feed *f = r->feed;
	bool alone = xml_is(root, "entry") && root->space == SPACE_ATOM;
	struct feed_item *it;

	if (!xml_is(root, "feed") && !alone)
		return false;
	f->version = version_of(root);
	if (alone) {
		it = feed_add_entry(r);
		if (it != NULL)
			read_item(r, root, root, it);
		return true;
	}
	read_item(r, root, root, &f->head);
	for (const struct xml_node *n = root->first; n != NULL; n = n->next) {
		if (n->name == NULL || !xml_is(n, "entry"))
			continue;
		it = feed_add_entry(r);
		if (it == NULL)
			break;
		read_item(r, n, root, it);
		/* RFC 4287 section 4.2.1: the feed's, where it has none. */
		if (it->nauthors == 0) {
			it->authors = f->head.authors;
			it->nauthors = f->head.nauthors;
		}
	}
	return true;
}
