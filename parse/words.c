#include "words.h"

#include "forest.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#define TABLE	      (2 * WORDS_MAX) /* a power of two */
#define KEYS_MAX      ((size_t)WORDS_MAX * WORDS_LEN_MAX)
#define CLASS_WORDS   32 /* words of one class that are looked at */
#define ENDING_MAX    64 /* bytes of a heading that may be an ending */
#define LANGUAGES     64
#define MAIL_LINE_MAX ((size_t)300) /* bytes of a line of mail that tells */
#define RUN_WORDS     8		    /* words of an entry of running text */
#define WALL_TEXT_MAX ((size_t)600) /* bytes of a paragraph of a wall */
#define WEIGHT_MAX    1000000

/* The first byte of a key tells the tables apart. */
enum table {
	TABLE_PARTS = 'p',
	TABLE_ENDINGS = 'e',
	TABLE_MONTHS = 'm',
	TABLE_LABELS = 'l',
	TABLE_LANGUAGES = 'w',
	TABLE_BYLINES = 'b',
	TABLE_MAIL = 'n',
	TABLE_WALLS = 'g',
	TABLE_WALL_TITLES = 't',
	TABLE_CONSENT = 'c',
	TABLE_SHELLS = 's'
};

struct entry {
	uint32_t key; /* into keys */
	uint8_t len;  /* 0: free */
	uint16_t value;
};

struct parse_words {
	struct entry table[TABLE];
	size_t n;
	struct buffer keys;
	char languages[WORDS_LANGUAGES][4]; /* of languages.tsv */
	unsigned nlanguages;
	int weights[DATEDS];
	struct forest *forest;
	char version[32];
};

static const char *const part_names[PARTS] = {
	[PART_HIDDEN] = "hidden",
	[PART_MENU] = "menu",
	[PART_NOTICE] = "notice",
	[PART_HEADER] = "header",
	[PART_FOOTER] = "footer",
	[PART_TEASER] = "teaser",
	[PART_COMMENT] = "comment",
	[PART_BYLINE] = "byline",
	[PART_DATELINE] = "dateline",
	[PART_LAYOUT] = "layout",
	[PART_PANEL] = "panel",
	[PART_BODY] = "body",
};

static const char *const dated_names[DATEDS] = {
	[DATED_JSONLD] = "json-ld",
	[DATED_META] = "meta",
	[DATED_TIME] = "time",
	[DATED_LABELLED] = "labelled",
	[DATED_SHOWN] = "shown",
	[DATED_BEGINS] = "dateline",
	[DATED_URL] = "url",
	[DATED_SHOWN_BEFORE] = "shown-before",
	[DATED_SHOWN_ASIDE] = "shown-aside",
	[DATED_LABELLED_ELSEWHERE] = "labelled-elsewhere",
	[DATED_SHOWN_ELSEWHERE] = "shown-elsewhere",
	[DATED_TIME_ELSEWHERE] = "time-elsewhere",
	[DATED_CHANGED_JSONLD] = "changed-json-ld",
	[DATED_CHANGED_META] = "changed-meta",
	[DATED_CHANGED_SHOWN] = "changed-shown",
	[DATED_CHANGED_TIME] = "changed-time",
	[DATED_CHANGED_ELSEWHERE] = "changed-elsewhere",
};

static const char *const label_names[DATE_LABELS] = {
	[LABEL_PUBLISHED] = "published",
	[LABEL_MODIFIED] = "modified",
	[LABEL_OTHER] = "other",
};

static const char *const byline_names[BYLINE_WORDS] = {
	[BYLINE_BY] = "by",
	[BYLINE_OTHER] = "other",
	[BYLINE_ROLE] = "role",
	[BYLINE_PARTICLE] = "particle",
	[BYLINE_AND] = "and",
	[BYLINE_NOBODY] = "nobody",
};

static const char *const wall_names[WALLS] = {
	[WALL_SCRIPT] = "script",
	[WALL_ROBOT] = "robot",
	[WALL_CONSENT] = "consent",
	[WALL_LOGIN] = "login",
	[WALL_ERROR] = "error",
	[WALL_MOVED] = "moved",
};

