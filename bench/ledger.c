#include "bench.h"

#include <limits.h>
#include <stdio.h>

/* The records of page i as a worker writes them; only packing is counted. */
static void
pack_page(struct bench *b, struct arena *a, size_t i, struct buffer *frames,
	struct sample *cost)
{
	struct record r[3] = {
		{ .kind = RECORD_PAGE },
		{ .kind = RECORD_DOCUMENT },
		{ .kind = RECORD_EXTRACTION },
	};
	struct error err = { 0 };
	struct sample start;

	r[0].page = b->corpus.pages[i];
	bench_parse(b, i, &r[1].document);
	bench_extract(b, &r[1].document, &r[2].extraction);
	buffer_reset(frames);
	arena_reset(a);
	start = sample_now();
	for (size_t k = 0; k < 3; k++)
		bench_check(wire_put(&r[k], a, frames, &err), &err);
	sample_add(cost, start);
}

static void
take_page(struct bench *b, struct span frames, struct record r[3],
	struct sample *cost)
{
	const struct sample start = sample_now();
	struct error err = { 0 };

	arena_reset(b->page);
	for (size_t k = 0; k < 3; k++)
		bench_check(wire_take(&frames, b->page, &r[k], &err), &err);
	sample_add(cost, start);
}

static void
store_page(struct store *s, const struct page *page, const struct record r[3],
	struct sample *cost)
{
	const struct archive_ref *ref = &page->archive;
	struct archive_position at = { .offset = ref->offset + ref->length };
	const struct sample start = sample_now();
	struct error err = { 0 };

	for (size_t k = 0; k < 3; k++)
		bench_check(store_put(s, &r[k], &err), &err);
	(void)snprintf(at.file, sizeof at.file, "%s", ref->file);
	bench_check(store_position_set(s, &at, &err), &err);
	sample_add(cost, start);
}

static struct store *
open_ledger(struct bench *b, struct sample *cost)
{
	const char *dir = work_begin();
	const struct sample start = sample_now();
	struct error err = { 0 };
	struct store *s = NULL;
	char path[PATH_MAX];

	(void)snprintf(path, sizeof path, "%s/ledger.db", dir);
	bench_check(store_open(path, STORE_WRITE, &s, &err), &err);
	bench_check(store_put_sources(s, &b->sources, &err), &err);
	bench_check(store_run_begin(s, "bench", ruleset_version(b->rules),
			    PARSER_VERSION, &err),
		&err);
	sample_add(cost, start);
	return s;
}

void
measure_ledger(struct bench *b, struct ledger_cost *out)
{
	struct ledger_cost cost = { 0 };
	struct store *s = open_ledger(b, &cost.put);
	const size_t n = b->corpus.n;
	struct error err = { 0 };
	struct arena *packing = arena_new(BENCH_PAGE_MAX);
	struct buffer frames;
	struct sample start;

	if (packing == NULL)
		bench_die("no memory for records");
	buffer_init(&frames, BENCH_PAGE_MAX);
	for (size_t i = 0; i < n; i++) {
		struct record r[3];

		if (i % BENCH_GROUP == 0)
			bench_check(store_begin(s, &err), &err);
		pack_page(b, packing, i, &frames, &cost.pack);
		cost.frame_bytes += frames.len;
		take_page(b, buffer_span(&frames), r, &cost.take);
		store_page(s, &b->corpus.pages[i], r, &cost.put);
		start = sample_now();
		if ((i + 1) % BENCH_GROUP == 0 || i + 1 == n)
			bench_check(store_commit(s, &err), &err);
		sample_add(&cost.commit, start);
	}
	start = sample_now();
	bench_check(store_run_end(s, "ok", &err), &err);
	store_close(s);
	sample_add(&cost.commit, start);
	buffer_release(&frames);
	arena_free(packing);
	work_end();
	sample_best(&out->pack, cost.pack);
	sample_best(&out->take, cost.take);
	sample_best(&out->put, cost.put);
	sample_best(&out->commit, cost.commit);
	out->frame_bytes = cost.frame_bytes;
}
