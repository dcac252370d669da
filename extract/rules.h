/*
 * Rules: read from config/rules/ *.rules, compiled to PCRE2, run over
 * sentences in which each word, mark and mention is one unit (vocabulary.h).
 * docs/dateline-rules.5 is the language.  Private to extract.
 */
#ifndef DL_EXTRACT_RULES_H
#define DL_EXTRACT_RULES_H

#define PCRE2_CODE_UNIT_WIDTH 16
#include <pcre2.h>

#include "raws.h"
#include "scan.h"
#include "sieve.h"
#include "vocabulary.h"
#include "words.h"

#define RULES_MAX	   2048
#define RULE_MATCHES_MAX   64 /* patterns of one rule */
#define RULE_EXAMPLES_MAX  64
#define RULE_VALUES_MAX	   16
#define RULE_UNLESS_MAX	   16
#define RULES_LETS_MAX	   2048
#define RULES_FRAMES_MAX   64 /* lines of a frame */
#define RULES_DISCARDS_MAX 64
#define RULES_ENDINGS_MAX  32 /* rows of verbs' endings, all languages */
/* Rows "omits", "copula", "genitive" of all languages. */
#define RULES_GRAMMAR_MAX  96
#define PATTERN_NEEDS_MAX  8
#define PATTERN_MUSTS	   8  /* classes looked for before all else */
#define RULE_SETS_MAX	   64 /* of symbols, that are told apart early */
#define PATTERN_MAX	   ((size_t)32 << 10) /* bytes of a compiled pattern */
#define PATTERN_ROOM	   (2 * PATTERN_MAX)  /* while it is written */
#define MATCH_LIMIT	   200000
#define PATTERN_DEPTH_MAX  16
#define PATTERN_GROUPS_MAX 32  /* named groups of one pattern */
#define PATTERN_PARTS_MAX  64  /* elements of one, outside of brackets */
#define PATTERN_WORDS_MAX  128 /* of one element, one of which must stand */
#define CLAIM_SLOTS_MAX	   40  /* arguments that are no list */
#define FILL_BLOCKS_MAX	   20  /* a fill looks so far at most */
#define AFTER_MAX	   20  /* sentences an "after" looks back at most */

/* Symbols of what is no mention by itself. */
/* What a mention is to a pattern; pattern.c has the names, symbol_of() gives
 * each mention its own. */
enum {
	SYMBOL_CITY = 0,
	SYMBOL_REGION = 1,
	SYMBOL_COUNTRY = 2,
	SYMBOL_DATE = 4,
	SYMBOL_NETWORK = 5,
	SYMBOL_TITLE = 6,
	SYMBOL_ORGANISATION = 7,
	SYMBOL_PERSON = 8,
	SYMBOL_ROLE = 9,
	SYMBOL_EVENT = 10,
	SYMBOL_PRONOUN = 11,
	SYMBOL_NATIONALITY = 13,
	SYMBOL_MEMBERS = 16,
	SYMBOL_AMOUNT = 24, /* of years, money: no pattern asks for it */
	SYMBOL_COUNTS_END = 24
};

/* Units, of which one must stand in a sentence; none: nothing must. */
struct unit_set {
	const uint16_t *units;
	size_t n;
};

/* What a sentence must have for a pattern to match. */
struct needs {
	const uint32_t *sets; /* of symbols; one of each */
	size_t n;
	struct unit_set words; /* the rarest, by which it is found */
};

struct rule_pattern {
	const char *source;	 /* as its line, or the frame's, has it */
	const struct let *scope; /* what its "<NAME>" are looked up in */
	const char *why;	 /* of an "unless", else NULL */
	/* Its elements, one behind the other; none where the whole pattern is
	 * alternatives: where each ends in source and in pattern_text(). */
	struct pattern_part {
		uint16_t from, to, behind;
		const char *let; /* what its "<NAME>" stands for, or NULL */
	} * parts;
	size_t nparts;
	struct sieve_code sieve;
	struct needs needs;
	int line;
	size_t number; /* among all of the rules' patterns */
	const struct group {
		uint16_t number;
		uint8_t slot; /* enum slot, or SLOTS: the head */
	} * groups;
	size_t ngroups;
};

