#include "rules.h"

static void
set_bit(uint64_t *set, size_t i)
{
	set[i / 64] |= (uint64_t)1 << i % 64;
}

/* Without a network in the document nothing can come of the rule. */
static bool
is_idle(const struct rule *rule)
{
	if (!bind_wants_network(rule->kind) || rule->kind == CLAIM_NOMINATION)
		return false;
	for (size_t i = 0; i < rule->nvalues; i++)
		if (rule->values[i].what == VALUE_CONSTANT &&
			rule->values[i].slot == SLOT_NETWORK)
			return false;
	return true;
}

static uint64_t *
new_set(const struct rules *r)
{
	return arena_array(r->arena, r->index.words, sizeof(uint64_t));
}

/* The number of a set of symbols, or RULE_SETS_MAX: there are too many, and
 * the sieve tells. */
static size_t
set_number(struct rule_index *x, uint32_t symbols)
{
	size_t i = 0;

	while (i < x->nsets && x->sets[i] != symbols)
		i++;
	if (i == x->nsets && i < RULE_SETS_MAX)
		x->sets[x->nsets++] = symbols;
	return i;
}

static void
add_pattern(struct rules *r, const struct rule *rule, size_t pattern)
{
	struct rule_index *x = &r->index;
	const struct rule_pattern *p = &rule->patterns[pattern];
	struct rule_ref *ref = &x->refs[x->n];

	ref->rule = (uint16_t)(rule - r->list);
	ref->pattern = (uint16_t)pattern;
	ref->nclasses = (uint16_t)sieve_musts(
		r->sieve, &p->sieve, ref->classes, PATTERN_MUSTS);
	for (size_t i = 0; i < p->needs.n; i++) {
		size_t set = set_number(x, p->needs.sets[i]);

		if (set < RULE_SETS_MAX)
			x->needs[x->n] |= (uint64_t)1 << set;
	}
	if (p->needs.words.n == 0)
		set_bit(x->any_word, x->n);
	if (is_idle(rule))
		set_bit(x->idle, x->n);
	if (rule->after != 0)
		set_bit(x->leaning, x->n);
	x->n++;
}

static enum error_code
number_patterns(struct rules *r)
{
	struct rule_index *x = &r->index;
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++)
		n += r->list[i].npatterns;
	x->words = (n + 63) / 64;
	x->refs = arena_array(r->arena, n, sizeof *x->refs);
	x->needs = arena_array(r->arena, n, sizeof *x->needs);
	x->any_word = new_set(r);
	x->idle = new_set(r);
	x->leaning = new_set(r);
	if (x->refs == NULL || x->needs == NULL || x->any_word == NULL ||
		x->idle == NULL || x->leaning == NULL)
		return ERR_NOMEM;
	x->n = x->nsets = 0;
	for (size_t i = 0; i < r->n; i++)
		for (size_t k = 0; k < r->list[i].npatterns; k++)
			add_pattern(r, &r->list[i], k);
	return OK;
}

static const struct unit_set *
words_of(const struct rules *r, size_t i)
{
	const struct rule_ref *ref = &r->index.refs[i];

	return &r->list[ref->rule].patterns[ref->pattern].needs.words;
}

/* Of each word the patterns that want it. */
static enum error_code
add_words(struct rules *r)
{
	struct rule_index *x = &r->index;
	const size_t units = vocabulary_end(r->vocabulary) - UNIT_WORD;
	size_t total = 0;
	uint32_t *end;

	/* First how many each has, one place on, then where each begins. */
	x->starts = arena_array(r->arena, units + 2, sizeof *x->starts);
	if (x->starts == NULL)
		return ERR_NOMEM;
	end = x->starts + 1;
	for (size_t i = 0; i < x->n; i++)
		for (size_t k = 0; k < words_of(r, i)->n; k++, total++)
			end[words_of(r, i)->units[k] - UNIT_WORD + 1]++;
	for (size_t i = 0; i < units; i++)
		end[i + 1] += end[i];
	x->by_word = arena_array(r->arena, total, sizeof *x->by_word);
	if (x->by_word == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < x->n; i++)
		for (size_t k = 0; k < words_of(r, i)->n; k++)
			x->by_word[end[words_of(r, i)->units[k] -
				       UNIT_WORD]++] = (uint16_t)i;
	return OK;
}

/* The number of a language, or WORDS_LANGS_MAX. */
static size_t
find_language(const struct rule_index *x, const char *language)
{
	for (size_t k = 0; k < x->nlanguages; k++)
		if (strcmp(x->languages[k].name, language) == 0)
			return k;
	return WORDS_LANGS_MAX;
}

/* Pattern i is of rules in that language; NULL: of none.  False: there are
 * too many languages, or there is no memory. */
static bool
add_language(struct rules *r, const char *language, size_t i)
{
	struct rule_index *x = &r->index;
	size_t k;

	if (language == NULL)
		return true;
	k = find_language(x, language);
	if (k == WORDS_LANGS_MAX) {
		k = x->nlanguages;
		if (k == WORDS_LANGS_MAX)
			return false;
		x->languages[k].name = language;
		x->languages[k].patterns = new_set(r);
		if (x->languages[k].patterns == NULL)
			return false;
		x->nlanguages++;
	}
	set_bit(x->languages[k].patterns, i);
	return true;
}

/* Rules of a language read documents of that language, and those of which
 * none is known. */
void
rule_index_language(const struct rules *r, const char *language, uint64_t *read)
{
	const struct rule_index *x = &r->index;
	size_t known =
		language != NULL ? find_language(x, language) : WORDS_LANGS_MAX;

	memset(read, 0xff, x->words * sizeof *read);
	if (known == WORDS_LANGS_MAX)
		return;
	for (size_t k = 0; k < x->nlanguages; k++)
		if (k != known)
			for (size_t i = 0; i < x->words; i++)
				read[i] &= ~x->languages[k].patterns[i];
}

enum error_code
rule_index_make(struct rules *r)
{
	struct rule_index *x = &r->index;

	if (number_patterns(r) != OK || add_words(r) != OK)
		return ERR_NOMEM;
	for (size_t i = 0; i < x->n; i++)
		if (!add_language(r, r->list[x->refs[i].rule].language, i))
			return ERR_LIMIT;
	return OK;
}

bool
rule_index_due(const struct rules *r, const struct annotated *n, bool network,
	const uint64_t *read, uint64_t *due)
{
	const struct rule_index *x = &r->index;
	uint64_t met = 0, any = 0;

	for (size_t i = 0; i < x->nsets; i++)
		met |= (uint64_t)((x->sets[i] & n->symbols) != 0) << i;
	memcpy(due, x->any_word, x->words * sizeof *due);
	for (size_t k = 0; k < n->len; k++) {
		const uint32_t *at;

		if (n->units[k] < UNIT_WORD)
			continue;
		at = x->starts + (n->units[k] - UNIT_WORD);
		for (uint32_t i = at[0]; i < at[1]; i++)
			set_bit(due, x->by_word[i]);
	}
	for (size_t i = 0; i < x->words; i++) {
		due[i] &= network ? read[i] : read[i] & ~x->idle[i];
		for (uint64_t bits = due[i]; bits != 0; bits &= bits - 1) {
			const size_t bit = (size_t)__builtin_ctzll(bits);

			if ((x->needs[i * 64 + bit] & ~met) != 0)
				due[i] &= ~((uint64_t)1 << bit);
		}
		any |= due[i];
	}
	return any != 0;
}
