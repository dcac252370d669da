/* The command: verbs, their options, and what several verbs share. */
#ifndef DL_CLI_CLI_H
#define DL_CLI_CLI_H

#include "audit/audit.h"
#include "core/core.h"
#include "extract/extract.h"
#include "fetch/fetch.h"
#include "parse/parse.h"
#include "store/store.h"

#include <sys/resource.h>
#include <sys/types.h>

#define EXIT_PROBLEMS 3 /* done, with problems recorded */
#define WORKERS_MAX   64
#define CLI_ARENA_MAX                                                          \
	((size_t)512 << 20) /* of one document, or one command                 \
			     */

enum progress_wish {
	PROGRESS_AUTO, /* a bar if standard error is a terminal */
	PROGRESS_ALWAYS,
	PROGRESS_NEVER
};

/* What a verb was asked to do.  Strings borrow from argv. */
struct options {
	const char *db;
	const char *archive;   /* default: db with ".archive" */
	const char *config;    /* directory of rules, lexicons, networks */
	const char *gazetteer; /* mapped file */
	const char *sources;   /* sources.yaml */
	const char *source;    /* one source's name */
	const char *metrics;   /* file for Prometheus, or NULL */
	const char *url;       /* of the page that is parsed */
	const char *agent;     /* of robots.txt */
	const char *base;      /* URL that relative ones are read against */
	const char *language;  /* of documents or rules, or NULL */
	int64_t workers;       /* 0: one a core */
	int64_t since, until;  /* Unix seconds of links and captures; 0: all */
	int64_t at;	       /* Unix seconds: captures no later */
	int64_t limit;	       /* rows; 0: all */
	struct claim_filter filter;
	char **args; /* what is no option */
	int nargs;
	int trigger; /* enum gap_trigger, or -1 */
	enum log_level log_level;
	enum progress_wish progress;
	bool json;
	bool force;
	bool dry_run;
	bool preview; /* of a replay: what it would change */
	bool flat;
	bool candidates;
	bool text;
	bool markdown;
	bool explain; /* each block's zone */
	bool links;   /* of documents */
	bool batch;
	bool all;     /* sentences, not shapes */
	bool unfired; /* rules */
	bool watch;
	bool bodies; /* to files, not captures to an archive */
	bool quiet;
	bool log_json;
};

/* Bits of verb.takes; each is one row of the table in options.c. */
enum option_bit {
	TAKES_DB = 1u << 0,
	TAKES_ARCHIVE = 1u << 1,
	TAKES_CONFIG = 1u << 2,
	TAKES_SOURCES = 1u << 3,
	TAKES_WORKERS = 1u << 4,
	TAKES_JSON = 1u << 5,
	TAKES_FORCE = 1u << 6,
	TAKES_FLAT = 1u << 7,
	TAKES_FILTER = 1u << 8,
	TAKES_SOURCE = 1u << 9,
	TAKES_FACT_FILTER = 1u << 10,
	TAKES_WORDS = 1u << 11,
	TAKES_PAGE = 1u << 12,
	TAKES_DRY_RUN = 1u << 16,
	TAKES_BATCH = 1u << 13,
	TAKES_AGENT = 1u << 14,
	TAKES_BASE = 1u << 15,
	TAKES_PREVIEW = 1u << 19,
	TAKES_PROGRESS = 1u << 20,
	TAKES_METRICS = 1u << 21,
	TAKES_CAPTURES = 1u << 17,
	TAKES_AT = 1u << 18,
	TAKES_DATES = 1u << 24,
	TAKES_CORPUS = 1u << 25,
	TAKES_GAPS = 1u << 26,
	TAKES_RULES = 1u << 27,
	TAKES_STATS = 1u << 28,
	TAKES_WATCH = 1u << 29,
};

