#include "dating.h"

#include <ctype.h>

#include "stamp.h"

#define NEAR_BEHIND  12 /* blocks behind the title that may be its date */
#define NEAR_ITEMS   5	/* so many of them as items of a list */
#define NEAR_BEFORE  6	/* blocks in front of it */
#define NEAR_END     6	/* blocks in front of the release's end or behind it */
#define BODY_BLOCKS  20 /* blocks of the body that may begin with a dateline */
#define LINE_BYTES   40 /* shorter than that is a label, full stop or not */
#define LABEL_BYTES  90 /* longer than that is a paragraph of text */
#define FAR_BYTES    60 /* of a line that is a date, away from the title */
#define SELF_BYTES   ((size_t)300) /* of a sentence about the page itself */
#define BYLINE_BYTES 160	   /* of a line with names and dates */
#define TAIL_BYTES   30		   /* of a day at its end */
#define LEAF_BYTES   12 /* of a part of a day in a block of its own */
#define LEAF_BLOCKS  3

/* "2024/02/14/", "2024-02-14-", "20240214/", "2024/february/14/", at the
 * beginning of rest. */
static bool
date_of_folder(const struct parse_words *w, struct span rest, struct civil *day)
{
	size_t len;

	if (rest.len < 8 || !isdigit((unsigned char)rest.ptr[0]) ||
		!isdigit((unsigned char)rest.ptr[3]))
		return false;
	if (!stamp_basic(rest, day, &len) &&
		(!pubdate_at(w, rest, NULL, day, &len) || len < 8))
		return false;
	return len == rest.len || strchr("/-_.", rest.ptr[len]) != NULL;
}

/* "/news/report-2024-02-14.html", "/archive_2024_02_14": the year first. */
static bool
date_of_name(struct span rest, struct civil *day)
{
	char ymd[8];
	size_t at = 0, len;

	for (size_t n = 0; n < sizeof ymd; n++, at++) {
		if ((n == 4 || n == 6) && at < rest.len &&
			(rest.ptr[at] == '-' || rest.ptr[at] == '_'))
			at++;
		if (at >= rest.len || !isdigit((unsigned char)rest.ptr[at]))
			return false;
		ymd[n] = rest.ptr[at];
	}
	return (at == rest.len || !isalnum((unsigned char)rest.ptr[at])) &&
	       stamp_basic(span_of(ymd, sizeof ymd), day, &len);
}

static bool
date_of_url(const struct parse_words *w, const char *url, struct civil *day)
{
	struct span rest = span_str(url);
	size_t start = span_find(rest, 0, span_str("://"));
	const char *query = memchr(rest.ptr, '?', rest.len);

	if (start == SIZE_MAX || span_starts_with(rest, "file:"))
		return false;
	if (query != NULL)
		rest.len = (size_t)(query - rest.ptr);
	for (size_t at = start + 3; at < rest.len; at++)
		if (rest.ptr[at] == '/' &&
			date_of_folder(
				w, span_sub(rest, at + 1, rest.len), day))
			return true;
	for (size_t at = start + 3; at < rest.len; at++)
		if (strchr("/-_", rest.ptr[at]) != NULL &&
			date_of_name(span_sub(rest, at + 1, rest.len), day))
			return true;
	return false;
}

/* "/2024/02/": the month alone; its day is 0. */
static bool
month_of_url(struct span url, struct civil *month)
{
	long long y, m;

	if (span_starts_with(url, "file:"))
		return false;
	for (size_t at = 0; at + 9 <= url.len && url.ptr[at] != '?'; at++)
		if (url.ptr[at] == '/' && url.ptr[at + 5] == '/' &&
			url.ptr[at + 8] == '/' &&
			span_int(span_sub(url, at + 1, at + 5), 1980, 2100,
				&y) &&
			span_int(span_sub(url, at + 6, at + 8), 1, 12, &m)) {
			*month = (struct civil){ .year = (int16_t)y,
				.month = (uint8_t)m };
			return true;
		}
	return false;
}

/* Sites of countries where English is written with the day first, or the
 * month. */
