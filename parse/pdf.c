#include "pdf.h"

#include <ctype.h>
#include <stdlib.h>

#include "authors.h"
#include "plain.h"
#include "pubdate.h"

#define SIZES		400   /* half points a line may be high */
#define EDGE		0.12F /* of a page's height: where headers stand */
#define LARGER		1.15F /* times the text's size: a heading */
#define ALIKE		0.12F /* sizes that differ less are one */
#define LINE_GAP	0.7F  /* of a line's height, within a paragraph */
#define SHORT_LINE	0.85F /* of a block's width: its last line */
#define HEADING_BYTES	300   /* longest heading */
#define AUTHOR_WORDS	5
#define PARAGRAPH_BYTES ((size_t)1 << 20)

struct reading {
	const struct parse_words *words;
	const struct pdf_text *t;
	struct blocks *out;
	float size;	    /* of most of the text */
	float title_size;   /* of the largest line of the first page */
	struct buffer para; /* the open paragraph */
	const struct pdf_line *first, *last; /* its lines; NULL: none */
	float right;			     /* edge of the last line's block */
	/* What stands at the edge of pages waits for the paragraph that goes
	 * on behind it. */
	const struct pdf_line **waiting;
	size_t nwaiting;
	bool titled;
	enum zone zone; /* of what follows */
	struct reason reason;
};

static struct span
line_text(const struct pdf_text *t, const struct pdf_line *l)
{
	return span_sub(buffer_span(&t->text), l->at, l->at + l->len);
}

static float
line_size(const struct pdf_line *l)
{
	return l->y1 > l->y0 ? l->y1 - l->y0 : 0.0F;
}

/* The size that most characters have. */
static float
text_size(const struct pdf_text *t)
{
	uint32_t sizes[SIZES] = { 0 };
	size_t most = 0;

	for (size_t i = 0; i < t->n; i++) {
		float twice = 2.0F * line_size(&t->lines[i]);

		if (twice < SIZES - 1)
			sizes[(size_t)(twice + 0.5F)] += t->lines[i].len;
	}
	for (size_t i = 0; i < SIZES; i++)
		if (sizes[i] > sizes[most])
			most = i;
	return (float)most / 2.0F;
}

static bool
alike(float a, float b)
{
	return a < b * (1.0F + ALIKE) && b < a * (1.0F + ALIKE);
}

/* HEADER or FOOTER for lines at the edge of a page, else BODY. */
static enum zone
edge_of(const struct pdf_line *l)
{
	if (l->y1 < l->height * EDGE)
		return ZONE_HEADER;
	return l->y0 > l->height * (1.0F - EDGE) ? ZONE_FOOTER : ZONE_BODY;
}

static size_t
next_other(struct span s, size_t at)
{
	while (at < s.len && isdigit((unsigned char)s.ptr[at]))
		at++;
	return at;
}

/* "Page 3 of 7" is "Page 4 of 7": digits do not count. */
static int
compare_texts(struct span a, struct span b)
{
	size_t i = next_other(a, 0), k = next_other(b, 0);

	if (a.ptr == NULL || b.ptr == NULL)
		return (a.ptr != NULL) - (b.ptr != NULL);
	while (i < a.len && k < b.len && a.ptr[i] == b.ptr[k]) {
		i = next_other(a, i + 1);
		k = next_other(b, k + 1);
	}
	if (i == a.len || k == b.len)
		return (i < a.len) - (k < b.len);
	return (unsigned char)a.ptr[i] - (unsigned char)b.ptr[k];
}

static int
compare_edges(const void *x, const void *y, void *ctx)
{
	struct pdf_line *const *a = x, *const *b = y;
	const struct pdf_text *t = ctx;
	int edge = (int)edge_of(*a) - (int)edge_of(*b);
	int text = edge != 0
			   ? edge
			   : compare_texts(line_text(t, *a), line_text(t, *b));

	return text != 0
		       ? text
		       : ((*a)->page > (*b)->page) - ((*a)->page < (*b)->page);
}

/* "3", "- 3 -", "3/7" */
static bool
is_page_number(struct span s)
{
	bool digits = false;

	for (size_t i = 0; i < s.len; i++) {
		if (isdigit((unsigned char)s.ptr[i]))
			digits = true;
		else if (strchr(" -/|.", s.ptr[i]) == NULL)
			return false;
	}
	return digits;
}

