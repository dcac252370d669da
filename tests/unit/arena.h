/* An arena for all tests of a program. */
#ifndef DL_TESTS_UNIT_ARENA_H
#define DL_TESTS_UNIT_ARENA_H

#include "core/core.h"
#include "unit.h"

static struct arena *arena;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new((size_t)256 << 20);
	return arena == NULL;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

#endif
