#include "words.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#include "lexis.h"

#define TABLE_BYTES_MAX	 ((size_t)1 << 20)
#define FOLDS_BYTES	 ((size_t)4 << 10) /* taken from the arena at once */
#define WORD_BYTES_USUAL 4 /* of text for each word or mark, at least */
#define WORD_DIGITS_MAX	 12
#define SHARP_S		 0xdf
#define WORD_BYTES_MAX	 256 /* of a word that is folded */

/* FNV-1a */
#define HASH_START 2166136261u

static uint32_t
hash_step(uint32_t h, unsigned char c)
{
	return (h ^ c) * 16777619u;
}

static uint32_t
hash_word(const char *s, size_t len)
{
	uint32_t h = HASH_START;

	for (size_t i = 0; i < len; i++)
		h = hash_step(h, (unsigned char)s[i]);
	return h;
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

/* A letter that ASCII lacks; an apostrophe is none, and "ß" is written "ss" as
 * well. */
bool
words_accented(struct span words)
{
	uint32_t cp;
	size_t len;

	for (size_t at = 0; at<words.len; at += len> 0 ? len : 1) {
		len = 1;
		if ((words.ptr[at] & 0x80) == 0)
			continue;
		len = utf8_decode(words, at, &cp);
		if (len > 0 && utf8_is_letter(cp) && cp != SHARP_S)
			return true;
	}
	return false;
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
		.accented = words_accented(words),
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

static uint32_t
hash_pair(uint32_t first, uint32_t second)
{
	return (first ^ second >> 16) * 16777619u ^ second;
}

/* A bit of word_table.firsts; lang "": in any. */
static size_t
first_bit(uint32_t hash, const char *lang)
{
	for (; *lang != '\0'; lang++)
		hash = hash_step(hash, (unsigned char)*lang);
	return (hash ^ hash >> 16) % WORDS_FIRSTS;
}

static void
set_first(struct word_table *t, uint32_t hash, const char *lang)
{
	size_t bit = first_bit(hash, lang);

	t->firsts[bit / 64] |= (uint64_t)1 << bit % 64;
}

/* A beginning in that language; NULL: in any.  A mark parts the two, or
 * Italian "entra" would be "entrait" of any language. */
static uint32_t
hash_in(uint32_t hash, const char *lang)
{
	if (lang != NULL)
		hash = hash_step(hash, '\t');
	for (; lang != NULL && *lang != '\0'; lang++)
		hash = hash_step(hash, (unsigned char)*lang);
	return hash ^ hash >> 15;
}

/* Where rows of that hash are, or would be. */
static struct word_slot *
find_slot(const struct word_table *t, uint32_t hash)
{
	size_t at = hash & (t->nslots - 1);

	while (t->slots[at].row >= 0 && t->slots[at].hash != hash)
		at = (at + 1) & (t->nslots - 1);
	return &t->slots[at];
}

/* Row i before the others of its beginning. */
static void
add_first(struct word_table *t, size_t i, uint32_t hash)
{
	const char *const langs[] = { t->rows[i].lang, NULL };

	for (size_t k = 0; k < 2; k++) {
		const uint32_t in = hash_in(hash, langs[k]);
		struct word_slot *slot = find_slot(t, in);

		t->filter[in % WORDS_FILTER / 64] |= (uint64_t)1 << in % 64;
		t->next[2 * i + k] = slot->row;
		*slot = (struct word_slot){ in, (int32_t)i };
	}
}

static void
index_row(struct word_table *t, size_t i)
{
	const char *words = t->rows[i].words;
	const size_t len = first_word(words);
	uint32_t hash = hash_word(words, len);

	if (words[len] == ' ') {
		set_first(t, hash, t->rows[i].lang);
		set_first(t, hash, "");
		words += len + 1;
		hash = hash_pair(hash, hash_word(words, first_word(words)));
	}
	add_first(t, i, hash);
}

enum error_code
words_index(struct word_table *t, struct arena *a)
{
	uint8_t words[WORDS_ROWS_MAX]; /* of each row; 0: over WORDS_PHRASE */

	for (t->nslots = 16; t->nslots < 4 * t->n; t->nslots *= 2)
		;
	t->slots = arena_array(a, t->nslots, sizeof *t->slots);
	t->next = arena_array(a, 2 * t->n + 1, sizeof *t->next);
	if (t->slots == NULL || t->next == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < t->nslots; i++)
		t->slots[i].row = -1;
	/* What is added last comes first: most words, then the first row. */
	for (size_t i = 0; i < t->n; i++) {
		const size_t n = count_words(t->rows[i].words);

		words[i] = n <= WORDS_PHRASE ? (uint8_t)n : 0;
	}
	for (size_t most = 1; most <= WORDS_PHRASE; most++)
		for (size_t i = t->n; i-- > 0;)
			if (words[i] == most)
				index_row(t, i);
	return OK;
}

/* The tables that forms know. */
static uint8_t
table_number(const char *name)
{
	static const char *const names[WORDS_TABLES] = { "anaphors", "clauses",
		"cues", "demonyms", "lists", "polarity", "subjects" };

	for (uint8_t i = 0; i < WORDS_TABLES; i++)
		if (strcmp(names[i], name) == 0)
			return (uint8_t)(i + 1);
	return 0;
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
	t->number = table_number(name);
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
	if (words_index(t, a) != OK)
		return error_set(err, ERR_NOMEM, "%s", name);
	return OK;
}

/* Folded words of one text, one behind the other. */
struct folds {
	struct arena *arena;
	struct buffer *tmp;
	char *at;
	size_t room;
	size_t more; /* bytes taken from the arena at least */
};

static char *
folds_room(struct folds *f, size_t bytes)
{
	char *p;

	if (bytes > f->room) {
		f->room = bytes > f->more ? bytes : f->more;
		f->at = arena_alloc(f->arena, f->room);
		if (f->at == NULL) {
			f->room = 0;
			return NULL;
		}
	}
	p = f->at;
	f->at += bytes;
	f->room -= bytes;
	return p;
}

static bool
is_word(uint32_t cp)
{
	return utf8_is_letter(cp) || utf8_is_digit(cp);
}

static bool
ascii_letter(unsigned char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26;
}

static bool
ascii_digit(unsigned char c)
{
	return (unsigned char)(c - '0') < 10;
}

/* The character at text[at] takes part in the word before it; its length. */
static size_t
goes_on(struct span text, size_t at, size_t end, bool digits)
{
	uint32_t cp, next;
	size_t len;

	if (at >= end)
		return 0;
	len = utf8_decode(text, at, &cp);
	if (len == 0)
		return 0;
	if (digits)
		return utf8_is_digit(cp) ? len : 0;
	if (is_word(cp))
		return len;
	return (cp == '\'' || cp == 0x2019) && at + len < end &&
			       utf8_decode(text, at + len, &next) > 0 &&
			       utf8_is_letter(next)
		       ? len
		       : 0;
}

/* End of the word that begins at text[at]; *plain: ASCII, no apostrophe. */
static size_t
word_end(struct span text, size_t at, size_t end, bool *plain)
{
	const unsigned char *p = (const unsigned char *)text.ptr;
	uint32_t cp = p[at];
	bool digits;
	size_t len = 1;

	if (cp >= 0x80)
		len = utf8_decode(text, at, &cp);
	digits = utf8_is_digit(cp);
	*plain = cp < 0x80;
	for (at += len;; at += len) {
		while (at < end && (ascii_digit(p[at]) ||
					   (!digits && ascii_letter(p[at]))))
			at++;
		len = goes_on(text, at, end, digits);
		if (len == 0)
			return at;
		*plain = false;
	}
}

/* w->fold, and its hash; false without memory. */
static bool
fold_plain(struct word *w, const char *from, size_t len, struct folds *f)
{
	uint32_t h = HASH_START;
	char *to = folds_room(f, len + 1);

	if (to == NULL)
		return false;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)from[i];

		if (c >= 'A' && c <= 'Z')
			c |= 0x20;
		to[i] = (char)c;
		h = hash_step(h, c);
	}
	to[len] = '\0';
	w->fold = to;
	w->hash = h;
	return true;
}

