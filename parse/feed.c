/* Which kind of feed a body is, by what is in it. */
#include "feed.h"

#include "listings.h"

#define LABEL_MAX 40 /* bytes of an encoding's name */

struct span
listing_label(struct span body)
{
	struct span head, rest;
	size_t at, end;
	char quote;

	if (span_starts_with(body, "\xef\xbb\xbf"))
		body = span_sub(body, 3, body.len);
	head = span_trim(span_sub(body, 0, CHARSET_SNIFF));
	at = span_find(head, 0, span_str("<?xml"));
	end = at != SIZE_MAX ? span_find(head, at, span_str("?>")) : SIZE_MAX;
	if (end == SIZE_MAX)
		return span_of(NULL, 0);
	head = span_sub(head, at, end);
	at = span_find(head, 0, span_str("encoding"));
	if (at == SIZE_MAX)
		return span_of(NULL, 0);
	rest = span_trim(span_sub(head, at + 8, head.len));
	if (rest.len == 0 || rest.ptr[0] != '=')
		return span_of(NULL, 0);
	rest = span_trim(span_sub(rest, 1, rest.len));
	quote = rest.len > 0 ? rest.ptr[0] : '\0';
	if (quote != '"' && quote != '\'')
		return span_of(NULL, 0);
	for (end = 1; end < rest.len && rest.ptr[end] != quote;)
		end++;
	return span_trim(span_sub(rest, 1, end));
}

enum error_code
listing_decode(const struct listing_tools *t, struct span body,
	const char *label, struct span *text, const char **used,
	struct error *err)
{
	struct span declared = listing_label(body);
	char name[LABEL_MAX] = "";
	struct decoded d;
	enum error_code code;

	if (label == NULL && declared.len < sizeof name && declared.len > 0) {
		memcpy(name, declared.ptr, declared.len);
		label = name;
	}
	code = charset_decode(t->charsets, body, label, t->utf8, &d);
	*text = d.text;
	*used = code == OK ? charset_whatwg(d.name) : NULL;
	return code == OK ? OK
			  : error_set(err, code, "the text is over its cap");
}

static bool
is_ascii(struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] >= 0x80)
			return false;
	return true;
}

/* The name of the encoding as it was given; RFC 3023: text without one is
 * US-ASCII, where that is true. */
static const char *
encoding_of(struct span body, const struct listing_context *c, struct arena *a)
{
	struct span declared = listing_label(body);

	if (c->charset != NULL && *c->charset != '\0')
		return arena_strdup(a, c->charset);
	if (c->media_type != NULL &&
		span_istarts_with(span_str(c->media_type), "text/") &&
		is_ascii(body))
		return "us-ascii";
	return declared.len > 0 ? arena_strndup(a, declared.ptr, declared.len)
				: NULL;
}

static enum error_code
read_xml(struct feed_reader *r, struct span text, struct error *err)
{
	struct xml_tree tree;
	enum error_code code = xml_read(text, r->a, &tree);

	if (code != OK)
		return error_set(err, code, "the feed is over its memory");
	if (tree.root == NULL)
		return error_set(err, ERR_FORMAT, "no element in it");
	r->feed->broken = tree.broken;
	r->feed->cut = tree.cut;
	if (feed_atom_read(r, tree.root) || feed_rss_read(r, tree.root) ||
		feed_opml_read(r, tree.root) || feed_cdf_read(r, tree.root))
		return OK;
	if (xml_is(tree.root, "html"))
		return error_set(err, ERR_FORMAT, "a page of HTML, not a feed");
	return error_set(err, ERR_FORMAT, "no feed: its root is \"%.60s\"",
		tree.root->name);
}

/* RSS 0.91 is two: Netscape's has a document type. */
static void
settle_version(struct feed *f, struct span text)
{
	static const struct span mark = { "netscape.com/publish/formats", 28 };

	if (f->version != NULL && strcmp(f->version, "rss091u") == 0 &&
		span_find(span_sub(text, 0, CHARSET_SNIFF), 0, mark) !=
			SIZE_MAX)
		f->version = "rss091n";
}

enum error_code
feed_read(const struct listing_tools *t, struct span body,
	const struct listing_context *context, struct arena *a,
	struct feed *out, struct error *err)
{
	struct feed_reader r = {
		.words = t->words,
		.a = a,
		.base = context->base,
		.feed = out,
	};
	size_t failures = arena_failures(a);
	struct span text, trimmed;
	const char *used;
	enum error_code code;

	*out = (struct feed){ .encoding = encoding_of(body, context, a) };
	code = listing_decode(t, body, context->charset, &text, &used, err);
	if (out->encoding == NULL)
		out->encoding = used;
	if (code != OK)
		return code;
	trimmed = span_trim(text);
	if (trimmed.len == 0)
		return error_set(err, ERR_FORMAT, "nothing in it");
	if (trimmed.ptr[0] == '{')
		code = feed_json_read(&r, trimmed, err);
	else
		code = read_xml(&r, text, err);
	if (code != OK)
		return code;
	settle_version(out, text);
	if (out->head.language == NULL)
		out->head.language = context->language;
	if (arena_failures(a) != failures)
		return error_set(err, arena_over_cap(a) ? ERR_LIMIT : ERR_NOMEM,
			"the feed is over its memory");
	return OK;
}
