#include "lists.h"

#define JOIN_MAX    64 /* bytes between two names of a coordination */
#define MEMBERS_MAX ((size_t)CLAIM_ARGS_MAX - CLAIM_SLOTS_MAX)

void
list_begin(struct lists *l)
{
	l->names = NULL;
	l->nnames = 0;
	l->cap = 0;
	l->overflow = false;
}

static enum error_code
add_name(struct lists *l, const struct list_name *name)
{
	struct list_name *grown;

	if (l->nnames == MEMBERS_MAX) {
		l->overflow = true;
		return OK;
	}
	grown = arena_grow(
		l->s->arena, l->names, l->nnames, &l->cap, sizeof *grown);
	if (grown == NULL)
		return ERR_NOMEM;
	l->names = grown;
	l->names[l->nnames++] = *name;
	return OK;
}

static bool
is_member(const struct mention *m)
{
	return m->type == MENTION_CITY || m->type == MENTION_ORGANISATION;
}

static bool
is_area(const struct mention *m)
{
	return m->type == MENTION_COUNTRY || m->type == MENTION_REGION;
}

/* Past bullets, numbers, flags: to the first letter. */
static uint32_t
first_letter(struct span text, uint32_t at, uint32_t end)
{
	while (at < end) {
		uint32_t cp;
		size_t len = utf8_decode(text, at, &cp);

		if (len == 0 || utf8_is_letter(cp))
			break;
		at += (uint32_t)len;
	}
	return at;
}

/* Only marks and an "and" stand in text[start, end). */
static bool
joins(const struct lists *l, uint32_t start, uint32_t end)
{
	const struct scan *s = l->s;
	struct word *w;
	size_t n, len = 1;

	if (end - start > JOIN_MAX)
		return false;
	w = words_split(
		s->doc->text, start, end, s->arena, &l->m->part.tmp, &n);
	for (size_t i = 0; w != NULL && i < n; i += len) {
		const struct word_row *row;

		len = 1;
		if (w[i].fold[0] == '\0') {
			if (strchr(".:(", w[i].mark) != NULL && w[i].mark != 0)
				return false;
			continue;
		}
		row = words_find(
			&l->r->clauses, w, n, i, s->doc->language, &len);
		if (row == NULL || strcmp(row->type, "and") != 0)
			return false;
	}
	return w != NULL;
}

/* Behind the mention and what stands in apposition to it: "(Spain)",
 * ", Spain", "(Seo-gu)". */
static uint32_t
behind(const struct lists *l, size_t *i, uint32_t end)
{
	const struct scan *s = l->s;
	struct span text = s->doc->text;
	uint32_t at = s->list[*i].end;
	int beside = s->list[*i].type == MENTION_CITY ? places_apposition(s, *i)
						      : -1;

	if (beside > (int)*i && s->list[beside].end <= end) {
		*i = (size_t)beside;
		at = s->list[beside].end;
		if (at < end && text.ptr[at] == ')')
			at++;
	} else if (at + 2 < end && text.ptr[at] == ' ' &&
		   text.ptr[at + 1] == '(') {
		const char *close = memchr(text.ptr + at, ')', end - at);

		if (close != NULL)
			at = (uint32_t)(close - text.ptr) + 1;
		while (*i + 1 < s->n && s->list[*i + 1].end <= at)
			++*i;
	}
	++*i;
	return at;
}

/* Names from mention i on that only marks part. */
static enum error_code
run_from(struct lists *l, size_t i, uint32_t start, uint32_t end)
{
	const struct scan *s = l->s;
	uint32_t at = start;
	enum error_code code = OK;

	while (code == OK && i < s->n && s->list[i].end <= end) {
		const struct mention *m = &s->list[i];

		if (m->start < at) {
			i++;
			continue;
		}
		if (!joins(l, at, m->start))
			break;
		/* "Country: A; B and C" inside one line. */
		if (is_area(m)) {
			at = m->end;
			while (at < end &&
				(s->doc->text.ptr[at] == ' ' ||
					s->doc->text.ptr[at] == ':' ||
					s->doc->text.ptr[at] == ')'))
				at++;
			i++;
			continue;
		}
		if (!is_member(m))
			break;
		code = add_name(l, &(struct list_name){ .mention = (int32_t)i,
					   .start = m->start,
					   .end = m->end,
					   .more = m->end < end });
		at = behind(l, &i, end);
	}
	return code;
}

enum error_code
list_run(struct lists *l, uint32_t start, uint32_t end)
{
	return run_from(l, context_mention(l->s, start), start, end);
}

