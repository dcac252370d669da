/* dates: what the words of a sentence say of when */
#include "extract_dates.h"

#include "extract/dates_read.h"

static void
english_dates(void **state)
{
	static const struct date_row rows[] = {
		{ "day month year", "en", NULL,
			"It joined on 14 February 2024.",
			"14 February 2024=2024-02-14 explicit" },
		{ "month day year", "en", NULL,
			"It joined on February 14, 2024.",
			"February 14, 2024=2024-02-14 explicit" },
		{ "ordinal day", "en", NULL,
			"It joined on the 4th of July 2019.",
			"4th of July 2019=2019-07-04 explicit" },
		{ "day in words", "en", NULL,
			"It joined on the twenty-first of May 2021.",
			"twenty-first of May 2021=2021-05-21 explicit" },
		{ "abbreviated", "en", NULL, "It opened on 12 Dec. 2018.",
			"12 Dec. 2018=2018-12-12 explicit" },
		{ "hyphens", "en", NULL, "It opened on 12-Dec-2018.",
			"12-Dec-2018=2018-12-12 explicit" },
		{ "ISO", "en", NULL, "Posted 2024-02-14 by staff.",
			"2024-02-14=2024-02-14 explicit" },
		{ "month and year", "en", NULL, "It met in October 2021.",
			"October 2021=2021-10 explicit" },
		{ "year after since", "en", NULL, "A member since 2018.",
			"2018=2018 explicit" },
		{ "year in brackets", "en", NULL,
			"The first meeting (2013) was small.",
			"2013=2013 explicit" },
		{ "year in words", "en", NULL,
			"Born in the spring of nineteen seventy-eight.",
			"the spring of nineteen seventy-eight=1978-21 "
			"explicit" },
		{ "one letter wrong", "en", NULL,
			"It was signed on 8 Seotember 2022.",
			"8 Seotember 2022=2022-09-08 explicit" },
		{ "letters swapped", "en", NULL,
			"It was signed on 8 Setpember 2022.",
			"8 Setpember 2022=2022-09-08 explicit" },
		{ "decade", "en", NULL, "It began in the 1990s.",
			"the 1990s=199X explicit" },
		{ "decade in words", "en", NULL, "It began in the nineties.",
			"the nineties=199X explicit" },
		{ "quarter", "en", NULL,
			"It starts in the first quarter of 2025.",
			"the first quarter of 2025=2025-33 explicit" },
		{ "quarter short", "en", NULL, "It starts in Q3 2025.",
			"Q3 2025=2025-35 explicit" },
		{ "year before quarter", "en", NULL, "From 2017 Q1 on.",
			"2017 Q1=2017-33 explicit" },
		{ "half", "en", NULL, "It starts in the second half of 2025.",
			"the second half of 2025=2025-07/2025-12 explicit" },
		{ "season", "en", NULL, "It starts in autumn 2025.",
			"autumn 2025=2025-23 explicit" },
		{ "day and month only", "en", NULL, "It meets on 14 February.",
			"14 February=XXXX-02-14 explicit" },
		{ "month only", "en", NULL, "It met in March.",
			"March=XXXX-03 explicit" },
		{ "before a year", "en", NULL, "It left before 2010.",
			"before 2010=../2009 explicit" },
		{ "no later than", "en", NULL,
			"It joins no later than 14 May 2024.",
			"no later than 14 May 2024=../2024-05-14 explicit" },
		{ "after a month", "en", NULL, "It left after May 2010.",
			"after May 2010=2010-06/.. explicit" },
	};

	(void)state;
	date_rows_check(rows, ROWS(rows));
}

