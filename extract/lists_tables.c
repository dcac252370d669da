/* Tables: of totals, a year a row; and of members, one a row. */
#include "lists.h"

#define COLUMNS_MAX 12
#define ROWS_MAX    500
#define YEAR_FIRST  1900
#define YEAR_LAST   2100
#define NAMES	    (1u << MENTION_CITY | 1u << MENTION_ORGANISATION)
#define LANDS	    (1u << MENTION_COUNTRY | 1u << MENTION_REGION)

/* Cells by row and column; where the table has none, NULL. */
struct table {
	const struct block **cells;
	size_t rows, columns;
	/* Of each column, what its head says. */
	struct list_intro heads[COLUMNS_MAX];
	size_t members, countries; /* columns of numbers, or COLUMNS_MAX */
};

static const struct block *
cell(const struct table *t, size_t row, size_t column)
{
	return t->cells[row * t->columns + column];
}

static struct span
cell_text(const struct scan *s, const struct block *b)
{
	return b == NULL ? span_str("")
			 : span_trim(span_sub(s->doc->text, b->start, b->end));
}

/* A number with at most one kind of mark between its digits, or -1. */
static int64_t
cell_number(struct span text)
{
	int64_t n = 0;
	size_t digits = 0;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c >= '0' && c <= '9' && digits++ < 9)
			n = n * 10 + (c - '0');
		else if (strchr(",. ", c) == NULL || i == 0)
			return -1;
	}
	return digits > 0 && digits <= 9 ? n : -1;
}

/* The row's first cell is a year. */
static bool
is_of_year(const struct scan *s, const struct table *t, size_t row)
{
	int64_t year = cell_number(cell_text(s, cell(t, row, 0)));

	return year >= YEAR_FIRST && year <= YEAR_LAST;
}

/* What a cell of the head says its column holds. */
static void
read_head(const struct lists *l, struct table *t, size_t column)
{
	const struct block *b = cell(t, 0, column);
	struct list_intro *head = &t->heads[column];
	bool countries = false;
	size_t n = 0, len;
	struct word *w =
		b == NULL ? NULL
			  : words_split(l->s->doc->text, b->start, b->end,
				    l->s->arena, &l->m->part.tmp, &n);

	for (size_t i = 0; w != NULL && i < n; i++) {
		const struct word_row *row;

		if (w[i].fold[0] == '\0')
			continue;
		row = words_find(
			&l->r->lists, w, n, i, l->s->doc->language, &len);
		list_read_word(row, head);
		countries =
			countries ||
			(row != NULL && strcmp(row->type, "countries") == 0);
	}
	if (countries)
		t->countries = column;
	/* The first tells whose row it is. */
	if (column > 0 && !countries && (head->members || head->units) &&
		t->members == COLUMNS_MAX)
		t->members = column;
}

/* How far the table reaches that begins at block b, and its size; cells beyond
 * the caps are left out. */
static size_t
measure_table(const struct lists *l, size_t b, struct table *t)
{
	const struct document *d = l->s->doc;
	uint16_t row = 0;

	for (; b < d->nblocks; b++) {
		const struct block *k = &d->blocks[b];

		if (k->type != BLOCK_CELL || k->zone != ZONE_BODY ||
			k->row == 0 || k->row < row || k->column == 0 ||
			(k->row == 1 && row == 1 && k->column == 1))
			break;
		row = k->row;
		if (k->row > ROWS_MAX || k->column > COLUMNS_MAX)
			continue;
		if (k->row > t->rows)
			t->rows = k->row;
		if (k->column > t->columns)
			t->columns = k->column;
	}
	return b;
}

/* The table that begins at block b; false: it has no rows but its first. */
static bool
read_table(const struct lists *l, size_t b, struct table *t, size_t *end)
{
	const struct scan *s = l->s;

	*t = (struct table){ .members = COLUMNS_MAX, .countries = COLUMNS_MAX };
	*end = measure_table(l, b, t);
	if (t->rows < 2)
		return false;
	t->cells = arena_array(
		s->arena, t->rows * t->columns, sizeof(const struct block *));
	if (t->cells == NULL)
		return false;
	for (size_t i = b; i < *end; i++) {
		const struct block *k = &s->doc->blocks[i];

		if (k->row <= ROWS_MAX && k->column <= COLUMNS_MAX)
			t->cells[(k->row - 1) * t->columns + k->column - 1] = k;
	}
	for (size_t k = 0; k < t->columns; k++)
		read_head(l, t, k);
	return true;
}

/* The cell's number as a mention: that of the recognisers, or our own. */
static int32_t
cell_mention(struct lists *l, const struct table *t, size_t row, size_t column,
	struct mention *m)
{
	struct scan *s = l->s;
	struct span text = cell_text(s, cell(t, row, column));
	size_t i;

	m->start = (uint32_t)(text.ptr - s->doc->text.ptr);
	m->end = m->start + (uint32_t)text.len;
	m->text = text;
	m->rule = "list.table";
	i = context_mention(s, m->start);
	if (i < s->n && s->list[i].start == m->start &&
		s->list[i].end == m->end && s->list[i].type == m->type)
		return (int32_t)i;
	return context_add(l->x, s, m);
}

static void
put_count(struct lists *l, const struct table *t, size_t row, size_t column,
	enum count_class class, struct claim *c)
{
	struct mention m = { .type = MENTION_COUNT,
		.count = { .class = class } };
	int32_t at;

