/* an index's memory, which does not grow: lines sorted in files, digests in a
 * table in a file, places of one file at a time */
#include "archive/cdxj.h"
#include "archive/digests.h"
#include "archive/sorter.h"
#include "archive/writer.h"
#include "archive_dir.h"

#include <fcntl.h>
#include <malloc.h>

static int
open_dir(void)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY);

	assert_true(fd >= 0);
	return fd;
}

/* Numbers that look random, the same every time. */
static uint64_t
scramble(uint64_t n)
{
	n = (n ^ (n >> 31)) * 0x7fb5d329728ea185u;
	n = (n ^ (n >> 27)) * 0x81dadef4bc2dd44du;
	return n ^ (n >> 33);
}

/* ---- sorting ---- */

/* Line i of a case, `width` bytes; every third is there twice. */
static struct span
line_of(size_t i, size_t width, struct buffer *out)
{
	buffer_reset(out);
	buffer_printf(out, "%016llx",
		(unsigned long long)scramble(i % 3 == 2 ? i - 1 : i));
	while (out->len < width)
		buffer_add_char(out, (char)('a' + out->len % 26));
	return span_sub(buffer_span(out), 0, width);
}

/* What is in the file is in order: so many lines, of `bytes` in all. */
static void
check_sorted(const char *name, const char *path, size_t n, size_t bytes)
{
	struct buffer all;
	struct span rest, line, before = span_of("", 0);
	size_t found = 0;

	buffer_init(&all, (size_t)64 << 20);
	assert_int_equal(read_file(path, all.cap, &all, NULL), OK);
	CHECK_ROW(name, all.len == bytes);
	CHECK_ROW(name, all.len == 0 || all.ptr[all.len - 1] == '\n');
	rest = buffer_span(&all);
	while (rest.len > 0 && span_split(&rest, '\n', &line)) {
		size_t len = line.len < before.len ? line.len : before.len;
		int c = memcmp(before.ptr, line.ptr, len);

		CHECK_ROW(name, c < 0 || (c == 0 && before.len <= line.len));
		before = line;
		found++;
	}
	CHECK_ROW(name, found == n);
	buffer_release(&all);
}

static void
lines_come_in_order(void **state)
{
	static const struct {
		const char *name;
		size_t n, width;
		bool with_more;
	} cases[] = {
		{ "none", 0, 16, false },
		{ "one", 1, 16, false },
		{ "in memory", 100, 40, false },
		{ "with those of before", 100, 40, true },
		{ "empty lines", 10, 0, true },
		{ "some runs", 3000, 300, true },
		{ "the longest", 5, SORTER_LINE_MAX, true },
		{ "more runs than are merged at a time", 6000, 900, false },
	};
	int at = open_dir();
	struct buffer text;
	struct sorter s;

	(void)state;
	sorter_init(&s, at);
	buffer_init(&text, SORTER_LINE_MAX + 64);
	for (size_t i = 0; i < ROWS(cases); i++) {
		const char *path = path_of("sorted"), *old = path_of("old");
		struct sorter_run more = { .at = 0 };
		size_t n = cases[i].n, bytes = n * (cases[i].width + 1);
		int64_t written;
		int out = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);

		for (size_t k = 0; k < n; k++)
			assert_int_equal(
				sorter_add(&s,
					line_of(k, cases[i].width, &text),
					NULL),
				OK);
		CHECK_ROW(cases[i].name, s.n == (int64_t)n);
		CHECK_ROW(cases[i].name, s.text.len <= SORTER_BYTES);
		more.fd = open(old, O_RDWR | O_CREAT | O_TRUNC, 0600);
		assert_int_equal(write(more.fd, "head\n3\n8\nb\n", 11), 11);
		more.at = 5;
		more.end = 11;
		CHECK_ROW(cases[i].name,
			sorter_write(&s, cases[i].with_more ? &more : NULL, out,
				&written, NULL) == OK);
		if (cases[i].with_more) {
			n += 3;
			bytes += 6;
		}
		CHECK_ROW(cases[i].name, written == (int64_t)n);
		check_sorted(cases[i].name, path, n, bytes);
		CHECK_ROW(cases[i].name, s.n == 0);
		close(out);
		close(more.fd);
	}
	buffer_release(&text);
	sorter_release(&s);
	close(at);
}

