/* dates: counted out, named, apart from others, and by what the words around
 * them tell */
#include "extract_dates.h"

static void
parts_counted_out(void **state)
{
	static const struct date_row rows[] = {
		{ "week of a year", "en", NULL,
			"It met in the third week of 2027.",
			"the third week of 2027=2027-01-18/2027-01-24 "
			"explicit" },
		{ "weeks of a year", "pt", NULL,
			"Cheio nas primeiras 2 semanas de 2021.",
			"primeiras 2 semanas de 2021=2021-01-04/2021-01-17 "
			"explicit" },
		{ "last weeks", "es", "2019-11-29",
			"En las últimas 3 semanas de este año abre.",
			"últimas 3 semanas de este año=2019-12-09/2019-12-29 "
			"relative" },
		{ "first days", "en", "2021-11-29",
			"It met in the first ten days of last year.",
			"the first ten days of last year=2020-01-01/2020-01-10 "
			"relative" },
		{ "month of a year", "es", NULL, "El tercer mes de 2021.",
			"tercer mes de 2021=2021-03 explicit" },
		{ "last months", "fr", "2021-02-01",
			"Les trois derniers mois de l'année dernière.",
			"trois derniers mois de l'année "
			"dernière=2020-10/2020-12 relative" },
		{ "nth weekday", "en", NULL,
			"It opens on the first Monday of May 2024.",
			"first Monday of May 2024=2024-05-06 explicit" },
		{ "last weekday", "en", NULL,
			"It opens on the last Sunday in June 2024.",
			"last Sunday in June 2024=2024-06-30 explicit" },
		{ "no fifth", "en", NULL, "The fifth Monday of May 2024.",
			"May 2024=2024-05 explicit" },
		{ "week of a day", "en", "2024-03-20",
			"The week of 10 April 2024 is busy.",
			"The week of 10 April 2024=2024-04-08/2024-04-14 "
			"explicit" },
		{ "week that begins", "fr", "2024-01-20",
			"La semaine commençant le 4 février 2024.",
			"semaine commençant le 4 février "
			"2024=2024-01-29/2024-02-04 explicit" },
		{ "working week", "en", "2018-06-26",
			"It will happen this working week.",
			"this working week=2018-06-25/2018-06-29 relative" },
		{ "part of last year", "en", "2024-02-14",
			"In last year's third quarter it grew.",
			"last year's third quarter=2023-35 relative" },
		{ "part of a year", "en", NULL, "In 2012's first half it grew.",
			"2012's first half=2012-01/2012-06 explicit" },
		{ "day of the month of", "fr", NULL,
			"Le 4e jour de juillet 1995.",
			"4e jour de juillet 1995=1995-07-04 explicit" },
		{ "digits between links", "es", NULL,
			"Nació el 9 de 8 de 1971.",
			"9 de 8 de 1971=1971-08-09 explicit" },
		{ "month between slashes", "it", NULL, "Torna il 2020/set/23.",
			"2020/set/23=2020-09-23 explicit" },
		{ "year cut short", "fr", NULL, "En juillet 98, tout changea.",
			"juillet 98=1998-07 explicit" },
		{ "but not of what is counted", "en", "2024-06-01",
			"In May 64 towns joined.", "May=2024-05 document" },
	};

	(void)state;
	date_rows_check(rows, ROWS(rows));
}

