#include "cli.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TIME_MAX INT64_C(253402300799) /* the end of the year 9999 */

/* Every option there is.  A verb takes those whose bit it names; those
 * without a bit belong to all. */
enum option_id {
	ID_DB = 256,
	ID_ARCHIVE,
	ID_CONFIG,
	ID_GAZETTEER,
	ID_SOURCES,
	ID_WORKERS,
	ID_JSON,
	ID_FORCE,
	ID_FLAT,
	ID_CANDIDATES,
	ID_TEXT,
	ID_MARKDOWN,
	ID_EXPLAIN,
	ID_LINKS,
	ID_URL,
	ID_DRY_RUN,
	ID_PREVIEW,
	ID_BATCH,
	ID_AGENT,
	ID_BASE,
	ID_SOURCE,
	ID_KIND,
	ID_SUBJECT,
	ID_NETWORK,
	ID_POLARITY,
	ID_ZONE,
	ID_SINCE,
	ID_UNTIL,
	ID_METRICS,
	ID_PROGRESS,
	ID_NO_PROGRESS,
	ID_BODIES,
	ID_AT,
	ID_DATED_SINCE,
	ID_DATED_UNTIL,
	ID_LANGUAGE,
	ID_TRIGGER,
	ID_LIMIT,
	ID_ALL,
	ID_UNFIRED,
	ID_WATCH,
	ID_QUIET,
	ID_VERBOSE,
	ID_LOG_FORMAT,
	ID_LOG_LEVEL,
	ID_HELP
};

static const char *
kind_value(size_t i)
{
	return i < CLAIM_KINDS ? claim_kind_name((enum claim_kind)i) : NULL;
}

static const char *
polarity_value(size_t i)
{
	return i < POLARITIES ? polarity_name((enum polarity)i) : NULL;
}

static const char *
zone_value(size_t i)
{
	return i < ZONES ? zone_name((enum zone)i) : NULL;
}

static const char *
trigger_value(size_t i)
{
	return i < GAP_TRIGGERS ? gap_trigger_name((enum gap_trigger)i) : NULL;
}

static const char *
log_level_value(size_t i)
{
	return i < LOG_LEVELS ? log_level_name((enum log_level)i) : NULL;
}

static const char *
log_format_value(size_t i)
{
	static const char *const formats[] = { "text", "json", NULL };

	return formats[i];
}

