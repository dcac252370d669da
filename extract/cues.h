/*
 * The cue layer: what no rule and no list claimed, but where a name, a network
 * and a word that tells of membership stand near each other.  Each candidate
 * has a few features (cues_features.c names them); config/cues/weights.tsv
 * weighs them, and those that are probable enough become claims.
 * Private to extract.
 */
#ifndef DL_EXTRACT_CUES_H
#define DL_EXTRACT_CUES_H

#include "rules.h"

#define CUES_OF_SENTENCE   32	 /* more are not looked at */
#define GROUPS_OF_SENTENCE 64	 /* names or runs of names */
#define CUE_CANDIDATES_MAX 20000 /* of one document */

/* The classes of config/lang/LANG/cues.tsv. */
enum cue_class {
	CUE_JOIN,
	CUE_MEMBER,
	CUE_FOUND,
	CUE_ASSOCIATE,
	CUE_DESIGNATE,
	CUE_RENEW,
	CUE_REINSTATE,
	CUE_APPLY,
	CUE_CANDIDATE,
	CUE_NOMINATE,
	CUE_FAIL,
	CUE_SUSPEND,
	CUE_EXCLUDE,
	CUE_LEAVE,
	CUE_LOSE,
	CUE_EXPIRE,
	CUE_RUN,      /* no word: names told together, as members are */
	CUE_STATUSES, /* those above tell of one member */
	CUE_TOTAL = CUE_STATUSES,
	CUE_FRESH,
	CUE_ONLY,
	CUE_AMONG, /* "among them": members follow */
	CUE_NONE,  /* "membership fee": what looks like a cue */
	CUE_CLASSES
};

enum cue_model {
	MODEL_MEMBERSHIP,
	MODEL_RUN, /* a membership that no word tells */
	MODEL_COHORT,
	MODEL_TOTAL,
	CUE_MODELS
};

/* What a candidate is judged by; cues_features.c has their names. */
enum cue_feature {
	F_BIAS,
	F_CLASS, /* one for each that tells of one member */
	F_WEAK = F_CLASS + CUE_STATUSES,
	F_AFTER,	/* the name stands behind the cue */
	F_AFTER_MEMBER, /* behind "member", "belong" ... */
	F_AFTER_LEAVE,	/* behind a word of the end */
	F_NEAR,		/* words between name and cue: up to 2 */
	F_MIDDLE,	/* up to 6 */
	F_FAR,		/* over 12 */
	F_NET_NEAR,	/* words between cue and network: up to 3 */
	F_NET_FAR,	/* over 8 */
	F_NET_NAMED,
	F_NET_TITLE,
	F_NET_ANAPHOR,
	F_NET_KNOWN,   /* in the registry */
	F_NET_BETWEEN, /* it parts name and cue */
	F_NET_FIRST,   /* it stands before both */
	F_NET_OTHER,   /* the sentence names another */
	F_NET_TOLD,    /* a rule claims something of it: of others no claim is
			  made, but see may_tell_of() */
	F_ORGANISATION,
	F_REGION,
	F_ANAPHOR,  /* "the city" */
	F_PRONOUN,  /* "it" */
	F_IMPLIED,  /* the sentence names nobody */
	F_MAIN,	    /* whom the document is about */
	F_RESOLVED, /* the gazetteer knows the place */
	F_AT,	    /* "in" before it */
	F_OF,	    /* "of" before it */
	F_PAIR,	    /* two or three names */
	F_LIST,	    /* more */
	F_BOUNDARY, /* a clause begins between name and cue */
	F_COMMA,
	F_SEMICOLON,
	F_COLON, /* "Neu dabei: Graz" */
	F_OTHER_BETWEEN,
	F_OTHER_NEARER,
	F_PERSON, /* between name and cue */
	F_ROLE,	  /* right before the name */
	F_STATUSES_BETWEEN,
	F_STATUSES_MANY, /* more than two classes in the sentence */
	F_COUNT_BETWEEN,
	F_TITLE,
	F_HEADING,
	F_ITEM,
	F_MARGIN, /* teaser, comment, footer */
	F_QUESTION,
	F_TURNED, /* planned, hypothetical or negated */
	F_QUOTED,
	F_DATE,	      /* one dates it */
	F_CLAIMED,    /* a rule found something in the sentence */
	F_AMONG,      /* "among them" before the name */
	F_DATELINE,   /* the name is where the text was written */
	F_FIRST,      /* the first name of the sentence */
	F_CUE_NEARER, /* a cue of another class is */
	F_DOMINATED,  /* "joined" beside "refused": not what happened */
	F_NET_MAIN,   /* whom the document speaks of most */
	F_NET_ONLY,   /* the document names no other */
	F_CLEAN,      /* nothing parts name and cue */
	F_TIGHT,      /* and the network is named beside them */
	F_TIGHT_AFTER,
	F_DEFAULT, /* clean, and the only network is the document's */
	/* Of names told together and of counts. */
	F_SAYS_IN,  /* the sentence has a word of joining or being in */
	F_SAYS_OUT, /* or of asking, failing, leaving */
	F_BEFORE,   /* a rule claims something in the sentence before */
	/* Of names told together only. */
	F_RUN_TWO,    /* no more than two */
	F_RUN_COLON,  /* a colon right before them */
	F_RUN_SHARED, /* a rule claims another of them */
	F_RUN_ALONE,  /* the sentence has no other name */
	F_RUN_BEGINS, /* it begins with them */
	F_RUN_ENDS,   /* or ends */
	/* Of counts only. */
	F_NEW,
	F_OTHERS,
	F_BARE,
	F_TOTAL_NEAR,
	F_TOTAL_SAID,
	F_FRESH_NEAR,
	F_JOIN_NEAR,
	F_MEMBER_NEAR,
	F_COUNTRIES,
	F_BOUND,
	F_PARTITIVE, /* "one of 64" */
	F_SCOPE_BEHIND,
	F_SCOPE_BEFORE,
	F_FEW,
	F_MANY,
	F_SOME, /* twenty and more */
	CUE_FEATURES
};

