#include "names_lexicon.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define WORD_TABLE (2u * NAMES_WORDS_MAX)
#define EDGE_TABLE (2u * NAMES_EDGES_MAX)

/* The kinds a file may hold: the table is the index. */
static const struct {
	const char *file, *name;
	uint32_t kind;
	bool suffix;
} kinds[] = {
	{ "roles.tsv", "role", K_ROLE, false },
	{ "roles.tsv", "topic", K_ROLE_TOPIC, false },
	{ "roles.tsv", "weak", K_ROLE_TOPIC | K_ROLE_WEAK, false },
	{ "roles.tsv", "modifier", K_ROLE_MODIFIER, false },
	{ "roles.tsv", "suffix", K_ROLE_TOPIC, true },
	{ "honorifics.tsv", "honorific", K_HONORIFIC, false },
	{ "organisations.tsv", "head", K_ORG_HEAD, false },
	{ "organisations.tsv", "topic", K_ORG_HEAD | K_ORG_TOPIC, false },
	{ "organisations.tsv", "campus", K_ORG_HEAD | K_ORG_CAMPUS, false },
	{ "organisations.tsv", "first", K_ORG_HEAD | K_ORG_FIRST, false },
	{ "organisations.tsv", "first-topic",
		K_ORG_HEAD | K_ORG_FIRST | K_ORG_TOPIC, false },
	{ "organisations.tsv", "noun", K_ORG_NOUN, false },
	{ "organisations.tsv", "noun-topic", K_ORG_NOUN | K_ORG_TOPIC, false },
	{ "organisations.tsv", "campus-first",
		K_ORG_HEAD | K_ORG_FIRST | K_ORG_CAMPUS, false },
	{ "organisations.tsv", "municipal", K_MUNICIPAL, false },
	{ "organisations.tsv", "municipal-first", K_MUNICIPAL | K_ORG_FIRST,
		false },
	{ "organisations.tsv", "municipal-noun", K_ORG_NOUN | K_ORG_PROGRAMME,
		false },
	{ "organisations.tsv", "of-towns", K_OF_TOWNS, false },
	{ "organisations.tsv", "legal", K_ORG_LEGAL, false },
	{ "organisations.tsv", "suffix", K_ORG_HEAD | K_ORG_NOUN, true },
	{ "organisations.tsv", "network-suffix", K_NETWORK, true },
	{ "organisations.tsv", "members-suffix", K_MEMBERS, true },
	{ "organisations.tsv", "unit", K_ORG_UNIT, false },
	{ "organisations.tsv", "programme", K_ORG_PROGRAMME, false },
	{ "organisations.tsv", "name", K_ORG_NAME, false },
	{ "organisations.tsv", "institution", K_INSTITUTION, false },
	{ "organisations.tsv", "adjective", K_ADJECTIVE, false },
	{ "organisations.tsv", "possessive", K_POSSESSIVE, false },
	{ "organisations.tsv", "network", K_NETWORK, false },
	{ "organisations.tsv", "network-first", K_NETWORK | K_ORG_FIRST,
		false },
	{ "organisations.tsv", "league", K_LEAGUE, false },
	{ "organisations.tsv", "members", K_MEMBERS, false },
	{ "organisations.tsv", "heads", K_HEADS, false },
	{ "organisations.tsv", "label", K_LABEL, false },
	{ "organisations.tsv", "join", K_JOIN, false },
	{ "organisations.tsv", "accede", K_ACCEDE, false },
	{ "organisations.tsv", "enter", K_ENTER, false },
	{ "organisations.tsv", "designate", K_DESIGNATE, false },
	{ "organisations.tsv", "holder", K_HOLDER, false },
	{ "organisations.tsv", "contest", K_CONTEST, false },
	{ "organisations.tsv", "invite", K_INVITE, false },
	{ "organisations.tsv", "grouping", K_GROUPING, false },
	{ "events.tsv", "event", K_EVENT, false },
	{ "events.tsv", "weak", K_EVENT_WEAK, false },
	{ "events.tsv", "award", K_AWARD, false },
	{ "events.tsv", "ordinal", K_ORDINAL, false },
	{ "events.tsv", "adjective", K_ADJECTIVE, false },
	{ "words.tsv", "link", K_LINK, false },
	{ "words.tsv", "article", K_ARTICLE, false },
	{ "words.tsv", "and", K_AND, false },
	{ "words.tsv", "stop", K_STOP, false },
	{ "words.tsv", "particle", K_PARTICLE, false },
	{ "words.tsv", "say", K_SAY, false },
	{ "words.tsv", "place", K_PLACE, false },
	{ "words.tsv", "place-word", K_PLACE_WORD, false },
	{ "words.tsv", "in", K_IN, false },
	{ "words.tsv", "with", K_WITH, false },
	{ "words.tsv", "from", K_FROM, false },
	{ "words.tsv", "byline", K_BYLINE, false },
	{ "given.tsv", "given", K_GIVEN, false },
};

