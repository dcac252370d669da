#include "table.h"

static struct table *
innermost(struct tables *t)
{
	return t->depth == 0 || t->depth > TABLES_MAX ? NULL
						      : &t->stack[t->depth - 1];
}

void
tables_open(struct tables *t, uint32_t table)
{
	if (t->depth < TABLES_MAX)
		t->stack[t->depth] = (struct table){ .node = table };
	t->depth++;
}

void
tables_close(struct tables *t)
{
	if (t->depth > 0)
		t->depth--;
}

void
tables_row(struct tables *t)
{
	struct table *k = innermost(t);

	if (k == NULL)
		return;
	/* What the row before did not reach is over as well. */
	for (size_t c = k->next; k->row > 0 && c < COLUMNS_MAX; c++)
		k->below[c] -= k->below[c] > 0;
	k->row += k->row < UINT16_MAX;
	k->next = 0;
}

static uint16_t
span_of_cell(const struct tree *t, uint32_t cell, enum attribute key)
{
	long long n;

	return span_int(span_trim(tree_attr(t, cell, key)), 1, SPAN_MAX, &n)
		       ? (uint16_t)n
		       : 1;
}

const struct table *
tables_cell(struct tables *t, uint32_t cell)
{
	struct table *k = innermost(t);
	uint16_t width, height;

	if (k == NULL)
		return NULL;
	if (k->row == 0)
		k->row = 1;
	while (k->next < COLUMNS_MAX && k->below[k->next] > 0)
		k->below[k->next++]--;
	if (k->next == COLUMNS_MAX)
		return NULL;
	width = span_of_cell(t->tree, cell, ATTR_COLSPAN);
	height = span_of_cell(t->tree, cell, ATTR_ROWSPAN);
	k->column = (uint16_t)(k->next + 1);
	while (k->next < COLUMNS_MAX && width-- > 0)
		k->below[k->next++] = (uint16_t)(height - 1);
	return k;
}

void
tables_head(struct tables *t, uint32_t cell, uint32_t block)
{
	struct table *k = innermost(t);
	const struct node *nodes = t->tree->nodes;
	uint32_t row = nodes[cell].parent;
	bool in_head = row != TREE_NONE && nodes[row].parent != TREE_NONE &&
		       nodes[nodes[row].parent].tag == TAG_THEAD;

	if (k == NULL ||
		(!in_head && (k->row != 1 || nodes[cell].tag != TAG_TH)))
		return;
	for (size_t c = k->column; c > 0 && c <= k->next; c++)
		k->heads[c - 1] = block;
}
