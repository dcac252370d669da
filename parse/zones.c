#include "zones.h"

#include <ctype.h>

#define ROOTS_MAX  512 /* candidates weighed */
#define ROOT_SHARE 5   /* a release is a fifth of its page's text at least */

struct span
node_attribute(const xmlNode *element, const char *name)
{
	for (const xmlAttr *a = element->properties; a != NULL; a = a->next)
		if (strcasecmp((const char *)a->name, name) == 0 &&
			a->children != NULL && a->children->content != NULL)
			return span_str((const char *)a->children->content);
	return span_of(NULL, 0);
}

bool
node_is(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE &&
	       strcmp((const char *)node->name, name) == 0;
}

const xmlNode *
node_next(const xmlNode *n, const xmlNode *top, bool down)
{
	if (down && n->type == XML_ELEMENT_NODE && n->children != NULL)
		return n->children;
	while (n != NULL && n != top && n->next == NULL)
		n = n->parent;
	return n == NULL || n == top ? NULL : n->next;
}

/* Words of class, id and role; a word is a run of letters, so that
 * "site-footer__nav" says "site", "footer" and "nav". */
static const struct {
	const char *word;
	enum part part;
} words[] = {
	{ "nav", PART_MENU },
	{ "navigation", PART_MENU },
	{ "navbar", PART_MENU },
	{ "menu", PART_MENU },
	{ "submenu", PART_MENU },
	{ "breadcrumb", PART_MENU },
	{ "breadcrumbs", PART_MENU },
	{ "crumbs", PART_MENU },
	{ "skip", PART_MENU },
	{ "skiplink", PART_MENU },
	{ "share", PART_MENU },
	{ "sharing", PART_MENU },
	{ "sharedaddy", PART_MENU },
	{ "addtoany", PART_MENU },
	{ "social", PART_MENU },
	{ "cookie", PART_MENU },
	{ "cookies", PART_MENU },
	{ "consent", PART_MENU },
	{ "gdpr", PART_MENU },
	{ "onetrust", PART_MENU },
	{ "cookiebot", PART_MENU },
	{ "newsletter-signup", PART_MENU },
	{ "subscribe", PART_MENU },
	{ "signup", PART_MENU },
	{ "search", PART_MENU },
	{ "searchform", PART_MENU },
	{ "login", PART_MENU },
	{ "dialog", PART_MENU },
	{ "alertdialog", PART_MENU },
	{ "popup", PART_MENU },
	{ "modal", PART_MENU },
	{ "pagination", PART_MENU },
	{ "pager", PART_MENU },
	{ "advert", PART_MENU },
	{ "advertisement", PART_MENU },
	{ "masthead", PART_HEADER },
	{ "banner", PART_HEADER },
	{ "topbar", PART_HEADER },
	{ "footer", PART_FOOTER },
	{ "contentinfo", PART_FOOTER },
	{ "colophon", PART_FOOTER },
	{ "copyright", PART_FOOTER },
	{ "imprint", PART_FOOTER },
	{ "related", PART_TEASER },
	{ "teaser", PART_TEASER },
	{ "teasers", PART_TEASER },
	{ "recommended", PART_TEASER },
	{ "recommendations", PART_TEASER },
	{ "popular", PART_TEASER },
	{ "mostread", PART_TEASER },
	{ "trending", PART_TEASER },
	{ "ticker", PART_TEASER },
	{ "sidebar", PART_TEASER },
	{ "card", PART_TEASER },
	{ "cards", PART_TEASER },
	{ "carousel", PART_TEASER },
	{ "promo", PART_TEASER },
	{ "rail", PART_TEASER },
	{ "complementary", PART_TEASER },
	{ "outbrain", PART_TEASER },
	{ "taboola", PART_TEASER },
	{ "upnext", PART_TEASER },
	{ "relacionadas", PART_TEASER },
	{ "relacionados", PART_TEASER },
	{ "relacionado", PART_TEASER },
	{ "correlati", PART_TEASER },
	{ "correlate", PART_TEASER },
	{ "comment", PART_COMMENT },
	{ "comments", PART_COMMENT },
	{ "commentlist", PART_COMMENT },
	{ "respond", PART_COMMENT },
	{ "disqus", PART_COMMENT },
	{ "kommentare", PART_COMMENT },
	{ "kommentar", PART_COMMENT },
	{ "commentaires", PART_COMMENT },
	{ "commentaire", PART_COMMENT },
	{ "comentarios", PART_COMMENT },
	{ "commenti", PART_COMMENT },
	{ "reaction", PART_COMMENT },
	{ "reactions", PART_COMMENT },
	{ "byline", PART_BYLINE },
	{ "author", PART_BYLINE },
	{ "auteur", PART_BYLINE },
	{ "autor", PART_BYLINE },
	{ "autore", PART_BYLINE },
	{ "createdby", PART_BYLINE },
	{ "dateline", PART_DATELINE },
	{ "pubdate", PART_DATELINE },
};

