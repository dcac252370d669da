/* what of a request is kept, and what is the body of a message in an archive */
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

#define HTML "\n<p>Espoo</p>"

static void
the_payload_of_an_archived_block(void **state)
{
	static const struct {
		const char *name, *type, *block;
		int status;
		const char *payload;
	} cases[] = {
		{ "a response", "application/http; msgtype=response",
			"HTTP/1.1 200 OK\r\nA: b\r\n\r\nhello", 200, "hello" },
		{ "line feeds alone", "application/http",
			"HTTP/1.0 404 No\nA: b\n\nhello", 404, "hello" },
		{ "said to be nothing", NULL, "HTTP/1.1 200 OK\r\n\r\nhello",
			200, "hello" },
		{ "a head of nothing", "application/http", "\r\n" HTML, 0,
			HTML },
		{ "and no body", "application/http", "\n", 0, "" },
		{ "an empty line, then a head", "application/http",
			"\nHTTP/1.1 200 OK\n\nx", 0, "HTTP/1.1 200 OK\n\nx" },
		{ "a page that begins with an empty line", "text/html", HTML, 0,
			HTML },
		{ "one of no type", NULL, HTML, 0, HTML },
		{ "no head in what should have one", "application/http",
			"hello\n\nthere", 0, "hello\n\nthere" },
		{ "nothing", "application/http", "", 0, "" },
	};

	struct arena *a = arena_new(4096);

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		const char *media_type;
		struct error err = { 0 };
		struct span body;
		int status;

		if (fetch_payload(span_str(cases[i].block), cases[i].type, 1024,
			    &status, &media_type, a, &body, &err) != OK)
			fail_msg("%s: %s", cases[i].name, err.msg);
		if (status != cases[i].status ||
			!span_eq_str(body, cases[i].payload))
			fail_msg("%s: %d \"%.*s\"", cases[i].name, status,
				(int)body.len, body.ptr);
		arena_reset(a);
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_request_is_kept_without_secrets),
		cmocka_unit_test(the_payload_of_an_archived_block),
	};

	return cmocka_run_group_tests_name("fetch_message", tests, NULL, NULL);
}
