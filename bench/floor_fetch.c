/* The least that fetching and archiving the same bodies can do. */
#include "bench.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include <curl/curl.h>
#define ZLIB_CONST /* zlib does not write to next_in */
#include <zlib.h>

#define BODY_MAX   ((size_t)32 << 20)
#define GZIP_CHUNK 65536

struct floor {
	const struct server *server;
	struct arena *arena; /* of the URLs */
	CURLM *multi;
	CURL *lanes[FETCH_LANES];
	struct buffer bodies[FETCH_LANES];
	z_stream z;
	int fd;
	size_t next, ended, n;
};

static size_t
on_body(char *ptr, size_t size, size_t n, void *ctx)
{
	return buffer_add(ctx, ptr, size * n) == OK ? size * n : 0;
}

static void
ask(struct floor *f, size_t lane)
{
	buffer_reset(&f->bodies[lane]);
	if (curl_easy_setopt(f->lanes[lane], CURLOPT_URL,
		    server_url(f->server, f->next++, f->arena)) != CURLE_OK ||
		curl_multi_add_handle(f->multi, f->lanes[lane]) != CURLM_OK)
		bench_die("libcurl cannot ask");
}

static void
keep(struct floor *f, struct span body)
{
	static unsigned char out[GZIP_CHUNK];
	struct error err = { 0 };
	char hex[HASH_HEX];
	int end;

	hash_hex(body, hex);
	if (deflateReset(&f->z) != Z_OK)
		bench_die("zlib cannot start");
	f->z.next_in = (const Bytef *)body.ptr;
	f->z.avail_in = (uInt)body.len;
	do {
		f->z.next_out = out;
		f->z.avail_out = sizeof out;
		end = deflate(&f->z, Z_FINISH);
		if (end != Z_OK && end != Z_STREAM_END)
			bench_die("zlib cannot compress");
		bench_check(write_all(f->fd, out, sizeof out - f->z.avail_out,
				    &err),
			&err);
	} while (end != Z_STREAM_END);
	f->ended++;
	if ((f->ended % FETCH_GROUP == 0 || f->ended == f->n) &&
		fdatasync(f->fd) != 0)
		bench_die("the floor's file cannot be synced");
}

static void
take(struct floor *f, const CURLMsg *m)
{
	size_t lane = 0;
	long status = 0;

	while (f->lanes[lane] != m->easy_handle)
		lane++;
	(void)curl_easy_getinfo(
		m->easy_handle, CURLINFO_RESPONSE_CODE, &status);
	if (m->data.result != CURLE_OK || status != 200)
		bench_die("the server did not answer");
	(void)curl_multi_remove_handle(f->multi, m->easy_handle);
	keep(f, buffer_span(&f->bodies[lane]));
	if (f->next < f->n)
		ask(f, lane);
}

static void
run(struct floor *f)
{
	int running, left;
	CURLMsg *m;

	for (size_t i = 0; i < FETCH_LANES && f->next < f->n; i++)
		ask(f, i);
	while (f->ended < f->n) {
		if (curl_multi_perform(f->multi, &running) != CURLM_OK)
			bench_die("libcurl cannot go on");
		while ((m = curl_multi_info_read(f->multi, &left)) != NULL)
			if (m->msg == CURLMSG_DONE)
				take(f, m);
		if (f->ended < f->n && curl_multi_poll(f->multi, NULL, 0, 1000,
					       NULL) != CURLM_OK)
			bench_die("libcurl cannot wait");
	}
}

static void
open_floor(struct floor *f)
{
	char path[PATH_MAX];

	(void)snprintf(path, sizeof path, "%s/floor.gz", work_begin());
	f->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	f->arena = arena_new(BENCH_ARENA_MAX);
	if (f->fd < 0 || f->arena == NULL ||
		deflateInit2(&f->z, 1, Z_DEFLATED, 15 + 16, 8,
			Z_DEFAULT_STRATEGY) != Z_OK ||
		curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		bench_die("%s cannot be written", path);
	f->multi = curl_multi_init();
	for (size_t i = 0; i < FETCH_LANES; i++) {
		CURL *c = f->lanes[i] = curl_easy_init();

		buffer_init(&f->bodies[i], BODY_MAX);
		if (f->multi == NULL || c == NULL ||
			curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body) !=
				CURLE_OK ||
			curl_easy_setopt(c, CURLOPT_WRITEDATA, &f->bodies[i]) !=
				CURLE_OK ||
			curl_easy_setopt(c, CURLOPT_PROXY, "") != CURLE_OK)
			bench_die("libcurl cannot start");
	}
}

struct sample
floor_fetch(const struct server *s, const struct corpus *c)
{
	struct floor f = { .server = s, .n = c->n };
	struct sample start = sample_now(), sum = { 0 };

	open_floor(&f);
	run(&f);
	for (size_t i = 0; i < FETCH_LANES; i++) {
		curl_easy_cleanup(f.lanes[i]);
		buffer_release(&f.bodies[i]);
	}
	(void)curl_multi_cleanup(f.multi);
	(void)deflateEnd(&f.z); /* a stream that ended has nothing to tell */
	(void)close(f.fd);	/* synced above */
	arena_free(f.arena);
	sample_add(&sum, start);
	work_end();
	return sum;
}