/* Where a slot that no words of the match fill gets its value. */
enum default_from {
	DEFAULT_DOC_DATE,
	DEFAULT_DOC_NETWORK,
	DEFAULT_DOC_CITY,
	DEFAULT_DOC_ORGANISATION,
	DEFAULT_DOC_SUBJECT,
	DEFAULT_SENTENCE_SUBJECT, /* named first in the sentence */
	DEFAULT_NONE,		  /* stays empty: what the engine fills in */
	DEFAULTS
};

/* default, set, guard and fill lines of a rule, in order. */
struct rule_value {
	enum value_kind {
		VALUE_DEFAULT,
		VALUE_CONSTANT,
		VALUE_GUARD,
		VALUE_FILL
	} what;
	enum slot slot;
	enum default_from from;
	const char *constant;
	int64_t lo, hi;	  /* of a guard; blocks of a fill */
	uint32_t symbols; /* of a fill */
};

enum example_kind {
	EXAMPLE_YES,
	EXAMPLE_NO,
	EXAMPLE_LIVE,
	EXAMPLE_TODO, /* a live text that is not read yet */
	EXAMPLE_KINDS
};

struct example {
	enum example_kind kind;
	const char *text, *want; /* behind "=>", or "" */
	int line;
};

struct rule {
	const char *id; /* "membership.since@1" */
	const char *file;
	const char *language; /* of its examples, or NULL */
	int line;
	enum claim_kind kind;
	enum status status;
	enum polarity polarity;
	bool polarity_set;
	bool same; /* status and polarity of the claim that it leans on */
	double confidence;
	/* Bits of claim kinds, of which one must stand before: in the sentence
	 * or in so many before it; 0: none must. */
	unsigned after, after_within;
	struct rule_pattern *patterns;
	size_t npatterns;
	struct rule_pattern *unless;
	size_t nunless;
	struct rule_value values[RULE_VALUES_MAX];
	size_t nvalues;
	struct example *examples;
	size_t nexamples;
};

/* All patterns, numbered in order, and which of them a sentence calls for:
 * sets of patterns, a bit each. */
struct rule_index {
	struct rule_ref {
		uint16_t rule, pattern;
		uint16_t nclasses;
		uint16_t classes[PATTERN_MUSTS]; /* of its sieve */
	} * refs;
	size_t n, words; /* patterns; uint64_t of one set */
	/* Those that want the word of unit UNIT_WORD + i, in order:
	 * by_word[starts[i], starts[i + 1]). */
	uint32_t *starts;
	uint16_t *by_word;
	uint64_t *any_word; /* those that need no certain word */
	uint64_t *idle;	    /* nothing comes of them without a network */
	uint64_t *leaning;  /* on other claims */
	/* Sets of symbols, of which one must stand; and which of the sets each
	 * pattern needs, a bit each. */
	uint32_t sets[RULE_SETS_MAX];
	size_t nsets;
	uint64_t *needs;
	struct {
		const char *name;
		uint64_t *patterns;
	} languages[WORDS_LANGS_MAX];
	size_t nlanguages;
};

