/*
 * bench_parts: stages by themselves, in MB/s, beside a floor where one is
 * known that does the least of the same bytes.
 */
#include "bench.h"

#include <stdio.h>

static struct sample
measure_parse(struct bench *b)
{
	const struct sample start = sample_now();
	struct sample sum = { 0 };
	struct document doc;

	for (size_t i = 0; i < b->corpus.n; i++)
		bench_parse(b, i, &doc);
	sample_add(&sum, start);
	return sum;
}

/* Each document is made anew, and that is not counted. */
static struct sample
measure_extract(struct bench *b)
{
	struct sample sum = { 0 };

	for (size_t i = 0; i < b->corpus.n; i++) {
		struct sample start;
		struct document doc;
		struct extraction x;

		bench_parse(b, i, &doc);
		start = sample_now();
		bench_extract(b, &doc, &x);
		sample_add(&sum, start);
	}
	return sum;
}

static struct sample
measure_archive(struct bench *b)
{
	const struct corpus *c = &b->corpus;
	struct archive_writer *w = NULL;
	const char *dir = work_begin();
	struct sample start, sum = { 0 };
	struct error err = { 0 };
	struct page page;

	start = sample_now();
	bench_check(archive_writer_open(dir, &w, &err), &err);
	for (size_t i = 0; i < c->n; i++) {
		const struct capture capture = {
			.url = c->pages[i].url,
			.final_url = c->pages[i].final_url,
			.source = c->pages[i].source,
			.fetched_at = c->pages[i].fetched_at,
			.media_type = c->pages[i].media_type,
			.body = c->bodies[i],
		};

		arena_reset(b->page);
		bench_check(archive_append(w, &capture, b->page, &page, &err),
			&err);
		if ((i + 1) % BENCH_GROUP == 0 || i + 1 == c->n)
			bench_check(archive_writer_sync(w, &err), &err);
	}
	archive_writer_close(w);
	sample_add(&sum, start);
	work_end();
	return sum;
}

/* floor NULL: none is measured. */
static void
print_part(const struct bench *b, const char *name, size_t bytes,
	const struct sample *part, const struct sample *floor)
{
	const double mb_s = (double)bytes / part->cpu_ms / 1e3;
	const double floor_mb_s =
		floor != NULL ? (double)bytes / floor->cpu_ms / 1e3 : 0;

	if (b->json && floor != NULL)
		printf("{\"part\":\"%s\",\"mb_s\":%.2f,\"floor_mb_s\":%.2f,"
		       "\"ratio\":%.3f}\n",
			name, mb_s, floor_mb_s, floor_mb_s / mb_s);
	else if (b->json)
		printf("{\"part\":\"%s\",\"mb_s\":%.2f}\n", name, mb_s);
	else if (floor != NULL)
		printf("%-10s %10.1f %10.1f %10.2f\n", name, mb_s, floor_mb_s,
			floor_mb_s / mb_s);
	else
		printf("%-10s %10.1f %10s %10s\n", name, mb_s, "-", "-");
}

/* The ledger's steps, in ms: what the chain pays behind extract. */
static void
print_ledger(const struct bench *b, const struct ledger_cost *c,
	const struct sample *rows)
{
	const struct {
		const char *name;
		double ms;
	} steps[] = {
		{ "pack", c->pack.cpu_ms },
		{ "take", c->take.cpu_ms },
		{ "put", c->put.cpu_ms },
		{ "commit", c->commit.cpu_ms },
	};
	const double sum = c->pack.cpu_ms + c->take.cpu_ms + c->put.cpu_ms +
			   c->commit.cpu_ms;
	const double rows_s = (double)(b->rows.n + b->corpus.n) /
			      (c->put.wall_ms + c->commit.wall_ms) * 1e3;

	if (b->json) {
		printf("{\"part\":\"ledger\",\"cpu_ms\":%.2f,"
		       "\"floor_cpu_ms\":%.2f,\"rows_s\":%.0f}\n",
			sum, rows->cpu_ms, rows_s);
		return;
	}
	printf("\n%-10s %10s %10s %10s\n", "ledger", "CPU ms", "floor ms",
		"x floor");
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		printf("%-10s %10.1f\n", steps[i].name, steps[i].ms);
	printf("%-10s %10.1f %10.1f %10.2f\n", "sum", sum, rows->cpu_ms,
		sum / rows->cpu_ms);
	printf("\n%.1f MB of records; %.0f rows a second of wall time, of put "
	       "and commit\n",
		(double)c->frame_bytes / 1e6, rows_s);
}

int
main(int argc, char **argv)
{
	struct sample parse = { 0 }, tree = { 0 }, extract = { 0 };
	struct sample archive = { 0 }, gzip = { 0 }, rows = { 0 };
	struct ledger_cost ledger = { 0 };
	struct bench b;

	bench_init(&b, argc, argv);
	bench_open_rules(&b);
	bench_load(&b);
	for (long i = 0; i < b.repeat; i++) {
		sample_best(&tree, floor_parse(&b.corpus));
		sample_best(&parse, measure_parse(&b));
		sample_best(&extract, measure_extract(&b));
		sample_best(&gzip, floor_archive(&b.corpus));
		sample_best(&archive, measure_archive(&b));
		sample_best(&rows, floor_rows(&b.rows));
		measure_ledger(&b, &ledger);
	}
	if (!b.json)
		printf("%-10s %10s %10s %10s\n", "CPU", "MB/s", "floor MB/s",
			"x floor");
	print_part(&b, "parse", b.corpus.bytes, &parse, &tree);
	print_part(&b, "extract", b.rows.text_bytes, &extract, NULL);
	print_part(&b, "archive", b.corpus.bytes, &archive, &gzip);
	print_ledger(&b, &ledger, &rows);
	bench_release(&b);
	return 0;
}
