/* dateline: the verbs are the table below. */
#include "cli.h"

#include <fcntl.h>
#include <locale.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LARGE_BYTES  (128 << 10) /* of memory that is not kept */
#define TAKES_LEDGER (TAKES_DB)
#define TAKES_CHAIN                                                            \
	(TAKES_DB | TAKES_ARCHIVE | TAKES_CONFIG | TAKES_SOURCES |             \
		TAKES_WORKERS | TAKES_PROGRESS | TAKES_METRICS)

static const struct verb verbs[] = {
	{ "run", "[FILE|DIR|URL ...]",
		"fetch what is due or named, and process it",
		"Without arguments: all sources that are due.  With arguments: "
		"those files,\ndirectories (walked) and URLs; of WARC and ARC "
		"files the pages in them.  Everything\nfetched goes into the "
		"archive; what is new there is parsed, extracted and stored.\n"
		"What a feed, sitemap or list has, of a source that is due or "
		"named here, is fetched in the\nsame run; in a directory it "
		"is not.\n"
		"A second run over the same input changes nothing.  Prints a "
		"summary.",
		TAKES_CHAIN | TAKES_FORCE | TAKES_DRY_RUN | TAKES_SOURCE |
			TAKES_DATES | TAKES_JSON,
		0, -1, cmd_run },
	{ "replay", "", "process the whole archive again into a ledger",
		"Reads the archive from its beginning.  The same archive and "
		"configuration give the\nsame sorted export, with any number "
		"of workers.\nWith --preview, as for a --config that has "
		"changed: facts and claims that it would add,\nchange and "
		"close, as audit diff shows them; the ledger stays.",
		TAKES_CHAIN | TAKES_JSON | TAKES_PREVIEW, 0, 0, cmd_replay },
	{ "plan", "[FILE|DIR|URL ...]", "print the tasks that are due",
		"Writes task records, for fetch.",
		TAKES_DB | TAKES_SOURCES | TAKES_FORCE | TAKES_SOURCE |
			TAKES_DATES,
		0, -1, cmd_plan },
	{ "status", "", "how each source does, and when it is due",
		"Exit status 3 if one is silent for much longer than usual, or "
		"failed three times\nin a row.",
		TAKES_DB | TAKES_JSON, 0, 0, cmd_status },
	{ "fetch", "", "task records in, page records out",
		"Appends every capture to the archive, and passes its page "
		"record on.",
		TAKES_DB | TAKES_ARCHIVE | TAKES_SOURCES, 0, 0, cmd_fetch },
	{ "parse", "[FILE|DIR|URL|- ...]",
		"page records in, document records out; or the text of files",
		"Without arguments it is a filter: bodies are read from the "
		"archive.\nOf files, directories (walked), URLs (fetched) and "
		"standard input (-) it prints title and\nbody of the release "
		"as text, in Markdown, or the whole document, with everything\n"
		"around it, as a record or explained; of WARC and ARC files "
		"and boxes of mail each page.\nWhere one argument has several "
		"pages, or there are several, ==> NAME <== stands before\neach "
		"text, but with --quiet.",
		TAKES_DB | TAKES_ARCHIVE | TAKES_SOURCES | TAKES_WORDS |
			TAKES_PAGE | TAKES_JSON,
		0, -1, cmd_parse },
	{ "extract", "[FILE|DIR|URL|- ...]",
		"document records in, extraction records out; or of files",
		"Without arguments it is a filter.  Of files, directories, "
		"URLs "
		"and standard input (-) it\nreads the text itself, as parse "
		"does.\n"
		"With --flat: one claim a line, for people and spreadsheets, "
		"and nothing else.",
		TAKES_CONFIG | TAKES_SOURCES | TAKES_FLAT, 0, -1, cmd_extract },
	{ "store", "", "records in, a ledger out",
		"Commits in groups; what is there already changes nothing.",
		TAKES_DB | TAKES_SOURCES, 0, 0, cmd_store },
	{ "audit claims", "", "what each document says",
		"One row a claim.  With --json: the flat form, one object a "
		"line.",
		TAKES_DB | TAKES_JSON | TAKES_FILTER, 0, 0, cmd_audit_claims },
	{ "audit facts", "", "what the ledger holds",
		"One row a fact: a membership is one episode of a subject in "
		"a network.",
		TAKES_DB | TAKES_JSON | TAKES_FACT_FILTER, 0, 0,
		cmd_audit_facts },
	{ "audit explain", "ID", "why the ledger says so",
		"ID of a claim or a fact, or the beginning of one.  Shows and "
		"re-verifies the chain\nfrom the value to the archived page: "
		"OK or BROKEN.  Exit status 3 if a link is broken.",
		TAKES_DB | TAKES_ARCHIVE | TAKES_JSON, 1, 1,
		cmd_audit_explain },
	{ "audit page", "CLAIM", "the archived page with the words marked",
		"Writes a page of HTML to look at: the page as it was fetched, "
		"its text and structure\nalone, with what the claim quotes in "
		"<mark id=evidence>: open it at page.html#evidence.  Nothing "
		"in it\nruns, loads or leads anywhere.  Exit status 3 if the "
		"words are not there.",
		TAKES_DB | TAKES_ARCHIVE | TAKES_CONFIG, 1, 1, cmd_audit_page },
	{ "audit problems", "", "what could not be read, and why", "",
		TAKES_DB | TAKES_JSON, 0, 0, cmd_audit_problems },
	{ "audit gaps", "[FILE|DIR|URL|- ...]", "what nothing read, and why",
		"Sentences with a network, a number of members or a word of "
		"joining or leaving from\nwhich no claim came: one row for "
		"all of a shape, those first that come most often.\nOf the "
		"ledger's archive, or of files (- is standard input), as the "
		"configuration reads\nthem now.  nearest is the rule that "
		"came nearest, in the way what kept it off.",
		TAKES_DB | TAKES_ARCHIVE | TAKES_CONFIG | TAKES_SOURCES |
			TAKES_CORPUS | TAKES_GAPS | TAKES_JSON,
		0, -1, cmd_audit_gaps },
	{ "audit diff", "LEDGER-FILE", "what another ledger says otherwise",
		"Facts and claims that LEDGER-FILE has more (added), has not "
		"(closed) or has otherwise\n(changed).  Of what a changed rule "
		"does, see replay --preview.",
		TAKES_DB | TAKES_JSON, 1, 1, cmd_audit_diff },
	{ "audit export", "", "every row, sorted, as NDJSON",
		"Does not depend on when or in which order pages came, nor on "
		"the number of workers.",
		TAKES_DB, 0, 0, cmd_audit_export },
	{ "archive list", "[FILE ...]", "the records of the archive",
		"Or of WARC and ARC files that others made.",
		TAKES_DB | TAKES_ARCHIVE | TAKES_JSON, 0, -1,
		cmd_archive_list },
	{ "archive verify", "[FILE ...]", "check every record and digest",
		"Of the archive, or of WARC and ARC files that others made.  "
		"Exit status 3 if a\nrecord is bad.",
		TAKES_DB | TAKES_ARCHIVE | TAKES_JSON, 0, -1,
		cmd_archive_verify },
	{ "archive get", "URL | FILE OFFSET", "one body, as archived",
		"The newest capture of URL; or FILE and OFFSET as archive list "
		"and audit explain\nshow them.",
		TAKES_DB | TAKES_ARCHIVE | TAKES_AT, 1, 2, cmd_archive_get },
	{ "archive export", "DIR [URL ...]",
		"captures to an archive of their own",
		"All, or those of the URLs, of which one that ends in * names "
		"all that begin so.\nDIR is new; it becomes an archive with "
		"WARC files and their index, which needs\nno other.  With "
		"--bodies: the bodies as files; what they are of goes to "
		"stdout.",
		TAKES_DB | TAKES_ARCHIVE | TAKES_CAPTURES, 1, -1,
		cmd_archive_export },
	{ "archive index", "", "make the CDXJ index anew",
		"Of every WARC file of the archive.  Not needed: a run keeps "
		"it.",
		TAKES_DB | TAKES_ARCHIVE, 0, 0, cmd_archive_index },
	{ "rules list", "", "the rules, in the order they are read", "",
		TAKES_CONFIG | TAKES_RULES | TAKES_JSON, 0, 0, cmd_rules_list },
	{ "rules show", "RULE", "a rule, with its patterns as they are read",
		"As its file has it; then what its frames give it.",
		TAKES_CONFIG, 1, 1, cmd_rules_show },
	{ "rules stats", "[FILE|DIR|URL|- ...]", "how each rule does",
		"Over the ledger's archive, or files (- is standard input): "
		"tried, sentences that have\nthe words and mentions it needs; "
		"fired, matches; refused, matches from which nothing\ncame; "
		"kept, claims that stand as it made them; sole, of these those "
		"that nothing else\nread.",
		TAKES_DB | TAKES_ARCHIVE | TAKES_CONFIG | TAKES_SOURCES |
			TAKES_CORPUS | TAKES_STATS | TAKES_JSON,
		0, -1, cmd_rules_stats },
	{ "rules explain", "RULE|all [FILE|DIR|URL|- ...]",
		"why a rule reads a sentence, or does not",
		"Of files, or of a text on standard input (-), sentence by "
		"sentence: the claim; or why\na match was none; or how far "
		"the rule came and what is in the way.  all: of every rule,\n"
		"the nearest where none makes a claim.",
		TAKES_CONFIG | TAKES_SOURCES | TAKES_JSON, 1, -1,
		cmd_rules_explain },
	{ "check-config", "", "check sources, networks, lexicons and rules",
		"Runs every example of every rule.  Exit status 2 if a file is "
		"wrong or an example fails.\nWith --watch it stays and checks "
		"again whenever a file changes, until it is interrupted;\n"
		"it prints what has become wrong or right since, of rules that "
		"were changed first.",
		TAKES_CONFIG | TAKES_SOURCES | TAKES_WATCH, 0, 0,
		cmd_check_config },
	{ "probe robots", "[URL ...]",
		"what a robots.txt on stdin says of URLs",
		"For each URL: allowed or refused, and the line that decides.\n"
		"Exit status 3 if one is refused.",
		TAKES_AGENT | TAKES_BATCH | TAKES_JSON, 0, -1,
		cmd_probe_robots },
	{ "probe feed", "[FILE]", "what a feed says, as it is read",
		"RSS, Atom, JSON Feed or OPML of a file or stdin.",
		TAKES_BASE | TAKES_BATCH | TAKES_JSON, 0, 1, cmd_probe_feed },
	{ "probe sitemap", "[FILE]", "what a sitemap says, as it is read",
		"A sitemap, an index of them, or a list of URLs; also gzipped.",
		TAKES_BASE | TAKES_BATCH | TAKES_JSON, 0, 1,
		cmd_probe_sitemap },
	{ "probe discover", "[FILE]",
		"the feeds and sitemaps that a homepage names",
		"Of a homepage, or of a site's robots.txt, from a file or "
		"stdin.  With --base, where it\nis from: also the usual "
		"places, "
		"which a source of kind site tries.\nExit status 3 if nothing "
		"is named.",
		TAKES_BASE | TAKES_BATCH | TAKES_JSON, 0, 1,
		cmd_probe_discover },
	{ "probe url", "[URL ...]", "how a URL is written, and who is asked",
		"Exit status 3 if one cannot be read or would not be asked.",
		TAKES_BASE | TAKES_BATCH | TAKES_JSON, 0, -1, cmd_probe_url },
	{ "probe charset", "[FILE]", "the encoding of a page, and its text's",
		"", TAKES_BATCH | TAKES_JSON, 0, 1, cmd_probe_charset },
	{ "gazetteer build", "DIR OUT", "compile the place tables",
		"DIR holds places.tsv, extra.tsv, regions.tsv, countries.tsv, "
		"stopnames.tsv and\ncontext.tsv; or what GeoNames gives: "
		"cities500.txt, alternateNamesV2.txt,\nadmin1CodesASCII.txt, "
		"admin2Codes.txt, countryInfo.txt.  What else it lacks is "
		"that of --config.",
		TAKES_CONFIG, 2, 2, cmd_gazetteer_build },
	{ "gazetteer sources", "", "what the places were made of",
		"The tables, each with the hash of its bytes.", TAKES_CONFIG, 0,
		0, cmd_gazetteer_sources },
	{ "gazetteer lookup", "NAME", "places of a name, best first", "",
		TAKES_CONFIG | TAKES_JSON, 1, 1, cmd_gazetteer_lookup },
	{ "completion", "bash|zsh|fish", "the script that completes commands",
		"For bash: eval \"$(dateline completion bash)\"", 0, 1, 1,
		cmd_completion },
};
#define NVERBS (sizeof verbs / sizeof *verbs)

