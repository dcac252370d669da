#include "table.h"

#include <assert.h>
#include <stdlib.h>

#include "output.h"

#define GAP	 2 /* columns between two cells */
#define ELLIPSIS "\xE2\x80\xA6"

struct table {
	const struct table_column *columns;
	size_t n;
	const struct audit_options *opt;
	struct buffer cells; /* escaped, one behind the other */
	size_t ends[TABLE_ROWS][TABLE_COLUMNS]; /* in cells.ptr */
	size_t rows, column;
	size_t width[TABLE_COLUMNS]; /* 0: not shown */
	bool dropped[TABLE_COLUMNS]; /* there is no room for it */
	bool printed;		     /* a header is there */
	struct buffer line;
};

struct table *
table_new(const struct table_column *columns, size_t n,
	const struct audit_options *opt)
{
	struct table *t = calloc(1, sizeof *t);

	assert(n <= TABLE_COLUMNS);
	if (t == NULL)
		return NULL;
	t->columns = columns;
	t->n = n;
	t->opt = opt;
	/* A cell grows at most tenfold: \U000e0041 is for four bytes, \x1b
	 * for one. */
	buffer_init(
		&t->cells, TABLE_BYTES + TABLE_COLUMNS * TABLE_CELL_MAX * 10);
	buffer_init(&t->line, OUTPUT_LINE_MAX);
	return t;
}

void
table_free(struct table *t)
{
	if (t == NULL)
		return;
	buffer_release(&t->cells);
	buffer_release(&t->line);
	free(t);
}

void
table_cell(struct table *t, struct span text)
{
	size_t len = text.len;

	assert(t->column < t->n);
	if (len > TABLE_CELL_MAX) {
		len = TABLE_CELL_MAX;
		while (len > 0 && !utf8_boundary(text, len))
			len--;
	}
	escape_line(span_of(text.ptr, len), &t->cells);
	if (len < text.len)
		buffer_add_str(&t->cells, ELLIPSIS);
	t->ends[t->rows][t->column++] = t->cells.len;
}

void
table_cell_str(struct table *t, const char *text)
{
	table_cell(t, span_str(text));
}

void
table_cell_int(struct table *t, int64_t n)
{
	char digits[24];

	(void)snprintf(digits, sizeof digits, "%lld", (long long)n);
	table_cell_str(t, n >= 0 ? digits : NULL);
}

static struct span
get_cell(const struct table *t, size_t row, size_t column)
{
	size_t begin = 0;

	if (column > 0)
		begin = t->ends[row][column - 1];
	else if (row > 0)
		begin = t->ends[row - 1][t->n - 1];
	return span_sub(buffer_span(&t->cells), begin, t->ends[row][column]);
}

/* Columns only grow; true if one is shown that was not. */
static bool
measure(struct table *t)
{
	bool more = false;

	for (size_t c = 0; c < t->n; c++) {
		size_t before = t->width[c], w = before;

		if (t->dropped[c])
			continue;
		for (size_t r = 0; r < t->rows; r++) {
			size_t cell = escape_width(get_cell(t, r, c));

			w = cell > w ? cell : w;
		}
		if (w == 0 && t->columns[c].optional)
			continue;
		if (w < escape_width(span_str(t->columns[c].name)))
			w = escape_width(span_str(t->columns[c].name));
		if (w > TABLE_COLUMN_MAX)
			w = TABLE_COLUMN_MAX;
		more |= before == 0;
		t->width[c] = w;
	}
	return more;
}

/* The least that column c can be cut to, as its cells are. */
static size_t
least(const struct table *t, size_t c)
{
	const struct table_column *col = &t->columns[c];
	size_t min = col->min > 0 ? col->min : TABLE_COLUMN_MIN;

	return col->fixed || t->width[c] < min ? t->width[c] : min;
}

/* Leave out columns until the others fit when cut; true if one was. */
static bool
drop_columns(struct table *t)
{
	bool any = false;

	for (;;) {
		size_t sum = 0, first = t->n;

		for (size_t c = 0; c < t->n; c++) {
			if (t->width[c] == 0)
				continue;
			sum += least(t, c) + (sum > 0 ? GAP : 0);
			if (t->columns[c].drop > 0 &&
				(first == t->n ||
					t->columns[c].drop >
						t->columns[first].drop))
				first = c;
		}
		if (sum <= (size_t)t->opt->width || first == t->n)
			return any;
		t->width[first] = 0;
		t->dropped[first] = any = true;
	}
}

/* Make the widest column narrower until the line fits or none can be; true if
 * a column had to go. */