struct verb {
	const char *name;    /* "run", "audit claims" */
	const char *args;    /* "[FILE|DIR|URL ...]" */
	const char *summary; /* one line */
	const char *help;    /* paragraphs */
	unsigned takes;
	int args_min, args_max; /* -1: any number */
	int (*run)(const struct options *o);
};

/* The table in main.c, and how many there are. */
const struct verb *
verbs_all(size_t *n);

/* The verbs, one file each: cmd_NAME.c.  Each returns an exit status. */
int
cmd_run(const struct options *o);
int
cmd_replay(const struct options *o);
int
cmd_plan(const struct options *o);
int
cmd_status(const struct options *o);
int
cmd_fetch(const struct options *o);
int
cmd_parse(const struct options *o);
int
cmd_extract(const struct options *o);
int
cmd_store(const struct options *o);
int
cmd_archive_list(const struct options *o);
int
cmd_archive_verify(const struct options *o);
int
cmd_archive_get(const struct options *o);
int
cmd_archive_export(const struct options *o);
int
cmd_archive_index(const struct options *o);
int
cmd_audit_claims(const struct options *o);
int
cmd_audit_facts(const struct options *o);
int
cmd_audit_explain(const struct options *o);
int
cmd_audit_page(const struct options *o);
int
cmd_audit_export(const struct options *o);
int
cmd_audit_diff(const struct options *o);
int
cmd_audit_problems(const struct options *o);
int
cmd_audit_gaps(const struct options *o);
int
cmd_rules_list(const struct options *o);
int
cmd_rules_show(const struct options *o);
int
cmd_rules_stats(const struct options *o);
int
cmd_rules_explain(const struct options *o);
int
cmd_check_config(const struct options *o);
int
cmd_probe_robots(const struct options *o);
int
cmd_probe_feed(const struct options *o);
int
cmd_probe_sitemap(const struct options *o);
int
cmd_probe_discover(const struct options *o);
int
cmd_probe_url(const struct options *o);
int
cmd_probe_charset(const struct options *o);
int
cmd_gazetteer_build(const struct options *o);
int
cmd_gazetteer_sources(const struct options *o);
int
cmd_gazetteer_lookup(const struct options *o);
int
cmd_completion(const struct options *o);

/* sources.c */
/*
 * The sources of o->sources, checked; ERR_CONFIG with file and line.  Before
 * a worker is in its sandbox.
 */
enum error_code
sources_open(const struct options *o, struct arena *a, struct sources *out,
	struct error *err);

/* options.c */
/*
 * Read argv[1..] of v into *o.  ERR_USAGE with a message; *help is set when
 * --help was asked for.  Defaults come from the environment (DATELINE_DB).
 */
enum error_code
options_parse(const struct verb *v, int argc, char **argv, struct options *o,
	bool *help, struct error *err);
/* ERR_USAGE if a source is named that is not configured. */
enum error_code
options_check_source(
	const struct options *o, const struct sources *s, struct error *err);
void
options_help(const struct verb *v);

/* An option, for who writes of it. */
struct option_info {
	const char *name;
	const char *arg; /* NULL: it takes none */
	const char *help;
	/* Its argument is one of few: the i-th, NULL behind the last; or NULL.
	 */
	const char *(*value)(size_t i);
};
/* The next option that v takes, or of all (v NULL), from *at = 0 on; false
 * behind the last. */
bool
options_next(const struct verb *v, size_t *at, struct option_info *out);

/* paths.c: each in a, NULL without memory */
/* The directory share/dateline beside the program's bin directory. */
const char *
path_share(struct arena *a);
const char *
path_config(const struct options *o, struct arena *a);
const char *
path_gazetteer(const struct options *o, struct arena *a);
const char *
path_db(const struct options *o, struct arena *a);
const char *
path_archive(const struct options *o, struct arena *a);

/* report.c */
/* If nobody reads our output any more, as in `| head`: end as other filters
 * do, without a word. */