	if (column == COLUMNS_MAX || cell(t, row, column) == NULL)
		return;
	m.count.n = cell_number(cell_text(l->s, cell(t, row, column)));
	at = m.count.n > 0 ? cell_mention(l, t, row, column, &m) : -1;
	if (at >= 0)
		claim_put(c,
			class == COUNT_MEMBER ? SLOT_COUNT : SLOT_COUNTRIES, at,
			NULL, "table");
}

static enum error_code
row_claim(struct lists *l, const struct table *t, size_t row)
{
	struct scan *s = l->s;
	const struct block *b = cell(t, row, 0), *last = b;
	struct mention year = { .type = MENTION_DATE };
	struct claim c = {
		.kind = CLAIM_NETWORK_TOTAL,
		.rule = "list.table@1",
		.confidence = 0.85,
		.start = b->start,
		.end = b->end,
		.zone = b->zone,
	};
	int32_t network = context_network(l->x, s, c.start), date;

	for (size_t k = 1; k < t->columns; k++)
		last = cell(t, row, k) != NULL ? cell(t, row, k) : last;
	c.end = last->end;
	c.args = arena_array(s->arena, CLAIM_SLOTS_MAX, sizeof *c.args);
	year.date.edtf = arena_printf(
		s->arena, "%lld", (long long)cell_number(cell_text(s, b)));
	year.date.basis = BASIS_EXPLICIT;
	if (c.args == NULL || year.date.edtf == NULL)
		return ERR_NOMEM;
	if (network < 0)
		return OK;
	claim_put(&c, SLOT_NETWORK, network, NULL, BASIS_DOCUMENT_NETWORK);
	put_count(l, t, row, t->members, COUNT_MEMBER, &c);
	if (claim_arg(&c, SLOT_COUNT) == NULL)
		return OK;
	put_count(l, t, row, t->countries, COUNT_COUNTRY, &c);
	date = cell_mention(l, t, row, 0, &year);
	if (date >= 0)
		claim_put(&c, SLOT_DATE, date, NULL, "table");
	return claims_add(l->x, s, l->out, &c);
}

/* The mention that the cell begins with is of one of the types (1u <<
 * MENTION_x), or one within it where anywhere. */
static bool
cell_has(const struct lists *l, const struct table *t, size_t row,
	size_t column, unsigned types, bool anywhere)
{
	const struct scan *s = l->s;
	const struct block *b = cell(t, row, column);
	const size_t i = b != NULL ? context_mention(s, b->start) : s->n;

	return i < s->n &&
	       (anywhere ? s->list[i].start < b->end
			 : s->list[i].start == b->start) &&
	       (types >> s->list[i].type & 1) != 0;
}

/* So many rows behind the first have such a mention in the column. */
static size_t
rows_with(const struct lists *l, const struct table *t, size_t column,
	unsigned types, bool anywhere)
{
	size_t n = 0;

	for (size_t row = 1; row < t->rows; row++)
		n += cell_has(l, t, row, column, types, anywhere);
	return n;
}

/* The column of the lands that the others are in, or COLUMNS_MAX. */
static size_t
find_lands(const struct lists *l, const struct table *t)
{
	for (size_t column = 0; column < t->columns; column++)
		if (rows_with(l, t, column, LANDS, false) >= t->rows - 1)
			return column;
	return COLUMNS_MAX;
}

/* The cells of the column begin with capitals, as names do. */
static bool
is_capital(const struct lists *l, const struct table *t, size_t column)
{
	for (size_t row = 1; row < t->rows; row++) {
		uint32_t cp;

		if (utf8_decode(cell_text(l->s, cell(t, row, column)), 0,
			    &cp) == 0 ||
			!utf8_is_upper(cp))
			return false;
	}
	return true;
}

/* The column whose cells are names: its head says so, most of them are known,
 * or they stand before their lands; COLUMNS_MAX: none. */
static size_t
find_names(const struct lists *l, const struct table *t, size_t lands)
{
	for (size_t column = 0; column < t->columns; column++) {
		const size_t known = rows_with(l, t, column, NAMES, true);

		if (known * 2 >= t->rows - 1 ||
			((t->heads[column].units || t->heads[column].members) &&
				known > 0))
			return column;
	}
	for (size_t column = 0; column < lands && lands < COLUMNS_MAX; column++)
		if (is_capital(l, t, column))
			return column;
	return COLUMNS_MAX;
}

/* The first row says what the columns hold. */
static bool
has_head(const struct lists *l, const struct table *t, size_t names,
	size_t lands)
{
	return (cell(t, 1, names) != NULL && cell(t, 1, names)->header > 0) ||
	       (lands < COLUMNS_MAX && !cell_has(l, t, 0, lands, LANDS, false));
}

enum error_code
list_table(struct lists *l, size_t b, struct list_intro *in, size_t *end)
{
	struct table t;
	size_t names, lands;
	enum error_code code = OK;

	if (!read_table(l, b, &t, end))
		return OK;
	for (size_t row = 1; code == OK && t.members != COLUMNS_MAX &&
			     row < t.rows && is_of_year(l->s, &t, row);
		row++)
		code = row_claim(l, &t, row);
	for (size_t k = 0; k < t.columns; k++) {
		in->members = in->members || t.heads[k].members;
		in->units = in->units || (k == 0 && t.heads[k].units);
		in->fresh = in->fresh || t.heads[k].fresh;
		in->since = in->since || t.heads[k].since;
	}
	lands = find_lands(l, &t);
	names = find_names(l, &t, lands);
	if (names == COLUMNS_MAX)
		return code;
	/* Without a head, the first row is one as well. */
	for (size_t row = has_head(l, &t, names, lands);
		code == OK && row < t.rows; row++)
		if (cell(&t, row, names) != NULL)
			code = list_item(l, cell(&t, row, names));
	return code;
}
