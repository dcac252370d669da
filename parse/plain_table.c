/* Tables that plain text draws with bars or tabs. */
#include "plain_table.h"

#define ROWS_MIN    3	  /* with the head: two lines of a menu are none */
#define ROWS_MAX    10000 /* the next begin another table */
#define COLUMNS_MAX 20

/* The next cell of a row: up to the mark, of which tabs may be several. */
bool
plain_next_cell(struct span *row, char mark, struct span *cell)
{
	if (!span_split(row, mark, cell))
		return false;
	*cell = span_trim(*cell);
	while (mark == '\t' && row->len > 0 && row->ptr[0] == '\t')
		*row = span_sub(*row, 1, row->len);
	return true;
}

/* Without the bars that a row may begin and end with. */
static struct span
row_of(struct span line, char mark)
{
	line = span_trim(line);
	if (mark == '|' && span_starts_with(line, "|"))
		line = span_sub(line, 1, line.len);
	if (mark == '|' && span_ends_with(line, "|"))
		line = span_sub(line, 0, line.len - 1);
	return line;
}

/* "|---|:--:|": it rules off the head. */
static bool
is_rule(struct span line)
{
	size_t dashes = 0;

	for (size_t i = 0; i < line.len; i++) {
		if (strchr("|-:+= \t\r", line.ptr[i]) == NULL)
			return false;
		dashes += line.ptr[i] == '-' || line.ptr[i] == '=';
	}
	return dashes > 0;
}

/* Cells of the row, of which the first says something; 0: it is none. */
static size_t
cells_of(struct span line, char mark)
{
	struct span row = row_of(line, mark), cell;
	size_t n = 0;

	while (n <= COLUMNS_MAX && plain_next_cell(&row, mark, &cell)) {
		if (n == 0 && cell.len == 0)
			return 0;
		n++;
	}
	return n > 1 && n <= COLUMNS_MAX ? n : 0;
}

/* Lines of the same number of cells that text begins with; a rule counts. */
static size_t
lines_of(struct span text, char mark)
{
	struct span line;
	size_t lines = 0, rows = 0, cells = 0;

	while (span_split(&text, '\n', &line)) {
		if (lines > 0 && is_rule(line)) {
			lines++;
			continue;
		}
		if (rows == 0)
			cells = cells_of(line, mark);
		if (cells == 0 || rows == ROWS_MAX ||
			cells_of(line, mark) != cells)
			break;
		rows++;
		lines++;
	}
	return rows >= ROWS_MIN ? lines : 0;
}

size_t
plain_table_lines(struct span text, char *mark)
{
	static const char marks[] = { '|', '\t' };

	for (size_t i = 0; i < sizeof marks; i++) {
		size_t lines = lines_of(text, marks[i]);

		*mark = marks[i];
		if (lines > 0)
			return lines;
	}
	return 0;
}

bool
plain_table_row(struct span line, char mark, struct span *row)
{
	*row = row_of(line, mark);
	return !is_rule(line);
}
