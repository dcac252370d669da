#include "mark.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>

#include <libxml/HTMLparser.h>

#include "parse.h"
#include "tags.h"

#define NAME_MAX_BYTES 16 /* of an element that is passed on */
#define REFERENCE_MAX  32

/* No script, style, picture or form: nothing to run, to load or to send. */
static const char head[] =
	"<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">"
	"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
	"'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action "
	"'none'\">"
	"<title>Archived page</title><style>body{max-width:50em;margin:2em "
	"auto;font:1em/1.5 sans-serif}mark{background:#ffe14d}td,th{border:1px "
	"solid #bbb;padding:.2em .5em}</style></head><body>\n";
static const char tail[] = "\n</body></html>\n";

/* Elements that are passed on, without attributes. */
static const char *const passed[] = { "a", "abbr", "address", "article",
	"aside", "b", "blockquote", "br", "caption", "cite", "code", "dd",
	"div", "dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2",
	"h3", "h4", "h5", "h6", "header", "hr", "i", "li", "main", "nav", "ol",
	"p", "pre", "q", "section", "small", "span", "strong", "sub", "sup",
	"table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u",
	"ul" };
/* Elements whose content is not the page's text. */
static const char *const left_out[] = { "script", "style", "template",
	"noscript", "iframe", "object", "svg", "math", "head", "select",
	"textarea" };

/* The characters of the page's text that are no white space. */
struct letters {
	struct buffer text;
	struct place {
		uint32_t from, to;
	} * places; /* of each byte of text in the page */
	size_t room;
};

struct marking {
	struct span page;
	bool markup;
	struct letters letters;
	size_t from, to; /* of the page: what is marked */
	bool marked;	 /* the id was given */
	struct buffer *out;
};

enum token { TOKEN_TEXT, TOKEN_TAG, TOKEN_SKIPPED };

static struct span
name_at(struct span s, size_t at)
{
	size_t end = at;

	while (end < s.len && isalnum((unsigned char)s.ptr[end]))
		end++;
	return span_sub(s, at, end);
}

static bool
is_of(const char *const *list, size_t n, struct span name)
{
	for (size_t i = 0; i < n; i++)
		if (span_ieq_str(name, list[i]))
			return true;
	return false;
}

static size_t
behind(struct span s, size_t at, const char *what)
{
	size_t end = span_find(s, at, span_str(what));

	return end == SIZE_MAX ? s.len : end + strlen(what);
}

/* Behind "</name>", or the end of s. */
static size_t
behind_end_tag(struct span s, size_t at, struct span name)
{
	while ((at = span_find(s, at, span_str("</"))) != SIZE_MAX) {
		struct span found = name_at(s, at + 2);

		if (found.ptr != NULL && found.len == name.len &&
			strncasecmp(found.ptr, name.ptr, name.len) == 0)
			return behind(s, at, ">");
		at += 2;
	}
	return s.len;
}

/* What begins at page[*at], which is set behind it. */
static enum token
next_token(const struct marking *m, size_t *at, struct span *name)
{
	struct span s = m->page, rest = span_sub(s, *at, s.len);
	const char *open;
	bool end;

	assert(rest.ptr != NULL); /* *at is in the page */
	if (!m->markup || rest.ptr[0] != '<' || rest.len < 2 ||
		!(isalpha((unsigned char)rest.ptr[1]) ||
			strchr("/!?", rest.ptr[1]) != NULL)) {
		open = m->markup ? memchr(rest.ptr + 1, '<', rest.len - 1)
				 : NULL;
		*at = open != NULL ? (size_t)(open - s.ptr) : s.len;
		return TOKEN_TEXT;
	}
	if (span_starts_with(rest, "<!--")) {
		*at = behind(s, *at + 4, "-->");
		return TOKEN_SKIPPED;
	}
	end = rest.ptr[1] == '/';
	*name = name_at(s, *at + 1 + end);
	*at = behind(s, *at, ">");
	if (end || name->len == 0 ||
		!is_of(left_out, sizeof left_out / sizeof *left_out, *name))
		return TOKEN_TAG;
	*at = behind_end_tag(s, *at, *name);
	return TOKEN_SKIPPED;
}