static uint32_t
hash_add_byte(uint32_t h, char c)
{
	return (h ^ (unsigned char)c) * 16777619u;
}

static uint32_t
hash_start(enum table table)
{
	return hash_add_byte(2166136261u, (char)table);
}

static uint32_t
hash_span(uint32_t h, struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		h = hash_add_byte(h, s.ptr[i]);
	return h;
}

/* The entry of table and key, whose hash is h; or the free one for it. */
static const struct entry *
find(const struct parse_words *w, enum table table, struct span key, uint32_t h)
{
	for (size_t at = (h ^ h >> 15) % TABLE;; at = (at + 1) % TABLE) {
		const struct entry *e = &w->table[at];

		if (e->len == 0)
			return e;
		if (e->len == key.len + 1 &&
			w->keys.ptr[e->key] == (char)table &&
			memcmp(w->keys.ptr + e->key + 1, key.ptr, key.len) == 0)
			return e;
	}
}

static enum error_code
put(struct parse_words *w, enum table table, struct span text, uint16_t value,
	struct error *err)
{
	struct buffer key;
	struct entry *e;
	enum error_code code;

	buffer_init(&key, WORDS_LEN_MAX);
	code = utf8_fold_name(text, &key);
	if (code == OK && (key.len == 0 || w->n == WORDS_MAX))
		code = ERR_LIMIT;
	if (code == OK) {
		/* table[] is ours; find() serves readers as well */
		e = &w->table[find(w, table, buffer_span(&key),
				      hash_span(hash_start(table),
					      buffer_span(&key))) -
			      w->table];
		if (e->len == 0) {
			e->key = (uint32_t)w->keys.len;
			e->len = (uint8_t)(key.len + 1);
			buffer_add_char(&w->keys, (char)table);
			code = buffer_add_span(&w->keys, buffer_span(&key));
			w->n++;
		}
		/* A word of several languages has a bit of each; the
		 * beginning of a longer entry takes nothing off it. */
		if (table == TABLE_LANGUAGES)
			e->value |= value;
		else if (value != 0)
			e->value = value;
	}
	buffer_release(&key);
	return code == OK ? OK
			  : error_set(err, code,
				    "\"%.*s\" is too long or one too many",
				    (int)text.len, text.ptr);
}

static enum error_code
put_part(struct parse_words *w, struct span kind, struct span text,
	struct error *err)
{
	enum error_code code = OK;

	for (int i = 0; i < PARTS; i++) {
		if (part_names[i] == NULL || !span_eq_str(kind, part_names[i]))
			continue;
		/* longest() goes on only where an entry may follow. */
		for (size_t at = 0; at < text.len && code == OK; at++)
			if (text.ptr[at] == ' ')
				code = put(w, TABLE_PARTS,
					span_sub(text, 0, at), PART_NONE, err);
		return code == OK ? put(w, TABLE_PARTS, text, (uint16_t)i, err)
				  : code;
	}
	return error_set(err, ERR_CONFIG, "\"%.*s\" is no part of a page",
		(int)kind.len, kind.ptr);
}

static enum error_code
put_ending(struct parse_words *w, struct span kind, struct span text,
	struct error *err)
{
	enum zone zone;

	if (!zone_find(kind, &zone))
		return error_set(err, ERR_CONFIG, "\"%.*s\" is no zone",
			(int)kind.len, kind.ptr);
	return put(w, TABLE_ENDINGS, text, (uint16_t)zone, err);
}

/* A row of a table whose values are named: names[1] to names[n - 1]. */
static enum error_code
put_named(struct parse_words *w, enum table table, const char *const *names,
	int n, struct span kind, struct span text, struct error *err)
{
	for (int i = 1; i < n; i++)
		if (span_eq_str(kind, names[i]))
			return put(w, table, text, (uint8_t)i, err);
	return error_set(err, ERR_CONFIG, "\"%.*s\" is no kind of word here",
		(int)kind.len, kind.ptr);
}

static enum error_code
put_mail(struct parse_words *w, struct span kind, struct span text,
	struct error *err)
{
	enum zone zone;

