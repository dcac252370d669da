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
static enum attribute
spoken(const struct voice *v, const struct said **out)
{
	const struct {
		enum attribute by;
		const struct said *said;
	} list[] = {
		{ ATTR_ROLE, &v->role },
		{ ATTR_CLASS, &v->class },
		{ ATTR_ID, &v->id },
	};

	for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
		*out = list[i].said;
		if ((*out)->first != PART_NONE &&
			((*out)->parts & 1u << PART_LAYOUT) == 0)
			return list[i].by;
	}
	return ATTRIBUTES;
}

static struct voice
voice_of(const struct tree *t, uint32_t i, const struct parse_words *w)
{
	return (struct voice){
		.role = words_of_class(w, tree_attr(t, i, ATTR_ROLE)),
		.class = words_of_class(w, tree_attr(t, i, ATTR_CLASS)),
		.id = words_of_class(w, tree_attr(t, i, ATTR_ID)),
	};
}

/* An element's name goes before its attributes, but <aside> is often a box
 * that they say more of. */
static enum attribute
named_by(enum tag tag, const struct voice *v, const struct said **said)
{
	enum part part = part_of_tag(tag);

	return part == PART_NONE || part == PART_TEASER ? spoken(v, said)
							: ATTRIBUTES;
}

static enum part
part_of(const struct tree *t, uint32_t i, const struct voice *v)
{
	enum tag tag = (enum tag)t->nodes[i].tag;
	enum part part = part_of_tag(tag);
	const struct said *said;

	if (part == PART_HIDDEN)
		return part;
	/* Collapsed panels are one click away: a reader sees them. */
	if (tree_has_attr(t, i, ATTR_HIDDEN) && !says(v, PART_PANEL))
		return PART_HIDDEN;
	if (tag == TAG_HTML || tag == TAG_BODY || tag == TAG_MAIN)
		return PART_NONE;
	if (named_by(tag, v, &said) != ATTRIBUTES)
		part = said->first;
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
		v = voice_of(t, i, w);
		n->part = (uint8_t)part_of(t, i, &v);
		n->body = says(&v, PART_BODY);
		n->panel = n->tag == TAG_DETAILS || says(&v, PART_PANEL);
	}
}

struct reason
parts_reason(const struct tree *t, uint32_t i, const struct parse_words *w)
{
	enum tag tag = (enum tag)t->nodes[i].tag;
	struct voice v = voice_of(t, i, w);
	const struct said *said;
	enum attribute by = named_by(tag, &v, &said);

	return (struct reason){
		.why = WHY_PART,
		.part = (enum part)t->nodes[i].part,
		.by = by,
		.word = by != ATTRIBUTES ? said->word : tags_name(tag),
	};
}

struct reason
parts_body_reason(const struct tree *t, uint32_t i, const struct parse_words *w)
{
	static const enum attribute list[] = { ATTR_ROLE, ATTR_CLASS, ATTR_ID };
	enum tag tag = (enum tag)t->nodes[i].tag;
	struct reason r = { .why = WHY_NAMED, .by = ATTRIBUTES };

	r.word = tags_name(tag);
	for (size_t k = 0; tag != TAG_MAIN && tag != TAG_ARTICLE &&
			   k < sizeof list / sizeof *list;
		k++) {
		struct span value = tree_attr(t, i, list[k]);

		if ((words_of_class(w, value).parts & 1u << PART_BODY) == 0 &&
			!(list[k] == ATTR_ROLE && span_ieq_str(value, "main")))
			continue;
		r.by = list[k];
		r.word = value;
		break;
	}
	return r;
}
