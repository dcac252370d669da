/*
 * A file of any bytes in an archive: it is read, scanned and appended to
 * without harm, and what is appended comes back.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/archive.h"

#define NAME "dateline-00001.warc.gz"

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

static bool
visit(const struct archive_record *r, void *ctx)
{
	size_t *n = ctx;

	if (r->length <= 0 || (r->code != OK && r->message == NULL))
		abort();
	return ++*n < 10000;
}

static void
read_all_captures(struct arena *a)
{
	struct archive_position at = { .offset = 0 };
	struct archive_entry e;
	struct archive *ar;
	bool found = true;
	size_t n = 0;

	if (archive_open(dir, &ar, NULL) != OK)
		abort();
	while (archive_next(ar, &at, &e, &found, NULL) == OK && found) {
		struct page page;
		struct span body;

		arena_reset(a);
		(void)archive_read(ar, e.file, e.offset, a, &page, &body, NULL);
	}
	(void)archive_scan(ar, NULL, visit, &n, NULL);
	archive_close(ar);
}

static void
append(struct arena *a)
{
	const struct capture c = { .url = "file:///x",
		.final_url = "file:///x",
		.source = "s",
		.media_type = "text/plain",
		.fetched_at = 1707913845,
		.body = span_str("appended") };
	struct archive_writer *w;
	struct archive *ar;
	struct page page, back;
	struct span body;

	if (archive_writer_open(dir, &w, NULL) != OK)
		return;
	if (archive_append(w, &c, a, &page, NULL) != OK ||
		archive_writer_sync(w, NULL) != OK ||
		archive_open(dir, &ar, NULL) != OK)
		abort();
	if (page.archive.length == 0 ||
		archive_read(ar, page.archive.file, page.archive.offset, a,
			&back, &body, NULL) != OK ||
		!span_eq_str(body, "appended"))
		abort();
	archive_close(ar);
	archive_writer_close(w);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *a;
	char path[128];
	int fd;

	if (a == NULL) {
		a = arena_new(128 << 20);
		(void)snprintf(dir, sizeof dir, "/tmp/dateline-fuzz-XXXXXX");
		if (a == NULL || mkdtemp(dir) == NULL)
			abort();
		(void)atexit(clean);
	}
	(void)snprintf(path, sizeof path, "%s/dateline-00001.cdxj", dir);
	(void)unlink(path);
	(void)snprintf(path, sizeof path, "%s/" NAME, dir);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	close(fd);
	arena_reset(a);
	read_all_captures(a);
	arena_reset(a);
	append(a);
	return 0;
}
