/* What is said of a name in passing, between commas, dashes or brackets. */
#include "reading.h"

#define PART_UNITS  32
#define NAMER_UNITS 4 /* before names: whose they are */

static bool
ends_part(const struct annotated *n, const struct scan *s, size_t i)
{
	return reading_is_mark(n, i, ',') || reading_is_mark(n, i, ';') ||
	       reading_is_mark(n, i, ':') || reading_is_mark(n, i, '.') ||
	       reading_is_mark(n, i, ')') || reading_is_dash(n, s, i);
}

static size_t
part_end(const struct annotated *n, const struct scan *s, size_t i)
{
	while (i < n->len && !ends_part(n, s, i))
		i++;
	return i;
}

/* A word that a rule knows: without one no rule reads the part. */
static bool
may_tell(const struct annotated *n, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (n->mention[i] == NOTE_TEXT && n->units[i] >= UNIT_WORD)
			return true;
	return false;
}

/* "the mayor of Graz, who has joined": it is of the person. */
static bool
is_of_person(const struct annotated *n, const struct scan *s, size_t names)
{
	for (size_t i = names; i-- > 0 && names - i <= NAMER_UNITS;) {
		int32_t m = n->mention[i];

		if (m >= 0 && m < NOTE_ANAPHOR &&
			(s->list[m].type == MENTION_ROLE ||
				s->list[m].type == MENTION_PERSON))
			return true;
	}
	return false;
}

static bool
is_relative(const struct word_row *row)
{
	return row != NULL && strcmp(row->type, "boundary") == 0 &&
	       span_starts_with(span_str(row->value), "relative");
}

/* The part that begins at unit i, behind a->names; false: it says nothing of
 * them. */
static bool
read_part(const struct annotated *n, const struct scan *s, size_t i,
	struct aside *a)
{
	const struct word_row *row = reading_clause(n, i);

	if (i >= n->len || n->mention[i] != NOTE_TEXT ||
		(row != NULL && !is_relative(row)))
		return false;
	a->relative = is_relative(row);
	/* "In Graz, a member of the network spoke" */
	if (!a->relative && reading_is_setting(n, s, a->names))
		return false;
	a->part = a->relative ? i + 1 : i;
	a->part_end = part_end(n, s, a->part);
	/* "which, since 2010, is a member" */
	if (a->part_end == a->part && reading_is_mark(n, a->part, ',')) {
		a->part_end = part_end(n, s, a->part + 1);
		a->part_end = part_end(n, s, a->part_end + 1);
	}
	if (a->part_end > n->len)
		a->part_end = n->len;
	return a->part_end > a->part && a->part_end - a->part <= PART_UNITS &&
	       may_tell(n, a->part, a->part_end) &&
	       !is_of_person(n, s, a->names);
}

static size_t
add(const struct annotated *n, const struct scan *s, size_t names,
	size_t names_end, size_t part, struct aside list[ASIDES_MAX], size_t so)
{
	struct aside a = { .names = names, .names_end = names_end };

	if (so < ASIDES_MAX && read_part(n, s, part, &a))
		list[so++] = a;
	return so;
}

/* Names at i that a verb is told of; *end: where they end. */
static bool
begins_telling(
	const struct annotated *n, const struct scan *s, size_t i, size_t *end)
{
	if (!reading_is_name(n, s, i))
		return false;
	*end = reading_names(n, s, i, NULL);
	return reading_is_word(n, *end) && n->at[*end] > n->to[*end - 1] &&
	       !reading_is_whereabouts(n, s, i) &&
	       !reading_is_setting(n, s, i) &&
	       !reading_is_scene(n, s, i, i + 1) && !is_of_person(n, s, i);
}

/* "and", "but" */
static bool
joins_verbs(const struct annotated *n, size_t i)
{
	const struct word_row *row = reading_clause(n, i);

	return row != NULL && (strcmp(row->type, "then") == 0 ||
				      (strcmp(row->type, "and") == 0 &&
					      row->value[0] == '\0'));
}

/* A verb may stand at i: a word in small letters that a rule knows, and no
 * article. */
static bool
may_be_verb(const struct annotated *n, const struct scan *s, size_t i)
{
	uint32_t cp;

	return reading_is_word(n, i) && reading_clause(n, i) == NULL &&
	       !reading_is_article(n, s, i) && n->units[i] >= UNIT_WORD &&
	       utf8_decode(s->doc->text, n->at[i], &cp) > 0 &&
	       !utf8_is_upper(cp);
}

/* Behind such a word at i a verb, perhaps behind its date ("and in 2014"), not
 * one more name or noun: where its part begins, or 0. */
static size_t
verb_behind(const struct annotated *n, const struct scan *s, size_t i)
{
	size_t date = i + 1 + reading_is_clause(n, i + 1, "at");

	if (!joins_verbs(n, i))
		return 0;
	if (reading_is_named(n, s, date, 1u << MENTION_DATE))
		return may_be_verb(n, s, date + 1) ? i + 1 : 0;
	return may_be_verb(n, s, i + 1) ? i + 1 : 0;
}

/* "Graz joined N and left M": the second verb is told of the first's name. */
static size_t
find_conjuncts(const struct annotated *n, const struct scan *s,
	struct aside list[ASIDES_MAX], size_t so)
{
	size_t names = n->len, end = 0, part, others;

	for (size_t i = 0; i + 1 < n->len && so < ASIDES_MAX; i++) {
		/* "A left, B came back and pays again" */
		if (i >= end &&
			(names == n->len || ends_part(n, s, i - 1) ||
				(i > 1 && ends_part(n, s, i - 2) &&
					reading_is_article(n, s, i - 1))) &&
			begins_telling(n, s, i, &others)) {
			names = i;
			end = others;
		}
		part = names < n->len && i >= end ? verb_behind(n, s, i) : 0;
		if (part > 0)
			list[so++] = (struct aside){ .names = names,
				.names_end = end,
				.part = part,
				.part_end = part_end(n, s, part),
				.relative = true };
	}
	return so;
}

size_t
asides_find(const struct annotated *n, const struct scan *s,
	struct aside list[ASIDES_MAX])
{
	size_t so = 0, end = 0;

	for (size_t i = 0; i + 2 < n->len && so < ASIDES_MAX; i++) {
		/* "Faro, a town of the Algarve, left": not the Algarve. */
		if (!reading_is_name(n, s, i) ||
			reading_is_whereabouts(n, s, i))
			continue;
		if (reading_bracket(n, i + 1) > i + 1)
			so = add(n, s, i, i + 1, i + 2, list, so);
		if (i < end)
			continue;
		end = reading_names(n, s, i, NULL);
		if (reading_is_mark(n, end, ',') ||
			(end < n->len && reading_is_dash(n, s, end)))
			so = add(n, s, i, end, end + 1, list, so);
	}
	return find_conjuncts(n, s, list, so);
}

struct annotated *
aside_make(const struct context *x, struct scan *s, const struct annotated *n,
	const struct aside *a)
{
	struct annotated *k = reading_new(n, s->arena);
	bool more = a->names_end - a->names > 1;

	if (k == NULL)
		return NULL;
	reading_put(k, n, s, a->names, a->names_end);
	if (!a->relative)
		annotated_put(k, x->copula[more], n->at[a->names_end],
			n->at[a->names_end], NOTE_TEXT);
	reading_put(k, n, s, a->part, a->part_end);
	return k;
}