void
report_end_with_reader(void);
/* Print "dateline VERB: message" on stderr; the exit status for it. */
int
report_error(const struct error *err);
/* Tell of p in the log: a warning, or info if it is about a page's content. */
void
report_problem(const struct problem *p);
/* Text of others on stdout: nothing of it drives the terminal. */
void
report_safe(const char *text);
/* Write r as one line on stdout. */
enum error_code
report_record(const struct record *r, struct error *err);

/* stage.c: what the filters and the workers do to one record */
struct stages {
	const struct ruleset *rules;
	struct parser *parser;
	struct extractor *extractor;
	struct archive *archive; /* bodies come from here */
};
/*
 * Turn a page into records and hand each to emit: a document or a problem,
 * and, with an extractor, the document's extraction.
 */
typedef enum error_code
record_sink(const struct record *r, void *ctx, struct error *err);
enum error_code
stage_page(struct stages *st, const struct page *page, struct span body,
	struct arena *a, record_sink *emit, void *ctx, struct error *err);
enum error_code
stage_document(struct stages *st, const struct document *doc, struct arena *a,
	record_sink *emit, void *ctx, struct error *err);
enum error_code
emit_problem(const char *stage, const char *ref, const char *url,
	enum problem_code code, const char *message, record_sink *emit,
	void *ctx, struct error *err);

/* Colours go to stdout: a terminal, and nobody asked for none. */
bool
wants_color(void);

/* parse_files.c */
/*
 * Parse what is named (see inputs.h) and print the text of each release (or, as
 * asked, Markdown, its record, or each block with the reason of its zone).
 * *problems counts what gives none.
 */
enum error_code
parse_files(const struct options *o, const struct sources *sources,
	struct parser *parser, int64_t *problems, struct error *err);

/* parse_explain.c */
/* Print the blocks of doc, which parser gave last, and why they are of their
 * zones. */
enum error_code
parse_explain(const struct parser *parser, const struct document *doc,
	struct error *err);

/* cmd_audit.c */
/* Where a table or JSON goes, and how wide. */
struct audit_options
audit_options(const struct options *o);

/* filter.c */
/*
 * Read NDJSON from stdin; give records of the kinds in takes (1 << kind) to
 * use, pass the others on unchanged.  A line that is no record becomes a
 * problem record on stdout.  The arena is reset behind every line.  While no
 * line has come, meanwhile (may be NULL) has its turn until fd can be read.
 */
typedef enum error_code
record_use(const struct record *r, struct span line, struct arena *a, void *ctx,
	struct error *err);
struct filter {
	unsigned takes;
	const char *stage;
	record_use *use;
	enum error_code (*meanwhile)(int fd, void *ctx, struct error *err);
	void *ctx;
	bool pass_on;
	bool warns; /* of lines that are no records, and puts out no problem */
};
enum error_code
filter_run_with(const struct filter *f, int64_t *problems, struct error *err);
/* The same without meanwhile. */
enum error_code
filter_run(unsigned takes, const char *stage, record_use *use, void *ctx,
	bool pass_on, int64_t *problems, struct error *err);

/* sandbox.c */
/* Tell the log what this kernel can do, as a warning where it is not all. */
void
sandbox_tell(void);
/* For a child that has just been forked by parent: it dies with it, so that
 * a run that is killed leaves nothing running, and no lock. */
void
sandbox_child(pid_t parent);
#define SANDBOX_KEPT_MAX 3
/* In a child: of its files those n stay and the three standard ones, not the
 * ledger nor its lock, nor another child's pipe; fds gets their new numbers. */
void
sandbox_keep(int *fds, size_t n);
/* From here on a worker reads its pipes and the archive, and nothing else. */
void
sandbox_worker(const char *archive_dir);
/* The network, files to read, the archive to write; no other program. */
void
sandbox_fetch(const char *archive_dir);
/* A program that reads what others sent: its pipes, the system's libraries, no
 * other process, so much memory and seconds of a processor. */
void
sandbox_converter(rlim_t memory, rlim_t seconds);

#endif
