#include "bench.h"

#include <ftw.h>
#include <getopt.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define WALK_FDS 8

static char work[PATH_MAX];

void
bench_die(const char *fmt, ...)
{
	va_list ap;

	fputs("bench: ", stderr);
	va_start(ap, fmt);
	(void)vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

void
bench_check(enum error_code code, const struct error *err)
{
	if (code != OK)
		bench_die("%s: %s", error_name(code), err->msg);
}

static double
to_ms(struct timeval t)
{
	return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

struct sample
sample_now(void)
{
	struct timespec cpu, wall;
	struct rusage children;

	if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu) != 0 ||
		clock_gettime(CLOCK_MONOTONIC, &wall) != 0 ||
		getrusage(RUSAGE_CHILDREN, &children) != 0)
		bench_die("the clocks cannot be read");
	return (struct sample){
		.cpu_ms = (double)cpu.tv_sec * 1e3 + (double)cpu.tv_nsec / 1e6 +
			  to_ms(children.ru_utime) + to_ms(children.ru_stime),
		.wall_ms =
			(double)wall.tv_sec * 1e3 + (double)wall.tv_nsec / 1e6,
	};
}

void
sample_add(struct sample *sum, struct sample start)
{
	const struct sample now = sample_now();

	sum->cpu_ms += now.cpu_ms - start.cpu_ms;
	sum->wall_ms += now.wall_ms - start.wall_ms;
}

void
sample_best(struct sample *best, struct sample s)
{
	const bool first = best->wall_ms == 0;

	if (first || s.cpu_ms < best->cpu_ms)
		best->cpu_ms = s.cpu_ms;
	if (first || s.wall_ms < best->wall_ms)
		best->wall_ms = s.wall_ms;
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

void
work_end(void)
{
	if (work[0] != '\0')
		(void)nftw(work, remove_one, WALK_FDS, FTW_DEPTH | FTW_PHYS);
	work[0] = '\0';
}

const char *
work_begin(void)
{
	const char *tmp = getenv("TMPDIR");

	work_end();
	(void)snprintf(work, sizeof work, "%s/dateline-bench-XXXXXX",
		tmp != NULL && tmp[0] != '\0' ? tmp : "/tmp");
	if (mkdtemp(work) == NULL) {
		work[0] = '\0';
		bench_die("no directory to work in can be made");
	}
	return work;
}

static _Noreturn void
usage(void)
{
	fputs("usage: bench_NAME [--json] [--repeat N] [--pages N] "
	      "[--config DIR] [--gazetteer FILE] DIR-OF-PAGES\n",
		stderr);
	exit(2);
}

static long
number(const char *arg, long max)
{
	long long n;

	if (!span_int(span_str(arg), 1, max, &n))
		usage();
	return (long)n;
}

/* BIN/../share/dateline is where the build and the installation have it. */
static void
default_paths(struct bench *b)
{
	char exe[PATH_MAX];
	const ssize_t len = readlink("/proc/self/exe", exe, sizeof exe - 1);
	char *slash;

	if (len < 0)
		bench_die("/proc/self/exe cannot be read");
	exe[len] = '\0';
	slash = strrchr(exe, '/');
	if (slash != NULL)
		*slash = '\0';
	b->config = arena_printf(b->arena, "%s/../share/dateline/config", exe);
	b->gazetteer = arena_printf(
		b->arena, "%s/../share/dateline/gazetteer.bin", exe);
}

void
bench_init(struct bench *b, int argc, char **argv)
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "repeat", required_argument, NULL, 'r' },
		{ "pages", required_argument, NULL, 'p' },
		{ "config", required_argument, NULL, 'c' },
		{ "gazetteer", required_argument, NULL, 'g' },
		{ NULL, 0, NULL, 0 },
	};
	int opt;

	*b = (struct bench){ .repeat = BENCH_REPEAT, .npages = BENCH_PAGES };
	b->arena = arena_new(BENCH_ARENA_MAX);
	b->page = arena_new(BENCH_PAGE_MAX);
	if (b->arena == NULL || b->page == NULL || atexit(work_end) != 0)
		bench_die("no memory");
	default_paths(b);
	while ((opt = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (opt == 'j')
			b->json = true;
		else if (opt == 'r')
			b->repeat = number(optarg, 1000);
		else if (opt == 'p')
			b->npages = number(optarg, BENCH_PAGES_MAX);
		else if (opt == 'c')
			b->config = optarg;
		else if (opt == 'g')
			b->gazetteer = optarg;
		else
			usage();
	}
	if (optind + 1 != argc)
		usage();
	b->dir = argv[optind];
}

void
bench_open_rules(struct bench *b)
{
	struct error err = { 0 };

	bench_check(ruleset_open(b->config, b->gazetteer, RULESET_AS_NEEDED,
			    &b->rules, &err),
		&err);
	bench_check(extractor_new(b->rules, &b->extractor, &err), &err);
}

void
bench_close_rules(struct bench *b)
{
	extractor_free(b->extractor);
	ruleset_free(b->rules);
	b->extractor = NULL;
	b->rules = NULL;
}

void
bench_release(struct bench *b)
{
	parser_free(b->parser);
	parse_words_free(b->words);
	bench_close_rules(b);
	arena_free(b->page);
	arena_free(b->arena);
}

void
bench_parse(struct bench *b, size_t i, struct document *doc)
{
	struct problem problem = { 0 };
	struct error err = { 0 };
	bool has_document = false;

	arena_reset(b->page);
	bench_check(
		parser_page(b->parser, &b->corpus.pages[i], b->corpus.bodies[i],
			b->page, &has_document, doc, &problem, &err),
		&err);
	if (!has_document)
		bench_die("%s gave no document: %s", b->corpus.pages[i].url,
			problem_name(problem.code));
}

void
bench_extract(struct bench *b, const struct document *doc, struct extraction *x)
{
	struct error err = { 0 };

	bench_check(
		extractor_document(b->extractor, doc, b->page, x, &err), &err);
}
