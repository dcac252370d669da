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

static struct rule_ref
ref_of(const struct rules *r, size_t rule, size_t pattern)
{
	const struct rule_pattern *p = &r->list[rule].patterns[pattern];
	const struct needs *needs = &p->needs;
	struct rule_ref ref = { .rule = (uint16_t)rule,
		.pattern = (uint16_t)pattern,
		.idle = is_idle(&r->list[rule]),
		.nsets = (uint8_t)needs->n };

	memcpy(ref.sets, needs->sets, sizeof ref.sets);
	ref.nclasses =
		(uint8_t)sieve_musts(&p->sieve, ref.classes, PATTERN_MUSTS);
	return ref;
}

static enum error_code
number_patterns(struct rules *r)
{
	struct rule_index *x = &r->index;

	x->n = 0;
	for (size_t i = 0; i < r->n; i++)
		x->n += r->list[i].npatterns;
	x->words = (x->n + 63) / 64;
	x->refs = arena_array(r->arena, x->n, sizeof *x->refs);
	x->any_word = arena_array(r->arena, x->words, sizeof(uint64_t));
	if (x->refs == NULL || x->any_word == NULL)
		return ERR_NOMEM;
	x->by_word = arena_array(r->arena,
		vocabulary_end(r->vocabulary) - UNIT_WORD + 1,
		sizeof *x->by_word);
	if (x->by_word == NULL)
		return ERR_NOMEM;
	x->n = 0;
	for (size_t i = 0; i < r->n; i++)
		for (size_t k = 0; k < r->list[i].npatterns; k++)
			x->refs[x->n++] = ref_of(r, i, k);
	return OK;
}

/* Pattern i wants one of those words. */
static bool
add_words(struct rules *r, const struct needs *n, size_t i)
{
	struct rule_index *x = &r->index;

	if (n->words.n == 0)
		set_bit(x->any_word, i);
	for (size_t k = 0; k < n->words.n; k++) {
		uint64_t **set = &x->by_word[n->words.units[k] - UNIT_WORD];

		if (*set == NULL)
			*set = arena_array(
				r->arena, x->words, sizeof(uint64_t));
		if (*set == NULL)
			return false;
		set_bit(*set, i);
	}
	return true;
}

/* Pattern i is of rules in that language; NULL: of none.  False: there are
 * too many languages, or there is no memory. */
static bool
add_language(struct rules *r, const char *language, size_t i)
{
	struct rule_index *x = &r->index;
	size_t k = 0;

	if (language == NULL)
		return true;
	while (k < x->nlanguages && strcmp(x->languages[k].name, language) != 0)
		k++;
	if (k == WORDS_LANGS_MAX)
		return false;
	if (k == x->nlanguages) {
		x->languages[k].name = language;
		x->languages[k].patterns =
			arena_array(r->arena, x->words, sizeof(uint64_t));
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
	bool known = false;

	memset(read, 0xff, x->words * sizeof *read);
	for (size_t k = 0; language != NULL && k < x->nlanguages; k++)
		known = known || strcmp(x->languages[k].name, language) == 0;
	for (size_t k = 0; known && k < x->nlanguages; k++)
		if (strcmp(x->languages[k].name, language) != 0)
			for (size_t i = 0; i < x->words; i++)
				read[i] &= ~x->languages[k].patterns[i];
}

enum error_code
rule_index_make(struct rules *r)
{
	struct rule_index *x = &r->index;

	if (number_patterns(r) != OK || sieve_settle(r->sieve) != OK)
		return ERR_NOMEM;
	for (size_t i = 0; i < x->n; i++) {
		const struct rule *rule = &r->list[x->refs[i].rule];

		if (!add_language(r, rule->language, i))
			return ERR_LIMIT;
		if (!add_words(r, &rule->patterns[x->refs[i].pattern].needs, i))
			return ERR_NOMEM;
	}
	return OK;
}

void
rule_index_due(const struct rules *r, const struct annotated *n,
	const uint64_t *read, uint64_t *due)
{
	const struct rule_index *x = &r->index;

	memcpy(due, x->any_word, x->words * sizeof *due);
	for (size_t k = 0; k < n->len; k++) {
		const uint64_t *set =
			n->units[k] >= UNIT_WORD
				? x->by_word[n->units[k] - UNIT_WORD]
				: NULL;

		for (size_t i = 0; set != NULL && i < x->words; i++)
			due[i] |= set[i];
	}
	for (size_t i = 0; i < x->words; i++)
		due[i] &= read[i];
}
