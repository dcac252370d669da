/* tables, escaping, listings */
#include "audit/audit.h"
#include "audit/table.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit_fake.h"

static void
text_is_made_safe(void **state)
{
	static const struct {
		const char *name, *in, *line, *json;
	} cases[] = {
		{ "plain", "Graz", "Graz", "\"Graz\"" },
		{ "escape", "a\x1b[31m", "a\\x1b[31m", "\"a\\u001b[31m\"" },
		{ "line ends", "a\r\n\tb", "a   b", "\"a\\u000d\\n\\u0009b\"" },
		{ "C1",
			"\xC2\x9B"
			"1m",
			"\\x9b1m", "\"\\u009b1m\"" },
		{ "override",
			"a\xE2\x80\xAE"
			"b",
			"a\\u202eb",
			"\"a\xE2\x80\xAE"
			"b\"" },
		{ "tag", "\xF3\xA0\x81\x81", "\\U000e0041",
			"\"\xF3\xA0\x81\x81\"" },
		{ "not UTF-8", "\xFFz", "\\xffz", "\"\xEF\xBF\xBDz\"" },
		{ "quotes", "\"\\", "\"\\", "\"\\\"\\\\\"" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		struct buffer b;

		buffer_init(&b, 256);
		escape_line(span_str(cases[i].in), &b);
		CHECK_ROW(cases[i].name,
			span_eq_str(buffer_span(&b), cases[i].line));
		buffer_reset(&b);
		escape_json(span_str(cases[i].in), &b);
		CHECK_ROW(cases[i].name,
			span_eq_str(buffer_span(&b), cases[i].json));
		buffer_release(&b);
	}
}

static void
width_is_in_columns(void **state)
{
	static const struct {
		const char *name, *in;
		size_t width, prefix2; /* bytes that fit two columns */
	} cases[] = {
		{ "empty", "", 0, 0 },
		{ "letters", "abc", 3, 2 },
		{ "two bytes", "\xC3\xA9\xC3\xA9\xC3\xA9", 3, 4 },
		{ "mark", "ae\xCC\x81x", 3, 4 },
		{ "wide", "\xE6\x9D\xB1\xE4\xBA\xAC", 4, 3 },
		{ "wide after one", "a\xE6\x9D\xB1", 3, 1 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		struct span in = span_str(cases[i].in);

		CHECK_ROW(cases[i].name, escape_width(in) == cases[i].width);
		CHECK_ROW(cases[i].name,
			escape_prefix(in, 2) == cases[i].prefix2);
	}
}

static const struct table_column columns[] = {
	{ .name = "id", .fixed = true },
	{ .name = "subject" },
	{ .name = "note", .optional = true },
	{ .name = "n", .right = true, .fixed = true },
	{ .name = "words" },
};

static void
print_table(int width, const char *(*rows)[4], size_t n)
{
	struct table *t;

	capture_start(AUDIT_TABLE);
	opt.width = width;
	t = table_new(columns, ROWS(columns), &opt);
	assert_non_null(t);
	for (size_t i = 0; i < n; i++) {
		table_cell_str(t, rows[i][0]);
		table_cell_str(t, rows[i][1]);
		table_cell_str(t, rows[i][2]);
		table_cell_int(t, (int64_t)i * 100);
		table_cell_str(t, rows[i][3]);
		assert_int_equal(table_row(t, NULL), OK);
	}
	assert_int_equal(table_end(t, "nothing", NULL), OK);
	table_free(t);
	capture_end();
}

static void
tables_are_cut(void **state)
{
	static const char *rows[][4] = {
		{ "a1", "Graz", NULL, "Graz has joined" },
		{ "b2", "Bad Radkersburg an der Mur", NULL, NULL },
	};

	(void)state;
	print_table(0, rows, 2);
	assert_string_equal(text,
		"id  subject                       n  words\n"
		"a1  Graz                          0  Graz has joined\n"
		"b2  Bad Radkersburg an der Mur  100\n");
	free(text);
	print_table(30, rows, 2);
	assert_string_equal(text, "id  subject      n  words\n"
				  "a1  Graz         0  Graz has \xE2\x80\xA6\n"
				  "b2  Bad Radk\xE2\x80\xA6  100\n");
	free(text);
	print_table(0, rows, 0);
	assert_string_equal(text, "nothing\n");
	free(text);
}

/* Of a URL the end tells most. */
static void
urls_keep_their_end(void **state)
{
	static const struct table_column url = { .name = "url", .tail = true };
	static const struct {
		int width;
		const char *want;
	} cases[] = {
		{ 12, "url\n\xE2\x80\xA6"
		      "b/gr\xC3\xA4"
		      "z.html\n" },
		{ 4, "url\n\xE2\x80\xA6tml\n" },
		{ 40, "url\nfile:///a/b/gr\xC3\xA4"
		      "z.html\n" },
		{ 0, "url\nfile:///a/b/gr\xC3\xA4"
		     "z.html\n" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		struct table *t;

		capture_start(AUDIT_TABLE);
		opt.width = cases[i].width;
		t = table_new(&url, 1, &opt);
		assert_non_null(t);
		table_cell_str(t, "file:///a/b/gr\xC3\xA4"
				  "z.html");
		assert_int_equal(table_row(t, NULL), OK);
		assert_int_equal(table_end(t, "", NULL), OK);
		table_free(t);
		capture_end();
		assert_string_equal(text, cases[i].want);
		free(text);
	}
}

/* Columns that do not fit are left out, in their order, and what is left is
 * cut to no less than can be read. */
static void
columns_are_left_out(void **state)
{
	static const struct {
		int width;
		const char *header;
	} cases[] = {
		{ 61, "id subject words source" },
		{ 38, "id subject words source" },
		{ 37, "id subject words" },
		{ 24, "id subject words" },
		{ 23, "id subject" },
		{ 5, "id \xE2\x80\xA6" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		static const struct table_column narrow[] = {
			{ .name = "id", .fixed = true },
			{ .name = "subject", .min = 12 },
			{ .name = "words", .min = 6, .drop = 1 },
			{ .name = "source", .min = 12, .drop = 2 },
		};
		struct table *t;
		char header[80] = "";
		struct span line, word;

		capture_start(AUDIT_TABLE);
		opt.width = cases[i].width;
		t = table_new(narrow, ROWS(narrow), &opt);
		assert_non_null(t);
		table_cell_str(t, "a1");
		table_cell_str(t, "Bad Radkersburg an der Mur");
		table_cell_str(t, "It has joined");
		table_cell_str(t, "city graz.html");
		assert_int_equal(table_row(t, NULL), OK);
		assert_int_equal(table_end(t, "nothing", NULL), OK);
		table_free(t);
		capture_end();
		line = span_of(text, strcspn(text, "\n"));
		while (span_split(&line, ' ', &word))
			if (word.len > 0)
				(void)snprintf(header + strlen(header),
					sizeof header - strlen(header),
					"%s%.*s", *header != '\0' ? " " : "",
					(int)word.len, word.ptr);
		if (strcmp(header, cases[i].header) != 0)
			fail_msg("%d: \"%s\"", cases[i].width, header);
		free(text);
	}
}

/* On a terminal an id is as short as the ledger allows; in a pipe it is
 * whole. */
static void
ids_are_short_on_a_terminal(void **state)
{
	char id[ID_HEX + 2];

	(void)state;
	fake_fill(&page, arena);
	capture_start(AUDIT_TABLE);
	opt.width = 100;
	assert_int_equal(audit_claims(NULL, NULL, &opt, NULL, NULL), OK);
	capture_end();
	(void)snprintf(id, sizeof id, "\n%.9s ", fake.x.claim.id);
	assert_non_null(strstr(text, id));
	free(text);
	capture_start(AUDIT_TABLE);
	assert_int_equal(audit_claims(NULL, NULL, &opt, NULL, NULL), OK);
	capture_end();
	(void)snprintf(id, sizeof id, "\n%s ", fake.x.claim.id);
	assert_non_null(strstr(text, id));
	free(text);
}

/* What is not simply so says it before what it says. */
static void
what_is_not_asserted_says_so(void **state)
{
	(void)state;
	fake_fill(&page, arena);
	fake.polarity = fake.x.flat.polarity = POLARITY_PLANNED;
	capture_start(AUDIT_TABLE);
	assert_int_equal(audit_claims(NULL, NULL, &opt, NULL, NULL), OK);
	assert_int_equal(audit_facts(NULL, NULL, &opt, NULL, NULL), OK);
	capture_end();
	assert_non_null(strstr(text, "  planned: joined  "));
	assert_non_null(strstr(text, "  planned: founding member  "));
	free(text);
}

/* A column that was left out comes back with a new header. */
static void
long_tables_go_on(void **state)
{
	static const char *rows[TABLE_ROWS + 1][4];
	const char *first, *header;

	(void)state;
	for (size_t i = 0; i <= TABLE_ROWS; i++)
		rows[i][0] = rows[i][1] = "x";
	rows[TABLE_ROWS][2] = "late";
	print_table(0, rows, TABLE_ROWS + 1);
	first = strstr(text, "id  subject  ");
	assert_ptr_equal(first, text);
	assert_null(memmem(text, 40, "note", 4));
	header = strstr(text + 1, "id  subject  note");
	assert_non_null(header);
	assert_non_null(strstr(header, "x   x        late"));
	assert_null(strstr(text, " \n"));
	free(text);
}

/* Lines of the width at most, at every width. */
static void
no_line_is_too_wide(void **state)
{
	static const char *rows[][4] = {
		{ "0123456789", "\xE6\x9D\xB1\xE4\xBA\xAC\xE9\x83\xBD a city",
			"planned", "\xE6\x9D\xB1 joined \xE6\x9D\xB1" },
	};

	(void)state;
	for (int width = 1; width < 70; width++) {
		struct span rest, line;

		print_table(width, rows, 1);
		rest = span_of(text, text_len);
		while (span_split(&rest, '\n', &line))
			assert_true(escape_width(line) <= (size_t)width);
		free(text);
	}
}

static void
listings_say_when_they_are_empty(void **state)
{
	int64_t rows = 7;

	(void)state;
	fake_fill(&page, arena);
	fake.rows = 0;
	capture_start(AUDIT_TABLE);
	assert_int_equal(audit_claims(NULL, NULL, &opt, &rows, NULL), OK);
	assert_int_equal(rows, 0);
	assert_int_equal(audit_facts(NULL, NULL, &opt, NULL, NULL), OK);
	assert_int_equal(audit_problems(NULL, &opt, NULL, NULL), OK);
	capture_end();
	assert_string_equal(text, "no claims\nno facts\nno problems\n");
	free(text);
	capture_start(AUDIT_JSON);
	assert_int_equal(audit_claims(NULL, NULL, &opt, NULL, NULL), OK);
	capture_end();
	assert_int_equal(text_len, 0);
	free(text);
}

static void
listings_as_tables(void **state)
{
	int64_t rows;

	(void)state;
	fake_fill(&page, arena);
	capture_start(AUDIT_TABLE);
	assert_int_equal(audit_claims(NULL, NULL, &opt, &rows, NULL), OK);
	assert_int_equal(audit_facts(NULL, NULL, &opt, NULL, NULL), OK);
	assert_int_equal(audit_problems(NULL, &opt, NULL, NULL), OK);
	capture_end();
	assert_int_equal(rows, 1);
	assert_non_null(
		strstr(text, "membership  Graz     net      joined  "
			     "2024-02-14  city graz.html  "
			     "Graz has joined the Network of Cities.\n"));
	assert_non_null(strstr(text, "Graz (AT)  net      founding member  "
				     "since 2024-02-14       1          1\n"));
	assert_non_null(strstr(text, "2024-02-14T12:30:45Z  fetch.timeout  "
				     "retry  https://"));
	assert_null(strstr(text, "zone"));
	free(text);
}

static void
listings_as_json(void **state)
{
	(void)state;
	fake_fill(&page, arena);
	fake.rows = 2;
	capture_start(AUDIT_JSON);
	assert_int_equal(audit_facts(NULL, NULL, &opt, NULL, NULL), OK);
	assert_int_equal(audit_export(NULL, opt.out, NULL), OK);
	capture_end();
	assert_non_null(strstr(text, "\"status\":\"founding_member\""));
	assert_non_null(strstr(text, "\"valid_to\":null"));
	assert_non_null(strstr(text, "\"claims\":1,\"witnesses\":1"));
	assert_non_null(strstr(text, "\"claims_ids\":[\""));
	assert_non_null(strstr(text, "\"]}\n{\"id\""));
	assert_non_null(strstr(text, "\"]}\n{\"row\":1}\n"));
	free(text);
}

static void
a_full_disk_is_an_error(void **state)
{
	FILE *full = fopen("/dev/full", "w");
	const struct audit_options o = { .out = full };
	struct error err = { 0 };
	int broken;

	(void)state;
	if (full == NULL)
		skip();
	fake_fill(&page, arena);
	assert_int_equal(audit_claims(NULL, NULL, &o, NULL, &err), ERR_IO);
	assert_int_equal(audit_facts(NULL, NULL, &o, NULL, &err), ERR_IO);
	assert_int_equal(audit_export(NULL, full, &err), ERR_IO);
	assert_int_equal(
		audit_explain(NULL, dir, "ab", &o, &broken, &err), ERR_IO);
	(void)fclose(full);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_made_safe),
		cmocka_unit_test(width_is_in_columns),
		cmocka_unit_test(tables_are_cut),
		cmocka_unit_test(urls_keep_their_end),
		cmocka_unit_test(columns_are_left_out),
		cmocka_unit_test(ids_are_short_on_a_terminal),
		cmocka_unit_test(what_is_not_asserted_says_so),
		cmocka_unit_test(long_tables_go_on),
		cmocka_unit_test(no_line_is_too_wide),
		cmocka_unit_test(listings_say_when_they_are_empty),
		cmocka_unit_test(listings_as_tables),
		cmocka_unit_test(listings_as_json),
		cmocka_unit_test(a_full_disk_is_an_error),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
