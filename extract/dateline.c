/* Where and when a report was written, in front of its first words. */
#include "rules.h"

#define DATELINE_BYTES 96 /* the longest */
#define ASIDE_BYTES    40 /* "(Reuters)", "/PRNewswire/" */
#define STATE_BYTES    4  /* "QC", "NSW" */

/* What was read of one. */
struct dateline {
	const struct scan *s;
	uint32_t at, end; /* where it is read, and up to where */
	bool last;	  /* there its block ends */
	size_t next;	  /* the mention at or behind at */
	bool sure;	  /* a day, a news agency */
	bool more;	  /* anything but its place */
};

static bool
is_place(const struct mention *m)
{
	return m->type == MENTION_CITY || m->type == MENTION_REGION ||
	       m->type == MENTION_COUNTRY;
}

/* The mention at the next byte is passed: a day, a land. */
static bool
pass_mention(struct dateline *d)
{
	const struct mention *m;

	while (d->next < d->s->n && d->s->list[d->next].start < d->at)
		d->next++;
	m = d->next < d->s->n ? &d->s->list[d->next] : NULL;
	if (m == NULL || m->start != d->at ||
		(m->type != MENTION_DATE && !is_place(m)))
		return false;
	d->sure = d->sure || m->type == MENTION_DATE;
	d->more = true;
	d->at = m->end;
	return true;
}

/* "(Reuters)", "/CNW/", "(Germany)", another place behind a stroke: who sends
 * it makes it sure. */
static bool
pass_aside(struct dateline *d)
{
	const struct span text = d->s->doc->text;
	const char close = text.ptr[d->at] == '(' ? ')' : '/';
	uint32_t end = d->at + 1;

	if (text.ptr[d->at] != '(' && text.ptr[d->at] != '/')
		return false;
	d->at++;
	if (close == '/' && pass_mention(d)) /* "LIMA/MADRID" */
		return true;
	while (end < d->end && end < d->at + ASIDE_BYTES &&
		text.ptr[end] != close)
		end++;
	if (end == d->end || text.ptr[end] != close)
		return false;
	if (!pass_mention(d))
		d->sure = true;
	d->more = true;
	d->at = end + 1;
	return true;
}

/* "QC", "N.S."; "le", "am" before the day, "and" before another place. */
static bool
pass_word(struct dateline *d)
{
	const struct span text = d->s->doc->text;
	const uint32_t start = d->at;
	uint32_t end = start;
	bool small = false;

	for (; end < d->end && end - start <= STATE_BYTES; end++) {
		const char c = text.ptr[end], capital = (char)(c & ~0x20);

		if ((capital < 'A' || capital > 'Z') &&
			(c != '.' || end == start))
			break;
		small = small || (c >= 'a' && c <= 'z');
	}
	if (end == start || end - start > STATE_BYTES || end == d->end)
		return false;
	d->at = end + (text.ptr[end] == ' ');
	if (small && !pass_mention(d))
		return false;
	d->more = true;
	return true;
}

/* The whole name is in capitals. */
static bool
is_in_capitals(struct span name)
{
	size_t capitals = 0;
	uint32_t cp;

	for (size_t i = 0, len; i < name.len; i += len) {
		len = utf8_decode(name, i, &cp);
		if (len == 0 || (utf8_is_letter(cp) && !utf8_is_upper(cp)))
			return false;
		capitals += utf8_is_letter(cp);
	}
	return capitals > 2;
}

/* Bytes of the dash with which it begins, or 0. */
static size_t
dash_len(struct span text)
{
	if (text.len > 0 && text.ptr[0] == '-')
		return 1;
	return span_starts_with(text, "\xe2\x80\x93") ||
			       span_starts_with(text, "\xe2\x80\x94")
		       ? 3
		       : 0;
}

/* A sentence begins there: no "Graz - a town on the Mur - is". */
static bool
begins(struct span text)
{
	uint32_t cp = 0;

	text = span_trim(text);
	return utf8_decode(text, 0, &cp) > 0 &&
	       (utf8_is_upper(cp) || !utf8_is_letter(cp));
}

/* What ends a dateline stands at the next byte. */
static bool
is_at_end(const struct dateline *d, const struct mention *place)
{
	const struct span rest = span_sub(d->s->doc->text, d->at, d->end);
	size_t dash;

	if (rest.len == 0)
		return d->sure && d->last;
	dash = dash_len(rest);
	if (dash > 0)
		return d->at > place->end &&
		       (d->sure || (!d->more && begins(span_sub(rest, dash,
							rest.len))));
	if (rest.ptr[0] == ':' || span_starts_with(rest, ".-"))
		return d->sure;
	return rest.ptr[0] == '.' && (rest.len == 1 || rest.ptr[1] == ' ') &&
	       (d->sure || (!d->more && is_in_capitals(place->text)));
}

static bool
pass(struct dateline *d)
{
	const char c = d->s->doc->text.ptr[d->at];

	if (c == ' ' || c == ',') {
		d->at++;
		return true;
	}
	return pass_mention(d) || pass_aside(d) || pass_word(d);
}

bool
dateline_has(const struct scan *s, uint32_t at)
{
	const size_t block = scan_block_at(s->doc, at);
	const struct block *b;
	const struct mention *place;
	struct dateline d = { .s = s };

	if (block == s->doc->nblocks)
		return false;
	b = &s->doc->blocks[block];
	d.next = context_mention(s, b->start);
	place = d.next < s->n ? &s->list[d.next] : NULL;
	if (at >= b->start + DATELINE_BYTES || place == NULL ||
		place->type != MENTION_CITY || place->start > b->start + 1u)
		return false;
	d.at = place->end;
	d.last = b->end <= b->start + DATELINE_BYTES;
	d.end = d.last ? b->end : b->start + DATELINE_BYTES;
	while (!is_at_end(&d, place))
		if (d.at >= d.end || !pass(&d))
			return false;
	return at < d.at;
}