struct rules {
	struct arena *arena;
	/* Whose words and tables these are, or NULL: its own. */
	const struct rules *words;
	struct rule_file *files; /* rules.c */
	size_t nfiles;
	struct rule *list;
	size_t n, cap;
	uint32_t ids[RULES_MAX]; /* hashes of ids, by which they are found */
	size_t nlearnt;		 /* rules in the texts that are to be read */
	size_t npatterns;	 /* of all rules, "unless" included */
	/* A sentence that one matches yields nothing. */
	struct discard {
		struct rule_pattern pattern;
		const char *file;
		const char *language; /* of what it reads, or NULL: all */
	} discards[RULES_DISCARDS_MAX];
	size_t ndiscards;
	/* The newest "let", behind it those above. */
	struct let {
		const struct let *above;
		struct span name;
		const char *text;
		struct pattern_piece **piece; /* once read, or not NULL yet */
	} * scope;
	size_t nlets;
	struct pattern_piece **choices; /* PATTERN_CHOICES of them */
	/* While files are learnt: what was; while they are read: the words of
	 * patterns and what they wrote; else NULL. */
	struct memo *memo;
	/* Lines with holes, which a rule's "use" fills by lets. */
	struct frame {
		const char *name;
		struct frame_line {
			const char *key, *text;
			/* As it was read last, by the words known then; or
			 * NULL. */
			struct rule_pattern *made;
			size_t words_of;
		} lines[RULES_FRAMES_MAX];
		size_t n;
	} * frames;
	size_t nframes, frames_cap;
	struct word_table anaphors; /* lang/LANG/anaphors.tsv */
	const struct word_row *grammar[RULES_GRAMMAR_MAX]; /* of it */
	size_t ngrammar;
	struct word_table polarity; /* lang/LANG/polarity.tsv */
	const struct word_row *endings[RULES_ENDINGS_MAX]; /* of it */
	size_t nendings;
	struct word_table clauses;  /* lang/LANG/clauses.tsv */
	struct word_table demonyms; /* lang/LANG/demonyms.tsv */
	struct word_table extents;  /* lang/LANG/extents.tsv */
	struct word_table lists;    /* lang/LANG/lists.tsv */
	struct vocabulary *vocabulary;
	struct sieve *sieve;
	struct raws *raws;
	struct rule_index index;
};

/* Lists of words that every pattern knows: pattern_put.c. */
enum pattern_choice {
	PATTERN_AND,
	PATTERN_ARTICLE,
	PATTERN_PLURAL,
	PATTERN_WITHIN,
	PATTERN_CHOICES
};

/* No rules yet, and no words; NULL without memory. */
struct rules *
rules_new(void);
/* rules_read.c: put the words of a file's patterns into the vocabulary.  All
 * files come first, so that "join*" knows what words there are. */
enum error_code
rules_learn(struct rules *r, struct span text);
/* Rules of a file's text, whose words are learnt; ERR_CONFIG with file:line. */
enum error_code
rules_read_learnt(
	struct rules *r, struct span text, const char *path, struct error *err);
/* Both. */
enum error_code
rules_read(
	struct rules *r, struct span text, const char *path, struct error *err);
/* The tables of words that rules lean on; version may not be NULL. */
enum error_code
rules_load_words(struct rules *r, const char *config_dir, struct hash *version,
	struct error *err);
/* The words of the language, for who shows it in colours: keywords of stanzas,
 * keys of rules, what a default is taken from, types of mentions; the i-th,
 * NULL behind the last. */
const char *
rules_stanza_word(size_t i);
const char *
rules_key_word(size_t i);
const char *
rules_default_word(size_t i);
const char *
pattern_type_word(size_t i);
/* The files under config_dir/rules, with their words and the tables', but no
 * rule read yet; ERR_NOT_FOUND, ERR_CONFIG. */
enum error_code
rules_open_words(const char *config_dir, struct hash *version,
	struct rules **out, struct error *err);
/* All rules of all files, into it; ERR_CONFIG with file:line. */
enum error_code
rules_read_all(struct rules *r, struct error *err);
/* The rules that read documents in that language, or of which none is known
 * (NULL).  They lean on words, which outlives them.  ERR_CONFIG. */
enum error_code
rules_open_language(const struct rules *words, const char *language,
	struct rules **out, struct error *err);
/* Of the i-th file, of nfiles. */
const char *
rules_path(const struct rules *words, size_t i);
/* Some file's rules are of that language. */
bool
rules_have_language(const struct rules *words, const char *language);
/* rules_read.c: "en" of ".../en.rules", "en-more.rules"; false of others, whose
 * rules read all. */
bool
rules_file_language(const char *path, char out[3]);
void
rules_free(struct rules *r);

struct annotated;
struct trace; /* trace.h */
struct memo;  /* memo.h */

/* pattern.c: one pattern line, which lives as long as the rules, into *made,
 * all but its line and number; ERR_CONFIG without place. */
enum error_code
pattern_compile(const struct rules *r, const char *text,
	struct rule_pattern *made, struct error *err);
/* Read now it would be the same: what it names is. */
bool
pattern_same(const struct rules *r, const struct rule_pattern *p);
/* The same for PCRE2, in ASCII, appended to out. */
enum error_code
pattern_text(const struct rules *r, const struct rule_pattern *p,
	struct buffer *out);