static void
dates_of_other_languages(void **state)
{
	static const struct date_row rows[] = {
		{ "first of month", "fr", NULL,
			"Le 1er mars 2023, la ville a adhéré.",
			"1er mars 2023=2023-03-01 explicit" },
		{ "day in words", "fr", NULL, "Le quatorze juillet 2023, fête.",
			"quatorze juillet 2023=2023-07-14 explicit" },
		{ "month cut short", "fr", NULL,
			"Du 12 janv. 2016 au 22 févr. 2016.",
			"12 janv. 2016 au 22 févr. 2016=2016-01-12/2016-02-22 "
			"explicit" },
		{ "decade", "fr", NULL, "Dans les années 1970, tout change.",
			"années 1970=197X explicit" },
		{ "quarter", "fr", NULL,
			"Au deuxième trimestre 2024, on verra.",
			"deuxième trimestre 2024=2024-34 explicit" },
		{ "de de", "es", NULL, "El 14 de febrero de 2024 se unió.",
			"14 de febrero de 2024=2024-02-14 explicit" },
		{ "day in words", "es", NULL,
			"El veintiuno de mayo de 2020 se unió.",
			"veintiuno de mayo de 2020=2020-05-21 explicit" },
		{ "decade", "es", NULL, "En la década de 1990 empezó.",
			"década de 1990=199X explicit" },
		{ "de de", "pt", NULL, "Em 14 de fevereiro de 2024 entrou.",
			"14 de fevereiro de 2024=2024-02-14 explicit" },
		{ "ordinal sign", "pt", NULL, "Em 1º de março de 2024 entrou.",
			"1º de março de 2024=2024-03-01 explicit" },
		{ "quarter", "pt", NULL,
			"No terceiro trimestre de 2016 entrou.",
			"terceiro trimestre de 2016=2016-35 explicit" },
		{ "dot", "de", NULL, "Am 14. Februar 2024 trat die Stadt bei.",
			"14. Februar 2024=2024-02-14 explicit" },
		{ "dots", "de", NULL, "Am 28.10.2021 trat die Stadt bei.",
			"28.10.2021=2021-10-28 explicit" },
		{ "short year", "de", NULL, "Am 5.5.89 trat die Stadt bei.",
			"5.5.89=1989-05-05 explicit" },
		{ "day in words", "de", NULL,
			"Am neunundzwanzigsten Mai 2020 war es.",
			"neunundzwanzigsten Mai 2020=2020-05-29 explicit" },
		{ "year without preposition", "de", NULL,
			"Das Netzwerk wurde 2013 gegründet.",
			"2013=2013 explicit" },
		{ "a year beside a month counts nothing", "de", NULL,
			"Seit Mai 2013 Mitglied, seit dem 3. Mai 2014 Stadt. "
			"Im Mai, 2015 Städte.",
			"Mai 2013=2013-05 explicit | "
			"3. Mai 2014=2014-05-03 explicit | "
			"Mai=XXXX-05 explicit | 2015=2015 explicit" },
		{ "year with noun", "de", NULL, "Im Jahr 2012 trat sie bei.",
			"2012=2012 explicit" },
		{ "decade", "de", NULL, "In den 1980er Jahren begann es.",
			"1980er Jahren=198X explicit" },
		{ "day month year", "it", NULL,
			"Il 14 febbraio 2024 ha aderito.",
			"14 febbraio 2024=2024-02-14 explicit" },
		{ "elided article", "it", NULL, "L'8 marzo 2024 ha aderito.",
			"8 marzo 2024=2024-03-08 explicit" },
		{ "year in words", "it", NULL,
			"È successo a giugno del millenovecentonovantanove.",
			"giugno del millenovecentonovantanove=1999-06 "
			"explicit" },
		{ "decade", "it", NULL, "Negli anni trenta tutto cambiò.",
			"anni trenta=193X explicit" },
	};

	(void)state;
	date_rows_check(rows, ROWS(rows));
}

