/* sources.yaml, as core reads it, and what only parse can check in it. */
#include "cli.h"

static enum error_code
check_source(const struct source *s, struct error *err)
{
	if (s->links != NULL && parse_link_pattern_check(s->links, err) != OK)
		return err->code;
	return s->timezone != NULL ? parse_zone_check(s->timezone, err) : OK;
}

enum error_code
sources_open(const struct options *o, struct arena *a, struct sources *out,
	struct error *err)
{
	enum error_code code = sources_read(o->sources, a, out, err);

	for (size_t i = 0; code == OK && i < out->n; i++) {
		const struct source *s = &out->list[i];

		code = check_source(s, err);
		if (code != OK)
			(void)error_wrap(err, "%s:%d: source %s", o->sources,
				s->line, s->name);
	}
	return code;
}
