/* Names in one list, of which one shows that the others are members' too. */
#include "subjects.h"

#define LIST_MIN   3  /* names in a row that need no more */
#define BESIDE_MAX 40 /* bytes between two names of a list */
#define NOUN_WORDS 2  /* between an article and a name: "région de" */

/* Word that begins at byte at or behind it, or n. */
static size_t
word_at(const struct search *q, uint32_t at)
{
	size_t lo = 0, hi = q->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (q->w[mid].start < at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* Word i may stand between an article and a name: "laboratoire". */
static bool
is_noun(const struct search *q, size_t i)
{
	size_t len;

	return q->w[i].mark == 0 && !subjects_cue(q, i, "one", &len) &&
	       !subjects_cue(q, i, "behind", &len) &&
	       !subjects_cue(q, i, "the", &len);
}

/* Word i is the article before the name that begins with word to, with a noun
 * between them or none: "la région de", "le laboratoire". */
static bool
is_article(const struct search *q, size_t i, size_t to)
{
	const char *language = q->s->doc->language;
	size_t len;

	/* "the Isle of Man", but "the only Belgian" */
	if (!subjects_cue(q, i, "the", &len) || to > i + NOUN_WORDS + 1 ||
		(to > i + 1 && language != NULL &&
			strcmp(language, "en") == 0 &&
			!(to == i + 3 &&
				subjects_cue(q, to - 1, "inside", &len))))
		return false;
	for (size_t k = i + 1; k < to; k++)
		if (!is_noun(q, k))
			return false;
	return true;
}

/* ", ", " and the ", " e l'": names on both sides are items of one list. */
static bool
are_listed(const struct search *q, uint32_t end, uint32_t start)
{
	const struct span text = q->s->doc->text;
	size_t i;

	if (end >= start)
		return false;
	if (places_coordinates(span_sub(text, end, start)))
		return true;
	i = word_at(q, start);
	/* Of "l'Anvur" the name is a part. */
	if (i > 0 && q->w[i - 1].end > start)
		return places_coordinates(
			span_sub(text, end, q->w[i - 1].start));
	for (size_t k = i;
		k > 0 && q->w[k - 1].start > end && k + NOUN_WORDS + 1 > i; k--)
		if (is_article(q, k - 1, i))
			return places_coordinates(
				span_sub(text, end, q->w[k - 1].start));
	return false;
}

/* ", the Danish shipping group ": an and, and what the name is; how long the
 * and is, 0 if there is none. */
static uint32_t
and_length(const struct scan *s, uint32_t end, uint32_t start)
{
	struct span between = span_sub(s->doc->text, end, start);
	uint32_t len = 0;

	if (end >= start || start - end > BESIDE_MAX)
		return 0;
	for (size_t i = 1; i < between.len; i++)
		if (places_coordinates(span_sub(between, 0, i)))
			len = (uint32_t)i;
	for (size_t i = len; i < between.len; i++)
		if (strchr(".,;:()", between.ptr[i]) != NULL)
			return 0;
	return len;
}

/* A verb stands in [start, end). */
static bool
has_verb(const struct search *q, uint32_t start, uint32_t end)
{
	size_t len;

	for (size_t i = word_at(q, start); i < q->n && q->w[i].start < end; i++)
		if (!subjects_cue(q, i, "the", &len) &&
			(subjects_cue(q, i, "behind", &len) ||
				subjects_cue(q, i, "one", &len)))
			return true;
	return false;
}

/* The run stands in one list with what stands at [start, end). */
static bool
is_beside(const struct search *q, const struct run *r, uint32_t start,
	uint32_t end)
{
	return are_listed(q, end, r->start) || are_listed(q, r->end, start) ||
	       (r->sector && and_length(q->s, end, r->start) > 0);
}

bool
subjects_beside_member(const struct search *q, const struct run *r)
{
	const struct scan *s = q->s;

	for (size_t i = 0; i < s->n && s->list[i].start < r->end + BESIDE_MAX;
		i++) {
		const struct mention *m = &s->list[i];

		if ((m->type == MENTION_CITY ||
			    (m->type == MENTION_ORGANISATION &&
				    !scan_is_giver(m))) &&
			m->end + BESIDE_MAX >= r->start &&
			is_beside(q, r, m->start, m->end))
			return true;
	}
	return false;
}

void
subjects_take_lists(struct search *q)
{
	for (size_t i = 0, end; i < q->nruns; i = end) {
		for (end = i + 1; end < q->nruns; end++)
			if (!is_beside(q, &q->runs[end], q->runs[end - 1].start,
				    q->runs[end - 1].end))
				break;
		for (size_t k = i; q->is_told && end - i >= LIST_MIN && k < end;
			k++)
			q->runs[k].taken =
				q->runs[k].taken || !q->runs[k].person;
	}
}

/* A name that no person has was taken: what stands in one list with it is
 * none either.  "Fromageries Delval et Max Perrin ont signé": the first is no
 * person's, and so the second is none. */
static void
draw(const struct search *q, struct run *r, const struct run *other)
{
	const struct run *left = r->start < other->start ? r : other;
	const struct run *right = left == r ? other : r;

	if (r->taken ||
		!(other->taken ? !r->person || !other->person
			       : other->cued && !r->given) ||
		!is_beside(q, right, left->start, left->end))
		return;
	r->taken = true;
	r->person = false;
}

void
subjects_take_neighbours(struct search *q)
{
	for (size_t i = q->nruns; i-- > 1;)
		draw(q, &q->runs[i - 1], &q->runs[i]);
	for (size_t i = 1; i < q->nruns; i++)
		draw(q, &q->runs[i], &q->runs[i - 1]);
	for (size_t i = q->nruns; i-- > 1;)
		draw(q, &q->runs[i - 1], &q->runs[i]);
}

uint32_t
subjects_listed_start(const struct search *q, size_t i)
{
	const struct scan *s = q->s;
	const struct run *r = &q->runs[i];
	uint32_t len;

	/* A nationality may stand between. */
	for (size_t back = 1; back <= 2 && back <= i; back++) {
		const struct run *other = &q->runs[i - back];

		len = other->taken ? and_length(s, other->end, r->start) : 0;
		if (len > 0 && !has_verb(q, other->end + len, r->start))
			return other->end + len;
	}
	for (size_t k = 0; k < s->n && s->list[k].start < r->start; k++) {
		const struct mention *m = &s->list[k];

		len = m->type == MENTION_CITY ||
				      (m->type == MENTION_ORGANISATION &&
					      !scan_is_giver(m))
			      ? and_length(s, m->end, r->start)
			      : 0;
		if (len > 0 && !has_verb(q, m->end + len, r->start))
			return m->end + len;
	}
	return r->start;
}
