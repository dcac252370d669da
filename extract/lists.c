#include "rules.h"

#define ITEM_MAX   120 /* bytes of an item of a list of names */
#define EMPTY_MIN  2   /* headings without a name that make a list empty */
#define LIST_LEAST 2   /* names of a list */

static struct span
block_text(const struct scan *s, size_t b)
{
	return span_sub(
		s->doc->text, s->doc->blocks[b].start, s->doc->blocks[b].end);
}

/* A word of that type ("list": "members", "newlist": "new") is in the block. */
static bool
says(const struct rules *r, struct scan *s, size_t b, const char *type,
	struct buffer *tmp)
{
	const struct block *k = &s->doc->blocks[b];
	size_t n, len;
	struct word *w =
		words_split(s->doc->text, k->start, k->end, s->arena, tmp, &n);

	for (size_t i = 0; w != NULL && i < n; i++) {
		const struct word_row *row =
			words_find(&r->polarity, w, n, i, NULL, &len);

		if (row != NULL && strcmp(row->type, type) == 0)
			return true;
	}
	return false;
}

/* An introduction: it ends with a colon, or is a heading of members. */
static bool
is_intro(const struct rules *r, struct scan *s, size_t b, struct buffer *tmp)
{
	const struct block *k = &s->doc->blocks[b];
	struct span text = block_text(s, b);

	if (k->zone != ZONE_BODY || text.len == 0 || text.len > 600)
		return false;
	if (k->type != BLOCK_HEADING && text.ptr[text.len - 1] != ':')
		return false;
	return says(r, s, b, "list", tmp);
}

static bool
is_word_end(struct span text, size_t at)
{
	return at >= text.len || strchr(" ,.;:-(", text.ptr[at]) != NULL ||
	       (unsigned char)text.ptr[at] >= 0x80;
}

/* Names of one item: those it begins with; all of "Country: A, B and C". */
static enum error_code
item_names(struct scan *s, size_t b, struct claim *c, size_t *cap)
{
	const struct block *k = &s->doc->blocks[b];
	bool country = false, any = false;

	for (size_t i = context_mention(s, k->start);
		i < s->n && s->list[i].end <= k->end; i++) {
		const struct mention *m = &s->list[i];
		struct claim_arg *args;

		if (m->type == MENTION_COUNTRY && !any &&
			m->start == k->start && m->end < k->end &&
			s->doc->text.ptr[m->end] == ':')
			country = true;
		if (m->type != MENTION_CITY || (any && !country) ||
			(!any && !country && m->start > k->start + 4) ||
			!is_word_end(s->doc->text, m->end))
			continue;
		any = true;
		args = arena_grow(
			s->arena, c->args, c->nargs, cap, sizeof *args);
		if (args == NULL)
			return ERR_NOMEM;
		c->args = args;
		if (c->nargs < CLAIM_ARGS_MAX)
			args[c->nargs++] = (struct claim_arg){
				.slot = SLOT_MEMBER,
				.mention = (int32_t)i,
			};
	}
	return OK;
}

/* A block that may stand in a list of names. */
static bool
is_item(const struct scan *s, size_t b, enum zone zone)
{
	const struct block *k = &s->doc->blocks[b];
	size_t len = k->end - k->start;
	char last = s->doc->text.ptr[k->end - 1];

	return k->zone == zone && len <= ITEM_MAX && last != ':' &&
	       (k->type == BLOCK_ITEM || k->type == BLOCK_CELL ||
		       (k->type != BLOCK_TITLE && last != '.'));
}

static enum error_code
read_list(struct scan *s, size_t intro, size_t *end, struct claim *c)
{
	size_t cap = 0, b, quiet = 0;
	enum zone zone = s->doc->blocks[intro].zone;
	enum error_code code = OK;

	for (b = intro + 1;
		code == OK && b < s->doc->nblocks && is_item(s, b, zone); b++) {
		size_t before = c->nargs;

		/* A heading of the intro's rank opens something else. */
		if (s->doc->blocks[b].type == BLOCK_HEADING &&
			s->doc->blocks[intro].type == BLOCK_HEADING &&
			s->doc->blocks[b].level <= s->doc->blocks[intro].level)
			break;
		code = item_names(s, b, c, &cap);
		quiet = c->nargs > before ? 0 : quiet + 1;
		if (quiet > 8)
			break;
	}
	*end = b;
	return code;
}

enum error_code
lists_run(const struct rules *r, struct context *x, struct scan *s,
	struct extraction *out)
{
	struct buffer tmp;
	enum error_code code = OK;

	buffer_init(&tmp, 4096);
	for (size_t b = 0; code == OK && b < s->doc->nblocks; b++) {
		struct claim c = {
			.kind = CLAIM_MEMBER_LIST,
			.rule = "list.items@1",
			.confidence = 0.9,
			.start = s->doc->blocks[b].start,
			.end = s->doc->blocks[b].end,
			.zone = s->doc->blocks[b].zone,
		};
		size_t end;
		struct claim_arg *args;
		int32_t network;

		if (!is_intro(r, s, b, &tmp))
			continue;
		if (says(r, s, b, "newlist", &tmp))
			c.status = STATUS_JOINED;
		code = read_list(s, b, &end, &c);
		if (code != OK ||
			!(c.nargs >= LIST_LEAST ||
				(c.nargs == 0 && end - b > EMPTY_MIN &&
					s->doc->text.ptr[c.end - 1] == ':')))
			continue;
		network = context_network(x, s, c.end);
		if (network < 0)
			continue;
		args = arena_array(s->arena, c.nargs + 1, sizeof *args);
		if (args == NULL) {
			code = ERR_NOMEM;
			break;
		}
		args[0] = (struct claim_arg){ .slot = SLOT_NETWORK,
			.mention = network };
		if (c.nargs > 0)
			memcpy(args + 1, c.args, c.nargs * sizeof *args);
		c.args = args;
		c.nargs++;
		code = claims_add(x, s, out, &c);
		b = end > b ? end - 1 : b;
	}
	buffer_release(&tmp);
	return code;
}
