/*
 * Shared by the tests of places: a gazetteer of our own tables in a folder
 * of its own, and one text read by it.
 */
#ifndef DL_TESTS_UNIT_EXTRACT_PLACES_H
#define DL_TESTS_UNIT_EXTRACT_PLACES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "unit.h"

#include "extract/extract.h"
#include "extract/gazetteer.h"
#include "extract/scan.h"
#include "extract/sentence.h"

#define PLACES_BLOCKS 16

static char places_dir[] = "/tmp/dateline-places-XXXXXX";

static const struct {
	const char *name, *text;
} places_tables[] = {
	{ "countries.tsv", "GB\tUnited Kingdom\tUK|Great Britain\tBritish\t\n"
			   "DE\tGermany\tDeutschland|Alemania\tGerman\t\n"
			   "US\tUnited States\tUSA\tAmerican\t\n"
			   "AR\tArgentina\t\tArgentine\t\n"
			   "MX\tMexico\tMéxico\tMexican\t\n"
			   "KR\tSouth Korea\tRepublic of Korea\tKorean\t\n"
			   "BR\tBrazil\tBrasil\tBrazilian\t\n"
			   "IT\tItaly\tItalia\tItalian\t\n"
			   "FR\tFrance\t\tFrench\t\n"
			   "PT\tPortugal\t\tPortuguese\t\n" },
	{ "regions.tsv", "adm1:GB.ENG\tEngland\tGB\tENG\tADM1\t\n"
			 "adm1:US.ID\tIdaho\tUS\tID\tADM1\t\n"
			 "adm1:BR.27\tSão Paulo\tBR\t27\tADM1\t\n"
			 "adm1:PT.02\tNovim\tPT\t02\tADM1\t\n"
			 "adm1:PT.03\tAltim\tPT\t03\tADM1\t\n"
			 "adm1:PT.04\tQuerim\tPT\t04\tADM1\t\n" },
	{ "extra.tsv", "\tKent\tGB\tENG\tRGN\t1880000\t\t\t\n"
		       "\tYeonsu\tKR\t12\tADM2\t\t\t\tYeonsu-gu\n" },
	{ "places.tsv",
		"1\tGraz\tAT\t06\tPPLA\t291134\t47.067\t15.442\t\n"
		"2\tVilla María\tAR\t05\tPPLA2\t92000\t-32.410\t-63.240\t\n"
		"3\tBoise\tUS\tID\tPPLA\t235684\t43.613\t-116.203\t\n"
		"4\tKent\tUS\tWA\tPPL\t126952\t47.381\t-122.235\t\n"
		"5\tMaidstone\tGB\tENG\tPPLA2\t107627\t51.267\t0.517\t\n"
		"6\tReading\tGB\tENG\tPPLA2\t318014\t51.456\t-0.971\t\n"
		"7\tReading\tUS\tPA\tPPLA2\t95112\t40.336\t-75.927\t\n"
		"8\tMarch\tGB\tENG\tPPL\t21051\t52.551\t0.089\t\n"
		"9\tSão Paulo\tBR\t27\tPPLA\t10021295\t-23.548\t-46.636\t"
		"Sao Paulo\n"
		"10\tSantiago\tMX\t19\tPPLA2\t36840\t25.425\t-100.152\t\n"
		"11\tSantiago\tCL\t12\tPPLC\t4837295\t-33.457\t-70.648\t\n"
		"12\tCologne\tDE\t07\tPPLA2\t963395\t50.933\t6.950\t"
		"*Köln|*Colonia\n"
		"13\tCâmara de Lobos\tPT\t10\tPPLA2\t15000\t32.650\t-16.977"
		"\t\n"
		"14\tL'Aquila\tIT\t01\tPPLA\t35000\t42.350\t13.400\t\n"
		"15\tMonterrey\tMX\t19\tPPLA\t1122874\t25.671\t-100.308\t\n"
		"16\tBrest\tFR\tA2\tPPLA3\t144899\t48.390\t-4.486\t\n"
		"17\tBrest\tBY\t01\tPPLA\t300715\t52.098\t23.688\t\n"
		"18\tVenice\tIT\t20\tPPLA\t51298\t45.437\t12.333\t"
		"Venezia*|Venesia\n"
		"22\tNovim\tPT\t02\tPPLA\t121000\t40.0\t-8.0\t\n"
		"23\tVelhim\tPT\t02\tPPL\t700000\t40.1\t-8.1\t\n"
		"24\tFundim\tPT\t03\tPPLA\t90000\t40.2\t-8.2\tAltim\n"
		"25\tSão Querim\tPT\t04\tPPLA\t90000\t40.3\t-8.3\t"
		"Querim\n"
		"21\tSaint George's\tGD\t03\tPPLC\t7500\t12.05\t-61.75\t\n"
		"26\tOrvala an der Grau\tDE\t02\tPPLA3\t9000\t49.7\t"
		"10.8\t\n"
		"27\tOrvala am Bug\tDE\t02\tPPLA3\t900\t49.6\t10.7\t\n"
		"20\tDos Hermanas\tES\t51\tPPLA3\t130000\t37.28\t-5.92\t\n"
		"19\tPenna\tIT\t20\tPPLA3\t900\t45.500\t12.300\t\n" },
	{ "stopnames.tsv", "Reading\tword\ten\nMexico\tword\ten\nMarch\tstrict"
			   "\t*\nSantiago\tperson\t*\n" },
	{ "context.tsv",
		"City\tsuffix\nCounty\tsuffix\ngu\tsuffix\nProvince\tregion-"
		"suffix\n"
		"University\thead-of\nUniversity\tafter\nLake\tbefore\n"
		"Landkreis\tregion-prefix\nProvincia di\tregion-prefix\n"
		"Airport\tafter\ncity of\tcity-of\nStadt\tcity-of\n"
		"in\tpreposition\nof\tinside\nde\tinside\n" },
};

