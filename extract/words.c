#include "words.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#define TABLE_BYTES_MAX ((size_t)1 << 20)

static uint32_t
hash_word(const char *s, size_t len)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)s[i]) * 16777619u;
	return h % 4096;
}

static size_t
first_word(const char *s)
{
	return strcspn(s, " ");
}

static size_t
count_words(const char *s)
{
	size_t n = 1;

	for (; *s != '\0'; s++)
		n += *s == ' ';
	return n;
}

static enum error_code
add_row(struct word_table *t, struct arena *a, struct span line, int number,
	const char *path, const char *lang, struct error *err)
{
	struct span type, words, value = { NULL, 0 };
	struct buffer fold;
	struct word_row *rows;

	if (!span_split(&line, '\t', &type) || !span_split(&line, '\t', &words))
		return error_set(err, ERR_CONFIG,
			"%s:%d: one field, wanted type, words, value", path,
			number);
	(void)span_split(&line, '\t', &value); /* may be absent */
	if (t->n == WORDS_ROWS_MAX)
		return error_set(err, ERR_LIMIT, "%s: over %d rows", path,
			WORDS_ROWS_MAX);
	rows = arena_grow(a, t->rows, t->n, &t->cap, sizeof *rows);
	if (rows == NULL)
		return error_set(err, ERR_NOMEM, "%s", path);
	t->rows = rows;
	buffer_init(&fold, 1024);
	if (utf8_fold_name(words, &fold) != OK || fold.len == 0) {
		buffer_release(&fold);
		return error_set(
			err, ERR_CONFIG, "%s:%d: no words", path, number);
	}
	rows[t->n++] = (struct word_row){
		.type = arena_strndup(a, type.ptr, type.len),
		.words = arena_strndup(a, fold.ptr, fold.len),
		.value = arena_strndup(
			a, value.ptr != NULL ? value.ptr : "", value.len),
		.lang = lang,
		.line = number,
	};
	buffer_release(&fold);
	return OK;
}

static enum error_code
load_file(struct word_table *t, const char *path, const char *lang,
	struct arena *a, struct hash *version, struct error *err)
{
	struct buffer b;
	struct span rest, line;
	enum error_code code;
	int number = 0;

	buffer_init(&b, TABLE_BYTES_MAX);
	code = read_file(path, TABLE_BYTES_MAX, &b, err);
	rest = buffer_span(&b);
	if (code == OK)
		hash_field(version, rest);
	while (code == OK && rest.len > 0 && span_split(&rest, '\n', &line)) {
		number++;
		if (span_trim(line).len > 0 && line.ptr[0] != '#')
			code = add_row(t, a, line, number, path, lang, err);
	}
	buffer_release(&b);
	return code;
}