/* Put the words that patterns have of their own into the vocabulary. */
enum error_code
pattern_learn(struct vocabulary *v);

/* "CITY|REGION" as symbols; false for an unknown type. */
bool
pattern_types(struct span names, uint32_t *symbols);

/* "CITY" of a symbol that stands for a mention. */
const char *
pattern_type_name(unsigned symbol);

/* index.c: called once, when all rules are read. */
enum error_code
rule_index_make(struct rules *r);
/* The patterns that read a document in that language (or NULL), into read
 * (index.words long). */
void
rule_index_language(
	const struct rules *r, const char *language, uint64_t *read);
/* Those of read for which n has a word and the symbols, into due; none that is
 * idle without a network.  False: there is none. */
bool
rule_index_due(const struct rules *r, const struct annotated *n, bool network,
	const uint64_t *read, uint64_t *due);

/* context.c: the document, looked through once: who and what was spoken of
 * before a place in it. */
struct mention_list {
	int32_t *at; /* indices of mentions, in order */
	size_t n;
};

struct context {
	const struct rules *rules;
	struct mention_list networks[ZONES];
	bool *trusted; /* of the mentions, networks that a block without one
			* may mean */
	int32_t main_network, main_city, main_organisation; /* or -1 */
	bool main_said;	  /* the main network is named more than once */
	int32_t today;	  /* the date beside the word, or -1 */
	int32_t *persons; /* of a block, the first; CONTEXT_UNKNOWN */
	uint8_t *quoted;  /* a sentence begins inside a quotation */
	struct speech {
		const char *who;   /* or NULL */
		uint32_t from, to; /* what stands between who and "said" */
	} * speeches;		   /* of sentences, once asked for; or NULL */
	int32_t *newest, *next;	   /* claims of a sentence, newest first */
	size_t nnext;
	const struct extraction *told; /* has the claims, if any */
	bool omits_subject; /* the document's language does, as Spanish */
	uint16_t copula[2]; /* its "is" and "are": units, or 0 */
	uint16_t joins;	    /* its "and" */
	size_t added;	    /* mentions behind the scan's n, in no order */
	struct annotated **notes;  /* of sentences, or NULL */
	const struct trace *trace; /* who looks on, or NULL */
	bool *discarded;	   /* sentences that yield nothing, or NULL */
};

enum { CONTEXT_NONE = -1, CONTEXT_UNKNOWN = -2 };

/* Names take an s in the genitive, as in German: the row "genitive s". */
bool
context_owners(const struct rules *r, const char *language);
/* The rows of anaphors.tsv that tell of a language's grammar, looked up once;
 * ERR_LIMIT: too many. */
enum error_code
context_grammar(struct rules *r);
enum error_code
context_make(struct context *x, const struct rules *r, struct scan *s);
/* A mention found while rules run: behind the others, whose order counts.  Its
 * index, or -1 when there is no room. */
int32_t
context_add(struct context *x, struct scan *s, const struct mention *m);
/* Index of the first mention at or behind at. */
size_t
context_mention(const struct scan *s, uint32_t at);
/* Index of the sentence in which text[at] stands, or the last before it. */
size_t
context_sentence(const struct scan *s, uint32_t at);
/* What counts as the same name: its id, else its words. */
struct span
context_name_key(const struct scan *s, const struct mention *m);
/* The network or member title last named before at in its block, in the words'
 * own zone, the body or the title; else the document's main one, last or
 * first; -1, also for one that is only named far away. */
int32_t
context_network(const struct context *x, const struct scan *s, uint32_t at);
/* The network of a list that text[start, end) announces: the last it names,
 * else the last named before; one named only later if it is the document's and
 * named twice; -1. */
int32_t
context_network_listed(const struct context *x, const struct scan *s,
	uint32_t start, uint32_t end);
/* The same, for words that name none: not one that the text names only later,
 * but for its title; who wrote them had another in mind. */
int32_t
context_network_meant(
	const struct context *x, const struct scan *s, uint32_t at);
/* context_networks.c: the network of a claim whose words text[start, end) name
 * none: one that follows in the same breath, one that a claim of the block
 * named last, or context_network_meant(); -1. */