static void
places_path(char out[256], const char *name)
{
	(void)snprintf(out, 256, "%s/%s", places_dir, name);
}

static void
places_write(const char *name, const void *bytes, size_t len)
{
	char path[256];
	FILE *f;

	places_path(path, name);
	f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

/* The folder with its tables, and "places.bin" built from them. */
static struct gazetteer *
places_setup(void)
{
	struct error err = { 0 };
	struct gazetteer *g = NULL;
	char path[256];

	if (mkdtemp(places_dir) == NULL)
		return NULL;
	for (size_t i = 0; i < ROWS(places_tables); i++)
		places_write(places_tables[i].name, places_tables[i].text,
			strlen(places_tables[i].text));
	places_path(path, "places.bin");
	if (gazetteer_build(places_dir, NULL, path, &err) != OK ||
		gazetteer_open(path, &g, &err) != OK)
		print_error("%s\n", err.msg);
	return g;
}

static void
places_teardown(struct gazetteer *g)
{
	static const char *const others[] = { "places.bin", "damaged.bin" };
	char path[256];

	gazetteer_close(g);
	for (size_t i = 0; i < ROWS(places_tables); i++) {
		places_path(path, places_tables[i].name);
		(void)unlink(path);
	}
	for (size_t i = 0; i < ROWS(others); i++) {
		places_path(path, others[i]);
		(void)unlink(path); /* it may not be there */
	}
	(void)rmdir(places_dir);
}

/* A document of one block for each part between two line feeds; a part that
 * begins with "- " is a list's item. */
static void
places_document(struct span text, const char *language, struct block *blocks,
	struct document *doc)
{
	size_t start = 0;

	*doc = (struct document){
		.text = text, .language = language, .blocks = blocks
	};
	while (start < text.len && doc->nblocks < PLACES_BLOCKS) {
		size_t end = span_find(text, start, span_str("\n\n"));

		if (end == SIZE_MAX || doc->nblocks + 1 == PLACES_BLOCKS)
			end = text.len;
		blocks[doc->nblocks++] = (struct block){
			.start = (uint32_t)start,
			.end = (uint32_t)end,
			.type = text.ptr[start] == '-' ? BLOCK_ITEM
						       : BLOCK_PARAGRAPH,
		};
		start = end + 2;
	}
}

static enum error_code
places_scan(const struct gazetteer *g, struct scan *s)
{
	enum error_code code = sentences_split(s);

	if (code == OK)
		code = gazetteer_scan(g, s);
	if (code == OK)
		code = scan_settle(s);
	if (code == OK)
		code = places_resolve(g, s);
	return code;
}

#endif