/* What stands at the same edge of half of the pages, and their numbers; but
 * no title that the header of the pages repeats. */
static enum error_code
mark_edges(struct pdf_text *t, float size, struct arena *a)
{
	struct pdf_line **edges = arena_array(a, t->n + 1, sizeof *edges);
	size_t n = 0;

	if (edges == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < t->n; i++) {
		struct pdf_line *l = &t->lines[i];

		if (edge_of(l) == ZONE_BODY || l->height == 0.0F ||
			line_size(l) > size * LARGER)
			continue;
		if (is_page_number(line_text(t, l)))
			l->zone = edge_of(l);
		else
			edges[n++] = l;
	}
	qsort_r(edges, n, sizeof *edges, compare_edges, t);
	for (size_t i = 0, end; i < n; i = end) {
		size_t pages = 1;

		for (end = i + 1;
			end < n && edge_of(edges[end]) == edge_of(edges[i]) &&
			compare_texts(line_text(t, edges[end]),
				line_text(t, edges[i])) == 0;
			end++)
			pages += edges[end]->page != edges[end - 1]->page;
		for (size_t k = i;
			pages > 1 && 2 * pages >= t->pages && k < end; k++)
			edges[k]->zone = edge_of(edges[k]);
	}
	return OK;
}

static bool
starts_lower(struct span s)
{
	uint32_t cp;

	return utf8_decode(s, 0, &cp) > 0 && utf8_is_letter(cp) &&
	       utf8_lower(cp) == cp && !utf8_is_upper(cp);
}

static bool
ends_sentence(struct span s)
{
	return s.len > 0 && strchr(".!?:;", s.ptr[s.len - 1]) != NULL;
}

static bool
is_large(const struct reading *r, const struct pdf_line *l)
{
	return line_size(l) > r->size * LARGER;
}

/* l goes on with the open paragraph. */
static bool
continues(const struct reading *r, const struct pdf_line *l)
{
	const struct pdf_line *last = r->last;
	struct span text = line_text(r->t, l), before = line_text(r->t, last);
	bool lower = starts_lower(text);
	float size = line_size(l), gap = l->y0 - last->y1;

	if (!alike(size, line_size(last)) || plain_item_mark(text) > 0)
		return false;
	if (l->page != last->page || gap < -size)
		return lower && !ends_sentence(before) && !is_large(r, l);
	if (gap > LINE_GAP * size)
		return false;
	if (l->block != last->block)
		return is_large(r, l) ||
		       (lower && !ends_sentence(before) && l->x0 < r->right);
	if (ends_sentence(before) && !lower &&
		(last->x1 - l->x0 < SHORT_LINE * (r->right - l->x0) ||
			l->x0 > last->x0 + size))
		return false;
	return true;
}

/* The letters in front of the end of s, and those s begins with. */
static struct span
last_word(struct span s)
{
	size_t at = s.len;

	while (at > 0 && s.ptr[at - 1] != ' ')
		at--;
	return span_sub(s, at, s.len);
}

static struct span
first_word(struct span s)
{
	size_t end = 0;

	while (end < s.len && (isalpha((unsigned char)s.ptr[end]) ||
				      (unsigned char)s.ptr[end] >= 0x80))
		end++;
	return span_sub(s, 0, end);
}

/* "age-" "friendly": the document writes it with its hyphen elsewhere. */
static bool
is_compound(const struct reading *r, struct span before, struct span text)
{
	struct span half = last_word(before), rest = first_word(text);
	struct buffer word;
	bool found = false;

	buffer_init(&word, half.len + rest.len + 1);
	buffer_add_span(&word, half);
	if (buffer_add_span(&word, rest) == OK)
		found = span_find(buffer_span(&r->t->text), 0,
				buffer_span(&word)) != SIZE_MAX;
	buffer_release(&word);
	return found;
}

