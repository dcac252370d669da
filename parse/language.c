#include "language.h"

#include <libexttextcat/textcat.h>

#define TEXTCAT_BYTES 4000 /* of the text that is looked at */
#define TEXTCAT_MIN   80   /* less than that tells libexttextcat nothing */
#define TEXTCAT_SURE  400  /* and from here on it is surer than the words */
#define WORDS_BYTES   2000 /* of the text whose words are counted */
#define WORD_WEIGHT   12   /* of a word that one language alone has */
#define LEAST_WORDS   1
#define MANY_WORDS    12

struct votes {
	unsigned of[WORDS_LANGUAGES];
	unsigned best, second; /* indices */
};

static void
count_word(const struct parse_words *w, struct span word, struct votes *v)
{
	unsigned languages = words_languages(w, word);
	unsigned share =
		languages != 0
			? WORD_WEIGHT / (unsigned)__builtin_popcount(languages)
			: 0;

	for (unsigned i = 0; languages >> i != 0; i++)
		if ((languages >> i & 1) != 0)
			v->of[i] += share;
}

static void
rank(struct votes *v)
{
	v->best = 0;
	for (unsigned i = 1; i < WORDS_LANGUAGES; i++)
		if (v->of[i] > v->of[v->best])
			v->best = i;
	v->second = v->best == 0;
	for (unsigned i = 0; i < WORDS_LANGUAGES; i++)
		if (i != v->best && v->of[i] > v->of[v->second])
			v->second = i;
}

static bool
is_decided(const struct votes *v, unsigned words, unsigned times_two)
{
	return v->of[v->best] >= words * WORD_WEIGHT &&
	       2 * v->of[v->best] >= times_two * v->of[v->second];
}

static bool
in_word(char c)
{
	return (c | 32) >= 'a' ? (c | 32) <= 'z' || (unsigned char)c >= 0x80
			       : (unsigned char)c >= 0x80;
}

/* Count words until they leave no doubt. */
static void
vote(const struct parse_words *w, struct span text, struct votes *v)
{
	*v = (struct votes){ .second = 1 };
	text = span_sub(text, 0, WORDS_BYTES);
	for (size_t at = 0; at < text.len;) {
		size_t start = at;

		while (at < text.len && in_word(text.ptr[at]))
			at++;
		if (at > start) {
			count_word(w, span_sub(text, start, at), v);
			rank(v);
			if (is_decided(v, MANY_WORDS, 6))
				return;
		} else {
			at++;
		}
	}
}

/* What libexttextcat says: "[en--utf8][sco--utf8]", "UNKNOWN" or "SHORT". */
static const char *
ask_textcat(void *textcat, struct span text, struct arena *a)
{
	const char *found;

	text = span_sub(text, 0, TEXTCAT_BYTES);
	text.len = utf8_valid_prefix(text);
	if (textcat == NULL || text.len < TEXTCAT_MIN)
		return NULL;
	found = textcat_Classify(textcat, text.ptr, text.len);
	if (found == NULL || found[0] != '[' || strlen(found) < 4 ||
		found[3] != '-')
		return NULL;
	return arena_strndup(a, found + 1, 2);
}

/* The words of a language are known: it is one of those that are read. */
static bool
is_read(const struct parse_words *w, const char *language)
{
	const char *name;

	for (unsigned i = 0; (name = words_language_name(w, i)) != NULL; i++)
		if (strcmp(name, language) == 0)
			return true;
	return false;
}

/* The words of its language are known, and these are another's. */
static bool
is_refuted(const struct parse_words *w, const struct votes *v,
	const char *declared)
{
	return is_read(w, declared) && is_decided(v, MANY_WORDS, 6) &&
	       strcmp(words_language_name(w, v->best), declared) != 0;
}

const char *
language_of(const struct parse_words *w, void *textcat, struct span text,
	const char *declared, struct arena *a)
{
	struct votes v;
	const char *found;

	vote(w, text, &v);
	if (declared != NULL)
		return is_refuted(w, &v, declared)
			       ? words_language_name(w, v.best)
			       : declared;
	found = text.len >= TEXTCAT_SURE ? ask_textcat(textcat, text, a) : NULL;
	if (found != NULL && !is_read(w, found) &&
		is_decided(&v, MANY_WORDS, 4))
		found = words_language_name(w, v.best);
	if (found == NULL && is_decided(&v, LEAST_WORDS, 3))
		found = words_language_name(w, v.best);
	return found != NULL ? found : ask_textcat(textcat, text, a);
}
