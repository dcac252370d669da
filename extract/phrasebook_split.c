#include <string.h>

#include "lexis.h"
#include "phrasebook_model.h"

#define NOTE_LEXEMES 3 /* of one form; others are read from the text */

/* A form's lexemes, at home at 0. */
struct lexeme_note {
	size_t n;
	struct lexeme w[NOTE_LEXEMES];
};

enum byte_class { MARK, LETTER, DIGIT, SPACE, HIGH };

static inline enum byte_class
class_of(unsigned char c)
{
	if (c >= 0x80)
		return HIGH;
	if ((unsigned char)((c | 0x20) - 'a') < 26)
		return LETTER;
	if ((unsigned char)(c - '0') < 10)
		return DIGIT;
	return c <= ' ' ? SPACE : MARK;
}

/* U+00C0 to U+00FF without their accents; 'ß' is "ss", 'æ' "ae". */
static const char latin1[] = "aaaaaaaceeeeiiiidnooooo\0ouuuuyts"
			     "aaaaaaaceeeeiiiidnooooo\0ouuuuyty";

/* What the bytes at p, the first of them above 0x7f, are. */
struct high {
	size_t len;
	enum byte_class class;
	char mark;
	char fold[4];
	uint8_t nfold;
};

static struct high
high_mark(size_t len, char mark)
{
	return (struct high){ .len = len, .class = MARK, .mark = mark };
}

static struct high
high_letter(const unsigned char *p, size_t len)
{
	struct high h = { .len = len, .class = LETTER, .nfold = (uint8_t)len };

	memcpy(h.fold, p, len);
	return h;
}

static struct high
high_latin(const unsigned char *p)
{
	struct high h = { .len = 2, .class = LETTER, .nfold = 1 };

	if (p[0] == 0xc2) {
		if (p[1] == 0xa0)
			return (struct high){ .len = 2, .class = SPACE };
		if (p[1] == 0xa3 || p[1] == 0xa5)
			return high_mark(2, LEX_MONEY);
		if (p[1] != 0xaa && p[1] != 0xba && p[1] != 0xb0)
			return high_mark(2, '?');
		h.fold[0] = p[1] == 0xaa ? 'a' : 'o'; /* "3ª", "1º", "1°" */
		return h;
	}
	if (p[1] == 0x97 || p[1] == 0xb7)
		return high_mark(2, '?');
	h.fold[0] = latin1[p[1] - 0x80];
	if (p[1] == 0x9f || p[1] == 0x86 || p[1] == 0xa6) {
		h.fold[1] = p[1] == 0x9f ? 's' : 'e';
		h.nfold = 2;
	}
	return h;
}

/* U+2000 to U+2FFF: spaces, dashes, quotes, the euro. */
static struct high
high_general(const unsigned char *p)
{
	if (p[1] == 0x80 && p[2] >= 0x92 && p[2] <= 0x95)
		return high_mark(3, LEX_DASH);
	if (p[1] == 0x80 && (p[2] == 0x90 || p[2] == 0x91))
		return high_mark(3, '-');
	if (p[1] == 0x80 && (p[2] == 0x98 || p[2] == 0x99))
		return high_mark(3, '\'');
	if (p[1] == 0x80 && (p[2] <= 0x8a || p[2] == 0xaf))
		return (struct high){ .len = 3, .class = SPACE };
	if (p[1] == 0x82 && p[2] >= 0xa0)
		return high_mark(3, LEX_MONEY);
	return high_mark(3, '?');
}

static struct high
read_high(const unsigned char *p, size_t left)
{
	size_t len = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : p[0] >= 0xc0 ? 2 : 1;

	if (len > left || len == 1)
		return high_mark(1, '?');
	if (p[0] == 0xc2 || p[0] == 0xc3)
		return high_latin(p);
	if (p[0] == 0xc5 && (p[1] == 0x92 || p[1] == 0x93))
		return (struct high){
			.len = 2, .class = LETTER, .fold = "oe", .nfold = 2
		};
	if (p[0] == 0xe2)
		return high_general(p);
	return high_letter(p, len);
}

