/* Which of a list's names are members. */
#include "lists.h"

#define SHORT_WORD   3 /* bytes of "of", "des" */
#define KNOWN_ENOUGH 3 /* names that vouch for unknown ones */

bool
list_is_titled(struct span name)
{
	size_t start = 0;

	for (size_t i = 0; i <= name.len; i++) {
		uint32_t cp;

		if (i < name.len && name.ptr[i] != ' ')
			continue;
		if (i - start > SHORT_WORD &&
			utf8_decode(name, start, &cp) > 0 && !utf8_is_upper(cp))
			return false;
		start = i + 1;
	}
	return true;
}

/* The words of an unknown name as a mention of their own. */
static int32_t
unknown_mention(struct lists *l, const struct list_name *name)
{
	struct span words = span_sub(l->s->doc->text, name->start, name->end);
	const char *copy = arena_strndup(l->s->arena, words.ptr, words.len);
	struct mention m = {
		.start = name->start,
		.end = name->end,
		.type = name->house ? MENTION_ORGANISATION : MENTION_CITY,
		.rule = "list.item",
		.text = words,
	};

	if (name->house)
		m.name.name = copy;
	else
		m.place.name = copy;
	return context_add(l->x, l->s, &m);
}

/* Unknown names are taken where a number says that they are as many, where
 * most names are known and the unknown look like them, or where each item is
 * such a name. */
static bool
trusts_unknown(const struct lists *l, const struct list_intro *in, bool items,
	bool *alike)
{
	size_t known = 0, more = 0;
	bool titled = true;

	for (size_t i = 0; i < l->nnames; i++) {
		titled = titled && list_is_titled(span_sub(l->s->doc->text,
					   l->names[i].start, l->names[i].end));
		known += l->names[i].mention >= 0 || l->names[i].sure;
		more += l->names[i].mention >= 0 && l->names[i].more;
	}
	*alike = false;
	if (list_is_counted(in, l->nnames) && (items || known * 2 >= l->nnames))
		return true;
	if (known >= KNOWN_ENOUGH && known >= l->nnames - known) {
		*alike = items && more > known / 2;
		return true;
	}
	return items && titled && l->misses == 0 &&
	       l->nnames >= LIST_RUN_LEAST &&
	       (in->members || (known > 0 && (in->joined || in->fresh)));
}

enum error_code
list_end(struct lists *l, const struct list_intro *in, bool items,
	struct claim *c)
{
	bool alike, trusted = trusts_unknown(l, in, items, &alike);

	c->nargs = 0;
	c->args = arena_array(l->s->arena, l->nnames + 1, sizeof *c->args);
	if (c->args == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < l->nnames; i++) {
		struct list_name *n = &l->names[i];

		if (n->mention < 0 && !n->sure &&
			(!trusted || (alike && !n->more)))
			continue;
		if (n->mention < 0)
			n->mention = unknown_mention(l, n);
		if (n->mention >= 0)
			c->args[c->nargs++] = (struct claim_arg){
				.slot = SLOT_MEMBER,
				.mention = n->mention,
			};
	}
	return OK;
}
