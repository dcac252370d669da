#include "rules.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#include "memo.h"

#define RULES_ARENA_MAX ((size_t)64 << 20)
#define RULE_FILE_MAX	((size_t)4 << 20)
#define RULE_FILES_MAX	256

/* A file of rules, at hand while all are read. */
struct rule_file {
	const char *path;
	struct buffer text;
};

static enum error_code
learn_file(struct rules *rules, struct rule_file *f, struct hash *version,
	struct error *err)
{
	enum error_code code;

	buffer_init(&f->text, RULE_FILE_MAX);
	code = read_file(f->path, RULE_FILE_MAX, &f->text, err);
	if (code != OK)
		return code;
	hash_field(version, buffer_span(&f->text));
	return rules_learn(rules, buffer_span(&f->text)) == OK
		       ? OK
		       : error_set(err, ERR_NOMEM, "rules");
}

static int
by_name(const void *a, const void *b)
{
	const struct rule_file *x = a, *y = b;

	return strcmp(x->path, y->path);
}

/* The paths of the directory's *.rules, sorted; *n: how many. */
static enum error_code
list_files(const char *dir, struct arena *a,
	struct rule_file files[RULE_FILES_MAX], size_t *n, struct error *err)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	enum error_code code = OK;

	if (d == NULL)
		return error_sys(err, errno, "%s", dir);
	while (code == OK && (e = readdir(d)) != NULL) {
		if (!span_ends_with(span_str(e->d_name), ".rules"))
			continue;
		if (*n == RULE_FILES_MAX) {
			code = error_set(err, ERR_CONFIG, "%s: over %d files",
				dir, RULE_FILES_MAX);
			break;
		}
		files[*n].path = arena_printf(a, "%s/%s", dir, e->d_name);
		if (files[(*n)++].path == NULL)
			code = error_set(err, ERR_NOMEM, "rules");
	}
	(void)closedir(d);
	if (code == OK)
		qsort(files, *n, sizeof *files, by_name);
	return code;
}

static enum error_code
read_directory(struct rules *rules, const char *config_dir,
	struct hash *version, struct error *err)
{
	char *dir = arena_printf(rules->arena, "%s/rules", config_dir);
	struct rule_file files[RULE_FILES_MAX] = { 0 };
	size_t n = 0;
	enum error_code code =
		dir != NULL ? list_files(dir, rules->arena, files, &n, err)
			    : error_set(err, ERR_NOMEM, "rules");

	if (code != OK)
		return code;
	rules->memo = memo_new();
	if (rules->memo == NULL)
		code = error_set(err, ERR_NOMEM, "rules");
	for (size_t i = 0; code == OK && i < n; i++)
		code = learn_file(rules, &files[i], version, err);
	if (code == OK)
		memo_reset(rules->memo);
	for (size_t i = 0; code == OK && i < n; i++)
		code = rules_read_learnt(
			rules, buffer_span(&files[i].text), files[i].path, err);
	memo_free(rules->memo);
	rules->memo = NULL;
	for (size_t i = 0; i < n; i++)
		buffer_release(&files[i].text);
	return code;
}

struct rules *
rules_new(void)
{
	struct rules *r = calloc(1, sizeof *r);

	if (r == NULL)
		return NULL;
	r->arena = arena_new(RULES_ARENA_MAX);
	r->vocabulary = vocabulary_new();
	r->sieve = sieve_new();
	r->raws = raws_new();
	r->choices = r->arena != NULL ? arena_array(r->arena, PATTERN_CHOICES,
						sizeof(*r->choices))
				      : NULL;
	if (r->choices == NULL || r->vocabulary == NULL || r->sieve == NULL ||
		r->raws == NULL || pattern_learn(r->vocabulary) != OK) {
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
rules_open(const char *config_dir, struct hash *version, struct rules **out,
	struct error *err)
{
	struct rules *r = rules_new();
	enum error_code code;

	*out = NULL;
	if (r == NULL)
		return error_set(err, ERR_NOMEM, "rules");
	code = rules_load_words(r, config_dir, version, err);
	if (code == OK)
		code = read_directory(r, config_dir, version, err);
	if (code == OK && rule_index_make(r) != OK)
		code = error_set(err, ERR_NOMEM, "rules");
	if (code != OK) {
		rules_free(r);
		return code;
	}
	*out = r;
	return OK;
}

void
rules_free(struct rules *r)
{
	if (r == NULL)
		return;
	vocabulary_free(r->vocabulary);
	sieve_free(r->sieve);
	raws_free(r->raws);
	arena_free(r->arena);
	free(r);
}
