#include <unistd.h>

#include "completion.h"

int
cmd_completion(const struct options *o)
{
	struct error err = { 0 };
	struct buffer script;
	enum error_code code;
	size_t n;
	const struct verb *verbs = verbs_all(&n);

	buffer_init(&script, COMPLETION_MAX);
	code = completion_script(o->args[0], verbs, n, &script, &err);
	if (code == OK)
		code = write_all(STDOUT_FILENO, script.ptr, script.len, &err);
	buffer_release(&script);
	return code == OK ? 0 : report_error(&err);
}
