/* The dates of feeds: feed_dates.c. */
#include "parse/feed_dates.h"
#include "unit.h"

static void
dates_are_read_in_all_forms_that_are_in_use(void **state)
{
	static const struct {
		const char *name, *text, *want; /* NULL: it is no date */
	} cases[] = {
		{ "RFC 822", "Wed, 14 Feb 2024 09:05:07 +0100",
			"2024-02-14T08:05:07Z" },
		{ "without weekday and seconds", "14 Feb 2024 09:05 GMT",
			"2024-02-14T09:05:00Z" },
		{ "year of two digits", "Wed, 14 Feb 24 09:05:07 Z",
			"2024-02-14T09:05:07Z" },
		{ "a named zone", "Wed, 14 Feb 2024 09:00:00 EST",
			"2024-02-14T14:00:00Z" },
		{ "summer time", "Thu, 11 Jul 2024 09:00:00 CEST",
			"2024-07-11T07:00:00Z" },
		{ "an offset behind GMT", "Thu, 11 Jul 2024 09:00 GMT-07:00",
			"2024-07-11T16:00:00Z" },
		{ "RFC 3339", "2024-02-14T09:05:07.25-08:00",
			"2024-02-14T17:05:07Z" },
		{ "without seconds or zone", "2024-02-14T09:05",
			"2024-02-14T09:05:00Z" },
		{ "month alone", "2024-02", "2024-02-01T00:00:00Z" },
		{ "digits alone", "20240214", "2024-02-14T00:00:00Z" },
		{ "seconds since 1970", "1707901507", "2024-02-14T09:05:07Z" },
		{ "asctime", "Wed Feb 14 09:05:07 2024",
			"2024-02-14T09:05:07Z" },
		{ "half days", "Feb. 14, 2024, 1:05 p.m.",
			"2024-02-14T13:05:00Z" },
		{ "midnight of half days", "February 14, 2024 12:05 AM",
			"2024-02-14T00:05:00Z" },
		{ "ordinal", "Wed, 14th Feb 2024 09:05:07 GMT",
			"2024-02-14T09:05:07Z" },
		{ "German", "Mi, 14 Mär 2024 09:00:00 +0100",
			"2024-03-14T08:00:00Z" },
		{ "French", "mar., 02 juil. 2024 09:00:00 +0200",
			"2024-07-02T07:00:00Z" },
		{ "a weekday that looks like a month",
			"mar, 9 avr 2024 00:00:00 +0000",
			"2024-04-09T00:00:00Z" },
		{ "Greek", "Κυρ, 14 Ιούλ 2024 09:00:00 GMT",
			"2024-07-14T09:00:00Z" },
		{ "Korean", "2024년 02월 14일 09:05:07",
			"2024-02-14T00:05:07Z" },
		{ "dots", "14.02.24", "2024-02-14T00:00:00Z" },
		{ "slashes, month first", "02/14/2024 4:20 pm PST",
			"2024-02-15T00:20:00Z" },
		{ "slashes, day first", "14/02/2024", "2024-02-14T00:00:00Z" },
		{ "a remark", "Wed Feb 14 2024 09:00:00 GMT+0000 (UTC)",
			"2024-02-14T09:00:00Z" },
		{ "leap day", "29 Feb 2024", "2024-02-29T00:00:00Z" },
		{ "no leap day", "29 Feb 2023", NULL },
		{ "no such day", "99 Jun 2024 09:00:00 GMT", NULL },
		{ "no such month", "14 zzz 2024", NULL },
		{ "no such hour", "2024-02-14T25:00:00Z", NULL },
		{ "no such zone", "2024-02-14T09:00:00-99:99", NULL },
		{ "four parts of a time", "14 Feb 2024 1:2:3:4", NULL },
		{ "a word behind it", "2024-02-14T09:00:00Zulu", NULL },
		{ "words", "last Wednesday", NULL },
		{ "nothing", "", NULL },
	};

	for (size_t i = 0; i < ROWS(cases); i++) {
		int64_t at;
		char got[24] = "";
		bool is = feed_date(*state, span_str(cases[i].text), &at);

		CHECK_ROW(cases[i].name, is == (cases[i].want != NULL));
		if (!is)
			continue;
		time_format(at, got);
		if (strcmp(got, cases[i].want) != 0)
			fail_msg("row \"%s\": %s", cases[i].name, got);
	}
}

static int
open_words(void **state)
{
	struct parse_words *w;

	if (parse_words_open("config", &w, NULL) != OK)
		return 1;
	*state = w;
	return 0;
}

static int
close_words(void **state)
{
	parse_words_free(*state);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_are_read_in_all_forms_that_are_in_use),
	};

	return cmocka_run_group_tests(tests, open_words, close_words);
}