static enum order
order_of_site(const char *url)
{
	static const struct {
		const char *end;
		enum order order;
	} ends[] = {
		{ ".uk", ORDER_DAY },
		{ ".ie", ORDER_DAY },
		{ ".au", ORDER_DAY },
		{ ".nz", ORDER_DAY },
		{ ".in", ORDER_DAY },
		{ ".za", ORDER_DAY },
		{ ".eu", ORDER_DAY },
		{ ".us", ORDER_MONTH },
		{ ".gov", ORDER_MONTH },
		{ ".mil", ORDER_MONTH },
		{ ".edu", ORDER_MONTH },
	};
	struct span host = span_str(url);
	size_t at = span_find(host, 0, span_str("://"));

	if (at == SIZE_MAX)
		return ORDER_UNKNOWN;
	host = span_sub(host, at + 3, host.len);
	for (at = 0; at < host.len && strchr("/:?#", host.ptr[at]) == NULL;)
		at++;
	host.len = at;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (span_ends_with(host, ends[i].end))
			return ends[i].order;
	return ORDER_UNKNOWN;
}

struct search {
	const struct parse_words *words;
	const struct blocks *blocks;
	struct dates *out;
	int64_t fetched_at; /* of the page; 0: not known */
	size_t title;	    /* its block, or the body's first */
	size_t last;	    /* the body's last */
};

static struct span
text_of(const struct search *s, size_t i)
{
	return blocks_text(s->blocks, &s->blocks->list[i]);
}

/* A line begins with a date, or with a label in front of one, and does not end
 * as sentences do. */
static bool
is_long_line(const struct search *s, struct span text)
{
	struct civil day;
	size_t start, end;

	return text.len <= BYLINE_BYTES &&
	       strchr(".!?:", text.ptr[text.len - 1]) == NULL &&
	       pubdate_find(s->words, text, NULL, &day, &start, &end) &&
	       (start == 0 || words_date_label(s->words,
				      span_sub(text, 0, start)) != LABEL_NONE);
}

/* A text with a date in it, rather than a line that is one. */
static bool
is_sentence(const struct search *s, const struct block *k, struct span text)
{
	bool byline = k->type == BLOCK_BYLINE || k->type == BLOCK_DATELINE;

	if (text.len > BYLINE_BYTES)
		return true;
	if (k->type == BLOCK_PARAGRAPH && text.len > LABEL_BYTES)
		return !is_long_line(s, text);
	return !byline && text.len > LINE_BYTES && span_ends_with(text, ".");
}

/* The site's head shows the day it is looked at. */
static bool
is_today(const struct search *s, const struct block *k, struct civil day)
{
	int64_t days = civil_to_days(day) - s->fetched_at / DATES_A_DAY;

	return k->zone == ZONE_HEADER && s->fetched_at > 0 && days >= -1 &&
	       days <= 1;
}

/* What the words in front of a date say of it; before may be those of the
 * block in front, when the date stands alone. */
static enum date_label
label_of(const struct search *s, size_t i, struct span before)
{
	enum date_label label = words_date_label(s->words, before);

	if (label == LABEL_NONE && before.len == 0 && i > 0 &&
		text_of(s, i - 1).len <= LINE_BYTES)
		label = words_date_label(s->words, text_of(s, i - 1));
	return label;
}

static bool
is_item(const struct block *k)
{
	return k->type == BLOCK_ITEM || k->type == BLOCK_CELL;
}

/* Behind the title, the only item of those near it with a day in it. */
static bool
is_alone(const struct search *s, size_t i)
{
	for (size_t k = s->title + 1; k < s->blocks->n && k <= i + NEAR_BEHIND;
		k++) {
		struct civil day;
		size_t start, end;

		if (k != i && is_item(&s->blocks->list[k]) &&
			pubdate_find(s->words, text_of(s, k), NULL, &day,
				&start, &end))
			return false;
	}
	return true;
}

static bool
is_near(const struct search *s, size_t i)
{
	if (i <= s->title)
		return i + NEAR_BEFORE >= s->title;
	/* Further down, items that are dates are those of events. */
	return i <= s->title + NEAR_ITEMS ||
	       (i <= s->title + NEAR_BEHIND &&
		       (!is_item(&s->blocks->list[i]) || is_alone(s, i)));
}

/* Among the last blocks of the release or the first behind it. */
static bool
ends_release(const struct search *s, size_t i)
{
	return s->blocks->list[i].zone != ZONE_TEASER &&
	       i + NEAR_END >= s->last && i <= s->last + NEAR_END;
}

static void
add(const struct search *s, size_t i, enum date_label label, struct civil day,
	struct span text)
{
	const struct block *k = &s->blocks->list[i];
	bool near = is_near(s, i);
	enum dated how;

