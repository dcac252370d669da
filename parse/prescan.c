#include "prescan.h"

#include <ctype.h>

/* One attribute; name and value as they stand. */
struct attribute_piece {
	struct span name, value;
};

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static size_t
skip_spaces(struct span s, size_t at)
{
	while (at < s.len && is_space(s.ptr[at]))
		at++;
	return at;
}

static struct span
get_value(struct span s, size_t *at)
{
	size_t start = *at, end;

	if (start < s.len && (s.ptr[start] == '"' || s.ptr[start] == '\'')) {
		const char *close = memchr(
			s.ptr + start + 1, s.ptr[start], s.len - start - 1);

		end = close != NULL ? (size_t)(close - s.ptr) : s.len;
		*at = end + (close != NULL);
		return span_sub(s, start + 1, end);
	}
	for (end = start;
		end < s.len && !is_space(s.ptr[end]) && s.ptr[end] != '>';)
		end++;
	*at = end;
	return span_sub(s, start, end);
}

/* "get an attribute"; false when there is none. */
static bool
get_attribute(struct span s, size_t *at, struct attribute_piece *a)
{
	size_t i = *at, start, behind;

	while (i < s.len && (is_space(s.ptr[i]) || s.ptr[i] == '/'))
		i++;
	*at = start = i;
	if (i >= s.len || s.ptr[i] == '>')
		return false;
	while (i < s.len && !is_space(s.ptr[i]) && s.ptr[i] != '/' &&
		s.ptr[i] != '>' && (s.ptr[i] != '=' || i == start))
		i++;
	a->name = span_sub(s, start, i);
	a->value = span_of(NULL, 0);
	*at = i;
	behind = skip_spaces(s, i);
	if (behind < s.len && s.ptr[behind] == '=') {
		*at = skip_spaces(s, behind + 1);
		a->value = get_value(s, at);
	}
	return true;
}

/* "extracting a character encoding from a meta element" */
static struct span
label_of_content(struct span s)
{
	for (size_t at = 0; at + 7 < s.len; at++) {
		size_t i;

		if (!span_istarts_with(span_sub(s, at, s.len), "charset"))
			continue;
		i = skip_spaces(s, at + 7);
		if (i >= s.len || s.ptr[i] != '=')
			continue;
		i = skip_spaces(s, i + 1);
		if (i < s.len && (s.ptr[i] == '"' || s.ptr[i] == '\'')) {
			const char *close =
				memchr(s.ptr + i + 1, s.ptr[i], s.len - i - 1);

			return close == NULL ? span_of(NULL, 0)
					     : span_sub(s, i + 1,
						       (size_t)(close - s.ptr));
		}
		for (at = i;
			at < s.len && !is_space(s.ptr[at]) && s.ptr[at] != ';';)
			at++;
		return span_sub(s, i, at);
	}
	return span_of(NULL, 0);
}

/* The attributes of a <meta>; its label, or empty. */
static struct span
label_of_meta(struct span s, size_t *at)
{
	struct attribute_piece a;
	struct span label = { NULL, 0 };
	bool pragma = false, need_pragma = false, has_charset = false;

	while (get_attribute(s, at, &a)) {
		if (span_ieq_str(a.name, "http-equiv")) {
			pragma =
				pragma || span_ieq_str(a.value, "content-type");
		} else if (span_ieq_str(a.name, "content") && !has_charset &&
			   label.len == 0) {
			label = label_of_content(a.value);
			need_pragma = label.len > 0;
		} else if (span_ieq_str(a.name, "charset") && !has_charset) {
			label = a.value;
			has_charset = true;
			need_pragma = false;
		}
	}
	return need_pragma && !pragma ? span_of(NULL, 0) : label;
}

static bool
starts_tag(struct span s, size_t at)
{
	at += at < s.len && s.ptr[at] == '/';
	return at < s.len && isalpha((unsigned char)s.ptr[at]);
}

static bool
starts_meta(struct span s, size_t at)
{
	struct span rest = span_sub(s, at, s.len);

	return span_istarts_with(rest, "meta") && rest.len > 4 &&
	       (is_space(rest.ptr[4]) || rest.ptr[4] == '/');
}

static size_t
behind(struct span s, size_t at, const char *what)
{
	size_t found = span_find(s, at, span_str(what));

	return found == SIZE_MAX ? s.len : found + strlen(what);
}

static struct span
label_of_xml(struct span s)
{
	struct attribute_piece a;
	size_t at = 5;

	if (!span_starts_with(s, "<?xml") || s.len < 6 || !is_space(s.ptr[5]))
		return span_of(NULL, 0);
	while (get_attribute(s, &at, &a) && a.name.ptr[0] != '?')
		if (span_eq_str(a.name, "encoding"))
			return a.value;
	return span_of(NULL, 0);
}

struct span
prescan_label(struct span head, bool (*known)(struct span label))
{
	struct attribute_piece ignored;
	struct span label;

	if (head.ptr == NULL)
		return head;
	for (size_t at = 0; at < head.len;) {
		struct span rest = span_sub(head, at, head.len);

		if (rest.ptr[0] != '<') {
			at++;
		} else if (span_starts_with(rest, "<!--")) {
			at = behind(head, at + 2, "-->");
		} else if (starts_meta(head, at + 1)) {
			at += 5;
			label = label_of_meta(head, &at);
			/* A tag that the end cuts declares nothing. */
			if (at < head.len && label.len > 0 && known(label))
				return label;
		} else if (starts_tag(head, at + 1)) {
			while (at < head.len && !is_space(head.ptr[at]) &&
				head.ptr[at] != '>')
				at++;
			while (get_attribute(head, &at, &ignored))
				;
		} else if (rest.len > 1 && strchr("!/?", rest.ptr[1])) {
			at = behind(head, at, ">");
		} else {
			at++;
		}
	}
	label = label_of_xml(head);
	return label.len > 0 && known(label) ? label : span_of(NULL, 0);
}
