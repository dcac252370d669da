#include "scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define NAME "scratch.tmp" /* for a moment; a killed process may leave it */

int
scratch_open(int dir, struct error *err)
{
	int fd = openat(dir, NAME,
		O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);

	if (fd >= 0 && unlinkat(dir, NAME, 0) == 0)
		return fd;
	error_sys(err, errno, "archive: %s", NAME);
	if (fd >= 0)
		close(fd);
	return -1;
}

enum error_code
scratch_read(int fd, void *out, size_t len, int64_t offset, struct error *err)
{
	char *p = out;

	while (len > 0) {
		ssize_t n = pread(fd, p, len, offset);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_sys(err, errno, "archive: " NAME);
		if (n == 0)
			return error_set(
				err, ERR_IO, "archive: " NAME " is cut short");
		p += n;
		offset += n;
		len -= (size_t)n;
	}
	return OK;
}

enum error_code
scratch_write(
	int fd, const void *ptr, size_t len, int64_t offset, struct error *err)
{
	const char *p = ptr;

	while (len > 0) {
		ssize_t n = pwrite(fd, p, len, offset);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_sys(err, errno, "archive: " NAME);
		p += n;
		offset += n;
		len -= (size_t)n;
	}
	return OK;
}
