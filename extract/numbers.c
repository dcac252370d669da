#include "numbers.h"

#include "phrasebook_model.h"

#define COMPOUND_PROBES 200 /* pieces tried in one word */
#define NUMBER_LEXEMES	24  /* of one number written out */

#define SCALES 4 /* thousand to billion (10^12) */

/* A number being put together from its pieces. */
struct sum {
	int64_t of_scale[SCALES]; /* "three million" is in [1] */
	int64_t part;		  /* below a thousand */
	bool any;
};

/* 0 for a thousand, 1 for a million; SCALES for what is none. */
static size_t
scale_index(int64_t v)
{
	size_t i = 0;

	for (; i < SCALES && v > 1000; i++)
		v /= 1000;
	return v == 1000 ? i : SCALES;
}

static bool
has_scale(const struct sum *s)
{
	for (size_t i = 0; i < SCALES; i++)
		if (s->of_scale[i] != 0)
			return true;
	return false;
}

/* "two hundred" + 29, "vingt" + 2, but never "ten" + 2. */
static bool
sum_takes(const struct sum *s, int64_t v)
{
	int64_t p = s->part;

	if (v >= 1000) /* "zwei Millionen" + "dreitausendzwölf" */
		return p == 0 && s->of_scale[0] == 0 && v < 1000000;
	if (p == 0)
		return v > 0 || !s->any;
	if (v == 0)
		return false;
	if (v < 10)
		return p % 10 == 0 && p % 100 != 10;
	/* "soixante-quinze", "quatre-vingt-treize" */
	if (v < 20 && (p % 100 == 60 || p % 100 == 80))
		return true;
	if (v < 100)
		return p % 100 == 0;
	return p % 1000 == 0;
}

static bool
sum_add(struct sum *s, int64_t v)
{
	if (!sum_takes(s, v))
		return false;
	s->of_scale[0] += v - v % 1000;
	s->part += v % 1000;
	s->any = true;
	return true;
}

static bool
sum_scale(struct sum *s, int64_t v)
{
	size_t index = scale_index(v);
	int64_t times = s->part;

	if (index == SCALES) { /* hundred, dozen */
		if (v >= 1000 || times >= 100 || (s->any && times == 0))
			return false;
		s->part = (times > 0 ? times : 1) * v;
		s->any = true;
		return true;
	}
	/* "cuatrocientos mil" + "millones" */
	for (size_t i = 0; i < index; i++)
		times += s->of_scale[i];
	if (s->of_scale[index] != 0 || (s->any && times == 0) ||
		times > PHRASEBOOK_NUMBER_MAX / v)
		return false;
	for (size_t i = 0; i < index; i++)
		s->of_scale[i] = 0;
	s->of_scale[index] = (times > 0 ? times : 1) * v;
	s->part = 0;
	s->any = true;
	return true;
}

static int64_t
sum_value(const struct sum *s)
{
	int64_t n = s->part;

	for (size_t i = 0; i < SCALES; i++)
		n += s->of_scale[i];
	return n;
}

/* ---- one word put together: "zweihundertsiebenundsiebzig" ---- */

struct compound {
	const struct phrasebook *lx;
	int lang;
	const char *s;
	size_t len;
	int probes;
	struct sum sum;
	bool ordinal;
};

static const uint64_t number_kinds = LEX_BIT(LEX_NUMBER) | LEX_BIT(LEX_ONE) |
				     LEX_BIT(LEX_SCALE) | LEX_BIT(LEX_PART);

/* A row of one of the kinds for s[at, at + len), in a language that writes
 * numbers in one word. */
static const struct lex_row *
piece(struct compound *c, size_t at, size_t len, uint64_t kinds)
{
	uint32_t h = PHRASEBOOK_HASH_START;
	uint16_t id;

	c->probes++;
	for (size_t i = 0; i < len; i++)
		h = phrasebook_hash(h, c->s[at + i]);
	id = phrasebook_word(c->lx, c->s + at, len, h);
	for (int32_t i = id != 0 ? c->lx->first[id] : -1; i >= 0;
		i = c->lx->rows[i].next) {
		const struct lex_row *row = &c->lx->rows[i];

		if ((kinds & LEX_BIT(row->kind)) != 0 && row->nwords == 1 &&
			c->lx->compounds[row->lang] &&
			(c->lang == PHRASEBOOK_ANY || c->lang == row->lang))
			return row;
	}
	return NULL;
}

