/* The words of pages, as the configuration has them. */
#include "words_table.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "forest.h"

#define KEYS_MAX   ((size_t)WORDS_MAX * WORDS_LEN_MAX)
#define LANGUAGES  64 /* directories of one */
#define WEIGHT_MAX 1000000

static const char *const label_names[DATE_LABELS] = {
	[LABEL_PUBLISHED] = "published",
	[LABEL_MODIFIED] = "modified",
	[LABEL_OTHER] = "other",
	[LABEL_SELF] = "self",
};

static const char *const byline_names[BYLINE_WORDS] = {
	[BYLINE_BY] = "by",
	[BYLINE_OTHER] = "other",
	[BYLINE_ROLE] = "role",
	[BYLINE_PARTICLE] = "particle",
	[BYLINE_AND] = "and",
	[BYLINE_NOBODY] = "nobody",
};

static const char *const contact_names[CONTACT_WORDS] = {
	[CONTACT_PRESS] = "press",
	[CONTACT_ANYBODY] = "anybody",
	[CONTACT_PUBLISHER] = "publisher",
	[CONTACT_PHONE] = "phone",
	[CONTACT_FAX] = "fax",
	[CONTACT_MAIL] = "mail",
	[CONTACT_ASK] = "ask",
	[CONTACT_OFFICE] = "office",
};

static const char *const meta_names[META_KINDS] = {
	[META_PUBLISHED] = "published",
	[META_DATED] = "dated",
	[META_LIKE] = "like",
	[META_HINT] = "hint",
	[META_MODIFIED] = "modified",
};

static const char *const wall_names[WALLS] = {
	[WALL_SCRIPT] = "script",
	[WALL_ROBOT] = "robot",
	[WALL_CONSENT] = "consent",
	[WALL_LOGIN] = "login",
	[WALL_ERROR] = "error",
	[WALL_MOVED] = "moved",
};

/* Remember that an entry of the table begins with its first word. */
static void
put_first(struct parse_words *w, enum table table, struct span key)
{
	uint32_t h = table_hash_start(table);
	size_t bit;

	for (size_t i = 0; i < key.len && key.ptr[i] != ' '; i++)
		h = table_hash_byte(h, key.ptr[i]);
	bit = table_first_bit(h);
	w->firsts[bit / 64] |= (uint64_t)1 << bit % 64;
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
		put_first(w, table, buffer_span(&key));
		/* table[] is ours; table_find() serves readers as well */
		e = &w->table[table_find(w, table, buffer_span(&key),
				      table_hash_span(table_hash_start(table),
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
		if (words_part_name((enum part)i) == NULL ||
			!span_eq_str(kind, words_part_name((enum part)i)))
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

static enum error_code
put_contact(struct parse_words *w, struct span kind, struct span text,
	struct error *err)
{
	return put_named(w, TABLE_CONTACTS, contact_names, CONTACT_WORDS, kind,
		text, err);
}

static enum error_code
put_meta(struct parse_words *w, struct span kind, struct span text,
	struct error *err)
{
	return put_named(
		w, TABLE_METAS, meta_names, META_KINDS, kind, text, err);
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
		if (!span_eq_str(kind, words_dated_name((enum dated)i)))
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
		{ "metas.tsv", put_meta },
		{ "dates.tsv", put_weight },
		{ "bylines.tsv", put_byline },
		{ "mail.tsv", put_mail },
		{ "walls.tsv", put_wall },
		{ "contacts.tsv", put_contact },
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
