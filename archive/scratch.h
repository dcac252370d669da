/* Files for what does not fit in memory: they have no name and go with who made
 * them, however that ends. */
#ifndef DL_ARCHIVE_SCRATCH_H
#define DL_ARCHIVE_SCRATCH_H

#include "core/core.h"

/* A new empty one on the file system of dir, to read and write; -1 with err.
 * One process at a time, who has the archive's lock. */
int
scratch_open(int dir, struct error *err);

/* All of len bytes at offset.  ERR_IO, also if the file ends before. */
enum error_code
scratch_read(int fd, void *out, size_t len, int64_t offset, struct error *err);
enum error_code
scratch_write(
	int fd, const void *ptr, size_t len, int64_t offset, struct error *err);

#endif
