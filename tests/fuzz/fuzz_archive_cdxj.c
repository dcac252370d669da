/*
 * Any bytes as the index beside a WARC file: who reads by it finds captures
 * that stand in the file or a record that is told to be bad, and looking up
 * never gives the capture of another URL.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/archive.h"

#define URL   "https://a.example/1"
#define LATER INT64_C(4102444800)

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char dir[64];

static void
clean(void)
{
	char command[128];

	(void)snprintf(command, sizeof command, "rm -rf '%s'", dir);
	if (system(command) != 0)
		abort();
}

/* Two captures, always the same bytes. */
static void
make(struct arena *a)
{
	struct capture c = { .url = URL,
		.final_url = URL,
		.source = "s",
		.status = 200,
		.media_type = "text/html",
		.fetched_at = 1707913845,
		.body = span_str("one") };
	struct archive_writer *w;
	struct page page;

	clock_set(1707913845);
	if (archive_writer_open(dir, &w, NULL) != OK ||
		archive_append(w, &c, a, &page, NULL) != OK)
		abort();
	c.url = c.final_url = "https://a.example/2";
	if (archive_append(w, &c, a, &page, NULL) != OK)
		abort();
	archive_writer_close(w);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct archive_position at = { .offset = 0 };
	struct archive_entry e;
	static struct arena *a;
	struct archive *ar;
	struct error err = { 0 };
	struct page page;
	struct span body;
	bool found = true;
	char path[128];
	int fd;

	if (a == NULL) {
		a = arena_new(128 << 20);
		(void)snprintf(dir, sizeof dir, "/tmp/dateline-fuzz-XXXXXX");
		if (a == NULL || mkdtemp(dir) == NULL)
			abort();
		(void)atexit(clean);
		make(a);
	}
	(void)snprintf(path, sizeof path, "%s/dateline-00001.cdxj", dir);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	close(fd);
	arena_reset(a);
	if (archive_open(dir, &ar, NULL) != OK)
		abort();
	while (archive_next(ar, &at, &e, &found, NULL) == OK && found)
		(void)archive_read(ar, e.file, e.offset, a, &page, &body, NULL);
	if (archive_find(ar, URL, LATER, &e, &found, &err) == OK && found &&
		archive_read(ar, e.file, e.offset, a, &page, &body, NULL) ==
			OK &&
		strcmp(page.final_url, URL) != 0)
		abort();
	archive_close(ar);
	return 0;
}