/* Two words in a row that say it together. */
static const struct {
	const char *first, *second;
	enum part part;
} pairs[] = {
	{ "most", "read", PART_TEASER },
	{ "read", "more", PART_TEASER },
	{ "read", "next", PART_TEASER },
	{ "see", "also", PART_TEASER },
	{ "you", "may", PART_TEASER },
	{ "more", "news", PART_TEASER },
	{ "latest", "news", PART_TEASER },
	{ "other", "news", PART_TEASER },
	{ "altre", "notizie", PART_TEASER },
	{ "a", "lire", PART_TEASER },
	{ "lire", "aussi", PART_TEASER },
	{ "voir", "aussi", PART_TEASER },
	{ "siehe", "auch", PART_TEASER },
	{ "ot", "sdk", PART_MENU },
	{ "site", "header", PART_HEADER },
	{ "page", "header", PART_HEADER },
	{ "entry", "date", PART_DATELINE },
	{ "post", "date", PART_DATELINE },
	{ "published", "date", PART_DATELINE },
};

/* A word here takes the meaning off those above: "article card", "main
 * content with sidebar" (the layout's name, not the column's). */
static const char *const layouts[] = { "has", "with", "no", "layout", "page",
	"wrapper", "container", "body", "enabled" };

struct word_list {
	struct span words[24];
	size_t n;
};

static void
split_words(struct span text, struct word_list *list)
{
	list->n = 0;
	for (size_t at = 0; at < text.len && list->n < 24;) {
		size_t start = at;

		while (at < text.len && isalpha((unsigned char)text.ptr[at]))
			at++;
		if (at > start)
			list->words[list->n++] = span_sub(text, start, at);
		else
			at++;
	}
}

static bool
names_layout(const struct word_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		for (size_t k = 0; k < sizeof layouts / sizeof *layouts; k++)
			if (span_ieq_str(list->words[i], layouts[k]))
				return true;
	return false;
}

static enum part
part_of_words(struct span text)
{
	struct word_list list;

	if (text.len == 0)
		return PART_NONE;
	split_words(text, &list);
	if (names_layout(&list))
		return PART_NONE;
	for (size_t i = 0; i < list.n; i++)
		for (size_t k = 0; k < sizeof words / sizeof *words; k++)
			if (span_ieq_str(list.words[i], words[k].word))
				return words[k].part;
	for (size_t i = 0; i + 1 < list.n; i++)
		for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++)
			if (span_ieq_str(list.words[i], pairs[k].first) &&
				span_ieq_str(
					list.words[i + 1], pairs[k].second))
				return pairs[k].part;
	return PART_NONE;
}

/* Elements that hold what their names say. */
static const struct {
	const char *name;
	enum part part;
} elements[] = {
	{ "nav", PART_MENU },
	{ "dialog", PART_MENU },
	{ "footer", PART_FOOTER },
	{ "aside", PART_TEASER },
	{ "address", PART_FOOTER },
	{ "select", PART_HIDDEN },
	{ "option", PART_HIDDEN },
	{ "textarea", PART_HIDDEN },
	{ "input", PART_HIDDEN },
	{ "head", PART_HIDDEN },
	{ "script", PART_HIDDEN },
	{ "style", PART_HIDDEN },
};

/* Collapsed panels are one click away: a reader sees them. */
static bool is_panel(struct span class)
{
	static const char *const panels[] = { "accordion", "collapse",
		"collapsed", "collapsible", "panel", "tab", "tabpanel",
		"toggle", "expand", "expandable", "details", "faq" };
	struct word_list list;

	split_words(class, &list);
	for (size_t i = 0; i < list.n; i++)
		for (size_t k = 0; k < sizeof panels / sizeof *panels; k++)
			if (span_ieq_str(list.words[i], panels[k]))
				return true;
	return false;
}