static void
ranges_of_dates(void **state)
{
	static const struct date_row rows[] = {
		{ "to the end of", "en", NULL, "From 2007 to the end of 2008.",
			"2007 to the end of 2008=2007/2008 explicit" },
		{ "year and month", "en", NULL,
			"Between 2015 and January 5th, 2018.",
			"2015 and January 5th, 2018=2015/2018-01-05 explicit" },
		{ "onwards", "en", NULL, "From 2018 onwards it grew.",
			"2018 onwards=2018/.. explicit" },
		{ "numeric with years", "en", NULL, "From 5/1/2019-5/7/2020.",
			"5/1/2019-5/7/2020=2019-05-01/2020-05-07 explicit" },
		{ "year behind a comma", "en", NULL, "From 5/1-5/7, 2020.",
			"5/1-5/7, 2020=2020-05-01/2020-05-07 explicit" },
		{ "years in words", "it", NULL,
			"Dal duemila fino al duemilaquattordici.",
			"duemila fino al duemilaquattordici=2000/2014 "
			"explicit" },
		{ "days share a month", "en", NULL,
			"From 27 to 29 October 2021 in Yeonsu.",
			"27 to 29 October 2021=2021-10-27/2021-10-29 "
			"explicit" },
		{ "en dash", "en", NULL, "Held 21–23 October 2013.",
			"21–23 October 2013=2013-10-21/2013-10-23 explicit" },
		{ "hyphen", "en", NULL, "Held on October 2-4, 2013.",
			"October 2-4, 2013=2013-10-02/2013-10-04 explicit" },
		{ "months share a year", "en", NULL,
			"From April to June 2017 it ran.",
			"April to June 2017=2017-04/2017-06 explicit" },
		{ "own months", "en", NULL,
			"From 30 October to 2 November 2023.",
			"30 October to 2 November 2023=2023-10-30/2023-11-02 "
			"explicit" },
		{ "over new year", "en", NULL,
			"From 30 December to 2 January 2024.",
			"30 December to 2 January 2024=2023-12-30/2024-01-02 "
			"explicit" },
		{ "between and", "en", NULL, "Between 3 and 12 September 2016.",
			"3 and 12 September 2016=2016-09-03/2016-09-12 "
			"explicit" },
		{ "days in a row", "en", NULL, "On 18 and 19 June 2020 it met.",
			"18 and 19 June 2020=2020-06-18/2020-06-19 explicit" },
		{ "years", "en", NULL, "In 2014-2018 it grew.",
			"2014-2018=2014/2018 explicit" },
		{ "year and next", "en", NULL, "In 2014-15 it grew.",
			"2014-15=2014/2015 explicit" },
		{ "years with to", "en", NULL, "Members from 2014 to 2018.",
			"2014 to 2018=2014/2018 explicit" },
		{ "quarters", "en", NULL, "From 2017-q1 to 2018-q1.",
			"2017-q1 to 2018-q1=2017-33/2018-33 explicit" },
		{ "list of days", "en", NULL, "On 14, 21 and 28 May 2024.",
			"14=2024-05-14 explicit | 21=2024-05-21 explicit | 28 "
			"May 2024=2024-05-28 explicit" },
		{ "numeric", "en", "2019-05-01", "From 5/1-5/7/2020.",
			"5/1-5/7/2020=2020-05-01/2020-05-07 explicit" },
		{ "du au", "fr", NULL, "Du 27 au 29 octobre 2021.",
			"27 au 29 octobre 2021=2021-10-27/2021-10-29 "
			"explicit" },
		{ "entre et", "fr", NULL, "Entre le 3 et le 12 septembre 2016.",
			"3 et le 12 septembre 2016=2016-09-03/2016-09-12 "
			"explicit" },
		{ "del al", "es", NULL, "Del 4 al 22 de enero de 1995.",
			"4 al 22 de enero de 1995=1995-01-04/1995-01-22 "
			"explicit" },
		{ "months", "es", NULL, "En enero-febrero de 2017.",
			"enero-febrero de 2017=2017-01/2017-02 explicit" },
		{ "a", "pt", NULL, "De 4 a 22 de janeiro de 1995.",
			"4 a 22 de janeiro de 1995=1995-01-04/1995-01-22 "
			"explicit" },
		{ "ate", "pt", NULL,
			"Desde 2 de outubro até 22 de outubro de 2016.",
			"2 de outubro até 22 de outubro de "
			"2016=2016-10-02/2016-10-22 explicit" },
		{ "vom bis", "de", NULL, "Vom 3. bis zum 12. September 2016.",
			"3. bis zum 12. September 2016=2016-09-03/2016-09-12 "
			"explicit" },
		{ "zwischen und", "de", NULL,
			"Zwischen dem 4. und dem 22. Januar 1995.",
			"4. und dem 22. Januar 1995=1995-01-04/1995-01-22 "
			"explicit" },
		{ "dal al", "it", NULL, "Dal 3 al 12 settembre 2016.",
			"3 al 12 settembre 2016=2016-09-03/2016-09-12 "
			"explicit" },
		{ "months", "it", NULL, "Da gennaio ad aprile 2021.",
			"gennaio ad aprile 2021=2021-01/2021-04 explicit" },
	};

	(void)state;
	date_rows_check(rows, ROWS(rows));
}