static void
add_line(struct reading *r, struct span text)
{
	struct span before = buffer_span(&r->para);
	char last = before.len > 0 ? before.ptr[before.len - 1] : ' ';
	unsigned char inner =
		before.len > 1 ? (unsigned char)before.ptr[before.len - 2]
			       : ' ';

	/* U+00AD and a hyphen part a word; U+00AD is never part of one. */
	if (span_ends_with(before, "\xc2\xad")) {
		r->para.len -= 2;
	} else if (last == '-' && (islower(inner) || inner >= 0x80) &&
		   starts_lower(text)) {
		if (!is_compound(r, before, text))
			r->para.len--;
	} else if (before.len > 0 && !(last == '-' && isalnum(inner))) {
		buffer_add_char(&r->para, ' ');
	}
	buffer_add_span(&r->para, text);
}

static size_t
words_in(struct span s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += s.ptr[i] != ' ' && (i == 0 || s.ptr[i - 1] == ' ');
	return n;
}

/* What a paragraph of the release is, by its size and its shape. */
static enum block_type
type_of(struct reading *r, struct span *text, uint8_t *level)
{
	float size = line_size(r->first);
	bool large = is_large(r, r->first) && text->len <= HEADING_BYTES;
	size_t mark = plain_item_mark(*text);
	bool title = !r->titled && r->first->page == 0 && words_in(*text) > 1 &&
		     (r->title_size > r->size * LARGER
				     ? large && alike(size, r->title_size)
				     : plain_reads_like_title(*text));

	*level = 0;
	if (title && mark == 0) {
		r->titled = true;
		*level = 1;
		return BLOCK_TITLE;
	}
	if (large) {
		*level = size > 1.6F * r->size	 ? 1
			 : size > 1.3F * r->size ? 2
						 : 3;
		return BLOCK_HEADING;
	}
	if (mark == 0)
		return BLOCK_PARAGRAPH;
	*text = span_sub(*text, mark, text->len);
	*level = 1;
	return BLOCK_ITEM;
}

static enum error_code
put(struct reading *r, struct span text, enum block_type type, uint8_t level,
	enum zone zone, struct reason reason)
{
	enum error_code code = blocks_open(r->out, type, level, zone, reason);

	if (code == OK)
		code = blocks_add(r->out, text, 0);
	return code == OK ? blocks_end(r->out) : code;
}

static enum error_code
put_waiting(struct reading *r)
{
	enum error_code code = OK;

	for (size_t i = 0; i < r->nwaiting && code == OK; i++) {
		const struct pdf_line *l = r->waiting[i];

		code = put(r, line_text(r->t, l),
			l->zone == ZONE_FOOTER ? BLOCK_FOOTER : BLOCK_PARAGRAPH,
			0, l->zone, (struct reason){ .why = WHY_PAGE_EDGE });
	}
	r->nwaiting = 0;
	return code;
}

static enum error_code
end_paragraph(struct reading *r)
{
	struct span text = span_trim(buffer_span(&r->para));
	struct reason reason;
	enum error_code code = OK;
	enum block_type type;
	enum zone zone;
	uint8_t level;

	if (r->first == NULL || text.len == 0)
		goto out;
	if (words_ending(r->words, text, &zone)) {
		r->zone = zone;
		r->reason = (struct reason){ .why = WHY_ENDING,
			.block = (uint32_t)r->out->n };
	}
	type = type_of(r, &text, &level);
	zone = type == BLOCK_TITLE ? ZONE_TITLE : r->zone;
	reason = r->reason;
	if (type == BLOCK_TITLE)
		reason.why = WHY_SHAPE;
	code = put(r, text, type, level, zone, reason);
out:
	buffer_reset(&r->para);
	r->first = r->last = NULL;
	return code == OK ? put_waiting(r) : code;
}

/* The right edge of the block that begins at lines[i]. */
static float
right_edge(const struct pdf_text *t, size_t i)
{
	float right = 0.0F;

	for (size_t k = i; k < t->n && t->lines[k].block == t->lines[i].block;
		k++)
		if (t->lines[k].x1 > right)
			right = t->lines[k].x1;
	return right;
}

static enum error_code
put_cell(struct reading *r, const struct pdf_line *l)
{
	enum error_code code = end_paragraph(r);

	r->out->row = l->row;
	r->out->column = l->column;
	if (code == OK)
		code = put(r, line_text(r->t, l), BLOCK_CELL, 0, r->zone,
			r->reason);
	r->out->row = r->out->column = 0;
	return code;
}

