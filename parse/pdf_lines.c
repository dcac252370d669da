/* The output of pdftotext -bbox-layout: one element a line of it. */
#include <stdlib.h>

#include "parse.h"
#include "pdf.h"

#define NUMBER_MAX 24 /* bytes of a length */
#define POINTS_MAX 100000.0F

/* Attribute of the tag that line is, or the empty span. */
static struct span
attribute(struct span line, const char *name)
{
	size_t len = strlen(name), at = 0;

	while ((at = span_find(line, at, span_of(name, len))) != SIZE_MAX) {
		struct span rest = span_sub(line, at + len, line.len);

		at += len;
		if (span_starts_with(rest, "=\"")) {
			size_t end = span_find(rest, 2, span_str("\""));

			return end == SIZE_MAX ? span_of(NULL, 0)
					       : span_sub(rest, 2, end);
		}
	}
	return span_of(NULL, 0);
}

/* Nothing that is not a length of a page. */
static float
length_of(struct span line, const char *name)
{
	struct span s = attribute(line, name);
	char digits[NUMBER_MAX] = "0";
	float v;

	if (s.len > 0 && s.len < sizeof digits) {
		memcpy(digits, s.ptr, s.len);
		digits[s.len] = '\0';
	}
	v = strtof(digits, NULL);
	return v > 0.0F && v < POINTS_MAX ? v : 0.0F;
}

/* What is between the tags of an element on one line. */
static struct span
content(struct span line)
{
	const char *open, *close;

	if (line.ptr == NULL)
		return line;
	open = memchr(line.ptr, '>', line.len);
	if (open == NULL)
		return span_of(NULL, 0);
	open++;
	close = memchr(open, '<', line.len - (size_t)(open - line.ptr));
	return close == NULL ? span_of(NULL, 0)
			     : span_of(open, (size_t)(close - open));
}

static void
add_word(struct buffer *out, struct span word)
{
	static const struct {
		const char *name;
		char c;
	} references[] = { { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' },
		{ "&quot;", '"' }, { "&apos;", '\'' } };

	for (size_t at = 0; word.ptr != NULL && at < word.len;) {
		struct span rest = span_sub(word, at, word.len);
		char c = word.ptr[at];
		size_t len = 1;

		for (size_t i = 0;
			c == '&' && i < sizeof references / sizeof *references;
			i++)
			if (span_starts_with(rest, references[i].name)) {
				c = references[i].c;
				len = strlen(references[i].name);
				break;
			}
		buffer_add_char(out, c);
		at += len;
	}
}

struct scan {
	struct pdf_text *out;
	struct arena *arena;
	uint32_t blocks;
	float height; /* of the page */
	bool open;    /* a line, that words go to */
};

static enum error_code
begin_line(struct scan *s, struct span tag)
{
	struct pdf_text *t = s->out;

	/* A line's end is no part of a word. */
	if (t->text.len < PARSE_TEXT_MAX)
		buffer_add_char(&t->text, '\n');
	s->open = t->n < PDF_LINES_MAX && t->pages > 0 &&
		  t->pages <= PDF_PAGES_MAX;
	t->cut |= !s->open;
	if (!s->open)
		return OK;
	t->lines = arena_grow(
		s->arena, t->lines, t->n, &t->room, sizeof *t->lines);
	if (t->lines == NULL)
		return ERR_NOMEM;
	t->lines[t->n++] = (struct pdf_line){
		.at = (uint32_t)t->text.len,
		.page = (uint32_t)t->pages - 1,
		.block = s->blocks,
		.x0 = length_of(tag, "xMin"),
		.y0 = length_of(tag, "yMin"),
		.x1 = length_of(tag, "xMax"),
		.y1 = length_of(tag, "yMax"),
		.height = s->height,
		.zone = ZONE_BODY,
	};
	return OK;
}

static enum error_code
put_word(struct scan *s, struct span tag)
{
	struct pdf_text *t = s->out;
	struct pdf_line *l;

	if (!s->open || t->n == 0)
		return OK;
	if (t->text.len + tag.len + 1 > PARSE_TEXT_MAX) {
		t->cut = true;
		s->open = false;
		return OK;
	}
	l = &t->lines[t->n - 1];
	if (t->text.len > l->at)
		buffer_add_char(&t->text, ' ');
	add_word(&t->text, content(tag));
	l->len = (uint32_t)t->text.len - l->at;
	return t->text.code;
}

static enum error_code
put_value(struct scan *s, struct span raw, struct span *out)
{
	struct buffer value;
	enum error_code code;

	if (out->len > 0 || raw.len == 0)
		return OK;
	buffer_init(&value, 4 * raw.len + 16);
	add_word(&value, raw);
	*out = arena_span(s->arena, span_trim(buffer_span(&value)));
	code = value.code != OK || out->ptr == NULL ? ERR_NOMEM : OK;
	buffer_release(&value);
	return code;
}

static enum error_code
put_meta(struct scan *s, struct span tag)
{
	struct span name = attribute(tag, "name");
	struct span value = attribute(tag, "content");

	if (span_eq_str(name, "Author"))
		return put_value(s, value, &s->out->author);
	if (span_eq_str(name, "CreationDate"))
		return put_value(s, value, &s->out->created);
	if (span_eq_str(name, "ModDate"))
		return put_value(s, value, &s->out->changed);
	return OK;
}

enum error_code
pdf_lines(struct span layout, struct arena *a, struct pdf_text *out)
{
	struct scan s = { .out = out, .arena = a };
	struct span line;
	enum error_code code = OK;

	*out = (struct pdf_text){ .lines = NULL };
	buffer_init(&out->text, PARSE_TEXT_MAX);
	while (code == OK && span_split(&layout, '\n', &line)) {
		line = span_trim(line);
		if (span_starts_with(line, "<word ")) {
			code = put_word(&s, line);
		} else if (span_starts_with(line, "<line ")) {
			code = begin_line(&s, line);
		} else if (span_starts_with(line, "<block ")) {
			s.blocks++;
		} else if (span_starts_with(line, "<page ")) {
			out->pages++;
			s.height = length_of(line, "height");
		} else if (out->pages == 0 &&
			   span_starts_with(line, "<title>")) {
			code = put_value(&s, content(line), &out->title);
		} else if (out->pages == 0 &&
			   span_starts_with(line, "<meta ")) {
			code = put_meta(&s, line);
		}
	}
	return code;
}