static const struct row {
	const char *name;
	enum option_id id;
	unsigned bits; /* 0: every verb takes it */
	const char *arg;
	const char *help;
	const char *(*value)(size_t i); /* see struct option_info */
} rows[] = {
	{ "db", ID_DB, TAKES_DB, "FILE",
		"the ledger (default $DATELINE_DB, else dateline.db)", NULL },
	{ "archive", ID_ARCHIVE, TAKES_ARCHIVE, "DIR",
		"the archive (default: the ledger's name and .archive)", NULL },
	{ "config", ID_CONFIG, TAKES_CONFIG | TAKES_WORDS, "DIR",
		"rules, lexicons and networks (default: as installed)", NULL },
	{ "gazetteer", ID_GAZETTEER, TAKES_CONFIG, "FILE",
		"compiled places (default: as installed)", NULL },
	{ "sources", ID_SOURCES, TAKES_SOURCES, "FILE",
		"sources.yaml (default: none)", NULL },
	{ "source", ID_SOURCE,
		TAKES_SOURCE | TAKES_FILTER | TAKES_CAPTURES | TAKES_CORPUS,
		"NAME", "only this source", NULL },
	{ "workers", ID_WORKERS, TAKES_WORKERS, "N",
		"processes that parse and extract (default: one a core)",
		NULL },
	{ "force", ID_FORCE, TAKES_FORCE, NULL,
		"whether due or not, and whether changed or not", NULL },
	{ "dry-run", ID_DRY_RUN, TAKES_DRY_RUN, NULL,
		"fetch nothing; print the tasks that are due", NULL },
	{ "preview", ID_PREVIEW, TAKES_PREVIEW, NULL,
		"leave the ledger as it is; print what would change", NULL },
	{ "flat", ID_FLAT, TAKES_FLAT, NULL, "one claim a line, flat", NULL },
	{ "candidates", ID_CANDIDATES, TAKES_FLAT, NULL,
		"what the cue layer looked at, flat, with its features", NULL },
	{ "kind", ID_KIND, TAKES_FILTER | TAKES_FACT_FILTER, "KIND",
		"membership, cohort, network_total, ...", kind_value },
	{ "subject", ID_SUBJECT, TAKES_FILTER | TAKES_FACT_FILTER, "NAME",
		"a subject's name or id", NULL },
	{ "network", ID_NETWORK, TAKES_FILTER | TAKES_FACT_FILTER | TAKES_GAPS,
		"NAME", "a network's id, its end (gnlc), or name", NULL },
	{ "polarity", ID_POLARITY, TAKES_FILTER, "P",
		"asserted, planned, hypothetical or negated", polarity_value },
	{ "zone", ID_ZONE, TAKES_FILTER | TAKES_GAPS, "ZONE",
		"title, header, body, teaser, comment or footer", zone_value },
	{ "language", ID_LANGUAGE, TAKES_CORPUS | TAKES_RULES, "LANG",
		"only this language, two letters", NULL },
	{ "trigger", ID_TRIGGER, TAKES_GAPS, "KIND",
		"only what names a network, has a count, or a word of joining",
		trigger_value },
	{ "limit", ID_LIMIT, TAKES_GAPS, "N", "only the first so many rows",
		NULL },
	{ "all", ID_ALL, TAKES_GAPS, NULL,
		"a row for each sentence, not for each shape", NULL },
	{ "unfired", ID_UNFIRED, TAKES_STATS, NULL,
		"only rules that matched nothing", NULL },
	{ "watch", ID_WATCH, TAKES_WATCH, NULL,
		"check again whenever a file changes, until ^C", NULL },
	{ "since", ID_SINCE, TAKES_FILTER, "DATE",
		"claims dated at or after YYYY[-MM[-DD]]", NULL },
	{ "until", ID_UNTIL, TAKES_FILTER, "DATE",
		"claims dated at or before YYYY[-MM[-DD]]", NULL },
	{ "since", ID_SINCE, TAKES_CAPTURES, "DATE",
		"captures fetched at or after YYYY[-MM[-DD]]", NULL },
	{ "until", ID_UNTIL, TAKES_CAPTURES, "DATE",
		"captures fetched at or before YYYY[-MM[-DD]]", NULL },
	{ "since", ID_DATED_SINCE, TAKES_DATES, "DATE",
		"links and captures dated at or after YYYY[-MM[-DD]]", NULL },
	{ "until", ID_DATED_UNTIL, TAKES_DATES, "DATE",
		"links and captures dated at or before YYYY[-MM[-DD]]", NULL },
	{ "bodies", ID_BODIES, TAKES_CAPTURES, NULL,
		"the bodies as files, named by their hash", NULL },
	{ "at", ID_AT, TAKES_AT, "TIME",
		"the newest no later than YYYY-MM-DDThh:mm:ssZ", NULL },
	{ "url", ID_URL, TAKES_PAGE, "URL", "where the file named is from",
		NULL },
	{ "agent", ID_AGENT, TAKES_AGENT, "NAME",
		"the crawler that asks (default dateline)", NULL },
	{ "base", ID_BASE, TAKES_BASE, "URL",
		"relative URLs are read against it", NULL },
	{ "batch", ID_BATCH, TAKES_BATCH, NULL,
		"cases in, answers out, one JSON object a line", NULL },
	{ "text", ID_TEXT, TAKES_PAGE, NULL,
		"title and body of the release (the default)", NULL },
	{ "markdown", ID_MARKDOWN, TAKES_PAGE, NULL, "the same as Markdown",
		NULL },
	{ "explain", ID_EXPLAIN, TAKES_PAGE, NULL,
		"all of the page, and why each block is of its zone", NULL },
	{ "links", ID_LINKS, TAKES_PAGE, NULL,
		"documents as records with where their links lead", NULL },
	{ "json", ID_JSON, TAKES_JSON, NULL, "one JSON object a line", NULL },
	{ "metrics", ID_METRICS, TAKES_METRICS, "FILE",
		"figures for Prometheus, written when the run ends", NULL },
	{ "progress", ID_PROGRESS, TAKES_PROGRESS, NULL,
		"how far it is, also where stderr is no terminal", NULL },
	{ "no-progress", ID_NO_PROGRESS, TAKES_PROGRESS, NULL,
		"no progress bar on a terminal", NULL },
	{ "quiet", ID_QUIET, 0, NULL, "only errors on stderr", NULL },
	{ "verbose", ID_VERBOSE, 0, NULL, "everything on stderr", NULL },
	{ "log-level", ID_LOG_LEVEL, 0, "LEVEL",
		"error, warning (default), info or debug", log_level_value },
	{ "log-format", ID_LOG_FORMAT, 0, "FORMAT",
		"stderr as text (default) or json, one object a line",
		log_format_value },
	{ "help", ID_HELP, 0, NULL, "this text", NULL },
};
#define NROWS (sizeof rows / sizeof *rows)

