/* records as NDJSON */
#include "core_records.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* encode(decode(encode(r))) is encode(r), for every kind. */
static void
every_kind_comes_back(void **state)
{
	(void)state;
	for (int k = 0; k < RECORD_KINDS; k++) {
		struct record r, again;
		struct error err = { 0 };
		struct buffer one, two;
		enum record_kind peeked;

		buffer_init(&one, RECORD_LINE_MAX);
		buffer_init(&two, RECORD_LINE_MAX);
		fill_record(&r, (enum record_kind)k);
		assert_int_equal(record_encode(&r, &one, &err), OK);
		assert_int_equal(one.ptr[one.len - 1], '\n');
		assert_true(record_peek(buffer_span(&one), &peeked));
		assert_int_equal(peeked, k);
		assert_int_equal(record_decode(span_sub(buffer_span(&one), 0,
						       one.len - 1),
					 arena, &again, &err),
			OK);
		assert_int_equal(record_encode(&again, &two, &err), OK);
		assert_string_equal(one.ptr, two.ptr);
		buffer_release(&one);
		buffer_release(&two);
	}
}

static void
decoding_is_strict(void **state)
{
	static const struct {
		const char *line, *says;
	} cases[] = {
		{ "", "not an object" },
		{ "[1]", "object" },
		{ "{\"kind\":\"task\",\"url\":\"u\",\"source\":\"s\"}",
			"\"v\" is not there" },
		{ "{\"v\":2,\"kind\":\"task\"}", "\"v\" is not in range" },
		{ "{\"v\":1,\"kind\":\"tusk\"}", "known kind" },
		{ "{\"v\":1,\"kind\":\"task\",\"source\":\"s\"}",
			"\"url\" is not there" },
		{ "{\"v\":1,\"kind\":\"task\",\"url\":7,\"source\":\"s\"}",
			"\"url\" is not a string" },
		{ "{\"v\":1,\"v\":1,\"kind\":\"task\"}", "a duplicate" },
		{ "{\"v\":1,\"kind\":\"task\",\"url\":\"a\\u0000b\","
		  "\"source\":\"s\"}",
			"NUL" },
		{ "{\"v\":1,\"kind\":\"task\",\"url\":\"\xFF\"}", "not UTF-8" },
		{ "{\"v\":1,\"kind\":\"task\",\"url\":NaN}", "not a string" },
		{ "{\"v\":1,\"kind\":\"task\",\"url\":\"u\","
		  "\"source\":\"s\"} x",
			"end of the record" },
		{ "{\"v\":1,\"kind\":\"task\",\"kind\":\"task\"}",
			"a duplicate" },
		{ "{\"v\":1,\"kind\":\"task\",\"x\":nul}", "unknown token" },
		{ "{\"v\":1,\"kind\":\"task\",\"x\":01}", "leading zeros" },
		{ "{\"v\":1,\"kind\":\"task\",\"x\":[1,]}", "unknown token" },
		{ "{\"v\":1,\"kind\":\"task\",}", "a key was wanted" },
		{ "{\"v\":1,\"kind\":\"task\" \"url\":\"u\"}", "a comma" },
		{ "{\"v\":1,\"kind\":\"task\",\"url\" \"u\"}", "a colon" },
		{ "{\"v\":1,\"kind\":\"task\",\"url\":\"\\x\"}",
			"unknown escape" },
		{ "{\"v\":1,\"kind\":\"task\",\"url\":\"\\ud800\"}",
			"surrogate" },
		{ "{\"v\":1,\"kind\":\"task\",\"url\":\"\\ude00\"}",
			"surrogate" },
		{ "{\"v\":1,\"kind\":\"task\",\"url\":\"\\u12g4\"}",
			"hex digits" },
		{ "{\"v\":1,\"kind\":\"task\",\"url\":\"a\tb\"}",
			"control character" },
		{ "{\"v\":1,\"kind\":\"task\",\"url\":\"a", "unexpected end" },
		{ "{\"v\":1,\"kind\":\"task\",\"x\":1e}", "exponent" },
		{ "{\"v\":1,\"kind\":\"task\",\"x\":1.}", "decimals" },
		{ "{\"v\":1.0,\"kind\":\"task\"}", "whole number" },
		{ "{\"v\":99999999999999999999,\"kind\":\"task\"}",
			"in range" },
		{ "{\"v\":1,\"kind\":\"problem\",\"stage\":\"fetch\","
		  "\"code\":\"fetch.nothing\",\"message\":\"m\","
		  "\"at\":\"2024-02-14T00:00:00Z\"}",
			"known problem code" },
		{ "{\"v\":1,\"kind\":\"problem\",\"stage\":\"fetch\","
		  "\"code\":\"fetch.dns\",\"message\":\"m\",\"at\":\"now\"}",
			"RFC 3339" },
		{ "{\"v\":1,\"kind\":\"page\",\"id\":\"p\",\"body\":\"b\","
		  "\"url\":\"u\",\"final_url\":\"u\",\"source\":\"s\","
		  "\"bytes\":1,\"fetched_at\":\"2024-02-14T00:00:00Z\","
		  "\"archive\":{\"file\":\"../x\",\"offset\":0,"
		  "\"length\":1}}",
			"plain file name" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		struct error err = { 0 };
		struct record r;
		enum error_code code =
			record_decode(span_str(cases[i].line), arena, &r, &err);

		CHECK_ROW(cases[i].line, code == ERR_FORMAT);
		CHECK_ROW(err.msg, strstr(err.msg, cases[i].says) != NULL);
	}
}

static void
unknown_keys_are_ignored(void **state)
{
	struct error err = { 0 };
	struct record r;

	(void)state;
	assert_int_equal(
		record_decode(span_str("{\"later\":[1],\"kind\":\"task\","
				       "\"url\":\"u\",\"v\":1,"
				       "\"source\":\"s\",\"etag\":null}"),
			arena, &r, &err),
		OK);
	assert_string_equal(r.task.url, "u");
	assert_null(r.task.etag);
}

static void
nesting_and_length_have_caps(void **state)
{
	struct error err = { 0 };
	struct buffer b;
	struct record r;

	(void)state;
	buffer_init(&b, 2 * RECORD_LINE_MAX);
	buffer_add_str(&b, "{\"v\":1,\"kind\":\"task\",\"url\":\"u\","
			   "\"source\":\"s\",\"x\":");
	for (int i = 0; i < RECORD_DEPTH_MAX; i++)
		buffer_add_char(&b, '[');
	for (int i = 0; i < RECORD_DEPTH_MAX; i++)
		buffer_add_char(&b, ']');
	buffer_add_char(&b, '}');
	assert_int_equal(
		record_decode(buffer_span(&b), arena, &r, &err), ERR_LIMIT);
	/* One level less is in order; brackets in strings do not count. */
	buffer_reset(&b);
	buffer_add_str(&b, "{\"v\":1,\"kind\":\"task\",\"url\":\"\\\"[[[\","
			   "\"source\":\"s\",\"x\":");
	for (int i = 0; i < RECORD_DEPTH_MAX - 1; i++)
		buffer_add_char(&b, '[');
	for (int i = 0; i < RECORD_DEPTH_MAX - 1; i++)
		buffer_add_char(&b, ']');
	buffer_add_char(&b, '}');
	assert_int_equal(record_decode(buffer_span(&b), arena, &r, &err), OK);
	buffer_reset(&b);
	memset(buffer_reserve(&b, RECORD_LINE_MAX + 1), ' ',
		RECORD_LINE_MAX + 1);
	b.len = RECORD_LINE_MAX + 1;
	assert_int_equal(
		record_decode(buffer_span(&b), arena, &r, &err), ERR_LIMIT);
	buffer_release(&b);
}

/* Text with an e-acute at 1-3, and a block at the offsets given. */
static enum error_code
decode_block(const char *at, const char *sha)
{
	struct error err = { 0 };
	struct record r;
	char hex[HASH_HEX], line[600];

	hash_hex(span_str("h\xC3\xA9!"), hex);
	(void)snprintf(line, sizeof line,
		"{\"v\":1,\"kind\":\"document\",\"id\":\"d\",\"page\":\"p\","
		"\"body\":\"b\",\"parser\":\"1\",\"url\":\"u\","
		"\"source\":\"s\",\"text_sha256\":\"%s\","
		"\"text\":\"h\xC3\xA9!\",\"blocks\":[%s]}",
		sha != NULL ? sha : hex, at);
	return record_decode(span_str(line), arena, &r, &err);
}

static void
offsets_are_checked(void **state)
{
	static const struct {
		const char *name, *blocks;
		enum error_code code;
	} cases[] = {
		{ "inside",
			"{\"at\":[0,4],\"type\":\"title\",\"zone\":\"body\"}",
			OK },
		{ "a link's", "],\"links\":[{\"url\":\"u\",\"at\":[1,4]}", OK },
		{ "a link's, beyond the text",
			"],\"links\":[{\"url\":\"u\",\"at\":[1,5]}",
			ERR_FORMAT },
		{ "a contact's, within a character",
			"],\"contacts\":[{\"from\":\"x\",\"at\":[0,2]}",
			ERR_FORMAT },
		{ "the contact's, beyond the text",
			"],\"contact\":{\"from\":\"x\",\"at\":[0,5]},\"x\":[",
			ERR_FORMAT },
		{ "beyond the text",
			"{\"at\":[0,5],\"type\":\"title\",\"zone\":\"body\"}",
			ERR_FORMAT },
		{ "inside a character",
			"{\"at\":[0,2],\"type\":\"title\",\"zone\":\"body\"}",
			ERR_FORMAT },
		{ "descending",
			"{\"at\":[3,1],\"type\":\"title\",\"zone\":\"body\"}",
			ERR_FORMAT },
		{ "overlapping",
			"{\"at\":[0,3],\"type\":\"title\",\"zone\":\"body\"},"
			"{\"at\":[1,4],\"type\":\"title\",\"zone\":\"body\"}",
			ERR_FORMAT },
		{ "headed by itself",
			"{\"at\":[0,3],\"type\":\"cell\",\"zone\":\"body\","
			"\"header\":0}",
			ERR_FORMAT },
		{ "no row is the first",
			"{\"at\":[0,3],\"type\":\"cell\",\"zone\":\"body\","
			"\"row\":0}",
			ERR_FORMAT },
		{ "negative",
			"{\"at\":[-1,1],\"type\":\"title\",\"zone\":\"body\"}",
			ERR_FORMAT },
		{ "unknown type",
			"{\"at\":[0,1],\"type\":\"tile\",\"zone\":\"body\"}",
			ERR_FORMAT },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++)
		CHECK_ROW(cases[i].name,
			decode_block(cases[i].blocks, NULL) == cases[i].code);
	assert_int_equal(decode_block("", "00"), ERR_FORMAT);
}

static void
an_extraction_must_fit_its_document(void **state)
{
	struct document doc = a_document();
	struct extraction x = an_extraction();
	struct mention moved[3];
	struct error err = { 0 };

	(void)state;
	assert_int_equal(extraction_check(&x, &doc, &err), OK);
	memcpy(moved, mentions, sizeof moved);
	x.mentions = moved;
	moved[0].end = sizeof TEXT;
	assert_int_equal(extraction_check(&x, &doc, &err), ERR_FORMAT);
	moved[0].end = 4;
	moved[0].text = span_str("Linz"); /* not what stands there */
	assert_int_equal(extraction_check(&x, &doc, &err), ERR_FORMAT);
	moved[0].text = span_str("Graz");
	assert_int_equal(extraction_check(&x, &doc, &err), OK);
	x.nmentions = 1; /* the network slot points past the list */
	assert_int_equal(extraction_check(&x, &doc, &err), ERR_FORMAT);
	x = an_extraction();
	x.document = "another";
	assert_int_equal(extraction_check(&x, &doc, &err), ERR_FORMAT);
}

/* The short way of writing a real gives what printf gives. */
static void
reals_are_written_as_printf_does(void **state)
{
	static const double cases[] = { 0, -0.0, 1, -1, 0.5, 0.05, 0.001,
		0.0009, 9.99999999995, 9.99999999994, 0.99999999999, 123456.789,
		999999999.5, 1e9, 1e10, 12345678901.0, 47.06667, -2.133,
		0.5704070271, 1.0 / 3, 2.0 / 3, 1e-5, 0.00012345678915, 0.1,
		100, 0.12345678905, 1.2345678905, 1e300, -1e-300 };
	uint64_t seed = 1;

	(void)state;
	for (size_t i = 0; i < ROWS(cases) + 20000; i++) {
		char text[64], wanted[80];
		double v, is, read;
		struct claim c = claims[0];
		struct error err = { 0 };
		struct buffer b;

		seed = seed * UINT64_C(6364136223846793005) +
		       1442695040888963407;
		v = i < ROWS(cases) ? cases[i]
				    : (double)(int64_t)(seed >> 20) /
					      (double)(1 << (seed % 30));
		c.confidence = v;
		(void)snprintf(text, sizeof text, "%.10g", v);
		is = json_real_rounded(v);
		read = strtod(text, NULL);
		CHECK_ROW(text, memcmp(&is, &read, sizeof is) == 0);
		if (strpbrk(text, ".e") == NULL)
			(void)strcat(text, ".0");
		(void)snprintf(
			wanted, sizeof wanted, "\"confidence\":%s,", text);
		buffer_init(&b, RECORD_LINE_MAX);
		assert_int_equal(claim_encode(&c, &b, &err), OK);
		CHECK_ROW(wanted, strstr(b.ptr, wanted) != NULL);
		buffer_release(&b);
	}
}

/* What no record may say is refused when it is written. */
static void
encoding_is_strict(void **state)
{
	struct record r = { .kind = RECORD_TASK,
		.task = { .url = "\xFF", .source = "s" } };
	struct claim c = claims[0];
	struct error err = { 0 };
	struct buffer b;

	(void)state;
	buffer_init(&b, RECORD_LINE_MAX);
	buffer_add_str(&b, "kept");
	assert_int_equal(record_encode(&r, &b, &err), ERR_FORMAT);
	assert_int_equal(b.len, 4);
	buffer_reset(&b);
	c.confidence = (double)INFINITY;
	assert_int_equal(claim_encode(&c, &b, &err), ERR_FORMAT);
	buffer_reset(&b);
	r.task.url = "a\"\\\b\f\n\r\t\x01/";
	assert_int_equal(record_encode(&r, &b, &err), OK);
	assert_non_null(strstr(b.ptr, "a\\\"\\\\\\b\\f\\n\\r\\t\\u0001/"));
	buffer_release(&b);
	buffer_init(&b, 20);
	assert_int_equal(record_encode(&r, &b, &err), ERR_LIMIT);
	assert_int_equal(b.len, 0);
	buffer_release(&b);
}

/* Keys in any order, spaces, escapes: the same record. */
static void
lines_of_others_are_read(void **state)
{
	static const char line[] =
		" { \"document\" : \"d1\", \"mentions\" : [ { \"value\" : {"
		" \"name\" : \"Gr\\u0061z \\uD83D\\uDE00\", \"lat\":4.7e1,"
		" \"lon\":1545E-2 }, \"rule\":\"r\", \"at\":[0 , 4],"
		" \"type\":\"ci\\u0074y\" } ], \"rules\":\"1\", \"kind\":"
		"\"extraction\", \"claims\":null, \"x\":[{\"y\":-0.5e-3},true],"
		" \"\\u0076\":1}\t";
	struct error err = { 0 };
	struct record r;
	enum record_kind kind;

	(void)state;
	assert_true(record_peek(span_str(line), &kind));
	assert_int_equal(kind, RECORD_EXTRACTION);
	assert_int_equal(record_decode(span_str(line), arena, &r, &err), OK);
	assert_int_equal(r.extraction.nmentions, 1);
	assert_int_equal(r.extraction.mentions[0].type, MENTION_CITY);
	assert_string_equal(
		r.extraction.mentions[0].place.name, "Graz \xF0\x9F\x98\x80");
	assert_true(r.extraction.mentions[0].place.lat > 46.9999 &&
		    r.extraction.mentions[0].place.lat < 47.0001);
	assert_true(r.extraction.mentions[0].place.lon > 15.4499 &&
		    r.extraction.mentions[0].place.lon < 15.4501);
}

/* Each allocation fails once, for every kind: the result is ERR_NOMEM. */
static void
decoding_survives_failing_memory(void **state)
{
	struct error err = { 0 };
	struct buffer line;

	(void)state;
	buffer_init(&line, RECORD_LINE_MAX);
	for (int k = 0; k < RECORD_KINDS; k++) {
		struct record r;
		long n = 0;

		buffer_reset(&line);
		fill_record(&r, (enum record_kind)k);
		assert_int_equal(record_encode(&r, &line, &err), OK);
		line.len--;
		for (;; n++) {
			enum error_code code;

			arena_reset(arena);
			arena_fail_at(arena, n);
			code = record_decode(
				buffer_span(&line), arena, &r, &err);
			if (code == OK)
				break;
			assert_int_equal(code, ERR_NOMEM);
		}
		arena_fail_at(arena, -1);
		assert_true(n > 2);
	}
	buffer_release(&line);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_comes_back),
		cmocka_unit_test(decoding_is_strict),
		cmocka_unit_test(unknown_keys_are_ignored),
		cmocka_unit_test(nesting_and_length_have_caps),
		cmocka_unit_test(offsets_are_checked),
		cmocka_unit_test(an_extraction_must_fit_its_document),
		cmocka_unit_test(reals_are_written_as_printf_does),
		cmocka_unit_test(encoding_is_strict),
		cmocka_unit_test(lines_of_others_are_read),
		cmocka_unit_test(decoding_survives_failing_memory),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
