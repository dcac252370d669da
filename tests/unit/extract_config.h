/* A configuration in a directory of its own: the shipped one's files by links,
 * and some of its own.  After unit.h. */
#ifndef DL_TESTS_EXTRACT_CONFIG_H
#define DL_TESTS_EXTRACT_CONFIG_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file of its own. */
struct config_part {
	const char *path, *text;
};

static const char *const config_links[] = { "cues", "lang", "networks.yaml" };

static inline void
config_path(char out[512], const char *dir, const char *name)
{
	(void)snprintf(out, 512, "%s/%s", dir, name);
}

/* dir: a template of mkdtemp(). */
static inline void
config_make(char dir[], const struct config_part *parts, size_t n)
{
	char at[256], from[512], to[512];

	assert_non_null(mkdtemp(dir));
	assert_non_null(getcwd(at, sizeof at));
	config_path(to, dir, "rules");
	assert_int_equal(mkdir(to, 0700), 0);
	for (size_t i = 0; i < ROWS(config_links); i++) {
		(void)snprintf(
			from, sizeof from, "%s/config/%s", at, config_links[i]);
		config_path(to, dir, config_links[i]);
		assert_int_equal(symlink(from, to), 0);
	}
	for (size_t i = 0; i < n; i++) {
		FILE *f;

		config_path(to, dir, parts[i].path);
		f = fopen(to, "w");
		assert_non_null(f);
		assert_true(fputs(parts[i].text, f) >= 0);
		assert_int_equal(fclose(f), 0);
	}
}

static inline void
config_remove_one(const char *dir, const char *name)
{
	char path[512];

	config_path(path, dir, name);
	assert_int_equal(remove(path), 0);
}

static inline void
config_remove(const char *dir, const struct config_part *parts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		config_remove_one(dir, parts[i].path);
	for (size_t i = 0; i < ROWS(config_links); i++)
		config_remove_one(dir, config_links[i]);
	config_remove_one(dir, "rules");
	assert_int_equal(remove(dir), 0);
}

#endif
