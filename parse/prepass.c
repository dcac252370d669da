#include "prepass.h"

#include <ctype.h>

#include "parse.h"
#include "references.h"
#include "tree.h"

#define OPEN_NAMES 1024 /* counters of open elements, by hash of the name */

/* Elements whose content no reader sees; svg and math may hold titles that
 * would read as text of the page. */
static const char *const dropped[] = { "script", "style", "svg", "template",
	"noscript", "math", "iframe", "object", "canvas", "textarea", "select",
	"noframes", "noembed" };
#define DROPPED	  (sizeof dropped / sizeof *dropped)
#define RAW_TEXTS 2 /* the first of them end with the page if nowhere else */

struct pass {
	struct span html;
	struct buffer *out;
	struct prepass *info;
	bool unclosed[DROPPED];	   /* no end tag from here on: look no more */
	bool untitled;		   /* no </title> from here on */
	bool no_quote[2];	   /* no " or ' from here on */
	uint32_t open[OPEN_NAMES]; /* by name_slot() */
	size_t depth;		   /* sum of those that do not end themselves */
};

/* One attribute of a tag. */
struct piece {
	struct span name, value;
	bool has_value;
};

static struct span
tag_name(struct span html, size_t at)
{
	size_t end = at;

	while (end < html.len &&
		(isalnum((unsigned char)html.ptr[end]) ||
			html.ptr[end] == '-' || html.ptr[end] == ':' ||
			html.ptr[end] == '_'))
		end++;
	return span_sub(html, at, end);
}

/* Offset behind "</name ...>" at or after from; SIZE_MAX if there is none. */
static size_t
close_of(struct span html, size_t from, struct span name)
{
	while (from < html.len) {
		const char *p = memchr(html.ptr + from, '<', html.len - from);
		size_t at;

		if (p == NULL)
			return SIZE_MAX;
		at = (size_t)(p - html.ptr);
		if (at + 2 + name.len <= html.len && p[1] == '/') {
			struct span n = tag_name(html, at + 2);
			const char *end;

			if (n.len == name.len &&
				strncasecmp(n.ptr, name.ptr, n.len) == 0) {
				end = memchr(p, '>', html.len - at);
				return end == NULL
					       ? html.len
					       : (size_t)(end - html.ptr) + 1;
			}
		}
		from = at + 1;
	}
	return SIZE_MAX;
}

/* Index into dropped[], or -1. */
static int
dropped_find(struct span name)
{
	if (name.len < 3)
		return -1;
	for (size_t i = 0; i < DROPPED; i++)
		if ((name.ptr[0] | 32) == dropped[i][0] &&
			span_ieq_str(name, dropped[i]))
			return (int)i;
	return -1;
}

