/* From bytes to UTF-8: charset.c, prescan.c. */
#include "parse/charset.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#define BYTES(s)                                                               \
	{                                                                      \
		s, sizeof(s) - 1                                               \
	}

static int
open_charsets(void **state)
{
	*state = charsets_new();
	return *state == NULL;
}

static int
close_charsets(void **state)
{
	charsets_free(*state);
	return 0;
}

static void
bytes_are_read_by_mark_label_declaration_or_look(void **state)
{
	static const struct {
		const char *name;
		struct span body;
		const char *label, *encoding, *text;
		size_t bad;
	} cases[] = {
		{ "ASCII", BYTES("plain"), NULL, "UTF-8", "plain", 0 },
		{ "UTF-8", BYTES("Caf\xC3\xA9"), NULL, "UTF-8", "Caf\xC3\xA9",
			0 },
		{ "mark over label", BYTES("\xEF\xBB\xBFS\xC3\xA3o"),
			"iso-8859-1", "UTF-8", "S\xC3\xA3o", 0 },
		{ "mark, little endian", BYTES("\xFF\xFEK\0\xF6\0l\0n\0"), NULL,
			"UTF-16LE", "K\xC3\xB6ln", 0 },
		{ "mark, big endian", BYTES("\xFE\xFF\0K\0\xF6\0l\0n"), NULL,
			"UTF-16BE", "K\xC3\xB6ln", 0 },
		{ "UTF-16 without mark",
			BYTES("P\0l\0a\0i\0n\0 \0t\0e\0x\0t\0"), NULL,
			"UTF-16LE", "Plain text", 0 },
		{ "UTF-16 label on ASCII", BYTES("plain text"), "utf-16",
			"UTF-8", "plain text", 0 },
		{ "Latin 1 is windows-1252", BYTES("\x93S\xE3o\x94"),
			"ISO-8859-1", "WINDOWS-1252",
			"\xE2\x80\x9CS\xC3\xA3o\xE2\x80\x9D", 0 },
		{ "Latin 1 label on UTF-8", BYTES("S\xC3\xA3o Jo\xC3\xA3o"),
			"iso-8859-1", "UTF-8", "S\xC3\xA3o Jo\xC3\xA3o", 0 },
		{ "label over declaration",
			BYTES("<meta charset=iso-8859-2>\xB3"), "koi8-r",
			"KOI8-R", "<meta charset=iso-8859-2>\xD0\x81", 0 },
		{ "declaration", BYTES("<meta charset=iso-8859-2>\xB3"), NULL,
			"ISO-8859-2", "<meta charset=iso-8859-2>\xC5\x82", 0 },
		{ "unknown label", BYTES("<meta charset=iso-8859-2>\xB3"),
			"klingon", "ISO-8859-2",
			"<meta charset=iso-8859-2>\xC5\x82", 0 },
		{ "XML declaration",
			BYTES("<?xml version='1.0' encoding='iso-8859-15'?>"
			      "\xA4"),
			NULL, "ISO-8859-15",
			"<?xml version='1.0' encoding='iso-8859-15'?>"
			"\xE2\x82\xAC",
			0 },
		{ "one bad byte in UTF-8",
			BYTES("\xC3\xA9t\xC3\xA9 \xE9 \xC3\xA0"), NULL, "UTF-8",
			"\xC3\xA9t\xC3\xA9 \xEF\xBF\xBD \xC3\xA0", 1 },
		{ "UTF-8 by label only", BYTES("it\x92s"), "utf-8",
			"WINDOWS-1252", "it\xE2\x80\x99s", 0 },
		{ "cut inside the last character", BYTES("\xC3\xA9t\xC3"),
			"utf-8", "UTF-8", "\xC3\xA9t\xEF\xBF\xBD", 1 },
		{ "a byte windows-1252 lacks", BYTES("a\x81z"), "latin1",
			"WINDOWS-1252", "a\xEF\xBF\xBDz", 1 },
		{ "lone surrogate",
			BYTES("\xFF\xFE"
			      "a\0\x00\xD8z\0"),
			NULL, "UTF-16LE", "a\xEF\xBF\xBDz", 1 },
		{ "NUL", BYTES("a\0b"), "utf-8", "UTF-8",
			"a\xEF\xBF\xBD"
			"b",
			1 },
		{ "Shift_JIS", BYTES("\x93\x8C\x8B\x9E"), "Shift_JIS", "CP932",
			"\xE6\x9D\xB1\xE4\xBA\xAC", 0 },
		{ "GB2312 is GB18030", BYTES("\xB1\xB1\xBE\xA9"), "gb2312",
			"GB18030", "\xE5\x8C\x97\xE4\xBA\xAC", 0 },
		{ "looks Korean",
			BYTES("\xBC\xAD\xBF\xEF\xC0\xBA "
			      "\xB4\xEB\xC7\xD1\xB9\xCE"
			      "\xB1\xB9\xC0\xC7 "
			      "\xBC\xF6\xB5\xB5\xC0\xCC\xB8\xE7"
			      " \xB0\xA1\xC0\xE5 \xC5\xAB "
			      "\xB5\xB5\xBD\xC3\xC0\xD4"
			      "\xB4\xCF\xB4\xD9. "
			      "\xC7\xD0\xBD\xC0\xB5\xB5\xBD\xC3"
			      " \xB3\xD7\xC6\xAE\xBF\xF6\xC5\xA9\xBF\xA1 "
			      "\xB0\xA1"
			      "\xC0\xD4\xC7\xDF\xBD\xC0\xB4\xCF\xB4\xD9"),
			NULL, "CP949",
			"\xEC\x84\x9C\xEC\x9A\xB8\xEC\x9D\x80 \xEB\x8C\x80"
			"\xED\x95\x9C\xEB\xAF\xBC\xEA\xB5\xAD\xEC\x9D\x98 "
			"\xEC\x88\x98\xEB\x8F\x84\xEC\x9D\xB4\xEB\xA9\xB0 "
			"\xEA\xB0\x80\xEC\x9E\xA5 \xED\x81\xB0 \xEB\x8F\x84"
			"\xEC\x8B\x9C\xEC\x9E\x85\xEB\x8B\x88\xEB\x8B\xA4."
			" \xED\x95\x99\xEC\x8A\xB5\xEB\x8F\x84\xEC\x8B\x9C"
			" \xEB\x84\xA4\xED\x8A\xB8\xEC\x9B\x8C\xED\x81\xAC"
			"\xEC\x97\x90 \xEA\xB0\x80\xEC\x9E\x85\xED\x96\x88"
			"\xEC\x8A\xB5\xEB\x8B\x88\xEB\x8B\xA4",
			0 },
		{ "looks Cyrillic",
			BYTES("\xCC\xEE\xF1\xEA\xE2\xE0 - \xF1\xF2\xEE\xEB\xE8"
			      "\xF6\xE0 \xD0\xEE\xF1\xF1\xE8\xE8, "
			      "\xEA\xF0\xF3\xEF\xED\xFB\xE9 \xE3\xEE\xF0\xEE"
			      "\xE4"),
			NULL, "WINDOWS-1251",
			"\xD0\x9C\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0 - "
			"\xD1\x81\xD1\x82\xD0\xBE\xD0\xBB\xD0\xB8\xD1\x86\xD0"
			"\xB0 \xD0\xA0\xD0\xBE\xD1\x81\xD1\x81\xD0\xB8\xD0\xB8"
			", \xD0\xBA\xD1\x80\xD1\x83\xD0\xBF\xD0\xBD\xD1\x8B"
			"\xD0\xB9 \xD0\xB3\xD0\xBE\xD1\x80\xD0\xBE\xD0\xB4",
			0 },
	};
	struct buffer out;

	buffer_init(&out, 4096);
	for (size_t i = 0; i < ROWS(cases); i++) {
		struct decoded d;

		CHECK_ROW(
			cases[i].name, charset_decode(*state, cases[i].body,
					       cases[i].label, &out, &d) == OK);
		CHECK_ROW(
			cases[i].name, strcmp(d.name, cases[i].encoding) == 0);
		CHECK_ROW(cases[i].name, span_eq_str(d.text, cases[i].text));
		CHECK_ROW(cases[i].name, d.bad == cases[i].bad);
	}
	buffer_release(&out);
}

