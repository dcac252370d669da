/*
 * GeoNames' files, as anybody may have changed them: refused with a reason, or
 * compiled into places that are read without harm.  A line of the input goes
 * into the file that its first letter names: p(laces), n(ames), c(ountries),
 * 1, 2 (divisions).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "extract/extract.h"

#define PATH_LEN 128

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct {
	char letter;
	const char *name;
} files[] = {
	{ 'p', "cities500.txt" },
	{ 'n', "alternateNamesV2.txt" },
	{ 'c', "countryInfo.txt" },
	{ '1', "admin1CodesASCII.txt" },
	{ '2', "admin2Codes.txt" },
	{ 0, "countries.tsv" },
	{ 0, "regions.tsv" },
	{ 0, "extra.tsv" },
	{ 0, "stopnames.tsv" },
	{ 0, "context.tsv" },
};
#define FILES (sizeof files / sizeof *files)

static char dir[] = "/tmp/dateline-fuzz-XXXXXX";

static void
require(bool ok)
{
	if (!ok)
		abort();
}

static void
path_of(char out[PATH_LEN], const char *name)
{
	(void)snprintf(out, PATH_LEN, "%s/%s", dir, name);
}

static void
clean_up(void)
{
	char path[PATH_LEN];

	for (size_t i = 0; i < FILES; i++) {
		path_of(path, files[i].name);
		(void)unlink(path);
	}
	path_of(path, "out");
	(void)unlink(path);
	(void)rmdir(dir);
}

static void
write_lines(size_t file, struct span lines)
{
	char path[PATH_LEN];
	struct span line;
	FILE *f;

	path_of(path, files[file].name);
	f = fopen(path, "wb");
	require(f != NULL);
	while (files[file].letter != 0 && span_split(&lines, '\n', &line))
		if (line.len > 0 && line.ptr[0] == files[file].letter)
			require(fwrite(line.ptr + 1, 1, line.len - 1, f) ==
					line.len - 1 &&
				fputc('\n', f) == '\n');
	require(fclose(f) == 0);
}

static void
look_up(const char *path)
{
	struct gazetteer *g = NULL;
	struct place_value *list;
	struct arena *a = arena_new((size_t)1 << 20);
	size_t n = 0;

	require(a != NULL && gazetteer_open(path, &g, NULL) == OK);
	require(gazetteer_lookup(g, "Zed", a, &list, &n, NULL) == OK);
	require(strstr(gazetteer_sources(g), "cities500.txt sha256:") != NULL);
	gazetteer_close(g);
	arena_free(a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool made;
	char out[PATH_LEN];
	struct error err = { 0 };

	if (!made) {
		require(mkdtemp(dir) != NULL && atexit(clean_up) == 0);
		made = true;
	}
	for (size_t i = 0; i < FILES; i++)
		write_lines(i, span_of((const char *)data, size));
	path_of(out, "out");
	if (gazetteer_build(dir, NULL, out, &err) == OK)
		look_up(out);
	else
		require(err.msg[0] != '\0');
	return 0;
}
