/* Items that have a name and behind it only where that is. */
#include "lists.h"

#define STATE_MAX   3 /* letters of "CT", "NSW" */
#define BETWEEN_MAX 8 /* bytes of " et l'" */

/* The mention that begins at text[at], or NULL. */
static const struct mention *
mention_at(const struct scan *s, uint32_t at)
{
	const size_t i = context_mention(s, at);

	return i < s->n && s->list[i].start == at ? &s->list[i] : NULL;
}

static bool
is_house(const struct mention *m)
{
	return m != NULL && m->type == MENTION_ORGANISATION;
}

static bool
is_known_city(const struct mention *m)
{
	return m != NULL && m->type == MENTION_CITY && m->place.id != NULL;
}

static bool
is_area(const struct mention *m)
{
	return m != NULL &&
	       (m->type == MENTION_COUNTRY || m->type == MENTION_REGION);
}

/* "CT" */
static bool
is_state(struct span word)
{
	for (size_t i = 0; i < word.len; i++)
		if (word.ptr[i] < 'A' || word.ptr[i] > 'Z')
			return false;
	return word.len > 1 && word.len <= STATE_MAX;
}

/* text[at, end) is places parted by commas. */
static bool
is_places(const struct scan *s, uint32_t at, uint32_t end)
{
	struct span rest = span_sub(s->doc->text, at, end), one;
	size_t n = 0;

	while (rest.len > 0 && span_split(&rest, ',', &one)) {
		const struct mention *m;

		one = span_trim(one);
		m = mention_at(s, (uint32_t)(one.ptr - s->doc->text.ptr));
		if (!is_state(one) && ((!is_area(m) && !is_known_city(m)) ||
					      m->end - m->start != one.len))
			return false;
		n++;
	}
	return n > 0;
}

/* Bytes of the dash or comma at text[at] behind a name, or 0. */
static size_t
parts_name(struct span text, uint32_t at, uint32_t end)
{
	static const char *const marks[] = { ",", " - ", " \xe2\x80\x93 ",
		" \xe2\x80\x94 " };
	const struct span rest = span_sub(text, at, end);

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (span_starts_with(rest, marks[i]))
			return strlen(marks[i]);
	return 0;
}

/* Where the name ends of an item with "(Portugal)", ", Topeka, KS" or " -
 * Wales" behind it; or 0. */
static uint32_t
before_place(const struct lists *l, const struct block *k)
{
	const struct span text = l->s->doc->text;
	const uint32_t end = list_item_end(l, k);
	uint32_t at = k->start;
	size_t len = 0;
	bool brackets;

	if ((k->type != BLOCK_ITEM && k->type != BLOCK_CELL) || end == at)
		return 0;
	brackets = text.ptr[end - 1] == ')';
	if (brackets) {
		for (at = end; at > k->start && text.ptr[at - 1] != '(';)
			at--;
		len = at > k->start;
		at -= (uint32_t)len;
	} else
		while (at < end && (len = parts_name(text, at, end)) == 0)
			at++;
	if (len == 0 || !is_places(l->s, at + (uint32_t)len, end - brackets))
		return 0;
	while (at > k->start && text.ptr[at - 1] == ' ')
		at--;
	return at;
}

/* An item beside it has its place behind it too. */
static bool
is_beside_placed(const struct lists *l, const struct block *k)
{
	const struct document *doc = l->s->doc;
	const size_t b = (size_t)(k - doc->blocks);

	return (b > 0 && before_place(l, k - 1) > 0) ||
	       (b + 1 < doc->nblocks && before_place(l, k + 1) > 0);
}

/* text[at, end) is whole names: "Ulm College and Graz College". */
static bool
is_all_names(const struct scan *s, uint32_t at, uint32_t end)
{
	for (size_t i = context_mention(s, at); i < s->n; i++) {
		const struct mention *m = &s->list[i];

		if (m->start < at || m->start > at + BETWEEN_MAX ||
			(!is_house(m) && !is_known_city(m)))
			return false;
		if (m->end >= end)
			return m->end == end;
		at = m->end;
	}
	return false;
}

/* The name goes on behind a house that is recognised in it; or nothing is. */
static bool
is_one_name(
	const struct lists *l, const struct block *k, uint32_t at, uint32_t end)
{
	const struct mention *m = mention_at(l->s, at);

	if (at >= end || list_name_end(l->s->doc->text, at, end) != end ||
		is_known_city(m) ||
		((m == NULL || m->end != end) && is_all_names(l->s, at, end)))
		return false;
	return is_house(m) || is_beside_placed(l, k);
}

/* "Museum of Salt and Grain": no place is behind, but all of it has capitals.
 */
static uint32_t
before_nothing(const struct lists *l, const struct block *k)
{
	const struct span text = l->s->doc->text;
	const uint32_t end = list_item_end(l, k);
	const struct mention *m =
		mention_at(l->s, list_first_letter(text, k->start, end));

	return k->type == BLOCK_ITEM && is_house(m) && m->end < end &&
			       list_and_at(l, m->end, end) > 0 &&
			       list_is_titled(span_sub(text, m->end, end))
		       ? end
		       : 0;
}

bool
list_placed(const struct lists *l, const struct block *k, struct list_name *out)
{
	uint32_t end = before_place(l, k), at;
	const struct mention *m;

	if (end == 0)
		end = before_nothing(l, k);
	at = list_first_letter(l->s->doc->text, k->start, end);
	if (end == 0 || !is_one_name(l, k, at, end))
		return false;
	m = mention_at(l->s, at);
	*out = (struct list_name){ .mention = -1,
		.start = at,
		.end = end,
		.more = true,
		.house = is_house(m),
		.sure = true };
	if (m != NULL && m->end == end &&
		(is_house(m) || m->type == MENTION_CITY))
		out->mention = (int32_t)(m - l->s->list);
	return true;
}
