#include "cli.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#define REPORT_TEXT_MAX ((size_t)1 << 20) /* bytes of one text, escaped */

bool
wants_color(void)
{
	return isatty(STDOUT_FILENO) == 1 &&
	       getenv("NO_COLOR") == NULL; /* no-color.org */
}

void
report_end_with_reader(void)
{
	struct pollfd out = { .fd = STDOUT_FILENO, .events = POLLOUT };

	if (poll(&out, 1, 0) != 1 || (out.revents & POLLERR) == 0)
		return;
	(void)signal(SIGPIPE, SIG_DFL);
	(void)raise(SIGPIPE);
}

int
report_error(const struct error *err)
{
	if (err->code == ERR_IO)
		report_end_with_reader();
	/* That another run is at it is nothing wrong: cron need not mail it. */
	log_write(err->code == ERR_BUSY ? LOG_WARN : LOG_ERROR, "%s", err->msg);
	return error_exit_status(err->code != OK ? err->code : ERR_IO);
}

void
report_problem(const struct problem *p)
{
	const struct log_field fields[] = {
		LOG_TEXT("url", p->url),
		LOG_TEXT("ref", p->ref),
		LOG_TEXT("stage", p->stage),
		LOG_TEXT("code", problem_name(p->code)),
	};
	/* What is in a page nobody here can mend, and there is much of it. */
	struct span code = span_str(problem_name(p->code));
	bool content = span_starts_with(code, "parse.") ||
		       span_starts_with(code, "extract.");

	log_event(content ? LOG_INFO : LOG_WARN, fields,
		sizeof fields / sizeof *fields, "%s", p->message);
}

void
report_safe(const char *text)
{
	struct buffer line;

	buffer_init(&line, REPORT_TEXT_MAX);
	escape_line(span_str(text), &line);
	printf("%.*s", (int)line.len, line.ptr != NULL ? line.ptr : "");
	buffer_release(&line);
}

enum error_code
report_record(const struct record *r, struct error *err)
{
	struct buffer b;
	enum error_code code;

	buffer_init(&b, RECORD_LINE_MAX + 2);
	code = record_encode(r, &b, err);
	if (code == OK)
		code = write_all(STDOUT_FILENO, b.ptr, b.len, err);
	buffer_release(&b);
	return code;
}
