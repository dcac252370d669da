#include <stdlib.h>

#include "scan.h"
#include "words.h"

#define UNIT_GAP 3 /* words between a number and what it counts */

/* config/lang/LANG/counts.tsv: number, unit, bound, fresh, others, ordinal,
 * glue. */
struct counts {
	struct arena *arena;
	struct word_table table;
};
struct counts_state {
	struct buffer tmp;
};

enum error_code
counts_open(const char *config_dir, struct hash *version, struct counts **out,
	struct error *err)
{
	struct counts *c = calloc(1, sizeof *c);
	enum error_code code;

	*out = c;
	if (c == NULL || (c->arena = arena_new((size_t)8 << 20)) == NULL)
		code = error_set(err, ERR_NOMEM, "counts");
	else
		code = words_load(&c->table, config_dir, "counts", c->arena,
			version, err);
	if (code != OK) {
		counts_free(c);
		*out = NULL;
	}
	return code;
}

void
counts_free(struct counts *c)
{
	if (c == NULL)
		return;
	arena_free(c->arena);
	free(c);
}

enum error_code
counts_state_new(
	const struct counts *c, struct counts_state **out, struct error *err)
{
	(void)c;
	*out = calloc(1, sizeof **out);
	if (*out == NULL)
		return error_set(err, ERR_NOMEM, "counts");
	buffer_init(&(*out)->tmp, 4096);
	return OK;
}

void
counts_state_free(struct counts_state *st)
{
	if (st == NULL)
		return;
	buffer_release(&st->tmp);
	free(st);
}

struct reader {
	const struct counts *c;
	struct scan *s;
	const struct word *w;
	size_t n;
};

static const struct word_row *
row_at(const struct reader *r, size_t at, size_t *len)
{
	return at < r->n ? words_find(&r->c->table, r->w, r->n, at, NULL, len)
			 : NULL;
}

static bool
is(const struct word_row *row, const char *type)
{
	return row != NULL && strcmp(row->type, type) == 0;
}

/* "1,622", "2.552", "58 000": groups of three behind one to three digits. */
static int64_t
digits_at(const struct reader *r, size_t *at)
{
	int64_t n = r->w[*at].digits;
	size_t i = *at + 1;

	if (n < 0 || r->w[*at].ndigits > 9)
		return -1;
	if (r->w[*at].ndigits <= 3 && n > 0) {
		while (i < r->n) {
			bool mark =
				(r->w[i].mark == ',' || r->w[i].mark == '.' ||
					r->w[i].mark == '\'') &&
				!r->w[i].space;
			size_t group = i + mark;

			if (group >= r->n || r->w[group].ndigits != 3 ||
				r->w[group].digits < 0 ||
				(mark && r->w[group].space))
				break;
			n = n * 1000 + r->w[group].digits;
			i = group + 1;
		}
		/* "3.5" is no count. */
		if (i == *at + 1 && i + 1 < r->n && !r->w[i].space &&
			!r->w[i + 1].space && r->w[i + 1].digits >= 0 &&
			(r->w[i].mark == '.' || r->w[i].mark == ','))
			return -1;
	}
	*at = i;
	return n;
}

/* Number words add up: "two hundred and twenty-nine". */
static int64_t
words_at(const struct reader *r, size_t *at)
{
	int64_t total = 0, part = 0;
	size_t i = *at, len, end = i;
	const struct word_row *row;
	bool any = false;

	while ((row = row_at(r, i, &len)) != NULL && is(row, "number")) {
		int64_t v = atoll(row->value);

		if (v == 100 && part > 0)
			part *= 100;
		else if (v == 1000)
			part = (part ? part : 1) * 1000;
		else if (any && part > 0 && v >= part && part < 100)
			break;
		else
			part += v;
		if (v == 1000) {
			total += part;
			part = 0;
		}
		any = true;
		i += len;
		end = i;
		/* "forty-nine" */
		if (i < r->n && r->w[i].mark == '-' && !r->w[i].space)
			i++;
	}
	if (!any)
		return -1;
	*at = end;
	return total + part;
}

static enum bound
bound_before(const struct reader *r, size_t at, size_t *start)
{
	for (size_t back = 4; back >= 1; back--) {
		size_t len;
		const struct word_row *row;
		enum bound b;

		if (back > at)
			continue;
		row = row_at(r, at - back, &len);
		if (is(row, "bound") && len == back &&
			bound_find(span_str(row->value), &b)) {
			*start = at - back;
			return b;
		}
	}
	return BOUND_EXACT;
}

struct found {
	size_t start, end; /* words */
	struct count_value v;
};

static void
set_unit(struct count_value *v, const struct word_row *row)
{
	static const struct {
		const char *name;
		enum count_class class;
	} classes[] = { { "member", COUNT_MEMBER },
		{ "country", COUNT_COUNTRY }, { "people", COUNT_PEOPLE },
		{ "partner", COUNT_PARTNER }, { "percent", COUNT_PERCENT },
		{ "money", COUNT_MONEY }, { "other", COUNT_OTHER } };

	v->unit = row->words;
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
		if (strcmp(row->value, classes[i].name) == 0)
			v->class = classes[i].class;
}

