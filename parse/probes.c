/* One reader by itself, for who asks what it makes of a body. */
#include "discover.h"
#include "listings.h"
#include "parser.h"

enum error_code
parser_charset(struct parser *p, struct span body, const char *label,
	struct arena *a, struct parse_charset *out, struct error *err)
{
	struct decoded d;
	const char *declared = charset_declared(body);
	char *encoding = NULL, *said = NULL;
	enum error_code code =
		charset_decode(p->charsets, body, label, &p->utf8, &d);

	if (code == OK) {
		bool ascii = strcmp(d.name, "UTF-8") == 0 &&
			     utf8_count(d.text) == body.len;

		encoding = arena_strdup(
			a, charset_whatwg(!ascii	     ? d.name
					  : declared != NULL ? declared
							     : "WINDOWS-1252"));
		said = arena_strdup(
			a, declared != NULL ? charset_whatwg(declared) : NULL);
		if (encoding == NULL || (declared != NULL && said == NULL))
			code = ERR_NOMEM;
	}
	if (code != OK)
		return error_set(err, code, "the text is over its cap");
	*out = (struct parse_charset){ encoding, said, d.bad };
	return OK;
}

enum error_code
parser_feed(struct parser *p, struct span body,
	const struct listing_context *context, struct arena *a,
	struct feed *out, struct error *err)
{
	const struct listing_tools t = { p->words, p->charsets, &p->utf8 };

	return feed_read(&t, body, context, a, out, err);
}

/* A robots.txt has no markup. */
static bool
is_markup(struct span text)
{
	text = span_trim(span_sub(text, 0, CHARSET_SNIFF));
	return text.len > 0 && text.ptr[0] == '<';
}

enum error_code
parser_discover(struct parser *p, struct span body,
	const struct listing_context *context, struct arena *a,
	struct offers *out, struct error *err)
{
	struct decoded d;
	enum error_code code;

	body = span_sub(body, 0, PARSE_INPUT_MAX);
	code = charset_decode(
		p->charsets, body, context->charset, &p->utf8, &d);
	if (code == OK)
		code = is_markup(d.text)
			       ? discover_html(&p->html, d.text, context->base,
					 a, out)
			       : discover_robots(d.text, context->base, a, out);
	return code == OK ? OK
			  : error_set(err, code, "no memory for a homepage");
}

enum error_code
parser_sitemap(struct parser *p, struct span body,
	const struct listing_context *context, struct arena *a,
	struct sitemap *out, struct error *err)
{
	const struct listing_tools t = { p->words, p->charsets, &p->utf8 };

	return sitemap_read(&t, body, context, a, out, err);
}