static enum error_code
read_lines(struct reading *r)
{
	const struct pdf_text *t = r->t;
	enum error_code code = OK;

	for (size_t i = 0; i < t->n && code == OK; i++) {
		const struct pdf_line *l = &t->lines[i];

		if (l->len == 0)
			continue;
		if (l->zone != ZONE_BODY) {
			r->waiting[r->nwaiting++] = l;
			continue;
		}
		if (l->table > 0) {
			code = put_cell(r, l);
			continue;
		}
		if (r->last == NULL)
			code = put_waiting(r);
		if (r->last != NULL &&
			(!continues(r, l) ||
				r->para.len + l->len > PARAGRAPH_BYTES))
			code = end_paragraph(r);
		if (r->last == NULL || r->last->block != l->block)
			r->right = right_edge(t, i);
		if (r->first == NULL)
			r->first = l;
		r->last = l;
		add_line(r, line_text(t, l));
		if (code == OK)
			code = r->para.code;
	}
	return code == OK ? end_paragraph(r) : code;
}

/* Word processors put a file's name for a title. */
static bool
is_title(struct span s)
{
	static const char *const files[] = { ".doc", ".docx", ".odt", ".indd",
		".pdf", ".rtf", ".qxd" };

	if (words_in(s) < 2 || span_istarts_with(s, "microsoft word"))
		return false;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		if (span_ends_with(s, files[i]))
			return false;
	return true;
}

/* A name of a person, not of an account. */
static bool
is_author(struct span s)
{
	size_t n = words_in(s);

	for (size_t at = 0; at < s.len; at++)
		if (isdigit((unsigned char)s.ptr[at]) ||
			strchr("@_\\/", s.ptr[at]) != NULL)
			return false;
	return n > 1 && n <= AUTHOR_WORDS;
}

static void
add_day(const struct reading *r, enum dated how, struct span text,
	const char *from, struct dates *dates)
{
	struct civil day;
	size_t len;

	if (text.len > 0 && pubdate_at(r->words, text, NULL, &day, &len))
		dates_add(dates, how, day, span_sub(text, 0, len), from);
}

static enum error_code
put_metadata(const struct reading *r, struct document *doc, struct dates *dates)
{
	const struct pdf_text *t = r->t;
	struct arena *a = r->out->arena;

	if (is_title(t->title)) {
		doc->title = arena_strndup(a, t->title.ptr, t->title.len);
		if (doc->title == NULL)
			return ERR_NOMEM;
	}
	add_day(r, DATED_TIME, t->created, "pdf CreationDate", dates);
	add_day(r, DATED_CHANGED_META, t->changed, "pdf ModDate", dates);
	return is_author(t->author)
		       ? authors_declare(r->words, t->author, a, doc)
		       : OK;
}

enum error_code
pdf_read(const struct parse_words *w, struct span layout, struct blocks *b,
	struct document *doc, struct dates *dates)
{
	struct pdf_text t;
	struct reading r = {
		.words = w,
		.t = &t,
		.out = b,
		.zone = ZONE_BODY,
		.reason = { .why = WHY_TEXT },
	};
	enum error_code code = pdf_lines(layout, b->arena, &t);

	buffer_init(&r.para, 2 * PARAGRAPH_BYTES);
	r.size = text_size(&t);
	if (code == OK)
		code = mark_edges(&t, r.size, b->arena);
	if (code == OK)
		code = pdf_tables(&t, r.size, b->arena);
	for (size_t i = 0; code == OK && i < t.n && t.lines[i].page == 0; i++)
		if (t.lines[i].zone == ZONE_BODY &&
			words_in(line_text(&t, &t.lines[i])) > 1 &&
			line_size(&t.lines[i]) > r.title_size)
			r.title_size = line_size(&t.lines[i]);
	r.waiting = arena_array(b->arena, t.n + 1, sizeof *r.waiting);
	if (code == OK && r.waiting == NULL)
		code = ERR_NOMEM;
	if (code == OK)
		code = put_metadata(&r, doc, dates);
	if (code == OK)
		code = read_lines(&r);
	if (code == OK && t.cut)
		code = blocks_warn(b, PROBLEM_TRUNCATED, PDF_IS_CUT);
	buffer_release(&r.para);
	buffer_release(&t.text);
	return code;
}