/* The character of the reference at s[at] == '&'; its length, or 0. */
static size_t
read_reference(struct span s, size_t at, uint32_t *cp)
{
	char name[REFERENCE_MAX];
	const htmlEntityDesc *entity;
	size_t n = 0;

	for (at++; at + n < s.len && n + 1 < sizeof name &&
		   (isalnum((unsigned char)s.ptr[at + n]) ||
			   (n == 0 && s.ptr[at] == '#'));
		n++)
		name[n] = s.ptr[at + n];
	name[n] = '\0';
	if (n > 2 && name[0] == '#') {
		bool hex = (name[1] | 32) == 'x';
		unsigned long v =
			strtoul(name + (hex ? 2 : 1), NULL, hex ? 16 : 10);

		*cp = v > 0 && v < 0x110000 && (v < 0xD800 || v > 0xDFFF)
			      ? (uint32_t)v
			      : 0xFFFD;
	} else {
		entity = n > 0 ? htmlEntityLookup((const xmlChar *)name) : NULL;
		if (entity == NULL)
			return 0;
		*cp = entity->value;
	}
	return 1 + n + (at + n < s.len && s.ptr[at + n] == ';');
}

/* White space, and what stands inside words unseen. */
static bool
is_nothing(uint32_t cp)
{
	return cp < 0x20 || utf8_is_space(cp) || cp == 0xAD || cp == 0x200B ||
	       cp == 0x2060 || cp == 0xFEFF;
}

static enum error_code
add_letter(struct letters *l, uint32_t cp, size_t from, size_t to)
{
	char bytes[4];
	size_t n = utf8_encode(cp, bytes);

	if (l->text.len + n > l->room) {
		size_t room = l->room == 0 ? 4096 : 2 * l->room;
		struct place *more = realloc(l->places, room * sizeof *more);

		if (more == NULL)
			return ERR_NOMEM;
		l->places = more;
		l->room = room;
	}
	for (size_t i = 0; i < n; i++)
		l->places[l->text.len + i] = (struct place){
			.from = (uint32_t)from,
			.to = (uint32_t)to,
		};
	return buffer_add(&l->text, bytes, n);
}

static enum error_code
add_letters(
	struct letters *l, struct span s, size_t at, size_t end, bool markup)
{
	enum error_code code = OK;

	while (at < end && code == OK) {
		uint32_t cp = 0xFFFD;
		size_t len = 0;

		if (markup && s.ptr[at] == '&')
			len = read_reference(s, at, &cp);
		if (len == 0)
			len = utf8_decode(s, at, &cp);
		if (len == 0)
			len = 1;
		if (!is_nothing(cp))
			code = add_letter(l, cp, at, at + len);
		at += len;
	}
	return code;
}

static enum error_code
collect(struct marking *m)
{
	enum error_code code = OK;
	struct span name;

	for (size_t at = 0, start; at < m->page.len && code == OK;) {
		start = at;
		if (next_token(m, &at, &name) == TOKEN_TEXT)
			code = add_letters(
				&m->letters, m->page, start, at, m->markup);
	}
	return code;
}

/* text[from, to) without white space, behind what is in out. */
static enum error_code
squeeze(struct span text, size_t from, size_t to, struct buffer *out)
{
	while (from < to) {
		uint32_t cp = 0xFFFD;
		size_t len = utf8_decode(text, from, &cp);

		len = len > 0 ? len : 1;
		if (!is_nothing(cp))
			buffer_add(out, text.ptr + from, len);
		from += len;
	}
	return out->code;
}

/* Look for text[start, end) with what is beside it from..to. */
static enum error_code
look_for(struct marking *m, struct span text, size_t start, size_t end,
	size_t from, size_t to, bool *found)
{
	struct buffer needle;
	size_t before, words, at;
	enum error_code code;

	buffer_init(&needle, text.len + 1);
	(void)squeeze(text, from, start, &needle);
	before = needle.len;
	(void)squeeze(text, start, end, &needle);
	words = needle.len - before;
	code = squeeze(text, end, to, &needle);
	at = code == OK && words > 0 ? span_find(buffer_span(&m->letters.text),
					       0, buffer_span(&needle))
				     : SIZE_MAX;
	buffer_release(&needle);
	*found = at != SIZE_MAX;
	if (*found) {
		m->from = m->letters.places[at + before].from;
		m->to = m->letters.places[at + before + words - 1].to;
	}
	return code;
}