static void
english_relative_dates(void **state)
{
	static const struct date_row rows[] = {
		{ "days of one week", "en", "2024-02-14",
			"It meets from Friday to Sunday.",
			"Friday to Sunday=2024-02-09/2024-02-11 relative" },
		{ "the weekend before", "en", "2024-02-12",
			"It met at the weekend.",
			"the weekend=2024-02-10/2024-02-11 relative" },
		{ "the weekend ahead", "en", "2024-02-12",
			"It will meet at the weekend.",
			"the weekend=2024-02-17/2024-02-18 relative" },
		{ "no day is an article", "es", "2022-10-31",
			"La red eligió en agosto una ciudad.",
			"agosto=2022-08 document" },
		{ "no day is another thing", "pt", "2022-02-15",
			"A primeira entrou em dezembro, a segunda falhou.",
			"dezembro=2021-12 document" },
		{ "told by its end", "it", "2024-03-12",
			"Lucca entrò a settembre.",
			"settembre=2023-09 document" },
		{ "months and days ago", "en", "2024-02-12",
			"It met 1 month and 21 days ago.",
			"1 month and 21 days ago=2023-12-22 relative" },
		{ "next fortnight", "en", "2024-02-12",
			"It meets in the next fortnight.",
			"the next fortnight=2024-02-13/2024-02-26 relative" },
		{ "last decades", "en", "2024-02-12",
			"In the last two decades it grew.",
			"the last two decades=200X/201X relative" },
		{ "today", "en", "2024-02-14", "Today the city joined.",
			"Today=2024-02-14 relative" },
		{ "yesterday", "en", "2024-02-14", "It joined yesterday.",
			"yesterday=2024-02-13 relative" },
		{ "last weekday", "en", "2024-02-15",
			"It joined last Wednesday.",
			"last Wednesday=2024-02-14 relative" },
		{ "weekday alone", "en", "2024-02-15",
			"It joined on Wednesday.",
			"Wednesday=2024-02-14 relative" },
		{ "weekday ahead", "en", "2024-02-15",
			"It will join on Monday.",
			"Monday=2024-02-19 relative" },
		{ "next weekday", "en", "2024-02-15", "It joins next Friday.",
			"next Friday=2024-02-23 relative" },
		{ "weekday of a week", "en", "2024-02-15",
			"It met on Tuesday of last week.",
			"Tuesday of last week=2024-02-06 relative" },
		{ "this month", "en", "2024-02-15", "It joined this month.",
			"this month=2024-02 relative" },
		{ "last year", "en", "2024-02-15", "It joined last year.",
			"last year=2023 relative" },
		{ "last month named", "en", "2024-02-15",
			"It joined last March.",
			"last March=2023-03 relative" },
		{ "this week", "en", "2024-02-15", "It joins this week.",
			"this week=2024-02-12/2024-02-18 relative" },
		{ "weeks ago", "en", "2024-02-15", "It joined three weeks ago.",
			"three weeks ago=2024-01-25 relative" },
		{ "months ago are a month", "en", "2024-02-15",
			"It joined two months ago.",
			"two months ago=2023-12 relative" },
		{ "a year ago", "en", "2024-02-15", "It joined a year ago.",
			"a year ago=2023 relative" },
		{ "last years", "en", "2024-02-15",
			"In the past five years it grew.",
			"the past five years=2019-02-15/2024-02-14 relative" },
		{ "last quarters", "en", "2024-02-15",
			"In the last two quarters it grew.",
			"the last two quarters=2023-35/2023-36 relative" },
		{ "earlier this year", "en", "2024-02-15",
			"It joined earlier this year.",
			"earlier this year=2024-01-01/2024-02-15 relative" },
		{ "day of this month", "en", "2024-02-15",
			"It joins on the 21st of this month.",
			"21st of this month=2024-02-21 relative" },
		{ "days of this month", "en", "2024-02-15",
			"It meets from 4 to 23 of this month.",
			"4 to 23 of this month=2024-02-04/2024-02-23 "
			"relative" },
		{ "month of a year", "en", "2024-02-15",
			"It joins in June of next year.",
			"June of next year=2025-06 relative" },
		{ "last four months of", "en", "2024-02-14",
			"In the last four months of 2021.",
			"last four months of 2021=2021-09/2021-12 explicit" },
	};

	(void)state;
	date_rows_check(rows, ROWS(rows));
}

