/* A file of any bytes, read as an archive of others: records that lie in it, in
 * order, and an end. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "archive/archive.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char path[64];

static void
clean(void)
{
	(void)unlink(path);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct foreign *f;
	bool found = true;
	int64_t last = 0;
	int fd;

	if (path[0] == '\0') {
		(void)snprintf(path, sizeof path, "/tmp/dateline-fuzz-XXXXXX");
		fd = mkstemp(path);
		(void)atexit(clean);
	} else {
		fd = open(path, O_WRONLY | O_TRUNC);
	}
	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	close(fd);
	if (foreign_open(path, &f, NULL) != OK)
		abort();
	for (size_t n = 0; found; n++) {
		struct foreign_record r;

		if (foreign_next(f, &r, &found, NULL) != OK || !found)
			break;
		if (r.offset < last || r.length <= 0 || n > 3 * size ||
			(r.code != OK && r.message == NULL))
			abort();
		last = r.offset;
	}
	foreign_close(f);
	return 0;
}
