#include "rules.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#include "memo.h"

#define RULES_ARENA_MAX ((size_t)64 << 20)
#define RULE_FILE_MAX	((size_t)4 << 20)
#define RULE_FILES_MAX	256

/* A file of rules, kept until its language is asked for. */
struct rule_file {
	const char *path;
	struct buffer text;
	size_t nrules; /* at most */
};

static enum error_code
learn_file(struct rules *rules, struct rule_file *f, struct hash *version,
	struct error *err)
{
	const size_t before = rules->nlearnt;
	enum error_code code;

	buffer_init(&f->text, RULE_FILE_MAX);
	code = read_file(f->path, RULE_FILE_MAX, &f->text, err);
	if (code != OK)
		return code;
	hash_field(version, buffer_span(&f->text));
	if (rules_learn(rules, buffer_span(&f->text)) != OK)
		return error_set(err, ERR_NOMEM, "rules");
	f->nrules = rules->nlearnt - before;
	return OK;
}

static int
by_name(const void *a, const void *b)
{
	const struct rule_file *x = a, *y = b;

	return strcmp(x->path, y->path);
}

/* The paths of the directory's *.rules, sorted. */
static enum error_code
list_files(struct rules *r, const char *dir, struct error *err)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	enum error_code code = OK;

	if (d == NULL)
		return error_sys(err, errno, "%s", dir);
	while (code == OK && (e = readdir(d)) != NULL) {
		if (!span_ends_with(span_str(e->d_name), ".rules"))
			continue;
		if (r->nfiles == RULE_FILES_MAX) {
			code = error_set(err, ERR_CONFIG, "%s: over %d files",
				dir, RULE_FILES_MAX);
			break;
		}
		r->files[r->nfiles].path =
			arena_printf(r->arena, "%s/%s", dir, e->d_name);
		if (r->files[r->nfiles++].path == NULL)
			code = error_set(err, ERR_NOMEM, "rules");
	}
	(void)closedir(d);
	if (code == OK)
		qsort(r->files, r->nfiles, sizeof *r->files, by_name);
	return code;
}

/* The texts of the directory's files, and their words. */
static enum error_code
learn_directory(struct rules *r, const char *config_dir, struct hash *version,
	struct error *err)
{
	char *dir = arena_printf(r->arena, "%s/rules", config_dir);
	enum error_code code;

	r->files = arena_array(r->arena, RULE_FILES_MAX, sizeof *r->files);
	r->memo = memo_new();
	if (dir == NULL || r->files == NULL || r->memo == NULL) {
		memo_free(r->memo);
		r->memo = NULL;
		return error_set(err, ERR_NOMEM, "rules");
	}
	code = list_files(r, dir, err);
	for (size_t i = 0; code == OK && i < r->nfiles; i++)
		code = learn_file(r, &r->files[i], version, err);
	memo_free(r->memo);
	r->memo = NULL;
	return code;
}

static bool
is_of(const struct rule_file *f, const char *language)
{
	char own[3];

	return language == NULL || !rules_file_language(f->path, own) ||
	       strcmp(own, language) == 0;
}

/* The rules of the files that read a language, or of all, into r. */
static enum error_code
read_files(struct rules *r, const struct rules *words, const char *language,
	struct error *err)
{
	const struct rule_file *f = words->files;
	enum error_code code = OK;

	r->memo = memo_new();
	if (r->memo == NULL)
		return error_set(err, ERR_NOMEM, "rules");
	r->nlearnt = 0;
	for (size_t i = 0; i < words->nfiles; i++)
		r->nlearnt += is_of(&f[i], language) ? f[i].nrules : 0;
	for (size_t i = 0; code == OK && i < words->nfiles; i++)
		if (is_of(&f[i], language))
			code = rules_read_learnt(
				r, buffer_span(&f[i].text), f[i].path, err);
	memo_free(r->memo);
	r->memo = NULL;
	if (code == OK && rule_index_make(r) != OK)
		code = error_set(err, ERR_NOMEM, "rules");
	return code;
}