static const char *const files[] = { "roles.tsv", "honorifics.tsv",
	"organisations.tsv", "events.tsv", "words.tsv", "given.tsv" };

static uint32_t
hash_word(const char *key, size_t len)
{
	uint32_t h = NAMES_HASH_START;

	for (size_t i = 0; i < len; i++)
		h = names_hash_add(h, (unsigned char)key[i]);
	return h;
}

/* Where a word's slot and its bit are. */
static uint32_t
mix(uint32_t hash)
{
	return hash ^ hash >> 15;
}

static uint32_t
hash_edge(uint32_t from, uint32_t word)
{
	uint64_t h = ((uint64_t)from << 32 | word) * 0x9E3779B97F4A7C15u;

	return (uint32_t)(h >> 32);
}

enum error_code
lexicon_init(struct lexicon *lx, struct arena *a, struct error *err)
{
	*lx = (struct lexicon){ .arena = a };
	lx->table = arena_array(a, WORD_TABLE, sizeof *lx->table);
	lx->words = arena_grow(a, NULL, 0, &lx->words_cap, sizeof *lx->words);
	lx->names = arena_grow(a, NULL, 0, &lx->names_cap, sizeof *lx->names);
	if (lx->table == NULL || lx->words == NULL || lx->names == NULL)
		return error_set(err, ERR_NOMEM, "name lexicon");
	lx->words[0] = (struct name_word){ .key = "" };
	lx->nwords = 1;
	lx->names[0] = NULL;
	lx->nnames = 1;
	return OK;
}

size_t
lexicon_fold(struct span word, char out[NAMES_WORD_MAX], struct buffer *scratch)
{
	size_t i;

	for (i = 0; i < word.len && i < NAMES_WORD_MAX; i++) {
		unsigned char c = (unsigned char)word.ptr[i];

		if (c >= 0x80)
			break;
		if (c >= 'A' && c <= 'Z')
			c |= 0x20;
		out[i] = (char)c;
	}
	if (i == word.len)
		return i;
	if (i == NAMES_WORD_MAX || word.len > (size_t)2 * NAMES_WORD_MAX)
		return 0;
	buffer_reset(scratch);
	if (utf8_fold_name(word, scratch) != OK ||
		scratch->len > NAMES_WORD_MAX)
		return 0;
	if (scratch->len > 0)
		memcpy(out, scratch->ptr, scratch->len);
	return scratch->len;
}

size_t
lexicon_stem(char *key, size_t len)
{
	if (len < 4 || key[len - 1] != 's' || key[len - 2] == 's')
		return len;
	/* "Bündnisses" of "Bündnis", whose own stem lacks its s */
	if (len > 8 && !memcmp(key + len - 5, "isses", 5))
		return len - 4;
	if (len > 4 && key[len - 2] == 'e' && key[len - 3] == 'i') {
		key[len - 3] = 'y';
		return len - 2;
	}
	return len - 1;
}

uint32_t
lexicon_find_hashed(
	const struct lexicon *lx, const char *key, size_t len, uint32_t hash)
{
	uint32_t at = mix(hash), bit = at % NAMES_WORD_FILTER;

	if (!(lx->filter[bit / 64] >> bit % 64 & 1))
		return 0;
	for (at %= WORD_TABLE; lx->table[at] != 0; at = (at + 1) % WORD_TABLE) {
		const struct name_word *w = &lx->words[lx->table[at]];

		if (w->hash == hash && w->len == len &&
			!memcmp(w->key, key, len))
			return lx->table[at];
	}
	return 0;
}

uint32_t
lexicon_find(const struct lexicon *lx, const char *key, size_t len)
{
	return lexicon_find_hashed(lx, key, len, hash_word(key, len));
}

uint32_t
lexicon_intern(
	struct lexicon *lx, const char *key, size_t len, struct error *err)
{
	uint32_t at = lexicon_find(lx, key, len), slot, bit;
	struct name_word *words;
	char *copy;

