#include <stdlib.h>

#include "pattern.h"

#define MEMO_BYTES_MAX ((size_t)32 << 20)
#define MEMO_SLOTS     ((size_t)1 << 16) /* a power of two */
#define MEMO_WORDS_MAX (MEMO_SLOTS / 2)

/* What one word wrote, as it stands in patterns. */
struct known_word {
	struct span text; /* with its '*' */
	uint32_t hash;
	uint32_t len; /* of the text for PCRE2 */
	const uint16_t *ops;
	size_t bytes; /* of them */
	const uint16_t *units;
	size_t n, least;
	bool known, single;
};

struct pattern_memo {
	struct arena *arena;
	struct known_word **slots;
	size_t n;
	size_t words_of; /* vocabulary_end() of all of them */
};

struct pattern_memo *
pattern_memo_new(void)
{
	struct pattern_memo *m = calloc(1, sizeof *m);

	if (m == NULL)
		return NULL;
	m->arena = arena_new(MEMO_BYTES_MAX);
	m->slots = calloc(MEMO_SLOTS, sizeof(*m->slots));
	if (m->arena == NULL || m->slots == NULL) {
		pattern_memo_free(m);
		return NULL;
	}
	return m;
}

void
pattern_memo_free(struct pattern_memo *m)
{
	if (m == NULL)
		return;
	arena_free(m->arena);
	free(m->slots);
	free(m);
}

/* The word's slot, which is empty where it is new; NULL: none is kept. */
static struct known_word **
find_known(const struct compiler *c, struct span text, uint32_t hash)
{
	struct pattern_memo *m = c->rules->memo;
	const size_t words_of = vocabulary_end(c->rules->vocabulary);
	size_t at = (hash ^ hash >> 15) & (MEMO_SLOTS - 1);

	if (m == NULL || c->text != NULL)
		return NULL;
	if (m->n == 0)
		m->words_of = words_of;
	if (m->words_of != words_of)
		return NULL;
	for (; m->slots[at] != NULL; at = (at + 1) & (MEMO_SLOTS - 1))
		if (m->slots[at]->hash == hash &&
			span_eq(m->slots[at]->text, text))
			break;
	return &m->slots[at];
}

static void
put_known(
	struct compiler *c, const struct known_word *k, struct word_set *words)
{
	if (c->sifts)
		(void)buffer_add(&c->sieve, k->ops, k->bytes);
	c->len += k->len;
	memcpy(words->units, k->units, k->n * sizeof *k->units);
	words->n = k->n;
	words->least = k->least;
	words->known = k->known;
	words->single = k->single;
}

/* Keep what was written since; not where it met a cap, or memory is short. */
static void
keep(struct compiler *c, struct known_word **slot, const struct known_word *k,
	size_t sieve, const struct word_set *words)
{
	struct pattern_memo *m = c->rules->memo;
	const size_t bytes = c->sieve.len - sieve;
	struct known_word *out;
	uint16_t *ops, *units;

	if (!c->sifts || c->sieve.code != OK || m->n == MEMO_WORDS_MAX)
		return;
	out = arena_alloc(m->arena, sizeof *out);
	ops = arena_alloc(m->arena, bytes);
	units = arena_array(m->arena, words->n, sizeof *units);
	if (out == NULL || ops == NULL || units == NULL)
		return;
	memcpy(ops, c->sieve.ptr + sieve, bytes);
	memcpy(units, words->units, words->n * sizeof *units);
	*out = *k;
	out->ops = ops;
	out->bytes = bytes;
	out->units = units;
	out->n = words->n;
	out->least = words->least;
	out->known = words->known;
	out->single = words->single;
	*slot = out;
	m->n++;
}

void
pattern_prefer(struct word_set *best, const struct word_set *one)
{
	if (one->known && (!best->known || one->least > best->least))
		word_set_copy(best, one);
}

/* The word stands in a text of its language as a symbol. */
static bool
is_pronoun(struct compiler *c, struct span word)
{
	buffer_reset(&c->fold);
	return utf8_fold_name(word, &c->fold) == OK && c->fold.len > 0 &&
	       words_has(&c->rules->anaphors, buffer_span(&c->fold), "pronoun");
}

/* Its units, and which of them tells. */
static void
write_word(struct compiler *c, struct span text, bool prefix,
	struct word_set *words)
{
	bool pronoun = is_pronoun(c, text);
	size_t any = c->sieve.len, branch;
	uint32_t at = 0;
	struct token t;

	if (pronoun) {
		pattern_put_str(c, "(?:");
		pattern_put_class(c, 1u << SYMBOL_PRONOUN);
		pattern_put_str(c, "|");
		pattern_sift_wrap(c, any, SIEVE_BRANCH);
	}
	branch = c->sieve.len;
	while (token_next(text, &at, (uint32_t)text.len, &t)) {
		struct word_set one;

		one.n = 0;
		one.known = t.mark == 0;
		one.least = t.len;
		one.single = at == text.len && !pronoun && words->n == 0;
		if (prefix && at == text.len)
			vocabulary_prefix(c->rules->vocabulary, &t,
				pattern_add_unit, &one);
		else
			pattern_add_unit(
				vocabulary_unit(c->rules->vocabulary, &t),
				&one);
		pattern_put_units(c, &one);
		if (words->n > 0)
			words->single = false;
		pattern_prefer(words, &one);
	}
	if (pronoun) {
		pattern_put_str(c, ")");
		pattern_sift_wrap(c, branch, SIEVE_BRANCH);
		pattern_sift_wrap(c, any, SIEVE_ANY);
		words->known = false;
	}
}

/* What ends a word. */
static bool
is_end(char ch)
{
	switch (ch) {
	case '\0':
	case ' ':
	case '(':
	case ')':
	case '|':
	case '?':
	case '{':
	case '}':
	case '<':
	case '>':
	case '~':
	case '!':
	case ',':
	case '.':
	case ';':
	case ':':
	case '/':
	case '"':
	case '$':
	case '^':
	case '*':
		return true;
	default:
		return false;
	}
}

void
pattern_word(struct compiler *c, struct word_set *words)
{
	struct known_word k = { .hash = 2166136261u }; /* FNV-1a */
	struct known_word **slot;
	const size_t len = c->len, sieve = c->sieve.len;
	size_t n = 0;
	bool prefix;

	for (; !is_end(c->p[n]); n++)
		k.hash = (k.hash ^ (unsigned char)c->p[n]) * 16777619u;
	prefix = c->p[n] == '*';
	if (prefix)
		k.hash = (k.hash ^ '*') * 16777619u;
	k.text = span_of(c->p, n + prefix);
	slot = find_known(c, k.text, k.hash);
	if (slot != NULL && *slot != NULL) {
		put_known(c, *slot, words);
	} else {
		write_word(c, span_of(c->p, n), prefix, words);
		k.len = (uint32_t)(c->len - len);
		if (slot != NULL)
			keep(c, slot, &k, sieve, words);
	}
	c->p += n + prefix;
}
