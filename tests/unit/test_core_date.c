/* date, hash, value, problem */
#include "core/core.h"
#include "unit.h"

#include <string.h>

static void
edtf_reads_and_writes_the_same(void **state)
{
	static const struct {
		const char *name, *text;
		enum date_precision precision;
	} cases[] = {
		{ "day", "2024-02-14", PRECISION_DAY },
		{ "leap day", "2024-02-29", PRECISION_DAY },
		{ "leap day of no known year", "XXXX-02-29", PRECISION_DAY },
		{ "month", "2021-10", PRECISION_MONTH },
		{ "year", "2018", PRECISION_YEAR },
		{ "day without year", "XXXX-02-14", PRECISION_DAY },
		{ "month without year", "XXXX-05", PRECISION_MONTH },
		{ "decade", "201X", PRECISION_DECADE },
		{ "quarter", "2022-33", PRECISION_QUARTER },
		{ "season", "2022-21", PRECISION_SEASON },
		{ "interval of days", "2021-10-27/2021-10-29", PRECISION_DAY },
		{ "open start", "../2018", PRECISION_YEAR },
		{ "open end", "2018/..", PRECISION_YEAR },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		char out[EDTF_MAX];
		struct edtf e;

		CHECK_ROW(
			cases[i].name, edtf_parse(span_str(cases[i].text), &e));
		edtf_format(&e, out);
		CHECK_ROW(cases[i].name, !strcmp(out, cases[i].text));
		CHECK_ROW(cases[i].name,
			edtf_precision(&e) == cases[i].precision);
	}
}

static void
edtf_refuses_what_is_no_date(void **state)
{
	static const char *const cases[] = { "", "2024-02-30", "2023-02-29",
		"2024-13", "2024-00", "2024-02-00", "24-02-14", "2024-2-14",
		"2024-02-14T00:00", "0000", "XXXX", "../..", "2024/",
		"2024-02-14/2024-02-15/2024-02-16", "2024-37", "2024-33-01",
		" 2024", "000X", "-2024" };

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		struct edtf e;

		CHECK_ROW(cases[i], !edtf_parse(span_str(cases[i]), &e));
	}
}

static void
civil_days_agree_with_themselves(void **state)
{
	const struct civil epoch = { .year = 1970, .month = 1, .day = 1 };
	const struct civil day = { .year = 2024, .month = 2, .day = 14 };

	(void)state;
	assert_int_equal(civil_to_days(epoch), 0);
	assert_int_equal(civil_weekday(epoch), 4); /* Thursday */
	assert_int_equal(civil_weekday(day), 3);   /* Wednesday */
	for (int64_t d = -800000; d < 800000; d += 997) {
		struct civil c = civil_from_days(d);

		assert_int_equal(civil_to_days(c), d);
	}
	assert_int_equal(
		civil_add_months(
			(struct civil){ .year = 2024, .month = 1, .day = 31 },
			1)
			.day,
		29);
	assert_int_equal(civil_add_months(day, -3).year, 2023);
	assert_int_equal(civil_add_months(day, -3).month, 11);
}

static void
time_reads_rfc3339(void **state)
{
	static const struct {
		const char *text;
		bool ok;
		int64_t t;
	} cases[] = {
		{ "1970-01-01T00:00:00Z", true, 0 },
		{ "2024-02-14T12:30:45Z", true, 1707913845 },
		{ "2024-02-14T12:30:45.123+01:00", true, 1707910245 },
		{ "2024-02-14 12:30:45-05:30", true, 1707933645 },
		{ "2024-02-14", false, 0 },
		{ "2024-02-14T25:00:00Z", false, 0 },
		{ "2024-02-14T12:30:45", false, 0 },
		{ "2024-02-14T12:30:45+0100", false, 0 },
	};
	char out[24];

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		int64_t t = 0;
		bool ok = time_parse(span_str(cases[i].text), &t);

		CHECK_ROW(cases[i].text, ok == cases[i].ok);
		CHECK_ROW(cases[i].text, !ok || t == cases[i].t);
	}
	time_format(1707913845, out);
	assert_string_equal(out, "2024-02-14T12:30:45Z");
	time_format(-1, out);
	assert_string_equal(out, "1969-12-31T23:59:59Z");
}

static void
hash_is_sha256(void **state)
{
	struct span ab_c[] = { span_str("ab"), span_str("c") };
	struct span a_bc[] = { span_str("a"), span_str("bc") };
	char hex[HASH_HEX], one[ID_HEX], two[ID_HEX];
	uint8_t digest[HASH_LEN];
	struct hash *h = hash_new();

	(void)state;
	assert_non_null(h);
	hash_hex(span_str("abc"), hex); /* FIPS 180-4, example B.1 */
	assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223"
				 "b00361a396177a9cb410ff61f20015ad");
	hash_add(h, "abc", 3);
	hash_end(h, digest);
	hex_encode(digest, HASH_LEN, hex);
	assert_memory_equal(hex, "ba7816bf", 8);
	hash_free(h);
	/* Length prefixes part the fields. */
	hash_id(ab_c, 2, one);
	hash_id(a_bc, 2, two);
	assert_string_not_equal(one, two);
	assert_int_equal(strlen(one), 32);
}

/* Every name of a table is found again under its own value. */
static void
names_and_values_agree(void **state)
{
	(void)state;
	for (int i = 0; i < CLAIM_KINDS; i++) {
		enum claim_kind k;

		assert_true(claim_kind_find(
			span_str(claim_kind_name((enum claim_kind)i)), &k));
		assert_int_equal(k, i);
	}
	for (int i = 0; i < STATUSES; i++) {
		enum status s;

		assert_true(
			status_find(span_str(status_name((enum status)i)), &s));
		assert_int_equal(s, i);
	}
	for (int i = 0; i < PROBLEM_CODES; i++) {
		enum problem_code p;

		assert_true(problem_find(
			span_str(problem_name((enum problem_code)i)), &p));
		assert_int_equal(p, i);
		assert_true(strlen(problem_text((enum problem_code)i)) > 10);
	}
	for (int i = 0; i < MENTION_TYPES; i++) {
		enum mention_type t;

		assert_true(mention_type_find(
			span_str(mention_type_name((enum mention_type)i)), &t));
		assert_int_equal(t, i);
	}
	assert_int_equal(status_group(STATUS_JOINED), GROUP_IN);
	assert_int_equal(status_group(STATUS_WITHDRAWN), GROUP_OUT);
	assert_int_equal(status_group(STATUS_APPLIED), GROUP_PENDING);
	assert_string_equal(zone_name((enum zone)99), "unknown");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(edtf_reads_and_writes_the_same),
		cmocka_unit_test(edtf_refuses_what_is_no_date),
		cmocka_unit_test(civil_days_agree_with_themselves),
		cmocka_unit_test(time_reads_rfc3339),
		cmocka_unit_test(hash_is_sha256),
		cmocka_unit_test(names_and_values_agree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
