/*
 * What the recognisers of extract share: one document being read, and the
 * list of mentions found so far.  Private to the room.
 *
 * Order of work (extractor.c):
 *   names_scan     networks, member titles, organisations, persons, roles,
 *                  events; they mask what lies inside them
 *   dates_scan, counts_scan
 *   gazetteer_scan places that no name masks
 *   scan_settle    sort, longest first, drop what overlaps
 *   places_resolve candidates to one place, by context
 *   subjects_scan  names beside a network that nothing above knows
 * Each recogniser's configuration is immutable and shared by threads; what
 * it needs for matching (PCRE2 match data) is made once per extractor.
 */
#ifndef DL_EXTRACT_SCAN_H
#define DL_EXTRACT_SCAN_H

#include "core/core.h"

#define SCAN_MENTIONS_MAX RECORD_MENTIONS_MAX
#define SCAN_WARNINGS_MAX 64

struct atom;	   /* lexis.h */
struct gaz_match;  /* gazetteer.h */
struct lexeme;	   /* phrasebook.h */
struct lexis;	   /* lexis.h */
struct word;	   /* words.h */
struct word_table; /* words.h */

/* Words and marks of a part of the text, lexis.h; list is NULL when it is to
 * be read from the text. */
struct atoms {
	const struct atom *list;
	size_t n;
};

/* A sentence, or a piece of one cut at EXTRACT_SENTENCE_MAX. */
struct sentence {
	uint32_t start, end; /* bytes into document.text */
	uint32_t block;	     /* index into document.blocks */
	struct atoms atoms;  /* of lexis_read() */
	/* Its words, once someone has asked for them: not to be written. */
	const struct word *words;
	size_t nwords;
	uint8_t tables; /* of all of them together */
	/* Its lexemes, of phrasebook_sentence(); so, too. */
	struct lexeme *lexemes;
	size_t nlexemes;
	uint64_t lexeme_kinds;
	bool lexeme_digits;
};

/* "Leeds City Council", "mairie de Lyon": an organisation that speaks for
 * a city, which is the subject of what is said of it. */
struct body {
	uint32_t start;		       /* of the organisation's mention */
	uint32_t city_start, city_end; /* the city's name in it */
	bool sure;		       /* a city, also where no table has it */
	const struct gaz_match *match; /* of gazetteer_scan() */
	struct mention city;	       /* of places_resolve(); no name: none */
};

/* "West Torrens" of "the City of West Torrens": all of a place's name, which is
 * one, also where no table has it, if it is sure. */
struct named {
	uint32_t start, end;
	bool sure;
};

/* A name that a table has as a place's, where nothing shows that it is one. */
struct doubt {
	struct mention place; /* what it would be */
	bool word;	      /* a usual word or a person's name as well */
};

/* A name that something in the document treats as a network's, but that
 * little that it is none yet. */
struct hinted {
	uint32_t start, end; /* where it does */
	bool entered;	     /* by a verb alone, "joined Orbis" */
};

struct scan {
	const struct document *doc;
	struct arena *arena;
	struct mention *list;
	size_t n, cap;
	struct sentence
		*sentences; /* in order; filled before recognisers run */
	size_t nsentences;
	struct lexis *lexis;	   /* or NULL: all is read from the text */
	struct atoms *blocks;	   /* of lexis_read(), or NULL */
	struct gaz_match *matches; /* of gazetteer_scan(), by start */
	size_t nmatches;
	struct body *bodies; /* by start */
	size_t nbodies, bodies_cap;
	struct named *named; /* of names_scan(), by start */
	size_t nnamed, named_cap;
	struct doubt *doubts; /* of places_resolve(), by start */
	size_t ndoubts, doubts_cap;
	const struct hinted *hinted; /* of names_scan() */
	size_t nhinted;
	const char **warnings;
	size_t nwarnings;
	bool full;   /* SCAN_MENTIONS_MAX reached; a warning says so */
	bool owners; /* names take an s in its language: "Berlins" */
};

/* Append a copy of *m; its strings must live in s->arena or in config. */
enum error_code
scan_add(struct scan *s, const struct mention *m);

/* Append a copy of *b, behind those that start before it. */
enum error_code
scan_add_body(struct scan *s, const struct body *b);
/* The same of a place's name. */
enum error_code
scan_add_named(struct scan *s, const struct named *m);
/* The one that has text[at], or NULL. */
struct named *
scan_named(const struct scan *s, uint32_t at);
/* The body whose organisation starts there, or NULL. */
struct body *
scan_body(const struct scan *s, uint32_t start);

/* The mention is of UNESCO or the like: whose network others join. */
bool
scan_is_giver(const struct mention *m);

