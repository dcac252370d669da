#include "pattern.h"

#include <stdlib.h>

void
pattern_cut(struct compiler *c, size_t len)
{
	if (c->text != NULL && c->text->code == OK)
		c->text->len = len;
	c->len = len;
}

void
pattern_add_unit(uint16_t unit, void *ctx)
{
	struct word_set *set = ctx;

	if (set->n < PATTERN_WORDS_MAX)
		set->units[set->n++] = unit;
	else
		set->known = false;
}

void
pattern_sift(struct compiler *c, unsigned op)
{
	if (c->sifts)
		sieve_put(&c->sieve, op);
}

void
pattern_sift_wrap(struct compiler *c, size_t at, enum sieve_op op)
{
	if (c->sifts)
		sieve_wrap(&c->sieve, at, op);
}

void
pattern_sift_any(struct compiler *c, size_t at)
{
	if (c->sifts)
		sieve_any(c->rules->sieve, &c->sieve, at);
}

void
pattern_sift_unwrap(struct compiler *c, size_t at)
{
	if (c->sifts)
		sieve_unwrap(&c->sieve, at);
}

void
pattern_sift_class(struct compiler *c, unsigned class)
{
	if (class == SIEVE_CLASSES_END && c->sieve.code == OK)
		c->sieve.code = ERR_LIMIT;
	pattern_sift(c, class);
}

static void
sift_units(struct compiler *c, const uint16_t *units, size_t n)
{
	if (!c->sifts)
		return;
	pattern_sift(c, SIEVE_CLASS);
	pattern_sift_class(c, sieve_class(c->rules->sieve, units, n, false));
}

unsigned
pattern_gap_class(struct compiler *c, uint32_t symbols)
{
	uint16_t units[33] = { UNIT_OTHER };
	size_t n = 1;

	if (!c->sifts)
		return 0;
	for (unsigned i = 0; i < 32; i++)
		if (symbols & 1u << i)
			units[n++] = (uint16_t)(UNIT_SYMBOL + i);
	return sieve_class(c->rules->sieve, units, n, true);
}

/* "\x{1A2B}" */
static void
put_unit(struct compiler *c, unsigned unit)
{
	static const char digits[] = "0123456789ABCDEF";
	char hex[] = "\\x{1A2B}";

	if (c->text != NULL)
		for (int i = 0; i < 4; i++)
			hex[3 + i] = digits[unit >> (12 - 4 * i) & 15];
	pattern_put(c, hex, sizeof hex - 1);
}

void
pattern_put_units(struct compiler *c, const struct word_set *set)
{
	size_t i = 0;

	pattern_put_str(c, "[");
	while (i < set->n) {
		const size_t first = i;

		/* Words that files have side by side have numbers in a row. */
		while (i + 1 < set->n && set->units[i + 1] == set->units[i] + 1)
			i++;
		put_unit(c, set->units[first]);
		if (i > first + 1)
			pattern_put_str(c, "-");
		if (i > first)
			put_unit(c, set->units[i]);
		i++;
	}
	pattern_put_str(c, "]");
	sift_units(c, set->units, set->n);
}

void
pattern_put_class(struct compiler *c, uint32_t bits)
{
	struct word_set set;

	word_set_clear(&set);
	for (unsigned i = 0; i < 32; i++)
		if (bits & (1u << i))
			pattern_add_unit((uint16_t)(UNIT_SYMBOL + i), &set);
	pattern_put_units(c, &set);
}

void
pattern_put_mark(struct compiler *c, char mark)
{
	const uint16_t unit = (unsigned char)mark;
	const char escaped[] = { '\\', mark };

	pattern_put(c, escaped, sizeof escaped);
	sift_units(c, &unit, 1);
}

/* The units of a word, or of words parted by spaces, one behind the other. */
static void
put_words(struct compiler *c, struct span text)
{
	uint32_t at = 0;
	struct token t;

	while (token_next(text, &at, (uint32_t)text.len, &t)) {
		const uint16_t unit = vocabulary_unit(c->rules->vocabulary, &t);

		put_unit(c, unit);
		sift_units(c, &unit, 1);
	}
}

/* Lists of words that every pattern knows. */
static const struct choice {
	size_t n;
	const char *words[13];
} choices[PATTERN_CHOICES] = {
	/* What stands between the last two names of a list. */
	[PATTERN_AND] = { 13,
		{ "and", "und", "et", "y", "e", "ed", "as well as", "sowie",
			"nonché", "ainsi que", "así como", "bem como", "&" } },
	/* "Greve in Chianti": a list steps over what stands behind a name. */
	[PATTERN_WITHIN] = { 9, { "in", "am", "an der", "on", "upon", "sur",
					"di", "de", "del" } },
};

/* And before a name: "the town of A, that of B and the municipality of C",
 * "à A et à B". */
