/* What the cue layer reads: config/lang/LANG/cues.tsv, config/cues/weights.tsv.
 */
#include <math.h>
#include <stdlib.h>

#include "cues.h"

#define WEIGHTS_BYTES_MAX ((size_t)256 << 10)
#define CUES_ARENA_MAX	  ((size_t)16 << 20)
#define ELIDED_MAX	  16 /* forms of an article before a vowel */
#define PHRASE_BYTES	  128

enum cue_class
cue_class_of(const struct word_row *row, bool *weak)
{
	size_t len = strcspn(row->type, "?");

	*weak = row->type[len] == '?';
	for (int i = 0; i < CUE_CLASSES; i++)
		if (span_eq_str(span_of(row->type, len), cue_class_names[i]))
			return (enum cue_class)i;
	return CUE_CLASSES;
}

static enum error_code
add_phrase(struct cues *c, const struct word_row *row, const char *elided,
	struct span ending, struct error *err)
{
	struct word_row *rows;
	struct buffer whole, fold;
	enum error_code code = OK;

	buffer_init(&whole, PHRASE_BYTES);
	buffer_init(&fold, PHRASE_BYTES);
	buffer_add_str(&whole, elided);
	buffer_add_str(&whole, row->words);
	if (!span_eq_str(ending, "-"))
		buffer_add_span(&whole, ending);
	if (utf8_fold_name(buffer_span(&whole), &fold) != OK)
		code = error_set(err, ERR_CONFIG,
			"lang/%s/cues.tsv:%d: a phrase over %d bytes",
			row->lang, row->line, PHRASE_BYTES);
	if (code == OK && c->words.n == WORDS_ROWS_MAX)
		code = error_set(err, ERR_LIMIT,
			"lang/%s/cues.tsv:%d: over %d phrases in all",
			row->lang, row->line, WORDS_ROWS_MAX);
	rows = code == OK ? arena_grow(c->arena, c->words.rows, c->words.n,
				    &c->words.cap, sizeof *rows)
			  : NULL;
	if (rows != NULL) {
		c->words.rows = rows;
		rows[c->words.n] = *row;
		rows[c->words.n].words =
			arena_strndup(c->arena, fold.ptr, fold.len);
		rows[c->words.n].accented =
			row->accented || words_accented(ending);
		c->words.n++;
	}
	buffer_release(&whole);
	buffer_release(&fold);
	if (code == OK && (rows == NULL || rows[c->words.n - 1].words == NULL))
		code = error_set(err, ERR_NOMEM, "cues");
	return code;
}

/* A row's phrase with each of its endings, each behind each elided article. */
static enum error_code
expand(struct cues *c, const struct word_row *row, const char *const *elided,
	size_t n, struct error *err)
{
	bool vowel = strchr("aeiouh", row->words[0]) != NULL;
	enum error_code code = OK;

	for (size_t i = 0; code == OK && i <= n; i++) {
		struct span rest = span_str(row->value), ending;

		if (i > 0 && !vowel)
			break;
		if (rest.len == 0)
			code = add_phrase(
				c, row, i > 0 ? elided[i - 1] : "", rest, err);
		while (code == OK && rest.len > 0 &&
			span_split(&rest, ' ', &ending))
			code = add_phrase(c, row, i > 0 ? elided[i - 1] : "",
				ending, err);
	}
	return code;
}

/* The elided articles of a language's row "elide", cut into words. */
static size_t
find_elided(struct cues *c, const struct word_table *raw, const char *lang,
	const char *elided[ELIDED_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < raw->n; i++) {
		struct span rest = span_str(raw->rows[i].words), one;

		if (strcmp(raw->rows[i].type, "elide") != 0 ||
			strcmp(raw->rows[i].lang, lang) != 0)
			continue;
		while (n < ELIDED_MAX && rest.len > 0 &&
			span_split(&rest, ' ', &one)) {
			elided[n] = arena_strndup(c->arena, one.ptr, one.len);
			if (elided[n] != NULL)
				n++;
		}
	}
	return n;
}

static enum error_code
load_words(struct cues *c, const char *config_dir, struct hash *version,
	struct error *err)
{
	struct word_table *raw = arena_alloc(c->arena, sizeof *raw);
	const char *elided[ELIDED_MAX];
	size_t n = 0;
	enum error_code code = ERR_NOMEM;

	if (raw == NULL)
		return error_set(err, ERR_NOMEM, "cues");
	memset(raw, 0, sizeof *raw);
	code = words_load(raw, config_dir, "cues", c->arena, version, err);
	for (size_t i = 0; code == OK && i < raw->n; i++) {
		const struct word_row *row = &raw->rows[i];
		bool weak;

		if (i == 0 || strcmp(row->lang, raw->rows[i - 1].lang) != 0)
			n = find_elided(c, raw, row->lang, elided);
		if (strcmp(row->type, "elide") == 0)
			continue;
		if (cue_class_of(row, &weak) == CUE_CLASSES ||
			cue_class_of(row, &weak) == CUE_RUN)
			return error_set(err, ERR_CONFIG,
				"lang/%s/cues.tsv:%d: no class \"%s\"",
				row->lang, row->line, row->type);
		code = expand(c, row, elided, n, err);
	}
	c->words.number = raw->number;
	if (code == OK && words_index(&c->words, c->arena) != OK)
		code = error_set(err, ERR_NOMEM, "cues");
	return code;
}

