/* WARC and ARC files of others, good and bad */
#include "archive/archive.h"
#include "archive/gzip.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char path[64];

static int
setup(void **state)
{
	int fd;

	(void)state;
	(void)snprintf(path, sizeof path, "/tmp/dateline-foreign-XXXXXX");
	fd = mkstemp(path);
	return fd < 0 || close(fd) != 0;
}

static int
teardown(void **state)
{
	(void)state;
	return unlink(path);
}

static void
write_file(struct span bytes)
{
	FILE *f = fopen(path, "wb");

	if (f == NULL || fwrite(bytes.ptr, 1, bytes.len, f) != bytes.len ||
		fclose(f) != 0)
		fail_msg("%s", path);
}

/* "type uri+block;" of each record, "BAD;" of a bad one, with what it has. */
static void
list(struct buffer *out)
{
	struct foreign *f;
	struct error err = { 0 };
	bool found = true;

	buffer_reset(out);
	buffer_add_str(out, "");
	if (foreign_open(path, &f, &err) != OK)
		fail_msg("%s", err.msg);
	while (found) {
		struct foreign_record r;

		if (foreign_next(f, &r, &found, &err) != OK)
			fail_msg("%s", err.msg);
		if (!found)
			break;
		assert_true(r.length > 0);
		if (r.code != OK) {
			assert_non_null(r.message);
			buffer_add_str(out, "BAD ");
		}
		buffer_printf(out, "%lld %s %s+%.*s;", (long long)r.offset,
			r.type, r.uri != NULL ? r.uri : "-", (int)r.block.len,
			r.block.len > 0 ? r.block.ptr : "");
	}
	foreign_close(f);
}

#define WARC(version, type, uri, length, body)                                 \
	"WARC/" version "\r\nWARC-Type: " type                                 \
	"\r\nWARC-Record-ID: <urn:x>\r\nWARC-Target-URI: " uri                 \
	"\r\nContent-Length: " length "\r\n\r\n" body "\r\n\r\n"
#define ONE   WARC("1.0", "response", "http://a.example/", "3", "one")
#define TWO   WARC("1.1", "resource", "<file:///b c>", "3", "two")
#define DRAFT WARC("0.18", "metadata", "x:y", "0", "")
#define ARC                                                                    \
	"filedesc://x.arc 0.0.0.0 20140216050221 text/plain 8\n1 0 Test\n\n"   \
	"http://a.example/b c 1.2.3.4 20140216050222 text/html 3\none\n"

static const struct {
	const char *name, *bytes, *want;
} plain[] = {
	{ "nothing", "", "" },
	{ "line ends alone", "\r\n\r\n", "" },
	{ "one", ONE, "0 response http://a.example/+one;" },
	{ "two", ONE TWO,
		"0 response http://a.example/+one;"
		"120 resource file:///b%20c+two;" },
	{ "a draft's version", DRAFT, "0 metadata x:y+;" },
	{ "no record", "<html>hello</html>\n", "BAD 0  -+;" },
	{ "garbage between", ONE "garbage\r\n" TWO,
		"0 response http://a.example/+one;BAD 120  -+;"
		"129 resource file:///b%20c+two;" },
	{ "cut", "WARC/1.0\r\nContent-Length: 9\r\n\r\nfour",
		"BAD 0  -+four;" },
	{ "negative length", WARC("1.0", "response", "x:y", "-1", "") TWO,
		"BAD 0  -+;104 resource file:///b%20c+two;" },
	{ "arc", ARC, "0 warcinfo -+;63 response http://a.example/b%20c+one;" },
	{ "arc without lengths",
		"http://a.example/ 1.2.3.4 20140216050222 text/html x\n\n"
		"http://b.example/ 1.2.3.4 20140216050222 text/html 1\nb\n",
		"BAD 0 response http://a.example/+;"
		"54 response http://b.example/+b;" },
};

/* Only WARC says what a block is; what ARC has of the web are messages. */
static void
what_a_block_is(void **state)
{
	static const struct {
		const char *name, *file, *type;
	} cases[] = {
		{ "arc, web",
			"https://a.example/ 1.2.3.4 20140216050222 a/b 1\nb\n",
			"application/http" },
		{ "arc, name",
			"dns:a.example 1.2.3.4 20140216050222 text/dns 1\nb\n",
			NULL },
		{ "warc, silent", ONE, NULL },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		struct error err = { 0 };
		struct foreign_record r;
		struct foreign *f;
		bool found;

		write_file(span_str(cases[i].file));
		if (foreign_open(path, &f, &err) != OK ||
			foreign_next(f, &r, &found, &err) != OK || !found ||
			!span_eq(span_str(r.content_type),
				span_str(cases[i].type)))
			fail_msg("%s: %s", cases[i].name, err.msg);
		foreign_close(f);
	}
}