static bool
takes(const struct verb *v, const struct row *r)
{
	return r->bits == 0 || (r->bits & v->takes) != 0;
}

bool
options_next(const struct verb *v, size_t *at, struct option_info *out)
{
	while (*at < NROWS) {
		const struct row *r = &rows[(*at)++];

		if (v != NULL && !takes(v, r))
			continue;
		*out = (struct option_info){ r->name, r->arg, r->help,
			r->value };
		return true;
	}
	return false;
}

void
options_help(const struct verb *v)
{
	printf("Usage: dateline %s [OPTION ...]%s%s\n\n%s.\n", v->name,
		v->args[0] != '\0' ? " " : "", v->args, v->summary);
	if (v->help[0] != '\0')
		printf("%s\n", v->help);
	puts("\nOptions:");
	for (size_t i = 0; i < NROWS; i++) {
		char left[32];

		if (!takes(v, &rows[i]))
			continue;
		(void)snprintf(left, sizeof left, "--%s%s%s", rows[i].name,
			rows[i].arg != NULL ? " " : "",
			rows[i].arg != NULL ? rows[i].arg : "");
		printf("  %-19s %s\n", left, rows[i].help);
	}
	puts("\nExit status: 0 done; 1 failure; 2 usage or configuration; 3 "
	     "done, with problems\nrecorded; 75 another run holds the lock.");
}

static enum error_code
bad_value(const char *option, const char *value, const char *wanted,
	struct error *err)
{
	return error_set(err, ERR_USAGE, "--%s: \"%s\" is not %s", option,
		value, wanted);
}

/* A day, month or year. */
static enum error_code
set_date(const char *option, const char *value, const char **out,
	struct error *err)
{
	int64_t first, behind;

	if (!date_bounds(span_str(value), &first, &behind))
		return bad_value(option, value, "a date YYYY[-MM[-DD]]", err);
	*out = value;
	return OK;
}

/* The first second of the day, month or year, or the one behind its last. */
static enum error_code
set_moment(enum option_id id, const char *value, struct options *o,
	struct error *err)
{
	int64_t first, behind;

	if (!date_bounds(span_str(value), &first, &behind))
		return bad_value(id == ID_DATED_SINCE ? "since" : "until",
			value, "a date YYYY[-MM[-DD]]", err);
	if (id == ID_DATED_SINCE)
		o->since = first;
	else
		o->until = behind;
	return OK;
}

static enum error_code
set_filter(enum option_id id, const char *value, struct claim_filter *f,
	struct error *err)
{
	enum claim_kind kind;
	enum polarity polarity;
	enum zone zone;

