/* yaml, sources, lines, log */
#include "arena.h"
#include "core/core.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
yaml_remembers_places(void **state)
{
	struct error err = { 0 };
	struct yaml_node *root;
	const struct yaml_node *list;

	(void)state;
	assert_int_equal(yaml_parse(span_str("a: 1\nb:\n  - x\n  - 'y z'\n"),
				 "t.yaml", arena, &root, &err),
		OK);
	list = yaml_get(root, "b");
	assert_int_equal(list->n, 2);
	assert_string_equal(list->items[1]->scalar, "y z");
	assert_true(list->items[1]->quoted);
	assert_int_equal(list->items[1]->line, 4);
	assert_int_equal(list->items[1]->column, 5);
	assert_null(yaml_get(root, "c"));
}

static void
yaml_errors_name_line_and_column(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
		{ "", "t.yaml:1:1: the file is empty" },
		{ "a: 1\na: 2\n", "t.yaml:2:1: key \"a\" is there twice" },
		{ "a: &x 1\n", "t.yaml:1:4: anchors" },
		{ "a: *x\n", "t.yaml:1:4: anchors" },
		{ "a: [1\n", "t.yaml:2:1:" },
		{ "a: 1\n---\nb: 2\n", "t.yaml:2:1: a second document" },
		{ "a: !!int 1\n", "t.yaml:1:4: anchors" },
		{ "? [a]\n: 1\n", "t.yaml:1:3: a key must be" },
		{ "[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]", "nested too deep" },
		{ "a: \"x\\0y\"", "NUL byte" },
		{ "a: \xFF", "t.yaml" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		struct error err = { 0 };
		struct yaml_node *root;

		CHECK_ROW(cases[i].text,
			yaml_parse(span_str(cases[i].text), "t.yaml", arena,
				&root, &err) == ERR_CONFIG);
		CHECK_ROW(err.msg, strstr(err.msg, cases[i].says) != NULL);
	}
}

/* Write text to a new file; the path is freed by the caller. */
static char *
temp_file(const char *text)
{
	char *path = strdup("/tmp/dateline-test-XXXXXX");
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write_all(fd, text, strlen(text), NULL), OK);
	close(fd);
	return path;
}

static void
sources_are_read(void **state)
{
	char *path = temp_file("user_agent: dateline/1 (+mailto:a@b.example)\n"
			       "sources:\n"
			       "  - name: council\n"
			       "    url: https://council.example/news\n"
			       "    tier: member\n"
			       "    language: de\n"
			       "    interval: 3600\n"
			       "  - name: folder\n"
			       "    kind: directory\n"
			       "    url: /var/spool/releases\n"
			       "    local: true\n"
			       "    enabled: false\n");
	struct error err = { 0 };
	struct sources s;

	(void)state;
	assert_int_equal(sources_read(path, arena, &s, &err), OK);
	assert_int_equal(s.n, 3); /* and the command line */
	assert_int_equal(sources_find(&s, "council")->tier, TIER_MEMBER);
	assert_int_equal(sources_find(&s, "council")->interval, 3600);
	assert_true(sources_find(&s, "folder")->local);
	assert_false(sources_find(&s, "folder")->enabled);
	assert_true(sources_find(&s, SOURCE_COMMAND_LINE)->local);
	assert_null(sources_find(&s, "nobody"));
	unlink(path);
	free(path);
}

static void
sources_errors_name_line_and_column(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
		{ "sauces: []\n", ":1:1: unknown key \"sauces\"" },
		{ "sources:\n  - name: a\n    ulr: x\n",
			":3:5: unknown key \"ulr\"" },
		{ "sources:\n  - url: https://a.example\n",
			"a source without a name" },
		{ "sources:\n  - name: a\n", "source a has no url" },
		{ "sources:\n  - name: a\n    url: ftp://a.example\n",
			":3:10: url: \"ftp://a.example\" is not http" },
		{ "sources:\n  - name: a\n    kind: fed\n    url: x\n",
			":3:11: kind: \"fed\" is none of page, file, "
			"directory," },
		{ "sources:\n  - name: a\n    kind: file\n    url: /x\n",
			"needs local: true" },
		{ "sources:\n  - name: a\n    url: https://a.example\n"
		  "    interval: soon\n",
			":4:15: interval: \"soon\" is no whole number" },
		{ "sources:\n  - name: a\n    url: https://a.example\n"
		  "    enabled: yes\n",
			"neither true nor false" },
		{ "sources:\n  - name: a\n    url: https://a.example\n"
		  "  - name: a\n    url: https://b.example\n",
			"is there twice" },
		{ "sources:\n  - name: command-line\n"
		  "    url: https://a.example\n",
			"reserved" },
		{ "sources:\n  - name: a b\n    url: https://a.example\n",
			":2:11: name: \"a b\" is not 1 to 64 letters" },
		{ "sources:\n  - name: a\n    url: https://a.example\n"
		  "    tier: best\n",
			":4:11: tier: \"best\" is none of network, member, "
			"press, other" },
		{ "sources:\n  - name: a\n    url: https://a.example\n"
		  "    language: DE\n",
			":4:15: language: \"DE\" is no two-letter code" },
		{ "sources:\n  - name: a\n    url: https://a.example\n"
		  "    timezone: /etc/passwd\n",
			":4:15: timezone: \"/etc/passwd\" is no IANA name" },
		{ "sources:\n  - name: a\n    url: https://a.example\n",
			":1:1: user_agent: a contact is wanted" },
		{ "user_agent: me\nsources:\n  - name: a\n"
		  "    url: https://a.example\n",
			":1:13: user_agent: a contact is wanted" },
		{ "ca_file: /nowhere/ca.pem\n",
			":1:10: ca_file: \"/nowhere/ca.pem\": No such" },
		{ "user_agent: \"m\\u00e9 (a@b.example)\"\n",
			":1:13: user_agent: only printable ASCII" },
		{ "sources: 7\n", ":1:10: sources: a list was wanted" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		char *path = temp_file(cases[i].text);
		struct error err = { 0 };
		struct sources s;

		CHECK_ROW(cases[i].text,
			sources_read(path, arena, &s, &err) == ERR_CONFIG);
		CHECK_ROW(err.msg, strstr(err.msg, cases[i].says) != NULL);
		unlink(path);
		free(path);
	}
}

