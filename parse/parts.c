#include "parts.h"

/* Elements that are what their names say. */
static enum part
part_of_tag(enum tag tag)
{
	static const struct {
		enum tag tag;
		enum part part;
	} tags[] = {
		{ TAG_NAV, PART_MENU },
		{ TAG_DIALOG, PART_NOTICE },
		{ TAG_FOOTER, PART_FOOTER },
		{ TAG_ASIDE, PART_TEASER },
		{ TAG_ADDRESS, PART_FOOTER },
	};

	if (tags_flow(tag) == FLOW_HIDDEN)
		return PART_HIDDEN;
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
		if (tags[i].tag == tag)
			return tags[i].part;
	return PART_NONE;
}

/* What the element says of itself by role, class and id. */
struct voice {
	struct said role, class, id;
};

static bool
says(const struct voice *v, enum part part)
{
	return ((v->role.parts | v->class.parts | v->id.parts) & 1u << part) !=
	       0;
}

/* The first that names a part, unless it names a layout beside it. */
static enum part
spoken(const struct voice *v)
{
	const struct said *said[] = { &v->role, &v->class, &v->id };

	for (size_t i = 0; i < 3; i++)
		if (said[i]->first != PART_NONE &&
			(said[i]->parts & 1u << PART_LAYOUT) == 0)
			return said[i]->first;
	return PART_NONE;
}

static enum part
part_of(const struct tree *t, uint32_t i, const struct voice *v)
{
	enum tag tag = (enum tag)t->nodes[i].tag;
	enum part part = part_of_tag(tag);

	if (part == PART_HIDDEN)
		return part;
	/* Collapsed panels are one click away: a reader sees them. */
	if (tree_has_attr(t, i, ATTR_HIDDEN) && !says(v, PART_PANEL))
		return PART_HIDDEN;
	if (tag == TAG_HTML || tag == TAG_BODY || tag == TAG_MAIN)
		return PART_NONE;
	if (part == PART_NONE || part == PART_TEASER) {
		enum part said = spoken(v);

		if (said != PART_NONE)
			part = said;
	}
	/* "comment" within a line is what highlights program text. */
	if (part == PART_COMMENT && tags_flow(tag) == FLOW_INLINE)
		return PART_NONE;
	/* Without a link it leads nowhere else: a lead, or a box of facts. */
	if (part == PART_TEASER && tree_link_len(t, i) == 0)
		return PART_NONE;
	return part;
}

void
parts_mark(struct tree *t, const struct parse_words *w)
{
	for (uint32_t i = 0; i < t->n; i++) {
		struct node *n = &t->nodes[i];
		struct voice v;

		if (n->tag == TAG_TEXT)
			continue;
		v.role = words_of_class(w, tree_attr(t, i, ATTR_ROLE));
		v.class = words_of_class(w, tree_attr(t, i, ATTR_CLASS));
		v.id = words_of_class(w, tree_attr(t, i, ATTR_ID));
		n->part = (uint8_t)part_of(t, i, &v);
		n->body = says(&v, PART_BODY);
	}
}