static enum byte_class
class_at(struct span text, size_t at, size_t end, struct high *h)
{
	unsigned char c = (unsigned char)text.ptr[at];
	enum byte_class class = class_of(c);

	if (class != HIGH)
		return class;
	*h = read_high((const unsigned char *)text.ptr + at, end - at);
	return h->class;
}

/* The letters from *at on. */
static void
read_word(struct span text, size_t *at, size_t end,
	char fold[PHRASEBOOK_WORD_MAX], size_t *len, uint32_t *hash)
{
	uint32_t h = PHRASEBOOK_HASH_START;
	size_t i = *at, n = 0;

	while (i < end) {
		unsigned char c = (unsigned char)text.ptr[i];

		if ((unsigned char)((c | 0x20) - 'a') < 26) {
			c |= 0x20;
			h = phrasebook_hash(h, (char)c);
			if (n < PHRASEBOOK_WORD_MAX)
				fold[n++] = (char)c;
			i++;
		} else if (c >= 0x80) {
			struct high hi = read_high(
				(const unsigned char *)text.ptr + i, end - i);

			if (hi.class != LETTER)
				break;
			for (size_t k = 0; k < hi.nfold; k++) {
				h = phrasebook_hash(h, hi.fold[k]);
				if (n < PHRASEBOOK_WORD_MAX)
					fold[n++] = hi.fold[k];
			}
			i += hi.len;
		} else {
			break;
		}
	}
	*at = i;
	*len = n;
	*hash = h;
}

static void
read_digits(struct span text, size_t *at, size_t end, struct lexeme *w)
{
	int64_t v = 0;
	size_t n = 0;

	for (; *at < end && class_of((unsigned char)text.ptr[*at]) == DIGIT;
		++*at, n++)
		if (n < 16)
			v = v * 10 + (text.ptr[*at] - '0');
	w->digits = n <= 15 ? v : -1;
	w->ndigits = n < 200 ? (uint8_t)n : 200;
	/* Longer ones are no number; they stand for nothing. */
	if (n > 15)
		w->mark = '?';
}

/* The letter at p, of ASCII or Latin-1, is a capital. */
static bool
is_upper(const unsigned char *p)
{
	return (p[0] >= 'A' && p[0] <= 'Z') || (p[0] == 0xc3 && p[1] < 0x9f);
}

/* An apostrophe between letters, or before a number, is no mark. */
static bool
joins(struct span text, size_t at, size_t end)
{
	struct high h;
	enum byte_class class;

	if (at >= end)
		return false;
	class = class_at(text, at, end, &h);
	return class == LETTER || class == DIGIT;
}

/* Past white space and apostrophes that join; what stands there then. */
static enum byte_class
skip_space(struct span text, size_t *at, size_t end, struct lexeme *w,
	struct high *h)
{
	while (*at < end) {
		enum byte_class class;
		size_t len;

		*h = (struct high){ 0 };
		class = class_at(text, *at, end, h);
		len = h->len > 0 ? h->len : 1;
		if (class == SPACE)
			w->space = true;
		else if (class == MARK &&
			 (text.ptr[*at] == '\'' || h->mark == '\'') &&
			 joins(text, *at + len, end))
			w->apos = true;
		else
			return class;
		*at += len;
	}
	return SPACE;
}

bool
phrasebook_next(struct span text, size_t *at, size_t end, struct lexeme *w,
	char fold[PHRASEBOOK_WORD_MAX], size_t *len, uint32_t *hash)
{
	struct high h = { 0 };
	enum byte_class class;

	*w = (struct lexeme){ .digits = -1, .compound = -1 };
	*len = 0;
	class = skip_space(text, at, end, w, &h);
	if (*at >= end)
		return false;
	w->start = (uint32_t)*at;
	if (class == LETTER) {
		const unsigned char *p = (const unsigned char *)text.ptr + *at;

		w->upper = is_upper(p);
		read_word(text, at, end, fold, len, hash);
	} else if (class == DIGIT) {
		read_digits(text, at, end, w);
	} else {
		w->mark = h.len > 0 ? h.mark : text.ptr[*at];
		*at += h.len > 0 ? h.len : 1;
	}
	w->end = (uint32_t)*at;
	return true;
}