static void
years_that_are_not_said(void **state)
{
	static const struct date_row rows[] = {
		{ "before the end of", "en", "2024-02-12",
			"It joins before the end of December.",
			"before the end of December=../2023-12 document" },
		{ "year of a past day", "en", "2024-02-14",
			"On 20 December the city joined.",
			"20 December=2023-12-20 document" },
		{ "year of a day ahead", "en", "2024-02-14",
			"On 20 December the city will join.",
			"20 December=2024-12-20 document" },
		{ "year of a day very near", "en", "2024-02-14",
			"The city joins on 1 March.",
			"1 March=2024-03-01 document" },
		{ "year that is nearest", "en", "2025-04-10",
			"They take their seats on 1 July.",
			"1 July=2025-07-01 document" },
		{ "year of what was", "en", "2025-04-10",
			"It was let in on 1 July.",
			"1 July=2024-07-01 document" },
		{ "weekday tells the year", "en", "2024-02-14",
			"On Tuesday 31 October it met.",
			"Tuesday 31 October=2023-10-31 document" },
	};

	(void)state;
	date_rows_check(rows, ROWS(rows));
}

static void
relative_dates_of_other_languages(void **state)
{
	static const struct date_row rows[] = {
		{ "weekday of a week", "fr", "2024-02-12",
			"Elle se réunit la semaine prochaine mardi.",
			"semaine prochaine mardi=2024-02-20 relative" },
		{ "year behind its noun", "fr", "2024-02-12",
			"En juin de l'année prochaine.",
			"juin de l'année prochaine=2025-06 relative" },
		{ "weekday that is an ordinal", "pt", "2024-02-12",
			"Na sexta, a cidade entrou.",
			"sexta=2024-02-09 relative" },
		{ "ordinal that is a weekday", "pt", "2024-02-12",
			"Na sexta edição, a cidade entrou.", "" },
		{ "dernier behind a date", "fr", "2024-03-01",
			"Le 14 février dernier, la ville a adhéré.",
			"14 février dernier=2024-02-14 relative" },
		{ "dernier behind a weekday", "fr", "2024-03-01",
			"Mercredi dernier, la ville a adhéré.",
			"Mercredi dernier=2024-02-28 relative" },
		{ "mois dernier", "fr", "2024-03-01",
			"La ville a adhéré le mois dernier.",
			"mois dernier=2024-02 relative" },
		{ "an dernier", "fr", "2024-03-01",
			"L'an dernier, la ville a adhéré.",
			"L'an dernier=2023 relative" },
		{ "il y a", "fr", "2024-03-01",
			"La ville a adhéré il y a trois semaines.",
			"il y a trois semaines=2024-02-09 relative" },
		{ "cet ete", "fr", "2024-09-01", "La ville a adhéré cet été.",
			"cet été=2024-22 relative" },
		{ "participle is no summer", "fr", "2024-03-01",
			"La ville a été exclue.", "" },
		{ "pasado", "es", "2024-03-01", "El miércoles pasado se unió.",
			"miércoles pasado=2024-02-28 relative" },
		{ "hace", "es", "2024-03-01", "Se unió hace tres semanas.",
			"hace tres semanas=2024-02-09 relative" },
		{ "proximos", "es", "2024-03-01",
			"En los próximos 3 días se verá.",
			"próximos 3 días=2024-03-02/2024-03-04 relative" },
		{ "que viene", "es", "2024-03-01", "El año que viene se verá.",
			"año que viene=2025 relative" },
		{ "no ultimo dia", "pt", "2024-02-05",
			"No último dia 31, a cidade entrou.",
			"último dia 31=2024-01-31 relative" },
		{ "weekday and day in brackets", "pt", "2023-11-01",
			"Nesta terça-feira (31/10), a Unesco anunciou.",
			"31/10=2023-10-31 document" },
		{ "the same without a document date", "pt", NULL,
			"Nesta quarta-feira (14/2), a Unesco anunciou.",
			"14/2=XXXX-02-14 explicit" },
		{ "ha", "pt", "2024-03-01", "Entrou há duas semanas.",
			"há duas semanas=2024-02-16 relative" },
		{ "am vergangenen", "de", "2024-03-01",
			"Am vergangenen Mittwoch trat sie bei.",
			"vergangenen Mittwoch=2024-02-28 relative" },
		{ "vor", "de", "2024-03-01", "Sie trat vor drei Wochen bei.",
			"vor drei Wochen=2024-02-09 relative" },
		{ "naechste woche", "de", "2024-03-01",
			"Nächste Woche tritt sie bei.",
			"Nächste Woche=2024-03-04/2024-03-10 relative" },
		{ "weekday and day", "de", "2024-03-01",
			"Am Dienstag, den 27., trat sie bei.",
			"Dienstag, den 27.=2024-02-27 relative" },
		{ "lo scorso", "it", "2024-03-01",
			"Lo scorso 14 dicembre la città ha aderito.",
			"scorso 14 dicembre=2023-12-14 relative" },
		{ "fa", "it", "2024-03-01", "Ha aderito tre settimane fa.",
			"tre settimane fa=2024-02-09 relative" },
		{ "scorso behind", "it", "2024-03-01",
			"Ha aderito il mese scorso.",
			"mese scorso=2024-02 relative" },
	};

	(void)state;
	date_rows_check(rows, ROWS(rows));
}

