#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#include "phrasebook_model.h"

#define PHRASEBOOK_ARENA_MAX ((size_t)16 << 20)

static const char *const kind_names[LEX_KINDS] = {
	[LEX_MONTH] = "month",
	[LEX_WEEKDAY] = "weekday",
	[LEX_RELATIVE] = "relative",
	[LEX_LINK] = "link",
	[LEX_RANGE] = "range",
	[LEX_AND] = "and",
	[LEX_BETWEEN] = "between",
	[LEX_BEFORE] = "before",
	[LEX_AFTER] = "after",
	[LEX_ONWARD] = "onward",
	[LEX_PREP] = "prep",
	[LEX_DAY] = "day",
	[LEX_SHIFT] = "shift",
	[LEX_PHASE] = "phase",
	[LEX_PERIOD] = "period",
	[LEX_AGO] = "ago",
	[LEX_AGO_LEAD] = "ago-lead",
	[LEX_AHEAD] = "ahead",
	[LEX_SEASON] = "season",
	[LEX_QUARTER] = "quarter",
	[LEX_HALF] = "half",
	[LEX_DECADE] = "decade",
	[LEX_DECADE_LEAD] = "decade-lead",
	[LEX_DECADE_TAIL] = "decade-tail",
	[LEX_HOLIDAY] = "holiday",
	[LEX_STARTING] = "starting",
	[LEX_FROM] = "from",
	[LEX_LATER] = "later",
	[LEX_NOW] = "now",
	[LEX_ARTICLE] = "article",
	[LEX_DURING] = "during",
	[LEX_TOLD] = "told",
	[LEX_TOLD_END] = "told-end",
	[LEX_FUTURE] = "future",
	[LEX_FUTURE_END] = "future-end",
	[LEX_PAST] = "past",
	[LEX_ORDER] = "order",
	[LEX_SUFFIX] = "suffix",
	[LEX_NUMBER] = "number",
	[LEX_ONE] = "one",
	[LEX_SCALE] = "scale",
	[LEX_FRACTION] = "fraction",
	[LEX_DECIMAL] = "decimal",
	[LEX_AND_HALF] = "and-half",
	[LEX_HALVES] = "halves",
	[LEX_PART] = "part",
	[LEX_COMPOUND] = "compound",
	[LEX_ORDINAL] = "ordinal",
	[LEX_ORDINAL_END] = "ordinal-end",
	[LEX_UNIT] = "unit",
	[LEX_BOUND] = "bound",
	[LEX_BOUND_AFTER] = "bound-after",
	[LEX_FRESH] = "fresh",
	[LEX_OTHERS] = "others",
	[LEX_STOP] = "stop",
	[LEX_GLUE] = "glue",
	[LEX_GROUPING] = "grouping",
	[LEX_NOUNS] = "nouns",
};

static bool
find_kind(struct span name, enum lex_kind *out)
{
	for (int i = 0; i < LEX_KINDS; i++)
		if (span_eq_str(name, kind_names[i])) {
			*out = (enum lex_kind)i;
			return true;
		}
	return false;
}

/* Where a row is being read from. */
struct place {
	const char *path;
	int lang, line;
};

/* The word's id, a new one if need be; 0 without room. */
static uint16_t
intern(struct phrasebook *lx, const char *fold, size_t len, uint32_t hash)
{
	uint16_t id = phrasebook_word(lx, fold, len, hash);
	size_t i = hash % PHRASEBOOK_SLOTS;

	if (id != 0)
		return id;
	if (lx->nwords == PHRASEBOOK_WORDS_MAX)
		return 0;
	id = (uint16_t)lx->nwords;
	lx->words[id] = arena_strndup(lx->arena, fold, len);
	if (lx->words[id] == NULL)
		return 0;
	lx->nwords++;
	lx->hashes[id] = hash;
	lx->first[id] = -1;
	while (lx->slots[i] != 0)
		i = (i + 1) % PHRASEBOOK_SLOTS;
	lx->slots[i] = id;
	return id;
}

