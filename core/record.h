/*
 * The records of the chain, as structs.  Strings and arrays live in the
 * arena they were made or decoded in; NULL (or an empty span) is "absent".
 * docs/schema/ has the JSON form of each; codec.h reads and writes it.
 */
#ifndef DL_CORE_RECORD_H
#define DL_CORE_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "date.h"
#include "problem.h"
#include "span.h"
#include "value.h"

#define RECORD_LINE_MAX	    ((size_t)16 << 20) /* bytes of one NDJSON line */
#define RECORD_DEPTH_MAX    32		       /* nested arrays and objects */
#define RECORD_BLOCKS_MAX   200000	       /* blocks of one document */
#define RECORD_DATES_MAX    64	   /* days one page gives for itself */
#define RECORD_NAMES_MAX    16	   /* publishers, or contacts, of one page */
#define RECORD_LINKS_MAX    20000  /* links of one document */
#define RECORD_MENTIONS_MAX 100000 /* mentions of one document */
#define RECORD_CLAIMS_MAX   20000  /* claims of one document */
#define CLAIM_ARGS_MAX	    4096   /* args of one claim, members too */
#define CLAIM_FEATURES_MAX  256	   /* features of one claim */

enum record_kind {
	RECORD_TASK,
	RECORD_PAGE,
	RECORD_LINK,
	RECORD_DOCUMENT,
	RECORD_EXTRACTION,
	RECORD_PROBLEM,
	RECORD_KINDS
};

/* What `dateline plan` finds due. */
struct task {
	const char *url;
	const char *source; /* name in sources.yaml, or "command-line" */
	const char *reason; /* due forced named link listing guess; fetched
			       unchanged failed fresh */
	const char *via;    /* URL of what points to it, of a link */
	const char *etag;   /* validators of the last archived capture */
	const char *last_modified;
	const char *body;   /* and its digest, as page.body */
	int64_t not_before; /* Unix seconds; 0 is now */
};

/* Where a record stands in the archive: a member of a file. */
struct archive_ref {
	const char *file; /* name inside the archive directory, no path */
	int64_t offset;	  /* bytes */
	int64_t length;	  /* bytes of the gzip member */
};

/* One capture. */
struct page {
	const char *id;	  /* of the capture, hash_id over url, time, body */
	const char *body; /* "sha256:" and hex, of the decoded bytes */
	const char *url;  /* asked for */
	const char *final_url; /* that answered */
	const char *source;
	const char *media_type; /* "text/html", without parameters */
	const char *charset;	/* parameter of Content-Type */
	int status;		/* HTTP status; 0 for a local file */
	int64_t bytes;		/* length of the body */
	const char *etag;
	const char *last_modified;
	int64_t fetched_at; /* Unix seconds */
	struct archive_ref archive;
};

/* What a feed, sitemap, mail or index page points to. */
enum link_rel {
	LINK_PAGE,
	LINK_LISTING, /* what lists others: it is asked for again and again */
	LINK_GUESS,   /* a listing that may not be there */
	LINK_RELS
};
struct link {
	const char *url;
	const char *page;
	const char *source;
	const char *title;
	const char *published; /* as written there */
	const char *guid;
	const char *lastmod;
	int64_t published_at; /* Unix seconds; 0: not said, or not read */
	int64_t lastmod_at;
	enum link_rel rel;
};

struct block {
	uint32_t start; /* bytes into document.text, half-open */
	uint32_t end;
	enum block_type type;
	uint8_t level; /* of a heading or nested item; 0 elsewhere */
	uint8_t links; /* per cent of its text that is links */
	enum zone zone;
	/* of a cell, from 1; 0 elsewhere */
	uint16_t row, column;
	uint32_t header; /* block of the column's head, from 1; 0: none */
};

/* A date of a document: EDTF, or NULL edtf when there is none. */
struct doc_date {
	const char *edtf;
	enum date_basis basis;
	const char *from; /* "json-ld datePublished", "dateline", ... */
};

/* Who publishes a document, or NULL name. */
struct doc_name {
	const char *name;
	enum date_basis basis;
	const char *from; /* "json-ld publisher", "site", ... */
};

/* Whom to ask about a document; from is NULL when there is none.  Its words
 * are text[start, end); both 0 where it is declared unseen. */
struct doc_contact {
	const char *name;
	const char *email;
	const char *phone;
	enum date_basis basis;
	const char *from; /* "labelled press", "json-ld contactPoint", ... */
	uint32_t start, end;
};

/* A link in a document, on text[start, end); both 0: on a picture. */
struct doc_link {
	const char *url;
	uint32_t start, end;
};