/* Units before "und" and tens: "siebenundsiebzig". */
static bool
add_piece(struct compound *c, const struct lex_row *row, bool glued)
{
	if (row->kind == LEX_SCALE)
		return sum_scale(&c->sum, row->number);
	if (glued && row->number >= 20 && row->number < 100 &&
		c->sum.part % 100 > 0 && c->sum.part % 100 < 10) {
		c->sum.part += row->number;
		return true;
	}
	return !glued && sum_add(&c->sum, row->number);
}

static bool
read_pieces(struct compound *c, size_t at, int depth)
{
	struct sum before = c->sum;
	bool glued = false;

	if (at == c->len)
		return depth > 1;
	if (depth == PHRASEBOOK_PIECES_MAX)
		return false;
	if (depth > 0 &&
		piece(c, at, c->len - at, LEX_BIT(LEX_ORDINAL_END)) != NULL) {
		c->ordinal = true;
		return true;
	}
	for (size_t len = c->len - at < 12 ? c->len - at : 12;
		len >= 2 && c->probes < COMPOUND_PROBES; len--) {
		const struct lex_row *row = piece(c, at, len, number_kinds);

		if (row == NULL)
			continue;
		if (add_piece(c, row, false) &&
			read_pieces(c, at + len, depth + 1))
			return true;
		c->sum = before;
	}
	for (size_t len = 3;
		depth > 0 && len >= 1 && len < c->len - at && !glued; len--) {
		glued = piece(c, at, len, LEX_BIT(LEX_COMPOUND)) != NULL;
		if (glued)
			at += len;
	}
	for (size_t len = c->len - at < 12 ? c->len - at : 12;
		glued && len >= 2 && c->probes < COMPOUND_PROBES; len--) {
		const struct lex_row *row = piece(c, at, len, number_kinds);

		if (row != NULL && add_piece(c, row, true) &&
			read_pieces(c, at + len, depth + 1))
			return true;
		c->sum = before;
	}
	return false;
}

void
phrasebook_compound(const struct phrasebook *lx, int lang, const char *fold,
	size_t len, struct lexeme *w)
{
	struct compound c = { .lx = lx, .lang = lang, .s = fold, .len = len };

	if (!read_pieces(&c, 0, 0))
		return;
	w->compound = sum_value(&c.sum);
	w->ordinal = c.ordinal;
	w->kinds |= LEX_BIT(c.ordinal ? LEX_ORDINAL : LEX_NUMBER);
}

/* ---- several words ---- */

/* "1,622" where commas group, "2.552" where points do, "58 000". */
static bool
groups(const struct lexeme_line *l, char mark)
{
	char set = phrasebook_setting(l->phrasebook, l->lang, LEX_GROUPING);

	if (mark == '\'')
		return true;
	if (mark != ',' && mark != '.')
		return false;
	return set == '\0' || set == mark;
}

static bool
hard(const struct lexeme_line *l, size_t at)
{
	return at < l->n && !l->w[at].space;
}

static void
read_digits(const struct lexeme_line *l, size_t at, struct number *out)
{
	const struct lexeme *w = l->w;
	size_t i = at + 1;
	bool marked = false, spaced = false;

	out->n = w[at].digits;
	while (w[at].ndigits <= 3 && w[at].digits > 0 && i < l->n) {
		bool mark = !w[i].space && groups(l, w[i].mark);
		size_t g = i + mark;

		if (g >= l->n || w[g].ndigits != 3 || w[g].digits < 0 ||
			(mark && w[g].space) || (mark ? spaced : marked) ||
			(!mark && (!w[g].space || w[g].apos ||
					  w[g].start - w[i - 1].end > 3)) ||
			out->n > PHRASEBOOK_NUMBER_MAX / 1000)
			break;
		marked = marked || mark;
		spaced = spaced || !mark;
		out->n = out->n * 1000 + w[g].digits;
		i = g + 1;
	}
	if (hard(l, i) && (w[i].mark == '.' || w[i].mark == ',') &&
		hard(l, i + 1) && w[i + 1].digits >= 0) {
		out->fraction = true;
		i += 2;
	}
	out->end = i;
}