/* The phrase's words, folded as a text's are. */
static enum error_code
read_phrase(struct phrasebook *lx, struct span words, struct lex_row *row,
	const struct place *p, struct error *err)
{
	char fold[PHRASEBOOK_WORD_MAX], phrase[PHRASEBOOK_WORD_MAX * 2] = "";
	struct lexeme w;
	size_t at = 0, len, used = 0;
	uint32_t hash;

	while (phrasebook_next(words, &at, words.len, &w, fold, &len, &hash)) {
		if (w.mark == '-' || w.mark == '\'')
			continue;
		if (len == 0 || len == PHRASEBOOK_WORD_MAX)
			return error_set(err, ERR_CONFIG,
				"%s:%d: \"%.*s\" is not made of words", p->path,
				p->line, (int)words.len, words.ptr);
		if (row->nwords == PHRASEBOOK_PHRASE_MAX ||
			used + len + 2 > sizeof phrase)
			return error_set(err, ERR_LIMIT,
				"%s:%d: a phrase of over %d words", p->path,
				p->line, PHRASEBOOK_PHRASE_MAX);
		row->words[row->nwords] = intern(lx, fold, len, hash);
		if (row->words[row->nwords++] == 0)
			return error_set(err, ERR_LIMIT,
				"%s:%d: over %d different words", p->path,
				p->line, PHRASEBOOK_WORDS_MAX - 1);
		if (used > 0)
			phrase[used++] = ' ';
		memcpy(phrase + used, fold, len);
		used += len;
	}
	if (row->nwords == 0)
		return error_set(
			err, ERR_CONFIG, "%s:%d: no words", p->path, p->line);
	row->phrase = arena_strndup(lx->arena, phrase, used);
	row->written = arena_strndup(lx->arena, words.ptr, words.len);
	return row->phrase != NULL && row->written != NULL
		       ? OK
		       : error_set(err, ERR_NOMEM, "words");
}

static enum error_code
add_row(struct phrasebook *lx, struct span line, const struct place *p,
	struct error *err)
{
	struct lex_row row = { .lang = p->lang }, *rows;
	struct span kind, words, value = { NULL, 0 };
	enum error_code code;

	if (!span_split(&line, '\t', &kind) || !span_split(&line, '\t', &words))
		return error_set(err, ERR_CONFIG,
			"%s:%d: one field, wanted kind, words, value", p->path,
			p->line);
	(void)span_split(&line, '\t', &value); /* may be absent */
	if (!find_kind(kind, &row.kind))
		return error_set(err, ERR_CONFIG,
			"%s:%d: \"%.*s\" is no kind of word", p->path, p->line,
			(int)kind.len, kind.ptr);
	if (lx->n == PHRASEBOOK_ROWS_MAX)
		return error_set(err, ERR_LIMIT, "%s: over %d rows", p->path,
			PHRASEBOOK_ROWS_MAX);
	code = read_phrase(lx, words, &row, p, err);
	if (code != OK)
		return code;
	row.value = arena_strndup(
		lx->arena, value.ptr != NULL ? value.ptr : "", value.len);
	rows = arena_grow(lx->arena, lx->rows, lx->n, &lx->cap, sizeof *rows);
	if (rows == NULL || row.value == NULL)
		return error_set(err, ERR_NOMEM, "%s", p->path);
	row.number = strtoll(row.value, NULL, 10);
	lx->rows = rows;
	rows[lx->n++] = row;
	return OK;
}

static enum error_code
load_file(struct phrasebook *lx, const char *path, int lang,
	struct hash *version, struct error *err)
{
	struct place p = { .path = path, .lang = lang };
	struct buffer b;
	struct span rest, line;
	enum error_code code;

