/* how long an answer says it stays the same */
#include "fetch/message.h"
#include "unit.h"

#define NOW 784111777 /* Sun, 06 Nov 1994 08:49:37 GMT */

static void
headers_say_how_long(void **state)
{
	static const struct {
		const char *head;
		long seconds;
	} cases[] = {
		{ "", 0 },
		{ "Cache-Control: max-age=60\r\n", 60 },
		{ "Cache-Control: public, Max-Age=60\r\n", 60 },
		{ "Cache-Control: max-age=-1\r\n", 0 },
		{ "Cache-Control: max-age=soon\r\n", 0 },
		{ "Cache-Control: max-age=2147483647\r\n", MESSAGE_FRESH_MAX },
		{ "Cache-Control: no-cache, max-age=60\r\n", 0 },
		{ "Cache-Control: max-age=60, no-store\r\n", 0 },
		{ "Expires: Sun, 06 Nov 1994 09:49:37 GMT\r\n", 3600 },
		{ "Expires: Sun, 06 Nov 1994 07:49:37 GMT\r\n", 0 },
		{ "Expires: 0\r\n", 0 },
		{ "Cache-Control: max-age=60\r\n"
		  "Expires: Sun, 06 Nov 1994 09:49:37 GMT\r\n",
			60 },
		{ "Cache-Control: public\r\n"
		  "Expires: Sun, 06 Nov 1994 09:49:37 GMT\r\n",
			3600 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		struct span head = span_str(cases[i].head);

		CHECK_ROW(cases[i].head,
			message_fresh(head, NOW) == cases[i].seconds);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers_say_how_long),
	};

	return cmocka_run_group_tests_name("fetch_fresh", tests, NULL, NULL);
}