const struct verb *
verbs_all(size_t *n)
{
	*n = NVERBS;
	return verbs;
}

static void
help(FILE *out)
{
	fputs("Usage: dateline VERB [OPTION ...] [ARGUMENT ...]\n\n"
	      "Reads press releases and keeps a ledger of who joined which "
	      "network, when, and who\nsays so in which words.\n\nVerbs:\n",
		out);
	for (size_t i = 0; i < NVERBS; i++)
		fprintf(out, "  %-17s %s\n", verbs[i].name, verbs[i].summary);
	fputs("\n`dateline VERB --help` tells more; so does dateline(1).\n",
		out);
}

/* Words of name that argv begins with: 0 if it does not. */
static int
match(const char *name, int argc, char **argv)
{
	struct span rest = span_str(name), word;
	int n = 0;

	while (span_split(&rest, ' ', &word)) {
		if (n >= argc || !span_eq_str(word, argv[n]))
			return 0;
		n++;
	}
	return n;
}

static const struct verb *
find_verb(int argc, char **argv, int *words)
{
	for (size_t i = 0; i < NVERBS; i++) {
		*words = match(verbs[i].name, argc, argv);
		if (*words > 0)
			return &verbs[i];
	}
	return NULL;
}

/* "audit" alone, "audit nonsense" or "audit --help": the verbs of that family;
 * false if there is none. */