	if (!zone_find(kind, &zone) ||
		(zone != ZONE_HEADER && zone != ZONE_FOOTER))
		return error_set(err, ERR_CONFIG,
			"\"%.*s\" is neither header nor footer", (int)kind.len,
			kind.ptr);
	return put(w, TABLE_MAIL, text, (uint16_t)zone, err);
}

static enum error_code
put_label(struct parse_words *w, struct span kind, struct span text,
	struct error *err)
{
	return put_named(
		w, TABLE_LABELS, label_names, DATE_LABELS, kind, text, err);
}

static enum error_code
put_byline(struct parse_words *w, struct span kind, struct span text,
	struct error *err)
{
	return put_named(
		w, TABLE_BYLINES, byline_names, BYLINE_WORDS, kind, text, err);
}

/* "login", "login-title", "consent-word", "shell" */
static enum error_code
put_wall(struct parse_words *w, struct span kind, struct span text,
	struct error *err)
{
	enum table table = TABLE_WALLS;

	if (span_eq_str(kind, "consent-word"))
		return put(w, TABLE_CONSENT, text, 1, err);
	if (span_eq_str(kind, "shell"))
		return put(w, TABLE_SHELLS, text, 1, err);
	if (span_ends_with(kind, "-title")) {
		kind.len -= strlen("-title");
		table = TABLE_WALL_TITLES;
	}
	return put_named(w, table, wall_names, WALLS, kind, text, err);
}

static enum error_code
put_weight(struct parse_words *w, struct span kind, struct span text,
	struct error *err)
{
	long long weight;

	for (int i = 0; i < DATEDS; i++) {
		if (!span_eq_str(kind, dated_names[i]))
			continue;
		if (!span_int(
			    span_trim(text), -WEIGHT_MAX, WEIGHT_MAX, &weight))
			return error_set(
				err, ERR_CONFIG, "a whole number is wanted");
		w->weights[i] = (int)weight;
		return OK;
	}
	return error_set(err, ERR_CONFIG, "\"%.*s\" is no way to say a day",
		(int)kind.len, kind.ptr);
}

static enum error_code
put_tree(struct parse_words *w, struct span kind, struct span text,
	struct error *err)
{
	return forest_add(w->forest, kind, text, err);
}

static enum error_code
put_language(struct parse_words *w, struct span kind, struct span text,
	struct error *err)
{
	unsigned i = 0;

	if (kind.len != 2)
		return error_set(err, ERR_CONFIG,
			"\"%.*s\" is no language of two letters", (int)kind.len,
			kind.ptr);
	while (i < w->nlanguages && !span_eq_str(kind, w->languages[i]))
		i++;
	if (i == WORDS_LANGUAGES)
		return error_set(err, ERR_CONFIG, "more than %d languages",
			WORDS_LANGUAGES);
	if (i == w->nlanguages)
		memcpy(w->languages[w->nlanguages++], kind.ptr, kind.len);
	return put(w, TABLE_LANGUAGES, text, (uint16_t)(1u << i), err);
}

/* Of a language's dates only the months are read: "month NAME NUMBER". */
static enum error_code
put_month(struct parse_words *w, struct span kind, struct span text,
	struct error *err)
{
	struct span name;
	long long number;

	if (!span_eq_str(kind, "month"))
		return OK;
	if (!span_split(&text, '\t', &name) || text.ptr == NULL ||
		!span_int(span_trim(text), 1, 12, &number))
		return error_set(err, ERR_CONFIG, "a month without its number");
	return put(w, TABLE_MONTHS, name, (uint16_t)number, err);
}

typedef enum error_code
put_row(struct parse_words *w, struct span kind, struct span text,
	struct error *err);

static enum error_code
read_rows(struct parse_words *w, const char *path, put_row *row, struct hash *h,
	struct error *err)
{
	struct buffer file;
	struct span rest, line, kind;
	enum error_code code;
	size_t number = 0;