static void
plain_files(void **state)
{
	struct buffer out;

	(void)state;
	buffer_init(&out, 1 << 20);
	for (size_t i = 0; i < ROWS(plain); i++) {
		write_file(span_str(plain[i].bytes));
		list(&out);
		if (strcmp(out.ptr, plain[i].want) != 0)
			fail_msg("row \"%s\": %s", plain[i].name, out.ptr);
	}
	buffer_release(&out);
}

static size_t
member(struct buffer *b, const char *bytes)
{
	size_t at = b->len;

	struct gzip *g = gzip_new(GZIP_FAST);

	assert_non_null(g);
	assert_int_equal(gzip_member_add(g, span_str(bytes), b, NULL), OK);
	gzip_free(g);
	return at;
}

static void
a_gzip_member_a_record(void **state)
{
	struct buffer file, out;
	size_t second, third;
	char want[256];

	(void)state;
	buffer_init(&file, 1 << 20);
	buffer_init(&out, 1 << 20);
	(void)member(&file, ONE);
	second = member(&file, TWO);
	write_file(buffer_span(&file));
	list(&out);
	(void)snprintf(want, sizeof want,
		"0 response http://a.example/+one;"
		"%zu resource file:///b%%20c+two;",
		second);
	assert_string_equal(out.ptr, want);
	/* A broken member costs itself alone. */
	file.ptr[second + 40] ^= 0x55;
	third = member(&file, ONE);
	write_file(buffer_span(&file));
	list(&out);
	(void)snprintf(want, sizeof want,
		"0 response http://a.example/+one;BAD %zu  -+;"
		"%zu response http://a.example/+one;",
		second, third);
	assert_string_equal(out.ptr, want);
	buffer_release(&file);
	buffer_release(&out);
}

/* It is told once, and no record is lost. */
static void
a_gzip_member_of_several_records(void **state)
{
	struct buffer file, out;

	(void)state;
	buffer_init(&file, 1 << 20);
	buffer_init(&out, 1 << 20);
	(void)member(&file, ONE TWO ONE);
	write_file(buffer_span(&file));
	list(&out);
	assert_string_equal(out.ptr,
		"0 response http://a.example/+one;BAD 0  -+;"
		"0 resource file:///b%20c+two;0 response "
		"http://a.example/+one;");
	buffer_release(&file);
	buffer_release(&out);
}

static void
what_is_not_there(void **state)
{
	struct foreign *f;
	struct error err = { 0 };

	(void)state;
	assert_int_equal(
		foreign_open("/nowhere/x.warc", &f, &err), ERR_NOT_FOUND);
	assert_null(f);
}

/* The same capture is appended once when that is asked for. */
static void
a_capture_comes_once(void **state)
{
	struct capture c = { .url = "http://a.example/",
		.final_url = "http://a.example/",
		.source = "s",
		.status = 200,
		.fetched_at = 1707913845,
		.body = span_str("one"),
		.once = true };
	char dir[] = "/tmp/dateline-once-XXXXXX", command[64];
	struct arena *a = arena_new(1 << 20);
	struct archive_writer *w;
	struct page first, again, later;

	(void)state;
	assert_non_null(mkdtemp(dir));
	assert_int_equal(archive_writer_open(dir, &w, NULL), OK);
	assert_int_equal(archive_append(w, &c, a, &first, NULL), OK);
	assert_int_equal(archive_append(w, &c, a, &again, NULL), OK);
	assert_string_equal(first.id, again.id);
	assert_int_equal(first.archive.offset, again.archive.offset);
	assert_string_equal(first.archive.file, again.archive.file);
	c.fetched_at++;
	assert_int_equal(archive_append(w, &c, a, &later, NULL), OK);
	assert_true(later.archive.offset > first.archive.offset);
	archive_writer_close(w);
	arena_free(a);
	(void)snprintf(command, sizeof command, "rm -rf '%s'", dir);
	assert_int_equal(system(command), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_a_block_is),
		TEST(plain_files),
		TEST(a_gzip_member_a_record),
		TEST(a_gzip_member_of_several_records),
		TEST(what_is_not_there),
		cmocka_unit_test(a_capture_comes_once),
	};

	return cmocka_run_group_tests_name(
		"archive_foreign", tests, NULL, NULL);
}
