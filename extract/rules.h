/*
 * Rules: read from config/rules/ *.rules, compiled to PCRE2, run over
 * sentences whose mentions are single characters.  config/rules/README.md is
 * the language.  Private to extract.
 */
#ifndef DL_EXTRACT_RULES_H
#define DL_EXTRACT_RULES_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "scan.h"
#include "words.h"

#define RULES_MAX	  512
#define RULE_MATCHES_MAX  64 /* patterns of one rule */
#define RULE_EXAMPLES_MAX 64
#define RULE_SETS_MAX	  8
#define RULES_LETS_MAX	  256
#define PATTERN_NEEDS_MAX 8
#define PATTERN_MAX	  ((size_t)32 << 10) /* bytes of a compiled pattern */
#define MATCH_LIMIT	  200000
#define SYMBOL_FIRST	  0xFDD0u /* noncharacters stand for mentions */

/* Sets of symbols, of each of which one must stand in the sentence. */
/* Words as bits of a hash of how they begin; a sentence without any of a
 * pattern's bits has none of its words. */
struct word_bits {
	uint64_t bits[4];
	bool known; /* false: it may match without a certain word */
};

struct needs {
	uint32_t sets[PATTERN_NEEDS_MAX];
	size_t n;
	struct word_bits words; /* one of which must stand there */
};

struct rule_pattern {
	pcre2_code *code;
	struct needs needs;
	int line;
};

enum example_kind { EXAMPLE_YES, EXAMPLE_NO, EXAMPLE_LIVE };

struct example {
	enum example_kind kind;
	const char *text, *want; /* behind "=>", or "" */
	int line;
};

struct rule {
	const char *id; /* "membership.since@1" */
	const char *file;
	int line;
	enum claim_kind kind;
	enum status status;
	enum polarity polarity;
	bool polarity_set;
	double confidence;
	struct rule_pattern patterns[RULE_MATCHES_MAX];
	size_t npatterns;
	struct example examples[RULE_EXAMPLES_MAX];
	size_t nexamples;
};

struct rules {
	struct arena *arena;
	struct rule *list;
	size_t n, cap;
	struct let {
		const char *name, *text;
	} lets[RULES_LETS_MAX];
	size_t nlets;
	struct word_table anaphors; /* lang/LANG/anaphors.tsv */
	struct word_table polarity; /* lang/LANG/polarity.tsv */
};

enum error_code
rules_open(const char *config_dir, struct hash *version, struct rules **out,
	struct error *err);
void
rules_free(struct rules *r);

/* pattern.c: one pattern line as PCRE2 text; ERR_CONFIG without place. */
enum error_code
pattern_compile(const struct rules *r, const char *text, struct buffer *out,
	struct needs *needs, struct error *err);

/* Add the word that folds to fold; false if it is too short a beginning. */
bool
word_bits_add(struct word_bits *b, const char *fold, bool prefix);

/* annotate.c: a sentence as the rules see it. */
struct annotated {
	struct buffer text;
	uint32_t *at;	  /* byte of text to byte of the document */
	int32_t *mention; /* byte of text to mention that starts there, or -1 */
	size_t cap;
	uint32_t symbols;	/* bits of the symbols that occur */
	struct word_bits words; /* and of the words */
	uint32_t start, end;
	size_t first_mention; /* at or behind the start */
};
void
annotated_init(struct annotated *n);
void
annotated_release(struct annotated *n);
enum error_code
annotate(const struct rules *r, struct scan *s, uint32_t start, uint32_t end,
	struct buffer *tmp, struct annotated *out);
/* Bit of a mention's symbol, 0-31. */
unsigned
symbol_of(const struct mention *m);

/* polarity.c: of a match, from the words before and in its head; POLARITIES:
 * they say something else. */
enum polarity
polarity_at(const struct rules *r, struct scan *s, const struct annotated *n,
	size_t head, size_t head_end, size_t end, struct buffer *tmp);

/* match.c */
struct matcher {
	pcre2_match_data *data;
	pcre2_match_context *context;
	pcre2_jit_stack *stack;
	struct annotated note;
	struct buffer tmp;
};
enum error_code
rules_run(const struct rules *r, struct matcher *m, struct scan *s,
	struct extraction *out);

/* lists.c: an announced list and the items that follow. */
enum error_code
lists_run(const struct rules *r, struct scan *s, struct extraction *out);

/* claims.c: add a claim unless the document has it. */
enum error_code
claims_add(struct scan *s, struct extraction *out, const struct claim *c);
/* Nearest mention of a network or a title before at; or in the title; -1. */
int32_t
claims_network_before(const struct scan *s, uint32_t at);
enum zone
claims_zone(const struct scan *s, uint32_t at);

#endif