static bool
fit(struct table *t)
{
	bool dropped = drop_columns(t);

	for (;;) {
		size_t sum = 0, widest = t->n;

		for (size_t c = 0; c < t->n; c++) {
			if (t->width[c] == 0)
				continue;
			sum += t->width[c] + (sum > 0 ? GAP : 0);
			if (t->width[c] > least(t, c) &&
				(widest == t->n ||
					t->width[c] > t->width[widest]))
				widest = c;
		}
		if (sum <= (size_t)t->opt->width || widest == t->n)
			return dropped;
		t->width[widest]--;
	}
}

static void
pad(struct buffer *line, size_t n)
{
	while (n-- > 0)
		buffer_add_char(line, ' ');
}

/* Text in at most columns, with an ellipsis when that is not all of it. */
static size_t
add_cut(struct buffer *line, struct span text, size_t columns)
{
	size_t width = escape_width(text), len;

	if (width <= columns) {
		buffer_add_span(line, text);
		return width;
	}
	len = escape_prefix(text, columns > 0 ? columns - 1 : 0);
	buffer_add(line, text.ptr, len);
	if (columns > 0)
		buffer_add_str(line, ELLIPSIS);
	return escape_width(span_of(text.ptr, len)) + (columns > 0);
}

/* The same with the end of the text. */
static size_t
add_tail(struct buffer *line, struct span text, size_t columns)
{
	size_t width = escape_width(text), shown = width, from = 0;
	uint32_t cp;

	if (width <= columns || columns == 0)
		return add_cut(line, text, columns);
	while (from < text.len && shown > columns - 1) {
		size_t len = utf8_decode(text, from, &cp);

		len = len > 0 ? len : 1;
		shown -= escape_width(span_sub(text, from, from + len));
		from += len;
	}
	buffer_add_str(line, ELLIPSIS);
	buffer_add_span(line, span_sub(text, from, text.len));
	return shown + 1;
}

static void
add_cells(struct table *t, const struct span *cells)
{
	size_t limit = t->opt->width > 0 ? (size_t)t->opt->width : SIZE_MAX;
	size_t at = 0, used = 0, last = 0;

	for (size_t c = 0; c < t->n; c++)
		last = t->width[c] > 0 ? c : last;
	for (size_t c = 0; c < t->n; c++) {
		size_t own = t->width[c], width = escape_width(cells[c]);
		size_t room, next;

		if (own == 0)
			continue;
		if (used > 0 && at < used + GAP)
			at = used + GAP; /* the cell before was too long */
		next = at + own + GAP;
		if (t->columns[c].right && width < own)
			at += own - width;
		room = c == last || limit == SIZE_MAX ? SIZE_MAX : own;
		if (at < limit && room > limit - at)
			room = limit - at;
		if (width > 0 && at < limit) {
			pad(&t->line, at - used);
			used = at + (t->columns[c].tail ? add_tail : add_cut)(
					    &t->line, cells[c], room);
		}
		at = next;
	}
}

static enum error_code
print_line(struct table *t, const struct span *cells, bool header,
	struct error *err)
{
	if (header && t->opt->color)
		buffer_add_str(&t->line, COLOR_BOLD);
	add_cells(t, cells);
	if (header && t->opt->color)
		buffer_add_str(&t->line, COLOR_END);
	buffer_add_char(&t->line, '\n');
	return output_buffer(t->opt->out, &t->line, err);
}

/* Print what is held, under a header if the one above does not fit. */
static enum error_code
flush(struct table *t, struct error *err)
{
	struct span cells[TABLE_COLUMNS] = { { NULL, 0 } };
	bool header = measure(t) || !t->printed;
	enum error_code code = OK;

	if (t->opt->width > 0)
		header |= fit(t);
	if (header) {
		for (size_t c = 0; c < t->n; c++)
			cells[c] = span_str(t->columns[c].name);
		code = print_line(t, cells, true, err);
		t->printed = true;
	}
	for (size_t r = 0; code == OK && r < t->rows; r++) {
		for (size_t c = 0; c < t->n; c++)
			cells[c] = get_cell(t, r, c);
		code = print_line(t, cells, false, err);
	}
	buffer_reset(&t->cells);
	t->rows = 0;
	return code;
}

enum error_code
table_row(struct table *t, struct error *err)
{
	enum error_code code = buffer_error(&t->cells, err, "a table");

	assert(t->column == t->n);
	t->column = 0;
	t->rows++;
	if (code == OK &&
		(t->rows == TABLE_ROWS || t->cells.len >= TABLE_BYTES))
		code = flush(t, err);
	return code;
}

enum error_code
table_end(struct table *t, const char *empty, struct error *err)
{
	if (t->rows > 0)
		return flush(t, err);
	if (t->printed)
		return OK;
	buffer_printf(&t->line, "%s\n", empty);
	return output_buffer(t->opt->out, &t->line, err);
}