static void
dates_apart(void **state)
{
	static const struct date_row rows[] = {
		{ "before a day", "en", NULL,
			"Two weeks before 13 May 1999 it closed.",
			"Two weeks before 13 May 1999=1999-04-29 explicit" },
		{ "after a day", "fr", "2018-05-31",
			"Deux jours après aujourd'hui, elle ouvre.",
			"Deux jours après aujourd'hui=2018-06-02 relative" },
		{ "from tomorrow", "en", "2018-05-31",
			"It opens three weeks from tomorrow.",
			"three weeks from tomorrow=2018-06-22 relative" },
		{ "from now", "en", "2024-02-14", "It opens ten days from now.",
			"ten days from now=2024-02-24 relative" },
		{ "how long is no date", "en", NULL,
			"It ran 64 days from 1 March 2024 to 3 May 2024.",
			"1 March 2024 to 3 May 2024=2024-03-01/2024-05-03 "
			"explicit" },
		{ "later", "en", "2024-02-14",
			"It applied in 2015. Two years later it was admitted.",
			"2015=2015 explicit | Two years later=2017 relative" },
		{ "earlier", "de", "2024-02-14",
			"Am 14. Mai 2015 trat Graz bei. Drei Tage zuvor hatte "
			"der Rat beraten.",
			"14. Mai 2015=2015-05-14 explicit | Drei Tage "
			"zuvor=2015-05-11 relative" },
		{ "later than what", "en", "2024-02-14",
			"Two years later it was admitted.", "" },
		{ "not as much was told", "en", "2024-02-14",
			"It applied in 2015. Two days later it was refused.",
			"2015=2015 explicit" },
		{ "the same quarter a year before", "en", "2013-11-02",
			"In the third quarter sales rose from a year earlier.",
			"the third quarter=2013-35 document | a year "
			"earlier=2012-35 relative" },
		{ "following year", "en", "2024-02-14",
			"The war ended in 1945. The following year it met.",
			"1945=1945 explicit | The following year=1946 "
			"relative" },
		{ "next day", "en", "2024-02-14",
			"They met on 3 March 2020. The next day it was signed.",
			"3 March 2020=2020-03-03 explicit | The next "
			"day=2020-03-04 relative" },
		{ "that year", "en", "2024-02-14",
			"It was founded in 1998. That year 40 towns joined.",
			"1998=1998 explicit | That year=1998 relative" },
		{ "that year, but which", "en", "2024-02-14",
			"That year 40 towns joined.", "" },
		{ "lendemain", "fr", "2024-02-14",
			"Il arriva le 3 mars 2020. Le lendemain, il signa.",
			"3 mars 2020=2020-03-03 explicit | Le "
			"lendemain=2020-03-04 relative" },
		{ "day after tomorrow", "pt", "2016-11-07",
			"Abre depois de amanhã.",
			"depois de amanhã=2016-11-09 relative" },
		{ "week after next", "en", "2024-02-14",
			"It opens the week after next.",
			"the week after next=2024-02-26/2024-03-03 relative" },
		{ "up to now", "en", "2024-02-14",
			"From January 2019 to the present it grew.",
			"January 2019 to the present=2019-01/2024-02-14 "
			"relative" },
		{ "up to now, but when", "fr", NULL,
			"Entre janvier 2019 et maintenant.",
			"janvier 2019 et maintenant=2019-01/.. explicit" },
		{ "between phases", "fr", NULL,
			"Entre la fin de 2007 et la fin de 2008.",
			"la fin de 2007 et la fin de 2008=2007/2008 "
			"explicit" },
		{ "after a span", "fr", "2024-02-14",
			"Après le week-end, il vient.",
			"Après le week-end=2024-02-12/.. relative" },
		{ "before the end of a week", "fr", "2024-02-14",
			"Avant la fin de cette semaine.",
			"Avant la fin de cette semaine=../2024-02-18 "
			"relative" },
	};

	(void)state;
	date_rows_check(rows, ROWS(rows));
}

static void
days_with_names(void **state)
{
	static const struct date_row rows[] = {
		{ "fixed", "en", "2023-11-01",
			"It was named on World Cities Day.",
			"World Cities Day=2023-10-31 document" },
		{ "fixed, no day of the document", "en", NULL,
			"It opens at Christmas.",
			"Christmas=XXXX-12-25 explicit" },
		{ "with its year", "de", NULL,
			"An Palmsonntag 2019 beginnt es.",
			"Palmsonntag 2019=2019-04-14 explicit" },
		{ "year behind a link", "fr", NULL,
			"Il vient à Pâques en 2019.",
			"Pâques en 2019=2019-04-21 explicit" },
		{ "early Easter", "en", NULL, "Easter 2008.",
			"Easter 2008=2008-03-23 explicit" },
		{ "late Easter", "en", NULL, "Easter 2038.",
			"Easter 2038=2038-04-25 explicit" },
		{ "nth weekday", "en", NULL, "Thanksgiving 2023 was cold.",
			"Thanksgiving 2023=2023-11-23 explicit" },
		{ "last weekday", "en", NULL, "Memorial Day 2024 was hot.",
			"Memorial Day 2024=2024-05-27 explicit" },
		{ "to come", "it", "2024-02-14", "Aprirà a Pasqua.",
			"Pasqua=2024-03-31 document" },
		{ "past", "es", "2024-02-14", "Fue abierta en Navidad.",
			"Navidad=2023-12-25 document" },
		{ "apostrophe", "en", "2020-05-14",
			"It marks International Workers\xe2\x80\x99 Day.",
			"International Workers\xe2\x80\x99 Day=2020-05-01 "
			"document" },
		{ "movable, no day of the document", "en", NULL,
			"It opens at Easter.", "" },
	};

	(void)state;
	date_rows_check(rows, ROWS(rows));
}