/* What is counted: behind adjectives, and "new", "other". */
static void
find_unit(const struct reader *r, struct found *f)
{
	size_t at = f->end;

	f->v.class = COUNT_BARE;
	for (size_t gap = 0; gap <= UNIT_GAP && at < r->n;) {
		size_t len = 1;
		const struct word_row *row = row_at(r, at, &len);

		if (is(row, "unit")) {
			set_unit(&f->v, row);
			f->end = at + len;
			/* "cities and communities", "stakeholders": the first
			 * noun says the class. */
			return;
		}
		if (r->w[at].mark == '%') {
			f->v.class = COUNT_PERCENT;
			f->end = at + 1;
			return;
		}
		if (is(row, "fresh"))
			f->v.fresh = true;
		else if (is(row, "others"))
			f->v.others = true;
		else if (r->w[at].fold[0] == '\0' || is(row, "number") ||
			 is(row, "stop") || r->w[at].digits >= 0)
			break;
		else
			gap++;
		at += len;
	}
	f->v.fresh = false;
	/* "55 others" has no noun. */
	if (f->v.others) {
		size_t len;
		const struct word_row *row = row_at(r, f->end, &len);

		if (is(row, "others")) {
			f->v.class = COUNT_MEMBER;
			f->end += len;
			return;
		}
		f->v.others = false;
	}
}

static bool
ordinal_at(const struct reader *r, size_t at, struct found *f)
{
	static const char *const ends[] = { "st", "nd", "rd", "th", "e", "eme",
		"o", "a", "er", "ere", "\xc2\xba", "\xc2\xaa" };
	size_t len;
	const struct word_row *row = row_at(r, at, &len);

	if (is(row, "ordinal")) {
		f->v.n = atoll(row->value);
		f->end = at + len;
		return true;
	}
	if (r->w[at].digits < 1 || r->w[at].ndigits > 4 || at + 1 >= r->n ||
		r->w[at + 1].space)
		return false;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (strcmp(r->w[at + 1].fold, ends[i]) == 0) {
			f->v.n = r->w[at].digits;
			f->end = at + 2;
			return true;
		}
	/* "14. deutsche Stadt" */
	if (r->w[at + 1].mark == '.' && at + 2 < r->n && r->w[at + 2].space &&
		r->w[at + 2].fold[0] != '\0' && r->s->doc->language != NULL &&
		strcmp(r->s->doc->language, "de") == 0) {
		f->v.n = r->w[at].digits;
		f->end = at + 2;
		return true;
	}
	return false;
}

static bool
find(const struct reader *r, size_t at, struct found *f)
{
	size_t end = at;

	*f = (struct found){ .start = at };
	if (ordinal_at(r, at, f)) {
		f->v.class = COUNT_ORDINAL;
		return true;
	}
	f->v.n = digits_at(r, &end);
	if (f->v.n < 0)
		f->v.n = words_at(r, &end);
	if (f->v.n < 0)
		return false;
	f->end = end;
	f->v.bound = bound_before(r, at, &f->start);
	/* "150+", "2,500 plus" */
	if (end < r->n && r->w[end].mark == '+' && !r->w[end].space) {
		f->v.bound = BOUND_AT_LEAST;
		f->end++;
	}
	find_unit(r, f);
	/* "a further 55", "another 12", "other 9" */
	if (f->start > 0) {
		for (size_t back = 1; back <= 3 && back <= f->start; back++) {
			size_t len = 0;
			const struct word_row *row =
				row_at(r, f->start - back, &len);

			if (row == NULL || len != back)
				continue;
			if (is(row, "others"))
				f->v.others = true;
			if (is(row, "fresh"))
				f->v.fresh = true;
		}
	}
	if (f->v.others)
		f->v.scope = "excluding the subject";
	return true;
}

static enum error_code
add(const struct reader *r, const struct found *f)
{
	struct mention m = { .type = MENTION_COUNT, .rule = "counts" };

	m.start = r->w[f->start].start;
	m.end = r->w[f->end - 1].end;
	m.count = f->v;
	return scan_add(r->s, &m);
}

enum error_code
counts_scan(const struct counts *c, struct counts_state *st, struct scan *s)
{
	struct reader r = { .c = c, .s = s };
	enum error_code code = OK;

	for (size_t i = 0; code == OK && i < s->nsentences; i++) {
		r.w = words_split(s->doc->text, s->sentences[i].start,
			s->sentences[i].end, s->arena, &st->tmp, &r.n);
		if (r.w == NULL)
			return ERR_NOMEM;
		for (size_t at = 0; code == OK && at < r.n;) {
			struct found f;

			if (find(&r, at, &f)) {
				code = add(&r, &f);
				at = f.end > at ? f.end : at + 1;
			} else {
				at++;
			}
		}
	}
	return code;
}