	buffer_init(&file, WORDS_FILE_MAX);
	code = read_file(path, WORDS_FILE_MAX, &file, err);
	rest = buffer_span(&file);
	if (code == OK)
		hash_field(h, rest);
	if (code == OK && utf8_valid_prefix(rest) < rest.len)
		code = error_set(err, ERR_CONFIG, "%s: not UTF-8", path);
	while (code == OK && span_split(&rest, '\n', &line)) {
		number++;
		if (line.len == 0 || line.ptr[0] == '#')
			continue;
		if (!span_split(&line, '\t', &kind) || line.ptr == NULL)
			code = error_set(err, ERR_CONFIG,
				"a word is wanted, a tab before it");
		else
			code = row(w, kind, line, err);
		if (code != OK)
			(void)error_wrap(err, "%s:%zu", path, number);
	}
	buffer_release(&file);
	return code;
}

static int
is_language(const struct dirent *d)
{
	return d->d_name[0] != '.';
}

static enum error_code
read_months(struct parse_words *w, const char *config, struct arena *a,
	struct hash *h, struct error *err)
{
	const char *dir = arena_printf(a, "%s/lang", config);
	struct dirent **list = NULL;
	int n = dir != NULL ? scandir(dir, &list, is_language, alphasort) : 0;
	enum error_code code = OK;

	if (dir == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	if (n < 0 || n > LANGUAGES)
		code = error_set(err, ERR_CONFIG, "%s: no languages", dir);
	for (int i = 0; i < n; i++) {
		const char *path = arena_printf(
			a, "%s/%s/dates.tsv", dir, list[i]->d_name);

		if (code == OK && path == NULL)
			code = error_set(err, ERR_NOMEM, "no memory");
		if (code == OK)
			code = read_rows(w, path, put_month, h, err);
		free(list[i]);
	}
	free(list);
	return code;
}

static enum error_code
read_all_rows(struct parse_words *w, const char *config, struct hash *h,
	struct error *err)
{
	static const struct {
		const char *file;
		put_row *row;
	} files[] = {
		{ "parts.tsv", put_part },
		{ "endings.tsv", put_ending },
		{ "labels.tsv", put_label },
		{ "dates.tsv", put_weight },
		{ "bylines.tsv", put_byline },
		{ "mail.tsv", put_mail },
		{ "walls.tsv", put_wall },
		{ "months.tsv", put_month },
		{ "languages.tsv", put_language },
		{ "trees.tsv", put_tree },
	};
	struct arena *a = arena_new(ARENA_BLOCK_MIN);
	enum error_code code = OK;

	if (a == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	for (size_t i = 0; code == OK && i < sizeof files / sizeof *files;
		i++) {
		const char *path =
			arena_printf(a, "%s/parse/%s", config, files[i].file);

		code = path == NULL ? error_set(err, ERR_NOMEM, "no memory")
				    : read_rows(w, path, files[i].row, h, err);
	}
	if (code == OK)
		code = read_months(w, config, a, h, err);
	arena_free(a);
	return code;
}

enum error_code
parse_words_open(
	const char *config, struct parse_words **out, struct error *err)
{
	struct parse_words *w = calloc(1, sizeof *w);
	struct hash *h = hash_new();
	uint8_t digest[HASH_LEN];
	char hex[HASH_HEX];
	enum error_code code;

	*out = w;
	if (w != NULL)
		w->forest = forest_new();
	if (w == NULL || w->forest == NULL || h == NULL) {
		hash_free(h);
		return error_set(err, ERR_NOMEM, "no memory");
	}
	buffer_init(&w->keys, KEYS_MAX);
	code = read_all_rows(w, config, h, err);
	if (code == OK && !forest_is_whole(w->forest))
		code = error_set(err, ERR_CONFIG,
			"%s/parse/trees.tsv: the last tree is not whole",
			config);
	if (code == OK) {
		hash_end(h, digest);
		hex_encode(digest, sizeof digest, hex);
		(void)snprintf(w->version, sizeof w->version, "%s-%.8s",
			PARSER_VERSION, hex);
	}
	hash_free(h);
	return code;
}

void
parse_words_free(struct parse_words *w)
{
	if (w != NULL) {
		buffer_release(&w->keys);
		forest_free(w->forest);
	}
	free(w);
}

const char *
parse_words_version(const struct parse_words *w)
{
	return w->version;
}

/* A word is a run of letters; "navBar" is two. */
static size_t
split_class(struct span class, char *lower, struct span *list)
{
	size_t n = 0;

	if (class.ptr == NULL)
		return 0;
	for (size_t at = 0; at < class.len && n < CLASS_WORDS;) {
		size_t start = at;

		while (at < class.len &&
			isalpha((unsigned char)class.ptr[at]) &&
			!(at > start && isupper((unsigned char)class.ptr[at]) &&
				islower((unsigned char)class.ptr[at - 1]))) {
			lower[at] = (char)(class.ptr[at] | 32);
			at++;
		}
		if (at > start)
			list[n++] = span_of(lower + start, at - start);
		else
			at++;
	}
	return n;
}

/* The longest entry that begins with list[0]; it ends in *last. */
static enum part
longest(const struct parse_words *w, const struct span *list, size_t n,
	struct span *last)
{
	char key[WORDS_LEN_MAX];
	uint32_t h = hash_start(TABLE_PARTS);
	size_t len = 0;
	enum part part = PART_NONE;