	buffer_init(&b, PHRASEBOOK_BYTES_MAX);
	code = read_file(path, PHRASEBOOK_BYTES_MAX, &b, err);
	rest = buffer_span(&b);
	if (code == OK)
		hash_field(version, rest);
	while (code == OK && rest.len > 0 && span_split(&rest, '\n', &line)) {
		p.line++;
		if (span_trim(line).len > 0 && line.ptr[0] != '#')
			code = add_row(lx, line, &p, err);
	}
	buffer_release(&b);
	return code;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* Names of the languages' folders, sorted. */
static enum error_code
list_languages(struct phrasebook *lx, const char *dir, struct error *err)
{
	DIR *d = opendir(dir);
	struct dirent *e;

	if (d == NULL)
		return error_sys(err, errno, "%s", dir);
	while ((e = readdir(d)) != NULL && lx->nlangs < PHRASEBOOK_LANGS_MAX)
		if (e->d_name[0] != '.' && strlen(e->d_name) == 2)
			memcpy(lx->langs[lx->nlangs++], e->d_name, 3);
	(void)closedir(d);
	qsort(lx->langs, lx->nlangs, sizeof *lx->langs, by_name);
	return OK;
}

/* A compound number may begin with this word. */
static void
mark_start(struct phrasebook *lx, const struct lex_row *row)
{
	size_t s;

	if (row->nwords != 1 || strlen(row->phrase) < 3 ||
		(LEX_BIT(row->kind) &
			(LEX_BIT(LEX_NUMBER) | LEX_BIT(LEX_ONE) |
				LEX_BIT(LEX_SCALE) | LEX_BIT(LEX_PART))) == 0)
		return;
	s = phrasebook_start_hash(row->phrase);
	lx->starts[row->lang + 1][s / 8] |= (uint8_t)(1u << s % 8);
	if (lx->compounds[row->lang])
		lx->starts[0][s / 8] |= (uint8_t)(1u << s % 8);
}

static bool
list_rows(struct phrasebook *lx)
{
	uint32_t n = 0;

	lx->list = arena_array(lx->arena, lx->n + 1, sizeof *lx->list);
	lx->refs = arena_array(lx->arena, lx->nwords + 1, sizeof *lx->refs);
	if (lx->list == NULL || lx->refs == NULL)
		return false;
	for (size_t id = 0; id < lx->nwords; id++) {
		lx->refs[id] = n;
		for (int32_t i = lx->first[id]; i >= 0; i = lx->rows[i].next)
			lx->list[n++] =
				(struct lex_ref){ i, (uint8_t)lx->rows[i].kind,
					(int8_t)lx->rows[i].lang };
	}
	lx->refs[lx->nwords] = n;
	return true;
}

static bool
list_months(struct phrasebook *lx)
{
	lx->months = arena_array(lx->arena, lx->n + 1, sizeof(*lx->months));
	if (lx->months == NULL)
		return false;
	for (size_t i = 0; i < lx->n; i++)
		if (lx->rows[i].kind == LEX_MONTH &&
			strlen(lx->rows[i].phrase) >= PHRASEBOOK_NEAR_MIN)
			lx->months[lx->nmonths++] = &lx->rows[i];
	return true;
}

/* Words are compared by their ends as they are written, with accents. */
static bool
add_end(struct phrasebook *lx, const struct lex_row *row)
{
	const char **ends = lx->ends[row->kind == LEX_TOLD_END][row->lang];
	size_t n = 0;

	while (n < PHRASEBOOK_ENDS_MAX && ends[n] != NULL)
		n++;
	if (n == PHRASEBOOK_ENDS_MAX)
		return false;
	ends[n] = row->written;
	return true;
}

static bool
is_end(const struct lex_row *row)
{
	return row->kind == LEX_FUTURE_END || row->kind == LEX_TOLD_END;
}

/* Rows of one first word, those of most words first. */
static enum error_code
index_rows(struct phrasebook *lx, struct error *err)
{
	for (size_t k = 0; k <= lx->nlangs; k++) {
		lx->kinds[k] = arena_array(
			lx->arena, lx->nwords, sizeof *lx->kinds[k]);
		if (lx->kinds[k] == NULL)
			return error_set(err, ERR_NOMEM, "words");
		memset(lx->kinds[k], 0, lx->nwords * sizeof *lx->kinds[k]);
	}
	for (size_t i = 0; i < lx->n; i++) {
		const struct lex_row *row = &lx->rows[i];

		lx->settings[row->lang][row->kind] = row->value[0];
		if (row->kind == LEX_COMPOUND)
			lx->compounds[row->lang] = lx->any_compounds = true;
		if (is_end(row) && !add_end(lx, row))
			return error_set(err, ERR_LIMIT, "%s: over %d of %s",
				lx->langs[row->lang], PHRASEBOOK_ENDS_MAX,
				kind_names[row->kind]);
	}
	for (size_t words = 1; words <= PHRASEBOOK_PHRASE_MAX; words++)
		for (size_t i = lx->n; i-- > 0;) {
			struct lex_row *row = &lx->rows[i];
			uint16_t id = row->words[0];

			if (row->nwords != words)
				continue;
			row->next = lx->first[id];
			lx->first[id] = (int32_t)i;
			/* Inside of a word only. */
			if (row->kind != LEX_PART &&
				row->kind != LEX_COMPOUND && !is_end(row) &&
				row->kind != LEX_ORDINAL_END) {
				lx->kinds[0][id] |= LEX_BIT(row->kind);
				lx->kinds[row->lang + 1][id] |=
					LEX_BIT(row->kind);
			}
			mark_start(lx, row);
		}
	return list_rows(lx) && list_months(lx)
		       ? OK
		       : error_set(err, ERR_NOMEM, "words");
}

static enum error_code
load(struct phrasebook *lx, const char *config_dir, struct hash *version,
	struct error *err)
{
	static const char *const files[] = { "dates", "counts" };
	char *dir;
	enum error_code code;