/* Where the first name of an unknown item ends: before what parts it from
 * the rest. */
static uint32_t
name_end(struct span text, uint32_t at, uint32_t end)
{
	for (; at < end; at++) {
		struct span rest = span_sub(text, at, end);

		if (strchr(",;:|(", text.ptr[at]) != NULL ||
			span_starts_with(rest, " - ") ||
			span_starts_with(rest, " \xe2\x80\x93") ||
			span_starts_with(rest, " \xe2\x80\x94"))
			break;
	}
	while (at > 0 && text.ptr[at - 1] == ' ')
		at--;
	return at;
}

/* A cell whose neighbour is a country or region. */
static bool
before_area(const struct scan *s, const struct block *k)
{
	size_t i;

	if (k->type != BLOCK_CELL || k + 1 == s->doc->blocks + s->doc->nblocks)
		return false;
	i = context_mention(s, k[1].start);
	return i < s->n && is_area(&s->list[i]) &&
	       s->list[i].start == k[1].start && s->list[i].end == k[1].end;
}

/* An item that nothing recognised, but that may be a name like the others. */
static enum error_code
unknown_item(struct lists *l, const struct block *k, uint32_t at)
{
	struct span text = l->s->doc->text;
	uint32_t end = name_end(text, at, k->end), cp;
	size_t words = 1;

	/* "Brasil: Santos; Olinda", where the heading is no known area. */
	if (end < k->end && text.ptr[end] == ':')
		return run_from(l, context_mention(l->s, end),
			first_letter(text, end, k->end), k->end);

	if ((k->type != BLOCK_ITEM && !before_area(l->s, k)) || end <= at ||
		end - at > LIST_NAME_MAX || utf8_decode(text, at, &cp) == 0 ||
		!utf8_is_upper(cp))
		return OK;
	for (uint32_t i = at; i < end; i++) {
		words += text.ptr[i] == ' ';
		if (strchr(".!?@/0123456789", text.ptr[i]) != NULL)
			return OK;
	}
	return words > 4 ? OK
			 : add_name(l, &(struct list_name){ .mention = -1,
					       .start = at,
					       .end = end,
					       .more = end < k->end ||
						       k->type == BLOCK_CELL });
}

enum error_code
list_item(struct lists *l, const struct block *k)
{
	const struct scan *s = l->s;
	uint32_t at = first_letter(s->doc->text, k->start, k->end);
	size_t i = context_mention(s, at);
	const struct mention *m;

	if (i == s->n || s->list[i].start >= k->end)
		return unknown_item(l, k, at);
	m = &s->list[i];
	if (m->start != at)
		return is_member(m) && joins(l, at, m->start)
			       ? run_from(l, i, m->start, k->end)
			       : unknown_item(l, k, at);
	if (is_area(m) && (m->end == k->end || s->doc->text.ptr[m->end] != ':'))
		return OK;
	return is_member(m) || is_area(m) ? run_from(l, i, at, k->end)
					  : unknown_item(l, k, at);
}

/* The words of an unknown name as a mention of their own. */
static int32_t
unknown_mention(struct lists *l, const struct list_name *name)
{
	struct span words = span_sub(l->s->doc->text, name->start, name->end);
	const struct mention m = {
		.start = name->start,
		.end = name->end,
		.type = MENTION_CITY,
		.rule = "list.item",
		.text = words,
		.place = { .name = arena_strndup(
				   l->s->arena, words.ptr, words.len) },
	};

	return context_add(l->x, l->s, &m);
}

enum error_code
list_end(struct lists *l, struct claim *c)
{
	size_t known = 0, more = 0;
	bool organisations = false;

	for (size_t i = 0; i < l->nnames; i++) {
		known += l->names[i].mention >= 0;
		more += l->names[i].mention >= 0 && l->names[i].more;
	}
	for (size_t i = 0; i < l->nnames && !organisations; i++)
		if (l->names[i].mention >= 0)
			organisations = l->s->list[l->names[i].mention].type ==
					MENTION_ORGANISATION;
	c->nargs = 0;
	c->args = arena_array(l->s->arena, l->nnames + 1, sizeof *c->args);
	if (c->args == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < l->nnames; i++) {
		struct list_name *n = &l->names[i];

		/* An unknown one must look like the known, which are more. */
		if (n->mention < 0 && (known < l->nnames - known || known < 3 ||
					      (more > known / 2 && !n->more)))
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