	for (size_t i = 0; i < n && i < WORDS_RUN_MAX; i++) {
		const struct entry *e;

		if (len + 1 + list[i].len > sizeof key)
			break;
		if (i > 0) {
			key[len++] = ' ';
			h = hash_add_byte(h, ' ');
		}
		memcpy(key + len, list[i].ptr, list[i].len);
		len += list[i].len;
		h = hash_span(h, list[i]);
		e = find(w, TABLE_PARTS, span_of(key, len), h);
		if (e->len == 0)
			break;
		if (e->value != PART_NONE) {
			part = (enum part)e->value;
			*last = list[i];
		}
	}
	return part;
}

const char *
words_part_name(enum part part)
{
	return part_names[part];
}

struct said
words_of_class(const struct parse_words *w, struct span class)
{
	struct said said = { 0, PART_NONE, { NULL, 0 } };
	struct span list[CLASS_WORDS], last;
	char lower[512];
	size_t n;

	if (class.len == 0)
		return said;
	n = split_class(span_sub(class, 0, sizeof lower), lower, list);
	for (size_t i = 0; i < n; i++) {
		enum part part = longest(w, list + i, n - i, &last);

		said.parts |= 1u << part;
		if (said.first == PART_NONE && part >= PART_MENU &&
			part <= PART_DATELINE) {
			said.first = part;
			said.word =
				span_sub(class, (size_t)(list[i].ptr - lower),
					(size_t)(last.ptr + last.len - lower));
		}
	}
	return said;
}

/* text in lower case, if it is nothing but ASCII letters: so it is folded. */
static bool
fold_letters(struct span text, char lower[WORDS_LEN_MAX])
{
	if (text.len == 0 || text.len >= WORDS_LEN_MAX)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (!isalpha((unsigned char)text.ptr[i]))
			return false;
		lower[i] = (char)(text.ptr[i] | 32);
	}
	return true;
}

/* The entry for text as it is folded, or NULL. */
static const struct entry *
look_up(const struct parse_words *w, enum table table, struct span text)
{
	struct buffer key;
	const struct entry *e = NULL;
	char lower[WORDS_LEN_MAX];

	if (fold_letters(text, lower)) {
		struct span folded = span_of(lower, text.len);

		e = find(
			w, table, folded, hash_span(hash_start(table), folded));
		return e->len > 0 ? e : NULL;
	}
	buffer_init(&key, WORDS_LEN_MAX);
	if (utf8_fold_name(text, &key) == OK && key.len > 0)
		e = find(w, table, buffer_span(&key),
			hash_span(hash_start(table), buffer_span(&key)));
	buffer_release(&key);
	return e != NULL && e->len > 0 ? e : NULL;
}

bool
words_ending(const struct parse_words *w, struct span text, enum zone *zone)
{
	const char *bracket = memchr(text.ptr, '(', text.len);
	const struct entry *e;

	if (bracket != NULL)
		text.len = (size_t)(bracket - text.ptr);
	/* "3 comments", "Comments: 3" */
	while (text.len > 0 &&
		(isdigit((unsigned char)text.ptr[0]) || text.ptr[0] == ' '))
		text = span_sub(text, 1, text.len);
	while (text.len > 0 &&
		strchr(" :0123456789", text.ptr[text.len - 1]) != NULL)
		text.len--;
	if (text.len == 0 || text.len > ENDING_MAX)
		return false;
	e = look_up(w, TABLE_ENDINGS, text);
	if (e != NULL)
		*zone = (enum zone)e->value;
	return e != NULL;
}

enum date_label
words_date_label(const struct parse_words *w, struct span text)
{
	enum date_label label = LABEL_NONE;

	/* One word, or two: "mise à jour" is found as "mise à". */
	for (size_t at = 0; at < text.len;) {
		size_t end = at, second;
		const struct entry *e;

		while (end < text.len && text.ptr[end] != ' ')
			end++;
		for (second = end + 1;
			second < text.len && text.ptr[second] != ' ';)
			second++;
		e = look_up(w, TABLE_LABELS, span_sub(text, at, end));
		if (e == NULL)
			e = look_up(
				w, TABLE_LABELS, span_sub(text, at, second));
		if (e != NULL)
			label = (enum date_label)e->value;
		at = end + 1;
	}
	return label;
}

const char *
words_dated_name(enum dated how)
{
	return dated_names[how];
}

int
words_date_weight(const struct parse_words *w, enum dated how)
{
	return w->weights[how];
}

static int
value_of(const struct entry *e, int none)
{
	return e != NULL ? e->value : none;
}

enum byline_word
words_byline(const struct parse_words *w, struct span word)
{
	return (enum byline_word)value_of(
		look_up(w, TABLE_BYLINES, word), BYLINE_NONE);
}

/* The entry of a table that stands anywhere in text, which is folded. */
static const struct entry *
find_run(const struct parse_words *w, enum table table, struct span text)
{
	for (size_t at = 0; at < text.len; at++) {
		size_t words = 0;

		if (at > 0 && text.ptr[at - 1] != ' ')
			continue;
		for (size_t end = at; end <= text.len && words < RUN_WORDS;
			end++) {
			struct span key = span_sub(text, at, end);
			const struct entry *e;

			if (end < text.len && text.ptr[end] != ' ')
				continue;
			words++;
			if (key.len == 0 || key.len >= WORDS_LEN_MAX)
				continue;
			e = find(w, table, key,
				hash_span(hash_start(table), key));
			if (e->len > 0)
				return e;
		}
	}
	return NULL;
}

/* The same of any text that is not longer than max. */
static const struct entry *
find_in(const struct parse_words *w, enum table table, struct span text,
	size_t max)
{
	struct buffer folded;
	const struct entry *e = NULL;

	buffer_init(&folded, 4 * max);
	if (text.len <= max && utf8_fold_name(text, &folded) == OK)
		e = find_run(w, table, buffer_span(&folded));
	buffer_release(&folded);
	return e;
}

bool
words_mail(const struct parse_words *w, struct span text, enum zone *zone)
{
	const struct entry *e = find_in(w, TABLE_MAIL, text, MAIL_LINE_MAX);

	if (e != NULL)
		*zone = (enum zone)e->value;
	return e != NULL;
}

enum wall
words_wall(const struct parse_words *w, struct span text)
{
	return (enum wall)value_of(
		find_in(w, TABLE_WALLS, text, WALL_TEXT_MAX), WALL_NONE);
}

enum wall
words_wall_title(const struct parse_words *w, struct span text)
{
	return (enum wall)value_of(
		look_up(w, TABLE_WALL_TITLES, text), WALL_NONE);
}

bool
words_consent(const struct parse_words *w, struct span text)
{
	return find_in(w, TABLE_CONSENT, text, text.len) != NULL;
}

bool
words_shell(const struct parse_words *w, struct span id)
{
	return look_up(w, TABLE_SHELLS, id) != NULL;
}

int
words_month(const struct parse_words *w, struct span name)
{
	return value_of(look_up(w, TABLE_MONTHS, name), 0);
}

unsigned
words_languages(const struct parse_words *w, struct span word)
{
	return (unsigned)value_of(look_up(w, TABLE_LANGUAGES, word), 0);
}

const char *
words_language_name(const struct parse_words *w, unsigned i)
{
	return i < w->nlanguages ? w->languages[i] : NULL;
}

const struct forest *
words_forest(const struct parse_words *w)
{
	return w->forest;
}
