/* sources.yaml, as core reads it, and what only fetch and parse can check. */
#include "cli.h"

/* A URL that fetch would never ask for. */
static enum error_code
check_url(const struct source *s, struct arena *a, struct error *err)
{
	struct error why = { 0 };
	struct fetch_url u;

	if (s->url == NULL || source_is_path(s)) /* NULL: the command line's */
		return OK;
	if (fetch_url_read(s->url, NULL, a, &u, &why) != OK)
		return error_set(err, ERR_CONFIG, "url: %s", why.msg);
	return OK;
}

static enum error_code
check_source(const struct source *s, struct arena *a, struct error *err)
{
	if (check_url(s, a, err) != OK)
		return err->code;
	if (s->links != NULL && parse_link_pattern_check(s->links, err) != OK)
		return err->code;
	return s->timezone != NULL ? parse_zone_check(s->timezone, err) : OK;
}

enum error_code
sources_open(const struct options *o, struct arena *a, struct sources *out,
	struct error *err)
{
	enum error_code code = sources_read(o->sources, a, out, err);

	if (code == ERR_NOT_FOUND)
		return error_set(err, ERR_CONFIG, "%s: there is no such file",
			o->sources);

	for (size_t i = 0; code == OK && i < out->n; i++) {
		const struct source *s = &out->list[i];

		code = check_source(s, a, err);
		if (code != OK)
			(void)error_wrap(err, "%s:%d: source %s", o->sources,
				s->line, s->name);
	}
	return code;
}
