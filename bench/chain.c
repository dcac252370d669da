/*
 * bench_chain: the whole chain beside its floor, in one run.  The budgets are
 * issue 2's; nothing here passes or fails by them.
 */
#include "bench.h"

#include <limits.h>
#include <stdio.h>
#include <sys/resource.h>

#define CHAIN_BUDGET	3.0  /* times the sum of the two floors */
#define STARTUP_BUDGET	50.0 /* ms */
#define STARTUP_REPEATS 10

struct results {
	/* Wall: to the first document, and to one in each of six languages. */
	double startup_first_ms, startup_ms, startup_all_ms;
	long startup_rss_kib, rss_kib;
	struct sample parse, rows, chain;
	struct store_counts counts;
};

static long
max_rss_kib(void)
{
	struct rusage self;

	if (getrusage(RUSAGE_SELF, &self) != 0)
		bench_die("the resident set cannot be read");
	return self.ru_maxrss;
}

/* The first document of a language, which has its rules read. */
static void
greet(struct bench *b, const char *language)
{
	static const struct block block = {
		.type = BLOCK_PARAGRAPH, .zone = ZONE_BODY, .end = 1
	};
	const struct document doc = { .id = "greeting",
		.language = language,
		.text = span_str("."),
		.blocks = (struct block *)(uintptr_t)&block,
		.nblocks = 1 };
	struct extraction x;

	arena_reset(b->page);
	bench_extract(b, &doc, &x);
}

/* From nothing to the first documents in n of the languages, best of some
 * times; the first of them in *first, and what is resident then.  Leaves the
 * rules open. */
static double
measure_startup(
	struct bench *b, size_t n, double *first_ms, long *first_rss_kib)
{
	static const char *const languages[] = { "en", "de", "fr", "es", "it",
		"pt" };
	struct sample best = { 0 };

	for (int i = 0; i < STARTUP_REPEATS; i++) {
		struct sample start, s = { 0 };

		bench_close_rules(b);
		start = sample_now();
		bench_open_rules(b);
		for (size_t k = 0; k < n; k++)
			greet(b, languages[k]);
		sample_add(&s, start);
		sample_best(&best, s);
		if (i == 0 && first_ms != NULL) {
			*first_ms = s.wall_ms;
			*first_rss_kib = max_rss_kib();
		}
	}
	return best.wall_ms;
}

/* What the chain holds beside the stages. */
struct chain {
	struct bench *b;
	struct store *store;
	struct arena *decoded; /* one record at a time */
	struct arena *packing; /* while one is packed */
	struct buffer frames;  /* the records of one page */
};

/* The records of page i as a worker writes them. */
static void
encode_page(struct chain *c, size_t i)
{
	struct record page = { .kind = RECORD_PAGE };
	struct record doc = { .kind = RECORD_DOCUMENT };
	struct record x = { .kind = RECORD_EXTRACTION };
	struct error err = { 0 };

	page.page = c->b->corpus.pages[i];
	bench_parse(c->b, i, &doc.document);
	bench_extract(c->b, &doc.document, &x.extraction);
	buffer_reset(&c->frames);
	arena_reset(c->packing);
	bench_check(wire_put(&page, c->packing, &c->frames, &err), &err);
	bench_check(wire_put(&doc, c->packing, &c->frames, &err), &err);
	bench_check(wire_put(&x, c->packing, &c->frames, &err), &err);
}

/* And as the store takes them, with the archive position behind the page. */
static void
store_page(struct chain *c, size_t i)
{
	const struct archive_ref *ref = &c->b->corpus.pages[i].archive;
	struct archive_position at = { .offset = ref->offset + ref->length };
	struct span rest = buffer_span(&c->frames);
	struct error err = { 0 };
	struct record r;

	while (rest.len > 0) {
		arena_reset(c->decoded);
		bench_check(wire_take(&rest, c->decoded, &r, &err), &err);
		bench_check(store_put(c->store, &r, &err), &err);
	}
	(void)snprintf(at.file, sizeof at.file, "%s", ref->file);
	bench_check(store_position_set(c->store, &at, &err), &err);
}

static void
run_chain(struct chain *c, const char *dir, struct store_counts *counts)
{
	const size_t n = c->b->corpus.n;
	struct error err = { 0 };
	char path[PATH_MAX];

	(void)snprintf(path, sizeof path, "%s/ledger.db", dir);
	bench_check(store_open(path, STORE_WRITE, &c->store, &err), &err);
	bench_check(store_put_sources(c->store, &c->b->sources, &err), &err);
	bench_check(
		store_run_begin(c->store, "bench", ruleset_version(c->b->rules),
			parse_words_version(c->b->words), &err),
		&err);
	for (size_t i = 0; i < n; i++) {
		if (i % BENCH_GROUP == 0)
			bench_check(store_begin(c->store, &err), &err);
		encode_page(c, i);
		store_page(c, i);
		if ((i + 1) % BENCH_GROUP == 0 || i + 1 == n)
			bench_check(store_commit(c->store, &err), &err);
	}
	*counts = *store_counts(c->store);
	bench_check(store_run_end(c->store, "ok", &err), &err);
	store_close(c->store);
}

