/*
 * bench_fetch: pages over loopback into the archive without any pace, beside
 * libcurl, SHA-256, gzip -1 and as many syncs of the same bodies.
 */
#include "fetch/fetch.h"
#include "bench.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define QUARTERS 4

/* What comes of the tasks, as the fetch process of a run takes it. */
struct taking {
	struct archive_writer *archive;
	size_t pages, in_group, n;
	/* The corpus is in memory before; then come the tasks, all at once. */
	long before_kib, queued_kib;
	long rss_kib[QUARTERS]; /* behind each quarter of the pages */
};

static long
rss_kib(void)
{
	char line[64];
	long size = 0, resident = 0;
	FILE *in = fopen("/proc/self/statm", "r");

	if (in == NULL || fgets(line, sizeof line, in) == NULL ||
		sscanf(line, "%ld %ld", &size, &resident) != 2)
		bench_die("/proc/self/statm cannot be read");
	(void)fclose(in);
	return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

static enum error_code
take_page(const struct page *p, void *ctx, struct error *err)
{
	struct taking *t = ctx;

	(void)p;
	t->pages++;
	for (size_t i = 1; i <= QUARTERS; i++)
		if (t->pages == t->n * i / QUARTERS)
			t->rss_kib[i - 1] = rss_kib();
	if (++t->in_group < FETCH_GROUP && t->pages < t->n)
		return OK;
	t->in_group = 0;
	return archive_writer_sync(t->archive, err);
}

static enum error_code
take_problem(const struct problem *p, void *ctx, struct error *err)
{
	(void)ctx;
	return error_set(err, ERR_IO, "%s: %s", p->url, p->message);
}

static struct sample
measure_fetch(struct bench *b, const struct server *s, struct taking *t)
{
	struct sample start, sum = { 0 };
	struct error err = { 0 };
	struct fetcher *f;
	bool busy = true;

	*t = (struct taking){ .n = b->corpus.n, .before_kib = rss_kib() };
	start = sample_now();
	bench_check(archive_writer_open(work_begin(), &t->archive, &err), &err);
	bench_check(fetcher_new(
			    &(struct fetch_options){
				    .sources = &b->sources,
				    .parallel = FETCH_LANES,
				    .gap_ms = -1,
			    },
			    &(struct fetch_sink){
				    take_page, take_problem, t, NULL },
			    t->archive, &f, &err),
		&err);
	for (size_t i = 0; i < t->n; i++) {
		const struct task task = {
			.source = SOURCE_COMMAND_LINE,
			.reason = "named",
			.url = server_url(s, i, b->page),
		};

		bench_check(fetcher_add(f, &task, &err), &err);
		arena_reset(b->page);
	}
	t->queued_kib = rss_kib();
	while (busy)
		bench_check(fetcher_run(f, -1, 1000, &busy, &err), &err);
	fetcher_free(f);
	archive_writer_close(t->archive);
	sample_add(&sum, start);
	work_end();
	if (t->pages != t->n)
		bench_die("%zu of %zu pages came", t->pages, t->n);
	return sum;
}

/* The same URLs by the curl program, for information; 0 without it. */
static double
measure_curl(struct bench *b, const struct server *s)
{
	char path[PATH_MAX];
	struct sample start, sum = { 0 };
	int status = -1;
	FILE *out;
	pid_t pid;

	(void)snprintf(path, sizeof path, "%s/urls", work_begin());
	out = fopen(path, "w");
	if (out == NULL)
		bench_die("%s cannot be written", path);
	for (size_t i = 0; i < b->corpus.n; i++) {
		fprintf(out, "url = \"%s\"\noutput = \"/dev/null\"\n",
			server_url(s, i, b->page));
		arena_reset(b->page);
	}
	if (fclose(out) != 0)
		bench_die("%s cannot be written", path);
	start = sample_now();
	pid = fork();
	if (pid == 0) {
		execlp("curl", "curl", "-q", "--no-progress-meter", "--noproxy",
			"*", "--parallel", "--parallel-max", "8", "-K", path,
			(char *)NULL);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		bench_die("curl cannot be started");
	sample_add(&sum, start);
	work_end();
	return status == 0 ? sum.wall_ms : 0;
}

static void
print_all(const struct bench *b, const struct sample *floor,
	const struct sample *fetch, double curl_ms, const struct taking *t)
{
	if (b->json) {
		printf("{\"pages\":%zu,\"bytes\":%zu,\"floor_cpu_ms\":%.1f,"
		       "\"fetch_cpu_ms\":%.1f,\"ratio_cpu\":%.3f,"
		       "\"floor_wall_ms\":%.1f,\"fetch_wall_ms\":%.1f,"
		       "\"curl_wall_ms\":%.1f,\"rss_before_kib\":%ld,"
		       "\"rss_queued_kib\":%ld,"
		       "\"rss_kib\":[%ld,%ld,%ld,%ld]}\n",
			b->corpus.n, b->corpus.bytes, floor->cpu_ms,
			fetch->cpu_ms, fetch->cpu_ms / floor->cpu_ms,
			floor->wall_ms, fetch->wall_ms, curl_ms, t->before_kib,
			t->queued_kib, t->rss_kib[0], t->rss_kib[1],
			t->rss_kib[2], t->rss_kib[3]);
		return;
	}
	printf("%zu pages, %.1f MB\n\n%-16s %10s %10s\n", b->corpus.n,
		(double)b->corpus.bytes / 1e6, "", "CPU ms", "wall ms");
	printf("%-16s %10.1f %10.1f\n", "floor", floor->cpu_ms, floor->wall_ms);
	printf("%-16s %10.1f %10.1f\n", "fetch", fetch->cpu_ms, fetch->wall_ms);
	printf("%-16s %10s %10.1f\n", "curl --parallel", "", curl_ms);
	printf("\nratio %.2f\n\nresident KiB: %ld tasks queued; behind each "
	       "quarter of the pages",
		fetch->cpu_ms / floor->cpu_ms, t->queued_kib - t->before_kib);
	for (int i = 0; i < QUARTERS; i++)
		printf(" %+ld", t->rss_kib[i] - t->rss_kib[0]);
	putchar('\n');
}

int
main(int argc, char **argv)
{
	struct sample floor = { 0 }, fetch = { 0 };
	double curl_ms = 0;
	struct server server;
	struct taking t = { 0 };
	struct bench b;

	bench_init(&b, argc, argv);
	bench_load_corpus(&b);
	server = server_start(&b.corpus);
	for (long i = 0; i < b.repeat; i++) {
		sample_best(&floor, floor_fetch(&server, &b.corpus));
		sample_best(&fetch, measure_fetch(&b, &server, &t));
	}
	curl_ms = measure_curl(&b, &server);
	server_stop(&server);
	print_all(&b, &floor, &fetch, curl_ms, &t);
	bench_release(&b);
	return 0;
}
