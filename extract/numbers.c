#include "numbers.h"

#include "phrasebook_model.h"

#define COMPOUND_PROBES 200 /* pieces tried in one word */
#define NUMBER_LEXEMES	24  /* of one number written out */

/* A thousand, a lakh, a million, a crore ...: each takes what is below it. */
static const int64_t scales[] = { 1000, 100000, 1000000, 10000000, 1000000000,
	1000000000000 };
#define SCALES (sizeof scales / sizeof *scales)

/* A number being put together from its pieces. */
struct sum {
	int64_t of_scale[SCALES]; /* "three thousand" is in [0] */
	int64_t part;		  /* below a thousand */
	bool any;
	bool half;   /* of what comes next: "two and a half" */
	bool approx; /* "une vingtaine" */
	bool noun;   /* its last word is one: "million", "centinaio" */
};

/* SCALES for what is none. */
static size_t
scale_index(int64_t v)
{
	size_t i = 0;

	while (i < SCALES && scales[i] != v)
		i++;
	return i;
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
	int64_t times = s->part, half = s->half ? v / 2 : 0;

	if (index == SCALES) { /* hundred, dozen */
		if (v >= 1000 || times >= 100 ||
			(s->any && times == 0 && !s->half))
			return false;
		s->part = (times > 0 || s->half ? times : 1) * v + half;
		s->half = false;
		s->any = true;
		return true;
	}
	/* "cuatrocientos mil" + "millones" */
	for (size_t i = 0; i < index; i++)
		times += s->of_scale[i];
	if (s->of_scale[index] != 0 || (s->any && times == 0 && !s->half) ||
		times >= PHRASEBOOK_NUMBER_MAX / v)
		return false;
	for (size_t i = 0; i < index; i++)
		s->of_scale[i] = 0;
	s->of_scale[index] = (times > 0 || s->half ? times : 1) * v + half;
	s->part = 0;
	s->half = false;
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
	bool half; /* "zweieinhalb" */
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

/* "ste", "einhalb": the rest of the word. */
static bool
read_end(struct compound *c, size_t at)
{
	const struct lex_row *row = piece(c, at, c->len - at,
		LEX_BIT(LEX_ORDINAL_END) | LEX_BIT(LEX_AND_HALF));

	if (row == NULL)
		return false;
	c->ordinal = row->kind == LEX_ORDINAL_END;
	c->half = row->kind == LEX_AND_HALF;
	return true;
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
	if (depth > 0 && read_end(c, at))
		return true;
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
	w->half = c.half;
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

/* The lexeme of a group of so many digits at l->w[i], or behind a mark there;
 * 0 if none is.  *marked says whether a mark or apostrophe is before it. */
static size_t
group_at(const struct lexeme_line *l, size_t i, uint8_t width, bool *marked)
{
	const struct lexeme *w = l->w;
	size_t g = i;

	if (i >= l->n)
		return 0;
	if (!w[i].space && groups(l, w[i].mark))
		g++;
	if (g >= l->n || w[g].ndigits != width || w[g].digits < 0)
		return 0;
	*marked = g > i || w[g].apos; /* "1'234" */
	if (*marked ? w[g].space : !w[g].space || w[g].start - w[i - 1].end > 3)
		return 0;
	return g;
}

/* "12,34,567" lakhs and crores; the lexeme behind it, or 0. */
static size_t
indian_groups(const struct lexeme_line *l, size_t at, int64_t *n)
{
	size_t i = at + 1, g;
	bool marked;

	if (l->w[at].ndigits > 2 || l->w[at].digits <= 0)
		return 0;
	*n = l->w[at].digits;
	for (; (g = group_at(l, i, 2, &marked)) != 0 && marked && g > i &&
		l->w[i].mark == ',' && *n <= PHRASEBOOK_NUMBER_MAX / 100000;
		i = g + 1)
		*n = *n * 100 + l->w[g].digits;
	g = i > at + 1 ? group_at(l, i, 3, &marked) : 0;
	if (g == 0 || g == i || l->w[i].mark != ',')
		return 0;
	*n = *n * 1000 + l->w[g].digits;
	return g + 1;
}

static void
read_digits(const struct lexeme_line *l, size_t at, struct number *out)
{
	const struct lexeme *w = l->w;
	size_t i = indian_groups(l, at, &out->n), g;
	bool any = false, marks = false, marked;

	if (i == 0) {
		i = at + 1;
		out->n = w[at].digits;
		while (w[at].ndigits <= 3 && w[at].digits > 0 &&
			(g = group_at(l, i, 3, &marked)) != 0 &&
			(!any || marked == marks) &&
			out->n <= PHRASEBOOK_NUMBER_MAX / 1000) {
			any = true;
			marks = marked;
			out->n = out->n * 1000 + w[g].digits;
			i = g + 1;
		}
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

/* "two hundred and 21", "4 thousand 3 hundred": digits within words. */
static bool
add_digits(const struct lexeme_line *l, size_t *at, struct sum *s)
{
	const struct lexeme *w = &l->w[*at];
	size_t len;
	const struct lex_row *row;

	if (w->ndigits > 2 || w->mark != 0 || *at == 0)
		return false;
	row = phrasebook_find(l, *at + 1, LEX_SCALE, &len);
	if (row == NULL ? l->w[*at - 1].digits >= 0 || s->part < 100
			: row->number != 100 || !has_scale(s))
		return false;
	/* "a hundred and 2.5", "hundred and 20,000" */
	if (hard(l, *at + 1) && hard(l, *at + 2) && w[2].digits >= 0)
		return false;
	if (!sum_add(s, w->digits))
		return false;
	++*at;
	return true;
}

/* A scale that is a noun, so that "de" or "di" may stand behind it. */
static bool
is_noun(const struct lex_row *row)
{
	return row->number >= 1000000 || row->number == 12 ||
	       strchr(row->value, '~') != NULL;
}

/* One piece at l->w[*at]: a number word or a scale. */
static bool
add_word(const struct lexeme_line *l, size_t *at, struct sum *s)
{
	const struct lexeme *w = &l->w[*at];
	const struct lex_row *row;
	size_t len;

	if (s->half) { /* "anderthalb Millionen": nothing but a scale */
		row = phrasebook_find(l, *at, LEX_SCALE, &len);
		if (row == NULL || !sum_scale(s, row->number))
			return false;
		s->noun = is_noun(row);
		*at += len;
		return true;
	}
	if (w->compound >= 0 && !w->ordinal) {
		if (!sum_add(s, w->compound))
			return false;
		s->half = w->half;
		++*at;
		return true;
	}
	if (w->digits > 0)
		return add_digits(l, at, s);
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
	s->approx = s->approx || strchr(row->value, '~') != NULL;
	s->noun = row->kind == LEX_SCALE ? is_noun(row)
					 : strchr(row->value, '~') != NULL;
	*at += len;
	return true;
}

/* "half a million", "medio centenar", "anderthalb Millionen": so many halves
 * of the scale behind it. */
static bool
add_halves(const struct lexeme_line *l, size_t *at, struct sum *s)
{
	size_t len, scale_len, i = *at;
	const struct lex_row *row, *scale;

	if (!s->any && phrasebook_find(l, i, LEX_ONE, &len) != NULL)
		i += len;
	row = phrasebook_find(l, i, LEX_HALVES, &len);
	if (row == NULL)
		return false;
	i += len;
	if (i < l->n && l->w[i].mark == '-' && !l->w[i].space)
		i++;
	scale = phrasebook_find(l, i, LEX_SCALE, &scale_len);
	if (scale == NULL)
		return false;
	/* "un miliardo e mezzo milione" */
	if (s->any && (scale->number < scales[0] || s->part != 0 ||
			      s->of_scale[0] != 0))
		return false;
	if (scale->number < scales[0])
		s->part = row->number * scale->number / 2;
	else
		s->of_scale[0] += row->number * scale->number / 2;
	s->any = s->noun = true;
	s->approx = s->approx || strchr(scale->value, '~') != NULL;
	*at = i + scale_len;
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

static size_t
skip_hyphen(const struct lexeme_line *l, size_t at)
{
	return at < l->n && l->w[at].mark == '-' && hard(l, at + 1) ? at + 1
								    : at;
}

/* What joins two pieces, at *at, is passed: a hyphen, "and". */
static void
pass_glue(const struct lexeme_line *l, size_t *at, struct sum *s)
{
	size_t len, half;

	if (*at >= l->n || !s->any)
		return;
	if (l->w[*at].mark == '-') {
		*at += !l->w[*at].space && hard(l, *at + 1);
		if (glue_at(l, *at, s)) /* "vingt-et-un" */
			*at = skip_hyphen(l, *at + 1);
		return;
	}
	if (phrasebook_find(l, *at, LEX_AND_HALF, &half) == NULL) {
		*at += glue_at(l, *at, s);
		return;
	}
	if (phrasebook_find(l, *at + half, LEX_SCALE, &len) == NULL)
		return;
	if (s->part == 0) { /* "un miliardo e mezzo milione" */
		++*at;
	} else { /* "two and a half million" */
		*at += half;
		s->half = true;
	}
}

/* Words from at on onto *s; where they end. */
static size_t
add_words(const struct lexeme_line *l, size_t at, struct sum *s)
{
	size_t end = at;

	for (size_t steps = 0; at < l->n && steps < NUMBER_LEXEMES; steps++) {
		pass_glue(l, &at, s);
		if (at >= l->n ||
			(!add_halves(l, &at, s) && !add_word(l, &at, s)))
			break;
		end = at;
	}
	return end;
}

/* "fifths"; "of a million" belongs to it. */
static bool
fraction_at(const struct lexeme_line *l, size_t *at)
{
	size_t len, i = *at;

	if (phrasebook_find(l, i, LEX_FRACTION, &len) == NULL)
		return false;
	*at = i += len;
	for (int k = 0; k < 2 && phrasebook_find(l, i, LEX_STOP, &len); k++)
		i += len;
	if (phrasebook_find(l, i, LEX_ONE, &len) != NULL)
		i += len;
	if (phrasebook_find(l, i, LEX_SCALE, &len) != NULL)
		*at = i + len;
	return true;
}

/* "venti venticinquesimi", "a fifth of": an ordinal that is none. */
static bool
ordinal_fraction_at(const struct lexeme_line *l, size_t *at)
{
	size_t len = 1;
	const struct lex_row *row;

	if (*at >= l->n || (*at > 0 && l->w[*at - 1].digits >= 0))
		return false;
	if (!l->w[*at].ordinal) {
		row = phrasebook_find(l, *at, LEX_ORDINAL, &len);
		if (row == NULL || row->number < 3)
			return false;
	}
	if (*at + len < l->n && l->w[*at + len].mark == '-')
		return false;
	*at += len;
	return true;
}

/* Digits or words of what stands under or behind the mark of a fraction. */
static bool
rest_at(const struct lexeme_line *l, size_t *at)
{
	struct sum rest = { 0 };
	size_t end;

	if (*at < l->n && l->w[*at].digits >= 0) {
		++*at;
		return true;
	}
	end = add_words(l, *at, &rest);
	if (end == *at)
		return false;
	*at = end;
	return true;
}

/* "and three quarters" */
static bool
mixed_at(const struct lexeme_line *l, size_t *at)
{
	size_t i = *at + 1, len;

	if (phrasebook_find(l, *at, LEX_AND, &len) == NULL &&
		phrasebook_find(l, *at, LEX_GLUE, &len) == NULL)
		return false;
	if (!rest_at(l, &i) ||
		(!fraction_at(l, &i) && !ordinal_fraction_at(l, &i)))
		return false;
	*at = i;
	return true;
}

/* "deux virgule trois", "three fifths", "1 sur 3" are no whole numbers; "three
 * million and a half" is one. */
static void
read_fraction_words(
	const struct lexeme_line *l, const struct sum *s, struct number *out)
{
	size_t len, i = out->end;
	const struct lex_row *row;

	out->whole = i;
	if (fraction_at(l, &i) ||
		(phrasebook_find(l, i, LEX_AND_HALF, &len) == NULL &&
			mixed_at(l, &i)) ||
		(s->part > 1 && ordinal_fraction_at(l, &i))) {
		out->fraction = true;
		out->end = i;
		return;
	}
	if (s->half)
		out->fraction = true;
	row = phrasebook_find(l, i, LEX_DECIMAL, &len);
	i += row != NULL ? len : 0;
	if (row != NULL && rest_at(l, &i)) {
		out->fraction = true;
		out->end = i;
		(void)fraction_at(l, &out->end); /* "con dos tercios" */
	} else if (phrasebook_find(l, out->end, LEX_AND_HALF, &len) != NULL) {
		int64_t half = 0;

		for (size_t k = 0; s->part == 0 && half == 0 && k < SCALES; k++)
			half = s->of_scale[k] != 0 ? scales[k] / 2 : 0;
		out->fraction = half == 0;
		out->n += half;
		out->end += len;
	}
}

bool
number_read(const struct lexeme_line *l, size_t at, struct number *out)
{
	static const uint64_t kinds = LEX_BIT(LEX_NUMBER) | LEX_BIT(LEX_ONE) |
				      LEX_BIT(LEX_SCALE) | LEX_BIT(LEX_HALVES);
	struct sum s = { 0 };
	const struct lex_row *scale, *over;
	size_t len;

	*out = (struct number){ .end = at, .whole = at };
	if (at >= l->n)
		return false;
	if (l->w[at].digits >= 0 && l->w[at].mark == 0) {
		read_digits(l, at, out);
		scale = phrasebook_find(l, out->end, LEX_SCALE, &len);
		if (scale == NULL || out->n == 0 ||
			(scale->nwords == 1 && strlen(scale->phrase) < 2 &&
				l->w[out->end].space)) {
			size_t i = out->end;

			over = phrasebook_find(l, i, LEX_DECIMAL, &len);
			i += over != NULL ? len : 0;
			if (over != NULL && over->value[0] == 'o' &&
				rest_at(l, &i))
				read_fraction_words(l, &s, out);
			return true;
		}
		if (out->fraction) {
			if (scaled_fraction(l, out, scale->number, &out->n)) {
				out->fraction = false;
				out->words = true;
				out->noun = is_noun(scale);
				out->end += len;
			}
			return true;
		}
		if (out->n < 1000 && sum_add(&s, out->n)) {
			out->end = add_words(l, out->end, &s);
			out->n = sum_value(&s);
			out->words = true;
			out->approx = s.approx;
			out->noun = s.noun;
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
	out->approx = s.approx;
	out->noun = s.noun;
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
	/* "vinte quintos" */
	if (row == NULL ||
		(s->any && (l->w[at].kinds & LEX_BIT(LEX_FRACTION)) != 0))
		return 0;
	return sum_add(s, row->number) ? len : 0;
}

bool
number_read_ordinal(const struct lexeme_line *l, size_t at, struct number *out)
{
	struct sum s = { 0 };
	size_t i, len;

	*out = (struct number){ .end = at, .whole = at };
	if (at >= l->n)
		return false;
	if (l->w[at].digits >= 0)
		return digit_ordinal(l, at, out);
	if (l->w[at].kinds == 0)
		return false;
	out->words = true;
	i = add_words(l, at, &s);
	if (s.any)
		i = skip_hyphen(l, i);
	if (glue_at(l, i, &s))
		i = skip_hyphen(l, i + 1);
	while ((len = add_ordinal(l, i, &s)) > 0) {
		out->end = i + len;
		out->n = sum_value(&s);
		i = skip_hyphen(l, out->end);
	}
	return out->end > at;
}