static bool
fold_marked(struct word *w, struct span s, struct folds *f)
{
	char *to;

	buffer_reset(f->tmp);
	if (utf8_fold_name(s, f->tmp) != OK)
		return true; /* no phrase is so long */
	to = folds_room(f, f->tmp->len + 1);
	if (to == NULL)
		return false;
	if (f->tmp->len > 0)
		memcpy(to, f->tmp->ptr, f->tmp->len);
	to[f->tmp->len] = '\0';
	w->fold = to;
	w->hash = hash_word(to, first_word(to));
	return true;
}

static bool
fill(struct word *w, struct span s, bool plain, struct folds *f)
{

	w->fold = "";
	w->accented = !plain && words_accented(s);
	w->digits = -1;
	if (s.len <= WORD_DIGITS_MAX && ascii_digit((unsigned char)s.ptr[0]) &&
		plain) {
		w->digits = 0;
		w->ndigits = (uint8_t)s.len;
		for (size_t i = 0; i < s.len; i++)
			w->digits = w->digits * 10 + (s.ptr[i] - '0');
	}
	if (s.len > WORD_BYTES_MAX)
		return true;
	return plain ? fold_plain(w, s.ptr, s.len, f) : fold_marked(w, s, f);
}

bool
words_fill(
	struct word *w, struct span text, struct arena *a, struct buffer *tmp)
{
	struct folds f = { .arena = a, .tmp = tmp };
	bool plain;

