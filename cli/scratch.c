#include "scratch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATH_LEN 4096

enum error_code
scratch_new(char **out, struct error *err)
{
	const char *tmp = getenv("TMPDIR");
	struct buffer dir;

	*out = NULL;
	if (tmp == NULL || tmp[0] != '/')
		tmp = "/tmp";
	buffer_init(&dir, PATH_LEN);
	buffer_printf(&dir, "%s/dateline-XXXXXX", tmp);
	if (dir.code != OK || mkdtemp(dir.ptr) == NULL) {
		(void)error_sys(err, errno, "a temporary directory in %s", tmp);
		buffer_release(&dir);
		return err->code;
	}
	*out = dir.ptr;
	return OK;
}

void
scratch_remove(char *dir)
{
	DIR *d = dir != NULL ? opendir(dir) : NULL;
	struct dirent *e;

	while (d != NULL && (e = readdir(d)) != NULL)
		(void)unlinkat(dirfd(d), e->d_name, 0); /* not "." and ".." */
	if (d != NULL)
		(void)closedir(d);
	if (dir != NULL)
		(void)rmdir(dir); /* what is left there is not ours */
	free(dir);
}