	if (at != 0)
		return at;
	if (lx->nwords >= NAMES_WORDS_MAX) {
		(void)error_set(
			err, ERR_LIMIT, "more than %d words", NAMES_WORDS_MAX);
		return 0;
	}
	words = arena_grow(lx->arena, lx->words, lx->nwords, &lx->words_cap,
		sizeof *words);
	copy = arena_strndup(lx->arena, key, len);
	if (words == NULL || copy == NULL) {
		(void)error_set(err, ERR_NOMEM, "name lexicon");
		return 0;
	}
	lx->words = words;
	at = (uint32_t)lx->nwords++;
	words[at] = (struct name_word){
		.key = copy, .len = (uint32_t)len, .hash = hash_word(key, len)
	};
	slot = mix(words[at].hash);
	bit = slot % NAMES_WORD_FILTER;
	lx->filter[bit / 64] |= (uint64_t)1 << bit % 64;
	for (slot %= WORD_TABLE; lx->table[slot] != 0;)
		slot = (slot + 1) % WORD_TABLE;
	lx->table[slot] = at;
	return at;
}

uint32_t
name_trie_next(const struct name_trie *t, uint32_t node, uint32_t word)
{
	if (t->table == NULL)
		return 0;
	for (uint32_t i = hash_edge(node, word) % EDGE_TABLE; t->table[i] != 0;
		i = (i + 1) % EDGE_TABLE) {
		const struct name_edge *e = &t->edges[t->table[i]];

		if (e->from == node && e->word == word)
			return e->to;
	}
	return 0;
}

static enum error_code
add_edge(struct name_trie *t, struct arena *a, uint32_t from, uint32_t word,
	uint32_t *to, struct error *err)
{
	struct name_node *nodes;
	struct name_edge *edges;
	uint32_t e, i;

	if (t->nedges >= NAMES_EDGES_MAX)
		return error_set(err, ERR_LIMIT, "more than %d words in names",
			NAMES_EDGES_MAX);
	nodes = arena_grow(
		a, t->nodes, t->nnodes, &t->nodes_cap, sizeof *nodes);
	if (nodes == NULL)
		return error_set(err, ERR_NOMEM, "name lexicon");
	t->nodes = nodes;
	edges = arena_grow(
		a, t->edges, t->nedges, &t->edges_cap, sizeof *edges);
	if (edges == NULL)
		return error_set(err, ERR_NOMEM, "name lexicon");
	t->edges = edges;
	*to = (uint32_t)t->nnodes++;
	nodes[*to] = (struct name_node){ 0 };
	e = (uint32_t)t->nedges++;
	edges[e] = (struct name_edge){ from, word, *to, nodes[from].first };
	nodes[from].first = e;
	for (i = hash_edge(from, word) % EDGE_TABLE; t->table[i] != 0;)
		i = (i + 1) % EDGE_TABLE;
	t->table[i] = e;
	return OK;
}

enum error_code
name_trie_put(struct name_trie *t, struct arena *a, const uint32_t *words,
	size_t n, uint32_t *node, struct error *err)
{
	uint32_t at = 0, to;

	if (t->table == NULL) {
		t->table = arena_array(a, EDGE_TABLE, sizeof *t->table);
		t->nodes =
			arena_grow(a, NULL, 0, &t->nodes_cap, sizeof *t->nodes);
		t->edges =
			arena_grow(a, NULL, 0, &t->edges_cap, sizeof *t->edges);
		if (t->table == NULL || t->nodes == NULL || t->edges == NULL)
			return error_set(err, ERR_NOMEM, "name lexicon");
		t->nodes[0] = (struct name_node){ 0 };
		t->nnodes = t->nedges = 1; /* edge 0 is no edge */
	}
	for (size_t i = 0; i < n; i++) {
		enum error_code code = OK;

		to = name_trie_next(t, at, words[i]);
		if (to == 0)
			code = add_edge(t, a, at, words[i], &to, err);
		if (code != OK)
			return code;
		at = to;
	}
	*node = at;
	return OK;
}

static enum error_code
add_name(struct lexicon *lx, struct span value, int32_t *at, struct error *err)
{
	const char **names = arena_grow(lx->arena, lx->names, lx->nnames,
		&lx->names_cap, sizeof *names);
	char *copy = arena_strndup(lx->arena, value.ptr, value.len);

	if (names == NULL || copy == NULL)
		return error_set(err, ERR_NOMEM, "name lexicon");
	lx->names = names;
	names[lx->nnames] = copy;
	*at = (int32_t)lx->nnames++;
	return OK;
}

