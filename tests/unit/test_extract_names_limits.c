/* What mentions carry, and what long, hostile or memory-poor input does. */
#include "extract_names.h"

/* What a mention is called, where that is not the words themselves. */
static void
test_values(void **unused)
{
	static const struct {
		const char *name, *text, *want;
		enum mention_type type;
	} rows[] = {
		{ "network", "the GNLC",
			"UNESCO Global Network of Learning Cities",
			MENTION_NETWORK },
		{ "title", "a UNESCO learning city",
			"UNESCO Global Network of Learning Cities",
			MENTION_TITLE },
		{ "award",
			"the United Nations Educational, Scientific and "
			"Cultural Organisation (UNESCO) Learning City Award "
			"2021",
			"UNESCO Learning City Award 2021", MENTION_EVENT },
		{ "webinar", "the webinar “Cities that learn”",
			"Cities that learn", MENTION_EVENT },
		{ "event without acronym",
			"fifth International Conference on Learning Cities "
			"(ICLC 5)",
			"fifth International Conference on Learning Cities",
			MENTION_EVENT },
		{ "translated name", "Nations unies et Commission européenne",
			"Nations unies", MENTION_ORGANISATION },
		{ "listed name",
			"the United Nations Educational, Scientific and "
			"Cultural Organization",
			"UNESCO", MENTION_ORGANISATION },
	};

	(void)unused;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct scan s;

		arena_reset(arena);
		assert_int_equal(scan_text(rows[i].text, NULL, &s), OK);
		CHECK_ROW(rows[i].name, s.n > 0);
		CHECK_ROW(rows[i].name, s.list[0].type == rows[i].type);
		CHECK_ROW(rows[i].name,
			!strcmp(s.list[0].name.name, rows[i].want));
	}
}

/* Only a German document has German rules for words of both languages. */
static void
test_language(void **unused)
{
	static const char text[] = "Stadt Museum lädt ein";
	struct buffer out;
	struct scan s;

	(void)unused;
	buffer_init(&out, 1024);
	arena_reset(arena);
	assert_int_equal(scan_text(text, "en", &s), OK);
	assert_string_equal(show(&s, &out), "organisation:Stadt Museum");
	assert_int_equal(scan_text(text, "de", &s), OK);
	assert_string_equal(show(&s, &out), "");
	buffer_release(&out);
}

/* Mentions of text repeated n times; a long text is read in pieces. */
static size_t
count_repeated(const char *text, size_t n, const char *after)
{
	struct buffer b;
	struct scan s;

	buffer_init(&b, (size_t)8 << 20);
	arena_reset(arena);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(buffer_add_str(&b, text), OK);
	assert_int_equal(buffer_add_str(&b, after), OK);
	assert_int_equal(scan_text(b.ptr, NULL, &s), OK);
	buffer_release(&b);
	return s.n;
}

static void
test_long_texts(void **unused)
{
	(void)unused;
	assert_int_equal(count_repeated("a ", 400000, "UNESCO"), 1);
	assert_int_equal(count_repeated("a", 1000000, " UNESCO"), 1);
	assert_int_equal(count_repeated("UNESCO and ", 30000, ""), 30000);
	/* Introduced at the end of what is read in pieces, used before. */
	assert_int_equal(count_repeated("the ABCU met. ", 10000,
				 "\n\nUniversity of Graz (ABCU)"),
		10001);
	(void)count_repeated("Jean de la ", 50000, "");
	(void)count_repeated("Mayor of the ", 50000, "");
	(void)count_repeated("webinar ‘", 50000, "");
	(void)count_repeated("University of ", 50000, "");
	(void)count_repeated("first Global ", 50000, "");
	(void)count_repeated("Learning Cities and Network of ", 20000, "");
}

/* NAMES_KNOWN_MAX acronyms of a document are remembered, and no more. */
static void
test_known_cap(void **unused)
{
	struct buffer b;
	struct scan s;
	int cap = 256;

	(void)unused;
	arena_reset(arena);
	buffer_init(&b, 1 << 20);
	for (int i = 0; i <= cap; i++)
		buffer_printf(&b, "University of Graz (QX%d) ", i);
	buffer_printf(&b, "\n\nQX0 or QX%d or QX%d", cap - 1, cap);
	assert_int_equal(scan_text(b.ptr, NULL, &s), OK);
	assert_int_equal(s.n, cap + 1 + 2);
	buffer_release(&b);
}

/* Every allocation fails once: ERR_NOMEM, and the next run is whole. */
static void
test_allocations(void **unused)
{
	static const char text[] =
		"The Nordic Network of Harbour Towns (NNHT) met Ana Ruiz, "
		"Mayor of Talca, at the webinar “Cities that learn”.\n\n"
		"Ana Ruiz left the NNHT.";
	struct scan s, whole;
	enum error_code code = ERR_NOMEM;
	long n = 0;

	(void)unused;
	arena_reset(arena);
	assert_int_equal(scan_text(text, NULL, &whole), OK);
	while (code != OK) {
		struct document doc;

		assert_true(n < 1000);
		make_document(text, NULL, &doc);
		s = (struct scan){ .doc = &doc, .arena = arena };
		arena_fail_at(arena, n++);
		code = names_scan(names, state, &s);
		arena_fail_at(arena, -1);
		assert_true(code == OK || code == ERR_NOMEM);
	}
	assert_true(n > 5);
	assert_true(same_mentions(&s, &whole));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_language),
		cmocka_unit_test(test_long_texts),
		cmocka_unit_test(test_known_cap),
		cmocka_unit_test(test_allocations),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
