/*
 * Tables of a PDF, which says nothing of them: rows of short lines on one
 * height each, far apart, below each other at the same places.
 */
#include <math.h>
#include <stdlib.h>

#include "pdf.h"
#include "plain.h"

#define ROWS_MIN	 3
#define CELLS_MAX	 32   /* of a row */
#define CELL_GAP	 1.0F /* of a line's height, between cells */
#define ROW_GAP		 2.2F /* of a line's height, between rows */
#define SAME_HEIGHT	 0.5F /* of a line's height */
#define CELL_WORDS	 8    /* of a cell */
#define WORDS_ON_AVERAGE 3    /* columns of prose have more */

/* Lines list[at, at + n) on one height, from the left. */
struct row {
	size_t at, n, words;
};

struct search {
	struct pdf_text *t;
	size_t from[PDF_TABLES_MAX + 1],
		to[PDF_TABLES_MAX + 1]; /* in the list */
	uint32_t *list; /* lines of the text, by page, height, place */
	size_t n;
	float size;
};

static const struct pdf_line *
line_at(const struct search *s, size_t i)
{
	return &s->t->lines[s->list[i]];
}

static int
compare(const void *x, const void *y, void *ctx)
{
	const struct pdf_line *lines = ctx;
	const struct pdf_line *a = &lines[*(const uint32_t *)x];
	const struct pdf_line *b = &lines[*(const uint32_t *)y];

	if (a->page != b->page)
		return a->page < b->page ? -1 : 1;
	if (a->y0 < b->y0 || a->y0 > b->y0)
		return a->y0 < b->y0 ? -1 : 1;
	if (a->x0 < b->x0 || a->x0 > b->x0)
		return a->x0 < b->x0 ? -1 : 1;
	return (a > b) - (a < b);
}

static int
compare_places(const void *x, const void *y, void *ctx)
{
	const struct pdf_line *lines = ctx;
	const struct pdf_line *a = &lines[*(const uint32_t *)x];
	const struct pdf_line *b = &lines[*(const uint32_t *)y];

	if (a->x0 < b->x0 || a->x0 > b->x0)
		return a->x0 < b->x0 ? -1 : 1;
	return (a > b) - (a < b);
}

static struct span
text_of(const struct pdf_text *t, const struct pdf_line *l)
{
	return span_sub(buffer_span(&t->text), l->at, l->at + l->len);
}

static size_t
words_of(const struct pdf_text *t, const struct pdf_line *l)
{
	struct span text = text_of(t, l);
	size_t n = 1;

	for (size_t i = 0; i < text.len; i++)
		n += text.ptr[i] == ' ';
	return n;
}

/* The lines from list[at] on that stand on one height. */
static struct row
row_at(const struct search *s, size_t at)
{
	const struct pdf_line *first = line_at(s, at);
	struct row row = { .at = at, .n = 1 };

	while (at + row.n < s->n &&
		line_at(s, at + row.n)->page == first->page &&
		line_at(s, at + row.n)->y0 - first->y0 < SAME_HEIGHT * s->size)
		row.n++;
	qsort_r(s->list + at, row.n, sizeof *s->list, compare_places,
		s->t->lines);
	for (size_t i = 0; i < row.n; i++)
		row.words += words_of(s->t, line_at(s, at + i));
	return row;
}

/* Cells of a few words, far apart, and no items of lists. */
static bool
is_cells(const struct search *s, const struct row *row)
{
	if (row->n < 2 || row->n > CELLS_MAX)
		return false;
	for (size_t i = 0; i < row->n; i++) {
		const struct pdf_line *l = line_at(s, row->at + i);

		if (words_of(s->t, l) > CELL_WORDS ||
			plain_item_mark(text_of(s->t, l)) > 0 ||
			(i > 0 && l->x0 - line_at(s, row->at + i - 1)->x1 <
					  CELL_GAP * s->size))
			return false;
	}
	return true;
}