static const char articles[] =
	"the both of city town shire borough royal metropolitan district "
	"township village county der die "
	"das den dem von stadt gemeinde le la "
	"les "
	"l de du des d à au aux ville commune celle celui el las los del al "
	"ciudad municipio o os as do da dos das ao aos às cidade município il "
	"lo i gli di dello della dei degli delle dell a ad allo alla ai agli "
	"alle all città comune comuni quello quella su sul sulla per isle "
	"island insel isla ilha landkreis l'île d'île dell'isola all'isola "
	"nell'isola kommune stadtgemeinde marktgemeinde ortsgemeinde "
	"verbandsgemeinde samtgemeinde kreisstadt landeshauptstadt hansestadt "
	"universitätsstadt markt kreis flecken städte gemeinden "
	"marktgemeinden stadtgemeinden verbandsgemeinden samtgemeinden "
	"ortsgemeinden kommunen landkreise kreise märkte orte";
/* Behind an "and" of such a list: "the town of A and the cities of B and C". */
static const char plurals[] =
	"cities towns boroughs counties villages shires townships städte "
	"städten gemeinden "
	"villes communes ciudades municipios cidades municípios";
#define ARTICLES_MAX "4" /* of them, one behind the other */

enum error_code
pattern_learn(struct vocabulary *v)
{
	enum error_code code = vocabulary_learn(v, span_str(articles));

	if (code == OK)
		code = vocabulary_learn(v, span_str(plurals));
	for (size_t k = 0; k < PATTERN_CHOICES; k++)
		for (size_t i = 0; code == OK && i < choices[k].n; i++)
			code = vocabulary_learn(
				v, span_str(choices[k].words[i]));
	return code;
}

static void
put_choice(struct compiler *c, enum pattern_choice which)
{
	const struct choice *list = &choices[which];
	struct pattern_piece **piece = &c->rules->choices[which];
	struct word_set none;
	struct pattern_mark begin;
	const size_t any = c->sieve.len;

	word_set_clear(&none);
	if (pattern_piece_put(c, *piece, &none))
		return;
	begin = pattern_piece_begin(c);
	pattern_put_str(c, "(?:");
	for (size_t i = 0; i < list->n; i++) {
		const size_t branch = c->sieve.len;

		if (i > 0)
			pattern_put_str(c, "|");
		put_words(c, span_str(list->words[i]));
		pattern_sift_wrap(c, branch, SIEVE_BRANCH);
	}
	pattern_put_str(c, ")");
	pattern_sift_any(c, any);
	pattern_piece_end(c, &begin, &none, piece);
}

/* One of the words. */
static void
put_one_of(struct compiler *c, struct span list)
{
	struct word_set words = { .n = 0 };
	uint32_t from = 0;
	struct token t;

	while (token_next(list, &from, (uint32_t)list.len, &t))
		pattern_add_unit(
			vocabulary_unit(c->rules->vocabulary, &t), &words);
	pattern_put_units(c, &words);
}

/* "and", "and the cities" */
static void
put_and(struct compiler *c)
{
	struct pattern_piece **piece = &c->rules->choices[PATTERN_PLURAL];
	struct word_set none = { .n = 0 };
	struct pattern_mark begin;
	size_t all, at;

	put_choice(c, PATTERN_AND);
	all = at = c->sieve.len;
	if (pattern_piece_put(c, *piece, &none))
		return;
	begin = pattern_piece_begin(c);
	pattern_put_str(c, "(?:");
	put_one_of(c, span_str(articles));
	pattern_put_str(c, "?");
	pattern_sift_wrap(c, at, SIEVE_MAYBE);
	put_one_of(c, span_str(plurals));
	pattern_put_str(c, ")?");
	pattern_sift_wrap(c, all, SIEVE_MAYBE);
	pattern_piece_end(c, &begin, &none, piece);
}

/* What may stand before a name of a list. */
static void
put_articles(struct compiler *c)
{
	struct pattern_piece **piece = &c->rules->choices[PATTERN_ARTICLE];
	struct word_set none = { .n = 0 };
	const size_t all = c->sieve.len;
	struct pattern_mark begin;
	size_t at;

	if (pattern_piece_put(c, *piece, &none))
		return;
	begin = pattern_piece_begin(c);
	pattern_put_str(c, "(?:");
	put_one_of(c, span_str(articles));
	at = c->sieve.len;
	pattern_put_mark(c, '\'');
	pattern_put_str(c, "?){0," ARTICLES_MAX "}+");
	pattern_sift_wrap(c, at, SIEVE_MAYBE);
	pattern_sift_wrap(c, all, SIEVE_MANY);
	pattern_piece_end(c, &begin, &none, piece);
}

/* What a list that begins with such a mention goes on with: "Graz, the
 * University of Linz and Turku" are of one list. */
