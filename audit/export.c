#include "audit.h"

#include "output.h"

static enum error_code
write_line(struct span json, void *ctx, struct error *err)
{
	FILE *out = ctx;
	enum error_code code = output_write(out, json, err);

	if (code == OK && !span_ends_with(json, "\n"))
		code = output_write(out, span_str("\n"), err);
	return code;
}

enum error_code
audit_export(struct store *s, FILE *out, struct error *err)
{
	enum error_code code = store_export(s, write_line, out, err);

	return code == OK ? output_end(out, err) : code;
}
