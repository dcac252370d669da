#include "blocks.h"

#include <stdio.h>

#include "parse.h"

#define RAW_MAX	   PARSE_INPUT_MAX
#define LIST_LINES 3   /* so many short lines in one block are a list */
#define LIST_CHARS 100 /* and this is a short line, in bytes */

void
blocks_init(struct blocks *b, struct arena *a)
{
	*b = (struct blocks){ .arena = a };
	buffer_init(&b->text, PARSE_TEXT_MAX);
	buffer_init(&b->raw, RAW_MAX);
	buffer_init(&b->folded, RAW_MAX);
}

void
blocks_release(struct blocks *b)
{
	buffer_release(&b->text);
	buffer_release(&b->raw);
	buffer_release(&b->folded);
}

void
blocks_reset(struct blocks *b, struct arena *a)
{
	b->arena = a;
	b->list = NULL;
	b->reasons = NULL;
	b->links = 0;
	b->warnings = NULL;
	b->row = b->column = 0;
	b->header = 0;
	b->n = b->cap = b->reasons_cap = b->nwarnings = b->warnings_cap = 0;
	b->full = false;
	buffer_reset(&b->text);
	buffer_reset(&b->raw);
}

enum error_code
blocks_warn(struct blocks *b, enum problem_code code, const char *message)
{
	const char *line =
		arena_printf(b->arena, "%s: %s", problem_name(code), message);
	const char **list;

	if (line == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < b->nwarnings; i++)
		if (strcmp(b->warnings[i], line) == 0)
			return OK;
	if (b->nwarnings == PARSE_WARNINGS_MAX)
		return OK;
	list = arena_grow(b->arena, b->warnings, b->nwarnings, &b->warnings_cap,
		sizeof *list);
	if (list == NULL)
		return ERR_NOMEM;
	b->warnings = list;
	list[b->nwarnings++] = line;
	return OK;
}

/* Append text to out with each run of spaces one U+0020, none at the ends. */
static enum error_code
fold_spaces(struct span text, struct buffer *out)
{
	bool space = false;
	size_t start = out->len;

	for (size_t at = 0; at < text.len;) {
		uint32_t cp;
		size_t len = 1;
		unsigned char c = (unsigned char)text.ptr[at];

		if (c < 0x80)
			cp = c;
		else if ((len = utf8_decode(text, at, &cp)) == 0)
			return ERR_FORMAT;
		/* U+200B and soft hyphens stand inside words: they vanish. */
		if (cp == 0x200B || cp == 0xAD || cp == 0x2060 ||
			cp == 0xFEFF) {
			at += len;
			continue;
		}
		if (cp < 0x20 || cp == 0x7F || utf8_is_space(cp)) {
			space = true;
		} else {
			if (space && out->len > start)
				buffer_add_char(out, ' ');
			space = false;
			buffer_add(out, text.ptr + at, len);
		}
		at += len;
	}
	return out->code;
}

/* ASCII, and its spaces single ones between words: folded as it is. */
static bool
is_folded(struct span text)
{
	unsigned char last = ' ';

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (c < ' ' || c >= 0x7F || (c == ' ' && last == ' '))
			return false;
		last = c;
	}
	return last != ' ';
}

/*
 * Folded text that NFC leaves as it is, told by its bytes: nothing below
 * U+0300 composes by itself, nor does U+2002-20BF (dashes, quotes, currency).
 */
static bool
is_nfc(struct span text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (c < 0xCC)
			continue;
		if (c != 0xE2 || (unsigned char)text.ptr[i + 1] > 0x82)
			return false;
	}
	return true;
}

static enum error_code
over_cap(struct blocks *b)
{
	b->full = true;
	return blocks_warn(b, PROBLEM_TRUNCATED,
		"the text is longer than is kept; the rest was cut off");
}

/* What of a folded block the document still has room for. */
static bool
cut_to_room(const struct blocks *b, struct span *folded, bool nfc)
{
	size_t room = PARSE_TEXT_MAX - b->text.len;

	room = b->n == PARSE_BLOCKS_MAX ? 0
	       : b->n == 0		? room
	       : room > 2		? room - 2
					: 0;
	/* NFC may lengthen a text, threefold at most (UAX 15). */
	room = nfc ? room : room / 3;
	if (folded->len <= room)
		return false;
	while (!utf8_boundary(*folded, room))
		room--;
	while (room > 0 && folded->ptr[room - 1] == ' ')
		room--;
	*folded = span_sub(*folded, 0, room);
	return true;
}

/* The reason of block n; consecutive blocks of an element share its word. */
static enum error_code
keep_reason(struct blocks *b)
{
	struct reason *r = &b->reason;

	b->reasons = arena_grow(
		b->arena, b->reasons, b->n, &b->reasons_cap, sizeof *r);
	if (b->reasons == NULL)
		return ERR_NOMEM;
	if (r->word.len > 0 && !b->word_kept) {
		r->word = arena_span(b->arena, r->word);
		if (r->word.ptr == NULL)
			return ERR_NOMEM;
		b->word_kept = true;
	}
	b->reasons[b->n] = *r;
	return OK;
}

