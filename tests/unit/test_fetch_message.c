/* what of a request is kept */
#include "fetch/message.h"
#include "unit.h"

static void
a_request_is_kept_without_secrets(void **state)
{
	static const struct {
		const char *name, *head, *kept;
	} cases[] = {
		{ "ours",
			"GET /a?b HTTP/1.1\r\nHost: a.example\r\n"
			"User-Agent: x (mailto:y@z)\r\nAccept: */*\r\n"
			"Accept-Encoding: gzip\r\nIf-None-Match: \"1\"\r\n\r\n",
			"GET /a?b HTTP/1.1\r\nHost: a.example\r\n"
			"User-Agent: x (mailto:y@z)\r\nAccept: */*\r\n"
			"Accept-Encoding: gzip\r\nIf-None-Match: \"1\"\r\n"
			"\r\n" },
		{ "keys",
			"GET / HTTP/1.1\r\nAuthorization: Basic abc\r\n"
			"cookie: id=1\r\nX-Api-Key: k:v\r\n\r\n",
			"GET / HTTP/1.1\r\nAuthorization: withheld\r\n"
			"cookie: withheld\r\nX-Api-Key: withheld\r\n\r\n" },
		{ "a proxy's",
			"GET http://a.example/ HTTP/1.1\r\n"
			"Proxy-Authorization: Basic abc\r\n\r\n",
			"GET http://a.example/ HTTP/1.1\r\n"
			"Proxy-Authorization: withheld\r\n\r\n" },
		{ "nothing", "", "" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		struct buffer out;

		buffer_init(&out, 4096);
		message_keep(span_str(cases[i].head), &out);
		if (!span_eq_str(buffer_span(&out), cases[i].kept))
			fail_msg("%s: \"%s\"", cases[i].name, out.ptr);
		buffer_release(&out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_request_is_kept_without_secrets),
	};

	return cmocka_run_group_tests_name("fetch_message", tests, NULL, NULL);
}