static bool
help_family(FILE *out, const char *word)
{
	size_t len = strlen(word);
	bool family = false;

	for (size_t i = 0; i < NVERBS; i++)
		if (!strncmp(verbs[i].name, word, len) &&
			verbs[i].name[len] == ' ') {
			if (!family)
				fprintf(out, "dateline: %s needs one of:\n",
					word);
			fprintf(out, "  %-17s %s\n", verbs[i].name,
				verbs[i].summary);
			family = true;
		}
	return family;
}

static int
unknown_verb(const char *word, bool want_help)
{
	if (help_family(want_help ? stdout : stderr, word))
		return want_help ? 0 : error_exit_status(ERR_USAGE);
	fprintf(stderr, "dateline: unknown verb \"%s\"; see dateline --help\n",
		word);
	return error_exit_status(ERR_USAGE);
}

static bool
is_help(const char *word)
{
	return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

static int
run_verb(const struct verb *v, int argc, char **argv)
{
	struct error err = { 0 };
	struct options o;
	bool want_help = false;

	if (options_parse(v, argc, argv, &o, &want_help, &err) != OK) {
		fprintf(stderr, "dateline %s: %s\nTry `dateline %s --help`.\n",
			v->name, err.msg, v->name);
		return error_exit_status(err.code);
	}
	if (want_help) {
		options_help(v);
		return 0;
	}
	log_set_json(o.log_json);
	log_set_level(o.log_level);
	return v->run(&o);
}

/* Where one of the three is closed, the next file would have its number, and
 * be read or written in its place: the archive, say. */
static void
hold_standard_files(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			(void)open("/dev/null",
				fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int
main(int argc, char **argv)
{
	const struct verb *v;
	int words, status;

	hold_standard_files();
	/* What a large page took goes back when it is done with. */
	(void)mallopt(M_MMAP_THRESHOLD, LARGE_BYTES);
	(void)mallopt(M_TRIM_THRESHOLD, LARGE_BYTES);
	/* Only for widths and messages of the system: C.UTF-8 is enough. */
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	(void)signal(SIGPIPE, SIG_IGN);
	if (argc < 2) {
		help(stderr);
		return error_exit_status(ERR_USAGE);
	}
	if (is_help(argv[1]) || strcmp(argv[1], "help") == 0) {
		help(stdout);
		return 0;
	}
	if (!strcmp(argv[1], "--version")) {
		puts("dateline " DATELINE_VERSION);
		return 0;
	}
	v = find_verb(argc - 1, argv + 1, &words);
	if (v == NULL)
		return unknown_verb(argv[1], argc > 2 && is_help(argv[2]));
	status = run_verb(v, argc - words, argv + words);
	if ((fflush(stdout) != 0 || ferror(stdout)) && status == 0) {
		report_end_with_reader();
		fprintf(stderr, "dateline %s: standard output: write failed\n",
			v->name);
		return error_exit_status(ERR_IO);
	}
	return status;
}
