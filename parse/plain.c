#include "plain.h"

#include <ctype.h>

#include "plain_table.h"

#define WRAP_MIN     50	 /* a text is wrapped at a column between */
#define WRAP_MAX     90	 /* these two, in characters */
#define TITLE_BLOCKS 12	 /* blocks among which the title is looked for */
#define TITLE_WORDS  5	 /* fewest words of a title */
#define TITLE_ALONE  3	 /* of the first line, where no other is one */
#define PROSE_WORDS  20	 /* a sentence of so many is of the text itself */
#define TITLE_BYTES  220 /* longest title */
#define TILE_BYTES   30	 /* "356 UNESCO" of a counter's two lines */

struct plain {
	const struct parse_words *words;
	struct blocks *out;
	size_t wrap;	/* column at which the text was wrapped, or 0 */
	bool titled;	/* there is one, or the text has begun */
	bool opened;	/* the first block may be the title of what follows */
	enum zone zone; /* of what follows */
	struct reason reason;
};

static bool
next_line(struct span *rest, struct span *line)
{
	struct span l;

	if (!span_split(rest, '\n', &l))
		return false;
	if (l.len > 0 && l.ptr[l.len - 1] == '\r')
		l.len--;
	*line = l;
	return true;
}

static bool
is_blank(struct span line)
{
	uint32_t cp;
	size_t len;

	for (size_t at = 0; at < line.len; at += len) {
		len = utf8_decode(line, at, &cp);
		if (len == 0 || (!utf8_is_space(cp) && cp != 0xFEFF))
			return false;
	}
	return true;
}

/*
 * The column a text was wrapped at: nearly no line is longer, and most of
 * those that another line follows come near it.
 */
static size_t
wrap_column(struct span text)
{
	size_t lengths[WRAP_MAX + 1] = { 0 }, inner = 0, longer = 0, near = 0;
	struct span line, before = { NULL, 0 };
	size_t max = 0;

	while (next_line(&text, &line)) {
		if (before.ptr != NULL && !is_blank(before) &&
			!is_blank(line)) {
			size_t len = utf8_count(before);

			inner++;
			if (len > WRAP_MAX)
				longer++;
			else
				lengths[len]++;
			if (len <= WRAP_MAX && len > max)
				max = len;
		}
		before = line;
	}
	if (inner < 3 || max < WRAP_MIN || longer * 20 > inner)
		return 0;
	for (size_t len = max * 3 / 4; len <= max; len++)
		near += lengths[len];
	return near * 2 > inner ? max : 0;
}

/* "1. ", "12) ", "a) ", "(b) " */
static size_t
enumerated(struct span line)
{
	const bool open = span_starts_with(line, "(");
	size_t i = open, digits = 0;

	while (i < line.len && digits < 3 &&
		isdigit((unsigned char)line.ptr[i])) {
		i++;
		digits++;
	}
	if (digits == 0 && i < line.len && islower((unsigned char)line.ptr[i]))
		i++;
	return i > open && i + 1 < line.len &&
			       (line.ptr[i] == ')' ||
				       (line.ptr[i] == '.' && digits > 0 &&
					       !open)) &&
			       line.ptr[i + 1] == ' '
		       ? i + 2
		       : 0;
}

size_t
plain_item_mark(struct span line)
{
	static const char *const marks[] = { "- ", "* ", "\xe2\x80\xa2",
		"\xe2\x80\x93 ", "\xc2\xb7 ", "\xe2\x96\xaa", "\xe2\x97\x8f" };

	line = span_trim(line);
	for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
		if (span_starts_with(line, marks[k]))
			return strlen(marks[k]);
	return enumerated(line);
}

static bool
starts_lower(struct span line)
{
	uint32_t cp;

	line = span_trim(line);
	return utf8_decode(line, 0, &cp) > 0 && utf8_is_letter(cp) &&
	       !utf8_is_upper(cp) && utf8_lower(cp) == cp;
}

static size_t
first_word(struct span line)
{
	const char *space;

	line = span_trim(line);
	space = memchr(line.ptr, ' ', line.len);
	return utf8_count(span_sub(line, 0,
		space == NULL ? line.len : (size_t)(space - line.ptr)));
}

/* next goes on with what line began. */
static bool
continues(const struct plain *p, struct span line, struct span next)
{
	struct span trimmed = span_trim(line);

	if (trimmed.len == 0 || plain_item_mark(next) > 0)
		return false;
	/* Wrapped: the next word would not have fitted. */
	if (p->wrap > 0 &&
		utf8_count(line) + 1 + first_word(next) + 4 > p->wrap)
		return true;
	if (trimmed.ptr[trimmed.len - 1] == ',' || starts_lower(next))
		return true;
	/* A counter: its number above, what it counts below. */
	return trimmed.len <= TILE_BYTES &&
	       isdigit((unsigned char)trimmed.ptr[0]) &&
	       utf8_count(next) <= TILE_BYTES &&
	       memchr(trimmed.ptr, ' ', trimmed.len) != NULL &&
	       memchr(trimmed.ptr, '/', trimmed.len) == NULL;
}