	if (id == ID_KIND) {
		if (!claim_kind_find(span_str(value), &kind))
			return bad_value("kind", value, "a kind of claim", err);
		f->kind = (int)kind;
	} else if (id == ID_POLARITY) {
		if (!polarity_find(span_str(value), &polarity))
			return bad_value("polarity", value, "a polarity", err);
		f->polarity = (int)polarity;
	} else if (id == ID_ZONE) {
		if (!zone_find(span_str(value), &zone))
			return bad_value("zone", value, "a zone", err);
		f->zone = (int)zone;
	} else if (id == ID_SINCE) {
		return set_date("since", value, &f->since, err);
	} else if (id == ID_UNTIL) {
		return set_date("until", value, &f->until, err);
	}
	return OK;
}

static enum error_code
set_flag(enum option_id id, struct options *o)
{
	if (id == ID_JSON)
		o->json = true;
	else if (id == ID_DRY_RUN)
		o->dry_run = true;
	else if (id == ID_PREVIEW)
		o->preview = true;
	else if (id == ID_BATCH)
		o->batch = true;
	else if (id == ID_BODIES)
		o->bodies = true;
	else if (id == ID_FORCE)
		o->force = true;
	else if (id == ID_FLAT)
		o->flat = true;
	else if (id == ID_CANDIDATES)
		o->candidates = true;
	else if (id == ID_TEXT)
		o->text = true;
	else if (id == ID_MARKDOWN)
		o->markdown = true;
	else if (id == ID_EXPLAIN)
		o->explain = true;
	else if (id == ID_LINKS)
		o->links = true;
	else if (id == ID_ALL)
		o->all = true;
	else if (id == ID_UNFIRED)
		o->unfired = true;
	else if (id == ID_WATCH)
		o->watch = true;
	else if (id == ID_PROGRESS)
		o->progress = PROGRESS_ALWAYS;
	else if (id == ID_NO_PROGRESS)
		o->progress = PROGRESS_NEVER;
	else if (id == ID_VERBOSE)
		o->log_level = LOG_DEBUG;
	else if (id == ID_QUIET) {
		o->quiet = true;
		o->log_level = LOG_ERROR;
	}
	return OK;
}

static enum error_code
set_log(enum option_id id, const char *value, struct options *o,
	struct error *err)
{
	if (id == ID_LOG_LEVEL &&
		!log_level_find(span_str(value), &o->log_level))
		return bad_value("log-level", value,
			"error, warning, info or debug", err);
	if (id == ID_LOG_LEVEL)
		return OK;
	o->log_json = strcmp(value, "json") == 0;
	if (!o->log_json && strcmp(value, "text") != 0)
		return bad_value("log-format", value, "text or json", err);
	return OK;
}

static bool
is_language(const char *s)
{
	return s[0] >= 'a' && s[0] <= 'z' && s[1] >= 'a' && s[1] <= 'z' &&
	       s[2] == '\0';
}

/* What is said of documents and rules, or else of claims. */
static enum error_code
set_rules(enum option_id id, const char *value, struct options *o,
	struct error *err)
{
	long long n;

	if (id == ID_LANGUAGE) {
		if (!is_language(value))
			return bad_value("language", value,
				"two small letters, as \"en\"", err);
		o->language = value;
	} else if (id == ID_LIMIT) {
		if (!span_int(span_str(value), 1, INT32_MAX, &n))
			return bad_value(
				"limit", value, "a number from 1 on", err);
		o->limit = n;
	} else if (id == ID_TRIGGER) {
		o->trigger = -1;
		for (int i = 0; i < GAP_TRIGGERS; i++)
			if (strcmp(value, trigger_value((size_t)i)) == 0)
				o->trigger = i;
		if (o->trigger < 0)
			return bad_value("trigger", value,
				"network, count or word", err);
	} else {
		return set_filter(id, value, &o->filter, err);
	}
	return OK;
}

/* What is taken as it is; false: id is none of that. */
static bool
set_text(enum option_id id, const char *value, struct options *o)
{
	const struct {
		enum option_id id;
		const char **to;
	} texts[] = {
		{ ID_DB, &o->db },
		{ ID_ARCHIVE, &o->archive },
		{ ID_CONFIG, &o->config },
		{ ID_GAZETTEER, &o->gazetteer },
		{ ID_SOURCES, &o->sources },
		{ ID_SOURCE, &o->source },
		{ ID_SOURCE, &o->filter.source },
		{ ID_METRICS, &o->metrics },
		{ ID_URL, &o->url },
		{ ID_AGENT, &o->agent },
		{ ID_BASE, &o->base },
		{ ID_SUBJECT, &o->filter.subject },
		{ ID_NETWORK, &o->filter.network },
	};
	bool found = false;

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (texts[i].id == id) {
			*texts[i].to = value;
			found = true;
		}
	return found;
}