size_t
phrasebook_fold(struct span text, uint32_t start, uint32_t end,
	char fold[PHRASEBOOK_WORD_MAX])
{
	size_t at = start, len;
	uint32_t hash;

	read_word(text, &at, end, fold, &len, &hash);
	return len;
}

uint16_t
phrasebook_word(const struct phrasebook *lx, const char *fold, size_t len,
	uint32_t hash)
{
	for (size_t i = hash % PHRASEBOOK_SLOTS; lx->slots[i] != 0;
		i = (i + 1) % PHRASEBOOK_SLOTS) {
		uint16_t id = lx->slots[i];

		if (lx->hashes[id] == hash &&
			strncmp(lx->words[id], fold, len) == 0 &&
			lx->words[id][len] == '\0')
			return id;
	}
	return 0;
}

void
phrasebook_split(struct lexeme_line *l, uint32_t start, uint32_t end)
{
	const struct phrasebook *lx = l->phrasebook;
	const uint8_t *starts = lx->starts[l->lang + 1];
	bool compounds = l->lang == PHRASEBOOK_ANY ? lx->any_compounds
						   : lx->compounds[l->lang];
	char fold[PHRASEBOOK_WORD_MAX];
	size_t at = start, len;
	uint32_t hash;

	l->w = l->room;
	l->n = 0;
	l->kinds = 0;
	l->digits = false;
	while (l->n < l->cap) {
		struct lexeme *w = &l->w[l->n];

		if (!phrasebook_next(l->text, &at, end, w, fold, &len, &hash))
			break;
		l->n++;
		l->digits = l->digits || w->digits >= 0;
		if (len == 0 || len == PHRASEBOOK_WORD_MAX)
			continue;
		w->word = phrasebook_word(lx, fold, len, hash);
		if (w->word != 0)
			w->kinds = phrasebook_kinds(lx, l->lang, w->word);
		if (compounds && w->kinds == 0 && len >= 5) {
			size_t s = phrasebook_start_hash(fold);

			if (starts[s / 8] & (1u << s % 8))
				phrasebook_compound(lx, l->lang, fold, len, w);
		}
		l->kinds |= w->kinds;
	}
}

/* form.lexeme_state */
enum { LEXEMES_UNKNOWN, LEXEMES_ONE, LEXEMES_MORE, LEXEMES_TEXT };

static bool
is_simple(const struct lexeme *w)
{
	return w->digits < 0 && w->compound < 0 && !w->ordinal && !w->half;
}

/* What the form is in the line's language. */
static void
know_lexemes(const struct lexeme_line *l, struct lexis *x, struct form *f)
{
	struct lexeme w[NOTE_LEXEMES + 1] = { { 0 } };
	struct lexeme_line form = {
		.phrasebook = l->phrasebook,
		.text = form_text(f),
		.lang = l->lang,
		.room = w,
		.cap = NOTE_LEXEMES + 1,
	};
	bool marked = false;

	phrasebook_split(&form, 0, f->len);
	for (size_t i = 0; i < form.n; i++)
		marked = marked || w[i].mark != 0;
	f->lexeme_lang = (int8_t)l->lang;
	f->lexeme_word = w[0].word;
	f->lexeme_kinds = w[0].kinds;
	f->lexeme_state = LEXEMES_TEXT;
	if (marked || form.n == 0 || form.n > NOTE_LEXEMES)
		return;
	if (form.n == 1 && is_simple(w)) {
		f->lexeme_state = LEXEMES_ONE;
		return;
	}
	if (f->lexemes == NULL)
		f->lexemes = lexis_alloc(x, sizeof *f->lexemes);
	if (f->lexemes == NULL)
		return;
	memcpy(f->lexemes->w, w, form.n * sizeof *w);
	f->lexemes->n = form.n;
	f->lexeme_state = LEXEMES_MORE;
}

/* Its lexemes, at home at 0, of which there is room for one at one; NULL: they
 * are to be read from the text. */