static void
a_line_that_is_not_kept_is_not_forgotten(void **state)
{
	int at = open_dir(), out;
	struct buffer text;
	struct sorter s;
	int64_t n;

	(void)state;
	out = open(path_of("sorted"), O_RDWR | O_CREAT, 0600);
	sorter_init(&s, at);
	buffer_init(&text, SORTER_LINE_MAX + 64);
	assert_int_equal(
		sorter_add(&s, line_of(1, SORTER_LINE_MAX + 1, &text), NULL),
		ERR_LIMIT);
	assert_int_equal(sorter_add(&s, span_str("a"), NULL), ERR_LIMIT);
	assert_int_equal(sorter_write(&s, NULL, out, &n, NULL), ERR_LIMIT);
	assert_int_equal(sorter_add(&s, span_str("a"), NULL), OK);
	/* Runs that cannot be put anywhere. */
	sorter_reset(&s);
	s.dir = -1;
	assert_int_equal(sorter_add(&s, span_str("a"), NULL), OK);
	assert_int_equal(sorter_write(&s, NULL, out, &n, NULL), ERR_IO);
	/* A run that was cut inside a line. */
	s.dir = at;
	assert_int_equal(write(out, "cut", 3), 3);
	assert_int_equal(sorter_write(&s, &(struct sorter_run){ out, 0, 3 },
				 out, &n, NULL),
		ERR_FORMAT);
	sorter_release(&s);
	buffer_release(&text);
	close(out);
	close(at);
}

/* ---- digests ---- */

static void
digest_of(uint64_t n, uint8_t out[HASH_LEN])
{
	for (size_t i = 0; i < HASH_LEN; i += sizeof n) {
		uint64_t part = scramble(n * 8 + i + 1);

		memcpy(out + i, &part, sizeof part);
	}
}

/* One by one, or many of them first; the table grows on the way. */
static void
check_digests(bool many, uint64_t n)
{
	int at = open_dir();
	struct digests d;
	uint8_t digest[HASH_LEN];
	uint32_t file;
	int64_t offset;

	digests_init(&d, at);
	digest_of(0, digest);
	assert_int_equal(digests_find(&d, digest, &file, &offset, NULL), OK);
	assert_int_equal(file, 0);
	if (many)
		digests_many(&d);
	for (uint64_t i = 0; i < n; i++) {
		if (i == n - 100)
			digests_rest(&d);
		digest_of(i, digest);
		assert_int_equal(digests_add(&d, digest, 1 + (uint32_t)(i % 9),
					 (int64_t)i << 20, NULL),
			OK);
		if (i % 5 == 0) /* again: the first one stays */
			assert_int_equal(
				digests_add(&d, digest, 77, 5, NULL), OK);
	}
	assert_null(d.cells);
	assert_int_equal(d.n, n);
	assert_true(d.nslots >= 2 * n);
	for (uint64_t i = 0; i < 2 * n; i++) {
		digest_of(i, digest);
		assert_int_equal(
			digests_find(&d, digest, &file, &offset, NULL), OK);
		assert_int_equal(file, i < n ? 1 + i % 9 : 0);
		assert_int_equal(offset, i < n ? (int64_t)i << 20 : 0);
	}
	assert_int_equal(
		digests_add(&d, digest, 1, (int64_t)1 << 46, NULL), ERR_LIMIT);
	digests_release(&d);
	close(at);
}

static void
the_first_of_a_digest_is_found(void **state)
{
	(void)state;
	check_digests(false, 34000);
	check_digests(true, 140000);
}

/* Digests whose kept half is all bits set lie at the table's end, and go on at
 * its beginning. */
static void
a_full_end_goes_on_at_the_beginning(void **state)
{
	int at = open_dir();
	struct digests d;
	uint8_t digest[HASH_LEN];
	uint32_t file;
	int64_t offset;

	(void)state;
	digests_init(&d, at);
	for (uint8_t i = 0; i < 100; i++) {
		memset(digest, 0xff, sizeof digest);
		digest[6] = i; /* above what chooses the place */
		assert_int_equal(digests_add(&d, digest, 1, i, NULL), OK);
	}
	for (uint8_t i = 0; i < 110; i++) {
		memset(digest, 0xff, sizeof digest);
		digest[6] = i;
		assert_int_equal(
			digests_find(&d, digest, &file, &offset, NULL), OK);
		assert_int_equal(file, i < 100);
		assert_int_equal(offset, i < 100 ? i : 0);
	}
	digests_release(&d);
	close(at);
}

/* ---- the archive ---- */

static void
append(struct archive_writer *w, int i)
{
	char url[160], text[40];
	struct capture c = {
		.url = url,
		.final_url = url,
		.source = "city",
		.fetched_at = 1707913845 + i,
		.status = 200,
		.media_type = "text/html",
		.headers = span_str("HTTP/1.1 200 OK\r\n\r\n"),
	};
	struct error err = { 0 };
	struct page page;

	(void)snprintf(url, sizeof url,
		"https://a.example/a/rather/long/way/to/a/page/%016llx",
		(unsigned long long)scramble((uint64_t)i));
	(void)snprintf(text, sizeof text, "body %d", i);
	c.body = span_str(text);
	if (archive_append(w, &c, arena, &page, &err) != OK)
		fail_msg("%s", err.msg);
	arena_reset(arena);
}