/* "2.5 million": the value of the digits around the mark. */
static bool
scaled_fraction(const struct lexeme_line *l, const struct number *in,
	int64_t scale, int64_t *n)
{
	const struct lexeme *f = &l->w[in->end - 1];
	int64_t unit = scale;

	for (int i = 0; i < f->ndigits && i < 15; i++) {
		if (unit % 10 != 0)
			return false;
		unit /= 10;
	}
	if (in->n > PHRASEBOOK_NUMBER_MAX / scale)
		return false;
	*n = in->n * scale + f->digits * unit;
	return true;
}

/* One piece at l->w[*at]: a number word or a scale. */
static bool
add_word(const struct lexeme_line *l, size_t *at, struct sum *s)
{
	const struct lexeme *w = &l->w[*at];
	const struct lex_row *row;
	size_t len;

	if (w->compound >= 0 && !w->ordinal) {
		if (!sum_add(s, w->compound))
			return false;
		++*at;
		return true;
	}
	row = phrasebook_find(l, *at, LEX_NUMBER, &len);
	if (row == NULL || !sum_add(s, row->number)) {
		row = phrasebook_find(l, *at, LEX_ONE, &len);
		if (row != NULL && !sum_add(s, row->number))
			row = NULL;
	}
	if (row == NULL) {
		row = phrasebook_find(l, *at, LEX_SCALE, &len);
		if (row == NULL || !sum_scale(s, row->number))
			return false;
	}
	*at += len;
	return true;
}

/* "and" inside of "two hundred and six", "treinta y cinco". */
static bool
glue_at(const struct lexeme_line *l, size_t at, const struct sum *s)
{
	size_t len;
	const struct lex_row *row = phrasebook_find(l, at, LEX_GLUE, &len);

	return row != NULL && len == 1 && s->any &&
	       (s->part == 0 ? has_scale(s)
			     : s->part >= row->number &&
				       s->part % row->number == 0);
}

/* Words from at on onto *s; where they end. */
static size_t
add_words(const struct lexeme_line *l, size_t at, struct sum *s)
{
	size_t end = at, len;

	for (size_t steps = 0; at < l->n && steps < NUMBER_LEXEMES; steps++) {
		if (s->any && l->w[at].mark == '-' && !l->w[at].space &&
			hard(l, at + 1))
			at++;
		else if (s->any && glue_at(l, at, s) &&
			 phrasebook_find(l, at, LEX_AND_HALF, &len) == NULL)
			at++;
		if (at >= l->n)
			break;
		if (!add_word(l, &at, s))
			break;
		end = at;
	}
	return end;
}

/* "deux virgule trois", "three fifths" are no whole numbers; "three million
 * and a half" is one. */
static void
read_fraction_words(
	const struct lexeme_line *l, const struct sum *s, struct number *out)
{
	size_t len, i = out->end;
	struct sum rest = { 0 };

	if (phrasebook_find(l, i, LEX_FRACTION, &len) != NULL) {
		out->fraction = true;
		out->end = i + len;
	} else if (phrasebook_find(l, i, LEX_DECIMAL, &len) != NULL &&
		   (i = add_words(l, i + len, &rest)) > out->end + len) {
		out->fraction = true;
		out->end = i;
	} else if (phrasebook_find(l, i, LEX_AND_HALF, &len) != NULL) {
		int64_t half = 0;

		for (size_t k = 0; s->part == 0 && half == 0 && k < SCALES; k++)
			for (int64_t v = 500, j = 0;
				s->of_scale[k] != 0 && j <= (int64_t)k;
				j++, v *= 1000)
				half = v;
		out->fraction = half == 0;
		out->n += half;
		out->end = i + len;
	}
}

