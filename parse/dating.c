#include "dating.h"

#include <ctype.h>

#include "pubdate.h"

#define NEAR_BEHIND   12 /* blocks behind the title that may be its date */
#define NEAR_ITEMS    5	 /* so many of them as items of a list */
#define NEAR_BEFORE   4	 /* blocks in front of it */
#define BODY_BLOCKS   20 /* blocks of the body that may begin with a dateline */
#define SECONDS_A_DAY 86400
#define LINE_BYTES    40 /* shorter than that is a label, full stop or not */
#define LABEL_BYTES   90 /* longer than that is a paragraph of text */

static enum error_code
set(struct doc_date *d, struct civil day, const char *from, struct arena *a)
{
	struct edtf value = { .start = day };
	char edtf[EDTF_MAX];

	edtf_format(&value, edtf);
	d->edtf = arena_strdup(a, edtf);
	d->basis = BASIS_EXPLICIT;
	d->from = from;
	return d->edtf != NULL ? OK : ERR_NOMEM;
}

/* "/2024/02/14/", "/2024-02-14-", "/20240214/" */
static bool
date_of_url(const struct parse_words *w, const char *url, struct civil *day)
{
	struct span rest = span_str(url);
	size_t at = span_find(rest, 0, span_str("://")), len;

	if (at == SIZE_MAX || span_starts_with(rest, "file:"))
		return false;
	for (at += 3; at < rest.len; at++) {
		struct span here = span_sub(rest, at + 1, rest.len);

		if (rest.ptr[at] == '?')
			break;
		if (rest.ptr[at] == '/' && here.len > 4 &&
			isdigit((unsigned char)here.ptr[0]) &&
			isdigit((unsigned char)here.ptr[3]) &&
			pubdate_at(w, here, NULL, day, &len) && len >= 8 &&
			(len == here.len || strchr("/-_.", here.ptr[len])))
			return true;
	}
	return false;
}

struct search {
	const struct parse_words *words;
	const struct blocks *blocks;
	struct arena *arena;
	struct document *doc;
	int64_t fetched_at; /* of the page; 0: not known */
};

/* A text with a date in it, rather than a line that is one. */
static bool
is_sentence(const struct block *k, struct span text)
{
	return k->type == BLOCK_PARAGRAPH &&
	       (text.len > LABEL_BYTES ||
		       (text.len > LINE_BYTES && span_ends_with(text, ".")));
}

/* The site's head shows the day it is looked at. */
static bool
is_today(const struct search *s, const struct block *k, struct civil day)
{
	int64_t days = civil_to_days(day) - s->fetched_at / SECONDS_A_DAY;

	return k->zone == ZONE_HEADER && s->fetched_at > 0 && days >= -1 &&
	       days <= 1;
}

/* Whether block i is a date or begins with one; the document has it then. */
static bool
try_block(const struct search *s, size_t i)
{
	const struct block *k = &s->blocks->list[i];
	struct span text = blocks_text(s->blocks, k);
	bool paragraph = is_sentence(k, text);
	struct civil day;
	size_t start, end;

	/* "Updated 9 July 2025, published 16 August 2019" */
	while (pubdate_of_block(s->words, text, s->doc->language, paragraph,
		&day, &start, &end)) {
		if (paragraph ||
			!words_modified(s->words, span_sub(text, 0, start)))
			return !is_today(s, k, day) &&
			       set(&s->doc->published, day, "dateline",
				       s->arena) == OK;
		if (s->doc->modified.edtf == NULL)
			(void)set(&s->doc->modified, day, "byline", s->arena);
		text = span_sub(text, end, text.len);
	}
	return false;
}

static bool
is_aside(const struct block *k)
{
	return k->zone == ZONE_TEASER || k->zone == ZONE_COMMENT ||
	       k->zone == ZONE_FOOTER;
}

static bool
near_title(const struct search *s, size_t title)
{
	const struct block *list = s->blocks->list;

	for (size_t i = title + 1; i < s->blocks->n && i <= title + NEAR_BEHIND;
		i++) {
		bool item = list[i].type == BLOCK_ITEM ||
			    list[i].type == BLOCK_CELL;

		/* Further down, items that are dates are those of events. */
		if (!is_aside(&list[i]) && (!item || i <= title + NEAR_ITEMS) &&
			try_block(s, i))
			return true;
	}
	for (size_t i = title; i-- > 0 && i + NEAR_BEFORE >= title;)
		if (list[i].type != BLOCK_ITEM && !is_aside(&list[i]) &&
			try_block(s, i))
			return true;
	return false;
}

static bool
in_body(const struct search *s)
{
	size_t seen = 0;

	for (size_t i = 0; i < s->blocks->n && seen < BODY_BLOCKS; i++) {
		const struct block *k = &s->blocks->list[i];

		if (k->zone != ZONE_BODY && k->zone != ZONE_TITLE &&
			k->type != BLOCK_DATELINE)
			continue;
		seen++;
		if (k->type != BLOCK_ITEM && k->type != BLOCK_CELL &&
			try_block(s, i))
			return true;
	}
	return false;
}

static bool
is_next_day(struct civil day, const char *edtf)
{
	struct edtf e;
	int64_t a = civil_to_days(day);

	if (!edtf_parse(span_str(edtf), &e) || !civil_valid(e.start))
		return false;
	return a - civil_to_days(e.start) == 1 ||
	       civil_to_days(e.start) - a == 1;
}

enum error_code
dating_read(const struct parse_words *w, const struct blocks *b,
	const struct page *page, struct arena *a, struct document *doc)
{
	const struct search s = { w, b, a, doc, page->fetched_at };
	const char *url = page->final_url != NULL ? page->final_url : page->url;
	struct civil day;
	size_t title = 0;

	if (url != NULL && date_of_url(w, url, &day) &&
		(doc->published.edtf == NULL ||
			is_next_day(day, doc->published.edtf)))
		return set(&doc->published, day, "url", a);
	if (doc->published.edtf != NULL)
		return OK;
	while (title < b->n && b->list[title].zone != ZONE_TITLE)
		title++;
	if (title == b->n || !near_title(&s, title))
		(void)in_body(&s);
	return OK;
}
