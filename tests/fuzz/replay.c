/*
 * Replays a corpus through a fuzz target without libFuzzer, so that plain
 * ctest runs it: replay DIR...  Fails if a directory is missing or empty.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A heap copy of exactly size bytes, so that a sanitizer sees overreads. */
static int
replay_file(const char *path)
{
	FILE *f;
	uint8_t *data = NULL;
	long size;
	int ok = 0;

	f = fopen(path, "rb");
	if (f == NULL)
		goto out;
	if (fseek(f, 0, SEEK_END) != 0 || (size = ftell(f)) < 0)
		goto out;
	rewind(f);
	data = malloc(size > 0 ? (size_t)size : 1);
	if (data == NULL || fread(data, 1, (size_t)size, f) != (size_t)size)
		goto out;
	LLVMFuzzerTestOneInput(data, (size_t)size);
	ok = 1;
out:
	if (!ok)
		fprintf(stderr, "replay: cannot read %s\n", path);
	free(data);
	if (f != NULL)
		fclose(f);
	return ok;
}

int
main(int argc, char **argv)
{
	char path[4096];
	int n = 0;

	for (int i = 1; i < argc; i++) {
		struct dirent *e;
		DIR *dir = opendir(argv[i]);

		if (dir == NULL) {
			fprintf(stderr, "replay: no directory %s\n", argv[i]);
			return 1;
		}
		while ((e = readdir(dir)) != NULL) {
			if (e->d_name[0] == '.')
				continue;
			snprintf(
				path, sizeof path, "%s/%s", argv[i], e->d_name);
			if (!replay_file(path)) {
				closedir(dir);
				return 1;
			}
			n++;
		}
		closedir(dir);
	}
	printf("%d inputs replayed\n", n);
	return n > 0 ? 0 : 1;
}