struct document {
	const char *id; /* hash_id(body, final URL, source, parser version) */
	const char *text_sha256; /* hex */
	const char *page;	 /* id of the capture */
	const char *body;	 /* as page.body */
	const char *parser;	 /* version of the parser */
	const char *url;	 /* final URL */
	const char *canonical_url;
	const char *source;
	const char *title;
	const char *site;
	const char **authors;
	size_t nauthors;
	const char *language; /* ISO 639-1, or NULL */
	struct doc_date published;
	struct doc_date modified;
	struct doc_date *dates; /* every day the page gives for itself */
	size_t ndates;
	struct doc_name publisher;
	struct doc_name *publishers; /* all that the page gives */
	size_t npublishers;
	struct doc_contact contact; /* for the press */
	struct doc_contact *contacts;
	size_t ncontacts;
	struct doc_link *links; /* where they are asked for */
	size_t nlinks;
	struct span text;     /* UTF-8, NFC; blocks parted by two line feeds */
	struct block *blocks; /* in order, not overlapping */
	size_t nblocks;
	const char **warnings; /* "code: message" */
	size_t nwarnings;
};

struct place_value {
	const char *id;	     /* "geonames:2643123", "iso:GB", or NULL */
	const char *name;    /* preferred name, or the surface */
	const char *country; /* ISO 3166-1 alpha-2, or NULL */
	const char *admin1;
	const char *kind; /* GeoNames feature code, "country", ... */
	double lat, lon;  /* degrees; both 0 when unknown */
	double score;	  /* 0..1 */
	int candidates;	  /* places of that name */
};

/* What the noun of a count stands for. */
enum count_class {
	COUNT_OTHER,
	COUNT_MEMBER,
	COUNT_COUNTRY,
	COUNT_PEOPLE,
	COUNT_PARTNER,
	COUNT_ORDINAL,
	COUNT_PERCENT,
	COUNT_MONEY,
	COUNT_BARE,
	COUNT_CLASSES
};

struct count_value {
	int64_t n;
	enum bound bound;
	enum count_class class;
	const char *unit;  /* the noun: "cities" */
	const char *scope; /* "excluding the subject", or NULL */
	bool fresh;	   /* "64 new cities" */
	bool others;	   /* "55 others", "a further 55" */
};

struct date_value {
	const char *edtf;
	enum date_basis basis;
};

/* Networks, titles, organisations, persons, roles, events. */
struct name_value {
	const char *id;	  /* of a network, or NULL */
	const char *name; /* normalised */
	int ordinal;	  /* of an event, 0 if none */
};

struct mention {
	uint32_t start; /* bytes into document.text, half-open */
	uint32_t end;
	enum mention_type type;
	const char *rule; /* what recognised it */
	struct span text; /* the words; set once the list is settled */
	union {
		/* By mention_form(). */
		struct place_value place;
		struct count_value count;
		struct date_value date;
		struct name_value name;
	};
};

/* A slot points at a mention; or carries a value and says on what basis. */
struct claim_arg {
	enum slot slot;
	int32_t mention;   /* index, or -1 */
	const char *value; /* when mention is -1: EDTF, name or network id */
	const char *basis; /* "document.published", "document.network" ... */
};

/* What the cue layer saw; config/cues/weights.tsv weighs it. */
struct claim_feature {
	const char *name;
	double value;
};

struct claim {
	const char *id; /* hash_id; see claim_make_id() */
	enum claim_kind kind;
	const char *rule;    /* "membership.since@1" */
	uint32_t start, end; /* evidence, bytes into document.text */
	enum polarity polarity;
	enum status status;
	enum zone zone;
	double confidence;	   /* 0..1 */
	const char *attributed_to; /* speaker, or NULL */
	struct claim_arg *args;
	size_t nargs;
	const char *unit; /* set, when no COUNT mention carries it */
	struct claim_feature *features; /* of a claim that cues gave */
	size_t nfeatures;
};

struct extraction {
	const char *document; /* id */
	const char *rules;    /* version of rules, lexicons and gazetteer */
	struct mention *mentions;
	size_t nmentions;
	struct span packed; /* they by mentions_pack(), or NULL: not done yet */
	struct claim *claims;
	size_t nclaims;
	const char **warnings;
	size_t nwarnings;
};

struct problem {
	const char *stage; /* plan fetch archive parse extract store */
	const char *ref;   /* page or document id, file:offset, line number */
	const char *url;
	enum problem_code code;
	const char *message;
	bool retry;
	int64_t at; /* Unix seconds */
};

struct record {
	enum record_kind kind;
	union {
		struct task task;
		struct page page;
		struct link link;
		struct document document;
		struct extraction extraction;
		struct problem problem;
	};
};

const char *
record_kind_name(enum record_kind k);
bool
record_kind_find(struct span name, enum record_kind *out);
const char *
link_rel_name(enum link_rel r);
bool
link_rel_find(struct span name, enum link_rel *out);
const char *
count_class_name(enum count_class c);
bool
count_class_find(struct span name, enum count_class *out);

/* First argument of c with that slot, or NULL. */
const struct claim_arg *
claim_arg(const struct claim *c, enum slot slot);

#endif