	*w = (struct word){ 0 };
	(void)word_end(text, 0, text.len, &plain);
	return fill(w, text, plain, &f);
}

/* Of a mark. */
static const struct word_memo no_rows;

/* The mark at text[w->start], and its end. */
static void
fill_mark(struct word *w, uint32_t cp, size_t len)
{
	w->end = w->start + (uint32_t)len;
	w->mark = cp < 0x80			 ? (char)cp
		  : cp >= 0x2010 && cp <= 0x2015 ? '-'
						 : '?';
	w->fold = "";
	w->digits = -1;
	w->memo = &no_rows;
}

struct word *
words_split(struct span text, uint32_t start, uint32_t end, struct arena *a,
	struct buffer *tmp, size_t *n)
{
	size_t cap = (end - start) / WORD_BYTES_USUAL + 4, at = start;
	struct folds f = { .arena = a,
		.tmp = tmp,
		.room = end - start + cap,
		.more = FOLDS_BYTES };
	struct word *list = arena_array(a, cap, sizeof *list);
	bool space = false;

	f.at = arena_alloc(a, f.room);
	*n = 0;
	while (list != NULL && f.at != NULL && at < end) {
		struct word *w;
		uint32_t cp = (unsigned char)text.ptr[at];
		size_t len = cp < 0x80 ? 1 : utf8_decode(text, at, &cp);
		bool plain;

		if (len == 0)
			break;
		if (utf8_is_space(cp)) {
			at += len;
			space = true;
			continue;
		}
		list = arena_grow(a, list, *n, &cap, sizeof *list);
		if (list == NULL)
			return NULL;
		w = &list[(*n)++];
		*w = (struct word){ .start = (uint32_t)at, .space = space };
		space = false;
		if (is_word(cp)) {
			w->end = (uint32_t)word_end(text, at, end, &plain);
			if (!fill(w, span_sub(text, w->start, w->end), plain,
				    &f))
				return NULL;
		} else {
			fill_mark(w, cp, len);
		}
		at = w->end;
	}
	return f.at != NULL ? list : NULL;
}

/* Atom i and what touches it may be one word: "city's". */
static bool
goes_on_behind(const struct sentence *in, size_t i)
{
	const struct atom *a = in->atoms.list + i;

	return i + 2 < in->atoms.n && a->form->letter && !a[1].space &&
	       (a[1].mark == '\'' || a[1].mark == 0x2019) && !a[2].space &&
	       a[2].form != NULL && a[2].form->letter;
}

/* The word at text[at], which is not just an atom; its end. */
static bool
fill_joined(struct lexis *x, struct span text, const struct sentence *in,
	uint32_t at, struct word *w, struct folds *f)
{
	bool plain, space = w->space;
	uint32_t end = (uint32_t)word_end(text, at, in->end, &plain);
	struct form *form = lexis_form(x, span_sub(text, at, end));

	if (form != NULL)
		*w = lexis_word(x, form);
	else if (!fill(w, span_sub(text, at, end), plain, f))
		return false;
	w->start = at;
	w->end = end;
	w->space = space;
	return true;
}

/* The word or mark at or in atom i from text[at] on. */
static bool
read_atom(struct lexis *x, struct span text, const struct sentence *in,
	size_t i, uint32_t at, struct word *w, struct folds *f)
{
	const struct atom *a = in->atoms.list + i;

	*w = (struct word){ .start = a->start, .space = atom_is_apart(a, in) };
	if (a->form == NULL) {
		fill_mark(w, a->mark, a->end - a->start);
		return true;
	}
	if (at > a->start) {
		w->space = false;
		return fill_joined(x, text, in, at, w, f);
	}
	if (!a->form->whole || goes_on_behind(in, i))
		return fill_joined(x, text, in, a->start, w, f);
	*w = lexis_word(x, a->form);
	w->start = a->start;
	w->end = a->end;
	w->space = atom_is_apart(a, in);
	return true;
}

struct word *
words_read(struct lexis *x, struct span text, const struct sentence *in,
	struct arena *a, struct buffer *tmp, size_t *n)
{
	struct folds f = { .arena = a, .tmp = tmp, .more = FOLDS_BYTES };
	size_t cap = in->atoms.n + 1;
	struct word *list;
	uint32_t at = in->start;