static size_t
comment_end(struct span html, size_t at)
{
	size_t end;

	/* WHATWG 13.2.5.43: "<!-->" and "<!--->" are whole comments. */
	if (span_starts_with(span_sub(html, at, html.len), "<!-->"))
		return at + 5;
	end = span_find(html, at + 4, span_str("-->"));
	return end == SIZE_MAX ? html.len : end + 3;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* A quoted value at html[at], a quote; false when no other quote follows. */
static bool
quoted_value(struct pass *p, size_t *at, struct span *value)
{
	const char quote = p->html.ptr[*at];
	const char *from = p->html.ptr + *at + 1, *end;
	bool *none = &p->no_quote[quote == '\''];

	if (*none)
		return false;
	end = memchr(from, quote, p->html.len - *at - 1);
	*none = end == NULL;
	if (end == NULL)
		return false;
	*value = span_of(from, (size_t)(end - from));
	*at = (size_t)(end - p->html.ptr) + 1;
	return true;
}

/*
 * The next attribute of a tag, *at behind it (WHATWG 13.2.5.32-39); false at
 * the tag's end.
 */
static bool
next_piece(struct pass *p, size_t *at, struct piece *a)
{
	struct span html = p->html;
	size_t i = *at, start;

	while (i < html.len && (is_space(html.ptr[i]) || html.ptr[i] == '/'))
		i++;
	*a = (struct piece){ { NULL, 0 }, { NULL, 0 }, false };
	start = i;
	while (i < html.len && html.ptr[i] != '>' && html.ptr[i] != '/' &&
		!is_space(html.ptr[i]) && (html.ptr[i] != '=' || i == start))
		i++;
	a->name = span_sub(html, start, i);
	*at = i;
	if (i == start)
		return false;
	while (i < html.len && is_space(html.ptr[i]))
		i++;
	if (i >= html.len || html.ptr[i] != '=')
		return true;
	for (i++; i < html.len && is_space(html.ptr[i]);)
		i++;
	a->has_value = true;
	if (i < html.len && (html.ptr[i] == '"' || html.ptr[i] == '\'') &&
		quoted_value(p, &i, &a->value)) {
		*at = i;
		return true;
	}
	/* A quote that nothing closes would swallow the page. */
	start = i;
	while (i < html.len && html.ptr[i] != '>' && !is_space(html.ptr[i]))
		i++;
	a->value = span_sub(html, start, i);
	*at = i;
	return true;
}

/* "display: none", "visibility:hidden" */
static bool
style_hides(struct span style)
{
	static const char *const hiding[][2] = { { "display", "none" },
		{ "visibility", "hidden" } };

	for (size_t at = 0; at + 10 < style.len; at++)
		for (size_t k = 0; k < 2; k++) {
			struct span rest = span_sub(style, at, style.len);
			size_t i = strlen(hiding[k][0]);

			if (!span_istarts_with(rest, hiding[k][0]))
				continue;
			while (i < rest.len && strchr(" :\t", rest.ptr[i]))
				i++;
			if (span_istarts_with(
				    span_sub(rest, i, rest.len), hiding[k][1]))
				return true;
		}
	return false;
}

static void
copy_value(struct buffer *out, struct span value)
{
	for (size_t at = 0; at < value.len;) {
		const size_t start = at;

		while (at < value.len && value.ptr[at] != '&' &&
			value.ptr[at] != '"')
			at++;
		buffer_add(out, value.ptr + start, at - start);
		if (at >= value.len)
			break;
		if (value.ptr[at] == '&') {
			at += reference_copy(value, at, true, out);
		} else {
			buffer_add_str(out, "&quot;");
			at++;
		}
	}
}

/* "mailto:", "tel:": whom it calls is read of the page. */
static bool
is_address(struct span href)
{
	return span_istarts_with(href, "mailto:") ||
	       span_istarts_with(href, "tel:");
}

/* A link says only that it is one: where it leads is read of <link>. */
static bool
leads_elsewhere(struct span href)
{
	href = span_trim(href);
	return href.len > 0 && href.ptr[0] != '#';
}

static void
copy_piece(
	struct pass *p, struct span tag, const struct piece *a, unsigned *seen)
{
	struct buffer *out = p->out;
	enum attribute key;

	if (span_ieq_str(a->name, "style")) {
		if (!style_hides(a->value))
			return;
		key = ATTR_HIDDEN;
	} else {
		key = attribute_find(a->name);
	}
	if (key == ATTRIBUTES || (*seen & 1u << key) != 0 ||
		(key == ATTR_TYPE &&
			!(p->info->keep_hrefs && span_ieq_str(tag, "link"))))
		return;
	if (key == ATTR_HREF && span_ieq_str(tag, "a") &&
		!leads_elsewhere(a->value)) {
		/* A place on the page is no link. */
	} else if (key == ATTR_HREF && span_ieq_str(tag, "a") &&
		   !p->info->keep_hrefs && !is_address(a->value)) {
		buffer_add_str(out, " href");
	} else if (key == ATTR_HIDDEN) {
		buffer_add_str(out, " hidden");
	} else {
		buffer_add_char(out, ' ');
		buffer_add_span(out, a->name);
		buffer_add_str(out, "=\"");
		copy_value(out, a->value);
		buffer_add_char(out, '"');
	}
	*seen |= 1u << key;
}

static uint32_t *
open_count(struct pass *p, struct span name)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < name.len; i++)
		h = (h ^ (uint32_t)(name.ptr[i] | 32)) * 16777619u;
	return &p->open[(h ^ h >> 15) % OPEN_NAMES];
}

/* Whether the tag is passed on, by what is open. */
static bool
keep_start(struct pass *p, struct span name)
{
	if (tags_is_void(name))
		return true;
	if (!tags_ends_itself(name)) {
		if (p->depth >= PARSE_DEPTH_MAX) {
			p->info->too_deep = true;
			return false;
		}
		p->depth++;
	}
	++*open_count(p, name);
	return true;
}

