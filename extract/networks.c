#include "networks.h"

#include <string.h>

#include "memo.h"

struct reader {
	struct networks *nw;
	struct lexicon *lx;
	struct arena *tree; /* of the YAML nodes */
	struct buffer scratch;
	uint32_t ids[NETWORKS_MAX]; /* hashes of the networks' ids */
	struct error *err;
};

static const char *const top_keys[] = { "networks", NULL };
static const char *const network_keys[] = { "id", "name", "aliases", "acronyms",
	"ambiguous", "titles", "units", "scope", "homepage", "wikidata", NULL };

/* Words of a name that make no difference: articles, "of". */
static bool
skipped(const struct lexicon *lx, uint32_t word)
{
	return (lx->words[word].kinds & (K_LINK | K_ARTICLE)) != 0;
}

static enum error_code
add_word(struct reader *r, const struct yaml_node *node, struct span word,
	uint32_t *words, size_t *n)
{
	char key[NAMES_WORD_MAX];
	size_t len = lexicon_fold(word, key, &r->scratch);
	uint32_t at;

	if (len == 0 || *n == NAMES_PHRASE_MAX)
		return yaml_error(
			node, r->err, "\"%s\" is too long", node->scalar);
	if (skipped(r->lx, lexicon_find(r->lx, key, len)) ||
		(len == 1 && key[0] == 's'))
		return OK;
	len = lexicon_stem(key, len);
	at = lexicon_intern(r->lx, key, len, r->err);
	if (at == 0)
		return r->err->code;
	r->lx->words[at].in_network = true;
	words[(*n)++] = at;
	return OK;
}

/* The stems of a name, as the matcher sees them. */
static enum error_code
name_words(struct reader *r, const struct yaml_node *node, struct span text,
	uint32_t *words, size_t *n)
{
	size_t at = 0, start = 0, len;
	bool inside = false;
	uint32_t cp = 0;
	enum error_code code = OK;

	*n = 0;
	do {
		len = utf8_decode(text, at, &cp);
		if (len > 0 && (utf8_is_letter(cp) || utf8_is_digit(cp))) {
			if (!inside)
				start = at;
			inside = true;
		} else {
			if (inside)
				code = add_word(r, node,
					span_sub(text, start, at), words, n);
			inside = false;
			if (code == OK && cp == '&' && len > 0)
				code = add_word(
					r, node, span_str("and"), words, n);
		}
		at += len;
	} while (len > 0 && code == OK);
	return code;
}

/* text: the node's, or one way to read it; then the same network may have it
 * already. */
static enum error_code
add_way(struct reader *r, const struct yaml_node *node, struct span text,
	enum network_form form, bool one_of_many)
{
	struct networks *nw = r->nw;
	uint32_t words[NAMES_PHRASE_MAX], at;
	const struct network_name *old;
	struct network_name *names;
	enum error_code code;
	size_t n;

	code = name_words(r, node, text, words, &n);
	if (code != OK)
		return code;
	if (n == 0)
		return yaml_error(
			node, r->err, "\"%s\" has no word", node->scalar);
	if (nw->nnames > NETWORKS_NAMES_MAX)
		return error_set(r->err, ERR_LIMIT,
			"%s: more than %d names of networks", node->file,
			NETWORKS_NAMES_MAX);
	code = name_trie_put(&nw->trie, r->lx->arena, words, n, &at, r->err);
	if (code != OK)
		return code;
	if (nw->trie.nodes[at].kinds != 0) {
		old = &nw->names[nw->trie.nodes[at].value];
		if (one_of_many && old->network == nw->n && old->form == form)
			return OK;
		return yaml_error(node, r->err,
			"\"%s\" stands for %s already: line %d, column %d",
			node->scalar, nw->list[old->network].id, old->line,
			old->column);
	}
	names = arena_grow(r->lx->arena, nw->names, nw->nnames, &nw->names_cap,
		sizeof *names);
	if (names == NULL)
		return error_set(r->err, ERR_NOMEM, "networks");
	nw->names = names;
	names[nw->nnames] = (struct network_name){ (uint32_t)nw->n, form,
		arena_strndup(r->lx->arena, text.ptr, text.len), node->line,
		node->column };
	if (names[nw->nnames].surface == NULL)
		return error_set(r->err, ERR_NOMEM, "networks");
	nw->trie.nodes[at].kinds = 1;
	nw->trie.nodes[at].value = (int32_t)nw->nnames++;
	return OK;
}

/* A name in the making: what was read, and what is still to read. */
struct way {
	char text[NETWORKS_ALIAS_BYTES];
	size_t len;
	const char *rest;
};

static bool
way_add(struct way *w, const char *from, size_t len)
{
	if (len > sizeof w->text - w->len)
		return false;
	memcpy(w->text + w->len, from, len);
	w->len += len;
	return true;
}