static void
what_is_no_date(void **state)
{
	static const struct date_row rows[] = {
		{ "weeks before another day", "en", "2024-02-14",
			"Two weeks earlier it met.", "" },
		{ "name that is a weekday", "de", "2024-02-14",
			"Bürgermeisterin Friederike Sonntag sprach.", "" },
		{ "noun of the morning", "de", "2024-02-14",
			"Guten Morgen, liebe Städte.", "" },
		{ "code", "en", NULL, "Object 133-03-03-2020", "" },
		{ "decimals behind a slash", "en", NULL, "A ratio of 30/4.85",
			"" },
		{ "lengths of time", "en", "2024-02-14",
			"It took in three years what others do.", "" },
		{ "may as a verb", "en", "2024-02-14",
			"May the network grow; it may join.", "" },
		{ "march as a verb", "en", "2024-02-14",
			"They march on; the March of the cities.", "" },
		{ "count of countries", "en", NULL,
			"350 cities in 76 countries.", "" },
		{ "cities in the thousands", "en", NULL,
			"In 2000 cities the flag flies.", "" },
		{ "dateline's dash", "en", "2022-09-02",
			"Paris, 2 September 2022 – Today, 77 cities join.",
			"2 September 2022=2022-09-02 explicit | "
			"Today=2022-09-02 relative" },
		{ "no-break spaces", "en", NULL,
			"It ran from\xc2\xa0"
			"27\xc2\xa0to\xc2\xa0"
			"29\xc2\xa0October\xc2\xa0"
			"2021.",
			"27\xc2\xa0to\xc2\xa0"
			"29\xc2\xa0October\xc2\xa0"
			"2021=2021-10-27/2021-10-29 explicit" },
		{ "today's", "en", "2024-02-14",
			"Today's challenges, to date, are many.", "" },
		{ "money is no day", "en", NULL, "It cost $12 December 2019.",
			"December 2019=2019-12 explicit" },
		{ "tail of a sum", "en", NULL, "6,107.31 August 2019",
			"August 2019=2019-08 explicit" },
		{ "address and version", "en", NULL,
			"Host 192.168.1.2 runs version 3.5.", "" },
		{ "telephone", "en", NULL, "Call 123-12-1234 or 555 12 12.",
			"" },
		{ "fraction", "en", NULL, "1/2 of the cities, 24/7", "" },
		{ "no such day", "en", NULL,
			"On 30 February 2024 and 31.04.2024",
			"February 2024=2024-02 explicit" },
		{ "ratio", "en", NULL, "A 3/4 majority of 0.8/15", "" },
		{ "relative without a document date", "en", NULL,
			"It joined last Wednesday, yesterday.", "" },
		{ "month and a count", "en", NULL, "In May 10 cities joined.",
			"May=XXXX-05 explicit" },
		{ "counted behind vor", "de", NULL,
			"Vor 2000 Gästen und nach 3 Jahren", "" },
		{ "ordinal", "de", NULL, "Als 14. deutsche Stadt", "" },
		{ "day first seen elsewhere", "en", NULL,
			"On 28/10/2021 and on 03/04/2021.",
			"28/10/2021=2021-10-28 explicit | "
			"03/04/2021=2021-04-03 explicit" },
		{ "month first seen elsewhere", "en", NULL,
			"On 10/28/2021 and on 03/04/2021.",
			"10/28/2021=2021-10-28 explicit | "
			"03/04/2021=2021-03-04 explicit" },
		{ "month first by language", "en", NULL, "On 03/04/2021.",
			"03/04/2021=2021-03-04 explicit" },
		{ "day first by language", "fr", NULL, "Le 03/04/2021.",
			"03/04/2021=2021-04-03 explicit" },
		{ "name that is a month elsewhere", "it", NULL,
			"Marco 14 anni, Augusto.", "" },
	};

	(void)state;
	date_rows_check(rows, ROWS(rows));
}