int32_t
default_network(const struct context *x, const struct scan *s,
	const struct extraction *out, uint32_t start, uint32_t end);
/* What "it" or "the city" at `at` stands for: who is spoken of first in its
 * sentence before it, or in the sentences before in the block, but for one of
 * several there; else the document's main one.  types: bits 1 << enum
 * mention_type. */
int32_t
context_subject(const struct context *x, const struct scan *s, uint32_t at,
	unsigned types);
/* context_speakers.c: who says text[at], where the release tells what somebody
 * says; or NULL. */
const char *
context_speaker(struct context *x, struct scan *s, uint32_t at);

#define DROPPED_DATES_MAX 8
#define PAIRS_MAX	  8 /* of names told apart in a sentence, and of words */

/* anaphors.c: what the words at text[at] of a row of anaphors.tsv stand for, as
 * a value of annotated.mention, and their symbol; NOTE_TEXT: for nothing. */
int32_t
anaphor_resolve(const struct context *x, const struct scan *s,
	const struct word_row *row, uint32_t at, unsigned *symbol);

/* dateline.c: text[at] stands in what says where its block was written, which
 * is not what it is about: "GENEVA, 3 May (AFP) - ". */
bool
dateline_has(const struct scan *s, uint32_t at);

/* annotate.c: a sentence as the rules see it, unit by unit. */
struct annotated {
	uint16_t *units;
	uint32_t *at, *to; /* where each stands in the document */
	int32_t *mention;  /* what each stands for, or NOTE_TEXT */
	size_t len, cap;
	uint32_t symbols; /* bits of the symbols that occur */
	uint32_t start, end;
	const struct word *list; /* of the sentence */
	size_t nwords;
	/* Filled once a match asks for it: a list without the words that
	 * symbols hide, and of each word and the end: */
	struct word *shown;
	struct note_word {
		uint32_t stem;	/* unit */
		uint32_t count; /* words before it that no symbol hides */
		const struct word_row
			*turn; /* of polarity.tsv that stands here */
		const struct word_row *clause; /* of clauses.tsv */
		size_t turn_words;
	} * notes;
	bool placed;
	bool is_skeleton;
	struct {
		int32_t mention;
		uint32_t at;	      /* unit before which it stood */
		bool since;	      /* stood behind such a word */
	} dropped[DROPPED_DATES_MAX]; /* by reading_put() */
	size_t ndropped;
	/* pairs.c: mentions that are told apart, "but not Graz"; and where
	 * words begin that only join or part names. */
	int32_t apart[PAIRS_MAX];
	uint32_t quiet[PAIRS_MAX];
	size_t napart, nquiet;
	struct buffer tmp;
};

/* Values of annotated.mention beside indices of mentions; NOTE_ANAPHOR is
 * added to the index of what an anaphor stands for. */
enum {
	NOTE_TEXT = -1,
	NOTE_PRONOUN = -2, /* what was spoken of last */
	NOTE_MAIN = -3,	   /* "we": what the document is about */
	NOTE_ANAPHOR = 1 << 24
};

/* The symbol of unit i, or UINT32_MAX: it is a word or a mark. */
static inline unsigned
annotated_symbol(const struct annotated *n, size_t i)
{
	return n->units[i] >= UNIT_SYMBOL && n->units[i] < UNIT_WORD
		       ? (unsigned)n->units[i] - UNIT_SYMBOL
		       : UINT32_MAX;
}

void
annotated_init(struct annotated *n);
void
annotated_release(struct annotated *n);
enum error_code
annotate(const struct rules *r, struct context *x, struct scan *s,
	uint32_t start, uint32_t end, struct annotated *out);
/* A sentence that holds no name, nor a word that may stand for one. */
bool
annotated_is_empty(
	const struct rules *r, struct scan *s, size_t i, struct buffer *tmp);
/* Sentence i, annotated once for all who ask; tmp is working memory.  NULL
 * without memory. */
struct annotated *
annotated_sentence(const struct rules *r, struct context *x, struct scan *s,
	size_t i, struct annotated *tmp);
/* Add a unit; there is room: one stands for a byte at least. */
void
annotated_put(struct annotated *n, uint16_t unit, uint32_t from, uint32_t to,
	int32_t mention);
