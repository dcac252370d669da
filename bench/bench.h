/*
 * What the benchmarks share: the clock, a directory to work in, the pages,
 * the stages opened as a worker opens them, and the floors they stand on.
 * A benchmark that cannot measure ends with a message and exit status 1.
 */
#ifndef DL_BENCH_BENCH_H
#define DL_BENCH_BENCH_H

#include "core/core.h"
#include "extract/extract.h"
#include "parse/parse.h"
#include "store/store.h"

#define BENCH_PAGES	2000  /* pages of a corpus, at least */
#define BENCH_PAGES_MAX 50000 /* the corpus and its rows stay in memory */
#define BENCH_REPEAT	3     /* rounds; the best of each part counts */
#define BENCH_GROUP	200   /* captures of one transaction or one sync */
#define BENCH_ARENA_MAX ((size_t)2 << 30)   /* bytes of corpus and rows */
#define BENCH_PAGE_MAX	((size_t)512 << 20) /* bytes of one page's arena */

_Noreturn void
bench_die(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Nothing if code is OK. */
void
bench_check(enum error_code code, const struct error *err);

/* CPU of this process, its threads and its ended children; and wall time. */
struct sample {
	double cpu_ms, wall_ms;
};

struct sample
sample_now(void);
/* Add what passed since start to *sum. */
void
sample_add(struct sample *sum, struct sample start);
/* Keep the lower of each; a *best of zeros holds nothing yet. */
void
sample_best(struct sample *best, struct sample s);

/* A new empty directory, one at a time; gone after work_end() or exit(). */
const char *
work_begin(void);
void
work_end(void);

/* The distinct pages: every copy has a URL, and one word, of its own. */
struct corpus {
	struct page *pages;
	struct span *bodies;
	size_t n, originals;
	size_t bytes; /* of all bodies */
};

/* What SQLite is given as floor: the text of a document, or a claim. */
struct row {
	bool is_claim;
	const char *id;
	const char *of; /* URL of the document, or document of the claim */
	struct span value;
};

struct rows {
	struct row *list;
	size_t n, room;
	size_t documents, claims;
	size_t text_bytes;
};

struct bench {
	const char *config, *gazetteer, *dir;
	bool json;
	long repeat, npages;
	struct arena *arena; /* as long as the program */
	struct arena *page;  /* of the page being worked on */
	struct sources sources;
	struct ruleset *rules;
	struct parse_words *words;
	struct parser *parser;
	struct extractor *extractor;
	struct corpus corpus;
	struct rows rows;
};

/* Read the command line; nothing else is opened yet. */
void
bench_init(struct bench *b, int argc, char **argv);
/* Rules, gazetteer, extractor: the start-up that has a budget. */
void
bench_open_rules(struct bench *b);
void
bench_close_rules(struct bench *b);
/* Sources and corpus alone. */
void
bench_load_corpus(struct bench *b);
/* The rest: parser, corpus, and its rows by one round of parse and extract. */
void
bench_load(struct bench *b);
void
bench_release(struct bench *b);

/* The document of page i, in b->page, which is reset. */
void
bench_parse(struct bench *b, size_t i, struct document *doc);
/* What is extracted from it, in b->page. */
void
bench_extract(
	struct bench *b, const struct document *doc, struct extraction *x);

/* From records as structs to rows on the disk, without parse and extract. */
struct ledger_cost {
	struct sample pack, take;
	struct sample put;    /* opening, and store_put() of every record */
	struct sample commit; /* deriving facts, committing, closing */
	size_t frame_bytes;
};

/* Each keeps the lower of what it was and what is measured now. */
void
measure_ledger(struct bench *b, struct ledger_cost *out);

/* libxml2 builds and frees the tree of every page, and nothing more. */
struct sample
floor_parse(const struct corpus *c);
/* One SQLite transaction of the rows in two plain tables, WAL and FULL. */
struct sample
floor_rows(const struct rows *r);
/*
 * A process that serves body i of c at /i on 127/8, until the one that started
 * it ends or server_stop(); its port.
 */
struct server {
	int port;
	int pid;
	int alive; /* it ends when this is closed */
};
struct server
server_start(const struct corpus *c);
void
server_stop(struct server *s);
/* "http://127.0.0.N:PORT/i" in a: as many hosts as requests go at once. */
const char *
server_url(const struct server *s, size_t i, struct arena *a);

/* libcurl asks for every body, so many at once; SHA-256 and gzip -1 of it to
 * one file, a sync for each so many. */
#define FETCH_LANES 8
#define FETCH_GROUP 64
struct sample
floor_fetch(const struct server *s, const struct corpus *c);

/* SHA-256 and gzip -1 of every body into one file, a sync for each group. */
struct sample
floor_archive(const struct corpus *c);

#endif