static void
order_of_day_and_month_by_source(void **state)
{
	static const struct {
		const char *name, *url, *want;
	} rows[] = {
		{ "no source", NULL, "03/04/2021=2021-03-04 explicit" },
		{ "a country's host", "https://www.example.co.uk/news/1",
			"03/04/2021=2021-04-03 explicit" },
		{ "port behind it", "https://example.ie:8080/",
			"03/04/2021=2021-04-03 explicit" },
		{ "sold to anyone", "https://example.io/",
			"03/04/2021=2021-03-04 explicit" },
		{ "no country", "https://example.org/uk",
			"03/04/2021=2021-03-04 explicit" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct scan s;

		assert_int_equal(fixture_scan(span_str("It was on 03/04/2021."),
					 "en", NULL, rows[i].url, &s),
			OK);
		CHECK_ROW(rows[i].name,
			!strcmp(fixture_show(&s, MENTION_DATE), rows[i].want));
	}
}

/* A weekday and a day without year: a year of the same text has it. */
static void
years_of_weekdays_from_the_text(void **state)
{
	struct scan s;

	(void)state;
	assert_int_equal(
		fixture_scan(span_str("On Tuesday 31 October it met. The "
				      "network began in 2023."),
			"en", NULL, NULL, &s),
		OK);
	assert_string_equal(fixture_show(&s, MENTION_DATE),
		"Tuesday 31 October=2023-10-31 computed | 2023=2023 explicit");
}

/* Reads at every lexeme of a sentence; each date must be the scan's next. */
static void
read_everywhere(struct date_reader *r, const struct scan *s, size_t *m)
{
	struct piece p;

	for (size_t at = 0, from = 0; at < r->line.n;) {
		if (!date_read(r, at, &p) || !date_take(r, from, &p)) {
			at++;
			continue;
		}
		assert_true(*m < s->n);
		assert_int_equal(s->list[*m].start, r->line.w[p.start].start);
		assert_int_equal(s->list[*m].end, r->line.w[p.end - 1].end);
		++*m;
		from = at = p.end;
	}
}

static void
compare_with_scan(
	const struct phrasebook *book, const char *language, const char *text)
{
	static struct lexeme lexemes[512];
	struct date_reader r = { .line = { .phrasebook = book,
					 .text = span_str(text),
					 .room = lexemes,
					 .cap = ROWS(lexemes) } };
	struct scan s;
	size_t m = 0;

	r.doc = (struct civil){ .year = 2024, .month = 2, .day = 14 };
	r.line.lang = phrasebook_language(book, language);
	r.month_first = language != NULL && !strcmp(language, "en");
	assert_int_equal(
		fixture_scan(span_str(text), language, "2024-02-14", NULL, &s),
		OK);
	for (size_t i = 0; i < s.nsentences; i++) {
		phrasebook_split(
			&r.line, s.sentences[i].start, s.sentences[i].end);
		read_everywhere(&r, &s, &m);
	}
	assert_true(m > 0);
	assert_true(m == s.n || s.list[m].type != MENTION_DATE);
}

/* What begins where no trigger stands is no date. */
static void
triggers_lose_nothing(void **state)
{
	static const char *const languages[] = { "en", "fr", "es", "pt", "de",
		"it", NULL };
	static const char text[] =
		"14 February 2024, a city joined on Friday; in the "
		"past five years, a year ago, before 2010. Le 1er mars, il "
		"y a trois semaines, la semaine prochaine. El 4 de julio, hace "
		"un mes. No último dia 31, na sexta. Am 3. Mai, vor drei "
		"Wochen, im Jahr 2012. Il 5 marzo scorso, tre giorni fa, negli "
		"anni trenta, 2014-2018, 05/02/2021, Q3 2025, the 1990s.";
	struct error err = { 0 };
	struct hash *h = hash_new();
	struct phrasebook *book;

	(void)state;
	assert_int_equal(phrasebook_open("config", h, &book, &err), OK);
	for (size_t k = 0; k < ROWS(languages); k++)
		compare_with_scan(book, languages[k], text);
	phrasebook_free(book);
	hash_free(h);
}

static void
every_allocation_may_fail(void **state)
{
	static const char text[] = "64 cities joined on Tuesday 31 October, "
				   "in 2023 and in the last two weeks.";
	enum error_code code = ERR_NOMEM;
	int n = 0;

	(void)state;
	for (; code != OK && n < 100; n++) {
		struct scan s;

		arena_fail_at(fixture.arena, n);
		code = fixture_scan(
			span_str(text), "en", "2023-11-02", NULL, &s);
		arena_fail_at(fixture.arena, -1);
		assert_true(code == OK || code == ERR_NOMEM);
	}
	assert_int_equal(code, OK);
	assert_true(n > 3);
}

/* 100 kB of what makes a reader go back and forth. */
static void
slow_input_stays_linear(void **state)
{
	static const struct {
		const char *name, *piece;
	} rows[] = {
		{ "ones", "1 " },
		{ "years", "2014 " },
		{ "days in a list", "1, " },
		{ "dashes", "1-" },
		{ "slashes", "1/1/" },
		{ "may", "May " },
		{ "weekdays", "Monday " },
		{ "groups of three", "100 " },
		{ "hundreds", "hundred and " },
		{ "one word", "a" },
		{ "one compound", "und" },
		{ "compounds", "hundertundtausend " },
		{ "last", "last next " },
		{ "from to", "from 1 to " },
		{ "before", "before after " },
		{ "weeks of", "last week of first " },
		{ "apart", "2 days before " },
		{ "years'", "last year's " },
		{ "halves", "half a " },
		{ "verbs", "said Monday will " },
		{ "of a holiday", "Easter of the " },
	};
	struct buffer text;

	(void)state;
	buffer_init(&text, 1 << 20);
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct scan s;

		buffer_reset(&text);
		while (text.len < 100000)
			buffer_add_str(&text, rows[i].piece);
		CHECK_ROW(rows[i].name, fixture_scan(buffer_span(&text), NULL,
						"2024-02-14", NULL, &s) == OK);
	}
	buffer_release(&text);
}

static void
bad_words_are_refused(void **state)
{
	struct error err = { 0 };
	struct hash *h = hash_new();
	struct phrasebook *words = NULL;

	(void)state;
	assert_int_not_equal(phrasebook_open("tests", h, &words, &err), OK);
	assert_null(words);
	hash_free(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(english_dates),
		cmocka_unit_test(dates_of_other_languages),
		cmocka_unit_test(ranges_of_dates),
		cmocka_unit_test(english_relative_dates),
		cmocka_unit_test(years_that_are_not_said),
		cmocka_unit_test(relative_dates_of_other_languages),
		cmocka_unit_test(what_is_no_date),
		cmocka_unit_test(order_of_day_and_month_by_source),
		cmocka_unit_test(years_of_weekdays_from_the_text),
		cmocka_unit_test(triggers_lose_nothing),
		cmocka_unit_test(every_allocation_may_fail),
		cmocka_unit_test(slow_input_stays_linear),
		cmocka_unit_test(bad_words_are_refused),
	};

	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