/* Every way to read w's rest, depth first. */
static enum error_code
add_ways(struct reader *r, const struct yaml_node *node, const struct way *w,
	enum network_form form, size_t *ways)
{
	const char *open = strchr(w->rest, '('), *close, *part;
	struct way next = *w;
	size_t before;
	enum error_code code = OK;

	if (open == NULL) {
		if (++*ways > NETWORKS_WAYS_MAX ||
			!way_add(&next, w->rest, strlen(w->rest)))
			return yaml_error(node, r->err,
				"makes over %d names, or one of over %d "
				"bytes: \"%s\"",
				NETWORKS_WAYS_MAX, NETWORKS_ALIAS_BYTES,
				node->scalar);
		return add_way(
			r, node, span_of(next.text, next.len), form, true);
	}
	close = strchr(open, ')');
	if (close == NULL || memchr(open + 1, '(', (size_t)(close - open - 1)))
		return yaml_error(node, r->err,
			"\"%s\": \"(\" without \")\", or in another",
			node->scalar);
	if (!way_add(&next, w->rest, (size_t)(open - w->rest)))
		return yaml_error(
			node, r->err, "\"%s\" is too long", node->scalar);
	before = next.len;
	next.rest = close + 1;
	for (part = open; code == OK && part < close;) {
		size_t len = strcspn(++part, "|)");

		next.len = before;
		if (!way_add(&next, part, len))
			return yaml_error(node, r->err, "\"%s\" is too long",
				node->scalar);
		code = add_ways(r, node, &next, form, ways);
		part += len;
	}
	return code;
}

static enum error_code
add_name(struct reader *r, const struct yaml_node *node, enum network_form form)
{
	struct way w = { .rest = node->scalar };
	size_t ways = 0;

	if (node->type != YAML_SCALAR || node->scalar[0] == '\0')
		return yaml_error(node, r->err, "not a name, wanted text");
	return strchr(node->scalar, '(') != NULL
		       ? add_ways(r, node, &w, form, &ways)
		       : add_way(r, node, span_str(node->scalar), form, false);
}

static enum error_code
add_list(struct reader *r, const struct yaml_node *node, enum network_form form)
{
	if (node == NULL)
		return OK;
	if (node->type != YAML_LIST)
		return yaml_error(node, r->err, "not a list of names");
	if (node->n > NETWORKS_ALIASES_MAX)
		return yaml_error(node, r->err, "%zu names, wanted at most %d",
			node->n, NETWORKS_ALIASES_MAX);
	for (size_t i = 0; i < node->n; i++) {
		enum error_code code = add_name(r, node->items[i], form);

		if (code != OK)
			return code;
	}
	return OK;
}

static enum error_code
add_languages(
	struct reader *r, const struct yaml_node *node, enum network_form form)
{
	if (node == NULL)
		return OK;
	if (node->type != YAML_MAP)
		return yaml_error(node, r->err,
			"not a map, wanted \"language: [names]\"");
	for (size_t i = 0; i < node->n; i++) {
		enum error_code code;

		if (strlen(node->keys[i]) != 2)
			return yaml_error(node->key_nodes[i], r->err,
				"language \"%s\", wanted two letters",
				node->keys[i]);
		code = add_list(r, node->items[i], form);
		if (code != OK)
			return code;
	}
	return OK;
}

