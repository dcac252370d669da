#include "lists.h"

#define COLUMNS_MAX 8
#define ROWS_MAX    200
#define YEAR_FIRST  1900
#define YEAR_LAST   2100

/* Cells of one table, in rows of so many columns; the first row is the head. */
struct table {
	size_t first, columns, rows;	  /* first: block of the first cell */
	size_t years, members, countries; /* columns, or COLUMNS_MAX */
};

static struct span
cell(const struct scan *s, const struct table *t, size_t row, size_t column)
{
	const struct block *b =
		&s->doc->blocks[t->first + row * t->columns + column];

	return span_trim(span_sub(s->doc->text, b->start, b->end));
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

/* What a cell of the head says its column holds. */
static void
read_head(const struct lists *l, struct table *t, size_t column)
{
	const struct scan *s = l->s;
	const struct block *b = &s->doc->blocks[t->first + column];
	size_t n, len;
	struct word *w = words_split(
		s->doc->text, b->start, b->end, s->arena, &l->m->part.tmp, &n);

	for (size_t i = 0; w != NULL && i < n; i++) {
		const struct word_row *list, *noun;

		if (w[i].fold[0] == '\0')
			continue;
		list = words_find(
			&l->r->polarity, w, n, i, s->doc->language, &len);
		noun = words_find(
			&l->r->clauses, w, n, i, s->doc->language, &len);
		if (noun != NULL && strcmp(noun->type, "countries") == 0)
			t->countries = column;
		else if (list != NULL && strcmp(list->type, "list") == 0 &&
			 t->members == COLUMNS_MAX)
			t->members = column;
	}
}

/* The table that begins at block b: its head is the cells before the first
 * number, and every row begins with a year. */
static bool
find_table(const struct lists *l, size_t b, struct table *t)
{
	const struct scan *s = l->s;
	size_t end = b;

	*t = (struct table){
		.first = b, .members = COLUMNS_MAX, .countries = COLUMNS_MAX
	};
	while (end < s->doc->nblocks &&
		s->doc->blocks[end].type == BLOCK_CELL &&
		s->doc->blocks[end].zone == ZONE_BODY &&
		end - b < (size_t)COLUMNS_MAX * ROWS_MAX)
		end++;
	while (b + t->columns < end && t->columns <= COLUMNS_MAX &&
		cell_number(cell(s, t, 0, t->columns)) < 0)
		t->columns++;
	if (t->columns < 2 || t->columns > COLUMNS_MAX)
		return false;
	for (t->rows = 1; b + (t->rows + 1) * t->columns <= end; t->rows++) {
		int64_t year = cell_number(cell(s, t, t->rows, 0));

		if (year < YEAR_FIRST || year > YEAR_LAST)
			break;
	}
	for (size_t k = 1; t->rows > 1 && k < t->columns; k++)
		read_head(l, t, k);
	return t->rows > 1 && t->members != COLUMNS_MAX;
}

/* The cell's number as a mention: that of the recognisers, or our own. */
static int32_t
cell_mention(struct lists *l, const struct table *t, size_t row, size_t column,
	struct mention *m)
{
	struct scan *s = l->s;
	struct span text = cell(s, t, row, column);
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

	if (column == COLUMNS_MAX)
		return;
	m.count.n = cell_number(cell(l->s, t, row, column));
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
	const struct block *b = &s->doc->blocks[t->first + row * t->columns];
	struct mention year = { .type = MENTION_DATE };
	struct claim c = {
		.kind = CLAIM_NETWORK_TOTAL,
		.rule = "list.table@1",
		.confidence = 0.85,
		.start = b->start,
		.end = b[t->columns - 1].end,
		.zone = b->zone,
	};
	int32_t network = context_network(l->x, s, c.start), date;

	c.args = arena_array(s->arena, CLAIM_SLOTS_MAX, sizeof *c.args);
	year.date.edtf = arena_printf(
		s->arena, "%lld", (long long)cell_number(cell(s, t, row, 0)));
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

enum error_code
list_totals(struct lists *l, size_t b)
{
	struct table t;
	enum error_code code = OK;

	if (b > 0 && l->s->doc->blocks[b - 1].type == BLOCK_CELL)
		return OK;
	if (!find_table(l, b, &t))
		return OK;
	for (size_t row = 1; code == OK && row < t.rows; row++)
		code = row_claim(l, &t, row);
	return code;
}