static struct sample
measure_chain(struct bench *b, struct store_counts *counts)
{
	struct chain c = { .b = b,
		.decoded = arena_new(BENCH_PAGE_MAX),
		.packing = arena_new(BENCH_PAGE_MAX) };
	const char *dir = work_begin();
	struct sample start, sum = { 0 };

	if (c.decoded == NULL || c.packing == NULL)
		bench_die("no memory for the chain");
	buffer_init(&c.frames, BENCH_PAGE_MAX);
	start = sample_now();
	run_chain(&c, dir, counts);
	sample_add(&sum, start);
	buffer_release(&c.frames);
	arena_free(c.decoded);
	arena_free(c.packing);
	work_end();
	/* Less than everything would be measured as fast. */
	if (counts->documents != (int64_t)b->rows.documents)
		bench_die("the ledger took %lld of %zu documents",
			(long long)counts->documents, b->rows.documents);
	return sum;
}

static void
print_part(const char *name, struct sample s, size_t pages)
{
	printf("%-34s %10.1f %10.4f %10.1f\n", name, s.cpu_ms,
		s.cpu_ms / (double)pages, s.wall_ms);
}

static void
print_table(
	const struct bench *b, const struct results *r, double cpu, double wall)
{
	const struct corpus *c = &b->corpus;

	printf("%zu pages (%zu x %zu releases), %.1f MB of HTML, "
	       "%.1f MB of text, %zu claims; best of %ld\n\n",
		c->n, c->n / c->originals, c->originals, (double)c->bytes / 1e6,
		(double)b->rows.text_bytes / 1e6, b->rows.claims, b->repeat);
	printf("%-34s %10s %10s %10s\n", "", "CPU ms", "a page", "wall ms");
	print_part("floor 1: libxml2, parse and free", r->parse, c->n);
	print_part("floor 2: SQLite, one transaction", r->rows, c->n);
	print_part("chain: parse to commit", r->chain, c->n);
	printf("%-34s %10.2f %10s %10.2f   (CPU <= %.1f)\n",
		"chain / (floor 1 + floor 2)", cpu, "", wall, CHAIN_BUDGET);
	printf("\nledger: %lld documents, %lld claims, %lld facts\n",
		(long long)r->counts.documents, (long long)r->counts.claims_new,
		(long long)r->counts.facts_new);
	printf("start-up: %.1f ms, first %.1f ms (<= %.0f ms), in six "
	       "languages %.1f ms, "
	       "then resident %.1f MiB; at most in this run %.1f MiB\n",
		r->startup_ms, r->startup_first_ms, STARTUP_BUDGET,
		r->startup_all_ms, (double)r->startup_rss_kib / 1024,
		(double)r->rss_kib / 1024);
}

static void
print_json(
	const struct bench *b, const struct results *r, double cpu, double wall)
{
	printf("{\"pages\":%zu,\"html_bytes\":%zu,\"text_bytes\":%zu,"
	       "\"claims\":%zu,\"repeat\":%ld,",
		b->corpus.n, b->corpus.bytes, b->rows.text_bytes,
		b->rows.claims, b->repeat);
	printf("\"parse_floor_cpu_ms\":%.3f,\"parse_floor_wall_ms\":%.3f,"
	       "\"rows_floor_cpu_ms\":%.3f,\"rows_floor_wall_ms\":%.3f,"
	       "\"chain_cpu_ms\":%.3f,\"chain_wall_ms\":%.3f,",
		r->parse.cpu_ms, r->parse.wall_ms, r->rows.cpu_ms,
		r->rows.wall_ms, r->chain.cpu_ms, r->chain.wall_ms);
	printf("\"ratio_cpu\":%.3f,\"ratio_wall\":%.3f,\"startup_ms\":%.3f,"
	       "\"startup_first_ms\":%.3f,\"startup_all_ms\":%.3f,"
	       "\"startup_rss_kib\":%ld,"
	       "\"rss_kib\":%ld}\n",
		cpu, wall, r->startup_ms, r->startup_first_ms,
		r->startup_all_ms, r->startup_rss_kib, r->rss_kib);
}

int
main(int argc, char **argv)
{
	struct results r = { 0 };
	double cpu, wall;
	struct bench b;

	bench_init(&b, argc, argv);
	r.startup_ms =
		measure_startup(&b, 1, &r.startup_first_ms, &r.startup_rss_kib);
	r.startup_all_ms = measure_startup(&b, 6, NULL, NULL);
	bench_load(&b);
	for (long i = 0; i < b.repeat; i++) {
		sample_best(&r.parse, floor_parse(&b.corpus));
		sample_best(&r.rows, floor_rows(&b.rows));
		sample_best(&r.chain, measure_chain(&b, &r.counts));
	}
	r.rss_kib = max_rss_kib();
	cpu = r.chain.cpu_ms / (r.parse.cpu_ms + r.rows.cpu_ms);
	wall = r.chain.wall_ms / (r.parse.wall_ms + r.rows.wall_ms);
	(b.json ? print_json : print_table)(&b, &r, cpu, wall);
	bench_release(&b);
	return 0;
}
