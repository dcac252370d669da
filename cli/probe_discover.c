/* What a homepage offers to read: JSON, and text for a person. */
#include "probe.h"

static const char *const kinds[] = {
	[OFFER_FEED] = "feed",
	[OFFER_SITEMAP] = "sitemap",
};

static enum error_code
ask(struct probe *p, const struct probe_case *c, struct offers *out,
	struct error *err)
{
	const struct listing_context context = {
		.base = c->base,
		.charset = c->charset,
	};

	return parser_discover(
		p->parser, c->body, &context, p->arena, out, err);
}

enum error_code
answer_discover(struct probe *p, const struct probe_case *c, struct buffer *out,
	struct error *err)
{
	struct offers offers;
	enum error_code code = ask(p, c, &offers, err);

	if (code != OK)
		return code;
	json_out_key(out, "offers");
	json_out_open(out, '[');
	for (size_t i = 0; i < offers.n; i++) {
		const struct offer *o = &offers.list[i];

		json_out_open(out, '{');
		json_put_str(out, "kind", kinds[o->kind]);
		json_put_str(out, "url", o->url);
		json_put_str(out, "title", o->title);
		json_put_str(out, "type", o->type);
		json_put_bool(out, "guess", o->guess);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
	return OK;
}

enum error_code
show_discover(struct probe *p, const struct probe_case *c, struct buffer *out,
	int *refused, struct error *err)
{
	struct offers offers;
	enum error_code code = ask(p, c, &offers, err);
	size_t named = 0;

	if (code != OK)
		return code;
	for (size_t i = 0; i < offers.n; i++) {
		const struct offer *o = &offers.list[i];

		named += !o->guess;
		buffer_printf(out, "%-8s %s%s\n", kinds[o->kind], o->url,
			o->guess ? "  (a usual place, not named)" : "");
		if (o->title != NULL)
			buffer_printf(out, "         %s\n", o->title);
	}
	*refused += named == 0;
	return OK;
}