	if (label == LABEL_OTHER || k->zone == ZONE_COMMENT)
		return;
	if (label == LABEL_MODIFIED)
		how = near ? DATED_CHANGED_SHOWN : DATED_CHANGED_ELSEWHERE;
	else if (is_today(s, k, day))
		return;
	else if (label == LABEL_PUBLISHED)
		how = near ? DATED_LABELLED : DATED_LABELLED_ELSEWHERE;
	else if (near && (k->zone == ZONE_TEASER || k->zone == ZONE_FOOTER))
		how = DATED_SHOWN_ASIDE;
	else if (near)
		how = i > s->title ? DATED_SHOWN : DATED_SHOWN_BEFORE;
	else if (k->type == BLOCK_DATELINE || k->type == BLOCK_BYLINE ||
		 (k->type == BLOCK_PARAGRAPH && ends_release(s, i) &&
			 text_of(s, i).len == text.len))
		how = DATED_SHOWN_ELSEWHERE;
	else
		return;
	dates_add(s->out, how, day, text, words_dated_name(how));
}

/* "3 May 2021. Updated: 5 May 2021": a day of change follows. */
static bool
changes_later(const struct search *s, struct span rest)
{
	struct civil day;
	size_t start, end;

	return pubdate_find(s->words, rest, NULL, &day, &start, &end) &&
	       words_date_label(s->words, span_sub(rest, 0, start)) ==
		       LABEL_MODIFIED;
}

/* "October 2023" below the title of a newsletter.  Of several months none is
 * the page's. */
static void
read_month(const struct search *s, size_t i, struct span text)
{
	struct dates *d = s->out;
	struct civil month;

	if (i <= s->title || !is_near(s, i) || is_item(&s->blocks->list[i]) ||
		text.len > LINE_BYTES ||
		!pubdate_month(s->words, text, &month) ||
		label_of(s, i, text) > LABEL_PUBLISHED)
		return;
	if (d->month.year == 0)
		d->month = month;
	else if (d->month.year != month.year || d->month.month != month.month)
		d->month.year = -1;
}

/* "Feb", "14", "2024", or "14 Feb", "2024", as the leaf of a calendar. */
static void
read_leaf(const struct search *s, size_t i)
{
	struct civil day;
	char joined[LEAF_BLOCKS * (LEAF_BYTES + 1)];
	size_t len = 0, taken;

	if (!is_near(s, i))
		return;
	for (size_t k = i; k < s->blocks->n && k < i + LEAF_BLOCKS; k++) {
		struct span text = text_of(s, k);

		if (text.len > LEAF_BYTES)
			return;
		memcpy(joined + len, text.ptr, text.len);
		len += text.len;
		if (k > i &&
			pubdate_at(s->words, span_of(joined, len), NULL, &day,
				&taken) &&
			taken == len) {
			add(s, i, LABEL_NONE, day, span_of(joined, len));
			return;
		}
		joined[len++] = ' ';
	}
}

/* A line that is a date, or has some between names and labels. */
static void
read_line(const struct search *s, size_t i, struct span text)
{
	struct civil day;
	size_t start, end;

	read_month(s, i, text);
	if (text.len <= LEAF_BYTES)
		read_leaf(s, i);
	while (pubdate_find(s->words, text, NULL, &day, &start, &end)) {
		enum date_label label =
			label_of(s, i, span_sub(text, 0, start));

		if (label == LABEL_NONE &&
			changes_later(s, span_sub(text, end, text.len)))
			label = LABEL_PUBLISHED;
		add(s, i, label, day, span_sub(text, start, end));
		text = span_sub(text, end, text.len);
	}
}

/* "As of 31 December 2019: 64 members" is no dateline. */
static bool
is_of_publication(const struct search *s, struct span before)
{
	enum date_label label = words_date_label(s->words, before);

	return label == LABEL_NONE || label == LABEL_PUBLISHED;
}

/* "This page was last edited on 14 February 2024, at 10:00.", "Dieser Eintrag
 * wurde am 14. Februar 2024 um 10 Uhr veröffentlicht." */