/* One block of the document from raw text. */
static enum error_code
emit(struct blocks *b, struct span raw, enum block_type type)
{
	size_t before = b->text.len, links = 0;
	struct block *k;
	struct span folded;
	bool nfc, cut;

	folded = span_trim(raw);
	if (!is_folded(folded)) {
		buffer_reset(&b->folded);
		if (fold_spaces(raw, &b->folded) != OK)
			return b->folded.code;
		folded = buffer_span(&b->folded);
	}
	if (folded.len == 0 || b->full)
		return OK;
	nfc = is_nfc(folded);
	cut = cut_to_room(b, &folded, nfc);
	if (folded.len == 0)
		return over_cap(b);
	if (before > 0)
		buffer_add_str(&b->text, "\n\n");
	b->list = arena_grow(b->arena, b->list, b->n, &b->cap, sizeof *k);
	if (b->list == NULL || keep_reason(b) != OK)
		return ERR_NOMEM;
	/* Lines of one block share its links. */
	links = b->raw.len > 0 ? b->links * 100 / b->raw.len : 0;
	k = &b->list[b->n++];
	*k = (struct block){
		.start = (uint32_t)b->text.len,
		.type = type,
		.level = b->level,
		.links = (uint8_t)(links < 100 ? links : 100),
		.zone = b->zone,
	};
	if (type == BLOCK_CELL) {
		k->row = b->row;
		k->column = b->column;
		k->header = b->header;
	}
	if (nfc)
		buffer_add_span(&b->text, folded);
	else
		utf8_nfc(folded, &b->text);
	k->end = (uint32_t)b->text.len;
	if (b->text.code != OK)
		return b->text.code;
	return cut ? over_cap(b) : OK;
}

/* The next line of *rest, up to a line break of the layout. */
static bool
next_line(struct span *rest, struct span *line)
{
	size_t end;

	if (rest->ptr == NULL)
		return false;
	end = span_find(*rest, 0, span_str(BLOCKS_LINE_BREAK));
	if (end == SIZE_MAX) {
		*line = *rest;
		rest->ptr = NULL;
		rest->len = 0;
	} else {
		*line = span_sub(*rest, 0, end);
		*rest = span_sub(*rest, end + 3, rest->len);
	}
	*line = span_trim(*line);
	return true;
}

/*
 * Releases part paragraphs and lists by <br>.  An empty line parts always;
 * single breaks part when most lines are short, as those of a list are.
 */
static bool
lines_are_list(struct span raw)
{
	size_t lines = 0, longer = 0;
	struct span line;

	while (next_line(&raw, &line) && lines < LINES_MAX) {
		lines += line.len > 0;
		longer += line.len > LIST_CHARS;
	}
	return lines >= LIST_LINES && longer * 4 <= lines;
}

static enum error_code
emit_lines(struct blocks *b, struct span raw)
{
	bool list = lines_are_list(raw);
	const char *start = raw.ptr;
	struct span rest = raw, line;
	enum error_code code = OK;
	enum block_type type =
		list && b->type == BLOCK_PARAGRAPH ? BLOCK_ITEM : b->type;

	while (code == OK && next_line(&rest, &line)) {
		const char *end = line.ptr + line.len;

		if (line.len > 0 && !list)
			continue;
		if (end > start)
			code = emit(
				b, span_of(start, (size_t)(end - start)), type);
		start = rest.ptr;
	}
	if (code == OK && !list && start != NULL && start < raw.ptr + raw.len)
		code = emit(b,
			span_of(start, (size_t)(raw.ptr + raw.len - start)),
			b->type);
	return code;
}

enum error_code
blocks_end(struct blocks *b)
{
	struct span raw = buffer_span(&b->raw);
	enum error_code code = OK;

	if (b->raw.code != OK)
		return b->raw.code;
	if (raw.len > 0)
		code = span_find(raw, 0, span_str(BLOCKS_LINE_BREAK)) ==
				       SIZE_MAX
			       ? emit(b, raw, b->type)
			       : emit_lines(b, raw);
	buffer_reset(&b->raw);
	b->links = 0;
	return code;
}

enum error_code
blocks_open(struct blocks *b, enum block_type type, uint8_t level,
	enum zone zone, struct reason reason)
{
	enum error_code code = blocks_end(b);

	b->type = type;
	b->level = level;
	b->zone = zone;
	b->reason = reason;
	b->word_kept = false;
	return code;
}

void
blocks_move(struct blocks *b, size_t i, enum zone zone, struct reason reason)
{
	reason.node = b->reasons[i].node;
	b->list[i].zone = zone;
	b->reasons[i] = reason;
}

enum error_code
blocks_add(struct blocks *b, struct span text, size_t links)
{
	b->links += links;
	return buffer_add_span(&b->raw, text);
}

enum error_code
blocks_warn_bad(struct blocks *b, size_t bad, const char *encoding)
{
	char message[160];

	if (bad == 0)
		return OK;
	(void)snprintf(message, sizeof message,
		"%zu places were not valid %.30s and became U+FFFD", bad,
		encoding);
	return blocks_warn(b, PROBLEM_CHARSET, message);
}

struct span
blocks_text(const struct blocks *b, const struct block *k)
{
	return span_sub(buffer_span(&b->text), k->start, k->end);
}
