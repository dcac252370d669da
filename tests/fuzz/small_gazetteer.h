/* A gazetteer of config's tables and a few places of its own, for fuzzing. */
#ifndef DL_TESTS_FUZZ_SMALL_GAZETTEER_H
#define DL_TESTS_FUZZ_SMALL_GAZETTEER_H

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "extract/extract.h"

static const char small_places[] =
	"1\tGraz\tAT\t06\tPPLA\t291134\t47.067\t15.442\t\n"
	"2\tVilla María\tAR\t05\tPPLA2\t92000\t-32.410\t-63.240\t\n"
	"3\tBoise\tUS\tID\tPPLA\t235684\t43.613\t-116.203\t\n"
	"4\tReading\tGB\tENG\tPPLA2\t318014\t51.456\t-0.971\t\n"
	"5\tReading\tUS\tPA\tPPLA2\t95112\t40.336\t-75.927\t\n"
	"6\tCologne\tDE\t07\tPPLA2\t963395\t50.933\t6.950\t*Köln|*Colonia\n"
	"7\tL'Aquila\tIT\t01\tPPLA\t35000\t42.350\t13.400\t\n"
	"8\tCâmara de Lobos\tPT\t10\tPPLA2\t15000\t32.650\t-16.977\t\n"
	"9\tSantiago\tMX\t19\tPPLA2\t36840\t25.425\t-100.152\t\n"
	"10\tSantiago\tCL\t12\tPPLC\t4837295\t-33.457\t-70.648\t\n";

/* Write it to out, which is then the caller's to remove; aborts if it
 * cannot.  Run where config/ is. */
static void
small_gazetteer(char out[PATH_MAX])
{
	static const char *const tables[] = { "countries.tsv", "regions.tsv",
		"extra.tsv", "stopnames.tsv", "context.tsv" };
	char dir[] = "/tmp/dateline-fuzz-XXXXXX";
	char from[PATH_MAX], to[PATH_MAX];
	struct error err = { 0 };
	FILE *f;

	if (mkdtemp(dir) == NULL)
		abort();
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		char *real;

		(void)snprintf(
			from, sizeof from, "config/gazetteer/%s", tables[i]);
		(void)snprintf(to, sizeof to, "%s/%s", dir, tables[i]);
		real = realpath(from, NULL);
		if (real == NULL || symlink(real, to) != 0)
			abort();
		free(real);
	}
	(void)snprintf(to, sizeof to, "%s/places.tsv", dir);
	f = fopen(to, "wb");
	if (f == NULL || fputs(small_places, f) < 0 || fclose(f) != 0)
		abort();
	(void)snprintf(out, PATH_MAX, "%s.bin", dir);
	if (gazetteer_build(dir, NULL, out, &err) != OK) {
		fprintf(stderr, "%s\n", err.msg);
		abort();
	}
	(void)unlink(to);
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		(void)snprintf(to, sizeof to, "%s/%s", dir, tables[i]);
		(void)unlink(to);
	}
	(void)rmdir(dir);
}

#endif