	if (x == NULL || in->atoms.list == NULL)
		return words_split(text, in->start, in->end, a, tmp, n);
	list = arena_array(a, cap, sizeof *list);
	*n = 0;
	for (size_t i = 0; list != NULL && i < in->atoms.n;) {
		list = arena_grow(a, list, *n, &cap, sizeof *list);
		if (list == NULL ||
			!read_atom(x, text, in, i, at, &list[*n], &f))
			return NULL;
		at = list[(*n)++].end;
		while (i < in->atoms.n && in->atoms.list[i].end <= at)
			i++;
	}
	return list;
}

/* The phrase stands at w[at]; its words, or 0. */
static size_t
phrase_at(const char *phrase, const struct word *w, size_t n, size_t at)
{
	size_t used = 0;

	while (*phrase != '\0') {
		const char *fold = w[at + used].fold;
		size_t len = 0;

		while (fold[len] != '\0' && fold[len] == phrase[len])
			len++;
		if (len == 0 || fold[len] != '\0' ||
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

/* None of those words has an accent that the row lacks.  One that the row has
 * may be left out, but German's never are: "konnte" is no "könnte". */
static bool
is_as_written(const struct word_row *row, const struct word *w, size_t len)
{
	bool accented = false;

	for (size_t i = 0; i < len; i++)
		accented = accented || w[i].accented;
	return accented == row->accented ||
	       (row->accented && strcmp(row->lang, "de") != 0);
}

/* A row of that beginning whose phrase stands at w[at]. */
static const struct word_row *
find_row(const struct word_table *t, uint32_t hash, const struct word *w,
	size_t n, size_t at, const char *lang, size_t *len)
{
	const size_t any = lang == NULL;
	const uint32_t in = hash_in(hash, lang);

	if ((t->filter[in % WORDS_FILTER / 64] >> in % 64 & 1) == 0)
		return NULL;
	for (int32_t i = find_slot(t, in)->row; i >= 0;
		i = t->next[2 * (size_t)i + any]) {
		const struct word_row *row = &t->rows[i];

		*len = phrase_at(row->words, w, n, at);
		if (*len > 0 && (any || strcmp(lang, row->lang) == 0) &&
			is_as_written(row, w + at, *len))
			return row;
	}
	return NULL;
}

/* A row of two words or more. */
static const struct word_row *
find_longer(const struct word_table *t, const struct word *w, size_t n,
	size_t at, const char *lang, size_t *len)
{
	size_t second = at + 1;

	if (second < n && w[second].mark == '-' && !w[second].space)
		second++;
	if (second >= n || w[second].fold[0] == '\0')
		return NULL;
	return find_row(
		t, hash_pair(w[at].hash, w[second].hash), w, n, at, lang, len);
}

const struct word_row *
words_look_up(const struct word_table *t, const struct word *w, size_t n,
	size_t at, const char *lang, size_t *len)
{
	const struct word_memo *memo =
		lang != NULL && t->number > 0 ? w[at].memo : NULL;
	const struct word_row *row = NULL;
	int alone;

	if (memo == NULL && w[at].fold[0] == '\0')
		return NULL;
	if (memo == NULL || (memo->longer >> (t->number - 1) & 1) != 0)
		row = find_longer(t, w, n, at, lang, len);
	if (row != NULL)
		return row;
	if (memo == NULL)
		return find_row(t, w[at].hash, w, n, at, lang, len);
	alone = memo->rows[t->number - 1];
	*len = 1;
	return alone >= 0 ? &t->rows[alone] : NULL;
}

void
words_remember(const struct word_table *t, const struct word *w,
	const char *lang, struct word_memo *memo)
{
	const size_t bit = first_bit(w->hash, lang != NULL ? lang : "");
	const unsigned i = t->number - 1u;
	size_t len;
	const struct word_row *row =
		w->fold[0] != '\0' ? find_row(t, w->hash, w, 1, 0, lang, &len)
				   : NULL;

	memo->rows[i] = row != NULL ? (int16_t)(row - t->rows) : -1;
	if (w->fold[0] != '\0' && (t->firsts[bit / 64] >> bit % 64 & 1) != 0)
		memo->longer |= (uint8_t)(1u << i);
	if (row != NULL)
		memo->begins |= (uint8_t)(1u << i);
	memo->begins |= memo->longer;
}

bool
words_has(const struct word_table *t, struct span word, const char *type)
{
	const uint32_t hash = hash_in(hash_word(word.ptr, word.len), NULL);

	if (t->slots == NULL)
		return false;
	for (int32_t i = find_slot(t, hash)->row; i >= 0;
		i = t->next[2 * (size_t)i + 1])
		if (span_eq_str(word, t->rows[i].words) &&
			strcmp(t->rows[i].type, type) == 0)
			return true;
	return false;
}