	lx->arena = arena_new(PHRASEBOOK_ARENA_MAX);
	if (lx->arena == NULL)
		return error_set(err, ERR_NOMEM, "words");
	dir = arena_printf(lx->arena, "%s/lang", config_dir);
	lx->words =
		arena_array(lx->arena, PHRASEBOOK_WORDS_MAX, sizeof *lx->words);
	lx->first =
		arena_array(lx->arena, PHRASEBOOK_WORDS_MAX, sizeof *lx->first);
	if (dir == NULL || lx->words == NULL || lx->first == NULL)
		return error_set(err, ERR_NOMEM, "words");
	lx->words[0] = "";
	lx->first[0] = -1;
	lx->nwords = 1;
	code = list_languages(lx, dir, err);
	for (size_t i = 0; code == OK && i < lx->nlangs * 2; i++) {
		char *path = arena_printf(lx->arena, "%s/%s/%s.tsv", dir,
			lx->langs[i / 2], files[i % 2]);

		if (path == NULL)
			return error_set(err, ERR_NOMEM, "words");
		code = load_file(lx, path, (int)(i / 2), version, err);
	}
	return code == OK ? index_rows(lx, err) : code;
}

enum error_code
phrasebook_open(const char *config_dir, struct hash *version,
	struct phrasebook **out, struct error *err)
{
	struct phrasebook *lx = calloc(1, sizeof *lx);
	enum error_code code;

	*out = NULL;
	if (lx == NULL)
		return error_set(err, ERR_NOMEM, "words");
	code = load(lx, config_dir, version, err);
	if (code != OK)
		phrasebook_free(lx);
	else
		*out = lx;
	return code;
}

void
phrasebook_free(struct phrasebook *lx)
{
	if (lx == NULL)
		return;
	arena_free(lx->arena);
	free(lx);
}