static enum error_code
set_option(enum option_id id, const char *value, struct options *o,
	struct error *err)
{
	long long n;

	if (value == NULL)
		return set_flag(id, o);
	if (set_text(id, value, o))
		return OK;
	if (id == ID_DATED_SINCE || id == ID_DATED_UNTIL) {
		return set_moment((enum option_id)id, value, o, err);
	} else if (id == ID_AT) {
		if (!time_parse(span_str(value), &o->at))
			return bad_value("at", value,
				"a time YYYY-MM-DDThh:mm:ssZ", err);
	} else if (id == ID_WORKERS) {
		if (!span_int(span_str(value), 1, WORKERS_MAX, &n))
			return bad_value(
				"workers", value, "a number from 1 to 64", err);
		o->workers = n;
	} else if (id == ID_LOG_LEVEL || id == ID_LOG_FORMAT) {
		return set_log(id, value, o, err);
	} else {
		return set_rules(id, value, o, err);
	}
	return OK;
}

enum error_code
options_check_source(
	const struct options *o, const struct sources *s, struct error *err)
{
	if (o->source == NULL || sources_find(s, o->source) != NULL)
		return OK;
	return error_set(err, ERR_USAGE, "no source \"%s\"", o->source);
}

static enum error_code
check_args(const struct verb *v, const struct options *o, struct error *err)
{
	if (o->nargs < v->args_min)
		return error_set(err, ERR_USAGE, "%s wanted", v->args);
	if (v->args_max >= 0 && o->nargs > v->args_max)
		return error_set(err, ERR_USAGE, "unexpected argument \"%s\"",
			o->args[v->args_max]);
	return OK;
}

/* Some day is not before --since and not behind --until. */
static enum error_code
check_dates(const struct options *o, struct error *err)
{
	const struct claim_filter *f = &o->filter;
	int64_t since = o->since, until = o->until, other;

	if (f->since != NULL && f->until != NULL) {
		(void)date_bounds(span_str(f->since), &since, &other);
		(void)date_bounds(span_str(f->until), &other, &until);
	}
	if (since != 0 && until != 0 && until <= since)
		return error_set(err, ERR_USAGE, "--until is before --since");
	return OK;
}

enum error_code
options_parse(const struct verb *v, int argc, char **argv, struct options *o,
	bool *help, struct error *err)
{
	struct option longs[NROWS + 1] = { { 0 } };
	size_t n = 0;
	int id;

	*o = (struct options){
		.filter = { .kind = -1, .polarity = -1, .zone = -1 },
		.trigger = -1,
		.log_level = LOG_WARN,
		.at = TIME_MAX,
	};
	o->db = getenv("DATELINE_DB");
	for (size_t i = 0; i < NROWS; i++)
		if (takes(v, &rows[i]))
			longs[n++] = (struct option){ rows[i].name,
				rows[i].arg != NULL, NULL, (int)rows[i].id };
	opterr = 0;
	optind = 1;
	while ((id = getopt_long(argc, argv, ":h", longs, NULL)) != -1) {
		if (id == ID_HELP || id == 'h') {
			*help = true;
			return OK;
		}
		if (id == ':')
			return error_set(err, ERR_USAGE, "%s wants a value",
				argv[optind - 1]);
		if (id == '?')
			return error_set(err, ERR_USAGE,
				"unknown option \"%s\"", argv[optind - 1]);
		if (set_option((enum option_id)id, optarg, o, err) != OK)
			return err->code;
	}
	o->args = argv + optind;
	o->nargs = argc - optind;
	if (check_dates(o, err) != OK)
		return err->code;
	return check_args(v, o, err);
}
