#include "pattern.h"

#include <limits.h>
#include <stddef.h>

#include "memo.h"

#define ENTRY_UNITS (3 * PATTERN_WORDS_MAX) /* of one entry, with its ops */

/* What one word wrote, in the memo. */
struct known_word {
	uint32_t len; /* of the text for PCRE2 */
	uint16_t nops, n;
	uint8_t least;
	bool known, single;
	uint16_t units[ENTRY_UNITS]; /* n of them, and then nops */
};

static void
put_units(const struct known_word *k, struct word_set *words)
{
	memcpy(words->units, k->units, k->n * sizeof *k->units);
	words->n = k->n;
	words->least = k->least;
	words->known = k->known;
	words->single = k->single;
}

static bool
put_known(struct compiler *c, struct span text, uint32_t hash,
	struct word_set *words)
{
	const struct known_word *k = memo_get(c->rules->memo, text, hash);

	if (k == NULL)
		return false;
	if (c->sifts)
		(void)buffer_add(
			&c->sieve, k->units + k->n, k->nops * sizeof *k->units);
	c->len += k->len;
	put_units(k, words);
	return true;
}

/* Keep what was written since c had those lengths; not where it met a cap. */
static void
keep(struct compiler *c, struct span text, uint32_t hash, size_t len,
	size_t sieve, const struct word_set *words)
{
	const size_t bytes = c->sieve.len - sieve;
	const size_t nops = bytes / sizeof(uint16_t);
	struct known_word k;

	if (!c->sifts || c->sieve.code != OK || words->n + nops > ENTRY_UNITS)
		return;
	k.len = (uint32_t)(c->len - len);
	k.nops = (uint16_t)nops;
	k.n = (uint16_t)words->n;
	k.least = (uint8_t)words->least;
	k.known = words->known;
	k.single = words->single;
	memcpy(k.units, words->units, k.n * sizeof *k.units);
	memcpy(k.units + k.n, c->sieve.ptr + sieve, bytes);
	/* Where it has no room it is written again. */
	(void)memo_put(c->rules->memo, text, hash, &k,
		offsetof(struct known_word, units) +
			((size_t)k.n + k.nops) * sizeof *k.units);
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
		pattern_sift_any(c, any);
		words->known = false;
	}
}

/* What ends a word. */
static const bool is_end[UCHAR_MAX + 1] = { ['\0'] = true,
	[' '] = true,
	['('] = true,
	[')'] = true,
	['|'] = true,
	['?'] = true,
	['{'] = true,
	['}'] = true,
	['<'] = true,
	['>'] = true,
	['~'] = true,
	['!'] = true,
	[','] = true,
	['.'] = true,
	[';'] = true,
	[':'] = true,
	['/'] = true,
	['"'] = true,
	['$'] = true,
	['^'] = true,
	['*'] = true };

/* The word at c->p, with its star. */
static struct span
word_at(const struct compiler *c, uint32_t *hash)
{
	size_t n = 0;

	*hash = MEMO_HASH_START;
	for (; !is_end[(unsigned char)c->p[n]]; n++)
		*hash = memo_hash_add(*hash, c->p[n]);
	if (c->p[n] != '*')
		return span_of(c->p, n);
	*hash = memo_hash_add(*hash, '*');
	return span_of(c->p, n + 1);
}

static bool
has_memo(const struct compiler *c)
{
	return c->rules->memo != NULL && c->text == NULL;
}

void
pattern_word(struct compiler *c, struct word_set *words)
{
	const size_t len = c->len, sieve = c->sieve.len;
	uint32_t hash;
	const struct span text = word_at(c, &hash);
	const bool prefix = text.len > 0 && text.ptr[text.len - 1] == '*';

	if (!has_memo(c) || !put_known(c, text, hash, words)) {
		write_word(c, span_of(c->p, text.len - prefix), prefix, words);
		if (has_memo(c))
			keep(c, text, hash, len, sieve, words);
	}
	c->p += text.len;
}

bool
pattern_word_alone(
	struct compiler *c, char until, size_t room, struct word_set *words)
{
	uint32_t hash;
	const struct span text = word_at(c, &hash);
	const char end = c->p[text.len];
	const struct known_word *k;

	if (!has_memo(c) || text.len == 0 || (end != '|' && end != until))
		return false;
	k = memo_get(c->rules->memo, text, hash);
	if (k == NULL || !k->single || k->n > room)
		return false;
	put_units(k, words);
	c->p += text.len;
	return true;
}