static int
find_name(struct span name, const char *const *names, int n)
{
	for (int i = 0; i < n; i++)
		if (span_eq_str(name, names[i]))
			return i;
	return -1;
}

/* "cue.join&name.list". */
static enum error_code
add_pair(struct cues *c, int model, struct span name, double weight,
	struct error *err)
{
	struct cue_pairs *pairs = &c->pairs[model];
	struct span other = name, one;
	int a, b;

	(void)span_split(&other, '&', &one);
	a = find_name(one, cue_feature_names, CUE_FEATURES);
	b = find_name(other, cue_feature_names, CUE_FEATURES);
	if (a < 0 || b < 0)
		return error_set(err, ERR_CONFIG,
			"no pair of features \"%.*s\"", (int)name.len,
			name.ptr);
	pairs->list = arena_grow(c->arena, pairs->list, pairs->n, &pairs->cap,
		sizeof *pairs->list);
	if (pairs->list == NULL)
		return error_set(err, ERR_NOMEM, "cues");
	pairs->list[pairs->n] = (struct cue_pair){ .one = (enum cue_feature)a,
		.other = (enum cue_feature)b,
		.name = arena_strndup(c->arena, name.ptr, name.len),
		.weight = weight };
	return pairs->list[pairs->n++].name != NULL
		       ? OK
		       : error_set(err, ERR_NOMEM, "cues");
}

static enum error_code
add_weight(struct cues *c, struct span model, struct span name, double weight,
	struct error *err)
{
	int m = find_name(model, cue_model_names, CUE_MODELS);
	int f = find_name(name, cue_feature_names, CUE_FEATURES);

	if (m < 0)
		return error_set(err, ERR_CONFIG, "no kind \"%.*s\"",
			(int)model.len, model.ptr);
	if (f >= 0)
		c->weights[m][f] = weight;
	else if (span_eq_str(name, "threshold"))
		c->thresholds[m] = weight;
	else if (memchr(name.ptr, '&', name.len) != NULL)
		return add_pair(c, m, name, weight, err);
	else
		return error_set(err, ERR_CONFIG, "no feature \"%.*s\"",
			(int)name.len, name.ptr);
	return OK;
}

/* "membership TAB cue.join TAB 1.25"; the feature "threshold" is one. */
static enum error_code
read_weight(struct cues *c, struct span line, struct error *err)
{
	struct span model, name, value = { NULL, 0 };
	char digits[32], *end = digits;
	double w;

	if (!span_split(&line, '\t', &model) ||
		!span_split(&line, '\t', &name) ||
		!span_split(&line, '\t', &value) || value.len >= sizeof digits)
		return error_set(
			err, ERR_CONFIG, "wanted kind, feature, weight");
	memcpy(digits, value.ptr, value.len);
	digits[value.len] = '\0';
	w = strtod(digits, &end);
	if (end == digits || *end != '\0' || !isfinite(w))
		return error_set(
			err, ERR_CONFIG, "\"%s\" is no number", digits);
	return add_weight(c, model, name, w, err);
}

static enum error_code
load_weights(struct cues *c, const char *config_dir, struct hash *version,
	struct error *err)
{
	char *path = arena_printf(c->arena, "%s/cues/weights.tsv", config_dir);
	struct span rest, line;
	struct buffer b;
	enum error_code code;
	int number = 0;

	if (path == NULL)
		return error_set(err, ERR_NOMEM, "cues");
	for (int m = 0; m < CUE_MODELS; m++)
		c->thresholds[m] = 2;
	buffer_init(&b, WEIGHTS_BYTES_MAX);
	code = read_file(path, WEIGHTS_BYTES_MAX, &b, err);
	rest = buffer_span(&b);
	if (code == OK)
		hash_field(version, rest);
	while (code == OK && rest.len > 0 && span_split(&rest, '\n', &line)) {
		number++;
		if (span_trim(line).len > 0 && line.ptr[0] != '#')
			code = read_weight(c, line, err);
		if (code != OK && err != NULL)
			(void)error_wrap(err, "%s:%d", path, number);
	}
	buffer_release(&b);
	return code;
}

enum error_code
cues_open(const char *config_dir, struct hash *version, struct cues **out,
	struct error *err)
{
	struct cues *c = calloc(1, sizeof *c);
	enum error_code code;

	*out = NULL;
	if (c == NULL)
		return error_set(err, ERR_NOMEM, "cues");
	c->arena = arena_new(CUES_ARENA_MAX);
	code = c->arena != NULL ? load_words(c, config_dir, version, err)
				: error_set(err, ERR_NOMEM, "cues");
	if (code == OK)
		code = load_weights(c, config_dir, version, err);
	if (code != OK) {
		cues_free(c);
		return code;
	}
	*out = c;
	return OK;
}

void
cues_free(struct cues *c)
{
	if (c == NULL)
		return;
	arena_free(c->arena);
	free(c);
}
