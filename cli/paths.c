#include "cli.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

/* BIN/../share/dateline, both where installed and in the build tree. */
const char *
path_share(struct arena *a)
{
	char exe[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", exe, sizeof exe - 1);
	char *slash;

	if (len < 0)
		return arena_strdup(a, "share/dateline");
	exe[len] = '\0';
	slash = strrchr(exe, '/');
	if (slash != NULL)
		*slash = '\0';
	return arena_printf(a, "%s/../share/dateline", exe);
}

const char *
path_config(const struct options *o, struct arena *a)
{
	const char *share;

	if (o->config != NULL)
		return o->config;
	share = path_share(a);
	return share != NULL ? arena_printf(a, "%s/config", share) : NULL;
}

const char *
path_gazetteer(const struct options *o, struct arena *a)
{
	const char *share;

	if (o->gazetteer != NULL)
		return o->gazetteer;
	share = path_share(a);
	return share != NULL ? arena_printf(a, "%s/gazetteer.bin", share)
			     : NULL;
}

const char *
path_db(const struct options *o, struct arena *a)
{
	return o->db != NULL && o->db[0] != '\0'
		       ? o->db
		       : arena_strdup(a, "dateline.db");
}

const char *
path_archive(const struct options *o, struct arena *a)
{
	if (o->archive != NULL)
		return o->archive;
	return arena_printf(a, "%s.archive", path_db(o, a));
}