/* The column of the first row that l stands in, from 1; 0: none. */
static uint16_t
column_of(const struct search *s, const struct row *first,
	const struct pdf_line *l)
{
	for (size_t i = 0; i < first->n; i++) {
		const struct pdf_line *c = line_at(s, first->at + i);

		if (fabsf(c->x0 - l->x0) < s->size ||
			fabsf(c->x1 - l->x1) < s->size)
			return (uint16_t)(i + 1);
	}
	return 0;
}

static bool
goes_on(const struct search *s, const struct row *first, const struct row *last,
	const struct row *row)
{
	const struct pdf_line *above = line_at(s, last->at);
	const struct pdf_line *l = line_at(s, row->at);
	uint16_t before = 0;

	if (!is_cells(s, row) || l->page != above->page ||
		l->y0 - above->y1 > ROW_GAP * s->size)
		return false;
	for (size_t i = 0; i < row->n; i++) {
		uint16_t column = column_of(s, first, line_at(s, row->at + i));

		if (column <= before)
			return false;
		before = column;
	}
	return true;
}

/* The table that begins at list[at]: mark its lines.  Where it ends; at: none
 * does. */
static size_t
mark_table(struct search *s, size_t at, uint32_t table)
{
	const struct row first = row_at(s, at);
	struct row last = first, next;
	size_t rows = 1, cells = first.n, words = first.words;

	if (!is_cells(s, &first))
		return at;
	while (last.at + last.n < s->n) {
		next = row_at(s, last.at + last.n);
		if (!goes_on(s, &first, &last, &next))
			break;
		rows++;
		cells += next.n;
		words += next.words;
		last = next;
	}
	if (rows < ROWS_MIN || rows > UINT16_MAX ||
		words > WORDS_ON_AVERAGE * cells)
		return at;
	for (size_t i = at, row = 0; i < last.at + last.n; i++) {
		struct pdf_line *l = &s->t->lines[s->list[i]];
		uint16_t column = column_of(s, &first, l);

		row += i == at || column <= line_at(s, i - 1)->column;
		l->row = (uint16_t)row;
		l->column = column;
		l->table = table;
	}
	return last.at + last.n;
}

/* A table's lines stand where the first of them stood, row by row. */
static enum error_code
put_in_order(const struct search *s, struct arena *a)
{
	struct pdf_text *t = s->t;
	struct pdf_line *lines = arena_array(a, t->n, sizeof *lines);
	bool done[PDF_TABLES_MAX + 1] = { false };
	size_t n = 0;

	if (lines == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < t->n; i++) {
		uint32_t table = t->lines[i].table;

		if (table == 0)
			lines[n++] = t->lines[i];
		for (size_t k = s->from[table];
			table > 0 && !done[table] && k < s->to[table]; k++)
			lines[n++] = *line_at(s, k);
		done[table] = true;
	}
	t->lines = lines;
	return OK;
}

enum error_code
pdf_tables(struct pdf_text *t, float size, struct arena *a)
{
	struct search s = { .t = t, .size = size };
	uint32_t tables = 0;

	s.list = arena_array(a, t->n + 1, sizeof *s.list);
	if (s.list == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < t->n; i++)
		if (t->lines[i].len > 0 && t->lines[i].zone == ZONE_BODY)
			s.list[s.n++] = (uint32_t)i;
	if (s.n == 0 || size <= 0.0F)
		return OK;
	qsort_r(s.list, s.n, sizeof *s.list, compare, t->lines);
	for (size_t at = 0; at < s.n && tables < PDF_TABLES_MAX;) {
		size_t end = mark_table(&s, at, tables + 1);

		if (end > at) {
			tables++;
			s.from[tables] = at;
			s.to[tables] = end;
		}
		at = end > at ? end : at + row_at(&s, at).n;
	}
	return tables > 0 ? put_in_order(&s, a) : OK;
}
