#include "extract_claims.h"

static const char text[] =
	"%dateline-rules 1\n"
	"let NET = {NETWORK|TITLE:network}\n"
	"rule t.cohort 1\n"
	"  kind cohort\n"
	"  match {COUNT.new:count} ~~6 !(join|joined) ~3 <NET>\n"
	"  match {COUNT.new:count} !bring the total\n"
	"  yes [COUNT.new 5 new cities] joined [NETWORK B]\n  no a\n  live a\n"
	"rule t.total 1\n"
	"  kind network_total\n"
	"  match the total to !{COUNT.old:count}\n"
	"  match !{COUNT.old:count} of <NET>\n"
	"  match <NET> ~2 !has {COUNT.old:count}\n"
	"  yes the total to [COUNT 20 cities]\n  no a\n  live a\n"
	"rule t.event 1\n"
	"  kind event\n"
	"  match {EVENT:event} ~~6 !(held|hold) ~3 {DATE:date}\n"
	"  yes [EVENT E] was held on [DATE 2020]\n  no a\n  live a\n";

RULES_FIXTURE(text)

#define JOINED	     "On [DATE 2022-09-02] [NEW 77 new cities] joined the [NET N]. / "
#define JOINED_CLAIM "cohort network=N count=77 new cities date=2022-09-02 | "

static void
act_that_made_the_total(void **state)
{
	static const struct claims_case cases[] = {
		{ "told elsewhere",
			JOINED "The [NEW 77 new members] bring the total to "
			       "[TOTAL 294 cities].",
			JOINED_CLAIM
			"cohort count=77 new members network=N"
			"(document.network) | network_total count=294 cities "
			"network=N(document.network) date=2022-09-02(act)" },
		{ "another number came",
			JOINED "The [NEW 12 new members] bring the total to "
			       "[TOTAL 294 cities].",
			JOINED_CLAIM
			"cohort count=12 new members network=N"
			"(document.network) | network_total count=294 cities "
			"network=N(document.network)" },
		{ "another network",
			JOINED "The [NEW 77 new members] bring the total to "
			       "[TOTAL 294 cities] of [NET M].",
			JOINED_CLAIM "cohort count=77 new members network=N"
				     "(document.network) | network_total "
				     "count=294 cities network=M"
				     "(document.network)" },
		{ "a total by itself",
			JOINED "The [NET N] has [TOTAL 294 "
			       "cities].",
			JOINED_CLAIM "network_total network=N count=294 "
				     "cities" },
		{ "whose day stands beside it",
			"On [DATE 2013] [NEW 12 new cities] joined the "
			"[NET N]; the [NET N] has [TOTAL 294 cities].",
			"cohort network=N count=12 new cities date=2013 | "
			"network_total network=N count=294 cities" },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
}

#define EVENT(date)	  "The [EVENT E] was held on [DATE " date "]. "
#define EVENT_CLAIM(date) "event date=" date " event=E | "
#define WELCOMED	  "welcomed the [TOTAL 229 members] of [NET N]."
#define TOTAL		  "network_total network=N count=229 members"

static void
event_gone_on_about(void **state)
{
	static const struct claims_case cases[] = {
		{ "a day", EVENT("2021-10-27") "The event " WELCOMED,
			EVENT_CLAIM("2021-10-27") TOTAL
			" date=2021-10-27(act)" },
		{ "days of a month",
			EVENT("2021-10-27/2021-10-30") "This "
						       "conference " WELCOMED,
			EVENT_CLAIM("2021-10-27/2021-10-30") TOTAL
			" date=2021-10(act)" },
		{ "days of two months",
			EVENT("2021-10-30/2021-11-02") "The congress " WELCOMED,
			EVENT_CLAIM("2021-10-30/2021-11-02") TOTAL
			" date=2021(act)" },
		{ "days of two years",
			EVENT("2021-12-30/2022-01-02") "The event " WELCOMED,
			EVENT_CLAIM("2021-12-30/2022-01-02") TOTAL },
		{ "no end", EVENT("2021-12-30/..") "The event " WELCOMED,
			EVENT_CLAIM("2021-12-30/..") TOTAL },
		{ "of no known year",
			EVENT("XXXX-12-03/XXXX-12-05") "The event " WELCOMED,
			EVENT_CLAIM("XXXX-12-03/XXXX-12-05") TOTAL },
		{ "something else", EVENT("2021-10-27") "The mayor " WELCOMED,
			EVENT_CLAIM("2021-10-27") TOTAL },
		{ "in another block",
			EVENT("2021-10-27") "/ The event " WELCOMED,
			EVENT_CLAIM("2021-10-27") TOTAL },
		{ "to come",
			"The [EVENT E] will be held on [DATE 2031]. The "
			"event " WELCOMED,
			"event planned date=2031 event=E | " TOTAL },
	};

	(void)state;
	check_claims(cases, sizeof cases / sizeof *cases, "en");
}

static void
events_of_other_languages(void **state)
{
	static const struct {
		const char *lang, *event;
	} cases[] = {
		{ "fr", "La conférence" },
		{ "es", "El congreso" },
		{ "pt", "O encontro" },
		{ "de", "Die Tagung" },
		{ "it", "L'incontro" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char words[256];
		const struct claims_case one = { cases[i].lang, words,
			EVENT_CLAIM("2021") TOTAL " date=2021(act)" };

		(void)snprintf(words, sizeof words,
			EVENT("2021") "%s " WELCOMED, cases[i].event);
		check_claims(&one, 1, cases[i].lang);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(act_that_made_the_total),
		cmocka_unit_test(event_gone_on_about),
		cmocka_unit_test(events_of_other_languages),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