static const struct lexeme *
lexemes_of(const struct lexeme_line *l, struct lexis *x, struct form *f,
	struct lexeme *one, size_t *n)
{
	const unsigned char *p;

	if (f->lexeme_state == LEXEMES_UNKNOWN || f->lexeme_lang != l->lang)
		know_lexemes(l, x, f);
	if (f->lexeme_state == LEXEMES_TEXT)
		return NULL;
	if (f->lexeme_state == LEXEMES_MORE) {
		*n = f->lexemes->n;
		return f->lexemes->w;
	}
	p = (const unsigned char *)&f->head;
	one->end = f->len;
	one->kinds = f->lexeme_kinds;
	one->word = f->lexeme_word;
	one->upper = is_upper(p);
	return one;
}

/* The mark that is an atom; false: it is none for this reader. */
static bool
read_mark(const struct lexeme_line *l, const struct atom *a, struct lexeme *w)
{
	struct high h;

	w->mark = (char)a->mark;
	if (a->mark < 0x80)
		return true;
	h = read_high((const unsigned char *)l->text.ptr + a->start,
		a->end - a->start);
	w->mark = h.mark;
	return h.class == MARK && h.len == a->end - a->start;
}

/* An apostrophe that no space parts from the word behind. */
static bool
is_joint(const struct atoms *a, size_t i)
{
	return i + 1 < a->n && !a->list[i + 1].space &&
	       a->list[i + 1].form != NULL && atom_is_apostrophe(&a->list[i]);
}

/* The lexemes of atom i behind those of l; false: read the text. */
static bool
read_atom(struct lexeme_line *l, struct lexis *x, const struct atom *a,
	struct lexeme *before)
{
	struct lexeme one = { .digits = -1, .compound = -1 };
	const struct lexeme *from = &one;
	size_t n = 1;

	if (a->form != NULL) {
		from = lexemes_of(l, x, a->form, &one, &n);
		if (from == NULL)
			return false;
	} else if (!read_mark(l, a, &one)) {
		return false;
	} else {
		one.end = a->end - a->start;
	}
	if (l->n + n > l->cap)
		return false;
	for (size_t k = 0; k < n; k++) {
		struct lexeme *w = &l->w[l->n++];

		*w = from[k];
		w->start += a->start;
		w->end += a->start;
		l->digits = l->digits || w->digits >= 0;
		l->kinds |= w->kinds;
	}
	l->w[l->n - n].space = before->space;
	l->w[l->n - n].apos = before->apos;
	*before = (struct lexeme){ 0 };
	return true;
}

void
phrasebook_read(
	struct lexeme_line *l, struct lexis *x, const struct sentence *in)
{
	/* Space and apostrophes before the next lexeme. */
	struct lexeme before = { 0 };

	l->w = l->room;
	l->n = 0;
	l->kinds = 0;
	l->digits = false;
	for (size_t i = 0; i < in->atoms.n; i++) {
		const struct atom *a = &in->atoms.list[i];

		before.space = before.space || atom_is_apart(a, in);
		if (is_joint(&in->atoms, i)) {
			before.apos = true;
		} else if (!read_atom(l, x, a, &before)) {
			phrasebook_split(l, in->start, in->end);
			return;
		}
	}
	if (in->atoms.list == NULL)
		phrasebook_split(l, in->start, in->end);
}

enum error_code
phrasebook_sentence(struct lexeme_line *l, struct scan *s, struct sentence *in)
{
	if (in->lexemes != NULL) {
		l->w = in->lexemes;
		l->n = in->nlexemes;
		l->kinds = in->lexeme_kinds;
		l->digits = in->lexeme_digits;
		return OK;
	}
	phrasebook_read(l, s->lexis, in);
	in->lexemes = arena_room(s->arena, l->n, sizeof *in->lexemes);
	if (in->lexemes == NULL)
		return ERR_NOMEM;
	if (l->n > 0)
		memcpy(in->lexemes, l->w, l->n * sizeof *l->w);
	in->nlexemes = l->n;
	in->lexeme_kinds = l->kinds;
	in->lexeme_digits = l->digits;
	return OK;
}
