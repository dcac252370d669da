#include "dates_read.h"
#include "numbers.h"

/* "Q3", "third quarter", "3º trimestre"; "H2", "second half". */
static bool
part_of_year(const struct date_reader *r, size_t *at, enum lex_kind kind,
	int last, int *part)
{
	size_t i = *at, len;
	struct number n;
	const struct lex_row *row = phrasebook_find(&r->line, i, kind, &len);

	if (row != NULL) { /* "Q3", "Quartal 3" */
		i += len;
		if (i >= r->line.n || r->line.w[i].ndigits != 1 ||
			(row->value[0] == 'q' && !date_hard(r, i)))
			return false;
		n.n = r->line.w[i].digits;
		n.end = i + 1;
	} else {
		if (!number_read_ordinal(&r->line, i, &n)) {
			if (r->line.w[i].ndigits != 1)
				return false;
			n.n = r->line.w[i].digits;
			n.end = i + 1;
			if (date_hard(r, n.end) && date_mark(r, n.end, '.'))
				n.end++;
		}
		if (date_mark(r, n.end, '-'))
			n.end++;
		row = phrasebook_find(&r->line, n.end, kind, &len);
		if (row == NULL || row->value[0] == 'q')
			return false;
		n.end += len;
	}
	if (n.n < 1 || n.n > last)
		return false;
	*part = (int)n.n;
	*at = n.end;
	return true;
}

/* The year behind a part of it, or "of next year". */
static void
year_of_part(const struct date_reader *r, struct piece *p)
{
	if (p->year == 0)
		(void)date_linked_year(r, &p->end, p); /* or none */
}

bool
date_quarter(const struct date_reader *r, size_t at, struct piece *p)
{
	int part;

	p->end = at;
	if (part_of_year(r, &p->end, LEX_QUARTER, 4, &part)) {
		p->kind = PIECE_PART;
		p->month = EDTF_QUARTER + part - 1;
		year_of_part(r, p);
		return p->year != 0 || r->doc.year != 0;
	}
	if (!part_of_year(r, &p->end, LEX_HALF, 2, &part))
		return false;
	year_of_part(r, p);
	if (p->year == 0)
		return false;
	p->kind = PIECE_SPAN;
	p->value.interval = true;
	p->value.start = civil_of(p->year, part == 1 ? 1 : 7, 0);
	p->value.end = civil_of(p->year, part == 1 ? 6 : 12, 0);
	return true;
}

bool
date_season(const struct date_reader *r, size_t at, struct piece *p)
{
	size_t len;
	const struct lex_row *row =
		phrasebook_find(&r->line, at, LEX_SEASON, &len);

	if (row == NULL)
		return false;
	p->kind = PIECE_PART;
	p->month = (int)row->number;
	p->end = at + len;
	year_of_part(r, p);
	/* "été" is a participle, too. */
	return p->year != 0 ||
	       (r->doc.year != 0 && strchr(row->value, '!') == NULL &&
		       (date_prep_before(r, at) ||
			       (at > 0 && date_is(r, at - 1, LEX_ARTICLE) &&
				       date_prep_before(r, at - 1))));
}

static bool
set_decade(struct piece *p, int64_t first, size_t end)
{
	if (first < 100)
		first += 1900;
	if (first % 10 != 0 || first < DATES_YEAR_MIN || first > DATES_YEAR_MAX)
		return false;
	p->kind = PIECE_SPAN;
	p->value.start = civil_of((int)first, 0, 0);
	p->value.start.decade = true;
	p->end = end;
	return true;
}

bool
date_decade(const struct date_reader *r, size_t at, struct piece *p)
{
	const struct lexeme *w = &r->line.w[at];
	const struct lex_row *row;
	struct number n;
	size_t len;

	/* "C40's" */
	if (w->digits >= 0 && at > 0 && date_hard(r, at) && w[-1].mark == 0)
		return false;
	if (w->digits >= 0)
		return (w->ndigits == 4 || w->ndigits == 2) &&
		       w->digits % 10 == 0 && at + 1 < r->line.n &&
		       (w->ndigits == 4 || date_hard(r, at + 1)) &&
		       phrasebook_find(
			       &r->line, at + 1, LEX_DECADE_TAIL, &len) &&
		       set_decade(p, w->digits, at + 1 + len);
	row = phrasebook_find(&r->line, at, LEX_DECADE, &len);
	if (row != NULL)
		return set_decade(p, row->number, at + len);
	row = phrasebook_find(&r->line, at, LEX_DECADE_LEAD, &len);
	return row != NULL && number_read(&r->line, at + len, &n) &&
	       n.n >= 20 && set_decade(p, n.n, n.end);
}
