/*
 * A damaged gazetteer: refused, or read without harm.  The input is a list of
 * changes to a good file, five bytes each: where (the file's length divides
 * it) and what; a zero byte more at the end stands for "cut there".
 */
#include "small_gazetteer.h"

#include <fcntl.h>
#include <sys/mman.h>

#include "extract/gazetteer.h"
#include "extract/scan.h"
#include "extract/sentence.h"

#define CHANGE_BYTES 5

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char text[] =
	"Graz, Austria, and Villa María (Argentina) joined Reading and the "
	"City of Boise, ID. L'Aquila, Köln, Santiago de Chile, Lake Graz.";

static void
require(bool ok)
{
	if (!ok)
		abort();
}

/* The changed file, in memory; its path is out. */
static int
write_file(const struct buffer *good, const uint8_t *data, size_t size,
	char out[64])
{
	int fd = memfd_create("gazetteer", MFD_CLOEXEC);
	size_t len = good->len;

	require(fd >= 0 &&
		write(fd, good->ptr, good->len) == (ssize_t)good->len);
	for (; size >= CHANGE_BYTES;
		data += CHANGE_BYTES, size -= CHANGE_BYTES) {
		uint32_t at;

		memcpy(&at, data, sizeof at);
		require(pwrite(fd, data + 4, 1, (off_t)(at % good->len)) == 1);
		len = at % good->len;
	}
	if (size == 1 && *data == 0)
		require(ftruncate(fd, (off_t)len) == 0);
	(void)snprintf(out, 64, "/proc/self/fd/%d", fd);
	return fd;
}

static void
read_places(const struct gazetteer *g, struct arena *a)
{
	struct block block = { .end = sizeof text - 1 };
	struct document doc = { .text = span_str(text),
		.language = "en",
		.blocks = &block,
		.nblocks = 1 };
	struct scan s = { .doc = &doc, .arena = a };
	struct place_value *list;
	size_t n;

	(void)gazetteer_lookup(g, "Reading", a, &list, &n, NULL);
	require(sentences_split(&s) == OK);
	require(gazetteer_scan(g, &s) == OK && scan_settle(&s) == OK);
	require(places_resolve(g, &s) == OK);
	for (size_t i = 0; i < s.n; i++)
		require(s.list[i].start < s.list[i].end &&
			s.list[i].end <= doc.text.len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *arena;
	static struct buffer good;
	struct gazetteer *g;
	struct error err = { 0 };
	char path[PATH_MAX], name[64];
	int fd;

	if (arena == NULL) {
		arena = arena_new((size_t)64 << 20);
		require(arena != NULL);
		small_gazetteer(path);
		buffer_init(&good, (size_t)16 << 20);
		require(read_file(path, (size_t)16 << 20, &good, NULL) == OK);
		require(unlink(path) == 0);
	}
	arena_reset(arena);
	fd = write_file(&good, data, size, name);
	if (gazetteer_open(name, &g, &err) == OK)
		read_places(g, arena);
	else
		require(err.msg[0] != '\0');
	gazetteer_close(g);
	(void)close(fd);
	return 0;
}