extern const char *const cue_feature_names[CUE_FEATURES];
extern const char *const cue_class_names[CUE_CLASSES];
extern const char *const cue_model_names[CUE_MODELS];

/* Two features that say more together than each does, or less. */
struct cue_pair {
	enum cue_feature one, other;
	const char *name; /* "cue.join&name.list" */
	double weight;
};

struct cues {
	struct arena *arena;
	struct word_table words;
	double weights[CUE_MODELS][CUE_FEATURES];
	struct cue_pairs {
		struct cue_pair *list;
		size_t n, cap;
	} pairs[CUE_MODELS];
	double thresholds[CUE_MODELS]; /* over 1: the layer says nothing */
};

/* cues_words.c: the class of a row of cues.words. */
enum cue_class
cue_class_of(const struct word_row *row, bool *weak);
/* Words and weights.  ERR_CONFIG with file:line. */
enum error_code
cues_open(const char *config_dir, struct hash *version, struct cues **out,
	struct error *err);
void
cues_free(struct cues *c);

/* One sentence, as this layer reads it.  Positions are units of the note. */
struct cue_word {
	enum cue_class class;
	bool weak;
	uint32_t at, end;
};

struct cue_group { /* a name, or a run of names that share what is said */
	uint32_t at, end;
	size_t n;
	int32_t implied; /* mention that no word here stands for, or -1 */
};

/* Of units before a unit, so that a difference counts those between. */
struct cue_sums {
	uint16_t words, commas, semicolons, colons, boundaries, subjects,
		networks, persons, counts, statuses;
};

struct cue_sentence {
	const struct cues *cues;
	const struct rules *rules;
	struct context *context;
	struct scan *scan;
	const struct extraction *out;
	struct annotated *note;
	size_t sentence;
	struct cue_word cues_list[CUES_OF_SENTENCE];
	size_t ncues;
	struct cue_group groups[GROUPS_OF_SENTENCE];
	size_t ngroups;
	uint8_t *kinds;	       /* of a unit: enum unit_kind bits */
	struct cue_sums *sums; /* len + 1 */
	size_t cap;
	uint32_t classes; /* bits of enum cue_class that occur */
	bool question, claimed;
	bool only_network; /* the document names one */
	bool *told;	   /* by mention: a rule claims something of it */
	bool all;	   /* also what a rule said */
};

enum {
	UNIT_IS_AT = 1,
	UNIT_IS_OF = 2,
	UNIT_IS_AND = 4,
	UNIT_IS_AMONG = 8,
	UNIT_IS_ASIDE = 16 /* in brackets behind a name: "Vigo (Pontevedra)" */
};

/* cues_sentence.c: false when there is nothing to find in it. */
enum error_code
cue_sentence_read(struct cue_sentence *q, bool *found);
/* The network that a cue at [at, end) speaks of: its unit, or -1 when it is
 * the document's; *m is its mention, or -1. */
int32_t
cue_network(const struct cue_sentence *q, uint32_t at, uint32_t end, int32_t *m,
	bool *other);

/* A claim that may be made. */
struct cue_candidate {
	struct claim claim;
	enum cue_model model;
	double value[CUE_FEATURES];
};

struct cue_list {
	struct cue_candidate *list;
	size_t n, cap;
};

/* cues_sentence.c: what the sentence and the one before it say at all. */
void
cue_judge_sentence(const struct cue_sentence *q, double *f);

/* cues_membership.c, cues_counts.c: the candidates of a sentence. */
enum error_code
cues_membership(struct cue_sentence *q, const struct extraction *out,
	struct cue_list *list);
enum error_code
cues_counts(struct cue_sentence *q, const struct extraction *out,
	struct cue_list *list);
/* cues.c: NULL without room or memory. */
struct cue_candidate *
cue_add(struct cue_list *list, struct arena *a);

/*
 * Claims of the sentences from which rules and lists claimed less than they
 * say, behind the others.  all: every candidate, whatever its probability, in
 * place of the claims.
 */
enum error_code
cues_run(const struct cues *c, const struct rules *r, struct matcher *m,
	struct context *x, struct scan *s, bool all, struct extraction *out);

#endif
