/*
 * Questions: "Is A a member?" says nothing until the next sentence answers
 * "No." or "Yes, since 2012."  "Why did A join?" takes it as known.
 */
#include <ctype.h>

#include "reading.h"

#define MARK_BYTES   8 /* of quotes behind the "?" */
#define ASKS_WORDS   3 /* among which "why" stands */
#define ANSWER_WORDS 8 /* of one that may date what was asked */
#define LABEL_WORDS  4 /* "Mayor Ann Lee: no." */
#define LABEL_TOKENS 2 /* "A." */

static bool
ends_asking(struct span text, const struct sentence *t)
{
	for (uint32_t at = t->end; at > t->start && t->end - at < MARK_BYTES;
		at--) {
		unsigned char c = (unsigned char)text.ptr[at - 1];

		if (c == '?')
			return true;
		if (isalnum(c) || c == '.' || c == '!')
			return false;
	}
	return false;
}

static bool
is_row(const struct word_row *row, const char *type, const char *value)
{
	return row != NULL && strcmp(row->type, type) == 0 &&
	       (value == NULL || strcmp(row->value, value) == 0);
}

/* "why", "since when": what is asked for is not whether.  A clause that comes
 * first is no question. */
static bool
asks_else(const struct rules *r, const struct scan *s, const struct word *w,
	size_t n)
{
	size_t len, seen = 0;
	const struct word_row *row;

	for (size_t i = 0; i < n && seen < ASKS_WORDS; i++) {
		if (w[i].fold[0] == '\0')
			continue;
		seen++;
		row = words_find(&r->clauses, w, n, i, s->doc->language, &len);
		if (is_row(row, "asks", NULL) ||
			(seen == 1 && is_row(row, "boundary", NULL)))
			return true;
	}
	return false;
}

/* Where what is said begins, behind "A:". */
static size_t
behind_label(const struct word *w, size_t n)
{
	size_t at = 0;

	for (size_t i = 0, seen = 0; i < n && seen <= LABEL_WORDS; i++) {
		seen += w[i].fold[0] != '\0';
		if (w[i].mark == ':')
			at = i + 1;
	}
	while (at < n && w[at].fold[0] == '\0')
		at++;
	return at;
}

/* A "not" that parts names is "no" where the language has one word for both. */
static enum answer
answer_of(const struct rules *r, const struct scan *s, const struct word *w,
	size_t n)
{
	size_t at = behind_label(w, n), len = 0;
	const struct word_row *row = at < n ? words_find(&r->clauses, w, n, at,
						      s->doc->language, &len)
					    : NULL;

	if (row == NULL || (at + len < n && w[at + len].fold[0] != '\0'))
		return ANSWER_OPEN;
	if (is_row(row, "answer", "yes"))
		return ANSWER_YES;
	return is_row(row, "answer", "no") || is_row(row, "except", "next")
		       ? ANSWER_NO
		       : ANSWER_OPEN;
}

/* The sentence behind i, here or in the next block, past a label: "A. No."  */
static size_t
next_said(struct scan *s, size_t i, struct buffer *tmp)
{
	size_t n, t = i + 1;
	const struct word *w;

	if (t == s->nsentences ||
		s->sentences[t].block > s->sentences[i].block + 1)
		return s->nsentences;
	w = scan_words(s, t, tmp, &n);
	return w != NULL && n > 0 && n <= LABEL_TOKENS &&
			       w[0].end - w[0].start == 1
		       ? t + 1
		       : t;
}

enum answer
question_answer(const struct rules *r, struct scan *s, uint32_t at,
	struct buffer *tmp, int32_t *date)
{
	const size_t i = context_sentence(s, at);
	const struct word *w;
	enum answer answer;
	size_t n, m, t;

	*date = -1;
	if (i >= s->nsentences || s->doc->language == NULL ||
		!ends_asking(s->doc->text, &s->sentences[i]))
		return ANSWER_NOT_ASKED;
	w = scan_words(s, i, tmp, &n);
	if (w == NULL || asks_else(r, s, w, n))
		return ANSWER_NOT_ASKED;
	t = next_said(s, i, tmp);
	w = t < s->nsentences ? scan_words(s, t, tmp, &n) : NULL;
	if (w == NULL)
		return ANSWER_OPEN;
	answer = answer_of(r, s, w, n);
	m = context_mention(s, s->sentences[t].start);
	if (answer == ANSWER_YES && n <= ANSWER_WORDS && m < s->n &&
		s->list[m].type == MENTION_DATE &&
		s->list[m].end <= s->sentences[t].end)
		*date = (int32_t)m;
	return answer;
}

enum polarity
question_polarity(enum answer answer, enum polarity p)
{
	if (answer == ANSWER_NO)
		return POLARITY_NEGATED;
	if (answer != ANSWER_OPEN || p == POLARITY_NEGATED)
		return p;
	return p == POLARITY_ASSERTED ? POLARITIES : POLARITY_HYPOTHETICAL;
}

size_t
question_names(const struct annotated *n, const struct scan *s, size_t *verb,
	size_t *names)
{
	size_t i = 0, end;

	if (n->len < 3 || (!reading_is_mark(n, n->len - 1, '?') &&
				  !reading_is_mark(n, n->len - 2, '?')))
		return 0;
	for (size_t k = 0; k < n->len && k <= LABEL_WORDS; k++)
		if (reading_is_mark(n, k, ':') || reading_is_mark(n, k, '.'))
			i = k;
	while (i < n->len && n->mention[i] == NOTE_TEXT &&
		n->units[i] < UNIT_OTHER)
		i++;
	*verb = i;
	for (size_t k = i + 1; k < n->len && k - i <= ASKS_WORDS; k++) {
		end = reading_names(n, s, k, NULL);
		*names = k;
		if (end > k)
			return n->mention[i] == NOTE_TEXT ? end : 0;
		if (n->mention[k] != NOTE_TEXT || n->units[k] < UNIT_OTHER)
			return 0;
	}
	return 0;
}