/* "problem-code-name: message", at most SCAN_WARNINGS_MAX, no duplicates. */
void
scan_warn(struct scan *s, enum problem_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Index of the first block that ends behind text[at], or nblocks. */
size_t
scan_block_at(const struct document *doc, uint32_t at);
/* A mention that covers [start, end) of the text, or any part of it. */
bool
scan_overlaps(const struct scan *s, uint32_t start, uint32_t end);

/* The words of the sentence, split once for all; NULL without memory. */
const struct word *
scan_words(struct scan *s, size_t sentence, struct buffer *tmp, size_t *n);
/* Sort by start; where two overlap the longer stays, then the earlier added. */
enum error_code
scan_settle(struct scan *s);

/* ---- names.c: networks, titles, organisations, persons, roles, events ---- */

/* mention.rule of an organisation known by its shape alone. */
#define NAMES_RULE_ORGANISATION "names.organisation"
/* The same of one that the lexicon lists whole: it gives titles, and is a
 * member of nothing. */
#define NAMES_RULE_LISTED "names.organisation.listed"
/* One of several behind one head: no place, though one may be called so. */
#define NAMES_RULE_SHARED "names.organisation.shared"
/* The same of a person known by the given name alone. */
#define NAMES_RULE_GIVEN "names.person.given"
struct names;
struct names_state;
enum error_code
names_open(const char *config_dir, struct hash *version, struct names **out,
	struct error *err);
void
names_free(struct names *n);
enum error_code
names_state_new(
	const struct names *n, struct names_state **out, struct error *err);
void
names_state_free(struct names_state *st);
enum error_code
names_scan(const struct names *n, struct names_state *st, struct scan *s);
/*
 * A network of the registry goes by the fullest name that the document gives
 * it, with the registry's in brackets where that is another; by the registry's
 * alone where the document has but a member's title, or a part of it.
 * ERR_NOMEM, ERR_LIMIT from the document's arena.
 */
enum error_code
names_call(const struct names *n, struct names_state *st, struct scan *s);

/* What the registry has of a network. */
struct network_info {
	const char *id;
	const char *name;
	const char *units; /* "cities" */
	const char *scope; /* "world", "Europe", "GB" ... */
};

/* ---- dates.c and counts.c, patterns and words under config/lang/ ---- */
/* mention.rule of a name that no table has, of subjects_scan(). */
#define SUBJECTS_RULE_UNKNOWN "subjects.unknown"

/* mention.rule of a date that begins with the day of the week. */
extern const char weekday_rule[];
struct phrasebook;
struct lexeme;
/* room: of EXTRACT_SENTENCE_MAX lexemes, working memory. */
enum error_code
dates_scan(const struct phrasebook *words, struct lexeme *room, struct scan *s);
enum error_code
counts_scan(
	const struct phrasebook *words, struct lexeme *room, struct scan *s);

/* ---- gazetteer.c, places.c ---- */
struct gazetteer;
/* Hex hash of the mapped file, for ruleset_version(). */
const char *
gazetteer_version(const struct gazetteer *g);
/* Every place name outside of other mentions, as a CITY without value until
 * places_resolve() knows more; what was found is in s->matches. */
enum error_code
gazetteer_scan(const struct gazetteer *g, struct scan *s);
/* Give each CITY, REGION and COUNTRY mention its place, by "City, Country",
 * countries named, coherence with other places, population; drop common
 * words without context, which become doubts.  Names that do not resolve keep
 * id NULL. */
enum error_code
places_resolve(const struct gazetteer *g, struct scan *s);
/* "Villa María, Argentina", "Écija (Sevilla)", "Ouro Preto (MG)", "Chur GR":
 * where mention i ends with what says where it is. */
uint32_t
places_full_end(const struct scan *s, size_t i);

/* ---- subjects.c: names that no list knows, beside a network ---- */
struct subjects;
enum error_code
subjects_open(const char *config_dir, struct hash *version,
	struct subjects **out, struct error *err);
void
subjects_free(struct subjects *u);
/* Their words, for lexis_mark(). */
const struct word_table *
subjects_words(const struct subjects *u);
/* "Clonakilty became a Fairtrade Town": the names that the words of
 * lang/LANG/subjects.tsv show to be members, as cities without an id or as
 * organisations; doubts of places_resolve() become the places they would be.
 * None is a word of rules; told has the cue layer's words (both may be
 * NULL). */
struct vocabulary;
enum error_code
subjects_scan(const struct subjects *u, const struct vocabulary *rules,
	const struct word_table *told, struct scan *s, struct buffer *tmp);
/* Those that no claim took leave the list. */
enum error_code
subjects_settle(struct scan *s, struct extraction *out);

#endif