static size_t
count_words(struct span text)
{
	size_t words = 0;

	for (size_t i = 0; i < text.len; i++)
		words += (i == 0 || text.ptr[i - 1] == ' ') &&
			 (isalnum((unsigned char)text.ptr[i]) ||
				 (unsigned char)text.ptr[i] >= 0x80);
	return words;
}

/* Of so many words, no sentence, not all a date or an address. */
static bool
may_head(struct span text, size_t least)
{
	char last;

	if (text.len == 0 || text.len > TITLE_BYTES)
		return false;
	last = text.ptr[text.len - 1];
	return count_words(text) >= least && last != '.' && last != ':' &&
	       last != ',' && !isdigit((unsigned char)text.ptr[0]);
}

bool
plain_reads_like_title(struct span text)
{
	return may_head(text, TITLE_WORDS);
}

static bool
is_prose(struct span text)
{
	return span_ends_with(text, ".") && count_words(text) >= PROSE_WORDS;
}

/* The open text's title, where its shape tells: the first line that reads like
 * one, before the text begins. */
static bool
takes_title(struct plain *p, struct span text)
{
	const size_t n = p->out->n;

	if (p->titled || n >= TITLE_BLOCKS)
		return false;
	p->titled = plain_reads_like_title(text);
	if (p->titled) {
		p->opened = false;
		return true;
	}
	p->titled = is_prose(text);
	p->opened = n == 0 ? may_head(text, TITLE_ALONE) : p->opened;
	return false;
}

/* None reads like one: a short first line is the title. */
static void
title_first(struct plain *p)
{
	struct blocks *b = p->out;

	if (!p->opened || b->n < 2 || b->list[0].zone != ZONE_BODY)
		return;
	b->list[0].type = BLOCK_TITLE;
	b->list[0].zone = ZONE_TITLE;
	b->reasons[0] = (struct reason){ .why = WHY_SHAPE };
}

/* One block from raw lines, its type and zone by its shape. */
static enum error_code
put(struct plain *p, struct span text)
{
	struct blocks *b = p->out;
	enum block_type type = BLOCK_PARAGRAPH;
	size_t mark = plain_item_mark(text);
	struct reason reason;
	enum zone zone;
	enum error_code code;

	text = span_trim(text);
	if (words_ending(p->words, text, &zone)) {
		p->zone = zone;
		p->reason = (struct reason){ .why = WHY_ENDING,
			.block = (uint32_t)b->n };
	}
	zone = p->zone;
	reason = p->reason;
	if (mark > 0) {
		type = BLOCK_ITEM;
		text = span_sub(text, mark, text.len);
	} else if (takes_title(p, text)) {
		type = BLOCK_TITLE;
		zone = ZONE_TITLE;
		reason.why = WHY_SHAPE;
	}
	code = blocks_open(b, type, mark > 0, zone, reason);
	if (code == OK)
		code = blocks_add(b, text, 0);
	return code == OK ? blocks_end(b) : code;
}

/* So many lines are rows of a table. */
static enum error_code
put_table(struct plain *p, struct span *text, size_t lines, char mark)
{
	struct blocks *b = p->out;
	struct span line, row, cell;
	enum error_code code = OK;

	b->row = 0;
	while (code == OK && lines-- > 0 && span_split(text, '\n', &line)) {
		if (!plain_table_row(line, mark, &row))
			continue;
		b->row++;
		b->column = 0;
		while (code == OK && plain_next_cell(&row, mark, &cell)) {
			b->column++;
			code = blocks_open(
				b, BLOCK_CELL, 0, p->zone, p->reason);
			if (code == OK)
				code = blocks_add(b, cell, 0);
			if (code == OK)
				code = blocks_end(b);
		}
	}
	b->row = b->column = 0;
	return code;
}

/* Put the lines from start to the end of before. */
static enum error_code
put_lines(struct plain *p, const char **start, struct span before)
{
	enum error_code code = OK;

	if (*start != NULL)
		code = put(p, span_of(*start, (size_t)(before.ptr + before.len -
						       *start)));
	*start = NULL;
	return code;
}

enum error_code
plain_read(const struct parse_words *words, struct span text, struct blocks *b)
{
	struct plain p = { .words = words, .out = b, .zone = ZONE_BODY };
	struct span line, before = { NULL, 0 };
	const char *start = NULL;
	char mark;
	enum error_code code = OK;

	p.wrap = wrap_column(text);
	while (code == OK && text.ptr != NULL) {
		const size_t rows = plain_table_lines(text, &mark);

		if (rows > 0) {
			code = put_lines(&p, &start, before);
			if (code == OK)
				code = put_table(&p, &text, rows, mark);
			continue;
		}
		if (!next_line(&text, &line))
			break;
		if (start != NULL &&
			(is_blank(line) || !continues(&p, before, line)))
			code = put_lines(&p, &start, before);
		if (!is_blank(line) && start == NULL)
			start = line.ptr;
		before = line;
	}
	if (code == OK)
		code = put_lines(&p, &start, before);
	title_first(&p);
	return code;
}