static bool
keep_end(struct pass *p, struct span name)
{
	uint32_t *open = open_count(p, name);

	if (*open == 0)
		return false;
	--*open;
	if (!tags_ends_itself(name) && p->depth > 0)
		p->depth--;
	return true;
}

/* A start tag, from '<' to behind '>'. */
static size_t
copy_start(struct pass *p, size_t at, struct span name, bool write)
{
	struct buffer *out = p->out;
	size_t i = at + 1 + name.len;
	struct piece a;
	unsigned seen = 0;

	if (write) {
		buffer_add_char(out, '<');
		buffer_add_span(out, name);
	}
	for (;;) {
		if (next_piece(p, &i, &a)) {
			if (write)
				copy_piece(p, name, &a, &seen);
		} else if (i >= p->html.len || p->html.ptr[i] == '>') {
			break;
		} else {
			i++;
		}
	}
	if (write)
		buffer_add_char(out, '>');
	return (i < p->html.len ? i + 1 : p->html.len) - at;
}

/* In XML a tag that ends in "/>" is all of its element. */
static bool
is_alone(const struct pass *p, size_t at, size_t len)
{
	return p->info->xml && len > 2 &&
	       span_ends_with(span_sub(p->html, at, at + len), "/>");
}

static void
keep_json(struct pass *p, struct span script)
{
	size_t from = 0, end;

	while (from < script.len && script.ptr[from] != '>')
		from++;
	if (span_find(span_sub(script, 0, from), 0, span_str("ld+json")) ==
			SIZE_MAX ||
		p->info->njson == PREPASS_JSON_MAX)
		return;
	end = script.len;
	while (end > from + 1 && script.ptr[end - 1] != '<')
		end--;
	p->info->json[p->info->njson++] =
		span_sub(script, from + 1, end > from + 1 ? end - 1 : end);
}

/* <svg/> and <math/> end at once; HTML's own elements do not, but as XML. */
static size_t
ends_at_once(const struct pass *p, size_t at, struct span name)
{
	const struct span html = p->html;
	const char *end;

	if (!p->info->xml && !span_ieq_str(name, "svg") &&
		!span_ieq_str(name, "math"))
		return 0;
	end = memchr(html.ptr + at, '>', html.len - at);
	return end != NULL && end[-1] == '/' ? (size_t)(end - html.ptr) + 1 - at
					     : 0;
}

/* What no reader sees is left out; returns how many bytes it took, or 0. */
static size_t
skip_dropped(struct pass *p, size_t at, struct span name)
{
	int which = dropped_find(name);
	size_t end;

	if (which < 0)
		return 0;
	end = ends_at_once(p, at, name);
	if (end > 0)
		return end;
	end = p->unclosed[which] ? SIZE_MAX
				 : close_of(p->html, at + 1 + name.len, name);
	p->unclosed[which] = end == SIZE_MAX;
	if (end != SIZE_MAX) {
		if (which == 0)
			keep_json(p, span_sub(p->html, at, end));
		buffer_add_char(p->out, ' ');
		return end - at;
	}
	/* Without its end it would take the page with it; raw text does, as in
	 * browsers. */
	return which < RAW_TEXTS ? p->html.len - at : 0;
}

/* <title> holds text only, whatever stands in it. */
static size_t
copy_title(struct pass *p, size_t at)
{
	const struct span name = span_str("title");
	size_t tag = copy_start(p, at, name, true);
	size_t end = p->untitled ? SIZE_MAX : close_of(p->html, at + tag, name);
	const char *close;

	if (is_alone(p, at, tag)) {
		buffer_add_str(p->out, "</title>");
		return tag;
	}
	p->untitled = end == SIZE_MAX;
	if (end == SIZE_MAX)
		return tag;
	close = memrchr(p->html.ptr + at + tag, '<', end - at - tag);
	for (size_t i = at + tag; p->html.ptr + i < close;) {
		if (p->html.ptr[i] == '&') {
			i += reference_copy(p->html, i, false, p->out);
			continue;
		}
		if (p->html.ptr[i] == '<')
			buffer_add_str(p->out, "&lt;");
		else
			buffer_add_char(p->out, p->html.ptr[i]);
		i++;
	}
	buffer_add_str(p->out, "</title>");
	return end - at;
}

