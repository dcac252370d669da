#include "cli.h"

#include <unistd.h>

int
report_error(const struct error *err)
{
	log_write(LOG_ERROR, "%s", err->msg);
	return error_exit_status(err->code != OK ? err->code : ERR_IO);
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
