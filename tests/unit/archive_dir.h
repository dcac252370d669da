/* An archive in a directory of its own, for the tests of archive. */
#ifndef DL_TESTS_ARCHIVE_DIR_H
#define DL_TESTS_ARCHIVE_DIR_H

#include "archive/archive.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct arena *arena;
static char dir[64];

static int
setup(void **state)
{
	(void)state;
	arena = arena_new(64 << 20);
	(void)snprintf(dir, sizeof dir, "/tmp/dateline-archive-XXXXXX");
	return arena == NULL || mkdtemp(dir) == NULL;
}

static int
teardown(void **state)
{
	char command[128];

	(void)state;
	(void)snprintf(command, sizeof command, "rm -rf '%s'", dir);
	arena_free(arena);
	return system(command);
}

static char *
path_of(const char *name)
{
	return arena_printf(arena, "%s/%s", dir, name);
}

static struct archive_writer *
open_writer(void)
{
	struct archive_writer *w = NULL;
	struct error err = { 0 };

	if (archive_writer_open(dir, &w, &err) != OK)
		fail_msg("%s", err.msg);
	return w;
}

static struct archive *
open_reader(void)
{
	struct archive *ar = NULL;
	struct error err = { 0 };

	if (archive_open(dir, &ar, &err) != OK)
		fail_msg("%s", err.msg);
	return ar;
}

static size_t
count_captures(struct archive *ar)
{
	struct archive_position at = { .offset = 0 };
	struct archive_entry e;
	bool found = true;
	size_t n = 0;

	while (archive_next(ar, &at, &e, &found, NULL) == OK && found)
		n++;
	return n;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

#endif