static enum error_code
find_words(struct marking *m, struct span text, size_t start, size_t end,
	bool *found)
{
	size_t from = start, to = end;
	enum error_code code;

	while (from > 0 && text.ptr[from - 1] != '\n')
		from--;
	while (to < text.len && text.ptr[to] != '\n')
		to++;
	code = look_for(m, text, start, end, from, to, found);
	if (code != OK || *found)
		return code;
	if (start - from > MARK_CONTEXT)
		from = start - MARK_CONTEXT;
	if (to - end > MARK_CONTEXT)
		to = end + MARK_CONTEXT;
	while (!utf8_boundary(text, from))
		from++;
	while (!utf8_boundary(text, to))
		to--;
	code = look_for(m, text, start, end, from, to, found);
	if (code == OK && !*found)
		code = look_for(m, text, start, end, start, end, found);
	return code;
}

/* page[from, to), which is text, so that it is no markup. */
static void
write_text(struct marking *m, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		char c = m->page.ptr[i];

		if (c == '<')
			buffer_add_str(m->out, "&lt;");
		else if (c == '&' && !m->markup)
			buffer_add_str(m->out, "&amp;");
		else
			buffer_add_char(m->out, c);
	}
}

static void
write_marked(struct marking *m, size_t from, size_t to)
{
	size_t start = m->from > from ? m->from : from;
	size_t end = m->to < to ? m->to : to;

	if (start >= end) {
		write_text(m, from, to);
		return;
	}
	write_text(m, from, start);
	buffer_add_str(m->out, m->marked ? "<mark>" : "<mark id=\"evidence\">");
	m->marked = true;
	write_text(m, start, end);
	buffer_add_str(m->out, "</mark>");
	write_text(m, end, to);
}

static void
write_tag(struct marking *m, size_t at, struct span name)
{
	bool end = m->page.ptr[at + 1] == '/';

	if (name.len == 0 || name.len > NAME_MAX_BYTES ||
		!is_of(passed, sizeof passed / sizeof *passed, name)) {
		buffer_add_char(m->out, ' ');
		return;
	}
	buffer_add_str(m->out, end ? "</" : "<");
	buffer_add_span(m->out, name);
	buffer_add_char(m->out, '>');
}

/* note: said above it, or NULL. */
static void
write_page(struct marking *m, const char *note)
{
	struct span name = { NULL, 0 };

	buffer_add_str(m->out, head);
	if (note != NULL)
		buffer_printf(m->out, "<p><em>%s</em></p>\n", note);
	if (!m->markup)
		buffer_add_str(m->out, "<pre>");
	for (size_t at = 0, start; at < m->page.len;) {
		enum token token;

		start = at;
		token = next_token(m, &at, &name);
		if (token == TOKEN_TEXT)
			write_marked(m, start, at);
		else if (token == TOKEN_TAG)
			write_tag(m, start, name);
	}
	if (!m->markup)
		buffer_add_str(m->out, "</pre>");
	buffer_add_str(m->out, tail);
}

enum error_code
mark_page(struct span page, bool markup, struct span text, size_t start,
	size_t end, struct buffer *out, bool *found)
{
	struct marking m = { .page = page, .markup = markup, .out = out };
	enum error_code code;

	buffer_init(&m.letters.text, 4 * PARSE_INPUT_MAX);
	*found = false;
	code = collect(&m);
	if (code == OK && start < end && end <= text.len &&
		utf8_boundary(text, start) && utf8_boundary(text, end))
		code = find_words(&m, text, start, end, found);
	if (code == OK) {
		write_page(&m, NULL);
		code = out->code;
	}
	buffer_release(&m.letters.text);
	free(m.letters.places);
	return code;
}

enum error_code
mark_text(struct span text, const char *note, size_t start, size_t end,
	struct buffer *out, bool *found)
{
	struct marking m = { .page = text, .out = out };

	*found = start < end && end <= text.len && utf8_boundary(text, start) &&
		 utf8_boundary(text, end);
	if (*found) {
		m.from = start;
		m.to = end;
	}
	write_page(&m, note);
	return out->code;
}
