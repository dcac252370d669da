#include "phrasebook.h"

#include <stdlib.h>

#include "phrasebook_model.h"

#define FOREIGN_LETTERS_MIN 4 /* "mar" and "set" are words elsewhere */

static int
language_of(const struct phrasebook *lx, struct span code)
{
	for (size_t i = 0; i < lx->nlangs; i++)
		if (code.len >= 2 && memcmp(lx->langs[i], code.ptr, 2) == 0 &&
			(code.len == 2 || code.ptr[2] == '-'))
			return (int)i;
	return PHRASEBOOK_ANY;
}

int
phrasebook_language(const struct phrasebook *lx, const char *code)
{
	return code == NULL ? PHRASEBOOK_ANY : language_of(lx, span_str(code));
}

static const uint64_t foreign_kinds = LEX_BIT(LEX_MONTH) | LEX_BIT(LEX_WEEKDAY);

uint64_t
phrasebook_kinds(const struct phrasebook *lx, int lang, uint16_t word)
{
	uint64_t own, any = lx->kinds[0][word];

	if (lang == PHRASEBOOK_ANY)
		return any;
	own = lx->kinds[lang + 1][word];
	if (own == 0 && (any & foreign_kinds) != 0 &&
		strlen(lx->words[word]) >= FOREIGN_LETTERS_MIN)
		return (any & foreign_kinds) | LEX_FOREIGN;
	return own;
}

static bool
row_speaks(const struct lexeme_line *l, size_t at, const struct lex_ref *row)
{
	return l->lang == PHRASEBOOK_ANY || row->lang == l->lang ||
	       (l->w[at].kinds & LEX_FOREIGN) != 0;
}

/* The phrase stands at w[at]; its lexemes, or 0. */
static size_t
phrase_at(const struct lex_row *row, const struct lexeme_line *l, size_t at)
{
	size_t i = at + 1;

	for (size_t k = 1; k < row->nwords; k++, i++) {
		/* "dix-sept", "workers' day": no words inside a phrase. */
		if (i < l->n && (l->w[i].mark == '-' || l->w[i].mark == '\'') &&
			!l->w[i].space)
			i++;
		if (i >= l->n || l->w[i].word != row->words[k])
			return 0;
	}
	return i - at;
}

const struct lex_row *
phrasebook_look_up(
	const struct lexeme_line *l, size_t at, enum lex_kind kind, size_t *len)
{
	const struct phrasebook *lx = l->phrasebook;

	for (uint32_t i = lx->refs[l->w[at].word];
		i < lx->refs[l->w[at].word + 1u]; i++) {
		const struct lex_ref *ref = &lx->list[i];

		if (ref->kind != kind || !row_speaks(l, at, ref))
			continue;
		*len = phrase_at(&lx->rows[ref->row], l, at);
		if (*len > 0)
			return &lx->rows[ref->row];
	}
	return NULL;
}

const struct lex_row *
phrasebook_find_before(
	const struct lexeme_line *l, size_t at, enum lex_kind kind, size_t *len)
{
	for (size_t back = PHRASEBOOK_PHRASE_MAX; back >= 1; back--) {
		const struct lex_row *row;

		if (back > at)
			continue;
		row = phrasebook_find(l, at - back, kind, len);
		if (row != NULL && *len == back)
			return row;
	}
	return NULL;
}

char
phrasebook_setting(const struct phrasebook *lx, int lang, enum lex_kind kind)
{
	return lang == PHRASEBOOK_ANY ? '\0' : lx->settings[lang][kind];
}

bool
phrasebook_ends(const struct lexeme_line *l, size_t at, enum lex_kind kind)
{
	const struct lexeme *w = &l->w[at];
	const char *const *ends;

	if (l->lang == PHRASEBOOK_ANY || w->mark != 0 || w->digits >= 0)
		return false;
	ends = l->phrasebook->ends[kind == LEX_TOLD_END][l->lang];
	for (size_t i = 0; i < PHRASEBOOK_ENDS_MAX && ends[i] != NULL; i++) {
		size_t n = strlen(ends[i]);

		if (w->end - w->start > n + 1 &&
			memcmp(l->text.ptr + w->end - n, ends[i], n) == 0)
			return true;
	}
	return false;
}

/* One letter other, too much, missing, or two swapped. */
static bool
differs_by_one(struct span a, const char *word)
{
	size_t n = strlen(word), i = 0, j = 0;

	if (a.len + 1 < n || n + 1 < a.len)
		return false;
	while (i < a.len && i < n && a.ptr[i] == word[i])
		i++;
	while (j < a.len - i && j < n - i &&
		a.ptr[a.len - 1 - j] == word[n - 1 - j])
		j++;
	if (a.len == n && i + j + 2 == n)
		return a.ptr[i] == word[i + 1] && a.ptr[i + 1] == word[i];
	return (a.len == n && i + j + 1 == n) ||
	       (a.len + 1 == n && i + j == a.len) ||
	       (a.len == n + 1 && i + j == n);
}

const struct lex_row *
phrasebook_near_month(const struct lexeme_line *l, size_t at)
{
	const struct phrasebook *lx = l->phrasebook;
	char fold[PHRASEBOOK_WORD_MAX];
	struct lexeme w = l->w[at];
	struct span word;

	if (w.mark != 0 || w.digits >= 0 || w.word != 0 ||
		w.end - w.start < PHRASEBOOK_NEAR_MIN - 1)
		return NULL;
	word = (struct span){ fold,
		phrasebook_fold(l->text, w.start, w.end, fold) };
	if (word.len < PHRASEBOOK_NEAR_MIN - 1)
		return NULL;
	for (size_t i = 0; i < lx->nmonths; i++) {
		const struct lex_row *row = lx->months[i];

		if ((l->lang == PHRASEBOOK_ANY || row->lang == l->lang) &&
			differs_by_one(word, row->phrase))
			return row;
	}
	return NULL;
}