/* All but words. */
static struct rules *
new_rules(void)
{
	struct rules *r = calloc(1, sizeof *r);

	if (r == NULL)
		return NULL;
	r->arena = arena_new(RULES_ARENA_MAX);
	r->sieve = sieve_new();
	r->raws = raws_new();
	r->choices = r->arena != NULL ? arena_array(r->arena, PATTERN_CHOICES,
						sizeof(*r->choices))
				      : NULL;
	if (r->choices == NULL || r->sieve == NULL || r->raws == NULL) {
		rules_free(r);
		return NULL;
	}
	return r;
}

struct rules *
rules_new(void)
{
	struct rules *r = new_rules();

	if (r == NULL)
		return NULL;
	r->vocabulary = vocabulary_new();
	if (r->vocabulary == NULL || pattern_learn(r->vocabulary) != OK) {
		rules_free(r);
		return NULL;
	}
	return r;
}

enum error_code
rules_load_words(struct rules *r, const char *config_dir, struct hash *version,
	struct error *err)
{
	const struct {
		const char *name;
		struct word_table *table;
	} tables[] = {
		{ "anaphors", &r->anaphors },
		{ "polarity", &r->polarity },
		{ "clauses", &r->clauses },
		{ "demonyms", &r->demonyms },
		{ "extents", &r->extents },
		{ "lists", &r->lists },
	};
	enum error_code code = OK;

	for (size_t i = 0; code == OK && i < sizeof tables / sizeof *tables;
		i++)
		code = words_load(tables[i].table, config_dir, tables[i].name,
			r->arena, version, err);
	/* What stands for a name is none itself. */
	for (size_t i = 0; code == OK && i < r->anaphors.n; i++)
		code = vocabulary_learn(
			r->vocabulary, span_str(r->anaphors.rows[i].words));
	if (code == OK && polarity_endings(r) != OK)
		code = error_set(err, ERR_LIMIT, "too many rows \"ending\"");
	if (code == OK && context_grammar(r) != OK)
		code = error_set(err, ERR_LIMIT, "too many rows \"copula\"");
	return code;
}

enum error_code
rules_open_words(const char *config_dir, struct hash *version,
	struct rules **out, struct error *err)
{
	struct rules *r = rules_new();
	enum error_code code;

	*out = NULL;
	if (r == NULL)
		return error_set(err, ERR_NOMEM, "rules");
	code = rules_load_words(r, config_dir, version, err);
	if (code == OK)
		code = learn_directory(r, config_dir, version, err);
	if (code != OK) {
		rules_free(r);
		return code;
	}
	*out = r;
	return OK;
}

enum error_code
rules_read_all(struct rules *r, struct error *err)
{
	enum error_code code = read_files(r, r, NULL, err);

	/* Nobody asks for a language's any more. */
	for (size_t i = 0; i < r->nfiles; i++)
		buffer_release(&r->files[i].text);
	return code;
}

enum error_code
rules_open_language(const struct rules *words, const char *language,
	struct rules **out, struct error *err)
{
	struct rules *r = new_rules();
	enum error_code code;

	*out = NULL;
	if (r == NULL)
		return error_set(err, ERR_NOMEM, "rules");
	r->words = words;
	r->vocabulary = words->vocabulary;
	r->anaphors = words->anaphors;
	r->polarity = words->polarity;
	r->clauses = words->clauses;
	r->demonyms = words->demonyms;
	r->lists = words->lists;
	r->extents = words->extents;
	memcpy(r->grammar, words->grammar, sizeof r->grammar);
	r->ngrammar = words->ngrammar;
	memcpy(r->endings, words->endings, sizeof r->endings);
	r->nendings = words->nendings;
	code = read_files(r, words, language, err);
	if (code != OK) {
		rules_free(r);
		return code;
	}
	*out = r;
	return OK;
}

const char *
rules_path(const struct rules *words, size_t i)
{
	return words->files[i].path;
}

bool
rules_have_language(const struct rules *words, const char *language)
{
	char own[3];

	for (size_t i = 0; i < words->nfiles; i++)
		if (rules_file_language(words->files[i].path, own) &&
			strcmp(own, language) == 0)
			return true;
	return false;
}

void
rules_free(struct rules *r)
{
	if (r == NULL)
		return;
	if (r->words == NULL)
		vocabulary_free(r->vocabulary);
	sieve_free(r->sieve);
	raws_free(r->raws);
	for (size_t i = 0; i < r->nfiles; i++)
		buffer_release(&r->files[i].text);
	arena_free(r->arena);
	free(r);
}