static int
by_name(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

/* Names of the languages' folders, sorted. */
static enum error_code
list_languages(const char *dir, struct arena *a, const char **langs, size_t *n,
	struct error *err)
{
	DIR *d = opendir(dir);
	struct dirent *e;

	*n = 0;
	if (d == NULL)
		return error_sys(err, errno, "%s", dir);
	while ((e = readdir(d)) != NULL && *n < WORDS_LANGS_MAX)
		if (e->d_name[0] != '.' && strlen(e->d_name) == 2)
			langs[(*n)++] = arena_strdup(a, e->d_name);
	(void)closedir(d);
	qsort(langs, *n, sizeof *langs, by_name);
	return OK;
}

/* Rows of one first word, those of most words first. */
static void
index_rows(struct word_table *t)
{
	for (size_t i = 0; i < 4096; i++)
		t->heads[i] = -1;
	for (size_t words = 1; words <= WORDS_PHRASE; words++)
		for (size_t i = t->n; i-- > 0;) {
			const char *w = t->rows[i].words;
			uint32_t h = hash_word(w, first_word(w));

			if (count_words(w) != words)
				continue;
			t->next[i] = t->heads[h];
			t->heads[h] = (int32_t)i;
		}
}

enum error_code
words_load(struct word_table *t, const char *config_dir, const char *name,
	struct arena *a, struct hash *version, struct error *err)
{
	const char *langs[WORDS_LANGS_MAX];
	char *dir = arena_printf(a, "%s/lang", config_dir);
	size_t n = 0;
	enum error_code code;

	if (dir == NULL)
		return error_set(err, ERR_NOMEM, "%s", name);
	code = list_languages(dir, a, langs, &n, err);
	for (size_t i = 0; code == OK && i < n; i++) {
		char *path = arena_printf(
			a, "%s/lang/%s/%s.tsv", config_dir, langs[i], name);

		if (path == NULL)
			return error_set(err, ERR_NOMEM, "%s", name);
		code = load_file(t, path, langs[i], a, version, err);
	}
	if (code != OK)
		return code;
	t->next = arena_array(a, t->n + 1, sizeof *t->next);
	if (t->next == NULL)
		return error_set(err, ERR_NOMEM, "%s", name);
	index_rows(t);
	return OK;
}

static bool
is_word(uint32_t cp)
{
	return utf8_is_letter(cp) || utf8_is_digit(cp);
}

/* The character at text[at] takes part in the word before it. */
static bool
goes_on(struct span text, size_t at, size_t end, bool digits)
{
	uint32_t cp, next;
	size_t len = utf8_decode(text, at, &cp);

	if (len == 0 || at >= end)
		return false;
	if (digits)
		return utf8_is_digit(cp);
	if (is_word(cp))
		return !utf8_is_digit(cp) || !digits;
	return (cp == '\'' || cp == 0x2019) && at + len < end &&
	       utf8_decode(text, at + len, &next) > 0 && utf8_is_letter(next);
}

static void
fill(struct word *w, struct span text, struct arena *a, struct buffer *tmp)
{
	struct span s = span_sub(text, w->start, w->end);
	long long value;

	w->digits = -1;
	if (s.len <= 12 && span_int(s, 0, 999999999999LL, &value)) {
		w->digits = value;
		w->ndigits = (uint8_t)s.len;
	}
	buffer_reset(tmp);
	w->fold = utf8_fold_name(s, tmp) == OK
			  ? arena_strndup(a, tmp->ptr, tmp->len)
			  : "";
}

struct word *
words_split(struct span text, uint32_t start, uint32_t end, struct arena *a,
	struct buffer *tmp, size_t *n)
{
	struct word *list = NULL, *grown;
	size_t cap = 0, at = start;
	bool space = false;

	*n = 0;
	while (at < end) {
		struct word w = { .start = (uint32_t)at, .space = space };
		uint32_t cp;
		size_t len = utf8_decode(text, at, &cp);

		if (len == 0)
			break;
		if (utf8_is_space(cp)) {
			at += len;
			space = true;
			continue;
		}
		space = false;
		if (is_word(cp)) {
			bool digits = utf8_is_digit(cp);

			do
				at += utf8_decode(text, at, &cp);
			while (goes_on(text, at, end, digits));
			w.end = (uint32_t)at;
			fill(&w, text, a, tmp);
		} else {
			at += len;
			w.end = (uint32_t)at;
			w.mark = cp < 0x80			? (char)cp
				 : cp >= 0x2010 && cp <= 0x2015 ? '-'
								: '?';
			w.fold = "";
			w.digits = -1;
		}
		grown = arena_grow(a, list, *n, &cap, sizeof *list);
		if (grown == NULL)
			return NULL;
		list = grown;
		list[(*n)++] = w;
	}
	return list != NULL ? list : arena_alloc(a, sizeof *list);
}

/* The phrase stands at w[at]; its words, or 0. */
static size_t
phrase_at(const char *phrase, const struct word *w, size_t n, size_t at)
{
	size_t used = 0;

	while (*phrase != '\0') {
		size_t len = strlen(w[at + used].fold);

		if (len == 0 || strncmp(phrase, w[at + used].fold, len) != 0 ||
			(phrase[len] != ' ' && phrase[len] != '\0'))
			return 0;
		used++;
		if (phrase[len] == '\0')
			return used;
		phrase += len + 1;
		/* "twenty-five" is written with a mark that folds away. */
		if (at + used < n && w[at + used].mark == '-' &&
			!w[at + used].space)
			used++;
		if (at + used >= n)
			return 0;
	}
	return used;
}

const struct word_row *
words_find(const struct word_table *t, const struct word *w, size_t n,
	size_t at, const char *lang, size_t *len)
{
	const char *fold = w[at].fold;

	if (*fold == '\0')
		return NULL;
	for (int32_t i = t->heads[hash_word(fold, first_word(fold))]; i >= 0;
		i = t->next[i]) {
		if (lang != NULL && strcmp(lang, t->rows[i].lang) != 0)
			continue;
		*len = phrase_at(t->rows[i].words, w, n, at);
		if (*len > 0)
			return &t->rows[i];
	}
	return NULL;
}
