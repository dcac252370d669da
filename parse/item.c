#include "item.h"

#include "authors.h"
#include "line.h"

/* What a text that goes on elsewhere ends with. */
static const char *const ellipses[] = { "...", "\xe2\x80\xa6", "[...]",
	"[\xe2\x80\xa6]", "[&#8230;]", "&#8230;", "[&hellip;]", "&hellip;" };

static const char *
markup_of(const struct feed_item *it)
{
	return it->content != NULL && *it->content != '\0' ? it->content
							   : it->summary;
}

/* Bytes of text between tags; *end is where the last of it ends. */
static size_t
text_bytes(struct span markup, size_t *end)
{
	size_t bytes = 0;
	bool tag = false;

	*end = 0;
	for (size_t i = 0; i < markup.len; i++) {
		char c = markup.ptr[i];

		if (c == '<' || c == '>') {
			tag = c == '<';
			continue;
		}
		if (tag || strchr(" \t\r\n", c) != NULL)
			continue;
		bytes++;
		*end = i + 1;
	}
	return bytes;
}

bool
item_is_whole(const struct feed_item *it)
{
	const char *markup = markup_of(it);
	struct span text = span_str(markup != NULL ? markup : "");
	size_t end;

	if (it->link == NULL ||
		(!span_istarts_with(span_str(it->link), "http://") &&
			!span_istarts_with(span_str(it->link), "https://")))
		return false;
	if (text_bytes(text, &end) < ITEM_TEXT_MIN)
		return false;
	text = span_sub(text, 0, end);
	for (size_t i = 0; i < sizeof ellipses / sizeof *ellipses; i++)
		if (span_ends_with(text, ellipses[i]))
			return false;
	return true;
}

/* Titles may be markup: their tags are left out, and references stay. */
static void
add_title(const char *title, struct buffer *out)
{
	bool tag = false;

	for (; *title != '\0'; title++) {
		if (*title == '<' || *title == '>')
			tag = *title == '<';
		else if (!tag)
			buffer_add_char(out, *title);
	}
}

/* "pt-BR"; what else is written there would end the attribute. */
static void
add_language(const char *tag, struct buffer *out)
{
	for (; *tag != '\0'; tag++)
		if (strchr("\"'<>& ", *tag) == NULL)
			buffer_add_char(out, *tag);
}

void
item_page(const struct feed *f, const struct feed_item *it, struct buffer *out)
{
	const char *language =
		it->language != NULL ? it->language : f->head.language;
	const char *markup = markup_of(it);

	buffer_add_str(out, "<!DOCTYPE html><html lang=\"");
	if (language != NULL)
		add_language(language, out);
	buffer_add_str(out, "\"><body><article>");
	if (it->title != NULL) {
		buffer_add_str(out, "<h1>");
		add_title(it->title, out);
		buffer_add_str(out, "</h1>");
	}
	buffer_add_str(out, "<div>");
	if (markup != NULL)
		buffer_add_str(out, markup);
	buffer_add_str(out, "</div></article></body></html>");
}

static void
add_day(const struct parse_words *w, const char *raw, const char *utc,
	struct tz *zone, enum dated how, const char *from, struct dates *out)
{
	struct span text = span_str(raw != NULL ? raw : "");
	struct civil day;
	int64_t at;

	/* A moment is the day it was where the source is; else the day that is
	 * written, whatever the time zone. */
	if (utc != NULL && zone != NULL && time_parse(span_str(utc), &at))
		day = tz_day(zone, at);
	else if (!pubdate_at(w, text, NULL, &day, NULL) &&
		 (utc == NULL ||
			 !pubdate_at(w, span_str(utc), NULL, &day, NULL)))
		return;
	dates_add(out, how, day, text, from);
}

void
item_dates(const struct parse_words *w, const struct feed_item *it,
	struct tz *zone, struct dates *out)
{
	add_day(w, it->published_raw, it->published, zone, DATED_META,
		"feed published", out);
	add_day(w, it->created_raw, it->created, zone, DATED_META,
		"feed created", out);
	add_day(w, it->updated_raw, it->updated, zone, DATED_CHANGED_META,
		"feed updated", out);
}

enum error_code
item_origin(const struct parse_words *w, const struct feed *f,
	const struct feed_item *it, struct arena *a, struct document *doc)
{
	const struct feed_item *said = it->nauthors > 0 ? it : &f->head;
	enum error_code code = OK;

	for (size_t i = 0; i < said->nauthors && code == OK; i++)
		if (said->authors[i].name != NULL)
			code = authors_declare(
				w, span_str(said->authors[i].name), a, doc);
	if (code == OK && f->head.title != NULL)
		doc->site = line_fold(span_str(f->head.title), a);
	return code;
}