/* The words of a phrase: letters and digits, parted by anything else. */
static enum error_code
phrase_words(struct lexicon *lx, struct span phrase, uint32_t *words, size_t *n,
	struct error *err)
{
	struct buffer scratch;
	char key[NAMES_WORD_MAX];
	size_t at = 0, len, start = 0;
	uint32_t cp = 0;
	enum error_code code = OK;
	bool inside = false;

	buffer_init(&scratch, 1024);
	*n = 0;
	for (;;) {
		len = utf8_decode(phrase, at, &cp);
		if (len > 0 && (utf8_is_letter(cp) || utf8_is_digit(cp))) {
			if (!inside)
				start = at;
			inside = true;
			at += len;
			continue;
		}
		if (inside) {
			struct span word = span_sub(phrase, start, at);
			size_t keylen = lexicon_fold(word, key, &scratch);

			if (keylen == 0 || *n == NAMES_PHRASE_MAX) {
				code = error_set(
					err, ERR_CONFIG, "phrase is too long");
				break;
			}
			words[*n] = lexicon_intern(lx, key, keylen, err);
			if (words[(*n)++] == 0) {
				code = err->code;
				break;
			}
		}
		inside = false;
		if (len == 0)
			break;
		at += len;
	}
	buffer_release(&scratch);
	return code;
}

enum error_code
lexicon_add(struct lexicon *lx, struct span phrase, uint32_t kind,
	int32_t value, struct error *err)
{
	uint32_t words[NAMES_PHRASE_MAX], node;
	struct name_word *w;
	enum error_code code;
	size_t n;

	code = phrase_words(lx, phrase, words, &n, err);
	if (code != OK)
		return code;
	if (n == 0)
		return error_set(err, ERR_CONFIG, "phrase without a word");
	w = &lx->words[words[0]];
	if (n == 1) {
		w->kinds |= kind;
		w->given = w->given || kind == K_GIVEN;
		if (value != 0)
			w->value = value;
		return OK;
	}
	code = name_trie_put(&lx->phrases, lx->arena, words, n, &node, err);
	if (code != OK)
		return code;
	lx->phrases.nodes[node].kinds |= kind;
	if (value != 0)
		lx->phrases.nodes[node].value = value;
	w->node = name_trie_next(&lx->phrases, 0, words[0]);
	return OK;
}

enum error_code
lexicon_add_place(struct lexicon *lx, struct span name, struct error *err)
{
	uint32_t words[NAMES_PHRASE_MAX];
	enum error_code code;
	size_t n;

	code = phrase_words(lx, name, words, &n, err);
	if (code == OK && n == 1)
		lx->words[words[0]].place = true;
	return code;
}

static enum error_code
add_suffix(struct lexicon *lx, struct span phrase, uint32_t kind,
	struct error *err)
{
	struct name_suffix *suffix = &lx->suffixes[lx->nsuffixes];
	char key[NAMES_WORD_MAX];
	struct buffer scratch;
	size_t len;

	buffer_init(&scratch, 1024);
	len = lexicon_fold(phrase, key, &scratch);
	buffer_release(&scratch);
	if (len < 3 || lx->nsuffixes == NAMES_SUFFIXES_MAX)
		return error_set(err, ERR_CONFIG,
			"suffix is too short, or over %d of them",
			NAMES_SUFFIXES_MAX);
	*suffix = (struct name_suffix){ arena_strndup(lx->arena, key, len), len,
		kind };
	if (suffix->text == NULL)
		return error_set(err, ERR_NOMEM, "name lexicon");
	lx->nsuffixes++;
	return OK;
}

/* The third column: a number for ordinals, the full name for names. */
static enum error_code
read_value(struct lexicon *lx, uint32_t kind, struct span field, int32_t *value,
	struct error *err)
{
	long long n;

	*value = 0;
	if (kind == K_ORDINAL) {
		if (!span_int(field, 1, 999, &n))
			return error_set(err, ERR_CONFIG,
				"ordinal \"%.*s\" is no number of 1 to 999",
				(int)field.len, field.ptr);
		*value = (int32_t)n;
		return OK;
	}
	if (field.len == 0)
		return OK;
	if (kind != K_ORG_NAME)
		return error_set(err, ERR_CONFIG,
			"third column \"%.*s\", wanted only for ordinal and "
			"name",
			(int)field.len, field.ptr);
	return add_name(lx, field, value, err);
}

static enum error_code
read_row(struct lexicon *lx, struct span line, const char *file,
	struct error *err)
{
	struct span rest = line, name, phrases = { 0 }, value = { 0 }, phrase;
	size_t k = 0, nkinds = sizeof kinds / sizeof *kinds;
	int32_t n;