/* Fill out->notes; the fold of a word inside a symbol becomes "". */
void
annotated_place_words(
	const struct rules *r, const char *language, struct annotated *out);
/* semicolons.c: those that part the names of a list become commas. */
void
semicolons_join(
	const struct rules *r, const struct scan *s, struct annotated *n);
/* pairs.c: read what joins and parts the names of n. */
void
pairs_read(const struct rules *r, const struct scan *s, struct annotated *n);
/* Of the mention the contrary is told. */
bool
pairs_is_apart(const struct annotated *n, int32_t mention);
/* The word at byte at turns nothing: it joins names or parts them. */
bool
pairs_is_quiet(const struct annotated *n, uint32_t at);
/* The first "and" of the language; NULL: it has none. */
const struct word_row *
pairs_and(const struct rules *r, const char *language);
/* "A and B", "A, B and C" in sentence i: m is one of several, of whom "it" is
 * none. */
bool
pairs_is_one_of_several(
	const struct context *x, const struct scan *s, size_t i, int32_t m);
/* What is told of a name apart. */
enum polarity
pairs_other(enum polarity p);
/* "Irish" within the words of a mention, as one of its own; or NOTE_TEXT. */
int32_t
annotated_nationality(const struct rules *r, struct context *x, struct scan *s,
	const struct mention *in);
/* mention.rule of a nationality that stands for its country. */
extern const char nationality_rule[];
/* Bit of a mention's symbol, 0-31. */
unsigned
symbol_of(const struct mention *m);

/* polarity.c: the rows of polarity.tsv that name verbs' endings, looked up
 * once; ERR_LIMIT: too many. */
enum error_code
polarity_endings(struct rules *r);
/* Of a match, from the words before and in its head; POLARITIES:
 * they say something else. */
enum polarity
polarity_at(const struct rules *r, const struct scan *s, struct annotated *n,
	enum claim_kind kind, size_t head, size_t head_end, size_t end);
/* What the ending of a verb in the head, or just before it, says; n is placed.
 */
enum polarity
polarity_by_ending(const struct rules *r, const struct scan *s,
	const struct annotated *n, size_t head, size_t head_end);

/* match.c */
struct matcher {
	pcre2_match_data *data;
	pcre2_match_context *context;
	struct annotated *note; /* the sentence that is matched */
	struct span text;	/* the document's */
	const struct rules *rules;
	pcre2_match_data *raw_data;
	struct annotated part; /* of lists, and working memory */
	struct sieve_note sieve;
	pcre2_match_data *unless_data;
	uint64_t *read;	    /* patterns of the document, a bit each */
	uint64_t *due;	    /* of a sentence; in the end those that have all */
	uint64_t *stood;    /* so of the sentence as it stands */
	pcre2_code **codes; /* by number, of the patterns that ran, or NULL */
	size_t ncodes;
};

enum error_code
matcher_init(struct matcher *m, const struct rules *r, struct error *err);
void
matcher_release(struct matcher *m);
/* The pattern for PCRE2, compiled when it is first asked for, which for most
 * is never; NULL: it cannot be. */
const pcre2_code *
matcher_code(struct matcher *m, const struct rule_pattern *p);
/* Its first match at or behind at of the note that the sieve has read: what
 * pcre2_match() gives.  Interpreted: a sieve stands before it, so that each
 * pattern runs a few times only, and machine code of many patterns would be
 * slower to fetch than it is to run (workers may not make any). */
int
matcher_find(struct matcher *m, const struct rule_pattern *p, size_t at,
	pcre2_match_data *data);
/* Can all its patterns be compiled?  ERR_CONFIG with file:line. */
enum error_code
matcher_compile_rule(
	struct matcher *m, const struct rule *rule, struct error *err);
enum error_code
matcher_compile_discard(
	struct matcher *m, const struct discard *d, struct error *err);

/* A match of one pattern in an annotated sentence. */
struct hit {
	const struct rule *rule;
	const struct rule_pattern *pattern;
	const PCRE2_SIZE *ov;
	uint32_t groups;
};

enum error_code
rules_run(const struct rules *r, struct matcher *m, struct context *x,
	struct scan *s, struct extraction *out);