bool
number_read(const struct lexeme_line *l, size_t at, struct number *out)
{
	static const uint64_t kinds =
		LEX_BIT(LEX_NUMBER) | LEX_BIT(LEX_ONE) | LEX_BIT(LEX_SCALE);
	struct sum s = { 0 };
	const struct lex_row *scale;
	size_t len;

	*out = (struct number){ .end = at };
	if (at >= l->n)
		return false;
	if (l->w[at].digits >= 0 && l->w[at].mark == 0) {
		read_digits(l, at, out);
		scale = phrasebook_find(l, out->end, LEX_SCALE, &len);
		if (scale == NULL || out->n == 0 ||
			(scale->nwords == 1 && strlen(scale->phrase) < 2 &&
				l->w[out->end].space))
			return true;
		if (out->fraction) {
			if (scaled_fraction(l, out, scale->number, &out->n)) {
				out->fraction = false;
				out->words = true;
				out->end += len;
			}
			return true;
		}
		if (out->n < 1000 && sum_add(&s, out->n)) {
			out->end = add_words(l, out->end, &s);
			out->n = sum_value(&s);
			out->words = true;
			read_fraction_words(l, &s, out);
		}
		return true;
	}
	if ((l->w[at].kinds & kinds) == 0)
		return false;
	out->end = add_words(l, at, &s);
	if (out->end == at)
		return false;
	out->n = sum_value(&s);
	out->words = true;
	read_fraction_words(l, &s, out);
	/* "one" alone is an article more often than a number. */
	return out->fraction || out->n != 1 || out->end > at + 1;
}

bool
number_has_suffix(const struct lexeme_line *l, size_t at)
{
	size_t len;

	return hard(l, at) && !l->w[at].apos &&
	       phrasebook_find(l, at, LEX_SUFFIX, &len) != NULL && len == 1;
}

/* "177th", "3.ª" */
static bool
digit_ordinal(const struct lexeme_line *l, size_t at, struct number *out)
{
	size_t dot = hard(l, at + 1) && l->w[at + 1].mark == '.';

	if (l->w[at].digits < 1 || l->w[at].ndigits > 4 ||
		!number_has_suffix(l, at + 1 + dot))
		return false;
	out->n = l->w[at].digits;
	out->end = at + 2 + dot;
	return true;
}

/* One ordinal word onto *s; its lexemes, or 0. */
static size_t
add_ordinal(const struct lexeme_line *l, size_t at, struct sum *s)
{
	const struct lex_row *row;
	size_t len;

	if (at >= l->n)
		return 0;
	if (l->w[at].ordinal)
		return sum_add(s, l->w[at].compound) ? 1 : 0;
	row = phrasebook_find(l, at, LEX_ORDINAL, &len);
	return row != NULL && sum_add(s, row->number) ? len : 0;
}

static size_t
skip_hyphen(const struct lexeme_line *l, size_t at)
{
	return at < l->n && l->w[at].mark == '-' && hard(l, at + 1) ? at + 1
								    : at;
}

bool
number_read_ordinal(const struct lexeme_line *l, size_t at, struct number *out)
{
	struct sum s = { 0 };
	size_t i, len;

	*out = (struct number){ .end = at };
	if (at >= l->n)
		return false;
	if (l->w[at].digits >= 0)
		return digit_ordinal(l, at, out);
	if (l->w[at].kinds == 0)
		return false;
	out->words = true;
	i = add_words(l, at, &s);
	if (i < l->n && glue_at(l, i, &s))
		i++;
	else if (s.any)
		i = skip_hyphen(l, i);
	while ((len = add_ordinal(l, i, &s)) > 0) {
		out->end = i + len;
		out->n = sum_value(&s);
		i = skip_hyphen(l, out->end);
	}
	return out->end > at;
}
