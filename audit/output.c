#include "output.h"

#include <errno.h>

enum error_code
output_write(FILE *out, struct span bytes, struct error *err)
{
	if (bytes.len == 0 || fwrite(bytes.ptr, 1, bytes.len, out) == bytes.len)
		return OK;
	return error_sys(err, errno, "the output cannot be written");
}

enum error_code
output_buffer(FILE *out, struct buffer *b, struct error *err)
{
	enum error_code code = buffer_error(b, err, "a line of output");

	if (code == OK)
		code = output_write(out, buffer_span(b), err);
	buffer_reset(b);
	return code;
}

enum error_code
output_end(FILE *out, struct error *err)
{
	if (fflush(out) == 0 && !ferror(out))
		return OK;
	return error_sys(
		err, errno != 0 ? errno : EIO, "the output cannot be written");
}