static void
read_sentence(const struct search *s, size_t i, struct span text)
{
	bool self = words_about_page(s->words, text);
	struct civil day;
	size_t start, end;
	enum date_label label;

	if ((!self && s->blocks->list[i].zone != ZONE_FOOTER) ||
		text.len > (self ? SELF_BYTES : BYLINE_BYTES) ||
		!pubdate_find(s->words, text, NULL, &day, &start, &end))
		return;
	label = words_date_label(s->words, span_sub(text, 0, start));
	if (self && label == LABEL_NONE)
		label = words_date_label(
			s->words, span_sub(text, end, end + LABEL_BYTES));
	if (label == LABEL_MODIFIED || label == LABEL_PUBLISHED)
		add(s, i, label, day, span_sub(text, start, end));
}

/* "Address by the mayor, Town Hall, 8 September 2022": it ends a line that is
 * no sentence. */
static bool
ends_line(const struct search *s, size_t i, struct span text, struct civil *day,
	size_t *start)
{
	size_t end;

	if (text.len > BYLINE_BYTES || !is_near(s, i))
		return false;
	for (*start = text.len > TAIL_BYTES ? text.len - TAIL_BYTES : 2;
		*start < text.len; ++*start)
		if (span_ends_with(span_sub(text, 0, *start), ", ") &&
			pubdate_at(s->words, span_sub(text, *start, text.len),
				NULL, day, &end) &&
			*start + end == text.len)
			return true;
	return false;
}

static void
read_block(const struct search *s, size_t i, size_t *body)
{
	const struct block *k = &s->blocks->list[i];
	struct span text = text_of(s, i);
	bool mine = k->zone == ZONE_BODY || k->zone == ZONE_TITLE ||
		    k->type == BLOCK_DATELINE;
	struct civil day;
	size_t start, end;

	*body += mine;
	if (text.len == 0 ||
		span_find(text, 0, span_str("\xc2\xa9")) != SIZE_MAX)
		return;
	if (!is_sentence(s, k, text)) {
		if (is_near(s, i) || text.len <= FAR_BYTES)
			read_line(s, i, text);
	} else if (((mine && *body <= BODY_BLOCKS) || is_near(s, i)) &&
		   pubdate_begins(s->words, text, NULL, &day, &start, &end) &&
		   is_of_publication(s, span_sub(text, 0, start))) {
		dates_add(s->out, DATED_BEGINS, day, span_sub(text, start, end),
			words_dated_name(DATED_BEGINS));
	} else if (ends_line(s, i, text, &day, &start)) {
		add(s, i, LABEL_NONE, day, span_sub(text, start, text.len));
	} else {
		read_sentence(s, i, text);
	}
}

/* How the page's days are written, where some can be read in one order only
 * and all such agree. */
static enum order
order_of(const struct blocks *b)
{
	enum order found = ORDER_UNKNOWN;

	for (size_t i = 0; i < b->n; i++) {
		enum order order = pubdate_order(blocks_text(b, &b->list[i]));

		if (order == ORDER_UNKNOWN || order == found)
			continue;
		if (found != ORDER_UNKNOWN)
			return ORDER_UNKNOWN;
		found = order;
	}
	return found;
}

static bool
has_either(const struct dates *d)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->list[i].either)
			return true;
	return false;
}

void
dating_read(const struct parse_words *w, const struct blocks *b,
	const struct page *page, struct dates *out)
{
	const char *said =
		page->final_url != NULL ? page->final_url : page->url;
	const char *url = said != NULL ? said : "";
	struct search s = { w, b, out, page->fetched_at, 0, 0 };
	struct civil day;
	size_t body = 0;

	if (date_of_url(w, url, &day))
		dates_add(out, DATED_URL, day, span_of(NULL, 0),
			words_dated_name(DATED_URL));
	else if (month_of_url(span_str(url), &day))
		out->url_month = day;
	while (s.title < b->n && b->list[s.title].zone != ZONE_TITLE)
		s.title++;
	if (s.title == b->n)
		for (s.title = 0; s.title + 1 < b->n &&
				  b->list[s.title].zone != ZONE_BODY;)
			s.title++;
	for (size_t i = 0; i < b->n; i++)
		if (b->list[i].zone == ZONE_BODY)
			s.last = i;
	for (size_t i = 0; i < b->n; i++)
		read_block(&s, i, &body);
	out->fetched_at = page->fetched_at;
	if (!has_either(out))
		return;
	if (out->order == ORDER_UNKNOWN)
		out->order = order_of(b);
	if (out->order == ORDER_UNKNOWN)
		out->order = order_of_site(url);
	if (out->order == ORDER_UNKNOWN && out->american)
		out->order = ORDER_MONTH;
}
