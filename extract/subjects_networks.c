/*
 * Networks that one place in the document hints at, where a town or a body
 * that does something says so: "Durham joined Orbis".  Of a person's "joined
 * Orbis" nothing follows.
 */
#include "context.h"
#include "subjects.h"

#define HINTED_RULE "subjects.network"

static bool
is_member(const struct mention *m)
{
	return m->type == MENTION_CITY || m->type == MENTION_REGION ||
	       (m->type == MENTION_ORGANISATION && !scan_is_giver(m));
}

/* The mention as the run of words that it takes; false where there is none. */
static bool
as_run(const struct search *q, const struct mention *m, struct run *r)
{
	size_t i = 0;

	while (i < q->n && q->w[i].start < m->start)
		i++;
	if (i == q->n || q->w[i].start >= m->end)
		return false;
	*r = (struct run){
		.first = i, .last = i, .start = m->start, .end = m->end
	};
	while (r->last + 1 < q->n && q->w[r->last + 1].start < m->end)
		r->last++;
	r->owned =
		span_starts_with(
			span_sub(q->s->doc->text, m->end, q->s->doc->text.len),
			"'s") ||
		span_starts_with(
			span_sub(q->s->doc->text, m->end, q->s->doc->text.len),
			"\xe2\x80\x99s");
	return true;
}

/* A city by the name that it goes by, not one that a person may have. */
static bool
is_plain_city(const struct scan *s, const struct mention *m)
{
	return m->type == MENTION_CITY && m->place.name != NULL &&
	       span_eq_str(
		       span_sub(s->doc->text, m->start, m->end), m->place.name);
}

/* "Ibex 35": a share list, a road. */
static bool
ends_in_digit(struct span text, const struct hinted *h)
{
	char c = text.ptr[h->end - 1];

	return c >= '0' && c <= '9';
}

/* "Downtown Phoenix": a part of a town. */
static bool
ends_in_city(const struct scan *s, const struct hinted *h)
{
	for (size_t i = 0; i < s->n && s->list[i].start < h->end; i++)
		if (s->list[i].type == MENTION_CITY &&
			s->list[i].end == h->end &&
			s->list[i].start >= h->start)
			return true;
	return false;
}

/* Nothing parts the run from what begins at byte at. */
static bool
is_tight(const struct search *q, const struct run *r, uint32_t at)
{
	for (size_t i = r->last + 1; i < q->n && q->w[i].start < at; i++)
		if (q->w[i].mark != 0)
			return false;
	return true;
}

/* What is said of m leads to the hint. */
static bool
leads_to(
	const struct search *q, const struct mention *m, const struct hinted *h)
{
	struct run r;

	return as_run(q, m, &r) && subjects_acts(q, &r) &&
	       (!h->entered ||
		       (is_plain_city(q->s, m) && is_tight(q, &r, h->start) &&
			       !ends_in_digit(q->s->doc->text, h)));
}

/* A place that its words alone leave in doubt acts before the hint: "Leeds". */
static bool
is_entered_by_doubt(const struct search *q, const struct sentence *t,
	const struct hinted *h)
{
	const struct scan *s = q->s;

	for (size_t i = 0; i < s->ndoubts; i++) {
		const struct mention *m = &s->doubts[i].place;

		if (!s->doubts[i].word && m->start >= t->start &&
			m->end <= h->start && is_member(m) && leads_to(q, m, h))
			return true;
	}
	return false;
}

/* Somebody who may be a member acts before the hint, and the sentence has
 * named no person. */
static bool
is_entered(const struct search *q, const struct sentence *t,
	const struct hinted *h)
{
	const struct scan *s = q->s;
	bool acts = false, other = false;

	for (size_t i = q->nsorted; i-- > 0 && s->list[i].end > t->start;) {
		const struct mention *m = &s->list[i];

		if (m->end > h->start)
			continue;
		if (m->type == MENTION_PERSON || m->type == MENTION_ROLE)
			return false;
		other = other || is_member(m);
		acts = acts || (is_member(m) && leads_to(q, m, h));
	}
	return acts || (!other && is_entered_by_doubt(q, t, h));
}

/* It is free, or an organisation's, or of what is only a part of the name. */
static bool
is_free(struct scan *s, size_t n, uint32_t start, uint32_t end, bool *owned)
{
	*owned = false;
	for (size_t i = 0; i < n && s->list[i].start < end; i++) {
		struct mention *m = &s->list[i];

		if (m->end <= start)
			continue;
		if (m->start == start && m->end == end) {
			if (m->type != MENTION_ORGANISATION || scan_is_giver(m))
				return false;
			m->type = MENTION_NETWORK;
			m->rule = HINTED_RULE;
			*owned = true;
		} else if (m->start < start || m->end > end)
			return false;
	}
	for (size_t i = 0; i < s->ndoubts; i++)
		if (s->doubts[i].place.start == start &&
			s->doubts[i].place.end == end)
			return false;
	return true;
}

/* The character at a byte belongs to a word. */
static bool
is_of_word(struct span text, size_t at)
{
	uint32_t cp;

	return utf8_decode(text, at, &cp) > 0 &&
	       (utf8_is_letter(cp) || utf8_is_digit(cp));
}

static bool
stands_alone(struct span text, size_t start, size_t end)
{
	size_t before = start;

	while (before > 0 && !utf8_boundary(text, --before))
		;
	return (start == 0 || !is_of_word(text, before)) &&
	       !is_of_word(text, end);
}

/* Each place where the name stands by itself. */
static enum error_code
take(const struct search *q, size_t n, struct span name)
{
	struct span text = q->s->doc->text;
	enum error_code code = OK;

	for (size_t at = span_find(text, 0, name); code == OK && at != SIZE_MAX;
		at = span_find(text, at + name.len, name)) {
		struct mention m = { .start = (uint32_t)at,
			.end = (uint32_t)(at + name.len),
			.type = MENTION_NETWORK,
			.rule = HINTED_RULE };
		bool owned;

		if (!stands_alone(text, at, m.end) ||
			!is_free(q->s, n, m.start, m.end, &owned) || owned)
			continue;
		m.name.name = arena_strndup(q->s->arena, name.ptr, name.len);
		code = m.name.name == NULL ? ERR_NOMEM : scan_add(q->s, &m);
	}
	return code;
}

enum error_code
subjects_networks(struct search *q, struct buffer *tmp)
{
	struct scan *s = q->s;
	size_t n = s->n;
	enum error_code code = OK;

	for (size_t i = 0; code == OK && i < s->nhinted; i++) {
		const struct hinted *h = &s->hinted[i];
		size_t at = context_sentence(s, h->start);

		if (!subjects_turn(q, at, tmp))
			return ERR_NOMEM;
		if (is_entered(q, &s->sentences[at], h) && !ends_in_city(s, h))
			code = take(
				q, n, span_sub(s->doc->text, h->start, h->end));
	}
	return code == OK && s->n > n ? scan_settle(s) : code;
}