/* The nearest verb tells whether a day was or will be. */
static void
tense_tells(void **state)
{
	static const struct date_row rows[] = {
		{ "what lasts began before", "en", "2021-11-03",
			"A member since March.", "March=2021-03 document" },
		{ "seit", "de", "2021-11-03", "Mitglied seit Mai.",
			"Mai=2021-05 document" },
		{ "said Monday, will", "en", "2013-03-21",
			"It said Monday it will close on Friday.",
			"Monday=2013-03-18 relative | Friday=2013-03-22 "
			"relative" },
		{ "will, announced Friday", "en", "2013-03-21",
			"It will close, he announced on Friday.",
			"Friday=2013-03-15 relative" },
		{ "begins", "en", "2013-03-21", "The year begins Oct. 1.",
			"Oct. 1=2013-10-01 document" },
		{ "said, but at hand", "en", "2013-03-21",
			"It came days ahead of the March 31 deadline.",
			"March 31=2013-03-31 document" },
		{ "was", "en", "2025-05-10", "It was let in on 1 July.",
			"1 July=2024-07-01 document" },
		{ "words that only begin so", "en", "2025-04-02",
			"It added 17 to its list between January and March.",
			"January and March=2025-01/2025-03 document" },
		{ "future by its end", "es", "2024-01-30",
			"No renovará su adhesión en marzo.",
			"marzo=2024-03 document" },
		{ "future by its end", "it", "2024-10-30",
			"Parteciperà a marzo.", "marzo=2025-03 document" },
		{ "past quarter", "en", "2013-02-10",
			"Sales were flat in the fourth quarter.",
			"the fourth quarter=2012-36 document" },
		{ "quarter ahead", "en", "2013-11-10",
			"Sales will rise in the first quarter.",
			"the first quarter=2014-33 document" },
		{ "past season", "es", "2024-01-30", "Fue expulsada en otoño.",
			"otoño=2023-23 document" },
	};

	(void)state;
	date_rows_check(rows, ROWS(rows));
}

/* Words that belong to a date, and those that do not. */
static void
words_of_a_date(void **state)
{
	static const struct date_row rows[] = {
		{ "late", "en", NULL, "It joined in late 2012.",
			"late 2012=2012 explicit" },
		{ "mid", "en", "2024-02-14", "It ends by mid-April.",
			"mid-April=2024-04 document" },
		{ "the end of", "en", NULL, "At the end of 2009 it left.",
			"the end of 2009=2009 explicit" },
		{ "Ende", "de", NULL, "Ende 2018 trat Graz bei.",
			"Ende 2018=2018 explicit" },
		{ "the late", "en", NULL, "It grew in the late 1990s.",
			"the late 1990s=199X explicit" },
		{ "fiscal", "en", NULL, "In fiscal 1989 it grew.",
			"fiscal 1989=1989 explicit" },
		{ "weekday", "en", "2013-03-21",
			"On Saturday, March 16. It rained.",
			"Saturday, March 16=2013-03-16 document" },
		{ "weekday of no date", "en", "2013-03-21",
			"On Thursday, the 10th anniversary, it rained.",
			"Thursday=2013-03-21 relative" },
		{ "year of a noun", "en", NULL, "The 1992 campaign was long.",
			"1992=1992 explicit" },
		{ "a town's year", "en", "2013-03-21",
			"Its 2012 budget, and Ford's 2011 revenue.",
			"2012=2012 explicit | 2011=2011 explicit" },
		{ "a name's year", "en", "2013-03-21",
			"They back the 2030 Agenda.", "" },
		{ "round numbers are counted", "en", NULL,
			"The 2000 delegates met.", "" },
		{ "during the year", "en", "2013-03-21",
			"It grew during the year.", "the year=2013 relative" },
		{ "of the year", "en", "2013-03-21", "It is city of the year.",
			"" },
		{ "for the year of", "en", "2013-03-21",
			"It is ready for the year of culture.", "" },
		{ "a later week", "fr", "2018-05-31",
			"Il ouvre plus tard cette semaine.",
			"plus tard cette semaine=2018-05-31/2018-06-03 "
			"relative" },
	};

	(void)state;
	date_rows_check(rows, ROWS(rows));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_counted_out),
		cmocka_unit_test(dates_apart),
		cmocka_unit_test(days_with_names),
		cmocka_unit_test(tense_tells),
		cmocka_unit_test(words_of_a_date),
	};

	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