/* What stands behind these is the body's all the same (WHATWG 13.2.6.4.19). */
static bool
ends_page(struct span name)
{
	return span_ieq_str(name, "body") || span_ieq_str(name, "html");
}

static size_t
copy_end(struct pass *p, size_t at)
{
	struct span name = tag_name(p->html, at + 2);
	const char *end = memchr(p->html.ptr + at, '>', p->html.len - at);

	if (span_ieq_str(name, "br")) {
		buffer_add_str(p->out, "<br>");
	} else if (name.len > 0 && dropped_find(name) < 0 && !ends_page(name) &&
		   keep_end(p, name)) {
		buffer_add_str(p->out, "</");
		buffer_add_span(p->out, name);
		buffer_add_char(p->out, '>');
	}
	return end == NULL ? p->html.len - at
			   : (size_t)(end - p->html.ptr) + 1 - at;
}

/* "<![CDATA[a < b]]>" of XML is the text "a < b". */
static size_t
copy_cdata(struct pass *p, size_t at)
{
	const size_t mark = sizeof "<![CDATA[" - 1;
	size_t end = span_find(p->html, at + mark, span_str("]]>"));
	size_t stop = end == SIZE_MAX ? p->html.len : end;

	for (size_t i = at + mark; i < stop; i++) {
		char c = p->html.ptr[i];

		if (c == '<')
			buffer_add_str(p->out, "&lt;");
		else if (c == '&')
			buffer_add_str(p->out, "&amp;");
		else
			buffer_add_char(p->out, c);
	}
	return (end == SIZE_MAX ? stop : end + 3) - at;
}

/* The start tag of what is read, with its end where it has none. */
static size_t
copy_element(struct pass *p, size_t at, struct span name)
{
	bool keep = dropped_find(name) < 0 && keep_start(p, name);
	size_t len = copy_start(p, at, name, keep);

	if (keep && is_alone(p, at, len) && !tags_is_void(name) &&
		keep_end(p, name)) {
		buffer_add_str(p->out, "</");
		buffer_add_span(p->out, name);
		buffer_add_char(p->out, '>');
	}
	return len;
}

/* Markup at html[at] == '<'; returns how many bytes it took. */
static size_t
copy_markup(struct pass *p, size_t at)
{
	struct span rest = span_sub(p->html, at, p->html.len), name;
	size_t len;

	if (span_starts_with(rest, "<!--"))
		return comment_end(p->html, at) - at;
	if (p->info->xml && span_starts_with(rest, "<![CDATA["))
		return copy_cdata(p, at);
	if (rest.len < 2 ||
		!(isalpha((unsigned char)rest.ptr[1]) || rest.ptr[1] == '/' ||
			rest.ptr[1] == '!' || rest.ptr[1] == '?')) {
		buffer_add_str(p->out, "&lt;");
		return 1;
	}
	if (rest.ptr[1] == '?' || rest.ptr[1] == '!') {
		const char *end = memchr(rest.ptr, '>', rest.len);

		return end == NULL ? rest.len : (size_t)(end - rest.ptr) + 1;
	}
	if (rest.ptr[1] == '/')
		return copy_end(p, at);
	name = tag_name(p->html, at + 1);
	len = skip_dropped(p, at, name);
	if (len > 0)
		return len;
	if (span_ieq_str(name, "title"))
		return copy_title(p, at);
	return copy_element(p, at, name);
}

enum error_code
prepass_html(struct span html, struct buffer *out, struct prepass *info)
{
	struct pass p = { .html = html, .out = out, .info = info };
	size_t at = 0;

	info->too_deep = false;
	info->njson = 0;
	buffer_reset(out);
	while (at < html.len && out->code == OK) {
		size_t start = at;

		while (at < html.len && html.ptr[at] != '<' &&
			html.ptr[at] != '&')
			at++;
		buffer_add(out, html.ptr + start, at - start);
		if (at >= html.len)
			break;
		if (html.ptr[at] == '&')
			at += reference_copy(html, at, false, out);
		else
			at += copy_markup(&p, at);
	}
	return out->code;
}