static void
a_missing_file_is_not_found(void **state)
{
	struct error err = { 0 };
	struct sources s;

	(void)state;
	assert_int_equal(
		sources_read("/nonexistent/sources.yaml", arena, &s, &err),
		ERR_NOT_FOUND);
	assert_non_null(strstr(err.msg, "/nonexistent/sources.yaml"));
	assert_int_equal(sources_read(NULL, arena, &s, &err), OK);
	assert_int_equal(s.n, 1);
}

static void
lines_have_a_cap_and_go_on_behind_it(void **state)
{
	struct error err = { 0 };
	struct span line;
	struct lines l;
	int fds[2];
	static const char text[] = "one\n\n12345678\n123456789\nlast";

	(void)state;
	assert_int_equal(pipe(fds), 0);
	assert_int_equal(write_all(fds[1], text, sizeof text - 1, &err), OK);
	close(fds[1]);
	lines_init(&l, fds[0], 8);
	assert_int_equal(lines_next(&l, &line, &err), OK);
	assert_true(span_eq_str(line, "one"));
	assert_int_equal(lines_next(&l, &line, &err), OK);
	assert_true(span_eq_str(line, ""));
	assert_int_equal(lines_next(&l, &line, &err), OK); /* at the cap */
	assert_true(span_eq_str(line, "12345678"));
	assert_int_equal(lines_next(&l, &line, &err), ERR_LIMIT);
	assert_int_equal(l.number, 4);
	assert_int_equal(lines_next(&l, &line, &err), OK);
	assert_true(span_eq_str(line, "last"));
	assert_int_equal(lines_next(&l, &line, &err), OK);
	assert_null(line.ptr);
	lines_release(&l);
	close(fds[0]);
}

/* A line far over the cap, longer than any buffer kept for it. */
static void
an_endless_line_is_skipped(void **state)
{
	char *path = temp_file("");
	struct error err = { 0 };
	struct span line;
	struct lines l;
	FILE *f = fopen(path, "r+");

	(void)state;
	assert_non_null(f);
	for (int i = 0; i < 300000; i++)
		fputc('x', f);
	fputs("\nafter\n", f);
	rewind(f);
	lines_init(&l, fileno(f), 100);
	assert_int_equal(lines_next(&l, &line, &err), ERR_LIMIT);
	assert_int_equal(lines_next(&l, &line, &err), OK);
	assert_true(span_eq_str(line, "after"));
	assert_int_equal(l.number, 2);
	lines_release(&l);
	fclose(f);
	unlink(path);
	free(path);
}

static void
read_file_has_a_cap(void **state)
{
	char *path = temp_file("12345678");
	struct error err = { 0 };
	struct buffer b;

	(void)state;
	buffer_init(&b, 100);
	assert_int_equal(read_file(path, 8, &b, &err), OK);
	assert_string_equal(b.ptr, "12345678");
	buffer_reset(&b);
	assert_int_equal(read_file(path, 7, &b, &err), ERR_LIMIT);
	buffer_release(&b);
	unlink(path);
	free(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(yaml_remembers_places),
		cmocka_unit_test(yaml_errors_name_line_and_column),
		cmocka_unit_test(sources_are_read),
		cmocka_unit_test(sources_errors_name_line_and_column),
		cmocka_unit_test(a_missing_file_is_not_found),
		cmocka_unit_test(lines_have_a_cap_and_go_on_behind_it),
		cmocka_unit_test(an_endless_line_is_skipped),
		cmocka_unit_test(read_file_has_a_cap),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