	(void)span_split(&rest, '\t', &name); /* line is not empty */
	if (!span_split(&rest, '\t', &phrases) || phrases.len == 0)
		return error_set(
			err, ERR_CONFIG, "one column, wanted KIND<TAB>PHRASE");
	if (span_split(&rest, '\t', &value) && rest.ptr != NULL)
		return error_set(err, ERR_CONFIG, "more than three columns");
	while (k < nkinds && (strcmp(kinds[k].file, file) != 0 ||
				     !span_eq_str(name, kinds[k].name)))
		k++;
	if (k == nkinds)
		return error_set(err, ERR_CONFIG,
			"kind \"%.*s\" is not known in %s", (int)name.len,
			name.ptr, file);
	if (read_value(lx, kinds[k].kind, span_trim(value), &n, err) != OK)
		return err->code;
	while (span_split(&phrases, '|', &phrase)) {
		enum error_code code =
			kinds[k].suffix ? add_suffix(lx, span_trim(phrase),
						  kinds[k].kind, err)
					: lexicon_add(lx, span_trim(phrase),
						  kinds[k].kind, n, err);

		if (code != OK)
			return code;
	}
	return OK;
}

enum error_code
lexicon_read(struct lexicon *lx, struct span text, const char *path,
	struct error *err)
{
	const char *file = strrchr(path, '/');
	struct span rest = text, line;
	unsigned number = 0;

	file = file != NULL ? file + 1 : path;
	if (utf8_valid_prefix(text) != text.len)
		return error_set(err, ERR_CONFIG, "%s: not UTF-8", path);
	while (span_split(&rest, '\n', &line)) {
		number++;
		if (span_trim(line).len == 0 || line.ptr[0] == '#')
			continue;
		if (read_row(lx, line, file, err) != OK)
			return error_wrap(err, "%s:%u", path, number);
	}
	return OK;
}

static enum error_code
load_file(struct lexicon *lx, const char *dir, const char *lang,
	const char *file, struct hash *version, struct error *err)
{
	struct buffer b;
	struct stat st;
	enum error_code code;
	char *path = arena_printf(lx->arena, "%s/%s/%s", dir, lang, file);

	if (path == NULL)
		return error_set(err, ERR_NOMEM, "name lexicon");
	if (stat(path, &st) != 0 && errno == ENOENT)
		return OK;
	buffer_init(&b, NAMES_FILE_MAX);
	code = read_file(path, NAMES_FILE_MAX, &b, err);
	if (code == OK && version != NULL) {
		hash_field(version, span_str(lang));
		hash_field(version, span_str(file));
		hash_field(version, buffer_span(&b));
	}
	if (code == OK)
		code = lexicon_read(lx, buffer_span(&b), path, err);
	buffer_release(&b);
	return code;
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The folders of dir in byte order. */
static enum error_code
list_languages(struct arena *a, const char *dir, char **list, size_t *n,
	struct error *err)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	enum error_code code = OK;

	*n = 0;
	if (d == NULL)
		return error_sys(err, errno, "%s", dir);
	while (code == OK && (e = readdir(d)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		if (*n == NAMES_LANGUAGES_MAX)
			code = error_set(err, ERR_LIMIT,
				"%s: more than %d languages", dir,
				NAMES_LANGUAGES_MAX);
		else if ((list[*n] = arena_strdup(a, e->d_name)) == NULL)
			code = error_set(err, ERR_NOMEM, "name lexicon");
		else
			(*n)++;
	}
	closedir(d);
	qsort(list, *n, sizeof *list, compare_names);
	return code;
}

enum error_code
lexicon_load(struct lexicon *lx, const char *config_dir, struct hash *version,
	struct error *err)
{
	char *list[NAMES_LANGUAGES_MAX];
	char *dir = arena_printf(lx->arena, "%s/lang", config_dir);
	enum error_code code;
	size_t n;

	if (dir == NULL)
		return error_set(err, ERR_NOMEM, "name lexicon");
	code = list_languages(lx->arena, dir, list, &n, err);
	for (size_t i = 0; code == OK && i < n; i++)
		for (size_t f = 0;
			code == OK && f < sizeof files / sizeof *files; f++)
			code = load_file(
				lx, dir, list[i], files[f], version, err);
	if (code == OK && lx->nwords == 1)
		code = error_set(err, ERR_CONFIG,
			"%s: no words, wanted LANG/{roles,words,...}.tsv", dir);
	return code;
}
