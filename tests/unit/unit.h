/* What every unit test includes, in the order cmocka wants. */
#ifndef DL_TESTS_UNIT_H
#define DL_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Rows of a table of cases. */
#define ROWS(table) (sizeof(table) / sizeof *(table))

/* Fail naming the row of the table that went wrong. */
#define CHECK_ROW(name, condition)                                             \
	do {                                                                   \
		if (!(condition))                                              \
			fail_msg("row \"%s\": %s", name, #condition);          \
	} while (0)

#endif
