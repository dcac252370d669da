#include "head.h"

#include <ctype.h>

#define DAY_TITLE_MAX 40 /* bytes of a title that is a day */

static bool
rel_is(const struct tree *t, uint32_t i, const char *rel)
{
	return span_ieq_str(tree_attr(t, i, ATTR_REL), rel);
}

static bool
prop_is(const struct tree *t, uint32_t i, const char *prop)
{
	return span_ieq_str(tree_attr(t, i, ATTR_ITEMPROP), prop);
}

/* "14 Feb 2024" as the title of "three days ago": short, and with a year. */
static bool
may_be_day(struct span title)
{
	if (title.len < 8 || title.len > DAY_TITLE_MAX)
		return false;
	for (size_t at = 0; at + 4 <= title.len; at++)
		if ((title.ptr[at] == '1' || title.ptr[at] == '2') &&
			isdigit((unsigned char)title.ptr[at + 1]) &&
			isdigit((unsigned char)title.ptr[at + 2]) &&
			isdigit((unsigned char)title.ptr[at + 3]))
			return true;
	return false;
}

/* Says a day as <time> does: <relative-time datetime>, "datePublished", the
 * old microformat's "published". */
static bool
is_like_time(const struct tree *t, uint32_t i)
{
	return tree_has_attr(t, i, ATTR_DATETIME) ||
	       tree_has_attr(t, i, ATTR_DATA_DATE) ||
	       span_ieq_str(tree_attr(t, i, ATTR_ITEMPROP), "datePublished") ||
	       span_ends_with(
		       tree_attr(t, i, ATTR_PROPERTY), "datePublished") ||
	       span_eq_str(tree_attr(t, i, ATTR_CLASS), "published") ||
	       may_be_day(tree_attr(t, i, ATTR_TITLE));
}

static void
take(struct head *h, uint32_t i)
{
	const struct tree *t = h->tree;

	switch (t->nodes[i].tag) {
	case TAG_META:
		if (h->nmetas < HEAD_METAS_MAX)
			h->metas[h->nmetas++] = i;
		break;
	case TAG_TIME:
		if (h->ntimes < HEAD_TIMES_MAX)
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
		if (h->ntimes < HEAD_TIMES_MAX && is_like_time(t, i))
			h->times[h->ntimes++] = i;
		if (h->author == TREE_NONE &&
			(rel_is(t, i, "author") || prop_is(t, i, "author")))
			h->author = i;
		if (h->publisher == TREE_NONE && prop_is(t, i, "publisher"))
			h->publisher = i;
		if (h->contact == TREE_NONE && prop_is(t, i, "contactPoint"))
			h->contact = i;
	}
}

void
head_find(const struct html *html, uint32_t heading, struct head *h)
{
	h->tree = &html->tree;
	h->heading = heading;
	h->json = (struct jsonld){ 0 };
	h->others.norganisations = h->others.ncontacts = 0;
	h->nmetas = h->ntimes = 0;
	h->canonical = h->title = h->author = TREE_NONE;
	h->publisher = h->contact = TREE_NONE;
	for (size_t i = 0; i < html->info.njson; i++)
		jsonld_read(html->info.json[i], &h->json, &h->others);
	for (uint32_t i = 0; i < h->tree->n; i++)
		if (h->tree->nodes[i].tag != TAG_TEXT)
			take(h, i);
}

static const enum attribute names[] = { ATTR_NAME, ATTR_PROPERTY, ATTR_ITEMPROP,
	ATTR_HTTP_EQUIV };

struct span
head_meta_name(const struct head *h, size_t m)
{
	struct span name = { NULL, 0 };

	for (size_t i = 0; name.len == 0 && i < sizeof names / sizeof *names;
		i++)
		name = span_trim(tree_attr(h->tree, h->metas[m], names[i]));
	return name;
}

struct span
head_meta(const struct head *h, const char *key)
{
	for (size_t m = 0; m < h->nmetas; m++)
		for (size_t i = 0; i < sizeof names / sizeof *names; i++)
			if (span_ieq_str(
				    tree_attr(h->tree, h->metas[m], names[i]),
				    key))
				return span_trim(tree_attr(
					h->tree, h->metas[m], ATTR_CONTENT));
	return span_of(NULL, 0);
}

struct span
head_prop(const struct head *h, uint32_t top, const char *prop)
{
	const struct tree *t = h->tree;

	if (top == TREE_NONE)
		return span_of(NULL, 0);
	for (uint32_t i = top + 1; i < t->nodes[top].end; i++)
		if (t->nodes[i].tag != TAG_TEXT && prop_is(t, i, prop))
			return span_trim(t->nodes[i].tag == TAG_META
						 ? tree_attr(t, i, ATTR_CONTENT)
						 : tree_text(t, i));
	return span_of(NULL, 0);
}