/* WHATWG HTML, 13.2.3.2. */
static void
declarations_are_found_as_browsers_do(void **state)
{
	static const struct {
		const char *name, *head, *encoding;
	} cases[] = {
		{ "nothing", "<p>text", NULL },
		{ "bare", "<meta charset=euc-jp>", "EUC-JP" },
		{ "quoted", "<META CHARSET = 'euc-jp'>", "EUC-JP" },
		{ "pragma",
			"<meta http-equiv=Content-Type "
			"content='text/html; charset=euc-jp'>",
			"EUC-JP" },
		{ "content in front",
			"<meta content='text/html; charset=euc-jp' "
			"http-equiv=content-type>",
			"EUC-JP" },
		{ "content without pragma",
			"<meta content='text/html; charset=euc-jp'>", NULL },
		{ "in a comment", "<!-- <meta charset=euc-jp> -->", NULL },
		{ "behind a comment", "<!-- x --><meta charset=euc-jp>",
			"EUC-JP" },
		{ "the shortest comment", "<!--><meta charset=euc-jp>",
			"EUC-JP" },
		{ "in an attribute", "<p title='<meta charset=euc-jp>'>",
			NULL },
		{ "another element's", "<script charset=euc-jp>", NULL },
		{ "metadata is no meta", "<metadata charset=euc-jp>", NULL },
		{ "the first that is known",
			"<meta charset=x><meta charset=euc-jp>", "EUC-JP" },
		{ "first wins", "<meta charset=koi8-r><meta charset=euc-jp>",
			"KOI8-R" },
		{ "charset over content",
			"<meta http-equiv=content-type "
			"content='a;charset=koi8-r' charset=euc-jp>",
			"EUC-JP" },
		{ "open quote in content",
			"<meta http-equiv=content-type "
			"content='charset=\"euc-jp'>",
			NULL },
		{ "UTF-16 that can be read", "<meta charset=utf-16le>",
			"UTF-8" },
		{ "XML", "<?xml encoding=\"euc-jp\" ?>", "EUC-JP" },
		{ "XML without encoding", "<?xml version=\"1.0\"?>", NULL },
		{ "cut in the middle", "<meta charset=", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		const char *name = charset_declared(span_str(cases[i].head));

		CHECK_ROW(cases[i].name,
			(name == NULL) == (cases[i].encoding == NULL));
		CHECK_ROW(cases[i].name,
			name == NULL || strcmp(name, cases[i].encoding) == 0);
	}
}

static void
a_declaration_is_looked_for_up_to_its_cap(void **state)
{
	static const char meta[] = "<meta charset=euc-jp>";
	static char page[CHARSET_DECLARED + sizeof meta];

	(void)state;
	for (size_t over = 0; over < 2; over++) {
		size_t at = CHARSET_DECLARED - sizeof meta + 1 + over;

		memset(page, ' ', sizeof page);
		memcpy(page + at, meta, sizeof meta - 1);
		assert_int_equal(
			charset_declared(span_of(page, sizeof page)) != NULL,
			!over);
	}
}

static void
binary_is_told_from_text(void **state)
{
	static const struct {
		const char *name;
		struct span body;
		bool binary;
	} cases[] = {
		{ "text", BYTES("plain text\r\n\twith\fspaces"), false },
		{ "PDF", BYTES("%PDF-1.7"), true },
		{ "ZIP", BYTES("PK\003\004"), true },
		{ "PNG", BYTES("\211PNG\r\n"), true },
		{ "gzip", BYTES("\037\213\b"), true },
		{ "control characters", BYTES("a\001\002\003\004b"), true },
		{ "few of them",
			BYTES("a text of more than twenty-five letters\001"),
			false },
		{ "UTF-16",
			BYTES("\xFF\xFE"
			      "a\0b\0c\0"),
			false },
		{ "UTF-16 without mark",
			BYTES("p\0l\0a\0i\0n\0 \0t\0e\0x\0t\0"), false },
		{ "ISO 2022", BYTES("\033$B\"!\033(B text in two sets"),
			false },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++)
		CHECK_ROW(cases[i].name,
			charset_is_binary(cases[i].body) == cases[i].binary);
}

/* No label is one that this machine's iconv cannot read. */
static void
every_declared_encoding_has_a_converter(void **state)
{
	static const char *const labels[] = { "windows-1250", "windows-1251",
		"windows-1253", "windows-1254", "windows-1255", "windows-1256",
		"windows-1257", "windows-1258", "tis-620", "iso-8859-2",
		"iso-8859-3", "iso-8859-4", "iso-8859-5", "iso-8859-6",
		"iso-8859-7", "iso-8859-8-i", "iso-8859-9", "iso-8859-10",
		"iso-8859-13", "iso-8859-14", "iso-8859-15", "iso-8859-16",
		"koi8-r", "koi8-u", "gbk", "big5", "euc-kr", "shift_jis",
		"euc-jp", "iso-2022-jp", "macintosh", "ibm866" };
	struct buffer out;

	buffer_init(&out, 4096);
	for (size_t i = 0; i < ROWS(labels); i++) {
		struct decoded d;

		CHECK_ROW(labels[i], charset_decode(*state, span_str("abc"),
					     labels[i], &out, &d) == OK);
		CHECK_ROW(labels[i], span_eq_str(d.text, "abc"));
		/* What is all ASCII may well be called UTF-8. */
		CHECK_ROW(labels[i],
			strncmp(labels[i], "windows", 7) == 0 ||
				strcmp(labels[i], "tis-620") == 0 ||
				strcmp(labels[i], "iso-8859-9") == 0 ||
				strcmp(d.name, "UTF-8") != 0);
	}
	buffer_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			bytes_are_read_by_mark_label_declaration_or_look),
		cmocka_unit_test(declarations_are_found_as_browsers_do),
		cmocka_unit_test(a_declaration_is_looked_for_up_to_its_cap),
		cmocka_unit_test(binary_is_told_from_text),
		cmocka_unit_test(every_declared_encoding_has_a_converter),
	};

	return cmocka_run_group_tests(tests, open_charsets, close_charsets);
}