static uint32_t
goes_on_with(uint32_t bits)
{
	return (bits & 1u << SYMBOL_CITY) != 0
		       ? bits | 1u << SYMBOL_ORGANISATION
		       : bits;
}

void
pattern_put_more(struct compiler *c, uint32_t bits)
{
	const size_t all = c->sieve.len;
	size_t any, at;

	pattern_put_str(c, "(?:(?:");
	put_choice(c, PATTERN_WITHIN);
	pattern_put_str(c, "[" GAP_WORD "])?");
	pattern_sift(c, SIEVE_CLASS);
	pattern_sift_class(c, pattern_gap_class(c, 0));
	pattern_sift_wrap(c, all, SIEVE_MAYBE);
	any = c->sieve.len;
	pattern_put_str(c, "(?:");
	pattern_put_mark(c, ',');
	at = c->sieve.len;
	pattern_put_str(c, "(?:");
	put_and(c);
	pattern_put_str(c, ")?|");
	pattern_sift_wrap(c, at, SIEVE_MAYBE);
	pattern_sift_wrap(c, any, SIEVE_BRANCH);
	at = c->sieve.len;
	put_and(c);
	pattern_put_str(c, ")");
	pattern_sift_wrap(c, at, SIEVE_BRANCH);
	pattern_sift_any(c, any);
	put_articles(c);
	pattern_put_class(c, goes_on_with(bits));
	pattern_put_str(c, ")*+");
	pattern_sift_wrap(c, all, SIEVE_MANY);
}

struct pattern_mark
pattern_piece_begin(struct compiler *c)
{
	const struct pattern_mark m = {
		.len = c->len,
		.sieve = c->sieve.len,
		.sets = c->made->needs.n,
		.ngroups = c->made->ngroups,
		.groups = c->groups,
		.depth = c->depth,
		.deepest = c->deepest,
	};

	c->deepest = c->depth;
	return m;
}

void
pattern_piece_end(struct compiler *c, const struct pattern_mark *m,
	const struct word_set *words, struct pattern_piece **out)
{
	const struct rule_pattern *p = c->made;
	const int deepest = c->deepest;
	const size_t bytes = c->sieve.len - m->sieve;
	struct pattern_piece *piece;

	if (deepest < m->deepest)
		c->deepest = m->deepest;
	if (!c->sifts || c->sieve.code != OK || p->needs.n == PATTERN_NEEDS_MAX)
		return;
	piece = arena_alloc(c->rules->arena, sizeof *piece);
	if (piece == NULL)
		return;
	piece->ops = arena_alloc(c->rules->arena, bytes + 1);
	if (piece->ops == NULL)
		return;
	if (bytes > 0)
		memcpy(piece->ops, c->sieve.ptr + m->sieve, bytes);
	piece->nops = bytes / sizeof *piece->ops;
	piece->words_of = vocabulary_end(c->rules->vocabulary);
	piece->scope = c->scope;
	piece->len = c->len - m->len;
	piece->nsets = p->needs.n - m->sets;
	memcpy(piece->sets, c->sets + m->sets,
		piece->nsets * sizeof *piece->sets);
	piece->ngroups = p->ngroups - m->ngroups;
	for (size_t i = 0; i < piece->ngroups; i++) {
		piece->groups[i] = c->found[m->ngroups + i];
		piece->groups[i].number =
			(uint16_t)(piece->groups[i].number - m->groups);
	}
	piece->ngroups_open = (uint16_t)(c->groups - m->groups);
	piece->depth = deepest - m->depth;
	word_set_copy(&piece->words, words);
	*out = piece;
}

bool
pattern_piece_put(struct compiler *c, const struct pattern_piece *piece,
	struct word_set *words)
{
	struct rule_pattern *p = c->made;

	if (!c->sifts || piece == NULL ||
		piece->words_of != vocabulary_end(c->rules->vocabulary) ||
		c->depth + piece->depth > PATTERN_DEPTH_MAX ||
		p->ngroups + piece->ngroups > PATTERN_GROUPS_MAX)
		return false;
	(void)buffer_add(
		&c->sieve, piece->ops, piece->nops * sizeof *piece->ops);
	c->len += piece->len;
	for (size_t i = 0; i < piece->nsets; i++)
		if (p->needs.n < PATTERN_NEEDS_MAX)
			c->sets[p->needs.n++] = piece->sets[i];
	for (size_t i = 0; i < piece->ngroups; i++) {
		c->found[p->ngroups] = piece->groups[i];
		c->found[p->ngroups].number =
			(uint16_t)(c->found[p->ngroups].number + c->groups);
		p->ngroups++;
	}
	c->groups = (uint16_t)(c->groups + piece->ngroups_open);
	if (c->depth + piece->depth > c->deepest)
		c->deepest = c->depth + piece->depth;
	word_set_copy(words, &piece->words);
	return true;
}