static bool
style_hides(struct span style)
{
	for (size_t at = 0; at < style.len; at++) {
		struct span rest = span_sub(style, at, style.len);
		size_t i;

		if (!span_istarts_with(rest, "display"))
			continue;
		for (i = 7; i < rest.len && strchr(" :\t", rest.ptr[i]); i++)
			;
		if (span_istarts_with(span_sub(rest, i, rest.len), "none"))
			return true;
	}
	return false;
}

static bool
has_link(const xmlNode *top)
{
	for (const xmlNode *n = top; n != NULL; n = node_next(n, top, true))
		if (node_is(n, "a"))
			return true;
	return false;
}

static bool
has_attribute(const xmlNode *element, const char *name)
{
	for (const xmlAttr *a = element->properties; a != NULL; a = a->next)
		if (strcasecmp((const char *)a->name, name) == 0)
			return true;
	return false;
}

static bool
is_hidden(const xmlNode *element, struct span class, struct span id)
{
	bool hidden = has_attribute(element, "hidden") ||
		      style_hides(node_attribute(element, "style"));

	return hidden && !is_panel(class) && !is_panel(id) &&
	       !is_panel(node_attribute(element, "role"));
}

enum part
zones_part(const xmlNode *element)
{
	struct span class, id;
	enum part part = PART_NONE;

	for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
		if (strcmp((const char *)element->name, elements[i].name) == 0)
			part = elements[i].part;
	if (part == PART_HIDDEN)
		return part;
	class = node_attribute(element, "class");
	id = node_attribute(element, "id");
	if (is_hidden(element, class, id))
		return PART_HIDDEN;
	if (node_is(element, "html") || node_is(element, "body") ||
		node_is(element, "main"))
		return PART_NONE;
	if (part == PART_NONE || part == PART_TEASER) {
		enum part said = part_of_words(node_attribute(element, "role"));

		if (said == PART_NONE)
			said = part_of_words(class);
		if (said == PART_NONE)
			said = part_of_words(id);
		if (said != PART_NONE)
			part = said;
	}
	/* Without a link it leads nowhere else: a lead, or a box of facts. */
	if (part == PART_TEASER && !has_link(element))
		return PART_NONE;
	return part;
}

/* How likely an element is the release's container; 0: it is not one. */
static int
root_rank(const xmlNode *n)
{
	static const struct {
		const char *word, *next;
	} named[] = {
		{ "article", "body" },
		{ "article", "content" },
		{ "entry", "content" },
		{ "post", "content" },
		{ "story", "body" },
		{ "news", "detail" },
		{ "press", "release" },
		{ "node", "content" },
		{ "page", "content" },
		{ "main", "content" },
	};
	struct word_list list;

	if (node_is(n, "main"))
		return 3;
	if (span_ieq_str(node_attribute(n, "role"), "main"))
		return 3;
	if (node_is(n, "article"))
		return 2;
	if (n->properties == NULL ||
		!(node_is(n, "div") || node_is(n, "section") ||
			node_is(n, "td")))
		return 0;
	for (int which = 0; which < 2; which++) {
		split_words(node_attribute(n, which ? "id" : "class"), &list);
		for (size_t i = 0; i + 1 < list.n; i++)
			for (size_t k = 0; k < sizeof named / sizeof *named;
				k++)
				if (span_ieq_str(
					    list.words[i], named[k].word) &&
					span_ieq_str(list.words[i + 1],
						named[k].next))
					return 1;
	}
	return 0;
}

static size_t
text_length(const xmlNode *top)
{
	size_t len = 0;

	for (const xmlNode *n = top; n != NULL; n = node_next(n, top, true))
		if (n->type == XML_TEXT_NODE && n->content != NULL)
			len += strlen((const char *)n->content);
	return len;
}

const xmlNode *
zones_root(const xmlNode *html)
{
	const xmlNode *best = NULL;
	int best_rank = 0;
	size_t best_len = 0, seen = 0, least = text_length(html) / ROOT_SHARE;

	for (const xmlNode *n = html; n != NULL && seen < ROOTS_MAX;
		n = node_next(n, html, true)) {
		int rank = n->type == XML_ELEMENT_NODE ? root_rank(n) : 0;
		size_t len;

		if (rank == 0 || rank < best_rank)
			continue;
		/* A card's article is no release, however long. */
		if (rank < 3 && zones_part(n) != PART_NONE)
			continue;
		seen++;
		len = text_length(n);
		if (len < least)
			continue;
		if (rank > best_rank || len > best_len) {
			best = n;
			best_rank = rank;
			best_len = len;
		}
	}
	return best;
}