static size_t
bytes_in_use(void)
{
	const struct mallinfo2 m = mallinfo2();

	return m.uordblks + m.hblkhd;
}

/* (Under a sanitizer, which has an allocator of its own, this sees nothing.) */
static void
a_writer_takes_no_more_memory(void **state)
{
	struct archive_writer *w = open_writer();
	struct archive *ar;
	size_t before;

	(void)state;
	for (int i = 0; i < 1600; i++) /* over a run */
		append(w, i);
	before = bytes_in_use();
	for (int i = 1600; i < 4800; i++)
		append(w, i);
	assert_in_range(bytes_in_use(), 0, before + SORTER_BYTES);
	archive_writer_close(w);
	ar = open_reader();
	assert_int_equal(count_captures(ar), 4800);
	archive_close(ar);
}

/* All bytes of the index of a file, in arena. */
static const char *
index_text(uint32_t number)
{
	char name[ARCHIVE_NAME_MAX];
	struct buffer b;
	const char *text;

	cdxj_name(number, name);
	buffer_init(&b, (size_t)16 << 20);
	assert_int_equal(read_file(path_of(name), b.cap, &b, NULL), OK);
	text = arena_strndup(arena, b.ptr, b.len);
	buffer_release(&b);
	return text;
}

/* Lines that came in one go, in two, or by a walk through the file. */
static void
an_index_is_the_same_however_it_came(void **state)
{
	struct archive_writer *w = open_writer();
	const char *extended;
	uint32_t files;

	(void)state;
	for (int i = 0; i < 1700; i++)
		append(w, i);
	archive_writer_close(w);
	w = open_writer();
	for (int i = 1700; i < 2000; i++)
		append(w, i);
	archive_writer_close(w);
	extended = index_text(1);
	assert_int_equal(archive_index(dir, &files, NULL), OK);
	assert_int_equal(files, 1);
	assert_true(strlen(extended) > 2 * SORTER_BYTES);
	assert_true(strcmp(extended, index_text(1)) == 0);
	assert_int_equal(access(path_of("scratch.tmp"), F_OK), -1);
}

/* A reader knows the places of one file, and finds back. */
static void
a_reader_goes_anywhere(void **state)
{
	struct archive_position from[60], at = { .offset = 0 };
	struct archive_entry entry[60], e;
	struct archive_writer *w = open_writer();
	struct archive *ar;
	bool found;

	(void)state;
	archive_writer_set_file_max(w, 4000);
	for (int i = 0; i < 60; i++)
		append(w, i);
	/* With the index of every file but the last; then without any. */
	for (int round = 0; round < 2; round++) {
		ar = open_reader();
		at = (struct archive_position){ .offset = 0 };
		for (size_t i = 0; i < ROWS(entry); i++) {
			from[i] = at;
			assert_int_equal(
				archive_next(ar, &at, &entry[i], &found, NULL),
				OK);
			assert_true(found);
		}
		assert_int_equal(archive_next(ar, &at, &e, &found, NULL), OK);
		assert_false(found);
		assert_true(strcmp(entry[0].file, entry[59].file) < 0);
		for (size_t i = 0; i < 600; i++) {
			size_t k = scramble(i) % ROWS(entry);

			at = from[k];
			assert_int_equal(
				archive_next(ar, &at, &e, &found, NULL), OK);
			assert_true(found);
			assert_string_equal(e.file, entry[k].file);
			assert_int_equal(e.offset, entry[k].offset);
			assert_int_equal(e.length, entry[k].length);
			assert_int_equal(at.offset, e.offset + e.length);
		}
		archive_file_name(999, at.file);
		assert_int_equal(archive_next(ar, &at, &e, &found, NULL), OK);
		assert_false(found);
		archive_close(ar);
		assert_int_equal(
			system(arena_printf(arena, "rm -f %s/*.cdxj", dir)), 0);
	}
	archive_writer_close(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(lines_come_in_order),
		TEST(a_line_that_is_not_kept_is_not_forgotten),
		TEST(the_first_of_a_digest_is_found),
		TEST(a_full_end_goes_on_at_the_beginning),
		TEST(a_writer_takes_no_more_memory),
		TEST(an_index_is_the_same_however_it_came),
		TEST(a_reader_goes_anywhere),
	};

	return cmocka_run_group_tests_name("archive_index", tests, NULL, NULL);
}
