#include "plain.h"

#include <ctype.h>

#define WRAP_MIN     50	 /* a text is wrapped at a column between */
#define WRAP_MAX     90	 /* these two, in characters */
#define TITLE_BLOCKS 12	 /* blocks among which the title is looked for */
#define TITLE_WORDS  5	 /* fewest words of a title */
#define TITLE_BYTES  220 /* longest title */
#define TILE_BYTES   30	 /* "356 UNESCO" of a counter's two lines */

struct plain {
	const struct parse_words *words;
	struct blocks *out;
	size_t wrap; /* column at which the text was wrapped, or 0 */
	bool titled;
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

/* "- x", "* x", "• x", "1. x", "a) x" */
size_t
plain_item_mark(struct span line)
{
	static const char *const marks[] = { "- ", "* ", "\xe2\x80\xa2",
		"\xe2\x80\x93 ", "\xc2\xb7 ", "\xe2\x96\xaa", "\xe2\x97\x8f" };
	size_t i = 0;

	line = span_trim(line);
	for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
		if (span_starts_with(line, marks[k]))
			return strlen(marks[k]);
	while (i < line.len && i < 3 && isdigit((unsigned char)line.ptr[i]))
		i++;
	if (i > 0 && i + 1 < line.len &&
		(line.ptr[i] == '.' || line.ptr[i] == ')') &&
		line.ptr[i + 1] == ' ')
		return i + 2;
	return 0;
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

bool
plain_reads_like_title(struct span text)
{
	size_t words = 0;
	char last;

	if (text.len == 0 || text.len > TITLE_BYTES)
		return false;
	last = text.ptr[text.len - 1];
	for (size_t i = 0; i < text.len; i++)
		words += (i == 0 || text.ptr[i - 1] == ' ') &&
			 (isalnum((unsigned char)text.ptr[i]) ||
				 (unsigned char)text.ptr[i] >= 0x80);
	return words >= TITLE_WORDS && last != '.' && last != ':' &&
	       last != ',' && !isdigit((unsigned char)text.ptr[0]);
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
	} else if (!p->titled && b->n < TITLE_BLOCKS &&
		   plain_reads_like_title(text)) {
		p->titled = true;
		type = BLOCK_TITLE;
		zone = ZONE_TITLE;
		reason.why = WHY_SHAPE;
	}
	code = blocks_open(b, type, mark > 0, zone, reason);
	if (code == OK)
		code = blocks_add(b, text, 0);
	return code == OK ? blocks_end(b) : code;
}

enum error_code
plain_read(const struct parse_words *words, struct span text, struct blocks *b)
{
	struct plain p = { .words = words, .out = b, .zone = ZONE_BODY };
	struct span line, before = { NULL, 0 };
	const char *start = NULL;
	enum error_code code = OK;

	p.wrap = wrap_column(text);
	while (code == OK && next_line(&text, &line)) {
		bool blank = is_blank(line);

		if (start != NULL && (blank || !continues(&p, before, line))) {
			code = put(&p,
				span_of(start, (size_t)(before.ptr +
							before.len - start)));
			start = NULL;
		}
		if (!blank && start == NULL)
			start = line.ptr;
		before = line;
	}
	if (code == OK && start != NULL)
		code = put(&p, span_of(start, (size_t)(before.ptr + before.len -
						       start)));
	return code;
}