static enum error_code
check_id(struct reader *r, const struct yaml_node *node, const char *id)
{
	uint32_t hash = MEMO_HASH_START;

	if (id == NULL || id[0] == '\0' ||
		id[strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0')
		return yaml_error(node, r->err,
			"id \"%s\", wanted a-z, 0-9 and -",
			id != NULL ? id : "");
	for (const char *c = id; *c != '\0'; c++)
		hash = memo_hash_add(hash, *c);
	for (size_t i = 0; i < r->nw->n; i++)
		if (r->ids[i] == hash && !strcmp(r->nw->list[i].id, id))
			return yaml_error(node, r->err, "id \"%s\" twice", id);
	r->ids[r->nw->n] = hash;
	return OK;
}

/* The texts of a network; homepage and wikidata are for people. */
static enum error_code
read_texts(struct reader *r, const struct yaml_node *node,
	struct network_info *out)
{
	static const char *const keys[] = { "id", "name", "units", "scope",
		"homepage", "wikidata" };
	const char *texts[6] = { NULL };
	enum error_code code;

	for (int i = 0; i < 6; i++) {
		code = yaml_get_str(node, keys[i], &texts[i], r->err);
		if (code != OK)
			return code;
	}
	code = check_id(r, node, texts[0]);
	if (code != OK)
		return code;
	if (texts[1] == NULL || texts[2] == NULL || texts[3] == NULL)
		return yaml_error(node, r->err,
			"network \"%s\" wants name, units and scope", texts[0]);
	if (texts[5] != NULL &&
		(texts[5][0] != 'Q' ||
			texts[5][1 + strspn(texts[5] + 1, "0123456789")] !=
				'\0'))
		return yaml_error(yaml_get(node, "wikidata"), r->err,
			"wikidata \"%s\", wanted Q and digits", texts[5]);
	out->id = arena_strdup(r->lx->arena, texts[0]);
	out->name = arena_strdup(r->lx->arena, texts[1]);
	out->units = arena_strdup(r->lx->arena, texts[2]);
	out->scope = arena_strdup(r->lx->arena, texts[3]);
	if (out->id == NULL || out->name == NULL || out->units == NULL ||
		out->scope == NULL)
		return error_set(r->err, ERR_NOMEM, "networks");
	return OK;
}

static enum error_code
add_network(struct reader *r, const struct yaml_node *node)
{
	struct networks *nw = r->nw;
	struct network_info *list;
	enum error_code code;

	if (node->type != YAML_MAP)
		return yaml_error(node, r->err, "not a map, wanted a network");
	code = yaml_check_keys(node, network_keys, r->err);
	if (code != OK)
		return code;
	if (nw->n == NETWORKS_MAX)
		return error_set(r->err, ERR_LIMIT, "%s: more than %d networks",
			node->file, NETWORKS_MAX);
	list = arena_grow(
		r->lx->arena, nw->list, nw->n, &nw->cap, sizeof *list);
	if (list == NULL)
		return error_set(r->err, ERR_NOMEM, "networks");
	nw->list = list;
	code = read_texts(r, node, &list[nw->n]);
	if (code == OK)
		code = add_name(r, yaml_get(node, "name"), NETWORK_NAME);
	if (code == OK)
		code = add_languages(
			r, yaml_get(node, "aliases"), NETWORK_NAME);
	if (code == OK)
		code = add_list(r, yaml_get(node, "acronyms"), NETWORK_ACRONYM);
	if (code == OK)
		code = add_list(
			r, yaml_get(node, "ambiguous"), NETWORK_AMBIGUOUS);
	if (code == OK)
		code = add_languages(
			r, yaml_get(node, "titles"), NETWORK_TITLE);
	nw->n++;
	return code;
}

enum error_code
networks_read(struct networks *nw, struct lexicon *lx, struct span text,
	const char *path, struct error *err)
{
	struct reader r = { .nw = nw, .lx = lx, .err = err };
	const struct yaml_node *list;
	struct yaml_node *top = NULL;
	enum error_code code;

	*nw = (struct networks){ 0 };
	nw->names = arena_grow(
		lx->arena, NULL, 0, &nw->names_cap, sizeof *nw->names);
	if (nw->names == NULL)
		return error_set(err, ERR_NOMEM, "networks");
	nw->names[0] = (struct network_name){ 0 };
	nw->nnames = 1;
	buffer_init(&r.scratch, 1024);
	r.tree = arena_new((size_t)64 << 20);
	if (r.tree == NULL) {
		code = error_set(err, ERR_NOMEM, "networks");
		goto out;
	}
	code = yaml_parse(text, path, r.tree, &top, err);
	if (code != OK)
		goto out;
	if (top->type != YAML_MAP) {
		code = yaml_error(top, err, "not a map, wanted \"networks:\"");
		goto out;
	}
	code = yaml_check_keys(top, top_keys, err);
	if (code != OK)
		goto out;
	list = yaml_get(top, "networks");
	if (list == NULL || list->type != YAML_LIST) {
		code = yaml_error(list != NULL ? list : top, err,
			"\"networks\" is not a list");
		goto out;
	}
	for (size_t i = 0; code == OK && i < list->n; i++)
		code = add_network(&r, list->items[i]);
	for (size_t i = 1; i < lx->nwords; i++)
		lx->words[i].network =
			name_trie_next(&nw->trie, 0, (uint32_t)i);
out:
	arena_free(r.tree);
	buffer_release(&r.scratch);
	return code;
}

enum error_code
networks_load(struct networks *nw, struct lexicon *lx, const char *path,
	struct hash *version, struct error *err)
{
	struct buffer b;
	enum error_code code;

	buffer_init(&b, YAML_FILE_MAX);
	code = read_file(path, YAML_FILE_MAX, &b, err);
	if (code == OK && version != NULL) {
		hash_field(version, span_str("networks.yaml"));
		hash_field(version, buffer_span(&b));
	}
	if (code == OK)
		code = networks_read(nw, lx, buffer_span(&b), path, err);
	buffer_release(&b);
	return code;
}