/* bind.c: such a claim says nothing without a network. */
bool
bind_wants_network(enum claim_kind kind);
/* What a symbol at unit i stands for in a slot: index, or -1; *anaphor: by
 * other words than its name. */
int32_t
bind_stands_for(const struct annotated *n, const struct context *x,
	const struct scan *s, enum slot slot, size_t i, bool *anaphor);
/* A match becomes claims. */
enum error_code
bind_hit(const struct hit *h, const struct rules *r, struct matcher *m,
	struct context *x, struct scan *s, struct extraction *out);
/* The words of a claim carry these bases where a slot's own words do not say
 * what it holds. */
#define BASIS_ANAPHOR	       "anaphor"
#define BASIS_DOCUMENT_NETWORK "document.network"

/* defaults.c: what a rule's own lines add to a claim, or false: they reject
 * it. */
bool
rule_values_apply(const struct rule *rule, const struct context *x,
	const struct scan *s, uint32_t head, struct claim *c);
/* Add an argument; there is room for CLAIM_SLOTS_MAX. */
void
claim_put(struct claim *c, enum slot slot, int32_t mention, const char *value,
	const char *basis);

/* The first argument of the slot goes, if there is one. */
void
claim_drop(struct claim *c, enum slot slot);

/* dating.c: the date in the sentence that dates the act whose head stands at
 * text[head, head_end) of the note, index of a mention or -1. */
int32_t
dating_find(const struct rules *r, const struct context *x,
	const struct scan *s, struct annotated *n, size_t head, size_t head_end,
	const struct claim *c);
/* The date that the words of a pattern gave the claim may be its own: no
 * "renewed its membership, which it has had since 2004". */
bool
dating_fits(const struct annotated *n, const struct claim *c);
/* No word of the units from `from` on keeps the date at unit i from dating. */
bool
dating_allows(const struct annotated *n, size_t from, size_t i);
/* It stands behind "since": it is the beginning of what lasts. */
bool
dating_is_since(const struct annotated *n, size_t i);
/* "in 2014 and 2015 (respectively)": the i-th of so many dates, or -1. */
int32_t
dating_respective(const struct annotated *n, const struct scan *s, size_t i,
	size_t so_many);
/* "Graz (since 2012)": the one date in brackets behind the name, or -1. */
int32_t
dating_own(const struct rules *r, const struct scan *s, int32_t name);
/* The claim about it gets that, for the one it has. */
void
dating_put_own(const struct rules *r, const struct scan *s, int32_t name,
	struct claim *c);

/* lists.c: an announced list and the items that follow. */
enum error_code
lists_run(const struct rules *r, struct matcher *m, struct context *x,
	struct scan *s, struct extraction *out);

/* claims.c: add a claim unless the document has it. */
enum error_code
claims_add(struct context *x, struct scan *s, struct extraction *out,
	const struct claim *c);
/* The slot means the same: one mention, or the same number or network. */
bool
claims_same_slot(const struct scan *s, const struct claim *a,
	const struct claim *b, enum slot slot);
/* A list or membership of sentence t tells of the name, as of a member or in
 * the status's group. */
bool
claims_tell_of(const struct context *x, const struct scan *s,
	const struct extraction *out, size_t t, int32_t name,
	enum status status);
/* Which mentions name a network that claims are about, or three claims where
 * only its context makes it one: a flag each and one behind the last; NULL
 * without memory. */
bool *
claims_networks(const struct scan *s, const struct extraction *out);
/* What those are who are in it, where no word tells more: a title is borne. */
enum status
claims_state_of(const struct scan *s, int32_t network);
/* The claim of one of the kinds (bits) that stands in the sentence of text[at]
 * or nearest before it, at most so many sentences back; or NULL. */
const struct claim *
claims_before(const struct context *x, const struct scan *s,
	const struct extraction *out, uint32_t at, unsigned kinds,
	unsigned within);
enum zone
claims_zone(const struct scan *s, uint32_t at);

/* asof.c: date the totals whose own sentence names no day. */
void
asof_run(const struct rules *r, struct context *x, struct scan *s,
	struct extraction *out, struct buffer *tmp);

#endif
